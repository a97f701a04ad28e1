//! `Pop-Location`: goes back to the location on top of a stack.

use crate::files::get_item::report;
use crate::files::location;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Str;
use exsh_dotnet::io;

const PASS_THRU: Param<Switch> = Param::new(0, "PassThru");
const STACK_NAME: Param<Str> = Param::new(1, "StackName").by_property_name();

/// The declaration.
pub static DECL: CmdletDecl =
    CmdletDecl::new("Pop-Location", &[PASS_THRU.spec, STACK_NAME.spec], include_str!("pop_location.md"))
        .class("Microsoft.PowerShell.Commands.PopLocationCommand")
        .module("Microsoft.PowerShell.Management")
        .outputs(&["System.Management.Automation.PathInfo"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(PopLocation)
}

struct PopLocation;

impl Cmdlet for PopLocation {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let stack: Option<Str> = bound.get(&STACK_NAME);
        let popped = location::of_session(out.shell()).borrow_mut().pop(stack.as_deref());
        match popped {
            Ok(Some(path)) => location::change(out.shell(), &path)?,
            Ok(None) => return Ok(()),
            Err(flow) => return report(flow, out),
        }
        if bound.on(&PASS_THRU) {
            let here = out.shell().location();
            return out.emit(io::path_info(&here));
        }
        Ok(())
    }
}
