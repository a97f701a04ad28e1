//! Custom numeric format strings (`#,##0.00;(0)`), section by section as .NET reads them.

use super::standard::{for_custom, group_starts, push_exponent, special_float};
use super::{Digits, Num};
use crate::culture::Culture;

pub fn format(number: Num<'_>, format: &str, culture: &Culture) -> String {
    let special = match number {
        Num::Double(d) => special_float(d, culture),
        Num::Single(s) => special_float(s as f64, culture),
        _ => None,
    };
    if let Some(s) = special {
        return s.to_string();
    }
    let chars: Vec<char> = format.chars().collect();
    let mut d = for_custom(number);
    let mut section = find_section(
        &chars,
        if d.is_zero() {
            2
        } else if d.negative {
            1
        } else {
            0
        },
    );
    let layout = loop {
        let layout = Layout::scan(&chars, section);
        if d.is_zero() {
            if !d.floating {
                d.negative = false;
            }
            d.scale = 0;
            break layout;
        }
        d.scale += layout.shift;
        let count = match layout.scientific {
            true => layout.digits,
            false => d.scale + layout.digits - layout.point,
        };
        d.round(count);
        if d.is_zero() {
            let zero = find_section(&chars, 2);
            if zero != section {
                section = zero;
                continue;
            }
        }
        break layout;
    };
    write(&chars, section, &layout, &d, culture)
}

/// What a section asks for.
struct Layout {
    /// Digit placeholders, and how many of them stand before the point.
    digits: i32,
    point: i32,
    first_zero: i32,
    last_zero: i32,
    scientific: bool,
    group: bool,
    /// Powers of ten from `%`, `‰` and trailing commas.
    shift: i32,
}

impl Layout {
    fn scan(f: &[char], start: usize) -> Layout {
        let mut digits = 0;
        let mut point = -1;
        let mut first = i32::MAX;
        let mut last = 0;
        let mut scientific = false;
        let mut comma = -1;
        let mut commas = 0;
        let mut group = false;
        let mut shift = 0;
        let mut i = start;
        while i < f.len() && f[i] != ';' {
            let c = f[i];
            i += 1;
            match c {
                '#' => digits += 1,
                '0' => {
                    first = first.min(digits);
                    digits += 1;
                    last = digits;
                }
                '.' if point < 0 => point = digits,
                ',' if digits > 0 && point < 0 => {
                    if comma >= 0 {
                        if comma == digits {
                            commas += 1;
                            continue;
                        }
                        group = true;
                    }
                    comma = digits;
                    commas = 1;
                }
                '%' => shift += 2,
                '\u{2030}' => shift += 3,
                '\'' | '"' => {
                    while i < f.len() && f[i] != c {
                        i += 1;
                    }
                    i += 1;
                }
                '\\' => i += 1,
                'E' | 'e' if exponent_follows(f, i) => {
                    i += 1;
                    while i < f.len() && f[i] == '0' {
                        i += 1;
                    }
                    scientific = true;
                }
                _ => {}
            }
        }
        if point < 0 {
            point = digits;
        }
        if comma >= 0 {
            if comma == point {
                shift -= commas * 3;
            } else {
                group = true;
            }
        }
        Layout {
            digits,
            point,
            first_zero: if first < point { point - first } else { 0 },
            last_zero: if last > point { point - last } else { 0 },
            scientific,
            group,
            shift,
        }
    }
}

fn exponent_follows(f: &[char], i: usize) -> bool {
    f.get(i) == Some(&'0') || (matches!(f.get(i), Some('+' | '-')) && f.get(i + 1) == Some(&'0'))
}

/// Start of a section; an empty or missing one is the first.
fn find_section(f: &[char], section: usize) -> usize {
    let mut left = section;
    let mut i = 0;
    if section == 0 {
        return 0;
    }
    while i < f.len() {
        let c = f[i];
        i += 1;
        match c {
            '\'' | '"' => {
                while i < f.len() && f[i] != c {
                    i += 1;
                }
                i += 1;
            }
            '\\' => i += 1,
            ';' => {
                left -= 1;
                if left == 0 {
                    return if i < f.len() && f[i] != ';' { i } else { 0 };
                }
            }
            _ => {}
        }
    }
    0
}

fn write(f: &[char], section: usize, layout: &Layout, d: &Digits, culture: &Culture) -> String {
    let nf = &culture.number;
    let (mut position, mut adjust) = match layout.scientific {
        true => (layout.point, 0),
        false => (d.scale.max(layout.point), d.scale - layout.point),
    };
    let mut separators = Vec::new();
    if layout.group {
        let total = position + adjust.min(0);
        separators = group_starts(layout.first_zero.max(total), nf.group_sizes);
    }
    let mut out = String::new();
    let mut next = 0usize;
    let mut scientific = layout.scientific;
    let mut point_written = false;
    let take = |next: &mut usize| -> Option<char> {
        let c = d.digits.get(*next).map(|&v| (b'0' + v) as char);
        *next += usize::from(c.is_some());
        c
    };
    let separate = |out: &mut String, separators: &mut Vec<i32>, position: i32| {
        if position > 1 && separators.last().is_some_and(|&s| position == s + 1) {
            out.push_str(nf.group);
            separators.pop();
        }
    };
    let mut i = section;
    while i < f.len() && f[i] != ';' {
        let c = f[i];
        i += 1;
        if matches!(c, '#' | '0' | '.') {
            while adjust > 0 {
                out.push(take(&mut next).unwrap_or('0'));
                separate(&mut out, &mut separators, position);
                position -= 1;
                adjust -= 1;
            }
        }
        match c {
            '#' | '0' => {
                let digit = if adjust < 0 {
                    adjust += 1;
                    (position <= layout.first_zero).then_some('0')
                } else {
                    take(&mut next).or((position > layout.last_zero).then_some('0'))
                };
                if let Some(digit) = digit {
                    out.push(digit);
                    separate(&mut out, &mut separators, position);
                }
                position -= 1;
            }
            '.' => {
                if position == 0
                    && !point_written
                    && (layout.last_zero < 0 || (layout.point < layout.digits && next < d.digits.len()))
                {
                    out.push_str(nf.decimal);
                    point_written = true;
                }
            }
            '\u{2030}' => out.push_str(nf.per_mille),
            '%' => out.push_str(nf.percent),
            ',' => {}
            '\'' | '"' => {
                while i < f.len() && f[i] != c {
                    out.push(f[i]);
                    i += 1;
                }
                i += 1;
            }
            '\\' => {
                if let Some(&c) = f.get(i) {
                    out.push(c);
                }
                i += 1;
            }
            'E' | 'e' if scientific && exponent_follows(f, i) => {
                let plus = f[i] == '+';
                if f[i] != '0' {
                    i += 1;
                }
                let from = i;
                while i < f.len() && f[i] == '0' {
                    i += 1;
                }
                let exponent = if d.is_zero() { 0 } else { d.scale - layout.point };
                push_exponent(&mut out, exponent, c, (i - from).min(10), plus, culture);
                scientific = false;
            }
            'E' | 'e' => {
                out.push(c);
                if !scientific {
                    if let Some(&sign @ ('+' | '-')) = f.get(i) {
                        out.push(sign);
                        i += 1;
                    }
                    while f.get(i) == Some(&'0') {
                        out.push('0');
                        i += 1;
                    }
                }
            }
            c => out.push(c),
        }
    }
    if d.negative && section == 0 && !out.is_empty() {
        out.insert_str(0, nf.minus);
    }
    out
}
