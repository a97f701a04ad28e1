//! Runs the recorded cases of the real PowerShell on the built program, one process each, and compares.
//!
//! A case passes when standard output is the same but for blanks at line ends, and in the area `exit` the exit code
//! too. How a case is run (folders, environment, arguments) is the recorder's way, so that paths in messages line up.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// One recorded case.
pub struct Case {
    /// `area/topic name`.
    pub id: String,
    pub area: String,
    code: String,
    stdout: String,
    stderr: String,
    exit: i64,
    mode: String,
    args: Vec<String>,
    stdin: Option<String>,
    prologue: bool,
}

/// What the program did with it.
pub struct Outcome {
    pub id: String,
    pub passed: bool,
    /// Differences, for a person.
    pub report: String,
}

const SLOTS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const ROOT: &str = "/tmp/exo";
const PROLOGUE: &str = "$PSStyle.OutputRendering = 'PlainText'; $ErrorView = 'NormalView'";
const TIMEOUT: Duration = Duration::from_secs(10);

/// All cases under a folder of recordings, those that the recorder found unstable left out.
pub fn cases(golden: &Path) -> Vec<Case> {
    let mut all = Vec::new();
    for area in sorted(golden) {
        if !area.is_dir() {
            continue;
        }
        let area_name = name_of(&area);
        for topic in sorted(&area) {
            let text = fs::read_to_string(&topic).expect("a recording can be read");
            let list: Vec<Value> = serde_json::from_str(&text).expect("a recording is JSON");
            let topic_name = name_of(&topic);
            for c in list {
                if c.get("unstable").is_some() || c.get("timeout").is_some() {
                    continue;
                }
                let text = |k: &str| c[k].as_str().unwrap_or("").to_owned();
                let opt = |k: &str| c["opts"][k].as_str().map(str::to_owned);
                all.push(Case {
                    id: format!("{area_name}/{topic_name} {}", text("name")),
                    area: area_name.clone(),
                    code: text("code"),
                    stdout: text("stdout"),
                    stderr: text("stderr"),
                    exit: c["exit"].as_i64().unwrap_or(0),
                    mode: opt("mode").unwrap_or_else(|| "file".into()),
                    args: opt("args").map(|a| split_words(&a)).unwrap_or_default(),
                    stdin: opt("stdin"),
                    prologue: opt("prologue").as_deref() != Some("none"),
                });
            }
        }
    }
    all
}

/// Runs the cases on as many workers as the machine has cores.
pub fn run(program: &Path, cases: &[Case]) -> Vec<Outcome> {
    let root = PathBuf::from(ROOT);
    fs::create_dir_all(root.join("home")).expect("the scratch folder can be made");
    // The folder's path stands in the recordings, so a second run on this machine has to wait for its turn.
    let turn = fs::File::create(root.join("turn.lock")).expect("the scratch folder can be written");
    turn.lock().expect("the turn comes");
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(cases.len()));
    let workers = std::thread::available_parallelism().map_or(2, |n| n.get()).min(SLOTS.len());
    std::thread::scope(|s| {
        for &slot in &SLOTS[..workers] {
            let (next, done, root) = (&next, &done, &root);
            s.spawn(move || {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(case) = cases.get(i) else { return };
                    let outcome = run_one(program, case, root, slot as char);
                    done.lock().expect("no worker panics while it holds the results").push((i, outcome));
                }
            });
        }
    });
    let mut all = done.into_inner().expect("all workers ended well");
    all.sort_by_key(|(i, _)| *i);
    all.into_iter().map(|(_, o)| o).collect()
}

