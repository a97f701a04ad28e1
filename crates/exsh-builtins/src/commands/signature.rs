//! How a command is called, as data: its parameter sets and parameters, from a cmdlet's declaration or a script block.
//! Get-Command, Get-Help and the syntax lines are made of it.

use exsh_core::cmdlet::{CmdletDecl, Validate};
use exsh_core::out::BlockInfo;
use exsh_core::types::Kind;
use exsh_core::value::Str;
use exsh_dotnet::types as net;

/// A command's signature.
pub struct Signature {
    pub name: Str,
    /// At least one; the unnamed set is `__AllParameterSets`.
    pub sets: Vec<Str>,
    pub default_set: Option<Str>,
    pub parameters: Vec<Parameter>,
    /// `-Verbose` and the like.
    pub common: bool,
    pub should_process: bool,
    pub outputs: Vec<Str>,
}

/// One parameter.
pub struct Parameter {
    pub name: Str,
    /// Full name of its type.
    pub type_name: Str,
    pub is_switch: bool,
    pub aliases: Vec<Str>,
    /// One for each set it is in; a single one for `__AllParameterSets` when it is in all of them.
    pub sets: Vec<Membership>,
    pub default_text: Option<Str>,
    pub validate_set: Vec<Str>,
    pub help_message: Option<Str>,
    pub wildcards: bool,
}

/// A parameter in one set.
#[derive(Clone)]
pub struct Membership {
    pub set: Str,
    pub mandatory: bool,
    pub position: Option<i32>,
    pub from_pipeline: bool,
    pub by_property_name: bool,
    pub remaining: bool,
}

/// The name of the set that means all sets.
pub const ALL: &str = "__AllParameterSets";

impl Signature {
    pub fn of_cmdlet(decl: &'static CmdletDecl) -> Signature {
        let sets: Vec<Str> = match decl.sets {
            [] => vec![Str::from(ALL)],
            names => names.iter().map(|n| Str::from(*n)).collect(),
        };
        let everywhere = if sets.len() >= 32 { u32::MAX } else { (1u32 << sets.len()) - 1 };
        let parameters = decl
            .params
            .iter()
            .map(|p| {
                let member = |i: u8, set: Str| {
                    let bit = 1u32 << i;
                    Membership {
                        set,
                        mandatory: p.mandatory & bit != 0,
                        position: p.position_in_set(i).map(i32::from),
                        from_pipeline: p.from_pipeline & bit != 0,
                        by_property_name: p.by_property_name & bit != 0,
                        remaining: p.remaining & bit != 0,
                    }
                };
                let each: Vec<Membership> = sets
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| p.sets & (1 << i) != 0)
                    .map(|(i, s)| member(i as u8, s.clone()))
                    .collect();
                let uniform = p.sets & everywhere == everywhere
                    && [p.mandatory, p.from_pipeline, p.by_property_name]
                        .iter()
                        .all(|m| m & everywhere == everywhere || m & everywhere == 0)
                    && each.windows(2).all(|w| w[0].position == w[1].position);
                let memberships =
                    if uniform && !each.is_empty() { vec![member(0, Str::from(ALL))] } else { each };
                Parameter {
                    name: Str::from(p.name),
                    type_name: Str::from(p.ty.name),
                    is_switch: p.is_switch(),
                    aliases: p.aliases.iter().map(|a| Str::from(*a)).collect(),
                    sets: memberships,
                    default_text: p.default_text.map(Str::from),
                    validate_set: p
                        .validate
                        .iter()
                        .find_map(|v| match v {
                            Validate::Set(words) => Some(words.iter().map(|w| Str::from(*w)).collect()),
                            _ => None,
                        })
                        .unwrap_or_default(),
                    help_message: p.help_message.map(Str::from),
                    wildcards: p.wildcards,
                }
            })
            .collect();
        Signature {
            name: Str::from(decl.name),
            sets,
            default_set: decl.default_set.map(|i| Str::from(decl.sets[i as usize])),
            parameters,
            common: decl.common_parameters,
            should_process: decl.supports_should_process,
            outputs: decl.output_types.iter().map(|t| Str::from(*t)).collect(),
        }
    }

    /// Without any position of their own, the parameters that are no switches have the positions of their order.
    pub fn of_block(name: Str, info: BlockInfo) -> Signature {
        let mut signature = Signature::as_written(name, info);
        let memberships = || signature.parameters.iter().flat_map(|p| &p.sets);
        if memberships().all(|m| m.position.is_none() && m.set.as_str() == ALL) {
            for (at, p) in signature.parameters.iter_mut().filter(|p| !p.is_switch).enumerate() {
                for m in &mut p.sets {
                    m.position = Some(at as i32);
                }
            }
        }
        signature
    }

    fn as_written(name: Str, info: BlockInfo) -> Signature {
        let sets = if info.parameter_sets.is_empty() { vec![Str::from(ALL)] } else { info.parameter_sets };
        Signature {
            name,
            sets,
            default_set: info.default_set,
            parameters: info
                .parameters
                .into_iter()
                .map(|p| Parameter {
                    name: p.name,
                    type_name: p.type_name,
                    is_switch: p.is_switch,
                    aliases: p.aliases,
                    sets: p
                        .sets
                        .into_iter()
                        .map(|s| Membership {
                            set: s.set,
                            mandatory: s.mandatory,
                            position: s.position.filter(|n| *n >= 0),
                            from_pipeline: s.from_pipeline,
                            by_property_name: s.by_property_name,
                            remaining: s.remaining,
                        })
                        .collect(),
                    default_text: p.default_text,
                    validate_set: p.validate_set,
                    help_message: p.help_message,
                    wildcards: false,
                })
                .collect(),
            common: info.advanced,
            should_process: info.supports_should_process,
            outputs: info.output_types,
        }
    }

    /// Parameters of a set in the order of the syntax line: by position, then mandatory ones, then the others.
    pub fn of_set(&self, set: &str) -> Vec<(&Parameter, &Membership)> {
        let all: Vec<(&Parameter, &Membership)> =
            self.parameters.iter().filter_map(|p| p.in_set(set).map(|m| (p, m))).collect();
        let mut ordered: Vec<_> = all.iter().filter(|(_, m)| m.position.is_some()).copied().collect();
        ordered.sort_by_key(|(_, m)| m.position);
        ordered.extend(all.iter().filter(|(_, m)| m.position.is_none() && m.mandatory));
        ordered.extend(all.iter().filter(|(_, m)| m.position.is_none() && !m.mandatory));
        ordered
    }

    /// One syntax line for a set. `write_type` shows a parameter's value (`<string>`).
    pub fn syntax(&self, set: &str, write_type: &dyn Fn(&Parameter) -> String) -> String {
        let mut line = self.name.to_string();
        for (p, m) in self.of_set(set) {
            let value = if p.is_switch { String::new() } else { write_type(p) };
            line.push(' ');
            line.push_str(&match (m.position.is_some() && !p.is_switch, m.mandatory, p.is_switch) {
                (true, true, _) => format!("[-{}] {value}", p.name),
                (true, false, _) => format!("[[-{}] {value}]", p.name),
                (false, true, true) => format!("-{}", p.name),
                (false, false, true) => format!("[-{}]", p.name),
                (false, true, false) => format!("-{} {value}", p.name),
                (false, false, false) => format!("[-{} {value}]", p.name),
            });
        }
        if self.should_process {
            line.push_str(" [-WhatIf] [-Confirm]");
        }
        if self.common {
            line.push_str(" [<CommonParameters>]");
        }
        line
    }

    /// All syntax lines, as `Get-Command -Syntax` and a cmdlet's Definition give them.
    pub fn definition(&self) -> String {
        let lines: Vec<String> = self
            .sets
            .iter()
            .map(|s| self.syntax(s, &|p| format!("<{}>", short_type(&p.type_name))))
            .collect();
        format!("\n{}\n", lines.join("\n\n"))
    }
}

