//! The table of commands and the order in which a name is looked for: alias, function, cmdlet, script, program.

use crate::bind::CommandMeta;
use crate::command::function::{Function, ScriptBlock};
use crate::run::engine::Engine;
use exsh_core::{Category, Cmdlet, CmdletDecl, Command, ErrorRecord, Exception, Name, Result, Str, Value};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

/// A cmdlet with what the binder knows of it, made when it is first called.
pub struct CmdletEntry {
    pub command: Rc<Command>,
    meta: OnceCell<Rc<CommandMeta>>,
}

impl CmdletEntry {
    pub fn meta(&self) -> &Rc<CommandMeta> {
        self.meta.get_or_init(|| Rc::new(CommandMeta::of_cmdlet(self.command.decl)))
    }
}

/// What a command name leads to.
#[derive(Clone)]
pub enum Found {
    Cmdlet(Rc<CmdletEntry>),
    Function(Rc<Function>),
    Block(Rc<ScriptBlock>),
    /// Full paths.
    Script(Str),
    Program(Str),
}

/// A cmdlet of the program's own list, made into an entry when it is first asked for.
pub type StaticCmdlet = (&'static CmdletDecl, fn() -> Box<dyn Cmdlet>);

#[derive(Default)]
pub struct CommandTable {
    aliases: HashMap<Name, (Str, Str)>,
    functions: HashMap<Name, Rc<Function>>,
    cmdlets: HashMap<Name, Rc<CmdletEntry>>,
    statics: HashMap<Name, StaticCmdlet>,
    /// Raised by every change; call sites remember what they found under it.
    pub version: u64,
}

impl CommandTable {
    pub fn add(&mut self, command: Rc<Command>) {
        self.version += 1;
        self.cmdlets
            .insert(Name::new(command.decl.name), Rc::new(CmdletEntry { command, meta: OnceCell::new() }));
    }

    pub fn add_static(&mut self, list: &'static [StaticCmdlet]) {
        self.version += 1;
        self.statics.reserve(list.len());
        for entry in list {
            self.statics.insert(Name::new(entry.0.name), *entry);
        }
    }

    pub fn cmdlet(&mut self, name: Name) -> Option<Rc<CmdletEntry>> {
        if let Some(e) = self.cmdlets.get(&name) {
            return Some(e.clone());
        }
        let (decl, make) = *self.statics.get(&name)?;
        let command = Rc::new(Command { decl, make: Box::new(make) });
        let entry = Rc::new(CmdletEntry { command, meta: OnceCell::new() });
        self.cmdlets.insert(name, entry.clone());
        Some(entry)
    }

    pub fn cmdlet_names(&self) -> Vec<&'static str> {
        let mut all: Vec<&'static str> = self.statics.values().map(|s| s.0.name).collect();
        all.extend(
            self.cmdlets
                .values()
                .map(|e| e.command.decl.name)
                .filter(|n| !self.statics.contains_key(&Name::new(n))),
        );
        all.sort_unstable_by_key(|n| n.to_ascii_lowercase());
        all
    }

    pub fn function(&self, name: Name) -> Option<&Rc<Function>> {
        self.functions.get(&name)
    }
    pub fn functions(&self) -> impl Iterator<Item = &Rc<Function>> {
        self.functions.values()
    }
    pub fn set_function(&mut self, function: Rc<Function>) {
        self.version += 1;
        self.functions.insert(Name::new(&function.name), function);
    }
    pub fn remove_function(&mut self, name: Name) -> bool {
        self.version += 1;
        self.functions.remove(&name).is_some()
    }

    pub fn alias(&self, name: Name) -> Option<&(Str, Str)> {
        self.aliases.get(&name)
    }
    pub fn aliases(&self) -> impl Iterator<Item = &(Str, Str)> {
        self.aliases.values()
    }
    pub fn set_alias(&mut self, name: &str, target: Option<&str>) {
        self.version += 1;
        match target {
            Some(t) => self.aliases.insert(Name::new(name), (Str::from(name), Str::from(t))),
            None => self.aliases.remove(&Name::new(name)),
        };
    }
}

impl Engine {
    /// What a name means now.
    pub fn find_command(&mut self, written: &str) -> Option<Found> {
        let mut name: Str = Str::from(written);
        // An alias may stand for another one; a ring of them leads nowhere.
        for _ in 0..32 {
            match self.commands.alias(Name::new(&name)) {
                Some((_, target)) => name = target.clone(),
                None => break,
            }
        }
        // `Module\Command` means the command; what module it came from is not looked at.
        let (plain, of_module) = match name.rsplit_once('\\') {
            Some((module, c))
                if !module.is_empty() && !module.contains(['/', ':', '.', '\\'])
                    || name.starts_with("Microsoft.PowerShell.") =>
            {
                (c.to_owned(), true)
            }
            _ => (name.to_string(), false),
        };
        let id = Name::new(&plain);
        // Functions of the session belong to no module.
        if !of_module && let Some(f) = self.commands.function(id) {
            return Some(Found::Function(f.clone()));
        }
        if let Some(c) = self.commands.cmdlet(id) {
            return Some(Found::Cmdlet(c));
        }
        crate::command::script_file::find(self, &name)
            .or_else(|| crate::command::program::find(self, &name))
            .or_else(|| {
                // `Process` means `Get-Process`, as in the reference.
                if plain.contains(['-', '.', '/', '\\']) {
                    return None;
                }
                self.commands.cmdlet(Name::find(&format!("Get-{plain}"))?).map(Found::Cmdlet)
            })
    }

    pub fn command_not_found(&self, name: &str) -> ErrorRecord {
        ErrorRecord::new(
            "CommandNotFoundException",
            Category::ObjectNotFound,
            Exception::new(
                "System.Management.Automation.CommandNotFoundException",
                format!(
                    "The term '{name}' is not recognized as a name of a cmdlet, function, script file, or executable program.\nCheck the spelling of the name, or if a path was included, verify that the path is correct and try again."
                ),
            )
            .with("CommandName", Value::text(name)),
        )
        .on(Value::text(name))
    }

    /// Defines a function in the session.
    pub fn define_function(
        &mut self,
        name: &Str,
        code: &Rc<crate::lower::plan::BlockSource>,
        filter: bool,
    ) -> Result<()> {
        let marks = ["global", "script", "local", "private", "function"];
        let (plain, frame) = match name.split_once(':') {
            Some((scope, rest)) if marks.iter().any(|s| s.eq_ignore_ascii_case(scope)) => {
                let frame = match scope.to_ascii_lowercase().as_str() {
                    "global" => 0,
                    "script" => self.script_frame(),
                    _ => self.current,
                };
                (Str::from(rest), frame)
            }
            _ => (name.clone(), self.current),
        };
        let block = ScriptBlock::new(code.clone());
        if frame != 0 {
            let id = Name::new(&plain);
            let outer = self.commands.function(id).cloned();
            let list = &mut self.frames[frame].extra().functions;
            if !list.iter().any(|(n, _)| *n == id) {
                list.push((id, outer));
            }
        }
        self.commands.set_function(Rc::new(Function { name: plain, block: Rc::new(block), filter }));
        Ok(())
    }
}
