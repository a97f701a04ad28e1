//! Commands and pipelines as code: call sites with what they remember.

use super::{BlockCode, Cond, Emitter, Expr, Stmt, cells};
use crate::bind::{Argument, ArgumentShape, CallPlan};
use crate::command::function::{Code, PlainTarget, ScriptBlock, block_of};
use crate::command::table::Found;
use crate::lower::plan::{
    self, Arg, CommandName, Element, Expr as P, FusedKind, RedirectTo, Source, StmtKind, Var,
};
use crate::pipeline::{self, Stage};
use crate::run::engine::Engine;
use crate::run::frame::{Call, FrameInfo};
use crate::run::sink::{Ctl, Pipe};
use exsh_core::{Category, ErrorRecord, Flow, Invocation, Name, Position, Result, Str, Value, View};
use exsh_dotnet::text;
use exsh_syntax::ast::{self, InvocationOperator};
use exsh_syntax::source::Span;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

/// A command as written, and what its name meant last time.
pub struct CallSite {
    name: NameCode,
    pub invocation: InvocationOperator,
    args: Vec<ArgCode>,
    /// All arguments are plain values: a plain function can be called without the binder.
    values: Option<Vec<Expr>>,
    /// Names and places of the arguments, when no splatting hides them.
    shape: Option<Vec<ArgumentShape>>,
    pub redirections: Vec<RedirectCode>,
    pub span: Span,
    pub name_span: Span,
    pub arg_spans: Vec<Span>,
    /// Places of the values behind `-Name:`.
    pub attached_spans: Vec<Option<Span>>,
    pub source: Rc<Source>,
    fused: Option<FusedCode>,
    cache: RefCell<Option<Cached>>,
    /// The plain function called from here, and under which version of the table that was last seen to hold.
    plain: OnceCell<(Cell<u64>, Rc<PlainTarget>)>,
}

enum NameCode {
    Word(Str),
    Value(Expr),
}

enum ArgCode {
    Value(Expr),
    Parameter { name: Str, attached: Option<Expr>, written: Str },
    Splat(Var),
    EndOfParameters,
}

pub struct RedirectCode {
    pub from: ast::Stream,
    pub to: RedirectToCode,
}

pub enum RedirectToCode {
    File { path: Expr, append: bool },
    Stream(ast::Stream),
}

struct FusedCode {
    kind: FusedKind,
    run: Rc<FusedRun>,
}

/// A literal block of `Where-Object` or `ForEach-Object`, in the enclosing scope.
pub enum FusedRun {
    /// The filter is one expression; its place is for its errors.
    Condition(Cond, Rc<Source>, Span),
    /// The body is one expression.
    Value(Expr, Rc<Source>, Span),
    Block(BlockCode),
}

/// What a site found, good as long as the table of commands is the same.
struct Cached {
    version: u64,
    found: Found,
    plan: Option<Rc<CallPlan>>,
    /// Who is called from here, for frames that need more than a plain target.
    call: Option<Rc<Call>>,
}

/// One element of a pipeline.
pub enum ElementCode {
    Expr { code: Expr, range: Option<(Expr, Expr)>, redirections: Vec<RedirectCode>, span: Span },
    Command(Rc<CallSite>),
}

impl Emitter {
    /// Parameters' defaults and attribute arguments.
    pub fn expression(&self, e: &P) -> Expr {
        self.expr(e)
    }

    pub(super) fn call_site(&self, c: &plan::Command) -> CallSite {
        let args: Vec<ArgCode> = c
            .args
            .iter()
            .map(|a| match a {
                Arg::Value { expr, .. } => ArgCode::Value(self.expr(expr)),
                Arg::Parameter { name, attached, written, .. } => ArgCode::Parameter {
                    name: name.clone(),
                    attached: attached.as_ref().map(|e| self.expr(e)),
                    written: written.clone(),
                },
                Arg::Splat { var, .. } => ArgCode::Splat(var.clone()),
                Arg::EndOfParameters => ArgCode::EndOfParameters,
            })
            .collect();
        let values = c
            .args
            .iter()
            .map(|a| match a {
                Arg::Value { expr, .. } => Some(self.expr(expr)),
                _ => None,
            })
            .collect();
        let shape = c
            .args
            .iter()
            .map(|a| match a {
                Arg::Value { .. } => Some(ArgumentShape::Value),
                Arg::Parameter { name, attached, .. } => {
                    Some(ArgumentShape::Parameter { name: name.clone(), attached: attached.is_some() })
                }
                Arg::EndOfParameters => Some(ArgumentShape::EndOfParameters),
                Arg::Splat { .. } => None,
            })
            .collect();
        CallSite {
            name: match &c.name {
                CommandName::Word(w) => NameCode::Word(w.clone()),
                CommandName::Value(e) => NameCode::Value(self.expr(e)),
            },
            invocation: c.invocation,
            args,
            values,
            shape,
            redirections: self.redirect_codes(&c.redirections),
            span: c.span,
            name_span: c.name_span,
            arg_spans: c
                .args
                .iter()
                .map(|a| match a {
                    Arg::Value { span, .. } | Arg::Parameter { span, .. } | Arg::Splat { span, .. } => *span,
                    Arg::EndOfParameters => c.span,
                })
                .collect(),
            attached_spans: c
                .args
                .iter()
                .map(|a| match a {
                    Arg::Parameter { attached_span, .. } => *attached_span,
                    _ => None,
                })
                .collect(),
            source: self.source.clone(),
            fused: c.fused.as_ref().map(|f| FusedCode { kind: f.kind, run: Rc::new(self.fused_run(f)) }),
            cache: RefCell::new(None),
            plain: OnceCell::new(),
        }
    }

