//! Get-ExchangeServer, after its reference page. Left out: what -Status would ask the servers for (the switch is taken).

use super::object::ExchangeServer;
use crate::errors;
use crate::exchange_certificate::shared::report;
use crate::session::ExchangeContext;
use crate::types::parameters::{Fqdn, ServerName};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Command, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Value;
use exsh_state::model::Server;
use std::rc::Rc;

const BY_DOMAIN: u32 = 1;
const BY_IDENTITY: u32 = 2;

const IDENTITY: Param<ServerName> =
    Param::new(0, "Identity").sets(BY_IDENTITY).position_in(BY_IDENTITY, 0).from_pipeline_in(BY_IDENTITY);
const DOMAIN: Param<Fqdn> = Param::new(1, "Domain").sets(BY_DOMAIN).mandatory_in(BY_DOMAIN);
const DOMAIN_CONTROLLER: Param<Fqdn> = Param::new(2, "DomainController");
const STATUS: Param<Switch> = Param::new(3, "Status");

pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-ExchangeServer",
    &[IDENTITY.spec, DOMAIN.spec, DOMAIN_CONTROLLER.spec, STATUS.spec],
    include_str!("get.md"),
)
.sets(&["Domain", "Identity"], Some(1))
.class("Microsoft.Exchange.Management.SystemConfigurationTasks.GetExchangeServer")
.module("Microsoft.Exchange.Management.PowerShell.E2010")
.outputs(&["Microsoft.Exchange.Data.Directory.Management.ExchangeServer"]);

pub fn command(context: &Rc<ExchangeContext>) -> Command {
    let context = context.clone();
    Command::new(&DECL, move || Get { context: context.clone() })
}

struct Get {
    context: Rc<ExchangeContext>,
}

impl Cmdlet for Get {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let chosen: Vec<Server> = if let Some(ServerName(name)) = bound.get(&IDENTITY) {
            match self.context.server(out.host(), Some(&name)) {
                Ok(server) => vec![server],
                Err(flow) => return report(out, flow),
            }
        } else {
            let all = self.context.store(out.host())?.servers().map_err(errors::state)?;
            match bound.get(&DOMAIN) {
                Some(Fqdn(domain)) => all.into_iter().filter(|s| is_in(&s.fqdn, &domain)).collect(),
                None => all,
            }
        };
        let organization = self.context.store(out.host())?.organization().map_err(errors::state)?;
        let Some(organization) = organization else { return Ok(()) };
        for row in chosen {
            out.emit(Value::object(ExchangeServer { row, organization: organization.clone() }))?;
        }
        Ok(())
    }
}

/// Is the host of exactly that domain?
fn is_in(fqdn: &str, domain: &str) -> bool {
    fqdn.split_once('.').is_some_and(|(_, of)| of.eq_ignore_ascii_case(domain))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_server_is_in_the_domain_behind_its_name() {
        assert!(super::is_in("EX01.contoso.com", "CONTOSO.com"));
        assert!(!super::is_in("EX01.eu.contoso.com", "contoso.com"));
        assert!(!super::is_in("contoso.com", "contoso.com"));
    }
}
