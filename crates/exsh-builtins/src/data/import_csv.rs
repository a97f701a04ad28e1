//! `Import-Csv`: a file of separated values to objects.

use crate::data::csv_reader::CsvReader;
use crate::data::csv_writer;
use crate::files::paths;
use crate::io_failure;
use crate::parameter::Char;
use crate::text_encoding::TextEncoding;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Str;

const IN_DELIMITER_PATH: u32 = 1;
const IN_DELIMITER_LITERAL_PATH: u32 = 1 << 1;
const IN_CULTURE_PATH: u32 = 1 << 2;
const IN_CULTURE_LITERAL_PATH: u32 = 1 << 3;

const DELIMITER: Param<Char> = Param::new(0, "Delimiter")
    .sets(IN_DELIMITER_PATH | IN_DELIMITER_LITERAL_PATH)
    .position(1)
    .validate(&[Validate::NotNull]);
const PATH: Param<Vec<Str>> = Param::new(1, "Path")
    .sets(IN_DELIMITER_PATH | IN_CULTURE_PATH)
    .mandatory()
    .position(0)
    .from_pipeline()
    .by_property_name()
    .validate(&[Validate::NotNullOrEmpty])
    .wildcards();
const LITERAL_PATH: Param<Vec<Str>> = Param::new(2, "LiteralPath")
    .sets(IN_DELIMITER_LITERAL_PATH | IN_CULTURE_LITERAL_PATH)
    .aliases(&["PSPath", "LP"])
    .mandatory()
    .by_property_name()
    .validate(&[Validate::NotNullOrEmpty]);
const USE_CULTURE: Param<Switch> = Param::new(3, "UseCulture")
    .sets(IN_CULTURE_PATH | IN_CULTURE_LITERAL_PATH)
    .mandatory()
    .validate(&[Validate::NotNull]);
const HEADER: Param<Vec<Str>> = Param::new(4, "Header").validate(&[Validate::NotNullOrEmpty]);
const ENCODING: Param<TextEncoding> = Param::new(5, "Encoding").validate(&[Validate::NotNullOrEmpty]);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Import-Csv",
    &[DELIMITER.spec, PATH.spec, LITERAL_PATH.spec, USE_CULTURE.spec, HEADER.spec, ENCODING.spec],
    include_str!("import_csv.md"),
)
.sets(&["DelimiterPath", "DelimiterLiteralPath", "CulturePath", "CultureLiteralPath"], Some(0))
.class("Microsoft.PowerShell.Commands.ImportCsvCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(ImportCsv)
}

struct ImportCsv;

impl Cmdlet for ImportCsv {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let delimiter = match bound.get(&DELIMITER) {
            Some(Char(c)) => char::from_u32(c as u32).unwrap_or(','),
            None if bound.on(&USE_CULTURE) => csv_writer::culture_delimiter(out),
            None => ',',
        };
        let encoding = bound.get(&ENCODING).unwrap_or(TextEncoding::Utf8);
        let literal = bound.has(&LITERAL_PATH);
        for written in bound.get(&PATH).or_else(|| bound.get(&LITERAL_PATH)).unwrap_or_default() {
            for path in paths::files_to_read(&written, literal, out)? {
                let bytes = std::fs::read(&path).map_err(|e| io_failure::open_failure(&e, &path))?;
                let text = encoding.decode(&bytes);
                drop(bytes);
                CsvReader::new(delimiter, bound.get(&HEADER))?.read(&text, out)?;
            }
        }
        Ok(())
    }
}
