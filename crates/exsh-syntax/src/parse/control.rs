//! Control statements: conditions, loops, `switch`, `try`, `trap`, `data`.

use super::command::Context;
use super::*;
use crate::token::TokenValue;

fn label_of(token: &Token) -> Option<Text> {
    match &token.value {
        TokenValue::Label(label) => Some(label.clone()),
        _ => None,
    }
}

/// The label's text and the span where the statement begins.
fn start_of(label: &Option<Token>, keyword: &Token) -> (Option<Text>, Span) {
    match label {
        Some(token) => (label_of(token), token.span),
        None => (None, keyword.span),
    }
}

fn nodes<const N: usize>(statements: [Option<Stmt>; N]) -> Vec<Node> {
    statements.into_iter().flatten().map(Node::Stmt).collect()
}

impl Parser<'_, '_> {
    pub(super) fn if_statement(&mut self, keyword: Token) -> Stmt {
        let start = keyword.span;
        let mut word = keyword;
        let mut clauses: Vec<(Stmt, StatementBlock)> = vec![];
        let broken = |span: Span, clauses: Vec<(Stmt, StatementBlock)>, last: Option<Stmt>| {
            let mut nested = vec![];
            for (condition, body) in clauses {
                if !matches!(condition, Stmt::Error(ref e) if e.span.is_empty()) {
                    nested.push(Node::Stmt(condition));
                }
                nested.push(Node::StatementBlock(body));
            }
            nested.extend(last.map(Node::Stmt));
            error_stmt(span, nested)
        };
        loop {
            self.skip_newlines();
            let text = self.text_of(&word);
            let Some(open) = self.eat(TokenKind::LParen) else {
                self.peek();
                self.incomplete(after(word.span), "MissingOpenParenthesisInIfStatement", &[text]);
                return broken(start.to(word.span), clauses, None);
            };
            self.skip_newlines();
            let condition = self.pipeline_chain();
            if condition.is_none() {
                self.incomplete(after(open.span), "IfStatementMissingCondition", &[text]);
            }
            self.skip_newlines();
            let close = self.next();
            if close.kind != TokenKind::RParen {
                if condition.as_ref().is_some_and(|c| !matches!(c, Stmt::Error(_))) {
                    self.incomplete(close.span, "MissingEndParenthesisAfterStatement", &[text]);
                }
                let end = self.before(close.span);
                self.unget(close);
                return broken(start.to(end), clauses, condition);
            }
            self.skip_newlines();
            let Some(body) = self.statement_block() else {
                self.incomplete(close.span, "MissingStatementBlock", &[text]);
                return broken(start.to(close.span), clauses, condition);
            };
            let mut end = body.span;
            clauses.push((condition.unwrap_or_else(|| error_stmt(after(open.span), vec![])), body));
            let restore = match &self.ungot {
                Some(token) => token.at,
                None => self.lex.restore_point(),
            };
            self.skip_newlines();
            let mut else_block = None;
            match self.peek_kind() {
                TokenKind::ElseIf => {
                    word = self.next();
                    continue;
                }
                TokenKind::Else => {
                    let keyword = self.next();
                    self.skip_newlines();
                    else_block = self.statement_block();
                    match &else_block {
                        Some(block) => end = block.span,
                        None => {
                            self.incomplete(after(keyword.span), "MissingStatementBlockAfterElse", &[]);
                            return broken(start.to(keyword.span), clauses, None);
                        }
                    }
                }
                _ => self.resync(restore),
            }
            return Stmt::If(Box::new(IfStatement { span: start.to(end), clauses, else_block }));
        }
    }

