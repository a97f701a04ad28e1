//! Functions, script blocks and script files as stages, each with a frame of its own (or the caller's, when dotted).

use super::cmdlet_stage::{Context, Noting, bind_failed};
use super::{Place, Rest, Stage};
use crate::bind::{self, Binding, CommandMeta};
use crate::command::function::{Code, Function, FunctionContext, ScriptBlock, ended};
use crate::emit::call::{self, CallSite};
use crate::lower::Scope;
use crate::run::engine::Engine;
use crate::run::frame::{Call, FrameKind, INPUT};
use crate::run::sink::{Ctl, Pipe};
use exsh_core::value::{KeyMode, Table};
use exsh_core::{Flow, Name, Result, Str, Value, types};
use exsh_syntax::ast::InvocationOperator;
use std::rc::Rc;

pub struct FunctionStage {
    site: Rc<CallSite>,
    name: Str,
    code: Rc<Code>,
    meta: Rc<CommandMeta>,
    binding: Binding,
    context: Option<Rc<FunctionContext>>,
    frame: usize,
    /// A call with `.` runs in the caller's frame.
    dotted: Option<Rc<Call>>,
    script: bool,
    place: Place,
    began: bool,
    /// Input of a function that has no process block.
    input: Vec<Value>,
    /// How a dotted block left.
    pub(super) control: Ctl,
}

impl FunctionStage {
    pub fn function(
        m: &mut Engine,
        site: &Rc<CallSite>,
        f: &Rc<Function>,
        place: Place,
    ) -> Result<FunctionStage> {
        FunctionStage::make(m, site, &f.block, f.name.clone(), FrameKind::Function, place)
    }

    pub fn block(
        m: &mut Engine,
        site: &Rc<CallSite>,
        b: &Rc<ScriptBlock>,
        place: Place,
    ) -> Result<FunctionStage> {
        FunctionStage::make(m, site, b, Str::from("<ScriptBlock>"), FrameKind::Block, place)
    }

    pub fn script(m: &mut Engine, site: &Rc<CallSite>, path: &Str, place: Place) -> Result<FunctionStage> {
        let block = m.script_block(path).inspect_err(|flow| {
            // What a script requires is missed where it was called; a syntax error stands in the file.
            if let Flow::Error(r) = &**flow
                && r.context.borrow().invocation.is_none()
            {
                site.name_in(r, path);
            }
        })?;
        let name = Str::from(crate::command::program::file_name(path));
        FunctionStage::make(m, site, &block, name, FrameKind::Script, place)
    }

    fn make(
        m: &mut Engine,
        site: &Rc<CallSite>,
        block: &Rc<ScriptBlock>,
        name: Str,
        kind: FrameKind,
        place: Place,
    ) -> Result<FunctionStage> {
        let dotted = site.invocation == InvocationOperator::Dot;
        let code = if dotted { call::dotted(m, block)? } else { block.code(m, Scope::Local)? };
        let meta = block.meta(m)?;
        let arguments = site.arguments(m)?;
        // A script block has no name that an error could tell.
        let shown = if kind == FrameKind::Block { Str::from("") } else { name.clone() };
        let refused = |e| {
            let flow = bind_failed(site, &shown, &meta, place, e);
            match (kind, &block.source.source.file) {
                (FrameKind::Script, Some(path)) => of_script(flow, &name, path),
                _ => flow,
            }
        };
        let mut failed = refused;
        let plan = match kind {
            FrameKind::Function => site.call_plan(m, &meta, &arguments).map_err(&mut failed)?,
            // A value behind `&` may be another block each time.
            _ => {
                let shape: Vec<_> = arguments.iter().map(crate::command::function::shape_of).collect();
                Rc::new(bind::plan(&meta, &shape).map_err(&mut failed)?)
            }
        };
        let mut binding = bind::bind(m, &meta, &plan, arguments, place.expects_input).map_err(&mut failed)?;
        bind::defaults::apply(m, &meta, &name, &mut binding).map_err(&mut failed)?;
        let missing =
            bind::missing_mandatory(&meta, &mut binding, place.expects_input).map_err(&mut failed)?;
        if !missing.is_empty() {
            crate::run::shell_impl::ask_mandatory(m, &name, &meta, &mut binding, &missing, place)
                .map_err(refused)?;
        }
        let call = if kind == FrameKind::Function {
            site.function_call(m, &name, block.source.source.file.as_ref())
        } else {
            Rc::new(Call {
                name: name.clone(),
                invoked: site.invoked(&name),
                file: block.source.source.file.clone(),
                site: Some(site.position()),
                block: None,
                is_function: false,
            })
        };
        let context = if meta.advanced {
            let cmdlet = Context::new(m, binding.common.clone(), &meta, true);
            let set_name = match binding.set {
                Some(s) => meta.set_names.get(s as usize).cloned(),
                None => None,
            };
            Some(Rc::new(FunctionContext {
                meta: meta.clone(),
                set_name: set_name.unwrap_or_else(|| Str::from("__AllParameterSets")),
                cmdlet,
            }))
        } else {
            None
        };
        let parent = m.current;
        let (frame, dotted) = if dotted {
            (parent, Some(call))
        } else {
            (m.open_block(block, &code, kind, parent, call), None)
        };
        let mut stage = FunctionStage {
            site: site.clone(),
            name,
            code,
            meta,
            binding,
            context,
            frame,
            dotted,
            script: kind == FrameKind::Script,
            place,
            began: false,
            input: Vec::new(),
            control: Ctl::Next,
        };
        stage.set_preferences(m);
        Ok(stage)
    }

