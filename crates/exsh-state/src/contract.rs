//! The story every backend must pass: what `Store` promises, told through the trait alone.
//!
//! `story` walks through the promises one by one; `compare_with_plain_map` runs any sequence of transactions beside a
//! plain map and compares everything that can be read after each of them. Source of all expectations: ours (store.rs).

mod plain;

pub use plain::{compare_with_plain_map, transactions};

use std::ops::ControlFlow;

use crate::error::StoreError;
use crate::model::*;
use crate::seal::SecretBytes;
use crate::store::{Change, NewCertificate, ServiceAction, Store};

pub const EX01: ServerId = ServerId(1);
pub const EX02: ServerId = ServerId(2);

pub fn print(number: u8) -> Thumbprint {
    Thumbprint([number; 20])
}

pub fn server(id: ServerId) -> Server {
    Server {
        id,
        name: format!("EX{:02}", id.0),
        fqdn: format!("ex{:02}.contoso.com", id.0),
        version_name: ServerVersion::Exchange2016,
        admin_display_version: ServerVersion::Exchange2016.admin_display_version().to_owned(),
        edition: Edition::StandardEvaluation,
        roles: "Mailbox".to_owned(),
        site: "contoso.com/Configuration/Sites/Default-First-Site-Name".to_owned(),
        internal_transport: None,
        created_at: 1_700_000_000,
        version: Version(1),
    }
}

pub fn certificate(server: ServerId, thumbprint: Thumbprint) -> CertificateRow {
    CertificateRow {
        server,
        thumbprint,
        der: vec![0x30, thumbprint.0[0]],
        subject: format!("CN=host{}.contoso.com", thumbprint.0[0]),
        issuer: "CN=Contoso Issuing CA".to_owned(),
        not_before: -1,
        not_after: 4_102_444_800,
        serial: "00C963".to_owned(),
        key_kind: "RSA".to_owned(),
        key_bits: 2048,
        domains: vec![format!("host{}.contoso.com", thumbprint.0[0]), "mail.contoso.com".to_owned()],
        friendly_name: "Zertifikat für „mail“".to_owned(),
        self_signed: false,
        root: RootKind::ThirdParty,
        exportable: true,
        has_private_key: false,
        pending_request: false,
        request_der: None,
        services: Services::NONE,
        created_at: 1_700_000_000,
        version: Version(1),
    }
}

pub fn add(row: CertificateRow, key: Option<&[u8]>) -> Change {
    Change::AddCertificate(NewCertificate { row, key: key.map(|key| SecretBytes::new(key.to_vec())) })
}

pub fn windows_service(server: ServerId, name: &str, status: ServiceStatus) -> WindowsService {
    WindowsService {
        server,
        name: name.to_owned(),
        display_name: format!("Microsoft Exchange {name}"),
        status,
        startup: StartupType::Manual,
        version: Version(1),
    }
}

pub fn audit(object: &str) -> AuditEntry {
    AuditEntry {
        at_unix_ms: 1_700_000_000_123,
        who: "root@ex01".to_owned(),
        cmdlet: "Enable-ExchangeCertificate".to_owned(),
        server: Some(EX01),
        object: object.to_owned(),
        what: "-Services IIS".to_owned(),
    }
}

/// Two servers, nothing else.
pub fn two_servers(store: &dyn Store) {
    store.apply(vec![Change::AddServer(server(EX01)), Change::AddServer(server(EX02))]).unwrap();
}

fn thumbprints(store: &dyn Store, server: ServerId) -> Vec<Thumbprint> {
    let mut found = Vec::new();
    store
        .for_each_certificate(server, &mut |row| {
            found.push(row.thumbprint);
            ControlFlow::Continue(())
        })
        .unwrap();
    found
}

fn id(result: Result<(), StoreError>) -> &'static str {
    result.expect_err("an error was expected").id()
}

/// `open` opens the same, at first empty, state again and again.
pub fn story(open: &dyn Fn() -> Box<dyn Store>) {
    let store = open();
    first_use(&*store);
    names(&*store);
    certificates(&*store);
    lost_races(&*store, &*open());
    services_and_restarts(&*store);
    settings(&*store);
    connectors_and_trust(&*store);
    removal(&*store);
    all_or_nothing(&*store);
    many(&*store);
    let before = thumbprints(&*store, EX01);
    drop(store);
    assert_eq!(thumbprints(&*open(), EX01), before, "what was committed is there after opening again");
}