    pub(super) fn foreach_statement(&mut self, label: Option<Token>, keyword: Token) -> Stmt {
        let (label, start) = start_of(&label, &keyword);
        let mut wrong: Option<Span> = None;
        self.skip_newlines();
        let mut parallel = false;
        let mut throttle_limit = None;
        while let Some(token) = self.eat(TokenKind::Parameter) {
            if is_parameter(&token, "parallel") {
                parallel = true;
            } else if is_parameter(&token, "throttlelimit") {
                self.skip_newlines();
                throttle_limit = self.single_argument(Context::Argument);
                if throttle_limit.is_none() {
                    self.incomplete(after(token.span), "MissingThrottleLimit", &[]);
                }
            } else {
                wrong = Some(token.span);
                self.report(token.span, "InvalidForeachFlag", &[parameter_name(&token)]);
            }
            self.skip_newlines();
        }
        let Some(open) = self.eat(TokenKind::LParen) else {
            self.incomplete(after(keyword.span), "MissingOpenParenthesisAfterKeyword", &["foreach"]);
            return error_stmt(start.to(keyword.span), vec![]);
        };
        self.skip_newlines();
        let token = self.next();
        let Some(variable) = script::variable_of(&token) else {
            self.unget(token);
            self.incomplete(after(open.span), "MissingVariableNameAfterForeach", &[]);
            return error_stmt(start.to(open.span), vec![]);
        };
        self.skip_newlines();
        let mut condition = None;
        let mut body = None;
        let mut fail = |p: &mut Self, at: Span, id| {
            p.incomplete(after(at), id, &[]);
            wrong = Some(at);
        };
        match self.eat(TokenKind::In) {
            None => fail(self, variable.span, "MissingInInForeach"),
            Some(word) => {
                self.skip_newlines();
                condition = self.pipeline_chain();
                match &condition {
                    None => fail(self, word.span, "MissingForeachExpression"),
                    Some(pipeline) => {
                        let end = pipeline.span();
                        self.skip_newlines();
                        match self.eat(TokenKind::RParen) {
                            None => fail(self, end, "MissingEndParenthesisAfterForeach"),
                            Some(close) => {
                                body = self.statement_block();
                                if body.is_none() {
                                    fail(self, close.span, "MissingForeachStatement");
                                }
                            }
                        }
                    }
                }
            }
        }
        match (wrong, condition, body) {
            (None, Some(condition), Some(body)) => Stmt::ForEach(Box::new(ForEachStatement {
                span: start.to(body.span),
                label,
                parallel,
                throttle_limit,
                variable,
                condition,
                body,
            })),
            (wrong, condition, body) => {
                let mut nested = vec![Node::Expr(Expr::Variable(Box::new(variable)))];
                nested.extend(condition.map(Node::Stmt));
                nested.extend(body.map(Node::StatementBlock));
                error_stmt(start.to(wrong.unwrap_or(start)), nested)
            }
        }
    }

    pub(super) fn for_statement(&mut self, label: Option<Token>, keyword: Token) -> Stmt {
        let (label, start) = start_of(&label, &keyword);
        self.skip_newlines();
        let Some(open) = self.eat(TokenKind::LParen) else {
            self.incomplete(after(keyword.span), "MissingOpenParenthesisAfterKeyword", &["for"]);
            return error_stmt(start.to(keyword.span), vec![]);
        };
        let mut end = open.span;
        let mut part = |p: &mut Self, more: bool| {
            p.skip_newlines();
            let pipeline = p.pipeline_chain();
            if let Some(pipeline) = &pipeline {
                end = pipeline.span();
            }
            if more && let Some(semicolon) = p.eat(TokenKind::Semi) {
                end = semicolon.span;
            }
            pipeline
        };
        let initializer = part(self, true);
        let condition = part(self, true);
        let iterator = part(self, false);
        self.skip_newlines();
        let Some(close) = self.eat(TokenKind::RParen) else {
            self.incomplete(after(end), "MissingEndParenthesisAfterStatement", &["for"]);
            return error_stmt(start.to(end), nodes([initializer, condition, iterator]));
        };
        let Some(body) = self.statement_block() else {
            self.incomplete(after(close.span), "MissingLoopStatement", &["for"]);
            return error_stmt(start.to(close.span), nodes([initializer, condition, iterator]));
        };
        let span = start.to(body.span);
        Stmt::For(Box::new(ForStatement { span, label, initializer, condition, iterator, body }))
    }

    pub(super) fn while_statement(&mut self, label: Option<Token>, keyword: Token) -> Stmt {
        let (label, start) = start_of(&label, &keyword);
        self.skip_newlines();
        let Some(open) = self.eat(TokenKind::LParen) else {
            let text = self.text_of(&keyword);
            self.incomplete(after(keyword.span), "MissingOpenParenthesisAfterKeyword", &[text]);
            return error_stmt(start.to(keyword.span), vec![]);
        };
        self.skip_newlines();
        let condition = self.pipeline_chain();
        if condition.is_none() {
            self.incomplete(after(open.span), "MissingExpressionAfterKeyword", &["while"]);
        }
        let end = condition.as_ref().map_or(after(open.span), Stmt::span);
        self.skip_newlines();
        let Some(close) = self.eat(TokenKind::RParen) else {
            if condition.as_ref().is_some_and(|c| !matches!(c, Stmt::Error(_))) {
                self.incomplete(after(end), "MissingEndParenthesisAfterStatement", &["while"]);
            }
            return error_stmt(start.to(end), nodes([condition]));
        };
        self.skip_newlines();
        let Some(body) = self.statement_block() else {
            self.incomplete(after(close.span), "MissingLoopStatement", &["while"]);
            return error_stmt(start.to(close.span), nodes([condition]));
        };
        let condition = condition.unwrap_or_else(|| error_stmt(after(open.span), vec![]));
        Stmt::While(Box::new(WhileStatement { span: start.to(body.span), label, condition, body }))
    }

