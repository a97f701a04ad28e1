//! `System.IO.Directory`.

use super::entries::{self, Wanted};
use super::facts::{Facts, Moment};
use super::failure::{self, Blame};
use super::file::{self, link, link_target, set_time, set_time_utc, time};
use super::{file_info, path, path_at, resolve, text_at};
use crate::sig::*;
use crate::types::enums;
use exsh_core::types::{MemberTable, TypeInfo};
use exsh_core::{Result, Shell, Value};
use std::fs;
use std::path::{Path, PathBuf};

pub static DIRECTORY: TypeInfo = TypeInfo::class("System.IO.Directory", MEMBERS);

/// Makes a folder with the folders above it; one that exists is fine.
pub fn create(path: &Path) -> Result<()> {
    if path.is_file() {
        return Err(failure::already_exists(path));
    }
    fs::create_dir_all(path).map_err(|e| failure::of(&e, path, Blame::Folder))
}

/// Deletes a folder; a link to one goes without what it leads to.
pub fn delete(path: &Path, recursive: bool) -> Result<()> {
    let failed = |e: std::io::Error| failure::of(&e, path, Blame::Folder);
    let own = fs::symlink_metadata(path).map_err(failed)?;
    if own.is_symlink() {
        return fs::remove_file(path).map_err(failed);
    }
    if !own.is_dir() {
        return Err(failure::io(format!("The directory name is invalid. : '{}'", path.display())));
    }
    let done = if recursive { fs::remove_dir_all(path) } else { fs::remove_dir(path) };
    done.map_err(failed)
}

pub fn rename(from: &Path, to: &Path) -> Result<()> {
    if from.symlink_metadata().is_err() {
        return Err(failure::part_not_found(from));
    }
    if from == to {
        return Err(failure::io("Source and destination path must be different."));
    }
    if to.symlink_metadata().is_ok() {
        return Err(failure::io(format!(
            "Cannot create '{}' because a file or directory with the same name already exists.",
            to.display()
        )));
    }
    file::rename(from, to, false)
}

/// Paths as the caller wrote them with the entry's name behind.
fn list(shell: &mut dyn Shell, a: &[Value], wanted: Wanted) -> Result<Value> {
    let text = text_at(a, 0, "path")?;
    let folder = resolve(shell, &text)?;
    let pattern = opt_str(a, 1);
    let found = entries::find(&folder, pattern.as_deref().unwrap_or("*"), wanted, enum_at(a, 2) == 1)?;
    // What the session mapped (`~`, `C:\`) is shown as what it stands for.
    let mapped = text.starts_with('~') || text.contains('\\');
    let head = if mapped { folder } else { PathBuf::from(&*text) };
    Ok(strings(found.iter().map(|e| head.join(&e.relative).display().to_string())))
}

fn exists(shell: &mut dyn Shell, a: &[Value]) -> Result<Value> {
    let text = str_at(a, 0);
    Ok(Value::bool(!text.is_empty() && Facts::read(&resolve(shell, &text)?).is_some_and(|f| f.is_folder)))
}

fn parent(shell: &mut dyn Shell, a: &[Value]) -> Result<Value> {
    let path = path_at(shell, a, 0, "path")?;
    Ok(path.parent().map_or(Value::NULL, |p| file_info::folder(p.to_path_buf())))
}

fn temporary(shell: &mut dyn Shell, a: &[Value]) -> Result<Value> {
    let head = path::temp_folder(shell);
    let prefix = opt_str(a, 0).unwrap_or_else(|| exsh_core::Str::from(""));
    if prefix.contains('/') {
        return Err(crate::fail::argument("The value cannot contain a directory separator.", "prefix"));
    }
    let name = path::random_name(shell, 6);
    let path = PathBuf::from(format!("{head}{prefix}{name}"));
    use std::os::unix::fs::DirBuilderExt;
    let made = fs::DirBuilder::new().mode(0o700).create(&path);
    made.map_err(|e| failure::of(&e, &path, Blame::Folder))?;
    Ok(file_info::folder(path))
}

