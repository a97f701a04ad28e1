//! What a certificate says, and certificates we make, with OpenSSL as the second opinion.

use crate::support::{DAY, Folder, exchange, key, key_path, name, now, openssl};
use exsh_pki::{
    Certificate, Curve, ExtensionLayout, KeyKind, KeySpec, PrivateKey, SanEntry, SelfSigned, SignatureHash,
    civil_from_unix, read_certificates, unix_from_civil,
};

/// One `openssl x509` answer, its line ends cut.
fn ask(folder: &Folder, certificate: &Certificate, question: &[&str]) -> String {
    let path = folder.write("asked.der", certificate.der());
    let mut arguments = vec!["x509", "-inform", "DER", "-noout", "-in", &path];
    arguments.extend_from_slice(question);
    openssl(&arguments).trim_end().to_string()
}

#[test]
fn facts_agree_with_openssl() {
    let folder = Folder::new();
    for (name, kind, bits) in [
        ("rsa2048-a", KeyKind::Rsa, 2048),
        ("rsa4096", KeyKind::Rsa, 4096),
        ("rsa1024", KeyKind::Rsa, 1024),
        ("p256", KeyKind::Ecdsa(Curve::P256), 256),
        ("p384", KeyKind::Ecdsa(Curve::P384), 384),
        ("p521", KeyKind::Ecdsa(Curve::P521), 521),
        ("ed25519", KeyKind::Ed25519, 256),
    ] {
        let path = folder.path("made.pem");
        let key_file = key_path(name);
        openssl(&[
            "req",
            "-x509",
            "-new",
            "-key",
            key_file.to_str().unwrap(),
            "-days",
            "30",
            "-out",
            &path,
            "-subj",
            "/C=DE/O=Contoso, Ltd./CN=mail.contoso.com",
            "-addext",
            "subjectAltName=DNS:mail.contoso.com,IP:192.0.2.7,email:a@contoso.com,DNS:*.contoso.com,IP:2001:db8::1",
        ]);
        let certificate = read_certificates(&folder.read("made.pem")).unwrap().remove(0);
        let facts = certificate.facts();
        let fingerprint = ask(&folder, &certificate, &["-fingerprint", "-sha1"]);
        assert_eq!(fingerprint.rsplit('=').next().unwrap().replace(':', ""), facts.thumbprint.to_string());
        assert_eq!(
            ask(&folder, &certificate, &["-serial"]),
            format!("serial={}", facts.serial.trim_start_matches("00"))
        );
        assert_eq!(facts.subject, "CN=mail.contoso.com, O=\"Contoso, Ltd.\", C=DE");
        assert_eq!(facts.domains, ["mail.contoso.com", "*.contoso.com"]);
        assert_eq!(
            certificate.san(),
            [
                SanEntry::Dns("mail.contoso.com".into()),
                SanEntry::Ip("192.0.2.7".parse().unwrap()),
                SanEntry::Email("a@contoso.com".into()),
                SanEntry::Dns("*.contoso.com".into()),
                SanEntry::Ip("2001:db8::1".parse().unwrap()),
            ]
        );
        let (year, month, day, hour, minute, second) = civil_from_unix(facts.not_after);
        let shown = ask(&folder, &certificate, &["-enddate", "-dateopt", "iso_8601"]);
        assert_eq!(shown, format!("notAfter={year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}Z"));
        assert_eq!((facts.key_kind, facts.key_bits, facts.version), (kind, bits, 3));
        assert!(facts.is_self_signed && facts.is_ca, "{name}");
        assert!(certificate.belongs_to(&key(name)) && !certificate.belongs_to(&key("rsa2048-b")));
        assert!(certificate.covers("MAIL.contoso.com") && certificate.covers("x.contoso.com"));
        assert!(!certificate.covers("contoso.com"));
    }
}

