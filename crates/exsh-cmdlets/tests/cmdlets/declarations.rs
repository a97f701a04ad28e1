//! The declarations are the documented ones (tests/golden/cmdlets.json), and every help page covers its parameters.

use crate::lab::Lab;
use exsh_core::cmdlet::{CmdletDecl, Impact, ParamSpec};
use serde_json::Value as Json;

const OWN: [&str; 6] = [
    "Enable-ExchangeCertificate",
    "Export-ExchangeCertificate",
    "Get-ExchangeCertificate",
    "Import-ExchangeCertificate",
    "New-ExchangeCertificate",
    "Remove-ExchangeCertificate",
];

fn documented() -> Vec<Json> {
    let all: Json = serde_json::from_str(include_str!("../golden/cmdlets.json")).unwrap();
    all["cmdlets"].as_array().unwrap().clone()
}

fn declared() -> Vec<&'static CmdletDecl> {
    let lab = Lab::new();
    let commands = exsh_cmdlets::commands(std::rc::Rc::clone(&lab.context));
    commands.iter().map(|c| c.decl).collect()
}

/// One line for each fact of a parameter, so that a difference names itself.
fn facts_of(spec: &ParamSpec, decl: &CmdletDecl) -> String {
    let sets: Vec<&str> = decl
        .sets
        .iter()
        .enumerate()
        .filter(|(i, _)| spec.sets >> i & 1 == 1)
        .map(|(_, name)| *name)
        .collect();
    let position = (0..decl.sets.len() as u8).find_map(|set| spec.position_in_set(set));
    let short = spec.ty.name.rsplit('.').next().unwrap();
    format!(
        "{} {short} sets={sets:?} mandatory={} position={:?} pipeline={} aliases={:?}",
        spec.name,
        spec.mandatory != 0,
        position.map(|p| p + 1),
        spec.from_pipeline | spec.by_property_name != 0,
        spec.aliases,
    )
}

fn facts_in(json: &Json, order: &[&str]) -> String {
    let word = |key: &str| json[key].as_str().unwrap().to_owned();
    let named: Vec<&str> =
        json["parameterSets"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect();
    let sets: Vec<&str> = order.iter().copied().filter(|set| named.contains(set)).collect();
    let aliases: Vec<&str> =
        json["aliases"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect();
    format!(
        "{} {} sets={sets:?} mandatory={} position={:?} pipeline={} aliases={aliases:?}",
        word("name"),
        word("type"),
        json["required"].as_bool().unwrap(),
        json["position"].as_u64().map(|p| p as u8),
        json["acceptsPipelineInput"].as_bool().unwrap(),
    )
}

#[test]
fn the_certificate_cmdlets_have_exactly_the_documented_parameters() {
    let documented = documented();
    let declared = declared();
    for name in OWN {
        let decl = declared.iter().find(|d| d.name == name).unwrap_or_else(|| panic!("{name} is missing"));
        let json = documented.iter().find(|c| c["name"] == name).unwrap();
        let mut ours: Vec<String> = decl.params.iter().map(|spec| facts_of(spec, decl)).collect();
        let parameters = json["parameters"].as_array().unwrap().iter();
        let mut theirs: Vec<String> = parameters
            .filter(|p| p["name"] != "Confirm" && p["name"] != "WhatIf")
            .map(|p| facts_in(p, decl.sets))
            .collect();
        ours.sort();
        theirs.sort();
        assert_eq!(ours, theirs, "{name}");
        let sets: Vec<&str> =
            json["parameterSets"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect();
        assert_eq!(decl.sets, sets, "{name}");
        let default = json["parameterSets"].as_array().unwrap().iter().position(|s| s["default"] == true);
        assert_eq!(decl.default_set.map(usize::from), default, "{name}");
        assert_eq!(decl.supports_should_process, json["supportsShouldProcess"] == true, "{name}");
        assert_eq!(decl.impact == Impact::High, json["confirmImpactHigh"] == true, "{name}");
        assert!(decl.class.ends_with(&name.replace('-', "")), "{name}");
    }
}

#[test]
fn every_help_page_has_one_heading_for_each_parameter() {
    for decl in declared().iter().filter(|d| OWN.contains(&d.name)) {
        let mut lines = decl.help.lines();
        assert_eq!(lines.next(), Some(format!("# {}", decl.name).as_str()));
        let mut headings: Vec<&str> =
            decl.help.lines().filter_map(|line| line.strip_prefix("## -")).collect();
        let mut names: Vec<&str> = decl.params.iter().map(|p| p.name).collect();
        headings.sort_unstable();
        names.sort_unstable();
        assert_eq!(headings, names, "{}", decl.name);
        assert!(decl.help.contains("## Examples"), "{}", decl.name);
    }
}
