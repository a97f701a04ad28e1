//! Get-/Set-UMService and Get-/Set-UMCallRouterSettings. Unified Messaging exists on 2016 servers only (rule 6).

mod call_router;
mod get_call_router;
mod get_service;
mod parameters;
mod schedule;
mod service;
mod set_call_router;
mod set_service;

pub use call_router::CallRouter;
pub use service::UmService;

use crate::errors;
use crate::exchange_certificate::shared::report;
use crate::rules::{unified_messaging as rule, wording};
use crate::session::ExchangeContext;
use exsh_core::cmdlet::Command;
use exsh_core::error::{Category, Result};
use exsh_core::out::Out;
use exsh_core::types;
use exsh_core::value::Value;
use exsh_state::model::Server;
use std::rc::Rc;

pub fn commands(context: &Rc<ExchangeContext>) -> Vec<Command> {
    vec![
        get_service::command(context),
        set_service::command(context),
        get_call_router::command(context),
        set_call_router::command(context),
    ]
}

/// The named server (or the local one) if it has Unified Messaging; otherwise the reason was reported.
fn server_with_um(
    context: &Rc<ExchangeContext>,
    cmdlet: &str,
    service: &str,
    name: Option<&str>,
    out: &mut dyn Out,
) -> Result<Option<Server>> {
    let server = match context.server(out.host(), name.map(crate::exchange_server::of_identity)) {
        Ok(server) => server,
        Err(flow) => return report(out, flow).map(|()| None),
    };
    if rule::exists_on(&server) {
        return Ok(Some(server));
    }
    let text = wording::no_unified_messaging(service, &server.name, server.version_name.as_str());
    let record = errors::task(out.host(), &server, cmdlet, Category::InvalidOperation, &text);
    out.error(record)?;
    Ok(None)
}

/// All servers of the organization that have it.
fn servers_with_um(context: &Rc<ExchangeContext>, out: &mut dyn Out) -> Result<Vec<Server>> {
    let mut all = context.store(out.host())?.servers().map_err(errors::state)?;
    all.retain(rule::exists_on);
    Ok(all)
}

fn not_modified(object: &str) -> String {
    format!("The command completed successfully but no settings of '{object}' have been modified.")
}

fn texts(items: &[String]) -> Value {
    Value::list_of(&types::STRING_ARRAY, items.iter().map(|s| Value::text(s.as_str())).collect())
}
