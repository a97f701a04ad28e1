//! Set-UMCallRouterSettings, after its reference page.

use super::call_router;
use super::parameters::{AddressFamily, DialPlans, StartupMode};
use crate::errors;
use crate::exchange_certificate::shared::confirm;
use crate::session::{Decision, ExchangeContext, audit_entry};
use crate::types::parameters::{Fqdn, ServerName};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Command, Impact, Param};
use exsh_core::error::{Category, Result};
use exsh_core::out::Out;
use exsh_state::Change;
use exsh_state::model::{UmCallRouterSettings, UmStartupMode};
use std::rc::Rc;

const SERVER: Param<ServerName> =
    Param::new(0, "Server").position(0).from_pipeline().default_text("the local server");
const DIAL_PLANS: Param<DialPlans> = Param::new(1, "DialPlans").allow_null().allow_empty();
const DOMAIN_CONTROLLER: Param<Fqdn> = Param::new(2, "DomainController");
const FAMILY: Param<AddressFamily> = Param::new(3, "IPAddressFamily").default_text("Any");
const FAMILY_CONFIGURABLE: Param<bool> = Param::new(4, "IPAddressFamilyConfigurable").default_text("True");
const MAX_CALLS: Param<i32> = Param::new(5, "MaxCallsAllowed");
const TCP_PORT: Param<i32> = Param::new(6, "SipTcpListeningPort").default_text("5060");
const TLS_PORT: Param<i32> = Param::new(7, "SipTlsListeningPort").default_text("5061");
const STARTUP_MODE: Param<StartupMode> = Param::new(8, "UMStartupMode").default_text("TCP");

pub static DECL: CmdletDecl = CmdletDecl::new(
    "Set-UMCallRouterSettings",
    &[
        SERVER.spec,
        DIAL_PLANS.spec,
        DOMAIN_CONTROLLER.spec,
        FAMILY.spec,
        FAMILY_CONFIGURABLE.spec,
        MAX_CALLS.spec,
        TCP_PORT.spec,
        TLS_PORT.spec,
        STARTUP_MODE.spec,
    ],
    include_str!("set_call_router.md"),
)
.should_process(Impact::Medium)
.class("Microsoft.Exchange.Management.Tasks.UM.SetUMCallRouterSettings")
.module("Microsoft.Exchange.Management.PowerShell.E2010");

pub fn command(context: &Rc<ExchangeContext>) -> Command {
    let context = context.clone();
    Command::new(&DECL, move || Set { context: context.clone() })
}

struct Set {
    context: Rc<ExchangeContext>,
}

impl Cmdlet for Set {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let name = bound.get(&SERVER).map(|n| n.0);
        let found = super::server_with_um(&self.context, DECL.name, "UMCallRouter", name.as_deref(), out)?;
        let Some(server) = found else { return Ok(()) };
        let fresh = || UmCallRouterSettings::fresh(&server);
        let read = self.context.store(out.host())?.um_call_router(server.id).map_err(errors::state)?;
        if let Err(text) = edit(bound, read.unwrap_or_else(fresh)) {
            let record = errors::task(out.host(), &server, DECL.name, Category::InvalidArgument, &text);
            return out.error(record);
        }
        if !confirm(out, &format!("Setting the UM call router settings on server {}.", server.name))? {
            return Ok(());
        }
        let object = call_router::identity(&server);
        let trail = audit_entry(out.host(), DECL.name, Some(server.id), &object, "");
        let (old, new) = self.context.change(out.host(), |store, _| {
            let old = store.um_call_router(server.id).map_err(errors::state)?.unwrap_or_else(fresh);
            let new = edit(bound, old.clone()).unwrap_or_else(|_| old.clone());
            let changes = match new == old {
                true => Vec::new(),
                false => vec![Change::SetUmCallRouter(new.clone()), trail.clone()],
            };
            Ok(Decision { changes, result: (old, new) })
        })?;
        if new == old {
            return out.warn(&super::not_modified(&object));
        }
        if new.um_startup_mode != old.um_startup_mode {
            out.warn(&startup_mode_changed(&server.name, new.um_startup_mode))?;
        }
        Ok(())
    }
}

/// Remembered, not captured.
fn startup_mode_changed(server: &str, mode: UmStartupMode) -> String {
    let mut text = format!(
        "Changes to UMStartupMode will only take effect after the Microsoft Exchange Unified Messaging Call Router \
         service is restarted on server {server}."
    );
    if mode != UmStartupMode::Tcp {
        text.push_str(
            " The Microsoft Exchange Unified Messaging Call Router service won't start unless there is a valid TLS \
             certificate.",
        );
    }
    text
}

fn edit(bound: &Bound, mut s: UmCallRouterSettings) -> std::result::Result<UmCallRouterSettings, String> {
    if let Some(DialPlans(edit)) = bound.get(&DIAL_PLANS) {
        s.dial_plans = edit.apply(&s.dial_plans);
    }
    s.ip_address_family = bound.get(&FAMILY).map_or(s.ip_address_family, |f| f.0);
    s.ip_address_family_configurable = bound.get_or(&FAMILY_CONFIGURABLE, s.ip_address_family_configurable);
    if let Some(calls) = bound.get(&MAX_CALLS) {
        if calls < 0 {
            return Err(format!("MaxCallsAllowed can't be {calls}: a number of calls isn't negative."));
        }
        s.max_calls_allowed = Some(calls);
    }
    s.sip_tcp_listening_port = port(&TCP_PORT, bound, s.sip_tcp_listening_port)?;
    s.sip_tls_listening_port = port(&TLS_PORT, bound, s.sip_tls_listening_port)?;
    if s.sip_tcp_listening_port == s.sip_tls_listening_port {
        return Err(format!(
            "SipTcpListeningPort and SipTlsListeningPort can't both be {}.",
            s.sip_tcp_listening_port
        ));
    }
    s.um_startup_mode = bound.get(&STARTUP_MODE).map_or(s.um_startup_mode, |m| m.0);
    Ok(s)
}

fn port(param: &Param<i32>, bound: &Bound, current: i32) -> std::result::Result<i32, String> {
    match bound.get(param) {
        None => Ok(current),
        Some(port) if (1..=65535).contains(&port) => Ok(port),
        Some(port) => Err(format!("{} can't be {port}: it must be from 1 to 65535.", param.spec.name)),
    }
}
