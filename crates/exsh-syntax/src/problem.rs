//! Problems: what is wrong with a text, where, and whether more text could cure it.

use std::collections::HashSet;

use crate::message::MESSAGES;
use crate::source::Span;

/// One thing wrong with a script. Ids and wording are the reference's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub id: &'static str,
    /// May lie one beyond the end of the text, as the reference's extents do.
    pub span: Span,
    pub message: String,
    /// Nothing but trivia follows, so more input may cure it.
    pub incomplete: bool,
}

/// What lexer and parser note on the way.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub problems: Vec<Problem>,
    pub comments: Vec<Span>,
    seen: HashSet<(&'static str, Span)>,
    /// The script is nested too deep; nothing more is read or noted.
    pub stopped: bool,
    /// Rules entered and not left.
    pub depth: u32,
    /// Places (kind of attempt, offset in the source) where reading attributes first was tried in vain. Trying again inside
    /// of another attempt would double the work with every level.
    pub tried: HashSet<(u8, u32)>,
}

impl Notes {
    /// Adds a problem unless the same one stands at the same place already.
    pub fn add(&mut self, id: &'static str, span: Span, message: String, incomplete: bool) {
        if !self.stopped && self.seen.insert((id, span)) {
            self.problems.push(Problem { id, span, message, incomplete });
        }
    }
}

/// The wording of an id with its arguments filled in.
pub(crate) fn message_of(id: &str, args: &[&str]) -> String {
    let wording = MESSAGES.binary_search_by(|(key, _)| (*key).cmp(id)).map_or("", |i| MESSAGES[i].1);
    if args.is_empty() {
        return wording.to_owned();
    }
    let mut text = String::with_capacity(wording.len() + 16);
    let mut rest = wording.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek().copied()) {
            ('{', Some('{')) | ('}', Some('}')) => {
                rest.next();
                text.push(c);
            }
            ('{', Some(digit @ '0'..='9')) => {
                rest.next();
                rest.next();
                text.push_str(args.get(digit as usize - '0' as usize).unwrap_or(&""));
            }
            _ => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_are_sorted_and_filled_in() {
        assert!(MESSAGES.is_sorted_by_key(|(id, _)| *id));
        assert_eq!(message_of("UnexpectedToken", &["}"]), "Unexpected token '}' in expression or statement.");
        assert_eq!(message_of("SplattingNotPermitted", &["x"]).matches("@x").count(), 1);
    }
}
