//! `Clear-Variable`: sets variables to null.

use crate::variables::ps_variable;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};

const NAME: Param<Vec<Str>> = Param::new(0, "Name").mandatory().position(0).by_property_name();
const INCLUDE: Param<Vec<Str>> = Param::new(1, "Include").wildcards();
const EXCLUDE: Param<Vec<Str>> = Param::new(2, "Exclude").wildcards();
const FORCE: Param<Switch> = Param::new(3, "Force");
const PASS_THRU: Param<Switch> = Param::new(4, "PassThru");
const SCOPE: Param<Str> = Param::new(5, "Scope").validate(&[Validate::NotNullOrEmpty]);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Clear-Variable",
    &[NAME.spec, INCLUDE.spec, EXCLUDE.spec, FORCE.spec, PASS_THRU.spec, SCOPE.spec],
    include_str!("clear_variable.md"),
)
.should_process(Impact::Medium)
.class("Microsoft.PowerShell.Commands.ClearVariableCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.Management.Automation.PSVariable"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(ClearVariable)
}

struct ClearVariable;

impl Cmdlet for ClearVariable {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let scope = ps_variable::scope(bound.get(&SCOPE), out.shell())?;
        let names: Vec<Str> = bound.get(&NAME).unwrap_or_default();
        let found = ps_variable::matching(&names, scope, out)?;
        for info in ps_variable::filtered(found, bound.get(&INCLUDE), bound.get(&EXCLUDE))? {
            if info.constant || (info.read_only && !bound.on(&FORCE)) {
                out.error(ps_variable::not_writable(&info.name))?;
                continue;
            }
            if !out.confirm(&format!("Name: {}", info.name), "Clear variable")? {
                continue;
            }
            out.shell().set_variable(&info.name, Value::NULL, scope.number())?;
            if bound.on(&PASS_THRU) {
                let mut cleared = info;
                cleared.value = Value::NULL;
                out.emit(ps_variable::of(cleared, scope.number()))?;
            }
        }
        Ok(())
    }
}
