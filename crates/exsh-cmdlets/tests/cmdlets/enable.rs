//! Enable-ExchangeCertificate and the rules of assignment (PRODUCT rules 2 to 6).

use crate::lab::{Lab, messages, rpc, text};
use exsh_core::error::Category;
use exsh_core::value::Value;
use exsh_state::Change;
use exsh_state::model::{Endpoint, MailProtocol, ServerVersion, UmStartupMode};
use exsh_testkit::{Authority, Minted, self_signed};

const ALL: &str = "POP,IMAP,IIS,SMTP";

fn minted(subject: &str, domains: &[&str]) -> Minted {
    self_signed(subject, domains, exsh_testkit::NOW - 60, 365).unwrap()
}

fn mail(lab: &mut Lab) -> String {
    lab.import(&minted("CN=mail.contoso.com, O=Contoso", &["mail.contoso.com", "autodiscover.contoso.com"]))
}

#[test]
fn the_documented_line_assigns_all_four_services() {
    let mut lab = Lab::new();
    let new = mail(&mut lab);
    let told = lab.enable(&new, ALL);
    assert_eq!((messages(&told), told.warnings.len(), told.values.len()), (vec![], 0, 0));
    assert_eq!(lab.services(&new), "IMAP, POP, IIS, SMTP");
    // captured: the back end keeps the certificate of setup, which therefore keeps IIS and SMTP.
    let setup = lab.good("Get-ExchangeCertificate", &[]).values.remove(0);
    assert_eq!(crate::lab::property(&setup, "Services"), "IIS, SMTP");
    assert_eq!(crate::lab::property(&setup, "IISServices"), "IIS://EX01/W3SVC/2");
    // documented: the name goes into the settings of the two services.
    for protocol in [MailProtocol::Imap, MailProtocol::Pop] {
        let settings = lab.store().mail_settings(lab.server().id, protocol).unwrap().unwrap();
        assert_eq!(settings.x509_certificate_name, "mail.contoso.com");
    }
}

#[test]
fn smtp_asks_with_both_thumbprints_and_dates_and_yes_moves_the_role() {
    let mut lab = Lab::new();
    let setup = lab.setup_thumbprint();
    let new = mail(&mut lab);
    let told = lab.enable(&new, "SMTP");
    // observed: messages.md M01; the dates are those of the two certificates, in UTC.
    assert_eq!(
        told.questions,
        [format!(
            "Overwrite the existing default SMTP certificate?\n\nCurrent certificate: '{setup}' (expires {})\nReplace it with certificate: '{new}' (expires {})",
            expires(&mut lab, &setup),
            expires(&mut lab, &new),
        )]
    );
    assert_eq!(lab.setup_thumbprint(), new);
    // Asking again for what it has asks nothing.
    assert_eq!(lab.enable(&new, "SMTP").questions.len(), 0);
}

fn expires(lab: &mut Lab, thumbprint: &str) -> String {
    let told = lab.good("Get-ExchangeCertificate", &[("Thumbprint", text(thumbprint))]);
    let date = crate::lab::read(&told.values[0], "NotAfter");
    let culture = exsh_dotnet::culture::get("en-US").unwrap();
    exsh_dotnet::text::to_string_culture(&date, culture).as_str().to_owned()
}

#[test]
fn no_leaves_the_default_and_still_assigns_smtp() {
    let mut lab = Lab::new();
    let setup = lab.setup_thumbprint();
    let new = mail(&mut lab);
    lab.answers = vec![false];
    lab.enable(&new, "SMTP");
    // observed: messages.md M01 (S31).
    assert_eq!(lab.services(&new), "SMTP");
    assert_eq!(lab.setup_thumbprint(), setup);
}

#[test]
fn force_does_not_ask() {
    let mut lab = Lab::new();
    let new = mail(&mut lab);
    let told = lab.run(
        "Enable-ExchangeCertificate",
        &[("Thumbprint", text(&new)), ("Services", text("SMTP")), ("Force", Value::TRUE)],
    );
    assert_eq!((told.questions.len(), lab.setup_thumbprint()), (0, new));
}

#[test]
fn assignments_are_additive() {
    let mut lab = Lab::new();
    let new = mail(&mut lab);
    lab.enable(&new, "IMAP");
    lab.enable(&new, "SMTP");
    // POP keeps the name of setup's certificate.
    assert_eq!(lab.services(&new), "IMAP, SMTP");
    lab.enable(&new, "IIS");
    assert_eq!(lab.services(&new), "IMAP, IIS, SMTP");
}

