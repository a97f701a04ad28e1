//! How many cells of the terminal a text takes, and how it is cut and wrapped.
//!
//! The rule is the reference's own (observed in PowerShell 7.6.9, `formatting/unicode-width`), not the terminal's:
//! every UTF-16 unit is one cell, those of the East Asian wide ranges are two. So a combining mark counts, and a
//! character outside the basic plane counts two. Escape sequences count nothing. Knows no values and no streams.

/// Cells of a text; escape sequences take none.
#[inline]
pub fn cells(text: &str) -> usize {
    if is_simple(text) { text.len() } else { cells_slowly(text) }
}

/// ASCII without escape sequences: one byte is one cell.
#[inline]
pub fn is_simple(text: &str) -> bool {
    text.is_ascii() && !text.as_bytes().contains(&0x1B)
}

fn cells_slowly(text: &str) -> usize {
    if text.as_bytes().contains(&0x1B) {
        return pieces(text).map(|p| if p.escape { 0 } else { p.text.chars().map(cells_of).sum() }).sum();
    }
    text.chars().map(cells_of).sum()
}

/// Cells of one character.
#[inline]
pub fn cells_of(c: char) -> usize {
    let u = c as u32;
    if u < 0x1100 {
        return 1;
    }
    if u > 0xFFFF {
        return 2;
    }
    let wide = u <= 0x115F
        || matches!(u, 0x2329 | 0x232A)
        || (0x2E80..=0xA4CF).contains(&u) && u != 0x303F
        || matches!(u, 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE10..=0xFE19 | 0xFE30..=0xFE6F)
        || matches!(u, 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6);
    1 + wide as usize
}

/// A stretch of a text: either one escape sequence or text between two of them.
pub struct Piece<'a> {
    pub text: &'a str,
    pub escape: bool,
}

/// The text taken apart at its escape sequences: colours (`ESC[…m`), modes (`ESC[?…h`, `l`) and links (`ESC]8;;…ESC\`).
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(n) = escape_len(rest) {
            let (text, after) = rest.split_at(n);
            rest = after;
            return Some(Piece { text, escape: true });
        }
        let mut end = rest.len();
        let mut from = 0;
        while let Some(i) = rest[from..].find('\x1B') {
            let at = from + i;
            if at > 0 && escape_len(&rest[at..]).is_some() {
                end = at;
                break;
            }
            from = at + 1;
        }
        let (text, after) = rest.split_at(end);
        rest = after;
        Some(Piece { text, escape: false })
    })
}

/// Length in bytes of the escape sequence at the start of the text, if there is one.
fn escape_len(text: &str) -> Option<usize> {
    let b = text.as_bytes();
    if b.first() != Some(&0x1B) {
        return None;
    }
    match b.get(1)? {
        b'[' => {
            let mut i = 2;
            if b.get(i) == Some(&b'?') {
                i += 1;
                let digits = b[i..].iter().take_while(|c| c.is_ascii_digit()).count();
                i += digits;
                return (digits > 0 && matches!(b.get(i), Some(b'h' | b'l'))).then_some(i + 1);
            }
            loop {
                let digits = b[i..].iter().take_while(|c| c.is_ascii_digit()).count();
                i += digits;
                match b.get(i) {
                    Some(b'm') => return Some(i + 1),
                    Some(b';') if b.get(i + 1).is_some_and(u8::is_ascii_digit) => i += 1,
                    _ => return None,
                }
            }
        }
        b']' if text[2..].starts_with("8;;") => text[5..].find("\x1B\\").map(|n| n + 7),
        _ => None,
    }
}

/// The text without its escape sequences.
pub fn strip(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.as_bytes().contains(&0x1B) {
        return text.into();
    }
    pieces(text).filter(|p| !p.escape).map(|p| p.text).collect::<String>().into()
}

