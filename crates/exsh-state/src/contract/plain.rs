//! A plain map that keeps the promises of `Store` in the most obvious way, and random transactions to compare with.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use proptest::prelude::*;

use super::{EX01, EX02, add, audit, certificate, print, two_servers, windows_service};
use crate::model::*;
use crate::store::{Change, ServiceAction, Store};

/// What can be read from a state; equal states read the same.
#[derive(Clone, Debug, Default, PartialEq)]
struct Plain {
    internal: BTreeMap<ServerId, (Option<Thumbprint>, Version)>,
    /// By server, and in the order they came in.
    certificates: Vec<(ServerId, Thumbprint, Version, Services, String)>,
    assignments: BTreeMap<(ServerId, Endpoint), Presented>,
    running: BTreeMap<(ServerId, String), bool>,
    imap_names: BTreeMap<ServerId, (String, Version)>,
    audit: usize,
}

/// Assigned, in use, version.
type Presented = (Option<Thumbprint>, Option<Thumbprint>, Version);

const SERVERS: [ServerId; 2] = [EX01, EX02];
const SERVICES: [&str; 2] = ["W3SVC", "MSExchangeIMAP4"];
const ENDPOINTS: [Endpoint; 3] = [Endpoint::DefaultWebSite, Endpoint::ExchangeBackEnd, Endpoint::Imap];

/// One change, before it is known which version will have been read.
#[derive(Clone, Debug)]
pub enum Wish {
    Add(ServerId, Thumbprint),
    Remove(ServerId, Thumbprint, Fresh),
    Bind(ServerId, Thumbprint, Services, Fresh),
    Name(ServerId, Thumbprint, String, Fresh),
    Assign(ServerId, Endpoint, Option<Thumbprint>, Fresh),
    Internal(ServerId, Thumbprint, Fresh),
    Control(ServerId, &'static str, ServiceAction),
    ImapName(ServerId, String, Fresh),
    Audit,
}

/// Whether the change names the version it read, or an older one.
type Fresh = bool;

pub fn transactions() -> impl Strategy<Value = Vec<Vec<Wish>>> {
    let server = || prop::sample::select(&SERVERS[..]);
    let cert = || (1u8..5).prop_map(print);
    let fresh = || prop::bool::weighted(0.9);
    let text = || prop::sample::select(vec!["mail", "owa", ""]).prop_map(str::to_owned);
    let action =
        prop::sample::select(vec![ServiceAction::Start, ServiceAction::Stop, ServiceAction::Restart]);
    let endpoint = prop::sample::select(&ENDPOINTS[..]);
    let wish = prop_oneof![
        4 => (server(), cert()).prop_map(|(s, c)| Wish::Add(s, c)),
        2 => (server(), cert(), fresh()).prop_map(|(s, c, f)| Wish::Remove(s, c, f)),
        3 => (server(), cert(), 0u32..128, fresh()).prop_map(|(s, c, n, f)| Wish::Bind(s, c, Services(n), f)),
        1 => (server(), cert(), text(), fresh()).prop_map(|(s, c, t, f)| Wish::Name(s, c, t, f)),
        3 => (server(), endpoint, prop::option::weighted(0.8, cert()), fresh())
            .prop_map(|(s, e, c, f)| Wish::Assign(s, e, c, f)),
        1 => (server(), cert(), fresh()).prop_map(|(s, c, f)| Wish::Internal(s, c, f)),
        2 => (server(), prop::sample::select(&SERVICES[..]), action).prop_map(|(s, n, a)| Wish::Control(s, n, a)),
        1 => (server(), text(), fresh()).prop_map(|(s, t, f)| Wish::ImapName(s, t, f)),
        1 => Just(Wish::Audit),
    ];
    prop::collection::vec(prop::collection::vec(wish, 1..4), 1..30)
}

/// Runs the transactions on an empty store and on a plain map; both must answer alike and read alike after each.
pub fn compare_with_plain_map(store: &dyn Store, transactions: &[Vec<Wish>]) {
    two_servers(store);
    let mut plain = Plain::default();
    for server in SERVERS {
        plain.internal.insert(server, (None, Version(1)));
        for name in SERVICES {
            store
                .apply(vec![Change::AddWindowsService(windows_service(server, name, ServiceStatus::Stopped))])
                .unwrap();
            plain.running.insert((server, name.to_owned()), false);
        }
    }
    for wishes in transactions {
        let mut next = plain.clone();
        let mut made = BTreeSet::new();
        let expected = wishes.iter().try_for_each(|wish| next.apply(&mut made, wish));
        let changes =
            wishes.iter().map(|wish| plain.change(store, &made_before(&plain, wishes, wish), wish)).collect();
        let answer = store.apply(changes).map_err(|error| error.id());
        assert_eq!(answer, expected, "{wishes:?}");
        if expected.is_ok() {
            plain = next;
        }
        assert_eq!(read(store), plain, "{wishes:?}");
    }
}

/// Certificates that earlier wishes of the same transaction make; their version is 0 for the later ones.
fn made_before(plain: &Plain, wishes: &[Wish], wish: &Wish) -> BTreeSet<(ServerId, Thumbprint)> {
    let mut next = plain.clone();
    let mut made = BTreeSet::new();
    for earlier in wishes.iter().take_while(|earlier| !std::ptr::eq(*earlier, wish)) {
        if next.apply(&mut made, earlier).is_err() {
            break;
        }
    }
    made
}

impl Plain {
    fn find(&self, server: ServerId, certificate: Thumbprint) -> Option<usize> {
        self.certificates.iter().position(|row| row.0 == server && row.1 == certificate)
    }

