//! Commands as objects: CmdletInfo, FunctionInfo, AliasInfo, ApplicationInfo, ExternalScriptInfo.

use crate::commands::signature::{Membership, Parameter, Signature};
use exsh_core::cmdlet::CmdletDecl;
use exsh_core::error::Result;
use exsh_core::object::{Custom, Object};
use exsh_core::out::{Resolved, Shell};
use exsh_core::types::{self, MemberTable, Property, TypeInfo, TypeRef};
use exsh_core::value::{KeyMode, Str, Table, Value};
use exsh_dotnet::types as net;
use exsh_dotnet::types::enums::{COMMAND_TYPES, SCOPED_ITEM_OPTIONS, SESSION_STATE_ENTRY_VISIBILITY};
use std::any::Any;
use std::rc::Rc;

/// What kind of command; the number is that of CommandTypes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    Alias = 1,
    Function = 2,
    Filter = 4,
    Cmdlet = 8,
    ExternalScript = 16,
    Application = 32,
}

/// A command.
pub struct CommandInfo {
    pub sort: Sort,
    pub name: Str,
    pub definition: Str,
    pub module: Str,
    pub decl: Option<&'static CmdletDecl>,
    /// A function's or script's block, else null.
    pub block: Value,
    pub path: Option<Str>,
    pub signature: Option<Rc<Signature>>,
    /// What an alias leads to in the end, else null.
    pub target: Value,
}

impl CommandInfo {
    fn new(sort: Sort, name: Str, definition: Str) -> CommandInfo {
        CommandInfo {
            sort,
            name,
            definition,
            module: Str::from(""),
            decl: None,
            block: Value::NULL,
            path: None,
            signature: None,
            target: Value::NULL,
        }
    }

    fn halves(&self) -> (&str, &str) {
        self.name.split_once('-').unwrap_or(("", ""))
    }
}

pub fn cmdlet(decl: &'static CmdletDecl) -> Value {
    let signature = Signature::of_cmdlet(decl);
    let mut c = CommandInfo::new(Sort::Cmdlet, Str::from(decl.name), Str::from(signature.definition()));
    c.module = Str::from(decl.module);
    c.decl = Some(decl);
    c.signature = Some(Rc::new(signature));
    Value::object(c)
}

pub fn function(name: Str, block: Value, shell: &mut dyn Shell) -> Value {
    function_or_filter(name, block, false, shell)
}

fn function_or_filter(name: Str, block: Value, filter: bool, shell: &mut dyn Shell) -> Value {
    let info = shell.block_info(&block);
    let text = info.as_ref().map_or_else(|| Str::from(""), |i| i.text.clone());
    let sort = if filter { Sort::Filter } else { Sort::Function };
    let mut c = CommandInfo::new(sort, name.clone(), text);
    c.signature = info.map(|i| Rc::new(Signature::of_block(name, i)));
    c.block = block;
    Value::object(c)
}

pub fn alias(name: Str, definition: Str, shell: &mut dyn Shell) -> Value {
    let target = shell.resolve(&definition).map_or(Value::NULL, |r| of(r, shell));
    let mut c = CommandInfo::new(Sort::Alias, name, definition);
    // An alias of an alias leads to what that one leads to.
    c.target = match target.downcast::<CommandInfo>() {
        Some(t) if t.sort == Sort::Alias => t.target.clone(),
        _ => target,
    };
    c.signature = c.target.downcast::<CommandInfo>().and_then(|t| t.signature.clone());
    Value::object(c)
}

/// The object for what a name led to.
pub fn of(resolved: Resolved, shell: &mut dyn Shell) -> Value {
    match resolved {
        Resolved::Cmdlet(c) => cmdlet(c.decl),
        Resolved::Function { name, block, filter } => function_or_filter(name, block, filter, shell),
        Resolved::Alias { name, target } => alias(name, target, shell),
        Resolved::Script(path) => file(Sort::ExternalScript, path),
        Resolved::Program(path) => file(Sort::Application, path),
    }
}

fn file(sort: Sort, path: Str) -> Value {
    let name = Str::from(path.rsplit('/').next().unwrap_or(&path));
    let mut c = CommandInfo::new(sort, name, path.clone());
    c.path = Some(path);
    Value::object(c)
}

fn read(value: &Value, f: impl FnOnce(&CommandInfo) -> Value) -> Result<Value> {
    Ok(value.downcast::<CommandInfo>().map_or(Value::NULL, f))
}

