//! PKCS#7 as a bag of certificates (`.p7b`): the degenerate SignedData that certification authorities answer with.

use crate::certificate::Certificate;
use crate::der::read::{Reader, tag};
use crate::der::{ber, oid, write};
use crate::error::CertError;

const WHAT: &str = "the PKCS#7 message";

/// All certificates of a message, in its order. Signatures inside are not looked at.
pub(crate) fn read(der: &[u8]) -> Result<Vec<Certificate>, CertError> {
    let definite = ber::to_definite(der, WHAT)?;
    let mut info = Reader::new(&definite, WHAT).enter(tag::SEQUENCE)?;
    let kind = oid::dotted(info.expect(tag::OID)?.content).ok_or_else(|| info.malformed())?;
    if kind != oid::PKCS7_SIGNED {
        return Err(CertError::NotSupported { what: format!("a PKCS#7 message of kind {kind}") });
    }
    let mut signed = info.enter(0xA0)?.enter(tag::SEQUENCE)?;
    signed.expect(tag::INTEGER)?;
    signed.expect(tag::SET)?;
    signed.expect(tag::SEQUENCE)?;
    let mut found = Vec::new();
    if let Some(set) = signed.optional(0xA0)? {
        let mut members = signed.inside(set);
        while !members.is_empty() {
            let member = members.next()?;
            // Other kinds of certificate (attribute certificates) carry context tags.
            if member.tag == tag::SEQUENCE {
                found.push(Certificate::from_der(member.whole)?);
            }
        }
    }
    if found.is_empty() { Err(CertError::NoCertificate) } else { Ok(found) }
}

/// Whether the DER or BER looks like a PKCS#7 message: a SEQUENCE that begins with an OID of its arc.
pub(crate) fn looks_like(der: &[u8]) -> bool {
    let arc = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07];
    der.first() == Some(&tag::SEQUENCE) && (1..=6).any(|skip| der.get(skip..skip + arc.len()) == Some(&arc))
}

/// A degenerate SignedData with the given certificates, in DER.
pub fn write_pkcs7(certificates: &[Certificate]) -> Vec<u8> {
    let all: Vec<&[u8]> = certificates.iter().map(Certificate::der).collect();
    let empty_set = write::tlv(tag::SET, &[]);
    let signed = write::sequence(&[
        &write::integer(1),
        &empty_set,
        &write::sequence(&[&write::oid(oid::PKCS7_DATA)]),
        &write::context(0, &all.concat()),
        &empty_set,
    ]);
    write::sequence(&[&write::oid(oid::PKCS7_SIGNED), &write::context(0, &signed)])
}
