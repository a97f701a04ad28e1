//! `Get-Culture`: the current culture, one by name, or all that exsh knows. There are no overrides by the person.

use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_dotnet::core::culture_info;
use exsh_dotnet::culture;

const IN_CURRENT_CULTURE: u32 = 1;
const IN_NAME: u32 = 1 << 1;
const IN_LIST_AVAILABLE: u32 = 1 << 2;

const NAME: Param<Vec<Str>> = Param::new(0, "Name")
    .sets(IN_NAME)
    .position(0)
    .from_pipeline()
    .validate(&[Validate::NotNull, Validate::Set(&["", "de-DE", "en-US", "fr-FR", "ja-JP", "ru-RU"])]);
const NO_USER_OVERRIDES: Param<Switch> = Param::new(1, "NoUserOverrides").sets(IN_CURRENT_CULTURE | IN_NAME);
const LIST_AVAILABLE: Param<Switch> = Param::new(2, "ListAvailable").sets(IN_LIST_AVAILABLE);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-Culture",
    &[NAME.spec, NO_USER_OVERRIDES.spec, LIST_AVAILABLE.spec],
    include_str!("get_culture.md"),
)
.sets(&["CurrentCulture", "Name", "ListAvailable"], Some(0))
.class("Microsoft.PowerShell.Commands.GetCultureCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.Globalization.CultureInfo"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetCulture)
}

struct GetCulture;

impl Cmdlet for GetCulture {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let names: Vec<Str> = if bound.on(&LIST_AVAILABLE) {
            culture::all().iter().map(|c| Str::from(c.name)).collect()
        } else {
            match bound.get(&NAME) {
                Some(n) => n,
                None => vec![out.shell().culture()],
            }
        };
        for name in names {
            match culture::get(&name) {
                Some(c) => out.emit(culture_info::value(c))?,
                None => out.error(not_found(&name))?,
            }
        }
        Ok(())
    }
}

fn not_found(name: &str) -> ErrorRecord {
    ErrorRecord::of(
        "System.Globalization.CultureNotFoundException",
        "ItemNotFoundException",
        Category::ObjectNotFound,
        format!("Culture is not supported. (Parameter 'name')\n{name} is an invalid culture identifier."),
    )
    .on(Value::text(name))
}
