//! Numbers to text and back, by .NET's rules: standard and custom format strings, number styles.
//!
//! It decides digits, rounding and patterns. It knows values only as plain Rust numbers; which value formats how is
//! said in `text`.

mod custom;
pub mod parse;
mod standard;

use crate::culture::{Culture, invariant};
use rust_decimal::Decimal;

/// A number in the form that formatting works on: `0.d1d2d3… × 10^scale`.
#[derive(Clone, Debug, PartialEq)]
pub struct Digits {
    pub negative: bool,
    /// 0 to 9, no leading zeros; empty is zero.
    pub digits: Vec<u8>,
    pub scale: i32,
    /// Floating-point numbers keep the sign of a zero.
    pub floating: bool,
}

/// A number to format.
#[derive(Clone, Copy)]
pub enum Num<'a> {
    /// Value, and width in bits for hexadecimal and binary.
    Int(i128, u32),
    Double(f64),
    Single(f32),
    Decimal(Decimal),
    /// Any number of decimal digits (BigInteger): sign and digits as text.
    Big(bool, &'a str),
}

/// `Format specifier was invalid.`
#[derive(Debug, PartialEq)]
pub struct BadFormat;

/// `value.ToString(format, culture)`.
pub fn format(number: Num<'_>, format: &str, culture: &Culture) -> Result<String, BadFormat> {
    if format.is_empty() {
        return Ok(plain(number, culture));
    }
    let bytes = format.as_bytes();
    if bytes[0].is_ascii_alphabetic() && bytes[1..].iter().all(u8::is_ascii_digit) {
        // More than nine digits of precision are refused.
        let digits = std::str::from_utf8(&bytes[1..]).unwrap_or("");
        let precision = match digits.trim_start_matches('0') {
            _ if digits.is_empty() => None,
            "" => Some(0),
            d if d.len() > 9 => return Err(BadFormat),
            d => d.parse().ok(),
        };
        return standard::format(number, bytes[0], precision, culture);
    }
    Ok(custom::format(number, format, culture))
}

/// `value.ToString(culture)`: format G.
pub fn plain(number: Num<'_>, culture: &Culture) -> String {
    match number {
        Num::Int(i, _) => {
            let mut out = String::new();
            if i < 0 {
                out.push_str(culture.number.minus);
            }
            push_unsigned(&mut out, i.unsigned_abs());
            out
        }
        Num::Double(d) => standard::general_float(d, culture),
        Num::Single(s) => standard::general_single(s, culture),
        Num::Decimal(d) => decimal_text(d, culture),
        Num::Big(negative, digits) => format!("{}{digits}", if negative { culture.number.minus } else { "" }),
    }
}

/// `ToString("R", invariant)` of a double: the shortest text that reads back as the same number.
pub fn round_trip(d: f64) -> String {
    standard::general_float(d, invariant())
}

/// How the language turns a double into text: 15 significant digits, invariant.
pub fn language_double(d: f64) -> String {
    if d == d.trunc() && d.abs() < 1e15 && (d != 0.0 || d.is_sign_positive()) {
        let mut out = String::new();
        push_int(&mut out, d as i64);
        return out;
    }
    standard::general(Num::Double(d), Some(15), b'E', invariant())
}

/// The same for a single: 7 digits.
pub fn language_single(s: f32) -> String {
    standard::general(Num::Single(s), Some(7), b'E', invariant())
}

/// Appends an integer.
#[inline]
pub fn push_int(out: &mut String, i: i64) {
    if i < 0 {
        out.push('-');
    }
    push_u64(out, i.unsigned_abs());
}

pub fn int_text(i: i64) -> String {
    let mut s = String::new();
    push_int(&mut s, i);
    s
}

/// Appends an unsigned integer.
pub fn push_u64(out: &mut String, mut n: u64) {
    let mut buffer = [0u8; 20];
    let mut at = buffer.len();
    loop {
        at -= 1;
        buffer[at] = b'0' + (n % 10) as u8;
        n /= 10;
        if n == 0 {
            break;
        }
    }
    out.push_str(std::str::from_utf8(&buffer[at..]).unwrap_or_default());
}

fn push_unsigned(out: &mut String, n: u128) {
    match u64::try_from(n) {
        Ok(n) => push_u64(out, n),
        Err(_) => out.push_str(&n.to_string()),
    }
}

/// Appends `n` with at least `width` digits.
pub fn push_padded(out: &mut String, n: u64, width: usize) {
    let mut limit = 10u64;
    for _ in 1..width {
        if n < limit {
            out.push('0');
        }
        limit = limit.saturating_mul(10);
    }
    // The zeros above are one for each missing digit: count them from the widest.
    push_u64(out, n);
}

