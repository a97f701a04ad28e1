//! Numbers: their spelling (sign, hex, binary, decimal, real, suffix, multiplier) and the value it means.
//!
//! Decides the .NET type by the reference's rules. Values beyond 128 bits are kept as decimal digits; hexadecimal and
//! binary ones of more than 1024 digits are refused, so that reading stays linear.

use nom::Parser as _;
use nom::bytes::complete::take_while;

use super::Lexer;
use crate::ast::Literal;
use crate::chars::{
    ends_number, is_dash, is_digit, is_hex_digit, is_multiplier_start, is_type_suffix, starts_new_token,
};
use crate::cursor::Cursor;
use crate::text::Text;
use crate::token::{Token, TokenKind, TokenValue};

const MAX_RADIX_DIGITS: usize = 1024;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Format {
    Decimal,
    Hex,
    Binary,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Suffix {
    None,
    Unsigned,
    SByte,
    Byte,
    Short,
    UShort,
    Long,
    ULong,
    Decimal,
    Big,
}

/// How a number is written: its digits with sign, point and exponent, and what stands behind them.
pub(super) struct Spelling {
    digits: String,
    format: Format,
    suffix: Suffix,
    real: bool,
    multiplier: i64,
}

fn run<'t>(at: &mut Cursor<'t>, test: fn(char) -> bool) -> &'t str {
    match take_while::<_, Cursor<'t>, ()>(test).parse(*at) {
        Ok((rest, taken)) => {
            *at = rest;
            taken.rest()
        }
        Err(_) => "",
    }
}

impl Lexer<'_, '_> {
    /// Behind the number's first character. What turns out to be no number is a word.
    pub(super) fn number(&mut self) -> Token {
        if let Some(value) = self.small_integer() {
            return self.token_with(TokenKind::Number, 0, TokenValue::Number(Some(Literal::Int32(value))));
        }
        let first = self.at.text()[self.start as usize..].chars().next().unwrap_or('\0');
        let value = match self.spelling_from(first) {
            Some(spelling) => value_of(&spelling),
            None => return self.word_from(self.start),
        };
        if value.is_none() {
            if !self.in_expression() {
                return self.word_from(self.start);
            }
            let span = self.current_span();
            let text = &self.at.text()[self.start as usize..self.at.offset() as usize];
            self.report(span, "BadNumericConstant", &[text]);
        }
        self.token_with(TokenKind::Number, 0, TokenValue::Number(value))
    }

    /// The frequent number: up to nine digits and nothing else.
    fn small_integer(&mut self) -> Option<i32> {
        let text = &self.at.text()[self.start as usize..];
        let len = text.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(text.len());
        let behind = text.as_bytes().get(len).map_or('\0', |&b| b as char);
        let ends = starts_new_token(behind)
            || (self.in_expression() && matches!(behind, ']' | '+' | '*' | '/' | '%'));
        if !(1..=9).contains(&len) || !behind.is_ascii() || !ends {
            return None;
        }
        self.at.seek(self.start + len as u32);
        text[..len].parse().ok()
    }

    /// Behind `first`: how the number is written, if it is one.
    pub(super) fn spelling_from(&mut self, mut first: char) -> Option<Spelling> {
        let mut s = Spelling {
            digits: String::new(),
            format: Format::Decimal,
            suffix: Suffix::None,
            real: false,
            multiplier: 1,
        };
        let mut good = true;
        if is_dash(first) || first == '+' {
            s.digits.push(if first == '+' { '+' } else { '-' });
            first = self.at.bump();
        }
        if first == '.' {
            s.digits.push('.');
            s.real = true;
            good &= self.after_point(&mut s.digits);
        } else if first == '0' && matches!(self.at.peek(), 'x' | 'X') {
            self.at.bump();
            s.format = Format::Hex;
            s.digits.push('0');
            s.digits.push_str(run(&mut self.at, is_hex_digit));
        } else if first == '0' && matches!(self.at.peek(), 'b' | 'B') {
            self.at.bump();
            s.format = Format::Binary;
            s.digits.push_str(run(&mut self.at, |c| matches!(c, '0' | '1')));
            good &= !s.digits.is_empty();
        } else {
            s.digits.push(first);
            s.digits.push_str(run(&mut self.at, is_digit));
            match self.at.peek() {
                '.' if self.at.peek_second() != '.' => {
                    self.at.bump();
                    s.digits.push('.');
                    s.real = true;
                    good &= self.after_point(&mut s.digits);
                }
                e @ ('e' | 'E') => {
                    self.at.bump();
                    s.digits.push(e);
                    s.real = true;
                    good &= self.exponent(&mut s.digits);
                }
                _ => {}
            }
        }
        good &= self.suffix(&mut s);
        good &= self.multiplier(&mut s);
        let c = self.at.peek();
        good &= starts_new_token(c) || (self.in_expression() && ends_number(c, self.end_number_on_ternary));
        good.then_some(s)
    }

