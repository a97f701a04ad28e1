//! `Get-Alias`: aliases by name or by what they stand for.

use crate::commands::command_info;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Validate};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_dotnet::ops::pattern;

const IN_DEFAULT: u32 = 1;
const IN_DEFINITION: u32 = 1 << 1;

const NAME: Param<Vec<Str>> = Param::new(0, "Name")
    .sets(IN_DEFAULT)
    .position(0)
    .from_pipeline()
    .by_property_name()
    .validate(&[Validate::NotNullOrEmpty]);
const EXCLUDE: Param<Vec<Str>> = Param::new(1, "Exclude").wildcards();
const SCOPE: Param<Str> = Param::new(2, "Scope");
const DEFINITION: Param<Vec<Str>> =
    Param::new(3, "Definition").sets(IN_DEFINITION).validate(&[Validate::NotNullOrEmpty]);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-Alias",
    &[NAME.spec, EXCLUDE.spec, SCOPE.spec, DEFINITION.spec],
    include_str!("get_alias.md"),
)
.sets(&["Default", "Definition"], Some(0))
.class("Microsoft.PowerShell.Commands.GetAliasCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.Management.Automation.AliasInfo"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetAlias)
}

struct GetAlias;

impl Cmdlet for GetAlias {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let by_definition = bound.has(&DEFINITION);
        let asked: Vec<Str> =
            bound.get(&NAME).or_else(|| bound.get(&DEFINITION)).unwrap_or_else(|| vec![Str::from("*")]);
        let exclude = bound.get(&EXCLUDE).unwrap_or_default();
        let exclude = exclude.iter().map(|e| pattern::compile(e, true)).collect::<Result<Vec<_>>>()?;
        let mut all = out.shell().aliases();
        all.sort_by(|a, b| crate::files::paths::order_names(&a.0, &b.0));
        for name in asked {
            let wildcard = pattern::compile(&name, true)?;
            // `?` is a wildcard and the name of an alias.
            let passes = |a: &(Str, Str)| {
                let text = if by_definition { &a.1 } else { &a.0 };
                wildcard.matches(text) && !exclude.iter().any(|e| e.matches(&a.0))
            };
            let found: Vec<(Str, Str)> = all.iter().filter(|a| passes(a)).cloned().collect();
            if found.is_empty() && !pattern::has_wildcards(&name) {
                let what = if by_definition { "definition" } else { "name" };
                out.error(not_found(&name, what))?;
            }
            for (n, target) in found {
                let v = command_info::alias(n, target, out.shell());
                out.emit(v)?;
            }
        }
        Ok(())
    }
}

/// `This command cannot find a matching alias …` (`ItemNotFoundException`)
pub fn not_found(name: &str, what: &str) -> ErrorRecord {
    ErrorRecord::of(
        "System.Management.Automation.ItemNotFoundException",
        "ItemNotFoundException",
        Category::ObjectNotFound,
        format!("This command cannot find a matching alias because an alias with the {what} '{name}' does not exist."),
    )
    .on(Value::text(name))
}
