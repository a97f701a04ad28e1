//! What a command declares, prepared for binding: names to slots, positions in order, who takes pipeline input.
//!
//! A slot is a parameter's index, or behind the last of them a common parameter.

use super::common::{COMMON, SHOULD_PROCESS_FROM};
use super::{CommandMeta, ParamMeta, Validation};
use exsh_core::cmdlet::{CmdletDecl, Impact, ParamSpec, Validate};
use exsh_core::name::{self, Name};
use exsh_core::types::{self, Kind, TypeRef};
use exsh_core::value::{Str, Value};

/// Prepared by [`CommandMeta::finish`].
#[derive(Default)]
pub(super) struct Tables {
    /// Bits of the sets that exist.
    pub all_sets: u32,
    /// Bit of the default set; 0 without one.
    pub default_set: u32,
    /// In order of position: the parameters at it with the sets in which they stand there.
    pub positions: Vec<Vec<(u16, u32)>>,
    /// Loose values find their parameter without being looked at: one set, one parameter a position.
    pub placed_by_order: bool,
    /// Takes pipeline input in some set, last declared first: the order in which they are tried.
    pub piped: Vec<u16>,
    /// Mandatory in some set.
    pub mandatory: Vec<u16>,
    pub remaining: Vec<u16>,
    /// The one parameter that takes every record as it is and needs no look at it.
    pub plain_input: Option<u16>,
    /// Names under which a record's property is looked for, by parameter; only for `piped` by property name.
    pub property_names: Vec<Vec<Name>>,
    /// The declaration's own set names.
    pub set_names: &'static [&'static str],
    /// Names and aliases, folded, with their slot; names first, in order of declaration.
    names: Vec<(Box<str>, u16)>,
    aliases: Vec<(Box<str>, u16)>,
}

/// What a written name means.
pub(super) enum Found<'a> {
    Slot(u16),
    Nothing,
    /// Spellings of the candidates.
    Ambiguous(Vec<&'a str>),
}

impl Default for ParamMeta {
    fn default() -> ParamMeta {
        ParamMeta::new("", &types::OBJECT)
    }
}

impl ParamMeta {
    /// An optional parameter of all sets, without position; its type counts as written unless it is `object`.
    pub fn new(name: impl Into<Str>, ty: TypeRef) -> ParamMeta {
        let spelling = name.into();
        ParamMeta {
            name: Name::new(spelling.as_str()),
            spelling,
            aliases: Vec::new(),
            ty,
            type_written: !ty.is(&types::OBJECT),
            sets: super::ALL_SETS,
            mandatory: 0,
            from_pipeline: 0,
            by_property_name: 0,
            remaining: 0,
            positions: Vec::new(),
            validations: Vec::new(),
            allow_null: false,
            allow_empty_string: false,
            allow_empty_collection: false,
            help_message: None,
            wildcards: false,
            hidden: false,
        }
    }

    pub fn is_switch(&self) -> bool {
        self.ty.kind == Kind::Switch
    }

    fn of_spec(spec: &ParamSpec) -> ParamMeta {
        let mut p = ParamMeta::new(spec.name, spec.ty);
        p.aliases = spec.aliases.iter().map(|a| Str::from(*a)).collect();
        p.sets = spec.sets;
        p.mandatory = spec.mandatory;
        p.from_pipeline = spec.from_pipeline;
        p.by_property_name = spec.by_property_name;
        p.remaining = spec.remaining;
        p.positions = spec
            .positions
            .iter()
            .filter(|(mask, _)| *mask != 0)
            .map(|&(mask, at)| (mask, at as i32))
            .collect();
        p.validations = spec.validate.iter().map(|v| validation(v, spec.ty)).collect();
        p.allow_null = spec.allow_null;
        p.allow_empty_string = spec.allow_empty;
        p.allow_empty_collection = spec.allow_empty;
        p.help_message = spec.help_message.map(Str::from);
        p.wildcards = spec.wildcards;
        p
    }
}

impl CommandMeta {
    /// A script's command; fill in the rest and call [`CommandMeta::finish`].
    pub fn new(name: impl Into<Str>, params: Vec<ParamMeta>) -> CommandMeta {
        let name = name.into();
        CommandMeta {
            class: name.clone(),
            name,
            params,
            set_names: Vec::new(),
            default_set: None,
            advanced: false,
            common: false,
            should_process: false,
            impact: Impact::Medium,
            positional_binding: true,
            script: true,
            tables: Tables::default(),
        }
    }

