//! The session as cmdlets and .NET members see it, and the questions that the engine asks.

use crate::bind::{self, ActionPreference, Binding, CommandMeta};
use crate::command::function::{BlockObject, ScriptBlock, block_of, ended};
use crate::command::table::Found;
use crate::lower::Scope;
use crate::pipeline::{Context, Place};
use crate::run::drawing;
use crate::run::engine::Engine;
use crate::run::frame::{FrameKind, Guard};
use crate::run::sink::{Collected, Ctl, Pipe, Send};
use crate::run::streams::{Side, Way};
use exsh_core::cmdlet::Impact;
use exsh_core::host::{NoAnswer, Stream};
use exsh_core::out::{BlockInfo, HostMessage, Resolved, VariableInfo};
use exsh_core::{
    Category, Command, ErrorRecord, Exception, Flow, Host, Invoke, Name, Result, Shell, Str, Value,
};
use exsh_dotnet::text;
use std::any::{Any, TypeId};
use std::path::PathBuf;
use std::rc::Rc;

impl Shell for Engine {
    fn host(&mut self) -> &mut dyn Host {
        &mut *self.host
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }

    fn invoke(
        &mut self,
        block: &Value,
        how: Invoke,
        send: &mut dyn FnMut(Value) -> Result<()>,
    ) -> Result<()> {
        let Some(b) = block_of(block) else { return Err(not_a_block()) };
        let mut out = Send(send);
        let depth = self.try_depth;
        self.try_depth += u32::from(how.propagate_errors);
        let r = ended(self.run_block(&b, how, &mut out)).map(drop);
        self.try_depth = depth;
        r
    }

    fn run_text(
        &mut self,
        source: &str,
        new_scope: bool,
        send: &mut dyn FnMut(Value) -> Result<()>,
    ) -> Result<()> {
        self.run_source(source, new_scope, &mut Send(send))
    }

    fn compile(&mut self, source: &str) -> Result<Value> {
        let block = self.parse(source, None)?;
        Ok(Value::object(BlockObject(Rc::new(ScriptBlock::new(block)))))
    }

    fn run_command(
        &mut self,
        name: &str,
        how: Invoke,
        send: &mut dyn FnMut(Value) -> Result<()>,
    ) -> Result<()> {
        // A call as a script would write it: `& $name @args`, with the arguments in variables of a scope of its own.
        let mut line = String::from("param($exshName, $exshArgs, $exshNamed, $exshInput) ");
        line.push_str(if how.input.is_some() {
            "$exshInput | & $exshName @exshArgs @exshNamed"
        } else {
            "& $exshName @exshArgs @exshNamed"
        });
        let source = self.parse(&line, None)?;
        let block = Rc::new(ScriptBlock::new(source));
        let named =
            exsh_core::Table::new(&exsh_core::types::HASHTABLE, exsh_core::value::KeyMode::IgnoreCase);
        for (k, v) in how.named {
            named.set(Value::string(k), v);
        }
        let args = vec![
            Value::text(name),
            Value::array(how.args),
            Value::table(named),
            how.input.map_or(Value::NULL, Value::array),
        ];
        let mut out = Send(send);
        ended(self.run_block(&block, Invoke { args, ..Invoke::default() }, &mut out)).map(drop)
    }

    fn variable(&mut self, name: Name, scope: Option<usize>) -> Option<Value> {
        match scope {
            None => self.lookup(name, self.current),
            Some(n) => {
                let f = self.outer_frame(n)?;
                self.in_frame(name, f)
            }
        }
    }

    fn set_variable(&mut self, name: &str, value: Value, scope: Option<usize>) -> Result<()> {
        let (f, plain) = self.scoped(name, scope);
        self.strict_used |= plain == crate::run::engine::STRICT_MODE;
        self.assign_in(f, Name::new(plain), &Str::from(plain), value)
    }

    fn set_global(&mut self, name: &str, value: Value) -> Result<()> {
        self.assign_in(0, Name::new(name), &Str::from(name), value)
    }

