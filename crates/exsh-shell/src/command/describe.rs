//! A script block told as data: for Get-Command, Get-Help and completion.

use crate::command::function::ScriptBlock;
use crate::run::engine::Engine;
use exsh_core::Str;
use exsh_core::cmdlet::ALL_SETS;
use exsh_core::out::{BlockInfo, BlockParameter, BlockParameterSet};
use exsh_core::types::Kind;
use std::rc::Rc;

pub fn block_info(m: &mut Engine, b: &Rc<ScriptBlock>) -> Option<BlockInfo> {
    let meta = b.meta(m).ok()?;
    let all = Str::from("__AllParameterSets");
    let defaults = default_texts(b);
    let parameters = meta
        .params
        .iter()
        .enumerate()
        .map(|(i, p)| {
            let mut sets = Vec::new();
            let masks: Vec<(Str, u32)> =
                if meta.set_names.is_empty() || p.sets.count_ones() as usize == meta.set_names.len() {
                    vec![(all.clone(), ALL_SETS)]
                } else {
                    meta.set_names
                        .iter()
                        .enumerate()
                        .filter(|(s, _)| p.sets & (1 << s) != 0)
                        .map(|(s, n)| (n.clone(), 1 << s))
                        .collect()
                };
            for (set, mask) in masks {
                sets.push(BlockParameterSet {
                    set,
                    mandatory: p.mandatory & mask != 0,
                    position: p.positions.iter().find(|(m, _)| m & mask != 0).map(|(_, at)| *at),
                    from_pipeline: p.from_pipeline & mask != 0,
                    by_property_name: p.by_property_name & mask != 0,
                    remaining: p.remaining & mask != 0,
                });
            }
            BlockParameter {
                name: p.spelling.clone(),
                type_name: Str::from(p.ty.name),
                aliases: p.aliases.clone(),
                is_switch: p.ty.kind == Kind::Switch,
                sets,
                default_text: defaults.get(i).cloned().flatten(),
                validate_set: p
                    .validations
                    .iter()
                    .find_map(|v| match v {
                        crate::bind::Validation::Set { values, .. } => Some(values.clone()),
                        _ => None,
                    })
                    .unwrap_or_default(),
                help_message: p.help_message.clone(),
            }
        })
        .collect();
    Some(BlockInfo {
        text: Str::from(b.text()),
        parameters,
        parameter_sets: meta.set_names.clone(),
        default_set: meta.default_set.and_then(|i| meta.set_names.get(i as usize).cloned()),
        advanced: meta.advanced,
        supports_should_process: meta.should_process,
        help: help_comment(b),
        output_types: output_types(b),
        file: b.source.source.file.as_deref().map(Str::from),
    })
}

fn declared(b: &ScriptBlock) -> Vec<&exsh_syntax::ast::Parameter> {
    let mut all = Vec::new();
    if let Some(p) = &b.source.parameters {
        all.extend(p.iter());
    }
    if let Some(p) = &b.source.ast.param_block {
        all.extend(p.parameters.iter());
    }
    all
}

fn default_texts(b: &ScriptBlock) -> Vec<Option<Str>> {
    let text = &b.source.source.text;
    declared(b)
        .iter()
        .map(|p| {
            let s = p.default.as_ref()?.span();
            text.get(s.start as usize..s.end() as usize).map(Str::from)
        })
        .collect()
}

fn output_types(b: &ScriptBlock) -> Vec<Str> {
    let text = &b.source.source.text;
    let Some(p) = &b.source.ast.param_block else { return Vec::new() };
    p.attributes
        .iter()
        .filter(|a| a.type_name.name.eq_ignore_ascii_case("OutputType"))
        .flat_map(|a| a.positional.iter())
        .filter_map(|e| {
            let s = e.span();
            let t = text.get(s.start as usize..s.end() as usize)?;
            Some(Str::from(t.trim_matches(['[', ']', '\'', '"'])))
        })
        .collect()
}

/// The comment that helps: inside of the body at its start or end, or right before the function.
fn help_comment(b: &ScriptBlock) -> Option<Str> {
    let text = &b.source.source.text;
    let span = b.source.ast.span;
    let body = text.get(span.start as usize..span.end() as usize)?;
    let inner = body.strip_prefix('{').unwrap_or(body);
    if let Some(c) = leading_comment(inner) {
        return Some(c);
    }
    let trimmed = inner.trim_end().trim_end_matches('}').trim_end();
    if trimmed.ends_with("#>")
        && let Some(start) = trimmed.rfind("<#")
        && is_help(&trimmed[start..])
    {
        return Some(Str::from(&trimmed[start..]));
    }
    let name = b.source.name.as_ref()?;
    let before = &text[..span.start as usize];
    // The head of the definition stands between the comment and the body.
    let head = before.to_ascii_lowercase().rfind("function")?;
    if !before[head..].to_ascii_lowercase().contains(&name.to_ascii_lowercase()) {
        return None;
    }
    let above = before[..head].trim_end();
    if above.ends_with("#>") {
        let start = above.rfind("<#")?;
        return is_help(&above[start..]).then(|| Str::from(&above[start..]));
    }
    let mut lines: Vec<&str> = Vec::new();
    for l in above.lines().rev() {
        if l.trim_start().starts_with('#') { lines.push(l.trim_start()) } else { break }
    }
    lines.reverse();
    let joined = lines.join("\n");
    is_help(&joined).then(|| Str::from(joined))
}

fn leading_comment(inner: &str) -> Option<Str> {
    let t = inner.trim_start();
    if t.starts_with("<#") {
        let end = t.find("#>")? + 2;
        return is_help(&t[..end]).then(|| Str::from(&t[..end]));
    }
    let mut lines = Vec::new();
    for l in t.lines() {
        if l.trim_start().starts_with('#') { lines.push(l.trim_start()) } else { break }
    }
    let joined = lines.join("\n");
    is_help(&joined).then(|| Str::from(joined))
}

fn is_help(comment: &str) -> bool {
    const WORDS: [&str; 12] = [
        "synopsis",
        "description",
        "parameter",
        "example",
        "inputs",
        "outputs",
        "notes",
        "link",
        "component",
        "role",
        "functionality",
        "externalhelp",
    ];
    comment.lines().any(|l| {
        let l = l.trim_start_matches(['<', '#', ' ', '\t']);
        l.strip_prefix('.').is_some_and(|w| {
            let w = w.split_whitespace().next().unwrap_or("").to_ascii_lowercase();
            WORDS.contains(&w.as_str())
        })
    })
}
