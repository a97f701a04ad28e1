use crate::session::ExchangeContext;
use exsh_core::cmdlet::Command;
use std::rc::Rc;

pub fn commands(_context: &Rc<ExchangeContext>) -> Vec<Command> {
    Vec::new()
}
