//! The rules of the domain, one file each and named after it. Cmdlets ask; the rules answer from what is stored.
//!
//! Nothing in here asks the operator, writes to a stream or commits: a rule gives a verdict, rows or changes.

pub mod additive_assignment;
pub mod assignable;
pub mod carried_services;
pub mod connector_lock;
pub mod domain_preference;
pub mod file_parameters;
pub mod in_use;
pub mod internal_transport;
pub mod mail_certificate;
pub mod status;
pub mod unified_messaging;
pub mod wildcard;
pub mod wording;

use exsh_state::model::Thumbprint;

/// The state's thumbprint of a certificate.
pub fn thumbprint(of: exsh_pki::Thumbprint) -> Thumbprint {
    Thumbprint(of.0)
}

#[cfg(test)]
pub(crate) mod tests {
    use exsh_state::model::{
        CertificateRow, Edition, RootKind, Server, ServerId, ServerVersion, Services, Thumbprint, Version,
    };

    /// A self-signed row for tests of rules that look at columns only.
    pub fn row(subject: &str, domains: &[&str]) -> CertificateRow {
        CertificateRow {
            server: ServerId(1),
            thumbprint: Thumbprint([0xAB; 20]),
            der: Vec::new(),
            subject: subject.to_owned(),
            issuer: subject.to_owned(),
            not_before: 0,
            not_after: i64::MAX,
            serial: "01".to_owned(),
            key_kind: "RSA".to_owned(),
            key_bits: 2048,
            domains: domains.iter().map(|d| (*d).to_owned()).collect(),
            friendly_name: String::new(),
            self_signed: true,
            root: RootKind::None,
            exportable: false,
            has_private_key: true,
            pending_request: false,
            request_der: None,
            services: Services::NONE,
            created_at: 0,
            version: Version(1),
        }
    }

    pub fn server() -> Server {
        Server {
            id: ServerId(1),
            name: "EX01".to_owned(),
            fqdn: "ex01.contoso.com".to_owned(),
            version_name: ServerVersion::ExchangeSe,
            admin_display_version: ServerVersion::ExchangeSe.admin_display_version().to_owned(),
            edition: Edition::StandardEvaluation,
            roles: "Mailbox".to_owned(),
            site: "contoso.com/Configuration/Sites/Default-First-Site-Name".to_owned(),
            internal_transport: None,
            created_at: 0,
            version: Version(1),
        }
    }
}
