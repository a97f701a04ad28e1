//! What an error does: its place is attached, it is recorded, shown, and it ends the statement, the script or nothing.

use crate::bind::ActionPreference;
use crate::lower::plan::{Failure, Source};
use crate::run::engine::Engine;
use crate::run::streams::{Side, Way};
use exsh_core::error::ErrorObject;
use exsh_core::host::Stream;
use exsh_core::{Category, ErrorRecord, Exception, Flow, Invocation, Position, Result, Value};
use exsh_format::error_view::{self, ErrorView};
use exsh_syntax::source::Span;
use std::rc::Rc;

impl Source {
    /// A place in this source, with line and column.
    pub fn position(&self, span: Span) -> Position {
        let start = (span.start as usize).min(self.text.len());
        let before = &self.text[..start];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Position {
            file: self.file.clone(),
            source: self.text.clone(),
            start: span.start,
            end: span.end(),
            line: before.bytes().filter(|&b| b == b'\n').count() as u32 + 1,
            // A place may lie one beyond the end of the text.
            column: before[line_start..].encode_utf16().count() as u32 + 1 + (span.start - start as u32),
        }
    }
}

/// Attaches a place to an error that has none yet.
#[cold]
pub fn locate(flow: &Flow, source: &Source, span: Span) {
    if let Flow::Error(record) = flow {
        locate_record(record, source, span);
    }
}

pub fn locate_record(record: &ErrorRecord, source: &Source, span: Span) {
    let mut context = record.context.borrow_mut();
    match &context.invocation {
        Some(i) if i.position.is_some() => {}
        Some(i) => {
            let mut i = (**i).clone();
            i.position = Some(source.position(span));
            context.invocation = Some(Rc::new(i));
        }
        None => {
            context.invocation = Some(Rc::new(Invocation {
                command: "".into(),
                invocation_name: "".into(),
                position: Some(source.position(span)),
                pipeline_position: 0,
                pipeline_length: 0,
                is_cmdlet: false,
            }));
        }
    }
}

/// A place for code that cannot run.
pub fn failure(f: &Failure) -> Box<Flow> {
    ErrorRecord::runtime(f.id, Category::NotImplemented, f.message.clone()).into()
}

/// The error of converting a value for a typed variable keeps its text and becomes a metadata error.
pub fn as_metadata_error(flow: Box<Flow>, variable: &str) -> Box<Flow> {
    match &*flow {
        Flow::Error(r) => {
            let mut e = Exception::new(
                "System.Management.Automation.ArgumentTransformationMetadataException",
                r.exception.message.clone(),
            );
            e.inner = Some(Rc::new(r.exception.clone()));
            let _ = variable;
            ErrorRecord::new("RuntimeException", Category::MetadataError, e).into()
        }
        _ => flow,
    }
}

impl Engine {
    /// A statement ended with `flow`. `Ok` means that the script goes on with the next one.
    #[cold]
    #[inline(never)]
    pub fn statement_failed(&mut self, flow: Box<Flow>, source: &Source, span: Span) -> Result<()> {
        let Flow::Error(record) = &*flow else { return Err(flow) };
        let record = record.clone();
        self.ok = false;
        self.failed = true;
        locate_record(&record, source, span);
        self.trace(&record);
        if self.try_depth > 0 {
            return Err(flow);
        }
        let preference = self.error_action();
        let thrown = record.context.borrow().thrown;
        match preference {
            ActionPreference::SilentlyContinue => {
                self.note_error(&record);
                self.remember(&record);
                Ok(())
            }
            ActionPreference::Ignore => Ok(()),
            _ if thrown => Err(flow),
            ActionPreference::Stop => {
                record.context.borrow_mut().thrown = true;
                Err(flow)
            }
            _ => {
                self.note_error(&record);
                self.remember(&record);
                self.show_error(&record)?;
                Ok(())
            }
        }
    }

    /// `$ErrorActionPreference` as seen from here.
    pub fn error_action(&mut self) -> ActionPreference {
        let v = self.preference("ErrorActionPreference");
        ActionPreference::parse(&v).unwrap_or(ActionPreference::Continue)
    }

