//! Comparisons and logic, as values and as conditions.

use super::operator::ints;
use super::{Cond, Emitter, Expr, cells};
use crate::lower::plan::{Compare as C, Expr as P, Stmt as PStmt, StmtKind, Var};
use crate::run::engine::Engine;
use exsh_core::{Result, Value};
use exsh_dotnet::convert::to_bool;
use exsh_dotnet::ops::compare::{self, CompareOp};
use exsh_dotnet::ops::{pattern, regex};

/// Integer comparison, decided once at emission.
#[inline(always)]
pub fn int_test(op: C, x: i32, y: i32) -> bool {
    match op {
        C::Eq => x == y,
        C::Ne => x != y,
        C::Lt => x < y,
        C::Le => x <= y,
        C::Gt => x > y,
        C::Ge => x >= y,
        _ => false,
    }
}

fn order_op(op: C) -> Option<CompareOp> {
    Some(match op {
        C::Eq => CompareOp::Eq,
        C::Ne => CompareOp::Ne,
        C::Lt => CompareOp::Lt,
        C::Le => CompareOp::Le,
        C::Gt => CompareOp::Gt,
        C::Ge => CompareOp::Ge,
        _ => return None,
    })
}

/// Any comparison on values that are no pair of integers.
#[inline(never)]
fn general(
    m: &mut Engine,
    op: C,
    ignore_case: bool,
    a: &Value,
    b: &Value,
    matches: Option<&Var>,
) -> Result<Value> {
    if let Some(op) = order_op(op) {
        return compare::compare(m, op, ignore_case, a, b);
    }
    match op {
        C::Contains => Ok(Value::bool(compare::contains(a, b, ignore_case))),
        C::NotContains => Ok(Value::bool(!compare::contains(a, b, ignore_case))),
        C::In => Ok(Value::bool(compare::in_(a, b, ignore_case))),
        C::NotIn => Ok(Value::bool(!compare::in_(a, b, ignore_case))),
        C::Like | C::NotLike => pattern::like(a, b, ignore_case, op == C::NotLike),
        C::Match | C::NotMatch => {
            let (result, found) = regex::matches(a, b, ignore_case, op == C::NotMatch)?;
            if let (Some(var), Some(found)) = (matches, found) {
                cells::store(m, var, found.table())?;
            }
            Ok(result)
        }
        _ => Ok(Value::FALSE),
    }
}

impl Emitter {
    pub(super) fn compare(
        &self,
        op: C,
        ignore_case: bool,
        left: &P,
        right: &P,
        matches: Option<&Var>,
    ) -> Expr {
        let (l, r) = (self.expr(left), self.expr(right));
        let matches = matches.cloned();
        if order_op(op).is_some() {
            return Box::new(move |m| {
                let a = l(m)?;
                let b = r(m)?;
                match ints(&a, &b) {
                    Some((x, y)) => Ok(Value::bool(int_test(op, x, y))),
                    None => general(m, op, ignore_case, &a, &b, None),
                }
            });
        }
        Box::new(move |m| {
            let a = l(m)?;
            let b = r(m)?;
            general(m, op, ignore_case, &a, &b, matches.as_ref())
        })
    }

    /// An expression as a condition.
    pub(super) fn condition(&self, e: &P) -> Cond {
        match e {
            P::Compare { op, ignore_case, left, right, .. } if order_op(*op).is_some() => {
                if let Some(fused) = self.fused_condition(*op, left, right) {
                    return fused;
                }
                let (op, ignore_case) = (*op, *ignore_case);
                let (l, r) = (self.expr(left), self.expr(right));
                Box::new(move |m| {
                    let a = l(m)?;
                    let b = r(m)?;
                    match ints(&a, &b) {
                        Some((x, y)) => Ok(int_test(op, x, y)),
                        None => Ok(to_bool(&general(m, op, ignore_case, &a, &b, None)?)),
                    }
                })
            }
            P::Not(e) => {
                let c = self.condition(e);
                Box::new(move |m| Ok(!c(m)?))
            }
            P::And(a, b) => {
                let (a, b) = (self.condition(a), self.condition(b));
                Box::new(move |m| Ok(a(m)? && b(m)?))
            }
            P::Or(a, b) => {
                let (a, b) = (self.condition(a), self.condition(b));
                Box::new(move |m| Ok(a(m)? || b(m)?))
            }
            e => {
                let v = self.expr(e);
                Box::new(move |m| Ok(to_bool(&v(m)?)))
            }
        }
    }

    /// A statement in the place of a condition.
    pub(super) fn condition_stmt(&self, s: &PStmt) -> Cond {
        if let StmtKind::Expr(e) = &s.kind {
            // A comparison of variables and constants fails only off its fast path: it needs no place around it.
            if let P::Compare { op, left, right, .. } = e
                && let Some(fused) = self.fused_condition(*op, left, right)
            {
                return fused;
            }
            let c = self.condition(e);
            let (source, span) = (self.source.clone(), s.span);
            return Box::new(move |m| match c(m) {
                Ok(b) => Ok(b),
                Err(f) => {
                    crate::run::errors::locate(&f, &source, span);
                    Err(f)
                }
            });
        }
        let v = self.value(s);
        Box::new(move |m| Ok(to_bool(&v(m)?)))
    }

    /// The comparison of a variable with a constant or another variable, without making values.
    fn fused_condition(&self, op: C, left: &P, right: &P) -> Option<Cond> {
        let P::Var(a) = left else { return None };
        match right {
            P::Const(c) => {
                let y = c.as_int()?;
                let slow = self.slow_condition(op, left, right);
                cells::with_cell!(a, cell => Some(test_const(cell, op, y, slow)), None)
            }
            P::Var(b) => {
                let slow = self.slow_condition(op, left, right);
                cells::with_cell!(a, x => cells::with_cell!(b, y => Some(test_cells(x, y, op, slow)), None), None)
            }
            _ => None,
        }
    }

    fn slow_condition(&self, op: C, left: &P, right: &P) -> Cond {
        let v = self.compare(op, true, left, right, None);
        Box::new(move |m| Ok(to_bool(&v(m)?)))
    }
}

use cells::Cell;

/// One closure for each operator, so that the comparison itself is inline.
fn test_const<A: Cell>(a: A, op: C, y: i32, slow: Cond) -> Cond {
    macro_rules! arm {
        ($t:tt) => {
            Box::new(move |m: &mut Engine| match a.get(m).as_int() {
                Some(x) => Ok(x $t y),
                None => slow(m),
            })
        };
    }
    match op {
        C::Lt => arm!(<),
        C::Le => arm!(<=),
        C::Gt => arm!(>),
        C::Ge => arm!(>=),
        C::Ne => arm!(!=),
        _ => arm!(==),
    }
}

fn test_cells<A: Cell, B: Cell>(a: A, b: B, op: C, slow: Cond) -> Cond {
    macro_rules! arm {
        ($t:tt) => {
            Box::new(move |m: &mut Engine| match (a.get(m).as_int(), b.get(m).as_int()) {
                (Some(x), Some(y)) => Ok(x $t y),
                _ => slow(m),
            })
        };
    }
    match op {
        C::Lt => arm!(<),
        C::Le => arm!(<=),
        C::Gt => arm!(>),
        C::Ge => arm!(>=),
        C::Ne => arm!(!=),
        _ => arm!(==),
    }
}
