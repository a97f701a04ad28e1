//! `New-Variable`: makes a variable.

use crate::parameter::{ItemOptions, Visibility};
use crate::variables::ps_variable;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch, Validate};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};

const NAME: Param<Str> = Param::new(0, "Name").mandatory().position(0).by_property_name();
const VALUE: Param<Value> = Param::new(1, "Value").position(1).from_pipeline().by_property_name();
const DESCRIPTION: Param<Str> = Param::new(2, "Description");
const OPTION: Param<ItemOptions> = Param::new(3, "Option");
const VISIBILITY: Param<Visibility> = Param::new(4, "Visibility");
const FORCE: Param<Switch> = Param::new(5, "Force");
const PASS_THRU: Param<Switch> = Param::new(6, "PassThru");
const SCOPE: Param<Str> = Param::new(7, "Scope").validate(&[Validate::NotNullOrEmpty]);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "New-Variable",
    &[
        NAME.spec,
        VALUE.spec,
        DESCRIPTION.spec,
        OPTION.spec,
        VISIBILITY.spec,
        FORCE.spec,
        PASS_THRU.spec,
        SCOPE.spec,
    ],
    include_str!("new_variable.md"),
)
.should_process(Impact::Low)
.class("Microsoft.PowerShell.Commands.NewVariableCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.Management.Automation.PSVariable"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(NewVariable)
}

struct NewVariable;

impl Cmdlet for NewVariable {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let scope = ps_variable::scope(bound.get(&SCOPE), out.shell())?;
        let name: Str = bound.get(&NAME).unwrap_or_else(|| Str::from(""));
        let value: Value = bound.get(&VALUE).unwrap_or(Value::NULL);
        // The session has no other readers: the parameter is read so that its value is checked.
        let _: Option<Visibility> = bound.get(&VISIBILITY);
        if let Some(known) = ps_variable::look_up(&name, scope, out.shell()) {
            if !bound.on(&FORCE) {
                return out.error(
                    ErrorRecord::of(
                        "System.Management.Automation.SessionStateException",
                        "VariableAlreadyExists",
                        Category::ResourceExists,
                        format!("A variable with name '{name}' already exists."),
                    )
                    .on(Value::string(name)),
                );
            }
            if known.constant {
                return out.error(ps_variable::not_writable(&name));
            }
        }
        let shown = exsh_dotnet::text::to_text(&value);
        if !out.confirm(&format!("Name: {name} Value: {shown}"), "New variable")? {
            return Ok(());
        }
        ps_variable::write(&name, value, scope, out.shell())?;
        if let Some(mut info) = ps_variable::look_up(&name, scope, out.shell()) {
            ps_variable::set_options(&mut info, bound.get(&OPTION).map_or(0, |ItemOptions(n)| n));
            info.description = bound.get(&DESCRIPTION).unwrap_or_else(|| Str::from(""));
            out.shell().set_variable_info(info.clone(), Some(scope.number().unwrap_or(0)))?;
            if bound.on(&PASS_THRU) {
                return out.emit(ps_variable::of(info, scope.number()));
            }
        }
        Ok(())
    }
}
