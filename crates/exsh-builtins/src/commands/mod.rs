//! Commands, aliases, and running what is in a string or block.

pub mod command_info;
pub mod get_alias;
pub mod get_command;
pub mod get_verb;
pub mod invoke_command;
pub mod invoke_expression;
pub mod measure_command;
pub mod new_alias;
pub mod remove_alias;
pub mod set_alias;
pub mod set_strict_mode;
pub mod signature;
pub mod verbs;
