//! PFX (PKCS#12) files: read in every kind seen in the field, written so that Windows, OpenSSL, Java and NSS read them.
//!
//! Decisions: a file without integrity check (no MAC) is read, and [`PfxContents::has_mac`] says so; keys and
//! certificates are linked by comparing public keys, never by identifiers alone; the friendly name is that of the
//! certificate's bag, because Windows writes container names on the key's.

mod read;
mod write;

use crate::certificate::Certificate;
use crate::private_key::PrivateKey;

pub use read::read_pfx;
pub use write::write_pfx;

/// What a PFX holds.
#[derive(Debug, Clone)]
pub struct PfxContents {
    /// Certificates with their private keys, in the file's order.
    pub entries: Vec<PfxEntry>,
    /// Certificates without a key: usually the chain.
    pub others: Vec<PfxCertificate>,
    /// Keys that belong to no certificate of the file, or that are of a kind nobody here knows.
    pub unmatched_keys: usize,
    /// Whether the file had an integrity check, which then was good.
    pub has_mac: bool,
}

/// A certificate with its key.
#[derive(Debug, Clone)]
pub struct PfxEntry {
    pub certificate: Certificate,
    pub friendly_name: Option<String>,
    pub key: PrivateKey,
}

/// A certificate without a key.
#[derive(Debug, Clone)]
pub struct PfxCertificate {
    pub certificate: Certificate,
    pub friendly_name: Option<String>,
}

/// How a written PFX is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PfxProtection {
    /// AES-256-CBC with PBKDF2-HMAC-SHA256 and a SHA-256 MAC. Needs Windows 10 1709 or Server 2019 to read.
    #[default]
    Aes256Sha256,
    /// PBE-SHA1-3DES and a SHA-1 MAC, for Server 2012 and 2016.
    TripleDesSha1,
}

/// What to write into a PFX.
pub struct PfxParts<'a> {
    pub certificate: &'a Certificate,
    /// `None` writes a PFX without key.
    pub key: Option<&'a PrivateKey>,
    /// Further certificates, usually the issuers.
    pub chain: &'a [Certificate],
    pub friendly_name: Option<&'a str>,
    pub password: &'a str,
    pub protection: PfxProtection,
}
