//! Redirections behind an element: output to a file, other streams into the output, or nowhere.

use super::{Stage, feed};
use crate::emit::call::{RedirectCode, RedirectToCode};
use crate::run::engine::Engine;
use crate::run::sink::Pipe;
use crate::run::streams::{Queue, Side, Streams, Way};
use exsh_core::{Category, ErrorRecord, Name, Result, Shell, Str, Value};
use exsh_dotnet::text;
use exsh_format::DefaultWriter;
use exsh_format::style::Style;
use exsh_syntax::ast;
use std::io::Write;

/// Where a stream's objects end.
enum Target {
    Nowhere,
    File(Box<FileTarget>),
    Variable(Str, Vec<Value>),
}

struct FileTarget {
    file: std::io::BufWriter<std::fs::File>,
    writer: DefaultWriter,
}

/// The stage behind an element with redirections.
pub struct RedirectStage {
    output: Option<Target>,
    /// Records of merged streams wait here for the next output object, so that order is kept.
    merged: Option<Queue>,
    /// Side streams with targets of their own.
    sides: Vec<(Queue, Target)>,
    /// Where the element's streams go.
    pub(super) own: Streams,
    /// Where those of everybody behind it go.
    outer: Streams,
}

fn side(s: ast::Stream) -> Option<Side> {
    Some(match s {
        ast::Stream::Error => Side::Error,
        ast::Stream::Warning => Side::Warning,
        ast::Stream::Verbose => Side::Verbose,
        ast::Stream::Debug => Side::Debug,
        ast::Stream::Information => Side::Information,
        ast::Stream::Output | ast::Stream::All => return None,
    })
}

const SIDES: [Side; 5] = [Side::Error, Side::Warning, Side::Verbose, Side::Debug, Side::Information];

/// Makes the stage behind an element; nothing when there is nothing to redirect.
pub fn stage(m: &mut Engine, list: &[RedirectCode]) -> Result<Option<Box<RedirectStage>>> {
    if list.is_empty() {
        return Ok(None);
    }
    let mut s = RedirectStage {
        output: None,
        merged: None,
        sides: Vec::new(),
        own: m.streams.clone(),
        outer: m.streams.clone(),
    };
    for r in list {
        match &r.to {
            RedirectToCode::Stream(_) => {
                let queue = s.merged.get_or_insert_with(Queue::default).clone();
                match side(r.from) {
                    Some(side) => s.own.set(side, Way::Queue(queue)),
                    None => {
                        for side in SIDES {
                            s.own.set(side, Way::Queue(queue.clone()));
                        }
                    }
                }
            }
            RedirectToCode::File { path, append } => {
                let path = path(m)?;
                let target = open(m, &path, *append)?;
                match (r.from, side(r.from)) {
                    (ast::Stream::All, _) => {
                        let queue = s.merged.get_or_insert_with(Queue::default).clone();
                        for side in SIDES {
                            s.own.set(side, Way::Queue(queue.clone()));
                        }
                        s.output = Some(target);
                    }
                    (_, Some(side)) => {
                        if matches!(target, Target::Nowhere) {
                            s.own.set(side, Way::Drop);
                        } else {
                            let queue = Queue::default();
                            s.own.set(side, Way::Queue(queue.clone()));
                            s.sides.push((queue, target));
                        }
                    }
                    _ => s.output = Some(target),
                }
            }
        }
    }
    Ok(Some(Box::new(s)))
}

fn open(m: &mut Engine, path: &Value, append: bool) -> Result<Target> {
    if path.is_null() {
        return Ok(Target::Nowhere);
    }
    let path = text::to_text(path);
    if let Some((drive, name)) = path.split_once(':')
        && drive.eq_ignore_ascii_case("variable")
    {
        return Ok(Target::Variable(Str::from(name), Vec::new()));
    }
    if path.as_str() == "/dev/null" || path.eq_ignore_ascii_case("nul") {
        return Ok(Target::Nowhere);
    }
    let full = m.file_path(&path)?;
    let file = std::fs::OpenOptions::new()
        .create(true)
        .write(true)
        .append(append)
        .truncate(!append)
        .open(&full)
        .map_err(|e| open_failed(&full, &e))?;
    let width = m.host.width();
    Ok(Target::File(Box::new(FileTarget {
        file: std::io::BufWriter::new(file),
        writer: DefaultWriter::new(width, Style::plain(), false),
    })))
}

