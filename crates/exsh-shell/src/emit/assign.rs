//! Assignments in all forms.

use super::cells::{self, with_cell};
use super::fuse::{self, Action};
use super::operator::arith;
use super::{Emitter, Expr, Stmt};
use crate::lower::plan::{
    Arithmetic, Assign, AssignOp, Expr as P, Place, ScopeMark, Stmt as Statement, StmtKind, Target, Type, Var,
};
use crate::run::engine::Engine;
use crate::run::frame::Guard;
use exsh_core::types::Kind;
use exsh_core::{Category, ErrorRecord, Name, Result, Str, Value, View};
use exsh_dotnet::{convert, member, text};

/// Stores one value somewhere.
type Store = Box<dyn Fn(&mut Engine, Value) -> Result<()>>;

/// What `++` makes of a value: null counts as zero, only numbers step.
pub fn stepped(m: &mut Engine, v: &Value, by: i32) -> Result<Value> {
    if v.is_null() {
        return Ok(Value::int(by));
    }
    let number = matches!(
        v.base().view(),
        View::SByte(_)
            | View::Byte(_)
            | View::Int16(_)
            | View::UInt16(_)
            | View::Int32(_)
            | View::UInt32(_)
            | View::Int64(_)
            | View::UInt64(_)
            | View::Single(_)
            | View::Double(_)
            | View::Char(_)
            | View::Bool(_)
    ) || v.as_decimal().is_some()
        || v.kind() == Kind::BigInteger;
    if !number {
        let what = if by > 0 { "++" } else { "--" };
        return Err(ErrorRecord::runtime(
            "OperatorRequiresNumber",
            Category::InvalidOperation,
            format!("The '{what}' operator works only on numbers. The operand is a '{}'.", type_name(v)),
        )
        .into());
    }
    if by > 0 {
        arith(Arithmetic::Add, m, v.clone(), &Value::int(1))
    } else {
        arith(Arithmetic::Subtract, m, v.clone(), &Value::int(1))
    }
}

fn type_name(v: &Value) -> &'static str {
    v.type_info().map_or("null", |t| t.name)
}

impl Emitter {
    /// An assignment as a statement. `done`: its value is no pipeline, whose success `$?` would tell.
    pub(super) fn assign_stmt(&self, a: &Assign, done: bool) -> Stmt {
        if let Target::Var(var) = &a.target
            && (var.scope == ScopeMark::None
                || (matches!(var.place, Place::Global(_)) && var.scope != ScopeMark::Private))
        {
            let spelling = var.spelling.clone();
            match a.op {
                AssignOp::Set => {
                    return with_cell!(var, cell => fuse::statement(fuse::set(cell, spelling, self.value(&a.value)), done), {
                        let (var, value) = (var.clone(), self.value(&a.value));
                        fuse::statement(move |m: &mut Engine| { let v = value(m)?; cells::store(m, &var, v) }, done)
                    });
                }
                AssignOp::Arithmetic(Arithmetic::Add) => {
                    if let StmtKind::Expr(P::Var(other)) = &a.value.kind
                        && let Some(code) = with_cell!(var, x => with_cell!(other, y => Some(fuse::statement(fuse::add_cell(x, spelling.clone(), y), done)), None), None)
                    {
                        return code;
                    }
                    return with_cell!(var, cell => fuse::statement(fuse::add_to(cell, spelling, self.value(&a.value)), done), {
                        fuse::statement(self.change_dynamic(var, Arithmetic::Add, &a.value), done)
                    });
                }
                AssignOp::Arithmetic(op) => {
                    return with_cell!(var, cell => fuse::statement(fuse::change(op, cell, spelling, self.value(&a.value)), done), {
                        fuse::statement(self.change_dynamic(var, op, &a.value), done)
                    });
                }
                AssignOp::Coalesce => {}
            }
        }
        if let Some(code) = self.assign_item(a) {
            return fuse::statement(code, done);
        }
        let run = self.assign_value(a);
        fuse::statement(move |m| run(m).map(drop), done)
    }

