//! Variables by name: the slow path beside slots and cells, and guards (types, options, checks).

use crate::run::engine::Engine;
use crate::run::frame::{FrameKind, Guard, Loose};
use exsh_core::{Category, ErrorRecord, Exception, Name, Result, Str, Value};

impl Engine {
    /// The value of a variable seen from a frame.
    pub fn lookup(&self, name: Name, from: usize) -> Option<Value> {
        let mut f = from;
        loop {
            if f == 0 {
                let cell = self.globals.find(name)?;
                let v = &self.globals.values[cell as usize];
                let hidden = from != 0
                    && self.globals.guarded[cell as usize]
                    && self.globals.guard(cell).is_some_and(|g| g.private);
                return if v.is_unset() || hidden { None } else { Some(v.clone()) };
            }
            if let Some(v) = self.in_frame(name, f)
                && (f == from || !self.frames[f].guard(name).is_some_and(|g| g.private))
            {
                return Some(v);
            }
            f = self.frames[f].parent;
        }
    }

    /// The variable if that very frame has it.
    pub fn in_frame(&self, name: Name, f: usize) -> Option<Value> {
        if f == 0 {
            let cell = self.globals.find(name)?;
            let v = &self.globals.values[cell as usize];
            return if v.is_unset() { None } else { Some(v.clone()) };
        }
        let frame = &self.frames[f];
        if let Some(slot) = frame.info.table.find(name) {
            let v = &self.stack[frame.base + slot];
            if !v.is_unset() {
                return Some(v.clone());
            }
        }
        frame.extra.as_ref()?.loose.get(&name).map(|l| l.value.clone())
    }

    /// Which frame holds the variable, seen from a frame.
    pub fn holder(&self, name: Name, from: usize) -> Option<usize> {
        let mut f = from;
        loop {
            if self.in_frame(name, f).is_some() {
                return Some(f);
            }
            if f == 0 {
                return None;
            }
            f = self.frames[f].parent;
        }
    }

    /// An unset variable was read. Outside of strict mode that is null.
    #[cold]
    pub fn read_unset(&self, name: Name, from: usize) -> Result<Value> {
        let found = if from == 0 { None } else { self.lookup(name, self.frames[from].parent) };
        match found {
            Some(v) => Ok(v),
            None => self.undefined(name),
        }
    }

    pub fn read_dynamic(&self, name: Name) -> Result<Value> {
        match self.lookup(name, self.current) {
            Some(v) => Ok(v),
            None => self.undefined(name),
        }
    }

    /// What reading a variable gives that is nowhere: null, or strict mode's error.
    #[cold]
    pub fn undefined(&self, name: Name) -> Result<Value> {
        if self.strictness() == 0 {
            return Ok(Value::NULL);
        }
        Err(ErrorRecord::runtime(
            "VariableIsUndefined",
            Category::InvalidOperation,
            format!("The variable '${name}' cannot be retrieved because it has not been set."),
        )
        .on(Value::text(name.text()))
        .into())
    }

    /// Assigns in the running scope.
    pub fn assign(&mut self, name: Name, spelling: &Str, value: Value) -> Result<()> {
        self.assign_in(self.current, name, spelling, value)
    }

    /// Assigns in the given frame, minding guards.
    pub fn assign_in(&mut self, f: usize, name: Name, spelling: &Str, value: Value) -> Result<()> {
        let value = match self.guard_of(name, f) {
            Some(g) => self.guard_value(&g, spelling, value)?,
            None => value,
        };
        self.put(f, name, spelling, value);
        Ok(())
    }

    /// Stores without looking at guards.
    pub fn put(&mut self, f: usize, name: Name, spelling: &Str, value: Value) {
        if f == 0 {
            let cell = self.globals.cell(spelling);
            self.globals.values[cell as usize] = value;
            return;
        }
        let frame = &mut self.frames[f];
        match frame.info.table.find(name) {
            Some(slot) => {
                let at = frame.base + slot;
                self.stack[at] = value;
            }
            None => {
                frame.extra().loose.insert(name, Loose { spelling: spelling.clone(), value });
            }
        }
    }

