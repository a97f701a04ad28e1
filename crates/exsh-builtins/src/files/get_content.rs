//! `Get-Content`: files line by line, as they are read. `-Wait` is not there yet.

use crate::files::get_item::report;
use crate::files::paths::{self, Drive, NameFilter};
use crate::parameter::Credential;
use crate::text_encoding::TextEncoding;
use crate::{io_failure, refuse, session_items};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::object::{Members, Shape};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value, Wrapped};
use exsh_dotnet::io;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

const IN_PATH: u32 = 1;
const IN_LITERAL_PATH: u32 = 1 << 1;

const READ_COUNT: Param<i64> = Param::new(0, "ReadCount").by_property_name();
const TOTAL_COUNT: Param<i64> = Param::new(1, "TotalCount")
    .aliases(&["First", "Head"])
    .by_property_name()
    .validate(&[Validate::Range(0, i64::MAX)]);
const TAIL: Param<i32> =
    Param::new(2, "Tail").aliases(&["Last"]).by_property_name().validate(&[Validate::Range(0, 2147483647)]);
const PATH: Param<Vec<Str>> =
    Param::new(3, "Path").sets(IN_PATH).mandatory().position(0).by_property_name().wildcards();
const LITERAL_PATH: Param<Vec<Str>> = Param::new(4, "LiteralPath")
    .sets(IN_LITERAL_PATH)
    .aliases(&["PSPath", "LP"])
    .mandatory()
    .by_property_name();
const FILTER: Param<Str> = Param::new(5, "Filter");
const INCLUDE: Param<Vec<Str>> = Param::new(6, "Include").wildcards();
const EXCLUDE: Param<Vec<Str>> = Param::new(7, "Exclude").wildcards();
const FORCE: Param<Switch> = Param::new(8, "Force");
const CREDENTIAL: Param<Credential> = Param::new(9, "Credential").by_property_name();
const DELIMITER: Param<Str> = Param::new(10, "Delimiter");
const WAIT: Param<Switch> = Param::new(11, "Wait");
const RAW: Param<Switch> = Param::new(12, "Raw");
const ENCODING: Param<TextEncoding> = Param::new(13, "Encoding").validate(&[Validate::NotNullOrEmpty]);
const AS_BYTE_STREAM: Param<Switch> = Param::new(14, "AsByteStream");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-Content",
    &[
        READ_COUNT.spec,
        TOTAL_COUNT.spec,
        TAIL.spec,
        PATH.spec,
        LITERAL_PATH.spec,
        FILTER.spec,
        INCLUDE.spec,
        EXCLUDE.spec,
        FORCE.spec,
        CREDENTIAL.spec,
        DELIMITER.spec,
        WAIT.spec,
        RAW.spec,
        ENCODING.spec,
        AS_BYTE_STREAM.spec,
    ],
    include_str!("get_content.md"),
)
.sets(&["Path", "LiteralPath"], Some(0))
.class("Microsoft.PowerShell.Commands.GetContentCommand")
.module("Microsoft.PowerShell.Management")
.outputs(&["System.Byte", "System.String"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetContent { shape: None })
}

struct GetContent {
    /// Where a line came from is added to it; all lines share the names.
    shape: Option<Rc<Shape>>,
}

impl Cmdlet for GetContent {
    fn begin(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        refuse::given(bound, "Get-Content", &[&WAIT.spec])?;
        refuse::credential(bound, &CREDENTIAL.spec)?;
        for (other, name) in [
            (bound.has(&DELIMITER), "Delimiter"),
            (bound.has(&TAIL), "Tail"),
            (bound.has(&TOTAL_COUNT), "TotalCount"),
        ] {
            if bound.on(&RAW) && other {
                return Err(conflict("Raw", name).into());
            }
        }
        if bound.has(&TAIL) && bound.has(&TOTAL_COUNT) {
            return Err(conflict("TotalCount", "Tail").into());
        }
        Ok(())
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let filter = NameFilter::new(bound.get(&INCLUDE), bound.get(&EXCLUDE), bound.get(&FILTER))?;
        let (written, literal) = paths::written(bound.get(&PATH), bound.get(&LITERAL_PATH));
        for path in written {
            if let Err(flow) = self.one(&path, literal, &filter, bound, out) {
                report(flow, out)?;
            }
        }
        Ok(())
    }
}

