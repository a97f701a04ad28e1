//! Running a pipeline: stages are made, begun, fed and ended; each pushes into the next by a plain call.
//!
//! Frames of function stages are opened before anything runs and closed together at the end, so that a stage's slots
//! stay where they are while others run above them.

mod cmdlet_stage;
mod function_stage;
mod program_stage;
mod redirect;

pub use cmdlet_stage::{CmdletStage, Context};
use function_stage::FunctionStage;
use program_stage::ProgramStage;

use crate::command::table::Found;
use crate::emit::call::{CallSite, ElementCode, FusedRun};
use crate::lower::plan::FusedKind;
use crate::run::engine::Engine;
use crate::run::sink::{Ctl, Pipe};
use crate::run::streams::Streams;
use exsh_core::{Flow, Result, Value};
use exsh_syntax::ast::InvocationOperator;
use std::rc::Rc;

/// One running stage.
pub enum Stage {
    Cmdlet(Box<CmdletStage>),
    Function(Box<FunctionStage>),
    Program(Box<ProgramStage>),
    Fused {
        kind: FusedKind,
        run: Rc<FusedRun>,
        frame: usize,
    },
    /// A stage whose streams go where its redirections say.
    Redirected {
        inner: Box<Stage>,
        streams: Streams,
    },
    /// Output of the stage before it goes to a file, or other streams join it.
    Redirect(Box<redirect::RedirectStage>),
}

/// The stages behind one, as the receiver of its output.
pub struct Rest<'a> {
    pub stages: &'a mut [Stage],
    pub out: &'a mut dyn Pipe,
}

impl Pipe for Rest<'_> {
    #[inline]
    fn push(&mut self, m: &mut Engine, value: Value) -> Result<()> {
        feed(m, self.stages, self.out, value)
    }
}

/// Gives a value to the first of the stages; behind the last one waits `out`.
#[inline]
pub fn feed(m: &mut Engine, stages: &mut [Stage], out: &mut dyn Pipe, value: Value) -> Result<()> {
    match stages.split_first_mut() {
        None => out.push(m, value),
        Some((stage, rest)) => stage.process(m, rest, out, value),
    }
}

impl Stage {
    pub fn fused(kind: FusedKind, run: Rc<FusedRun>, frame: usize) -> Stage {
        Stage::Fused { kind, run, frame }
    }

    fn begin(&mut self, m: &mut Engine, rest: &mut [Stage], out: &mut dyn Pipe) -> Result<()> {
        match self {
            Stage::Cmdlet(s) => s.begin(m, rest, out),
            Stage::Function(s) => s.begin(m, rest, out),
            Stage::Redirected { inner, streams } => within(m, streams, |m| inner.begin(m, rest, out)),
            Stage::Program(_) | Stage::Fused { .. } | Stage::Redirect(_) => Ok(()),
        }
    }

    fn process(
        &mut self,
        m: &mut Engine,
        rest: &mut [Stage],
        out: &mut dyn Pipe,
        value: Value,
    ) -> Result<()> {
        match self {
            Stage::Fused { kind, run, frame } => {
                if m.current == *frame {
                    return run_fused(m, *kind, run, rest, out, value);
                }
                let (kind, run, frame) = (*kind, &*run, *frame);
                m.enter(frame, |m| run_fused(m, kind, run, rest, out, value))
            }
            Stage::Cmdlet(s) => s.process(m, rest, out, value),
            Stage::Function(s) => s.process(m, rest, out, value),
            Stage::Program(s) => {
                s.take(value);
                Ok(())
            }
            Stage::Redirected { inner, streams } => {
                within(m, streams, |m| inner.process(m, rest, out, value))
            }
            Stage::Redirect(s) => s.process(m, rest, out, value),
        }
    }

    fn end(&mut self, m: &mut Engine, rest: &mut [Stage], out: &mut dyn Pipe) -> Result<()> {
        match self {
            Stage::Cmdlet(s) => s.end(m, rest, out),
            Stage::Function(s) => s.end(m, rest, out),
            Stage::Program(s) => s.run(m, rest, out),
            Stage::Redirected { inner, streams } => within(m, streams, |m| inner.end(m, rest, out)),
            Stage::Redirect(s) => s.end(m, rest, out),
            Stage::Fused { .. } => Ok(()),
        }
    }

