//! Which parameter set a call is in, and what it still lacks.
//!
//! A call starts with all sets possible; every parameter bound leaves those that it is in. The rules for what happens
//! when several are left follow about_Parameter_Sets and the observed behaviour of the reference.

use super::errors;
use super::{BindError, Binding, CommandMeta};
use exsh_core::out::Shell;
use exsh_core::value::Value;

/// Decides the set if it can be decided now. `before_input`: records may still tell. `fix`: the default set, if it is
/// still possible, is the set from now on. Gives the number of sets left.
pub(super) fn settle(
    meta: &CommandMeta,
    b: &mut Binding,
    before_input: bool,
    fix: bool,
) -> Result<u32, BindError> {
    let default = meta.tables.default_set;
    match b.possible_sets.count_ones() {
        0 => Err(BindError::whole(errors::ambiguous_set(meta))),
        1 => {
            choose(b, b.possible_sets);
            Ok(1)
        }
        several if default & b.possible_sets != 0 => {
            choose(b, default);
            if fix {
                b.possible_sets = default;
                return Ok(1);
            }
            Ok(several)
        }
        several if before_input && input_may_tell(meta, b) => {
            b.set = None;
            Ok(several)
        }
        // The one set that lacks nothing.
        _ => {
            let mut complete = b.possible_sets & own_sets(meta);
            for &i in unbound(&meta.tables.mandatory, b) {
                complete &= !meta.params[i as usize].mandatory;
            }
            if complete.count_ones() != 1 {
                return Err(BindError::whole(errors::ambiguous_set(meta)));
            }
            b.possible_sets = complete;
            choose(b, complete);
            Ok(1)
        }
    }
}

/// Resolves the set as far as the call alone can, and names the mandatory parameters without a value, in order of
/// declaration. Where records are expected, those that take them are left out. To be called once, before `begin`.
pub fn missing_mandatory(
    meta: &CommandMeta,
    b: &mut Binding,
    expects_input: bool,
) -> Result<Vec<u16>, BindError> {
    let mut missing = Vec::new();
    if !meta.advanced {
        remember(b);
        return Ok(missing);
    }
    if !expects_input {
        settle(meta, b, false, true)?;
        let possible = b.possible_sets;
        missing.extend(
            unbound(&meta.tables.mandatory, b)
                .filter(|&&i| meta.params[i as usize].mandatory & possible != 0),
        );
    } else {
        let count = settle(meta, b, true, false)?;
        if count > 1 {
            let taking = sets_taking_input(meta, b);
            if taking != b.possible_sets {
                b.possible_sets = taking;
                settle(meta, b, true, false)?;
            }
        }
        if let Some(asked) = choose_before_input(meta, b)? {
            missing.extend(unbound(&meta.tables.mandatory, b).filter(|&&i| {
                let p = &meta.params[i as usize];
                p.mandatory & !(p.from_pipeline | p.by_property_name) & asked != 0
            }));
        }
    }
    remember(b);
    Ok(missing)
}

/// Binds the answer to the question for a mandatory parameter.
pub fn supply(
    shell: &mut dyn Shell,
    meta: &CommandMeta,
    b: &mut Binding,
    index: u16,
    value: Value,
) -> Result<(), BindError> {
    super::call::put(shell, meta, b, index, value, true, true).map_err(BindError::whole)?;
    if b.possible_sets.count_ones() == 1 {
        choose(b, b.possible_sets);
    }
    remember(b);
    Ok(())
}

/// Mandatory in a set that is still possible, and unbound: what a record should have brought.
pub(super) fn still_missing(meta: &CommandMeta, b: &Binding) -> Vec<u16> {
    let lacking = |i: &&u16| meta.params[**i as usize].mandatory & b.possible_sets != 0;
    unbound(&meta.tables.mandatory, b).filter(lacking).copied().collect()
}

/// Each record starts from here.
fn remember(b: &mut Binding) {
    b.state.sets_before_input = b.possible_sets;
    b.state.ordered_before_input = b.order.len();
}

fn choose(b: &mut Binding, sets: u32) {
    b.set = Some(sets.trailing_zeros() as u8);
}

fn unbound<'a>(list: &'a [u16], b: &'a Binding) -> impl Iterator<Item = &'a u16> {
    list.iter().filter(|&&i| !b.is_bound(i))
}

/// Sets that some parameter is in; a set that only the default's name mentions counts as well.
fn own_sets(meta: &CommandMeta) -> u32 {
    meta.params.iter().fold(meta.tables.default_set, |sets, p| sets | p.sets)
}

