//! `System.Management.Automation.SwitchParameter`.

use crate::sig::*;
use exsh_core::types::{MemberTable, SWITCH, TypeRef};
use exsh_core::{Object, Value};
use std::any::Any;

pub struct SwitchObject(pub bool);

pub fn value(present: bool) -> Value {
    Value::object(SwitchObject(present))
}

impl Object for SwitchObject {
    fn type_info(&self) -> TypeRef {
        &SWITCH
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(if self.0 { "True" } else { "False" }.into())
    }
    fn key_equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<SwitchObject>().is_some_and(|o| o.0 == self.0)
    }
    fn key_hash(&self) -> Option<u64> {
        Some(self.0 as u64)
    }
}

fn on(v: &Value) -> bool {
    v.downcast::<SwitchObject>().is_some_and(|s| s.0)
}

pub static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        IsPresent: "bool" = |_, this| Ok(Value::bool(on(this)));
    },
    methods: methods! {
        ToBool { () -> "bool" = |_, this, _| Ok(Value::bool(on(this))); }
    },
    static_properties: properties! {
        Present: "switch" = |_, _| Ok(value(true));
    },
    static_methods: &[],
    constructors: constructors! {
        "switch";
        (isPresent: BOOL) = |_, _, a| Ok(value(bool_at(a, 0)));
    },
};
