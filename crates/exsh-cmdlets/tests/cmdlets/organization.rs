//! What a fresh state gets. Source: facts output.md section 6 (captured servers), observed.

use crate::lab::{Lab, property, read, text};
use exsh_cmdlets::ExchangeContext;
use exsh_cmdlets::organization::{Plan, init, short_name};
use exsh_core::value::Value;
use exsh_pki::Certificate;
use exsh_state::model::{Endpoint, MailProtocol, ServerVersion, ServiceStatus};
use exsh_testkit::{FakeHost, TemporaryState};

#[test]
fn a_fresh_server_has_the_three_certificates_of_setup() {
    let mut lab = Lab::of_version(ServerVersion::Exchange2019);
    let told = lab.good("Get-ExchangeCertificate", &[]);
    let rows: Vec<[String; 9]> = told
        .values
        .iter()
        .map(|c| {
            [
                "Subject",
                "Issuer",
                "FriendlyName",
                "CertificateDomains",
                "Services",
                "RootCAType",
                "PrivateKeyExportable",
                "Status",
                "IISServices",
            ]
            .map(|name| property(c, name))
        })
        .collect();
    let auth = "CN=Microsoft Exchange Server Auth Certificate";
    assert_eq!(
        rows,
        [
            [
                "CN=EX01",
                "CN=EX01",
                "Microsoft Exchange",
                "EX01 EX01.contoso.com",
                "IMAP, POP, IIS, SMTP",
                "Registry",
                "False",
                "Valid",
                "IIS://EX01/W3SVC/1 IIS://EX01/W3SVC/2",
            ],
            [auth, auth, &auth[3..], "", "SMTP", "None", "True", "Valid", ""],
            [
                "CN=WMSvc-SHA2-EX01",
                "CN=WMSvc-SHA2-EX01",
                "WMSVC-SHA2",
                "WMSvc-SHA2-EX01",
                "None",
                "Registry",
                "True",
                "Valid",
                "",
            ],
        ]
        .map(|row| row.map(str::to_owned))
    );
    let parsed: Vec<Certificate> = told.values.iter().map(parse).collect();
    let signatures: Vec<&str> = parsed.iter().map(|c| c.facts().signature_name.as_str()).collect();
    assert_eq!(signatures, ["sha1RSA", "sha1RSA", "sha256RSA"]);
    let days: Vec<i64> = parsed.iter().map(|c| (c.not_after() - c.not_before()) / 86_400).collect();
    assert_eq!(days, [1826, 1800, 3650]);
    let oids: Vec<&str> = parsed[0].extensions().iter().map(|e| e.oid.as_str()).collect();
    assert_eq!(oids, ["2.5.29.15", "2.5.29.17", "2.5.29.37", "2.5.29.19"]);
    assert!(parsed.iter().all(|c| c.facts().serial.len() == 32 && c.facts().key_bits == 2048));
}

#[test]
fn services_connectors_and_assignments_are_those_of_a_fresh_server() {
    let lab = Lab::of_version(ServerVersion::Exchange2016);
    let (store, server) = (lab.store(), lab.server());
    let running: Vec<String> = store
        .windows_services(server.id)
        .unwrap()
        .into_iter()
        .filter(|s| s.status == ServiceStatus::Running)
        .map(|s| s.name)
        .collect();
    assert!(running.contains(&"W3SVC".to_owned()) && running.contains(&"MSExchangeUM".to_owned()));
    // documented: IMAP and POP are stopped on a fresh server.
    assert!(!running.iter().any(|name| name.contains("IMAP") || name.contains("POP")), "{running:?}");
    let setup = server.internal_transport;
    let site = store.assignment(server.id, Endpoint::DefaultWebSite).unwrap();
    assert_eq!((site.assigned, site.in_use), (setup, setup));
    let imap = store.assignment(server.id, Endpoint::Imap).unwrap();
    assert_eq!((imap.assigned, imap.in_use), (setup, None));
    let settings = store.mail_settings(server.id, MailProtocol::Imap).unwrap().unwrap();
    assert_eq!(settings.x509_certificate_name, "EX01");
    assert!(store.um_service(server.id).unwrap().is_some());
    let receive = store.connectors(exsh_state::model::ConnectorKind::Receive).unwrap();
    assert_eq!(receive.len(), 5);
}

