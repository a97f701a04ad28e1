//! The first half of a call: what the call site alone decides. The result is kept by the caller.

use super::errors;
use super::meta::Found;
use super::{ArgumentShape, BindError, CommandMeta};

/// Which written argument goes where. Indexes are places in the list of written arguments.
pub struct CallPlan {
    pub(super) named: Vec<Named>,
    /// Loose values whose parameter is known: parameter, argument.
    pub(super) placed: Vec<(u16, u16)>,
    /// Loose values whose parameter depends on the values.
    pub(super) loose: Vec<u16>,
    /// Names that nobody knows and values that are too many, in the order of writing.
    pub(super) surplus: Vec<u16>,
}

pub(super) struct Named {
    pub slot: u16,
    /// The argument that wrote the name.
    pub argument: u16,
    pub source: Source,
}

pub(super) enum Source {
    /// `-Name:value`
    Attached,
    /// `-Name value`: the argument behind.
    Next(u16),
    /// A switch by its name alone.
    Present,
}

/// Finds the parameters of the written names and, where the order alone tells, of the loose values.
pub fn plan(meta: &CommandMeta, shape: &[ArgumentShape]) -> Result<CallPlan, BindError> {
    let mut plan = CallPlan { named: Vec::new(), placed: Vec::new(), loose: Vec::new(), surplus: Vec::new() };
    let mut only_values = false;
    let mut i = 0;
    while i < shape.len() {
        let at = i as u16;
        i += 1;
        let (name, attached) = match &shape[at as usize] {
            ArgumentShape::EndOfParameters if !only_values => {
                only_values = true;
                continue;
            }
            ArgumentShape::Parameter { name, attached } if !only_values => (name.as_str(), *attached),
            _ => {
                plan.loose.push(at);
                continue;
            }
        };
        let Some(slot) = slot_of(meta, name, at)? else {
            plan.surplus.push(at);
            continue;
        };
        let source = if attached {
            Source::Attached
        } else if meta.is_switch(slot) {
            Source::Present
        } else {
            // `--` between a name and its value only says that the value is one.
            let ended = matches!(shape.get(i), Some(ArgumentShape::EndOfParameters));
            if ended {
                only_values = true;
                i += 1;
            }
            let missing = || BindError::at(errors::missing_argument(meta, meta.subject(slot)), at as usize);
            match shape.get(i) {
                None => return Err(missing()),
                // What looks like a name that nobody has is taken as text.
                Some(ArgumentShape::Parameter { name, attached }) if !ended => {
                    if *attached || slot_of(meta, name.as_str(), i as u16)?.is_some() {
                        return Err(missing());
                    }
                }
                Some(_) => {}
            }
            i += 1;
            Source::Next(i as u16 - 1)
        };
        plan.named.push(Named { slot, argument: at, source });
    }
    if meta.tables.placed_by_order {
        place(meta, &mut plan);
    }
    Ok(plan)
}

fn slot_of(meta: &CommandMeta, name: &str, at: u16) -> Result<Option<u16>, BindError> {
    match meta.find(name) {
        Found::Slot(slot) => Ok(Some(slot)),
        Found::Nothing => Ok(None),
        Found::Ambiguous(candidates) => {
            Err(BindError::at(errors::ambiguous(meta, name, &candidates), at as usize))
        }
    }
}

fn place(meta: &CommandMeta, plan: &mut CallPlan) {
    let mut loose = std::mem::take(&mut plan.loose).into_iter();
    let free = meta.tables.positions.iter().map(|at| at[0].0);
    for parameter in free.filter(|p| !plan.named.iter().any(|n| n.slot == *p)) {
        match loose.next() {
            Some(argument) => plan.placed.push((parameter, argument)),
            None => break,
        }
    }
    let rest = loose.as_slice();
    if !rest.is_empty() {
        plan.surplus.extend_from_slice(rest);
        plan.surplus.sort_unstable();
    }
}
