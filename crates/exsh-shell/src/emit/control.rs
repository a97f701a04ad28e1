//! Statements: control flow, output, try, traps.

use super::cells::{self, with_cell};
use super::{BlockCode, Cond, Emitter, Expr, Stmt};
use crate::lower::plan::{
    Block, Catch, Compare, Expr as P, Place, ScopeMark, Stmt as PStmt, StmtKind, Target, Trap, Type, Var,
};
use crate::run::engine::Engine;
use crate::run::sink::{Ctl, Pipe};
use exsh_core::error::{ErrorObject, ExceptionObject};
use exsh_core::{Category, ErrorRecord, Exception, Flow, Result, Value, View};
use exsh_dotnet::{text, types as net};
use std::rc::Rc;

/// A trap, ready to run.
pub struct TrapCode {
    ty: Option<Type>,
    body: BlockCode,
}

struct CatchCode {
    types: Vec<Type>,
    body: BlockCode,
}

/// Sends a statement's value: lists item by item.
#[inline(always)]
pub fn put(m: &mut Engine, out: &mut dyn Pipe, v: Value) -> Result<()> {
    match v.view() {
        View::List(_) | View::Object(_) | View::Wrapped(_) => {
            exsh_core::enumerate::each(v, &mut |i| out.push(m, i))
        }
        View::Nothing | View::Unset => Ok(()),
        _ => out.push(m, v),
    }
}

/// What a loop does with control that its body left by.
enum Loop {
    Again,
    Leave,
    Pass(Ctl),
}

#[inline(always)]
fn looped(ctl: Ctl, label: u32) -> Loop {
    match ctl {
        Ctl::Next => Loop::Again,
        Ctl::Continue(l) if l == 0 || l == label => Loop::Again,
        Ctl::Break(l) if l == 0 || l == label => Loop::Leave,
        other => Loop::Pass(other),
    }
}

/// Control that came from a called function (`break` without a loop of its own) is control here.
fn caught(r: Result<Ctl>) -> Result<Ctl> {
    match r {
        Err(flow) => match *flow {
            Flow::Break(l) => Ok(Ctl::Break(crate::lower::label(l.as_deref()))),
            Flow::Continue(l) => Ok(Ctl::Continue(crate::lower::label(l.as_deref()))),
            other => Err(Box::new(other)),
        },
        ok => ok,
    }
}

macro_rules! body {
    ($body:expr, $m:expr, $out:expr, $label:expr) => {
        match $body.run($m, $out) {
            Ok(Ctl::Next) => {}
            r => match looped(caught(r)?, $label) {
                Loop::Again => {}
                Loop::Leave => break,
                Loop::Pass(c) => return Ok(c),
            },
        }
    };
}

