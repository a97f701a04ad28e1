//! `value[…]`: reading and writing by position or key.

use crate::collections;
use crate::convert;
use crate::{fail, text, types};
use exsh_core::types::{self as t, Kind};
use exsh_core::{Result, Shell, Value, View};

/// Reads. Several indexes give several items; a position out of range gives null, an unknown key too.
/// Errors: `NullArray`, `CannotIndex`.
pub fn index_get(shell: &mut dyn Shell, value: &Value, index: &[Value]) -> Result<Value> {
    if let ([i], View::List(l)) = (index, value.view())
        && let Some(i) = i.as_int()
    {
        let n = l.len();
        let at = if i < 0 { i as i64 + n as i64 } else { i as i64 };
        return Ok(usize::try_from(at).ok().and_then(|at| l.get(at)).unwrap_or(Value::NULL));
    }
    let base = value.base();
    match base.view() {
        View::Null | View::Nothing | View::Unset => {
            Err(fail::operation("NullArray", "Cannot index into a null array."))
        }
        View::Table(table) => {
            let one = |shell: &mut dyn Shell, key: &Value| -> Result<Value> {
                if key.is_null() {
                    return match table.ty().kind {
                        Kind::Dictionary => Err(fail::argument_null("key")),
                        _ => Ok(Value::NULL),
                    };
                }
                if table.ty().kind == Kind::OrderedDictionary && matches!(key.view(), View::Int32(_)) {
                    let n = key.as_int().unwrap_or(0);
                    let at = if n < 0 { n as i64 + table.len() as i64 } else { n as i64 };
                    return Ok(usize::try_from(at)
                        .ok()
                        .and_then(|i| table.at(i))
                        .map_or(Value::NULL, |e| e.1));
                }
                let key = match table.ty().arguments.first() {
                    Some(ty) => convert::cast(shell, key, ty)?,
                    None => key.base().clone(),
                };
                match table.get(&key) {
                    Some(v) => Ok(v),
                    None => Ok(Value::NULL),
                }
            };
            match index {
                [key] => match key.base().view() {
                    View::List(keys) if !table.contains(key.base()) => {
                        let mut all = Vec::new();
                        for k in keys.items().clone() {
                            all.push(one(shell, &k)?);
                        }
                        Ok(Value::array(all))
                    }
                    _ => one(shell, key),
                },
                many => {
                    let mut all = Vec::new();
                    for k in many {
                        all.push(one(shell, k)?);
                    }
                    Ok(Value::array(all))
                }
            }
        }
        View::List(_) | View::Str(_) => {
            let get = |shell: &mut dyn Shell, i: &Value| -> Result<Option<Value>> {
                let n = position(shell, i)?;
                Ok(item(base, n))
            };
            several(shell, index, get)
        }
        View::Object(o) => {
            if let Some(r) = collections::index_get(shell, base, o, index) {
                return r;
            }
            let cannot = cannot_index(value);
            match o.get().enumerate() {
                Some(items) => {
                    let list = Value::array(items);
                    index_get(shell, &list, index)
                }
                None => match index {
                    [i] => scalar(shell, value, i)?.ok_or(cannot),
                    _ => Err(cannot),
                },
            }
        }
        _ => match index {
            [i] => scalar(shell, value, i)?.ok_or_else(|| cannot_index(value)),
            _ => Err(cannot_index(value)),
        },
    }
}

/// A single value acts as a list of one: `(4)[0]`, `(4)[-1]`.
fn scalar(shell: &mut dyn Shell, value: &Value, index: &Value) -> Result<Option<Value>> {
    if let View::List(l) = index.base().view() {
        let mut all = Vec::new();
        for i in l.items().clone() {
            if let Some(v) = scalar(shell, value, &i)?
                && !v.is_null()
            {
                all.push(v);
            }
        }
        return Ok(Some(Value::array(all)));
    }
    Ok(match convert::cast(shell, index, &t::INT32) {
        Ok(i) => match i.as_int() {
            Some(0 | -1) => Some(value.clone()),
            _ => Some(Value::NULL),
        },
        Err(_) => None,
    })
}

fn cannot_index(value: &Value) -> Box<exsh_core::Flow> {
    let name = types::of(value).map_or_else(String::new, types::full_name);
    fail::operation("CannotIndex", format!("Unable to index into an object of type \"{name}\"."))
}

