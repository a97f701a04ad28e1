//! Set-ImapSettings, after its reference page: all parameters of Exchange 2016 and later.

use super::shared;
use crate::session::ExchangeContext;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Command, Impact, Param, ParamSpec};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_state::model::MailProtocol;
use std::rc::Rc;

const SHOW_HIDDEN_FOLDERS: Param<bool> =
    Param::new(shared::OWN, "ShowHiddenFoldersEnabled").default_text("False");

const PARAMS: &[ParamSpec] = &shared::with(SHOW_HIDDEN_FOLDERS.spec);

pub static DECL: CmdletDecl = CmdletDecl::new("Set-ImapSettings", PARAMS, include_str!("set_imap.md"))
    .should_process(Impact::Medium)
    .class("Microsoft.Exchange.Management.SystemConfigurationTasks.SetImapConfiguration")
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
        let show = bound.get(&SHOW_HIDDEN_FOLDERS);
        shared::set(&self.context, MailProtocol::Imap, DECL.name, bound, out, &|settings| {
            settings.show_hidden_folders_enabled = show.unwrap_or(settings.show_hidden_folders_enabled);
        })
    }
}
