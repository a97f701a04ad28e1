//! Text to numbers: .NET's `Parse` with number styles.

use crate::culture::Culture;
use rust_decimal::Decimal;

/// NumberStyles bits.
pub mod style {
    pub const LEADING_WHITE: u32 = 1;
    pub const TRAILING_WHITE: u32 = 2;
    pub const LEADING_SIGN: u32 = 4;
    pub const TRAILING_SIGN: u32 = 8;
    pub const PARENTHESES: u32 = 16;
    pub const DECIMAL_POINT: u32 = 32;
    pub const THOUSANDS: u32 = 64;
    pub const EXPONENT: u32 = 128;
    pub const CURRENCY: u32 = 256;
    pub const HEX: u32 = 512;
    pub const BINARY: u32 = 1024;
    pub const INTEGER: u32 = LEADING_WHITE | TRAILING_WHITE | LEADING_SIGN;
    pub const NUMBER: u32 = INTEGER | TRAILING_SIGN | DECIMAL_POINT | THOUSANDS;
    pub const FLOAT: u32 = INTEGER | DECIMAL_POINT | EXPONENT;
    pub const ANY: u32 = 511;
}

/// Why a text is no such number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    Format,
    Overflow,
}

/// The pieces of a number's text.
struct Scanned {
    negative: bool,
    /// Digits without the point.
    digits: String,
    /// Digits behind the point.
    fraction: usize,
    exponent: i32,
}

fn is_white(c: char) -> bool {
    c == ' ' || ('\t'..='\r').contains(&c)
}

fn scan(text: &str, styles: u32, culture: &Culture) -> Option<Scanned> {
    let nf = &culture.number;
    let mut rest = text;
    let mut s = Scanned { negative: false, digits: String::new(), fraction: 0, exponent: 0 };
    let (mut sign, mut parenthesis, mut currency) = (false, false, false);
    let eat = |rest: &mut &str, what: &str| -> bool {
        match rest.strip_prefix(what) {
            Some(r) if !what.is_empty() => {
                *rest = r;
                true
            }
            _ => false,
        }
    };
    while let Some(c) = rest.chars().next() {
        if is_white(c) && styles & style::LEADING_WHITE != 0 {
            rest = &rest[c.len_utf8()..];
        } else if styles & style::LEADING_SIGN != 0 && !sign && eat(&mut rest, nf.plus) {
            sign = true;
        } else if styles & style::LEADING_SIGN != 0
            && !sign
            && (eat(&mut rest, nf.minus) || eat(&mut rest, "-") || eat(&mut rest, "\u{2212}"))
        {
            sign = true;
            s.negative = true;
        } else if c == '(' && styles & style::PARENTHESES != 0 && !sign {
            rest = &rest[1..];
            (sign, parenthesis, s.negative) = (true, true, true);
        } else if styles & style::CURRENCY != 0
            && !currency
            && (eat(&mut rest, nf.currency) || eat(&mut rest, "\u{a4}"))
        {
            currency = true;
        } else {
            break;
        }
    }
    let mut any = false;
    let mut point = false;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() {
            any = true;
            s.digits.push(c);
            s.fraction += usize::from(point);
            rest = &rest[1..];
        } else if !point
            && styles & style::DECIMAL_POINT != 0
            && (eat(&mut rest, nf.decimal) || (currency && eat(&mut rest, nf.currency_decimal)))
        {
            point = true;
        } else if !point
            && any
            && styles & style::THOUSANDS != 0
            && (eat(&mut rest, nf.group)
                || (nf.group == "\u{a0}" && eat(&mut rest, " "))
                || (nf.group == "\u{202f}" && (eat(&mut rest, " ") || eat(&mut rest, "\u{a0}"))))
        {
        } else {
            break;
        }
    }
    if !any {
        return None;
    }
    if let Some(after) = rest.strip_prefix(['e', 'E'])
        && styles & style::EXPONENT != 0
    {
        let (negative, number) = match after.as_bytes().first() {
            Some(b'+') => (false, &after[1..]),
            Some(b'-') => (true, &after[1..]),
            _ => (false, after),
        };
        let n = number.bytes().take_while(u8::is_ascii_digit).count();
        if n > 0 {
            let e: i32 = number[..n].parse::<i64>().map_or(99_999, |v| v.min(99_999)) as i32;
            s.exponent = if negative { -e } else { e };
            rest = &number[n..];
        }
    }
    while let Some(c) = rest.chars().next() {
        if is_white(c) && styles & style::TRAILING_WHITE != 0 {
            rest = &rest[c.len_utf8()..];
        } else if styles & style::TRAILING_SIGN != 0 && !sign && eat(&mut rest, nf.plus) {
            sign = true;
        } else if styles & style::TRAILING_SIGN != 0 && !sign && eat(&mut rest, nf.minus) {
            sign = true;
            s.negative = true;
        } else if c == ')' && parenthesis {
            parenthesis = false;
            rest = &rest[1..];
        } else if styles & style::CURRENCY != 0 && !currency && eat(&mut rest, nf.currency) {
            currency = true;
        } else {
            break;
        }
    }
    // Zero characters at the end are let through, as .NET does.
    (rest.trim_end_matches('\0').is_empty() && !parenthesis).then_some(s)
}

