//! Primary expressions and what hangs on them: members, calls, indexes.

use super::command::Context;
use super::*;
use crate::cursor::Mode;
use crate::lex::Origin;
use crate::token::{Piece, SubText, TokenValue};

/// What a string inside of a string adds to the depth: its text is read once a level, so there must not be many.
const STRING_WEIGHT: u32 = 24;

impl Parser<'_, '_> {
    /// A primary as an argument: counted like an operand, so that words nested in words are bounded.
    pub(super) fn guarded_primary(&mut self) -> Option<Expr> {
        if !self.enter() {
            return None;
        }
        let outer = std::mem::replace(&mut self.height, 0);
        let result = self.primary(true);
        self.height = outer.max(self.height + 1);
        self.leave();
        result
    }

    pub(super) fn primary(&mut self, members: bool) -> Option<Expr> {
        use TokenKind as K;
        let token = self.next();
        let expression = match token.kind {
            K::SplattedVariable | K::Variable => self.variable(&token, members)?,
            K::Number => {
                let value = match token.value {
                    TokenValue::Number(Some(value)) => value,
                    _ => Literal::Null,
                };
                Expr::Constant(Box::new(Constant { span: token.span, value }))
            }
            K::StringExpandable => self.string(token, StringKind::DoubleQuoted),
            K::HereStringExpandable => self.string(token, StringKind::DoubleQuotedHereString),
            K::StringLiteral => self.string(token, StringKind::SingleQuoted),
            K::HereStringLiteral => self.string(token, StringKind::SingleQuotedHereString),
            K::LParen => self.parenthesized(token.span),
            K::AtParen | K::DollarParen => self.sub_expression(token),
            K::AtCurly => self.hashtable(token.span),
            K::LCurly => self.script_block_expression(token),
            _ => {
                self.unget(token);
                return None;
            }
        };
        if !members {
            return Some(expression);
        }
        let operator = self.next_member_access(true);
        Some(self.member_accesses(operator, expression))
    }

    /// `$x`, or `$using:x`, which takes in the members that hang on it.
    fn variable(&mut self, token: &Token, members: bool) -> Option<Expr> {
        let variable = script::variable_of(token)?;
        let path = &variable.path;
        if !path.drive().is_some_and(|d| d.eq_ignore_ascii_case("using")) || path.name().is_empty() {
            return Some(Expr::Variable(Box::new(variable)));
        }
        let path = VariablePath::parse(path.name());
        let mut child = Expr::Variable(Box::new(Variable { path, ..variable }));
        if members {
            let operator = self.next_member_access(true);
            child = self.member_accesses(operator, child);
        }
        Some(Expr::Using(Box::new(UsingExpression { span: child.span(), child })))
    }

    fn string(&mut self, token: Token, kind: StringKind) -> Expr {
        match token.value {
            TokenValue::Expandable(_) => self.expandable(token, kind),
            TokenValue::Text(value) => {
                Expr::StringConstant(Box::new(StringConstant { span: token.span, value, kind }))
            }
            _ => bare_word_expr(token.span, ""),
        }
    }

    /// A string with expressions in it; these are parsed now.
    pub(super) fn expandable(&mut self, mut token: Token, kind: StringKind) -> Expr {
        let TokenValue::Expandable(content) = std::mem::replace(&mut token.value, TokenValue::None) else {
            return bare_word_expr(token.span, "");
        };
        let mut parts = vec![];
        let mut nested = vec![];
        for piece in content.pieces {
            match piece {
                Piece::Text(text) => parts.push(StringPart::Text(text)),
                Piece::Variable(token) => {
                    let expression = self.variable(&token, false);
                    parts.extend(expression.map(StringPart::Expr));
                    nested.push(token);
                }
                Piece::Sub(sub) => parts.push(StringPart::Expr(self.nested_expression(&sub, &mut nested))),
            }
        }
        if let Some(saved) = self.lex.saved(&token)
            && let TokenValue::Expandable(saved) = &mut saved.value
        {
            saved.nested = nested;
        }
        Expr::ExpandableString(Box::new(ExpandableString {
            span: token.span,
            value: content.value,
            kind,
            parts,
        }))
    }