    fn remove_variable(&mut self, name: Name, scope: Option<usize>) -> Result<bool> {
        let f = match scope {
            Some(n) => self.outer_frame(n),
            None => self.holder(name, self.current),
        };
        let Some(f) = f else { return Ok(false) };
        if self.guard_of(name, f).is_some_and(|g| g.constant) {
            return Err(crate::run::variables::not_writable(name.text(), Value::NULL).into());
        }
        Ok(self.unset(f, name))
    }

    fn variables(&mut self, scope: Option<usize>) -> Vec<VariableInfo> {
        let mut all: Vec<VariableInfo> = Vec::new();
        let mut f = match scope {
            Some(n) => match self.outer_frame(n) {
                Some(f) => f,
                None => return all,
            },
            None => self.current,
        };
        let mut seen = std::collections::HashSet::new();
        loop {
            let mut add = |m: &Engine, name: Name, spelling: Str, value: Value| {
                if seen.insert(name) {
                    let g = m.guard_of(name, f).unwrap_or_default();
                    all.push(info(spelling, value, &g));
                }
            };
            if f == 0 {
                for c in self.globals.set_cells().collect::<Vec<_>>() {
                    let (name, spelling) = (self.globals.name(c), self.globals.spelling(c).clone());
                    add(self, name, spelling, self.globals.values[c as usize].clone());
                }
            } else {
                let frame = &self.frames[f];
                for slot in 0..frame.info.table.len() {
                    let v = self.stack[frame.base + slot].clone();
                    if !v.is_unset() {
                        add(self, frame.info.table.name(slot), frame.info.table.spelling(slot).clone(), v);
                    }
                }
                if let Some(e) = &self.frames[f].extra {
                    for (name, l) in &e.loose {
                        add(self, *name, l.spelling.clone(), l.value.clone());
                    }
                }
            }
            if f == 0 || scope.is_some() {
                break;
            }
            f = self.frames[f].parent;
        }
        all.sort_by_key(|v| v.name.to_ascii_lowercase());
        all
    }

    fn scope_number(&self, name: &str) -> Option<usize> {
        let goal = match name.to_ascii_lowercase().as_str() {
            "global" => 0,
            "script" => self.script_frame(),
            _ => return None,
        };
        let mut f = self.current;
        let mut n = 0;
        while f != goal && f != 0 {
            f = self.frames[f].parent;
            n += 1;
        }
        Some(n)
    }

    fn set_variable_info(&mut self, info: VariableInfo, scope: Option<usize>) -> Result<()> {
        let (f, plain) = self.scoped(&info.name, scope);
        let (name, plain) = (Name::new(plain), plain.to_owned());
        let mut g = self.guard_of(name, f).unwrap_or_default();
        g.read_only = info.read_only;
        g.constant = info.constant;
        g.private = info.private;
        g.all_scope = info.all_scope;
        g.description = Some(info.description);
        self.put(f, name, &Str::from(plain.as_str()), info.value);
        self.set_guard(f, name, &plain, g);
        Ok(())
    }

    fn resolve(&mut self, name: &str) -> Option<Resolved> {
        if let Some((spelling, target)) = self.commands.alias(Name::new(name)) {
            return Some(Resolved::Alias { name: spelling.clone(), target: target.clone() });
        }
        Some(match self.find_command(name)? {
            Found::Cmdlet(e) => Resolved::Cmdlet(e.command.clone()),
            Found::Function(f) => Resolved::Function {
                name: f.name.clone(),
                block: Value::object(BlockObject(f.block.clone())),
                filter: f.filter,
            },
            Found::Block(_) => return None,
            Found::Script(p) => Resolved::Script(p),
            Found::Program(p) => Resolved::Program(p),
        })
    }

    fn cmdlets(&mut self) -> Vec<Rc<Command>> {
        self.commands
            .cmdlet_names()
            .into_iter()
            .filter_map(|n| self.commands.cmdlet(Name::new(n)).map(|e| e.command.clone()))
            .collect()
    }

