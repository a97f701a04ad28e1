//! `System.Net.Mail.MailAddress`.

use crate::fail;
use crate::sig::*;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Value};
use std::any::Any;

#[derive(Clone, PartialEq)]
pub struct MailAddress {
    user: String,
    host: String,
    name: String,
}

pub static TYPE: TypeInfo =
    TypeInfo::class("System.Net.Mail.MailAddress", MEMBERS).made_by(|v| match v.as_str() {
        Some(s) => MailAddress::parse(s, "").map(Value::object),
        None => Err(String::new()),
    });

const BAD: &str = "The specified string is not in the form required for an e-mail address.";

impl MailAddress {
    /// `user@host`, `Name <user@host>`, `"Name" <user@host>`.
    pub fn parse(text: &str, name: &str) -> std::result::Result<MailAddress, String> {
        let t = text.trim();
        if t.is_empty() {
            return Err("The value cannot be an empty string. (Parameter 'address')".into());
        }
        let (shown, address) = match t.strip_suffix('>').and_then(|r| r.rsplit_once('<')) {
            Some((n, a)) => (n.trim().trim_matches('"').to_string(), a.trim()),
            None => (String::new(), t),
        };
        let (user, host) = address.rsplit_once('@').ok_or(BAD)?;
        let plain =
            |s: &str| !s.is_empty() && !s.chars().any(|c| c.is_whitespace() || "<>(),;:\\\"[]@".contains(c));
        let dots = |s: &str| !s.starts_with('.') && !s.ends_with('.') && !s.contains("..");
        let quoted = user.len() > 1 && user.starts_with('"') && user.ends_with('"');
        let literal = host.starts_with('[') && host.ends_with(']');
        if !(quoted || plain(user) && dots(user)) || !(literal || plain(host) && dots(host)) {
            return Err(BAD.into());
        }
        let name = if name.is_empty() { shown } else { name.to_string() };
        Ok(MailAddress { user: user.to_string(), host: host.to_string(), name })
    }

    pub fn address(&self) -> String {
        format!("{}@{}", self.user, self.host)
    }
}

impl Object for MailAddress {
    fn type_info(&self) -> TypeRef {
        &TYPE
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(match self.name.is_empty() {
            true => self.address(),
            false => format!("\"{}\" <{}>", self.name, self.address()),
        })
    }
    fn key_equals(&self, other: &dyn Object) -> bool {
        other
            .as_any()
            .downcast_ref::<MailAddress>()
            .is_some_and(|o| exsh_core::name::same(&o.address(), &self.address()))
    }
    fn key_hash(&self) -> Option<u64> {
        Some(
            exsh_core::name::fold(&self.address())
                .bytes()
                .fold(7, |h: u64, b| h.wrapping_mul(31).wrapping_add(b as u64)),
        )
    }
}

fn m(v: &Value) -> Result<&MailAddress> {
    v.downcast::<MailAddress>().ok_or_else(|| fail::argument_null("this"))
}

fn make(address: &str, name: &str) -> Result<Value> {
    MailAddress::parse(address, name).map(Value::object).map_err(|e| match address.is_empty() {
        true => fail::thrown("System.ArgumentException", e),
        false => fail::format(e),
    })
}

const MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        DisplayName: "string" = |_, v| Ok(Value::text(m(v)?.name.as_str()));
        User: "string" = |_, v| Ok(Value::text(m(v)?.user.as_str()));
        Host: "string" = |_, v| Ok(Value::text(m(v)?.host.as_str()));
        Address: "string" = |_, v| Ok(Value::text(m(v)?.address()));
    },
    constructors: constructors! {
        "mailaddress";
        (address: STR) = |_, _, a| make(&str_at(a, 0), "");
        (address: STR, displayName: STR) = |_, _, a| make(&str_at(a, 0), &str_at(a, 1));
    },
    ..MemberTable::EMPTY
};
