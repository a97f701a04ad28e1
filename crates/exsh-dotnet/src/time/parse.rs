//! Text to DateTime: .NET's tolerant `Parse`, and `ParseExact` with custom patterns.

use super::{Kind, MAX_TICKS, Parts, TICKS_PER_HOUR, TICKS_PER_MINUTE, from_parts, pack, to_local};
use crate::culture::Culture;
use exsh_core::name::same;

/// DateTimeStyles bits.
pub mod style {
    pub const ALLOW_WHITE: u32 = 7;
    pub const NO_CURRENT_DATE: u32 = 8;
    pub const ADJUST_TO_UNIVERSAL: u32 = 16;
    pub const ASSUME_LOCAL: u32 = 32;
    pub const ASSUME_UNIVERSAL: u32 = 64;
    pub const ROUND_TRIP: u32 = 128;
}

/// Why a text is no DateTime.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    Format,
    /// Index (in UTF-16 units) of a word that means nothing.
    UnknownWord(usize),
    /// A part is out of range (February 30).
    OutOfCalendar,
}

impl Failure {
    pub fn message(&self, text: &str) -> String {
        match self {
            Failure::Format => format!("String '{text}' was not recognized as a valid DateTime."),
            Failure::UnknownWord(i) => format!(
                "The string '{text}' was not recognized as a valid DateTime. There is an unknown word starting at \
                 index '{i}'."
            ),
            Failure::OutOfCalendar => format!(
                "The DateTime represented by the string '{text}' is not supported in calendar \
                 'System.Globalization.GregorianCalendar'."
            ),
        }
    }
}

/// What was read: clock time, and an offset in ticks when the text had one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parsed {
    pub ticks: i64,
    pub offset: Option<i64>,
}

/// `DateTime.Parse`; `today` are the ticks of the current date, for a text with a time only.
pub fn date_time(text: &str, culture: &Culture, styles: u32, today: i64) -> Result<u64, Failure> {
    finish(scan(text, culture, today)?, styles)
}

/// Turns what was read into a DateTime as the styles ask.
pub fn finish(p: Parsed, styles: u32) -> Result<u64, Failure> {
    let clamp = |t: i64| if (0..=MAX_TICKS).contains(&t) { Ok(t) } else { Err(Failure::OutOfCalendar) };
    Ok(match p.offset {
        Some(0) if styles & style::ROUND_TRIP != 0 => pack(p.ticks, Kind::Utc),
        Some(o) => {
            let utc = pack(clamp(p.ticks - o)?, Kind::Utc);
            if styles & style::ADJUST_TO_UNIVERSAL != 0 { utc } else { to_local(utc) }
        }
        None if styles & style::ASSUME_UNIVERSAL != 0 => {
            let utc = pack(p.ticks, Kind::Utc);
            if styles & style::ADJUST_TO_UNIVERSAL != 0 { utc } else { to_local(utc) }
        }
        None if styles & style::ASSUME_LOCAL != 0 => {
            let local = pack(p.ticks, Kind::Local);
            if styles & style::ADJUST_TO_UNIVERSAL != 0 { super::to_utc(local) } else { local }
        }
        None => pack(p.ticks, Kind::Unspecified),
    })
}