impl Emitter {
    pub fn stmt(&self, s: &PStmt) -> Stmt {
        match &s.kind {
            StmtKind::Expr(e) => self.expr_stmt(e),
            StmtKind::Assign(a) => {
                self.assign_stmt(a, matches!(&a.value.kind, StmtKind::Expr(e) if !holds_command(e)))
            }
            StmtKind::Pipeline(p) => self.pipeline(p),
            StmtKind::Chain { and, left, right } => {
                let (l, r, and) = (self.stmt(left), self.stmt(right), *and);
                let (source, span) = (self.source.clone(), left.span);
                Box::new(move |m, out| {
                    match l(m, out) {
                        Ok(Ctl::Next) => {}
                        Ok(c) => return Ok(c),
                        Err(f) => m.statement_failed(f, &source, span)?,
                    }
                    if m.ok == and { r(m, out) } else { Ok(Ctl::Next) }
                })
            }
            StmtKind::If { clauses, otherwise } => self.if_stmt(clauses, otherwise.as_ref()),
            StmtKind::While { label, condition, body } => {
                let (c, b, label) = (self.condition_stmt(condition), self.block(body), *label);
                Box::new(move |m, out| {
                    while c(m)? {
                        body!(b, m, out, label);
                        m.check_interrupt()?;
                    }
                    Ok(Ctl::Next)
                })
            }
            StmtKind::DoLoop { label, condition, body, until } => {
                let (c, b, label, until) = (self.condition_stmt(condition), self.block(body), *label, *until);
                Box::new(move |m, out| {
                    loop {
                        body!(b, m, out, label);
                        m.check_interrupt()?;
                        if c(m)? == until {
                            break;
                        }
                    }
                    Ok(Ctl::Next)
                })
            }
            StmtKind::For { label, init, condition, step, body } => {
                self.for_stmt(*label, init.as_deref(), condition.as_deref(), step.as_deref(), body)
            }
            StmtKind::ForEach { label, var, over, body, enumerator: None } => {
                self.foreach_stmt(*label, var, over, body)
            }
            StmtKind::ForEach { label, var, over, body, enumerator: Some(e) } => {
                self.foreach_walked(*label, var, over, body, e)
            }
            StmtKind::Switch(s) => self.switch_stmt(s),
            StmtKind::Break(l) => self.jump(l.as_ref(), Ctl::Break),
            StmtKind::Continue(l) => self.jump(l.as_ref(), Ctl::Continue),
            StmtKind::Return(v) => match v {
                None => Box::new(|_, _| Ok(Ctl::Return)),
                Some(s) => {
                    let (source, span) = (self.source.clone(), s.span);
                    if let StmtKind::Expr(e) = &s.kind
                        && !matches!(e, P::Step { .. } | P::Assign(_) | P::Range(..))
                        && !holds_command(e)
                    {
                        let value = self.expr(e);
                        return Box::new(move |m, out| {
                            match value(m).and_then(|v| put(m, out, v)) {
                                Ok(()) => m.ok = true,
                                Err(f) => m.statement_failed(f, &source, span)?,
                            }
                            Ok(Ctl::Return)
                        });
                    }
                    let code = self.stmt(s);
                    Box::new(move |m, out| {
                        match code(m, out) {
                            Ok(_) => {}
                            Err(f) => m.statement_failed(f, &source, span)?,
                        }
                        Ok(Ctl::Return)
                    })
                }
            },
            StmtKind::Throw(v) => self.throw(v.as_deref()),
            StmtKind::Exit(v) => {
                let v = v.as_ref().map(|s| self.value(s));
                Box::new(move |m, _| {
                    let code = match &v {
                        None => 0,
                        Some(v) => {
                            let v = v(m)?;
                            exsh_dotnet::convert::to_int(m, &v).unwrap_or(0)
                        }
                    };
                    Err(Box::new(Flow::Exit(code)))
                })
            }
            StmtKind::Try { body, catches, finally } => self.try_stmt(body, catches, finally.as_ref()),
            StmtKind::Function { name, code, filter } => {
                let (name, code, filter) = (name.clone(), code.clone(), *filter);
                Box::new(move |m, _| {
                    m.define_function(&name, &code, filter)?;
                    m.ok = true;
                    Ok(Ctl::Next)
                })
            }
            StmtKind::Fail(f) => {
                let f = f.clone();
                Box::new(move |_, _| Err(crate::run::errors::failure(&f)))
            }
            StmtKind::Empty => Box::new(|_, _| Ok(Ctl::Next)),
        }
    }

