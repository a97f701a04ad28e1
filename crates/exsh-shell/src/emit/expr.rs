//! Expressions.

use super::cells::{self, with_cell};
use super::{Emitter, Expr};
use crate::command::function::ScriptBlock;
use crate::lower::plan::Source;
use crate::lower::plan::{Block, Expr as P, Part, Stmt, StmtKind, Type};
use crate::run::engine::Engine;
use crate::run::sink::{Collected, Ctl};
use exsh_core::types::{self, Kind};
use exsh_core::value::{KeyMode, Table};
use exsh_core::{Category, Custom, ErrorRecord, Name, Result, Shape, Str, TypeRef, Value, View};
use exsh_dotnet::member::{self, PreparedMethod, PreparedProperty};
use exsh_dotnet::ops::{self, arithmetic, bits};
use exsh_dotnet::{convert, text, types as net};
use exsh_syntax::source::Span;
use std::cell::OnceCell;
use std::rc::Rc;

/// Runs several expressions.
pub fn values(m: &mut Engine, list: &[Expr]) -> Result<Vec<Value>> {
    list.iter().map(|e| e(m)).collect()
}

/// A type named in the source, looked for now.
pub fn resolve_type(m: &mut Engine, ty: &Type) -> Result<TypeRef> {
    match ty {
        Type::Known(t) => Ok(t),
        Type::Named(t) => named_type(m, &t.name, t.span, &t.source),
    }
}

/// A type by the name that stands at a place.
pub fn named_type(m: &mut Engine, name: &str, span: Span, source: &Source) -> Result<TypeRef> {
    let found =
        net::find(name).or_else(|| source.namespaces.iter().find_map(|n| net::find(&format!("{n}.{name}"))));
    if let Some(t) = found {
        return Ok(t);
    }
    let _ = m;
    // Of a generic type, its own name is told.
    let plain = if name.ends_with("[]") { name } else { name.split('[').next().unwrap_or(name) };
    let record = convert::type_not_found(plain);
    record.context.borrow_mut().target_type = Some("TypeName".into());
    crate::run::errors::locate_record(&record, source, span);
    Err(record.into())
}

pub fn find_type(_m: &mut Engine, name: &str) -> Result<TypeRef> {
    net::find(name).ok_or_else(|| convert::type_not_found(name).into())
}

/// Can the list take the value without a conversion?
#[inline]
pub fn stores_as_is(ty: TypeRef, v: &Value) -> bool {
    match ty.element {
        None => true,
        Some(e) => e.kind == Kind::Object || v.type_info().is_some_and(|t| t.is(e)),
    }
}

/// `[type]::Member`.
pub fn static_member(m: &mut Engine, target: &Value, name: &str) -> Result<Value> {
    let ty = static_target(m, target)?;
    match member::get_static(m, ty, name)? {
        Some(v) => Ok(v),
        None if m.strictness() < 2 => Ok(Value::NULL),
        None => Err(no_such_property(name)),
    }
}

pub fn set_static_member(m: &mut Engine, target: &Value, name: &str, v: Value) -> Result<()> {
    let ty = static_target(m, target)?;
    member::set_static(m, ty, name, v)
}

/// The type before `::`: a type, or an object whose type is meant.
fn static_target(_m: &mut Engine, target: &Value) -> Result<TypeRef> {
    if let Some(t) = target.base().as_type() {
        return Ok(t);
    }
    target.type_info().ok_or_else(|| {
        ErrorRecord::runtime(
            "InvokeMethodOnNull",
            Category::InvalidOperation,
            "You cannot call a method on a null-valued expression.",
        )
        .into()
    })
}

impl Emitter {
    pub(super) fn exprs(&self, list: &[P]) -> Vec<Expr> {
        list.iter().map(|e| self.expr(e)).collect()
    }