    pub fn of_cmdlet(decl: &'static CmdletDecl) -> CommandMeta {
        let mut meta = CommandMeta::new(decl.name, decl.params.iter().map(ParamMeta::of_spec).collect());
        meta.set_names = decl.sets.iter().map(|s| Str::from(*s)).collect();
        meta.default_set = decl.default_set;
        meta.advanced = true;
        meta.common = decl.common_parameters;
        meta.should_process = decl.supports_should_process;
        meta.impact = decl.impact;
        meta.class = Str::from(decl.class);
        meta.script = false;
        meta.tables.set_names = decl.sets;
        meta.finish()
    }

    /// Builds the look-up tables; call again after a change.
    pub fn finish(mut self) -> CommandMeta {
        let sets = self.set_names.len().clamp(1, 32);
        let all_sets = if sets == 32 { u32::MAX } else { (1 << sets) - 1 };
        let mut t = Tables {
            all_sets,
            default_set: self.default_set.map_or(0, |s| 1 << s.min(31)) & all_sets,
            set_names: self.tables.set_names,
            ..Tables::default()
        };
        for p in &mut self.params {
            // Bits of sets that do not exist stay: they meet no possible set.
            for mask in [&mut p.mandatory, &mut p.from_pipeline, &mut p.by_property_name, &mut p.remaining] {
                *mask &= p.sets;
            }
        }
        for (i, p) in self.params.iter().enumerate() {
            let i = i as u16;
            t.names.push((folded(p.spelling.as_str()), i));
            t.aliases.extend(p.aliases.iter().map(|a| (folded(a.as_str()), i)));
            if p.mandatory & all_sets != 0 {
                t.mandatory.push(i);
            }
            if p.remaining & all_sets != 0 {
                t.remaining.push(i);
            }
            if (p.from_pipeline | p.by_property_name) & all_sets != 0 {
                t.piped.insert(0, i);
            }
            t.property_names.push(if p.by_property_name == 0 {
                Vec::new()
            } else {
                std::iter::once(p.name).chain(p.aliases.iter().map(|a| Name::new(a.as_str()))).collect()
            });
        }
        let count = self.params.len() as u16;
        for (i, c) in COMMON.iter().enumerate() {
            let known = if i < SHOULD_PROCESS_FROM { self.common } else { self.should_process };
            if known {
                t.names.push((folded(c.name), count + i as u16));
                t.aliases.push((folded(c.alias), count + i as u16));
            }
        }
        t.positions = positions(&self);
        t.placed_by_order = all_sets == 1 && t.positions.iter().all(|at| at.len() == 1);
        t.plain_input = plain_input(&self, &t);
        self.tables = t;
        self
    }

    /// Spelling and type of a slot.
    pub(super) fn subject(&self, slot: u16) -> super::errors::Subject<'_> {
        match self.params.get(slot as usize) {
            Some(p) => super::errors::Subject::new(p.spelling.as_str(), p.ty),
            None => {
                let c = &COMMON[slot as usize - self.params.len()];
                super::errors::Subject::new(c.name, c.ty)
            }
        }
    }

    pub(super) fn is_switch(&self, slot: u16) -> bool {
        self.subject(slot).ty.is_some_and(|t| t.kind == Kind::Switch)
    }

    /// A whole name or alias, else what the beginning fits. A command's own parameter is preferred to a common one
    /// when it is the only one that fits.
    pub(super) fn find(&self, written: &str) -> Found<'_> {
        let wanted = name::fold(written);
        if wanted.is_empty() {
            return Found::Nothing;
        }
        let t = &self.tables;
        let exact =
            |list: &[(Box<str>, u16)]| list.iter().find(|(n, _)| **n == *wanted).map(|(_, slot)| *slot);
        if let Some(slot) = exact(&t.names).or_else(|| exact(&t.aliases)) {
            return Found::Slot(slot);
        }
        let mut fitting: Vec<u16> = Vec::new();
        for (n, slot) in t.names.iter().chain(&t.aliases) {
            if n.starts_with(wanted.as_str()) && !fitting.contains(slot) {
                fitting.push(*slot);
            }
        }
        let mut own = fitting.iter().filter(|&&slot| (slot as usize) < self.params.len());
        match (fitting.as_slice(), own.next(), own.next()) {
            ([], ..) => Found::Nothing,
            ([one], ..) => Found::Slot(*one),
            (_, Some(&one), None) => Found::Slot(one),
            _ => Found::Ambiguous(fitting.iter().map(|&slot| self.subject(slot).name).collect()),
        }
    }
}

