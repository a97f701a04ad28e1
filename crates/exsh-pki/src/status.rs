//! The words of a judgement: Exchange's Status and RootCAType, and what led to them.

use crate::certificate::Certificate;
use crate::thumbprint::Thumbprint;
use std::fmt;

/// Exchange's Status. Names as documented; the number of Valid is captured, the others follow the documented order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum CertificateStatus {
    Unknown = 0,
    Valid = 1,
    Revoked = 2,
    DateInvalid = 3,
    Untrusted = 4,
    Invalid = 5,
    RevocationCheckFailure = 6,
    PendingRequest = 7,
}

/// Exchange's RootCAType. None and Registry have captured numbers, the others follow the documented order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum RootCaType {
    None = 0,
    ThirdParty = 1,
    Enterprise = 2,
    Registry = 3,
    GroupPolicy = 4,
    Unknown = 5,
}

/// The result of [`crate::TrustStore::judge`].
#[derive(Debug, Clone)]
pub struct Judgement {
    pub status: CertificateStatus,
    /// What kind of root ended the chain.
    pub root: RootCaType,
    /// The certificate itself first, then its issuers as far as they were found, the anchor last.
    pub chain: Vec<Certificate>,
    /// Everything that was found, the reason of the status first.
    pub problems: Vec<Problem>,
}

/// Something that speaks against a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The signature is not the issuer's.
    BadSignature {
        of: Thumbprint,
    },
    /// A critical extension that nobody here understands, or one that cannot be read.
    UnusableExtension {
        of: Thumbprint,
        oid: String,
    },
    /// A certificate or revocation list names it as revoked.
    Revoked {
        of: Thumbprint,
    },
    /// The chain ends at a certificate whose issuer is not known.
    IssuerUnknown {
        issuer: String,
    },
    /// The chain ends at a self-signed certificate that is no trusted root.
    RootNotTrusted {
        of: Thumbprint,
    },
    /// The signature's algorithm or key size cannot be checked here.
    SignatureNotChecked {
        of: Thumbprint,
    },
    NotYetValid {
        of: Thumbprint,
        not_before: i64,
    },
    Expired {
        of: Thumbprint,
        not_after: i64,
    },
    /// Checking is switched on and there is no revocation list of that issuer that is in force.
    NoRevocationList {
        issuer: String,
    },
    /// Signed with SHA-1. A remark: it does not change the status, because Exchange's own certificates are.
    Sha1Signature {
        of: Thumbprint,
    },
}

impl Judgement {
    /// A request that waits for its certificate.
    pub fn pending_request() -> Self {
        Self {
            status: CertificateStatus::PendingRequest,
            root: RootCaType::Unknown,
            chain: Vec::new(),
            problems: Vec::new(),
        }
    }
}

impl CertificateStatus {
    pub const ALL: [Self; 8] = [
        Self::Unknown,
        Self::Valid,
        Self::Revoked,
        Self::DateInvalid,
        Self::Untrusted,
        Self::Invalid,
        Self::RevocationCheckFailure,
        Self::PendingRequest,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "Unknown",
            Self::Valid => "Valid",
            Self::Revoked => "Revoked",
            Self::DateInvalid => "DateInvalid",
            Self::Untrusted => "Untrusted",
            Self::Invalid => "Invalid",
            Self::RevocationCheckFailure => "RevocationCheckFailure",
            Self::PendingRequest => "PendingRequest",
        }
    }
}

impl RootCaType {
    pub const ALL: [Self; 6] =
        [Self::None, Self::ThirdParty, Self::Enterprise, Self::Registry, Self::GroupPolicy, Self::Unknown];

    pub fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::ThirdParty => "ThirdParty",
            Self::Enterprise => "Enterprise",
            Self::Registry => "Registry",
            Self::GroupPolicy => "GroupPolicy",
            Self::Unknown => "Unknown",
        }
    }
}

impl fmt::Display for CertificateStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for RootCaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadSignature { of } => write!(f, "the signature of {of} does not match its issuer's key"),
            Self::UnusableExtension { of, oid } => {
                write!(f, "{of} has the critical or damaged extension {oid}, which cannot be honoured")
            }
            Self::Revoked { of } => write!(f, "{of} is revoked by its issuer"),
            Self::IssuerUnknown { issuer } => write!(f, "the issuer {issuer} is not known"),
            Self::RootNotTrusted { of } => write!(f, "the root {of} is not trusted"),
            Self::SignatureNotChecked { of } => {
                write!(f, "the signature of {of} uses an algorithm or key size that cannot be checked")
            }
            Self::NotYetValid { of, .. } => write!(f, "{of} is not valid yet"),
            Self::Expired { of, .. } => write!(f, "{of} has expired"),
            Self::NoRevocationList { issuer } => write!(f, "there is no current revocation list of {issuer}"),
            Self::Sha1Signature { of } => write!(f, "{of} is signed with SHA-1"),
        }
    }
}
