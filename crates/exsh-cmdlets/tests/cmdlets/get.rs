//! Get-ExchangeCertificate: what it finds, what it refuses, and how its objects look.

use crate::lab::{Lab, messages, property, read, rpc, text};
use exsh_cmdlets::types::exchange_certificate::EXCHANGE_CERTIFICATE;
use exsh_core::error::Category;
use exsh_core::value::Value;
use exsh_core::view::{Cell, Layout};
use exsh_state::Change;
use exsh_testkit::{Authority, self_signed};

#[test]
fn what_the_certificate_dialog_gives_is_found() {
    let mut lab = Lab::new();
    let setup = lab.setup_thumbprint();
    let spaced: Vec<String> =
        setup.as_bytes().chunks(2).map(|p| String::from_utf8_lossy(p).to_lowercase()).collect();
    for typed in
        [setup.clone(), format!("\u{200E}{}", spaced.join(" ")), format!("EX01.contoso.com\\{setup}")]
    {
        let told = lab.good("Get-ExchangeCertificate", &[("Thumbprint", text(&typed))]);
        assert_eq!(property(&told.values[0], "Thumbprint"), setup, "{typed:?}");
    }
    let by_identity = lab.good("Get-ExchangeCertificate", &[("Identity", text(&format!("ex01\\{setup}")))]);
    assert_eq!(property(&by_identity.values[0], "Identity"), format!("EX01.contoso.com\\{setup}"));
    // documented: -Identity $null gives everything.
    assert_eq!(lab.good("Get-ExchangeCertificate", &[("Identity", Value::NULL)]).values.len(), 3);
}

#[test]
fn a_text_that_is_no_thumbprint_is_refused_with_its_position() {
    let mut lab = Lab::new();
    let told = lab.run("Get-ExchangeCertificate", &[("Thumbprint", text("12345g"))]);
    // ours.
    assert_eq!(
        messages(&told),
        [rpc("'12345g' isn't a thumbprint: 'g' at position 6 is not a hexadecimal digit.")]
    );
    assert_eq!(told.errors[0].category, Category::InvalidArgument);
}

#[test]
fn an_unknown_thumbprint_has_the_captured_error() {
    let mut lab = Lab::new();
    let unknown = "AE07765F88D57FD1C7B7D006D040C3F07AB2B095";
    let told = lab.run("Get-ExchangeCertificate", &[("Thumbprint", text(unknown))]);
    // observed: messages.md F1, M04.
    assert_eq!(messages(&told), [rpc(&format!("The certificate with thumbprint {unknown} was not found."))]);
    let record = &told.errors[0];
    assert_eq!(record.category, Category::NotSpecified);
    assert_eq!(&*record.exception.type_name, "System.InvalidOperationException");
    let id = &*record.id;
    assert!(id.starts_with("[Server=EX01,RequestId="), "{id}");
    assert!(
        id.ends_with(
            ",TimeStamp=6/15/2025 12:00:00 PM] [FailureCategory=Cmdlet-InvalidOperationException] 71D7F7B0"
        ),
        "{id}"
    );
    assert_eq!(record.context.borrow().origin.as_deref(), Some("ex01.contoso.com"));
    assert!(record.target.is_null());
}

#[test]
fn an_unknown_server_is_told_as_typed() {
    let mut lab = Lab::new();
    let told = lab.run("Get-ExchangeCertificate", &[("Server", text("EX99"))]);
    // observed: messages.md M28; the server answers for the domain controller.
    assert_eq!(
        messages(&told),
        [
            "The operation couldn't be performed because object 'EX99' couldn't be found on 'EX01.contoso.com'."
        ]
    );
    assert!(told.errors[0].id.contains("[FailureCategory=Cmdlet-ManagementObjectNotFoundException]"));
}

#[test]
fn of_several_certificates_for_a_name_the_one_to_choose_stands_first() {
    let mut lab = Lab::new();
    let own = self_signed("CN=mail.contoso.com", &["mail.contoso.com"], exsh_testkit::NOW - 60, 365).unwrap();
    let authority = Authority::root("Contoso CA").unwrap();
    let wildcard = authority.server("CN=*.contoso.com", &["*.contoso.com"], 365).unwrap();
    let exact = authority.server("CN=mail.contoso.com", &["mail.contoso.com"], 365).unwrap();
    let root = exsh_cmdlets::intake::trust_entry(
        lab.server().id,
        exsh_state::model::TrustKind::Root,
        &authority.0.certificate,
        exsh_testkit::NOW,
    );
    lab.apply(Change::AddTrustEntry(root));
    let expected = [&exact, &wildcard, &own].map(|minted| minted.certificate.thumbprint().to_string());
    for minted in [&own, &wildcard, &exact] {
        lab.import(minted);
    }
    let told = lab.good("Get-ExchangeCertificate", &[("DomainName", text("mail.contoso.com"))]);
    let found: Vec<String> = told.values.iter().map(|c| property(c, "Thumbprint")).collect();
    assert_eq!(found, expected);
    let one = lab.good("Get-ExchangeCertificate", &[("DomainName", text("ex01.contoso.com"))]);
    assert_eq!(one.values.len(), 2);
}

