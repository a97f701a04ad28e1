//! `Get-Member`: lists properties and methods, once for each type in the input.

use crate::objects::member_kinds;
use crate::parameter::{MemberTypes, MemberViews, PsObject};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::object::Object;
use exsh_core::out::Out;
use exsh_core::types::{MemberTable, Property, TypeInfo, TypeRef};
use exsh_core::value::{Str, Value};
use exsh_dotnet::ops::pattern;
use exsh_dotnet::{member, types as net};
use std::any::Any;
use std::collections::HashSet;

const INPUT_OBJECT: Param<PsObject> = Param::new(0, "InputObject").from_pipeline();
const NAME: Param<Vec<Str>> = Param::new(1, "Name").position(0).validate(&[Validate::NotNullOrEmpty]);
const MEMBER_TYPE: Param<MemberTypes> = Param::new(2, "MemberType").aliases(&["Type"]);
const VIEW: Param<MemberViews> = Param::new(3, "View");
const STATIC: Param<Switch> = Param::new(4, "Static");
const FORCE: Param<Switch> = Param::new(5, "Force");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-Member",
    &[INPUT_OBJECT.spec, NAME.spec, MEMBER_TYPE.spec, VIEW.spec, STATIC.spec, FORCE.spec],
    include_str!("get_member.md"),
)
.class("Microsoft.PowerShell.Commands.GetMemberCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["Microsoft.PowerShell.Commands.MemberDefinition"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetMember { seen: HashSet::new(), any: false })
}

struct GetMember {
    seen: HashSet<String>,
    any: bool,
}

/// One line of the list.
struct MemberDefinition {
    type_name: Str,
    name: Str,
    kind: i64,
    definition: Str,
}

impl Cmdlet for GetMember {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        if object.is_null() {
            return Ok(());
        }
        self.any = true;
        let is_static = bound.on(&STATIC);
        let type_name = match (is_static, object.base().as_type()) {
            (true, Some(t)) => Str::from(t.name),
            _ => net::names(object).first().cloned().unwrap_or_else(|| Str::from("System.Object")),
        };
        if !self.seen.insert(type_name.to_string()) {
            return Ok(());
        }
        let kinds = bound.get(&MEMBER_TYPE).map_or(0x3FFF, |m| m.0);
        let views = bound.get(&VIEW).map_or(7, |v| v.0);
        let names = bound.get(&NAME).unwrap_or_default();
        let names = names.iter().map(|n| pattern::compile(n, true)).collect::<Result<Vec<_>>>()?;
        let members = if is_static {
            let ty = object.base().as_type().or_else(|| object.type_info());
            ty.map(member::list_static).unwrap_or_default()
        } else {
            member::list(object)
        };
        let mut lines: Vec<MemberDefinition> = members
            .into_iter()
            .filter(|m| member_kinds::number(m.kind) & kinds != 0)
            // Adapted members are those of .NET; extended ones were added by types or scripts.
            .filter(|m| if member_kinds::is_extended(m.kind) { views & 1 != 0 } else { views & 6 != 0 })
            .filter(|m| names.is_empty() || names.iter().any(|w| w.matches(&m.name)))
            .map(|m| MemberDefinition {
                type_name: type_name.clone(),
                kind: member_kinds::number(m.kind),
                definition: m.definition,
                name: m.name,
            })
            .collect();
        lines.sort_by(|a, b| {
            (member_kinds::name(a.kind), a.name.to_lowercase())
                .cmp(&(member_kinds::name(b.kind), b.name.to_lowercase()))
        });
        lines.into_iter().try_for_each(|l| out.emit(Value::object(l)))
    }

    fn end(&mut self, _bound: &Bound, out: &mut dyn Out) -> Result<()> {
        if self.any {
            return Ok(());
        }
        out.error(ErrorRecord::of(
            "System.InvalidOperationException",
            "NoObjectInGetMember",
            Category::CloseError,
            "You must specify an object for the Get-Member cmdlet.",
        ))
    }
}

static MEMBER_DEFINITION: TypeInfo = TypeInfo::class(
    "Microsoft.PowerShell.Commands.MemberDefinition",
    MemberTable::of_properties(&[
        Property::new("TypeName", "string", |_, v| Ok(read(v, |m| Value::string(m.type_name.clone())))),
        Property::new("Name", "string", |_, v| Ok(read(v, |m| Value::string(m.name.clone())))),
        Property::new("MemberType", "System.Management.Automation.PSMemberTypes", |_, v| {
            Ok(read(v, |m| Value::enumeration(&net::enums::PSMEMBER_TYPES, m.kind)))
        }),
        Property::new("Definition", "string", |_, v| Ok(read(v, |m| Value::string(m.definition.clone())))),
    ]),
);

fn read(value: &Value, f: impl Fn(&MemberDefinition) -> Value) -> Value {
    value.downcast::<MemberDefinition>().map_or(Value::NULL, f)
}

impl Object for MemberDefinition {
    fn type_info(&self) -> TypeRef {
        &MEMBER_DEFINITION
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.definition.to_string())
    }
}
