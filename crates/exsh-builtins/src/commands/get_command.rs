//! `Get-Command`: cmdlets, functions, aliases, scripts and programs. Programs and scripts are found by name, or with
//! `-CommandType`; a pattern alone lists what the session itself has.

use crate::commands::command_info::{self, CommandInfo, Sort};
use crate::parameter::CommandTypes;
use crate::refuse;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::name::same;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_dotnet::ops::pattern::{self, Wildcard};

const IN_CMDLET: u32 = 1;
const IN_ALL_COMMAND: u32 = 1 << 1;

const NAME: Param<Vec<Str>> = Param::new(0, "Name")
    .sets(IN_ALL_COMMAND)
    .position(0)
    .from_pipeline()
    .by_property_name()
    .validate(&[Validate::NotNullOrEmpty]);
const VERB: Param<Vec<Str>> = Param::new(1, "Verb").sets(IN_CMDLET).by_property_name();
const NOUN: Param<Vec<Str>> = Param::new(2, "Noun").sets(IN_CMDLET).by_property_name();
const MODULE: Param<Vec<Str>> = Param::new(3, "Module").aliases(&["PSSnapin"]).by_property_name();
const EXCLUDE_MODULE: Param<Vec<Str>> = Param::new(4, "ExcludeModule");
const FULLY_QUALIFIED_MODULE: Param<Value> = Param::new(5, "FullyQualifiedModule").by_property_name();
const COMMAND_TYPE: Param<CommandTypes> =
    Param::new(6, "CommandType").sets(IN_ALL_COMMAND).aliases(&["Type"]).by_property_name();
const TOTAL_COUNT: Param<i32> = Param::new(7, "TotalCount").by_property_name();
const SYNTAX: Param<Switch> = Param::new(8, "Syntax").by_property_name();
const SHOW_COMMAND_INFO: Param<Switch> = Param::new(9, "ShowCommandInfo");
const ARGUMENT_LIST: Param<Vec<Value>> =
    Param::new(10, "ArgumentList").aliases(&["Args"]).position(1).remaining().allow_empty().allow_null();
const ALL: Param<Switch> = Param::new(11, "All").by_property_name();
const LIST_IMPORTED: Param<Switch> = Param::new(12, "ListImported").by_property_name();
const PARAMETER_NAME: Param<Vec<Str>> = Param::new(13, "ParameterName").validate(&[Validate::NotNullOrEmpty]);
const PARAMETER_TYPE: Param<Value> = Param::new(14, "ParameterType").validate(&[Validate::NotNullOrEmpty]);
const USE_FUZZY_MATCHING: Param<Switch> = Param::new(15, "UseFuzzyMatching").sets(IN_ALL_COMMAND);
const FUZZY_MINIMUM_DISTANCE: Param<u32> = Param::new(16, "FuzzyMinimumDistance").sets(IN_ALL_COMMAND);
const USE_ABBREVIATION_EXPANSION: Param<Switch> =
    Param::new(17, "UseAbbreviationExpansion").sets(IN_ALL_COMMAND).by_property_name();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-Command",
    &[
        NAME.spec,
        VERB.spec,
        NOUN.spec,
        MODULE.spec,
        EXCLUDE_MODULE.spec,
        FULLY_QUALIFIED_MODULE.spec,
        COMMAND_TYPE.spec,
        TOTAL_COUNT.spec,
        SYNTAX.spec,
        SHOW_COMMAND_INFO.spec,
        ARGUMENT_LIST.spec,
        ALL.spec,
        LIST_IMPORTED.spec,
        PARAMETER_NAME.spec,
        PARAMETER_TYPE.spec,
        USE_FUZZY_MATCHING.spec,
        FUZZY_MINIMUM_DISTANCE.spec,
        USE_ABBREVIATION_EXPANSION.spec,
    ],
    include_str!("get_command.md"),
)
.sets(&["CmdletSet", "AllCommandSet"], Some(0))
.class("Microsoft.PowerShell.Commands.GetCommandCommand")
.module("Microsoft.PowerShell.Core")
.outputs(&[
    "System.Management.Automation.AliasInfo",
    "System.Management.Automation.ApplicationInfo",
    "System.Management.Automation.FunctionInfo",
    "System.Management.Automation.CmdletInfo",
    "System.Management.Automation.ExternalScriptInfo",
    "System.Management.Automation.FilterInfo",
    "System.String",
    "System.Management.Automation.PSObject",
]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetCommand)
}

