//! Types by name: accelerators, full names, arrays, generics; the chain of names of a value; how types are written.
//!
//! It decides what `[name]` means. It knows the list of our types, and other crates add theirs with [`register`].

pub mod enums;
pub mod exceptions;
mod list;

use crate::kinds;
use exsh_core::error::{ERROR_RECORD, EXCEPTION, ExceptionObject};
use exsh_core::name::fold;
use exsh_core::types::{self, Kind, MemberTable, TypeInfo, TypeRef};
use exsh_core::{Str, Value, View};
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, RwLock};

/// Made types, one for each name; a type lives as long as the process.
static INTERNED: LazyLock<Mutex<HashMap<String, TypeRef>>> = LazyLock::new(Mutex::default);
/// Types of other crates by folded full name.
static REGISTERED: LazyLock<RwLock<HashMap<String, TypeRef>>> = LazyLock::new(RwLock::default);
/// Our own types and the accelerators.
static KNOWN: LazyLock<HashMap<String, TypeRef>> = LazyLock::new(|| {
    let mut map = HashMap::new();
    for t in own() {
        map.insert(fold(t.name), *t);
    }
    for (name, t) in list::ACCELERATORS {
        map.insert(fold(name), *t);
    }
    map
});

/// Every type that this crate defines.
fn own() -> impl Iterator<Item = &'static TypeRef> {
    list::ALL
        .iter()
        .chain(enums::ALL)
        .chain(crate::io::ALL)
        .chain(crate::net::ALL)
        .chain(crate::security::ALL)
}

/// Makes a type of another crate known by its full name, and by a short name when it has one.
pub fn register(ty: TypeRef, accelerator: Option<&str>) {
    let mut map = REGISTERED.write().expect("no thread panics while it holds the type table");
    map.insert(fold(ty.name), ty);
    if let Some(a) = accelerator {
        map.insert(fold(a), ty);
    }
}

pub(crate) fn intern(name: &str, make: impl FnOnce(&'static str) -> TypeInfo) -> TypeRef {
    if let Some(t) = INTERNED.lock().expect("no thread panics while it holds the type table").get(name) {
        return t;
    }
    let leaked: &'static str = Box::leak(name.to_owned().into_boxed_str());
    let made: TypeRef = Box::leak(Box::new(make(leaked)));
    INTERNED
        .lock()
        .expect("no thread panics while it holds the type table")
        .entry(name.to_owned())
        .or_insert(made)
}

/// The type that `[name]` stands for.
pub fn find(name: &str) -> Option<TypeRef> {
    let name = name.trim();
    if let Some(element) = name.strip_suffix("[]") {
        return find(element).map(array_of);
    }
    if let Some(inner) = name.strip_suffix(']')
        && let Some((head, arguments)) = inner.split_once('[')
    {
        if arguments.chars().all(|c| c == ',') {
            // `int[,]`: arrays of several dimensions are not supported.
            return None;
        }
        let arguments = split_arguments(arguments)?;
        return generic(head.split_once('`').map_or(head, |h| h.0), &arguments);
    }
    find_plain(name).or_else(|| find_plain(&format!("System.{name}")))
}

fn find_plain(name: &str) -> Option<TypeRef> {
    let folded = fold(name);
    if let Some(t) = KNOWN.get(&folded) {
        return Some(t);
    }
    if let Some(t) = REGISTERED.read().expect("no thread panics while it holds the type table").get(&folded) {
        return Some(t);
    }
    exceptions::find(name)
}

/// Types between the brackets of a generic: `int,string`, or each in brackets of its own.
fn split_arguments(text: &str) -> Option<Vec<TypeRef>> {
    let mut depth = 0;
    let mut from = 0;
    let mut all = Vec::new();
    let mut take = |part: &str| -> Option<()> {
        let part = part.trim();
        let part = part.strip_prefix('[').and_then(|p| p.strip_suffix(']')).unwrap_or(part);
        // An assembly name behind the type's name is of no interest.
        let plain = match part.find(", ") {
            Some(i) if !part[..i].contains('[') => &part[..i],
            _ => part,
        };
        all.push(find(plain)?);
        Some(())
    };
    for (i, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            ',' if depth == 0 => {
                take(&text[from..i])?;
                from = i + 1;
            }
            _ => {}
        }
    }
    take(&text[from..])?;
    Some(all)
}