impl GetContent {
    fn one(
        &mut self,
        written: &str,
        literal: bool,
        filter: &NameFilter,
        bound: &Bound,
        out: &mut dyn Out,
    ) -> Result<()> {
        let place = paths::place(written)?;
        if place.drive != Drive::File {
            for name in session_items::matching(&place, literal, out.shell())? {
                if let Some(v) = session_items::content(place.drive, &name, out.shell()) {
                    out.emit_each(v)?;
                }
            }
            return Ok(());
        }
        for path in paths::existing(&place.rest, literal, bound.on(&FORCE), out.shell())? {
            if filter.passes(&paths::leaf(&path)) {
                self.file(&path, bound, out)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        if path.is_dir() {
            return out.error(ErrorRecord::of(
                "System.InvalidOperationException",
                "GetContainerContentException",
                Category::InvalidOperation,
                format!(
                    "Unable to get content because it is a directory: '{}'. Please use 'Get-ChildItem' instead.",
                    path.display()
                ),
            ));
        }
        let failed = |e: std::io::Error| {
            ErrorRecord::new(
                if e.kind() == std::io::ErrorKind::PermissionDenied {
                    "GetContentReaderUnauthorizedAccessError"
                } else {
                    "GetContentReaderIOError"
                },
                if e.kind() == std::io::ErrorKind::PermissionDenied {
                    Category::PermissionDenied
                } else {
                    Category::ReadError
                },
                io_failure::exception(&e, path),
            )
            .on(Value::text(path.display().to_string()))
        };
        let mut file = File::open(path).map_err(&failed)?;
        let encoding = bound.get(&ENCODING).unwrap_or(TextEncoding::Utf8);
        let mut sending = Sending {
            chunk: bound.get(&READ_COUNT).unwrap_or(1),
            held: Vec::new(),
            origin: self.origin(path, out),
            sent: 0,
            limit: bound.get(&TOTAL_COUNT).unwrap_or(-1),
        };
        if bound.on(&AS_BYTE_STREAM) {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(&failed)?;
            return send_bytes(bytes, bound, sending, out);
        }
        let mut head = [0u8; 4];
        let mut got = 0;
        while got < 4 {
            match file.read(&mut head[got..]).map_err(&failed)? {
                0 => break,
                n => got += n,
            }
        }
        let (found, mark) = TextEncoding::detect(&head[..got]).unwrap_or((encoding, 0));
        let whole = bound.on(&RAW) || bound.has(&TAIL) || bound.has(&DELIMITER);
        let utf8 = matches!(found, TextEncoding::Utf8 | TextEncoding::Utf8Bom);
        if whole || !utf8 {
            let mut bytes = head[..got].to_vec();
            file.read_to_end(&mut bytes).map_err(&failed)?;
            return send_text(&found.decode(&bytes), bound, sending, out);
        }
        // The usual case streams: a line leaves before the next is read.
        let start = head[mark.min(got)..got].chain(file);
        let mut reader = BufReader::with_capacity(64 * 1024, start);
        let mut line = Vec::new();
        loop {
            line.clear();
            if reader.read_until(b'\n', &mut line).map_err(&failed)? == 0 || sending.full() {
                break;
            }
            if line.last() == Some(&b'\n') {
                line.pop();
            }
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            match std::str::from_utf8(&line) {
                Ok(text) if !text.contains('\r') => sending.line(Str::from(text), out)?,
                _ => {
                    for part in String::from_utf8_lossy(&line).split('\r') {
                        sending.line(Str::from(part), out)?;
                    }
                }
            }
        }
        sending.finish(out)
    }

    fn origin(&mut self, path: &Path, out: &mut dyn Out) -> Origin {
        let _ = out;
        let shape = self.shape.get_or_insert_with(|| {
            Shape::of_names(["PSPath", "PSParentPath", "PSChildName", "PSDrive", "PSProvider", "ReadCount"])
        });
        let provider = io::path_info::PROVIDER;
        let parent = path.parent().map(|p| p.display().to_string()).unwrap_or_default();
        Origin {
            shape: shape.clone(),
            values: [
                Value::text(format!("{provider}::{}", path.display())),
                Value::text(format!("{provider}::{parent}")),
                Value::text(paths::leaf(path)),
                io::path_info::drive(),
                io::path_info::provider(),
            ],
        }
    }
}

/// Where lines come from.
struct Origin {
    shape: Rc<Shape>,
    values: [Value; 5],
}

impl Origin {
    fn mark(&self, value: Value, number: i64) -> Value {
        let mut values = Vec::with_capacity(6);
        values.extend(self.values.iter().cloned());
        values.push(Value::long(number));
        Value::wrapped_cell(Rc::new(Wrapped {
            base: value,
            members: Members::new(self.shape.clone(), values),
        }))
    }
}

/// Lines on their way out: one by one, or so many as one array.
struct Sending {
    chunk: i64,
    held: Vec<Value>,
    origin: Origin,
    sent: i64,
    /// -1: no limit.
    limit: i64,
}

impl Sending {
    fn full(&self) -> bool {
        self.limit >= 0 && self.sent >= self.limit
    }

    fn line(&mut self, line: Str, out: &mut dyn Out) -> Result<()> {
        self.value(Value::string(line), out)
    }

    fn value(&mut self, value: Value, out: &mut dyn Out) -> Result<()> {
        if self.full() {
            return Ok(());
        }
        self.sent += 1;
        if self.chunk == 1 {
            return out.emit(self.origin.mark(value, self.sent));
        }
        self.held.push(value);
        if self.chunk > 1 && self.held.len() as i64 >= self.chunk { self.flush(out) } else { Ok(()) }
    }

    fn flush(&mut self, out: &mut dyn Out) -> Result<()> {
        let chunk = Value::array(std::mem::take(&mut self.held));
        out.emit(chunk)
    }

    fn finish(mut self, out: &mut dyn Out) -> Result<()> {
        if self.held.is_empty() { Ok(()) } else { self.flush(out) }
    }
}

fn send_text(text: &str, bound: &Bound, mut sending: Sending, out: &mut dyn Out) -> Result<()> {
    if bound.on(&RAW) {
        return out.emit(sending.origin.mark(Value::text(text), 1));
    }
    let mut lines: Vec<&str> = match bound.get(&DELIMITER) {
        Some(d) if !d.is_empty() => split_after(text, &d),
        _ => split_lines(text),
    };
    if let Some(n) = bound.get(&TAIL) {
        let skip = lines.len().saturating_sub(n.max(0) as usize);
        lines.drain(..skip);
    }
    for line in lines {
        sending.line(Str::from(line), out)?;
    }
    sending.finish(out)
}

/// Lines end with CR, LF or both; the last end makes no empty line.
fn split_lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        match rest.find(['\n', '\r']) {
            Some(i) => {
                lines.push(&rest[..i]);
                rest = &rest[i + if rest[i..].starts_with("\r\n") { 2 } else { 1 }..];
            }
            None => {
                lines.push(rest);
                break;
            }
        }
    }
    lines
}

