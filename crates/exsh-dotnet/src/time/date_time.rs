//! The members of `System.DateTime`.

use super::*;
use crate::core::culture_info::{FORMAT, of, provider};
use crate::core::reference::{REF, assign};
use crate::sig::*;
use crate::types::enums;
use crate::{convert, culture, fail};
use exsh_core::types::MemberTable;
use exsh_core::{Result, Shell, Value};

fn bits(v: &Value) -> u64 {
    v.base().as_date_time().unwrap_or(0)
}

fn t(v: &Value) -> i64 {
    ticks(bits(v))
}

fn moved(v: &Value, by: Option<i64>, parameter: &str) -> Result<Value> {
    by.and_then(|by| t(v).checked_add(by))
        .and_then(|n| with_ticks(bits(v), n))
        .map(Value::date_time)
        .ok_or_else(|| unrepresentable(parameter))
}

fn unrepresentable(parameter: &str) -> Box<exsh_core::Flow> {
    fail::out_of_range("The added or subtracted value results in an un-representable DateTime.", parameter)
}

fn add(v: &Value, a: &[Value], unit: i64) -> Result<Value> {
    moved(v, scale(double_at(a, 0), unit), "value")
}

fn months(v: &Value, n: i64, parameter: &str) -> Result<Value> {
    i32::try_from(n)
        .ok()
        .and_then(|n| add_months(t(v), n))
        .and_then(|n| with_ticks(bits(v), n))
        .map(Value::date_time)
        .ok_or_else(|| unrepresentable(parameter))
}

fn kind_value(k: Kind) -> Value {
    Value::enumeration(&enums::DATE_TIME_KIND, k as i64)
}

fn kind_of(n: i64) -> Kind {
    match n {
        1 => Kind::Utc,
        2 => Kind::Local,
        _ => Kind::Unspecified,
    }
}

pub(crate) fn now_utc(shell: &mut dyn Shell) -> u64 {
    pack(shell.host().now_ticks(), Kind::Utc)
}

pub(crate) fn now(shell: &mut dyn Shell) -> u64 {
    to_local(now_utc(shell))
}

fn text(shell: &mut dyn Shell, v: &Value, a: &[Value]) -> Result<Value> {
    let (f, c) = match a {
        [] => (None, culture::current(shell)),
        [one] if of(one).is_some() => (None, provider(shell, a, 0)),
        [_] => (opt_str(a, 0), culture::current(shell)),
        _ => (opt_str(a, 0), provider(shell, a, 1)),
    };
    format::date_time(bits(v), f.as_deref().unwrap_or(""), c)
        .map(Value::text)
        .map_err(|e| fail::format(e.message()))
}

fn standard(shell: &mut dyn Shell, v: &Value, letter: &str) -> Result<Value> {
    let c = culture::current(shell);
    format::date_time(bits(v), letter, c).map(Value::text).map_err(|e| fail::format(e.message()))
}

fn made(a: &[Value], places: usize, kind: Option<i64>) -> Result<Value> {
    let n: Vec<i64> = (0..places).map(|i| int_at(a, i)).collect();
    let at = |i: usize| n.get(i).copied().unwrap_or(0);
    let u = |i: usize| u32::try_from(at(i)).unwrap_or(u32::MAX);
    if date(i32::try_from(at(0)).unwrap_or(0), u(1), u(2)).is_none() {
        return Err(fail::thrown(
            "System.ArgumentOutOfRangeException",
            "Year, Month, and Day parameters describe an un-representable DateTime.",
        ));
    }
    if !(0..1000).contains(&at(6)) {
        return Err(fail::out_of_range("Valid values are between 0 and 999, inclusive.", "millisecond"));
    }
    let p = Parts {
        year: at(0) as i32,
        month: u(1),
        day: u(2),
        hour: u(3),
        minute: u(4),
        second: u(5),
        fraction: at(6) as u32 * TICKS_PER_MILLISECOND as u32,
    };
    match from_parts(p) {
        Some(t) => Ok(Value::date_time(pack(t, kind_of(kind.unwrap_or(0))))),
        None => Err(fail::thrown(
            "System.ArgumentOutOfRangeException",
            "Hour, Minute, and Second parameters describe an un-representable DateTime.",
        )),
    }
}

fn from_ticks(n: i64, kind: i64) -> Result<Value> {
    if !(0..=MAX_TICKS).contains(&n) {
        return Err(fail::out_of_range(
            "Ticks must be between DateTime.MinValue.Ticks and DateTime.MaxValue.Ticks.",
            "ticks",
        ));
    }
    Ok(Value::date_time(pack(n, kind_of(kind))))
}

