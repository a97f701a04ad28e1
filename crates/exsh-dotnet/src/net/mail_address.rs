//! `System.Net.Mail.MailAddress`.

use crate::core::reference::{REF, assign};
use crate::fail;
use crate::sig::*;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Value};
use std::any::Any;

pub static MAIL_ADDRESS: TypeInfo =
    TypeInfo::class("System.Net.Mail.MailAddress", MEMBERS).made_by(|v| match v.as_str() {
        Some(s) => MailAddress::parse(s, None).map(Value::object),
        None => Err(String::new()),
    });

const INVALID: &str = "The specified string is not in the form required for an e-mail address.";

/// A mailbox with the name to show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MailAddress {
    pub display_name: String,
    pub user: String,
    pub host: String,
}

impl MailAddress {
    /// `user@host`, `name <user@host>` or `"name" <user@host>`. A name given apart goes before the one in the text. The
    /// error is .NET's message.
    pub fn parse(text: &str, display_name: Option<&str>) -> std::result::Result<MailAddress, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("The parameter 'address' cannot be an empty string. (Parameter 'address')".into());
        }
        let (name, address) = match text.strip_suffix('>') {
            Some(rest) => rest.rsplit_once('<').ok_or(INVALID)?,
            None => ("", text),
        };
        let name = unquoted(name.trim())?;
        let (user, host) = address.trim().rsplit_once('@').ok_or(INVALID)?;
        if !is_user(user) || !is_host(host) {
            return Err(INVALID.into());
        }
        let shown = display_name.map(|d| d.trim().trim_matches('"')).filter(|d| !d.is_empty());
        Ok(MailAddress {
            display_name: shown.map_or(name, str::to_string),
            user: user.into(),
            host: host.into(),
        })
    }

    pub fn address(&self) -> String {
        format!("{}@{}", self.user, self.host)
    }

    pub fn text(&self) -> String {
        match self.display_name.is_empty() {
            true => self.address(),
            false => format!("\"{}\" <{}>", self.display_name, self.address()),
        }
    }
}

/// A display name without its quotes.
fn unquoted(name: &str) -> std::result::Result<String, String> {
    let Some(inner) = name.strip_prefix('"') else {
        return if name.contains(['"', '<', '>', '@']) { Err(INVALID.into()) } else { Ok(name.into()) };
    };
    let inner = inner.strip_suffix('"').ok_or(INVALID)?;
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            '"' => return Err(INVALID.into()),
            c => out.push(c),
        }
    }
    Ok(out)
}

/// A dot-atom or a quoted string (RFC 5322); letters of any language are accepted.
fn is_user(text: &str) -> bool {
    if let Some(inner) = text.strip_prefix('"') {
        return inner.strip_suffix('"').is_some_and(|i| !i.replace("\\\"", "").contains('"'));
    }
    let atom = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    text.split('.').all(|a| !a.is_empty() && a.chars().all(atom))
}

fn is_host(text: &str) -> bool {
    if let Some(inner) = text.strip_prefix('[') {
        return inner.strip_suffix(']').is_some_and(|i| !i.is_empty() && !i.contains(['[', ']', '\\']));
    }
    let atom = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    text.split('.').all(|a| !a.is_empty() && a.chars().all(atom))
}

impl Object for MailAddress {
    fn type_info(&self) -> TypeRef {
        &MAIL_ADDRESS
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.text())
    }
    fn key_equals(&self, other: &dyn Object) -> bool {
        let other = other.as_any().downcast_ref::<MailAddress>();
        other.is_some_and(|o| exsh_core::name::same(&o.text(), &self.text()))
    }
    fn key_hash(&self) -> Option<u64> {
        let folded = exsh_core::name::fold(&self.text());
        Some(folded.bytes().fold(7, |h: u64, b| h.wrapping_mul(31).wrapping_add(u64::from(b))))
    }
}

fn mail(v: &Value) -> Result<&MailAddress> {
    v.downcast::<MailAddress>().ok_or_else(|| fail::argument_null("address"))
}

fn made(a: &[Value]) -> Result<Value> {
    let text = str_at(a, 0);
    MailAddress::parse(&text, opt_str(a, 1).as_deref()).map(Value::object).map_err(|e| {
        match text.is_empty() {
            true => fail::thrown("System.ArgumentException", e),
            false => fail::format(e),
        }
    })
}

static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        DisplayName: "string" = |_, v| Ok(Value::text(mail(v)?.display_name.as_str()));
        User: "string" = |_, v| Ok(Value::text(mail(v)?.user.as_str()));
        Host: "string" = |_, v| Ok(Value::text(mail(v)?.host.as_str()));
        Address: "string" = |_, v| Ok(Value::text(mail(v)?.address()));
    },
    static_methods: methods! {
        TryCreate {
            (address: STR, result: REF) -> "bool" = |shell, _, a| {
                let m = MailAddress::parse(&str_at(a, 0), None).ok();
                let ok = m.is_some();
                assign(shell, arg(a, 1), m.map_or(Value::NULL, Value::object))?;
                Ok(Value::bool(ok))
            };
            (address: STR, displayName: STR, result: REF) -> "bool" = |shell, _, a| {
                let m = MailAddress::parse(&str_at(a, 0), opt_str(a, 1).as_deref()).ok();
                let ok = m.is_some();
                assign(shell, arg(a, 2), m.map_or(Value::NULL, Value::object))?;
                Ok(Value::bool(ok))
            };
        }
    },
    constructors: constructors! {
        "mailaddress";
        (address: STR) = |_, _, a| made(a);
        (address: STR, displayName: STR) = |_, _, a| made(a);
    },
    ..MemberTable::EMPTY
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_mailbox_are_told_apart() {
        // Observed.
        let m = MailAddress::parse("Taro Yamada <taro@example.com>", None).expect("an address");
        assert_eq!(
            (m.display_name.as_str(), m.user.as_str(), m.host.as_str()),
            ("Taro Yamada", "taro", "example.com")
        );
        assert_eq!(MailAddress::parse("x", None), Err(INVALID.into()));
        // Documented.
        assert_eq!(m.text(), "\"Taro Yamada\" <taro@example.com>");
        assert_eq!(MailAddress::parse("\"A, B\" <a@b.c>", None).expect("an address").display_name, "A, B");
        for bad in ["a@", "@b", "a@b@c", "a..b@c", "a b@c", "a@b..c", "<a@b"] {
            assert!(MailAddress::parse(bad, None).is_err(), "{bad}");
        }
    }
}
