//! `System.IO.File`.

use super::{failure, info, local_time, path_at, set_write_time, utc_time};
use crate::sig::*;
use crate::text::encoding::{ENCODING, Encoding, Kind, of};
use crate::types::enums;
use crate::{fail, text};
use exsh_core::types::{MemberTable, TypeInfo};
use exsh_core::{Result, Shell, Str, Value};
use std::fs;
use std::io::Write;

pub static TYPE: TypeInfo = TypeInfo::class("System.IO.File", MEMBERS);

fn read(shell: &mut dyn Shell, a: &[Value]) -> Result<Vec<u8>> {
    let p = path_at(shell, a, 0)?;
    fs::read(&p).map_err(|e| failure(&e, &p, false))
}

fn read_text(shell: &mut dyn Shell, a: &[Value]) -> Result<Str> {
    let bytes = read(shell, a)?;
    Ok(of(arg(a, 1)).decode_file(&bytes))
}

/// Lines without their ends; a last empty one does not count.
pub fn lines(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        match memchr::memchr2(b'\n', b'\r', rest.as_bytes()) {
            Some(i) => {
                all.push(&rest[..i]);
                rest = &rest[i + if rest[i..].starts_with("\r\n") { 2 } else { 1 }..];
            }
            None => {
                all.push(rest);
                break;
            }
        }
    }
    all
}

fn write_bytes(shell: &mut dyn Shell, a: &[Value], bytes: &[u8], append: bool) -> Result<Value> {
    let p = path_at(shell, a, 0)?;
    let done = if append {
        fs::OpenOptions::new().append(true).create(true).open(&p).and_then(|mut f| f.write_all(bytes))
    } else {
        fs::write(&p, bytes)
    };
    done.map(|()| Value::NOTHING).map_err(|e| failure(&e, &p, false))
}

fn encoded(shell: &mut dyn Shell, a: &[Value], content: &Str, append: bool) -> Result<Value> {
    let e = of(arg(a, 2));
    let mut bytes = Vec::new();
    let fresh = !append || path_at(shell, a, 0).is_ok_and(|p| !p.exists());
    if fresh {
        bytes.extend_from_slice(e.preamble());
    }
    bytes.extend(e.encode(content));
    write_bytes(shell, a, &bytes, append)
}

fn joined_lines(v: &Value) -> Str {
    let mut out = String::new();
    for l in exsh_core::enumerate::items(v) {
        text::push_text(&mut out, &l, " ");
        out.push('\n');
    }
    Str::new(out)
}

fn moved(shell: &mut dyn Shell, a: &[Value], overwrite: bool) -> Result<Value> {
    let (from, to) = (path_at(shell, a, 0)?, path_at(shell, a, 1)?);
    if !from.exists() {
        return Err(failure(&std::io::ErrorKind::NotFound.into(), &from, false));
    }
    if !overwrite && to.exists() {
        return Err(fail::thrown(
            "System.IO.IOException",
            "Cannot create a file when that file already exists.",
        ));
    }
    fs::rename(&from, &to).map(|()| Value::NOTHING).map_err(|e| failure(&e, &to, false))
}

fn copied(shell: &mut dyn Shell, a: &[Value], overwrite: bool) -> Result<Value> {
    let (from, to) = (path_at(shell, a, 0)?, path_at(shell, a, 1)?);
    if !overwrite && to.exists() {
        return Err(fail::thrown(
            "System.IO.IOException",
            format!("The file '{}' already exists.", to.display()),
        ));
    }
    fs::copy(&from, &to).map(|_| Value::NOTHING).map_err(|e| failure(&e, &from, false))
}

fn times(shell: &mut dyn Shell, a: &[Value], which: u8, utc: bool) -> Result<Value> {
    let p = path_at(shell, a, 0)?;
    let t = fs::metadata(&p).and_then(|m| match which {
        0 => m.created(),
        1 => m.accessed(),
        _ => m.modified(),
    });
    Ok(Value::date_time(if utc { utc_time(t) } else { local_time(t) }))
}

