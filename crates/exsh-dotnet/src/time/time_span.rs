//! The members of `System.TimeSpan`.

use super::*;
use crate::core::culture_info::{FORMAT, of, provider};
use crate::core::reference::{REF, assign};
use crate::sig::*;
use crate::{culture, fail};
use exsh_core::types::MemberTable;
use exsh_core::{Result, Shell, Value};

fn t(v: &Value) -> i64 {
    v.base().as_time_span().unwrap_or(0)
}

fn too_long() -> Box<exsh_core::Flow> {
    fail::overflow("TimeSpan overflowed because the duration is too long.")
}

fn checked(n: Option<i64>) -> Result<Value> {
    n.map(Value::time_span).ok_or_else(too_long)
}

fn from_units(x: f64, unit: i64) -> Result<Value> {
    if x.is_nan() {
        return Err(fail::thrown(
            "System.ArgumentException",
            "TimeSpan does not accept floating point Not-a-Number values.",
        ));
    }
    let n = x * unit as f64;
    if n.abs() >= 9.223_372_036_854_776e18 { Err(too_long()) } else { Ok(Value::time_span(n as i64)) }
}

fn parts_of(a: &[Value], days: bool, count: usize) -> Result<Value> {
    let units: &[i64] = match days {
        true => &[
            TICKS_PER_DAY,
            TICKS_PER_HOUR,
            TICKS_PER_MINUTE,
            TICKS_PER_SECOND,
            TICKS_PER_MILLISECOND,
            TICKS_PER_MICROSECOND,
        ],
        false => &[TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND],
    };
    let sum: i128 = (0..count).map(|i| int_at(a, i) as i128 * units[i] as i128).sum();
    checked(i64::try_from(sum).ok())
}

fn text(shell: &mut dyn Shell, v: &Value, a: &[Value]) -> Result<Value> {
    let c = if a.len() > 1 { provider(shell, a, 1) } else { culture::current(shell) };
    let f = a.first().filter(|v| of(v).is_none()).map(str_of);
    span::format(t(v), f.as_deref().unwrap_or(""), c).map(Value::text).map_err(|e| fail::format(e.message()))
}

fn parsed(s: &str) -> Result<Value> {
    span::parse(s).map(Value::time_span).map_err(|e| match e {
        span::Failure::Format => fail::format(e.message(s)),
        span::Failure::Overflow => fail::overflow(e.message(s)),
    })
}

/// A text by one custom pattern: the pattern's own digits and literals.
fn exact(a: &[Value]) -> Result<Value> {
    let (s, f) = (str_at(a, 0), str_at(a, 1));
    if matches!(f.as_str(), "c" | "t" | "T" | "g" | "G") {
        return parsed(&s);
    }
    let bad = || fail::format("Input string was not in a correct format.");
    let mut rest = s.as_str();
    let mut sum = 0i64;
    let pattern: Vec<char> = f.as_str().chars().collect();
    let mut i = 0;
    while i < pattern.len() {
        let mut c = pattern[i];
        if c == '%' {
            i += 1;
            c = *pattern.get(i).ok_or_else(bad)?;
        }
        let n = pattern[i..].iter().take_while(|&&x| x == c).count();
        match c {
            '\\' => {
                rest = rest.strip_prefix(*pattern.get(i + 1).ok_or_else(bad)?).ok_or_else(bad)?;
                i += 2;
                continue;
            }
            '\'' => {
                let len = pattern[i + 1..].iter().position(|&x| x == '\'').ok_or_else(bad)?;
                for &x in &pattern[i + 1..i + 1 + len] {
                    rest = rest.strip_prefix(x).ok_or_else(bad)?;
                }
                i += len + 2;
                continue;
            }
            'd' | 'h' | 'm' | 's' | 'f' => {
                let most = if c == 'd' {
                    8
                } else if c == 'f' {
                    n
                } else {
                    n.max(2)
                };
                let have = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
                if have < n {
                    return Err(bad());
                }
                let v: i64 = rest[..have].parse().map_err(|_| bad())?;
                rest = &rest[have..];
                sum += match c {
                    'd' => v * TICKS_PER_DAY,
                    'h' => v * TICKS_PER_HOUR,
                    'm' => v * TICKS_PER_MINUTE,
                    's' => v * TICKS_PER_SECOND,
                    _ => v * 10i64.pow(7 - have.min(7) as u32),
                };
            }
            _ => return Err(bad()),
        }
        i += n;
    }
    if rest.is_empty() { Ok(Value::time_span(sum)) } else { Err(bad()) }
}

