//! `Add-Member`: adds note, alias and script properties, script methods and type names to an object. Code members,
//! property sets and member sets are not there yet.

use crate::added_members::{self, Addition};
use crate::objects::member_kinds;
use crate::parameter::{AnyDictionary, MemberTypes, NoteName, PsObject};
use crate::record::About;
use exsh_core::Name;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::name::same;
use exsh_core::object::{MemberKind, ScriptProperty};
use exsh_core::out::Out;
use exsh_core::types::Kind;
use exsh_core::value::{Str, Value};
use exsh_dotnet::{member, text, types as net};

const IN_TYPE_NAME: u32 = 1;
const IN_MEMBER: u32 = 1 << 1;
const IN_NOTE_PROPERTY_SINGLE_MEMBER: u32 = 1 << 2;
const IN_NOTE_PROPERTY_MULTI_MEMBER: u32 = 1 << 3;

const INPUT_OBJECT: Param<PsObject> = Param::new(0, "InputObject").mandatory().from_pipeline();
const MEMBER_TYPE: Param<MemberTypes> =
    Param::new(1, "MemberType").sets(IN_MEMBER).aliases(&["Type"]).mandatory().position(0);
const NAME: Param<Str> = Param::new(2, "Name").sets(IN_MEMBER).mandatory().position(1);
const VALUE: Param<Value> = Param::new(3, "Value").sets(IN_MEMBER).position(2);
const SECOND_VALUE: Param<Value> = Param::new(4, "SecondValue").sets(IN_MEMBER).position(3);
const TYPE_NAME: Param<Str> =
    Param::new(5, "TypeName").mandatory_in(IN_TYPE_NAME).validate(&[Validate::NotNullOrEmpty]);
const FORCE: Param<Switch> =
    Param::new(6, "Force").sets(IN_MEMBER | IN_NOTE_PROPERTY_SINGLE_MEMBER | IN_NOTE_PROPERTY_MULTI_MEMBER);
const PASS_THRU: Param<Switch> = Param::new(7, "PassThru");
const NOTE_PROPERTY_NAME: Param<NoteName> = Param::new(8, "NotePropertyName")
    .sets(IN_NOTE_PROPERTY_SINGLE_MEMBER)
    .mandatory()
    .position(0)
    .validate(&[Validate::NotNullOrEmpty]);
const NOTE_PROPERTY_VALUE: Param<Value> = Param::new(9, "NotePropertyValue")
    .sets(IN_NOTE_PROPERTY_SINGLE_MEMBER)
    .mandatory()
    .position(1)
    .allow_null();
const NOTE_PROPERTY_MEMBERS: Param<AnyDictionary> = Param::new(10, "NotePropertyMembers")
    .sets(IN_NOTE_PROPERTY_MULTI_MEMBER)
    .mandatory()
    .position(0)
    .validate(&[Validate::NotNullOrEmpty]);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Add-Member",
    &[
        INPUT_OBJECT.spec,
        MEMBER_TYPE.spec,
        NAME.spec,
        VALUE.spec,
        SECOND_VALUE.spec,
        TYPE_NAME.spec,
        FORCE.spec,
        PASS_THRU.spec,
        NOTE_PROPERTY_NAME.spec,
        NOTE_PROPERTY_VALUE.spec,
        NOTE_PROPERTY_MEMBERS.spec,
    ],
    include_str!("add_member.md"),
)
.sets(&["TypeNameSet", "MemberSet", "NotePropertySingleMemberSet", "NotePropertyMultiMemberSet"], Some(0))
.class("Microsoft.PowerShell.Commands.AddMemberCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(AddMember)
}

struct AddMember;

impl Cmdlet for AddMember {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        if object.is_null() {
            return Ok(());
        }
        let mut object = object.clone();
        let force = bound.on(&FORCE);
        let additions = additions(bound)?;
        for a in &additions {
            let existing = member::list(&object).into_iter().find(|m| same(&m.name, &a.name));
            if existing.is_none() {
                continue;
            }
            if !force {
                return out.error(
                    ErrorRecord::of(
                        "System.InvalidOperationException",
                        "MemberAlreadyExists",
                        Category::InvalidOperation,
                        format!(
                            "Cannot add a member with the name \"{}\" because a member with that name already exists. To \
                             overwrite the member anyway, add the Force parameter to your command.",
                            a.name
                        ),
                    )
                    .about(&object),
                );
            }
            added_members::detach(&object, Name::new(&a.name));
        }
        if !additions.is_empty() {
            object = added_members::attach(&object, additions);
        }
        if let Some(name) = bound.get(&TYPE_NAME) {
            let mut existing = net::names(&object);
            existing.retain(|n| *n != name);
            object = added_members::add_type_name(&object, name, existing);
        }
        if bound.on(&PASS_THRU) { out.emit(object) } else { Ok(()) }
    }
}

fn additions(bound: &Bound) -> Result<Vec<Addition>> {
    if let Some(AnyDictionary(table)) = bound.get(&NOTE_PROPERTY_MEMBERS) {
        return Ok(table
            .entries()
            .into_iter()
            .map(|(k, v)| Addition { name: text::to_text(&k), kind: MemberKind::Note, value: v })
            .collect());
    }
    if let Some(NoteName(name)) = bound.get(&NOTE_PROPERTY_NAME) {
        let value = bound.get(&NOTE_PROPERTY_VALUE).unwrap_or(Value::NULL);
        return Ok(vec![Addition { name, kind: MemberKind::Note, value }]);
    }
    let Some(MemberTypes(kind)) = bound.get(&MEMBER_TYPE) else { return Ok(Vec::new()) };
    let name: Str = bound.get(&NAME).unwrap_or_else(|| Str::from(""));
    let value = bound.get(&VALUE).unwrap_or(Value::NULL);
    let second = bound.get(&SECOND_VALUE).unwrap_or(Value::NULL);
    let block = |v: &Value| v.is_null() || v.kind() == Kind::ScriptBlock;
    let (kind, value) = match kind {
        8 => (MemberKind::Note, value),
        1 => (MemberKind::Alias, Value::string(text::to_text(&value))),
        16 if block(&value) && block(&second) => {
            (MemberKind::Script, Value::object(ScriptProperty { getter: value, setter: second }))
        }
        256 if block(&value) && !value.is_null() => (MemberKind::ScriptMethod, value),
        16 | 256 => {
            return Err(ErrorRecord::of(
                "System.Management.Automation.PSInvalidCastException",
                "ConvertToFinalInvalidCastException",
                Category::InvalidArgument,
                "The value of this kind of member must be a script block.",
            )
            .into());
        }
        other => {
            let name = member_kinds::name(other);
            return Err(ErrorRecord::of(
                "System.InvalidOperationException",
                "CannotAddMemberType",
                Category::InvalidOperation,
                format!(
                    "Cannot add a member with type \"{name}\". Specify a different type for the MemberTypes parameter."
                ),
            )
            .into());
        }
    };
    Ok(vec![Addition { name, kind, value }])
}
