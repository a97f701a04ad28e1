//! `ConvertTo-Json`: values to JSON text.

use crate::data::json_writer::{Escape, JsonWriter, Options};
use crate::parameter::EscapeHandling;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Value, View};

const INPUT_OBJECT: Param<Value> =
    Param::new(0, "InputObject").mandatory().position(0).from_pipeline().allow_null();
const DEPTH: Param<i32> = Param::new(1, "Depth").validate(&[Validate::Range(0, 100)]);
const COMPRESS: Param<Switch> = Param::new(2, "Compress");
const ENUMS_AS_STRINGS: Param<Switch> = Param::new(3, "EnumsAsStrings");
const AS_ARRAY: Param<Switch> = Param::new(4, "AsArray");
const ESCAPE_HANDLING: Param<EscapeHandling> = Param::new(5, "EscapeHandling");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "ConvertTo-Json",
    &[
        INPUT_OBJECT.spec,
        DEPTH.spec,
        COMPRESS.spec,
        ENUMS_AS_STRINGS.spec,
        AS_ARRAY.spec,
        ESCAPE_HANDLING.spec,
    ],
    include_str!("convert_to_json.md"),
)
.class("Microsoft.PowerShell.Commands.ConvertToJsonCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.String"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(ConvertToJson { values: Vec::new() })
}

struct ConvertToJson {
    /// One value is written as itself and several as an array: only the end tells.
    values: Vec<Value>,
}

impl Cmdlet for ConvertToJson {
    fn process(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        if !matches!(object.view(), View::Unset | View::Nothing) {
            self.values.push(object.clone());
        }
        Ok(())
    }

    fn end(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let mut values = std::mem::take(&mut self.values);
        if values.is_empty() {
            return Ok(());
        }
        let options = Options {
            depth: bound.get(&DEPTH).unwrap_or(2).max(0) as usize,
            compress: bound.on(&COMPRESS),
            enums_as_text: bound.on(&ENUMS_AS_STRINGS),
            escape: match bound.get(&ESCAPE_HANDLING) {
                Some(EscapeHandling(1)) => Escape::NonAscii,
                Some(EscapeHandling(2)) => Escape::Html,
                _ => Escape::Default,
            },
        };
        let mut writer = JsonWriter::new(&options);
        match values.pop() {
            Some(one) if values.is_empty() && !bound.on(&AS_ARRAY) => writer.value(&one, 0, out.shell())?,
            last => {
                values.extend(last);
                writer.list(values, 0, out.shell())?;
            }
        }
        if writer.truncated {
            out.warn(&format!(
                "Resulting JSON is truncated as serialization has exceeded the set depth of {}.",
                options.depth
            ))?;
        }
        out.emit(Value::text(writer.into_text()))
    }
}
