//! A small object with a fixed list of properties, for the parts that a bigger object hands out.

use exsh_core::error::Result;
use exsh_core::object::Object;
use exsh_core::out::Shell;
use exsh_core::types::TypeRef;
use exsh_core::value::Value;
use std::any::Any;

/// The values stand in the order of the type's properties.
pub struct PlainObject {
    ty: TypeRef,
    text: Option<String>,
    values: Vec<Value>,
}

impl PlainObject {
    /// An object of `ty`, whose properties read [`field`] with their index.
    pub fn value(ty: TypeRef, text: Option<String>, values: Vec<Value>) -> Value {
        Value::object(PlainObject { ty, text, values })
    }
}

/// Getter of the property at place `I`.
pub fn field<const I: usize>(_: &mut dyn Shell, value: &Value) -> Result<Value> {
    let object = value.downcast::<PlainObject>();
    Ok(object.and_then(|o| o.values.get(I).cloned()).unwrap_or(Value::NULL))
}

impl Object for PlainObject {
    fn type_info(&self) -> TypeRef {
        self.ty
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        self.text.clone()
    }
}
