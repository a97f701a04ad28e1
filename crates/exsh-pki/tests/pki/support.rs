//! Keys from the pool, a folder that cleans itself up, and other programs as judges.

use exsh_pki::{
    Certificate, CertificateTemplate, ExtensionSpec, KeyUsage, Name, PrivateKey, SanEntry, SelfSigned,
    SignatureHash, StringForm, unix_from_civil,
};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

/// 24 November 2026, 12:00:00 UTC: the moment all tests take for now.
pub fn now() -> i64 {
    unix_from_civil(2026, 11, 24, 12, 0, 0)
}

pub const DAY: i64 = 86_400;

pub fn key_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys").join(format!("{name}.pem"))
}

pub fn key(name: &str) -> PrivateKey {
    PrivateKey::from_pem(&std::fs::read(key_path(name)).unwrap(), None).unwrap()
}

pub fn name(text: &str) -> Name {
    Name::parse(text, StringForm::Printable).unwrap()
}

/// A server certificate for mail.contoso.com as New-ExchangeCertificate makes it.
pub fn exchange(key: &PrivateKey) -> Certificate {
    let domains = vec!["mail.contoso.com".to_string(), "autodiscover.contoso.com".to_string()];
    let subject = name("CN=mail.contoso.com, O=\"Contoso, Ltd.\", C=DE");
    SelfSigned::new_exchange(subject, domains, now()).make(key).unwrap()
}

/// A template that is valid from yesterday for a year.
pub fn template(subject: &str, extensions: Vec<ExtensionSpec>) -> CertificateTemplate {
    CertificateTemplate {
        subject: name(subject),
        not_before: now() - DAY,
        not_after: now() + 365 * DAY,
        hash: SignatureHash::Sha256,
        serial: None,
        extensions,
    }
}

pub fn authority_extensions(path_length: Option<u32>) -> Vec<ExtensionSpec> {
    vec![
        ExtensionSpec::BasicConstraints { is_ca: true, path_length, critical: true },
        ExtensionSpec::KeyUsage { usage: KeyUsage::KEY_CERT_SIGN.with(KeyUsage::CRL_SIGN), critical: true },
        ExtensionSpec::SubjectKeyId(None),
    ]
}

pub fn leaf_extensions(host: &str) -> Vec<ExtensionSpec> {
    vec![
        ExtensionSpec::SubjectAltName(vec![SanEntry::Dns(host.to_string())]),
        ExtensionSpec::ExtendedKeyUsage(vec!["1.3.6.1.5.5.7.3.1".to_string()]),
        ExtensionSpec::AuthorityKeyId,
    ]
}

/// A folder below the system's temporary one, removed when dropped.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("exsh-pki-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_string()
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> String {
        std::fs::write(self.0.join(name), bytes).unwrap();
        self.path(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.join(name)).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs OpenSSL, which the tests need, and gives what it says on both streams; it must succeed.
pub fn openssl(arguments: &[&str]) -> String {
    let output = try_openssl(arguments);
    let text = both(&output);
    assert!(output.status.success(), "openssl {}:\n{text}", arguments.join(" "));
    text
}

pub fn try_openssl(arguments: &[&str]) -> Output {
    Command::new("openssl").args(arguments).output().expect("the tests need the program openssl")
}

/// Runs a judge that may be missing. `None` when it is, which is said once on the test's output.
#[allow(clippy::print_stderr)]
pub fn judge(program: &str, arguments: &[&str]) -> Option<String> {
    match Command::new(program).args(arguments).output() {
        Err(_) => {
            eprintln!("skipped: the program {program} is not installed");
            None
        }
        Ok(output) => {
            let text = both(&output);
            assert!(output.status.success(), "{program} {}:\n{text}", arguments.join(" "));
            Some(text)
        }
    }
}

pub fn both(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