    /// A stage without any input runs once.
    fn run_alone(&mut self, m: &mut Engine, rest: &mut [Stage], out: &mut dyn Pipe) -> Result<()> {
        match self {
            Stage::Cmdlet(s) => s.process_alone(m, rest, out),
            Stage::Function(s) => s.process_alone(m, rest, out),
            Stage::Fused { kind: FusedKind::ForEach, .. } => self.process(m, rest, out, Value::NULL),
            Stage::Redirected { inner, streams } => within(m, streams, |m| inner.run_alone(m, rest, out)),
            Stage::Program(_) | Stage::Fused { .. } | Stage::Redirect(_) => Ok(()),
        }
    }

    fn clean(&mut self, m: &mut Engine) {
        match self {
            Stage::Cmdlet(s) => s.clean(m),
            Stage::Function(s) => s.clean(m),
            Stage::Redirected { inner, .. } => inner.clean(m),
            Stage::Redirect(s) => s.clean(m),
            Stage::Program(_) | Stage::Fused { .. } => {}
        }
    }

    /// Did this stage say that it wants no more?
    fn wants_no_more(&self) -> bool {
        match self {
            Stage::Cmdlet(s) => s.wants_no_more,
            Stage::Redirected { inner, .. } => inner.wants_no_more(),
            _ => false,
        }
    }
}

/// Runs a stage with streams of its own.
fn within<T>(m: &mut Engine, streams: &Streams, f: impl FnOnce(&mut Engine) -> T) -> T {
    let outer = std::mem::replace(&mut m.streams, streams.clone());
    let result = f(m);
    m.streams = outer;
    result
}

#[inline]
fn run_fused(
    m: &mut Engine,
    kind: FusedKind,
    run: &FusedRun,
    rest: &mut [Stage],
    out: &mut dyn Pipe,
    value: Value,
) -> Result<()> {
    let kept = if kind == FusedKind::Where { Some(value.clone()) } else { None };
    let saved = std::mem::replace(m.dollar_under(), value);
    let result = match run {
        FusedRun::Condition(c, source, span) => match c(m) {
            Ok(true) => {
                *m.dollar_under() = saved;
                return feed(m, rest, out, kept.unwrap_or(Value::NULL));
            }
            Ok(false) => Ok(()),
            Err(f) => m.statement_failed(f, source, *span),
        },
        FusedRun::Value(v, source, span) => match v(m) {
            Ok(v) => crate::emit::control::put(m, &mut Rest { stages: rest, out }, v),
            Err(f) => m.statement_failed(f, source, *span),
        },
        FusedRun::Block(b) => match kind {
            FusedKind::Where => match b.value(m) {
                Ok((v, _)) => {
                    if exsh_dotnet::convert::to_bool(&v) {
                        *m.dollar_under() = saved;
                        return feed(m, rest, out, kept.unwrap_or(Value::NULL));
                    }
                    Ok(())
                }
                Err(f) => Err(f),
            },
            FusedKind::ForEach => match b.run(m, &mut Rest { stages: rest, out }) {
                Ok(Ctl::Next | Ctl::Return) => Ok(()),
                Ok(jump) => Err(crate::emit::crossing(jump)),
                Err(f) => Err(f),
            },
        },
    };
    *m.dollar_under() = saved;
    result
}

/// Runs a pipeline of at least one element.
pub fn run(m: &mut Engine, elements: &[ElementCode], out: &mut dyn Pipe) -> Result<Ctl> {
    let saved = (m.frames.len(), m.stack.len());
    let outer_failed = std::mem::replace(&mut m.failed, false);
    let streams = m.streams.clone();
    let mut stages: Vec<Stage> = Vec::with_capacity(elements.len());
    let result = run_stages(m, elements, &mut stages, out);
    for s in &mut stages {
        s.clean(m);
    }
    m.streams = streams;
    m.close_frames(saved.0, saved.1);
    m.ok = result.is_ok() && !m.failed;
    // A function's own reported errors are not its caller's failure.
    m.failed = outer_failed;
    result
}

