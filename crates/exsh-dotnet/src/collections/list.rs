//! `ArrayList` and `List<T>`.

use super::array::{index_of, last_index_of, list, sort_values};
use crate::sig::*;
use crate::{convert, fail, member, types};
use exsh_core::enumerate::{collapse, items};
use exsh_core::types::{Kind, MemberTable, OBJECT, TypeInfo, TypeRef};
use exsh_core::{Invoke, List, Object, Result, Shell, Value};
use std::any::Any;
use std::cell::Cell;

/// An item as the list's type wants it. The failure names the parameter as the reference does.
fn item(shell: &mut dyn Shell, l: &List, v: &Value, method: &str) -> Result<Value> {
    let ty = if l.ty().kind == Kind::ArrayList { &OBJECT } else { l.element_type().unwrap_or(&OBJECT) };
    if ty.is(&OBJECT) {
        return Ok(v.clone());
    }
    convert::cast(shell, v, ty).map_err(|e| match e.record() {
        Some(_) => fail::engine(
            "MethodException",
            "MethodArgumentConversionInvalidCastArgument",
            exsh_core::Category::NotSpecified,
            format!(
                "Cannot convert argument \"item\", with value: \"{}\", for \"{method}\" to type \"{}\": \"{}\"",
                crate::text::to_text(v),
                types::full_name(ty),
                fail::message(&e)
            ),
        ),
        None => e,
    })
}

fn position(a: &[Value], i: usize, limit: usize) -> Result<usize> {
    usize::try_from(int_at(a, i)).ok().filter(|&n| n < limit).ok_or_else(fail::index_range)
}

fn insert_position(a: &[Value], limit: usize) -> Result<usize> {
    usize::try_from(int_at(a, 0))
        .ok()
        .filter(|&n| n <= limit)
        .ok_or_else(|| fail::out_of_range("Index must be within the bounds of the List.", "index"))
}

fn test(shell: &mut dyn Shell, block: &Value, v: Value) -> Result<bool> {
    let how = Invoke { dollar_under: Some(v.clone()), args: vec![v], ..Invoke::default() };
    Ok(convert::to_bool(&collapse(shell.call(block, how)?)))
}

/// The first item for which a block is true.
pub fn find_index(shell: &mut dyn Shell, l: &List, block: &Value) -> Result<Option<usize>> {
    let mut i = 0;
    while let Some(v) = l.get(i) {
        if test(shell, block, v)? {
            return Ok(Some(i));
        }
        i += 1;
    }
    Ok(None)
}

pub fn find_all(shell: &mut dyn Shell, l: &List, block: &Value) -> Result<Vec<Value>> {
    let mut found = Vec::new();
    let mut i = 0;
    while let Some(v) = l.get(i) {
        if test(shell, block, v.clone())? {
            found.push(v);
        }
        i += 1;
    }
    Ok(found)
}

fn add_range(shell: &mut dyn Shell, v: &Value, at: Option<usize>, more: &Value) -> Result<Value> {
    let l = list(v)?;
    if more.is_null() {
        return Err(fail::argument_null("collection"));
    }
    let mut ready = Vec::new();
    for m in items(more) {
        ready.push(item(shell, &l, &m, "AddRange")?);
    }
    let mut all = l.modify();
    let at = at.unwrap_or(all.len());
    all.splice(at..at, ready);
    Ok(Value::NOTHING)
}

fn range(a: &[Value], first: usize, length: usize) -> Result<(usize, usize)> {
    let (from, n) = (int_at(a, first), int_at(a, first + 1));
    if from < 0 || n < 0 {
        let (name, value) = if from < 0 { ("index", from) } else { ("count", n) };
        return Err(fail::negative(name, value));
    }
    if (from + n) as usize > length {
        return Err(fail::thrown(
            "System.ArgumentException",
            "Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.",
        ));
    }
    Ok((from as usize, n as usize))
}

fn remove(v: &Value, what: &Value) -> Result<bool> {
    let l = list(v)?;
    let i = index_of(&l.items(), what, 0, usize::MAX);
    if i >= 0 {
        l.modify().remove(i as usize);
    }
    Ok(i >= 0)
}