fn first_use(store: &dyn Store) {
    assert_eq!(store.organization().unwrap(), None);
    assert_eq!(store.servers().unwrap(), []);
    let id_1 = store.unused_server_id().unwrap();
    assert_eq!(id_1, EX01);
    let contoso = Organization { name: "First Organization".to_owned(), domain: "contoso.com".to_owned() };
    let mut setup = vec![
        Change::CreateOrganization(contoso.clone()),
        Change::AddServer(server(id_1)),
        add(certificate(EX01, print(1)), Some(b"setup key")),
        Change::SetInternalTransport { server: EX01, read: Version(0), certificate: print(1) },
    ];
    store.apply(setup.clone()).unwrap();
    assert_eq!(store.organization().unwrap(), Some(contoso));
    assert_eq!(store.server(EX01).unwrap().unwrap().internal_transport, Some(print(1)));
    // Two first uses at once: the second one is told, and the whole of its setup is void.
    setup.remove(1);
    setup.insert(1, Change::AddServer(server(EX02)));
    assert_eq!(id(store.apply(setup)), "StateConflict");
    assert_eq!(store.servers().unwrap().len(), 1);
}

fn names(store: &dyn Store) {
    store.apply(vec![Change::AddServer(server(EX02))]).unwrap();
    let find = |name: &str| store.server_by_name(name).unwrap().map(|server| server.id);
    assert_eq!(find("EX01"), Some(EX01));
    assert_eq!(find("ex02"), Some(EX02));
    assert_eq!(find("Ex02.Contoso.COM"), Some(EX02));
    assert_eq!(find("ex0"), None);
    assert_eq!(find("EX%"), None);
    assert_eq!(store.unused_server_id().unwrap(), ServerId(3));
    let same_fqdn = Server { id: ServerId(3), name: "OTHER".to_owned(), ..server(EX02) };
    assert_eq!(id(store.apply(vec![Change::AddServer(same_fqdn)])), "StateConflict");
}

fn certificates(store: &dyn Store) {
    let pending = CertificateRow {
        pending_request: true,
        request_der: Some(vec![0x30, 0x80]),
        domains: vec![],
        ..certificate(EX01, print(3))
    };
    let changes = vec![
        add(certificate(EX01, print(2)), Some(b"second key")),
        add(pending.clone(), Some(b"third key")),
        add(certificate(EX02, print(2)), None),
    ];
    store.apply(changes).unwrap();

    let expected = CertificateRow { has_private_key: true, ..certificate(EX01, print(2)) };
    assert_eq!(store.certificate(EX01, &print(2)).unwrap(), Some(expected.clone()));
    assert_eq!(store.certificate(EX01, &print(9)).unwrap(), None);
    assert_eq!(store.private_key(EX01, &print(2)).unwrap().unwrap().reveal(), b"second key");
    assert!(store.private_key(EX02, &print(2)).unwrap().is_none(), "another server's row has no key");
    assert!(store.private_key(EX01, &print(9)).unwrap().is_none());
    assert_eq!(thumbprints(store, EX01), [print(1), print(2), print(3)], "in the order they came in");
    assert_eq!(store.certificate_count(EX01).unwrap(), 3);
    let waiting = CertificateRow { has_private_key: true, ..pending };
    assert_eq!(store.pending_requests(EX01).unwrap(), [waiting]);

    let of = |rows: Vec<CertificateRow>| rows.into_iter().map(|row| row.thumbprint).collect::<Vec<_>>();
    let with_domain = |name: &str| of(store.certificates_with_domain(EX01, name).unwrap());
    assert_eq!(with_domain("MAIL.contoso.com"), [print(1), print(2)]);
    assert_eq!(with_domain("host2.contoso.com"), [print(2)]);
    assert_eq!(with_domain("contoso.com"), []);
    let named = |issuer: &str, subject: &str| of(store.certificates_named(EX01, issuer, subject).unwrap());
    assert_eq!(named("cn=contoso issuing ca", "CN=HOST2.contoso.com"), [print(2)]);
    assert_eq!(named("CN=host2.contoso.com", "CN=host2.contoso.com"), []);

    assert_eq!(id(store.apply(vec![add(certificate(EX01, print(2)), None)])), "StateAlreadyExists");
    assert_eq!(id(store.apply(vec![add(certificate(ServerId(77), print(2)), None)])), "StateNotFound");

    // Flags are only ever added.
    let bind = |read, add| Change::BindServices { server: EX01, certificate: print(2), read, add };
    store.apply(vec![bind(Version(1), Services::SMTP)]).unwrap();
    store.apply(vec![bind(Version(2), Services::UM)]).unwrap();
    let row = store.certificate(EX01, &print(2)).unwrap().unwrap();
    assert_eq!((row.services, row.version), (Services::SMTP | Services::UM, Version(3)));
    assert_eq!(of(store.certificates_with_service(EX01, Services::SMTP).unwrap()), [print(2)]);
    assert_eq!(of(store.certificates_with_service(EX01, Services::FEDERATION).unwrap()), []);
    // What is stored already is no change.
    store.apply(vec![bind(Version(3), Services::SMTP)]).unwrap();
    assert_eq!(store.certificate(EX01, &print(2)).unwrap().unwrap().version, Version(3));

    // A visitor may stop, and may use the store.
    let mut seen = 0;
    let mut visit = |row: CertificateRow| {
        seen += 1;
        assert!(store.certificate(EX01, &row.thumbprint).unwrap().is_some());
        ControlFlow::Break(())
    };
    store.for_each_certificate(EX01, &mut visit).unwrap();
    assert_eq!(seen, 1);
}