    fn expr_stmt(&self, e: &P) -> Stmt {
        match e {
            P::Step { target, by, .. } => return self.step_stmt(target, *by),
            P::Assign(a) => {
                // `($x = 5)` puts its value out.
                let v = self.assign_value(a);
                return Box::new(move |m, out| {
                    let v = v(m)?;
                    put(m, out, v)?;
                    Ok(Ctl::Next)
                });
            }
            P::Range(l, r) => {
                let (l, r) = (self.expr(l), self.expr(r));
                return Box::new(move |m, out| {
                    let (a, b) = (l(m)?, r(m)?);
                    if let (Some(from), Some(to)) = (a.as_int(), b.as_int()) {
                        return ints_to(m, out, from, to).map(|()| Ctl::Next);
                    }
                    let v = exsh_dotnet::ops::range(m, &a, &b)?;
                    put(m, out, v)?;
                    Ok(Ctl::Next)
                });
            }
            _ => {}
        }
        let sets_status = !holds_command(e);
        let v = self.expr(e);
        Box::new(move |m, out| {
            let v = v(m)?;
            if sets_status {
                m.ok = true;
            }
            put(m, out, v)?;
            Ok(Ctl::Next)
        })
    }

    fn if_stmt(&self, clauses: &[(PStmt, Block)], otherwise: Option<&Block>) -> Stmt {
        let otherwise = otherwise.map(|b| self.block(b));
        if let [(c, b)] = clauses {
            let (c, b) = (self.condition_stmt(c), self.block(b));
            return Box::new(move |m, out| {
                if c(m)? {
                    b.run(m, out)
                } else if let Some(o) = &otherwise {
                    o.run(m, out)
                } else {
                    Ok(Ctl::Next)
                }
            });
        }
        let clauses: Vec<(Cond, BlockCode)> =
            clauses.iter().map(|(c, b)| (self.condition_stmt(c), self.block(b))).collect();
        Box::new(move |m, out| {
            for (c, b) in &clauses {
                if c(m)? {
                    return b.run(m, out);
                }
            }
            match &otherwise {
                Some(o) => o.run(m, out),
                None => Ok(Ctl::Next),
            }
        })
    }

    fn for_stmt(
        &self,
        label: u32,
        init: Option<&PStmt>,
        condition: Option<&PStmt>,
        step: Option<&PStmt>,
        body: &Block,
    ) -> Stmt {
        let init = init.map(|s| self.stmt(s));
        if let (Some(c), Some(s)) = (condition, step)
            && let Some((op, bound, by, var)) = counted(c, s)
        {
            let (slow_test, slow_step) = (self.condition_stmt(c), self.stmt(s));
            let body = self.block(body);
            return with_cell!(var, cell => counted_for(cell, label, op, bound, by, init, slow_test, slow_step, body), unreachable!("a counted loop's variable has a place"));
        }
        let condition: Cond = match condition {
            Some(s) => self.condition_stmt(s),
            None => Box::new(|_| Ok(true)),
        };
        let step = step.map(|s| self.stmt(s));
        let body = self.block(body);
        Box::new(move |m, out| {
            // What the three parts put out goes nowhere.
            let nowhere = &mut crate::run::sink::Discard;
            if let Some(i) = &init {
                i(m, nowhere)?;
            }
            while condition(m)? {
                body!(body, m, out, label);
                if let Some(s) = &step {
                    s(m, nowhere)?;
                }
                m.check_interrupt()?;
            }
            Ok(Ctl::Next)
        })
    }

    fn foreach_stmt(&self, label: u32, var: &Var, over: &PStmt, body: &Block) -> Stmt {
        let body = self.block(body);
        let store: Rc<Var> = Rc::new(var.clone());
        // `foreach ($i in 1..N)` counts without making the array.
        if let StmtKind::Expr(P::Range(l, r)) = &over.kind {
            let (l, r) = (self.expr(l), self.expr(r));
            return Box::new(move |m, out| {
                let (a, b) = (l(m)?, r(m)?);
                if let (Some(from), Some(to)) = (a.as_int(), b.as_int()) {
                    let step = if from <= to { 1 } else { -1 };
                    let mut i = from;
                    loop {
                        set_loop_var(m, &store, Value::int(i))?;
                        body!(body, m, out, label);
                        m.check_interrupt()?;
                        if i == to {
                            break;
                        }
                        i += step;
                    }
                    return Ok(Ctl::Next);
                }
                let v = exsh_dotnet::ops::range(m, &a, &b)?;
                run_foreach(m, out, v, &store, &body, label)
            });
        }
        let over = self.value(over);
        Box::new(move |m, out| {
            let v = over(m)?;
            run_foreach(m, out, v, &store, &body, label)
        })
    }

