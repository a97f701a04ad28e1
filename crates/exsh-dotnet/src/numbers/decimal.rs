//! `System.Decimal`.

use super::to_string;
use crate::convert::numeric::{self, overflow_message};
use crate::convert::parse::format_message;
use crate::core::culture_info::{FORMAT, of};
use crate::core::reference::{REF, assign};
use crate::number::parse::{self as digits, Failure, style};
use crate::ops::arithmetic::{Op, decimals};
use crate::sig::*;
use crate::types::enums;
use crate::{culture, fail};
use exsh_core::types::{Kind, MemberTable};
use exsh_core::{Result, Shell, Value};
use rust_decimal::{Decimal, RoundingStrategy};

fn d(v: &Value) -> Decimal {
    numeric::to_decimal(v.base()).unwrap_or_default()
}

fn parse(shell: &mut dyn Shell, a: &[Value]) -> Result<Value> {
    let s = str_at(a, 0);
    let styles = a.get(1).and_then(|v| v.base().as_enum()).map_or(style::NUMBER, |e| e.number as u32);
    let c = a[1.min(a.len())..].iter().find_map(of).unwrap_or_else(|| culture::current(shell));
    match digits::decimal(&s, styles, c) {
        Ok(x) => Ok(Value::decimal(x)),
        Err(Failure::Format) => Err(fail::format(format_message(&s))),
        Err(Failure::Overflow) => Err(fail::overflow(overflow_message(Kind::Decimal))),
    }
}

/// Rounding with MidpointRounding's number.
pub fn round(x: Decimal, places: i64, mode: i64) -> Result<Value> {
    let Ok(places) = u32::try_from(places) else {
        return Err(fail::out_of_range(
            "Decimal can only round to between 0 and 28 digits of precision.",
            "decimals",
        ));
    };
    if places > 28 {
        return Err(fail::out_of_range(
            "Decimal can only round to between 0 and 28 digits of precision.",
            "decimals",
        ));
    }
    let strategy = match mode {
        1 => RoundingStrategy::MidpointAwayFromZero,
        2 => RoundingStrategy::ToZero,
        3 => RoundingStrategy::ToNegativeInfinity,
        4 => RoundingStrategy::ToPositiveInfinity,
        _ => RoundingStrategy::MidpointNearestEven,
    };
    Ok(Value::decimal(x.round_dp_with_strategy(places, strategy)))
}

