//! Get-ExchangeServer, and how servers are named on other cmdlets' parameters and in the directory.

mod directory;
mod get;
mod object;
mod parameters;

pub use directory::{configuration_name, guid, server_name};
pub use object::ExchangeServer;
pub use parameters::UmServerName;

use crate::session::ExchangeContext;
use exsh_core::cmdlet::Command;
use std::rc::Rc;

pub fn commands(context: &Rc<ExchangeContext>) -> Vec<Command> {
    vec![get::command(context)]
}

/// The server behind a settings object's identity: `EX01` of `EX01\\1`, so that settings can be piped to a Set- cmdlet.
pub fn of_identity(name: &str) -> &str {
    name.split_once('\\').map_or(name, |(server, _)| server)
}