    pub(super) fn expr(&self, e: &P) -> Expr {
        match e {
            P::Const(v) => {
                let v = v.clone();
                Box::new(move |_| Ok(v.clone()))
            }
            P::Var(v) => cells::read(v),
            P::Automatic(a) => {
                let a = *a;
                let source = self.source.clone();
                Box::new(move |m| m.automatic_variable(a, &source))
            }
            P::Drive { drive, name } => {
                let (drive, name) = (drive.clone(), name.clone());
                Box::new(move |m| m.read_drive(&drive, &name))
            }
            P::Expand(parts) => self.expand(parts),
            P::List(items) => {
                let items = self.exprs(items);
                Box::new(move |m| {
                    let mut all = Vec::with_capacity(items.len());
                    for i in &items {
                        let v = i(m)?;
                        all.push(if v.tag() == exsh_core::value::Tag::Nothing { Value::NULL } else { v });
                    }
                    Ok(Value::array(all))
                })
            }
            P::ArrayOf(b) => self.array_of(b),
            P::Sub(b) => self.sub(b),
            P::Paren(s) => self.value(s),
            P::Hash { pairs, ordered, span } => self.hash(pairs, *ordered, *span),
            P::Custom { pairs, span } => self.custom(pairs, *span),
            P::Arithmetic(op, l, r) => self.arithmetic(*op, l, r),
            P::Bits(op, l, r) => self.bits(*op, l, r),
            P::Compare { op, ignore_case, left, right, matches } => {
                self.compare(*op, *ignore_case, left, right, matches.as_ref())
            }
            P::And(..) | P::Or(..) | P::Not(_) => {
                let c = self.condition(e);
                Box::new(move |m| Ok(Value::bool(c(m)?)))
            }
            P::Xor(l, r) => {
                let (l, r) = (self.condition(l), self.condition(r));
                Box::new(move |m| Ok(Value::bool(l(m)? ^ r(m)?)))
            }
            P::Coalesce(l, r) => {
                let (l, r) = (self.expr(l), self.expr(r));
                Box::new(move |m| {
                    let v = l(m)?;
                    if v.is_null() { r(m) } else { Ok(v) }
                })
            }
            P::Negate(e) => {
                let v = self.expr(e);
                Box::new(move |m| {
                    let v = v(m)?;
                    match v.as_int().and_then(i32::checked_neg) {
                        Some(n) => Ok(Value::int(n)),
                        None => arithmetic::negate(m, &v),
                    }
                })
            }
            P::UnaryPlus(e) => {
                let v = self.expr(e);
                Box::new(move |m| {
                    let v = v(m)?;
                    arithmetic::unary_plus(m, &v)
                })
            }
            P::BitNot(e) => {
                let v = self.expr(e);
                Box::new(move |m| {
                    let v = v(m)?;
                    bits::not(m, &v)
                })
            }
            P::Range(l, r) => {
                let (l, r) = (self.expr(l), self.expr(r));
                Box::new(move |m| {
                    let (a, b) = (l(m)?, r(m)?);
                    ops::range(m, &a, &b)
                })
            }
            P::Format(l, r) => {
                let (l, r) = (self.expr(l), self.expr(r));
                Box::new(move |m| {
                    let (a, b) = (l(m)?, r(m)?);
                    ops::format(m, &a, &b)
                })
            }
            P::Join(l, r) => {
                let l = self.expr(l);
                let r = r.as_ref().map(|r| self.expr(r));
                Box::new(move |m| {
                    let a = l(m)?;
                    match &r {
                        Some(r) => {
                            let b = r(m)?;
                            Ok(ops::join(m, &a, &b))
                        }
                        None => Ok(ops::join_unary(m, &a)),
                    }
                })
            }
            P::Split { left, right, ignore_case } => {
                let l = self.expr(left);
                let r = right.as_ref().map(|r| self.expr(r));
                let ignore_case = *ignore_case;
                Box::new(move |m| {
                    let a = l(m)?;
                    match &r {
                        Some(r) => {
                            let b = r(m)?;
                            ops::split(m, &a, &b, ignore_case)
                        }
                        None => Ok(ops::split_unary(&a)),
                    }
                })
            }
            P::Replace { left, right, ignore_case } => {
                let (l, r) = (self.expr(left), self.expr(right));
                let ignore_case = *ignore_case;
                Box::new(move |m| {
                    let (a, b) = (l(m)?, r(m)?);
                    ops::regex::replace_operator(m, &a, &b, ignore_case)
                })
            }
            P::Is { value, ty, not } => {
                let (v, t) = (self.expr(value), self.expr(ty));
                let not = *not;
                Box::new(move |m| {
                    let v = v(m)?;
                    let t = t(m)?;
                    let ty = type_operand(m, &t)?;
                    Ok(Value::bool(net::is_instance(&v, ty) != not))
                })
            }
            P::As { value, ty } => {
                let (v, t) = (self.expr(value), self.expr(ty));
                Box::new(move |m| {
                    let v = v(m)?;
                    let t = t(m)?;
                    let ty = type_operand(m, &t)?;
                    Ok(convert::try_cast(m, &v, ty).unwrap_or(Value::NULL))
                })
            }
            P::Ternary(c, a, b) => {
                let (c, a, b) = (self.condition(c), self.expr(a), self.expr(b));
                Box::new(move |m| if c(m)? { a(m) } else { b(m) })
            }
            P::Step { target, by, prefix } => self.step(target, *by, *prefix),
            P::Cast { ty, value } => self.cast(ty, value),
            P::Type(t) => {
                let t = t.clone();
                Box::new(move |m| Ok(Value::type_value(resolve_type(m, &t)?)))
            }
            P::Member { target, name, is_static, null_conditional } => {
                self.member(target, name, *is_static, *null_conditional)
            }
            P::Invoke { target, name, args, is_static, null_conditional } => {
                self.invoke(target, name, args, *is_static, *null_conditional)
            }
            P::Index { target, index, null_conditional } => self.index(target, index, *null_conditional),
            P::ScriptBlock(source) => {
                let source = source.clone();
                Box::new(move |m| Ok(ScriptBlock::value(&source, m)))
            }
            P::Reference(var) => {
                let var = var.clone();
                Box::new(move |m| Ok(m.reference(&var)))
            }
            P::ReferenceTo(value) => {
                let v = self.expr(value);
                Box::new(move |m| {
                    let v = v(m)?;
                    Ok(Value::object(exsh_dotnet::core::reference::Reference::new(v)))
                })
            }
            P::Assign(a) => Box::new(self.assign_value(a)),
            P::Fail(f) => {
                let f = f.clone();
                Box::new(move |_| Err(crate::run::errors::failure(&f)))
            }
        }
    }

