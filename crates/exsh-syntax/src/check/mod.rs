//! What a tree must not say although it can be read: the reference's semantic checks, as far as the text alone decides.
//!
//! Left to the run, because they need types: whether types and attributes exist and fit, and whether a method's variable
//! is assigned on every way to its use (`VariableNotLocal`).

mod data_section;
mod flow;

use crate::ast::*;
use crate::problem::{Notes, message_of};
use crate::source::Span;
use crate::text::Text;
use crate::visit::NodeRef;

pub(crate) fn check(tree: &ScriptBlock, source: &str, notes: &mut Notes) {
    let mut checker = Checker { source, notes, above: vec![], members: vec![] };
    checker.node(NodeRef::ScriptBlock(tree));
}

struct Checker<'a, 's> {
    source: &'s str,
    notes: &'s mut Notes,
    /// The nodes from the root down to the one at hand, which is not among them.
    above: Vec<NodeRef<'a>>,
    /// Class members around the node at hand; `None` for a script block in between.
    members: Vec<Option<&'a Member>>,
}

impl<'a> Checker<'a, '_> {
    fn report(&mut self, span: Span, id: &'static str, args: &[&str]) {
        self.notes.add(id, span, message_of(id, args), false);
    }

    fn text(&self, span: Span) -> &str {
        self.source.get(span.start as usize..span.end() as usize).unwrap_or("")
    }

    fn node(&mut self, node: NodeRef<'a>) {
        let depth = self.members.len();
        match node {
            NodeRef::ScriptBlock(_) => {
                let of_method = matches!(self.above.last(), Some(NodeRef::Member(_)));
                if !of_method {
                    self.members.push(None);
                }
            }
            NodeRef::Member(member) => self.members.push(Some(member)),
            _ => {}
        }
        self.look_at(node);
        self.above.push(node);
        node.children(&mut |child| self.node(child));
        self.above.pop();
        self.members.truncate(depth);
    }

    fn look_at(&mut self, node: NodeRef<'a>) {
        match node {
            NodeRef::ParamBlock(n) => self.parameters(&n.parameters),
            NodeRef::Parameter(n) => self.parameter(n),
            NodeRef::Attribute(n) => self.attribute(n),
            NodeRef::Member(Member::Function(n)) => self.method(n),
            NodeRef::Using(n) => self.using(n),
            NodeRef::Statement(n) => self.statement(n),
            NodeRef::Hashtable(n) => self.hashtable(n),
            NodeRef::Variable(n) => self.variable(n),
            NodeRef::Expression(n) => self.expression(n),
            _ => {}
        }
    }

    fn statement(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Function(n) => {
                match (&n.parameters, &n.body.param_block) {
                    (Some(_), Some(block)) => self.report(block.span, "OnlyOneParameterListAllowed", &[]),
                    (Some(parameters), None) => self.parameters(parameters),
                    _ => {}
                }
                if n.kind == FunctionKind::Workflow {
                    self.report(n.span, "WorkflowNotSupportedInPowerShellCore", &[]);
                }
            }
            Stmt::Switch(n) if n.flags.parallel => {
                self.report(n.span, "KeywordParameterReservedForFutureUse", &["switch", "parallel"]);
            }
            Stmt::ForEach(n) => {
                if n.parallel {
                    self.report(n.span, "KeywordParameterReservedForFutureUse", &["foreach", "parallel"]);
                }
                if n.throttle_limit.is_some() {
                    self.report(
                        n.span,
                        "KeywordParameterReservedForFutureUse",
                        &["foreach", "throttlelimit"],
                    );
                    if !n.parallel {
                        self.report(n.span, "ThrottleLimitRequiresParallelFlag", &[]);
                    }
                }
            }
            Stmt::Data(n) => data_section::check(n, self.source, self.notes),
            Stmt::Try(n) => self.catches(n),
            Stmt::Break(n) | Stmt::Continue(n) => {
                let label = match &n.label {
                    None => Some(""),
                    Some(Expr::StringConstant(s)) => Some(&*s.value),
                    Some(_) => None,
                };
                self.leaves_finally(n.span, label);
                if let Some(label) = label.filter(|l| !l.is_empty()) {
                    self.label(n.span, label);
                }
            }
            Stmt::Return(n) => {
                self.leaves_finally(n.span, None);
                if let Some(Some(Member::Function(method))) = self.members.last() {
                    let void = returns_nothing(method);
                    if n.pipeline.is_some() && void {
                        self.report(n.span, "VoidMethodHasReturn", &[]);
                    } else if n.pipeline.is_none() && !void {
                        self.report(n.span, "NonVoidMethodMissingReturnValue", &[]);
                    }
                }
            }
            Stmt::Assignment(n) => {
                let simple = n.operator == AssignOperator::Equals;
                self.target(&n.left, simple, "InvalidLeftHandSide", &[]);
            }
            Stmt::Block(n) => {
                let keyword = self.text(n.kind_span).to_owned();
                self.report(n.kind_span, "UnexpectedKeyword", &[&keyword]);
            }
            Stmt::Using(n) => self.using(n),
            _ => {}
        }
    }

    fn expression(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Variable(n) => self.variable(n),
            Expr::Unary(n) => {
                let text = match n.operator {
                    UnaryOperator::PlusPlus | UnaryOperator::PostfixPlusPlus => "++",
                    UnaryOperator::MinusMinus | UnaryOperator::PostfixMinusMinus => "--",
                    _ => return,
                };
                self.target(&n.child, false, "OperatorRequiresVariableOrProperty", &[text]);
            }
            Expr::Convert(n) => {
                let name = &n.target.type_name.name;
                if name.eq_ignore_ascii_case("ordered") && !matches!(n.child, Expr::Hashtable(_)) {
                    self.report(n.span, "OrderedAttributeOnlyOnHashLiteralNode", &[name]);
                }
            }
            Expr::Using(n) => {
                if let Some(wrong) = wrong_in_using(&n.child) {
                    self.report(wrong, "InvalidUsingExpression", &[]);
                }
            }
            Expr::Hashtable(n) => self.hashtable(n),
            Expr::Attributed(n) => {
                let mut child = &n.child;
                loop {
                    child = match child {
                        Expr::Variable(_) => return,
                        Expr::Attributed(inner) => &inner.child,
                        Expr::Convert(inner) => &inner.child,
                        _ => break,
                    };
                }
                self.report(n.attribute.span, "UnexpectedAttribute", &[&n.attribute.type_name.full_name()]);
            }
            _ => {}
        }
    }

    fn variable(&mut self, variable: &Variable) {
        if variable.splatted {
            let mut above = self.above.iter().rev();
            let parent = above.next();
            let in_command =
                matches!(parent, Some(NodeRef::Command(_)) | Some(NodeRef::Expression(Expr::Using(_))));
            if !in_command {
                let in_list = matches!(parent, Some(NodeRef::Expression(Expr::ArrayLiteral(_))))
                    && matches!(above.next(), Some(NodeRef::Command(_)));
                let id =
                    if in_list { "SplattingNotPermittedInArgumentList" } else { "SplattingNotPermitted" };
                self.report(variable.span, id, &[&variable.path.user_path]);
            }
        }
        if variable.path.user_path.len() == 4 && variable.path.user_path.eq_ignore_ascii_case("this") {
            let in_static = match self.members.last() {
                Some(Some(Member::Function(m))) => m.is_static,
                Some(Some(Member::Property(m))) => m.is_static,
                _ => false,
            };
            if in_static {
                self.report(
                    variable.span,
                    "NonStaticMemberAccessInStaticMember",
                    &[&variable.path.user_path],
                );
            }
        }
    }

    fn parameters(&mut self, parameters: &[Parameter]) {
        let mut seen: Vec<String> = vec![];
        for parameter in parameters {
            let name = parameter.name.path.user_path.to_lowercase();
            if seen.contains(&name) {
                self.report(
                    parameter.name.span,
                    "DuplicateFormalParameter",
                    &[&parameter.name.path.user_path],
                );
            } else {
                seen.push(name);
            }
            for attribute in &parameter.attributes {
                if let AttributeOrType::Type(t) = attribute
                    && is_void(&t.type_name)
                {
                    self.report(t.span, "VoidTypeConstraintNotAllowed", &[]);
                    break;
                }
            }
        }
    }

    fn parameter(&mut self, parameter: &Parameter) {
        let of_method = matches!(self.above.last(), Some(NodeRef::Member(_)));
        let mut types = 0;
        for attribute in &parameter.attributes {
            let AttributeOrType::Type(t) = attribute else { continue };
            if t.type_name.name.eq_ignore_ascii_case("ordered") {
                self.report(t.span, "OrderedAttributeOnlyOnHashLiteralNode", &[&t.type_name.name]);
            } else if of_method {
                types += 1;
                if types > 1 {
                    self.report(t.span, "MultipleTypeConstraintsOnMethodParam", &[]);
                }
            }
        }
    }

    /// Arguments must be constant; outside of classes script blocks may be, too.
    fn attribute(&mut self, attribute: &Attribute) {
        let in_class = match self.above.last() {
            Some(NodeRef::Member(_)) | Some(NodeRef::Statement(Stmt::Type(_))) => true,
            Some(NodeRef::Parameter(_)) => matches!(self.members.last(), Some(Some(Member::Function(_)))),
            _ => false,
        };
        let id = if in_class {
            "ParameterAttributeArgumentNeedsToBeConstant"
        } else {
            "ParameterAttributeArgumentNeedsToBeConstantOrScriptBlock"
        };
        let mut names: Vec<&Text> = vec![];
        for argument in &attribute.named {
            if names.iter().any(|n| n.eq_ignore_ascii_case(&argument.name)) {
                self.report(argument.span, "DuplicateNamedArgument", &[&argument.name]);
            } else if !argument.value_omitted && !is_constant(&argument.value, !in_class) {
                self.report(argument.value.span(), id, &[]);
            }
            names.push(&argument.name);
        }
        for argument in &attribute.positional {
            if !is_constant(argument, !in_class) {
                self.report(argument.span(), id, &[]);
            }
        }
    }

    fn method(&mut self, method: &FunctionMember) {
        let body = &method.body;
        if let Some(block) = &body.param_block {
            self.report(block.span, "ParamBlockNotAllowedInMethod", &[]);
        }
        let named = [&body.dynamic_param, &body.begin, &body.process, &body.end, &body.clean];
        if let Some(first) = named.into_iter().flatten().find(|b| !b.unnamed) {
            self.report(first.span, "NamedBlockNotAllowedInMethod", &[]);
        }
        if let Some(return_type) = &method.return_type
            && method.is_constructor
        {
            self.report(return_type.span, "ConstructorCantHaveReturnType", &[]);
        }
        if !returns_nothing(method) && flow::runs_off(body) {
            self.report(method.name_span, "MethodHasCodePathNotReturn", &[]);
        }
    }

    fn catches(&mut self, statement: &TryStatement) {
        for (i, clause) in statement.catches.iter().enumerate() {
            if clause.types.is_empty()
                && let Some(next) = statement.catches.get(i + 1)
            {
                self.report(Span::empty(next.span.start.saturating_sub(1)), "EmptyCatchNotLast", &[]);
            }
            for later in &statement.catches[i + 1..] {
                for caught in &later.types {
                    let name = &caught.type_name.name;
                    if clause.types.iter().any(|t| t.type_name.name.eq_ignore_ascii_case(name)) {
                        self.report(caught.span, "ExceptionTypeAlreadyCaught", &[name]);
                    }
                }
            }
        }
    }

    /// A jump must not lead out of a `finally` block.
    fn leaves_finally(&mut self, span: Span, label: Option<&str>) {
        let mut inner: Option<NodeRef> = None;
        for node in self.above.iter().rev() {
            match node {
                NodeRef::NamedBlock(_) | NodeRef::Trap(_) | NodeRef::ScriptBlock(_) => return,
                NodeRef::Statement(statement) => {
                    if let (Some(wanted), Some(own)) = (label, loop_label(statement))
                        && (wanted.is_empty() || wanted.eq_ignore_ascii_case(own))
                    {
                        return;
                    }
                    if let (Stmt::Try(t), Some(NodeRef::StatementBlock(block))) = (statement, inner)
                        && t.finally.as_ref().is_some_and(|f| std::ptr::eq(f, block))
                    {
                        self.report(span, "ControlLeavingFinally", &[]);
                        return;
                    }
                }
                _ => {}
            }
            inner = Some(*node);
        }
    }

    /// In a method a label must be one of a loop around the jump.
    fn label(&mut self, span: Span, label: &str) {
        for node in self.above.iter().rev() {
            match node {
                NodeRef::Member(_) => {
                    self.report(span, "LabelNotFound", &[label]);
                    return;
                }
                NodeRef::Statement(Stmt::Function(_)) => return,
                NodeRef::Statement(Stmt::Switch(_)) => {}
                NodeRef::Statement(statement)
                    if loop_label(statement).is_some_and(|l| l.eq_ignore_ascii_case(label)) =>
                {
                    return;
                }
                _ => {}
            }
        }
    }

    /// Whether something can be assigned to; lists only with a plain `=`.
    fn target(&mut self, expression: &Expr, simple: bool, id: &'static str, args: &[&str]) {
        let wrong = match expression {
            Expr::ArrayLiteral(n) if simple => {
                for element in &n.elements {
                    self.target(element, true, id, args);
                }
                return;
            }
            Expr::Paren(n) => match pure_expression(&n.pipeline) {
                Some(inner) => return self.target(inner, simple, id, args),
                None => n.pipeline.span(),
            },
            Expr::Variable(_) => return,
            Expr::Member(n) if !n.null_conditional => return,
            Expr::Index(n) if !n.null_conditional => return,
            Expr::InvokeMember(n) if !n.null_conditional => return,
            Expr::Convert(_) | Expr::Attributed(_) => {
                return self.converted_target(expression, simple, id, args);
            }
            other => other.span(),
        };
        self.report(wrong, id, args);
    }

    fn converted_target(&mut self, expression: &Expr, simple: bool, id: &'static str, args: &[&str]) {
        let mut converts = 0;
        let mut reference = None;
        let mut child = expression;
        loop {
            child = match child {
                Expr::Convert(n) => {
                    converts += 1;
                    if n.target.type_name.name.eq_ignore_ascii_case("ref") {
                        reference = Some(n.target.span);
                    } else if is_void(&n.target.type_name) {
                        self.report(n.target.span, "VoidTypeConstraintNotAllowed", &[]);
                    }
                    &n.child
                }
                Expr::Attributed(n) => &n.child,
                _ => break,
            };
        }
        match reference {
            Some(span) if converts > 1 => {
                self.report(span, "ReferenceNeedsToBeByItselfInTypeConstraint", &[])
            }
            _ => self.target(child, simple, id, args),
        }
    }

    fn hashtable(&mut self, table: &Hashtable) {
        let numbers: Vec<String> = table.pairs.iter().map(|(key, _)| number_key(key)).collect();
        let mut names: Vec<&str> = vec![];
        let mut keys: Vec<&Expr> = vec![];
        for ((key, _), number) in table.pairs.iter().zip(&numbers) {
            match key {
                Expr::StringConstant(text) => names.push(&text.value),
                Expr::Constant(_) => names.push(number),
                _ => continue,
            }
            keys.push(key);
        }
        for i in repeated(&names) {
            self.report(keys[i].span(), "DuplicateKeyInHashLiteral", &[names[i]]);
        }
    }

    fn using(&mut self, using: &UsingStatement) {
        let supported = matches!(using.kind, UsingKind::Namespace | UsingKind::Assembly | UsingKind::Module);
        if !supported || using.alias.is_some() {
            self.report(using.span, "UsingStatementNotSupported", &[]);
        }
        if let Some(name) = &using.name
            && using.kind == UsingKind::Namespace
            && !is_namespace(&name.value)
        {
            self.report(name.span, "InvalidNamespaceValue", &[]);
        }
    }
}

