//! `System.Runtime.InteropServices.Marshal`, as far as scripts use it: reading a secure string back.
//!
//! A pointer is an object that owns a copy of the secret; there is no memory behind its number.

use super::secure_string::{SECURE_STRING, SecureString};
use crate::fail;
use crate::sig::*;
use exsh_core::types::{self, Kind, MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Str, Value};
use std::any::Any;
use std::cell::{Cell, RefCell};

pub static INT_PTR: TypeInfo = {
    let mut t = TypeInfo::basic("System.IntPtr", Kind::Other, Some(&types::VALUE_TYPE));
    t.members = POINTER_MEMBERS;
    t
};

pub static MARSHAL: TypeInfo = TypeInfo::class("System.Runtime.InteropServices.Marshal", MEMBERS);

thread_local! {
    static NEXT: Cell<i64> = const { Cell::new(0x7f00_0000_1000) };
}

/// A pointer. Zero points nowhere; any other number is only a name.
pub struct IntPtr {
    number: i64,
    secret: RefCell<Option<SecureString>>,
}

impl IntPtr {
    fn to(secret: SecureString) -> IntPtr {
        let number = NEXT.get();
        NEXT.set(number + 0x100);
        IntPtr { number, secret: RefCell::new(Some(secret)) }
    }

    fn plain(number: i64) -> IntPtr {
        IntPtr { number, secret: RefCell::new(None) }
    }
}

impl Object for IntPtr {
    fn type_info(&self) -> TypeRef {
        &INT_PTR
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.number.to_string())
    }
    fn key_equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<IntPtr>().is_some_and(|o| o.number == self.number)
    }
    fn key_hash(&self) -> Option<u64> {
        Some(self.number as u64)
    }
}

fn number(v: &Value) -> i64 {
    v.downcast::<IntPtr>().map_or(0, |p| p.number)
}

static POINTER_MEMBERS: MemberTable = MemberTable {
    methods: methods! {
        ToInt32 {
            () -> "int" = |_, v, _| match i32::try_from(number(v)) {
                Ok(n) => Ok(Value::int(n)),
                Err(_) => Err(fail::overflow("Arithmetic operation resulted in an overflow.")),
            };
        }
        ToInt64 { () -> "long" = |_, v, _| Ok(Value::long(number(v))); }
    },
    static_properties: properties! {
        Size: "int" = |_, _| Ok(Value::int(8));
        Zero: "System.IntPtr" = |_, _| Ok(Value::object(IntPtr::plain(0)));
    },
    constructors: constructors! {
        "System.IntPtr";
        () = |_, _, _| Ok(Value::object(IntPtr::plain(0)));
        (value: LONG) = |_, _, a| Ok(Value::object(IntPtr::plain(long_of(arg(a, 0)))));
    },
    ..MemberTable::EMPTY
};

fn allocate(a: &[Value]) -> Result<Value> {
    match arg(a, 0).downcast::<SecureString>() {
        Some(s) => Ok(Value::object(IntPtr::to(s.copy()))),
        None => Err(fail::argument_null("s")),
    }
}

fn read(a: &[Value], length: Option<i64>) -> Result<Value> {
    let pointer = arg(a, 0).downcast::<IntPtr>().filter(|p| p.number != 0);
    let Some(pointer) = pointer else { return Ok(Value::NULL) };
    let secret = pointer.secret.borrow();
    let Some(secret) = &*secret else {
        return Err(fail::invalid_operation("The pointer leads to no memory, or to memory that was freed."));
    };
    secret.expose(|text| match length {
        None => Ok(Value::text(text)),
        Some(n) => {
            let text = Str::from(text);
            let cut = usize::try_from(n).ok().and_then(|n| text.substring(0, n));
            cut.map(Value::string).ok_or_else(|| fail::out_of_range("Non-negative number required.", "len"))
        }
    })
}

fn free(a: &[Value]) -> Result<Value> {
    if let Some(p) = arg(a, 0).downcast::<IntPtr>() {
        // Dropping the secret wipes it.
        p.secret.borrow_mut().take();
    }
    Ok(Value::NOTHING)
}

static MEMBERS: MemberTable = MemberTable {
    static_methods: methods! {
        SecureStringToBSTR { (s: &SECURE_STRING) -> "System.IntPtr" = |_, _, a| allocate(a); }
        SecureStringToCoTaskMemUnicode { (s: &SECURE_STRING) -> "System.IntPtr" = |_, _, a| allocate(a); }
        SecureStringToGlobalAllocUnicode { (s: &SECURE_STRING) -> "System.IntPtr" = |_, _, a| allocate(a); }
        // The reference reads "Auto" as UTF-8 on Unix and so stops at the first zero byte; scripts written on Windows
        // mean the whole text, and get it.
        PtrToStringAuto {
            (ptr: &INT_PTR) -> "string" = |_, _, a| read(a, None);
            (ptr: &INT_PTR, len: INT) -> "string" = |_, _, a| read(a, Some(int_at(a, 1)));
        }
        PtrToStringBSTR { (ptr: &INT_PTR) -> "string" = |_, _, a| read(a, None); }
        PtrToStringUni {
            (ptr: &INT_PTR) -> "string" = |_, _, a| read(a, None);
            (ptr: &INT_PTR, len: INT) -> "string" = |_, _, a| read(a, Some(int_at(a, 1)));
        }
        FreeBSTR { (ptr: &INT_PTR) -> "void" = |_, _, a| free(a); }
        ZeroFreeBSTR { (s: &INT_PTR) -> "void" = |_, _, a| free(a); }
        ZeroFreeCoTaskMemUnicode { (s: &INT_PTR) -> "void" = |_, _, a| free(a); }
        ZeroFreeGlobalAllocUnicode { (s: &INT_PTR) -> "void" = |_, _, a| free(a); }
    },
    ..MemberTable::EMPTY
};