pub static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Ticks: "long" = |_, v| Ok(Value::long(t(v)));
        Days: "int" = |_, v| Ok(Value::int((t(v) / TICKS_PER_DAY) as i32));
        Hours: "int" = |_, v| Ok(Value::int((t(v) / TICKS_PER_HOUR % 24) as i32));
        Milliseconds: "int" = |_, v| Ok(Value::int((t(v) / TICKS_PER_MILLISECOND % 1000) as i32));
        Microseconds: "int" = |_, v| Ok(Value::int((t(v) / TICKS_PER_MICROSECOND % 1000) as i32));
        Nanoseconds: "int" = |_, v| Ok(Value::int((t(v) % TICKS_PER_MICROSECOND * 100) as i32));
        Minutes: "int" = |_, v| Ok(Value::int((t(v) / TICKS_PER_MINUTE % 60) as i32));
        Seconds: "int" = |_, v| Ok(Value::int((t(v) / TICKS_PER_SECOND % 60) as i32));
        TotalDays: "double" = |_, v| Ok(Value::double(t(v) as f64 / TICKS_PER_DAY as f64));
        TotalHours: "double" = |_, v| Ok(Value::double(t(v) as f64 / TICKS_PER_HOUR as f64));
        TotalMilliseconds: "double" = |_, v| Ok(Value::double(t(v) as f64 / TICKS_PER_MILLISECOND as f64));
        TotalMicroseconds: "double" = |_, v| Ok(Value::double(t(v) as f64 / TICKS_PER_MICROSECOND as f64));
        TotalNanoseconds: "double" = |_, v| Ok(Value::double(t(v) as f64 * 100.0));
        TotalMinutes: "double" = |_, v| Ok(Value::double(t(v) as f64 / TICKS_PER_MINUTE as f64));
        TotalSeconds: "double" = |_, v| Ok(Value::double(t(v) as f64 / TICKS_PER_SECOND as f64));
    },
    methods: methods! {
        Add { (ts: SPAN) -> "timespan" = |_, v, a| checked(t(v).checked_add(span_at(a, 0))); }
        CompareTo { (value: SPAN) -> "int" = |_, v, a| Ok(Value::int(t(v).cmp(&span_at(a, 0)) as i32)); }
        Divide {
            (divisor: DOUBLE) -> "timespan" = |_, v, a| from_units(t(v) as f64 / double_at(a, 0), 1);
            (ts: SPAN) -> "double" = |_, v, a| Ok(Value::double(t(v) as f64 / span_at(a, 0) as f64));
        }
        Duration { () -> "timespan" = |_, v, _| checked(t(v).checked_abs()); }
        Multiply { (factor: DOUBLE) -> "timespan" = |_, v, a| from_units((t(v) as f64 * double_at(a, 0)).round_ties_even(), 1); }
        Negate { () -> "timespan" = |_, v, _| checked(t(v).checked_neg()); }
        Subtract { (ts: SPAN) -> "timespan" = |_, v, a| checked(t(v).checked_sub(span_at(a, 0))); }
        ToString {
            () -> "string" = |shell, v, a| text(shell, v, a);
            (format: STR) -> "string" = |shell, v, a| text(shell, v, a);
            (format: STR, formatProvider: FORMAT) -> "string" = |shell, v, a| text(shell, v, a);
        }
    },
    static_properties: properties! {
        MaxValue: "timespan" = |_, _| Ok(Value::time_span(i64::MAX));
        MinValue: "timespan" = |_, _| Ok(Value::time_span(i64::MIN));
        TicksPerDay: "long" = |_, _| Ok(Value::long(TICKS_PER_DAY));
        TicksPerHour: "long" = |_, _| Ok(Value::long(TICKS_PER_HOUR));
        TicksPerMillisecond: "long" = |_, _| Ok(Value::long(TICKS_PER_MILLISECOND));
        TicksPerMinute: "long" = |_, _| Ok(Value::long(TICKS_PER_MINUTE));
        TicksPerSecond: "long" = |_, _| Ok(Value::long(TICKS_PER_SECOND));
        Zero: "timespan" = |_, _| Ok(Value::time_span(0));
    },
    static_methods: methods! {
        Compare { (t1: SPAN, t2: SPAN) -> "int" = |_, _, a| Ok(Value::int(span_at(a, 0).cmp(&span_at(a, 1)) as i32)); }
        Equals { (t1: SPAN, t2: SPAN) -> "bool" = |_, _, a| Ok(Value::bool(span_at(a, 0) == span_at(a, 1))); }
        FromDays { (value: DOUBLE) -> "timespan" = |_, _, a| from_units(double_at(a, 0), TICKS_PER_DAY); }
        FromHours { (value: DOUBLE) -> "timespan" = |_, _, a| from_units(double_at(a, 0), TICKS_PER_HOUR); }
        FromMicroseconds { (value: DOUBLE) -> "timespan" = |_, _, a| from_units(double_at(a, 0), TICKS_PER_MICROSECOND); }
        FromMilliseconds { (value: DOUBLE) -> "timespan" = |_, _, a| from_units(double_at(a, 0), TICKS_PER_MILLISECOND); }
        FromMinutes { (value: DOUBLE) -> "timespan" = |_, _, a| from_units(double_at(a, 0), TICKS_PER_MINUTE); }
        FromSeconds { (value: DOUBLE) -> "timespan" = |_, _, a| from_units(double_at(a, 0), TICKS_PER_SECOND); }
        FromTicks { (value: LONG) -> "timespan" = |_, _, a| Ok(Value::time_span(long_of(arg(a, 0)))); }
        Parse {
            (s: STR) -> "timespan" = |_, _, a| parsed(&str_at(a, 0));
            (input: STR, formatProvider: FORMAT) -> "timespan" = |_, _, a| parsed(&str_at(a, 0));
        }
        ParseExact { (input: STR, format: STR, formatProvider: FORMAT) -> "timespan" = |_, _, a| exact(a); }
        TryParse { (s: STR, result: REF) -> "bool" = |shell, _, a| {
            let p = span::parse(&str_at(a, 0));
            let ok = p.is_ok();
            assign(shell, arg(a, 1), Value::time_span(p.unwrap_or(0)))?;
            Ok(Value::bool(ok))
        }; }
    },
    constructors: constructors! {
        "timespan";
        (ticks: LONG) = |_, _, a| Ok(Value::time_span(long_of(arg(a, 0))));
        (hours: INT, minutes: INT, seconds: INT) = |_, _, a| parts_of(a, false, 3);
        (days: INT, hours: INT, minutes: INT, seconds: INT) = |_, _, a| parts_of(a, true, 4);
        (days: INT, hours: INT, minutes: INT, seconds: INT, milliseconds: INT) = |_, _, a| parts_of(a, true, 5);
        (days: INT, hours: INT, minutes: INT, seconds: INT, milliseconds: INT, microseconds: INT) = |_, _, a| parts_of(a, true, 6);
        () = |_, _, _| Ok(Value::time_span(0));
    },
};
