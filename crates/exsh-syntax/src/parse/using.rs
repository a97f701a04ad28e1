//! `using namespace`, `using module` and their kin.

use super::command::Context;
use super::*;

impl<'t> Parser<'t, '_> {
    pub(super) fn using_statement(&mut self, using: Token) -> Stmt {
        let directive = self.next();
        let (kind, alias_allowed, alias_required) = match directive.kind {
            TokenKind::Namespace => (UsingKind::Namespace, true, false),
            TokenKind::Type => (UsingKind::Type, false, true),
            TokenKind::Module => (UsingKind::Module, true, false),
            TokenKind::Command => (UsingKind::Command, false, true),
            TokenKind::Assembly => (UsingKind::Assembly, false, false),
            _ => {
                self.unget(directive);
                self.incomplete(after(using.span), "MissingUsingStatementDirective", &[]);
                return error_stmt(using.span, vec![]);
            }
        };
        let item_token = self.next();
        if matches!(
            item_token.kind,
            TokenKind::EndOfInput | TokenKind::NewLine | TokenKind::Comma | TokenKind::Semi
        ) {
            self.incomplete(after(directive.span), "MissingUsingItemName", &[]);
            return error_stmt(using.span.to(directive.span), vec![]);
        }
        let (item_span, item_text) = (item_token.span, self.text_of(&item_token));
        let Some(item) = self.command_argument(Context::Argument, item_token) else {
            self.report(item_span, "InvalidValueForUsingItemName", &[item_text]);
            self.sync_on_error(true, &[TokenKind::Semi, TokenKind::NewLine]);
            return error_stmt(using.span.to(item_span), vec![]);
        };
        let end = item.span();
        let mut statement = UsingStatement {
            span: using.span.to(end),
            kind,
            name: None,
            alias: None,
            module_specification: None,
        };
        match item {
            Expr::StringConstant(name) => statement.name = Some(*name),
            Expr::Hashtable(table) if kind == UsingKind::Module => {
                statement.module_specification = Some(*table)
            }
            _ => {
                let text = self.source_text(end);
                self.report(end, "InvalidValueForUsingItemName", &[text]);
                return error_stmt(using.span.to(end), vec![]);
            }
        }
        if (alias_allowed || alias_required) && statement.module_specification.is_none() {
            if let Some(equals) = self.eat(TokenKind::Equals) {
                return self.using_alias(using.span, equals.span, statement);
            }
            if alias_required {
                self.incomplete(after(item_span), "MissingEqualsInUsingAlias", &[]);
                let nested = named_nodes(statement);
                return error_stmt(using.span.to(end), nested);
            }
        }
        self.require_statement_terminator();
        Stmt::Using(Box::new(statement))
    }

    fn using_alias(&mut self, using: Span, equals: Span, mut statement: UsingStatement) -> Stmt {
        let token = self.next();
        let span = token.span;
        match token.kind {
            TokenKind::EndOfInput | TokenKind::NewLine | TokenKind::Semi => {
                self.unget(token);
                self.incomplete(after(equals), "MissingNamespaceAlias", &[]);
                return error_stmt(using.to(equals), vec![]);
            }
            TokenKind::Comma => {
                self.report(span, "UnexpectedUnaryOperator", &[","]);
                return error_stmt(using.to(span), vec![]);
            }
            _ => {}
        }
        match self.command_argument(Context::Argument, token) {
            Some(Expr::Hashtable(table)) if statement.kind == UsingKind::Module => {
                statement.module_specification = Some(*table);
            }
            Some(Expr::StringConstant(alias)) => statement.alias = Some(*alias),
            other => {
                let wrong = other.as_ref().map_or(span, Expr::span);
                let text = self.source_text(wrong);
                self.report(wrong, "InvalidValueForUsingItemName", &[text]);
                let mut nested = named_nodes(statement);
                nested.extend(other.map(Node::Expr));
                return error_stmt(using.to(wrong), nested);
            }
        }
        self.require_statement_terminator();
        statement.span = using.to(span);
        Stmt::Using(Box::new(statement))
    }

    fn require_statement_terminator(&mut self) {
        let token = self.peek();
        let (kind, span) = (token.kind, token.span);
        match kind {
            TokenKind::NewLine | TokenKind::Semi => self.skip(),
            TokenKind::EndOfInput => {}
            _ => {
                self.incomplete(span, "MissingStatementTerminator", &[]);
            }
        }
    }

    /// Text of a span of this text, which is the source itself where using statements may stand.
    fn source_text(&self, span: Span) -> &'t str {
        self.lex.at.text().get(span.start as usize..span.end() as usize).unwrap_or("")
    }
}

fn named_nodes(statement: UsingStatement) -> Vec<Node> {
    statement.name.into_iter().map(|n| Node::Expr(Expr::StringConstant(Box::new(n)))).collect()
}
