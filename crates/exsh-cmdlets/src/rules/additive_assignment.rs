//! Assignments are additive (rule 2): what is asked is added, nothing is taken from the certificate. Where only one
//! certificate can serve (a web site, a name in the mail settings, the default of SMTP) the place moves to the new one.

use super::{internal_transport, mail_certificate, wildcard};
use exsh_state::model::{CertificateRow, Endpoint, MailProtocol, Server, Services};
use exsh_state::{Change, Store, StoreError};

/// The changes that assign `services` to a certificate. `take_role`: it becomes the internal transport certificate.
/// Everything read here is named with its version, so that a lost race is told and not overwritten.
pub fn changes(
    store: &dyn Store,
    server: &Server,
    row: &CertificateRow,
    services: Services,
    take_role: bool,
) -> Result<Vec<Change>, StoreError> {
    let certificate = row.thumbprint;
    let mut changes = Vec::new();
    if !services.is_empty() {
        changes.push(Change::BindServices {
            server: server.id,
            certificate,
            read: row.version,
            add: services,
        });
    }
    let mut assign = |endpoint: Endpoint| -> Result<(), StoreError> {
        let assignment = store.assignment(server.id, endpoint)?;
        changes.extend(mail_certificate::assign(&assignment, Some(certificate)));
        Ok(())
    };
    if services.contains(Services::IIS) {
        // Enabling binds the front end's site only; the back end keeps the certificate that setup gave it.
        assign(Endpoint::DefaultWebSite)?;
    }
    if services.contains(Services::UM) {
        assign(Endpoint::Um)?;
    }
    if services.contains(Services::UM_CALL_ROUTER) {
        assign(Endpoint::UmCallRouter)?;
    }
    for (flag, protocol) in [(Services::IMAP, MailProtocol::Imap), (Services::POP, MailProtocol::Pop)] {
        if !services.contains(flag) {
            continue;
        }
        for endpoint in mail_certificate::endpoints(protocol) {
            assign(endpoint)?;
        }
    }
    for (flag, protocol) in [(Services::IMAP, MailProtocol::Imap), (Services::POP, MailProtocol::Pop)] {
        if services.contains(flag)
            && let Some(name) = wildcard::mail_name(row)
            && let Some(mut settings) = store.mail_settings(server.id, protocol)?
            && settings.x509_certificate_name != name
        {
            settings.x509_certificate_name = name;
            changes.push(Change::SetMailSettings(settings));
        }
    }
    if take_role && internal_transport::role(server, certificate, services) != internal_transport::Role::Stays
    {
        changes.push(Change::SetInternalTransport { server: server.id, read: server.version, certificate });
    }
    Ok(changes)
}
