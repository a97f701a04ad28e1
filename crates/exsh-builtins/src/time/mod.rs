//! Dates and time.

pub mod get_date;
pub mod new_time_span;
pub mod start_sleep;
pub mod unix_format;
