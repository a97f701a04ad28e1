//! `Split-Path`: gives a part of a path.

use crate::files::get_item::report;
use crate::files::paths::{self, Drive};
use crate::parameter::Credential;
use crate::{record, refuse, session_items};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::{ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};

const IN_PARENT: u32 = 1;
const IN_LEAF: u32 = 1 << 1;
const IN_LEAF_BASE: u32 = 1 << 2;
const IN_EXTENSION: u32 = 1 << 3;
const IN_QUALIFIER: u32 = 1 << 4;
const IN_NO_QUALIFIER: u32 = 1 << 5;
const IN_IS_ABSOLUTE: u32 = 1 << 6;
const IN_LITERAL_PATH: u32 = 1 << 7;

const PATH: Param<Vec<Str>> = Param::new(0, "Path")
    .sets(IN_PARENT | IN_LEAF | IN_LEAF_BASE | IN_EXTENSION | IN_QUALIFIER | IN_NO_QUALIFIER | IN_IS_ABSOLUTE)
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
const QUALIFIER: Param<Switch> = Param::new(2, "Qualifier").sets(IN_QUALIFIER).mandatory().by_property_name();
const NO_QUALIFIER: Param<Switch> =
    Param::new(3, "NoQualifier").sets(IN_NO_QUALIFIER).mandatory().by_property_name();
const PARENT: Param<Switch> = Param::new(4, "Parent").sets(IN_PARENT).by_property_name();
const LEAF: Param<Switch> = Param::new(5, "Leaf").sets(IN_LEAF).mandatory().by_property_name();
const LEAF_BASE: Param<Switch> = Param::new(6, "LeafBase").sets(IN_LEAF_BASE).mandatory().by_property_name();
const EXTENSION: Param<Switch> = Param::new(7, "Extension").sets(IN_EXTENSION).mandatory().by_property_name();
const RESOLVE: Param<Switch> = Param::new(8, "Resolve");
const IS_ABSOLUTE: Param<Switch> = Param::new(9, "IsAbsolute").sets(IN_IS_ABSOLUTE).mandatory();
const CREDENTIAL: Param<Credential> = Param::new(10, "Credential").by_property_name();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Split-Path",
    &[
        PATH.spec,
        LITERAL_PATH.spec,
        QUALIFIER.spec,
        NO_QUALIFIER.spec,
        PARENT.spec,
        LEAF.spec,
        LEAF_BASE.spec,
        EXTENSION.spec,
        RESOLVE.spec,
        IS_ABSOLUTE.spec,
        CREDENTIAL.spec,
    ],
    include_str!("split_path.md"),
)
.sets(
    &[
        "ParentSet",
        "LeafSet",
        "LeafBaseSet",
        "ExtensionSet",
        "QualifierSet",
        "NoQualifierSet",
        "IsAbsoluteSet",
        "LiteralPathSet",
    ],
    Some(0),
)
.class("Microsoft.PowerShell.Commands.SplitPathCommand")
.module("Microsoft.PowerShell.Management")
.outputs(&["System.String", "System.Boolean"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(SplitPath)
}

struct SplitPath;

impl Cmdlet for SplitPath {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        refuse::credential(bound, &CREDENTIAL.spec)?;
        let (written, literal) = paths::written(bound.get(&PATH), bound.get(&LITERAL_PATH));
        for path in written {
            let all = if bound.on(&RESOLVE) {
                match resolve(&path, literal, out) {
                    Ok(all) => all,
                    Err(flow) => {
                        report(flow, out)?;
                        continue;
                    }
                }
            } else {
                vec![path.to_string()]
            };
            for p in all {
                match part(&p, bound) {
                    Ok(v) => out.emit(v)?,
                    Err(record) => out.error(*record)?,
                }
            }
        }
        Ok(())
    }
}

fn resolve(path: &str, literal: bool, out: &mut dyn Out) -> Result<Vec<String>> {
    let place = paths::place(path)?;
    if place.drive != Drive::File {
        let names = session_items::matching(&place, literal, out.shell())?;
        return Ok(names.into_iter().map(|n| format!("{}:/{n}", place.drive.name())).collect());
    }
    let found = paths::existing(&place.rest, literal, false, out.shell())?;
    Ok(found.into_iter().map(|p| p.display().to_string()).collect())
}

fn part(path: &str, bound: &Bound) -> std::result::Result<Value, Box<ErrorRecord>> {
    let leaf = || leaf(path);
    Ok(if bound.on(&IS_ABSOLUTE) {
        let (qualifier, rest) = qualifier(path);
        Value::bool(qualifier.is_some() || rest.starts_with(['/', '\\']))
    } else if bound.on(&QUALIFIER) {
        match qualifier(path).0 {
            Some(q) => Value::text(q),
            None => {
                return Err(Box::new(
                    record::argument(
                        "ParsePathFormatError",
                        format!(
                            "Cannot parse path because path '{path}' does not have a qualifier specified."
                        ),
                    )
                    .on(Value::text(path)),
                ));
            }
        }
    } else if bound.on(&NO_QUALIFIER) {
        Value::text(qualifier(path).1)
    } else if bound.on(&LEAF) {
        Value::text(leaf())
    } else if bound.on(&LEAF_BASE) {
        let name = leaf();
        Value::text(name.rfind('.').map_or(name, |i| &name[..i]))
    } else if bound.on(&EXTENSION) {
        let name = leaf();
        Value::text(name.rfind('.').map_or("", |i| &name[i..]))
    } else {
        Value::text(parent(path))
    })
}

/// `C:` or `env:` in front, and the rest.
fn qualifier(path: &str) -> (Option<&str>, &str) {
    match path.find(':') {
        Some(i) if i > 0 && !path[..i].contains(['/', '\\']) => (Some(&path[..=i]), &path[i + 1..]),
        _ => (None, path),
    }
}

fn leaf(path: &str) -> &str {
    let trimmed = path.trim_end_matches(['/', '\\']);
    if trimmed.is_empty() {
        return path.get(..1).unwrap_or("");
    }
    trimmed.rsplit(['/', '\\']).next().unwrap_or(trimmed)
}

fn parent(path: &str) -> String {
    let trimmed = path.trim_end_matches(['/', '\\']);
    let Some(i) = trimmed.rfind(['/', '\\']) else {
        // The parent of `C:x` is the drive.
        return match qualifier(trimmed) {
            (Some(q), rest) if !rest.is_empty() => q.to_owned(),
            _ => String::new(),
        };
    };
    let head = &trimmed[..i];
    if head.is_empty() || head.ends_with(':') {
        return trimmed[..=i].replace('\\', "/");
    }
    head.replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_paths() {
        // documented
        assert_eq!(parent("a/b/c"), "a/b");
        assert_eq!(parent("/a"), "/");
        assert_eq!(parent("a"), "");
        assert_eq!(leaf("a/b/"), "b");
        assert_eq!(leaf("/"), "/");
        assert_eq!(qualifier("C:/x"), (Some("C:"), "/x"));
        assert_eq!(qualifier("/x:y"), (None, "/x:y"));
    }
}