    fn fused_run(&self, f: &plan::Fused) -> FusedRun {
        if let [plan::Stmt { kind: StmtKind::Expr(e), span }] = &f.body.statements[..]
            && !matches!(e, P::Step { .. } | P::Range(..))
        {
            return match f.kind {
                FusedKind::Where => FusedRun::Condition(self.condition_of(e), self.source.clone(), *span),
                FusedKind::ForEach => FusedRun::Value(self.expr(e), self.source.clone(), *span),
            };
        }
        FusedRun::Block(self.block(&f.body))
    }

    fn redirect_codes(&self, list: &[plan::Redirection]) -> Vec<RedirectCode> {
        list.iter()
            .map(|r| RedirectCode {
                from: r.from,
                to: match &r.to {
                    RedirectTo::File { path, append } => {
                        RedirectToCode::File { path: self.expr(path), append: *append }
                    }
                    RedirectTo::Stream(s) => RedirectToCode::Stream(*s),
                },
            })
            .collect()
    }

    pub(super) fn pipeline(&self, p: &plan::Pipeline) -> Stmt {
        if p.background {
            return Box::new(|_, _| {
                Err(ErrorRecord::runtime(
                    "BackgroundNotSupported",
                    Category::NotImplemented,
                    "Background jobs (`&` at the end of a pipeline) are not supported by this version of exsh. See docs/compatibility.md.",
                )
                .into())
            });
        }
        let elements: Vec<ElementCode> = p
            .elements
            .iter()
            .map(|e| match e {
                Element::Expr { expr, redirections, span } => ElementCode::Expr {
                    code: self.expr(expr),
                    range: match expr {
                        P::Range(a, b) => Some((self.expr(a), self.expr(b))),
                        _ => None,
                    },
                    redirections: self.redirect_codes(redirections),
                    span: *span,
                },
                Element::Command(c) => ElementCode::Command(Rc::new(self.call_site(c))),
            })
            .collect();
        if let [ElementCode::Command(site)] = &elements[..] {
            let site = site.clone();
            return Box::new(move |m, out| CallSite::run(&site, m, out));
        }
        Box::new(move |m, out| pipeline::run(m, &elements, out))
    }

    fn condition_of(&self, e: &P) -> Cond {
        self.condition(e)
    }
}

impl CallSite {
    /// The whole command's place.
    pub fn position(&self) -> Position {
        self.source.position(self.span)
    }

    /// The written name, when it is a word.
    pub fn word(&self) -> Option<&Str> {
        match &self.name {
            NameCode::Word(w) => Some(w),
            NameCode::Value(_) => None,
        }
    }

    /// The name as written; of a value, its operator.
    pub fn invoked(&self, name: &Str) -> Str {
        match (&self.name, self.invocation) {
            (_, InvocationOperator::Dot) => Str::from("."),
            (NameCode::Word(w), _) => w.clone(),
            (_, InvocationOperator::Ampersand) => Str::from("&"),
            _ => name.clone(),
        }
    }

