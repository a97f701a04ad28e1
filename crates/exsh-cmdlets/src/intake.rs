//! How a certificate becomes a row of the state: the parsed facts beside its DER.
//!
//! It decides nothing about trust, services or names; whoever brings the certificate in says those.

use crate::rules::thumbprint;
use exsh_pki::{Certificate, PrivateKey};
use exsh_state::model::{CertificateRow, RootKind, ServerId, Services, TrustEntry, TrustKind, Version};
use exsh_state::{NewCertificate, SecretBytes};

/// A row for a certificate of `server` that came in at `now` (unix seconds); the rest is settled by the caller.
pub fn row(server: ServerId, certificate: &Certificate, now: i64) -> CertificateRow {
    let facts = certificate.facts();
    CertificateRow {
        server,
        thumbprint: thumbprint(facts.thumbprint),
        der: certificate.der().to_vec(),
        subject: facts.subject.clone(),
        issuer: facts.issuer.clone(),
        not_before: facts.not_before,
        not_after: facts.not_after,
        serial: facts.serial.clone(),
        key_kind: facts.key_kind.to_string(),
        key_bits: facts.key_bits,
        domains: facts.domains.clone(),
        friendly_name: String::new(),
        self_signed: facts.is_self_signed,
        root: RootKind::Unknown,
        exportable: false,
        has_private_key: false,
        pending_request: false,
        request_der: None,
        services: Services::NONE,
        created_at: now,
        version: Version(0),
    }
}

/// The row with its key, sealed by the state on its way in.
pub fn with_key(mut row: CertificateRow, key: Option<&PrivateKey>) -> NewCertificate {
    row.has_private_key = key.is_some();
    NewCertificate { row, key: key.map(|key| SecretBytes::new(key.pkcs8().to_vec())) }
}

/// An entry of a server's trust store.
pub fn trust_entry(server: ServerId, kind: TrustKind, certificate: &Certificate, now: i64) -> TrustEntry {
    TrustEntry {
        server: Some(server),
        kind,
        thumbprint: thumbprint(certificate.thumbprint()),
        der: certificate.der().to_vec(),
        subject: certificate.facts().subject.clone(),
        added_at: now,
    }
}
