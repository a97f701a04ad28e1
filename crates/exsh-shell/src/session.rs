//! The session: the one door. Text or a file in, output through the default display, and what outlives a line.

use crate::command::function::{ScriptBlock, ended};
use crate::command::table::StaticCmdlet;
use crate::lower::Scope;
use crate::run::engine::Engine;
use crate::run::frame::{Guard, INPUT};
use crate::run::sink::{Ctl, Pipe};
use exsh_core::host::Stream;
use exsh_core::value::{KeyMode, Table};
use exsh_core::{Command, Custom, Flow, Host, Name, Result, Shell, Str, Value, types};
use exsh_format::DefaultWriter;
pub use exsh_syntax::Completeness;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a session is made of.
pub struct Settings {
    pub host: Box<dyn Host>,
    /// Set by Ctrl-C.
    pub interrupt: Arc<AtomicBool>,
    pub interactive: bool,
    /// Where `C:\` and UNC paths are kept.
    pub windows_root: Option<PathBuf>,
    /// Version of exsh.
    pub version: &'static str,
}

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Completion {
    Done {
        /// `$?` after the last statement.
        ok: bool,
        last_exit_code: Option<i32>,
        /// A terminating error ended it.
        terminated: bool,
    },
    /// `exit` was called.
    Exit(i32),
    Interrupted,
}

/// A session.
pub struct Session {
    pub engine: Engine,
}

impl Session {
    pub fn new(settings: Settings) -> Session {
        let mut engine = Engine::new(settings.host, settings.interrupt);
        engine.windows_root = settings.windows_root;
        let mut s = Session { engine };
        s.automatic_variables(settings.version);
        s
    }

    pub fn add_commands(&mut self, commands: impl IntoIterator<Item = Rc<Command>>) {
        for c in commands {
            self.engine.commands.add(c);
        }
    }

    pub fn add_static_commands(&mut self, list: &'static [StaticCmdlet]) {
        self.engine.commands.add_static(list);
    }

    pub fn add_aliases(&mut self, list: &'static [(&'static str, &'static str)]) {
        for (name, target) in list {
            self.engine.commands.set_alias(name, Some(target));
        }
    }

    /// Is the text whole, does it need more, or is it wrong?
    pub fn check(&self, text: &str) -> Completeness {
        exsh_syntax::parse(text).completeness()
    }

    /// Runs text in the global scope and shows what it puts out.
    pub fn run_text(&mut self, text: &str) -> Completion {
        let m = &mut self.engine;
        let block = match m.parse_top(text, None) {
            Ok(b) => Rc::new(ScriptBlock::new(b)),
            Err(flow) => return self.ended(Err(flow)),
        };
        self.run_block(&block, Vec::new())
    }

    /// Runs a script file in the global scope, as `-File` does.
    pub fn run_file(&mut self, path: &str, args: Vec<String>) -> Completion {
        let full = crate::run::shell_impl::map_path(&self.engine, path);
        let full = full.to_string_lossy().into_owned();
        let block = match self.engine.script_block(&full) {
            Ok(b) => b,
            Err(flow) => return self.ended(Err(flow)),
        };
        self.run_block(&block, args)
    }

    fn run_block(&mut self, block: &Rc<ScriptBlock>, args: Vec<String>) -> Completion {
        let m = &mut self.engine;
        m.shows_directly = true;
        let mut display = Display::new(m);
        let result = run_global(m, block, args, &mut display);
        // What is still being laid out is shown before the error that ended the run; `exit` drops it (recorded:
        // exit/exit-codes exit-with-pending-table).
        let finished = match &result {
            Err(flow) if matches!(**flow, Flow::Exit(_)) => Ok(()),
            _ => display.finish(m),
        };
        let result = match (result, finished) {
            // A command that ended at once when it was interrupted left nothing that would have noticed.
            (Ok(_), Ok(())) if m.interrupt.load(Ordering::Relaxed) => Err(Box::new(Flow::Interrupted)),
            (Ok(c), Ok(())) => Ok(c),
            (Err(f), _) | (_, Err(f)) => Err(f),
        };
        self.ended(result)
    }

    fn ended(&mut self, result: Result<Ctl>) -> Completion {
        let m = &mut self.engine;
        let terminated = match result {
            Ok(_) => false,
            Err(flow) => match *flow {
                Flow::Exit(code) => return Completion::Exit(code),
                Flow::Interrupted => {
                    m.ok = false;
                    m.interrupt.store(false, Ordering::Relaxed);
                    return Completion::Interrupted;
                }
                Flow::Error(record) => {
                    m.ok = false;
                    m.remember(&record);
                    if m.show_error(&record).is_err() {
                        return Completion::Exit(0);
                    }
                    true
                }
                Flow::Break(_) | Flow::Continue(_) | Flow::Return | Flow::StopUpstream(_) => false,
            },
        };
        let last = m.globals.values[m.cells.last_exit_code as usize].as_int();
        Completion::Done { ok: m.ok, last_exit_code: last, terminated }
    }

