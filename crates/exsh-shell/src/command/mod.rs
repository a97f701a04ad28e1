//! What a name means: alias, function, cmdlet, script file, program.

pub mod arguments;
pub mod catch_order;
pub mod describe;
pub mod enumeration;
pub mod function;
pub mod metadata;
pub mod program;
pub mod script_file;
pub mod table;
