//! `System.IO.Directory`.

use super::{failure, info, local_time, path_at};
use crate::ops::pattern::Wildcard;
use crate::sig::*;
use crate::types::enums;
use exsh_core::types::{MemberTable, TypeInfo};
use exsh_core::{Result, Shell, Value};
use std::fs;
use std::path::{Path, PathBuf};

pub static TYPE: TypeInfo = TypeInfo::class("System.IO.Directory", MEMBERS);

/// What to list.
#[derive(Clone, Copy, PartialEq)]
pub enum Want {
    Files,
    Folders,
    Both,
}

/// Entries of a folder that match, in the order of their names.
pub fn entries(folder: &Path, pattern: &str, want: Want, deep: bool) -> Result<Vec<PathBuf>> {
    let all = fs::read_dir(folder).map_err(|e| failure(&e, folder, true))?;
    let wildcard = Wildcard::new(if pattern == "*.*" { "*" } else { pattern }, false).ok();
    let mut found: Vec<PathBuf> = all.filter_map(|e| e.ok().map(|e| e.path())).collect();
    found.sort();
    let mut out = Vec::new();
    for p in found {
        let is_dir = p.is_dir();
        let name = p.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let wanted = want == Want::Both || (want == Want::Folders) == is_dir;
        if wanted && wildcard.as_ref().is_some_and(|w| w.matches(&name)) {
            out.push(p.clone());
        }
        if deep && is_dir && !p.is_symlink() {
            out.extend(entries(&p, pattern, want, true)?);
        }
    }
    Ok(out)
}

/// Paths as they were asked for: a relative folder gives relative results.
fn list(shell: &mut dyn Shell, a: &[Value], want: Want) -> Result<Value> {
    let p = path_at(shell, a, 0)?;
    let pattern = opt_str(a, 1).map_or_else(|| "*".to_string(), |s| s.to_string());
    let found = entries(&p, &pattern, want, enum_at(a, 2) == 1)?;
    let asked = str_at(a, 0);
    let texts = found.iter().map(|f| match f.strip_prefix(&p) {
        Ok(rest) if !asked.starts_with(['~']) => {
            let head = asked.as_str();
            if head.ends_with('/') {
                format!("{head}{}", rest.display())
            } else {
                format!("{head}/{}", rest.display())
            }
        }
        _ => f.display().to_string(),
    });
    Ok(strings(texts))
}

fn remove(shell: &mut dyn Shell, a: &[Value], deep: bool) -> Result<Value> {
    let p = path_at(shell, a, 0)?;
    let done = if deep { fs::remove_dir_all(&p) } else { fs::remove_dir(&p) };
    done.map(|()| Value::NOTHING).map_err(|e| failure(&e, &p, true))
}

macro_rules! listing {
    ($want:expr) => {
        |shell, _, a| list(shell, a, $want)
    };
}

const MEMBERS: MemberTable = MemberTable {
    static_methods: methods! {
        CreateDirectory { (path: STR) -> "System.IO.DirectoryInfo" = |shell, _, a| {
            let p = path_at(shell, a, 0)?;
            fs::create_dir_all(&p).map_err(|e| failure(&e, &p, true))?;
            Ok(info::folder(p))
        }; }
        Delete {
            (path: STR) -> "void" = |shell, _, a| remove(shell, a, false);
            (path: STR, recursive: BOOL) -> "void" = |shell, _, a| remove(shell, a, bool_at(a, 1));
        }
        EnumerateDirectories {
            (path: STR) -> "string[]" = listing!(Want::Folders);
            (path: STR, searchPattern: STR) -> "string[]" = listing!(Want::Folders);
            (path: STR, searchPattern: STR, searchOption: &enums::SEARCH_OPTION) -> "string[]" = listing!(Want::Folders);
        }
        EnumerateFiles {
            (path: STR) -> "string[]" = listing!(Want::Files);
            (path: STR, searchPattern: STR) -> "string[]" = listing!(Want::Files);
            (path: STR, searchPattern: STR, searchOption: &enums::SEARCH_OPTION) -> "string[]" = listing!(Want::Files);
        }
        EnumerateFileSystemEntries {
            (path: STR) -> "string[]" = listing!(Want::Both);
            (path: STR, searchPattern: STR) -> "string[]" = listing!(Want::Both);
        }
        Exists { (path: STR) -> "bool" = |shell, _, a| {
            let s = str_at(a, 0);
            Ok(Value::bool(!s.is_empty() && shell.file_path(&s).is_ok_and(|p| p.is_dir())))
        }; }
        GetCurrentDirectory { () -> "string" = |shell, _, _| Ok(Value::string(shell.location())); }
        GetDirectories {
            (path: STR) -> "string[]" = listing!(Want::Folders);
            (path: STR, searchPattern: STR) -> "string[]" = listing!(Want::Folders);
            (path: STR, searchPattern: STR, searchOption: &enums::SEARCH_OPTION) -> "string[]" = listing!(Want::Folders);
        }
        GetDirectoryRoot { (path: STR) -> "string" = |_, _, _| Ok(Value::text("/")); }
        GetFiles {
            (path: STR) -> "string[]" = listing!(Want::Files);
            (path: STR, searchPattern: STR) -> "string[]" = listing!(Want::Files);
            (path: STR, searchPattern: STR, searchOption: &enums::SEARCH_OPTION) -> "string[]" = listing!(Want::Files);
        }
        GetFileSystemEntries {
            (path: STR) -> "string[]" = listing!(Want::Both);
            (path: STR, searchPattern: STR) -> "string[]" = listing!(Want::Both);
            (path: STR, searchPattern: STR, searchOption: &enums::SEARCH_OPTION) -> "string[]" = listing!(Want::Both);
        }
        GetLastWriteTime { (path: STR) -> "datetime" = |shell, _, a| {
            let p = path_at(shell, a, 0)?;
            Ok(Value::date_time(local_time(fs::metadata(&p).and_then(|m| m.modified()))))
        }; }
        GetParent { (path: STR) -> "System.IO.DirectoryInfo" = |shell, _, a| {
            let p = path_at(shell, a, 0)?;
            Ok(p.parent().map_or(Value::NULL, |d| info::folder(d.to_path_buf())))
        }; }
        Move { (sourceDirName: STR, destDirName: STR) -> "void" = |shell, _, a| {
            let (from, to) = (path_at(shell, a, 0)?, path_at(shell, a, 1)?);
            fs::rename(&from, &to).map(|()| Value::NOTHING).map_err(|e| failure(&e, &from, true))
        }; }
        SetCurrentDirectory { (path: STR) -> "void" = |shell, _, a| {
            shell.set_location(&str_at(a, 0))?;
            Ok(Value::NOTHING)
        }; }
    },
    ..MemberTable::EMPTY
};
