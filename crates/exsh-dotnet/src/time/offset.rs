//! `System.DateTimeOffset`.

use super::*;
use crate::core::culture_info::{FORMAT, of, provider};
use crate::culture::Culture;
use crate::sig::*;
use crate::types::enums;
use crate::{convert, culture, fail};
use exsh_core::types::{MemberTable, TypeInfo, TypeRef, VALUE_TYPE};
use exsh_core::{Object, Result, Shell, Value, View};
use std::any::Any;
use std::cmp::Ordering;

/// Clock time and its offset from UTC, both in ticks.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct DateTimeOffset {
    pub clock: i64,
    pub offset: i64,
}

pub static TYPE: TypeInfo = {
    let mut t =
        TypeInfo::class("System.DateTimeOffset", MemberTable::EMPTY).based_on(&VALUE_TYPE).made_by(make);
    t.interfaces = &["System.IComparable", "System.IFormattable"];
    t
};

fn make(v: &Value) -> std::result::Result<Value, String> {
    match v.view() {
        View::DateTime(b) => Ok(value(from_bits(b))),
        View::Str(s) => parse_text(s, culture::invariant(), 0).map(value),
        _ if crate::types::of(v).is_some_and(crate::types::is_number) => {
            parse_text(&crate::text::to_text(v), culture::invariant(), 0).map(value)
        }
        _ => Err(String::new()),
    }
}

/// The text's moment by the rules of no culture; `today` gives the year and the date that it leaves out.
pub(crate) fn parsed(s: &str, today: i64) -> std::result::Result<Value, String> {
    parse_text(s, culture::invariant(), today).map(value)
}

fn parse_text(s: &str, c: &Culture, today: i64) -> std::result::Result<DateTimeOffset, String> {
    let p = parse::scan(s, c, today).map_err(|e| e.message(s))?;
    Ok(DateTimeOffset { clock: p.ticks, offset: p.offset.unwrap_or_else(|| zone::offset_of_local(p.ticks)) })
}

pub fn value(d: DateTimeOffset) -> Value {
    Value::object(d)
}

/// A DateTime with the offset that its kind means.
pub fn from_bits(b: u64) -> DateTimeOffset {
    DateTimeOffset { clock: ticks(b), offset: shown_offset(b) }
}

impl DateTimeOffset {
    pub fn utc(&self) -> i64 {
        self.clock - self.offset
    }

    /// The same moment as a local DateTime.
    pub fn local_date_time(&self) -> u64 {
        to_local(pack(self.utc().clamp(0, MAX_TICKS), Kind::Utc))
    }

    pub fn text(&self, culture: &Culture) -> String {
        self.format("", culture).unwrap_or_default()
    }

    pub fn format(&self, format: &str, culture: &Culture) -> std::result::Result<String, String> {
        format::with_offset(pack(self.clock, Kind::Unspecified), Some(self.offset), format, culture)
            .map_err(|e| e.message())
    }

    fn moved(&self, by: Option<i64>) -> Result<Value> {
        by.and_then(|b| self.clock.checked_add(b))
            .filter(|t| (0..=MAX_TICKS).contains(t))
            .map(|clock| value(DateTimeOffset { clock, ..*self }))
            .ok_or_else(|| {
                fail::out_of_range(
                    "The added or subtracted value results in an un-representable DateTime.",
                    "value",
                )
            })
    }
}

impl Object for DateTimeOffset {
    fn type_info(&self) -> TypeRef {
        &TYPE
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.text(culture::invariant()))
    }
    fn key_equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<DateTimeOffset>().is_some_and(|o| o.utc() == self.utc())
    }
    fn key_hash(&self) -> Option<u64> {
        Some(self.utc() as u64)
    }
    fn compare(&self, other: &Value) -> Option<Ordering> {
        other.downcast::<DateTimeOffset>().map(|o| self.utc().cmp(&o.utc()))
    }
}

fn d(v: &Value) -> DateTimeOffset {
    v.downcast::<DateTimeOffset>().copied().unwrap_or(DateTimeOffset { clock: 0, offset: 0 })
}

fn text(shell: &mut dyn Shell, v: &Value, a: &[Value]) -> Result<Value> {
    let (f, c) = match a {
        [one] if of(one).is_some() => (None, provider(shell, a, 0)),
        [] | [_] => (opt_str(a, 0), culture::current(shell)),
        _ => (opt_str(a, 0), provider(shell, a, 1)),
    };
    d(v).format(f.as_deref().unwrap_or(""), c).map(Value::text).map_err(fail::format)
}

fn months(v: &Value, n: i64) -> Result<Value> {
    let x = d(v);
    match add_months(x.clock, n as i32) {
        Some(clock) => Ok(value(DateTimeOffset { clock, ..x })),
        None => x.moved(None),
    }
}

