//! Get-/Set-ImapSettings and Get-/Set-PopSettings.

mod endpoints;
mod get_imap;
mod get_pop;
mod object;
mod parameters;
mod set_imap;
mod set_pop;
mod shared;
mod size;

pub use endpoints::connection;
pub use object::MailSettingsObject;
pub use parameters::{Edit, TimeSpan, normal_list};
pub(crate) use parameters::{enumeration, list_parameter};
pub use size::{Size, SizeObject, UnlimitedSize};

use crate::session::ExchangeContext;
use exsh_core::cmdlet::Command;
use std::rc::Rc;

pub fn commands(context: &Rc<ExchangeContext>) -> Vec<Command> {
    vec![
        get_imap::command(context),
        set_imap::command(context),
        get_pop::command(context),
        set_pop::command(context),
    ]
}
