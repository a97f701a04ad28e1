//! `System.IO.Stream`, `MemoryStream` and `FileStream`.
//!
//! Files are not buffered here: what a script wrote is in the file, whether it closes the stream or not.

use super::MARSHAL_BY_REF;
use super::failure::{self, Blame};
use super::path_at;
use crate::fail;
use crate::sig::*;
use crate::types::enums;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Value};
use std::any::Any;
use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

pub static STREAM: TypeInfo = {
    let mut t = TypeInfo::class("System.IO.Stream", MEMBERS).based_on(&MARSHAL_BY_REF);
    t.interfaces = &["System.IAsyncDisposable", "System.IDisposable"];
    t
};
pub static MEMORY_STREAM: TypeInfo =
    TypeInfo::class("System.IO.MemoryStream", MEMORY_MEMBERS).based_on(&STREAM);
pub static FILE_STREAM: TypeInfo = TypeInfo::class("System.IO.FileStream", FILE_MEMBERS).based_on(&STREAM);

/// `System.IO.FileMode`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    CreateNew,
    Create,
    Open,
    OpenOrCreate,
    Truncate,
    Append,
}

impl Mode {
    pub fn of(number: i64) -> Result<Mode> {
        Ok(match number {
            1 => Mode::CreateNew,
            2 => Mode::Create,
            3 => Mode::Open,
            4 => Mode::OpenOrCreate,
            5 => Mode::Truncate,
            6 => Mode::Append,
            _ => return Err(fail::out_of_range("Enum value was out of legal range.", "mode")),
        })
    }
}

/// `System.IO.FileAccess`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Access {
    pub read: bool,
    pub write: bool,
}

impl Access {
    pub const READ: Access = Access { read: true, write: false };
    pub const WRITE: Access = Access { read: false, write: true };
    pub const BOTH: Access = Access { read: true, write: true };

    pub fn of(number: i64) -> Access {
        Access { read: number & 1 != 0, write: number & 2 != 0 }
    }

    /// What a mode means when nothing is said.
    pub fn default_of(mode: Mode) -> Access {
        if mode == Mode::Append { Access::WRITE } else { Access::BOTH }
    }
}

/// A stream of either kind.
pub struct Stream {
    inner: RefCell<Inner>,
}

enum Inner {
    Memory {
        data: Vec<u8>,
        at: usize,
        writable: bool,
        fixed: bool,
        open: bool,
    },
    /// Nothing: closed.
    File {
        file: Option<File>,
        path: PathBuf,
        access: Access,
    },
}

/// Opens a file as a FileStream.
pub fn open(path: PathBuf, mode: Mode, access: Access) -> Result<Value> {
    Stream::open(path, mode, access).map(Value::object)
}

impl Stream {
    pub fn open(path: PathBuf, mode: Mode, access: Access) -> Result<Stream> {
        if !access.write && !matches!(mode, Mode::Open | Mode::OpenOrCreate) {
            return Err(fail::argument(
                &format!("Combining FileMode: {mode:?} with FileAccess: Read is invalid."),
                "access",
            ));
        }
        if mode == Mode::Append && access.read {
            return Err(fail::argument("Append access can be requested only in write-only mode.", "access"));
        }
        let mut options = OpenOptions::new();
        options.read(access.read).write(access.write);
        match mode {
            Mode::CreateNew => options.create_new(true),
            Mode::Create => options.create(true).truncate(true),
            // Only a writer can create through these options.
            Mode::OpenOrCreate => options.create(access.write),
            Mode::Append => options.create(true),
            Mode::Truncate => options.truncate(true),
            Mode::Open => &mut options,
        };
        let blame = if matches!(mode, Mode::Open | Mode::Truncate) { Blame::File } else { Blame::NewFile };
        let failed = |e: std::io::Error| failure::of(&e, &path, blame);
        if mode == Mode::OpenOrCreate && !access.write && !path.exists() {
            File::create(&path).map_err(failed)?;
        }
        let mut file = options.open(&path).map_err(failed)?;
        if file.metadata().map_err(failed)?.is_dir() {
            return Err(failure::denied(&path, &std::io::ErrorKind::PermissionDenied.into()));
        }
        if mode == Mode::Append {
            file.seek(SeekFrom::End(0)).map_err(failed)?;
        }
        Ok(Stream { inner: RefCell::new(Inner::File { file: Some(file), path, access }) })
    }

    pub fn memory(data: Vec<u8>, writable: bool, fixed: bool) -> Stream {
        Stream { inner: RefCell::new(Inner::Memory { data, at: 0, writable, fixed, open: true }) }
    }

