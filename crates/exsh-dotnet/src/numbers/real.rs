//! `System.Double` and `System.Single`.

use super::to_string;
use crate::convert::numeric;
use crate::convert::parse::format_message;
use crate::core::culture_info::{FORMAT, of};
use crate::core::reference::{REF, assign};
use crate::number::parse::{double, single, style};
use crate::sig::*;
use crate::types::enums;
use crate::{culture, fail};
use exsh_core::types::{Kind, MemberTable};
use exsh_core::{Result, Shell, Value};

fn parse(shell: &mut dyn Shell, a: &[Value], kind: Kind) -> Result<Value> {
    let s = str_at(a, 0);
    let styles = a
        .get(1)
        .and_then(|v| v.base().as_enum())
        .map_or(style::FLOAT | style::THOUSANDS, |e| e.number as u32);
    let c = a[1.min(a.len())..].iter().find_map(of).unwrap_or_else(|| culture::current(shell));
    let parsed = match kind {
        Kind::Single => single(&s, styles, c).map(Value::single),
        _ => double(&s, styles, c).map(Value::double),
    };
    parsed.map_err(|_| fail::format(format_message(&s)))
}

fn try_parse(shell: &mut dyn Shell, a: &[Value], kind: Kind) -> Result<Value> {
    let place = a.len() - 1;
    let parsed = parse(shell, &a[..place], kind);
    let ok = parsed.is_ok();
    let zero = if kind == Kind::Single { Value::single(0.0) } else { Value::double(0.0) };
    assign(shell, &a[place], parsed.unwrap_or(zero))?;
    Ok(Value::bool(ok))
}

fn d(v: &Value) -> f64 {
    numeric::to_f64(v.base()).unwrap_or(0.0)
}

fn order(x: f64, y: f64) -> i32 {
    // NaN stands before every number and equals itself.
    x.partial_cmp(&y).map_or_else(|| -(x.is_nan() as i32 - y.is_nan() as i32), |o| o as i32)
}

macro_rules! real_table {
    ($name:ident, $kind:ident, $ty:ident, $text:literal, $code:literal, $make:expr, $max:expr, $epsilon:expr) => {
        pub static $name: MemberTable = MemberTable {
            properties: &[],
            methods: methods! {
                CompareTo {
                    (value: $ty) -> "int" = |_, v, a| Ok(Value::int(order(d(v), d(arg(a, 0)))));
                    (value: OBJ) -> "int" = |_, v, a| match arg(a, 0).is_null() {
                        true => Ok(Value::int(1)),
                        false if arg(a, 0).base().kind() == Kind::$kind => Ok(Value::int(order(d(v), d(arg(a, 0))))),
                        false => Err(fail::thrown(
                            "System.ArgumentException",
                            concat!("Object must be of type ", stringify!($kind), "."),
                        )),
                    };
                }
                GetTypeCode { () -> "System.TypeCode" = |_, _, _| Ok(Value::enumeration(&enums::TYPE_CODE, $code)); }
                ToString {
                    () -> "string" = |shell, v, a| to_string(shell, v, a);
                    (format: STR) -> "string" = |shell, v, a| to_string(shell, v, a);
                    (provider: FORMAT) -> "string" = |shell, v, a| to_string(shell, v, a);
                    (format: STR, provider: FORMAT) -> "string" = |shell, v, a| to_string(shell, v, a);
                }
                ToInt32 { (provider: FORMAT) -> "int" = |shell, v, _| crate::text::convert_type::change(shell, v, INT); }
            },
            static_properties: properties! {
                E: $text = |_, _| Ok($make(std::f64::consts::E));
                Epsilon: $text = |_, _| Ok($make($epsilon));
                MaxValue: $text = |_, _| Ok($make($max));
                MinValue: $text = |_, _| Ok($make(-$max));
                NaN: $text = |_, _| Ok($make(f64::NAN));
                NegativeInfinity: $text = |_, _| Ok($make(f64::NEG_INFINITY));
                NegativeZero: $text = |_, _| Ok($make(-0.0));
                Pi: $text = |_, _| Ok($make(std::f64::consts::PI));
                PositiveInfinity: $text = |_, _| Ok($make(f64::INFINITY));
                Tau: $text = |_, _| Ok($make(std::f64::consts::TAU));
            },
            static_methods: methods! {
                IsFinite { (d: $ty) -> "bool" = |_, _, a| Ok(Value::bool(double_at(a, 0).is_finite())); }
                IsInfinity { (d: $ty) -> "bool" = |_, _, a| Ok(Value::bool(double_at(a, 0).is_infinite())); }
                IsInteger { (value: $ty) -> "bool" = |_, _, a| Ok(Value::bool(double_at(a, 0).fract() == 0.0)); }
                IsNaN { (d: $ty) -> "bool" = |_, _, a| Ok(Value::bool(double_at(a, 0).is_nan())); }
                IsNegative { (d: $ty) -> "bool" = |_, _, a| Ok(Value::bool(double_at(a, 0).is_sign_negative())); }
                IsNegativeInfinity { (d: $ty) -> "bool" = |_, _, a| Ok(Value::bool(double_at(a, 0) == f64::NEG_INFINITY)); }
                IsPositiveInfinity { (d: $ty) -> "bool" = |_, _, a| Ok(Value::bool(double_at(a, 0) == f64::INFINITY)); }
                Parse {
                    (s: STR) -> $text = |shell, _, a| parse(shell, a, Kind::$kind);
                    (s: STR, style: &enums::NUMBER_STYLES) -> $text = |shell, _, a| parse(shell, a, Kind::$kind);
                    (s: STR, provider: FORMAT) -> $text = |shell, _, a| parse(shell, a, Kind::$kind);
                    (s: STR, style: &enums::NUMBER_STYLES, provider: FORMAT) -> $text = |shell, _, a| parse(shell, a, Kind::$kind);
                }
                TryParse {
                    (s: STR, result: REF) -> "bool" = |shell, _, a| try_parse(shell, a, Kind::$kind);
                    (s: STR, provider: FORMAT, result: REF) -> "bool" = |shell, _, a| try_parse(shell, a, Kind::$kind);
                    (s: STR, style: &enums::NUMBER_STYLES, provider: FORMAT, result: REF) -> "bool" = |shell, _, a| try_parse(shell, a, Kind::$kind);
                }
            },
            constructors: &[],
        };
    };
}

fn narrow(x: f64) -> Value {
    Value::single(x as f32)
}

real_table!(DOUBLE_MEMBERS, Double, DOUBLE, "double", 14, Value::double, f64::MAX, f64::from_bits(1));
real_table!(SINGLE_MEMBERS, Single, FLOAT, "float", 13, narrow, f32::MAX as f64, f32::from_bits(1) as f64);
