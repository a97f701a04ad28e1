//! The Exchange cmdlets: their declarations, what they do, and the rules of the domain.
//!
//! The crate decides what a cmdlet may do and which words it uses. It knows neither parser nor evaluator, draws
//! nothing, and reaches the world only through the `Out`, `Shell` and `Host` it is handed and the `Store` it opens.

pub mod errors;
pub mod exchange_certificate;
pub mod exchange_server;
pub mod intake;
pub mod mail_settings;
pub mod organization;
pub mod rules;
pub mod services;
pub mod session;
pub mod types;
pub mod unified_messaging;

use exsh_core::cmdlet::Command;
use std::rc::Rc;

pub use session::ExchangeContext;

/// Every Exchange cmdlet: the one list of them.
pub fn commands(context: Rc<ExchangeContext>) -> Vec<Command> {
    let mut all = exchange_certificate::commands(&context);
    all.extend(mail_settings::commands(&context));
    all.extend(unified_messaging::commands(&context));
    all.extend(exchange_server::commands(&context));
    all.extend(services::commands(&context));
    all
}
