//! Numbers to numbers: widening, rounding to even, overflow.

use crate::number::parse::{decimal_from_double, decimal_from_single};
use exsh_core::types::Kind;
use exsh_core::{Scalar, Value, View};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Why a number has no place in the other type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    Overflow,
    /// .NET has no such conversion (`Double` to `Char`).
    Invalid,
}

/// The integer in a value of an integer type, char, bool or enum.
pub fn integral(v: &Value) -> Option<i128> {
    Some(match v.view() {
        View::Bool(b) => b as i128,
        View::Char(n) => n as i128,
        View::SByte(n) => n as i128,
        View::Byte(n) => n as i128,
        View::Int16(n) => n as i128,
        View::UInt16(n) => n as i128,
        View::Int32(n) => n as i128,
        View::UInt32(n) => n as i128,
        View::Int64(n) => n as i128,
        View::UInt64(n) => n as i128,
        View::Scalar(s) => match &**s {
            Scalar::Enum(e) => e.number as i128,
            _ => return None,
        },
        _ => return None,
    })
}

/// Any number as a double.
pub fn to_f64(v: &Value) -> Option<f64> {
    match v.view() {
        View::Double(d) => Some(d),
        View::Single(s) => Some(s as f64),
        View::Scalar(s) => match &**s {
            Scalar::Decimal(d) => decimal_to_f64(*d),
            Scalar::Enum(e) => Some(e.number as f64),
            _ => None,
        },
        _ => match crate::numbers::big::of(v) {
            Some(b) => Some(b.to_f64()),
            None => integral(v).map(|i| i as f64),
        },
    }
}

/// The nearest double, as .NET computes it from the digits.
pub fn decimal_to_f64(d: Decimal) -> Option<f64> {
    d.to_string().parse().ok()
}

/// Any number as a decimal.
pub fn to_decimal(v: &Value) -> Result<Decimal, Failure> {
    match v.view() {
        View::Double(d) => decimal_from_double(d).ok_or(Failure::Overflow),
        View::Single(s) => decimal_from_single(s).ok_or(Failure::Overflow),
        View::Scalar(s) => match &**s {
            Scalar::Decimal(d) => Ok(*d),
            Scalar::Enum(e) => Ok(Decimal::from(e.number)),
            Scalar::Guid(_) => Err(Failure::Invalid),
        },
        _ => match (crate::numbers::big::of(v), integral(v)) {
            (Some(b), _) => b
                .to_i128()
                .and_then(|i| Decimal::try_from_i128_with_scale(i, 0).ok())
                .ok_or(Failure::Overflow),
            (None, Some(i)) => Ok(Decimal::from_i128_with_scale(i, 0)),
            (None, None) => Err(Failure::Invalid),
        },
    }
}

/// A number (or bool, char, enum) as a value of the numeric kind.
pub fn to_kind(v: &Value, kind: Kind) -> Result<Value, Failure> {
    match kind {
        Kind::Double => return to_f64(v).map(Value::double).ok_or(Failure::Invalid),
        Kind::Single => {
            return match v.view() {
                View::Single(_) => Ok(v.clone()),
                _ => to_f64(v).map(|d| Value::single(d as f32)).ok_or(Failure::Invalid),
            };
        }
        Kind::Decimal => return to_decimal(v).map(Value::decimal),
        _ => {}
    }
    let whole = match v.view() {
        View::Double(d) => from_float(d, kind)?,
        View::Single(s) => from_float(s as f64, kind)?,
        View::Bool(_) if kind == Kind::Char => return Err(Failure::Invalid),
        View::Scalar(s) if matches!(&**s, Scalar::Decimal(_)) => {
            if kind == Kind::Char {
                return Err(Failure::Invalid);
            }
            let Scalar::Decimal(d) = &**s else { return Err(Failure::Invalid) };
            d.round().to_i128().ok_or(Failure::Overflow)?
        }
        _ => match (crate::numbers::big::of(v), integral(v)) {
            (Some(b), _) => b.to_i128().ok_or(Failure::Overflow)?,
            (None, Some(i)) => i,
            (None, None) => return Err(Failure::Invalid),
        },
    };
    of_integer(whole, kind).ok_or(Failure::Overflow)
}

fn from_float(d: f64, kind: Kind) -> Result<i128, Failure> {
    if kind == Kind::Char {
        return Err(Failure::Invalid);
    }
    let r = d.round_ties_even();
    if r.is_nan() || r.abs() > 1e20 { Err(Failure::Overflow) } else { Ok(r as i128) }
}

/// An integer as a value of an integer kind; nothing when it does not fit.
pub fn of_integer(i: i128, kind: Kind) -> Option<Value> {
    Some(match kind {
        Kind::SByte => Value::sbyte(i.try_into().ok()?),
        Kind::Byte => Value::byte(i.try_into().ok()?),
        Kind::Int16 => Value::int16(i.try_into().ok()?),
        Kind::UInt16 => Value::uint16(i.try_into().ok()?),
        Kind::Int32 => Value::int(i.try_into().ok()?),
        Kind::UInt32 => Value::uint(i.try_into().ok()?),
        Kind::Int64 => Value::long(i.try_into().ok()?),
        Kind::UInt64 => Value::ulong(i.try_into().ok()?),
        Kind::Char => Value::char(i.try_into().ok()?),
        _ => return None,
    })
}

/// Bits and signedness of an integer kind.
pub fn width(kind: Kind) -> Option<(u32, bool)> {
    Some(match kind {
        Kind::SByte => (8, true),
        Kind::Byte => (8, false),
        Kind::Int16 => (16, true),
        Kind::UInt16 => (16, false),
        Kind::Int32 => (32, true),
        Kind::UInt32 => (32, false),
        Kind::Int64 => (64, true),
        Kind::UInt64 => (64, false),
        _ => return None,
    })
}

/// .NET's words for a number that does not fit.
pub fn overflow_message(kind: Kind) -> &'static str {
    match kind {
        Kind::SByte => "Value was either too large or too small for a signed byte.",
        Kind::Byte => "Value was either too large or too small for an unsigned byte.",
        Kind::Int16 => "Value was either too large or too small for an Int16.",
        Kind::UInt16 => "Value was either too large or too small for a UInt16.",
        Kind::UInt32 => "Value was either too large or too small for a UInt32.",
        Kind::Int64 => "Value was either too large or too small for an Int64.",
        Kind::UInt64 => "Value was either too large or too small for a UInt64.",
        Kind::Char => "Value was either too large or too small for a character.",
        Kind::Decimal => "Value was either too large or too small for a Decimal.",
        _ => "Value was either too large or too small for an Int32.",
    }
}
