//! Arrays, lists, dictionaries, sets, queues.

pub mod array;
pub mod entry;
pub mod list;
pub mod queue;
pub mod set;
pub mod table;

use exsh_core::value::ObjectCell;
use exsh_core::{Result, Shell, Table, Value};
use std::rc::Rc;

/// Indexing of an object that is no list: nothing when it has no indexer of its own.
pub fn index_get(
    shell: &mut dyn Shell,
    value: &Value,
    object: &Rc<ObjectCell>,
    index: &[Value],
) -> Option<Result<Value>> {
    let [key] = index else { return None };
    if let Some(v) = crate::core::ps_object::index(value, key) {
        return Some(Ok(v));
    }
    if let Some(v) = crate::text::regex::index_collection(value, key) {
        return Some(Ok(v));
    }
    if let Some(m) = object.downcast::<crate::text::regex::MatchObject>() {
        return Some(m.index(shell, key));
    }
    None
}

/// Index assignment of an object that is no list.
pub fn index_set(
    _shell: &mut dyn Shell,
    value: &Value,
    _object: &Rc<ObjectCell>,
    index: &[Value],
    new: Value,
) -> Option<Result<()>> {
    let [key] = index else { return None };
    crate::text::builder::set_char(value, key, &new)
}

/// Sets an entry; sorted dictionaries keep their order.
pub fn table_set(table: &Table, key: Value, value: Value) {
    if table.set(key, value).is_none() && table.ty().name.starts_with("System.Collections.Generic.Sorted") {
        table::sort(table);
    }
}
