//! `+ - * / %`, signs, `++` and `--`.
//!
//! The left operand decides the meaning. Integers widen to Double when they overflow; a decimal fails instead.
//! Source of the rules: the recorded matrix of every operator over pairs of 66 values.

use super::operator_methods;
use crate::convert::{self, numeric, parse};
use crate::numbers::big::{self, Big};
use crate::{fail, text, types};
use exsh_core::types::{self as t, Kind, TypeRef};
use exsh_core::{Result, Scalar, Shell, Str, Table, Value, View};
use rust_decimal::Decimal;

/// One of the five operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Op {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Op {
    pub(crate) fn method(self) -> &'static str {
        match self {
            Op::Add => "op_Addition",
            Op::Subtract => "op_Subtraction",
            Op::Multiply => "op_Multiply",
            Op::Divide => "op_Division",
            Op::Remainder => "op_Modulus",
        }
    }
}

/// `left + right`. The left is taken so that a string or list nobody else holds grows in place.
#[inline]
pub fn add(shell: &mut dyn Shell, left: Value, right: &Value) -> Result<Value> {
    if let (Some(a), Some(b)) = (left.as_int(), right.as_int()) {
        return Ok(match a.checked_add(b) {
            Some(s) => Value::int(s),
            None => Value::double(a as f64 + b as f64),
        });
    }
    if let (Some(a), Some(b)) = (left.as_double(), right.as_double()) {
        return Ok(Value::double(a + b));
    }
    add_slow(shell, left, right)
}

#[inline(never)]
fn add_slow(shell: &mut dyn Shell, left: Value, right: &Value) -> Result<Value> {
    match left.base().view() {
        View::Str(s) => {
            // The slot's own count must go before the string can grow in place.
            let s = s.clone();
            drop(left);
            return Ok(Value::string(concat(s, right)));
        }
        View::Char(c) => return Ok(Value::string(concat(Str::from_utf16(&[c]), right))),
        View::List(_) => return append(left, right),
        View::Table(table) => {
            let View::Table(more) = right.base().view() else {
                return Err(fail::operation(
                    "AddHashTableToNonHashTable",
                    "A hash table can only be added to another hash table.",
                ));
            };
            let sum = Table::with_capacity(table.ty(), table.mode(), table.len() + more.len());
            for (k, v) in table.entries() {
                sum.set(k, v);
            }
            for (k, v) in more.entries() {
                if sum.contains(&k) {
                    let key = text::to_text(&k);
                    return Err(fail::thrown(
                        "System.ArgumentException",
                        format!(
                            "Item has already been added. Key in dictionary: '{key}'  Key being added: '{key}'"
                        ),
                    ));
                }
                sum.set(k, v);
            }
            return Ok(Value::table(sum));
        }
        View::Null | View::Nothing | View::Unset => return Ok(right.clone()),
        _ => {}
    }
    binary(shell, Op::Add, &left, right)
}

fn concat(left: Str, right: &Value) -> Str {
    match right.base().view() {
        View::Str(s) => left.append(s),
        View::Null | View::Nothing | View::Unset => left,
        _ => left.append(&text::to_text(right)),
    }
}

/// `list + value`: always a new `object[]`, unless the array is an `object[]` that nobody else holds.
fn append(left: Value, right: &Value) -> Result<Value> {
    let list = match left.base().as_list() {
        Some(l) => l.clone(),
        None => return Ok(right.clone()),
    };
    drop(left);
    let more = |items: &mut Vec<Value>| match right.base().view() {
        View::List(r) => items.extend(r.items().iter().cloned()),
        View::Object(o) => match o.get().enumerate() {
            Some(all) => items.extend(all),
            None => items.push(right.clone()),
        },
        View::Nothing | View::Unset => {}
        _ => items.push(right.clone()),
    };
    let same = right.base().as_list().is_some_and(|r| std::rc::Rc::ptr_eq(r, &list));
    if std::rc::Rc::strong_count(&list) == 1 && list.ty().is(&t::OBJECT_ARRAY) && !same {
        more(&mut list.modify());
        return Ok(Value::list_cell(list));
    }
    let mut items = Vec::with_capacity(list.len() + 1);
    items.extend(list.items().iter().cloned());
    more(&mut items);
    Ok(Value::array(items))
}

