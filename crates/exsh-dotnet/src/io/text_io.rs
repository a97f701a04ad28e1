//! Readers and writers of text: `StreamReader`, `StringReader`, `StreamWriter`, `StringWriter`.
//!
//! A reader takes its whole stream at the first question; a writer hands each text on at once. Neither can be told
//! from .NET's buffers by what a script sees in the end, but that nothing is lost when a writer is never closed.

use super::MARSHAL_BY_REF;
use super::failure;
use super::path_at;
use super::streams::{Access, Mode, STREAM, Stream, stream, window};
use crate::sig::*;
use crate::text::encoding::{self, ENCODING, Encoding};
use crate::{culture, fail, ops, text};
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Shell, Str, Value};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::path::PathBuf;

pub static TEXT_READER: TypeInfo = {
    let mut t = TypeInfo::class("System.IO.TextReader", READER_MEMBERS).based_on(&MARSHAL_BY_REF);
    t.interfaces = &["System.IDisposable"];
    t
};
pub static STREAM_READER: TypeInfo =
    TypeInfo::class("System.IO.StreamReader", STREAM_READER_MEMBERS).based_on(&TEXT_READER);
pub static STRING_READER: TypeInfo =
    TypeInfo::class("System.IO.StringReader", STRING_READER_MEMBERS).based_on(&TEXT_READER);
pub static TEXT_WRITER: TypeInfo = {
    let mut t = TypeInfo::class("System.IO.TextWriter", WRITER_MEMBERS).based_on(&MARSHAL_BY_REF);
    t.interfaces = &["System.IAsyncDisposable", "System.IDisposable"];
    t
};
pub static STREAM_WRITER: TypeInfo =
    TypeInfo::class("System.IO.StreamWriter", STREAM_WRITER_MEMBERS).based_on(&TEXT_WRITER);
pub static STRING_WRITER: TypeInfo =
    TypeInfo::class("System.IO.StringWriter", STRING_WRITER_MEMBERS).based_on(&TEXT_WRITER);

/// Lines of a text, each without its end (`\n`, `\r\n` or `\r`); nothing behind the last end is no line.
pub fn lines(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        all.push(&rest[..end]);
        let tail = &rest[end..];
        rest = tail.strip_prefix("\r\n").or_else(|| tail.get(1..)).unwrap_or("");
    }
    all
}

/// A reader over a stream or a string.
pub struct Reader {
    /// A stream, or null for a string.
    source: Value,
    encoding: Encoding,
    state: RefCell<ReadState>,
}

struct ReadState {
    /// Nothing: the stream was not asked yet.
    units: Option<Vec<u16>>,
    at: usize,
    closed: bool,
}

impl Reader {
    /// A StreamReader over a file; null is UTF-8. The file's mark goes before the encoding.
    pub fn of_file(path: PathBuf, encoding: &Value) -> Result<Value> {
        let opened = Stream::open(path, Mode::Open, Access::READ)?;
        Ok(Reader::of_stream(Value::object(opened), encoding))
    }

    fn of_stream(source: Value, encoding: &Value) -> Value {
        let state = ReadState { units: None, at: 0, closed: false };
        Value::object(Reader { source, encoding: encoding::of(encoding), state: RefCell::new(state) })
    }

    fn of_text(text: &Str) -> Value {
        let state = ReadState { units: Some(text.to_utf16()), at: 0, closed: false };
        Value::object(Reader {
            source: Value::NULL,
            encoding: encoding::of(&Value::NULL),
            state: RefCell::new(state),
        })
    }

    /// Runs `f` on all units and the place of the next one.
    fn with<R>(&self, f: impl FnOnce(&[u16], &mut usize) -> R) -> Result<R> {
        let mut state = self.state.borrow_mut();
        if state.closed {
            return Err(failure::closed("Cannot read from a closed TextReader."));
        }
        let ReadState { units, at, .. } = &mut *state;
        let units = match units {
            Some(units) => units,
            None => units.insert(self.encoding.decode_file(&stream(&self.source)?.rest()?).to_utf16()),
        };
        Ok(f(units, at))
    }

