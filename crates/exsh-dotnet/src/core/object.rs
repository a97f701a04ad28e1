//! `System.Object`: what every value can do.

use crate::sig::*;
use crate::{culture, ops, text, types};
use exsh_core::Value;
use exsh_core::types::MemberTable;
use exsh_core::value::{KeyMode, hash_value};

pub static MEMBERS: MemberTable = MemberTable {
    properties: &[],
    methods: methods! {
        Equals { (obj: OBJ) -> "bool" = |_, this, a| Ok(Value::bool(same(this, arg(a, 0)))); }
        GetHashCode { () -> "int" = |_, this, _| Ok(Value::int(hash_value(KeyMode::Exact, this) as i32)); }
        GetType {
            () -> "type" = |_, this, _| Ok(types::of(this).map_or(Value::NULL, Value::type_value));
        }
        ToString {
            () -> "string" = |shell, this, _| {
                Ok(Value::string(text::to_string_culture(this, culture::current(shell))))
            };
        }
    },
    static_properties: &[],
    static_methods: methods! {
        Equals { (objA: OBJ, objB: OBJ) -> "bool" = |_, _, a| Ok(Value::bool(same(arg(a, 0), arg(a, 1)))); }
        ReferenceEquals {
            (objA: OBJ, objB: OBJ) -> "bool" = |_, _, a| Ok(Value::bool(arg(a, 0).base().same_identity(arg(a, 1).base())));
        }
    },
    constructors: constructors! { "System.Object"; () = |_, _, _| Ok(Value::custom(exsh_core::Custom::of([]))); },
};

/// .NET's `Equals`: the same type and value.
pub fn same(a: &Value, b: &Value) -> bool {
    match (types::of(a), types::of(b)) {
        (Some(x), Some(y)) => {
            x.is(y) && (a.base().same_identity(b.base()) || ops::compare::equals(a, b, false))
        }
        (None, None) => true,
        _ => false,
    }
}
