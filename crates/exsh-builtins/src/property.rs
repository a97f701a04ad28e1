//! Property arguments: what `-Property` of Select-, Sort-, Group-, Measure- and Compare-Object accepts: a name, a name
//! with wildcards, a script block, or a hashtable with an expression. What a command does with the values is its own.

use crate::record::About;
use exsh_core::error::{Category, ErrorRecord, Exception, Result};
use exsh_core::name::{Name, same};
use exsh_core::out::{Invoke, Shell};
use exsh_core::types::Kind;
use exsh_core::value::{Str, Table, Value, View};
use exsh_core::{Flow, enumerate};
use exsh_dotnet::ops::pattern::{self, Wildcard};
use exsh_dotnet::{convert, member, text, types as net};
use std::rc::Rc;

/// Where a value comes from.
pub enum Expression {
    Name(Name, Str),
    Pattern(Wildcard, Str),
    Block(Value),
}

/// One property argument.
pub struct PropertyArgument {
    pub expression: Expression,
    pub label: Option<Str>,
    /// `Descending` or `Ascending`, where the command knows these keys.
    pub descending: Option<bool>,
}

/// Keys of the hashtable form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// `Expression`, `Name`, `Label`.
    Labelled,
    /// `Expression`, `Ascending`, `Descending`.
    Ordered,
    /// `Expression` only.
    Plain,
}

/// Reads arguments. Errors: `DictionaryKeyIllegal`, `DictionaryKeyMandatoryEntry`, `DictionaryKeyIllegalValue1`,
/// `DictionaryKeyUnknownType`.
pub fn parse(arguments: &[Value], keys: Keys) -> Result<Vec<PropertyArgument>> {
    arguments.iter().map(|a| parse_one(a, keys)).collect()
}

/// Reads one argument.
pub fn parse_one(argument: &Value, keys: Keys) -> Result<PropertyArgument> {
    match argument.base().view() {
        View::Table(t) => parse_table(t, keys),
        _ => Ok(PropertyArgument { expression: expression(argument)?, label: None, descending: None }),
    }
}

fn expression(value: &Value) -> Result<Expression> {
    if value.kind() == Kind::ScriptBlock {
        return Ok(Expression::Block(value.base().clone()));
    }
    match value.base().view() {
        View::Null | View::Nothing | View::Unset => Err(invalid(
            "DictionaryKeyUnknownType",
            "Cannot convert null to one of the following types {System.String, System.Management.Automation.ScriptBlock}."
                .into(),
        )),
        _ => named(text::to_text(value)),
    }
}

fn named(name: Str) -> Result<Expression> {
    Ok(if name.contains(['*', '?', '[']) {
        Expression::Pattern(pattern::compile(&name, true)?, name)
    } else {
        Expression::Name(Name::new(&name), name)
    })
}

fn parse_table(table: &Rc<Table>, keys: Keys) -> Result<PropertyArgument> {
    let mut found = None;
    let mut label = None;
    let mut descending = None;
    for (key, value) in table.entries() {
        let Some(word) = key.base().as_str().cloned() else {
            return Err(invalid(
                "DictionaryKeyIllegal",
                format!("The {} key is not valid.", text::to_text(&key)),
            ));
        };
        match which(&word, keys) {
            Some("expression") => {
                if value.kind() != Kind::ScriptBlock && value.base().as_str().is_none() {
                    return Err(invalid(
                        "DictionaryKeyIllegalValue1",
                        format!(
                            "The {word} key has a type, {}, that is not valid; expected types are {{System.String, \
                             System.Management.Automation.ScriptBlock}}.",
                            value.type_info().map_or("null", |t| t.name)
                        ),
                    ));
                }
                if value.base().as_str().is_some_and(|s| s.is_empty()) {
                    return Err(invalid(
                        "EmptyStringDictionaryKey",
                        format!("The {word} key cannot have an empty string value."),
                    ));
                }
                found = Some(expression(&value)?);
            }
            Some("name" | "label") => label = Some(text::to_text(&value)),
            Some("ascending") => descending = Some(!convert::to_bool(&value)),
            Some("descending") => descending = Some(convert::to_bool(&value)),
            _ => return Err(invalid("DictionaryKeyIllegal", format!("The {word} key is not valid."))),
        }
    }
    match found {
        Some(expression) => Ok(PropertyArgument { expression, label, descending }),
        None => {
            Err(invalid("DictionaryKeyMandatoryEntry", "A mandatory entry for expression is missing.".into()))
        }
    }
}

/// A key may be shortened to any prefix.
fn which(word: &str, keys: Keys) -> Option<&'static str> {
    let known: &[&'static str] = match keys {
        Keys::Labelled => &["expression", "name", "label"],
        Keys::Ordered => &["expression", "ascending", "descending"],
        Keys::Plain => &["expression"],
    };
    let word = word.to_lowercase();
    if word.is_empty() { None } else { known.iter().find(|k| k.starts_with(&word)).copied() }
}

/// The reference throws a NotSupportedException without a text of its own and puts the message into the details.
fn invalid(id: &'static str, message: String) -> Box<Flow> {
    let record = ErrorRecord::new(
        id,
        Category::InvalidArgument,
        Exception::new("System.NotSupportedException", "Specified method is not supported."),
    );
    *record.details.borrow_mut() = Some(message.into());
    record.into()
}

