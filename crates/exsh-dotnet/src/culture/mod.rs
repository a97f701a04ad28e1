//! Cultures as data: how dates and numbers look, and in which order text stands.
//!
//! It decides patterns, names and collation. It knows nothing of values. Data: .NET 10 with ICU 72 on Linux, observed.

pub mod collate;
mod data;

use exsh_core::Shell;

/// One culture.
pub struct Culture {
    /// `en-US`; empty for the invariant culture.
    pub name: &'static str,
    pub lcid: i32,
    pub display_name: &'static str,
    pub native_name: &'static str,
    pub parent: &'static str,
    pub two_letter: &'static str,
    pub three_letter: &'static str,
    pub list_separator: &'static str,
    pub date: DateFormat,
    pub number: NumberFormat,
}

/// DateTimeFormatInfo.
pub struct DateFormat {
    pub am: &'static str,
    pub pm: &'static str,
    pub date_separator: &'static str,
    pub time_separator: &'static str,
    pub first_day: i32,
    pub long_date: &'static str,
    pub long_time: &'static str,
    pub short_date: &'static str,
    pub short_time: &'static str,
    pub full: &'static str,
    pub month_day: &'static str,
    pub year_month: &'static str,
    pub days: [&'static str; 7],
    pub short_days: [&'static str; 7],
    pub shortest_days: [&'static str; 7],
    pub months: [&'static str; 12],
    pub short_months: [&'static str; 12],
    pub genitive_months: [&'static str; 12],
    pub short_genitive_months: [&'static str; 12],
    pub era: &'static str,
    /// Does a text of two numbers and a year begin with the day?
    pub day_first: bool,
}

/// NumberFormatInfo.
pub struct NumberFormat {
    pub decimal: &'static str,
    pub group: &'static str,
    pub group_sizes: &'static [u8],
    pub digits: usize,
    pub negative_pattern: u8,
    pub currency: &'static str,
    pub currency_decimal: &'static str,
    pub currency_group: &'static str,
    pub currency_digits: usize,
    pub currency_positive: u8,
    pub currency_negative: u8,
    pub percent: &'static str,
    pub per_mille: &'static str,
    pub percent_digits: usize,
    pub percent_positive: u8,
    pub percent_negative: u8,
    pub minus: &'static str,
    pub plus: &'static str,
    pub nan: &'static str,
    pub infinity: &'static str,
    pub negative_infinity: &'static str,
}

/// The culture of that name in any case; nothing for a culture we have no data of.
pub fn get(name: &str) -> Option<&'static Culture> {
    data::ALL.iter().copied().find(|c| c.name.eq_ignore_ascii_case(name))
}

/// All cultures we know.
pub fn all() -> &'static [&'static Culture] {
    data::ALL
}

#[inline]
pub fn invariant() -> &'static Culture {
    &data::INVARIANT
}

/// The session's culture; a name without data acts as en-US, the reference's own fallback for messages.
pub fn current(shell: &mut dyn Shell) -> &'static Culture {
    get(&shell.culture()).unwrap_or(&data::EN_US)
}
