//! A certificate named by a Send connector cannot be removed. The connector names issuer and subject, so that a
//! renewal with the same names is locked as well.

use exsh_state::model::{CertificateRow, ConnectorKind};
use exsh_state::{Store, StoreError};

/// The names of the Send connectors that hold the certificate.
pub fn holders(store: &dyn Store, row: &CertificateRow) -> Result<Vec<String>, StoreError> {
    let connectors = store.connectors(ConnectorKind::Send)?;
    let holds = |text: &String| names(text, row);
    Ok(connectors
        .into_iter()
        .filter(|c| c.tls_certificate_name.as_ref().is_some_and(holds))
        .map(|c| c.name)
        .collect())
}

/// M14, captured (the blank before the colon too; how several names are joined is inferred).
pub fn message(holders: &[String]) -> String {
    format!(
        "These certificates are tagged with following Send Connectors : {}. Removing and replacing certificates from Send Connector would break the mail flow. If you still want to proceed then replace or remove these certificates from Send Connector and then try this command.",
        holders.join(", ")
    )
}

/// Does a TlsCertificateName (`<I>issuer<S>subject`, letters of either case) name this certificate?
pub fn names(tls_certificate_name: &str, row: &CertificateRow) -> bool {
    split(tls_certificate_name).is_some_and(|(issuer, subject)| {
        issuer.eq_ignore_ascii_case(&row.issuer) && subject.eq_ignore_ascii_case(&row.subject)
    })
}

/// Issuer and subject of a TlsCertificateName.
pub fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let rest = text.get(..3).filter(|tag| tag.eq_ignore_ascii_case("<I>")).map(|_| &text[3..])?;
    let at = rest.as_bytes().windows(3).position(|tag| tag.eq_ignore_ascii_case(b"<S>"))?;
    Some((rest[..at].trim(), rest[at + 3..].trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::row;

    #[test]
    fn issuer_and_subject_are_compared_and_the_tags_may_be_lower_case() {
        // observed: output.md section 5 (scripts write <i> and <s>).
        let certificate = row("CN=mail.contoso.com", &["mail.contoso.com"]);
        assert!(names("<I>CN=mail.contoso.com<S>CN=mail.contoso.com", &certificate));
        assert!(names("<i>CN=MAIL.contoso.com<s>CN=mail.contoso.com", &certificate));
        assert!(!names("<I>CN=Contoso CA<S>CN=mail.contoso.com", &certificate));
        assert!(!names("CN=mail.contoso.com", &certificate));
        assert_eq!(split("<I>é"), None);
    }
}