fn position(shell: &mut dyn Shell, index: &Value) -> Result<i64> {
    match index.as_int() {
        Some(i) => Ok(i as i64),
        None => Ok(convert::to_int(shell, index)? as i64),
    }
}

fn item(base: &Value, n: i64) -> Option<Value> {
    match base.view() {
        View::List(l) => {
            let at = if n < 0 { n + l.len() as i64 } else { n };
            usize::try_from(at).ok().and_then(|i| l.get(i))
        }
        View::Str(s) => {
            let at = if n < 0 { n + s.utf16_len() as i64 } else { n };
            usize::try_from(at).ok().and_then(|i| s.unit_at(i)).map(Value::char)
        }
        _ => None,
    }
}

/// One index gives an item or null; a list of them gives those that exist.
fn several(
    shell: &mut dyn Shell,
    index: &[Value],
    get: impl Fn(&mut dyn Shell, &Value) -> Result<Option<Value>>,
) -> Result<Value> {
    match index {
        [one] => match one.base().view() {
            View::List(l) => {
                let mut all = Vec::new();
                for i in l.items().clone() {
                    if let Some(v) = get(shell, &i)? {
                        all.push(v);
                    }
                }
                Ok(Value::array(all))
            }
            View::Null | View::Nothing | View::Unset => {
                Err(fail::operation("NullArrayIndex", "Array index cannot be null."))
            }
            _ => Ok(get(shell, one)?.unwrap_or(Value::NULL)),
        },
        many => {
            let mut all = Vec::new();
            for i in many {
                if let Some(v) = get(shell, i)? {
                    all.push(v);
                }
            }
            Ok(Value::array(all))
        }
    }
}

/// Writes. Errors: `NullArray`, `CannotIndex`, `System.IndexOutOfRangeException`, conversions to the item's type.
pub fn index_set(shell: &mut dyn Shell, value: &Value, index: &[Value], new: Value) -> Result<()> {
    let base = value.base();
    match base.view() {
        View::Null | View::Nothing | View::Unset => {
            Err(fail::operation("NullArray", "Cannot index into a null array."))
        }
        View::List(l) => {
            let [i] = index else {
                return Err(fail::operation(
                    "AssignToSlice",
                    "Array assignment to [] failed because assignment to slices is not supported.",
                ));
            };
            if let View::List(slice) = i.base().view() {
                let parts: Vec<String> = slice.items().iter().map(|v| text::to_text(v).to_string()).collect();
                return Err(fail::operation(
                    "ArraySliceAssignmentFailed",
                    format!(
                        "Array assignment to [{}] failed because assignment to slices is not supported.",
                        parts.join(",")
                    ),
                ));
            }
            let n = position(shell, i)?;
            let at = if n < 0 { n + l.len() as i64 } else { n };
            let new = match l.element_type() {
                Some(ty) if !ty.is(&t::OBJECT) => convert::cast(shell, &new, ty)?,
                _ => new,
            };
            let done = usize::try_from(at).is_ok_and(|i| l.set(i, new));
            if done {
                Ok(())
            } else if l.is_array() {
                Err(fail::thrown(
                    "System.IndexOutOfRangeException",
                    "Index was outside the bounds of the array.",
                ))
            } else {
                Err(fail::index_range())
            }
        }
        View::Table(table) => {
            let [key] = index else { return Err(cannot_index(value)) };
            if key.is_null() {
                return Err(fail::operation(
                    "NullArrayIndex",
                    "Index operation failed; the array index evaluated to null.",
                ));
            }
            if table.ty().kind == Kind::OrderedDictionary
                && let Some(n) = key.as_int()
            {
                let at = if n < 0 { n as i64 + table.len() as i64 } else { n as i64 };
                return match usize::try_from(at).ok().and_then(|i| table.at(i)) {
                    Some((k, _)) => {
                        table.set(k, new);
                        Ok(())
                    }
                    None => Err(fail::index_range()),
                };
            }
            let (key, new) = match table.ty().arguments {
                [k, v] => (convert::cast(shell, key, k)?, convert::cast(shell, &new, v)?),
                _ => (key.base().clone(), new),
            };
            collections::table_set(table, key, new);
            Ok(())
        }
        View::Object(o) => match collections::index_set(shell, base, o, index, new) {
            Some(r) => r,
            None => Err(cannot_index(value)),
        },
        _ => Err(cannot_index(value)),
    }
}
