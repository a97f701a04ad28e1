//! The internal transport certificate, which SMTP presents by default: replacing it is asked (rule 5), and it cannot
//! be removed while it has the role.

use exsh_state::model::{CertificateRow, Server, Services, Thumbprint};

/// What assigning to SMTP does to the role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// SMTP is not among the services, or the certificate has the role already.
    Stays,
    /// Nobody has it: taken without a question.
    Vacant,
    /// This certificate has it and loses it if the operator says so.
    HeldBy(Thumbprint),
}

pub fn role(server: &Server, certificate: Thumbprint, services: Services) -> Role {
    match server.internal_transport {
        _ if !services.contains(Services::SMTP) => Role::Stays,
        None => Role::Vacant,
        Some(current) if current == certificate => Role::Stays,
        Some(current) => Role::HeldBy(current),
    }
}

/// M01, captured. The dates are in the operator's own form.
pub fn question(current: &Thumbprint, current_expires: &str, new: &Thumbprint, new_expires: &str) -> String {
    format!(
        "Overwrite the existing default SMTP certificate?\n\nCurrent certificate: '{current}' (expires {current_expires})\nReplace it with certificate: '{new}' (expires {new_expires})"
    )
}

/// M13, captured; nothing when the certificate may go.
pub fn removal_refusal(server: &Server, row: &CertificateRow) -> Option<&'static str> {
    (server.internal_transport == Some(row.thumbprint)).then_some(
        "The internal transport certificate cannot be removed because that would cause the Microsoft Exchange Transport service to stop. To replace the internal transport certificate, create a new certificate. The new certificate will automatically become the internal transport certificate. You can then remove the existing certificate.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::{row, server};

    #[test]
    fn only_smtp_touches_the_role_and_only_another_holder_is_asked_about() {
        let (mut ex01, new) = (server(), row("CN=mail.contoso.com", &["mail.contoso.com"]));
        assert_eq!(role(&ex01, new.thumbprint, Services::SMTP), Role::Vacant);
        ex01.internal_transport = Some(Thumbprint([7; 20]));
        assert_eq!(role(&ex01, new.thumbprint, Services::SMTP), Role::HeldBy(Thumbprint([7; 20])));
        assert_eq!(role(&ex01, new.thumbprint, Services(1 | 2 | 8)), Role::Stays);
        ex01.internal_transport = Some(new.thumbprint);
        assert_eq!(role(&ex01, new.thumbprint, Services::SMTP), Role::Stays);
    }

    #[test]
    fn the_internal_transport_certificate_is_not_removed() {
        let (mut ex01, certificate) = (server(), row("CN=EX01", &["EX01"]));
        assert_eq!(removal_refusal(&ex01, &certificate), None);
        ex01.internal_transport = Some(certificate.thumbprint);
        // observed: messages.md M13, first words.
        assert!(removal_refusal(&ex01, &certificate).is_some_and(|text| {
            text.starts_with("The internal transport certificate cannot be removed because that would cause")
        }));
    }

    #[test]
    fn the_question_names_both_thumbprints_and_dates() {
        // observed: messages.md M01.
        let text = question(
            &Thumbprint([1; 20]),
            "12/30/2027 2:39:08 PM",
            &Thumbprint([2; 20]),
            "1/1/2030 1:00:00 AM",
        );
        let (one, two) = ("01".repeat(20), "02".repeat(20));
        assert_eq!(
            text,
            format!(
                "Overwrite the existing default SMTP certificate?\n\nCurrent certificate: '{one}' (expires 12/30/2027 2:39:08 PM)\nReplace it with certificate: '{two}' (expires 1/1/2030 1:00:00 AM)"
            )
        );
    }
}