    /// The list of tokens shows the expressions of a word that is not expanded as they were scanned.
    pub(super) fn keep_unparsed(&mut self, token: &Token) {
        let TokenValue::Expandable(content) = &token.value else { return };
        if self.lex.tokens.is_none() {
            return;
        }
        let text = self.lex.at.text();
        let mut nested = vec![];
        for piece in &content.pieces {
            match piece {
                Piece::Text(_) => {}
                Piece::Variable(token) => nested.push(token.clone()),
                Piece::Sub(sub) => {
                    let kind = TokenKind::StringLiteral;
                    let value = match &sub.decoded {
                        Some(decoded) => Text::new(&decoded.text),
                        None => Text::new(&text[sub.start as usize..sub.end as usize]),
                    };
                    let flags = kind.flags() | if sub.unclosed { flag::TOKEN_IN_ERROR } else { 0 };
                    let span = self.lex.span(sub.start, sub.end);
                    let value = TokenValue::Text(value);
                    nested.push(Token { kind, flags, span, value, at: sub.start, index: u32::MAX });
                }
            }
        }
        if let Some(saved) = self.lex.saved(token)
            && let TokenValue::Expandable(saved) = &mut saved.value
        {
            saved.nested = nested;
        }
    }

    /// `$( )` inside a string: its text is read by a parser of its own.
    fn nested_expression(&mut self, sub: &SubText, nested: &mut Vec<Token>) -> Expr {
        let span = self.lex.span(sub.start, sub.end);
        if !self.enter() {
            return error_expr(span, vec![]);
        }
        self.lex.notes.depth += STRING_WEIGHT;
        let outer = self.lex.at.text();
        let (text, origin) = match &sub.decoded {
            Some(decoded) => (decoded.text.as_str(), Origin { pieces: decoded.pieces.clone() }),
            None => (&outer[sub.start as usize..sub.end as usize], self.lex.origin_of(sub.start, sub.end)),
        };
        let (mode, workflow, saving) = (self.lex.at.mode, self.lex.in_workflow, self.lex.tokens.is_some());
        let mut lex = Lexer::new(text, self.lex.notes);
        lex.origin = origin;
        lex.nested = true;
        lex.at.mode = mode;
        lex.in_workflow = workflow;
        lex.tokens = saving.then(Vec::new);
        let mut inner = Parser::new(lex);
        inner.comma_disabled = self.comma_disabled;
        let expression = inner.primary(true);
        let height = inner.height;
        nested.append(&mut inner.lex.tokens.take().unwrap_or_default());
        self.height = self.height.max(height + 1);
        self.lex.notes.depth -= STRING_WEIGHT;
        self.leave();
        expression.unwrap_or_else(|| error_expr(span, vec![]))
    }

    /// Members, calls and indexes, one behind the other.
    pub(super) fn member_accesses(&mut self, mut operator: Option<Token>, mut expression: Expr) -> Expr {
        while let Some(token) = operator {
            self.taller();
            self.skip_newlines();
            expression = match token.kind {
                TokenKind::LBracket | TokenKind::QuestionLBracket => self.index(expression, &token),
                _ => self.member(expression, &token),
            };
            operator = self.next_member_access(true);
        }
        expression
    }

    fn member(&mut self, target: Expr, operator: &Token) -> Expr {
        let is_static = operator.kind == TokenKind::ColonColon;
        let null_conditional = operator.kind == TokenKind::QuestionDot;
        let member = match self.member_name() {
            Some(member) => {
                if self.ungot.is_none() {
                    let restore = self.lex.restore_point();
                    let (generic_arguments, bracket) = self.generic_method_arguments(restore);
                    if let Some(open) = self.next_invoke() {
                        let (arguments, end) = self.call_arguments(open);
                        return Expr::InvokeMember(Box::new(InvokeMember {
                            span: target.span().to(end),
                            target,
                            member,
                            arguments,
                            generic_arguments,
                            is_static,
                            null_conditional,
                        }));
                    }
                    if bracket {
                        self.resync(restore);
                    }
                }
                member
            }
            None => {
                self.incomplete(after(operator.span), "MissingPropertyName", &[]);
                let span = target.span().to(operator.span);
                self.single_argument(Context::Argument).unwrap_or_else(|| error_expr(span, vec![]))
            }
        };
        let span = target.span().to(member.span());
        Expr::Member(Box::new(MemberExpression { span, target, member, is_static, null_conditional }))
    }

