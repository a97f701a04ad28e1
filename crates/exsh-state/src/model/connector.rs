//! Connectors, as far as a certificate is concerned, and the entries of the trust stores.

use super::{ServerId, Thumbprint, Version, spelled};

spelled! {
    pub enum ConnectorKind {
        Send = "Send",
        Receive = "Receive",
    }
}

spelled! {
    pub enum TransportRole {
        HubTransport = "HubTransport",
        FrontendTransport = "FrontendTransport",
    }
}

/// A Send connector belongs to the organization, a Receive connector to one server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connector {
    pub kind: ConnectorKind,
    /// `None` for Send connectors.
    pub server: Option<ServerId>,
    /// Unique among Send connectors, and among the Receive connectors of a server, without regard to case.
    pub name: String,
    pub fqdn: Option<String>,
    /// `<I>issuer<S>subject`, as given.
    pub tls_certificate_name: Option<String>,
    pub role: TransportRole,
    pub enabled: bool,
    /// Receive: `0.0.0.0:25`. Send: empty.
    pub bindings: Vec<String>,
    /// Send: `SMTP:*;1`. Receive: empty.
    pub address_spaces: Vec<String>,
    /// Send: the servers it sends from. Receive: empty.
    pub source_servers: Vec<ServerId>,
    pub version: Version,
}

spelled! {
    /// The certificate stores of a machine that decide about trust.
    pub enum TrustKind {
        Root = "Root",
        ThirdPartyRoot = "AuthRoot",
        Enterprise = "Enterprise",
        GroupPolicy = "GroupPolicy",
        Intermediate = "CA",
        Disallowed = "Disallowed",
    }
}

/// A certificate that is trusted or helps to build a chain. `server: None` holds for the whole organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustEntry {
    pub server: Option<ServerId>,
    pub kind: TrustKind,
    pub thumbprint: Thumbprint,
    pub der: Vec<u8>,
    pub subject: String,
    /// Unix seconds, UTC.
    pub added_at: i64,
}
