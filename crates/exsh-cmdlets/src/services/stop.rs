//! Stop-Service, after the declaration of 7.6.9's Windows build. No service here depends on another and none
//! takes time, so that -Force and -NoWait have nothing to do.

use super::choose::{Filters, Wanted, choose};
use super::control;
use super::controller::ServiceController;
use super::parameters::Services;
use crate::session::ExchangeContext;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Command, Impact, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_state::ServiceAction;
use std::rc::Rc;

const BY_OBJECT: u32 = 1;
const BY_NAME: u32 = 2;
const BY_DISPLAY_NAME: u32 = 4;

const NAME: Param<Vec<Str>> = Param::new(0, "Name")
    .aliases(&["ServiceName"])
    .sets(BY_NAME)
    .position_in(BY_NAME, 0)
    .mandatory_in(BY_NAME)
    .from_pipeline_in(BY_NAME)
    .by_property_name_in(BY_NAME)
    .wildcards();
const INPUT_OBJECT: Param<Services> = Param::new(1, "InputObject")
    .sets(BY_OBJECT)
    .position_in(BY_OBJECT, 0)
    .mandatory_in(BY_OBJECT)
    .from_pipeline_in(BY_OBJECT)
    .validate(&[Validate::NotNullOrEmpty]);
const PASS_THRU: Param<Switch> = Param::new(2, "PassThru");
const DISPLAY_NAME: Param<Vec<Str>> =
    Param::new(3, "DisplayName").sets(BY_DISPLAY_NAME).mandatory_in(BY_DISPLAY_NAME).wildcards();
const INCLUDE: Param<Vec<Str>> = Param::new(4, "Include").validate(&[Validate::NotNullOrEmpty]).wildcards();
const EXCLUDE: Param<Vec<Str>> = Param::new(5, "Exclude").validate(&[Validate::NotNullOrEmpty]).wildcards();
const FORCE: Param<Switch> = Param::new(6, "Force");
const NO_WAIT: Param<Switch> = Param::new(7, "NoWait");

pub static DECL: CmdletDecl = CmdletDecl::new(
    "Stop-Service",
    &[
        NAME.spec,
        INPUT_OBJECT.spec,
        PASS_THRU.spec,
        DISPLAY_NAME.spec,
        INCLUDE.spec,
        EXCLUDE.spec,
        FORCE.spec,
        NO_WAIT.spec,
    ],
    include_str!("stop.md"),
)
.sets(&["InputObject", "Default", "DisplayName"], Some(0))
.should_process(Impact::Medium)
.class("Microsoft.PowerShell.Commands.StopServiceCommand")
.module(super::MODULE)
.outputs(&["System.ServiceProcess.ServiceController"]);

pub fn command(context: &Rc<ExchangeContext>) -> Command {
    let context = context.clone();
    Command::new(&DECL, move || Stop { context: context.clone() })
}

struct Stop {
    context: Rc<ExchangeContext>,
}

impl Cmdlet for Stop {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let wanted = if let Some(Services(objects)) = bound.get(&INPUT_OBJECT) {
            Wanted::Objects(objects)
        } else if let Some(names) = bound.get(&DISPLAY_NAME) {
            Wanted::DisplayNames(names)
        } else {
            Wanted::Names(bound.get(&NAME).unwrap_or_default())
        };
        let filters = Filters {
            include: bound.get(&INCLUDE).unwrap_or_default(),
            exclude: bound.get(&EXCLUDE).unwrap_or_default(),
        };
        for service in choose(&self.context, wanted, &filters, out)? {
            let done = control::operate(&self.context, &service, ServiceAction::Stop, DECL.name, out)?;
            if let Some(row) = done
                && bound.on(&PASS_THRU)
            {
                out.emit(Value::object(ServiceController::new(row, &self.context)))?;
            }
        }
        Ok(())
    }
}
