//! A help topic as lines, laid out as the reference lays help out (recorded: oracle, commands/comment-help).

use crate::commands::signature::{ALL, Parameter, Signature, short_type};
use crate::help::topic::Topic;

/// How much is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    Default,
    Detailed,
    Full,
    Examples,
}

const COMMON: &[&str] = &[
    "        This cmdlet supports the common parameters: Verbose, Debug,",
    "        ErrorAction, ErrorVariable, WarningAction, WarningVariable,",
    "        OutBuffer, PipelineVariable, and OutVariable. For more information, see",
    "        about_CommonParameters (https://go.microsoft.com/fwlink/?LinkID=113216). ",
];
const BLANK: &str = "    ";

/// A whole topic. `width`: cells of a line.
pub fn topic(name: &str, topic: &Topic, signature: &Signature, extent: Extent, width: usize) -> Vec<String> {
    let mut l = Lines { lines: Vec::new(), width };
    l.add("");
    l.add("NAME");
    l.add(&format!("    {name}"));
    l.add(BLANK);
    l.add("SYNOPSIS");
    l.wrapped(&topic.synopsis, 4);
    l.add(BLANK);
    l.add(BLANK);
    if extent == Extent::Examples {
        examples(&mut l, topic);
        l.add("");
        l.add("");
        return l.lines;
    }
    l.add("SYNTAX");
    for set in &signature.sets {
        let line = signature.syntax(set, &|p| format!("<{}>", plain_type(&p.type_name)));
        // A function with help is shown as if it took the common parameters.
        let line = if signature.common { line } else { format!("{line} [<CommonParameters>]") };
        l.wrapped(&line, 4);
        l.add(BLANK);
    }
    l.add(BLANK);
    l.add("DESCRIPTION");
    for p in &topic.description {
        l.wrapped(p, 4);
        l.add(BLANK);
    }
    if topic.description.is_empty() {
        l.add(BLANK);
    }
    l.add("");
    match extent {
        Extent::Default => {
            if !topic.links.is_empty() {
                links(&mut l, topic);
                l.add("");
            }
        }
        Extent::Detailed | Extent::Full => {
            l.add("PARAMETERS");
            for p in parameters(signature) {
                parameter(&mut l, &p, topic, 4, extent == Extent::Full);
            }
            l.add("    <CommonParameters>");
            COMMON.iter().for_each(|c| l.add(c));
            l.add(BLANK);
            if extent == Extent::Full {
                kinds(&mut l, "INPUTS", topic.inputs.as_deref());
                kinds(&mut l, "OUTPUTS", topic.outputs.as_deref());
                if let Some(notes) = &topic.notes {
                    l.add("NOTES");
                    l.add(BLANK);
                    l.add(BLANK);
                    notes.lines().for_each(|n| l.wrapped(n, 8));
                    l.add(BLANK);
                }
            }
            examples(&mut l, topic);
            if extent == Extent::Full {
                l.add(BLANK);
                links(&mut l, topic);
                l.add("");
                l.add("");
                return l.lines;
            }
        }
        Extent::Examples => {}
    }
    l.add("REMARKS");
    l.add(&format!("    To see the examples, type: \"Get-Help {name} -Examples\""));
    l.add(&format!("    For more information, type: \"Get-Help {name} -Detailed\""));
    l.add(&format!("    For technical information, type: \"Get-Help {name} -Full\""));
    l.add(&format!("    For online help, type: \"Get-Help {name} -Online\""));
    l.add("");
    l.lines
}

