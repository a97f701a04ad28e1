//! `System.IO.File`.

use super::facts::{self, Facts, Moment};
use super::failure::{self, Blame};
use super::streams::{Access, Mode, open};
use super::text_io::{Reader, Writer, lines};
use super::{file_info, path_at, resolve};
use crate::sig::*;
use crate::text::encoding::{self, ENCODING};
use crate::types::enums;
use exsh_core::types::{MemberTable, TypeInfo};
use exsh_core::{Result, Shell, Str, Value};
use std::fs;
use std::io::Write;
use std::path::Path;

pub static FILE: TypeInfo = TypeInfo::class("System.IO.File", MEMBERS);

/// All bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|e| failure::of(&e, path, Blame::File))
}

pub fn write(path: &Path, bytes: &[u8], append: bool) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.create(true).write(true).append(append).truncate(!append);
    options.open(path).and_then(|mut f| f.write_all(bytes)).map_err(|e| failure::of(&e, path, Blame::NewFile))
}

pub fn copy(from: &Path, to: &Path, overwrite: bool) -> Result<()> {
    if from.is_dir() {
        return Err(failure::denied(from, &std::io::Error::from(std::io::ErrorKind::PermissionDenied)));
    }
    if !from.exists() {
        return Err(failure::of(&std::io::ErrorKind::NotFound.into(), from, Blame::File));
    }
    if to.is_dir() {
        return Err(failure::io(format!("The target file '{}' is a directory, not a file.", to.display())));
    }
    if to.exists() {
        if !overwrite {
            return Err(failure::already_exists(to));
        }
        // Copying a file onto itself would empty it first.
        if fs::canonicalize(from).ok() == fs::canonicalize(to).ok() {
            return Err(failure::io(format!(
                "The process cannot access the file '{}' because it is being used by another process.",
                to.display()
            )));
        }
    }
    fs::copy(from, to).map(|_| ()).map_err(|e| failure::of(&e, to, Blame::NewFile))
}

/// Moves a file or folder, over borders of file systems too for a file.
pub fn rename(from: &Path, to: &Path, overwrite: bool) -> Result<()> {
    if from.symlink_metadata().is_err() {
        return Err(failure::of(&std::io::ErrorKind::NotFound.into(), from, Blame::File));
    }
    if from != to && to.symlink_metadata().is_ok() && !overwrite {
        return Err(failure::already_exists(to));
    }
    match fs::rename(from, to) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::CrossesDevices && from.is_file() => {
            copy(from, to, true)?;
            fs::remove_file(from).map_err(|e| failure::of(&e, from, Blame::File))
        }
        Err(e) => Err(failure::of(&e, to, Blame::NewFile)),
    }
}

/// Deletes a file; one that does not exist is no error, a folder that does not exist is.
pub fn delete(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && path.parent().is_none_or(Path::is_dir) => {
            Ok(())
        }
        Err(e) if path.is_dir() => Err(failure::denied(path, &e)),
        Err(e) => Err(failure::of(&e, path, Blame::File)),
    }
}

fn read_text(shell: &mut dyn Shell, a: &[Value]) -> Result<Str> {
    let path = path_at(shell, a, 0, "path")?;
    Ok(encoding::of(arg(a, 1)).decode_file(&read(&path)?))
}

fn read_lines(shell: &mut dyn Shell, a: &[Value]) -> Result<Value> {
    let text = read_text(shell, a)?;
    Ok(strings(lines(&text)))
}

/// Writes text with the encoding's mark in a new or empty file.
fn write_text(shell: &mut dyn Shell, a: &[Value], text: &Str, append: bool) -> Result<Value> {
    let path = path_at(shell, a, 0, "path")?;
    let encoding = encoding::of(arg(a, 2));
    let start = !append || fs::metadata(&path).map_or(true, |m| m.len() == 0);
    let mut bytes = if start { encoding.preamble().to_vec() } else { Vec::new() };
    bytes.extend(encoding.encode(text));
    write(&path, &bytes, append)?;
    Ok(Value::NOTHING)
}

fn write_lines(shell: &mut dyn Shell, a: &[Value], append: bool) -> Result<Value> {
    if arg(a, 1).is_null() {
        return Err(crate::fail::argument_null("contents"));
    }
    let mut text = Str::from("");
    let end = Str::from("\n");
    for line in exsh_core::enumerate::items(arg(a, 1)) {
        text = text.append(&str_of(&line)).append(&end);
    }
    write_text(shell, a, &text, append)
}

fn bytes_argument(a: &[Value]) -> Result<Vec<u8>> {
    match arg(a, 1).is_null() {
        true => Err(crate::fail::argument_null("bytes")),
        false => Ok(bytes_of(arg(a, 1))),
    }
}

