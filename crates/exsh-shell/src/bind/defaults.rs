//! `$PSDefaultParameterValues`: what a call leaves out and the session gives (about_Parameters_Default_Values).

use super::{BindError, Binding, CommandMeta, common};
use crate::run::engine::Engine;
use exsh_core::value::{Str, Value, View};
use exsh_core::{Invoke, Name, Shell};
use exsh_dotnet::ops::pattern::Wildcard;
use exsh_dotnet::{convert, text};

/// Binds the defaults of parameters that the call did not name. Only cmdlets and advanced functions have them.
pub fn apply(m: &mut Engine, meta: &CommandMeta, name: &str, b: &mut Binding) -> Result<(), BindError> {
    if !meta.advanced {
        return Ok(());
    }
    let Some(all) = m.lookup(m.cells.defaults, m.current) else { return Ok(()) };
    let View::Table(table) = all.base().view() else { return Ok(()) };
    if table.is_empty() {
        return Ok(());
    }
    let entries = table.entries();
    if entries.iter().any(|(k, v)| text::to_text(k).eq_ignore_ascii_case("Disabled") && convert::to_bool(v)) {
        return Ok(());
    }
    for (key, value) in entries {
        let key = text::to_text(&key);
        let Some((command, parameter)) = key.rsplit_once(':') else { continue };
        if !fits(command.trim(), name) {
            continue;
        }
        one(m, meta, parameter.trim(), value, b)?;
    }
    Ok(())
}

fn fits(pattern: &str, name: &str) -> bool {
    Wildcard::new(pattern, true).is_ok_and(|w| w.matches(name))
}

fn one(
    m: &mut Engine,
    meta: &CommandMeta,
    parameter: &str,
    value: Value,
    b: &mut Binding,
) -> Result<(), BindError> {
    let same = |n: &Str| exsh_core::name::same(n, parameter);
    if let Some(i) = meta.params.iter().position(|p| same(&p.spelling) || p.aliases.iter().any(same)) {
        // A parameter of another set than the call has chosen is not meant.
        if !b.is_bound(i as u16) && meta.params[i].sets & b.possible_sets != 0 {
            let value = evaluated(m, value);
            super::supply(m, meta, b, i as u16, value)?;
        }
        return Ok(());
    }
    let known = common::COMMON
        .iter()
        .position(|c| exsh_core::name::same(c.name, parameter) || exsh_core::name::same(c.alias, parameter));
    if let Some(i) = known
        && meta.common
        && (i < common::SHOULD_PROCESS_FROM || meta.should_process)
        && b.state.common_seen & 1 << i == 0
    {
        let value = evaluated(m, value);
        common::bind(m, meta, b, i, value).map_err(BindError::whole)?;
    }
    Ok(())
}

/// A script block gives the value anew each time; one that fails gives none.
fn evaluated(m: &mut Engine, value: Value) -> Value {
    if crate::command::function::block_of(&value).is_none() {
        return value;
    }
    let mut all = Vec::new();
    let run = m.invoke(&value, Invoke::default(), &mut |v| {
        all.push(v);
        Ok(())
    });
    match run {
        Ok(()) => exsh_core::enumerate::collapse(all),
        Err(_) => Value::NULL,
    }
}

/// The variable's name, made once.
pub fn variable() -> Name {
    Name::new("PSDefaultParameterValues")
}
