//! Variables: `$x`, `${x y}`, `$script:x`, `$env:PATH`, `@x`, `$$`, `$?`, `$^`.

use super::Lexer;
use crate::ast::{VariablePath, VariableScope};
use crate::chars::{is_double_quote, is_letter_or_digit, is_variable_start, starts_new_token};
use crate::text::Text;
use crate::token::{Token, TokenKind, TokenValue};

impl Lexer<'_, '_> {
    /// Behind `$` or `@`. In command mode something like `$a/b` is a word.
    pub(super) fn variable(&mut self, splatted: bool, inside_string: bool) -> Token {
        let c = self.at.peek();
        if c == '{' && !self.at.at_end() {
            return self.braced_variable(inside_string);
        }
        if !is_variable_start(c) || self.at.at_end() {
            return self.word_from(self.start);
        }
        let name_start = self.at.offset() as usize;
        self.at.bump();
        if matches!(c, '$' | '?' | '^') {
            if self.in_command() && !starts_new_token(self.at.peek()) {
                return self.word_from(self.start);
            }
        } else {
            loop {
                let c = self.at.peek();
                match c {
                    'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '?' => {
                        self.at.bump();
                    }
                    ':' => {
                        if self.at.peek_second() == ':' {
                            break;
                        }
                        self.at.bump();
                    }
                    '\0' | '\t' | '\r' | '\n' | ' ' | '&' | '(' | ')' | ',' | ';' | '{' | '}' | '|' | '.'
                    | '[' | '=' => break,
                    c if is_letter_or_digit(c) => {
                        self.at.bump();
                    }
                    c if self.in_command() && !starts_new_token(c) => return self.word_from(self.start),
                    _ => break,
                }
            }
        }
        let path = VariablePath::parse(&self.at.text()[name_start..self.at.offset() as usize]);
        if path.is_nameless() {
            let drive = path.scope == VariableScope::Drive;
            let id = if drive { "InvalidVariableReferenceWithDrive" } else { "InvalidVariableReference" };
            let span = self.current_span();
            self.report(span, id, &[]);
        }
        self.variable_token(path, splatted)
    }

    /// At the `{`.
    fn braced_variable(&mut self, inside_string: bool) -> Token {
        let open = self.at.offset();
        self.at.bump();
        let mut name = String::new();
        let mut closed = false;
        while !self.at.at_end() {
            let here = self.at.offset();
            match self.at.bump() {
                '}' => {
                    closed = true;
                    break;
                }
                '`' => {
                    if self.at.at_end() {
                        break;
                    }
                    name.push(self.escape());
                }
                c if is_double_quote(c) && inside_string => {
                    if self.at.at_end() {
                        break;
                    }
                    name.push(if is_double_quote(self.at.peek()) { self.at.bump() } else { c });
                }
                c => {
                    if c == '{' {
                        let span = self.span_of_char(here + 1);
                        self.report(span, "OpenBraceNeedsToBeBackTickedInVariableName", &[]);
                    }
                    name.push(c);
                }
            }
        }
        if !closed {
            let span = self.span(open, self.at.offset());
            self.report_incomplete(span, "IncompleteDollarVariableReference", &[]);
        }
        if name.is_empty() {
            if closed {
                let span = self.span_of_char(self.at.offset() - 1);
                self.report(span, "EmptyVariableReference", &[]);
            }
            name.push_str(":Error:");
        }
        if self.in_command() {
            let c = self.at.peek();
            if !starts_new_token(c) && c != '.' && c != '[' {
                return self.word_from(self.start);
            }
        }
        let path = VariablePath::parse(&name);
        if path.is_nameless() {
            let span = self.current_span();
            self.report(span, "InvalidBracedVariableReference", &[]);
        }
        self.variable_token(path, false)
    }

    fn variable_token(&mut self, path: VariablePath, splatted: bool) -> Token {
        let kind = if splatted { TokenKind::SplattedVariable } else { TokenKind::Variable };
        self.token_with(kind, 0, TokenValue::Variable(path))
    }
}

impl VariablePath {
    /// Takes a name apart. Scopes are known by name; any other text before a colon is a drive.
    pub fn parse(text: &str) -> VariablePath {
        let (scope, name_start) = scope_of(text);
        VariablePath { user_path: Text::new(text), scope, name_start: name_start as u32 }
    }
}

fn scope_of(text: &str) -> (VariableScope, usize) {
    let bytes = text.as_bytes();
    let Some(first) = bytes.first() else { return (VariableScope::None, 0) };
    let candidate = match first.to_ascii_lowercase() {
        b'g' => Some(("global", VariableScope::Global)),
        b'l' => Some(("local", VariableScope::Local)),
        b'p' => Some(("private", VariableScope::Private)),
        b's' => Some(("script", VariableScope::Script)),
        b'v' => Some(("variable", VariableScope::Variable)),
        _ => None,
    };
    if let Some((word, scope)) = candidate
        && bytes.get(word.len()) == Some(&b':')
        && bytes[..word.len()].eq_ignore_ascii_case(word.as_bytes())
    {
        return (scope, word.len() + 1);
    }
    match bytes.iter().position(|&b| b == b':') {
        Some(0) => (VariableScope::None, 1),
        Some(colon) => (VariableScope::Drive, colon + 1),
        None => (VariableScope::None, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_and_drives() {
        let taken = |text: &str| {
            let path = VariablePath::parse(text);
            (path.scope, path.name().to_owned(), path.drive().map(str::to_owned))
        };
        assert_eq!(taken("x"), (VariableScope::None, "x".into(), None));
        assert_eq!(taken("Global:x"), (VariableScope::Global, "x".into(), None));
        assert_eq!(taken("env:PATH"), (VariableScope::Drive, "PATH".into(), Some("env".into())));
        assert_eq!(taken("globa:x"), (VariableScope::Drive, "x".into(), Some("globa".into())));
        assert_eq!(taken("a:b:c"), (VariableScope::Drive, "b:c".into(), Some("a".into())));
    }
}