    /// Puts a record in front of `$Error`, once.
    pub fn remember(&mut self, record: &Rc<ErrorRecord>) {
        if std::mem::replace(&mut record.context.borrow_mut().recorded, true) {
            return;
        }
        self.push_error(Value::object(ErrorObject(record.clone())));
    }

    /// Notes a record in the error variables of the functions around.
    fn note_error(&self, record: &Rc<ErrorRecord>) {
        self.streams.note(Side::Error, || Value::object(ErrorObject(record.clone())));
    }

    fn push_error(&mut self, value: Value) {
        if let Some(list) = self.globals.values[self.cells.error as usize].as_list() {
            let mut items = list.modify();
            items.insert(0, value);
            // $MaximumErrorCount of the reference.
            items.truncate(256);
        }
    }

    /// Sends a record down the error stream: to the host, or where `2>` says.
    pub fn show_error(&mut self, record: &Rc<ErrorRecord>) -> Result<()> {
        match self.streams.way(Side::Error).clone() {
            Way::Drop => Ok(()),
            Way::Queue(q) => {
                q.borrow_mut().push(Value::object(ErrorObject(record.clone())));
                Ok(())
            }
            Way::Host => {
                let text = self.error_text(record);
                self.host_write(Stream::Error, &text)
            }
        }
    }

    /// The drawing of a record in the view that `$ErrorView` names.
    pub fn error_text(&mut self, record: &Rc<ErrorRecord>) -> String {
        let view = ErrorView::of_session(self);
        let style = self.style();
        let width = self.host.width();
        let mut text = error_view::render(self, record, view, &style, width);
        text.push('\n');
        text
    }

    /// Writes to the host; a closed pipe ends the session quietly.
    pub fn host_write(&mut self, stream: Stream, text: &str) -> Result<()> {
        self.host.write(stream, text).map_err(|_| Box::new(Flow::Exit(0)))
    }

    /// Reports a non-terminating error under a preference.
    pub fn report_error(&mut self, record: Rc<ErrorRecord>, action: Option<ActionPreference>) -> Result<()> {
        self.trace(&record);
        let action = match action {
            Some(a) => a,
            None => self.error_action(),
        };
        self.failed = true;
        if action != ActionPreference::Ignore {
            self.note_error(&record);
        }
        match action {
            ActionPreference::Ignore => Ok(()),
            ActionPreference::SilentlyContinue => {
                self.remember(&record);
                Ok(())
            }
            ActionPreference::Stop => {
                let stop = stopping(&record);
                Err(Box::new(Flow::Error(stop)))
            }
            ActionPreference::Inquire => {
                if crate::run::shell_impl::inquire(self, &record.message())? {
                    self.remember(&record);
                    self.show_error(&record)
                } else {
                    Err(Box::new(Flow::Error(stopping(&record))))
                }
            }
            _ => {
                self.remember(&record);
                self.show_error(&record)
            }
        }
    }

    /// Attaches the script stack trace.
    fn trace(&mut self, record: &ErrorRecord) {
        if record.context.borrow().stack_trace.is_some() {
            return;
        }
        let place = record.context.borrow().invocation.as_ref().and_then(|i| i.position.clone());
        let text = self.stack_trace(place);
        record.context.borrow_mut().stack_trace = Some(text.into());
    }

    /// The reference's ScriptStackTrace: innermost first.
    pub fn stack_trace(&self, innermost: Option<Position>) -> String {
        let mut lines = Vec::new();
        let mut place = innermost;
        let mut f = self.current;
        loop {
            let frame = &self.frames[f];
            let (name, file) = match &frame.info.call {
                Some(c) => (c.name.to_string(), c.file.clone()),
                None => ("<ScriptBlock>".to_owned(), None),
            };
            let file = place.as_ref().and_then(|p| p.file.clone()).or(file);
            let line = place.as_ref().map_or(0, |p| p.line);
            lines.push(format!("at {name}, {}: line {line}", file.as_deref().unwrap_or("<No file>")));
            if f == 0 {
                break;
            }
            place = frame.info.call.as_ref().and_then(|c| c.site.clone());
            f = frame.parent;
        }
        lines.join("\n")
    }
}

/// The same record as an error that stops (`-ErrorAction Stop`).
pub fn stopping(record: &Rc<ErrorRecord>) -> Rc<ErrorRecord> {
    record.context.borrow_mut().thrown = true;
    record.clone()
}
