//! Text to values of the basic types, as the language reads it: free of cultures.

use super::numeric::{overflow_message, width};
use crate::culture::invariant;
use crate::number::parse::{self, Failure, style};
use crate::time;
use exsh_core::Value;
use exsh_core::types::Kind;

/// `The input string 'x' was not in a correct format.`
pub fn format_message(text: &str) -> String {
    format!("The input string '{text}' was not in a correct format.")
}

/// A text as a value of a numeric kind. The failure is .NET's message.
pub fn number(text: &str, kind: Kind) -> Result<Value, String> {
    match kind {
        Kind::Double => real(text).map(Value::double),
        Kind::Single => {
            if text.is_empty() {
                return Ok(Value::single(0.0));
            }
            match (parse::single(text, REAL, invariant()), hexadecimal(text)) {
                (Ok(s), _) => Ok(Value::single(s)),
                (Err(_), Some(i)) => Ok(Value::single(i as f32)),
                (Err(_), None) => Err(format_message(text)),
            }
        }
        Kind::Decimal => {
            if text.is_empty() {
                return Ok(Value::decimal(rust_decimal::Decimal::ZERO));
            }
            match parse::decimal(text, style::FLOAT, invariant()) {
                Ok(d) => Ok(Value::decimal(d)),
                Err(Failure::Overflow) => Err(overflow_message(kind).into()),
                Err(Failure::Format) => {
                    hexadecimal(text).map(|i| Value::decimal(i.into())).ok_or_else(|| format_message(text))
                }
            }
        }
        _ => integer(text, kind),
    }
}

/// What a text may look like that becomes a real number: `1,5` is fifteen.
const REAL: u32 = style::FLOAT | style::THOUSANDS;

fn real(text: &str) -> Result<f64, String> {
    if text.is_empty() {
        return Ok(0.0);
    }
    match (parse::double(text, REAL, invariant()), hexadecimal(text)) {
        (Ok(d), _) => Ok(d),
        (Err(_), Some(i)) => Ok(i as f64),
        (Err(_), None) => Err(format_message(text)),
    }
}

/// `0x1F` as a number.
fn hexadecimal(text: &str) -> Option<i64> {
    let t = text.trim();
    let h = t.strip_prefix("0x").or(t.strip_prefix("0X"))?;
    i64::from_str_radix(h, 16).ok()
}

fn integer(text: &str, kind: Kind) -> Result<Value, String> {
    let (bits, signed) = width(kind).unwrap_or((32, true));
    if text.trim().is_empty() {
        return super::numeric::of_integer(0, kind).ok_or_else(|| format_message(text));
    }
    let t = text.trim();
    let hex = t
        .strip_prefix("0x")
        .or(t.strip_prefix("0X"))
        .or(t.strip_prefix("&h"))
        .or(t.strip_prefix("&H"))
        .or(t.strip_prefix('#'));
    let result = match hex {
        Some(h) => parse::integer(h, style::HEX, invariant(), bits, signed),
        None => parse::integer(t, style::INTEGER, invariant(), bits, signed),
    };
    match result {
        Ok(i) => super::numeric::of_integer(i, kind).ok_or_else(|| overflow_message(kind).to_string()),
        Err(Failure::Overflow) => Err(overflow_message(kind).into()),
        Err(Failure::Format) => {
            // `1.5` and `1e3` go through a double.
            let d = real(text).map_err(|_| format_message(text))?;
            super::numeric::to_kind(&Value::double(d), kind).map_err(|_| format_message(text))
        }
    }
}

/// The number that an operator makes of a text (`1 + '1.5'`): the literal rules of the language, smallest type first.
pub fn operand(text: &str) -> Option<Value> {
    let t = text.trim();
    if t.is_empty() {
        return Some(Value::int(0));
    }
    let (negative, body) = match t.strip_prefix('-') {
        Some(r) => (true, r),
        None => (false, t.strip_prefix('+').unwrap_or(t)),
    };
    literal(body, negative)
}