#[test]
fn status_and_root_follow_trust_and_time() {
    let mut lab = Lab::new();
    let authority = Authority::root("Contoso CA").unwrap();
    let issuing = authority.issuing("Contoso Issuing CA").unwrap();
    let leaf = issuing.server("CN=mail.contoso.com", &["mail.contoso.com"], 30).unwrap();
    let thumbprint = lab.import(&leaf);
    let status = |lab: &mut Lab| {
        let told = lab.good("Get-ExchangeCertificate", &[("Thumbprint", text(&thumbprint))]);
        (property(&told.values[0], "Status"), property(&told.values[0], "RootCAType"))
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(status(&mut lab), pair("Untrusted", "Unknown"));
    let server = lab.server().id;
    for (kind, certificate) in [
        (exsh_state::model::TrustKind::Intermediate, &issuing.0.certificate),
        (exsh_state::model::TrustKind::Enterprise, &authority.0.certificate),
    ] {
        let entry = exsh_cmdlets::intake::trust_entry(server, kind, certificate, exsh_testkit::NOW);
        lab.apply(Change::AddTrustEntry(entry));
    }
    assert_eq!(status(&mut lab), pair("Valid", "Enterprise"));
    lab.now += 40 * 86_400;
    assert_eq!(status(&mut lab), pair("DateInvalid", "Enterprise"));
}

#[test]
fn certificates_of_one_issuer_share_its_chain_and_keep_their_own_dates() {
    let mut lab = Lab::new();
    let authority = Authority::root("Contoso CA").unwrap();
    let server = lab.server().id;
    let kind = exsh_state::model::TrustKind::Root;
    let entry = exsh_cmdlets::intake::trust_entry(server, kind, &authority.0.certificate, exsh_testkit::NOW);
    lab.apply(Change::AddTrustEntry(entry));
    // Days from yesterday on: the second is over in ten days, the authority in five years.
    for (name, days) in [("a.contoso.com", 3000), ("b.contoso.com", 5), ("c.contoso.com", 3000)] {
        lab.import(&authority.server(&format!("CN={name}"), &[name], days).unwrap());
    }
    let statuses = |lab: &mut Lab| -> Vec<String> {
        let told = lab.good("Get-ExchangeCertificate", &[]);
        told.values[3..].iter().map(|c| property(c, "Status")).collect()
    };
    assert_eq!(statuses(&mut lab), ["Valid", "Valid", "Valid"]);
    lab.now += 10 * 86_400;
    assert_eq!(statuses(&mut lab), ["Valid", "DateInvalid", "Valid"]);
    lab.now += 2000 * 86_400;
    assert_eq!(statuses(&mut lab), ["DateInvalid", "DateInvalid", "DateInvalid"]);
}

#[test]
fn the_first_of_an_issuer_may_be_the_expired_one() {
    let mut lab = Lab::new();
    let authority = Authority::root("Contoso CA").unwrap();
    let kind = exsh_state::model::TrustKind::Root;
    let entry =
        exsh_cmdlets::intake::trust_entry(lab.server().id, kind, &authority.0.certificate, exsh_testkit::NOW);
    lab.apply(Change::AddTrustEntry(entry));
    for (name, days) in [("a.contoso.com", 5), ("b.contoso.com", 3000)] {
        lab.import(&authority.server(&format!("CN={name}"), &[name], days).unwrap());
    }
    lab.now += 10 * 86_400;
    let told = lab.good("Get-ExchangeCertificate", &[]);
    let statuses: Vec<String> = told.values[3..].iter().map(|c| property(c, "Status")).collect();
    assert_eq!(statuses, ["DateInvalid", "Valid"]);
}

#[test]
fn the_default_table_and_list_are_the_captured_ones() {
    // observed: output.md 1.4 and 1.5.
    let Layout::Table(columns) = &EXCHANGE_CERTIFICATE.views[0].layout else {
        panic!("the default is a table")
    };
    let widths: Vec<u16> = columns.iter().map(|c| c.width).collect();
    assert_eq!(widths, [41, 10, 0]);
    let Layout::List(items) = &EXCHANGE_CERTIFICATE.views[1].layout else { panic!("a list follows") };
    let listed = items.iter().map(|item| match item.cell {
        Cell::Property(name) => name,
        Cell::Compute(_) => panic!("the list shows properties"),
    });
    let listed: Vec<&str> = listed.collect();
    assert_eq!(listed, EXCHANGE_CERTIFICATE.default_properties);
    assert_eq!(
        listed.join(","),
        "AccessRules,CertificateDomains,HasPrivateKey,IsSelfSigned,Issuer,NotAfter,NotBefore,PublicKeySize,RootCAType,SerialNumber,Services,Status,Subject,Thumbprint"
    );
    let names: Vec<&str> = EXCHANGE_CERTIFICATE.chain().map(|t| t.name).collect();
    assert_eq!(
        names,
        [
            "Microsoft.Exchange.Management.SystemConfigurationTasks.ExchangeCertificate",
            "System.Security.Cryptography.X509Certificates.X509Certificate2",
            "System.Security.Cryptography.X509Certificates.X509Certificate",
            "System.Object",
        ]
    );
    let mut lab = Lab::new();
    let first = lab.good("Get-ExchangeCertificate", &[]).values.remove(0);
    assert_eq!(property(&first, "ServicesStringForm"), "IP.WS..");
    assert_eq!(read(&first, "Services").as_enum().unwrap().number, 27);
    // Every property can be read.
    for name in EXCHANGE_CERTIFICATE.members.properties.iter().map(|p| p.name) {
        read(&first, name);
    }
}

#[test]
fn the_text_of_a_certificate_is_the_dotnet_dump() {
    let mut lab = Lab::new();
    let first = lab.good("Get-ExchangeCertificate", &[]).values.remove(0);
    let text = exsh_dotnet::text::to_text(&first);
    // observed: output.md 1; the session's zone decides about the dates.
    assert!(
        text.as_str()
            .starts_with("[Subject]\r\n  CN=EX01\r\n\r\n[Issuer]\r\n  CN=EX01\r\n\r\n[Serial Number]\r\n  ")
    );
    assert!(text.as_str().ends_with(&format!("[Thumbprint]\r\n  {}\r\n", lab.setup_thumbprint())));
}
