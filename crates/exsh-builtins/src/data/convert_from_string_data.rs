//! `ConvertFrom-StringData`: lines of `name = value` to a hashtable.

use crate::parameter::Char;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::types;
use exsh_core::value::{KeyMode, Str, Table, Value};
use exsh_dotnet::ops;

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
            let value = ops::regex::unescape(value.trim())?;
            table.set(Value::text(name), Value::text(value));
        }
        out.emit(Value::table(table))
    }
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
