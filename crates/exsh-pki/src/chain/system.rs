//! The operating system's roots, read once in a process and only when asked for.

use crate::certificate::Certificate;
use std::collections::HashMap;
use std::sync::OnceLock;

static ROOTS: OnceLock<HashMap<Vec<u8>, Vec<Certificate>>> = OnceLock::new();

/// The system's roots whose subject is `name` (DER).
pub(super) fn roots_named(name: &[u8]) -> impl Iterator<Item = Certificate> + use<> {
    roots().get(name).into_iter().flatten().cloned()
}

pub(super) fn is_root(certificate: &Certificate) -> bool {
    roots().get(certificate.subject().der()).is_some_and(|all| all.contains(certificate))
}

/// What cannot be read or parsed is passed over: one odd file must not take all trust away.
fn roots() -> &'static HashMap<Vec<u8>, Vec<Certificate>> {
    ROOTS.get_or_init(|| {
        let mut roots: HashMap<Vec<u8>, Vec<Certificate>> = HashMap::new();
        for der in rustls_native_certs::load_native_certs().certs {
            if let Ok(certificate) = Certificate::from_der(&der) {
                roots.entry(certificate.subject().der().to_vec()).or_default().push(certificate);
            }
        }
        roots
    })
}
