//! `Copy-Item`: copies files and folders. Remote sessions are not there yet.

use crate::files::get_item::report;
use crate::files::paths::{self, Drive, NameFilter};
use crate::files::transfer;
use crate::parameter::Credential;
use crate::{record, refuse, session_items};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_dotnet::io;
use std::path::{Path, PathBuf};

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
const CONTAINER: Param<Switch> = Param::new(3, "Container");
const FORCE: Param<Switch> = Param::new(4, "Force");
const FILTER: Param<Str> = Param::new(5, "Filter");
const INCLUDE: Param<Vec<Str>> = Param::new(6, "Include").wildcards();
const EXCLUDE: Param<Vec<Str>> = Param::new(7, "Exclude").wildcards();
const RECURSE: Param<Switch> = Param::new(8, "Recurse");
const PASS_THRU: Param<Switch> = Param::new(9, "PassThru");
const CREDENTIAL: Param<Credential> = Param::new(10, "Credential").by_property_name();
const FROM_SESSION: Param<Value> = Param::new(11, "FromSession").validate(&[Validate::NotNullOrEmpty]);
const TO_SESSION: Param<Value> = Param::new(12, "ToSession").validate(&[Validate::NotNullOrEmpty]);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Copy-Item",
    &[
        PATH.spec,
        LITERAL_PATH.spec,
        DESTINATION.spec,
        CONTAINER.spec,
        FORCE.spec,
        FILTER.spec,
        INCLUDE.spec,
        EXCLUDE.spec,
        RECURSE.spec,
        PASS_THRU.spec,
        CREDENTIAL.spec,
        FROM_SESSION.spec,
        TO_SESSION.spec,
    ],
    include_str!("copy_item.md"),
)
.sets(&["Path", "LiteralPath"], Some(0))
.should_process(Impact::Medium)
.class("Microsoft.PowerShell.Commands.CopyItemCommand")
.module("Microsoft.PowerShell.Management");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(CopyItem)
}

struct CopyItem;

impl Cmdlet for CopyItem {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        refuse::given(bound, "Copy-Item", &[&FROM_SESSION.spec, &TO_SESSION.spec])?;
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
    let (place, target) = (paths::place(written)?, paths::place(to)?);
    if place.drive != Drive::File {
        for name in session_items::matching(&place, literal, out.shell())? {
            if let Some(v) = session_items::content(place.drive, &name, out.shell())
                && out.confirm(&format!("Item: {name} Destination: {}", target.rest), "Copy Item")?
            {
                session_items::set(target.drive, &target.rest, v, out.shell())?;
            }
        }
        return Ok(());
    }
    let target = out.shell().file_path(&target.rest)?;
    for source in paths::existing(&place.rest, literal, bound.on(&FORCE), out.shell())? {
        if !filter.passes(&paths::leaf(&source)) {
            continue;
        }
        if let Err(flow) = copy(&source, &target, bound, out) {
            report(flow, out)?;
        }
    }
    Ok(())
}

fn copy(source: &Path, target: &Path, bound: &Bound, out: &mut dyn Out) -> Result<()> {
    let to = transfer::destination(source, target);
    let force = bound.on(&FORCE);
    let about = format!("Item: {} Destination: {}", source.display(), to.display());
    let mut made: Vec<PathBuf> = Vec::new();
    if source.is_dir() {
        if target.is_file() {
            return Err(record::argument(
                "CopyContainerItemToLeafError",
                "Container cannot be copied onto existing leaf item.",
            )
            .on(Value::text(source.display().to_string()))
            .into());
        }
        if !out.confirm(&about, "Copy Directory")? {
            return Ok(());
        }
        if bound.on(&RECURSE) {
            transfer::copy_tree(source, &to, force, &mut |p| {
                made.push(p.to_owned());
                Ok(())
            })?;
        } else {
            std::fs::create_dir_all(&to)
                .map_err(|e| transfer::failed("CopyDirectoryInfoItemIOError", &e, &to, source))?;
            made.push(to);
        }
    } else {
        if !out.confirm(&about, "Copy File")? {
            return Ok(());
        }
        transfer::copy_file(source, &to, force)?;
        made.push(to);
    }
    if !bound.on(&PASS_THRU) {
        return Ok(());
    }
    made.iter().try_for_each(|p| out.emit(io::item(p)))
}
