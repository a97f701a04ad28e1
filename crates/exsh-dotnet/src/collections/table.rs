//! `Hashtable`, `OrderedDictionary`, `Dictionary<K,V>` and the sorted ones.

use super::entry;
use crate::core::culture_info::ignores_case;
use crate::core::reference::{REF, assign};
use crate::sig::*;
use crate::{convert, fail, text, types};
use exsh_core::types::{Kind, MemberTable, ORDERED_DICTIONARY, TypeInfo, TypeRef};
use exsh_core::value::KeyMode;
use exsh_core::{Object, Result, Shell, Table, Value};
use std::any::Any;
use std::rc::Rc;

fn table(v: &Value) -> Result<Rc<Table>> {
    v.base().as_table().cloned().ok_or_else(|| fail::argument_null("d"))
}

/// A key as the dictionary's type wants it.
fn key(shell: &mut dyn Shell, t: &Table, v: &Value) -> Result<Value> {
    if v.is_null() {
        return Err(fail::argument_null("key"));
    }
    match t.ty().arguments.first() {
        Some(ty) => convert::cast(shell, v, ty),
        None => Ok(v.base().clone()),
    }
}

fn item(shell: &mut dyn Shell, t: &Table, v: &Value) -> Result<Value> {
    match t.ty().arguments.get(1) {
        Some(ty) => convert::cast(shell, v, ty),
        None => Ok(v.clone()),
    }
}

/// Puts the entries of a sorted dictionary in the order of their keys.
pub fn sort(t: &Table) {
    let mut all = t.entries();
    all.sort_by(|a, b| match (a.0.as_str(), b.0.as_str()) {
        (Some(x), Some(y)) => crate::culture::collate::order(x, y, false),
        _ => crate::ops::compare::number_order(&a.0, &b.0).unwrap_or(std::cmp::Ordering::Equal),
    });
    t.clear();
    for (k, v) in all {
        t.set(k, v);
    }
}

/// Keys or values as their own collection, live only in name.
struct View {
    items: Vec<Value>,
    ty: TypeRef,
}

static KEYS: TypeInfo = TypeInfo::class("System.Collections.Hashtable+KeyCollection", VIEW_MEMBERS);
static VALUES: TypeInfo = TypeInfo::class("System.Collections.Hashtable+ValueCollection", VIEW_MEMBERS);
static ORDERED_VIEW: TypeInfo = TypeInfo::class(
    "System.Collections.Specialized.OrderedDictionary+OrderedDictionaryKeyValueCollection",
    VIEW_MEMBERS,
);

const VIEW_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Count: "int" = |_, v| Ok(Value::int(v.downcast::<View>().map_or(0, |k| k.items.len() as i32)));
        IsSynchronized: "bool" = |_, _| Ok(Value::FALSE);
        SyncRoot: "System.Object" = |_, v| Ok(v.clone());
    },
    methods: methods! {
        CopyTo { (array: ARRAY, index: INT) -> "void" = |shell, v, a| {
            let items = v.downcast::<View>().map_or_else(Vec::new, |k| k.items.clone());
            for (i, x) in items.into_iter().enumerate() {
                crate::member::index_set(shell, arg(a, 0), &[Value::int(int_at(a, 1) as i32 + i as i32)], x)?;
            }
            Ok(Value::NOTHING)
        }; }
        GetEnumerator { () -> "System.Collections.IEnumerator" = |_, v, _| Ok(super::list::enumerator(v)); }
    },
    ..MemberTable::EMPTY
};

