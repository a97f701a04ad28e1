//! `Get-Verb`: the approved verbs.

use crate::commands::verbs::VERBS;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Validate};
use exsh_core::error::Result;
use exsh_core::object::Object;
use exsh_core::out::Out;
use exsh_core::types::{MemberTable, Property, TypeInfo, TypeRef};
use exsh_core::value::{Str, Value};
use exsh_dotnet::ops::pattern;
use std::any::Any;

const VERB: Param<Vec<Str>> = Param::new(0, "Verb").position(0).from_pipeline().by_property_name();
const GROUP: Param<Vec<Str>> =
    Param::new(1, "Group").position(1).from_pipeline().by_property_name().validate(&[Validate::Set(&[
        "Common",
        "Communications",
        "Data",
        "Diagnostic",
        "Lifecycle",
        "Other",
        "Security",
    ])]);

/// The declaration.
pub static DECL: CmdletDecl =
    CmdletDecl::new("Get-Verb", &[VERB.spec, GROUP.spec], include_str!("get_verb.md"))
        .class("Microsoft.PowerShell.Commands.GetVerbCommand")
        .module("Microsoft.PowerShell.Utility")
        .outputs(&["System.Management.Automation.VerbInfo"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetVerb)
}

struct GetVerb;

/// A verb: itself, its prefix in aliases, its group, what it means.
struct VerbInfo(&'static [&'static str; 4]);

impl Cmdlet for GetVerb {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let names: Vec<Str> = bound.get(&VERB).unwrap_or_else(|| vec![Str::from("*")]);
        let names = names.iter().map(|n| pattern::compile(n, true)).collect::<Result<Vec<_>>>()?;
        let groups: Vec<Str> = bound.get(&GROUP).unwrap_or_default();
        for v in VERBS {
            let in_group = groups.is_empty() || groups.iter().any(|g| g.eq_ignore_ascii_case(v[2]));
            if in_group && names.iter().any(|n| n.matches(v[0])) {
                out.emit(Value::object(VerbInfo(v)))?;
            }
        }
        Ok(())
    }
}

fn part(value: &Value, i: usize) -> Result<Value> {
    Ok(value.downcast::<VerbInfo>().map_or(Value::NULL, |v| Value::text(v.0[i])))
}

static VERB_INFO: TypeInfo = TypeInfo::class(
    "System.Management.Automation.VerbInfo",
    MemberTable::of_properties(&[
        Property::new("Verb", "string", |_, v| part(v, 0)),
        Property::new("AliasPrefix", "string", |_, v| part(v, 1)),
        Property::new("Group", "string", |_, v| part(v, 2)),
        Property::new("Description", "string", |_, v| part(v, 3)),
    ]),
);

impl Object for VerbInfo {
    fn type_info(&self) -> TypeRef {
        &VERB_INFO
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some("System.Management.Automation.VerbInfo".into())
    }
}