    fn expand(&self, parts: &[Part]) -> Expr {
        enum Code {
            Text(Str),
            Expr(Expr),
        }
        let parts: Vec<Code> = parts
            .iter()
            .map(|p| match p {
                Part::Text(t) => Code::Text(t.clone()),
                Part::Expr(e) => Code::Expr(self.expr(e)),
            })
            .collect();
        Box::new(move |m| {
            let mut out = String::new();
            for p in &parts {
                match p {
                    Code::Text(t) => out.push_str(t),
                    Code::Expr(e) => {
                        let v = e(m)?;
                        match v.view() {
                            View::Str(s) if !s.has_lone_surrogates() => out.push_str(s),
                            View::Int32(n) => push_int(&mut out, n),
                            View::List(_) => {
                                let ofs = m.output_field_separator();
                                out.push_str(&text::to_text_with(&v, &ofs));
                            }
                            View::Custom(_) => match own_text(m, &v)? {
                                Some(own) => out.push_str(&own),
                                None => out.push_str(&text::to_text(&v)),
                            },
                            _ => out.push_str(&text::to_text(&v)),
                        }
                    }
                }
            }
            Ok(Value::text(out))
        })
    }

    /// `@( )`: what the statements put out, as an array; a list that is the only output is that list's copy.
    fn array_of(&self, b: &Block) -> Expr {
        // `@(1, 2)` and `@($list)`: one expression gives its items without a detour.
        if let [Stmt { kind: StmtKind::Expr(e), .. }] = &b.statements[..]
            && b.traps.is_empty()
            && !matches!(e, P::Step { .. } | P::Paren(_))
        {
            let literal = matches!(e, P::List(_));
            let code = self.expr(e);
            return Box::new(move |m| {
                let v = code(m)?;
                match v.base().view() {
                    View::List(_) if literal => Ok(v),
                    _ => Ok(Value::array(exsh_core::enumerate::items(&v))),
                }
            });
        }
        let code = self.block(b);
        Box::new(move |m| {
            let mut c = Collected::default();
            match code.run(m, &mut c)? {
                Ctl::Next => Ok(Value::array(c.into_vec())),
                ctl => Err(super::crossing(ctl)),
            }
        })
    }

