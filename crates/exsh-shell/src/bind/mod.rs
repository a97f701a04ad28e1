//! The parameter binder: written arguments to bound values.
//!
//! It decides which value belongs to which parameter, converts and validates it, and which parameter set a call is in.
//! A call is bound in two halves. [`plan`] looks at the call site alone (names, switches, what follows what) and is
//! kept by the caller; [`bind`] meets the values. Records from the pipeline come later, one [`bind_record`] each.
//! It knows no positions in scripts and no invocation: the engine attaches them to the records made here.
//! Rules: about_Parameter_Binding, about_Functions_Advanced_Parameters, about_CommonParameters.
#![allow(
    clippy::result_large_err,
    reason = "an error ends the call, and its record is needed whole by the caller"
)]

mod call;
mod common;
mod errors;
mod meta;
mod one;
mod order;
mod plan;
mod record;
mod sets;
#[cfg(test)]
mod tests;
mod validate;

pub use call::bind;
pub use errors::missing_mandatory_error;
pub use order::Order;
pub use plan::{CallPlan, plan};
pub use record::bind_record;
pub use sets::{missing_mandatory, supply};
pub use validate::validate;

use exsh_core::Bound;
use exsh_core::cmdlet::{CmdletDecl, Impact};
use exsh_core::error::ErrorRecord;
use exsh_core::name::Name;
use exsh_core::types::TypeRef;
use exsh_core::value::{Str, Value};

/// What the binder must know of a command. Fill the public fields, then call [`CommandMeta::finish`].
pub struct CommandMeta {
    pub name: Str,
    pub params: Vec<ParamMeta>,
    /// Bit `i` of every mask is set `i`; empty: one set without a name.
    pub set_names: Vec<Str>,
    pub default_set: Option<u8>,
    /// Cmdlets, and functions with `[CmdletBinding()]` or any `[Parameter()]`. Simple functions keep what they do not
    /// know in `$args`.
    pub advanced: bool,
    /// Takes `-Verbose`, `-ErrorAction` and the like.
    pub common: bool,
    /// Takes `-WhatIf` and `-Confirm`.
    pub should_process: bool,
    pub impact: Impact,
    pub positional_binding: bool,
    /// Second part of FullyQualifiedErrorId.
    pub class: Str,
    /// A script's parameters are converted by their attribute and fail with a transformation error; a cmdlet's fail
    /// as the conversion does, and its reference types take null as it is.
    pub script: bool,
    tables: meta::Tables,
}

/// A parameter. Masks are bits of parameter sets.
#[derive(Clone)]
pub struct ParamMeta {
    pub name: Name,
    /// The name as declared.
    pub spelling: Str,
    pub aliases: Vec<Str>,
    pub ty: TypeRef,
    /// The script named a type. One that did not takes every value as it is.
    pub type_written: bool,
    pub sets: u32,
    pub mandatory: u32,
    pub from_pipeline: u32,
    pub by_property_name: u32,
    /// ValueFromRemainingArguments.
    pub remaining: u32,
    /// Sets and the position in them. Empty: none was written.
    pub positions: Vec<(u32, i32)>,
    /// In the order in which they are asked.
    pub validations: Vec<Validation>,
    pub allow_null: bool,
    pub allow_empty_string: bool,
    pub allow_empty_collection: bool,
    pub help_message: Option<Str>,
    pub wildcards: bool,
    pub hidden: bool,
}

/// What a value must be like after its conversion.
#[derive(Clone)]
pub enum Validation {
    Set {
        values: Vec<Str>,
        ignore_case: bool,
        error_message: Option<Str>,
    },
    Range(Value, Value),
    Positive,
    NonNegative,
    Negative,
    NonPositive,
    /// Of a string, in UTF-16 units.
    Length(i32, i32),
    /// Of a collection.
    Count(i32, i32),
    Pattern {
        pattern: Str,
        ignore_case: bool,
        error_message: Option<Str>,
    },
    /// The script block, with `$_` as the value, and the message that replaces its own.
    Script(Value, Option<Str>),
    NotNull,
    NotNullOrEmpty,
    NotNullOrWhiteSpace,
}

/// A written argument with its value.
pub enum Argument {
    Value(Value),
    Parameter {
        name: Str,
        attached: Option<Value>,
        /// As written, with its dash and without its value: simple functions find it in `$args`.
        written: Str,
    },
    EndOfParameters,
}

