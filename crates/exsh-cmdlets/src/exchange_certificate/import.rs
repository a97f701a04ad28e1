//! Import-ExchangeCertificate: https://learn.microsoft.com/powershell/module/exchangepowershell/import-exchangecertificate
//!
//! A PFX brings certificates with their keys; any other file brings certificates, and one of them may answer a request
//! that waits. Issuers that come along go to the intermediate store of the server, never among its roots. The page's
//! set labels FileName and Instance are swapped; they are kept as it prints them. A private key in PEM is passed over.

use super::shared::{Teller, audit_name, confirm, read_back, report};
use crate::errors;
use crate::intake;
use crate::rules::status::{Judge, root_kind};
use crate::rules::{file_parameters, thumbprint, wording};
use crate::session::{Decision, ExchangeContext, audit, unix_now};
use crate::types::parameters::{Fqdn, ServerName};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, FromValue, Impact, Param};
use exsh_core::error::{Category, Result};
use exsh_core::out::Out;
use exsh_core::types::{self, TypeRef};
use exsh_core::value::{Str, Value};
use exsh_dotnet::security::{SECURE_STRING, SecureString};
use exsh_pki::{CertError, Certificate, CertificateRequest, InputKind, PrivateKey};
use exsh_state::model::{CertificateRow, Server, TrustKind};
use exsh_state::{Change, NewCertificate, SecretBytes, Store, StoreError};
use std::rc::Rc;
use zeroize::Zeroizing;

const BY_FILE_DATA: u32 = 1;
const BY_INSTANCE: u32 = 2;
const BY_FILE_NAME: u32 = 4;

const FILE_DATA: Param<FileData> = Param::new(0, "FileData").sets(BY_FILE_DATA).mandatory_in(BY_FILE_DATA);
const FILE_NAME: Param<String> = Param::new(1, "FileName").sets(BY_FILE_NAME).mandatory_in(BY_FILE_NAME);
const INSTANCE: Param<Vec<Str>> = Param::new(2, "Instance")
    .sets(BY_INSTANCE)
    .mandatory_in(BY_INSTANCE)
    .from_pipeline_in(BY_INSTANCE)
    .allow_empty();
const DOMAIN_CONTROLLER: Param<Fqdn> = Param::new(3, "DomainController");
const FRIENDLY_NAME: Param<String> = Param::new(4, "FriendlyName");
const PASSWORD: Param<Password> = Param::new(5, "Password").allow_null();
const PRIVATE_KEY_EXPORTABLE: Param<bool> = Param::new(6, "PrivateKeyExportable").default_text("False");
const SERVER: Param<ServerName> = Param::new(7, "Server");

const NAME: &str = "Import-ExchangeCertificate";

pub static DECL: CmdletDecl = CmdletDecl::new(
    NAME,
    &[
        FILE_DATA.spec,
        FILE_NAME.spec,
        INSTANCE.spec,
        DOMAIN_CONTROLLER.spec,
        FRIENDLY_NAME.spec,
        PASSWORD.spec,
        PRIVATE_KEY_EXPORTABLE.spec,
        SERVER.spec,
    ],
    include_str!("import.md"),
)
.sets(&["FileData", "FileName", "Instance"], None)
.should_process(Impact::Medium)
.class("Microsoft.Exchange.Management.SystemConfigurationTasks.ImportExchangeCertificate")
.module("Microsoft.Exchange.Management.PowerShell.E2010")
.remote()
.outputs(&["Microsoft.Exchange.Management.SystemConfigurationTasks.ExchangeCertificate"]);

/// M20, captured for a wrong password and for data that can't be read.
const UNREADABLE: &str = "The source data cannot be imported or the wrong password was specified.";

/// The bytes of a file; kept as the value they came in, because a list of values is sixteen times as large.
pub struct FileData(Value);

impl FromValue for FileData {
    const TYPE: TypeRef = &types::BYTE_ARRAY;
    fn from_value(value: &Value) -> Option<FileData> {
        value.base().as_list().map(|_| FileData(value.base().clone()))
    }
}

