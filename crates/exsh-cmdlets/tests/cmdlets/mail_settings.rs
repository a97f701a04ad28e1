//! Get-/Set-ImapSettings and Get-/Set-PopSettings on a real state.

use crate::lab::{Lab, messages, property, read, text, thumbprint};
use exsh_core::types;
use exsh_core::value::{KeyMode, Table, Value};
use exsh_state::model::{Endpoint, MailProtocol};
use exsh_testkit::self_signed;

const NOTHING_CHANGED: &str =
    "The command completed successfully but no settings of 'EX01\\1' have been modified.";
const RESTART: &str = "Changes to IMAP4 settings will only take effect after all Microsoft Exchange IMAP4 services are restarted on server EX01.";

fn set(lab: &mut Lab, arguments: &[(&str, Value)]) -> exsh_testkit::Told {
    lab.run("Set-ImapSettings", arguments)
}

fn shown(lab: &mut Lab, name: &str) -> String {
    let told = lab.good("Get-ImapSettings", &[]);
    property(&told.values[0], name)
}

/// Source: documented defaults; form and order of the object remembered (output.md section 3).
#[test]
fn fresh_settings_are_shown() {
    let mut lab = Lab::new();
    for (cmdlet, name, ssl, own) in [
        ("Get-ImapSettings", "IMAP4", "993", "ShowHiddenFoldersEnabled"),
        ("Get-PopSettings", "POP3", "995", "MessageRetrievalSortOrder"),
    ] {
        let told = lab.good(cmdlet, &[]);
        let object = &told.values[0];
        let of = |property_name: &str| property(object, property_name);
        assert_eq!(of("ProtocolName"), name);
        assert_eq!(of("SSLBindings"), format!("[::]:{ssl} 0.0.0.0:{ssl}"));
        assert_eq!(of("LoginType"), "SecureLogin");
        assert_eq!(of("X509CertificateName"), "EX01");
        assert_eq!(of("AuthenticatedConnectionTimeout"), "00:30:00");
        assert_eq!(of("LogPerFileSizeQuota"), "0 B (0 bytes)");
        assert_eq!(of("Identity"), "EX01\\1");
        assert!(
            of("DistinguishedName").starts_with(&format!("CN=1,CN={name},CN=Protocols,CN=EX01,CN=Servers,"))
        );
        let names: Vec<&str> =
            object.type_info().unwrap().members.properties.iter().map(|p| p.name).collect();
        assert_eq!(&names[..4], ["ProtocolName", "Name", "MaxCommandSize", own]);
    }
}

#[test]
fn every_setting_is_written_and_read_back() {
    let mut lab = Lab::new();
    let list = |items: &[&str]| Value::array(items.iter().map(|i| text(i)).collect());
    let arguments = [
        ("AuthenticatedConnectionTimeout", text("00:10:00"), "00:10:00"),
        ("PreAuthenticatedConnectionTimeout", text("00:00:30"), "00:00:30"),
        ("Banner", text("Welcome"), "Welcome"),
        ("CalendarItemRetrievalOption", text("Custom"), "Custom"),
        ("OwaServerUrl", text("https://mail.contoso.com/owa"), "https://mail.contoso.com/owa"),
        ("EnableExactRFC822Size", Value::TRUE, "True"),
        ("EnableGSSAPIAndNTLMAuth", Value::FALSE, "False"),
        ("EnforceCertificateErrors", Value::TRUE, "True"),
        ("ExtendedProtectionPolicy", text("Require"), "Require"),
        ("ExternalConnectionSettings", text("mail.contoso.com:993:SSL"), "mail.contoso.com:993:SSL"),
        (
            "InternalConnectionSettings",
            list(&["a.contoso.com:143:TLS", "b.contoso.com:143:"]),
            "a.contoso.com:143:TLS b.contoso.com:143:",
        ),
        ("LogFileLocation", text("D:\\Logs"), "D:\\Logs"),
        ("LogFileRollOverSettings", text("Weekly"), "Weekly"),
        ("LogPerFileSizeQuota", text("10MB"), "10 MB (10,485,760 bytes)"),
        ("LoginType", text("PlainTextLogin"), "PlainTextLogin"),
        ("MaxCommandSize", Value::int(1024), "1024"),
        ("MaxConnectionFromSingleIP", Value::int(10), "10"),
        ("MaxConnections", Value::int(20), "20"),
        ("MaxConnectionsPerUser", Value::int(30), "30"),
        ("MessageRetrievalMimeFormat", text("TextOnly"), "TextOnly"),
        ("ProtocolLogEnabled", Value::TRUE, "True"),
        ("ProxyTargetPort", Value::int(2993), "2993"),
        ("ShowHiddenFoldersEnabled", Value::TRUE, "True"),
        ("SSLBindings", text("0.0.0.0:993"), "0.0.0.0:993"),
        ("SuppressReadReceipt", Value::TRUE, "True"),
        ("UnencryptedOrTLSBindings", text("[::1]:143"), "[::1]:143"),
        ("X509CertificateName", text("ex01.contoso.com"), "ex01.contoso.com"),
    ];
    let given: Vec<(&str, Value)> = arguments.iter().map(|(name, value, _)| (*name, value.clone())).collect();
    let told = lab.good("Set-ImapSettings", &given);
    assert_eq!(told.warnings, [RESTART]);
    assert_eq!(told.confirmations, ["Setting IMAP4 settings on server EX01."]);
    for (name, _, expected) in &arguments {
        assert_eq!(shown(&mut lab, name), *expected, "{name}");
    }
    let settings = lab.good("Get-ImapSettings", &[]).values.remove(0);
    let quota = read(&settings, "LogPerFileSizeQuota");
    assert_eq!(property(&quota, "IsUnlimited"), "False");
    assert_eq!(property(&quota, "Value"), "10 MB (10,485,760 bytes)");
    let told = lab.good("Set-PopSettings", &[("MessageRetrievalSortOrder", text("Descending"))]);
    assert!(told.warnings[0].contains("POP3"));
    let told = lab.good("Get-PopSettings", &[]);
    assert_eq!(property(&told.values[0], "MessageRetrievalSortOrder"), "Descending");
    assert_eq!(property(&told.values[0], "Banner"), "The Microsoft Exchange POP3 service is ready.");
}

