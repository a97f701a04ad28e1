//! Failures of the file system as .NET's exceptions.

use crate::fail;
use exsh_core::{Exception, Flow, Value};
use std::io::{Error, ErrorKind};
use std::path::Path;

/// What a missing path is blamed on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Blame {
    /// A file that is read: the file, if its folder exists.
    File,
    /// A file that is made: the folder it would stand in.
    NewFile,
    Folder,
}

/// The exception for a failed call on a path.
pub fn of(error: &Error, path: &Path, blame: Blame) -> Box<Flow> {
    let shown = path.display().to_string();
    match error.kind() {
        ErrorKind::NotFound => {
            let folder_exists = path.parent().is_none_or(Path::is_dir);
            match blame == Blame::File && folder_exists {
                true => file_not_found(path),
                false => part_not_found(path),
            }
        }
        ErrorKind::PermissionDenied | ErrorKind::IsADirectory => denied(path, error),
        ErrorKind::AlreadyExists => already_exists(path),
        ErrorKind::InvalidFilename => fail::thrown(
            "System.IO.PathTooLongException",
            format!("The path '{shown}' is too long, or a component of the specified path is too long."),
        ),
        ErrorKind::StorageFull => fail::thrown(
            "System.IO.IOException",
            format!("There is not enough space on the disk. : '{shown}'"),
        ),
        _ => fail::thrown("System.IO.IOException", format!("{} : '{shown}'", system_text(error))),
    }
}

/// The system's own words, without Rust's number behind them.
pub fn system_text(error: &Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(i) => text[..i].to_string(),
        None => text,
    }
}

pub fn file_not_found(path: &Path) -> Box<Flow> {
    let shown = path.display().to_string();
    let e = Exception::new("System.IO.FileNotFoundException", format!("Could not find file '{shown}'."));
    fail::thrown_with(e.with("FileName", Value::text(shown)))
}

pub fn part_not_found(path: &Path) -> Box<Flow> {
    fail::thrown(
        "System.IO.DirectoryNotFoundException",
        format!("Could not find a part of the path '{}'.", path.display()),
    )
}

pub fn denied(path: &Path, error: &Error) -> Box<Flow> {
    let e = Exception::new(
        "System.UnauthorizedAccessException",
        format!("Access to the path '{}' is denied.", path.display()),
    );
    fail::thrown_with(e.with_inner(Exception::new("System.IO.IOException", system_text(error))))
}

pub fn already_exists(path: &Path) -> Box<Flow> {
    fail::thrown("System.IO.IOException", format!("The file '{}' already exists.", path.display()))
}

pub fn io(message: impl AsRef<str>) -> Box<Flow> {
    fail::thrown("System.IO.IOException", message)
}

/// Using what was closed; `message` is the whole text.
pub fn closed(message: &str) -> Box<Flow> {
    fail::thrown("System.ObjectDisposedException", message)
}