    fn next_invoke(&mut self) -> Option<Token> {
        if self.ungot.is_some() { None } else { self.lex.invoke_open() }
    }

    fn member_name(&mut self) -> Option<Expr> {
        if let Some(name) = self.simple_name() {
            return Some(Expr::StringConstant(Box::new(name)));
        }
        let kind = self.peek_kind();
        if kind.has(flag::UNARY_OPERATOR) || kind == TokenKind::LBracket {
            return self.unary(false);
        }
        self.guarded_member()
    }

    fn guarded_member(&mut self) -> Option<Expr> {
        if !self.enter() {
            return None;
        }
        let result = self.primary(false);
        self.leave();
        result
    }

    /// `[int]` between a method's name and its parenthesis; whether a closing bracket was read.
    fn generic_method_arguments(&mut self, restore: u32) -> (Vec<TypeName>, bool) {
        // Only a bracket, perhaps behind trivia, can begin them; any other token would be read for nothing.
        let next = self.lex.at.rest().trim_start_matches([' ', '\t']).as_bytes().first().copied();
        if !next.is_some_and(|b| matches!(b, b'[' | b'#' | b'<' | b'`') || b >= 0x80) {
            return (vec![], false);
        }
        if self.next().kind != TokenKind::LBracket {
            self.resync(restore);
            return (vec![], false);
        }
        let mut back = true;
        let result = self.in_mode(Mode::TypeName, |p| {
            p.skip_newlines();
            let first = p.next();
            if first.kind != TokenKind::Identifier {
                return (vec![], false);
            }
            back = false;
            let (arguments, close) = p.generic_arguments(first);
            if close.kind == TokenKind::RBracket {
                return (arguments, true);
            }
            let place = p.before(close.span);
            p.unget(close);
            p.incomplete(place, "EndSquareBracketExpectedAtEndOfType", &[]);
            (arguments, false)
        });
        if back && restore > 0 {
            self.resync(restore);
        }
        result
    }

    /// Behind a member's name: `( … )`, or a script block as the only argument.
    fn call_arguments(&mut self, open: Token) -> (Vec<Expr>, Span) {
        if open.kind == TokenKind::LParen {
            return self.argument_list(open.span);
        }
        self.skip_newlines();
        let block = self.script_block_expression(open);
        let span = block.span();
        (vec![block], span)
    }

    /// Behind `(`: arguments up to `)`, and the span of the last thing read.
    pub(super) fn argument_list(&mut self, open: Span) -> (Vec<Expr>, Span) {
        self.with_comma(true, |p| {
            let mut arguments: Vec<Expr> = vec![];
            let mut comma: Option<Span> = None;
            let mut reported = false;
            loop {
                p.skip_newlines();
                let Some(argument) = p.expression(false) else {
                    if let Some(comma) = comma {
                        p.incomplete(after(comma), "MissingExpressionAfterToken", &[","]);
                        reported = true;
                    }
                    break;
                };
                arguments.push(argument);
                p.skip_newlines();
                comma = p.eat(TokenKind::Comma).map(|t| t.span);
                if comma.is_none() {
                    break;
                }
            }
            p.skip_newlines();
            let last = arguments.last().map_or(open, Expr::span);
            match p.eat(TokenKind::RParen) {
                Some(close) => (arguments, close.span),
                None => {
                    if !reported {
                        p.incomplete(after(last), "MissingEndParenthesisInMethodCall", &[]);
                    }
                    (arguments, comma.unwrap_or(last))
                }
            }
        })
    }

    fn index(&mut self, target: Expr, open: &Token) -> Expr {
        self.skip_newlines();
        let index = self.with_comma(false, |p| p.expression(false)).unwrap_or_else(|| {
            self.incomplete(after(open.span), "MissingArrayIndexExpression", &[]);
            error_expr(open.span, vec![])
        });
        self.skip_newlines();
        let mut end = index.span();
        match self.eat(TokenKind::RBracket) {
            Some(close) => end = close.span,
            None => {
                if !matches!(index, Expr::Error(_)) {
                    self.incomplete(after(end), "MissingEndSquareBracket", &[]);
                }
            }
        }
        let null_conditional = open.kind == TokenKind::QuestionLBracket;
        Expr::Index(Box::new(IndexExpression {
            span: target.span().to(end),
            target,
            index,
            null_conditional,
        }))
    }