#[inline]
pub fn subtract(shell: &mut dyn Shell, left: &Value, right: &Value) -> Result<Value> {
    if let (Some(a), Some(b)) = (left.as_int(), right.as_int()) {
        return Ok(match a.checked_sub(b) {
            Some(s) => Value::int(s),
            None => Value::double(a as f64 - b as f64),
        });
    }
    binary(shell, Op::Subtract, left, right)
}

#[inline]
pub fn multiply(shell: &mut dyn Shell, left: &Value, right: &Value) -> Result<Value> {
    if let (Some(a), Some(b)) = (left.as_int(), right.as_int()) {
        return Ok(match a.checked_mul(b) {
            Some(s) => Value::int(s),
            None => Value::double(a as f64 * b as f64),
        });
    }
    match left.base().view() {
        View::Str(s) => {
            let n = repeat_count(shell, right)?;
            Ok(Value::text(s.as_str().repeat(n)))
        }
        View::List(l) => {
            let n = convert::cast(shell, right, &t::UINT32)?.as_uint().unwrap_or(0) as usize;
            let items = l.items();
            let mut all = Vec::with_capacity(items.len() * n);
            for _ in 0..n {
                all.extend(items.iter().cloned());
            }
            Ok(Value::list_of(if l.is_array() { l.ty() } else { &t::OBJECT_ARRAY }, all))
        }
        View::Null | View::Nothing | View::Unset => Ok(Value::NULL),
        _ => binary(shell, Op::Multiply, left, right),
    }
}

fn repeat_count(shell: &mut dyn Shell, right: &Value) -> Result<usize> {
    let n = convert::to_int(shell, right)?;
    usize::try_from(n).map_err(|_| {
        fail::thrown(
            "System.ArgumentOutOfRangeException",
            format!("times ('{n}') must be a non-negative value. (Parameter 'times')\nActual value was {n}."),
        )
    })
}

#[inline]
pub fn divide(shell: &mut dyn Shell, left: &Value, right: &Value) -> Result<Value> {
    binary(shell, Op::Divide, left, right)
}

#[inline]
pub fn remainder(shell: &mut dyn Shell, left: &Value, right: &Value) -> Result<Value> {
    if let (Some(a), Some(b)) = (left.as_int(), right.as_int())
        && b != 0
    {
        return Ok(Value::int(a.wrapping_rem(b)));
    }
    binary(shell, Op::Remainder, left, right)
}

/// `-value`.
pub fn negate(shell: &mut dyn Shell, value: &Value) -> Result<Value> {
    match value.view() {
        View::Int32(i) => Ok(match i.checked_neg() {
            Some(n) => Value::int(n),
            None => Value::double(-(i as f64)),
        }),
        View::Double(d) => Ok(Value::double(-d)),
        View::Null | View::Nothing | View::Unset => Ok(Value::int(0)),
        _ => {
            let zero = Value::int(0);
            match value.base().view() {
                View::Double(d) => Ok(Value::double(-d)),
                View::Single(s) => Ok(Value::double(-(s as f64))),
                _ => subtract(shell, &zero, value),
            }
        }
    }
}

/// `+value`: the number it stands for.
pub fn unary_plus(shell: &mut dyn Shell, value: &Value) -> Result<Value> {
    match value.view() {
        View::Int32(_) | View::Double(_) | View::Int64(_) => Ok(value.clone()),
        _ => add(shell, Value::int(0), value),
    }
}

/// `++`.
#[inline]
pub fn increment(shell: &mut dyn Shell, value: &Value) -> Result<Value> {
    step(shell, value, 1, "++")
}

/// `--`.
#[inline]
pub fn decrement(shell: &mut dyn Shell, value: &Value) -> Result<Value> {
    step(shell, value, -1, "--")
}

fn step(shell: &mut dyn Shell, value: &Value, by: i32, symbol: &str) -> Result<Value> {
    if let Some(i) = value.as_int()
        && let Some(n) = i.checked_add(by)
    {
        return Ok(Value::int(n));
    }
    if value.is_null() {
        return Ok(Value::int(by));
    }
    if let Some(e) = value.base().as_enum() {
        return enumeration(shell, Op::Add, e, &Value::int(by));
    }
    let is_number = types::of(value).is_some_and(types::is_number);
    if !is_number {
        let name = types::of(value).map_or_else(String::new, types::full_name);
        return Err(fail::operation(
            "OperatorRequiresNumber",
            format!("The '{symbol}' operator works only on numbers. The operand is a '{name}'."),
        ));
    }
    binary(shell, Op::Add, value, &Value::int(by))
}

