//! `System.Enum`: members of enumerations.

use crate::convert::enums;
use crate::core::enum_number;
use crate::core::reference::{REF, assign};
use crate::sig::*;
use crate::{culture, fail, text, types};
use exsh_core::types::{EnumInfo, INT32, MemberTable, TypeRef};
use exsh_core::{Result, Value};

fn type_at(a: &[Value]) -> Result<(TypeRef, &'static EnumInfo)> {
    match arg(a, 0).base().as_type() {
        None => Err(fail::argument_null("enumType")),
        Some(t) => match t.enumeration {
            Some(info) => Ok((t, info)),
            None => Err(fail::argument("Type provided must be an Enum.", "enumType")),
        },
    }
}

/// Members in order of their numbers, as .NET lists them.
fn sorted(info: &EnumInfo) -> Vec<(&'static str, i64)> {
    let mut all = info.members.to_vec();
    all.sort_by_key(|m| m.1 as u64);
    all
}

pub fn names(t: TypeRef) -> Result<Value> {
    let Some(info) = t.enumeration else {
        return Err(fail::argument("Type provided must be an Enum.", "enumType"));
    };
    Ok(strings(sorted(info).into_iter().map(|m| m.0)))
}

pub fn values(t: TypeRef) -> Result<Value> {
    let Some(info) = t.enumeration else {
        return Err(fail::argument("Type provided must be an Enum.", "enumType"));
    };
    let all = sorted(info).into_iter().map(|m| Value::enumeration(t, m.1)).collect();
    Ok(Value::list_of(types::array_of(t), all))
}

fn parse(a: &[Value], ignore_case: bool) -> Result<Value> {
    let (t, info) = type_at(a)?;
    let s = str_at(a, 1);
    let found = if ignore_case { enums::exact(info, &s) } else { exact_case(info, &s) };
    match found {
        Some(n) => Ok(Value::enumeration(t, n)),
        None if s.trim().is_empty() => {
            Err(fail::argument("Must specify valid information for parsing in the string.", "value"))
        }
        None => {
            Err(fail::thrown("System.ArgumentException", format!("Requested value '{s}' was not found.")))
        }
    }
}

fn exact_case(info: &EnumInfo, text: &str) -> Option<i64> {
    if let Ok(n) = text.trim().parse::<i32>() {
        return Some(n as i64);
    }
    let mut number = 0;
    for part in text.split(',') {
        number |= info.members.iter().find(|m| m.0 == part.trim())?.1;
    }
    Some(number)
}

pub static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        value__: "int" = |shell, this| {
            let underlying = types::of(this).and_then(|t| t.enumeration).map_or(&INT32, |e| e.underlying);
            crate::convert::cast(shell, &Value::long(enum_number(this)), underlying)
        };
    },
    methods: methods! {
        CompareTo {
            (target: OBJ) -> "int" = |_, this, a| Ok(Value::int(enum_number(this).cmp(&enum_number(arg(a, 0))) as i32));
        }
        GetTypeCode { () -> "System.TypeCode" = |_, _, _| Ok(Value::enumeration(&types::enums::TYPE_CODE, 9)); }
        HasFlag {
            (flag: OBJ) -> "bool" = |_, this, a| {
                let flag = enum_number(arg(a, 0));
                Ok(Value::bool(enum_number(this) & flag == flag))
            };
        }
        ToString {
            () -> "string" = |_, this, _| Ok(Value::string(text::to_text(this)));
            (format: STR) -> "string" = |_, this, a| {
                match text::format(this, &str_at(a, 0), culture::invariant()) {
                    Ok(s) => Ok(Value::text(s.unwrap_or_default())),
                    Err(e) => Err(fail::format(e)),
                }
            };
        }
    },
    static_properties: &[],
    static_methods: methods! {
        Parse {
            (enumType: TYPE, value: STR) -> "System.Object" = |_, _, a| parse(a, false);
            (enumType: TYPE, value: STR, ignoreCase: BOOL) -> "System.Object" = |_, _, a| parse(a, bool_at(a, 2));
        }
        TryParse {
            (enumType: TYPE, value: STR, result: REF) -> "bool" = |shell, _, a| try_parse(shell, a, 2, false);
            (enumType: TYPE, value: STR, ignoreCase: BOOL, result: REF) -> "bool" = |shell, _, a| {
                let ignore = bool_at(a, 2);
                try_parse(shell, a, 3, ignore)
            };
        }
        GetName {
            (enumType: TYPE, value: OBJ) -> "string" = |_, _, a| {
                let (_, info) = type_at(a)?;
                let n = enum_number(arg(a, 1));
                Ok(info.members.iter().find(|m| m.1 == n).map_or(Value::NULL, |m| Value::text(m.0)))
            };
        }
        GetNames { (enumType: TYPE) -> "string[]" = |_, _, a| names(type_at(a)?.0); }
        GetValues { (enumType: TYPE) -> "array" = |_, _, a| values(type_at(a)?.0); }
        GetUnderlyingType {
            (enumType: TYPE) -> "type" = |_, _, a| Ok(Value::type_value(type_at(a)?.1.underlying));
        }
        IsDefined {
            (enumType: TYPE, value: OBJ) -> "bool" = |_, _, a| {
                let (_, info) = type_at(a)?;
                Ok(Value::bool(match arg(a, 1).base().as_str() {
                    Some(s) => info.members.iter().any(|m| m.0 == s.as_str()),
                    None => info.members.iter().any(|m| m.1 == enum_number(arg(a, 1))),
                }))
            };
        }
        ToObject {
            (enumType: TYPE, value: OBJ) -> "System.Object" = |_, _, a| {
                Ok(Value::enumeration(type_at(a)?.0, enum_number(arg(a, 1))))
            };
        }
        Format {
            (enumType: TYPE, value: OBJ, format: STR) -> "string" = |_, _, a| {
                let v = Value::enumeration(type_at(a)?.0, enum_number(arg(a, 1)));
                match text::format(&v, &str_at(a, 2), culture::invariant()) {
                    Ok(s) => Ok(Value::text(s.unwrap_or_default())),
                    Err(e) => Err(fail::format(e)),
                }
            };
        }
    },
    constructors: &[],
};

fn try_parse(shell: &mut dyn exsh_core::Shell, a: &[Value], place: usize, ignore: bool) -> Result<Value> {
    let (t, _) = type_at(a)?;
    let parsed = parse(a, ignore);
    let ok = parsed.is_ok();
    assign(shell, arg(a, place), parsed.unwrap_or_else(|_| Value::enumeration(t, 0)))?;
    Ok(Value::bool(ok))
}
