//! A program of the system as a stage: lines of text in, lines of text out.

use super::{Place, Rest, Stage};
use crate::bind::Argument;
use crate::command::program::{self, Run};
use crate::emit::call::CallSite;
use crate::run::engine::Engine;
use crate::run::sink::Pipe;
use crate::run::streams::{Side, Way};
use exsh_core::{Result, Str, Value, View};
use exsh_dotnet::text;
use std::rc::Rc;

pub struct ProgramStage {
    site: Rc<CallSite>,
    path: Str,
    args: Vec<String>,
    input: Option<Vec<String>>,
    last: bool,
}

impl ProgramStage {
    pub fn new(m: &mut Engine, site: &Rc<CallSite>, path: Str, place: Place) -> Result<ProgramStage> {
        let mut args = Vec::new();
        let mut raw = false;
        for a in site.arguments(m)? {
            match a {
                // `--%`: the rest goes through as it is written.
                Argument::Value(v) if !raw && v.as_str().is_some_and(|s| s.as_str() == "--%") => raw = true,
                Argument::Value(v) if raw => {
                    args.extend(text::to_text(&v).split_whitespace().map(str::to_owned));
                }
                Argument::Value(v) => push_value(&mut args, &v),
                Argument::Parameter { written, attached, .. } => match attached {
                    Some(v) => args.push(format!("{written}{}", text::to_text(&v))),
                    None => args.push(written.to_string()),
                },
                Argument::EndOfParameters => args.push("--".to_owned()),
            }
        }
        Ok(ProgramStage {
            site: site.clone(),
            path,
            args,
            input: place.expects_input.then(Vec::new),
            last: place.index + 1 == place.count,
        })
    }

    pub fn take(&mut self, value: Value) {
        if let Some(lines) = &mut self.input {
            lines.push(text::to_text(&value).to_string());
        }
    }

    pub fn run(&mut self, m: &mut Engine, rest: &mut [Stage], out: &mut dyn Pipe) -> Result<()> {
        let capture_errors = !matches!(m.streams.way(Side::Error), Way::Host);
        let direct = self.last && rest.is_empty() && m.host.is_terminal() && m.shows_directly;
        let r = program::run(
            m,
            Run {
                path: &self.path,
                args: std::mem::take(&mut self.args),
                input: self.input.take(),
                direct,
                capture_errors,
            },
            &mut Rest { stages: rest, out },
        );
        if let Err(f) = &r {
            crate::run::errors::locate(f, &self.site.source, self.site.span);
        }
        r
    }
}

fn push_value(args: &mut Vec<String>, v: &Value) {
    match v.base().view() {
        View::List(l) => l.items().iter().for_each(|i| push_value(args, i)),
        View::Null | View::Nothing => {}
        _ => args.push(text::to_text(v).to_string()),
    }
}
