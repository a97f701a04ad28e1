//! `FileInfo` and `DirectoryInfo`.

use super::directory::{Want, entries};
use super::{failure, local_time, set_write_time, shown, utc_time};
use crate::sig::*;
use crate::types::enums;
use crate::{fail, io};
use exsh_core::types::{MemberTable, Property, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Shell, Value};
use std::any::Any;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// A file or folder by its full path. Facts are read when asked for.
pub struct FileSystemInfo {
    pub path: PathBuf,
    /// The path as it was written, for `ToString()` of objects made by a script.
    original: Option<String>,
    folder: bool,
}

pub static INFO: TypeInfo = TypeInfo::class("System.IO.FileSystemInfo", INFO_MEMBERS);
pub static FILE: TypeInfo =
    TypeInfo::class("System.IO.FileInfo", FILE_MEMBERS).based_on(&INFO).made_by(|v| match v.as_str() {
        Some(s) if !s.is_empty() => Ok(Value::object(FileSystemInfo {
            path: PathBuf::from(s.as_str()),
            original: Some(s.to_string()),
            folder: false,
        })),
        Some(_) => Err("The value cannot be an empty string. (Parameter 'fileName')".into()),
        None => Err(String::new()),
    });
pub static FOLDER: TypeInfo = TypeInfo::class("System.IO.DirectoryInfo", FOLDER_MEMBERS)
    .based_on(&INFO)
    .made_by(|v| match v.as_str() {
        Some(s) if !s.is_empty() => Ok(Value::object(FileSystemInfo {
            path: PathBuf::from(s.as_str()),
            original: Some(s.to_string()),
            folder: true,
        })),
        Some(_) => Err("The value cannot be an empty string. (Parameter 'path')".into()),
        None => Err(String::new()),
    });

pub fn file(path: PathBuf) -> Value {
    Value::object(FileSystemInfo { path, original: None, folder: false })
}

pub fn folder(path: PathBuf) -> Value {
    Value::object(FileSystemInfo { path, original: None, folder: true })
}

/// The object for whatever stands at the path.
pub fn of_path(path: PathBuf) -> Value {
    if path.is_dir() { folder(path) } else { file(path) }
}

impl Object for FileSystemInfo {
    fn type_info(&self) -> TypeRef {
        if self.folder { &FOLDER } else { &FILE }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.original.clone().unwrap_or_else(|| self.path.display().to_string()))
    }
}

fn i(v: &Value) -> Result<&FileSystemInfo> {
    v.downcast::<FileSystemInfo>().ok_or_else(|| fail::argument_null("this"))
}

fn name(p: &Path) -> String {
    p.file_name().map_or_else(|| p.display().to_string(), |n| n.to_string_lossy().into_owned())
}

/// FileAttributes of a path: names that begin with a dot are hidden on this system.
pub fn attributes(p: &Path) -> i64 {
    let Ok(m) = fs::symlink_metadata(p) else { return -1 };
    let mut n = 0;
    if m.is_dir() || (m.is_symlink() && p.is_dir()) {
        n |= 16;
    }
    if m.permissions().mode() & 0o222 == 0 {
        n |= 1;
    }
    if name(p).starts_with('.') {
        n |= 2;
    }
    if m.is_symlink() {
        n |= 1024;
    }
    if n & !2 == 0 && n & 2 == 0 { 128 } else { n }
}

/// The `Mode` column: `d----`, `-a---`.
pub fn mode(p: &Path) -> String {
    let a = attributes(p);
    if a < 0 {
        return String::new();
    }
    let link = a & 1024 != 0;
    let first = if link {
        'l'
    } else if a & 16 != 0 {
        'd'
    } else {
        '-'
    };
    let archive = if a & 16 == 0 && !link { '-' } else { '-' };
    format!(
        "{first}{archive}{}{}{}",
        if a & 1 != 0 { 'r' } else { '-' },
        if a & 2 != 0 { 'h' } else { '-' },
        if a & 4 != 0 { 's' } else { '-' },
    )
}

/// `-rw-r--r--`.
pub fn unix_mode(p: &Path) -> String {
    let Ok(m) = fs::symlink_metadata(p) else { return String::new() };
    let bits = m.permissions().mode();
    let mut s = String::new();
    s.push(if m.is_symlink() {
        'l'
    } else if m.is_dir() {
        'd'
    } else {
        '-'
    });
    for shift in [6, 3, 0] {
        let b = bits >> shift;
        s.push(if b & 4 != 0 { 'r' } else { '-' });
        s.push(if b & 2 != 0 { 'w' } else { '-' });
        s.push(if b & 1 != 0 { 'x' } else { '-' });
    }
    s
}