fn exists(shell: &mut dyn Shell, a: &[Value]) -> Result<Value> {
    let text = str_at(a, 0);
    if text.is_empty() || text.ends_with('/') {
        return Ok(Value::FALSE);
    }
    // A link that leads nowhere exists.
    Ok(Value::bool(Facts::read(&resolve(shell, &text)?).is_some_and(|f| !f.is_folder)))
}

fn two_paths(shell: &mut dyn Shell, a: &[Value]) -> Result<(std::path::PathBuf, std::path::PathBuf)> {
    Ok((path_at(shell, a, 0, "sourceFileName")?, path_at(shell, a, 1, "destFileName")?))
}

fn moved(shell: &mut dyn Shell, a: &[Value]) -> Result<Value> {
    let (from, to) = two_paths(shell, a)?;
    if from.is_dir() {
        return Err(failure::of(&std::io::ErrorKind::NotFound.into(), &from, Blame::File));
    }
    rename(&from, &to, bool_at(a, 2))?;
    Ok(Value::NOTHING)
}

/// Puts `source` in the place of `target`, which becomes `backup` when there is one.
pub fn replace(source: &Path, target: &Path, backup: Option<&Path>) -> Result<()> {
    if !target.is_file() {
        return Err(failure::file_not_found(target));
    }
    if !source.is_file() {
        return Err(failure::file_not_found(source));
    }
    if let Some(backup) = backup {
        rename(target, backup, true)?;
    }
    rename(source, target, true)
}

/// A time of an existing file or folder, or .NET's time for none.
pub(super) fn time(shell: &mut dyn Shell, a: &[Value], moment: Moment, local: bool) -> Result<Value> {
    let path = path_at(shell, a, 0, "path")?;
    Ok(Value::date_time(facts::time_of(Facts::read(&path).as_ref(), moment, local)))
}

pub(super) fn set_time(shell: &mut dyn Shell, a: &[Value], moment: Moment) -> Result<Value> {
    let path = path_at(shell, a, 0, "path")?;
    facts::set_time(&path, moment, date_at(a, 1)).map_err(|e| failure::of(&e, &path, Blame::File))?;
    Ok(Value::NOTHING)
}

/// As [`set_time`]; a time that says nothing about its zone is taken as UTC.
pub(super) fn set_time_utc(shell: &mut dyn Shell, a: &[Value], moment: Moment) -> Result<Value> {
    let path = path_at(shell, a, 0, "path")?;
    facts::set_time(&path, moment, as_utc(date_at(a, 1))).map_err(|e| failure::of(&e, &path, Blame::File))?;
    Ok(Value::NOTHING)
}

pub(super) fn as_utc(bits: u64) -> u64 {
    match crate::time::kind(bits) {
        crate::time::Kind::Unspecified => crate::time::pack(crate::time::ticks(bits), crate::time::Kind::Utc),
        _ => bits,
    }
}

/// The facts of a path that must exist.
fn facts_at(shell: &mut dyn Shell, a: &[Value]) -> Result<Facts> {
    let path = path_at(shell, a, 0, "path")?;
    Facts::read(&path).ok_or_else(|| failure::of(&std::io::ErrorKind::NotFound.into(), &path, Blame::File))
}

pub(super) fn link(shell: &mut dyn Shell, a: &[Value]) -> Result<Value> {
    let path = path_at(shell, a, 0, "path")?;
    let target = super::text_at(a, 1, "pathToTarget")?;
    std::os::unix::fs::symlink(&*target, &path).map_err(|e| failure::of(&e, &path, Blame::NewFile))?;
    Ok(file_info::object(path))
}

pub(super) fn link_target(shell: &mut dyn Shell, a: &[Value]) -> Result<Value> {
    let path = path_at(shell, a, 0, "linkPath")?;
    file_info::target_of(&path, bool_at(a, 1))
}

fn opened(shell: &mut dyn Shell, a: &[Value], mode: Mode, access: Access) -> Result<Value> {
    open(path_at(shell, a, 0, "path")?, mode, access)
}

fn writer(shell: &mut dyn Shell, a: &[Value], append: bool) -> Result<Value> {
    Writer::to_file(path_at(shell, a, 0, "path")?, append, &Value::NULL)
}

