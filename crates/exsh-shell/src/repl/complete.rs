//! Completion: command names, parameter names, variables, paths. It reads the same declarations as the binder.

use crate::run::engine::Engine;
use exsh_core::{CmdletDecl, Shell};
use rustyline::completion::{Completer, Pair};
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::validate::Validator;
use rustyline::{Context, Result};
use std::path::PathBuf;

/// What completion may offer now.
pub struct Helper {
    cmdlets: Vec<&'static CmdletDecl>,
    /// Functions with their parameters.
    functions: Vec<(String, Vec<String>)>,
    aliases: Vec<(String, String)>,
    variables: Vec<String>,
    location: PathBuf,
}

impl Helper {
    pub fn of(m: &mut Engine) -> Helper {
        let cmdlets = m.cmdlets().iter().map(|c| c.decl).collect();
        let functions = m
            .functions()
            .into_iter()
            .map(|(name, block)| {
                let info = m.block_info(&block);
                let params = info
                    .map(|i| i.parameters.iter().map(|p| p.name.to_string()).collect())
                    .unwrap_or_default();
                (name.to_string(), params)
            })
            .collect();
        let aliases = m.aliases().into_iter().map(|(n, t)| (n.to_string(), t.to_string())).collect();
        let variables = m.variables(None).into_iter().map(|v| v.name.to_string()).collect();
        Helper { cmdlets, functions, aliases, variables, location: PathBuf::from(&m.location) }
    }

    /// Candidates for the word that ends at `pos`: where it starts, and what may stand there.
    pub fn candidates(&self, line: &str, pos: usize) -> (usize, Vec<String>) {
        let before = &line[..pos];
        let start = before.rfind([' ', '\t', '\n', '|', ';', '(', '{', '=', ',', '&']).map_or(0, |i| i + 1);
        let word = &before[start..];
        if let Some(name) = word.strip_prefix('$') {
            let hits = self.variables.iter().filter(|v| starts(v, name)).map(|v| format!("${v}")).collect();
            return (start, hits);
        }
        let command = command_of(&before[..start]);
        match command {
            None if !word.contains('/') && !word.starts_with('.') && !word.starts_with('~') => {
                (start, self.commands(word))
            }
            Some(c) if word.starts_with('-') => (start, self.parameters(c, &word[1..])),
            Some(c) => {
                let values = self.values(c, &before[..start], word);
                if values.is_empty() { (start, self.paths(word)) } else { (start, values) }
            }
            None => (start, self.paths(word)),
        }
    }

    fn commands(&self, word: &str) -> Vec<String> {
        if word.is_empty() {
            return Vec::new();
        }
        let mut all: Vec<String> = self
            .cmdlets
            .iter()
            .map(|d| d.name.to_owned())
            .chain(self.functions.iter().map(|f| f.0.clone()))
            .filter(|n| starts(n, word))
            .collect();
        all.sort_by_key(|n| n.to_ascii_lowercase());
        all.dedup();
        all
    }

    fn decl(&self, command: &str) -> Option<&'static CmdletDecl> {
        let target =
            self.aliases.iter().find(|(n, _)| n.eq_ignore_ascii_case(command)).map(|(_, t)| t.as_str());
        let name = target.unwrap_or(command);
        self.cmdlets.iter().find(|d| d.name.eq_ignore_ascii_case(name)).copied()
    }

    fn parameters(&self, command: &str, word: &str) -> Vec<String> {
        let mut all: Vec<String> = match self.decl(command) {
            Some(d) => {
                let mut names: Vec<String> = d.params.iter().map(|p| p.name.to_owned()).collect();
                names.extend(COMMON.iter().map(|s| (*s).to_owned()));
                if d.supports_should_process {
                    names.extend(["WhatIf".to_owned(), "Confirm".to_owned()]);
                }
                names
            }
            None => self
                .functions
                .iter()
                .find(|f| f.0.eq_ignore_ascii_case(command))
                .map(|f| f.1.clone())
                .unwrap_or_default(),
        };
        all.retain(|n| starts(n, word));
        all.into_iter().map(|n| format!("-{n}")).collect()
    }

    /// Members of an enumeration or of a ValidateSet, for the parameter before the word.
    fn values(&self, command: &str, before: &str, word: &str) -> Vec<String> {
        let Some(d) = self.decl(command) else { return Vec::new() };
        let Some(parameter) = before.split_whitespace().last().and_then(|w| w.strip_prefix('-')) else {
            return Vec::new();
        };
        let hits: Vec<_> = d.params.iter().filter(|p| starts(p.name, parameter)).collect();
        let [p] = hits[..] else { return Vec::new() };
        let members: Vec<&str> = match p.ty.element.unwrap_or(p.ty).enumeration {
            Some(e) => e.members.iter().map(|m| m.0).collect(),
            None => p
                .validate
                .iter()
                .find_map(|v| match v {
                    exsh_core::cmdlet::Validate::Set(list) => Some(list.to_vec()),
                    _ => None,
                })
                .unwrap_or_default(),
        };
        members.into_iter().filter(|m| starts(m, word)).map(str::to_owned).collect()
    }

    fn paths(&self, word: &str) -> Vec<String> {
        let (folder, stem) = match word.rfind('/') {
            Some(i) => (&word[..=i], &word[i + 1..]),
            None => ("", word),
        };
        let look = match folder.strip_prefix("~/") {
            Some(rest) => match std::env::home_dir() {
                Some(h) => h.join(rest),
                None => return Vec::new(),
            },
            None => self.location.join(folder),
        };
        let Ok(entries) = std::fs::read_dir(look) else { return Vec::new() };
        let mut all: Vec<String> = entries
            .flatten()
            .filter_map(|e| {
                let name = e.file_name().to_string_lossy().into_owned();
                if !starts(&name, stem) || (name.starts_with('.') && !stem.starts_with('.')) {
                    return None;
                }
                let head = if folder.is_empty() { "./" } else { folder };
                let tail = if e.file_type().is_ok_and(|t| t.is_dir()) { "/" } else { "" };
                let full = format!("{head}{name}{tail}");
                Some(if full.contains(' ') { format!("'{full}'") } else { full })
            })
            .collect();
        all.sort();
        all
    }
}

const COMMON: &[&str] = &[
    "Verbose",
    "Debug",
    "ErrorAction",
    "WarningAction",
    "InformationAction",
    "ProgressAction",
    "ErrorVariable",
    "WarningVariable",
    "InformationVariable",
    "OutVariable",
    "OutBuffer",
    "PipelineVariable",
];

fn starts(name: &str, word: &str) -> bool {
    name.len() >= word.len()
        && name.is_char_boundary(word.len())
        && name[..word.len()].eq_ignore_ascii_case(word)
}

/// The command whose arguments stand at the end of the text; nothing when a command's name is to come.
fn command_of(before: &str) -> Option<&str> {
    let from = before.rfind(['|', ';', '\n', '{', '(', '=', '&']).map_or(0, |i| i + 1);
    before[from..].split_whitespace().next()
}

impl Completer for Helper {
    type Candidate = Pair;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> Result<(usize, Vec<Pair>)> {
        let (start, list) = self.candidates(line, pos);
        Ok((start, list.into_iter().map(|t| Pair { display: t.clone(), replacement: t }).collect()))
    }
}

impl Hinter for Helper {
    type Hint = String;
}
impl Highlighter for Helper {}
impl Validator for Helper {}
impl rustyline::Helper for Helper {}