fn time(v: &Value, which: u8, utc: bool) -> Result<Value> {
    let t = fs::metadata(&i(v)?.path).and_then(|m| match which {
        0 => m.created(),
        1 => m.accessed(),
        _ => m.modified(),
    });
    Ok(Value::date_time(if utc { utc_time(t) } else { local_time(t) }))
}

const fn hidden(name: &'static str, ty: &'static str, get: exsh_core::types::Getter) -> Property {
    let mut p = Property::new(name, ty, get);
    p.hidden = true;
    p
}

const INFO_MEMBERS: MemberTable = MemberTable {
    properties: &[
        Property::new("FullName", "string", |_, v| Ok(shown(&i(v)?.path))),
        Property::new("Extension", "string", |_, v| Ok(Value::text(io::path::extension(&name(&i(v)?.path))))),
        Property::new("Name", "string", |_, v| Ok(Value::text(name(&i(v)?.path)))),
        Property::new("Exists", "bool", |_, v| {
            let i = i(v)?;
            Ok(Value::bool(if i.folder { i.path.is_dir() } else { i.path.is_file() }))
        }),
        Property::new("CreationTime", "datetime", |_, v| time(v, 0, false)),
        Property::new("CreationTimeUtc", "datetime", |_, v| time(v, 0, true)),
        Property::new("LastAccessTime", "datetime", |_, v| time(v, 1, false)),
        Property::new("LastAccessTimeUtc", "datetime", |_, v| time(v, 1, true)),
        Property::new("LastWriteTime", "datetime", |_, v| time(v, 2, false))
            .settable(|_, v, new| set_write_time(&i(v)?.path, new.base().as_date_time().unwrap_or(0))),
        Property::new("LastWriteTimeUtc", "datetime", |_, v| time(v, 2, true)),
        Property::new("LinkTarget", "string", |_, v| {
            Ok(fs::read_link(&i(v)?.path).map_or(Value::NULL, |p| shown(&p)))
        }),
        Property::new("UnixFileMode", "System.IO.UnixFileMode", |_, v| {
            let bits = fs::metadata(&i(v)?.path).map_or(-1, |m| m.permissions().mode() as i64 & 0o7777);
            Ok(Value::enumeration(&enums::UNIX_FILE_MODE, bits))
        }),
        Property::new("Attributes", "System.IO.FileAttributes", |_, v| {
            Ok(Value::enumeration(&enums::FILE_ATTRIBUTES, attributes(&i(v)?.path)))
        }),
        Property::new("Mode", "string", |_, v| Ok(Value::text(mode(&i(v)?.path)))),
        hidden("UnixMode", "string", |_, v| Ok(Value::text(unix_mode(&i(v)?.path)))),
        Property::new("BaseName", "string", |_, v| {
            let i = i(v)?;
            let n = name(&i.path);
            if i.folder {
                return Ok(Value::text(n));
            }
            let e = io::path::extension(&n).len();
            Ok(Value::text(&n[..n.len() - e]))
        }),
        hidden("LinkType", "string", |_, v| {
            Ok(if i(v)?.path.is_symlink() { Value::text("SymbolicLink") } else { Value::NULL })
        }),
        hidden("Target", "string", |_, v| Ok(fs::read_link(&i(v)?.path).map_or(Value::NULL, |p| shown(&p)))),
        hidden("ResolvedTarget", "string", |_, v| Ok(shown(&i(v)?.path))),
    ],
    methods: methods! {
        Refresh { () -> "void" = |_, _, _| Ok(Value::NOTHING); }
    },
    ..MemberTable::EMPTY
};

fn path_of(shell: &mut dyn Shell, a: &[Value], at: usize) -> Result<PathBuf> {
    super::path_at(shell, a, at)
}

const FILE_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Length: "long" = |_, v| {
            let p = &i(v)?.path;
            match fs::metadata(p) {
                Ok(m) => Ok(Value::long(m.len() as i64)),
                Err(e) => Err(failure(&e, p, false)),
            }
        };
        DirectoryName: "string" = |_, v| Ok(i(v)?.path.parent().map_or(Value::NULL, shown));
        Directory: "System.IO.DirectoryInfo" = |_, v| Ok(i(v)?.path.parent().map_or(Value::NULL, |p| folder(p.to_path_buf())));
        IsReadOnly: "bool" = |_, v| Ok(Value::bool(attributes(&i(v)?.path) & 1 != 0));
    },
    methods: methods! {
        CopyTo {
            (destFileName: STR) -> "System.IO.FileInfo" = |shell, v, a| copy_to(shell, v, a, false);
            (destFileName: STR, overwrite: BOOL) -> "System.IO.FileInfo" = |shell, v, a| copy_to(shell, v, a, bool_at(a, 1));
        }
        Delete { () -> "void" = |_, v, _| {
            let p = &i(v)?.path;
            match fs::remove_file(p) {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(failure(&e, p, false)),
                _ => Ok(Value::NOTHING),
            }
        }; }
        MoveTo { (destFileName: STR) -> "void" = |shell, v, a| {
            let to = path_of(shell, a, 0)?;
            let p = &i(v)?.path;
            fs::rename(p, &to).map(|()| Value::NOTHING).map_err(|e| failure(&e, p, false))
        }; }
    },
    constructors: constructors! {
        "System.IO.FileInfo";
        (fileName: STR) = |shell, _, a| {
            let path = path_of(shell, a, 0)?;
            Ok(Value::object(FileSystemInfo { path, original: Some(str_at(a, 0).to_string()), folder: false }))
        };
    },
    ..MemberTable::EMPTY
};

