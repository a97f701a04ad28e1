//! Set-Service, after the declaration of 7.6.9's Windows build. Startup type and status are kept by the state; display
//! name, description, account and security descriptor are not, and asking for them is refused.

use super::choose::{Filters, Wanted, choose};
use super::control;
use super::controller::ServiceController;
use super::parameters::{Service, Startup};
use crate::errors;
use crate::session::{Decision, ExchangeContext, audit_entry};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Command, Impact, Param, Switch, Validate};
use exsh_core::error::{Category, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_state::model::{StartupType, WindowsService};
use exsh_state::{Change, ServiceAction};
use std::rc::Rc;

const BY_NAME: u32 = 1;
const BY_OBJECT: u32 = 2;

const NAME: Param<Str> = Param::new(0, "Name")
    .aliases(&["ServiceName", "SN"])
    .sets(BY_NAME)
    .position_in(BY_NAME, 0)
    .mandatory_in(BY_NAME)
    .from_pipeline_in(BY_NAME)
    .by_property_name_in(BY_NAME);
const INPUT_OBJECT: Param<Service> = Param::new(1, "InputObject")
    .sets(BY_OBJECT)
    .position_in(BY_OBJECT, 0)
    .mandatory_in(BY_OBJECT)
    .from_pipeline_in(BY_OBJECT);
const DISPLAY_NAME: Param<Str> =
    Param::new(2, "DisplayName").aliases(&["DN"]).validate(&[Validate::NotNullOrEmpty]);
const CREDENTIAL: Param<Value> = Param::new(3, "Credential");
const DESCRIPTION: Param<Str> = Param::new(4, "Description").validate(&[Validate::NotNullOrEmpty]);
const STARTUP_TYPE: Param<Startup> = Param::new(5, "StartupType")
    .aliases(&["StartMode", "SM", "ST", "StartType"])
    .validate(&[Validate::NotNullOrEmpty]);
const SDDL: Param<Str> =
    Param::new(6, "SecurityDescriptorSddl").aliases(&["sd"]).validate(&[Validate::NotNullOrEmpty]);
const STATUS: Param<Str> =
    Param::new(7, "Status").validate(&[Validate::Set(&["Running", "Stopped", "Paused"])]);
const FORCE: Param<Switch> = Param::new(8, "Force");
const PASS_THRU: Param<Switch> = Param::new(9, "PassThru");

pub static DECL: CmdletDecl = CmdletDecl::new(
    "Set-Service",
    &[
        NAME.spec,
        INPUT_OBJECT.spec,
        DISPLAY_NAME.spec,
        CREDENTIAL.spec,
        DESCRIPTION.spec,
        STARTUP_TYPE.spec,
        SDDL.spec,
        STATUS.spec,
        FORCE.spec,
        PASS_THRU.spec,
    ],
    include_str!("set.md"),
)
.sets(&["Name", "InputObject"], Some(0))
.should_process(Impact::Medium)
.class("Microsoft.PowerShell.Commands.SetServiceCommand")
.module(super::MODULE)
.outputs(&["System.ServiceProcess.ServiceController"]);

pub fn command(context: &Rc<ExchangeContext>) -> Command {
    let context = context.clone();
    Command::new(&DECL, move || Set { context: context.clone() })
}

struct Set {
    context: Rc<ExchangeContext>,
}

impl Cmdlet for Set {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let wanted = match (bound.get(&INPUT_OBJECT), bound.get(&NAME)) {
            (Some(Service(object)), _) => Wanted::Objects(vec![object]),
            (None, Some(name)) => Wanted::Names(vec![name]),
            (None, None) => return Ok(()),
        };
        for service in choose(&self.context, wanted, &Filters::default(), out)? {
            self.set(&service, bound, out)?;
        }
        Ok(())
    }
}

impl Set {
    fn set(&self, service: &WindowsService, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let not_kept = [
            (DISPLAY_NAME.spec.name, bound.has(&DISPLAY_NAME)),
            (CREDENTIAL.spec.name, bound.has(&CREDENTIAL)),
            (DESCRIPTION.spec.name, bound.has(&DESCRIPTION)),
            (SDDL.spec.name, bound.has(&SDDL)),
        ];
        if let Some((name, _)) = not_kept.iter().find(|(_, given)| *given) {
            return self.refuse(service, &format!("{name} isn't kept by this server"), out);
        }
        let startup = match bound.get(&STARTUP_TYPE) {
            Some(Startup(None)) => return self.refuse(service, "the startup type isn't valid", out),
            Some(Startup(startup)) => startup,
            None => None,
        };
        let status = bound.get(&STATUS);
        if status.as_ref().is_some_and(|s| s.as_str().eq_ignore_ascii_case("Paused")) {
            let text = format!(
                "Service '{}' cannot be suspended because the service does not support being suspended or resumed.",
                control::target(service)
            );
            let id = "CouldNotSuspendServiceNotSupported";
            return out.error(control::failure(&self.context, service, id, Category::CloseError, text));
        }
        if !out.confirm(&control::target(service), DECL.name)? {
            return Ok(());
        }
        if let Some(startup) = startup.filter(|s| *s != service.startup) {
            self.set_startup(service, startup, out)?;
        }
        if let Some(status) = status {
            let running = status.as_str().eq_ignore_ascii_case("Running");
            if running && startup.unwrap_or(service.startup) == StartupType::Disabled {
                return self.refuse(service, "a disabled service can't be started", out);
            }
            let action = if running { ServiceAction::Start } else { ServiceAction::Stop };
            control::run(&self.context, out.host(), service, action, DECL.name)?;
        }
        if bound.on(&PASS_THRU)
            && let Some(row) = control::reread(&self.context, out.host(), service)?
        {
            out.emit(Value::object(ServiceController::new(row, &self.context)))?;
        }
        Ok(())
    }

    fn set_startup(&self, service: &WindowsService, startup: StartupType, out: &mut dyn Out) -> Result<()> {
        let what = format!("startup type {startup}");
        let trail = audit_entry(out.host(), DECL.name, Some(service.server), &service.name, &what);
        self.context.change(out.host(), |store, _| {
            let row = store.windows_service(service.server, &service.name).map_err(errors::state)?;
            let read = row.map_or(service.version, |r| r.version);
            let (server, name) = (service.server, service.name.clone());
            let changes = vec![Change::SetStartupType { server, name, read, startup }, trail.clone()];
            Ok(Decision { changes, result: () })
        })
    }

    fn refuse(&self, service: &WindowsService, why: &str, out: &mut dyn Out) -> Result<()> {
        let text = format!(
            "Service '{}' cannot be configured due to the following error: {why}.",
            control::target(service)
        );
        out.error(control::failure(
            &self.context,
            service,
            "CouldNotSetService",
            Category::PermissionDenied,
            text,
        ))
    }
}
