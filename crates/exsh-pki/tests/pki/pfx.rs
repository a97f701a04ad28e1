//! PFX files from and for other programs.

use crate::support::{
    Folder, authority_extensions, both, exchange, judge, key, key_path, leaf_extensions, openssl, template,
    try_openssl,
};
use exsh_pki::{
    CertError, Certificate, PfxParts, PfxProtection, PrivateKey, encode_base64, read_pfx, write_pfx,
};

const FRIENDLY: &str = "Mein Zertifikat äöü";
const PASSWORD: &str = "P@ssw0rd1";

fn written(
    certificate: &Certificate,
    key: Option<&PrivateKey>,
    chain: &[Certificate],
    protection: PfxProtection,
) -> Vec<u8> {
    let friendly_name = Some(FRIENDLY);
    write_pfx(&PfxParts { certificate, key, chain, friendly_name, password: PASSWORD, protection }).unwrap()
}

/// A leaf and its authority, the leaf with the key of the pool.
fn chain(pool: &str) -> (Certificate, Certificate) {
    let authority_key = key("rsa2048-b");
    let authority = template("CN=Lab CA", authority_extensions(None)).self_signed(&authority_key).unwrap();
    let leaf = template("CN=mail.contoso.com", leaf_extensions("mail.contoso.com"));
    (leaf.issued_by(key(pool).spki(), &authority, &authority_key).unwrap(), authority)
}

#[test]
fn files_of_openssl_are_read() {
    let folder = Folder::new();
    let (leaf, authority) = chain("rsa2048-a");
    let certificate = folder.write("leaf.pem", leaf.to_pem().as_bytes());
    let extra = folder.write("ca.pem", authority.to_pem().as_bytes());
    let key_file = key_path("rsa2048-a");
    let forms: [(&[&str], bool); 7] = [
        (&[], true),
        (&["-legacy"], true),
        (&["-legacy", "-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"], true),
        (&["-keypbe", "NONE", "-certpbe", "NONE"], true),
        (&["-nomac"], false),
        (&["-macalg", "sha512"], true),
        (&["-keypbe", "AES-128-CBC", "-certpbe", "AES-128-CBC"], true),
    ];
    for (form, has_mac) in forms {
        for password in [PASSWORD, "", "pässwörd"] {
            let path = folder.path("made.pfx");
            let password_argument = format!("pass:{password}");
            let mut arguments = vec![
                "pkcs12",
                "-export",
                "-in",
                &certificate,
                "-inkey",
                key_file.to_str().unwrap(),
                "-certfile",
                &extra,
                "-name",
                FRIENDLY,
                "-passout",
                &password_argument,
                "-out",
                &path,
            ];
            arguments.extend_from_slice(form);
            openssl(&arguments);
            let bytes = folder.read("made.pfx");
            let contents =
                read_pfx(&bytes, password).unwrap_or_else(|error| panic!("{form:?} {password}: {error}"));
            assert_eq!(contents.entries.len(), 1, "{form:?}");
            assert_eq!(contents.entries[0].certificate, leaf);
            assert_eq!(contents.entries[0].friendly_name.as_deref(), Some(FRIENDLY));
            assert!(contents.entries[0].key.matches(&leaf));
            assert_eq!(contents.others.len(), 1);
            assert_eq!(contents.others[0].certificate, authority);
            assert_eq!((contents.unmatched_keys, contents.has_mac), (0, has_mac));
            if !form.contains(&"NONE") || has_mac {
                assert_eq!(read_pfx(&bytes, "wrong").unwrap_err(), CertError::WrongPassword, "{form:?}");
            }
            assert_eq!(read_pfx(encode_base64(&bytes).as_bytes(), password).unwrap().entries.len(), 1);
        }
    }
}

#[test]
fn a_file_without_key_is_read() {
    let folder = Folder::new();
    let (leaf, authority) = chain("p256");
    let both = folder.write("both.pem", format!("{}{}", leaf.to_pem(), authority.to_pem()).as_bytes());
    let path = folder.path("nokey.pfx");
    openssl(&["pkcs12", "-export", "-nokeys", "-in", &both, "-passout", "pass:x", "-out", &path]);
    let contents = read_pfx(&folder.read("nokey.pfx"), "x").unwrap();
    assert!(contents.entries.is_empty());
    assert_eq!(contents.others.len(), 2);
    let own = read_pfx(&written(&leaf, None, &[authority], PfxProtection::Aes256Sha256), PASSWORD).unwrap();
    assert_eq!((own.entries.len(), own.others.len(), own.unmatched_keys), (0, 2, 0));
}

#[test]
fn our_files_are_read_by_openssl() {
    let folder = Folder::new();
    for pool in ["rsa2048-a", "rsa4096", "p256", "p384", "p521", "ed25519"] {
        for protection in [PfxProtection::Aes256Sha256, PfxProtection::TripleDesSha1] {
            let (leaf, authority) = chain(pool);
            let bytes = written(&leaf, Some(&key(pool)), std::slice::from_ref(&authority), protection);
            let path = folder.write("ours.pfx", &bytes);
            let text =
                openssl(&["pkcs12", "-info", "-nodes", "-in", &path, "-passin", &format!("pass:{PASSWORD}")]);
            let encryption = match protection {
                PfxProtection::Aes256Sha256 => {
                    "PBES2, PBKDF2, AES-256-CBC, Iteration 10000, PRF hmacWithSHA256"
                }
                PfxProtection::TripleDesSha1 => "pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 10000",
            };
            assert_eq!(text.matches(encryption).count(), 2, "{text}");
            // The name on both bags, the identifier on both bags.
            assert_eq!(text.matches("friendlyName: ").count(), 2, "{text}");
            assert_eq!(text.matches("localKeyID: ").count(), 2);
            let clear = folder.write("clear.pem", text.as_bytes());
            let certificates = exsh_pki::read_certificates(text.as_bytes()).unwrap();
            assert_eq!(certificates, [leaf.clone(), authority]);
            assert!(PrivateKey::from_pem(&folder.read("clear.pem"), None).unwrap().matches(&leaf));
            let refused = try_openssl(&["pkcs12", "-in", &path, "-passin", "pass:wrong", "-nodes"]);
            assert!(!refused.status.success() && both(&refused).contains("invalid password"), "{clear}");

            let again = read_pfx(&bytes, PASSWORD).unwrap();
            assert_eq!(again.entries[0].friendly_name.as_deref(), Some(FRIENDLY));
            assert!(again.entries[0].key.matches(&leaf) && again.has_mac);
        }
    }
}

