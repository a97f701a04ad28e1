//! `System.Net.IPAddress`.

use crate::core::reference::{REF, assign};
use crate::fail;
use crate::sig::*;
use crate::types::enums::ADDRESS_FAMILY;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Value};
use std::any::Any;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub static IP_ADDRESS: TypeInfo = {
    let mut t = TypeInfo::class("System.Net.IPAddress", MEMBERS).made_by(made);
    t.interfaces = &["System.IFormattable"];
    t
};

/// An address; the scope matters for IPv6 only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IpAddress {
    pub ip: IpAddr,
    pub scope: u32,
}

const INVALID: &str = "An invalid IP address was specified.";

impl IpAddress {
    pub fn new(ip: IpAddr) -> IpAddress {
        IpAddress { ip, scope: 0 }
    }

    /// Any spelling that .NET reads: one to four IPv4 numbers in decimal, octal or hexadecimal; IPv6 with brackets,
    /// port and scope.
    pub fn parse(text: &str) -> Option<IpAddress> {
        if !text.contains(':') {
            return ipv4(text).map(|a| IpAddress::new(IpAddr::V4(a)));
        }
        let inner = match text.strip_prefix('[') {
            Some(rest) => {
                let (inner, port) = rest.split_once(']')?;
                let digits = port.strip_prefix(':').unwrap_or(port);
                if !digits.is_empty() && digits.parse::<u16>().is_err() {
                    return None;
                }
                inner
            }
            None => text,
        };
        let (address, scope) = match inner.split_once('%') {
            Some((a, s)) => (a, interface(s)?),
            None => (inner, 0),
        };
        Some(IpAddress { ip: IpAddr::V6(address.parse().ok()?), scope })
    }

    /// From the 32 bits that .NET calls `Address`: network order read as a little-endian number.
    fn of_number(n: i64) -> Option<IpAddress> {
        u32::try_from(n).ok().map(|n| IpAddress::new(IpAddr::V4(Ipv4Addr::from(n.to_le_bytes()))))
    }

    fn of_bytes(bytes: &[u8], scope: u32) -> Option<IpAddress> {
        let ip = match bytes.len() {
            4 => IpAddr::V4(Ipv4Addr::from(<[u8; 4]>::try_from(bytes).ok()?)),
            16 => IpAddr::V6(Ipv6Addr::from(<[u8; 16]>::try_from(bytes).ok()?)),
            _ => return None,
        };
        Some(IpAddress { ip, scope })
    }

    pub fn bytes(&self) -> Vec<u8> {
        match self.ip {
            IpAddr::V4(a) => a.octets().to_vec(),
            IpAddr::V6(a) => a.octets().to_vec(),
        }
    }

    pub fn text(&self) -> String {
        match self.scope {
            0 => self.ip.to_string(),
            scope => format!("{}%{scope}", self.ip),
        }
    }

    fn v6(&self) -> Option<Ipv6Addr> {
        match self.ip {
            IpAddr::V6(a) => Some(a),
            IpAddr::V4(_) => None,
        }
    }
}

/// The number of a network interface given by number or name.
fn interface(text: &str) -> Option<u32> {
    if let Ok(n) = text.parse() {
        return Some(n);
    }
    if text.is_empty() || text.contains(['/', '.']) {
        return None;
    }
    std::fs::read_to_string(format!("/sys/class/net/{text}/ifindex")).ok()?.trim().parse().ok()
}

fn ipv4(text: &str) -> Option<Ipv4Addr> {
    let mut numbers = Vec::new();
    for part in text.split('.') {
        let hex = part.strip_prefix("0x").or_else(|| part.strip_prefix("0X"));
        let (digits, radix) = match hex {
            Some(h) => (h, 16),
            None if part.len() > 1 && part.starts_with('0') => (&part[1..], 8),
            None => (part, 10),
        };
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        numbers.push(u64::from_str_radix(digits, radix).ok()?);
    }
    let (last, head) = numbers.split_last()?;
    if head.len() > 3 || head.iter().any(|&n| n > 255) || *last >= 1 << (8 * (4 - head.len())) {
        return None;
    }
    let mut bits = *last as u32;
    for (i, &n) in head.iter().enumerate() {
        bits |= (n as u32) << (24 - 8 * i);
    }
    Some(Ipv4Addr::from(bits))
}

