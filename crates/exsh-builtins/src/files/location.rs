//! The stacks and the history of locations that the location commands keep in the session.

use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Shell;
use exsh_core::value::Str;
use std::any::TypeId;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// What the location commands remember.
#[derive(Default)]
pub struct Locations {
    stacks: HashMap<String, Vec<Str>>,
    /// The stack that commands without a name mean.
    current: String,
    back: Vec<Str>,
    forward: Vec<Str>,
}

/// The session's memory, made at first use.
pub fn of_session(shell: &mut dyn Shell) -> Rc<RefCell<Locations>> {
    let key = TypeId::of::<RefCell<Locations>>();
    if let Some(found) = shell.extension(key)
        && let Ok(locations) = found.downcast::<RefCell<Locations>>()
    {
        return locations;
    }
    let made = Rc::new(RefCell::new(Locations::default()));
    shell.set_extension(made.clone());
    made
}

impl Locations {
    pub fn push(&mut self, stack: Option<&str>, location: Str) {
        let name = self.name(stack);
        self.stacks.entry(name).or_default().push(location);
    }

    /// Error id `Argument` when a named stack does not exist; nothing when the default one is empty.
    pub fn pop(&mut self, stack: Option<&str>) -> Result<Option<Str>> {
        let name = self.name(stack);
        match self.stacks.get_mut(&name) {
            Some(s) => Ok(s.pop()),
            None if name.is_empty() => Ok(None),
            None => Err(no_stack(&name).into()),
        }
    }

    pub fn list(&self, stack: Option<&str>) -> Result<Vec<Str>> {
        let name = self.name(stack);
        match self.stacks.get(&name) {
            Some(s) => Ok(s.iter().rev().cloned().collect()),
            None if name.is_empty() => Ok(Vec::new()),
            None => Err(no_stack(&name).into()),
        }
    }

    /// Makes a stack the one that commands without a name mean.
    pub fn select(&mut self, stack: &str) -> Result<()> {
        if !stack.is_empty() && !self.stacks.contains_key(&stack.to_lowercase()) {
            return Err(no_stack(stack).into());
        }
        self.current = stack.to_lowercase();
        Ok(())
    }

    fn name(&self, stack: Option<&str>) -> String {
        stack
            .filter(|s| !s.is_empty() && !s.eq_ignore_ascii_case("default"))
            .map_or_else(|| self.current.clone(), str::to_lowercase)
    }
}

/// Changes the location and remembers the old one for `Set-Location -`.
pub fn change(shell: &mut dyn Shell, to: &str) -> Result<()> {
    let old = shell.location();
    shell.set_location(to)?;
    let memory = of_session(shell);
    let mut memory = memory.borrow_mut();
    memory.back.push(old);
    memory.forward.clear();
    Ok(())
}

/// `Set-Location -` and `Set-Location +`. Error id `InvalidOperation` when there is nowhere to go.
pub fn travel(shell: &mut dyn Shell, forward: bool) -> Result<()> {
    let memory = of_session(shell);
    let target = {
        let mut m = memory.borrow_mut();
        if forward { m.forward.pop() } else { m.back.pop() }
    };
    let Some(target) = target else {
        let message = if forward {
            "There is no location history left to navigate forwards."
        } else {
            "There is no location history left to navigate backwards."
        };
        return Err(ErrorRecord::of(
            "System.InvalidOperationException",
            "System.InvalidOperationException",
            Category::InvalidOperation,
            message,
        )
        .into());
    };
    let here = shell.location();
    shell.set_location(&target)?;
    let mut m = memory.borrow_mut();
    if forward {
        m.back.push(here)
    } else {
        m.forward.push(here)
    }
    Ok(())
}

fn no_stack(name: &str) -> ErrorRecord {
    crate::record::argument(
        "Argument",
        format!("Cannot find location stack '{name}'. It does not exist or it is not a container."),
    )
}
