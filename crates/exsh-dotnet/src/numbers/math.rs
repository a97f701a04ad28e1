//! `System.Math`.

use super::decimal;
use crate::convert::numeric;
use crate::fail;
use crate::ops::compare;
use crate::sig::*;
use crate::types::enums;
use exsh_core::types::{Kind, MemberTable, TypeInfo};
use exsh_core::{Result, Value};
use rust_decimal::Decimal;
use std::cmp::Ordering;

pub static TYPE: TypeInfo = TypeInfo::class("System.Math", MEMBERS);

/// The absolute value of an integer of any type.
pub fn abs_integer(v: &Value) -> Result<Value> {
    let i = numeric::integral(v.base()).unwrap_or(0);
    numeric::of_integer(i.abs(), v.base().kind())
        .ok_or_else(|| fail::overflow("Negating the minimum value of a twos complement number is invalid."))
}

/// The larger or smaller of two numbers of one type.
pub fn larger(a: &[Value], largest: bool) -> Result<Value> {
    let (x, y) = (arg(a, 0), arg(a, 1));
    let nan = |v: &Value| numeric::to_f64(v.base()).is_some_and(f64::is_nan);
    if nan(x) || nan(y) {
        return Ok(if nan(x) { x.clone() } else { y.clone() });
    }
    let first = match compare::number_order(x.base(), y.base()) {
        Some(Ordering::Less) => !largest,
        Some(Ordering::Greater) => largest,
        _ => true,
    };
    Ok(if first { x.clone() } else { y.clone() })
}

pub fn clamp(a: &[Value]) -> Result<Value> {
    let (v, min, max) = (arg(a, 0), arg(a, 1), arg(a, 2));
    if compare::number_order(min.base(), max.base()) == Some(Ordering::Greater) {
        let (x, y) = (crate::text::to_text(min), crate::text::to_text(max));
        return Err(fail::thrown("System.ArgumentException", format!("'{x}' cannot be greater than {y}.")));
    }
    if compare::number_order(v.base(), min.base()) == Some(Ordering::Less) {
        return Ok(min.clone());
    }
    Ok(if compare::number_order(v.base(), max.base()) == Some(Ordering::Greater) {
        max.clone()
    } else {
        v.clone()
    })
}

fn decimal_at(a: &[Value], i: usize) -> Decimal {
    numeric::to_decimal(arg(a, i).base()).unwrap_or_default()
}

/// `Math.Round` of a double: .NET scales by a power of ten, rounds and scales back.
fn round(x: f64, digits: i64, mode: i64) -> Result<Value> {
    if !(0..=15).contains(&digits) {
        return Err(fail::out_of_range("Rounding digits must be between 0 and 15, inclusive.", "digits"));
    }
    if x.abs() >= 1e16 {
        return Ok(Value::double(x));
    }
    let power = 10f64.powi(digits as i32);
    let scaled = x * power;
    let r = match mode {
        1 => scaled.round(),
        2 => scaled.trunc(),
        3 => scaled.floor(),
        4 => scaled.ceil(),
        _ => scaled.round_ties_even(),
    };
    Ok(Value::double(if digits == 0 { r } else { r / power }))
}

fn sign(a: &[Value]) -> Result<Value> {
    let v = arg(a, 0).base();
    if numeric::to_f64(v).is_some_and(f64::is_nan) {
        return Err(fail::thrown(
            "System.ArithmeticException",
            "Function does not accept floating point Not-a-Number values.",
        ));
    }
    Ok(Value::int(compare::number_order(v, &Value::int(0)).map_or(0, |o| o as i32)))
}

macro_rules! real {
    ($f:expr) => {
        |_, _, a| {
            let f: fn(f64) -> f64 = $f;
            Ok(Value::double(f(double_at(a, 0))))
        }
    };
}

fn div_rem(a: &[Value], kind: Kind) -> Result<(Value, Value)> {
    let (x, y) =
        (numeric::integral(arg(a, 0).base()).unwrap_or(0), numeric::integral(arg(a, 1).base()).unwrap_or(0));
    if y == 0 {
        return Err(fail::thrown("System.DivideByZeroException", "Attempted to divide by zero."));
    }
    let make = |n| {
        numeric::of_integer(n, kind)
            .ok_or_else(|| fail::overflow("Arithmetic operation resulted in an overflow."))
    };
    Ok((make(x / y)?, make(x % y)?))
}

