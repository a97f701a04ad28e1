//! `HashSet<T>`.

use crate::core::culture_info::ignores_case;
use crate::sig::*;
use crate::{convert, types};
use exsh_core::enumerate::items;
use exsh_core::types::{HASHTABLE, MemberTable, OBJECT, TypeRef};
use exsh_core::value::KeyMode;
use exsh_core::{Object, Result, Shell, Table, Value};
use std::any::Any;

/// A set; its items are the keys of a table.
pub struct HashSet {
    ty: TypeRef,
    keys: Table,
}

impl Object for HashSet {
    fn type_info(&self) -> TypeRef {
        self.ty
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn enumerate(&self) -> Option<Vec<Value>> {
        Some(self.keys.keys())
    }
}

fn made(shell: &mut dyn Shell, t: &Value, from: &Value, mode: KeyMode) -> Result<Value> {
    let ty = t.as_type().unwrap_or(&OBJECT);
    let set = HashSet { ty, keys: Table::new(&HASHTABLE, mode) };
    if !from.is_null() {
        for i in items(from) {
            let i = item(shell, &set, &i)?;
            set.keys.set(i, Value::NULL);
        }
    }
    Ok(Value::object(set))
}

fn item(shell: &mut dyn Shell, set: &HashSet, v: &Value) -> Result<Value> {
    match set.ty.element {
        Some(e) => convert::cast(shell, v, e),
        None => Ok(v.clone()),
    }
}

fn set(v: &Value) -> Result<&HashSet> {
    v.downcast::<HashSet>().ok_or_else(|| crate::fail::argument_null("this"))
}

fn mode(v: &Value) -> KeyMode {
    if ignores_case(v) == Some(true) { KeyMode::IgnoreCase } else { KeyMode::Exact }
}

/// The other side as a set of the same kind.
fn other(shell: &mut dyn Shell, s: &HashSet, v: &Value) -> Result<Table> {
    let t = Table::new(&HASHTABLE, s.keys.mode());
    for i in items(v) {
        let i = item(shell, s, &i)?;
        t.set(i, Value::NULL);
    }
    Ok(t)
}

fn within(a: &Table, b: &Table) -> bool {
    a.keys().iter().all(|k| b.contains(k))
}

pub const MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Comparer: "System.Object" = |_, _| Ok(Value::NULL);
        Count: "int" = |_, v| Ok(Value::int(set(v)?.keys.len() as i32));
    },
    methods: methods! {
        Add { (item: OBJ) -> "bool" = |shell, v, a| {
            let s = set(v)?;
            let i = item(shell, s, arg(a, 0))?;
            if s.keys.contains(&i) {
                return Ok(Value::FALSE);
            }
            s.keys.set(i, Value::NULL);
            Ok(Value::TRUE)
        }; }
        Clear { () -> "void" = |_, v, _| { set(v)?.keys.clear(); Ok(Value::NOTHING) }; }
        Contains { (item: OBJ) -> "bool" = |shell, v, a| {
            let s = set(v)?;
            let i = item(shell, s, arg(a, 0))?;
            Ok(Value::bool(s.keys.contains(&i)))
        }; }
        ExceptWith { (other: OBJ) -> "void" = |shell, v, a| {
            let s = set(v)?;
            for k in other(shell, s, arg(a, 0))?.keys() {
                s.keys.remove(&k);
            }
            Ok(Value::NOTHING)
        }; }
        GetEnumerator { () -> "System.Collections.IEnumerator" = |_, v, _| Ok(super::list::enumerator(v)); }
        IntersectWith { (other: OBJ) -> "void" = |shell, v, a| {
            let s = set(v)?;
            let o = other(shell, s, arg(a, 0))?;
            for k in s.keys.keys() {
                if !o.contains(&k) {
                    s.keys.remove(&k);
                }
            }
            Ok(Value::NOTHING)
        }; }
        IsProperSubsetOf { (other: OBJ) -> "bool" = |shell, v, a| {
            let s = set(v)?;
            let o = other(shell, s, arg(a, 0))?;
            Ok(Value::bool(within(&s.keys, &o) && s.keys.len() < o.len()))
        }; }
        IsProperSupersetOf { (other: OBJ) -> "bool" = |shell, v, a| {
            let s = set(v)?;
            let o = other(shell, s, arg(a, 0))?;
            Ok(Value::bool(within(&o, &s.keys) && o.len() < s.keys.len()))
        }; }
        IsSubsetOf { (other: OBJ) -> "bool" = |shell, v, a| {
            let s = set(v)?;
            let o = other(shell, s, arg(a, 0))?;
            Ok(Value::bool(within(&s.keys, &o)))
        }; }
        IsSupersetOf { (other: OBJ) -> "bool" = |shell, v, a| {
            let s = set(v)?;
            let o = other(shell, s, arg(a, 0))?;
            Ok(Value::bool(within(&o, &s.keys)))
        }; }
        Overlaps { (other: OBJ) -> "bool" = |shell, v, a| {
            let s = set(v)?;
            let o = other(shell, s, arg(a, 0))?;
            Ok(Value::bool(o.keys().iter().any(|k| s.keys.contains(k))))
        }; }
        Remove { (item: OBJ) -> "bool" = |shell, v, a| {
            let s = set(v)?;
            let i = item(shell, s, arg(a, 0))?;
            Ok(Value::bool(s.keys.remove(&i).is_some()))
        }; }
        SetEquals { (other: OBJ) -> "bool" = |shell, v, a| {
            let s = set(v)?;
            let o = other(shell, s, arg(a, 0))?;
            Ok(Value::bool(o.len() == s.keys.len() && within(&o, &s.keys)))
        }; }
        SymmetricExceptWith { (other: OBJ) -> "void" = |shell, v, a| {
            let s = set(v)?;
            for k in other(shell, s, arg(a, 0))?.keys() {
                if s.keys.remove(&k).is_none() {
                    s.keys.set(k, Value::NULL);
                }
            }
            Ok(Value::NOTHING)
        }; }
        UnionWith { (other: OBJ) -> "void" = |shell, v, a| {
            let s = set(v)?;
            for k in other(shell, s, arg(a, 0))?.keys() {
                s.keys.set(k, Value::NULL);
            }
            Ok(Value::NOTHING)
        }; }
        CopyTo { (array: ARRAY) -> "void" = |shell, v, a| {
            for (i, x) in set(v)?.keys.keys().into_iter().enumerate() {
                crate::member::index_set(shell, arg(a, 0), &[Value::int(i as i32)], x)?;
            }
            Ok(Value::NOTHING)
        }; }
        ToArray { () -> "System.Object[]" = |_, v, _| {
            let s = set(v)?;
            Ok(Value::list_of(types::array_of(s.ty.element.unwrap_or(&OBJECT)), s.keys.keys()))
        }; }
    },
    static_properties: &[],
    static_methods: &[],
    constructors: constructors! {
        "System.Collections.Generic.HashSet";
        () = |shell, t, _| made(shell, t, &Value::NULL, KeyMode::Exact);
        (comparer: &crate::core::culture_info::STRING_COMPARER) = |shell, t, a| made(shell, t, &Value::NULL, mode(arg(a, 0)));
        (collection: ARRAY) = |shell, t, a| made(shell, t, arg(a, 0), KeyMode::Exact);
        (collection: ARRAY, comparer: &crate::core::culture_info::STRING_COMPARER) = |shell, t, a| {
            made(shell, t, arg(a, 0), mode(arg(a, 1)))
        };
    },
};
