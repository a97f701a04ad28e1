//! The types that parameters of these cmdlets have beyond the contract's own: each says what the binder converts to
//! and how the converted value is read. It decides nothing about what a cmdlet does with them.

use crate::text_encoding::TextEncoding;
use exsh_core::cmdlet::FromValue;
use exsh_core::types::{self, EnumInfo, TypeInfo, TypeRef};
use exsh_core::value::{Str, Table, Value, View};
use std::rc::Rc;

/// An object that keeps its added members (`PSObject`). Cmdlets read it with [`exsh_core::Bound::raw`], which copies
/// nothing.
pub struct PsObject;

/// A list of them.
pub struct PsObjects(pub Vec<Value>);

/// Script blocks; an item may be null.
pub struct Blocks(pub Vec<Value>);

/// One UTF-16 unit.
#[derive(Clone, Copy)]
pub struct Char(pub u16);

/// Any dictionary.
pub struct AnyDictionary(pub Rc<Table>);

/// Property arguments, see [`crate::property`].
pub struct Expressions(pub Vec<Value>);

/// One property argument.
pub struct ExpressionArgument(pub Value);

/// An exception as a value.
pub struct ExceptionArgument(pub Value);

/// An error record as a value.
pub struct RecordArgument(pub Value);

/// A credential as a value.
pub struct Credential(pub Value);

/// A secure string as a value.
pub struct Secret(pub Value);

/// The name of a note property. The name of a kind of member is none: it is the first argument of the other form.
pub struct NoteName(pub Str);

/// The text of an expression of file attributes (`Hidden,!System`).
pub struct AttributeFilter(pub Str);

/// A version of strict mode: `1.0`, `2.0`, `3.0` or `latest`, as text.
pub struct StrictVersion(pub Str);

macro_rules! readable {
    ($($name:ty, $ty:expr, |$v:ident| $read:expr;)*) => { $(
        impl FromValue for $name {
            const TYPE: TypeRef = $ty;
            fn from_value($v: &Value) -> Option<Self> { $read }
        }
    )* };
}

readable! {
    PsObject, &types::PS_OBJECT, |_v| Some(PsObject);
    PsObjects, &types::PS_OBJECT_ARRAY, |v| items(v).map(PsObjects);
    Blocks, &types::SCRIPT_BLOCK_ARRAY, |v| items(v).map(Blocks);
    Char, &types::CHAR, |v| v.base().as_char().map(Char);
    AnyDictionary, &DICTIONARY, |v| v.base().as_table().cloned().map(AnyDictionary);
    Expressions, &EXPRESSIONS, |v| items(v).map(Expressions);
    ExpressionArgument, &EXPRESSION, |v| Some(ExpressionArgument(v.clone()));
    ExceptionArgument, &exsh_core::error::EXCEPTION, |v| Some(ExceptionArgument(v.clone()));
    RecordArgument, &exsh_core::error::ERROR_RECORD, |v| Some(RecordArgument(v.clone()));
    Credential, &CREDENTIAL, |v| Some(Credential(v.clone()));
    Secret, &exsh_dotnet::security::SECURE_STRING, |v| Some(Secret(v.clone()));
    NoteName, &NOTE_NAME, |v| v.base().as_str().cloned().map(NoteName);
    AttributeFilter, &ATTRIBUTE_FILTER, |v| v.base().as_str().cloned().map(AttributeFilter);
    StrictVersion, &STRICT_VERSION, |v| v.base().as_str().cloned().map(StrictVersion);
    TextEncoding, &crate::text_encoding::ENCODING_ARGUMENT, |v| TextEncoding::from_value(v);
}

fn items(value: &Value) -> Option<Vec<Value>> {
    match value.base().view() {
        View::List(l) => Some(l.items().clone()),
        View::Null | View::Nothing | View::Unset => None,
        _ => Some(vec![value.clone()]),
    }
}

static DICTIONARY: TypeInfo =
    TypeInfo::class("System.Collections.IDictionary", types::MemberTable::EMPTY).made_by(only_tables);

fn only_tables(value: &Value) -> Result<Value, String> {
    match value.base().as_table() {
        Some(_) => Ok(value.base().clone()),
        None => Err("Only a dictionary can be given here.".into()),
    }
}

/// CredentialAttribute: a user name stands for a credential that is asked for.
static CREDENTIAL: TypeInfo =
    TypeInfo::class("System.Management.Automation.PSCredential", types::MemberTable::EMPTY)
        .made_by(credential);

fn credential(value: &Value) -> Result<Value, String> {
    let known = value.downcast::<exsh_dotnet::security::PSCredential>().is_some();
    if known || value.is_null() || value.base().as_str().is_some() {
        return Ok(value.base().clone());
    }
    Err("A user name or a credential is expected.".into())
}

/// NotePropertyTransformation. Not the type of strings itself, so that a string is tried against the other parameters
/// first.
static NOTE_NAME: TypeInfo = TypeInfo::class("System.String", types::MemberTable::EMPTY).made_by(note_name);

fn note_name(value: &Value) -> Result<Value, String> {
    let text = exsh_dotnet::text::to_text(value);
    let kinds = exsh_dotnet::types::enums::PSMEMBER_TYPES.enumeration.map_or(&[][..], |e| e.members);
    if kinds.iter().any(|(name, _)| name.eq_ignore_ascii_case(&text)) {
        return Err(format!(
            "The parameter NotePropertyName cannot take values that could be converted to the type PSMemberTypes: {text}."
        ));
    }
    Ok(Value::string(text))
}