fn lost_races(mine: &dyn Store, theirs: &dyn Store) {
    let read = mine.certificate(EX01, &print(2)).unwrap().unwrap().version;
    let name = |friendly_name: &str| Change::SetFriendlyName {
        server: EX01,
        certificate: print(2),
        read,
        friendly_name: friendly_name.to_owned(),
    };
    theirs.apply(vec![name("theirs")]).unwrap();
    let lost = mine.apply(vec![Change::Audit(audit("lost")), name("mine")]).unwrap_err();
    assert_eq!(
        lost,
        StoreError::Conflict { what: format!("Certificate {} of server EX01", print(2)) },
        "the loser is told which row"
    );
    assert_eq!(mine.certificate(EX01, &print(2)).unwrap().unwrap().friendly_name, "theirs");

    // The same value does not excuse a stale version: the loser may have asked the operator about something else.
    assert_eq!(id(mine.apply(vec![name("theirs")])), "StateConflict");
    // A removed row is a lost race too.
    theirs.apply(vec![add(certificate(EX01, print(4)), None)]).unwrap();
    let remove = Change::RemoveCertificate { server: EX01, certificate: print(4), read: Version(1) };
    theirs.apply(vec![remove.clone()]).unwrap();
    assert_eq!(id(mine.apply(vec![remove])), "StateConflict");
    let assign = Change::Assign {
        server: EX01,
        endpoint: Endpoint::Imap,
        read: Version(0),
        certificate: Some(print(4)),
    };
    assert_eq!(id(mine.apply(vec![assign])), "StateConflict");
}