impl FileData {
    fn bytes(&self) -> Zeroizing<Vec<u8>> {
        let list = self.0.as_list().map(|list| list.items().iter().filter_map(Value::as_byte).collect());
        Zeroizing::new(list.unwrap_or_default())
    }
}

/// A password that is looked at only where it is used.
#[derive(Clone)]
pub struct Password(Value);

impl FromValue for Password {
    const TYPE: TypeRef = &SECURE_STRING;
    fn from_value(value: &Value) -> Option<Password> {
        value.downcast::<SecureString>().map(|_| Password(value.clone()))
    }
}

impl Password {
    /// Runs `f` on the clear text. No password is the empty one, as PFX readers have it.
    pub fn expose<T>(given: Option<&Password>, f: impl FnOnce(&str) -> T) -> T {
        match given.and_then(|password| password.0.downcast::<SecureString>()) {
            Some(secret) => secret.expose(|clear| f(clear)),
            None => f(""),
        }
    }
}

pub struct Import {
    context: Rc<ExchangeContext>,
    /// Lines that came through `-Instance`: text of one certificate.
    lines: Vec<Str>,
}

impl Import {
    pub fn new(context: Rc<ExchangeContext>) -> Import {
        Import { context, lines: Vec::new() }
    }
}

impl Cmdlet for Import {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        if let Some(lines) = bound.get(&INSTANCE) {
            // The text of one certificate is piped line by line (Get-Content); only all of them are one record.
            self.lines.extend(lines);
            return Ok(());
        }
        let context = Rc::clone(&self.context);
        let teller = Teller { context: &context, cmdlet: NAME };
        let named = bound.get(&SERVER).map(|name| name.0);
        let server = match context.server(out.host(), named.as_deref()) {
            Ok(server) => server,
            Err(flow) => return report(out, flow),
        };
        if let Some(typed) = bound.get(&FILE_NAME) {
            if !file_parameters::exist_on(&server) {
                return Err(file_parameters::unknown_parameter("FileName", NAME).into());
            }
            let path = out.shell().file_path(&typed)?;
            return match std::fs::read(&path) {
                Ok(bytes) => import(&teller, bound, out, &server, &Zeroizing::new(bytes)),
                Err(error) => {
                    let text = wording::file_problem(&typed, &error.to_string());
                    teller.refuse(out, &server, Category::ReadError, &text)
                }
            };
        }
        let data = bound.get(&FILE_DATA).map(|data| data.bytes()).unwrap_or_default();
        import(&teller, bound, out, &server, &data)
    }

    fn end(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        if self.lines.is_empty() {
            return Ok(());
        }
        let lines: Vec<&str> = self.lines.iter().map(Str::as_str).collect();
        let text = Zeroizing::new(lines.join("\n").into_bytes());
        let context = Rc::clone(&self.context);
        let teller = Teller { context: &context, cmdlet: NAME };
        let named = bound.get(&SERVER).map(|name| name.0);
        let server = context.server(out.host(), named.as_deref())?;
        import(&teller, bound, out, &server, &text)
    }
}

/// What a file brings.
struct Brought {
    /// Certificates that go into the server's own store, with the key where the file has it.
    own: Vec<OwnCertificate>,
    /// Issuers that came along.
    issuers: Vec<Certificate>,
}

struct OwnCertificate {
    certificate: Certificate,
    key: Option<PrivateKey>,
    friendly_name: Option<String>,
    /// The request it answers.
    answers: Option<CertificateRow>,
}

