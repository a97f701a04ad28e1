//! How a cmdlet is declared and run.
//!
//! The declaration is constant data. It feeds the binder, `Get-Help`, `Get-Command -Syntax`, completion and the docs
//! check, so none of these can disagree. The type argument of [`Param`] carries the coercion: what a cmdlet reads is
//! already valid.

use crate::error::Result;
use crate::out::Out;
use crate::types::{self, TypeRef};
use crate::value::{Str, Value, View};
use std::marker::PhantomData;

/// A cmdlet as the session knows it: its declaration and how one invocation's state is made.
pub struct Command {
    pub decl: &'static CmdletDecl,
    pub make: Box<dyn Fn() -> Box<dyn Cmdlet>>,
}

impl Command {
    pub fn new<C: Cmdlet + 'static>(decl: &'static CmdletDecl, make: impl Fn() -> C + 'static) -> Command {
        Command { decl, make: Box::new(move || Box::new(make())) }
    }
}

/// One invocation. `process` meets exactly one record, emits as soon as it can and holds nothing back.
pub trait Cmdlet {
    /// Before the first record; parameters that come through the pipeline are not bound yet.
    fn begin(&mut self, _bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        Ok(())
    }
    /// Once for each record, or once when nothing is piped in.
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()>;
    /// After the last record: for work that needs all of them.
    fn end(&mut self, _bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        Ok(())
    }
    /// Always runs for a stage that began, also when the pipeline was stopped.
    fn clean(&mut self) {}
}

/// How much an operation changes, against `$ConfirmPreference`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Impact {
    None,
    Low,
    Medium,
    High,
}

/// A cmdlet's declaration.
pub struct CmdletDecl {
    pub name: &'static str,
    pub params: &'static [ParamSpec],
    /// Names of the parameter sets; empty: one unnamed set. Bit `i` of a mask is set `i`.
    pub sets: &'static [&'static str],
    /// Index of the default set, if there is one.
    pub default_set: Option<u8>,
    pub supports_should_process: bool,
    pub impact: Impact,
    /// The cmdlet's own help page (Markdown).
    pub help: &'static str,
    /// Second part of FullyQualifiedErrorId, the .NET class of the reference.
    pub class: &'static str,
    pub module: &'static str,
    pub output_types: &'static [&'static str],
    /// Binds `-Verbose` and the like; functions without `[CmdletBinding()]` do not.
    pub common_parameters: bool,
    /// Questions offer `[S] Suspend`; commands of a remote session do not.
    pub suspend: bool,
}

impl CmdletDecl {
    pub const fn new(name: &'static str, params: &'static [ParamSpec], help: &'static str) -> CmdletDecl {
        let mut i = 0;
        while i < params.len() {
            assert!(params[i].index as usize == i, "a parameter's index is its place in the list");
            i += 1;
        }
        CmdletDecl {
            name,
            params,
            sets: &[],
            default_set: None,
            supports_should_process: false,
            impact: Impact::Medium,
            help,
            class: name,
            module: "",
            output_types: &[],
            common_parameters: true,
            suspend: true,
        }
    }
    /// Asks as a command of a remote session does: without `[S] Suspend`.
    pub const fn remote(mut self) -> CmdletDecl {
        self.suspend = false;
        self
    }
    pub const fn sets(mut self, names: &'static [&'static str], default: Option<u8>) -> CmdletDecl {
        self.sets = names;
        self.default_set = default;
        self
    }
    /// `-WhatIf` and `-Confirm`.
    pub const fn should_process(mut self, impact: Impact) -> CmdletDecl {
        self.supports_should_process = true;
        self.impact = impact;
        self
    }
    pub const fn class(mut self, class: &'static str) -> CmdletDecl {
        self.class = class;
        self
    }
    pub const fn module(mut self, module: &'static str) -> CmdletDecl {
        self.module = module;
        self
    }
    pub const fn outputs(mut self, types: &'static [&'static str]) -> CmdletDecl {
        self.output_types = types;
        self
    }
}

/// All sets.
pub const ALL_SETS: u32 = u32::MAX;

/// What the binder knows of one parameter. Masks are bits of parameter sets.
#[derive(Clone, Copy)]
pub struct ParamSpec {
    pub index: u16,
    pub name: &'static str,
    pub ty: TypeRef,
    pub aliases: &'static [&'static str],
    pub sets: u32,
    pub mandatory: u32,
    pub from_pipeline: u32,
    pub by_property_name: u32,
    pub remaining: u32,
    /// Position where the mask has the set's bit.
    pub positions: [(u32, u8); 4],
    pub validate: &'static [Validate],
    /// Shown by Get-Help and Get-Command.
    pub default_text: Option<&'static str>,
    pub help_message: Option<&'static str>,
    pub allow_null: bool,
    pub allow_empty: bool,
    pub wildcards: bool,
}

