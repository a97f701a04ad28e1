//! Walking a tree without knowing every node: each node as a reference of one type, and its children in order.

use crate::ast::*;
use crate::source::Span;

/// Any node of a tree.
#[derive(Debug, Clone, Copy)]
pub enum NodeRef<'a> {
    ScriptBlock(&'a ScriptBlock),
    NamedBlock(&'a NamedBlock),
    StatementBlock(&'a StatementBlock),
    ParamBlock(&'a ParamBlock),
    Parameter(&'a Parameter),
    Attribute(&'a Attribute),
    NamedArgument(&'a NamedArgument),
    TypeConstraint(&'a TypeConstraint),
    Using(&'a UsingStatement),
    Statement(&'a Stmt),
    Pipeline(&'a Pipeline),
    Command(&'a Command),
    CommandParameter(&'a CommandParameter),
    CommandExpression(&'a CommandExpression),
    Redirection(&'a Redirection),
    CatchClause(&'a CatchClause),
    Trap(&'a TrapStatement),
    Member(&'a Member),
    Expression(&'a Expr),
    /// A variable that is a name: of a parameter or a `foreach`.
    Variable(&'a Variable),
    StringConstant(&'a StringConstant),
    Hashtable(&'a Hashtable),
}

impl<'a> NodeRef<'a> {
    pub fn span(self) -> Span {
        match self {
            NodeRef::ScriptBlock(n) => n.span,
            NodeRef::NamedBlock(n) => n.span,
            NodeRef::StatementBlock(n) => n.span,
            NodeRef::ParamBlock(n) => n.span,
            NodeRef::Parameter(n) => n.span,
            NodeRef::Attribute(n) => n.span,
            NodeRef::NamedArgument(n) => n.span,
            NodeRef::TypeConstraint(n) => n.span,
            NodeRef::Using(n) => n.span,
            NodeRef::Statement(n) => n.span(),
            NodeRef::Pipeline(n) => n.span,
            NodeRef::Command(n) => n.span,
            NodeRef::CommandParameter(n) => n.span,
            NodeRef::CommandExpression(n) => n.span,
            NodeRef::Redirection(n) => n.span(),
            NodeRef::CatchClause(n) => n.span,
            NodeRef::Trap(n) => n.span,
            NodeRef::Member(n) => n.span(),
            NodeRef::Expression(n) => n.span(),
            NodeRef::Variable(n) => n.span,
            NodeRef::StringConstant(n) => n.span,
            NodeRef::Hashtable(n) => n.span,
        }
    }

    /// Hands over the children from left to right.
    pub fn children(self, f: &mut dyn FnMut(NodeRef<'a>)) {
        use NodeRef as N;
        match self {
            N::ScriptBlock(n) => {
                n.using.iter().for_each(|u| f(N::Using(u)));
                n.param_block.iter().for_each(|p| f(N::ParamBlock(p)));
                for block in [&n.dynamic_param, &n.begin, &n.process, &n.end, &n.clean].into_iter().flatten()
                {
                    f(N::NamedBlock(block));
                }
            }
            N::NamedBlock(n) => statements(&n.statements, &n.traps, f),
            N::StatementBlock(n) => statements(&n.statements, &n.traps, f),
            N::ParamBlock(n) => {
                n.attributes.iter().for_each(|a| f(N::Attribute(a)));
                n.parameters.iter().for_each(|p| f(N::Parameter(p)));
            }
            N::Parameter(n) => {
                n.attributes.iter().for_each(|a| f(attribute_or_type(a)));
                f(N::Variable(&n.name));
                n.default.iter().for_each(|e| f(N::Expression(e)));
            }
            N::Attribute(n) => {
                n.positional.iter().for_each(|e| f(N::Expression(e)));
                n.named.iter().for_each(|a| f(N::NamedArgument(a)));
            }
            N::NamedArgument(n) => f(N::Expression(&n.value)),
            N::TypeConstraint(_) | N::Variable(_) | N::StringConstant(_) => {}
            N::Using(n) => {
                n.name.iter().for_each(|s| f(N::StringConstant(s)));
                n.alias.iter().for_each(|s| f(N::StringConstant(s)));
                n.module_specification.iter().for_each(|h| f(N::Hashtable(h)));
            }
            N::Statement(n) => statement_children(n, f),
            N::Pipeline(n) => {
                for element in &n.elements {
                    f(match element {
                        PipelineElement::Command(c) => N::Command(c),
                        PipelineElement::Expression(e) => N::CommandExpression(e),
                    });
                }
            }
            N::Command(n) => {
                for element in &n.elements {
                    f(match element {
                        CommandElement::Parameter(p) => N::CommandParameter(p),
                        CommandElement::Expr(e) => N::Expression(e),
                    });
                }
                n.redirections.iter().for_each(|r| f(N::Redirection(r)));
            }
            N::CommandParameter(n) => n.argument.iter().for_each(|e| f(N::Expression(e))),
            N::CommandExpression(n) => {
                f(N::Expression(&n.expression));
                n.redirections.iter().for_each(|r| f(N::Redirection(r)));
            }
            N::Redirection(n) => {
                if let Redirection::File { location, .. } = n {
                    f(N::Expression(location));
                }
            }
            N::CatchClause(n) => {
                n.types.iter().for_each(|t| f(N::TypeConstraint(t)));
                f(N::StatementBlock(&n.body));
            }
            N::Trap(n) => {
                n.trap_type.iter().for_each(|t| f(N::TypeConstraint(t)));
                f(N::StatementBlock(&n.body));
            }
            N::Member(Member::Property(n)) => {
                n.property_type.iter().for_each(|t| f(N::TypeConstraint(t)));
                n.attributes.iter().for_each(|a| f(N::Attribute(a)));
                n.initial_value.iter().for_each(|e| f(N::Expression(e)));
            }
            N::Member(Member::Function(n)) => {
                n.return_type.iter().for_each(|t| f(N::TypeConstraint(t)));
                n.attributes.iter().for_each(|a| f(N::Attribute(a)));
                n.parameters.iter().for_each(|p| f(N::Parameter(p)));
                f(N::ScriptBlock(&n.body));
            }
            N::Hashtable(n) => {
                for (key, value) in &n.pairs {
                    f(N::Expression(key));
                    f(N::Statement(value));
                }
            }
            N::Expression(n) => expression_children(n, f),
        }
    }
}

fn attribute_or_type(a: &AttributeOrType) -> NodeRef<'_> {
    match a {
        AttributeOrType::Attribute(a) => NodeRef::Attribute(a),
        AttributeOrType::Type(t) => NodeRef::TypeConstraint(t),
    }
}

fn statements<'a>(list: &'a [Stmt], traps: &'a [TrapStatement], f: &mut dyn FnMut(NodeRef<'a>)) {
    traps.iter().for_each(|t| f(NodeRef::Trap(t)));
    list.iter().for_each(|s| f(NodeRef::Statement(s)));
}

fn statement_children<'a>(statement: &'a Stmt, f: &mut dyn FnMut(NodeRef<'a>)) {
    use NodeRef as N;
    match statement {
        Stmt::Pipeline(n) => N::Pipeline(n).children(f),
        Stmt::Expression(n) => f(N::CommandExpression(n)),
        Stmt::Chain(n) => {
            f(N::Statement(&n.left));
            f(N::Pipeline(&n.right));
        }
        Stmt::Assignment(n) => {
            f(N::Expression(&n.left));
            f(N::Statement(&n.right));
        }
        Stmt::If(n) => {
            for (condition, body) in &n.clauses {
                f(N::Statement(condition));
                f(N::StatementBlock(body));
            }
            n.else_block.iter().for_each(|b| f(N::StatementBlock(b)));
        }
        Stmt::Switch(n) => {
            f(N::Statement(&n.condition));
            for (test, body) in &n.clauses {
                f(N::Expression(test));
                f(N::StatementBlock(body));
            }
            n.default.iter().for_each(|b| f(N::StatementBlock(b)));
        }
        Stmt::ForEach(n) => {
            n.throttle_limit.iter().for_each(|e| f(N::Expression(e)));
            f(N::Variable(&n.variable));
            f(N::Statement(&n.condition));
            f(N::StatementBlock(&n.body));
        }
        Stmt::For(n) => {
            for part in [&n.initializer, &n.condition, &n.iterator].into_iter().flatten() {
                f(N::Statement(part));
            }
            f(N::StatementBlock(&n.body));
        }
        Stmt::While(n) => {
            f(N::Statement(&n.condition));
            f(N::StatementBlock(&n.body));
        }
        Stmt::DoWhile(n) | Stmt::DoUntil(n) => {
            f(N::StatementBlock(&n.body));
            f(N::Statement(&n.condition));
        }
        Stmt::Break(n) | Stmt::Continue(n) => n.label.iter().for_each(|e| f(N::Expression(e))),
        Stmt::Return(n) | Stmt::Throw(n) | Stmt::Exit(n) => {
            n.pipeline.iter().for_each(|s| f(N::Statement(s)))
        }
        Stmt::Try(n) => {
            f(N::StatementBlock(&n.body));
            n.catches.iter().for_each(|c| f(N::CatchClause(c)));
            n.finally.iter().for_each(|b| f(N::StatementBlock(b)));
        }
        Stmt::Trap(n) => N::Trap(n).children(f),
        Stmt::Data(n) => {
            n.commands_allowed.iter().for_each(|e| f(N::Expression(e)));
            f(N::StatementBlock(&n.body));
        }
        Stmt::Function(n) => {
            n.parameters.iter().flatten().for_each(|p| f(N::Parameter(p)));
            f(N::ScriptBlock(&n.body));
        }
        Stmt::Type(n) => {
            n.attributes.iter().for_each(|a| f(N::Attribute(a)));
            n.base_types.iter().for_each(|t| f(N::TypeConstraint(t)));
            n.members.iter().for_each(|m| f(N::Member(m)));
        }
        Stmt::Block(n) => f(N::StatementBlock(&n.body)),
        Stmt::Using(n) => N::Using(n).children(f),
        Stmt::Error(n) => {
            for node in n.conditions.iter().chain(&n.bodies).chain(&n.nested) {
                f(any(node));
            }
        }
    }
}

fn any(node: &Node) -> NodeRef<'_> {
    match node {
        Node::Expr(n) => NodeRef::Expression(n),
        Node::Stmt(n) => NodeRef::Statement(n),
        Node::Parameter(n) => NodeRef::CommandParameter(n),
        Node::FunctionParameter(n) => NodeRef::Parameter(n),
        Node::StatementBlock(n) => NodeRef::StatementBlock(n),
        Node::NamedBlock(n) => NodeRef::NamedBlock(n),
        Node::ParamBlock(n) => NodeRef::ParamBlock(n),
        Node::Attribute(n) => attribute_or_type(n),
        Node::NamedArgument(n) => NodeRef::NamedArgument(n),
        Node::CatchClause(n) => NodeRef::CatchClause(n),
        Node::Member(n) => NodeRef::Member(n),
        Node::Redirection(n) => NodeRef::Redirection(n),
    }
}

fn expression_children<'a>(expression: &'a Expr, f: &mut dyn FnMut(NodeRef<'a>)) {
    use NodeRef as N;
    match expression {
        Expr::Variable(_) | Expr::Constant(_) | Expr::StringConstant(_) | Expr::Type(_) => {}
        Expr::ExpandableString(n) => {
            for part in &n.parts {
                if let StringPart::Expr(e) = part {
                    f(N::Expression(e));
                }
            }
        }
        Expr::Binary(n) => {
            f(N::Expression(&n.left));
            f(N::Expression(&n.right));
        }
        Expr::Unary(n) => f(N::Expression(&n.child)),
        Expr::Ternary(n) => {
            f(N::Expression(&n.condition));
            f(N::Expression(&n.if_true));
            f(N::Expression(&n.if_false));
        }
        Expr::Convert(n) => {
            f(N::TypeConstraint(&n.target));
            f(N::Expression(&n.child));
        }
        Expr::Attributed(n) => {
            f(N::Attribute(&n.attribute));
            f(N::Expression(&n.child));
        }
        Expr::Member(n) => {
            f(N::Expression(&n.target));
            f(N::Expression(&n.member));
        }
        Expr::InvokeMember(n) => {
            f(N::Expression(&n.target));
            f(N::Expression(&n.member));
            n.arguments.iter().for_each(|e| f(N::Expression(e)));
        }
        Expr::BaseCtorInvoke(n) => n.arguments.iter().for_each(|e| f(N::Expression(e))),
        Expr::Index(n) => {
            f(N::Expression(&n.target));
            f(N::Expression(&n.index));
        }
        Expr::ArrayLiteral(n) => n.elements.iter().for_each(|e| f(N::Expression(e))),
        Expr::Array(n) | Expr::SubExpression(n) => f(N::StatementBlock(&n.block)),
        Expr::Paren(n) => f(N::Statement(&n.pipeline)),
        Expr::Hashtable(n) => N::Hashtable(n).children(f),
        Expr::ScriptBlock(n) => f(N::ScriptBlock(&n.block)),
        Expr::Using(n) => f(N::Expression(&n.child)),
        Expr::Error(n) => n.nested.iter().for_each(|node| f(any(node))),
    }
}
