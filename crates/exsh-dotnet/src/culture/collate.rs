//! Linguistic order of text: letters before case, accents after letters, punctuation before digits before letters.
//!
//! An approximation of the root collation: the order of ASCII is that of DUCET (non-ignorable punctuation, as .NET asks
//! for), Latin letters with marks weigh as their base with a second-level difference, all else goes by code point.
//! Replacing this file by real collation data changes no caller.

use std::cmp::Ordering;

/// Order of two texts. Width, kana and case decide last (small letters first); `ignore_case` takes out case alone.
pub fn order(a: &str, b: &str, ignore_case: bool) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    if a.is_ascii() && b.is_ascii() {
        return ascii(a.as_bytes(), b.as_bytes(), ignore_case);
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
                // The lowest bit is the case.
                let (p, q) = if ignore_case { (p.third >> 1, q.third >> 1) } else { (p.third, q.third) };
                third = third.then(p.cmp(&q));
            }
        }
    }
    second.then(third)
}

/// First-level weights of ASCII, zero for what does not count; agrees with [`weigh`].
const ASCII: [u8; 128] = {
    let mut table = [0; 128];
    let mut i = 0;
    while i < PUNCTUATION.len() {
        table[PUNCTUATION[i] as usize] = i as u8 + 1;
        i += 1;
    }
    let mut c = 0;
    while c < 128u8 {
        let rank = match c {
            b'0'..=b'9' => 0x40 + (c - b'0'),
            b'a'..=b'z' => 0x50 + (c - b'a'),
            b'A'..=b'Z' => 0x50 + (c - b'A'),
            _ => table[c as usize],
        };
        table[c as usize] = rank;
        c += 1;
    }
    table
};

/// [`order`] for ASCII: no marks, so only letters and then their case.
fn ascii(a: &[u8], b: &[u8], ignore_case: bool) -> Ordering {
    let (mut i, mut j) = (0, 0);
    let mut case = Ordering::Equal;
    loop {
        while i < a.len() && ASCII[a[i] as usize] == 0 {
            i += 1;
        }
        while j < b.len() && ASCII[b[j] as usize] == 0 {
            j += 1;
        }
        match (a.get(i), b.get(j)) {
            (None, None) => return if ignore_case { Ordering::Equal } else { case },
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) => {
                if x != y {
                    let (p, q) = (ASCII[*x as usize], ASCII[*y as usize]);
                    if p != q {
                        return p.cmp(&q);
                    }
                    case = case.then(x.is_ascii_uppercase().cmp(&y.is_ascii_uppercase()));
                }
                i += 1;
                j += 1;
            }
        }
    }
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
            if is_ignorable(c) {
                continue;
            }
            let mut w = if c.is_ascii() {
                weigh(c, 0)
            } else {
                let (base, other, mark) = decompose(c);
                self.pending = other;
                weigh(base, mark)
            };
            // A combining mark that follows belongs to the letter.
            while let Some(m) = self.rest.clone().next().filter(|c| ('\u{300}'..='\u{36f}').contains(c)) {
                self.rest.next();
                w.second = w.second.saturating_add(m as u16 - 0x2ff);
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
    match c {
        'ß' => return ('s', Some('s'), 0x100),
        'æ' => return ('a', Some('e'), 0x100),
        'Æ' => return ('A', Some('E'), 0x100),
        'œ' => return ('o', Some('e'), 0x100),
        'Œ' => return ('O', Some('E'), 0x100),
        _ => {}
    }
    match MARKED.binary_search_by_key(&c, |m| m.0) {
        Ok(i) => (MARKED[i].1, None, MARKED[i].2),
        Err(_) => (c, None, 0),
    }
}

