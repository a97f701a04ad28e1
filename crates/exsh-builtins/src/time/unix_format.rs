//! Unix formats of dates (`%Y-%m-%d`), as Get-Date -UFormat knows them.

use exsh_core::value::Value;
use exsh_dotnet::culture::Culture;
use exsh_dotnet::{text, time};

/// The date as text; unknown letters stay as they are.
pub fn format(bits: u64, pattern: &str, culture: &Culture) -> String {
    let ticks = (bits & 0x3FFF_FFFF_FFFF_FFFF) as i64;
    let p = time::parts(ticks);
    let date = Value::date_time(bits);
    let net = |f: &str| text::format(&date, f, culture).ok().flatten().unwrap_or_default();
    let weekday = time::day_of_week(ticks);
    let year_day = time::day_of_year(ticks);
    let hour12 = match p.hour % 12 {
        0 => 12,
        h => h,
    };
    let mut out = String::new();
    let mut chars = pattern.strip_prefix('+').unwrap_or(pattern).chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let Some(letter) = chars.next() else {
            out.push('%');
            break;
        };
        out.push_str(&match letter {
            'A' => net("dddd"),
            'a' => net("ddd"),
            'B' => net("MMMM"),
            'b' | 'h' => net("MMM"),
            'C' => format!("{}", p.year / 100),
            'c' => net("ddd dd MMM yyyy HH:mm:ss"),
            'D' | 'x' => format!("{:02}/{:02}/{:02}", p.month, p.day, p.year % 100),
            'd' => format!("{:02}", p.day),
            'e' => format!("{:2}", p.day),
            'F' => format!("{:04}-{:02}-{:02}", p.year, p.month, p.day),
            'G' => format!("{:04}", iso_week(ticks).0),
            'g' => format!("{:02}", iso_week(ticks).0 % 100),
            'H' => format!("{:02}", p.hour),
            'I' => format!("{hour12:02}"),
            'j' => format!("{year_day:03}"),
            'k' => format!("{:2}", p.hour),
            'l' => format!("{hour12:2}"),
            'M' => format!("{:02}", p.minute),
            'm' => format!("{:02}", p.month),
            'n' => "\n".into(),
            'p' => net("tt"),
            'R' => format!("{:02}:{:02}", p.hour, p.minute),
            'r' => format!("{hour12:02}:{:02}:{:02} {}", p.minute, p.second, net("tt")),
            'S' => format!("{:02}", p.second),
            's' => {
                let utc = (time::to_utc(bits) & 0x3FFF_FFFF_FFFF_FFFF) as i64;
                ((utc - 621_355_968_000_000_000) / 10_000_000).to_string()
            }
            'T' | 'X' => format!("{:02}:{:02}:{:02}", p.hour, p.minute, p.second),
            't' => "\t".into(),
            'U' | 'W' => (year_day / 7).to_string(),
            'u' => (if weekday == 0 { 7 } else { weekday }).to_string(),
            'V' => format!("{:02}", iso_week(ticks).1),
            'w' => weekday.to_string(),
            'Y' => format!("{:04}", p.year),
            'y' => format!("{:02}", p.year % 100),
            'Z' => {
                let minutes = time::shown_offset(bits) / 600_000_000;
                format!("{}{:02}", if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60)
            }
            '%' => "%".into(),
            other => format!("%{other}"),
        });
    }
    out
}

/// Year and week by ISO 8601: the week that holds the year's first Thursday is the first.
fn iso_week(ticks: i64) -> (i64, i64) {
    let days = ticks / 864_000_000_000;
    let weekday = (time::day_of_week(ticks) as i64 + 6) % 7;
    let thursday = days - weekday + 3;
    let year = time::parts(thursday * 864_000_000_000).year;
    let first = time::date(year, 1, 1).map_or(0, |t| t / 864_000_000_000);
    (year as i64, (thursday - first) / 7 + 1)
}