enum Token<'a> {
    /// Digits and their value.
    Number(&'a str),
    Word(&'a str, usize),
    /// `-`, `/`, `.`, `:`, `,`, `+`.
    Mark(char),
    Space,
    /// What no date holds.
    Other,
}

/// Reads the pieces of a date and time.
pub fn scan(text: &str, culture: &Culture, today: i64) -> Result<Parsed, Failure> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(Failure::Format);
    }
    let tokens = tokenize(text)?;
    let df = &culture.date;
    let mut numbers: Vec<&str> = Vec::new();
    let mut month_name: Option<u32> = None;
    // How many numbers stood before the month's name.
    let mut before_month = 0;
    let mut weekday: Option<u32> = None;
    let mut time: Option<(u32, u32, u32, u32)> = None;
    let mut afternoon: Option<bool> = None;
    let mut offset: Option<i64> = None;
    let mut date_mark = None;
    let mut iso = false;
    let mut i = 0;
    while i < tokens.len() {
        match &tokens[i] {
            Token::Space => {}
            Token::Other => return Err(Failure::Format),
            Token::Number(n) => {
                if let Some(Token::Mark(':')) = tokens.get(i + 1) {
                    if time.is_some() {
                        return Err(Failure::Format);
                    }
                    let (t, used) = read_time(&tokens, i)?;
                    time = Some(t);
                    i += used;
                    continue;
                }
                // `10am`, `10 PM`.
                let mut j = i + 1;
                if let Some(Token::Space) = tokens.get(j) {
                    j += 1;
                }
                if let Some(Token::Word(w, _)) = tokens.get(j)
                    && time.is_none()
                    && is_noon_mark(w, culture).is_some()
                {
                    let hour = n.parse().map_err(|_| Failure::Format)?;
                    time = Some((hour, 0, 0, 0));
                    i += 1;
                    continue;
                }
                numbers.push(n);
                if numbers.len() > 3 {
                    return Err(Failure::Format);
                }
            }
            Token::Mark(c @ ('-' | '+')) if time.is_some() && !date_follows(&tokens, i) => {
                let (o, used) = read_offset(&tokens, i)?;
                offset = Some(o);
                i += used;
                continue;
            }
            Token::Mark(c) => match c {
                ',' => {}
                '-' | '/' | '.' if !numbers.is_empty() || month_name.is_some() => {
                    if !matches!(
                        tokens.get(i + 1),
                        Some(Token::Number(_) | Token::Word(..) | Token::Space) | None
                    ) {
                        return Err(Failure::Format);
                    }
                    date_mark = Some(*c);
                }
                _ => return Err(Failure::Format),
            },
            Token::Word(w, at) => {
                if let Some(pm) = is_noon_mark(w, culture) {
                    if time.is_none() {
                        return Err(Failure::UnknownWord(*at));
                    }
                    if afternoon.is_some() {
                        return Err(Failure::Format);
                    }
                    afternoon = Some(pm);
                } else if let Some(m) = find_name(w, &df.months, &df.short_months)
                    .or_else(|| find_name(w, &df.genitive_months, &df.short_genitive_months))
                {
                    month_name = Some(m + 1);
                    before_month = numbers.len();
                } else if let Some(d) = find_name(w, &df.days, &df.short_days) {
                    weekday = Some(d);
                } else if same(w, "T") && matches!(tokens.get(i + 1), Some(Token::Number(_))) {
                    iso = true;
                    // Between date and time.
                    if numbers.is_empty() {
                        return Err(Failure::Format);
                    }
                } else if (same(w, "Z") || same(w, "GMT") || same(w, "UTC")) && time.is_some() {
                    offset = Some(0);
                } else if w.chars().count() == 1 && w.chars().all(|c| "年月日時分秒".contains(c)) {
                } else {
                    return Err(Failure::UnknownWord(*at));
                }
            }
        }
        i += 1;
    }
    let _ = date_mark;
    let (mut hour, minute, second, fraction) = time.unwrap_or_default();
    if let Some(pm) = afternoon {
        if hour > 12 {
            return Err(Failure::Format);
        }
        hour = hour % 12 + if pm { 12 } else { 0 };
    }
    let no_date = numbers.is_empty() && month_name.is_none();
    let (year, month, day) = if no_date {
        if time.is_none() {
            return Err(Failure::Format);
        }
        let p = super::parts(today);
        (p.year, p.month, p.day)
    } else {
        resolve_date(&numbers, month_name, before_month, culture, today)?
    };
    // 24:00 at the end of a day is the next day's start.
    let next_day = hour == 24 && minute == 0 && second == 0 && fraction == 0;
    if next_day {
        hour = 0;
    }
    let mut ticks = from_parts(Parts { year, month, day, hour, minute, second, fraction }).ok_or(if iso {
        Failure::OutOfCalendar
    } else {
        Failure::Format
    })?;
    if next_day {
        ticks += super::TICKS_PER_DAY;
    }
    if let Some(d) = weekday
        && super::day_of_week(ticks) != d
    {
        // The reference words this differently, but it is a failure all the same.
        return Err(Failure::Format);
    }
    Ok(Parsed { ticks, offset })
}

