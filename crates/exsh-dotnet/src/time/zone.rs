//! The local zone, found once from TZ or the system.

use super::{MAX_TICKS, TICKS_PER_SECOND, UNIX_EPOCH};
use jiff::tz::TimeZone;
use std::sync::OnceLock;

static LOCAL: OnceLock<TimeZone> = OnceLock::new();

fn local() -> &'static TimeZone {
    LOCAL.get_or_init(TimeZone::system)
}

/// Offset in ticks at a moment given in UTC ticks.
pub fn offset_of_utc(ticks: i64) -> i64 {
    let seconds = (ticks.clamp(0, MAX_TICKS) - UNIX_EPOCH).div_euclid(TICKS_PER_SECOND);
    match jiff::Timestamp::from_second(seconds) {
        Ok(t) => local().to_offset(t).seconds() as i64 * TICKS_PER_SECOND,
        Err(_) => 0,
    }
}

/// Offset in ticks at a moment given in local ticks. An hour that happens twice counts as standard time.
pub fn offset_of_local(ticks: i64) -> i64 {
    let p = super::parts(ticks.clamp(0, MAX_TICKS));
    let Ok(civil) = jiff::civil::DateTime::new(
        p.year as i16,
        p.month as i8,
        p.day as i8,
        p.hour as i8,
        p.minute as i8,
        p.second as i8,
        0,
    ) else {
        return 0;
    };
    let ambiguous = local().to_ambiguous_timestamp(civil);
    match ambiguous.later() {
        Ok(t) => {
            let utc = t.as_second();
            let there = (ticks - UNIX_EPOCH).div_euclid(TICKS_PER_SECOND);
            let offset = there - utc;
            // In a gap jiff moves the clock; the zone's own offset is what .NET reports then.
            let own = local().to_offset(t).seconds() as i64;
            (if (offset - own).abs() >= 900 { own } else { offset }) * TICKS_PER_SECOND
        }
        Err(_) => 0,
    }
}

/// Is it summer time at a moment in local ticks?
pub fn is_daylight(ticks: i64) -> bool {
    let offset = offset_of_local(ticks);
    let seconds = (ticks - offset - UNIX_EPOCH).div_euclid(TICKS_PER_SECOND);
    jiff::Timestamp::from_second(seconds).is_ok_and(|t| local().to_offset_info(t).dst().is_dst())
}

/// The zone's IANA name, `UTC` when it has none.
pub fn name() -> String {
    local().iana_name().unwrap_or("UTC").to_string()
}
