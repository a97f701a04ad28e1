//! `System.Text.StringBuilder`.

use super::push_text;
use crate::sig::*;
use crate::{culture, fail, ops};
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Str, Value};
use std::any::Any;
use std::cell::RefCell;

pub struct StringBuilder {
    text: RefCell<String>,
}

pub static TYPE: TypeInfo = TypeInfo::class("System.Text.StringBuilder", MEMBERS);

impl Object for StringBuilder {
    fn type_info(&self) -> TypeRef {
        &TYPE
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.text.borrow().clone())
    }
}

fn this(v: &Value) -> Result<&StringBuilder> {
    v.downcast::<StringBuilder>().ok_or_else(|| fail::argument_null("this"))
}

/// Runs a change and gives the builder back, as its methods do.
fn change(v: &Value, f: impl FnOnce(&mut String) -> Result<()>) -> Result<Value> {
    f(&mut this(v)?.text.borrow_mut())?;
    Ok(v.clone())
}

fn new(text: String) -> Result<Value> {
    Ok(Value::object(StringBuilder { text: RefCell::new(text) }))
}

/// Changes the UTF-16 units of the text.
fn change_units(v: &Value, f: impl FnOnce(&mut Vec<u16>) -> Result<()>) -> Result<Value> {
    change(v, |t| {
        let mut units: Vec<u16> = t.encode_utf16().collect();
        f(&mut units)?;
        *t = String::from_utf16_lossy(&units);
        Ok(())
    })
}

/// `$builder[3] = 'x'`.
pub fn set_char(v: &Value, index: &Value, new: &Value) -> Option<Result<()>> {
    let b = v.downcast::<StringBuilder>()?;
    let i = usize::try_from(long_of(index)).ok();
    let mut units: Vec<u16> = b.text.borrow().encode_utf16().collect();
    let u = match new.base().view() {
        exsh_core::View::Char(c) => Some(c),
        exsh_core::View::Str(s) if s.utf16_len() == 1 => s.unit_at(0),
        _ => None,
    };
    Some(match (i.and_then(|i| units.get_mut(i)), u) {
        (Some(slot), Some(u)) => {
            *slot = u;
            *b.text.borrow_mut() = String::from_utf16_lossy(&units);
            Ok(())
        }
        _ => Err(fail::index_range()),
    })
}

fn append_value(v: &Value, x: &Value) -> Result<Value> {
    change(v, |t| {
        match x.base().as_list() {
            // A char[] is its text.
            Some(l) if l.ty().is(&exsh_core::types::CHAR_ARRAY) => {
                let units: Vec<u16> = l.items().iter().filter_map(Value::as_char).collect();
                t.push_str(&String::from_utf16_lossy(&units));
            }
            _ => push_text(t, x, " "),
        }
        Ok(())
    })
}