impl Object for View {
    fn type_info(&self) -> TypeRef {
        self.ty
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn enumerate(&self) -> Option<Vec<Value>> {
        Some(self.items.clone())
    }
}

fn view(v: &Value, keys: bool) -> Result<Value> {
    let t = table(v)?;
    let items = if keys { t.keys() } else { t.values() };
    let ty = match t.ty().kind {
        Kind::OrderedDictionary => &ORDERED_VIEW,
        _ if keys => &KEYS,
        _ => &VALUES,
    };
    Ok(Value::object(View { items, ty }))
}

/// Entries as objects: DictionaryEntry, or the dictionary's own pairs.
pub fn entries(t: &Table) -> Vec<Value> {
    let pair = match t.ty().arguments {
        [k, v] => Some(types::pair_of(k, v)),
        _ => None,
    };
    t.entries()
        .into_iter()
        .map(|(k, v)| match pair {
            Some(ty) => entry::pair(k, v, ty),
            None => entry::value(k, v),
        })
        .collect()
}

fn add(shell: &mut dyn Shell, v: &Value, a: &[Value]) -> Result<Value> {
    let t = table(v)?;
    let k = key(shell, &t, arg(a, 0))?;
    let x = item(shell, &t, arg(a, 1))?;
    if t.contains(&k) {
        let shown = text::to_text(&k);
        let message = match t.ty().kind {
            Kind::Hashtable | Kind::OrderedDictionary => {
                format!(
                    "Item has already been added. Key in dictionary: '{shown}'  Key being added: '{shown}'"
                )
            }
            _ => format!("An item with the same key has already been added. Key: {shown}"),
        };
        return Err(fail::thrown("System.ArgumentException", message));
    }
    super::table_set(&t, k, x);
    Ok(Value::NOTHING)
}

fn has_value(v: &Value, what: &Value) -> Result<Value> {
    Ok(Value::bool(table(v)?.values().iter().any(|x| crate::core::object::same(x, what))))
}

fn clone(v: &Value) -> Result<Value> {
    let t = table(v)?;
    let copy = Table::with_capacity(t.ty(), t.mode(), t.len());
    for (k, x) in t.entries() {
        copy.set(k, x);
    }
    Ok(Value::table(copy))
}

macro_rules! table_properties {
    () => {
        properties! {
            IsReadOnly: "bool" = |_, _| Ok(Value::FALSE);
            IsFixedSize: "bool" = |_, _| Ok(Value::FALSE);
            IsSynchronized: "bool" = |_, _| Ok(Value::FALSE);
            Keys: "System.Collections.ICollection" = |_, v| view(v, true);
            Values: "System.Collections.ICollection" = |_, v| view(v, false);
            SyncRoot: "System.Object" = |_, v| Ok(v.clone());
            Count: "int" = |_, v| Ok(Value::int(table(v)?.len() as i32));
        }
    };
}

fn contains(shell: &mut dyn Shell, v: &Value, a: &[Value]) -> Result<Value> {
    let t = table(v)?;
    let k = key(shell, &t, arg(a, 0))?;
    Ok(Value::bool(t.contains(&k)))
}

fn clear(v: &Value) -> Result<Value> {
    table(v)?.clear();
    Ok(Value::NOTHING)
}

fn walk(v: &Value) -> Result<Value> {
    Ok(super::list::enumerator_of(entries(&*table(v)?)))
}

pub static HASHTABLE_MEMBERS: MemberTable = MemberTable {
    properties: table_properties!(),
    methods: methods! {
        Add { (key: OBJ, value: OBJ) -> "void" = |shell, v, a| add(shell, v, a); }
        Clear { () -> "void" = |_, v, _| clear(v); }
        Clone { () -> "System.Object" = |_, v, _| clone(v); }
        Contains { (key: OBJ) -> "bool" = |shell, v, a| contains(shell, v, a); }
        ContainsKey { (key: OBJ) -> "bool" = |shell, v, a| contains(shell, v, a); }
        ContainsValue { (value: OBJ) -> "bool" = |_, v, a| has_value(v, arg(a, 0)); }
        CopyTo { (array: ARRAY, arrayIndex: INT) -> "void" = |shell, v, a| {
            for (i, e) in entries(&*table(v)?).into_iter().enumerate() {
                crate::member::index_set(shell, arg(a, 0), &[Value::int(int_at(a, 1) as i32 + i as i32)], e)?;
            }
            Ok(Value::NOTHING)
        }; }
        GetEnumerator { () -> "System.Collections.IDictionaryEnumerator" = |_, v, _| walk(v); }
        Item { (key: OBJ) -> "System.Object" = |_, v, a| Ok(table(v)?.get(arg(a, 0).base()).unwrap_or(Value::NULL)); }
        Remove { (key: OBJ) -> "void" = |_, v, a| {
            table(v)?.remove(arg(a, 0).base());
            Ok(Value::NOTHING)
        }; }
    },
    static_properties: &[],
    static_methods: methods! {
        Synchronized { (table: OBJ) -> "hashtable" = |_, _, a| Ok(arg(a, 0).clone()); }
    },
    constructors: constructors! {
        "hashtable";
        () = |_, _, _| made_hash(KeyMode::Exact, None);
        (d: &exsh_core::types::HASHTABLE) = |_, _, a| made_hash(KeyMode::Exact, Some(arg(a, 0)));
        (capacity: INT) = |_, _, _| made_hash(KeyMode::Exact, None);
        (equalityComparer: &crate::core::culture_info::STRING_COMPARER) = |_, _, a| {
            made_hash(mode(arg(a, 0)), None)
        };
    },
};

fn mode(comparer: &Value) -> KeyMode {
    if ignores_case(comparer) == Some(true) { KeyMode::IgnoreCase } else { KeyMode::Exact }
}

fn made_hash(mode: KeyMode, from: Option<&Value>) -> Result<Value> {
    let t = Table::new(&exsh_core::types::HASHTABLE, mode);
    if let Some(from) = from {
        for (k, v) in table(from)?.entries() {
            t.set(k, v);
        }
    }
    Ok(Value::table(t))
}

fn place(a: &[Value], t: &Table) -> Result<usize> {
    usize::try_from(int_at(a, 0)).ok().filter(|&i| i < t.len()).ok_or_else(fail::index_range)
}

pub static ORDERED_MEMBERS: MemberTable = MemberTable {
    properties: table_properties!(),
    methods: methods! {
        Add { (key: OBJ, value: OBJ) -> "void" = |shell, v, a| add(shell, v, a); }
        AsReadOnly { () -> "ordered" = |_, v, _| Ok(v.clone()); }
        Clear { () -> "void" = |_, v, _| clear(v); }
        Contains { (key: OBJ) -> "bool" = |shell, v, a| contains(shell, v, a); }
        GetEnumerator { () -> "System.Collections.IDictionaryEnumerator" = |_, v, _| walk(v); }
        Insert { (index: INT, key: OBJ, value: OBJ) -> "void" = |_, v, a| {
            let t = table(v)?;
            let n = int_at(a, 0);
            let at = usize::try_from(n).ok().filter(|&i| i <= t.len()).ok_or_else(fail::index_range)?;
            if t.contains(arg(a, 1).base()) {
                let shown = text::to_text(arg(a, 1));
                return Err(fail::thrown("System.ArgumentException", format!("Item has already been added. Key in dictionary: '{shown}'  Key being added: '{shown}'")));
            }
            t.insert_at(at, arg(a, 1).clone(), arg(a, 2).clone());
            Ok(Value::NOTHING)
        }; }
        Item { (index: INT) -> "System.Object" = |_, v, a| {
                let t = table(v)?;
                let i = place(a, &t)?;
                Ok(t.at(i).map_or(Value::NULL, |e| e.1))
            };
            (key: OBJ) -> "System.Object" = |_, v, a| Ok(table(v)?.get(arg(a, 0).base()).unwrap_or(Value::NULL)); }
        Remove { (key: OBJ) -> "void" = |_, v, a| {
            table(v)?.remove(arg(a, 0).base());
            Ok(Value::NOTHING)
        }; }
        RemoveAt { (index: INT) -> "void" = |_, v, a| {
            let t = table(v)?;
            let i = place(a, &t)?;
            if let Some((k, _)) = t.at(i) {
                t.remove(&k);
            }
            Ok(Value::NOTHING)
        }; }
    },
    static_properties: &[],
    static_methods: &[],
    constructors: constructors! {
        "ordered";
        () = |_, _, _| Ok(Value::table(Table::new(&ORDERED_DICTIONARY, KeyMode::Exact)));
        (capacity: INT) = |_, _, _| Ok(Value::table(Table::new(&ORDERED_DICTIONARY, KeyMode::Exact)));
        (comparer: &crate::core::culture_info::STRING_COMPARER) = |_, _, a| {
            Ok(Value::table(Table::new(&ORDERED_DICTIONARY, mode(arg(a, 0)))))
        };
    },
};

pub static DICTIONARY_MEMBERS: MemberTable = MemberTable {
    properties: table_properties!(),
    methods: methods! {
        Add { (key: OBJ, value: OBJ) -> "void" = |shell, v, a| add(shell, v, a); }
        Clear { () -> "void" = |_, v, _| clear(v); }
        ContainsKey { (key: OBJ) -> "bool" = |shell, v, a| contains(shell, v, a); }
        ContainsValue { (value: OBJ) -> "bool" = |_, v, a| has_value(v, arg(a, 0)); }
        GetEnumerator { () -> "System.Collections.IEnumerator" = |_, v, _| walk(v); }
        Item { (key: OBJ) -> "System.Object" = |shell, v, a| {
            let t = table(v)?;
            let k = key(shell, &t, arg(a, 0))?;
            t.get(&k).ok_or_else(|| fail::thrown(
                "System.Collections.Generic.KeyNotFoundException",
                format!("The given key '{}' was not present in the dictionary.", text::to_text(&k)),
            ))
        }; }
        Remove { (key: OBJ) -> "bool" = |shell, v, a| {
            let t = table(v)?;
            let k = key(shell, &t, arg(a, 0))?;
            Ok(Value::bool(t.remove(&k).is_some()))
        }; }
        TryAdd { (key: OBJ, value: OBJ) -> "bool" = |shell, v, a| {
            let t = table(v)?;
            let k = key(shell, &t, arg(a, 0))?;
            if t.contains(&k) {
                return Ok(Value::FALSE);
            }
            let x = item(shell, &t, arg(a, 1))?;
            super::table_set(&t, k, x);
            Ok(Value::TRUE)
        }; }
        TryGetValue { (key: OBJ, value: REF) -> "bool" = |shell, v, a| {
            let t = table(v)?;
            let k = key(shell, &t, arg(a, 0))?;
            let found = t.get(&k);
            let ok = found.is_some();
            assign(shell, arg(a, 1), found.unwrap_or(Value::NULL))?;
            Ok(Value::bool(ok))
        }; }
    },
    static_properties: &[],
    static_methods: &[],
    constructors: constructors! {
        "System.Collections.Generic.Dictionary";
        () = |_, t, _| made(t, KeyMode::Exact);
        (capacity: INT) = |_, t, _| made(t, KeyMode::Exact);
        (comparer: &crate::core::culture_info::STRING_COMPARER) = |_, t, a| made(t, mode(arg(a, 0)));
        (dictionary: &exsh_core::types::HASHTABLE) = |shell, t, a| {
            let ty = t.as_type().unwrap_or(&exsh_core::types::HASHTABLE);
            convert::cast(shell, arg(a, 0), ty)
        };
    },
};

fn made(t: &Value, mode: KeyMode) -> Result<Value> {
    let ty = t.as_type().unwrap_or(&exsh_core::types::HASHTABLE);
    Ok(Value::table(Table::new(ty, mode)))
}