fn run_stages(
    m: &mut Engine,
    elements: &[ElementCode],
    stages: &mut Vec<Stage>,
    out: &mut dyn Pipe,
) -> Result<Ctl> {
    let count = elements.len();
    for (i, e) in elements.iter().enumerate() {
        match e {
            ElementCode::Expr { redirections, span, .. } => {
                let _ = span;
                if let Some(r) = redirect::stage(m, redirections)? {
                    stages.push(Stage::Redirect(r));
                }
            }
            ElementCode::Command(site) => {
                let place = Place { index: i, count, expects_input: i > 0 };
                make_stage(m, site, place, stages)?;
            }
        }
    }
    // Single blocks run with `.` may return control of their own.
    begin(m, stages, out)?;
    let fed = match &elements[0] {
        ElementCode::Expr { code, range, .. } => match stages.first() {
            Some(Stage::Redirect(r)) => {
                let own = r.own.clone();
                within(m, &own, |m| source(m, code, range.as_ref(), stages, out))
            }
            _ => source(m, code, range.as_ref(), stages, out),
        },
        ElementCode::Command(_) => match stages.split_first_mut() {
            Some((first, rest)) => first.run_alone(m, rest, out),
            None => Ok(()),
        },
    };
    let from = match fed {
        Ok(()) => 0,
        Err(flow) => match *flow {
            // The stage that wants no more, and those behind it, still end.
            Flow::StopUpstream(_) => match stages.iter().rposition(Stage::wants_no_more) {
                Some(i) => i,
                None => return Err(flow),
            },
            _ => return Err(flow),
        },
    };
    let mut i = from;
    while i < stages.len() {
        let (stage, rest) = stages[i..].split_first_mut().expect("i is a stage");
        match stage.end(m, rest, out) {
            Ok(()) => {}
            Err(flow) => match *flow {
                Flow::StopUpstream(_) => match stages.iter().rposition(Stage::wants_no_more) {
                    Some(j) if j > i => {
                        i = j;
                        continue;
                    }
                    _ => return Err(flow),
                },
                _ => return Err(flow),
            },
        }
        i += 1;
    }
    Ok(take_control(stages))
}

/// `. { break }` leaves by its own control.
fn take_control(stages: &mut [Stage]) -> Ctl {
    match stages {
        [Stage::Function(s)] => s.control,
        [Stage::Redirected { inner, .. }, ..] => take_control(std::slice::from_mut(inner)),
        _ => Ctl::Next,
    }
}

fn begin(m: &mut Engine, stages: &mut [Stage], out: &mut dyn Pipe) -> Result<()> {
    // Back to front would break the order of output; a stage that receives before its own begin begins then.
    for i in 0..stages.len() {
        let (stage, rest) = stages[i..].split_first_mut().expect("i is a stage");
        stage.begin(m, rest, out)?;
    }
    Ok(())
}

fn source(
    m: &mut Engine,
    code: &crate::emit::Expr,
    range: Option<&(crate::emit::Expr, crate::emit::Expr)>,
    stages: &mut [Stage],
    out: &mut dyn Pipe,
) -> Result<()> {
    if let Some((a, b)) = range {
        let (a, b) = (a(m)?, b(m)?);
        if let (Some(from), Some(to)) = (a.as_int(), b.as_int()) {
            return crate::emit::control::ints_to(m, &mut Rest { stages, out }, from, to);
        }
        let v = exsh_dotnet::ops::range(m, &a, &b)?;
        return crate::emit::control::put(m, &mut Rest { stages, out }, v);
    }
    let v = code(m)?;
    exsh_core::enumerate::each(v, &mut |i| {
        m.check_interrupt()?;
        feed(m, stages, out, i)
    })
}

/// Where a command stands in its pipeline.
#[derive(Clone, Copy)]
pub struct Place {
    pub index: usize,
    pub count: usize,
    pub expects_input: bool,
}

fn make_stage(m: &mut Engine, site: &Rc<CallSite>, place: Place, stages: &mut Vec<Stage>) -> Result<()> {
    if site.invocation == InvocationOperator::None
        && let Some(stage) = site.fused_stage(m)
    {
        stages.push(stage);
        return Ok(());
    }
    let (found, word) = site.resolve(m)?;
    let stage = match found {
        Found::Cmdlet(entry) => Stage::Cmdlet(Box::new(CmdletStage::new(m, site, &entry, place)?)),
        Found::Function(f) => Stage::Function(Box::new(FunctionStage::function(m, site, &f, place)?)),
        Found::Block(b) => Stage::Function(Box::new(FunctionStage::block(m, site, &b, place)?)),
        Found::Script(path) => Stage::Function(Box::new(FunctionStage::script(m, site, &path, place)?)),
        Found::Program(path) => Stage::Program(Box::new(ProgramStage::new(m, site, path, place)?)),
    };
    let _ = word;
    match redirect::stage(m, &site.redirections)? {
        None => stages.push(stage),
        Some(r) => {
            stages.push(Stage::Redirected { inner: Box::new(stage), streams: r.own.clone() });
            stages.push(Stage::Redirect(r));
        }
    }
    Ok(())
}
