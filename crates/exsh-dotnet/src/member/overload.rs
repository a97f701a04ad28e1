//! Which overload a call means, its arguments' conversion, and how its failure is told.
//!
//! As in the reference, candidates are weighed by the types of the arguments, not by their values; the conversion of the
//! chosen one's arguments may then still fail, and the message names the parameter.

use crate::{convert, culture, fail, text, types};
use exsh_core::types::{self as t, Kind, Overload, TypeRef};
use exsh_core::{Category, ErrorRecord, Exception, Flow, Result, Shell, Value, View};

/// Calls the overload that fits. Errors: `MethodCountCouldNotFindBest`, `MethodArgumentConversionInvalidCastArgument`,
/// and the method's own failure as a MethodInvocationException.
pub fn call(
    shell: &mut dyn Shell,
    name: &str,
    overloads: &[Overload],
    this: &Value,
    arguments: &[Value],
) -> Result<Value> {
    let Some((chosen, expanded)) = choose(overloads, arguments) else {
        return Err(no_overload(name, arguments.len()));
    };
    let shown_name = if name == "new" { ".ctor" } else { name };
    let ready = arguments_for(shell, shown_name, chosen, expanded, arguments)?;
    (chosen.call)(shell, this, &ready).map_err(|e| invocation(e, shown_name, arguments.len()))
}

