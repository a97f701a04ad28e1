//! `Resolve-Path`: the full paths of items that exist.

use crate::files::get_item::report;
use crate::files::paths::{self, Drive};
use crate::parameter::Credential;
use crate::{refuse, session_items};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_dotnet::io;
use std::path::{Component, Path, PathBuf};

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
const RELATIVE: Param<Switch> = Param::new(2, "Relative");
const RELATIVE_BASE_PATH: Param<Str> = Param::new(3, "RelativeBasePath");
const FORCE: Param<Switch> = Param::new(4, "Force");
const CREDENTIAL: Param<Credential> = Param::new(5, "Credential").by_property_name();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Resolve-Path",
    &[PATH.spec, LITERAL_PATH.spec, RELATIVE.spec, RELATIVE_BASE_PATH.spec, FORCE.spec, CREDENTIAL.spec],
    include_str!("resolve_path.md"),
)
.sets(&["Path", "LiteralPath"], Some(0))
.class("Microsoft.PowerShell.Commands.ResolvePathCommand")
.module("Microsoft.PowerShell.Management")
.outputs(&["System.String", "System.Management.Automation.PathInfo"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(ResolvePath)
}

struct ResolvePath;

impl Cmdlet for ResolvePath {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        refuse::credential(bound, &CREDENTIAL.spec)?;
        let (written, literal) = paths::written(bound.get(&PATH), bound.get(&LITERAL_PATH));
        for path in written {
            if let Err(flow) = one(&path, literal, bound, out) {
                report(flow, out)?;
            }
        }
        Ok(())
    }
}

fn one(written: &str, literal: bool, bound: &Bound, out: &mut dyn Out) -> Result<()> {
    let place = paths::place(written)?;
    if place.drive != Drive::File {
        for name in session_items::matching(&place, literal, out.shell())? {
            let shown = Str::from(format!("{}:/{name}", place.drive.name()));
            out.emit(io::path_info(&shown))?;
        }
        return Ok(());
    }
    let base = match bound.get(&RELATIVE_BASE_PATH) {
        Some(b) => out.shell().file_path(&b)?,
        None => PathBuf::from(out.shell().location().as_str()),
    };
    let found = if bound.has(&RELATIVE_BASE_PATH) && !place.rest.starts_with('/') {
        let under = base.join(&place.rest).display().to_string();
        paths::existing(&under, literal, bound.on(&FORCE), out.shell())?
    } else {
        paths::existing(&place.rest, literal, bound.on(&FORCE), out.shell())?
    };
    for path in found {
        if bound.on(&RELATIVE) {
            out.emit(Value::text(relative(&base, &path)))?;
        } else {
            out.emit(io::path_info(&path.display().to_string()))?;
        }
    }
    Ok(())
}

/// `./x` below the base, `../x` beside it.
fn relative(base: &Path, path: &Path) -> String {
    let (a, b): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (base.components().collect(), path.components().collect());
    let common = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let mut parts: Vec<String> = vec!["..".into(); a.len() - common];
    if parts.is_empty() {
        parts.push(".".into());
    }
    parts.extend(b[common..].iter().map(|c| c.as_os_str().to_string_lossy().into_owned()));
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_start_with_dots() {
        let r = |b: &str, p: &str| relative(Path::new(b), Path::new(p));
        // observed: Resolve-Path d/f.txt -Relative gives ./d/f.txt
        assert_eq!(r("/w", "/w/d/f.txt"), "./d/f.txt");
        assert_eq!(r("/w/d", "/w/e"), "../e");
    }
}
