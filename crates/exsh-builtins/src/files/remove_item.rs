//! `Remove-Item`: deletes files, folders and items of the session's drives.

use crate::files::get_item::report;
use crate::files::paths::{self, Drive, NameFilter};
use crate::parameter::Credential;
use crate::{io_failure, refuse, session_items};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch};
use exsh_core::error::{Category, ErrorRecord, Exception, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use std::path::Path;

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
const RECURSE: Param<Switch> = Param::new(5, "Recurse");
const FORCE: Param<Switch> = Param::new(6, "Force");
const CREDENTIAL: Param<Credential> = Param::new(7, "Credential").by_property_name();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Remove-Item",
    &[
        PATH.spec,
        LITERAL_PATH.spec,
        FILTER.spec,
        INCLUDE.spec,
        EXCLUDE.spec,
        RECURSE.spec,
        FORCE.spec,
        CREDENTIAL.spec,
    ],
    include_str!("remove_item.md"),
)
.sets(&["Path", "LiteralPath"], Some(0))
.should_process(Impact::Medium)
.class("Microsoft.PowerShell.Commands.RemoveItemCommand")
.module("Microsoft.PowerShell.Management");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(RemoveItem)
}

struct RemoveItem;

impl Cmdlet for RemoveItem {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        refuse::credential(bound, &CREDENTIAL.spec)?;
        let filter = NameFilter::new(bound.get(&INCLUDE), bound.get(&EXCLUDE), bound.get(&FILTER))?;
        let (written, literal) = paths::written(bound.get(&PATH), bound.get(&LITERAL_PATH));
        for path in written {
            if let Err(flow) = one(&path, literal, bound, &filter, out) {
                report(flow, out)?;
            }
        }
        Ok(())
    }
}

fn one(written: &str, literal: bool, bound: &Bound, filter: &NameFilter, out: &mut dyn Out) -> Result<()> {
    let place = paths::place(written)?;
    let (force, recurse) = (bound.on(&FORCE), bound.on(&RECURSE));
    if place.drive != Drive::File {
        for name in session_items::matching(&place, literal, out.shell())? {
            if filter.passes(&name) && out.confirm(&format!("Item: {name}"), "Remove Item")? {
                session_items::remove(place.drive, &name, force, out.shell())?;
            }
        }
        return Ok(());
    }
    for path in paths::existing(&place.rest, literal, force, out.shell())? {
        if !filter.passes(&paths::leaf(&path)) {
            continue;
        }
        if let Err(flow) = path_item(&path, force, recurse, out) {
            report(flow, out)?;
        }
    }
    Ok(())
}

fn path_item(path: &Path, force: bool, recurse: bool, out: &mut dyn Out) -> Result<()> {
    let shown = path.display().to_string();
    let is_folder = path.is_dir() && !path.is_symlink();
    if is_folder
        && !recurse
        && std::fs::read_dir(path).is_ok_and(|mut d| d.next().is_some())
        && !out.ask(
            &format!(
                "The item at {shown} has children and the Recurse parameter was not specified. If you continue, all \
                 children will be removed with the item. Are you sure you want to continue?"
            ),
            "Confirm",
            true,
        )?
    {
        return Ok(());
    }
    if !out.confirm(&shown, if is_folder { "Remove Directory" } else { "Remove File" })? {
        return Ok(());
    }
    let facts = std::fs::symlink_metadata(path).ok();
    let hidden = paths::leaf(path).starts_with('.');
    let read_only = facts.as_ref().is_some_and(|m| !m.is_symlink() && m.permissions().readonly());
    if !force && (hidden || read_only) {
        return Err(ErrorRecord::new(
            "RemoveFileSystemItemUnAuthorizedAccess",
            Category::PermissionDenied,
            Exception::new(
                "System.IO.IOException",
                format!("You do not have sufficient access rights to perform this operation or the item is hidden, system, or read only. : '{shown}'"),
            ),
        )
        .on(Value::text(shown))
        .into());
    }
    let done = if is_folder { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    done.map_err(|e| {
        ErrorRecord::new("RemoveFileSystemItemIOError", Category::WriteError, io_failure::exception(&e, path))
            .on(Value::text(shown))
            .into()
    })
}
