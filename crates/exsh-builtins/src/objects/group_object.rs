//! `Group-Object`: gathers equal objects. Groups come sorted when all values are of one type, in order of arrival
//! otherwise, as in the reference.

use crate::objects::sort_keys::{Entry, Sorter};
use crate::ordering::{self, SimpleKey};
use crate::parameter::PsObject;
use crate::property::{self, Keys};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::object::Object;
use exsh_core::out::Out;
use exsh_core::types::{self, MemberTable, Property, TypeInfo, TypeRef};
use exsh_core::value::{KeyMode, Str, Table, Value, View};
use exsh_dotnet::{text, types as net};
use std::any::Any;
use std::cmp::Ordering;
use std::collections::HashMap;

const NO_ELEMENT: Param<Switch> = Param::new(0, "NoElement");
const AS_HASHTABLE: Param<Switch> = Param::new(1, "AsHashTable").aliases(&["AHT"]);
const AS_STRING: Param<Switch> = Param::new(2, "AsString");
const INPUT_OBJECT: Param<PsObject> = Param::new(3, "InputObject").from_pipeline();
const PROPERTY: Param<Vec<Value>> = Param::new(4, "Property").position(0);
const CULTURE: Param<Str> = Param::new(5, "Culture");
const CASE_SENSITIVE: Param<Switch> = Param::new(6, "CaseSensitive");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Group-Object",
    &[
        NO_ELEMENT.spec,
        AS_HASHTABLE.spec,
        AS_STRING.spec,
        INPUT_OBJECT.spec,
        PROPERTY.spec,
        CULTURE.spec,
        CASE_SENSITIVE.spec,
    ],
    include_str!("group_object.md"),
)
.sets(&["HashTable"], None)
.class("Microsoft.PowerShell.Commands.GroupObjectCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.Collections.Hashtable", "Microsoft.PowerShell.Commands.GroupInfo"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GroupObject { objects: Vec::new() })
}

struct GroupObject {
    objects: Vec<Value>,
}

/// Objects that are equal in what they are grouped by.
struct Gathered {
    first: Entry,
    objects: Vec<Value>,
    count: usize,
}

/// A group as a script sees it.
struct GroupInfo {
    name: Str,
    count: i32,
    values: Value,
    group: Option<Value>,
}

impl Cmdlet for GroupObject {
    fn begin(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        if bound.on(&AS_STRING) && !bound.on(&AS_HASHTABLE) {
            let record = ErrorRecord::of(
                "System.ArgumentException",
                "ArgumentException",
                Category::InvalidArgument,
                "The command cannot be run because the AsString parameter requires that you specify the AsHashtable \
                 parameter.",
            )
            .on(bound.raw(&AS_STRING).clone());
            record.context.borrow_mut().target_type = Some("SwitchParameter".into());
            return Err(record.into());
        }
        Ok(())
    }

    fn process(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        if !object.is_null() {
            self.objects.push(object.clone());
        }
        Ok(())
    }

    fn end(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let arguments = match bound.get(&PROPERTY) {
            Some(list) => property::parse(&list, Keys::Plain)?,
            None => Vec::new(),
        };
        let ignore_case = !bound.on(&CASE_SENSITIVE);
        let sorter = Sorter::new(arguments, false, ignore_case);
        let keep = !bound.on(&NO_ELEMENT);
        let groups = gather(std::mem::take(&mut self.objects), &sorter, ignore_case, keep, out)?;
        if bound.on(&AS_HASHTABLE) {
            if groups.is_empty() {
                return Ok(());
            }
            return out.emit(as_table(groups, bound.on(&AS_STRING), ignore_case));
        }
        groups.into_iter().try_for_each(|g| out.emit(Value::object(info(g, keep))))
    }
}

fn gather(
    objects: Vec<Value>,
    sorter: &Sorter,
    ignore_case: bool,
    keep: bool,
    out: &mut dyn Out,
) -> Result<Vec<Gathered>> {
    let mut groups: Vec<Gathered> = Vec::new();
    let mut by_key: HashMap<(Vec<SimpleKey>, bool), usize> = HashMap::new();
    let mut types_seen: Vec<Option<TypeRef>> = Vec::new();
    let mut one_type = true;
    let mut all_simple = true;
    for object in objects {
        let entry = sorter.entry(object, out)?;
        one_type &= same_types(&mut types_seen, &entry);
        let simple: Option<Vec<SimpleKey>> =
            entry.keys.iter().map(|k| SimpleKey::of(k, ignore_case)).collect();
        let hit = match &simple {
            Some(key) => by_key.get(&(key.clone(), entry.exists)).copied(),
            None => None,
        };
        let hit = match hit {
            Some(i) => Some(i),
            // Keys of one type are equal only when their hash keys are.
            None if simple.is_some() && one_type && all_simple => None,
            None => {
                let mut found = None;
                for (i, g) in groups.iter().enumerate() {
                    if g.first.exists == entry.exists && equal(&g.first, &entry, ignore_case, out)? {
                        found = Some(i);
                        break;
                    }
                }
                found
            }
        };
        all_simple &= simple.is_some();
        let at = match hit {
            Some(i) => i,
            None => {
                if let Some(key) = simple {
                    by_key.insert((key, entry.exists), groups.len());
                }
                let keys = entry.keys.clone();
                groups.push(Gathered {
                    first: Entry { object: entry.object.clone(), keys, exists: entry.exists },
                    objects: Vec::new(),
                    count: 0,
                });
                groups.len() - 1
            }
        };
        groups[at].count += 1;
        if keep {
            groups[at].objects.push(entry.object);
        }
    }
    if one_type {
        ordering::stable_sort(&mut groups, &mut |a, b| match (a.first.exists, b.first.exists) {
            (true, false) => Ok(Ordering::Less),
            (false, true) => Ok(Ordering::Greater),
            _ => sorter.order(&a.first, &b.first, out),
        })?;
    }
    Ok(groups)
}

