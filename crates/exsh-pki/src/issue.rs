//! Making certificates: a template in the issuer's order of extensions, signed by its own key or by an authority's.

use crate::certificate::{Certificate, Extension, KeyUsage};
use crate::der::read::tag;
use crate::der::{oid, write};
use crate::error::CertError;
use crate::key::PublicKey;
use crate::name::Name;
use crate::private_key::PrivateKey;
use crate::san::{self, SanEntry};
use crate::sign;
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use sha1::{Digest, Sha1};

/// The hash under an RSA signature. ECDSA and Ed25519 keys take the hash that belongs to their curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureHash {
    Sha1,
    Sha256,
}

/// An extension to write. The order in a template is the order in the certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExtensionSpec {
    KeyUsage {
        usage: KeyUsage,
        critical: bool,
    },
    SubjectAltName(Vec<SanEntry>),
    /// Dotted OIDs.
    ExtendedKeyUsage(Vec<String>),
    BasicConstraints {
        is_ca: bool,
        path_length: Option<u32>,
        critical: bool,
    },
    /// `None` takes SHA-1 of the public key.
    SubjectKeyId(Option<Vec<u8>>),
    /// The issuer's subject key identifier, or SHA-1 of its public key.
    AuthorityKeyId,
    Raw(Extension),
}

/// What a new certificate says.
#[derive(Debug, Clone)]
pub struct CertificateTemplate {
    pub subject: Name,
    /// Unix seconds, UTC.
    pub not_before: i64,
    /// Unix seconds, UTC.
    pub not_after: i64,
    pub hash: SignatureHash,
    /// Big-endian; `None` takes 16 random bytes.
    pub serial: Option<Vec<u8>>,
    pub extensions: Vec<ExtensionSpec>,
}

impl CertificateTemplate {
    /// A certificate for `key`, signed by `key`.
    pub fn self_signed(&self, key: &PrivateKey) -> Result<Certificate, CertError> {
        self.make(key.spki(), &self.subject, &key_identifier(key.spki())?, key)
    }

    /// A certificate for the public key `spki`, signed by an authority. The key is checked to be the authority's.
    pub fn issued_by(
        &self,
        spki: &[u8],
        issuer: &Certificate,
        issuer_key: &PrivateKey,
    ) -> Result<Certificate, CertError> {
        if !issuer_key.matches(issuer) {
            return Err(CertError::KeyDoesNotMatch);
        }
        let identifier = match issuer.subject_key_id() {
            Some(identifier) => identifier.to_vec(),
            None => key_identifier(issuer.spki())?,
        };
        self.make(spki, issuer.subject(), &identifier, issuer_key)
    }

    fn make(
        &self,
        spki: &[u8],
        issuer: &Name,
        authority: &[u8],
        key: &PrivateKey,
    ) -> Result<Certificate, CertError> {
        let algorithm = sign::algorithm(key, self.hash)?;
        let serial = match &self.serial {
            Some(bytes) => bytes.clone(),
            None => random_serial()?,
        };
        let extensions = write_extensions(&self.extensions, spki, Some(authority))?;
        let version = if extensions.is_empty() { Vec::new() } else { write::context(0, &write::integer(2)) };
        let extensions = if extensions.is_empty() { extensions } else { write::context(3, &extensions) };
        let validity = write::sequence(&[&write::time(self.not_before), &write::time(self.not_after)]);
        let signed = write::sequence(&[
            &version,
            &write::unsigned(&serial),
            &algorithm,
            issuer.der(),
            &validity,
            self.subject.der(),
            spki,
            &extensions,
        ]);
        let signature = sign::sign(key, self.hash, &signed)?;
        Certificate::from_der(&write::sequence(&[&signed, &algorithm, &write::bits(&signature)]))
    }
}

/// The SEQUENCE of extensions, empty bytes without any.
pub(crate) fn write_extensions(
    specs: &[ExtensionSpec],
    spki: &[u8],
    authority: Option<&[u8]>,
) -> Result<Vec<u8>, CertError> {
    let mut all = Vec::new();
    for spec in specs {
        let (oid, critical, value) = match spec {
            ExtensionSpec::KeyUsage { usage, critical } => (oid::KEY_USAGE, *critical, key_usage(*usage)),
            ExtensionSpec::SubjectAltName(entries) => (oid::SUBJECT_ALT_NAME, false, san::write(entries)),
            ExtensionSpec::ExtendedKeyUsage(purposes) => {
                let encoded: Vec<Vec<u8>> = purposes.iter().filter_map(|p| write::oid_checked(p)).collect();
                (oid::EXTENDED_KEY_USAGE, false, write::tlv(tag::SEQUENCE, &encoded.concat()))
            }
            ExtensionSpec::BasicConstraints { is_ca, path_length, critical } => {
                let flag = if *is_ca { write::boolean_true() } else { Vec::new() };
                let length = path_length.map(|length| write::integer(length.into())).unwrap_or_default();
                (oid::BASIC_CONSTRAINTS, *critical, write::sequence(&[&flag, &length]))
            }
            ExtensionSpec::SubjectKeyId(identifier) => {
                let identifier = match identifier {
                    Some(identifier) => identifier.clone(),
                    None => key_identifier(spki)?,
                };
                (oid::SUBJECT_KEY_ID, false, write::octets(&identifier))
            }
            ExtensionSpec::AuthorityKeyId => {
                let identifier = write::context_primitive(0, authority.unwrap_or_default());
                (oid::AUTHORITY_KEY_ID, false, write::sequence(&[&identifier]))
            }
            ExtensionSpec::Raw(raw) => (raw.oid.as_str(), raw.critical, raw.der.clone()),
        };
        let flag = if critical { write::boolean_true() } else { Vec::new() };
        all.push(write::sequence(&[&write::oid(oid), &flag, &write::octets(&value)]));
    }
    Ok(if all.is_empty() { Vec::new() } else { write::tlv(tag::SEQUENCE, &all.concat()) })
}

/// Domain names as alternative names: addresses as addresses, everything else as DNS in its ASCII form.
pub(crate) fn alternative_names(domains: &[String]) -> Vec<SanEntry> {
    let entry = |name: &String| match name.parse() {
        Ok(address) => SanEntry::Ip(address),
        Err(_) => SanEntry::Dns(crate::host::to_ascii(name).into_owned()),
    };
    domains.iter().map(entry).collect()
}

/// RFC 5280 section 4.2.1.2 method 1: SHA-1 of the key bits.
pub(crate) fn key_identifier(spki: &[u8]) -> Result<Vec<u8>, CertError> {
    Ok(Sha1::digest(PublicKey::read(spki)?.key).to_vec())
}

/// 16 random bytes that stay 16 as a positive number, as in every certificate that Exchange makes.
fn random_serial() -> Result<Vec<u8>, CertError> {
    let mut bytes = vec![0; 16];
    let failed = |_| CertError::KeyNotGenerated { wanted: "random serial number".to_string() };
    SystemRandom::new().fill(&mut bytes).map_err(failed)?;
    bytes[0] = bytes[0] & 0x3F | 0x40;
    Ok(bytes)
}

fn key_usage(usage: KeyUsage) -> Vec<u8> {
    let mut bytes = [0u8; 2];
    for index in 0..9 {
        if usage.0 & 1 << index != 0 {
            bytes[index / 8] |= 0x80 >> (index % 8);
        }
    }
    write::named_bits(&bytes)
}
