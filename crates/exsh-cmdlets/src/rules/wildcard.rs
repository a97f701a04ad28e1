//! A wildcard certificate is not assigned to IMAP or POP (rule 4): the services look for a host name, so that the
//! operator names it with Set-ImapSettings or Set-PopSettings. The other services of the same call are assigned.

use exsh_pki::{is_legal_domain, is_wildcard};
use exsh_state::model::{CertificateRow, Services};

/// The services left to assign, and the warnings to show, POP before IMAP (captured order).
pub fn take_out(row: &CertificateRow, services: Services) -> (Services, Vec<String>) {
    let mail = Services::IMAP.0 | Services::POP.0;
    if services.0 & mail == 0 || mail_name(row).is_some() {
        return (services, Vec::new());
    }
    let mut warnings = Vec::new();
    for (flag, word) in [(Services::POP, "POP"), (Services::IMAP, "IMAP")] {
        if services.contains(flag) {
            warnings.push(message(row, word));
        }
    }
    (Services(services.0 & !mail), warnings)
}

/// The name that enabling IMAP or POP writes into their settings: the certificate's own (its CN), where that is no
/// domain its first domain. Nothing when that name is a wildcard, or when there is none.
pub fn mail_name(row: &CertificateRow) -> Option<String> {
    let name = own_name(row)?;
    (!is_wildcard(&name)).then_some(name)
}

/// M02 and M03, captured with the missing word.
fn message(row: &CertificateRow, word: &str) -> String {
    let name = own_name(row).unwrap_or_else(|| row.subject.clone());
    format!(
        "This certificate with thumbprint {} and subject '{name}' cannot used for {word} SSL/TLS connections because the subject is not a Fully Qualified Domain Name (FQDN). Use command Set-{word}Settings to set X509CertificateName to the FQDN of the service.",
        row.thumbprint
    )
}

fn own_name(row: &CertificateRow) -> Option<String> {
    common_name(&row.subject)
        .filter(|name| is_legal_domain(name))
        .or_else(|| row.domains.first().map(String::as_str))
        .map(str::to_owned)
}

/// The CN of a subject in .NET's form. A quoted CN holds characters no domain has.
pub fn common_name(subject: &str) -> Option<&str> {
    subject.split(", ").find_map(|part| part.strip_prefix("CN="))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::row;

    #[test]
    fn a_wildcard_is_not_assigned_to_imap_or_pop_and_the_others_stay() {
        // observed: facts messages.md M02, M03; order POP, IMAP.
        let wildcard = row("CN=*.contoso.com, O=Contoso", &["*.contoso.com", "contoso.com"]);
        let all = Services(1 | 2 | 8 | 16);
        let (left, warnings) = take_out(&wildcard, all);
        assert_eq!(left, Services(8 | 16));
        assert_eq!(
            warnings[0],
            format!(
                "This certificate with thumbprint {} and subject '*.contoso.com' cannot used for POP SSL/TLS connections because the subject is not a Fully Qualified Domain Name (FQDN). Use command Set-POPSettings to set X509CertificateName to the FQDN of the service.",
                wildcard.thumbprint
            )
        );
        assert!(
            warnings[1].contains("for IMAP SSL") && warnings[1].contains("Set-IMAPSettings"),
            "{warnings:?}"
        );
        assert_eq!(take_out(&wildcard, Services::SMTP), (Services::SMTP, Vec::new()));
    }

    #[test]
    fn the_mail_name_is_the_common_name_or_else_the_first_domain() {
        assert_eq!(mail_name(&row("CN=EX01", &["EX01", "ex01.contoso.com"])).as_deref(), Some("EX01"));
        assert_eq!(mail_name(&row("O=Contoso", &["mail.contoso.com"])).as_deref(), Some("mail.contoso.com"));
        assert_eq!(mail_name(&row("CN=*.contoso.com", &["mail.contoso.com"])), None);
        assert_eq!(mail_name(&row("CN=Microsoft Exchange Server Auth Certificate", &[])), None);
    }
}
