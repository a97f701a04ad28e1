//! New-ExchangeCertificate: https://learn.microsoft.com/powershell/module/exchangepowershell/new-exchangecertificate
//!
//! A self-signed certificate with every documented default, or a request that waits for an authority's answer. One
//! commit at the end: the question about the default SMTP certificate stands before it, so that a session that breaks
//! off there leaves nothing behind. Keys of 1024 bits, which the page still lists, are refused.

use super::enable::{RoleAnswer, answer_is_stale, ask_for_role};
use super::shared::{Teller, audit_name, confirm, read_back, report};
use crate::errors;
use crate::intake;
use crate::rules::{
    additive_assignment, carried_services, file_parameters, unified_messaging, wildcard, wording,
};
use crate::session::{Decision, ExchangeContext, audit, unix_now};
use crate::types::exchange_certificate::{AllowedServices, Instance, binary_file_data};
use crate::types::parameters::{Fqdn, ServerName, SubjectName, Texts};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch};
use exsh_core::error::{Category, Result};
use exsh_core::out::Out;
use exsh_core::value::Value;
use exsh_pki::{
    CertError, Certificate, CertificateRequest, EnrollmentClient, KeySpec, Name, PrivateKey, RequestTemplate,
    SelfSigned, StringForm,
};
use exsh_state::model::{RootKind, Server, Services};
use exsh_state::{Change, NewCertificate};
use std::rc::Rc;

const REQUEST: u32 = 1;
const CERTIFICATE: u32 = 2;

const BINARY_ENCODED: Param<Switch> = Param::new(0, "BinaryEncoded").sets(REQUEST);
const DOMAIN_CONTROLLER: Param<Fqdn> = Param::new(1, "DomainController");
const DOMAIN_NAME: Param<Texts> = Param::new(2, "DomainName").allow_null().allow_empty();
const FORCE: Param<Switch> = Param::new(3, "Force");
const FRIENDLY_NAME: Param<String> = Param::new(4, "FriendlyName").default_text("Microsoft Exchange");
const GENERATE_REQUEST: Param<Switch> = Param::new(5, "GenerateRequest").sets(REQUEST);
const INCLUDE_ACCEPTED_DOMAINS: Param<Switch> = Param::new(6, "IncludeAcceptedDomains");
const INCLUDE_AUTO_DISCOVER: Param<Switch> = Param::new(7, "IncludeAutoDiscover");
const INCLUDE_SERVER_FQDN: Param<Switch> = Param::new(8, "IncludeServerFQDN");
const INCLUDE_SERVER_NET_BIOS_NAME: Param<Switch> = Param::new(9, "IncludeServerNetBIOSName");
const INSTANCE: Param<Instance> = Param::new(10, "Instance").from_pipeline();
const KEY_SIZE: Param<i32> = Param::new(11, "KeySize").default_text("2048");
const PRIVATE_KEY_EXPORTABLE: Param<bool> = Param::new(12, "PrivateKeyExportable").default_text("False");
const REQUEST_FILE: Param<String> = Param::new(13, "RequestFile").sets(REQUEST);
const SERVER: Param<ServerName> = Param::new(14, "Server");
const SERVICES: Param<AllowedServices> =
    Param::new(15, "Services").sets(CERTIFICATE).default_text("IMAP, POP, SMTP");
const SUBJECT_KEY_IDENTIFIER: Param<String> = Param::new(16, "SubjectKeyIdentifier");
const SUBJECT_NAME: Param<SubjectName> = Param::new(17, "SubjectName");

const NAME: &str = "New-ExchangeCertificate";

pub static DECL: CmdletDecl = CmdletDecl::new(
    NAME,
    &[
        BINARY_ENCODED.spec,
        DOMAIN_CONTROLLER.spec,
        DOMAIN_NAME.spec,
        FORCE.spec,
        FRIENDLY_NAME.spec,
        GENERATE_REQUEST.spec,
        INCLUDE_ACCEPTED_DOMAINS.spec,
        INCLUDE_AUTO_DISCOVER.spec,
        INCLUDE_SERVER_FQDN.spec,
        INCLUDE_SERVER_NET_BIOS_NAME.spec,
        INSTANCE.spec,
        KEY_SIZE.spec,
        PRIVATE_KEY_EXPORTABLE.spec,
        REQUEST_FILE.spec,
        SERVER.spec,
        SERVICES.spec,
        SUBJECT_KEY_IDENTIFIER.spec,
        SUBJECT_NAME.spec,
    ],
    include_str!("new.md"),
)
.sets(&["Request", "Certificate"], Some(1))
.should_process(Impact::Medium)
.class("Microsoft.Exchange.Management.SystemConfigurationTasks.NewExchangeCertificate")
.module("Microsoft.Exchange.Management.PowerShell.E2010")
.remote()
.outputs(&["Microsoft.Exchange.Management.SystemConfigurationTasks.ExchangeCertificate", "System.String"]);