    /// Fills the buffer as far as there are bytes.
    pub fn read(&self, buffer: &mut [u8]) -> Result<usize> {
        match &mut *self.inner.borrow_mut() {
            Inner::Memory { data, at, open, .. } => {
                if !*open {
                    return Err(closed_memory());
                }
                let rest = data.get(*at..).unwrap_or(&[]);
                let n = rest.len().min(buffer.len());
                buffer[..n].copy_from_slice(&rest[..n]);
                *at += n;
                Ok(n)
            }
            Inner::File { file, path, access } => {
                let file = file.as_mut().ok_or_else(closed_file)?;
                if !access.read {
                    return Err(fail::not_supported("Stream does not support reading."));
                }
                let mut n = 0;
                while n < buffer.len() {
                    match file.read(&mut buffer[n..]) {
                        Ok(0) => break,
                        Ok(more) => n += more,
                        Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                        Err(e) => return Err(failure::of(&e, path, Blame::File)),
                    }
                }
                Ok(n)
            }
        }
    }

    /// Everything from here to the end.
    pub fn rest(&self) -> Result<Vec<u8>> {
        let mut all = Vec::new();
        let mut chunk = vec![0; 65_536];
        loop {
            match self.read(&mut chunk)? {
                0 => return Ok(all),
                n => all.extend_from_slice(&chunk[..n]),
            }
        }
    }

    pub fn write(&self, bytes: &[u8]) -> Result<()> {
        match &mut *self.inner.borrow_mut() {
            Inner::Memory { data, at, writable, fixed, open } => {
                if !*open {
                    return Err(closed_memory());
                }
                if !*writable {
                    return Err(fail::not_supported("Stream does not support writing."));
                }
                let end = at.checked_add(bytes.len()).ok_or_else(|| failure::io("Stream was too long."))?;
                if end > data.len() {
                    if *fixed {
                        return Err(fail::not_supported("Memory stream is not expandable."));
                    }
                    if i32::try_from(end).is_err() {
                        return Err(failure::io("Stream was too long."));
                    }
                    data.resize(end, 0);
                }
                data[*at..end].copy_from_slice(bytes);
                *at = end;
                Ok(())
            }
            Inner::File { file, path, access } => {
                let file = file.as_mut().ok_or_else(closed_file)?;
                if !access.write {
                    return Err(fail::not_supported("Stream does not support writing."));
                }
                file.write_all(bytes).map_err(|e| failure::of(&e, path, Blame::File))
            }
        }
    }

