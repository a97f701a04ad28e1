//! Self-signed certificates as Exchange and its setup make them (facts: output.md section 6, from captured servers).

use crate::certificate::{Certificate, KeyUsage};
use crate::error::CertError;
use crate::issue::{self, CertificateTemplate, ExtensionSpec, SignatureHash};
use crate::name::{Name, StringForm};
use crate::private_key::PrivateKey;
use crate::time::add_calendar_years;

const SERVER_AUTH: &str = "1.3.6.1.5.5.7.3.1";
const DAY: i64 = 86_400;

/// Which extensions stand in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtensionLayout {
    /// KeyUsage (critical, a0), SAN when there are names, EKU serverAuth, BasicConstraints (critical, CA:FALSE).
    Exchange,
    /// EKU serverAuth, KeyUsage (b0, not critical); no SAN.
    IisManagement,
}

/// A self-signed certificate to make.
#[derive(Debug, Clone)]
pub struct SelfSigned {
    pub subject: Name,
    /// DNS names (or addresses) of the SAN, in order; empty for none.
    pub domains: Vec<String>,
    /// Unix seconds, UTC.
    pub not_before: i64,
    /// Unix seconds, UTC.
    pub not_after: i64,
    pub hash: SignatureHash,
    pub layout: ExtensionLayout,
    /// Written only when asked for: certificates that Exchange makes carry none.
    pub subject_key_id: Option<Vec<u8>>,
    /// Big-endian; `None` takes 16 random bytes.
    pub serial: Option<Vec<u8>>,
}

impl SelfSigned {
    /// What New-ExchangeCertificate makes: five calendar years, SHA-256 (captured from September 2022 on).
    pub fn new_exchange(subject: Name, domains: Vec<String>, now: i64) -> Self {
        Self {
            subject,
            domains,
            not_before: now,
            not_after: add_calendar_years(now, 5),
            hash: SignatureHash::Sha256,
            layout: ExtensionLayout::Exchange,
            subject_key_id: None,
            serial: None,
        }
    }

    /// Setup's "Microsoft Exchange" certificate: CN and first name are the server's, then its FQDN; five years.
    pub fn exchange_server(server: &str, fqdn: &str, now: i64, hash: SignatureHash) -> Self {
        let mut domains = vec![server.to_string()];
        if !fqdn.eq_ignore_ascii_case(server) {
            domains.push(fqdn.to_string());
        }
        Self { hash, ..Self::new_exchange(Name::common(server, StringForm::Printable), domains, now) }
    }

    /// Setup's "Microsoft Exchange Server Auth Certificate": no SAN, 1800 days.
    pub fn exchange_auth(now: i64, hash: SignatureHash) -> Self {
        let subject = Name::common("Microsoft Exchange Server Auth Certificate", StringForm::Printable);
        Self { hash, not_after: now + 1_800 * DAY, ..Self::new_exchange(subject, Vec::new(), now) }
    }

    /// The IIS management service's certificate `CN=WMSvc-SHA2-{windows_name}`: 3650 days, SHA-256.
    pub fn iis_management(windows_name: &str, now: i64) -> Self {
        let subject = Name::common(&format!("WMSvc-SHA2-{windows_name}"), StringForm::Printable);
        Self {
            not_after: now + 3_650 * DAY,
            layout: ExtensionLayout::IisManagement,
            ..Self::new_exchange(subject, Vec::new(), now)
        }
    }

    /// Signs it with its own key.
    pub fn make(&self, key: &PrivateKey) -> Result<Certificate, CertError> {
        self.template().self_signed(key)
    }

    fn template(&self) -> CertificateTemplate {
        let transport = KeyUsage::DIGITAL_SIGNATURE.with(KeyUsage::KEY_ENCIPHERMENT);
        let server_auth = ExtensionSpec::ExtendedKeyUsage(vec![SERVER_AUTH.to_string()]);
        let mut extensions = match self.layout {
            ExtensionLayout::Exchange => {
                let mut list = vec![ExtensionSpec::KeyUsage { usage: transport, critical: true }];
                if !self.domains.is_empty() {
                    list.push(ExtensionSpec::SubjectAltName(issue::alternative_names(&self.domains)));
                }
                list.push(server_auth);
                list.push(ExtensionSpec::BasicConstraints {
                    is_ca: false,
                    path_length: None,
                    critical: true,
                });
                list
            }
            ExtensionLayout::IisManagement => {
                let usage = transport.with(KeyUsage::DATA_ENCIPHERMENT);
                vec![server_auth, ExtensionSpec::KeyUsage { usage, critical: false }]
            }
        };
        if let Some(identifier) = &self.subject_key_id {
            extensions.push(ExtensionSpec::SubjectKeyId(Some(identifier.clone())));
        }
        CertificateTemplate {
            subject: self.subject.clone(),
            not_before: self.not_before,
            not_after: self.not_after,
            hash: self.hash,
            serial: self.serial.clone(),
            extensions,
        }
    }
}