/// A key that is a number, as text.
fn number_key(key: &Expr) -> String {
    match key {
        Expr::Constant(c) => crate::dump::literal_text(&c.value),
        _ => String::new(),
    }
}

/// Indexes of names that stood before already, in whatever case.
fn repeated(names: &[&str]) -> Vec<usize> {
    if names.len() <= 12 && names.iter().all(|n| n.is_ascii()) {
        let before = |i: usize| names[..i].iter().any(|n| n.eq_ignore_ascii_case(names[i]));
        return (1..names.len()).filter(|&i| before(i)).collect();
    }
    let mut seen = std::collections::HashSet::new();
    (0..names.len()).filter(|&i| !seen.insert(names[i].to_lowercase())).collect()
}

fn is_namespace(text: &str) -> bool {
    text.split('.').all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
            && chars.all(|c| c.is_alphanumeric() || c == '_')
    })
}

fn is_void(name: &TypeName) -> bool {
    name.name.eq_ignore_ascii_case("void") || name.name.eq_ignore_ascii_case("System.Void")
}

fn returns_nothing(method: &FunctionMember) -> bool {
    method.return_type.as_ref().is_none_or(|t| is_void(&t.type_name))
}

/// The label of a statement that `break` and `continue` may mean; empty if it has none.
fn loop_label(statement: &Stmt) -> Option<&str> {
    let label = match statement {
        Stmt::ForEach(n) => &n.label,
        Stmt::For(n) => &n.label,
        Stmt::While(n) | Stmt::DoWhile(n) | Stmt::DoUntil(n) => &n.label,
        Stmt::Switch(n) => &n.label,
        _ => return None,
    };
    Some(label.as_deref().unwrap_or(""))
}

