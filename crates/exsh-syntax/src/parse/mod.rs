//! Tokens to a tree and problems.
//!
//! Plain recursive functions in the reference's order of decisions (PowerShell 7.6, `Parser.cs`, MIT licence), because what
//! is kept of a broken script and which problems are reported follow from that order. A tree always comes back.
//!
//! Depth: a rule that nests counts itself. Beyond `MAX_DEPTH` the problem `ScriptTooComplicated` is noted and reading
//! stops, so that neither this recursion nor one over the tree overflows. A script at the limit needs up to 24 MB of stack
//! in a build without optimisation and 4 MB with it; more than some 60 levels is nothing for a thread of 2 MB.

mod block;
mod command;
mod control;
mod expression;
mod function;
mod pipeline;
mod primary;
mod recover;
mod script;
mod statement;
mod switch;
mod type_definition;
mod type_name;
mod using;

use crate::ast::*;
use crate::cursor::Mode;
use crate::lex::Lexer;
use crate::source::Span;
use crate::text::Text;
use crate::token::{Token, TokenKind, flag};

/// Rules that may be open at once; a pair of parentheses takes two, a script block three.
pub(crate) const MAX_DEPTH: u32 = 2400;
/// Nodes from the root of an expression down to a leaf: long chains of operators count, too.
pub(crate) const MAX_HEIGHT: u32 = 5000;

pub(crate) struct Parser<'t, 'n> {
    pub lex: Lexer<'t, 'n>,
    pub ungot: Option<Token>,
    /// Commas separate arguments here and make no list.
    pub comma_disabled: bool,
    /// Bound of the height of the expressions read since it was last set to 0.
    pub height: u32,
}

impl<'t, 'n> Parser<'t, 'n> {
    pub fn new(lex: Lexer<'t, 'n>) -> Self {
        Parser { lex, ungot: None, comma_disabled: false, height: 0 }
    }

    // -- tokens --

    fn next(&mut self) -> Token {
        match self.ungot.take() {
            Some(token) => token,
            None => self.lex.next_token(),
        }
    }

    fn peek(&mut self) -> &Token {
        if self.ungot.is_none() {
            self.ungot = Some(self.lex.next_token());
        }
        match &self.ungot {
            Some(token) => token,
            None => unreachable!("a token was just put there"),
        }
    }

    fn peek_kind(&mut self) -> TokenKind {
        self.peek().kind
    }

    fn skip(&mut self) {
        self.ungot = None;
    }

    fn unget(&mut self, token: Token) {
        self.ungot = Some(token);
    }

    /// Takes the next token if it is of this kind.
    fn eat(&mut self, kind: TokenKind) -> Option<Token> {
        if self.peek_kind() == kind { self.ungot.take() } else { None }
    }

    /// Whether a word begins here that no expression begins with, so that trying to read one is idle work.
    fn at_word(&mut self) -> bool {
        let at = match &self.ungot {
            Some(token) => token.at as usize,
            None => self.lex.at.offset() as usize,
        };
        self.lex.at.mode == Mode::Command
            && self.lex.at.text().as_bytes().get(at).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_')
    }

    fn skip_newlines(&mut self) {
        if self.ungot.as_ref().is_none_or(|t| t.kind == TokenKind::NewLine) {
            self.ungot = None;
            self.lex.skip_newlines(false);
        }
    }

    fn skip_newlines_and_semicolons(&mut self) {
        if self.ungot.as_ref().is_none_or(|t| matches!(t.kind, TokenKind::NewLine | TokenKind::Semi)) {
            self.ungot = None;
            self.lex.skip_newlines(true);
        }
    }

    fn next_member_access(&mut self, brackets: bool) -> Option<Token> {
        if self.ungot.is_some() { None } else { self.lex.member_access_operator(brackets) }
    }

    fn next_left_bracket(&mut self) -> Option<Token> {
        match &self.ungot {
            Some(t) if t.kind == TokenKind::LBracket => self.ungot.take(),
            Some(_) => None,
            None => self.lex.left_bracket(),
        }
    }

    fn resync(&mut self, local: u32) {
        self.ungot = None;
        self.lex.resync(local);
    }