struct GetCommand;

/// What of all commands is wanted.
struct Wanted {
    types: i64,
    verbs: Vec<Wildcard>,
    nouns: Vec<Wildcard>,
    modules: Vec<Wildcard>,
    not_modules: Vec<Wildcard>,
    parameters: Vec<Wildcard>,
}

impl Cmdlet for GetCommand {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        refuse::given(
            bound,
            "Get-Command",
            &[
                &FULLY_QUALIFIED_MODULE.spec,
                &SHOW_COMMAND_INFO.spec,
                &PARAMETER_TYPE.spec,
                &USE_FUZZY_MATCHING.spec,
                &FUZZY_MINIMUM_DISTANCE.spec,
                &USE_ABBREVIATION_EXPANSION.spec,
            ],
        )?;
        let patterns = |p: &Param<Vec<Str>>| -> Result<Vec<Wildcard>> {
            bound.get(p).unwrap_or_default().iter().map(|w| pattern::compile(w, true)).collect()
        };
        let by_parts = bound.has(&VERB) || bound.has(&NOUN);
        let wanted = Wanted {
            // By verb and noun only cmdlets, functions and their aliases are meant.
            types: bound.get(&COMMAND_TYPE).map_or(if by_parts { 15 } else { 511 }, |CommandTypes(n)| n),
            verbs: patterns(&VERB)?,
            nouns: patterns(&NOUN)?,
            modules: patterns(&MODULE)?,
            not_modules: patterns(&EXCLUDE_MODULE)?,
            parameters: patterns(&PARAMETER_NAME)?,
        };
        let mut found: Vec<Value> = Vec::new();
        match bound.get(&NAME) {
            Some(names) => {
                for name in names {
                    let before = found.len();
                    if pattern::has_wildcards(&name) {
                        let w = pattern::compile(&name, true)?;
                        found.extend(session_commands(&wanted, out, &|n| w.matches(n)));
                        if bound.has(&COMMAND_TYPE) {
                            found.extend(programs(&wanted, out, &|n| w.matches(n)));
                        }
                    } else {
                        found.extend(named(&name, &wanted, bound.on(&ALL), out));
                        if found.len() == before {
                            out.error(not_found(&name))?;
                        }
                    }
                }
            }
            None => {
                found = session_commands(&wanted, out, &|_| true);
                if bound.has(&COMMAND_TYPE) {
                    found.extend(programs(&wanted, out, &|_| true));
                }
            }
        }
        if let Some(n) = bound.get(&TOTAL_COUNT)
            && n >= 0
        {
            found.truncate(n as usize);
        }
        for v in found {
            if !bound.on(&SYNTAX) {
                out.emit(v)?;
                continue;
            }
            let Some(c) = v.downcast::<CommandInfo>() else { continue };
            let text = match &c.signature {
                Some(s) if c.sort != Sort::Alias => s.definition(),
                _ => c.definition.to_string(),
            };
            out.emit(Value::text(text))?;
        }
        Ok(())
    }
}

impl Wanted {
    fn takes(&self, c: &CommandInfo) -> bool {
        let (verb, noun) = c.name.split_once('-').unwrap_or(("", ""));
        let any = |list: &[Wildcard], text: &str| list.is_empty() || list.iter().any(|w| w.matches(text));
        c.sort as i64 & self.types != 0
            && any(&self.verbs, verb)
            && any(&self.nouns, noun)
            && any(&self.modules, &c.module)
            && !self.not_modules.iter().any(|w| w.matches(&c.module))
            && (self.parameters.is_empty()
                || c.signature.as_ref().is_some_and(|s| {
                    s.parameters.iter().any(|p| {
                        any(&self.parameters, &p.name) || p.aliases.iter().any(|a| any(&self.parameters, a))
                    })
                }))
    }

