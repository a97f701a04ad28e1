//! What the README and the pages of docs promise: the session happens as shown, and every link leads somewhere.

use exsh_tests::program;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PASSWORD: &str = "P@ssw0rd1";
const QUESTION: &str = "(default is \"Y\"):";

fn root() -> PathBuf {
    program::here().join("..")
}

fn exsh(folder: &Path, state: &str, args: &[&str], input: &str) -> String {
    // Errors go where the output goes, so that they stand in their place.
    let mut child = Command::new("sh")
        .args(["-c", "exec \"$0\" \"$@\" 2>&1"])
        .arg(program::exsh())
        .args(args)
        .current_dir(folder)
        .env("EXSH_STATE", folder.join(state).join("state.db"))
        .envs([("NO_COLOR", "1"), ("TZ", "UTC"), ("COLUMNS", "200"), ("LC_ALL", "C.UTF-8")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("it was asked for").write_all(input.as_bytes()).expect("the program reads");
    let out = child.wait_with_output().expect("the program ends");
    String::from_utf8_lossy(&out.stdout).into_owned()
}

fn is_thumbprint(word: &str) -> bool {
    word.len() == 40 && word.bytes().all(|b| b.is_ascii_hexdigit())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(|c: char| !c.is_ascii_alphanumeric())
        .flat_map(|w| w.split_at_checked(w.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).len()))
        .flat_map(|(word, end)| [word, end])
}

/// Thumbprints by the order of their appearance, dates as such; blanks and blank lines do not count.
fn normal(text: &str) -> Vec<String> {
    let mut seen = BTreeMap::new();
    let mut replaced = String::new();
    for word in words(text) {
        if is_thumbprint(word) {
            let next = seen.len();
            replaced.push_str(&format!("thumbprint {}", seen.entry(word.to_owned()).or_insert(next)));
        } else {
            replaced.push_str(word);
        }
    }
    let lines = replaced.lines().map(|line| {
        let line = line.split_once(QUESTION).map_or(line, |(before, _)| before).trim_end();
        line.split(' ').filter(|w| !is_time(w)).collect::<Vec<_>>().join(" ")
    });
    lines.filter(|l| !l.is_empty()).collect()
}

/// `11/24/2031`, `7:24:38` and `PM` are times; how they are written is the locale's matter.
fn is_time(word: &str) -> bool {
    let half = word.trim_end_matches(')');
    word.starts_with(|c: char| c.is_ascii_digit()) && word.contains(['/', ':'])
        || half == "AM"
        || half == "PM"
}

#[test]
fn the_session_happens_as_shown() {
    let text = std::fs::read_to_string(root().join("README.md")).expect("the README can be read");
    let session = text
        .split("<!-- session: begin -->")
        .nth(1)
        .and_then(|t| t.split("<!-- session: end -->").next())
        .and_then(|t| t.split("```powershell\n").nth(1))
        .and_then(|t| t.split("```").next())
        .expect("the README shows a session");

    let folder = std::env::temp_dir().join(format!("exsh-readme-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    // The PFX of the session comes from elsewhere: another server made it.
    let make = format!(
        "$c = New-ExchangeCertificate -SubjectName 'CN=mail.contoso.com, O=Contoso, C=US' -DomainName mail.contoso.com,autodiscover.contoso.com -FriendlyName 'Contoso Mail' -PrivateKeyExportable $true -Services None
        $p = Export-ExchangeCertificate -Thumbprint $c.Thumbprint -BinaryEncoded -Password (ConvertTo-SecureString '{PASSWORD}' -AsPlainText -Force)
        [System.IO.File]::WriteAllBytes('{}/mail.pfx', $p.FileData)
        $c.Thumbprint",
        folder.display()
    );
    let thumbprint = exsh(&folder, "other", &["-NoProfile", "-Command", &make], "").trim().to_owned();
    assert!(is_thumbprint(&thumbprint), "a PFX was made: {thumbprint}");
    let shown_thumbprint = words(session).find(|w| is_thumbprint(w)).expect("the session shows a thumbprint");

    exsh(&folder, "state", &["init", "--server", "EX01", "--domain", "contoso.com"], "");
    let (mut input, mut expected) = (String::new(), String::new());
    for line in session.lines() {
        if let Some(code) = line.strip_prefix("PS> ") {
            input.push_str(&code.replace(shown_thumbprint, &thumbprint));
            input.push('\n');
        } else {
            if let Some((_, answer)) = line.split_once(QUESTION) {
                input.push_str(answer.trim());
                input.push('\n');
            }
            expected.push_str(line);
            expected.push('\n');
        }
    }
    let happens = exsh(&folder, "state", &["-NoProfile", "-Command", "-"], &input);
    let _ = std::fs::remove_dir_all(&folder);
    assert_eq!(
        normal(&happens).join("\n"),
        normal(&expected).join("\n"),
        "what happens differs from the README"
    );
}

#[test]
fn links_lead_somewhere() {
    let mut pages = vec![root().join("README.md")];
    for folder in ["docs", "docs/howto", "docs/decisions"] {
        for entry in std::fs::read_dir(root().join(folder)).into_iter().flatten().flatten() {
            if entry.path().extension().is_some_and(|e| e == "md") {
                pages.push(entry.path());
            }
        }
    }
    assert!(pages.len() > 8, "the pages were found");
    for page in pages {
        let text = std::fs::read_to_string(&page).expect("a page can be read");
        for target in text.split("](").skip(1).filter_map(|t| t.split(')').next()) {
            let target = target.split('#').next().unwrap_or("");
            if target.is_empty() || target.contains("://") {
                continue;
            }
            let path = page.parent().expect("a page lies in a folder").join(target);
            assert!(path.exists(), "{} leads to {target}, which is not there", page.display());
        }
    }
}

#[test]
fn topics_of_the_compatibility_page_are_pending_ones() {
    let page = std::fs::read_to_string(root().join("docs/compatibility.md")).expect("the page can be read");
    let pending =
        std::fs::read_to_string(program::here().join("oracle/pending.txt")).expect("the list can be read");
    let mut named = 0;
    for word in page.split('`').skip(1).step_by(2) {
        let topic = word.split(' ').next().unwrap_or("");
        if program::here().join("oracle/golden").join(format!("{topic}.json")).is_file() {
            named += 1;
            let still = pending.lines().any(|l| l.starts_with(topic));
            assert!(still, "every case of {topic} passes: docs/compatibility.md says otherwise");
        }
    }
    assert!(named > 3, "the page names topics of recorded cases");
}
