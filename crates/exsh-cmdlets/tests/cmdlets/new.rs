//! New-ExchangeCertificate: defaults, names, requests and renewal.

use crate::lab::{Lab, messages, property, read, text};
use exsh_core::value::Value;
use exsh_pki::CertificateRequest;
use exsh_state::model::ServerVersion;

fn new(lab: &mut Lab, arguments: &[(&str, Value)]) -> Value {
    lab.good("New-ExchangeCertificate", arguments).values.remove(0)
}

fn array(texts: &[&str]) -> Value {
    Value::array(texts.iter().map(|t| text(t)).collect())
}

#[test]
fn without_parameters_it_is_the_documented_default() {
    let mut lab = Lab::new();
    let told = lab.good("New-ExchangeCertificate", &[]);
    let made = &told.values[0];
    let facts = ["Subject", "FriendlyName", "PublicKeySize", "Status", "RootCAType", "PrivateKeyExportable"];
    let facts = facts.map(|name| property(made, name));
    assert_eq!(facts, ["CN=EX01", "Microsoft Exchange", "2048", "Valid", "None", "False"]);
    assert_eq!(property(made, "CertificateDomains"), "EX01 EX01.contoso.com");
    // documented: IMAP, POP, SMTP; the question about the default comes with it.
    assert_eq!(property(made, "Services"), "IMAP, POP, SMTP");
    assert_eq!(told.questions.len(), 1);
    assert_eq!(lab.setup_thumbprint(), property(made, "Thumbprint"));
}

#[test]
fn no_at_the_question_returns_the_certificate_all_the_same() {
    // observed: messages.md M01 (S2).
    let mut lab = Lab::new();
    let setup = lab.setup_thumbprint();
    lab.answers = vec![false];
    let made = new(&mut lab, &[("DomainName", array(&["mail.contoso.com"])), ("Services", text("SMTP"))]);
    assert_eq!((property(&made, "Services"), lab.setup_thumbprint()), ("SMTP".to_owned(), setup));
}

