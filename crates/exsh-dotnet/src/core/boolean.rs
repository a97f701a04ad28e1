//! `System.Boolean`.

use crate::fail;
use crate::sig::*;
use exsh_core::Value;
use exsh_core::name::same;
use exsh_core::types::MemberTable;

pub static MEMBERS: MemberTable = MemberTable {
    properties: &[],
    methods: methods! {
        CompareTo {
            (value: BOOL) -> "int" = |_, this, a| {
                let order = this.as_bool().cmp(&Some(bool_at(a, 0)));
                Ok(Value::int(order as i32))
            };
            (obj: OBJ) -> "int" = |_, _, a| match arg(a, 0).is_null() {
                true => Ok(Value::int(1)),
                false => Err(fail::thrown("System.ArgumentException", "Object must be of type Boolean.")),
            };
        }
    },
    static_properties: properties! {
        FalseString: "string" = |_, _| Ok(Value::text("False"));
        TrueString: "string" = |_, _| Ok(Value::text("True"));
    },
    static_methods: methods! {
        Parse {
            (value: STR) -> "bool" = |_, _, a| {
                let s = str_at(a, 0);
                parse(&s).map(Value::bool).ok_or_else(|| {
                    fail::format(format!("String '{s}' was not recognized as a valid Boolean."))
                })
            };
        }
        TryParse {
            (value: STR, result: crate::core::reference::REF) -> "bool" = |shell, _, a| {
                let parsed = parse(&str_at(a, 0));
                crate::core::reference::assign(shell, arg(a, 1), Value::bool(parsed.unwrap_or(false)))?;
                Ok(Value::bool(parsed.is_some()))
            };
        }
    },
    constructors: &[],
};

fn parse(s: &str) -> Option<bool> {
    let t = s.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    if same(t, "True") {
        Some(true)
    } else if same(t, "False") {
        Some(false)
    } else {
        None
    }
}