    /// A loop whose body uses `$foreach`: the enumerator itself says what comes next.
    fn foreach_walked(&self, label: u32, var: &Var, over: &PStmt, body: &Block, enumerator: &Var) -> Stmt {
        let (over, body) = (self.value(over), self.block(body));
        let (var, enumerator) = (var.clone(), enumerator.clone());
        Box::new(move |m, out| {
            let v = over(m)?;
            let e = exsh_dotnet::collections::list::enumerator(&v);
            let saved = cells::read(&enumerator)(m)?;
            cells::store(m, &enumerator, e.clone())?;
            let result = walk(m, out, &e, &var, &body, label);
            cells::store(m, &enumerator, saved)?;
            result
        })
    }

    fn jump(&self, label: Option<&P>, make: fn(u32) -> Ctl) -> Stmt {
        match label {
            None => Box::new(move |_, _| Ok(make(0))),
            Some(P::Const(c)) => {
                let l = crate::lower::label(Some(&text::to_text(c)));
                Box::new(move |_, _| Ok(make(l)))
            }
            Some(e) => {
                let v = self.expr(e);
                Box::new(move |m, _| {
                    let v = v(m)?;
                    Ok(make(crate::lower::label(Some(&text::to_text(&v)))))
                })
            }
        }
    }

    fn throw(&self, value: Option<&PStmt>) -> Stmt {
        let value = value.map(|s| self.value(s));
        Box::new(move |m, _| {
            let v = match &value {
                Some(v) => v(m)?,
                None => Value::NOTHING,
            };
            Err(thrown(m, &v))
        })
    }

    fn try_stmt(&self, body: &Block, catches: &[Catch], finally: Option<&Block>) -> Stmt {
        let body = self.block(body);
        let catches: Vec<CatchCode> = catches
            .iter()
            .map(|c| CatchCode {
                types: c.types.iter().map(|(t, _)| t.clone()).collect(),
                body: self.block(&c.body),
            })
            .collect();
        let finally = finally.map(|b| self.block(b));
        Box::new(move |m, out| {
            let protects = !catches.is_empty();
            m.try_depth += u32::from(protects);
            let result = body.run(m, out);
            m.try_depth -= u32::from(protects);
            let result = match result {
                Err(flow) => run_catch(m, out, flow, &catches),
                ok => ok,
            };
            match &finally {
                None => result,
                Some(f) => {
                    let (ok, depth) = (m.ok, m.try_depth);
                    // A Ctrl-C stops the body, not the clean-up.
                    let stopped = m.interrupt.swap(false, std::sync::atomic::Ordering::Relaxed);
                    m.try_depth = depth;
                    let ctl = f.run(m, out)?;
                    if stopped {
                        m.interrupt.store(true, std::sync::atomic::Ordering::Relaxed);
                    }
                    m.ok = ok;
                    match (result, ctl) {
                        (r, Ctl::Next) => r,
                        (_, ctl) => Ok(ctl),
                    }
                }
            }
        })
    }

    pub(super) fn trap(&self, t: &Trap) -> TrapCode {
        TrapCode { ty: t.ty.as_ref().map(|(t, _)| t.clone()), body: self.block(&t.body) }
    }
}