/// Validation attributes.
#[derive(Clone, Copy)]
pub enum Validate {
    Set(&'static [&'static str]),
    Range(i64, i64),
    Length(usize, usize),
    Count(usize, usize),
    Pattern(&'static str),
    NotNull,
    NotNullOrEmpty,
}

/// A parameter whose values are read as `T`.
pub struct Param<T> {
    pub spec: ParamSpec,
    kind: PhantomData<fn() -> T>,
}

impl<T: FromValue> Param<T> {
    /// `index` is the place in the declaration's list.
    pub const fn new(index: u16, name: &'static str) -> Param<T> {
        Param {
            spec: ParamSpec {
                index,
                name,
                ty: T::TYPE,
                aliases: &[],
                sets: ALL_SETS,
                mandatory: 0,
                from_pipeline: 0,
                by_property_name: 0,
                remaining: 0,
                positions: [(0, 0); 4],
                validate: &[],
                default_text: None,
                help_message: None,
                allow_null: false,
                allow_empty: false,
                wildcards: false,
            },
            kind: PhantomData,
        }
    }
    /// Member of these sets only.
    pub const fn sets(mut self, mask: u32) -> Self {
        self.spec.sets = mask;
        self
    }
    pub const fn aliases(mut self, names: &'static [&'static str]) -> Self {
        self.spec.aliases = names;
        self
    }
    pub const fn mandatory(self) -> Self {
        self.mandatory_in(ALL_SETS)
    }
    pub const fn mandatory_in(mut self, mask: u32) -> Self {
        self.spec.mandatory = mask;
        self
    }
    /// 0-based position in all its sets.
    pub const fn position(self, at: u8) -> Self {
        self.position_in(ALL_SETS, at)
    }
    pub const fn position_in(mut self, mask: u32, at: u8) -> Self {
        let mut i = 0;
        while self.spec.positions[i].0 != 0 {
            i += 1;
        }
        self.spec.positions[i] = (mask, at);
        self
    }
    pub const fn from_pipeline(self) -> Self {
        self.from_pipeline_in(ALL_SETS)
    }
    pub const fn from_pipeline_in(mut self, mask: u32) -> Self {
        self.spec.from_pipeline = mask;
        self
    }
    pub const fn by_property_name(self) -> Self {
        self.by_property_name_in(ALL_SETS)
    }
    pub const fn by_property_name_in(mut self, mask: u32) -> Self {
        self.spec.by_property_name = mask;
        self
    }
    /// ValueFromRemainingArguments.
    pub const fn remaining(mut self) -> Self {
        self.spec.remaining = ALL_SETS;
        self
    }
    pub const fn validate(mut self, rules: &'static [Validate]) -> Self {
        self.spec.validate = rules;
        self
    }
    pub const fn default_text(mut self, text: &'static str) -> Self {
        self.spec.default_text = Some(text);
        self
    }
    pub const fn help_message(mut self, text: &'static str) -> Self {
        self.spec.help_message = Some(text);
        self
    }
    pub const fn allow_null(mut self) -> Self {
        self.spec.allow_null = true;
        self
    }
    /// Empty strings and empty collections may be bound to a mandatory parameter.
    pub const fn allow_empty(mut self) -> Self {
        self.spec.allow_empty = true;
        self
    }
    pub const fn wildcards(mut self) -> Self {
        self.spec.wildcards = true;
        self
    }
}

impl ParamSpec {
    /// The position in the given set.
    pub fn position_in_set(&self, set: u8) -> Option<u8> {
        let bit = 1u32 << set;
        if self.sets & bit == 0 {
            return None;
        }
        self.positions.iter().find(|(mask, _)| mask & bit != 0).map(|(_, at)| *at)
    }
    pub fn is_switch(&self) -> bool {
        self.ty.kind == types::Kind::Switch
    }
}

/// The arguments of one invocation, converted and validated; pipeline-fed ones change from record to record.
pub struct Bound {
    values: Vec<Value>,
    set: u8,
    set_name: &'static str,
}

impl Bound {
    /// For the binder: all unset.
    pub fn new(count: usize) -> Bound {
        Bound { values: vec![Value::UNSET; count], set: 0, set_name: "__AllParameterSets" }
    }

    /// The argument, or nothing when it was not given (or is null and `T` has no null).
    pub fn get<T: FromValue>(&self, param: &Param<T>) -> Option<T> {
        let v = &self.values[param.spec.index as usize];
        if v.is_unset() { None } else { T::from_value(v) }
    }