    fn after_point(&mut self, digits: &mut String) -> bool {
        digits.push_str(run(&mut self.at, is_digit));
        match self.at.peek() {
            e @ ('e' | 'E') => {
                self.at.bump();
                digits.push(e);
                self.exponent(digits)
            }
            _ => true,
        }
    }

    fn exponent(&mut self, digits: &mut String) -> bool {
        let c = self.at.peek();
        if c == '+' || is_dash(c) {
            self.at.bump();
            digits.push(if c == '+' { '+' } else { '-' });
        }
        let exponent = run(&mut self.at, is_digit);
        digits.push_str(exponent);
        !exponent.is_empty()
    }

    fn suffix(&mut self, s: &mut Spelling) -> bool {
        if !is_type_suffix(self.at.peek()) {
            return true;
        }
        s.suffix = match self.at.bump().to_ascii_lowercase() {
            'u' => Suffix::Unsigned,
            's' => Suffix::Short,
            'l' => Suffix::Long,
            'd' => Suffix::Decimal,
            'y' => Suffix::SByte,
            _ => Suffix::Big,
        };
        if !is_type_suffix(self.at.peek()) {
            return true;
        }
        let second = self.at.bump().to_ascii_lowercase();
        s.suffix = match (s.suffix, second) {
            (Suffix::Unsigned, 'l') => Suffix::ULong,
            (Suffix::Unsigned, 's') => Suffix::UShort,
            (Suffix::Unsigned, 'y') => Suffix::Byte,
            _ => return false,
        };
        true
    }

    fn multiplier(&mut self, s: &mut Spelling) -> bool {
        if !is_multiplier_start(self.at.peek()) {
            return true;
        }
        s.multiplier = match self.at.bump().to_ascii_lowercase() {
            'k' => 1 << 10,
            'm' => 1 << 20,
            'g' => 1 << 30,
            't' => 1 << 40,
            _ => 1 << 50,
        };
        self.at.eat('b') || self.at.eat('B')
    }
}

/// The value with its .NET type; `None` if no type holds it.
fn value_of(s: &Spelling) -> Option<Literal> {
    if s.real {
        return match s.suffix {
            Suffix::Decimal => decimal_of(&s.digits, s.multiplier).map(Literal::Decimal),
            _ => real_of(s),
        };
    }
    let (negative, digits) = match s.digits.as_bytes().first()? {
        b'-' => (true, &s.digits[1..]),
        b'+' => (false, &s.digits[1..]),
        _ => (false, s.digits.as_str()),
    };
    let mut suffix = s.suffix;
    let unsigned = matches!(suffix, Suffix::Unsigned | Suffix::Byte | Suffix::UShort | Suffix::ULong);
    let mut value = match s.format {
        Format::Decimal => Integer::decimal(digits)?,
        Format::Hex => {
            // A zero stands before the digits; as many digits as the type has make the first one carry the sign.
            let width = match suffix {
                Suffix::SByte => 2,
                Suffix::Short => 4,
                Suffix::Long => 16,
                _ if digits.len() < 16 => 8,
                _ => 16,
            };
            let signed = !unsigned && digits.len() == width + 1;
            let digits = if signed { &digits[1..] } else { digits };
            if digits.len() == 16 {
                suffix = widened(suffix);
            }
            Integer::radix(digits, 16, signed)?
        }
        Format::Binary => {
            let len = digits.len();
            let signed =
                !unsigned && (matches!(len, 8 | 16 | 32 | 64 | 96) || (len >= 128 && len.is_multiple_of(8)));
            if len == 64 {
                suffix = widened(suffix);
            }
            Integer::radix(digits, 2, signed)?
        }
    };
    if negative {
        value = value.negated();
    }
    value = value.times(s.multiplier)?;
    typed(value, suffix, s.format)
}