    fn close(&self) {
        let mut state = self.state.borrow_mut();
        state.closed = true;
        state.units = None;
        if let Some(s) = self.source.downcast::<Stream>() {
            s.close();
        }
    }
}

impl Object for Reader {
    fn type_info(&self) -> TypeRef {
        if self.source.is_null() { &STRING_READER } else { &STREAM_READER }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn reader(v: &Value) -> Result<&Reader> {
    v.downcast::<Reader>().ok_or_else(|| fail::argument_null("this"))
}

fn unit(u: Option<&u16>) -> Value {
    Value::int(u.map_or(-1, |&u| i32::from(u)))
}

fn read_line(units: &[u16], at: &mut usize) -> Value {
    let rest = units.get(*at..).unwrap_or(&[]);
    if rest.is_empty() {
        return Value::NULL;
    }
    let end = rest.iter().position(|&u| u == 10 || u == 13).unwrap_or(rest.len());
    let ends_in_two = rest.get(end) == Some(&13) && rest.get(end + 1) == Some(&10);
    let skipped = if ends_in_two { 2 } else { usize::from(end < rest.len()) };
    *at += end + skipped;
    Value::string(Str::from_utf16(&rest[..end]))
}

/// Reads into the script's own array.
fn read_chars(v: &Value, a: &[Value]) -> Result<Value> {
    let Some(list) = arg(a, 0).base().as_list() else { return Err(fail::argument_null("buffer")) };
    let range = window(list.len(), int_at(a, 1), int_at(a, 2))?;
    let taken = reader(v)?.with(|units, at| {
        let rest = units.get(*at..).unwrap_or(&[]);
        let n = rest.len().min(range.len());
        *at += n;
        rest[..n].to_vec()
    })?;
    for (i, u) in taken.iter().enumerate() {
        list.set(range.start + i, Value::char(*u));
    }
    Ok(Value::int(taken.len() as i32))
}

fn close_reader(v: &Value) -> Result<Value> {
    reader(v)?.close();
    Ok(Value::NOTHING)
}

static READER_MEMBERS: MemberTable = MemberTable {
    methods: methods! {
        Close { () -> "void" = |_, v, _| close_reader(v); }
        Dispose { () -> "void" = |_, v, _| close_reader(v); }
        Peek { () -> "int" = |_, v, _| reader(v)?.with(|units, at| unit(units.get(*at))); }
        Read {
            () -> "int" = |_, v, _| reader(v)?.with(|units, at| {
                let u = units.get(*at);
                *at += usize::from(u.is_some());
                unit(u)
            });
            (buffer: CHARS, index: INT, count: INT) -> "int" = |_, v, a| read_chars(v, a);
        }
        ReadBlock { (buffer: CHARS, index: INT, count: INT) -> "int" = |_, v, a| read_chars(v, a); }
        ReadLine { () -> "string" = |_, v, _| reader(v)?.with(read_line); }
        ReadToEnd {
            () -> "string" = |_, v, _| reader(v)?.with(|units, at| {
                let rest = Str::from_utf16(units.get(*at..).unwrap_or(&[]));
                *at = units.len();
                Value::string(rest)
            });
        }
    },
    ..MemberTable::EMPTY
};

fn file_reader(shell: &mut dyn Shell, a: &[Value], encoding: &Value) -> Result<Value> {
    Reader::of_file(path_at(shell, a, 0, "path")?, encoding)
}

fn stream_reader(a: &[Value], encoding: &Value) -> Result<Value> {
    if !stream(arg(a, 0))?.can_read() {
        return Err(fail::thrown("System.ArgumentException", "Stream was not readable."));
    }
    Ok(Reader::of_stream(arg(a, 0).clone(), encoding))
}

static STREAM_READER_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        BaseStream: "System.IO.Stream" = |_, v| Ok(reader(v)?.source.clone());
        CurrentEncoding: "System.Text.Encoding" = |_, v| {
            let e = &reader(v)?.encoding;
            Ok(Value::object(Encoding { kind: e.kind, mark: e.mark }))
        };
        EndOfStream: "bool" = |_, v| reader(v)?.with(|units, at| Value::bool(*at >= units.len()));
    },
    methods: methods! {
        DiscardBufferedData {
            () -> "void" = |_, v, _| {
                let mut state = reader(v)?.state.borrow_mut();
                state.units = None;
                state.at = 0;
                Ok(Value::NOTHING)
            };
        }
    },
    constructors: constructors! {
        "System.IO.StreamReader";
        (stream: &STREAM) = |_, _, a| stream_reader(a, &Value::NULL);
        (stream: &STREAM, detectEncodingFromByteOrderMarks: BOOL) = |_, _, a| stream_reader(a, &Value::NULL);
        (stream: &STREAM, encoding: ENCODING) = |_, _, a| stream_reader(a, arg(a, 1));
        (stream: &STREAM, encoding: ENCODING, detectEncodingFromByteOrderMarks: BOOL) = |_, _, a| {
            stream_reader(a, arg(a, 1))
        };
        (path: STR) = |shell, _, a| file_reader(shell, a, &Value::NULL);
        (path: STR, detectEncodingFromByteOrderMarks: BOOL) = |shell, _, a| file_reader(shell, a, &Value::NULL);
        (path: STR, encoding: ENCODING) = |shell, _, a| file_reader(shell, a, arg(a, 1));
        (path: STR, encoding: ENCODING, detectEncodingFromByteOrderMarks: BOOL) = |shell, _, a| {
            file_reader(shell, a, arg(a, 1))
        };
    },
    ..MemberTable::EMPTY
};