/// Appends the head of `text` that fits `room` cells, then `tail`. Escape sequences on the way are kept, and reset.
pub fn push_head(out: &mut String, text: &str, room: usize, tail: &str) {
    if !text.as_bytes().contains(&0x1B) {
        out.push_str(&text[..head_len(text, room)]);
        out.push_str(tail);
        return;
    }
    let mut left = room;
    let mut escapes = false;
    for p in pieces(text) {
        if p.escape {
            escapes = true;
            out.push_str(p.text);
            continue;
        }
        let n = head_len(p.text, left);
        out.push_str(&p.text[..n]);
        left -= cells(&p.text[..n]);
        if n < p.text.len() {
            break;
        }
    }
    close(out, tail, escapes);
}

/// Appends `front` and the tail of `text` that fits `room` cells. Escape sequences before it are kept, and reset.
pub fn push_tail(out: &mut String, text: &str, room: usize, front: &str) {
    if !text.as_bytes().contains(&0x1B) {
        out.push_str(front);
        out.push_str(&text[tail_start(text, room)..]);
        return;
    }
    let plain = strip(text);
    let mut skip = plain[..tail_start(&plain, room)].len();
    let mut front = Some(front);
    let mut escapes = false;
    for p in pieces(text) {
        if p.escape {
            escapes = true;
            out.push_str(p.text);
        } else if skip >= p.text.len() {
            skip -= p.text.len();
        } else {
            out.push_str(front.take().unwrap_or(""));
            out.push_str(&p.text[skip..]);
            skip = 0;
        }
    }
    close(out, "", escapes);
}

fn close(out: &mut String, tail: &str, escapes: bool) {
    if escapes && out.ends_with(RESET) {
        out.truncate(out.len() - RESET.len());
    }
    out.push_str(tail);
    if escapes {
        out.push_str(RESET);
    }
}

/// Ends all colours.
pub const RESET: &str = "\x1B[0m";

/// Bytes of the longest head of at most `room` cells. The text has no escape sequences.
fn head_len(text: &str, room: usize) -> usize {
    if text.is_ascii() {
        return text.len().min(room);
    }
    let mut used = 0;
    for (i, c) in text.char_indices() {
        used += cells_of(c);
        if used > room {
            return i;
        }
    }
    text.len()
}

/// Where the longest tail of at most `room` cells begins. The text has no escape sequences.
fn tail_start(text: &str, room: usize) -> usize {
    if text.is_ascii() {
        return text.len().saturating_sub(room);
    }
    let mut used = 0;
    for (i, c) in text.char_indices().rev() {
        used += cells_of(c);
        if used > room {
            return i + c.len_utf8();
        }
    }
    0
}

/// Does a culture break lines at words? Others break anywhere (observed for Japanese; the reference lists six languages).
pub fn breaks_at_words(culture: &str) -> bool {
    let language = culture.split('-').next().unwrap_or("");
    matches!(language, "en" | "fr" | "de" | "it" | "pt" | "es")
}

/// The lines of a text, `first` cells wide the first and `rest` cells the others. Line feeds in the text end lines.
pub fn wrap(text: &str, first: usize, rest: usize, at_words: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let line: String = if line.contains('\r') { line.replace('\r', "") } else { line.to_owned() };
        if cells(&line) <= first {
            lines.push(line);
        } else if at_words {
            wrap_words(&line, first, rest, &mut lines);
        } else {
            wrap_anywhere(&line, first, rest, &mut lines);
        }
    }
    lines
}

/// Words keep the blank behind them, so a line may end in one (observed: `formatting/format-list`, fl-long-words-wrap).
fn wrap_words(text: &str, first: usize, rest: usize, lines: &mut Vec<String>) {
    let mut out = Filling::new(first, rest, lines);
    for word in words(text) {
        let w = cells(&word);
        if w > out.width {
            for p in pieces(&word) {
                if p.escape {
                    out.line.push_str(p.text);
                    continue;
                }
                for c in p.text.chars() {
                    out.character(c);
                }
            }
        } else {
            if w > out.left {
                out.next();
            }
            out.line.push_str(&word);
            out.left -= w;
        }
    }
    let line = std::mem::take(&mut out.line);
    out.lines.push(line);
}