fn date_follows(tokens: &[Token<'_>], i: usize) -> bool {
    // `… 10:00 - 5/3` does not occur; an offset is two or four digits, or hours and minutes.
    match (tokens.get(i + 1), tokens.get(i + 2)) {
        (Some(Token::Number(n)), Some(Token::Mark('-' | '/'))) => n.len() > 2 || !n.is_empty(),
        (Some(Token::Word(..)), _) => true,
        _ => false,
    }
}

fn tokenize(text: &str) -> Result<Vec<Token<'_>>, Failure> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_end();
    let skipped = rest.len() - rest.trim_start().len();
    rest = rest.trim_start();
    let mut at = skipped;
    while let Some(c) = rest.chars().next() {
        let n;
        if c.is_ascii_digit() {
            n = rest.bytes().take_while(u8::is_ascii_digit).count();
            tokens.push(Token::Number(&rest[..n]));
        } else if c.is_whitespace() {
            n = rest.len() - rest.trim_start().len();
            tokens.push(Token::Space);
        } else if c.is_alphabetic() {
            let is_cjk = |c: char| c as u32 >= 0x3000;
            n = rest
                .char_indices()
                .find(|&(i, x)| !x.is_alphabetic() || (i > 0 && is_cjk(c)))
                .map_or(rest.len(), |(i, _)| i);
            tokens.push(Token::Word(&rest[..n], at));
        } else if matches!(c, '-' | '/' | '.' | ':' | ',' | '+') {
            n = 1;
            tokens.push(Token::Mark(c));
        } else {
            n = c.len_utf8();
            tokens.push(Token::Other);
        }
        at += rest[..n].encode_utf16().count();
        rest = &rest[n..];
    }
    // A leading mark belongs to no date.
    if matches!(tokens.first(), Some(Token::Mark(_))) {
        return Err(Failure::Format);
    }
    Ok(tokens)
}

fn is_noon_mark(word: &str, culture: &Culture) -> Option<bool> {
    let df = &culture.date;
    let is = |name: &str| !name.is_empty() && (same(word, name) || same(word, name.get(..1).unwrap_or("")));
    if is(df.am) || same(word, "AM") || same(word, "A") {
        Some(false)
    } else if is(df.pm) || same(word, "PM") || same(word, "P") {
        Some(true)
    } else {
        None
    }
}

fn find_name(word: &str, long: &[&str], short: &[&str]) -> Option<u32> {
    let i = long
        .iter()
        .position(|n| same(n, word))
        .or_else(|| short.iter().position(|n| same(n.trim_end_matches('.'), word)))?;
    Some(i as u32)
}

type Clock = (u32, u32, u32, u32);

