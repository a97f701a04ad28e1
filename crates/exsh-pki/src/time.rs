//! Calendar arithmetic on unix seconds (UTC), so that "five calendar years" means what Exchange means.

/// Unix seconds of a civil moment in UTC; month 1 to 12, day 1 to 31.
pub fn unix_from_civil(year: i64, month: u32, day: u32, hour: u32, minute: u32, second: u32) -> i64 {
    days_from_civil(year, month, day) * 86_400
        + i64::from(hour) * 3_600
        + i64::from(minute) * 60
        + i64::from(second)
}

/// Year, month, day, hour, minute, second of unix seconds, in UTC.
pub fn civil_from_unix(seconds: i64) -> (i64, u32, u32, u32, u32, u32) {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u32;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 } as u32;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day, (rest / 3_600) as u32, (rest / 60 % 60) as u32, (rest % 60) as u32)
}

/// The same civil moment `years` later; 29 February becomes the 28th where there is no 29th, as in .NET.
pub fn add_calendar_years(seconds: i64, years: i64) -> i64 {
    let (year, month, day, hour, minute, second) = civil_from_unix(seconds);
    let year = year + years;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let day = if month == 2 && day == 29 && !leap { 28 } else { day };
    unix_from_civil(year, month, day, hour, minute, second)
}

fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn civil_and_unix_agree() {
        // documented: POSIX seconds; the last two are `date -u -d @N`.
        for (seconds, civil) in [
            (0, (1970, 1, 1, 0, 0, 0)),
            (951_782_400, (2000, 2, 29, 0, 0, 0)),
            (-1, (1969, 12, 31, 23, 59, 59)),
            (1_675_296_562, (2023, 2, 2, 0, 9, 22)),
            (4_102_444_799, (2099, 12, 31, 23, 59, 59)),
        ] {
            assert_eq!(civil_from_unix(seconds), civil);
            let (y, mo, d, h, mi, s) = civil;
            assert_eq!(unix_from_civil(y, mo, d, h, mi, s), seconds);
        }
    }

    #[test]
    fn five_years_from_a_leap_day_end_on_the_28th() {
        let start = unix_from_civil(2024, 2, 29, 1, 2, 3);
        assert_eq!(civil_from_unix(add_calendar_years(start, 5)), (2029, 2, 28, 1, 2, 3));
        assert_eq!(civil_from_unix(add_calendar_years(start, 4)), (2028, 2, 29, 1, 2, 3));
    }
}
