//! `ConvertTo-Csv`: objects to lines of separated values.

use crate::data::csv::Quoting;
use crate::data::csv_writer::{self, CsvWriter, Options};
use crate::parameter::{Char, PsObject, QuoteKind};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};

const IN_DELIMITER: u32 = 1;
const IN_USE_CULTURE: u32 = 1 << 1;

const INPUT_OBJECT: Param<PsObject> =
    Param::new(0, "InputObject").mandatory().position(0).from_pipeline().by_property_name();
const DELIMITER: Param<Char> =
    Param::new(1, "Delimiter").sets(IN_DELIMITER).position(1).validate(&[Validate::NotNull]);
const USE_CULTURE: Param<Switch> = Param::new(2, "UseCulture").sets(IN_USE_CULTURE);
const INCLUDE_TYPE_INFORMATION: Param<Switch> = Param::new(3, "IncludeTypeInformation").aliases(&["ITI"]);
const NO_TYPE_INFORMATION: Param<Switch> = Param::new(4, "NoTypeInformation").aliases(&["NTI"]);
const QUOTE_FIELDS: Param<Vec<Str>> = Param::new(5, "QuoteFields").aliases(&["QF"]);
const USE_QUOTES: Param<QuoteKind> = Param::new(6, "UseQuotes").aliases(&["UQ"]);
const NO_HEADER: Param<Switch> = Param::new(7, "NoHeader");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "ConvertTo-Csv",
    &[
        INPUT_OBJECT.spec,
        DELIMITER.spec,
        USE_CULTURE.spec,
        INCLUDE_TYPE_INFORMATION.spec,
        NO_TYPE_INFORMATION.spec,
        QUOTE_FIELDS.spec,
        USE_QUOTES.spec,
        NO_HEADER.spec,
    ],
    include_str!("convert_to_csv.md"),
)
.sets(&["Delimiter", "UseCulture"], Some(0))
.class("Microsoft.PowerShell.Commands.ConvertToCsvCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.String"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(ConvertToCsv { writer: None })
}

struct ConvertToCsv {
    writer: Option<CsvWriter>,
}

impl Cmdlet for ConvertToCsv {
    fn begin(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        csv_writer::check_quoting(bound.has(&USE_QUOTES) && bound.has(&QUOTE_FIELDS))?;
        let delimiter = match bound.get(&DELIMITER) {
            Some(Char(c)) => char::from_u32(c as u32).unwrap_or(','),
            None if bound.on(&USE_CULTURE) => csv_writer::culture_delimiter(out),
            None => ',',
        };
        let options = Options {
            delimiter,
            quoting: Quoting::of(bound.get(&USE_QUOTES).unwrap_or(QuoteKind(1))),
            quote_fields: bound.get(&QUOTE_FIELDS),
            header: !bound.on(&NO_HEADER),
            type_line: bound.on(&INCLUDE_TYPE_INFORMATION),
        };
        self.writer = Some(CsvWriter::new(options, out.shell()));
        Ok(())
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        let Some(writer) = &mut self.writer else { return Ok(()) };
        if object.is_null() {
            return Ok(());
        }
        for line in writer.start(object) {
            out.emit(Value::text(line))?;
        }
        let mut line = String::new();
        writer.row(object, out.shell(), &mut line)?;
        out.emit(Value::text(line))
    }
}
