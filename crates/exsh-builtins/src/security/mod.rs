//! Secure strings and credentials.

pub mod convert_from_secure_string;
pub mod convert_to_secure_string;
pub mod get_credential;
