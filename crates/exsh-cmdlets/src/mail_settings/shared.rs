//! What Set-ImapSettings and Set-PopSettings both accept, and what both do with it.
//!
//! Ranges are documented; the words of a refusal are ours, because no capture exists (facts: messages.md M27). The sentence
//! about the restart (M26) is remembered, not captured.

use super::endpoints;
use super::object::{self, MailSettingsObject};
use super::parameters::{Bindings, Calendar, Connections, Login, Mime, Protection, RollOver, TimeSpan, Url};
use super::size::UnlimitedSize;
use crate::errors;
use crate::exchange_certificate::shared::{confirm, report};
use crate::exchange_server::of_identity;
use crate::rules::mail_certificate;
use crate::session::{Decision, ExchangeContext, audit_entry, unix_now};
use crate::types::parameters::{Fqdn, ServerName};
use exsh_core::cmdlet::{Bound, Param, ParamSpec};
use exsh_core::error::{Category, Result};
use exsh_core::out::Out;
use exsh_core::value::Value;
use exsh_state::model::{CalendarItemRetrieval, MailProtocol, MailSettings, Server};
use exsh_state::{Change, Store};
use std::rc::Rc;

pub const SERVER: Param<ServerName> =
    Param::new(0, "Server").from_pipeline().default_text("the local server");
pub const AUTHENTICATED_TIMEOUT: Param<TimeSpan> =
    Param::new(1, "AuthenticatedConnectionTimeout").default_text("00:30:00");
pub const BANNER: Param<String> = Param::new(2, "Banner").allow_empty();
pub const CALENDAR: Param<Calendar> = Param::new(3, "CalendarItemRetrievalOption").default_text("iCalendar");
pub const DOMAIN_CONTROLLER: Param<Fqdn> = Param::new(4, "DomainController");
pub const EXACT_SIZE: Param<bool> = Param::new(5, "EnableExactRFC822Size").default_text("False");
pub const GSSAPI_NTLM: Param<bool> = Param::new(6, "EnableGSSAPIAndNTLMAuth").default_text("True");
pub const ENFORCE_ERRORS: Param<bool> = Param::new(7, "EnforceCertificateErrors").default_text("False");
pub const PROTECTION: Param<Protection> = Param::new(8, "ExtendedProtectionPolicy").default_text("None");
pub const EXTERNAL: Param<Connections> =
    Param::new(9, "ExternalConnectionSettings").allow_null().allow_empty();
pub const INTERNAL: Param<Connections> =
    Param::new(10, "InternalConnectionSettings").allow_null().allow_empty();
pub const LOG_LOCATION: Param<String> = Param::new(11, "LogFileLocation");
pub const LOG_ROLL_OVER: Param<RollOver> = Param::new(12, "LogFileRollOverSettings").default_text("Hourly");
pub const LOGIN_TYPE: Param<Login> = Param::new(13, "LoginType").default_text("SecureLogin");
pub const LOG_QUOTA: Param<UnlimitedSize> = Param::new(14, "LogPerFileSizeQuota").default_text("0");
pub const MAX_COMMAND_SIZE: Param<i32> = Param::new(15, "MaxCommandSize");
pub const MAX_FROM_IP: Param<i32> = Param::new(16, "MaxConnectionFromSingleIP").default_text("2147483647");
pub const MAX_CONNECTIONS: Param<i32> = Param::new(17, "MaxConnections").default_text("2147483647");
pub const MAX_PER_USER: Param<i32> = Param::new(18, "MaxConnectionsPerUser").default_text("16");
pub const MIME_FORMAT: Param<Mime> =
    Param::new(19, "MessageRetrievalMimeFormat").default_text("BestBodyFormat");
pub const OWA_URL: Param<Url> = Param::new(20, "OwaServerUrl").allow_null();
pub const PRE_AUTHENTICATED_TIMEOUT: Param<TimeSpan> =
    Param::new(21, "PreAuthenticatedConnectionTimeout").default_text("00:01:00");
pub const PROTOCOL_LOG: Param<bool> = Param::new(22, "ProtocolLogEnabled").default_text("False");
pub const PROXY_PORT: Param<i32> = Param::new(23, "ProxyTargetPort");
pub const SSL_BINDINGS: Param<Bindings> = Param::new(24, "SSLBindings").allow_null().allow_empty();
pub const READ_RECEIPT: Param<bool> = Param::new(25, "SuppressReadReceipt").default_text("False");
pub const PLAIN_BINDINGS: Param<Bindings> =
    Param::new(26, "UnencryptedOrTLSBindings").allow_null().allow_empty();
