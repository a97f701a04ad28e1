//! Finding the chain: depth first over issuers by name, checked by signature, the best end wins.

use super::{StatusPolicy, TrustStore};
use crate::certificate::{Certificate, KeyUsage};
use crate::status::{Problem, RootCaType};
use crate::verify::Verdict;

/// Longer chains are taken for an attack or a loop.
const DEPTH: usize = 8;
/// Signature checks for one judgement; cross-signed authorities need a handful.
const CHECKS: usize = 64;

/// How a chain ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// At a trusted root of that kind.
    Root(RootCaType),
    /// At a self-signed certificate that is no root.
    SelfSigned,
    /// At a certificate whose issuer was not found.
    Open,
}

#[derive(Debug, Clone)]
pub(super) struct Path {
    /// Leaf first.
    pub certificates: Vec<Certificate>,
    pub ending: Ending,
    /// Why the last certificate has no issuer although one of that name is known.
    pub signature_problem: Option<Problem>,
}

/// The best chain: at a root with all dates good, else at a root, else the longest.
pub(super) fn find(
    store: &TrustStore,
    leaf: &Certificate,
    given: &[Certificate],
    policy: &StatusPolicy,
) -> Path {
    let mut search = Search { store, given, now: policy.now, checks: CHECKS, best: None };
    search.walk(&mut vec![leaf.clone()]);
    search.best.unwrap_or_else(|| Path {
        certificates: vec![leaf.clone()],
        ending: Ending::Open,
        signature_problem: None,
    })
}

struct Search<'a> {
    store: &'a TrustStore,
    given: &'a [Certificate],
    now: i64,
    checks: usize,
    best: Option<Path>,
}

impl Search<'_> {
    /// Gives true when nothing better can be found.
    fn walk(&mut self, chain: &mut Vec<Certificate>) -> bool {
        let Some(last) = chain.last().cloned() else { return false };
        if let Some(kind) = self.store.root_kind(&last) {
            return self.offer(chain, Ending::Root(kind), None);
        }
        if last.is_self_signed() {
            return self.offer(chain, Ending::SelfSigned, None);
        }
        let mut problem = None;
        let mut extended = false;
        if chain.len() < DEPTH {
            for issuer in self.store.candidates(last.issuer().der(), self.given) {
                let known = chain.contains(&issuer);
                if known || !self.may_issue(&issuer, chain) || !identifiers_agree(&last, &issuer) {
                    continue;
                }
                if self.checks == 0 {
                    break;
                }
                self.checks -= 1;
                match last.signed_by(&issuer) {
                    Verdict::Good => {
                        extended = true;
                        chain.push(issuer);
                        let done = self.walk(chain);
                        chain.pop();
                        if done {
                            return true;
                        }
                    }
                    Verdict::Bad => problem = Some(Problem::BadSignature { of: last.thumbprint() }),
                    Verdict::Unsupported => {
                        problem = Some(Problem::SignatureNotChecked { of: last.thumbprint() })
                    }
                }
            }
        }
        if extended {
            return false;
        }
        // The own name as issuer, but not the own key: somebody changed it after signing.
        if problem.is_none() && last.subject().der() == last.issuer().der() {
            problem = Some(Problem::BadSignature { of: last.thumbprint() });
        }
        self.offer(chain, Ending::Open, problem)
    }

    fn offer(&mut self, chain: &[Certificate], ending: Ending, signature_problem: Option<Problem>) -> bool {
        let path = Path { certificates: chain.to_vec(), ending, signature_problem };
        let score = self.score(&path);
        if self.best.as_ref().is_none_or(|best| score > self.score(best)) {
            self.best = Some(path);
        }
        score.0 == 3
    }

    fn score(&self, path: &Path) -> (u8, usize) {
        let current =
            path.certificates.iter().all(|c| c.not_before() <= self.now && self.now <= c.not_after());
        match path.ending {
            // Of several chains to a root the first found stays.
            Ending::Root(_) if current => (3, 0),
            Ending::Root(_) => (2, 0),
            Ending::SelfSigned => (1, path.certificates.len()),
            Ending::Open => (0, path.certificates.len()),
        }
    }

    /// Whether `issuer` may stand above `chain`: an authority, allowed to sign certificates, with enough length left.
    fn may_issue(&self, issuer: &Certificate, chain: &[Certificate]) -> bool {
        if issuer.facts().version < 3 {
            // Version 1 cannot say that it is an authority; only a trusted root is believed without.
            return self.store.root_kind(issuer).is_some();
        }
        let Some(constraints) = issuer.basic_constraints().filter(|constraints| constraints.is_ca) else {
            return false;
        };
        let below = chain[1..].iter().filter(|c| c.subject().der() != c.issuer().der()).count();
        constraints.path_length.is_none_or(|length| below <= length as usize)
            && issuer.key_usage().is_none_or(|usage| usage.contains(KeyUsage::KEY_CERT_SIGN))
    }
}

/// Key identifiers, where both have one, must be the same.
fn identifiers_agree(certificate: &Certificate, issuer: &Certificate) -> bool {
    match (certificate.authority_key_id(), issuer.subject_key_id()) {
        (Some(wanted), Some(found)) => wanted == found,
        _ => true,
    }
}
