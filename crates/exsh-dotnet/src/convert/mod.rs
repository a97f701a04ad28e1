//! Conversion between types: the ladder behind casts, parameters, operators and method arguments.
//!
//! It decides what becomes what, and the ids of failures. Numbers, enumerations, text and objects each have a file.

pub mod enums;
pub mod numeric;
mod object;
pub mod parse;

pub use object::to_custom_object;

use crate::culture::{self, Culture};
use crate::numbers::big;
use crate::time::offset;
use crate::{core, fail, text, types};
use exsh_core::types::{self as t, Kind, TypeRef};
use exsh_core::value::KeyMode;
use exsh_core::{Category, ErrorRecord, Result, Scalar, Shell, Str, Table, Value, View};
use std::rc::Rc;

/// Truth: empty text, zero, null and an empty list are false; a list of one is what its item is.
#[inline]
pub fn to_bool(value: &Value) -> bool {
    match value.view() {
        View::Bool(b) => b,
        View::Int32(i) => i != 0,
        _ => to_bool_slow(value),
    }
}

fn to_bool_slow(value: &Value) -> bool {
    match value.view() {
        View::Unset | View::Nothing | View::Null => false,
        View::Str(s) => !s.as_str().is_empty(),
        View::Double(d) => d != 0.0,
        View::Single(s) => s != 0.0,
        View::List(l) => match l.len() {
            0 => false,
            1 => match l.get(0) {
                // A list in a list counts by its own length only.
                Some(item) => match item.base().view() {
                    View::List(inner) => !inner.is_empty(),
                    _ => to_bool(&item),
                },
                None => false,
            },
            _ => true,
        },
        View::Scalar(s) => match &**s {
            Scalar::Decimal(d) => !d.is_zero(),
            Scalar::Enum(e) => e.number != 0,
            Scalar::Guid(_) => true,
        },
        View::Wrapped(w) => to_bool(&w.base),
        View::Object(o) => match (o.downcast::<core::switch::SwitchObject>(), big::of(value)) {
            (Some(s), _) => s.0,
            (_, Some(b)) => !b.is_zero(),
            _ => true,
        },
        _ => numeric::integral(value).is_none_or(|i| i != 0),
    }
}

/// `[int]`.
pub fn to_int(shell: &mut dyn Shell, value: &Value) -> Result<i32> {
    match value.as_int() {
        Some(i) => Ok(i),
        None => Ok(cast(shell, value, &t::INT32)?.as_int().unwrap_or(0)),
    }
}

/// `[long]`.
pub fn to_long(shell: &mut dyn Shell, value: &Value) -> Result<i64> {
    match value.view() {
        View::Int32(i) => Ok(i as i64),
        View::Int64(i) => Ok(i),
        _ => Ok(cast(shell, value, &t::INT64)?.as_long().unwrap_or(0)),
    }
}

/// `[double]`.
pub fn to_double(shell: &mut dyn Shell, value: &Value) -> Result<f64> {
    match value.as_double() {
        Some(d) => Ok(d),
        None => Ok(cast(shell, value, &t::DOUBLE)?.as_double().unwrap_or(0.0)),
    }
}

/// `-as`: nothing where a cast fails.
pub fn try_cast(shell: &mut dyn Shell, value: &Value, ty: TypeRef) -> Option<Value> {
    // `-as [string]` asks the session's culture, `[string]` does not.
    if ty.is(&t::STRING) && !matches!(value.base().view(), View::List(_) | View::Object(_) | View::Type(_)) {
        return Some(Value::string(text::to_string_culture(value, culture::current(shell))));
    }
    cast(shell, value, ty).ok()
}

