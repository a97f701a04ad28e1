//! Parameter types of the service cmdlets.

use super::controller::{SERVICE_CONTROLLER, SERVICE_CONTROLLER_ARRAY};
use exsh_core::cmdlet::FromValue;
use exsh_core::types::{self, EnumInfo, TypeInfo, TypeRef};
use exsh_core::value::Value;
use exsh_state::model::StartupType;

/// ServiceController[].
pub struct Services(pub Vec<Value>);

impl FromValue for Services {
    const TYPE: TypeRef = &SERVICE_CONTROLLER_ARRAY;
    fn from_value(value: &Value) -> Option<Services> {
        Some(Services(exsh_core::enumerate::items(value)))
    }
}

/// One ServiceController.
pub struct Service(pub Value);

impl FromValue for Service {
    const TYPE: TypeRef = &SERVICE_CONTROLLER;
    fn from_value(value: &Value) -> Option<Service> {
        (!value.is_null()).then(|| Service(value.clone()))
    }
}

/// ServiceStartupType. The state knows no delayed start: it counts as automatic, as .NET's StartType shows it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Startup(pub Option<StartupType>);

static STARTUP_INFO: EnumInfo = EnumInfo {
    flags: false,
    members: &[
        ("InvalidValue", -1),
        ("Automatic", 2),
        ("Manual", 3),
        ("Disabled", 4),
        ("AutomaticDelayedStart", 10),
    ],
    underlying: &types::INT32,
};
pub static STARTUP: TypeInfo =
    TypeInfo::enumeration("Microsoft.PowerShell.Commands.ServiceStartupType", &STARTUP_INFO);

impl FromValue for Startup {
    const TYPE: TypeRef = &STARTUP;
    fn from_value(value: &Value) -> Option<Startup> {
        Some(Startup(match value.base().as_enum()?.number {
            2 | 10 => Some(StartupType::Automatic),
            3 => Some(StartupType::Manual),
            4 => Some(StartupType::Disabled),
            _ => None,
        }))
    }
}
