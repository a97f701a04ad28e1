//! The subject alternative names of a certificate, read and written in their order.

use crate::der::oid;
use crate::der::read::{Reader, tag};
use crate::der::write;
use crate::name::{Name, string_value};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// One alternative name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SanEntry {
    Dns(String),
    Ip(IpAddr),
    Email(String),
    Uri(String),
    Directory(Name),
    /// User principal name (Windows logon).
    Upn(String),
    /// Any other kind: its context tag and its raw content.
    Other {
        tag: u8,
        content: Vec<u8>,
    },
}

/// Reads the extension's value. A broken list gives the names before the break.
pub(crate) fn read(value: &[u8]) -> Vec<SanEntry> {
    let mut entries = Vec::new();
    let Ok(mut names) = Reader::new(value, "the alternative names").enter(tag::SEQUENCE) else {
        return entries;
    };
    while let Ok(name) = names.next() {
        let text = || string_value(tag::IA5_STRING, name.content);
        let other = || SanEntry::Other { tag: name.tag, content: name.content.to_vec() };
        entries.push(match name.tag & 0x1F {
            0 => principal_name(name.content).map_or_else(other, SanEntry::Upn),
            1 => SanEntry::Email(text()),
            2 => SanEntry::Dns(text()),
            4 => SanEntry::Directory(Name::from_der(name.content)),
            6 => SanEntry::Uri(text()),
            7 => address(name.content).map_or_else(other, SanEntry::Ip),
            _ => other(),
        });
    }
    entries
}

/// The extension's value.
pub(crate) fn write(entries: &[SanEntry]) -> Vec<u8> {
    let encoded: Vec<Vec<u8>> = entries.iter().map(encode).collect();
    write::tlv(tag::SEQUENCE, &encoded.concat())
}

fn encode(entry: &SanEntry) -> Vec<u8> {
    match entry {
        SanEntry::Email(text) => write::context_primitive(1, text.as_bytes()),
        SanEntry::Dns(text) => write::context_primitive(2, text.as_bytes()),
        SanEntry::Directory(name) => write::context(4, name.der()),
        SanEntry::Uri(text) => write::context_primitive(6, text.as_bytes()),
        SanEntry::Ip(IpAddr::V4(ip)) => write::context_primitive(7, &ip.octets()),
        SanEntry::Ip(IpAddr::V6(ip)) => write::context_primitive(7, &ip.octets()),
        SanEntry::Upn(text) => {
            let value = write::context(0, &write::utf8(text));
            write::context(0, &[write::oid(oid::USER_PRINCIPAL_NAME), value].concat())
        }
        SanEntry::Other { tag, content } => write::tlv(*tag, content),
    }
}

fn principal_name(content: &[u8]) -> Option<String> {
    let mut reader = Reader::new(content, "the alternative names");
    let kind = oid::dotted(reader.expect(tag::OID).ok()?.content)?;
    if kind != oid::USER_PRINCIPAL_NAME {
        return None;
    }
    let value = reader.enter(0xA0).ok()?.next().ok()?;
    Some(string_value(value.tag, value.content))
}

fn address(content: &[u8]) -> Option<IpAddr> {
    if let Ok(octets) = <[u8; 4]>::try_from(content) {
        return Some(Ipv4Addr::from(octets).into());
    }
    <[u8; 16]>::try_from(content).ok().map(|octets| Ipv6Addr::from(octets).into())
}
