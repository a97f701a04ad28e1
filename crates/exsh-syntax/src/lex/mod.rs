//! Text to tokens, pulled by the parser, because the mode decides what `5-3` means.
//!
//! `Lexer` owns the cursor, the options that the parser sets, and what is noted on the way: problems, comments and, if asked
//! for, the list of all tokens. It follows the reference's tokenizer (PowerShell 7.6, `tokenizer.cs`, MIT licence) in what a
//! token is, and knows nothing of the grammar.

mod number;
mod operator;
mod string;
mod trivia;
mod variable;
mod word;

use crate::cursor::{Cursor, Mode};
use crate::problem::{Notes, message_of};
use crate::source::Span;
use crate::token::{Token, TokenKind, TokenValue, flag};

/// The way from offsets of the text being read to offsets of the source.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// Pairs of an offset here and one in the source, rising; each holds up to the next.
    pub pieces: Vec<(u32, u32)>,
}

impl Origin {
    #[inline]
    pub fn of(&self, local: u32) -> u32 {
        let (here, there) = match self.pieces.as_slice() {
            [only] => *only,
            pieces => pieces[pieces.partition_point(|p| p.0 <= local).max(1) - 1],
        };
        there + local.saturating_sub(here)
    }
}

pub(crate) struct Lexer<'t, 'n> {
    pub at: Cursor<'t>,
    pub origin: Origin,
    pub notes: &'n mut Notes,
    /// Where the token being read begins.
    pub start: u32,
    pub allow_signed_numbers: bool,
    pub end_number_on_ternary: bool,
    pub want_simple_name: bool,
    pub in_workflow: bool,
    /// The text is that of a `$( )` in a string or of a `#requires` line.
    pub nested: bool,
    /// Tokens in reading order, without those that were given up; `None` if nobody asked.
    pub tokens: Option<Vec<Token>>,
    /// What the last `only_trivia_behind` looked at: where from, where it stopped, and its answer.
    trailing: (u32, u32, bool),
    /// How far beyond the end reading has gone: the reference counts on, and its extents show it.
    overshoot: u32,
}

impl<'t, 'n> Lexer<'t, 'n> {
    pub fn new(text: &'t str, notes: &'n mut Notes) -> Self {
        Lexer {
            at: Cursor::new(text),
            origin: Origin { pieces: vec![(0, 0)] },
            notes,
            start: 0,
            allow_signed_numbers: false,
            end_number_on_ternary: false,
            want_simple_name: false,
            in_workflow: false,
            nested: false,
            tokens: None,
            trailing: (1, 0, false),
            overshoot: 0,
        }
    }

    pub fn mode(&self) -> Mode {
        self.at.mode
    }

    fn in_command(&self) -> bool {
        self.at.mode == Mode::Command
    }

    fn in_expression(&self) -> bool {
        self.at.mode == Mode::Expression
    }

    /// The span of a stretch of the text being read.
    #[inline]
    pub fn span(&self, start: u32, end: u32) -> Span {
        Span::new(self.origin.of(start), self.origin.of(end))
    }

    /// From the token's start to the cursor.
    pub fn current_span(&self) -> Span {
        self.span(self.start, self.at.offset())
    }

    /// The span of one character; at the end of the text it reaches one beyond.
    fn span_of_char(&self, offset: u32) -> Span {
        let len = self.at.text()[offset as usize..].chars().next().map_or(1, char::len_utf8);
        self.span(offset, offset + len as u32)
    }

    /// Begins a token here and gives the place to come back to.
    pub fn restore_point(&mut self) -> u32 {
        self.start = self.at.offset();
        self.start + self.overshoot
    }

    /// Goes back to an earlier place and forgets the tokens read since.
    pub fn resync(&mut self, local: u32) {
        self.at.seek(local);
        self.overshoot = u32::from(local as usize > self.at.text().len());
        let start = self.origin.of(local);
        if let Some(tokens) = &mut self.tokens {
            if tokens.last().is_some_and(|t| t.kind == TokenKind::EndOfInput) {
                tokens.pop();
            }
            while tokens.last().is_some_and(|t| t.span.end() > start) {
                tokens.pop();
            }
        }
        if !self.nested {
            while self.notes.comments.last().is_some_and(|c| c.end() > start) {
                self.notes.comments.pop();
            }
        }
    }

    fn token(&mut self, kind: TokenKind) -> Token {
        self.token_with(kind, 0, TokenValue::None)
    }

    #[inline]
    fn token_with(&mut self, kind: TokenKind, flags: u32, value: TokenValue) -> Token {
        let span = self.current_span();
        self.save(Token { kind, flags: flags | kind.flags(), span, value, at: self.start, index: u32::MAX })
    }

    #[inline]
    fn save(&mut self, token: Token) -> Token {
        if self.tokens.is_some() { self.add_to_list(token) } else { token }
    }

    #[cold]
    fn add_to_list(&mut self, mut token: Token) -> Token {
        if let Some(tokens) = &mut self.tokens {
            token.index = tokens.len() as u32;
            tokens.push(token.clone());
        }
        token
    }

    pub fn report(&mut self, span: Span, id: &'static str, args: &[&str]) {
        self.notes.add(id, span, message_of(id, args), false);
    }