/// `[type]value`. Ids of failures: see `errors.jsonl` of the reference; `ConvertToFinalInvalidCastException` is the last.
pub fn cast(shell: &mut dyn Shell, value: &Value, ty: TypeRef) -> Result<Value> {
    if value.type_info().is_some_and(|v| v.is(ty)) {
        return Ok(value.clone());
    }
    if let Some(inner) = types::nullable_inner(ty) {
        return if value.is_null() { Ok(Value::NULL) } else { cast(shell, value, inner) };
    }
    match ty.kind {
        Kind::Object | Kind::PsObject | Kind::PsCustomObject => return Ok(value.clone()),
        Kind::Void => return Ok(Value::NULL),
        Kind::Boolean => return Ok(Value::bool(to_bool(value))),
        Kind::String => return Ok(Value::string(text::to_text(value))),
        _ => {}
    }
    if ty.is(&big::TYPE)
        && let Some(i) = if value.is_null() { Some(0) } else { numeric::integral(value.base()) }
    {
        return Ok(big::value(big::Big::from_i128(i)));
    }
    if value.is_null() {
        return from_null(ty);
    }
    let base = value.base();
    if types::is_instance(value, ty) {
        return Ok(value.clone());
    }
    match ty.kind {
        Kind::Array => to_array(shell, value, ty),
        Kind::ArrayList | Kind::GenericList => to_list(shell, value, ty),
        Kind::Hashtable | Kind::OrderedDictionary | Kind::Dictionary => to_table(shell, value, ty),
        Kind::Char | Kind::Double | Kind::Single | Kind::Decimal => to_number(shell, base, ty),
        _ if types::is_number(ty) => to_number(shell, base, ty),
        Kind::Enum => to_enum(shell, base, ty),
        _ if is_set_or_queue(ty) => to_list(shell, value, ty),
        _ => to_other(shell, value, ty),
    }
}

fn from_null(ty: TypeRef) -> Result<Value> {
    Ok(match ty.kind {
        Kind::Char => Value::char(0),
        Kind::Double => Value::double(0.0),
        Kind::Single => Value::single(0.0),
        Kind::Decimal => Value::decimal(rust_decimal::Decimal::ZERO),
        Kind::Switch => core::switch::value(false),
        Kind::Enum => {
            let names = ty.enumeration.map_or_else(String::new, |i| enums::names(i, ","));
            return Err(fail::cast(
                "nullToEnumInvalidCast",
                format!(
                    "Cannot convert null to type \"{}\" due to enumeration values that are not valid. Specify one of \
                     the following enumeration values and try again. The possible enumeration values are \"{names}\".",
                    types::full_name(ty)
                ),
            ));
        }
        kind => match numeric::of_integer(0, kind) {
            Some(zero) => zero,
            None if types::is_value_type(ty) => {
                return Err(fail::cast(
                    "nullToObjectInvalidCast",
                    format!("Cannot convert null to type \"{}\".", types::full_name(ty)),
                ));
            }
            None => Value::NULL,
        },
    })
}

/// `Cannot convert value "…" to type "…". Error: "…"`.
fn with_error(id: &str, shown: &str, ty: TypeRef, error: &str) -> Box<exsh_core::Flow> {
    fail::cast(
        id,
        format!("Cannot convert value \"{shown}\" to type \"{}\". Error: \"{error}\"", target_name(ty)),
    )
}

/// How messages name the target: its full name, a generic type's without assemblies.
pub(crate) fn target_name(ty: TypeRef) -> String {
    if ty.arguments.is_empty() { types::full_name(ty) } else { ty.name.to_string() }
}

/// The last word: `Cannot convert the "…" value of type "…" to type "…".`
fn last(shell: &mut dyn Shell, value: &Value, ty: TypeRef) -> Box<exsh_core::Flow> {
    let culture = culture::current(shell);
    let base = value.base();
    let short = |t: TypeRef| t.name.strip_prefix("System.").unwrap_or(t.name).to_string();
    if let Some(from) = types::of(base)
        && matches!(from.kind, Kind::Boolean | Kind::Char | Kind::DateTime | Kind::Enum)
    {
        let simple = types::is_number(ty)
            || matches!(ty.kind, Kind::Boolean | Kind::Char | Kind::DateTime | Kind::String);
        let (a, b) = match simple {
            true => (short(from), short(ty)),
            false => (types::full_name(from), types::full_name(ty)),
        };
        let error = format!("Invalid cast from '{a}' to '{b}'.");
        return with_error("InvalidCastIConvertible", &text::to_string_culture(base, culture), ty, &error);
    }
    let message = last_message(base, ty, culture);
    let nested = matches!(base.view(), View::Custom(_))
        && types::is_value_type(ty)
        && !types::is_number(ty)
        && !matches!(ty.kind, Kind::Char | Kind::Boolean)
        || matches!(base.view(), View::Custom(_)) && ty.kind == Kind::Decimal;
    if nested {
        return with_error("InvalidCastConstructorException", &text::to_text(base), ty, &message);
    }
    fail::cast("ConvertToFinalInvalidCastException", message)
}

