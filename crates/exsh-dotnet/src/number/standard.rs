//! Standard numeric format strings: C D E F G N P R X B.

use super::{BadFormat, Digits, Num, decimal_text, plain};
use crate::culture::Culture;

const POSITIVE_CURRENCY: [&str; 4] = ["$#", "#$", "$ #", "# $"];
const NEGATIVE_CURRENCY: [&str; 17] = [
    "($#)", "-$#", "$-#", "$#-", "(#$)", "-#$", "#-$", "#$-", "-# $", "-$ #", "# $-", "$ #-", "$ -#", "#- $",
    "($ #)", "(# $)", "$- #",
];
const POSITIVE_PERCENT: [&str; 4] = ["# %", "#%", "%#", "% #"];
const NEGATIVE_PERCENT: [&str; 12] =
    ["-# %", "-#%", "-%#", "%-#", "%#-", "#-%", "#%-", "-% #", "# %-", "% #-", "% -#", "#- %"];
const NEGATIVE_NUMBER: [&str; 5] = ["(#)", "-#", "- #", "#-", "# -"];

pub fn format(
    number: Num<'_>,
    letter: u8,
    precision: Option<usize>,
    culture: &Culture,
) -> Result<String, BadFormat> {
    let nf = &culture.number;
    // NaN and the infinities take any letter.
    if let Some(text) = special(number, culture) {
        return Ok(text);
    }
    Ok(match letter.to_ascii_uppercase() {
        b'G' => match precision {
            None | Some(0) => plain_case(number, letter, culture),
            p => general(number, p, letter - b'G' + b'E', culture),
        },
        b'R' => match number {
            Num::Decimal(_) => return Err(BadFormat),
            _ => plain(number, culture),
        },
        b'D' => {
            let (negative, mut digits) = match number {
                Num::Int(i, _) => (i < 0, i.unsigned_abs().to_string()),
                Num::Big(negative, digits) => (negative, digits.to_string()),
                _ => return Err(BadFormat),
            };
            let width = precision.unwrap_or(0);
            if digits.len() < width {
                digits.insert_str(0, &"0".repeat(width - digits.len()));
            }
            format!("{}{digits}", if negative { nf.minus } else { "" })
        }
        b'X' | b'B' => {
            let Num::Int(i, bits) = number else { return Err(BadFormat) };
            let mask = if bits >= 128 { u128::MAX } else { (1u128 << bits) - 1 };
            let n = i as u128 & mask;
            let width = precision.unwrap_or(0);
            match letter {
                b'X' => format!("{n:0width$X}"),
                b'x' => format!("{n:0width$x}"),
                _ => format!("{n:0width$b}"),
            }
        }
        b'E' => {
            let p = precision.unwrap_or(6);
            let d = significant(number, p + 1);
            let mut out = String::new();
            if d.negative {
                out.push_str(nf.minus);
            }
            push_scientific(&mut out, &d, p + 1, letter, 3, culture);
            out
        }
        b'F' => {
            let p = precision.unwrap_or(nf.digits);
            let d = fixed(number, p, 0);
            let body = fixed_text(&d, p, nf.decimal, None);
            if d.negative { format!("{}{body}", nf.minus) } else { body }
        }
        b'N' => {
            let p = precision.unwrap_or(nf.digits);
            let d = fixed(number, p, 0);
            let body = fixed_text(&d, p, nf.decimal, Some((nf.group, nf.group_sizes)));
            if d.negative {
                fill(NEGATIVE_NUMBER[nf.negative_pattern as usize], &body, "", nf.minus)
            } else {
                body
            }
        }
        b'C' => {
            let p = precision.unwrap_or(nf.currency_digits);
            let d = fixed(number, p, 0);
            let body = fixed_text(&d, p, nf.currency_decimal, Some((nf.currency_group, nf.group_sizes)));
            let pattern = match d.negative {
                true => NEGATIVE_CURRENCY[nf.currency_negative as usize],
                false => POSITIVE_CURRENCY[nf.currency_positive as usize],
            };
            fill(pattern, &body, nf.currency, nf.minus)
        }
        b'P' => {
            let p = precision.unwrap_or(nf.percent_digits);
            let d = fixed(number, p, 2);
            let body = fixed_text(&d, p, nf.decimal, Some((nf.group, nf.group_sizes)));
            let pattern = match d.negative {
                true => NEGATIVE_PERCENT[nf.percent_negative as usize],
                false => POSITIVE_PERCENT[nf.percent_positive as usize],
            };
            fill(pattern, &body, nf.percent, nf.minus)
        }
        _ => return Err(BadFormat),
    })
}