/// Source: documented text (messages.md M25), identity inferred.
#[test]
fn a_call_that_changes_nothing_says_so() {
    let mut lab = Lab::new();
    let told = set(&mut lab, &[("MaxConnectionsPerUser", Value::int(16))]);
    assert_eq!(told.warnings, [NOTHING_CHANGED]);
    assert_eq!(lab.good("Set-ImapSettings", &[]).warnings, [NOTHING_CHANGED]);
    let before = lab.store().mail_settings(lab.server().id, MailProtocol::Imap).unwrap().unwrap().version;
    set(&mut lab, &[("Banner", text("The Microsoft Exchange IMAP4 service is ready."))]);
    assert_eq!(
        lab.store().mail_settings(lab.server().id, MailProtocol::Imap).unwrap().unwrap().version,
        before
    );
}

#[test]
fn what_if_changes_nothing() {
    let mut lab = Lab::new();
    lab.what_if = true;
    let told = set(&mut lab, &[("Banner", text("x")), ("X509CertificateName", text("ex01.contoso.com"))]);
    assert_eq!((told.warnings.len(), told.confirmations.len()), (0, 1));
    assert_eq!(shown(&mut lab, "Banner"), "The Microsoft Exchange IMAP4 service is ready.");
}

/// Source: documented ranges; words ours.
#[test]
fn a_value_out_of_its_range_is_refused_and_nothing_is_written() {
    let mut lab = Lab::new();
    for (name, value, part) in [
        ("MaxCommandSize", Value::int(1023), "from 1024 to 16384 bytes"),
        ("MaxCommandSize", Value::int(16385), "from 1024 to 16384 bytes"),
        ("MaxConnections", Value::int(0), "from 1 to 2147483647"),
        ("AuthenticatedConnectionTimeout", text("00:00:29"), "from 00:00:30 to 01:00:00"),
        ("PreAuthenticatedConnectionTimeout", text("01:00:01"), "from 00:00:30 to 01:00:00"),
        ("ProxyTargetPort", Value::int(65536), "from 0 to 65535"),
        ("X509CertificateName", text("*.contoso.com"), "such as 'mail.contoso.com'"),
        ("X509CertificateName", text("not a name"), "isn't the name of a host"),
        ("CalendarItemRetrievalOption", text("Custom"), "Set OwaServerUrl as well"),
    ] {
        let told = set(&mut lab, &[("Banner", text("x")), (name, value)]);
        assert_eq!(told.errors.len(), 1, "{name}");
        assert!(messages(&told)[0].contains(part), "{name}: {:?}", messages(&told));
        assert!(
            told.errors[0]
                .fully_qualified_id()
                .contains("[FailureCategory=Cmdlet-InvalidOperationException]")
        );
        assert_eq!((told.warnings.len(), told.confirmations.len()), (0, 0), "{name}");
    }
    assert_eq!(shown(&mut lab, "Banner"), "The Microsoft Exchange IMAP4 service is ready.");
    let told = lab.run("Set-PopSettings", &[("MaxCommandSize", Value::int(1025))]);
    assert!(messages(&told)[0].contains("from 40 to 1024 bytes"));
}

