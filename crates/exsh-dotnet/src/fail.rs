//! Errors of this crate's own making, in the reference's ids and words.
//!
//! A method's body answers with a plain .NET exception ([`thrown`]); the call wraps it as a MethodInvocationException.

use exsh_core::{Category, ErrorRecord, Exception, Flow, Value};

/// A .NET exception as it leaves a method. Its id is its own type's name, as the reference shows one that nobody
/// wrapped.
pub fn thrown(type_name: &str, message: impl AsRef<str>) -> Box<Flow> {
    let e = Exception::new(type_name, message.as_ref());
    Flow::error(ErrorRecord::new(type_name, Category::OperationStopped, e))
}

/// As [`thrown`], with an inner exception's facts.
pub fn thrown_with(exception: Exception) -> Box<Flow> {
    let id = exception.type_name.clone();
    Flow::error(ErrorRecord::new(id, Category::OperationStopped, exception))
}

/// `message (Parameter 'name')`.
pub fn argument(message: &str, parameter: &str) -> Box<Flow> {
    thrown("System.ArgumentException", format!("{message} (Parameter '{parameter}')"))
}

pub fn argument_null(parameter: &str) -> Box<Flow> {
    thrown("System.ArgumentNullException", format!("Value cannot be null. (Parameter '{parameter}')"))
}

pub fn out_of_range(message: &str, parameter: &str) -> Box<Flow> {
    thrown("System.ArgumentOutOfRangeException", format!("{message} (Parameter '{parameter}')"))
}

/// An index beyond a list.
pub fn index_range() -> Box<Flow> {
    out_of_range(
        "Index was out of range. Must be non-negative and less than the size of the collection.",
        "index",
    )
}

/// `name ('value') must be less than or equal to 'limit'`.
pub fn too_large(parameter: &str, value: i64, limit: i64) -> Box<Flow> {
    thrown(
        "System.ArgumentOutOfRangeException",
        format!(
            "{parameter} ('{value}') must be less than or equal to '{limit}'. (Parameter '{parameter}')\nActual value was {value}."
        ),
    )
}

pub fn negative(parameter: &str, value: i64) -> Box<Flow> {
    thrown(
        "System.ArgumentOutOfRangeException",
        format!(
            "{parameter} ('{value}') must be a non-negative value. (Parameter '{parameter}')\nActual value was {value}."
        ),
    )
}

pub fn format(message: impl AsRef<str>) -> Box<Flow> {
    thrown("System.FormatException", message)
}

pub fn overflow(message: impl AsRef<str>) -> Box<Flow> {
    thrown("System.OverflowException", message)
}

pub fn invalid_operation(message: impl AsRef<str>) -> Box<Flow> {
    thrown("System.InvalidOperationException", message)
}

pub fn not_supported(message: impl AsRef<str>) -> Box<Flow> {
    thrown("System.NotSupportedException", message)
}

/// A failed conversion: a RuntimeException of category InvalidArgument.
pub fn cast(id: &str, message: String) -> Box<Flow> {
    let inner = Exception::new("System.Management.Automation.PSInvalidCastException", message.as_str());
    ErrorRecord::new(id, Category::InvalidArgument, Exception::runtime(message).with_inner(inner)).into()
}

/// A failed operation of the language: a RuntimeException of category InvalidOperation.
pub fn operation(id: &str, message: impl AsRef<str>) -> Box<Flow> {
    ErrorRecord::runtime(id, Category::InvalidOperation, message.as_ref()).into()
}

/// As [`operation`], on a target.
pub fn operation_on(id: &str, message: impl AsRef<str>, target: Value) -> Box<Flow> {
    ErrorRecord::runtime(id, Category::InvalidOperation, message.as_ref()).on(target).into()
}

/// An exception of the engine that is no RuntimeException itself.
pub fn engine(type_name: &str, id: &str, category: Category, message: impl AsRef<str>) -> Box<Flow> {
    ErrorRecord::of(format!("System.Management.Automation.{type_name}"), id, category, message.as_ref())
        .into()
}

/// The message of a failure, for messages that quote it.
pub fn message(flow: &Flow) -> String {
    flow.record().map_or_else(String::new, |r| r.exception.message.to_string())
}
