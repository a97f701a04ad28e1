//! Where added members go: into a custom object itself, beside any other object, around a scalar.

use exsh_core::name::Name;
use exsh_core::object::{MemberKind, Members};
use exsh_core::value::{Str, Value, View, Wrapped};
use std::cell::RefCell;
use std::rc::Rc;

/// A member to add.
pub struct Addition {
    pub name: Str,
    pub kind: MemberKind,
    pub value: Value,
}

/// Adds members; the result is the same object where it has an identity, else a value that carries them.
pub fn attach(target: &Value, additions: Vec<Addition>) -> Value {
    let put = |members: &mut Members| {
        for a in &additions {
            members.put(&a.name, a.kind, a.value.clone());
        }
    };
    with_members(target, &mut |m| put(m))
}

/// Puts a type name before the others.
pub fn add_type_name(target: &Value, name: Str, existing: Vec<Str>) -> Value {
    with_members(target, &mut |m| {
        let mut names = vec![name.clone()];
        names.extend(existing.iter().cloned());
        m.set_type_names(names);
    })
}

fn with_members(target: &Value, change: &mut dyn FnMut(&mut Members)) -> Value {
    fn beside(cell: &RefCell<Option<Box<Members>>>, change: &mut dyn FnMut(&mut Members)) {
        change(cell.borrow_mut().get_or_insert_with(|| Box::new(Members::empty())));
    }
    match target.view() {
        View::Custom(c) => change(&mut c.members_mut()),
        View::Object(o) => beside(o.extra(), change),
        View::List(l) => beside(l.extra(), change),
        View::Table(t) => beside(t.extra(), change),
        View::Wrapped(w) => {
            // A wrapper is a value: others that hold the old one do not see the new member.
            let mut members = Members::new(w.members.shape().clone(), w.members.values().to_vec());
            change(&mut members);
            return Value::wrapped_cell(Rc::new(Wrapped { base: w.base.clone(), members }));
        }
        _ => {
            let mut members = Members::empty();
            change(&mut members);
            return Value::wrapped_cell(Rc::new(Wrapped { base: target.clone(), members }));
        }
    }
    target.clone()
}

/// Removes an added member.
pub fn detach(target: &Value, name: Name) -> bool {
    fn beside(cell: &RefCell<Option<Box<Members>>>, name: Name) -> bool {
        cell.borrow_mut().as_mut().is_some_and(|m| m.remove(name))
    }
    match target.view() {
        View::Custom(c) => c.members_mut().remove(name),
        View::Object(o) => beside(o.extra(), name),
        View::List(l) => beside(l.extra(), name),
        View::Table(t) => beside(t.extra(), name),
        _ => false,
    }
}