pub struct New {
    context: Rc<ExchangeContext>,
}

impl New {
    pub fn with(context: Rc<ExchangeContext>) -> New {
        New { context }
    }
}

/// What to make, settled from the parameters.
struct Wish {
    subject: Name,
    /// Names of the SAN, in order.
    domains: Vec<String>,
    friendly_name: String,
    key: KeySpec,
    exportable: bool,
    key_id: Option<Vec<u8>>,
}

impl Cmdlet for New {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let context = &*self.context;
        let teller = Teller { context, cmdlet: NAME };
        let named = bound.get(&SERVER).map(|name| name.0);
        let server = match context.server(out.host(), named.as_deref()) {
            Ok(server) => server,
            Err(flow) => return report(out, flow),
        };
        let file = bound.get(&REQUEST_FILE);
        if file.is_some() && !file_parameters::exist_on(&server) {
            return Err(file_parameters::unknown_parameter("RequestFile", NAME).into());
        }
        let request = bound.on(&GENERATE_REQUEST);
        for (given, word) in [(bound.on(&BINARY_ENCODED), "BinaryEncoded"), (file.is_some(), "RequestFile")] {
            if given && !request {
                let text = wording::needs_generate_request(word);
                return teller.refuse(out, &server, Category::InvalidArgument, &text);
            }
        }
        let wish = match wish(context, bound, out, &server)? {
            Ok(wish) => wish,
            Err(text) => return teller.refuse(out, &server, Category::InvalidArgument, &text),
        };
        if request {
            make_request(&teller, bound, out, &server, &wish, file)
        } else {
            make_certificate(&teller, bound, out, &server, &wish)
        }
    }
}

fn make_certificate(
    teller: &Teller<'_>,
    bound: &Bound,
    out: &mut dyn Out,
    server: &Server,
    wish: &Wish,
) -> Result<()> {
    let asked = match bound.get(&SERVICES) {
        Some(services) => services.0,
        // Documented: with names taken from the organization and no services, SMTP alone.
        None if bound.on(&INCLUDE_ACCEPTED_DOMAINS) || bound.on(&INCLUDE_AUTO_DISCOVER) => Services::SMTP,
        None => Services::IMAP | Services::POP | Services::SMTP,
    };
    let store = teller.context.store(out.host())?;
    if let Some(text) = unified_messaging::refusal(store, server, asked).map_err(errors::state)? {
        return teller.refuse(out, server, Category::InvalidOperation, &text);
    }
    if !confirm(out, &wording::creating(wish.subject.as_str(), &server.name))? {
        return Ok(());
    }
    let now = unix_now(out.host());
    let made = PrivateKey::generate(wish.key).and_then(|key| {
        let mut template = SelfSigned::new_exchange(wish.subject.clone(), wish.domains.clone(), now);
        template.subject_key_id = wish.key_id.clone();
        Ok((template.make(&key)?, key))
    });
    let (certificate, key) = match made {
        Ok(made) => made,
        Err(error) => return cannot_issue(teller, out, server, &error),
    };
    let mut row = intake::row(server.id, &certificate, now);
    row.friendly_name = wish.friendly_name.clone();
    row.exportable = wish.exportable;
    row.root = RootKind::None;
    let NewCertificate { row, key } = intake::with_key(row, Some(&key));
    let (services, warnings) = wildcard::take_out(&row, asked);
    for warning in &warnings {
        out.warn(warning)?;
    }
    let answer = ask_for_role(teller.context, out, server, &row, services, bound.on(&FORCE))?;
    let what = format!("Subject {}, Services {}", row.subject, carried_services::text(services));
    let entry = audit(out, NAME, server, &audit_name(server, &row.thumbprint), &what);
    let done = teller.context.change(out.host(), |store, host| {
        let server = store.server(server.id).map_err(errors::state)?.unwrap_or(server.clone());
        if answer_is_stale(&server, row.thumbprint, answer) {
            let text = wording::default_changed_meanwhile();
            return Err(errors::rpc(host, &server, NAME, Category::ResourceBusy, &text).into());
        }
        let mut changes = vec![Change::AddCertificate(NewCertificate { row: row.clone(), key: key.clone() })];
        let RoleAnswer { take, .. } = answer;
        changes.extend(
            additive_assignment::changes(store, &server, &row, services, take).map_err(errors::state)?,
        );
        changes.push(entry.clone());
        Ok(Decision { changes, result: () })
    });
    if let Err(flow) = done {
        return report(out, flow);
    }
    match read_back(teller.context, out, server, &row.thumbprint)? {
        Some(object) => out.emit(object),
        None => Ok(()),
    }
}

