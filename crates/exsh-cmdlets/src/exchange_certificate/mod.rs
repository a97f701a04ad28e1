//! The cmdlets of the noun ExchangeCertificate, one file and one help page each.

mod enable;
mod export;
mod get;
mod import;
mod new;
mod remove;
pub(crate) mod shared;

use crate::session::ExchangeContext;
use exsh_core::cmdlet::Command;
use std::rc::Rc;

pub fn commands(context: &Rc<ExchangeContext>) -> Vec<Command> {
    let c = || Rc::clone(context);
    let (a, b, d, e, f, g) = (c(), c(), c(), c(), c(), c());
    vec![
        Command::new(&enable::DECL, move || enable::Enable::new(a.clone())),
        Command::new(&export::DECL, move || export::Export::new(b.clone())),
        Command::new(&get::DECL, move || get::Get::new(d.clone())),
        Command::new(&import::DECL, move || import::Import::new(e.clone())),
        Command::new(&new::DECL, move || new::New::with(f.clone())),
        Command::new(&remove::DECL, move || remove::Remove::new(g.clone())),
    ]
}
