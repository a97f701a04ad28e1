//! Remove-ExchangeCertificate: https://learn.microsoft.com/powershell/module/exchangepowershell/remove-exchangecertificate
//!
//! Asks first and refuses after the answer, as the product does (facts: messages.md M12 to M14). A certificate that
//! IIS uses may go; IMAP and POP look for another one that carries their name. The Auth certificate is not guarded
//! yet: that belongs to the Auth configuration.

use super::shared::{Named, Teller, audit_name, confirm, report};
use crate::errors;
use crate::rules::{assignable, connector_lock, internal_transport, mail_certificate};
use crate::session::{Decision, ExchangeContext, audit, unix_now};
use crate::types::parameters::{CertificateId, Fqdn, ServerName, TypedThumbprint};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param};
use exsh_core::error::{Category, Result};
use exsh_core::out::Out;
use exsh_state::Change;
use std::rc::Rc;

const BY_THUMBPRINT: u32 = 1;
const BY_IDENTITY: u32 = 2;

const THUMBPRINT: Param<TypedThumbprint> = Param::new(0, "Thumbprint")
    .sets(BY_THUMBPRINT)
    .position(0)
    .mandatory()
    .from_pipeline()
    .by_property_name();
const IDENTITY: Param<CertificateId> = Param::new(1, "Identity").sets(BY_IDENTITY).position(0);
const DOMAIN_CONTROLLER: Param<Fqdn> = Param::new(2, "DomainController");
const SERVER: Param<ServerName> = Param::new(3, "Server").sets(BY_THUMBPRINT);

const NAME: &str = "Remove-ExchangeCertificate";

pub static DECL: CmdletDecl = CmdletDecl::new(
    NAME,
    &[THUMBPRINT.spec, IDENTITY.spec, DOMAIN_CONTROLLER.spec, SERVER.spec],
    include_str!("remove.md"),
)
.sets(&["Thumbprint", "Identity"], Some(0))
.should_process(Impact::High)
.class("Microsoft.Exchange.Management.SystemConfigurationTasks.RemoveExchangeCertificate")
.module("Microsoft.Exchange.Management.PowerShell.E2010")
.remote();

pub struct Remove {
    context: Rc<ExchangeContext>,
}

impl Remove {
    pub fn new(context: Rc<ExchangeContext>) -> Remove {
        Remove { context }
    }
}

impl Cmdlet for Remove {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let context = &*self.context;
        let teller = Teller { context, cmdlet: NAME };
        let named = Named {
            thumbprint: bound.get(&THUMBPRINT),
            identity: bound.get(&IDENTITY),
            server: bound.get(&SERVER),
        };
        let Some(target) = teller.target(out, named)? else { return Ok(()) };
        let Some(row) = teller.row(out, &target)? else { return Ok(()) };
        if !confirm(out, &question(&row.thumbprint.to_string()))? {
            return Ok(());
        }
        let now = unix_now(out.host());
        let name = audit_name(&target.server, &row.thumbprint);
        let entry = audit(out, NAME, &target.server, &name, &format!("Subject {}", row.subject));
        let done = context.change(out.host(), |store, host| {
            let server =
                store.server(target.server.id).map_err(errors::state)?.unwrap_or(target.server.clone());
            let Some(row) = store.certificate(server.id, &target.thumbprint).map_err(errors::state)? else {
                let text = assignable::not_found_message(&target.thumbprint.to_string());
                return Err(errors::rpc(host, &server, NAME, Category::NotSpecified, &text).into());
            };
            if let Some(text) = internal_transport::removal_refusal(&server, &row) {
                return Err(errors::rpc(host, &server, NAME, Category::InvalidArgument, text).into());
            }
            let holders = connector_lock::holders(store, &row).map_err(errors::state)?;
            if !holders.is_empty() {
                let text = connector_lock::message(&holders);
                return Err(errors::rpc(host, &server, NAME, Category::InvalidOperation, &text).into());
            }
            let mut changes = mail_certificate::changes_without(store, &server, row.thumbprint, now)
                .map_err(errors::state)?;
            changes.push(Change::RemoveCertificate {
                server: server.id,
                certificate: row.thumbprint,
                read: row.version,
            });
            changes.push(entry.clone());
            Ok(Decision { changes, result: () })
        });
        match done {
            Ok(()) => Ok(()),
            Err(flow) => report(out, flow),
        }
    }
}

/// M12, captured.
fn question(thumbprint: &str) -> String {
    format!("Remove certificate with thumbprint {thumbprint} from the computer's certificate store?")
}