/// Letters with one mark: letter, base, number of the combining mark as [`Weights`] counts it. Sorted by letter.
#[rustfmt::skip]
const MARKED: &[(char, char, u16)] = &[
    ('À', 'A', 1), ('Á', 'A', 2), ('Â', 'A', 3), ('Ã', 'A', 4), ('Ä', 'A', 9), ('Å', 'A', 11),
    ('Ç', 'C', 40), ('È', 'E', 1), ('É', 'E', 2), ('Ê', 'E', 3), ('Ë', 'E', 9), ('Ì', 'I', 1),
    ('Í', 'I', 2), ('Î', 'I', 3), ('Ï', 'I', 9), ('Ñ', 'N', 4), ('Ò', 'O', 1), ('Ó', 'O', 2),
    ('Ô', 'O', 3), ('Õ', 'O', 4), ('Ö', 'O', 9), ('Ø', 'O', 57), ('Ù', 'U', 1), ('Ú', 'U', 2),
    ('Û', 'U', 3), ('Ü', 'U', 9), ('Ý', 'Y', 2), ('à', 'a', 1), ('á', 'a', 2), ('â', 'a', 3),
    ('ã', 'a', 4), ('ä', 'a', 9), ('å', 'a', 11), ('ç', 'c', 40), ('è', 'e', 1), ('é', 'e', 2),
    ('ê', 'e', 3), ('ë', 'e', 9), ('ì', 'i', 1), ('í', 'i', 2), ('î', 'i', 3), ('ï', 'i', 9),
    ('ñ', 'n', 4), ('ò', 'o', 1), ('ó', 'o', 2), ('ô', 'o', 3), ('õ', 'o', 4), ('ö', 'o', 9),
    ('ø', 'o', 57), ('ù', 'u', 1), ('ú', 'u', 2), ('û', 'u', 3), ('ü', 'u', 9), ('ý', 'y', 2),
    ('ÿ', 'y', 9), ('Ā', 'A', 5), ('ā', 'a', 5), ('Ă', 'A', 7), ('ă', 'a', 7), ('Ą', 'A', 41),
    ('ą', 'a', 41), ('Ć', 'C', 2), ('ć', 'c', 2), ('Ĉ', 'C', 3), ('ĉ', 'c', 3), ('Ċ', 'C', 8),
    ('ċ', 'c', 8), ('Č', 'C', 13), ('č', 'c', 13), ('Ď', 'D', 13), ('ď', 'd', 13), ('Đ', 'D', 54),
    ('đ', 'd', 54), ('Ē', 'E', 5), ('ē', 'e', 5), ('Ĕ', 'E', 7), ('ĕ', 'e', 7), ('Ė', 'E', 8),
    ('ė', 'e', 8), ('Ę', 'E', 41), ('ę', 'e', 41), ('Ě', 'E', 13), ('ě', 'e', 13), ('Ĝ', 'G', 3),
    ('ĝ', 'g', 3), ('Ğ', 'G', 7), ('ğ', 'g', 7), ('Ġ', 'G', 8), ('ġ', 'g', 8), ('Ģ', 'G', 40),
    ('ģ', 'g', 40), ('Ĥ', 'H', 3), ('ĥ', 'h', 3), ('Ĩ', 'I', 4), ('ĩ', 'i', 4), ('Ī', 'I', 5),
    ('ī', 'i', 5), ('Ĭ', 'I', 7), ('ĭ', 'i', 7), ('Į', 'I', 41), ('į', 'i', 41), ('İ', 'I', 8),
    ('ı', 'i', 54), ('Ĵ', 'J', 3), ('ĵ', 'j', 3), ('Ķ', 'K', 40), ('ķ', 'k', 40), ('Ĺ', 'L', 2),
    ('ĺ', 'l', 2), ('Ļ', 'L', 40), ('ļ', 'l', 40), ('Ľ', 'L', 13), ('ľ', 'l', 13), ('Ł', 'L', 54),
    ('ł', 'l', 54), ('Ń', 'N', 2), ('ń', 'n', 2), ('Ņ', 'N', 40), ('ņ', 'n', 40), ('Ň', 'N', 13),
    ('ň', 'n', 13), ('Ō', 'O', 5), ('ō', 'o', 5), ('Ŏ', 'O', 7), ('ŏ', 'o', 7), ('Ő', 'O', 12),
    ('ő', 'o', 12), ('Ŕ', 'R', 2), ('ŕ', 'r', 2), ('Ŗ', 'R', 40), ('ŗ', 'r', 40), ('Ř', 'R', 13),
    ('ř', 'r', 13), ('Ś', 'S', 2), ('ś', 's', 2), ('Ŝ', 'S', 3), ('ŝ', 's', 3), ('Ş', 'S', 40),
    ('ş', 's', 40), ('Š', 'S', 13), ('š', 's', 13), ('Ţ', 'T', 40), ('ţ', 't', 40), ('Ť', 'T', 13),
    ('ť', 't', 13), ('Ũ', 'U', 4), ('ũ', 'u', 4), ('Ū', 'U', 5), ('ū', 'u', 5), ('Ŭ', 'U', 7),
    ('ŭ', 'u', 7), ('Ů', 'U', 11), ('ů', 'u', 11), ('Ű', 'U', 12), ('ű', 'u', 12), ('Ų', 'U', 41),
    ('ų', 'u', 41), ('Ŵ', 'W', 3), ('ŵ', 'w', 3), ('Ŷ', 'Y', 3), ('ŷ', 'y', 3), ('Ÿ', 'Y', 9),
    ('Ź', 'Z', 2), ('ź', 'z', 2), ('Ż', 'Z', 8), ('ż', 'z', 8), ('Ž', 'Z', 13), ('ž', 'z', 13),
    ('Ơ', 'O', 28), ('ơ', 'o', 28), ('Ư', 'U', 28), ('ư', 'u', 28), ('Ǎ', 'A', 13), ('ǎ', 'a', 13),
    ('Ǐ', 'I', 13), ('ǐ', 'i', 13), ('Ǒ', 'O', 13), ('ǒ', 'o', 13), ('Ǔ', 'U', 13), ('ǔ', 'u', 13),
    ('Ǣ', 'Æ', 5), ('ǣ', 'æ', 5), ('Ǧ', 'G', 13), ('ǧ', 'g', 13), ('Ǩ', 'K', 13), ('ǩ', 'k', 13),
    ('Ǫ', 'O', 41), ('ǫ', 'o', 41), ('Ǯ', 'Ʒ', 13), ('ǯ', 'ʒ', 13), ('ǰ', 'j', 13), ('Ǵ', 'G', 2),
    ('ǵ', 'g', 2), ('Ǹ', 'N', 1), ('ǹ', 'n', 1), ('Ǽ', 'Æ', 2), ('ǽ', 'æ', 2), ('Ǿ', 'Ø', 2),
    ('ǿ', 'ø', 2), ('Ȁ', 'A', 16), ('ȁ', 'a', 16), ('Ȃ', 'A', 18), ('ȃ', 'a', 18), ('Ȅ', 'E', 16),
    ('ȅ', 'e', 16), ('Ȇ', 'E', 18), ('ȇ', 'e', 18), ('Ȉ', 'I', 16), ('ȉ', 'i', 16), ('Ȋ', 'I', 18),
    ('ȋ', 'i', 18), ('Ȍ', 'O', 16), ('ȍ', 'o', 16), ('Ȏ', 'O', 18), ('ȏ', 'o', 18), ('Ȑ', 'R', 16),
    ('ȑ', 'r', 16), ('Ȓ', 'R', 18), ('ȓ', 'r', 18), ('Ȕ', 'U', 16), ('ȕ', 'u', 16), ('Ȗ', 'U', 18),
    ('ȗ', 'u', 18), ('Ș', 'S', 39), ('ș', 's', 39), ('Ț', 'T', 39), ('ț', 't', 39), ('Ȟ', 'H', 13),
    ('ȟ', 'h', 13), ('Ȧ', 'A', 8), ('ȧ', 'a', 8), ('Ȩ', 'E', 40), ('ȩ', 'e', 40), ('Ȯ', 'O', 8),
    ('ȯ', 'o', 8), ('Ȳ', 'Y', 5), ('ȳ', 'y', 5), ('Ё', 'Е', 9), ('ё', 'е', 9), ('Ḁ', 'A', 38),
    ('ḁ', 'a', 38), ('Ḃ', 'B', 8), ('ḃ', 'b', 8), ('Ḅ', 'B', 36), ('ḅ', 'b', 36), ('Ḇ', 'B', 50),
    ('ḇ', 'b', 50), ('Ḋ', 'D', 8), ('ḋ', 'd', 8), ('Ḍ', 'D', 36), ('ḍ', 'd', 36), ('Ḏ', 'D', 50),
    ('ḏ', 'd', 50), ('Ḑ', 'D', 40), ('ḑ', 'd', 40), ('Ḓ', 'D', 46), ('ḓ', 'd', 46), ('Ḙ', 'E', 46),
    ('ḙ', 'e', 46), ('Ḛ', 'E', 49), ('ḛ', 'e', 49), ('Ḟ', 'F', 8), ('ḟ', 'f', 8), ('Ḡ', 'G', 5),
    ('ḡ', 'g', 5), ('Ḣ', 'H', 8), ('ḣ', 'h', 8), ('Ḥ', 'H', 36), ('ḥ', 'h', 36), ('Ḧ', 'H', 9),
    ('ḧ', 'h', 9), ('Ḩ', 'H', 40), ('ḩ', 'h', 40), ('Ḫ', 'H', 47), ('ḫ', 'h', 47), ('Ḭ', 'I', 49),
    ('ḭ', 'i', 49), ('Ḱ', 'K', 2), ('ḱ', 'k', 2), ('Ḳ', 'K', 36), ('ḳ', 'k', 36), ('Ḵ', 'K', 50),
    ('ḵ', 'k', 50), ('Ḷ', 'L', 36), ('ḷ', 'l', 36), ('Ḻ', 'L', 50), ('ḻ', 'l', 50), ('Ḽ', 'L', 46),
    ('ḽ', 'l', 46), ('Ḿ', 'M', 2), ('ḿ', 'm', 2), ('Ṁ', 'M', 8), ('ṁ', 'm', 8), ('Ṃ', 'M', 36),
    ('ṃ', 'm', 36), ('Ṅ', 'N', 8), ('ṅ', 'n', 8), ('Ṇ', 'N', 36), ('ṇ', 'n', 36), ('Ṉ', 'N', 50),
    ('ṉ', 'n', 50), ('Ṋ', 'N', 46), ('ṋ', 'n', 46), ('Ṕ', 'P', 2), ('ṕ', 'p', 2), ('Ṗ', 'P', 8),
    ('ṗ', 'p', 8), ('Ṙ', 'R', 8), ('ṙ', 'r', 8), ('Ṛ', 'R', 36), ('ṛ', 'r', 36), ('Ṟ', 'R', 50),
    ('ṟ', 'r', 50), ('Ṡ', 'S', 8), ('ṡ', 's', 8), ('Ṣ', 'S', 36), ('ṣ', 's', 36), ('Ṫ', 'T', 8),
    ('ṫ', 't', 8), ('Ṭ', 'T', 36), ('ṭ', 't', 36), ('Ṯ', 'T', 50), ('ṯ', 't', 50), ('Ṱ', 'T', 46),
    ('ṱ', 't', 46), ('Ṳ', 'U', 37), ('ṳ', 'u', 37), ('Ṵ', 'U', 49), ('ṵ', 'u', 49), ('Ṷ', 'U', 46),
    ('ṷ', 'u', 46), ('Ṽ', 'V', 4), ('ṽ', 'v', 4), ('Ṿ', 'V', 36), ('ṿ', 'v', 36), ('Ẁ', 'W', 1),
    ('ẁ', 'w', 1), ('Ẃ', 'W', 2), ('ẃ', 'w', 2), ('Ẅ', 'W', 9), ('ẅ', 'w', 9), ('Ẇ', 'W', 8),
    ('ẇ', 'w', 8), ('Ẉ', 'W', 36), ('ẉ', 'w', 36), ('Ẋ', 'X', 8), ('ẋ', 'x', 8), ('Ẍ', 'X', 9),
    ('ẍ', 'x', 9), ('Ẏ', 'Y', 8), ('ẏ', 'y', 8), ('Ẑ', 'Z', 3), ('ẑ', 'z', 3), ('Ẓ', 'Z', 36),
    ('ẓ', 'z', 36), ('Ẕ', 'Z', 50), ('ẕ', 'z', 50), ('ẖ', 'h', 50), ('ẗ', 't', 9), ('ẘ', 'w', 11),
    ('ẙ', 'y', 11), ('ẛ', 'ſ', 8), ('Ạ', 'A', 36), ('ạ', 'a', 36), ('Ả', 'A', 10), ('ả', 'a', 10),
    ('Ẹ', 'E', 36), ('ẹ', 'e', 36), ('Ẻ', 'E', 10), ('ẻ', 'e', 10), ('Ẽ', 'E', 4), ('ẽ', 'e', 4),
    ('Ỉ', 'I', 10), ('ỉ', 'i', 10), ('Ị', 'I', 36), ('ị', 'i', 36), ('Ọ', 'O', 36), ('ọ', 'o', 36),
    ('Ỏ', 'O', 10), ('ỏ', 'o', 10), ('Ụ', 'U', 36), ('ụ', 'u', 36), ('Ủ', 'U', 10), ('ủ', 'u', 10),
    ('Ỳ', 'Y', 1), ('ỳ', 'y', 1), ('Ỵ', 'Y', 36), ('ỵ', 'y', 36), ('Ỷ', 'Y', 10), ('ỷ', 'y', 10),
    ('Ỹ', 'Y', 4), ('ỹ', 'y', 4),
];

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
            ("ａ", "a", 1, 1),
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