static MEMBERS: MemberTable = MemberTable {
    static_methods: methods! {
        AppendAllBytes {
            (path: STR, bytes: BYTES) -> "void" = |shell, _, a| {
                let path = path_at(shell, a, 0, "path")?;
                write(&path, &bytes_argument(a)?, true)?;
                Ok(Value::NOTHING)
            };
        }
        AppendAllLines {
            (path: STR, contents: STRS) -> "void" = |shell, _, a| write_lines(shell, a, true);
            (path: STR, contents: STRS, encoding: ENCODING) -> "void" = |shell, _, a| write_lines(shell, a, true);
        }
        AppendAllText {
            (path: STR, contents: STR) -> "void" = |shell, _, a| write_text(shell, a, &str_at(a, 1), true);
            (path: STR, contents: STR, encoding: ENCODING) -> "void" = |shell, _, a| {
                write_text(shell, a, &str_at(a, 1), true)
            };
        }
        AppendText { (path: STR) -> "System.IO.StreamWriter" = |shell, _, a| writer(shell, a, true); }
        Copy {
            (sourceFileName: STR, destFileName: STR) -> "void" = |shell, _, a| {
                let (from, to) = two_paths(shell, a)?;
                copy(&from, &to, false)?;
                Ok(Value::NOTHING)
            };
            (sourceFileName: STR, destFileName: STR, overwrite: BOOL) -> "void" = |shell, _, a| {
                let (from, to) = two_paths(shell, a)?;
                copy(&from, &to, bool_at(a, 2))?;
                Ok(Value::NOTHING)
            };
        }
        Create {
            (path: STR) -> "System.IO.FileStream" = |shell, _, a| opened(shell, a, Mode::Create, Access::BOTH);
            (path: STR, bufferSize: INT) -> "System.IO.FileStream" = |shell, _, a| {
                opened(shell, a, Mode::Create, Access::BOTH)
            };
        }
        CreateSymbolicLink {
            (path: STR, pathToTarget: STR) -> "System.IO.FileSystemInfo" = |shell, _, a| link(shell, a);
        }
        CreateText { (path: STR) -> "System.IO.StreamWriter" = |shell, _, a| writer(shell, a, false); }
        Delete {
            (path: STR) -> "void" = |shell, _, a| {
                delete(&path_at(shell, a, 0, "path")?)?;
                Ok(Value::NOTHING)
            };
        }
        Exists { (path: STR) -> "bool" = |shell, _, a| exists(shell, a); }
        GetAttributes {
            (path: STR) -> "System.IO.FileAttributes" = |shell, _, a| {
                Ok(Value::enumeration(&enums::FILE_ATTRIBUTES, facts_at(shell, a)?.attributes()))
            };
        }
        GetCreationTime { (path: STR) -> "datetime" = |shell, _, a| time(shell, a, Moment::Creation, true); }
        GetCreationTimeUtc { (path: STR) -> "datetime" = |shell, _, a| time(shell, a, Moment::Creation, false); }
        GetLastAccessTime { (path: STR) -> "datetime" = |shell, _, a| time(shell, a, Moment::Access, true); }
        GetLastAccessTimeUtc { (path: STR) -> "datetime" = |shell, _, a| time(shell, a, Moment::Access, false); }
        GetLastWriteTime { (path: STR) -> "datetime" = |shell, _, a| time(shell, a, Moment::Write, true); }
        GetLastWriteTimeUtc { (path: STR) -> "datetime" = |shell, _, a| time(shell, a, Moment::Write, false); }
        GetUnixFileMode {
            (path: STR) -> "System.IO.UnixFileMode" = |shell, _, a| {
                Ok(Value::enumeration(&enums::UNIX_FILE_MODE, facts_at(shell, a)?.permissions()))
            };
        }
        Move {
            (sourceFileName: STR, destFileName: STR) -> "void" = |shell, _, a| moved(shell, a);
            (sourceFileName: STR, destFileName: STR, overwrite: BOOL) -> "void" = |shell, _, a| moved(shell, a);
        }
        Open {
            (path: STR, mode: &enums::FILE_MODE) -> "System.IO.FileStream" = |shell, _, a| {
                let mode = Mode::of(enum_at(a, 1))?;
                opened(shell, a, mode, Access::default_of(mode))
            };
            (path: STR, mode: &enums::FILE_MODE, access: &enums::FILE_ACCESS) -> "System.IO.FileStream" = |shell, _, a| {
                opened(shell, a, Mode::of(enum_at(a, 1))?, Access::of(enum_at(a, 2)))
            };
            (path: STR, mode: &enums::FILE_MODE, access: &enums::FILE_ACCESS, share: &enums::FILE_SHARE)
                -> "System.IO.FileStream" = |shell, _, a| {
                    opened(shell, a, Mode::of(enum_at(a, 1))?, Access::of(enum_at(a, 2)))
                };
        }
        OpenRead { (path: STR) -> "System.IO.FileStream" = |shell, _, a| opened(shell, a, Mode::Open, Access::READ); }
        OpenText {
            (path: STR) -> "System.IO.StreamReader" = |shell, _, a| {
                Reader::of_file(path_at(shell, a, 0, "path")?, &Value::NULL)
            };
        }
        OpenWrite {
            (path: STR) -> "System.IO.FileStream" = |shell, _, a| opened(shell, a, Mode::OpenOrCreate, Access::WRITE);
        }
        ReadAllBytes {
            (path: STR) -> "byte[]" = |shell, _, a| Ok(Value::bytes(&read(&path_at(shell, a, 0, "path")?)?));
        }
        ReadAllLines {
            (path: STR) -> "string[]" = |shell, _, a| read_lines(shell, a);
            (path: STR, encoding: ENCODING) -> "string[]" = |shell, _, a| read_lines(shell, a);
        }
        ReadAllText {
            (path: STR) -> "string" = |shell, _, a| Ok(Value::string(read_text(shell, a)?));
            (path: STR, encoding: ENCODING) -> "string" = |shell, _, a| Ok(Value::string(read_text(shell, a)?));
        }
        ReadLines {
            (path: STR) -> "System.Collections.Generic.IEnumerable[string]" = |shell, _, a| read_lines(shell, a);
            (path: STR, encoding: ENCODING) -> "System.Collections.Generic.IEnumerable[string]" = |shell, _, a| {
                read_lines(shell, a)
            };
        }
        Replace {
            (sourceFileName: STR, destinationFileName: STR, destinationBackupFileName: STR) -> "void" = |shell, _, a| {
                let source = path_at(shell, a, 0, "sourceFileName")?;
                let target = path_at(shell, a, 1, "destinationFileName")?;
                let backup = match opt_str(a, 2).filter(|b| !b.is_empty()) {
                    Some(text) => Some(resolve(shell, &text)?),
                    None => None,
                };
                replace(&source, &target, backup.as_deref())?;
                Ok(Value::NOTHING)
            };
        }
        ResolveLinkTarget {
            (linkPath: STR, returnFinalTarget: BOOL) -> "System.IO.FileSystemInfo" = |shell, _, a| link_target(shell, a);
        }
        SetAttributes {
            (path: STR, fileAttributes: &enums::FILE_ATTRIBUTES) -> "void" = |shell, _, a| {
                let path = path_at(shell, a, 0, "path")?;
                facts::set_read_only(&path, enum_at(a, 1) & facts::READ_ONLY != 0)
                    .map_err(|e| failure::of(&e, &path, Blame::File))?;
                Ok(Value::NOTHING)
            };
        }
        SetCreationTime {
            (path: STR, creationTime: DATE) -> "void" = |shell, _, a| set_time(shell, a, Moment::Creation);
        }
        SetCreationTimeUtc {
            (path: STR, creationTimeUtc: DATE) -> "void" = |shell, _, a| set_time_utc(shell, a, Moment::Creation);
        }
        SetLastAccessTime {
            (path: STR, lastAccessTime: DATE) -> "void" = |shell, _, a| set_time(shell, a, Moment::Access);
        }
        SetLastAccessTimeUtc {
            (path: STR, lastAccessTimeUtc: DATE) -> "void" = |shell, _, a| set_time_utc(shell, a, Moment::Access);
        }
        SetLastWriteTime {
            (path: STR, lastWriteTime: DATE) -> "void" = |shell, _, a| set_time(shell, a, Moment::Write);
        }
        SetLastWriteTimeUtc {
            (path: STR, lastWriteTimeUtc: DATE) -> "void" = |shell, _, a| set_time_utc(shell, a, Moment::Write);
        }
        SetUnixFileMode {
            (path: STR, mode: &enums::UNIX_FILE_MODE) -> "void" = |shell, _, a| {
                let path = path_at(shell, a, 0, "path")?;
                facts::set_permissions(&path, enum_at(a, 1)).map_err(|e| failure::of(&e, &path, Blame::File))?;
                Ok(Value::NOTHING)
            };
        }
        WriteAllBytes {
            (path: STR, bytes: BYTES) -> "void" = |shell, _, a| {
                let path = path_at(shell, a, 0, "path")?;
                write(&path, &bytes_argument(a)?, false)?;
                Ok(Value::NOTHING)
            };
        }
        WriteAllLines {
            (path: STR, contents: STRS) -> "void" = |shell, _, a| write_lines(shell, a, false);
            (path: STR, contents: STRS, encoding: ENCODING) -> "void" = |shell, _, a| write_lines(shell, a, false);
        }
        WriteAllText {
            (path: STR, contents: STR) -> "void" = |shell, _, a| write_text(shell, a, &str_at(a, 1), false);
            (path: STR, contents: STR, encoding: ENCODING) -> "void" = |shell, _, a| {
                write_text(shell, a, &str_at(a, 1), false)
            };
        }
    },
    ..MemberTable::EMPTY
};
