//! A cmdlet as a stage: its bound parameters, its state, and the output side it sees.

use super::{Place, Rest, Stage, feed};
use crate::bind::{self, ActionPreference, BindError, Binding, CommandMeta, CommonParameters};
use crate::command::table::CmdletEntry;
use crate::emit::call::CallSite;
use crate::run::engine::Engine;
use crate::run::shell_impl::{self, Answer};
use crate::run::sink::Pipe;
use crate::run::streams::{Notes, Side};
use exsh_core::cmdlet::Impact;
use exsh_core::{
    Bound, Cmdlet, Command, ErrorRecord, Flow, Invocation, Invoke, Name, Out, Result, Shell, Str, Value,
    types,
};
use std::rc::Rc;

/// What the common parameters and the answers so far mean for one invocation.
pub struct Context {
    pub common: CommonParameters,
    pub should_process: bool,
    pub impact: Impact,
    pub suspend: bool,
    /// Yes to All or No to All was answered.
    pub decided: Option<bool>,
    pub decided_ask: Option<bool>,
    out_list: Option<Value>,
    error_list: Option<Value>,
    warning_list: Option<Value>,
    information_list: Option<Value>,
}

impl Context {
    pub fn new(m: &mut Engine, common: CommonParameters, meta: &CommandMeta, suspend: bool) -> Context {
        let list = |var: &Option<(Str, bool)>| {
            let (name, append) = var.as_ref()?;
            let old = if *append { m.lookup(Name::new(name), m.current) } else { None };
            let items = old.map(|v| exsh_core::enumerate::items(&v)).unwrap_or_default();
            Some(Value::list_of(&types::ARRAY_LIST, items))
        };
        let (out_list, error_list) = (list(&common.out_variable), list(&common.error_variable));
        let (warning_list, information_list) =
            (list(&common.warning_variable), list(&common.information_variable));
        Context {
            out_list,
            error_list,
            warning_list,
            information_list,
            should_process: meta.should_process,
            impact: meta.impact,
            suspend,
            decided: None,
            decided_ask: None,
            common,
        }
    }

    fn note(list: &Option<Value>, v: &Value) {
        if let Some(l) = list.as_ref().and_then(|l| l.as_list()) {
            l.modify().push(v.clone());
        }
    }

    /// Variables of `-OutVariable` and the others, assigned in the running scope.
    pub fn assign_variables(&self, m: &mut Engine) -> Result<()> {
        for (var, list) in [
            (&self.common.out_variable, &self.out_list),
            (&self.common.error_variable, &self.error_list),
            (&self.common.warning_variable, &self.warning_list),
            (&self.common.information_variable, &self.information_list),
        ] {
            if let (Some((name, _)), Some(list)) = (var, list) {
                m.assign(Name::new(name), name, list.clone())?;
            }
        }
        Ok(())
    }

    /// The lists in which a function's body notes its records, before those of the functions around.
    pub fn notes(&self, outer: Option<Rc<Notes>>) -> Option<Rc<Notes>> {
        let lists = [
            (Side::Error, &self.error_list),
            (Side::Warning, &self.warning_list),
            (Side::Information, &self.information_list),
        ];
        lists.into_iter().fold(outer, |outer, (side, list)| match list {
            Some(list) => Some(Rc::new(Notes { side, list: list.clone(), outer })),
            None => outer,
        })
    }

    /// `-PipelineVariable`: the object that goes to the next stage.
    #[inline]
    pub fn note_pipeline(&self, m: &mut Engine, v: &Value) -> Result<()> {
        match &self.common.pipeline_variable {
            None => Ok(()),
            Some(name) => m.assign(Name::new(name), name, v.clone()),
        }
    }

    pub fn note_output(&self, v: &Value) {
        Context::note(&self.out_list, v);
    }
    pub fn note_error(&self, v: &Value) {
        Context::note(&self.error_list, v);
    }
}

pub struct CmdletStage {
    site: Rc<CallSite>,
    name: Str,
    command: Rc<Command>,
    meta: Rc<CommandMeta>,
    cmdlet: Box<dyn Cmdlet>,
    binding: Binding,
    bound: Bound,
    pub(super) context: Context,
    place: Place,
    frame: usize,
    began: bool,
    pub(super) wants_no_more: bool,
}

