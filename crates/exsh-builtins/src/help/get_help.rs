//! `Get-Help`: help of cmdlets from their pages, of functions from their comments. There are no other topics and no
//! pages on the web.

use crate::commands::command_info::{self, CommandInfo, Sort};
use crate::commands::signature::Signature;
use crate::help::help_info;
use crate::help::layout::{self, Extent};
use crate::help::topic::Topic;
use crate::{record, refuse};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::name::same;
use exsh_core::object::Custom;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_dotnet::ops::pattern;
use std::rc::Rc;

const IN_ALL_USERS_VIEW: u32 = 1;
const IN_DETAILED_VIEW: u32 = 1 << 1;
const IN_EXAMPLES: u32 = 1 << 2;
const IN_PARAMETERS: u32 = 1 << 3;
const IN_ONLINE: u32 = 1 << 4;

const NAME: Param<Str> =
    Param::new(0, "Name").position(0).by_property_name().validate(&[Validate::NotNullOrEmpty]);
const PATH: Param<Str> = Param::new(1, "Path");
const CATEGORY: Param<Vec<Str>> = Param::new(2, "Category").validate(&[Validate::Set(&[
    "Alias",
    "Cmdlet",
    "Provider",
    "General",
    "FAQ",
    "Glossary",
    "HelpFile",
    "ScriptCommand",
    "Function",
    "Filter",
    "ExternalScript",
    "All",
    "DefaultHelp",
    "DscResource",
    "Class",
    "Configuration",
])]);
const DETAILED: Param<Switch> = Param::new(3, "Detailed").sets(IN_DETAILED_VIEW).mandatory();
const FULL: Param<Switch> = Param::new(4, "Full").sets(IN_ALL_USERS_VIEW);
const EXAMPLES: Param<Switch> = Param::new(5, "Examples").sets(IN_EXAMPLES).mandatory();
const PARAMETER: Param<Vec<Str>> = Param::new(6, "Parameter").sets(IN_PARAMETERS).mandatory();
const COMPONENT: Param<Vec<Str>> = Param::new(7, "Component");
const FUNCTIONALITY: Param<Vec<Str>> = Param::new(8, "Functionality");
const ROLE: Param<Vec<Str>> = Param::new(9, "Role");
const ONLINE: Param<Switch> = Param::new(10, "Online").sets(IN_ONLINE).mandatory();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-Help",
    &[
        NAME.spec,
        PATH.spec,
        CATEGORY.spec,
        DETAILED.spec,
        FULL.spec,
        EXAMPLES.spec,
        PARAMETER.spec,
        COMPONENT.spec,
        FUNCTIONALITY.spec,
        ROLE.spec,
        ONLINE.spec,
    ],
    include_str!("get_help.md"),
)
.sets(&["AllUsersView", "DetailedView", "Examples", "Parameters", "Online"], Some(0))
.class("Microsoft.PowerShell.Commands.GetHelpCommand")
.module("Microsoft.PowerShell.Core");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetHelp)
}

struct GetHelp;

impl Cmdlet for GetHelp {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        refuse::given(
            bound,
            "Get-Help",
            &[&ONLINE.spec, &COMPONENT.spec, &FUNCTIONALITY.spec, &ROLE.spec, &PATH.spec],
        )?;
        help_info::register_view(out.shell());
        let name: Str = bound.get(&NAME).filter(|n| !n.is_empty()).unwrap_or_else(|| Str::from("Get-Help"));
        if pattern::has_wildcards(&name) {
            return list(&name, bound, out);
        }
        let Some(command) = find(&name, out) else {
            return out.error(ErrorRecord::of(
                "Microsoft.PowerShell.Commands.HelpNotFoundException",
                "HelpNotFound",
                Category::ResourceUnavailable,
                format!(
                    "Get-Help could not find {name} in a help file in this session. To download updated help topics \
                     type: \"Update-Help\". To get help online, search for the help topic in the TechNet library at \
                     https://go.microsoft.com/fwlink/?LinkID=107116."
                ),
            ));
        };
        show(&command, bound, out)
    }
}

/// The command that a name leads to, aliases followed.
fn find(name: &str, out: &mut dyn Out) -> Option<Value> {
    let resolved = out.shell().resolve(name)?;
    let found = command_info::of(resolved, out.shell());
    let c = found.downcast::<CommandInfo>()?;
    if c.sort == Sort::Alias {
        return if c.target.is_null() { None } else { Some(c.target.clone()) };
    }
    matches!(c.sort, Sort::Cmdlet | Sort::Function | Sort::Filter).then(|| found.clone())
}

