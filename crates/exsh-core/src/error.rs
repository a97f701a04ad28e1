//! Error records and everything else that ends a statement early.
//!
//! The id is the contract: it has the reference's spelling and scripts match on it. Wording may improve, ids do not
//! change. Positions are attached by the engine at the call site; no cmdlet handles spans.

use crate::object::Object;
use crate::types::{TypeInfo, TypeRef};
use crate::value::Value;
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

/// The result of anything that a script can make fail. One pointer wide on the error side.
pub type Result<T> = std::result::Result<T, Box<Flow>>;

/// Why control left early.
pub enum Flow {
    /// A terminating error.
    Error(Rc<ErrorRecord>),
    /// A later stage wants no more (`Select-Object -First`); the number says which pipeline's stage asked.
    StopUpstream(u64),
    /// `break` and `continue`, looking for their loop up the call stack.
    Break(Option<Rc<str>>),
    Continue(Option<Rc<str>>),
    /// `return` that crosses a closure border; what it returns was already emitted.
    Return,
    /// `exit`.
    Exit(i32),
    /// Ctrl-C or a stopped pipeline: no catch block sees it.
    Interrupted,
}

impl Flow {
    pub fn error(record: ErrorRecord) -> Box<Flow> {
        Box::new(Flow::Error(Rc::new(record)))
    }
    /// The record, if this is an error.
    pub fn record(&self) -> Option<&Rc<ErrorRecord>> {
        match self {
            Flow::Error(r) => Some(r),
            _ => None,
        }
    }
}

impl From<ErrorRecord> for Box<Flow> {
    fn from(record: ErrorRecord) -> Box<Flow> {
        Flow::error(record)
    }
}

/// PowerShell's error categories, in its numeric order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Category {
    NotSpecified,
    OpenError,
    CloseError,
    DeviceError,
    DeadlockDetected,
    InvalidArgument,
    InvalidData,
    InvalidOperation,
    InvalidResult,
    InvalidType,
    MetadataError,
    NotImplemented,
    NotInstalled,
    ObjectNotFound,
    OperationStopped,
    OperationTimeout,
    SyntaxError,
    ParserError,
    PermissionDenied,
    ResourceBusy,
    ResourceExists,
    ResourceUnavailable,
    ReadError,
    WriteError,
    FromStdErr,
    SecurityError,
    ProtocolError,
    ConnectionError,
    AuthenticationError,
    LimitsExceeded,
    QuotaExceeded,
    NotEnabled,
}

impl Category {
    pub fn name(self) -> &'static str {
        CATEGORY_NAMES[self as usize]
    }
    /// The category of that name in any case.
    pub fn parse(text: &str) -> Option<Category> {
        let i = CATEGORY_NAMES.iter().position(|n| n.eq_ignore_ascii_case(text))?;
        Some(ALL_CATEGORIES[i])
    }
}

macro_rules! categories {
    ($($n:ident)*) => {
        const CATEGORY_NAMES: &[&str] = &[$(stringify!($n)),*];
        const ALL_CATEGORIES: &[Category] = &[$(Category::$n),*];
    };
}
categories! {
    NotSpecified OpenError CloseError DeviceError DeadlockDetected InvalidArgument InvalidData InvalidOperation
    InvalidResult InvalidType MetadataError NotImplemented NotInstalled ObjectNotFound OperationStopped
    OperationTimeout SyntaxError ParserError PermissionDenied ResourceBusy ResourceExists ResourceUnavailable
    ReadError WriteError FromStdErr SecurityError ProtocolError ConnectionError AuthenticationError LimitsExceeded
    QuotaExceeded NotEnabled
}

