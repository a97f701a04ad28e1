//! The drives Env:, Variable:, Function: and Alias: their items as objects, by name, and how they are changed. What a
//! path means is [`crate::files::paths`]'s business.

use crate::commands::command_info;
use crate::files::paths::{Drive, Place, is_pattern};
use crate::record;
use crate::variables::ps_variable;
use exsh_core::enumerate;
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::name::{Name, same};
use exsh_core::out::Shell;
use exsh_core::types::Kind;
use exsh_core::value::{Str, Value};
use exsh_dotnet::ops::pattern;
use exsh_dotnet::text;

/// Names of all items, sorted.
pub fn names(drive: Drive, shell: &mut dyn Shell) -> Vec<Str> {
    let mut all: Vec<Str> = match drive {
        Drive::File => Vec::new(),
        Drive::Env => shell.host().env_all().into_iter().map(|(n, _)| Str::from(n)).collect(),
        Drive::Variable => shell.variables(None).into_iter().map(|v| v.name).collect(),
        Drive::Function => shell.functions().into_iter().map(|f| f.0).collect(),
        Drive::Alias => shell.aliases().into_iter().map(|a| a.0).collect(),
    };
    all.sort_by(|a, b| crate::files::paths::order_names(a, b));
    all
}

/// The item as an object.
pub fn get(drive: Drive, name: &str, shell: &mut dyn Shell) -> Option<Value> {
    match drive {
        Drive::File => None,
        Drive::Env => shell.host().env(name).map(|v| entry(name, Value::text(v))),
        Drive::Variable => {
            let found = shell.variables(None).into_iter().find(|v| same(&v.name, name));
            found.map(|v| ps_variable::of(v, None))
        }
        Drive::Function => {
            let found = shell.functions().into_iter().find(|f| same(&f.0, name));
            found.map(|(n, block)| command_info::function(n, block, shell))
        }
        Drive::Alias => {
            let found = shell.aliases().into_iter().find(|a| same(&a.0, name));
            found.map(|(n, target)| command_info::alias(n, target, shell))
        }
    }
}

/// What Get-Content gives: the value, the block, the definition.
pub fn content(drive: Drive, name: &str, shell: &mut dyn Shell) -> Option<Value> {
    match drive {
        Drive::File => None,
        Drive::Env => shell.host().env(name).map(Value::text),
        Drive::Variable => shell.variable(Name::new(name), None),
        Drive::Function => shell.functions().into_iter().find(|f| same(&f.0, name)).map(|f| f.1),
        Drive::Alias => shell.aliases().into_iter().find(|a| same(&a.0, name)).map(|a| Value::string(a.1)),
    }
}

/// Makes or replaces an item.
pub fn set(drive: Drive, name: &str, value: Value, shell: &mut dyn Shell) -> Result<()> {
    match drive {
        Drive::File => Ok(()),
        Drive::Env => {
            let text = text::to_text(&value);
            shell.host().set_env(name, if value.is_null() { None } else { Some(&text) });
            Ok(())
        }
        Drive::Variable => shell.set_variable(name, value, None),
        Drive::Alias => shell.set_alias(name, Some(&text::to_text(&value))),
        Drive::Function => {
            let block = match value.kind() {
                Kind::ScriptBlock => value.base().clone(),
                Kind::String => shell.compile(&text::to_text(&value))?,
                _ => {
                    return Err(record::argument(
                        "Argument",
                        "Cannot process argument because the value of argument \"value\" is not valid. Change the value of \
                         the \"value\" argument and run the operation again.",
                    )
                    .into());
                }
            };
            shell.set_function(name, Some(block))
        }
    }
}

/// Error id `VariableNotRemovable` for a variable that may not go.
pub fn remove(drive: Drive, name: &str, force: bool, shell: &mut dyn Shell) -> Result<()> {
    match drive {
        Drive::File => Ok(()),
        Drive::Env => {
            shell.host().set_env(name, None);
            Ok(())
        }
        Drive::Function => shell.set_function(name, None),
        Drive::Alias => shell.set_alias(name, None),
        Drive::Variable => {
            let info = shell.variables(None).into_iter().find(|v| same(&v.name, name));
            if info.is_some_and(|i| i.constant || (i.read_only && !force)) {
                return Err(not_removable(name).into());
            }
            shell.remove_variable(Name::new(name), None).map(|_| ())
        }
    }
}

/// `Cannot remove variable …` (`VariableNotRemovable`).
pub fn not_removable(name: &str) -> ErrorRecord {
    ErrorRecord::of(
        "System.Management.Automation.SessionStateUnauthorizedAccessException",
        "VariableNotRemovable",
        Category::WriteError,
        format!(
            "Cannot remove variable {name} because it is constant or read-only. If the variable is read-only, try the \
             operation again specifying the Force option."
        ),
    )
    .on(Value::text(name))
}

/// Names of the items that a path means. Error id `PathNotFound`.
pub fn matching(place: &Place, literal: bool, shell: &mut dyn Shell) -> Result<Vec<Str>> {
    if place.rest.is_empty() {
        return Ok(names(place.drive, shell));
    }
    if !literal && is_pattern(&place.rest) {
        let wildcard = pattern::compile(&place.rest, true)?;
        return Ok(names(place.drive, shell).into_iter().filter(|n| wildcard.matches(n)).collect());
    }
    match get(place.drive, &place.rest, shell) {
        Some(_) => Ok(vec![Str::from(place.rest.as_str())]),
        None => Err(record::path_not_found(&place.shown()).into()),
    }
}

/// Values to write as one: nothing, the one, or an array.
pub fn joined(values: Vec<Value>) -> Value {
    match enumerate::collapse(values) {
        v if v.is_null() => Value::NULL,
        v => v,
    }
}

fn entry(name: &str, value: Value) -> Value {
    exsh_dotnet::collections::entry::value(Value::text(name), value)
}