impl PropertyArgument {
    /// A plain name.
    pub fn of_name(name: &str) -> Result<PropertyArgument> {
        Ok(PropertyArgument { expression: named(Str::from(name))?, label: None, descending: None })
    }

    /// The text that names the value where no property does.
    pub fn shown_name(&self) -> Str {
        if let Some(l) = &self.label {
            return l.clone();
        }
        match &self.expression {
            Expression::Name(_, s) | Expression::Pattern(_, s) => s.clone(),
            Expression::Block(b) => text::to_text(b),
        }
    }

    /// Names of the properties of `object` that this argument means; empty when it means none, one for a script block.
    pub fn names(&self, object: &Value) -> Vec<Str> {
        match &self.expression {
            Expression::Block(_) => vec![self.shown_name()],
            Expression::Name(_, n) => {
                property_names(object).into_iter().filter(|p| same(p, n)).take(1).collect()
            }
            Expression::Pattern(w, _) => {
                property_names(object).into_iter().filter(|p| w.matches(p)).collect()
            }
        }
    }

    /// The one value that sorting and grouping use: nothing when the object has no such property, the first match of
    /// a pattern.
    pub fn value(&self, shell: &mut dyn Shell, object: &Value) -> Result<Option<Value>> {
        match &self.expression {
            Expression::Name(n, _) => get(shell, object, *n),
            Expression::Pattern(..) => match self.names(object).first() {
                Some(n) => get(shell, object, Name::new(n)),
                None => Ok(None),
            },
            Expression::Block(b) => evaluate(shell, b, object).map(Some),
        }
    }
}

/// Names of an object's properties in order; those of a dictionary are its keys that are text.
pub fn property_names(object: &Value) -> Vec<Str> {
    match object.base().view() {
        View::Table(t) => t.keys().iter().map(text::to_text).collect(),
        _ => member::properties(object),
    }
}

/// A property's value; the keys of a dictionary count as properties and come first. Unlike member access in the
/// language, the items of a list are not asked, and nothing has a Count or Length that is not its own.
pub fn get(shell: &mut dyn Shell, object: &Value, name: Name) -> Result<Option<Value>> {
    match object.view() {
        View::Custom(c) => {
            if let Some(v) = c.note(name) {
                return Ok(Some(v));
            }
            if c.members().get(name).is_none() && !is_intrinsic(name) {
                return Ok(None);
            }
        }
        View::Null | View::Nothing | View::Unset => return Ok(None),
        View::Table(t) => {
            if let Some(v) = t.get_text(name.text()) {
                return Ok(Some(v));
            }
            if !has_own(object, name) {
                return Ok(None);
            }
        }
        View::List(_) if !has_own(object, name) => return Ok(None),
        _ if is_count(name) && !has_own(object, name) => return Ok(None),
        _ => {}
    }
    member::get(shell, object, name)
}

/// Does the value itself, or what was added to it, have a property of that name?
fn has_own(object: &Value, name: Name) -> bool {
    let added = match object.view() {
        View::List(l) => l.extra().borrow().as_ref().is_some_and(|m| m.get(name).is_some()),
        View::Table(t) => t.extra().borrow().as_ref().is_some_and(|m| m.get(name).is_some()),
        View::Object(o) => o.extra().borrow().as_ref().is_some_and(|m| m.get(name).is_some()),
        View::Wrapped(w) => w.members.get(name).is_some(),
        _ => false,
    };
    added
        || is_intrinsic(name)
        || net::of(object).is_some_and(|t| member::find_property(t, name.text()).is_some())
        || match object.base().view() {
            View::Object(o) => o.get().dynamic_property(name.text()).is_some(),
            _ => false,
        }
}

fn is_count(name: Name) -> bool {
    same(name.text(), "Count") || same(name.text(), "Length")
}

fn is_intrinsic(name: Name) -> bool {
    ["PSObject", "PSTypeNames", "PSBase", "PSExtended", "PSAdapted"].iter().any(|n| same(name.text(), n))
}

/// Runs a calculated property with `$_` set; none of it reaches the caller's scope, and what fails comes back.
pub fn evaluate(shell: &mut dyn Shell, block: &Value, object: &Value) -> Result<Value> {
    let results = shell.call(
        block,
        Invoke { dollar_under: Some(object.clone()), propagate_errors: true, ..Invoke::default() },
    )?;
    Ok(match enumerate::collapse(results) {
        v if v.is_null() => Value::NULL,
        v => v,
    })
}

/// Is this the kind of flow that a failing expression may swallow?
pub fn is_error(flow: &Flow) -> bool {
    matches!(flow, Flow::Error(_))
}

/// The record of an expression that failed for one object (`ExpressionEvaluation`).
pub fn evaluation_error(flow: Box<Flow>, object: &Value) -> Result<ErrorRecord> {
    match &*flow {
        Flow::Error(r) => Ok(ErrorRecord::new(
            "ExpressionEvaluation",
            Category::InvalidResult,
            Exception::clone(&r.exception),
        )
        .about(object)),
        _ => Err(flow),
    }
}