fn generic(head: &str, arguments: &[TypeRef]) -> Option<TypeRef> {
    let full = fold(head);
    let short = full.strip_prefix("SYSTEM.").unwrap_or(&full);
    let short = short.strip_prefix("COLLECTIONS.GENERIC.").unwrap_or(short);
    match (short, arguments) {
        ("LIST", [t]) => Some(list_of(t)),
        ("COLLECTIONS.OBJECTMODEL.COLLECTION", [t]) => Some(collection_of(t)),
        ("DICTIONARY", [k, v]) => Some(dictionary_of(k, v)),
        ("SORTEDDICTIONARY" | "SORTEDLIST", [k, v]) => {
            Some(sorted_of(if short == "SORTEDLIST" { "SortedList" } else { "SortedDictionary" }, k, v))
        }
        ("HASHSET", [t]) => Some(hash_set_of(t)),
        ("QUEUE", [t]) => Some(queue_of(t)),
        ("STACK", [t]) => Some(stack_of(t)),
        ("KEYVALUEPAIR", [k, v]) => Some(pair_of(k, v)),
        ("NULLABLE", [t]) => Some(nullable_of(t)),
        ("IENUMERABLE" | "ICOLLECTION" | "ILIST" | "IREADONLYLIST", [t]) => Some(interface_of(short, t)),
        _ => None,
    }
}

/// `T[]`.
pub fn array_of(element: TypeRef) -> TypeRef {
    for known in [
        &types::OBJECT_ARRAY,
        &types::STRING_ARRAY,
        &types::INT_ARRAY,
        &types::LONG_ARRAY,
        &types::DOUBLE_ARRAY,
        &types::BYTE_ARRAY,
        &types::CHAR_ARRAY,
        &types::TYPE_ARRAY,
        &types::PS_OBJECT_ARRAY,
        &types::SCRIPT_BLOCK_ARRAY,
        &types::HASHTABLE_ARRAY,
    ] {
        if known.element.is_some_and(|e| e.is(element)) {
            return known;
        }
    }
    intern(&format!("{}[]", element.name), |name| TypeInfo::array(name, element))
}

/// `List<T>`.
pub fn list_of(element: TypeRef) -> TypeRef {
    made("System.Collections.Generic.List`1", &[element], Kind::GenericList, |t| t)
}

/// `Collection<T>`: a list under another name.
pub fn collection_of(element: TypeRef) -> TypeRef {
    made("System.Collections.ObjectModel.Collection`1", &[element], Kind::GenericList, |t| t)
}

/// `Dictionary<K,V>`.
pub fn dictionary_of(key: TypeRef, value: TypeRef) -> TypeRef {
    made("System.Collections.Generic.Dictionary`2", &[key, value], Kind::Dictionary, |t| t)
}

pub fn sorted_of(name: &str, key: TypeRef, value: TypeRef) -> TypeRef {
    made(&format!("System.Collections.Generic.{name}`2"), &[key, value], Kind::Dictionary, |t| t)
}

pub fn hash_set_of(element: TypeRef) -> TypeRef {
    made("System.Collections.Generic.HashSet`1", &[element], Kind::Other, |mut t| {
        t.members = crate::collections::set::MEMBERS;
        t
    })
}

pub fn queue_of(element: TypeRef) -> TypeRef {
    made("System.Collections.Generic.Queue`1", &[element], Kind::Other, |mut t| {
        t.members = crate::collections::queue::QUEUE_MEMBERS;
        t
    })
}

pub fn stack_of(element: TypeRef) -> TypeRef {
    made("System.Collections.Generic.Stack`1", &[element], Kind::Other, |mut t| {
        t.members = crate::collections::queue::STACK_MEMBERS;
        t
    })
}

