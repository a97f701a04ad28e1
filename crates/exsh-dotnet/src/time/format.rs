//! DateTime to text: standard letters and custom patterns.

use super::{
    Kind, MAX_TICKS, TICKS_PER_HOUR, TICKS_PER_MINUTE, day_of_week, kind, parts, shown_offset, ticks, to_utc,
};
use crate::culture::{Culture, invariant};
use crate::number::push_padded;

/// Why a pattern is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadPattern {
    Incorrect,
    /// `Cannot find a matching quote character for the character '…'.`
    Unclosed(char),
}

impl BadPattern {
    pub fn message(self) -> String {
        match self {
            BadPattern::Incorrect => "Input string was not in a correct format.".into(),
            BadPattern::Unclosed(c) => {
                format!("Cannot find a matching quote character for the character '{c}'.")
            }
        }
    }
}

/// `value.ToString(format, culture)`.
pub fn date_time(bits: u64, format: &str, culture: &Culture) -> Result<String, BadPattern> {
    with_offset(bits, None, format, culture)
}

/// The same of a DateTimeOffset: clock time and its offset in ticks.
pub fn with_offset(
    bits: u64,
    offset: Option<i64>,
    format: &str,
    culture: &Culture,
) -> Result<String, BadPattern> {
    let df = &culture.date;
    let mut chars = format.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        let utc_bits = match offset {
            Some(o) => super::pack((ticks(bits) - o).clamp(0, MAX_TICKS), Kind::Utc),
            None => bits,
        };
        let pattern = match c {
            'd' => df.short_date.to_string(),
            'D' => df.long_date.to_string(),
            't' => df.short_time.to_string(),
            'T' => df.long_time.to_string(),
            'f' => format!("{} {}", df.long_date, df.short_time),
            'F' => df.full.to_string(),
            'g' => format!("{} {}", df.short_date, df.short_time),
            'G' => format!("{} {}", df.short_date, df.long_time),
            'm' | 'M' => df.month_day.to_string(),
            'y' | 'Y' => df.year_month.to_string(),
            'o' | 'O' => return Ok(round_trip(bits, offset)),
            'r' | 'R' => {
                return custom(utc_bits, None, "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'", invariant());
            }
            's' => return custom(bits, offset, "yyyy'-'MM'-'dd'T'HH':'mm':'ss", invariant()),
            'u' => return custom(utc_bits, None, "yyyy'-'MM'-'dd HH':'mm':'ss'Z'", invariant()),
            'U' if offset.is_none() => return custom(to_utc(bits), None, df.full, culture),
            _ => return Err(BadPattern::Incorrect),
        };
        return custom(bits, offset, &pattern, culture);
    }
    if format.is_empty() {
        return Ok(match offset {
            None => general(bits, culture),
            Some(o) => {
                let mut s = general(bits, culture);
                s.push(' ');
                push_offset(&mut s, o, 3);
                s
            }
        });
    }
    custom(bits, offset, format, culture)
}

/// Format G: what `ToString()` gives.
pub fn general(bits: u64, culture: &Culture) -> String {
    let pattern = format!("{} {}", culture.date.short_date, culture.date.long_time);
    custom(bits, None, &pattern, culture).unwrap_or_default()
}

/// `MM/dd/yyyy HH:mm:ss`, as the language writes a date.
pub fn language(bits: u64) -> String {
    let p = parts(ticks(bits));
    let mut s = String::with_capacity(19);
    push_padded(&mut s, p.month as u64, 2);
    s.push('/');
    push_padded(&mut s, p.day as u64, 2);
    s.push('/');
    push_padded(&mut s, p.year as u64, 4);
    s.push(' ');
    push_padded(&mut s, p.hour as u64, 2);
    s.push(':');
    push_padded(&mut s, p.minute as u64, 2);
    s.push(':');
    push_padded(&mut s, p.second as u64, 2);
    s
}

/// Format o.
pub fn round_trip(bits: u64, offset: Option<i64>) -> String {
    let p = parts(ticks(bits));
    let mut s = String::with_capacity(33);
    push_padded(&mut s, p.year as u64, 4);
    s.push('-');
    push_padded(&mut s, p.month as u64, 2);
    s.push('-');
    push_padded(&mut s, p.day as u64, 2);
    s.push('T');
    push_padded(&mut s, p.hour as u64, 2);
    s.push(':');
    push_padded(&mut s, p.minute as u64, 2);
    s.push(':');
    push_padded(&mut s, p.second as u64, 2);
    s.push('.');
    push_padded(&mut s, p.fraction as u64, 7);
    push_zone(&mut s, bits, offset);
    s
}

fn push_zone(s: &mut String, bits: u64, offset: Option<i64>) {
    match (offset, kind(bits)) {
        (Some(o), _) => push_offset(s, o, 3),
        (None, Kind::Utc) => s.push('Z'),
        (None, Kind::Local) => push_offset(s, shown_offset(bits), 3),
        (None, Kind::Unspecified) => {}
    }
}

