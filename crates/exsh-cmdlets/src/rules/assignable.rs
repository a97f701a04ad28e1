//! Only a certificate whose Status is Valid and that has its private key can be assigned (rule 3).

use exsh_core::error::Category;
use exsh_pki::CertificateStatus;
use exsh_state::model::CertificateRow;

/// Why a certificate is refused; the word stands in the message's parentheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unusable(pub &'static str);

/// The category that the captured refusal has (M05).
pub const CATEGORY: Category = Category::NotSpecified;

/// Refuses what no service can use. Of the reasons only `PrivateKeyMissing` is captured (M05); the others are the
/// Status' own words.
pub fn check(row: &CertificateRow, status: CertificateStatus) -> Result<(), Unusable> {
    if row.pending_request {
        return Err(Unusable(CertificateStatus::PendingRequest.name()));
    }
    if !row.has_private_key {
        return Err(Unusable("PrivateKeyMissing"));
    }
    match status {
        CertificateStatus::Valid => Ok(()),
        other => Err(Unusable(other.name())),
    }
}

/// M05, captured.
pub fn message(row: &CertificateRow, why: Unusable) -> String {
    format!(
        "The certificate with thumbprint {} was found but is not valid for use with Exchange Server (reason: {}).",
        row.thumbprint, why.0
    )
}

/// M04, captured.
pub fn not_found_message(thumbprint: &str) -> String {
    format!("The certificate with thumbprint {thumbprint} was not found.")
}