fn sort(shell: &mut dyn Shell, v: &Value, comparer: &Value) -> Result<Value> {
    let l = list(v)?;
    let mut all = l.items().clone();
    if types::of(comparer).is_some_and(|t| t.is(&exsh_core::types::SCRIPT_BLOCK)) {
        // A comparison given as a block: its number decides.
        let mut failed = None;
        all.sort_by(|a, b| {
            let how = Invoke { args: vec![a.clone(), b.clone()], ..Invoke::default() };
            let r = shell.call(comparer, how).and_then(|r| convert::to_int(shell, &collapse(r)));
            match r {
                Ok(n) => n.cmp(&0),
                Err(e) => {
                    failed.get_or_insert(e);
                    std::cmp::Ordering::Equal
                }
            }
        });
        if let Some(e) = failed {
            return Err(e);
        }
    } else {
        sort_values(shell, &mut all)?;
    }
    *l.modify() = all;
    Ok(Value::NOTHING)
}

macro_rules! common_properties {
    () => {
        properties! {
            Capacity: "int" = |_, v| Ok(Value::int(list(v)?.len().next_power_of_two().max(4) as i32)), set |_, _, _| Ok(());
            Count: "int" = |_, v| Ok(Value::int(list(v)?.len() as i32));
            IsFixedSize: "bool" = |_, _| Ok(Value::FALSE);
            IsReadOnly: "bool" = |_, _| Ok(Value::FALSE);
            IsSynchronized: "bool" = |_, _| Ok(Value::FALSE);
            SyncRoot: "System.Object" = |_, v| Ok(v.clone());
        }
    };
}

pub static ARRAY_LIST_MEMBERS: MemberTable = MemberTable {
    properties: common_properties!(),
    methods: methods! {
        Add {
            (value: OBJ) -> "int" = |_, v, a| {
                let l = list(v)?;
                let n = l.len();
                l.modify().push(arg(a, 0).clone());
                Ok(Value::int(n as i32))
            };
        }
        AddRange { (c: OBJ) -> "void" = |shell, v, a| add_range(shell, v, None, arg(a, 0)); }
        Clear { () -> "void" = |_, v, _| { list(v)?.modify().clear(); Ok(Value::NOTHING) }; }
        Clone { () -> "System.Object" = |_, v, _| {
            let l = list(v)?;
            let all = l.items().clone();
            Ok(Value::list_of(l.ty(), all))
        }; }
        Contains { (item: OBJ) -> "bool" = |_, v, a| {
            let l = list(v)?;
            let found = index_of(&l.items(), arg(a, 0), 0, usize::MAX) >= 0;
            Ok(Value::bool(found))
        }; }
        CopyTo { (array: ARRAY) -> "void" = |shell, v, a| copy_to(shell, v, arg(a, 0), 0);
            (array: ARRAY, arrayIndex: INT) -> "void" = |shell, v, a| copy_to(shell, v, arg(a, 0), int_at(a, 1)); }
        GetEnumerator { () -> "System.Collections.IEnumerator" = |_, v, _| Ok(enumerator(v)); }
        GetRange { (index: INT, count: INT) -> "System.Collections.ArrayList" = |_, v, a| get_range(v, a); }
        IndexOf { (value: OBJ) -> "int" = |_, v, a| {
            let l = list(v)?;
            let i = index_of(&l.items(), arg(a, 0), 0, usize::MAX);
            Ok(Value::int(i))
        }; }
        Insert { (index: INT, value: OBJ) -> "void" = |_, v, a| {
            let l = list(v)?;
            let at = usize::try_from(int_at(a, 0)).ok().filter(|&n| n <= l.len()).ok_or_else(|| {
                fail::out_of_range("Insertion index was out of range. Must be non-negative and less than or equal to size.", "index")
            })?;
            l.modify().insert(at, arg(a, 1).clone());
            Ok(Value::NOTHING)
        }; }
        InsertRange { (index: INT, c: OBJ) -> "void" = |shell, v, a| {
            let at = insert_position(a, list(v)?.len())?;
            add_range(shell, v, Some(at), arg(a, 1))
        }; }
        Item { (index: INT) -> "System.Object" = |_, v, a| {
            let l = list(v)?;
            let i = position(a, 0, l.len())?;
            Ok(l.get(i).unwrap_or(Value::NULL))
        }; }
        LastIndexOf { (value: OBJ) -> "int" = |_, v, a| {
            let l = list(v)?;
            let i = last_index_of(&l.items(), arg(a, 0));
            Ok(Value::int(i))
        }; }
        Remove { (obj: OBJ) -> "void" = |_, v, a| { remove(v, arg(a, 0))?; Ok(Value::NOTHING) }; }
        RemoveAt { (index: INT) -> "void" = |_, v, a| remove_at(v, a); }
        RemoveRange { (index: INT, count: INT) -> "void" = |_, v, a| remove_range(v, a); }
        Reverse { () -> "void" = |_, v, _| { list(v)?.modify().reverse(); Ok(Value::NOTHING) };
            (index: INT, count: INT) -> "void" = |_, v, a| reverse_part(v, a); }
        Sort { () -> "void" = |shell, v, _| sort(shell, v, &Value::NULL);
            (comparer: OBJ) -> "void" = |shell, v, a| sort(shell, v, arg(a, 0)); }
        ToArray { () -> "System.Object[]" = |_, v, _| Ok(Value::array(list(v)?.items().clone()));
            (type: TYPE) -> "array" = |shell, v, a| {
                let Some(t) = arg(a, 0).base().as_type() else { return Err(fail::argument_null("type")) };
                convert::cast(shell, &Value::array(list(v)?.items().clone()), types::array_of(t))
            }; }
        TrimToSize { () -> "void" = |_, _, _| Ok(Value::NOTHING); }
    },
    static_properties: &[],
    static_methods: methods! {
        Synchronized { (list: OBJ) -> "System.Collections.ArrayList" = |_, _, a| Ok(arg(a, 0).clone()); }
        Adapter { (list: OBJ) -> "System.Collections.ArrayList" = |_, _, a| Ok(arg(a, 0).clone()); }
    },
    constructors: constructors! {
        "System.Collections.ArrayList";
        () = |_, t, _| made(t, Vec::new());
        (capacity: INT) = |_, t, a| capacity(t, a);
        (c: ARRAY) = |_, t, a| made(t, items(arg(a, 0)));
    },
};