#[test]
fn two_first_uses_end_in_one_organization() {
    let state = TemporaryState::new().unwrap();
    let folder = state.location();
    let uses: Vec<_> = (0..2)
        .map(|_| {
            let location = folder.clone();
            std::thread::spawn(move || {
                let context = ExchangeContext::new(Ok(location));
                context.local_server(&mut FakeHost::default()).is_ok()
            })
        })
        .collect();
    assert!(uses.into_iter().all(|thread| thread.join().unwrap()));
    let store = exsh_state::open(&folder).unwrap();
    assert_eq!(store.servers().unwrap().len(), 1);
    assert_eq!(store.servers().unwrap()[0].fqdn, "EX01.contoso.com");
}

#[test]
fn a_further_server_shares_the_auth_certificate_and_is_reached_by_name() {
    let mut lab = Lab::new();
    let plan =
        Plan::new(&lab.host(), Some(ServerVersion::Exchange2016), Some("EX02"), Some("contoso.com")).unwrap();
    let made = init(lab.store(), &mut lab.host(), &plan);
    assert!(made.is_ok_and(|server| server.fqdn == "EX02.contoso.com"));
    assert!(init(lab.store(), &mut lab.host(), &plan).is_err(), "the name is taken");
    let here = lab.good("Get-ExchangeCertificate", &[]).values;
    let there = lab.good("Get-ExchangeCertificate", &[("Server", text("ex02"))]).values;
    let prints = |all: &[Value]| all.iter().map(|c| property(c, "Thumbprint")).collect::<Vec<_>>();
    let (here, there) = (prints(&here), prints(&there));
    assert_eq!((here.len(), there.len()), (3, 3));
    assert_eq!(here[1], there[1]);
    assert_ne!(here[0], there[0]);
    let unknown_here = lab.run("Get-ExchangeCertificate", &[("Thumbprint", text(&there[0]))]);
    assert_eq!(unknown_here.errors.len(), 1);
    let identity = format!("EX02.contoso.com\\{}", there[0]);
    let found = lab.good("Get-ExchangeCertificate", &[("Identity", text(&identity))]);
    assert_eq!(property(&found.values[0], "IISServices"), "IIS://EX02/W3SVC/1 IIS://EX02/W3SVC/2");
}

#[test]
fn the_server_is_named_after_the_machine() {
    for (machine, expected) in [
        ("ex01.contoso.com", "EX01"),
        ("3f2a9c81d4e7", "3F2A9C81D4E7"),
        ("a-very-long-machine-name", "A-VERY-LONG-MAC"),
        ("_", "EX01"),
    ] {
        assert_eq!(short_name(machine), expected);
    }
    let host = FakeHost { machine: "box".to_owned(), ..FakeHost::default() };
    let plan = Plan::of_machine(&host);
    assert_eq!((plan.server.as_str(), plan.domain.as_str()), ("BOX", "localdomain"));
    let named = Plan::new(&host, None, Some("mail.fabrikam.com"), None).unwrap();
    assert_eq!((named.server.as_str(), named.domain.as_str()), ("mail", "fabrikam.com"));
    assert!(Plan::new(&host, None, Some("EX 01"), None).unwrap_err().contains("isn't a server name"));
}

fn parse(certificate: &Value) -> Certificate {
    let raw = read(certificate, "RawData");
    let bytes: Vec<u8> = raw.as_list().unwrap().items().iter().filter_map(Value::as_byte).collect();
    Certificate::from_der(&bytes).unwrap()
}
