//! What all Exchange cmdlets of a session share: the state's handle, the moment, the server that is meant, and who
//! the operator is.
//!
//! The state is opened by the first cmdlet that asks, because a session that runs none must start in milliseconds.
//! Nothing of the domain is decided here except which server a command is about.

use crate::errors;
use crate::organization;
use exsh_core::error::Result;
use exsh_core::host::Host;
use exsh_core::out::Out;
use exsh_state::model::{AuditEntry, Server, ServerId};
use exsh_state::{Change, Location, Store, StoreError};
use std::cell::OnceCell;
use std::rc::Rc;

/// .NET ticks at 1970-01-01, and ticks of a second.
pub const UNIX_EPOCH_TICKS: i64 = 621_355_968_000_000_000;
pub const TICKS_PER_SECOND: i64 = 10_000_000;

/// How often a change is tried when another process was faster. Of eight writers on one row each wins every eighth
/// time on average; a try that loses writes nothing and costs a fraction of a millisecond.
const ATTEMPTS: usize = 1000;

/// One session's way to the state. Handed to every cmdlet by [`crate::commands`].
pub struct ExchangeContext {
    location: std::result::Result<Location, StoreError>,
    store: OnceCell<Box<dyn Store>>,
}

impl ExchangeContext {
    /// `location` is where the state lies; an error in it is told by the first cmdlet that needs the state.
    pub fn new(location: std::result::Result<Location, StoreError>) -> Rc<ExchangeContext> {
        Rc::new(ExchangeContext { location, store: OnceCell::new() })
    }

    /// The state, opened now if it was not yet; an empty one gets its organization first.
    pub fn store(&self, host: &mut dyn Host) -> Result<&dyn Store> {
        if let Some(store) = self.store.get() {
            return Ok(&**store);
        }
        let location = self.location.as_ref().map_err(|e| errors::state(e.clone()))?;
        let store = exsh_state::open(location).map_err(errors::state)?;
        organization::found_if_empty(&*store, host)?;
        Ok(&**self.store.get_or_init(|| store))
    }

    /// The state without making an organization: for `exsh init`.
    pub fn open_bare(&self) -> Result<Box<dyn Store>> {
        let location = self.location.as_ref().map_err(|e| errors::state(e.clone()))?;
        Ok(exsh_state::open(location).map_err(errors::state)?)
    }

    /// The server on which the session runs: the one named after the machine, else the first of the organization.
    pub fn local_server(&self, host: &mut dyn Host) -> Result<Server> {
        let name = organization::short_name(&host.machine_name());
        let store = self.store(host)?;
        if let Some(server) = store.server_by_name(&name).map_err(errors::state)? {
            return Ok(server);
        }
        let first = store.servers().map_err(errors::state)?.into_iter().next();
        first.ok_or_else(|| {
            errors::state(StoreError::NotFound { what: "A server of the organization".to_owned() }).into()
        })
    }

    /// The server an operator named (`-Server`, or the first half of `Server\Thumbprint`), or the local one.
    /// A name is the short name or the FQDN, or a legacy DN that ends in `cn=NAME`.
    pub fn server(&self, host: &mut dyn Host, name: Option<&str>) -> Result<Server> {
        let Some(typed) = name.map(str::trim).filter(|n| !n.is_empty()) else {
            return self.local_server(host);
        };
        let store = self.store(host)?;
        let plain = distinguished_name(typed).unwrap_or(typed);
        if let Some(server) = store.server_by_name(plain).map_err(errors::state)? {
            return Ok(server);
        }
        let local = self.local_server(host)?;
        Err(errors::object_not_found(host, &local, typed).into())
    }

    /// A server by number; it was read before, so its absence is a state's fault.
    pub fn server_by_id(&self, host: &mut dyn Host, id: ServerId) -> Result<Server> {
        let found = self.store(host)?.server(id).map_err(errors::state)?;
        found.ok_or_else(|| errors::state(StoreError::NotFound { what: "The server".to_owned() }).into())
    }

    /// Commits the changes `decide` makes from what it reads. When another process changed one of the rows in between,
    /// everything is read and decided again; what `decide` asked the operator it must not ask again, so that answers
    /// are taken before.
    pub fn change<T>(
        &self,
        host: &mut dyn Host,
        mut decide: impl FnMut(&dyn Store, &mut dyn Host) -> Result<Decision<T>>,
    ) -> Result<T> {
        let store = self.store(host)?;
        let mut attempt = 1;
        loop {
            let decision = decide(store, host)?;
            match store.apply(decision.changes) {
                Ok(()) => return Ok(decision.result),
                Err(StoreError::Conflict { .. }) if attempt < ATTEMPTS => attempt += 1,
                Err(error) => return Err(errors::state(error).into()),
            }
        }
    }
}

/// What a decision comes to: the changes to commit together, and what the cmdlet goes on with.
pub struct Decision<T> {
    pub changes: Vec<Change>,
    pub result: T,
}

/// Unix seconds, UTC.
pub fn unix_now(host: &dyn Host) -> i64 {
    (host.now_ticks() - UNIX_EPOCH_TICKS).div_euclid(TICKS_PER_SECOND)
}

/// The audit entry of a change; it travels in the same `apply`.
pub fn audit(out: &mut dyn Out, cmdlet: &str, server: &Server, object: &str, what: &str) -> Change {
    audit_entry(out.host(), cmdlet, Some(server.id), object, what)
}

/// As [`audit`], where there is no running cmdlet.
pub fn audit_entry(
    host: &dyn Host,
    cmdlet: &str,
    server: Option<ServerId>,
    object: &str,
    what: &str,
) -> Change {
    Change::Audit(AuditEntry {
        at_unix_ms: (host.now_ticks() - UNIX_EPOCH_TICKS).div_euclid(TICKS_PER_SECOND / 1000),
        who: format!("{}@{}", host.user_name(), host.machine_name()),
        cmdlet: cmdlet.to_owned(),
        server,
        object: object.to_owned(),
        what: what.to_owned(),
    })
}

/// The common name in front of a distinguished name, or at the end of a legacy one.
fn distinguished_name(text: &str) -> Option<&str> {
    if text.get(..3).is_some_and(|p| p.eq_ignore_ascii_case("cn=")) {
        return text[3..].split(',').next();
    }
    if text.starts_with('/') {
        let (label, value) = text.rsplit_once('/')?.1.split_once('=')?;
        return label.eq_ignore_ascii_case("cn").then_some(value);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_may_be_named_by_its_distinguished_names() {
        // documented: ServerIdParameter takes name, FQDN, DN and legacy DN.
        for (text, expected) in [
            ("CN=EX01,CN=Servers,CN=Exchange Administrative Group", Some("EX01")),
            ("/o=First Organization/ou=Exchange/cn=Configuration/cn=Servers/cn=EX01", Some("EX01")),
            ("/o=First Organization", None),
            ("EX01", None),
            ("é", None),
        ] {
            assert_eq!(distinguished_name(text), expected, "{text}");
        }
    }
}