fn widened(suffix: Suffix) -> Suffix {
    match suffix {
        Suffix::None => Suffix::Long,
        Suffix::Unsigned => Suffix::ULong,
        other => other,
    }
}

fn typed(value: Integer, suffix: Suffix, format: Format) -> Option<Literal> {
    let small = match &value {
        Integer::Small(v) => Some(*v),
        Integer::Big { .. } => None,
    };
    match suffix {
        Suffix::SByte => small?.try_into().ok().map(Literal::SByte),
        Suffix::Byte => small?.try_into().ok().map(Literal::Byte),
        Suffix::Short => small?.try_into().ok().map(Literal::Int16),
        Suffix::UShort => small?.try_into().ok().map(Literal::UInt16),
        Suffix::Long => small?.try_into().ok().map(Literal::Int64),
        Suffix::ULong => small?.try_into().ok().map(Literal::UInt64),
        Suffix::Unsigned => {
            let v = small?;
            u32::try_from(v).map(Literal::UInt32).or_else(|_| u64::try_from(v).map(Literal::UInt64)).ok()
        }
        Suffix::Decimal => (small?.unsigned_abs() <= MAX_DECIMAL).then(|| Literal::Decimal(value.text())),
        Suffix::Big => Some(Literal::BigInteger(value.text())),
        Suffix::None => {
            if let Some(v) = small {
                if let Ok(v) = i32::try_from(v) {
                    return Some(Literal::Int32(v));
                }
                if let Ok(v) = i64::try_from(v) {
                    return Some(Literal::Int64(v));
                }
            }
            if format != Format::Decimal {
                return None;
            }
            if small.is_some_and(|v| v.unsigned_abs() <= MAX_DECIMAL) {
                return Some(Literal::Decimal(value.text()));
            }
            let v: f64 = value.text().parse().ok()?;
            v.is_finite().then_some(Literal::Double(v))
        }
    }
}

/// A real number: a double, or with a suffix the whole number next to it (halves go to the even one).
fn real_of(s: &Spelling) -> Option<Literal> {
    let value = s.digits.parse::<f64>().ok()? * s.multiplier as f64;
    if s.suffix == Suffix::None {
        return Some(Literal::Double(value));
    }
    if !value.is_finite() {
        return None;
    }
    let whole = value.round_ties_even();
    let integer = if whole.abs() < 1e37 {
        Integer::Small(whole as i128)
    } else {
        Integer::decimal(&format!("{:.0}", whole.abs()))?
    };
    let integer =
        if whole < 0.0 && matches!(integer, Integer::Big { .. }) { integer.negated() } else { integer };
    typed(integer, s.suffix, Format::Decimal)
}

/// 2^96 - 1.
const MAX_DECIMAL: u128 = 79_228_162_514_264_337_593_543_950_335;

/// A System.Decimal with its scale kept: `1.50d` is 1.50.
fn decimal_of(spelling: &str, multiplier: i64) -> Option<Text> {
    let (mantissa, exponent) = match spelling.find(['e', 'E']) {
        Some(at) => (&spelling[..at], spelling[at + 1..].parse::<i64>().ok()?),
        None => (spelling, 0),
    };
    let negative = mantissa.starts_with('-');
    let mantissa = mantissa.trim_start_matches(['-', '+']);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut digits: String = [whole, fraction].concat().trim_start_matches('0').to_owned();
    let mut scale = fraction.len() as i64 - exponent;
    if scale < 0 {
        if !digits.is_empty() {
            if scale < -40 {
                return None;
            }
            digits.extend(std::iter::repeat_n('0', -scale as usize));
        }
        scale = 0;
    }
    let (mut value, mut scale) = fit_decimal(&digits, scale)?;
    if multiplier != 1 {
        value = value.checked_mul(multiplier as u128)?;
        (value, scale) = fit_decimal(&value.to_string(), scale)?;
    }
    let mut text = value.to_string();
    if scale > 0 {
        let scale = scale as usize;
        if text.len() <= scale {
            text.insert_str(0, &"0".repeat(scale + 1 - text.len()));
        }
        text.insert(text.len() - scale, '.');
    }
    if negative && value != 0 {
        text.insert(0, '-');
    }
    Some(text.into())
}

