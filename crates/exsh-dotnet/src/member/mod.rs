//! Members of values: properties read and written, methods called, indexes, the list of what there is.
//!
//! The ladder of a property: members that a script added, keys of a table, the type's own, what only the object knows,
//! Count and Length of a single value, then the items of a list.

mod call;
mod index;
mod intrinsic;
mod list;
pub mod overload;
mod prepared;
mod statics;

pub use call::call;
pub use index::{index_get, index_set};
pub(crate) use list::overload_definitions;
pub use list::{MemberInfo, MemberType, list, list_static, properties};
pub use prepared::{PreparedMethod, PreparedProperty};
pub use statics::{call_static, construct, default_of as default_value, get_static, set_static};

use crate::core::ps_base::PsBase;
use crate::{convert, fail, text, types};
use exsh_core::name::same;
use exsh_core::object::{MemberKind, Members, ScriptProperty};
use exsh_core::types::{Kind, Property, TypeRef};
use exsh_core::{Category, Flow, Invoke, Name, Result, Shell, Str, Value, View};
use std::cell::RefCell;
use std::collections::HashMap;

thread_local! {
    /// Properties found before, by type and name.
    static FOUND: RefCell<HashMap<(usize, Name), Option<&'static Property>>> = RefCell::default();
}

/// The property of a type, bases included. Call sites keep the result: it never changes.
pub fn find_property(ty: TypeRef, name: &str) -> Option<&'static Property> {
    ty.chain().find_map(|t| types::members_of(t).properties.iter().find(|p| same(p.name, name)))
}

fn find_named(ty: TypeRef, name: Name) -> Option<&'static Property> {
    let key = (ty as *const _ as usize, name);
    if let Some(p) = FOUND.with_borrow(|f| f.get(&key).copied()) {
        return p;
    }
    let p = find_property(ty, name.text());
    FOUND.with_borrow_mut(|f| f.insert(key, p));
    p
}

/// A property's value; nothing when the value has none of that name.
pub fn get(shell: &mut dyn Shell, value: &Value, name: Name) -> Result<Option<Value>> {
    match value.view() {
        View::Custom(c) => {
            if let Some(v) = c.note(name) {
                return Ok(Some(v));
            }
            if let Some(r) = added(shell, value, &RefCellRef::Custom(c), name)? {
                return Ok(Some(r));
            }
            Ok(common(value, name))
        }
        View::Table(t) => {
            if let Some(v) = t.get_text(name.text()) {
                return Ok(Some(v));
            }
            if let Some(r) = added(shell, value, &RefCellRef::Extra(t.extra()), name)? {
                return Ok(Some(r));
            }
            own(shell, value, t.ty(), name)
        }
        View::Object(o) => {
            if let Some(r) = added(shell, value, &RefCellRef::Extra(o.extra()), name)? {
                return Ok(Some(r));
            }
            let ty = types::of(value).unwrap_or(&exsh_core::types::OBJECT);
            if let Some(p) = find_named(ty, name) {
                return (p.get)(shell, value).map(Some).map_err(|e| getting(p.name, e));
            }
            if let Some(r) = o.get().dynamic_property(name.text()) {
                return r.map(Some);
            }
            if let Some(v) = common(value, name) {
                return Ok(Some(v));
            }
            if let Some(b) = o.downcast::<PsBase>() {
                let ty = types::of(&b.0).unwrap_or(&exsh_core::types::OBJECT);
                return own(shell, &b.0, ty, name);
            }
            match o.get().enumerate() {
                Some(items) => enumerate(shell, items, name),
                None => Ok(single(value, name)),
            }
        }
        View::List(l) => {
            if let Some(r) = added(shell, value, &RefCellRef::Extra(l.extra()), name)? {
                return Ok(Some(r));
            }
            if let Some(p) = find_named(l.ty(), name) {
                return (p.get)(shell, value).map(Some).map_err(|e| getting(p.name, e));
            }
            if let Some(v) = common(value, name) {
                return Ok(Some(v));
            }
            let items = l.items().clone();
            enumerate(shell, items, name)
        }
        View::Wrapped(w) => {
            if let Some(r) = added(shell, value, &RefCellRef::Members(&w.members), name)? {
                return Ok(Some(r));
            }
            if same(name.text(), "psobject") || same(name.text(), "pstypenames") {
                return Ok(common(value, name));
            }
            get(shell, &w.base, name)
        }
        View::Null | View::Nothing | View::Unset => {
            let zero = same(name.text(), "Count") || same(name.text(), "Length");
            Ok(zero.then(|| Value::int(0)))
        }
        _ => {
            let ty = types::of(value).unwrap_or(&exsh_core::types::OBJECT);
            own(shell, value, ty, name)
        }
    }
}

