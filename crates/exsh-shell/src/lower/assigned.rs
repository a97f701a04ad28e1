//! Which names a block assigns: those that get slots in its frame.
//!
//! Nested script blocks have scopes of their own, except the literal blocks of `Where-Object` and `ForEach-Object` and
//! dot-sourced literals, which run in this one.

use exsh_syntax::ast::*;

/// Calls `add` with every name that the block itself assigns.
pub fn names(block: &ScriptBlock, add: &mut dyn FnMut(&str)) {
    for b in
        [&block.dynamic_param, &block.begin, &block.process, &block.end, &block.clean].into_iter().flatten()
    {
        statements(&b.statements, add);
        traps(&b.traps, add);
    }
}

fn traps(list: &[TrapStatement], add: &mut dyn FnMut(&str)) {
    for t in list {
        statements(&t.body.statements, add);
    }
}

fn block(b: &StatementBlock, add: &mut dyn FnMut(&str)) {
    statements(&b.statements, add);
    traps(&b.traps, add);
}

fn statements(list: &[Stmt], add: &mut dyn FnMut(&str)) {
    for s in list {
        stmt(s, add);
    }
}

fn optional(s: &Option<Stmt>, add: &mut dyn FnMut(&str)) {
    if let Some(s) = s {
        stmt(s, add);
    }
}

fn stmt(s: &Stmt, add: &mut dyn FnMut(&str)) {
    match s {
        Stmt::Pipeline(p) => pipeline(p, add),
        Stmt::Expression(e) => expr(&e.expression, add),
        Stmt::Chain(c) => {
            stmt(&c.left, add);
            pipeline(&c.right, add);
        }
        Stmt::Assignment(a) => {
            target(&a.left, add);
            stmt(&a.right, add);
        }
        Stmt::If(i) => {
            for (c, b) in &i.clauses {
                stmt(c, add);
                block(b, add);
            }
            if let Some(b) = &i.else_block {
                block(b, add);
            }
        }
        Stmt::Switch(s) => {
            stmt(&s.condition, add);
            for (c, b) in &s.clauses {
                expr(c, add);
                block(b, add);
            }
            if let Some(b) = &s.default {
                block(b, add);
            }
            if s.flags.regex {
                add("Matches");
            }
        }
        Stmt::ForEach(f) => {
            variable(&f.variable, add);
            stmt(&f.condition, add);
            block(&f.body, add);
        }
        Stmt::For(f) => {
            optional(&f.initializer, add);
            optional(&f.condition, add);
            optional(&f.iterator, add);
            block(&f.body, add);
        }
        Stmt::While(w) | Stmt::DoWhile(w) | Stmt::DoUntil(w) => {
            stmt(&w.condition, add);
            block(&w.body, add);
        }
        Stmt::Return(e) | Stmt::Throw(e) | Stmt::Exit(e) => optional(&e.pipeline, add),
        Stmt::Try(t) => {
            block(&t.body, add);
            for c in &t.catches {
                block(&c.body, add);
            }
            if let Some(f) = &t.finally {
                block(f, add);
            }
        }
        Stmt::Data(d) => {
            if let Some(v) = &d.variable {
                add(v);
            }
            block(&d.body, add);
        }
        Stmt::Block(b) => block(&b.body, add),
        Stmt::Break(_)
        | Stmt::Continue(_)
        | Stmt::Trap(_)
        | Stmt::Function(_)
        | Stmt::Type(_)
        | Stmt::Using(_)
        | Stmt::Error(_) => {}
    }
}

fn pipeline(p: &Pipeline, add: &mut dyn FnMut(&str)) {
    for e in &p.elements {
        match e {
            PipelineElement::Expression(e) => expr(&e.expression, add),
            PipelineElement::Command(c) => {
                let shares_scope =
                    c.invocation == InvocationOperator::Dot || super::command::fused_kind(c).is_some();
                for el in &c.elements {
                    let e = match el {
                        CommandElement::Expr(e) => e,
                        CommandElement::Parameter(p) => match &p.argument {
                            Some(e) => e,
                            None => continue,
                        },
                    };
                    match e {
                        Expr::ScriptBlock(b) if shares_scope => names(&b.block, add),
                        e => expr(e, add),
                    }
                }
            }
        }
    }
}

fn variable(v: &Variable, add: &mut dyn FnMut(&str)) {
    if matches!(v.path.scope, VariableScope::None | VariableScope::Local | VariableScope::Private) {
        add(v.path.name());
    }
}

fn target(e: &Expr, add: &mut dyn FnMut(&str)) {
    match e {
        Expr::Variable(v) => variable(v, add),
        Expr::Convert(c) => target(&c.child, add),
        Expr::Attributed(a) => target(&a.child, add),
        Expr::ArrayLiteral(l) => l.elements.iter().for_each(|e| target(e, add)),
        Expr::Paren(p) => match &p.pipeline {
            Stmt::Pipeline(p) if p.elements.len() == 1 => {
                if let PipelineElement::Expression(e) = &p.elements[0] {
                    target(&e.expression, add);
                }
            }
            s => stmt(s, add),
        },
        e => expr(e, add),
    }
}

fn expr(e: &Expr, add: &mut dyn FnMut(&str)) {
    match e {
        Expr::Binary(b) => {
            if matches!(
                b.operator,
                BinaryOperator::Imatch
                    | BinaryOperator::Cmatch
                    | BinaryOperator::Inotmatch
                    | BinaryOperator::Cnotmatch
            ) {
                add("Matches");
            }
            expr(&b.left, add);
            expr(&b.right, add);
        }
        Expr::Unary(u) => match u.operator {
            UnaryOperator::PlusPlus
            | UnaryOperator::MinusMinus
            | UnaryOperator::PostfixPlusPlus
            | UnaryOperator::PostfixMinusMinus => target(&u.child, add),
            _ => expr(&u.child, add),
        },
        Expr::Ternary(t) => {
            expr(&t.condition, add);
            expr(&t.if_true, add);
            expr(&t.if_false, add);
        }
        Expr::Convert(c) => {
            // `[ref]$x` lets a method assign it.
            if exsh_core::name::same(&c.target.type_name.name, "ref") {
                target(&c.child, add);
            } else {
                expr(&c.child, add);
            }
        }
        Expr::Attributed(a) => expr(&a.child, add),
        Expr::Member(m) => {
            expr(&m.target, add);
            expr(&m.member, add);
        }
        Expr::InvokeMember(i) => {
            expr(&i.target, add);
            expr(&i.member, add);
            i.arguments.iter().for_each(|a| expr(a, add));
        }
        Expr::Index(i) => {
            expr(&i.target, add);
            expr(&i.index, add);
        }
        Expr::ArrayLiteral(l) => l.elements.iter().for_each(|e| expr(e, add)),
        Expr::Array(b) | Expr::SubExpression(b) => block(&b.block, add),
        Expr::Paren(p) => stmt(&p.pipeline, add),
        Expr::Hashtable(h) => {
            for (k, v) in &h.pairs {
                expr(k, add);
                stmt(v, add);
            }
        }
        Expr::ExpandableString(s) => {
            for p in &s.parts {
                if let StringPart::Expr(e) = p {
                    expr(e, add);
                }
            }
        }
        Expr::Using(u) => expr(&u.child, add),
        Expr::BaseCtorInvoke(b) => b.arguments.iter().for_each(|a| expr(a, add)),
        Expr::Variable(_)
        | Expr::Constant(_)
        | Expr::StringConstant(_)
        | Expr::Type(_)
        | Expr::ScriptBlock(_)
        | Expr::Error(_) => {}
    }
}
