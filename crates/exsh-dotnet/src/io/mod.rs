//! Files and folders. Paths go through the shell, which maps `~`, relative and Windows-like ones.

pub mod directory;
pub mod file;
pub mod info;
pub mod path;

use crate::fail;
use crate::sig::*;
use exsh_core::{Exception, Flow, Result, Shell, Value};
use std::path::{Path, PathBuf};

/// The path argument at `i` as a file system path.
pub(crate) fn path_at(shell: &mut dyn Shell, a: &[Value], i: usize) -> Result<PathBuf> {
    let s = str_at(a, i);
    if arg(a, i).is_null() {
        return Err(fail::argument_null("path"));
    }
    if s.is_empty() {
        return Err(fail::argument("The value cannot be an empty string.", "path"));
    }
    shell.file_path(&s)
}

/// An I/O failure in .NET's words.
pub fn failure(e: &std::io::Error, path: &Path, folder: bool) -> Box<Flow> {
    use std::io::ErrorKind as K;
    let shown = path.display();
    let (name, message) = match e.kind() {
        K::NotFound if !folder && path.parent().is_none_or(|p| p.as_os_str().is_empty() || p.is_dir()) => {
            ("System.IO.FileNotFoundException", format!("Could not find file '{shown}'."))
        }
        K::NotFound => {
            ("System.IO.DirectoryNotFoundException", format!("Could not find a part of the path '{shown}'."))
        }
        K::PermissionDenied => {
            ("System.UnauthorizedAccessException", format!("Access to the path '{shown}' is denied."))
        }
        K::AlreadyExists => ("System.IO.IOException", format!("The file '{shown}' already exists.")),
        K::IsADirectory => {
            ("System.UnauthorizedAccessException", format!("Access to the path '{shown}' is denied."))
        }
        K::DirectoryNotEmpty => ("System.IO.IOException", format!("Directory not empty : '{shown}'")),
        _ => ("System.IO.IOException", format!("{} : '{shown}'", os_text(e))),
    };
    let mut x = Exception::new(name, message);
    if name.ends_with("FileNotFoundException") {
        x = x.with("FileName", Value::text(shown.to_string()));
    }
    fail::thrown_with(x)
}

/// The system's words without Rust's `(os error N)`.
fn os_text(e: &std::io::Error) -> String {
    let s = e.to_string();
    s.split(" (os error").next().unwrap_or(&s).to_string()
}

pub(crate) fn shown(p: &Path) -> Value {
    Value::text(p.display().to_string())
}

/// Moment of a file time, as a local DateTime.
pub fn local_time(t: std::io::Result<std::time::SystemTime>) -> u64 {
    crate::time::to_local(utc_time(t))
}

/// Moment of a file time, as a UTC DateTime; 1601 where there is none.
pub fn utc_time(t: std::io::Result<std::time::SystemTime>) -> u64 {
    use crate::time::{Kind, UNIX_EPOCH, pack};
    let ticks = match t {
        Ok(t) => match t.duration_since(std::time::UNIX_EPOCH) {
            Ok(d) => UNIX_EPOCH + (d.as_nanos() / 100) as i64,
            Err(e) => UNIX_EPOCH - (e.duration().as_nanos() / 100) as i64,
        },
        Err(_) => 504_911_232_000_000_000,
    };
    pack(ticks, Kind::Utc)
}

/// A DateTime as a file time.
pub(crate) fn system_time(bits: u64) -> std::time::SystemTime {
    use crate::time::{UNIX_EPOCH, ticks, to_utc};
    let n = ticks(to_utc(bits)) - UNIX_EPOCH;
    let d = std::time::Duration::from_nanos(n.unsigned_abs() * 100);
    if n >= 0 { std::time::UNIX_EPOCH + d } else { std::time::UNIX_EPOCH - d }
}

/// Sets the last write time.
pub(crate) fn set_write_time(path: &Path, bits: u64) -> Result<()> {
    let f = std::fs::File::open(path).map_err(|e| failure(&e, path, false))?;
    f.set_modified(system_time(bits)).map_err(|e| failure(&e, path, false))
}