impl CmdletStage {
    pub fn new(
        m: &mut Engine,
        site: &Rc<CallSite>,
        entry: &CmdletEntry,
        place: Place,
    ) -> Result<CmdletStage> {
        let meta = entry.meta().clone();
        let name = Str::from(entry.command.decl.name);
        let arguments = site.arguments(m)?;
        let mut failed = |e: BindError| bind_failed(site, &name, &meta, place, e);
        let plan = site.call_plan(m, &meta, &arguments).map_err(&mut failed)?;
        let mut binding = bind::bind(m, &meta, &plan, arguments, place.expects_input).map_err(&mut failed)?;
        bind::defaults::apply(m, &meta, &name, &mut binding).map_err(&mut failed)?;
        let missing =
            bind::missing_mandatory(&meta, &mut binding, place.expects_input).map_err(&mut failed)?;
        if !missing.is_empty() {
            shell_impl::ask_mandatory(m, &name, &meta, &mut binding, &missing, place)
                .map_err(|e| bind_failed(site, &name, &meta, place, e))?;
        }
        let bound = bind::to_bound(&meta, entry.command.decl, &binding);
        let context = Context::new(m, binding.common.clone(), &meta, entry.command.decl.suspend);
        Ok(CmdletStage {
            site: site.clone(),
            name,
            cmdlet: (entry.command.make)(),
            command: entry.command.clone(),
            meta,
            binding,
            bound,
            context,
            place,
            frame: m.current,
            began: false,
            wants_no_more: false,
        })
    }

    pub fn begin(&mut self, m: &mut Engine, rest: &mut [Stage], out: &mut dyn Pipe) -> Result<()> {
        if std::mem::replace(&mut self.began, true) {
            return Ok(());
        }
        self.call(m, rest, out, |c, b, o| c.begin(b, o))
    }

    pub fn process_alone(&mut self, m: &mut Engine, rest: &mut [Stage], out: &mut dyn Pipe) -> Result<()> {
        self.call(m, rest, out, |c, b, o| c.process(b, o))
    }

    pub fn process(
        &mut self,
        m: &mut Engine,
        rest: &mut [Stage],
        out: &mut dyn Pipe,
        value: Value,
    ) -> Result<()> {
        if !self.began {
            self.begin(m, rest, out)?;
        }
        if let Err(e) = bind::bind_record(m, &self.meta, &mut self.binding, &value) {
            return self.record_not_bound(m, e);
        }
        bind::refresh(&self.binding, &mut self.bound);
        self.call(m, rest, out, |c, b, o| c.process(b, o))
    }

    pub fn end(&mut self, m: &mut Engine, rest: &mut [Stage], out: &mut dyn Pipe) -> Result<()> {
        self.call(m, rest, out, |c, b, o| c.end(b, o))?;
        self.context.assign_variables(m)
    }

    pub fn clean(&mut self, m: &mut Engine) {
        if self.began {
            self.cmdlet.clean();
        }
        let _ = m;
    }

    #[cold]
    fn record_not_bound(&mut self, m: &mut Engine, e: BindError) -> Result<()> {
        let flow = bind_failed(&self.site, &self.name, &self.meta, self.place, e);
        match &*flow {
            Flow::Error(r) => {
                let v = Value::from(r.clone());
                self.context.note_error(&v);
                m.report_error(r.clone(), self.context.common.error_action)
            }
            _ => Err(flow),
        }
    }

    #[inline]
    fn call(
        &mut self,
        m: &mut Engine,
        rest: &mut [Stage],
        out: &mut dyn Pipe,
        f: impl FnOnce(&mut dyn Cmdlet, &Bound, &mut dyn Out) -> Result<()>,
    ) -> Result<()> {
        let (saved, frame) = ((m.current, m.base, m.guarded), self.frame);
        let switch = m.current != frame;
        if switch {
            m.current = frame;
            m.base = m.frames[frame].base;
        }
        let mut side = StageOut {
            m,
            rest,
            out,
            context: &mut self.context,
            site: &self.site,
            name: &self.name,
            meta: &self.meta,
            place: self.place,
        };
        let result = f(&mut *self.cmdlet, &self.bound, &mut side);
        if switch {
            (m.current, m.base, m.guarded) = saved;
        }
        match result {
            Ok(()) => Ok(()),
            Err(flow) => Err(self.failed(m, flow)),
        }
    }

    #[cold]
    fn failed(&mut self, m: &mut Engine, flow: Box<Flow>) -> Box<Flow> {
        match &*flow {
            Flow::StopUpstream(0) => {
                self.wants_no_more = true;
                m.pipelines += 1;
                Box::new(Flow::StopUpstream(m.pipelines))
            }
            Flow::Error(record) => {
                describe(record, &self.site, &self.name, &self.meta, self.place);
                self.context.note_error(&Value::from(record.clone()));
                // `-ErrorAction` does not soften a terminating error, but a stop is meant to be seen by `catch`.
                flow
            }
            _ => flow,
        }
    }