static MEMBERS: MemberTable = MemberTable {
    static_methods: methods! {
        CreateDirectory {
            (path: STR) -> "System.IO.DirectoryInfo" = |shell, _, a| {
                let path = path_at(shell, a, 0, "path")?;
                create(&path)?;
                Ok(file_info::folder(path))
            };
        }
        CreateSymbolicLink {
            (path: STR, pathToTarget: STR) -> "System.IO.FileSystemInfo" = |shell, _, a| link(shell, a);
        }
        CreateTempSubdirectory {
            (prefix: STR => optional) -> "System.IO.DirectoryInfo" = |shell, _, a| temporary(shell, a);
        }
        Delete {
            (path: STR) -> "void" = |shell, _, a| {
                delete(&path_at(shell, a, 0, "path")?, false)?;
                Ok(Value::NOTHING)
            };
            (path: STR, recursive: BOOL) -> "void" = |shell, _, a| {
                delete(&path_at(shell, a, 0, "path")?, bool_at(a, 1))?;
                Ok(Value::NOTHING)
            };
        }
        EnumerateDirectories {
            (path: STR) -> "System.Collections.Generic.IEnumerable[string]" = |shell, _, a| list(shell, a, Wanted::Folders);
            (path: STR, searchPattern: STR) -> "System.Collections.Generic.IEnumerable[string]" = |shell, _, a| {
                list(shell, a, Wanted::Folders)
            };
            (path: STR, searchPattern: STR, searchOption: &enums::SEARCH_OPTION)
                -> "System.Collections.Generic.IEnumerable[string]" = |shell, _, a| list(shell, a, Wanted::Folders);
        }
        EnumerateFiles {
            (path: STR) -> "System.Collections.Generic.IEnumerable[string]" = |shell, _, a| list(shell, a, Wanted::Files);
            (path: STR, searchPattern: STR) -> "System.Collections.Generic.IEnumerable[string]" = |shell, _, a| {
                list(shell, a, Wanted::Files)
            };
            (path: STR, searchPattern: STR, searchOption: &enums::SEARCH_OPTION)
                -> "System.Collections.Generic.IEnumerable[string]" = |shell, _, a| list(shell, a, Wanted::Files);
        }
        EnumerateFileSystemEntries {
            (path: STR) -> "System.Collections.Generic.IEnumerable[string]" = |shell, _, a| list(shell, a, Wanted::Both);
            (path: STR, searchPattern: STR) -> "System.Collections.Generic.IEnumerable[string]" = |shell, _, a| {
                list(shell, a, Wanted::Both)
            };
            (path: STR, searchPattern: STR, searchOption: &enums::SEARCH_OPTION)
                -> "System.Collections.Generic.IEnumerable[string]" = |shell, _, a| list(shell, a, Wanted::Both);
        }
        Exists { (path: STR) -> "bool" = |shell, _, a| exists(shell, a); }
        GetCreationTime { (path: STR) -> "datetime" = |shell, _, a| time(shell, a, Moment::Creation, true); }
        GetCreationTimeUtc { (path: STR) -> "datetime" = |shell, _, a| time(shell, a, Moment::Creation, false); }
        GetCurrentDirectory { () -> "string" = |shell, _, _| Ok(Value::string(shell.location())); }
        GetDirectories {
            (path: STR) -> "string[]" = |shell, _, a| list(shell, a, Wanted::Folders);
            (path: STR, searchPattern: STR) -> "string[]" = |shell, _, a| list(shell, a, Wanted::Folders);
            (path: STR, searchPattern: STR, searchOption: &enums::SEARCH_OPTION) -> "string[]" = |shell, _, a| {
                list(shell, a, Wanted::Folders)
            };
        }
        GetDirectoryRoot {
            (path: STR) -> "string" = |_, _, a| {
                text_at(a, 0, "path")?;
                Ok(Value::text("/"))
            };
        }
        GetFiles {
            (path: STR) -> "string[]" = |shell, _, a| list(shell, a, Wanted::Files);
            (path: STR, searchPattern: STR) -> "string[]" = |shell, _, a| list(shell, a, Wanted::Files);
            (path: STR, searchPattern: STR, searchOption: &enums::SEARCH_OPTION) -> "string[]" = |shell, _, a| {
                list(shell, a, Wanted::Files)
            };
        }
        GetFileSystemEntries {
            (path: STR) -> "string[]" = |shell, _, a| list(shell, a, Wanted::Both);
            (path: STR, searchPattern: STR) -> "string[]" = |shell, _, a| list(shell, a, Wanted::Both);
            (path: STR, searchPattern: STR, searchOption: &enums::SEARCH_OPTION) -> "string[]" = |shell, _, a| {
                list(shell, a, Wanted::Both)
            };
        }
        GetLastAccessTime { (path: STR) -> "datetime" = |shell, _, a| time(shell, a, Moment::Access, true); }
        GetLastAccessTimeUtc { (path: STR) -> "datetime" = |shell, _, a| time(shell, a, Moment::Access, false); }
        GetLastWriteTime { (path: STR) -> "datetime" = |shell, _, a| time(shell, a, Moment::Write, true); }
        GetLastWriteTimeUtc { (path: STR) -> "datetime" = |shell, _, a| time(shell, a, Moment::Write, false); }
        GetLogicalDrives { () -> "string[]" = |_, _, _| Ok(strings(["/"])); }
        GetParent { (path: STR) -> "System.IO.DirectoryInfo" = |shell, _, a| parent(shell, a); }
        Move {
            (sourceDirName: STR, destDirName: STR) -> "void" = |shell, _, a| {
                let from = path_at(shell, a, 0, "sourceDirName")?;
                let to = path_at(shell, a, 1, "destDirName")?;
                rename(&from, &to)?;
                Ok(Value::NOTHING)
            };
        }
        ResolveLinkTarget {
            (linkPath: STR, returnFinalTarget: BOOL) -> "System.IO.FileSystemInfo" = |shell, _, a| link_target(shell, a);
        }
        SetCreationTime {
            (path: STR, creationTime: DATE) -> "void" = |shell, _, a| set_time(shell, a, Moment::Creation);
        }
        SetCreationTimeUtc {
            (path: STR, creationTimeUtc: DATE) -> "void" = |shell, _, a| set_time_utc(shell, a, Moment::Creation);
        }
        SetCurrentDirectory {
            (path: STR) -> "void" = |shell, _, a| {
                let path = path_at(shell, a, 0, "path")?;
                if !path.is_dir() {
                    return Err(failure::part_not_found(&path));
                }
                shell.set_location(&path.display().to_string())?;
                Ok(Value::NOTHING)
            };
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
    },
    ..MemberTable::EMPTY
};