#[test]
fn our_files_are_read_by_java() {
    let folder = Folder::new();
    let (leaf, authority) = chain("rsa2048-a");
    for protection in [PfxProtection::Aes256Sha256, PfxProtection::TripleDesSha1] {
        let path = folder.write(
            "ours.pfx",
            &written(&leaf, Some(&key("rsa2048-a")), std::slice::from_ref(&authority), protection),
        );
        let arguments = [
            "-J-Duser.language=en",
            "-list",
            "-v",
            "-storetype",
            "PKCS12",
            "-keystore",
            &path,
            "-storepass",
            PASSWORD,
        ];
        let Some(text) = judge("keytool", &arguments) else { return };
        assert!(
            text.contains("Entry type: PrivateKeyEntry") && text.contains("Certificate chain length: 2"),
            "{text}"
        );
        let colons = leaf.thumbprint().0.map(|byte| format!("{byte:02X}")).join(":");
        assert!(text.contains(&colons), "{text}");
    }
}

#[test]
fn files_of_java_are_read() {
    let folder = Folder::new();
    let path = folder.path("java.p12");
    let arguments = [
        "-genkeypair",
        "-alias",
        "mail",
        "-keyalg",
        "EC",
        "-dname",
        "CN=java.contoso.com",
        "-storetype",
        "PKCS12",
        "-keystore",
        &path,
        "-storepass",
        PASSWORD,
    ];
    if judge("keytool", &arguments).is_none() {
        return;
    }
    let contents = read_pfx(&folder.read("java.p12"), PASSWORD).unwrap();
    assert_eq!(contents.entries[0].certificate.subject().as_str(), "CN=java.contoso.com");
    assert_eq!(contents.entries[0].friendly_name.as_deref(), Some("mail"));
}

#[test]
fn our_files_are_read_by_python() {
    let folder = Folder::new();
    let certificate = exchange(&key("p256"));
    for protection in [PfxProtection::Aes256Sha256, PfxProtection::TripleDesSha1] {
        let path = folder.write("ours.pfx", &written(&certificate, Some(&key("p256")), &[], protection));
        let script = "import sys\ntry:\n from cryptography.hazmat.primitives.serialization import pkcs12\nexcept ImportError:\n print('missing'); sys.exit()\nfrom cryptography.hazmat.primitives import hashes\np = pkcs12.load_pkcs12(open(sys.argv[1],'rb').read(), sys.argv[2].encode())\nprint(p.cert.friendly_name.decode(), p.cert.certificate.fingerprint(hashes.SHA1()).hex().upper(), p.key is not None)";
        let Some(text) = judge("python3", &["-X", "utf8", "-c", script, &path, PASSWORD]) else { return };
        if text.trim() == "missing" {
            return;
        }
        assert_eq!(text.trim(), format!("{FRIENDLY} {} True", certificate.thumbprint()));
    }
}

#[test]
fn a_file_of_indefinite_length_is_read() {
    let certificate = exchange(&key("p256"));
    let der = written(&certificate, Some(&key("p256")), &[], PfxProtection::Aes256Sha256);
    assert_eq!(der[1], 0x82);
    let ber = [&[0x30, 0x80], &der[4..], &[0, 0]].concat();
    assert!(read_pfx(&ber, PASSWORD).unwrap().entries[0].key.matches(&certificate));
    assert_eq!(read_pfx(&ber, "wrong").unwrap_err(), CertError::WrongPassword);
}

#[test]
fn what_does_not_fit_is_refused() {
    let certificate = exchange(&key("p256"));
    let other = key("p384");
    let parts = PfxParts {
        certificate: &certificate,
        key: Some(&other),
        chain: &[],
        friendly_name: None,
        password: "",
        protection: PfxProtection::default(),
    };
    assert_eq!(write_pfx(&parts).unwrap_err(), CertError::KeyDoesNotMatch);
    assert_eq!(read_pfx(b"", "x").unwrap_err(), CertError::Empty);
    assert_eq!(read_pfx(certificate.der(), "x").unwrap_err(), CertError::NotRecognized { expected: "a PFX" });
    assert_eq!(read_pfx(b"garbage!", "x").unwrap_err(), CertError::NotRecognized { expected: "a PFX" });
    let good = written(&certificate, None, &[], PfxProtection::Aes256Sha256);
    assert_eq!(read_pfx(&good, "x\u{1F511}").unwrap_err(), CertError::PasswordNotSupported);
    for length in [3, 10, 60, good.len() - 1] {
        assert!(read_pfx(&good[..length], PASSWORD).is_err(), "{length}");
    }
    for at in (0..good.len()).step_by(7) {
        let mut damaged = good.clone();
        damaged[at] ^= 0x41;
        let _ = read_pfx(&damaged, PASSWORD);
    }
}
