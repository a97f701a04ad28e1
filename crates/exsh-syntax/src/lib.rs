//! PowerShell text to a parse tree and a list of problems. Knows no values and no commands.

pub mod ast;
pub mod source;
pub mod text;
