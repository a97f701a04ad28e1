//! What attributes on a block's parameters tell the binder: `[Parameter()]`, `[Alias()]`, validations, `[CmdletBinding()]`.

use crate::bind::{CommandMeta, ParamMeta, Validation};
use crate::lower::plan::{BlockSource, Source};
use crate::lower::{self, Scope};
use crate::run::engine::Engine;
use exsh_core::cmdlet::{ALL_SETS, Impact};
use exsh_core::{Result, Str, Value, types};
use exsh_dotnet::{convert, text};
use exsh_syntax::ast::{self, AttributeOrType};
use std::rc::Rc;

/// What the binder knows of a script block or function.
pub fn of_block(m: &mut Engine, block: &BlockSource) -> Result<CommandMeta> {
    let name = block.name.clone().unwrap_or_else(|| Str::from(""));
    let mut meta = CommandMeta::new(name, Vec::new());
    let mut declared: Vec<&ast::Parameter> = Vec::new();
    if let Some(p) = &block.parameters {
        declared.extend(p.iter());
    }
    if let Some(p) = &block.ast.param_block {
        declared.extend(p.parameters.iter());
        for a in &p.attributes {
            if is(a, "CmdletBinding") {
                meta.advanced = true;
                binding_attribute(m, a, &block.source, &mut meta)?;
            }
        }
    }
    meta.advanced |= declared.iter().any(|p| attributes(p).any(|a| is(a, "Parameter")));
    meta.common = meta.advanced;
    for p in &declared {
        let param = parameter(m, p, &block.source, &mut meta)?;
        meta.params.push(param);
    }
    Ok(meta.finish())
}

fn attributes(p: &ast::Parameter) -> impl Iterator<Item = &ast::Attribute> {
    p.attributes.iter().filter_map(|a| match a {
        AttributeOrType::Attribute(a) => Some(&**a),
        AttributeOrType::Type(_) => None,
    })
}

fn is(a: &ast::Attribute, name: &str) -> bool {
    let text: &str = &a.type_name.name;
    let short = text.rsplit('.').next().unwrap_or(text);
    short.eq_ignore_ascii_case(name)
        || short.len() == name.len() + 9
            && short[..name.len()].eq_ignore_ascii_case(name)
            && short.to_ascii_lowercase().ends_with("attribute")
}

/// The value of an attribute's argument.
fn argument(m: &mut Engine, e: &ast::Expr, source: &Rc<Source>) -> Result<Value> {
    let plan = lower::expression(e, source, Scope::Dynamic, &mut m.globals);
    let code = crate::emit::Emitter { source: source.clone() }.expression(&plan);
    code(m)
}

fn flag(m: &mut Engine, e: &ast::Expr, source: &Rc<Source>) -> Result<bool> {
    Ok(convert::to_bool(&argument(m, e, source)?))
}

fn words(m: &mut Engine, a: &ast::Attribute, source: &Rc<Source>) -> Result<Vec<Str>> {
    let mut all = Vec::new();
    for e in &a.positional {
        let v = argument(m, e, source)?;
        for i in exsh_core::enumerate::items(&v) {
            all.push(text::to_text(&i));
        }
    }
    Ok(all)
}

fn binding_attribute(
    m: &mut Engine,
    a: &ast::Attribute,
    source: &Rc<Source>,
    meta: &mut CommandMeta,
) -> Result<()> {
    for n in &a.named {
        match n.name.to_ascii_lowercase().as_str() {
            "supportsshouldprocess" => meta.should_process = flag(m, &n.value, source)?,
            "positionalbinding" => meta.positional_binding = flag(m, &n.value, source)?,
            "defaultparametersetname" => {
                let name = text::to_text(&argument(m, &n.value, source)?);
                meta.default_set = Some(set_index(meta, &name));
            }
            "confirmimpact" => {
                meta.impact =
                    match text::to_text(&argument(m, &n.value, source)?).to_ascii_lowercase().as_str() {
                        "none" => Impact::None,
                        "low" => Impact::Low,
                        "high" => Impact::High,
                        _ => Impact::Medium,
                    }
            }
            _ => {}
        }
    }
    Ok(())
}

fn set_index(meta: &mut CommandMeta, name: &str) -> u8 {
    if let Some(i) = meta.set_names.iter().position(|s| exsh_core::name::same(s, name)) {
        return i as u8;
    }
    meta.set_names.push(Str::from(name));
    (meta.set_names.len() - 1) as u8
}