/// Any operator over any operands that the fast paths left.
pub(crate) fn binary(shell: &mut dyn Shell, op: Op, left: &Value, right: &Value) -> Result<Value> {
    let (l, r) = (left.base(), right.base());
    // Text on the left is a number here: `+` and `*` were decided before.
    if let Some(s) = l.as_str() {
        let n = match parse::operand(s) {
            Some(n) => n,
            None => return Err(failed_operand(shell, s, r)),
        };
        if let Some(other) = r.as_str()
            && parse::operand(other).is_none()
        {
            return Err(not_a_number(other, &t::INT32));
        }
        return binary(shell, op, &n, right);
    }
    if l.is_null() {
        return match op {
            Op::Add => Ok(right.clone()),
            Op::Multiply => Ok(Value::NULL),
            _ => binary(shell, op, &Value::int(0), right),
        };
    }
    let Some(left_type) = types::of(l) else { return Ok(Value::NULL) };
    let left_is_number = is_operand(l);
    if left_is_number {
        if op == Op::Multiply
            && matches!(l.view(), View::Bool(_) | View::Char(_))
            && let Some(result) = bool_times(l, r)
        {
            return result;
        }
        if let Some(s) = r.as_str() {
            let n = number_for(shell, s, left_type)?;
            return binary(shell, op, left, &n);
        }
        if r.is_null() {
            return binary(shell, op, left, &Value::int(0));
        }
        if let Some(e) = r.as_enum() {
            // Beside a bool it is one, too.
            let n =
                if matches!(l.view(), View::Bool(_)) { i32::from(e.number != 0) } else { e.number as i32 };
            return numbers(op, l, &Value::int(n));
        }
        if is_operand(r) {
            return numbers(op, l, r);
        }
        return operator_methods::call(shell, op.method(), l, r);
    }
    if let Some(e) = l.as_enum() {
        return enumeration(shell, op, e, r);
    }
    operator_methods::call(shell, op.method(), l, r)
}

/// Numbers, and what counts as one: bool and char.
fn is_operand(v: &Value) -> bool {
    types::of(v).is_some_and(|t| types::is_number(t) || matches!(t.kind, Kind::Boolean | Kind::Char))
}

/// A bool or char times something is defined for decimals and what has its own operator only.
fn bool_times(l: &Value, r: &Value) -> Option<Result<Value>> {
    let left = types::of(l)?;
    let Some(right) = types::of(r) else {
        return Some(Err(fail::operation(
            "NotADefinedOperationForType",
            format!("The operation '[{}] * [$null]' is not defined.", left.name),
        )));
    };
    if right.kind == Kind::Decimal {
        return Some(decimals(Op::Multiply, Decimal::from(numeric::integral(l)? as i64), r.as_decimal()?));
    }
    if is_operand(r) {
        return Some(Err(fail::operation(
            "NotADefinedOperationForType",
            format!("The operation '[{}] * [{}]' is not defined.", left.name, types::full_name(right)),
        )));
    }
    (matches!(right.kind, Kind::String | Kind::Enum))
        .then(|| Err(operator_methods::missing("op_Multiply", right)))
}

/// The failure of a text on one side: it was to become what stands on the other side, an Int32 where that is no number.
pub(crate) fn failed_operand(shell: &mut dyn Shell, s: &str, other: &Value) -> Box<exsh_core::Flow> {
    match types::of(other) {
        Some(t) if types::is_number(t) => not_a_number(s, t),
        Some(t) if t.kind == Kind::Enum => match convert::cast(shell, &Value::text(s), t) {
            Err(e) => e,
            Ok(_) => not_a_number(s, &t::INT32),
        },
        _ => not_a_number(s, &t::INT32),
    }
}

fn not_a_number(s: &str, ty: TypeRef) -> Box<exsh_core::Flow> {
    let id = match ty.kind {
        Kind::Double | Kind::Single => "InvalidCastFromStringToDoubleOrSingle",
        Kind::Decimal => "InvalidCastFromStringToDecimal",
        _ => "InvalidCastFromStringToInteger",
    };
    fail::cast(
        id,
        format!(
            "Cannot convert value \"{s}\" to type \"{}\". Error: \"{}\"",
            types::full_name(ty),
            parse::format_message(s)
        ),
    )
}

