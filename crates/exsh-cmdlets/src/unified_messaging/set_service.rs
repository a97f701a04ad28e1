//! Set-UMService, after its reference page. -Status is deprecated there and changes nothing here.

use super::parameters::{
    AddressFamily, Connection, DialPlans, FullPath, Schedule, ServerStatus, StartupMode,
};
use crate::errors;
use crate::exchange_certificate::shared::confirm;
use crate::exchange_server::UmServerName;
use crate::mail_settings::{Size, TimeSpan, UnlimitedSize};
use crate::session::{Decision, ExchangeContext, audit_entry};
use crate::types::parameters::Fqdn;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Command, Impact, Param};
use exsh_core::error::{Category, Result};
use exsh_core::out::Out;
use exsh_state::Change;
use exsh_state::model::{Quota, UmServiceSettings, UmStartupMode};
use std::rc::Rc;

const IDENTITY: Param<UmServerName> = Param::new(0, "Identity").position(0).mandatory().from_pipeline();
const DIAL_PLANS: Param<DialPlans> = Param::new(1, "DialPlans").allow_null().allow_empty();
const DOMAIN_CONTROLLER: Param<Fqdn> = Param::new(2, "DomainController");
const SCHEDULE: Param<Schedule> = Param::new(3, "GrammarGenerationSchedule").allow_null().allow_empty();
const FAMILY: Param<AddressFamily> = Param::new(4, "IPAddressFamily").default_text("Any");
const FAMILY_CONFIGURABLE: Param<bool> = Param::new(5, "IPAddressFamilyConfigurable").default_text("True");
const LOG_ENABLED: Param<bool> = Param::new(6, "IrmLogEnabled").default_text("True");
const LOG_AGE: Param<TimeSpan> = Param::new(7, "IrmLogMaxAge").default_text("30.00:00:00");
const LOG_DIRECTORY: Param<UnlimitedSize> = Param::new(8, "IrmLogMaxDirectorySize").default_text("250 MB");
const LOG_FILE: Param<Size> = Param::new(9, "IrmLogMaxFileSize").default_text("10 MB");
const LOG_PATH: Param<FullPath> = Param::new(10, "IrmLogPath");
const MAX_CALLS: Param<i32> = Param::new(11, "MaxCallsAllowed").default_text("100");
const SIP_ACCESS: Param<Connection> = Param::new(12, "SIPAccessService").allow_null();
const STATUS: Param<ServerStatus> = Param::new(13, "Status");
const STARTUP_MODE: Param<StartupMode> = Param::new(14, "UMStartupMode").default_text("TCP");

pub static DECL: CmdletDecl = CmdletDecl::new(
    "Set-UMService",
    &[
        IDENTITY.spec,
        DIAL_PLANS.spec,
        DOMAIN_CONTROLLER.spec,
        SCHEDULE.spec,
        FAMILY.spec,
        FAMILY_CONFIGURABLE.spec,
        LOG_ENABLED.spec,
        LOG_AGE.spec,
        LOG_DIRECTORY.spec,
        LOG_FILE.spec,
        LOG_PATH.spec,
        MAX_CALLS.spec,
        SIP_ACCESS.spec,
        STATUS.spec,
        STARTUP_MODE.spec,
    ],
    include_str!("set_service.md"),
)
.should_process(Impact::Medium)
.class("Microsoft.Exchange.Management.Tasks.UM.SetUMService")
.module("Microsoft.Exchange.Management.PowerShell.E2010");

/// Longest IrmLogMaxAge: 24855.03:14:07 (documented).
const LONGEST_AGE_SECONDS: i64 = i32::MAX as i64;

pub fn command(context: &Rc<ExchangeContext>) -> Command {
    let context = context.clone();
    Command::new(&DECL, move || Set { context: context.clone() })
}

struct Set {
    context: Rc<ExchangeContext>,
}

