//! What nodes can say of themselves: where they stand, and how a variable's name falls apart.

use super::*;
use crate::source::Span;

impl VariablePath {
    /// The name without scope or drive.
    pub fn name(&self) -> &str {
        &self.user_path[self.name_start as usize..]
    }

    /// `$global:` and the like: a scope or drive without a name.
    pub fn is_nameless(&self) -> bool {
        self.name_start as usize >= self.user_path.len()
    }

    /// The drive's name as written: `env` of `$env:PATH`.
    pub fn drive(&self) -> Option<&str> {
        match self.scope {
            VariableScope::Drive => Some(&self.user_path[..(self.name_start as usize).saturating_sub(1)]),
            _ => None,
        }
    }

    /// A variable of some scope, as against an item of a drive.
    pub fn is_variable(&self) -> bool {
        self.scope != VariableScope::Drive
    }
}

impl AttributeOrType {
    pub fn span(&self) -> Span {
        match self {
            AttributeOrType::Attribute(a) => a.span,
            AttributeOrType::Type(t) => t.span,
        }
    }
}

impl PipelineElement {
    pub fn span(&self) -> Span {
        match self {
            PipelineElement::Command(c) => c.span,
            PipelineElement::Expression(e) => e.span,
        }
    }
}

impl CommandElement {
    pub fn span(&self) -> Span {
        match self {
            CommandElement::Parameter(p) => p.span,
            CommandElement::Expr(e) => e.span(),
        }
    }
}

impl Redirection {
    pub fn span(&self) -> Span {
        match self {
            Redirection::File { span, .. } | Redirection::Merging { span, .. } => *span,
        }
    }
}

impl Member {
    pub fn span(&self) -> Span {
        match self {
            Member::Property(p) => p.span,
            Member::Function(f) => f.span,
        }
    }
}

impl Stmt {
    pub fn span(&self) -> Span {
        match self {
            Stmt::Pipeline(n) => n.span,
            Stmt::Expression(n) => n.span,
            Stmt::Chain(n) => n.span,
            Stmt::Assignment(n) => n.span,
            Stmt::If(n) => n.span,
            Stmt::Switch(n) => n.span,
            Stmt::ForEach(n) => n.span,
            Stmt::For(n) => n.span,
            Stmt::While(n) | Stmt::DoWhile(n) | Stmt::DoUntil(n) => n.span,
            Stmt::Break(n) | Stmt::Continue(n) => n.span,
            Stmt::Return(n) | Stmt::Throw(n) | Stmt::Exit(n) => n.span,
            Stmt::Try(n) => n.span,
            Stmt::Trap(n) => n.span,
            Stmt::Data(n) => n.span,
            Stmt::Function(n) => n.span,
            Stmt::Type(n) => n.span,
            Stmt::Block(n) => n.span,
            Stmt::Using(n) => n.span,
            Stmt::Error(n) => n.span,
        }
    }
}

impl Expr {
    pub fn span(&self) -> Span {
        match self {
            Expr::Variable(n) => n.span,
            Expr::Constant(n) => n.span,
            Expr::StringConstant(n) => n.span,
            Expr::ExpandableString(n) => n.span,
            Expr::Binary(n) => n.span,
            Expr::Unary(n) => n.span,
            Expr::Ternary(n) => n.span,
            Expr::Convert(n) => n.span,
            Expr::Attributed(n) => n.span,
            Expr::Type(n) => n.span,
            Expr::Member(n) => n.span,
            Expr::InvokeMember(n) => n.span,
            Expr::BaseCtorInvoke(n) => n.span,
            Expr::Index(n) => n.span,
            Expr::ArrayLiteral(n) => n.span,
            Expr::Array(n) | Expr::SubExpression(n) => n.span,
            Expr::Paren(n) => n.span,
            Expr::Hashtable(n) => n.span,
            Expr::ScriptBlock(n) => n.span,
            Expr::Using(n) => n.span,
            Expr::Error(n) => n.span,
        }
    }
}
