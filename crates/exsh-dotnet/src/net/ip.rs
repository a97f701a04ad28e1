//! `System.Net.IPAddress`.

use crate::core::reference::{REF, assign};
use crate::fail;
use crate::sig::*;
use crate::types::enums;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Value, View};
use std::any::Any;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub struct IpAddress(pub IpAddr);

pub static TYPE: TypeInfo =
    TypeInfo::class("System.Net.IPAddress", MemberTable::EMPTY).made_by(|v| match v.view() {
        View::Str(s) => parse(s).map(value).ok_or_else(|| BAD.to_string()),
        _ => match crate::convert::numeric::integral(v) {
            Some(i) => from_number(i).map(value),
            None => Err(String::new()),
        },
    });

const BAD: &str = "An invalid IP address was specified.";

/// An address as its number, lowest byte first.
fn from_number(i: i128) -> std::result::Result<IpAddr, String> {
    if !(0..=u32::MAX as i128).contains(&i) {
        return Err(format!(
            "newAddress ('{}') must be less than or equal to '4294967295'. (Parameter 'newAddress')\nActual value was {}.",
            i as u64, i as u64
        ));
    }
    Ok(IpAddr::V4(Ipv4Addr::from((i as u32).to_le_bytes())))
}

pub fn value(a: IpAddr) -> Value {
    Value::object(IpAddress(a))
}

/// Dotted text with one to four parts, decimal or hexadecimal, or an IPv6 address.
pub fn parse(text: &str) -> Option<IpAddr> {
    let t = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    let t = t.split('%').next().unwrap_or(t);
    if let Ok(a) = t.parse::<Ipv6Addr>() {
        return Some(IpAddr::V6(a));
    }
    let parts: Vec<&str> = text.split('.').collect();
    if parts.len() > 4 {
        return None;
    }
    let mut numbers = Vec::new();
    for p in &parts {
        let n = match p.strip_prefix("0x").or(p.strip_prefix("0X")) {
            Some(h) => u32::from_str_radix(h, 16).ok()?,
            None if p.len() > 1 && p.starts_with('0') => u32::from_str_radix(p, 8).ok()?,
            None => p.parse().ok().filter(|_| p.bytes().all(|b| b.is_ascii_digit()))?,
        };
        numbers.push(n);
    }
    let last = numbers.pop()?;
    let room = 4 - numbers.len() as u32;
    if numbers.iter().any(|&n| n > 255) || (room < 4 && last >> (8 * room) != 0) {
        return None;
    }
    let head = numbers.iter().enumerate().fold(0u32, |a, (i, n)| a | n << (24 - 8 * i));
    Some(IpAddr::V4(Ipv4Addr::from(head | last)))
}

impl Object for IpAddress {
    fn type_info(&self) -> TypeRef {
        &TYPE
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.0.to_string())
    }
    fn key_equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<IpAddress>().is_some_and(|o| o.0 == self.0)
    }
    fn key_hash(&self) -> Option<u64> {
        Some(bytes(self.0).iter().fold(7, |h: u64, &b| h.wrapping_mul(31).wrapping_add(b as u64)))
    }
}

fn bytes(a: IpAddr) -> Vec<u8> {
    match a {
        IpAddr::V4(a) => a.octets().to_vec(),
        IpAddr::V6(a) => a.octets().to_vec(),
    }
}

fn ip(v: &Value) -> Result<IpAddr> {
    v.downcast::<IpAddress>().map(|a| a.0).ok_or_else(|| fail::argument_null("address"))
}

fn v6(v: &Value, test: impl Fn(Ipv6Addr) -> bool) -> Result<Value> {
    Ok(Value::bool(matches!(ip(v)?, IpAddr::V6(a) if test(a))))
}

