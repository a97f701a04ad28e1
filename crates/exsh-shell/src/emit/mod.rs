//! Plan to closures over slots.
//!
//! A closure borrows the engine and returns a value or control; nothing is looked up by text while it runs. The frequent
//! small shapes are fused in `fuse`, each with the generic twin that it must agree with.

pub mod assign;
pub mod call;
pub mod cells;
pub mod compare;
pub mod control;
pub mod expr;
pub mod fuse;
pub mod operator;
pub mod switch;

use crate::lower::plan::{self, Source};
use crate::run::engine::Engine;
use crate::run::sink::{Collected, Ctl, Pipe};
use exsh_core::{Result, Value};
use exsh_syntax::source::Span;
use std::rc::Rc;

/// Gives a value.
pub type Expr = Box<dyn Fn(&mut Engine) -> Result<Value>>;
/// Gives a truth.
pub type Cond = Box<dyn Fn(&mut Engine) -> Result<bool>>;
/// Runs a statement, sending what it puts out.
pub type Stmt = Box<dyn Fn(&mut Engine, &mut dyn Pipe) -> Result<Ctl>>;

/// Emits code of one source text.
#[derive(Clone)]
pub struct Emitter {
    pub source: Rc<Source>,
}

/// A list of statements, ready to run.
pub struct BlockCode {
    statements: Box<[(Stmt, Span)]>,
    traps: Box<[control::TrapCode]>,
    source: Rc<Source>,
}

impl BlockCode {
    /// Runs the statements in order. An error that does not end the script is reported here, and the next statement runs.
    #[inline]
    pub fn run(&self, m: &mut Engine, out: &mut dyn Pipe) -> Result<Ctl> {
        if !self.traps.is_empty() {
            return control::run_trapped(self, m, out);
        }
        for (code, span) in &self.statements {
            match code(m, out) {
                Ok(Ctl::Next) => {}
                Ok(other) => return Ok(other),
                Err(flow) => m.statement_failed(flow, &self.source, *span)?,
            }
        }
        Ok(Ctl::Next)
    }

    /// Runs and collects.
    pub fn value(&self, m: &mut Engine) -> Result<(Value, Ctl)> {
        let mut c = Collected::default();
        let ctl = self.run(m, &mut c)?;
        Ok((c.into_value(), ctl))
    }

    pub fn is_empty(&self) -> bool {
        self.statements.is_empty()
    }
}

impl Emitter {
    pub fn block(&self, b: &plan::Block) -> BlockCode {
        BlockCode {
            statements: b.statements.iter().map(|s| (self.stmt(s), s.span)).collect(),
            traps: b.traps.iter().map(|t| self.trap(t)).collect(),
            source: self.source.clone(),
        }
    }

    /// A statement's result as one value.
    pub fn value(&self, s: &plan::Stmt) -> Expr {
        match &s.kind {
            plan::StmtKind::Expr(e) => self.expr(e),
            plan::StmtKind::Assign(a) => {
                let run = self.assign_value(a);
                Box::new(run)
            }
            // One command alone: `(f $x)` collects right at the call.
            plan::StmtKind::Pipeline(p)
                if !p.background && matches!(p.elements[..], [plan::Element::Command(_)]) =>
            {
                let [plan::Element::Command(c)] = &p.elements[..] else {
                    return Box::new(|_| Ok(Value::NOTHING));
                };
                let site = Rc::new(self.call_site(c));
                Box::new(move |m| {
                    let mut c = Collected::default();
                    match call::CallSite::run(&site, m, &mut c) {
                        Ok(Ctl::Next) => Ok(c.into_value()),
                        Ok(ctl) => Err(crossing(ctl)),
                        Err(flow) => {
                            crate::run::errors::locate(&flow, &site.source, site.span);
                            Err(flow)
                        }
                    }
                })
            }
            _ => {
                let code = self.stmt(s);
                let source = self.source.clone();
                let span = s.span;
                Box::new(move |m| {
                    let mut c = Collected::default();
                    match code(m, &mut c) {
                        Ok(Ctl::Next) => Ok(c.into_value()),
                        Ok(ctl) => Err(crossing(ctl)),
                        Err(flow) => {
                            crate::run::errors::locate(&flow, &source, span);
                            Err(flow)
                        }
                    }
                })
            }
        }
    }
}

/// Control that leaves an expression: it looks for its loop or function up the call stack.
#[cold]
pub fn crossing(ctl: Ctl) -> Box<exsh_core::Flow> {
    use exsh_core::Flow;
    let text = |l: u32| if l == 0 { None } else { Some(l) };
    Box::new(match ctl {
        Ctl::Break(l) => Flow::Break(text(l).map(label_text)),
        Ctl::Continue(l) => Flow::Continue(text(l).map(label_text)),
        Ctl::Return | Ctl::Next => Flow::Return,
    })
}

fn label_text(label: u32) -> Rc<str> {
    // Labels are names; the number is the name's index plus one.
    exsh_core::Name::from_index(label as usize - 1).text().into()
}
