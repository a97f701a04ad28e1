//! The recorded cases of the real PowerShell 7.6.9, run on the built program.
//!
//! `oracle/pending.txt` lists what does not pass yet. It can only shrink: a listed case that passes fails the test, and
//! so does an unlisted one that does not. `ORACLE_UPDATE=1` takes out of the list what passes now.
//! `ORACLE_ONLY=text` runs only cases whose id holds the text, and shows the differences of all that fail.

use exsh_tests::{oracle, program};
use std::collections::BTreeSet;

#[test]
fn recorded_cases() {
    let here = program::here().join("oracle");
    let exsh = program::exsh();
    let only = std::env::var("ORACLE_ONLY").ok();
    let mut cases = oracle::cases(&here.join("golden"));
    if let Some(only) = &only {
        cases.retain(|c| c.id.contains(only.as_str()));
    }
    let outcomes = oracle::run(&exsh, &cases);
    let file = here.join("pending.txt");
    let pending = oracle::pending(&file);
    let failed: BTreeSet<&str> = outcomes.iter().filter(|o| !o.passed).map(|o| o.id.as_str()).collect();
    if only.is_some() {
        let mut text = String::new();
        for o in outcomes.iter().filter(|o| !o.passed) {
            text.push_str(&o.report);
        }
        assert!(failed.is_empty(), "{text}\n{} of {} cases fail", failed.len(), outcomes.len());
        return;
    }
    if std::env::var_os("ORACLE_UPDATE").is_some() {
        let first = !file.exists();
        let keep: Vec<&str> = failed.iter().copied().filter(|id| first || pending.contains(*id)).collect();
        std::fs::write(&file, keep.join("\n") + "\n").expect("the list can be written");
    }
    let pending = oracle::pending(&file);
    let new: Vec<&str> = failed.iter().copied().filter(|id| !pending.contains(*id)).collect();
    let ran: BTreeSet<&str> = outcomes.iter().map(|o| o.id.as_str()).collect();
    let cured: Vec<&String> =
        pending.iter().filter(|id| ran.contains(id.as_str()) && !failed.contains(id.as_str())).collect();
    let mut text = String::new();
    for o in outcomes.iter().filter(|o| new.contains(&o.id.as_str())).take(20) {
        text.push_str(&o.report);
    }
    assert!(
        new.is_empty(),
        "{text}\n{} of {} cases fail that are not in the list:\n{}",
        new.len(),
        outcomes.len(),
        new.join("\n")
    );
    assert!(
        cured.is_empty(),
        "these cases pass now; take them out of oracle/pending.txt (ORACLE_UPDATE=1 does it):\n{}",
        cured.iter().map(|s| s.as_str()).collect::<Vec<_>>().join("\n")
    );
}