fn copy_to(shell: &mut dyn Shell, v: &Value, a: &[Value], overwrite: bool) -> Result<Value> {
    let to = path_of(shell, a, 0)?;
    let from = &i(v)?.path;
    if !overwrite && to.exists() {
        return Err(fail::thrown(
            "System.IO.IOException",
            format!("The file '{}' already exists.", to.display()),
        ));
    }
    fs::copy(from, &to).map_err(|e| failure(&e, from, false))?;
    Ok(file(to))
}

fn children(v: &Value, a: &[Value], want: Want) -> Result<Value> {
    let pattern = opt_str(a, 0).map_or_else(|| "*".to_string(), |s| s.to_string());
    let deep = enum_at(a, 1) == 1;
    let found = entries(&i(v)?.path, &pattern, want, deep)?;
    Ok(Value::array(found.into_iter().map(of_path).collect()))
}

const FOLDER_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Parent: "System.IO.DirectoryInfo" = |_, v| Ok(i(v)?.path.parent().map_or(Value::NULL, |p| folder(p.to_path_buf())));
        Root: "System.IO.DirectoryInfo" = |_, _| Ok(folder(PathBuf::from("/")));
    },
    methods: methods! {
        Create { () -> "void" = |_, v, _| {
            let p = &i(v)?.path;
            fs::create_dir_all(p).map(|()| Value::NOTHING).map_err(|e| failure(&e, p, true))
        }; }
        CreateSubdirectory { (path: STR) -> "System.IO.DirectoryInfo" = |_, v, a| {
            let p = i(v)?.path.join(str_at(a, 0).as_str());
            fs::create_dir_all(&p).map_err(|e| failure(&e, &p, true))?;
            Ok(folder(p))
        }; }
        Delete {
            () -> "void" = |_, v, _| {
                let p = &i(v)?.path;
                fs::remove_dir(p).map(|()| Value::NOTHING).map_err(|e| failure(&e, p, true))
            };
            (recursive: BOOL) -> "void" = |_, v, a| {
                let p = &i(v)?.path;
                let done = if bool_at(a, 0) { fs::remove_dir_all(p) } else { fs::remove_dir(p) };
                done.map(|()| Value::NOTHING).map_err(|e| failure(&e, p, true))
            };
        }
        EnumerateDirectories { () -> "System.Object" = |_, v, a| children(v, a, Want::Folders); (searchPattern: STR) -> "System.Object" = |_, v, a| children(v, a, Want::Folders); }
        EnumerateFiles { () -> "System.Object" = |_, v, a| children(v, a, Want::Files); (searchPattern: STR) -> "System.Object" = |_, v, a| children(v, a, Want::Files); }
        GetDirectories { () -> "System.IO.DirectoryInfo[]" = |_, v, a| children(v, a, Want::Folders); (searchPattern: STR) -> "System.IO.DirectoryInfo[]" = |_, v, a| children(v, a, Want::Folders); }
        GetFiles {
            () -> "System.IO.FileInfo[]" = |_, v, a| children(v, a, Want::Files);
            (searchPattern: STR) -> "System.IO.FileInfo[]" = |_, v, a| children(v, a, Want::Files);
            (searchPattern: STR, searchOption: &enums::SEARCH_OPTION) -> "System.IO.FileInfo[]" = |_, v, a| children(v, a, Want::Files);
        }
        GetFileSystemInfos { () -> "System.IO.FileSystemInfo[]" = |_, v, a| children(v, a, Want::Both); }
        MoveTo { (destDirName: STR) -> "void" = |shell, v, a| {
            let to = path_of(shell, a, 0)?;
            let p = &i(v)?.path;
            fs::rename(p, &to).map(|()| Value::NOTHING).map_err(|e| failure(&e, p, true))
        }; }
    },
    constructors: constructors! {
        "System.IO.DirectoryInfo";
        (path: STR) = |shell, _, a| {
            let path = path_of(shell, a, 0)?;
            Ok(Value::object(FileSystemInfo { path, original: Some(str_at(a, 0).to_string()), folder: true }))
        };
    },
    ..MemberTable::EMPTY
};