    fn keeps(&self, v: &Value) -> bool {
        v.downcast::<CommandInfo>().is_some_and(|c| self.takes(c))
    }
}

/// Aliases, functions, then cmdlets, each by name.
fn session_commands(wanted: &Wanted, out: &mut dyn Out, passes: &dyn Fn(&str) -> bool) -> Vec<Value> {
    let mut all = Vec::new();
    if wanted.types & Sort::Alias as i64 != 0 {
        let mut aliases = out.shell().aliases();
        aliases.sort_by(|a, b| crate::files::paths::order_names(&a.0, &b.0));
        for (n, target) in aliases.into_iter().filter(|a| passes(&a.0)) {
            all.push(command_info::alias(n, target, out.shell()));
        }
    }
    if wanted.types & (Sort::Function as i64 | Sort::Filter as i64) != 0 {
        let mut functions = out.shell().functions();
        functions.sort_by(|a, b| crate::files::paths::order_names(&a.0, &b.0));
        for (n, block) in functions.into_iter().filter(|f| passes(&f.0)) {
            all.push(command_info::function(n, block, out.shell()));
        }
    }
    if wanted.types & Sort::Cmdlet as i64 != 0 {
        let mut cmdlets = out.shell().cmdlets();
        cmdlets.sort_by(|a, b| crate::files::paths::order_names(a.decl.name, b.decl.name));
        all.extend(cmdlets.iter().filter(|c| passes(c.decl.name)).map(|c| command_info::cmdlet(c.decl)));
    }
    all.retain(|v| wanted.keeps(v));
    all
}

/// What a plain name means; with `all` everything of that name, what would run first.
fn named(name: &str, wanted: &Wanted, all: bool, out: &mut dyn Out) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    if let Some(resolved) = out.shell().resolve(name) {
        found.push(command_info::of(resolved, out.shell()));
    }
    found.retain(|v| wanted.keeps(v));
    if all || found.is_empty() {
        // A module may stand in front of the name.
        let plain = name.rsplit('\\').next().unwrap_or(name);
        for v in session_commands(wanted, out, &|n| same(n, plain)).into_iter().chain(programs(
            wanted,
            out,
            &|n| n == plain,
        )) {
            let new = v.downcast::<CommandInfo>().is_some_and(|c| {
                !found.iter().any(|f| {
                    f.downcast::<CommandInfo>().is_some_and(|d| d.sort == c.sort && d.path == c.path)
                })
            });
            if new {
                found.push(v);
            }
            if !all && !found.is_empty() {
                break;
            }
        }
    }
    found
}

/// Programs and scripts on the search path.
fn programs(wanted: &Wanted, out: &mut dyn Out, passes: &dyn Fn(&str) -> bool) -> Vec<Value> {
    if wanted.types & (Sort::Application as i64 | Sort::ExternalScript as i64) == 0 {
        return Vec::new();
    }
    let path = out.host().env("PATH").unwrap_or_default();
    let mut all = Vec::new();
    for folder in std::env::split_paths(&path) {
        for name in crate::files::paths::names(&folder) {
            if !passes(&name) {
                continue;
            }
            let full = folder.join(&name).display().to_string();
            if let Some(resolved) = out.shell().resolve(&full) {
                all.push(command_info::of(resolved, out.shell()));
            }
        }
    }
    all.retain(|v| wanted.keeps(v));
    all
}

fn not_found(name: &str) -> ErrorRecord {
    ErrorRecord::of(
        "System.Management.Automation.CommandNotFoundException",
        "CommandNotFoundException",
        Category::ObjectNotFound,
        format!(
            "The term '{name}' is not recognized as a name of a cmdlet, function, script file, or executable program.\n\
             Check the spelling of the name, or if a path was included, verify that the path is correct and try again."
        ),
    )
    .on(Value::text(name))
}