const MEMBERS: MemberTable = MemberTable {
    static_methods: methods! {
        AppendAllBytes { (path: STR, bytes: BYTES) -> "void" = |shell, _, a| write_bytes(shell, a, &bytes_of(arg(a, 1)), true); }
        AppendAllLines {
            (path: STR, contents: OBJ) -> "void" = |shell, _, a| encoded(shell, a, &joined_lines(arg(a, 1)), true);
            (path: STR, contents: OBJ, encoding: ENCODING) -> "void" = |shell, _, a| encoded(shell, a, &joined_lines(arg(a, 1)), true);
        }
        AppendAllText {
            (path: STR, contents: STR) -> "void" = |shell, _, a| encoded(shell, a, &str_at(a, 1), true);
            (path: STR, contents: STR, encoding: ENCODING) -> "void" = |shell, _, a| encoded(shell, a, &str_at(a, 1), true);
        }
        Copy {
            (sourceFileName: STR, destFileName: STR) -> "void" = |shell, _, a| copied(shell, a, false);
            (sourceFileName: STR, destFileName: STR, overwrite: BOOL) -> "void" = |shell, _, a| copied(shell, a, bool_at(a, 2));
        }
        Delete { (path: STR) -> "void" = |shell, _, a| {
            let p = path_at(shell, a, 0)?;
            match fs::remove_file(&p) {
                Ok(()) => Ok(Value::NOTHING),
                // What is not there needs no deleting, if its folder is.
                Err(e) if e.kind() == std::io::ErrorKind::NotFound && p.parent().is_none_or(|d| d.is_dir()) => Ok(Value::NOTHING),
                Err(e) => Err(failure(&e, &p, false)),
            }
        }; }
        Exists { (path: STR) -> "bool" = |shell, _, a| {
            let s = str_at(a, 0);
            Ok(Value::bool(!s.is_empty() && shell.file_path(&s).is_ok_and(|p| p.is_file())))
        }; }
        GetAttributes { (path: STR) -> "System.IO.FileAttributes" = |shell, _, a| {
            let p = path_at(shell, a, 0)?;
            fs::symlink_metadata(&p).map_err(|e| failure(&e, &p, false))?;
            Ok(Value::enumeration(&enums::FILE_ATTRIBUTES, info::attributes(&p)))
        }; }
        GetCreationTime { (path: STR) -> "datetime" = |shell, _, a| times(shell, a, 0, false); }
        GetCreationTimeUtc { (path: STR) -> "datetime" = |shell, _, a| times(shell, a, 0, true); }
        GetLastAccessTime { (path: STR) -> "datetime" = |shell, _, a| times(shell, a, 1, false); }
        GetLastAccessTimeUtc { (path: STR) -> "datetime" = |shell, _, a| times(shell, a, 1, true); }
        GetLastWriteTime { (path: STR) -> "datetime" = |shell, _, a| times(shell, a, 2, false); }
        GetLastWriteTimeUtc { (path: STR) -> "datetime" = |shell, _, a| times(shell, a, 2, true); }
        Move {
            (sourceFileName: STR, destFileName: STR) -> "void" = |shell, _, a| moved(shell, a, false);
            (sourceFileName: STR, destFileName: STR, overwrite: BOOL) -> "void" = |shell, _, a| moved(shell, a, bool_at(a, 2));
        }
        ReadAllBytes { (path: STR) -> "byte[]" = |shell, _, a| Ok(Value::bytes(&read(shell, a)?)); }
        ReadAllLines {
            (path: STR) -> "string[]" = |shell, _, a| Ok(strings(lines(&read_text(shell, a)?)));
            (path: STR, encoding: ENCODING) -> "string[]" = |shell, _, a| Ok(strings(lines(&read_text(shell, a)?)));
        }
        ReadAllText {
            (path: STR) -> "string" = |shell, _, a| Ok(Value::string(read_text(shell, a)?));
            (path: STR, encoding: ENCODING) -> "string" = |shell, _, a| Ok(Value::string(read_text(shell, a)?));
        }
        ReadLines {
            (path: STR) -> "string[]" = |shell, _, a| Ok(strings(lines(&read_text(shell, a)?)));
            (path: STR, encoding: ENCODING) -> "string[]" = |shell, _, a| Ok(strings(lines(&read_text(shell, a)?)));
        }
        SetLastWriteTime { (path: STR, lastWriteTime: DATE) -> "void" = |shell, _, a| {
            let p = path_at(shell, a, 0)?;
            set_write_time(&p, date_at(a, 1))?;
            Ok(Value::NOTHING)
        }; }
        WriteAllBytes { (path: STR, bytes: BYTES) -> "void" = |shell, _, a| match arg(a, 1).is_null() {
            true => Err(fail::argument_null("bytes")),
            false => write_bytes(shell, a, &bytes_of(arg(a, 1)), false),
        }; }
        WriteAllLines {
            (path: STR, contents: OBJ) -> "void" = |shell, _, a| encoded(shell, a, &joined_lines(arg(a, 1)), false);
            (path: STR, contents: OBJ, encoding: ENCODING) -> "void" = |shell, _, a| encoded(shell, a, &joined_lines(arg(a, 1)), false);
        }
        WriteAllText {
            (path: STR, contents: STR) -> "void" = |shell, _, a| encoded(shell, a, &str_at(a, 1), false);
            (path: STR, contents: STR, encoding: ENCODING) -> "void" = |shell, _, a| encoded(shell, a, &str_at(a, 1), false);
        }
    },
    ..MemberTable::EMPTY
};

/// The encoding files are written in when nobody says otherwise.
pub const DEFAULT: Encoding = Encoding { kind: Kind::Utf8, mark: false };

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn any_line_end_ends_a_line() {
        assert_eq!(lines("a\r\nb\nc\rd"), ["a", "b", "c", "d"]);
        assert_eq!(lines("a\n\n"), ["a", ""]);
        assert!(lines("").is_empty());
    }
}
