//! The object of Get-UMCallRouterSettings. Names are those that scripts read (facts: output.md 7.5).

use super::parameters::{AddressFamily, StartupMode};
use super::texts;
use crate::exchange_server::{configuration_name, guid};
use exsh_core::object::Object;
use exsh_core::types::{MemberTable, Property, TypeInfo, TypeRef};
use exsh_core::value::Value;
use exsh_core::view::{Column, View};
use exsh_state::model::{Organization, Server, UmCallRouterSettings};
use std::any::Any;

pub struct CallRouter {
    pub row: UmCallRouterSettings,
    pub server: Server,
    pub organization: Organization,
}

impl CallRouter {
    fn distinguished_name(&self) -> String {
        configuration_name(&self.organization, &self.server, "CN=UM,CN=Protocols")
    }
}

impl Object for CallRouter {
    fn type_info(&self) -> TypeRef {
        &CALL_ROUTER
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(identity(&self.server))
    }
}

pub fn identity(server: &Server) -> String {
    format!("{}\\UMCallRouterSettings", server.name)
}

pub static CALL_ROUTER: TypeInfo = TypeInfo::class(
    "Microsoft.Exchange.Data.Directory.SystemConfiguration.SIPFEServerConfiguration",
    MemberTable::of_properties(PROPERTIES),
)
.with_views(&[View::table(
    "UMCallRouterSettings",
    &[
        Column::property("Server").width(15),
        Column::property("DialPlans").width(30),
        Column::property("UMStartupMode").width(13),
        Column::property("SipTcpListeningPort").width(19),
        Column::property("SipTlsListeningPort"),
    ],
)]);

macro_rules! property {
    ($name:literal, $text:literal, |$o:ident| $value:expr) => {
        Property::new($name, $text, |_, this| {
            Ok(this.downcast::<CallRouter>().map_or(Value::NULL, |$o| $value))
        })
    };
}

const PROPERTIES: &[Property] = &[
    property!("Server", "string", |o| Value::text(o.server.name.as_str())),
    property!("UMStartupMode", "UMStartupMode", |o| StartupMode::value(o.row.um_startup_mode)),
    property!("DialPlans", "MultiValuedProperty", |o| texts(&o.row.dial_plans)),
    property!("IPAddressFamily", "IPAddressFamily", |o| AddressFamily::value(o.row.ip_address_family)),
    property!("IPAddressFamilyConfigurable", "bool", |o| Value::bool(o.row.ip_address_family_configurable)),
    property!("MaxCallsAllowed", "int", |o| o.row.max_calls_allowed.map_or(Value::NULL, Value::int)),
    property!("SipTcpListeningPort", "int", |o| Value::int(o.row.sip_tcp_listening_port)),
    property!("SipTlsListeningPort", "int", |o| Value::int(o.row.sip_tls_listening_port)),
    property!("Identity", "string", |o| Value::text(identity(&o.server))),
    property!("DistinguishedName", "string", |o| Value::text(o.distinguished_name())),
    property!("Guid", "guid", |o| guid(&o.distinguished_name())),
    property!("OrganizationId", "string", |_o| Value::text("")),
    property!("Id", "string", |o| Value::text(identity(&o.server))),
    property!("OriginatingServer", "string", |o| Value::text(o.server.fqdn.as_str())),
    property!("IsValid", "bool", |_o| Value::TRUE),
    property!("ObjectState", "string", |_o| Value::text("Unchanged")),
];
