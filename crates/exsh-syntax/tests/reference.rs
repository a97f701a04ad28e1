//! Tokens, problems and trees of 1129 inputs against those of PowerShell 7.6.9 (observed; recorded by `Parser.ParseInput`).
//!
//! `golden/differs.txt` lists what does not match yet, as `aspect<TAB>input as JSON`. It can only shrink: a listed case that
//! matches fails the test, too. `EXSH_BLESS=1` writes it anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::Value;

/// Problems that need types, modules, assemblies or DSC on the machine: those are looked up when a script runs.
const OUTSIDE_OF_TEXT: [&str; 5] = [
    "TypeNotFound",
    "CustomAttributeTypeNotFound",
    "ModuleNotFoundDuringParse",
    "ErrorLoadingAssembly",
    "ParserError",
];

fn golden(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("our own JSON must be sound: {e}\n{text}"))
}

/// Aspects that differ, with what we have and what the reference has.
fn differences(case: &Value) -> Vec<(&'static str, Value, Value)> {
    let input = case["input"].as_str().expect("an input");
    let (parsed, tokens) = exsh_syntax::parse_with_tokens(input);
    let of_text = |mut problems: Value| {
        let list = problems.as_array_mut().expect("a list of problems");
        list.retain(|e| !OUTSIDE_OF_TEXT.contains(&e["id"].as_str().unwrap_or("")));
        problems
    };
    let aspects = [
        (
            "errors",
            of_text(json(&exsh_syntax::dump::problems(input, &parsed.problems))),
            of_text(case["errors"].clone()),
        ),
        ("tokens", json(&exsh_syntax::dump::tokens(input, &tokens)), case["tokens"].clone()),
        ("tree", json(&exsh_syntax::dump::tree(input, &parsed.tree)), case["tree"].clone()),
    ];
    aspects.into_iter().filter(|(_, ours, theirs)| ours != theirs).collect()
}

#[test]
fn same_as_the_reference() {
    let recorded = std::fs::read_to_string(golden("parser.jsonl")).expect("the recording");
    let listed: BTreeSet<String> = std::fs::read_to_string(golden("differs.txt"))
        .unwrap_or_default()
        .lines()
        .map(str::to_owned)
        .collect();
    let mut found = BTreeSet::new();
    let mut report = String::new();
    let mut cases = 0;
    for line in recorded.lines() {
        let case = json(line);
        cases += 1;
        for (aspect, ours, theirs) in differences(&case) {
            let key = format!("{aspect}\t{}", case["input"]);
            if !listed.contains(&key) {
                let _ = writeln!(report, "{key}\n  ours      {ours}\n  reference {theirs}");
            }
            found.insert(key);
        }
    }
    assert_eq!(cases, 1129, "the recording is whole");
    if std::env::var_os("EXSH_BLESS").is_some() {
        let lines: Vec<&str> = found.iter().map(String::as_str).collect();
        std::fs::write(golden("differs.txt"), lines.join("\n") + "\n").expect("the list is written");
        return;
    }
    let stale: Vec<&String> = listed.difference(&found).collect();
    assert!(
        report.is_empty() && stale.is_empty(),
        "new differences:\n{report}\nno longer different: {stale:#?}"
    );
}
