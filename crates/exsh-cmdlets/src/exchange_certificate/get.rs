//! Get-ExchangeCertificate: https://learn.microsoft.com/powershell/module/exchangepowershell/get-exchangecertificate
//!
//! Rows stream as the store hands them out; chains are judged when Status is read. `-Instance` shows again what it is
//! given, as it is now. Certificates without a key are not listed (facts: output.md 1.6) and are found by thumbprint.

use super::shared::{Named, Teller, origin, report};
use crate::errors;
use crate::rules::domain_preference;
use crate::session::ExchangeContext;
use crate::types::exchange_certificate::{ExchangeCertificate, Instance, Origin};
use crate::types::parameters::{CertificateId, Fqdn, ServerName, Texts, TypedThumbprint};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param};
use exsh_core::error::{Flow, Result};
use exsh_core::out::Out;
use exsh_core::value::Value;
use exsh_state::model::{CertificateRow, Server};
use std::ops::ControlFlow;
use std::rc::Rc;

const BY_IDENTITY: u32 = 1;
const BY_INSTANCE: u32 = 2;
const BY_THUMBPRINT: u32 = 4;

const THUMBPRINT: Param<TypedThumbprint> = Param::new(0, "Thumbprint")
    .sets(BY_THUMBPRINT)
    .position(0)
    .from_pipeline()
    .by_property_name()
    .allow_null()
    .allow_empty();
const IDENTITY: Param<CertificateId> = Param::new(1, "Identity").sets(BY_IDENTITY).position(0).allow_null();
const DOMAIN_CONTROLLER: Param<Fqdn> = Param::new(2, "DomainController");
const DOMAIN_NAME: Param<Texts> = Param::new(3, "DomainName").allow_null().allow_empty();
const INSTANCE: Param<Instance> = Param::new(4, "Instance").sets(BY_INSTANCE).from_pipeline().allow_null();
const SERVER: Param<ServerName> = Param::new(5, "Server").sets(BY_INSTANCE | BY_THUMBPRINT);

const NAME: &str = "Get-ExchangeCertificate";

pub static DECL: CmdletDecl = CmdletDecl::new(
    NAME,
    &[THUMBPRINT.spec, IDENTITY.spec, DOMAIN_CONTROLLER.spec, DOMAIN_NAME.spec, INSTANCE.spec, SERVER.spec],
    include_str!("get.md"),
)
.sets(&["Identity", "Instance", "Thumbprint"], Some(2))
.class("Microsoft.Exchange.Management.SystemConfigurationTasks.GetExchangeCertificate")
.module("Microsoft.Exchange.Management.PowerShell.E2010")
.remote()
.outputs(&["Microsoft.Exchange.Management.SystemConfigurationTasks.ExchangeCertificate"]);

pub struct Get {
    context: Rc<ExchangeContext>,
    /// What the objects of this invocation share, for the server asked last.
    origin: Option<Rc<Origin>>,
}

impl Get {
    pub fn new(context: Rc<ExchangeContext>) -> Get {
        Get { context, origin: None }
    }

    fn origin(&mut self, out: &mut dyn Out, server: &Server) -> Result<Rc<Origin>> {
        match &self.origin {
            Some(known) if known.server.id == server.id => Ok(Rc::clone(known)),
            _ => {
                let made = origin(&self.context, out, server)?;
                self.origin = Some(Rc::clone(&made));
                Ok(made)
            }
        }
    }

    fn one(&mut self, named: Named, domains: &[String], out: &mut dyn Out) -> Result<()> {
        let context = Rc::clone(&self.context);
        let teller = Teller { context: &context, cmdlet: NAME };
        let Some(target) = teller.target(out, named)? else { return Ok(()) };
        let Some(row) = teller.row(out, &target)? else { return Ok(()) };
        if domains.is_empty() || domains.iter().any(|name| carries(&row, name)) {
            let origin = self.origin(out, &target.server)?;
            out.emit(object(row, &origin))?;
        }
        Ok(())
    }

    fn list(&mut self, server: &Server, out: &mut dyn Out) -> Result<()> {
        let origin = self.origin(out, server)?;
        let context = Rc::clone(&self.context);
        let store = context.store(out.host())?;
        let mut ended: Option<Box<Flow>> = None;
        let read = store.for_each_certificate(server.id, &mut |row| {
            if !listed(&row) {
                return ControlFlow::Continue(());
            }
            match out.emit(object(row, &origin)) {
                Ok(()) => ControlFlow::Continue(()),
                Err(flow) => {
                    ended = Some(flow);
                    ControlFlow::Break(())
                }
            }
        });
        match ended {
            Some(flow) => Err(flow),
            None => Ok(read.map_err(errors::state)?),
        }
    }

    /// The first is the one Exchange would choose for the first name.
    fn of_domains(&mut self, server: &Server, domains: &[String], out: &mut dyn Out) -> Result<()> {
        let origin = self.origin(out, server)?;
        let context = Rc::clone(&self.context);
        let store = context.store(out.host())?;
        let mut rows: Vec<CertificateRow> = Vec::new();
        for name in domains {
            let mut found = domain_preference::carrying(store, server.id, name).map_err(errors::state)?;
            found.retain(|row| !rows.iter().any(|known| known.thumbprint == row.thumbprint));
            domain_preference::sort(&mut found, name, &origin.judge);
            rows.extend(found);
        }
        rows.into_iter().try_for_each(|row| out.emit(object(row, &origin)))
    }
}

impl Cmdlet for Get {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let domains = bound.get(&DOMAIN_NAME).map(|texts| texts.0).unwrap_or_default();
        let mut named = Named {
            thumbprint: bound.get(&THUMBPRINT),
            identity: bound.get(&IDENTITY),
            server: bound.get(&SERVER),
        };
        if let Some(instance) = bound.get(&INSTANCE) {
            let Some(certificate) = instance.certificate() else {
                // A certificate that is no object of ours is given back as it came.
                return out.emit(instance.0);
            };
            let thumbprint = certificate.row().thumbprint;
            let server = named.server.take().map(|s| s.0).or_else(|| Some(certificate.server().fqdn.clone()));
            named.identity = Some(CertificateId { server, thumbprint });
        }
        if named.thumbprint.is_some() || named.identity.is_some() {
            return self.one(named, &domains, out);
        }
        let server = match self.context.server(out.host(), named.server.as_ref().map(|s| s.0.as_str())) {
            Ok(server) => server,
            Err(flow) => return report(out, flow),
        };
        if domains.is_empty() { self.list(&server, out) } else { self.of_domains(&server, &domains, out) }
    }
}

fn object(row: CertificateRow, origin: &Rc<Origin>) -> Value {
    Value::object(ExchangeCertificate::new(row, Rc::clone(origin)))
}

fn listed(row: &CertificateRow) -> bool {
    row.has_private_key || row.pending_request
}

fn carries(row: &CertificateRow, name: &str) -> bool {
    row.domains.iter().any(|domain| exsh_pki::host_matches(domain, name))
}
