//! Parameter types of the UM cmdlets.

use super::schedule;
use crate::mail_settings::{Edit, connection, enumeration, list_parameter, normal_list};
use exsh_core::cmdlet::FromValue;
use exsh_core::types::{self, EnumInfo, MemberTable, TypeInfo, TypeRef};
use exsh_core::value::Value;
use exsh_state::model;

// Nobody published the numbers of these two; they are the places in the documented order.
enumeration!(StartupMode, STARTUP_MODE_INFO, STARTUP_MODE,
"Microsoft.Exchange.Data.Directory.SystemConfiguration.UMStartupMode",
model::UmStartupMode, {
    "TCP" = 0 => model::UmStartupMode::Tcp,
    "TLS" = 1 => model::UmStartupMode::Tls,
    "Dual" = 2 => model::UmStartupMode::Dual,
});

enumeration!(AddressFamily, ADDRESS_FAMILY_INFO, ADDRESS_FAMILY,
"Microsoft.Exchange.Data.Directory.SystemConfiguration.IPAddressFamily",
model::AddressFamily, {
    "IPv4Only" = 0 => model::AddressFamily::IPv4Only,
    "IPv6Only" = 1 => model::AddressFamily::IPv6Only,
    "Any" = 2 => model::AddressFamily::Any,
});

/// ServerStatus, which the reference page calls deprecated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerStatus;

static SERVER_STATUS_INFO: EnumInfo = EnumInfo {
    flags: false,
    members: &[("Enabled", 0), ("Disabled", 1), ("NoNewCalls", 2)],
    underlying: &types::INT32,
};
pub static SERVER_STATUS: TypeInfo = TypeInfo::enumeration(
    "Microsoft.Exchange.Data.Directory.SystemConfiguration.ServerStatus",
    &SERVER_STATUS_INFO,
);

impl FromValue for ServerStatus {
    const TYPE: TypeRef = &SERVER_STATUS;
    fn from_value(value: &Value) -> Option<ServerStatus> {
        value.base().as_enum().map(|_| ServerStatus)
    }
}

list_parameter!(DialPlans, DIAL_PLANS, dial_plan);

/// ScheduleInterval[]: `Sunday.02:00-Sunday.02:30`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule(pub Vec<String>);

pub static SCHEDULE: TypeInfo =
    TypeInfo::class("Microsoft.Exchange.Common.ScheduleInterval[]", MemberTable::EMPTY)
        .made_by(|value| normal_list(value, schedule::interval));

impl FromValue for Schedule {
    const TYPE: TypeRef = &SCHEDULE;
    fn from_value(value: &Value) -> Option<Schedule> {
        match Edit::read(value)? {
            Edit::Replace(items) => Some(Schedule(items)),
            Edit::Change { .. } => None,
        }
    }
}

/// One connection setting, as of ImapSettings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection(pub String);

pub static CONNECTION: TypeInfo =
    TypeInfo::class("Microsoft.Exchange.Data.ProtocolConnectionSettings", MemberTable::EMPTY)
        .made_by(|value| connection(exsh_dotnet::text::to_text(value).as_str()).map(Value::from));

impl FromValue for Connection {
    const TYPE: TypeRef = &CONNECTION;
    fn from_value(value: &Value) -> Option<Connection> {
        value.base().as_str().map(|s| Connection(s.as_str().to_owned()))
    }
}

/// A full local path: a drive and a folder, or a path below the installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullPath(pub String);

pub static LOCAL_PATH: TypeInfo =
    TypeInfo::class("Microsoft.Exchange.Data.LocalLongFullPath", MemberTable::EMPTY).made_by(full_path);

impl FromValue for FullPath {
    const TYPE: TypeRef = &LOCAL_PATH;
    fn from_value(value: &Value) -> Option<FullPath> {
        value.base().as_str().map(|s| FullPath(s.as_str().to_owned()))
    }
}

fn full_path(value: &Value) -> Result<Value, String> {
    let text = exsh_dotnet::text::to_text(value);
    let path = text.as_str();
    let drive = path.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && path.get(1..3) == Some(":\\");
    match drive || path.starts_with('%') || path.starts_with('/') {
        true => Ok(Value::string(text)),
        false => Err(format!("\"{path}\" isn't a full local path, such as D:\\Logs\\IRM.")),
    }
}

fn dial_plan(name: &str) -> Result<String, String> {
    let name = name.trim();
    match name.is_empty() {
        true => Err("A dial plan has a name.".to_owned()),
        false => Ok(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_path_is_a_full_one() {
        assert!(full_path(&Value::text("D:\\Logs")).is_ok());
        assert!(full_path(&Value::text("%ExchangeInstallPath%IRMLogs")).is_ok());
        assert!(full_path(&Value::text("Logs")).is_err());
        assert!(full_path(&Value::text("")).is_err());
    }
}