static STRING_READER_MEMBERS: MemberTable = MemberTable {
    constructors: constructors! {
        "System.IO.StringReader";
        (s: STR) = |_, _, a| Ok(Reader::of_text(&str_at(a, 0)));
    },
    ..MemberTable::EMPTY
};

/// A writer to a stream or a string.
pub struct Writer {
    target: Target,
    new_line: RefCell<Str>,
    auto_flush: Cell<bool>,
    closed: Cell<bool>,
}

enum Target {
    Text(RefCell<Str>),
    Stream {
        stream: Value,
        encoding: Encoding,
        /// Is the place for the mark behind us?
        started: Cell<bool>,
    },
}

impl Writer {
    /// A StreamWriter to a file; null is UTF-8 without a mark.
    pub fn to_file(path: PathBuf, append: bool, encoding: &Value) -> Result<Value> {
        let mode = if append { Mode::Append } else { Mode::Create };
        let opened = Stream::open(path, mode, Access::WRITE)?;
        Writer::to_stream(Value::object(opened), encoding)
    }

    fn to_stream(target: Value, encoding: &Value) -> Result<Value> {
        // A mark stands at the very start only.
        let started = Cell::new(stream(&target)?.position()? > 0);
        let target = Target::Stream { stream: target, encoding: encoding::of(encoding), started };
        Ok(Writer::of(target))
    }

    fn of(target: Target) -> Value {
        Value::object(Writer {
            target,
            new_line: RefCell::new(Str::from("\n")),
            auto_flush: Cell::new(false),
            closed: Cell::new(false),
        })
    }

    fn write(&self, text: &Str) -> Result<()> {
        if self.closed.get() {
            return Err(failure::closed("Cannot write to a closed TextWriter."));
        }
        match &self.target {
            Target::Text(all) => {
                // Taken out, so that the text is held once and grows in place.
                let held = all.replace(Str::from(""));
                *all.borrow_mut() = held.append(text);
                Ok(())
            }
            Target::Stream { stream: to, encoding, started } => {
                let mut bytes = if started.replace(true) { Vec::new() } else { encoding.preamble().to_vec() };
                bytes.extend(encoding.encode(text));
                stream(to)?.write(&bytes)
            }
        }
    }

