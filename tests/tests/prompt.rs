//! The prompt as a person meets it: a real program in a pseudo-terminal, keys in, screen out.
//!
//! What must be seen follows the reference's prompt (observed) unless a test says otherwise.

use exsh_tests::program;
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

const UP: &str = "\x1b[A";
const CTRL_C: &str = "\x03";

/// A home folder with a state in it, and what was typed and must be seen there.
struct Desk {
    folder: PathBuf,
    steps: Vec<Value>,
}

struct Sitting {
    code: i64,
    shown: String,
}

impl Desk {
    fn new() -> Desk {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("exsh-prompt-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(folder.join("work")).expect("a folder can be made");
        let desk = Desk { folder, steps: Vec::new() };
        let init = desk
            .command(program::exsh())
            .args(["init", "--version", "2016", "--server", "EX01", "--domain", "contoso.com"])
            .output()
            .expect("the program runs");
        assert!(init.status.success(), "{}", String::from_utf8_lossy(&init.stderr));
        desk
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut c = Command::new(program);
        c.current_dir(self.folder.join("work"))
            .env("HOME", &self.folder)
            .env("EXSH_STATE", self.folder.join("state/state.db"))
            .env_remove("XDG_STATE_HOME")
            .envs([("TERM", "xterm"), ("TZ", "UTC"), ("LC_ALL", "C.UTF-8")]);
        c
    }

    fn keys(mut self, text: &str) -> Desk {
        self.steps.push(json!({ "type": text }));
        self
    }

    fn line(self, text: &str) -> Desk {
        self.keys(&format!("{text}\r"))
    }

    fn pasted(self, text: &str) -> Desk {
        self.keys(&format!("\x1b[200~{text}\x1b[201~\r"))
    }

    fn sees(mut self, text: &str) -> Desk {
        self.steps.push(json!({ "see": text }));
        self
    }

    fn prompt(self) -> Desk {
        // At the begin of a line: while a line is edited the prompt is drawn again and again.
        let prompt = format!("\nPS {}> ", self.folder.join("work").display());
        self.sees(&prompt)
    }

    /// Plays the steps with the program and forgets them.
    fn play(&mut self) -> Sitting {
        let mut driver = self
            .command("python3")
            .arg(program::here().join("pty/drive.py"))
            .arg(program::exsh())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 is there (scripts/dev/check sets it up)");
        let steps: String = std::mem::take(&mut self.steps).iter().map(|s| format!("{s}\n")).collect();
        driver.stdin.take().expect("it was asked for").write_all(steps.as_bytes()).expect("the driver reads");
        let out = driver.wait_with_output().expect("the driver ends");
        let result: Value = serde_json::from_slice(&out.stdout).expect("the driver answers in JSON");
        let shown = result["shown"].as_str().unwrap_or("").to_owned();
        assert!(result["failed"].is_null(), "not seen: {}\n--- the screen\n{shown}", result["failed"]);
        Sitting { code: result["code"].as_i64().unwrap_or(-1), shown }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn a_block_is_read_to_its_end_and_exit_gives_its_code() {
    let mut desk = Desk::new()
        .prompt()
        .line("if ($true) {")
        .sees(">> ")
        .line("'in' + 'side'")
        .sees(">> ")
        .line("}")
        .sees("inside")
        .prompt()
        .line("exit 7");
    assert_eq!(desk.play().code, 7);
}

#[test]
fn ctrl_c_ends_the_line_or_the_command_but_not_the_shell() {
    let mut desk = Desk::new()
        .prompt()
        .keys("never run")
        .sees("never run")
        .keys(CTRL_C)
        .sees("^C")
        .prompt()
        .line("'run' + 'ning'; while ($true) { }; 'too ' + 'far'")
        .sees("running")
        .keys(CTRL_C)
        .sees("^C")
        .prompt()
        .line("if (1) {")
        .sees(">> ")
        .keys(CTRL_C)
        .sees("^C")
        .prompt()
        .line("'st' + 'ill'; Start-Sleep 600; 'too ' + 'far'")
        .sees("still")
        .keys(CTRL_C)
        .sees("^C")
        .prompt()
        .line("exit");
    let sitting = desk.play();
    assert!(!sitting.shown.contains("too far"), "{}", sitting.shown);
    assert_eq!(sitting.code, 0);
}

#[test]
fn history_outlives_the_session_but_secrets_do_not() {
    let mut desk = Desk::new()
        .prompt()
        .line("'fir' + 'st'")
        .sees("first")
        .prompt()
        .line("$s = ConvertTo-SecureString 'P@ssw0rd1' -AsPlainText -Force")
        .prompt()
        .line("exit");
    desk.play();
    // Exit is the last line, the one before it is the secret's, which was not written down.
    let mut desk = desk.prompt().keys(UP).keys(UP).line("").sees("first").prompt().line("exit");
    desk.play();
    let file = desk.folder.join(".local/state/exsh/history");
    let text = std::fs::read_to_string(&file).expect("history has its file");
    assert!(text.contains("'fir' + 'st'") && !text.contains("P@ssw0rd1"), "{text}");
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &std::fs::metadata(&file).expect("it is there").permissions(),
    );
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn tab_completes_commands_parameters_and_variables() {
    let mut desk = Desk::new()
        .prompt()
        .keys("Get-ExchangeC\t")
        .sees("Get-ExchangeCertificate")
        .keys(" -Thumb\t")
        .sees("-Thumbprint")
        .keys(CTRL_C)
        .sees("^C")
        .prompt()
        .keys("Get-Exch\t\t")
        .sees("Get-ExchangeCertificate  Get-ExchangeServer")
        .keys(CTRL_C)
        .sees("^C")
        .prompt()
        .line("$longname = 'val' + 'ue'")
        .prompt()
        .line("$longn\t")
        .sees("value")
        .prompt()
        .line("exit");
    desk.play();
}

const MAKE: &str = "$c = New-ExchangeCertificate -SubjectName 'CN=mail.contoso.com' -DomainName mail.contoso.com -Services None";
const QUESTION: &str = "Overwrite the existing default SMTP certificate?";
const ENABLE: &str = "Enable-ExchangeCertificate $c.Thumbprint -Services SMTP; 'en' + 'abled'";
const SERVES: &str = "'SMTP ' + ((Get-ExchangeCertificate $c.Thumbprint).Services -match 'SMTP') + '.'";

#[test]
fn the_question_about_smtp_takes_no_and_yes() {
    // Documented: No leaves the internal transport certificate as it is; the certificate serves SMTP all the same.
    let mut desk = Desk::new()
        .prompt()
        .line(MAKE)
        .prompt()
        .line(ENABLE)
        .sees(QUESTION)
        .sees("[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [?] Help (default is \"Y\"): ")
        .line("N")
        .sees("enabled")
        .prompt()
        .line(SERVES)
        .sees("SMTP True.")
        .prompt()
        .line(ENABLE)
        .sees("(default is \"Y\"): ")
        .line("Y")
        .sees("enabled")
        .prompt()
        // It is the one now, so nothing is asked.
        .line(ENABLE)
        .sees("enabled")
        .prompt()
        .line("exit");
    desk.play();
}

#[test]
fn a_pasted_block_runs_as_one_and_answers_no_question() {
    // Ours: the reference's plain terminal reads the next pasted line as the answer.
    let block = "[PS] C:\\>$c = New-ExchangeCertificate -SubjectName \u{201c}CN=mail.contoso.com\u{201d} \u{2013}DomainName mail.contoso.com -Services None\r\
                 [PS] C:\\>Enable-ExchangeCertificate $c.Thumbprint -Services SMTP\r\
                 [PS] C:\\>'after ' + 'all'";
    let mut desk = Desk::new()
        .prompt()
        .pasted(block)
        .sees("(default is \"Y\"): ")
        .line("N")
        .sees("after all")
        .prompt()
        .line("exit");
    desk.play();
}

#[test]
fn a_secret_is_read_without_being_shown() {
    let mut desk = Desk::new()
        .prompt()
        .line("$s = Read-Host 'pin' -AsSecureString")
        .sees("pin: ")
        .line("geheim")
        .prompt()
        .line("'length ' + $s.Length")
        .sees("length 6")
        .prompt()
        .line("exit");
    let sitting = desk.play();
    assert!(!sitting.shown.contains("geheim"), "{}", sitting.shown);
}
