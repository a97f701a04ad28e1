//! From DER to the parsed form. x509-parser reads the frame; the extensions that matter are read with our own reader,
//! because their order and raw values are kept.

use super::{BasicConstraints, CertificateFacts, Extension, KeyUsage, Parsed};
use crate::der::oid;
use crate::der::read::{Reader, tag};
use crate::error::CertError;
use crate::host::is_legal_domain;
use crate::key::PublicKey;
use crate::name::Name;
use crate::san::{self, SanEntry};
use crate::thumbprint::Thumbprint;
use crate::verify::Verdict;
use x509_parser::certificate::X509CertificateParser;
use x509_parser::nom::Parser;

const WHAT: &str = "the certificate";

/// Critical extensions that do not make a certificate invalid: RFC 5280's own, and Microsoft's application policies.
pub(super) const UNDERSTOOD: [&str; 17] = [
    oid::SUBJECT_KEY_ID,
    oid::KEY_USAGE,
    oid::SUBJECT_ALT_NAME,
    oid::BASIC_CONSTRAINTS,
    oid::AUTHORITY_KEY_ID,
    oid::EXTENDED_KEY_USAGE,
    "2.5.29.18",
    "2.5.29.30",
    "2.5.29.31",
    "2.5.29.32",
    "2.5.29.33",
    "2.5.29.36",
    "2.5.29.54",
    "1.3.6.1.5.5.7.1.1",
    "1.3.6.1.5.5.7.1.24",
    "1.3.6.1.4.1.311.21.10",
    "2.16.840.1.113730.1.1",
];

pub(super) fn parse(der: &[u8]) -> Result<Parsed, CertError> {
    // The frame first, so that a cut or damaged file is told apart from one that is something else.
    let mut outer = Reader::new(der, WHAT);
    if outer.peek() != Some(tag::SEQUENCE) {
        return Err(CertError::NotRecognized { expected: "a certificate" });
    }
    let whole = outer.next()?;
    if !outer.is_empty() {
        return Err(CertError::Malformed { what: WHAT, at: whole.whole.len() });
    }
    let (tbs, spki) = locate(der)?;
    let (_, certificate) = X509CertificateParser::new()
        .with_deep_parse_extensions(false)
        .parse(der)
        .map_err(|_| CertError::Malformed { what: WHAT, at: tbs.start })?;

    let inside = &certificate.tbs_certificate;
    let subject = Name::from_der(inside.subject.as_raw());
    let issuer = Name::from_der(inside.issuer.as_raw());
    let extensions: Vec<Extension> = inside
        .extensions()
        .iter()
        .map(|e| Extension { oid: e.oid.to_id_string(), critical: e.critical, der: e.value.to_vec() })
        .collect();
    let public = PublicKey::read(&der[spki.clone()])?;
    let serial = inside.raw_serial().to_vec();
    let find = |wanted: &str| extensions.iter().find(|e| e.oid == wanted).map(|e| e.der.as_slice());
    let mut broken_extension = None;
    let mut note = |oid: &str| broken_extension = Some(oid.to_string());
    let san = find(oid::SUBJECT_ALT_NAME).map(san::read).unwrap_or_default();
    let key_usage = find(oid::KEY_USAGE).and_then(|der| read_or(key_usage(der), || note(oid::KEY_USAGE)));
    let extended_key_usage = find(oid::EXTENDED_KEY_USAGE)
        .and_then(|der| read_or(extended_key_usage(der), || note(oid::EXTENDED_KEY_USAGE)));
    let basic_constraints = find(oid::BASIC_CONSTRAINTS)
        .and_then(|der| read_or(basic_constraints(der), || note(oid::BASIC_CONSTRAINTS)));
    let subject_key_id =
        find(oid::SUBJECT_KEY_ID).and_then(|der| Reader::new(der, WHAT).expect(tag::OCTET_STRING).ok());
    let subject_key_id = subject_key_id.map(|tlv| tlv.content.to_vec());
    let authority_key_id = find(oid::AUTHORITY_KEY_ID).and_then(authority_key_id);
    let common_name = subject.common_name();
    let signature_oid = certificate.signature_algorithm.algorithm.to_id_string();

    let facts = CertificateFacts {
        thumbprint: Thumbprint::of(der),
        serial: hex(&serial),
        subject: subject.as_str().to_string(),
        issuer: issuer.as_str().to_string(),
        domains: domains(&san, common_name.as_deref()),
        common_name,
        not_before: inside.validity.not_before.timestamp(),
        not_after: inside.validity.not_after.timestamp(),
        version: inside.version.0 + 1,
        key_kind: public.kind,
        key_bits: public.bits,
        signature_name: oid::signature_name(&signature_oid).to_string(),
        signature_oid,
        is_self_signed: false,
        is_ca: basic_constraints.is_some_and(|constraints| constraints.is_ca),
    };
    let mut parsed = Parsed {
        der: der.to_vec(),
        facts,
        serial,
        spki: der[spki].to_vec(),
        tbs,
        signature_parameters: parameters(&certificate.signature_algorithm),
        signature: certificate.signature_value.data.to_vec(),
        algorithms_differ: inside.signature != certificate.signature_algorithm,
        extensions,
        san,
        key_usage,
        extended_key_usage,
        basic_constraints,
        subject_key_id,
        authority_key_id,
        broken_extension,
        subject,
        issuer,
    };
    parsed.facts.is_self_signed = parsed.subject.der() == parsed.issuer.der()
        && matches!(parsed.signed_by(&parsed.spki), Verdict::Good | Verdict::Unsupported);
    Ok(parsed)
}