    /// Changes the mode; a token already read is read again if the mode matters to it.
    fn set_mode(&mut self, mode: Mode) {
        if mode != self.lex.at.mode
            && let Some(token) = &self.ungot
            && !token.kind.has(flag::PARSE_MODE_INVARIANT)
            && !(mode == Mode::Expression && same_in_expression(self.lex.at.mode, token.kind))
        {
            let at = token.at;
            self.resync(at);
        }
        self.lex.at.mode = mode;
    }

    /// Does something in a mode and goes back to the old one.
    fn in_mode<T>(&mut self, mode: Mode, work: impl FnOnce(&mut Self) -> T) -> T {
        let old = self.lex.at.mode;
        self.set_mode(mode);
        let result = work(self);
        self.set_mode(old);
        result
    }

    fn with_comma<T>(&mut self, disabled: bool, work: impl FnOnce(&mut Self) -> T) -> T {
        let old = std::mem::replace(&mut self.comma_disabled, disabled);
        let result = work(self);
        self.comma_disabled = old;
        result
    }

    fn text_of(&self, token: &Token) -> &'t str {
        let len = token.span.len as usize;
        let start = token.at as usize;
        self.lex.at.text().get(start..start + len).unwrap_or("")
    }

    // -- problems --

    fn report(&mut self, span: Span, id: &'static str, args: &[&str]) {
        self.lex.report(span, id, args);
    }

    fn incomplete(&mut self, span: Span, id: &'static str, args: &[&str]) -> bool {
        self.lex.report_incomplete(span, id, args)
    }

    fn incomplete_at(&mut self, span: Span, detected: Span, id: &'static str, args: &[&str]) -> bool {
        self.lex.report_incomplete_at(span, detected, id, args)
    }

    /// The place one character before a span.
    fn before(&self, span: Span) -> Span {
        let mut at = span.start.saturating_sub(1);
        if !self.lex.nested {
            let text = self.lex.at.text();
            while !text.is_char_boundary(at as usize) && (at as usize) < text.len() {
                at -= 1;
            }
        }
        Span::empty(at)
    }

    // -- depth --

    /// Enters a rule that nests; `false` if that would be too deep.
    fn enter(&mut self) -> bool {
        if self.lex.notes.depth >= MAX_DEPTH || self.lex.notes.stopped {
            self.too_deep();
            return false;
        }
        self.lex.notes.depth += 1;
        true
    }

    fn leave(&mut self) {
        self.lex.notes.depth -= 1;
    }

    /// Counts one more node above what was read.
    fn taller(&mut self) {
        self.height += 1;
        if self.height > MAX_HEIGHT {
            self.too_deep();
        }
    }

    fn too_deep(&mut self) {
        let span = self.lex.current_span();
        self.report(span, "ScriptTooComplicated", &[]);
        self.lex.notes.stopped = true;
    }

    fn was_tried(&self, attempt: u8, local: u32) -> bool {
        self.lex.notes.tried.contains(&(attempt, self.lex.origin.of(local)))
    }

    fn note_tried(&mut self, attempt: u8, local: u32) {
        let place = self.lex.origin.of(local);
        self.lex.notes.tried.insert((attempt, place));
    }
}

/// A variable or number of command mode ends where every token ends, and so is the same in an expression.
fn same_in_expression(mode: Mode, kind: TokenKind) -> bool {
    mode == Mode::Command && matches!(kind, TokenKind::Variable | TokenKind::Number)
}

/// Kinds of attempts at attributes, for `Notes::tried`.
const BEFORE_STATEMENT: u8 = 0;
const BEFORE_PARAM: u8 = 1;
const BEFORE_HANDLER: u8 = 2;

fn after(span: Span) -> Span {
    Span::empty(span.end())
}

fn error_expr(span: Span, nested: Vec<Node>) -> Expr {
    Expr::Error(Box::new(ErrorExpression { span, nested }))
}

fn error_stmt(span: Span, nested: Vec<Node>) -> Stmt {
    Stmt::Error(Box::new(ErrorStatement { span, nested, ..ErrorStatement::default() }))
}

fn bare_word(span: Span, text: &str) -> StringConstant {
    StringConstant { span, value: text.into(), kind: StringKind::BareWord }
}

fn bare_word_expr(span: Span, text: &str) -> Expr {
    Expr::StringConstant(Box::new(bare_word(span, text)))
}