#[test]
fn names_come_from_subject_parameters_and_switches() {
    let mut lab = Lab::new();
    let on = Value::TRUE;
    let none = || ("Services", text("None"));
    type Case<'a> = (&'a [(&'a str, Value)], &'a str, &'a str);
    let cases: &[Case<'_>] = &[
        (
            &[
                ("SubjectName", text("C=US,O=Contoso,CN=mail.contoso.com")),
                ("DomainName", text("a.contoso.com, b.contoso.com")),
            ],
            "C=US, O=Contoso, CN=mail.contoso.com",
            "mail.contoso.com a.contoso.com b.contoso.com",
        ),
        // observed: output.md 6, the parameters of the public script for a new internal transport certificate.
        (
            &[("DomainName", array(&["EX01"])), ("IncludeServerFQDN", on.clone())],
            "CN=EX01",
            "EX01 EX01.contoso.com",
        ),
        // documented: the federation procedure looks for CN=Federation afterwards.
        (&[("DomainName", text("Federation"))], "CN=Federation", "Federation"),
        (
            &[("IncludeAcceptedDomains", on.clone()), ("IncludeAutoDiscover", on.clone())],
            "CN=contoso.com",
            "contoso.com autodiscover.contoso.com",
        ),
        // observed: the Auth certificate of the product has no SAN.
        (
            &[
                ("SubjectName", text("cn=Microsoft Exchange Server Auth Certificate")),
                ("DomainName", Value::array(vec![])),
            ],
            "CN=Microsoft Exchange Server Auth Certificate",
            "",
        ),
        (
            &[("SubjectName", array(&["C=US", "CN=mail.contoso.com"]))],
            "C=US, CN=mail.contoso.com",
            "mail.contoso.com",
        ),
    ];
    for (arguments, subject, domains) in cases {
        let mut arguments = arguments.to_vec();
        arguments.push(none());
        let made = new(&mut lab, &arguments);
        assert_eq!(
            (property(&made, "Subject").as_str(), property(&made, "CertificateDomains").as_str()),
            (*subject, *domains)
        );
    }
}

#[test]
fn names_from_the_organization_get_smtp_alone() {
    let mut lab = Lab::new();
    let made = new(&mut lab, &[("IncludeAutoDiscover", Value::TRUE), ("Force", Value::TRUE)]);
    assert_eq!(property(&made, "Services"), "SMTP");
}

#[test]
fn what_no_certificate_can_have_is_refused() {
    let mut lab = Lab::new();
    let long = "x".repeat(64);
    for (name, value, part) in [
        ("DomainName", text("under_score.contoso.com"), "isn't a domain name a certificate can carry"),
        ("KeySize", Value::int(1024), "1024 bits can't be made"),
        ("KeySize", Value::int(1000), "1000 isn't a key size"),
        ("FriendlyName", text(&long), "at most 63 characters; this one has 64"),
        ("SubjectKeyIdentifier", text("xyz"), "isn't a subject key identifier"),
        ("BinaryEncoded", Value::TRUE, "needs the switch GenerateRequest"),
    ] {
        let told = lab.run("New-ExchangeCertificate", &[(name, value)]);
        assert!(messages(&told)[0].contains(part), "{:?}", messages(&told));
        assert_eq!(told.values.len(), 0);
    }
    assert_eq!(lab.good("Get-ExchangeCertificate", &[]).values.len(), 3);
}

#[test]
fn a_request_is_text_and_waits_in_the_store() {
    let mut lab = Lab::new();
    let told = lab.good(
        "New-ExchangeCertificate",
        &[
            ("GenerateRequest", Value::TRUE),
            ("SubjectName", text("C=US,S=WA,CN=*.contoso.com")),
            ("FriendlyName", text("Star")),
        ],
    );
    let pem = told.values[0].as_str().unwrap().as_str().to_owned();
    // documented: one string, 64 columns.
    assert!(pem.starts_with("-----BEGIN NEW CERTIFICATE REQUEST-----\r\n"));
    assert!(pem.lines().all(|line| line.len() <= 64));
    let request = CertificateRequest::read(pem.as_bytes()).unwrap();
    assert!(request.is_genuine());
    assert_eq!(request.subject().as_str(), "C=US, S=WA, CN=*.contoso.com");
    let listed = lab.good("Get-ExchangeCertificate", &[]).values.pop().unwrap();
    let facts =
        ["Status", "RootCAType", "IsSelfSigned", "FriendlyName", "Services"].map(|n| property(&listed, n));
    // documented: output.md 1.6.
    assert_eq!(facts, ["PendingRequest", "Unknown", "False", "Star", "None"]);
    let again =
        lab.good("Export-ExchangeCertificate", &[("Thumbprint", text(&property(&listed, "Thumbprint")))]);
    assert_eq!(again.values[0].as_str().unwrap().as_str(), pem);
    let refused = lab.enable(&property(&listed, "Thumbprint"), "IIS");
    assert!(messages(&refused)[0].contains("(reason: PendingRequest)"));
}

#[test]
fn a_request_can_be_bytes_or_a_file_where_the_version_has_it() {
    let mut lab = Lab::of_version(ServerVersion::Exchange2016);
    let on = || ("GenerateRequest", Value::TRUE);
    let told = lab.good("New-ExchangeCertificate", &[on(), ("BinaryEncoded", Value::TRUE)]);
    let data = read(&told.values[0], "FileData");
    let bytes: Vec<u8> = data.as_list().unwrap().items().iter().filter_map(Value::as_byte).collect();
    assert!(CertificateRequest::from_der(&bytes).is_ok());
    let told = lab.good("New-ExchangeCertificate", &[on(), ("RequestFile", text("x.req"))]);
    assert_eq!(told.values.len(), 0);
    let written = std::fs::read(lab.state.folder().join("x.req")).unwrap();
    assert!(CertificateRequest::read(&written).is_ok());

    let mut lab = Lab::new();
    let told = lab.run("New-ExchangeCertificate", &[on(), ("RequestFile", text("x.req"))]);
    // documented: gone since the updates of 2022; the binder's own text.
    assert_eq!(messages(&told), ["A parameter cannot be found that matches parameter name 'RequestFile'."]);
    assert_eq!(told.errors[0].fully_qualified_id(), "NamedParameterNotFound,New-ExchangeCertificate");
}

#[test]
fn a_renewal_copies_subject_and_names_and_has_a_new_key() {
    let mut lab = Lab::new();
    let old = new(
        &mut lab,
        &[
            ("SubjectName", text("C=US,CN=mail.contoso.com")),
            ("DomainName", text("a.contoso.com")),
            ("FriendlyName", text("Mail")),
            ("Services", text("None")),
        ],
    );
    let renewed = new(&mut lab, &[("Instance", old.clone()), ("Services", text("None"))]);
    for name in ["Subject", "CertificateDomains", "FriendlyName"] {
        assert_eq!(property(&old, name), property(&renewed, name), "{name}");
    }
    assert_ne!(property(&old, "Thumbprint"), property(&renewed, "Thumbprint"));
}

#[test]
fn a_wildcard_is_warned_about_when_it_is_made_for_imap() {
    let mut lab = Lab::new();
    let told =
        lab.good("New-ExchangeCertificate", &[("DomainName", text("*.contoso.com")), ("Force", Value::TRUE)]);
    assert_eq!(told.warnings.len(), 2);
    assert_eq!(property(&told.values[0], "Services"), "SMTP");
}