fn services_and_restarts(store: &dyn Store) {
    store
        .apply(vec![
            Change::AddWindowsService(windows_service(EX01, "W3SVC", ServiceStatus::Running)),
            Change::AddWindowsService(windows_service(EX01, "MSExchangeIMAP4", ServiceStatus::Stopped)),
        ])
        .unwrap();
    let control = |name: &str, action| {
        store.apply(vec![Change::ControlService { server: EX01, name: name.to_owned(), action }])
    };
    let assign = |endpoint, read, number| {
        store.apply(vec![Change::Assign { server: EX01, endpoint, read, certificate: Some(print(number)) }])
    };
    let state = |endpoint| {
        let row = store.assignment(EX01, endpoint).unwrap();
        (row.assigned, row.in_use, row.version)
    };
    let pending = || {
        let rows = store.pending_restarts(EX01).unwrap();
        rows.into_iter().map(|row| row.endpoint).collect::<Vec<_>>()
    };

    assert_eq!(state(Endpoint::DefaultWebSite), (None, None, Version(0)));
    assign(Endpoint::DefaultWebSite, Version(0), 1).unwrap();
    assign(Endpoint::Imap, Version(0), 1).unwrap();
    assert_eq!(state(Endpoint::DefaultWebSite), (Some(print(1)), None, Version(1)));
    assert_eq!(pending(), [Endpoint::DefaultWebSite], "a stopped service is not waiting for a restart");
    control("w3svc", ServiceAction::Restart).unwrap();
    assert_eq!(state(Endpoint::DefaultWebSite), (Some(print(1)), Some(print(1)), Version(1)));
    assert_eq!(pending(), []);

    // In use now is one thing, after the restart another.
    assign(Endpoint::DefaultWebSite, Version(1), 2).unwrap();
    assert_eq!(state(Endpoint::DefaultWebSite), (Some(print(2)), Some(print(1)), Version(2)));
    assert_eq!(pending(), [Endpoint::DefaultWebSite]);
    control("W3SVC", ServiceAction::Start).unwrap();
    assert_eq!(pending(), [Endpoint::DefaultWebSite], "starting a running service changes nothing");
    assert_eq!(id(assign(Endpoint::DefaultWebSite, Version(1), 1)), "StateConflict");
    control("W3SVC", ServiceAction::Stop).unwrap();
    assert_eq!(state(Endpoint::DefaultWebSite), (Some(print(2)), None, Version(2)));
    control("W3SVC", ServiceAction::Start).unwrap();
    assert_eq!(state(Endpoint::DefaultWebSite), (Some(print(2)), Some(print(2)), Version(2)));
    assert_eq!(state(Endpoint::Imap), (Some(print(1)), None, Version(1)), "another service's end point");

    let service = store.windows_service(EX01, "msexchangeimap4").unwrap().unwrap();
    assert_eq!((service.name.as_str(), service.status), ("MSExchangeIMAP4", ServiceStatus::Stopped));
    let startup = Change::SetStartupType {
        server: EX01,
        name: "MSExchangeIMAP4".to_owned(),
        read: service.version,
        startup: StartupType::Automatic,
    };
    store.apply(vec![startup.clone()]).unwrap();
    assert_eq!(id(store.apply(vec![startup])), "StateConflict");
    assert_eq!(id(control("NoSuchService", ServiceAction::Start)), "StateNotFound");
    assert_eq!(store.windows_services(EX01).unwrap().len(), 2);
    assert_eq!(store.windows_services(EX02).unwrap(), []);
}

fn settings(store: &dyn Store) {
    assert_eq!(store.mail_settings(EX01, MailProtocol::Imap).unwrap(), None);
    let ex01 = store.server(EX01).unwrap().unwrap();
    let imap = MailSettings::fresh(&ex01, MailProtocol::Imap);
    let pop = MailSettings::fresh(&ex01, MailProtocol::Pop);
    store.apply(vec![Change::SetMailSettings(imap.clone()), Change::SetMailSettings(pop.clone())]).unwrap();
    let stored = store.mail_settings(EX01, MailProtocol::Imap).unwrap().unwrap();
    assert_eq!(stored, MailSettings { version: Version(1), ..imap.clone() });
    let pop_stored = store.mail_settings(EX01, MailProtocol::Pop).unwrap().unwrap();
    assert_eq!(pop_stored, MailSettings { version: Version(1), ..pop });
    let named = MailSettings { x509_certificate_name: "mail.contoso.com".to_owned(), ..stored };
    store.apply(vec![Change::SetMailSettings(named.clone())]).unwrap();
    let changed = store.mail_settings(EX01, MailProtocol::Imap).unwrap().unwrap();
    assert_eq!(changed, MailSettings { version: Version(2), ..named.clone() });
    assert_eq!(id(store.apply(vec![Change::SetMailSettings(named)])), "StateConflict");
    assert_eq!(
        id(store.apply(vec![Change::SetMailSettings(imap)])),
        "StateConflict",
        "they are there already"
    );

    let um = UmServiceSettings::fresh(&ex01);
    let router = UmCallRouterSettings::fresh(&ex01);
    store.apply(vec![Change::SetUmService(um.clone()), Change::SetUmCallRouter(router.clone())]).unwrap();
    let um = UmServiceSettings { version: Version(1), ..um };
    let router = UmCallRouterSettings { version: Version(1), um_startup_mode: UmStartupMode::Dual, ..router };
    assert_eq!(store.um_service(EX01).unwrap(), Some(um));
    store.apply(vec![Change::SetUmCallRouter(router.clone())]).unwrap();
    let router = UmCallRouterSettings { version: Version(2), ..router };
    assert_eq!(store.um_call_router(EX01).unwrap(), Some(router));
    assert_eq!(store.um_service(EX02).unwrap(), None);
}

