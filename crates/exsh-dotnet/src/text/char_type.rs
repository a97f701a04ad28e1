//! `System.Char`.

use crate::core::culture_info::FORMAT;
use crate::core::reference::{REF, assign};
use crate::fail;
use crate::sig::*;
use exsh_core::types::MemberTable;
use exsh_core::{Result, Str, Value};

fn c(v: &Value) -> u16 {
    v.base().as_char().unwrap_or(0)
}

fn ch(u: u16) -> char {
    char::from_u32(u as u32).unwrap_or('\u{FFFD}')
}

/// The character a static test asks about: `(c)` or `(text, index)`.
fn asked(a: &[Value]) -> Result<u16> {
    match arg(a, 0).base().as_str() {
        Some(s) => {
            let i = usize::try_from(int_at(a, 1)).ok();
            i.and_then(|i| s.unit_at(i)).ok_or_else(|| {
                fail::out_of_range(
                    "Index was out of range. Must be non-negative and less than the size of the collection.",
                    "index",
                )
            })
        }
        None => Ok(char_at(a, 0)),
    }
}

fn test(a: &[Value], f: impl Fn(char) -> bool) -> Result<Value> {
    Ok(Value::bool(f(ch(asked(a)?))))
}

fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation() && !is_symbol(c);
    }
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
        | '¡' | '§' | '«' | '¶' | '·' | '»' | '¿')
}

fn is_symbol(c: char) -> bool {
    matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~' | '¢'..='¦' | '¨' | '©' | '¬' | '®'..='±' | '´' | '¸' | '×' | '÷' | '\u{20a0}'..='\u{20cf}' | '\u{2190}'..='\u{23ff}' | '\u{2500}'..='\u{27bf}')
}

fn cased(u: u16, upper: bool) -> Value {
    let s = if upper {
        super::string::upper(&ch(u).to_string())
    } else {
        super::string::lower(&ch(u).to_string())
    };
    Value::char(Str::from(s).unit_at(0).unwrap_or(u))
}

fn text(u: u16) -> Value {
    Value::string(Str::from_utf16(&[u]))
}

macro_rules! tests {
    ($($name:ident = $f:expr;)*) => { $(
        fn $name(a: &[Value]) -> Result<Value> {
            test(a, $f)
        }
    )* };
}
tests! {
    is_control = |c| c.is_control();
    is_digit = |c| c.is_ascii_digit() || ('\u{660}'..='\u{669}').contains(&c) || ('\u{ff10}'..='\u{ff19}').contains(&c);
    is_letter = char::is_alphabetic;
    is_letter_or_digit = char::is_alphanumeric;
    is_lower = char::is_lowercase;
    is_number = char::is_numeric;
    is_punct = is_punctuation;
    is_separator = |c| c == ' ' || matches!(c, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}');
    is_sym = is_symbol;
    is_upper = char::is_uppercase;
    is_white = char::is_whitespace;
}

