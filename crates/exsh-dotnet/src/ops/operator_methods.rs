//! Operators that types define themselves (`op_Addition` …): dates, spans, big integers, decimals.

use super::arithmetic::{self, Op};
use crate::convert::numeric;
use crate::member::overload;
use crate::numbers::big;
use crate::sig::*;
use crate::time::{self, MAX_TICKS};
use crate::{fail, types};
use exsh_core::types::{Kind, Method, TypeRef};
use exsh_core::{Result, Shell, Value};
use rust_decimal::Decimal;

/// Calls the operator method of the left operand's type, else of the right one's.
pub fn call(shell: &mut dyn Shell, name: &'static str, left: &Value, right: &Value) -> Result<Value> {
    let arguments = [left.clone(), right.clone()];
    let left_type = types::of(left);
    let right_type = types::of(right);
    // A plain number, bool or text has no methods of its own: then the other side answers, or is blamed.
    let plain = |t: TypeRef| {
        types::is_number(t) || matches!(t.kind, Kind::Boolean | Kind::Char | Kind::String) || t.is(&big::TYPE)
    };
    let second = right_type.filter(|_| left_type.is_none_or(plain));
    for ty in [left_type, second].into_iter().flatten() {
        if let Some(m) = methods_of(ty).iter().find(|m| m.name == name) {
            let result = overload::call(shell, m.name, m.overloads, &Value::NULL, &arguments);
            return result.map_err(|e| match e.record() {
                Some(r)
                    if &*r.exception.type_name
                        == "System.Management.Automation.MethodInvocationException" =>
                {
                    exsh_core::ErrorRecord::new(
                        "DotNetMethodException",
                        exsh_core::Category::NotSpecified,
                        r.exception.clone(),
                    )
                    .into()
                }
                _ => e,
            });
        }
    }
    let blamed = match (left_type, right_type) {
        (Some(l), Some(r)) if plain(l) && !l.is(&big::TYPE) => r,
        (Some(l), _) => l,
        (None, Some(r)) => r,
        (None, None) => return Ok(Value::NULL),
    };
    Err(missing(name, blamed))
}

pub(crate) fn missing(name: &str, blamed: TypeRef) -> Box<exsh_core::Flow> {
    // An ad-hoc object is seen in its wrapper there.
    let custom = blamed.is(&exsh_core::types::PS_CUSTOM_OBJECT);
    let blamed = if custom { &exsh_core::types::PS_OBJECT } else { blamed };
    fail::operation_on(
        "MethodNotFound",
        format!(
            "Method invocation failed because [{}] does not contain a method named '{name}'.",
            types::full_name(blamed)
        ),
        Value::text(name),
    )
}

fn methods_of(ty: TypeRef) -> &'static [Method] {
    match ty.kind {
        Kind::DateTime => DATE_TIME,
        Kind::TimeSpan => TIME_SPAN,
        Kind::Decimal => DECIMAL_OPERATORS,
        _ if ty.is(&big::TYPE) => BIG,
        _ => &[],
    }
}

fn moved(bits: u64, by: i64, sign: i64) -> Result<Value> {
    match sign
        .checked_mul(by)
        .and_then(|b| time::ticks(bits).checked_add(b))
        .filter(|t| (0..=MAX_TICKS).contains(t))
    {
        Some(t) => Ok(Value::date_time(time::with_ticks(bits, t).unwrap_or(bits))),
        None => Err(fail::out_of_range(
            "The added or subtracted value results in an un-representable DateTime.",
            "t",
        )),
    }
}

fn too_long() -> Box<exsh_core::Flow> {
    fail::overflow("TimeSpan overflowed because the duration is too long.")
}

static DATE_TIME: &[Method] = methods! {
    op_Addition {
        (d: DATE, t: SPAN) -> "datetime" = |_, _, a| moved(date_at(a, 0), span_at(a, 1), 1);
    }
    op_Subtraction {
        (d: DATE, t: SPAN) -> "datetime" = |_, _, a| moved(date_at(a, 0), span_at(a, 1), -1);
        (d1: DATE, d2: DATE) -> "timespan" = |_, _, a| {
            Ok(Value::time_span(time::ticks(date_at(a, 0)) - time::ticks(date_at(a, 1))))
        };
    }
};