pub const CERTIFICATE_NAME: Param<String> = Param::new(27, "X509CertificateName").allow_null().allow_empty();

const COMMON: [ParamSpec; 28] = [
    SERVER.spec,
    AUTHENTICATED_TIMEOUT.spec,
    BANNER.spec,
    CALENDAR.spec,
    DOMAIN_CONTROLLER.spec,
    EXACT_SIZE.spec,
    GSSAPI_NTLM.spec,
    ENFORCE_ERRORS.spec,
    PROTECTION.spec,
    EXTERNAL.spec,
    INTERNAL.spec,
    LOG_LOCATION.spec,
    LOG_ROLL_OVER.spec,
    LOGIN_TYPE.spec,
    LOG_QUOTA.spec,
    MAX_COMMAND_SIZE.spec,
    MAX_FROM_IP.spec,
    MAX_CONNECTIONS.spec,
    MAX_PER_USER.spec,
    MIME_FORMAT.spec,
    OWA_URL.spec,
    PRE_AUTHENTICATED_TIMEOUT.spec,
    PROTOCOL_LOG.spec,
    PROXY_PORT.spec,
    SSL_BINDINGS.spec,
    READ_RECEIPT.spec,
    PLAIN_BINDINGS.spec,
    CERTIFICATE_NAME.spec,
];

/// Place of the one parameter that only this protocol has.
pub const OWN: u16 = COMMON.len() as u16;

/// The shared parameters and the protocol's own one behind them.
pub const fn with(own: ParamSpec) -> [ParamSpec; COMMON.len() + 1] {
    let mut all = [own; COMMON.len() + 1];
    let mut i = 0;
    while i < COMMON.len() {
        all[i] = COMMON[i];
        i += 1;
    }
    all
}

/// Least and greatest MaxCommandSize in bytes (documented).
pub const fn command_size(protocol: MailProtocol) -> (i64, i64) {
    match protocol {
        MailProtocol::Imap => (1024, 16384),
        MailProtocol::Pop => (40, 1024),
    }
}

/// Both time-outs: 30 seconds to an hour (documented).
pub const TIMEOUT_SECONDS: (i64, i64) = (30, 3600);
/// All numbers of connections (documented).
pub const CONNECTIONS: (i64, i64) = (1, i32::MAX as i64);

/// The stored settings of a server, or those it has before anybody changed them.
pub fn settings(store: &dyn Store, server: &Server, protocol: MailProtocol) -> Result<MailSettings> {
    let row = store.mail_settings(server.id, protocol).map_err(errors::state)?;
    Ok(row.unwrap_or_else(|| MailSettings::fresh(server, protocol)))
}

/// Get-ImapSettings and Get-PopSettings.
pub fn get(
    context: &Rc<ExchangeContext>,
    protocol: MailProtocol,
    name: Option<ServerName>,
    out: &mut dyn Out,
) -> Result<()> {
    let server = match context.server(out.host(), name.as_ref().map(|n| of_identity(&n.0))) {
        Ok(server) => server,
        Err(flow) => return report(out, flow),
    };
    let store = context.store(out.host())?;
    let row = settings(store, &server, protocol)?;
    let Some(organization) = store.organization().map_err(errors::state)? else { return Ok(()) };
    out.emit(Value::object(MailSettingsObject { row, server, organization }))
}