#[test]
fn a_wildcard_gets_the_other_services_of_the_call() {
    let mut lab = Lab::new();
    let star = lab.import(&minted("CN=*.contoso.com", &["*.contoso.com"]));
    let told = lab.enable(&star, ALL);
    // observed: messages.md M02, M03, POP first.
    assert_eq!(told.warnings.len(), 2);
    assert!(told.warnings[0].contains("cannot used for POP SSL/TLS"), "{:?}", told.warnings);
    assert!(told.warnings[1].contains("cannot used for IMAP SSL/TLS"), "{:?}", told.warnings);
    assert_eq!(messages(&told), Vec::<String>::new());
    assert_eq!(lab.services(&star), "IIS, SMTP");
    // After Set-ImapSettings -X509CertificateName the service takes the certificate that matches the name.
    let mut settings = lab.store().mail_settings(lab.server().id, MailProtocol::Imap).unwrap().unwrap();
    settings.x509_certificate_name = "mail.contoso.com".to_owned();
    let mut changes =
        exsh_cmdlets::rules::mail_certificate::changes(lab.store(), &settings, lab.now).unwrap();
    changes.push(Change::SetMailSettings(settings));
    lab.store().apply(changes).unwrap();
    assert_eq!(lab.services(&star), "IMAP, IIS, SMTP");
}

#[test]
fn only_a_valid_certificate_with_its_key_is_assigned() {
    let mut lab = Lab::new();
    let expired =
        self_signed("CN=old.contoso.com", &["old.contoso.com"], exsh_testkit::NOW - 9_000_000, 30).unwrap();
    let expired = lab.import(&expired);
    let keyless = minted("CN=keyless.contoso.com", &["keyless.contoso.com"]);
    let told =
        lab.good("Import-ExchangeCertificate", &[("FileData", Value::bytes(keyless.certificate.der()))]);
    let keyless = crate::lab::property(&told.values[0], "Thumbprint");
    let untrusted =
        Authority::root("Unknown CA").unwrap().server("CN=x.contoso.com", &["x.contoso.com"], 9).unwrap();
    let untrusted = lab.import(&untrusted);
    for (thumbprint, reason, number) in [
        // observed: messages.md M05, number DA6D9EA1.
        (&keyless, "PrivateKeyMissing", Some("DA6D9EA1")),
        // ours: the Status' own word.
        (&expired, "DateInvalid", None),
        (&untrusted, "Untrusted", None),
    ] {
        let told = lab.enable(thumbprint, "IIS");
        assert_eq!(
            messages(&told),
            [rpc(&format!(
                "The certificate with thumbprint {thumbprint} was found but is not valid for use with Exchange Server (reason: {reason})."
            ))]
        );
        assert_eq!(told.errors[0].category, Category::NotSpecified);
        // Any error says what to do next where that is known.
        assert!(told.errors[0].recommended_action.is_some());
        assert!(number.is_none_or(|number| told.errors[0].id.ends_with(number)), "{}", told.errors[0].id);
    }
    // output.md 1.6: without a key it is not listed.
    let listed = lab.good("Get-ExchangeCertificate", &[]);
    assert!(!listed.values.iter().any(|c| crate::lab::property(c, "Thumbprint") == keyless));
}

#[test]
fn um_needs_a_2016_server_and_tls() {
    let mut lab = Lab::new();
    let new = mail(&mut lab);
    let told = lab.enable(&new, "UM,SMTP");
    assert!(
        messages(&told)[0].contains("Exchange Server SE has no Unified Messaging"),
        "{:?}",
        messages(&told)
    );
    assert_eq!(lab.services(&new), "None");

    let mut lab = Lab::of_version(ServerVersion::Exchange2016);
    let new = mail(&mut lab);
    for service in ["UM", "UMCallRouter"] {
        let told = lab.enable(&new, service);
        assert!(messages(&told)[0].contains("UMStartupMode of server EX01 is TCP"), "{:?}", messages(&told));
    }
    let server = lab.server().id;
    let mut um = lab.store().um_service(server).unwrap().unwrap();
    um.um_startup_mode = UmStartupMode::Dual;
    lab.apply(Change::SetUmService(um));
    assert_eq!(messages(&lab.enable(&new, "UM")), Vec::<String>::new());
    assert_eq!(lab.services(&new), "UM");
    let um = lab.store().assignment(server, Endpoint::Um).unwrap();
    assert_eq!(um.assigned.map(|t| t.to_string()), Some(new));
}

