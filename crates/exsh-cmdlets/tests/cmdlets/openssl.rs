//! OpenSSL as a judge: its PFX files come in, are assigned, and what goes out it reads again.

use crate::lab::{Lab, password, property, read, text};
use exsh_core::value::Value;
use exsh_state::model::ServerVersion;
use std::path::Path;
use std::process::Command;

fn openssl(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("openssl").current_dir(folder).args(arguments).output();
    let output = output.expect("the tests need the program openssl");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "openssl {}: {complaint}", arguments.join(" "));
    said
}

fn round(version: ServerVersion, key: &[&str], legacy: bool) {
    let mut lab = Lab::of_version(version);
    // OpenSSL's certificate begins now, by the clock of the machine.
    let clock = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    lab.now = clock.as_secs() as i64 + 60;
    let folder = lab.state.folder().to_owned();
    let mut request =
        vec!["req", "-x509", "-nodes", "-days", "90", "-subj", "/O=Contoso/CN=mail.contoso.com"];
    request.extend(["-addext", "subjectAltName=DNS:mail.contoso.com,DNS:autodiscover.contoso.com"]);
    request.extend(["-keyout", "key.pem", "-out", "cert.pem"]);
    request.extend(key);
    openssl(&folder, &request);
    let mut export = vec!["pkcs12", "-export", "-in", "cert.pem", "-inkey", "key.pem", "-out", "in.pfx"];
    export.extend(["-name", "Mail für alle", "-passout", "pass:P@ssw0rd1"]);
    if legacy {
        export.push("-legacy");
    }
    openssl(&folder, &export);
    let expected = openssl(&folder, &["x509", "-in", "cert.pem", "-noout", "-fingerprint", "-sha1"]);
    let expected = expected.trim().rsplit('=').next().unwrap().replace(':', "");

    let file = std::fs::read(folder.join("in.pfx")).unwrap();
    let told = lab.good(
        "Import-ExchangeCertificate",
        &[
            ("FileData", Value::bytes(&file)),
            ("Password", password("P@ssw0rd1")),
            ("PrivateKeyExportable", Value::TRUE),
        ],
    );
    let facts = ["Thumbprint", "Subject", "CertificateDomains", "FriendlyName", "Status"];
    assert_eq!(
        facts.map(|name| property(&told.values[0], name)),
        [
            expected.as_str(),
            "CN=mail.contoso.com, O=Contoso",
            "mail.contoso.com autodiscover.contoso.com",
            "Mail für alle",
            "Valid"
        ]
    );
    assert!(lab.enable(&expected, "POP,IMAP,IIS,SMTP").errors.is_empty());
    assert_eq!(lab.services(&expected), "IMAP, POP, IIS, SMTP");

    let told = lab.good(
        "Export-ExchangeCertificate",
        &[("Thumbprint", text(&expected)), ("BinaryEncoded", Value::TRUE), ("Password", password("new"))],
    );
    let data = read(&told.values[0], "FileData");
    let bytes: Vec<u8> = data.as_list().unwrap().items().iter().filter_map(Value::as_byte).collect();
    std::fs::write(folder.join("out.pfx"), bytes).unwrap();
    let mut import = vec!["pkcs12", "-in", "out.pfx", "-nodes", "-passin", "pass:new", "-out", "back.pem"];
    // What an Exchange 2016 gives out is in the old form, which OpenSSL 3 reads when asked to.
    if version == ServerVersion::Exchange2016 {
        import.push("-legacy");
    }
    openssl(&folder, &import);
    let back = openssl(&folder, &["x509", "-in", "back.pem", "-noout", "-fingerprint", "-sha1"]);
    assert_eq!(back.trim().rsplit('=').next().unwrap().replace(':', ""), expected);
    // It prints names in Latin-1.
    let bags: String = std::fs::read(folder.join("back.pem")).unwrap().into_iter().map(char::from).collect();
    assert_eq!(bags.matches("friendlyName: Mail für alle").count(), 2, "{bags}");
    // The key that came back is the certificate's.
    let public = openssl(&folder, &["x509", "-in", "back.pem", "-noout", "-pubkey"]);
    assert_eq!(openssl(&folder, &["pkey", "-in", "back.pem", "-pubout"]), public);
}

#[test]
fn rsa_2048_goes_in_and_out() {
    round(ServerVersion::ExchangeSe, &["-newkey", "rsa:2048"], false);
}

#[test]
fn rsa_4096_goes_in_and_out() {
    round(ServerVersion::ExchangeSe, &["-newkey", "rsa:4096"], false);
}

#[test]
fn ecdsa_p256_goes_in_and_out() {
    round(ServerVersion::ExchangeSe, &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"], false);
}

#[test]
fn the_old_form_goes_in_and_out_on_2016() {
    round(ServerVersion::Exchange2016, &["-newkey", "rsa:2048"], true);
}
