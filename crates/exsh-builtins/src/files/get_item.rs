//! `Get-Item`: items by path. `-Stream` does not exist outside Windows.

use crate::files::paths::{self, Drive, NameFilter};
use crate::parameter::Credential;
use crate::{property, refuse, session_items};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::{Flow, Result};
use exsh_core::out::Out;
use exsh_core::value::Str;
use exsh_dotnet::io;

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
const FILTER: Param<Str> = Param::new(2, "Filter");
const INCLUDE: Param<Vec<Str>> = Param::new(3, "Include").wildcards();
const EXCLUDE: Param<Vec<Str>> = Param::new(4, "Exclude").wildcards();
const FORCE: Param<Switch> = Param::new(5, "Force");
const CREDENTIAL: Param<Credential> = Param::new(6, "Credential").by_property_name();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-Item",
    &[PATH.spec, LITERAL_PATH.spec, FILTER.spec, INCLUDE.spec, EXCLUDE.spec, FORCE.spec, CREDENTIAL.spec],
    include_str!("get_item.md"),
)
.sets(&["Path", "LiteralPath"], Some(0))
.class("Microsoft.PowerShell.Commands.GetItemCommand")
.module("Microsoft.PowerShell.Management")
.outputs(&["System.IO.FileInfo", "System.Boolean", "System.String", "System.IO.DirectoryInfo"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetItem)
}

struct GetItem;

impl Cmdlet for GetItem {
    fn begin(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        refuse::credential(bound, &CREDENTIAL.spec)
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let filter = NameFilter::new(bound.get(&INCLUDE), bound.get(&EXCLUDE), bound.get(&FILTER))?;
        let (written, literal) = paths::written(bound.get(&PATH), bound.get(&LITERAL_PATH));
        for path in written {
            if let Err(flow) = one(&path, literal, bound.on(&FORCE), &filter, out) {
                report(flow, out)?;
            }
        }
        Ok(())
    }
}

fn one(written: &str, literal: bool, force: bool, filter: &NameFilter, out: &mut dyn Out) -> Result<()> {
    let place = paths::place(written)?;
    if place.drive != Drive::File {
        for name in session_items::matching(&place, literal, out.shell())? {
            if let Some(v) = session_items::get(place.drive, &name, out.shell()) {
                out.emit(v)?;
            }
        }
        return Ok(());
    }
    for path in paths::existing(&place.rest, literal, force, out.shell())? {
        if filter.passes(&paths::leaf(&path)) {
            out.emit(io::item(&path))?;
        }
    }
    Ok(())
}

/// A path that fails is reported; the next one is tried.
pub fn report(flow: Box<Flow>, out: &mut dyn Out) -> Result<()> {
    if !property::is_error(&flow) {
        return Err(flow);
    }
    let Flow::Error(record) = *flow else { return Ok(()) };
    match std::rc::Rc::try_unwrap(record) {
        Ok(record) => out.error(record),
        // Somebody else holds it, which no error of this crate's making does.
        Err(shared) => Err(Box::new(Flow::Error(shared))),
    }
}
