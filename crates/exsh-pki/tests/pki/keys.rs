//! Private keys in every form OpenSSL writes.

use crate::support::{Folder, exchange, key, key_path, openssl};
use exsh_pki::{CertError, PrivateKey};

#[test]
fn every_form_of_a_key_is_the_same_key() {
    let folder = Folder::new();
    for pool in ["rsa2048-a", "p256", "p384", "p521", "ed25519"] {
        let source = key_path(pool);
        let source = source.to_str().unwrap();
        let expected = key(pool);
        let certificate = exchange(&expected);
        let mut forms: Vec<Vec<&str>> =
            vec![vec![], vec!["-outform", "DER"], vec!["-aes256", "-passout", "pass:geheim"]];
        if pool != "ed25519" {
            forms.push(vec!["-traditional"]);
            forms.push(vec!["-traditional", "-outform", "DER"]);
        }
        for form in forms {
            let path = folder.path("key");
            let mut arguments = vec!["pkey", "-in", source, "-out", &path];
            arguments.extend(&form);
            openssl(&arguments);
            let bytes = folder.read("key");
            let read = if bytes.starts_with(b"-----") { PrivateKey::from_pem } else { PrivateKey::from_der };
            let found =
                read(&bytes, Some("geheim")).unwrap_or_else(|error| panic!("{pool} {form:?}: {error}"));
            assert!(found.matches(&certificate), "{pool} {form:?}");
            if form.contains(&"-aes256") {
                assert_eq!(read(&bytes, Some("falsch")).unwrap_err(), CertError::WrongPassword);
                assert_eq!(read(&bytes, None).unwrap_err(), CertError::WrongPassword);
            }
        }
    }
}

#[test]
fn a_key_without_its_public_half_is_completed() {
    let folder = Folder::new();
    let path = folder.path("bare.der");
    let source = key_path("p256");
    openssl(&["ec", "-in", source.to_str().unwrap(), "-no_public", "-outform", "DER", "-out", &path]);
    let found = PrivateKey::from_der(&folder.read("bare.der"), None).unwrap();
    assert_eq!(found.spki(), key("p256").spki());
}

#[test]
fn nothing_shows_a_key() {
    let key = key("p256");
    assert_eq!(format!("{key:?}"), "PrivateKey(ECDSA_P256 256, not shown)");
    assert!(
        PrivateKey::from_pem(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", None).is_err()
    );
    assert!(PrivateKey::from_pkcs8(&key.pkcs8()[..40]).is_err());
}
