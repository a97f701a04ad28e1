//! `SecureString`, `PSCredential`, `NetworkCredential`: secrets that show in no output.

use crate::fail;
use crate::sig::*;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Value};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use zeroize::Zeroizing;

/// A secret text; its buffer is wiped when it goes.
pub struct SecureString {
    text: RefCell<Zeroizing<String>>,
    read_only: Cell<bool>,
}

pub static SECURE_STRING: TypeInfo = TypeInfo::class("System.Security.SecureString", SECURE_MEMBERS);

impl SecureString {
    /// Takes the text over.
    pub fn new(text: Zeroizing<String>) -> SecureString {
        SecureString { text: RefCell::new(text), read_only: Cell::new(false) }
    }

    /// Lends the plain text to code that must have it (an import's password). Keep no copy of it.
    pub fn expose<R>(&self, f: impl FnOnce(&str) -> R) -> R {
        f(&self.text.borrow())
    }

    /// Length in UTF-16 units.
    pub fn len(&self) -> usize {
        self.text.borrow().encode_utf16().count()
    }

    pub fn is_empty(&self) -> bool {
        self.text.borrow().is_empty()
    }

    fn copy(&self) -> SecureString {
        SecureString::new(Zeroizing::new(self.text.borrow().to_string()))
    }

    fn change(&self, f: impl FnOnce(&mut Vec<u16>) -> bool) -> Result<Value> {
        if self.read_only.get() {
            return Err(fail::invalid_operation("Instance is read-only."));
        }
        let mut units = Zeroizing::new(self.text.borrow().encode_utf16().collect::<Vec<u16>>());
        if !f(&mut units) {
            return Err(fail::thrown(
                "System.ArgumentOutOfRangeException",
                "Specified argument was out of the range of valid values. (Parameter 'index')",
            ));
        }
        *self.text.borrow_mut() = Zeroizing::new(String::from_utf16_lossy(&units));
        Ok(Value::NOTHING)
    }
}

/// Nothing of the text.
impl fmt::Debug for SecureString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecureString")
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

/// A secure string as a value.
pub fn secure(text: Zeroizing<String>) -> Value {
    Value::object(SecureString::new(text))
}

fn s(v: &Value) -> Result<&SecureString> {
    v.downcast::<SecureString>().ok_or_else(|| fail::argument_null("secureString"))
}

const SECURE_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Length: "int" = |_, v| Ok(Value::int(s(v)?.len() as i32));
    },
    methods: methods! {
        AppendChar { (c: CHAR) -> "void" = |_, v, a| {
            let c = char_at(a, 0);
            s(v)?.change(|u| {
                u.push(c);
                true
            })
        }; }
        Clear { () -> "void" = |_, v, _| s(v)?.change(|u| {
            u.clear();
            true
        }); }
        Copy { () -> "securestring" = |_, v, _| Ok(Value::object(s(v)?.copy())); }
        Dispose { () -> "void" = |_, v, _| {
            *s(v)?.text.borrow_mut() = Zeroizing::default();
            Ok(Value::NOTHING)
        }; }
        InsertAt { (index: INT, c: CHAR) -> "void" = |_, v, a| {
            let (i, c) = (int_at(a, 0), char_at(a, 1));
            s(v)?.change(|u| {
                let ok = i >= 0 && i as usize <= u.len();
                if ok {
                    u.insert(i as usize, c);
                }
                ok
            })
        }; }
        IsReadOnly { () -> "bool" = |_, v, _| Ok(Value::bool(s(v)?.read_only.get())); }
        MakeReadOnly { () -> "void" = |_, v, _| {
            s(v)?.read_only.set(true);
            Ok(Value::NOTHING)
        }; }
        RemoveAt { (index: INT) -> "void" = |_, v, a| {
            let i = int_at(a, 0);
            s(v)?.change(|u| {
                let ok = i >= 0 && (i as usize) < u.len();
                if ok {
                    u.remove(i as usize);
                }
                ok
            })
        }; }
        SetAt { (index: INT, c: CHAR) -> "void" = |_, v, a| {
            let (i, c) = (int_at(a, 0), char_at(a, 1));
            s(v)?.change(|u| match usize::try_from(i).ok().and_then(|i| u.get_mut(i)) {
                Some(slot) => {
                    *slot = c;
                    true
                }
                None => false,
            })
        }; }
        ToString { () -> "string" = |_, _, _| Ok(Value::text("System.Security.SecureString")); }
    },
    constructors: constructors! { "securestring"; () = |_, _, _| Ok(secure(Zeroizing::default())); },
    ..MemberTable::EMPTY
};

/// A user's name and password.
pub struct PsCredential {
    pub user: String,
    pub password: Value,
}

pub static CREDENTIAL: TypeInfo =
    TypeInfo::class("System.Management.Automation.PSCredential", CREDENTIAL_MEMBERS);

impl PsCredential {
    /// The password in `password` must be a secure string.
    pub fn value(user: &str, password: Value) -> Value {
        Value::object(PsCredential { user: user.to_string(), password })
    }

    pub fn secure(&self) -> Option<&SecureString> {
        self.password.downcast::<SecureString>()
    }
}