/// Where the signed part and the public key lie.
fn locate(der: &[u8]) -> Result<(std::ops::Range<usize>, std::ops::Range<usize>), CertError> {
    let range = |tlv: &crate::der::read::Tlv<'_>| {
        let header = tlv.whole.len() - tlv.content.len();
        tlv.at - header..tlv.at + tlv.content.len()
    };
    let mut outer = Reader::new(der, WHAT).enter(tag::SEQUENCE)?;
    let tbs = outer.expect(tag::SEQUENCE)?;
    let mut inside = outer.inside(tbs);
    inside.optional(0xA0)?;
    inside.expect(tag::INTEGER)?;
    for _ in 0..4 {
        inside.expect(tag::SEQUENCE)?;
    }
    let spki = inside.expect(tag::SEQUENCE)?;
    Ok((range(&tbs), range(&spki)))
}

fn read_or<T>(value: Result<T, CertError>, broken: impl FnOnce()) -> Option<T> {
    value.map_err(|_| broken()).ok()
}

fn domains(san: &[SanEntry], common_name: Option<&str>) -> Vec<String> {
    let mut domains: Vec<String> = Vec::new();
    let dns = san.iter().filter_map(|entry| match entry {
        SanEntry::Dns(name) if !name.is_empty() => Some(name.as_str()),
        _ => None,
    });
    for name in dns.chain(common_name.filter(|name| is_legal_domain(name))) {
        if !domains.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            domains.push(name.to_string());
        }
    }
    domains
}

fn key_usage(der: &[u8]) -> Result<KeyUsage, CertError> {
    let bits = Reader::new(der, WHAT).expect(tag::BIT_STRING)?.content;
    let bytes = bits.get(1..).unwrap_or_default();
    let bit = |index: usize| bytes.get(index / 8).is_some_and(|byte| byte & (0x80 >> (index % 8)) != 0);
    Ok(KeyUsage((0..9).filter(|&index| bit(index)).fold(0, |sum, index| sum | 1 << index)))
}

fn extended_key_usage(der: &[u8]) -> Result<Vec<String>, CertError> {
    let mut list = Reader::new(der, WHAT).enter(tag::SEQUENCE)?;
    let mut purposes = Vec::new();
    while !list.is_empty() {
        let purpose = list.expect(tag::OID)?;
        purposes.push(oid::dotted(purpose.content).ok_or_else(|| list.malformed())?);
    }
    Ok(purposes)
}

fn basic_constraints(der: &[u8]) -> Result<BasicConstraints, CertError> {
    let mut parts = Reader::new(der, WHAT).enter(tag::SEQUENCE)?;
    let is_ca = parts.optional(tag::BOOLEAN)?.is_some_and(|tlv| tlv.content != [0]);
    let length = |tlv: crate::der::read::Tlv<'_>| {
        tlv.content.iter().fold(0u32, |sum, &byte| sum.saturating_mul(256).saturating_add(u32::from(byte)))
    };
    let path_length = parts.optional(tag::INTEGER)?.map(length);
    Ok(BasicConstraints { is_ca, path_length })
}

fn authority_key_id(der: &[u8]) -> Option<Vec<u8>> {
    let mut parts = Reader::new(der, WHAT).enter(tag::SEQUENCE).ok()?;
    parts.optional(0x80).ok()?.map(|tlv| tlv.content.to_vec())
}

/// Parameters of an algorithm as content bytes, enough to find the hash of RSASSA-PSS.
pub(crate) fn parameters(algorithm: &x509_parser::x509::AlgorithmIdentifier<'_>) -> Vec<u8> {
    algorithm.parameters.as_ref().map(|any| any.data.to_vec()).unwrap_or_default()
}

/// Upper-case hex. A leading zero byte that only keeps the number positive is shown, because .NET shows the integer's
/// content bytes as they are (TbsCertificateAsn.xml of dotnet/runtime takes the serial number as raw memory).
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}
