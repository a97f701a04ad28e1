//! The object of Get-ImapSettings and Get-PopSettings.
//!
//! No public capture exists. Names are those that scripts read; order and table columns are the remembered ones
//! (facts: output.md section 3). RunspaceId is left out because nothing is remote here, and WhenChanged because the
//! state does not date settings.

use super::parameters::{Calendar, Login, Mime, Order, Protection, RollOver, TimeSpan};
use super::size::SizeObject;
use crate::exchange_server::{configuration_name, guid};
use exsh_core::object::Object;
use exsh_core::types::{self, MemberTable, Property, TypeInfo, TypeRef};
use exsh_core::value::Value;
use exsh_core::view::{Column, View};
use exsh_state::model::{MailProtocol, MailSettings, Organization, Server};
use std::any::Any;

pub struct MailSettingsObject {
    pub row: MailSettings,
    pub server: Server,
    pub organization: Organization,
}

impl MailSettingsObject {
    /// `EX01\1`.
    pub fn identity(&self) -> String {
        identity(&self.server)
    }
    fn distinguished_name(&self) -> String {
        let path = format!("CN=1,CN={},CN=Protocols", self.row.protocol);
        configuration_name(&self.organization, &self.server, &path)
    }
}

/// The one settings object of a server: `EX01\1` (inferred from the object's name in the directory).
pub fn identity(server: &Server) -> String {
    format!("{}\\1", server.name)
}

impl Object for MailSettingsObject {
    fn type_info(&self) -> TypeRef {
        match self.row.protocol {
            MailProtocol::Imap => &IMAP_SETTINGS,
            MailProtocol::Pop => &POP_SETTINGS,
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.identity())
    }
}

pub static IMAP_SETTINGS: TypeInfo = TypeInfo::class(
    "Microsoft.Exchange.Data.Directory.SystemConfiguration.Imap4AdConfiguration",
    MemberTable::of_properties(IMAP_PROPERTIES),
)
.with_views(VIEWS);

pub static POP_SETTINGS: TypeInfo = TypeInfo::class(
    "Microsoft.Exchange.Data.Directory.SystemConfiguration.Pop3AdConfiguration",
    MemberTable::of_properties(POP_PROPERTIES),
)
.with_views(VIEWS);

const VIEWS: &[View] = &[View::table(
    "PopImapSettings",
    &[
        Column::property("UnencryptedOrTLSBindings").width(26),
        Column::property("SSLBindings").width(26),
        Column::property("LoginType").width(23),
        Column::property("X509CertificateName"),
    ],
)];

macro_rules! property {
    ($name:literal, $text:literal, |$o:ident| $value:expr) => {
        Property::new($name, $text, |_, this| {
            Ok(this.downcast::<MailSettingsObject>().map_or(Value::NULL, |$o| $value))
        })
    };
}

