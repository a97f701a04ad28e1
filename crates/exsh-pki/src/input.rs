//! What a file or a byte array holds, and the certificates in it.
//!
//! Files come from everywhere: PEM with text around, DER, Base64 without armour, PKCS#7 in any of these, and all of
//! them saved as UTF-16 by Windows editors. A PFX is recognised but read elsewhere, because it needs a password.

use crate::certificate::Certificate;
use crate::der::read::{Reader, tag};
use crate::error::CertError;
use crate::{pem, pkcs7};
use std::borrow::Cow;

/// The most bytes that are looked at; the largest honest PKCS#7 bundle is far below.
pub const INPUT_LIMIT: usize = 16 * 1024 * 1024;

/// What the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    Empty,
    Pem,
    /// Base64 text without armour.
    Base64,
    Certificate,
    Pkcs7,
    Pfx,
    Request,
    PrivateKey,
    Crl,
    Unknown,
}

/// What `bytes` are, by their first structure; nothing is checked beyond it.
pub fn sniff(bytes: &[u8]) -> InputKind {
    let text = as_bytes(bytes);
    if text.iter().all(u8::is_ascii_whitespace) {
        return InputKind::Empty;
    }
    if pem::has_block(&text) {
        return InputKind::Pem;
    }
    if text[0] == tag::SEQUENCE {
        let kind = sniff_der(&text);
        if kind != InputKind::Unknown {
            return kind;
        }
    }
    if is_base64(&text) { InputKind::Base64 } else { InputKind::Unknown }
}

/// All certificates of `bytes`, in their order; a private key beside them is passed over. A PFX is
/// [`CertError::NotRecognized`]: it goes to [`crate::read_pfx`].
pub fn read_certificates(bytes: &[u8]) -> Result<Vec<Certificate>, CertError> {
    if bytes.len() > INPUT_LIMIT {
        return Err(CertError::TooLarge { bytes: bytes.len() });
    }
    let text = as_bytes(bytes);
    match sniff(&text) {
        InputKind::Empty => Err(CertError::Empty),
        InputKind::Pem => from_pem(&text),
        InputKind::Base64 => from_der(&pem::decode_base64(&text)?),
        InputKind::Pkcs7 | InputKind::Certificate => from_der(&text),
        _ if text[0] == tag::SEQUENCE => from_der(&text),
        _ => Err(CertError::NotRecognized { expected: "a certificate in PEM, DER, Base64 or PKCS#7" }),
    }
}

fn from_pem(text: &[u8]) -> Result<Vec<Certificate>, CertError> {
    let mut found = Vec::new();
    for block in pem::blocks(text)? {
        match block.label.as_str() {
            "CERTIFICATE" | "X509 CERTIFICATE" | "PKCS7" | "CMS" | "PKCS #7 SIGNED DATA" => {
                found.extend(from_der(&block.der)?);
            }
            // OpenSSL's trusted form has trust settings behind the certificate.
            "TRUSTED CERTIFICATE" => {
                let first = Reader::new(&block.der, "the certificate").expect(tag::SEQUENCE)?;
                found.push(Certificate::from_der(first.whole)?);
            }
            _ => {}
        }
    }
    if found.is_empty() { Err(CertError::NoCertificate) } else { Ok(found) }
}

fn from_der(der: &[u8]) -> Result<Vec<Certificate>, CertError> {
    if pkcs7::looks_like(der) {
        return pkcs7::read(der);
    }
    let expected = match sniff_der(der) {
        InputKind::Pfx => "a certificate (it is a PFX, which needs its password)",
        InputKind::Request => "a certificate (it is a request for one)",
        InputKind::PrivateKey => "a certificate (it is a private key)",
        InputKind::Crl => "a certificate (it is a revocation list)",
        _ => "",
    };
    if !expected.is_empty() {
        return Err(CertError::NotRecognized { expected });
    }
    let mut found = Vec::new();
    let mut rest = Reader::new(der, "the certificate");
    // Several certificates may follow each other, and editors leave line ends or zeros behind the last.
    while !rest.rest().iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        if !found.is_empty() && rest.peek() != Some(tag::SEQUENCE) {
            return Err(rest.malformed());
        }
        if rest.peek() != Some(tag::SEQUENCE) {
            return Err(CertError::NotRecognized { expected: "a certificate in PEM, DER, Base64 or PKCS#7" });
        }
        found.push(Certificate::from_der(rest.next()?.whole)?);
    }
    if found.is_empty() { Err(CertError::NoCertificate) } else { Ok(found) }
}

