//! `Set-Alias`: makes or changes an alias. The session keeps no options of aliases.

use crate::commands::command_info;
use crate::default_aliases::is_read_only;
use crate::parameter::ItemOptions;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};

const NAME: Param<Str> = Param::new(0, "Name").mandatory().position(0).by_property_name();
const VALUE: Param<Str> = Param::new(1, "Value").mandatory().position(1).by_property_name();
const DESCRIPTION: Param<Str> = Param::new(2, "Description");
const OPTION: Param<ItemOptions> = Param::new(3, "Option");
const PASS_THRU: Param<Switch> = Param::new(4, "PassThru");
const SCOPE: Param<Str> = Param::new(5, "Scope");
const FORCE: Param<Switch> = Param::new(6, "Force");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Set-Alias",
    &[NAME.spec, VALUE.spec, DESCRIPTION.spec, OPTION.spec, PASS_THRU.spec, SCOPE.spec, FORCE.spec],
    include_str!("set_alias.md"),
)
.should_process(Impact::Medium)
.class("Microsoft.PowerShell.Commands.SetAliasCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.Management.Automation.AliasInfo"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(SetAlias)
}

struct SetAlias;

impl Cmdlet for SetAlias {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let name: Str = bound.get(&NAME).unwrap_or_else(|| Str::from(""));
        let target: Str = bound.get(&VALUE).unwrap_or_else(|| Str::from(""));
        // Read so that the value is checked; the session keeps no options of aliases.
        let _: Option<ItemOptions> = bound.get(&OPTION);
        if is_read_only(&name) && !bound.on(&FORCE) {
            return out.error(
                ErrorRecord::of(
                    "System.Management.Automation.SessionStateUnauthorizedAccessException",
                    "AliasNotWritable",
                    Category::WriteError,
                    format!("Alias is not writeable because alias {name} is read-only or constant and cannot be written to."),
                )
                .on(Value::string(name)),
            );
        }
        if !out.confirm(&format!("Name: {name} Value: {target}"), "Set Alias")? {
            return Ok(());
        }
        out.shell().set_alias(&name, Some(&target))?;
        if bound.on(&PASS_THRU) {
            let v = command_info::alias(name, target, out.shell());
            return out.emit(v);
        }
        Ok(())
    }
}