/// A written argument before it has a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ArgumentShape {
    Value,
    Parameter { name: Str, attached: bool },
    EndOfParameters,
}

/// Why a call could not be bound.
pub struct BindError {
    /// Boxed, so that the frequent success stays small.
    pub record: Box<ErrorRecord>,
    /// Index of the written argument at fault; nothing when it is the call as a whole.
    pub argument: Option<usize>,
}

/// The bound values of one invocation.
pub struct Binding {
    /// By parameter; unset where nothing was bound.
    pub values: Vec<Value>,
    /// Sets that the call may still be in.
    pub possible_sets: u32,
    /// The set, once there is no doubt.
    pub set: Option<u8>,
    pub common: CommonParameters,
    /// `$args` of a simple function.
    pub rest: Vec<Value>,
    /// Parameters in the order in which they were bound, for `$PSBoundParameters`.
    pub order: Order,
    state: State,
}

/// What the binder remembers between the steps of one invocation.
#[derive(Default)]
struct State {
    /// Common parameters that were given, as bits of their table.
    common_seen: u32,
    /// Script blocks that stand for a value: run for each record.
    delayed: Vec<(u16, Value)>,
    /// The sets that were possible before the first record; each record starts from them.
    sets_before_input: u32,
    /// The set to try first with each record.
    preferred: u32,
    /// How many entries of `order` came from the command line.
    ordered_before_input: usize,
    /// Parameters that this record fed.
    fed: Vec<u16>,
    /// The record before was bound without error: the next one may go the same way.
    repeats: bool,
    /// Parameters that any record fed so far.
    touched: Vec<u16>,
    /// The declaration's own names, for [`refresh`].
    set_names: &'static [&'static str],
}

/// What the common parameters say; nothing where they were not given.
#[derive(Default, Clone)]
pub struct CommonParameters {
    pub verbose: Option<bool>,
    pub debug: Option<bool>,
    pub error_action: Option<ActionPreference>,
    pub warning_action: Option<ActionPreference>,
    pub information_action: Option<ActionPreference>,
    pub progress_action: Option<ActionPreference>,
    /// Name of the variable, and whether it is appended to (`+name`).
    pub error_variable: Option<(Str, bool)>,
    pub warning_variable: Option<(Str, bool)>,
    pub information_variable: Option<(Str, bool)>,
    pub out_variable: Option<(Str, bool)>,
    pub pipeline_variable: Option<Str>,
    pub out_buffer: Option<i32>,
    pub what_if: Option<bool>,
    pub confirm: Option<bool>,
}

impl CommonParameters {
    /// Is what the command puts out kept in a variable as well?
    pub fn notes_output(&self) -> bool {
        self.out_variable.is_some() || self.pipeline_variable.is_some()
    }
}

/// What happens to a record of a stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ActionPreference {
    SilentlyContinue,
    Stop,
    Continue,
    Inquire,
    Ignore,
    Suspend,
    Break,
}

impl Binding {
    /// Parameters that a record has fed so far; their values change with every record and are unset where the last
    /// one did not feed them.
    pub fn touched(&self) -> &[u16] {
        &self.state.touched
    }

    /// Is anything bound to the parameter, or will a script block give it a value for each record?
    fn is_bound(&self, index: u16) -> bool {
        !self.values[index as usize].is_unset() || self.state.delayed.iter().any(|(i, _)| *i == index)
    }
}

/// The bound values as a cmdlet reads them.
pub fn to_bound(meta: &CommandMeta, decl: &CmdletDecl, binding: &Binding) -> Bound {
    debug_assert_eq!(meta.params.len(), decl.params.len());
    let mut bound = Bound::new(binding.values.len());
    for (i, v) in binding.values.iter().enumerate() {
        if !v.is_unset() {
            bound.put(i, v.clone());
        }
    }
    choose(binding, &mut bound);
    bound
}

/// Carries what the last record changed over to `bound`.
pub fn refresh(binding: &Binding, bound: &mut Bound) {
    for &i in &binding.state.touched {
        bound.put(i as usize, binding.values[i as usize].clone());
    }
    choose(binding, bound);
}

fn choose(binding: &Binding, bound: &mut Bound) {
    if let Some(set) = binding.set
        && let Some(name) = binding.state.set_names.get(set as usize)
    {
        bound.choose_set(set, name);
    }
}

/// All parameter sets.
pub const ALL_SETS: u32 = u32::MAX;
