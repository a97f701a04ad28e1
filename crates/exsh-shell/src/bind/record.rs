//! One record from the pipeline: which parameters it feeds.
//!
//! Four passes (about_Parameter_Binding; observed): by value as it is, by property name as it is, by value with
//! conversion, by property name with conversion. Each record starts from what the call itself bound.

use super::errors::{self, Fault};
use super::one;
use super::sets;
use super::{BindError, Binding, CommandMeta};
use exsh_core::enumerate;
use exsh_core::name::{Name, same};
use exsh_core::out::{Invoke, Shell};
use exsh_core::value::{Value, View};
use exsh_dotnet::member;

/// Feeds one record. What an earlier record fed is taken back first. An error concerns this record alone.
pub fn bind_record(
    shell: &mut dyn Shell,
    meta: &CommandMeta,
    b: &mut Binding,
    record: &Value,
) -> Result<(), BindError> {
    if let Some(i) = meta.tables.plain_input
        && b.state.repeats
        && b.state.fed.as_slice() == [i]
        && !record.is_null()
    {
        // The same single parameter as for the record before: nothing to decide.
        b.values[i as usize] = record.clone();
        return Ok(());
    }
    for &i in &b.state.fed {
        b.values[i as usize] = Value::UNSET;
    }
    b.state.fed.clear();
    b.state.repeats = false;
    b.order.truncate(b.state.ordered_before_input);
    b.possible_sets = b.state.sets_before_input;
    feed(shell, meta, b, record)?;
    for &i in &b.state.fed {
        if !b.state.touched.contains(&i) {
            b.state.touched.push(i);
        }
    }
    b.state.repeats = true;
    Ok(())
}

fn feed(shell: &mut dyn Shell, meta: &CommandMeta, b: &mut Binding, record: &Value) -> Result<(), BindError> {
    let about = |fault: Fault| BindError::whole(errors::on(fault, record));
    let by_blocks = run_blocks(shell, meta, b, record).map_err(about)?;
    let mut bound = false;
    if b.state.preferred != 0 {
        for pass in PASSES {
            bound |= try_sets(shell, meta, b, record, pass, b.state.preferred).map_err(about)?;
        }
    }
    if !bound {
        let mut sets = b.possible_sets;
        for pass in PASSES {
            let default = meta.tables.default_set & sets;
            let mut any = default != 0 && try_sets(shell, meta, b, record, pass, default).map_err(about)?;
            if !any {
                any = try_sets(shell, meta, b, record, pass, sets & !default).map_err(about)?;
            }
            if any {
                bound = true;
                sets::settle(meta, b, true, true).map_err(|e| about(e.record))?;
                sets = b.possible_sets;
            }
        }
    }
    sets::settle(meta, b, false, true).map_err(|e| about(e.record))?;
    if !bound && !by_blocks {
        return Err(BindError::whole(errors::input_not_bound(meta, record)));
    }
    let missing = if meta.tables.mandatory.is_empty() { Vec::new() } else { sets::still_missing(meta, b) };
    if missing.is_empty() {
        Ok(())
    } else {
        Err(BindError::whole(errors::input_incomplete(meta, &missing, record)))
    }
}

#[derive(Clone, Copy)]
struct Pass {
    by_property: bool,
    coerce: bool,
}

const PASSES: [Pass; 4] = [
    Pass { by_property: false, coerce: false },
    Pass { by_property: true, coerce: false },
    Pass { by_property: false, coerce: true },
    Pass { by_property: true, coerce: true },
];

/// One pass over the parameters of some sets. What does not convert is not bound; what validation refuses is an error.
fn try_sets(
    shell: &mut dyn Shell,
    meta: &CommandMeta,
    b: &mut Binding,
    record: &Value,
    pass: Pass,
    sets: u32,
) -> Result<bool, Fault> {
    let mut any = false;
    for &i in &meta.tables.piped {
        let p = &meta.params[i as usize];
        let takes = if pass.by_property { p.by_property_name } else { p.from_pipeline };
        // Earlier parameters of this pass may have narrowed the sets.
        if takes & sets & b.possible_sets == 0 || b.is_bound(i) {
            continue;
        }
        let value = if pass.by_property {
            match property(shell, record, &meta.tables.property_names[i as usize]) {
                Some(v) => v,
                None => continue,
            }
        } else {
            record.clone()
        };
        match one::fit(shell, meta, p, value, pass.coerce) {
            Ok(Some(v)) => {
                b.values[i as usize] = v;
                b.state.fed.push(i);
                b.order.push(i);
                b.possible_sets &= p.sets;
                any = true;
            }
            Ok(None) => {}
            Err(fault) if is_conversion(&fault) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(any)
}

fn is_conversion(fault: &Fault) -> bool {
    matches!(
        &*fault.id,
        "ParameterArgumentTransformationError" | "CannotConvertArgument" | "CannotConvertArgumentNoMessage"
    )
}

/// The first property that the record has under one of the names. Only what the object itself has counts: no keys of
/// dictionaries, no properties of a list's items, no `Count` of a single object.
fn property(shell: &mut dyn Shell, record: &Value, names: &[Name]) -> Option<Value> {
    if record.is_null() {
        return None;
    }
    names.iter().find_map(|&n| {
        if !has_property(record, n) {
            return None;
        }
        // A getter that fails is a property that is not there.
        member::get(shell, record, n).ok().flatten()
    })
}

fn has_property(record: &Value, name: Name) -> bool {
    let text = name.text();
    if ENGINE_MEMBERS.iter().any(|m| same(text, m)) {
        return false;
    }
    let invented = || same(text, "Count") || same(text, "Length");
    let own = || exsh_dotnet::types::of(record).is_some_and(|t| member::find_property(t, text).is_some());
    match record.view() {
        View::Custom(_) => true,
        View::Table(_) | View::List(_) => own(),
        View::Object(o) => {
            let o = o.get();
            (!invented() && o.enumerate().is_none()) || own() || o.dynamic_property(text).is_some()
        }
        _ => !invented() || own(),
    }
}

/// Members that every value shows and that are no properties of it.
const ENGINE_MEMBERS: [&str; 2] = ["PSObject", "PSTypeNames"];

/// Script blocks given in place of a value run for each record, with the record as `$_`.
fn run_blocks(
    shell: &mut dyn Shell,
    meta: &CommandMeta,
    b: &mut Binding,
    record: &Value,
) -> Result<bool, Fault> {
    if b.state.delayed.is_empty() {
        return Ok(false);
    }
    for (i, block) in b.state.delayed.clone() {
        let p = &meta.params[i as usize];
        let how = Invoke { dollar_under: Some(record.clone()), same_scope: true, ..Invoke::default() };
        let results = shell
            .call(&block, how)
            .map_err(|flow| errors::block_failed(meta, meta.subject(i), &one::exception_of(&flow)))?;
        if results.is_empty() {
            return Err(errors::block_without_output(meta, meta.subject(i)));
        }
        let value = enumerate::collapse(results);
        if let Some(v) = one::fit(shell, meta, p, value, true)? {
            b.values[i as usize] = v;
            b.state.fed.push(i);
            b.order.push(i);
            b.possible_sets &= p.sets;
        }
    }
    Ok(true)
}
