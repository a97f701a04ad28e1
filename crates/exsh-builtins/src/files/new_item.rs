//! `New-Item`: makes files, folders and links, and items of the session's drives.

use crate::files::get_item::report;
use crate::files::paths::{self, Drive};
use crate::parameter::Credential;
use crate::{io_failure, record, refuse, session_items};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_dotnet::io;
use exsh_dotnet::text;
use std::path::Path;

const IN_PATH: u32 = 1;
const IN_NAME: u32 = 1 << 1;

const PATH: Param<Vec<Str>> = Param::new(0, "Path").mandatory_in(IN_PATH).position(0).by_property_name();
const NAME: Param<Str> =
    Param::new(1, "Name").sets(IN_NAME).mandatory().by_property_name().allow_empty().allow_null();
const ITEM_TYPE: Param<Str> = Param::new(2, "ItemType").aliases(&["Type"]).by_property_name();
const VALUE: Param<Value> = Param::new(3, "Value").aliases(&["Target"]).from_pipeline().by_property_name();
const FORCE: Param<Switch> = Param::new(4, "Force");
const CREDENTIAL: Param<Credential> = Param::new(5, "Credential").by_property_name();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "New-Item",
    &[PATH.spec, NAME.spec, ITEM_TYPE.spec, VALUE.spec, FORCE.spec, CREDENTIAL.spec],
    include_str!("new_item.md"),
)
.sets(&["pathSet", "nameSet"], Some(0))
.should_process(Impact::Medium)
.class("Microsoft.PowerShell.Commands.NewItemCommand")
.module("Microsoft.PowerShell.Management")
.outputs(&["System.String", "System.IO.FileInfo", "System.IO.DirectoryInfo"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(NewItem)
}

struct NewItem;

impl Cmdlet for NewItem {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        refuse::credential(bound, &CREDENTIAL.spec)?;
        let name: Option<Str> = bound.get(&NAME);
        let folders: Vec<Str> = bound.get(&PATH).unwrap_or_else(|| vec![Str::from(".")]);
        for folder in folders {
            let path = match &name {
                Some(n) if !n.is_empty() => {
                    let joined = format!("{}/{n}", folder.trim_end_matches(['/', '\\']));
                    // `Env:` and the name of a variable.
                    if folder.ends_with(':') { format!("{folder}{n}") } else { joined }
                }
                _ => folder.to_string(),
            };
            if let Err(flow) = one(&path, bound, out) {
                report(flow, out)?;
            }
        }
        Ok(())
    }
}

fn one(written: &str, bound: &Bound, out: &mut dyn Out) -> Result<()> {
    let place = paths::place(written)?;
    let value = bound.get(&VALUE).unwrap_or(Value::NULL);
    if place.drive != Drive::File {
        if !bound.on(&FORCE) && session_items::get(place.drive, &place.rest, out.shell()).is_some() {
            return Err(ErrorRecord::of(
                "System.Management.Automation.PSArgumentException",
                "Argument",
                Category::InvalidArgument,
                format!("An item with the name '{}' already exists.", place.rest),
            )
            .into());
        }
        if out.confirm(&format!("Name: {} Value: {}", place.rest, text::to_text(&value)), "New Item")? {
            session_items::set(place.drive, &place.rest, value, out.shell())?;
            if let Some(v) = session_items::get(place.drive, &place.rest, out.shell()) {
                return out.emit(v);
            }
        }
        return Ok(());
    }
    let path = out.shell().file_path(&place.rest)?;
    let kind = bound.get(&ITEM_TYPE).unwrap_or_else(|| Str::from("file")).to_lowercase();
    // The kind may be shortened, as in the reference.
    let is = |full: &str| !kind.is_empty() && full.starts_with(kind.as_str());
    if kind.is_empty() || is("file") {
        file(&path, &value, bound.on(&FORCE), out)
    } else if is("directory") || is("container") {
        folder(&path, bound.on(&FORCE), out)
    } else if is("symboliclink") || is("hardlink") {
        link(&path, &value, is("symboliclink"), bound.on(&FORCE), out)
    } else {
        Err(record::argument(
            "Argument",
            "The type is not a known type for the file system. Only \"file\",\"directory\" or \"symboliclink\" can be \
             specified.",
        )
        .into())
    }
}

fn io_error(e: &std::io::Error, path: &Path, id: &'static str) -> ErrorRecord {
    ErrorRecord::new(id, Category::WriteError, io_failure::exception(e, path))
        .on(Value::text(path.display().to_string()))
}

fn file(path: &Path, value: &Value, force: bool, out: &mut dyn Out) -> Result<()> {
    let shown = path.display().to_string();
    if !out.confirm(&format!("Destination: {shown}"), "Create File")? {
        return Ok(());
    }
    if force && let Some(parent) = path.parent() {
        // What this cannot make, opening the file reports.
        let _ = std::fs::create_dir_all(parent);
    }
    if path.exists() && !force {
        return Err(io_error(&std::io::ErrorKind::AlreadyExists.into(), path, "NewItemIOError").into());
    }
    let content = if value.is_null() { Str::from("") } else { text::to_text(value) };
    std::fs::write(path, content.as_bytes()).map_err(|e| {
        let id = match e.kind() {
            std::io::ErrorKind::PermissionDenied => "NewItemUnauthorizedAccessError",
            _ => "NewItemIOError",
        };
        io_error(&e, path, id)
    })?;
    out.emit(io::item(path))
}

fn folder(path: &Path, force: bool, out: &mut dyn Out) -> Result<()> {
    let shown = path.display().to_string();
    if path.exists() && !(force && path.is_dir()) {
        return Err(ErrorRecord::of(
            "System.IO.IOException",
            "DirectoryExist",
            Category::ResourceExists,
            format!("An item with the specified name {shown} already exists."),
        )
        .on(Value::text(shown))
        .into());
    }
    if !out.confirm(&format!("Destination: {shown}"), "Create Directory")? {
        return Ok(());
    }
    std::fs::create_dir_all(path).map_err(|e| io_error(&e, path, "CreateDirectoryIOError"))?;
    out.emit(io::item(path))
}

fn link(path: &Path, value: &Value, symbolic: bool, force: bool, out: &mut dyn Out) -> Result<()> {
    let target = text::to_text(value);
    if target.is_empty() {
        return Err(record::argument(
            "Argument",
            "Cannot process argument because the value of argument \"value\" is not valid. Change the value of the \
             \"value\" argument and run the operation again.",
        )
        .into());
    }
    let shown = path.display().to_string();
    let action = if symbolic { "Create Symbolic Link" } else { "Create Hard Link" };
    if !out.confirm(&format!("Destination: {shown}"), action)? {
        return Ok(());
    }
    if force && std::fs::symlink_metadata(path).is_ok() {
        std::fs::remove_file(path).map_err(|e| io_error(&e, path, "NewItemIOError"))?;
    }
    let made = if symbolic {
        symlink(Path::new(target.as_str()), path)
    } else {
        std::fs::hard_link(out.shell().file_path(&target)?, path)
    };
    made.map_err(|e| io_error(&e, path, "NewItemIOError"))?;
    out.emit(io::item(path))
}

#[cfg(unix)]
fn symlink(target: &Path, path: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, path)
}

#[cfg(windows)]
fn symlink(target: &Path, path: &Path) -> std::io::Result<()> {
    if target.is_dir() {
        std::os::windows::fs::symlink_dir(target, path)
    } else {
        std::os::windows::fs::symlink_file(target, path)
    }
}
