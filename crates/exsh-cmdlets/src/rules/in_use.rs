//! Which certificate does each service use now, and which one after its next restart? Plain rows for `exsh status`.

use super::domain_preference;
use super::status::Judge;
use super::unified_messaging;
use exsh_state::model::{CertificateRow, Endpoint, Server, ServiceStatus, Services, Thumbprint};
use exsh_state::{Store, StoreError};

/// One place where a certificate is presented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceUse {
    pub server: String,
    /// `IIS`, `IMAP`, `SMTP` …: the flag's own name.
    pub service: &'static str,
    /// What exactly: `Default Web Site`, `internal transport`, `ex01.contoso.com`.
    pub place: String,
    /// The Windows service that loads it.
    pub windows_service: &'static str,
    pub running: bool,
    /// What is presented now; nothing while the service is stopped.
    pub now: Option<Used>,
    /// What is presented after the next start.
    pub after_restart: Option<Used>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    pub thumbprint: Thumbprint,
    /// Nothing when the certificate was removed since.
    pub subject: Option<String>,
    /// Unix seconds, UTC.
    pub not_after: Option<i64>,
    /// The Status' word; `Removed` when it is not in the store any more.
    pub status: &'static str,
}

impl ServiceUse {
    /// A running service that presents another certificate than the one it was given.
    pub fn restart_needed(&self) -> bool {
        self.running
            && self.now.as_ref().map(|used| used.thumbprint)
                != self.after_restart.as_ref().map(|used| used.thumbprint)
    }
}

/// All places of a server, in the order of the services' flags. `now` is unix seconds.
pub fn rows(store: &dyn Store, server: &Server, now: i64) -> Result<Vec<ServiceUse>, StoreError> {
    let judge = Judge::load(store, server.id, now)?;
    let services = store.windows_services(server.id)?;
    let running = |name: &str| {
        services.iter().any(|s| s.name.eq_ignore_ascii_case(name) && s.status == ServiceStatus::Running)
    };
    let used = |thumbprint: Option<Thumbprint>| -> Result<Option<Used>, StoreError> {
        let Some(thumbprint) = thumbprint else { return Ok(None) };
        Ok(Some(match store.certificate(server.id, &thumbprint)? {
            Some(row) => used_row(&row, &judge),
            None => Used { thumbprint, subject: None, not_after: None, status: "Removed" },
        }))
    };
    let mut rows = Vec::new();
    let order = [
        Endpoint::Imap,
        Endpoint::ImapBackEnd,
        Endpoint::Pop,
        Endpoint::PopBackEnd,
        Endpoint::Um,
        Endpoint::UmCallRouter,
        Endpoint::DefaultWebSite,
        Endpoint::ExchangeBackEnd,
    ];
    for endpoint in order {
        let is_um = matches!(endpoint, Endpoint::Um | Endpoint::UmCallRouter);
        if is_um && !unified_messaging::exists_on(server) {
            continue;
        }
        let assignment = store.assignment(server.id, endpoint)?;
        let running = running(endpoint.windows_service());
        rows.push(ServiceUse {
            server: server.name.clone(),
            service: flag_name(endpoint.service()),
            place: endpoint.as_str().to_owned(),
            windows_service: endpoint.windows_service(),
            running,
            now: if running { used(assignment.in_use)? } else { None },
            after_restart: used(assignment.assigned)?,
        });
    }
    let transport = "MSExchangeTransport";
    let internal = used(server.internal_transport)?;
    rows.push(smtp_row(server, "internal transport".to_owned(), transport, running(transport), internal));
    let front = "MSExchangeFrontEndTransport";
    let by_name = smtp_certificate(store, server, &server.fqdn, &judge)?.map(|row| used_row(&row, &judge));
    rows.push(smtp_row(server, server.fqdn.clone(), front, running(front), by_name));
    Ok(rows)
}

/// The certificate SMTP presents under a connector's name (facts: output.md 7.2): it has its key, carries the name and
/// is enabled for SMTP.
pub fn smtp_certificate(
    store: &dyn Store,
    server: &Server,
    fqdn: &str,
    judge: &Judge,
) -> Result<Option<CertificateRow>, StoreError> {
    let mut rows = domain_preference::carrying(store, server.id, fqdn)?;
    rows.retain(|row| row.services.contains(Services::SMTP) && row.has_private_key && !row.pending_request);
    domain_preference::sort(&mut rows, fqdn, judge);
    Ok(rows.into_iter().next())
}

/// Transport notices a change of certificates by itself: now and after a restart are the same.
fn smtp_row(
    server: &Server,
    place: String,
    windows_service: &'static str,
    running: bool,
    used: Option<Used>,
) -> ServiceUse {
    let now = if running { used.clone() } else { None };
    let server = server.name.clone();
    ServiceUse { server, service: "SMTP", place, windows_service, running, now, after_restart: used }
}

fn used_row(row: &CertificateRow, judge: &Judge) -> Used {
    Used {
        thumbprint: row.thumbprint,
        subject: Some(row.subject.clone()),
        not_after: Some(row.not_after),
        status: judge.verdict(row).status.name(),
    }
}

fn flag_name(services: Services) -> &'static str {
    match services {
        Services::IMAP => "IMAP",
        Services::POP => "POP",
        Services::UM => "UM",
        Services::UM_CALL_ROUTER => "UMCallRouter",
        _ => "IIS",
    }
}