    fn functions(&self) -> Vec<(Str, Value)> {
        let mut all: Vec<(Str, Value)> = self
            .commands
            .functions()
            .map(|f| (f.name.clone(), Value::object(BlockObject(f.block.clone()))))
            .collect();
        all.sort_by_key(|f| f.0.to_ascii_lowercase());
        all
    }

    fn set_function(&mut self, name: &str, block: Option<Value>) -> Result<()> {
        match block {
            None => {
                self.commands.remove_function(Name::new(name));
            }
            Some(v) => {
                let block = match block_of(&v) {
                    Some(b) => b,
                    None => {
                        let source = self.parse(&text::to_text(&v), None)?;
                        Rc::new(ScriptBlock::new(source))
                    }
                };
                self.commands.set_function(Rc::new(crate::command::function::Function {
                    name: Str::from(name),
                    block,
                    filter: false,
                }));
            }
        }
        Ok(())
    }

    fn aliases(&self) -> Vec<(Str, Str)> {
        let mut all: Vec<(Str, Str)> = self.commands.aliases().cloned().collect();
        all.sort_by_key(|a| a.0.to_ascii_lowercase());
        all
    }

    fn set_alias(&mut self, name: &str, target: Option<&str>) -> Result<()> {
        self.commands.set_alias(name, target);
        Ok(())
    }

    fn location(&self) -> Str {
        Str::from(self.location.as_str())
    }

    fn set_location(&mut self, path: &str) -> Result<()> {
        self.location = path.to_owned();
        let v = exsh_dotnet::io::path_info(path);
        let cell = self.cells.pwd as usize;
        self.globals.values[cell] = v;
        Ok(())
    }

    fn file_path(&mut self, written: &str) -> Result<PathBuf> {
        Ok(map_path(self, written))
    }

    fn culture(&self) -> Str {
        self.culture.clone()
    }

    fn set_culture(&mut self, name: &str) {
        self.culture = Str::from(name);
    }

    fn errors(&self) -> Vec<Value> {
        self.globals.values[self.cells.error as usize]
            .as_list()
            .map(|l| l.items().clone())
            .unwrap_or_default()
    }

    fn clear_errors(&mut self) {
        if let Some(l) = self.globals.values[self.cells.error as usize].as_list() {
            l.modify().clear();
        }
    }

    fn report(&mut self, record: ErrorRecord) -> Result<()> {
        self.report_error(Rc::new(record), None)
    }

    fn extension(&mut self, key: TypeId) -> Option<Rc<dyn Any>> {
        self.extensions.get(&key).cloned()
    }

    fn set_extension(&mut self, value: Rc<dyn Any>) {
        self.extensions.insert((*value).type_id(), value);
    }

    fn show(&mut self, values: Vec<Value>) -> Result<()> {
        let mut d = crate::session::Display::new(self);
        for v in values {
            d.push(self, v)?;
        }
        d.finish(self)
    }

    fn block_info(&mut self, block: &Value) -> Option<BlockInfo> {
        let b = block_of(block)?;
        crate::command::describe::block_info(self, &b)
    }
}

/// Something else stands where a script block is needed.
pub fn not_a_block() -> Box<Flow> {
    ErrorRecord::of(
        "System.ArgumentException",
        "NotAScriptBlock",
        Category::InvalidArgument,
        "A script block is needed here.",
    )
    .into()
}

fn info(name: Str, value: Value, g: &Guard) -> VariableInfo {
    VariableInfo {
        name,
        value,
        description: g.description.clone().unwrap_or_else(|| Str::from("")),
        read_only: g.read_only,
        constant: g.constant,
        private: g.private,
        all_scope: g.all_scope,
    }
}