pub static MEMBERS: MemberTable = MemberTable {
    properties: &[],
    methods: methods! {
        CompareTo {
            (value: CHAR) -> "int" = |_, v, a| Ok(Value::int(c(v) as i32 - char_at(a, 0) as i32));
        }
        GetTypeCode { () -> "System.TypeCode" = |_, _, _| Ok(Value::enumeration(&crate::types::enums::TYPE_CODE, 4)); }
        ToString { () -> "string" = |_, v, _| Ok(text(c(v)));
            (provider: FORMAT) -> "string" = |_, v, _| Ok(text(c(v))); }
    },
    static_properties: properties! {
        MaxValue: "char" = |_, _| Ok(Value::char(u16::MAX));
        MinValue: "char" = |_, _| Ok(Value::char(0));
    },
    static_methods: methods! {
        ConvertFromUtf32 { (utf32: INT) -> "string" = |_, _, a| match u32::try_from(int_at(a, 0)).ok().and_then(char::from_u32) {
            Some(c) => Ok(Value::text(c.to_string())),
            None => Err(fail::out_of_range("A valid UTF32 value is between 0x000000 and 0x10ffff, inclusive, and should not include surrogate codepoint values (0x00d800 ~ 0x00dfff).", "utf32")),
        }; }
        ConvertToUtf32 { (s: STR, index: INT) -> "int" = |_, _, a| {
            let units = str_at(a, 0).to_utf16();
            let rest = units.get(int_at(a, 1).max(0) as usize..).unwrap_or(&[]);
            match char::decode_utf16(rest.iter().copied()).next() {
                Some(Ok(c)) => Ok(Value::int(c as i32)),
                _ => Err(fail::argument("Found a low surrogate char without a preceding high surrogate at index: 0. The input may not be in this encoding, or may not contain valid Unicode (UTF-16) characters.", "s")),
            }
        }; }
        GetNumericValue { (c: CHAR) -> "double" = |_, _, a| Ok(Value::double(ch(char_at(a, 0)).to_digit(10).map_or(-1.0, |d| d as f64))); }
        IsAscii { (c: CHAR) -> "bool" = |_, _, a| Ok(Value::bool(char_at(a, 0) < 128)); }
        IsAsciiDigit { (c: CHAR) -> "bool" = |_, _, a| Ok(Value::bool(ch(char_at(a, 0)).is_ascii_digit())); }
        IsAsciiLetter { (c: CHAR) -> "bool" = |_, _, a| Ok(Value::bool(ch(char_at(a, 0)).is_ascii_alphabetic())); }
        IsAsciiLetterOrDigit { (c: CHAR) -> "bool" = |_, _, a| Ok(Value::bool(ch(char_at(a, 0)).is_ascii_alphanumeric())); }
        IsAsciiHexDigit { (c: CHAR) -> "bool" = |_, _, a| Ok(Value::bool(ch(char_at(a, 0)).is_ascii_hexdigit())); }
        IsControl { (c: CHAR) -> "bool" = |_, _, a| is_control(a); (s: STR, index: INT) -> "bool" = |_, _, a| is_control(a); }
        IsDigit { (c: CHAR) -> "bool" = |_, _, a| is_digit(a); (s: STR, index: INT) -> "bool" = |_, _, a| is_digit(a); }
        IsHighSurrogate { (c: CHAR) -> "bool" = |_, _, a| Ok(Value::bool((0xD800..0xDC00).contains(&char_at(a, 0)))); }
        IsLetter { (c: CHAR) -> "bool" = |_, _, a| is_letter(a); (s: STR, index: INT) -> "bool" = |_, _, a| is_letter(a); }
        IsLetterOrDigit { (c: CHAR) -> "bool" = |_, _, a| is_letter_or_digit(a); (s: STR, index: INT) -> "bool" = |_, _, a| is_letter_or_digit(a); }
        IsLower { (c: CHAR) -> "bool" = |_, _, a| is_lower(a); (s: STR, index: INT) -> "bool" = |_, _, a| is_lower(a); }
        IsLowSurrogate { (c: CHAR) -> "bool" = |_, _, a| Ok(Value::bool((0xDC00..0xE000).contains(&char_at(a, 0)))); }
        IsNumber { (c: CHAR) -> "bool" = |_, _, a| is_number(a); (s: STR, index: INT) -> "bool" = |_, _, a| is_number(a); }
        IsPunctuation { (c: CHAR) -> "bool" = |_, _, a| is_punct(a); (s: STR, index: INT) -> "bool" = |_, _, a| is_punct(a); }
        IsSeparator { (c: CHAR) -> "bool" = |_, _, a| is_separator(a); (s: STR, index: INT) -> "bool" = |_, _, a| is_separator(a); }
        IsSurrogate { (c: CHAR) -> "bool" = |_, _, a| Ok(Value::bool((0xD800..0xE000).contains(&char_at(a, 0)))); }
        IsSymbol { (c: CHAR) -> "bool" = |_, _, a| is_sym(a); (s: STR, index: INT) -> "bool" = |_, _, a| is_sym(a); }
        IsUpper { (c: CHAR) -> "bool" = |_, _, a| is_upper(a); (s: STR, index: INT) -> "bool" = |_, _, a| is_upper(a); }
        IsWhiteSpace { (c: CHAR) -> "bool" = |_, _, a| is_white(a); (s: STR, index: INT) -> "bool" = |_, _, a| is_white(a); }
        Parse { (s: STR) -> "char" = |_, _, a| {
            let s = str_at(a, 0);
            s.unit_at(0).filter(|_| s.utf16_len() == 1).map(Value::char).ok_or_else(|| fail::format("String must be exactly one character long."))
        }; }
        ToLower { (c: CHAR) -> "char" = |_, _, a| Ok(cased(char_at(a, 0), false)); }
        ToLowerInvariant { (c: CHAR) -> "char" = |_, _, a| Ok(cased(char_at(a, 0), false)); }
        ToString { (c: CHAR) -> "string" = |_, _, a| Ok(text(char_at(a, 0))); }
        ToUpper { (c: CHAR) -> "char" = |_, _, a| Ok(cased(char_at(a, 0), true)); }
        ToUpperInvariant { (c: CHAR) -> "char" = |_, _, a| Ok(cased(char_at(a, 0), true)); }
        TryParse { (s: STR, result: REF) -> "bool" = |shell, _, a| {
            let s = str_at(a, 0);
            let u = s.unit_at(0).filter(|_| s.utf16_len() == 1);
            assign(shell, arg(a, 1), Value::char(u.unwrap_or(0)))?;
            Ok(Value::bool(u.is_some()))
        }; }
    },
    constructors: &[],
};
