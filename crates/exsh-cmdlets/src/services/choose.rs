//! Which services a command is about: names, display names and objects, then -Include and -Exclude.

use super::controller::ServiceController;
use crate::errors;
use crate::session::ExchangeContext;
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_dotnet::ops::pattern::{Wildcard, compile, has_wildcards};
use exsh_state::model::WindowsService;
use std::rc::Rc;

/// What the command named.
pub enum Wanted {
    All,
    Names(Vec<Str>),
    DisplayNames(Vec<Str>),
    Objects(Vec<Value>),
}

/// The filters by name; empty ones let everything through.
#[derive(Default)]
pub struct Filters {
    pub include: Vec<Str>,
    pub exclude: Vec<Str>,
}

/// The services meant, ordered by name. A name without a wildcard that no service has is reported.
pub fn choose(
    context: &Rc<ExchangeContext>,
    wanted: Wanted,
    filters: &Filters,
    out: &mut dyn Out,
) -> Result<Vec<WindowsService>> {
    let server = context.local_server(out.host())?;
    let all = context.store(out.host())?.windows_services(server.id).map_err(errors::state)?;
    let mut chosen: Vec<WindowsService> = Vec::new();
    match wanted {
        Wanted::All => chosen = all,
        Wanted::Names(names) => matching(&all, &names, |s| &s.name, false, &mut chosen, out)?,
        Wanted::DisplayNames(names) => matching(&all, &names, |s| &s.display_name, true, &mut chosen, out)?,
        Wanted::Objects(objects) => {
            for object in objects {
                let Some(service) = object.downcast::<ServiceController>() else { continue };
                let row = service.row();
                // As it is now, not as it was when the object was read.
                chosen.extend(all.iter().find(|s| s.name.eq_ignore_ascii_case(&row.name)).cloned());
            }
        }
    }
    let (include, exclude) = (compiled(&filters.include)?, compiled(&filters.exclude)?);
    let any = |patterns: &[Wildcard], name: &str| patterns.iter().any(|p| p.matches(name));
    chosen.retain(|s| (include.is_empty() || any(&include, &s.name)) && !any(&exclude, &s.name));
    chosen.sort_by_key(|s| s.name.to_ascii_uppercase());
    chosen.dedup_by(|a, b| a.name.eq_ignore_ascii_case(&b.name));
    Ok(chosen)
}

fn matching(
    all: &[WindowsService],
    patterns: &[Str],
    key: fn(&WindowsService) -> &String,
    by_display_name: bool,
    chosen: &mut Vec<WindowsService>,
    out: &mut dyn Out,
) -> Result<()> {
    for (pattern, wildcard) in patterns.iter().zip(compiled(patterns)?) {
        let before = chosen.len();
        chosen.extend(all.iter().filter(|s| wildcard.matches(key(s))).cloned());
        if chosen.len() == before && !has_wildcards(pattern.as_str()) {
            out.error(not_found(pattern, by_display_name, all))?;
        }
    }
    Ok(())
}

/// Ids and texts of the reference's ServiceResources.
fn not_found(name: &Str, by_display_name: bool, all: &[WindowsService]) -> ErrorRecord {
    let (id, kind) = match by_display_name {
        false => ("NoServiceFoundForGivenName", "service"),
        true => ("NoServiceFoundForGivenDisplayName", "display"),
    };
    let known: Vec<&str> = all.iter().map(|s| s.name.as_str()).collect();
    ErrorRecord::of(
        "Microsoft.PowerShell.Commands.ServiceCommandException",
        id,
        Category::ObjectNotFound,
        format!("Cannot find any service with {kind} name '{name}'."),
    )
    .on(Value::string(name.clone()))
    .advice(format!("The services of this server are: {}.", known.join(", ")))
}

fn compiled(patterns: &[Str]) -> Result<Vec<Wildcard>> {
    patterns.iter().map(|pattern| compile(pattern.as_str(), true)).collect()
}