    pub(super) fn do_statement(&mut self, label: Option<Token>, keyword: Token) -> Stmt {
        let (label, start) = start_of(&label, &keyword);
        let Some(body) = self.statement_block() else {
            self.incomplete(after(keyword.span), "MissingLoopStatement", &["do"]);
            return error_stmt(start.to(keyword.span), vec![]);
        };
        let fail = |end: Span, body: StatementBlock, condition: Option<Stmt>| {
            let mut nested = vec![Node::StatementBlock(body)];
            nested.extend(condition.map(Node::Stmt));
            error_stmt(start.to(end), nested)
        };
        self.skip_newlines();
        let word = self.next();
        if !matches!(word.kind, TokenKind::While | TokenKind::Until) {
            self.unget(word);
            self.incomplete(after(body.span), "MissingWhileOrUntilInDoWhile", &[]);
            return fail(body.span, body, None);
        }
        self.skip_newlines();
        let Some(open) = self.eat(TokenKind::LParen) else {
            self.incomplete(after(word.span), "MissingOpenParenthesisAfterKeyword", &[word.kind.text()]);
            return fail(word.span, body, None);
        };
        self.skip_newlines();
        let condition = self.pipeline_chain();
        if condition.is_none() {
            self.incomplete(after(open.span), "MissingExpressionAfterKeyword", &[word.kind.text()]);
        }
        self.skip_newlines();
        let close = self.eat(TokenKind::RParen);
        match (condition, close) {
            (Some(condition), Some(close)) => {
                let span = start.to(close.span);
                let statement = Box::new(WhileStatement { span, label, condition, body });
                if word.kind == TokenKind::Until {
                    Stmt::DoUntil(statement)
                } else {
                    Stmt::DoWhile(statement)
                }
            }
            (Some(condition), None) => {
                let end = condition.span();
                self.incomplete(after(end), "MissingEndParenthesisAfterStatement", &[word.kind.text()]);
                fail(end, body, Some(condition))
            }
            (None, _) => fail(open.span, body, None),
        }
    }

    pub(super) fn trap_statement(&mut self, keyword: Token) -> Stmt {
        let restore = self.lex.restore_point();
        let trap_type = self.handler_type(restore).flatten();
        match self.statement_block() {
            Some(body) => {
                let span = keyword.span.to(body.span);
                Stmt::Trap(Box::new(TrapStatement { span, trap_type, body }))
            }
            None => {
                let end = trap_type.as_ref().map_or(keyword.span, |t| t.span);
                self.incomplete(after(end), "MissingTrapStatement", &[]);
                let nested = trap_type.map(|t| Node::Attribute(AttributeOrType::Type(t)));
                error_stmt(keyword.span.to(end), nested.into_iter().collect())
            }
        }
    }

    /// The type behind `trap` or `catch`. An attribute is none and is left for what comes: `Some(None)`.
    fn handler_type(&mut self, restore: u32) -> Option<Option<TypeConstraint>> {
        if self.was_tried(BEFORE_HANDLER, restore) {
            return Some(None);
        }
        self.skip_newlines();
        match self.attribute()? {
            AttributeOrType::Type(t) => Some(Some(t)),
            AttributeOrType::Attribute(_) => {
                self.note_tried(BEFORE_HANDLER, restore);
                self.resync(restore);
                Some(None)
            }
        }
    }

