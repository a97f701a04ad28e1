//! `Join-String`: joins objects into one string.

use crate::parameter::{ExpressionArgument, PsObjects};
use crate::property::{self, Keys, PropertyArgument};
use exsh_core::Name;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_dotnet::{culture, ops, text};

const IN_SINGLE_QUOTE: u32 = 1 << 1;
const IN_DOUBLE_QUOTE: u32 = 1 << 2;
const IN_FORMAT: u32 = 1 << 3;

const PROPERTY: Param<ExpressionArgument> = Param::new(0, "Property").position(0);
const SEPARATOR: Param<Str> = Param::new(1, "Separator").position(1).allow_empty();
const OUTPUT_PREFIX: Param<Str> = Param::new(2, "OutputPrefix").aliases(&["op"]);
const OUTPUT_SUFFIX: Param<Str> = Param::new(3, "OutputSuffix").aliases(&["os"]);
const SINGLE_QUOTE: Param<Switch> = Param::new(4, "SingleQuote").sets(IN_SINGLE_QUOTE);
const DOUBLE_QUOTE: Param<Switch> = Param::new(5, "DoubleQuote").sets(IN_DOUBLE_QUOTE);
const FORMAT_STRING: Param<Str> = Param::new(6, "FormatString").sets(IN_FORMAT);
const USE_CULTURE: Param<Switch> = Param::new(7, "UseCulture");
const INPUT_OBJECT: Param<PsObjects> = Param::new(8, "InputObject").from_pipeline();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Join-String",
    &[
        PROPERTY.spec,
        SEPARATOR.spec,
        OUTPUT_PREFIX.spec,
        OUTPUT_SUFFIX.spec,
        SINGLE_QUOTE.spec,
        DOUBLE_QUOTE.spec,
        FORMAT_STRING.spec,
        USE_CULTURE.spec,
        INPUT_OBJECT.spec,
    ],
    include_str!("join_string.md"),
)
.sets(&["default", "SingleQuote", "DoubleQuote", "Format"], Some(0))
.class("Microsoft.PowerShell.Commands.Utility.JoinStringCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.String"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(JoinString { property: None, joined: String::new(), any: false, separator: Str::from("") })
}

struct JoinString {
    property: Option<PropertyArgument>,
    joined: String,
    any: bool,
    separator: Str,
}

impl Cmdlet for JoinString {
    fn begin(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        if let Some(ExpressionArgument(v)) = bound.get(&PROPERTY) {
            self.property = Some(property::parse_one(&v, Keys::Plain)?);
        }
        self.separator = match bound.get(&SEPARATOR) {
            Some(s) => s,
            None if bound.on(&USE_CULTURE) => Str::from(culture::current(out.shell()).list_separator),
            None => match out.shell().variable(Name::new("OFS"), None) {
                Some(v) if !v.is_null() => text::to_text(&v),
                _ => Str::from(""),
            },
        };
        self.joined.push_str(bound.get(&OUTPUT_PREFIX).as_deref().unwrap_or(""));
        Ok(())
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let Some(PsObjects(items)) = bound.get(&INPUT_OBJECT) else { return Ok(()) };
        for item in items.into_iter().filter(|i| !i.is_null()) {
            let value = match &self.property {
                Some(p) => match p.value(out.shell(), &item)? {
                    Some(v) => v,
                    None => continue,
                },
                None => item,
            };
            if self.any {
                self.joined.push_str(&self.separator);
            }
            self.any = true;
            let part = match bound.get(&FORMAT_STRING) {
                Some(format) => text::to_text(&ops::format(out.shell(), &Value::string(format), &value)?),
                None => text::to_text(&value),
            };
            match (bound.on(&SINGLE_QUOTE), bound.on(&DOUBLE_QUOTE)) {
                (true, _) => self.joined.push_str(&format!("'{}'", part.replace('\'', "''"))),
                (_, true) => self.joined.push_str(&format!("\"{}\"", part.replace('"', "\"\""))),
                _ => self.joined.push_str(&part),
            }
        }
        Ok(())
    }

    fn end(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        self.joined.push_str(bound.get(&OUTPUT_SUFFIX).as_deref().unwrap_or(""));
        out.emit(Value::text(std::mem::take(&mut self.joined)))
    }
}