/// A command without help of its own.
pub fn bare(signature: &Signature, aliases: &[String], extent: Extent, width: usize) -> Vec<String> {
    let mut l = Lines { lines: Vec::new(), width };
    l.add("");
    l.add("NAME");
    l.add(&format!("    {}", signature.name));
    l.add(BLANK);
    l.add("SYNTAX");
    for set in &signature.sets {
        l.wrapped(&signature.syntax(set, &value_of), 4);
        l.add(BLANK);
    }
    let full = matches!(extent, Extent::Full | Extent::Detailed);
    if full {
        l.add(BLANK);
        l.add("PARAMETERS");
        for p in &signature.parameters {
            let member = p.sets.first();
            l.add(&format!(
                "    -{}{}",
                p.name,
                if p.is_switch { String::new() } else { format!(" {}", value_of(p)) }
            ));
            l.add("        ");
            let position =
                member.and_then(|m| m.position).map_or_else(|| "Named".to_owned(), |n| n.to_string());
            let set = match member {
                Some(m) if m.set.as_str() != ALL => m.set.to_string(),
                _ => "(All)".into(),
            };
            let aliases: Vec<&str> = p.aliases.iter().map(|a| a.as_str()).collect();
            let fields = [
                ("Required?", yes(member.is_some_and(|m| m.mandatory)).to_owned()),
                ("Position?", position),
                ("Accept pipeline input?", pipeline(p)),
                ("Parameter set name", set),
                ("Aliases", if aliases.is_empty() { "None".into() } else { aliases.join(", ") }),
                ("Dynamic?", "false".into()),
                ("Accept wildcard characters?", yes(p.wildcards).to_owned()),
            ];
            for (label, value) in fields {
                l.add(&format!("        {label:<28} {value}"));
            }
            l.add("        ");
        }
        if signature.common {
            l.add("    <CommonParameters>");
            COMMON.iter().for_each(|c| l.add(c));
            l.add(BLANK);
        }
        l.add(BLANK);
        l.add("INPUTS");
        l.add("    None");
        l.add(BLANK);
        l.add(BLANK);
        l.add("OUTPUTS");
        if signature.outputs.is_empty() {
            l.add("    System.Object");
        }
        signature.outputs.iter().for_each(|o| l.add(&format!("    {o}")));
        l.add(BLANK);
    } else {
        l.add("");
    }
    l.add("ALIASES");
    if aliases.is_empty() {
        l.add("    None");
    }
    aliases.iter().for_each(|a| l.add(&format!("    {a}")));
    l.add(BLANK);
    l.add("");
    l.add("REMARKS");
    l.add("    None");
    l.add("");
    l.add("");
    l.lines
}

/// Parameters alone, as `-Parameter` shows them.
pub fn parameter_list(wanted: &[Parameter], topic: &Topic, width: usize) -> Vec<String> {
    let mut l = Lines { lines: Vec::new(), width };
    l.add("");
    for p in wanted {
        parameter(&mut l, p, topic, 0, true);
        l.add("");
    }
    l.add("");
    l.lines
}

/// All parameters, those of ShouldProcess at the end.
pub fn parameters(signature: &Signature) -> Vec<Parameter> {
    let mut all: Vec<Parameter> = signature.parameters.iter().map(copy).collect();
    if signature.should_process {
        for name in ["WhatIf", "Confirm"] {
            all.push(Parameter {
                name: name.into(),
                type_name: "System.Management.Automation.SwitchParameter".into(),
                is_switch: true,
                aliases: Vec::new(),
                sets: Vec::new(),
                default_text: Some("".into()),
                validate_set: Vec::new(),
                help_message: None,
                wildcards: false,
            });
        }
    }
    all
}

fn copy(p: &Parameter) -> Parameter {
    Parameter {
        name: p.name.clone(),
        type_name: p.type_name.clone(),
        is_switch: p.is_switch,
        aliases: p.aliases.clone(),
        sets: p.sets.clone(),
        default_text: p.default_text.clone(),
        validate_set: p.validate_set.clone(),
        help_message: p.help_message.clone(),
        wildcards: p.wildcards,
    }
}

/// What the field `Position?` says: counted from 1.
pub fn position(p: &Parameter) -> String {
    let at = p.sets.iter().find_map(|m| m.position);
    at.filter(|_| !p.is_switch).map_or_else(|| "named".into(), |n| (n + 1).to_string())
}

pub fn required(p: &Parameter) -> bool {
    p.sets.iter().any(|m| m.mandatory)
}

pub fn pipeline(p: &Parameter) -> String {
    let value = p.sets.iter().any(|m| m.from_pipeline);
    let name = p.sets.iter().any(|m| m.by_property_name);
    match (value, name) {
        (true, true) => "true (ByValue, ByPropertyName)".into(),
        (true, false) => "true (ByValue)".into(),
        (false, true) => "true (ByPropertyName)".into(),
        (false, false) => "false".into(),
    }
}

