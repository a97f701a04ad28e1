//! `Join-Path`: puts a path together.

use crate::files::get_item::report;
use crate::files::paths::{self, Drive};
use crate::parameter::Credential;
use crate::{refuse, session_items};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};

const PATH: Param<Vec<Str>> = Param::new(0, "Path")
    .aliases(&["PSPath"])
    .mandatory()
    .position(0)
    .from_pipeline()
    .by_property_name()
    .wildcards();
const CHILD_PATH: Param<Vec<Str>> =
    Param::new(1, "ChildPath").mandatory().position(1).by_property_name().allow_empty().allow_null();
const ADDITIONAL_CHILD_PATH: Param<Vec<Str>> = Param::new(2, "AdditionalChildPath")
    .position(2)
    .by_property_name()
    .remaining()
    .allow_empty()
    .allow_null();
const RESOLVE: Param<Switch> = Param::new(3, "Resolve");
const CREDENTIAL: Param<Credential> = Param::new(4, "Credential").by_property_name();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Join-Path",
    &[PATH.spec, CHILD_PATH.spec, ADDITIONAL_CHILD_PATH.spec, RESOLVE.spec, CREDENTIAL.spec],
    include_str!("join_path.md"),
)
.class("Microsoft.PowerShell.Commands.JoinPathCommand")
.module("Microsoft.PowerShell.Management")
.outputs(&["System.String"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(JoinPath)
}

struct JoinPath;

impl Cmdlet for JoinPath {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        refuse::credential(bound, &CREDENTIAL.spec)?;
        let children: Vec<Str> = child(bound);
        for path in bound.get(&PATH).unwrap_or_default() {
            let mut joined = path.to_string();
            for c in &children {
                joined = join(&joined, c);
            }
            if bound.on(&RESOLVE) {
                if let Err(flow) = resolve(&joined, out) {
                    report(flow, out)?;
                }
            } else {
                out.emit(Value::text(joined))?;
            }
        }
        Ok(())
    }
}

fn child(bound: &Bound) -> Vec<Str> {
    let mut all: Vec<Str> = bound.get(&CHILD_PATH).unwrap_or_default();
    all.extend(bound.get(&ADDITIONAL_CHILD_PATH).unwrap_or_default());
    all
}

fn resolve(joined: &str, out: &mut dyn Out) -> Result<()> {
    let place = paths::place(joined)?;
    if place.drive != Drive::File {
        return session_items::matching(&place, false, out.shell())?
            .into_iter()
            .try_for_each(|n| out.emit(Value::text(format!("{}:/{n}", place.drive.name()))));
    }
    paths::existing(&place.rest, false, false, out.shell())?
        .into_iter()
        .try_for_each(|p| out.emit(Value::text(p.display().to_string())))
}

/// One separator stands between two parts, however many they bring; both kinds count.
fn join(parent: &str, child: &str) -> String {
    let child = child.trim_start_matches(['/', '\\']);
    if parent.is_empty() {
        return child.replace('\\', "/");
    }
    let trimmed = parent.trim_end_matches(['/', '\\']);
    if child.is_empty() {
        return format!("{}/", trimmed.replace('\\', "/"));
    }
    format!("{}/{}", trimmed.replace('\\', "/"), child.replace('\\', "/"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn one_separator_stands_between_two_parts() {
        // observed
        assert_eq!(join("a", "b"), "a/b");
        assert_eq!(join("a/", "b"), "a/b");
        assert_eq!(join("a", "/b"), "a/b");
        assert_eq!(join("/", "b"), "/b");
        assert_eq!(join("C:", "x"), "C:/x");
    }
}
