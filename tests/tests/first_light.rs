//! The documented job on real certificates, by the built program: in a script file, as a command, as pasted lines.
//!
//! Files are made and judged by OpenSSL. Every test has a state of its own.

use exsh_tests::program::exsh;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder with a state, gone at the end.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        use std::os::unix::fs::DirBuilderExt;
        let path = std::env::temp_dir().join(format!("exsh-first-light-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::DirBuilder::new().mode(0o700).create(&path).expect("a folder can be made");
        Place(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }

    fn command(&self) -> Command {
        let mut c = Command::new(exsh());
        c.env("EXSH_STATE", self.0.join("state/state.db"))
            .env("NO_COLOR", "1")
            .env("TZ", "UTC")
            .env("COLUMNS", "160");
        c.args(["-NoLogo", "-NoProfile", "-NonInteractive"]).current_dir(&self.0);
        c
    }

    /// Runs text with `-Command` and gives what it wrote; it must succeed and be silent on the error stream.
    fn run(&self, text: &str) -> String {
        let out = self.command().args(["-Command", text]).output().expect("the program runs");
        told(&out, text);
        String::from_utf8_lossy(&out.stdout).into_owned()
    }

    fn fails(&self, text: &str) -> String {
        let out = self.command().args(["-Command", text]).output().expect("the program runs");
        assert!(!out.stderr.is_empty(), "no error from: {text}\n{}", String::from_utf8_lossy(&out.stdout));
        String::from_utf8_lossy(&out.stderr).into_owned()
    }

    fn stdin(&self, text: &str) -> Output {
        let mut child = self
            .command()
            .args(["-Command", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        child.stdin.take().expect("it has an input").write_all(text.as_bytes()).expect("it reads");
        child.wait_with_output().expect("it ends")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn told(out: &Output, what: &str) {
    let err = String::from_utf8_lossy(&out.stderr);
    assert!(
        err.is_empty() && out.status.success(),
        "{what}\n{}\n{err}",
        String::from_utf8_lossy(&out.stdout)
    );
}

fn openssl(folder: &Path, args: &[&str]) -> String {
    let out = Command::new("openssl").current_dir(folder).args(args).output().expect("openssl is installed");
    assert!(out.status.success(), "openssl {args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// A certificate and key made by OpenSSL, in a PFX named `mail.pfx`; gives the thumbprint.
fn make_pfx(place: &Place, key: &[&str]) -> String {
    let mut args =
        vec!["req", "-x509", "-nodes", "-days", "365", "-subj", "/C=US/O=Contoso/CN=mail.contoso.com"];
    args.extend(["-addext", "subjectAltName=DNS:mail.contoso.com,DNS:autodiscover.contoso.com"]);
    args.extend(["-keyout", "mail.key", "-out", "mail.crt"]);
    args.extend(key);
    openssl(&place.0, &args);
    openssl(
        &place.0,
        &[
            "pkcs12",
            "-export",
            "-in",
            "mail.crt",
            "-inkey",
            "mail.key",
            "-name",
            "Contoso Mail",
            "-out",
            "mail.pfx",
            "-passout",
            "pass:P@ssw0rd1",
        ],
    );
    fingerprint(&openssl(&place.0, &["x509", "-in", "mail.crt", "-noout", "-fingerprint", "-sha1"]))
}

fn fingerprint(text: &str) -> String {
    text.trim().split('=').nth(1).unwrap_or("").replace(':', "")
}

const IMPORT: &str = "Import-ExchangeCertificate -FileData ([System.IO.File]::ReadAllBytes('mail.pfx')) -Password (ConvertTo-SecureString -String 'P@ssw0rd1' -AsPlainText -Force) -PrivateKeyExportable $true | Out-Null";
const CHECK: &str =
    "Get-ExchangeCertificate | Format-List FriendlyName,Subject,CertificateDomains,Thumbprint,Services";

fn expected_list(thumbprint: &str) -> String {
    format!(
        "FriendlyName       : Contoso Mail\nSubject            : CN=mail.contoso.com, O=Contoso, C=US\nCertificateDomains : {{mail.contoso.com, autodiscover.contoso.com}}\nThumbprint         : {thumbprint}\nServices           : IMAP, POP, IIS, SMTP\n"
    )
}

/// Import, assign with the documented line, show, export, and let OpenSSL read it back.
fn whole_job(name: &str, key: &[&str]) {
    let place = Place::new(name);
    let thumbprint = make_pfx(&place, key);
    place.run(IMPORT);
    place.run(&format!(
        "Enable-ExchangeCertificate -Thumbprint {thumbprint} -Services POP,IMAP,SMTP,IIS -Force"
    ));
    let list = place.run(CHECK);
    assert!(list.contains(&expected_list(&thumbprint)), "{list}");
    place.run(&format!(
        "$pfx = Export-ExchangeCertificate -Thumbprint {thumbprint} -BinaryEncoded -Password (ConvertTo-SecureString 'Other1' -AsPlainText -Force); [System.IO.File]::WriteAllBytes('back.pfx', $pfx.FileData)"
    ));
    let bags = openssl(&place.0, &["pkcs12", "-in", "back.pfx", "-passin", "pass:Other1", "-nodes"]);
    assert!(bags.contains("friendlyName: Contoso Mail"), "{bags}");
    std::fs::write(place.file("back.pem"), &bags).expect("a file can be written");
    let back = openssl(&place.0, &["x509", "-in", "back.pem", "-noout", "-fingerprint", "-sha1"]);
    assert_eq!(fingerprint(&back), thumbprint);
    let public = |args: &[&str]| openssl(&place.0, args);
    assert_eq!(
        public(&["pkey", "-in", "back.pem", "-pubout"]),
        public(&["pkey", "-in", "mail.key", "-pubout"]),
        "the key that came back is another one"
    );
}

#[test]
fn rsa_2048_goes_in_and_comes_back() {
    whole_job("rsa2048", &["-newkey", "rsa:2048"]);
}

#[test]
fn rsa_4096_goes_in_and_comes_back() {
    whole_job("rsa4096", &["-newkey", "rsa:4096"]);
}

#[test]
fn ecdsa_p256_goes_in_and_comes_back() {
    whole_job("p256", &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
}

/// The same lines in a script file, through the runbook, and pasted with prompts and typographic signs.
#[test]
fn three_ways_in_give_the_same() {
    let place = Place::new("ways");
    let thumbprint = make_pfx(&place, &["-newkey", "rsa:2048"]);
    let enable =
        format!("Enable-ExchangeCertificate -Thumbprint {thumbprint} -Services POP,IMAP,SMTP,IIS -Force");

    let script = place.file("job.ps1");
    std::fs::write(&script, format!("{IMPORT}\n{enable}\n{CHECK}\n")).expect("a file can be written");
    let out = place.command().args(["-File", &script]).output().expect("the program runs");
    told(&out, "script file");
    let by_file = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(by_file.contains(&expected_list(&thumbprint)), "{by_file}");

    let pasted = format!("[PS] C:\\>{}\n[PS] C:\\>{CHECK}\n", enable.replace(" -", " \u{2013}"));
    let out = place.stdin(&pasted);
    told(&out, &pasted);
    assert_eq!(String::from_utf8_lossy(&out.stdout), by_file);

    let again = place.command().arg("-Command").arg(CHECK).output().expect("the program runs");
    assert_eq!(String::from_utf8_lossy(&again.stdout), by_file);
}

#[test]
fn the_runbook_does_the_whole_procedure() {
    let place = Place::new("runbook");
    let thumbprint = make_pfx(&place, &["-newkey", "rsa:2048"]);
    let runbook = exsh_tests::program::here().join("../scripts/assign-certificate.ps1");
    let text = format!(
        "& '{}' -Path mail.pfx -Password (ConvertTo-SecureString 'P@ssw0rd1' -AsPlainText -Force) -Force",
        runbook.display()
    );
    let list = place.run(&text);
    assert!(list.contains(&expected_list(&thumbprint)), "{list}");
    let rollover = exsh_tests::program::here().join("../scripts/rollover.ps1");
    let list = place.run(&format!(
        "$new = Get-ExchangeCertificate -Thumbprint {thumbprint} | New-ExchangeCertificate -Services None; & '{}' -OldThumbprint {thumbprint} -NewThumbprint $new.Thumbprint",
        rollover.display()
    ));
    assert!(!list.contains(&thumbprint), "the old certificate is still there:\n{list}");
    assert!(list.contains("IMAP, POP, IIS, SMTP"), "{list}");
    let report = exsh_tests::program::here().join("../scripts/expiry-report.ps1");
    let out = place
        .command()
        .args(["-File", &report.to_string_lossy(), "-Days", "3650"])
        .output()
        .expect("it runs");
    assert_eq!(out.status.code(), Some(1), "certificates with services end within ten years");
}

#[test]
fn eight_writers_lose_nothing() {
    let place = Place::new("writers");
    let path = place.0.join("state/state.db");
    let thumbprints = exsh_tests::many::certificates_of_one_server(&path, 800).expect("a state can be made");
    let mut children = Vec::new();
    for part in thumbprints.chunks(100) {
        let list = part.iter().map(|t| format!("'{t}'")).collect::<Vec<_>>().join(",");
        let text = format!(
            "{list} | ForEach-Object {{ Enable-ExchangeCertificate -Thumbprint $_ -Services SMTP -Force }}"
        );
        children
            .push(place.command().args(["-Command", &text]).stderr(Stdio::piped()).spawn().expect("it runs"));
    }
    for child in children {
        let out = child.wait_with_output().expect("it ends");
        assert!(out.stderr.is_empty() && out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    }
    let count = place
        .run("(Get-ExchangeCertificate | Where-Object { $_.Services -match 'SMTP' } | Measure-Object).Count");
    assert!(count.trim().parse::<usize>().is_ok_and(|n| n >= 800), "{count}");
}

#[test]
fn bad_input_is_refused_with_an_id() {
    let place = Place::new("bad");
    let thumbprint = make_pfx(&place, &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
    place.run(IMPORT);
    let again = place.fails(IMPORT);
    assert!(
        again.contains(&format!("A certificate with the thumbprint {thumbprint} already exists.")),
        "{again}"
    );
    let wrong = place.fails(
        "Import-ExchangeCertificate -FileData ([System.IO.File]::ReadAllBytes('mail.pfx')) -Password (ConvertTo-SecureString 'no' -AsPlainText -Force)",
    );
    assert!(
        wrong.contains("The source data cannot be imported or the wrong password was specified."),
        "{wrong}"
    );
    std::fs::write(place.file("garbage.bin"), [0x30, 0x82, 0xFF, 0xFF, 1, 2, 3])
        .expect("a file can be written");
    assert!(
        !place
            .fails("Import-ExchangeCertificate -FileData ([System.IO.File]::ReadAllBytes('garbage.bin'))")
            .contains("panic")
    );
    // The invisible mark of Windows' certificate dialog, blanks and lower case are accepted.
    let spaced: String = thumbprint
        .to_lowercase()
        .as_bytes()
        .chunks(2)
        .map(|c| format!("{} ", String::from_utf8_lossy(c)))
        .collect();
    let shown =
        place.run(&format!("(Get-ExchangeCertificate -Thumbprint '\u{200E}{}').Thumbprint", spaced.trim()));
    assert_eq!(shown.trim(), thumbprint);
    let short = place.fails("Get-ExchangeCertificate -Thumbprint 'ABCDEF'");
    assert!(short.contains("40"), "{short}");
    let service = place.fails(&format!("Enable-ExchangeCertificate -Thumbprint {thumbprint} -Services HTTP"));
    assert!(
        service.contains("IMAP") && service.contains("SMTP"),
        "the allowed names are not told: {service}"
    );
    let server = place.fails("Get-ExchangeCertificate -Server nowhere");
    assert!(server.contains("nowhere"), "{server}");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let place = Place::new("pipe");
    let exe = exsh();
    let out = Command::new("bash")
        .args(["-c", &format!("'{}' -NoProfile -Command '1..200000' | head -1", exe.display())])
        .env("EXSH_STATE", place.0.join("state/state.db"))
        .output()
        .expect("bash runs");
    assert_eq!(String::from_utf8_lossy(&out.stdout), "1\n");
    assert!(out.stderr.is_empty(), "{}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn a_foreign_state_is_left_alone() {
    let place = Place::new("foreign");
    let state = place.0.join("state");
    std::fs::create_dir(&state).expect("a folder can be made");
    std::fs::write(
        state.join("state.db"),
        b"this is a letter, not a database, and long enough to be seen as one......",
    )
    .expect("a file can be written");
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(state.join("state.db"), std::fs::Permissions::from_mode(0o600))
        .expect("modes can be set");
    std::fs::set_permissions(&state, std::fs::Permissions::from_mode(0o700)).expect("modes can be set");
    place.fails("Get-ExchangeCertificate");
    assert!(
        std::fs::read(state.join("state.db")).expect("it is still there").starts_with(b"this is a letter")
    );
}

#[test]
fn a_script_that_is_none_is_refused() {
    let place = Place::new("nonsense");
    // 100,000 nested parentheses, and a megabyte of bytes that are no text (a fixed sequence that looks random).
    std::fs::write(place.file("nest.ps1"), "(".repeat(100_000) + "1" + &")".repeat(100_000))
        .expect("a file can be written");
    let mut x: u32 = 12345;
    let noise: Vec<u8> = (0..1 << 20)
        .map(|_| {
            x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (x >> 24) as u8
        })
        .collect();
    std::fs::write(place.file("noise.ps1"), noise).expect("a file can be written");
    for (script, words) in [("nest.ps1", "too complex"), ("noise.ps1", "")] {
        let out = place.command().args(["-File", script]).output().expect("the program runs");
        let err = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(1), "{script}: {err}");
        assert!(err.contains(words) && !err.contains("panicked"), "{script}: {err}");
    }
}
