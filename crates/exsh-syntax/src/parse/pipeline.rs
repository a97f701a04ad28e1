//! Pipelines, chains of them, and assignments.

use super::*;
use crate::token::TokenValue;

impl Parser<'_, '_> {
    /// An assignment, or pipelines joined by `&&` and `||`.
    pub(super) fn pipeline_chain(&mut self) -> Option<Stmt> {
        if !self.enter() {
            return None;
        }
        let outer = std::mem::replace(&mut self.height, 0);
        let statement = self.pipeline_chain_inside();
        self.height = outer.max(self.height + 1);
        self.leave();
        statement
    }

    fn pipeline_chain_inside(&mut self) -> Option<Stmt> {
        let mut assign = None;
        let mut start = None;
        if !self.at_word() {
            start = self.in_mode(Mode::Expression, |p| {
                let expression = p.expression(false)?;
                assign = assign_operator(p.peek_kind()).map(|operator| (operator, p.next().span));
                Some(expression)
            });
        }
        if let Some((operator, operator_span)) = assign
            && let Some(left) = start
        {
            return Some(self.assignment(left, operator, operator_span));
        }
        let mut chain: Option<Stmt> = None;
        let mut joined: Option<(ChainOperator, Token)> = None;
        loop {
            let first = match &start {
                Some(_) => None,
                None => {
                    let token = self.peek();
                    Some((token.kind, token.span))
                }
            };
            let Some(mut pipeline) = self.pipeline(start.take()) else {
                let (_, operator) = joined?;
                let (kind, span) = first.unwrap_or((TokenKind::Unknown, operator.span));
                let text = self.text_of(&operator);
                match kind {
                    TokenKind::EndOfInput => {
                        self.incomplete(after(operator.span), "EmptyPipelineChainElement", &[text]);
                    }
                    TokenKind::Dot | TokenKind::Ampersand => {}
                    _ => self.report(operator.span.to(span), "EmptyPipelineChainElement", &[text]),
                }
                let chain = chain?;
                return Some(Stmt::Error(Box::new(ErrorStatement {
                    span: chain.span().to(operator.span),
                    kind: Some((operator.kind.name(), operator.span)),
                    nested: vec![Node::Stmt(chain)],
                    ..ErrorStatement::default()
                })));
            };
            let mut background = false;
            if matches!(self.peek_kind(), TokenKind::Ampersand) {
                self.skip();
                if matches!(self.peek_kind(), TokenKind::AndAnd | TokenKind::OrOr) {
                    let token = self.next();
                    self.report(token.span, "BackgroundOperatorInPipelineChain", &[]);
                    let begin = chain.as_ref().map_or(pipeline.span, Stmt::span);
                    return Some(error_stmt(begin.to(token.span), vec![]));
                }
                background = true;
            }
            let operator = match self.peek_kind() {
                TokenKind::AndAnd if !background => ChainOperator::AndAnd,
                TokenKind::OrOr if !background => ChainOperator::OrOr,
                _ => {
                    return Some(match (chain, joined) {
                        (Some(left), Some((operator, _))) => chained(left, operator, pipeline, background),
                        _ => {
                            pipeline.background |= background;
                            Stmt::Pipeline(Box::new(pipeline))
                        }
                    });
                }
            };
            let token = self.next();
            self.skip_newlines();
            self.taller();
            chain = Some(match (chain, joined) {
                (Some(left), Some((before, _))) => chained(left, before, pipeline, false),
                _ => Stmt::Pipeline(Box::new(pipeline)),
            });
            if self.peek_kind() == TokenKind::EndOfInput {
                self.incomplete(after(token.span), "EmptyPipelineChainElement", &[]);
                return chain;
            }
            joined = Some((operator, token));
        }
    }

    fn assignment(&mut self, left: Expr, operator: AssignOperator, operator_span: Span) -> Stmt {
        self.skip_newlines();
        let right = self.statement().unwrap_or_else(|| {
            let place = after(operator_span);
            self.incomplete(place, "ExpectedValueExpression", &[assign_text(operator)]);
            error_stmt(place, vec![])
        });
        let span = left.span().to(right.span());
        Stmt::Assignment(Box::new(Assignment {
            span,
            left,
            operator,
            operator_span,
            right: unwrapped(right),
        }))
    }

    fn pipeline(&mut self, start: Option<Expr>) -> Option<Pipeline> {
        let mut elements: Vec<PipelineElement> = vec![];
        let mut expression = start;
        let mut pipe: Option<Span> = None;
        loop {
            if expression.is_none() && !self.at_word() {
                expression = self.in_mode(Mode::Expression, |p| p.expression(false));
            }
            let element = match expression.take() {
                Some(expression) => Some(PipelineElement::Expression(
                    self.command_expression(expression, elements.is_empty()),
                )),
                None => self.command().map(PipelineElement::Command),
            };
            match element {
                Some(element) => elements.push(element),
                None => {
                    let token = self.peek();
                    let (kind, span) = (token.kind, token.span);
                    if !elements.is_empty() || kind == TokenKind::Pipe {
                        self.incomplete(pipe.map_or(span, after), "EmptyPipeElement", &[]);
                    }
                }
            }
            let token = self.peek();
            let at_newline = token.kind == TokenKind::NewLine;
            let end = token.at + token.span.len;
            if at_newline && self.lex.pipe_follows(end) {
                self.skip_newlines();
            }
            let token = self.peek();
            let span = token.span;
            match token.kind {
                TokenKind::Semi
                | TokenKind::NewLine
                | TokenKind::RParen
                | TokenKind::RCurly
                | TokenKind::EndOfInput
                | TokenKind::AndAnd
                | TokenKind::OrOr
                | TokenKind::Ampersand => break,
                TokenKind::Pipe => {
                    self.skip();
                    self.skip_newlines();
                    pipe = Some(span);
                    if self.peek_kind() == TokenKind::EndOfInput {
                        self.incomplete(after(span), "EmptyPipeElement", &[]);
                        break;
                    }
                }
                _ => {
                    let token = self.next();
                    self.report(span, "UnexpectedToken", &[self.text_of(&token)]);
                    self.unget(token);
                    break;
                }
            }
        }
        let span = elements.first()?.span().to(elements.last()?.span());
        Some(Pipeline { span, elements, background: false })
    }