fn make_request(
    teller: &Teller<'_>,
    bound: &Bound,
    out: &mut dyn Out,
    server: &Server,
    wish: &Wish,
    file: Option<String>,
) -> Result<()> {
    if !confirm(out, &wording::requesting(wish.subject.as_str(), &server.name))? {
        return Ok(());
    }
    let path = match &file {
        Some(text) => Some(out.shell().file_path(text)?),
        None => None,
    };
    let now = unix_now(out.host());
    let made = PrivateKey::generate(wish.key).and_then(|key| request(wish, server, &key, now));
    let (request, stand_in, key) = match made {
        Ok(made) => made,
        Err(error) => return cannot_issue(teller, out, server, &error),
    };
    let mut row = intake::row(server.id, &stand_in, now);
    row.friendly_name = wish.friendly_name.clone();
    row.exportable = wish.exportable;
    row.pending_request = true;
    row.request_der = Some(request.der().to_vec());
    let thumbprint = row.thumbprint;
    let new = intake::with_key(row, Some(&key));
    let what = format!("Request for {}", wish.subject);
    let entry = audit(out, NAME, server, &audit_name(server, &thumbprint), &what);
    let text = request.to_pem("\r\n");
    let binary = bound.on(&BINARY_ENCODED);
    if let (Some(path), Some(typed)) = (&path, &file) {
        let bytes = if binary { request.der() } else { text.as_bytes() };
        if let Err(error) = std::fs::write(path, bytes) {
            let text = wording::file_problem(typed, &error.to_string());
            return teller.refuse(out, server, Category::WriteError, &text);
        }
    }
    let done = teller.context.change(out.host(), |_, _| {
        Ok(Decision { changes: vec![Change::AddCertificate(new.clone()), entry.clone()], result: () })
    });
    match done {
        Err(flow) => report(out, flow),
        Ok(()) if file.is_some() => Ok(()),
        Ok(()) if binary => out.emit(binary_file_data(request.der())),
        Ok(()) => out.emit(Value::text(text)),
    }
}

/// The request, the certificate that stands in its place until the answer comes (Windows makes one too), and the key.
fn request(
    wish: &Wish,
    server: &Server,
    key: &PrivateKey,
    now: i64,
) -> std::result::Result<(CertificateRequest, Certificate, PrivateKey), CertError> {
    let domain = server.fqdn.split_once('.').map_or("", |(_, domain)| domain);
    let account = domain.split('.').next().unwrap_or_default().to_uppercase();
    let mut template = RequestTemplate::new(wish.subject.clone(), wish.domains.clone());
    template.subject_key_id = wish.key_id.clone();
    template.client = Some(EnrollmentClient {
        os_version: "10.0.20348.2".to_owned(),
        machine: server.fqdn.clone(),
        account: format!("{account}\\{}$", server.name),
        process: "Microsoft.Exchange.ServiceHost.exe".to_owned(),
    });
    let request = template.make(key)?;
    let mut stand_in = SelfSigned::new_exchange(wish.subject.clone(), wish.domains.clone(), now);
    stand_in.not_after = exsh_pki::add_calendar_years(now, 1);
    Ok((request, stand_in.make(key)?, key.clone()))
}

