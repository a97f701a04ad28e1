//! Parameter types of many Exchange cmdlets: the server that is meant, and a domain controller.

use super::object::ExchangeServer;
use crate::mail_settings::MailSettingsObject;
use crate::unified_messaging::{CallRouter, UmService};
use exsh_core::cmdlet::FromValue;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::value::Value;

/// ServerIdParameter: a name, FQDN or DN as text, or an object that stands for a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerName(pub String);

/// UMServerIdParameter: as [`ServerName`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UmServerName(pub String);

/// A domain controller's FQDN. There is none here: the state answers for the directory, so the text is taken and not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fqdn(pub String);

pub static SERVER_ID_PARAMETER: TypeInfo =
    TypeInfo::class("Microsoft.Exchange.Configuration.Tasks.ServerIdParameter", MemberTable::EMPTY)
        .made_by(server_id);
pub static UM_SERVER_ID_PARAMETER: TypeInfo =
    TypeInfo::class("Microsoft.Exchange.Configuration.Tasks.UMServerIdParameter", MemberTable::EMPTY)
        .made_by(server_id);
pub static FQDN: TypeInfo =
    TypeInfo::class("Microsoft.Exchange.Data.Fqdn", MemberTable::EMPTY).made_by(fqdn);

impl FromValue for ServerName {
    const TYPE: TypeRef = &SERVER_ID_PARAMETER;
    fn from_value(value: &Value) -> Option<ServerName> {
        value.base().as_str().map(|s| ServerName(s.as_str().to_owned()))
    }
}

impl FromValue for UmServerName {
    const TYPE: TypeRef = &UM_SERVER_ID_PARAMETER;
    fn from_value(value: &Value) -> Option<UmServerName> {
        value.base().as_str().map(|s| UmServerName(s.as_str().to_owned()))
    }
}

impl FromValue for Fqdn {
    const TYPE: TypeRef = &FQDN;
    fn from_value(value: &Value) -> Option<Fqdn> {
        value.base().as_str().map(|s| Fqdn(s.as_str().to_owned()))
    }
}

fn server_id(value: &Value) -> Result<Value, String> {
    if let Some(server) = value.downcast::<ExchangeServer>() {
        return Ok(Value::text(server.row.name.as_str()));
    }
    if let Some(settings) = value.downcast::<MailSettingsObject>() {
        return Ok(Value::text(settings.server.name.as_str()));
    }
    if let Some(service) = value.downcast::<UmService>() {
        return Ok(Value::text(service.server.name.as_str()));
    }
    if let Some(router) = value.downcast::<CallRouter>() {
        return Ok(Value::text(router.server.name.as_str()));
    }
    let text = exsh_dotnet::text::to_text(value);
    if text.as_str().trim().is_empty() {
        return Err("A server's name, FQDN or distinguished name is expected, not an empty text.".to_owned());
    }
    Ok(Value::string(text))
}

fn fqdn(value: &Value) -> Result<Value, String> {
    let text = exsh_dotnet::text::to_text(value);
    let legal = |label: &str| {
        !label.is_empty() && label.len() <= 63 && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    match text.as_str().split('.').all(legal) {
        true => Ok(Value::string(text)),
        false => Err(format!("\"{text}\" isn't a valid SMTP domain.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_controller_is_a_host_name() {
        assert!(fqdn(&Value::text("dc1.contoso.com")).is_ok());
        assert!(fqdn(&Value::text("dc1..contoso.com")).is_err());
        assert!(fqdn(&Value::text("not a name")).is_err());
        assert!(server_id(&Value::text(" ")).is_err());
    }
}
