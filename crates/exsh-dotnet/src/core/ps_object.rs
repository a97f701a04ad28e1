//! `.PSObject`: a value's members as objects (`$x.PSObject.Properties`).

use crate::member::{self, MemberType};
use crate::sig::*;
use crate::{fail, text, types};
use exsh_core::object::MemberKind;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Custom, Members, Name, Object, Result, Shell, Str, Value, View};
use std::any::Any;

/// The view of a value as a PSObject.
struct PsObject(Value);

/// `Properties`, `Methods`, `Members`.
struct MemberSet {
    of: Value,
    kinds: Which,
}

#[derive(Clone, Copy, PartialEq)]
enum Which {
    Properties,
    Methods,
    All,
}

/// One property, by name: reads and writes go to the object.
pub struct PropertyInfo {
    of: Value,
    name: Str,
    kind: MemberType,
}

/// The list of type names; changes go to the object.
struct TypeNames(Value);

pub fn value(of: &Value) -> Value {
    Value::object(PsObject(of.clone()))
}

pub fn type_names(of: &Value) -> Value {
    Value::object(TypeNames(of.clone()))
}

/// A property of an object as an object of its own (also what `[psnoteproperty]::new` gives).
pub fn property(of: Value, name: Str, kind: MemberType) -> Value {
    Value::object(PropertyInfo { of, name, kind })
}

macro_rules! object {
    ($t:ty, $info:ident $(, $text:expr)?) => {
        impl Object for $t {
            fn type_info(&self) -> TypeRef {
                &$info
            }
            fn as_any(&self) -> &dyn Any {
                self
            }
            $(fn to_text(&self) -> Option<String> {
                let f: fn(&$t) -> Option<String> = $text;
                f(self)
            })?
        }
    };
}

object!(PsObject, PS_OBJECT_VIEW, |o| Some(text::to_text(&o.0).to_string()));

impl Object for PropertyInfo {
    fn type_info(&self) -> TypeRef {
        match self.kind {
            MemberType::NoteProperty => &NOTE_PROPERTY,
            MemberType::AliasProperty => &ALIAS_PROPERTY,
            MemberType::ScriptProperty => &SCRIPT_PROPERTY,
            _ => &PROPERTY,
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        let all = member::list(&self.of);
        all.into_iter().find(|m| exsh_core::name::same(&m.name, &self.name)).map(|m| m.definition.to_string())
    }
}

impl Object for MemberSet {
    fn type_info(&self) -> TypeRef {
        &MEMBER_SET
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn enumerate(&self) -> Option<Vec<Value>> {
        Some(self.items())
    }
}

impl Object for TypeNames {
    fn type_info(&self) -> TypeRef {
        &TYPE_NAMES
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn enumerate(&self) -> Option<Vec<Value>> {
        Some(types::names(&self.0).into_iter().map(Value::string).collect())
    }
}

impl MemberSet {
    fn items(&self) -> Vec<Value> {
        if self.kinds == Which::Properties {
            let known = member::list(&self.of);
            return member::properties(&self.of)
                .into_iter()
                .map(|name| {
                    let kind = known
                        .iter()
                        .find(|m| exsh_core::name::same(&m.name, &name))
                        .map_or(MemberType::Property, |m| m.kind);
                    property(self.of.clone(), name, kind)
                })
                .collect();
        }
        member::list(&self.of)
            .into_iter()
            .filter(|m| {
                self.kinds == Which::All || matches!(m.kind, MemberType::Method | MemberType::ScriptMethod)
            })
            .map(|m| property(self.of.clone(), m.name, m.kind))
            .collect()
    }