fn last_message(base: &Value, ty: TypeRef, culture: &Culture) -> String {
    let from = types::of(base).map_or_else(String::new, types::full_name);
    let to = target_name(ty);
    if ty.name == "System.Management.Automation.PSCredential" {
        return format!("Cannot convert the value of type \"{from}\" to type \"{to}\".");
    }
    format!(
        "Cannot convert the \"{}\" value of type \"{from}\" to type \"{to}\".",
        text::to_string_culture(base, culture)
    )
}

fn to_number(shell: &mut dyn Shell, base: &Value, ty: TypeRef) -> Result<Value> {
    if let Some(s) = base.as_str() {
        if ty.kind == Kind::Char {
            let units = s.to_utf16();
            return match units[..] {
                [u] => Ok(Value::char(u)),
                _ => Err(with_error(
                    "InvalidCastParseTargetInvocation",
                    s,
                    ty,
                    "String must be exactly one character long.",
                )),
            };
        }
        let id = match ty.kind {
            Kind::Double | Kind::Single => "InvalidCastFromStringToDoubleOrSingle",
            Kind::Decimal => "InvalidCastFromStringToDecimal",
            _ => "InvalidCastFromStringToInteger",
        };
        return parse::number(s, ty.kind).map_err(|e| with_error(id, s, ty, &e));
    }
    match numeric::to_kind(base, ty.kind) {
        Ok(v) => Ok(v),
        Err(numeric::Failure::Overflow) => {
            let shown = text::to_string_culture(base, culture::current(shell));
            let id = match big::of(base) {
                Some(_) if ty.kind != Kind::Char => "InvalidCastTargetInvocationExceptionop_Explicit",
                _ => "InvalidCastIConvertible",
            };
            // Small integers are reached through an Int32.
            let real = matches!(base.view(), View::Double(_) | View::Single(_) | View::Object(_));
            let small = matches!(ty.kind, Kind::SByte | Kind::Byte | Kind::Int16 | Kind::UInt16);
            let through = real && small && numeric::to_kind(base, Kind::Int32).is_err();
            let kind = if through { Kind::Int32 } else { ty.kind };
            Err(with_error(id, &shown, ty, numeric::overflow_message(kind)))
        }
        Err(numeric::Failure::Invalid) => match (base.view(), types::of(base)) {
            (View::Double(_) | View::Single(_) | View::Bool(_), Some(from))
            | (View::Scalar(_), Some(from))
                if types::is_number(from) || from.kind == Kind::Boolean =>
            {
                let shown = text::to_string_culture(base, culture::current(shell));
                let error = format!("Invalid cast from '{}' to '{}'.", from.short_name(), ty.short_name());
                Err(with_error("InvalidCastIConvertible", &shown, ty, &error))
            }
            _ => {
                if ty.kind == Kind::Decimal
                    && let Some(made) = object::from_properties_of_table(shell, base, ty)
                {
                    return made;
                }
                Err(last(shell, base, ty))
            }
        },
    }
}

fn to_enum(shell: &mut dyn Shell, base: &Value, ty: TypeRef) -> Result<Value> {
    let Some(info) = ty.enumeration else { return Err(last(shell, base, ty)) };
    let undefined = |shown: &str| {
        fail::cast(
            "UndefinedIntegerToEnum",
            format!(
                "Cannot convert value \"{shown}\" to type \"{}\" due to enumeration values that are not valid. Specify \
                 one of the following enumeration values and try again. The possible enumeration values are \"{}\".",
                types::full_name(ty),
                enums::names(info, ",")
            ),
        )
    };
    let whole = match base.view() {
        View::Bool(_) | View::Char(_) => None,
        _ => numeric::integral(base),
    };
    if let Some(i) = whole {
        let number = i64::try_from(i).ok().filter(|&n| enums::is_defined(info, n));
        return match number {
            Some(n) => Ok(Value::enumeration(ty, n)),
            None => Err(undefined(&text::to_text(base))),
        };
    }
    let named = |text: &str| -> Result<Value> {
        let e = enums::parse(ty, info, text).map_err(|f| with_error(f.id, text, ty, &f.message))?;
        if !enums::is_defined(info, e.number) {
            return Err(undefined(text));
        }
        Ok(Value::scalar(Scalar::Enum(e)))
    };
    match base.view() {
        View::Str(s) => named(s),
        View::Double(_) | View::Single(_) => named(&text::to_text(base)),
        View::Scalar(s) if matches!(&**s, Scalar::Decimal(_)) => named(&text::to_text(base)),
        View::List(l) => {
            if l.items().iter().all(Value::is_null) {
                return from_null(ty);
            }
            let mut parts = String::new();
            flatten(base, &mut parts);
            named(&parts)
        }
        _ => to_other(shell, base, ty),
    }
}

