//! One shown value of an object: where it comes from, how it is formatted, and what happens when that fails.

use crate::display::Display;
use crate::read::{Outcome, Source};
use exsh_core::error::ErrorRecord;
use exsh_core::{Category, Flow, Result, Shell, Str, Value};
use std::rc::Rc;

/// What generators work with.
pub(crate) struct Context<'a> {
    pub shell: &'a mut dyn Shell,
    pub display: Display,
    pub log: &'a mut Log,
}

/// What becomes of errors in expressions.
#[derive(Default)]
pub(crate) struct Log {
    /// Records follow the row (`-ShowError`).
    pub show: bool,
    /// The cell reads `#ERR` (`-DisplayError`).
    pub display: bool,
    pub records: Vec<Rc<ErrorRecord>>,
}

pub(crate) struct Cell {
    pub source: Source,
    pub format: Option<Str>,
    /// Numbers with a fraction get the culture's digits.
    pub in_table: bool,
}

impl Cell {
    pub fn new(source: Source, format: Option<Str>) -> Cell {
        Cell { source, format, in_table: false }
    }

    /// Appends the text of the object's value.
    #[inline]
    pub fn push(&mut self, cx: &mut Context<'_>, out: &mut String, object: &Value) -> Result<()> {
        match self.source.read(cx.shell, object)? {
            Outcome::Value(v) => self.push_value(cx, out, object, &v),
            Outcome::Missing => Ok(()),
            Outcome::Failed(record) => {
                let text = self.source.text();
                cx.log.failed(out, &record, object, "PSPropertyExpressionError", || {
                    format!("Failed to evaluate expression \"{text}\".")
                });
                Ok(())
            }
        }
    }

    pub fn push_value(
        &self,
        cx: &mut Context<'_>,
        out: &mut String,
        object: &Value,
        value: &Value,
    ) -> Result<()> {
        let Some(format) = &self.format else {
            return cx.display.push(cx.shell, out, value, self.in_table);
        };
        match cx.display.push_formatted(cx.shell, out, value, format) {
            Err(flow) => match *flow {
                Flow::Error(record) => {
                    if cx.log.display {
                        cx.log.failed(out, &record, object, "formattingError", || {
                            format!("Failed to interpret format string \"{format}\".")
                        });
                        return Ok(());
                    }
                    // Without a place for the error the value shows as it is.
                    cx.display.push(cx.shell, out, value, false)
                }
                other => Err(Box::new(other)),
            },
            done => done,
        }
    }
}

impl Log {
    fn failed(
        &mut self,
        out: &mut String,
        cause: &Rc<ErrorRecord>,
        object: &Value,
        id: &str,
        message: impl FnOnce() -> String,
    ) {
        if self.show {
            let record =
                ErrorRecord::new(id, Category::InvalidArgument, cause.exception.clone()).on(object.clone());
            *record.details.borrow_mut() = Some(message().into());
            self.records.push(Rc::new(record));
        }
        if self.display {
            out.push_str("#ERR");
        }
    }
}
