//! Keys of objects for sorting, grouping and comparing: what is compared, in which direction.

use crate::ordering;
use crate::property::{self, PropertyArgument};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Value, View};
use std::cmp::Ordering;

/// An object with the values it is ordered by.
pub struct Entry {
    pub object: Value,
    /// One for each argument; the object itself when there are none.
    pub keys: Vec<Value>,
    /// Has at least one of the properties.
    pub exists: bool,
}

/// What objects are ordered by.
pub struct Sorter {
    arguments: Vec<PropertyArgument>,
    descending: bool,
    ignore_case: bool,
}

impl Sorter {
    pub fn new(arguments: Vec<PropertyArgument>, descending: bool, ignore_case: bool) -> Sorter {
        Sorter { arguments, descending, ignore_case }
    }

    pub fn arguments(&self) -> &[PropertyArgument] {
        &self.arguments
    }

    /// Reads the keys of all objects; those without any of the properties come apart. An expression that fails is
    /// reported and counts as null.
    pub fn entries(&self, objects: Vec<Value>, out: &mut dyn Out) -> Result<(Vec<Entry>, Vec<Entry>)> {
        let mut found = Vec::with_capacity(objects.len());
        let mut missing = Vec::new();
        for object in objects {
            let entry = self.entry(object, out)?;
            if entry.exists { found.push(entry) } else { missing.push(entry) }
        }
        Ok((found, missing))
    }

    pub fn entry(&self, object: Value, out: &mut dyn Out) -> Result<Entry> {
        if self.arguments.is_empty() {
            return Ok(Entry { keys: vec![own_key(&object)], object, exists: true });
        }
        let mut keys = Vec::with_capacity(self.arguments.len());
        let mut exists = false;
        for argument in &self.arguments {
            let value = match argument.value(out.shell(), &object) {
                Ok(v) => v,
                Err(flow) => {
                    let record = property::evaluation_error(flow, &object)?;
                    out.error(record)?;
                    None
                }
            };
            exists |= value.is_some();
            keys.push(value.unwrap_or(Value::NULL));
        }
        Ok(Entry { object, keys, exists })
    }

    /// The order of two entries, direction included.
    pub fn order(&self, a: &Entry, b: &Entry, out: &mut dyn Out) -> Result<Ordering> {
        for (i, (x, y)) in a.keys.iter().zip(&b.keys).enumerate() {
            let descending = self.arguments.get(i).and_then(|p| p.descending).unwrap_or(self.descending);
            let order = ordering::compare(out.shell(), x, y, self.ignore_case)?;
            if order != Ordering::Equal {
                return Ok(if descending { order.reverse() } else { order });
            }
        }
        Ok(Ordering::Equal)
    }
}

/// Ad-hoc objects compare by the text that shows them, all others by themselves.
fn own_key(object: &Value) -> Value {
    match object.base().view() {
        View::Custom(_) => Value::string(exsh_dotnet::text::to_text(object)),
        _ => object.clone(),
    }
}