pub static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        AddressFamily: "System.Net.Sockets.AddressFamily" = |_, v| {
            Ok(Value::enumeration(&enums::ADDRESS_FAMILY, if ip(v)?.is_ipv4() { 2 } else { 23 }))
        };
        ScopeId: "long" = |_, v| match ip(v)? {
            IpAddr::V6(_) => Ok(Value::long(0)),
            IpAddr::V4(_) => Ok(Value::NULL),
        };
        IsIPv6Multicast: "bool" = |_, v| v6(v, |a| a.is_multicast());
        IsIPv6LinkLocal: "bool" = |_, v| v6(v, |a| a.segments()[0] & 0xffc0 == 0xfe80);
        IsIPv6SiteLocal: "bool" = |_, v| v6(v, |a| a.segments()[0] & 0xffc0 == 0xfec0);
        IsIPv6Teredo: "bool" = |_, v| v6(v, |a| a.segments()[0] == 0x2001 && a.segments()[1] == 0);
        IsIPv6UniqueLocal: "bool" = |_, v| v6(v, |a| a.segments()[0] & 0xfe00 == 0xfc00);
        IsIPv4MappedToIPv6: "bool" = |_, v| v6(v, |a| a.to_ipv4_mapped().is_some());
        Address: "long" = |_, v| match ip(v)? {
            IpAddr::V4(a) => Ok(Value::long(u32::from_le_bytes(a.octets()) as i64)),
            IpAddr::V6(_) => Ok(Value::NULL),
        };
        IPAddressToString: "string" = |_, v| Ok(Value::text(ip(v)?.to_string()));
    },
    methods: methods! {
        GetAddressBytes { () -> "byte[]" = |_, v, _| Ok(Value::bytes(&bytes(ip(v)?))); }
        MapToIPv4 { () -> "ipaddress" = |_, v, _| Ok(value(match ip(v)? {
            IpAddr::V6(a) => IpAddr::V4(Ipv4Addr::from(<[u8; 4]>::try_from(&a.octets()[12..]).unwrap_or_default())),
            a => a,
        })); }
        MapToIPv6 { () -> "ipaddress" = |_, v, _| Ok(value(match ip(v)? {
            IpAddr::V4(a) => IpAddr::V6(a.to_ipv6_mapped()),
            a => a,
        })); }
        ToString { () -> "string" = |_, v, _| Ok(Value::text(ip(v)?.to_string())); }
    },
    static_properties: properties! {
        Any: "ipaddress" = |_, _| Ok(value(IpAddr::V4(Ipv4Addr::UNSPECIFIED)));
        Broadcast: "ipaddress" = |_, _| Ok(value(IpAddr::V4(Ipv4Addr::BROADCAST)));
        IPv6Any: "ipaddress" = |_, _| Ok(value(IpAddr::V6(Ipv6Addr::UNSPECIFIED)));
        IPv6Loopback: "ipaddress" = |_, _| Ok(value(IpAddr::V6(Ipv6Addr::LOCALHOST)));
        IPv6None: "ipaddress" = |_, _| Ok(value(IpAddr::V6(Ipv6Addr::UNSPECIFIED)));
        Loopback: "ipaddress" = |_, _| Ok(value(IpAddr::V4(Ipv4Addr::LOCALHOST)));
        None: "ipaddress" = |_, _| Ok(value(IpAddr::V4(Ipv4Addr::BROADCAST)));
    },
    static_methods: methods! {
        IsLoopback { (address: &TYPE) -> "bool" = |_, _, a| Ok(Value::bool(ip(arg(a, 0))?.is_loopback())); }
        Parse { (ipString: STR) -> "ipaddress" = |_, _, a| parse(&str_at(a, 0)).map(value).ok_or_else(|| fail::format(BAD)); }
        TryParse { (ipString: STR, address: REF) -> "bool" = |shell, _, a| {
            let p = parse(&str_at(a, 0));
            assign(shell, arg(a, 1), p.map_or(Value::NULL, value))?;
            Ok(Value::bool(p.is_some()))
        }; }
    },
    constructors: constructors! {
        "ipaddress";
        (newAddress: LONG) = |_, _, a| from_number(long_of(arg(a, 0)) as i128).map(value).map_err(|e| fail::thrown("System.ArgumentOutOfRangeException", e));
        (address: BYTES) = |_, _, a| {
            let b = bytes_of(arg(a, 0));
            if let Ok(v4) = <[u8; 4]>::try_from(b.as_slice()) {
                return Ok(value(IpAddr::from(v4)));
            }
            match <[u8; 16]>::try_from(b.as_slice()) {
                Ok(v6) => Ok(value(IpAddr::from(v6))),
                Err(_) => Err(fail::argument(BAD, "address")),
            }
        };
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_all_forms() {
        for (t, s) in [
            ("1", "0.0.0.1"),
            ("10.1", "10.0.0.1"),
            ("0x7f.1", "127.0.0.1"),
            ("::1", "::1"),
            ("192.168.0.1", "192.168.0.1"),
        ] {
            assert_eq!(parse(t).map(|a| a.to_string()).as_deref(), Some(s), "{t}");
        }
        assert!(parse("x").is_none());
        assert!(parse("256.1.1.1").is_none());
        // Observed: [ipaddress]2147483648.
        assert_eq!(from_number(2_147_483_648).map(|a| a.to_string()).as_deref(), Ok("0.0.0.128"));
    }
}
