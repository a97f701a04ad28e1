//! `-match` and `-replace`: .NET patterns on the linear engine where it can do them, else on a backtracking one.
//!
//! It decides engine, cache, group numbers (.NET counts named groups last) and substitutions. The translation of the
//! pattern stands in [`translate`].

mod operators;
mod substitute;
pub mod translate;

pub use operators::{match_scalar, matches, replace_operator};
pub use substitute::result;

use crate::fail;
use exsh_core::types::HASHTABLE;
use exsh_core::value::KeyMode;
use exsh_core::{Exception, Result, Str, Table, Value};
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use translate::Translated;

/// RegexOptions bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Options(pub i64);

impl Options {
    pub const IGNORE_CASE: i64 = 1;
    pub const MULTILINE: i64 = 2;
    pub const EXPLICIT_CAPTURE: i64 = 4;
    pub const COMPILED: i64 = 8;
    pub const SINGLELINE: i64 = 16;
    pub const IGNORE_WHITE: i64 = 32;
    pub const RIGHT_TO_LEFT: i64 = 64;
    pub const ECMA: i64 = 256;
    pub const CULTURE_INVARIANT: i64 = 512;
    pub const NON_BACKTRACKING: i64 = 1024;
    pub fn has(self, bit: i64) -> bool {
        self.0 & bit != 0
    }
}

/// A compiled pattern.
pub struct Regex {
    pattern: Str,
    options: Options,
    translated: Translated,
    linear: OnceCell<Option<regex::Regex>>,
    backtracking: OnceCell<std::result::Result<fancy_regex::Regex, String>>,
}

/// Byte ranges of a match and its groups, in .NET's order; group 0 is the whole match.
#[derive(Clone, Debug)]
pub struct Spans(pub Vec<Option<(usize, usize)>>);

/// A successful match: enough to answer everything later.
#[derive(Clone)]
pub struct MatchData {
    pub regex: Rc<Regex>,
    pub text: Str,
    pub spans: Spans,
}

type Cache = HashMap<(Box<str>, Options), Rc<Regex>>;

/// How many patterns each thread keeps.
const CACHE: usize = 256;

thread_local! {
    static CACHED: RefCell<Cache> = RefCell::default();
}

/// The compiled pattern, from the cache if it is there. Errors: `RegexParseException`.
pub fn get(pattern: &str, options: Options) -> Result<Rc<Regex>> {
    CACHED.with_borrow_mut(|cache| {
        // A key that borrows would save this copy; patterns are short and literal ones are compiled once by the plan.
        let key = (Box::<str>::from(pattern), options);
        if let Some(r) = cache.get(&key) {
            return Ok(r.clone());
        }
        let made = Rc::new(Regex::new(pattern, options)?);
        if cache.len() >= CACHE {
            cache.clear();
        }
        cache.insert(key, made.clone());
        Ok(made)
    })
}

/// `Regex.Escape`.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x0c' => out.push_str("\\f"),
            '\\' | '*' | '+' | '?' | '|' | '{' | '[' | '(' | ')' | '^' | '$' | '.' | '#' | ' ' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

impl Regex {
    pub fn new(pattern: &str, options: Options) -> Result<Regex> {
        let translated = translate::translate(pattern, options).map_err(|message| {
            let mut e = Exception::new("System.Text.RegularExpressions.RegexParseException", message);
            e.message = e.message.clone();
            fail::thrown_with(e)
        })?;
        Ok(Regex {
            pattern: Str::new(pattern),
            options,
            translated,
            linear: OnceCell::new(),
            backtracking: OnceCell::new(),
        })
    }

    pub fn pattern(&self) -> &Str {
        &self.pattern
    }

    pub fn options(&self) -> Options {
        self.options
    }

    /// Names of all groups in .NET's order: numbers as text, then names.
    pub fn group_names(&self) -> &[String] {
        &self.translated.names
    }

    /// The number of a group by name or number.
    pub fn group_number(&self, name: &str) -> Option<usize> {
        self.translated.names.iter().position(|n| n == name)
    }

    /// The linear engine, when it can give the right answer for this text.
    fn linear_for(&self, text: &str) -> Option<&regex::Regex> {
        if self.translated.backtracks || (self.translated.end_anchor && text.ends_with('\n')) {
            return None;
        }
        self.linear
            .get_or_init(|| {
                regex::RegexBuilder::new(&self.translated.linear).size_limit(64 << 20).build().ok()
            })
            .as_ref()
    }