impl Engine {
    /// Parses and runs text in the running scope, or in a new one.
    pub fn run_source(&mut self, source: &str, new_scope: bool, out: &mut dyn Pipe) -> Result<()> {
        let block = self.parse(source, None)?;
        let block = Rc::new(ScriptBlock::new(block));
        if new_scope {
            return ended(self.run_block(&block, Invoke::default(), out)).map(drop);
        }
        let scope = if self.current == 0 { Scope::Global } else { Scope::Dynamic };
        let code = block.code(self, scope)?;
        for b in [&code.begin, &code.process, &code.end].into_iter().flatten() {
            match b.run(self, out)? {
                Ctl::Next => {}
                Ctl::Return => return Ok(()),
                jump => return Err(crate::emit::crossing(jump)),
            }
        }
        Ok(())
    }

    /// The frame and plain name of `scope:name`.
    fn scoped<'a>(&self, name: &'a str, scope: Option<usize>) -> (usize, &'a str) {
        if let Some((mark, rest)) = name.split_once(':') {
            let f = match mark.to_ascii_lowercase().as_str() {
                "global" => Some(0),
                "script" => Some(self.script_frame()),
                "local" | "private" | "variable" => Some(self.current),
                _ => None,
            };
            if let Some(f) = f {
                return (f, rest);
            }
        }
        (scope.and_then(|n| self.outer_frame(n)).unwrap_or(self.current), name)
    }
}

/// A file system path for what a script wrote: `~`, relative to the current folder, and the Windows forms that are
/// mapped beside the state.
pub fn map_path(m: &Engine, written: &str) -> PathBuf {
    let written = written
        .strip_prefix("FileSystem::")
        .or(written.strip_prefix("Microsoft.PowerShell.Core\\FileSystem::"))
        .unwrap_or(written);
    if let Some(root) = &m.windows_root {
        let b = written.as_bytes();
        if b.len() >= 2 && b[0].is_ascii_alphabetic() && b[1] == b':' {
            let mut p = root.join((b[0] as char).to_ascii_uppercase().to_string());
            push_parts(&mut p, &written[2..]);
            return p;
        }
        if let Some(rest) = written.strip_prefix("\\\\") {
            let mut p = root.join("unc");
            push_parts(&mut p, rest);
            return p;
        }
    }
    let slashed = if written.contains('\\') && !std::path::Path::new(written).exists() {
        written.replace('\\', "/")
    } else {
        written.to_owned()
    };
    if slashed == "~" || slashed.starts_with("~/") {
        let mut p = PathBuf::from(m.host.home());
        push_parts(&mut p, &slashed[1..]);
        return p;
    }
    let mut p = if slashed.starts_with('/') { PathBuf::from("/") } else { PathBuf::from(&m.location) };
    push_parts(&mut p, &slashed);
    p
}

/// Appends the parts of a path; `..` goes up, never above the start.
fn push_parts(p: &mut PathBuf, rest: &str) {
    for part in rest.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                p.pop();
            }
            part => p.push(part),
        }
    }
}

/// Warning, verbose and debug lines.
pub fn side(m: &mut Engine, side: Side, message: &str, action: ActionPreference) -> Result<()> {
    let (label, stream, kind) = match side {
        Side::Warning => ("WARNING: ", Stream::Warning, "System.Management.Automation.WarningRecord"),
        Side::Verbose => ("VERBOSE: ", Stream::Verbose, "System.Management.Automation.VerboseRecord"),
        _ => ("DEBUG: ", Stream::Debug, "System.Management.Automation.DebugRecord"),
    };
    m.streams.note(side, || crate::run::automatic::side_record(kind, message));
    match action {
        ActionPreference::SilentlyContinue | ActionPreference::Ignore => return Ok(()),
        _ => {}
    }
    match m.streams.way(side).clone() {
        Way::Drop => {}
        Way::Queue(q) => q.borrow_mut().push(crate::run::automatic::side_record(kind, message)),
        Way::Host => {
            let style = m.style();
            let line = drawing::message(&style, label, message, stream);
            m.host_write(stream, &line)?;
        }
    }
    match action {
        ActionPreference::Stop => {
            let name = match side {
                Side::Warning => "WarningPreference",
                Side::Verbose => "VerbosePreference",
                _ => "DebugPreference",
            };
            let r = ErrorRecord::of(
                "System.Management.Automation.ActionPreferenceStopException",
                "ActionPreferenceStop",
                Category::OperationStopped,
                format!(
                    "The running command stopped because the preference variable \"{name}\" or common parameter is set to Stop: {message}"
                ),
            );
            {
                let mut context = r.context.borrow_mut();
                context.thrown = true;
                context.reason = Some("ParentContainsErrorRecordException".into());
            }
            Err(r.into())
        }
        ActionPreference::Inquire => {
            if inquire(m, "Continue with this operation?")? {
                Ok(())
            } else {
                Err(Box::new(Flow::Interrupted))
            }
        }
        _ => Ok(()),
    }
}