    fn sub(&self, b: &Block) -> Expr {
        if let [Stmt { kind: StmtKind::Expr(e), .. }] = &b.statements[..]
            && b.traps.is_empty()
            && matches!(
                e,
                P::Var(_)
                    | P::Member { .. }
                    | P::Const(_)
                    | P::Arithmetic(..)
                    | P::Invoke { .. }
                    | P::Format(..)
            )
        {
            let code = self.expr(e);
            return Box::new(move |m| {
                let v = code(m)?;
                // The statement's output is enumerated and collapses again: only lists of less than two items differ.
                match v.view() {
                    View::List(l) if l.len() < 2 => Ok(exsh_core::enumerate::collapse(l.items().clone())),
                    _ => Ok(v),
                }
            });
        }
        let code = self.block(b);
        Box::new(move |m| {
            let (v, ctl) = code.value(m)?;
            match ctl {
                Ctl::Next => Ok(v),
                ctl => Err(super::crossing(ctl)),
            }
        })
    }

    fn hash(&self, pairs: &[(P, Stmt)], ordered: bool, _span: Span) -> Expr {
        let pairs: Vec<(Expr, Expr)> = pairs.iter().map(|(k, v)| (self.expr(k), self.value(v))).collect();
        Box::new(move |m| {
            let ty: TypeRef = if ordered { &types::ORDERED_DICTIONARY } else { &types::HASHTABLE };
            let table = Table::with_capacity(ty, KeyMode::IgnoreCase, pairs.len());
            for (k, v) in &pairs {
                let key = k(m)?;
                if key.is_null() {
                    return Err(ErrorRecord::runtime(
                        "InvalidNullKey",
                        Category::InvalidOperation,
                        "A null key is not allowed in a hash literal.",
                    )
                    .into());
                }
                let value = v(m)?;
                let shown = key.clone();
                if table.contains(&key) {
                    return Err(ErrorRecord::runtime(
                        "DuplicateKeyInHashLiteral",
                        Category::InvalidOperation,
                        format!(
                            "Item has already been added. Key in dictionary: '{0}'  Key being added: '{0}'",
                            text::to_text(&shown)
                        ),
                    )
                    .into());
                }
                table.set(
                    key,
                    if value.tag() == exsh_core::value::Tag::Nothing { Value::NULL } else { value },
                );
            }
            Ok(Value::table(table))
        })
    }

    /// `[pscustomobject]@{ }`: the shape is made once for literal names.
    fn custom(&self, pairs: &[(P, Stmt)], span: Span) -> Expr {
        let names: Option<Vec<Str>> = pairs
            .iter()
            .map(|(k, _)| match k {
                P::Const(c) => Some(text::to_text(c)),
                _ => None,
            })
            .collect();
        let unique = |names: &[Str]| {
            let mut seen: Vec<Name> = names.iter().map(|n| Name::new(n)).collect();
            seen.sort();
            // A type name makes no member.
            !seen.contains(&Name::new("PSTypeName")) && seen.windows(2).all(|w| w[0] != w[1])
        };
        match names {
            Some(names) if unique(&names) => {
                let shape: OnceCell<Rc<Shape>> = OnceCell::new();
                let values: Vec<Expr> = pairs.iter().map(|(_, v)| self.value(v)).collect();
                Box::new(move |m| {
                    let shape = shape.get_or_init(|| Shape::of_names(names.iter().map(|n| n.as_str())));
                    let mut all = Vec::with_capacity(values.len());
                    for v in &values {
                        let v = v(m)?;
                        all.push(if v.tag() == exsh_core::value::Tag::Nothing { Value::NULL } else { v });
                    }
                    Ok(Value::custom(Custom::new(shape.clone(), all)))
                })
            }
            _ => {
                let table = self.hash(pairs, true, span);
                Box::new(move |m| {
                    let t = table(m)?;
                    Ok(convert::to_custom_object(&t))
                })
            }
        }
    }

    fn cast(&self, ty: &Type, value: &P) -> Expr {
        let v = self.expr(value);
        match ty {
            Type::Known(t) => {
                let t: TypeRef = t;
                match t.kind {
                    Kind::PsCustomObject => Box::new(move |m| {
                        let v = v(m)?;
                        Ok(convert::to_custom_object(&v))
                    }),
                    Kind::Int32 => Box::new(move |m| {
                        let v = v(m)?;
                        if v.as_int().is_some() { Ok(v) } else { convert::cast(m, &v, t) }
                    }),
                    Kind::String => Box::new(move |m| {
                        let v = v(m)?;
                        match v.view() {
                            View::Str(_) => Ok(v),
                            View::List(_) => {
                                let ofs = m.output_field_separator();
                                Ok(Value::string(text::to_text_with(&v, &ofs)))
                            }
                            _ => convert::cast(m, &v, t),
                        }
                    }),
                    _ => Box::new(move |m| {
                        let v = v(m)?;
                        convert::cast(m, &v, t)
                    }),
                }
            }
            Type::Named(_) => {
                let ty = ty.clone();
                Box::new(move |m| {
                    let v = v(m)?;
                    let t = resolve_type(m, &ty)?;
                    convert::cast(m, &v, t)
                })
            }
        }
    }

