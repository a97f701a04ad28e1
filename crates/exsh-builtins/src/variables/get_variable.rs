//! `Get-Variable`: variables as objects, or their values.

use crate::variables::ps_variable;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Str;

const NAME: Param<Vec<Str>> = Param::new(0, "Name")
    .position(0)
    .from_pipeline()
    .by_property_name()
    .validate(&[Validate::NotNullOrEmpty]);
const VALUE_ONLY: Param<Switch> = Param::new(1, "ValueOnly");
const INCLUDE: Param<Vec<Str>> = Param::new(2, "Include").wildcards();
const EXCLUDE: Param<Vec<Str>> = Param::new(3, "Exclude").wildcards();
const SCOPE: Param<Str> = Param::new(4, "Scope").validate(&[Validate::NotNullOrEmpty]);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-Variable",
    &[NAME.spec, VALUE_ONLY.spec, INCLUDE.spec, EXCLUDE.spec, SCOPE.spec],
    include_str!("get_variable.md"),
)
.class("Microsoft.PowerShell.Commands.GetVariableCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.Management.Automation.PSVariable"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetVariable)
}

struct GetVariable;

impl Cmdlet for GetVariable {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let scope = ps_variable::scope(bound.get(&SCOPE), out.shell())?;
        let names: Vec<Str> = bound.get(&NAME).unwrap_or_else(|| vec![Str::from("*")]);
        let found = ps_variable::matching(&names, scope, out)?;
        for info in ps_variable::filtered(found, bound.get(&INCLUDE), bound.get(&EXCLUDE))? {
            if bound.on(&VALUE_ONLY) {
                out.emit(info.value)?;
            } else {
                out.emit(ps_variable::of(info, scope.number()))?;
            }
        }
        Ok(())
    }
}