impl Cmdlet for Set {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let Some(UmServerName(name)) = bound.get(&IDENTITY) else { return Ok(()) };
        let Some(server) = super::server_with_um(&self.context, DECL.name, "UM", Some(&name), out)? else {
            return Ok(());
        };
        let fresh = || UmServiceSettings::fresh(&server);
        let read = self.context.store(out.host())?.um_service(server.id).map_err(errors::state)?;
        if let Err(text) = edit(bound, read.unwrap_or_else(fresh)) {
            let record = errors::task(out.host(), &server, DECL.name, Category::InvalidArgument, &text);
            return out.error(record);
        }
        if !confirm(out, &format!("Setting the UM service settings on server {}.", server.name))? {
            return Ok(());
        }
        let trail = audit_entry(out.host(), DECL.name, Some(server.id), &server.name, "");
        let (old, new) = self.context.change(out.host(), |store, _| {
            let old = store.um_service(server.id).map_err(errors::state)?.unwrap_or_else(fresh);
            let new = edit(bound, old.clone()).unwrap_or_else(|_| old.clone());
            let changes = match new == old {
                true => Vec::new(),
                false => vec![Change::SetUmService(new.clone()), trail.clone()],
            };
            Ok(Decision { changes, result: (old, new) })
        })?;
        if bound.has(&STATUS) {
            out.warn("The parameter Status is deprecated and changes nothing.")?;
        }
        if new == old {
            return out.warn(&super::not_modified(&server.name));
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
        "Changes to UMStartupMode will only take effect after the Microsoft Exchange Unified Messaging service is \
         restarted on server {server}."
    );
    if mode != UmStartupMode::Tcp {
        text.push_str(
            " The Microsoft Exchange Unified Messaging service won't start unless there is a valid TLS certificate.",
        );
    }
    text
}

fn edit(bound: &Bound, mut s: UmServiceSettings) -> std::result::Result<UmServiceSettings, String> {
    if let Some(DialPlans(edit)) = bound.get(&DIAL_PLANS) {
        s.dial_plans = edit.apply(&s.dial_plans);
    }
    if let Some(Schedule(items)) = bound.get(&SCHEDULE) {
        s.grammar_generation_schedule = items;
    }
    s.ip_address_family = bound.get(&FAMILY).map_or(s.ip_address_family, |f| f.0);
    s.ip_address_family_configurable = bound.get_or(&FAMILY_CONFIGURABLE, s.ip_address_family_configurable);
    s.irm_log_enabled = bound.get_or(&LOG_ENABLED, s.irm_log_enabled);
    if let Some(TimeSpan(seconds)) = bound.get(&LOG_AGE) {
        if !(0..=LONGEST_AGE_SECONDS).contains(&seconds) {
            return Err(format!(
                "IrmLogMaxAge can't be {seconds} seconds: it must be from 00:00:00 to 24855.03:14:07."
            ));
        }
        s.irm_log_max_age_seconds = seconds as u64;
    }
    let size = |name: &str, bytes: u64| match (1..=i64::MAX as u64).contains(&bytes) {
        true => Ok(bytes),
        false => Err(format!("{name} can't be {bytes} bytes: it must be from 1 to 9223372036854775807.")),
    };
    if let Some(UnlimitedSize(quota)) = bound.get(&LOG_DIRECTORY) {
        s.irm_log_max_directory_size = match quota {
            Quota::Unlimited => quota,
            Quota::Bytes(bytes) => Quota::Bytes(size("IrmLogMaxDirectorySize", bytes)?),
        };
    }
    if let Some(Size(bytes)) = bound.get(&LOG_FILE) {
        s.irm_log_max_file_size_bytes = size("IrmLogMaxFileSize", bytes)?;
    }
    if let Quota::Bytes(directory) = s.irm_log_max_directory_size
        && s.irm_log_max_file_size_bytes > directory
    {
        return Err("IrmLogMaxFileSize can't be larger than IrmLogMaxDirectorySize.".to_owned());
    }
    if let Some(FullPath(path)) = bound.get(&LOG_PATH) {
        s.irm_log_path = path;
    }
    if let Some(calls) = bound.get(&MAX_CALLS) {
        if calls < 0 {
            return Err(format!("MaxCallsAllowed can't be {calls}: a number of calls isn't negative."));
        }
        s.max_calls_allowed = calls;
    }
    if bound.has(&SIP_ACCESS) {
        s.sip_access_service = bound.get(&SIP_ACCESS).map(|c| c.0);
    }
    s.um_startup_mode = bound.get(&STARTUP_MODE).map_or(s.um_startup_mode, |m| m.0);
    Ok(s)
}
