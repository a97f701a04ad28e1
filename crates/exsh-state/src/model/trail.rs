//! The audit trail: who changed what, when, by which cmdlet.

use super::ServerId;

/// Written in the transaction of the change it tells of. The caller leaves secrets out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Milliseconds since 1970, UTC, by the caller's clock.
    pub at_unix_ms: i64,
    /// Account and machine: `root@ex01`.
    pub who: String,
    /// `Enable-ExchangeCertificate`.
    pub cmdlet: String,
    pub server: Option<ServerId>,
    /// The object it was about: `EX01\C3ED…`.
    pub object: String,
    /// Parameters, answers, before and after; free text or a document.
    pub what: String,
}

/// An entry with its place in the trail; numbers rise and are never used twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    pub number: u64,
    pub entry: AuditEntry,
}
