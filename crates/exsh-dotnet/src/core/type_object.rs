//! `System.Type`: facts about a type.

use crate::sig::*;
use crate::{fail, types};
use exsh_core::types::{Kind, MemberTable, OBJECT, TypeRef};
use exsh_core::{Result, Shell, Value};

fn this_type(v: &Value) -> TypeRef {
    v.base().as_type().unwrap_or(&OBJECT)
}

/// `List`1`, `Int32[]`.
fn name(t: TypeRef) -> String {
    if let (Kind::Array, Some(e)) = (t.kind, t.element) {
        return format!("{}[]", name(e));
    }
    t.short_name().to_string()
}

fn namespace(t: TypeRef) -> &'static str {
    let head = t.name.split_once('[').map_or(t.name, |h| h.0);
    let head = head.split_once('+').map_or(head, |h| h.0);
    head.rfind('.').map_or("", |i| &head[..i])
}

fn get_type(_shell: &mut dyn Shell, a: &[Value]) -> Result<Value> {
    let s = str_at(a, 0);
    match types::find(&s) {
        Some(t) if s.contains('.') || s.contains('[') => Ok(Value::type_value(t)),
        _ if bool_at(a, 1) => Err(fail::thrown(
            "System.TypeLoadException",
            format!(
                "Could not resolve type '{s}' in assembly 'Anonymously Hosted DynamicMethods Assembly, \
                 Version=0.0.0.0, Culture=neutral, PublicKeyToken=null'."
            ),
        )),
        _ => Ok(Value::NULL),
    }
}

