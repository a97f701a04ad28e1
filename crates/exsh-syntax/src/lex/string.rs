//! Strings: single and double quoted, here-strings, escapes, and where the expressions inside of them begin and end.

use super::{Lexer, Origin, error_flag};
use crate::chars::{is_double_quote, is_hex_digit, is_single_quote, is_space, is_variable_start};
use crate::cursor::Mode;
use crate::text::Text;
use crate::token::{Decoded, Expandable, Piece, SubText, Token, TokenKind, TokenValue};

/// Collects a string's value and, beside it, its pieces of text and expressions.
#[derive(Default)]
pub(super) struct Collected {
    pub value: String,
    pub pieces: Vec<Piece>,
    /// Where in `value` the text piece at hand begins.
    pub open: usize,
}

impl Collected {
    pub fn push(&mut self, c: char) {
        self.value.push(c);
    }

    /// Takes in an expression; `source` is how it is written.
    fn push_expression(&mut self, source: &str, piece: Piece) {
        self.close_text();
        self.pieces.push(piece);
        self.value.push_str(source);
        self.open = self.value.len();
    }

    fn close_text(&mut self) {
        if self.value.len() > self.open {
            self.pieces.push(Piece::Text(Text::new(&self.value[self.open..])));
        }
    }

    fn has_expressions(&self) -> bool {
        !self.pieces.is_empty()
    }

    pub fn into_value(mut self) -> TokenValue {
        if !self.has_expressions() {
            return TokenValue::Text(self.value.into());
        }
        self.close_text();
        TokenValue::Expandable(Box::new(Expandable {
            value: self.value.into(),
            pieces: self.pieces,
            nested: vec![],
        }))
    }
}

