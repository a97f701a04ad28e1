//! Enumerations from names, lists of names, prefixes and numbers.

use exsh_core::name::same;
use exsh_core::types::{EnumInfo, TypeRef};
use exsh_core::value::EnumValue;

/// Why there is no such member: error id and message behind `Cannot convert … Error: `.
pub struct Failure {
    pub id: &'static str,
    pub message: String,
}

/// The member that a text names: names, numbers, lists of both, or an unambiguous beginning.
pub fn parse(ty: TypeRef, info: &EnumInfo, text: &str) -> Result<EnumValue, Failure> {
    if let Some(number) = exact(info, text) {
        return Ok(EnumValue { ty, number });
    }
    if let Ok(big) = text.trim().parse::<i128>()
        && i32::try_from(big).is_err()
    {
        return Err(Failure {
            id: "CaseSensitiveEnumParseThrewAnException",
            message: "Value was either too large or too small for an Int32.".into(),
        });
    }
    let starts: Vec<&(&str, i64)> =
        info.members.iter().filter(|(n, _)| n.get(..text.len()).is_some_and(|s| same(s, text))).collect();
    match starts[..] {
        [m] => Ok(EnumValue { ty, number: m.1 }),
        [] => {
            // A list of beginnings.
            if text.contains(',') {
                let parts: Option<Vec<i64>> = text
                    .split(',')
                    .map(|p| {
                        let p = p.trim();
                        exact(info, p).or_else(|| {
                            let mut found = info.members.iter().filter(|(n, _)| {
                                !p.is_empty() && n.get(..p.len()).is_some_and(|s| same(s, p))
                            });
                            match (found.next(), found.next()) {
                                (Some(m), None) => Some(m.1),
                                _ => None,
                            }
                        })
                    })
                    .collect();
                if let Some(parts) = parts {
                    return Ok(EnumValue { ty, number: parts.iter().fold(0, |a, b| a | b) });
                }
            }
            Err(Failure {
                id: "SubstringDisambiguationEnumParseThrewAnException",
                message: format!(
                    "Unable to match the identifier name {text} to a valid enumerator name. Specify one of the \
                     following enumerator names and try again:\n{}",
                    names(info, ", ")
                ),
            })
        }
        _ => {
            let matching: Vec<&str> = starts.iter().map(|m| m.0).collect();
            Err(Failure {
                id: "SubstringDisambiguationEnumParseThrewAnException",
                message: format!(
                    "The identifier name {text} cannot be processed because it is either too similar or identical to \
                     the following enumerator names: {}. Use a more specific identifier name.",
                    matching.join(", ")
                ),
            })
        }
    }
}

/// `Enum.Parse` ignoring case: names and numbers, comma-separated.
pub fn exact(info: &EnumInfo, text: &str) -> Option<i64> {
    let t = text.trim();
    if t.is_empty() {
        return None;
    }
    if let Ok(n) = t.parse::<i32>() {
        return Some(n as i64);
    }
    let mut number = 0;
    for part in t.split(',') {
        let part = part.trim();
        let value = match info.members.iter().find(|(n, _)| same(n, part)) {
            Some(m) => m.1,
            None => part.parse::<i32>().ok()? as i64,
        };
        number |= value;
    }
    Some(number)
}

/// Is the number a member, or a combination of flags?
pub fn is_defined(info: &EnumInfo, number: i64) -> bool {
    if info.members.iter().any(|m| m.1 == number) {
        return true;
    }
    let all = info.members.iter().fold(0, |a, m| a | m.1);
    info.flags && number & !all == 0
}

/// Names in order of definition.
pub fn names(info: &EnumInfo, separator: &str) -> String {
    let names: Vec<&str> = info.members.iter().map(|m| m.0).collect();
    names.join(separator)
}
