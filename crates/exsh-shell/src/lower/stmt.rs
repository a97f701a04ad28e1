//! Statements.

use super::plan::*;
use super::{Lowerer, label};
use exsh_core::{Str, Value};
use exsh_syntax::ast;
use exsh_syntax::source::Span;
use std::rc::Rc;

impl Lowerer<'_> {
    pub(super) fn statements(
        &mut self,
        list: &[ast::Stmt],
        traps: &[ast::TrapStatement],
        span: Span,
    ) -> Block {
        Block {
            statements: list
                .iter()
                .map(|s| self.stmt(s))
                .filter(|s| !matches!(s.kind, StmtKind::Empty))
                .collect(),
            traps: traps
                .iter()
                .map(|t| Trap {
                    ty: t.trap_type.as_ref().map(|c| (self.type_of(&c.type_name), c.span)),
                    body: self.block(&t.body),
                })
                .collect(),
            span,
        }
    }

    fn boxed(&mut self, s: &Option<ast::Stmt>) -> Option<Box<Stmt>> {
        s.as_ref().map(|s| Box::new(self.stmt(s)))
    }

    pub(super) fn assign(&mut self, a: &ast::Assignment) -> Assign {
        use ast::AssignOperator as O;
        Assign {
            target: self.target(&a.left),
            op: match a.operator {
                O::Equals => AssignOp::Set,
                O::PlusEquals => AssignOp::Arithmetic(Arithmetic::Add),
                O::MinusEquals => AssignOp::Arithmetic(Arithmetic::Subtract),
                O::MultiplyEquals => AssignOp::Arithmetic(Arithmetic::Multiply),
                O::DivideEquals => AssignOp::Arithmetic(Arithmetic::Divide),
                O::RemainderEquals => AssignOp::Arithmetic(Arithmetic::Remainder),
                O::QuestionQuestionEquals => AssignOp::Coalesce,
            },
            value: Box::new(self.stmt(&a.right)),
            span: a.span,
        }
    }

    pub(super) fn stmt(&mut self, s: &ast::Stmt) -> Stmt {
        let span = s.span();
        let kind = match s {
            ast::Stmt::Pipeline(p) => return self.pipeline_stmt(p),
            ast::Stmt::Expression(e) if e.redirections.is_empty() => StmtKind::Expr(self.expr(&e.expression)),
            ast::Stmt::Expression(e) => StmtKind::Pipeline(Pipeline {
                elements: vec![Element::Expr {
                    expr: self.expr(&e.expression),
                    redirections: self.redirections(&e.redirections),
                    span: e.span,
                }],
                background: false,
                span,
            }),
            ast::Stmt::Chain(c) => StmtKind::Chain {
                and: c.operator == ast::ChainOperator::AndAnd,
                left: Box::new(self.stmt(&c.left)),
                right: Box::new(self.pipeline_stmt(&c.right)),
            },
            ast::Stmt::Assignment(a) => StmtKind::Assign(self.assign(a)),
            ast::Stmt::If(i) => StmtKind::If {
                clauses: i.clauses.iter().map(|(c, b)| (self.stmt(c), self.block(b))).collect(),
                otherwise: i.else_block.as_ref().map(|b| self.block(b)),
            },
            ast::Stmt::Switch(s) => StmtKind::Switch(Box::new(Switch {
                label: label(s.label.as_deref()),
                flags: s.flags,
                over: self.stmt(&s.condition),
                clauses: s.clauses.iter().map(|(c, b)| (self.expr(c), self.block(b))).collect(),
                default: s.default.as_ref().map(|b| self.block(b)),
                matches: s.flags.regex.then(|| self.own_var("Matches")),
                var: Some(self.named_var("_")),
            })),
            ast::Stmt::ForEach(f) => StmtKind::ForEach {
                label: label(f.label.as_deref()),
                var: self.var(&f.variable.path),
                over: Box::new(self.stmt(&f.condition)),
                body: self.block(&f.body),
                enumerator: None,
            },
            ast::Stmt::For(f) => StmtKind::For {
                label: label(f.label.as_deref()),
                init: self.boxed(&f.initializer),
                condition: self.boxed(&f.condition),
                step: self.boxed(&f.iterator),
                body: self.block(&f.body),
            },
            ast::Stmt::While(w) => StmtKind::While {
                label: label(w.label.as_deref()),
                condition: Box::new(self.stmt(&w.condition)),
                body: self.block(&w.body),
            },
            ast::Stmt::DoWhile(w) | ast::Stmt::DoUntil(w) => StmtKind::DoLoop {
                label: label(w.label.as_deref()),
                condition: Box::new(self.stmt(&w.condition)),
                body: self.block(&w.body),
                until: matches!(s, ast::Stmt::DoUntil(_)),
            },
            ast::Stmt::Break(j) => StmtKind::Break(j.label.as_ref().map(|e| self.expr(e))),
            ast::Stmt::Continue(j) => StmtKind::Continue(j.label.as_ref().map(|e| self.expr(e))),
            ast::Stmt::Return(e) => StmtKind::Return(self.boxed(&e.pipeline)),
            ast::Stmt::Throw(e) => StmtKind::Throw(self.boxed(&e.pipeline)),
            ast::Stmt::Exit(e) => StmtKind::Exit(self.boxed(&e.pipeline)),
            ast::Stmt::Try(t) => StmtKind::Try {
                body: self.block(&t.body),
                catches: t
                    .catches
                    .iter()
                    .map(|c| Catch {
                        types: c.types.iter().map(|t| (self.type_of(&t.type_name), t.span)).collect(),
                        body: self.block(&c.body),
                    })
                    .collect(),
                finally: t.finally.as_ref().map(|b| self.block(b)),
            },
            ast::Stmt::Data(d) => {
                let value = Expr::Sub(self.block(&d.body));
                match &d.variable {
                    None => StmtKind::Expr(value),
                    Some(name) => StmtKind::Assign(Assign {
                        target: Target::Var(self.own_var(name)),
                        op: AssignOp::Set,
                        value: Box::new(Stmt { kind: StmtKind::Expr(value), span }),
                        span,
                    }),
                }
            }
            ast::Stmt::Function(f) => StmtKind::Function {
                name: Str::from(&*f.name),
                code: Rc::new(BlockSource {
                    ast: f.body.clone(),
                    parameters: f.parameters.as_ref().map(|p| Rc::new(p.clone())),
                    source: self.source.clone(),
                    name: Some(Str::from(&*f.name)),
                    filter: f.kind == ast::FunctionKind::Filter,
                }),
                filter: f.kind == ast::FunctionKind::Filter,
            },
            ast::Stmt::Type(_) => fail(
                "ClassesNotSupported",
                "Classes and enumerations defined in scripts are not supported by this version of exsh. See docs/compatibility.md.",
            ),
            ast::Stmt::Block(_) => fail(
                "WorkflowNotSupported",
                "The parallel and sequence keywords belong to workflows, which PowerShell 7 does not have.",
            ),
            ast::Stmt::Using(_) | ast::Stmt::Trap(_) => StmtKind::Empty,
            ast::Stmt::Error(_) => fail("ParserError", "The statement could not be parsed."),
        };
        Stmt { kind, span }
    }

    fn pipeline_stmt(&mut self, p: &ast::Pipeline) -> Stmt {
        if p.elements.len() == 1
            && !p.background
            && let ast::PipelineElement::Expression(e) = &p.elements[0]
            && e.redirections.is_empty()
        {
            return Stmt { kind: StmtKind::Expr(self.expr(&e.expression)), span: p.span };
        }
        let elements = p
            .elements
            .iter()
            .map(|e| match e {
                ast::PipelineElement::Expression(e) => Element::Expr {
                    expr: self.expr(&e.expression),
                    redirections: self.redirections(&e.redirections),
                    span: e.span,
                },
                ast::PipelineElement::Command(c) => Element::Command(self.command(c)),
            })
            .collect();
        Stmt {
            kind: StmtKind::Pipeline(Pipeline { elements, background: p.background, span: p.span }),
            span: p.span,
        }
    }
}

/// The error of a block that asks for something exsh does not have; nothing for all others.
pub(super) fn refused(block: &ast::ScriptBlock) -> Option<Stmt> {
    if let Some(b) = &block.dynamic_param {
        let text = "Dynamic parameters (dynamicparam) are not supported by this version of exsh. See docs/compatibility.md.";
        return Some(Stmt { kind: fail("DynamicParamNotSupported", text), span: b.span });
    }
    let using = block.using.iter().find(|u| u.kind != ast::UsingKind::Namespace)?;
    let text =
        "Of using statements, this version of exsh supports only using namespace. See docs/compatibility.md.";
    Some(Stmt { kind: fail("UsingNotSupported", text), span: using.span })
}

fn fail(id: &'static str, message: &str) -> StmtKind {
    StmtKind::Fail(Failure { id, message: message.into() })
}

impl Stmt {
    /// A statement that is one constant.
    pub fn constant(value: Value, span: Span) -> Stmt {
        Stmt { kind: StmtKind::Expr(Expr::Const(value)), span }
    }
}
