//! A method that was named and not called (`'x'.ToUpper`).

use crate::member::{self, MemberType};
use crate::sig::*;
use exsh_core::types::OBJECT_ARRAY;
use exsh_core::types::{MemberTable, Method, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Value};
use std::any::Any;

struct PsMethod {
    /// The receiver; a type for a static method.
    of: Value,
    method: &'static Method,
    is_static: bool,
}

pub static TYPE: TypeInfo = TypeInfo::class("System.Management.Automation.PSMethod", MEMBERS);

impl Object for PsMethod {
    fn type_info(&self) -> TypeRef {
        &TYPE
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.definitions().join(", "))
    }
}

impl PsMethod {
    fn definitions(&self) -> Vec<String> {
        member::overload_definitions(self.method, self.is_static)
    }
}

/// The method of an object, or of a type for a static one.
pub fn value(of: &Value, method: &'static Method, is_static: bool) -> Value {
    Value::object(PsMethod { of: of.clone(), method, is_static })
}

fn of(v: &Value) -> Result<&PsMethod> {
    v.downcast::<PsMethod>().ok_or_else(|| crate::fail::argument_null("this"))
}

const MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        OverloadDefinitions: "System.Collections.ObjectModel.Collection[string]" = |_, v| {
            let all = of(v)?.definitions().into_iter().map(Value::text).collect();
            Ok(Value::list_of(crate::types::collection_of(STR), all))
        };
        MemberType: "System.Management.Automation.PSMemberTypes" = |_, _| Ok(Value::text(MemberType::Method.name()));
        TypeNameOfValue: "string" = |_, _| Ok(Value::text(TYPE.name));
        Name: "string" = |_, v| Ok(Value::text(of(v)?.method.name));
        IsInstance: "bool" = |_, v| Ok(Value::bool(!of(v)?.is_static));
        Value: "System.Object" = |_, v| Ok(v.clone());
    },
    methods: methods! {
        Invoke { (arguments: &OBJECT_ARRAY => rest) -> "System.Object" = |shell, v, a| {
            let m = of(v)?;
            let arguments: Vec<Value> = arg(a, 0).as_list().map_or_else(Vec::new, |l| l.items().clone());
            match (m.is_static, m.of.as_type()) {
                (true, Some(ty)) => member::call_static(shell, ty, m.method.name, &arguments),
                _ => member::call(shell, &m.of, m.method.name, &arguments),
            }
        }; }
    },
    ..MemberTable::EMPTY
};
