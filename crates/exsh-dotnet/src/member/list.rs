//! What members a value has: for Get-Member, Select-Object * and Format-List *.

use crate::types;
use exsh_core::object::{MemberKind, Members, ScriptProperty};
use exsh_core::types::{Method, Property, TypeRef};
use exsh_core::{Str, Value, View};

/// Kinds of members, in Get-Member's order of display.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum MemberType {
    AliasProperty,
    CodeProperty,
    Property,
    NoteProperty,
    ScriptProperty,
    PropertySet,
    Method,
    CodeMethod,
    ScriptMethod,
    ParameterizedProperty,
    MemberSet,
    Event,
    Dynamic,
}

impl MemberType {
    pub fn name(self) -> &'static str {
        match self {
            MemberType::AliasProperty => "AliasProperty",
            MemberType::CodeProperty => "CodeProperty",
            MemberType::Property => "Property",
            MemberType::NoteProperty => "NoteProperty",
            MemberType::ScriptProperty => "ScriptProperty",
            MemberType::PropertySet => "PropertySet",
            MemberType::Method => "Method",
            MemberType::CodeMethod => "CodeMethod",
            MemberType::ScriptMethod => "ScriptMethod",
            MemberType::ParameterizedProperty => "ParameterizedProperty",
            MemberType::MemberSet => "MemberSet",
            MemberType::Event => "Event",
            MemberType::Dynamic => "Dynamic",
        }
    }
}

/// One member.
pub struct MemberInfo {
    pub name: Str,
    pub kind: MemberType,
    /// As Get-Member prints it: `string ToString()`, `int Length {get;}`.
    pub definition: Str,
}

fn members_at(value: &Value, each: &mut dyn FnMut(&Members)) {
    match value.view() {
        View::Custom(c) => each(&c.members()),
        View::Wrapped(w) => each(&w.members),
        View::Object(o) => {
            if let Some(m) = o.extra().borrow().as_deref() {
                each(m);
            }
        }
        View::List(l) => {
            if let Some(m) = l.extra().borrow().as_deref() {
                each(m);
            }
        }
        View::Table(t) => {
            if let Some(m) = t.extra().borrow().as_deref() {
                each(m);
            }
        }
        _ => {}
    }
}

/// All members, by kind and then by name.
pub fn list(value: &Value) -> Vec<MemberInfo> {
    let mut all: Vec<MemberInfo> = Vec::new();
    members_at(value, &mut |m| {
        for (s, v) in m.shape().members().iter().zip(m.values()) {
            all.push(added(s.spelling.clone(), s.kind, v));
        }
    });
    if let Some(ty) = types::of(value) {
        for t in ty.chain() {
            let table = types::members_of(t);
            for p in table.properties.iter().filter(|p| !p.hidden) {
                push_new(&mut all, p.name, MemberType::Property, || property_definition(p, false));
            }
            for m in table.methods {
                if matches!(m.name, "Item" | "Chars") {
                    push_new(&mut all, m.name, MemberType::ParameterizedProperty, || {
                        let o = &m.overloads[0];
                        format!("{} {}({}) {{get;}}", o.returns, m.name, parameters(o))
                    });
                } else {
                    push_new(&mut all, m.name, MemberType::Method, || method_definition(m, false));
                }
            }
        }
    }
    if let View::Object(o) = value.base().view() {
        for name in o.get().dynamic_names() {
            push_new(&mut all, &name, MemberType::Property, || format!("System.Object {name} {{get;set;}}"));
        }
    }
    sort(&mut all);
    all
}

fn push_new(all: &mut Vec<MemberInfo>, name: &str, kind: MemberType, text: impl FnOnce() -> String) {
    if !all.iter().any(|m| exsh_core::name::same(&m.name, name)) {
        all.push(MemberInfo { name: Str::from(name), kind, definition: Str::new(text()) });
    }
}

/// Get-Member shows methods before properties.
fn sort(all: &mut [MemberInfo]) {
    let order = |k: MemberType| match k {
        MemberType::AliasProperty => 0,
        MemberType::Method => 1,
        MemberType::MemberSet => 2,
        MemberType::NoteProperty => 3,
        MemberType::ParameterizedProperty => 4,
        MemberType::Property => 5,
        MemberType::PropertySet => 6,
        MemberType::ScriptMethod => 7,
        MemberType::ScriptProperty => 8,
        _ => 9,
    };
    all.sort_by(|a, b| {
        order(a.kind).cmp(&order(b.kind)).then_with(|| crate::culture::collate::order(&a.name, &b.name, true))
    });
}

