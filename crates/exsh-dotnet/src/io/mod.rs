//! Files and folders as .NET gives them to scripts.
//!
//! Paths that a script wrote are resolved by the session ([`exsh_core::Shell::file_path`]); everything behind that is
//! the file system of this platform. Failures carry .NET's exceptions and words.

pub mod directory;
pub mod entries;
pub mod facts;
pub mod failure;
pub mod file;
pub mod file_info;
pub mod path;
pub mod path_info;
pub mod streams;
pub mod text_io;

pub use file_info::{DirectoryInfo, FileInfo, item};
pub use path_info::path_info;

use crate::fail;
use crate::sig::str_at;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Result, Shell, Str, Value};
use std::path::PathBuf;

/// The base of file objects and streams.
pub static MARSHAL_BY_REF: TypeInfo = TypeInfo::class("System.MarshalByRefObject", MemberTable::EMPTY);

/// All types of this folder.
pub static ALL: &[TypeRef] = &[
    &MARSHAL_BY_REF,
    &path::PATH,
    &file::FILE,
    &directory::DIRECTORY,
    &file_info::FILE_SYSTEM_INFO,
    &file_info::FILE_INFO,
    &file_info::DIRECTORY_INFO,
    &path_info::PATH_INFO,
    &path_info::PS_DRIVE_INFO,
    &path_info::PROVIDER_INFO,
    &streams::STREAM,
    &streams::MEMORY_STREAM,
    &streams::FILE_STREAM,
    &text_io::TEXT_READER,
    &text_io::STREAM_READER,
    &text_io::STRING_READER,
    &text_io::TEXT_WRITER,
    &text_io::STREAM_WRITER,
    &text_io::STRING_WRITER,
];

/// The path argument at `i`; `name` is the parameter's, for the message about an empty one.
pub(crate) fn path_at(shell: &mut dyn Shell, a: &[Value], i: usize, name: &str) -> Result<PathBuf> {
    resolve(shell, &text_at(a, i, name)?)
}

/// The same as written.
pub(crate) fn text_at(a: &[Value], i: usize, name: &str) -> Result<Str> {
    let text = str_at(a, i);
    if text.is_empty() {
        return Err(fail::argument("The value cannot be an empty string.", name));
    }
    if text.contains('\0') {
        return Err(fail::argument("Null character in path.", name));
    }
    Ok(text)
}

pub(crate) fn resolve(shell: &mut dyn Shell, text: &str) -> Result<PathBuf> {
    Ok(path::normalized(&shell.file_path(text)?))
}
