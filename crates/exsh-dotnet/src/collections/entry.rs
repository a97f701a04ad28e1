//! `DictionaryEntry` and `KeyValuePair`.

use crate::sig::*;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef, VALUE_TYPE};
use exsh_core::{Object, Value};
use std::any::Any;

/// A key and its value.
pub struct Entry {
    pub key: Value,
    pub value: Value,
    ty: TypeRef,
}

pub static TYPE: TypeInfo =
    TypeInfo::class("System.Collections.DictionaryEntry", ENTRY_MEMBERS).based_on(&VALUE_TYPE);

/// A DictionaryEntry.
pub fn value(key: Value, value: Value) -> Value {
    Value::object(Entry { key, value, ty: &TYPE })
}

/// A KeyValuePair of the dictionary's own types.
pub fn pair(key: Value, value: Value, ty: TypeRef) -> Value {
    Value::object(Entry { key, value, ty })
}

impl Object for Entry {
    fn type_info(&self) -> TypeRef {
        self.ty
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        let (k, v) = (crate::text::to_text(&self.key), crate::text::to_text(&self.value));
        Some(format!("[{k}, {v}]"))
    }
}

fn entry(v: &Value) -> Option<&Entry> {
    v.downcast::<Entry>()
}

const ENTRY_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Name: "string" = |_, v| Ok(entry(v).map_or(Value::NULL, |e| e.key.clone()));
        Key: "System.Object" = |_, v| Ok(entry(v).map_or(Value::NULL, |e| e.key.clone()));
        Value: "System.Object" = |_, v| Ok(entry(v).map_or(Value::NULL, |e| e.value.clone()));
    },
    constructors: constructors! {
        "System.Collections.DictionaryEntry";
        (key: OBJ, value: OBJ) = |_, _, a| Ok(value(arg(a, 0).clone(), arg(a, 1).clone()));
    },
    ..MemberTable::EMPTY
};

pub const PAIR_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Key: "System.Object" = |_, v| Ok(entry(v).map_or(Value::NULL, |e| e.key.clone()));
        Value: "System.Object" = |_, v| Ok(entry(v).map_or(Value::NULL, |e| e.value.clone()));
    },
    constructors: constructors! {
        "System.Collections.Generic.KeyValuePair";
        (key: OBJ, value: OBJ) = |_, t, a| {
            let ty = t.as_type().unwrap_or(&TYPE);
            Ok(pair(arg(a, 0).clone(), arg(a, 1).clone(), ty))
        };
    },
    ..MemberTable::EMPTY
};