fn import(teller: &Teller<'_>, bound: &Bound, out: &mut dyn Out, server: &Server, data: &[u8]) -> Result<()> {
    if data.is_empty() {
        return teller.refuse(out, server, Category::InvalidArgument, &wording::empty_file_data());
    }
    let friendly_name = bound.get(&FRIENDLY_NAME);
    let length = friendly_name.as_deref().map_or(0, |name| name.chars().count());
    if length > 63 {
        let text = wording::friendly_name_too_long(length);
        return teller.refuse(out, server, Category::InvalidArgument, &text);
    }
    let store = teller.context.store(out.host())?;
    let requests = store.pending_requests(server.id).map_err(errors::state)?;
    let password = bound.get(&PASSWORD);
    let brought = match read(data, password.as_ref(), &requests) {
        Ok(brought) => brought,
        Err(error) => {
            out.verbose(&format!("The data can't be read: {error}."))?;
            return teller.refuse_advising(
                out,
                server,
                Category::ReadError,
                UNREADABLE,
                wording::ADVICE_UNREADABLE,
            );
        }
    };
    let now = unix_now(out.host());
    for own in brought.own {
        let settled = Settled {
            friendly_name: friendly_name.clone(),
            exportable: bound.get_or(&PRIVATE_KEY_EXPORTABLE, false),
            now,
        };
        take_in(teller, out, server, own, &brought.issuers, &settled)?;
    }
    Ok(())
}

/// What the operator and the clock say about every certificate of one call.
struct Settled {
    friendly_name: Option<String>,
    exportable: bool,
    now: i64,
}

fn take_in(
    teller: &Teller<'_>,
    out: &mut dyn Out,
    server: &Server,
    own: OwnCertificate,
    issuers: &[Certificate],
    settled: &Settled,
) -> Result<()> {
    let print = thumbprint(own.certificate.thumbprint());
    let store = teller.context.store(out.host())?;
    if store.certificate(server.id, &print).map_err(errors::state)?.is_some() {
        return teller.refuse(out, server, Category::InvalidOperation, &already_there(&print.to_string()));
    }
    if !confirm(out, &wording::importing(&print.to_string(), &server.name))? {
        return Ok(());
    }
    let judge = Judge::load(store, server.id, settled.now).map_err(errors::state)?;
    let judgement = judge.judge(&own.certificate, issuers);
    let mut row = intake::row(server.id, &own.certificate, settled.now);
    row.root = root_kind(&judgement);
    row.friendly_name = settled
        .friendly_name
        .clone()
        .or(own.friendly_name)
        .or_else(|| own.answers.as_ref().map(|request| request.friendly_name.clone()))
        .unwrap_or_default();
    // The key of a request keeps what was settled when it was made.
    row.exportable = own.answers.as_ref().map_or(settled.exportable, |request| request.exportable);
    let what = match &own.answers {
        Some(request) => format!("Subject {}, completes request {}", row.subject, request.thumbprint),
        None => format!("Subject {}", row.subject),
    };
    let entry = audit(out, NAME, server, &audit_name(server, &print), &what);
    let done =
        teller.context.change(out.host(), |store, host| {
            let mut changes = Vec::new();
            let new = match &own.answers {
                Some(request) => {
                    let Some(key) = request_key(store, request).map_err(errors::state)? else {
                        // Another process completed or removed the request: the certificate comes in without a key.
                        let new = NewCertificate { row: row.clone(), key: None };
                        changes.push(Change::AddCertificate(new));
                        changes.push(entry.clone());
                        return Ok(Decision { changes, result: () });
                    };
                    let current = store.certificate(server.id, &request.thumbprint).map_err(errors::state)?;
                    let read = current.map_or(request.version, |row| row.version);
                    changes.push(Change::RemoveCertificate {
                        server: server.id,
                        certificate: request.thumbprint,
                        read,
                    });
                    NewCertificate {
                        row: CertificateRow { has_private_key: true, ..row.clone() },
                        key: Some(key),
                    }
                }
                None => intake::with_key(row.clone(), own.key.as_ref()),
            };
            if store.certificate(server.id, &print).map_err(errors::state)?.is_some() {
                let text = already_there(&print.to_string());
                return Err(errors::rpc(host, server, NAME, Category::InvalidOperation, &text).into());
            }
            changes.push(Change::AddCertificate(new));
            let kind = TrustKind::Intermediate;
            changes.extend(issuers.iter().map(|issuer| {
                Change::AddTrustEntry(intake::trust_entry(server.id, kind, issuer, settled.now))
            }));
            changes.push(entry.clone());
            Ok(Decision { changes, result: () })
        });
    if let Err(flow) = done {
        return report(out, flow);
    }
    match read_back(teller.context, out, server, &print)? {
        Some(object) => out.emit(object),
        None => Ok(()),
    }
}

