//! The frequent small shapes, fused: `$x + CONST`, `$x + $y`, `$x += E`, `$x++`, `$x = E`, `$a[$i]`.
//!
//! Each has a generic twin (`generic_arithmetic`, the general assignment) that must give the same results.

use super::cells::{self, Cell, with_cell};
use super::operator::{add, arith};
use super::{Emitter, Expr, Stmt};
use crate::lower::plan::{Arithmetic, Expr as P};
use crate::run::engine::Engine;
use crate::run::sink::Ctl;
use exsh_core::value::Tag;
use exsh_core::{Result, Str, Value};

impl Emitter {
    /// Arithmetic whose operands are variables or an integer constant.
    pub(super) fn fused_arithmetic(&self, op: Arithmetic, left: &P, right: &P) -> Option<Expr> {
        match (left, right) {
            (P::Var(a), P::Const(c)) => {
                let y = c.as_int()?;
                with_cell!(a, cell => Some(with_const(op, cell, y)), None)
            }
            (P::Var(a), P::Var(b)) => {
                with_cell!(a, x => with_cell!(b, y => Some(with_both(op, x, y)), None), None)
            }
            _ => None,
        }
    }
}

fn with_const<A: Cell>(op: Arithmetic, a: A, y: i32) -> Expr {
    macro_rules! arm {
        ($checked:ident) => {
            Box::new(move |m: &mut Engine| {
                if let Some(x) = a.get(m).as_int()
                    && let Some(z) = x.$checked(y)
                {
                    return Ok(Value::int(z));
                }
                let x = a.read(m)?;
                arith(op, m, x, &Value::int(y))
            })
        };
    }
    match op {
        Arithmetic::Add => arm!(checked_add),
        Arithmetic::Subtract => arm!(checked_sub),
        Arithmetic::Multiply => arm!(checked_mul),
        Arithmetic::Remainder if y > 0 => Box::new(move |m: &mut Engine| {
            if let Some(x) = a.get(m).as_int() {
                return Ok(Value::int(x % y));
            }
            let x = a.read(m)?;
            arith(op, m, x, &Value::int(y))
        }),
        _ => Box::new(move |m: &mut Engine| {
            let x = a.read(m)?;
            arith(op, m, x, &Value::int(y))
        }),
    }
}

fn with_both<A: Cell, B: Cell>(op: Arithmetic, a: A, b: B) -> Expr {
    macro_rules! arm {
        ($checked:ident) => {
            Box::new(move |m: &mut Engine| {
                if let (Some(x), Some(y)) = (a.get(m).as_int(), b.get(m).as_int())
                    && let Some(z) = x.$checked(y)
                {
                    return Ok(Value::int(z));
                }
                let x = a.read(m)?;
                let y = b.read(m)?;
                arith(op, m, x, &y)
            })
        };
    }
    match op {
        Arithmetic::Add => arm!(checked_add),
        Arithmetic::Subtract => arm!(checked_sub),
        Arithmetic::Multiply => arm!(checked_mul),
        _ => Box::new(move |m: &mut Engine| {
            let x = a.read(m)?;
            let y = b.read(m)?;
            arith(op, m, x, &y)
        }),
    }
}

/// A store without an output.
pub type Action = Box<dyn Fn(&mut Engine) -> Result<()>>;

/// An action as a statement: one closure, not two. `done` says that `$?` is true afterwards.
pub fn statement(act: impl Fn(&mut Engine) -> Result<()> + 'static, done: bool) -> Stmt {
    if done {
        return Box::new(move |m, _| {
            act(m)?;
            m.ok = true;
            Ok(Ctl::Next)
        });
    }
    Box::new(move |m, _| {
        act(m)?;
        Ok(Ctl::Next)
    })
}

/// `$x += E`.
pub fn add_to<A: Cell>(a: A, spelling: Str, value: Expr) -> impl Fn(&mut Engine) -> Result<()> {
    move |m: &mut Engine| {
        let y = value(m)?;
        add_value(m, a, &spelling, y)
    }
}

/// `$x += $y`.
pub fn add_cell<A: Cell, B: Cell>(a: A, spelling: Str, b: B) -> impl Fn(&mut Engine) -> Result<()> {
    move |m: &mut Engine| {
        if !a.guarded(m) {
            let (x, y) = (a.get(m), b.get(m));
            if let Some(q) = y.as_int() {
                if let Some(p) = x.as_int() {
                    if let Some(z) = p.checked_add(q) {
                        *a.get_mut(m) = Value::int(z);
                        return Ok(());
                    }
                } else if let Some(p) = x.as_double() {
                    *a.get_mut(m) = Value::double(p + f64::from(q));
                    return Ok(());
                }
            }
        }
        let y = b.read(m)?;
        add_value(m, a, &spelling, y)
    }
}

#[inline]
fn add_value<A: Cell>(m: &mut Engine, a: A, spelling: &Str, y: Value) -> Result<()> {
    {
        if !a.guarded(m) {
            let cell = a.get_mut(m);
            match (cell.tag(), y.tag()) {
                (Tag::Int32, Tag::Int32) => {
                    if let (Some(p), Some(q)) = (cell.as_int(), y.as_int())
                        && let Some(z) = p.checked_add(q)
                    {
                        *cell = Value::int(z);
                        return Ok(());
                    }
                }
                (Tag::Double, Tag::Int32) => {
                    if let (Some(p), Some(q)) = (cell.as_double(), y.as_int()) {
                        *cell = Value::double(p + f64::from(q));
                        return Ok(());
                    }
                }
                (Tag::Str, _) | (Tag::List, _) => {
                    // Taken out of its cell, the string or list is counted once and may grow in place.
                    let x = cell.take();
                    let sum = add(m, x, &y)?;
                    *a.get_mut(m) = sum;
                    return Ok(());
                }
                _ => {}
            }
        }
        let x = cells::read_own(m, a)?;
        let sum = add(m, x, &y)?;
        cells::assign(m, a, spelling, sum)
    }
}

/// `$x -= E` and the others.
pub fn change<A: Cell>(
    op: Arithmetic,
    a: A,
    spelling: Str,
    value: Expr,
) -> impl Fn(&mut Engine) -> Result<()> {
    move |m: &mut Engine| {
        let y = value(m)?;
        let x = cells::read_own(m, a)?;
        let z = arith(op, m, x, &y)?;
        cells::assign(m, a, &spelling, z)
    }
}

/// `$x = E`.
pub fn set<A: Cell>(a: A, spelling: Str, value: Expr) -> impl Fn(&mut Engine) -> Result<()> {
    move |m: &mut Engine| {
        let v = value(m)?;
        if a.guarded(m) {
            return cells::assign(m, a, &spelling, v);
        }
        *a.get_mut(m) = v;
        Ok(())
    }
}

/// `$x++` and `$x--` whose value nobody wants.
pub fn step<A: Cell>(a: A, spelling: Str, by: i32) -> impl Fn(&mut Engine) -> Result<()> {
    move |m: &mut Engine| {
        if !a.guarded(m)
            && let Some(x) = a.get(m).as_int()
            && let Some(z) = x.checked_add(by)
        {
            *a.get_mut(m) = Value::int(z);
            return Ok(());
        }
        let x = a.read(m)?;
        let z = super::assign::stepped(m, &x, by)?;
        cells::assign(m, a, &spelling, z)
    }
}
