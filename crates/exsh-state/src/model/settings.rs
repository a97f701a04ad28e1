//! Settings objects: IMAP and POP, UM, the UM call router. Names and defaults follow the parameters of
//! Set-ImapSettings, Set-PopSettings, Set-UMService and Set-UMCallRouterSettings (Exchange 2016 and later).
//!
//! Stored as one document a row, because nobody searches by a column of them. A setting that is added later needs a
//! `serde(default)` or a migration that writes it into the documents.
//! Times are seconds and sizes are bytes.

use serde::{Deserialize, Serialize};

use super::{Server, ServerId, Version, spelled};

spelled! {
    pub enum MailProtocol {
        Imap = "IMAP4",
        Pop = "POP3",
    }
}

spelled! {
    pub enum CalendarItemRetrieval {
        ICalendar = "iCalendar",
        IntranetUrl = "intranetUrl",
        InternetUrl = "InternetUrl",
        Custom = "Custom",
    }
}

spelled! {
    pub enum ExtendedProtection {
        None = "None",
        Allow = "Allow",
        Require = "Require",
    }
}

spelled! {
    pub enum LogRollOver {
        Hourly = "Hourly",
        Daily = "Daily",
        Weekly = "Weekly",
        Monthly = "Monthly",
    }
}

spelled! {
    pub enum LoginType {
        PlainTextLogin = "PlainTextLogin",
        PlainTextAuthentication = "PlainTextAuthentication",
        SecureLogin = "SecureLogin",
    }
}

spelled! {
    pub enum MimeFormat {
        TextOnly = "TextOnly",
        HtmlOnly = "HtmlOnly",
        HtmlAndTextAlternative = "HtmlAndTextAlternative",
        TextEnrichedOnly = "TextEnrichedOnly",
        TextEnrichedAndTextAlternative = "TextEnrichedAndTextAlternative",
        BestBodyFormat = "BestBodyFormat",
        Tnef = "Tnef",
    }
}

spelled! {
    pub enum SortOrder {
        Ascending = "Ascending",
        Descending = "Descending",
    }
}

spelled! {
    pub enum UmStartupMode {
        Tcp = "TCP",
        Tls = "TLS",
        Dual = "Dual",
    }
}

spelled! {
    pub enum AddressFamily {
        IPv4Only = "IPv4Only",
        IPv6Only = "IPv6Only",
        Any = "Any",
    }
}

/// A size that may have no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Quota {
    Unlimited,
    Bytes(u64),
}

/// ImapSettings or PopSettings of one server. The two parameters that only one protocol has are stored for both
/// and shown by the one that has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailSettings {
    #[serde(skip, default = "no_server")]
    pub server: ServerId,
    pub protocol: MailProtocol,
    pub authenticated_connection_timeout_seconds: u32,
    pub banner: String,
    pub calendar_item_retrieval: CalendarItemRetrieval,
    pub enable_exact_rfc822_size: bool,
    pub enable_gssapi_and_ntlm_auth: bool,
    pub enforce_certificate_errors: bool,
    pub extended_protection: ExtendedProtection,
    /// `host:port:TLS`, `host:port:SSL` or `host:port:`.
    pub external_connection_settings: Vec<String>,
    pub internal_connection_settings: Vec<String>,
    pub log_file_location: String,
    pub log_roll_over: LogRollOver,
    pub login_type: LoginType,
    /// 0 bytes: roll over by time.
    pub log_per_file_size_quota: Quota,
    pub max_command_size_bytes: i32,
    pub max_connection_from_single_ip: i32,
    pub max_connections: i32,
    pub max_connections_per_user: i32,
    pub message_retrieval_mime_format: MimeFormat,
    /// POP only.
    pub message_retrieval_sort_order: SortOrder,
    pub owa_server_url: Option<String>,
    pub pre_authenticated_connection_timeout_seconds: u32,
    pub protocol_log_enabled: bool,
    pub proxy_target_port: i32,
    /// IMAP only.
    pub show_hidden_folders_enabled: bool,
    /// `[::]:993`, `0.0.0.0:993`.
    pub ssl_bindings: Vec<String>,
    pub suppress_read_receipt: bool,
    pub unencrypted_or_tls_bindings: Vec<String>,
    /// The name by which the service finds its certificate. An empty string is accepted and stored.
    pub x509_certificate_name: String,
    #[serde(skip)]
    pub version: Version,
}

