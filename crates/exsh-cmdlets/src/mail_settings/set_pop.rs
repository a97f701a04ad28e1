//! Set-PopSettings, after its reference page: all parameters of Exchange 2016 and later.

use super::parameters::Order;
use super::shared;
use crate::session::ExchangeContext;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Command, Impact, Param, ParamSpec};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_state::model::MailProtocol;
use std::rc::Rc;

const SORT_ORDER: Param<Order> =
    Param::new(shared::OWN, "MessageRetrievalSortOrder").default_text("Ascending");

const PARAMS: &[ParamSpec] = &shared::with(SORT_ORDER.spec);

pub static DECL: CmdletDecl = CmdletDecl::new("Set-PopSettings", PARAMS, include_str!("set_pop.md"))
    .should_process(Impact::Medium)
    .class("Microsoft.Exchange.Management.SystemConfigurationTasks.SetPopConfiguration")
    .module("Microsoft.Exchange.Management.PowerShell.E2010");

pub fn command(context: &Rc<ExchangeContext>) -> Command {
    let context = context.clone();
    Command::new(&DECL, move || Set { context: context.clone() })
}

struct Set {
    context: Rc<ExchangeContext>,
}

impl Cmdlet for Set {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let order = bound.get(&SORT_ORDER);
        shared::set(&self.context, MailProtocol::Pop, DECL.name, bound, out, &|settings| {
            settings.message_retrieval_sort_order =
                order.map_or(settings.message_retrieval_sort_order, |o| o.0);
        })
    }
}
