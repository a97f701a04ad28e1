//! Validation attributes: what each accepts and what it says otherwise.
//!
//! Messages are observed (recorded runs of the reference shell) except that of an exact count, which is documented.

use super::Validation;
use super::errors::shown;
use exsh_core::enumerate;
use exsh_core::out::{Invoke, Shell};
use exsh_core::types::{self, TypeRef};
use exsh_core::value::{Str, Value, View};
use exsh_dotnet::ops::compare::{order, same_text};
use exsh_dotnet::ops::regex;
use exsh_dotnet::types::is_number;
use exsh_dotnet::{convert, fail, text};
use std::cmp::Ordering;

const NULL_OR_EMPTY_COLLECTION: &str = "The argument is null, empty, or an element of the argument collection contains \
     a null value. Supply a collection that does not contain any null values and then try the command again.";
const NULL: &str =
    "The argument is null. Provide a valid value for the argument, and then try running the command again.";
const NULL_OR_EMPTY: &str = "The argument is null or empty. Provide an argument that is not null or empty, and then \
     try the command again.";
const NULL_ITEM: &str = "The argument has a null value, or an element of the argument collection contains a null \
     value. Provide a collection that does not contain any null values, and then try the command again.";
const WHITE: &str = "The argument is null, empty, or consists of only white-space characters. Provide an argument \
     that contains non white-space characters, and then try the command again.";
const WHITE_ITEM: &str = "The argument is null, empty, or consists of only white-space characters, or an element of \
     the argument collection contains a null value. Supply a collection that does not contain any null values and \
     then try the command again.";

/// Checks a converted value. The error is the attribute's own message, without the parameter's name before it.
/// `_name` is the parameter or variable, for messages that will want it.
pub fn validate(shell: &mut dyn Shell, v: &Validation, value: &Value, _name: &str) -> Result<(), String> {
    match v {
        Validation::NotNull => not_null(value),
        Validation::NotNullOrEmpty => {
            not_empty(value, NULL_OR_EMPTY, NULL_OR_EMPTY_COLLECTION, str::is_empty)
        }
        Validation::NotNullOrWhiteSpace => {
            not_empty(value, WHITE, WHITE_ITEM, |s| s.chars().all(char::is_whitespace))
        }
        Validation::Count(low, high) => count(*low, *high, value),
        _ => each(shell, v, value),
    }
}

/// The attributes that look at every item of a list.
fn each(shell: &mut dyn Shell, v: &Validation, value: &Value) -> Result<(), String> {
    match value.base().view() {
        View::Null | View::Nothing | View::Unset => Err(NULL_OR_EMPTY_COLLECTION.to_owned()),
        View::List(list) => {
            let list = list.clone();
            let mut i = 0;
            // By index: a script that validates may change the list.
            while let Some(item) = list.get(i) {
                element(shell, v, &item)?;
                i += 1;
            }
            Ok(())
        }
        _ => element(shell, v, value),
    }
}

fn element(shell: &mut dyn Shell, v: &Validation, item: &Value) -> Result<(), String> {
    if item.is_null() {
        return Err(NULL.to_owned());
    }
    match v {
        Validation::Set { values, ignore_case, error_message } => {
            let text = shown(item);
            if values.iter().any(|s| same_text(s.as_str(), text.as_str(), *ignore_case)) {
                return Ok(());
            }
            let all: Vec<&str> = values.iter().map(Str::as_str).collect();
            let all = all.join(",");
            Err(match error_message {
                Some(m) => filled(m, &text, &all),
                None => format!(
                    "The argument \"{text}\" does not belong to the set \"{all}\" specified by the ValidateSet \
                     attribute. Supply an argument that is in the set and then try the command again."
                ),
            })
        }
        Validation::Range(low, high) => range(shell, low, high, item),
        Validation::Positive => sign(shell, item, Ordering::is_gt, "greater than"),
        Validation::NonNegative => sign(shell, item, Ordering::is_ge, "greater than or equal to"),
        Validation::Negative => sign(shell, item, Ordering::is_lt, "less than"),
        Validation::NonPositive => sign(shell, item, Ordering::is_le, "less than or equal to"),
        Validation::Length(low, high) => length(*low, *high, item),
        Validation::Pattern { pattern, ignore_case, error_message } => {
            let text = shown(item);
            let options = regex::Options(if *ignore_case { regex::Options::IGNORE_CASE } else { 0 });
            let compiled = regex::get(pattern.as_str(), options).map_err(|flow| fail::message(&flow))?;
            if compiled.is_match(&text).map_err(|flow| fail::message(&flow))? {
                return Ok(());
            }
            Err(match error_message {
                Some(m) => filled(m, &text, pattern.as_str()),
                None => format!(
                    "The argument \"{text}\" does not match the \"{pattern}\" pattern. Supply an argument that \
                     matches \"{pattern}\" and try the command again."
                ),
            })
        }
        Validation::Script(block, error_message) => {
            let how =
                Invoke { dollar_under: Some(item.clone()), args: vec![item.clone()], ..Invoke::default() };
            let results = shell.call(block, how).map_err(|flow| fail::message(&flow))?;
            if convert::to_bool(&enumerate::collapse(results)) {
                return Ok(());
            }
            let (text, block) = (shown(item), text::to_text(block));
            Err(match error_message {
                Some(m) => filled(m, &text, block.as_str()),
                None => format!(
                    "The \"{block}\" validation script for the argument with value \"{text}\" did not return a \
                     result of True. Determine why the validation script failed, and then try the command again."
                ),
            })
        }
        Validation::Count(..)
        | Validation::NotNull
        | Validation::NotNullOrEmpty
        | Validation::NotNullOrWhiteSpace => Ok(()),
    }
}

