//! TimeSpan to text and back.

use super::format::BadPattern;
use super::{TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND};
use crate::culture::Culture;
use crate::number::{push_padded, push_u64};

/// Format c: `[-][d.]hh:mm:ss[.fffffff]`.
pub fn constant(ticks: i64) -> String {
    let mut s = String::new();
    if ticks < 0 {
        s.push('-');
    }
    let t = ticks.unsigned_abs();
    let days = t / TICKS_PER_DAY as u64;
    if days > 0 {
        push_u64(&mut s, days);
        s.push('.');
    }
    push_padded(&mut s, t / TICKS_PER_HOUR as u64 % 24, 2);
    s.push(':');
    push_padded(&mut s, t / TICKS_PER_MINUTE as u64 % 60, 2);
    s.push(':');
    push_padded(&mut s, t / TICKS_PER_SECOND as u64 % 60, 2);
    let f = t % TICKS_PER_SECOND as u64;
    if f > 0 {
        s.push('.');
        push_padded(&mut s, f, 7);
    }
    s
}

/// `value.ToString(format, culture)`.
pub fn format(ticks: i64, format: &str, culture: &Culture) -> Result<String, BadPattern> {
    match format {
        "" | "c" | "t" | "T" => return Ok(constant(ticks)),
        "g" | "G" => return Ok(general(ticks, format == "G", culture)),
        _ => {}
    }
    if format.chars().count() == 1 {
        return Err(BadPattern::Incorrect);
    }
    let t = ticks.unsigned_abs();
    let chars: Vec<char> = format.chars().collect();
    let mut s = String::new();
    let mut i = 0;
    while i < chars.len() {
        let mut c = chars[i];
        let mut start = i;
        if c == '%' {
            start = i + 1;
            c = *chars.get(start).filter(|&&c| c != '%').ok_or(BadPattern::Incorrect)?;
        }
        let n = match start == i {
            true => chars[start..].iter().take_while(|&&x| x == c).count(),
            false => 1,
        };
        i = start + n;
        match c {
            'h' if n <= 2 => push_padded(&mut s, t / TICKS_PER_HOUR as u64 % 24, n),
            'm' if n <= 2 => push_padded(&mut s, t / TICKS_PER_MINUTE as u64 % 60, n),
            's' if n <= 2 => push_padded(&mut s, t / TICKS_PER_SECOND as u64 % 60, n),
            'd' if n <= 8 => push_padded(&mut s, t / TICKS_PER_DAY as u64, n),
            'f' | 'F' if n <= 7 => {
                let mut digits = String::new();
                push_padded(&mut digits, t % TICKS_PER_SECOND as u64 / 10u64.pow(7 - n as u32), n);
                s.push_str(if c == 'f' { &digits } else { digits.trim_end_matches('0') });
            }
            '\'' | '"' => {
                let from = start + 1;
                let len = chars[from..].iter().position(|&x| x == c).ok_or(BadPattern::Unclosed(c))?;
                s.extend(&chars[from..from + len]);
                i = from + len + 1;
            }
            '\\' => {
                s.push(*chars.get(start + 1).ok_or(BadPattern::Incorrect)?);
                i = start + 2;
            }
            _ => return Err(BadPattern::Incorrect),
        }
    }
    Ok(s)
}

fn general(ticks: i64, long: bool, culture: &Culture) -> String {
    let mut s = String::new();
    if ticks < 0 {
        s.push('-');
    }
    let t = ticks.unsigned_abs();
    let days = t / TICKS_PER_DAY as u64;
    if days > 0 || long {
        push_u64(&mut s, days);
        s.push(':');
    }
    push_padded(&mut s, t / TICKS_PER_HOUR as u64 % 24, if long { 2 } else { 1 });
    s.push(':');
    push_padded(&mut s, t / TICKS_PER_MINUTE as u64 % 60, 2);
    s.push(':');
    push_padded(&mut s, t / TICKS_PER_SECOND as u64 % 60, 2);
    let f = t % TICKS_PER_SECOND as u64;
    if f > 0 || long {
        s.push_str(culture.number.decimal);
        let mut digits = String::new();
        push_padded(&mut digits, f, 7);
        s.push_str(if long { &digits } else { digits.trim_end_matches('0') });
    }
    s
}

/// Why a text is no TimeSpan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    Format,
    /// A component is too large for its place.
    Overflow,
}

