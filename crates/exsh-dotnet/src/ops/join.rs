//! `-join`.

use crate::text;
use exsh_core::{Str, Value, View};

/// `list -join separator`.
pub fn join(left: &Value, separator: &Value) -> Value {
    let separator = text::to_text(separator);
    Value::string(joined(left, &separator))
}

/// `-join list`.
pub fn join_unary(list: &Value) -> Value {
    Value::string(joined(list, ""))
}

fn joined(left: &Value, separator: &str) -> Str {
    match super::compare::list_items(left) {
        Some(items) => {
            let mut out = String::new();
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push_str(separator);
                }
                match item.base().view() {
                    // A list among the items shows its type only.
                    View::List(l) => out.push_str(l.ty().name),
                    _ => text::push_text(&mut out, item, " "),
                }
            }
            Str::new(out)
        }
        None => text::to_text(left),
    }
}