/// All digits of a decimal with its trailing zeros.
pub fn decimal_text(d: Decimal, culture: &Culture) -> String {
    let mut digits = d.mantissa().unsigned_abs().to_string();
    let scale = d.scale() as usize;
    if scale > 0 {
        if digits.len() <= scale {
            digits.insert_str(0, &"0".repeat(scale + 1 - digits.len()));
        }
        digits.insert_str(digits.len() - scale, culture.number.decimal);
    }
    if d.is_sign_negative() && !d.is_zero() {
        digits.insert_str(0, culture.number.minus);
    }
    digits
}

impl Digits {
    pub fn of_int(i: i128) -> Digits {
        Digits::of_text(i < 0, &i.unsigned_abs().to_string(), 0)
    }

    /// From decimal digits with `fraction` of them behind the point.
    pub fn of_text(negative: bool, digits: &str, fraction: usize) -> Digits {
        let stripped = digits.trim_start_matches('0');
        let mut d = Digits {
            negative,
            scale: stripped.len() as i32 - fraction as i32,
            digits: stripped.bytes().map(|b| b - b'0').collect(),
            floating: false,
        };
        if d.digits.is_empty() {
            d.scale = 0;
            d.negative = false;
        }
        d
    }

    pub fn of_decimal(d: Decimal) -> Digits {
        Digits::of_text(d.is_sign_negative(), &d.mantissa().unsigned_abs().to_string(), d.scale() as usize)
    }

    /// The shortest digits that give the number back.
    pub fn shortest(text: String) -> Digits {
        Digits::of_scientific(&text)
    }

    /// `significant` digits, correctly rounded.
    pub fn significant_double(d: f64, significant: usize) -> Digits {
        Digits::of_scientific(&format!("{:.*e}", significant.max(1) - 1, d))
    }

    pub fn significant_single(s: f32, significant: usize) -> Digits {
        Digits::of_scientific(&format!("{:.*e}", significant.max(1) - 1, s))
    }

    /// Digits up to `decimals` places behind the point, correctly rounded.
    pub fn fixed(d: f64, decimals: usize) -> Digits {
        let text = format!("{:.*}", decimals, d.abs());
        let all: String = text.chars().filter(char::is_ascii_digit).collect();
        let mut n = Digits::of_text(false, &all, decimals);
        n.negative = d.is_sign_negative();
        n.floating = true;
        n.trim();
        n
    }

    /// From `-1.234e5`.
    fn of_scientific(text: &str) -> Digits {
        let negative = text.starts_with('-');
        let (mantissa, exponent) = text.trim_start_matches('-').split_once('e').unwrap_or((text, "0"));
        let exponent: i32 = exponent.parse().unwrap_or(0);
        let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
        let mut d = Digits { negative, digits, scale: exponent + 1, floating: true };
        if d.digits.iter().all(|&x| x == 0) {
            d.digits.clear();
            d.scale = 0;
        }
        d.trim();
        d
    }

    fn trim(&mut self) {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.scale = 0;
        }
    }

    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Keeps `count` digits, rounding half away from zero.
    pub fn round(&mut self, count: i32) {
        let keep = count.clamp(0, self.digits.len() as i32) as usize;
        let up = count >= 0 && self.digits.get(keep).is_some_and(|&d| d >= 5);
        self.digits.truncate(keep);
        if up {
            loop {
                match self.digits.pop() {
                    Some(9) => {}
                    Some(d) => {
                        self.digits.push(d + 1);
                        break;
                    }
                    None => {
                        self.scale += 1;
                        self.digits.push(1);
                        break;
                    }
                }
            }
        }
        self.trim();
        if self.digits.is_empty() && !self.floating {
            self.negative = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::culture::get;

    #[test]
    fn padding_counts_digits() {
        for (n, w, s) in
            [(5, 2, "05"), (12, 2, "12"), (123, 2, "123"), (7, 4, "0007"), (0, 3, "000"), (99, 3, "099")]
        {
            let mut out = String::new();
            push_padded(&mut out, n, w);
            assert_eq!(out, s);
        }
    }

    #[test]
    fn doubles_show_what_dotnet_shows() {
        // Observed.
        for (d, s) in [
            (0.1 + 0.2, "0.30000000000000004"),
            (1e16, "10000000000000000"),
            (1e100, "1E+100"),
            (-0.0, "-0"),
            (1e-5, "1E-05"),
            (0.0001, "0.0001"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(round_trip(d), s);
        }
        assert_eq!(language_double(1.0 / 3.0), "0.333333333333333");
        assert_eq!(language_double(1e20), "1E+20");
        assert_eq!(language_single(2.718_281_7), "2.718282");
        let us = get("en-us").expect("known");
        assert_eq!(format(Num::Double(1234567.891), "#,0.0", us).as_deref(), Ok("1,234,567.9"));
        assert_eq!(format(Num::Int(5, 32), "Q", us), Err(BadFormat));
    }
}