static TIME_SPAN: &[Method] = methods! {
    op_Addition {
        (t1: SPAN, t2: SPAN) -> "timespan" = |_, _, a| {
            span_at(a, 0).checked_add(span_at(a, 1)).map(Value::time_span).ok_or_else(too_long)
        };
    }
    op_Subtraction {
        (t1: SPAN, t2: SPAN) -> "timespan" = |_, _, a| {
            span_at(a, 0).checked_sub(span_at(a, 1)).map(Value::time_span).ok_or_else(too_long)
        };
    }
    op_Multiply {
        (timeSpan: SPAN, factor: DOUBLE) -> "timespan" = |_, _, a| scaled(span_at(a, 0), double_at(a, 1));
        (factor: DOUBLE, timeSpan: SPAN) -> "timespan" = |_, _, a| scaled(span_at(a, 1), double_at(a, 0));
    }
    op_Division {
        (timeSpan: SPAN, divisor: DOUBLE) -> "timespan" = |_, _, a| scaled(span_at(a, 0), 1.0 / double_at(a, 1));
        (t1: SPAN, t2: SPAN) -> "double" = |_, _, a| {
            Ok(Value::double(span_at(a, 0) as f64 / span_at(a, 1) as f64))
        };
    }
    op_UnaryNegation {
        (t: SPAN) -> "timespan" = |_, _, a| Ok(Value::time_span(-span_at(a, 0)));
    }
};

fn scaled(ticks: i64, factor: f64) -> Result<Value> {
    if factor.is_nan() {
        return Err(fail::argument("TimeSpan does not accept floating point Not-a-Number values.", "factor"));
    }
    let t = (ticks as f64 * factor).round_ties_even();
    if t.abs() >= 9.223_372_036_854_776e18 { Err(too_long()) } else { Ok(Value::time_span(t as i64)) }
}

fn decimal_at(a: &[Value], i: usize) -> Decimal {
    numeric::to_decimal(arg(a, i).base()).unwrap_or_default()
}

static DECIMAL_OPERATORS: &[Method] = methods! {
    op_Addition {
        (d1: DECIMAL, d2: DECIMAL) -> "decimal" = |_, _, a| arithmetic::decimals(Op::Add, decimal_at(a, 0), decimal_at(a, 1));
    }
    op_Subtraction {
        (d1: DECIMAL, d2: DECIMAL) -> "decimal" = |_, _, a| arithmetic::decimals(Op::Subtract, decimal_at(a, 0), decimal_at(a, 1));
    }
    op_Multiply {
        (d1: DECIMAL, d2: DECIMAL) -> "decimal" = |_, _, a| arithmetic::decimals(Op::Multiply, decimal_at(a, 0), decimal_at(a, 1));
    }
    op_Division {
        (d1: DECIMAL, d2: DECIMAL) -> "decimal" = |_, _, a| arithmetic::decimals(Op::Divide, decimal_at(a, 0), decimal_at(a, 1));
    }
    op_Modulus {
        (d1: DECIMAL, d2: DECIMAL) -> "decimal" = |_, _, a| arithmetic::decimals(Op::Remainder, decimal_at(a, 0), decimal_at(a, 1));
    }
};

fn big_op(op: Op, a: &[Value]) -> Result<Value> {
    let (l, r) = (big::from_number(arg(a, 0)), big::from_number(arg(a, 1)));
    arithmetic::bigs(op, &l, &r)
}

fn big_bits(a: &[Value], f: fn(u8, u8) -> u8) -> Result<Value> {
    Ok(big::value(big::from_number(arg(a, 0)).bits(&big::from_number(arg(a, 1)), f)))
}

fn shifted(a: &[Value], by: i64) -> Result<Value> {
    if by > big::MAX_SHIFT {
        return Err(fail::overflow("Arithmetic operation resulted in an overflow."));
    }
    Ok(big::value(big::from_number(arg(a, 0)).shift(by)))
}

static BIG: &[Method] = methods! {
    op_Addition { (left: &big::TYPE, right: &big::TYPE) -> "bigint" = |_, _, a| big_op(Op::Add, a); }
    op_Subtraction { (left: &big::TYPE, right: &big::TYPE) -> "bigint" = |_, _, a| big_op(Op::Subtract, a); }
    op_Multiply { (left: &big::TYPE, right: &big::TYPE) -> "bigint" = |_, _, a| big_op(Op::Multiply, a); }
    op_Division { (dividend: &big::TYPE, divisor: &big::TYPE) -> "bigint" = |_, _, a| big_op(Op::Divide, a); }
    op_Modulus { (dividend: &big::TYPE, divisor: &big::TYPE) -> "bigint" = |_, _, a| big_op(Op::Remainder, a); }
    op_LeftShift { (value: &big::TYPE, shift: INT) -> "bigint" = |_, _, a| {
        shifted(a, int_at(a, 1))
    }; }
    op_BitwiseAnd { (left: &big::TYPE, right: &big::TYPE) -> "bigint" = |_, _, a| big_bits(a, |x, y| x & y); }
    op_BitwiseOr { (left: &big::TYPE, right: &big::TYPE) -> "bigint" = |_, _, a| big_bits(a, |x, y| x | y); }
    op_ExclusiveOr { (left: &big::TYPE, right: &big::TYPE) -> "bigint" = |_, _, a| big_bits(a, |x, y| x ^ y); }
    op_RightShift { (value: &big::TYPE, shift: INT) -> "bigint" = |_, _, a| {
        shifted(a, -int_at(a, 1))
    }; }
};