fn add(v: &Value, a: &[Value], unit: i64) -> Result<Value> {
    d(v).moved(scale(double_at(a, 0), unit))
}

fn now(shell: &mut dyn Shell) -> DateTimeOffset {
    let utc = shell.host().now_ticks();
    let offset = zone::offset_of_utc(utc);
    DateTimeOffset { clock: utc + offset, offset }
}

fn to_offset(x: DateTimeOffset, offset: i64) -> Value {
    value(DateTimeOffset { clock: x.utc() + offset, offset })
}

pub static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        DateTime: "datetime" = |_, v| Ok(Value::date_time(pack(d(v).clock, Kind::Unspecified)));
        UtcDateTime: "datetime" = |_, v| Ok(Value::date_time(pack(d(v).utc(), Kind::Utc)));
        LocalDateTime: "datetime" = |_, v| Ok(Value::date_time(d(v).local_date_time()));
        Date: "datetime" = |_, v| {
            let c = d(v).clock;
            Ok(Value::date_time(pack(c - c.rem_euclid(TICKS_PER_DAY), Kind::Unspecified)))
        };
        Day: "int" = |_, v| Ok(Value::int(parts(d(v).clock).day as i32));
        DayOfWeek: "System.DayOfWeek" = |_, v| Ok(Value::enumeration(&enums::DAY_OF_WEEK, day_of_week(d(v).clock) as i64));
        DayOfYear: "int" = |_, v| Ok(Value::int(day_of_year(d(v).clock) as i32));
        Hour: "int" = |_, v| Ok(Value::int(parts(d(v).clock).hour as i32));
        Millisecond: "int" = |_, v| Ok(Value::int((d(v).clock / TICKS_PER_MILLISECOND % 1000) as i32));
        Minute: "int" = |_, v| Ok(Value::int(parts(d(v).clock).minute as i32));
        Month: "int" = |_, v| Ok(Value::int(parts(d(v).clock).month as i32));
        Offset: "timespan" = |_, v| Ok(Value::time_span(d(v).offset));
        Second: "int" = |_, v| Ok(Value::int(parts(d(v).clock).second as i32));
        Ticks: "long" = |_, v| Ok(Value::long(d(v).clock));
        UtcTicks: "long" = |_, v| Ok(Value::long(d(v).utc()));
        TimeOfDay: "timespan" = |_, v| Ok(Value::time_span(d(v).clock.rem_euclid(TICKS_PER_DAY)));
        Year: "int" = |_, v| Ok(Value::int(parts(d(v).clock).year));
    },
    methods: methods! {
        Add { (timeSpan: SPAN) -> "System.DateTimeOffset" = |_, v, a| d(v).moved(Some(span_at(a, 0))); }
        AddDays { (days: DOUBLE) -> "System.DateTimeOffset" = |_, v, a| add(v, a, TICKS_PER_DAY); }
        AddHours { (hours: DOUBLE) -> "System.DateTimeOffset" = |_, v, a| add(v, a, TICKS_PER_HOUR); }
        AddMilliseconds { (milliseconds: DOUBLE) -> "System.DateTimeOffset" = |_, v, a| add(v, a, TICKS_PER_MILLISECOND); }
        AddMinutes { (minutes: DOUBLE) -> "System.DateTimeOffset" = |_, v, a| add(v, a, TICKS_PER_MINUTE); }
        AddMonths { (months: INT) -> "System.DateTimeOffset" = |_, v, a| months(v, int_at(a, 0)); }
        AddSeconds { (seconds: DOUBLE) -> "System.DateTimeOffset" = |_, v, a| add(v, a, TICKS_PER_SECOND); }
        AddTicks { (ticks: LONG) -> "System.DateTimeOffset" = |_, v, a| d(v).moved(Some(long_of(arg(a, 0)))); }
        AddYears { (years: INT) -> "System.DateTimeOffset" = |_, v, a| months(v, int_at(a, 0) * 12); }
        CompareTo { (other: &TYPE) -> "int" = |_, v, a| Ok(Value::int(d(v).utc().cmp(&d(arg(a, 0)).utc()) as i32)); }
        Subtract {
            (value: &TYPE) -> "timespan" = |_, v, a| Ok(Value::time_span(d(v).utc() - d(arg(a, 0)).utc()));
            (value: SPAN) -> "System.DateTimeOffset" = |_, v, a| d(v).moved(span_at(a, 0).checked_neg());
        }
        ToLocalTime { () -> "System.DateTimeOffset" = |_, v, _| {
            let x = d(v);
            Ok(to_offset(x, zone::offset_of_utc(x.utc())))
        }; }
        ToOffset { (offset: SPAN) -> "System.DateTimeOffset" = |_, v, a| Ok(to_offset(d(v), span_at(a, 0))); }
        ToString {
            () -> "string" = |shell, v, a| text(shell, v, a);
            (format: STR) -> "string" = |shell, v, a| text(shell, v, a);
            (formatProvider: FORMAT) -> "string" = |shell, v, a| text(shell, v, a);
            (format: STR, formatProvider: FORMAT) -> "string" = |shell, v, a| text(shell, v, a);
        }
        ToUniversalTime { () -> "System.DateTimeOffset" = |_, v, _| Ok(to_offset(d(v), 0)); }
        ToUnixTimeMilliseconds { () -> "long" = |_, v, _| Ok(Value::long((d(v).utc() - UNIX_EPOCH).div_euclid(TICKS_PER_MILLISECOND))); }
        ToUnixTimeSeconds { () -> "long" = |_, v, _| Ok(Value::long((d(v).utc() - UNIX_EPOCH).div_euclid(TICKS_PER_SECOND))); }
    },
    static_properties: properties! {
        MaxValue: "System.DateTimeOffset" = |_, _| Ok(value(DateTimeOffset { clock: MAX_TICKS, offset: 0 }));
        MinValue: "System.DateTimeOffset" = |_, _| Ok(value(DateTimeOffset { clock: 0, offset: 0 }));
        Now: "System.DateTimeOffset" = |shell, _| Ok(value(now(shell)));
        UnixEpoch: "System.DateTimeOffset" = |_, _| Ok(value(DateTimeOffset { clock: UNIX_EPOCH, offset: 0 }));
        UtcNow: "System.DateTimeOffset" = |shell, _| Ok(value(DateTimeOffset { clock: shell.host().now_ticks(), offset: 0 }));
    },
    static_methods: methods! {
        FromUnixTimeMilliseconds { (milliseconds: LONG) -> "System.DateTimeOffset" = |_, _, a| {
            Ok(value(DateTimeOffset { clock: UNIX_EPOCH + long_of(arg(a, 0)) * TICKS_PER_MILLISECOND, offset: 0 }))
        }; }
        FromUnixTimeSeconds { (seconds: LONG) -> "System.DateTimeOffset" = |_, _, a| {
            Ok(value(DateTimeOffset { clock: UNIX_EPOCH + long_of(arg(a, 0)) * TICKS_PER_SECOND, offset: 0 }))
        }; }
        Parse {
            (input: STR) -> "System.DateTimeOffset" = |shell, _, a| {
                let (c, today) = (culture::current(shell), convert::today(shell));
                parse_text(&str_at(a, 0), c, today).map(value).map_err(fail::format)
            };
            (input: STR, formatProvider: FORMAT) -> "System.DateTimeOffset" = |shell, _, a| {
                let (c, today) = (provider(shell, a, 1), convert::today(shell));
                parse_text(&str_at(a, 0), c, today).map(value).map_err(fail::format)
            };
        }
        ParseExact { (input: STR, format: STR, formatProvider: FORMAT) -> "System.DateTimeOffset" = |shell, _, a| {
            let (s, c, today) = (str_at(a, 0), provider(shell, a, 2), convert::today(shell));
            let p = parse::exact(&s, &str_at(a, 1), c, 0, today).map_err(|e| fail::format(e.message(&s)))?;
            Ok(value(DateTimeOffset { clock: p.ticks, offset: p.offset.unwrap_or_else(|| zone::offset_of_local(p.ticks)) }))
        }; }
    },
    constructors: constructors! {
        "System.DateTimeOffset";
        (dateTime: DATE) = |_, _, a| Ok(value(from_bits(date_at(a, 0))));
        (dateTime: DATE, offset: SPAN) = |_, _, a| Ok(value(DateTimeOffset { clock: ticks(date_at(a, 0)), offset: span_at(a, 1) }));
        (ticks: LONG, offset: SPAN) = |_, _, a| Ok(value(DateTimeOffset { clock: long_of(arg(a, 0)), offset: span_at(a, 1) }));
        (year: INT, month: INT, day: INT, hour: INT, minute: INT, second: INT, offset: SPAN) = |_, _, a| {
            let p = Parts {
                year: int_at(a, 0) as i32,
                month: int_at(a, 1) as u32,
                day: int_at(a, 2) as u32,
                hour: int_at(a, 3) as u32,
                minute: int_at(a, 4) as u32,
                second: int_at(a, 5) as u32,
                fraction: 0,
            };
            match from_parts(p) {
                Some(clock) => Ok(value(DateTimeOffset { clock, offset: span_at(a, 6) })),
                None => Err(fail::thrown("System.ArgumentOutOfRangeException", "Year, Month, and Day parameters describe an un-representable DateTime.")),
            }
        };
        () = |_, _, _| Ok(value(DateTimeOffset { clock: 0, offset: 0 }));
    },
};
