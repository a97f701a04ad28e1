//! Help.

pub mod get_help;
pub mod help_info;
pub mod layout;
pub mod topic;