fn wrap_anywhere(text: &str, first: usize, rest: usize, lines: &mut Vec<String>) {
    let mut out = Filling::new(first, rest, lines);
    for p in pieces(text) {
        if p.escape {
            out.line.push_str(p.text);
            continue;
        }
        for c in p.text.chars() {
            out.character(c);
        }
    }
    let line = std::mem::take(&mut out.line);
    out.lines.push(line);
}

struct Filling<'a> {
    line: String,
    /// Cells of the line being filled, and what is left of them.
    width: usize,
    left: usize,
    rest: usize,
    lines: &'a mut Vec<String>,
}

impl<'a> Filling<'a> {
    fn new(first: usize, rest: usize, lines: &'a mut Vec<String>) -> Filling<'a> {
        let first = first.max(1);
        Filling { line: String::new(), width: first, left: first, rest: rest.max(1), lines }
    }

    fn next(&mut self) {
        let colours = open_colours(&self.line);
        let mut line = std::mem::replace(&mut self.line, colours);
        if !self.line.is_empty() && !line.ends_with(RESET) {
            line.push_str(RESET);
        }
        self.lines.push(line);
        self.width = self.rest;
        self.left = self.rest;
    }

    fn character(&mut self, c: char) {
        // A wide character in a one-cell field cannot be shown.
        let (c, w) = if cells_of(c) > self.width { ('?', 1) } else { (c, cells_of(c)) };
        if w > self.left {
            self.next();
        }
        self.line.push(c);
        self.left = self.left.saturating_sub(w);
    }
}

/// The colours that are still on at the end of a line.
fn open_colours(line: &str) -> String {
    let mut open = String::new();
    for p in pieces(line) {
        if p.escape {
            if p.text == RESET {
                open.clear();
            } else {
                open.push_str(p.text);
            }
        }
    }
    open
}

/// Words with the blank or tab behind them. A no-break space or hard hyphen ends a word without showing, as in the
/// reference; a soft hyphen disappears unless the line breaks there.
fn words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut word = String::new();
    for p in pieces(text) {
        if p.escape {
            word.push_str(p.text);
            continue;
        }
        for c in p.text.chars() {
            match c {
                ' ' | '\t' => {
                    word.push(c);
                    all.push(std::mem::take(&mut word));
                }
                '\u{AD}' | '\u{2011}' | '\u{A0}' => all.push(std::mem::take(&mut word)),
                _ => word.push(c),
            }
        }
    }
    all.push(word);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    // observed: formatting/unicode-width
    #[test]
    fn widths_are_those_of_utf16_units_in_wide_ranges() {
        assert_eq!(cells("山田太郎"), 8);
        assert_eq!(cells("ｶﾀｶﾅ"), 4);
        assert_eq!(cells("e\u{301}a\u{308}"), 4);
        assert_eq!(cells("😀"), 2);
        assert_eq!(cells("±×÷°→"), 5);
        assert_eq!(cells("葛\u{E0100}城"), 6);
        assert_eq!(cells("\x1B[31mred\x1B[0m"), 3);
        assert_eq!(cells("\x1B]8;;http://x\x1B\\link\x1B]8;;\x1B\\"), 4);
    }

    // observed: formatting/format-list fl-width-20
    #[test]
    fn words_keep_the_blank_behind_them() {
        assert_eq!(wrap("the quick brown fox", 13, 13, true), ["the quick ", "brown fox"]);
    }

    // observed: formatting/unicode-width cjk-list-odd-wrap
    #[test]
    fn a_wide_character_is_never_cut_in_half() {
        let lines = wrap(&format!("a{}", "漢".repeat(5)), 4, 4, true);
        assert_eq!(lines, ["a漢", "漢漢", "漢漢"]);
    }

    #[test]
    fn cutting_keeps_and_resets_colours() {
        let mut out = String::new();
        push_head(&mut out, "\x1B[31mabcdef\x1B[0m", 3, "…");
        assert_eq!(out, "\x1B[31mabc…\x1B[0m");
        let mut out = String::new();
        push_tail(&mut out, "\x1B[31mabcdef\x1B[0m", 3, "…");
        assert_eq!(out, "\x1B[31m…def\x1B[0m");
    }
}
