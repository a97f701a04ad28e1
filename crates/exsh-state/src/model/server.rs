//! Servers, their Windows services, and which certificate each end point serves.

use super::{Services, Thumbprint, Version, spelled};

/// The one organization of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// `First Organization` when setup named it.
    pub name: String,
    /// DNS domain: `contoso.com`.
    pub domain: String,
}

/// Number of a server, fixed for its life. The maker of a server picks `Store::unused_server_id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServerId(pub u32);

spelled! {
    /// The product generation; UM exists on 2016 only.
    pub enum ServerVersion {
        Exchange2016 = "2016",
        Exchange2019 = "2019",
        ExchangeSe = "SE",
    }
}

impl ServerVersion {
    /// AdminDisplayVersion of a fresh server. 2016 and 2019: captured from lab servers; SE: its first release.
    pub const fn admin_display_version(self) -> &'static str {
        match self {
            ServerVersion::Exchange2016 => "Version 15.1 (Build 2375.7)",
            ServerVersion::Exchange2019 => "Version 15.2 (Build 986.5)",
            ServerVersion::ExchangeSe => "Version 15.2 (Build 2562.17)",
        }
    }
}

spelled! {
    pub enum Edition {
        Standard = "Standard",
        StandardEvaluation = "StandardEvaluation",
        Enterprise = "Enterprise",
        EnterpriseEvaluation = "EnterpriseEvaluation",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    pub id: ServerId,
    /// Short (NetBIOS) name in its stored casing: `EX01`.
    pub name: String,
    pub fqdn: String,
    pub version_name: ServerVersion,
    /// As shown: `Version 15.2 (Build 986.5)`.
    pub admin_display_version: String,
    pub edition: Edition,
    /// `Mailbox`, or `Mailbox, ClientAccess`, or `Edge`.
    pub roles: String,
    /// `contoso.com/Configuration/Sites/Default-First-Site-Name`.
    pub site: String,
    /// The certificate SMTP uses between servers; it can't be removed while it has this role.
    pub internal_transport: Option<Thumbprint>,
    /// Unix seconds, UTC.
    pub created_at: i64,
    pub version: Version,
}

spelled! {
    /// A place where a certificate is presented and loaded at the start of a Windows service.
    ///
    /// IMAP and POP consist of two services each, and both must be restarted; so each is an end point of its own.
    pub enum Endpoint {
        DefaultWebSite = "Default Web Site",
        ExchangeBackEnd = "Exchange Back End",
        Imap = "IMAP",
        ImapBackEnd = "IMAP back end",
        Pop = "POP",
        PopBackEnd = "POP back end",
        Um = "UM",
        UmCallRouter = "UMCallRouter",
    }
}

impl Endpoint {
    /// The Windows service whose start loads the certificate.
    pub const fn windows_service(self) -> &'static str {
        match self {
            Endpoint::DefaultWebSite | Endpoint::ExchangeBackEnd => "W3SVC",
            Endpoint::Imap => "MSExchangeIMAP4",
            Endpoint::ImapBackEnd => "MSExchangeIMAP4BE",
            Endpoint::Pop => "MSExchangePOP3",
            Endpoint::PopBackEnd => "MSExchangePOP3BE",
            Endpoint::Um => "MSExchangeUM",
            Endpoint::UmCallRouter => "MSExchangeUMCR",
        }
    }

    /// The flag of AllowedServices this end point stands for.
    pub const fn service(self) -> Services {
        match self {
            Endpoint::DefaultWebSite | Endpoint::ExchangeBackEnd => Services::IIS,
            Endpoint::Imap | Endpoint::ImapBackEnd => Services::IMAP,
            Endpoint::Pop | Endpoint::PopBackEnd => Services::POP,
            Endpoint::Um => Services::UM,
            Endpoint::UmCallRouter => Services::UM_CALL_ROUTER,
        }
    }

    /// The site's number in `IIS://EX01/W3SVC/1`.
    pub const fn iis_site(self) -> Option<u32> {
        match self {
            Endpoint::DefaultWebSite => Some(1),
            Endpoint::ExchangeBackEnd => Some(2),
            _ => None,
        }
    }
}

/// What one end point of one server presents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    pub server: ServerId,
    pub endpoint: Endpoint,
    /// After the next restart of its Windows service.
    pub assigned: Option<Thumbprint>,
    /// Now; `None` while the service is stopped. It may name a certificate that was removed since.
    pub in_use: Option<Thumbprint>,
    /// `Version(0)` for an end point that was never assigned.
    pub version: Version,
}

spelled! {
    pub enum ServiceStatus {
        Stopped = "Stopped",
        Running = "Running",
    }
}

spelled! {
    pub enum StartupType {
        Automatic = "Automatic",
        Manual = "Manual",
        Disabled = "Disabled",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowsService {
    pub server: ServerId,
    /// `MSExchangeIMAP4`; looked up without regard to case.
    pub name: String,
    pub display_name: String,
    pub status: ServiceStatus,
    pub startup: StartupType,
    pub version: Version,
}

/// A running service that still presents another certificate than the one it is assigned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingRestart {
    pub server: ServerId,
    pub endpoint: Endpoint,
    pub in_use: Option<Thumbprint>,
    pub assigned: Option<Thumbprint>,
}
