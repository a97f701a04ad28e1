//! Get-Service, after the declaration of 7.6.9's Windows build. Other servers' services are not shown, as there.
//! No service here depends on another, so that -DependentServices and -RequiredServices show nothing.

use super::choose::{Filters, Wanted, choose};
use super::controller::ServiceController;
use super::parameters::Services;
use crate::session::ExchangeContext;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Command, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use std::rc::Rc;

const BY_NAME: u32 = 1;
const BY_DISPLAY_NAME: u32 = 2;
const BY_OBJECT: u32 = 4;

const NAME: Param<Vec<Str>> = Param::new(0, "Name")
    .aliases(&["ServiceName"])
    .sets(BY_NAME)
    .position_in(BY_NAME, 0)
    .from_pipeline_in(BY_NAME)
    .by_property_name_in(BY_NAME)
    .validate(&[Validate::NotNullOrEmpty])
    .wildcards();
const DEPENDENT: Param<Switch> = Param::new(1, "DependentServices").aliases(&["DS"]);
const REQUIRED: Param<Switch> = Param::new(2, "RequiredServices").aliases(&["SDO", "ServicesDependedOn"]);
const DISPLAY_NAME: Param<Vec<Str>> =
    Param::new(3, "DisplayName").sets(BY_DISPLAY_NAME).mandatory_in(BY_DISPLAY_NAME).wildcards();
const INCLUDE: Param<Vec<Str>> = Param::new(4, "Include").validate(&[Validate::NotNullOrEmpty]).wildcards();
const EXCLUDE: Param<Vec<Str>> = Param::new(5, "Exclude").validate(&[Validate::NotNullOrEmpty]).wildcards();
const INPUT_OBJECT: Param<Services> = Param::new(6, "InputObject")
    .sets(BY_OBJECT)
    .from_pipeline_in(BY_OBJECT)
    .validate(&[Validate::NotNullOrEmpty]);

pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-Service",
    &[
        NAME.spec,
        DEPENDENT.spec,
        REQUIRED.spec,
        DISPLAY_NAME.spec,
        INCLUDE.spec,
        EXCLUDE.spec,
        INPUT_OBJECT.spec,
    ],
    include_str!("get.md"),
)
.sets(&["Default", "DisplayName", "InputObject"], Some(0))
.class("Microsoft.PowerShell.Commands.GetServiceCommand")
.module(super::MODULE)
.outputs(&["System.ServiceProcess.ServiceController"]);

pub fn command(context: &Rc<ExchangeContext>) -> Command {
    let context = context.clone();
    Command::new(&DECL, move || Get { context: context.clone() })
}

struct Get {
    context: Rc<ExchangeContext>,
}

impl Cmdlet for Get {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let wanted = if let Some(Services(objects)) = bound.get(&INPUT_OBJECT) {
            Wanted::Objects(objects)
        } else if let Some(names) = bound.get(&DISPLAY_NAME) {
            Wanted::DisplayNames(names)
        } else {
            bound.get(&NAME).map_or(Wanted::All, Wanted::Names)
        };
        let filters = Filters {
            include: bound.get(&INCLUDE).unwrap_or_default(),
            exclude: bound.get(&EXCLUDE).unwrap_or_default(),
        };
        let chosen = choose(&self.context, wanted, &filters, out)?;
        if bound.on(&DEPENDENT) || bound.on(&REQUIRED) {
            return Ok(());
        }
        for row in chosen {
            out.emit(Value::object(ServiceController::new(row, &self.context)))?;
        }
        Ok(())
    }
}