pub fn pair_of(key: TypeRef, value: TypeRef) -> TypeRef {
    made("System.Collections.Generic.KeyValuePair`2", &[key, value], Kind::Other, |mut t| {
        t.members = crate::collections::entry::PAIR_MEMBERS;
        t.base = Some(&types::VALUE_TYPE);
        t
    })
}

pub fn nullable_of(inner: TypeRef) -> TypeRef {
    made("System.Nullable`1", &[inner], Kind::Other, |mut t| {
        t.base = Some(&types::VALUE_TYPE);
        t
    })
}

fn interface_of(short: &str, element: TypeRef) -> TypeRef {
    let name = match short {
        "IENUMERABLE" => "IEnumerable",
        "ICOLLECTION" => "ICollection",
        "IREADONLYLIST" => "IReadOnlyList",
        _ => "IList",
    };
    made(&format!("System.Collections.Generic.{name}`1"), &[element], Kind::Other, |mut t| {
        t.base = None;
        t
    })
}

/// The type inside a `Nullable<T>`.
pub fn nullable_inner(t: TypeRef) -> Option<TypeRef> {
    if t.name.starts_with("System.Nullable`1") { t.arguments.first().copied() } else { None }
}

fn made(head: &str, arguments: &[TypeRef], kind: Kind, adjust: impl FnOnce(TypeInfo) -> TypeInfo) -> TypeRef {
    let names: Vec<&str> = arguments.iter().map(|a| a.name).collect();
    let name = format!("{head}[{}]", names.join(","));
    let arguments = arguments.to_vec();
    intern(&name, |name| {
        let mut t = TypeInfo::basic(name, kind, Some(&types::OBJECT));
        t.element = arguments.first().copied();
        t.arguments = Vec::leak(arguments);
        adjust(t)
    })
}

/// The type of a value, exceptions under their own name; null has none.
pub fn of(value: &Value) -> Option<TypeRef> {
    let t = value.type_info()?;
    if t.is(&EXCEPTION)
        && let Some(e) = value.downcast::<ExceptionObject>()
    {
        return Some(exceptions::of(&e.0.type_name));
    }
    Some(t)
}

/// The members of a type itself, without its bases'.
pub fn members_of(t: TypeRef) -> &'static MemberTable {
    match t.kind {
        Kind::Other
        | Kind::ScriptBlock
        | Kind::Switch
        | Kind::PsCustomObject
        | Kind::PsObject
        | Kind::BigInteger => {
            if t.is(&ERROR_RECORD) {
                &crate::core::error_record::MEMBERS
            } else if t.is(&EXCEPTION) {
                &crate::core::exception::MEMBERS
            } else if t.is(&types::SWITCH) {
                &crate::core::switch::MEMBERS
            } else if t.base.is_some_and(|b| b.derives_from(&EXCEPTION)) {
                &crate::core::exception::DERIVED
            } else if t.is(&types::TYPE) {
                &crate::core::type_object::MEMBERS
            } else if t.is(&types::SCRIPT_BLOCK) {
                &crate::core::script_block::MEMBERS
            } else {
                list::LATE.iter().find(|l| l.0.is(t)).map_or(&t.members, |l| l.1)
            }
        }
        Kind::ValueType if t.is(&types::ENUM) => &crate::core::enumeration::MEMBERS,
        kind => kinds::members(kind),
    }
}

/// The chain of names (`PSObject.TypeNames`), custom names first.
pub fn names(value: &Value) -> Vec<Str> {
    let mut all = Vec::new();
    let custom = |names: &[Str], all: &mut Vec<Str>| all.extend(names.iter().cloned());
    match value.view() {
        View::Custom(c) => custom(c.members().shape().type_names(), &mut all),
        View::Wrapped(w) => custom(w.members.shape().type_names(), &mut all),
        View::Object(o) => {
            if let Some(m) = &*o.extra().borrow() {
                custom(m.shape().type_names(), &mut all);
            }
        }
        View::List(l) => {
            if let Some(m) = &*l.extra().borrow() {
                custom(m.shape().type_names(), &mut all);
            }
        }
        View::Table(t) => {
            if let Some(m) = &*t.extra().borrow() {
                custom(m.shape().type_names(), &mut all);
            }
        }
        _ => {}
    }
    if let Some(t) = of(value) {
        // A deserialized or otherwise renamed object gives its whole chain.
        if all.is_empty() || !all.iter().any(|n| n.as_str() == "System.Object") {
            all.extend(t.chain().map(|t| Str::from(full_name(t))));
        }
    }
    all
}

