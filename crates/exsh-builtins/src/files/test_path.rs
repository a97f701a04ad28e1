//! `Test-Path`: tells whether something exists.

use crate::files::paths::{self, Drive, NameFilter};
use crate::parameter::{Credential, PathType};
use crate::{property, refuse, session_items};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, DateTimeBits, Param, Switch};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_dotnet::time;
use std::path::Path;

const IN_PATH: u32 = 1;
const IN_LITERAL_PATH: u32 = 1 << 1;

const PATH: Param<Vec<Str>> = Param::new(0, "Path")
    .sets(IN_PATH)
    .mandatory()
    .position(0)
    .from_pipeline()
    .by_property_name()
    .allow_empty()
    .allow_null()
    .wildcards();
const LITERAL_PATH: Param<Vec<Str>> = Param::new(1, "LiteralPath")
    .sets(IN_LITERAL_PATH)
    .aliases(&["PSPath", "LP"])
    .mandatory()
    .by_property_name()
    .allow_empty()
    .allow_null();
const FILTER: Param<Str> = Param::new(2, "Filter");
const INCLUDE: Param<Vec<Str>> = Param::new(3, "Include").wildcards();
const EXCLUDE: Param<Vec<Str>> = Param::new(4, "Exclude").wildcards();
const PATH_TYPE: Param<PathType> = Param::new(5, "PathType").aliases(&["Type"]);
const IS_VALID: Param<Switch> = Param::new(6, "IsValid");
const CREDENTIAL: Param<Credential> = Param::new(7, "Credential").by_property_name();
const OLDER_THAN: Param<DateTimeBits> = Param::new(8, "OlderThan");
const NEWER_THAN: Param<DateTimeBits> = Param::new(9, "NewerThan");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Test-Path",
    &[
        PATH.spec,
        LITERAL_PATH.spec,
        FILTER.spec,
        INCLUDE.spec,
        EXCLUDE.spec,
        PATH_TYPE.spec,
        IS_VALID.spec,
        CREDENTIAL.spec,
        OLDER_THAN.spec,
        NEWER_THAN.spec,
    ],
    include_str!("test_path.md"),
)
.sets(&["Path", "LiteralPath"], Some(0))
.class("Microsoft.PowerShell.Commands.TestPathCommand")
.module("Microsoft.PowerShell.Management")
.outputs(&["System.Boolean"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(TestPath)
}

struct TestPath;

impl Cmdlet for TestPath {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        refuse::credential(bound, &CREDENTIAL.spec)?;
        let filter = NameFilter::new(bound.get(&INCLUDE), bound.get(&EXCLUDE), bound.get(&FILTER))?;
        let given = if bound.has(&LITERAL_PATH) { bound.raw(&LITERAL_PATH) } else { bound.raw(&PATH) };
        let (written, literal) = paths::written(bound.get(&PATH), bound.get(&LITERAL_PATH));
        if given.is_null() || written.is_empty() {
            return out.error(ErrorRecord::of(
                "System.ArgumentNullException",
                "NullPathNotPermitted",
                Category::InvalidArgument,
                "Value cannot be null. (Parameter 'The provided Path argument was null or an empty collection.')",
            ));
        }
        for path in written {
            let result = if bound.on(&IS_VALID) {
                paths::place(&path).is_ok() && !path.contains('\0')
            } else if path.trim().is_empty() {
                false
            } else {
                match exists(&path, literal, bound, &filter, out) {
                    Ok(b) => b,
                    Err(flow) if property::is_error(&flow) => false,
                    Err(flow) => return Err(flow),
                }
            };
            out.emit(Value::bool(result))?;
        }
        Ok(())
    }
}

fn exists(
    written: &str,
    literal: bool,
    bound: &Bound,
    filter: &NameFilter,
    out: &mut dyn Out,
) -> Result<bool> {
    let place = paths::place(written)?;
    let kind = bound.get(&PATH_TYPE).map_or(0, |p: PathType| p.0);
    if place.drive != Drive::File {
        let is_drive = place.rest.is_empty();
        return Ok(match kind {
            1 => is_drive,
            2 if is_drive => false,
            _ => is_drive || !session_items::matching(&place, literal, out.shell())?.is_empty(),
        });
    }
    Ok(paths::existing(&place.rest, literal, true, out.shell())?.iter().any(|p| {
        let is_folder = p.is_dir();
        // A link that leads nowhere does not exist.
        p.exists()
            && match kind {
                1 => is_folder,
                2 => !is_folder,
                _ => true,
            }
            && filter.passes(&paths::leaf(p))
            && in_time(p, bound)
    }))
}

fn in_time(path: &Path, bound: &Bound) -> bool {
    let older = bound.get(&OLDER_THAN).map(|DateTimeBits(b)| ticks(b));
    let newer = bound.get(&NEWER_THAN).map(|DateTimeBits(b)| ticks(b));
    if older.is_none() && newer.is_none() {
        return true;
    }
    let Some(changed) = std::fs::metadata(path).ok().and_then(|m| m.modified().ok()) else { return false };
    let changed = utc_ticks(changed);
    older.is_none_or(|o| changed < o) && newer.is_none_or(|n| changed > n)
}

fn ticks(bits: u64) -> u64 {
    time::to_utc(bits) & 0x3FFF_FFFF_FFFF_FFFF
}

/// Ticks of a time of the file system, UTC.
fn utc_ticks(at: std::time::SystemTime) -> u64 {
    let nanos = match at.duration_since(std::time::UNIX_EPOCH) {
        Ok(d) => d.as_nanos() as i64,
        Err(e) => -(e.duration().as_nanos() as i64),
    };
    (time::UNIX_EPOCH + nanos / 100).max(0) as u64
}
