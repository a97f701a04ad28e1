//! Certificates, keys, requests, PFX files, chains and Status, free of shell types and of the state.
//!
//! The crate decides what a certificate *is* and whether it can be trusted at a given moment. It refuses to know
//! where certificates are stored, which service uses one, what an operator is asked, and what time it is:
//! the moment always comes in as unix seconds (UTC).
//!
//! | question | type |
//! |---|---|
//! | what does this file hold? | [`sniff`], [`read_certificates`], [`read_pfx`] |
//! | what does the certificate say? | [`Certificate`], [`CertificateFacts`] |
//! | is it good now? | [`TrustStore::judge`] giving a [`Judgement`] |
//! | make one | [`SelfSigned`], [`CertificateTemplate`], [`RequestTemplate`] |
//! | give it away | [`write_pfx`], [`Certificate::to_pem`] |

mod certificate;
mod chain;
mod crl;
mod der;
mod error;
mod host;
mod input;
mod issue;
mod key;
mod name;
mod pem;
mod pfx;
mod pkcs7;
mod private_key;
mod request;
mod san;
mod selfsigned;
mod sign;
mod status;
mod thumbprint;
mod time;
mod verify;

pub use certificate::{BasicConstraints, Certificate, CertificateFacts, Extension, KeyUsage};
pub use chain::{RevocationPolicy, StatusPolicy, TrustStore};
pub use crl::Crl;
pub use error::CertError;
pub use host::{host_matches, is_fqdn, is_legal_domain, is_wildcard};
pub use input::{INPUT_LIMIT, InputKind, read_certificates, sniff};
pub use issue::{CertificateTemplate, ExtensionSpec, SignatureHash};
pub use key::{Curve, KeyKind, KeySpec};
pub use name::{Name, NameError, StringForm};
pub use pem::{decode_base64, encode_base64, encode_pem};
pub use pfx::{PfxCertificate, PfxContents, PfxEntry, PfxParts, PfxProtection, read_pfx, write_pfx};
pub use pkcs7::write_pkcs7;
pub use private_key::PrivateKey;
pub use request::{CertificateRequest, EnrollmentClient, RequestTemplate};
pub use san::SanEntry;
pub use selfsigned::{ExtensionLayout, SelfSigned};
pub use status::{CertificateStatus, Judgement, Problem, RootCaType};
pub use thumbprint::{Thumbprint, ThumbprintError};
pub use time::{add_calendar_years, civil_from_unix, unix_from_civil};
