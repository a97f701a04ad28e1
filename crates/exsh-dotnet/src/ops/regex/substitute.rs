//! Substitution texts of a replacement.

use super::{MatchData, Regex};

pub enum Part {
    Text(String),
    Group(usize),
    /// `` $` ``
    Before,
    /// `$'`
    After,
    /// `$+`
    LastGroup,
    /// `$_`
    Whole,
}

pub fn parse(replacement: &str, regex: &Regex) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut text = String::new();
    let mut rest = replacement;
    while let Some(i) = rest.find('$') {
        text.push_str(&rest[..i]);
        let after = &rest[i + 1..];
        let (part, used) = match after.as_bytes().first() {
            Some(b'$') => {
                text.push('$');
                rest = &after[1..];
                continue;
            }
            Some(b'&') => (Some(Part::Group(0)), 1),
            Some(b'`') => (Some(Part::Before), 1),
            Some(b'\'') => (Some(Part::After), 1),
            Some(b'+') => (Some(Part::LastGroup), 1),
            Some(b'_') => (Some(Part::Whole), 1),
            Some(b'{') => match after.find('}') {
                Some(end) => (regex.group_number(&after[1..end]).map(Part::Group), end + 1),
                None => (None, 0),
            },
            Some(b'0'..=b'9') => {
                // The longest number that is a group.
                let digits = after.bytes().take_while(u8::is_ascii_digit).count();
                let found = (1..=digits).rev().find_map(|n| regex.group_number(&after[..n]).map(|g| (g, n)));
                match found {
                    Some((g, n)) => (Some(Part::Group(g)), n),
                    None => (None, 0),
                }
            }
            _ => (None, 0),
        };
        match part {
            Some(p) => {
                if !text.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                }
                parts.push(p);
                rest = &after[used..];
            }
            None => {
                text.push('$');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    parts
}

pub fn expand(parts: &[Part], m: &MatchData, out: &mut String) {
    let s = m.text.as_str();
    let (a, b) = m.spans.0[0].unwrap_or_default();
    for p in parts {
        match p {
            Part::Text(t) => out.push_str(t),
            Part::Group(n) => out.push_str(m.group(*n).unwrap_or("")),
            Part::Before => out.push_str(&s[..a]),
            Part::After => out.push_str(&s[b..]),
            Part::LastGroup => out.push_str(m.group(m.spans.0.len() - 1).unwrap_or("")),
            Part::Whole => out.push_str(s),
        }
    }
}

/// `Match.Result(replacement)`.
pub fn result(replacement: &str, m: &MatchData) -> String {
    let mut out = String::new();
    expand(&parse(replacement, &m.regex), m, &mut out);
    out
}
