//! `#requires` lines: a command of their own inside of a comment.

use nom::Parser as _;
use nom::character::complete::{char, digit1};
use nom::combinator::{all_consuming, recognize};
use nom::multi::many_m_n;
use nom::sequence::preceded;

use crate::ast::*;
use crate::lex::{Lexer, Origin};
use crate::parse::Parser;
use crate::problem::Notes;
use crate::source::Span;
use crate::text::Text;

/// What all `#requires` lines of a script ask for together; `None` if there are none.
pub(crate) fn requirements(source: &str, notes: &mut Notes) -> Option<ScriptRequirements> {
    let comments: Vec<Span> =
        notes.comments.iter().copied().filter(|c| is_requires(excerpt(source, *c))).collect();
    if comments.is_empty() {
        return None;
    }
    let mut reader = Reader { source, notes, found: ScriptRequirements::default(), shell_id: false };
    for comment in comments {
        reader.line(comment);
    }
    Some(reader.found)
}

fn excerpt(source: &str, span: Span) -> &str {
    source.get(span.start as usize..span.end() as usize).unwrap_or("")
}

fn is_requires(comment: &str) -> bool {
    comment.get(1..9).is_some_and(|word| word.eq_ignore_ascii_case("requires")) && comment.starts_with('#')
}

struct Reader<'s> {
    source: &'s str,
    notes: &'s mut Notes,
    found: ScriptRequirements,
    shell_id: bool,
}

impl Reader<'_> {
    fn report(&mut self, span: Span, id: &'static str, args: &[&str]) {
        self.notes.add(id, span, crate::problem::message_of(id, args), false);
    }

    fn line(&mut self, comment: Span) {
        let start = comment.start + 1;
        let text = excerpt(self.source, Span::new(start, comment.end()));
        let mut lex = Lexer::new(text, self.notes);
        lex.nested = true;
        lex.origin = Origin { pieces: vec![(0, start)] };
        let Some(command) = Parser::new(lex).requires_command() else { return };
        let is_name = |e: &CommandElement| matches!(e, CommandElement::Expr(Expr::StringConstant(s)) if s.value.eq_ignore_ascii_case("requires"));
        if !command.elements.first().is_some_and(is_name) {
            self.report(command.span, "ScriptRequiresInvalidFormat", &[]);
        }
        let mut elements = command.elements.iter().skip(1);
        while let Some(element) = elements.next() {
            match element {
                CommandElement::Expr(e) => self.report(e.span(), "ScriptRequiresInvalidFormat", &[]),
                CommandElement::Parameter(p) => {
                    let argument = match &p.argument {
                        Some(argument) => Some(CommandElement::Expr(argument.clone())),
                        None => elements.next().cloned(),
                    };
                    self.parameter(p, argument);
                }
            }
        }
    }

    fn parameter(&mut self, parameter: &CommandParameter, argument: Option<CommandElement>) {
        let name = parameter.name.to_ascii_lowercase();
        if "runasadministrator".starts_with(&name) {
            self.found.elevated = true;
            if argument.is_some() {
                self.report(parameter.span, "ParameterCannotHaveArgument", &[&parameter.name]);
            }
            return;
        }
        let Some(argument) = argument else {
            self.report(parameter.span, "ParameterRequiresArgument", &[&parameter.name]);
            return;
        };
        let span = argument.span();
        let values = match &argument {
            CommandElement::Expr(e) => constants(e),
            CommandElement::Parameter(_) => None,
        };
        let Some(values) = values else {
            self.report(span, "RequiresArgumentMustBeConstant", &[]);
            return;
        };
        if "shellid".starts_with(&name) {
            if std::mem::replace(&mut self.shell_id, true) {
                self.report(parameter.span, "ParameterAlreadyBound", &["", "shellid"]);
            }
        } else if "psedition".starts_with(&name) {
            self.editions(parameter.span, span, &values);
        } else if "version".starts_with(&name) {
            self.version(parameter.span, span, &values);
        } else if "modules".starts_with(&name) {
            self.modules(span, values);
        } else if !"assembly".starts_with(&name) && !"pssnapin".starts_with(&name) {
            self.report(parameter.span, "ScriptRequiresInvalidFormat", &[]);
        }
    }

    fn version(&mut self, parameter: Span, argument: Span, values: &[Value]) {
        let text = match values {
            [Value::Text(text)] => text.as_str(),
            _ => excerpt(self.source, argument),
        };
        let Some(version) = version_of(text) else {
            self.report(argument, "RequiresVersionInvalid", &[]);
            return;
        };
        match &self.found.version {
            Some(before) if before.as_str() != version => {
                self.report(parameter, "ParameterAlreadyBound", &["", "version"]);
            }
            _ => self.found.version = Some(version.into()),
        }
    }

    fn editions(&mut self, parameter: Span, argument: Span, values: &[Value]) {
        if !self.found.editions.is_empty() {
            self.report(parameter, "ParameterAlreadyBound", &["", "psedition"]);
            return;
        }
        for value in values {
            let Value::Text(edition) = value else {
                self.report(argument, "RequiresInvalidStringArgument", &["psedition"]);
                continue;
            };
            if !["Core", "Desktop"].iter().any(|e| e.eq_ignore_ascii_case(edition)) {
                self.report(argument, "RequiresPSEditionInvalid", &["psedition"]);
            }
            if self.found.editions.iter().any(|e| e.eq_ignore_ascii_case(edition)) {
                self.report(argument, "RequiresPSEditionValueIsAlreadySpecified", &["psedition"]);
            } else {
                self.found.editions.push(edition.as_str().into());
            }
        }
    }

    fn modules(&mut self, argument: Span, values: Vec<Value>) {
        for value in values {
            match value {
                Value::Text(name) => {
                    self.found
                        .modules
                        .push(ModuleRequirement { name: name.into(), ..ModuleRequirement::default() });
                }
                Value::Table(entries) => match module_of(&entries) {
                    Ok(module) => self.found.modules.push(module),
                    Err(why) => self.report(argument, "RequiresModuleInvalid", &[&why]),
                },
            }
        }
    }
}