    /// Removes a variable from a frame; false if it is not there.
    pub fn unset(&mut self, f: usize, name: Name) -> bool {
        let there = self.in_frame(name, f).is_some();
        if f == 0 {
            if let Some(c) = self.globals.find(name) {
                self.globals.values[c as usize] = Value::UNSET;
                self.globals.set_guard(c, None);
            }
            return there;
        }
        let frame = &mut self.frames[f];
        if let Some(slot) = frame.info.table.find(name) {
            let at = frame.base + slot;
            self.stack[at] = Value::UNSET;
        }
        if let Some(e) = &mut self.frames[f].extra {
            e.loose.remove(&name);
            e.guards.retain(|(n, _)| *n != name);
        }
        there
    }

    pub fn guard_of(&self, name: Name, f: usize) -> Option<Guard> {
        if f == 0 {
            return self.globals.find(name).and_then(|c| self.globals.guard(c)).cloned();
        }
        self.frames[f].guard(name).cloned()
    }

    pub fn set_guard(&mut self, f: usize, name: Name, spelling: &str, guard: Guard) {
        if f == 0 {
            let c = self.globals.cell(spelling);
            self.globals.set_guard(c, Some(guard));
            return;
        }
        self.frames[f].set_guard(name, guard);
        if f == self.current {
            self.guarded = self.frames[f].guarded;
        }
    }

    /// What a guarded variable takes for a value, or the error why it takes none.
    pub fn guard_value(&mut self, guard: &Guard, spelling: &Str, value: Value) -> Result<Value> {
        if guard.constant || guard.read_only {
            return Err(not_writable(spelling, Value::NULL).into());
        }
        let mut value = value;
        if let Some(ty) = guard.ty
            && ty.kind == exsh_core::types::Kind::Boolean
            && let Some(from) = value.base().type_info().filter(|t| !is_truth(t))
        {
            let message = format!(
                "Cannot convert value \"{}\" to type \"System.Boolean\". Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0.",
                from.name
            );
            let failed = ErrorRecord::runtime("RuntimeException", Category::MetadataError, message);
            return Err(crate::run::errors::as_metadata_error(failed.into(), spelling));
        }
        if let Some(ty) = guard.ty {
            value = match exsh_dotnet::convert::cast(self, &value, ty) {
                Ok(v) => v,
                Err(flow) => return Err(crate::run::errors::as_metadata_error(flow, spelling)),
            };
        }
        if !guard.validations.is_empty() {
            let checks = guard.validations.clone();
            for check in checks.iter() {
                if crate::bind::validate(self, check, &value, spelling).is_err() {
                    return Err(ErrorRecord::of(
                        "System.Management.Automation.ValidationMetadataException",
                        "ValidateSetFailure",
                        Category::MetadataError,
                        format!(
                            "The variable cannot be validated because the value {} is not a valid value for the {spelling} variable.",
                            exsh_dotnet::text::to_text(&value)
                        ),
                    )
                    .into());
                }
            }
        }
        Ok(value)
    }

    /// The frame that a written scope means.
    pub fn scope_frame(&self, scope: crate::lower::plan::ScopeMark) -> usize {
        use crate::lower::plan::ScopeMark as S;
        match scope {
            S::Global => 0,
            S::Script => self.script_frame(),
            S::None | S::Local | S::Private => self.current,
        }
    }

    /// Is the running frame the global one?
    pub fn is_global(&self) -> bool {
        self.frames[self.current].kind == FrameKind::Global
    }
}

/// The error for writing a read-only or constant variable.
pub fn not_writable(spelling: &str, target: Value) -> ErrorRecord {
    let target = if target.is_null() { Value::text(spelling) } else { target };
    ErrorRecord::new(
        "VariableNotWritable",
        Category::WriteError,
        Exception::new(
            "System.Management.Automation.SessionStateUnauthorizedAccessException",
            format!("Cannot overwrite variable {spelling} because it is read-only or constant."),
        ),
    )
    .on(target)
}

/// What a boolean variable takes: booleans, switches and numbers.
fn is_truth(ty: exsh_core::TypeRef) -> bool {
    use exsh_core::types::Kind;
    matches!(ty.kind, Kind::Boolean | Kind::Switch) || exsh_dotnet::types::is_number(ty)
}