    fn command_expression(&mut self, expression: Expr, first: bool) -> Box<CommandExpression> {
        let start = expression.span();
        if !first {
            self.report(start, "ExpressionsMustBeFirstInPipeline", &[]);
        }
        let mut redirections = vec![];
        let mut end = start;
        while is_redirection(self.peek_kind()) {
            let token = self.next();
            if let Some(last) = self.redirection(token, &mut redirections).1 {
                end = last;
            }
        }
        redirections.sort_by_key(|r| stream_number(from_stream(r)));
        Box::new(CommandExpression { span: start.to(end), expression, redirections })
    }

    /// One redirection; a second one of the same stream is dropped. The span of all that was read, and that of the
    /// redirection if there is one.
    pub(super) fn redirection(&mut self, token: Token, into: &mut Vec<Redirection>) -> (Span, Option<Span>) {
        let result = match token.value {
            TokenValue::MergingRedirection { from, to } => {
                if to != Stream::Output || from == to {
                    let text = self.text_of(&token);
                    self.report(token.span, "RedirectionNotSupported", &[text]);
                }
                Redirection::Merging { span: token.span, from, to: Stream::Output }
            }
            _ => {
                let location = self.single_argument(command::Context::FileName);
                let location = location.unwrap_or_else(|| {
                    self.report(after(token.span), "MissingFileSpecification", &[]);
                    error_expr(token.span, vec![])
                });
                let span = token.span.to(location.span());
                let TokenValue::FileRedirection { from, append } = token.value else {
                    self.report(token.span, "RedirectionNotSupported", &[self.text_of(&token)]);
                    return (span, None);
                };
                Redirection::File { span, from, append, location }
            }
        };
        let (span, from) = (result.span(), from_stream(&result));
        if into.iter().any(|r| from_stream(r) == from) {
            self.report(span, "StreamAlreadyRedirected", &[stream_wording(from)]);
        } else {
            into.push(result);
        }
        (span, Some(span))
    }
}

pub(super) fn is_redirection(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Redirection | TokenKind::RedirectInStd)
}

pub(super) fn from_stream(redirection: &Redirection) -> Stream {
    match redirection {
        Redirection::File { from, .. } | Redirection::Merging { from, .. } => *from,
    }
}

pub(super) fn stream_number(stream: Stream) -> u8 {
    stream as u8
}

fn stream_wording(stream: Stream) -> &'static str {
    match stream {
        Stream::All => "* stream",
        Stream::Output => "output stream",
        Stream::Error => "error stream",
        Stream::Warning => "warning stream",
        Stream::Verbose => "verbose stream",
        Stream::Debug => "debug stream",
        Stream::Information => "information stream",
    }
}

fn chained(left: Stmt, operator: ChainOperator, right: Pipeline, background: bool) -> Stmt {
    let span = left.span().to(right.span);
    Stmt::Chain(Box::new(PipelineChain { span, operator, left, right, background }))
}

/// A lone expression on the right of an assignment stands there without its pipeline.
fn unwrapped(statement: Stmt) -> Stmt {
    match statement {
        Stmt::Pipeline(mut pipeline) if !pipeline.background && pipeline.elements.len() == 1 => {
            match pipeline.elements.pop() {
                Some(PipelineElement::Expression(expression)) => Stmt::Expression(expression),
                other => {
                    pipeline.elements.extend(other);
                    Stmt::Pipeline(pipeline)
                }
            }
        }
        other => other,
    }
}

fn assign_operator(kind: TokenKind) -> Option<AssignOperator> {
    Some(match kind {
        TokenKind::Equals => AssignOperator::Equals,
        TokenKind::PlusEquals => AssignOperator::PlusEquals,
        TokenKind::MinusEquals => AssignOperator::MinusEquals,
        TokenKind::MultiplyEquals => AssignOperator::MultiplyEquals,
        TokenKind::DivideEquals => AssignOperator::DivideEquals,
        TokenKind::RemainderEquals => AssignOperator::RemainderEquals,
        TokenKind::QuestionQuestionEquals => AssignOperator::QuestionQuestionEquals,
        _ => return None,
    })
}

fn assign_text(operator: AssignOperator) -> &'static str {
    match operator {
        AssignOperator::Equals => "=",
        AssignOperator::PlusEquals => "+=",
        AssignOperator::MinusEquals => "-=",
        AssignOperator::MultiplyEquals => "*=",
        AssignOperator::DivideEquals => "/=",
        AssignOperator::RemainderEquals => "%=",
        AssignOperator::QuestionQuestionEquals => "??=",
    }
}
