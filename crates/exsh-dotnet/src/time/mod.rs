//! DateTime and TimeSpan as .NET lays them out: 100 ns ticks since year 1, the kind in the two upper bits.
//!
//! It decides calendar arithmetic and kinds; formats, parsing, the local zone and the members of the types stand beside it.

pub mod date_time;
pub mod format;
pub mod offset;
pub mod parse;
pub mod span;
pub mod stopwatch;
pub mod time_span;
pub mod zone;

pub const TICKS_PER_MICROSECOND: i64 = 10;
pub const TICKS_PER_MILLISECOND: i64 = 10_000;
pub const TICKS_PER_SECOND: i64 = 10_000_000;
pub const TICKS_PER_MINUTE: i64 = 60 * TICKS_PER_SECOND;
pub const TICKS_PER_HOUR: i64 = 60 * TICKS_PER_MINUTE;
pub const TICKS_PER_DAY: i64 = 24 * TICKS_PER_HOUR;
/// 9999-12-31T23:59:59.9999999.
pub const MAX_TICKS: i64 = 3_155_378_975_999_999_999;
/// 1970-01-01.
pub const UNIX_EPOCH: i64 = 621_355_968_000_000_000;

const TICKS_MASK: u64 = 0x3FFF_FFFF_FFFF_FFFF;

/// DateTimeKind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Unspecified,
    Utc,
    Local,
}

/// Ticks since year 1 of the bits of a DateTime.
#[inline]
pub fn ticks(bits: u64) -> i64 {
    (bits & TICKS_MASK) as i64
}

pub fn kind(bits: u64) -> Kind {
    match bits >> 62 {
        0 => Kind::Unspecified,
        1 => Kind::Utc,
        _ => Kind::Local,
    }
}

/// The bits of a DateTime.
pub fn pack(ticks: i64, kind: Kind) -> u64 {
    ticks as u64 & TICKS_MASK | (kind as u64) << 62
}

/// Other ticks of the same kind; nothing when out of range.
pub fn with_ticks(bits: u64, ticks: i64) -> Option<u64> {
    (0..=MAX_TICKS).contains(&ticks).then_some(ticks as u64 | bits & !TICKS_MASK)
}

/// The parts of a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parts {
    pub year: i32,
    pub month: u32,
    pub day: u32,
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
    /// 100 ns ticks within the second.
    pub fraction: u32,
}

/// Days before March-based years; the usual civil-calendar arithmetic.
pub fn days_from_civil(year: i32, month: u32, day: u32) -> i64 {
    let y = if month <= 2 { year - 1 } else { year } as i64;
    let era = y.div_euclid(400);
    let yoe = y - era * 400;
    let m = month as i64;
    let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + day as i64 - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    // Day 0 is 0001-01-01.
    era * 146_097 + doe - 306
}

/// Year, month, day of a day number (0 is 0001-01-01).
pub fn civil_from_days(days: i64) -> (i32, u32, u32) {
    let z = days + 306;
    let era = z.div_euclid(146_097);
    let doe = z - era * 146_097;
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = (doy - (153 * mp + 2) / 5 + 1) as u32;
    let month = if mp < 10 { mp + 3 } else { mp - 9 } as u32;
    let year = yoe + era * 400 + i64::from(month <= 2);
    (year as i32, month, day)
}

pub fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 => 28 + u32::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Ticks of a date and time; nothing when a part is out of range.
pub fn from_parts(p: Parts) -> Option<i64> {
    let ok = (1..=9999).contains(&p.year)
        && (1..=12).contains(&p.month)
        && p.day >= 1
        && p.day <= days_in_month(p.year, p.month)
        && p.hour < 24
        && p.minute < 60
        && p.second < 60
        && p.fraction < TICKS_PER_SECOND as u32;
    ok.then(|| {
        days_from_civil(p.year, p.month, p.day) * TICKS_PER_DAY
            + p.hour as i64 * TICKS_PER_HOUR
            + p.minute as i64 * TICKS_PER_MINUTE
            + p.second as i64 * TICKS_PER_SECOND
            + p.fraction as i64
    })
}

