//! `Push-Location`: keeps the current location on a stack and changes it.

use crate::files::get_item::report;
use crate::files::location;
use crate::files::set_location;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Str;
use exsh_dotnet::io;

const IN_PATH: u32 = 1;
const IN_LITERAL_PATH: u32 = 1 << 1;

const PATH: Param<Str> = Param::new(0, "Path").sets(IN_PATH).position(0).from_pipeline().by_property_name();
const LITERAL_PATH: Param<Str> =
    Param::new(1, "LiteralPath").sets(IN_LITERAL_PATH).aliases(&["PSPath", "LP"]).by_property_name();
const PASS_THRU: Param<Switch> = Param::new(2, "PassThru");
const STACK_NAME: Param<Str> = Param::new(3, "StackName").by_property_name();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Push-Location",
    &[PATH.spec, LITERAL_PATH.spec, PASS_THRU.spec, STACK_NAME.spec],
    include_str!("push_location.md"),
)
.sets(&["Path", "LiteralPath"], Some(0))
.class("Microsoft.PowerShell.Commands.PushLocationCommand")
.module("Microsoft.PowerShell.Management")
.outputs(&["System.Management.Automation.PathInfo"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(PushLocation)
}

struct PushLocation;

impl Cmdlet for PushLocation {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let old = out.shell().location();
        let literal = bound.has(&LITERAL_PATH);
        let path: Option<Str> = bound.get(&PATH).or_else(|| bound.get(&LITERAL_PATH));
        if path.is_some()
            && let Err(flow) = set_location::go(path, literal, out)
        {
            return report(flow, out);
        }
        let stack: Option<Str> = bound.get(&STACK_NAME);
        location::of_session(out.shell()).borrow_mut().push(stack.as_deref(), old);
        if bound.on(&PASS_THRU) {
            let here = out.shell().location();
            return out.emit(io::path_info(&here));
        }
        Ok(())
    }
}
