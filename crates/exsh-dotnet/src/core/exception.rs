//! `System.Exception` and everything beneath it.

use crate::sig::*;
use crate::types::exceptions;
use exsh_core::error::{ErrorObject, ExceptionObject};
use exsh_core::types::{MemberTable, Overload, Property};
use exsh_core::value::KeyMode;
use exsh_core::{ErrorRecord, Exception, Result, Table, Value};
use std::rc::Rc;

fn exception(v: &Value) -> Option<&Rc<Exception>> {
    v.downcast::<ExceptionObject>().map(|e| &e.0)
}

/// An exception as a value.
pub fn value(e: Exception) -> Value {
    Value::object(ExceptionObject(Rc::new(e)))
}

/// The facts that an exception of a special type carries.
pub fn fact(v: &Value, name: &str) -> Option<Value> {
    let e = exception(v)?;
    e.properties.iter().find(|p| p.0.eq_ignore_ascii_case(name)).map(|p| p.1.clone())
}

/// An exception that a value stands for: itself, an error record's, or a RuntimeException with its text.
pub fn of(v: &Value) -> Exception {
    if let Some(e) = exception(v) {
        return (**e).clone();
    }
    if let Some(r) = v.downcast::<ErrorObject>() {
        return r.0.exception.clone();
    }
    Exception::runtime(crate::text::to_text(v).as_str())
}

const CONSTRUCTORS: &[Overload] = constructors! {
    "System.Exception";
    () = |_, t, _| make(t, &[]);
    (message: STR) = |_, t, a| make(t, a);
    (message: STR, innerException: &exsh_core::error::EXCEPTION) = |_, t, a| make(t, a);
    (message: STR, paramName: STR) = |_, t, a| make(t, a);
};

fn make(ty: &Value, a: &[Value]) -> Result<Value> {
    let name = ty.as_type().map_or("System.Exception", |t| t.name);
    let argument = name.ends_with("ArgumentNullException") || name.ends_with("ArgumentOutOfRangeException");
    let mut message = match opt_str(a, 0) {
        Some(m) => m.to_string(),
        None => default_message(name),
    };
    let mut e = Exception::new(name, "");
    let second = arg(a, 1);
    match exception(second) {
        Some(inner) => e.inner = Some(inner.clone()),
        // ArgumentException takes (message, name), its two children (name, message).
        None if a.len() == 2 && argument => {
            message = format!("{} (Parameter '{}')", str_at(a, 1), str_at(a, 0));
        }
        None if a.len() == 2 => message = format!("{message} (Parameter '{}')", str_at(a, 1)),
        None if a.len() == 1 && argument => {
            let text = default_message(name);
            message = format!("{text} (Parameter '{message}')");
        }
        None => {}
    }
    e.message = message.into();
    Ok(value(e))
}

fn default_message(name: &str) -> String {
    match name {
        "System.ArgumentNullException" => "Value cannot be null.".into(),
        "System.ArgumentOutOfRangeException" => {
            "Specified argument was out of the range of valid values.".into()
        }
        "System.ArgumentException" => "Value does not fall within the expected range.".into(),
        "System.InvalidOperationException" => {
            "Operation is not valid due to the current state of the object.".into()
        }
        "System.NotImplementedException" => "The method or operation is not implemented.".into(),
        "System.NotSupportedException" => "Specified method is not supported.".into(),
        "System.FormatException" => "One of the identified items was in an invalid format.".into(),
        "System.TimeoutException" => "The operation has timed out.".into(),
        "System.DivideByZeroException" => "Attempted to divide by zero.".into(),
        "System.UnauthorizedAccessException" => "Attempted to perform an unauthorized operation.".into(),
        "System.IO.IOException" => "I/O error occurred.".into(),
        "System.IO.FileNotFoundException" => "Unable to find the specified file.".into(),
        _ => format!("Exception of type '{name}' was thrown."),
    }
}