/// A .NET exception by name.
#[derive(Clone)]
pub struct Exception {
    /// Full type name: `System.DivideByZeroException`.
    pub type_name: Rc<str>,
    pub message: Rc<str>,
    pub inner: Option<Rc<Exception>>,
    /// Extra properties that scripts read (`FileName`, `Data` …), in order.
    pub properties: Vec<(&'static str, Value)>,
    /// The record that this exception was made for or carries (RuntimeException.ErrorRecord).
    pub thrown: Option<Value>,
}

impl Exception {
    pub fn new(type_name: impl Into<Rc<str>>, message: impl Into<Rc<str>>) -> Exception {
        Exception {
            type_name: type_name.into(),
            message: message.into(),
            inner: None,
            properties: Vec::new(),
            thrown: None,
        }
    }
    /// `System.Management.Automation.RuntimeException`, what the engine throws.
    pub fn runtime(message: impl Into<Rc<str>>) -> Exception {
        Exception::new("System.Management.Automation.RuntimeException", message)
    }
    pub fn with_inner(mut self, inner: Exception) -> Exception {
        self.inner = Some(Rc::new(inner));
        self
    }
    pub fn with(mut self, name: &'static str, value: Value) -> Exception {
        self.properties.push((name, value));
        self
    }
    /// The name behind the last dot.
    pub fn short_type(&self) -> &str {
        self.type_name.rsplit(['.', '+']).next().unwrap_or(&self.type_name)
    }
}

/// Where something stands in a script.
#[derive(Clone)]
pub struct Position {
    /// Full path of the script file; nothing for typed text.
    pub file: Option<Rc<str>>,
    /// The whole source.
    pub source: Rc<str>,
    /// Byte offsets into `source`.
    pub start: u32,
    pub end: u32,
    /// 1-based line, and 1-based column in UTF-16 units.
    pub line: u32,
    pub column: u32,
}

impl Position {
    /// The text between start and end.
    pub fn text(&self) -> &str {
        self.source.get(self.start as usize..self.end as usize).unwrap_or("")
    }
    /// The line in which the position starts, without its end.
    pub fn line_text(&self) -> &str {
        let s = &*self.source;
        let start = (self.start as usize).min(s.len());
        let from = s[..start].rfind('\n').map_or(0, |i| i + 1);
        let to = s[start..].find('\n').map_or(s.len(), |i| start + i);
        s[from..to].trim_end_matches('\r')
    }
}

/// What was being run when an error came up.
#[derive(Clone)]
pub struct Invocation {
    /// The command's name as resolved (`Get-Item`), empty for an expression.
    pub command: Rc<str>,
    /// The command's name as written.
    pub invocation_name: Rc<str>,
    pub position: Option<Position>,
    /// 1-based position in the pipeline and its length.
    pub pipeline_position: u32,
    pub pipeline_length: u32,
    /// Functions and scripts are not cmdlets; NormalView names them in other places.
    pub is_cmdlet: bool,
}

/// An error as PowerShell records it.
pub struct ErrorRecord {
    pub exception: Exception,
    pub category: Category,
    /// First part of FullyQualifiedErrorId; may be empty.
    pub id: Rc<str>,
    pub target: Value,
    /// Replaces the message in displays (ErrorDetails).
    pub details: RefCell<Option<Rc<str>>>,
    /// ErrorDetails.RecommendedAction.
    pub recommended_action: Option<Rc<str>>,
    /// What the engine attaches.
    pub context: RefCell<Context>,
}

/// The engine's part of an error record.
#[derive(Clone, Default)]
pub struct Context {
    pub invocation: Option<Rc<Invocation>>,
    /// Second part of FullyQualifiedErrorId: the cmdlet's id (`Microsoft.PowerShell.Commands.GetItemCommand`) or
    /// the function's name; nothing for the engine's own errors.
    pub command_id: Option<Rc<str>>,
    /// CategoryInfo's own texts, where they were given.
    pub activity: Option<Rc<str>>,
    pub reason: Option<Rc<str>>,
    pub target_name: Option<Rc<str>>,
    pub target_type: Option<Rc<str>>,
    pub stack_trace: Option<Rc<str>>,
    /// Came from `throw`.
    pub thrown: bool,
    /// Where a remote record came from (`PSComputerName`).
    pub origin: Option<Rc<str>>,
    /// Already stands in `$Error`.
    pub recorded: bool,
}

impl ErrorRecord {
    pub fn new(id: impl Into<Rc<str>>, category: Category, exception: Exception) -> ErrorRecord {
        ErrorRecord {
            exception,
            category,
            id: id.into(),
            target: Value::NULL,
            details: RefCell::new(None),
            recommended_action: None,
            context: RefCell::default(),
        }
    }

    /// An engine error: a RuntimeException with this message.
    pub fn runtime(id: impl Into<Rc<str>>, category: Category, message: impl Into<Rc<str>>) -> ErrorRecord {
        ErrorRecord::new(id, category, Exception::runtime(message))
    }

    /// An error of the given exception type.
    pub fn of(
        type_name: impl Into<Rc<str>>,
        id: impl Into<Rc<str>>,
        category: Category,
        message: impl Into<Rc<str>>,
    ) -> ErrorRecord {
        ErrorRecord::new(id, category, Exception::new(type_name, message))
    }

    pub fn on(mut self, target: Value) -> ErrorRecord {
        self.target = target;
        self
    }

    pub fn advice(mut self, action: impl Into<Rc<str>>) -> ErrorRecord {
        self.recommended_action = Some(action.into());
        self
    }

    /// The text a display shows.
    pub fn message(&self) -> Rc<str> {
        self.details.borrow().clone().unwrap_or_else(|| self.exception.message.clone())
    }

    pub fn fully_qualified_id(&self) -> String {
        match &self.context.borrow().command_id {
            Some(c) if !c.is_empty() => format!("{},{}", self.id, c),
            _ => self.id.to_string(),
        }
    }
}

/// An error record as a value (`$_` in a catch block, an item of `$Error`).
pub struct ErrorObject(pub Rc<ErrorRecord>);

/// An exception as a value (`$_.Exception`). Its shown type is the exception's own name.
pub struct ExceptionObject(pub Rc<Exception>);

pub static ERROR_RECORD: TypeInfo =
    TypeInfo::class("System.Management.Automation.ErrorRecord", crate::types::MemberTable::EMPTY);
/// The root of the exception types; the concrete type is found by `Exception::type_name`.
pub static EXCEPTION: TypeInfo = TypeInfo::class("System.Exception", crate::types::MemberTable::EMPTY);

impl Object for ErrorObject {
    fn type_info(&self) -> TypeRef {
        &ERROR_RECORD
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.0.message().to_string())
    }
    fn key_equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<ErrorObject>().is_some_and(|o| Rc::ptr_eq(&o.0, &self.0))
    }
    fn key_hash(&self) -> Option<u64> {
        Some(Rc::as_ptr(&self.0) as usize as u64)
    }
}

impl Object for ExceptionObject {
    fn type_info(&self) -> TypeRef {
        &EXCEPTION
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(format!("{}: {}", self.0.type_name, self.0.message))
    }
}

impl From<Rc<ErrorRecord>> for Value {
    fn from(r: Rc<ErrorRecord>) -> Value {
        Value::object(ErrorObject(r))
    }
}