/// Reads the parameters; the inner error is the text of a refusal.
fn wish(
    context: &ExchangeContext,
    bound: &Bound,
    out: &mut dyn Out,
    server: &Server,
) -> Result<std::result::Result<Wish, String>> {
    let instance = bound.get(&INSTANCE);
    let renewed = match &instance {
        Some(instance) => match instance.certificate() {
            Some(certificate) => Some(certificate),
            None => return Ok(Err(wording::instance_is_not_a_certificate())),
        },
        None => None,
    };
    let key = match bound.get(&KEY_SIZE) {
        None | Some(2048) => KeySpec::Rsa(2048),
        Some(4096) => KeySpec::Rsa(4096),
        Some(1024) => return Ok(Err(wording::key_size_1024())),
        Some(other) => return Ok(Err(wording::key_size(other))),
    };
    let friendly_name = bound
        .get(&FRIENDLY_NAME)
        .or_else(|| renewed.map(|c| c.row().friendly_name.clone()).filter(|name| !name.is_empty()));
    let friendly_name = friendly_name.unwrap_or_else(|| "Microsoft Exchange".to_owned());
    let length = friendly_name.chars().count();
    if length > 63 {
        return Ok(Err(wording::friendly_name_too_long(length)));
    }
    let key_id = match bound.get(&SUBJECT_KEY_IDENTIFIER) {
        Some(text) => match hex(&text) {
            Some(bytes) => Some(bytes),
            None => return Ok(Err(wording::subject_key_identifier(&text))),
        },
        None => None,
    };
    let accepted = {
        let organization = context.store(out.host())?.organization().map_err(errors::state)?;
        organization.map(|o| o.domain).into_iter().collect::<Vec<_>>()
    };
    let mut names = Vec::new();
    let none_named = !bound.has(&DOMAIN_NAME)
        && ![
            &INCLUDE_ACCEPTED_DOMAINS,
            &INCLUDE_AUTO_DISCOVER,
            &INCLUDE_SERVER_FQDN,
            &INCLUDE_SERVER_NET_BIOS_NAME,
        ]
        .iter()
        .any(|switch| bound.on(switch));
    names.extend(bound.get(&DOMAIN_NAME).map(|texts| texts.0).unwrap_or_default());
    match renewed {
        Some(certificate) if none_named => names.extend(certificate.row().domains.iter().cloned()),
        // Documented default; with a subject given, its name alone is enough of a name.
        None if none_named && !bound.has(&SUBJECT_NAME) => {
            names.extend([server.name.clone(), server.fqdn.clone()]);
        }
        _ => {}
    }
    if bound.on(&INCLUDE_SERVER_NET_BIOS_NAME) {
        names.push(server.name.clone());
    }
    if bound.on(&INCLUDE_SERVER_FQDN) {
        names.push(server.fqdn.clone());
    }
    if bound.on(&INCLUDE_ACCEPTED_DOMAINS) {
        names.extend(accepted.iter().cloned());
    }
    if bound.on(&INCLUDE_AUTO_DISCOVER) {
        names.extend(accepted.iter().map(|domain| format!("autodiscover.{domain}")));
    }
    let subject = match (bound.get(&SUBJECT_NAME), renewed) {
        (Some(subject), _) => subject.0,
        (None, Some(certificate)) => match certificate.certificate() {
            Some(parsed) => parsed.subject().clone(),
            None => return Ok(Err(wording::instance_is_not_a_certificate())),
        },
        // Without a subject the first name is it (the documented federation procedure finds CN=Federation so).
        (None, None) => Name::common(names.first().unwrap_or(&server.name), StringForm::Printable),
    };
    // The common name counts as a domain; it stands first, unless the operator named it elsewhere.
    if let Some(own) = subject.common_name().filter(|name| exsh_pki::is_legal_domain(name)) {
        let empty_on_purpose = bound.has(&DOMAIN_NAME) && names.is_empty();
        if !empty_on_purpose && !names.iter().any(|name| name.eq_ignore_ascii_case(&own)) {
            names.insert(0, own);
        }
    }
    let mut domains: Vec<String> = Vec::new();
    for name in names {
        let name = name.trim_end_matches('.').to_owned();
        if !exsh_pki::is_legal_domain(&name) {
            return Ok(Err(wording::illegal_domain(&name)));
        }
        if !domains.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            domains.push(name);
        }
    }
    let exportable = bound.get_or(&PRIVATE_KEY_EXPORTABLE, false);
    Ok(Ok(Wish { subject, domains, friendly_name, key, exportable, key_id }))
}

fn cannot_issue(teller: &Teller<'_>, out: &mut dyn Out, server: &Server, error: &CertError) -> Result<()> {
    teller.refuse(out, server, Category::InvalidOperation, &wording::cannot_issue(&error.to_string()))
}

/// Bytes of hexadecimal text; blanks and hyphens of a GUID are passed over.
fn hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_digit(16).map(|digit| digit as u8))
        .collect();
    let digits =
        digits.filter(|digits| !digits.is_empty() && digits.len() % 2 == 0 && digits.len() <= 128)?;
    Some(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}
