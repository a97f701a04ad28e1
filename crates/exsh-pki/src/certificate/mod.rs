//! One certificate, parsed once: its DER and what it says.
//!
//! It decides nothing about trust or time. Names of services, friendly names and key storage are store matters and
//! unknown here.

mod parse;

pub(crate) use parse::parameters;

use crate::error::CertError;
use crate::key::KeyKind;
use crate::name::Name;
use crate::pem;
use crate::private_key::PrivateKey;
use crate::san::SanEntry;
use crate::thumbprint::Thumbprint;
use crate::verify::{self, Verdict};
use std::fmt;
use std::sync::Arc;

/// A parsed certificate with its DER. Cheap to clone.
#[derive(Clone)]
pub struct Certificate(Arc<Parsed>);

/// What lists, tables and columns need, as plain data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFacts {
    pub thumbprint: Thumbprint,
    /// Upper-case hex without separators, two digits for each byte of the DER integer.
    pub serial: String,
    /// .NET's text and order.
    pub subject: String,
    pub issuer: String,
    pub common_name: Option<String>,
    /// Exchange's CertificateDomains.
    pub domains: Vec<String>,
    /// Unix seconds, UTC.
    pub not_before: i64,
    /// Unix seconds, UTC.
    pub not_after: i64,
    /// 1 or 3 (2 was never used).
    pub version: u32,
    pub key_kind: KeyKind,
    pub key_bits: u32,
    /// Dotted OID.
    pub signature_oid: String,
    /// Windows' name, for example `sha256RSA`; the OID where it has none.
    pub signature_name: String,
    pub is_self_signed: bool,
    pub is_ca: bool,
}

/// An extension as it stands in the certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// Dotted OID.
    pub oid: String,
    pub critical: bool,
    /// The extension's value (inside of the OCTET STRING).
    pub der: Vec<u8>,
}

/// The key usage bits; bit 0 is digitalSignature, bit 8 is decipherOnly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyUsage(pub u16);

impl KeyUsage {
    pub const DIGITAL_SIGNATURE: Self = Self(1);
    pub const KEY_ENCIPHERMENT: Self = Self(1 << 2);
    pub const DATA_ENCIPHERMENT: Self = Self(1 << 3);
    pub const KEY_CERT_SIGN: Self = Self(1 << 5);
    pub const CRL_SIGN: Self = Self(1 << 6);

    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasicConstraints {
    pub is_ca: bool,
    /// How many further authorities may stand below.
    pub path_length: Option<u32>,
}

struct Parsed {
    der: Vec<u8>,
    facts: CertificateFacts,
    subject: Name,
    issuer: Name,
    serial: Vec<u8>,
    spki: Vec<u8>,
    /// Where the signed part lies in `der`.
    tbs: std::ops::Range<usize>,
    /// DER of the signature algorithm's parameters.
    signature_parameters: Vec<u8>,
    signature: Vec<u8>,
    /// The algorithm named inside differs from the one outside, which no honest issuer writes.
    algorithms_differ: bool,
    extensions: Vec<Extension>,
    san: Vec<SanEntry>,
    key_usage: Option<KeyUsage>,
    extended_key_usage: Option<Vec<String>>,
    basic_constraints: Option<BasicConstraints>,
    subject_key_id: Option<Vec<u8>>,
    authority_key_id: Option<Vec<u8>>,
    broken_extension: Option<String>,
}

impl Certificate {
    /// Parses exactly one certificate in DER.
    pub fn from_der(der: &[u8]) -> Result<Self, CertError> {
        parse::parse(der).map(|parsed| Self(Arc::new(parsed)))
    }

    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// PEM with `\n` line ends.
    pub fn to_pem(&self) -> String {
        pem::encode_pem("CERTIFICATE", self.der(), "\n")
    }

    pub fn facts(&self) -> &CertificateFacts {
        &self.0.facts
    }

    pub fn thumbprint(&self) -> Thumbprint {
        self.0.facts.thumbprint
    }

    pub fn subject(&self) -> &Name {
        &self.0.subject
    }

    pub fn issuer(&self) -> &Name {
        &self.0.issuer
    }

    /// The serial number's bytes as in the DER integer.
    pub fn serial_bytes(&self) -> &[u8] {
        &self.0.serial
    }

    /// Unix seconds, UTC.
    pub fn not_before(&self) -> i64 {
        self.0.facts.not_before
    }

    /// Unix seconds, UTC.
    pub fn not_after(&self) -> i64 {
        self.0.facts.not_after
    }

    /// SubjectPublicKeyInfo in DER.
    pub fn spki(&self) -> &[u8] {
        &self.0.spki
    }

    pub fn san(&self) -> &[SanEntry] {
        &self.0.san
    }

    /// Exchange's CertificateDomains: the DNS names of the SAN in their order, then the common name when it is a
    /// legal domain name that is not among them (facts: output.md 1.3).
    pub fn domains(&self) -> &[String] {
        &self.0.facts.domains
    }

    /// Whether one of the domains covers `host`, wildcards included.
    pub fn covers(&self, host: &str) -> bool {
        self.domains().iter().any(|domain| crate::host::host_matches(domain, host))
    }

    pub fn extensions(&self) -> &[Extension] {
        &self.0.extensions
    }

    pub fn key_usage(&self) -> Option<KeyUsage> {
        self.0.key_usage
    }

    /// Dotted OIDs in their order; `None` without the extension.
    pub fn extended_key_usage(&self) -> Option<&[String]> {
        self.0.extended_key_usage.as_deref()
    }

    pub fn basic_constraints(&self) -> Option<BasicConstraints> {
        self.0.basic_constraints
    }

    pub fn subject_key_id(&self) -> Option<&[u8]> {
        self.0.subject_key_id.as_deref()
    }

    pub fn authority_key_id(&self) -> Option<&[u8]> {
        self.0.authority_key_id.as_deref()
    }

    /// Subject and issuer are the same and the own key signed it. A signature whose algorithm cannot be checked here
    /// (MD5, odd key sizes) is believed, because the names already say so.
    pub fn is_self_signed(&self) -> bool {
        self.0.facts.is_self_signed
    }

    /// The connectors' way to name a certificate: `<I>issuer<S>subject`.
    pub fn tls_name(&self) -> String {
        format!("<I>{}<S>{}", self.issuer(), self.subject())
    }

    /// Whether `issuer`'s key made the signature.
    pub(crate) fn signed_by(&self, issuer: &Certificate) -> Verdict {
        self.0.signed_by(issuer.spki())
    }

    /// A critical extension nobody here understands, or an extension that cannot be read.
    pub(crate) fn unusable_extension(&self) -> Option<&str> {
        self.0.broken_extension.as_deref().or_else(|| {
            let unknown = |e: &&Extension| e.critical && !parse::UNDERSTOOD.contains(&e.oid.as_str());
            self.0.extensions.iter().find(unknown).map(|e| e.oid.as_str())
        })
    }

    /// Whether the certificate belongs to the key.
    pub fn belongs_to(&self, key: &PrivateKey) -> bool {
        key.matches(self)
    }
}

impl Parsed {
    fn signed_by(&self, spki: &[u8]) -> Verdict {
        if self.algorithms_differ {
            return Verdict::Bad;
        }
        let signed = &self.der[self.tbs.clone()];
        verify::verify(spki, &self.facts.signature_oid, &self.signature_parameters, signed, &self.signature)
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.0.der == other.0.der
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({} {:?})", self.thumbprint(), self.subject().as_str())
    }
}
