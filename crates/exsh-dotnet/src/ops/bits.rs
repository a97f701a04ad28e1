//! `-band -bor -bxor -bnot -shl -shr`.

use super::arithmetic::failed_operand;
use super::operator_methods;
use crate::convert::{self, numeric, parse};
use crate::numbers::big;
use crate::{culture, fail, text, types};
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
    let combine = |x: i128, y: i128| match op {
        Op::And => x & y,
        Op::Or => x | y,
        Op::Xor => x ^ y,
    };
    let (l, r) = (left.base(), right.base());
    // Two members of one enumeration stay its members.
    if let Some(e) = l.as_enum() {
        let other = match r.as_enum() {
            Some(o) if o.ty.is(e.ty) => Some(o.number),
            Some(_) => None,
            None if r.as_str().is_some() => convert::cast(shell, r, e.ty)?.as_enum().map(|o| o.number),
            None if r.is_null() => Some(0),
            None if matches!(r.view(), View::Bool(_) | View::Char(_))
                || numeric::width(r.kind()).is_some() =>
            {
                numeric::integral(r).map(|i| i as i64)
            }
            None => None,
        };
        if let Some(n) = other {
            return Ok(Value::enumeration(e.ty, combine(e.number as i128, n as i128) as i64));
        }
    }
    let a = number(shell, l, r)?;
    let b = number(shell, r, l)?;
    let (Some(a), Some(b)) = (a.clone(), b.clone()) else {
        if [a, b].iter().flatten().any(is_real) {
            return Err(fail::thrown(
                "System.NullReferenceException",
                "Object reference not set to an instance of an object.",
            ));
        }
        return operator_methods::call(shell, name, l, r);
    };
    if let Some(whole) = numeric::integral(&a).zip(numeric::integral(&b)).map(|(x, y)| combine(x, y)) {
        let negative = [&a, &b].iter().any(|v| numeric::integral(v).is_some_and(|i| i < 0));
        // A negative partner of an unsigned number makes it a signed 64-bit one.
        let kind = match wider(kind_of(&a), kind_of(&b)) {
            Kind::UInt32 if negative => Kind::Int64,
            k => k,
        };
        return Ok(wrap(whole, kind));
    }
    // A real number on either side: both are 64-bit integers, unsigned unless one is negative.
    let negative = [&a, &b].iter().any(|v| numeric::to_f64(v).is_some_and(|d| d < 0.0));
    let kind = if negative { Kind::Int64 } else { Kind::UInt64 };
    let (x, y) = (to_whole(shell, &a, kind)?, to_whole(shell, &b, kind)?);
    Ok(wrap(combine(x, y), kind))
}

fn is_real(v: &Value) -> bool {
    matches!(v.kind(), Kind::Double | Kind::Single | Kind::Decimal)
}

fn to_whole(shell: &mut dyn Shell, v: &Value, kind: Kind) -> Result<i128> {
    // Decimals go their own way; everything else is a double first.
    let v = match v.kind() {
        Kind::Decimal => v.clone(),
        _ => Value::double(numeric::to_f64(v).unwrap_or(f64::NAN)),
    };
    match numeric::to_kind(&v, kind) {
        Ok(n) => Ok(numeric::integral(&n).unwrap_or(0)),
        Err(_) => Err(fail::cast(
            "InvalidCastIConvertible",
            format!(
                "Cannot convert value \"{}\" to type \"System.UInt64\". Error: \"{}\"",
                text::to_string_culture(&v, culture::current(shell)),
                match v.kind() {
                    Kind::Decimal => numeric::overflow_message(Kind::UInt64),
                    _ => "Arithmetic operation resulted in an overflow.",
                }
            ),
        )),
    }
}

