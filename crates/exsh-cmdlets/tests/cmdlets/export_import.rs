//! Import- and Export-ExchangeCertificate: every kind of file, the key's way, and what bad input gets.

use crate::lab::{Lab, messages, password, pfx, pfx_with, property, read, rpc, text};
use exsh_core::error::Category;
use exsh_core::value::Value;
use exsh_pki::{CertificateRequest, read_pfx, write_pkcs7};
use exsh_state::model::{ServerVersion, TrustKind};
use exsh_testkit::{Authority, self_signed};

const IMPORT: &str = "Import-ExchangeCertificate";
const EXPORT: &str = "Export-ExchangeCertificate";

fn bytes_of(value: &Value) -> Vec<u8> {
    read(value, "FileData").as_list().unwrap().items().iter().filter_map(Value::as_byte).collect()
}

fn mail() -> exsh_testkit::Minted {
    self_signed("CN=mail.contoso.com", &["mail.contoso.com"], exsh_testkit::NOW - 60, 365).unwrap()
}

#[test]
fn a_pfx_goes_in_and_out_with_key_and_name() {
    let mut lab = Lab::new();
    let minted = mail();
    let thumbprint = lab.import(&minted);
    let arguments =
        [("Thumbprint", text(&thumbprint)), ("BinaryEncoded", Value::TRUE), ("Password", password("new"))];
    let out = lab.good(EXPORT, &arguments);
    let back = read_pfx(&bytes_of(&out.values[0]), "new").unwrap();
    assert_eq!(back.entries[0].certificate, minted.certificate);
    assert_eq!(back.entries[0].friendly_name.as_deref(), Some("From a file"));
    assert!(back.entries[0].key.matches(&minted.certificate));
    // Without -BinaryEncoded it is Base64 text, which goes in again.
    let out = lab.good(EXPORT, &[("Thumbprint", text(&thumbprint)), ("Password", password("new"))]);
    let base64 = out.values[0].as_str().unwrap().as_str().to_owned();
    assert!(base64.lines().all(|line| line.len() <= 64));
    lab.good("Remove-ExchangeCertificate", &[("Thumbprint", text(&thumbprint))]);
    let data = ("FileData", Value::bytes(base64.as_bytes()));
    let told = lab.good(IMPORT, &[data, ("Password", password("new")), ("FriendlyName", text("Again"))]);
    assert_eq!(property(&told.values[0], "FriendlyName"), "Again");
}

#[test]
fn a_key_that_is_not_exportable_stays() {
    let mut lab = Lab::new();
    let setup = lab.setup_thumbprint();
    let told = lab.run(EXPORT, &[("Thumbprint", text(&setup)), ("Password", password("x"))]);
    // observed: messages.md M24.
    assert_eq!(
        messages(&told),
        [rpc(
            "The private key couldn't be exported as PKCS-12. It either couldn't be accessed or isn't exportable."
        )]
    );
    let exportable = lab.import(&mail());
    let told = lab.run(EXPORT, &[("Thumbprint", text(&exportable))]);
    assert!(messages(&told)[0].contains("behind a password"), "{:?}", messages(&told));
}

