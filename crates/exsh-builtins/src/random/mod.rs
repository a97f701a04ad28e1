//! Random numbers and GUIDs.

pub mod generator;
pub mod get_random;
pub mod new_guid;
