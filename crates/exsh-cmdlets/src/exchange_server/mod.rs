//! Get-ExchangeServer, and how servers are named on other cmdlets' parameters and in the directory.

mod directory;
mod get;
mod object;
mod parameters;

pub use directory::{configuration_name, guid, server_name};
pub use object::ExchangeServer;
pub use parameters::{Fqdn, ServerName, UmServerName};

use crate::session::ExchangeContext;
use exsh_core::cmdlet::Command;
use exsh_core::error::{Flow, Result};
use exsh_core::out::Out;
use std::rc::Rc;

pub fn commands(context: &Rc<ExchangeContext>) -> Vec<Command> {
    vec![get::command(context)]
}

/// Reports an error about one record and lets the stream go on; everything else that ends a command early still does.
pub fn report(out: &mut dyn Out, flow: Box<Flow>) -> Result<()> {
    match *flow {
        Flow::Error(record) => match Rc::try_unwrap(record) {
            Ok(record) => out.error(record),
            Err(shared) => Err(Box::new(Flow::Error(shared))),
        },
        other => Err(Box::new(other)),
    }
}
