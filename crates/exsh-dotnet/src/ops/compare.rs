//! `-eq -ne -gt -ge -lt -le -contains -in`.
//!
//! The left side decides: the right is converted to its type. A list on the left turns a comparison into a filter.

use super::arithmetic::failed_operand;
use crate::convert::{self, enums, numeric, parse};
use crate::culture::{collate, invariant};
use crate::numbers::big;
use crate::{core, fail, text, time, types};
use exsh_core::types::{self as t, Kind, TypeRef};
use exsh_core::{Category, Result, Scalar, Shell, Value, View};
use std::cmp::Ordering;
use std::rc::Rc;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompareOp {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

impl CompareOp {
    #[inline]
    fn holds(self, o: Ordering) -> bool {
        match self {
            CompareOp::Eq => o == Ordering::Equal,
            CompareOp::Ne => o != Ordering::Equal,
            CompareOp::Gt => o == Ordering::Greater,
            CompareOp::Ge => o != Ordering::Less,
            CompareOp::Lt => o == Ordering::Less,
            CompareOp::Le => o != Ordering::Greater,
        }
    }
}

/// A comparison operator: a bool, or the items of the left list for which it holds.
#[inline]
pub fn compare(
    shell: &mut dyn Shell,
    op: CompareOp,
    ignore_case: bool,
    left: &Value,
    right: &Value,
) -> Result<Value> {
    if let (Some(a), Some(b)) = (left.as_int(), right.as_int()) {
        return Ok(Value::bool(op.holds(a.cmp(&b))));
    }
    compare_slow(shell, op, ignore_case, left, right)
}

#[inline(never)]
fn compare_slow(
    shell: &mut dyn Shell,
    op: CompareOp,
    ignore_case: bool,
    left: &Value,
    right: &Value,
) -> Result<Value> {
    if let Some(items) = list_items(left) {
        let mut kept = Vec::new();
        for item in items {
            if holds(shell, op, ignore_case, &item, right)? {
                kept.push(item);
            }
        }
        return Ok(Value::array(kept));
    }
    Ok(Value::bool(holds(shell, op, ignore_case, left, right)?))
}

/// The comparison of two single values.
pub fn holds(
    shell: &mut dyn Shell,
    op: CompareOp,
    ignore_case: bool,
    left: &Value,
    right: &Value,
) -> Result<bool> {
    match op {
        CompareOp::Eq => Ok(equals(left, right, ignore_case)),
        CompareOp::Ne => Ok(!equals(left, right, ignore_case)),
        _ => {
            // NaN is in no order with any number.
            let nan = is_nan(left) || is_nan(right) && types::of(left).is_some_and(types::is_number);
            let o = order(shell, left, right, ignore_case)?;
            Ok(!nan && op.holds(o))
        }
    }
}

fn is_nan(v: &Value) -> bool {
    match v.base().view() {
        View::Double(d) => d.is_nan(),
        View::Single(s) => s.is_nan(),
        _ => false,
    }
}

fn both_numbers(a: &Value, b: &Value) -> bool {
    types::of(a).is_some_and(types::is_number) && types::of(b).is_some_and(types::is_number)
}

/// Items of a list on the left of an operator; nothing for a single value.
pub(crate) fn list_items(value: &Value) -> Option<Vec<Value>> {
    match value.base().view() {
        View::List(l) => Some(l.items().clone()),
        View::Object(o) => o.get().enumerate(),
        _ => None,
    }
}

/// `collection -contains item`.
pub fn contains(collection: &Value, item: &Value, ignore_case: bool) -> bool {
    match collection.base().view() {
        View::List(l) => {
            let mut i = 0;
            while let Some(v) = l.get(i) {
                if equals(&v, item, ignore_case) {
                    return true;
                }
                i += 1;
            }
            false
        }
        _ => match list_items(collection) {
            Some(items) => items.iter().any(|v| equals(v, item, ignore_case)),
            None => equals(collection, item, ignore_case),
        },
    }
}

/// `item -in collection`.
pub fn in_(item: &Value, collection: &Value, ignore_case: bool) -> bool {
    contains(collection, item, ignore_case)
}

/// Are two texts equal as `-eq` sees them?
#[inline]
pub fn same_text(a: &str, b: &str, ignore_case: bool) -> bool {
    if a.len() == b.len() && a.as_bytes() == b.as_bytes() {
        return true;
    }
    if plain_ascii(a) && plain_ascii(b) {
        return ignore_case && a.eq_ignore_ascii_case(b);
    }
    collate::equal(a, b, ignore_case)
}

/// ASCII without the control characters that collation skips.
fn plain_ascii(s: &str) -> bool {
    s.bytes().all(|b| (0x20..0x7f).contains(&b) || (9..14).contains(&b))
}

/// Equality of two single values; lists compare by identity.
pub fn equals(left: &Value, right: &Value, ignore_case: bool) -> bool {
    let (l, r) = (left.base(), right.base());
    match (l.view(), r.view()) {
        (View::Int32(a), View::Int32(b)) => return a == b,
        (View::Str(a), View::Str(b)) => return same_text(a, b, ignore_case),
        (View::Null | View::Nothing | View::Unset, _) => return r.is_null(),
        (View::Str(a), _) => {
            return if r.is_null() { false } else { same_text(a, &text::to_text(r), ignore_case) };
        }
        (_, View::Null | View::Nothing | View::Unset) => return false,
        (View::Bool(a), _) => return a == convert::to_bool(r),
        (View::Type(_), View::Str(_)) => return false,
        (View::Double(a), View::Double(b)) => return a == b,
        (View::Char(a), View::Char(b)) if ignore_case => return fold_unit(a) == fold_unit(b),
        (View::Char(a), View::Str(b)) if ignore_case => {
            return same_text(&exsh_core::Str::from_utf16(&[a]), b, ignore_case);
        }
        _ => {}
    }
    if both_numbers(l, r) {
        return number_order(l, r) == Some(Ordering::Equal);
    }
    if types::of(l).is_some_and(types::is_number) {
        // Text beside a number is read as the language reads a number.
        if let Some(s) = r.as_str() {
            return parse::operand(s).is_some_and(|n| number_order(l, &n) == Some(Ordering::Equal));
        }
    }
    if same_object(l, r) {
        return true;
    }
    if matches!(l.view(), View::List(_) | View::Table(_) | View::Custom(_)) {
        return false;
    }
    let Some(ty) = types::of(l) else { return false };
    match quiet(r, ty) {
        Some(converted) => same_object(l, &converted),
        None => false,
    }
}

fn fold_unit(u: u16) -> u32 {
    char::from_u32(u as u32).map_or(u as u32, |c| exsh_core::name::fold_char(c) as u32)
}

/// .NET's `Equals` of two values of one type.
fn same_object(l: &Value, r: &Value) -> bool {
    match (l.view(), r.view()) {
        (View::DateTime(a), View::DateTime(b)) => time::ticks(a) == time::ticks(b),
        (View::Double(a), View::Double(b)) => a == b,
        (View::Scalar(a), View::Scalar(b)) => a == b,
        (View::Str(a), View::Str(b)) => a == b,
        (View::Object(a), View::Object(b)) => Rc::ptr_eq(a, b) || a.get().key_equals(b.get()),
        _ => l.same_identity(r),
    }
}

/// The order of two numbers; nothing where one is NaN.
pub(crate) fn number_order(l: &Value, r: &Value) -> Option<Ordering> {
    let (kl, kr) = (l.kind(), r.kind());
    let real = |k: Kind| matches!(k, Kind::Double | Kind::Single);
    if (kl == Kind::Decimal || kr == Kind::Decimal)
        && let (Ok(a), Ok(b)) = (numeric::to_decimal(l), numeric::to_decimal(r))
    {
        return Some(a.cmp(&b));
    }
    if real(kl) || real(kr) || kl == Kind::Decimal || kr == Kind::Decimal {
        return numeric::to_f64(l)?.partial_cmp(&numeric::to_f64(r)?);
    }
    Some(numeric::integral(l)?.cmp(&numeric::integral(r)?))
}

/// A conversion that runs no script and reports no failure.
pub(crate) fn quiet(value: &Value, ty: TypeRef) -> Option<Value> {
    if types::is_instance(value, ty) {
        return Some(value.clone());
    }
    let base = value.base();
    let as_text = || match base.view() {
        View::Str(s) => Some(s.clone()),
        _ if types::of(base).is_some_and(types::is_number) => Some(text::to_text(base)),
        _ => None,
    };
    match ty.kind {
        Kind::Boolean => Some(Value::bool(convert::to_bool(base))),
        Kind::String => Some(Value::string(text::to_text(base))),
        Kind::Char => match base.view() {
            View::Str(s) => s.unit_at(0).filter(|_| s.utf16_len() == 1).map(Value::char),
            _ => numeric::to_kind(base, Kind::Char).ok(),
        },
        Kind::Enum => {
            let info = ty.enumeration?;
            match base.view() {
                View::Str(s) => enums::parse(ty, info, s)
                    .ok()
                    .filter(|e| enums::is_defined(info, e.number))
                    .map(|e| Value::scalar(Scalar::Enum(e))),
                View::Bool(_) | View::Char(_) => None,
                _ => {
                    let n = i64::try_from(numeric::integral(base)?).ok()?;
                    enums::is_defined(info, n).then(|| Value::enumeration(ty, n))
                }
            }
        }
        Kind::DateTime => match numeric::integral(base) {
            Some(i) if !matches!(base.view(), View::Bool(_)) => {
                let ticks = i64::try_from(i).ok().filter(|t| (0..=time::MAX_TICKS).contains(t))?;
                Some(Value::date_time(ticks as u64))
            }
            _ => parse::date_time(&as_text()?, 0).ok().map(Value::date_time),
        },
        Kind::TimeSpan => match numeric::integral(base) {
            Some(i) if !matches!(base.view(), View::Bool(_)) => i64::try_from(i).ok().map(Value::time_span),
            _ => time::span::parse(&as_text()?).ok().map(Value::time_span),
        },
        Kind::Guid => parse::guid(&as_text()?).ok().map(|g| Value::scalar(Scalar::Guid(g))),
        _ if types::is_number(ty) => match base.view() {
            View::Str(s) => parse::number(s, ty.kind).ok(),
            _ => numeric::to_kind(base, ty.kind).ok(),
        },
        _ if ty.is(&t::RUNTIME_TYPE) => types::find(base.as_str()?).map(Value::type_value),
        _ => match ty.from_value {
            Some(make) if !matches!(base.view(), View::Bool(_) | View::Char(_)) => make(&match as_text() {
                Some(s) => Value::string(s),
                None => base.clone(),
            })
            .ok(),
            _ => None,
        },
    }
}

/// The order of two single values. Errors: `NotIcomparable`, `ComparisonFailure`, `PSObjectCompareTo`.
pub fn order(shell: &mut dyn Shell, left: &Value, right: &Value, ignore_case: bool) -> Result<Ordering> {
    let (l, r) = (left.base(), right.base());
    match (l.view(), r.view()) {
        (View::Int32(a), View::Int32(b)) => return Ok(a.cmp(&b)),
        (View::Str(a), View::Str(b)) => return Ok(collate::order(a, b, ignore_case)),
        (View::Null | View::Nothing | View::Unset, _) => {
            return Ok(if r.is_null() { Ordering::Equal } else { against_null(r).reverse() });
        }
        (_, View::Null | View::Nothing | View::Unset) => return Ok(against_null(l)),
        (View::Str(a), _) => return Ok(collate::order(a, &text::to_text(r), ignore_case)),
        (View::Char(a), View::Char(b)) if ignore_case => return Ok(fold_unit(a).cmp(&fold_unit(b))),
        _ => {}
    }
    if both_numbers(l, r) {
        // A NaN is smaller than every number.
        return Ok(number_order(l, r).unwrap_or_else(|| {
            let nan = |v: &Value| numeric::to_f64(v).is_some_and(f64::is_nan);
            match (nan(l), nan(r)) {
                (true, true) => Ordering::Equal,
                (true, false) => Ordering::Less,
                _ => Ordering::Greater,
            }
        }));
    }
    if types::of(l).is_some_and(types::is_number)
        && let Some(s) = r.as_str()
    {
        let Some(n) = parse::operand(s) else {
            let ty = types::of(l).unwrap_or(&t::INT32);
            return Err(convert::cast(shell, r, ty).err().unwrap_or_else(|| failed_operand(shell, s, l)));
        };
        return Ok(number_order(l, &n).unwrap_or(Ordering::Greater));
    }
    if let Some(e) = l.as_enum()
        && let Some(o) = enum_order(shell, e, r)?
    {
        return Ok(o);
    }
    let comparable = match l.view() {
        View::List(_) | View::Table(_) | View::Type(_) => false,
        View::Object(o) => o.get().compare(l).is_some() || core::is_comparable(o),
        _ => true,
    };
    if same_object(l, r) && !matches!(l.view(), View::Custom(_)) {
        return Ok(Ordering::Equal);
    }
    if matches!(l.view(), View::Custom(_)) {
        if same_object(l, r) {
            return Ok(Ordering::Equal);
        }
        let (a, b) = (text::to_text(l), text::to_text(r));
        return Err(fail::engine(
            "ExtendedTypeSystemException",
            "PSObjectCompareTo",
            Category::NotSpecified,
            format!(
                "Cannot compare \"{a}\" to \"{b}\" because the objects are not the same type or the object \"{a}\" does \
                 not implement \"IComparable\"."
            ),
        ));
    }
    if !comparable {
        return Err(fail::operation(
            "NotIcomparable",
            format!(
                "Cannot compare \"{}\" because it is not IComparable.",
                text::to_string_culture(l, invariant())
            ),
        ));
    }
    let Some(ty) = types::of(l) else { return Ok(Ordering::Less) };
    let converted = match types::of(r) {
        Some(rt) if rt.is(ty) => r.clone(),
        _ => convert::cast(shell, r, ty).map_err(|e| match e.record() {
            Some(_) => fail::operation(
                "ComparisonFailure",
                format!(
                    "Could not compare \"{}\" to \"{}\". Error: \"{}\"",
                    text::to_text(l),
                    text::to_text(r),
                    fail::message(&e)
                ),
            ),
            None => e,
        })?,
    };
    if let (true, View::Char(a), View::Char(b)) = (ignore_case, l.view(), converted.view()) {
        return Ok(fold_unit(a).cmp(&fold_unit(b)));
    }
    Ok(typed_order(l, &converted).unwrap_or(Ordering::Less))
}

/// An enum member against a number or text: by number. Nothing for other values.
fn enum_order(shell: &mut dyn Shell, e: exsh_core::value::EnumValue, r: &Value) -> Result<Option<Ordering>> {
    let number = match r.view() {
        View::Str(s) => match parse::operand(s) {
            Some(n) => n,
            None => convert::cast(shell, r, e.ty)?,
        },
        _ => r.clone(),
    };
    match number.kind() {
        Kind::UInt32 | Kind::UInt64 => Err(fail::invalid_operation(format!(
            "The binary operator GreaterThanOrEqual is not defined for the types '{}' and 'System.Int32'.",
            types::full_name(e.ty)
        ))),
        Kind::Decimal => Err(fail::invalid_operation(format!(
            "No coercion operator is defined between types '{}' and 'System.Decimal'.",
            types::full_name(e.ty)
        ))),
        Kind::Double | Kind::Single => {
            Ok(numeric::to_f64(&number)
                .map(|d| (e.number as f64).partial_cmp(&d).unwrap_or(Ordering::Greater)))
        }
        _ => Ok(numeric::integral(&number).map(|i| (e.number as i128).cmp(&i))),
    }
}

/// A value against null: what is negative stands before it, all else behind.
fn against_null(v: &Value) -> Ordering {
    let negative = match v.view() {
        View::Double(d) => d < 0.0,
        View::Single(s) => s < 0.0,
        View::Scalar(s) => matches!(&**s, Scalar::Decimal(d) if d.is_sign_negative() && !d.is_zero()),
        View::Bool(_) | View::Char(_) => false,
        _ => numeric::integral(v).is_some_and(|i| i < 0),
    };
    if negative { Ordering::Less } else { Ordering::Greater }
}

/// Two values of one type.
fn typed_order(l: &Value, r: &Value) -> Option<Ordering> {
    Some(match (l.view(), r.view()) {
        (View::DateTime(a), View::DateTime(b)) => time::ticks(a).cmp(&time::ticks(b)),
        (View::TimeSpan(a), View::TimeSpan(b)) => a.cmp(&b),
        (View::Bool(a), View::Bool(b)) => a.cmp(&b),
        (View::Char(a), View::Char(b)) => a.cmp(&b),
        (View::Scalar(a), View::Scalar(b)) => match (&**a, &**b) {
            (Scalar::Guid(a), Scalar::Guid(b)) => a.cmp(b),
            (Scalar::Enum(a), Scalar::Enum(b)) => a.number.cmp(&b.number),
            (Scalar::Decimal(a), Scalar::Decimal(b)) => a.cmp(b),
            _ => return None,
        },
        (View::Object(o), _) => match (big::of(l), big::of(r)) {
            (Some(a), Some(b)) => a.cmp(b),
            _ => return o.get().compare(r),
        },
        _ => return number_order(l, r),
    })
}