/// Set-ImapSettings and Set-PopSettings. `own` writes the parameter that only this protocol has.
pub fn set(
    context: &Rc<ExchangeContext>,
    protocol: MailProtocol,
    cmdlet: &'static str,
    bound: &Bound,
    out: &mut dyn Out,
    own: &dyn Fn(&mut MailSettings),
) -> Result<()> {
    let name = bound.get(&SERVER);
    let server = match context.server(out.host(), name.as_ref().map(|n| of_identity(&n.0))) {
        Ok(server) => server,
        Err(flow) => return report(out, flow),
    };
    let edited = |store: &dyn Store| -> Result<(MailSettings, std::result::Result<MailSettings, String>)> {
        let old = settings(store, &server, protocol)?;
        let mut new = old.clone();
        own(&mut new);
        let new = edit(bound, new);
        Ok((old, new))
    };
    if let (_, Err(text)) = edited(context.store(out.host())?)? {
        let record = errors::task(out.host(), &server, cmdlet, Category::InvalidArgument, &text);
        return out.error(record);
    }
    let description = format!("Setting {protocol} settings on server {}.", server.name);
    if !confirm(out, &description)? {
        return Ok(());
    }

    let now = unix_now(out.host());
    let object = object::identity(&server);
    let trail = audit_entry(out.host(), cmdlet, Some(server.id), &object, &given(bound));
    let outcome = context.change(out.host(), |store, _| {
        let (old, new) = edited(store)?;
        let Ok(new) = new else { return Ok(Decision { changes: Vec::new(), result: Outcome::default() }) };
        let mut outcome = Outcome { settings_changed: new != old, without_certificate: None };
        let mut changes = Vec::new();
        // Given, even with the value it has: the choice is made anew, for a certificate may have come in since.
        if bound.has(&CERTIFICATE_NAME) {
            let chosen = mail_certificate::changes(store, &new, now).map_err(errors::state)?;
            let [front, _] = mail_certificate::endpoints(protocol);
            let current = store.assignment(server.id, front).map_err(errors::state)?.assigned;
            let name = &new.x509_certificate_name;
            let found =
                mail_certificate::choose(store, server.id, name, current, now).map_err(errors::state)?;
            outcome.without_certificate = found.is_none().then(|| name.clone());
            changes.extend(chosen);
        }
        if outcome.settings_changed {
            changes.push(Change::SetMailSettings(new));
        }
        if !changes.is_empty() {
            changes.push(trail.clone());
        }
        Ok(Decision { changes, result: outcome })
    })?;

    if let Some(name) = outcome.without_certificate {
        out.warn(&format!(
            "No usable certificate with a private key on server {} matches the name '{name}'. Until there is one, the \
             {protocol} services have no certificate to present after their next start. Import one with \
             Import-ExchangeCertificate, then set X509CertificateName again.",
            server.name
        ))?;
    }
    if !outcome.settings_changed {
        return out.warn(&format!(
            "The command completed successfully but no settings of '{object}' have been modified."
        ));
    }
    out.warn(&format!(
        "Changes to {protocol} settings will only take effect after all Microsoft Exchange {protocol} services are \
         restarted on server {}.",
        server.name
    ))
}

#[derive(Default)]
struct Outcome {
    settings_changed: bool,
    /// The name that no certificate matches.
    without_certificate: Option<String>,
}

