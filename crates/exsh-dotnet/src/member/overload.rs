//! Which overload a call means, its arguments' conversion, and how its failure is told.
//!
//! As in the reference, candidates are weighed by the types of the arguments, not by their values; the conversion of the
//! chosen one's arguments may then still fail, and the message names the parameter.

use crate::{convert, culture, fail, text, types};
use exsh_core::types::{self as t, Kind, Overload, TypeRef};
use exsh_core::{Category, ErrorRecord, Exception, Flow, Result, Shell, Value, View};
use std::cmp::Ordering;

/// Calls the overload that fits. Errors: `MethodCountCouldNotFindBest`, `MethodArgumentConversionInvalidCastArgument`,
/// and the method's own failure as a MethodInvocationException.
pub fn call(
    shell: &mut dyn Shell,
    name: &str,
    overloads: &[Overload],
    this: &Value,
    arguments: &[Value],
) -> Result<Value> {
    let (chosen, expanded) = match choose(overloads, arguments) {
        Choice::One(chosen, expanded) => (chosen, expanded),
        Choice::Ambiguous => {
            return Err(no_choice("Multiple ambiguous overloads found", name, arguments.len()));
        }
        Choice::None => return Err(no_overload(name, arguments.len())),
    };
    let shown_name = if name == "new" { ".ctor" } else { name };
    let ready = arguments_for(shell, shown_name, chosen, expanded, arguments)?;
    (chosen.call)(shell, this, &ready).map_err(|e| invocation(e, shown_name, arguments.len()))
}

/// `Cannot find an overload for "Name" and the argument count: "N".`
pub fn no_overload(name: &str, count: usize) -> Box<Flow> {
    no_choice("Cannot find an overload", name, count)
}

fn no_choice(what: &str, name: &str, count: usize) -> Box<Flow> {
    fail::engine(
        "MethodException",
        "MethodCountCouldNotFindBest",
        Category::NotSpecified,
        format!("{what} for \"{name}\" and the argument count: \"{count}\"."),
    )
}

/// The failure of a method: `Exception calling "Name" with "N" argument(s): "…"`.
pub fn invocation(e: Box<Flow>, name: &str, count: usize) -> Box<Flow> {
    let Some(record) = e.record() else { return e };
    let inner: Exception = record.exception.clone();
    if &*inner.type_name == "System.Management.Automation.MethodInvocationException"
        && record.context.borrow().thrown
    {
        return e;
    }
    let id = inner.short_type().to_string();
    let outer = Exception::new(
        "System.Management.Automation.MethodInvocationException",
        format!("Exception calling \"{name}\" with \"{count}\" argument(s): \"{}\"", inner.message),
    )
    .with_inner(inner);
    ErrorRecord::new(id, Category::NotSpecified, outer).into()
}

/// An overload that can take the arguments, with how well it takes each.
struct Candidate<'a> {
    overload: &'a Overload,
    /// The last parameter takes the rest of the arguments one by one.
    expanded: bool,
    ranks: Vec<Rank>,
}

impl Candidate<'_> {
    fn parameter(&self, i: usize) -> TypeRef {
        let all = self.overload.parameters;
        let last = all.len() - 1;
        if self.expanded && i >= last { all[last].ty.element.unwrap_or(&t::OBJECT) } else { all[i].ty }
    }
}

enum Choice<'a> {
    None,
    Ambiguous,
    One(&'a Overload, bool),
}

fn choose<'a>(overloads: &'a [Overload], arguments: &[Value]) -> Choice<'a> {
    let count = arguments.len();
    let fits = |o: &&Overload| {
        let needed = o.parameters.iter().filter(|p| !p.optional && !p.rest).count();
        let rest = o.parameters.last().is_some_and(|p| p.rest);
        count >= needed && (rest || count <= o.parameters.len())
    };
    let mut fitting = overloads.iter().filter(fits);
    let Some(first) = fitting.next() else { return Choice::None };
    if fitting.next().is_none() {
        return Choice::One(first, takes_one_by_one(first, arguments).0);
    }
    let mut best: Option<Candidate> = None;
    let mut several = false;
    for o in overloads.iter().filter(fits) {
        let Some(current) = candidate(o, arguments) else { continue };
        match best.as_ref().map_or(Ordering::Less, |b| compare(b, &current, arguments)) {
            Ordering::Less => (best, several) = (Some(current), false),
            Ordering::Equal => several = true,
            Ordering::Greater => {}
        }
    }
    match best {
        Some(_) if several => Choice::Ambiguous,
        Some(c) => Choice::One(c.overload, c.expanded),
        None => Choice::None,
    }
}