fn made(v: &Value) -> std::result::Result<Value, String> {
    match v.as_str() {
        Some(s) => IpAddress::parse(s).map(Value::object).ok_or_else(|| INVALID.to_string()),
        None => match crate::convert::numeric::integral(v) {
            Some(n) => {
                i64::try_from(n).ok().and_then(IpAddress::of_number).map(Value::object).ok_or_else(|| {
                    "Specified argument was out of the range of valid values. (Parameter 'newAddress')".into()
                })
            }
            None => Err(String::new()),
        },
    }
}

impl Object for IpAddress {
    fn type_info(&self) -> TypeRef {
        &IP_ADDRESS
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.text())
    }
    fn key_equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<IpAddress>() == Some(self)
    }
    fn key_hash(&self) -> Option<u64> {
        Some(self.bytes().iter().fold(7, |h: u64, &b| h.wrapping_mul(31).wrapping_add(u64::from(b))))
    }
}

/// The address inside a value.
pub fn address(v: &Value) -> Result<&IpAddress> {
    v.downcast::<IpAddress>().ok_or_else(|| fail::argument_null("address"))
}

fn value(ip: impl Into<IpAddr>) -> Value {
    Value::object(IpAddress::new(ip.into()))
}

fn not_v6() -> Box<exsh_core::Flow> {
    fail::thrown(
        "System.Net.Sockets.SocketException",
        "The attempted operation is not supported for the type of object referenced.",
    )
}

fn of_bytes(a: &[Value], scope: i64) -> Result<Value> {
    IpAddress::of_bytes(&bytes_of(arg(a, 0)), u32::try_from(scope).unwrap_or(0))
        .map(Value::object)
        .ok_or_else(|| fail::argument(INVALID, "address"))
}

fn first(v: &Value, test: fn(&Ipv6Addr) -> bool) -> Result<Value> {
    Ok(Value::bool(address(v)?.v6().is_some_and(|a| test(&a))))
}

