//! The object of Get-UMService. Names are those that scripts read (facts: output.md 7.5); no capture of the order exists.

use super::parameters::{AddressFamily, StartupMode};
use super::texts;
use crate::exchange_server::{guid, server_name};
use crate::mail_settings::{SizeObject, TimeSpan};
use exsh_core::object::Object;
use exsh_core::types::{MemberTable, Property, TypeInfo, TypeRef};
use exsh_core::value::Value;
use exsh_core::view::{Column, View};
use exsh_state::model::{Organization, Server, UmServiceSettings};
use std::any::Any;

pub struct UmService {
    pub row: UmServiceSettings,
    pub server: Server,
    pub organization: Organization,
}

impl Object for UmService {
    fn type_info(&self) -> TypeRef {
        &UM_SERVER
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.server.name.clone())
    }
}

pub static UM_SERVER: TypeInfo = TypeInfo::class(
    "Microsoft.Exchange.Data.Directory.SystemConfiguration.UMServer",
    MemberTable::of_properties(PROPERTIES),
)
.with_views(&[View::table(
    "UMServer",
    &[
        Column::property("Name").width(15),
        Column::property("DialPlans").width(30),
        Column::property("UMStartupMode"),
    ],
)]);

macro_rules! property {
    ($name:literal, $text:literal, |$o:ident| $value:expr) => {
        Property::new($name, $text, |_, this| {
            Ok(this.downcast::<UmService>().map_or(Value::NULL, |$o| $value))
        })
    };
}

const PROPERTIES: &[Property] = &[
    property!("Name", "string", |o| Value::text(o.server.name.as_str())),
    property!("UMStartupMode", "UMStartupMode", |o| StartupMode::value(o.row.um_startup_mode)),
    property!("DialPlans", "MultiValuedProperty", |o| texts(&o.row.dial_plans)),
    property!("GrammarGenerationSchedule", "ScheduleInterval[]", |o| texts(
        &o.row.grammar_generation_schedule
    )),
    property!("IPAddressFamily", "IPAddressFamily", |o| AddressFamily::value(o.row.ip_address_family)),
    property!("IPAddressFamilyConfigurable", "bool", |o| Value::bool(o.row.ip_address_family_configurable)),
    property!("IrmLogEnabled", "bool", |o| Value::bool(o.row.irm_log_enabled)),
    property!("IrmLogMaxAge", "EnhancedTimeSpan", |o| TimeSpan::value(o.row.irm_log_max_age_seconds)),
    property!("IrmLogMaxDirectorySize", "Unlimited", |o| SizeObject::unlimited(
        o.row.irm_log_max_directory_size
    )),
    property!("IrmLogMaxFileSize", "ByteQuantifiedSize", |o| {
        SizeObject::size(o.row.irm_log_max_file_size_bytes)
    }),
    property!("IrmLogPath", "string", |o| Value::text(o.row.irm_log_path.as_str())),
    property!("MaxCallsAllowed", "int", |o| Value::int(o.row.max_calls_allowed)),
    property!("SIPAccessService", "ProtocolConnectionSettings", |o| {
        o.row.sip_access_service.as_deref().map_or(Value::NULL, Value::from)
    }),
    property!("Identity", "string", |o| Value::text(o.server.name.as_str())),
    property!("DistinguishedName", "string", |o| Value::text(server_name(&o.organization, &o.server))),
    property!("Guid", "guid", |o| guid(&server_name(&o.organization, &o.server))),
    property!("OrganizationId", "string", |_o| Value::text("")),
    property!("Id", "string", |o| Value::text(o.server.name.as_str())),
    property!("OriginatingServer", "string", |o| Value::text(o.server.fqdn.as_str())),
    property!("IsValid", "bool", |_o| Value::TRUE),
    property!("ObjectState", "string", |_o| Value::text("Unchanged")),
];