/// Whether a `params` array is filled from single arguments, and the rank of the last argument in that case.
fn takes_one_by_one(o: &Overload, arguments: &[Value]) -> (bool, Option<Rank>) {
    let Some(last) = o.parameters.last().filter(|p| p.rest) else { return (false, None) };
    if arguments.len() != o.parameters.len() {
        return (true, None);
    }
    let argument = &arguments[arguments.len() - 1];
    let (whole, each) = (rank(argument, last.ty), rank(argument, last.ty.element.unwrap_or(&t::OBJECT)));
    // A single value for an array of such values: the array is made here and not by a conversion.
    if each > whole { (true, Some(each)) } else { (false, Some(whole)) }
}

fn candidate<'a>(o: &'a Overload, arguments: &[Value]) -> Option<Candidate<'a>> {
    let (expanded, last) = takes_one_by_one(o, arguments);
    let mut c = Candidate { overload: o, expanded, ranks: Vec::with_capacity(arguments.len()) };
    for (i, a) in arguments.iter().enumerate() {
        let r = match last.filter(|_| i + 1 == arguments.len()) {
            Some(r) => r,
            None => rank(a, c.parameter(i)),
        };
        if r == NONE {
            return None;
        }
        c.ranks.push(r);
    }
    Some(c)
}

/// Which of two is better: by the ranks, the first argument weighing most; then by which parameter types lead to the
/// other's; then the one that needs no array made and leaves the fewest parameters to their defaults.
fn compare(a: &Candidate, b: &Candidate, arguments: &[Value]) -> Ordering {
    let count = a.ranks.len() as i32;
    let mut result = 0;
    for (i, (x, y)) in a.ranks.iter().zip(&b.ranks).enumerate() {
        let weight = count - i as i32;
        let mut order = x.cmp(y);
        if order.is_eq() && *x == UNRELATED_ARRAYS {
            order = elements(&arguments[i], a.parameter(i)).cmp(&elements(&arguments[i], b.parameter(i)));
        }
        result += weight * order as i32;
    }
    if result == 0 {
        for (i, (x, y)) in a.ranks.iter().zip(&b.ranks).enumerate() {
            let widens = |r: &Rank| *r >= NUMERIC_IMPLICIT - TO_ARRAY;
            if *x < NULL_TO_VALUE || *y < NULL_TO_VALUE || widens(x) != widens(y) {
                continue;
            }
            // What widens should widen little; what narrows should keep as much as it can.
            let weight = if widens(x) { i as i32 - count } else { count - i as i32 };
            let (p, q) = (a.parameter(i), b.parameter(i));
            result -= weight * type_rank(p, q).cmp(&type_rank(q, p)) as i32;
        }
    }
    let defaults = |c: &Candidate| c.overload.parameters.len().saturating_sub(arguments.len());
    result.cmp(&0).then_with(|| b.expanded.cmp(&a.expanded)).then_with(|| defaults(b).cmp(&defaults(a)))
}

/// How well a value suits a type, as the reference numbers it: more is better, zero is not at all.
pub type Rank = u16;

const NONE: Rank = 0;
const UNRELATED_ARRAYS: Rank = 0x0f;
const TO_STRING: Rank = 0x1f;
const CONVERTIBLE: Rank = 0x3f;
const EXPLICIT_CAST: Rank = 0x5f;
const CONSTRUCTOR: Rank = 0x6f;
const PARSE: Rank = 0x7f;
const PS_OBJECT: Rank = 0x8f;
const LANGUAGE: Rank = 0x9f;
const NULL_TO_VALUE: Rank = 0xaf;
const NULL_TO_REFERENCE: Rank = 0xbf;
const NUMERIC_EXPLICIT: Rank = 0xcf;
/// From a decimal to a double, which keeps less than the way back.
const NUMERIC_EXPLICIT_1: Rank = 0xdf;
const NUMERIC_STRING: Rank = 0xef;
const NUMERIC_IMPLICIT: Rank = 0xff;
const ASSIGNABLE: Rank = 0x10f;
const STRING_TO_CHARS: Rank = 0x11a;
const IDENTITY: Rank = 0x11f;
/// An array of one value is made on the way: that much less.
const TO_ARRAY: Rank = 8;

