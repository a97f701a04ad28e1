//! `System.Security.SecureString`: UTF-16 units in a buffer that is wiped when it goes.
//!
//! Nothing here encrypts: the promise is that no clear text stays behind in freed memory and none is ever shown.

use crate::fail;
use crate::sig::*;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Flow, Object, Result, Value};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use zeroize::Zeroizing;

pub static SECURE_STRING: TypeInfo = {
    let mut t = TypeInfo::class("System.Security.SecureString", MEMBERS);
    t.interfaces = &["System.IDisposable"];
    t
};

/// Characters that .NET accepts in one.
const MAX_LENGTH: usize = 65_536;

pub struct SecureString {
    units: RefCell<Zeroizing<Vec<u16>>>,
    read_only: Cell<bool>,
    disposed: Cell<bool>,
}

impl SecureString {
    /// Takes the clear text over and wipes it.
    pub fn from_plain(text: String) -> SecureString {
        let text = Zeroizing::new(text);
        SecureString::new(&text)
    }

    /// A copy of clear text that its owner wipes.
    pub fn new(text: &str) -> SecureString {
        // A text has at most as many UTF-16 units as bytes: the buffer never moves while it fills.
        let mut units = Zeroizing::new(Vec::with_capacity(text.len()));
        units.extend(text.encode_utf16());
        SecureString::of_units(units)
    }

    fn of_units(units: Zeroizing<Vec<u16>>) -> SecureString {
        SecureString { units: RefCell::new(units), read_only: Cell::new(false), disposed: Cell::new(false) }
    }

    /// Shows the clear text to `f`; the text is wiped afterwards. A disposed string reads as empty.
    pub fn expose<R>(&self, f: impl FnOnce(&str) -> R) -> R {
        let units = self.units.borrow();
        let mut text = Zeroizing::new(String::with_capacity(units.len() * 3));
        for c in char::decode_utf16(units.iter().copied()) {
            text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        drop(units);
        f(&text)
    }

    /// UTF-16 units.
    pub fn len(&self) -> usize {
        self.units.borrow().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A writable copy.
    pub fn copy(&self) -> SecureString {
        let units = self.units.borrow();
        let mut copied = Zeroizing::new(Vec::with_capacity(units.len()));
        copied.extend_from_slice(&units);
        SecureString::of_units(copied)
    }

    fn alive(&self) -> Result<()> {
        if self.disposed.get() {
            return Err(fail::thrown(
                "System.ObjectDisposedException",
                "Cannot access a disposed object.\nObject name: 'System.Security.SecureString'.",
            ));
        }
        Ok(())
    }

    fn writable(&self) -> Result<()> {
        self.alive()?;
        if self.read_only.get() { Err(fail::invalid_operation("Instance is read-only.")) } else { Ok(()) }
    }

    fn insert(&self, index: usize, unit: u16) -> Result<()> {
        let mut units = self.units.borrow_mut();
        if units.len() >= MAX_LENGTH {
            return Err(fail::out_of_range("Capacity exceeds maximum capacity.", "capacity"));
        }
        if units.len() == units.capacity() {
            // A growing Vec would leave its old buffer unwiped.
            let mut larger = Zeroizing::new(Vec::with_capacity((units.len() * 2).max(32)));
            larger.extend_from_slice(&units);
            *units = larger;
        }
        units.insert(index, unit);
        Ok(())
    }

    fn wipe(&self) {
        *self.units.borrow_mut() = Zeroizing::new(Vec::new());
    }
}

impl Object for SecureString {
    fn type_info(&self) -> TypeRef {
        &SECURE_STRING
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Shows nothing, not even the length.
impl fmt::Debug for SecureString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecureString")
    }
}

fn secret(v: &Value) -> Result<&SecureString> {
    v.downcast::<SecureString>().ok_or_else(|| fail::argument_null("this"))
}

/// An index of a unit that exists, or the place behind the last when `end` allows it.
fn index(s: &SecureString, a: &[Value], end: bool) -> Result<usize> {
    let limit = s.len() + usize::from(end);
    match usize::try_from(int_at(a, 0)) {
        Ok(i) if i < limit => Ok(i),
        _ => Err(out_of_range()),
    }
}

fn out_of_range() -> Box<Flow> {
    fail::out_of_range(
        "Index was out of range. Must be non-negative and less than or equal to the size of the collection.",
        "index",
    )
}

static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Length: "int" = |_, v| {
            let s = secret(v)?;
            s.alive()?;
            Ok(Value::int(s.len() as i32))
        };
    },
    methods: methods! {
        AppendChar {
            (c: CHAR) -> "void" = |_, v, a| {
                let s = secret(v)?;
                s.writable()?;
                s.insert(s.len(), char_at(a, 0))?;
                Ok(Value::NOTHING)
            };
        }
        Clear {
            () -> "void" = |_, v, _| {
                let s = secret(v)?;
                s.writable()?;
                s.wipe();
                Ok(Value::NOTHING)
            };
        }
        Copy {
            () -> "securestring" = |_, v, _| {
                let s = secret(v)?;
                s.alive()?;
                Ok(Value::object(s.copy()))
            };
        }
        Dispose {
            () -> "void" = |_, v, _| {
                let s = secret(v)?;
                s.wipe();
                s.disposed.set(true);
                Ok(Value::NOTHING)
            };
        }
        InsertAt {
            (index: INT, c: CHAR) -> "void" = |_, v, a| {
                let s = secret(v)?;
                let i = index(s, a, true)?;
                s.writable()?;
                s.insert(i, char_at(a, 1))?;
                Ok(Value::NOTHING)
            };
        }
        IsReadOnly {
            () -> "bool" = |_, v, _| {
                let s = secret(v)?;
                s.alive()?;
                Ok(Value::bool(s.read_only.get()))
            };
        }
        MakeReadOnly {
            () -> "void" = |_, v, _| {
                let s = secret(v)?;
                s.alive()?;
                s.read_only.set(true);
                Ok(Value::NOTHING)
            };
        }
        RemoveAt {
            (index: INT) -> "void" = |_, v, a| {
                let s = secret(v)?;
                s.writable()?;
                let i = index(s, a, false)?;
                let mut units = s.units.borrow_mut();
                units.remove(i);
                // The removed unit's old place, or the last one's, keeps its bits behind the length.
                units.push(0);
                units.pop();
                Ok(Value::NOTHING)
            };
        }
        SetAt {
            (index: INT, c: CHAR) -> "void" = |_, v, a| {
                let s = secret(v)?;
                s.writable()?;
                let i = index(s, a, false)?;
                s.units.borrow_mut()[i] = char_at(a, 1);
                Ok(Value::NOTHING)
            };
        }
    },
    constructors: constructors! {
        "securestring";
        () = |_, _, _| Ok(Value::object(SecureString::new("")));
    },
    ..MemberTable::EMPTY
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_comes_back_and_is_never_shown() {
        let s = SecureString::from_plain("pä😀".into());
        assert_eq!(s.len(), 4);
        assert!(s.insert(4, 0x21).is_ok());
        s.expose(|t| assert_eq!(t, "pä😀!"));
        s.copy().expose(|t| assert_eq!(t, "pä😀!"));
        assert_eq!(format!("{s:?}"), "SecureString");
        assert!(s.to_text().is_none());
        s.wipe();
        assert!(s.is_empty());
    }
}
