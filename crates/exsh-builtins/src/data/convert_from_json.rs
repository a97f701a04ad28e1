//! `ConvertFrom-Json`: JSON text to objects or hashtables.

use crate::data::json_builder::{Builder, Dates};
use crate::data::json_lenient;
use crate::data::json_reader::{self, Trouble};
use crate::parameter::DateKind;
use crate::property;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};

const INPUT_OBJECT: Param<Str> =
    Param::new(0, "InputObject").mandatory().position(0).from_pipeline().allow_empty();
const AS_HASHTABLE: Param<Switch> = Param::new(1, "AsHashtable");
const DEPTH: Param<i32> = Param::new(2, "Depth").validate(&[Validate::Range(1, 2147483647)]);
const NO_ENUMERATE: Param<Switch> = Param::new(3, "NoEnumerate");
const DATE_KIND: Param<DateKind> = Param::new(4, "DateKind");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "ConvertFrom-Json",
    &[INPUT_OBJECT.spec, AS_HASHTABLE.spec, DEPTH.spec, NO_ENUMERATE.spec, DATE_KIND.spec],
    include_str!("convert_from_json.md"),
)
.class("Microsoft.PowerShell.Commands.ConvertFromJsonCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(ConvertFromJson { lines: Vec::new() })
}

struct ConvertFromJson {
    lines: Vec<Str>,
}

impl Cmdlet for ConvertFromJson {
    fn begin(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        if bound.get(&DATE_KIND) == Some(DateKind(3)) {
            return Err(ErrorRecord::of(
                "System.NotImplementedException",
                "ParameterNotImplemented",
                Category::NotImplemented,
                "-DateKind Offset is not there yet in exsh.",
            )
            .advice("Use -DateKind String and convert the texts.")
            .into());
        }
        Ok(())
    }

    fn process(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        self.lines.extend(bound.get(&INPUT_OBJECT));
        Ok(())
    }

    /// Several strings are one text, unless the first is a text of its own.
    fn end(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let dates = match bound.get(&DATE_KIND) {
            Some(DateKind(1)) => Dates::Local,
            Some(DateKind(2)) => Dates::Utc,
            Some(DateKind(4)) => Dates::Text,
            _ => Dates::Default,
        };
        let mut builder = Builder::new(bound.on(&AS_HASHTABLE), dates);
        let depth = bound.get(&DEPTH).unwrap_or(1024).max(1) as usize;
        let lines = std::mem::take(&mut self.lines);
        let mut send = |v: Option<Value>| match v {
            Some(v) if bound.on(&NO_ENUMERATE) => out.emit(v),
            Some(v) => out.emit_each(v),
            None => Ok(()),
        };
        let Some((first, rest)) = lines.split_first() else { return Ok(()) };
        match read(first, &mut builder, depth) {
            Ok(v) => {
                send(v)?;
                for line in rest {
                    send(read(line, &mut builder, depth)?)?;
                }
                Ok(())
            }
            Err(flow) if rest.is_empty() || !property::is_error(&flow) => Err(flow),
            Err(_) => {
                let all: Vec<&str> = lines.iter().map(|l| l.as_str()).collect();
                send(read(&all.join("\n"), &mut builder, depth)?)
            }
        }
    }
}

fn read(text: &str, builder: &mut Builder, depth: usize) -> Result<Option<Value>> {
    // serde's own limit of nesting is 128; a smaller one is only known to the lenient reader.
    if depth >= 128 {
        match json_reader::read(text, builder) {
            Ok(v) => return Ok(Some(v)),
            Err(Trouble::Broken(flow)) => return Err(flow),
            Err(Trouble::NotStrict) => {}
        }
    }
    json_lenient::read(text, builder, depth)
}