    pub fn find(&self, name: &str) -> Option<Value> {
        self.items()
            .into_iter()
            .find(|p| p.downcast::<PropertyInfo>().is_some_and(|p| exsh_core::name::same(&p.name, name)))
    }
}

/// `Properties['name']` and `Properties[0]`.
pub fn index(value: &Value, key: &Value) -> Option<Value> {
    if let Some(set) = value.downcast::<MemberSet>() {
        return Some(match key.base().as_str() {
            Some(s) => set.find(s).unwrap_or(Value::NULL),
            None => return None,
        });
    }
    None
}

static PS_OBJECT_VIEW: TypeInfo = TypeInfo::class(
    "System.Management.Automation.PSObject",
    MemberTable {
        properties: properties! {
            Members: "System.Object" = |_, v| Ok(set_of(v, Which::All));
            Properties: "System.Object" = |_, v| Ok(set_of(v, Which::Properties));
            Methods: "System.Object" = |_, v| Ok(set_of(v, Which::Methods));
            ImmediateBaseObject: "System.Object" = |_, v| Ok(base(v).base().clone());
            BaseObject: "System.Object" = |_, v| Ok(base(v).base().clone());
            TypeNames: "System.Collections.ObjectModel.Collection[string]" = |_, v| Ok(type_names(&base(v)));
        },
        methods: methods! {
            Copy { () -> "psobject" = |_, v, _| Ok(copy(&base(v))); }
        },
        ..MemberTable::EMPTY
    },
);

fn base(v: &Value) -> Value {
    v.downcast::<PsObject>().map_or(Value::NULL, |p| p.0.clone())
}

fn set_of(v: &Value, kinds: Which) -> Value {
    Value::object(MemberSet { of: base(v), kinds })
}

/// A shallow copy.
pub fn copy(v: &Value) -> Value {
    match v.view() {
        View::Custom(c) => {
            let m = c.members();
            Value::custom(Custom::from_members(Members::new(m.shape().clone(), m.values().to_vec())))
        }
        _ => v.clone(),
    }
}

static MEMBER_SET: TypeInfo = TypeInfo::class(
    "System.Management.Automation.PSMemberInfoIntegratingCollection`1[System.Management.Automation.PSPropertyInfo]",
    MemberTable {
        methods: methods! {
            Add {
                (member: OBJ) -> "void" = |shell, v, a| add(shell, v, arg(a, 0));
                (member: OBJ, preValidated: BOOL) -> "void" = |shell, v, a| add(shell, v, arg(a, 0));
            }
            Match {
                (name: STR) -> "System.Object" = |_, v, a| {
                    let Some(set) = v.downcast::<MemberSet>() else { return Ok(Value::NULL) };
                    let w = crate::ops::pattern::compile(&str_at(a, 0), true)?;
                    Ok(Value::array(
                        set.items()
                            .into_iter()
                            .filter(|p| p.downcast::<PropertyInfo>().is_some_and(|p| w.matches(&p.name)))
                            .collect(),
                    ))
                };
            }
            Remove {
                (name: STR) -> "void" = |_, v, a| {
                    let Some(set) = v.downcast::<MemberSet>() else { return Ok(Value::NOTHING) };
                    let name = Name::new(&str_at(a, 0));
                    match set.of.view() {
                        View::Custom(c) => {
                            c.members_mut().remove(name);
                        }
                        View::Object(o) => {
                            if let Some(m) = o.extra().borrow_mut().as_deref_mut() {
                                m.remove(name);
                            }
                        }
                        _ => {}
                    }
                    Ok(Value::NOTHING)
                };
            }
            Item {
                (name: STR) -> "System.Object" = |_, v, a| {
                    let found = v.downcast::<MemberSet>().and_then(|s| s.find(&str_at(a, 0)));
                    Ok(found.unwrap_or(Value::NULL))
                };
            }
        },
        ..MemberTable::EMPTY
    },
);

fn add(_shell: &mut dyn Shell, v: &Value, item: &Value) -> Result<Value> {
    let Some(set) = v.downcast::<MemberSet>() else { return Ok(Value::NOTHING) };
    let Some(p) = item.downcast::<PropertyInfo>() else {
        return Err(fail::argument_null("member"));
    };
    let (kind, stored) = match p.of.view() {
        View::Custom(c) => {
            let m = c.members();
            match m.get(Name::new(&p.name)) {
                Some((k, v)) => (k, v.clone()),
                None => (MemberKind::Note, Value::NULL),
            }
        }
        _ => (MemberKind::Note, Value::NULL),
    };
    let (_, done) = member::add_member(&set.of, &p.name, kind, stored, false);
    if done {
        return Ok(Value::NOTHING);
    }
    Err(fail::engine(
        "ExtendedTypeSystemException",
        "MemberAlreadyPresentInternalBaseMember",
        exsh_core::Category::NotSpecified,
        format!(
            "Cannot add a member with the name \"{0}\" because a member with that name already exists. If you want to overwrite the member anyway, use the Force parameter to overwrite it.",
            p.name
        ),
    ))
}

static TYPE_NAMES: TypeInfo = TypeInfo::class(
    "System.Collections.ObjectModel.Collection`1[System.String]",
    MemberTable {
        properties: properties! {
            Count: "int" = |_, v| {
                Ok(Value::int(v.downcast::<TypeNames>().map_or(0, |t| types::names(&t.0).len() as i32)))
            };
        },
        methods: methods! {
            Add { (item: STR) -> "void" = |_, v, a| change(v, |n| n.push(str_at(a, 0))); }
            Insert {
                (index: INT, item: STR) -> "void" = |_, v, a| {
                    change(v, |n| {
                        let i = (int_at(a, 0).max(0) as usize).min(n.len());
                        n.insert(i, str_at(a, 1));
                    })
                };
            }
            Clear { () -> "void" = |_, v, _| change(v, |n| n.clear()); }
            Remove {
                (item: STR) -> "bool" = |_, v, a| {
                    let mut removed = false;
                    change(v, |n| {
                        if let Some(i) = n.iter().position(|x| *x == str_at(a, 0)) {
                            n.remove(i);
                            removed = true;
                        }
                    })?;
                    Ok(Value::bool(removed))
                };
            }
            Contains {
                (item: STR) -> "bool" = |_, v, a| {
                    let s = str_at(a, 0);
                    Ok(Value::bool(v.downcast::<TypeNames>().is_some_and(|t| types::names(&t.0).contains(&s))))
                };
            }
        },
        ..MemberTable::EMPTY
    },
);

fn change(v: &Value, f: impl FnOnce(&mut Vec<Str>)) -> Result<Value> {
    if let Some(t) = v.downcast::<TypeNames>() {
        let mut names = types::names(&t.0);
        f(&mut names);
        member::set_type_names(&t.0, names);
    }
    Ok(Value::NOTHING)
}

const PROPERTY_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        MemberType: "System.Management.Automation.PSMemberTypes" = |_, v| {
            let kind = info(v).map_or("Property", |p| p.kind.name());
            let members = types::enums::PSMEMBER_TYPES.enumeration.map_or(&[][..], |i| i.members);
            let n = members.iter().find(|m| m.0 == kind).map_or(4, |m| m.1);
            Ok(Value::enumeration(&types::enums::PSMEMBER_TYPES, n))
        };
        IsSettable: "bool" = |_, v| {
            let Some(p) = info(v) else { return Ok(Value::FALSE) };
            Ok(Value::bool(match p.kind {
                MemberType::NoteProperty | MemberType::AliasProperty => true,
                _ => types::of(&p.of)
                    .and_then(|t| member::find_property(t, &p.name))
                    .is_some_and(|p| p.set.is_some()),
            }))
        };
        IsGettable: "bool" = |_, _| Ok(Value::TRUE);
        Value: "System.Object" = |shell, v| {
            let Some(p) = info(v) else { return Ok(Value::NULL) };
            let name = Name::new(&p.name);
            // A key of a table must not answer for the property of that name.
            if let (View::Table(_), Some(own)) =
                (p.of.view(), types::of(&p.of).and_then(|t| member::find_property(t, &p.name)))
            {
                return (own.get)(shell, &p.of);
            }
            Ok(member::get(shell, &p.of, name)?.unwrap_or(Value::NULL))
        }, set |shell, v, new| match info(v) {
            Some(p) => member::set(shell, &p.of, &p.name, new),
            None => Ok(()),
        };
        TypeNameOfValue: "string" = |shell, v| {
            let Some(p) = info(v) else { return Ok(Value::NULL) };
            let value = member::get(shell, &p.of, Name::new(&p.name))?.unwrap_or(Value::NULL);
            Ok(Value::text(types::of(&value).map_or_else(|| "System.Object".to_string(), types::full_name)))
        };
        Name: "string" = |_, v| Ok(info(v).map_or(Value::NULL, |p| Value::string(p.name.clone())));
        IsInstance: "bool" = |_, v| Ok(Value::bool(info(v).is_some_and(|p| p.kind == MemberType::NoteProperty)));
    },
    ..MemberTable::EMPTY
};

fn info(v: &Value) -> Option<&PropertyInfo> {
    v.downcast::<PropertyInfo>()
}

static PROPERTY: TypeInfo = TypeInfo::class("System.Management.Automation.PSProperty", PROPERTY_MEMBERS);
pub static ALIAS_PROPERTY: TypeInfo =
    TypeInfo::class("System.Management.Automation.PSAliasProperty", PROPERTY_MEMBERS);
pub static SCRIPT_PROPERTY: TypeInfo =
    TypeInfo::class("System.Management.Automation.PSScriptProperty", PROPERTY_MEMBERS);
pub static NOTE_PROPERTY: TypeInfo = TypeInfo::class(
    "System.Management.Automation.PSNoteProperty",
    MemberTable {
        constructors: constructors! {
            "psnoteproperty";
            (name: STR, value: OBJ) = |_, _, a| {
                let name = str_at(a, 0);
                let holder = Value::custom(Custom::of([(name.as_str(), arg(a, 1).clone())]));
                Ok(property(holder, name, MemberType::NoteProperty))
            };
        },
        ..PROPERTY_MEMBERS
    },
);
