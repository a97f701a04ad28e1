//! `Set-Location`: changes the current location; `-` and `+` walk through the earlier ones.

use crate::files::location;
use crate::files::paths::{self, Drive};
use crate::record;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Str;
use exsh_dotnet::io;

const IN_PATH: u32 = 1;
const IN_LITERAL_PATH: u32 = 1 << 1;
const IN_STACK: u32 = 1 << 2;

const PATH: Param<Str> = Param::new(0, "Path").sets(IN_PATH).position(0).from_pipeline().by_property_name();
const LITERAL_PATH: Param<Str> = Param::new(1, "LiteralPath")
    .sets(IN_LITERAL_PATH)
    .aliases(&["PSPath", "LP"])
    .mandatory()
    .by_property_name();
const PASS_THRU: Param<Switch> = Param::new(2, "PassThru");
const STACK_NAME: Param<Str> = Param::new(3, "StackName").sets(IN_STACK).by_property_name();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Set-Location",
    &[PATH.spec, LITERAL_PATH.spec, PASS_THRU.spec, STACK_NAME.spec],
    include_str!("set_location.md"),
)
.sets(&["Path", "LiteralPath", "Stack"], Some(0))
.class("Microsoft.PowerShell.Commands.SetLocationCommand")
.module("Microsoft.PowerShell.Management")
.outputs(&["System.Management.Automation.PathInfo", "System.Management.Automation.PathInfoStack"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(SetLocation)
}

struct SetLocation;

impl Cmdlet for SetLocation {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        if let Some(stack) = bound.get(&STACK_NAME) {
            return location::of_session(out.shell()).borrow_mut().select(&stack);
        }
        let literal = bound.has(&LITERAL_PATH);
        let path: Option<Str> = bound.get(&PATH).or_else(|| bound.get(&LITERAL_PATH));
        if let Err(flow) = go(path, literal, out) {
            return crate::files::get_item::report(flow, out);
        }
        if bound.on(&PASS_THRU) {
            let here = out.shell().location();
            return out.emit(io::path_info(&here));
        }
        Ok(())
    }
}

/// Goes to a path; nothing means home.
pub fn go(path: Option<Str>, literal: bool, out: &mut dyn Out) -> Result<()> {
    let Some(path) = path.filter(|p| !p.is_empty()) else {
        let home = out.host().home();
        return location::change(out.shell(), &home);
    };
    if !literal && (path.as_str() == "-" || path.as_str() == "+") {
        return location::travel(out.shell(), path.as_str() == "+");
    }
    let place = paths::place(&path)?;
    if place.drive != Drive::File {
        return Err(exsh_core::ErrorRecord::of(
            "System.NotImplementedException",
            "LocationNotSupported",
            exsh_core::Category::NotImplemented,
            format!("The drive {}: cannot be the current location in exsh yet.", place.drive.name()),
        )
        .into());
    }
    let mut found = paths::existing(&place.rest, literal, true, out.shell())?;
    match found.len() {
        0 => Err(record::path_not_found(&place.rest).into()),
        1 => {
            let target = found.remove(0);
            if !target.is_dir() {
                return Err(record::path_not_found(&path).into());
            }
            location::change(out.shell(), &target.display().to_string())
        }
        _ => Err(record::argument(
            "Argument",
            format!("Cannot process argument because the path '{path}' resolved to multiple containers. Set-Location can only be set to a single location at a time."),
        )
        .into()),
    }
}