    fn assignment(&self, server: ServerId, endpoint: Endpoint) -> Presented {
        self.assignments.get(&(server, endpoint)).copied().unwrap_or((None, None, Version(0)))
    }

    /// `made` gathers the certificates that this transaction made.
    fn apply(
        &mut self,
        made: &mut BTreeSet<(ServerId, Thumbprint)>,
        wish: &Wish,
    ) -> Result<(), &'static str> {
        const CONFLICT: Result<(), &str> = Err("StateConflict");
        match wish.clone() {
            Wish::Add(server, certificate) => {
                if self.find(server, certificate).is_some() {
                    return Err("StateAlreadyExists");
                }
                let name = super::certificate(server, certificate).friendly_name;
                self.certificates.push((server, certificate, Version(1), Services::NONE, name));
                self.certificates.sort_by_key(|row| row.0);
                made.insert((server, certificate));
            }
            Wish::Remove(server, certificate, fresh) => {
                let Some(at) = self.find(server, certificate).filter(|_| fresh) else { return CONFLICT };
                if self.internal[&server].0 == Some(certificate) {
                    return Err("StateInUse");
                }
                self.certificates.remove(at);
                for ((owner, _), row) in &mut self.assignments {
                    if *owner == server && row.0 == Some(certificate) {
                        row.0 = None;
                        row.2.0 += 1;
                    }
                }
            }
            Wish::Bind(server, certificate, services, fresh) => {
                let Some(at) = self.find(server, certificate).filter(|_| fresh) else { return CONFLICT };
                let row = &mut self.certificates[at];
                if row.3.0 | services.0 != row.3.0 {
                    row.3.0 |= services.0;
                    row.2.0 += 1;
                }
            }
            Wish::Name(server, certificate, name, fresh) => {
                let Some(at) = self.find(server, certificate).filter(|_| fresh) else { return CONFLICT };
                let row = &mut self.certificates[at];
                if row.4 != name {
                    row.4 = name;
                    row.2.0 += 1;
                }
            }
            Wish::Assign(server, endpoint, certificate, fresh) => {
                let there = certificate.is_none_or(|certificate| self.find(server, certificate).is_some());
                if !fresh || !there {
                    return CONFLICT;
                }
                let (assigned, in_use, version) = self.assignment(server, endpoint);
                if assigned != certificate {
                    let changed = (certificate, in_use, Version(version.0 + 1));
                    self.assignments.insert((server, endpoint), changed);
                }
            }
            Wish::Internal(server, certificate, fresh) => {
                if !fresh || self.find(server, certificate).is_none() {
                    return CONFLICT;
                }
                let row = self.internal.get_mut(&server).expect("both servers are there");
                if row.0 != Some(certificate) {
                    *row = (Some(certificate), Version(row.1.0 + 1));
                }
            }
            Wish::Control(server, name, action) => {
                let running =
                    self.running.get_mut(&(server, name.to_owned())).expect("both services are there");
                if *running && action == ServiceAction::Start {
                    return Ok(());
                }
                *running = action != ServiceAction::Stop;
                for ((owner, endpoint), row) in &mut self.assignments {
                    if *owner == server && endpoint.windows_service() == name {
                        row.1 = if *running { row.0 } else { None };
                    }
                }
            }
            Wish::ImapName(server, name, fresh) => {
                if !fresh {
                    return CONFLICT;
                }
                let (stored, version) = self.imap_names.get(&server).cloned().unwrap_or_default();
                if stored != name || version == Version(0) {
                    self.imap_names.insert(server, (name, Version(version.0 + 1)));
                }
            }
            Wish::Audit => self.audit += 1,
        }
        Ok(())
    }

