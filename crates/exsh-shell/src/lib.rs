//! The mini shell: from a parse tree to running closures, and everything a session keeps.
//!
//! Way of a command: `lower` resolves names into a plan, `emit` turns the plan into closures over slots, `command`
//! finds what a name means, `bind` turns arguments into bound values, `pipeline` runs the chain. `session` is the door.

pub mod bind;
pub mod command;
pub mod emit;
pub mod lower;
pub mod pipeline;
pub mod repl;
pub mod run;
pub mod session;

pub use run::engine::Engine;
pub use session::{Completion, Session, Settings};