    pub fn decl(&self) -> &'static exsh_core::CmdletDecl {
        self.command.decl
    }
}

/// The cmdlet whose errors are those of whoever called it.
const WRITES_FOR_CALLER: &str = "Microsoft.PowerShell.Commands.WriteErrorCommand";

/// Attaches command, place and the second part of the id.
pub fn describe(record: &Rc<ErrorRecord>, site: &CallSite, name: &Str, meta: &CommandMeta, place: Place) {
    let mut c = record.context.borrow_mut();
    if c.invocation.as_ref().is_some_and(|i| !i.command.is_empty()) {
        return;
    }
    let position = c.invocation.as_ref().and_then(|i| i.position.clone()).unwrap_or_else(|| site.position());
    c.invocation = Some(Rc::new(Invocation {
        command: name.as_str().into(),
        invocation_name: site.word().map_or(name.as_str(), |w| w.as_str()).into(),
        position: Some(position),
        pipeline_position: place.index as u32 + 1,
        pipeline_length: place.count as u32,
        is_cmdlet: !meta.script,
    }));
    if c.command_id.is_none() {
        c.command_id = Some(meta.class.as_str().into());
    }
}

/// A call that could not be bound: the place is the argument's.
pub fn bind_failed(site: &CallSite, name: &Str, meta: &CommandMeta, place: Place, e: BindError) -> Box<Flow> {
    let record = Rc::new(*e.record);
    // A value that was refused is the place itself; a fault of the name is the whole argument's.
    let of_value = record.id.starts_with("CannotConvert") || record.id.starts_with("ParameterArgument");
    let span = match e.argument {
        Some(i) if of_value && site.attached_spans.get(i).is_some_and(|s| s.is_some()) => {
            site.attached_spans[i].unwrap_or(site.span)
        }
        Some(i) => site.arg_spans.get(i).copied().unwrap_or(site.span),
        None => site.span,
    };
    record.context.borrow_mut().invocation = Some(Rc::new(Invocation {
        command: "".into(),
        invocation_name: "".into(),
        position: Some(site.source.position(span)),
        pipeline_position: 0,
        pipeline_length: 0,
        is_cmdlet: true,
    }));
    describe(&record, site, name, meta, place);
    Box::new(Flow::Error(record))
}

/// The output side of one invocation.
struct StageOut<'a> {
    m: &'a mut Engine,
    rest: &'a mut [Stage],
    out: &'a mut dyn Pipe,
    context: &'a mut Context,
    site: &'a Rc<CallSite>,
    name: &'a Str,
    meta: &'a Rc<CommandMeta>,
    place: Place,
}

impl StageOut<'_> {
    fn action(&mut self, given: Option<ActionPreference>, name: &str) -> ActionPreference {
        given.unwrap_or_else(|| {
            let v = self.m.preference(name);
            ActionPreference::parse(&v).unwrap_or(ActionPreference::Continue)
        })
    }
}

