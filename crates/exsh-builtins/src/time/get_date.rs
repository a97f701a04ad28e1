//! `Get-Date`: the current date and time, or the one that is asked for, as a date or as text.

use crate::added_members::{Addition, attach};
use crate::parameter::DisplayHint;
use crate::record;
use crate::time::unix_format;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, DateTimeBits, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::object::MemberKind;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_dotnet::{culture, text, time};

const IN_DATE_AND_FORMAT: u32 = 1;
const IN_DATE_AND_U_FORMAT: u32 = 1 << 1;
const IN_UNIX_TIME_SECONDS_AND_FORMAT: u32 = 1 << 2;
const IN_UNIX_TIME_SECONDS_AND_U_FORMAT: u32 = 1 << 3;

const DATE: Param<DateTimeBits> = Param::new(0, "Date")
    .sets(IN_DATE_AND_FORMAT | IN_DATE_AND_U_FORMAT)
    .aliases(&["LastWriteTime"])
    .position(0)
    .from_pipeline()
    .by_property_name();
const UNIX_TIME_SECONDS: Param<i64> = Param::new(1, "UnixTimeSeconds")
    .sets(IN_UNIX_TIME_SECONDS_AND_FORMAT | IN_UNIX_TIME_SECONDS_AND_U_FORMAT)
    .aliases(&["UnixTime"])
    .mandatory()
    .validate(&[Validate::Range(-62135596800, 253402300799)]);
const YEAR: Param<i32> = Param::new(2, "Year").validate(&[Validate::Range(1, 9999)]);
const MONTH: Param<i32> = Param::new(3, "Month").validate(&[Validate::Range(1, 12)]);
const DAY: Param<i32> = Param::new(4, "Day").validate(&[Validate::Range(1, 31)]);
const HOUR: Param<i32> = Param::new(5, "Hour").validate(&[Validate::Range(0, 23)]);
const MINUTE: Param<i32> = Param::new(6, "Minute").validate(&[Validate::Range(0, 59)]);
const SECOND: Param<i32> = Param::new(7, "Second").validate(&[Validate::Range(0, 59)]);
const MILLISECOND: Param<i32> = Param::new(8, "Millisecond").validate(&[Validate::Range(0, 999)]);
const DISPLAY_HINT: Param<DisplayHint> = Param::new(9, "DisplayHint");
const U_FORMAT: Param<Str> =
    Param::new(10, "UFormat").sets(IN_DATE_AND_U_FORMAT | IN_UNIX_TIME_SECONDS_AND_U_FORMAT).mandatory();
const FORMAT: Param<Str> =
    Param::new(11, "Format").sets(IN_DATE_AND_FORMAT | IN_UNIX_TIME_SECONDS_AND_FORMAT);
const AS_UTC: Param<Switch> = Param::new(12, "AsUTC");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-Date",
    &[
        DATE.spec,
        UNIX_TIME_SECONDS.spec,
        YEAR.spec,
        MONTH.spec,
        DAY.spec,
        HOUR.spec,
        MINUTE.spec,
        SECOND.spec,
        MILLISECOND.spec,
        DISPLAY_HINT.spec,
        U_FORMAT.spec,
        FORMAT.spec,
        AS_UTC.spec,
    ],
    include_str!("get_date.md"),
)
.sets(&["DateAndFormat", "DateAndUFormat", "UnixTimeSecondsAndFormat", "UnixTimeSecondsAndUFormat"], Some(0))
.class("Microsoft.PowerShell.Commands.GetDateCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.String", "System.DateTime"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetDate)
}

struct GetDate;

const UTC: u64 = 1 << 62;
const KIND: u64 = 3 << 62;
const TICKS_PER_SECOND: i64 = 10_000_000;
/// 1970-01-01.
const UNIX_EPOCH: i64 = 621_355_968_000_000_000;

impl Cmdlet for GetDate {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let mut bits = match (bound.get(&DATE), bound.get(&UNIX_TIME_SECONDS)) {
            (Some(DateTimeBits(b)), _) => b,
            (None, Some(s)) => {
                time::to_local((UNIX_EPOCH + s.saturating_mul(TICKS_PER_SECOND)).max(0) as u64 | UTC)
            }
            (None, None) => time::to_local(out.host().now_ticks().max(0) as u64 | UTC),
        };
        bits = replaced(bits, bound)?;
        if bound.on(&AS_UTC) {
            bits = time::to_utc(bits);
        }
        let culture = culture::current(out.shell());
        let date = Value::date_time(bits);
        if let Some(format) = bound.get(&U_FORMAT) {
            return out.emit(Value::text(unix_format::format(bits, &format, culture)));
        }
        if let Some(format) = bound.get(&FORMAT) {
            let (date, format): (Value, &str) = match format.to_ascii_lowercase().as_str() {
                "filedate" => (date, "yyyyMMdd"),
                "filedateuniversal" => (Value::date_time(time::to_utc(bits)), "yyyyMMddZ"),
                "filedatetime" => (date, "yyyyMMddTHHmmssffff"),
                "filedatetimeuniversal" => (Value::date_time(time::to_utc(bits)), "yyyyMMddTHHmmssffffZ"),
                _ => (date, format.as_str()),
            };
            return match text::format(&date, format, culture) {
                Ok(Some(t)) => out.emit(Value::text(t)),
                Ok(None) => out.emit(Value::string(text::to_string_culture(&date, culture))),
                Err(message) => Err(record::argument("FormatException", message).into()),
            };
        }
        let hint = bound.get(&DISPLAY_HINT).unwrap_or(DisplayHint(2));
        let note = Addition {
            name: Str::from("DisplayHint"),
            kind: MemberKind::Note,
            value: Value::enumeration(&crate::parameter::DISPLAY_HINT, hint.0),
        };
        out.emit(attach(&date, vec![note]))
    }
}

/// The date with the parts that were given.
fn replaced(bits: u64, bound: &Bound) -> Result<u64> {
    let ticks = (bits & !KIND) as i64;
    let p = time::parts(ticks);
    let part = |param: &Param<i32>, old: i64| bound.get(param).map_or(old, i64::from);
    if ![&YEAR, &MONTH, &DAY, &HOUR, &MINUTE, &SECOND, &MILLISECOND].iter().any(|p| bound.has(p)) {
        return Ok(bits);
    }
    let (year, month, day) =
        (part(&YEAR, p.year as i64), part(&MONTH, p.month as i64), part(&DAY, p.day as i64));
    // A day that the month does not have moves on, as adding days does.
    let start = time::date(year as i32, month as u32, 1).ok_or_else(|| {
        record::argument(
            "ArgumentOutOfRange",
            "Year, Month, and Day parameters describe an un-representable DateTime.",
        )
    })?;
    let clock = ((part(&HOUR, p.hour as i64) * 60 + part(&MINUTE, p.minute as i64)) * 60
        + part(&SECOND, p.second as i64))
        * TICKS_PER_SECOND;
    let fraction = match bound.get(&MILLISECOND) {
        Some(ms) => ms as i64 * 10_000,
        None => ticks % TICKS_PER_SECOND,
    };
    let new = start + (day - 1) * 86_400 * TICKS_PER_SECOND + clock + fraction;
    Ok(new.max(0) as u64 | bits & KIND)
}
