//! White space, line ends, comments and continuations: what stands between tokens.

use super::Lexer;
use crate::chars::{is_any_space, is_space};
use crate::token::{Token, TokenKind};

impl Lexer<'_, '_> {
    pub(super) fn skip_space(&mut self) {
        self.at.skip_while(is_space);
    }

    /// CR LF is one line end.
    pub(super) fn finish_newline(&mut self, c: char) {
        if c == '\r' {
            self.at.eat('\n');
        }
    }

    /// Skips line ends and all trivia; statement separators, too, if asked.
    pub fn skip_newlines(&mut self, semicolons: bool) {
        while !self.at.at_end() && !self.notes.stopped {
            let before = self.at;
            match self.at.bump() {
                ' ' | '\t' => self.skip_space(),
                c @ ('\r' | '\n') => {
                    self.start = before.offset();
                    self.finish_newline(c);
                    if self.tokens.is_some() {
                        self.token(TokenKind::NewLine);
                    }
                }
                ';' if semicolons => {
                    self.start = before.offset();
                    if self.tokens.is_some() {
                        self.token(TokenKind::Semi);
                    }
                }
                '#' => {
                    self.start = before.offset();
                    self.line_comment();
                }
                '<' if self.at.peek() == '#' => {
                    self.start = before.offset();
                    self.at.bump();
                    self.block_comment();
                }
                '`' if is_any_space(self.at.peek()) => {
                    let c = self.at.bump();
                    if matches!(c, '\r' | '\n') {
                        self.start = before.offset();
                        self.finish_newline(c);
                        if self.tokens.is_some() {
                            self.token(TokenKind::LineContinuation);
                        }
                    } else {
                        self.skip_space();
                    }
                }
                c if is_space(c) => self.skip_space(),
                _ => {
                    self.at = before;
                    return;
                }
            }
        }
    }

    /// A backtick where a token might begin: a continued line, an escaped word, or the end.
    pub(super) fn backtick_outside(&mut self) -> Option<Token> {
        if self.at.at_end() {
            let end = self.at.offset() + 1;
            let span = self.span(end, end);
            self.report_incomplete(span, "IncompleteString", &[]);
            return None;
        }
        let c = self.at.peek();
        if matches!(c, '\r' | '\n') {
            self.at.bump();
            self.finish_newline(c);
            self.token(TokenKind::LineContinuation);
            return None;
        }
        if is_any_space(c) {
            self.at.bump();
            self.skip_space();
            return None;
        }
        Some(self.word_from(self.start))
    }

    /// Behind the `#`.
    pub(super) fn line_comment(&mut self) {
        let rest = self.at.rest();
        let len = rest.bytes().position(|b| b == b'\r' || b == b'\n').unwrap_or(rest.len());
        self.at.seek(self.at.offset() + len as u32);
        self.comment();
    }

    /// Behind the `<#`.
    pub(super) fn block_comment(&mut self) {
        match self.at.rest().find("#>") {
            Some(len) => self.at.seek(self.at.offset() + len as u32 + 2),
            None => {
                self.at.seek(u32::MAX);
                let span = self.current_span();
                self.report_incomplete(span, "MissingTerminatorMultiLineComment", &[]);
            }
        }
        self.comment();
    }

    fn comment(&mut self) {
        let span = self.current_span();
        if !self.nested {
            self.notes.comments.push(span);
        }
        if self.tokens.is_some() {
            self.token(TokenKind::Comment);
        }
    }

    /// Whether nothing but trivia stands behind an offset of the source. Inside the text of a string the reference
    /// compares with that text's own length; so do we.
    pub fn is_at_end(&mut self, end: u32) -> bool {
        end as usize >= self.at.text().len() || self.only_trivia_behind(end)
    }

    fn only_trivia_behind(&mut self, from: u32) -> bool {
        let (start, stop, answer) = self.trailing;
        if (start..=stop).contains(&from) {
            return answer;
        }
        let text = self.at.text();
        let bytes = text.as_bytes();
        let mut i = from as usize;
        while i < bytes.len() {
            match bytes[i] {
                b'#' => i = end_of_line(bytes, i),
                b'<' if bytes.get(i + 1) == Some(&b'#') => i = end_of_block_comment(text, i + 2),
                // Line ends are no white space here: the reference asks its own table, which tells them apart.
                _ => match text.get(i..).and_then(|rest| rest.chars().next()) {
                    Some(c) if is_space(c) => i += c.len_utf8(),
                    _ => break,
                },
            }
        }
        let answer = i >= bytes.len();
        self.trailing = (from, i as u32, answer);
        answer
    }

    /// Whether the first thing on a following line, blank lines excluded, is a pipe: `local` is the end of a line end.
    pub fn pipe_follows(&self, local: u32) -> bool {
        let text = self.at.text();
        let bytes = text.as_bytes();
        if local as usize >= bytes.len() {
            return false;
        }
        let mut blank_so_far = true;
        let mut i = local as usize;
        while i + 1 < bytes.len() {
            match bytes[i] {
                b'\n' | b'\r' if blank_so_far => return false,
                b'\n' => {
                    blank_so_far = true;
                    i += 1;
                }
                b'\r' => {
                    blank_so_far = true;
                    i += if bytes[i + 1] == b'\n' { 2 } else { 1 };
                }
                b'#' => {
                    blank_so_far = false;
                    i = end_of_line(bytes, i);
                }
                b'<' if bytes[i + 1] == b'#' => {
                    blank_so_far = false;
                    i = end_of_block_comment(text, i + 2);
                }
                b if b < 0x80 && is_space(b as char) => i += 1,
                b if b < 0x80 => return b == b'|',
                _ => match text[i..].chars().next() {
                    Some(c) if is_space(c) => i += c.len_utf8(),
                    _ => return false,
                },
            }
        }
        bytes.last() == Some(&b'|')
    }
}

fn end_of_line(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|b| matches!(b, b'\r' | b'\n')).map_or(bytes.len(), |i| from + i)
}

fn end_of_block_comment(text: &str, from: usize) -> usize {
    text.get(from..).and_then(|t| t.find("#>")).map_or(text.len(), |i| from + i + 2)
}
