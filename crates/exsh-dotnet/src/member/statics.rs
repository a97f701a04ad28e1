//! Static members and constructors.

use super::overload;
use crate::{convert, fail, types};
use exsh_core::name::same;
use exsh_core::types::{Kind, TypeRef};
use exsh_core::{Result, Shell, Value};

/// `[type]::Name`; nothing when the type has no such property.
pub fn get_static(shell: &mut dyn Shell, ty: TypeRef, name: &str) -> Result<Option<Value>> {
    if let Some(info) = ty.enumeration
        && let Some((_, number)) = info.members.iter().find(|m| same(m.0, name))
    {
        return Ok(Some(Value::enumeration(ty, *number)));
    }
    for t in ty.chain() {
        if let Some(p) = types::members_of(t).static_properties.iter().find(|p| same(p.name, name)) {
            return (p.get)(shell, &Value::NULL).map(Some).map_err(|e| super::getting(p.name, e));
        }
    }
    let method =
        ty.chain().find_map(|t| types::members_of(t).static_methods.iter().find(|m| same(m.name, name)));
    Ok(method.map(|m| crate::core::ps_method::value(&Value::type_value(ty), m, true)))
}

/// `[type]::Name = value`.
pub fn set_static(shell: &mut dyn Shell, ty: TypeRef, name: &str, value: Value) -> Result<()> {
    for t in ty.chain() {
        if let Some(p) = types::members_of(t).static_properties.iter().find(|p| same(p.name, name)) {
            let Some(set) = p.set else { break };
            let value = match types::find(p.type_text) {
                Some(t) if t.kind != Kind::Object => convert::cast(shell, &value, t)?,
                _ => value,
            };
            return set(shell, &Value::NULL, value).map_err(|e| super::setting(p.name, e));
        }
    }
    let known = ty.chain().any(|t| types::members_of(t).static_properties.iter().any(|p| same(p.name, name)))
        || ty.enumeration.is_some_and(|i| i.members.iter().any(|m| same(m.0, name)));
    Err(match known {
        true => {
            let spelled = ty
                .chain()
                .find_map(|t| types::members_of(t).static_properties.iter().find(|p| same(p.name, name)))
                .map_or(name, |p| p.name);
            fail::operation("PropertyAssignmentException", format!("'{spelled}' is a ReadOnly property."))
        }
        false => fail::operation(
            "PropertyAssignmentException",
            format!(
                "The property '{name}' cannot be found on this object. Verify that the property exists and can be set."
            ),
        ),
    })
}

/// `[type]::Name(…)`.
pub fn call_static(shell: &mut dyn Shell, ty: TypeRef, name: &str, arguments: &[Value]) -> Result<Value> {
    if same(name, "new") {
        return construct(shell, ty, arguments);
    }
    for t in ty.chain() {
        if let Some(m) = types::members_of(t).static_methods.iter().find(|m| same(m.name, name)) {
            // Statics of generic and enum types learn their type through the receiver.
            let this = Value::type_value(ty);
            return overload::call(shell, m.name, m.overloads, &this, arguments);
        }
    }
    Err(fail::operation(
        "MethodNotFound",
        format!(
            "Method invocation failed because [{}] does not contain a method named '{name}'.",
            types::full_name(ty)
        ),
    ))
}

/// `[type]::new(…)` and `New-Object`.
pub fn construct(shell: &mut dyn Shell, ty: TypeRef, arguments: &[Value]) -> Result<Value> {
    let this = Value::type_value(ty);
    if ty.kind == Kind::Array
        && let Some(element) = ty.element
    {
        let [length] = arguments else { return Err(overload::no_overload("new", arguments.len())) };
        let n = convert::to_int(shell, length)?;
        let n = usize::try_from(n).map_err(|_| {
            overload::invocation(fail::overflow("Arithmetic operation resulted in an overflow."), ".ctor", 1)
        })?;
        let zero = default_of(shell, element);
        return Ok(Value::list_of(ty, vec![zero; n]));
    }
    let constructors = types::members_of(ty).constructors;
    if constructors.is_empty() && arguments.is_empty() && types::is_value_type(ty) && ty.kind != Kind::Void {
        return Ok(default_of(shell, ty));
    }
    let inherited = match constructors.is_empty() && ty.kind == Kind::Other {
        // Exceptions share their base's constructors.
        true if ty.derives_from(&exsh_core::error::EXCEPTION) => {
            types::members_of(&exsh_core::error::EXCEPTION).constructors
        }
        _ => constructors,
    };
    if inherited.is_empty() {
        return Err(overload::no_overload("new", arguments.len()));
    }
    overload::call(shell, "new", inherited, &this, arguments)
}

/// The value of a fresh array's items and of a value type's parameterless constructor.
pub fn default_of(shell: &mut dyn Shell, ty: TypeRef) -> Value {
    match ty.kind {
        Kind::Boolean => Value::FALSE,
        Kind::DateTime => Value::date_time(0),
        Kind::TimeSpan => Value::time_span(0),
        Kind::Guid => Value::scalar(exsh_core::Scalar::Guid(0)),
        Kind::Enum => Value::enumeration(ty, 0),
        Kind::String => Value::NULL,
        _ if types::is_value_type(ty) => convert::cast(shell, &Value::NULL, ty).unwrap_or(Value::NULL),
        _ => Value::NULL,
    }
}