impl Out for StageOut<'_> {
    #[inline]
    fn emit(&mut self, value: Value) -> Result<()> {
        if self.context.out_list.is_some() {
            self.context.note_output(&value);
        }
        self.context.note_pipeline(self.m, &value)?;
        self.m.check_interrupt()?;
        feed(self.m, self.rest, self.out, value)
    }

    fn invoke(&mut self, block: &Value, how: Invoke) -> Result<()> {
        let Some(b) = crate::command::function::block_of(block) else {
            return Err(shell_impl::not_a_block());
        };
        let depth = self.m.try_depth;
        self.m.try_depth += u32::from(how.propagate_errors);
        let mut out = Emitting { context: self.context, rest: self.rest, out: self.out };
        let r = crate::command::function::ended(self.m.run_block(&b, how, &mut out)).map(drop);
        self.m.try_depth = depth;
        r
    }

    fn invoke_text(&mut self, text: &str, new_scope: bool) -> Result<()> {
        let mut out = Emitting { context: self.context, rest: self.rest, out: self.out };
        self.m.run_source(text, new_scope, &mut out)
    }

    fn error(&mut self, record: ErrorRecord) -> Result<()> {
        let record = Rc::new(record);
        if self.meta.class.as_str() == WRITES_FOR_CALLER {
            self.m.attribute_to_caller(&record);
        } else {
            describe(&record, self.site, self.name, self.meta, self.place);
        }
        self.context.note_error(&Value::from(record.clone()));
        self.m.report_error(record, self.context.common.error_action)
    }

    fn warn(&mut self, message: &str) -> Result<()> {
        let action = self.action(self.context.common.warning_action, "WarningPreference");
        if let Some(l) = self.context.warning_list.as_ref().and_then(|l| l.as_list()) {
            let kind = "System.Management.Automation.WarningRecord";
            l.modify().push(crate::run::automatic::side_record(kind, message));
        }
        shell_impl::side(self.m, Side::Warning, message, action)
    }

    fn verbose(&mut self, message: &str) -> Result<()> {
        let given = self
            .context
            .common
            .verbose
            .map(|on| if on { ActionPreference::Continue } else { ActionPreference::SilentlyContinue });
        let action = self.action(given, "VerbosePreference");
        shell_impl::side(self.m, Side::Verbose, message, action)
    }

    fn debug(&mut self, message: &str) -> Result<()> {
        let given = self
            .context
            .common
            .debug
            .map(|on| if on { ActionPreference::Continue } else { ActionPreference::SilentlyContinue });
        let action = self.action(given, "DebugPreference");
        shell_impl::side(self.m, Side::Debug, message, action)
    }

    fn information(&mut self, data: Value, tags: &[&str]) -> Result<()> {
        if let Some(l) = self.context.information_list.as_ref().and_then(|l| l.as_list()) {
            l.modify().push(data.clone());
        }
        let given = self.context.common.information_action;
        let action = if tags.contains(&"PSHOST") && given.is_none() {
            ActionPreference::Continue
        } else {
            self.action(given, "InformationPreference")
        };
        shell_impl::information(self.m, data, tags, action)
    }

    fn progress(&mut self, _activity: &str, _status: &str, _percent: i32, _completed: bool) -> Result<()> {
        // Drawn by the prompt only; nothing of it belongs into redirected output.
        Ok(())
    }

    fn confirm(&mut self, target: &str, action: &str) -> Result<bool> {
        let sentence = format!("Performing the operation \"{action}\" on target \"{target}\".");
        let warning = format!("Are you sure you want to perform this action?\n{sentence}");
        shell_impl::should_process(self.m, self.context, &sentence, &warning, "Confirm")
    }

    fn confirm_text(&mut self, description: &str, warning: &str, caption: &str) -> Result<bool> {
        shell_impl::should_process(self.m, self.context, description, warning, caption)
    }

    fn ask(&mut self, query: &str, caption: &str, remembers: bool) -> Result<bool> {
        if remembers && let Some(d) = self.context.decided_ask {
            return Ok(d);
        }
        let answer = shell_impl::question(self.m, caption, query, remembers, self.context.suspend)?;
        Ok(match answer {
            Answer::Yes => true,
            Answer::No => false,
            Answer::YesToAll => {
                self.context.decided_ask = Some(true);
                true
            }
            Answer::NoToAll => {
                self.context.decided_ask = Some(false);
                false
            }
        })
    }

    fn shell(&mut self) -> &mut dyn Shell {
        self.m
    }
    fn command_name(&self) -> &str {
        self.name
    }
    fn expects_input(&self) -> bool {
        self.place.expects_input
    }
    fn is_last(&self) -> bool {
        self.place.index + 1 == self.place.count
    }
}

/// What a cmdlet's script block puts out is the cmdlet's own output.
struct Emitting<'a> {
    context: &'a Context,
    rest: &'a mut [Stage],
    out: &'a mut dyn Pipe,
}

impl Pipe for Emitting<'_> {
    fn push(&mut self, m: &mut Engine, value: Value) -> Result<()> {
        self.context.note_output(&value);
        self.context.note_pipeline(m, &value)?;
        m.check_interrupt()?;
        feed(m, self.rest, self.out, value)
    }
}

/// A pipe that notes what goes through it (`-OutVariable` of functions).
pub struct Noting<'a> {
    pub context: &'a Context,
    /// The caller's frame.
    pub frame: usize,
    pub rest: Rest<'a>,
}

impl Pipe for Noting<'_> {
    fn push(&mut self, m: &mut Engine, value: Value) -> Result<()> {
        self.context.note_output(&value);
        if self.context.common.pipeline_variable.is_some() {
            m.enter(self.frame, |m| self.context.note_pipeline(m, &value))?;
        }
        self.rest.push(m, value)
    }
}