fn added(name: Str, kind: MemberKind, stored: &Value) -> MemberInfo {
    let shown = crate::text::to_text(stored);
    let (kind, definition) = match kind {
        MemberKind::Note => {
            let ty = types::of(stored).map_or_else(|| "object".to_string(), types::display_name);
            let shown = if stored.is_null() { "null".to_string() } else { note_text(stored) };
            (MemberType::NoteProperty, format!("{ty} {name}={shown}"))
        }
        MemberKind::Alias => (MemberType::AliasProperty, format!("{name} = {shown}")),
        MemberKind::Script => {
            let body = match stored.downcast::<ScriptProperty>() {
                Some(p) => {
                    let get = format!("get={};", crate::text::to_text(&p.getter));
                    let set = match p.setter.is_null() {
                        true => String::new(),
                        false => format!("set={};", crate::text::to_text(&p.setter)),
                    };
                    format!("{{{get}{set}}}")
                }
                None => String::new(),
            };
            (MemberType::ScriptProperty, format!("System.Object {name} {body}"))
        }
        MemberKind::ScriptMethod => (MemberType::ScriptMethod, format!("System.Object {name}();")),
    };
    MemberInfo { name, kind, definition: Str::new(definition) }
}

fn note_text(v: &Value) -> String {
    crate::text::to_string_culture(v, crate::culture::invariant()).to_string()
}

/// Static members: methods, constructors as `new`, properties.
pub fn list_static(ty: TypeRef) -> Vec<MemberInfo> {
    let mut all = Vec::new();
    for t in ty.chain() {
        let table = types::members_of(t);
        for m in table.static_methods {
            push_new(&mut all, m.name, MemberType::Method, || method_definition(m, true));
        }
        for p in table.static_properties {
            push_new(&mut all, p.name, MemberType::Property, || property_definition(p, true));
        }
    }
    let constructors = types::members_of(ty).constructors;
    if !constructors.is_empty() {
        let name = types::display_name(ty);
        push_new(&mut all, "new", MemberType::Method, || {
            constructors
                .iter()
                .map(|o| format!("{name} new({})", parameters(o)))
                .collect::<Vec<_>>()
                .join(", ")
        });
    }
    if let Some(info) = ty.enumeration {
        let name = types::display_name(ty);
        for (n, _) in info.members {
            push_new(&mut all, n, MemberType::Property, || format!("static {name} {n} {{get;}}"));
        }
    }
    sort(&mut all);
    all
}

fn property_definition(p: &Property, is_static: bool) -> String {
    let access = if p.set.is_some() { "{get;set;}" } else { "{get;}" };
    format!("{}{} {} {access}", if is_static { "static " } else { "" }, p.type_text, p.name)
}

fn method_definition(m: &Method, is_static: bool) -> String {
    overload_definitions(m, is_static).join(", ")
}

/// Each overload as `static int Parse(string s)`.
pub(crate) fn overload_definitions(m: &Method, is_static: bool) -> Vec<String> {
    m.overloads
        .iter()
        .map(|o| {
            format!("{}{} {}({})", if is_static { "static " } else { "" }, o.returns, m.name, parameters(o))
        })
        .collect()
}

fn parameters(o: &exsh_core::types::Overload) -> String {
    let all: Vec<String> = o
        .parameters
        .iter()
        .map(|p| format!("{}{} {}", if p.rest { "Params " } else { "" }, types::display_name(p.ty), p.name))
        .collect();
    all.join(", ")
}

/// Names of the properties that `Select-Object *` and `Format-List *` show, in order.
pub fn properties(value: &Value) -> Vec<Str> {
    let mut all: Vec<Str> = Vec::new();
    let push = |all: &mut Vec<Str>, n: Str| {
        if !all.iter().any(|x| exsh_core::name::same(x, &n)) {
            all.push(n);
        }
    };
    if !matches!(value.view(), View::Custom(_)) {
        if let Some(ty) = types::of(value) {
            // Bases come behind what the type itself declares.
            for t in ty.chain() {
                for p in types::members_of(t).properties.iter().filter(|p| !p.hidden) {
                    push(&mut all, Str::from(p.name));
                }
            }
        }
        if let View::Object(o) = value.base().view() {
            for n in o.get().dynamic_names() {
                push(&mut all, n);
            }
        }
    }
    members_at(value, &mut |m| {
        for s in m.shape().members() {
            if s.kind != MemberKind::ScriptMethod {
                push(&mut all, s.spelling.clone());
            }
        }
    });
    all
}
