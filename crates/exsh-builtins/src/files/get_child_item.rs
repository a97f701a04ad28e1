//! `Get-ChildItem`: what is in a folder; folders first, each kind by name.

use crate::files::get_item::report;
use crate::files::paths::{self, Drive, NameFilter};
use crate::parameter::AttributeFilter;
use crate::{record, session_items};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::types::EnumInfo;
use exsh_core::value::{Str, Value};
use exsh_dotnet::io::{self, facts};
use exsh_dotnet::ops::pattern;
use exsh_dotnet::types::enums::FILE_ATTRIBUTES;
use std::path::{Path, PathBuf};

const IN_ITEMS: u32 = 1;
const IN_LITERAL_ITEMS: u32 = 1 << 1;

const PATH: Param<Vec<Str>> =
    Param::new(0, "Path").sets(IN_ITEMS).position(0).from_pipeline().by_property_name().wildcards();
const LITERAL_PATH: Param<Vec<Str>> = Param::new(1, "LiteralPath")
    .sets(IN_LITERAL_ITEMS)
    .aliases(&["PSPath", "LP"])
    .mandatory()
    .by_property_name();
const FILTER: Param<Str> = Param::new(2, "Filter").position(1);
const INCLUDE: Param<Vec<Str>> = Param::new(3, "Include").wildcards();
const EXCLUDE: Param<Vec<Str>> = Param::new(4, "Exclude").wildcards();
const RECURSE: Param<Switch> = Param::new(5, "Recurse").aliases(&["s", "r"]);
const DEPTH: Param<u32> = Param::new(6, "Depth");
const FORCE: Param<Switch> = Param::new(7, "Force");
const NAME: Param<Switch> = Param::new(8, "Name");
const ATTRIBUTES: Param<AttributeFilter> = Param::new(9, "Attributes");
const FOLLOW_SYMLINK: Param<Switch> = Param::new(10, "FollowSymlink");
const DIRECTORY: Param<Switch> = Param::new(11, "Directory").aliases(&["ad"]);
const FILE: Param<Switch> = Param::new(12, "File").aliases(&["af"]);
const HIDDEN: Param<Switch> = Param::new(13, "Hidden").aliases(&["ah", "h"]);
const READ_ONLY: Param<Switch> = Param::new(14, "ReadOnly").aliases(&["ar"]);
const SYSTEM: Param<Switch> = Param::new(15, "System").aliases(&["as"]);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-ChildItem",
    &[
        PATH.spec,
        LITERAL_PATH.spec,
        FILTER.spec,
        INCLUDE.spec,
        EXCLUDE.spec,
        RECURSE.spec,
        DEPTH.spec,
        FORCE.spec,
        NAME.spec,
        ATTRIBUTES.spec,
        FOLLOW_SYMLINK.spec,
        DIRECTORY.spec,
        FILE.spec,
        HIDDEN.spec,
        READ_ONLY.spec,
        SYSTEM.spec,
    ],
    include_str!("get_child_item.md"),
)
.sets(&["Items", "LiteralItems"], Some(0))
.class("Microsoft.PowerShell.Commands.GetChildItemCommand")
.module("Microsoft.PowerShell.Management")
.outputs(&["System.IO.FileInfo", "System.IO.DirectoryInfo"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetChildItem)
}

struct GetChildItem;

/// Attributes that no file of this platform has.
const SYSTEM_BIT: i64 = 4;
const ARCHIVE_BIT: i64 = 32;

/// What of a folder is listed.
struct Listing {
    filter: NameFilter,
    hidden: bool,
    depth: u32,
    recurse: bool,
    follow: bool,
    names_only: bool,
    wanted: Vec<Term>,
}

/// Attributes that must be there and that must not.
#[derive(Default)]
struct Term {
    with: i64,
    without: i64,
}

impl Cmdlet for GetChildItem {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let (mut written, literal) = paths::written(bound.get(&PATH), bound.get(&LITERAL_PATH));
        if written.is_empty() {
            written.push(Str::from("."));
        }
        let wanted = terms(bound)?;
        let asks_hidden = wanted.iter().any(|t| t.with & facts::HIDDEN != 0);
        let listing = Listing {
            filter: NameFilter::new(bound.get(&INCLUDE), bound.get(&EXCLUDE), bound.get(&FILTER))?,
            hidden: bound.on(&FORCE) || asks_hidden,
            depth: bound.get(&DEPTH).unwrap_or(u32::MAX),
            recurse: bound.on(&RECURSE) || bound.has(&DEPTH),
            follow: bound.on(&FOLLOW_SYMLINK),
            names_only: bound.on(&NAME),
            wanted,
        };
        for path in written {
            if let Err(flow) = one(&path, literal, &listing, out) {
                report(flow, out)?;
            }
        }
        Ok(())
    }
}