#[test]
fn what_cannot_be_read_has_the_captured_error() {
    let mut lab = Lab::new();
    let good = pfx(&mail(), "secret");
    let garbage: Vec<u8> = (0..5_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let mut cut = mail().certificate.der().to_vec();
    cut.truncate(200);
    for (what, data, clear) in [
        ("wrong password", good.clone(), "Secret"),
        ("no password", good.clone(), ""),
        ("cut PFX", good[..good.len() / 2].to_vec(), "secret"),
        ("garbage", garbage, "secret"),
        ("cut DER", cut, ""),
        ("text", b"Dear operator, here is the certificate".to_vec(), ""),
        ("empty PEM", b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n".to_vec(), ""),
    ] {
        let told = lab.run(IMPORT, &[("FileData", Value::bytes(&data)), ("Password", password(clear))]);
        // observed: messages.md M20 with its category and number.
        assert_eq!(
            messages(&told),
            [rpc("The source data cannot be imported or the wrong password was specified.")],
            "{what}"
        );
        assert_eq!(told.errors[0].category, Category::ReadError);
        assert!(told.errors[0].id.ends_with("A39CF339"), "{}", told.errors[0].id);
    }
    let told = lab.run(IMPORT, &[("FileData", Value::bytes(&[]))]);
    assert!(messages(&told)[0].contains("FileData holds no bytes"));
}

#[test]
fn a_thumbprint_that_is_there_is_not_imported_again() {
    let mut lab = Lab::new();
    let minted = mail();
    let thumbprint = lab.import(&minted);
    let told = lab.run(IMPORT, &[("FileData", Value::bytes(minted.certificate.der()))]);
    // observed: messages.md M21.
    assert_eq!(
        messages(&told),
        [rpc(&format!(
            "Cannot import certificate. A certificate with the thumbprint {thumbprint} already exists."
        ))]
    );
}

#[test]
fn an_answer_completes_its_request_in_every_form() {
    let root = Authority::root("Contoso CA").unwrap();
    let issuing = root.issuing("Contoso Issuing CA").unwrap();
    for form in ["der", "pem", "utf16", "p7b", "text"] {
        let mut lab = Lab::new();
        let told = lab.good(
            "New-ExchangeCertificate",
            &[
                ("GenerateRequest", Value::TRUE),
                ("SubjectName", text("CN=mail.contoso.com")),
                ("FriendlyName", text("Mail")),
                ("PrivateKeyExportable", Value::TRUE),
            ],
        );
        let request = CertificateRequest::read(told.values[0].as_str().unwrap().as_str().as_bytes()).unwrap();
        let answer = issuing.sign(request.spki(), "CN=mail.contoso.com", &["mail.contoso.com"], 365).unwrap();
        let pem = answer.to_pem();
        let data = match form {
            "der" => Value::bytes(answer.der()),
            "pem" => Value::bytes(pem.as_bytes()),
            "utf16" => Value::bytes(&pem.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
            "p7b" => {
                let chain = [root.0.certificate.clone(), issuing.0.certificate.clone(), answer.clone()];
                Value::bytes(&write_pkcs7(&chain))
            }
            _ => Value::NULL,
        };
        let told = if form == "text" {
            let lines: Vec<Value> = pem.lines().map(text).collect();
            lab.good(IMPORT, &[("Instance", Value::array(lines))])
        } else {
            lab.good(IMPORT, &[("FileData", data)])
        };
        let made = &told.values[0];
        assert_eq!(told.values.len(), 1, "{form}");
        let facts =
            ["FriendlyName", "HasPrivateKey", "PrivateKeyExportable", "Issuer"].map(|n| property(made, n));
        assert_eq!(facts, ["Mail", "True", "True", "CN=Contoso Issuing CA"], "{form}");
        let listed = lab.good("Get-ExchangeCertificate", &[]);
        let pending = listed.values.iter().filter(|c| property(c, "Status") == "PendingRequest").count();
        assert_eq!((listed.values.len(), pending), (4, 0), "{form}");
        let issuers = lab.store().trust_entries(lab.server().id, TrustKind::Intermediate).unwrap();
        assert_eq!(issuers.len(), usize::from(form == "p7b"), "{form}");
        // The key fits: it leaves with the certificate.
        let thumbprint = property(made, "Thumbprint");
        let arguments =
            [("Thumbprint", text(&thumbprint)), ("BinaryEncoded", Value::TRUE), ("Password", password("x"))];
        let out = lab.good(EXPORT, &arguments);
        assert_eq!(read_pfx(&bytes_of(&out.values[0]), "x").unwrap().entries.len(), 1, "{form}");
    }
}

#[test]
fn issuers_of_a_pfx_become_intermediates_and_a_root_is_not_trusted() {
    let mut lab = Lab::new();
    let root = Authority::root("Contoso CA").unwrap();
    let issuing = root.issuing("Contoso Issuing CA").unwrap();
    let leaf = issuing.server("CN=mail.contoso.com", &["mail.contoso.com"], 365).unwrap();
    let file = pfx_with(&leaf, "secret", &[issuing.0.certificate.clone(), root.0.certificate.clone()]);
    let told = lab.good(IMPORT, &[("FileData", Value::bytes(&file)), ("Password", password("secret"))]);
    assert_eq!(property(&told.values[0], "Status"), "Untrusted");
    let server = lab.server().id;
    let issuers = lab.store().trust_entries(server, TrustKind::Intermediate).unwrap();
    let names: Vec<&str> = issuers.iter().map(|entry| entry.subject.as_str()).collect();
    assert_eq!(names, ["CN=Contoso Issuing CA"]);
    let trusted = lab.store().trust_entries(server, TrustKind::Root).unwrap();
    assert!(!trusted.iter().any(|entry| entry.subject == "CN=Contoso CA"));
}

#[test]
fn file_names_work_where_the_version_has_them() {
    let mut lab = Lab::of_version(ServerVersion::Exchange2019);
    let minted = mail();
    std::fs::write(lab.state.folder().join("in.pfx"), pfx(&minted, "secret")).unwrap();
    let told = lab.good(
        IMPORT,
        &[
            ("FileName", text("in.pfx")),
            ("Password", password("secret")),
            ("PrivateKeyExportable", Value::TRUE),
        ],
    );
    let thumbprint = property(&told.values[0], "Thumbprint");
    let told = lab.good(
        EXPORT,
        &[
            ("Thumbprint", text(&thumbprint)),
            ("FileName", text("out.pfx")),
            ("BinaryEncoded", Value::TRUE),
            ("Password", password("x")),
        ],
    );
    assert_eq!(told.values.len(), 0);
    let path = lab.state.folder().join("out.pfx");
    assert_eq!(read_pfx(&std::fs::read(&path).unwrap(), "x").unwrap().entries.len(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let told = lab.run(IMPORT, &[("FileName", text("missing.pfx"))]);
    assert!(messages(&told)[0].contains("The file 'missing.pfx' can't be used"), "{:?}", messages(&told));

    let mut lab = Lab::new();
    let told = lab.run(IMPORT, &[("FileName", text("in.pfx"))]);
    assert_eq!(messages(&told), ["A parameter cannot be found that matches parameter name 'FileName'."]);
}

#[test]
fn no_secret_is_in_the_audit_trail() {
    let mut lab = Lab::new();
    let thumbprint = lab.import(&mail());
    lab.good(EXPORT, &[("Thumbprint", text(&thumbprint)), ("Password", password("topsecret"))]);
    let mut all = String::new();
    lab.store()
        .for_each_audit_row(0, &mut |row| {
            all.push_str(&format!("{:?}", row.entry));
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert!(all.contains("Export-ExchangeCertificate") && !all.contains("secret"), "{all}");
}