static EXPRESSION: TypeInfo =
    TypeInfo::class("Microsoft.PowerShell.Commands.PSPropertyExpression", types::MemberTable::EMPTY)
        .made_by(|v| Ok(v.clone()));
/// Property arguments stay as they were written: names, script blocks and hashtables are told apart by
/// [`crate::property`].
static EXPRESSIONS: TypeInfo =
    TypeInfo::class("Microsoft.PowerShell.Commands.PSPropertyExpression[]", types::MemberTable::EMPTY)
        .made_by(|v| Ok(v.clone()));
static ATTRIBUTE_FILTER: TypeInfo = TypeInfo::class(
    "System.Management.Automation.FlagsExpression`1[System.IO.FileAttributes]",
    types::MemberTable::EMPTY,
)
.made_by(|v| Ok(Value::string(exsh_dotnet::text::to_text(v))));
static STRICT_VERSION: TypeInfo =
    TypeInfo::class("System.Version", types::MemberTable::EMPTY).made_by(strict_version);

/// ArgumentToPSVersionTransformation: `latest`, or a number or text that reads as a version.
fn strict_version(value: &Value) -> Result<Value, String> {
    let text = exsh_dotnet::text::to_text(value);
    if text.eq_ignore_ascii_case("latest") {
        return Ok(Value::text("latest"));
    }
    let mut parts = text.split('.');
    let number = |p: Option<&str>| p.is_none_or(|p| p.parse::<u32>().is_ok());
    if text.is_empty()
        || !(number(parts.next()) && number(parts.next()) && parts.all(|p| p.parse::<u32>().is_ok()))
    {
        return Err("Version string portion was too short or too long. (Parameter 'input')".into());
    }
    Ok(Value::text(if text.contains('.') { text.to_string() } else { format!("{text}.0") }))
}

/// Enumerations that only parameters and outputs of these cmdlets use, by number.
macro_rules! enumerations {
    ($($(#[$doc:meta])* $arg:ident $info:ident $ty:ident = $name:literal flags $flags:literal [$($member:literal = $n:literal),* $(,)?];)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct $arg(pub i64);
        static $info: EnumInfo = EnumInfo { flags: $flags, members: &[$(($member, $n)),*], underlying: &types::INT32 };
        /// The type of the same name.
        pub static $ty: TypeInfo = TypeInfo::enumeration($name, &$info);
        impl FromValue for $arg {
            const TYPE: TypeRef = &$ty;
            fn from_value(v: &Value) -> Option<$arg> {
                v.base().as_enum().map(|e| $arg(e.number))
            }
        }
    )* };
}

enumerations! {
    /// When fields of separated values are quoted.
    QuoteKind QUOTE_KIND_INFO QUOTE_KIND = "Microsoft.PowerShell.Commands.BaseCsvWritingCommand+QuoteKind" flags false
        ["Never" = 0, "Always" = 1, "AsNeeded" = 2];
    /// What a path must name.
    PathType PATH_TYPE_INFO PATH_TYPE = "Microsoft.PowerShell.Commands.TestPathType" flags false
        ["Any" = 0, "Container" = 1, "Leaf" = 2];
    /// Which characters JSON escapes.
    EscapeHandling ESCAPE_HANDLING_INFO ESCAPE_HANDLING = "Newtonsoft.Json.StringEscapeHandling" flags false
        ["Default" = 0, "EscapeNonAscii" = 1, "EscapeHtml" = 2];
    /// What becomes of dates in JSON.
    DateKind DATE_KIND_INFO DATE_KIND = "Microsoft.PowerShell.Commands.JsonDateKind" flags false
        ["Default" = 0, "Local" = 1, "Utc" = 2, "Offset" = 3, "String" = 4];
    /// Which part of a date is shown.
    DisplayHint DISPLAY_HINT_INFO DISPLAY_HINT = "Microsoft.PowerShell.Commands.DisplayHintType" flags false
        ["Date" = 0, "Time" = 1, "DateTime" = 2];
}

/// Enumerations of .NET that exsh-dotnet knows, by number.
macro_rules! known_enumerations {
    ($($(#[$doc:meta])* $arg:ident $ty:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct $arg(pub i64);
        impl FromValue for $arg {
            const TYPE: TypeRef = &exsh_dotnet::types::enums::$ty;
            fn from_value(v: &Value) -> Option<$arg> {
                v.base().as_enum().map(|e| $arg(e.number))
            }
        }
    )* };
}

known_enumerations! {
    /// Options of variables and aliases.
    ItemOptions SCOPED_ITEM_OPTIONS;
    /// Kinds of members.
    MemberTypes PSMEMBER_TYPES;
    /// Which layer of members is looked at.
    MemberViews PSMEMBER_VIEW_TYPES;
    /// Colours of a console.
    Color CONSOLE_COLOR;
    /// Whether other sessions see an item.
    Visibility SESSION_STATE_ENTRY_VISIBILITY;
    /// Kinds of commands.
    CommandTypes COMMAND_TYPES;
    /// The category of an error record.
    ErrorCategory ERROR_CATEGORY;
}