    fn close(&self) {
        self.closed.set(true);
        if let Target::Stream { stream, .. } = &self.target
            && let Some(s) = stream.downcast::<Stream>()
        {
            s.close();
        }
    }
}

impl Object for Writer {
    fn type_info(&self) -> TypeRef {
        match self.target {
            Target::Text(_) => &STRING_WRITER,
            Target::Stream { .. } => &STREAM_WRITER,
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        match &self.target {
            Target::Text(t) => Some(t.borrow().to_string()),
            Target::Stream { .. } => None,
        }
    }
}

fn writer(v: &Value) -> Result<&Writer> {
    v.downcast::<Writer>().ok_or_else(|| fail::argument_null("this"))
}

/// The text that the arguments of `Write` and `WriteLine` mean: a value, characters, or a format with its items.
fn written(shell: &mut dyn Shell, a: &[Value]) -> Result<Str> {
    let culture = culture::current(shell);
    let Some(first) = a.first() else { return Ok(Str::from("")) };
    Ok(text::to_string_culture(first, culture))
}

fn formatted(shell: &mut dyn Shell, a: &[Value]) -> Result<Str> {
    let items = match arg(a, 1).base().as_list() {
        Some(l) => l.items().clone(),
        None => a[1.min(a.len())..].to_vec(),
    };
    let culture = culture::current(shell);
    ops::compose(&str_at(a, 0), &items, culture).map(Str::new).map_err(|e| fail::format(e.0))
}

fn characters(a: &[Value]) -> Result<Str> {
    let Some(list) = arg(a, 0).base().as_list() else { return Ok(Str::from("")) };
    let units: Vec<u16> = list.items().iter().filter_map(|c| c.base().as_char()).collect();
    let range = if a.len() == 3 { window(units.len(), int_at(a, 1), int_at(a, 2))? } else { 0..units.len() };
    Ok(Str::from_utf16(&units[range]))
}

fn put(v: &Value, text: Str, line: bool) -> Result<Value> {
    let w = writer(v)?;
    let text = if line { text.append(&w.new_line.borrow()) } else { text };
    w.write(&text)?;
    Ok(Value::NOTHING)
}

fn close_writer(v: &Value) -> Result<Value> {
    writer(v)?.close();
    Ok(Value::NOTHING)
}

static WRITER_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Encoding: "System.Text.Encoding" = |_, v| Ok(Value::object(match &writer(v)?.target {
            Target::Text(_) => Encoding { kind: encoding::Kind::Utf16, mark: true },
            Target::Stream { encoding, .. } => Encoding { kind: encoding.kind, mark: encoding.mark },
        }));
        NewLine: "string" = |_, v| Ok(Value::string(writer(v)?.new_line.borrow().clone())), set |_, v, new| {
            *writer(v)?.new_line.borrow_mut() = str_of(&new);
            Ok(())
        };
    },
    methods: methods! {
        Close { () -> "void" = |_, v, _| close_writer(v); }
        Dispose { () -> "void" = |_, v, _| close_writer(v); }
        Flush {
            () -> "void" = |_, v, _| match writer(v)?.closed.get() {
                true => Err(failure::closed("Cannot write to a closed TextWriter.")),
                false => Ok(Value::NOTHING),
            };
        }
        Write {
            (value: CHAR) -> "void" = |shell, v, a| put(v, written(shell, a)?, false);
            (buffer: CHARS) -> "void" = |_, v, a| put(v, characters(a)?, false);
            (buffer: CHARS, index: INT, count: INT) -> "void" = |_, v, a| put(v, characters(a)?, false);
            (value: STR) -> "void" = |shell, v, a| put(v, written(shell, a)?, false);
            (value: OBJ) -> "void" = |shell, v, a| put(v, written(shell, a)?, false);
            (format: STR, arg: OBJS => rest) -> "void" = |shell, v, a| put(v, formatted(shell, a)?, false);
        }
        WriteLine {
            () -> "void" = |shell, v, a| put(v, written(shell, a)?, true);
            (value: CHAR) -> "void" = |shell, v, a| put(v, written(shell, a)?, true);
            (buffer: CHARS) -> "void" = |_, v, a| put(v, characters(a)?, true);
            (buffer: CHARS, index: INT, count: INT) -> "void" = |_, v, a| put(v, characters(a)?, true);
            (value: STR) -> "void" = |shell, v, a| put(v, written(shell, a)?, true);
            (value: OBJ) -> "void" = |shell, v, a| put(v, written(shell, a)?, true);
            (format: STR, arg: OBJS => rest) -> "void" = |shell, v, a| put(v, formatted(shell, a)?, true);
        }
    },
    ..MemberTable::EMPTY
};

