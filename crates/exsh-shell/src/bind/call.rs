//! The second half of a call: the values meet their parameters.
//!
//! The order of about_Parameter_Binding: names, then positions, then what takes the rest. Errors come in that order
//! too, so that a call with several faults reports the one that the reference reports.

use super::common;
use super::errors;
use super::one;
use super::plan::{CallPlan, Source};
use super::sets;
use super::{Argument, BindError, Binding, CommandMeta, CommonParameters, Order, State};
use exsh_core::out::Shell;
use exsh_core::types::{self, Kind};
use exsh_core::value::{Value, View};

/// Binds the written arguments. Mandatory parameters are not looked at: [`super::missing_mandatory`] comes next.
/// `expects_input` says whether records will follow.
pub fn bind(
    shell: &mut dyn Shell,
    meta: &CommandMeta,
    plan: &CallPlan,
    mut arguments: Vec<Argument>,
    expects_input: bool,
) -> Result<Binding, BindError> {
    let mut b = Binding {
        values: vec![Value::UNSET; meta.params.len()],
        possible_sets: meta.tables.all_sets,
        set: None,
        common: CommonParameters::default(),
        rest: Vec::new(),
        order: Order::default(),
        state: State { set_names: meta.tables.set_names, ..State::default() },
    };
    for named in &plan.named {
        let (value, at) = match named.source {
            Source::Attached => (attached(&mut arguments[named.argument as usize]), named.argument),
            Source::Present => (Value::TRUE, named.argument),
            Source::Next(at) => (loose(&mut arguments[at as usize]), at),
        };
        match (named.slot as usize).checked_sub(meta.params.len()) {
            Some(index) => {
                let seen = b.state.common_seen & 1 << index != 0;
                let at = if seen { named.argument } else { at };
                common::bind(shell, meta, &mut b, index, value)
                    .map_err(|fault| BindError::at(fault, at as usize))?;
            }
            None if b.is_bound(named.slot) => {
                let fault = errors::already_bound(meta, meta.subject(named.slot));
                return Err(BindError::at(fault, named.argument as usize));
            }
            None => {
                put(shell, meta, &mut b, named.slot, value, true, expects_input)
                    .map_err(|fault| BindError::at(fault, at as usize))?;
            }
        }
    }
    for &(parameter, at) in &plan.placed {
        let value = loose(&mut arguments[at as usize]);
        put(shell, meta, &mut b, parameter, value, true, expects_input)
            .map_err(|fault| BindError::at(fault, at as usize))?;
    }
    let unplaced = place(shell, meta, plan, &mut b, &arguments, expects_input)?;
    if !meta.advanced {
        b.set = Some(0);
        for &at in &plan.surplus {
            keep(&mut arguments[at as usize], &mut b.rest);
        }
        return Ok(b);
    }
    sets::settle(meta, &mut b, true, false)?;
    if !plan.surplus.is_empty() || !unplaced.is_empty() {
        let mut surplus: Vec<u16> = plan.surplus.iter().chain(&unplaced).copied().collect();
        surplus.sort_unstable();
        bind_rest(shell, meta, &mut b, &mut arguments, &surplus)?;
    }
    Ok(b)
}

/// Converts, checks and stores one value; false when it needs a conversion that is not wanted.
pub(super) fn put(
    shell: &mut dyn Shell,
    meta: &CommandMeta,
    b: &mut Binding,
    index: u16,
    value: Value,
    coerce: bool,
    expects_input: bool,
) -> Result<bool, errors::Fault> {
    let p = &meta.params[index as usize];
    if meta.advanced
        && (p.from_pipeline | p.by_property_name) & b.possible_sets != 0
        && value.kind() == Kind::ScriptBlock
        && !takes_blocks(p)
    {
        if !expects_input {
            return Err(errors::block_without_input(meta, meta.subject(index)));
        }
        b.state.delayed.push((index, value));
    } else {
        match one::fit(shell, meta, p, value, coerce)? {
            Some(v) => b.values[index as usize] = v,
            None => return Ok(false),
        }
        b.order.push(index);
    }
    // Every step may only narrow; a parameter of all sets says nothing.
    b.possible_sets &= p.sets;
    Ok(true)
}

/// A script block given to such a parameter is the value, not a recipe for it.
fn takes_blocks(p: &super::ParamMeta) -> bool {
    !p.type_written
        || [Some(p.ty), p.ty.element]
            .iter()
            .flatten()
            .any(|t| matches!(t.kind, Kind::Object | Kind::ScriptBlock))
}