static COMMON: &[Property] = &[
    Property::new("Name", "string", |_, v| read(v, |c| Value::string(c.name.clone()))),
    Property::new("CommandType", "System.Management.Automation.CommandTypes", |_, v| {
        read(v, |c| Value::enumeration(&COMMAND_TYPES, c.sort as i64))
    }),
    Property::new("Source", "string", |_, v| {
        read(v, |c| match (&c.path, c.sort) {
            (Some(p), Sort::Application | Sort::ExternalScript) => Value::string(p.clone()),
            _ => Value::string(c.module.clone()),
        })
    }),
    Property::new("Version", "version", |_, v| {
        read(v, |c| c.decl.map_or(Value::NULL, |_| Value::text("7.6.0.500")))
    }),
    Property::new("Visibility", "System.Management.Automation.SessionStateEntryVisibility", |_, v| {
        read(v, |_| Value::enumeration(&SESSION_STATE_ENTRY_VISIBILITY, 0))
    }),
    Property::new("ModuleName", "string", |_, v| read(v, |c| Value::string(c.module.clone()))),
    Property::new("Module", "psmoduleinfo", |_, v| read(v, |_| Value::NULL)),
    Property::new("Definition", "string", |_, v| read(v, |c| Value::string(c.definition.clone()))),
    Property::new(
        "Parameters",
        "System.Collections.Generic.Dictionary[string,System.Management.Automation.ParameterMetadata]",
        |_, v| read(v, |c| c.signature.as_deref().map_or(Value::NULL, parameters)),
    ),
    Property::new(
        "ParameterSets",
        "System.Collections.ObjectModel.ReadOnlyCollection[System.Management.Automation.CommandParameterSetInfo]",
        |_, v| read(v, |c| c.signature.as_deref().map_or(Value::NULL, parameter_sets)),
    ),
    Property::new(
        "OutputType",
        "System.Collections.ObjectModel.ReadOnlyCollection[System.Management.Automation.PSTypeName]",
        |_, v| {
            read(v, |c| {
                let names = c.signature.iter().flat_map(|s| s.outputs.iter().cloned());
                Value::array(names.map(|n| Value::custom(Custom::of([("Name", Value::string(n))]))).collect())
            })
        },
    ),
    Property::new("Options", "System.Management.Automation.ScopedItemOptions", |_, v| {
        read(v, |_| Value::enumeration(&SCOPED_ITEM_OPTIONS, 0))
    }),
    Property::new("Description", "string", |_, v| read(v, |_| Value::text(""))),
    Property::new("HelpUri", "string", |_, v| read(v, |_| Value::text(""))),
];

static VERBAL: &[Property] = &[
    Property::new("Verb", "string", |_, v| read(v, |c| Value::text(c.halves().0))),
    Property::new("Noun", "string", |_, v| read(v, |c| Value::text(c.halves().1))),
    Property::new("DefaultParameterSet", "string", |_, v| {
        read(v, |c| {
            c.signature.as_ref().and_then(|s| s.default_set.clone()).map_or(Value::NULL, Value::string)
        })
    }),
    Property::new("ScriptBlock", "scriptblock", |_, v| read(v, |c| c.block.clone())),
    Property::new("CmdletBinding", "bool", |_, v| {
        read(v, |c| Value::bool(c.signature.as_ref().is_some_and(|s| s.common)))
    }),
];

static ALIASING: &[Property] = &[
    Property::new("ReferencedCommand", "System.Management.Automation.CommandInfo", |_, v| {
        read(v, |c| c.target.clone())
    }),
    Property::new("ResolvedCommand", "System.Management.Automation.CommandInfo", |_, v| {
        read(v, |c| c.target.clone())
    }),
    Property::new("ResolvedCommandName", "System.Object", |_, v| {
        read(v, |c| c.target.downcast::<CommandInfo>().map_or(Value::NULL, |t| Value::string(t.name.clone())))
    }),
    Property::new("DisplayName", "System.Object", |_, v| {
        read(v, |c| {
            let target = c.target.downcast::<CommandInfo>().map_or(&c.definition, |t| &t.name);
            Value::text(format!("{} -> {target}", c.name))
        })
    }),
];

