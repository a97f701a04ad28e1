//! UMServerIdParameter: a server that has Unified Messaging, by name or as an object.

use crate::unified_messaging::UmService;
use exsh_core::cmdlet::FromValue;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::value::Value;

/// As `ServerName`, for the UM cmdlets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UmServerName(pub String);

pub static UM_SERVER_ID_PARAMETER: TypeInfo =
    TypeInfo::class("Microsoft.Exchange.Configuration.Tasks.UMServerIdParameter", MemberTable::EMPTY)
        .made_by(server_id);

impl FromValue for UmServerName {
    const TYPE: TypeRef = &UM_SERVER_ID_PARAMETER;
    fn from_value(value: &Value) -> Option<UmServerName> {
        value.base().as_str().map(|s| UmServerName(s.as_str().to_owned()))
    }
}

fn server_id(value: &Value) -> Result<Value, String> {
    if let Some(service) = value.downcast::<UmService>() {
        return Ok(Value::text(service.server.name.as_str()));
    }
    let text = exsh_dotnet::text::to_text(value);
    match text.as_str().trim().is_empty() {
        true => Err("The value is empty.".to_owned()),
        false => Ok(Value::string(text)),
    }
}