fn made(t: &Value, all: Vec<Value>) -> Result<Value> {
    let ty: TypeRef = t.as_type().unwrap_or(&exsh_core::types::ARRAY_LIST);
    Ok(Value::list_of(ty, all))
}

fn capacity(t: &Value, a: &[Value]) -> Result<Value> {
    let n = int_at(a, 0);
    if n < 0 { Err(fail::negative("capacity", n)) } else { made(t, Vec::new()) }
}

fn copy_to(shell: &mut dyn Shell, v: &Value, to: &Value, at: i64) -> Result<Value> {
    let all = list(v)?.items().clone();
    for (i, item) in all.into_iter().enumerate() {
        member::index_set(shell, to, &[Value::int(at as i32 + i as i32)], item).map_err(|_| {
            fail::thrown("System.ArgumentException", "Destination array was not long enough. Check the destination index, length, and the array's lower bounds. (Parameter 'destinationArray')")
        })?;
    }
    Ok(Value::NOTHING)
}

fn get_range(v: &Value, a: &[Value]) -> Result<Value> {
    let l = list(v)?;
    let (from, n) = range(a, 0, l.len())?;
    let part = l.items()[from..from + n].to_vec();
    Ok(Value::list_of(l.ty(), part))
}

fn remove_at(v: &Value, a: &[Value]) -> Result<Value> {
    let l = list(v)?;
    let i = position(a, 0, l.len())?;
    l.modify().remove(i);
    Ok(Value::NOTHING)
}

fn remove_range(v: &Value, a: &[Value]) -> Result<Value> {
    let l = list(v)?;
    let (from, n) = range(a, 0, l.len())?;
    l.modify().drain(from..from + n);
    Ok(Value::NOTHING)
}

fn reverse_part(v: &Value, a: &[Value]) -> Result<Value> {
    let l = list(v)?;
    let (from, n) = range(a, 0, l.len())?;
    l.modify()[from..from + n].reverse();
    Ok(Value::NOTHING)
}

