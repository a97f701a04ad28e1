//! Members as a call site met them last: the property, or the overload whose parameters are exactly the types it saw.
//!
//! A receiver with added members is never prepared, so what is kept here never changes and needs no table to be asked.

use super::call::find_method;
use super::{find_property, getting, overload};
use crate::types;
use exsh_core::types::{Kind, Overload, Property, TypeRef};
use exsh_core::{Result, Shell, Value, View};

/// A method with the overload for exact types.
#[derive(Clone, Copy)]
pub struct PreparedMethod {
    ty: TypeRef,
    name: &'static str,
    overload: &'static Overload,
}

/// A property of a type.
#[derive(Clone, Copy)]
pub struct PreparedProperty {
    ty: TypeRef,
    property: &'static Property,
}

/// The type of a receiver whose members are those of its type alone.
#[inline]
fn plain_type(value: &Value) -> Option<TypeRef> {
    match value.view() {
        View::Null | View::Nothing | View::Unset | View::Custom(_) | View::Table(_) | View::Wrapped(_) => {
            None
        }
        View::List(l) => l.extra().borrow().is_none().then(|| l.ty()),
        View::Object(o) => o.extra().borrow().is_none().then(|| o.get().type_info()),
        _ => value.type_info(),
    }
}

/// Is the argument exactly of the parameter's type, so that it needs no conversion?
#[inline]
fn exact(argument: &Value, ty: TypeRef) -> bool {
    argument.type_info().is_some_and(|t| t.is(ty)) && !matches!(argument.view(), View::Wrapped(_))
}

fn exact_overload(overloads: &'static [Overload], arguments: &[Value]) -> Option<&'static Overload> {
    let mut of_count = overloads.iter().filter(|o| {
        o.parameters.len() == arguments.len() && o.parameters.iter().all(|p| !p.rest && !p.optional)
    });
    // One of that count and no other that could take as many: an object parameter takes everything.
    let open = overloads.iter().any(|o| o.parameters.iter().any(|p| p.rest || p.optional));
    let fits = |o: &&Overload, objects: bool| {
        o.parameters
            .iter()
            .zip(arguments)
            .all(|(p, a)| exact(a, p.ty) || (objects && p.ty.kind == Kind::Object))
    };
    if let Some(o) = of_count.clone().find(|o| fits(o, false)) {
        return Some(o);
    }
    match (of_count.next(), of_count.next()) {
        (Some(o), None) if !open && fits(&o, true) => Some(o),
        _ => None,
    }
}

impl PreparedMethod {
    /// The method for this receiver and these arguments, when their types alone decide it.
    pub fn find(value: &Value, name: &str, arguments: &[Value]) -> Option<PreparedMethod> {
        let ty = plain_type(value)?;
        let method = find_method(ty, name).filter(|m| !matches!(m.name, "Item" | "Chars"))?;
        let overload = exact_overload(method.overloads, arguments)?;
        Some(PreparedMethod { ty, name: method.name, overload })
    }

    /// The same for a static method.
    pub fn find_static(ty: TypeRef, name: &str, arguments: &[Value]) -> Option<PreparedMethod> {
        let method =
            types::members_of(ty).static_methods.iter().find(|m| exsh_core::name::same(m.name, name))?;
        let overload = exact_overload(method.overloads, arguments)?;
        Some(PreparedMethod { ty, name: method.name, overload })
    }

    /// Does it still hold for this receiver and these arguments?
    #[inline]
    pub fn fits(&self, value: &Value, arguments: &[Value]) -> bool {
        plain_type(value).is_some_and(|t| t.is(self.ty)) && self.takes(arguments)
    }

    /// Does it still hold for this type and these arguments?
    #[inline]
    pub fn fits_static(&self, ty: TypeRef, arguments: &[Value]) -> bool {
        ty.is(self.ty) && self.takes(arguments)
    }

    #[inline]
    fn takes(&self, arguments: &[Value]) -> bool {
        let wanted = self.overload.parameters;
        wanted.len() == arguments.len()
            && wanted.iter().zip(arguments).all(|(p, a)| p.ty.kind == Kind::Object || exact(a, p.ty))
    }

    #[inline]
    pub fn call(&self, shell: &mut dyn Shell, value: &Value, arguments: &[Value]) -> Result<Value> {
        (self.overload.call)(shell, value, arguments)
            .map_err(|e| overload::invocation(e, self.name, arguments.len()))
    }
}

impl PreparedProperty {
    /// The property of this receiver, when its type alone decides it.
    pub fn find(value: &Value, name: &str) -> Option<PreparedProperty> {
        let ty = plain_type(value)?;
        find_property(ty, name).map(|property| PreparedProperty { ty, property })
    }

    #[inline]
    pub fn fits(&self, value: &Value) -> bool {
        plain_type(value).is_some_and(|t| t.is(self.ty))
    }

    #[inline]
    pub fn get(&self, shell: &mut dyn Shell, value: &Value) -> Result<Value> {
        (self.property.get)(shell, value).map_err(|e| getting(self.property.name, e))
    }
}
