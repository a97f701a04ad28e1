//! The object of Get-ExchangeServer.
//!
//! Properties in the captured order (facts: output.md section 4). Left out as a whole are those that only a directory
//! and an installation have: WhenChanged, the web proxy, trial periods, mailbox provisioning, and the domain controllers
//! in use, which -Status would ask a server for.

use super::directory;
use exsh_core::object::Object;
use exsh_core::types::{self, MemberTable, Property, TypeInfo, TypeRef};
use exsh_core::value::Value;
use exsh_core::view::{Column, View};
use exsh_dotnet::time;
use exsh_state::model::{Organization, Server, ServerVersion};
use std::any::Any;

pub struct ExchangeServer {
    pub row: Server,
    pub organization: Organization,
}

impl ExchangeServer {
    fn distinguished_name(&self) -> String {
        directory::server_name(&self.organization, &self.row)
    }
    fn has_role(&self, role: &str) -> bool {
        self.row.roles.split(',').any(|r| r.trim().eq_ignore_ascii_case(role))
    }
    fn is_edge(&self) -> bool {
        self.has_role("Edge")
    }
    /// UM came with the Mailbox role up to 2016 (captured: True there, False on 2019).
    fn has_um(&self) -> bool {
        self.has_role("Mailbox") && self.row.version_name == ServerVersion::Exchange2016
    }
}

impl Object for ExchangeServer {
    fn type_info(&self) -> TypeRef {
        &EXCHANGE_SERVER
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.row.name.clone())
    }
}

pub static EXCHANGE_SERVER: TypeInfo = TypeInfo::class(
    "Microsoft.Exchange.Data.Directory.Management.ExchangeServer",
    MemberTable::of_properties(PROPERTIES),
)
.with_views(VIEWS);

/// Column starts 0, 20, 41, 53 and 65 of 80 (captured): widths, with one blank between columns.
const VIEWS: &[View] = &[View::table(
    "ExchangeServer",
    &[
        Column::property("Name").width(19),
        Column::property("Site").width(20),
        Column::property("ServerRole").width(11),
        Column::property("Edition").width(11),
        Column::property("AdminDisplayVersion").width(14),
    ],
)];

macro_rules! property {
    ($name:literal, $text:literal, |$o:ident| $value:expr) => {
        Property::new($name, $text, |_, this| {
            Ok(this.downcast::<ExchangeServer>().map_or(Value::NULL, |$o| $value))
        })
    };
}

const PROPERTIES: &[Property] = &[
    property!("Name", "string", |o| Value::text(o.row.name.as_str())),
    property!("DataPath", "string", |_o| Value::text(
        "C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Mailbox"
    )),
    property!("Domain", "string", |o| Value::text(o.organization.domain.as_str())),
    property!("Edition", "string", |o| Value::text(o.row.edition.as_str())),
    property!("ExchangeLegacyDN", "string", |o| Value::text(format!(
        "/o={}/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Configuration/cn=Servers/cn={}",
        o.organization.name, o.row.name
    ))),
    property!("Fqdn", "string", |o| Value::text(o.row.fqdn.as_str())),
    property!("CustomerFeedbackEnabled", "bool", |_o| Value::NULL),
    property!("IsHubTransportServer", "bool", |o| Value::bool(!o.is_edge())),
    property!("IsClientAccessServer", "bool", |o| Value::bool(!o.is_edge())),
    property!("IsExchange2007OrLater", "bool", |_o| Value::TRUE),
    property!("IsEdgeServer", "bool", |o| Value::bool(o.is_edge())),
    property!("IsMailboxServer", "bool", |o| Value::bool(o.has_role("Mailbox"))),
    property!("IsE14OrLater", "bool", |_o| Value::TRUE),
    property!("IsE15OrLater", "bool", |_o| Value::TRUE),
    property!("IsProvisionedServer", "bool", |_o| Value::FALSE),
    property!("IsUnifiedMessagingServer", "bool", |o| Value::bool(o.has_um())),
    property!("IsFrontendTransportServer", "bool", |o| Value::bool(!o.is_edge())),
    property!("NetworkAddress", "MultiValuedProperty", |o| texts(&[
        format!("ncacn_vns_spp:{}", o.row.name),
        format!("netbios:{}", o.row.name),
        format!("ncacn_np:{}", o.row.name),
        format!("ncacn_spx:{}", o.row.name),
        format!("ncacn_ip_tcp:{}", o.row.fqdn),
        format!("ncalrpc:{}", o.row.name),
    ])),
    property!("OrganizationalUnit", "string", |o| Value::text(format!(
        "{}/{}",
        o.organization.domain, o.row.name
    ))),
    property!("AdminDisplayVersion", "string", |o| Value::text(o.row.admin_display_version.as_str())),
    property!("Site", "string", |o| Value::text(o.row.site.as_str())),
    property!("ServerRole", "string", |o| Value::text(o.row.roles.as_str())),
    property!("IsExchangeTrialEdition", "bool", |o| Value::bool(
        o.row.edition.as_str().ends_with("Evaluation")
    )),
    property!("Identity", "string", |o| Value::text(o.row.name.as_str())),
    property!("IsValid", "bool", |_o| Value::TRUE),
    property!("ExchangeVersion", "string", |_o| Value::text("0.1 (8.0.535.0)")),
    property!("DistinguishedName", "string", |o| Value::text(o.distinguished_name())),
    property!("Guid", "guid", |o| directory::guid(&o.distinguished_name())),
    property!("ObjectCategory", "string", |o| Value::text(format!(
        "{}/Configuration/Schema/ms-Exch-Exchange-Server",
        o.organization.domain
    ))),
    property!("ObjectClass", "MultiValuedProperty", |_o| texts(&["top", "server", "msExchExchangeServer"])),
    property!("WhenCreated", "datetime", |o| Value::date_time(time::to_local(created(&o.row)))),
    property!("WhenCreatedUTC", "datetime", |o| Value::date_time(created(&o.row))),
    property!("OrganizationId", "string", |_o| Value::text("")),
    property!("Id", "string", |o| Value::text(o.row.name.as_str())),
    property!("OriginatingServer", "string", |o| Value::text(o.row.fqdn.as_str())),
    property!("ObjectState", "string", |_o| Value::text("Unchanged")),
];

fn created(server: &Server) -> u64 {
    let ticks = server.created_at * crate::session::TICKS_PER_SECOND + crate::session::UNIX_EPOCH_TICKS;
    time::pack(ticks, time::Kind::Utc)
}

fn texts<S: AsRef<str>>(items: &[S]) -> Value {
    Value::list_of(&types::STRING_ARRAY, items.iter().map(|s| Value::text(s.as_ref())).collect())
}
