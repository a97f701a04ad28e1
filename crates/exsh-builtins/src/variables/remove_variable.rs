//! `Remove-Variable`: deletes variables.

use crate::session_items;
use crate::variables::ps_variable;
use exsh_core::Name;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Str;

const NAME: Param<Vec<Str>> = Param::new(0, "Name").mandatory().position(0).by_property_name();
const INCLUDE: Param<Vec<Str>> = Param::new(1, "Include").wildcards();
const EXCLUDE: Param<Vec<Str>> = Param::new(2, "Exclude").wildcards();
const FORCE: Param<Switch> = Param::new(3, "Force");
const SCOPE: Param<Str> = Param::new(4, "Scope").validate(&[Validate::NotNullOrEmpty]);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Remove-Variable",
    &[NAME.spec, INCLUDE.spec, EXCLUDE.spec, FORCE.spec, SCOPE.spec],
    include_str!("remove_variable.md"),
)
.should_process(Impact::Medium)
.class("Microsoft.PowerShell.Commands.RemoveVariableCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(RemoveVariable)
}

struct RemoveVariable;

impl Cmdlet for RemoveVariable {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let scope = ps_variable::scope(bound.get(&SCOPE), out.shell())?;
        let names: Vec<Str> = bound.get(&NAME).unwrap_or_default();
        let found = ps_variable::matching(&names, scope, out)?;
        for info in ps_variable::filtered(found, bound.get(&INCLUDE), bound.get(&EXCLUDE))? {
            if info.constant || (info.read_only && !bound.on(&FORCE)) {
                out.error(session_items::not_removable(&info.name))?;
                continue;
            }
            if out.confirm(&format!("Name: {}", info.name), "Remove variable")? {
                out.shell().remove_variable(Name::new(&info.name), scope.number())?;
            }
        }
        Ok(())
    }
}
