//! The declarations of servers, mail settings and UM are the documented ones (tests/golden/cmdlets.json), with their
//! enumerations, and the help pages of these and of the service cmdlets cover the parameters.

use crate::lab::Lab;
use exsh_core::cmdlet::{CmdletDecl, ParamSpec};
use serde_json::Value as Json;

const SETTINGS: [&str; 9] = [
    "Get-ExchangeServer",
    "Get-ImapSettings",
    "Get-PopSettings",
    "Get-UMCallRouterSettings",
    "Get-UMService",
    "Set-ImapSettings",
    "Set-PopSettings",
    "Set-UMCallRouterSettings",
    "Set-UMService",
];

const SERVICES: [&str; 6] =
    ["Get-Service", "Restart-Service", "Set-Service", "Start-Service", "Stop-Service", "iisreset"];

fn declared() -> Vec<&'static CmdletDecl> {
    exsh_cmdlets::commands(std::rc::Rc::clone(&Lab::new().context)).iter().map(|c| c.decl).collect()
}

fn documented() -> Vec<Json> {
    let all: Json = serde_json::from_str(include_str!("../golden/cmdlets.json")).unwrap();
    all["cmdlets"].as_array().unwrap().clone()
}

/// The unnamed set has the reference's name for it.
fn sets(decl: &CmdletDecl) -> Vec<&'static str> {
    if decl.sets.is_empty() { vec!["__AllParameterSets"] } else { decl.sets.to_vec() }
}

fn facts_of(spec: &ParamSpec, decl: &CmdletDecl) -> String {
    let all = sets(decl);
    let named: Vec<&str> =
        all.iter().enumerate().filter(|(i, _)| spec.sets >> i & 1 == 1).map(|(_, n)| *n).collect();
    let position = (0..all.len() as u8).find_map(|set| spec.position_in_set(set));
    format!(
        "{} {} sets={named:?} mandatory={} position={:?} pipeline={}",
        spec.name,
        spec.ty.name.rsplit('.').next().unwrap(),
        spec.mandatory != 0,
        position.map(|p| p + 1),
        (spec.from_pipeline | spec.by_property_name) != 0,
    )
}

fn facts_in(json: &Json, order: &[&str]) -> String {
    let in_sets: Vec<&str> =
        json["parameterSets"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect();
    let named: Vec<&str> = order.iter().copied().filter(|set| in_sets.contains(set)).collect();
    format!(
        "{} {} sets={named:?} mandatory={} position={:?} pipeline={}",
        json["name"].as_str().unwrap(),
        json["type"].as_str().unwrap(),
        json["required"].as_bool().unwrap(),
        json["position"].as_u64().map(|p| p as u8),
        json["acceptsPipelineInput"].as_bool().unwrap(),
    )
}

#[test]
fn these_cmdlets_have_exactly_the_documented_parameters() {
    let (documented, declared) = (documented(), declared());
    for name in SETTINGS {
        let decl = declared.iter().find(|d| d.name == name).unwrap_or_else(|| panic!("{name} is missing"));
        let json = documented.iter().find(|c| c["name"] == name).unwrap();
        let order = sets(decl);
        let mut ours: Vec<String> = decl.params.iter().map(|spec| facts_of(spec, decl)).collect();
        let mut theirs: Vec<String> = json["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|p| p["name"] != "Confirm" && p["name"] != "WhatIf")
            .map(|p| facts_in(p, &order))
            .collect();
        ours.sort();
        theirs.sort();
        assert_eq!(ours, theirs, "{name}");
        let default = json["parameterSets"].as_array().unwrap().iter().position(|s| s["default"] == true);
        assert_eq!(default, Some(decl.default_set.map_or(0, usize::from)), "{name}");
        assert_eq!(decl.supports_should_process, json["supportsShouldProcess"] == true, "{name}");
        assert_eq!(json["confirmImpactHigh"], false, "{name}");
    }
}

/// Names in their order, and the numbers where somebody published them.
#[test]
fn enumerations_have_the_documented_members() {
    for json in documented().iter().filter(|c| SETTINGS.contains(&c["name"].as_str().unwrap())) {
        let decls = declared();
        let decl = decls.iter().find(|d| d.name == json["name"]).unwrap();
        for parameter in json["parameters"].as_array().unwrap() {
            let Some(values) = parameter["validValues"].as_array() else { continue };
            let spec = decl.params.iter().find(|p| p.name == parameter["name"]).unwrap();
            let members =
                spec.ty.enumeration.unwrap_or_else(|| panic!("{} is an enumeration", spec.name)).members;
            let names: Vec<&str> = values.iter().map(|v| v["name"].as_str().unwrap()).collect();
            assert_eq!(members.iter().map(|m| m.0).collect::<Vec<_>>(), names, "{}", spec.name);
            for (value, (_, number)) in values.iter().zip(members) {
                if let Some(published) = value["value"].as_i64() {
                    assert_eq!(*number, published, "{} {}", spec.name, value["name"]);
                }
            }
        }
    }
}

#[test]
fn every_help_page_covers_its_parameters() {
    for decl in declared().iter().filter(|d| SETTINGS.contains(&d.name) || SERVICES.contains(&d.name)) {
        assert_eq!(decl.help.lines().next(), Some(format!("# {}", decl.name).as_str()));
        let mut headings: Vec<&str> =
            decl.help.lines().filter_map(|line| line.strip_prefix("## -")).collect();
        let mut names: Vec<&str> = decl.params.iter().map(|p| p.name).collect();
        headings.sort_unstable();
        names.sort_unstable();
        assert_eq!(headings, names, "{}", decl.name);
        assert!(decl.help.contains("\n## Examples\n\n```powershell\nPS> "), "{}", decl.name);
    }
}
