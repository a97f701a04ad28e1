//! Linguistic order of text: letters before case, accents after letters, punctuation before digits before letters.
//!
//! An approximation of the root collation: the order of ASCII is that of DUCET (non-ignorable punctuation, as .NET asks
//! for), Latin letters with marks weigh as their base with a second-level difference, all else goes by code point.
//! Replacing this file by real collation data changes no caller.

use std::cmp::Ordering;

/// Order of two texts. Case decides last (small letters first), and not at all with `ignore_case`.
pub fn order(a: &str, b: &str, ignore_case: bool) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    let (mut x, mut y) = (Weights::new(a), Weights::new(b));
    let (mut second, mut third) = (Ordering::Equal, Ordering::Equal);
    loop {
        match (x.next(), y.next()) {
            (None, None) => break,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(p), Some(q)) => {
                if p.first != q.first {
                    return p.first.cmp(&q.first);
                }
                second = second.then(p.second.cmp(&q.second));
                third = third.then(p.third.cmp(&q.third));
            }
        }
    }
    if ignore_case { second } else { second.then(third) }
}

/// Are the two equal in the same sense?
pub fn equal(a: &str, b: &str, ignore_case: bool) -> bool {
    order(a, b, ignore_case) == Ordering::Equal
}

struct Weight {
    first: u32,
    second: u16,
    third: u8,
}

struct Weights<'a> {
    rest: std::str::Chars<'a>,
    /// The second half of a ligature.
    pending: Option<char>,
}

impl<'a> Weights<'a> {
    fn new(text: &'a str) -> Weights<'a> {
        Weights { rest: text.chars(), pending: None }
    }
}

impl Iterator for Weights<'_> {
    type Item = Weight;
    fn next(&mut self) -> Option<Weight> {
        if let Some(c) = self.pending.take() {
            return Some(weigh(c, 0x200));
        }
        loop {
            let c = self.rest.next()?;
            if c.is_ascii() {
                if is_ignorable(c) {
                    continue;
                }
                return Some(weigh(c, 0));
            }
            if is_ignorable(c) {
                continue;
            }
            let (base, other, mark) = decompose(c);
            self.pending = other;
            let mut w = weigh(base, mark);
            // A combining mark that follows belongs to the letter.
            while let Some(m) = self.rest.clone().next().filter(|c| ('\u{300}'..='\u{36f}').contains(c)) {
                self.rest.next();
                w.second += m as u16 - 0x2ff;
            }
            return Some(w);
        }
    }
}

fn is_ignorable(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
}

/// Punctuation and symbols of ASCII in the order of the root collation.
const PUNCTUATION: &[u8] = b"\t\n\x0b\x0c\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

fn weigh(c: char, second: u16) -> Weight {
    let upper = c.is_uppercase();
    let first = match c {
        '0'..='9' => 0x100 + c as u32,
        'a'..='z' => 0x200 + c as u32 - 'a' as u32,
        'A'..='Z' => 0x200 + c as u32 - 'A' as u32,
        c if c.is_ascii() => PUNCTUATION.iter().position(|&p| p == c as u8).map_or(0, |i| i as u32 + 1),
        // Katakana stands with hiragana and behind it.
        '\u{30a1}'..='\u{30f6}' => {
            return Weight { first: 0x1000 + c as u32 - 0x60, second, third: 2 };
        }
        '\u{ff01}'..='\u{ff5e}' => {
            let w = weigh(char::from_u32(c as u32 - 0xfee0).unwrap_or(c), second);
            return Weight { third: w.third + 2, ..w };
        }
        _ => {
            let mut low = c.to_lowercase();
            let l = low.next().unwrap_or(c);
            // Symbols before letters.
            if c.is_alphanumeric() { 0x1000 + l as u32 } else { 0x80 + (c as u32 & 0x7f) }
        }
    };
    Weight { first, second, third: u8::from(upper) }
}

/// The base letter of a Latin letter with a mark, the second letter of a ligature, and a number for the mark.
fn decompose(c: char) -> (char, Option<char>, u16) {
    const TABLE: &[(&str, char)] = &[
        ("àáâãäåāăąǎ", 'a'),
        ("ÀÁÂÃÄÅĀĂĄǍ", 'A'),
        ("çćĉċč", 'c'),
        ("ÇĆĈĊČ", 'C'),
        ("ďđ", 'd'),
        ("ĎĐ", 'D'),
        ("èéêëēĕėęě", 'e'),
        ("ÈÉÊËĒĔĖĘĚ", 'E'),
        ("ĝğġģ", 'g'),
        ("ĜĞĠĢ", 'G'),
        ("ìíîïĩīĭįı", 'i'),
        ("ÌÍÎÏĨĪĬĮİ", 'I'),
        ("ĺļľł", 'l'),
        ("ĹĻĽŁ", 'L'),
        ("ñńņň", 'n'),
        ("ÑŃŅŇ", 'N'),
        ("òóôõöøōŏő", 'o'),
        ("ÒÓÔÕÖØŌŎŐ", 'O'),
        ("ŕŗř", 'r'),
        ("ŔŖŘ", 'R'),
        ("śŝşš", 's'),
        ("ŚŜŞŠ", 'S'),
        ("ţťŧ", 't'),
        ("ŢŤŦ", 'T'),
        ("ùúûüũūŭůűų", 'u'),
        ("ÙÚÛÜŨŪŬŮŰŲ", 'U'),
        ("ýÿŷ", 'y'),
        ("ÝŸŶ", 'Y'),
        ("źżž", 'z'),
        ("ŹŻŽ", 'Z'),
        ("ё", 'е'),
        ("Ё", 'Е'),
    ];
    match c {
        'ß' => return ('s', Some('s'), 0x100),
        'æ' => return ('a', Some('e'), 0x100),
        'Æ' => return ('A', Some('E'), 0x100),
        'œ' => return ('o', Some('e'), 0x100),
        'Œ' => return ('O', Some('E'), 0x100),
        _ => {}
    }
    for (marked, base) in TABLE {
        if let Some(i) = marked.chars().position(|m| m == c) {
            return (*base, None, i as u16 + 1);
        }
    }
    (c, None, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_decides_last_and_punctuation_stands_first() {
        // Observed: String.Compare(a, b, en-US) without and with case ignored.
        for (a, b, with, without) in [
            ("a", "B", -1, -1),
            ("a", "A", -1, 0),
            ("A", "a", 1, 0),
            ("co-op", "coop", -1, -1),
            ("résumé", "resume", 1, 1),
            ("résumé", "Resume", 1, 1),
            ("straße", "strasse", 1, 1),
            ("æ", "ae", 1, 1),
            ("ö", "z", -1, -1),
            ("é", "e\u{301}", 0, 0),
            ("_a", "a", -1, -1),
            ("a b", "ab", -1, -1),
            ("1", "10", -1, -1),
            ("あ", "ア", -1, -1),
            ("ё", "е", 1, 1),
            ("", "a", -1, -1),
            ("a\0b", "ab", 0, 0),
            ("A-1", "A1", -1, -1),
            ("Z", "a", 1, 1),
        ] {
            assert_eq!(order(a, b, false) as i32, with, "{a} {b}");
            assert_eq!(order(a, b, true) as i32, without, "{a} {b} ignoring case");
        }
    }
}
