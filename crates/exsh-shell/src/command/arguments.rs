//! Arguments from the command line of the program: words that were never parsed as a script.

use crate::bind::Argument;
use exsh_core::{Str, Value};

/// `-Name`, `-Name:value` and values, as `-File script.ps1 …` takes them.
pub fn of_words(words: &[String]) -> Vec<Argument> {
    words
        .iter()
        .map(|w| {
            let named =
                w.strip_prefix('-').filter(|n| n.starts_with(|c: char| c.is_alphabetic() || c == '_'));
            match named {
                None => Argument::Value(Value::text(w.as_str())),
                Some(n) => match n.split_once(':') {
                    Some((name, value)) => Argument::Parameter {
                        name: Str::from(name),
                        attached: Some(attached(value)),
                        written: Str::from(w.as_str()),
                    },
                    None => Argument::Parameter {
                        name: Str::from(n),
                        attached: None,
                        written: Str::from(w.as_str()),
                    },
                },
            }
        })
        .collect()
}

/// `-Switch:$false` is the only expression that the command line knows.
fn attached(value: &str) -> Value {
    match value.to_ascii_lowercase().as_str() {
        "$true" | "true" => Value::TRUE,
        "$false" | "false" => Value::FALSE,
        "$null" => Value::NULL,
        _ => Value::text(value),
    }
}
