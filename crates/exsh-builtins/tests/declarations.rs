//! The declarations agree with what PowerShell 7.6.9 says of its own cmdlets (observed: Get-Command and reflection,
//! recorded in tests/golden/core-cmdlets.jsonl), and each help page with its declaration.

use exsh_core::cmdlet::{CmdletDecl, ParamSpec, Validate};
use serde_json::Value;
use std::collections::BTreeSet;

fn recorded() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden/core-cmdlets.jsonl");
    let text = std::fs::read_to_string(path).expect("the recording is part of the project");
    text.lines().map(|l| serde_json::from_str(l).expect("one JSON object a line")).collect()
}

fn declared(name: &str) -> Option<&'static CmdletDecl> {
    exsh_builtins::commands().iter().map(|e| e.0).find(|d| d.name == name)
}

/// Types that only remote sessions and module lists need: such a parameter takes anything and refuses it.
const ABSENT_TYPES: &[&str] = &[
    "System.Management.Automation.Runspaces.PSSession",
    "System.Management.Automation.Runspaces.PSSession[]",
    "System.Management.Automation.Remoting.PSSessionOption",
    "System.Management.Automation.Runspaces.AuthenticationMechanism",
    "System.Uri[]",
    "System.Guid[]",
    "System.Collections.Hashtable[]",
    "Microsoft.PowerShell.Commands.ModuleSpecification[]",
    "System.Management.Automation.PSTypeName[]",
];

fn text(v: &Value) -> &str {
    v.as_str().unwrap_or("")
}

fn list(v: &Value) -> Vec<&str> {
    v.as_array().map(|a| a.iter().map(text).collect()).unwrap_or_default()
}

#[test]
fn every_cmdlet_is_recorded_and_every_recorded_one_is_there() {
    let ours: BTreeSet<&str> = exsh_builtins::commands().iter().map(|e| e.0.name).collect();
    let theirs = recorded();
    let theirs: BTreeSet<&str> = theirs.iter().map(|d| text(&d["name"])).collect();
    assert_eq!(ours, theirs);
    assert_eq!(ours.len(), exsh_builtins::commands().len(), "no name comes twice");
}