/// A method that is named without being called (`'x'.ToUpper`), for what [`get`] finds no property.
pub fn named_method(value: &Value, name: &str) -> Option<Value> {
    let ty = types::of(value.base())?;
    call::find_method(ty, name).map(|m| crate::core::ps_method::value(value, m, false))
}

fn own(shell: &mut dyn Shell, value: &Value, ty: TypeRef, name: Name) -> Result<Option<Value>> {
    if let Some(p) = find_named(ty, name) {
        return (p.get)(shell, value).map(Some).map_err(|e| getting(p.name, e));
    }
    Ok(common(value, name).or_else(|| single(value, name)))
}

/// Count and Length of what is no collection.
fn single(value: &Value, name: Name) -> Option<Value> {
    let n = name.text();
    let one = same(n, "Length") || same(n, "Count") && !matches!(value.view(), View::Table(_));
    one.then(|| Value::int(1))
}

/// Names that every value has.
fn common(value: &Value, name: Name) -> Option<Value> {
    let n = name.text();
    if !n.get(..2).is_some_and(|p| p.eq_ignore_ascii_case("ps")) {
        return match value.view() {
            View::Custom(_) => single(value, name),
            _ => None,
        };
    }
    if same(n, "psobject") {
        return Some(crate::core::ps_object::value(value));
    }
    if same(n, "pstypenames") {
        return Some(crate::core::ps_object::type_names(value));
    }
    if same(n, "psbase") && matches!(value.base().view(), View::Table(_)) {
        return Some(Value::object(PsBase(value.base().clone())));
    }
    (same(n, "psbase") || same(n, "psadapted") || same(n, "psextended")).then(|| value.base().clone())
}