#[test]
fn names_are_shown_as_in_net() {
    // documented: X500NameEncoder.cs of dotnet/runtime; the encodings are OpenSSL's.
    let folder = Folder::new();
    let key_file = key_path("p256");
    for (subject, extra, shown) in [
        (
            "/C=US/ST=WA/L=Seattle/O=Contoso/OU=IT/CN=*.contoso.com",
            "",
            "CN=*.contoso.com, OU=IT, O=Contoso, L=Seattle, S=WA, C=US",
        ),
        ("/O=Say \"hi\"/CN=a", "", "CN=a, O=\"Say \"\"hi\"\"\""),
        ("/O= outer /CN=a\\+b", "", "CN=\"a+b\", O=\" outer \""),
        ("/O=Müller & Söhne/CN=büro", "-utf8", "CN=büro, O=Müller & Söhne"),
        ("/DC=com/DC=contoso/CN=a+OU=b", "-multivalue-rdn", "CN=a + OU=b, DC=contoso, DC=com"),
        (
            "/businessCategory=Private Organization/serialNumber=12/street=Main 1/CN=a",
            "",
            "CN=a, STREET=Main 1, SERIALNUMBER=12, OID.2.5.4.15=Private Organization",
        ),
        ("/emailAddress=a@contoso.com/GN=A/SN=B/title=T/CN=a", "", "CN=a, T=T, SN=B, G=A, E=a@contoso.com"),
        ("/O=a;b#c<d>/CN=x\\,y", "", "CN=\"x,y\", O=\"a;b#c<d>\""),
    ] {
        let path = folder.path("named.pem");
        let mut arguments =
            vec!["req", "-x509", "-new", "-key", key_file.to_str().unwrap(), "-out", &path, "-subj", subject];
        arguments.extend((!extra.is_empty()).then_some(extra));
        openssl(&arguments);
        let certificate = read_certificates(&folder.read("named.pem")).unwrap().remove(0);
        assert_eq!(certificate.subject().as_str(), shown);
        assert_eq!(certificate.tls_name(), format!("<I>{shown}<S>{shown}"));
    }
}

#[test]
fn domains_follow_exchange() {
    // observed: output.md 1.3 (a common name with blanks is no domain, one without SAN is).
    let key = key("p256");
    let auth = SelfSigned::exchange_auth(now(), SignatureHash::Sha256).make(&key).unwrap();
    assert!(auth.domains().is_empty());
    let web = SelfSigned::iis_management("MOS-MAIL", now()).make(&key).unwrap();
    assert_eq!(web.domains(), ["WMSvc-SHA2-MOS-MAIL"]);
    let server =
        SelfSigned::exchange_server("MOS-MAIL", "MOS-MAIL.corp.example", now(), SignatureHash::Sha256);
    assert_eq!(server.make(&key).unwrap().domains(), ["MOS-MAIL", "MOS-MAIL.corp.example"]);
}

#[test]
fn a_fresh_server_has_its_three_certificates() {
    // observed: output.md section 6, extensions and their order, dates, serial, string type, hash.
    let folder = Folder::new();
    let key = key("rsa2048-a");
    let oids = |certificate: &Certificate| {
        certificate.extensions().iter().map(|e| (e.oid.clone(), e.critical)).collect::<Vec<_>>()
    };
    let owned = |list: &[(&str, bool)]| list.iter().map(|(oid, c)| (oid.to_string(), *c)).collect::<Vec<_>>();

    let server = SelfSigned::exchange_server("EX01", "ex01.contoso.com", now(), SignatureHash::Sha1)
        .make(&key)
        .unwrap();
    assert_eq!(
        oids(&server),
        owned(&[("2.5.29.15", true), ("2.5.29.17", false), ("2.5.29.37", false), ("2.5.29.19", true)])
    );
    assert_eq!(server.facts().not_after, unix_from_civil(2031, 11, 24, 12, 0, 0));
    let auth = SelfSigned::exchange_auth(now(), SignatureHash::Sha1).make(&key).unwrap();
    assert_eq!(oids(&auth), owned(&[("2.5.29.15", true), ("2.5.29.37", false), ("2.5.29.19", true)]));
    assert_eq!(auth.facts().not_after - auth.facts().not_before, 1_800 * DAY);
    let web = SelfSigned::iis_management("EX01", now()).make(&key).unwrap();
    assert_eq!(oids(&web), owned(&[("2.5.29.37", false), ("2.5.29.15", false)]));
    assert_eq!(web.facts().not_after - web.facts().not_before, 3_650 * DAY);

    for (certificate, subject, hash) in [
        (&server, "CN=EX01", "sha1RSA"),
        (&auth, "CN=Microsoft Exchange Server Auth Certificate", "sha1RSA"),
        (&web, "CN=WMSvc-SHA2-EX01", "sha256RSA"),
    ] {
        let facts = certificate.facts();
        assert_eq!((facts.subject.as_str(), facts.issuer.as_str()), (subject, subject));
        assert_eq!((facts.signature_name.as_str(), facts.serial.len()), (hash, 32));
        assert!(facts.is_self_signed && !facts.is_ca);
        let path = folder.write("self.pem", certificate.to_pem().as_bytes());
        // The level lets OpenSSL accept SHA-1.
        let flags =
            ["verify", "-auth_level", "0", "-check_ss_sig", "-attime", "1795521601", "-CAfile", &path, &path];
        assert!(openssl(&flags).contains(": OK"));
        assert!(
            ask(&folder, certificate, &["-subject", "-nameopt", "RFC2253,show_type"])
                .contains("PRINTABLESTRING")
        );
    }
    let text = ask(&folder, &server, &["-text"]);
    for expected in [
        "X509v3 Key Usage: critical\n                Digital Signature, Key Encipherment\n",
        "DNS:EX01, DNS:ex01.contoso.com",
        "TLS Web Server Authentication",
        "X509v3 Basic Constraints: critical\n                CA:FALSE",
    ] {
        assert!(text.contains(expected), "{text}");
    }
    assert!(
        ask(&folder, &web, &["-text"]).contains("Digital Signature, Key Encipherment, Data Encipherment")
    );
}

