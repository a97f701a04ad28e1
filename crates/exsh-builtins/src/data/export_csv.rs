//! `Export-Csv`: objects to a file of separated values. The file is opened once; each object leaves as it comes.

use crate::data::csv::{Quoting, Records};
use crate::data::csv_writer::{self, CsvWriter, Options};
use crate::io_failure;
use crate::parameter::{Char, PsObject, QuoteKind};
use crate::property;
use crate::text_encoding::TextEncoding;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch, Validate};
use exsh_core::error::{Category, ErrorRecord, Exception, Result};
use exsh_core::name::same;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Read, Write};
use std::path::PathBuf;

const IN_DELIMITER: u32 = 1;
const IN_USE_CULTURE: u32 = 1 << 1;

const INPUT_OBJECT: Param<PsObject> =
    Param::new(0, "InputObject").mandatory().from_pipeline().by_property_name();
const PATH: Param<Str> = Param::new(1, "Path").position(0).validate(&[Validate::NotNullOrEmpty]);
const LITERAL_PATH: Param<Str> =
    Param::new(2, "LiteralPath").aliases(&["PSPath", "LP"]).validate(&[Validate::NotNullOrEmpty]);
const FORCE: Param<Switch> = Param::new(3, "Force");
const NO_CLOBBER: Param<Switch> = Param::new(4, "NoClobber").aliases(&["NoOverwrite"]);
const ENCODING: Param<TextEncoding> = Param::new(5, "Encoding").validate(&[Validate::NotNullOrEmpty]);
const APPEND: Param<Switch> = Param::new(6, "Append");
const DELIMITER: Param<Char> =
    Param::new(7, "Delimiter").sets(IN_DELIMITER).position(1).validate(&[Validate::NotNull]);
const USE_CULTURE: Param<Switch> = Param::new(8, "UseCulture").sets(IN_USE_CULTURE);
const INCLUDE_TYPE_INFORMATION: Param<Switch> = Param::new(9, "IncludeTypeInformation").aliases(&["ITI"]);
const NO_TYPE_INFORMATION: Param<Switch> = Param::new(10, "NoTypeInformation").aliases(&["NTI"]);
const QUOTE_FIELDS: Param<Vec<Str>> = Param::new(11, "QuoteFields").aliases(&["QF"]);
const USE_QUOTES: Param<QuoteKind> = Param::new(12, "UseQuotes").aliases(&["UQ"]);
const NO_HEADER: Param<Switch> = Param::new(13, "NoHeader");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Export-Csv",
    &[
        INPUT_OBJECT.spec,
        PATH.spec,
        LITERAL_PATH.spec,
        FORCE.spec,
        NO_CLOBBER.spec,
        ENCODING.spec,
        APPEND.spec,
        DELIMITER.spec,
        USE_CULTURE.spec,
        INCLUDE_TYPE_INFORMATION.spec,
        NO_TYPE_INFORMATION.spec,
        QUOTE_FIELDS.spec,
        USE_QUOTES.spec,
        NO_HEADER.spec,
    ],
    include_str!("export_csv.md"),
)
.sets(&["Delimiter", "UseCulture"], Some(0))
.should_process(Impact::Medium)
.class("Microsoft.PowerShell.Commands.ExportCsvCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(ExportCsv {
        writer: None,
        file: None,
        encoding: TextEncoding::Utf8,
        line: String::new(),
        check: None,
    })
}

struct ExportCsv {
    writer: Option<CsvWriter>,
    file: Option<(BufWriter<File>, PathBuf)>,
    encoding: TextEncoding,
    line: String,
    /// With -Append: the path as written, whose columns each first object must have.
    check: Option<Str>,
}

