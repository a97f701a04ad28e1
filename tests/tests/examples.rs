//! The examples of the help pages are transcripts: each block runs on a seeded state and must give what it shows.
//!
//! Lines behind `PS> ` (and `>> `) are the input, all others the output; blank lines and blanks at line ends do not count.

use exsh_tests::program;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

struct Example {
    page: PathBuf,
    input: String,
    expected: Vec<String>,
}

fn pages(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            pages(&path, all);
        } else if path.extension().is_some_and(|e| e == "md") {
            all.push(path);
        }
    }
}

fn examples(page: &Path) -> Vec<Example> {
    let text = std::fs::read_to_string(page).expect("a page can be read");
    let mut all = Vec::new();
    for block in text.split("```powershell\n").skip(1) {
        let block = block.split("```").next().unwrap_or("");
        let (mut input, mut expected) = (String::new(), Vec::new());
        for line in block.lines() {
            match line.strip_prefix("PS> ").or(line.strip_prefix(">> ")) {
                Some(code) => {
                    input.push_str(code);
                    input.push('\n');
                }
                None if line.trim().is_empty() => {}
                None => expected.push(line.trim_end().to_owned()),
            }
        }
        if !input.is_empty() {
            all.push(Example { page: page.to_path_buf(), input, expected });
        }
    }
    all
}

fn copy(from: &Path, to: &Path) {
    let status = Command::new("cp").arg("-a").arg(from).arg(to).status().expect("cp runs");
    assert!(status.success());
}

#[test]
fn pages_show_what_happens() {
    let root = program::here().join("..");
    let mut list = Vec::new();
    for c in ["exsh-builtins", "exsh-cmdlets"] {
        pages(&root.join("crates").join(c).join("src"), &mut list);
    }
    list.sort();
    let all: Vec<Example> = list.iter().flat_map(|p| examples(p)).collect();
    assert!(all.len() > 60, "only {} examples were found", all.len());

    let base = std::env::temp_dir().join(format!("exsh-examples-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&base);
    std::fs::create_dir_all(&base).expect("a folder can be made");
    let seed = base.join("seed");
    let init = Command::new(program::exsh())
        .args(["init", "--version", "2016", "--server", "EX01", "--domain", "contoso.com"])
        .env("EXSH_STATE", seed.join("state.db"))
        .output()
        .expect("the program runs");
    assert!(init.status.success(), "{}", String::from_utf8_lossy(&init.stderr));

    let failures = Mutex::new(Vec::new());
    let next = AtomicUsize::new(0);
    std::thread::scope(|s| {
        for _ in 0..2 {
            s.spawn(|| {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(e) = all.get(i) else { return };
                    let folder = base.join(i.to_string());
                    std::fs::create_dir_all(&folder).expect("a folder can be made");
                    copy(&seed, &folder.join("state"));
                    let work = folder.join("w");
                    std::fs::create_dir_all(&work).expect("a folder can be made");
                    let out = Command::new(program::exsh())
                        .args(["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", &e.input])
                        .current_dir(&work)
                        .env("EXSH_STATE", folder.join("state/state.db"))
                        .envs([
                            ("NO_COLOR", "1"),
                            ("TZ", "UTC"),
                            ("COLUMNS", "120"),
                            ("LC_ALL", "en_US.UTF-8"),
                        ])
                        .output()
                        .expect("the program runs");
                    let text = String::from_utf8_lossy(&out.stdout).into_owned()
                        + &String::from_utf8_lossy(&out.stderr);
                    let got: Vec<String> =
                        text.lines().map(|l| l.trim_end().to_owned()).filter(|l| !l.is_empty()).collect();
                    if got != e.expected {
                        failures.lock().expect("no panics").push(format!(
                            "{}\n{}--- shown\n{}\n--- happens\n{}\n",
                            e.page.display(),
                            e.input,
                            e.expected.join("\n"),
                            got.join("\n")
                        ));
                    }
                    let _ = std::fs::remove_dir_all(&folder);
                }
            });
        }
    });
    let _ = std::fs::remove_dir_all(&base);
    let failures = failures.into_inner().expect("no panics");
    assert!(
        failures.is_empty(),
        "{}\n{} of {} examples differ",
        failures.join("\n"),
        failures.len(),
        all.len()
    );
}
