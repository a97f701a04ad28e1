//! Script blocks and functions: lowered and emitted at their first run, called with frames of their own.

use crate::bind::{self, Argument, Binding, CommandMeta};
use crate::emit::{BlockCode, Emitter, Expr};
use crate::lower::{self, Scope, plan};
use crate::run::engine::{Engine, MAX_DEPTH};
use crate::run::frame::{ARGS, AUTOMATIC, Call, FrameInfo, FrameKind, INPUT, SlotTable};
use crate::run::sink::{Ctl, Pipe};
use exsh_core::types::{self, Kind, SCRIPT_BLOCK};
use exsh_core::{Category, ErrorRecord, Flow, Name, Object, Result, Str, TypeRef, Value};
use std::any::Any;
use std::cell::OnceCell;
use std::rc::Rc;

/// A function of the session.
pub struct Function {
    pub name: Str,
    pub block: Rc<ScriptBlock>,
    pub filter: bool,
}

/// A script block: its tree, and its code for each kind of scope once it has run there.
pub struct ScriptBlock {
    pub source: Rc<plan::BlockSource>,
    local: OnceCell<Rc<Code>>,
    dynamic: OnceCell<Rc<Code>>,
    global: OnceCell<Rc<Code>>,
    meta: OnceCell<Rc<CommandMeta>>,
    /// Variables captured by `GetNewClosure`.
    pub captured: Option<Rc<Vec<(Str, Value)>>>,
}

/// A script block as a value.
pub struct BlockObject(pub Rc<ScriptBlock>);

/// Emitted code of a block for one kind of scope.
pub struct Code {
    pub table: Rc<SlotTable>,
    pub params: Vec<ParamCode>,
    pub begin: Option<BlockCode>,
    pub process: Option<BlockCode>,
    pub end: Option<BlockCode>,
    pub clean: Option<BlockCode>,
    pub uses: plan::Uses,
    /// Only an end block, and parameters that need no more than a cast: may be called without the binder.
    pub plain: bool,
    /// Plain, no parameter has a type, and nothing reads `$args`.
    pub simple: bool,
}

/// A plain function as a call site calls it.
pub struct PlainTarget {
    pub code: Rc<Code>,
    pub info: Rc<FrameInfo>,
}

pub struct ParamCode {
    pub slot: u32,
    pub name: Name,
    pub default: Option<Expr>,
    /// Nothing: no type was written.
    pub ty: Option<TypeRef>,
}

/// What `$PSCmdlet` needs.
pub struct FunctionContext {
    pub meta: Rc<CommandMeta>,
    pub set_name: Str,
    pub cmdlet: crate::pipeline::Context,
}

impl ScriptBlock {
    pub fn new(source: Rc<plan::BlockSource>) -> ScriptBlock {
        ScriptBlock {
            source,
            local: OnceCell::new(),
            dynamic: OnceCell::new(),
            global: OnceCell::new(),
            meta: OnceCell::new(),
            captured: None,
        }
    }

    /// A literal as a value: every evaluation makes a new object, as in the reference.
    pub fn value(source: &Rc<plan::BlockSource>, _m: &mut Engine) -> Value {
        Value::object(BlockObject(Rc::new(ScriptBlock::new(source.clone()))))
    }

