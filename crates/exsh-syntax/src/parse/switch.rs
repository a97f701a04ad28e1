//! `switch`, with its flags and clauses.

use super::command::Context;
use super::control::{is_parameter, parameter_name};
use super::*;
use crate::token::TokenValue;

/// What is known of a `switch` that may turn out broken.
struct Draft {
    start: Span,
    end: Span,
    wrong: bool,
    /// A problem was reported that more input may cure; later ones would only repeat it.
    incomplete: bool,
}

impl Parser<'_, '_> {
    pub(super) fn switch_statement(&mut self, label: Option<Token>, keyword: Token) -> Stmt {
        let start = label.as_ref().unwrap_or(&keyword).span;
        let label = label.and_then(|t| match t.value {
            TokenValue::Label(text) => Some(text),
            _ => None,
        });
        let mut draft = Draft { start, end: start, wrong: false, incomplete: false };
        self.skip_newlines();
        let mut condition = None;
        let flags = self.switch_flags(&mut draft, &mut condition);
        let in_parens = self.switch_condition(flags, &mut draft, &mut condition);
        self.skip_newlines();
        let mut clauses: Vec<(Expr, StatementBlock)> = vec![];
        let mut defaults: Vec<(Expr, StatementBlock)> = vec![];
        let mut bodies = vec![];
        match self.eat(TokenKind::LCurly) {
            None => {
                if !draft.incomplete {
                    draft.wrong = true;
                    self.peek();
                    self.incomplete(after(draft.end), "MissingCurlyBraceInSwitchStatement", &[]);
                }
            }
            Some(open) => {
                self.switch_clauses(open.span, &mut draft, &mut clauses, &mut defaults, &mut bodies)
            }
        }
        match condition {
            Some(condition) if !draft.wrong => Stmt::Switch(Box::new(SwitchStatement {
                span: draft.start.to(draft.end),
                label,
                flags,
                condition,
                clauses,
                default: defaults.pop().map(|(_, body)| body),
            })),
            condition => {
                let mut all: Vec<Node> = vec![];
                for (test, body) in clauses.into_iter().chain(defaults) {
                    all.push(Node::Expr(test));
                    all.push(Node::StatementBlock(body));
                }
                all.extend(bodies);
                all.sort_by_key(Node::start);
                Stmt::Error(Box::new(ErrorStatement {
                    span: draft.start.to(draft.end),
                    kind: Some((keyword.kind.name(), keyword.span)),
                    conditions: condition.filter(|_| in_parens).map(Node::Stmt).into_iter().collect(),
                    bodies: all,
                    nested: vec![],
                }))
            }
        }
    }

    fn switch_flags(&mut self, draft: &mut Draft, condition: &mut Option<Stmt>) -> SwitchFlags {
        let mut flags = SwitchFlags::default();
        while let Some(token) = self.eat(TokenKind::Parameter) {
            draft.end = token.span;
            if is_parameter(&token, "regex") {
                (flags.regex, flags.wildcard) = (true, false);
            } else if is_parameter(&token, "wildcard") {
                (flags.regex, flags.wildcard) = (false, true);
            } else if is_parameter(&token, "exact") {
                (flags.regex, flags.wildcard, flags.exact) = (false, false, true);
            } else if is_parameter(&token, "casesensitive") {
                flags.case_sensitive = true;
            } else if is_parameter(&token, "parallel") {
                flags.parallel = true;
            } else if is_parameter(&token, "file") {
                flags.file = true;
                self.skip_newlines();
                match self.single_argument(Context::FileName) {
                    None => {
                        draft.wrong = true;
                        draft.incomplete = self.incomplete(after(token.span), "MissingFilenameOption", &[]);
                    }
                    Some(expression) => {
                        let span = expression.span();
                        draft.end = span;
                        let expression = CommandExpression { span, expression, redirections: vec![] };
                        let elements = vec![PipelineElement::Expression(Box::new(expression))];
                        *condition =
                            Some(Stmt::Pipeline(Box::new(Pipeline { span, elements, background: false })));
                    }
                }
            } else {
                draft.wrong = true;
                self.report(token.span, "InvalidSwitchFlag", &[parameter_name(&token)]);
            }
        }
        flags
    }

    /// The condition in parentheses; whether there are any.
    fn switch_condition(
        &mut self,
        flags: SwitchFlags,
        draft: &mut Draft,
        condition: &mut Option<Stmt>,
    ) -> bool {
        let Some(open) = self.eat(TokenKind::LParen) else {
            if condition.is_none() && !flags.file {
                draft.wrong = true;
                self.peek();
                draft.incomplete = self.incomplete(after(draft.end), "PipelineValueRequired", &[]);
            }
            return false;
        };
        draft.end = open.span;
        if flags.file {
            draft.wrong = true;
            self.report(open.span, "PipelineValueRequired", &[]);
        }
        self.skip_newlines();
        *condition = self.pipeline_chain();
        match condition {
            Some(pipeline) => draft.end = pipeline.span(),
            None => {
                draft.wrong = true;
                draft.incomplete = self.incomplete(after(open.span), "PipelineValueRequired", &[]);
            }
        }
        self.skip_newlines();
        match self.eat(TokenKind::RParen) {
            Some(close) => draft.end = close.span,
            None => {
                if !draft.incomplete {
                    draft.wrong = true;
                    draft.incomplete =
                        self.incomplete(after(draft.end), "MissingEndParenthesisInSwitchStatement", &[]);
                }
            }
        }
        true
    }

    /// Behind the opening brace.
    fn switch_clauses(
        &mut self,
        open: Span,
        draft: &mut Draft,
        clauses: &mut Vec<(Expr, StatementBlock)>,
        defaults: &mut Vec<(Expr, StatementBlock)>,
        stray: &mut Vec<Node>,
    ) {
        draft.end = open;
        self.skip_newlines();
        loop {
            let word = self.eat(TokenKind::Default);
            let is_default = word.is_some();
            let test = match word {
                Some(word) => Some(bare_word_expr(word.span, self.text_of(&word))),
                None => self.single_argument(Context::SwitchCondition),
            };
            let Some(test) = test else {
                draft.wrong = true;
                self.incomplete(after(draft.end), "MissingSwitchConditionExpression", &[]);
                self.eat(TokenKind::RCurly);
                return;
            };
            draft.end = test.span();
            match self.statement_block() {
                None => {
                    draft.wrong = true;
                    draft.incomplete = self.incomplete(after(draft.end), "MissingSwitchStatementClause", &[]);
                    stray.push(Node::Expr(test));
                }
                Some(body) => {
                    draft.end = body.span;
                    if !is_default {
                        clauses.push((test, body));
                    } else {
                        if !defaults.is_empty() {
                            draft.wrong = true;
                            self.report(test.span(), "MultipleSwitchDefaultClauses", &[]);
                        }
                        defaults.push((test, body));
                    }
                }
            }
            self.skip_newlines_and_semicolons();
            let token = self.peek();
            let (kind, span) = (token.kind, token.span);
            match kind {
                TokenKind::RCurly => {
                    self.skip();
                    if !draft.wrong {
                        draft.end = span;
                    }
                    return;
                }
                TokenKind::EndOfInput => {
                    if !draft.incomplete {
                        draft.wrong = true;
                        self.incomplete_at(open, span, "MissingEndCurlyBrace", &[]);
                    }
                    return;
                }
                _ => {}
            }
        }
    }
}

impl Node {
    fn start(&self) -> u32 {
        match self {
            Node::Expr(e) => e.span().start,
            Node::StatementBlock(b) => b.span.start,
            _ => 0,
        }
    }
}