pub static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Name: "string" = |_, v| Ok(Value::text(name(this_type(v))));
        FullName: "string" = |_, v| Ok(Value::text(types::full_name(this_type(v))));
        Namespace: "string" = |_, v| Ok(Value::text(namespace(this_type(v))));
        AssemblyQualifiedName: "string" = |_, v| {
            let t = this_type(v);
            Ok(Value::text(format!("{}, {}", types::full_name(t), types::assembly(t))))
        };
        BaseType: "type" = |_, v| Ok(this_type(v).base.map_or(Value::NULL, Value::type_value));
        IsArray: "bool" = |_, v| Ok(Value::bool(this_type(v).kind == Kind::Array && this_type(v).element.is_some()));
        IsClass: "bool" = |_, v| Ok(Value::bool(!types::is_value_type(this_type(v)) && this_type(v).base.is_some()));
        IsEnum: "bool" = |_, v| Ok(Value::bool(this_type(v).kind == Kind::Enum));
        IsGenericType: "bool" = |_, v| Ok(Value::bool(!this_type(v).arguments.is_empty()));
        IsInterface: "bool" = |_, v| Ok(Value::bool(this_type(v).base.is_none() && !this_type(v).is(&OBJECT)));
        IsPrimitive: "bool" = |_, v| {
            let t = this_type(v);
            let p = types::is_number(t) && t.kind != Kind::Decimal || matches!(t.kind, Kind::Boolean | Kind::Char);
            Ok(Value::bool(p))
        };
        IsPublic: "bool" = |_, _| Ok(Value::TRUE);
        IsSerializable: "bool" = |_, v| {
            let k = this_type(v).kind;
            Ok(Value::bool(k != Kind::Other))
        };
        IsValueType: "bool" = |_, v| Ok(Value::bool(types::is_value_type(this_type(v))));
        IsAbstract: "bool" = |_, v| Ok(Value::bool(matches!(this_type(v).kind, Kind::ValueType)));
        IsSealed: "bool" = |_, v| Ok(Value::bool(types::is_value_type(this_type(v)) || this_type(v).kind == Kind::String));
        GenericTypeArguments: "type[]" = |_, v| Ok(type_array(this_type(v).arguments));
    },
    methods: methods! {
        GetElementType {
            () -> "type" = |_, v, _| {
                let t = this_type(v);
                let e = t.element.filter(|_| t.kind == Kind::Array);
                Ok(e.map_or(Value::NULL, Value::type_value))
            };
        }
        GetEnumNames { () -> "string[]" = |_, v, _| super::enumeration::names(this_type(v)); }
        GetEnumValues { () -> "array" = |_, v, _| super::enumeration::values(this_type(v)); }
        GetEnumUnderlyingType {
            () -> "type" = |_, v, _| {
                Ok(this_type(v).enumeration.map_or(Value::NULL, |i| Value::type_value(i.underlying)))
            };
        }
        GetGenericArguments { () -> "type[]" = |_, v, _| Ok(type_array(this_type(v).arguments)); }
        IsAssignableFrom {
            (c: TYPE) -> "bool" = |_, v, a| {
                let (to, from) = (this_type(v), this_type(arg(a, 0)));
                Ok(Value::bool(from.derives_from(to) || types::implements(from, to)))
            };
        }
        IsInstanceOfType {
            (o: OBJ) -> "bool" = |_, v, a| Ok(Value::bool(types::is_instance(arg(a, 0), this_type(v))));
        }
        IsSubclassOf {
            (c: TYPE) -> "bool" = |_, v, a| {
                let (t, c) = (this_type(v), this_type(arg(a, 0)));
                Ok(Value::bool(!t.is(c) && t.derives_from(c)))
            };
        }
        MakeArrayType { () -> "type" = |_, v, _| Ok(Value::type_value(types::array_of(this_type(v)))); }
        ToString { () -> "string" = |_, v, _| Ok(Value::text(this_type(v).name)); }
    },
    static_properties: properties! {
        EmptyTypes: "type[]" = |_, _| Ok(type_array(&[]));
    },
    static_methods: methods! {
        GetType {
            (typeName: STR) -> "type" = |shell, _, a| get_type(shell, a);
            (typeName: STR, throwOnError: BOOL) -> "type" = |shell, _, a| get_type(shell, a);
            (typeName: STR, throwOnError: BOOL, ignoreCase: BOOL) -> "type" = |shell, _, a| get_type(shell, a);
        }
        GetTypeCode {
            (type: TYPE) -> "System.TypeCode" = |_, _, a| {
                let code = match this_type(arg(a, 0)).kind {
                    Kind::Boolean => 3,
                    Kind::Char => 4,
                    Kind::SByte => 5,
                    Kind::Byte => 6,
                    Kind::Int16 => 7,
                    Kind::UInt16 => 8,
                    Kind::Int32 | Kind::Enum => 9,
                    Kind::UInt32 => 10,
                    Kind::Int64 => 11,
                    Kind::UInt64 => 12,
                    Kind::Single => 13,
                    Kind::Double => 14,
                    Kind::Decimal => 15,
                    Kind::DateTime => 16,
                    Kind::String => 18,
                    _ => 1,
                };
                Ok(Value::enumeration(&types::enums::TYPE_CODE, code))
            };
        }
    },
    constructors: &[],
};

fn type_array(all: &[TypeRef]) -> Value {
    Value::list_of(&exsh_core::types::TYPE_ARRAY, all.iter().map(|t| Value::type_value(t)).collect())
}

/// `System.Activator`.
pub static ACTIVATOR: exsh_core::TypeInfo = exsh_core::TypeInfo::class(
    "System.Activator",
    MemberTable {
        static_methods: methods! {
            CreateInstance {
                (type: TYPE) -> "System.Object" = |shell, _, a| create(shell, a);
                (type: TYPE, args: OBJS => rest) -> "System.Object" = |shell, _, a| create(shell, a);
            }
        },
        ..MemberTable::EMPTY
    },
);

fn create(shell: &mut dyn Shell, a: &[Value]) -> Result<Value> {
    let Some(t) = arg(a, 0).base().as_type() else { return Err(fail::argument_null("type")) };
    let arguments = match arg(a, 1).base().as_list() {
        Some(l) => l.items().clone(),
        None => Vec::new(),
    };
    crate::member::construct(shell, t, &arguments)
}