    /// The change a cmdlet would send that has read this state.
    fn change(&self, store: &dyn Store, made: &BTreeSet<(ServerId, Thumbprint)>, wish: &Wish) -> Change {
        let stale = |version: Version, fresh: Fresh| if fresh { version } else { Version(version.0 + 1000) };
        let of = |server, certificate, fresh| {
            let read = self.find(server, certificate).map_or(Version(0), |at| self.certificates[at].2);
            stale(if made.contains(&(server, certificate)) { Version(0) } else { read }, fresh)
        };
        match wish.clone() {
            Wish::Add(server, thumbprint) => add(certificate(server, thumbprint), None),
            Wish::Remove(server, certificate, fresh) => {
                Change::RemoveCertificate { server, certificate, read: of(server, certificate, fresh) }
            }
            Wish::Bind(server, certificate, add, fresh) => {
                Change::BindServices { server, certificate, read: of(server, certificate, fresh), add }
            }
            Wish::Name(server, certificate, friendly_name, fresh) => {
                let read = of(server, certificate, fresh);
                Change::SetFriendlyName { server, certificate, read, friendly_name }
            }
            Wish::Assign(server, endpoint, certificate, fresh) => {
                let read = stale(self.assignment(server, endpoint).2, fresh);
                Change::Assign { server, endpoint, read, certificate }
            }
            Wish::Internal(server, certificate, fresh) => {
                let read = stale(self.internal[&server].1, fresh);
                Change::SetInternalTransport { server, read, certificate }
            }
            Wish::Control(server, name, action) => {
                Change::ControlService { server, name: name.to_owned(), action }
            }
            Wish::ImapName(server, name, fresh) => {
                let version = self.imap_names.get(&server).map_or(Version(0), |row| row.1);
                let row = store.server(server).unwrap().expect("both servers are there");
                Change::SetMailSettings(MailSettings {
                    x509_certificate_name: name,
                    version: stale(version, fresh),
                    ..MailSettings::fresh(&row, MailProtocol::Imap)
                })
            }
            Wish::Audit => Change::Audit(audit("random")),
        }
    }
}

fn read(store: &dyn Store) -> Plain {
    let mut plain = Plain::default();
    for server in store.servers().unwrap() {
        plain.internal.insert(server.id, (server.internal_transport, server.version));
        let mut visit = |row: CertificateRow| {
            let looked_up = store.certificate(server.id, &row.thumbprint).unwrap();
            assert_eq!(looked_up.as_ref(), Some(&row), "a look-up and the list agree");
            plain.certificates.push((
                row.server,
                row.thumbprint,
                row.version,
                row.services,
                row.friendly_name,
            ));
            ControlFlow::Continue(())
        };
        store.for_each_certificate(server.id, &mut visit).unwrap();
        for row in store.assignments(server.id).unwrap() {
            plain.assignments.insert((server.id, row.endpoint), (row.assigned, row.in_use, row.version));
        }
        for service in store.windows_services(server.id).unwrap() {
            plain.running.insert((server.id, service.name), service.status == ServiceStatus::Running);
        }
        if let Some(settings) = store.mail_settings(server.id, MailProtocol::Imap).unwrap() {
            plain.imap_names.insert(server.id, (settings.x509_certificate_name, settings.version));
        }
    }
    let mut count = |_| {
        plain.audit += 1;
        ControlFlow::Continue(())
    };
    store.for_each_audit_row(0, &mut count).unwrap();
    plain
}
