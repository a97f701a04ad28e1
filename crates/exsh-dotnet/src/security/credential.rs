//! `PSCredential` and `NetworkCredential`.

use super::secure_string::{SECURE_STRING, SecureString};
use crate::fail;
use crate::sig::*;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Str, Value};
use std::any::Any;
use std::cell::RefCell;
use std::fmt;

pub static PS_CREDENTIAL: TypeInfo = TypeInfo::class("System.Management.Automation.PSCredential", MEMBERS);

pub static NETWORK_CREDENTIAL: TypeInfo = {
    let mut t = TypeInfo::class("System.Net.NetworkCredential", NETWORK_MEMBERS);
    t.interfaces = &["System.Net.ICredentials", "System.Net.ICredentialsByHost"];
    t
};

/// A user name and a password. The empty credential has neither.
pub struct PSCredential {
    user_name: Option<Str>,
    /// A secure string or null.
    password: Value,
}

impl PSCredential {
    pub fn new(user_name: impl Into<Str>, password: SecureString) -> PSCredential {
        PSCredential { user_name: Some(user_name.into()), password: Value::object(password) }
    }

    /// As [`PSCredential::new`], of a secure string that others hold too. Anything else counts as no password.
    pub fn of_value(user_name: impl Into<Str>, password: &Value) -> PSCredential {
        let password =
            if password.downcast::<SecureString>().is_some() { password.clone() } else { Value::NULL };
        PSCredential { user_name: Some(user_name.into()), password }
    }

    pub fn user_name(&self) -> Option<&Str> {
        self.user_name.as_ref()
    }

    pub fn password(&self) -> Option<&SecureString> {
        self.password.downcast::<SecureString>()
    }

    pub fn network_credential(&self) -> NetworkCredential {
        let (user, domain) = split_domain(self.user_name.as_deref().unwrap_or(""));
        NetworkCredential::new(user, self.password().map(SecureString::copy), domain)
    }
}

/// User and domain of `domain\user` and `user@domain`. An address whose domain has a dot stays whole, as the reference
/// keeps it: such names are mail addresses.
fn split_domain(name: &str) -> (&str, &str) {
    if let Some((domain, user)) = name.split_once('\\') {
        return (user, domain);
    }
    match name.rfind('@') {
        Some(i) if name.rfind('.').is_none_or(|dot| dot < i) || name.find('@') != Some(i) => {
            (&name[..i], &name[i + 1..])
        }
        _ => (name, ""),
    }
}

impl Object for PSCredential {
    fn type_info(&self) -> TypeRef {
        &PS_CREDENTIAL
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl fmt::Debug for PSCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PSCredential")
    }
}

fn credential(v: &Value) -> Result<&PSCredential> {
    v.downcast::<PSCredential>().ok_or_else(|| fail::argument_null("this"))
}

static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        UserName: "string" = |_, v| Ok(credential(v)?.user_name.clone().map_or(Value::NULL, Value::string));
        Password: "securestring" = |_, v| Ok(credential(v)?.password.clone());
    },
    methods: methods! {
        GetNetworkCredential {
            () -> "System.Net.NetworkCredential" = |_, v, _| Ok(Value::object(credential(v)?.network_credential()));
        }
    },
    static_properties: properties! {
        Empty: "pscredential" = |_, _| Ok(Value::object(PSCredential { user_name: None, password: Value::NULL }));
    },
    constructors: constructors! {
        "pscredential";
        (userName: STR, password: &SECURE_STRING) = |_, _, a| {
            let user = str_at(a, 0);
            if user.is_empty() {
                return Err(fail::thrown(
                    "System.Management.Automation.PSArgumentException",
                    "Cannot process argument because the value of argument \"userName\" is not valid. Change the \
                     value of the \"userName\" argument and run the operation again.",
                ));
            }
            if arg(a, 1).is_null() {
                return Err(fail::thrown(
                    "System.Management.Automation.PSArgumentNullException",
                    "Cannot process argument because the value of argument \"password\" is null. Change the value \
                     of argument \"password\" to a non-null value.",
                ));
            }
            Ok(Value::object(PSCredential::of_value(user, arg(a, 1))))
        };
    },
    ..MemberTable::EMPTY
};

