//! `System.Net.Dns`, for this machine's own name only: a session asks no name server.

use super::ip_address::{IP_ADDRESS, IpAddress, address};
use crate::fail;
use crate::sig::*;
use crate::types::array_of;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Shell, Value};
use std::any::Any;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub static DNS: TypeInfo = TypeInfo::class("System.Net.Dns", MEMBERS);
pub static IP_HOST_ENTRY: TypeInfo = TypeInfo::class("System.Net.IPHostEntry", ENTRY_MEMBERS);

/// A name with its addresses.
pub struct IpHostEntry {
    host_name: String,
    addresses: Vec<IpAddress>,
}

impl Object for IpHostEntry {
    fn type_info(&self) -> TypeRef {
        &IP_HOST_ENTRY
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn addresses(all: &[IpAddress]) -> Value {
    Value::list_of(array_of(&IP_ADDRESS), all.iter().map(|a| Value::object(*a)).collect())
}

fn entry(v: &Value) -> Result<&IpHostEntry> {
    v.downcast::<IpHostEntry>().ok_or_else(|| fail::argument_null("this"))
}

static ENTRY_MEMBERS: MemberTable = MemberTable::of_properties(properties! {
    HostName: "string" = |_, v| Ok(Value::text(entry(v)?.host_name.as_str()));
    Aliases: "string[]" = |_, _| Ok(strings::<&str>([]));
    AddressList: "ipaddress[]" = |_, v| Ok(addresses(&entry(v)?.addresses));
});

/// Addresses that the hosts file gives a name.
fn listed(name: &str) -> Vec<IpAddress> {
    let text = std::fs::read_to_string("/etc/hosts").unwrap_or_default();
    let mut found = Vec::new();
    for line in text.lines() {
        let mut words = line.split('#').next().unwrap_or("").split_whitespace();
        let Some(ip) = words.next().and_then(|w| w.parse::<IpAddr>().ok()) else { continue };
        let a = IpAddress::new(ip);
        if words.any(|w| w.eq_ignore_ascii_case(name)) && !found.contains(&a) {
            found.push(a);
        }
    }
    found
}

/// The entry of a name or address of this machine.
fn find(shell: &mut dyn Shell, wanted: &str) -> Result<IpHostEntry> {
    let own = shell.host().machine_name();
    let short = own.split('.').next().unwrap_or(&own);
    let is_own =
        |name: &str| name.is_empty() || name.eq_ignore_ascii_case(&own) || name.eq_ignore_ascii_case(short);
    if wanted.eq_ignore_ascii_case("localhost") {
        let addresses = vec![Ipv6Addr::LOCALHOST.into(), Ipv4Addr::LOCALHOST.into()];
        let addresses = addresses.into_iter().map(IpAddress::new).collect();
        return Ok(IpHostEntry { host_name: "localhost".into(), addresses });
    }
    if is_own(wanted) {
        let mut addresses = listed(&own);
        if addresses.is_empty() {
            addresses.push(IpAddress::new(Ipv4Addr::LOCALHOST.into()));
        }
        return Ok(IpHostEntry { host_name: own, addresses });
    }
    if let Some(a) = IpAddress::parse(wanted) {
        if a.ip.is_loopback() {
            return Ok(IpHostEntry { host_name: "localhost".into(), addresses: vec![a] });
        }
        if listed(&own).contains(&a) {
            return Ok(IpHostEntry { host_name: own, addresses: vec![a] });
        }
    }
    Err(fail::not_supported(format!(
        "Only the names and addresses of this machine are resolved here; '{wanted}' is none of them."
    )))
}

fn named(shell: &mut dyn Shell, a: &[Value]) -> Result<Value> {
    find(shell, &str_at(a, 0)).map(Value::object)
}

fn of_address(shell: &mut dyn Shell, a: &[Value]) -> Result<Value> {
    let text = address(arg(a, 0))?.text();
    find(shell, &text).map(Value::object)
}

static MEMBERS: MemberTable = MemberTable {
    static_methods: methods! {
        GetHostAddresses {
            (hostNameOrAddress: STR) -> "ipaddress[]" = |shell, _, a| {
                let text = str_at(a, 0);
                // An address is its own answer.
                if let Some(ip) = IpAddress::parse(&text) {
                    return Ok(addresses(&[ip]));
                }
                Ok(addresses(&find(shell, &text)?.addresses))
            };
        }
        GetHostByAddress {
            (address: STR) -> "System.Net.IPHostEntry" = |shell, _, a| named(shell, a);
            (address: &IP_ADDRESS) -> "System.Net.IPHostEntry" = |shell, _, a| of_address(shell, a);
        }
        GetHostByName { (hostName: STR) -> "System.Net.IPHostEntry" = |shell, _, a| named(shell, a); }
        GetHostEntry {
            (address: &IP_ADDRESS) -> "System.Net.IPHostEntry" = |shell, _, a| of_address(shell, a);
            (hostNameOrAddress: STR) -> "System.Net.IPHostEntry" = |shell, _, a| named(shell, a);
        }
        GetHostName { () -> "string" = |shell, _, _| Ok(Value::text(shell.host().machine_name())); }
        Resolve { (hostName: STR) -> "System.Net.IPHostEntry" = |shell, _, a| named(shell, a); }
    },
    ..MemberTable::EMPTY
};
