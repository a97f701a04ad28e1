//! The binder's error records: ids, wording, categories and exception types of the reference.
//!
//! Ids and texts are observed (recorded runs of the reference shell) unless a function says otherwise.

use super::{BindError, CommandMeta};
use exsh_core::error::{Category, ErrorRecord, Exception};
use exsh_core::types::TypeRef;
use exsh_core::value::{Str, Value};
use std::rc::Rc;

/// A record on its way out; boxed so that success stays cheap.
pub(super) type Fault = Box<ErrorRecord>;

const BINDING: &str = "System.Management.Automation.ParameterBindingException";
const VALIDATION: &str = "System.Management.Automation.ParameterBindingValidationException";
const TRANSFORMATION: &str = "System.Management.Automation.ParameterBindingArgumentTransformationException";
const METADATA_VALIDATION: &str = "System.Management.Automation.ValidationMetadataException";
const METADATA_TRANSFORMATION: &str = "System.Management.Automation.ArgumentTransformationMetadataException";

/// The parameter that an error is about.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub name: &'a str,
    pub ty: Option<TypeRef>,
}

impl<'a> Subject<'a> {
    pub fn new(name: &'a str, ty: TypeRef) -> Subject<'a> {
        Subject { name, ty: Some(ty) }
    }
}

/// The error of a call without its mandatory parameters: what is thrown when nobody can be asked.
pub fn missing_mandatory_error(meta: &CommandMeta, missing: &[u16]) -> ErrorRecord {
    let names: Vec<&str> = missing.iter().map(|&i| meta.params[i as usize].spelling.as_str()).collect();
    let names = names.join(" ");
    let message =
        format!("Cannot process command because of one or more missing mandatory parameters: {names}.");
    let subject = Subject { name: &names, ty: None };
    *record(
        meta,
        BINDING,
        Category::InvalidArgument,
        "MissingMandatoryParameter",
        message,
        Some(subject),
        None,
    )
}

pub(super) fn not_found(meta: &CommandMeta, name: &str) -> Fault {
    let message = format!("A parameter cannot be found that matches parameter name '{name}'.");
    binding(meta, "NamedParameterNotFound", message, Some(Subject { name, ty: None }), None)
}

pub(super) fn ambiguous(meta: &CommandMeta, name: &str, candidates: &[&str]) -> Fault {
    let list: String = candidates.iter().map(|c| format!(" -{c}")).collect();
    let message = format!(
        "Parameter cannot be processed because the parameter name '{name}' is ambiguous. Possible matches include:{list}."
    );
    binding(meta, "AmbiguousParameter", message, Some(Subject { name, ty: None }), None)
}

pub(super) fn missing_argument(meta: &CommandMeta, subject: Subject<'_>) -> Fault {
    let ty = subject.ty.map_or("", |t| t.name);
    let message = format!(
        "Missing an argument for parameter '{}'. Specify a parameter of type '{ty}' and try again.",
        subject.name
    );
    binding(meta, "MissingArgument", message, Some(subject), None)
}

pub(super) fn already_bound(meta: &CommandMeta, subject: Subject<'_>) -> Fault {
    let message = format!(
        "Cannot bind parameter because parameter '{}' is specified more than once. To provide multiple values to \
         parameters that can accept multiple values, use the array syntax. For example, \
         \"-parameter value1,value2,value3\".",
        subject.name
    );
    binding(meta, "ParameterAlreadyBound", message, Some(subject), None)
}

pub(super) fn surplus_value(meta: &CommandMeta, value: &Value) -> Fault {
    let text = shown(value);
    let message = format!("A positional parameter cannot be found that accepts argument '{text}'.");
    let specified = value.type_info();
    binding(meta, "PositionalParameterNotFound", message, Some(Subject { name: &text, ty: None }), specified)
}

/// Two parameters claim the same place (documented id; wording ours).
pub(super) fn ambiguous_position(meta: &CommandMeta) -> Fault {
    let message = "Positional parameters cannot be bound because no names were given.".to_owned();
    binding(meta, "AmbiguousPositionalParameterNoName", message, None, None)
}

pub(super) fn ambiguous_set(meta: &CommandMeta) -> Fault {
    let message = "Parameter set cannot be resolved using the specified named parameters. One or more parameters \
                   issued cannot be used together or an insufficient number of parameters were provided.";
    binding(meta, "AmbiguousParameterSet", message.to_owned(), None, None)
}

pub(super) fn null_not_allowed(meta: &CommandMeta, subject: Subject<'_>) -> Fault {
    unacceptable(meta, "ParameterArgumentValidationErrorNullNotAllowed", "null", subject)
}

pub(super) fn empty_string(meta: &CommandMeta, subject: Subject<'_>) -> Fault {
    unacceptable(meta, "ParameterArgumentValidationErrorEmptyStringNotAllowed", "an empty string", subject)
}

pub(super) fn empty_collection(meta: &CommandMeta, subject: Subject<'_>, array: bool) -> Fault {
    if array {
        unacceptable(meta, "ParameterArgumentValidationErrorEmptyArrayNotAllowed", "an empty array", subject)
    } else {
        let id = "ParameterArgumentValidationErrorEmptyCollectionNotAllowed";
        unacceptable(meta, id, "an empty collection", subject)
    }
}

fn unacceptable(meta: &CommandMeta, id: &'static str, what: &str, subject: Subject<'_>) -> Fault {
    let message = format!("Cannot bind argument to parameter '{}' because it is {what}.", subject.name);
    record(meta, VALIDATION, Category::InvalidData, id, message, Some(subject), None)
}

/// A validation attribute refused the value; `inner` is its own message.
pub(super) fn invalid(meta: &CommandMeta, subject: Subject<'_>, inner: &str) -> Fault {
    let message = format!("Cannot validate argument on parameter '{}'. {inner}", subject.name);
    let mut r = record(
        meta,
        VALIDATION,
        Category::InvalidData,
        "ParameterArgumentValidationError",
        message,
        Some(subject),
        None,
    );
    r.exception = r.exception.with_inner(Exception::new(METADATA_VALIDATION, inner));
    r
}

/// A script parameter's type refused the value.
pub(super) fn not_transformed(
    meta: &CommandMeta,
    subject: Subject<'_>,
    inner: &Exception,
    value: &Value,
) -> Fault {
    let message =
        format!("Cannot process argument transformation on parameter '{}'. {}", subject.name, inner.message);
    let mut r = record(
        meta,
        TRANSFORMATION,
        Category::InvalidData,
        "ParameterArgumentTransformationError",
        message,
        Some(subject),
        value.type_info(),
    );
    let metadata = Exception::new(METADATA_TRANSFORMATION, inner.message.clone()).with_inner(inner.clone());
    r.exception = r.exception.with_inner(metadata);
    r
}

/// A cmdlet parameter's type refused the value.
pub(super) fn not_converted(
    meta: &CommandMeta,
    subject: Subject<'_>,
    inner: &Exception,
    value: &Value,
) -> Fault {
    let message = format!("Cannot bind parameter '{}'. {}", subject.name, inner.message);
    let mut r = binding(meta, "CannotConvertArgumentNoMessage", message, Some(subject), value.type_info());
    r.exception = r.exception.with_inner(inner.clone());
    r
}

/// A cmdlet parameter takes no value of that type at all. `why` may be empty.
pub(super) fn wrong_type(meta: &CommandMeta, subject: Subject<'_>, value: &Value, why: &str) -> Fault {
    let message = format!(
        "Cannot convert '{}' to the type '{}' required by parameter '{}'. {why}",
        value.type_info().map_or("null", |t| t.name),
        subject.ty.map_or("", |t| t.name),
        subject.name
    );
    binding(meta, "CannotConvertArgument", message, Some(subject), value.type_info())
}

/// The parameter's own setter refused the value.
pub(super) fn not_set(meta: &CommandMeta, subject: Subject<'_>, why: &str) -> Fault {
    let message = format!(
        "Cannot bind parameter '{0}' to the target. Exception setting \"{0}\": \"{why}\"",
        subject.name
    );
    record(meta, BINDING, Category::WriteError, "ParameterBindingFailed", message, Some(subject), None)
}

pub(super) fn input_not_bound(meta: &CommandMeta, record_in: &Value) -> Fault {
    let message = "The input object cannot be bound to any parameters for the command either because the command \
                   does not take pipeline input or the input and its properties do not match any of the \
                   parameters that take pipeline input.";
    on(binding(meta, "InputObjectNotBound", message.to_owned(), None, None), record_in)
}

pub(super) fn input_incomplete(meta: &CommandMeta, missing: &[u16], record_in: &Value) -> Fault {
    let names: String =
        missing.iter().map(|&i| format!(" {}", meta.params[i as usize].spelling.as_str())).collect();
    let message = format!(
        "The input object cannot be bound because it did not contain the information required to bind all mandatory \
         parameters: {names}"
    );
    on(binding(meta, "InputObjectMissingMandatory", message, None, None), record_in)
}

/// A script block stands for a value, but there is no record to run it for (documented wording).
pub(super) fn block_without_input(meta: &CommandMeta, subject: Subject<'_>) -> Fault {
    let message = format!(
        "Cannot evaluate parameter '{}' because its argument is specified as a script block and there is no input. \
         A script block cannot be evaluated without input.",
        subject.name
    );
    record(meta, BINDING, Category::MetadataError, "ScriptBlockArgumentNoInput", message, Some(subject), None)
}

/// A script block that stands for a value gave none for this record (id documented, wording ours).
pub(super) fn block_without_output(meta: &CommandMeta, subject: Subject<'_>) -> Fault {
    let message = format!(
        "Cannot evaluate parameter '{}' because its argument is specified as a script block and the block produced \
         no output.",
        subject.name
    );
    binding(meta, "ScriptBlockArgumentNoOutput", message, Some(subject), None)
}

/// A script block that stands for a value failed for this record (documented wording).
pub(super) fn block_failed(meta: &CommandMeta, subject: Subject<'_>, inner: &Exception) -> Fault {
    let message =
        format!("The input to the script block for parameter '{}' failed. {}", subject.name, inner.message);
    let mut r = binding(meta, "ScriptBlockArgumentInvocationFailed", message, Some(subject), None);
    r.exception = r.exception.with_inner(inner.clone());
    r
}

pub(super) fn on(mut fault: Fault, target: &Value) -> Fault {
    fault.target = if target.is_null() { Value::NULL } else { target.clone() };
    fault
}

/// A value in a message: its ToString, not the language's joining of lists.
pub(super) fn shown(value: &Value) -> Str {
    if value.is_null() {
        return Str::from("$null");
    }
    exsh_dotnet::text::to_string_culture(value, exsh_dotnet::culture::invariant())
}

impl BindError {
    pub(super) fn at(record: Fault, argument: usize) -> BindError {
        BindError { record, argument: Some(argument) }
    }
    pub(super) fn whole(record: Fault) -> BindError {
        BindError { record, argument: None }
    }
}

fn binding(
    meta: &CommandMeta,
    id: &'static str,
    message: String,
    subject: Option<Subject<'_>>,
    specified: Option<TypeRef>,
) -> Fault {
    record(meta, BINDING, Category::InvalidArgument, id, message, subject, specified)
}

fn record(
    meta: &CommandMeta,
    exception: &'static str,
    category: Category,
    id: &'static str,
    message: String,
    subject: Option<Subject<'_>>,
    specified: Option<TypeRef>,
) -> Fault {
    let type_or_null = |t: Option<TypeRef>| t.map_or(Value::NULL, Value::type_value);
    let exception = Exception::new(exception, message)
        .with("ParameterName", Value::text(subject.map_or("", |s| s.name)))
        .with("ParameterType", type_or_null(subject.and_then(|s| s.ty)))
        .with("TypeSpecified", type_or_null(specified))
        .with("ErrorId", Value::text(id));
    let record = ErrorRecord::new(id, category, exception);
    if !meta.class.as_str().is_empty() {
        record.context.borrow_mut().command_id = Some(Rc::from(meta.class.as_str()));
    }
    Box::new(record)
}
