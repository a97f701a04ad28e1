//! What a running command may do: send records down its streams, ask, and use the session around it.

use crate::cmdlet::{CmdletDecl, Command};
use crate::error::{ErrorRecord, Result};
use crate::host::Host;
use crate::name::Name;
use crate::value::{Str, Value};
use std::any::Any;
use std::rc::Rc;

/// The output side of one invocation of a cmdlet.
pub trait Out {
    /// Sends one object to the next stage, as it is.
    fn emit(&mut self, value: Value) -> Result<()>;

    /// Sends a value's items (WriteObject with enumerate).
    fn emit_each(&mut self, value: Value) -> Result<()> {
        crate::enumerate::each(value, &mut |v| self.emit(v))
    }

    /// Runs a script block and sends its results on as they come. The engine streams; this default, for simple
    /// implementations in tests, collects first.
    fn invoke(&mut self, block: &Value, how: Invoke) -> Result<()> {
        self.shell().call(block, how)?.into_iter().try_for_each(|v| self.emit(v))
    }

    /// Runs text as a script (`Invoke-Expression`) and sends its results on as they come; the default collects first.
    fn invoke_text(&mut self, text: &str, new_scope: bool) -> Result<()> {
        let mut all = Vec::new();
        self.shell().run_text(text, new_scope, &mut |v| {
            all.push(v);
            Ok(())
        })?;
        all.into_iter().try_for_each(|v| self.emit(v))
    }

    /// Reports a bad record; the stream goes on unless the operator wants it to stop (`-ErrorAction`).
    fn error(&mut self, record: ErrorRecord) -> Result<()>;
    fn warn(&mut self, message: &str) -> Result<()>;
    fn verbose(&mut self, message: &str) -> Result<()>;
    fn debug(&mut self, message: &str) -> Result<()>;
    /// The information stream; `Write-Host` tags its records with `PSHOST`.
    fn information(&mut self, data: Value, tags: &[&str]) -> Result<()>;
    /// Percent is -1 when unknown.
    fn progress(&mut self, activity: &str, status: &str, percent: i32, completed: bool) -> Result<()>;

    /// ShouldProcess: `Performing the operation "{action}" on target "{target}".` True means: do it.
    /// Stands directly before the write, so that `-WhatIf` and `-Confirm` are true by construction.
    fn confirm(&mut self, target: &str, action: &str) -> Result<bool>;
    /// ShouldProcess with whole sentences: what `What if:` shows, what the question asks, and its caption.
    fn confirm_text(&mut self, description: &str, warning: &str, caption: &str) -> Result<bool>;
    /// ShouldContinue: asks always, whatever `-Confirm` says. `remembers` offers Yes/No to All for this invocation.
    fn ask(&mut self, query: &str, caption: &str, remembers: bool) -> Result<bool>;

    /// The session.
    fn shell(&mut self) -> &mut dyn Shell;
    fn host(&mut self) -> &mut dyn Host {
        self.shell().host()
    }

    /// The name under which this command was called, and its declaration.
    fn command_name(&self) -> &str;
    /// Is anything sent to this command through the pipeline?
    fn expects_input(&self) -> bool;
    /// Whether the command is the last of its pipeline (its output goes to the host or a variable, not to a command).
    fn is_last(&self) -> bool;
}

/// How to run a script block.
#[derive(Default)]
pub struct Invoke {
    /// `$_` inside, when given.
    pub dollar_under: Option<Value>,
    /// `$args` or positional arguments.
    pub args: Vec<Value>,
    /// Named arguments.
    pub named: Vec<(Str, Value)>,
    /// Pipeline input: `$input` and the process block.
    pub input: Option<Vec<Value>>,
    /// Run in the caller's scope, as `Where-Object` and `ForEach-Object` do.
    pub same_scope: bool,
    /// `$this` inside (script properties and methods).
    pub this: Option<Value>,
    /// An error that would only end its statement ends the block and comes back as `Err`, as inside `try`; nothing
    /// is reported. Calculated properties and script properties run so.
    pub propagate_errors: bool,
}

/// Where a command's name led.
pub enum Resolved {
    Cmdlet(Rc<Command>),
    Function {
        name: Str,
        block: Value,
        filter: bool,
    },
    Alias {
        name: Str,
        target: Str,
    },
    /// Full path.
    Script(Str),
    Program(Str),
}

impl Resolved {
    pub fn decl(&self) -> Option<&'static CmdletDecl> {
        match self {
            Resolved::Cmdlet(c) => Some(c.decl),
            _ => None,
        }
    }
}

/// The session as cmdlets and .NET members see it.
pub trait Shell {
    fn host(&mut self) -> &mut dyn Host;

    /// The engine itself, for members that the engine's own crate gives to its objects.
    fn as_any(&mut self) -> &mut dyn Any;

    /// Runs a script block and hands each result on as it comes.
    fn invoke(&mut self, block: &Value, how: Invoke, send: &mut dyn FnMut(Value) -> Result<()>)
    -> Result<()>;

    /// Runs a script block and collects its results.
    fn call(&mut self, block: &Value, how: Invoke) -> Result<Vec<Value>> {
        let mut all = Vec::new();
        self.invoke(block, how, &mut |v| {
            all.push(v);
            Ok(())
        })?;
        Ok(all)
    }

    /// Parses and runs text in the current scope (`Invoke-Expression`), or in a new one.
    fn run_text(
        &mut self,
        text: &str,
        new_scope: bool,
        send: &mut dyn FnMut(Value) -> Result<()>,
    ) -> Result<()>;
    /// A script block from text.
    fn compile(&mut self, text: &str) -> Result<Value>;
    /// Runs one command by name with arguments, as a script would call it.
    fn run_command(
        &mut self,
        name: &str,
        how: Invoke,
        send: &mut dyn FnMut(Value) -> Result<()>,
    ) -> Result<()>;