const MEMBERS: MemberTable = MemberTable {
    static_properties: properties! {
        E: "double" = |_, _| Ok(Value::double(std::f64::consts::E));
        PI: "double" = |_, _| Ok(Value::double(std::f64::consts::PI));
        Tau: "double" = |_, _| Ok(Value::double(std::f64::consts::TAU));
    },
    static_methods: methods! {
        Abs {
            (value: DOUBLE) -> "double" = real!(f64::abs);
            (value: SHORT) -> "short" = |_, _, a| abs_integer(arg(a, 0));
            (value: INT) -> "int" = |_, _, a| abs_integer(arg(a, 0));
            (value: LONG) -> "long" = |_, _, a| abs_integer(arg(a, 0));
            (value: SBYTE) -> "sbyte" = |_, _, a| abs_integer(arg(a, 0));
            (value: DECIMAL) -> "decimal" = |_, _, a| Ok(Value::decimal(decimal_at(a, 0).abs()));
            (value: FLOAT) -> "float" = |_, _, a| Ok(Value::single(double_at(a, 0).abs() as f32));
        }
        Acos { (d: DOUBLE) -> "double" = real!(f64::acos); }
        Acosh { (d: DOUBLE) -> "double" = real!(f64::acosh); }
        Asin { (d: DOUBLE) -> "double" = real!(f64::asin); }
        Asinh { (d: DOUBLE) -> "double" = real!(f64::asinh); }
        Atan { (d: DOUBLE) -> "double" = real!(f64::atan); }
        Atan2 { (y: DOUBLE, x: DOUBLE) -> "double" = |_, _, a| Ok(Value::double(double_at(a, 0).atan2(double_at(a, 1)))); }
        Atanh { (d: DOUBLE) -> "double" = real!(f64::atanh); }
        BigMul { (a: INT, b: INT) -> "long" = |_, _, a| Ok(Value::long(int_at(a, 0) * int_at(a, 1))); }
        Cbrt { (d: DOUBLE) -> "double" = real!(f64::cbrt); }
        Ceiling {
            (a: DOUBLE) -> "double" = real!(f64::ceil);
            (d: DECIMAL) -> "decimal" = |_, _, a| Ok(Value::decimal(decimal_at(a, 0).ceil()));
        }
        Clamp {
            (value: BYTE, min: BYTE, max: BYTE) -> "byte" = |_, _, a| clamp(a);
            (value: INT, min: INT, max: INT) -> "int" = |_, _, a| clamp(a);
            (value: LONG, min: LONG, max: LONG) -> "long" = |_, _, a| clamp(a);
            (value: DOUBLE, min: DOUBLE, max: DOUBLE) -> "double" = |_, _, a| clamp(a);
            (value: DECIMAL, min: DECIMAL, max: DECIMAL) -> "decimal" = |_, _, a| clamp(a);
        }
        CopySign { (x: DOUBLE, y: DOUBLE) -> "double" = |_, _, a| Ok(Value::double(double_at(a, 0).copysign(double_at(a, 1)))); }
        Cos { (d: DOUBLE) -> "double" = real!(f64::cos); }
        Cosh { (value: DOUBLE) -> "double" = real!(f64::cosh); }
        DivRem {
            (a: INT, b: INT, result: crate::core::reference::REF) -> "int" = |shell, _, a| {
                let (q, r) = div_rem(a, Kind::Int32)?;
                crate::core::reference::assign(shell, arg(a, 2), r)?;
                Ok(q)
            };
            (a: LONG, b: LONG, result: crate::core::reference::REF) -> "long" = |shell, _, a| {
                let (q, r) = div_rem(a, Kind::Int64)?;
                crate::core::reference::assign(shell, arg(a, 2), r)?;
                Ok(q)
            };
        }
        Exp { (d: DOUBLE) -> "double" = real!(f64::exp); }
        Floor {
            (d: DOUBLE) -> "double" = real!(f64::floor);
            (d: DECIMAL) -> "decimal" = |_, _, a| Ok(Value::decimal(decimal_at(a, 0).floor()));
        }
        IEEERemainder { (x: DOUBLE, y: DOUBLE) -> "double" = |_, _, a| {
            let (x, y) = (double_at(a, 0), double_at(a, 1));
            Ok(Value::double(x - y * (x / y).round_ties_even()))
        }; }
        Log {
            (d: DOUBLE) -> "double" = real!(f64::ln);
            (a: DOUBLE, newBase: DOUBLE) -> "double" = |_, _, a| Ok(Value::double(double_at(a, 0).ln() / double_at(a, 1).ln()));
        }
        Log10 { (d: DOUBLE) -> "double" = real!(f64::log10); }
        Log2 { (x: DOUBLE) -> "double" = real!(f64::log2); }
        Max {
            (val1: BYTE, val2: BYTE) -> "byte" = |_, _, a| larger(a, true);
            (val1: DECIMAL, val2: DECIMAL) -> "decimal" = |_, _, a| larger(a, true);
            (val1: DOUBLE, val2: DOUBLE) -> "double" = |_, _, a| larger(a, true);
            (val1: SHORT, val2: SHORT) -> "short" = |_, _, a| larger(a, true);
            (val1: INT, val2: INT) -> "int" = |_, _, a| larger(a, true);
            (val1: LONG, val2: LONG) -> "long" = |_, _, a| larger(a, true);
            (val1: SBYTE, val2: SBYTE) -> "sbyte" = |_, _, a| larger(a, true);
            (val1: FLOAT, val2: FLOAT) -> "float" = |_, _, a| larger(a, true);
            (val1: USHORT, val2: USHORT) -> "ushort" = |_, _, a| larger(a, true);
            (val1: UINT, val2: UINT) -> "uint" = |_, _, a| larger(a, true);
            (val1: ULONG, val2: ULONG) -> "ulong" = |_, _, a| larger(a, true);
        }
        Min {
            (val1: BYTE, val2: BYTE) -> "byte" = |_, _, a| larger(a, false);
            (val1: DECIMAL, val2: DECIMAL) -> "decimal" = |_, _, a| larger(a, false);
            (val1: DOUBLE, val2: DOUBLE) -> "double" = |_, _, a| larger(a, false);
            (val1: SHORT, val2: SHORT) -> "short" = |_, _, a| larger(a, false);
            (val1: INT, val2: INT) -> "int" = |_, _, a| larger(a, false);
            (val1: LONG, val2: LONG) -> "long" = |_, _, a| larger(a, false);
            (val1: SBYTE, val2: SBYTE) -> "sbyte" = |_, _, a| larger(a, false);
            (val1: FLOAT, val2: FLOAT) -> "float" = |_, _, a| larger(a, false);
            (val1: USHORT, val2: USHORT) -> "ushort" = |_, _, a| larger(a, false);
            (val1: UINT, val2: UINT) -> "uint" = |_, _, a| larger(a, false);
            (val1: ULONG, val2: ULONG) -> "ulong" = |_, _, a| larger(a, false);
        }
        Pow { (x: DOUBLE, y: DOUBLE) -> "double" = |_, _, a| Ok(Value::double(double_at(a, 0).powf(double_at(a, 1)))); }
        Round {
            (a: DOUBLE) -> "double" = |_, _, a| round(double_at(a, 0), 0, 0);
            (d: DECIMAL) -> "decimal" = |_, _, a| decimal::round(decimal_at(a, 0), 0, 0);
            (value: DOUBLE, digits: INT) -> "double" = |_, _, a| round(double_at(a, 0), int_at(a, 1), 0);
            (d: DECIMAL, decimals: INT) -> "decimal" = |_, _, a| decimal::round(decimal_at(a, 0), int_at(a, 1), 0);
            (value: DOUBLE, mode: &enums::MIDPOINT_ROUNDING) -> "double" = |_, _, a| round(double_at(a, 0), 0, enum_at(a, 1));
            (d: DECIMAL, mode: &enums::MIDPOINT_ROUNDING) -> "decimal" = |_, _, a| decimal::round(decimal_at(a, 0), 0, enum_at(a, 1));
            (value: DOUBLE, digits: INT, mode: &enums::MIDPOINT_ROUNDING) -> "double" = |_, _, a| round(double_at(a, 0), int_at(a, 1), enum_at(a, 2));
            (d: DECIMAL, decimals: INT, mode: &enums::MIDPOINT_ROUNDING) -> "decimal" = |_, _, a| decimal::round(decimal_at(a, 0), int_at(a, 1), enum_at(a, 2));
        }
        Sign {
            (value: DECIMAL) -> "int" = |_, _, a| sign(a);
            (value: DOUBLE) -> "int" = |_, _, a| sign(a);
            (value: INT) -> "int" = |_, _, a| sign(a);
            (value: LONG) -> "int" = |_, _, a| sign(a);
            (value: FLOAT) -> "int" = |_, _, a| sign(a);
        }
        Sin { (a: DOUBLE) -> "double" = real!(f64::sin); }
        Sinh { (value: DOUBLE) -> "double" = real!(f64::sinh); }
        Sqrt { (d: DOUBLE) -> "double" = real!(f64::sqrt); }
        Tan { (a: DOUBLE) -> "double" = real!(f64::tan); }
        Tanh { (value: DOUBLE) -> "double" = real!(f64::tanh); }
        Truncate {
            (d: DECIMAL) -> "decimal" = |_, _, a| Ok(Value::decimal(decimal_at(a, 0).trunc()));
            (d: DOUBLE) -> "double" = real!(f64::trunc);
        }
    },
    ..MemberTable::EMPTY
};