pub static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Scale: "byte" = |_, v| Ok(Value::byte(d(v).scale() as u8));
    },
    methods: methods! {
        CompareTo { (value: DECIMAL) -> "int" = |_, v, a| Ok(Value::int(d(v).cmp(&d(arg(a, 0))) as i32)); }
        GetTypeCode { () -> "System.TypeCode" = |_, _, _| Ok(Value::enumeration(&enums::TYPE_CODE, 15)); }
        ToString {
            () -> "string" = |shell, v, a| to_string(shell, v, a);
            (format: STR) -> "string" = |shell, v, a| to_string(shell, v, a);
            (provider: FORMAT) -> "string" = |shell, v, a| to_string(shell, v, a);
            (format: STR, provider: FORMAT) -> "string" = |shell, v, a| to_string(shell, v, a);
        }
    },
    static_properties: properties! {
        MaxValue: "decimal" = |_, _| Ok(Value::decimal(Decimal::MAX));
        MinusOne: "decimal" = |_, _| Ok(Value::decimal(-Decimal::ONE));
        MinValue: "decimal" = |_, _| Ok(Value::decimal(Decimal::MIN));
        One: "decimal" = |_, _| Ok(Value::decimal(Decimal::ONE));
        Zero: "decimal" = |_, _| Ok(Value::decimal(Decimal::ZERO));
    },
    static_methods: methods! {
        Abs { (value: DECIMAL) -> "decimal" = |_, _, a| Ok(Value::decimal(d(arg(a, 0)).abs())); }
        Add { (d1: DECIMAL, d2: DECIMAL) -> "decimal" = |_, _, a| decimals(Op::Add, d(arg(a, 0)), d(arg(a, 1))); }
        Ceiling { (d: DECIMAL) -> "decimal" = |_, _, a| Ok(Value::decimal(d(arg(a, 0)).ceil())); }
        Compare { (d1: DECIMAL, d2: DECIMAL) -> "int" = |_, _, a| Ok(Value::int(d(arg(a, 0)).cmp(&d(arg(a, 1))) as i32)); }
        Divide { (d1: DECIMAL, d2: DECIMAL) -> "decimal" = |_, _, a| match d(arg(a, 1)).is_zero() {
            true => Err(fail::thrown("System.DivideByZeroException", "Attempted to divide by zero.")),
            false => decimals(Op::Divide, d(arg(a, 0)), d(arg(a, 1))),
        }; }
        Floor { (d: DECIMAL) -> "decimal" = |_, _, a| Ok(Value::decimal(d(arg(a, 0)).floor())); }
        GetBits { (d: DECIMAL) -> "int[]" = |_, _, a| {
            let x = d(arg(a, 0));
            let m = x.mantissa().unsigned_abs();
            let flags = (x.scale() << 16) | if x.is_sign_negative() { 1 << 31 } else { 0 };
            let parts = [m as u32, (m >> 32) as u32, (m >> 64) as u32, flags];
            Ok(Value::list_of(&exsh_core::types::INT_ARRAY, parts.iter().map(|&p| Value::int(p as i32)).collect()))
        }; }
        Multiply { (d1: DECIMAL, d2: DECIMAL) -> "decimal" = |_, _, a| decimals(Op::Multiply, d(arg(a, 0)), d(arg(a, 1))); }
        Negate { (d: DECIMAL) -> "decimal" = |_, _, a| Ok(Value::decimal(-d(arg(a, 0)))); }
        Parse {
            (s: STR) -> "decimal" = |shell, _, a| parse(shell, a);
            (s: STR, style: &enums::NUMBER_STYLES) -> "decimal" = |shell, _, a| parse(shell, a);
            (s: STR, provider: FORMAT) -> "decimal" = |shell, _, a| parse(shell, a);
            (s: STR, style: &enums::NUMBER_STYLES, provider: FORMAT) -> "decimal" = |shell, _, a| parse(shell, a);
        }
        Remainder { (d1: DECIMAL, d2: DECIMAL) -> "decimal" = |_, _, a| decimals(Op::Remainder, d(arg(a, 0)), d(arg(a, 1))); }
        Round {
            (d: DECIMAL) -> "decimal" = |_, _, a| round(d(arg(a, 0)), 0, 0);
            (d: DECIMAL, decimals: INT) -> "decimal" = |_, _, a| round(d(arg(a, 0)), int_at(a, 1), 0);
            (d: DECIMAL, mode: &enums::MIDPOINT_ROUNDING) -> "decimal" = |_, _, a| round(d(arg(a, 0)), 0, enum_at(a, 1));
            (d: DECIMAL, decimals: INT, mode: &enums::MIDPOINT_ROUNDING) -> "decimal" = |_, _, a| round(d(arg(a, 0)), int_at(a, 1), enum_at(a, 2));
        }
        Subtract { (d1: DECIMAL, d2: DECIMAL) -> "decimal" = |_, _, a| decimals(Op::Subtract, d(arg(a, 0)), d(arg(a, 1))); }
        ToDouble { (d: DECIMAL) -> "double" = |_, _, a| Ok(Value::double(double_at(a, 0))); }
        ToInt32 { (d: DECIMAL) -> "int" = |_, _, a| {
            numeric::to_kind(&Value::decimal(d(arg(a, 0)).trunc()), Kind::Int32).map_err(|_| fail::overflow(overflow_message(Kind::Int32)))
        }; }
        ToInt64 { (d: DECIMAL) -> "long" = |_, _, a| {
            numeric::to_kind(&Value::decimal(d(arg(a, 0)).trunc()), Kind::Int64).map_err(|_| fail::overflow(overflow_message(Kind::Int64)))
        }; }
        Truncate { (d: DECIMAL) -> "decimal" = |_, _, a| Ok(Value::decimal(d(arg(a, 0)).trunc())); }
        TryParse { (s: STR, result: REF) -> "bool" = |shell, _, a| {
            let parsed = parse(shell, &a[..1]);
            let ok = parsed.is_ok();
            assign(shell, arg(a, 1), parsed.unwrap_or(Value::decimal(Decimal::ZERO)))?;
            Ok(Value::bool(ok))
        }; }
    },
    constructors: constructors! {
        "decimal";
        (value: DOUBLE) = |_, _, a| numeric::to_decimal(arg(a, 0)).map(Value::decimal).map_err(|_| fail::overflow(overflow_message(Kind::Decimal)));
        (value: INT) = |_, _, a| Ok(Value::decimal(Decimal::from(int_at(a, 0))));
        (value: LONG) = |_, _, a| Ok(Value::decimal(Decimal::from(long_of(arg(a, 0)))));
        (lo: INT, mid: INT, hi: INT, isNegative: BOOL, scale: BYTE) = |_, _, a| {
            Ok(Value::decimal(Decimal::from_parts(int_at(a, 0) as u32, int_at(a, 1) as u32, int_at(a, 2) as u32, bool_at(a, 3), long_of(arg(a, 4)) as u32)))
        };
    },
};
