//! What the operating system refuses, in the words of .NET's file classes.

use exsh_core::error::{Category, ErrorRecord, Exception};
use std::io::{Error, ErrorKind};
use std::path::Path;

/// The exception that .NET throws where opening or writing `path` failed.
pub fn exception(error: &Error, path: &Path) -> Exception {
    let shown = path.display();
    let parent_is_there = path.parent().is_none_or(|p| p.as_os_str().is_empty() || p.is_dir());
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory if !parent_is_there => Exception::new(
            "System.IO.DirectoryNotFoundException",
            format!("Could not find a part of the path '{shown}'."),
        ),
        ErrorKind::NotFound => {
            Exception::new("System.IO.FileNotFoundException", format!("Could not find file '{shown}'."))
        }
        ErrorKind::PermissionDenied | ErrorKind::IsADirectory => Exception::new(
            "System.UnauthorizedAccessException",
            format!("Access to the path '{shown}' is denied."),
        ),
        ErrorKind::AlreadyExists => {
            Exception::new("System.IO.IOException", format!("The file '{shown}' already exists."))
        }
        ErrorKind::DirectoryNotEmpty => {
            Exception::new("System.IO.IOException", format!("Directory not empty : '{shown}'"))
        }
        ErrorKind::StorageFull => Exception::new(
            "System.IO.IOException",
            format!("There is not enough space on the disk. : '{shown}'"),
        ),
        _ => Exception::new("System.IO.IOException", format!("{} : '{shown}'", plain(error))),
    }
}

/// `FileOpenFailure`: a file that a whole command writes to or reads from could not be opened.
pub fn open_failure(error: &Error, path: &Path) -> ErrorRecord {
    ErrorRecord::new("FileOpenFailure", Category::OpenError, exception(error, path))
}

/// The system's sentence without the number that Rust puts behind it.
fn plain(error: &Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(i) => text[..i].to_string(),
        None => text,
    }
}
