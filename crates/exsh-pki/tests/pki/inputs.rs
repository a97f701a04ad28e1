//! Files in every wrapping, damaged files, and anything at all.

use crate::support::{Folder, exchange, key, openssl};
use exsh_pki::{
    CertError, Certificate, CertificateRequest, Crl, InputKind, PrivateKey, RequestTemplate, encode_base64,
    read_certificates, read_pfx, sniff, write_pkcs7,
};
use proptest::prelude::*;

fn utf16(text: &str) -> Vec<u8> {
    [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

#[test]
fn a_certificate_is_found_in_every_wrapping() {
    let folder = Folder::new();
    let (first, second) = (exchange(&key("p256")), exchange(&key("p384")));
    let pem = first.to_pem();
    let two = format!("subject=whatever\n{pem}\ntext between\n{}trailing", second.to_pem());
    let both = folder.write("both.pem", two.as_bytes());
    let p7b = folder.path("both.p7b");
    openssl(&["crl2pkcs7", "-nocrl", "-certfile", &both, "-out", &p7b]);
    let p7b_der = folder.path("both.der");
    openssl(&["crl2pkcs7", "-nocrl", "-certfile", &both, "-outform", "DER", "-out", &p7b_der]);
    let trusted = folder.path("trusted.pem");
    openssl(&["x509", "-in", &both, "-trustout", "-addtrust", "serverAuth", "-out", &trusted]);
    let marked: Vec<u8> = [0xEF, 0xBB, 0xBF].into_iter().chain(pem.bytes()).collect();
    let crlf = pem.replace('\n', "\r\n");
    let with_key = format!(
        "{}{pem}",
        String::from_utf8(std::fs::read(crate::support::key_path("p256")).unwrap()).unwrap()
    );
    let one = std::slice::from_ref(&first);
    let all = [first.clone(), second.clone()];
    let cases: Vec<(&str, Vec<u8>, &[Certificate])> = vec![
        ("PEM", pem.clone().into_bytes(), one),
        ("PEM with CRLF", crlf.into_bytes(), one),
        ("PEM in UTF-16", utf16(&pem), one),
        ("PEM in UTF-16 without mark", utf16(&pem)[2..].to_vec(), one),
        ("PEM in big-endian UTF-16", pem.encode_utf16().flat_map(u16::to_be_bytes).collect(), one),
        ("PEM in UTF-8 with mark", marked, one),
        ("PEM after blank lines", format!("\n\n {pem}").into_bytes(), one),
        ("key and certificate", with_key.into_bytes(), one),
        ("two in PEM with text", two.into_bytes(), &all),
        ("DER", first.der().to_vec(), one),
        ("DER with line end", [first.der(), b"\r\n"].concat(), one),
        ("two in DER", [first.der(), second.der()].concat(), &all),
        ("Base64", encode_base64(first.der()).into_bytes(), one),
        ("PKCS#7 in PEM", folder.read("both.p7b"), &all),
        ("PKCS#7 in DER", folder.read("both.der"), &all),
        ("PKCS#7 in Base64", encode_base64(&folder.read("both.der")).into_bytes(), &all),
        ("our PKCS#7", write_pkcs7(&all), &all),
        ("trusted form of OpenSSL", folder.read("trusted.pem"), one),
    ];
    for (what, bytes, expected) in cases {
        assert_eq!(read_certificates(&bytes).as_deref(), Ok(expected), "{what}");
    }
    let ours = folder.write("ours.p7b", &write_pkcs7(&all));
    let shown = openssl(&["pkcs7", "-inform", "DER", "-in", &ours, "-print_certs"]);
    assert_eq!(read_certificates(shown.as_bytes()).as_deref(), Ok(&all[..]));
}

#[test]
fn indefinite_lengths_are_read() {
    // OpenSSL streams a signed message as BER with indefinite lengths.
    let folder = Folder::new();
    let certificate = exchange(&key("p256"));
    let signer = folder.write("signer.pem", certificate.to_pem().as_bytes());
    let (key_file, path) = (crate::support::key_path("p256"), folder.path("ber.p7m"));
    openssl(&[
        "cms",
        "-sign",
        "-binary",
        "-nodetach",
        "-stream",
        "-in",
        &signer,
        "-signer",
        &signer,
        "-inkey",
        key_file.to_str().unwrap(),
        "-outform",
        "DER",
        "-out",
        &path,
    ]);
    let bytes = folder.read("ber.p7m");
    assert_eq!(bytes[1], 0x80, "this should be BER");
    assert_eq!(read_certificates(&bytes), Ok(vec![certificate]));
}

#[test]
fn kinds_are_told_apart() {
    let certificate = exchange(&key("p256"));
    let request = RequestTemplate::new(certificate.subject().clone(), vec![]).make(&key("p256")).unwrap();
    for (bytes, kind) in [
        (&b""[..], InputKind::Empty),
        (b" \r\n", InputKind::Empty),
        (certificate.to_pem().as_bytes(), InputKind::Pem),
        (certificate.der(), InputKind::Certificate),
        (encode_base64(certificate.der()).as_bytes(), InputKind::Base64),
        (&write_pkcs7(&[]), InputKind::Pkcs7),
        (request.der(), InputKind::Request),
        (key("p256").pkcs8(), InputKind::PrivateKey),
        (b"\x00\x01garbage", InputKind::Unknown),
    ] {
        assert_eq!(sniff(bytes), kind);
    }
}

#[test]
fn damage_is_named() {
    let certificate = exchange(&key("p256"));
    let der = certificate.der();
    let error = |bytes: &[u8]| read_certificates(bytes).unwrap_err();
    assert_eq!(error(b""), CertError::Empty);
    assert_eq!(
        error(b"no certificate here!"),
        CertError::NotRecognized { expected: "a certificate in PEM, DER, Base64 or PKCS#7" }
    );
    assert_eq!(error(&der[..100]), CertError::Truncated { what: "the certificate", at: 100 });
    assert_eq!(error(&write_pkcs7(&[])), CertError::NoCertificate);
    assert_eq!(
        error(b"-----BEGIN CERTIFICATE-----\nMIIB"),
        CertError::Truncated { what: "the PEM block", at: 32 }
    );
    assert_eq!(
        error(b"-----BEGIN CERTIFICATE-----\nMI*B\n-----END CERTIFICATE-----"),
        CertError::BadBase64 { at: 30 }
    );
    assert_eq!(error(b"-----BEGIN X-----\nMIIB\n-----END X-----"), CertError::NoCertificate);
    assert_eq!(
        error(key("p256").pkcs8()).to_string(),
        "the input is not a certificate (it is a private key)"
    );
    assert!(matches!(error(&vec![0x30; exsh_pki::INPUT_LIMIT + 1]), CertError::TooLarge { .. }));
    for length in 0..der.len() {
        assert!(read_certificates(&der[..length]).is_err(), "{length}");
    }
}

/// Everything that takes bytes from outside.
fn read_all(bytes: &[u8]) {
    let _ = sniff(bytes);
    let _ = read_certificates(bytes);
    let _ = Certificate::from_der(bytes);
    let _ = read_pfx(bytes, "x");
    let _ = CertificateRequest::read(bytes);
    let _ = Crl::read(bytes);
    let _ = PrivateKey::from_der(bytes, Some("x"));
    let _ = PrivateKey::from_pem(bytes, Some("x"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_is_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
    }

    #[test]
    fn damaged_structures_are_read_without_panic(
        which in 0usize..4,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<prop::sample::Index>(),
    ) {
        let key = key("p256");
        let certificate = exchange(&key);
        let mut bytes = match which {
            0 => certificate.der().to_vec(),
            1 => write_pkcs7(&[certificate]),
            2 => key.pkcs8().to_vec(),
            _ => RequestTemplate::new(certificate.subject().clone(), vec!["a.b".into()]).make(&key).unwrap().der().to_vec(),
        };
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        read_all(&bytes);
        read_all(&bytes[..cut.index(bytes.len())]);
    }

    #[test]
    fn names_come_back_as_they_were_shown(text in "[ -~äß]{0,40}") {
        if let Ok(name) = exsh_pki::Name::parse(&format!("CN=\"{}\"", text.replace('"', "\"\"")), exsh_pki::StringForm::Printable) {
            prop_assert_eq!(name.common_name(), Some(text.clone()));
            let again = exsh_pki::Name::parse(name.as_str(), exsh_pki::StringForm::Printable).unwrap();
            prop_assert_eq!(again, name);
        }
    }

    #[test]
    fn texts_are_parsed_without_panic(text in "\\PC{0,60}") {
        let _ = exsh_pki::Name::parse(&text, exsh_pki::StringForm::Utf8);
        let _ = exsh_pki::Thumbprint::parse(&text);
        let _ = exsh_pki::host_matches(&text, "mail.contoso.com");
    }
}
