//! Get-UMCallRouterSettings, after its reference page.

use super::call_router::CallRouter;
use crate::errors;
use crate::session::ExchangeContext;
use crate::types::parameters::{Fqdn, ServerName};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Command, Param};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Value;
use exsh_state::model::UmCallRouterSettings;
use std::rc::Rc;

const SERVER: Param<ServerName> =
    Param::new(0, "Server").position(0).from_pipeline().default_text("the local server");
const DOMAIN_CONTROLLER: Param<Fqdn> = Param::new(1, "DomainController");

pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-UMCallRouterSettings",
    &[SERVER.spec, DOMAIN_CONTROLLER.spec],
    include_str!("get_call_router.md"),
)
.class("Microsoft.Exchange.Management.Tasks.UM.GetUMCallRouterSettings")
.module("Microsoft.Exchange.Management.PowerShell.E2010")
.outputs(&["Microsoft.Exchange.Data.Directory.SystemConfiguration.SIPFEServerConfiguration"]);

pub fn command(context: &Rc<ExchangeContext>) -> Command {
    let context = context.clone();
    Command::new(&DECL, move || Get { context: context.clone() })
}

struct Get {
    context: Rc<ExchangeContext>,
}

impl Cmdlet for Get {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let name = bound.get(&SERVER).map(|n| n.0);
        let found = super::server_with_um(&self.context, DECL.name, "UMCallRouter", name.as_deref(), out)?;
        let Some(server) = found else { return Ok(()) };
        let store = self.context.store(out.host())?;
        let Some(organization) = store.organization().map_err(errors::state)? else { return Ok(()) };
        let stored = store.um_call_router(server.id).map_err(errors::state)?;
        let row = stored.unwrap_or_else(|| UmCallRouterSettings::fresh(&server));
        out.emit(Value::object(CallRouter { row, server, organization }))
    }
}