    /// Code for a scope, made when it is first needed.
    pub fn code(&self, m: &mut Engine, scope: Scope) -> Result<Rc<Code>> {
        let cell = match scope {
            Scope::Local => &self.local,
            Scope::Dynamic => &self.dynamic,
            Scope::Global => &self.global,
        };
        if let Some(c) = cell.get() {
            return Ok(c.clone());
        }
        let plan = lower::block(&self.source, scope, &mut m.globals);
        let emitter = Emitter { source: self.source.source.clone() };
        let params = plan
            .params
            .iter()
            .map(|p| {
                Ok(ParamCode {
                    slot: p.slot,
                    name: p.name,
                    default: p.default.as_ref().map(|d| emitter.expression(d)),
                    ty: match &p.ty {
                        None => None,
                        Some(t) => Some(crate::emit::expr::resolve_type(m, t)?),
                    },
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let emit = |b: &Option<plan::Block>| b.as_ref().map(|b| emitter.block(b));
        let meta = self.meta(m)?;
        let plain = !meta.advanced
            && plan.begin.is_none()
            && plan.process.is_none()
            && plan.clean.is_none()
            && meta.params.iter().all(|p| p.validations.is_empty() && p.ty.kind != Kind::Switch);
        let code = Rc::new(Code {
            begin: emit(&plan.begin),
            process: emit(&plan.process),
            end: emit(&plan.end),
            clean: emit(&plan.clean),
            table: plan.table,
            params,
            simple: plain && !plan.uses.args && plan.params.iter().all(|p| p.ty.is_none()),
            uses: plan.uses,
            plain,
        });
        Ok(cell.get_or_init(|| code).clone())
    }

    /// What the binder knows of the block.
    pub fn meta(&self, m: &mut Engine) -> Result<Rc<CommandMeta>> {
        if let Some(meta) = self.meta.get() {
            return Ok(meta.clone());
        }
        let meta = Rc::new(super::metadata::of_block(m, &self.source)?);
        Ok(self.meta.get_or_init(|| meta).clone())
    }

    /// The text between the braces, or the whole text of a script.
    pub fn text(&self) -> &str {
        let all = &self.source.source.text;
        let span = self.source.ast.span;
        let inside = all.get(span.start as usize..span.end() as usize).unwrap_or("");
        match inside.strip_prefix('{').and_then(|s| s.strip_suffix('}')) {
            Some(s) => s,
            None => inside,
        }
    }
}

impl Object for BlockObject {
    fn type_info(&self) -> TypeRef {
        &SCRIPT_BLOCK
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.0.text().to_owned())
    }
}

/// The script block inside a value.
pub fn block_of(v: &Value) -> Option<Rc<ScriptBlock>> {
    v.downcast::<BlockObject>().map(|b| b.0.clone())
}

fn too_deep() -> Box<Flow> {
    ErrorRecord::runtime(
        "CallDepthOverflow",
        Category::InvalidOperation,
        "The script failed due to call depth overflow.",
    )
    .on(Value::text("CallDepthOverflow"))
    .into()
}

impl Engine {
    /// Counts nested calls and refuses too many.
    #[inline]
    pub fn deeper<T>(&mut self, f: impl FnOnce(&mut Engine) -> Result<T>) -> Result<T> {
        if self.depth >= MAX_DEPTH {
            return Err(too_deep());
        }
        self.depth += 1;
        let r = f(self);
        self.depth -= 1;
        r
    }

    /// Calls a plain function with positional arguments: no binder, no pipeline.
    ///
    /// Arguments are evaluated straight into the slots of the frame to come: parameters stand behind the automatic
    /// slots in their order, and whatever an argument's own calls push is popped before the next one is.
    #[inline]
    pub fn call_plain(&mut self, target: &Rc<PlainTarget>, args: &[Expr], out: &mut dyn Pipe) -> Result<Ctl> {
        if self.depth >= MAX_DEPTH {
            return Err(too_deep());
        }
        let code = &*target.code;
        let given = args.len();
        let base = self.stack.len();
        for _ in 0..AUTOMATIC.len() {
            self.stack.push(Value::UNSET);
        }
        let mut rest = Vec::new();
        for (i, a) in args.iter().enumerate() {
            match a(self) {
                Ok(v) => {
                    let v = if v.tag() == exsh_core::value::Tag::Nothing { Value::NULL } else { v };
                    if i < code.params.len() { self.stack.push(v) } else { rest.push(v) }
                }
                Err(flow) => {
                    self.stack.truncate(base);
                    return Err(flow);
                }
            }
        }
        let frame = self.push_frame_at(base, target.info.clone(), FrameKind::Function, self.current);
        let saved = (self.current, self.base, self.guarded);
        self.current = frame;
        self.base = base;
        self.guarded = 0;
        self.depth += 1;
        let result = if code.simple && given == code.params.len() {
            match &code.end {
                Some(b) => b.run(self, out),
                None => Ok(Ctl::Next),
            }
        } else {
            self.run_plain(code, given, rest, out)
        };
        self.depth -= 1;
        (self.current, self.base, self.guarded) = saved;
        self.close_frame();
        self.stack.truncate(base);
        result
    }

    fn run_plain(&mut self, code: &Code, given: usize, rest: Vec<Value>, out: &mut dyn Pipe) -> Result<Ctl> {
        for (i, p) in code.params.iter().enumerate() {
            if let Some(ty) = p.ty {
                self.plain_typed(p, ty, i < given)?;
            } else if i >= given {
                self.plain_default(p)?;
            }
        }
        if code.uses.args {
            let at = self.base + ARGS;
            self.stack[at] = Value::array(rest);
        }
        match &code.end {
            Some(b) => b.run(self, out),
            None => Ok(Ctl::Next),
        }
    }

    /// A typed parameter: cast, and guarded from then on.
    fn plain_typed(&mut self, p: &ParamCode, ty: TypeRef, given: bool) -> Result<()> {
        if !given {
            self.plain_default(p)?;
        }
        let at = self.base + p.slot as usize;
        let exact = self.stack[at].type_info().is_some_and(|t| t.is(ty)) || ty.kind == Kind::Object;
        if !exact {
            let v = self.stack[at].clone();
            let v = if !given && p.default.is_none() && v.is_null() {
                default_of(ty)
            } else {
                match exsh_dotnet::convert::cast(self, &v, ty) {
                    Ok(v) => v,
                    Err(flow) if given => return Err(self.transformation_failed(flow, p, &v)),
                    Err(flow) => return Err(crate::run::errors::as_metadata_error(flow, p.name.text())),
                }
            };
            self.stack[at] = v;
        }
        let f = self.current;
        self.frames[f].set_guard(p.name, crate::run::frame::Guard { ty: Some(ty), ..Default::default() });
        self.guarded = self.frames[f].guarded;
        Ok(())
    }

    fn plain_default(&mut self, p: &ParamCode) -> Result<()> {
        let v = match &p.default {
            Some(d) => d(self)?,
            None => Value::NULL,
        };
        let at = self.base + p.slot as usize;
        self.stack[at] = v;
        Ok(())
    }

    #[cold]
    fn transformation_failed(&mut self, flow: Box<Flow>, p: &ParamCode, value: &Value) -> Box<Flow> {
        let Flow::Error(r) = &*flow else { return flow };
        let name = self.frames[self.current]
            .info
            .call
            .as_ref()
            .map(|c| c.name.clone())
            .unwrap_or_else(|| Str::from(""));
        let message = format!(
            "Cannot process argument transformation on parameter '{}'. {}",
            p.name, r.exception.message
        );
        let record = ErrorRecord::new(
            "ParameterArgumentTransformationError",
            Category::InvalidData,
            exsh_core::Exception::new(
                "System.Management.Automation.ParameterBindingArgumentTransformationException",
                message,
            )
            .with_inner(r.exception.clone()),
        );
        let _ = value;
        record.context.borrow_mut().command_id = Some(name.as_str().into());
        record.into()
    }

    /// Opens a frame for a block and puts bound values into it.
    pub fn open_block(
        &mut self,
        block: &ScriptBlock,
        code: &Rc<Code>,
        kind: FrameKind,
        parent: usize,
        call: Rc<Call>,
    ) -> usize {
        let info = FrameInfo { table: code.table.clone(), call: Some(call) };
        let frame = self.push_frame(Rc::new(info), kind, parent);
        if let Some(captured) = &block.captured {
            for (name, value) in captured.iter() {
                self.put(frame, Name::new(name), name, value.clone());
            }
        }
        frame
    }

    /// Fills a frame's parameters from a binding; defaults are evaluated inside the frame, in order.
    pub fn fill_frame(
        &mut self,
        frame: usize,
        code: &Code,
        meta: &Rc<CommandMeta>,
        binding: &Binding,
    ) -> Result<()> {
        let base = self.frames[frame].base;
        self.enter(frame, |m| {
            for (i, p) in code.params.iter().enumerate() {
                let v = &binding.values[i];
                let value = if !v.is_unset() {
                    v.clone()
                } else {
                    match &p.default {
                        Some(d) => {
                            let v = d(m)?;
                            match p.ty {
                                Some(ty) => exsh_dotnet::convert::cast(m, &v, ty)
                                    .map_err(|f| crate::run::errors::as_metadata_error(f, p.name.text()))?,
                                None => v,
                            }
                        }
                        None => p.ty.map_or(Value::NULL, default_of),
                    }
                };
                m.store_param(frame, base, p, value);
                let meta = &meta.params[i];
                if p.ty.is_some_and(|t| t.kind != Kind::Object) || !meta.validations.is_empty() {
                    let guard = crate::run::frame::Guard {
                        ty: p.ty,
                        validations: Rc::new(meta.validations.clone()),
                        ..Default::default()
                    };
                    if frame == 0 {
                        m.set_guard(frame, p.name, p.name.text(), guard);
                    } else {
                        m.frames[frame].set_guard(p.name, guard);
                        m.guarded = m.frames[frame].guarded;
                    }
                }
            }
            if code.uses.args || !binding.rest.is_empty() {
                let v = Value::array(binding.rest.clone());
                *m.automatic(ARGS) = v;
            }
            Ok(())
        })
    }

    pub fn store_param(&mut self, frame: usize, base: usize, p: &ParamCode, value: Value) {
        if p.slot == u32::MAX || frame == 0 {
            self.put(frame, p.name, &Str::from(p.name.text()), value);
        } else {
            self.stack[base + p.slot as usize] = value;
        }
    }

    /// Refreshes what records bind: a parameter that this one did not feed has its default again.
    pub fn refill_frame(&mut self, frame: usize, code: &Code, binding: &Binding) -> Result<()> {
        let base = self.frames[frame].base;
        for &i in binding.touched() {
            let p = &code.params[i as usize];
            let v = binding.values[i as usize].clone();
            let v = match (v.is_unset(), &p.default) {
                (false, _) => v,
                (true, Some(d)) => self.enter(frame, |m| d(m))?,
                (true, None) => p.ty.map_or(Value::NULL, default_of),
            };
            self.store_param(frame, base, p, v);
        }
        Ok(())
    }

    /// Runs a block that was called from Rust (`Shell::invoke`), with whatever arguments and input it got.
    pub fn run_block(
        &mut self,
        block: &Rc<ScriptBlock>,
        how: exsh_core::Invoke,
        out: &mut dyn Pipe,
    ) -> Result<Ctl> {
        if how.same_scope
            && how.args.is_empty()
            && how.named.is_empty()
            && how.this.is_none()
            && block.captured.is_none()
        {
            return self.run_in_scope(block, how, out);
        }
        let code = block.code(self, Scope::Local)?;
        let meta = block.meta(self)?;
        let call = Rc::new(Call {
            name: Str::from("<ScriptBlock>"),
            invoked: Str::from("&"),
            file: block.source.source.file.clone(),
            site: None,
            block: None,
            is_function: false,
        });
        let saved = (self.frames.len(), self.stack.len());
        let frame = self.open_block(block, &code, FrameKind::Block, self.current, call);
        let result = self.deeper(|m| m.run_opened(frame, &code, &meta, how, out));
        self.close_frames(saved.0, saved.1);
        result
    }

    fn run_opened(
        &mut self,
        frame: usize,
        code: &Rc<Code>,
        meta: &Rc<CommandMeta>,
        how: exsh_core::Invoke,
        out: &mut dyn Pipe,
    ) -> Result<Ctl> {
        let mut arguments: Vec<Argument> = how.args.into_iter().map(Argument::Value).collect();
        for (name, value) in how.named {
            let written = Str::from(format!("-{name}"));
            arguments.push(Argument::Parameter { name, attached: Some(value), written });
        }
        let shape: Vec<bind::ArgumentShape> = arguments.iter().map(shape_of).collect();
        let plan = bind::plan(meta, &shape).map_err(|e| Flow::error(*e.record))?;
        let expects = how.input.is_some();
        let mut binding =
            bind::bind(self, meta, &plan, arguments, expects).map_err(|e| Flow::error(*e.record))?;
        self.fill_frame(frame, code, meta, &binding)?;
        self.enter(frame, |m| {
            if let Some(v) = how.dollar_under {
                *m.dollar_under() = v;
            }
            if let Some(t) = how.this {
                *m.automatic(crate::run::frame::THIS) = t;
            }
            let input = how.input.unwrap_or_default();
            if code.process.is_none() {
                *m.automatic(INPUT) = Value::array(input.clone());
            }
            if let Some(b) = &code.begin {
                ended(b.run(m, out))?;
            }
            if let Some(b) = &code.process {
                if expects {
                    for v in input {
                        bind::bind_record(m, meta, &mut binding, &v).map_err(|e| Flow::error(*e.record))?;
                        m.refill_frame(frame, code, &binding)?;
                        *m.dollar_under() = v;
                        ended(b.run(m, out))?;
                    }
                } else {
                    ended(b.run(m, out))?;
                }
            }
            match &code.end {
                Some(b) => b.run(m, out),
                None => Ok(Ctl::Next),
            }
        })
    }

    /// Runs a block in the running scope, as `Where-Object` runs its filter.
    fn run_in_scope(
        &mut self,
        block: &Rc<ScriptBlock>,
        how: exsh_core::Invoke,
        out: &mut dyn Pipe,
    ) -> Result<Ctl> {
        let scope = if self.current == 0 { Scope::Global } else { Scope::Dynamic };
        let code = block.code(self, scope)?;
        let saved = how.dollar_under.map(|v| std::mem::replace(self.dollar_under(), v));
        let saved_input = how.input.map(|i| std::mem::replace(self.automatic(INPUT), Value::array(i)));
        let result = self.deeper(|m| {
            for p in code.params.iter() {
                let v = match &p.default {
                    Some(d) => d(m)?,
                    None => Value::NULL,
                };
                let (frame, base) = (m.current, m.base);
                m.store_param(frame, base, p, v);
            }
            for b in [&code.begin, &code.process, &code.end].into_iter().flatten() {
                match b.run(m, out)? {
                    Ctl::Next => {}
                    c => return Ok(c),
                }
            }
            Ok(Ctl::Next)
        });
        if let Some(v) = saved {
            *self.dollar_under() = v;
        }
        if let Some(v) = saved_input {
            *self.automatic(INPUT) = v;
        }
        result
    }
}

/// Control that ends a function's block: `return` ends it, jumps look further up.
pub fn ended(r: Result<Ctl>) -> Result<Ctl> {
    match r? {
        Ctl::Next | Ctl::Return => Ok(Ctl::Next),
        jump => Err(crate::emit::crossing(jump)),
    }
}

pub fn shape_of(a: &Argument) -> bind::ArgumentShape {
    match a {
        Argument::Value(_) => bind::ArgumentShape::Value,
        Argument::Parameter { name, attached, .. } => {
            bind::ArgumentShape::Parameter { name: name.clone(), attached: attached.is_some() }
        }
        Argument::EndOfParameters => bind::ArgumentShape::EndOfParameters,
    }
}

/// The value of a typed parameter that got none: zero, false, empty string, or null.
pub fn default_of(ty: TypeRef) -> Value {
    match ty.kind {
        Kind::Boolean => Value::FALSE,
        Kind::Switch => exsh_dotnet::core::switch::value(false),
        Kind::Int32 => Value::int(0),
        Kind::Int64 => Value::long(0),
        Kind::Double => Value::double(0.0),
        Kind::Single => Value::single(0.0),
        Kind::Byte => Value::byte(0),
        Kind::SByte => Value::sbyte(0),
        Kind::Int16 => Value::int16(0),
        Kind::UInt16 => Value::uint16(0),
        Kind::UInt32 => Value::uint(0),
        Kind::UInt64 => Value::ulong(0),
        Kind::Char => Value::char(0),
        Kind::String => Value::text(""),
        Kind::DateTime => Value::date_time(0),
        Kind::TimeSpan => Value::time_span(0),
        Kind::Decimal => Value::decimal(exsh_core::Decimal::ZERO),
        _ => Value::NULL,
    }
}

/// Methods that only the engine can give: those of script blocks and of `$PSCmdlet`.
pub fn block_method(m: &mut Engine, target: &Value, name: &str, args: &[Value]) -> Option<Result<Value>> {
    if let Some(block) = block_of(target) {
        let lower = name.to_ascii_lowercase();
        return match lower.as_str() {
            "invoke" | "invokereturnasis" => {
                let mut c = crate::run::sink::Collected::default();
                let how = exsh_core::Invoke { args: args.to_vec(), ..Default::default() };
                let depth = m.try_depth;
                m.try_depth = depth.max(1);
                let r = ended(m.run_block(&block, how, &mut c));
                m.try_depth = depth;
                Some(
                    r.map(|_| {
                        if lower == "invoke" {
                            Value::list_of(exsh_dotnet::types::collection_of(&types::PS_OBJECT), c.into_vec())
                        } else {
                            c.into_value()
                        }
                    })
                    .map_err(|f| invocation_failed(f, name, args.len())),
                )
            }
            "getnewclosure" => Some(Ok(m.closure(&block))),
            _ => None,
        };
    }
    if let Some(c) = target.downcast::<crate::run::automatic::PsCmdletObject>() {
        return Some(crate::run::automatic::cmdlet_method(m, &c.0, name, args));
    }
    None
}

/// An exception out of a method is wrapped in a MethodInvocationException.
fn invocation_failed(flow: Box<Flow>, name: &str, count: usize) -> Box<Flow> {
    let Flow::Error(r) = &*flow else { return flow };
    let mut inner = r.exception.clone();
    if inner.thrown.is_none() {
        inner.thrown = Some(Value::from(r.clone()));
    }
    let id = r.exception.short_type().to_owned();
    ErrorRecord::new(
        id,
        Category::NotSpecified,
        exsh_core::Exception::new(
            "System.Management.Automation.MethodInvocationException",
            format!("Exception calling \"{name}\" with \"{count}\" argument(s): \"{}\"", r.exception.message),
        )
        .with_inner(inner),
    )
    .into()
}

impl Engine {
    /// `GetNewClosure`: the running scope's variables are copied.
    pub fn closure(&mut self, block: &Rc<ScriptBlock>) -> Value {
        let mut captured = Vec::new();
        let f = self.current;
        if f == 0 {
            let own = [self.cells.last_exit_code, self.cells.error, self.cells.pwd];
            for c in self.globals.set_cells() {
                let constant = self.globals.guard(c).is_some_and(|g| g.constant || g.all_scope);
                if c as usize >= AUTOMATIC.len() && !constant && !own.contains(&c) {
                    captured
                        .push((self.globals.spelling(c).clone(), self.globals.values[c as usize].clone()));
                }
            }
        } else {
            let table = self.frames[f].info.table.clone();
            for slot in AUTOMATIC.len()..table.len() {
                let v = self.stack[self.base + slot].clone();
                if !v.is_unset() {
                    captured.push((table.spelling(slot).clone(), v));
                }
            }
            if let Some(e) = &self.frames[f].extra {
                captured.extend(e.loose.values().map(|l| (l.spelling.clone(), l.value.clone())));
            }
        }
        let mut copy = ScriptBlock::new(block.source.clone());
        copy.captured = Some(Rc::new(captured));
        Value::object(BlockObject(Rc::new(copy)))
    }
}

/// The type of a plain script block's parameter without a type.
pub static UNTYPED: TypeRef = &types::OBJECT;