fn folded(text: &str) -> Box<str> {
    name::fold(text).into_boxed_str()
}

/// Written positions, or those that the order of declaration gives: only for scripts, and only where no parameter has
/// a position or a set of its own (about_Functions_CmdletBindingAttribute, PositionalBinding).
fn positions(meta: &CommandMeta) -> Vec<Vec<(u16, u32)>> {
    let written = meta.params.iter().any(|p| !p.positions.is_empty());
    let mut all: Vec<(i32, u16, u32)> = Vec::new();
    if written {
        for (i, p) in meta.params.iter().enumerate() {
            let mut free = p.sets & !p.remaining;
            for &(mask, at) in &p.positions {
                if mask & free != 0 {
                    all.push((at, i as u16, mask & free));
                    free &= !mask;
                }
            }
        }
    } else if meta.script && (meta.positional_binding || !meta.advanced) && !uses_sets(meta) {
        let takers = meta.params.iter().enumerate().filter(|(_, p)| !p.is_switch());
        for (at, (i, p)) in takers.enumerate() {
            let free = p.sets & !p.remaining;
            if free != 0 {
                all.push((at as i32, i as u16, free));
            }
        }
    }
    all.sort_by_key(|&(at, i, _)| (at, i));
    let mut grouped: Vec<Vec<(u16, u32)>> = Vec::new();
    let mut last = None;
    for (at, i, mask) in all {
        if last != Some(at) {
            grouped.push(Vec::new());
            last = Some(at);
        }
        grouped.last_mut().expect("just pushed").push((i, mask));
    }
    grouped
}

fn uses_sets(meta: &CommandMeta) -> bool {
    let all =
        if meta.set_names.len() < 2 { return false } else { (1u64 << meta.set_names.len().min(32)) - 1 };
    meta.params.iter().any(|p| u64::from(p.sets) & all != all)
}

fn plain_input(meta: &CommandMeta, t: &Tables) -> Option<u16> {
    let &[only] = t.piped.as_slice() else { return None };
    let p = &meta.params[only as usize];
    let plain = t.all_sets == 1
        && p.from_pipeline & 1 != 0
        && p.by_property_name == 0
        && (!p.type_written || matches!(p.ty.kind, Kind::Object | Kind::PsObject))
        && p.validations.is_empty();
    plain.then_some(only)
}

fn validation(v: &Validate, ty: TypeRef) -> Validation {
    // The limits have the parameter's own type: the reference compares values of one type.
    let limit = |n: i64| match ty.element.unwrap_or(ty).kind {
        Kind::Int64 => Value::long(n),
        Kind::UInt32 => Value::uint(n as u32),
        Kind::UInt64 => Value::ulong(n as u64),
        Kind::Double => Value::double(n as f64),
        Kind::Byte => Value::byte(n as u8),
        Kind::Int16 => Value::int16(n as i16),
        Kind::UInt16 => Value::uint16(n as u16),
        _ => i32::try_from(n).map_or(Value::long(n), Value::int),
    };
    let size = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    match *v {
        Validate::Set(values) => Validation::Set {
            values: values.iter().map(|s| Str::from(*s)).collect(),
            ignore_case: true,
            error_message: None,
        },
        Validate::Range(low, high) => Validation::Range(limit(low), limit(high)),
        Validate::Length(low, high) => Validation::Length(size(low), size(high)),
        Validate::Count(low, high) => Validation::Count(size(low), size(high)),
        Validate::Pattern(pattern) => {
            Validation::Pattern { pattern: Str::from(pattern), ignore_case: true, error_message: None }
        }
        Validate::NotNull => Validation::NotNull,
        Validate::NotNullOrEmpty => Validation::NotNullOrEmpty,
    }
}