    /// Reports a problem that more input may cure, if nothing but trivia stands behind `span`.
    pub fn report_incomplete(&mut self, span: Span, id: &'static str, args: &[&str]) -> bool {
        self.report_incomplete_at(span, span, id, args)
    }

    /// The same, where the problem shows itself behind `detected`.
    pub fn report_incomplete_at(
        &mut self,
        span: Span,
        detected: Span,
        id: &'static str,
        args: &[&str],
    ) -> bool {
        let incomplete = self.is_at_end(detected.end());
        self.notes.add(id, span, message_of(id, args), incomplete);
        incomplete
    }

    /// The next token. Once the script is found too deep, only ends come.
    pub fn next_token(&mut self) -> Token {
        loop {
            self.start = self.at.offset();
            if self.at.at_end() || self.notes.stopped {
                let len = self.at.text().len() as u32;
                let end = self.origin.of(len) + 1 + self.overshoot;
                let kind = TokenKind::EndOfInput;
                let at = len + 1;
                self.at.seek(len);
                self.overshoot += 1;
                let (span, value) = (Span::empty(end), TokenValue::None);
                return self.save(Token { kind, flags: kind.flags(), span, value, at, index: u32::MAX });
            }
            if let Some(token) = self.scan() {
                return token;
            }
        }
    }

    /// Reads one token, or trivia and then nothing.
    fn scan(&mut self) -> Option<Token> {
        use TokenKind as K;
        let c = self.at.bump();
        Some(match c {
            ' ' | '\t' | '\x0b' | '\x0c' => {
                self.skip_space();
                return None;
            }
            'a'..='z' | 'A'..='Z' | '_' => self.identifier(),
            '$' => {
                if self.at.eat('(') {
                    return Some(self.token(K::DollarParen));
                }
                self.variable(false, false)
            }
            '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' => self.string_literal(),
            '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' => self.string_expandable(),
            '@' => self.at_sign(),
            '#' => {
                self.line_comment();
                return None;
            }
            '\n' | '\r' => {
                self.finish_newline(c);
                self.token(K::NewLine)
            }
            '`' => return self.backtick_outside(),
            '(' => self.token(K::LParen),
            ')' => self.token(K::RParen),
            ']' => self.token(K::RBracket),
            '{' => self.token(K::LCurly),
            '}' => self.token(K::RCurly),
            ';' => self.token(K::Semi),
            ',' => self.token(K::Comma),
            '[' => {
                if self.in_command() && !crate::chars::starts_new_token(self.at.peek()) {
                    return Some(self.word_from(self.start));
                }
                self.token(K::LBracket)
            }
            '<' => {
                if self.at.eat('#') {
                    self.block_comment();
                    return None;
                }
                self.token_with(K::RedirectInStd, 0, TokenValue::InputRedirection)
            }
            '=' | '+' | '-' | '*' | '/' | '%' | '>' | '&' | '|' | '!' | '.' | ':' | '\u{2013}'
            | '\u{2014}' | '\u{2015}' => self.operator(c),
            '?' if self.in_expression() => self.question_mark(),
            '0' | '7'..='9' => self.number(),
            '1'..='6' => match self.stream_redirection(c) {
                Some(token) => token,
                None => self.number(),
            },
            c if crate::chars::is_space(c) => {
                self.skip_space();
                return None;
            }
            c if crate::chars::is_letter(c) => self.identifier(),
            _ => self.word_from(self.start),
        })
    }

    fn at_sign(&mut self) -> Token {
        use crate::chars::{is_double_quote, is_single_quote, is_variable_start};
        match self.at.peek() {
            '{' => {
                self.at.bump();
                self.token(TokenKind::AtCurly)
            }
            '(' => {
                self.at.bump();
                self.token(TokenKind::AtParen)
            }
            c if is_single_quote(c) => {
                self.at.bump();
                self.here_string_literal()
            }
            c if is_double_quote(c) => {
                self.at.bump();
                self.here_string_expandable()
            }
            c if is_variable_start(c) => self.variable(true, false),
            _ => {
                let span = self.current_span();
                self.report(span, "UnrecognizedToken", &[]);
                self.token(TokenKind::Unknown)
            }
        }
    }

    /// Sets flags of a token and of its copy in the list.
    pub fn mark(&mut self, token: &mut Token, set: u32, clear: u32) {
        token.flags = (token.flags | set) & !clear;
        if let Some(saved) = self.saved(token) {
            saved.flags = (saved.flags | set) & !clear;
        }
    }

    /// A word that turned out to be an argument is no operator and no keyword.
    pub fn mark_argument(&mut self, token: &mut Token) {
        if token.kind != TokenKind::Identifier {
            token.kind = TokenKind::Generic;
            if let Some(saved) = self.saved(token) {
                saved.kind = TokenKind::Generic;
            }
        }
    }

    pub fn saved(&mut self, token: &Token) -> Option<&mut Token> {
        let tokens = self.tokens.as_mut()?;
        tokens.get_mut(token.index as usize).filter(|t| t.span == token.span)
    }
}

/// A token inside of which something is wrong.
fn error_flag(wrong: bool) -> u32 {
    if wrong { flag::TOKEN_IN_ERROR } else { 0 }
}