    /// What the name means now.
    pub fn resolve(&self, m: &mut Engine) -> Result<(Found, Str)> {
        match &self.name {
            NameCode::Word(word) => {
                if let Some(c) = &*self.cache.borrow()
                    && c.version == m.commands.version
                {
                    return Ok((c.found.clone(), word.clone()));
                }
                let found = self.look_up(m, word)?;
                // A file may come and go between two runs.
                if !matches!(found, Found::Script(_) | Found::Program(_)) {
                    *self.cache.borrow_mut() = Some(Cached {
                        version: m.commands.version,
                        found: found.clone(),
                        plan: None,
                        call: None,
                    });
                }
                Ok((found, word.clone()))
            }
            NameCode::Value(e) => {
                let v = e(m)?;
                if let Some(b) = block_of(&v) {
                    return Ok((Found::Block(b), Str::from("<ScriptBlock>")));
                }
                if let Some(f) = v.downcast::<crate::run::automatic::CommandObject>() {
                    return Ok((f.0.clone(), Str::from("")));
                }
                let word = match v.base().view() {
                    View::Null | View::Nothing => {
                        let r = ErrorRecord::runtime(
                            "BadExpression",
                            Category::InvalidOperation,
                            format!(
                                "The expression after '{}' in a pipeline element produced an object that was not valid. It must result in a command name, a script block, or a CommandInfo object.",
                                if self.invocation == InvocationOperator::Dot { "." } else { "&" }
                            ),
                        );
                        crate::run::errors::locate_record(&r, &self.source, self.name_span);
                        return Err(r.into());
                    }
                    _ => text::to_text(&v),
                };
                let name = exsh_dotnet::member::get(m, &v, Name::new("Name"))?;
                let word = match (v.as_str(), name) {
                    (None, Some(n)) => text::to_text(&n),
                    _ => word,
                };
                let found = self.look_up(m, &word)?;
                Ok((found, word))
            }
        }
    }

    fn look_up(&self, m: &mut Engine, word: &str) -> Result<Found> {
        match m.find_command(word) {
            Some(f) => Ok(f),
            None => {
                // No command was run; the name as written is what the message is about.
                let r = m.command_not_found(word);
                self.name_in(&r, word);
                Err(r.into())
            }
        }
    }

    /// An error about the command's name itself.
    pub fn name_in(&self, record: &ErrorRecord, word: &str) {
        record.context.borrow_mut().invocation = Some(Rc::new(Invocation {
            command: "".into(),
            invocation_name: self.invoked(&Str::from(word)).as_str().into(),
            position: Some(self.source.position(self.name_span)),
            pipeline_position: 0,
            pipeline_length: 0,
            is_cmdlet: false,
        }));
    }

    /// Runs the command alone, without a pipeline where a plain function needs none.
    #[inline]
    pub fn run(site: &Rc<CallSite>, m: &mut Engine, out: &mut dyn Pipe) -> Result<Ctl> {
        match site.call_plain(m, out) {
            Some(r) => r,
            None => pipeline::run(m, std::slice::from_ref(&ElementCode::Command(site.clone())), out),
        }
    }

    /// Calls a plain function directly; nothing when the site or the function needs more.
    #[inline]
    fn call_plain(&self, m: &mut Engine, out: &mut dyn Pipe) -> Option<Result<Ctl>> {
        let values = self.values.as_ref()?;
        if self.invocation == InvocationOperator::Dot || !self.redirections.is_empty() {
            return None;
        }
        let target = match self.plain.get() {
            Some((version, target)) if version.get() == m.commands.version => target,
            _ => self.prepare_plain(m)?,
        };
        let code = &target.code;
        if values.len() > code.params.len() && !code.uses.args && !code.params.is_empty() {
            return None;
        }
        let failed = std::mem::replace(&mut m.failed, false);
        let r = m.call_plain(target, values, out);
        m.ok = r.is_ok();
        m.failed = failed;
        if let Err(flow) = &r
            && let Some(argument) = m.bad_argument.take()
        {
            self.name_argument(flow, target, argument);
        }
        Some(match r {
            Ok(Ctl::Next | Ctl::Return) => Ok(Ctl::Next),
            other => other,
        })
    }

    /// A plain function's argument was refused: the place is the argument's.
    #[cold]
    fn name_argument(&self, flow: &Flow, target: &PlainTarget, argument: usize) {
        let Flow::Error(r) = flow else { return };
        let span = self.arg_spans.get(argument).copied().unwrap_or(self.span);
        let name: Rc<str> = target.info.call.as_ref().map_or("", |c| c.name.as_str()).into();
        r.context.borrow_mut().invocation = Some(Rc::new(Invocation {
            command: name,
            invocation_name: self.word().map_or("", |w| w.as_str()).into(),
            position: Some(self.source.position(span)),
            pipeline_position: 1,
            pipeline_length: 1,
            is_cmdlet: false,
        }));
    }

    #[cold]
    fn prepare_plain(&self, m: &mut Engine) -> Option<&Rc<PlainTarget>> {
        // Only words: a value may be another command each time.
        self.word()?;
        let (found, _) = self.resolve(m).ok()?;
        let Found::Function(f) = found else { return None };
        let code = f.block.code(m, crate::lower::Scope::Local).ok()?;
        if !code.plain || f.block.captured.is_some() {
            return None;
        }
        if let Some((version, known)) = self.plain.get() {
            // Something changed in the table. Another function under this name goes the general way from here.
            if !Rc::ptr_eq(&known.code, &code) {
                return None;
            }
            version.set(m.commands.version);
            return Some(known);
        }
        let call = Rc::new(Call {
            name: f.name.clone(),
            invoked: self.invoked(&f.name),
            file: f.block.source.source.file.clone(),
            site: Some(self.position()),
            block: None,
            is_function: true,
        });
        let info = Rc::new(FrameInfo { table: code.table.clone(), call: Some(call) });
        let target = Rc::new(PlainTarget { code, info });
        Some(&self.plain.get_or_init(|| (Cell::new(m.commands.version), target)).1)
    }