/// Items of a list and of the lists in it, separated by commas.
fn flatten(value: &Value, out: &mut String) {
    for item in exsh_core::enumerate::items(value) {
        if matches!(item.base().view(), View::List(_)) {
            flatten(&item, out);
        } else {
            if !out.is_empty() {
                out.push(',');
            }
            text::push_text(out, &item, " ");
        }
    }
}

fn to_array(shell: &mut dyn Shell, value: &Value, ty: TypeRef) -> Result<Value> {
    let element = ty.element.unwrap_or(&t::OBJECT);
    let made = if ty.element.is_none() { &t::OBJECT_ARRAY } else { ty };
    let base = value.base();
    let items = match base.view() {
        View::List(l) => Some(l.items().clone()),
        View::Object(o) => o.get().enumerate(),
        View::Str(s) if element.is(&t::CHAR) => Some(s.to_utf16().into_iter().map(Value::char).collect()),
        _ => None,
    };
    match items {
        Some(items) => {
            let mut all = Vec::with_capacity(items.len());
            for item in items {
                all.push(if element.is(&t::OBJECT) { item } else { cast(shell, &item, element)? });
            }
            Ok(Value::list_of(made, all))
        }
        None => {
            if matches!(base.view(), View::Table(_)) && !element.is(&t::OBJECT) && !element.is(&t::PS_OBJECT)
            {
                let mut item = cast(shell, value, element);
                if types::is_number(element) || element.kind == Kind::Char {
                    item = Err(last(shell, value, ty));
                }
                return Ok(Value::list_of(made, vec![item?]));
            }
            let item = cast(shell, value, element).map_err(|e| {
                let shown = text::to_string_culture(base, culture::current(shell));
                match e.record() {
                    Some(r) if r.id.starts_with("ConvertToFinal") => last(shell, value, ty),
                    _ => with_error("InvalidCastExceptionScalarToArray", &shown, ty, &fail::message(&e)),
                }
            })?;
            Ok(Value::list_of(made, vec![item]))
        }
    }
}

/// Collections that are objects of their own and take their items when they are made.
fn is_set_or_queue(ty: TypeRef) -> bool {
    let generic =
        |head| ty.name.strip_prefix("System.Collections.Generic.").is_some_and(|n| n.starts_with(head));
    !ty.arguments.is_empty() && (generic("HashSet`1[") || generic("Queue`1[") || generic("Stack`1["))
}

/// A list, set, queue or stack of these items.
fn collection(shell: &mut dyn Shell, ty: TypeRef, items: Vec<Value>) -> Result<Value> {
    if types::is_list_kind(ty.kind) {
        return Ok(Value::list_of(ty, items));
    }
    let element = ty.element.unwrap_or(&t::OBJECT);
    crate::member::construct(shell, ty, &[Value::list_of(types::array_of(element), items)])
}

fn to_list(shell: &mut dyn Shell, value: &Value, ty: TypeRef) -> Result<Value> {
    let element = if ty.kind == Kind::ArrayList { &t::OBJECT } else { ty.element.unwrap_or(&t::OBJECT) };
    let base = value.base();
    let items = match base.view() {
        View::List(l) => l.items().clone(),
        View::Object(o) if big::of(base).is_none() => match o.get().enumerate() {
            Some(items) => items,
            None => return scalar_to_list(shell, value, ty),
        },
        View::Table(table) if ty.kind == Kind::ArrayList => {
            table.entries().into_iter().map(|(k, v)| crate::collections::entry::value(k, v)).collect()
        }
        _ => return scalar_to_list(shell, value, ty),
    };
    let mut all = Vec::with_capacity(items.len());
    for item in items {
        all.push(match element.is(&t::OBJECT) {
            true => item,
            false => match cast(shell, &item, element) {
                Ok(v) => v,
                Err(_) => return Err(last(shell, value, ty)),
            },
        });
    }
    collection(shell, ty, all)
}

