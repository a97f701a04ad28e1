//! The .NET types that scripts touch: conversions, operators, text, cultures, members.
//!
//! It decides how values behave; it knows the contract crate only. Paths, clock, environment and script blocks are
//! reached through the [`exsh_core::Shell`] it is given.

pub mod collections;
pub mod convert;
pub mod core;
pub mod culture;
pub mod fail;
pub mod io;
mod kinds;
pub mod member;
pub mod net;
pub mod number;
pub mod numbers;
pub mod ops;
pub mod security;
mod sig;
pub mod text;
pub mod time;
pub mod types;
