//! `-join`.

use crate::culture::{self, Culture};
use crate::text;
use exsh_core::types::Kind;
use exsh_core::{Shell, Str, Value, View};

/// `list -join separator`.
pub fn join(shell: &mut dyn Shell, left: &Value, separator: &Value) -> Value {
    let separator = text::to_text(separator);
    Value::string(joined(left, &separator, culture::current(shell)))
}

/// `-join list`.
pub fn join_unary(shell: &mut dyn Shell, list: &Value) -> Value {
    Value::string(joined(list, "", culture::current(shell)))
}

fn joined(left: &Value, separator: &str, culture: &Culture) -> Str {
    match super::compare::list_items(left) {
        Some(items) => {
            let mut out = String::new();
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push_str(separator);
                }
                push(&mut out, item, culture);
            }
            Str::new(out)
        }
        None => text::to_text(left),
    }
}

/// An item in the session's culture, unlike in an expanded string.
fn push(out: &mut String, item: &Value, culture: &Culture) {
    match item.base().view() {
        // A list among the items shows its type only.
        View::List(l) => out.push_str(l.ty().name),
        View::DateTime(_) => out.push_str(&text::to_string_culture(item, culture)),
        _ if culture.number.decimal != "."
            && matches!(item.base().kind(), Kind::Double | Kind::Single | Kind::Decimal) =>
        {
            out.push_str(&text::to_text(item).replace('.', culture.number.decimal));
        }
        _ => text::push_text(out, item, " "),
    }
}
