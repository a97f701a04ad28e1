//! The operators `-match`, `-notmatch` and `-replace` over values.

use super::{MatchData, Options, Regex, get};
use crate::ops::compare::list_items;
use crate::text;
use crate::text::regex::RegexObject;
use exsh_core::{Category, ErrorRecord, Invoke, Result, Shell, Str, Value, View};
use std::rc::Rc;

fn pattern_of(pattern: &Value, ignore_case: bool) -> Result<Rc<Regex>> {
    if let Some(r) = pattern.downcast::<RegexObject>() {
        return Ok(r.0.clone());
    }
    let options = Options(if ignore_case { Options::IGNORE_CASE } else { 0 });
    match pattern.base().as_str() {
        Some(s) => get(s, options),
        None => get(&text::to_text(pattern), options),
    }
}

/// `-match` on a single value: the match, for `$Matches`.
pub fn match_scalar(left: &Value, pattern: &Value, ignore_case: bool) -> Result<Option<MatchData>> {
    let regex = pattern_of(pattern, ignore_case)?;
    let text = text::to_text(left);
    let spans = regex.find_at(&text, 0)?;
    Ok(spans.map(|spans| MatchData { regex, text, spans }))
}

/// `-match` and `-notmatch`: a bool and the match of a single value, or the items of the left list that match.
pub fn matches(
    left: &Value,
    pattern: &Value,
    ignore_case: bool,
    negate: bool,
) -> Result<(Value, Option<MatchData>)> {
    match list_items(left) {
        Some(items) => {
            let regex = pattern_of(pattern, ignore_case)?;
            let mut kept = Vec::new();
            for item in items {
                if regex.is_match(&text::to_text(&item))? != negate {
                    kept.push(item);
                }
            }
            Ok((Value::array(kept), None))
        }
        None => {
            let found = match_scalar(left, pattern, ignore_case)?;
            Ok((Value::bool(found.is_some() != negate), found))
        }
    }
}

/// `left -replace right`; `right` is a pattern, or a pattern and its replacement (text or script block).
pub fn replace_operator(
    shell: &mut dyn Shell,
    left: &Value,
    right: &Value,
    ignore_case: bool,
) -> Result<Value> {
    let (pattern, replacement) = match right.base().view() {
        View::List(l) => match &l.items()[..] {
            [] => (Value::text(""), Value::text("")),
            [p] => (p.clone(), Value::text("")),
            [p, r] => (p.clone(), r.clone()),
            more => {
                return Err(ErrorRecord::runtime(
                    "BadReplaceArgument",
                    Category::InvalidOperation,
                    format!(
                        "The -replace operator allows only two elements to follow it, not {}.",
                        more.len()
                    ),
                )
                .into());
            }
        },
        _ => (right.clone(), Value::text("")),
    };
    let regex = pattern_of(&pattern, ignore_case)?;
    let is_block = crate::types::of(&replacement).is_some_and(|t| t.is(&exsh_core::types::SCRIPT_BLOCK));
    let with = if is_block { Str::new("") } else { text::to_text(&replacement) };
    let mut one = |item: &Value| -> Result<Value> {
        let text = text::to_text(item);
        let done = if is_block {
            regex.replace_with(&text, -1, 0, &mut |m, out| {
                let value = text::regex::match_value(m.clone());
                let how =
                    Invoke { dollar_under: Some(value.clone()), args: vec![value], ..Invoke::default() };
                let result = exsh_core::enumerate::collapse(shell.call(&replacement, how)?);
                text::push_text(out, &result, " ");
                Ok(())
            })?
        } else {
            regex.replace(&text, &with, -1)?
        };
        Ok(Value::string(done))
    };
    match list_items(left) {
        Some(items) => {
            let mut all = Vec::with_capacity(items.len());
            for item in items {
                all.push(one(&item)?);
            }
            Ok(Value::array(all))
        }
        None => one(left),
    }
}
