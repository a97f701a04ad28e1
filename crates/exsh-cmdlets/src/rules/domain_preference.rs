//! Which of the certificates for a domain would Exchange choose? The first row of `Get-ExchangeCertificate -DomainName`.
//!
//! Documented: it must have its key, carry the name, and be enabled for SMTP. The order among several is remembered,
//! not read (facts: output.md 7.2): a valid chain to an authority before self-signed, then the latest start.

use super::status::Judge;
use exsh_pki::{CertificateStatus, host_matches, is_wildcard};
use exsh_state::model::{CertificateRow, ServerId, Services};
use exsh_state::{Store, StoreError};

/// All certificates with a key that carry `name` or cover it with a wildcard, in the order they came in.
pub fn carrying(store: &dyn Store, server: ServerId, name: &str) -> Result<Vec<CertificateRow>, StoreError> {
    let name = name.trim().trim_end_matches('.');
    let mut rows = store.certificates_with_domain(server, name)?;
    if let Some((label, parent)) = name.split_once('.')
        && label != "*"
    {
        for row in store.certificates_with_domain(server, &format!("*.{parent}"))? {
            if !rows.iter().any(|known| known.thumbprint == row.thumbprint) {
                rows.push(row);
            }
        }
    }
    rows.retain(|row| row.has_private_key || row.pending_request);
    Ok(rows)
}

/// Puts the one to choose first.
pub fn sort(rows: &mut [CertificateRow], name: &str, judge: &Judge) {
    rows.sort_by_cached_key(|row| {
        let valid = judge.verdict(row).status == CertificateStatus::Valid;
        let exact = row.domains.iter().any(|d| !is_wildcard(d) && host_matches(d, name));
        let smtp = row.services.contains(Services::SMTP);
        std::cmp::Reverse((
            row.has_private_key && !row.pending_request,
            smtp,
            valid,
            !row.self_signed,
            exact,
            row.not_before,
        ))
    });
}