/// The topic of a command, if it has one.
fn topic_of(c: &CommandInfo, out: &mut dyn Out) -> Option<Topic> {
    match c.decl {
        Some(decl) => Some(Topic::of_page(decl.help)),
        None => out.shell().block_info(&c.block).and_then(|i| i.help).and_then(|h| Topic::of_comment(&h)),
    }
}

fn show(command: &Value, bound: &Bound, out: &mut dyn Out) -> Result<()> {
    let Some(c) = command.downcast::<CommandInfo>() else { return Ok(()) };
    let Some(signature) = c.signature.clone() else { return Ok(()) };
    let width = out.host().width();
    let topic = topic_of(c, out);
    if let Some(wanted) = bound.get(&PARAMETER) {
        return parameters(&wanted, &signature, &topic.unwrap_or_default(), width, out);
    }
    let extent = if bound.on(&FULL) {
        Extent::Full
    } else if bound.on(&DETAILED) {
        Extent::Detailed
    } else if bound.on(&EXAMPLES) {
        Extent::Examples
    } else {
        Extent::Default
    };
    let category = if c.sort == Sort::Cmdlet { "Cmdlet" } else { "Function" };
    let lines = match &topic {
        Some(t) => layout::topic(&c.name, t, &signature, extent, width),
        None => layout::bare(&signature, &aliases_of(&c.name, out), extent, width),
    };
    let info = help_info::of(&c.name, category, &topic.unwrap_or_default(), &signature, lines);
    out.emit(info)
}

fn aliases_of(name: &str, out: &mut dyn Out) -> Vec<String> {
    out.shell().aliases().into_iter().filter(|a| same(&a.1, name)).map(|a| a.0.to_string()).collect()
}

fn parameters(
    wanted: &[Str],
    signature: &Rc<Signature>,
    topic: &Topic,
    width: usize,
    out: &mut dyn Out,
) -> Result<()> {
    let mut all = layout::parameters(signature);
    let wildcards = wanted.iter().map(|w| pattern::compile(w, true)).collect::<Result<Vec<_>>>()?;
    all.retain(|p| wildcards.iter().any(|w| w.matches(&p.name)));
    if all.is_empty() {
        let names: Vec<&str> = wanted.iter().map(|w| w.as_str()).collect();
        let record =
            record::argument("NoParmsFound", format!("No parameter matches criteria {}.", names.join(", ")));
        {
            // The reference's target is the help object, which shows itself by its type.
            let mut context = record.context.borrow_mut();
            context.target_name = Some("System.Management.Automation.ProviderCommandHelpInfo".into());
            context.target_type = Some("ProviderCommandHelpInfo".into());
        }
        return out.error(record);
    }
    let last = all.len() - 1;
    for (i, p) in all.into_iter().enumerate() {
        let mut lines = layout::parameter_list(std::slice::from_ref(&p), topic, width);
        // Each is an object of its own; the frame of blank lines is around all of them.
        if i > 0 {
            lines.remove(0);
        }
        if i < last {
            lines.pop();
        }
        out.emit(help_info::shown_parameter(&p, topic, lines))?;
    }
    Ok(())
}

/// Several commands: a table of what there is; one: its help.
fn list(name: &str, bound: &Bound, out: &mut dyn Out) -> Result<()> {
    let wildcard = pattern::compile(name, true)?;
    let mut names: Vec<Str> = out.shell().cmdlets().iter().map(|c| Str::from(c.decl.name)).collect();
    names.extend(out.shell().functions().into_iter().map(|f| f.0));
    names.retain(|n| wildcard.matches(n));
    names.sort_by(|a, b| crate::files::paths::order_names(a, b));
    let mut found = Vec::new();
    for n in &names {
        found.extend(find(n, out));
    }
    if let [one] = found.as_slice() {
        return show(one, bound, out);
    }
    for command in found {
        let Some(c) = command.downcast::<CommandInfo>() else { continue };
        let synopsis = topic_of(c, out).map(|t| t.synopsis).unwrap_or_default();
        let category = if c.sort == Sort::Cmdlet { "Cmdlet" } else { "Function" };
        out.emit(Value::custom(Custom::of([
            ("Name", Value::string(c.name.clone())),
            ("Category", Value::text(category)),
            ("Module", Value::string(c.module.clone())),
            ("Synopsis", Value::text(synopsis)),
        ])))?;
    }
    Ok(())
}