static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        AddressFamily: "System.Net.Sockets.AddressFamily" = |_, v| {
            Ok(Value::enumeration(&ADDRESS_FAMILY, if address(v)?.v6().is_some() { 23 } else { 2 }))
        };
        ScopeId: "long" = |_, v| match address(v)? {
            a if a.v6().is_some() => Ok(Value::long(i64::from(a.scope))),
            _ => Err(not_v6()),
        };
        IsIPv6Multicast: "bool" = |_, v| first(v, Ipv6Addr::is_multicast);
        IsIPv6LinkLocal: "bool" = |_, v| first(v, |a| a.segments()[0] & 0xffc0 == 0xfe80);
        IsIPv6SiteLocal: "bool" = |_, v| first(v, |a| a.segments()[0] & 0xffc0 == 0xfec0);
        IsIPv6Teredo: "bool" = |_, v| first(v, |a| a.segments()[0] == 0x2001 && a.segments()[1] == 0);
        IsIPv6UniqueLocal: "bool" = |_, v| first(v, |a| a.segments()[0] & 0xfe00 == 0xfc00);
        IsIPv4MappedToIPv6: "bool" = |_, v| first(v, |a| a.to_ipv4_mapped().is_some());
        Address: "long" = |_, v| match address(v)?.ip {
            IpAddr::V4(a) => Ok(Value::long(i64::from(u32::from_le_bytes(a.octets())))),
            IpAddr::V6(_) => Err(not_v6()),
        };
        IPAddressToString: "string" = |_, v| Ok(Value::text(address(v)?.text()));
    },
    methods: methods! {
        GetAddressBytes { () -> "byte[]" = |_, v, _| Ok(Value::bytes(&address(v)?.bytes())); }
        MapToIPv4 {
            () -> "ipaddress" = |_, v, _| match address(v)?.ip {
                IpAddr::V4(_) => Ok(v.clone()),
                IpAddr::V6(a) => {
                    let o = a.octets();
                    Ok(value(Ipv4Addr::new(o[12], o[13], o[14], o[15])))
                }
            };
        }
        MapToIPv6 {
            () -> "ipaddress" = |_, v, _| match address(v)?.ip {
                IpAddr::V4(a) => Ok(value(a.to_ipv6_mapped())),
                IpAddr::V6(_) => Ok(v.clone()),
            };
        }
    },
    static_properties: properties! {
        Any: "ipaddress" = |_, _| Ok(value(Ipv4Addr::UNSPECIFIED));
        Broadcast: "ipaddress" = |_, _| Ok(value(Ipv4Addr::BROADCAST));
        IPv6Any: "ipaddress" = |_, _| Ok(value(Ipv6Addr::UNSPECIFIED));
        IPv6Loopback: "ipaddress" = |_, _| Ok(value(Ipv6Addr::LOCALHOST));
        IPv6None: "ipaddress" = |_, _| Ok(value(Ipv6Addr::UNSPECIFIED));
        Loopback: "ipaddress" = |_, _| Ok(value(Ipv4Addr::LOCALHOST));
        None: "ipaddress" = |_, _| Ok(value(Ipv4Addr::BROADCAST));
    },
    static_methods: methods! {
        HostToNetworkOrder {
            (host: LONG) -> "long" = |_, _, a| Ok(Value::long(long_of(arg(a, 0)).swap_bytes()));
            (host: INT) -> "int" = |_, _, a| Ok(Value::int((long_of(arg(a, 0)) as i32).swap_bytes()));
            (host: SHORT) -> "short" = |_, _, a| Ok(Value::int16((long_of(arg(a, 0)) as i16).swap_bytes()));
        }
        IsLoopback {
            (address: &IP_ADDRESS) -> "bool" = |_, _, a| Ok(Value::bool(match address(arg(a, 0))?.ip {
                IpAddr::V4(a) => a.is_loopback(),
                IpAddr::V6(a) => a.is_loopback() || a.to_ipv4_mapped().is_some_and(|a| a.is_loopback()),
            }));
        }
        NetworkToHostOrder {
            (network: LONG) -> "long" = |_, _, a| Ok(Value::long(long_of(arg(a, 0)).swap_bytes()));
            (network: INT) -> "int" = |_, _, a| Ok(Value::int((long_of(arg(a, 0)) as i32).swap_bytes()));
            (network: SHORT) -> "short" = |_, _, a| Ok(Value::int16((long_of(arg(a, 0)) as i16).swap_bytes()));
        }
        Parse {
            (ipString: STR) -> "ipaddress" = |_, _, a| {
                IpAddress::parse(&str_at(a, 0)).map(Value::object).ok_or_else(|| fail::format(INVALID))
            };
        }
        TryParse {
            (ipString: STR, address: REF) -> "bool" = |shell, _, a| {
                let parsed = IpAddress::parse(&str_at(a, 0));
                assign(shell, arg(a, 1), parsed.map_or(Value::NULL, Value::object))?;
                Ok(Value::bool(parsed.is_some()))
            };
        }
    },
    constructors: constructors! {
        "ipaddress";
        (newAddress: LONG) = |_, _, a| {
            IpAddress::of_number(long_of(arg(a, 0))).map(Value::object).ok_or_else(|| {
                fail::out_of_range("Specified argument was out of the range of valid values.", "newAddress")
            })
        };
        (address: BYTES) = |_, _, a| of_bytes(a, 0);
        (address: BYTES, scopeid: LONG) = |_, _, a| of_bytes(a, long_of(arg(a, 1)));
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_the_reference_reads_them() {
        let text = |s: &str| IpAddress::parse(s).map(|a| a.text());
        // Observed.
        assert_eq!(text("10.0.0.1").as_deref(), Some("10.0.0.1"));
        assert_eq!(text("::1").as_deref(), Some("::1"));
        assert_eq!(text("300.1.1.1"), None);
        assert_eq!(text("x"), None);
        // Documented: short forms and other bases.
        assert_eq!(text("1").as_deref(), Some("0.0.0.1"));
        assert_eq!(text("127.1").as_deref(), Some("127.0.0.1"));
        assert_eq!(text("0x7f.0.0.010").as_deref(), Some("127.0.0.8"));
        assert_eq!(text("[fe80::1%3]:80").as_deref(), Some("fe80::1%3"));
        assert_eq!(IpAddress::of_number(0x0100_007f).map(|a| a.text()).as_deref(), Some("127.0.0.1"));
    }
}
