//! One value for one parameter: conversion, validation, and what a mandatory parameter refuses.

use super::errors::{self, Fault, Subject};
use super::{CommandMeta, ParamMeta};
use exsh_core::error::{Exception, Flow};
use exsh_core::out::Shell;
use exsh_core::types::{self, Kind, TypeRef};
use exsh_core::value::{Value, View};
use exsh_dotnet::convert;
use exsh_dotnet::types::{is_instance, is_number, is_value_type, nullable_inner};

/// The value as the parameter takes it, checked. Without `coerce` nothing when its type does not fit as it is.
pub(super) fn fit(
    shell: &mut dyn Shell,
    meta: &CommandMeta,
    p: &ParamMeta,
    value: Value,
    coerce: bool,
) -> Result<Option<Value>, Fault> {
    let value = if value.is_null() { Value::NULL } else { value };
    let takes_all = !p.type_written || matches!(p.ty.kind, Kind::Object | Kind::PsObject);
    // A script sees its switch as a SwitchParameter, a cmdlet as a boolean.
    let other_switch = p.ty.kind == Kind::Switch && meta.script == value.as_bool().is_some();
    if takes_all || (is_exactly(&value, p.ty) && !other_switch) {
        check(shell, meta, p, None, &value)?;
        return Ok(Some(value));
    }
    let subject = Subject::new(p.spelling.as_str(), p.ty);
    let fitting = if !coerce {
        match fitting(meta, p.ty, &value) {
            Some(v) => v,
            None => return Ok(None),
        }
    } else if meta.script {
        transform(shell, meta, subject, p.ty, &value)?
    } else {
        convert(shell, meta, subject, p.ty, &value)?
    };
    check(shell, meta, p, Some(&value), &fitting)?;
    Ok(Some(fitting))
}

/// The value as a cmdlet's parameter of this type takes it. Null stays null where the type has one; lists are converted
/// item by item, so that an error names the item.
pub(super) fn convert(
    shell: &mut dyn Shell,
    meta: &CommandMeta,
    subject: Subject<'_>,
    ty: TypeRef,
    value: &Value,
) -> Result<Value, Fault> {
    if ty.kind != Kind::Switch && is_exactly(value, ty) || ty.kind == Kind::Object {
        return Ok(value.clone());
    }
    if value.is_null() {
        return match ty.kind {
            Kind::Switch => Ok(Value::FALSE),
            Kind::Boolean => Err(errors::null_not_allowed(meta, subject)),
            _ if is_value_type(ty) && nullable_inner(ty).is_none() => cast(shell, meta, subject, ty, value),
            _ => Ok(Value::NULL),
        };
    }
    match ty.kind {
        Kind::Boolean | Kind::Switch => truth(value)
            .map(Value::bool)
            .ok_or_else(|| errors::wrong_type(meta, Subject { ty: Some(ty), ..subject }, value, "")),
        Kind::Array => {
            let Some(element) = ty.element else { return cast(shell, meta, subject, ty, value) };
            let items = match value.base().view() {
                View::List(l) => {
                    let l = l.clone();
                    let mut items = Vec::with_capacity(l.len());
                    // By index: a conversion may run script code that changes the list.
                    while let Some(item) = l.get(items.len()) {
                        items.push(convert(shell, meta, subject, element, &item)?);
                    }
                    items
                }
                _ => vec![convert(shell, meta, subject, element, value)?],
            };
            Ok(Value::list_of(ty, items))
        }
        kind => {
            let list = matches!(value.base().view(), View::List(_));
            if list && is_scalar(kind) {
                let subject = Subject { ty: Some(ty), ..subject };
                return Err(errors::wrong_type(meta, subject, value, "Specified method is not supported."));
            }
            cast(shell, meta, subject, ty, value)
        }
    }
}

/// The value as a script's typed parameter takes it: a cast, with three exceptions.
fn transform(
    shell: &mut dyn Shell,
    meta: &CommandMeta,
    subject: Subject<'_>,
    ty: TypeRef,
    value: &Value,
) -> Result<Value, Fault> {
    let refuse = |message: String| {
        let inner = Exception::new("System.Management.Automation.PSInvalidCastException", message);
        Err(errors::not_transformed(meta, subject, &inner, value))
    };
    match ty.kind {
        // Advanced functions refuse what simple ones join (about_Type_Conversion, best practices).
        Kind::String if meta.advanced && value.kind() == Kind::Array => {
            return refuse("Cannot convert value to type System.String.".to_owned());
        }
        Kind::Boolean | Kind::Switch => {
            let truth = if ty.kind == Kind::Switch && value.is_null() { Some(false) } else { truth(value) };
            return match truth {
                Some(b) if ty.kind == Kind::Boolean => Ok(Value::bool(b)),
                Some(b) => convert::cast(shell, &Value::bool(b), ty)
                    .map_err(|flow| errors::not_transformed(meta, subject, &exception_of(&flow), value)),
                None => refuse(format!(
                    "Cannot convert value \"{}\" to type \"{}\". Boolean parameters accept only Boolean values and \
                     numbers, such as $True, $False, 1 or 0.",
                    value.type_info().map_or("", |t| t.name),
                    ty.name
                )),
            };
        }
        _ => {}
    }
    convert::cast(shell, value, ty)
        .map_err(|flow| errors::not_transformed(meta, subject, &exception_of(&flow), value))
}

fn cast(
    shell: &mut dyn Shell,
    meta: &CommandMeta,
    subject: Subject<'_>,
    ty: TypeRef,
    value: &Value,
) -> Result<Value, Fault> {
    convert::cast(shell, value, ty)
        .map_err(|flow| errors::not_converted(meta, subject, &exception_of(&flow), value))
}