fn stream_writer(a: &[Value], encoding: &Value) -> Result<Value> {
    if !stream(arg(a, 0))?.can_write() {
        return Err(fail::thrown("System.ArgumentException", "Stream was not writable."));
    }
    Writer::to_stream(arg(a, 0).clone(), encoding)
}

fn file_writer(shell: &mut dyn Shell, a: &[Value], encoding: &Value) -> Result<Value> {
    Writer::to_file(path_at(shell, a, 0, "path")?, bool_at(a, 1), encoding)
}

static STREAM_WRITER_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        AutoFlush: "bool" = |_, v| Ok(Value::bool(writer(v)?.auto_flush.get())), set |_, v, new| {
            writer(v)?.auto_flush.set(new.base().as_bool().unwrap_or(false));
            Ok(())
        };
        BaseStream: "System.IO.Stream" = |_, v| Ok(match &writer(v)?.target {
            Target::Stream { stream, .. } => stream.clone(),
            Target::Text(_) => Value::NULL,
        });
    },
    constructors: constructors! {
        "System.IO.StreamWriter";
        (stream: &STREAM) = |_, _, a| stream_writer(a, &Value::NULL);
        (stream: &STREAM, encoding: ENCODING) = |_, _, a| stream_writer(a, arg(a, 1));
        (path: STR) = |shell, _, a| file_writer(shell, a, &Value::NULL);
        (path: STR, append: BOOL) = |shell, _, a| file_writer(shell, a, &Value::NULL);
        (path: STR, append: BOOL, encoding: ENCODING) = |shell, _, a| file_writer(shell, a, arg(a, 2));
    },
    ..MemberTable::EMPTY
};

static STRING_WRITER_MEMBERS: MemberTable = MemberTable {
    methods: methods! {
        ToString {
            () -> "string" = |_, v, _| Ok(match &writer(v)?.target {
                Target::Text(t) => Value::string(t.borrow().clone()),
                Target::Stream { .. } => Value::NULL,
            });
        }
    },
    constructors: constructors! {
        "System.IO.StringWriter";
        () = |_, _, _| Ok(Writer::of(Target::Text(RefCell::new(Str::from("")))));
    },
    ..MemberTable::EMPTY
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: documented (File.ReadAllLines, TextReader.ReadLine).
    #[test]
    fn lines_end_in_three_ways() {
        assert_eq!(lines("a\r\nb\rc\n\nd"), ["a", "b", "c", "", "d"]);
        assert_eq!(lines("l1\nl2\n"), ["l1", "l2"]);
        assert!(lines("").is_empty());
        let units: Vec<u16> = "a\r\nb\r".encode_utf16().collect();
        let mut at = 0;
        let mut next = || read_line(&units, &mut at);
        assert_eq!(str_of(&next()).as_str(), "a");
        assert_eq!(str_of(&next()).as_str(), "b");
        assert!(next().is_null());
    }
}