    /// Variables, found outward from the current scope. `scope` counts outward from 0 or is nothing for the search.
    fn variable(&mut self, name: Name, scope: Option<usize>) -> Option<Value>;
    fn set_variable(&mut self, name: &str, value: Value, scope: Option<usize>) -> Result<()>;
    /// As above, in the global scope.
    fn set_global(&mut self, name: &str, value: Value) -> Result<()>;
    fn remove_variable(&mut self, name: Name, scope: Option<usize>) -> Result<bool>;
    /// Names and values seen from the current scope, or those of one scope; sorted by name.
    fn variables(&mut self, scope: Option<usize>) -> Vec<VariableInfo>;
    /// How many scopes out from the running one a named scope is: `script` or `global`.
    fn scope_number(&self, name: &str) -> Option<usize> {
        let _ = name;
        None
    }
    /// Sets options and description of a variable that exists.
    fn set_variable_info(&mut self, info: VariableInfo, scope: Option<usize>) -> Result<()>;

    /// What a command name means now.
    fn resolve(&mut self, name: &str) -> Option<Resolved>;
    /// Every cmdlet that the session has, in order of name.
    fn cmdlets(&mut self) -> Vec<Rc<Command>>;
    /// Functions: name and block.
    fn functions(&self) -> Vec<(Str, Value)>;
    fn set_function(&mut self, name: &str, block: Option<Value>) -> Result<()>;
    /// Aliases: name and what it stands for.
    fn aliases(&self) -> Vec<(Str, Str)>;
    fn set_alias(&mut self, name: &str, target: Option<&str>) -> Result<()>;

    /// The current folder of the file system.
    fn location(&self) -> Str;
    fn set_location(&mut self, path: &str) -> Result<()>;
    /// An absolute file system path for what a script wrote (`~`, relative, `C:\x` and UNC mapped); no wildcards.
    fn file_path(&mut self, text: &str) -> Result<std::path::PathBuf>;

    /// The current culture's name (`en-US`).
    fn culture(&self) -> Str;
    fn set_culture(&mut self, name: &str);

    /// `$Error`, newest first.
    fn errors(&self) -> Vec<Value>;
    fn clear_errors(&mut self);
    /// Writes a record to the error stream outside of a cmdlet.
    fn report(&mut self, record: ErrorRecord) -> Result<()>;

    /// State that a crate keeps for the session's life under its own type (the certificate store, random generator).
    fn extension(&mut self, key: std::any::TypeId) -> Option<Rc<dyn Any>>;
    fn set_extension(&mut self, value: Rc<dyn Any>);

    /// Draws values as the end of a pipeline would and writes them to the host.
    fn show(&mut self, values: Vec<Value>) -> Result<()>;

    /// Facts about a script block that only the engine knows.
    fn block_info(&mut self, block: &Value) -> Option<BlockInfo>;
}

/// A variable with what Get-Variable shows.
#[derive(Clone)]
pub struct VariableInfo {
    pub name: Str,
    pub value: Value,
    pub description: Str,
    pub read_only: bool,
    pub constant: bool,
    pub private: bool,
    pub all_scope: bool,
}

/// A script block as data: for Get-Command, Get-Help, Get-Member and completion.
pub struct BlockInfo {
    /// Text between the braces (or of the whole file).
    pub text: Str,
    pub parameters: Vec<BlockParameter>,
    /// Named sets in order of appearance; empty when there is only the default one.
    pub parameter_sets: Vec<Str>,
    pub default_set: Option<Str>,
    /// `[CmdletBinding()]` or any `[Parameter()]`.
    pub advanced: bool,
    pub supports_should_process: bool,
    /// The comment block that helps, if there is one.
    pub help: Option<Str>,
    pub output_types: Vec<Str>,
    pub file: Option<Str>,
}

/// A parameter of a script block.
pub struct BlockParameter {
    pub name: Str,
    /// Full type name; `System.Object` when none was written.
    pub type_name: Str,
    pub aliases: Vec<Str>,
    pub is_switch: bool,
    /// One entry for each set it is in (`__AllParameterSets` for all).
    pub sets: Vec<BlockParameterSet>,
    pub default_text: Option<Str>,
    pub validate_set: Vec<Str>,
    pub help_message: Option<Str>,
}

pub struct BlockParameterSet {
    pub set: Str,
    pub mandatory: bool,
    pub position: Option<i32>,
    pub from_pipeline: bool,
    pub by_property_name: bool,
    pub remaining: bool,
}

/// What `Write-Host` sends down the information stream, tagged `PSHOST`. The engine writes it to the host when nobody
/// redirects the stream.
pub struct HostMessage {
    pub message: Str,
    pub no_newline: bool,
    /// Numbers of System.ConsoleColor.
    pub foreground: Option<u8>,
    pub background: Option<u8>,
}

pub static HOST_MESSAGE: crate::types::TypeInfo = crate::types::TypeInfo::class(
    "System.Management.Automation.HostInformationMessage",
    crate::types::MemberTable::of_properties(&[
        crate::types::Property::new("Message", "string", |_, v| {
            Ok(v.downcast::<HostMessage>().map_or(Value::NULL, |m| Value::string(m.message.clone())))
        }),
        crate::types::Property::new("NoNewLine", "System.Nullable[bool]", |_, v| {
            Ok(v.downcast::<HostMessage>().map_or(Value::NULL, |m| Value::bool(m.no_newline)))
        }),
    ]),
);

impl crate::object::Object for HostMessage {
    fn type_info(&self) -> crate::types::TypeRef {
        &HOST_MESSAGE
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.message.to_string())
    }
}