impl Parameter {
    pub fn in_set(&self, set: &str) -> Option<&Membership> {
        self.sets.iter().find(|m| m.set.as_str() == set || m.set.as_str() == ALL || set == ALL)
    }
}

/// A type as syntax lines write it: accelerators, else the name behind the last dot; generic arguments in brackets.
pub fn short_type(full: &str) -> String {
    if let Some(element) = full.strip_suffix("[]") {
        return format!("{}[]", short_type(element));
    }
    if let Some((head, arguments)) = full.split_once('`')
        && let Some(inner) = arguments.split_once('[').and_then(|(_, a)| a.strip_suffix(']'))
    {
        let inner: Vec<String> = inner.split(',').map(short_type).collect();
        // A nullable is written as what it holds.
        if head == "System.Nullable" {
            return inner.join(",");
        }
        return format!("{}[{}]", head.rsplit('.').next().unwrap_or(head), inner.join(","));
    }
    match full {
        "System.Object" => return "Object".into(),
        // An accelerator of the reference for a type that is no type of ours.
        "Microsoft.PowerShell.Commands.PSPropertyExpression" => return "pspropertyexpression".into(),
        _ => {}
    }
    let known = net::accelerators().iter().find(|(name, t)| t.name == full && shown_accelerator(name));
    match known {
        Some((name, t)) if t.kind != Kind::Other || SHOWN.contains(name) => (*name).to_string(),
        _ => full.rsplit('.').next().unwrap_or(full).to_string(),
    }
}

/// Of several accelerators for one type the reference shows the shortest lower-case one.
fn shown_accelerator(name: &str) -> bool {
    !matches!(
        name,
        "int32"
            | "int16"
            | "uint16"
            | "int64"
            | "uint32"
            | "uint64"
            | "Single"
            | "single"
            | "ordered"
            | "void"
            | "pscustomobject"
    )
}

const SHOWN: &[&str] = &[
    "psobject",
    "pscredential",
    "securestring",
    "scriptblock",
    "hashtable",
    "version",
    "uri",
    "xml",
    "ipaddress",
    "regex",
    "cultureinfo",
    "mailaddress",
    "psmoduleinfo",
    "psvariable",
    "type",
    "array",
    "runspace",
    "guid",
    "bigint",
    "x509Certificate",
    "x509Certificate2",
];