/// The value, where it fits without conversion; a single item fits an array of its type.
fn fitting(meta: &CommandMeta, ty: TypeRef, value: &Value) -> Option<Value> {
    if value.is_null() {
        // Null is no string as it is: `Write-Error $null` is about the exception (observed).
        let has_null = !is_value_type(ty) || nullable_inner(ty).is_some();
        return (has_null && ty.kind != Kind::String).then_some(Value::NULL);
    }
    let ty = nullable_inner(ty).unwrap_or(ty);
    if ty.kind != Kind::Switch && is_instance(value, ty) {
        return Some(value.base().clone());
    }
    // Text under a rule of its own (Add-Member -NotePropertyName): a text that keeps the rule fits as it is.
    if ty.name == types::STRING.name
        && value.as_str().is_some()
        && let Some(make) = ty.from_value
    {
        return make(value).ok();
    }
    match (ty.kind, value.base().view()) {
        (Kind::Boolean, View::Bool(_)) => Some(value.base().clone()),
        (Kind::Switch, View::Bool(_)) if !meta.script => Some(value.base().clone()),
        (Kind::Array, view) => {
            let element = ty.element?;
            let fits = |v: &Value| element.kind == Kind::Object || is_instance(v, element);
            let items = match view {
                View::List(l) if l.items().iter().all(fits) => l.items().clone(),
                View::List(_) => return None,
                _ if fits(value) => vec![value.clone()],
                _ => return None,
            };
            Some(Value::list_of(ty, items))
        }
        _ => None,
    }
}

/// The type itself, without added members that a typed parameter would strip.
#[inline]
fn is_exactly(value: &Value, ty: TypeRef) -> bool {
    match value.view() {
        View::Str(_) => ty.kind == Kind::String,
        View::Int32(_) => ty.kind == Kind::Int32,
        View::Bool(_) => matches!(ty.kind, Kind::Boolean | Kind::Switch),
        View::List(l) => l.ty().is(ty),
        View::Wrapped(_) | View::Null | View::Nothing | View::Unset => false,
        _ => value.type_info().is_some_and(|t| t.is(ty)),
    }
}

/// What a boolean parameter takes: booleans and numbers.
fn truth(value: &Value) -> Option<bool> {
    let base = value.base();
    if let Some(b) = base.as_bool() {
        return Some(b);
    }
    let t = base.type_info()?;
    (is_number(t) || t.kind == Kind::Switch).then(|| convert::to_bool(base))
}

fn is_scalar(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::String
            | Kind::Char
            | Kind::SByte
            | Kind::Byte
            | Kind::Int16
            | Kind::UInt16
            | Kind::Int32
            | Kind::UInt32
            | Kind::Int64
            | Kind::UInt64
            | Kind::Single
            | Kind::Double
            | Kind::Decimal
            | Kind::DateTime
            | Kind::TimeSpan
            | Kind::Guid
    )
}

/// Validation attributes first, then what every mandatory parameter refuses.
fn check(
    shell: &mut dyn Shell,
    meta: &CommandMeta,
    p: &ParamMeta,
    original: Option<&Value>,
    value: &Value,
) -> Result<(), Fault> {
    for v in &p.validations {
        super::validate(shell, v, value, p.spelling.as_str())
            .map_err(|inner| errors::invalid(meta, Subject::new(p.spelling.as_str(), p.ty), &inner))?;
    }
    if p.mandatory != 0 { refuse_emptiness(meta, p, original, value) } else { Ok(()) }
}

fn refuse_emptiness(
    meta: &CommandMeta,
    p: &ParamMeta,
    original: Option<&Value>,
    value: &Value,
) -> Result<(), Fault> {
    let subject = Subject::new(p.spelling.as_str(), p.ty);
    if value.is_null() {
        return if p.allow_null { Ok(()) } else { Err(errors::null_not_allowed(meta, subject)) };
    }
    let is_empty_text = |v: &Value| v.base().as_str().is_some_and(|s| s.as_str().is_empty());
    let ty = if p.type_written { p.ty } else { &types::OBJECT };
    match ty.kind {
        Kind::String if is_empty_text(value) && !p.allow_empty_string => {
            Err(errors::empty_string(meta, subject))
        }
        Kind::Array | Kind::ArrayList | Kind::GenericList => {
            let View::List(list) = value.base().view() else { return Ok(()) };
            let items = list.items();
            if items.is_empty() {
                return if p.allow_empty_collection {
                    Ok(())
                } else {
                    Err(errors::empty_collection(meta, subject, ty.kind == Kind::Array))
                };
            }
            // Looked for in what was written, too: a conversion makes an empty string of a null item.
            let any_null = |v: &Value| match v.base().view() {
                View::List(l) => l.items().iter().any(Value::is_null),
                _ => false,
            };
            if !p.allow_null && (items.iter().any(Value::is_null) || original.is_some_and(any_null)) {
                return Err(errors::null_not_allowed(meta, subject));
            }
            let texts = ty.element.is_some_and(|e| e.kind == Kind::String);
            if texts && !p.allow_empty_string && items.iter().any(is_empty_text) {
                return Err(errors::empty_string(meta, subject));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The exception inside a failed step; what is no error (a stopped pipeline) reads as such.
pub(super) fn exception_of(flow: &Flow) -> Exception {
    match flow.record() {
        Some(r) => r.exception.clone(),
        None => Exception::new(
            "System.Management.Automation.PipelineStoppedException",
            "The pipeline has been stopped.",
        ),
    }
}