    pub(super) fn try_statement(&mut self, keyword: Token) -> Stmt {
        let start = keyword.span;
        self.skip_newlines();
        let Some(body) = self.statement_block() else {
            self.incomplete(after(start), "MissingTryStatementBlock", &[]);
            return error_stmt(start, vec![]);
        };
        let mut wrong = None;
        let mut stray = vec![];
        let mut catches = vec![];
        while let Some(clause) = self.catch_clause(&mut wrong, &mut stray) {
            catches.push(clause);
        }
        self.skip_newlines();
        let mut finally = None;
        let mut end = catches.last().map_or(body.span, |c: &CatchClause| c.span);
        if let Some(word) = self.eat(TokenKind::Finally) {
            finally = self.statement_block();
            match &finally {
                Some(block) => end = block.span,
                None => {
                    wrong = Some(word.span);
                    self.incomplete(after(word.span), "MissingFinallyStatementBlock", &["finally"]);
                }
            }
        }
        if catches.is_empty() && finally.is_none() && wrong.is_none() {
            wrong = Some(body.span);
            self.incomplete(after(body.span), "MissingCatchOrFinally", &[]);
        }
        if let Some(end) = wrong {
            let mut nested = vec![Node::StatementBlock(body)];
            nested.extend(catches.into_iter().map(Node::CatchClause));
            nested.extend(stray.into_iter().map(|t| Node::Attribute(AttributeOrType::Type(t))));
            return error_stmt(start.to(end), nested);
        }
        Stmt::Try(Box::new(TryStatement { span: start.to(end), body, catches, finally }))
    }

    fn catch_clause(
        &mut self,
        wrong: &mut Option<Span>,
        stray: &mut Vec<TypeConstraint>,
    ) -> Option<CatchClause> {
        self.skip_newlines();
        let keyword = self.eat(TokenKind::Catch)?;
        let mut types: Vec<TypeConstraint> = vec![];
        let mut comma: Option<Span> = None;
        loop {
            let restore = self.lex.restore_point();
            match self.handler_type(restore) {
                Some(Some(found)) => types.push(found),
                Some(None) => break,
                None => {
                    if let Some(comma) = comma {
                        *wrong = Some(comma);
                        self.incomplete(after(comma), "MissingTypeLiteralToken", &[]);
                    }
                    break;
                }
            }
            self.skip_newlines();
            comma = self.eat(TokenKind::Comma).map(|t| t.span);
            if comma.is_none() {
                break;
            }
        }
        match self.statement_block() {
            Some(body) => Some(CatchClause { span: keyword.span.to(body.span), types, body }),
            None => {
                if comma.is_none() || *wrong != comma {
                    let end = types.last().map_or(keyword.span, |t| t.span);
                    *wrong = Some(end);
                    self.incomplete(after(end), "MissingCatchHandlerBlock", &[]);
                }
                stray.append(&mut types);
                None
            }
        }
    }

    pub(super) fn data_statement(&mut self, keyword: Token) -> Stmt {
        self.skip_newlines();
        let name = self.simple_name();
        self.skip_newlines();
        let mut wrong = None;
        let mut commands_allowed: Vec<Expr> = vec![];
        if let Some(parameter) = self.eat(TokenKind::Parameter) {
            if !is_parameter(&parameter, "supportedcommand") {
                wrong = Some(parameter.span);
                let name = parameter_name(&parameter);
                self.report(parameter.span, "InvalidParameterForDataSectionStatement", &[name]);
            }
            let mut last = parameter.span;
            loop {
                self.skip_newlines();
                let Some(command) = self.single_argument(Context::CommandName) else {
                    if wrong.is_none() {
                        self.incomplete(
                            after(last),
                            "MissingValueForSupportedCommandInDataSectionStatement",
                            &[],
                        );
                    }
                    wrong = Some(last);
                    break;
                };
                commands_allowed.push(command);
                match self.eat(TokenKind::Comma) {
                    Some(comma) => last = comma.span,
                    None => break,
                }
            }
        }
        let body = if wrong.is_none() { self.statement_block() } else { None };
        let Some(body) = body else {
            let end = wrong.unwrap_or_else(|| {
                let named = name.as_ref().map_or(keyword.span, |n| n.span);
                let end = commands_allowed.last().map_or(named, Expr::span);
                self.incomplete(after(end), "MissingStatementBlockForDataSection", &[]);
                end
            });
            return error_stmt(keyword.span.to(end), commands_allowed.into_iter().map(Node::Expr).collect());
        };
        let span = keyword.span.to(body.span);
        Stmt::Data(Box::new(DataStatement { span, variable: name.map(|n| n.value), commands_allowed, body }))
    }
}

pub(super) fn parameter_name(token: &Token) -> &str {
    match &token.value {
        TokenValue::Parameter { name, .. } => name,
        _ => "",
    }
}

/// Whether a parameter is this one, perhaps shortened.
pub(super) fn is_parameter(token: &Token, full: &str) -> bool {
    let name = parameter_name(token);
    full.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}