fn equal(a: &Entry, b: &Entry, ignore_case: bool, out: &mut dyn Out) -> Result<bool> {
    for (x, y) in a.keys.iter().zip(&b.keys) {
        if ordering::compare(out.shell(), x, y, ignore_case)? != Ordering::Equal {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Are the keys of the same types as all before them? Null fits any type.
fn same_types(seen: &mut Vec<Option<TypeRef>>, entry: &Entry) -> bool {
    let now = entry.keys.iter().map(|k| k.type_info());
    if seen.is_empty() {
        *seen = now.collect();
        return true;
    }
    seen.iter_mut().zip(now).all(|(known, now)| match (&known, now) {
        (_, None) => true,
        (None, Some(t)) => {
            *known = Some(t);
            true
        }
        (Some(k), Some(t)) => k.is(t),
    })
}

fn info(g: Gathered, keep: bool) -> GroupInfo {
    let names: Vec<Str> = g.first.keys.iter().map(part_name).collect();
    let names: Vec<&str> = names.iter().map(|n| n.as_str()).collect();
    GroupInfo {
        name: Str::from(names.join(", ")),
        count: g.count as i32,
        values: Value::list_of(&types::ARRAY_LIST, g.first.keys),
        group: keep.then(|| Value::list_of(net::collection_of(&types::PS_OBJECT), g.objects)),
    }
}

fn part_name(key: &Value) -> Str {
    match key.base().view() {
        View::Null | View::Nothing | View::Unset => Str::from(""),
        View::List(l) => {
            let parts: Vec<Str> = l.items().iter().map(text::to_text).collect();
            let parts: Vec<&str> = parts.iter().map(|p| p.as_str()).collect();
            Str::from(format!("{{{}}}", parts.join(", ")))
        }
        _ => text::to_text(key),
    }
}

fn as_table(groups: Vec<Gathered>, as_string: bool, ignore_case: bool) -> Value {
    let mode = if ignore_case { KeyMode::IgnoreCase } else { KeyMode::Exact };
    let table = Table::with_capacity(&types::HASHTABLE, mode, groups.len());
    for g in groups {
        let single = g.first.keys.len() == 1;
        let objects = g.objects.clone();
        let key = if as_string || !single {
            Value::string(info(Gathered { objects: Vec::new(), ..g }, false).name)
        } else {
            match g.first.keys.into_iter().next() {
                // Null is no key of a hashtable.
                Some(k) if !k.is_null() => k,
                _ => continue,
            }
        };
        table.set(key, Value::list_of(net::collection_of(&types::PS_OBJECT), objects));
    }
    Value::table(table)
}

static GROUP_INFO: TypeInfo = TypeInfo::class(
    "Microsoft.PowerShell.Commands.GroupInfo",
    MemberTable::of_properties(&[
        Property::new("Values", "System.Collections.ArrayList", |_, v| Ok(field(v, |g| g.values.clone()))),
        Property::new("Count", "int", |_, v| Ok(field(v, |g| Value::int(g.count)))),
        Property::new("Group", "System.Collections.ObjectModel.Collection[psobject]", |_, v| {
            Ok(field(v, |g| g.group.clone().unwrap_or(Value::NULL)))
        }),
        Property::new("Name", "string", |_, v| Ok(field(v, |g| Value::string(g.name.clone())))),
    ]),
);

static GROUP_INFO_NO_ELEMENT: TypeInfo =
    TypeInfo::class("Microsoft.PowerShell.Commands.GroupInfoNoElement", MemberTable::EMPTY)
        .based_on(&GROUP_INFO);

fn field(value: &Value, read: impl Fn(&GroupInfo) -> Value) -> Value {
    value.downcast::<GroupInfo>().map_or(Value::NULL, read)
}

impl Object for GroupInfo {
    fn type_info(&self) -> TypeRef {
        if self.group.is_some() { &GROUP_INFO } else { &GROUP_INFO_NO_ELEMENT }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}