#[test]
fn self_signed_with_every_kind_of_key() {
    let folder = Folder::new();
    for pool in ["rsa2048-a", "rsa4096", "p256", "p384", "p521", "ed25519"] {
        let certificate = exchange(&key(pool));
        assert!(certificate.is_self_signed(), "{pool}");
        let path = folder.write("self.pem", certificate.to_pem().as_bytes());
        assert!(
            openssl(&["verify", "-attime", "1795521601", "-check_ss_sig", "-CAfile", &path, &path])
                .contains(": OK")
        );
        assert_eq!(read_certificates(certificate.to_pem().as_bytes()).unwrap(), [certificate]);
    }
    let asked = SelfSigned {
        subject_key_id: Some(vec![1, 2, 3]),
        serial: Some(vec![0x80, 1]),
        layout: ExtensionLayout::Exchange,
        ..SelfSigned::new_exchange(name("CN=a"), vec!["bücher.example".into(), "192.0.2.7".into()], now())
    };
    let certificate = asked.make(&key("p256")).unwrap();
    assert_eq!(certificate.subject_key_id(), Some(&[1u8, 2, 3][..]));
    assert_eq!(certificate.facts().serial, "008001");
    assert_eq!(
        certificate.san(),
        [SanEntry::Dns("xn--bcher-kva.example".into()), SanEntry::Ip("192.0.2.7".parse().unwrap())]
    );
}

#[test]
fn generated_keys_work() {
    let folder = Folder::new();
    for (spec, kind, bits) in [
        (KeySpec::Rsa(2048), KeyKind::Rsa, 2048),
        (KeySpec::EcdsaP256, KeyKind::Ecdsa(Curve::P256), 256),
        (KeySpec::EcdsaP384, KeyKind::Ecdsa(Curve::P384), 384),
    ] {
        let key = PrivateKey::generate(spec).unwrap();
        assert_eq!((key.kind(), key.bits()), (kind, bits));
        let certificate = exchange(&key);
        assert!(certificate.belongs_to(&key) && certificate.is_self_signed());
        let path = folder.write("key.der", key.pkcs8());
        let public = openssl(&["pkey", "-inform", "DER", "-in", &path, "-pubout"]);
        assert_eq!(ask(&folder, &certificate, &["-pubkey"]), public.trim_end());
    }
    let refused = PrivateKey::generate(KeySpec::Rsa(1024)).unwrap_err();
    assert_eq!(refused.to_string(), "a key of kind RSA 1024 cannot be generated");
}

#[test]
fn rsa_pss_is_checked() {
    let folder = Folder::new();
    let path = folder.path("pss.pem");
    let key_file = key_path("rsa2048-a");
    for (hash, salt) in
        [("-sha256", "-1"), ("-sha384", "-1"), ("-sha512", "-1"), ("-sha256", "-3"), ("-sha512", "-3")]
    {
        openssl(&[
            "req",
            "-x509",
            "-new",
            "-key",
            key_file.to_str().unwrap(),
            hash,
            "-subj",
            "/CN=a",
            "-out",
            &path,
            "-sigopt",
            "rsa_padding_mode:pss",
            "-sigopt",
            &format!("rsa_pss_saltlen:{salt}"),
        ]);
        let certificate = read_certificates(&folder.read("pss.pem")).unwrap().remove(0);
        assert_eq!(certificate.facts().signature_name, "RSASSA-PSS");
        assert!(certificate.is_self_signed());
        let mut forged = certificate.der().to_vec();
        let last = forged.len() - 1;
        forged[last] ^= 1;
        assert!(!Certificate::from_der(&forged).unwrap().is_self_signed(), "{hash}");
    }
}