    /// Common parameters are preference variables inside of the function.
    fn set_preferences(&mut self, m: &mut Engine) {
        let Some(context) = &self.context else { return };
        let c = &context.cmdlet.common;
        let frame = self.frame;
        let mut set = |name: &str, v: Value| {
            m.put(frame, Name::new(name), &Str::from(name), v);
        };
        let on_off = |on: bool| Value::text(if on { "Continue" } else { "SilentlyContinue" });
        if let Some(on) = c.verbose {
            set("VerbosePreference", on_off(on));
        }
        if let Some(on) = c.debug {
            set("DebugPreference", on_off(on));
        }
        for (name, action) in [
            ("ErrorActionPreference", c.error_action),
            ("WarningPreference", c.warning_action),
            ("InformationPreference", c.information_action),
        ] {
            if let Some(a) = action {
                set(name, Value::text(format!("{a:?}")));
            }
        }
        if let Some(on) = c.what_if {
            set("WhatIfPreference", Value::bool(on));
        }
        if let Some(on) = c.confirm {
            set("ConfirmPreference", Value::text(if on { "Low" } else { "None" }));
        }
        let extra = m.frames[frame].extra();
        extra.cmdlet = Some(context.clone());
    }

    fn note_bound(&self, m: &mut Engine) {
        if !self.code.uses.bound_parameters {
            return;
        }
        let table = Table::new(
            exsh_dotnet::types::dictionary_of(&types::STRING, &types::OBJECT),
            KeyMode::IgnoreCase,
        );
        for &i in self.binding.order.iter() {
            table.set(
                Value::string(self.meta.params[i as usize].spelling.clone()),
                self.binding.values[i as usize].clone(),
            );
        }
        m.frames[self.frame].extra().bound_parameters = Some(Value::table(table));
    }

    pub fn begin(&mut self, m: &mut Engine, rest: &mut [Stage], out: &mut dyn Pipe) -> Result<()> {
        if std::mem::replace(&mut self.began, true) {
            return Ok(());
        }
        self.note_bound(m);
        let (code, meta) = (self.code.clone(), self.meta.clone());
        m.fill_frame(self.frame, &code, &meta, &self.binding).map_err(|f| self.located(f))?;
        if let Some(b) = &code.begin {
            self.run(m, rest, out, b)?;
        }
        Ok(())
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
        let code = self.code.clone();
        let Some(b) = &code.process else {
            self.input.push(value);
            return Ok(());
        };
        if self.meta.advanced {
            if let Err(e) = bind::bind_record(m, &self.meta, &mut self.binding, &value) {
                let flow = bind_failed(&self.site, &self.name, &self.meta, self.place, e);
                return match &*flow {
                    Flow::Error(r) => m.report_error(r.clone(), self.binding.common.error_action),
                    _ => Err(flow),
                };
            }
            m.refill_frame(self.frame, &code, &self.binding)?;
            self.note_bound(m);
        }
        m.enter(self.frame, |m| {
            *m.automatic(INPUT) = Value::array(vec![value.clone()]);
            *m.dollar_under() = value;
        });
        self.run(m, rest, out, b)
    }

