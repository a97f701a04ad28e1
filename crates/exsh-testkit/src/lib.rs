//! For tests only: a host with a fixed clock and scripted answers, an output that records, a state in a folder of its
//! own, and minted certificates. It knows no cmdlet and decides nothing about them.

mod bind;
mod host;
mod mint;
mod out;
mod shell;
mod state;

pub use bind::bind;
pub use host::FakeHost;
pub use mint::{Authority, Minted, self_signed};
pub use out::{Recorder, Told};
pub use shell::FakeShell;
pub use state::TemporaryState;

/// 2025-06-15T12:00:00Z in unix seconds: what [`FakeHost`] shows unless told otherwise.
pub const NOW: i64 = 1_749_988_800;
