//! Get-UMService, after its reference page.

use super::service::UmService;
use crate::errors;
use crate::exchange_server::UmServerName;
use crate::session::ExchangeContext;
use crate::types::parameters::Fqdn;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Command, Param};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Value;
use exsh_state::model::UmServiceSettings;
use std::rc::Rc;

const IDENTITY: Param<UmServerName> = Param::new(0, "Identity").position(0).from_pipeline();
const DOMAIN_CONTROLLER: Param<Fqdn> = Param::new(1, "DomainController");

pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-UMService",
    &[IDENTITY.spec, DOMAIN_CONTROLLER.spec],
    include_str!("get_service.md"),
)
.class("Microsoft.Exchange.Management.Tasks.UM.GetUMService")
.module("Microsoft.Exchange.Management.PowerShell.E2010")
.outputs(&["Microsoft.Exchange.Data.Directory.SystemConfiguration.UMServer"]);

pub fn command(context: &Rc<ExchangeContext>) -> Command {
    let context = context.clone();
    Command::new(&DECL, move || Get { context: context.clone() })
}

struct Get {
    context: Rc<ExchangeContext>,
}

impl Cmdlet for Get {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let servers = match bound.get(&IDENTITY) {
            Some(name) => super::server_with_um(&self.context, DECL.name, "UM", Some(&name.0), out)?
                .into_iter()
                .collect(),
            None => super::servers_with_um(&self.context, out)?,
        };
        let store = self.context.store(out.host())?;
        let Some(organization) = store.organization().map_err(errors::state)? else { return Ok(()) };
        for server in servers {
            let stored = store.um_service(server.id).map_err(errors::state)?;
            let row = stored.unwrap_or_else(|| UmServiceSettings::fresh(&server));
            out.emit(Value::object(UmService { row, server, organization: organization.clone() }))?;
        }
        Ok(())
    }
}