impl Cmdlet for ExportCsv {
    fn begin(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        csv_writer::check_quoting(bound.has(&USE_QUOTES) && bound.has(&QUOTE_FIELDS))?;
        let written: Str = match (bound.get(&PATH), bound.get(&LITERAL_PATH)) {
            (Some(p), None) | (None, Some(p)) => p,
            _ => {
                return Err(ErrorRecord::of(
                    "System.InvalidOperationException",
                    "CannotSpecifyPathAndLiteralPath",
                    Category::InvalidData,
                    "You must specify either the -Path or -LiteralPath parameters, but not both.",
                )
                .into());
            }
        };
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
        let mut writer = CsvWriter::new(options, out.shell());
        let path = out.shell().file_path(&written)?;
        if !out.confirm(&path.display().to_string(), "Export-Csv")? {
            return Ok(());
        }
        self.encoding = bound.get(&ENCODING).unwrap_or(TextEncoding::Utf8);
        let append = bound.on(&APPEND);
        if append && let Some(names) = self.existing_columns(&path, delimiter)? {
            writer.set_columns(names);
            self.check = Some(written);
        }
        if bound.on(&NO_CLOBBER) && !append && path.exists() {
            let shown = path.display().to_string();
            return Err(ErrorRecord::of(
                "System.IO.IOException",
                "NoClobber",
                Category::ResourceExists,
                format!("The file '{shown}' already exists."),
            )
            .on(Value::text(shown))
            .into());
        }
        if bound.on(&FORCE) {
            make_writable(&path);
        }
        let file = OpenOptions::new().create(true).write(true).append(append).truncate(!append).open(&path);
        let mut file = BufWriter::new(file.map_err(|e| io_failure::open_failure(&e, &path))?);
        let fresh = !append || file.get_ref().metadata().is_ok_and(|m| m.len() == 0);
        if fresh {
            file.write_all(self.encoding.preamble()).map_err(|e| io_failure::open_failure(&e, &path))?;
        }
        self.file = Some((file, path));
        self.writer = Some(writer);
        Ok(())
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        let Some(writer) = &mut self.writer else { return Ok(()) };
        if object.is_null() {
            return Ok(());
        }
        if let Some(path) = self.check.take()
            && !bound.on(&FORCE)
        {
            let names = property::property_names(object);
            let missing = writer.columns().into_iter().flatten().find(|c| !names.iter().any(|n| same(n, c)));
            if let Some(column) = missing {
                self.writer = None;
                return Err(mismatch(&path, &column).into());
            }
        }
        self.line.clear();
        for line in writer.start(object) {
            self.line.push_str(&line);
            self.line.push('\n');
        }
        writer.row(object, out.shell(), &mut self.line)?;
        self.line.push('\n');
        self.write()
    }

    fn end(&mut self, _bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        match self.file.take() {
            Some((mut f, path)) => f.flush().map_err(|e| io_failure::open_failure(&e, &path).into()),
            None => Ok(()),
        }
    }
}

impl ExportCsv {
    fn write(&mut self) -> Result<()> {
        let Some((file, path)) = &mut self.file else { return Ok(()) };
        let done = match self.encoding {
            TextEncoding::Utf8 | TextEncoding::Utf8Bom => file.write_all(self.line.as_bytes()),
            other => file.write_all(&other.encode(&self.line)),
        };
        done.map_err(|e| io_failure::open_failure(&e, path).into())
    }

    /// The names in the first line of a file that is not empty. Only its start is read: appending in a loop stays
    /// linear.
    fn existing_columns(&mut self, path: &PathBuf, delimiter: char) -> Result<Option<Vec<Str>>> {
        let Ok(mut file) = File::open(path) else { return Ok(None) };
        let mut bytes = Vec::new();
        let mut buffer = [0u8; 4096];
        loop {
            let n = file.read(&mut buffer).map_err(|e| io_failure::open_failure(&e, path))?;
            bytes.extend_from_slice(&buffer[..n]);
            let lines = memchr::memchr_iter(b'\n', &bytes).count();
            if n == 0 || lines > usize::from(bytes.first() == Some(&b'#')) {
                break;
            }
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        if let Some((found, _)) = TextEncoding::detect(&bytes) {
            self.encoding = found;
        }
        let text = self.encoding.decode(&bytes);
        let mut records = Records::new(&text, delimiter);
        if records.peek() == Some('#') {
            records.line();
        }
        let mut fields = Vec::new();
        Ok(if records.next(&mut fields) { Some(fields.into_iter().map(Str::from).collect()) } else { None })
    }
}

fn make_writable(path: &PathBuf) {
    if let Ok(m) = std::fs::metadata(path) {
        let mut p = m.permissions();
        #[allow(clippy::permissions_set_readonly_false)]
        p.set_readonly(false);
        // What this cannot do, opening reports.
        let _ = std::fs::set_permissions(path, p);
    }
}

fn mismatch(path: &str, column: &str) -> ErrorRecord {
    ErrorRecord::new(
        "CannotAppendCsvWithMismatchedPropertyNames",
        Category::InvalidData,
        Exception::new(
            "System.InvalidOperationException",
            format!(
                "Cannot append CSV content to the following file: {path}. The appended object does not have a property \
                 that corresponds to the following column: {column}. To continue with mismatched properties, add the \
                 -Force parameter, and then retry the command."
            ),
        ),
    )
    .on(Value::text(column))
}