/// A number literal with suffix and multiplier, without its sign.
pub fn literal(body: &str, negative: bool) -> Option<Value> {
    let lower = body.to_ascii_lowercase();
    let mut b = lower.as_str();
    let mut multiplier: i128 = 1;
    for (suffix, m) in
        [("kb", 1i128 << 10), ("mb", 1 << 20), ("gb", 1 << 30), ("tb", 1 << 40), ("pb", 1 << 50)]
    {
        if let Some(r) = b.strip_suffix(suffix)
            && !r.is_empty()
            && !(b.starts_with("0x") && suffix.starts_with('b'))
        {
            b = r;
            multiplier = m;
            break;
        }
    }
    let hex = b.strip_prefix("0x");
    let binary = b.strip_prefix("0b");
    let mut suffix = "";
    let candidates: &[&str] = if hex.is_some() {
        &["uy", "us", "ul", "u", "y", "s", "l", "n"]
    } else {
        &["uy", "us", "ul", "u", "y", "s", "l", "d", "n"]
    };
    for s in candidates {
        if b.len() > s.len() && b.ends_with(s) {
            suffix = s;
            b = &b[..b.len() - s.len()];
            break;
        }
    }
    let digits = hex.map(|_| &b[2..]).or(binary.map(|_| &b[2..]));
    if let Some(digits) = digits {
        let radix = if hex.is_some() { 16 } else { 2 };
        if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) || digits.len() > 100 {
            return None;
        }
        let mut n = i128::from_str_radix(digits, radix).ok()?;
        // Eight hexadecimal digits are an Int32, sixteen an Int64, sign included.
        let bits = digits.len() * if radix == 16 { 4 } else { 1 };
        if suffix.is_empty() {
            if bits == 32 && n > i32::MAX as i128 {
                n -= 1 << 32;
            } else if bits == 64 && n > i64::MAX as i128 {
                n -= 1 << 64;
            }
        }
        return whole(if negative { -n } else { n }, multiplier, suffix);
    }
    if !b.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let is_real = b.contains(['.', 'e']);
    if suffix == "d" {
        let d = parse::decimal(b, style::DECIMAL_POINT | style::EXPONENT, invariant()).ok()?;
        let d = if negative { -d } else { d };
        return d.checked_mul(rust_decimal::Decimal::from(multiplier as i64)).map(Value::decimal);
    }
    if is_real {
        let d = parse::double(b, style::DECIMAL_POINT | style::EXPONENT, invariant()).ok()?;
        let d = if negative { -d } else { d } * multiplier as f64;
        return match suffix {
            "" => Some(Value::double(d)),
            _ => whole_from_real(d, suffix),
        };
    }
    if !b.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    match b.parse::<i128>() {
        Ok(n) => whole(if negative { -n } else { n }, multiplier, suffix),
        Err(_) => {
            let d: f64 = b.parse().ok()?;
            Some(Value::double(if negative { -d } else { d } * multiplier as f64))
        }
    }
}

fn whole_from_real(d: f64, suffix: &str) -> Option<Value> {
    let kind = suffix_kind(suffix)?;
    super::numeric::to_kind(&Value::double(d), kind).ok()
}

fn suffix_kind(suffix: &str) -> Option<Kind> {
    Some(match suffix {
        "y" => Kind::SByte,
        "uy" => Kind::Byte,
        "s" => Kind::Int16,
        "us" => Kind::UInt16,
        "l" => Kind::Int64,
        "ul" => Kind::UInt64,
        "u" => Kind::UInt32,
        _ => return None,
    })
}