/// The number of a text operand whose partner is a number of type `ty`.
fn number_for(shell: &mut dyn Shell, s: &str, ty: TypeRef) -> Result<Value> {
    let ty = if matches!(ty.kind, Kind::Boolean | Kind::Char) { &t::INT32 } else { ty };
    match parse::operand(s) {
        Some(n) => Ok(n),
        None => convert::cast(shell, &Value::text(s), ty).map_err(|_| not_a_number(s, ty)),
    }
}

fn enumeration(shell: &mut dyn Shell, op: Op, e: exsh_core::value::EnumValue, r: &Value) -> Result<Value> {
    let number = Value::int(e.number as i32);
    let cannot = |from: &str| {
        fail::thrown(
            "System.InvalidCastException",
            format!("Unable to cast object of type '{from}' to type '{}'.", types::full_name(e.ty)),
        )
    };
    let right = match r.view() {
        View::Str(s) => match parse::operand(s) {
            Some(n) => n,
            None => convert::cast(shell, r, e.ty)?,
        },
        View::Null | View::Nothing | View::Unset => Value::int(0),
        _ => r.clone(),
    };
    let right = match right.as_enum() {
        Some(other) if other.ty.is(e.ty) => Value::int(other.number as i32),
        Some(other) => {
            convert::cast(shell, &Value::int(other.number as i32), e.ty)?;
            Value::int(other.number as i32)
        }
        None => right,
    };
    if !is_operand(&right) {
        return operator_methods::call(shell, op.method(), &Value::scalar(Scalar::Enum(e)), &right);
    }
    if right.as_uint().is_some() {
        return Err(fail::thrown(
            "System.InvalidOperationException",
            format!(
                "The binary operator GreaterThanOrEqual is not defined for the types '{}' and 'System.Int32'.",
                types::full_name(e.ty)
            ),
        ));
    }
    match right.kind() {
        Kind::Decimal => {
            return Err(fail::invalid_operation(format!(
                "No coercion operator is defined between types '{}' and 'System.Decimal'.",
                types::full_name(e.ty)
            )));
        }
        Kind::Double | Kind::Single => {
            return Err(fail::thrown(
                "System.InvalidCastException",
                format!(
                    "Unable to cast object of type '{}' to type 'System.Double'.",
                    types::full_name(e.ty)
                ),
            ));
        }
        _ => {}
    }
    let result = numbers(op, &number, &right)?;
    match result.as_int() {
        Some(i) => Ok(Value::enumeration(e.ty, i as i64)),
        None => Err(cannot(result.type_info().map_or("", |t| t.name))),
    }
}

fn rank(v: &Value) -> u8 {
    match v.kind() {
        Kind::Decimal => 10,
        Kind::Double | Kind::Single => 9,
        Kind::UInt64 => 4,
        Kind::Int64 => 3,
        Kind::UInt32 => 2,
        _ => 1,
    }
}

/// Two numbers (bool and char among them).
fn numbers(op: Op, l: &Value, r: &Value) -> Result<Value> {
    let top = rank(l).max(rank(r));
    match top {
        10 => {
            if matches!(l.view(), View::Bool(_)) {
                return Err(fail::invalid_operation(
                    "No coercion operator is defined between types 'System.Boolean' and 'System.Decimal'.",
                ));
            }
            let raw = matches!(l.view(), View::Double(_));
            let too_large = |_| match raw {
                true => fail::overflow(numeric::overflow_message(Kind::Decimal)),
                false => decimal_overflow(),
            };
            let a = numeric::to_decimal(l).map_err(too_large)?;
            let b = numeric::to_decimal(r).map_err(|_| match r.view() {
                View::Double(_) => fail::overflow(numeric::overflow_message(Kind::Decimal)),
                _ => decimal_overflow(),
            })?;
            decimals(op, a, b)
        }
        9 => {
            let a = numeric::to_f64(l).unwrap_or(f64::NAN);
            let b = numeric::to_f64(r).unwrap_or(f64::NAN);
            Ok(Value::double(match op {
                Op::Add => a + b,
                Op::Subtract => a - b,
                Op::Multiply => a * b,
                Op::Divide => a / b,
                Op::Remainder => a % b,
            }))
        }
        _ => {
            let a = numeric::integral(l).unwrap_or(0);
            let b = numeric::integral(r).unwrap_or(0);
            let kind = match top {
                1 => Kind::Int32,
                2 if a < 0 || b < 0 => Kind::Int64,
                2 => Kind::UInt32,
                3 => Kind::Int64,
                _ if a < 0 || b < 0 => {
                    return decimals(
                        op,
                        Decimal::from_i128_with_scale(a, 0),
                        Decimal::from_i128_with_scale(b, 0),
                    );
                }
                _ => Kind::UInt64,
            };
            integers(op, a, b, kind)
        }
    }
}