/// The information stream; what `Write-Host` sends is shown whatever the preference.
pub fn information(m: &mut Engine, data: Value, tags: &[&str], action: ActionPreference) -> Result<()> {
    let host = tags.contains(&"PSHOST");
    if m.streams.notes.is_some() {
        let record = crate::run::automatic::information_record(m, data.clone(), tags);
        m.streams.note(Side::Information, || record);
    }
    match m.streams.way(Side::Information).clone() {
        Way::Drop => Ok(()),
        Way::Queue(q) => {
            q.borrow_mut().push(crate::run::automatic::information_record(m, data, tags));
            Ok(())
        }
        Way::Host => {
            if !host && matches!(action, ActionPreference::SilentlyContinue | ActionPreference::Ignore) {
                return Ok(());
            }
            if matches!(action, ActionPreference::SilentlyContinue | ActionPreference::Ignore) {
                return Ok(());
            }
            let line = match data.downcast::<HostMessage>() {
                Some(message) => {
                    let style = m.style();
                    drawing::host_message(&style, message)
                }
                None => format!("{}\n", text::to_text(&data)),
            };
            m.host_write(Stream::Information, &line)
        }
    }
}

/// What was answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    Yes,
    YesToAll,
    No,
    NoToAll,
}

/// ShouldProcess: `-WhatIf` tells, `-Confirm` asks, else it is done.
pub fn should_process(
    m: &mut Engine,
    c: &mut Context,
    description: &str,
    warning: &str,
    caption: &str,
) -> Result<bool> {
    let what_if = match c.common.what_if {
        Some(on) => on,
        None => exsh_dotnet::convert::to_bool(&m.preference("WhatIfPreference")),
    };
    if what_if && c.should_process {
        m.host_write(Stream::Output, &format!("What if: {description}\n"))?;
        return Ok(false);
    }
    if let Some(d) = c.decided {
        return Ok(d);
    }
    let verbose = match c.common.verbose {
        Some(on) => on,
        None => {
            let v = m.preference("VerbosePreference");
            matches!(ActionPreference::parse(&v), Some(ActionPreference::Continue))
        }
    };
    if !must_ask(m, c) {
        if verbose {
            side(m, Side::Verbose, description, ActionPreference::Continue)?;
        }
        return Ok(true);
    }
    Ok(match question(m, caption, warning, true, c.suspend)? {
        Answer::Yes => true,
        Answer::No => false,
        Answer::YesToAll => {
            c.decided = Some(true);
            true
        }
        Answer::NoToAll => {
            c.decided = Some(false);
            false
        }
    })
}

fn must_ask(m: &mut Engine, c: &Context) -> bool {
    match c.common.confirm {
        Some(on) => on && c.should_process,
        None => {
            let threshold = text::to_text(&m.preference("ConfirmPreference"));
            let threshold = match threshold.to_ascii_lowercase().as_str() {
                "none" => return false,
                "low" => Impact::Low,
                "medium" => Impact::Medium,
                _ => Impact::High,
            };
            c.should_process && c.impact >= threshold
        }
    }
}

