//! `Convert-Path`: the file system paths of items that exist.

use crate::files::get_item::report;
use crate::files::paths::{self, Drive};
use crate::session_items;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};

const IN_PATH: u32 = 1;
const IN_LITERAL_PATH: u32 = 1 << 1;

const PATH: Param<Vec<Str>> = Param::new(0, "Path")
    .sets(IN_PATH)
    .mandatory()
    .position(0)
    .from_pipeline()
    .by_property_name()
    .wildcards();
const LITERAL_PATH: Param<Vec<Str>> = Param::new(1, "LiteralPath")
    .sets(IN_LITERAL_PATH)
    .aliases(&["PSPath", "LP"])
    .mandatory()
    .by_property_name();
const FORCE: Param<Switch> = Param::new(2, "Force");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Convert-Path",
    &[PATH.spec, LITERAL_PATH.spec, FORCE.spec],
    include_str!("convert_path.md"),
)
.sets(&["Path", "LiteralPath"], Some(0))
.class("Microsoft.PowerShell.Commands.ConvertPathCommand")
.module("Microsoft.PowerShell.Management")
.outputs(&["System.String"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(ConvertPath)
}

struct ConvertPath;

impl Cmdlet for ConvertPath {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let (written, literal) = paths::written(bound.get(&PATH), bound.get(&LITERAL_PATH));
        for path in written {
            if let Err(flow) = one(&path, literal, out) {
                report(flow, out)?;
            }
        }
        Ok(())
    }
}

fn one(written: &str, literal: bool, out: &mut dyn Out) -> Result<()> {
    let place = paths::place(written)?;
    if place.drive != Drive::File {
        return session_items::matching(&place, literal, out.shell())?
            .into_iter()
            .try_for_each(|n| out.emit(Value::string(n)));
    }
    paths::existing(&place.rest, literal, false, out.shell())?
        .into_iter()
        .try_for_each(|p| out.emit(Value::text(p.display().to_string())))
}
