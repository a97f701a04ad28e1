//! Writing values into files and items of the session: what Set-Content and Add-Content share.

use crate::files::paths::{self, Drive, Place};
use crate::text_encoding::TextEncoding;
use crate::{io_failure, session_items};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value, View};
use exsh_dotnet::culture::{self, Culture};
use exsh_dotnet::{convert, text};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// How values become bytes.
#[derive(Clone, Copy)]
pub struct Format {
    pub append: bool,
    pub no_newline: bool,
    pub as_bytes: bool,
    pub force: bool,
    /// Nothing: what the file starts with, else UTF-8.
    pub encoding: Option<TextEncoding>,
}

/// One target.
pub enum Target {
    File {
        file: BufWriter<File>,
        path: PathBuf,
        format: Format,
        encoding: TextEncoding,
        culture: &'static Culture,
    },
    Item {
        place: Place,
        values: Vec<Value>,
    },
}

impl Target {
    /// Opens what a path means; nothing when the operator said no. `-WhatIf` names `action`.
    pub fn open(
        written: &str,
        literal: bool,
        format: Format,
        action: &str,
        out: &mut dyn Out,
    ) -> Result<Vec<Target>> {
        let place = paths::place(written)?;
        if place.drive != Drive::File {
            return Ok(vec![Target::Item { place, values: Vec::new() }]);
        }
        let mut targets = Vec::new();
        for path in paths::files_to_read(written, literal, out)? {
            if out.confirm(&format!("Path: {}", path.display()), action)? {
                targets.push(Target::file(&path, format, out)?);
            }
        }
        Ok(targets)
    }

    fn file(path: &Path, format: Format, out: &mut dyn Out) -> Result<Target> {
        if path.is_dir() && !format.append {
            return Err(directory(path).into());
        }
        let mut encoding = format.encoding.unwrap_or(TextEncoding::Utf8);
        if format.append && format.encoding.is_none() {
            let mut head = [0u8; 4];
            let n = File::open(path).and_then(|mut f| std::io::Read::read(&mut f, &mut head)).unwrap_or(0);
            encoding = TextEncoding::detect(&head[..n]).map_or(encoding, |d| d.0);
        }
        let open = || {
            OpenOptions::new()
                .create(true)
                .write(true)
                .append(format.append)
                .truncate(!format.append)
                .open(path)
        };
        let file = match open() {
            Err(e) if e.kind() == ErrorKind::PermissionDenied && format.force => {
                if let Ok(m) = std::fs::metadata(path) {
                    let mut p = m.permissions();
                    #[allow(clippy::permissions_set_readonly_false)]
                    p.set_readonly(false);
                    // What this cannot do, opening again reports.
                    let _ = std::fs::set_permissions(path, p);
                }
                open()
            }
            other => other,
        };
        let mut file = BufWriter::new(file.map_err(|e| open_error(&e, path))?);
        if !format.as_bytes && (!format.append || file.get_ref().metadata().is_ok_and(|m| m.len() == 0)) {
            file.write_all(encoding.preamble()).map_err(|e| open_error(&e, path))?;
        }
        let culture = culture::current(out.shell());
        Ok(Target::File { file, path: path.to_owned(), format, encoding, culture })
    }

    pub fn write(&mut self, value: &Value, out: &mut dyn Out) -> Result<()> {
        match self {
            Target::Item { values, .. } => {
                values.push(value.clone());
                Ok(())
            }
            Target::File { file, path, format, encoding, culture } => {
                let bytes = match value.base().view() {
                    View::Null | View::Nothing | View::Unset => return Ok(()),
                    _ if format.as_bytes => vec![byte(value, out)?],
                    View::Str(s) => line(s, *format, *encoding),
                    View::List(l) => line(l.ty().name, *format, *encoding),
                    _ => line(&text::to_string_culture(value, culture), *format, *encoding),
                };
                file.write_all(&bytes).map_err(|e| open_error(&e, path).into())
            }
        }
    }

    pub fn finish(self, out: &mut dyn Out) -> Result<()> {
        match self {
            Target::File { mut file, path, .. } => file.flush().map_err(|e| open_error(&e, &path).into()),
            Target::Item { place, values } => {
                session_items::set(place.drive, &place.rest, session_items::joined(values), out.shell())
            }
        }
    }
}

fn line(text: &str, format: Format, encoding: TextEncoding) -> Vec<u8> {
    let mut bytes = encoding.encode(text);
    if !format.no_newline {
        bytes.extend(encoding.encode("\n"));
    }
    bytes
}

fn byte(value: &Value, out: &mut dyn Out) -> Result<u8> {
    if let Some(b) = value.base().as_byte() {
        return Ok(b);
    }
    match convert::cast(out.shell(), value, &exsh_core::types::BYTE) {
        Ok(v) => Ok(v.as_byte().unwrap_or(0)),
        Err(flow) if crate::property::is_error(&flow) => Err(crate::record::argument(
            "Argument",
            "Cannot proceed with byte encoding. When using byte encoding the content must be of type byte.",
        )
        .into()),
        Err(flow) => Err(flow),
    }
}

fn directory(path: &Path) -> ErrorRecord {
    ErrorRecord::of(
        "System.NotSupportedException",
        "System.NotSupportedException",
        Category::NotSpecified,
        format!(
            "Unable to clear content of '{}' because it is a directory. Clear-Content is only supported on files.",
            path.display()
        ),
    )
}

fn open_error(error: &std::io::Error, path: &Path) -> ErrorRecord {
    let exception = io_failure::exception(error, path);
    let (id, category) = match exception.short_type() {
        "DirectoryNotFoundException" => ("GetContentWriterDirectoryNotFoundError", Category::ObjectNotFound),
        "FileNotFoundException" => ("GetContentWriterFileNotFoundError", Category::ObjectNotFound),
        "UnauthorizedAccessException" => {
            ("GetContentWriterUnauthorizedAccessError", Category::PermissionDenied)
        }
        _ => ("GetContentWriterIOError", Category::WriteError),
    };
    ErrorRecord::new(id, category, exception).on(Value::text(path.display().to_string()))
}

/// What is written of a parameter's value: lists in it are lists of lines.
pub fn each(values: Vec<Value>, write: &mut dyn FnMut(&Value) -> Result<()>) -> Result<()> {
    for v in values {
        match v.base().view() {
            View::List(l) => {
                let items = l.items().clone();
                items.iter().try_for_each(&mut *write)?;
            }
            _ => write(&v)?,
        }
    }
    Ok(())
}

/// The paths of the two parameters.
pub fn targets(
    path: Option<Vec<Str>>,
    literal: Option<Vec<Str>>,
    format: Format,
    action: &str,
    out: &mut dyn Out,
) -> Result<Vec<Target>> {
    let (written, is_literal) = paths::written(path, literal);
    let mut all = Vec::new();
    for w in written {
        all.extend(Target::open(&w, is_literal, format, action, out)?);
    }
    Ok(all)
}
