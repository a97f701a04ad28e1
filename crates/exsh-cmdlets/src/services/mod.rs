//! Get-, Start-, Stop-, Restart- and Set-Service for the Windows services of an Exchange server, and iisreset.
//!
//! The services are rows of the state: starting one takes the assigned certificates into use. Like the reference, the
//! cmdlets are about the local server only.

mod choose;
mod control;
mod controller;
mod get;
mod iisreset;
mod parameters;
mod restart;
mod set;
mod start;
mod stop;

use crate::session::ExchangeContext;
use exsh_core::cmdlet::Command;
use std::rc::Rc;

pub fn commands(context: &Rc<ExchangeContext>) -> Vec<Command> {
    let mut all = vec![
        get::command(context),
        start::command(context),
        stop::command(context),
        restart::command(context),
        set::command(context),
    ];
    all.extend(iisreset::commands(context));
    all
}

const MODULE: &str = "Microsoft.PowerShell.Management";
