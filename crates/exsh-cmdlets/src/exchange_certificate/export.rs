//! Export-ExchangeCertificate: https://learn.microsoft.com/powershell/module/exchangepowershell/export-exchangecertificate
//!
//! A certificate leaves as a PFX behind a password, with the issuers below its root; a request that waits leaves as
//! the request again. Without `-BinaryEncoded` the result is Base64 text.

use super::import::Password;
use super::shared::{Named, Teller, audit_name, confirm};
use crate::errors;
use crate::rules::status::Judge;
use crate::rules::{file_parameters, wording};
use crate::session::{ExchangeContext, audit, unix_now};
use crate::types::exchange_certificate::binary_file_data;
use crate::types::parameters::{CertificateId, Fqdn, ServerName, TypedThumbprint};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch};
use exsh_core::error::{Category, Result};
use exsh_core::out::Out;
use exsh_core::value::Value;
use exsh_pki::{CertError, Certificate, PfxParts, PfxProtection, PrivateKey};
use exsh_state::model::{CertificateRow, Server, ServerVersion};
use std::io::Write;
use std::path::Path;
use std::rc::Rc;
use zeroize::Zeroizing;

const BY_THUMBPRINT: u32 = 1;
const BY_IDENTITY: u32 = 2;

const THUMBPRINT: Param<TypedThumbprint> = Param::new(0, "Thumbprint")
    .sets(BY_THUMBPRINT)
    .position(0)
    .mandatory()
    .from_pipeline()
    .by_property_name();
const IDENTITY: Param<CertificateId> = Param::new(1, "Identity").sets(BY_IDENTITY).position(0);
const BINARY_ENCODED: Param<Switch> = Param::new(2, "BinaryEncoded");
const DOMAIN_CONTROLLER: Param<Fqdn> = Param::new(3, "DomainController");
const FILE_NAME: Param<String> = Param::new(4, "FileName");
const PASSWORD: Param<Password> = Param::new(5, "Password").allow_null();
const SERVER: Param<ServerName> = Param::new(6, "Server").sets(BY_THUMBPRINT);

const NAME: &str = "Export-ExchangeCertificate";

pub static DECL: CmdletDecl = CmdletDecl::new(
    NAME,
    &[
        THUMBPRINT.spec,
        IDENTITY.spec,
        BINARY_ENCODED.spec,
        DOMAIN_CONTROLLER.spec,
        FILE_NAME.spec,
        PASSWORD.spec,
        SERVER.spec,
    ],
    include_str!("export.md"),
)
.sets(&["Thumbprint", "Identity"], Some(0))
.should_process(Impact::Medium)
.class("Microsoft.Exchange.Management.SystemConfigurationTasks.ExportExchangeCertificate")
.module("Microsoft.Exchange.Management.PowerShell.E2010")
.remote()
.outputs(&["Microsoft.Exchange.Management.SystemConfigurationTasks.BinaryFileDataObject", "System.String"]);

/// M24, captured.
const NOT_EXPORTABLE: &str =
    "The private key couldn't be exported as PKCS-12. It either couldn't be accessed or isn't exportable.";

pub struct Export {
    context: Rc<ExchangeContext>,
}

impl Export {
    pub fn new(context: Rc<ExchangeContext>) -> Export {
        Export { context }
    }
}