    pub fn len(&self) -> Result<u64> {
        match &*self.inner.borrow() {
            Inner::Memory { data, open: true, .. } => Ok(data.len() as u64),
            Inner::Memory { .. } => Err(closed_memory()),
            Inner::File { file, path, .. } => {
                let file = file.as_ref().ok_or_else(closed_file)?;
                file.metadata().map(|m| m.len()).map_err(|e| failure::of(&e, path, Blame::File))
            }
        }
    }

    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.len()? == 0)
    }

    pub fn position(&self) -> Result<u64> {
        match &mut *self.inner.borrow_mut() {
            Inner::Memory { at, open: true, .. } => Ok(*at as u64),
            Inner::Memory { .. } => Err(closed_memory()),
            Inner::File { file, path, .. } => {
                let file = file.as_mut().ok_or_else(closed_file)?;
                file.stream_position().map_err(|e| failure::of(&e, path, Blame::File))
            }
        }
    }

    /// `origin` has the numbers of `System.IO.SeekOrigin`.
    fn seek(&self, offset: i64, origin: i64) -> Result<u64> {
        let base = match origin {
            0 => 0,
            1 => self.position()? as i64,
            _ => self.len()? as i64,
        };
        let target = base.checked_add(offset).filter(|t| *t >= 0).ok_or_else(|| {
            failure::io("An attempt was made to move the position before the beginning of the stream.")
        })?;
        match &mut *self.inner.borrow_mut() {
            Inner::Memory { at, open: true, .. } => {
                if i32::try_from(target).is_err() {
                    return Err(fail::out_of_range(
                        "Stream length must be non-negative and less than 2^31 - 1.",
                        "offset",
                    ));
                }
                *at = target as usize;
            }
            Inner::Memory { .. } => return Err(closed_memory()),
            Inner::File { file, path, .. } => {
                let file = file.as_mut().ok_or_else(closed_file)?;
                file.seek(SeekFrom::Start(target as u64)).map_err(|e| failure::of(&e, path, Blame::File))?;
            }
        }
        Ok(target as u64)
    }

    fn set_len(&self, length: i64) -> Result<()> {
        let length = u64::try_from(length)
            .map_err(|_| fail::out_of_range("Non-negative number required.", "value"))?;
        match &mut *self.inner.borrow_mut() {
            Inner::Memory { data, at, writable, fixed, open } => {
                if !*open {
                    return Err(closed_memory());
                }
                let n = i32::try_from(length).map_err(|_| {
                    fail::out_of_range("Stream length must be non-negative and less than 2^31 - 1.", "value")
                })? as usize;
                if !*writable || *fixed && n > data.len() {
                    return Err(fail::not_supported("Memory stream is not expandable."));
                }
                data.resize(n, 0);
                *at = (*at).min(n);
            }
            Inner::File { file, path, access } => {
                let file = file.as_mut().ok_or_else(closed_file)?;
                if !access.write {
                    return Err(fail::not_supported("Stream does not support writing."));
                }
                file.set_len(length).map_err(|e| failure::of(&e, path, Blame::File))?;
                let end = file.stream_position().map_err(|e| failure::of(&e, path, Blame::File))?.min(length);
                file.seek(SeekFrom::Start(end)).map_err(|e| failure::of(&e, path, Blame::File))?;
            }
        }
        Ok(())
    }

    pub fn close(&self) {
        match &mut *self.inner.borrow_mut() {
            Inner::Memory { open, .. } => *open = false,
            Inner::File { file, .. } => *file = None,
        }
    }

    fn flush(&self, to_disk: bool) -> Result<()> {
        if let Inner::File { file, path, .. } = &mut *self.inner.borrow_mut() {
            let file = file.as_mut().ok_or_else(closed_file)?;
            if to_disk {
                file.sync_all().map_err(|e| failure::of(&e, path, Blame::File))?;
            }
        }
        Ok(())
    }

    /// Can it be read, and written? Neither when it is closed.
    fn abilities(&self) -> Access {
        match &*self.inner.borrow() {
            Inner::Memory { writable, open, .. } => Access { read: *open, write: *open && *writable },
            Inner::File { file: Some(_), access, .. } => *access,
            Inner::File { .. } => Access { read: false, write: false },
        }
    }

    pub fn can_read(&self) -> bool {
        self.abilities().read
    }

    pub fn can_write(&self) -> bool {
        self.abilities().write
    }

    /// The bytes of a memory stream, closed or not.
    fn bytes(&self) -> Vec<u8> {
        match &*self.inner.borrow() {
            Inner::Memory { data, .. } => data.clone(),
            Inner::File { .. } => Vec::new(),
        }
    }

    fn file_path(&self) -> Option<PathBuf> {
        match &*self.inner.borrow() {
            Inner::File { path, .. } => Some(path.clone()),
            Inner::Memory { .. } => None,
        }
    }
}

fn closed_memory() -> Box<exsh_core::Flow> {
    failure::closed("Cannot access a closed Stream.")
}

fn closed_file() -> Box<exsh_core::Flow> {
    failure::closed("Cannot access a closed file.")
}