fn connectors_and_trust(store: &dyn Store) {
    let send = Connector {
        kind: ConnectorKind::Send,
        server: None,
        name: "To Internet".to_owned(),
        fqdn: Some("mail.contoso.com".to_owned()),
        tls_certificate_name: Some("<I>CN=Contoso Issuing CA<S>CN=host2.contoso.com".to_owned()),
        role: TransportRole::HubTransport,
        enabled: true,
        bindings: vec![],
        address_spaces: vec!["SMTP:*;1".to_owned()],
        source_servers: vec![EX01, EX02],
        version: Version(1),
    };
    let receive = Connector {
        kind: ConnectorKind::Receive,
        server: Some(EX01),
        name: "Default EX01".to_owned(),
        bindings: vec!["0.0.0.0:2525".to_owned(), "[::]:2525".to_owned()],
        address_spaces: vec![],
        source_servers: vec![],
        ..send.clone()
    };
    store.apply(vec![Change::AddConnector(send.clone()), Change::AddConnector(receive.clone())]).unwrap();
    assert_eq!(store.connectors(ConnectorKind::Send).unwrap(), std::slice::from_ref(&send));
    assert_eq!(store.connectors(ConnectorKind::Receive).unwrap(), [receive]);
    let taken = Connector { name: "TO INTERNET".to_owned(), ..send.clone() };
    assert_eq!(id(store.apply(vec![Change::AddConnector(taken)])), "StateAlreadyExists");
    let changed = Connector { tls_certificate_name: None, ..send.clone() };
    store.apply(vec![Change::SetConnector(changed.clone())]).unwrap();
    assert_eq!(id(store.apply(vec![Change::SetConnector(changed)])), "StateConflict");
    let remove = |read| Change::RemoveConnector {
        kind: ConnectorKind::Send,
        server: None,
        name: "to internet".to_owned(),
        read,
    };
    assert_eq!(id(store.apply(vec![remove(Version(1))])), "StateConflict");
    store.apply(vec![remove(Version(2))]).unwrap();
    assert_eq!(store.connectors(ConnectorKind::Send).unwrap(), []);

    let entry = |server, number| TrustEntry {
        server,
        kind: TrustKind::Root,
        thumbprint: print(number),
        der: vec![0x30, number],
        subject: "CN=Contoso Root CA".to_owned(),
        added_at: 1_700_000_000,
    };
    let everywhere = entry(None, 50);
    let there = entry(Some(EX02), 51);
    for _ in 0..2 {
        let add = |entry: &TrustEntry| Change::AddTrustEntry(entry.clone());
        store.apply(vec![add(&everywhere), add(&there)]).unwrap();
    }
    assert_eq!(store.trust_entries(EX01, TrustKind::Root).unwrap(), std::slice::from_ref(&everywhere));
    assert_eq!(store.trust_entries(EX02, TrustKind::Root).unwrap(), [everywhere, there]);
    assert_eq!(store.trust_entries(EX02, TrustKind::Intermediate).unwrap(), []);
    let remove = Change::RemoveTrustEntry { server: None, kind: TrustKind::Root, thumbprint: print(50) };
    store.apply(vec![remove.clone(), remove]).unwrap();
    assert_eq!(store.trust_entries(EX01, TrustKind::Root).unwrap(), []);
}

