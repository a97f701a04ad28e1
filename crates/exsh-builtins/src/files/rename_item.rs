//! `Rename-Item`: gives an item a new name in its folder.

use crate::files::get_item::report;
use crate::files::paths::{self, Drive};
use crate::files::transfer;
use crate::parameter::Credential;
use crate::{io_failure, record, refuse, session_items};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_dotnet::io;

const IN_BY_PATH: u32 = 1;
const IN_BY_LITERAL_PATH: u32 = 1 << 1;

const PATH: Param<Str> =
    Param::new(0, "Path").sets(IN_BY_PATH).mandatory().position(0).from_pipeline().by_property_name();
const LITERAL_PATH: Param<Str> = Param::new(1, "LiteralPath")
    .sets(IN_BY_LITERAL_PATH)
    .aliases(&["PSPath", "LP"])
    .mandatory()
    .by_property_name();
const NEW_NAME: Param<Str> = Param::new(2, "NewName").mandatory().position(1).by_property_name();
const FORCE: Param<Switch> = Param::new(3, "Force");
const PASS_THRU: Param<Switch> = Param::new(4, "PassThru");
const CREDENTIAL: Param<Credential> = Param::new(5, "Credential").by_property_name();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Rename-Item",
    &[PATH.spec, LITERAL_PATH.spec, NEW_NAME.spec, FORCE.spec, PASS_THRU.spec, CREDENTIAL.spec],
    include_str!("rename_item.md"),
)
.sets(&["ByPath", "ByLiteralPath"], Some(0))
.should_process(Impact::Medium)
.class("Microsoft.PowerShell.Commands.RenameItemCommand")
.module("Microsoft.PowerShell.Management");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(RenameItem)
}

struct RenameItem;

impl Cmdlet for RenameItem {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        refuse::credential(bound, &CREDENTIAL.spec)?;
        let literal = bound.has(&LITERAL_PATH);
        let path: Option<Str> = bound.get(&PATH).or_else(|| bound.get(&LITERAL_PATH));
        match path {
            Some(p) => one(&p, literal, bound, out).or_else(|flow| report(flow, out)),
            None => Ok(()),
        }
    }
}

fn one(written: &str, literal: bool, bound: &Bound, out: &mut dyn Out) -> Result<()> {
    let place = paths::place(written)?;
    let name: Str = bound.get(&NEW_NAME).unwrap_or_else(|| Str::from(""));
    if place.drive != Drive::File {
        let names = session_items::matching(&place, literal, out.shell())?;
        if let Some(old) = names.first()
            && let Some(v) = session_items::content(place.drive, old, out.shell())
            && out.confirm(&format!("Item: {old} Destination: {name}"), "Rename Item")?
        {
            session_items::remove(place.drive, old, bound.on(&FORCE), out.shell())?;
            session_items::set(place.drive, &name, v, out.shell())?;
        }
        return Ok(());
    }
    for source in paths::existing(&place.rest, literal, bound.on(&FORCE), out.shell())? {
        let folder = source.parent().map(|p| p.to_owned()).unwrap_or_default();
        // A whole path is taken when it leads to the same folder.
        let to = if name.contains(['/', '\\']) {
            let full = out.shell().file_path(&name)?;
            if full.parent() != Some(folder.as_path()) {
                return Err(record::argument(
                    "Argument",
                    "Cannot rename the specified target, because it represents a path or device name.",
                )
                .into());
            }
            full
        } else {
            folder.join(name.as_str())
        };
        let shown = source.display().to_string();
        let action = if source.is_dir() { "Rename Directory" } else { "Rename File" };
        if !out.confirm(&format!("Item: {shown} Destination: {}", to.display()), action)? {
            continue;
        }
        if to.exists() && to != source {
            let e = std::io::ErrorKind::AlreadyExists.into();
            return Err(ErrorRecord::new(
                "RenameItemIOError",
                Category::WriteError,
                io_failure::exception(&e, &to),
            )
            .on(Value::text(shown))
            .into());
        }
        transfer::move_path(&source, &to, "RenameItemIOError")?;
        if bound.on(&PASS_THRU) {
            out.emit(io::item(&to))?;
        }
    }
    Ok(())
}
