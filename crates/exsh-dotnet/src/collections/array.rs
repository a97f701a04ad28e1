//! `System.Array`.

use super::list as lists;
use crate::ops::compare;
use crate::sig::*;
use crate::{fail, member, types};
use exsh_core::types::{MemberTable, OBJECT, OBJECT_ARRAY};
use exsh_core::{List, Result, Shell, Value};
use std::cmp::Ordering;
use std::rc::Rc;

pub(crate) fn list(v: &Value) -> Result<Rc<List>> {
    v.base().as_list().cloned().ok_or_else(|| fail::argument_null("array"))
}

/// A stable sort by the language's order; the first failing comparison ends it.
pub fn sort_values(shell: &mut dyn Shell, items: &mut [Value]) -> Result<()> {
    let mut failed = None;
    items.sort_by(|a, b| {
        if failed.is_some() {
            return Ordering::Equal;
        }
        match order(shell, a, b) {
            Ok(o) => o,
            Err(e) => {
                failed = Some(e);
                Ordering::Equal
            }
        }
    });
    match failed {
        None => Ok(()),
        Some(e) if e.record().is_some() => {
            Err(fail::invalid_operation("Failed to compare two elements in the array."))
        }
        Some(e) => Err(e),
    }
}

/// `Comparer.Default`: null first, values of one type by their order.
fn order(shell: &mut dyn Shell, a: &Value, b: &Value) -> Result<Ordering> {
    match (a.is_null(), b.is_null()) {
        (true, true) => return Ok(Ordering::Equal),
        (true, false) => return Ok(Ordering::Less),
        (false, true) => return Ok(Ordering::Greater),
        _ => {}
    }
    let same = types::of(a).zip(types::of(b)).is_some_and(|(x, y)| x.is(y));
    if !same {
        return Err(fail::argument("Objects are of different types.", "obj"));
    }
    compare::order(shell, a, b, false)
}

/// `IndexOf` by .NET's equality, from a start and over a count.
pub(crate) fn index_of(items: &[Value], value: &Value, from: usize, count: usize) -> i32 {
    let end = from.saturating_add(count).min(items.len());
    (from..end).find(|&i| crate::core::object::same(&items[i], value)).map_or(-1, |i| i as i32)
}

pub(crate) fn last_index_of(items: &[Value], value: &Value) -> i32 {
    items.iter().rposition(|v| crate::core::object::same(v, value)).map_or(-1, |i| i as i32)
}

fn fixed() -> Box<exsh_core::Flow> {
    fail::not_supported("Collection was of a fixed size.")
}

fn copy(from: &List, start: usize, to: &List, at: usize, count: usize) -> Result<Value> {
    if start + count > from.len() {
        return Err(fail::thrown(
            "System.ArgumentException",
            "Source array was not long enough. Check the source index, length, and the array's lower bounds. (Parameter 'sourceArray')",
        ));
    }
    if at + count > to.len() {
        return Err(fail::thrown(
            "System.ArgumentException",
            "Destination array was not long enough. Check the destination index, length, and the array's lower bounds. (Parameter 'destinationArray')",
        ));
    }
    let part: Vec<Value> = from.items()[start..start + count].to_vec();
    for (i, v) in part.into_iter().enumerate() {
        to.set(at + i, v);
    }
    Ok(Value::NOTHING)
}

fn at(a: &[Value], i: usize, name: &str) -> Result<usize> {
    let n = int_at(a, i);
    usize::try_from(n).map_err(|_| fail::negative(name, n))
}

fn sort_part(shell: &mut dyn Shell, l: &List, from: usize, count: usize) -> Result<Value> {
    let mut items = l.items().clone();
    let end = from.saturating_add(count).min(items.len());
    sort_values(shell, &mut items[from.min(end)..end])?;
    *l.modify() = items;
    Ok(Value::NOTHING)
}