/// Writes what was given over the settings; a refusal says which value and what is allowed.
fn edit(bound: &Bound, mut s: MailSettings) -> std::result::Result<MailSettings, String> {
    let number = |param: &Param<i32>, (least, greatest): (i64, i64), unit: &str| match bound.get(param) {
        None => Ok(None),
        Some(v) if (least..=greatest).contains(&i64::from(v)) => Ok(Some(v)),
        Some(v) => Err(out_of_range(
            param.spec.name,
            &v.to_string(),
            &least.to_string(),
            &format!("{greatest}{unit}"),
        )),
    };
    let seconds = |param: &Param<TimeSpan>| match bound.get(param) {
        None => Ok(None),
        Some(TimeSpan(v)) if (TIMEOUT_SECONDS.0..=TIMEOUT_SECONDS.1).contains(&v) => Ok(Some(v as u32)),
        Some(TimeSpan(v)) => {
            Err(out_of_range(param.spec.name, &format!("{v} seconds"), "00:00:30", "01:00:00"))
        }
    };
    fn put<T>(place: &mut T, value: Option<T>) {
        if let Some(value) = value {
            *place = value;
        }
    }

    put(&mut s.authenticated_connection_timeout_seconds, seconds(&AUTHENTICATED_TIMEOUT)?);
    put(&mut s.pre_authenticated_connection_timeout_seconds, seconds(&PRE_AUTHENTICATED_TIMEOUT)?);
    put(&mut s.max_command_size_bytes, number(&MAX_COMMAND_SIZE, command_size(s.protocol), " bytes")?);
    put(&mut s.max_connection_from_single_ip, number(&MAX_FROM_IP, CONNECTIONS, "")?);
    put(&mut s.max_connections, number(&MAX_CONNECTIONS, CONNECTIONS, "")?);
    put(&mut s.max_connections_per_user, number(&MAX_PER_USER, CONNECTIONS, "")?);
    // The page gives no range; a port has one by itself.
    put(&mut s.proxy_target_port, number(&PROXY_PORT, (0, 65535), "")?);

    put(&mut s.banner, bound.get(&BANNER));
    put(&mut s.calendar_item_retrieval, bound.get(&CALENDAR).map(|v| v.0));
    put(&mut s.enable_exact_rfc822_size, bound.get(&EXACT_SIZE));
    put(&mut s.enable_gssapi_and_ntlm_auth, bound.get(&GSSAPI_NTLM));
    put(&mut s.enforce_certificate_errors, bound.get(&ENFORCE_ERRORS));
    put(&mut s.extended_protection, bound.get(&PROTECTION).map(|v| v.0));
    put(&mut s.log_file_location, bound.get(&LOG_LOCATION));
    put(&mut s.log_roll_over, bound.get(&LOG_ROLL_OVER).map(|v| v.0));
    put(&mut s.login_type, bound.get(&LOGIN_TYPE).map(|v| v.0));
    put(&mut s.log_per_file_size_quota, bound.get(&LOG_QUOTA).map(|v| v.0));
    put(&mut s.message_retrieval_mime_format, bound.get(&MIME_FORMAT).map(|v| v.0));
    put(&mut s.protocol_log_enabled, bound.get(&PROTOCOL_LOG));
    put(&mut s.suppress_read_receipt, bound.get(&READ_RECEIPT));
    if bound.has(&OWA_URL) {
        s.owa_server_url = bound.get(&OWA_URL).map(|u| u.0).filter(|u| !u.is_empty());
    }

    let edited = |edit: Option<super::Edit>, list: &Vec<String>| edit.map(|e| e.apply(list));
    let external = edited(bound.get(&EXTERNAL).map(|v| v.0), &s.external_connection_settings);
    put(&mut s.external_connection_settings, external);
    let internal = edited(bound.get(&INTERNAL).map(|v| v.0), &s.internal_connection_settings);
    put(&mut s.internal_connection_settings, internal);
    let ssl = edited(bound.get(&SSL_BINDINGS).map(|v| v.0), &s.ssl_bindings);
    put(&mut s.ssl_bindings, ssl);
    let plain = edited(bound.get(&PLAIN_BINDINGS).map(|v| v.0), &s.unencrypted_or_tls_bindings);
    put(&mut s.unencrypted_or_tls_bindings, plain);

    if bound.has(&CERTIFICATE_NAME) {
        s.x509_certificate_name = certificate_name(bound.get(&CERTIFICATE_NAME).unwrap_or_default())?;
    }
    if s.calendar_item_retrieval == CalendarItemRetrieval::Custom && s.owa_server_url.is_none() {
        return Err(
            "CalendarItemRetrievalOption can't be Custom without an address. Set OwaServerUrl as well, such \
                    as -OwaServerUrl https://mail.contoso.com/owa."
                .to_owned(),
        );
    }
    Ok(s)
}

/// A host name, or nothing. Documented: a wildcard certificate is found by the host name it covers.
fn certificate_name(name: String) -> std::result::Result<String, String> {
    let name = name.trim().to_owned();
    if name.is_empty() || endpoints::is_host(&name) {
        return Ok(name);
    }
    if name.starts_with("*.") {
        return Err(format!(
            "X509CertificateName can't be the wildcard '{name}'. Give the name by which clients reach the service, \
             such as 'mail{}'; a certificate for '{name}' is then found by it.",
            &name[1..]
        ));
    }
    Err(format!(
        "X509CertificateName can't be '{name}': it isn't the name of a host. Give the name by which clients reach the \
         service, such as 'mail.contoso.com'."
    ))
}

fn out_of_range(name: &str, value: &str, least: &str, greatest: &str) -> String {
    format!("{name} can't be {value}: it must be from {least} to {greatest}.")
}

/// Names of the parameters that were given, for the audit trail.
fn given(bound: &Bound) -> String {
    let mut names: Vec<&str> =
        COMMON.iter().filter(|p| !bound.at(p.index as usize).is_unset()).map(|p| p.name).collect();
    if !bound.at(OWN as usize).is_unset() {
        names.push("the protocol's own setting");
    }
    names.join(", ")
}
