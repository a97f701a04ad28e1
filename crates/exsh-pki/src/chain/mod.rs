//! Trust and Status: which roots are believed, how a chain is found, and what is said about its end.
//!
//! Our own walker instead of a TLS library's, because a store holds what TLS refuses (version 1, SHA-1, self-signed
//! with CA:TRUE) and because a date must be told apart from a missing issuer. Name constraints and policies are not
//! looked at. Nothing is fetched over the network.

mod path;
mod system;

use crate::certificate::Certificate;
use crate::crl::Crl;
use crate::status::{CertificateStatus, Judgement, Problem, RootCaType};
use crate::thumbprint::Thumbprint;
use path::{Ending, Path};
use std::collections::HashMap;

/// How much is asked about revocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevocationPolicy {
    /// Lists that are there count; a missing one is no problem.
    WhenPresent,
    /// A list of every issuer must be there and in force, else the status is RevocationCheckFailure.
    Required,
}

/// What the judge is told from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusPolicy {
    /// Unix seconds, UTC.
    pub now: i64,
    /// A self-signed certificate in the server's own store is Valid without being a root (captured on Exchange 2016
    /// and 2019: RootCAType None, Status Valid).
    pub believe_self_signed: bool,
    pub revocation: RevocationPolicy,
}

impl StatusPolicy {
    /// What Exchange does for its own store, at the moment `now`.
    pub fn exchange(now: i64) -> Self {
        Self { now, believe_self_signed: true, revocation: RevocationPolicy::WhenPresent }
    }
}

/// The roots, intermediates and revocation lists that a judgement may use.
#[derive(Debug, Clone, Default)]
pub struct TrustStore {
    roots: HashMap<Vec<u8>, Vec<(Certificate, RootCaType)>>,
    intermediates: HashMap<Vec<u8>, Vec<Certificate>>,
    crls: HashMap<Vec<u8>, Vec<Crl>>,
    use_system: bool,
}

impl TrustStore {
    /// An empty store that does not know the operating system's roots.
    pub fn new() -> Self {
        Self::default()
    }

    /// Believes the operating system's roots too (as Third-Party roots). They are read once in a process, when a
    /// chain first needs them.
    pub fn with_system_roots(mut self) -> Self {
        self.use_system = true;
        self
    }

    pub fn add_root(&mut self, certificate: Certificate, kind: RootCaType) {
        self.roots.entry(certificate.subject().der().to_vec()).or_default().push((certificate, kind));
    }

    pub fn add_intermediate(&mut self, certificate: Certificate) {
        self.intermediates.entry(certificate.subject().der().to_vec()).or_default().push(certificate);
    }

    pub fn add_crl(&mut self, crl: Crl) {
        self.crls.entry(crl.issuer().der().to_vec()).or_default().push(crl);
    }

    /// What kind of root the certificate is here; `None` when it is none.
    pub fn root_kind(&self, certificate: &Certificate) -> Option<RootCaType> {
        let own = self.roots.get(certificate.subject().der()).into_iter().flatten();
        let found = own.into_iter().find(|(root, _)| root == certificate).map(|(_, kind)| *kind);
        found.or_else(|| (self.use_system && system::is_root(certificate)).then_some(RootCaType::ThirdParty))
    }

    /// Finds the chain of `certificate` and says what it is worth at `policy.now`. `given` are further candidates
    /// for issuers, such as the other certificates of a PFX; they are searched one by one, so that many belong among
    /// the intermediates instead.
    pub fn judge(
        &self,
        certificate: &Certificate,
        given: &[Certificate],
        policy: &StatusPolicy,
    ) -> Judgement {
        let path = path::find(self, certificate, given, policy);
        let mut problems = Vec::new();
        self.check_chain(&path, policy, &mut problems);
        problems.sort_by_key(rank);
        let status = problems.iter().map(status_of).find(|status| *status != CertificateStatus::Valid);
        let root = match path.ending {
            Ending::Root(kind) => kind,
            Ending::SelfSigned => RootCaType::None,
            Ending::Open => RootCaType::Unknown,
        };
        Judgement {
            status: status.unwrap_or(CertificateStatus::Valid),
            root,
            chain: path.certificates,
            problems,
        }
    }

