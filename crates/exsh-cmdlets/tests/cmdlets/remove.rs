//! Remove-ExchangeCertificate: the question, the locks, and what goes on without the certificate.

use crate::lab::{Lab, messages, rpc, text};
use exsh_core::error::Category;
use exsh_state::Change;
use exsh_state::model::{Connector, ConnectorKind, Endpoint, TransportRole, Version};
use exsh_testkit::self_signed;

const REMOVE: &str = "Remove-ExchangeCertificate";

fn import(lab: &mut Lab, subject: &str, domain: &str) -> String {
    lab.import(&self_signed(subject, &[domain], exsh_testkit::NOW - 60, 365).unwrap())
}

#[test]
fn it_asks_with_the_captured_sentence_and_takes_row_and_key() {
    let mut lab = Lab::new();
    let gone = import(&mut lab, "CN=mail.contoso.com", "mail.contoso.com");
    lab.what_if = true;
    let told = lab.run(REMOVE, &[("Thumbprint", text(&gone))]);
    // observed: messages.md M12.
    assert_eq!(
        told.confirmations,
        [format!("Remove certificate with thumbprint {gone} from the computer's certificate store?")]
    );
    lab.what_if = false;
    lab.good(REMOVE, &[("Thumbprint", text(&gone))]);
    let told = lab.run(REMOVE, &[("Thumbprint", text(&gone))]);
    assert_eq!(messages(&told), [rpc(&format!("The certificate with thumbprint {gone} was not found."))]);
    let key = lab.store().private_key(lab.server().id, &crate::lab::thumbprint(&gone)).unwrap();
    assert!(key.is_none());
}

#[test]
fn the_internal_transport_certificate_stays() {
    let mut lab = Lab::new();
    let setup = lab.setup_thumbprint();
    let told = lab.run(REMOVE, &[("Thumbprint", text(&setup))]);
    // observed: messages.md M13; it comes after the question.
    assert_eq!(told.confirmations.len(), 1);
    assert!(messages(&told)[0].starts_with(&rpc("The internal transport certificate cannot be removed")));
    assert_eq!(told.errors[0].category, Category::InvalidArgument);
    assert!(told.errors[0].id.ends_with("DCA528C3"), "{}", told.errors[0].id);
    // The documented way: another one takes the role, then it goes.
    let other = import(&mut lab, "CN=mail.contoso.com", "mail.contoso.com");
    lab.enable(&other, "SMTP");
    lab.good(REMOVE, &[("Thumbprint", text(&setup))]);
}

#[test]
fn a_certificate_named_by_a_send_connector_stays_and_so_does_its_renewal() {
    let mut lab = Lab::new();
    let old = import(&mut lab, "CN=mail.contoso.com", "mail.contoso.com");
    let renewal = import(&mut lab, "CN=mail.contoso.com", "mail.contoso.com");
    lab.apply(Change::AddConnector(Connector {
        kind: ConnectorKind::Send,
        server: None,
        name: "Internet".to_owned(),
        fqdn: None,
        tls_certificate_name: Some("<i>CN=mail.contoso.com<s>CN=mail.contoso.com".to_owned()),
        role: TransportRole::HubTransport,
        enabled: true,
        bindings: Vec::new(),
        address_spaces: vec!["SMTP:*;1".to_owned()],
        source_servers: Vec::new(),
        version: Version(0),
    }));
    for thumbprint in [old, renewal] {
        let told = lab.run(REMOVE, &[("Thumbprint", text(&thumbprint))]);
        // observed: messages.md M14.
        assert!(
            messages(&told)[0].starts_with(&rpc(
                "These certificates are tagged with following Send Connectors : Internet. Removing"
            )),
            "{:?}",
            messages(&told)
        );
    }
}

#[test]
fn imap_looks_for_another_certificate_of_its_name() {
    let mut lab = Lab::new();
    let first = import(&mut lab, "CN=mail.contoso.com", "mail.contoso.com");
    let second = import(&mut lab, "CN=other.contoso.com", "mail.contoso.com");
    lab.enable(&first, "IMAP");
    lab.good(REMOVE, &[("Thumbprint", text(&first))]);
    let imap = lab.store().assignment(lab.server().id, Endpoint::Imap).unwrap();
    assert_eq!(imap.assigned.map(|t| t.to_string()), Some(second.clone()));
    lab.good(REMOVE, &[("Thumbprint", text(&second))]);
    let imap = lab.store().assignment(lab.server().id, Endpoint::Imap).unwrap();
    assert_eq!(imap.assigned, None);
}

#[test]
fn a_certificate_of_iis_may_go_and_the_site_has_none() {
    let mut lab = Lab::new();
    let own = import(&mut lab, "CN=mail.contoso.com", "mail.contoso.com");
    lab.enable(&own, "IIS");
    lab.good(REMOVE, &[("Thumbprint", text(&own))]);
    let site = lab.store().assignment(lab.server().id, Endpoint::DefaultWebSite).unwrap();
    assert_eq!(site.assigned, None);
}

#[test]
fn a_request_that_waits_can_be_removed() {
    let mut lab = Lab::new();
    lab.good("New-ExchangeCertificate", &[("GenerateRequest", exsh_core::value::Value::TRUE)]);
    let listed = lab.good("Get-ExchangeCertificate", &[]).values;
    let pending = crate::lab::property(&listed[3], "Thumbprint");
    lab.good(REMOVE, &[("Identity", text(&format!("EX01\\{pending}")))]);
    assert_eq!(lab.good("Get-ExchangeCertificate", &[]).values.len(), 3);
}
