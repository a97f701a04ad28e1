//! The borders of the workspace: who may know whom, who may touch the process, who may be unsafe.
//!
//! Source: the table in docs/architecture.md.

use std::fs;
use std::path::{Path, PathBuf};

/// Crate and the crates of the workspace it may know.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("exsh-syntax", &[]),
    ("exsh-core", &[]),
    ("exsh-pki", &[]),
    ("exsh-state", &[]),
    ("exsh-dotnet", &["exsh-core"]),
    ("exsh-format", &["exsh-core", "exsh-dotnet"]),
    ("exsh-shell", &["exsh-syntax", "exsh-core", "exsh-dotnet", "exsh-format"]),
    ("exsh-builtins", &["exsh-core", "exsh-dotnet", "exsh-format"]),
    ("exsh-cmdlets", &["exsh-core", "exsh-dotnet", "exsh-pki", "exsh-state"]),
    ("exsh-testkit", &["exsh-core", "exsh-pki", "exsh-state"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the workspace").to_path_buf()
}

fn sources(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|e| e == "rs") {
            all.push(path);
        }
    }
}

fn is_test(file: &Path) -> bool {
    file.file_name().is_some_and(|n| n == "tests.rs") || file.components().any(|c| c.as_os_str() == "tests")
}

fn code(path: &Path) -> String {
    fs::read_to_string(path)
        .unwrap_or_default()
        .lines()
        .filter(|l| !l.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn crates_know_only_whom_they_may() {
    for (name, may) in MAY_KNOW {
        let folder = root().join("crates").join(name);
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("every crate has a manifest");
        let deps = manifest
            .split("[dependencies]")
            .nth(1)
            .unwrap_or("")
            .split("[dev-dependencies]")
            .next()
            .unwrap_or("");
        for line in deps.lines().filter(|l| l.starts_with("exsh-")) {
            let dep = line.split(['.', ' ', '=']).next().unwrap_or("");
            assert!(may.contains(&dep), "{name} must not know {dep}");
        }
        let mut files = Vec::new();
        sources(&folder.join("src"), &mut files);
        for file in files {
            let text = code(&file);
            for (other, _) in MAY_KNOW {
                if other == name || may.contains(other) {
                    continue;
                }
                let module = other.replace('-', "_");
                assert!(!text.contains(&format!("{module}::")), "{} names {module}", file.display());
            }
        }
    }
}

#[test]
fn only_the_program_touches_the_process() {
    for (name, _) in MAY_KNOW.iter().filter(|(n, _)| *n != "exsh-testkit") {
        let mut files = Vec::new();
        sources(&root().join("crates").join(name).join("src"), &mut files);
        for file in files {
            if is_test(&file) {
                continue;
            }
            let text = code(&file);
            let text = text.split("#[cfg(test)]").next().unwrap_or("");
            for word in
                ["env::var", "env::set_var", "process::exit", "process::Command", "println!", "eprintln!"]
            {
                assert!(!text.contains(word), "{} uses {word}: that is the host's matter", file.display());
            }
        }
    }
}

#[test]
fn values_and_the_calls_of_the_system_are_the_only_unsafe_code() {
    let mut files = Vec::new();
    sources(&root().join("crates"), &mut files);
    for file in files {
        let allowed = ["exsh-core/src/value/mod.rs", "exsh/src/system.rs"].iter().any(|f| file.ends_with(f));
        let text = code(&file);
        let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        assert!(allowed || words.all(|w| w != "unsafe"), "{} has unsafe code", file.display());
    }
}

#[test]
fn no_second_crypto_library_comes_in() {
    // Each of these would be a second way to do what aws-lc-rs does, with its own bugs and its own build.
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("the lock file is committed");
    for line in lock.lines().filter_map(|l| l.strip_prefix("name = ")) {
        let name = line.trim_matches('"');
        for forbidden in
            ["ring", "openssl", "openssl-sys", "native-tls", "aws-lc-fips-sys", "boring", "rcgen"]
        {
            assert!(name != forbidden, "{forbidden} came in through some crate: cargo tree -i {forbidden}");
        }
    }
}

#[test]
fn every_outside_crate_has_its_reason() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace has a manifest");
    let section = manifest
        .split("[workspace.dependencies]")
        .nth(1)
        .and_then(|s| s.split("\n[").next())
        .expect("the workspace names its crates");
    let mut reason = false;
    for line in section.lines() {
        if line.trim_start().starts_with('#') {
            reason = true;
        } else if line.trim().is_empty() {
            reason = false;
        } else if !line.starts_with("exsh-") {
            assert!(reason, "no reason stands above: {line}");
        }
    }
}

#[test]
fn headers_say_what_a_file_decides() {
    let mut files = Vec::new();
    sources(&root().join("crates"), &mut files);
    for file in files {
        if file.components().any(|c| c.as_os_str() == "tests") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap_or_default();
        assert!(text.starts_with("//!"), "{} does not begin with its header", file.display());
        let lines = text.lines().count();
        assert!(lines <= 900, "{} has {lines} lines: it answers more than one question", file.display());
    }
}