impl Object for PsCredential {
    fn type_info(&self) -> TypeRef {
        &CREDENTIAL
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn c(v: &Value) -> Result<&PsCredential> {
    v.downcast::<PsCredential>().ok_or_else(|| fail::argument_null("credential"))
}

fn bad_argument(name: &str) -> Box<exsh_core::Flow> {
    fail::thrown(
        "System.Management.Automation.PSArgumentException",
        format!(
            "Cannot process argument because the value of argument \"{name}\" is not valid. Change the value of the \
             \"{name}\" argument and run the operation again."
        ),
    )
}

fn network(user: &str, password: Value) -> Value {
    let (domain, name) = user.split_once('\\').unwrap_or(("", user));
    Value::object(NetworkCredential { user: name.to_string(), domain: domain.to_string(), password })
}

const CREDENTIAL_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        UserName: "string" = |_, v| Ok(Value::text(c(v)?.user.as_str()));
        Password: "securestring" = |_, v| Ok(c(v)?.password.clone());
    },
    methods: methods! {
        GetNetworkCredential { () -> "System.Net.NetworkCredential" = |_, v, _| {
            let c = c(v)?;
            Ok(network(&c.user, c.password.clone()))
        }; }
    },
    static_properties: properties! {
        Empty: "pscredential" = |_, _| Ok(PsCredential::value("", secure(Zeroizing::default())));
    },
    constructors: constructors! {
        "pscredential";
        (userName: STR, password: &SECURE_STRING) = |_, _, a| {
            let user = str_at(a, 0);
            if user.is_empty() {
                return Err(bad_argument("userName"));
            }
            if arg(a, 1).is_null() {
                return Err(fail::thrown(
                    "System.Management.Automation.PSArgumentNullException",
                    "Cannot process argument because the value of argument \"password\" is null. Change the value of argument \"password\" to a non-null value.",
                ));
            }
            Ok(PsCredential::value(&user, arg(a, 1).clone()))
        };
    },
    ..MemberTable::EMPTY
};

/// A credential whose password can be read in plain text.
pub struct NetworkCredential {
    user: String,
    domain: String,
    password: Value,
}

pub static NETWORK_CREDENTIAL: TypeInfo = TypeInfo::class("System.Net.NetworkCredential", NETWORK_MEMBERS);

impl Object for NetworkCredential {
    fn type_info(&self) -> TypeRef {
        &NETWORK_CREDENTIAL
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn n(v: &Value) -> Result<&NetworkCredential> {
    v.downcast::<NetworkCredential>().ok_or_else(|| fail::argument_null("credential"))
}

fn of_text(a: &[Value], domain: &str) -> Result<Value> {
    let password = match arg(a, 1).downcast::<SecureString>() {
        Some(_) => arg(a, 1).clone(),
        None => secure(Zeroizing::new(str_at(a, 1).to_string())),
    };
    Ok(Value::object(NetworkCredential {
        user: str_at(a, 0).to_string(),
        domain: domain.to_string(),
        password,
    }))
}

const NETWORK_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        UserName: "string" = |_, v| Ok(Value::text(n(v)?.user.as_str()));
        Password: "string" = |_, v| Ok(n(v)?.password.downcast::<SecureString>().map_or(Value::NULL, |s| s.expose(|t| Value::text(t))));
        SecurePassword: "securestring" = |_, v| Ok(n(v)?.password.clone());
        Domain: "string" = |_, v| Ok(Value::text(n(v)?.domain.as_str()));
    },
    constructors: constructors! {
        "System.Net.NetworkCredential";
        (userName: STR, password: STR) = |_, _, a| of_text(a, "");
        (userName: STR, password: &SECURE_STRING) = |_, _, a| of_text(a, "");
        (userName: STR, password: STR, domain: STR) = |_, _, a| of_text(a, &str_at(a, 2));
        () = |_, _, _| Ok(network("", secure(Zeroizing::default())));
    },
    ..MemberTable::EMPTY
};

/// `[Runtime.InteropServices.Marshal]`: the usual way of scripts to read a secure string.
pub static MARSHAL: TypeInfo = TypeInfo::class(
    "System.Runtime.InteropServices.Marshal",
    MemberTable {
        static_methods: methods! {
            PtrToStringAuto { (ptr: OBJ) -> "string" = |_, _, a| plain(arg(a, 0)); }
            PtrToStringBSTR { (ptr: OBJ) -> "string" = |_, _, a| plain(arg(a, 0)); }
            PtrToStringUni { (ptr: OBJ) -> "string" = |_, _, a| plain(arg(a, 0)); }
            // The "pointer" is the secure string itself: nothing is copied out before it is asked for.
            SecureStringToBSTR { (s: &SECURE_STRING) -> "System.IntPtr" = |_, _, a| { s(arg(a, 0))?; Ok(arg(a, 0).clone()) }; }
            SecureStringToGlobalAllocUnicode { (s: &SECURE_STRING) -> "System.IntPtr" = |_, _, a| { s(arg(a, 0))?; Ok(arg(a, 0).clone()) }; }
            ZeroFreeBSTR { (s: OBJ) -> "void" = |_, _, _| Ok(Value::NOTHING); }
            ZeroFreeGlobalAllocUnicode { (s: OBJ) -> "void" = |_, _, _| Ok(Value::NOTHING); }
        },
        ..MemberTable::EMPTY
    },
);

fn plain(v: &Value) -> Result<Value> {
    Ok(s(v)?.expose(|t| Value::text(t)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_shows_nowhere() {
        let v = secure(Zeroizing::new("P@ssw0rd".into()));
        assert_eq!(crate::text::to_text(&v).as_str(), "System.Security.SecureString");
        let s = v.downcast::<SecureString>().expect("is one");
        assert_eq!(format!("{s:?}"), "SecureString");
        assert_eq!(s.expose(str::len), 8);
    }
}
