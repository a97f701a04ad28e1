//! What the certificate cmdlets share: which certificate of which server is meant, how a result goes out, and how a
//! refusal is told.

use crate::errors;
use crate::rules::assignable;
use crate::rules::carried_services::ServiceFacts;
use crate::rules::status::Judge;
use crate::rules::wording;
use crate::session::{ExchangeContext, unix_now};
use crate::types::exchange_certificate::{ExchangeCertificate, Origin, local_date_time};
use crate::types::parameters::{CertificateId, ServerName, TypedThumbprint};
use exsh_core::error::{Category, ErrorRecord, Flow, Result};
use exsh_core::out::Out;
use exsh_core::value::Value;
use exsh_state::model::{CertificateRow, Server, Thumbprint};
use std::rc::Rc;

/// The certificate a record is about.
pub struct Target {
    pub server: Server,
    pub thumbprint: Thumbprint,
}

/// How the operator named it: `-Thumbprint` with `-Server`, or `-Identity`.
pub struct Named {
    pub thumbprint: Option<TypedThumbprint>,
    pub identity: Option<CertificateId>,
    pub server: Option<ServerName>,
}

/// One cmdlet's way to tell failures in the frame of its own name.
pub struct Teller<'a> {
    pub context: &'a ExchangeContext,
    pub cmdlet: &'static str,
}

impl Teller<'_> {
    /// Finds server and thumbprint. A text that is no thumbprint is reported as a bad record, `Ok(None)` is what is
    /// left; so is a record that names no certificate at all.
    pub fn target(&self, out: &mut dyn Out, named: Named) -> Result<Option<Target>> {
        let server_name = named.server.map(|s| s.0);
        let id = match (named.thumbprint, named.identity) {
            (Some(TypedThumbprint { read: Ok(id), .. }), _) => id,
            (None, Some(id)) => id,
            (Some(TypedThumbprint { typed, read: Err(why) }), _) => {
                let server = self.context.server(out.host(), server_name.as_deref())?;
                let text = wording::not_a_thumbprint(&typed, &why);
                self.refuse(out, &server, Category::InvalidArgument, &text)?;
                return Ok(None);
            }
            (None, None) => return Ok(None),
        };
        let name = id.server.or(server_name);
        let server = match self.context.server(out.host(), name.as_deref()) {
            Ok(server) => server,
            Err(flow) => return report(out, flow).map(|()| None),
        };
        Ok(Some(Target { server, thumbprint: id.thumbprint }))
    }

    /// The row, or M04 as a bad record.
    pub fn row(&self, out: &mut dyn Out, target: &Target) -> Result<Option<CertificateRow>> {
        let store = self.context.store(out.host())?;
        let row = store.certificate(target.server.id, &target.thumbprint).map_err(errors::state)?;
        if row.is_none() {
            let record = self.not_found(out, &target.server, &target.thumbprint);
            out.error(record)?;
        }
        Ok(row)
    }

    pub fn not_found(&self, out: &mut dyn Out, server: &Server, thumbprint: &Thumbprint) -> ErrorRecord {
        let text = assignable::not_found_message(&thumbprint.to_string());
        self.record(out, server, Category::NotSpecified, &text).advice(wording::ADVICE_NOT_FOUND)
    }

    /// Reports a bad record; the stream goes on.
    pub fn refuse(&self, out: &mut dyn Out, server: &Server, category: Category, text: &str) -> Result<()> {
        let record = self.record(out, server, category, text);
        out.error(record)
    }

    /// As [`Teller::refuse`], with what the operator does next.
    pub fn refuse_advising(
        &self,
        out: &mut dyn Out,
        server: &Server,
        category: Category,
        text: &str,
        advice: &str,
    ) -> Result<()> {
        let record = self.record(out, server, category, text).advice(advice);
        out.error(record)
    }

    pub fn record(&self, out: &mut dyn Out, server: &Server, category: Category, text: &str) -> ErrorRecord {
        errors::rpc(out.host(), server, self.cmdlet, category, text)
    }
}

/// Turns a failed record into an error of the stream; what ends the pipeline goes on ending it.
#[allow(clippy::boxed_local)] // What ends early travels in a box.
pub fn report(out: &mut dyn Out, flow: Box<Flow>) -> Result<()> {
    match *flow {
        Flow::Error(record) => match Rc::try_unwrap(record) {
            Ok(record) => out.error(record),
            Err(shared) => Err(Box::new(Flow::Error(shared))),
        },
        other => Err(Box::new(other)),
    }
}

/// What all objects of one listing share.
pub fn origin(context: &ExchangeContext, out: &mut dyn Out, server: &Server) -> Result<Rc<Origin>> {
    let now = unix_now(out.host());
    let store = context.store(out.host())?;
    Ok(Rc::new(Origin {
        server: server.clone(),
        facts: ServiceFacts::load(store, server).map_err(errors::state)?,
        judge: Judge::load(store, server.id, now).map_err(errors::state)?,
    }))
}

/// The certificate as it now stands in the store, as an object.
pub fn read_back(
    context: &ExchangeContext,
    out: &mut dyn Out,
    server: &Server,
    thumbprint: &Thumbprint,
) -> Result<Option<Value>> {
    let origin = origin(context, out, server)?;
    let row = context.store(out.host())?.certificate(server.id, thumbprint).map_err(errors::state)?;
    Ok(row.map(|row| Value::object(ExchangeCertificate::new(row, origin))))
}

/// ShouldProcess with the sentence that `-WhatIf` shows and `-Confirm` asks about (messages.md F2, F3).
pub fn confirm(out: &mut dyn Out, sentence: &str) -> Result<bool> {
    let question = format!("Are you sure you want to perform this action?\n{sentence}");
    out.confirm_text(sentence, &question, "Confirm")
}

/// A moment in the operator's general pattern: `12/30/2027 2:39:08 PM`.
pub fn date_text(out: &mut dyn Out, unix: i64) -> String {
    let culture = exsh_dotnet::culture::current(out.shell());
    exsh_dotnet::text::to_string_culture(&local_date_time(unix), culture).as_str().to_owned()
}

/// `EX01\C3ED…` for the audit trail.
pub fn audit_name(server: &Server, thumbprint: &Thumbprint) -> String {
    format!("{}\\{thumbprint}", server.name)
}