enum Value {
    Text(String),
    Table(Vec<(String, String)>),
}

/// The constants an argument is made of.
fn constants(expression: &Expr) -> Option<Vec<Value>> {
    Some(match expression {
        Expr::ArrayLiteral(list) => {
            let mut all = vec![];
            for element in &list.elements {
                all.extend(constants(element)?);
            }
            all
        }
        Expr::StringConstant(text) => vec![Value::Text(text.value.to_string())],
        Expr::Constant(number) => vec![Value::Text(crate::dump::literal_text(&number.value))],
        Expr::Hashtable(table) => {
            let mut entries = vec![];
            for (key, value) in &table.pairs {
                let Expr::StringConstant(key) = key else { return None };
                let Stmt::Pipeline(pipeline) = value else { return None };
                let [PipelineElement::Expression(value)] = pipeline.elements.as_slice() else { return None };
                let values = constants(&value.expression)?;
                let [Value::Text(text)] = values.as_slice() else { return None };
                entries.push((key.value.to_string(), text.clone()));
            }
            vec![Value::Table(entries)]
        }
        _ => return None,
    })
}

fn module_of(entries: &[(String, String)]) -> Result<ModuleRequirement, String> {
    let mut module = ModuleRequirement::default();
    for (key, value) in entries {
        let value: Text = value.as_str().into();
        match key.to_ascii_lowercase().as_str() {
            "modulename" => module.name = value,
            "moduleversion" => module.version = Some(value),
            "maximumversion" => module.maximum_version = Some(value),
            "requiredversion" => module.required_version = Some(value),
            "guid" => module.guid = Some(value),
            _ => {
                return Err(format!(
                    "The hashtable describing a module contains the following member that is not valid: '{key}'."
                ));
            }
        }
    }
    let versioned =
        module.version.is_some() || module.maximum_version.is_some() || module.required_version.is_some();
    if module.name.is_empty() || !(versioned || module.guid.is_some()) {
        return Err("The hashtable describing a module must hold 'ModuleName' and a version.".to_owned());
    }
    Ok(module)
}

/// `7` is 7.0; up to four numbers.
fn version_of(text: &str) -> Option<String> {
    let part = |text| digit1::<&str, ()>(text);
    let parts = recognize((part, many_m_n(0, 3, preceded(char('.'), part))));
    let (_, version) = all_consuming(parts).parse(text.trim()).ok()?;
    if version.split('.').any(|number| number.parse::<i32>().is_err()) {
        return None;
    }
    Some(if version.contains('.') { version.to_owned() } else { format!("{version}.0") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        assert_eq!(version_of("7").as_deref(), Some("7.0"));
        assert_eq!(version_of("5.1.2.3").as_deref(), Some("5.1.2.3"));
        assert_eq!(version_of("5.1.2.3.4"), None);
        assert_eq!(version_of("99999999999"), None);
    }
}