impl<'t> Lexer<'t, '_> {
    /// Behind the opening quote.
    pub(super) fn string_literal(&mut self) -> Token {
        if let Some(text) = self.plain_until(b'\'', |b| b == b'\'' || b == 0xe2) {
            return self.token_with(TokenKind::StringLiteral, 0, TokenValue::Text(text));
        }
        let mut value = String::new();
        let closed = self.single_quoted(&mut value);
        self.token_with(TokenKind::StringLiteral, error_flag(!closed), TokenValue::Text(value.into()))
    }

    /// Reads up to the closing quote; a doubled quote is one, that of the second. Whether it was closed.
    pub(super) fn single_quoted(&mut self, value: &mut String) -> bool {
        let open = self.quote_before();
        loop {
            let text = self.plain_run(|b| b == b'\'' || b == 0xe2);
            value.push_str(text);
            if self.at.at_end() {
                let span = self.span(open, self.at.offset());
                self.report_incomplete(span, "TerminatorExpectedAtEndOfString", &["'"]);
                return false;
            }
            let c = self.at.bump();
            if !is_single_quote(c) {
                value.push(c);
            } else if is_single_quote(self.at.peek()) {
                value.push(self.at.bump());
            } else {
                return true;
            }
        }
    }

    /// Behind the opening quote.
    pub(super) fn string_expandable(&mut self) -> Token {
        if let Some(text) = self.plain_until(b'"', |b| matches!(b, b'"' | b'$' | b'`' | 0xe2)) {
            return self.token_with(TokenKind::StringExpandable, 0, TokenValue::Text(text));
        }
        let mut collected = Collected::default();
        let closed = self.double_quoted(&mut collected);
        self.expandable_token(TokenKind::StringExpandable, collected, !closed)
    }

    /// Reads up to the closing quote, as `single_quoted` does.
    pub(super) fn double_quoted(&mut self, into: &mut Collected) -> bool {
        let open = self.quote_before();
        loop {
            let text = self.plain_run(|b| matches!(b, b'"' | b'$' | b'`' | 0xe2));
            into.value.push_str(text);
            if self.at.at_end() {
                let span = self.span(open, self.at.offset());
                self.report_incomplete(span, "TerminatorExpectedAtEndOfString", &["\""]);
                return false;
            }
            match self.at.bump() {
                '$' => self.dollar_inside(into, false),
                '`' => self.backtick_inside(into),
                c if is_double_quote(c) => {
                    if !is_double_quote(self.at.peek()) {
                        return true;
                    }
                    into.push(self.at.bump());
                }
                c => into.push(c),
            }
        }
    }

    /// Behind `@'`.
    pub(super) fn here_string_literal(&mut self) -> Token {
        let kind = TokenKind::HereStringLiteral;
        let mut value = String::new();
        if !self.here_string_header('\'') {
            return self.token_with(kind, error_flag(true), TokenValue::Text(Text::default()));
        }
        let mut false_footer = None;
        let mut closed = self.here_string_footer(is_single_quote, &mut value, &mut false_footer);
        while !closed {
            let text = self.plain_run(|b| matches!(b, b'\r' | b'\n'));
            value.push_str(text);
            if self.at.at_end() {
                self.here_string_unclosed('\'', false_footer);
                return self.token_with(kind, error_flag(true), TokenValue::Text(value.into()));
            }
            let length = value.len();
            self.newline_inside(&mut value);
            closed = self.here_string_footer(is_single_quote, &mut value, &mut false_footer);
            if closed {
                value.truncate(length);
            }
        }
        self.token_with(kind, 0, TokenValue::Text(value.into()))
    }

    /// Behind `@"`.
    pub(super) fn here_string_expandable(&mut self) -> Token {
        let kind = TokenKind::HereStringExpandable;
        let mut into = Collected::default();
        if !self.here_string_header('"') {
            return self.token_with(kind, error_flag(true), TokenValue::Text(Text::default()));
        }
        let mut false_footer = None;
        let mut closed = self.here_string_footer(is_double_quote, &mut into.value, &mut false_footer);
        while !closed {
            let text = self.plain_run(|b| matches!(b, b'\r' | b'\n' | b'$' | b'`'));
            into.value.push_str(text);
            if self.at.at_end() {
                self.here_string_unclosed('"', false_footer);
                return self.expandable_token(kind, into, true);
            }
            match self.at.peek() {
                '\r' | '\n' => {
                    let length = into.value.len();
                    self.newline_inside(&mut into.value);
                    closed = self.here_string_footer(is_double_quote, &mut into.value, &mut false_footer);
                    if closed {
                        into.value.truncate(length);
                        into.open = into.open.min(length);
                    }
                }
                '$' => {
                    self.at.bump();
                    self.dollar_inside(&mut into, true);
                }
                _ => {
                    self.at.bump();
                    self.backtick_inside(&mut into);
                }
            }
        }
        self.expandable_token(kind, into, false)
    }

    fn expandable_token(&mut self, kind: TokenKind, collected: Collected, wrong: bool) -> Token {
        let wrong = wrong || collected.pieces.iter().any(|p| matches!(p, Piece::Sub(s) if s.unclosed));
        self.token_with(kind, error_flag(wrong), collected.into_value())
    }

    /// The rest of the header's line must be blank.
    fn here_string_header(&mut self, quote: char) -> bool {
        self.at.skip_while(is_space);
        if self.at.at_end() {
            let span = self.current_span();
            self.report_incomplete(span, "TerminatorExpectedAtEndOfString", &[&format!("{quote}@")]);
            return false;
        }
        let c = self.at.peek();
        if matches!(c, '\r' | '\n') {
            self.at.bump();
            self.finish_newline(c);
            return true;
        }
        let span = self.span_of_char(self.at.offset());
        self.report(span, "UnexpectedCharactersAfterHereStringHeader", &[]);
        while !self.at.at_end() && !matches!(self.at.peek(), '\r' | '\n') {
            if self.at.bump() == quote && self.at.eat('@') {
                break;
            }
        }
        false
    }

    /// At the beginning of a line: takes the footer if it stands there. Takes leading white space in any case, and notes
    /// a footer behind it, which is the likely cause if the string is never closed.
    fn here_string_footer(
        &mut self,
        quote: fn(char) -> bool,
        value: &mut String,
        false_footer: &mut Option<u32>,
    ) -> bool {
        if quote(self.at.peek()) && self.at.peek_second() == '@' {
            self.at.bump();
            self.at.bump();
            return true;
        }
        while !self.at.at_end() && is_space(self.at.peek()) {
            value.push(self.at.bump());
        }
        if quote(self.at.peek()) && self.at.peek_second() == '@' {
            false_footer.get_or_insert(self.at.offset());
            value.push(self.at.bump());
            value.push(self.at.bump());
        }
        false
    }

    fn here_string_unclosed(&mut self, quote: char, false_footer: Option<u32>) {
        let end = self.at.offset();
        match false_footer {
            Some(at) => {
                let span = self.span(at, end);
                self.report_incomplete(span, "WhitespaceBeforeHereStringFooter", &[]);
            }
            None => {
                let span = self.span(self.start, end);
                self.report_incomplete(span, "TerminatorExpectedAtEndOfString", &[&format!("{quote}@")]);
            }
        }
    }

    fn newline_inside(&mut self, value: &mut String) {
        let c = self.at.bump();
        value.push(c);
        if c == '\r' && self.at.eat('\n') {
            value.push('\n');
        }
    }

    /// Behind a `$` in a string: an expression, or just a dollar.
    pub(super) fn dollar_inside(&mut self, into: &mut Collected, here: bool) {
        let dollar = self.at.offset() - 1;
        let text = self.at.text();
        let piece = match self.at.peek() {
            '(' => {
                self.at.bump();
                Some(Piece::Sub(self.sub_text(dollar, here)))
            }
            c if is_variable_start(c) || (c == '{' && !self.at.at_end()) => {
                let (saved_start, saved_mode, saved_tokens) = (self.start, self.at.mode, self.tokens.take());
                self.start = dollar;
                self.at.mode = Mode::Expression;
                let token = self.variable(false, true);
                (self.start, self.at.mode, self.tokens) = (saved_start, saved_mode, saved_tokens);
                Some(Piece::Variable(token))
            }
            _ => None,
        };
        match piece {
            Some(piece) => into.push_expression(&text[dollar as usize..self.at.offset() as usize], piece),
            None => into.push('$'),
        }
    }

    /// Behind a backtick in a string or word.
    pub(super) fn backtick_inside(&mut self, into: &mut Collected) {
        match self.at.peek() {
            // At the end, and before a NUL, the backtick stands for itself.
            '\0' => into.push('`'),
            _ => {
                let c = self.escape();
                into.push(c);
            }
        }
    }

    /// Decodes what stands behind a backtick. A code point that is half a surrogate pair becomes U+FFFD.
    pub(super) fn escape(&mut self) -> char {
        match self.at.bump() {
            '0' => '\0',
            'a' => '\x07',
            'b' => '\x08',
            'e' => '\x1b',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => self.unicode_escape(),
            'v' => '\x0b',
            c => c,
        }
    }

    /// Behind `` `u ``. A wrong escape gives U+FFFF and a problem.
    fn unicode_escape(&mut self) -> char {
        const WRONG: char = '\u{ffff}';
        let escape = self.at.offset() - 2;
        if !self.at.eat('{') {
            let span = self.span(escape, self.at.offset());
            self.report(span, "InvalidUnicodeEscapeSequence", &[]);
            return WRONG;
        }
        let mut value = 0;
        let mut digits = 0;
        loop {
            let here = self.at.offset();
            let c = self.at.peek();
            if c == '}' && digits > 0 {
                self.at.bump();
                break;
            }
            if c == '}' {
                self.at.bump();
                let span = self.span(escape, self.at.offset());
                self.report(span, "InvalidUnicodeEscapeSequence", &[]);
                return WRONG;
            }
            if !is_hex_digit(c) {
                let id = if digits < 6 {
                    "InvalidUnicodeEscapeSequence"
                } else {
                    "MissingUnicodeEscapeSequenceTerminator"
                };
                let span = self.span_of_char(here);
                self.report(span, id, &[]);
                return WRONG;
            }
            if digits == 6 {
                let span = self.span_of_char(here);
                self.report(span, "TooManyDigitsInUnicodeEscapeSequence", &[]);
                return WRONG;
            }
            self.at.bump();
            digits += 1;
            value = value * 16 + c.to_digit(16).unwrap_or(0);
        }
        if value > 0x10ffff {
            let span = self.span(escape + 3, self.at.offset() - 1);
            self.report(span, "InvalidUnicodeEscapeSequenceValue", &[]);
            return WRONG;
        }
        char::from_u32(value).unwrap_or('\u{fffd}')
    }

    /// Behind `$(` in a string: finds the closing parenthesis by counting. Outside of here-strings a doubled quote, or one
    /// behind a backtick, stands for one, so that the inside may need decoding before it is parsed.
    fn sub_text(&mut self, dollar: u32, here: bool) -> SubText {
        let mut depth = 1;
        let mut dropped = vec![];
        while depth > 0 {
            if self.at.at_end() {
                let span = self.span(dollar, self.at.offset());
                self.report_incomplete(span, "IncompleteDollarSubexpressionReference", &[]);
                break;
            }
            let before = self.at.offset();
            match self.at.bump() {
                '(' => depth += 1,
                ')' => depth -= 1,
                c if (c == '`' || is_double_quote(c)) && !here && is_double_quote(self.at.peek()) => {
                    dropped.push((before, self.at.offset()));
                    self.at.bump();
                }
                _ => {
                    self.plain_run(|b| matches!(b, b'(' | b')' | b'`' | b'"' | 0xe2));
                }
            }
        }
        let end = self.at.offset();
        let decoded = (!dropped.is_empty()).then(|| Box::new(self.without(dollar, end, &dropped)));
        SubText { start: dollar, end, unclosed: depth > 0, decoded }
    }

    /// The text of a stretch without some of its characters, and the way back to the source.
    fn without(&self, start: u32, end: u32, dropped: &[(u32, u32)]) -> Decoded {
        let mut text = String::with_capacity((end - start) as usize);
        let mut pieces = vec![];
        let mut from = start;
        for (cut, resume) in dropped.iter().copied().chain([(end, end)]) {
            if cut > from || from == start {
                self.trace(text.len() as u32, from, cut, &mut pieces);
            }
            text.push_str(&self.at.text()[from as usize..cut as usize]);
            from = resume;
        }
        Decoded { text, pieces }
    }

    /// The way back to the source for a stretch of this text taken as a text of its own.
    pub fn origin_of(&self, start: u32, end: u32) -> Origin {
        let mut pieces = vec![];
        self.trace(0, start, end, &mut pieces);
        Origin { pieces }
    }

    /// Notes where a stretch of this text, put at `local` of another, comes from.
    fn trace(&self, local: u32, from: u32, to: u32, pieces: &mut Vec<(u32, u32)>) {
        pieces.push((local, self.origin.of(from)));
        for &(here, there) in &self.origin.pieces {
            if here > from && here < to {
                pieces.push((local + here - from, there));
            }
        }
    }

    /// The frequent string: nothing in it needs decoding, and a straight quote ends it for good. Takes the quote, too.
    fn plain_until(&mut self, quote: u8, stop: impl Fn(u8) -> bool) -> Option<Text> {
        let rest = self.at.rest();
        let len = rest.bytes().position(stop)?;
        let bytes = rest.as_bytes();
        // A quote behind the quote would double it; typographic ones begin with 0xe2.
        if bytes[len] != quote || bytes.get(len + 1).is_some_and(|&b| b == quote || b == 0xe2) {
            return None;
        }
        self.at.seek(self.at.offset() + len as u32 + 1);
        Some(Text::new(&rest[..len]))
    }

    /// Takes bytes up to one that `stop` names; a byte of a longer character must be named by its first byte.
    pub(super) fn plain_run(&mut self, stop: impl Fn(u8) -> bool) -> &'t str {
        let rest = self.at.rest();
        let len = rest.bytes().position(stop).unwrap_or(rest.len());
        self.at.seek(self.at.offset() + len as u32);
        &rest[..len]
    }

    /// Offset of the quote just taken.
    fn quote_before(&self) -> u32 {
        let taken = &self.at.text()[..self.at.offset() as usize];
        self.at.offset() - taken.chars().next_back().map_or(0, char::len_utf8) as u32
    }
}