/// `$i -lt CONST` and `$i++` of the same variable: comparison, bound, step and variable.
fn counted<'a>(condition: &'a PStmt, step: &PStmt) -> Option<(Compare, i32, i32, &'a Var)> {
    let StmtKind::Expr(P::Compare { op, left, right, .. }) = &condition.kind else { return None };
    let (P::Var(var), P::Const(bound)) = (&**left, &**right) else { return None };
    let StmtKind::Expr(P::Step { target, by, .. }) = &step.kind else { return None };
    let Target::Var(stepped) = &**target else { return None };
    let ordered = matches!(op, Compare::Lt | Compare::Le | Compare::Gt | Compare::Ge | Compare::Ne);
    let same = stepped.place == var.place && stepped.name == var.name && var.scope == ScopeMark::None;
    (ordered && same && stepped.scope == ScopeMark::None && var.place != Place::Dynamic)
        .then(|| bound.as_int())
        .flatten()
        .map(|bound| (*op, bound, *by, var))
}

/// A `for` loop over integers whose header needs no closure; anything else goes through the header's own code.
#[allow(clippy::too_many_arguments)] // The parts of one statement.
fn counted_for<C: cells::Cell>(
    cell: C,
    label: u32,
    op: Compare,
    bound: i32,
    by: i32,
    init: Option<Stmt>,
    slow_test: Cond,
    slow_step: Stmt,
    body: BlockCode,
) -> Stmt {
    Box::new(move |m, out| {
        let nowhere = &mut crate::run::sink::Discard;
        if let Some(i) = &init {
            i(m, nowhere)?;
        }
        loop {
            let go = match cell.get(m).as_int() {
                Some(x) => super::compare::int_test(op, x, bound),
                None => slow_test(m)?,
            };
            if !go {
                return Ok(Ctl::Next);
            }
            body!(body, m, out, label);
            match cell.get(m).as_int().and_then(|x| x.checked_add(by)) {
                Some(z) if !cell.guarded(m) => {
                    *cell.get_mut(m) = Value::int(z);
                    m.ok = true;
                }
                _ => {
                    slow_step(m, nowhere)?;
                }
            }
            m.check_interrupt()?;
        }
        Ok(Ctl::Next)
    })
}

/// Does the value of this expression come from a pipeline whose success `$?` tells?
fn holds_command(e: &P) -> bool {
    matches!(e, P::Paren(_) | P::ArrayOf(_) | P::Sub(_))
}

/// Sends the integers between two, both included.
pub fn ints_to(m: &mut Engine, out: &mut dyn Pipe, from: i32, to: i32) -> Result<()> {
    let step = if from <= to { 1 } else { -1 };
    let mut i = from;
    loop {
        out.push(m, Value::int(i))?;
        if i == to {
            return Ok(());
        }
        i += step;
        m.check_interrupt()?;
    }
}

#[inline]
fn set_loop_var(m: &mut Engine, var: &Var, v: Value) -> Result<()> {
    with_cell!(var, cell => cells::assign(m, cell, &var.spelling, v), cells::store(m, var, v))
}

fn walk(
    m: &mut Engine,
    out: &mut dyn Pipe,
    enumerator: &Value,
    var: &Var,
    body: &BlockCode,
    label: u32,
) -> Result<Ctl> {
    let current = exsh_core::Name::new("Current");
    while exsh_dotnet::member::call(m, enumerator, "MoveNext", &[])?.as_bool() == Some(true) {
        let item = exsh_dotnet::member::get(m, enumerator, current)?.unwrap_or(Value::NULL);
        set_loop_var(m, var, item)?;
        body!(body, m, out, label);
        m.check_interrupt()?;
    }
    Ok(Ctl::Next)
}