/// All properties, with the one that only this protocol has in its place.
macro_rules! properties {
    ($own:expr) => {
        &[
            property!("ProtocolName", "string", |o| Value::text(o.row.protocol.as_str())),
            property!("Name", "string", |_o| Value::text("1")),
            property!("MaxCommandSize", "int", |o| Value::int(o.row.max_command_size_bytes)),
            $own,
            property!("UnencryptedOrTLSBindings", "MultiValuedProperty", |o| texts(
                &o.row.unencrypted_or_tls_bindings
            )),
            property!("SSLBindings", "MultiValuedProperty", |o| texts(&o.row.ssl_bindings)),
            property!("InternalConnectionSettings", "MultiValuedProperty", |o| texts(
                &o.row.internal_connection_settings
            )),
            property!("ExternalConnectionSettings", "MultiValuedProperty", |o| texts(
                &o.row.external_connection_settings
            )),
            property!("X509CertificateName", "string", |o| Value::text(o.row.x509_certificate_name.as_str())),
            property!("Banner", "string", |o| Value::text(o.row.banner.as_str())),
            property!("LoginType", "LoginOptions", |o| Login::value(o.row.login_type)),
            property!("AuthenticatedConnectionTimeout", "EnhancedTimeSpan", |o| {
                TimeSpan::value(o.row.authenticated_connection_timeout_seconds.into())
            }),
            property!("PreAuthenticatedConnectionTimeout", "EnhancedTimeSpan", |o| {
                TimeSpan::value(o.row.pre_authenticated_connection_timeout_seconds.into())
            }),
            property!("MaxConnections", "int", |o| Value::int(o.row.max_connections)),
            property!("MaxConnectionFromSingleIP", "int", |o| Value::int(
                o.row.max_connection_from_single_ip
            )),
            property!("MaxConnectionsPerUser", "int", |o| Value::int(o.row.max_connections_per_user)),
            property!("MessageRetrievalMimeFormat", "MimeTextFormat", |o| Mime::value(
                o.row.message_retrieval_mime_format
            )),
            property!("ProxyTargetPort", "int", |o| Value::int(o.row.proxy_target_port)),
            property!("CalendarItemRetrievalOption", "CalendarItemRetrievalOptions", |o| {
                Calendar::value(o.row.calendar_item_retrieval)
            }),
            property!("OwaServerUrl", "uri", |o| o
                .row
                .owa_server_url
                .as_deref()
                .map_or(Value::NULL, Value::from)),
            property!("EnableExactRFC822Size", "bool", |o| Value::bool(o.row.enable_exact_rfc822_size)),
            property!("LiveIdBasicAuthReplacement", "bool", |_o| Value::FALSE),
            property!("SuppressReadReceipt", "bool", |o| Value::bool(o.row.suppress_read_receipt)),
            property!("ProtocolLogEnabled", "bool", |o| Value::bool(o.row.protocol_log_enabled)),
            property!("EnforceCertificateErrors", "bool", |o| Value::bool(o.row.enforce_certificate_errors)),
            property!("LogFileLocation", "string", |o| Value::text(o.row.log_file_location.as_str())),
            property!("LogFileRollOverSettings", "LogFileRollOver", |o| RollOver::value(o.row.log_roll_over)),
            property!("LogPerFileSizeQuota", "Unlimited", |o| SizeObject::unlimited(
                o.row.log_per_file_size_quota
            )),
            property!("ExtendedProtectionPolicy", "ExtendedProtectionTokenCheckingMode", |o| {
                Protection::value(o.row.extended_protection)
            }),
            property!("EnableGSSAPIAndNTLMAuth", "bool", |o| Value::bool(o.row.enable_gssapi_and_ntlm_auth)),
            property!("Server", "string", |o| Value::text(o.server.name.as_str())),
            property!("AdminDisplayName", "string", |_o| Value::text("")),
            property!("ExchangeVersion", "string", |_o| Value::text("0.10 (14.0.100.0)")),
            property!("DistinguishedName", "string", |o| Value::text(o.distinguished_name())),
            property!("Identity", "string", |o| Value::text(o.identity())),
            property!("Guid", "guid", |o| guid(&o.distinguished_name())),
            property!("ObjectCategory", "string", |o| Value::text(format!(
                "{}/Configuration/Schema/ms-Exch-Protocol-Cfg-{}-Server",
                o.organization.domain,
                class(o.row.protocol)
            ))),
            property!("ObjectClass", "MultiValuedProperty", |o| texts(&[
                "top".to_owned(),
                "protocolCfg".to_owned(),
                format!("protocolCfg{}", class(o.row.protocol)),
                format!("protocolCfg{}Server", class(o.row.protocol)),
            ])),
            property!("OrganizationId", "string", |_o| Value::text("")),
            property!("Id", "string", |o| Value::text(o.identity())),
            property!("OriginatingServer", "string", |o| Value::text(o.server.fqdn.as_str())),
            property!("IsValid", "bool", |_o| Value::TRUE),
            property!("ObjectState", "string", |_o| Value::text("Unchanged")),
        ]
    };
}

const IMAP_PROPERTIES: &[Property] = properties!(property!("ShowHiddenFoldersEnabled", "bool", |o| {
    Value::bool(o.row.show_hidden_folders_enabled)
}));

const POP_PROPERTIES: &[Property] = properties!(property!("MessageRetrievalSortOrder", "SortOrder", |o| {
    Order::value(o.row.message_retrieval_sort_order)
}));

fn class(protocol: MailProtocol) -> &'static str {
    match protocol {
        MailProtocol::Imap => "IMAP",
        MailProtocol::Pop => "POP",
    }
}

fn texts(items: &[String]) -> Value {
    Value::list_of(&types::STRING_ARRAY, items.iter().map(|s| Value::text(s.as_str())).collect())
}
