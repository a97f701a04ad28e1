//! A variable as an object (`PSVariable`), and what the variable commands share: scopes by name, patterns, errors.

use crate::record;
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::name::same;
use exsh_core::object::Object;
use exsh_core::out::{Out, Shell, VariableInfo};
use exsh_core::types::{MemberTable, Property, TypeInfo, TypeRef};
use exsh_core::value::{Str, Value};
use exsh_dotnet::ops::pattern;
use exsh_dotnet::types::enums::{SCOPED_ITEM_OPTIONS, SESSION_STATE_ENTRY_VISIBILITY};
use std::any::Any;

/// A variable of the session: what it was when it was asked for. `Value` reads and writes the variable itself.
pub struct PsVariable {
    info: VariableInfo,
    scope: Option<usize>,
}

/// The object for a variable found in a scope.
pub fn of(info: VariableInfo, scope: Option<usize>) -> Value {
    Value::object(PsVariable { info, scope })
}

/// Bits of ScopedItemOptions.
pub fn options(info: &VariableInfo) -> i64 {
    i64::from(info.read_only)
        | i64::from(info.constant) << 1
        | i64::from(info.private) << 2
        | i64::from(info.all_scope) << 3
}

/// Sets the flags of ScopedItemOptions.
pub fn set_options(info: &mut VariableInfo, bits: i64) {
    info.read_only = bits & 1 != 0;
    info.constant = bits & 2 != 0;
    info.private = bits & 4 != 0;
    info.all_scope = bits & 8 != 0;
}

fn read(value: &Value, f: impl FnOnce(&PsVariable) -> Value) -> Value {
    value.downcast::<PsVariable>().map_or(Value::NULL, f)
}

static PS_VARIABLE: TypeInfo = TypeInfo::class(
    "System.Management.Automation.PSVariable",
    MemberTable::of_properties(&[
        Property::new("Name", "string", |_, v| Ok(read(v, |p| Value::string(p.info.name.clone())))),
        Property::new("Description", "string", |_, v| {
            Ok(read(v, |p| Value::string(p.info.description.clone())))
        }),
        Property::new("Value", "System.Object", |shell, v| {
            Ok(match v.downcast::<PsVariable>() {
                Some(p) => {
                    let name = exsh_core::Name::new(&p.info.name);
                    shell.variable(name, p.scope).unwrap_or_else(|| p.info.value.clone())
                }
                None => Value::NULL,
            })
        })
        .settable(|shell, v, new| match v.downcast::<PsVariable>() {
            Some(p) => shell.set_variable(&p.info.name.clone(), new, p.scope),
            None => Ok(()),
        }),
        Property::new("Visibility", "System.Management.Automation.SessionStateEntryVisibility", |_, _| {
            Ok(Value::enumeration(&SESSION_STATE_ENTRY_VISIBILITY, 0))
        }),
        Property::new("Module", "psmoduleinfo", |_, _| Ok(Value::NULL)),
        Property::new("ModuleName", "string", |_, _| Ok(Value::text(""))),
        Property::new("Options", "System.Management.Automation.ScopedItemOptions", |_, v| {
            Ok(read(v, |p| Value::enumeration(&SCOPED_ITEM_OPTIONS, options(&p.info))))
        }),
    ]),
);

impl Object for PsVariable {
    fn type_info(&self) -> TypeRef {
        &PS_VARIABLE
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What `-Scope` means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// Not given: the search outward, or the current scope for writing.
    Any,
    Global,
    At(usize),
}

impl Scope {
    /// The number that the session takes. The global scope has none: reading searches outward and writing has a door
    /// of its own ([`write`]).
    pub fn number(self) -> Option<usize> {
        match self {
            Scope::Any | Scope::Global => None,
            Scope::At(n) => Some(n),
        }
    }
}

/// Reads `-Scope`. Error id `Argument` for a word that is none.
pub fn scope(text: Option<Str>, shell: &dyn Shell) -> Result<Scope> {
    let Some(text) = text.filter(|t| !t.is_empty()) else { return Ok(Scope::Any) };
    if let Some(n) = shell.scope_number(&text) {
        return Ok(Scope::At(n));
    }
    Ok(match text.to_ascii_lowercase().as_str() {
        "global" => Scope::Global,
        // A script's own scope is the outermost below the global one; the session resolves it like its global.
        "script" => Scope::Global,
        "local" | "private" => Scope::At(0),
        other => match other.parse() {
            Ok(n) => Scope::At(n),
            Err(_) => {
                return Err(record::argument(
                    "Argument",
                    "Cannot process argument because the value of parameter \"Scope\" is not valid. Valid values are \
                     \"Global\", \"Local\", or \"Script\", or a number relative to the current scope (0 through the number \
                     of scopes where 0 is the current scope and 1 is its parent). Change the value of the \"Scope\" \
                     parameter and run the operation again.",
                )
                .into());
            }
        },
    })
}

/// Variables whose names match; a plain name that is not there is reported (`VariableNotFound`).
pub fn matching(names: &[Str], scope: Scope, out: &mut dyn Out) -> Result<Vec<VariableInfo>> {
    let all = out.shell().variables(scope.number());
    let mut found: Vec<VariableInfo> = Vec::new();
    for name in names {
        if pattern::has_wildcards(name) {
            let wildcard = pattern::compile(name, true)?;
            found.extend(all.iter().filter(|v| wildcard.matches(&v.name)).cloned());
        } else {
            match all.iter().find(|v| same(&v.name, name)) {
                Some(v) => found.push(v.clone()),
                None => out.error(not_found(name))?,
            }
        }
    }
    Ok(found)
}

/// `-Include` and `-Exclude` of names.
pub fn filtered(
    found: Vec<VariableInfo>,
    include: Option<Vec<Str>>,
    exclude: Option<Vec<Str>>,
) -> Result<Vec<VariableInfo>> {
    let filter = crate::files::paths::NameFilter::new(include, exclude, None)?;
    Ok(found.into_iter().filter(|v| filter.passes(&v.name)).collect())
}

pub fn not_found(name: &str) -> ErrorRecord {
    ErrorRecord::of(
        "System.Management.Automation.ItemNotFoundException",
        "VariableNotFound",
        Category::ObjectNotFound,
        format!("Cannot find a variable with the name '{name}'."),
    )
    .on(Value::text(name))
}

pub fn not_writable(name: &str) -> ErrorRecord {
    ErrorRecord::of(
        "System.Management.Automation.SessionStateUnauthorizedAccessException",
        "VariableNotWritable",
        Category::WriteError,
        format!("Cannot overwrite variable {name} because it is read-only or constant."),
    )
    .on(Value::text(name))
}

/// Writes a variable where `-Scope` says.
pub fn write(name: &str, value: Value, scope: Scope, shell: &mut dyn Shell) -> Result<()> {
    match scope {
        Scope::Global => shell.set_global(name, value),
        Scope::Any => shell.set_variable(name, value, Some(0)),
        Scope::At(n) => shell.set_variable(name, value, Some(n)),
    }
}

/// The variable as the given scope has it.
pub fn look_up(name: &str, scope: Scope, shell: &mut dyn Shell) -> Option<VariableInfo> {
    let number = match scope {
        Scope::Any => Some(0),
        other => other.number(),
    };
    shell.variables(number).into_iter().find(|v| same(&v.name, name))
}