/// Where added members stand.
enum RefCellRef<'a> {
    Custom(&'a exsh_core::Custom),
    Extra(&'a RefCell<Option<Box<Members>>>),
    Members(&'a Members),
}

impl RefCellRef<'_> {
    fn find(&self, name: Name) -> Option<(MemberKind, Value)> {
        let copy = |m: &Members| m.get(name).map(|(k, v)| (k, v.clone()));
        match self {
            RefCellRef::Custom(c) => copy(&c.members()),
            RefCellRef::Extra(e) => e.borrow().as_deref().and_then(copy),
            RefCellRef::Members(m) => copy(m),
        }
    }
}

fn added(shell: &mut dyn Shell, value: &Value, at: &RefCellRef<'_>, name: Name) -> Result<Option<Value>> {
    let Some((kind, stored)) = at.find(name) else { return Ok(None) };
    match kind {
        MemberKind::Note => Ok(Some(stored)),
        MemberKind::Alias => {
            let target = Name::new(&text::to_text(&stored));
            if target == name { Ok(None) } else { get(shell, value, target) }
        }
        MemberKind::Script => match stored.downcast::<ScriptProperty>() {
            Some(p) => {
                let how = Invoke { this: Some(value.clone()), ..Invoke::default() };
                match shell.call(&p.getter, how) {
                    Ok(r) => {
                        let v = exsh_core::enumerate::collapse(r);
                        Ok(Some(if v.is_null() { Value::NULL } else { v }))
                    }
                    // A getter that fails reads as null.
                    Err(e) if e.record().is_some() => Ok(Some(Value::NULL)),
                    Err(e) => Err(e),
                }
            }
            None => Ok(None),
        },
        MemberKind::ScriptMethod => Ok(Some(Value::text(text::to_text(&stored)))),
    }
}

/// The property of every item that has it.
fn enumerate(shell: &mut dyn Shell, items: Vec<Value>, name: Name) -> Result<Option<Value>> {
    let mut found = Vec::new();
    for item in items {
        let r = match item.view() {
            View::Null | View::Nothing | View::Unset => None,
            _ => get(shell, &item, name)?,
        };
        match r {
            Some(v) => match v.base().view() {
                View::List(l) => found.extend(l.items().iter().cloned()),
                _ => found.push(v),
            },
            // An ad-hoc object answers with null for what it lacks.
            None if matches!(item.view(), View::Custom(_)) => found.push(Value::NULL),
            None => continue,
        }
    }
    Ok(match found.len() {
        0 => None,
        1 => found.pop(),
        _ => Some(Value::array(found)),
    })
}

fn getting(name: &str, e: Box<Flow>) -> Box<Flow> {
    wrap(e, "GetValueInvocationException", "ExceptionWhenGetting", |m| {
        format!("Exception getting \"{name}\": \"{m}\"")
    })
}

fn setting(name: &str, e: Box<Flow>) -> Box<Flow> {
    wrap(e, "SetValueInvocationException", "ExceptionWhenSetting", |m| {
        format!("Exception setting \"{name}\": \"{m}\"")
    })
}

pub(crate) fn wrap(e: Box<Flow>, ty: &str, id: &str, words: impl FnOnce(&str) -> String) -> Box<Flow> {
    let Some(record) = e.record() else { return e };
    let inner = record.exception.clone();
    let message = words(&inner.message);
    let outer =
        exsh_core::Exception::new(format!("System.Management.Automation.{ty}"), message).with_inner(inner);
    exsh_core::ErrorRecord::new(id, Category::NotSpecified, outer).into()
}

fn not_found(name: &str) -> String {
    format!(
        "The property '{name}' cannot be found on this object. Verify that the property exists and can be set."
    )
}

/// Writes a property. Errors: `PropertyAssignmentException`, `ExceptionWhenSetting`, `PropertyNotFound`.
pub fn set(shell: &mut dyn Shell, value: &Value, name: &str, new: Value) -> Result<()> {
    let key = Name::new(name);
    match value.view() {
        View::Custom(c) => {
            let place = c.members().shape().index_of(key);
            let Some(i) = place else {
                return Err(fail::engine(
                    "SetValueInvocationException",
                    "ExceptionWhenSetting",
                    Category::NotSpecified,
                    format!("Exception setting \"{name}\": \"{}\"", not_found(name)),
                ));
            };
            let kind = c.members().shape().members()[i].kind;
            if kind == MemberKind::Note {
                *c.members_mut().value_mut(i) = new;
                return Ok(());
            }
            let stored = c.members().values()[i].clone();
            set_added(shell, value, kind, &stored, name, new)
        }
        View::Table(t) => {
            let found = t.extra().borrow().as_deref().and_then(|m| m.get(key).map(|(k, v)| (k, v.clone())));
            if let Some((kind, stored)) = found {
                return set_extra(shell, value, t.extra(), kind, &stored, name, new);
            }
            index_set(shell, value, &[Value::text(name)], new)
        }
        View::Object(o) => {
            let found = o.extra().borrow().as_deref().and_then(|m| m.get(key).map(|(k, v)| (k, v.clone())));
            if let Some((kind, stored)) = found {
                return set_extra(shell, value, o.extra(), kind, &stored, name, new);
            }
            let ty = types::of(value).unwrap_or(&exsh_core::types::OBJECT);
            if find_named(ty, key).is_none() && o.get().set_dynamic_property(name, &new)? {
                return Ok(());
            }
            set_own(shell, value, ty, key, name, new)
        }
        View::List(l) => {
            let found = l.extra().borrow().as_deref().and_then(|m| m.get(key).map(|(k, v)| (k, v.clone())));
            if let Some((kind, stored)) = found {
                return set_extra(shell, value, l.extra(), kind, &stored, name, new);
            }
            set_own(shell, value, l.ty(), key, name, new)
        }
        View::Wrapped(w) => match w.members.get(key).map(|(k, v)| (k, v.clone())) {
            Some((MemberKind::Note, _)) | None => set(shell, &w.base, name, new),
            Some((kind, stored)) => set_added(shell, value, kind, &stored, name, new),
        },
        View::Null | View::Nothing | View::Unset => Err(fail::operation("PropertyNotFound", not_found(name))),
        _ => {
            let ty = types::of(value).unwrap_or(&exsh_core::types::OBJECT);
            set_own(shell, value, ty, key, name, new)
        }
    }
}

fn set_extra(
    shell: &mut dyn Shell,
    value: &Value,
    extra: &RefCell<Option<Box<Members>>>,
    kind: MemberKind,
    stored: &Value,
    name: &str,
    new: Value,
) -> Result<()> {
    if kind != MemberKind::Note {
        return set_added(shell, value, kind, stored, name, new);
    }
    if let Some(m) = extra.borrow_mut().as_deref_mut() {
        m.put(name, MemberKind::Note, new);
    }
    Ok(())
}

fn set_added(
    shell: &mut dyn Shell,
    value: &Value,
    kind: MemberKind,
    stored: &Value,
    name: &str,
    new: Value,
) -> Result<()> {
    match kind {
        MemberKind::Alias => set(shell, value, &text::to_text(stored), new),
        MemberKind::Script => match stored.downcast::<ScriptProperty>() {
            Some(p) if !p.setter.is_null() => {
                let how = Invoke { this: Some(value.clone()), args: vec![new], ..Invoke::default() };
                shell.call(&p.setter, how).map(|_| ()).map_err(|e| setting(name, e))
            }
            _ => Err(fail::engine(
                "SetValueException",
                "ScriptPropertySetterNotSet",
                Category::NotSpecified,
                format!("Set accessor for property \"{name}\" is unavailable."),
            )),
        },
        _ => Err(fail::operation("PropertyAssignmentException", format!("'{name}' is a ReadOnly property."))),
    }
}

fn set_own(
    shell: &mut dyn Shell,
    value: &Value,
    ty: TypeRef,
    key: Name,
    name: &str,
    new: Value,
) -> Result<()> {
    let Some(p) = find_named(ty, key) else {
        return Err(fail::operation("PropertyAssignmentException", not_found(name)));
    };
    let Some(set) = p.set else {
        return Err(fail::operation(
            "PropertyAssignmentException",
            format!("'{}' is a ReadOnly property.", p.name),
        ));
    };
    let new = match types::find(p.type_text) {
        Some(t) if t.kind != Kind::Object => convert::cast(shell, &new, t).map_err(|e| setting(p.name, e))?,
        _ => new,
    };
    set(shell, value, new).map_err(|e| setting(p.name, e))
}

/// Adds a member to any value: `Add-Member`. Gives the value to use from then on: a plain scalar comes back wrapped.
/// False means that a member of that name was there and `force` was not given.
pub fn add_member(
    value: &Value,
    spelling: &str,
    kind: MemberKind,
    stored: Value,
    force: bool,
) -> (Value, bool) {
    let name = Name::new(spelling);
    let put_extra = |extra: &RefCell<Option<Box<Members>>>| -> bool {
        let mut extra = extra.borrow_mut();
        let members = extra.get_or_insert_with(|| Box::new(Members::empty()));
        if members.get(name).is_some() && !force {
            return false;
        }
        members.put(spelling, kind, stored.clone());
        true
    };
    match value.view() {
        View::Custom(c) => {
            if c.members().get(name).is_some() && !force {
                return (value.clone(), false);
            }
            c.members_mut().put(spelling, kind, stored);
            (value.clone(), true)
        }
        View::Object(o) => (value.clone(), put_extra(o.extra())),
        View::List(l) => (value.clone(), put_extra(l.extra())),
        View::Table(t) => (value.clone(), put_extra(t.extra())),
        View::Wrapped(w) => {
            if w.members.get(name).is_some() && !force {
                return (value.clone(), false);
            }
            let mut members = Members::new(w.members.shape().clone(), w.members.values().to_vec());
            members.put(spelling, kind, stored);
            (rewrap(w.base.clone(), members), true)
        }
        _ => {
            let mut members = Members::empty();
            members.put(spelling, kind, stored);
            (rewrap(value.clone(), members), true)
        }
    }
}

fn rewrap(base: Value, members: Members) -> Value {
    Value::wrapped_cell(std::rc::Rc::new(exsh_core::value::Wrapped { base, members }))
}

/// Puts type names before a value's own (`PSTypeNames.Insert(0, …)`), the whole list given.
pub fn set_type_names(value: &Value, names: Vec<Str>) -> Value {
    let put = |extra: &RefCell<Option<Box<Members>>>| {
        extra.borrow_mut().get_or_insert_with(|| Box::new(Members::empty())).set_type_names(names.clone());
    };
    match value.view() {
        View::Custom(c) => c.members_mut().set_type_names(names),
        View::Object(o) => put(o.extra()),
        View::List(l) => put(l.extra()),
        View::Table(t) => put(t.extra()),
        View::Wrapped(w) => {
            let mut members = Members::new(w.members.shape().clone(), w.members.values().to_vec());
            members.set_type_names(names);
            return rewrap(w.base.clone(), members);
        }
        _ => {
            let mut members = Members::empty();
            members.set_type_names(names);
            return rewrap(value.clone(), members);
        }
    }
    value.clone()
}
