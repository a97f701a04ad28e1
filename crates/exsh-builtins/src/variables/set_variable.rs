//! `Set-Variable`: sets variables and their options, and makes those that are not there.

use crate::parameter::{ItemOptions, Visibility};
use crate::variables::ps_variable::{self, Scope};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch, Validate};
use exsh_core::enumerate;
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::{Out, VariableInfo};
use exsh_core::value::{Str, Value};

const NAME: Param<Vec<Str>> = Param::new(0, "Name").mandatory().position(0).by_property_name();
const VALUE: Param<Value> = Param::new(1, "Value").position(1).from_pipeline().by_property_name();
const INCLUDE: Param<Vec<Str>> = Param::new(2, "Include").wildcards();
const EXCLUDE: Param<Vec<Str>> = Param::new(3, "Exclude").wildcards();
const DESCRIPTION: Param<Str> = Param::new(4, "Description");
const OPTION: Param<ItemOptions> = Param::new(5, "Option");
const FORCE: Param<Switch> = Param::new(6, "Force");
const VISIBILITY: Param<Visibility> = Param::new(7, "Visibility");
const PASS_THRU: Param<Switch> = Param::new(8, "PassThru");
const APPEND: Param<Switch> = Param::new(9, "Append");
const SCOPE: Param<Str> = Param::new(10, "Scope").validate(&[Validate::NotNullOrEmpty]);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Set-Variable",
    &[
        NAME.spec,
        VALUE.spec,
        INCLUDE.spec,
        EXCLUDE.spec,
        DESCRIPTION.spec,
        OPTION.spec,
        FORCE.spec,
        VISIBILITY.spec,
        PASS_THRU.spec,
        APPEND.spec,
        SCOPE.spec,
    ],
    include_str!("set_variable.md"),
)
.should_process(Impact::Medium)
.class("Microsoft.PowerShell.Commands.SetVariableCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.Management.Automation.PSVariable"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(SetVariable { values: Vec::new(), piped: false })
}

struct SetVariable {
    /// What came through the pipeline is one value.
    values: Vec<Value>,
    piped: bool,
}

impl Cmdlet for SetVariable {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        self.piped = out.expects_input();
        if self.piped && bound.has(&VALUE) {
            self.values.push(bound.raw(&VALUE).clone());
        }
        Ok(())
    }

    fn end(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let scope = ps_variable::scope(bound.get(&SCOPE), out.shell())?;
        let piped = std::mem::take(&mut self.values);
        let value = match self.piped {
            true if !piped.is_empty() => Some(enumerate::collapse(piped)),
            _ if bound.has(&VALUE) => Some(bound.raw(&VALUE).clone()),
            _ => None,
        };
        let value = value.map(|v| if v.is_null() { Value::NULL } else { v });
        let names: Vec<Str> = bound.get(&NAME).unwrap_or_default();
        for name in names {
            let known = ps_variable::look_up(&name, scope, out.shell());
            if let Err(flow) = one(&name, known, value.clone(), scope, bound, out) {
                crate::files::get_item::report(flow, out)?;
            }
        }
        Ok(())
    }
}

fn one(
    name: &Str,
    known: Option<VariableInfo>,
    value: Option<Value>,
    scope: Scope,
    bound: &Bound,
    out: &mut dyn Out,
) -> Result<()> {
    let force = bound.on(&FORCE);
    let options = bound.get(&OPTION).map(|ItemOptions(n)| n);
    if let Some(k) = &known {
        if k.constant || (k.read_only && !force) {
            return Err(ps_variable::not_writable(name).into());
        }
        if options.is_some_and(|o| o & 2 != 0) {
            return Err(ErrorRecord::of(
                "System.Management.Automation.SessionStateUnauthorizedAccessException",
                "VariableCannotBeMadeConstant",
                Category::WriteError,
                format!(
                    "Existing variable {name} cannot be made constant. Variables can be made constant only at creation \
                     time."
                ),
            )
            .on(Value::string(name.clone()))
            .into());
        }
    }
    // Private to the session is the only visibility there is; the parameter is read so that its value is checked.
    let _: Option<Visibility> = bound.get(&VISIBILITY);
    let shown = value.as_ref().map(exsh_dotnet::text::to_text).unwrap_or_else(|| Str::from(""));
    if !out.confirm(&format!("Name: {name} Value: {shown}"), "Set variable")? {
        return Ok(());
    }
    let new = match (&known, value) {
        (Some(k), Some(v)) if bound.on(&APPEND) => {
            exsh_dotnet::ops::arithmetic::add(out.shell(), k.value.clone(), &v)?
        }
        (_, Some(v)) => v,
        (Some(k), None) => k.value.clone(),
        (None, None) => Value::NULL,
    };
    match known {
        // `-Force` goes past the protection, which stays.
        Some(k) if k.read_only => {
            let number = Some(scope.number().unwrap_or(0));
            out.shell().set_variable_info(VariableInfo { value: new, ..k }, number)?;
        }
        _ => ps_variable::write(name, new, scope, out.shell())?,
    }
    if options.is_some() || bound.has(&DESCRIPTION) {
        let Some(mut info) = ps_variable::look_up(name, scope, out.shell()) else { return Ok(()) };
        if let Some(o) = options {
            ps_variable::set_options(&mut info, o);
        }
        if let Some(d) = bound.get(&DESCRIPTION) {
            info.description = d;
        }
        out.shell().set_variable_info(info, Some(scope.number().unwrap_or(0)))?;
    }
    if bound.on(&PASS_THRU)
        && let Some(info) = ps_variable::look_up(name, scope, out.shell())
    {
        return out.emit(ps_variable::of(info, scope.number()));
    }
    Ok(())
}