    pub fn flush(&mut self) {
        let _ = self.engine.host.flush();
    }

    /// Variables that every session has.
    fn automatic_variables(&mut self, version: &'static str) {
        let m = &mut self.engine;
        let set = |m: &mut Engine, name: &str, v: Value| {
            let c = m.globals.cell(name);
            m.globals.values[c as usize] = v;
        };
        let constant = |m: &mut Engine, name: &str, v: Value| {
            let c = m.globals.cell(name);
            m.globals.values[c as usize] = v;
            m.globals.set_guard(c, Some(Guard { constant: true, all_scope: true, ..Guard::default() }));
        };
        for (name, text) in [
            ("ErrorActionPreference", "Continue"),
            ("WarningPreference", "Continue"),
            ("VerbosePreference", "SilentlyContinue"),
            ("DebugPreference", "SilentlyContinue"),
            ("InformationPreference", "SilentlyContinue"),
            ("ProgressPreference", "Continue"),
            ("ConfirmPreference", "High"),
            ("ErrorView", "ConciseView"),
        ] {
            // The reference keeps most of them as ActionPreference; as text they read and compare the same.
            set(m, name, Value::text(text));
        }
        set(m, "WhatIfPreference", Value::FALSE);
        set(m, "FormatEnumerationLimit", Value::int(4));
        set(m, "MaximumHistoryCount", Value::int(4096));
        set(m, "NestedPromptLevel", Value::int(0));
        set(m, "PSNativeCommandArgumentPassing", Value::text("Standard"));
        set(m, "PSNativeCommandUseErrorActionPreference", Value::FALSE);
        set(m, "PSDefaultParameterValues", Value::table(Table::new(&types::HASHTABLE, KeyMode::IgnoreCase)));
        set(m, "OutputEncoding", Value::text("utf-8"));
        set(m, "PROFILE", Value::text(format!("{}/.config/exsh/profile.ps1", m.host.home())));
        constant(m, "true", Value::TRUE);
        constant(m, "false", Value::FALSE);
        constant(m, "null", Value::NULL);
        constant(m, "PID", Value::int(m.host.process_id() as i32));
        constant(m, "HOME", Value::text(m.host.home()));
        constant(m, "PSHOME", Value::text(m.host.program().rsplit_once('/').map_or("", |p| p.0)));
        constant(m, "ShellId", Value::text("Microsoft.PowerShell"));
        constant(m, "PSEdition", Value::text("Core"));
        constant(m, "IsLinux", Value::TRUE);
        constant(m, "IsMacOS", Value::FALSE);
        constant(m, "IsWindows", Value::FALSE);
        constant(m, "IsCoreCLR", Value::TRUE);
        constant(m, "PSCulture", Value::string(m.culture.clone()));
        constant(m, "PSUICulture", Value::string(m.culture.clone()));
        let table = Table::new(&types::HASHTABLE, KeyMode::IgnoreCase);
        let version_of = |t: &str| {
            exsh_dotnet::core::version::Version::parse(t).map_or_else(|_| Value::text(t), Value::object)
        };
        for (k, v) in [
            ("PSVersion", Value::text("7.6.9")),
            ("PSEdition", Value::text("Core")),
            ("GitCommitId", Value::text("7.6.9")),
            ("ExshVersion", Value::text(version)),
            ("OS", Value::text("Linux")),
            ("Platform", Value::text("Unix")),
            ("WSManStackVersion", version_of("3.0")),
            ("PSRemotingProtocolVersion", version_of("2.3")),
            ("SerializationVersion", version_of("1.1.0.1")),
        ] {
            table.set(Value::text(k), v);
        }
        table.set(Value::text("PSVersion"), version_of("7.6.9"));
        constant(m, "PSVersionTable", Value::table(table));
        let host = Custom::of([
            ("Name", Value::text("ConsoleHost")),
            ("Version", version_of("7.6.9")),
            ("CurrentCulture", Value::string(m.culture.clone())),
            ("CurrentUICulture", Value::string(m.culture.clone())),
        ]);
        constant(m, "Host", Value::custom(host));
        let location = m.location.clone();
        let _ = m.set_location(&location);
        let style = crate::run::style_object::value(m);
        set(m, "PSStyle", style);
        let input = m.globals.cell("input");
        debug_assert_eq!(input as usize, INPUT, "automatic names own the first cells");
    }
}

