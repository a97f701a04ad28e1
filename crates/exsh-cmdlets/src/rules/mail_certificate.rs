//! Which certificate do IMAP and POP present after their next restart?
//!
//! The service looks for the name in its settings (X509CertificateName). The certificate it has stays as long as it
//! carries or covers the name, has its key and is in date; otherwise the best one does: an exact name before a
//! wildcard, then as `domain_preference` orders. How the product breaks ties was never published.

use super::domain_preference;
use super::status::Judge;
use exsh_pki::host_matches;
use exsh_state::model::{
    Assignment, CertificateRow, Endpoint, MailProtocol, MailSettings, Server, ServerId, Thumbprint,
};
use exsh_state::{Change, Store, StoreError};

/// Both end points of a protocol; front and back end read the same settings.
pub const fn endpoints(protocol: MailProtocol) -> [Endpoint; 2] {
    match protocol {
        MailProtocol::Imap => [Endpoint::Imap, Endpoint::ImapBackEnd],
        MailProtocol::Pop => [Endpoint::Pop, Endpoint::PopBackEnd],
    }
}

/// The assignments that `settings` lead to; no change where they are as they should be. `now` is unix seconds.
/// For Set-ImapSettings and Set-PopSettings (with the settings about to be written), and before a service starts.
pub fn changes(store: &dyn Store, settings: &MailSettings, now: i64) -> Result<Vec<Change>, StoreError> {
    let mut changes = Vec::new();
    for endpoint in endpoints(settings.protocol) {
        let assignment = store.assignment(settings.server, endpoint)?;
        let chosen =
            choose(store, settings.server, &settings.x509_certificate_name, assignment.assigned, now)?;
        changes.extend(assign(&assignment, chosen));
    }
    Ok(changes)
}

/// As [`changes`], for both protocols of a server with the settings it has; when certificates came or went.
pub fn changes_for_server(store: &dyn Store, server: &Server, now: i64) -> Result<Vec<Change>, StoreError> {
    let mut all = Vec::new();
    for &protocol in MailProtocol::ALL {
        if let Some(settings) = store.mail_settings(server.id, protocol)? {
            all.extend(changes(store, &settings, now)?);
        }
    }
    Ok(all)
}

/// The assignments of a server once `gone` is not in its store any more.
pub fn changes_without(
    store: &dyn Store,
    server: &Server,
    gone: Thumbprint,
    now: i64,
) -> Result<Vec<Change>, StoreError> {
    let mut changes = Vec::new();
    for &protocol in MailProtocol::ALL {
        let Some(settings) = store.mail_settings(server.id, protocol)? else { continue };
        for endpoint in endpoints(protocol) {
            let assignment = store.assignment(server.id, endpoint)?;
            if assignment.assigned == Some(gone) {
                let next = best(store, server.id, &settings.x509_certificate_name, Some(gone), now)?;
                changes.extend(assign(&assignment, next));
            }
        }
    }
    Ok(changes)
}

/// The certificate for a name; nothing when none fits.
pub fn choose(
    store: &dyn Store,
    server: ServerId,
    name: &str,
    current: Option<Thumbprint>,
    now: i64,
) -> Result<Option<Thumbprint>, StoreError> {
    if let Some(current) = current
        && let Some(row) = store.certificate(server, &current)?
        && usable(&row, now)
        && row.domains.iter().any(|domain| host_matches(domain, name))
    {
        return Ok(Some(current));
    }
    best(store, server, name, None, now)
}

fn best(
    store: &dyn Store,
    server: ServerId,
    name: &str,
    without: Option<Thumbprint>,
    now: i64,
) -> Result<Option<Thumbprint>, StoreError> {
    if name.trim().is_empty() {
        return Ok(None);
    }
    let mut rows = domain_preference::carrying(store, server, name)?;
    rows.retain(|row| usable(row, now) && Some(row.thumbprint) != without);
    if rows.len() > 1 {
        let judge = Judge::load(store, server, now)?;
        domain_preference::sort(&mut rows, name, &judge);
    }
    Ok(rows.first().map(|row| row.thumbprint))
}

/// The change that makes an end point present `certificate`, if it does not already.
pub fn assign(assignment: &Assignment, certificate: Option<Thumbprint>) -> Option<Change> {
    (assignment.assigned != certificate).then_some(Change::Assign {
        server: assignment.server,
        endpoint: assignment.endpoint,
        read: assignment.version,
        certificate,
    })
}

fn usable(row: &CertificateRow, now: i64) -> bool {
    row.has_private_key && !row.pending_request && (row.not_before..=row.not_after).contains(&now)
}
