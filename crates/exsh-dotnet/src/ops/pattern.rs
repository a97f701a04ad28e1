//! `-like`: wildcard patterns with `*`, `?`, `[a-z]` and the backtick.

use crate::{fail, text};
use exsh_core::name::fold_char;
use exsh_core::{Category, Result, Value};

/// A compiled pattern.
pub struct Wildcard {
    ignore_case: bool,
    shape: Shape,
}

enum Shape {
    /// No special characters.
    Exact(String),
    /// `text*`.
    Starts(String),
    /// `*text`.
    Ends(String),
    /// `*text*`.
    Holds(String),
    General(Vec<Piece>),
}

#[derive(Clone, PartialEq, Debug)]
enum Piece {
    One(char),
    Any,
    Star,
    Set(Vec<(char, char)>),
}

/// A set that is not closed.
#[derive(Debug, PartialEq)]
pub struct BadPattern;

/// Does the text hold `*`, `?` or `[` that is not escaped?
pub fn has_wildcards(text: &str) -> bool {
    let mut escaped = false;
    text.chars().any(|c| {
        let special = !escaped && matches!(c, '*' | '?' | '[' | ']');
        escaped = !escaped && c == '`';
        special
    })
}

/// Escapes what is special: `WildcardPattern.Escape`.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '?' | '[' | ']' | '`') {
            out.push('`');
        }
        out.push(c);
    }
    out
}

/// Takes the backticks before special characters away.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '`' && matches!(chars.peek(), Some('*' | '?' | '[' | ']' | '`')) {
            continue;
        }
        out.push(c);
    }
    out
}

impl Wildcard {
    pub fn new(pattern: &str, ignore_case: bool) -> std::result::Result<Wildcard, BadPattern> {
        let mut pieces = Vec::new();
        let mut chars = pattern.chars();
        while let Some(c) = chars.next() {
            match c {
                '`' => pieces.push(Piece::One(chars.next().unwrap_or('`'))),
                '*' => {
                    if pieces.last() != Some(&Piece::Star) {
                        pieces.push(Piece::Star);
                    }
                }
                '?' => pieces.push(Piece::Any),
                '[' => {
                    let mut set = Vec::new();
                    let mut content: Vec<(char, bool)> = Vec::new();
                    let mut closed = false;
                    while let Some(c) = chars.next() {
                        match c {
                            '`' => content.push((chars.next().ok_or(BadPattern)?, true)),
                            ']' if !content.is_empty() => {
                                closed = true;
                                break;
                            }
                            c => content.push((c, false)),
                        }
                    }
                    if !closed {
                        return Err(BadPattern);
                    }
                    let mut i = 0;
                    while i < content.len() {
                        if i + 2 < content.len() && content[i + 1] == ('-', false) {
                            if content[i].0 > content[i + 2].0 {
                                return Err(BadPattern);
                            }
                            set.push((content[i].0, content[i + 2].0));
                            i += 3;
                        } else {
                            set.push((content[i].0, content[i].0));
                            i += 1;
                        }
                    }
                    pieces.push(Piece::Set(set));
                }
                c => pieces.push(Piece::One(c)),
            }
        }
        Ok(Wildcard { ignore_case, shape: Shape::of(pieces) })
    }

    pub fn matches(&self, text: &str) -> bool {
        let ic = self.ignore_case;
        match &self.shape {
            Shape::Exact(p) => same(text, p, ic),
            Shape::Starts(p) => starts(text, p, ic).is_some(),
            Shape::Ends(p) => ends(text, p, ic),
            Shape::Holds(p) => holds(text, p, ic),
            Shape::General(pieces) => general(pieces, text, ic),
        }
    }
}

impl Shape {
    fn of(pieces: Vec<Piece>) -> Shape {
        let literal = |p: &[Piece]| -> Option<String> {
            p.iter()
                .map(|p| match p {
                    Piece::One(c) => Some(*c),
                    _ => None,
                })
                .collect()
        };
        let shape = match &pieces[..] {
            [Piece::Star, rest @ .., Piece::Star] => literal(rest).map(Shape::Holds),
            [Piece::Star, rest @ ..] => literal(rest).map(Shape::Ends),
            [rest @ .., Piece::Star] => literal(rest).map(Shape::Starts),
            all => literal(all).map(Shape::Exact),
        };
        shape.unwrap_or(Shape::General(pieces))
    }
}

fn same(a: &str, b: &str, ic: bool) -> bool {
    if ic { exsh_core::name::same(a, b) } else { a == b }
}

/// What is left behind the prefix.
fn starts<'a>(text: &'a str, prefix: &str, ic: bool) -> Option<&'a str> {
    if !ic {
        return text.strip_prefix(prefix);
    }
    let mut t = text.chars();
    for p in prefix.chars() {
        if fold_char(t.next()?) != fold_char(p) {
            return None;
        }
    }
    Some(t.as_str())
}