/// `Cannot find an overload for "Name" and the argument count: "N".`
pub fn no_overload(name: &str, count: usize) -> Box<Flow> {
    fail::engine(
        "MethodException",
        "MethodCountCouldNotFindBest",
        Category::NotSpecified,
        format!("Cannot find an overload for \"{name}\" and the argument count: \"{count}\"."),
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

/// The best overload, and whether its last parameter takes the rest of the arguments one by one.
fn choose<'a>(overloads: &'a [Overload], arguments: &[Value]) -> Option<(&'a Overload, bool)> {
    let mut fitting: Vec<(&Overload, bool)> = Vec::new();
    for o in overloads {
        let needed = o.parameters.iter().filter(|p| !p.optional && !p.rest).count();
        let rest = o.parameters.last().is_some_and(|p| p.rest);
        if arguments.len() >= needed && arguments.len() <= o.parameters.len() {
            // An array for the rest is taken as it is.
            let whole = rest
                && arguments.len() == o.parameters.len()
                && matches!(arguments[arguments.len() - 1].base().view(), View::List(_));
            fitting.push((o, rest && !whole));
        } else if rest && arguments.len() >= needed {
            fitting.push((o, true));
        }
    }
    match fitting[..] {
        [] => return None,
        [one] => return Some(one),
        _ => {}
    }
    let mut best: Option<(u32, (&Overload, bool))> = None;
    for (o, expanded) in fitting {
        let Some(cost) = cost(o, expanded, arguments) else { continue };
        if best.is_none_or(|(c, _)| cost < c) {
            best = Some((cost, (o, expanded)));
        }
    }
    best.map(|b| b.1)
}

fn cost(o: &Overload, expanded: bool, arguments: &[Value]) -> Option<u32> {
    let mut sum = 0;
    for (i, a) in arguments.iter().enumerate() {
        let p = match o.parameters.get(i) {
            Some(p) if !(p.rest && expanded) => p.ty,
            _ => {
                sum += 3;
                o.parameters.last()?.ty.element?
            }
        };
        sum += rank(a, p)?;
    }
    // Parameters left to their defaults cost a little.
    let unused = o.parameters.len().saturating_sub(arguments.len()) as u32;
    Some(sum * 8 + unused)
}

/// How far an argument is from a parameter's type: 0 is the same; nothing when there is no way.
pub fn rank(value: &Value, ty: TypeRef) -> Option<u32> {
    let ty = types::nullable_inner(ty).unwrap_or(ty);
    let Some(from) = types::of(value.base()) else {
        // Null suits references best.
        return Some(match ty.kind {
            _ if types::is_value_type(ty) => 30,
            Kind::Object => 3,
            Kind::String => 2,
            _ => 1,
        });
    };
    if from.is(ty) {
        return Some(0);
    }
    if ty.is(&t::OBJECT) || ty.is(&t::PS_OBJECT) {
        return Some(if types::is_value_type(from) || from.kind == Kind::String { 9 } else { 6 });
    }
    if let Some(depth) = from.chain().position(|b| b.is(ty)) {
        return Some(depth.min(5) as u32);
    }
    if types::is_instance(value, ty) {
        return Some(5);
    }
    if ty.is(&crate::core::reference::TYPE) {
        return None;
    }
    let numeric = types::is_number(from);
    if types::is_number(ty) {
        return match from.kind {
            _ if numeric => Some(number_rank(from.kind, ty.kind)),
            Kind::Char => Some(14 + number_rank(Kind::UInt16, ty.kind) / 4),
            Kind::Enum => Some(13 + number_rank(Kind::Int32, ty.kind) / 4),
            Kind::String => Some(match ty.kind {
                Kind::Double => 24,
                Kind::Decimal => 25,
                Kind::Int64 | Kind::Int32 => 26,
                _ => 27,
            }),
            Kind::Boolean => Some(32),
            _ if crate::numbers::big::of(value).is_some() => Some(33),
            _ => None,
        };
    }
    match (ty.kind, from.kind) {
        (Kind::String, Kind::Char) => Some(12),
        (Kind::String, _) => Some(if numeric { 29 } else { 34 }),
        (Kind::Boolean, _) => Some(if numeric { 31 } else { 36 }),
        (Kind::Char, Kind::String) => Some(14),
        (Kind::Char, _) if numeric => Some(22),
        (Kind::Enum, Kind::String) => Some(15),
        (Kind::Enum, _) if numeric => Some(23),
        (Kind::Array, Kind::String) if ty.element.is_some_and(|e| e.is(&t::CHAR)) => Some(17),
        (Kind::Array, _) => match value.base().view() {
            View::List(l) => {
                let e = ty.element?;
                let worst = l
                    .items()
                    .iter()
                    .take(8)
                    .map(|i| rank(i, e))
                    .try_fold(0u32, |m, r| r.map(|r| m.max(r)))?;
                Some(10 + worst)
            }
            _ => ty.element.and_then(|e| rank(value, e)).map(|r| 30 + r),
        },
        (Kind::ArrayList | Kind::GenericList, Kind::Array | Kind::ArrayList | Kind::GenericList) => Some(20),
        (Kind::DateTime | Kind::TimeSpan | Kind::Guid, Kind::String) => Some(26),
        (Kind::DateTime | Kind::TimeSpan, _) if numeric => Some(28),
        (Kind::ScriptBlock, Kind::String) => Some(28),
        _ if ty.is(&t::TYPE) && from.kind == Kind::RuntimeType => Some(1),
        _ if ty.is(&t::TYPE) && from.kind == Kind::String => Some(19),
        _ if ty.from_value.is_some() && (from.kind == Kind::String || numeric) => Some(27),
        _ if ty.from_value.is_some() => Some(35),
        _ if types::is_table_kind(from.kind) && ty.kind == Kind::Other => Some(38),
        _ => None,
    }
}

/// Widening costs little, narrowing much, and the nearest type least.
fn number_rank(from: Kind, to: Kind) -> u32 {
    let size = |k: Kind| match k {
        Kind::SByte => 1,
        Kind::Byte => 2,
        Kind::Int16 => 3,
        Kind::UInt16 => 4,
        Kind::Int32 => 5,
        Kind::UInt32 => 6,
        Kind::Int64 => 7,
        Kind::UInt64 => 8,
        Kind::Single => 9,
        Kind::Double => 10,
        Kind::Decimal => 11,
        _ => 12,
    };
    let (a, b) = (size(from), size(to));
    let signed = |k: Kind| matches!(k, Kind::SByte | Kind::Int16 | Kind::Int32 | Kind::Int64);
    let unsigned = |k: Kind| matches!(k, Kind::Byte | Kind::UInt16 | Kind::UInt32 | Kind::UInt64);
    if b > a && !(signed(from) && unsigned(to)) {
        // A real number takes an integer with some loss of favour; a decimal more.
        // Between the real types an integer goes to the decimal, as the reference's weighing has it.
        let extra = match to {
            Kind::Double if a <= 8 => 3,
            Kind::Single if a <= 8 => 4,
            _ => 0,
        };
        let real = matches!(from, Kind::Single | Kind::Double) && to == Kind::Decimal;
        return if real { 21 } else { 1 + (b - a).min(6) + extra };
    }
    14 + a.abs_diff(b).min(9)
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
