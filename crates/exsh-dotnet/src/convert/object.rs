//! Tables to objects: `[pscustomobject]@{…}`, and a typed object from a table of its properties.

use crate::{fail, member, text, types};
use exsh_core::object::{MemberKind, ShapeMember};
use exsh_core::types::TypeRef;
use exsh_core::{Category, Custom, ErrorRecord, Name, Result, Shape, Shell, Str, Value, View};

/// `[pscustomobject]` of a table: its keys in order become note properties. Other values stay as they are.
/// A key `PSTypeName` names the type.
pub fn to_custom_object(value: &Value) -> Value {
    let View::Table(t) = value.base().view() else { return value.clone() };
    let mut members: Vec<ShapeMember> = Vec::new();
    let mut values = Vec::new();
    let mut type_names = Vec::new();
    for (key, v) in t.entries() {
        let spelling = text::to_text(&key);
        if exsh_core::name::same(&spelling, "PSTypeName") {
            type_names.push(text::to_text(&v));
            continue;
        }
        let name = Name::new(&spelling);
        match members.iter().position(|m| m.name == name) {
            Some(i) => values[i] = v,
            None => {
                members.push(ShapeMember { name, spelling, kind: MemberKind::Note });
                values.push(v);
            }
        }
    }
    Value::custom(Custom::new(Shape::new(members, type_names), values))
}

/// An object of a type with a parameterless constructor, its properties set from a table or an ad-hoc object.
/// Nothing when the type cannot be made so.
fn from_properties(shell: &mut dyn Shell, value: &Value, ty: TypeRef) -> Option<Result<Value>> {
    let pairs: Vec<(Str, Value)> = match value.base().view() {
        View::Table(t) => t.entries().into_iter().map(|(k, v)| (text::to_text(&k), v)).collect(),
        View::Custom(c) => {
            let m = c.members();
            m.shape().members().iter().map(|m| m.spelling.clone()).zip(m.values().iter().cloned()).collect()
        }
        _ => return None,
    };
    let made = default_value(shell, ty)?;
    Some(made.and_then(|made| fill(shell, made, pairs, ty)))
}

/// As [`from_properties`], for tables, and for ad-hoc objects where the type is a class.
pub fn from_properties_of_table(shell: &mut dyn Shell, value: &Value, ty: TypeRef) -> Option<Result<Value>> {
    match value.view() {
        View::Table(_) => from_properties(shell, value, ty),
        View::Custom(_) if !types::is_value_type(ty) => from_properties(shell, value, ty),
        _ => None,
    }
}

/// A new object of the type, or the default of a value type.
fn default_value(shell: &mut dyn Shell, ty: TypeRef) -> Option<Result<Value>> {
    use exsh_core::types::Kind;
    Some(Ok(match ty.kind {
        Kind::DateTime => Value::date_time(0),
        Kind::TimeSpan => Value::time_span(0),
        Kind::Guid => Value::scalar(exsh_core::Scalar::Guid(0)),
        Kind::Decimal => Value::decimal(rust_decimal::Decimal::ZERO),
        Kind::Enum => Value::enumeration(ty, 0),
        Kind::Switch => crate::core::switch::value(false),
        Kind::Other | Kind::BigInteger => {
            if ty.is(&crate::numbers::big::TYPE) {
                return Some(Ok(crate::numbers::big::value(crate::numbers::big::Big::from_i128(0))));
            }
            let constructors = types::members_of(ty).constructors;
            if !constructors.iter().any(|c| c.parameters.is_empty()) {
                return None;
            }
            return Some(member::construct(shell, ty, &[]));
        }
        _ => return None,
    }))
}

fn fill(shell: &mut dyn Shell, made: Value, pairs: Vec<(Str, Value)>, ty: TypeRef) -> Result<Value> {
    for (name, v) in pairs {
        if member::find_property(ty, &name).is_none_or(|p| p.set.is_none()) {
            let settable: Vec<String> = ty
                .chain()
                .flat_map(|t| types::members_of(t).properties)
                .filter(|p| p.set.is_some())
                .map(|p| {
                    let full =
                        types::find(p.type_text).map_or_else(|| p.type_text.to_string(), types::full_name);
                    format!("[{} <{full}>]", p.name)
                })
                .collect();
            let rest = if ty.kind == exsh_core::types::Kind::Enum {
                "The settable properties are: [value__ <System.Int32>].".to_string()
            } else if settable.is_empty() {
                "There is no settable property available.".to_string()
            } else {
                format!("The settable properties are: {}.", settable.join(", "))
            };
            return Err(ErrorRecord::runtime(
                "ObjectCreationError",
                Category::InvalidArgument,
                format!(
                    "Cannot create object of type \"{0}\". The property '{name}' was not found for the '{0}' object. {rest}",
                    types::full_name(ty)
                ),
            )
            .into());
        }
        member::set(shell, &made, &name, v).map_err(|e| match e.record() {
            Some(_) => fail::cast(
                "ObjectCreationError",
                format!("Cannot create object of type \"{}\". {}", types::full_name(ty), fail::message(&e)),
            ),
            None => e,
        })?;
    }
    Ok(made)
}
