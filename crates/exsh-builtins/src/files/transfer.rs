//! Copying and moving files and folders: where a thing goes, and what is in the way. Copy-Item, Move-Item and
//! Rename-Item are thin over it.

use crate::io_failure;
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::value::Value;
use exsh_dotnet::io;
use std::path::{Path, PathBuf};

/// Into a folder that exists, else to the path itself.
pub fn destination(source: &Path, target: &Path) -> PathBuf {
    match source.file_name() {
        Some(name) if target.is_dir() => target.join(name),
        _ => target.to_owned(),
    }
}

/// An error about a source, whose target is the file's object.
pub fn failed(id: &'static str, error: &std::io::Error, about: &Path, source: &Path) -> ErrorRecord {
    ErrorRecord::new(id, Category::WriteError, io_failure::exception(error, about)).on(io::item(source))
}

/// Copies one file. `force` overwrites what is read-only.
pub fn copy_file(source: &Path, target: &Path, force: bool) -> Result<()> {
    if force && let Ok(m) = std::fs::metadata(target) {
        let mut p = m.permissions();
        if p.readonly() {
            #[allow(clippy::permissions_set_readonly_false)]
            p.set_readonly(false);
            // What this cannot do, copying reports.
            let _ = std::fs::set_permissions(target, p);
        }
    }
    if same_file(source, target) {
        return Err(ErrorRecord::of(
            "System.IO.IOException",
            "CopyError",
            Category::WriteError,
            format!("Cannot overwrite the item {} with itself.", target.display()),
        )
        .on(Value::text(target.display().to_string()))
        .into());
    }
    std::fs::copy(source, target)
        .map(|_| ())
        .map_err(|e| failed("CopyFileInfoItemIOError", &e, target, source).into())
}

/// Copies what is in a folder, folders made as needed. `each` hears of every path that was made.
pub fn copy_tree(
    source: &Path,
    target: &Path,
    force: bool,
    each: &mut dyn FnMut(&Path) -> Result<()>,
) -> Result<()> {
    if !target.is_dir() {
        std::fs::create_dir_all(target)
            .map_err(|e| failed("CopyDirectoryInfoItemIOError", &e, target, source))?;
    }
    each(target)?;
    for name in super::paths::names(source) {
        let (from, to) = (source.join(&name), target.join(&name));
        if from.is_dir() {
            copy_tree(&from, &to, force, each)?;
        } else {
            copy_file(&from, &to, force)?;
            each(&to)?;
        }
    }
    Ok(())
}

/// Moves a file or folder, over file systems too.
pub fn move_path(source: &Path, target: &Path, id: &'static str) -> Result<()> {
    match std::fs::rename(source, target) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::CrossesDevices => {
            if source.is_dir() {
                copy_tree(source, target, true, &mut |_| Ok(()))?;
                std::fs::remove_dir_all(source).map_err(|e| failed(id, &e, source, source).into())
            } else {
                copy_file(source, target, true)?;
                std::fs::remove_file(source).map_err(|e| failed(id, &e, source, source).into())
            }
        }
        Err(e) => Err(failed(id, &e, target, source).into()),
    }
}

fn same_file(a: &Path, b: &Path) -> bool {
    match (std::fs::canonicalize(a), std::fs::canonicalize(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}