/// Is the value of that type: `-is`.
pub fn is_instance(value: &Value, target: TypeRef) -> bool {
    let Some(t) = of(value) else { return false };
    if t.is(target) || target.is(&types::OBJECT) || t.derives_from(target) {
        return true;
    }
    if target.is(&types::PS_OBJECT) {
        // Only what carries PSObject around it: ad-hoc objects and values with added members.
        return matches!(value.view(), View::Custom(_) | View::Wrapped(_));
    }
    implements(t, target)
}

/// Does a type implement an interface or fit a base that is written as a name?
pub fn implements(t: TypeRef, target: TypeRef) -> bool {
    if t.chain().any(|b| b.interfaces.contains(&target.name)) {
        return true;
    }
    let number = is_number(t);
    match target.name {
        "System.Collections.IEnumerable" => {
            t.element.is_some() || is_list_kind(t.kind) || is_table_kind(t.kind) || t.kind == Kind::String
        }
        "System.Collections.ICollection" => {
            t.element.is_some() || is_list_kind(t.kind) || is_table_kind(t.kind)
        }
        "System.Collections.IList" => is_list_kind(t.kind),
        "System.Collections.IDictionary" => is_table_kind(t.kind),
        "System.IComparable" => {
            number
                || matches!(
                    t.kind,
                    Kind::String
                        | Kind::Char
                        | Kind::Boolean
                        | Kind::DateTime
                        | Kind::TimeSpan
                        | Kind::Guid
                        | Kind::Enum
                )
        }
        "System.IConvertible" => {
            number
                || matches!(t.kind, Kind::String | Kind::Char | Kind::Boolean | Kind::DateTime | Kind::Enum)
        }
        "System.IFormattable" => {
            number || matches!(t.kind, Kind::DateTime | Kind::TimeSpan | Kind::Guid | Kind::Enum)
        }
        "System.ICloneable" => {
            matches!(t.kind, Kind::String | Kind::Array | Kind::ArrayList | Kind::Hashtable)
        }
        name if name.starts_with("System.Collections.Generic.IEnumerable`1[")
            || name.starts_with("System.Collections.Generic.ICollection`1[")
            || name.starts_with("System.Collections.Generic.IReadOnlyList`1[")
            || name.starts_with("System.Collections.Generic.IList`1[") =>
        {
            let wanted = target.arguments.first();
            matches!(t.kind, Kind::Array | Kind::GenericList)
                && t.element.is_some_and(|e| wanted.is_some_and(|w| e.is(w) || w.is(&types::OBJECT)))
        }
        _ => {
            // Arrays of a reference type are arrays of its base: string[] is object[].
            match (t.kind, target.kind, t.element, target.element) {
                (Kind::Array, Kind::Array, Some(a), Some(b)) => !is_value_type(a) && a.derives_from(b),
                _ => false,
            }
        }
    }
}

pub fn is_value_type(t: TypeRef) -> bool {
    t.derives_from(&types::VALUE_TYPE)
}

/// The numeric types of the language, BigInteger excepted.
pub fn is_number(t: TypeRef) -> bool {
    matches!(
        t.kind,
        Kind::SByte
            | Kind::Byte
            | Kind::Int16
            | Kind::UInt16
            | Kind::Int32
            | Kind::UInt32
            | Kind::Int64
            | Kind::UInt64
            | Kind::Single
            | Kind::Double
            | Kind::Decimal
    )
}