    fn member(&self, target: &P, name: &P, is_static: bool, null_conditional: bool) -> Expr {
        let t = self.expr(target);
        if let P::Const(c) = name {
            let spelling = text::to_text(c);
            if is_static {
                return Box::new(move |m| {
                    let v = t(m)?;
                    static_member(m, &v, &spelling)
                });
            }
            let name = Name::new(&spelling);
            // The place of the name in the last shape seen here.
            let cache: std::cell::Cell<(*const Shape, usize)> = std::cell::Cell::new((std::ptr::null(), 0));
            // The property of the last type seen here.
            let property: std::cell::Cell<Option<PreparedProperty>> = std::cell::Cell::new(None);
            return Box::new(move |m| {
                let v = t(m)?;
                if let Some(c) = v.as_custom() {
                    let members = c.members();
                    let shape = Rc::as_ptr(members.shape());
                    let (known, at) = cache.get();
                    if std::ptr::eq(known, shape)
                        && let Some(value) = members.values().get(at)
                    {
                        return Ok(value.clone());
                    }
                    if members.shape().all_notes()
                        && let Some(at) = members.shape().index_of(name)
                    {
                        cache.set((shape, at));
                        return Ok(members.values()[at].clone());
                    }
                }
                if let Some(p) = property.get().filter(|p| p.fits(&v)) {
                    return p.get(m, &v);
                }
                if v.is_null() && null_conditional {
                    return Ok(Value::NULL);
                }
                property.set(PreparedProperty::find(&v, &spelling));
                read_member(m, &v, name, &spelling)
            });
        }
        let n = self.expr(name);
        Box::new(move |m| {
            let v = t(m)?;
            if v.is_null() && null_conditional {
                return Ok(Value::NULL);
            }
            let spelling = text::to_text(&n(m)?);
            if is_static {
                static_member(m, &v, &spelling)
            } else {
                read_member(m, &v, Name::new(&spelling), &spelling)
            }
        })
    }

    fn invoke(&self, target: &P, name: &P, args: &[P], is_static: bool, null_conditional: bool) -> Expr {
        let t = self.expr(target);
        let mut args = self.exprs(args);
        let P::Const(c) = name else {
            let n = self.expr(name);
            return Box::new(move |m| {
                let v = t(m)?;
                if v.is_null() && null_conditional {
                    return Ok(Value::NULL);
                }
                let name = text::to_text(&n(m)?);
                let args = values(m, &args)?;
                if is_static { call_static(m, &v, &name, &args) } else { call_method(m, &v, &name, &args) }
            });
        };
        let name = text::to_text(c);
        // The overload of the last types seen here.
        let cache: std::cell::Cell<Option<PreparedMethod>> = std::cell::Cell::new(None);
        if is_static {
            return Box::new(move |m| {
                let v = t(m)?;
                let args = values(m, &args)?;
                if let Some(ty) = v.as_type() {
                    if let Some(p) = cache.get().filter(|p| p.fits_static(ty, &args)) {
                        return p.call(m, &Value::NULL, &args);
                    }
                    cache.set(PreparedMethod::find_static(ty, &name, &args));
                }
                call_static(m, &v, &name, &args)
            });
        }
        let call = move |m: &mut Engine, v: &Value, args: &[Value]| -> Result<Value> {
            if let Some(p) = cache.get().filter(|p| p.fits(v, args)) {
                return p.call(m, v, args);
            }
            if v.is_null() && null_conditional {
                return Ok(Value::NULL);
            }
            let result = call_method(m, v, &name, args)?;
            if !v.is_null() && v.downcast::<crate::command::function::BlockObject>().is_none() {
                cache.set(PreparedMethod::find(v, &name, args));
            }
            Ok(result)
        };
        // No vector for the most frequent numbers of arguments.
        match args.len() {
            0 => Box::new(move |m| {
                let v = t(m)?;
                call(m, &v, &[])
            }),
            1 => {
                let one = args.remove(0);
                Box::new(move |m| {
                    let v = t(m)?;
                    let a = [one(m)?];
                    call(m, &v, &a)
                })
            }
            _ => Box::new(move |m| {
                let v = t(m)?;
                let args = values(m, &args)?;
                call(m, &v, &args)
            }),
        }
    }