const YES: (&str, &str) = ("&Yes", "Y - Continue with only the next step of the operation.");
const ALL: (&str, &str) = ("Yes to &All", "A - Continue with all the steps of the operation.");
const NO: (&str, &str) = ("&No", "N - Skip this operation and proceed with the next operation.");
const NONE: (&str, &str) = ("No to A&ll", "L - Skip this operation and all subsequent operations.");
const SUSPEND: (&str, &str) = (
    "&Suspend",
    "S - Pause the current pipeline and return to the command prompt. Type \"exit\" to resume the pipeline.",
);

/// Asks Yes or No, with the choices for all if wanted.
pub fn question(m: &mut Engine, caption: &str, message: &str, all: bool, suspend: bool) -> Result<Answer> {
    let mut choices = vec![YES];
    if all {
        choices.push(ALL);
    }
    choices.push(NO);
    if all {
        choices.push(NONE);
    }
    if suspend {
        choices.push(SUSPEND);
    }
    loop {
        let i = choose(m, caption, message, &choices, Some(0))?;
        match choices[i].0 {
            "&Yes" => return Ok(Answer::Yes),
            "Yes to &All" => return Ok(Answer::YesToAll),
            "&No" => return Ok(Answer::No),
            "No to A&ll" => return Ok(Answer::NoToAll),
            // A nested prompt belongs to the editor; here the question is asked again.
            _ => m.host_write(Stream::Output, "Suspending is not supported by this version of exsh.\n")?,
        }
    }
}

/// `-ErrorAction Inquire`.
pub fn inquire(m: &mut Engine, message: &str) -> Result<bool> {
    let choices = [YES, ALL, ("&Halt Command", "H - Stop this command."), SUSPEND];
    Ok(choose(m, "Confirm", message, &choices, Some(0))? < 2)
}

/// A question with choices; the label's hot key follows `&`. Gives the index of the choice.
pub fn choose(
    m: &mut Engine,
    caption: &str,
    message: &str,
    choices: &[(&str, &str)],
    default: Option<usize>,
) -> Result<usize> {
    if !m.host.is_interactive() {
        return Err(no_answer(NoAnswer::NonInteractive, "PromptForChoice"));
    }
    let style = m.style();
    let mut head = String::new();
    if !caption.is_empty() || !message.is_empty() {
        head.push('\n');
    }
    if !caption.is_empty() {
        head.push_str(&drawing::caption(&style, caption));
        head.push('\n');
    }
    if !message.is_empty() {
        let width = m.host.width();
        for line in exsh_format::width::wrap(message, width, width, true) {
            head.push_str(line.trim_end());
            head.push('\n');
        }
    }
    m.host_write(Stream::Output, &head)?;
    let line = drawing::choices(&style, choices, default, m.host.width());
    loop {
        let answer = match m.host.read_line(&line) {
            Ok(a) => a,
            Err(e) => return Err(no_answer(e, "PromptForChoice")),
        };
        let answer = answer.trim();
        if answer.is_empty() {
            if let Some(d) = default {
                return Ok(d);
            }
            continue;
        }
        if answer == "?" {
            let mut help = String::new();
            for c in choices {
                help.push_str(c.1);
                help.push('\n');
            }
            m.host_write(Stream::Output, &help)?;
            continue;
        }
        let hit = choices.iter().position(|(label, _)| {
            let plain = label.replace('&', "");
            let key = label.split_once('&').and_then(|(_, k)| k.chars().next());
            plain.eq_ignore_ascii_case(answer)
                || key.is_some_and(|k| answer.chars().eq([k]) || answer.eq_ignore_ascii_case(&k.to_string()))
        });
        if let Some(i) = hit {
            return Ok(i);
        }
    }
}

/// The error when nobody can be asked.
pub fn no_answer(why: NoAnswer, what: &str) -> Box<Flow> {
    match why {
        NoAnswer::Interrupted => Box::new(Flow::Interrupted),
        NoAnswer::NonInteractive | NoAnswer::EndOfInput => ErrorRecord::new(
            "InvalidOperation",
            Category::InvalidOperation,
            Exception::new(
                "System.Management.Automation.PSInvalidOperationException",
                "PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.",
            ),
        )
        .on(Value::text(what))
        .into(),
    }
}