/// Ticks of a date at midnight.
pub fn date(year: i32, month: u32, day: u32) -> Option<i64> {
    from_parts(Parts { year, month, day, hour: 0, minute: 0, second: 0, fraction: 0 })
}

pub fn parts(ticks: i64) -> Parts {
    let (year, month, day) = civil_from_days(ticks.div_euclid(TICKS_PER_DAY));
    let t = ticks.rem_euclid(TICKS_PER_DAY);
    Parts {
        year,
        month,
        day,
        hour: (t / TICKS_PER_HOUR) as u32,
        minute: (t / TICKS_PER_MINUTE % 60) as u32,
        second: (t / TICKS_PER_SECOND % 60) as u32,
        fraction: (t % TICKS_PER_SECOND) as u32,
    }
}

/// 0 is Sunday.
pub fn day_of_week(ticks: i64) -> u32 {
    (ticks.div_euclid(TICKS_PER_DAY) + 1).rem_euclid(7) as u32
}

/// 1 to 366.
pub fn day_of_year(ticks: i64) -> u32 {
    let p = parts(ticks);
    (days_from_civil(p.year, p.month, p.day) - days_from_civil(p.year, 1, 1)) as u32 + 1
}

/// Adds months, keeping the day where the month has it.
pub fn add_months(ticks: i64, months: i32) -> Option<i64> {
    let p = parts(ticks);
    let total = p.year as i64 * 12 + p.month as i64 - 1 + months as i64;
    let year = i32::try_from(total.div_euclid(12)).ok()?;
    if !(1..=9999).contains(&year) {
        return None;
    }
    let month = total.rem_euclid(12) as u32 + 1;
    let day = p.day.min(days_in_month(year, month));
    Some(date(year, month, day)? + ticks.rem_euclid(TICKS_PER_DAY))
}

/// A count of units as ticks, by .NET's rule: whole part exact, fraction of the unit rounded to ticks.
pub fn scale(value: f64, ticks_per_unit: i64) -> Option<i64> {
    if !value.is_finite() {
        return None;
    }
    let t = value * ticks_per_unit as f64;
    (t.abs() < 9.3e18).then_some(())?;
    let whole = value.trunc();
    let part = ((value - whole) * ticks_per_unit as f64) as i64;
    let whole = whole as i128 * ticks_per_unit as i128 + part as i128;
    i64::try_from(whole).ok()
}

/// The moment in UTC.
pub fn to_utc(bits: u64) -> u64 {
    match kind(bits) {
        Kind::Utc => bits,
        _ => {
            let t = ticks(bits);
            pack((t - zone::offset_of_local(t)).clamp(0, MAX_TICKS), Kind::Utc)
        }
    }
}

/// The moment in the local zone.
pub fn to_local(bits: u64) -> u64 {
    match kind(bits) {
        Kind::Local => bits,
        _ => {
            let t = ticks(bits);
            pack((t + zone::offset_of_utc(t)).clamp(0, MAX_TICKS), Kind::Local)
        }
    }
}

/// Offset from UTC that formats show: none for UTC, the zone's for the others.
pub fn shown_offset(bits: u64) -> i64 {
    match kind(bits) {
        Kind::Utc => 0,
        _ => zone::offset_of_local(ticks(bits)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_goes_both_ways() {
        assert_eq!(date(1, 1, 1), Some(0));
        assert_eq!(date(1970, 1, 1), Some(UNIX_EPOCH));
        assert_eq!(date(2023, 2, 29), None);
        for days in (0..3_652_059).step_by(97) {
            let (y, m, d) = civil_from_days(days);
            assert_eq!(days_from_civil(y, m, d), days);
        }
        assert_eq!(parts(MAX_TICKS).year, 9999);
        let t = date(2024, 1, 31).expect("a date");
        assert_eq!(add_months(t, 1), date(2024, 2, 29));
        assert_eq!(day_of_week(date(2024, 3, 5).expect("a date")), 2);
        assert_eq!(day_of_year(date(2024, 12, 31).expect("a date")), 366);
    }
}