    fn backtracking(&self) -> Result<&fancy_regex::Regex> {
        let made = self.backtracking.get_or_init(|| {
            fancy_regex::RegexBuilder::new(&self.translated.fancy)
                .backtrack_limit(50_000_000)
                .build()
                .map_err(|e| e.to_string())
        });
        made.as_ref().map_err(|e| {
            fail::not_supported(format!("The pattern '{}' is not supported: {e}", self.pattern.as_str()))
        })
    }

    pub fn is_match(&self, text: &str) -> Result<bool> {
        if let Some(r) = self.linear_for(text) {
            return Ok(r.is_match(text));
        }
        self.backtracking()?.is_match(text).map_err(timeout)
    }

    /// The first match at or behind a byte offset.
    pub fn find_at(&self, text: &str, start: usize) -> Result<Option<Spans>> {
        if start > text.len() {
            return Ok(None);
        }
        if let Some(r) = self.linear_for(text) {
            let mut locations = r.capture_locations();
            if r.captures_read_at(&mut locations, text, start).is_none() {
                return Ok(None);
            }
            return Ok(Some(self.ordered(|i| locations.get(i))));
        }
        let found = self.backtracking()?.captures_from_pos(text, start).map_err(timeout)?;
        Ok(found.map(|c| self.ordered(|i| c.get(i).map(|m| (m.start(), m.end())))))
    }

    fn ordered(&self, get: impl Fn(usize) -> Option<(usize, usize)>) -> Spans {
        Spans(self.translated.order.iter().map(|&i| get(i)).collect())
    }

    /// All matches, as .NET walks them: an empty match moves on by one character.
    pub fn find_all(&self, text: &str, start: usize) -> Result<Vec<Spans>> {
        let mut all = Vec::new();
        let mut at = start;
        while let Some(m) = self.find_at(text, at)? {
            let (from, to) = m.0[0].unwrap_or((at, at));
            all.push(m);
            if to > from {
                at = to;
            } else {
                match text[to..].chars().next() {
                    Some(c) => at = to + c.len_utf8(),
                    None => break,
                }
            }
        }
        Ok(all)
    }

    /// `Regex.Split` with the language's limit: parts, captured groups between them.
    pub fn split(&self, text: &Str, limit: i32) -> Result<Vec<Str>> {
        let s = text.as_str();
        if limit < 0 {
            return self.split_from_end(text, limit.unsigned_abs() as usize);
        }
        let mut parts = Vec::new();
        let mut from = 0;
        if limit != 1 {
            for m in self.find_all(s, 0)? {
                let Some((a, b)) = m.0[0] else { continue };
                parts.push(Str::from(&s[from..a]));
                for group in m.0[1..].iter().flatten() {
                    parts.push(Str::from(&s[group.0..group.1]));
                }
                from = b;
                if limit > 0 && parts.len() as i32 >= limit - 1 && self.translated.order.len() == 1 {
                    break;
                }
            }
        }
        parts.push(Str::from(&s[from..]));
        Ok(parts)
    }

    /// A negative limit counts parts from the end.
    fn split_from_end(&self, text: &Str, limit: usize) -> Result<Vec<Str>> {
        let s = text.as_str();
        let all = self.find_all(s, 0)?;
        let used = &all[all.len().saturating_sub(limit.saturating_sub(1))..];
        let mut parts = Vec::new();
        let mut from = 0;
        for m in used {
            let Some((a, b)) = m.0[0] else { continue };
            parts.push(Str::from(&s[from..a]));
            for group in m.0[1..].iter().flatten() {
                parts.push(Str::from(&s[group.0..group.1]));
            }
            from = b;
        }
        parts.push(Str::from(&s[from..]));
        Ok(parts)
    }

    /// Replaces matches by what a callback gives; `limit` below zero means all.
    pub fn replace_with(
        self: &Rc<Regex>,
        text: &Str,
        limit: i32,
        start: usize,
        give: &mut dyn FnMut(&MatchData, &mut String) -> Result<()>,
    ) -> Result<Str> {
        let s = text.as_str();
        let mut out: Option<String> = None;
        let mut from = 0;
        for (done, spans) in self.find_all(s, start)?.into_iter().enumerate() {
            if limit >= 0 && done as i32 >= limit {
                break;
            }
            let Some((a, b)) = spans.0[0] else { continue };
            let out = out.get_or_insert_with(String::new);
            out.push_str(&s[from..a]);
            let data = MatchData { regex: self.clone(), text: text.clone(), spans };
            give(&data, out)?;
            from = b;
        }
        Ok(match out {
            // Nothing matched: the very same string.
            None => text.clone(),
            Some(mut out) => {
                out.push_str(&s[from..]);
                Str::new(out)
            }
        })
    }