fn parse_text(shell: &mut dyn Shell, a: &[Value]) -> Result<Value> {
    let s = str_at(a, 0);
    let c = a[1.min(a.len())..].iter().find_map(of).unwrap_or_else(|| culture::current(shell));
    let styles = a.iter().skip(1).find_map(|v| v.base().as_enum()).map_or(0, |e| e.number as u32);
    let today = convert::today(shell);
    parse::date_time(&s, c, styles, today).map(Value::date_time).map_err(|e| fail::format(e.message(&s)))
}

fn parse_exact(shell: &mut dyn Shell, a: &[Value]) -> Result<Value> {
    let s = str_at(a, 0);
    let c = provider(shell, a, 2);
    let styles = if a.len() > 3 { enum_at(a, 3) as u32 } else { 0 };
    let today = convert::today(shell);
    let patterns: Vec<exsh_core::Str> = match arg(a, 1).base().as_list() {
        Some(l) => l.items().iter().map(str_of).collect(),
        None => vec![str_at(a, 1)],
    };
    for p in &patterns {
        if let Ok(found) = parse::exact(&s, p, c, styles, today)
            && let Ok(b) = parse::finish(found, styles)
        {
            return Ok(Value::date_time(b));
        }
    }
    Err(fail::format(format!("String '{s}' was not recognized as a valid DateTime.")))
}

fn attempt(shell: &mut dyn Shell, a: &[Value], parsed: Result<Value>) -> Result<Value> {
    let ok = parsed.is_ok();
    assign(shell, &a[a.len() - 1], parsed.unwrap_or(Value::date_time(0)))?;
    Ok(Value::bool(ok))
}