pub static LIST_MEMBERS: MemberTable = MemberTable {
    properties: common_properties!(),
    methods: methods! {
        Add { (item: OBJ) -> "void" = |shell, v, a| {
            let l = list(v)?;
            let new = item(shell, &l, arg(a, 0), "Add").map_err(mark)?;
            l.modify().push(new);
            Ok(Value::NOTHING)
        }; }
        AddRange { (collection: OBJ) -> "void" = |shell, v, a| add_range(shell, v, None, arg(a, 0)).map_err(mark); }
        AsReadOnly { () -> "System.Object" = |_, v, _| Ok(v.clone()); }
        BinarySearch { (item: OBJ) -> "int" = |shell, v, a| {
            member::call_static(shell, &exsh_core::types::ARRAY, "BinarySearch", &[v.clone(), arg(a, 0).clone()])
        }; }
        Clear { () -> "void" = |_, v, _| { list(v)?.modify().clear(); Ok(Value::NOTHING) }; }
        Contains { (item: OBJ) -> "bool" = |shell, v, a| {
            let l = list(v)?;
            let what = item(shell, &l, arg(a, 0), "Contains").map_err(mark)?;
            let found = index_of(&l.items(), &what, 0, usize::MAX) >= 0;
            Ok(Value::bool(found))
        }; }
        ConvertAll { (converter: OBJ) -> "System.Object" = |shell, v, a| member::call(shell, v, "ForEach", a); }
        CopyTo { (array: ARRAY) -> "void" = |shell, v, a| copy_to(shell, v, arg(a, 0), 0);
            (array: ARRAY, arrayIndex: INT) -> "void" = |shell, v, a| copy_to(shell, v, arg(a, 0), int_at(a, 1)); }
        Exists { (match: BLOCK) -> "bool" = |shell, v, a| {
            Ok(Value::bool(find_index(shell, &*list(v)?, arg(a, 0))?.is_some()))
        }; }
        Find { (match: BLOCK) -> "System.Object" = |shell, v, a| {
            let l = list(v)?;
            let i = find_index(shell, &l, arg(a, 0))?;
            Ok(i.and_then(|i| l.get(i)).unwrap_or(Value::NULL))
        }; }
        FindAll { (match: BLOCK) -> "System.Object" = |shell, v, a| {
            let l = list(v)?;
            let found = find_all(shell, &l, arg(a, 0))?;
            Ok(Value::list_of(l.ty(), found))
        }; }
        FindIndex { (match: BLOCK) -> "int" = |shell, v, a| {
            Ok(Value::int(find_index(shell, &*list(v)?, arg(a, 0))?.map_or(-1, |i| i as i32)))
        }; }
        FindLast { (match: BLOCK) -> "System.Object" = |shell, v, a| {
            let found = find_all(shell, &*list(v)?, arg(a, 0))?;
            Ok(found.into_iter().next_back().unwrap_or(Value::NULL))
        }; }
        GetEnumerator { () -> "System.Collections.IEnumerator" = |_, v, _| Ok(enumerator(v)); }
        GetRange { (index: INT, count: INT) -> "System.Object" = |_, v, a| get_range(v, a); }
        IndexOf { (item: OBJ) -> "int" = |shell, v, a| {
            let l = list(v)?;
            let what = item(shell, &l, arg(a, 0), "IndexOf").map_err(mark)?;
            let i = index_of(&l.items(), &what, 0, usize::MAX);
            Ok(Value::int(i))
        }; }
        Insert { (index: INT, item: OBJ) -> "void" = |shell, v, a| {
            let l = list(v)?;
            let at = insert_position(a, l.len())?;
            let new = item(shell, &l, arg(a, 1), "Insert").map_err(mark)?;
            l.modify().insert(at, new);
            Ok(Value::NOTHING)
        }; }
        InsertRange { (index: INT, collection: OBJ) -> "void" = |shell, v, a| {
            let at = insert_position(a, list(v)?.len())?;
            add_range(shell, v, Some(at), arg(a, 1))
        }; }
        Item { (index: INT) -> "System.Object" = |_, v, a| {
            let l = list(v)?;
            let i = position(a, 0, l.len())?;
            Ok(l.get(i).unwrap_or(Value::NULL))
        }; }
        LastIndexOf { (item: OBJ) -> "int" = |_, v, a| {
            let l = list(v)?;
            let i = last_index_of(&l.items(), arg(a, 0));
            Ok(Value::int(i))
        }; }
        Remove { (item: OBJ) -> "bool" = |shell, v, a| {
            let l = list(v)?;
            let what = item(shell, &l, arg(a, 0), "Remove").map_err(mark)?;
            Ok(Value::bool(remove(v, &what)?))
        }; }
        RemoveAll { (match: BLOCK) -> "int" = |shell, v, a| {
            let l = list(v)?;
            let before = l.len();
            let mut kept = Vec::new();
            let mut i = 0;
            while let Some(x) = l.get(i) {
                if !test(shell, arg(a, 0), x.clone())? {
                    kept.push(x);
                }
                i += 1;
            }
            let removed = before.saturating_sub(kept.len());
            *l.modify() = kept;
            Ok(Value::int(removed as i32))
        }; }
        RemoveAt { (index: INT) -> "void" = |_, v, a| remove_at(v, a); }
        RemoveRange { (index: INT, count: INT) -> "void" = |_, v, a| remove_range(v, a); }
        Reverse { () -> "void" = |_, v, _| { list(v)?.modify().reverse(); Ok(Value::NOTHING) };
            (index: INT, count: INT) -> "void" = |_, v, a| reverse_part(v, a); }
        Sort { () -> "void" = |shell, v, _| sort(shell, v, &Value::NULL);
            (comparison: OBJ) -> "void" = |shell, v, a| sort(shell, v, arg(a, 0)); }
        ToArray { () -> "System.Object[]" = |_, v, _| {
            let l = list(v)?;
            let all = l.items().clone();
            Ok(Value::list_of(types::array_of(l.element_type().unwrap_or(&OBJECT)), all))
        }; }
        TrimExcess { () -> "void" = |_, _, _| Ok(Value::NOTHING); }
        TrueForAll { (match: BLOCK) -> "bool" = |shell, v, a| {
            let l = list(v)?;
            let n = find_all(shell, &l, arg(a, 0))?.len();
            Ok(Value::bool(n == l.len()))
        }; }
    },
    static_properties: &[],
    static_methods: &[],
    constructors: constructors! {
        "System.Collections.Generic.List";
        () = |_, t, _| made(t, Vec::new());
        (capacity: INT) = |_, t, a| capacity(t, a);
        (collection: ARRAY) = |shell, t, a| {
            let ty = t.as_type().unwrap_or(&exsh_core::types::ARRAY_LIST);
            convert::cast(shell, &Value::array(items(arg(a, 0))), ty)
        };
    },
};

