//! Method calls.

use super::{intrinsic, overload};
use crate::core::ps_base::PsBase;
use crate::{fail, types};
use exsh_core::name::same;
use exsh_core::object::MemberKind;
use exsh_core::types::{Method, OBJECT, TypeRef};
use exsh_core::{Invoke, Name, Result, Shell, Value, View};

/// Calls a method. A list that lacks it calls it on each item. Errors: `MethodNotFound`, `InvokeMethodOnNull`, and those
/// of [`overload::call`].
pub fn call(shell: &mut dyn Shell, value: &Value, name: &str, arguments: &[Value]) -> Result<Value> {
    if let Some(r) = script_method(shell, value, name, arguments) {
        return r;
    }
    if value.is_null() {
        return Err(fail::operation(
            "InvokeMethodOnNull",
            "You cannot call a method on a null-valued expression.",
        ));
    }
    let base = value.downcast::<PsBase>().map_or(value.base(), |b| &b.0);
    let ty = types::of(base).unwrap_or(&OBJECT);
    if let Some(m) = find_method(ty, name) {
        let parameterised = matches!(m.name, "Item" | "Chars");
        let r = overload::call(shell, m.name, m.overloads, base, arguments);
        return match r {
            Err(e) if parameterised => Err(match e.record().and_then(|r| r.exception.inner.clone()) {
                Some(inner) => super::wrap(
                    fail::thrown_with((*inner).clone()),
                    "GetValueInvocationException",
                    "ExceptionWhenGetting",
                    |text| format!("Exception getting \"{}\": \"{text}\"", m.name),
                ),
                None => e,
            }),
            r => r,
        };
    }
    if let Some(r) = intrinsic::call(shell, value, name, arguments) {
        return r;
    }
    if let Some(r) = accessor(shell, value, name, arguments) {
        return r;
    }
    // Each item of a list answers for itself.
    let items = match base.view() {
        View::List(l) => Some(l.items().clone()),
        View::Object(o) => o.get().enumerate(),
        _ => None,
    };
    match items {
        Some(items) if !items.is_empty() => {
            let mut results = Vec::new();
            for item in items {
                if item.is_null() {
                    return Err(not_found(ty, name, value));
                }
                let r = call(shell, &item, name, arguments)?;
                match r.base().view() {
                    View::Nothing => {}
                    View::List(l) => results.extend(l.items().iter().cloned()),
                    _ => results.push(r),
                }
            }
            Ok(exsh_core::enumerate::collapse(results))
        }
        _ => Err(not_found(ty, name, value)),
    }
}

fn not_found(ty: TypeRef, name: &str, value: &Value) -> Box<exsh_core::Flow> {
    let message = format!(
        "Method invocation failed because [{}] does not contain a method named '{name}'.",
        types::full_name(ty)
    );
    match value.view() {
        View::Custom(_) => fail::operation_on("MethodNotFound", message, Value::text(name)),
        _ => fail::operation("MethodNotFound", message),
    }
}

/// A method of a type or its bases.
pub(crate) fn find_method(ty: TypeRef, name: &str) -> Option<&'static Method> {
    ty.chain().find_map(|t| types::members_of(t).methods.iter().find(|m| same(m.name, name)))
}

fn script_method(
    shell: &mut dyn Shell,
    value: &Value,
    name: &str,
    arguments: &[Value],
) -> Option<Result<Value>> {
    let key = Name::find(name)?;
    let block = match value.view() {
        View::Custom(c) => c.members().get(key).map(|(k, v)| (k, v.clone())),
        View::Wrapped(w) => w.members.get(key).map(|(k, v)| (k, v.clone())),
        View::Object(o) => {
            o.extra().borrow().as_deref().and_then(|m| m.get(key).map(|(k, v)| (k, v.clone())))
        }
        View::List(l) => l.extra().borrow().as_deref().and_then(|m| m.get(key).map(|(k, v)| (k, v.clone()))),
        View::Table(t) => t.extra().borrow().as_deref().and_then(|m| m.get(key).map(|(k, v)| (k, v.clone()))),
        _ => None,
    };
    let (MemberKind::ScriptMethod, block) = block? else { return None };
    let how = Invoke { this: Some(value.clone()), args: arguments.to_vec(), ..Invoke::default() };
    Some(match shell.call(&block, how) {
        Ok(r) => Ok(exsh_core::enumerate::collapse(r)),
        Err(e) => Err(overload::invocation(e, name, arguments.len())),
    })
}

/// `get_Name()` and `set_Name(value)`.
fn accessor(shell: &mut dyn Shell, value: &Value, name: &str, arguments: &[Value]) -> Option<Result<Value>> {
    let property = name.get(4..)?;
    let head = name.get(..4)?;
    if same(head, "get_") {
        if same(property, "Item") && !arguments.is_empty() {
            return Some(super::index_get(shell, value, arguments));
        }
        let ty = types::of(value)?;
        let p = super::find_property(ty, property)?;
        return arguments.is_empty().then(|| (p.get)(shell, value));
    }
    if same(head, "set_") {
        if same(property, "Item") && arguments.len() == 2 {
            return Some(
                super::index_set(shell, value, &arguments[..1], arguments[1].clone()).map(|_| Value::NOTHING),
            );
        }
        let ty = types::of(value)?;
        super::find_property(ty, property)?;
        let new = arguments.first()?.clone();
        return Some(super::set(shell, value, property, new).map(|_| Value::NOTHING));
    }
    None
}
