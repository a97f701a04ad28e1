//! `-band -bor -bxor -bnot -shl -shr`.

use super::operator_methods;
use crate::convert::{self, numeric, parse};
use crate::{fail, types};
use exsh_core::types::Kind;
use exsh_core::{Result, Shell, Value, View};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Op {
    And,
    Or,
    Xor,
}

pub fn and(shell: &mut dyn Shell, left: &Value, right: &Value) -> Result<Value> {
    binary(shell, Op::And, left, right)
}

pub fn or(shell: &mut dyn Shell, left: &Value, right: &Value) -> Result<Value> {
    binary(shell, Op::Or, left, right)
}

pub fn xor(shell: &mut dyn Shell, left: &Value, right: &Value) -> Result<Value> {
    binary(shell, Op::Xor, left, right)
}

fn binary(shell: &mut dyn Shell, op: Op, left: &Value, right: &Value) -> Result<Value> {
    if let (Some(a), Some(b)) = (left.as_int(), right.as_int()) {
        return Ok(Value::int(match op {
            Op::And => a & b,
            Op::Or => a | b,
            Op::Xor => a ^ b,
        }));
    }
    let name = match op {
        Op::And => "op_BitwiseAnd",
        Op::Or => "op_BitwiseOr",
        Op::Xor => "op_ExclusiveOr",
    };
    let (l, r) = (left.base(), right.base());
    if let (View::Bool(a), View::Bool(b)) = (l.view(), r.view()) {
        return Ok(Value::bool(match op {
            Op::And => a & b,
            Op::Or => a | b,
            Op::Xor => a ^ b,
        }));
    }
    // Two members of one enumeration stay its members.
    if let Some(e) = l.as_enum() {
        let other = match r.as_enum() {
            Some(o) if o.ty.is(e.ty) => Some(o.number),
            Some(_) => None,
            None if r.as_str().is_some() => convert::cast(shell, r, e.ty)?.as_enum().map(|o| o.number),
            None => numeric::integral(r).map(|i| i as i64),
        };
        if let Some(n) = other {
            let number = match op {
                Op::And => e.number & n,
                Op::Or => e.number | n,
                Op::Xor => e.number ^ n,
            };
            return Ok(Value::enumeration(e.ty, number));
        }
    }
    let (Some(a), Some(b)) = (operand(shell, l)?, operand(shell, r)?) else {
        return operator_methods::call(shell, name, l, r);
    };
    let (ka, kb) = (kind_of(&a), kind_of(&b));
    let kind = wider(ka, kb);
    let (x, y) = (numeric::integral(&a).unwrap_or(0), numeric::integral(&b).unwrap_or(0));
    // A negative partner of an unsigned number makes it a signed 64-bit one.
    let kind = match kind {
        Kind::UInt32 if x < 0 || y < 0 => Kind::Int64,
        k => k,
    };
    let bits = match op {
        Op::And => x & y,
        Op::Or => x | y,
        Op::Xor => x ^ y,
    };
    Ok(wrap(bits, kind))
}

fn kind_of(v: &Value) -> Kind {
    match v.kind() {
        k @ (Kind::UInt32 | Kind::Int64 | Kind::UInt64) => k,
        _ => Kind::Int32,
    }
}

fn wider(a: Kind, b: Kind) -> Kind {
    let order = |k: Kind| match k {
        Kind::Int32 => 0,
        Kind::UInt32 => 1,
        Kind::Int64 => 2,
        _ => 3,
    };
    if order(a) >= order(b) { a } else { b }
}

fn wrap(bits: i128, kind: Kind) -> Value {
    match kind {
        Kind::UInt32 => Value::uint(bits as u32),
        Kind::Int64 => Value::long(bits as i64),
        Kind::UInt64 => Value::ulong(bits as u64),
        _ => Value::int(bits as i32),
    }
}

/// The integer an operand stands for; nothing for what has no bits.
fn operand(_shell: &mut dyn Shell, v: &Value) -> Result<Option<Value>> {
    Ok(match v.view() {
        View::Null | View::Nothing | View::Unset => Some(Value::int(0)),
        View::Str(s) => {
            let n = parse::operand(s).ok_or_else(|| {
                fail::cast(
                    "InvalidCastFromStringToInteger",
                    format!(
                        "Cannot convert value \"{s}\" to type \"System.Int32\". Error: \"{}\"",
                        parse::format_message(s)
                    ),
                )
            })?;
            from_real(&n)?
        }
        View::Double(_) | View::Single(_) => from_real(v)?,
        _ if v.as_decimal().is_some() => from_real(v)?,
        _ => match numeric::integral(v) {
            Some(_) if numeric::width(v.kind()).is_some() => Some(v.clone()),
            Some(i) => numeric::of_integer(i, Kind::Int32),
            None => None,
        },
    })
}

/// A real number as the smallest integer type that holds it.
fn from_real(v: &Value) -> Result<Option<Value>> {
    if numeric::width(v.kind()).is_some() {
        return Ok(Some(v.clone()));
    }
    for kind in [Kind::Int32, Kind::UInt32, Kind::Int64, Kind::UInt64] {
        if let Ok(n) = numeric::to_kind(v, kind) {
            return Ok(Some(n));
        }
    }
    Err(fail::cast(
        "InvalidCastIConvertible",
        format!(
            "Cannot convert value \"{}\" to type \"System.UInt64\". Error: \"{}\"",
            crate::text::to_text(v),
            numeric::overflow_message(Kind::UInt64)
        ),
    ))
}

/// `-bnot`.
pub fn not(shell: &mut dyn Shell, value: &Value) -> Result<Value> {
    let base = value.base();
    if let Some(e) = base.as_enum() {
        return Ok(Value::enumeration(e.ty, !(e.number as i32) as i64));
    }
    let Some(n) = operand(shell, base)? else {
        let name = types::of(base).map_or_else(String::new, types::full_name);
        return Err(fail::operation(
            "MethodNotFound",
            format!(
                "Method invocation failed because [{name}] does not contain a method named 'op_OnesComplement'."
            ),
        ));
    };
    let bits = !numeric::integral(&n).unwrap_or(0);
    Ok(wrap(bits, kind_of(&n)))
}

/// `-shl`.
pub fn shl(shell: &mut dyn Shell, left: &Value, right: &Value) -> Result<Value> {
    shift(shell, left, right, true)
}

/// `-shr`.
pub fn shr(shell: &mut dyn Shell, left: &Value, right: &Value) -> Result<Value> {
    shift(shell, left, right, false)
}

fn shift(shell: &mut dyn Shell, left: &Value, right: &Value, up: bool) -> Result<Value> {
    let l = left.base();
    let name = if up { "op_LeftShift" } else { "op_RightShift" };
    if let Some(e) = l.as_enum() {
        let word = if up { "LeftShift" } else { "RightShift" };
        return Err(fail::invalid_operation(format!(
            "The binary operator {word} is not defined for the types '{}' and 'System.Int32'.",
            types::full_name(e.ty)
        )));
    }
    let Some(n) = operand(shell, l)? else { return operator_methods::call(shell, name, l, right.base()) };
    let count = convert::to_int(shell, right)?;
    let kind = kind_of(&n);
    let x = numeric::integral(&n).unwrap_or(0);
    let width = if matches!(kind, Kind::Int64 | Kind::UInt64) { 63 } else { 31 };
    let by = (count & width) as u32;
    Ok(wrap(if up { x << by } else { x >> by }, kind))
}