fn open_failed(path: &std::path::Path, e: &std::io::Error) -> ErrorRecord {
    let (ty, text) = match e.kind() {
        std::io::ErrorKind::NotFound => (
            "System.IO.DirectoryNotFoundException",
            format!("Could not find a part of the path '{}'.", path.display()),
        ),
        std::io::ErrorKind::PermissionDenied => (
            "System.UnauthorizedAccessException",
            format!("Access to the path '{}' is denied.", path.display()),
        ),
        _ => ("System.IO.IOException", format!("{e} : '{}'", path.display())),
    };
    ErrorRecord::of(ty, "FileOpenFailure", Category::OpenError, text)
}

impl Target {
    fn take(&mut self, m: &mut Engine, value: Value) -> Result<()> {
        match self {
            Target::Nowhere => Ok(()),
            Target::Variable(_, all) => {
                all.push(value);
                Ok(())
            }
            Target::File(f) => {
                let FileTarget { file, writer } = &mut **f;
                writer.push(m, value, &mut |text| write(file, text))
            }
        }
    }

    fn end(&mut self, m: &mut Engine) -> Result<()> {
        match self {
            Target::Nowhere => Ok(()),
            Target::Variable(name, all) => {
                let v = exsh_core::enumerate::collapse(std::mem::take(all));
                m.assign(Name::new(name), name, v)
            }
            Target::File(f) => {
                let FileTarget { file, writer } = &mut **f;
                writer.finish(m, &mut |text| write(file, text))?;
                file.flush().map_err(|e| write_failed(&e))
            }
        }
    }
}

fn write(file: &mut impl Write, text: &str) -> Result<()> {
    file.write_all(text.as_bytes()).and_then(|()| file.write_all(b"\n")).map_err(|e| write_failed(&e))
}

fn write_failed(e: &std::io::Error) -> Box<exsh_core::Flow> {
    ErrorRecord::of("System.IO.IOException", "FileWriteFailure", Category::WriteError, e.to_string()).into()
}

impl RedirectStage {
    /// Sends what waits in the queue of merged streams.
    fn drain(&mut self, m: &mut Engine, rest: &mut [Stage], out: &mut dyn Pipe) -> Result<()> {
        let Some(queue) = self.merged.clone() else { return Ok(()) };
        loop {
            let waiting: Vec<Value> = std::mem::take(&mut *queue.borrow_mut());
            if waiting.is_empty() {
                return Ok(());
            }
            for v in waiting {
                self.send(m, rest, out, v)?;
            }
        }
    }

    fn send(&mut self, m: &mut Engine, rest: &mut [Stage], out: &mut dyn Pipe, value: Value) -> Result<()> {
        // Who stands behind the redirection is not redirected.
        let own = std::mem::replace(&mut m.streams, self.outer.clone());
        let result = match &mut self.output {
            Some(t) => t.take(m, value),
            None => feed(m, rest, out, value),
        };
        m.streams = own;
        result
    }

    pub fn process(
        &mut self,
        m: &mut Engine,
        rest: &mut [Stage],
        out: &mut dyn Pipe,
        value: Value,
    ) -> Result<()> {
        self.drain(m, rest, out)?;
        self.send(m, rest, out, value)
    }

    pub fn end(&mut self, m: &mut Engine, rest: &mut [Stage], out: &mut dyn Pipe) -> Result<()> {
        self.drain(m, rest, out)?;
        if let Some(mut t) = self.output.take() {
            t.end(m)?;
        }
        self.finish_sides(m)
    }

    fn finish_sides(&mut self, m: &mut Engine) -> Result<()> {
        for (queue, mut target) in std::mem::take(&mut self.sides) {
            let waiting: Vec<Value> = std::mem::take(&mut *queue.borrow_mut());
            for v in waiting {
                target.take(m, v)?;
            }
            target.end(m)?;
        }
        Ok(())
    }

    /// A pipeline that failed still keeps what it wrote.
    pub fn clean(&mut self, m: &mut Engine) {
        if let Some(mut t) = self.output.take() {
            let _ = t.end(m);
        }
        let _ = self.finish_sides(m);
    }
}