/// NaN and the infinities.
fn special(number: Num<'_>, culture: &Culture) -> Option<String> {
    let d = match number {
        Num::Double(d) => d,
        Num::Single(s) => s as f64,
        _ => return None,
    };
    special_float(d, culture).map(str::to_string)
}

pub(super) fn special_float(d: f64, culture: &Culture) -> Option<&'static str> {
    let nf = &culture.number;
    if d.is_nan() {
        Some(nf.nan)
    } else if d.is_infinite() {
        Some(if d > 0.0 { nf.infinity } else { nf.negative_infinity })
    } else {
        None
    }
}

fn plain_case(number: Num<'_>, letter: u8, culture: &Culture) -> String {
    let text = plain(number, culture);
    if letter == b'g' { text.replace('E', "e") } else { text }
}

/// Format G without precision of a double.
pub fn general_float(d: f64, culture: &Culture) -> String {
    if d == d.trunc() && d.abs() < 9e15 && (d != 0.0 || d.is_sign_positive()) {
        let mut out = String::new();
        if d < 0.0 {
            out.push_str(culture.number.minus);
        }
        super::push_u64(&mut out, d.abs() as u64);
        return out;
    }
    match special_float(d, culture) {
        Some(s) => s.to_string(),
        None => general_text(&Digits::shortest(format!("{d:e}")), 17, b'E', culture),
    }
}

/// The same of a single.
pub fn general_single(s: f32, culture: &Culture) -> String {
    match special_float(s as f64, culture) {
        Some(t) => t.to_string(),
        None => general_text(&Digits::shortest(format!("{s:e}")), 9, b'E', culture),
    }
}

/// Format G with a precision.
pub fn general(number: Num<'_>, precision: Option<usize>, e: u8, culture: &Culture) -> String {
    if let Some(text) = special(number, culture) {
        return text;
    }
    let p = match (precision, number) {
        (Some(p), _) => p,
        (None, Num::Decimal(d)) => return decimal_text(d, culture),
        (None, _) => return plain(number, culture),
    };
    general_text(&significant(number, p), p as i32, e, culture)
}

fn general_text(d: &Digits, limit: i32, e: u8, culture: &Culture) -> String {
    let nf = &culture.number;
    let mut out = String::new();
    if d.negative {
        out.push_str(nf.minus);
    }
    if d.is_zero() {
        out.push('0');
        return out;
    }
    if d.scale > limit || d.scale < -4 + 1 {
        let n = d.digits.len();
        push_scientific(&mut out, d, n, e, 2, culture);
        return out;
    }
    push_fixed(&mut out, d, d.digits.len() as i32 - d.scale, nf.decimal, None);
    out
}

/// `count` significant digits.
fn significant(number: Num<'_>, count: usize) -> Digits {
    match number {
        Num::Double(d) => Digits::significant_double(d, count),
        Num::Single(s) => Digits::significant_single(s, count),
        _ => {
            let mut d = exact(number);
            d.round(count as i32);
            d
        }
    }
}