/// The rank of an argument for a parameter.
pub fn rank(value: &Value, ty: TypeRef) -> Rank {
    let nullable = types::nullable_inner(ty);
    let ty = nullable.unwrap_or(ty);
    let base = value.base();
    let Some(from) = types::of(base) else {
        return match ty.kind {
            _ if nullable.is_some() || !types::is_value_type(ty) => NULL_TO_REFERENCE,
            Kind::DateTime | Kind::TimeSpan | Kind::Guid | Kind::Other => NONE,
            _ => NULL_TO_VALUE,
        };
    };
    if from.is(ty) {
        return IDENTITY;
    }
    if let View::List(list) = base.view() {
        if ty.kind == Kind::Array && ty.element.is_none() {
            return ASSIGNABLE;
        }
        // An object array whose items are all of one type counts as an array of that type.
        if from.is(&t::OBJECT_ARRAY)
            && let Some(element) = ty.element.filter(|_| ty.kind == Kind::Array)
            && let items = list.items()
            && !items.is_empty()
            && items.iter().all(|i| types::of(i.base()).is_some_and(|e| e.is(element)))
        {
            return IDENTITY;
        }
    }
    if types::is_instance(value, ty) {
        return if ty.is(&t::PS_OBJECT) { PS_OBJECT } else { ASSIGNABLE };
    }
    if ty.kind == Kind::Array
        && ty.element.is_none()
        && matches!(base.view(), View::Object(o) if o.get().enumerate().is_some())
    {
        return ASSIGNABLE;
    }
    if types::is_table_kind(from.kind) && types::is_value_type(ty) {
        let made = matches!(ty.kind, Kind::DateTime | Kind::TimeSpan | Kind::Guid | Kind::Decimal);
        return if made { CONSTRUCTOR } else { NONE };
    }
    type_rank(from, ty)
}

/// The rank of a type for another.
fn type_rank(from: TypeRef, ty: TypeRef) -> Rank {
    if from.is(ty) {
        return IDENTITY;
    }
    if ty.is(&t::PS_OBJECT) {
        return PS_OBJECT;
    }
    if ty.is(&t::OBJECT) || from.derives_from(ty) {
        return ASSIGNABLE;
    }
    if ty.is(&crate::core::reference::TYPE) {
        return NONE;
    }
    let numeric = types::is_number(from);
    let text = from.kind == Kind::String;
    let convertible = matches!(from.kind, Kind::Boolean | Kind::Char | Kind::DateTime | Kind::Enum);
    if types::is_number(ty) {
        return match from.kind {
            _ if numeric && from.kind != Kind::BigInteger => numbers(from.kind, ty.kind),
            Kind::String => NUMERIC_STRING,
            Kind::BigInteger => EXPLICIT_CAST,
            Kind::Char if ty.kind != Kind::Decimal => NUMERIC_IMPLICIT,
            Kind::Enum if ty.kind == Kind::Decimal => CONSTRUCTOR,
            Kind::Enum if !matches!(ty.kind, Kind::Double | Kind::Single) => LANGUAGE,
            _ if convertible => CONVERTIBLE,
            _ => NONE,
        };
    }
    match ty.kind {
        Kind::String if numeric => NUMERIC_STRING,
        Kind::String => TO_STRING,
        Kind::Boolean => LANGUAGE,
        Kind::Char if numeric && !matches!(from.kind, Kind::Single | Kind::Double | Kind::Decimal) => {
            NUMERIC_STRING
        }
        Kind::Char if text || numeric || convertible => CONVERTIBLE,
        Kind::Enum if text || numeric => LANGUAGE,
        Kind::Array if text && ty.element.is_some_and(|e| e.is(&t::CHAR)) => STRING_TO_CHARS,
        Kind::Array => match ty.element {
            Some(_) if from.kind == Kind::Array => UNRELATED_ARRAYS,
            Some(_) if types::is_list_kind(from.kind) => LANGUAGE,
            Some(e) => match type_rank(from, e) {
                NONE => NONE,
                r => r - TO_ARRAY,
            },
            None => NONE,
        },
        Kind::ArrayList | Kind::GenericList if types::is_list_kind(from.kind) => CONSTRUCTOR,
        Kind::DateTime | Kind::TimeSpan | Kind::Guid if text => PARSE,
        Kind::DateTime | Kind::TimeSpan if numeric && from.kind != Kind::BigInteger => PARSE,
        Kind::DateTime | Kind::TimeSpan if matches!(from.kind, Kind::Char | Kind::Enum) => CONSTRUCTOR,
        Kind::ScriptBlock if text => CONSTRUCTOR,
        _ if ty.is(&t::TYPE) && from.kind == Kind::RuntimeType => ASSIGNABLE,
        _ if ty.is(&t::TYPE) && text => LANGUAGE,
        _ if ty.from_value.is_some() && (text || numeric) => PARSE,
        _ if convertible => CONVERTIBLE,
        _ if ty.from_value.is_some() => CONSTRUCTOR,
        _ if types::is_table_kind(from.kind) && ty.kind == Kind::Other => CONSTRUCTOR,
        _ => NONE,
    }
}

