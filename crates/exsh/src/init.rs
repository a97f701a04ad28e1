//! `exsh init`: the organization with its first server, or a further server.

use crate::{complain, wiring};
use exsh_cmdlets::ExchangeContext;
use exsh_cmdlets::organization::{self, Plan};
use exsh_core::error::Flow;
use exsh_core::host::{Host, Stream};
use exsh_state::Location;
use exsh_state::model::ServerVersion;

/// Makes it and gives the exit code.
pub fn run(version: Option<&str>, server: Option<&str>, domain: Option<&str>) -> i32 {
    let version = match version.map(|text| (text, ServerVersion::parse(text))) {
        None => None,
        Some((_, Some(version))) => Some(version),
        Some((text, None)) => {
            complain(&format!("'{text}' isn't a version. It is 2016, 2019 or SE."));
            return i32::from(crate::USAGE_ERROR);
        }
    };
    let mut host = wiring::console();
    let plan = match Plan::new(&host, version, server, domain) {
        Ok(plan) => plan,
        Err(message) => {
            complain(&message);
            return i32::from(crate::USAGE_ERROR);
        }
    };
    let location = wiring::location();
    let place = place(&location);
    let context = ExchangeContext::new(location);
    let made = context.open_bare().and_then(|store| organization::init(&*store, &mut host, &plan));
    match made {
        Ok(server) => {
            let text = format!(
                "Server {} ({}, Exchange Server {}) is in the state {place}.\nexsh status shows its certificates.\n",
                server.name, server.fqdn, server.version_name
            );
            let _ = host.write(Stream::Output, &text).and_then(|()| host.flush());
            0
        }
        Err(flow) => {
            complain(&reason(&flow));
            1
        }
    }
}

/// The text of an error that no session draws.
pub fn reason(flow: &Flow) -> String {
    match flow.record() {
        Some(record) => record.message().to_string(),
        None => "The command was stopped.".to_owned(),
    }
}

fn place<E>(location: &Result<Location, E>) -> String {
    match location {
        Ok(Location::File(file)) => file.path.display().to_string(),
        Ok(Location::Url(url)) => url.to_string(),
        Err(_) => String::new(),
    }
}
