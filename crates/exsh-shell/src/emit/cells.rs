//! Slots and global cells under one interface, so that each fused shape is written once.

use crate::lower::plan::{Place, ScopeMark, Var};
use crate::run::engine::Engine;
use exsh_core::{Name, Result, Str, Value};

/// A place known at lowering.
pub trait Cell: Copy + 'static {
    fn get(self, m: &Engine) -> &Value;
    fn get_mut(self, m: &mut Engine) -> &mut Value;
    /// Must an assignment look at a guard?
    fn guarded(self, m: &Engine) -> bool;
    fn name(self, m: &Engine) -> Name;
    fn frame(self, m: &Engine) -> usize;

    /// The value, from an outer scope where this one has none.
    #[inline(always)]
    fn read(self, m: &Engine) -> Result<Value> {
        let v = self.get(m);
        if v.is_unset() { m.read_unset(self.name(m), self.frame(m)) } else { Ok(v.clone()) }
    }
}

/// The value that a compound assignment changes: of this very scope; what it does not have counts as null (recorded:
/// variables/scopes array-modification-through-scope).
pub fn read_own<C: Cell>(m: &Engine, cell: C) -> Result<Value> {
    let v = cell.get(m);
    if v.is_unset() { m.undefined(cell.name(m)) } else { Ok(v.clone()) }
}

#[derive(Clone, Copy)]
pub struct Slot(pub u32);

impl Cell for Slot {
    #[inline(always)]
    fn get(self, m: &Engine) -> &Value {
        &m.stack[m.base + self.0 as usize]
    }
    #[inline(always)]
    fn get_mut(self, m: &mut Engine) -> &mut Value {
        let at = m.base + self.0 as usize;
        &mut m.stack[at]
    }
    #[inline(always)]
    fn guarded(self, m: &Engine) -> bool {
        m.guarded & crate::run::frame::guard_bit(self.0 as usize) != 0
    }
    fn name(self, m: &Engine) -> Name {
        m.frames[m.current].info.table.name(self.0 as usize)
    }
    fn frame(self, m: &Engine) -> usize {
        m.current
    }
}

#[derive(Clone, Copy)]
pub struct Global(pub u32);

impl Cell for Global {
    #[inline(always)]
    fn get(self, m: &Engine) -> &Value {
        &m.globals.values[self.0 as usize]
    }
    #[inline(always)]
    fn get_mut(self, m: &mut Engine) -> &mut Value {
        &mut m.globals.values[self.0 as usize]
    }
    #[inline(always)]
    fn guarded(self, m: &Engine) -> bool {
        m.globals.guarded[self.0 as usize]
    }
    fn name(self, m: &Engine) -> Name {
        m.globals.name(self.0)
    }
    fn frame(self, _m: &Engine) -> usize {
        0
    }
}

/// Runs `$body` with `$cell` bound to the place as its own type, or `$dynamic` when it is only known by name.
macro_rules! with_cell {
    ($var:expr, $cell:ident => $body:expr, $dynamic:expr) => {
        match $var.place {
            $crate::lower::plan::Place::Slot(i) => {
                let $cell = $crate::emit::cells::Slot(i);
                $body
            }
            $crate::lower::plan::Place::Global(i) => {
                let $cell = $crate::emit::cells::Global(i);
                $body
            }
            $crate::lower::plan::Place::Dynamic => $dynamic,
        }
    };
}
pub(crate) use with_cell;

/// Code that reads a variable.
pub fn read(var: &Var) -> super::Expr {
    with_cell!(var, cell => Box::new(move |m: &mut Engine| cell.read(m)), {
        let (name, scope) = (var.name, var.scope);
        match scope {
            ScopeMark::None => Box::new(move |m| m.read_dynamic(name)),
            _ => Box::new(move |m| {
                let f = m.scope_frame(scope);
                Ok(m.in_frame(name, f).unwrap_or(Value::NULL))
            }),
        }
    })
}

/// Assigns a variable by its resolved place: the general form.
pub fn store(m: &mut Engine, var: &Var, value: Value) -> Result<()> {
    match var.place {
        Place::Slot(i) if var.scope != ScopeMark::Private => assign(m, Slot(i), &var.spelling, value),
        Place::Global(i) if var.scope != ScopeMark::Private => assign(m, Global(i), &var.spelling, value),
        _ => {
            let f = m.scope_frame(var.scope);
            if var.scope == ScopeMark::Private {
                let mut g = m.guard_of(var.name, f).unwrap_or_default();
                g.private = true;
                m.set_guard(f, var.name, &var.spelling, g);
            }
            m.assign_in(f, var.name, &var.spelling, value)
        }
    }
}

/// Assigns a cell, minding its guard.
#[inline(always)]
pub fn assign<C: Cell>(m: &mut Engine, cell: C, spelling: &Str, value: Value) -> Result<()> {
    if cell.guarded(m) {
        return assign_guarded(m, cell, spelling, value);
    }
    *cell.get_mut(m) = value;
    Ok(())
}

#[cold]
#[inline(never)]
fn assign_guarded<C: Cell>(m: &mut Engine, cell: C, spelling: &Str, value: Value) -> Result<()> {
    let (name, frame) = (cell.name(m), cell.frame(m));
    let only_type = match frame {
        0 => m.globals.find(name).and_then(|c| m.globals.guard(c)).and_then(|g| g.only_type()),
        f => m.frames[f].guard(name).and_then(|g| g.only_type()),
    };
    if let Some(ty) = only_type
        && value.type_info().is_some_and(|t| t.is(ty))
    {
        *cell.get_mut(m) = value;
        return Ok(());
    }
    let value = match m.guard_of(name, frame) {
        Some(g) => m.guard_value(&g, spelling, value)?,
        None => value,
    };
    *cell.get_mut(m) = value;
    Ok(())
}