pub static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        TargetSite: "System.Reflection.MethodBase" = |_, _| Ok(Value::NULL);
        Message: "string" = |_, v| Ok(exception(v).map_or(Value::NULL, |e| Value::text(&*e.message)));
        Data: "System.Collections.IDictionary" = |_, _| {
            Ok(Value::table(Table::new(&exsh_core::types::HASHTABLE, KeyMode::IgnoreCase)))
        };
        InnerException: "System.Exception" = |_, v| {
            let inner = exception(v).and_then(|e| e.inner.clone());
            Ok(inner.map_or(Value::NULL, |i| Value::object(ExceptionObject(i))))
        };
        HelpLink: "string" = |_, _| Ok(Value::NULL);
        Source: "string" = |_, _| Ok(Value::NULL);
        HResult: "int" = |_, v| Ok(Value::int(exception(v).map_or(0, |e| h_result(&e.type_name))));
        StackTrace: "string" = |_, _| Ok(Value::NULL);
    },
    methods: methods! {
        GetBaseException {
            () -> "System.Exception" = |_, v, _| {
                let Some(mut e) = exception(v).cloned() else { return Ok(Value::NULL) };
                while let Some(inner) = e.inner.clone() {
                    e = inner;
                }
                Ok(Value::object(ExceptionObject(e)))
            };
        }
        ToString { () -> "string" = |_, v, _| Ok(Value::string(crate::text::to_text(v))); }
    },
    static_properties: &[],
    static_methods: &[],
    constructors: CONSTRUCTORS,
};

/// What exceptions of the engine, of files and of arguments add. A fact that this exception has not reads as null.
pub static DERIVED: MemberTable = MemberTable {
    properties: &[
        hidden("ErrorRecord", "System.Management.Automation.ErrorRecord", |_, v| {
            let Some(e) = exception(v) else { return Ok(Value::NULL) };
            if let Some(r) = fact(v, "ErrorRecord") {
                return Ok(r);
            }
            let id = e.short_type().to_string();
            let record = ErrorRecord::new(id, exsh_core::Category::NotSpecified, (**e).clone());
            Ok(Value::from(Rc::new(record)))
        }),
        hidden("WasThrownFromThrowStatement", "bool", |_, v| {
            Ok(fact(v, "WasThrownFromThrowStatement").unwrap_or(Value::FALSE))
        }),
        hidden("ParamName", "string", |_, v| Ok(param_name(v))),
        hidden("FileName", "string", |_, v| Ok(fact(v, "FileName").unwrap_or(Value::NULL))),
        hidden("CommandName", "string", |_, v| Ok(fact(v, "CommandName").unwrap_or(Value::NULL))),
        hidden("ParameterName", "string", |_, v| Ok(fact(v, "ParameterName").unwrap_or(Value::NULL))),
        hidden("ItemName", "string", |_, v| Ok(fact(v, "ItemName").unwrap_or(Value::NULL))),
        hidden("ErrorId", "string", |_, v| Ok(fact(v, "ErrorId").unwrap_or(Value::NULL))),
        hidden("Errors", "System.Object", |_, v| Ok(fact(v, "Errors").unwrap_or(Value::NULL))),
        hidden("NativeErrorCode", "int", |_, v| Ok(fact(v, "NativeErrorCode").unwrap_or(Value::NULL))),
    ],
    methods: &[],
    static_properties: &[],
    static_methods: &[],
    constructors: &[],
};

const fn hidden(name: &'static str, type_text: &'static str, get: exsh_core::types::Getter) -> Property {
    let mut p = Property::new(name, type_text, get);
    p.hidden = true;
    p
}

fn param_name(v: &Value) -> Value {
    let Some(e) = exception(v) else { return Value::NULL };
    match e.message.rsplit_once("(Parameter '") {
        Some((_, rest)) => Value::text(rest.split('\'').next().unwrap_or("")),
        None => Value::NULL,
    }
}

/// The number .NET gives to each type.
fn h_result(name: &str) -> i32 {
    let n: u32 = match name {
        "System.ArgumentException" => 0x8007_0057,
        "System.ArgumentNullException" => 0x8000_4003,
        "System.ArgumentOutOfRangeException" => 0x8013_1502,
        "System.DivideByZeroException" => 0x8002_0012,
        "System.FormatException" => 0x8013_1537,
        "System.IndexOutOfRangeException" => 0x8013_1508,
        "System.InvalidCastException" => 0x8000_4002,
        "System.InvalidOperationException" => 0x8013_1509,
        "System.IO.DirectoryNotFoundException" => 0x8007_0003,
        "System.IO.FileNotFoundException" => 0x8007_0002,
        "System.IO.IOException" => 0x8013_1620,
        "System.NotImplementedException" => 0x8000_4001,
        "System.NotSupportedException" => 0x8013_1515,
        "System.NullReferenceException" => 0x8000_4003,
        "System.OverflowException" => 0x8013_1516,
        "System.UnauthorizedAccessException" => 0x8007_0005,
        n if exceptions::find(n).is_some_and(|t| t.base.is_some_and(|b| b.name == "System.Exception")) => {
            0x8013_1500
        }
        _ => 0x8013_1501,
    };
    n as i32
}