/// A single value: the one item, but where .NET takes it for the capacity.
fn scalar_to_list(shell: &mut dyn Shell, value: &Value, ty: TypeRef) -> Result<Value> {
    let base = value.base();
    let from = types::of(base).map_or(Kind::Null, |t| t.kind);
    if matches!(from, Kind::Char | Kind::Enum) {
        return collection(shell, ty, Vec::new());
    }
    if ty.kind == Kind::ArrayList || matches!(from, Kind::Boolean | Kind::DateTime) {
        return Err(last(shell, value, ty));
    }
    if ty.name.starts_with("System.Collections.Generic.HashSet`1")
        && let Some(n) = numeric::integral(base).and_then(|i| i32::try_from(i).ok())
    {
        if n < 0 {
            let message = "Specified argument was out of the range of valid values. (Parameter 'capacity')";
            return Err(with_error("InvalidCastConstructorException", &text::to_text(base), ty, message));
        }
        return collection(shell, ty, Vec::new());
    }
    if matches!(base.view(), View::Table(_))
        && let Some(made) = object::from_properties_of_table(shell, base, ty)
    {
        return made;
    }
    let item = cast(shell, value, ty.element.unwrap_or(&t::OBJECT))?;
    collection(shell, ty, vec![item])
}

fn to_table(shell: &mut dyn Shell, value: &Value, ty: TypeRef) -> Result<Value> {
    let View::Table(from) = value.base().view() else { return Err(last(shell, value, ty)) };
    if ty.kind == Kind::OrderedDictionary && from.ty().kind == Kind::Hashtable {
        let table = Table::new(&t::ORDERED_DICTIONARY, KeyMode::IgnoreCase);
        for (k, v) in from.entries() {
            table.set(k, v);
        }
        return Ok(Value::table(table));
    }
    let mode = if ty.kind == Kind::Dictionary { KeyMode::Exact } else { KeyMode::IgnoreCase };
    let table = Table::with_capacity(ty, mode, from.len());
    for (k, v) in from.entries() {
        let (k, v) = match ty.arguments {
            [key, item] => (cast(shell, &k, key)?, cast(shell, &v, item)?),
            _ => (k, v),
        };
        table.set(k, v);
    }
    Ok(Value::table(table))
}

/// Everything that is no number, enum, list or table.
fn to_other(shell: &mut dyn Shell, value: &Value, ty: TypeRef) -> Result<Value> {
    let base = value.base();
    let from = types::of(base).map_or(Kind::Null, |t| t.kind);
    let number = types::of(base).is_some_and(types::is_number);
    match (ty.kind, base.view()) {
        (Kind::Switch, View::Bool(b)) => return Ok(core::switch::value(b)),
        (Kind::DateTime, _)
            if numeric::integral(base).is_some() && !matches!(from, Kind::Boolean | Kind::UInt64) =>
        {
            let ticks = numeric::integral(base).unwrap_or(0);
            return match i64::try_from(ticks).ok().filter(|t| (0..=crate::time::MAX_TICKS).contains(t)) {
                Some(t) => Ok(Value::date_time(t as u64)),
                None => Err(with_error(
                    "InvalidCastConstructorException",
                    &text::to_text(base),
                    ty,
                    "Ticks must be between DateTime.MinValue.Ticks and DateTime.MaxValue.Ticks. (Parameter 'ticks')",
                )),
            };
        }
        (Kind::TimeSpan, _)
            if numeric::integral(base).is_some() && !matches!(from, Kind::Boolean | Kind::UInt64) =>
        {
            return Ok(Value::time_span(numeric::integral(base).unwrap_or(0) as i64));
        }
        (Kind::DateTime, View::Object(o)) => {
            if let Some(d) = o.downcast::<offset::DateTimeOffset>() {
                return Ok(Value::date_time(d.local_date_time()));
            }
        }
        (Kind::DateTime | Kind::TimeSpan | Kind::Guid, View::Str(_) | View::Double(_) | View::Single(_))
        | (Kind::DateTime | Kind::TimeSpan | Kind::Guid, View::Scalar(_))
        | (Kind::Guid | Kind::DateTime | Kind::TimeSpan, _)
            if base.as_str().is_some() || number =>
        {
            let s = text::to_text(base);
            let made = match ty.kind {
                Kind::DateTime => parse::date_time(&s, today(shell)).map(Value::date_time),
                Kind::TimeSpan => {
                    crate::time::span::parse(&s).map(Value::time_span).map_err(|e| e.message(&s))
                }
                _ => parse::guid(&s).map(|g| Value::scalar(Scalar::Guid(g))),
            };
            let shown = if number { text::to_text(base) } else { s };
            return made.map_err(|e| {
                with_error("InvalidCastParseTargetInvocationWithFormatProvider", &shown, ty, &e)
            });
        }
        _ if (ty.is(&t::TYPE) || ty.is(&t::RUNTIME_TYPE)) && (number || from == Kind::String) => {
            let s = text::to_text(base);
            return match types::find(&s) {
                Some(found) => Ok(Value::type_value(found)),
                None => Err(fail::cast(
                    "InvalidCastFromStringToType",
                    format!(
                        "Cannot convert the \"{s}\" value of type \"System.String\" to type \"System.Type\"."
                    ),
                )),
            };
        }
        _ => {}
    }
    if let Some(make) = ty.from_value
        && !matches!(from, Kind::Boolean | Kind::Char | Kind::DateTime | Kind::Enum)
    {
        let as_number =
            accepts_numbers(ty) && (ty.kind == Kind::BigInteger || numeric::integral(base).is_some());
        let source = if number && !as_number { Value::string(text::to_text(base)) } else { base.clone() };
        let made = match source.view() {
            // A date without a year is one of this year.
            View::Str(text) if ty.is(&offset::TYPE) => offset::parsed(text, today(shell)),
            _ => make(&source),
        };
        match made {
            Ok(v) => return Ok(v),
            Err(e) if e.is_empty() => {}
            Err(e) if number || from == Kind::String => {
                let shown = match number && accepts_numbers(ty) {
                    true => text::to_string_culture(base, culture::current(shell)),
                    false => text::to_text(base),
                };
                let constructed = ty.name == "System.Net.IPAddress" && numeric::integral(base).is_some();
                let id = if constructed { "InvalidCastConstructorException" } else { parse_id(ty) };
                return Err(with_error(id, &shown, ty, &e));
            }
            Err(e) => {
                let shown = text::to_string_culture(base, culture::current(shell));
                if !matches!(base.view(), View::List(_) | View::Table(_)) {
                    return Err(with_error(parse_id(ty), &shown, ty, &e));
                }
            }
        }
    }
    if let Some(made) = object::from_properties_of_table(shell, base, ty) {
        return made;
    }
    Err(last(shell, value, ty))
}

