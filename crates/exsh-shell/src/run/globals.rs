//! Global variables: cells with an index known at lowering, so that a script's top level is as fast as a function.

use crate::run::frame::{AUTOMATIC, Guard};
use exsh_core::{Name, Str, Value};
use std::collections::HashMap;

/// The global scope's cells.
pub struct Globals {
    pub values: Vec<Value>,
    /// True where assignment must look at the guard.
    pub guarded: Vec<bool>,
    spellings: Vec<Str>,
    names: Vec<Name>,
    index: HashMap<Name, u32>,
    guards: HashMap<u32, Guard>,
}

impl Globals {
    pub fn new() -> Globals {
        let mut g = Globals {
            values: Vec::with_capacity(128),
            guarded: Vec::with_capacity(128),
            spellings: Vec::with_capacity(128),
            names: Vec::with_capacity(128),
            index: HashMap::with_capacity(128),
            guards: HashMap::new(),
        };
        for n in AUTOMATIC {
            g.cell(n);
        }
        g
    }

    /// The cell of a name, made unset if it is new.
    pub fn cell(&mut self, spelling: &str) -> u32 {
        let name = Name::new(spelling);
        if let Some(&i) = self.index.get(&name) {
            return i;
        }
        let i = self.values.len() as u32;
        self.values.push(Value::UNSET);
        self.guarded.push(false);
        self.spellings.push(Str::from(spelling));
        self.names.push(name);
        self.index.insert(name, i);
        i
    }

    pub fn find(&self, name: Name) -> Option<u32> {
        self.index.get(&name).copied()
    }
    pub fn name(&self, cell: u32) -> Name {
        self.names[cell as usize]
    }
    pub fn spelling(&self, cell: u32) -> &Str {
        &self.spellings[cell as usize]
    }
    pub fn guard(&self, cell: u32) -> Option<&Guard> {
        self.guards.get(&cell)
    }
    pub fn set_guard(&mut self, cell: u32, guard: Option<Guard>) {
        self.guarded[cell as usize] = guard.is_some();
        match guard {
            Some(g) => self.guards.insert(cell, g),
            None => self.guards.remove(&cell),
        };
    }
    /// Every variable that is set: cell numbers.
    pub fn set_cells(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.values.len() as u32).filter(|&i| !self.values[i as usize].is_unset())
    }
}

impl Default for Globals {
    fn default() -> Self {
        Globals::new()
    }
}