/// The rank of an array's items for the elements of another array.
fn elements(value: &Value, ty: TypeRef) -> Rank {
    let (Some(to), Some(from)) = (ty.element, types::of(value.base()).and_then(|t| t.element)) else {
        return NONE;
    };
    type_rank(from, to)
}

fn numbers(from: Kind, to: Kind) -> Rank {
    use Kind::*;
    let widens = match to {
        Int16 => matches!(from, SByte | Byte),
        UInt16 => from == Byte,
        Int32 => matches!(from, SByte | Byte | Int16 | UInt16),
        UInt32 => matches!(from, Byte | UInt16),
        Int64 => matches!(from, SByte | Byte | Int16 | UInt16 | Int32 | UInt32),
        UInt64 => matches!(from, Byte | UInt16 | UInt32),
        Single | Decimal => !matches!(from, Single | Double | Decimal),
        Double => from != Decimal,
        BigInteger => !matches!(from, Single | Double | Decimal),
        _ => false,
    };
    match (from, to) {
        _ if widens => NUMERIC_IMPLICIT,
        (Decimal, Double | Single) => NUMERIC_EXPLICIT_1,
        _ => NUMERIC_EXPLICIT,
    }
}

fn arguments_for(
    shell: &mut dyn Shell,
    name: &str,
    o: &Overload,
    expanded: bool,
    arguments: &[Value],
) -> Result<Vec<Value>> {
    let mut ready = Vec::with_capacity(o.parameters.len());
    let fixed = if expanded { o.parameters.len() - 1 } else { o.parameters.len() };
    for (i, p) in o.parameters[..fixed].iter().enumerate() {
        let Some(a) = arguments.get(i) else { break };
        ready.push(convert_argument(shell, name, p.name, i, p.ty, a)?);
    }
    if expanded {
        let p = &o.parameters[fixed];
        let element = p.ty.element.unwrap_or(&t::OBJECT);
        let mut rest = Vec::new();
        for (i, a) in arguments.iter().enumerate().skip(fixed) {
            rest.push(convert_argument(shell, name, p.name, i, element, a)?);
        }
        // Arguments that an optional parameter before the rest left out stay null.
        while ready.len() < fixed {
            ready.push(Value::NULL);
        }
        ready.push(Value::list_of(p.ty, rest));
    }
    Ok(ready)
}

fn convert_argument(
    shell: &mut dyn Shell,
    method: &str,
    parameter: &str,
    index: usize,
    ty: TypeRef,
    value: &Value,
) -> Result<Value> {
    if ty.is(&t::OBJECT) {
        return Ok(value.clone());
    }
    // Null stays null for a text: methods tell it from an empty one where .NET does.
    if value.is_null() && ty.kind == Kind::String {
        return Ok(Value::text(""));
    }
    if value.is_null()
        && types::is_value_type(ty)
        && types::nullable_inner(ty).is_none()
        && let Ok(v) = convert::cast(shell, value, ty)
    {
        return Ok(v);
    }
    convert::cast(shell, value, ty).map_err(|e| {
        if e.record().is_none() {
            return e;
        }
        // Operators have no parameter names: the reference counts.
        let shown = if method.starts_with("op_") { index.to_string() } else { parameter.to_string() };
        let value_text = text::to_string_culture(value, culture::current(shell));
        fail::engine(
            "MethodException",
            "MethodArgumentConversionInvalidCastArgument",
            Category::NotSpecified,
            format!(
                "Cannot convert argument \"{shown}\", with value: \"{value_text}\", for \"{method}\" to type \"{}\": \"{}\"",
                types::full_name(ty),
                fail::message(&e)
            ),
        )
    })
}