#[test]
fn none_and_federation_are_refused() {
    let mut lab = Lab::new();
    let new = mail(&mut lab);
    for (services, part) in [("None", "Name at least one of IMAP, POP"), ("Federation", "federation trust")] {
        let told = lab.enable(&new, services);
        assert!(messages(&told)[0].contains(part), "{:?}", messages(&told));
    }
}

#[test]
fn what_if_says_what_and_changes_nothing() {
    let mut lab = Lab::new();
    let new = mail(&mut lab);
    lab.what_if = true;
    let told = lab.enable(&new, ALL);
    assert_eq!(
        told.confirmations,
        [format!(
            "Enabling the certificate with thumbprint {new} for services IMAP, POP, IIS, SMTP on server EX01."
        )]
    );
    assert_eq!(told.questions.len(), 0);
    assert_eq!(lab.services(&new), "None");
}

#[test]
fn an_answer_about_a_default_that_changed_meanwhile_changes_nothing() {
    let mut lab = Lab::new();
    let new = mail(&mut lab);
    let other = lab.import(&minted("CN=other.contoso.com", &["other.contoso.com"]));
    let (location, server) = (lab.state.location(), lab.server());
    let certificate = crate::lab::thumbprint(&other);
    lab.meanwhile = Some(Box::new(move || {
        let store = exsh_state::open(&location).unwrap();
        let change = Change::SetInternalTransport { server: server.id, read: server.version, certificate };
        store.apply(vec![change]).unwrap();
    }));
    let told = lab.enable(&new, "SMTP,IIS");
    assert!(messages(&told)[0].contains("was changed by somebody else"), "{:?}", messages(&told));
    assert_eq!(lab.services(&new), "None");
    assert_eq!(lab.setup_thumbprint(), other);
}

#[test]
fn a_row_that_changed_meanwhile_is_read_again() {
    let mut lab = Lab::new();
    let new = mail(&mut lab);
    let (location, server) = (lab.state.location(), lab.server().id);
    let certificate = crate::lab::thumbprint(&new);
    lab.meanwhile = Some(Box::new(move || {
        let store = exsh_state::open(&location).unwrap();
        let read = store.certificate(server, &certificate).unwrap().unwrap().version;
        let friendly_name = "Renamed".to_owned();
        store.apply(vec![Change::SetFriendlyName { server, certificate, read, friendly_name }]).unwrap();
    }));
    let told = lab.enable(&new, "SMTP");
    assert_eq!((messages(&told), told.questions.len()), (vec![], 1));
    assert_eq!(lab.services(&new), "SMTP");
    let row = lab.store().certificate(server, &certificate).unwrap().unwrap();
    assert_eq!(row.friendly_name, "Renamed");
}

#[test]
fn every_assignment_is_in_the_audit_trail() {
    let mut lab = Lab::new();
    let new = mail(&mut lab);
    lab.answers = vec![false];
    lab.enable(&new, "SMTP");
    let mut last = None;
    lab.store()
        .for_each_audit_row(0, &mut |row| {
            last = Some(row.entry);
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    let last = last.unwrap();
    assert_eq!(last.cmdlet, "Enable-ExchangeCertificate");
    assert_eq!(last.object, format!("EX01\\{new}"));
    assert_eq!(last.what, "Services SMTP; default SMTP certificate: No");
    assert_eq!(last.who, "tester@ex01.contoso.com");
}

#[test]
fn writers_meet_and_no_assignment_is_lost() {
    let mut lab = Lab::new();
    let names: Vec<String> = (0..12).map(|i| format!("m{i}.contoso.com")).collect();
    let prints: Vec<String> =
        names.iter().map(|name| lab.import(&minted(&format!("CN={name}"), &[name]))).collect();
    let writers: Vec<_> = prints
        .chunks(3)
        .map(|chunk| {
            let (location, chunk) = (lab.state.location(), chunk.to_vec());
            std::thread::spawn(move || {
                let mut lab = Lab::beside(location);
                for thumbprint in &chunk {
                    let arguments = [
                        ("Thumbprint", text(thumbprint)),
                        ("Services", text("IIS,SMTP,IMAP")),
                        ("Force", Value::TRUE),
                    ];
                    lab.good("Enable-ExchangeCertificate", &arguments);
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    for thumbprint in &prints {
        let services = lab.services(thumbprint);
        assert!(services.ends_with("SMTP"), "{services}");
    }
    // One of them has the role, the site and the name: the same one only by chance, but always one of ours.
    let site = lab.store().assignment(lab.server().id, Endpoint::DefaultWebSite).unwrap();
    assert!(site.assigned.is_some_and(|t| prints.contains(&t.to_string())));
    assert!(prints.contains(&lab.setup_thumbprint()));
}