static ON_DISK: &[Property] = &[
    Property::new("Path", "string", |_, v| read(v, |c| c.path.clone().map_or(Value::NULL, Value::string))),
    Property::new("Extension", "string", |_, v| {
        read(v, |c| Value::text(c.name.rfind('.').map_or("", |i| &c.name[i..])))
    }),
];

static COMMAND_INFO: TypeInfo =
    TypeInfo::class("System.Management.Automation.CommandInfo", MemberTable::of_properties(COMMON));

const fn kind_of(name: &'static str, properties: &'static [Property]) -> TypeInfo {
    TypeInfo::class(name, MemberTable::of_properties(properties)).based_on(&COMMAND_INFO)
}

static CMDLET_INFO: TypeInfo = kind_of("System.Management.Automation.CmdletInfo", VERBAL);
static FUNCTION_INFO: TypeInfo = kind_of("System.Management.Automation.FunctionInfo", VERBAL);
static FILTER_INFO: TypeInfo =
    TypeInfo::class("System.Management.Automation.FilterInfo", MemberTable::EMPTY).based_on(&FUNCTION_INFO);
static ALIAS_INFO: TypeInfo = kind_of("System.Management.Automation.AliasInfo", ALIASING);
static APPLICATION_INFO: TypeInfo = kind_of("System.Management.Automation.ApplicationInfo", ON_DISK);
static EXTERNAL_SCRIPT_INFO: TypeInfo = kind_of("System.Management.Automation.ExternalScriptInfo", ON_DISK);

impl Object for CommandInfo {
    fn type_info(&self) -> TypeRef {
        match self.sort {
            Sort::Alias => &ALIAS_INFO,
            Sort::Function => &FUNCTION_INFO,
            Sort::Filter => &FILTER_INFO,
            Sort::Cmdlet => &CMDLET_INFO,
            Sort::ExternalScript => &EXTERNAL_SCRIPT_INFO,
            Sort::Application => &APPLICATION_INFO,
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(match &self.path {
            Some(p) => p.to_string(),
            None => self.name.to_string(),
        })
    }
}

fn type_value(name: &str) -> Value {
    net::find(name).map_or_else(|| Value::text(name), Value::type_value)
}

fn metadata(p: &Parameter) -> Value {
    let sets = Table::new(&types::HASHTABLE, KeyMode::IgnoreCase);
    for m in &p.sets {
        sets.set(Value::string(m.set.clone()), membership(m));
    }
    let texts = |list: &[Str]| {
        Value::list_of(&types::STRING_ARRAY, list.iter().cloned().map(Value::string).collect())
    };
    let object = Custom::of([
        ("Name", Value::string(p.name.clone())),
        ("ParameterType", type_value(&p.type_name)),
        ("ParameterSets", Value::table(sets)),
        ("IsDynamic", Value::FALSE),
        ("Aliases", texts(&p.aliases)),
        ("Attributes", Value::array(p.sets.iter().map(membership).collect())),
        ("SwitchParameter", Value::bool(p.is_switch)),
    ]);
    object.members_mut().set_type_names(vec![Str::from("System.Management.Automation.ParameterMetadata")]);
    Value::custom(object)
}

fn membership(m: &Membership) -> Value {
    Value::custom(Custom::of([
        ("ParameterSetName", Value::string(m.set.clone())),
        ("Mandatory", Value::bool(m.mandatory)),
        ("Position", Value::int(m.position.unwrap_or(i32::MIN))),
        ("ValueFromPipeline", Value::bool(m.from_pipeline)),
        ("ValueFromPipelineByPropertyName", Value::bool(m.by_property_name)),
        ("ValueFromRemainingArguments", Value::bool(m.remaining)),
    ]))
}

fn parameters(s: &Signature) -> Value {
    let ty = net::dictionary_of(&types::STRING, &types::OBJECT);
    let table = Table::with_capacity(ty, KeyMode::IgnoreCase, s.parameters.len());
    for p in &s.parameters {
        table.set(Value::string(p.name.clone()), metadata(p));
    }
    Value::table(table)
}

fn parameter_sets(s: &Signature) -> Value {
    let sets = s.sets.iter().map(|set| {
        Value::custom(Custom::of([
            ("Name", Value::string(set.clone())),
            ("IsDefault", Value::bool(s.default_set.as_ref() == Some(set))),
            ("Parameters", Value::array(s.of_set(set).into_iter().map(|(p, _)| metadata(p)).collect())),
        ]))
    });
    Value::array(sets.collect())
}