    /// The arguments, evaluated in order; splatted ones spread out.
    pub fn arguments(&self, m: &mut Engine) -> Result<Vec<Argument>> {
        let mut all = Vec::with_capacity(self.args.len());
        for a in &self.args {
            match a {
                ArgCode::Value(e) => all.push(Argument::Value(argument_value(e(m)?))),
                ArgCode::Parameter { name, attached, written } => {
                    let attached = match attached {
                        Some(e) => Some(argument_value(e(m)?)),
                        None => None,
                    };
                    all.push(Argument::Parameter { name: name.clone(), attached, written: written.clone() });
                }
                ArgCode::EndOfParameters => all.push(Argument::EndOfParameters),
                ArgCode::Splat(var) => {
                    let v = cells::read(var)(m)?;
                    splat(&v, &mut all);
                }
            }
        }
        Ok(all)
    }

    /// The plan of the arguments for a command, remembered where the site alone decides it.
    pub fn call_plan(
        &self,
        m: &mut Engine,
        meta: &crate::bind::CommandMeta,
        arguments: &[Argument],
    ) -> std::result::Result<Rc<CallPlan>, crate::bind::BindError> {
        let Some(shape) = &self.shape else {
            let shape: Vec<ArgumentShape> =
                arguments.iter().map(crate::command::function::shape_of).collect();
            return Ok(Rc::new(crate::bind::plan(meta, &shape)?));
        };
        if let Some(c) = &*self.cache.borrow()
            && c.version == m.commands.version
            && let Some(p) = &c.plan
        {
            return Ok(p.clone());
        }
        let plan = Rc::new(crate::bind::plan(meta, shape)?);
        if let Some(c) = &mut *self.cache.borrow_mut()
            && c.version == m.commands.version
        {
            c.plan = Some(plan.clone());
        }
        Ok(plan)
    }

    /// The call of a function from here, made once: its place needs the source's lines counted.
    pub fn function_call(&self, m: &Engine, name: &Str, file: Option<&Rc<str>>) -> Rc<Call> {
        if let Some(c) = &*self.cache.borrow()
            && c.version == m.commands.version
            && let Some(call) = &c.call
        {
            return call.clone();
        }
        let call = Rc::new(Call {
            name: name.clone(),
            invoked: self.invoked(name),
            file: file.cloned(),
            site: Some(self.position()),
            block: None,
            is_function: true,
        });
        if let Some(c) = &mut *self.cache.borrow_mut()
            && c.version == m.commands.version
        {
            c.call = Some(call.clone());
        }
        call
    }

    /// The stage of a literal block, when the name still means that very cmdlet.
    pub fn fused_stage(&self, m: &mut Engine) -> Option<Stage> {
        let fused = self.fused.as_ref()?;
        let (found, _) = self.resolve(m).ok()?;
        let Found::Cmdlet(entry) = found else { return None };
        let (name, kind) = match fused.kind {
            FusedKind::Where => ("Where-Object", FusedKind::Where),
            FusedKind::ForEach => ("ForEach-Object", FusedKind::ForEach),
        };
        if entry.command.decl.name != name {
            return None;
        }
        Some(Stage::fused(kind, fused.run.clone(), m.current))
    }
}

fn argument_value(v: Value) -> Value {
    if v.tag() == exsh_core::value::Tag::Nothing { Value::NULL } else { v }
}

/// `@name`: a table gives named arguments, a list positional ones.
fn splat(v: &Value, all: &mut Vec<Argument>) {
    match v.base().view() {
        View::Table(t) => {
            for (k, v) in t.entries() {
                let name = text::to_text(&k);
                let written = Str::from(format!("-{name}:"));
                all.push(Argument::Parameter { name, attached: Some(v), written });
            }
        }
        View::List(l) => all.extend(l.items().iter().cloned().map(Argument::Value)),
        View::Null | View::Nothing => {}
        _ => all.push(Argument::Value(v.clone())),
    }
}

/// A script block that runs where it stands (for `.`): its code for the running scope.
pub fn dotted(m: &mut Engine, block: &ScriptBlock) -> Result<Rc<Code>> {
    let scope = if m.current == 0 { crate::lower::Scope::Global } else { crate::lower::Scope::Dynamic };
    block.code(m, scope)
}