/// Tells structures apart by the tags of their first members.
fn sniff_der(der: &[u8]) -> InputKind {
    if pkcs7::looks_like(der) {
        return InputKind::Pkcs7;
    }
    // A PFX is version 3 and then a PKCS#7 message, perhaps with indefinite lengths.
    let header = match der.get(1) {
        Some(0x80) => 2,
        Some(&first) if first > 0x80 => 2 + usize::from(first & 0x7F),
        _ => 2,
    };
    if der.get(header..header + 3) == Some(&[2, 1, 3]) && der.get(header + 3..).is_some_and(pkcs7::looks_like)
    {
        return InputKind::Pfx;
    }
    let members = |der: &[u8]| -> Result<Vec<u8>, CertError> {
        let mut outer = Reader::new(der, "the input").enter(tag::SEQUENCE)?;
        let mut tags = Vec::new();
        while !outer.is_empty() && tags.len() < 4 {
            tags.push(outer.next()?.tag);
        }
        Ok(tags)
    };
    let inner = |der: &[u8]| -> Result<Vec<u8>, CertError> {
        let first = Reader::new(der, "the input").enter(tag::SEQUENCE)?.next()?;
        members(first.whole)
    };
    match members(der).as_deref() {
        Ok([tag::SEQUENCE, tag::SEQUENCE, tag::BIT_STRING]) => match inner(der).as_deref() {
            Ok([tag::INTEGER, tag::SEQUENCE, tag::SEQUENCE, 0xA0]) => InputKind::Request,
            Ok([tag::INTEGER, tag::SEQUENCE, tag::SEQUENCE]) => InputKind::Request,
            // Version 1 of both begins alike; where a certificate has its validity, a list has a time.
            Ok([0xA0, ..] | [tag::INTEGER, tag::SEQUENCE, tag::SEQUENCE, tag::SEQUENCE]) => {
                InputKind::Certificate
            }
            Ok([tag::INTEGER, tag::SEQUENCE, tag::SEQUENCE, tag::UTC_TIME | tag::GENERALIZED_TIME]) => {
                InputKind::Crl
            }
            Ok([tag::SEQUENCE, ..]) => InputKind::Crl,
            _ => InputKind::Unknown,
        },
        Ok([tag::INTEGER, tag::SEQUENCE | tag::INTEGER | tag::OCTET_STRING, ..]) => InputKind::PrivateKey,
        Ok([tag::SEQUENCE, tag::OCTET_STRING]) => InputKind::PrivateKey,
        _ => InputKind::Unknown,
    }
}

fn is_base64(text: &[u8]) -> bool {
    let good =
        |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte) || byte.is_ascii_whitespace();
    text.iter().all(good)
}

/// The text as one byte a character: UTF-16 with or without mark is narrowed, a UTF-8 mark is dropped, white space in
/// front of text is skipped. Binary data stays as it is.
pub(crate) fn as_bytes(bytes: &[u8]) -> Cow<'_, [u8]> {
    let narrow = |units: &[u8], low: usize| {
        let unit = |pair: &[u8]| if pair[1 - low] == 0 { pair[low] } else { b'?' };
        Cow::Owned(units.chunks_exact(2).map(unit).collect::<Vec<u8>>())
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => narrow(rest, 0),
        [0xFE, 0xFF, rest @ ..] => narrow(rest, 1),
        [0xEF, 0xBB, 0xBF, rest @ ..] => Cow::Borrowed(rest),
        [first, 0, _, 0, ..] if first.is_ascii_graphic() && *first != tag::SEQUENCE => narrow(bytes, 0),
        [0, first, 0, _, ..] if first.is_ascii_graphic() => narrow(bytes, 1),
        [first, ..] if first.is_ascii_whitespace() => {
            Cow::Borrowed(&bytes[bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count()..])
        }
        _ => Cow::Borrowed(bytes),
    }
}
