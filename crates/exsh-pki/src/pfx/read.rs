//! Reading a PFX through p12-keystore's archive, and linking keys with certificates.

use super::{PfxCertificate, PfxContents, PfxEntry};
use crate::certificate::Certificate;
use crate::der::ber;
use crate::der::read::{Reader, tag};
use crate::error::CertError;
use crate::input::{self, INPUT_LIMIT, InputKind};
use crate::pem;
use crate::private_key::PrivateKey;
use p12_keystore::Pkcs12Archive;
use p12_keystore::error::Error;

const WHAT: &str = "the PFX";

/// Opens a PFX (DER, or Base64 of it). [`CertError::WrongPassword`] is told apart from a damaged file wherever the
/// file has an integrity check; without one a wrong password and damage look the same and count as the former.
pub fn read_pfx(bytes: &[u8], password: &str) -> Result<PfxContents, CertError> {
    if bytes.len() > INPUT_LIMIT {
        return Err(CertError::TooLarge { bytes: bytes.len() });
    }
    let decoded = match input::sniff(bytes) {
        InputKind::Empty => return Err(CertError::Empty),
        InputKind::Base64 => pem::decode_base64(&input::as_bytes(bytes))?,
        InputKind::Pfx => bytes.to_vec(),
        _ => return Err(not_a_pfx()),
    };
    if input::sniff(&decoded) != InputKind::Pfx {
        return Err(not_a_pfx());
    }
    if password.chars().any(|c| u32::from(c) > 0xFFFF) {
        return Err(CertError::PasswordNotSupported);
    }
    let der = ber::to_definite(&decoded, WHAT)?;
    let has_mac = has_mac(&der)?;
    // The file as it is first: making lengths definite is only for those that need it.
    let archive = match Pkcs12Archive::from_pkcs12(&decoded, password) {
        Err(Error::DerError(_)) if der != decoded => Pkcs12Archive::from_pkcs12(&der, password),
        other => other,
    };
    link(archive.map_err(|error| translate(&error, has_mac))?, has_mac)
}

fn not_a_pfx() -> CertError {
    CertError::NotRecognized { expected: "a PFX" }
}

fn has_mac(der: &[u8]) -> Result<bool, CertError> {
    let mut outer = Reader::new(der, WHAT).enter(tag::SEQUENCE)?;
    outer.expect(tag::INTEGER)?;
    outer.expect(tag::SEQUENCE)?;
    Ok(!outer.is_empty())
}

fn translate(error: &Error, has_mac: bool) -> CertError {
    match error {
        Error::MacError(_) | Error::UnpadError | Error::Pkcs5Error(_) => CertError::WrongPassword,
        Error::UnsupportedEncryptionScheme => {
            CertError::NotSupported { what: "the encryption of this PFX".to_string() }
        }
        Error::UnsupportedMacAlgorithm => {
            CertError::NotSupported { what: "the integrity check of this PFX".to_string() }
        }
        Error::UnsupportedContentType | Error::InvalidVersion => CertError::NotSupported {
            what: "this kind of PFX (public-key protection or an old version)".to_string(),
        },
        _ if !has_mac => CertError::WrongPassword,
        _ => CertError::Malformed { what: WHAT, at: 0 },
    }
}

fn link(archive: Pkcs12Archive, has_mac: bool) -> Result<PfxContents, CertError> {
    let mut keys: Vec<Option<PrivateKey>> = Vec::new();
    let mut unmatched_keys = 0;
    for bag in &archive.keys {
        match PrivateKey::from_pkcs8(bag.key.as_der()) {
            Ok(key) => keys.push(Some(key)),
            Err(_) => unmatched_keys += 1,
        }
    }
    let mut contents = PfxContents { entries: Vec::new(), others: Vec::new(), unmatched_keys, has_mac };
    let mut seen = Vec::new();
    for bag in &archive.certs {
        let certificate = Certificate::from_der(bag.cert.as_der())?;
        if seen.contains(&certificate.thumbprint()) {
            continue;
        }
        seen.push(certificate.thumbprint());
        let name = bag.friendly_name.as_deref().map(|name| name.trim_end_matches('\0'));
        let friendly_name = name.filter(|name| !name.is_empty()).map(str::to_string);
        let key = keys.iter().flatten().find(|key| key.matches(&certificate)).cloned();
        match key {
            Some(key) => contents.entries.push(PfxEntry { certificate, friendly_name, key }),
            None => contents.others.push(PfxCertificate { certificate, friendly_name }),
        }
    }
    let is_used = |key: &PrivateKey| contents.entries.iter().any(|entry| key.matches(&entry.certificate));
    contents.unmatched_keys += keys.iter().flatten().filter(|key| !is_used(key)).count();
    Ok(contents)
}