/// The number an operand stands for; nothing for what is none.
fn number(shell: &mut dyn Shell, v: &Value, other: &Value) -> Result<Option<Value>> {
    Ok(match v.view() {
        View::Null | View::Nothing | View::Unset => Some(Value::int(0)),
        View::Str(s) => match parse::operand(s) {
            Some(n) => Some(n),
            None => return Err(failed_operand(shell, s, other)),
        },
        _ if is_real(v) => Some(v.clone()),
        _ => match numeric::integral(v) {
            Some(_) if numeric::width(v.kind()).is_some() => Some(v.clone()),
            Some(i) => numeric::of_integer(i, Kind::Int32),
            None => None,
        },
    })
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
        Kind::Byte => Value::byte(bits as u8),
        Kind::SByte => Value::sbyte(bits as i8),
        Kind::Int16 => Value::int16(bits as i16),
        Kind::UInt16 => Value::uint16(bits as u16),
        _ => Value::int(bits as i32),
    }
}

/// A real number as the smallest integer type that holds it.
fn from_real(shell: &mut dyn Shell, v: &Value) -> Result<Option<Value>> {
    if numeric::width(v.kind()).is_some() {
        return Ok(Some(v.clone()));
    }
    for kind in [Kind::Int32, Kind::UInt32, Kind::Int64, Kind::UInt64] {
        if let Ok(n) = numeric::to_kind(v, kind) {
            return Ok(Some(n));
        }
    }
    Err(fail::cast(
        "ConvertToFinalInvalidCastException",
        format!(
            "Cannot convert the \"{}\" value of type \"{}\" to type \"System.UInt64\".",
            text::to_string_culture(v, culture::current(shell)),
            types::of(v).map_or("", |t| t.name)
        ),
    ))
}

/// `-bnot`.
pub fn not(shell: &mut dyn Shell, value: &Value) -> Result<Value> {
    let base = value.base();
    if let Some(e) = base.as_enum() {
        return Ok(Value::enumeration(e.ty, !(e.number as i32) as i64));
    }
    let Some(n) = number(shell, base, &Value::NULL)? else {
        if let Some(b) = big::of(base) {
            return Ok(big::value(b.negate().subtract(&big::Big::from_i128(1))));
        }
        convert::to_int(shell, value)?;
        return Ok(Value::NULL);
    };
    let n = from_real(shell, &n)?.unwrap_or(n);
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
    let (l, r) = (left.base(), right.base());
    let (name, symbol) = if up { ("op_LeftShift", "-shl") } else { ("op_RightShift", "-shr") };
    if l.is_null() {
        return Ok(Value::int(0));
    }
    // A text on the right is read before anything else is looked at.
    let count = match r.as_str() {
        Some(s) if l.as_str().is_none() => match parse::operand(s) {
            Some(n) => n,
            None => return Err(failed_operand(shell, s, l)),
        },
        _ => r.clone(),
    };
    if matches!(l.view(), View::Bool(_) | View::Char(_)) && !count.is_null() && big::of(&count).is_none() {
        let right_type = types::of(&count).unwrap_or(&exsh_core::types::INT32);
        if types::is_number(right_type) || matches!(right_type.kind, Kind::Boolean | Kind::Char) {
            let left_name = types::of(l).map_or("", |t| t.name);
            return Err(fail::operation(
                "NotADefinedOperationForType",
                format!("The operation '[{left_name}] {symbol} [{}]' is not defined.", right_type.name),
            ));
        }
        return Err(operator_methods::missing(name, right_type));
    }
    let Some(n) = number(shell, l, r)? else { return operator_methods::call(shell, name, l, &count) };
    if let Some(e) = l.as_enum() {
        if numeric::to_f64(&count).is_none() {
            convert::to_int(shell, &count)?;
        }
        let word = if up { "LeftShift" } else { "RightShift" };
        return Err(fail::invalid_operation(format!(
            "The binary operator {word} is not defined for the types '{}' and 'System.Int32'.",
            types::full_name(e.ty)
        )));
    }
    let count = convert::to_int(shell, &count)?;
    let n = from_real(shell, &n)?.unwrap_or(n);
    let kind = match n.kind() {
        k @ (Kind::SByte | Kind::Byte | Kind::Int16 | Kind::UInt16) => k,
        _ => kind_of(&n),
    };
    let x = numeric::integral(&n).unwrap_or(0);
    let width = if matches!(kind, Kind::Int64 | Kind::UInt64) { 63 } else { 31 };
    let by = (count & width) as u32;
    Ok(wrap(if up { x << by } else { x >> by }, kind))
}
