//! Intervals of a week: `Sunday.02:00-Sunday.02:30`, with AM and PM or without (documented value syntax).

const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// The interval in its normal spelling: whole day names, 24 hours.
pub fn interval(text: &str) -> Result<String, String> {
    let wrong = || {
        format!(
            "\"{text}\" isn't an interval of a week. The form is StartDay.Hour:Minute-EndDay.Hour:Minute, such as Sunday.02:00-Sunday.02:30."
        )
    };
    let (from, to) = text.split_once('-').ok_or_else(wrong)?;
    let (from, to) = (moment(from).ok_or_else(wrong)?, moment(to).ok_or_else(wrong)?);
    if from == to {
        return Err(format!("The interval \"{text}\" has no length."));
    }
    Ok(format!("{}-{}", show(from), show(to)))
}

/// Day of the week from Sunday, hour, minute.
fn moment(text: &str) -> Option<(usize, u32, u32)> {
    let (day, time) = text.trim().split_once('.')?;
    let day = match day.parse::<usize>() {
        Ok(number) => (number < 7).then_some(number)?,
        Err(_) => DAYS.iter().position(|d| {
            d.eq_ignore_ascii_case(day) || (day.len() == 3 && d[..3].eq_ignore_ascii_case(day))
        })?,
    };
    let time = time.trim().to_ascii_uppercase();
    let (time, half) = match (time.strip_suffix("AM"), time.strip_suffix("PM")) {
        (Some(t), _) => (t.trim(), Some(0)),
        (_, Some(t)) => (t.trim(), Some(12)),
        _ => (time.as_str(), None),
    };
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute) = (hour.parse::<u32>().ok()?, minute.parse::<u32>().ok()?);
    let hour = match half {
        Some(add) => (1..=12).contains(&hour).then_some(hour % 12 + add)?,
        None => hour,
    };
    (hour < 24 && minute < 60).then_some((day, hour, minute))
}

fn show((day, hour, minute): (usize, u32, u32)) -> String {
    format!("{}.{hour:02}:{minute:02}", DAYS[day])
}

#[cfg(test)]
mod tests {
    use super::interval;

    /// Source: documented (GrammarGenerationSchedule's value syntax).
    #[test]
    fn intervals_are_read_in_both_clocks() {
        let good = |text: &str, normal: &str| assert_eq!(interval(text).as_deref(), Ok(normal));
        good("Sunday.02:00-Sunday.02:30", "Sunday.02:00-Sunday.02:30");
        good("Sun.11:30 PM-Mon.1:30 AM", "Sunday.23:30-Monday.01:30");
        good("6.22:00-6.22:15", "Saturday.22:00-Saturday.22:15");
        good("Mon.12:00 AM-Mon.12:00 PM", "Monday.00:00-Monday.12:00");
        for bad in [
            "",
            "Sunday",
            "Sunday.02:00",
            "Sunday.25:00-Sunday.02:30",
            "Funday.02:00-Sunday.02:30",
            "7.1:00-7.2:00",
            "Sun.13:00 PM-Sun.2:00 PM",
            "Sun.2:00-Sun.2:00",
        ] {
            assert!(interval(bad).is_err(), "{bad}");
        }
    }
}