/// An integer of `bits` bits.
pub fn integer(text: &str, styles: u32, culture: &Culture, bits: u32, signed: bool) -> Result<i128, Failure> {
    let top: i128 = if signed { (1 << (bits - 1)) - 1 } else { (1i128 << bits) - 1 };
    let bottom: i128 = if signed { -top - 1 } else { 0 };
    if styles & (style::HEX | style::BINARY) != 0 {
        let radix = if styles & style::HEX != 0 { 16 } else { 2 };
        let t = trim_by(text, styles);
        if t.is_empty() || !t.chars().all(|c| c.is_digit(radix)) {
            return Err(Failure::Format);
        }
        let t = t.trim_start_matches('0');
        let per_digit = if radix == 16 { 4 } else { 1 };
        if t.len() as u32 * per_digit > bits.next_multiple_of(per_digit) {
            return Err(Failure::Overflow);
        }
        let n =
            if t.is_empty() { 0 } else { i128::from_str_radix(t, radix).map_err(|_| Failure::Overflow)? };
        return Ok(if signed && n > top { n - (1i128 << bits) } else { n });
    }
    let s = scan(text, styles, culture).ok_or(Failure::Format)?;
    let mut shift = s.exponent - s.fraction as i32;
    let mut digits = s.digits.trim_start_matches('0').to_string();
    while shift < 0 {
        // Only zeros may stand behind the point.
        match digits.pop() {
            Some('0') | None => {}
            Some(_) => return Err(Failure::Overflow),
        }
        shift += 1;
    }
    if digits.is_empty() {
        return Ok(0);
    }
    if digits.len() as i32 + shift > 38 {
        return Err(Failure::Overflow);
    }
    digits.extend(std::iter::repeat_n('0', shift as usize));
    let n: i128 = digits.parse().map_err(|_| Failure::Overflow)?;
    let n = if s.negative { -n } else { n };
    if n < bottom || n > top { Err(Failure::Overflow) } else { Ok(n) }
}

fn trim_by(text: &str, styles: u32) -> &str {
    let mut t = text;
    if styles & style::LEADING_WHITE != 0 {
        t = t.trim_start_matches(is_white);
    }
    if styles & style::TRAILING_WHITE != 0 {
        t = t.trim_end_matches(is_white);
    }
    t.trim_end_matches('\0')
}

/// A double; too large a number is an infinity.
pub fn double(text: &str, styles: u32, culture: &Culture) -> Result<f64, Failure> {
    match scan(text, styles, culture) {
        Some(s) => {
            let t = format!(
                "{}{}e{}",
                if s.negative { "-" } else { "" },
                s.digits,
                s.exponent - s.fraction as i32
            );
            t.parse().map_err(|_| Failure::Format)
        }
        None => special(text, culture).ok_or(Failure::Format),
    }
}

/// A single; rounded once from the text.
pub fn single(text: &str, styles: u32, culture: &Culture) -> Result<f32, Failure> {
    match scan(text, styles, culture) {
        Some(s) => {
            let t = format!(
                "{}{}e{}",
                if s.negative { "-" } else { "" },
                s.digits,
                s.exponent - s.fraction as i32
            );
            t.parse().map_err(|_| Failure::Format)
        }
        None => special(text, culture).map(|d| d as f32).ok_or(Failure::Format),
    }
}

fn special(text: &str, culture: &Culture) -> Option<f64> {
    let t = text.trim_matches(is_white);
    let nf = &culture.number;
    let is = |s: &str| exsh_core::name::same(t, s);
    if is(nf.infinity) || t.strip_prefix(nf.plus).is_some_and(|t| exsh_core::name::same(t, nf.infinity)) {
        Some(f64::INFINITY)
    } else if is(nf.negative_infinity) {
        Some(f64::NEG_INFINITY)
    } else if is(nf.nan)
        || t.strip_prefix(nf.minus)
            .or(t.strip_prefix(nf.plus))
            .is_some_and(|t| exsh_core::name::same(t, nf.nan))
    {
        Some(f64::NAN)
    } else {
        None
    }
}