fn ends(text: &str, suffix: &str, ic: bool) -> bool {
    if !ic {
        return text.ends_with(suffix);
    }
    let mut t = text.chars().rev();
    suffix.chars().rev().all(|s| t.next().is_some_and(|c| fold_char(c) == fold_char(s)))
}

fn holds(text: &str, part: &str, ic: bool) -> bool {
    if !ic {
        return memchr::memmem::find(text.as_bytes(), part.as_bytes()).is_some();
    }
    if part.is_empty() {
        return true;
    }
    if text.is_ascii() && part.is_ascii() {
        let (t, p) = (text.as_bytes(), part.as_bytes());
        let (low, up) = (p[0].to_ascii_lowercase(), p[0].to_ascii_uppercase());
        if t.len() < p.len() {
            return false;
        }
        return memchr::memchr2_iter(low, up, &t[..=t.len() - p.len()])
            .any(|i| t[i..i + p.len()].eq_ignore_ascii_case(p));
    }
    text.char_indices().any(|(i, _)| starts(&text[i..], part, true).is_some())
}

fn general(pieces: &[Piece], text: &str, ic: bool) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    // Where to go on when something behind the last star does not fit.
    let mut back: Option<(usize, usize)> = None;
    while t < chars.len() {
        let fits = match pieces.get(p) {
            Some(Piece::Star) => {
                back = Some((p, t));
                p += 1;
                continue;
            }
            Some(Piece::Any) => true,
            Some(Piece::One(c)) => *c == chars[t] || (ic && fold_char(*c) == fold_char(chars[t])),
            Some(Piece::Set(set)) => in_set(set, chars[t], ic),
            None => false,
        };
        if fits {
            p += 1;
            t += 1;
        } else if let Some((star, from)) = back {
            back = Some((star, from + 1));
            p = star + 1;
            t = from + 1;
        } else {
            return false;
        }
    }
    pieces[p..].iter().all(|x| *x == Piece::Star)
}

fn in_set(set: &[(char, char)], c: char, ic: bool) -> bool {
    let inside = |c: char| set.iter().any(|&(a, b)| a <= c && c <= b);
    if !ic {
        return inside(c);
    }
    let lower = c.to_lowercase().next().unwrap_or(c);
    inside(c) || inside(fold_char(c)) || inside(lower)
}

/// `left -like pattern`: a bool, or the items of the left list that match.
pub fn like(left: &Value, pattern: &Value, ignore_case: bool, negate: bool) -> Result<Value> {
    let p = text::to_text(pattern);
    match super::compare::list_items(left) {
        Some(items) => {
            if items.is_empty() {
                return Ok(Value::array(Vec::new()));
            }
            let wildcard = compile(&p, ignore_case)?;
            // What matches comes back as text.
            let texts = items.iter().map(text::to_text).filter(|s| wildcard.matches(s) != negate);
            Ok(Value::array(texts.map(Value::string).collect()))
        }
        None => {
            let wildcard = compile(&p, ignore_case)?;
            let hit = match left.base().as_str() {
                Some(s) => wildcard.matches(s),
                None => wildcard.matches(&text::to_text(left)),
            };
            Ok(Value::bool(hit != negate))
        }
    }
}

/// A pattern, or the reference's error for a bad one.
pub fn compile(pattern: &str, ignore_case: bool) -> Result<Wildcard> {
    Wildcard::new(pattern, ignore_case).map_err(|_| {
        fail::engine(
            "WildcardPatternException",
            "RuntimeException",
            Category::NotSpecified,
            format!("The specified wildcard character pattern is not valid: {pattern}"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_documented() {
        // about_Wildcards.
        for (pattern, text, hit) in [
            ("a*c", "ABC", true),
            ("a*c", "abcd", false),
            ("*", "", true),
            ("?", "", false),
            ("[a-c]x", "bX", true),
            ("[a-c]x", "dx", false),
            ("a`*c", "a*c", true),
            ("a`*c", "abc", false),
            ("*b*", "abc", true),
            ("[[]x", "[x", true),
            ("ab", "AB", true),
            ("*a*b*c*", "xxaxxbxxc", true),
            ("[]a]", "]", true),
        ] {
            let w = Wildcard::new(pattern, true).expect("a pattern");
            assert_eq!(w.matches(text), hit, "{pattern} {text}");
        }
        assert!(Wildcard::new("a[", true).is_err());
        assert!(!Wildcard::new("ab", false).expect("a pattern").matches("AB"));
        assert_eq!(unescape(&escape("a[*`")), "a[*`");
    }
}
