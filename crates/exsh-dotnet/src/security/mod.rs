//! Secrets: secure strings, credentials, and the pointers through which scripts read them back.
//!
//! It decides that clear text lives in wiped buffers until a script asks for it. It shows a secret in no text, error or
//! Debug output.

pub mod credential;
pub mod marshal;
pub mod secure_string;

pub use credential::{NETWORK_CREDENTIAL, NetworkCredential, PS_CREDENTIAL, PSCredential};
pub use secure_string::{SECURE_STRING, SecureString};

use exsh_core::types::TypeRef;

/// All types of this folder.
pub static ALL: &[TypeRef] =
    &[&SECURE_STRING, &PS_CREDENTIAL, &NETWORK_CREDENTIAL, &marshal::INT_PTR, &marshal::MARSHAL];
