//! `Remove-Alias`: deletes aliases.

use crate::commands::get_alias::not_found;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::Result;
use exsh_core::name::same;
use exsh_core::out::Out;
use exsh_core::value::Str;

const NAME: Param<Vec<Str>> =
    Param::new(0, "Name").mandatory().position(0).from_pipeline().by_property_name();
const SCOPE: Param<Str> = Param::new(1, "Scope");
const FORCE: Param<Switch> = Param::new(2, "Force");

/// The declaration.
pub static DECL: CmdletDecl =
    CmdletDecl::new("Remove-Alias", &[NAME.spec, SCOPE.spec, FORCE.spec], include_str!("remove_alias.md"))
        .sets(&["Default"], Some(0))
        .class("Microsoft.PowerShell.Commands.RemoveAliasCommand")
        .module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(RemoveAlias)
}

struct RemoveAlias;

impl Cmdlet for RemoveAlias {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let names: Vec<Str> = bound.get(&NAME).unwrap_or_default();
        for name in names {
            if out.shell().aliases().iter().any(|a| same(&a.0, &name)) {
                out.shell().set_alias(&name, None)?;
            } else {
                out.error(not_found(&name, "name"))?;
            }
        }
        Ok(())
    }
}