fn run_foreach(
    m: &mut Engine,
    out: &mut dyn Pipe,
    v: Value,
    var: &Var,
    body: &BlockCode,
    label: u32,
) -> Result<Ctl> {
    match v.base().view() {
        // No pass at all for null.
        View::Null | View::Nothing | View::Unset => Ok(Ctl::Next),
        View::List(list) => {
            let list = list.clone();
            let version = list.version();
            let array = list.is_array();
            let mut i = 0;
            while let Some(item) = list.get(i) {
                set_loop_var(m, var, item)?;
                body!(body, m, out, label);
                m.check_interrupt()?;
                i += 1;
                if !array && list.version() != version {
                    return Err(modified());
                }
            }
            Ok(Ctl::Next)
        }
        View::Object(o) => {
            let items = o.get().enumerate().unwrap_or_else(|| vec![v.clone()]);
            for item in items {
                set_loop_var(m, var, item)?;
                body!(body, m, out, label);
                m.check_interrupt()?;
            }
            Ok(Ctl::Next)
        }
        _ => {
            set_loop_var(m, var, v.clone())?;
            // One pass: a jump for this loop just ends it.
            match looped(caught(body.run(m, out))?, label) {
                Loop::Again | Loop::Leave => Ok(Ctl::Next),
                Loop::Pass(c) => Ok(c),
            }
        }
    }
}

fn modified() -> Box<Flow> {
    ErrorRecord::of(
        "System.InvalidOperationException",
        "BadEnumeration",
        Category::NotSpecified,
        "An error occurred while enumerating through a collection: Collection was modified; enumeration operation may not execute.",
    )
    .into()
}

/// The error that `throw` makes of a value.
pub fn thrown(m: &mut Engine, v: &Value) -> Box<Flow> {
    if let Some(e) = v.downcast::<ErrorObject>() {
        e.0.context.borrow_mut().thrown = true;
        return Box::new(Flow::Error(e.0.clone()));
    }
    if v.is_null() {
        // `throw` alone in a catch block throws the caught error again.
        let current = m.lookup(exsh_core::Name::new("_"), m.current);
        if let Some(e) = current.as_ref().and_then(|v| v.downcast::<ErrorObject>())
            && v.tag() == exsh_core::value::Tag::Nothing
        {
            e.0.context.borrow_mut().thrown = true;
            return Box::new(Flow::Error(e.0.clone()));
        }
        let r = ErrorRecord::runtime("ScriptHalted", Category::OperationStopped, "ScriptHalted");
        r.context.borrow_mut().thrown = true;
        return r.into();
    }
    if let Some(e) = v.downcast::<ExceptionObject>() {
        let r = match e.0.thrown.as_ref().and_then(|t| t.downcast::<ErrorObject>()) {
            Some(original) => {
                original.0.context.borrow_mut().thrown = true;
                return Box::new(Flow::Error(original.0.clone()));
            }
            None => ErrorRecord::new(e.0.message.clone(), Category::OperationStopped, (*e.0).clone()),
        };
        r.context.borrow_mut().thrown = true;
        return r.into();
    }
    let message = text::to_text(v);
    let r =
        ErrorRecord::new(message.as_str(), Category::OperationStopped, Exception::runtime(message.as_str()))
            .on(v.clone());
    r.context.borrow_mut().thrown = true;
    r.into()
}

/// Which of the handlers takes an error, and the exception it sees: the inner one is asked first, then the error's own
/// (System.Management.Automation.ExceptionHandlingOps).
fn handler<'a>(
    m: &mut Engine,
    record: &ErrorRecord,
    handlers: impl Iterator<Item = &'a [Type]> + Clone,
) -> Result<Option<(usize, Exception)>> {
    let fits = |m: &mut Engine, e: &Exception| -> Result<Option<usize>> {
        let value = Value::object(ExceptionObject(Rc::new(e.clone())));
        for (i, types) in handlers.clone().enumerate() {
            for t in types {
                let ty = super::expr::resolve_type(m, t)?;
                if net::is_instance(&value, ty) {
                    return Ok(Some(i));
                }
            }
        }
        Ok(None)
    };
    let all = handlers.clone().position(|types| types.is_empty());
    let mut e = record.exception.inner.clone();
    while let Some(inner) = e {
        if let Some(i) = fits(m, &inner)?.filter(|i| all.is_none_or(|a| *i < a)) {
            return Ok(Some((i, (*inner).clone())));
        }
        e = inner.inner.clone();
    }
    let own = fits(m, &record.exception)?;
    let first = match (own, all) {
        (Some(i), Some(a)) => Some(i.min(a)),
        (i, a) => i.or(a),
    };
    Ok(first.map(|i| (i, record.exception.clone())))
}

