//! Starting and stopping: what is asked, refused and committed.

use crate::errors;
use crate::rules::mail_certificate;
use crate::session::{Decision, ExchangeContext, audit_entry, unix_now};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::host::Host;
use exsh_core::out::Out;
use exsh_core::value::Value;
use exsh_state::model::{MailProtocol, ServerId, ServiceStatus, StartupType, WindowsService};
use exsh_state::{Change, ServiceAction, Store, StoreError};
use std::rc::Rc;

use super::controller::ServiceController;

/// Asks (`-WhatIf`, `-Confirm`), then acts if there is something to do. Gives the service as it is afterwards; nothing
/// when the operator said no or the service refused.
pub fn operate(
    context: &Rc<ExchangeContext>,
    service: &WindowsService,
    action: ServiceAction,
    cmdlet: &'static str,
    out: &mut dyn Out,
) -> Result<Option<WindowsService>> {
    if !out.confirm(&target(service), cmdlet)? {
        return Ok(None);
    }
    let starts = action != ServiceAction::Stop;
    if starts && service.startup == StartupType::Disabled {
        return refuse_disabled(context, service, out).map(|()| None);
    }
    let idle = match action {
        ServiceAction::Start => service.status == ServiceStatus::Running,
        ServiceAction::Stop => service.status == ServiceStatus::Stopped,
        ServiceAction::Restart => false,
    };
    if !idle {
        run(context, out.host(), service, action, cmdlet)?;
    }
    reread(context, out.host(), service)
}

/// Commits one action with what it changes: a service that starts looks for its certificate again.
pub fn run(
    context: &ExchangeContext,
    host: &mut dyn Host,
    service: &WindowsService,
    action: ServiceAction,
    cmdlet: &str,
) -> Result<()> {
    let what = match action {
        ServiceAction::Start => "start",
        ServiceAction::Stop => "stop",
        ServiceAction::Restart => "restart",
    };
    let now = unix_now(host);
    let trail = audit_entry(host, cmdlet, Some(service.server), &service.name, what);
    context.change(host, |store, _| {
        let mut changes = match action {
            ServiceAction::Stop => Vec::new(),
            _ => looked_up(store, service, now).map_err(errors::state)?,
        };
        changes.push(Change::ControlService { server: service.server, name: service.name.clone(), action });
        changes.push(trail.clone());
        Ok(Decision { changes, result: () })
    })
}

/// The service as the state has it now.
pub fn reread(
    context: &ExchangeContext,
    host: &mut dyn Host,
    service: &WindowsService,
) -> Result<Option<WindowsService>> {
    Ok(context.store(host)?.windows_service(service.server, &service.name).map_err(errors::state)?)
}

/// `Microsoft Exchange IMAP4 (MSExchangeIMAP4)`.
pub fn target(service: &WindowsService) -> String {
    format!("{} ({})", service.display_name, service.name)
}

pub fn failure(
    context: &Rc<ExchangeContext>,
    service: &WindowsService,
    id: &'static str,
    category: Category,
    text: String,
) -> ErrorRecord {
    ErrorRecord::of("Microsoft.PowerShell.Commands.ServiceCommandException", id, category, text)
        .on(Value::object(ServiceController::new(service.clone(), context)))
}

fn refuse_disabled(context: &Rc<ExchangeContext>, service: &WindowsService, out: &mut dyn Out) -> Result<()> {
    let text = format!(
        "Service '{}' cannot be started due to the following error: Cannot start service '{}' on computer '.'.",
        target(service),
        service.name
    );
    let advice =
        format!("The service is disabled. Run Set-Service {} -StartupType Manual first.", service.name);
    out.error(failure(context, service, "CouldNotStartService", Category::OpenError, text).advice(advice))
}

/// POP and IMAP find their certificate by name when they start.
fn looked_up(
    store: &dyn Store,
    service: &WindowsService,
    now: i64,
) -> std::result::Result<Vec<Change>, StoreError> {
    let server: ServerId = service.server;
    let protocol = MailProtocol::ALL.iter().copied().find(|p| {
        mail_certificate::endpoints(*p)
            .iter()
            .any(|e| e.windows_service().eq_ignore_ascii_case(&service.name))
    });
    match protocol {
        Some(protocol) => match store.mail_settings(server, protocol)? {
            Some(settings) => mail_certificate::changes(store, &settings, now),
            None => Ok(Vec::new()),
        },
        None => Ok(Vec::new()),
    }
}