impl MailSettings {
    /// The settings of a fresh server. `x509_certificate_name` is its short name (inferred, not documented).
    pub fn fresh(server: &Server, protocol: MailProtocol) -> MailSettings {
        let imap = protocol == MailProtocol::Imap;
        let (plain, ssl, proxy) = if imap { (143, 993, 1993) } else { (110, 995, 1995) };
        let both = |port: u16| vec![format!("[::]:{port}"), format!("0.0.0.0:{port}")];
        MailSettings {
            server: server.id,
            protocol,
            authenticated_connection_timeout_seconds: 30 * 60,
            banner: format!("The Microsoft Exchange {protocol} service is ready."),
            calendar_item_retrieval: CalendarItemRetrieval::ICalendar,
            enable_exact_rfc822_size: false,
            enable_gssapi_and_ntlm_auth: true,
            enforce_certificate_errors: false,
            extended_protection: ExtendedProtection::None,
            external_connection_settings: Vec::new(),
            internal_connection_settings: vec![
                format!("{}:{ssl}:SSL", server.fqdn),
                format!("{}:{plain}:TLS", server.fqdn),
            ],
            log_file_location: format!(
                "%ExchangeInstallPath%Logging\\{}",
                if imap { "Imap4" } else { "Pop3" }
            ),
            log_roll_over: LogRollOver::Hourly,
            login_type: LoginType::SecureLogin,
            log_per_file_size_quota: Quota::Bytes(0),
            max_command_size_bytes: if imap { 10240 } else { 512 },
            max_connection_from_single_ip: i32::MAX,
            max_connections: i32::MAX,
            max_connections_per_user: 16,
            message_retrieval_mime_format: MimeFormat::BestBodyFormat,
            message_retrieval_sort_order: SortOrder::Ascending,
            owa_server_url: None,
            pre_authenticated_connection_timeout_seconds: 60,
            protocol_log_enabled: false,
            proxy_target_port: proxy,
            show_hidden_folders_enabled: false,
            ssl_bindings: both(ssl),
            suppress_read_receipt: false,
            unencrypted_or_tls_bindings: both(plain),
            x509_certificate_name: server.name.clone(),
            version: Version(0),
        }
    }
}

/// UMService of one server (2016).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UmServiceSettings {
    #[serde(skip, default = "no_server")]
    pub server: ServerId,
    pub dial_plans: Vec<String>,
    /// `Sunday.02:00-Sunday.02:30`, one interval an entry.
    pub grammar_generation_schedule: Vec<String>,
    pub ip_address_family: AddressFamily,
    pub ip_address_family_configurable: bool,
    pub irm_log_enabled: bool,
    pub irm_log_max_age_seconds: u64,
    pub irm_log_max_directory_size: Quota,
    pub irm_log_max_file_size_bytes: u64,
    pub irm_log_path: String,
    pub max_calls_allowed: i32,
    pub sip_access_service: Option<String>,
    pub um_startup_mode: UmStartupMode,
    #[serde(skip)]
    pub version: Version,
}

impl UmServiceSettings {
    pub fn fresh(server: &Server) -> UmServiceSettings {
        const DAYS: [&str; 7] =
            ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
        UmServiceSettings {
            server: server.id,
            dial_plans: Vec::new(),
            grammar_generation_schedule: DAYS.iter().map(|day| format!("{day}.02:00-{day}.02:30")).collect(),
            ip_address_family: AddressFamily::Any,
            ip_address_family_configurable: true,
            irm_log_enabled: true,
            irm_log_max_age_seconds: 30 * 24 * 60 * 60,
            irm_log_max_directory_size: Quota::Bytes(250 << 20),
            irm_log_max_file_size_bytes: 10 << 20,
            irm_log_path: "%ExchangeInstallPath%IRMLogs".to_owned(),
            max_calls_allowed: 100,
            sip_access_service: None,
            um_startup_mode: UmStartupMode::Tcp,
            version: Version(0),
        }
    }
}

