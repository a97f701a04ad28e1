//! `System.Object`, types, enumerations, exceptions and the other basic types.

pub mod boolean;
pub mod console;
pub mod culture_info;
pub mod enumeration;
pub mod environment;
pub mod error_record;
pub mod exception;
pub mod guid;
pub mod object;
pub mod position;
pub mod ps_base;
pub mod ps_method;
pub mod ps_object;
pub mod reference;
pub mod script_block;
pub mod switch;
pub mod type_object;
pub mod version;

use crate::culture::Culture;
use crate::numbers::big;
use exsh_core::Value;
use exsh_core::value::ObjectCell;
use std::rc::Rc;

/// The text of an object whose text depends on the culture.
pub fn culture_text(o: &Rc<ObjectCell>, culture: &Culture) -> Option<String> {
    if let Some(d) = o.downcast::<crate::time::offset::DateTimeOffset>() {
        return Some(d.text(culture));
    }
    None
}

/// `ToString(format)` of an object that is IFormattable.
pub fn object_format(o: &Rc<ObjectCell>, format: &str, culture: &Culture) -> Option<Result<String, String>> {
    if let Some(b) = o.downcast::<big::Big>() {
        return Some(b.format(format, culture));
    }
    if let Some(d) = o.downcast::<crate::time::offset::DateTimeOffset>() {
        return Some(d.format(format, culture));
    }
    None
}

/// Does the object's type order its values?
pub fn is_comparable(o: &Rc<ObjectCell>) -> bool {
    o.downcast::<big::Big>().is_some()
        || o.downcast::<version::Version>().is_some()
        || o.downcast::<crate::time::offset::DateTimeOffset>().is_some()
}

/// The number of an enum value; of any integer otherwise.
pub fn enum_number(v: &Value) -> i64 {
    crate::convert::numeric::integral(v.base()).map_or(0, |n| n as i64)
}