/// `+1`, `+01`, `+01:00` by number of letters.
fn push_offset(s: &mut String, offset: i64, letters: usize) {
    s.push(if offset < 0 { '-' } else { '+' });
    let o = offset.abs();
    push_padded(s, (o / TICKS_PER_HOUR) as u64, if letters == 1 { 1 } else { 2 });
    if letters >= 3 {
        s.push(':');
        push_padded(s, (o / TICKS_PER_MINUTE % 60) as u64, 2);
    }
}

fn custom(bits: u64, offset: Option<i64>, pattern: &str, culture: &Culture) -> Result<String, BadPattern> {
    let df = &culture.date;
    let t = ticks(bits);
    let p = parts(t);
    let chars: Vec<char> = pattern.chars().collect();
    let mut s = String::with_capacity(pattern.len() + 16);
    let mut i = 0;
    // A day number anywhere in the pattern asks for the genitive form of the month's name.
    let genitive = has_day_number(&chars);
    while i < chars.len() {
        let c = chars[i];
        let n = chars[i..].iter().take_while(|&&x| x == c).count();
        let mut used = n;
        match c {
            'd' => match n {
                1 | 2 => push_padded(&mut s, p.day as u64, n),
                3 => s.push_str(df.short_days[day_of_week(t) as usize]),
                _ => s.push_str(df.days[day_of_week(t) as usize]),
            },
            'M' => {
                let m = p.month as usize - 1;
                match n {
                    1 | 2 => push_padded(&mut s, p.month as u64, n),
                    3 if genitive => s.push_str(df.short_genitive_months[m]),
                    3 => s.push_str(df.short_months[m]),
                    _ if genitive => s.push_str(df.genitive_months[m]),
                    _ => s.push_str(df.months[m]),
                }
            }
            'y' => match n {
                1 | 2 => push_padded(&mut s, (p.year % 100) as u64, n),
                _ => push_padded(&mut s, p.year as u64, n),
            },
            'h' => {
                push_padded(&mut s, if p.hour.is_multiple_of(12) { 12 } else { p.hour % 12 } as u64, n.min(2))
            }
            'H' => push_padded(&mut s, p.hour as u64, n.min(2)),
            'm' => push_padded(&mut s, p.minute as u64, n.min(2)),
            's' => push_padded(&mut s, p.second as u64, n.min(2)),
            'f' | 'F' => {
                if n > 7 {
                    return Err(BadPattern::Incorrect);
                }
                let mut digits = String::new();
                push_padded(&mut digits, p.fraction as u64 / 10u64.pow(7 - n as u32), n);
                if c == 'f' {
                    s.push_str(&digits);
                } else {
                    let short = digits.trim_end_matches('0');
                    if short.is_empty() && s.ends_with('.') {
                        s.pop();
                    }
                    s.push_str(short);
                }
            }
            't' => {
                let name = if p.hour < 12 { df.am } else { df.pm };
                match n {
                    1 => s.extend(name.chars().next()),
                    _ => s.push_str(name),
                }
            }
            'g' => s.push_str(df.era),
            'K' => {
                used = 1;
                push_zone(&mut s, bits, offset);
            }
            'z' => push_offset(&mut s, offset.unwrap_or_else(|| shown_offset(bits)), n),
            ':' => {
                used = 1;
                s.push_str(df.time_separator);
            }
            '/' => {
                used = 1;
                s.push_str(df.date_separator);
            }
            '\'' | '"' => {
                let mut j = i + 1;
                loop {
                    match chars.get(j) {
                        None => return Err(BadPattern::Unclosed(c)),
                        Some(&x) if x == c => break,
                        Some('\\') => {
                            j += 1;
                            s.push(*chars.get(j).ok_or(BadPattern::Incorrect)?);
                        }
                        Some(&x) => s.push(x),
                    }
                    j += 1;
                }
                used = j + 1 - i;
            }
            '%' => {
                let next = *chars.get(i + 1).filter(|&&x| x != '%').ok_or(BadPattern::Incorrect)?;
                s.push_str(&custom_one(bits, offset, next, culture)?);
                used = 2;
            }
            '\\' => {
                s.push(*chars.get(i + 1).ok_or(BadPattern::Incorrect)?);
                used = 2;
            }
            _ => {
                used = 1;
                s.push(c);
            }
        }
        i += used;
    }
    Ok(s)
}

/// One letter as a custom pattern (`%d`).
fn custom_one(bits: u64, offset: Option<i64>, c: char, culture: &Culture) -> Result<String, BadPattern> {
    custom(bits, offset, c.encode_utf8(&mut [0; 4]), culture)
}

fn has_day_number(chars: &[char]) -> bool {
    let mut i = 0;
    while i < chars.len() {
        let n = chars[i..].iter().take_while(|&&x| x == chars[i]).count();
        if chars[i] == 'd' && n <= 2 {
            return true;
        }
        i += n;
    }
    false
}