    /// `$x += E` of a variable that is only known by name.
    fn change_dynamic(
        &self,
        var: &Var,
        op: Arithmetic,
        value: &Statement,
    ) -> impl Fn(&mut Engine) -> Result<()> + 'static {
        let (var, value) = (var.clone(), self.value(value));
        move |m: &mut Engine| {
            let y = value(m)?;
            let x = m.read_dynamic(var.name)?;
            let z = arith(op, m, x, &y)?;
            cells::store(m, &var, z)
        }
    }

    /// `$a[$i] = E` of a variable with a place: the list stays where it is.
    fn assign_item(&self, a: &Assign) -> Option<Action> {
        let (AssignOp::Set, Target::Index { target: P::Var(var), index }) = (a.op, &a.target) else {
            return None;
        };
        let [one] = &index[..] else { return None };
        let (index, value) = (self.expr(one), self.value(&a.value));
        with_cell!(var, cell => {
            use cells::Cell as _;
            Some(Box::new(move |m: &mut Engine| {
                let v = value(m)?;
                let i = index(m)?;
                if let (Some(list), Some(n)) = (cell.get(m).as_list(), i.as_int())
                    && n >= 0
                    && super::expr::stores_as_is(list.ty(), &v)
                    && list.set(n as usize, v.clone())
                {
                    return Ok(());
                }
                let t = cell.read(m)?;
                member::index_set(m, &t, &[i], v)
            }))
        }, None)
    }

    /// An assignment as an expression: `($x = 5)`.
    pub(super) fn assign_value(&self, a: &Assign) -> impl Fn(&mut Engine) -> Result<Value> + 'static {
        let value = self.value(&a.value);
        let store = self.store(&a.target);
        let read = match a.op {
            AssignOp::Set => None,
            _ => Some(match &a.target {
                Target::Var(var) if matches!(var.place, Place::Slot(_)) => {
                    with_cell!(var, cell => Box::new(move |m: &mut Engine| cells::read_own(m, cell)) as Expr, cells::read(var))
                }
                t => self.target_read(t),
            }),
        };
        let op = a.op;
        move |m: &mut Engine| {
            let result = match (op, &read) {
                (AssignOp::Arithmetic(op), Some(read)) => {
                    let x = read(m)?;
                    let y = value(m)?;
                    arith(op, m, x, &y)?
                }
                (AssignOp::Coalesce, Some(read)) => {
                    let x = read(m)?;
                    if !x.is_null() {
                        return Ok(x);
                    }
                    value(m)?
                }
                _ => value(m)?,
            };
            store(m, result.clone())?;
            Ok(result)
        }
    }

    /// The present value of a target.
    fn target_read(&self, t: &Target) -> Expr {
        match t {
            Target::Var(v) => cells::read(v),
            Target::Drive { drive, name } => {
                let (drive, name) = (drive.clone(), name.clone());
                Box::new(move |m| m.read_drive(&drive, &name))
            }
            Target::Member { target, name, is_static } => {
                let target = self.expr(target);
                let name = self.expr(name);
                let is_static = *is_static;
                Box::new(move |m| {
                    let t = target(m)?;
                    let n = text::to_text(&name(m)?);
                    if is_static {
                        return super::expr::static_member(m, &t, &n);
                    }
                    Ok(member::get(m, &t, Name::new(&n))?.unwrap_or(Value::NULL))
                })
            }
            Target::Index { target, index } => {
                let target = self.expr(target);
                let index = self.exprs(index);
                Box::new(move |m| {
                    let t = target(m)?;
                    let i = super::expr::values(m, &index)?;
                    member::index_get(m, &t, &i)
                })
            }
            Target::Typed { target, .. } => self.target_read(target),
            Target::Nothing | Target::Many(_) | Target::Fail(_) => Box::new(|_| Ok(Value::NULL)),
        }
    }

    /// Code that stores into a target.
    fn store(&self, t: &Target) -> Store {
        match t {
            Target::Var(var) => {
                let var = var.clone();
                Box::new(move |m, v| cells::store(m, &var, v))
            }
            Target::Drive { drive, name } => {
                let (drive, name) = (drive.clone(), name.clone());
                Box::new(move |m, v| m.write_drive(&drive, &name, v))
            }
            Target::Member { target, name, is_static } => {
                let target = self.expr(target);
                let is_static = *is_static;
                if let P::Const(c) = name {
                    let name = text::to_text(c);
                    return Box::new(move |m, v| {
                        let t = target(m)?;
                        if is_static {
                            super::expr::set_static_member(m, &t, &name, v)
                        } else {
                            member::set(m, &t, &name, v)
                        }
                    });
                }
                let name = self.expr(name);
                Box::new(move |m, v| {
                    let t = target(m)?;
                    let n = text::to_text(&name(m)?);
                    if is_static {
                        super::expr::set_static_member(m, &t, &n, v)
                    } else {
                        member::set(m, &t, &n, v)
                    }
                })
            }
            Target::Index { target, index } => {
                let target = self.expr(target);
                if let [one] = &index[..] {
                    let index = self.expr(one);
                    return Box::new(move |m, v| {
                        let t = target(m)?;
                        let i = index(m)?;
                        if let (Some(list), Some(n)) = (t.as_list(), i.as_int())
                            && n >= 0
                            && super::expr::stores_as_is(list.ty(), &v)
                            && list.set(n as usize, v.clone())
                        {
                            return Ok(());
                        }
                        member::index_set(m, &t, &[i], v)
                    });
                }
                let index = self.exprs(index);
                Box::new(move |m, v| {
                    let t = target(m)?;
                    let i = super::expr::values(m, &index)?;
                    member::index_set(m, &t, &i, v)
                })
            }
            Target::Many(targets) => {
                let stores: Vec<Store> = targets.iter().map(|t| self.store(t)).collect();
                Box::new(move |m, v| {
                    let mut items = match v.base().view() {
                        View::List(l) => l.items().clone(),
                        View::Nothing => Vec::new(),
                        _ => vec![v.clone()],
                    };
                    let last = stores.len() - 1;
                    for (i, store) in stores.iter().enumerate() {
                        let value = if i == last && items.len() > i + 1 {
                            Value::array(items.split_off(i))
                        } else {
                            items.get(i).cloned().unwrap_or(Value::NULL)
                        };
                        store(m, value)?;
                    }
                    Ok(())
                })
            }
            Target::Nothing => Box::new(|_, _| Ok(())),
            Target::Typed { ty, target, checks } => self.typed_store(ty, target, checks),
            Target::Fail(f) => {
                let f = f.clone();
                Box::new(move |_, _| Err(crate::run::errors::failure(&f)))
            }
        }
    }

    /// `[int]$x = …`: the variable keeps the type.
    fn typed_store(
        &self,
        ty: &Type,
        target: &Target,
        checks: &[std::rc::Rc<exsh_syntax::ast::Attribute>],
    ) -> Store {
        let ty = ty.clone();
        if let Target::Var(var) = target {
            let var: Var = var.clone();
            let checks = checks.to_vec();
            let source = self.source.clone();
            return Box::new(move |m, v| {
                let ty = super::expr::resolve_type(m, &ty)?;
                let f = m.scope_frame(var.scope);
                let mut guard = m.guard_of(var.name, f).unwrap_or_default();
                if ty.kind != Kind::Object {
                    guard.ty = Some(ty);
                }
                if !checks.is_empty() {
                    guard.validations =
                        std::rc::Rc::new(crate::command::metadata::validations(m, &checks, &source)?);
                }
                let unchecked = Guard { validations: Default::default(), ..guard.clone() };
                let v = m.guard_value(&unchecked, &var.spelling, v)?;
                for check in guard.validations.clone().iter() {
                    if crate::bind::validate(m, check, &v, &var.spelling).is_err() {
                        return Err(attribute_refused(&var.spelling, &v));
                    }
                }
                m.put(f, var.name, &var.spelling, v);
                m.set_guard(f, var.name, &var.spelling, guard);
                Ok(())
            });
        }
        let store = self.store(target);
        Box::new(move |m, v| {
            let ty = super::expr::resolve_type(m, &ty)?;
            let v = convert::cast(m, &v, ty)?;
            store(m, v)
        })
    }

    /// `++` and `--` as expressions.
    pub(super) fn step(&self, target: &Target, by: i32, prefix: bool) -> Expr {
        let read = self.target_read(target);
        let store = self.store(target);
        Box::new(move |m| {
            let old = read(m)?;
            let new = stepped(m, &old, by)?;
            store(m, new.clone())?;
            Ok(if prefix {
                new
            } else if old.is_null() {
                Value::int(0)
            } else {
                old
            })
        })
    }

    /// `++` and `--` as statements: no output.
    pub(super) fn step_stmt(&self, target: &Target, by: i32) -> Stmt {
        if let Target::Var(var) = target
            && var.scope == ScopeMark::None
        {
            let spelling: Str = var.spelling.clone();
            return with_cell!(var, cell => fuse::statement(fuse::step(cell, spelling, by), true), {
                let run = self.step(target, by, true);
                fuse::statement(move |m| run(m).map(drop), true)
            });
        }
        let run = self.step(target, by, true);
        fuse::statement(move |m| run(m).map(drop), true)
    }
}

/// An attribute is written on a variable whose value it does not allow.
fn attribute_refused(spelling: &str, v: &Value) -> Box<exsh_core::Flow> {
    // The value is told as .NET's ToString tells it: a list by its type.
    let shown = match v.base().view() {
        View::List(l) => Str::from(l.ty().name),
        _ => text::to_text(v),
    };
    ErrorRecord::of(
        "System.Management.Automation.ValidationMetadataException",
        "ValidateSetFailure",
        Category::MetadataError,
        format!(
            "The attribute cannot be added because variable {spelling} with value {shown} would no longer be valid."
        ),
    )
    .into()
}
