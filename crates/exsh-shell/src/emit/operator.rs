//! Arithmetic and bits: the common pairs of types first, everything else in cold functions of the .NET layer.

use super::{Emitter, Expr};
use crate::lower::plan::{Arithmetic, BitOp, Expr as P};
use crate::run::engine::Engine;
use exsh_core::value::Tag;
use exsh_core::{Result, Value};
use exsh_dotnet::ops::{arithmetic, bits};

/// Both operands as Int32, without an error path.
#[inline(always)]
pub fn ints(a: &Value, b: &Value) -> Option<(i32, i32)> {
    match (a.as_int(), b.as_int()) {
        (Some(x), Some(y)) => Some((x, y)),
        _ => None,
    }
}

#[inline(always)]
fn doubles(a: &Value, b: &Value) -> Option<(f64, f64)> {
    let number = |v: &Value| match v.tag() {
        Tag::Double => v.as_double(),
        Tag::Int32 => v.as_int().map(f64::from),
        _ => None,
    };
    if a.tag() == Tag::Double || b.tag() == Tag::Double { Some((number(a)?, number(b)?)) } else { None }
}

#[inline(always)]
pub fn add(m: &mut Engine, a: Value, b: &Value) -> Result<Value> {
    if let Some((x, y)) = ints(&a, b)
        && let Some(z) = x.checked_add(y)
    {
        return Ok(Value::int(z));
    }
    if let Some((x, y)) = doubles(&a, b) {
        return Ok(Value::double(x + y));
    }
    if let (Some(x), Some(y)) = (a.as_long(), b.as_int())
        && let Some(z) = x.checked_add(i64::from(y))
    {
        return Ok(Value::long(z));
    }
    slow_add(m, a, b)
}

#[cold]
#[inline(never)]
fn slow_add(m: &mut Engine, a: Value, b: &Value) -> Result<Value> {
    arithmetic::add(m, a, b)
}

#[inline(always)]
pub fn subtract(m: &mut Engine, a: &Value, b: &Value) -> Result<Value> {
    if let Some((x, y)) = ints(a, b)
        && let Some(z) = x.checked_sub(y)
    {
        return Ok(Value::int(z));
    }
    if let Some((x, y)) = doubles(a, b) {
        return Ok(Value::double(x - y));
    }
    arithmetic::subtract(m, a, b)
}

#[inline(always)]
pub fn multiply(m: &mut Engine, a: &Value, b: &Value) -> Result<Value> {
    if let Some((x, y)) = ints(a, b)
        && let Some(z) = x.checked_mul(y)
    {
        return Ok(Value::int(z));
    }
    if let Some((x, y)) = doubles(a, b) {
        return Ok(Value::double(x * y));
    }
    arithmetic::multiply(m, a, b)
}

#[inline(always)]
pub fn divide(m: &mut Engine, a: &Value, b: &Value) -> Result<Value> {
    if let Some((x, y)) = ints(a, b)
        && y != 0
        && y != -1
    {
        return Ok(if x % y == 0 { Value::int(x / y) } else { Value::double(f64::from(x) / f64::from(y)) });
    }
    if let Some((x, y)) = doubles(a, b) {
        return Ok(Value::double(x / y));
    }
    arithmetic::divide(m, a, b)
}

#[inline(always)]
pub fn remainder(m: &mut Engine, a: &Value, b: &Value) -> Result<Value> {
    if let Some((x, y)) = ints(a, b)
        && y > 0
    {
        return Ok(Value::int(x % y));
    }
    arithmetic::remainder(m, a, b)
}

/// One arithmetic operation; `a` is given away so that strings and lists may grow in place.
#[inline(always)]
pub fn arith(op: Arithmetic, m: &mut Engine, a: Value, b: &Value) -> Result<Value> {
    match op {
        Arithmetic::Add => add(m, a, b),
        Arithmetic::Subtract => subtract(m, &a, b),
        Arithmetic::Multiply => multiply(m, &a, b),
        Arithmetic::Divide => divide(m, &a, b),
        Arithmetic::Remainder => remainder(m, &a, b),
    }
}

macro_rules! binary {
    ($l:expr, $r:expr, |$m:ident, $a:ident, $b:ident| $e:expr) => {{
        let (l, r) = ($l, $r);
        Box::new(move |$m: &mut Engine| {
            let $a = l($m)?;
            let $b = r($m)?;
            $e
        })
    }};
}

impl Emitter {
    pub(super) fn arithmetic(&self, op: Arithmetic, left: &P, right: &P) -> Expr {
        if let Some(fused) = self.fused_arithmetic(op, left, right) {
            return fused;
        }
        self.generic_arithmetic(op, left, right)
    }

    pub(super) fn generic_arithmetic(&self, op: Arithmetic, left: &P, right: &P) -> Expr {
        let (l, r) = (self.expr(left), self.expr(right));
        match op {
            Arithmetic::Add => binary!(l, r, |m, a, b| add(m, a, &b)),
            Arithmetic::Subtract => binary!(l, r, |m, a, b| subtract(m, &a, &b)),
            Arithmetic::Multiply => binary!(l, r, |m, a, b| multiply(m, &a, &b)),
            Arithmetic::Divide => binary!(l, r, |m, a, b| divide(m, &a, &b)),
            Arithmetic::Remainder => binary!(l, r, |m, a, b| remainder(m, &a, &b)),
        }
    }

    pub(super) fn bits(&self, op: BitOp, left: &P, right: &P) -> Expr {
        let (l, r) = (self.expr(left), self.expr(right));
        match op {
            BitOp::And => binary!(l, r, |m, a, b| match ints(&a, &b) {
                Some((x, y)) => Ok(Value::int(x & y)),
                None => bits::and(m, &a, &b),
            }),
            BitOp::Or => binary!(l, r, |m, a, b| match ints(&a, &b) {
                Some((x, y)) => Ok(Value::int(x | y)),
                None => bits::or(m, &a, &b),
            }),
            BitOp::Xor => binary!(l, r, |m, a, b| match ints(&a, &b) {
                Some((x, y)) => Ok(Value::int(x ^ y)),
                None => bits::xor(m, &a, &b),
            }),
            BitOp::Shl => binary!(l, r, |m, a, b| bits::shl(m, &a, &b)),
            BitOp::Shr => binary!(l, r, |m, a, b| bits::shr(m, &a, &b)),
        }
    }
}
