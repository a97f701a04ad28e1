//! A certificate of one server: its bytes, and beside them what lists and filters need without parsing.

use std::fmt;
use std::ops::{BitOr, BitOrAssign};

use super::{ServerId, Version, spelled};

/// SHA-1 of the DER, the name by which operators call a certificate. Shown as 40 upper-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Thumbprint(pub [u8; 20]);

impl Thumbprint {
    /// Takes exactly 20 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Thumbprint> {
        bytes.try_into().ok().map(Thumbprint)
    }

    /// Takes exactly 40 hex digits of either case; cleaning what an operator typed is the caller's work.
    pub fn from_hex(text: &str) -> Option<Thumbprint> {
        let text = text.as_bytes();
        if text.len() != 40 {
            return None;
        }
        let mut bytes = [0u8; 20];
        for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
            let high = char::from(pair[0]).to_digit(16)?;
            let low = char::from(pair[1]).to_digit(16)?;
            *byte = (high * 16 + low) as u8;
        }
        Some(Thumbprint(bytes))
    }
}

impl fmt::Display for Thumbprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02X}"))
    }
}

impl fmt::Debug for Thumbprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// AllowedServices as flags; the numbers are the reference's (captured: 1, 2, 8, 16; inferred: 4, 32, 64).
///
/// The state only ever adds flags to a certificate. Which flags are stored and which a rule computes at reading
/// (IIS from site bindings, IMAP and POP by name) is the rules' decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Services(pub u32);

impl Services {
    pub const NONE: Services = Services(0);
    pub const IMAP: Services = Services(1);
    pub const POP: Services = Services(2);
    pub const UM: Services = Services(4);
    pub const IIS: Services = Services(8);
    pub const SMTP: Services = Services(16);
    pub const FEDERATION: Services = Services(32);
    pub const UM_CALL_ROUTER: Services = Services(64);

    pub const fn contains(self, other: Services) -> bool {
        self.0 & other.0 == other.0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl BitOr for Services {
    type Output = Services;
    fn bitor(self, other: Services) -> Services {
        Services(self.0 | other.0)
    }
}

impl BitOrAssign for Services {
    fn bitor_assign(&mut self, other: Services) {
        self.0 |= other.0;
    }
}

spelled! {
    /// RootCAType as it was when the certificate came in; a rule may judge anew from the trust entries.
    pub enum RootKind {
        None = "None",
        ThirdParty = "ThirdParty",
        Enterprise = "Enterprise",
        Registry = "Registry",
        GroupPolicy = "GroupPolicy",
        Unknown = "Unknown",
    }
}

/// One certificate in the store of one server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateRow {
    pub server: ServerId,
    pub thumbprint: Thumbprint,
    pub der: Vec<u8>,
    /// In .NET's form and order: `CN=mail.contoso.com, O=Contoso`.
    pub subject: String,
    pub issuer: String,
    /// Unix seconds, UTC.
    pub not_before: i64,
    pub not_after: i64,
    /// Upper-case hex as shown, leading zeros kept.
    pub serial: String,
    /// `RSA`, `ECDSA P-256` …; whoever parsed the certificate words it.
    pub key_kind: String,
    pub key_bits: u32,
    /// CertificateDomains, in the order they are shown.
    pub domains: Vec<String>,
    pub friendly_name: String,
    pub self_signed: bool,
    pub root: RootKind,
    pub exportable: bool,
    /// Set by the store: whether a sealed private key lies beside the row.
    pub has_private_key: bool,
    /// A PKCS#10 request that waits for its certificate; `der` then holds its stand-in certificate.
    pub pending_request: bool,
    pub request_der: Option<Vec<u8>>,
    pub services: Services,
    /// Unix seconds, UTC, by the caller's clock.
    pub created_at: i64,
    pub version: Version,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thumbprint_reads_both_cases_and_shows_upper_case() {
        let text = "c3edcf181ef4f9b53d01768eca99564014bca6e7";
        assert_eq!(Thumbprint::from_hex(text).unwrap().to_string(), text.to_uppercase());
        assert_eq!(Thumbprint::from_hex(&text[1..]), None);
        assert_eq!(Thumbprint::from_hex(&text.replace('c', "ä")), None);
        assert_eq!(Thumbprint::from_hex("+3edcf181ef4f9b53d01768eca99564014bca6e7"), None);
    }
}
