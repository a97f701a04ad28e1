//! Operators and redirections. In command mode most of them are just the beginning of a word.

use super::Lexer;
use crate::ast::Stream;
use crate::chars::{is_dash, is_digit, is_identifier_start, starts_new_token};
use crate::cursor::Mode;
use crate::token::{Token, TokenKind as K, TokenValue};

impl Lexer<'_, '_> {
    /// Behind the operator's first character.
    pub(super) fn operator(&mut self, c: char) -> Token {
        match c {
            '=' => self.operator_or_word(K::Equals),
            '+' => match self.at.peek() {
                '+' => self.second(K::PlusPlus),
                '=' => self.second(K::PlusEquals),
                c if self.allow_signed_numbers && (is_digit(c) || c == '.') => self.number(),
                _ => self.operator_or_word(K::Plus),
            },
            '-' | '\u{2013}' | '\u{2014}' | '\u{2015}' => match self.at.peek() {
                c if is_dash(c) => self.second(K::MinusMinus),
                '=' => self.second(K::MinusEquals),
                _ if self.dash_begins_parameter() => self.parameter(),
                c if self.allow_signed_numbers && (is_digit(c) || c == '.') => self.number(),
                _ => self.operator_or_word(K::Minus),
            },
            '*' => match self.at.peek() {
                '=' => self.second(K::MultiplyEquals),
                '>' => {
                    self.at.bump();
                    self.redirection_of(Stream::All, &['1'], false)
                }
                _ => self.operator_or_word(K::Multiply),
            },
            '/' if self.at.peek() == '=' => self.second(K::DivideEquals),
            '/' => self.operator_or_word(K::Divide),
            '%' if self.at.peek() == '=' => self.second(K::RemainderEquals),
            '%' => self.operator_or_word(K::Rem),
            '>' => {
                let append = self.at.eat('>');
                self.file_redirection(Stream::Output, append)
            }
            '&' if self.at.eat('&') => self.token(K::AndAnd),
            '&' => self.token(K::Ampersand),
            '|' if self.at.eat('|') => self.token(K::OrOr),
            '|' => self.token(K::Pipe),
            '!' => self.exclamation(),
            '.' => self.dot(),
            _ => self.colon(),
        }
    }

    fn second(&mut self, kind: K) -> Token {
        self.at.bump();
        self.operator_or_word(kind)
    }

    fn operator_or_word(&mut self, kind: K) -> Token {
        if self.in_command() && !starts_new_token(self.at.peek()) {
            return self.word_from(self.start);
        }
        self.token(kind)
    }

    /// `!x` is a word even in an expression, but `!1` and `!.5` negate a number.
    fn exclamation(&mut self) -> Token {
        let c = self.at.peek();
        if (self.in_command() && !starts_new_token(c)) || (self.in_expression() && is_identifier_start(c)) {
            return self.word_from(self.start);
        }
        if self.in_expression() && (is_digit(c) || c == '.') {
            let behind = self.at;
            // The reference reads the number as if the exclamation mark were its first digit.
            let spelling = self.spelling_from('!');
            self.at = behind;
            if spelling.is_none() {
                return self.word_from(self.start);
            }
        }
        self.token(K::Exclaim)
    }

    fn dot(&mut self) -> Token {
        let c = self.at.peek();
        if c == '.' {
            self.at.bump();
            return self.operator_or_word(K::DotDot);
        }
        if is_digit(c) {
            return self.number();
        }
        if self.in_command() && !starts_new_token(c) && !matches!(c, '$' | '"' | '\'') {
            return self.word_from(self.start);
        }
        self.token(K::Dot)
    }

    fn colon(&mut self) -> Token {
        if self.at.eat(':') {
            if self.in_command() && !self.want_simple_name && !starts_new_token(self.at.peek()) {
                return self.word_from(self.start);
            }
            return self.token(K::ColonColon);
        }
        if self.in_command() { self.label() } else { self.token(K::Colon) }
    }

    /// Behind a `?` in an expression.
    pub(super) fn question_mark(&mut self) -> Token {
        if !self.at.eat('?') {
            return self.token(K::QuestionMark);
        }
        let kind = if self.at.eat('=') { K::QuestionQuestionEquals } else { K::QuestionQuestion };
        self.token(kind)
    }