fn one(written: &str, literal: bool, listing: &Listing, out: &mut dyn Out) -> Result<()> {
    let place = paths::place(written)?;
    if place.drive != Drive::File {
        let found = session_items::matching(&place, literal, out.shell())
            // This command names the item alone.
            .map_err(|_| record::path_not_found(&place.rest))?;
        for name in found.into_iter().filter(|n| listing.filter.passes(n)) {
            if listing.names_only {
                out.emit(Value::string(name))?;
            } else if let Some(v) = session_items::get(place.drive, &name, out.shell()) {
                out.emit(v)?;
            }
        }
        return Ok(());
    }
    if !literal && paths::is_pattern(&place.rest) {
        // With -Recurse the last name is a filter for everything below its folder.
        if listing.recurse {
            let (folder, last) = match place.rest.rsplit_once(['/', '\\']) {
                Some((f, l)) => (if f.is_empty() { "/" } else { f }, l),
                None => (".", place.rest.as_str()),
            };
            if !paths::is_pattern(folder) {
                let folder = out.shell().file_path(folder)?;
                let wildcard = pattern::compile(last, true)?;
                return folder_items(&folder, &folder, 0, listing, Some(&wildcard), out);
            }
        }
        for path in paths::existing(&place.rest, false, listing.hidden, out.shell())? {
            send(&path, path.parent().unwrap_or(Path::new("/")), listing, None, out)?;
            if listing.recurse && path.is_dir() {
                folder_items(&path, &path, 0, listing, None, out)?;
            }
        }
        return Ok(());
    }
    for path in paths::existing(&place.rest, literal, listing.hidden, out.shell())? {
        if path.is_dir() {
            // -Include without -Recurse or wildcards looks at the folder's own name, as in the reference.
            if listing.filter.has_include() && !listing.recurse {
                continue;
            }
            folder_items(&path, &path, 0, listing, None, out)?;
        } else {
            send(&path, path.parent().unwrap_or(Path::new("/")), listing, None, out)?;
        }
    }
    Ok(())
}

fn folder_items(
    folder: &Path,
    root: &Path,
    level: u32,
    listing: &Listing,
    last: Option<&pattern::Wildcard>,
    out: &mut dyn Out,
) -> Result<()> {
    if let Err(e) = std::fs::read_dir(folder) {
        let denied = exsh_core::ErrorRecord::new(
            "DirUnauthorizedAccessError",
            exsh_core::Category::PermissionDenied,
            crate::io_failure::exception(&e, folder),
        );
        return out.error(denied.on(Value::text(folder.display().to_string())));
    }
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = paths::names(folder)
        .into_iter()
        .filter(|n| listing.hidden || !n.starts_with('.'))
        .map(|n| folder.join(n))
        .partition(|p| p.is_dir());
    for path in folders.iter().chain(&files) {
        send(path, root, listing, last, out)?;
    }
    if listing.recurse && level < listing.depth {
        for f in folders {
            if listing.follow || !f.is_symlink() {
                folder_items(&f, root, level + 1, listing, last, out)?;
            }
        }
    }
    Ok(())
}

fn send(
    path: &Path,
    root: &Path,
    listing: &Listing,
    last: Option<&pattern::Wildcard>,
    out: &mut dyn Out,
) -> Result<()> {
    let name = paths::leaf(path);
    if !listing.filter.passes(&name) || last.is_some_and(|w| !w.matches(&name)) {
        return Ok(());
    }
    if !listing.wanted.is_empty() {
        let has = facts::Facts::read(path).map_or(0, |f| f.attributes());
        if !listing.wanted.iter().any(|t| has & t.with == t.with && has & t.without == 0) {
            return Ok(());
        }
    }
    if listing.names_only {
        let shown = path.strip_prefix(root).unwrap_or(path).display().to_string();
        return out.emit(Value::text(shown));
    }
    out.emit(io::item(path))
}

/// `-Attributes` and the switches that stand for attributes, as alternatives.
fn terms(bound: &Bound) -> Result<Vec<Term>> {
    let mut base = Term::default();
    for (on, with, without) in [
        (bound.on(&DIRECTORY), facts::DIRECTORY, 0),
        (bound.on(&FILE), 0, facts::DIRECTORY),
        (bound.on(&HIDDEN), facts::HIDDEN, 0),
        (bound.on(&READ_ONLY), facts::READ_ONLY, 0),
        (bound.on(&SYSTEM), SYSTEM_BIT, 0),
    ] {
        if on {
            base.with |= with;
            base.without |= without;
        }
    }
    let Some(AttributeFilter(text)) = bound.get(&ATTRIBUTES) else {
        return Ok(if base.with | base.without == 0 { Vec::new() } else { vec![base] });
    };
    text.split(',')
        .map(|alternative| {
            let mut term = Term { with: base.with, without: base.without };
            for word in alternative.split('+') {
                let word = word.trim();
                let (word, not) = word.strip_prefix('!').map_or((word, false), |w| (w.trim(), true));
                let bit =
                    FILE_ATTRIBUTES.enumeration.and_then(|info| attribute(info, word)).ok_or_else(|| {
                        record::argument(
                            "InvalidAttribute",
                            format!("Unable to match the identifier name {word}."),
                        )
                    })?;
                if not { term.without |= bit } else { term.with |= bit }
            }
            Ok(term)
        })
        .collect()
}

fn attribute(info: &EnumInfo, word: &str) -> Option<i64> {
    let short = match word.to_ascii_lowercase().as_str() {
        "d" => Some(facts::DIRECTORY),
        "h" => Some(facts::HIDDEN),
        "r" => Some(facts::READ_ONLY),
        "s" => Some(SYSTEM_BIT),
        "a" => Some(ARCHIVE_BIT),
        _ => None,
    };
    short.or_else(|| info.members.iter().find(|(n, _)| n.eq_ignore_ascii_case(word)).map(|(_, n)| *n))
}