/// An item of another type is converted to that of the limits first.
fn range(shell: &mut dyn Shell, low: &Value, high: &Value, item: &Value) -> Result<(), String> {
    let Some(wanted) = low.type_info() else { return Ok(()) };
    let item = if item.type_info().is_some_and(|t| t.is(wanted)) {
        item.clone()
    } else {
        convert::try_cast(shell, item, wanted).ok_or_else(|| other_type(item, wanted))?
    };
    let mut against = |limit: &Value| order(shell, &item, limit, false).map_err(|flow| fail::message(&flow));
    if against(low)?.is_lt() {
        return Err(format!(
            "The {} argument is less than the minimum allowed range of {1}. Supply an argument that is greater than or \
             equal to {1} and then try the command again.",
            shown(&item),
            shown(low)
        ));
    }
    if against(high)?.is_gt() {
        return Err(format!(
            "The {} argument is greater than the maximum allowed range of {1}. Supply an argument that is less than or \
             equal to {1} and then try the command again.",
            shown(&item),
            shown(high)
        ));
    }
    Ok(())
}

fn sign(
    shell: &mut dyn Shell,
    item: &Value,
    holds: fn(Ordering) -> bool,
    relation: &str,
) -> Result<(), String> {
    if !item.type_info().is_some_and(is_number) {
        return Err(other_type(item, &types::INT32));
    }
    let against_zero = order(shell, item, &Value::int(0), false).map_err(|flow| fail::message(&flow))?;
    if holds(against_zero) {
        return Ok(());
    }
    Err(format!(
        "The argument \"{}\" cannot be validated because its value is not {relation} zero.",
        shown(item)
    ))
}

fn other_type(item: &Value, wanted: TypeRef) -> String {
    let (found, wanted) = (item.type_info().map_or("", |t| t.short_name()), wanted.short_name());
    format!(
        "The argument cannot be validated because its type \"{found}\" is not the same type ({wanted}) as the maximum \
         and minimum limits of the parameter. Make sure the argument is of type {wanted} and then try the command \
         again."
    )
}

fn length(low: i32, high: i32, item: &Value) -> Result<(), String> {
    let Some(text) = item.base().as_str() else {
        return Err(
            "The ValidateLength attribute cannot be applied to a parameter that is not a string or string[] \
                    parameter. Make the parameter a string or string[] parameter."
                .to_owned(),
        );
    };
    let n = i64::try_from(text.utf16_len()).unwrap_or(i64::MAX);
    if n < i64::from(low) {
        return Err(format!(
            "The character length ({n}) of the argument is too short. Specify an argument with a length that is greater \
             than or equal to \"{low}\", and then try the command again."
        ));
    }
    if n > i64::from(high) {
        return Err(format!(
            "The character length of the {n} argument is too long. Shorten the character length of the argument so it \
             is fewer than or equal to \"{high}\" characters, and then try the command again."
        ));
    }
    Ok(())
}

fn count(low: i32, high: i32, value: &Value) -> Result<(), String> {
    let n = match value.base().view() {
        View::Null | View::Nothing | View::Unset => 0,
        View::List(l) => l.len(),
        View::Table(t) => t.len(),
        View::Object(o) => match o.get().enumerate() {
            Some(items) => items.len(),
            None => return Err(not_an_array()),
        },
        _ => return Err(not_an_array()),
    };
    let n = i64::try_from(n).unwrap_or(i64::MAX);
    let (low, high) = (i64::from(low), i64::from(high));
    if (low..=high).contains(&n) {
        Ok(())
    } else if low == high {
        Err(format!("The parameter requires exactly {low} value(s) - {n} value(s) were provided."))
    } else {
        Err(format!(
            "The parameter requires at least {low} value(s) and no more than {high} value(s) - {n} value(s) were \
             provided."
        ))
    }
}

fn not_an_array() -> String {
    "The ValidateCount attribute cannot be applied to a non-array parameter. Either remove the attribute from the \
     parameter or make the parameter an array parameter."
        .to_owned()
}

fn not_null(value: &Value) -> Result<(), String> {
    match value.base().view() {
        View::Null | View::Nothing | View::Unset => Err(NULL.to_owned()),
        View::List(l) if l.items().iter().any(Value::is_null) => Err(NULL_ITEM.to_owned()),
        _ => Ok(()),
    }
}

fn not_empty(
    value: &Value,
    single: &str,
    collection: &str,
    is_empty: impl Fn(&str) -> bool,
) -> Result<(), String> {
    let refused = |v: &Value| v.is_null() || v.base().as_str().is_some_and(|s| is_empty(s.as_str()));
    let empty = match value.base().view() {
        View::List(l) => l.items().is_empty() || l.items().iter().any(&refused),
        View::Table(t) => t.is_empty(),
        _ if refused(value) => return Err(single.to_owned()),
        _ => false,
    };
    if empty { Err(collection.to_owned()) } else { Ok(()) }
}

/// A message of the script's own with its two places filled.
fn filled(template: &Str, first: &str, second: &str) -> String {
    let items = [Value::text(first), Value::text(second)];
    exsh_dotnet::ops::compose(template.as_str(), &items, exsh_dotnet::culture::invariant())
        .unwrap_or_else(|_| template.as_str().to_owned())
}
