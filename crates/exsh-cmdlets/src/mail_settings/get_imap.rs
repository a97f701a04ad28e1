//! Get-ImapSettings, after its reference page.

use super::shared;
use crate::session::ExchangeContext;
use crate::types::parameters::{Fqdn, ServerName};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Command, Param};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_state::model::MailProtocol;
use std::rc::Rc;

const SERVER: Param<ServerName> = Param::new(0, "Server").from_pipeline().default_text("the local server");
const DOMAIN_CONTROLLER: Param<Fqdn> = Param::new(1, "DomainController");

pub static DECL: CmdletDecl =
    CmdletDecl::new("Get-ImapSettings", &[SERVER.spec, DOMAIN_CONTROLLER.spec], include_str!("get_imap.md"))
        .class("Microsoft.Exchange.Management.SystemConfigurationTasks.GetImapConfiguration")
        .module("Microsoft.Exchange.Management.PowerShell.E2010")
        .outputs(&["Microsoft.Exchange.Data.Directory.SystemConfiguration.Imap4AdConfiguration"]);

pub fn command(context: &Rc<ExchangeContext>) -> Command {
    let context = context.clone();
    Command::new(&DECL, move || Get { context: context.clone() })
}

struct Get {
    context: Rc<ExchangeContext>,
}

impl Cmdlet for Get {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        shared::get(&self.context, MailProtocol::Imap, bound.get(&SERVER), out)
    }
}