/// What `GetNetworkCredential()` gives: the one place where a script reads a password in clear.
pub struct NetworkCredential {
    user_name: RefCell<Str>,
    domain: RefCell<Str>,
    password: RefCell<SecureString>,
}

impl NetworkCredential {
    pub fn new(
        user: impl Into<Str>,
        password: Option<SecureString>,
        domain: impl Into<Str>,
    ) -> NetworkCredential {
        NetworkCredential {
            user_name: RefCell::new(user.into()),
            domain: RefCell::new(domain.into()),
            password: RefCell::new(password.unwrap_or_else(|| SecureString::new(""))),
        }
    }
}

impl Object for NetworkCredential {
    fn type_info(&self) -> TypeRef {
        &NETWORK_CREDENTIAL
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl fmt::Debug for NetworkCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NetworkCredential")
    }
}

fn network(v: &Value) -> Result<&NetworkCredential> {
    v.downcast::<NetworkCredential>().ok_or_else(|| fail::argument_null("this"))
}

fn from_clear(a: &[Value]) -> Value {
    let password = SecureString::new(&str_at(a, 1));
    Value::object(NetworkCredential::new(str_at(a, 0), Some(password), str_at(a, 2)))
}

fn from_secure(a: &[Value]) -> Value {
    let password = arg(a, 1).downcast::<SecureString>().map(SecureString::copy);
    Value::object(NetworkCredential::new(str_at(a, 0), password, str_at(a, 2)))
}

static NETWORK_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        UserName: "string" = |_, v| Ok(Value::string(network(v)?.user_name.borrow().clone())), set |_, v, new| {
            *network(v)?.user_name.borrow_mut() = str_of(&new);
            Ok(())
        };
        Password: "string" = |_, v| Ok(network(v)?.password.borrow().expose(|t| Value::text(t))), set |_, v, new| {
            *network(v)?.password.borrow_mut() = SecureString::new(&str_of(&new));
            Ok(())
        };
        SecurePassword: "securestring" = |_, v| Ok(Value::object(network(v)?.password.borrow().copy())),
            set |_, v, new| {
                let copy = new.downcast::<SecureString>().map(SecureString::copy);
                *network(v)?.password.borrow_mut() = copy.unwrap_or_else(|| SecureString::new(""));
                Ok(())
            };
        Domain: "string" = |_, v| Ok(Value::string(network(v)?.domain.borrow().clone())), set |_, v, new| {
            *network(v)?.domain.borrow_mut() = str_of(&new);
            Ok(())
        };
    },
    methods: methods! {
        GetCredential {
            (uri: &crate::net::uri::URI, authenticationType: STR) -> "System.Net.NetworkCredential" = |_, v, _| {
                Ok(v.clone())
            };
            (host: STR, port: INT, authenticationType: STR) -> "System.Net.NetworkCredential" = |_, v, _| Ok(v.clone());
        }
    },
    constructors: constructors! {
        "System.Net.NetworkCredential";
        () = |_, _, _| Ok(Value::object(NetworkCredential::new("", None, "")));
        (userName: STR, password: STR) = |_, _, a| Ok(from_clear(a));
        (userName: STR, password: STR, domain: STR) = |_, _, a| Ok(from_clear(a));
        (userName: STR, password: &SECURE_STRING) = |_, _, a| Ok(from_secure(a));
        (userName: STR, password: &SECURE_STRING, domain: STR) = |_, _, a| Ok(from_secure(a));
    },
    ..MemberTable::EMPTY
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: the reference's rules for the name of a credential (documented in its source).
    #[test]
    fn a_domain_is_split_from_the_user_name() {
        assert_eq!(split_domain(r"CONTOSO\admin"), ("admin", "CONTOSO"));
        assert_eq!(split_domain("admin@CONTOSO"), ("admin", "CONTOSO"));
        assert_eq!(split_domain("admin@contoso.com"), ("admin@contoso.com", ""));
        assert_eq!(split_domain("a@b.com@b.com"), ("a@b.com", "b.com"));
        assert_eq!(split_domain("admin"), ("admin", ""));
    }
}
