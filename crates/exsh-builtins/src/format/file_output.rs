//! A file that objects are written to as they would be shown: Out-File, Tee-Object.

use crate::io_failure;
use crate::text_encoding::TextEncoding;
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::Value;
use exsh_format::{DefaultWriter, Style};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// An open file and the writer in front of it.
pub struct FileOutput {
    writer: DefaultWriter,
    file: BufWriter<File>,
    path: PathBuf,
    encoding: TextEncoding,
    line_end: &'static str,
}

/// How the file is opened.
#[derive(Clone, Copy, Default)]
pub struct Mode {
    pub append: bool,
    pub no_clobber: bool,
    pub no_newline: bool,
    /// Cells of a line; nothing: the host's.
    pub width: Option<usize>,
}

impl FileOutput {
    /// Error ids `NoClobber`, `FileOpenFailure`.
    pub fn open(written: &str, encoding: TextEncoding, mode: Mode, out: &mut dyn Out) -> Result<FileOutput> {
        let path = out.shell().file_path(written)?;
        if mode.no_clobber && !mode.append && path.exists() {
            let shown = path.display().to_string();
            return Err(ErrorRecord::of(
                "System.IO.IOException",
                "NoClobber",
                Category::ResourceExists,
                format!("The file '{shown}' already exists."),
            )
            .on(Value::text(shown))
            .into());
        }
        let fail = |e: &std::io::Error| io_failure::open_failure(e, &path);
        let file = OpenOptions::new()
            .create(true)
            .write(true)
            .append(mode.append)
            .truncate(!mode.append)
            .open(&path);
        let mut file = BufWriter::new(file.map_err(|e| fail(&e))?);
        if !mode.append || file.get_ref().metadata().is_ok_and(|m| m.len() == 0) {
            file.write_all(encoding.preamble()).map_err(|e| fail(&e))?;
        }
        let width = mode.width.unwrap_or_else(|| out.host().width());
        Ok(FileOutput {
            writer: DefaultWriter::new(width, Style::plain(), false),
            file,
            path,
            encoding,
            line_end: if mode.no_newline { "" } else { "\n" },
        })
    }

    pub fn write(&mut self, value: Value, out: &mut dyn Out) -> Result<()> {
        let FileOutput { writer, file, path, encoding, line_end } = self;
        writer.push(out.shell(), value, &mut |line| put(file, path, *encoding, line, line_end))
    }

    pub fn finish(mut self, out: &mut dyn Out) -> Result<()> {
        let FileOutput { writer, file, path, encoding, line_end } = &mut self;
        writer.finish(out.shell(), &mut |line| put(file, path, *encoding, line, line_end))?;
        file.flush().map_err(|e| io_failure::open_failure(&e, path).into())
    }
}

fn put(file: &mut BufWriter<File>, path: &Path, encoding: TextEncoding, line: &str, end: &str) -> Result<()> {
    let done = match encoding {
        TextEncoding::Utf8 | TextEncoding::Utf8Bom => {
            file.write_all(line.as_bytes()).and_then(|()| file.write_all(end.as_bytes()))
        }
        other => file.write_all(&other.encode(line)).and_then(|()| file.write_all(&other.encode(end))),
    };
    done.map_err(|e| io_failure::open_failure(&e, path).into())
}