/// Source: documented (multivalued properties).
#[test]
fn lists_take_a_table_of_add_and_remove() {
    let mut lab = Lab::new();
    let table = Table::new(&types::HASHTABLE, KeyMode::IgnoreCase);
    table.set(text("Add"), text("10.0.0.1:993"));
    table.set(text("Remove"), text("[::]:993"));
    lab.good("Set-ImapSettings", &[("SSLBindings", Value::table(table))]);
    assert_eq!(shown(&mut lab, "SSLBindings"), "0.0.0.0:993 10.0.0.1:993");
    lab.good("Set-ImapSettings", &[("SSLBindings", Value::NULL)]);
    assert_eq!(shown(&mut lab, "SSLBindings"), "");
}

/// PRODUCT rule 4: the service finds its certificate by this name, a wildcard one included.
#[test]
fn the_certificate_that_matches_the_name_is_presented_after_a_restart() {
    let mut lab = Lab::new();
    let wildcard = self_signed("CN=*.contoso.com", &["*.contoso.com"], lab.now - 60, 365).unwrap();
    let wildcard = lab.import(&wildcard);
    let told = lab.good("Set-ImapSettings", &[("X509CertificateName", text("mail.contoso.com"))]);
    assert_eq!(told.warnings, [RESTART]);
    for endpoint in [Endpoint::Imap, Endpoint::ImapBackEnd] {
        let row = lab.store().assignment(lab.server().id, endpoint).unwrap();
        assert_eq!(row.assigned, Some(thumbprint(&wildcard)), "{endpoint}");
        assert_eq!(row.in_use, None, "{endpoint}");
    }
    let pop = lab.store().assignment(lab.server().id, Endpoint::Pop).unwrap();
    assert_eq!(pop.assigned.unwrap().to_string(), lab.setup_thumbprint());
    lab.good("Start-Service", &[("Name", Value::array(vec![text("MSExchangeIMAP4")]))]);
    let row = lab.store().assignment(lab.server().id, Endpoint::Imap).unwrap();
    assert_eq!(row.in_use, Some(thumbprint(&wildcard)));
}

#[test]
fn a_name_that_nothing_matches_is_warned_about() {
    let mut lab = Lab::new();
    let told = lab.good("Set-ImapSettings", &[("X509CertificateName", text("mail.fabrikam.com"))]);
    assert!(told.warnings[0].contains("matches the name 'mail.fabrikam.com'"), "{:?}", told.warnings);
    assert_eq!(told.warnings[1], RESTART);
    assert_eq!(lab.store().assignment(lab.server().id, Endpoint::Imap).unwrap().assigned, None);
    // A certificate that comes in later is found when the name is set again, though no setting changes.
    let minted = self_signed("CN=mail.fabrikam.com", &["mail.fabrikam.com"], lab.now - 60, 365).unwrap();
    let print = lab.import(&minted);
    let told = lab.good("Set-ImapSettings", &[("X509CertificateName", text("mail.fabrikam.com"))]);
    assert_eq!(told.warnings, [NOTHING_CHANGED]);
    assert_eq!(
        lab.store().assignment(lab.server().id, Endpoint::Imap).unwrap().assigned,
        Some(thumbprint(&print))
    );
}

/// Source: documented text (messages.md M28).
#[test]
fn an_unknown_server_is_reported() {
    let mut lab = Lab::new();
    for cmdlet in ["Get-ImapSettings", "Set-ImapSettings"] {
        let told = lab.run(cmdlet, &[("Server", text("EX09"))]);
        assert_eq!(
            messages(&told),
            [
                "The operation couldn't be performed because object 'EX09' couldn't be found on 'EX01.contoso.com'."
            ]
        );
    }
}

#[test]
fn settings_are_piped_to_their_own_server() {
    let mut lab = Lab::new();
    let object = lab.good("Get-ImapSettings", &[("Server", text("ex01.contoso.com"))]).values.remove(0);
    lab.good("Set-ImapSettings", &[("Server", object), ("Banner", text("piped"))]);
    assert_eq!(shown(&mut lab, "Banner"), "piped");
    let sent = lab.good("Get-ImapSettings", &[]).values.remove(0);
    assert!(read(&sent, "Guid").as_scalar().is_some());
}
