//! A writer of DER: each function gives the bytes of one element, so a structure reads like its ASN.1 definition.

use super::read::tag;
use crate::time::civil_from_unix;

/// One element with `tag` around `content`.
pub(crate) fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    tlv_of(tag, &[content])
}

/// One element with `tag` around the joined `parts`, written into a single allocation of the right size: no copy of
/// key material is left behind for a caller who wipes the result.
pub(crate) fn tlv_of(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut out = Vec::with_capacity(length + 10);
    out.push(tag);
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let bytes = (length as u64).to_be_bytes();
        let skip = bytes.iter().take_while(|&&byte| byte == 0).count();
        out.push(0x80 | (8 - skip) as u8);
        out.extend_from_slice(&bytes[skip..]);
    }
    parts.iter().for_each(|part| out.extend_from_slice(part));
    out
}

pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv_of(tag::SEQUENCE, parts)
}

/// SET OF with its members in the order DER demands.
pub(crate) fn set_of(mut parts: Vec<Vec<u8>>) -> Vec<u8> {
    parts.sort();
    tlv(tag::SET, &parts.concat())
}

/// `[number]` around `content`, constructed.
pub(crate) fn context(number: u8, content: &[u8]) -> Vec<u8> {
    tlv(0xA0 | number, content)
}

/// `[number]` replacing a primitive's own tag.
pub(crate) fn context_primitive(number: u8, content: &[u8]) -> Vec<u8> {
    tlv(0x80 | number, content)
}

/// A non-negative INTEGER from big-endian bytes.
pub(crate) fn unsigned(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().take_while(|&&byte| byte == 0).count();
    let digits = &bytes[start..];
    match digits.first() {
        None => tlv(tag::INTEGER, &[0]),
        Some(&first) if first >= 0x80 => tlv(tag::INTEGER, &[&[0], digits].concat()),
        Some(_) => tlv(tag::INTEGER, digits),
    }
}

pub(crate) fn integer(value: u64) -> Vec<u8> {
    unsigned(&value.to_be_bytes())
}

/// DER leaves FALSE out where it is the default, so only TRUE is ever written.
pub(crate) fn boolean_true() -> Vec<u8> {
    tlv(tag::BOOLEAN, &[0xFF])
}

pub(crate) fn null() -> Vec<u8> {
    tlv(tag::NULL, &[])
}

pub(crate) fn octets(content: &[u8]) -> Vec<u8> {
    tlv(tag::OCTET_STRING, content)
}

/// BIT STRING of whole bytes.
pub(crate) fn bits(content: &[u8]) -> Vec<u8> {
    tlv(tag::BIT_STRING, &[&[0], content].concat())
}

/// BIT STRING of named bits: trailing zero bits are left out, as DER demands.
pub(crate) fn named_bits(content: &[u8]) -> Vec<u8> {
    let length = content.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    let unused = content[..length].last().map_or(0, |byte| byte.trailing_zeros() as u8);
    tlv(tag::BIT_STRING, &[&[unused], &content[..length]].concat())
}

/// OBJECT IDENTIFIER from dotted text; `None` when the text is none.
pub(crate) fn oid_checked(dotted: &str) -> Option<Vec<u8>> {
    let mut arcs = Vec::new();
    for part in dotted.split('.') {
        if part.is_empty()
            || !part.bytes().all(|byte| byte.is_ascii_digit())
            || (part.len() > 1 && part.starts_with('0'))
        {
            return None;
        }
        arcs.push(part.parse::<u64>().ok()?);
    }
    let (&first, &second) = (arcs.first()?, arcs.get(1)?);
    if first > 2 || (first < 2 && second > 39) {
        return None;
    }
    let mut content = Vec::with_capacity(dotted.len());
    push_base128(&mut content, (first * 40).checked_add(second)?);
    arcs[2..].iter().for_each(|&arc| push_base128(&mut content, arc));
    Some(tlv(tag::OID, &content))
}

/// OBJECT IDENTIFIER from one of our own constants.
pub(crate) fn oid(dotted: &str) -> Vec<u8> {
    oid_checked(dotted).unwrap_or_else(null)
}

/// AlgorithmIdentifier with NULL parameters.
pub(crate) fn algorithm_with_null(dotted: &str) -> Vec<u8> {
    sequence(&[&oid(dotted), &null()])
}

pub(crate) fn utf8(text: &str) -> Vec<u8> {
    tlv(tag::UTF8_STRING, text.as_bytes())
}

pub(crate) fn ia5(text: &str) -> Vec<u8> {
    tlv(tag::IA5_STRING, text.as_bytes())
}

pub(crate) fn bmp(text: &str) -> Vec<u8> {
    tlv(tag::BMP_STRING, &text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>())
}

/// Time as RFC 5280 section 4.1.2.5 wants it: UTCTime until 2049, GeneralizedTime outside.
pub(crate) fn time(seconds: i64) -> Vec<u8> {
    let (year, month, day, hour, minute, second) = civil_from_unix(seconds);
    let rest = format!("{month:02}{day:02}{hour:02}{minute:02}{second:02}Z");
    if (1950..2050).contains(&year) {
        tlv(tag::UTC_TIME, format!("{:02}{rest}", year % 100).as_bytes())
    } else {
        tlv(tag::GENERALIZED_TIME, format!("{:04}{rest}", year.clamp(0, 9999)).as_bytes())
    }
}

fn push_base128(out: &mut Vec<u8>, value: u64) {
    let groups = (64 - value.leading_zeros()).max(1).div_ceil(7);
    for group in (0..groups).rev() {
        let more = if group == 0 { 0 } else { 0x80 };
        out.push(more | (value >> (7 * group) & 0x7F) as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_arcs_are_minimal() {
        // documented: X.690 sections 8.1.3 and 8.19.
        assert_eq!(oid("1.2.840.113549.1.1.11"), [6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 0x0B]);
        assert_eq!(oid("2.999.3"), [6, 3, 0x88, 0x37, 3]);
        assert_eq!(tlv(4, &[0; 200])[..3], [4, 0x81, 200]);
        assert_eq!(tlv(4, &[0; 300])[..4], [4, 0x82, 1, 44]);
        assert_eq!(integer(0), [2, 1, 0]);
        assert_eq!(integer(128), [2, 2, 0, 128]);
        assert_eq!(named_bits(&[0xA0]), [3, 2, 5, 0xA0]);
        assert_eq!(named_bits(&[0]), [3, 1, 0]);
        assert!(
            ["", "1", "3.1", "1.40", "1.2.x", "1..2", "01.2"].iter().all(|text| oid_checked(text).is_none())
        );
    }
}