pub static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        DateTime: "System.Object" = |shell, v| {
            let c = culture::current(shell);
            let pattern = format!("{} {}", c.date.long_date, c.date.long_time);
            format::date_time(bits(v), &pattern, c).map(Value::text).map_err(|e| fail::format(e.message()))
        };
        Date: "datetime" = |_, v| {
            let n = t(v);
            Ok(Value::date_time(with_ticks(bits(v), n - n.rem_euclid(TICKS_PER_DAY)).unwrap_or(0)))
        };
        Day: "int" = |_, v| Ok(Value::int(parts(t(v)).day as i32));
        DayOfWeek: "System.DayOfWeek" = |_, v| Ok(Value::enumeration(&enums::DAY_OF_WEEK, day_of_week(t(v)) as i64));
        DayOfYear: "int" = |_, v| Ok(Value::int(day_of_year(t(v)) as i32));
        Hour: "int" = |_, v| Ok(Value::int(parts(t(v)).hour as i32));
        Kind: "System.DateTimeKind" = |_, v| Ok(kind_value(kind(bits(v))));
        Microsecond: "int" = |_, v| Ok(Value::int((t(v) / TICKS_PER_MICROSECOND % 1000) as i32));
        Millisecond: "int" = |_, v| Ok(Value::int((t(v) / TICKS_PER_MILLISECOND % 1000) as i32));
        Minute: "int" = |_, v| Ok(Value::int(parts(t(v)).minute as i32));
        Month: "int" = |_, v| Ok(Value::int(parts(t(v)).month as i32));
        Nanosecond: "int" = |_, v| Ok(Value::int((t(v) % TICKS_PER_MICROSECOND * 100) as i32));
        Second: "int" = |_, v| Ok(Value::int(parts(t(v)).second as i32));
        Ticks: "long" = |_, v| Ok(Value::long(t(v)));
        TimeOfDay: "timespan" = |_, v| Ok(Value::time_span(t(v).rem_euclid(TICKS_PER_DAY)));
        Year: "int" = |_, v| Ok(Value::int(parts(t(v)).year));
    },
    methods: methods! {
        Add { (value: SPAN) -> "datetime" = |_, v, a| moved(v, Some(span_at(a, 0)), "value"); }
        AddDays { (value: DOUBLE) -> "datetime" = |_, v, a| add(v, a, TICKS_PER_DAY); }
        AddHours { (value: DOUBLE) -> "datetime" = |_, v, a| add(v, a, TICKS_PER_HOUR); }
        AddMicroseconds { (value: DOUBLE) -> "datetime" = |_, v, a| add(v, a, TICKS_PER_MICROSECOND); }
        AddMilliseconds { (value: DOUBLE) -> "datetime" = |_, v, a| add(v, a, TICKS_PER_MILLISECOND); }
        AddMinutes { (value: DOUBLE) -> "datetime" = |_, v, a| add(v, a, TICKS_PER_MINUTE); }
        AddMonths { (months: INT) -> "datetime" = |_, v, a| months(v, int_at(a, 0), "months"); }
        AddSeconds { (value: DOUBLE) -> "datetime" = |_, v, a| add(v, a, TICKS_PER_SECOND); }
        AddTicks { (value: LONG) -> "datetime" = |_, v, a| moved(v, Some(long_of(arg(a, 0))), "value"); }
        AddYears { (value: INT) -> "datetime" = |_, v, a| months(v, int_at(a, 0) * 12, "value"); }
        CompareTo { (value: DATE) -> "int" = |_, v, a| Ok(Value::int(t(v).cmp(&ticks(date_at(a, 0))) as i32)); }
        GetDateTimeFormats { () -> "string[]" = |shell, v, _| {
            let c = culture::current(shell);
            let all = ["d", "D", "f", "F", "g", "G", "m", "o", "r", "s", "t", "T", "u", "U", "y"];
            Ok(strings(all.iter().filter_map(|l| format::date_time(bits(v), l, c).ok())))
        }; }
        GetTypeCode { () -> "System.TypeCode" = |_, _, _| Ok(Value::enumeration(&enums::TYPE_CODE, 16)); }
        IsDaylightSavingTime { () -> "bool" = |_, v, _| {
            Ok(Value::bool(kind(bits(v)) != Kind::Utc && zone::is_daylight(t(v))))
        }; }
        Subtract {
            (value: DATE) -> "timespan" = |_, v, a| Ok(Value::time_span(t(v) - ticks(date_at(a, 0))));
            (value: SPAN) -> "datetime" = |_, v, a| moved(v, span_at(a, 0).checked_neg(), "value");
        }
        ToBinary { () -> "long" = |_, v, _| Ok(Value::long(bits(v) as i64)); }
        ToFileTime { () -> "long" = |_, v, _| file_time(ticks(to_utc(bits(v)))); }
        ToFileTimeUtc { () -> "long" = |_, v, _| {
            let b = if kind(bits(v)) == Kind::Local { to_utc(bits(v)) } else { bits(v) };
            file_time(ticks(b))
        }; }
        ToLocalTime { () -> "datetime" = |_, v, _| Ok(Value::date_time(to_local(bits(v)))); }
        ToLongDateString { () -> "string" = |shell, v, _| standard(shell, v, "D"); }
        ToLongTimeString { () -> "string" = |shell, v, _| standard(shell, v, "T"); }
        ToOADate { () -> "double" = |_, v, _| {
            Ok(Value::double((t(v) - OLE_EPOCH) as f64 / TICKS_PER_DAY as f64))
        }; }
        ToShortDateString { () -> "string" = |shell, v, _| standard(shell, v, "d"); }
        ToShortTimeString { () -> "string" = |shell, v, _| standard(shell, v, "t"); }
        ToString {
            () -> "string" = |shell, v, a| text(shell, v, a);
            (format: STR) -> "string" = |shell, v, a| text(shell, v, a);
            (provider: FORMAT) -> "string" = |shell, v, a| text(shell, v, a);
            (format: STR, provider: FORMAT) -> "string" = |shell, v, a| text(shell, v, a);
        }
        ToUniversalTime { () -> "datetime" = |_, v, _| Ok(Value::date_time(to_utc(bits(v)))); }
    },
    static_properties: properties! {
        MaxValue: "datetime" = |_, _| Ok(Value::date_time(MAX_TICKS as u64));
        MinValue: "datetime" = |_, _| Ok(Value::date_time(0));
        Now: "datetime" = |shell, _| Ok(Value::date_time(now(shell)));
        Today: "datetime" = |shell, _| Ok(Value::date_time(pack(convert::today(shell), Kind::Local)));
        UnixEpoch: "datetime" = |_, _| Ok(Value::date_time(pack(UNIX_EPOCH, Kind::Utc)));
        UtcNow: "datetime" = |shell, _| Ok(Value::date_time(now_utc(shell)));
    },
    static_methods: methods! {
        Compare { (t1: DATE, t2: DATE) -> "int" = |_, _, a| Ok(Value::int(ticks(date_at(a, 0)).cmp(&ticks(date_at(a, 1))) as i32)); }
        DaysInMonth { (year: INT, month: INT) -> "int" = |_, _, a| {
            let (y, m) = (int_at(a, 0), int_at(a, 1));
            if !(1..=12).contains(&m) {
                return Err(fail::out_of_range("Month must be between one and twelve.", "month"));
            }
            Ok(Value::int(days_in_month(y as i32, m as u32) as i32))
        }; }
        Equals { (t1: DATE, t2: DATE) -> "bool" = |_, _, a| Ok(Value::bool(ticks(date_at(a, 0)) == ticks(date_at(a, 1)))); }
        FromBinary { (dateData: LONG) -> "datetime" = |_, _, a| Ok(Value::date_time(long_of(arg(a, 0)) as u64)); }
        FromFileTime { (fileTime: LONG) -> "datetime" = |_, _, a| {
            Ok(Value::date_time(to_local(pack(long_of(arg(a, 0)) + FILE_EPOCH, Kind::Utc))))
        }; }
        FromFileTimeUtc { (fileTime: LONG) -> "datetime" = |_, _, a| Ok(Value::date_time(pack(long_of(arg(a, 0)) + FILE_EPOCH, Kind::Utc))); }
        FromOADate { (d: DOUBLE) -> "datetime" = |_, _, a| {
            let n = OLE_EPOCH + scale(double_at(a, 0), TICKS_PER_DAY).unwrap_or(0);
            from_ticks(n, 0)
        }; }
        IsLeapYear { (year: INT) -> "bool" = |_, _, a| Ok(Value::bool(is_leap(int_at(a, 0) as i32))); }
        Parse {
            (s: STR) -> "datetime" = |shell, _, a| parse_text(shell, a);
            (s: STR, provider: FORMAT) -> "datetime" = |shell, _, a| parse_text(shell, a);
            (s: STR, provider: FORMAT, styles: &enums::DATE_TIME_STYLES) -> "datetime" = |shell, _, a| parse_text(shell, a);
        }
        ParseExact {
            (s: STR, format: STR, provider: FORMAT) -> "datetime" = |shell, _, a| parse_exact(shell, a);
            (s: STR, format: STR, provider: FORMAT, style: &enums::DATE_TIME_STYLES) -> "datetime" = |shell, _, a| parse_exact(shell, a);
            (s: STR, formats: STRS, provider: FORMAT, style: &enums::DATE_TIME_STYLES) -> "datetime" = |shell, _, a| parse_exact(shell, a);
        }
        SpecifyKind { (value: DATE, kind: &enums::DATE_TIME_KIND) -> "datetime" = |_, _, a| {
            Ok(Value::date_time(pack(ticks(date_at(a, 0)), kind_of(enum_at(a, 1)))))
        }; }
        TryParse {
            (s: STR, result: REF) -> "bool" = |shell, _, a| {
                let p = parse_text(shell, &a[..1]);
                attempt(shell, a, p)
            };
            (s: STR, provider: FORMAT, styles: &enums::DATE_TIME_STYLES, result: REF) -> "bool" = |shell, _, a| {
                let p = parse_text(shell, &a[..3]);
                attempt(shell, a, p)
            };
        }
        TryParseExact {
            (s: STR, format: STR, provider: FORMAT, style: &enums::DATE_TIME_STYLES, result: REF) -> "bool" = |shell, _, a| {
                let p = parse_exact(shell, &a[..4]);
                attempt(shell, a, p)
            };
            (s: STR, formats: STRS, provider: FORMAT, style: &enums::DATE_TIME_STYLES, result: REF) -> "bool" = |shell, _, a| {
                let p = parse_exact(shell, &a[..4]);
                attempt(shell, a, p)
            };
        }
    },
    constructors: constructors! {
        "datetime";
        (ticks: LONG) = |_, _, a| from_ticks(long_of(arg(a, 0)), 0);
        (ticks: LONG, kind: &enums::DATE_TIME_KIND) = |_, _, a| from_ticks(long_of(arg(a, 0)), enum_at(a, 1));
        (year: INT, month: INT, day: INT) = |_, _, a| made(a, 3, None);
        (year: INT, month: INT, day: INT, hour: INT, minute: INT, second: INT) = |_, _, a| made(a, 6, None);
        (year: INT, month: INT, day: INT, hour: INT, minute: INT, second: INT, kind: &enums::DATE_TIME_KIND) = |_, _, a| made(a, 6, Some(enum_at(a, 6)));
        (year: INT, month: INT, day: INT, hour: INT, minute: INT, second: INT, millisecond: INT) = |_, _, a| made(a, 7, None);
        (year: INT, month: INT, day: INT, hour: INT, minute: INT, second: INT, millisecond: INT, kind: &enums::DATE_TIME_KIND) = |_, _, a| made(a, 7, Some(enum_at(a, 7)));
        () = |_, _, _| Ok(Value::date_time(0));
    },
};

/// 1601-01-01.
const FILE_EPOCH: i64 = 504_911_232_000_000_000;
/// 1899-12-30.
const OLE_EPOCH: i64 = 599_264_352_000_000_000;

fn file_time(n: i64) -> Result<Value> {
    if n < FILE_EPOCH {
        return Err(fail::thrown(
            "System.ArgumentOutOfRangeException",
            "Not a valid Win32 FileTime. (Parameter 'fileTime')",
        ));
    }
    Ok(Value::long(n - FILE_EPOCH))
}
