//! Plain rows: what is stored, in Rust's own types. No rule of the domain is decided here, only shapes and defaults.
//!
//! A row that can be changed carries the `Version` it was read with; a change hands that version back.

mod certificate;
mod connector;
mod server;
mod settings;
mod trail;

pub use certificate::{CertificateRow, RootKind, Services, Thumbprint};
pub use connector::{Connector, ConnectorKind, TransportRole, TrustEntry, TrustKind};
pub use server::{
    Assignment, Edition, Endpoint, Organization, PendingRestart, Server, ServerId, ServerVersion,
    ServiceStatus, StartupType, WindowsService,
};
pub use settings::{
    AddressFamily, CalendarItemRetrieval, ExtendedProtection, LogRollOver, LoginType, MailProtocol,
    MailSettings, MimeFormat, Quota, SortOrder, UmCallRouterSettings, UmServiceSettings, UmStartupMode,
};
pub use trail::{AuditEntry, AuditRow};

/// How often what an operator settles in a row was changed: 1 when it is made. 0 means "not stored yet".
/// What only a service's start and stop change (status, certificate in use) is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u64);

/// Gives an enum one spelling: the reference's own word, which the state file stores and a view may show.
macro_rules! spelled {
    ($(#[$meta:meta])* pub enum $name:ident { $( $(#[$note:meta])* $variant:ident = $text:literal ),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $( $(#[$note])* #[serde(rename = $text)] $variant ),+ }

        impl $name {
            /// Every value, in the reference's order.
            pub const ALL: &'static [$name] = &[ $( $name::$variant ),+ ];

            /// The reference's spelling.
            pub const fn as_str(self) -> &'static str {
                match self { $( $name::$variant => $text ),+ }
            }

            /// Reads the spelling; case does not matter, anything else is `None`.
            pub fn parse(text: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|value| value.as_str().eq_ignore_ascii_case(text))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.pad(self.as_str())
            }
        }
    };
}
pub(crate) use spelled;