fn request_key(
    store: &dyn Store,
    request: &CertificateRow,
) -> std::result::Result<Option<SecretBytes>, StoreError> {
    store.private_key(request.server, &request.thumbprint)
}

/// M21, captured.
fn already_there(thumbprint: &str) -> String {
    format!("Cannot import certificate. A certificate with the thumbprint {thumbprint} already exists.")
}

fn read(
    data: &[u8],
    password: Option<&Password>,
    requests: &[CertificateRow],
) -> std::result::Result<Brought, CertError> {
    match exsh_pki::sniff(data) {
        InputKind::Pfx => read_pfx(data, password, requests),
        // Export without -BinaryEncoded gives a PFX as Base64 text.
        InputKind::Base64 => {
            let bytes = Zeroizing::new(exsh_pki::decode_base64(data)?);
            match exsh_pki::sniff(&bytes) {
                InputKind::Pfx => read_pfx(&bytes, password, requests),
                _ => choose(exsh_pki::read_certificates(&bytes)?, requests),
            }
        }
        _ => choose(exsh_pki::read_certificates(data)?, requests),
    }
}

fn read_pfx(
    data: &[u8],
    password: Option<&Password>,
    requests: &[CertificateRow],
) -> std::result::Result<Brought, CertError> {
    let contents = Password::expose(password, |clear| exsh_pki::read_pfx(data, clear))?;
    let others: Vec<Certificate> = contents.others.into_iter().map(|other| other.certificate).collect();
    if contents.entries.is_empty() {
        if others.is_empty() {
            return Err(CertError::NoCertificate);
        }
        return choose(others, requests);
    }
    let own = contents.entries.into_iter().map(|entry| OwnCertificate {
        certificate: entry.certificate,
        key: Some(entry.key),
        friendly_name: entry.friendly_name,
        answers: None,
    });
    Ok(Brought { own: own.collect(), issuers: issuers(others) })
}

/// Of certificates without keys: those that answer a request; else the first that is no authority; else the first.
fn choose(all: Vec<Certificate>, requests: &[CertificateRow]) -> std::result::Result<Brought, CertError> {
    let mut own: Vec<OwnCertificate> = Vec::new();
    let mut rest = Vec::new();
    for certificate in all {
        match requests.iter().find(|request| is_answered(request, &certificate)) {
            Some(request) => own.push(OwnCertificate {
                certificate,
                key: None,
                friendly_name: None,
                answers: Some(request.clone()),
            }),
            None => rest.push(certificate),
        }
    }
    if own.is_empty() {
        if rest.is_empty() {
            return Err(CertError::NoCertificate);
        }
        let at = rest.iter().position(|certificate| !certificate.facts().is_ca).unwrap_or(0);
        let certificate = rest.remove(at);
        own.push(OwnCertificate { certificate, key: None, friendly_name: None, answers: None });
    }
    Ok(Brought { own, issuers: issuers(rest) })
}

fn is_answered(request: &CertificateRow, certificate: &Certificate) -> bool {
    let parsed = request.request_der.as_deref().map(CertificateRequest::from_der);
    matches!(parsed, Some(Ok(parsed)) if parsed.is_answered_by(certificate))
}

/// Authorities below a root; a root is believed only when somebody puts it among the roots.
fn issuers(all: Vec<Certificate>) -> Vec<Certificate> {
    all.into_iter().filter(|certificate| certificate.facts().is_ca && !certificate.is_self_signed()).collect()
}