/// A pipeline that is nothing but an expression.
fn pure_expression(statement: &Stmt) -> Option<&Expr> {
    match statement {
        Stmt::Pipeline(p) => match p.elements.as_slice() {
            [PipelineElement::Expression(e)] if e.redirections.is_empty() => Some(&e.expression),
            _ => None,
        },
        Stmt::Expression(e) if e.redirections.is_empty() => Some(&e.expression),
        _ => None,
    }
}

/// What may not stand in a `$using:` expression.
fn wrong_in_using(expression: &Expr) -> Option<Span> {
    match expression {
        Expr::Variable(_) => None,
        Expr::Member(n) if matches!(n.member, Expr::StringConstant(_)) => wrong_in_using(&n.target),
        Expr::Index(n) if is_constant(&n.index, true) => wrong_in_using(&n.target),
        Expr::Index(n) => Some(n.index.span()),
        other => Some(other.span()),
    }
}

/// What an attribute's argument may be: constants, types, lists and tables of such, operators on them.
fn is_constant(expression: &Expr, blocks: bool) -> bool {
    match expression {
        Expr::Constant(_) | Expr::StringConstant(_) | Expr::Type(_) => true,
        Expr::ScriptBlock(_) => blocks,
        Expr::Variable(n) => {
            ["true", "false", "null"].iter().any(|v| n.path.user_path.eq_ignore_ascii_case(v))
        }
        Expr::Unary(n) => !is_step(n.operator) && is_constant(&n.child, blocks),
        Expr::Binary(n) => is_constant(&n.left, blocks) && is_constant(&n.right, blocks),
        Expr::Ternary(n) => [&n.condition, &n.if_true, &n.if_false].iter().all(|e| is_constant(e, blocks)),
        Expr::Convert(n) => is_constant(&n.child, blocks),
        Expr::ArrayLiteral(n) => n.elements.iter().all(|e| is_constant(e, blocks)),
        Expr::Paren(n) => pure_expression(&n.pipeline).is_some_and(|e| is_constant(e, blocks)),
        Expr::Array(n) | Expr::SubExpression(n) => {
            n.block.traps.is_empty()
                && n.block
                    .statements
                    .iter()
                    .all(|s| pure_expression(s).is_some_and(|e| is_constant(e, blocks)))
        }
        Expr::Hashtable(n) => n.pairs.iter().all(|(k, v)| {
            is_constant(k, blocks) && pure_expression(v).is_some_and(|e| is_constant(e, blocks))
        }),
        Expr::Member(n) => {
            n.is_static && matches!(n.target, Expr::Type(_)) && matches!(n.member, Expr::StringConstant(_))
        }
        _ => false,
    }
}

fn is_step(operator: UnaryOperator) -> bool {
    use UnaryOperator as U;
    matches!(operator, U::PlusPlus | U::MinusMinus | U::PostfixPlusPlus | U::PostfixMinusMinus)
}