    /// Behind a digit from 1 to 6: `2>`, `2>>`, `2>&1`.
    pub(super) fn stream_redirection(&mut self, digit: char) -> Option<Token> {
        if !self.at.eat('>') {
            return None;
        }
        Some(self.redirection_of(stream_of(digit), &['1', '2'], true))
    }

    /// Behind `N>`, merging into one of `targets`.
    fn redirection_of(&mut self, from: Stream, targets: &[char], digit: bool) -> Token {
        let behind = self.at;
        let append = self.at.eat('>');
        if !append && self.at.eat('&') {
            let target = self.at.peek();
            if targets.contains(&target) {
                self.at.bump();
                let value = TokenValue::MergingRedirection { from, to: stream_of(target) };
                return self.token_with(K::Redirection, 0, value);
            }
            self.at = behind;
        }
        if digit && self.mode() == Mode::Expression {
            // In an expression the digit is a number, and the redirection stands behind it.
            self.at.seek(self.start + 1);
            let value = self.at.text()[self.start as usize..]
                .chars()
                .next()
                .and_then(|c| c.to_digit(10))
                .unwrap_or(0);
            return self.token_with(
                K::Number,
                0,
                TokenValue::Number(Some(crate::ast::Literal::Int32(value as i32))),
            );
        }
        self.file_redirection(from, append)
    }

    fn file_redirection(&mut self, from: Stream, append: bool) -> Token {
        self.token_with(K::Redirection, 0, TokenValue::FileRedirection { from, append })
    }

    /// An operator that reaches into the value directly before it: no white space may stand between.
    pub fn member_access_operator(&mut self, brackets: bool) -> Option<Token> {
        while self.at.peek() == '<' && self.at.peek_second() == '#' {
            self.start = self.at.offset();
            self.at.bump();
            self.at.bump();
            self.block_comment();
        }
        self.start = self.at.offset();
        let before = self.at;
        let ends_word = |c: char| c == '\0' || matches!(c, '\r' | '\n') || crate::chars::is_space(c);
        match self.at.bump() {
            '.' => {
                let c = self.at.peek();
                if c != '.' && !(self.in_command() && ends_word(c)) {
                    return Some(self.token(K::Dot));
                }
            }
            ':' if self.at.eat(':') && !(self.in_command() && ends_word(self.at.peek())) => {
                return Some(self.token(K::ColonColon));
            }
            '[' if brackets => return Some(self.token(K::LBracket)),
            '?' => match self.at.peek() {
                '.' => {
                    self.at.bump();
                    return Some(self.token(K::QuestionDot));
                }
                '[' if brackets => {
                    self.at.bump();
                    return Some(self.token(K::QuestionLBracket));
                }
                _ => {}
            },
            _ => {}
        }
        self.at = before;
        None
    }

    /// `(` or `{` directly behind a member's name.
    pub fn invoke_open(&mut self) -> Option<Token> {
        let kind = match self.at.peek() {
            '(' => K::LParen,
            '{' => K::LCurly,
            _ => return None,
        };
        self.start = self.at.offset();
        self.at.bump();
        Some(self.token(kind))
    }

    /// A `[` that may begin an attribute, behind trivia on the same line.
    pub fn left_bracket(&mut self) -> Option<Token> {
        let from = self.at.offset();
        let mut resync_on_member = false;
        loop {
            self.start = self.at.offset();
            let before = self.at;
            match self.at.bump() {
                '#' => {
                    resync_on_member = true;
                    self.line_comment();
                }
                '<' if self.at.eat('#') => {
                    resync_on_member = false;
                    self.block_comment();
                }
                '[' => return Some(self.token(K::LBracket)),
                '.' | ':' => {
                    self.at = before;
                    if resync_on_member {
                        self.resync(from);
                    }
                    return None;
                }
                c if crate::chars::is_space(c) => {
                    resync_on_member = true;
                    self.skip_space();
                }
                _ => {
                    self.at = before;
                    return None;
                }
            }
            if self.notes.stopped {
                return None;
            }
        }
    }
}

fn stream_of(digit: char) -> Stream {
    match digit {
        '1' => Stream::Output,
        '2' => Stream::Error,
        '3' => Stream::Warning,
        '4' => Stream::Verbose,
        '5' => Stream::Debug,
        '6' => Stream::Information,
        _ => Stream::All,
    }
}