/// Asks for mandatory parameters that were not given, in order of declaration.
pub fn ask_mandatory(
    m: &mut Engine,
    name: &Str,
    meta: &CommandMeta,
    binding: &mut Binding,
    missing: &[u16],
    place: Place,
) -> std::result::Result<(), bind::BindError> {
    if !m.host.is_interactive() {
        return Err(bind::BindError {
            record: Box::new(bind::missing_mandatory_error(meta, missing)),
            argument: None,
        });
    }
    let failed = |flow: Box<Flow>| match *flow {
        Flow::Error(r) => bind::BindError { record: Box::new(clone_record(&r)), argument: None },
        _ => bind::BindError {
            record: Box::new(ErrorRecord::runtime(
                "Stopped",
                Category::OperationStopped,
                "The pipeline has been stopped.",
            )),
            argument: None,
        },
    };
    let style = m.style();
    let mut head = String::from("\n");
    head.push_str(&drawing::caption(
        &style,
        &format!("cmdlet {name} at command pipeline position {}", place.index + 1),
    ));
    head.push_str("\nSupply values for the following parameters:\n");
    let with_help = missing.iter().any(|&i| meta.params[i as usize].help_message.is_some());
    if with_help {
        head.push_str("(Type !? for Help.)\n");
    }
    m.host_write(Stream::Output, &head).map_err(failed)?;
    for &i in missing {
        let p = &meta.params[i as usize];
        let secret = p.ty.name == "System.Security.SecureString";
        let value = if p.ty.kind == exsh_core::types::Kind::Array {
            let mut items = Vec::new();
            loop {
                let line = answer(m, &format!("{}[{}]: ", p.spelling, items.len()), p).map_err(failed)?;
                if line.is_empty() {
                    break;
                }
                items.push(Value::text(line));
            }
            Value::array(items)
        } else if secret {
            let line = m
                .host
                .read_secret(&format!("{}: ", p.spelling))
                .map_err(|e| failed(no_answer(e, "Read-Host")))?;
            Value::object(exsh_dotnet::security::SecureString::from_plain(line))
        } else {
            Value::text(answer(m, &format!("{}: ", p.spelling), p).map_err(failed)?)
        };
        bind::supply(m, meta, binding, i, value)?;
    }
    Ok(())
}

fn answer(m: &mut Engine, prompt: &str, p: &bind::ParamMeta) -> Result<String> {
    loop {
        let line = m.host.read_line(prompt).map_err(|e| no_answer(e, "Read-Host"))?;
        if line == "!?" {
            let help = match &p.help_message {
                Some(h) => format!("{h}\n"),
                None => format!("No help is available for {}.\n", p.spelling),
            };
            m.host_write(Stream::Output, &help)?;
            continue;
        }
        if let Some(rest) = line.strip_prefix('!') {
            match rest {
                "\"\"" => return Ok(String::new()),
                _ if rest.starts_with('!') => return Ok(rest.to_owned()),
                _ => {
                    m.host_write(
                        Stream::Output,
                        &format!("\"{line}\" cannot be recognized as a valid Prompt command.\n"),
                    )?;
                    continue;
                }
            }
        }
        return Ok(line);
    }
}

fn clone_record(r: &ErrorRecord) -> ErrorRecord {
    let mut copy = ErrorRecord::new(r.id.clone(), r.category, r.exception.clone());
    copy.target = r.target.clone();
    copy.context = r.context.clone();
    copy
}

/// Collects what a command of the session gives.
pub fn collect(
    m: &mut Engine,
    f: impl FnOnce(&mut Engine, &mut dyn Pipe) -> Result<()>,
) -> Result<Vec<Value>> {
    let mut c = Collected::default();
    f(m, &mut c)?;
    Ok(c.into_vec())
}

/// Is the running frame a script file's?
pub fn in_script(m: &Engine) -> bool {
    m.frames[m.current].kind == FrameKind::Script
}