/// Digits up to `decimals` behind the point after the point was moved right by `shift`.
fn fixed(number: Num<'_>, decimals: usize, shift: usize) -> Digits {
    let mut d = match number {
        Num::Double(d) => Digits::fixed(d, decimals + shift),
        Num::Single(s) => Digits::fixed(s as f64, decimals + shift),
        _ => exact(number),
    };
    if !d.is_zero() {
        d.scale += shift as i32;
    }
    if !d.floating {
        let count = d.scale + decimals as i32;
        d.round(count);
    }
    d
}

fn exact(number: Num<'_>) -> Digits {
    match number {
        Num::Int(i, _) => Digits::of_int(i),
        Num::Decimal(d) => Digits::of_decimal(d),
        Num::Big(negative, digits) => Digits::of_text(negative, digits, 0),
        Num::Double(d) => Digits::significant_double(d, 15),
        Num::Single(s) => Digits::significant_single(s, 7),
    }
}

/// Digits for a custom format: 15 significant ones of a double, 7 of a single.
pub(super) fn for_custom(number: Num<'_>) -> Digits {
    exact(number)
}

fn fixed_text(d: &Digits, decimals: usize, point: &str, groups: Option<(&str, &[u8])>) -> String {
    let mut out = String::new();
    push_fixed(&mut out, d, decimals as i32, point, groups);
    out
}

fn push_fixed(out: &mut String, d: &Digits, decimals: i32, point: &str, groups: Option<(&str, &[u8])>) {
    let digit = |i: i32| -> char {
        let v = if i >= 0 { d.digits.get(i as usize).copied().unwrap_or(0) } else { 0 };
        (b'0' + v) as char
    };
    if d.scale <= 0 {
        out.push('0');
    } else {
        let starts = groups.map(|(sep, sizes)| (sep, group_starts(d.scale, sizes)));
        for i in 0..d.scale {
            if let Some((sep, starts)) = &starts
                && i > 0
                && starts.contains(&(d.scale - i))
            {
                out.push_str(sep);
            }
            out.push(digit(i));
        }
    }
    if decimals > 0 {
        out.push_str(point);
        for i in 0..decimals {
            out.push(digit(d.scale + i));
        }
    }
}

/// Counts of digits from the right at which a separator stands.
pub(super) fn group_starts(digits: i32, sizes: &[u8]) -> Vec<i32> {
    let mut starts = Vec::new();
    let mut at = 0;
    let mut i = 0;
    while let Some(&size) = sizes.get(i.min(sizes.len().saturating_sub(1))) {
        if size == 0 {
            break;
        }
        at += size as i32;
        if at >= digits {
            break;
        }
        starts.push(at);
        i += 1;
    }
    starts
}

fn push_scientific(
    out: &mut String,
    d: &Digits,
    count: usize,
    e: u8,
    exponent_digits: usize,
    culture: &Culture,
) {
    let nf = &culture.number;
    out.push((b'0' + d.digits.first().copied().unwrap_or(0)) as char);
    if count > 1 {
        out.push_str(nf.decimal);
        for i in 1..count {
            out.push((b'0' + d.digits.get(i).copied().unwrap_or(0)) as char);
        }
    }
    let exponent = if d.is_zero() { 0 } else { d.scale - 1 };
    push_exponent(out, exponent, e as char, exponent_digits, true, culture);
}

pub(super) fn push_exponent(
    out: &mut String,
    exponent: i32,
    e: char,
    digits: usize,
    plus: bool,
    culture: &Culture,
) {
    out.push(e);
    if exponent < 0 {
        out.push_str(culture.number.minus);
    } else if plus {
        out.push_str(culture.number.plus);
    }
    super::push_padded(out, exponent.unsigned_abs() as u64, digits.max(1));
}

fn fill(pattern: &str, body: &str, symbol: &str, minus: &str) -> String {
    let mut out = String::with_capacity(body.len() + 4);
    for c in pattern.chars() {
        match c {
            '#' => out.push_str(body),
            '$' | '%' => out.push_str(symbol),
            '-' => out.push_str(minus),
            c => out.push(c),
        }
    }
    out
}