    /// The argument or the given default.
    pub fn get_or<T: FromValue>(&self, param: &Param<T>, default: T) -> T {
        self.get(param).unwrap_or(default)
    }

    /// Was the parameter given?
    pub fn has<T>(&self, param: &Param<T>) -> bool {
        !self.values[param.spec.index as usize].is_unset()
    }

    /// Is the switch on?
    pub fn on(&self, param: &Param<Switch>) -> bool {
        self.values[param.spec.index as usize].as_bool() == Some(true)
    }

    /// The argument as it was converted, unset when not given.
    pub fn raw<T>(&self, param: &Param<T>) -> &Value {
        &self.values[param.spec.index as usize]
    }

    /// Index of the parameter set.
    pub fn set(&self) -> u8 {
        self.set
    }
    pub fn set_name(&self) -> &'static str {
        self.set_name
    }

    /// For the binder.
    pub fn choose_set(&mut self, set: u8, name: &'static str) {
        self.set = set;
        self.set_name = name;
    }
    /// For the binder.
    pub fn put(&mut self, index: usize, value: Value) {
        self.values[index] = value;
    }
    /// For the binder.
    pub fn at(&self, index: usize) -> &Value {
        &self.values[index]
    }
}

/// A type that a parameter can have: the .NET type that the binder converts to, and how the converted value is read.
pub trait FromValue: Sized {
    const TYPE: TypeRef;
    /// `value` was converted to [`FromValue::TYPE`] by the binder.
    fn from_value(value: &Value) -> Option<Self>;
}

/// A switch parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Switch(pub bool);

impl FromValue for Switch {
    const TYPE: TypeRef = &types::SWITCH;
    fn from_value(value: &Value) -> Option<Switch> {
        value.as_bool().map(Switch)
    }
}

impl FromValue for Value {
    const TYPE: TypeRef = &types::OBJECT;
    fn from_value(value: &Value) -> Option<Value> {
        Some(value.clone())
    }
}

macro_rules! from_value {
    ($($t:ty, $ty:ident, |$v:ident| $e:expr;)*) => { $(
        impl FromValue for $t {
            const TYPE: TypeRef = &types::$ty;
            fn from_value(value: &Value) -> Option<$t> { let $v = value.base(); $e }
        }
    )* };
}

from_value! {
    Str, STRING, |v| v.as_str().cloned();
    String, STRING, |v| v.as_str().map(|s| s.as_str().to_owned());
    bool, BOOLEAN, |v| v.as_bool();
    i32, INT32, |v| v.as_int();
    i64, INT64, |v| v.as_long();
    u32, UINT32, |v| v.as_uint();
    f64, DOUBLE, |v| v.as_double();
    Vec<Str>, STRING_ARRAY, |v| list(v, |i| i.as_str().cloned());
    Vec<i32>, INT_ARRAY, |v| list(v, |i| i.as_int());
    Vec<u8>, BYTE_ARRAY, |v| list(v, |i| i.as_byte());
    Vec<Value>, OBJECT_ARRAY, |v| list(v, |i| Some(i.clone()));
}

fn list<T>(value: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    match value.view() {
        View::List(l) => l.items().iter().map(|v| read(v.base())).collect(),
        _ => None,
    }
}

/// A script block argument.
#[derive(Clone)]
pub struct Block(pub Value);

impl FromValue for Block {
    const TYPE: TypeRef = &types::SCRIPT_BLOCK;
    fn from_value(value: &Value) -> Option<Block> {
        if value.is_null() { None } else { Some(Block(value.clone())) }
    }
}

/// A DateTime argument: raw .NET bits.
#[derive(Clone, Copy)]
pub struct DateTimeBits(pub u64);

impl FromValue for DateTimeBits {
    const TYPE: TypeRef = &types::DATE_TIME;
    fn from_value(value: &Value) -> Option<DateTimeBits> {
        value.base().as_date_time().map(DateTimeBits)
    }
}

/// A TimeSpan argument: 100 ns ticks.
#[derive(Clone, Copy)]
pub struct Ticks(pub i64);

impl FromValue for Ticks {
    const TYPE: TypeRef = &types::TIME_SPAN;
    fn from_value(value: &Value) -> Option<Ticks> {
        value.base().as_time_span().map(Ticks)
    }
}

/// A hashtable argument.
#[derive(Clone)]
pub struct Dictionary(pub std::rc::Rc<crate::value::Table>);

impl FromValue for Dictionary {
    const TYPE: TypeRef = &types::HASHTABLE;
    fn from_value(value: &Value) -> Option<Dictionary> {
        value.base().as_table().cloned().map(Dictionary)
    }
}