/// A decimal with the scale of its text, rounded to 28 places.
pub fn decimal(text: &str, styles: u32, culture: &Culture) -> Result<Decimal, Failure> {
    let s = scan(text, styles, culture).ok_or(Failure::Format)?;
    decimal_of(s.negative, &s.digits, s.fraction as i32 - s.exponent)
}

/// `digits × 10^-scale` as a decimal, rounded to even where it does not fit.
pub fn decimal_of(negative: bool, digits: &str, scale: i32) -> Result<Decimal, Failure> {
    const MAX: u128 = (1 << 96) - 1;
    let digits = digits.trim_start_matches('0');
    let mut scale = scale;
    let mut m: u128 = 0;
    let mut dropped = None;
    let mut sticky = false;
    for (i, b) in digits.bytes().enumerate() {
        let left = (digits.len() - i) as i32;
        let next = m.checked_mul(10).map(|x| x + (b - b'0') as u128);
        match next {
            Some(x) if x <= MAX && dropped.is_none() && scale - left < 28 => m = x,
            _ => {
                match dropped {
                    None => {
                        // Everything from here on is cut off.
                        dropped = Some(b - b'0');
                        scale -= left;
                    }
                    Some(_) => sticky |= b != b'0',
                }
            }
        }
    }
    if let Some(d) = dropped
        && (d > 5 || (d == 5 && (sticky || m % 2 == 1)))
    {
        m += 1;
        if m > MAX {
            m = m.div_ceil(10);
            scale -= 1;
        }
    }
    if m == 0 && scale > 28 {
        scale = 28;
    }
    while scale < 0 {
        if m == 0 {
            scale = 0;
            break;
        }
        m = m.checked_mul(10).filter(|&x| x <= MAX).ok_or(Failure::Overflow)?;
        scale += 1;
    }
    if scale > 28 {
        return Ok(Decimal::ZERO);
    }
    let mut d = Decimal::from_i128_with_scale(m as i128, scale as u32);
    d.set_sign_negative(negative && m != 0);
    Ok(d)
}

/// A double as a decimal: 15 significant digits, as .NET's cast.
pub fn decimal_from_double(d: f64) -> Option<Decimal> {
    if !d.is_finite() {
        return None;
    }
    from_scientific(&format!("{:.14e}", d))
}

/// A single as a decimal: 7 significant digits.
pub fn decimal_from_single(s: f32) -> Option<Decimal> {
    if !s.is_finite() {
        return None;
    }
    from_scientific(&format!("{:.6e}", s))
}

fn from_scientific(text: &str) -> Option<Decimal> {
    let negative = text.starts_with('-');
    let (mantissa, exponent) = text.trim_start_matches('-').split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let trimmed = digits.trim_end_matches('0');
    let scale = trimmed.len() as i32 - 1 - exponent;
    let d = decimal_of(negative, trimmed, scale).ok()?;
    Some(d)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::culture::invariant;

    #[test]
    fn styles_decide_what_is_read() {
        let c = invariant();
        assert_eq!(integer(" 12 ", style::INTEGER, c, 32, true), Ok(12));
        assert_eq!(integer("2147483648", style::INTEGER, c, 32, true), Err(Failure::Overflow));
        assert_eq!(integer("1.5", style::INTEGER, c, 32, true), Err(Failure::Format));
        assert_eq!(integer("FF", style::HEX, c, 8, false), Ok(255));
        assert_eq!(integer("FFFFFFFF", style::HEX, c, 32, true), Ok(-1));
        assert_eq!(integer("(1,000)", style::ANY, c, 32, true), Ok(-1000));
        assert_eq!(double("1e3", style::FLOAT, c), Ok(1000.0));
        assert_eq!(double("1,5", style::FLOAT | style::THOUSANDS, c), Ok(15.0));
        assert_eq!(decimal("1.10", style::NUMBER, c).map(|d| d.to_string()), Ok("1.10".into()));
        assert_eq!(decimal("79228162514264337593543950336", style::NUMBER, c), Err(Failure::Overflow));
        assert_eq!(decimal_from_double(0.1).map(|d| d.to_string()).as_deref(), Some("0.1"));
        assert_eq!(decimal_from_double(1e10).map(|d| d.to_string()).as_deref(), Some("10000000000"));
    }
}
