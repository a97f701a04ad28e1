//! Which services does a certificate have?
//!
//! SMTP, UM, UMCallRouter and Federation are stored with the certificate. IIS is computed from the sites that are
//! bound to it, IMAP and POP from the name in their settings (facts: output.md 7.1): every certificate with its key
//! that carries the name shows the service. Whether a wildcard that only covers the name shows it is undecided in the
//! sources; here it does when the service will present it, because that is what the operator wants to know.

use exsh_state::model::{Assignment, CertificateRow, Endpoint, MailProtocol, Server, Services};
use exsh_state::{Store, StoreError};

/// What must be known of a server to say it; read once for a whole list.
pub struct ServiceFacts {
    pub server_name: String,
    imap_name: String,
    pop_name: String,
    assignments: Vec<Assignment>,
}

/// Flags that are kept with the certificate.
const STORED: u32 = Services::SMTP.0 | Services::UM.0 | Services::UM_CALL_ROUTER.0 | Services::FEDERATION.0;

impl ServiceFacts {
    pub fn load(store: &dyn Store, server: &Server) -> Result<ServiceFacts, StoreError> {
        let name = |protocol| {
            let settings = store.mail_settings(server.id, protocol)?;
            Ok::<_, StoreError>(settings.map(|s| s.x509_certificate_name).unwrap_or_default())
        };
        Ok(ServiceFacts {
            server_name: server.name.clone(),
            imap_name: name(MailProtocol::Imap)?,
            pop_name: name(MailProtocol::Pop)?,
            assignments: store.assignments(server.id)?,
        })
    }

    pub fn services_of(&self, row: &CertificateRow) -> Services {
        let mut services = Services(row.services.0 & STORED);
        if !self.sites_of(row).is_empty() {
            services |= Services::IIS;
        }
        if !row.has_private_key || row.pending_request {
            return services;
        }
        let mail = [
            (&self.imap_name, Services::IMAP, [Endpoint::Imap, Endpoint::ImapBackEnd]),
            (&self.pop_name, Services::POP, [Endpoint::Pop, Endpoint::PopBackEnd]),
        ];
        for (name, flag, endpoints) in mail {
            let carries =
                !name.is_empty() && row.domains.iter().any(|domain| domain.eq_ignore_ascii_case(name));
            if carries || endpoints.iter().any(|endpoint| self.presents(row, *endpoint)) {
                services |= flag;
            }
        }
        services
    }

    /// Numbers of the IIS sites bound to the certificate, in order.
    pub fn sites_of(&self, row: &CertificateRow) -> Vec<u32> {
        let sites = [Endpoint::DefaultWebSite, Endpoint::ExchangeBackEnd];
        sites.into_iter().filter(|site| self.presents(row, *site)).filter_map(Endpoint::iis_site).collect()
    }

    fn presents(&self, row: &CertificateRow, endpoint: Endpoint) -> bool {
        self.assignments.iter().any(|a| a.endpoint == endpoint && a.assigned == Some(row.thumbprint))
    }
}

/// `IP.WS..`: letters in flag order, a dot where a service is missing (seven places from 2013 on).
pub fn mask(services: Services) -> String {
    let letters = ['I', 'P', 'U', 'W', 'S', 'F', 'C'];
    letters
        .iter()
        .enumerate()
        .map(|(bit, letter)| if services.0 >> bit & 1 == 1 { *letter } else { '.' })
        .collect()
}

/// `IMAP, POP, IIS, SMTP`; `None` without any.
pub fn text(services: Services) -> String {
    let names = ["IMAP", "POP", "UM", "IIS", "SMTP", "Federation", "UMCallRouter"];
    let on: Vec<&str> = names
        .iter()
        .enumerate()
        .filter(|(bit, _)| services.0 >> bit & 1 == 1)
        .map(|(_, name)| *name)
        .collect();
    if on.is_empty() { "None".to_owned() } else { on.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::row;
    use exsh_state::model::{ServerId, Version};

    fn facts(imap: &str, sites: &[(Endpoint, u8)]) -> ServiceFacts {
        let assignment = |(endpoint, byte): &(Endpoint, u8)| Assignment {
            server: ServerId(1),
            endpoint: *endpoint,
            assigned: Some(exsh_state::model::Thumbprint([*byte; 20])),
            in_use: None,
            version: Version(1),
        };
        ServiceFacts {
            server_name: "EX01".to_owned(),
            imap_name: imap.to_owned(),
            pop_name: String::new(),
            assignments: sites.iter().map(assignment).collect(),
        }
    }

    #[test]
    fn iis_is_computed_from_the_sites_and_imap_from_the_name() {
        // observed: output.md 7.1, the captured pairs 8/25 and the 17 of a certificate made for SMTP only.
        let mut certificate = row("CN=EX01", &["EX01", "ex01.contoso.com"]);
        certificate.services = Services(1 | 2 | 8 | 16);
        let byte = certificate.thumbprint.0[0];
        assert_eq!(facts("mail.contoso.com", &[]).services_of(&certificate), Services(16));
        assert_eq!(facts("ex01", &[]).services_of(&certificate), Services(17));
        let bound = facts("ex01", &[(Endpoint::ExchangeBackEnd, byte)]);
        assert_eq!(bound.services_of(&certificate), Services(25));
        assert_eq!(bound.sites_of(&certificate), [2]);
        certificate.has_private_key = false;
        assert_eq!(facts("ex01", &[]).services_of(&certificate), Services(16));
    }

    #[test]
    fn a_wildcard_shows_imap_when_imap_will_present_it() {
        let certificate = row("CN=*.contoso.com", &["*.contoso.com"]);
        assert_eq!(facts("mail.contoso.com", &[]).services_of(&certificate), Services(0));
        let byte = certificate.thumbprint.0[0];
        assert_eq!(
            facts("mail.contoso.com", &[(Endpoint::Imap, byte)]).services_of(&certificate),
            Services(1)
        );
    }

    #[test]
    fn text_and_mask_have_the_reference_forms() {
        // observed: output.md 1.1 and 1.5.
        for (number, mask_text, names) in [
            (0, ".......", "None"),
            (27, "IP.WS..", "IMAP, POP, IIS, SMTP"),
            (31, "IPUWS..", "IMAP, POP, UM, IIS, SMTP"),
            (16, "....S..", "SMTP"),
            (96, ".....FC", "Federation, UMCallRouter"),
        ] {
            assert_eq!(
                (mask(Services(number)).as_str(), text(Services(number)).as_str()),
                (mask_text, names)
            );
        }
    }
}