    fn hashtable(&mut self, open: Span) -> Expr {
        self.skip_newlines();
        let mut pairs = vec![];
        while let Some(pair) = self.key_and_value() {
            pairs.push(pair);
            if !matches!(self.peek_kind(), TokenKind::NewLine | TokenKind::Semi) {
                break;
            }
            self.skip_newlines_and_semicolons();
        }
        let close = self.next();
        let mut end = close.span;
        if close.kind != TokenKind::RCurly {
            end = self.before(close.span);
            self.incomplete_at(after(open), close.span, "MissingEndCurlyBrace", &[]);
            self.unget(close);
        }
        Expr::Hashtable(Box::new(Hashtable { span: open.to(end), pairs }))
    }

    fn key_and_value(&mut self) -> Option<(Expr, Stmt)> {
        let (key, equals) = self.in_mode(Mode::Expression, |p| {
            let key = p.label_or_key()?;
            Some((key, p.next()))
        })?;
        if equals.kind != TokenKind::Equals {
            self.unget(equals);
            let place = after(key.span());
            self.report(place, "MissingEqualsInHashLiteral", &[]);
            self.sync_on_error(false, &[TokenKind::RCurly, TokenKind::Semi, TokenKind::NewLine]);
            return Some((key, error_stmt(place, vec![])));
        }
        let value = self.in_mode(Mode::Command, |p| {
            p.skip_newlines();
            p.statement().unwrap_or_else(|| {
                let place = after(equals.span);
                p.incomplete(place, "MissingStatementInHashLiteral", &[]);
                error_stmt(place, vec![])
            })
        });
        Some((key, value))
    }

    /// Behind a `{`.
    pub(super) fn script_block_expression(&mut self, open: Token) -> Expr {
        let block = self.with_comma(false, |p| {
            p.in_mode(Mode::Command, |p| {
                p.skip_newlines();
                p.script_block(Some(&open), false, None)
            })
        });
        Expr::ScriptBlock(Box::new(ScriptBlockExpression { span: block.span, block: block.into() }))
    }

    /// Behind `$(` or `@(`.
    fn sub_expression(&mut self, open: Token) -> Expr {
        let mut block = StatementBlock::default();
        let (list, close) = self.with_comma(false, |p| {
            p.in_mode(Mode::Command, |p| {
                p.skip_newlines();
                let list = p.statement_list(&mut block.statements, &mut block.traps);
                p.skip_newlines();
                let close = p.eat(TokenKind::RParen);
                if close.is_none() {
                    let place = p.peek().span;
                    p.incomplete(place, "MissingEndParenthesisInSubexpression", &[]);
                }
                (list, close)
            })
        });
        block.span = list.unwrap_or_default();
        let end = close.map_or(list.unwrap_or(open.span), |t| t.span);
        let expression = Box::new(BlockExpression { span: open.span.to(end), block });
        if open.kind == TokenKind::DollarParen {
            Expr::SubExpression(expression)
        } else {
            Expr::Array(expression)
        }
    }

    /// Behind `(`.
    fn parenthesized(&mut self, open: Span) -> Expr {
        let (pipeline, close) = self.with_comma(false, |p| {
            p.in_mode(Mode::Command, |p| {
                p.skip_newlines();
                let pipeline = p.pipeline_chain().unwrap_or_else(|| {
                    let place = after(open);
                    p.incomplete(place, "ExpectedExpression", &[]);
                    error_stmt(place, vec![])
                });
                p.skip_newlines();
                let close = p.eat(TokenKind::RParen);
                if close.is_none() {
                    p.peek();
                    p.incomplete(after(pipeline.span()), "MissingEndParenthesisInExpression", &[]);
                }
                (pipeline, close)
            })
        });
        let end = close.map_or(pipeline.span(), |t| t.span);
        Expr::Paren(Box::new(ParenExpression { span: open.to(end), pipeline }))
    }
}