    pub fn process_alone(&mut self, m: &mut Engine, rest: &mut [Stage], out: &mut dyn Pipe) -> Result<()> {
        let code = self.code.clone();
        match &code.process {
            Some(b) => self.run(m, rest, out, b),
            None => Ok(()),
        }
    }

    pub fn end(&mut self, m: &mut Engine, rest: &mut [Stage], out: &mut dyn Pipe) -> Result<()> {
        let code = self.code.clone();
        if let Some(b) = &code.end {
            let input = std::mem::take(&mut self.input);
            if self.dotted.is_none() || !input.is_empty() {
                let advanced_last = self.meta.advanced.then(|| input.last().cloned()).flatten();
                if let Some(v) = advanced_last
                    && bind::bind_record(m, &self.meta, &mut self.binding, &v).is_ok()
                {
                    m.refill_frame(self.frame, &code, &self.binding)?;
                }
                // A process block has consumed the input by now.
                m.enter(self.frame, |m| *m.automatic(INPUT) = Value::array(input));
            }
            self.run(m, rest, out, b)?;
        }
        if let Some(c) = &self.context {
            let parent = m.frames[self.frame].parent;
            let c = c.clone();
            m.enter(parent, |m| c.cmdlet.assign_variables(m))?;
        }
        Ok(())
    }

    pub fn clean(&mut self, m: &mut Engine) {
        if !self.began {
            return;
        }
        let code = self.code.clone();
        if let Some(b) = &code.clean {
            // The command has ended: an error here is told and stops nothing.
            let ended = m.enter(self.frame, |m| b.run(m, &mut crate::run::sink::Discard));
            if let Err(flow) = ended
                && let Flow::Error(r) = &*flow
            {
                m.remember(r);
                let _ = m.show_error(r);
            }
        }
    }

    fn run(
        &mut self,
        m: &mut Engine,
        rest: &mut [Stage],
        out: &mut dyn Pipe,
        block: &crate::emit::BlockCode,
    ) -> Result<()> {
        let failed = std::mem::replace(&mut m.failed, false);
        let context = self.context.clone();
        let frame = self.frame;
        if let Some(call) = &self.dotted {
            m.frames[frame].extra().dotted.push(call.clone());
        }
        let notes = m.streams.notes.clone();
        if let Some(c) = &context {
            m.streams.notes = c.cmdlet.notes(notes.clone());
        }
        let result = m.deeper(|m| {
            m.enter(frame, |m| {
                let mut rest = Rest { stages: rest, out };
                match &context {
                    Some(c) if c.cmdlet.common.notes_output() => {
                        let frame = m.frames[frame].parent;
                        block.run(m, &mut Noting { context: &c.cmdlet, frame, rest })
                    }
                    _ => block.run(m, &mut rest),
                }
            })
        });
        m.failed = failed;
        m.streams.notes = notes;
        if self.dotted.is_some() {
            m.frames[frame].extra().dotted.pop();
        }
        let result = match result {
            // `exit` in a script file ends the file.
            Err(flow) => match *flow {
                Flow::Exit(code) if self.script => {
                    let cell = m.cells.last_exit_code as usize;
                    m.globals.values[cell] = Value::int(code);
                    m.failed |= code != 0;
                    return Ok(());
                }
                Flow::Return => return Ok(()),
                other => return Err(Box::new(other)),
            },
            ok => ok,
        };
        if self.dotted.is_some() {
            match result? {
                Ctl::Next | Ctl::Return => {}
                jump => self.control = jump,
            }
            return Ok(());
        }
        ended(result).map(drop)
    }

    fn located(&self, flow: Box<Flow>) -> Box<Flow> {
        crate::run::errors::locate(&flow, &self.site.source, self.site.span);
        flow
    }
}

/// A script file that refuses its arguments is known by its path, wherever it was called from.
fn of_script(flow: Box<Flow>, name: &Str, path: &Rc<str>) -> Box<Flow> {
    if let Flow::Error(r) = &*flow {
        let mut c = r.context.borrow_mut();
        if let Some(i) = &c.invocation {
            let mut i = (**i).clone();
            i.invocation_name = path.clone();
            c.invocation = Some(Rc::new(i));
        }
        c.command_id = Some(name.as_str().into());
    }
    flow
}