/// Rounds to at most 28 places and 96 bits.
fn fit_decimal(digits: &str, scale: i64) -> Option<(u128, i64)> {
    let mut drop = (scale - 28).max(0).max((digits.len() as i64 - 29).min(scale));
    loop {
        if drop > scale {
            return None;
        }
        let keep = digits.len() as i64 - drop;
        let value = match keep {
            i64::MIN..=-1 => 0,
            _ => {
                let (kept, dropped) = digits.split_at(keep as usize);
                let kept = if kept.is_empty() { 0 } else { kept.parse::<u128>().ok()? };
                kept + u128::from(dropped.as_bytes().first().is_some_and(|&d| d >= b'5'))
            }
        };
        if value <= MAX_DECIMAL {
            return Some((value, scale - drop));
        }
        drop += 1;
    }
}

enum Integer {
    Small(i128),
    /// Decimal digits without leading zeros.
    Big {
        negative: bool,
        digits: String,
    },
}

impl Integer {
    fn decimal(digits: &str) -> Option<Integer> {
        if !digits.bytes().all(|b| b.is_ascii_digit()) || digits.is_empty() {
            return None;
        }
        let digits = digits.trim_start_matches('0');
        if digits.len() <= 36 {
            return Some(Integer::Small(if digits.is_empty() { 0 } else { digits.parse().ok()? }));
        }
        Some(Integer::Big { negative: false, digits: digits.to_owned() })
    }

    /// Hexadecimal or binary digits; if `signed`, the first bit is worth its negative.
    fn radix(digits: &str, radix: u32, signed: bool) -> Option<Integer> {
        let first = digits.chars().next()?.to_digit(radix)?;
        let negative = signed && first >= radix / 2;
        let bits = if radix == 16 { 4 } else { 1 };
        let shown = if negative { digits } else { digits.trim_start_matches('0') };
        if shown.len() * bits <= 120 {
            let value = if shown.is_empty() { 0 } else { i128::from_str_radix(shown, radix).ok()? };
            return Some(Integer::Small(if negative { value - (1 << (shown.len() * bits)) } else { value }));
        }
        if shown.len() > MAX_RADIX_DIGITS {
            return None;
        }
        let mut limbs = vec![];
        for c in shown.chars() {
            let digit = c.to_digit(radix)?;
            multiply_add(
                &mut limbs,
                u64::from(radix),
                u64::from(if negative { radix - 1 - digit } else { digit }),
            );
        }
        if negative {
            multiply_add(&mut limbs, 1, 1);
        }
        Some(Integer::Big { negative, digits: limbs_to_digits(&limbs) })
    }

    fn negated(self) -> Integer {
        match self {
            Integer::Small(v) => Integer::Small(-v),
            Integer::Big { negative, digits } => Integer::Big { negative: !negative, digits },
        }
    }

    fn times(self, factor: i64) -> Option<Integer> {
        if factor == 1 {
            return Some(self);
        }
        let (negative, digits) = match self {
            Integer::Small(v) => match v.checked_mul(i128::from(factor)) {
                Some(product) => return Some(Integer::Small(product)),
                None => (v < 0, v.unsigned_abs().to_string()),
            },
            Integer::Big { negative, digits } => (negative, digits),
        };
        if digits.len() > MAX_RADIX_DIGITS {
            return None;
        }
        let mut limbs = vec![];
        for digit in digits.bytes() {
            multiply_add(&mut limbs, 10, u64::from(digit - b'0'));
        }
        let mut factor = factor as u64;
        while factor > 1 {
            multiply_add(&mut limbs, factor.min(1 << 20), 0);
            factor >>= 20;
        }
        Some(Integer::Big { negative, digits: limbs_to_digits(&limbs) })
    }

    fn text(&self) -> Text {
        match self {
            Integer::Small(v) => v.to_string().into(),
            Integer::Big { negative, digits } => {
                format!("{}{digits}", if *negative { "-" } else { "" }).into()
            }
        }
    }
}

const LIMB: u64 = 1_000_000_000;

fn multiply_add(limbs: &mut Vec<u32>, factor: u64, add: u64) {
    let mut carry = add;
    for limb in limbs.iter_mut() {
        let value = u64::from(*limb) * factor + carry;
        *limb = (value % LIMB) as u32;
        carry = value / LIMB;
    }
    if carry > 0 {
        limbs.push(carry as u32);
    }
}

fn limbs_to_digits(limbs: &[u32]) -> String {
    let mut digits = limbs.last().map_or("0".to_owned(), u32::to_string);
    for limb in limbs.iter().rev().skip(1) {
        digits.push_str(&format!("{limb:09}"));
    }
    digits
}