pub const MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Capacity: "int" = |_, v| Ok(Value::int(this(v)?.text.borrow().len().next_power_of_two().max(16) as i32)), set |_, _, _| Ok(());
        MaxCapacity: "int" = |_, _| Ok(Value::int(i32::MAX));
        Length: "int" = |_, v| Ok(Value::int(this(v)?.text.borrow().encode_utf16().count() as i32)), set |_, v, n| {
            let n = long_of(&n).max(0) as usize;
            change_units(v, |u| {
                u.resize(n, 0);
                Ok(())
            })?;
            Ok(())
        };
    },
    methods: methods! {
        Append {
            (value: STR) -> "System.Text.StringBuilder" = |_, v, a| append_value(v, arg(a, 0));
            (value: CHAR) -> "System.Text.StringBuilder" = |_, v, a| append_value(v, arg(a, 0));
            (value: OBJ) -> "System.Text.StringBuilder" = |_, v, a| append_value(v, arg(a, 0));
            (value: CHAR, repeatCount: INT) -> "System.Text.StringBuilder" = |_, v, a| {
                let n = int_at(a, 1);
                if n < 0 {
                    return Err(fail::negative("repeatCount", n));
                }
                change(v, |t| {
                    t.push_str(&Str::from_utf16(&[char_at(a, 0)]).as_str().repeat(n as usize));
                    Ok(())
                })
            };
            (value: STR, startIndex: INT, count: INT) -> "System.Text.StringBuilder" = |_, v, a| {
                let (from, n) = (int_at(a, 1).max(0) as usize, int_at(a, 2).max(0) as usize);
                let part = str_at(a, 0).substring(from, n).ok_or_else(fail::index_range)?;
                change(v, |t| {
                    t.push_str(&part);
                    Ok(())
                })
            };
        }
        AppendFormat {
            (format: STR, args: OBJS => rest) -> "System.Text.StringBuilder" = |shell, v, a| {
                let items = exsh_core::enumerate::items(arg(a, 1));
                let text = ops::compose(&str_at(a, 0), &items, culture::current(shell)).map_err(|e| fail::format(e.0))?;
                change(v, |t| {
                    t.push_str(&text);
                    Ok(())
                })
            };
        }
        AppendJoin {
            (separator: STR, values: OBJS => rest) -> "System.Text.StringBuilder" = |_, v, a| {
                let items = exsh_core::enumerate::items(arg(a, 1));
                change(v, |t| {
                    for (i, x) in items.iter().enumerate() {
                        if i > 0 {
                            t.push_str(&str_at(a, 0));
                        }
                        push_text(t, x, " ");
                    }
                    Ok(())
                })
            };
        }
        AppendLine {
            () -> "System.Text.StringBuilder" = |_, v, _| change(v, |t| {
                t.push('\n');
                Ok(())
            });
            (value: STR) -> "System.Text.StringBuilder" = |_, v, a| change(v, |t| {
                t.push_str(&str_at(a, 0));
                t.push('\n');
                Ok(())
            });
        }
        Chars { (index: INT) -> "char" = |_, v, a| {
            let t = Str::new(this(v)?.text.borrow().as_str());
            usize::try_from(int_at(a, 0)).ok().and_then(|i| t.unit_at(i)).map(Value::char).ok_or_else(|| {
                fail::thrown("System.IndexOutOfRangeException", "Index was outside the bounds of the array.")
            })
        }; }
        Clear { () -> "System.Text.StringBuilder" = |_, v, _| change(v, |t| {
            t.clear();
            Ok(())
        }); }
        EnsureCapacity { (capacity: INT) -> "int" = |_, _, a| Ok(Value::int(int_at(a, 0) as i32)); }
        Equals { (sb: OBJ) -> "bool" = |_, v, a| {
            let same = this(v)?.text.borrow().as_str() == super::to_text(arg(a, 0)).as_str();
            Ok(Value::bool(same && arg(a, 0).downcast::<StringBuilder>().is_some()))
        }; }
        Insert { (index: INT, value: OBJ) -> "System.Text.StringBuilder" = |_, v, a| {
            let at = int_at(a, 0);
            change_units(v, |u| {
                if at < 0 || at as usize > u.len() {
                    return Err(fail::index_range());
                }
                u.splice(at as usize..at as usize, super::to_text(arg(a, 1)).to_utf16());
                Ok(())
            })
        }; }
        Remove { (startIndex: INT, length: INT) -> "System.Text.StringBuilder" = |_, v, a| {
            let (at, n) = (int_at(a, 0), int_at(a, 1));
            change_units(v, |u| {
                if at < 0 || n < 0 || (at + n) as usize > u.len() {
                    return Err(fail::index_range());
                }
                u.drain(at as usize..(at + n) as usize);
                Ok(())
            })
        }; }
        Replace {
            (oldValue: STR, newValue: STR) -> "System.Text.StringBuilder" = |_, v, a| {
                let (old, new) = (str_at(a, 0), str_at(a, 1));
                if old.is_empty() {
                    return Err(fail::argument("The value cannot be an empty string.", "oldValue"));
                }
                change(v, |t| {
                    *t = t.replace(old.as_str(), &new);
                    Ok(())
                })
            };
            (oldChar: CHAR, newChar: CHAR) -> "System.Text.StringBuilder" = |_, v, a| {
                let (old, new) = (Str::from_utf16(&[char_at(a, 0)]), Str::from_utf16(&[char_at(a, 1)]));
                change(v, |t| {
                    *t = t.replace(old.as_str(), &new);
                    Ok(())
                })
            };
        }
        ToString {
            () -> "string" = |_, v, _| Ok(Value::text(this(v)?.text.borrow().as_str()));
            (startIndex: INT, length: INT) -> "string" = |_, v, a| {
                let t = Str::new(this(v)?.text.borrow().as_str());
                t.substring(int_at(a, 0).max(0) as usize, int_at(a, 1).max(0) as usize).map(Value::string).ok_or_else(fail::index_range)
            };
        }
    },
    static_properties: &[],
    static_methods: &[],
    constructors: constructors! {
        "System.Text.StringBuilder";
        () = |_, _, _| new(String::new());
        (capacity: INT) = |_, _, a| {
            let n = int_at(a, 0);
            if n < 0 { Err(fail::negative("capacity", n)) } else { new(String::new()) }
        };
        (value: STR) = |_, _, a| new(str_at(a, 0).to_string());
        (value: STR, capacity: INT) = |_, _, a| new(str_at(a, 0).to_string());
        (capacity: INT, maxCapacity: INT) = |_, _, _| new(String::new());
    },
};
