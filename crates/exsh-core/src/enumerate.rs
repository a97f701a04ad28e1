//! How a value is enumerated when it is emitted, and how results collapse: each lives here and nowhere else.

use crate::error::Result;
use crate::value::{Value, View};

/// Does the pipeline take this value apart? Strings and dictionaries are one object each.
#[inline]
pub fn is_enumerable(value: &Value) -> bool {
    match value.base().view() {
        View::List(_) => true,
        View::Object(o) => o.get().enumerate().is_some(),
        _ => false,
    }
}

/// Sends a value as a statement's output is sent: nothing sends nothing, a list sends its items (one level), all else
/// is one object.
pub fn each(value: Value, send: &mut dyn FnMut(Value) -> Result<()>) -> Result<()> {
    match value.base().view() {
        View::Nothing | View::Unset => Ok(()),
        View::List(list) => {
            let list = list.clone();
            let mut i = 0;
            // By index: the receiver may run a script that changes the list.
            while let Some(item) = list.get(i) {
                send(item)?;
                i += 1;
            }
            Ok(())
        }
        View::Object(o) => match o.get().enumerate() {
            Some(items) => items.into_iter().try_for_each(send),
            None => send(value),
        },
        _ => send(value),
    }
}

/// All items of a value as `foreach` and `@( )` see them: null is no item for `foreach`, one for `@( )`.
pub fn items(value: &Value) -> Vec<Value> {
    match value.base().view() {
        View::Nothing | View::Unset => Vec::new(),
        View::List(list) => list.items().clone(),
        View::Object(o) => o.get().enumerate().unwrap_or_else(|| vec![value.clone()]),
        _ => vec![value.clone()],
    }
}

/// What a pipeline's results are as one value: nothing, the one object, or an `object[]` of them.
pub fn collapse(mut results: Vec<Value>) -> Value {
    match results.len() {
        0 => Value::NOTHING,
        1 => results.pop().expect("there is one"),
        _ => Value::array(results),
    }
}