fn parameter(
    m: &mut Engine,
    p: &ast::Parameter,
    source: &Rc<Source>,
    meta: &mut CommandMeta,
) -> Result<ParamMeta> {
    let spelling = p.name.path.name();
    let mut ty: exsh_core::TypeRef = &types::OBJECT;
    let mut written = false;
    for a in &p.attributes {
        if let AttributeOrType::Type(t) = a {
            ty = crate::emit::expr::named_type(m, &t.type_name.name, t.span, source)?;
            written = true;
            break;
        }
    }
    let mut param = ParamMeta::new(spelling, ty);
    param.type_written = written;
    let mut sets = 0u32;
    for a in attributes(p) {
        if is(a, "Parameter") {
            let mut mask = ALL_SETS;
            for n in &a.named {
                if n.name.eq_ignore_ascii_case("ParameterSetName") {
                    let name = text::to_text(&argument(m, &n.value, source)?);
                    if !exsh_core::name::same(&name, "__AllParameterSets") {
                        mask = 1 << set_index(meta, &name);
                    }
                }
            }
            sets |= mask;
            for n in &a.named {
                match n.name.to_ascii_lowercase().as_str() {
                    "mandatory" if flag(m, &n.value, source)? => param.mandatory |= mask,
                    "valuefrompipeline" if flag(m, &n.value, source)? => param.from_pipeline |= mask,
                    "valuefrompipelinebypropertyname" if flag(m, &n.value, source)? => {
                        param.by_property_name |= mask
                    }
                    "valuefromremainingarguments" if flag(m, &n.value, source)? => param.remaining |= mask,
                    "dontshow" => param.hidden = flag(m, &n.value, source)?,
                    "position" => {
                        let v = argument(m, &n.value, source)?;
                        let at = convert::to_int(m, &v)?;
                        if at >= 0 {
                            param.positions.push((mask, at));
                        }
                    }
                    "helpmessage" => {
                        param.help_message = Some(text::to_text(&argument(m, &n.value, source)?))
                    }
                    _ => {}
                }
            }
        } else if is(a, "Alias") {
            param.aliases.extend(words(m, a, source)?);
        } else if is(a, "AllowNull") {
            param.allow_null = true;
        } else if is(a, "AllowEmptyString") {
            param.allow_empty_string = true;
        } else if is(a, "AllowEmptyCollection") {
            param.allow_empty_collection = true;
        } else if is(a, "SupportsWildcards") {
            param.wildcards = true;
        } else if let Some(v) = validation(m, a, source)? {
            param.validations.push(v);
        }
    }
    if sets != 0 {
        param.sets = sets;
    }
    Ok(param)
}

/// The checks among attributes on a variable.
pub fn validations(
    m: &mut Engine,
    list: &[Rc<ast::Attribute>],
    source: &Rc<Source>,
) -> Result<Vec<Validation>> {
    let mut all = Vec::new();
    for a in list {
        if let Some(v) = validation(m, a, source)? {
            all.push(v);
        }
    }
    Ok(all)
}

fn validation(m: &mut Engine, a: &ast::Attribute, source: &Rc<Source>) -> Result<Option<Validation>> {
    let mut error_message = None;
    let mut ignore_case = true;
    for n in &a.named {
        if n.name.eq_ignore_ascii_case("ErrorMessage") {
            error_message = Some(text::to_text(&argument(m, &n.value, source)?));
        } else if n.name.eq_ignore_ascii_case("IgnoreCase") {
            ignore_case = flag(m, &n.value, source)?;
        }
    }
    let number = |m: &mut Engine, i: usize| -> Result<i32> {
        match a.positional.get(i) {
            Some(e) => {
                let v = argument(m, e, source)?;
                convert::to_int(m, &v)
            }
            None => Ok(0),
        }
    };
    Ok(Some(if is(a, "ValidateSet") {
        Validation::Set { values: words(m, a, source)?, ignore_case, error_message }
    } else if is(a, "ValidateRange") {
        if a.positional.len() == 1 {
            match words(m, a, source)?.first().map(|s| s.to_ascii_lowercase()).as_deref() {
                Some("positive") => Validation::Positive,
                Some("nonnegative") => Validation::NonNegative,
                Some("negative") => Validation::Negative,
                _ => Validation::NonPositive,
            }
        } else {
            Validation::Range(argument(m, &a.positional[0], source)?, argument(m, &a.positional[1], source)?)
        }
    } else if is(a, "ValidateLength") {
        Validation::Length(number(m, 0)?, number(m, 1)?)
    } else if is(a, "ValidateCount") {
        Validation::Count(number(m, 0)?, number(m, 1)?)
    } else if is(a, "ValidatePattern") {
        let pattern = words(m, a, source)?.first().cloned().unwrap_or_else(|| Str::from(""));
        Validation::Pattern { pattern, ignore_case, error_message }
    } else if is(a, "ValidateScript") {
        let block = match a.positional.first() {
            Some(e) => argument(m, e, source)?,
            None => Value::NULL,
        };
        Validation::Script(block, error_message)
    } else if is(a, "ValidateNotNull") {
        Validation::NotNull
    } else if is(a, "ValidateNotNullOrEmpty") {
        Validation::NotNullOrEmpty
    } else if is(a, "ValidateNotNullOrWhiteSpace") {
        Validation::NotNullOrWhiteSpace
    } else {
        return Ok(None);
    }))
}