/// The record that a handler sees: a copy, with the exception that its type was found by.
fn caught_record(record: &ErrorRecord, exception: Exception) -> Rc<ErrorRecord> {
    let mut copy = ErrorRecord::new(record.id.clone(), record.category, exception).on(record.target.clone());
    copy.details = record.details.clone();
    copy.recommended_action = record.recommended_action.clone();
    copy.context = record.context.clone();
    {
        let mut context = copy.context.borrow_mut();
        context.thrown = false;
        // The category tells the exception that was caught first.
        if context.reason.is_none() {
            context.reason = Some(record.exception.short_type().into());
        }
    }
    Rc::new(copy)
}

fn run_catch(m: &mut Engine, out: &mut dyn Pipe, flow: Box<Flow>, catches: &[CatchCode]) -> Result<Ctl> {
    let Flow::Error(record) = &*flow else { return Err(flow) };
    let record = record.clone();
    let Some((i, exception)) = handler(m, &record, catches.iter().map(|c| &c.types[..]))? else {
        return Err(flow);
    };
    m.remember(&record);
    let caught = caught_record(&record, exception);
    let saved = std::mem::replace(m.dollar_under(), Value::object(ErrorObject(caught)));
    let result = catches[i].body.run(m, out);
    *m.dollar_under() = saved;
    result
}

/// A block with traps: each statement's error goes to the first trap that fits.
pub fn run_trapped(block: &BlockCode, m: &mut Engine, out: &mut dyn Pipe) -> Result<Ctl> {
    for (code, span) in &block.statements {
        m.try_depth += 1;
        let result = code(m, out);
        m.try_depth -= 1;
        let flow = match result {
            Ok(Ctl::Next) => continue,
            Ok(c) => return Ok(c),
            Err(flow) => flow,
        };
        let Flow::Error(record) = &*flow else { return Err(flow) };
        let record = record.clone();
        crate::run::errors::locate_record(&record, &block.source, *span);
        // A trap with a fitting type goes before one without, wherever it stands.
        let typed = block.traps.iter().enumerate().filter(|(_, t)| t.ty.is_some());
        let places: Vec<usize> = typed.clone().map(|(i, _)| i).collect();
        let typed: Vec<&[Type]> = typed.map(|(_, t)| t.ty.as_slice()).collect();
        let plain = || block.traps.iter().rposition(|t| t.ty.is_none());
        let (i, exception) = match handler(m, &record, typed.iter().copied())? {
            Some((i, exception)) => (places[i], exception),
            None => match plain() {
                Some(i) => (i, record.exception.clone()),
                None => return Err(flow),
            },
        };
        let t = &block.traps[i];
        m.remember(&record);
        let caught = caught_record(&record, exception);
        let saved = std::mem::replace(m.dollar_under(), Value::object(ErrorObject(caught)));
        let result = t.body.run(m, out);
        *m.dollar_under() = saved;
        match result? {
            Ctl::Continue(_) => m.ok = false,
            Ctl::Break(_) => {
                record.context.borrow_mut().thrown = true;
                return Err(Box::new(Flow::Error(record)));
            }
            Ctl::Return => return Ok(Ctl::Return),
            Ctl::Next => {
                // The trap ran to its end: the error is shown and the block goes on.
                if m.try_depth > 0 {
                    return Err(Box::new(Flow::Error(record)));
                }
                m.ok = false;
                record.context.borrow_mut().thrown = false;
                m.show_error(&record)?;
            }
        }
    }
    Ok(Ctl::Next)
}

/// Code that gives a value, for callers outside of `emit`.
pub type ValueCode = Expr;
