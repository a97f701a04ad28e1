//! The types of Exchange's objects and parameters: properties, texts and default views as data.

pub mod exchange_certificate;
pub mod parameters;
pub mod plain_object;

use exsh_core::types::TypeRef;

/// Every type that a script may name in brackets.
pub static ALL: &[TypeRef] = &[
    &exchange_certificate::EXCHANGE_CERTIFICATE,
    &exchange_certificate::ALLOWED_SERVICES,
    &exchange_certificate::CERTIFICATE_STATUS,
    &exchange_certificate::CERTIFICATE_AUTHORITY_TYPE,
    &parameters::CERTIFICATE_ID,
    &parameters::SERVER_ID,
    &parameters::FQDN,
];

/// Makes the types known by name to the session.
pub fn register() {
    for ty in ALL {
        exsh_dotnet::types::register(ty, None);
    }
}