    fn index(&self, target: &P, index: &[P], null_conditional: bool) -> Expr {
        if let ([one], P::Var(var)) = (index, target)
            && !null_conditional
        {
            let i = self.expr(one);
            return with_cell!(var, cell => {
                use cells::Cell as _;
                Box::new(move |m: &mut Engine| {
                    let i = i(m)?;
                    // The list stays in its cell: no count is taken.
                    if let (Some(list), Some(n)) = (cell.get(m).as_list(), i.as_int())
                        && n >= 0
                        && let Some(v) = list.get(n as usize)
                    {
                        return Ok(v);
                    }
                    let t = cell.read(m)?;
                    member::index_get(m, &t, &[i])
                })
            }, {
                let t = self.expr(target);
                Box::new(move |m: &mut Engine| { let v = t(m)?; let i = i(m)?; member::index_get(m, &v, &[i]) })
            });
        }
        let t = self.expr(target);
        let index = self.exprs(index);
        Box::new(move |m| {
            let v = t(m)?;
            if v.is_null() && null_conditional {
                return Ok(Value::NULL);
            }
            let i = values(m, &index)?;
            member::index_get(m, &v, &i)
        })
    }
}

/// `[type]::Method(…)`, constructors included.
fn call_static(m: &mut Engine, target: &Value, name: &str, args: &[Value]) -> Result<Value> {
    let ty = static_target(m, target)?;
    if name.eq_ignore_ascii_case("new") {
        return member::construct(m, ty, args);
    }
    member::call_static(m, ty, name, args)
}

fn call_method(m: &mut Engine, target: &Value, name: &str, args: &[Value]) -> Result<Value> {
    match crate::command::function::block_method(m, target, name, args) {
        Some(result) => result,
        None => member::call(m, target, name, args),
    }
}

/// The text of an object that has a method `ToString` of its own.
fn own_text(m: &mut Engine, v: &Value) -> Result<Option<Str>> {
    let own = v.as_custom().is_some_and(|c| c.members().get(Name::new("ToString")).is_some());
    if !own {
        return Ok(None);
    }
    Ok(Some(text::to_text(&member::call(m, v, "ToString", &[])?)))
}

/// A property; a missing one is null outside of strict mode.
fn read_member(m: &mut Engine, v: &Value, name: Name, spelling: &str) -> Result<Value> {
    match member::get(m, v, name)?.or_else(|| member::named_method(v, spelling)) {
        Some(found) => Ok(found),
        None if m.strictness() < 2 => Ok(Value::NULL),
        None => Err(no_such_property(spelling)),
    }
}

/// The error of strict mode for a property that is not there.
fn no_such_property(name: &str) -> Box<exsh_core::Flow> {
    ErrorRecord::new(
        "PropertyNotFoundStrict",
        Category::NotSpecified,
        exsh_core::Exception::new(
            "System.Management.Automation.PropertyNotFoundException",
            format!("The property '{name}' cannot be found on this object. Verify that the property exists."),
        ),
    )
    .into()
}

/// The right side of `-is` and `-as`: a type or its name.
fn type_operand(m: &mut Engine, t: &Value) -> Result<TypeRef> {
    match t.base().as_type() {
        Some(t) => Ok(t),
        None => convert::try_cast(m, t, &types::TYPE).and_then(|v| v.as_type()).ok_or_else(|| {
            let from = t.type_info().map_or("", |t| t.name);
            ErrorRecord::runtime(
                "RuntimeException",
                Category::NotSpecified,
                format!(
                    "Cannot convert the \"{}\" value of type \"{from}\" to type \"System.Type\".",
                    text::to_text(t)
                ),
            )
            .into()
        }),
    }
}

/// Digits of an Int32, without the formatting machinery.
pub fn push_int(out: &mut String, n: i32) {
    let mut buffer = [0u8; 11];
    let mut at = buffer.len();
    let mut rest = n.unsigned_abs();
    loop {
        at -= 1;
        buffer[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if n < 0 {
        at -= 1;
        buffer[at] = b'-';
    }
    out.push_str(std::str::from_utf8(&buffer[at..]).unwrap_or_default());
}