pub fn is_list_kind(k: Kind) -> bool {
    matches!(k, Kind::Array | Kind::ArrayList | Kind::GenericList)
}

pub fn is_table_kind(k: Kind) -> bool {
    matches!(k, Kind::Hashtable | Kind::OrderedDictionary | Kind::Dictionary)
}

/// `Type.FullName`: generic arguments with their assembly.
pub fn full_name(t: TypeRef) -> String {
    if t.kind == Kind::Array
        && let Some(e) = t.element
    {
        return format!("{}[]", full_name(e));
    }
    if t.arguments.is_empty() {
        return t.name.to_string();
    }
    let head = t.name.split_once('[').map_or(t.name, |h| h.0);
    let arguments: Vec<String> =
        t.arguments.iter().map(|a| format!("[{}, {}]", full_name(a), assembly(a))).collect();
    format!("{head}[{}]", arguments.join(","))
}

/// The assembly's full name as .NET 10 prints it.
pub fn assembly(t: TypeRef) -> &'static str {
    if t.name.starts_with("System.Management.Automation.") {
        "System.Management.Automation, Version=7.6.0.500, Culture=neutral, PublicKeyToken=31bf3856ad364e35"
    } else {
        "System.Private.CoreLib, Version=10.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e"
    }
}

/// A type as Get-Member and messages of the language write it: `int`, `string[]`,
/// `System.Collections.Generic.List[int]`.
pub fn display_name(t: TypeRef) -> String {
    if let (Kind::Array, Some(e)) = (t.kind, t.element) {
        return format!("{}[]", display_name(e));
    }
    if !t.arguments.is_empty() {
        let head = t.name.split_once('`').map_or(t.name, |h| h.0);
        let arguments: Vec<String> = t.arguments.iter().map(|a| display_name(a)).collect();
        return format!("{head}[{}]", arguments.join(","));
    }
    list::ACCELERATORS
        .iter()
        .find(|(name, a)| a.is(t) && !matches!(*name, "int32" | "int64" | "single" | "ushort" | "ulong"))
        .map_or_else(|| t.name.to_string(), |(name, _)| name.to_string())
}

/// Names for completion: accelerators and full names.
pub fn all_names() -> Vec<&'static str> {
    let mut all: Vec<&'static str> = list::ACCELERATORS.iter().map(|a| a.0).collect();
    all.extend(own().map(|t| t.name));
    all.extend(exceptions::names());
    let registered = REGISTERED.read().expect("no thread panics while it holds the type table");
    all.extend(registered.values().map(|t| t.name));
    all
}

/// Name and type of every accelerator that we have.
pub fn accelerators() -> &'static [(&'static str, TypeRef)] {
    list::ACCELERATORS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_types() {
        for (name, full) in [
            ("INT", "System.Int32"),
            ("system.string[]", "System.String[]"),
            ("Object[][]", "System.Object[][]"),
            ("System.Collections.Generic.List[int]", "System.Collections.Generic.List`1[System.Int32]"),
            (
                "Collections.Generic.Dictionary[string, int]",
                "System.Collections.Generic.Dictionary`2[System.String,System.Int32]",
            ),
            ("nullable[datetime]", "System.Nullable`1[System.DateTime]"),
            (
                "System.Collections.Generic.List`1[[System.Int32, System.Private.CoreLib]]",
                "System.Collections.Generic.List`1[System.Int32]",
            ),
            ("IO.FileInfo", "System.IO.FileInfo"),
            ("DayOfWeek", "System.DayOfWeek"),
        ] {
            assert_eq!(find(name).map(|t| t.name), Some(full), "{name}");
        }
        assert!(find("Nope").is_none());
        assert!(find("System.Collections.Generic.List[nope]").is_none());
        let a = find("int[]").expect("known");
        assert!(a.is(find("System.Int32[]").expect("known")));
        assert_eq!(
            display_name(find("List[string[]]").unwrap_or(list_of(array_of(&types::STRING)))),
            "System.Collections.Generic.List[string[]]"
        );
    }
}
