//! Interned, case-blind names of variables, members, commands and parameters.
//!
//! A `Name` is a number: comparing two names is comparing two integers. Identifiers fold by per-character upper
//! case, as the reference compares them. Comparing *text* (`-eq`, `-like`) has other rules and lives elsewhere.
//! The table grows for the life of the process and is shared by its sessions.

use std::collections::HashMap;
use std::fmt;
use std::sync::{LazyLock, RwLock};

/// A case-blind identifier. The spelling to show comes from the source or the type; [`Name::text`] gives the
/// spelling in which the name was seen first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(u32);

struct Table {
    by_folded: HashMap<Box<str>, u32>,
    first_spelling: Vec<&'static str>,
}

static TABLE: LazyLock<RwLock<Table>> =
    LazyLock::new(|| RwLock::new(Table { by_folded: HashMap::new(), first_spelling: Vec::new() }));

impl Name {
    /// The name that `text` spells in any mixture of case.
    pub fn new(text: &str) -> Name {
        let mut small = [0u8; 64];
        let folded_owned;
        let folded: &str = match fold_ascii_into(text, &mut small) {
            Some(s) => s,
            None => {
                folded_owned = fold(text);
                &folded_owned
            }
        };
        if let Some(&id) =
            TABLE.read().expect("no thread panics while it holds the name table").by_folded.get(folded)
        {
            return Name(id);
        }
        let mut table = TABLE.write().expect("no thread panics while it holds the name table");
        if let Some(&id) = table.by_folded.get(folded) {
            return Name(id);
        }
        let id = table.first_spelling.len() as u32;
        // Spellings live as long as the process: a name is a number precisely because it is never taken back.
        let spelling: &'static str = Box::leak(text.to_owned().into_boxed_str());
        table.first_spelling.push(spelling);
        table.by_folded.insert(folded.into(), id);
        Name(id)
    }

    /// The name if anybody has used it before, else nothing; looking up never grows the table.
    pub fn find(text: &str) -> Option<Name> {
        let table = TABLE.read().expect("no thread panics while it holds the name table");
        table.by_folded.get(fold(text).as_str()).map(|&id| Name(id))
    }

    /// The spelling in which this name was first seen.
    pub fn text(self) -> &'static str {
        TABLE.read().expect("no thread panics while it holds the name table").first_spelling[self.0 as usize]
    }

    /// The name with that number; it must come from [`Name::index`].
    pub fn from_index(index: usize) -> Name {
        Name(index as u32)
    }

    /// The number behind the name, for dense tables.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

/// Per-character upper case, where a character whose upper case is longer than one character stays as it is
/// (as .NET's ordinal ignore-case comparison does).
pub fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_uppercase();
    }
    let mut up = c.to_uppercase();
    match (up.next(), up.next()) {
        // A letter outside ASCII never folds into it (dotless i, long s): as in .NET's ordinal tables.
        (Some(u), None) if !u.is_ascii() => u,
        _ => c,
    }
}

/// The folded form of `text`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_uppercase() } else { text.chars().map(fold_char).collect() }
}

/// Are the two the same identifier?
pub fn same(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        a.eq_ignore_ascii_case(b)
    } else {
        a.chars().map(fold_char).eq(b.chars().map(fold_char))
    }
}

fn fold_ascii_into<'a>(text: &str, buffer: &'a mut [u8; 64]) -> Option<&'a str> {
    if text.len() > buffer.len() || !text.is_ascii() {
        return None;
    }
    let out = &mut buffer[..text.len()];
    out.copy_from_slice(text.as_bytes());
    out.make_ascii_uppercase();
    std::str::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_ignore_case_and_keep_the_first_spelling() {
        let a = Name::new("FriendlyName-test");
        assert_eq!(a, Name::new("FRIENDLYNAME-TEST"));
        assert_eq!(a.text(), "FriendlyName-test");
        assert_eq!(Name::new("straße"), Name::new("STRAßE"));
        assert_ne!(Name::new("straße"), Name::new("STRASSE"));
    }
}