/// The value a parameter has when it is not given, as far as its type tells.
pub fn default_text(p: &Parameter) -> String {
    match &p.default_text {
        Some(t) => t.to_string(),
        None if p.is_switch => "False".into(),
        None => match p.type_name.as_str() {
            "System.Int32" | "System.Int64" | "System.Byte" | "System.Int16" | "System.UInt32"
            | "System.Double" | "System.Decimal" => "0".into(),
            "System.Boolean" => "False".into(),
            _ => String::new(),
        },
    }
}

fn yes(b: bool) -> &'static str {
    if b { "true" } else { "false" }
}

/// `{a | b}` where only these are allowed, else the type.
fn value_of(p: &Parameter) -> String {
    if p.validate_set.is_empty() {
        return format!("<{}>", short_type(&p.type_name));
    }
    let words: Vec<&str> = p.validate_set.iter().map(|w| w.as_str()).collect();
    format!("{{{}}}", words.join(" | "))
}

/// The name of a type behind its last dot: `String[]`.
pub fn plain_type(full: &str) -> String {
    let head = full.split('`').next().unwrap_or(full);
    if head != full {
        return short_type(full);
    }
    full.rsplit('.').next().unwrap_or(full).to_owned()
}

fn parameter(l: &mut Lines, p: &Parameter, topic: &Topic, indent: usize, facts: bool) {
    let pad = " ".repeat(indent);
    let ty = plain_type(&p.type_name);
    l.add(&if p.is_switch {
        format!("{pad}-{} [<{ty}>]", p.name)
    } else {
        format!("{pad}-{} <{ty}>", p.name)
    });
    let text = topic.parameter(&p.name);
    for line in text.lines() {
        l.wrapped(line, indent + 4);
    }
    let deep = " ".repeat(indent + 4);
    l.add(&deep);
    if !facts {
        return;
    }
    let mut aliases: Vec<&str> = p.aliases.iter().map(|a| a.as_str()).collect();
    if topic.from_comment {
        aliases.clear();
    }
    let fields = [
        ("Required?", yes(required(p)).to_owned()),
        ("Position?", position(p)),
        ("Default value", default_text(p)),
        ("Accept pipeline input?", pipeline(p)),
        ("Aliases", aliases.join(", ")),
        ("Accept wildcard characters?", yes(p.wildcards).to_owned()),
    ];
    for (label, value) in fields {
        l.add(&format!("{deep}{label:<28} {value}"));
    }
    l.add(&deep);
}

fn kinds(l: &mut Lines, title: &str, text: Option<&str>) {
    l.add(title);
    if let Some(text) = text {
        text.lines().for_each(|t| l.wrapped(t, 4));
        l.add(BLANK);
    }
    l.add(BLANK);
}

fn examples(l: &mut Lines, topic: &Topic) {
    for (i, e) in topic.examples.iter().enumerate() {
        if i > 0 {
            l.add(BLANK);
            l.add(BLANK);
        }
        l.add(&format!("    {}", example_title(i)));
        l.add(BLANK);
        for (n, line) in e.lines().enumerate() {
            l.add(&if n == 0 { format!("    PS > {line}") } else { format!("    {line}") });
        }
        for _ in 0..4 {
            l.add(BLANK);
        }
    }
}

pub fn example_title(index: usize) -> String {
    format!("-------------------------- EXAMPLE {} --------------------------", index + 1)
}

fn links(l: &mut Lines, topic: &Topic) {
    l.add("RELATED LINKS");
    for link in &topic.links {
        // A command's name is a text with an empty address behind it.
        let is_address = link.contains("://");
        l.add(&if is_address { format!("    {link}") } else { format!("    {link} ") });
    }
}

struct Lines {
    lines: Vec<String>,
    width: usize,
}

impl Lines {
    fn add(&mut self, line: &str) {
        self.lines.push(line.to_owned());
    }

    /// Breaks at blanks, which stay at the end of the line.
    fn wrapped(&mut self, text: &str, indent: usize) {
        let pad = " ".repeat(indent);
        let room = self.width.saturating_sub(indent + 1).max(20);
        for source in text.lines() {
            let mut line = String::new();
            for word in source.split_inclusive(' ') {
                let length = line.chars().count() + word.trim_end().chars().count();
                if !line.is_empty() && length > room {
                    self.lines.push(format!("{pad}{line}"));
                    line.clear();
                }
                line.push_str(word);
            }
            self.lines.push(format!("{pad}{line}"));
        }
        if text.is_empty() {
            self.lines.push(pad);
        }
    }
}
