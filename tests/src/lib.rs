//! Runners that the whole program's tests share.

pub mod many;
pub mod oracle;
pub mod program;
