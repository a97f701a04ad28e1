//! `ConvertFrom-Csv`: lines of separated values to objects.

use crate::data::csv_reader::CsvReader;
use crate::data::csv_writer;
use crate::parameter::{Char, PsObjects};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Str;
use exsh_dotnet::text;

const IN_DELIMITER: u32 = 1;
const IN_USE_CULTURE: u32 = 1 << 1;

const DELIMITER: Param<Char> = Param::new(0, "Delimiter")
    .sets(IN_DELIMITER)
    .position(1)
    .validate(&[Validate::NotNull, Validate::NotNullOrEmpty]);
const USE_CULTURE: Param<Switch> = Param::new(1, "UseCulture")
    .sets(IN_USE_CULTURE)
    .mandatory()
    .validate(&[Validate::NotNull, Validate::NotNullOrEmpty]);
const INPUT_OBJECT: Param<PsObjects> = Param::new(2, "InputObject")
    .mandatory()
    .position(0)
    .from_pipeline()
    .by_property_name()
    .validate(&[Validate::NotNull, Validate::NotNullOrEmpty]);
const HEADER: Param<Vec<Str>> =
    Param::new(3, "Header").validate(&[Validate::NotNull, Validate::NotNullOrEmpty]);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "ConvertFrom-Csv",
    &[DELIMITER.spec, USE_CULTURE.spec, INPUT_OBJECT.spec, HEADER.spec],
    include_str!("convert_from_csv.md"),
)
.sets(&["Delimiter", "UseCulture"], Some(0))
.class("Microsoft.PowerShell.Commands.ConvertFromCsvCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(ConvertFromCsv { reader: None })
}

struct ConvertFromCsv {
    reader: Option<CsvReader>,
}

impl Cmdlet for ConvertFromCsv {
    fn begin(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let delimiter = match bound.get(&DELIMITER) {
            Some(Char(c)) => char::from_u32(c as u32).unwrap_or(','),
            None if bound.on(&USE_CULTURE) => csv_writer::culture_delimiter(out),
            None => ',',
        };
        self.reader = Some(CsvReader::new(delimiter, bound.get(&HEADER))?);
        Ok(())
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let Some(PsObjects(items)) = bound.get(&INPUT_OBJECT) else { return Ok(()) };
        let Some(reader) = &mut self.reader else { return Ok(()) };
        for item in items {
            reader.read(&text::to_text(&item), out)?;
        }
        Ok(())
    }
}
