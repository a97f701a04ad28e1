//! Regular expressions as the cmdlets use them: compiled once, case by a switch.

use exsh_core::Str;
use exsh_core::error::Result;
use exsh_core::value::Value;
use exsh_dotnet::ops::regex::{self, MatchData, Options, Regex};
use std::rc::Rc;

/// The compiled pattern.
pub fn regex(pattern: &str, ignore_case: bool) -> Result<Rc<Regex>> {
    regex::get(pattern, Options(if ignore_case { Options::IGNORE_CASE } else { 0 }))
}

/// The matches in a text as `Match` objects: the first one, or all.
pub fn matches(regex: &Rc<Regex>, text: &Str, all: bool) -> Result<Vec<Value>> {
    let spans = if all { regex.find_all(text, 0)? } else { regex.find_at(text, 0)?.into_iter().collect() };
    Ok(spans
        .into_iter()
        .map(|spans| {
            exsh_dotnet::text::regex::match_value(MatchData {
                regex: regex.clone(),
                text: text.clone(),
                spans,
            })
        })
        .collect())
}
