//! Where a statement's values go: the next stage, a collector, or nowhere.

use crate::run::engine::Engine;
use exsh_core::{Result, Value};

/// How control leaves a statement. Zero is the label of an unlabelled jump.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ctl {
    Next,
    Break(u32),
    Continue(u32),
    Return,
}

/// A receiver of values.
pub trait Pipe {
    fn push(&mut self, m: &mut Engine, value: Value) -> Result<()>;
}

/// Collects results without a vector as long as there is at most one.
#[derive(Default)]
pub struct Collected {
    one: Option<Value>,
    many: Vec<Value>,
}

impl Collected {
    /// The results as one value: nothing, the one, or an array.
    pub fn into_value(self) -> Value {
        match self.one {
            None if self.many.is_empty() => Value::NOTHING,
            Some(v) => v,
            None => exsh_core::enumerate::collapse(self.many),
        }
    }

    pub fn into_vec(self) -> Vec<Value> {
        match self.one {
            Some(v) => vec![v],
            None => self.many,
        }
    }
}

impl Pipe for Collected {
    #[inline]
    fn push(&mut self, _m: &mut Engine, value: Value) -> Result<()> {
        if self.many.is_empty() {
            match self.one.take() {
                None => self.one = Some(value),
                Some(first) => self.many = vec![first, value],
            }
        } else {
            self.many.push(value);
        }
        Ok(())
    }
}

/// Drops what it gets.
pub struct Discard;

impl Pipe for Discard {
    fn push(&mut self, _m: &mut Engine, _value: Value) -> Result<()> {
        Ok(())
    }
}

/// Hands values to a function.
pub struct Send<'a>(pub &'a mut dyn FnMut(Value) -> Result<()>);

impl Pipe for Send<'_> {
    fn push(&mut self, _m: &mut Engine, value: Value) -> Result<()> {
        (self.0)(value)
    }
}
