//! Variables.

pub mod clear_variable;
pub mod get_variable;
pub mod new_variable;
pub mod ps_variable;
pub mod remove_variable;
pub mod set_variable;
