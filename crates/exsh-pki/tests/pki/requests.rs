//! Requests as Exchange makes them, and the authority's answer.

use crate::support::{Folder, authority_extensions, key, leaf_extensions, name, openssl, template};
use exsh_pki::{CertificateRequest, EnrollmentClient, RequestTemplate, SanEntry};

fn request(pool: &str) -> CertificateRequest {
    let domains = vec!["mail.contoso.com".to_string(), "autodiscover.contoso.com".to_string()];
    let mut request =
        RequestTemplate::new(name("CN=mail.contoso.com, OU=IT, O=Contoso, L=Seattle, S=WA, C=US"), domains);
    request.client = Some(EnrollmentClient {
        os_version: "10.0.20348.2".into(),
        machine: "ex01.contoso.com".into(),
        account: "CONTOSO\\EX01$".into(),
        process: "Microsoft.Exchange.ServiceHost.exe".into(),
    });
    request.make(&key(pool)).unwrap()
}

#[test]
fn openssl_accepts_our_requests() {
    let folder = Folder::new();
    for pool in ["rsa2048-a", "rsa4096", "p256"] {
        let request = request(pool);
        let pem = request.to_pem("\r\n");
        let lines: Vec<&str> = pem.lines().collect();
        assert_eq!(lines[0], "-----BEGIN NEW CERTIFICATE REQUEST-----");
        assert_eq!(lines.last(), Some(&"-----END NEW CERTIFICATE REQUEST-----"));
        assert!(lines[1].len() == 64 && lines.iter().skip(1).rev().skip(1).all(|line| line.len() <= 64));
        let path = folder.write("request.pem", pem.as_bytes());
        let text = openssl(&[
            "req",
            "-in",
            &path,
            "-noout",
            "-verify",
            "-text",
            "-subject",
            "-nameopt",
            "RFC2253,show_type",
        ]);
        // observed: output.md section 2 (UTF8String but for the country, key usage critical, CA:FALSE, no EKU).
        for expected in [
            "verify OK",
            "CN=UTF8STRING:mail.contoso.com,OU=UTF8STRING:IT,O=UTF8STRING:Contoso,L=UTF8STRING:Seattle,ST=UTF8STRING:WA,C=PRINTABLESTRING:US",
            "DNS:mail.contoso.com, DNS:autodiscover.contoso.com",
            "X509v3 Key Usage: critical",
            "X509v3 Basic Constraints: critical",
            "X509v3 Subject Key Identifier:",
            "10.0.20348.2",
            if pool == "p256" { "ecdsa-with-SHA256" } else { "sha256WithRSAEncryption" },
        ] {
            assert!(text.contains(expected), "{expected} is missing in\n{text}");
        }
        assert!(!text.contains("Extended Key Usage"));
    }
}

#[test]
fn requests_are_read_back() {
    let request = request("rsa2048-a");
    assert!(request.is_genuine());
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(request.to_pem("\r\n").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    for bytes in [request.der().to_vec(), request.to_pem("\n").into_bytes(), utf16] {
        assert_eq!(CertificateRequest::read(&bytes).unwrap(), request);
    }
    assert_eq!(request.subject().as_str(), "CN=mail.contoso.com, OU=IT, O=Contoso, L=Seattle, S=WA, C=US");
    assert_eq!(
        request.san(),
        [SanEntry::Dns("mail.contoso.com".into()), SanEntry::Dns("autodiscover.contoso.com".into())]
    );
    let mut changed = request.der().to_vec();
    let at = changed.windows(7).position(|window| window == b"Contoso").unwrap();
    changed[at] = b'K';
    assert!(!CertificateRequest::from_der(&changed).unwrap().is_genuine());
    assert!(CertificateRequest::read(b"hello").is_err() && CertificateRequest::read(b"").is_err());
}

#[test]
fn an_answer_is_matched_by_its_public_key() {
    let (authority_key, request) = (key("rsa2048-b"), request("rsa2048-a"));
    let authority = template("CN=Lab CA", authority_extensions(None)).self_signed(&authority_key).unwrap();
    let leaf = template("CN=mail.contoso.com", leaf_extensions("mail.contoso.com"));
    let answer = leaf.issued_by(request.spki(), &authority, &authority_key).unwrap();
    assert!(request.is_answered_by(&answer) && answer.belongs_to(&key("rsa2048-a")));
    assert!(!request.is_answered_by(&authority));
    assert!(leaf.issued_by(request.spki(), &authority, &key("p256")).is_err());
}
