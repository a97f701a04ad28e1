//! The entries of a dictionary as objects of their own, which is how a dictionary is shown.

use exsh_core::types::{MemberTable, Property};
use exsh_core::value::Table;
use exsh_core::{Object, TypeInfo, TypeRef, Value};
use std::any::Any;
use std::rc::Rc;

/// The entries in order.
pub fn entries(table: &Rc<Table>) -> Vec<Value> {
    table.entries().into_iter().map(|(key, value)| Value::object(DictionaryEntry { key, value })).collect()
}

/// `System.Collections.DictionaryEntry`.
struct DictionaryEntry {
    key: Value,
    value: Value,
}

static DICTIONARY_ENTRY: TypeInfo =
    TypeInfo::class("System.Collections.DictionaryEntry", MemberTable::of_properties(PROPERTIES));

static PROPERTIES: &[Property] = &[
    Property::new("Name", "System.Object", |_, v| Ok(part(v, |e| &e.key))),
    Property::new("Key", "System.Object", |_, v| Ok(part(v, |e| &e.key))),
    Property::new("Value", "System.Object", |_, v| Ok(part(v, |e| &e.value))),
];

fn part(v: &Value, of: fn(&DictionaryEntry) -> &Value) -> Value {
    v.downcast::<DictionaryEntry>().map_or(Value::NULL, |e| of(e).clone())
}

impl Object for DictionaryEntry {
    fn type_info(&self) -> TypeRef {
        &DICTIONARY_ENTRY
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        let text = exsh_dotnet::text::to_text;
        Some(format!("[{}, {}]", text(&self.key), text(&self.value)))
    }
}