fn divide_by_zero() -> Box<exsh_core::Flow> {
    let inner = exsh_core::Exception::new("System.DivideByZeroException", "Attempted to divide by zero.");
    let e = exsh_core::Exception::runtime("Attempted to divide by zero.").with_inner(inner);
    exsh_core::ErrorRecord::new("RuntimeException", exsh_core::Category::NotSpecified, e).into()
}

fn decimal_overflow() -> Box<exsh_core::Flow> {
    let message = numeric::overflow_message(Kind::Decimal);
    let inner = exsh_core::Exception::new("System.OverflowException", message);
    let e = exsh_core::Exception::runtime(message).with_inner(inner);
    exsh_core::ErrorRecord::new("RuntimeException", exsh_core::Category::NotSpecified, e).into()
}

fn integers(op: Op, a: i128, b: i128, kind: Kind) -> Result<Value> {
    let whole = match op {
        Op::Add => a + b,
        Op::Subtract => a - b,
        Op::Multiply => a * b,
        Op::Divide | Op::Remainder if b == 0 => return Err(divide_by_zero()),
        Op::Divide => {
            if a % b != 0 {
                return Ok(Value::double(a as f64 / b as f64));
            }
            a / b
        }
        Op::Remainder => a % b,
    };
    Ok(numeric::of_integer(whole, kind).unwrap_or_else(|| {
        Value::double(match op {
            Op::Add => a as f64 + b as f64,
            Op::Subtract => a as f64 - b as f64,
            // 64-bit products are made exactly and then cut to a double, not rounded.
            Op::Multiply if kind != Kind::Int32 && kind != Kind::UInt32 => cut_to_double(whole),
            Op::Multiply => a as f64 * b as f64,
            _ => whole as f64,
        })
    }))
}

pub(crate) fn decimals(op: Op, a: Decimal, b: Decimal) -> Result<Value> {
    let scales = (a.scale(), b.scale());
    let result = match op {
        Op::Add => a.checked_add(b),
        Op::Subtract => a.checked_sub(b),
        Op::Multiply => a.checked_mul(b),
        Op::Divide | Op::Remainder if b.is_zero() => return Err(divide_by_zero()),
        Op::Divide => a.checked_div(b),
        Op::Remainder => a.checked_rem(b),
    };
    result
        .map(|mut d| {
            match op {
                // The remainder keeps the finer scale of the two.
                Op::Remainder => d.rescale(scales.0.max(scales.1)),
                Op::Multiply if d.is_zero() => d.rescale((scales.0 + scales.1).min(28)),
                // A quotient has no more zeros at its end than the operands' scales ask for.
                Op::Divide => {
                    let least = scales.0.saturating_sub(scales.1);
                    let short = d.normalize();
                    d = short;
                    if d.scale() < least {
                        d.rescale(least);
                    }
                }
                _ => {}
            }
            Value::decimal(d)
        })
        .ok_or_else(decimal_overflow)
}

fn cut_to_double(i: i128) -> f64 {
    let bits = 128 - i.unsigned_abs().leading_zeros();
    if bits <= 53 {
        return i as f64;
    }
    let low = bits - 53;
    let m = i.unsigned_abs() >> low << low;
    if i < 0 { -(m as f64) } else { m as f64 }
}

/// BigInteger arithmetic, for the operator methods.
pub(crate) fn bigs(op: Op, a: &Big, b: &Big) -> Result<Value> {
    Ok(big::value(match op {
        Op::Add => a.add(b),
        Op::Subtract => a.subtract(b),
        Op::Multiply => a.multiply(b),
        Op::Divide | Op::Remainder if b.is_zero() => {
            return Err(fail::thrown("System.DivideByZeroException", "Attempted to divide by zero."));
        }
        Op::Divide => a.divide(b).0,
        Op::Remainder => a.divide(b).1,
    }))
}