fn removal(store: &dyn Store) {
    let read = |number| store.certificate(EX01, &print(number)).unwrap().unwrap().version;
    let remove = |number| {
        let change =
            Change::RemoveCertificate { server: EX01, certificate: print(number), read: read(number) };
        store.apply(vec![change])
    };
    let refused = remove(1).unwrap_err();
    assert_eq!(refused.id(), "StateInUse");
    assert!(refused.to_string().contains("the internal transport certificate of server EX01"), "{refused}");

    remove(2).unwrap();
    assert_eq!(store.certificate(EX01, &print(2)).unwrap(), None);
    assert!(store.private_key(EX01, &print(2)).unwrap().is_none());
    assert_eq!(store.certificates_with_domain(EX01, "host2.contoso.com").unwrap(), []);
    assert!(store.certificate(EX02, &print(2)).unwrap().is_some(), "the other server keeps its own");
    let site = store.assignment(EX01, Endpoint::DefaultWebSite).unwrap();
    assert_eq!((site.assigned, site.in_use), (None, Some(print(2))), "served until the restart, then none");

    // A request is completed in one transaction: out with the stand-in, in with the certificate and the same key.
    let key = store.private_key(EX01, &print(3)).unwrap();
    let complete = vec![
        Change::RemoveCertificate { server: EX01, certificate: print(3), read: read(3) },
        Change::AddCertificate(NewCertificate { row: certificate(EX01, print(5)), key }),
    ];
    store.apply(complete).unwrap();
    assert_eq!(store.private_key(EX01, &print(5)).unwrap().unwrap().reveal(), b"third key");
    assert_eq!(store.pending_requests(EX01).unwrap(), []);
}

fn all_or_nothing(store: &dyn Store) {
    let trail = |after| {
        let mut rows = Vec::new();
        let mut visit = |row| {
            rows.push(row);
            ControlFlow::Continue(())
        };
        store.for_each_audit_row(after, &mut visit).unwrap();
        rows
    };
    assert_eq!(trail(0), [], "the entry of the lost race was not written");
    store.apply(vec![Change::Audit(audit("one")), Change::Audit(audit("two"))]).unwrap();
    let rows = trail(0);
    assert_eq!(rows.iter().map(|row| &row.entry).collect::<Vec<_>>(), [&audit("one"), &audit("two")]);
    assert_eq!(trail(rows[0].number), &rows[1..]);

    let before = thumbprints(store, EX01);
    let failing = vec![
        add(certificate(EX01, print(6)), Some(b"sixth key")),
        Change::Audit(audit("three")),
        add(certificate(EX01, print(1)), None),
    ];
    assert_eq!(id(store.apply(failing)), "StateAlreadyExists");
    assert_eq!(thumbprints(store, EX01), before);
    assert_eq!(trail(0).len(), 2);

    // Several changes of one row name the version that was read.
    let row = store.certificate(EX01, &print(5)).unwrap().unwrap();
    let bind = |add| Change::BindServices { server: EX01, certificate: print(5), read: row.version, add };
    store.apply(vec![bind(Services::SMTP), bind(Services::FEDERATION)]).unwrap();
    let services = store.certificate(EX01, &print(5)).unwrap().unwrap().services;
    assert_eq!(services, Services::SMTP | Services::FEDERATION);
    assert_eq!(id(store.apply(vec![bind(Services::UM)])), "StateConflict");
}

fn many(store: &dyn Store) {
    let wide = |number: u32| {
        let mut thumbprint = [0xAA; 20];
        thumbprint[16..].copy_from_slice(&number.to_be_bytes());
        Thumbprint(thumbprint)
    };
    let mut rows = (0..1500).map(|number| NewCertificate { row: certificate(EX02, wide(number)), key: None });
    assert_eq!(store.bulk_load(&mut rows).unwrap(), 1500);
    let expected: Vec<_> = std::iter::once(print(2)).chain((0..1500).map(wide)).collect();
    assert_eq!(thumbprints(store, EX02), expected, "over several batches none is lost or seen twice");
    let mut again =
        (1499..1502).rev().map(|number| NewCertificate { row: certificate(EX02, wide(number)), key: None });
    assert_eq!(store.bulk_load(&mut again).unwrap_err().id(), "StateAlreadyExists");
    assert_eq!(store.certificate_count(EX02).unwrap(), 1501, "all or none");
}
