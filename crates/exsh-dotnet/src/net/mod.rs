//! Addresses and names: URIs, IP addresses, mail addresses, this machine's name.
//!
//! Nothing here opens a connection or asks a name server.

pub mod dns;
pub mod escape;
pub mod ip_address;
pub mod mail_address;
pub mod uri;
pub mod uri_parts;
pub mod web_utility;

pub use ip_address::IpAddress;
pub use mail_address::MailAddress;
pub use uri::Uri;

use exsh_core::types::TypeRef;

/// All types of this folder.
pub static ALL: &[TypeRef] = &[
    &uri::URI,
    &uri::URI_KIND,
    &uri::URI_PARTIAL,
    &uri::URI_HOST_NAME_TYPE,
    &ip_address::IP_ADDRESS,
    &mail_address::MAIL_ADDRESS,
    &dns::DNS,
    &dns::IP_HOST_ENTRY,
    &web_utility::WEB_UTILITY,
];
