//! What may stand in a `data` section: the restricted language.

use crate::ast::*;
use crate::problem::{Notes, message_of};
use crate::source::Span;
use crate::visit::NodeRef;

/// Types whose values are plain data; all others are refused, as far as names tell.
static PLAIN_TYPES: [&str; 32] = [
    "string",
    "char",
    "byte",
    "sbyte",
    "int16",
    "uint16",
    "short",
    "ushort",
    "int",
    "int32",
    "uint",
    "uint32",
    "long",
    "int64",
    "ulong",
    "uint64",
    "single",
    "float",
    "double",
    "decimal",
    "bool",
    "boolean",
    "datetime",
    "dbnull",
    "system.string",
    "system.char",
    "system.byte",
    "system.int32",
    "system.int64",
    "system.double",
    "system.decimal",
    "system.boolean",
];

const ALLOWED_VARIABLES: [&str; 5] = ["PSCulture", "PSUICulture", "true", "false", "null"];

pub(super) fn check(section: &DataStatement, source: &str, notes: &mut Notes) {
    let mut commands = Some(vec!["ConvertFrom-StringData"]);
    for allowed in &section.commands_allowed {
        match (allowed, &mut commands) {
            (Expr::StringConstant(name), Some(list)) => list.push(&name.value),
            // A computed name is looked at when the section runs.
            _ => commands = None,
        }
    }
    let mut checker = Restricted { source, notes, commands };
    checker.node(NodeRef::StatementBlock(&section.body));
}

struct Restricted<'a, 's> {
    source: &'s str,
    notes: &'s mut Notes,
    commands: Option<Vec<&'a str>>,
}

impl<'a> Restricted<'a, '_> {
    fn report(&mut self, span: Span, id: &'static str, args: &[&str]) {
        self.notes.add(id, span, message_of(id, args), false);
    }

    fn node(&mut self, node: NodeRef<'a>) {
        self.look_at(node);
        node.children(&mut |child| self.node(child));
    }

    fn look_at(&mut self, node: NodeRef<'a>) {
        match node {
            NodeRef::ScriptBlock(n) => self.report(n.span, "ScriptBlockNotSupportedInDataSection", &[]),
            NodeRef::ParamBlock(n) => {
                self.report(n.span, "ParameterDeclarationNotSupportedInDataSection", &[])
            }
            NodeRef::TypeConstraint(n) => self.type_name(n.span, &n.type_name),
            NodeRef::Attribute(n) => self.report(n.span, "AttributeNotSupportedInDataSection", &[]),
            NodeRef::Trap(n) => self.report(n.span, "TrapStatementNotSupportedInDataSection", &[]),
            NodeRef::Redirection(n) => self.report(n.span(), "RedirectionNotSupportedInDataSection", &[]),
            NodeRef::Command(n) => self.command(n),
            NodeRef::Variable(n) => self.variable(n),
            NodeRef::Statement(n) => self.statement(n),
            NodeRef::Expression(n) => self.expression(n),
            _ => {}
        }
    }

    fn statement(&mut self, statement: &Stmt) {
        let id = match statement {
            Stmt::Function(_) => "FunctionDeclarationNotSupportedInDataSection",
            Stmt::Switch(_) => "SwitchStatementNotSupportedInDataSection",
            Stmt::Data(_) => "DataSectionStatementNotSupportedInDataSection",
            Stmt::ForEach(_) => "ForeachStatementNotSupportedInDataSection",
            Stmt::DoWhile(_) | Stmt::DoUntil(_) => "DoWhileStatementNotSupportedInDataSection",
            Stmt::For(_) | Stmt::While(_) => "ForWhileStatementNotSupportedInDataSection",
            Stmt::Try(_) => "TryStatementNotSupportedInDataSection",
            Stmt::Break(_) | Stmt::Continue(_) | Stmt::Return(_) | Stmt::Exit(_) | Stmt::Throw(_) => {
                "FlowControlStatementNotSupportedInDataSection"
            }
            Stmt::Assignment(_) => "AssignmentStatementNotSupportedInDataSection",
            Stmt::Block(_) => "ParallelAndSequenceBlockNotSupportedInDataSection",
            _ => return,
        };
        self.report(statement.span(), id, &[]);
    }

    fn expression(&mut self, expression: &Expr) {
        match expression {
            Expr::Variable(n) => self.variable(n),
            Expr::Type(n) => self.type_name(n.span, &n.type_name),
            Expr::Member(n) => self.report(n.span, "PropertyReferenceNotSupportedInDataSection", &[]),
            Expr::InvokeMember(n) => self.report(n.span, "MethodCallNotSupportedInDataSection", &[]),
            Expr::Index(n) => self.report(n.span, "ArrayReferenceNotSupportedInDataSection", &[]),
            Expr::Binary(n) => {
                use BinaryOperator as B;
                let refused = match n.operator {
                    B::DotDot => "..",
                    B::Format => "-f",
                    B::Join => "-join",
                    B::As => "-as",
                    B::Imatch => "-imatch",
                    B::Inotmatch => "-inotmatch",
                    B::Ireplace => "-ireplace",
                    B::Isplit => "-isplit",
                    B::Cmatch => "-cmatch",
                    B::Cnotmatch => "-cnotmatch",
                    B::Creplace => "-creplace",
                    B::Csplit => "-csplit",
                    _ => return,
                };
                self.report(n.operator_span, "OperatorNotSupportedInDataSection", &[refused]);
            }
            Expr::Unary(n) => {
                use UnaryOperator as U;
                let refused = match n.operator {
                    U::Join => "-join",
                    U::Isplit => "-isplit",
                    U::Csplit => "-csplit",
                    U::PlusPlus | U::PostfixPlusPlus => "++",
                    U::MinusMinus | U::PostfixMinusMinus => "--",
                    _ => return,
                };
                self.report(n.span, "OperatorNotSupportedInDataSection", &[refused]);
            }
            _ => {}
        }
    }

    fn variable(&mut self, variable: &Variable) {
        if !ALLOWED_VARIABLES.iter().any(|v| v.eq_ignore_ascii_case(&variable.path.user_path)) {
            let list = "$PSCulture, $PSUICulture, $true, $false, $null";
            self.report(variable.span, "VariableReferenceNotSupportedInDataSection", &[list]);
        }
    }

    fn type_name(&mut self, span: Span, name: &TypeName) {
        let element = match &name.form {
            TypeNameForm::Array { of, .. } => of,
            _ => name,
        };
        if !PLAIN_TYPES.iter().any(|t| t.eq_ignore_ascii_case(&element.name)) {
            self.report(span, "TypeNotAllowedInDataSection", &[&name.full_name()]);
        }
    }

    fn command(&mut self, command: &Command) {
        if command.invocation == InvocationOperator::Dot {
            self.report(command.span, "DotSourcingNotSupportedInDataSection", &[]);
            return;
        }
        let Some(allowed) = &self.commands else { return };
        let name = match command.elements.first() {
            Some(CommandElement::Expr(Expr::StringConstant(name))) => &*name.value,
            _ if command.invocation == InvocationOperator::Ampersand => {
                self.report(command.span, "OperatorNotSupportedInDataSection", &["&"]);
                return;
            }
            _ => {
                let span = command.span;
                self.source.get(span.start as usize..span.end() as usize).unwrap_or("")
            }
        };
        if !allowed.iter().any(|a| a.eq_ignore_ascii_case(name)) {
            let name = name.to_owned();
            self.report(command.span, "CmdletNotInAllowedListForDataSection", &[&name]);
        }
    }
}