impl Failure {
    pub fn message(self, text: &str) -> String {
        match self {
            Failure::Format => format!("String '{text}' was not recognized as a valid TimeSpan."),
            Failure::Overflow => format!(
                "The TimeSpan string '{text}' could not be parsed because at least one of the numeric components is \
                 out of range or contains too many digits."
            ),
        }
    }
}

/// `TimeSpan.Parse`: `[-]d`, `[-][d.]hh:mm[:ss[.fffffff]]`, `[-]d:hh:mm:ss[.fffffff]`.
pub fn parse(text: &str) -> Result<i64, Failure> {
    let t = text.trim();
    let (negative, t) = match t.strip_prefix('-') {
        Some(r) => (true, r),
        None => (false, t),
    };
    // Numbers and the single separators between them.
    let mut numbers: Vec<&str> = Vec::new();
    let mut separators: Vec<u8> = Vec::new();
    let bytes = t.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let from = i;
        while i < bytes.len() && bytes[i].is_ascii_digit() {
            i += 1;
        }
        if from == i {
            return Err(Failure::Format);
        }
        numbers.push(&t[from..i]);
        if i < bytes.len() {
            if !matches!(bytes[i], b':' | b'.') {
                return Err(Failure::Format);
            }
            separators.push(bytes[i]);
            i += 1;
            if i == bytes.len() {
                return Err(Failure::Format);
            }
        }
    }
    let n = |i: usize| -> Result<u64, Failure> {
        numbers[i].parse::<u32>().map(u64::from).map_err(|_| Failure::Overflow)
    };
    let fraction = |i: usize| -> Result<u64, Failure> {
        let d = numbers[i];
        if d.len() > 7 && d.bytes().take(d.len() - 7).any(|b| b != b'0') && d.len() > 8 {
            return Err(Failure::Overflow);
        }
        let mut v: u64 = d.bytes().take(7).fold(0, |v, b| v * 10 + (b - b'0') as u64);
        for _ in d.len()..7 {
            v *= 10;
        }
        // The eighth digit rounds.
        if d.as_bytes().get(7).is_some_and(|&b| b >= b'5') {
            v += 1;
        }
        Ok(v)
    };
    let (days, hours, minutes, seconds, ticks) = match (&separators[..], numbers.len()) {
        (b"", 1) => (n(0)?, 0, 0, 0, 0),
        (b":", 2) => (0, n(0)?, n(1)?, 0, 0),
        (b"::", 3) => (0, n(0)?, n(1)?, n(2)?, 0),
        (b".:", 3) => (n(0)?, n(1)?, n(2)?, 0, 0),
        (b"::.", 4) => (0, n(0)?, n(1)?, n(2)?, fraction(3)?),
        (b".::", 4) | (b":::", 4) => (n(0)?, n(1)?, n(2)?, n(3)?, 0),
        (b".::.", 5) | (b":::.", 5) => (n(0)?, n(1)?, n(2)?, n(3)?, fraction(4)?),
        _ => return Err(Failure::Format),
    };
    // `24:00` and the like: the first number is then days.
    let (days, hours, minutes, seconds) = match &separators[..] {
        b"::" if hours > 23 && minutes < 24 && seconds < 60 => (hours, minutes, seconds, 0),
        _ => (days, hours, minutes, seconds),
    };
    if hours > 23 || minutes > 59 || seconds > 59 || days > 10_675_199 {
        return Err(Failure::Overflow);
    }
    let total = days as i128 * TICKS_PER_DAY as i128
        + hours as i128 * TICKS_PER_HOUR as i128
        + minutes as i128 * TICKS_PER_MINUTE as i128
        + seconds as i128 * TICKS_PER_SECOND as i128
        + ticks as i128;
    i64::try_from(if negative { -total } else { total }).map_err(|_| Failure::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_they_are_written() {
        for (text, ticks) in [
            ("1", TICKS_PER_DAY),
            ("1:2", TICKS_PER_HOUR + 2 * TICKS_PER_MINUTE),
            ("-00:01:30", -90 * TICKS_PER_SECOND),
            ("1.02:03:04.0567", 937_840_567_000),
        ] {
            assert_eq!(parse(text), Ok(ticks), "{text}");
        }
        assert_eq!(constant(937_840_567_000), "1.02:03:04.0567000");
        assert_eq!(parse("25:00"), Err(Failure::Overflow));
        assert_eq!(parse("abc"), Err(Failure::Format));
        assert_eq!(parse(&constant(i64::MAX)), Ok(i64::MAX));
    }
}