/// A text delimiter is dropped from the pieces.
fn split_after<'a>(text: &'a str, delimiter: &str) -> Vec<&'a str> {
    let mut pieces: Vec<&str> = text.split(delimiter).collect();
    if pieces.last() == Some(&"") {
        pieces.pop();
    }
    pieces
}

fn send_bytes(bytes: Vec<u8>, bound: &Bound, mut sending: Sending, out: &mut dyn Out) -> Result<()> {
    if bound.on(&RAW) {
        return out.emit(Value::bytes(&bytes));
    }
    let skip = bound.get(&TAIL).map_or(0, |n| bytes.len().saturating_sub(n.max(0) as usize));
    if sending.chunk == 1 {
        let limit = if sending.limit < 0 { usize::MAX } else { sending.limit as usize };
        return bytes[skip..].iter().take(limit).try_for_each(|&b| out.emit(Value::byte(b)));
    }
    for &b in &bytes[skip..] {
        sending.value(Value::byte(b), out)?;
    }
    sending.finish(out)
}

fn conflict(a: &str, b: &str) -> ErrorRecord {
    ErrorRecord::of(
        "System.Management.Automation.PSInvalidOperationException",
        "InvalidOperation",
        Category::InvalidOperation,
        format!("The '{a}' and '{b}' parameters cannot be specified in the same command."),
    )
}