fn accepts_numbers(ty: TypeRef) -> bool {
    matches!(ty.name, "System.Net.IPAddress" | "System.Numerics.BigInteger" | "System.DateTimeOffset")
}

/// The id of a failed `Parse` or constructor, by how the reference converts to that type.
fn parse_id(ty: TypeRef) -> &'static str {
    match ty.name {
        "System.Version" | "System.Net.IPAddress" | "System.Management.Automation.SemanticVersion" => {
            "InvalidCastParseTargetInvocation"
        }
        "System.DateTimeOffset" | "System.DateOnly" | "System.TimeOnly" => {
            "InvalidCastParseTargetInvocationWithFormatProvider"
        }
        "System.Text.RegularExpressions.Regex" => "InvalidCastFromStringToRegex",
        "System.Numerics.BigInteger" => "InvalidCastFromStringToInteger",
        "System.Xml.XmlDocument" => "InvalidCastToXmlDocument",
        _ => "InvalidCastConstructorException",
    }
}

/// Ticks of the current local date.
pub fn today(shell: &mut dyn Shell) -> i64 {
    let now = shell.host().now_ticks();
    let local = now + crate::time::zone::offset_of_utc(now);
    local - local.rem_euclid(crate::time::TICKS_PER_DAY)
}

/// A new ordered table, as `[ordered]@{}` makes it.
pub fn to_ordered(value: &Value) -> Value {
    let View::Table(from) = value.base().view() else { return value.clone() };
    let table = Table::with_capacity(&t::ORDERED_DICTIONARY, KeyMode::IgnoreCase, from.len());
    for (k, v) in from.entries() {
        table.set(k, v);
    }
    Value::table_cell(Rc::new(table))
}

/// A failed cast of a parameter's argument reads the same; the binder adds its own words around this message.
pub fn failure_message(shell: &mut dyn Shell, value: &Value, ty: TypeRef) -> Option<Str> {
    cast(shell, value, ty).err().map(|e| Str::new(fail::message(&e)))
}

/// `Unable to find type [name].`
pub fn type_not_found(name: &str) -> ErrorRecord {
    ErrorRecord::runtime("TypeNotFound", Category::InvalidOperation, format!("Unable to find type [{name}]."))
        .on(Value::text(name))
}