fn run_global(m: &mut Engine, block: &Rc<ScriptBlock>, args: Vec<String>, out: &mut dyn Pipe) -> Result<Ctl> {
    let code = block.code(m, Scope::Global)?;
    let meta = block.meta(m)?;
    let call = Rc::new(crate::run::frame::Call {
        name: Str::from("<ScriptBlock>"),
        invoked: Str::from(block.source.source.file.as_deref().unwrap_or("")),
        file: block.source.source.file.clone(),
        site: None,
        block: None,
        is_function: false,
    });
    let table = m.frames[0].info.table.clone();
    m.frames[0].info = Rc::new(crate::run::frame::FrameInfo { table, call: Some(call) });
    if !code.params.is_empty() || !args.is_empty() {
        let arguments = crate::command::arguments::of_words(&args);
        let shape: Vec<_> = arguments.iter().map(crate::command::function::shape_of).collect();
        let failed = |e: crate::bind::BindError| -> Box<Flow> {
            let name = block.source.source.file.as_deref().map_or("", crate::command::program::file_name);
            e.record.context.borrow_mut().command_id = Some(name.into());
            (*e.record).into()
        };
        let plan = crate::bind::plan(&meta, &shape).map_err(failed)?;
        let mut binding = crate::bind::bind(m, &meta, &plan, arguments, false).map_err(failed)?;
        let missing = crate::bind::missing_mandatory(&meta, &mut binding, false).map_err(failed)?;
        if !missing.is_empty() {
            let name =
                Str::from(block.source.source.file.as_deref().map_or("", crate::command::program::file_name));
            let place = crate::pipeline::Place { index: 0, count: 1, expects_input: false };
            crate::run::shell_impl::ask_mandatory(m, &name, &meta, &mut binding, &missing, place)
                .map_err(failed)?;
        }
        m.fill_frame(0, &code, &meta, &binding)?;
    } else {
        let none = Value::array(Vec::new());
        *m.automatic(crate::run::frame::ARGS) = none;
    }
    for b in [&code.begin, &code.process, &code.end].into_iter().flatten() {
        match ended(b.run(m, out)) {
            Ok(_) => {}
            Err(flow) => match *flow {
                Flow::Return | Flow::Break(_) | Flow::Continue(_) => return Ok(Ctl::Next),
                other => return Err(Box::new(other)),
            },
        }
    }
    Ok(Ctl::Next)
}

/// The end of a pipeline that nobody else takes: the default display, written to the host.
pub struct Display {
    writer: DefaultWriter,
}

impl Display {
    pub fn new(m: &mut Engine) -> Display {
        let style = m.style();
        Display { writer: DefaultWriter::new(m.host.width(), style, true) }
    }

    pub fn push(&mut self, m: &mut Engine, value: Value) -> Result<()> {
        // The sink cannot hold the engine while the writer does: lines are handed over after each object.
        let mut lines = String::new();
        self.writer.push(m, value, &mut |line| {
            lines.push_str(line);
            lines.push('\n');
            Ok(())
        })?;
        if lines.is_empty() { Ok(()) } else { m.host_write(Stream::Output, &lines) }
    }

    pub fn finish(&mut self, m: &mut Engine) -> Result<()> {
        let mut lines = String::new();
        self.writer.finish(m, &mut |line| {
            lines.push_str(line);
            lines.push('\n');
            Ok(())
        })?;
        if lines.is_empty() { Ok(()) } else { m.host_write(Stream::Output, &lines) }
    }
}

impl Pipe for Display {
    fn push(&mut self, m: &mut Engine, value: Value) -> Result<()> {
        // An error record that was put out is drawn on the error stream, where the reference draws it.
        if let Some(e) = value.downcast::<exsh_core::error::ErrorObject>() {
            let record = e.0.clone();
            self.finish(m)?;
            let text = m.error_text(&record);
            return m.host_write(Stream::Error, &text);
        }
        if let Some(record) = value.downcast::<crate::run::automatic::SideRecord>() {
            let (label, stream) = record.label();
            let text = record.message.clone();
            self.finish(m)?;
            let style = m.style();
            let line = crate::run::drawing::message(&style, label, &text, stream);
            return m.host_write(Stream::Output, &line);
        }
        Display::push(self, m, value)
    }
}

/// The name of the running scope's variable, for hosts.
pub fn variable(m: &Engine, name: &str) -> Option<Value> {
    m.lookup(Name::new(name), m.current)
}