fn run_one(program: &Path, case: &Case, root: &Path, slot: char) -> Outcome {
    let base = root.join(slot.to_string());
    let (work, scripts) = (base.join("w"), base.join("s"));
    for d in [&work, &scripts] {
        let _ = fs::remove_dir_all(d);
        fs::create_dir_all(d).expect("a case's folder can be made");
    }
    let head = if case.prologue { format!("{PROLOGUE}\n") } else { String::new() };
    let text = format!("{head}{}\n", case.code);
    let script = scripts.join("case.ps1");
    let mut command = Command::new(program);
    command.args(["-NoLogo", "-NoProfile", "-NonInteractive"]);
    let mut input = Vec::new();
    match case.mode.as_str() {
        "command" => {
            command.args(["-Command", text.trim_end_matches('\n')]);
        }
        "stdin" => {
            command.args(["-Command", "-"]);
            input = text.clone().into_bytes();
        }
        _ => {
            fs::write(&script, &text).expect("a script can be written");
            command.arg("-File").arg(&script).args(&case.args);
            if let Some(s) = &case.stdin {
                input = s.replace("\\n", "\n").replace("\\t", "\t").into_bytes();
            }
        }
    }
    let path = std::env::var("PATH").unwrap_or_default();
    command.env_clear().current_dir(&work).envs([
        ("PATH", path.as_str()),
        ("TMPDIR", "/tmp"),
        ("TERM", "xterm"),
        ("COLUMNS", "120"),
        ("LINES", "50"),
        ("LANG", "en_US.UTF-8"),
        ("LC_ALL", "en_US.UTF-8"),
        ("TZ", "UTC"),
        ("NO_COLOR", "1"),
    ]);
    command
        .env("HOME", root.join("home"))
        .env("ORACLE_HOST", program)
        .env("EXSH_STATE", base.join("state/state.db"));
    let (out, err) = (base.join("out"), base.join("err"));
    command.stdout(fs::File::create(&out).expect("an output file can be made"));
    command.stderr(fs::File::create(&err).expect("an output file can be made"));
    command.stdin(if input.is_empty() { Stdio::null() } else { Stdio::piped() });
    let mut child = command.spawn().expect("the program starts");
    if let Some(mut pipe) = child.stdin.take() {
        let _ = pipe.write_all(&input);
    }
    let begun = Instant::now();
    let mut pause = Duration::from_micros(300);
    let status = loop {
        match child.try_wait().expect("a child can be waited for") {
            Some(s) => break Some(s),
            None if begun.elapsed() > TIMEOUT => {
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
            None => {
                std::thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(5));
            }
        }
    };
    let read = |p: &Path| normalise(&fs::read(p).unwrap_or_default());
    let (stdout, stderr) = (read(&out), read(&err));
    let exit = status.and_then(|s| s.code()).map_or(-1, i64::from);
    let passed = status.is_some()
        && lenient(&case.stdout) == lenient(&stdout)
        && (!strict() || lenient(&case.stderr) == lenient(&stderr))
        && ((case.area != "exit" && !strict()) || case.exit == exit);
    let report = if passed {
        String::new()
    } else {
        format!(
            "--- {}{}\n{}\n--- expected stdout\n{}\n--- stdout\n{}\n--- expected stderr\n{}\n--- stderr\n{}\n--- exit: expected {}, got {exit}\n",
            case.id,
            if status.is_none() { " (timed out)" } else { "" },
            case.code,
            case.stdout,
            stdout,
            case.stderr,
            stderr,
            case.exit
        )
    };
    Outcome { id: case.id.clone(), passed, report }
}

fn normalise(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw).replace("\r\n", "\n");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    let mark = format!("{ROOT}/");
    while let Some(at) = rest.find(&mark) {
        let after = at + mark.len();
        let mut chars = rest[after..].chars();
        let is_slot = chars.next().is_some_and(|c| c.is_ascii_digit() || c.is_ascii_lowercase());
        let ends = chars.next().is_none_or(|c| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')));
        out.push_str(&rest[..after]);
        rest = &rest[after..];
        if is_slot && ends {
            out.push('N');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// `ORACLE_STDERR=1` compares the error stream as well, and exit codes everywhere: for looking at drawings of errors.
fn strict() -> bool {
    std::env::var_os("ORACLE_STDERR").is_some()
}

fn lenient(text: &str) -> String {
    text.split('\n').map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// The list of cases that do not pass yet.
pub fn pending(file: &Path) -> BTreeSet<String> {
    fs::read_to_string(file)
        .unwrap_or_default()
        .lines()
        .map(|l| l.split(" # ").next().unwrap_or(l).trim().to_owned())
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .collect()
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> =
        fs::read_dir(folder).expect("recordings are there").flatten().map(|e| e.path()).collect();
    all.sort();
    all
}

fn name_of(path: &Path) -> String {
    path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Splits as a POSIX shell does, as far as the cases need it.
fn split_words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut word = String::new();
    let mut open = false;
    let mut quote = None;
    for c in text.chars() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                open = true;
            }
            (None, c) if c.is_whitespace() => {
                if open || !word.is_empty() {
                    all.push(std::mem::take(&mut word));
                }
                open = false;
            }
            (_, c) => word.push(c),
        }
    }
    if open || !word.is_empty() {
        all.push(word);
    }
    all
}
