//! What a character may be. The tables follow the reference's `CharTraits`; characters beyond U+FFFF are never letters,
//! because the reference looks at UTF-16 units one by one.

const SPACE: u16 = 1;
const NEW_TOKEN: u16 = 2;
const NEW_TOKEN_AFTER_NUMBER: u16 = 4;
const NEW_ASSEMBLY_TOKEN: u16 = 8;
const VAR_FIRST: u16 = 16;
const IDENT_START: u16 = 32;
const HEX: u16 = 64;
const DIGIT: u16 = 128;
const TYPE_SUFFIX: u16 = 256;
const MULTIPLIER: u16 = 512;

static TRAITS: [u16; 128] = traits();

const fn traits() -> [u16; 128] {
    let mut t = [0; 128];
    let mut i = 0;
    while i < 128 {
        t[i] = match i as u8 {
            0 | b'\r' | b'\n' => NEW_TOKEN | NEW_ASSEMBLY_TOKEN,
            b'\t' | 0x0b | 0x0c | b' ' => SPACE | NEW_TOKEN | NEW_ASSEMBLY_TOKEN,
            b'!' | b'#' | b'%' | b'*' | b'+' | b'-' | b'.' | b'/' | b'<' | b'>' => NEW_TOKEN_AFTER_NUMBER,
            b'&' | b'(' | b')' | b';' | b'{' | b'|' | b'}' => NEW_TOKEN,
            b',' => NEW_TOKEN | NEW_ASSEMBLY_TOKEN,
            b'=' | b']' => NEW_ASSEMBLY_TOKEN | NEW_TOKEN_AFTER_NUMBER,
            b'0'..=b'9' => DIGIT | HEX | VAR_FIRST,
            b'$' | b':' | b'?' | b'^' => VAR_FIRST,
            b'_' => IDENT_START | VAR_FIRST,
            c @ (b'a'..=b'z' | b'A'..=b'Z') => {
                let letter = IDENT_START | VAR_FIRST;
                match c | 0x20 {
                    b'd' => letter | HEX | TYPE_SUFFIX,
                    b'a'..=b'f' => letter | HEX,
                    b'g' | b'k' | b'm' | b'p' | b't' => letter | MULTIPLIER,
                    b'l' | b'n' | b's' | b'u' | b'y' => letter | TYPE_SUFFIX,
                    _ => letter,
                }
            }
            _ => 0,
        };
        i += 1;
    }
    t
}

fn ascii_has(c: char, trait_bits: u16) -> bool {
    (c as u32) < 128 && TRAITS[c as usize] & trait_bits != 0
}

/// Unicode separators and the two Latin-1 ones; CR and LF are no white space here.
pub(crate) fn is_space(c: char) -> bool {
    match c as u32 {
        0..128 => TRAITS[c as usize] & SPACE != 0,
        0x85 | 0xa0 | 0x1680 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000 => true,
        _ => false,
    }
}

/// .NET's `char.IsWhiteSpace`, which counts CR and LF.
pub(crate) fn is_any_space(c: char) -> bool {
    is_space(c) || matches!(c, '\r' | '\n' | '\u{1c}'..='\u{1f}')
}

pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2013}' | '\u{2014}' | '\u{2015}')
}

pub(crate) fn is_single_quote(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}')
}

pub(crate) fn is_double_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}')
}

pub(crate) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && (c as u32) <= 0xffff && c.is_alphabetic())
}

pub(crate) fn is_letter_or_digit(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && (c as u32) <= 0xffff && c.is_alphanumeric())
}

pub(crate) fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

pub(crate) fn is_hex_digit(c: char) -> bool {
    ascii_has(c, HEX)
}

pub(crate) fn is_variable_start(c: char) -> bool {
    if c.is_ascii() { ascii_has(c, VAR_FIRST) } else { is_letter_or_digit(c) }
}

pub(crate) fn is_identifier_start(c: char) -> bool {
    if c.is_ascii() { ascii_has(c, IDENT_START) } else { is_letter(c) }
}

pub(crate) fn is_identifier_follow(c: char) -> bool {
    if c.is_ascii() { ascii_has(c, IDENT_START | DIGIT) } else { is_letter_or_digit(c) }
}

pub(crate) fn is_type_suffix(c: char) -> bool {
    ascii_has(c, TYPE_SUFFIX)
}

pub(crate) fn is_multiplier_start(c: char) -> bool {
    ascii_has(c, MULTIPLIER)
}

/// Ends a word whatever the mode. The end of the text reads as NUL and does so, too.
pub(crate) fn starts_new_token(c: char) -> bool {
    if c.is_ascii() { ascii_has(c, NEW_TOKEN) } else { is_space(c) }
}

/// Ends a number in expression mode.
pub(crate) fn ends_number(c: char, ternary: bool) -> bool {
    if c.is_ascii() {
        ascii_has(c, NEW_TOKEN_AFTER_NUMBER) || (ternary && matches!(c, '?' | ':'))
    } else {
        is_dash(c)
    }
}

pub(crate) fn ends_assembly_part(c: char) -> bool {
    if c.is_ascii() { ascii_has(c, NEW_ASSEMBLY_TOKEN) } else { is_space(c) }
}