fn whole(n: i128, multiplier: i128, suffix: &str) -> Option<Value> {
    let n = n.checked_mul(multiplier)?;
    match suffix {
        "" => Some(if let Ok(i) = i32::try_from(n) {
            Value::int(i)
        } else if let Ok(l) = i64::try_from(n) {
            Value::long(l)
        } else if let Ok(d) = rust_decimal::Decimal::try_from_i128_with_scale(n, 0) {
            Value::decimal(d)
        } else {
            Value::double(n as f64)
        }),
        "u" => super::numeric::of_integer(n, Kind::UInt32).or(super::numeric::of_integer(n, Kind::UInt64)),
        "n" => Some(crate::numbers::big::value(crate::numbers::big::Big::from_i128(n))),
        s => super::numeric::of_integer(n, suffix_kind(s)?),
    }
}

/// `Guid.Parse`.
pub fn guid(text: &str) -> Result<u128, String> {
    const BAD: &str = "Unrecognized Guid format.";
    let t = text.trim();
    let inner = t
        .strip_prefix('{')
        .and_then(|r| r.strip_suffix('}'))
        .or_else(|| t.strip_prefix('(').and_then(|r| r.strip_suffix(')')));
    if let Some(r) = inner
        && r.starts_with("0x")
    {
        let hex: String = r.replace("0x", "").chars().filter(char::is_ascii_hexdigit).collect();
        return if hex.len() == 32 {
            u128::from_str_radix(&hex, 16).map_err(|_| BAD.into())
        } else {
            Err(BAD.into())
        };
    }
    let body = inner.unwrap_or(t);
    let dashed = body.len() == 36 && [8, 13, 18, 23].iter().all(|&i| body.as_bytes()[i] == b'-');
    let plain = inner.is_none() && body.len() == 32;
    if !dashed && !plain {
        return Err(BAD.into());
    }
    let hex: String = body.chars().filter(|&c| c != '-').collect();
    if hex.len() != 32 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(BAD.into());
    }
    u128::from_str_radix(&hex, 16).map_err(|_| BAD.into())
}

/// `DateTime.Parse(text, invariant)`; `today` are the current date's ticks.
pub fn date_time(text: &str, today: i64) -> Result<u64, String> {
    time::parse::date_time(text, invariant(), 0, today).map_err(|e| e.message(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::to_text;

    #[test]
    fn integers_read_hexadecimal_and_reals() {
        for (text, result) in
            [("1.5", "2"), ("1e3", "1000"), ("0x1F", "31"), (" 12 ", "12"), ("", "0"), ("2.5", "2")]
        {
            assert_eq!(
                number(text, Kind::Int32).map(|v| to_text(&v).to_string()),
                Ok(result.to_string()),
                "{text}"
            );
        }
        assert_eq!(number("3000000000", Kind::Int32).err().as_deref(), Some(overflow_message(Kind::Int32)));
        assert!(number("1.5x", Kind::Int32).is_err());
    }

    #[test]
    fn literals_take_suffix_then_multiplier() {
        // about_Numeric_Literals.
        let show = |s: &str| {
            literal(s, false).map(|v| format!("{} {}", v.type_info().map_or("", |t| t.name), to_text(&v)))
        };
        assert_eq!(show("1.30Dmb").as_deref(), Some("System.Decimal 1363148.80"));
        assert_eq!(show("0x12Lpb").as_deref(), Some("System.Int64 20266198323167232"));
        assert_eq!(show("2uL").as_deref(), Some("System.UInt64 2"));
        assert_eq!(show("1usgb"), None);
        assert_eq!(show("0xFFFFFFFF").as_deref(), Some("System.Int32 -1"));
        assert_eq!(show("2147483648").as_deref(), Some("System.Int64 2147483648"));
    }

    #[test]
    fn guids_in_all_forms() {
        let g = 0x0f8f_ad5b_d9cb_469f_a165_7086_7728_950e_u128;
        for t in [
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            "0F8FAD5BD9CB469FA16570867728950E",
            "{0f8fad5b-d9cb-469f-a165-70867728950e}",
            "{0x0f8fad5b,0xd9cb,0x469f,{0xa1,0x65,0x70,0x86,0x77,0x28,0x95,0x0e}}",
        ] {
            assert_eq!(guid(t), Ok(g), "{t}");
        }
        assert!(guid("x").is_err());
    }
}