fn input_may_tell(meta: &CommandMeta, b: &Binding) -> bool {
    unbound(&meta.tables.piped, b).any(|&i| {
        let p = &meta.params[i as usize];
        (p.from_pipeline | p.by_property_name) & b.possible_sets != 0
    })
}

/// The possible sets in which something still takes records; all of them when none does.
fn sets_taking_input(meta: &CommandMeta, b: &Binding) -> u32 {
    let bound_to_input = b.state.delayed.iter().map(|(i, _)| i);
    let mut taking = 0;
    for &i in unbound(&meta.tables.piped, b).chain(bound_to_input) {
        let p = &meta.params[i as usize];
        taking |= (p.from_pipeline | p.by_property_name) & b.possible_sets;
    }
    if taking == 0 { b.possible_sets } else { taking }
}

/// What the possible sets lack, as masks.
struct Lacks {
    /// Something that only the call can give.
    asking: u32,
    by_value: u32,
    by_property: u32,
    /// Lacking in every possible set, and only the call can give it.
    asked_everywhere: bool,
    any: u32,
}

impl Lacks {
    fn of(meta: &CommandMeta, b: &Binding) -> Lacks {
        let mut l = Lacks { asking: 0, by_value: 0, by_property: 0, asked_everywhere: false, any: 0 };
        for &i in unbound(&meta.tables.mandatory, b) {
            let p = &meta.params[i as usize];
            let sets = p.mandatory & b.possible_sets;
            let asked = sets & !(p.from_pipeline | p.by_property_name);
            l.any |= sets;
            l.asking |= asked;
            l.by_value |= sets & p.from_pipeline;
            l.by_property |= sets & p.by_property_name;
            l.asked_everywhere |= asked != 0 && asked == b.possible_sets;
        }
        l
    }
    fn fed(&self) -> u32 {
        self.by_value | self.by_property
    }
}

/// Chooses among several sets that lack something before the first record comes. Gives the sets whose lacks are asked
/// for; nothing when there is nothing to ask.
fn choose_before_input(meta: &CommandMeta, b: &mut Binding) -> Result<Option<u32>, BindError> {
    let lacks = Lacks::of(meta, b);
    if lacks.any == 0 {
        return Ok(None);
    }
    let default = meta.tables.default_set & b.possible_sets;
    let mut sets = lacks.any;
    // A default set that lacks nothing is taken unless records could complete another one.
    if b.possible_sets.count_ones() > 1 && default != 0 && default & sets == 0 && lacks.fed() & !default == 0
    {
        sets = b.possible_sets & !sets;
        b.possible_sets = sets;
        if sets == default {
            choose(b, default);
        } else {
            b.state.preferred = default;
            return Ok(None);
        }
    }
    if sets.count_ones() == 1 {
        return Ok(Some(sets));
    }
    if default & sets != 0 {
        let others = sets & !default;
        let completed_by_input = lacks.fed() & others & !lacks.asking != 0;
        let others_by_property = lacks.by_property & others != 0;
        if !completed_by_input
            || lacks.asked_everywhere
            || (default & lacks.fed() != 0 && !others_by_property)
        {
            b.possible_sets = default;
            choose(b, default);
            return Ok(Some(default));
        }
    }
    let by_value = lacks.by_value & sets;
    let by_property = lacks.by_property & sets;
    let single = |mask: u32| if mask.count_ones() == 1 { mask } else { 0 };
    let fed = match (single(by_value), single(by_property)) {
        (v, p) if v == p => v,
        (v, 0) => v,
        (0, p) => p,
        _ => 0,
    };
    if fed != 0 {
        return Ok(Some(latch(b, &lacks, fed, sets)));
    }
    if lacks.asking & sets == 0 {
        return Ok(None);
    }
    if single(by_value) != 0 {
        return Ok(Some(latch(b, &lacks, by_value, sets)));
    }
    // Records could complete several sets: those that would have to ask are given up.
    let several = by_value.count_ones() > 1 || by_property.count_ones() > 1;
    b.possible_sets &= !lacks.asking;
    if !several || b.possible_sets == 0 {
        return Err(BindError::whole(errors::ambiguous_set(meta)));
    }
    if b.possible_sets.count_ones() == 1 {
        choose(b, b.possible_sets);
    }
    Ok(None)
}

/// Takes the set that records complete; sets that lack nothing stay possible unless the chosen one has to ask.
fn latch(b: &mut Binding, lacks: &Lacks, set: u32, candidates: u32) -> u32 {
    b.possible_sets = if lacks.asking & set != 0 { set } else { b.possible_sets & !(candidates & !set) };
    if b.possible_sets.count_ones() == 1 {
        choose(b, b.possible_sets);
    }
    set
}
