//! `Clear-Content`: empties files and keeps them.

use crate::files::get_item::report;
use crate::files::paths::{self, Drive, NameFilter};
use crate::parameter::Credential;
use crate::{io_failure, refuse, session_items};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};

const IN_PATH: u32 = 1;
const IN_LITERAL_PATH: u32 = 1 << 1;

const PATH: Param<Vec<Str>> =
    Param::new(0, "Path").sets(IN_PATH).mandatory().position(0).by_property_name().wildcards();
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
    "Clear-Content",
    &[PATH.spec, LITERAL_PATH.spec, FILTER.spec, INCLUDE.spec, EXCLUDE.spec, FORCE.spec, CREDENTIAL.spec],
    include_str!("clear_content.md"),
)
.sets(&["Path", "LiteralPath"], Some(0))
.should_process(Impact::Medium)
.class("Microsoft.PowerShell.Commands.ClearContentCommand")
.module("Microsoft.PowerShell.Management");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(ClearContent)
}

struct ClearContent;

impl Cmdlet for ClearContent {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        refuse::credential(bound, &CREDENTIAL.spec)?;
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
            if out.confirm(&format!("Item: {name}"), "Clear Content")? {
                session_items::set(place.drive, &name, Value::NULL, out.shell())?;
            }
        }
        return Ok(());
    }
    for path in paths::existing(&place.rest, literal, force, out.shell())? {
        if !filter.passes(&paths::leaf(&path)) {
            continue;
        }
        let shown = path.display().to_string();
        if path.is_dir() {
            return Err(ErrorRecord::of(
                "System.NotSupportedException",
                "System.NotSupportedException",
                Category::NotSpecified,
                format!(
                    "Unable to clear content of '{shown}' because it is a directory. Clear-Content is only supported on \
                     files."
                ),
            )
            .into());
        }
        if out.confirm(&format!("Item: {shown}"), "Clear Content")? {
            std::fs::OpenOptions::new().write(true).truncate(true).open(&path).map_err(|e| {
                ErrorRecord::new(
                    "ClearContentIOError",
                    Category::WriteError,
                    io_failure::exception(&e, &path),
                )
                .on(Value::text(shown))
            })?;
        }
    }
    Ok(())
}
