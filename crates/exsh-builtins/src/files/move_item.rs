//! `Move-Item`: moves files and folders.

use crate::files::get_item::report;
use crate::files::paths::{self, NameFilter};
use crate::files::transfer;
use crate::parameter::Credential;
use crate::refuse;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Str;
use exsh_dotnet::io;
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
const DESTINATION: Param<Str> = Param::new(2, "Destination").position(1).by_property_name();
const FORCE: Param<Switch> = Param::new(3, "Force");
const FILTER: Param<Str> = Param::new(4, "Filter");
const INCLUDE: Param<Vec<Str>> = Param::new(5, "Include").wildcards();
const EXCLUDE: Param<Vec<Str>> = Param::new(6, "Exclude").wildcards();
const PASS_THRU: Param<Switch> = Param::new(7, "PassThru");
const CREDENTIAL: Param<Credential> = Param::new(8, "Credential").by_property_name();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Move-Item",
    &[
        PATH.spec,
        LITERAL_PATH.spec,
        DESTINATION.spec,
        FORCE.spec,
        FILTER.spec,
        INCLUDE.spec,
        EXCLUDE.spec,
        PASS_THRU.spec,
        CREDENTIAL.spec,
    ],
    include_str!("move_item.md"),
)
.sets(&["Path", "LiteralPath"], Some(0))
.should_process(Impact::Medium)
.class("Microsoft.PowerShell.Commands.MoveItemCommand")
.module("Microsoft.PowerShell.Management");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(MoveItem)
}

struct MoveItem;

impl Cmdlet for MoveItem {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        refuse::credential(bound, &CREDENTIAL.spec)?;
        let filter = NameFilter::new(bound.get(&INCLUDE), bound.get(&EXCLUDE), bound.get(&FILTER))?;
        let (written, literal) = paths::written(bound.get(&PATH), bound.get(&LITERAL_PATH));
        let to: Str = bound.get(&DESTINATION).unwrap_or_else(|| Str::from("."));
        for path in written {
            if let Err(flow) = one(&path, literal, &to, bound, &filter, out) {
                report(flow, out)?;
            }
        }
        Ok(())
    }
}

fn one(
    written: &str,
    literal: bool,
    to: &str,
    bound: &Bound,
    filter: &NameFilter,
    out: &mut dyn Out,
) -> Result<()> {
    let place = paths::place(written)?;
    let target = out.shell().file_path(&paths::place(to)?.rest)?;
    for source in paths::existing(&place.rest, literal, bound.on(&FORCE), out.shell())? {
        if !filter.passes(&paths::leaf(&source)) {
            continue;
        }
        if let Err(flow) = move_one(&source, &target, bound, out) {
            report(flow, out)?;
        }
    }
    Ok(())
}

fn move_one(source: &Path, target: &Path, bound: &Bound, out: &mut dyn Out) -> Result<()> {
    let to = transfer::destination(source, target);
    let (action, id) = if source.is_dir() {
        ("Move Directory", "MoveDirectoryItemIOError")
    } else {
        ("Move File", "MoveFileInfoItemIOError")
    };
    if !out.confirm(&format!("Item: {} Destination: {}", source.display(), to.display()), action)? {
        return Ok(());
    }
    if to.exists() {
        if !bound.on(&FORCE) || to.is_dir() {
            return Err(transfer::failed(id, &std::io::ErrorKind::AlreadyExists.into(), &to, source).into());
        }
        std::fs::remove_file(&to).map_err(|e| transfer::failed(id, &e, &to, source))?;
    }
    transfer::move_path(source, &to, id)?;
    if bound.on(&PASS_THRU) { out.emit(io::item(&to)) } else { Ok(()) }
}