pub static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Count: "int" = |_, v| Ok(Value::int(list(v)?.len() as i32));
        Length: "int" = |_, v| Ok(Value::int(list(v)?.len() as i32));
        LongLength: "long" = |_, v| Ok(Value::long(list(v)?.len() as i64));
        Rank: "int" = |_, _| Ok(Value::int(1));
        SyncRoot: "System.Object" = |_, v| Ok(v.clone());
        IsReadOnly: "bool" = |_, _| Ok(Value::FALSE);
        IsFixedSize: "bool" = |_, _| Ok(Value::TRUE);
        IsSynchronized: "bool" = |_, _| Ok(Value::FALSE);
    },
    methods: methods! {
        Add { (value: OBJ) -> "int" = |_, _, _| Err(fixed()); }
        Clear {
            () -> "void" = |shell, v, _| {
                let l = list(v)?;
                let zero = member_default(shell, &l);
                for i in 0..l.len() {
                    l.set(i, zero.clone());
                }
                Ok(Value::NOTHING)
            };
        }
        Clone { () -> "System.Object" = |_, v, _| {
            let l = list(v)?;
            let items = l.items().clone();
            Ok(Value::list_of(l.ty(), items))
        }; }
        Contains {
            (value: OBJ) -> "bool" = |_, v, a| {
                let l = list(v)?;
                let found = index_of(&l.items(), arg(a, 0), 0, usize::MAX) >= 0;
                Ok(Value::bool(found))
            };
        }
        CopyTo {
            (array: ARRAY, index: INT) -> "void" = |_, v, a| {
                let (from, to) = (list(v)?, list(arg(a, 0))?);
                let n = from.len();
                copy(&from, 0, &to, at(a, 1, "index")?, n)
            };
        }
        Get { (index: INT) -> "System.Object" = |shell, v, a| member::index_get(shell, v, a); }
        GetLength { (dimension: INT) -> "int" = |_, v, a| dimension(v, a, |n| n); }
        GetLowerBound { (dimension: INT) -> "int" = |_, v, a| dimension(v, a, |_| 0); }
        GetUpperBound { (dimension: INT) -> "int" = |_, v, a| dimension(v, a, |n| n - 1); }
        GetValue {
            (index: INT) -> "System.Object" = |_, v, a| {
                let l = list(v)?;
                usize::try_from(int_at(a, 0)).ok().and_then(|i| l.get(i)).ok_or_else(|| {
                    fail::thrown("System.IndexOutOfRangeException", "Index was outside the bounds of the array.")
                })
            };
        }
        IndexOf {
            (value: OBJ) -> "int" = |_, v, a| {
                let l = list(v)?;
                let i = index_of(&l.items(), arg(a, 0), 0, usize::MAX);
                Ok(Value::int(i))
            };
        }
        Insert { (index: INT, value: OBJ) -> "void" = |_, _, _| Err(fixed()); }
        Remove { (value: OBJ) -> "void" = |_, _, _| Err(fixed()); }
        RemoveAt { (index: INT) -> "void" = |_, _, _| Err(fixed()); }
        SetValue {
            (value: OBJ, index: INT) -> "void" = |shell, v, a| {
                member::index_set(shell, v, &a[1..2], a[0].clone())?;
                Ok(Value::NOTHING)
            };
        }
        GetEnumerator { () -> "System.Collections.IEnumerator" = |_, v, _| Ok(lists::enumerator(v)); }
    },
    static_properties: &[],
    static_methods: methods! {
        BinarySearch {
            (array: ARRAY, value: OBJ) -> "int" = |shell, _, a| {
                let l = list(arg(a, 0))?;
                let items = l.items().clone();
                let (mut low, mut high) = (0i64, items.len() as i64 - 1);
                while low <= high {
                    let mid = (low + high) / 2;
                    match compare::order(shell, &items[mid as usize], arg(a, 1), false)? {
                        Ordering::Equal => return Ok(Value::int(mid as i32)),
                        Ordering::Less => low = mid + 1,
                        Ordering::Greater => high = mid - 1,
                    }
                }
                Ok(Value::int(!(low as i32)))
            };
        }
        Clear {
            (array: ARRAY) -> "void" = |shell, _, a| {
                let l = list(arg(a, 0))?;
                let zero = member_default(shell, &l);
                for i in 0..l.len() {
                    l.set(i, zero.clone());
                }
                Ok(Value::NOTHING)
            };
            (array: ARRAY, index: INT, length: INT) -> "void" = |shell, _, a| {
                let l = list(arg(a, 0))?;
                let zero = member_default(shell, &l);
                let (from, n) = (at(a, 1, "index")?, at(a, 2, "length")?);
                for i in from..(from + n).min(l.len()) {
                    l.set(i, zero.clone());
                }
                Ok(Value::NOTHING)
            };
        }
        ConvertAll {
            (array: ARRAY, converter: OBJ) -> "array" = |shell, _, a| member::call(shell, arg(a, 0), "ForEach", &a[1..]);
        }
        Copy {
            (sourceArray: ARRAY, destinationArray: ARRAY, length: INT) -> "void" = |_, _, a| {
                copy(&*list(arg(a, 0))?, 0, &*list(arg(a, 1))?, 0, at(a, 2, "length")?)
            };
            (sourceArray: ARRAY, sourceIndex: INT, destinationArray: ARRAY, destinationIndex: INT, length: INT) -> "void" = |_, _, a| {
                let (from, to) = (list(arg(a, 0))?, list(arg(a, 2))?);
                copy(&from, at(a, 1, "sourceIndex")?, &to, at(a, 3, "destinationIndex")?, at(a, 4, "length")?)
            };
        }
        CreateInstance {
            (elementType: TYPE, length: INT) -> "array" = |shell, _, a| {
                let Some(t) = arg(a, 0).base().as_type() else { return Err(fail::argument_null("elementType")) };
                let n = at(a, 1, "length")?;
                let zero = member::default_value(shell, t);
                Ok(Value::list_of(types::array_of(t), vec![zero; n]))
            };
        }
        Empty { () -> "array" = |_, _, _| Ok(Value::array(Vec::new())); }
        Exists { (array: ARRAY, match: BLOCK) -> "bool" = |shell, _, a| {
            Ok(Value::bool(lists::find_index(shell, &*list(arg(a, 0))?, arg(a, 1))?.is_some()))
        }; }
        Find { (array: ARRAY, match: BLOCK) -> "System.Object" = |shell, _, a| {
            let l = list(arg(a, 0))?;
            let i = lists::find_index(shell, &l, arg(a, 1))?;
            Ok(i.and_then(|i| l.get(i)).unwrap_or(Value::NULL))
        }; }
        FindAll { (array: ARRAY, match: BLOCK) -> "array" = |shell, _, a| {
            let l = list(arg(a, 0))?;
            let found = lists::find_all(shell, &l, arg(a, 1))?;
            Ok(Value::list_of(l.ty(), found))
        }; }
        FindIndex { (array: ARRAY, match: BLOCK) -> "int" = |shell, _, a| {
            Ok(Value::int(lists::find_index(shell, &*list(arg(a, 0))?, arg(a, 1))?.map_or(-1, |i| i as i32)))
        }; }
        IndexOf {
            (array: ARRAY, value: OBJ) -> "int" = |_, _, a| {
                let l = list(arg(a, 0))?;
                let i = index_of(&l.items(), arg(a, 1), 0, usize::MAX);
                Ok(Value::int(i))
            };
            (array: ARRAY, value: OBJ, startIndex: INT) -> "int" = |_, _, a| {
                let l = list(arg(a, 0))?;
                let i = index_of(&l.items(), arg(a, 1), at(a, 2, "startIndex")?, usize::MAX);
                Ok(Value::int(i))
            };
        }
        LastIndexOf {
            (array: ARRAY, value: OBJ) -> "int" = |_, _, a| {
                let l = list(arg(a, 0))?;
                let i = last_index_of(&l.items(), arg(a, 1));
                Ok(Value::int(i))
            };
        }
        Resize {
            (array: crate::core::reference::REF, newSize: INT) -> "void" = |shell, _, a| {
                let Some(r) = arg(a, 0).downcast::<crate::core::reference::Reference>() else {
                    return Err(fail::argument_null("array"));
                };
                let old = r.get(shell)?;
                let n = at(a, 1, "newSize")?;
                let (ty, mut items) = match old.base().as_list() {
                    Some(l) => (l.ty(), l.items().clone()),
                    None => (&OBJECT_ARRAY as _, Vec::new()),
                };
                let zero = member::default_value(shell, ty.element.unwrap_or(&OBJECT));
                items.resize(n, zero);
                r.set(shell, Value::list_of(ty, items))?;
                Ok(Value::NOTHING)
            };
        }
        Reverse {
            (array: ARRAY) -> "void" = |_, _, a| {
                list(arg(a, 0))?.modify().reverse();
                Ok(Value::NOTHING)
            };
            (array: ARRAY, index: INT, length: INT) -> "void" = |_, _, a| {
                let l = list(arg(a, 0))?;
                let (from, n) = (at(a, 1, "index")?, at(a, 2, "length")?);
                let mut items = l.modify();
                let end = (from + n).min(items.len());
                items[from.min(end)..end].reverse();
                Ok(Value::NOTHING)
            };
        }
        Sort {
            (array: ARRAY) -> "void" = |shell, _, a| sort_part(shell, &*list(arg(a, 0))?, 0, usize::MAX);
            (keys: ARRAY, items: ARRAY) -> "void" = |shell, _, a| {
                let (keys, items) = (list(arg(a, 0))?, list(arg(a, 1))?);
                let (k, i) = (keys.items().clone(), items.items().clone());
                let mut order: Vec<usize> = (0..k.len()).collect();
                let mut failed = None;
                order.sort_by(|&x, &y| compare::order(shell, &k[x], &k[y], false).unwrap_or_else(|e| {
                    failed = Some(e);
                    Ordering::Equal
                }));
                if let Some(e) = failed {
                    return Err(e);
                }
                *keys.modify() = order.iter().map(|&n| k[n].clone()).collect();
                if i.len() == k.len() {
                    *items.modify() = order.iter().map(|&n| i[n].clone()).collect();
                }
                Ok(Value::NOTHING)
            };
            (array: ARRAY, index: INT, length: INT) -> "void" = |shell, _, a| {
                sort_part(shell, &*list(arg(a, 0))?, at(a, 1, "index")?, at(a, 2, "length")?)
            };
        }
    },
    constructors: &[],
};

fn member_default(shell: &mut dyn Shell, l: &List) -> Value {
    member::default_value(shell, l.element_type().unwrap_or(&OBJECT))
}

fn dimension(v: &Value, a: &[Value], f: impl Fn(i32) -> i32) -> Result<Value> {
    if int_at(a, 0) != 0 {
        return Err(fail::thrown(
            "System.IndexOutOfRangeException",
            "Index was outside the bounds of the array.",
        ));
    }
    Ok(Value::int(f(list(v)?.len() as i32)))
}
