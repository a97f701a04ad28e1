//! The host and the person in front of it.

pub mod asking;
pub mod get_culture;
pub mod get_host;
pub mod get_ui_culture;
pub mod read_host;