    fn check_chain(&self, path: &Path, policy: &StatusPolicy, problems: &mut Vec<Problem>) {
        let leaf_self_signed = path.certificates.len() == 1 && path.ending == Ending::SelfSigned;
        for (index, certificate) in path.certificates.iter().enumerate() {
            let of = certificate.thumbprint();
            if let Some(oid) = certificate.unusable_extension() {
                problems.push(Problem::UnusableExtension { of, oid: oid.to_string() });
            }
            if policy.now < certificate.not_before() {
                problems.push(Problem::NotYetValid { of, not_before: certificate.not_before() });
            } else if policy.now > certificate.not_after() {
                problems.push(Problem::Expired { of, not_after: certificate.not_after() });
            }
            let is_anchor = index + 1 == path.certificates.len();
            if !is_anchor || leaf_self_signed {
                let name = certificate.facts().signature_name.as_str();
                if name.starts_with("sha1") {
                    problems.push(Problem::Sha1Signature { of });
                }
            }
            if let Some(issuer) = path.certificates.get(index + 1) {
                self.check_revocation(certificate, issuer, policy, problems);
            }
        }
        if let Some(last) = path.certificates.last() {
            match path.ending {
                Ending::Root(_) => {}
                Ending::SelfSigned if leaf_self_signed && policy.believe_self_signed => {}
                Ending::SelfSigned => problems.push(Problem::RootNotTrusted { of: last.thumbprint() }),
                Ending::Open => {
                    problems.push(Problem::IssuerUnknown { issuer: last.issuer().as_str().to_string() });
                }
            }
        }
        problems.extend(path.signature_problem.clone());
    }

    fn check_revocation(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        policy: &StatusPolicy,
        problems: &mut Vec<Problem>,
    ) {
        let lists = self.crls.get(issuer.subject().der()).map(Vec::as_slice).unwrap_or_default();
        let genuine: Vec<&Crl> = lists.iter().filter(|crl| crl.signed_by(issuer)).collect();
        // An outdated list still tells the truth about what it lists: revocation is for ever.
        if genuine.iter().any(|crl| crl.lists(certificate)) {
            problems.push(Problem::Revoked { of: certificate.thumbprint() });
        } else if policy.revocation == RevocationPolicy::Required
            && !genuine.iter().any(|crl| crl.is_in_force(policy.now))
        {
            problems.push(Problem::NoRevocationList { issuer: issuer.subject().as_str().to_string() });
        }
    }

    /// Trusted and other certificates whose subject is `name`, roots first.
    fn candidates<'a>(&'a self, name: &[u8], given: &'a [Certificate]) -> Vec<Certificate> {
        let roots = self.roots.get(name).into_iter().flatten().map(|(root, _)| root);
        let intermediates = self.intermediates.get(name).into_iter().flatten();
        let given = given.iter().filter(|certificate| certificate.subject().der() == name);
        let mut all: Vec<Certificate> = roots.chain(intermediates).chain(given).cloned().collect();
        if self.use_system {
            all.extend(system::roots_named(name));
        }
        let mut seen: Vec<Thumbprint> = Vec::new();
        all.retain(|certificate| {
            let fresh = !seen.contains(&certificate.thumbprint());
            seen.push(certificate.thumbprint());
            fresh
        });
        all
    }
}

/// The gravest comes first. Windows reports all flags at once and its chain policy names one: signature, revocation,
/// trust, time, and last a revocation check that could not be done (order of CERT_CHAIN_POLICY_BASE's documentation).
fn rank(problem: &Problem) -> u8 {
    match problem {
        Problem::BadSignature { .. } | Problem::UnusableExtension { .. } => 0,
        Problem::Revoked { .. } => 1,
        Problem::SignatureNotChecked { .. } => 2,
        Problem::RootNotTrusted { .. } | Problem::IssuerUnknown { .. } => 3,
        Problem::NotYetValid { .. } | Problem::Expired { .. } => 4,
        Problem::NoRevocationList { .. } => 5,
        Problem::Sha1Signature { .. } => 6,
    }
}

fn status_of(problem: &Problem) -> CertificateStatus {
    match problem {
        Problem::BadSignature { .. } | Problem::UnusableExtension { .. } => CertificateStatus::Invalid,
        Problem::Revoked { .. } => CertificateStatus::Revoked,
        Problem::SignatureNotChecked { .. }
        | Problem::RootNotTrusted { .. }
        | Problem::IssuerUnknown { .. } => CertificateStatus::Untrusted,
        Problem::NotYetValid { .. } | Problem::Expired { .. } => CertificateStatus::DateInvalid,
        Problem::NoRevocationList { .. } => CertificateStatus::RevocationCheckFailure,
        Problem::Sha1Signature { .. } => CertificateStatus::Valid,
    }
}
