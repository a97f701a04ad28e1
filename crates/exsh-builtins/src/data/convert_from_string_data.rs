//! `ConvertFrom-StringData`: lines of `name = value` to a hashtable.

use crate::parameter::Char;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::types;
use exsh_core::value::{KeyMode, Str, Table, Value};

const STRING_DATA: Param<Str> =
    Param::new(0, "StringData").mandatory().position(0).from_pipeline().allow_empty();
const DELIMITER: Param<Char> = Param::new(1, "Delimiter").position(1);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "ConvertFrom-StringData",
    &[STRING_DATA.spec, DELIMITER.spec],
    include_str!("convert_from_string_data.md"),
)
.class("Microsoft.PowerShell.Commands.ConvertFromStringDataCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.Collections.Hashtable"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(ConvertFromStringData)
}

struct ConvertFromStringData;

impl Cmdlet for ConvertFromStringData {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let data: Str = bound.get(&STRING_DATA).unwrap_or_else(|| Str::from(""));
        let delimiter = bound.get(&DELIMITER).and_then(|Char(c)| char::from_u32(c as u32)).unwrap_or('=');
        let table = Table::new(&types::HASHTABLE, KeyMode::IgnoreCase);
        for line in data.split('\n') {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((name, value)) = line.split_once(delimiter) else {
                return Err(invalid(format!("Data line '{line}' is not in 'name=value' format. ")));
            };
            let name = name.trim();
            if table.get_text(name).is_some() {
                return Err(invalid(format!("Data item '{name}' in line '{line}' is already defined. ")));
            }
            let value = unescape(value.trim());
            table.set(Value::text(name), Value::text(value));
        }
        out.emit(Value::table(table))
    }
}

/// Backslash escapes of regular expressions; an unknown one is the letter itself.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let Some(e) = chars.next() else {
            out.push('\\');
            break;
        };
        match e {
            't' => out.push('\t'),
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            'a' => out.push('\u{7}'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{C}'),
            'v' => out.push('\u{B}'),
            'e' => out.push('\u{1B}'),
            'x' | 'u' => {
                let length = if e == 'x' { 2 } else { 4 };
                let hex: String = chars.clone().take(length).collect();
                match u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32) {
                    Some(c) => {
                        out.push(c);
                        chars.by_ref().take(length).for_each(drop);
                    }
                    None => out.push(e),
                }
            }
            other => out.push(other),
        }
    }
    out
}

fn invalid(message: String) -> Box<exsh_core::Flow> {
    ErrorRecord::of(
        "System.Management.Automation.PSInvalidOperationException",
        "InvalidOperation",
        Category::InvalidOperation,
        message,
    )
    .into()
}