impl Cmdlet for Export {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let context = &*self.context;
        let teller = Teller { context, cmdlet: NAME };
        let named = Named {
            thumbprint: bound.get(&THUMBPRINT),
            identity: bound.get(&IDENTITY),
            server: bound.get(&SERVER),
        };
        let Some(target) = teller.target(out, named)? else { return Ok(()) };
        let server = &target.server;
        let file = bound.get(&FILE_NAME);
        if file.is_some() && !file_parameters::exist_on(server) {
            return Err(file_parameters::unknown_parameter("FileName", NAME).into());
        }
        let Some(row) = teller.row(out, &target)? else { return Ok(()) };
        let password = bound.get(&PASSWORD);
        if !row.pending_request {
            if !row.exportable || !row.has_private_key {
                let advice = wording::ADVICE_NOT_EXPORTABLE;
                return teller.refuse_advising(
                    out,
                    server,
                    Category::InvalidOperation,
                    NOT_EXPORTABLE,
                    advice,
                );
            }
            if password.is_none() {
                return teller.refuse(out, server, Category::InvalidArgument, &wording::password_needed());
            }
        }
        if !confirm(out, &wording::exporting(&row.thumbprint.to_string(), &server.name))? {
            return Ok(());
        }
        let path = match &file {
            Some(text) => Some(out.shell().file_path(text)?),
            None => None,
        };
        let Some(data) = data(&teller, out, server, &row, password.as_ref())? else { return Ok(()) };
        let binary = bound.on(&BINARY_ENCODED);
        let text = || match row.pending_request {
            true => exsh_pki::encode_pem("NEW CERTIFICATE REQUEST", &data, "\r\n"),
            false => lines(&exsh_pki::encode_base64(&data)),
        };
        // A key that left the server is worth an entry although nothing changed.
        let entry = audit(out, NAME, server, &audit_name(server, &row.thumbprint), "exported");
        context.store(out.host())?.apply(vec![entry]).map_err(errors::state)?;
        if let (Some(path), Some(typed)) = (&path, &file) {
            let text = text();
            let bytes = if binary { &data[..] } else { text.as_bytes() };
            return match write_private(path, bytes) {
                Ok(()) => Ok(()),
                Err(error) => {
                    let text = wording::file_problem(typed, &error.to_string());
                    teller.refuse(out, server, Category::WriteError, &text)
                }
            };
        }
        if binary { out.emit(binary_file_data(&data)) } else { out.emit(Value::text(text())) }
    }
}

/// The request's or the PFX's bytes; a failure was reported when there are none.
fn data(
    teller: &Teller<'_>,
    out: &mut dyn Out,
    server: &Server,
    row: &CertificateRow,
    password: Option<&Password>,
) -> Result<Option<Zeroizing<Vec<u8>>>> {
    if row.pending_request {
        return Ok(Some(Zeroizing::new(row.request_der.clone().unwrap_or_default())));
    }
    let now = unix_now(out.host());
    let store = teller.context.store(out.host())?;
    let judge = Judge::load(store, server.id, now).map_err(errors::state)?;
    let key = store.private_key(server.id, &row.thumbprint).map_err(errors::state)?;
    let Some(key) = key else {
        return teller.refuse(out, server, Category::InvalidOperation, NOT_EXPORTABLE).map(|()| None);
    };
    match pfx(server, row, key.reveal(), &judge, password) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) => {
            let text = wording::cannot_issue(&error.to_string());
            teller.refuse(out, server, Category::InvalidOperation, &text).map(|()| None)
        }
    }
}

fn pfx(
    server: &Server,
    row: &CertificateRow,
    key: &[u8],
    judge: &Judge,
    password: Option<&Password>,
) -> std::result::Result<Zeroizing<Vec<u8>>, CertError> {
    let certificate = Certificate::from_der(&row.der)?;
    let key = PrivateKey::from_pkcs8(key)?;
    let chain: Vec<Certificate> = judge
        .judge(&certificate, &[])
        .chain
        .into_iter()
        .skip(1)
        .filter(|issuer| !issuer.is_self_signed())
        .collect();
    // 2016 runs on Windows versions that read the old form only.
    let protection = match server.version_name {
        ServerVersion::Exchange2016 => PfxProtection::TripleDesSha1,
        _ => PfxProtection::Aes256Sha256,
    };
    Password::expose(password, |clear| {
        exsh_pki::write_pfx(&PfxParts {
            certificate: &certificate,
            key: Some(&key),
            chain: &chain,
            friendly_name: Some(row.friendly_name.as_str()).filter(|name| !name.is_empty()),
            password: clear,
            protection,
        })
    })
    .map(Zeroizing::new)
}

/// Base64 in lines of 64 characters.
fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 32);
    for line in text.as_bytes().chunks(64) {
        out.extend(line.iter().map(|&byte| char::from(byte)));
        out.push_str("\r\n");
    }
    out
}

/// A file with a private key is nobody else's to read.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)?.write_all(bytes)
}