impl Object for Stream {
    fn type_info(&self) -> TypeRef {
        match &*self.inner.borrow() {
            Inner::Memory { .. } => &MEMORY_STREAM,
            Inner::File { .. } => &FILE_STREAM,
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The stream inside a value.
pub fn stream(v: &Value) -> Result<&Stream> {
    v.downcast::<Stream>().ok_or_else(|| fail::argument_null("stream"))
}

/// Offset and count of a call on an array, checked against its length.
pub(super) fn window(length: usize, offset: i64, count: i64) -> Result<std::ops::Range<usize>> {
    let from =
        usize::try_from(offset).map_err(|_| fail::out_of_range("Non-negative number required.", "offset"))?;
    let n =
        usize::try_from(count).map_err(|_| fail::out_of_range("Non-negative number required.", "count"))?;
    match from.checked_add(n) {
        Some(end) if end <= length => Ok(from..end),
        _ => Err(fail::thrown(
            "System.ArgumentException",
            "Offset and length were out of bounds for the array or count is greater than the number of elements from \
             index to the end of the source collection.",
        )),
    }
}

/// Reads into the script's own array.
fn read_into(v: &Value, a: &[Value]) -> Result<usize> {
    let Some(list) = arg(a, 0).base().as_list() else { return Err(fail::argument_null("buffer")) };
    let range = match a.len() {
        1 => 0..list.len(),
        _ => window(list.len(), int_at(a, 1), int_at(a, 2))?,
    };
    let mut buffer = vec![0; range.len()];
    let n = stream(v)?.read(&mut buffer)?;
    for (i, b) in buffer[..n].iter().enumerate() {
        list.set(range.start + i, Value::byte(*b));
    }
    Ok(n)
}

fn write_from(v: &Value, a: &[Value]) -> Result<Value> {
    if arg(a, 0).is_null() {
        return Err(fail::argument_null("buffer"));
    }
    let bytes = bytes_of(arg(a, 0));
    let range = if a.len() == 1 { 0..bytes.len() } else { window(bytes.len(), int_at(a, 1), int_at(a, 2))? };
    stream(v)?.write(&bytes[range])?;
    Ok(Value::NOTHING)
}

fn copy_to(v: &Value, a: &[Value]) -> Result<Value> {
    let bytes = stream(v)?.rest()?;
    stream(arg(a, 0))?.write(&bytes)?;
    Ok(Value::NOTHING)
}

fn close(v: &Value) -> Result<Value> {
    stream(v)?.close();
    Ok(Value::NOTHING)
}

static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        CanRead: "bool" = |_, v| Ok(Value::bool(stream(v)?.abilities().read));
        CanSeek: "bool" = |_, v| {
            let a = stream(v)?.abilities();
            Ok(Value::bool(a.read || a.write))
        };
        CanTimeout: "bool" = |_, _| Ok(Value::FALSE);
        CanWrite: "bool" = |_, v| Ok(Value::bool(stream(v)?.abilities().write));
        Length: "long" = |_, v| Ok(Value::long(stream(v)?.len()? as i64));
        Position: "long" = |_, v| Ok(Value::long(stream(v)?.position()? as i64)), set |_, v, new| {
            let to = long_of(&new);
            if to < 0 {
                return Err(fail::out_of_range("Non-negative number required.", "value"));
            }
            stream(v)?.seek(to, 0).map(|_| ())
        };
    },
    methods: methods! {
        Close { () -> "void" = |_, v, _| close(v); }
        CopyTo {
            (destination: &STREAM) -> "void" = |_, v, a| copy_to(v, a);
            (destination: &STREAM, bufferSize: INT) -> "void" = |_, v, a| copy_to(v, a);
        }
        Dispose { () -> "void" = |_, v, _| close(v); }
        Flush {
            () -> "void" = |_, v, _| {
                stream(v)?.flush(false)?;
                Ok(Value::NOTHING)
            };
        }
        Read {
            (buffer: BYTES, offset: INT, count: INT) -> "int" = |_, v, a| Ok(Value::int(read_into(v, a)? as i32));
            (buffer: BYTES) -> "int" = |_, v, a| Ok(Value::int(read_into(v, a)? as i32));
        }
        ReadByte {
            () -> "int" = |_, v, _| {
                let mut one = [0];
                Ok(Value::int(if stream(v)?.read(&mut one)? == 0 { -1 } else { i32::from(one[0]) }))
            };
        }
        ReadExactly {
            (buffer: BYTES, offset: INT, count: INT) -> "void" = |_, v, a| {
                if (read_into(v, a)? as i64) < int_at(a, 2) {
                    return Err(fail::thrown(
                        "System.IO.EndOfStreamException",
                        "Unable to read beyond the end of the stream.",
                    ));
                }
                Ok(Value::NOTHING)
            };
        }
        Seek {
            (offset: LONG, origin: &enums::SEEK_ORIGIN) -> "long" = |_, v, a| {
                Ok(Value::long(stream(v)?.seek(long_of(arg(a, 0)), enum_at(a, 1))? as i64))
            };
        }
        SetLength {
            (value: LONG) -> "void" = |_, v, a| {
                stream(v)?.set_len(long_of(arg(a, 0)))?;
                Ok(Value::NOTHING)
            };
        }
        Write {
            (buffer: BYTES, offset: INT, count: INT) -> "void" = |_, v, a| write_from(v, a);
            (buffer: BYTES) -> "void" = |_, v, a| write_from(v, a);
        }
        WriteByte {
            (value: BYTE) -> "void" = |_, v, a| {
                stream(v)?.write(&[long_of(arg(a, 0)) as u8])?;
                Ok(Value::NOTHING)
            };
        }
    },
    ..MemberTable::EMPTY
};

fn of_bytes(a: &[Value], writable: bool) -> Result<Value> {
    if arg(a, 0).is_null() {
        return Err(fail::argument_null("buffer"));
    }
    Ok(Value::object(Stream::memory(bytes_of(arg(a, 0)), writable, true)))
}

fn of_part(a: &[Value], writable: bool) -> Result<Value> {
    let bytes = bytes_of(arg(a, 0));
    let range = window(bytes.len(), int_at(a, 1), int_at(a, 2))?;
    Ok(Value::object(Stream::memory(bytes[range].to_vec(), writable, true)))
}

static MEMORY_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Capacity: "int" = |_, v| Ok(Value::int(stream(v)?.bytes().len() as i32));
    },
    methods: methods! {
        GetBuffer { () -> "byte[]" = |_, v, _| Ok(Value::bytes(&stream(v)?.bytes())); }
        ToArray { () -> "byte[]" = |_, v, _| Ok(Value::bytes(&stream(v)?.bytes())); }
        WriteTo {
            (stream: &STREAM) -> "void" = |_, v, a| {
                stream(arg(a, 0))?.write(&stream(v)?.bytes())?;
                Ok(Value::NOTHING)
            };
        }
    },
    constructors: constructors! {
        "System.IO.MemoryStream";
        () = |_, _, _| Ok(Value::object(Stream::memory(Vec::new(), true, false)));
        (capacity: INT) = |_, _, a| match int_at(a, 0) {
            0.. => Ok(Value::object(Stream::memory(Vec::new(), true, false))),
            n => Err(fail::negative("capacity", n)),
        };
        (buffer: BYTES) = |_, _, a| of_bytes(a, true);
        (buffer: BYTES, writable: BOOL) = |_, _, a| of_bytes(a, bool_at(a, 1));
        (buffer: BYTES, index: INT, count: INT) = |_, _, a| of_part(a, true);
        (buffer: BYTES, index: INT, count: INT, writable: BOOL) = |_, _, a| of_part(a, bool_at(a, 3));
    },
    ..MemberTable::EMPTY
};

