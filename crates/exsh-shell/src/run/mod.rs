//! What closures run on: frames and variables, sinks, streams, error handling, the engine that holds them.

pub mod automatic;
pub mod drawing;
pub mod engine;
pub mod errors;
pub mod frame;
pub mod globals;
pub mod shell_impl;
pub mod sink;
pub mod streams;
pub mod style_object;
pub mod variables;
