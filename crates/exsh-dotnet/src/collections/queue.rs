//! `Queue`, `Stack` and their generic forms.

use crate::sig::*;
use crate::{convert, fail, types};
use exsh_core::enumerate::items;
use exsh_core::types::{MemberTable, OBJECT, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Shell, Value};
use std::any::Any;
use std::cell::RefCell;
use std::collections::VecDeque;

/// A queue or stack; the next item to leave is at the front.
pub struct Line {
    ty: TypeRef,
    stack: bool,
    items: RefCell<VecDeque<Value>>,
}

pub static QUEUE: TypeInfo = TypeInfo::class("System.Collections.Queue", QUEUE_MEMBERS);
pub static STACK: TypeInfo = TypeInfo::class("System.Collections.Stack", STACK_MEMBERS);

impl Object for Line {
    fn type_info(&self) -> TypeRef {
        self.ty
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn enumerate(&self) -> Option<Vec<Value>> {
        Some(self.items.borrow().iter().cloned().collect())
    }
}

fn line(v: &Value) -> Result<&Line> {
    v.downcast::<Line>().ok_or_else(|| fail::argument_null("this"))
}

fn item(shell: &mut dyn Shell, l: &Line, v: &Value) -> Result<Value> {
    match l.ty.element {
        Some(e) => convert::cast(shell, v, e),
        None => Ok(v.clone()),
    }
}

fn made(shell: &mut dyn Shell, t: &Value, stack: bool, from: &Value) -> Result<Value> {
    let ty = t.as_type().unwrap_or(if stack { &STACK } else { &QUEUE });
    let l = Line { ty, stack, items: RefCell::default() };
    if !from.is_null() {
        for i in items(from) {
            let i = item(shell, &l, &i)?;
            push(&l, i);
        }
    }
    Ok(Value::object(l))
}

fn push(l: &Line, v: Value) {
    if l.stack { l.items.borrow_mut().push_front(v) } else { l.items.borrow_mut().push_back(v) }
}

fn empty(l: &Line) -> Box<exsh_core::Flow> {
    fail::invalid_operation(if l.stack { "Stack empty." } else { "Queue empty." })
}

fn take(v: &Value) -> Result<Value> {
    let l = line(v)?;
    let first = l.items.borrow_mut().pop_front();
    first.ok_or_else(|| empty(l))
}

fn peek(v: &Value) -> Result<Value> {
    let l = line(v)?;
    let first = l.items.borrow().front().cloned();
    first.ok_or_else(|| empty(l))
}

fn attempt(shell: &mut dyn Shell, reference: &Value, found: Option<Value>) -> Result<Value> {
    let ok = found.is_some();
    crate::core::reference::assign(shell, reference, found.unwrap_or(Value::NULL))?;
    Ok(Value::bool(ok))
}

macro_rules! line_properties {
    () => {
        properties! {
            Count: "int" = |_, v| Ok(Value::int(line(v)?.items.borrow().len() as i32));
            IsSynchronized: "bool" = |_, _| Ok(Value::FALSE);
            SyncRoot: "System.Object" = |_, v| Ok(v.clone());
        }
    };
}

fn clear(v: &Value) -> Result<Value> {
    line(v)?.items.borrow_mut().clear();
    Ok(Value::NOTHING)
}

fn contains(v: &Value, what: &Value) -> Result<Value> {
    let l = line(v)?;
    let found = l.items.borrow().iter().any(|x| crate::core::object::same(x, what));
    Ok(Value::bool(found))
}

fn to_array(v: &Value) -> Result<Value> {
    let l = line(v)?;
    Ok(Value::list_of(
        types::array_of(l.ty.element.unwrap_or(&OBJECT)),
        l.items.borrow().iter().cloned().collect(),
    ))
}

pub const QUEUE_MEMBERS: MemberTable = MemberTable {
    properties: line_properties!(),
    methods: methods! {
        Clear { () -> "void" = |_, v, _| clear(v); }
        Contains { (item: OBJ) -> "bool" = |_, v, a| contains(v, arg(a, 0)); }
        Dequeue { () -> "System.Object" = |_, v, _| take(v); }
        Enqueue { (item: OBJ) -> "void" = |shell, v, a| {
            let l = line(v)?;
            let i = item(shell, l, arg(a, 0))?;
            push(l, i);
            Ok(Value::NOTHING)
        }; }
        GetEnumerator { () -> "System.Collections.IEnumerator" = |_, v, _| Ok(super::list::enumerator(v)); }
        Peek { () -> "System.Object" = |_, v, _| peek(v); }
        ToArray { () -> "System.Object[]" = |_, v, _| to_array(v); }
        TryDequeue { (result: crate::core::reference::REF) -> "bool" = |shell, v, a| {
            let found = take(v).ok();
            attempt(shell, arg(a, 0), found)
        }; }
        TryPeek { (result: crate::core::reference::REF) -> "bool" = |shell, v, a| attempt(shell, arg(a, 0), peek(v).ok()); }
    },
    static_properties: &[],
    static_methods: &[],
    constructors: constructors! {
        "System.Collections.Queue";
        () = |shell, t, _| made(shell, t, false, &Value::NULL);
        (capacity: INT) = |shell, t, _| made(shell, t, false, &Value::NULL);
        (collection: ARRAY) = |shell, t, a| made(shell, t, false, arg(a, 0));
    },
};

pub const STACK_MEMBERS: MemberTable = MemberTable {
    properties: line_properties!(),
    methods: methods! {
        Clear { () -> "void" = |_, v, _| clear(v); }
        Contains { (item: OBJ) -> "bool" = |_, v, a| contains(v, arg(a, 0)); }
        GetEnumerator { () -> "System.Collections.IEnumerator" = |_, v, _| Ok(super::list::enumerator(v)); }
        Peek { () -> "System.Object" = |_, v, _| peek(v); }
        Pop { () -> "System.Object" = |_, v, _| take(v); }
        Push { (item: OBJ) -> "void" = |shell, v, a| {
            let l = line(v)?;
            let i = item(shell, l, arg(a, 0))?;
            push(l, i);
            Ok(Value::NOTHING)
        }; }
        ToArray { () -> "System.Object[]" = |_, v, _| to_array(v); }
        TryPeek { (result: crate::core::reference::REF) -> "bool" = |shell, v, a| attempt(shell, arg(a, 0), peek(v).ok()); }
        TryPop { (result: crate::core::reference::REF) -> "bool" = |shell, v, a| {
            let found = take(v).ok();
            attempt(shell, arg(a, 0), found)
        }; }
    },
    static_properties: &[],
    static_methods: &[],
    constructors: constructors! {
        "System.Collections.Stack";
        () = |shell, t, _| made(shell, t, true, &Value::NULL);
        (capacity: INT) = |shell, t, _| made(shell, t, true, &Value::NULL);
        (collection: ARRAY) = |shell, t, a| made(shell, t, true, arg(a, 0));
    },
};