/// `h:mm[:ss[.fffffff]]` from a token on; also how many tokens it took.
fn read_time(tokens: &[Token<'_>], start: usize) -> Result<(Clock, usize), Failure> {
    let number = |i: usize| -> Option<u32> {
        match tokens.get(i) {
            Some(Token::Number(n)) if n.len() <= 2 => n.parse().ok(),
            _ => None,
        }
    };
    let hour = number(start).ok_or(Failure::Format)?;
    let minute = number(start + 2).ok_or(Failure::Format)?;
    let mut used = 3;
    let (mut second, mut fraction) = (0, 0);
    if let Some(Token::Mark(':')) = tokens.get(start + used) {
        second = number(start + used + 1).ok_or(Failure::Format)?;
        used += 2;
        if let (Some(Token::Mark('.' | ',')), Some(Token::Number(n))) =
            (tokens.get(start + used), tokens.get(start + used + 1))
        {
            fraction = read_fraction(n);
            used += 2;
        }
    }
    Ok(((hour, minute, second, fraction), used))
}

/// Ticks of the digits behind a second's point, rounded.
fn read_fraction(digits: &str) -> u32 {
    let mut v: u32 = digits.bytes().take(7).fold(0, |v, b| v * 10 + (b - b'0') as u32);
    for _ in digits.len()..7 {
        v *= 10;
    }
    if digits.as_bytes().get(7).is_some_and(|&b| b >= b'5') {
        v = (v + 1).min(9_999_999);
    }
    v
}

fn read_offset(tokens: &[Token<'_>], start: usize) -> Result<(i64, usize), Failure> {
    let negative = matches!(tokens[start], Token::Mark('-'));
    let Some(Token::Number(n)) = tokens.get(start + 1) else { return Err(Failure::Format) };
    let (hours, minutes, used) = match (n.len(), tokens.get(start + 2), tokens.get(start + 3)) {
        (1 | 2, Some(Token::Mark(':')), Some(Token::Number(m))) => (n.parse::<i64>(), m.parse::<i64>(), 4),
        (1 | 2, ..) => (n.parse(), Ok(0), 2),
        (3 | 4, ..) => (n[..n.len() - 2].parse(), n[n.len() - 2..].parse(), 2),
        _ => return Err(Failure::Format),
    };
    let (Ok(h), Ok(m)) = (hours, minutes) else { return Err(Failure::Format) };
    if h > 14 || m > 59 {
        return Err(Failure::Format);
    }
    let o = h * TICKS_PER_HOUR + m * TICKS_PER_MINUTE;
    Ok((if negative { -o } else { o }, used))
}

/// Two-digit years are in 1950 to 2049.
fn full_year(text: &str) -> i32 {
    let y: i32 = text.parse().unwrap_or(0);
    if text.len() <= 2 { if y < 50 { y + 2000 } else { y + 1900 } } else { y }
}

fn resolve_date(
    numbers: &[&str],
    month: Option<u32>,
    before: usize,
    culture: &Culture,
    today: i64,
) -> Result<(i32, u32, u32), Failure> {
    let n = |i: usize| numbers[i].parse::<u32>().map_err(|_| Failure::Format);
    let this_year = super::parts(today).year;
    let year_first = culture.date.short_date.starts_with('y');
    match (month, numbers.len()) {
        (Some(m), 0) => Ok((this_year, m, 1)),
        (Some(m), 1) => {
            // `May 2024` or `May 5`.
            if numbers[0].len() > 2 || n(0)? > 31 {
                Ok((full_year(numbers[0]), m, 1))
            } else {
                Ok((this_year, m, n(0)?))
            }
        }
        (Some(m), 2) => {
            if numbers[0].len() > 2 || (before == 2 && numbers[1].len() <= 2 && year_first) {
                Ok((full_year(numbers[0]), m, n(1)?))
            } else {
                Ok((full_year(numbers[1]), m, n(0)?))
            }
        }
        (None, 3) => {
            if numbers[0].len() > 2 || (year_first && numbers[2].len() <= 2) {
                Ok((full_year(numbers[0]), n(1)?, n(2)?))
            } else if culture.date.day_first && !year_first {
                Ok((full_year(numbers[2]), n(1)?, n(0)?))
            } else {
                Ok((full_year(numbers[2]), n(0)?, n(1)?))
            }
        }
        (None, 2) => {
            if numbers[0].len() > 2 {
                Ok((full_year(numbers[0]), n(1)?, 1))
            } else if numbers[1].len() > 2 {
                Ok((full_year(numbers[1]), n(0)?, 1))
            } else if culture.date.day_first {
                Ok((this_year, n(1)?, n(0)?))
            } else {
                Ok((this_year, n(0)?, n(1)?))
            }
        }
        _ => Err(Failure::Format),
    }
}

/// `ParseExact` with one pattern (standard letter or custom).
pub fn exact(
    text: &str,
    pattern: &str,
    culture: &Culture,
    styles: u32,
    today: i64,
) -> Result<Parsed, Failure> {
    let df = &culture.date;
    let expanded;
    let pattern = match pattern {
        "d" => df.short_date,
        "D" => df.long_date,
        "t" => df.short_time,
        "T" => df.long_time,
        "F" => df.full,
        "f" => {
            expanded = format!("{} {}", df.long_date, df.short_time);
            &expanded
        }
        "g" => {
            expanded = format!("{} {}", df.short_date, df.short_time);
            &expanded
        }
        "G" => {
            expanded = format!("{} {}", df.short_date, df.long_time);
            &expanded
        }
        "m" | "M" => df.month_day,
        "y" | "Y" => df.year_month,
        "o" | "O" => "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
        "r" | "R" => "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
        "s" => "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
        "u" => "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
        p => p,
    };
    let white = styles & style::ALLOW_WHITE != 0;
    let mut rest = if white { text.trim() } else { text };
    let now = super::parts(today);
    let mut p = Parts { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, fraction: 0 };
    let (mut pm, mut offset, mut weekday) = (None, None, None);
    let chars: Vec<char> = pattern.chars().collect();
    let mut i = 0;
    while i < chars.len() {
        let mut c = chars[i];
        let mut n = chars[i..].iter().take_while(|&&x| x == c).count();
        if c == '%' {
            i += 1;
            c = *chars.get(i).ok_or(Failure::Format)?;
            n = 1;
        }
        let mut used = n;
        match c {
            'd' if n <= 2 => p.day = digits(&mut rest, n, 2)?,
            'd' => {
                let names = if n == 3 { &df.short_days } else { &df.days };
                weekday = Some(name(&mut rest, names)?);
            }
            'M' if n <= 2 => p.month = digits(&mut rest, n, 2)?,
            'M' => {
                let (a, b) = match n {
                    3 => (&df.short_months, &df.short_genitive_months),
                    _ => (&df.months, &df.genitive_months),
                };
                p.month = name(&mut rest, b).or_else(|_| name(&mut rest, a))? + 1;
            }
            'y' if n <= 2 => {
                let y = digits(&mut rest, n, 2)? as i32;
                p.year = if y < 50 { y + 2000 } else { y + 1900 };
            }
            'y' => p.year = digits(&mut rest, n, n.max(4))? as i32,
            'h' | 'H' => p.hour = digits(&mut rest, n.min(2), 2)?,
            'm' => p.minute = digits(&mut rest, n.min(2), 2)?,
            's' => p.second = digits(&mut rest, n.min(2), 2)?,
            'f' | 'F' => {
                let have = rest.bytes().take(n).take_while(u8::is_ascii_digit).count();
                if c == 'f' && have != n {
                    return Err(Failure::Format);
                }
                p.fraction = read_fraction(&rest[..have]);
                rest = &rest[have..];
            }
            't' => {
                let (am, late) = (df.am, df.pm);
                let take =
                    |s: &str| if n == 1 { s.chars().next().map_or(0, char::len_utf8) } else { s.len() };
                let starts = |rest: &str, s: &str| {
                    let k = take(s);
                    k > 0 && rest.get(..k).is_some_and(|r| same(r, &s[..k]))
                };
                if starts(rest, am) {
                    rest = &rest[take(am)..];
                    pm = Some(false);
                } else if starts(rest, late) {
                    rest = &rest[take(late)..];
                    pm = Some(true);
                } else {
                    return Err(Failure::Format);
                }
            }
            'K' | 'z' => {
                if c == 'K' {
                    used = 1;
                }
                if c == 'K' && rest.starts_with('Z') {
                    rest = &rest[1..];
                    offset = Some(0);
                } else if rest.starts_with(['+', '-']) {
                    let negative = rest.starts_with('-');
                    rest = &rest[1..];
                    let h = digits(&mut rest, 1, 2)?;
                    let mut m = 0;
                    if c == 'K' || n >= 3 {
                        rest = rest.strip_prefix(':').ok_or(Failure::Format)?;
                        m = digits(&mut rest, 2, 2)?;
                    }
                    let o = h as i64 * TICKS_PER_HOUR + m as i64 * TICKS_PER_MINUTE;
                    offset = Some(if negative { -o } else { o });
                } else if c == 'z' {
                    return Err(Failure::Format);
                }
            }
            ':' => {
                used = 1;
                rest = rest.strip_prefix(df.time_separator).ok_or(Failure::Format)?;
            }
            '/' => {
                used = 1;
                rest = rest.strip_prefix(df.date_separator).ok_or(Failure::Format)?;
            }
            '\'' | '"' => {
                let len = chars[i + 1..].iter().position(|&x| x == c).ok_or(Failure::Format)?;
                for &x in &chars[i + 1..i + 1 + len] {
                    rest = rest.strip_prefix(x).ok_or(Failure::Format)?;
                }
                if chars[i + 1..i + 1 + len] == ['Z'] || chars[i + 1..i + 1 + len] == ['G', 'M', 'T'] {
                    offset = None;
                }
                used = len + 2;
            }
            '\\' => {
                let x = *chars.get(i + 1).ok_or(Failure::Format)?;
                rest = rest.strip_prefix(x).ok_or(Failure::Format)?;
                used = 2;
            }
            ' ' if white => {
                used = n;
                rest = rest.trim_start();
            }
            _ => {
                used = 1;
                // U+202F in a pattern is also matched by a blank.
                rest = match rest.strip_prefix(c) {
                    Some(r) => r,
                    None if c == '\u{202f}' => rest.strip_prefix(' ').ok_or(Failure::Format)?,
                    None => return Err(Failure::Format),
                };
            }
        }
        i += used;
    }
    if !rest.is_empty() {
        return Err(Failure::Format);
    }
    if let Some(pm) = pm {
        if p.hour > 12 {
            return Err(Failure::Format);
        }
        p.hour = p.hour % 12 + if pm { 12 } else { 0 };
    }
    match (p.year, p.month, p.day) {
        (0, 0, 0) => (p.year, p.month, p.day) = (now.year, now.month, now.day),
        _ => {
            if p.year == 0 {
                p.year = now.year;
            }
            p.month = p.month.max(1);
            p.day = p.day.max(1);
        }
    }
    let ticks = from_parts(p).ok_or(Failure::OutOfCalendar)?;
    if weekday.is_some_and(|d| d != super::day_of_week(ticks)) {
        return Err(Failure::Format);
    }
    Ok(Parsed { ticks, offset })
}

/// `at_least` to `at_most` digits.
fn digits(rest: &mut &str, at_least: usize, at_most: usize) -> Result<u32, Failure> {
    let n = rest.bytes().take(at_most).take_while(u8::is_ascii_digit).count();
    if n < at_least {
        return Err(Failure::Format);
    }
    let v = rest[..n].parse().map_err(|_| Failure::Format)?;
    *rest = &rest[n..];
    Ok(v)
}

/// The longest name that the text begins with.
fn name(rest: &mut &str, names: &[&str]) -> Result<u32, Failure> {
    let mut best: Option<(usize, usize)> = None;
    for (i, n) in names.iter().enumerate() {
        if !n.is_empty()
            && rest.get(..n.len()).is_some_and(|r| same(r, n))
            && best.is_none_or(|(_, l)| n.len() > l)
        {
            best = Some((i, n.len()));
        }
    }
    let (i, len) = best.ok_or(Failure::Format)?;
    *rest = &rest[len..];
    Ok(i as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::culture::{get, invariant};
    use crate::time::{format, ticks};

    #[test]
    fn parse_is_tolerant() {
        let today = super::super::date(2024, 3, 5).expect("a date");
        for (text, expected) in [
            ("2024-02-29T12:34:56", "02/29/2024 12:34:56"),
            ("2/29/2024", "02/29/2024 00:00:00"),
            ("1 Jan 1970", "01/01/1970 00:00:00"),
            ("Jan 5, 2024 3pm", "01/05/2024 15:00:00"),
            ("March 2024", "03/01/2024 00:00:00"),
            ("12:30", "03/05/2024 12:30:00"),
            ("Tuesday, 05 March 2024 09:07:03", "03/05/2024 09:07:03"),
            ("2024-03-05 9:07:03.045 PM", "03/05/2024 21:07:03"),
            ("2024-03", "03/01/2024 00:00:00"),
            ("3/4/24", "03/04/2024 00:00:00"),
        ] {
            let got = date_time(text, invariant(), 0, today).map(format::language);
            assert_eq!(got.as_deref(), Ok(expected), "{text}");
        }
        let de = get("de-DE").expect("known");
        assert_eq!(
            date_time("03.04.2024", de, 0, today).map(format::language).as_deref(),
            Ok("04/03/2024 00:00:00")
        );
        // Observed.
        assert_eq!(date_time("0x1F", invariant(), 0, today), Err(Failure::UnknownWord(1)));
        assert_eq!(date_time("-0.5", invariant(), 0, today), Err(Failure::Format));
    }

    #[test]
    fn exact_follows_the_pattern() {
        let p = exact("20240305-0907", "yyyyMMdd-HHmm", invariant(), 0, 0).expect("matches");
        assert_eq!(format::language(ticks(p.ticks as u64) as u64), "03/05/2024 09:07:00");
        assert!(exact("2024-3-05", "yyyy-MM-dd", invariant(), 0, 0).is_err());
    }
}