/// Conversions of items fail in the argument's words, which the call must not wrap again.
fn mark(e: Box<exsh_core::Flow>) -> Box<exsh_core::Flow> {
    if let Some(r) = e.record()
        && &*r.id == "MethodArgumentConversionInvalidCastArgument"
    {
        r.context.borrow_mut().thrown = true;
    }
    e
}

/// `GetEnumerator()` of anything: MoveNext, Current, Reset.
struct Enumerator {
    items: Vec<Value>,
    at: Cell<isize>,
}

static ENUMERATOR: TypeInfo = TypeInfo::class(
    "System.Collections.IEnumerator",
    MemberTable {
        properties: properties! {
            Current: "System.Object" = |_, v| {
                let e = v.downcast::<Enumerator>();
                Ok(e.and_then(|e| usize::try_from(e.at.get()).ok().and_then(|i| e.items.get(i).cloned()))
                    .unwrap_or(Value::NULL))
            };
        },
        methods: methods! {
            MoveNext { () -> "bool" = |_, v, _| {
                let Some(e) = v.downcast::<Enumerator>() else { return Ok(Value::FALSE) };
                e.at.set((e.at.get() + 1).min(e.items.len() as isize));
                Ok(Value::bool((e.at.get() as usize) < e.items.len()))
            }; }
            Reset { () -> "void" = |_, v, _| {
                if let Some(e) = v.downcast::<Enumerator>() {
                    e.at.set(-1);
                }
                Ok(Value::NOTHING)
            }; }
            Dispose { () -> "void" = |_, _, _| Ok(Value::NOTHING); }
        },
        ..MemberTable::EMPTY
    },
);

impl Object for Enumerator {
    fn type_info(&self) -> TypeRef {
        &ENUMERATOR
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    /// A pipeline walks what is left.
    fn enumerate(&self) -> Option<Vec<Value>> {
        let from = (self.at.get() + 1).max(0) as usize;
        self.at.set(self.items.len() as isize);
        Some(self.items.get(from..).unwrap_or(&[]).to_vec())
    }
}

pub fn enumerator_of(items: Vec<Value>) -> Value {
    Value::object(Enumerator { items, at: Cell::new(-1) })
}

pub fn enumerator(v: &Value) -> Value {
    enumerator_of(items(v))
}