fn opened(shell: &mut dyn exsh_core::Shell, a: &[Value], access: Option<Access>) -> Result<Value> {
    let path = path_at(shell, a, 0, "path")?;
    let mode = Mode::of(enum_at(a, 1))?;
    open(path, mode, access.unwrap_or(Access::default_of(mode)))
}

static FILE_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Name: "string" = |_, v| {
            let path = stream(v)?.file_path();
            Ok(Value::text(path.as_deref().map_or_else(String::new, |p: &Path| p.display().to_string())))
        };
    },
    methods: methods! {
        Flush {
            () -> "void" = |_, v, _| {
                stream(v)?.flush(false)?;
                Ok(Value::NOTHING)
            };
            (flushToDisk: BOOL) -> "void" = |_, v, a| {
                stream(v)?.flush(bool_at(a, 0))?;
                Ok(Value::NOTHING)
            };
        }
    },
    constructors: constructors! {
        "System.IO.FileStream";
        (path: STR, mode: &enums::FILE_MODE) = |shell, _, a| opened(shell, a, None);
        (path: STR, mode: &enums::FILE_MODE, access: &enums::FILE_ACCESS) = |shell, _, a| {
            opened(shell, a, Some(Access::of(enum_at(a, 2))))
        };
        (path: STR, mode: &enums::FILE_MODE, access: &enums::FILE_ACCESS, share: &enums::FILE_SHARE) = |shell, _, a| {
            opened(shell, a, Some(Access::of(enum_at(a, 2))))
        };
        (
            path: STR,
            mode: &enums::FILE_MODE,
            access: &enums::FILE_ACCESS,
            share: &enums::FILE_SHARE,
            bufferSize: INT,
        ) = |shell, _, a| opened(shell, a, Some(Access::of(enum_at(a, 2))));
    },
    ..MemberTable::EMPTY
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: documented (MemoryStream).
    #[test]
    fn a_memory_stream_reads_what_was_written() {
        let s = Stream::memory(Vec::new(), true, false);
        let ok = |r: Result<()>| assert!(r.is_ok());
        ok(s.write(b"hello"));
        assert_eq!(s.seek(1, 0).ok(), Some(1));
        ok(s.write(b"a"));
        assert_eq!(s.rest().ok().as_deref(), Some(&b"llo"[..]));
        assert!(s.seek(-1, 0).is_err());
        s.close();
        assert!(s.read(&mut [0]).is_err() && s.len().is_err());
        assert_eq!(s.bytes(), b"hallo");
        let fixed = Stream::memory(vec![1, 2], true, true);
        assert!(fixed.write(&[3, 4, 5]).is_err());
    }
}