/// Loose values where sets or types decide: for each position in turn the default set first, and what fits without
/// conversion before what needs one. Gives back the arguments that found no place.
fn place(
    shell: &mut dyn Shell,
    meta: &CommandMeta,
    plan: &CallPlan,
    b: &mut Binding,
    arguments: &[Argument],
    expects_input: bool,
) -> Result<Vec<u16>, BindError> {
    let mut left = Vec::new();
    let mut loose = plan.loose.iter().copied();
    if plan.loose.is_empty() {
        return Ok(left);
    }
    for at in &meta.tables.positions {
        let mut claimed = 0;
        let mut anybody = false;
        for &(p, mask) in at {
            let mask = mask & b.possible_sets;
            if mask == 0 || b.is_bound(p) {
                continue;
            }
            if claimed & mask != 0 {
                return Err(BindError::whole(errors::ambiguous_position(meta)));
            }
            claimed |= mask;
            anybody = true;
        }
        if !anybody {
            continue;
        }
        let Some(argument) = loose.next() else { break };
        let value = match &arguments[argument as usize] {
            Argument::Value(v) => v.clone(),
            Argument::Parameter { written, .. } => Value::string(written.clone()),
            Argument::EndOfParameters => continue,
        };
        let default = meta.tables.default_set & b.possible_sets;
        let mut bound = false;
        'tries: for coerce in [false, true] {
            for sets in [default, b.possible_sets] {
                for &(p, mask) in at {
                    if mask & sets == 0 || b.is_bound(p) {
                        continue;
                    }
                    bound = put(shell, meta, b, p, value.clone(), coerce, expects_input)
                        .map_err(|fault| BindError::at(fault, argument as usize))?;
                    if bound {
                        break 'tries;
                    }
                }
            }
        }
        if !bound {
            left.push(argument);
        }
    }
    left.extend(loose);
    Ok(left)
}

/// What is left over goes to the parameter that takes the rest, or is an error.
fn bind_rest(
    shell: &mut dyn Shell,
    meta: &CommandMeta,
    b: &mut Binding,
    arguments: &mut [Argument],
    surplus: &[u16],
) -> Result<(), BindError> {
    let takers = meta.tables.remaining.iter().copied();
    let mut takers =
        takers.filter(|&p| meta.params[p as usize].remaining & b.possible_sets != 0 && !b.is_bound(p));
    let (taker, second) = (takers.next(), takers.next());
    if second.is_some() {
        return Err(BindError::whole(errors::ambiguous_set(meta)));
    }
    let Some(taker) = taker else {
        let first = surplus[0] as usize;
        return Err(match &arguments[first] {
            Argument::Parameter { name, .. } => BindError::at(errors::not_found(meta, name.as_str()), first),
            Argument::Value(v) => BindError::whole(errors::surplus_value(meta, v)),
            Argument::EndOfParameters => BindError::whole(errors::surplus_value(meta, &Value::text("--"))),
        });
    };
    let mut items = Vec::with_capacity(surplus.len());
    for &at in surplus {
        keep(&mut arguments[at as usize], &mut items);
    }
    // A single list is the list of the rest: `f a,b` is `f a b`.
    let value = match items.as_slice() {
        [one] if matches!(one.base().view(), View::List(_)) => items.pop().expect("there is one"),
        _ => Value::list_of(exsh_dotnet::types::list_of(&types::OBJECT), items),
    };
    put(shell, meta, b, taker, value, true, false).map_err(|fault| match surplus {
        [one] => BindError::at(fault, *one as usize),
        _ => BindError::whole(fault),
    })?;
    Ok(())
}

/// An argument as a value among others: a name is its text, with its colon when a value hung on it.
fn keep(argument: &mut Argument, into: &mut Vec<Value>) {
    match argument {
        Argument::Value(v) => into.push(plain(v.take())),
        Argument::Parameter { attached: None, written, .. } => into.push(Value::string(written.clone())),
        Argument::Parameter { attached: Some(v), written, .. } => {
            let text = written.as_str();
            into.push(if text.ends_with(':') {
                Value::string(written.clone())
            } else {
                Value::text(format!("{text}:"))
            });
            into.push(plain(v.take()));
        }
        Argument::EndOfParameters => {}
    }
}

fn attached(argument: &mut Argument) -> Value {
    match argument {
        Argument::Parameter { attached: Some(v), .. } => plain(v.take()),
        other => loose(other),
    }
}

fn loose(argument: &mut Argument) -> Value {
    match argument {
        Argument::Value(v) => plain(v.take()),
        Argument::Parameter { written, .. } => Value::string(written.clone()),
        Argument::EndOfParameters => Value::NULL,
    }
}

/// What gave nothing is null as an argument.
#[inline]
fn plain(value: Value) -> Value {
    if value.is_null() { Value::NULL } else { value }
}