#[test]
fn cmdlets_have_the_same_sets_and_traits() {
    let mut wrong = Vec::new();
    for d in recorded() {
        let decl = declared(text(&d["name"])).expect("seen above");
        let name = decl.name;
        let sets: Vec<&str> =
            list(&d["parameterSets"]).into_iter().filter(|s| *s != "__AllParameterSets").collect();
        let default = decl.default_set.map_or("", |i| decl.sets[i as usize]);
        let expected_default =
            Some(text(&d["defaultParameterSet"])).filter(|s| sets.contains(s)).unwrap_or("");
        let checks = [
            ("sets", sets == decl.sets),
            ("default set", default == expected_default),
            ("module", decl.module == text(&d["module"])),
            ("should process", decl.supports_should_process == (d["supportsShouldProcess"] == true)),
            (
                "impact",
                !decl.supports_should_process || format!("{:?}", decl.impact) == text(&d["confirmImpact"]),
            ),
            ("output", decl.output_types == list(&d["outputType"])),
            ("common parameters", decl.common_parameters == (d["commonParameters"] == true)),
        ];
        wrong.extend(checks.into_iter().filter(|c| !c.1).map(|c| format!("{name}: {}", c.0)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn parameters_agree_in_order_type_names_sets_positions_and_pipeline() {
    let mut wrong = Vec::new();
    for d in recorded() {
        let decl = declared(text(&d["name"])).expect("seen above");
        let theirs = d["parameters"].as_array().expect("a list");
        let names: Vec<&str> = theirs.iter().map(|p| text(&p["name"])).collect();
        let ours: Vec<&str> = decl.params.iter().map(|p| p.name).collect();
        if names != ours {
            wrong.push(format!("{}: parameters {ours:?}, recorded {names:?}", decl.name));
            continue;
        }
        for (p, t) in decl.params.iter().zip(theirs) {
            compare(decl, p, t, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

fn compare(decl: &CmdletDecl, p: &ParamSpec, t: &Value, wrong: &mut Vec<String>) {
    let mut check = |what: &str, same: bool| {
        if !same {
            wrong.push(format!("{} -{}: {what}", decl.name, p.name));
        }
    };
    let full = text(&t["type"]);
    let bare = full.strip_prefix("System.Nullable`1[").and_then(|f| f.strip_suffix(']')).unwrap_or(full);
    let expected = if ABSENT_TYPES.contains(&full) { "System.Object" } else { bare };
    check(&format!("type {} for {expected}", p.ty.name), p.ty.name == expected);
    check("switch", p.is_switch() == (t["switch"] == true));
    check("aliases", p.aliases == list(&t["aliases"]));
    let set_names: Vec<&str> =
        if decl.sets.is_empty() { vec!["__AllParameterSets"] } else { decl.sets.to_vec() };
    let recorded_sets = t["sets"].as_array().expect("a list");
    for (i, set) in set_names.iter().enumerate() {
        let bit = 1u32 << i;
        let entry = recorded_sets.iter().find(|e| e["set"] == *set || e["set"] == "__AllParameterSets");
        check(&format!("member of {set}"), (p.sets & bit != 0) == entry.is_some());
        let Some(e) = entry else { continue };
        check(&format!("mandatory in {set}"), (p.mandatory & bit != 0) == (e["mandatory"] == true));
        check(
            &format!("pipeline in {set}"),
            (p.from_pipeline & bit != 0) == (e["valueFromPipeline"] == true),
        );
        check(
            &format!("pipeline by name in {set}"),
            (p.by_property_name & bit != 0) == (e["valueFromPipelineByPropertyName"] == true),
        );
        check(
            &format!("remaining in {set}"),
            (p.remaining & bit != 0) == (e["valueFromRemainingArguments"] == true),
        );
        check(
            &format!("position in {set}"),
            p.position_in_set(i as u8).map(u64::from) == e["position"].as_u64(),
        );
    }
    let attributes = t["attributes"].as_array().cloned().unwrap_or_default();
    let has = |kind: &str| attributes.iter().any(|a| a["kind"] == kind);
    check("allows null", p.allow_null == has("AllowNull"));
    check("allows empty", p.allow_empty == (has("AllowEmptyString") || has("AllowEmptyCollection")));
    let rule = |f: fn(&Validate) -> bool| p.validate.iter().any(f);
    check(
        "not null or empty",
        rule(|v| matches!(v, Validate::NotNullOrEmpty)) == has("ValidateNotNullOrEmpty"),
    );
    check("not null", rule(|v| matches!(v, Validate::NotNull)) == has("ValidateNotNull"));
    check("range", rule(|v| matches!(v, Validate::Range(..))) == has("ValidateRange"));
    for a in &attributes {
        let min = a["min"].as_f64();
        for v in p.validate {
            match (v, text(&a["kind"])) {
                // A long list is that of the cultures of the recording machine; ours are those that exsh knows.
                (Validate::Set(words), "ValidateSet") => {
                    let recorded = list(&a["values"]);
                    check("allowed words", *words == recorded || recorded.len() > 100);
                }
                (Validate::Range(low, _), "ValidateRange") => {
                    check("least value", min.is_none_or(|m| m == *low as f64));
                }
                (Validate::Count(low, high), "ValidateCount") => {
                    check("count", a["min"] == *low as u64 && a["max"] == *high as u64);
                }
                _ => {}
            }
        }
    }
}

#[test]
fn syntax_lines_are_the_recorded_ones() {
    let mut wrong = Vec::new();
    for d in recorded() {
        // Parameters of absent types show theirs, which is no type here.
        let absent = d["parameters"]
            .as_array()
            .is_some_and(|all| all.iter().any(|p| ABSENT_TYPES.contains(&text(&p["type"]))));
        if absent {
            continue;
        }
        let name = text(&d["name"]);
        let ours = exsh_builtins::syntax(declared(name).expect("seen above"));
        // Parameters that the file system provider adds stand behind those of ShouldProcess; ours are plain parameters.
        let bare = |s: &str| s.replace(" [-WhatIf] [-Confirm]", "").trim().to_owned();
        if bare(&ours) != bare(text(&d["syntax"])) {
            wrong.push(format!(
                "{name}\n  ours:     {}\n  recorded: {}",
                ours.trim(),
                text(&d["syntax"]).trim()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_help_page_has_one_heading_for_each_parameter() {
    let mut wrong = Vec::new();
    for (decl, _) in exsh_builtins::commands() {
        let headings: Vec<&str> = decl.help.lines().filter_map(|l| l.strip_prefix("## -")).collect();
        let names: Vec<&str> = decl.params.iter().map(|p| p.name).collect();
        if headings != names {
            wrong.push(format!("{}: headings {headings:?}, parameters {names:?}", decl.name));
        }
        if !decl.help.starts_with(&format!("# {}\n", decl.name)) {
            wrong.push(format!("{}: the page's title is another", decl.name));
        }
        // Transcripts of questions cannot run by themselves; they are shown as plain text.
        if !decl.help.contains("```powershell\nPS> ") && !decl.help.contains("```text\nPS> ") {
            wrong.push(format!("{}: no example", decl.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn aliases_are_those_of_windows_too() {
    let aliases = exsh_builtins::default_aliases();
    let find = |n: &str| aliases.iter().find(|a| a.0 == n).map(|a| a.1);
    // observed: aliases.json, start-up of 7.6.9 and the list of its Windows assembly
    assert_eq!(find("%"), Some("ForEach-Object"));
    assert_eq!(find("sort"), Some("Sort-Object"));
    assert_eq!(find("ls"), Some("Get-ChildItem"));
    assert_eq!(find("curl"), None);
}