/// UMCallRouterSettings of one server (2016).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UmCallRouterSettings {
    #[serde(skip, default = "no_server")]
    pub server: ServerId,
    pub dial_plans: Vec<String>,
    pub ip_address_family: AddressFamily,
    pub ip_address_family_configurable: bool,
    /// Deprecated in the reference; kept because it can be set.
    pub max_calls_allowed: Option<i32>,
    pub sip_tcp_listening_port: i32,
    pub sip_tls_listening_port: i32,
    pub um_startup_mode: UmStartupMode,
    #[serde(skip)]
    pub version: Version,
}

impl UmCallRouterSettings {
    pub fn fresh(server: &Server) -> UmCallRouterSettings {
        UmCallRouterSettings {
            server: server.id,
            dial_plans: Vec::new(),
            ip_address_family: AddressFamily::Any,
            ip_address_family_configurable: true,
            max_calls_allowed: None,
            sip_tcp_listening_port: 5060,
            sip_tls_listening_port: 5061,
            um_startup_mode: UmStartupMode::Tcp,
            version: Version(0),
        }
    }
}

/// The document leaves the server out (the row's key has it); the reader fills it in.
fn no_server() -> ServerId {
    ServerId(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edition, ServerVersion};

    fn ex01() -> Server {
        Server {
            id: ServerId(1),
            name: "EX01".to_owned(),
            fqdn: "ex01.contoso.com".to_owned(),
            version_name: ServerVersion::Exchange2019,
            admin_display_version: String::new(),
            edition: Edition::Standard,
            roles: String::new(),
            site: String::new(),
            internal_transport: None,
            created_at: 0,
            version: Version(1),
        }
    }

    /// Source: documented (parameter pages of Set-ImapSettings and Set-PopSettings).
    #[test]
    fn a_fresh_server_has_the_documented_mail_settings() {
        let imap = MailSettings::fresh(&ex01(), MailProtocol::Imap);
        assert_eq!(imap.banner, "The Microsoft Exchange IMAP4 service is ready.");
        assert_eq!(
            imap.internal_connection_settings,
            ["ex01.contoso.com:993:SSL", "ex01.contoso.com:143:TLS"]
        );
        assert_eq!(imap.ssl_bindings, ["[::]:993", "0.0.0.0:993"]);
        assert_eq!(imap.unencrypted_or_tls_bindings, ["[::]:143", "0.0.0.0:143"]);
        assert_eq!((imap.max_command_size_bytes, imap.proxy_target_port), (10240, 1993));
        assert_eq!(imap.log_file_location, "%ExchangeInstallPath%Logging\\Imap4");
        let pop = MailSettings::fresh(&ex01(), MailProtocol::Pop);
        assert_eq!(pop.banner, "The Microsoft Exchange POP3 service is ready.");
        assert_eq!(
            pop.internal_connection_settings,
            ["ex01.contoso.com:995:SSL", "ex01.contoso.com:110:TLS"]
        );
        assert_eq!(pop.ssl_bindings, ["[::]:995", "0.0.0.0:995"]);
        assert_eq!((pop.max_command_size_bytes, pop.proxy_target_port), (512, 1995));
        for settings in [imap, pop] {
            assert_eq!(settings.authenticated_connection_timeout_seconds, 1800);
            assert_eq!(settings.pre_authenticated_connection_timeout_seconds, 60);
            assert_eq!(settings.login_type, LoginType::SecureLogin);
            assert_eq!(settings.max_connections_per_user, 16);
        }
    }

    #[test]
    fn spellings_are_the_references_and_read_without_regard_to_case() {
        assert_eq!(CalendarItemRetrieval::parse("IntranetUrl"), Some(CalendarItemRetrieval::IntranetUrl));
        assert_eq!(UmStartupMode::parse("dual").map(UmStartupMode::as_str), Some("Dual"));
        assert_eq!(LoginType::parse("Secure"), None);
        assert_eq!(format!("[{:>6}]", MailProtocol::Pop), "[  POP3]");
    }
}
