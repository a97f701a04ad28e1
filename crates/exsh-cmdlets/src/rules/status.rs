//! Is this certificate Valid, and what kind of root stands behind it?
//!
//! `exsh-pki` judges one certificate in full. Here the same verdict is made cheap for a whole store: what was
//! established when a certificate came in (its signature, its extensions; told by `CertificateRow::root`) does not
//! change, so that only trust and dates are looked at again, and certificates of one issuer share what is above them.

use super::thumbprint;
use exsh_pki::{Certificate, CertificateStatus, Judgement, Problem, RootCaType, StatusPolicy, TrustStore};
use exsh_state::model::{CertificateRow, RootKind, ServerId, Thumbprint, TrustKind};
use exsh_state::{Store, StoreError};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// Judges the certificates of one server at one moment.
pub struct Judge {
    trust: TrustStore,
    /// Unix seconds, UTC.
    now: i64,
    anchors: HashMap<Thumbprint, RootCaType>,
    disallowed: HashSet<Thumbprint>,
    /// What is above certificates of one issuer (name and key identifier).
    issuers: RefCell<HashMap<(String, Vec<u8>), Verdict>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub status: CertificateStatus,
    pub root: RootCaType,
}

impl Judge {
    /// Reads what the server trusts. The operating system's roots are read only when a chain asks for them.
    pub fn load(store: &dyn Store, server: ServerId, now: i64) -> Result<Judge, StoreError> {
        let mut judge = Judge {
            trust: TrustStore::new().with_system_roots(),
            now,
            anchors: HashMap::new(),
            disallowed: HashSet::new(),
            issuers: RefCell::default(),
        };
        for &kind in TrustKind::ALL {
            for entry in store.trust_entries(server, kind)? {
                // An entry that cannot be read takes no trust away from the others.
                let Ok(certificate) = Certificate::from_der(&entry.der) else { continue };
                let root = match kind {
                    TrustKind::Root => RootCaType::Registry,
                    TrustKind::ThirdPartyRoot => RootCaType::ThirdParty,
                    TrustKind::Enterprise => RootCaType::Enterprise,
                    TrustKind::GroupPolicy => RootCaType::GroupPolicy,
                    TrustKind::Intermediate => {
                        judge.trust.add_intermediate(certificate);
                        continue;
                    }
                    TrustKind::Disallowed => {
                        judge.disallowed.insert(entry.thumbprint);
                        continue;
                    }
                };
                judge.anchors.insert(entry.thumbprint, root);
                judge.trust.add_root(certificate, root);
            }
        }
        Ok(judge)
    }

    pub fn now(&self) -> i64 {
        self.now
    }

    /// Status and RootCAType of a stored certificate.
    pub fn verdict(&self, row: &CertificateRow) -> Verdict {
        if row.pending_request {
            return Verdict { status: CertificateStatus::PendingRequest, root: RootCaType::Unknown };
        }
        if self.disallowed.contains(&row.thumbprint) {
            return Verdict { status: CertificateStatus::Untrusted, root: RootCaType::None };
        }
        let seen_good = row.root != RootKind::Unknown;
        if row.self_signed && seen_good {
            let stored =
                if row.root == RootKind::ThirdParty { RootCaType::ThirdParty } else { RootCaType::None };
            let root = self.anchors.get(&row.thumbprint).copied().unwrap_or(stored);
            return Verdict { status: self.date_status(row), root };
        }
        let Ok(certificate) = Certificate::from_der(&row.der) else {
            return Verdict { status: CertificateStatus::Invalid, root: RootCaType::Unknown };
        };
        let key = (row.issuer.clone(), certificate.authority_key_id().unwrap_or_default().to_vec());
        if seen_good && let Some(above) = self.issuers.borrow().get(&key) {
            let status = match above.status {
                CertificateStatus::Valid => self.date_status(row),
                other => other,
            };
            return Verdict { status, root: above.root };
        }
        let judgement = self.judge(&certificate, &[]);
        if seen_good && let Some(above) = above_leaf(&judgement, row.thumbprint) {
            self.issuers.borrow_mut().insert(key, above);
        }
        Verdict { status: judgement.status, root: judgement.root }
    }

    /// The full judgement of a certificate; `given` are issuers that came with it.
    pub fn judge(&self, certificate: &Certificate, given: &[Certificate]) -> Judgement {
        let mut judgement = self.trust.judge(certificate, given, &StatusPolicy::exchange(self.now));
        if judgement.chain.iter().any(|c| self.disallowed.contains(&thumbprint(c.thumbprint()))) {
            judgement.status = CertificateStatus::Untrusted;
        }
        judgement
    }

    fn date_status(&self, row: &CertificateRow) -> CertificateStatus {
        if (row.not_before..=row.not_after).contains(&self.now) {
            CertificateStatus::Valid
        } else {
            CertificateStatus::DateInvalid
        }
    }
}

/// What to remember of a certificate when it comes in.
pub fn root_kind(judgement: &Judgement) -> RootKind {
    let broken = judgement.problems.iter().any(|p| {
        matches!(
            p,
            Problem::BadSignature { .. }
                | Problem::UnusableExtension { .. }
                | Problem::SignatureNotChecked { .. }
        )
    });
    if broken {
        return RootKind::Unknown;
    }
    match judgement.root {
        RootCaType::None if judgement.chain.len() > 1 => RootKind::Unknown,
        RootCaType::None => RootKind::None,
        RootCaType::ThirdParty => RootKind::ThirdParty,
        RootCaType::Enterprise => RootKind::Enterprise,
        RootCaType::Registry => RootKind::Registry,
        RootCaType::GroupPolicy => RootKind::GroupPolicy,
        RootCaType::Unknown => RootKind::Unknown,
    }
}

/// The verdict without the leaf's own dates; nothing when more than dates speaks against the chain.
fn above_leaf(judgement: &Judgement, leaf: Thumbprint) -> Option<Verdict> {
    let mut status = CertificateStatus::Valid;
    for problem in &judgement.problems {
        match problem {
            Problem::Expired { of, .. } | Problem::NotYetValid { of, .. } => {
                if thumbprint(*of) != leaf {
                    status = CertificateStatus::DateInvalid;
                }
            }
            Problem::Sha1Signature { .. } => {}
            _ => return None,
        }
    }
    Some(Verdict { status, root: judgement.root })
}