    /// Replaces with a substitution text (`$1`, `${name}`, `$$`, `$&` …).
    pub fn replace(self: &Rc<Regex>, text: &Str, replacement: &str, limit: i32) -> Result<Str> {
        if !replacement.contains('$') {
            return self.replace_with(text, limit, 0, &mut |_, out| {
                out.push_str(replacement);
                Ok(())
            });
        }
        let parts = substitute::parse(replacement, self);
        self.replace_with(text, limit, 0, &mut |m, out| {
            substitute::expand(&parts, m, out);
            Ok(())
        })
    }
}

fn timeout(e: fancy_regex::Error) -> Box<exsh_core::Flow> {
    fail::thrown("System.Text.RegularExpressions.RegexMatchTimeoutException", e.to_string())
}

impl MatchData {
    /// The text of a group; nothing when it took no part.
    pub fn group(&self, number: usize) -> Option<&str> {
        let (a, b) = self.spans.0.get(number).copied().flatten()?;
        self.text.as_str().get(a..b)
    }

    /// `$Matches`: group numbers and names with their texts, those that took part.
    pub fn table(&self) -> Value {
        let table = Table::new(&HASHTABLE, KeyMode::IgnoreCase);
        for (i, name) in self.regex.group_names().iter().enumerate().rev() {
            if let Some(text) = self.group(i) {
                let key = match name.parse::<i32>() {
                    Ok(n) => Value::int(n),
                    Err(_) => Value::text(name.as_str()),
                };
                table.set(key, Value::text(text));
            }
        }
        Value::table(table)
    }

    /// Start of a group in UTF-16 units.
    pub fn utf16_index(&self, byte: usize) -> usize {
        let s = self.text.as_str();
        if self.text.is_ascii() { byte } else { s.get(..byte).map_or(byte, |t| t.encode_utf16().count()) }
    }
}

/// The byte offset of a UTF-16 index.
pub fn byte_index(text: &Str, utf16: usize) -> usize {
    if text.is_ascii() {
        return utf16.min(text.as_str().len());
    }
    let mut units = 0;
    for (i, c) in text.as_str().char_indices() {
        if units >= utf16 {
            return i;
        }
        units += c.len_utf16();
    }
    text.as_str().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(pattern: &str, text: &str) -> Option<Vec<Option<String>>> {
        let r = get(pattern, Options(Options::IGNORE_CASE)).ok()?;
        let spans = r.find_at(text, 0).ok()??;
        Some(spans.0.iter().map(|s| s.map(|(a, b)| text[a..b].to_string())).collect())
    }

    #[test]
    fn named_groups_are_counted_last() {
        let g = groups(r"(?<word>\w+) (\d+)", "abc 12").expect("matches");
        assert_eq!(g, [Some("abc 12".into()), Some("12".into()), Some("abc".into())]);
    }

    #[test]
    fn dollar_matches_before_a_final_line_end() {
        assert!(groups("c$", "abc\n").is_some());
        assert!(groups(r"c\z", "abc\n").is_none());
        assert!(groups("c$", "abc\n\n").is_none());
    }

    #[test]
    fn both_engines_are_reached() {
        assert!(groups(r"(a)\1", "xaa").is_some());
        assert!(groups(r"(?<=x)a", "xa").is_some());
        assert!(groups(r"[a-z-[aeiou]]+$", "xyz").is_some());
        assert!(groups(r"[a-z-[aeiou]]", "e").is_none());
        assert!(groups(r"a{,2}", "a{,2}").is_some());
        assert!(groups(r"\u0041[\w]", "ab").is_some());
    }

    #[test]
    fn substitutions() {
        let r = get(r"(?<d>\d+)-(\w)", Options(0)).ok().expect("compiles");
        let out = r.replace(&Str::from("x 12-a y"), "[${d}|$1|$&|$$|$9]", -1).ok().expect("replaces");
        assert_eq!(out.as_str(), "x [12|a|12-a|$|$9] y");
    }

    #[test]
    fn bad_patterns_say_where() {
        let message = |p| Regex::new(p, Options(0)).err().map(|e| fail::message(&e));
        // Observed.
        assert_eq!(message("(").as_deref(), Some("Invalid pattern '(' at offset 1. Not enough )'s."));
        assert_eq!(message("[a").as_deref(), Some("Invalid pattern '[a' at offset 2. Unterminated [] set."));
    }
}
