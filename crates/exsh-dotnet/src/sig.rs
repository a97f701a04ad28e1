//! Short forms for the tables of members: types of parameters, and arguments read back as Rust values.

use exsh_core::types::{self, TypeRef};
use exsh_core::{Str, Value};

pub const OBJ: TypeRef = &types::OBJECT;
pub const STR: TypeRef = &types::STRING;
pub const CHAR: TypeRef = &types::CHAR;
pub const BOOL: TypeRef = &types::BOOLEAN;
pub const BYTE: TypeRef = &types::BYTE;
pub const SBYTE: TypeRef = &types::SBYTE;
pub const SHORT: TypeRef = &types::INT16;
pub const USHORT: TypeRef = &types::UINT16;
pub const INT: TypeRef = &types::INT32;
pub const UINT: TypeRef = &types::UINT32;
pub const LONG: TypeRef = &types::INT64;
pub const ULONG: TypeRef = &types::UINT64;
pub const FLOAT: TypeRef = &types::SINGLE;
pub const DOUBLE: TypeRef = &types::DOUBLE;
pub const DECIMAL: TypeRef = &types::DECIMAL;
pub const DATE: TypeRef = &types::DATE_TIME;
pub const SPAN: TypeRef = &types::TIME_SPAN;
pub const GUID: TypeRef = &types::GUID;
pub const TYPE: TypeRef = &types::TYPE;
pub const ARRAY: TypeRef = &types::ARRAY;
pub const OBJS: TypeRef = &types::OBJECT_ARRAY;
pub const STRS: TypeRef = &types::STRING_ARRAY;
pub const CHARS: TypeRef = &types::CHAR_ARRAY;
pub const BYTES: TypeRef = &types::BYTE_ARRAY;
pub const BLOCK: TypeRef = &types::SCRIPT_BLOCK;

/// Methods of a table: `Name { (param: TYPE => optional, …) -> "type" = body; … }`.
macro_rules! methods {
    ($($name:ident { $( ( $($p:ident : $ty:expr $(=> $kind:ident)?),* $(,)? ) -> $ret:literal = $call:expr; )+ })*) => {
        &[ $( exsh_core::types::Method {
            name: stringify!($name),
            overloads: &[ $( exsh_core::types::Overload {
                parameters: &[ $( exsh_core::types::Parameter::new(stringify!($p), $ty) $(.$kind())? ),* ],
                returns: $ret,
                call: $call,
            } ),+ ],
        } ),* ]
    };
}

/// Constructors: `(param: TYPE, …) = body; …` of the type whose text is given.
macro_rules! constructors {
    ($ret:literal; $( ( $($p:ident : $ty:expr $(=> $kind:ident)?),* $(,)? ) = $call:expr; )*) => {
        &[ $( exsh_core::types::Overload {
            parameters: &[ $( exsh_core::types::Parameter::new(stringify!($p), $ty) $(.$kind())? ),* ],
            returns: $ret,
            call: $call,
        } ),* ]
    };
}

/// Properties: `Name: "type" = getter;` or `Name: "type" = getter, set setter;`.
macro_rules! properties {
    ($($name:ident : $ty:literal = $get:expr $(, set $set:expr)? ;)*) => {
        &[ $( exsh_core::types::Property::new(stringify!($name), $ty, $get) $(.settable($set))? ),* ]
    };
}

pub(crate) use {constructors, methods, properties};

/// The argument at `i`, null when it was left out.
pub fn arg(a: &[Value], i: usize) -> &Value {
    const NULL: &Value = &Value::NULL;
    a.get(i).unwrap_or(NULL)
}

pub fn str_of(v: &Value) -> Str {
    match v.base().as_str() {
        Some(s) => s.clone(),
        None => crate::text::to_text(v),
    }
}

pub fn str_at(a: &[Value], i: usize) -> Str {
    str_of(arg(a, i))
}

/// Nothing when the argument is null or absent.
pub fn opt_str(a: &[Value], i: usize) -> Option<Str> {
    let v = arg(a, i);
    if v.is_null() { None } else { Some(str_of(v)) }
}

pub fn int_at(a: &[Value], i: usize) -> i64 {
    arg(a, i).base().as_int().map(i64::from).or(arg(a, i).base().as_long()).unwrap_or(0)
}

pub fn long_of(v: &Value) -> i64 {
    crate::convert::numeric::integral(v.base()).map_or(0, |n| n as i64)
}

pub fn double_at(a: &[Value], i: usize) -> f64 {
    crate::convert::numeric::to_f64(arg(a, i).base()).unwrap_or(0.0)
}

pub fn bool_at(a: &[Value], i: usize) -> bool {
    arg(a, i).base().as_bool().unwrap_or(false)
}

pub fn char_at(a: &[Value], i: usize) -> u16 {
    arg(a, i).base().as_char().unwrap_or(0)
}

pub fn date_at(a: &[Value], i: usize) -> u64 {
    arg(a, i).base().as_date_time().unwrap_or(0)
}

pub fn span_at(a: &[Value], i: usize) -> i64 {
    arg(a, i).base().as_time_span().unwrap_or(0)
}

/// The number of an enum argument.
pub fn enum_at(a: &[Value], i: usize) -> i64 {
    arg(a, i).base().as_enum().map_or_else(|| int_at(a, i), |e| e.number)
}

/// Bytes of a `byte[]` argument.
pub fn bytes_of(v: &Value) -> Vec<u8> {
    match v.base().as_list() {
        Some(l) => l.items().iter().map(|b| long_of(b) as u8).collect(),
        None => Vec::new(),
    }
}

/// A `string[]`.
pub fn strings<S: Into<Str>>(items: impl IntoIterator<Item = S>) -> Value {
    Value::list_of(&types::STRING_ARRAY, items.into_iter().map(|s| Value::string(s.into())).collect())
}
