//! Frames: slots on one contiguous stack, each with its table from names to slots.
//!
//! Scoping is dynamic: a callee finds its caller's variables through the parent's table. A slot may exist and be unset;
//! then the search goes outward.

use exsh_core::{Name, Str, TypeRef, Value};
use std::collections::HashMap;
use std::rc::Rc;

/// Slots that every frame begins with.
pub const DOLLAR_UNDER: usize = 0;
pub const ARGS: usize = 1;
pub const INPUT: usize = 2;
pub const THIS: usize = 3;
pub const AUTOMATIC: [&str; 4] = ["_", "args", "input", "this"];

/// Names of a frame's slots.
pub struct SlotTable {
    names: Vec<Name>,
    spellings: Vec<Str>,
}

impl SlotTable {
    /// A table with the automatic slots only.
    pub fn automatic() -> SlotTable {
        let mut t = SlotTable { names: Vec::new(), spellings: Vec::new() };
        for n in AUTOMATIC {
            t.add(n);
        }
        t
    }

    /// The slot of a name, made if it is new.
    pub fn add(&mut self, spelling: &str) -> usize {
        let name = Name::new(spelling);
        match self.find(name) {
            Some(i) => i,
            None => {
                self.names.push(name);
                self.spellings.push(Str::from(spelling));
                self.names.len() - 1
            }
        }
    }

    #[inline]
    pub fn find(&self, name: Name) -> Option<usize> {
        self.names.iter().position(|&n| n == name)
    }
    pub fn len(&self) -> usize {
        self.names.len()
    }
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
    pub fn spelling(&self, slot: usize) -> &Str {
        &self.spellings[slot]
    }
    pub fn name(&self, slot: usize) -> Name {
        self.names[slot]
    }
}

/// What a frame is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FrameKind {
    Global,
    /// A script file: where `$script:` looks.
    Script,
    Function,
    /// A script block called with `&`.
    Block,
}

/// Constraints and options of one variable.
#[derive(Clone, Default)]
pub struct Guard {
    pub ty: Option<TypeRef>,
    pub read_only: bool,
    pub constant: bool,
    pub private: bool,
    pub all_scope: bool,
    pub description: Option<Str>,
    /// Checks on assignment (`[ValidateRange(1,3)]$x`).
    pub validations: Rc<Vec<crate::bind::Validation>>,
}

/// A variable that has no slot.
pub struct Loose {
    pub spelling: Str,
    pub value: Value,
}

/// What few frames need.
#[derive(Default)]
pub struct FrameExtra {
    pub loose: HashMap<Name, Loose>,
    /// Few, so a list is the fastest table.
    pub guards: Vec<(Name, Guard)>,
    /// `$PSBoundParameters`.
    pub bound_parameters: Option<Value>,
    /// `$PSCmdlet` of an advanced function.
    pub cmdlet: Option<Rc<crate::command::function::FunctionContext>>,
    /// Calls with `.` that run in this frame, innermost last.
    pub dotted: Vec<Rc<Call>>,
    /// Functions defined here, with what their names meant outside: it comes back when the frame closes.
    pub functions: Vec<(Name, Option<Rc<crate::command::function::Function>>)>,
}

/// One running scope.
pub struct Frame {
    /// Index of the frame in which names are looked for next.
    pub parent: usize,
    pub base: usize,
    pub kind: FrameKind,
    pub info: Rc<FrameInfo>,
    /// Bit `i`: slot `i` has a guard; the last bit stands for all slots from there on.
    pub guarded: u64,
    pub extra: Option<Box<FrameExtra>>,
}

/// What all frames of one call site share: one count for a call.
pub struct FrameInfo {
    pub table: Rc<SlotTable>,
    /// Function or script name and where it was called, for stack traces and `$MyInvocation`.
    pub call: Option<Rc<Call>>,
}

/// The bit of a slot in a frame's mask of guarded slots.
#[inline(always)]
pub fn guard_bit(slot: usize) -> u64 {
    1 << if slot < 63 { slot } else { 63 }
}

/// Who was called and from where.
pub struct Call {
    pub name: Str,
    /// How the caller wrote it: an alias, a path, `&` or `.`.
    pub invoked: Str,
    /// Full path of the script file whose code runs.
    pub file: Option<Rc<str>>,
    pub site: Option<exsh_core::Position>,
    pub block: Option<Value>,
    pub is_function: bool,
}

impl Guard {
    /// Nothing but a type: what a typed variable has.
    #[inline]
    pub fn only_type(&self) -> Option<TypeRef> {
        if self.read_only || self.constant || !self.validations.is_empty() { None } else { self.ty }
    }
}

impl Frame {
    pub fn extra(&mut self) -> &mut FrameExtra {
        self.extra.get_or_insert_default()
    }
    pub fn guard(&self, name: Name) -> Option<&Guard> {
        self.extra.as_ref()?.guards.iter().find(|(n, _)| *n == name).map(|(_, g)| g)
    }

    /// Sets the guard of a name.
    pub fn set_guard(&mut self, name: Name, guard: Guard) {
        if let Some(slot) = self.info.table.find(name) {
            self.guarded |= guard_bit(slot);
        }
        let guards = &mut self.extra().guards;
        match guards.iter_mut().find(|(n, _)| *n == name) {
            Some((_, g)) => *g = guard,
            None => guards.push((name, guard)),
        }
    }
}
