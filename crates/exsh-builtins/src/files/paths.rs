//! What a written path means: which drive it is on, which items its wildcards match. The file system is one drive;
//! Env:, Variable:, Function: and Alias: are the others.

use crate::record;
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::{Out, Shell};
use exsh_core::value::{Str, Value};
use exsh_dotnet::ops::pattern;
use std::path::{Path, PathBuf};

/// The drives that hold items of the session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Drive {
    File,
    Env,
    Variable,
    Function,
    Alias,
}

impl Drive {
    pub fn name(self) -> &'static str {
        match self {
            Drive::File => "/",
            Drive::Env => "Env",
            Drive::Variable => "Variable",
            Drive::Function => "Function",
            Drive::Alias => "Alias",
        }
    }
}

/// A drive and what follows it: a file path as written, or an item's name.
pub struct Place {
    pub drive: Drive,
    pub rest: String,
}

impl Place {
    /// The path of an item of the session, as errors show it: `Variable:/name`.
    pub fn shown(&self) -> String {
        format!("{}:/{}", self.drive.name(), self.rest)
    }
}

/// Splits off the drive. Error id `DriveNotFound`.
pub fn place(written: &str) -> Result<Place> {
    let mut path = written;
    for provider in ["Microsoft.PowerShell.Core\\FileSystem::", "FileSystem::"] {
        if let Some(rest) = strip_prefix_ignore_case(path, provider) {
            return Ok(Place { drive: Drive::File, rest: rest.to_owned() });
        }
    }
    for provider in ["Microsoft.PowerShell.Core\\", ""] {
        for (name, drive) in [
            ("Environment::", Drive::Env),
            ("Variable::", Drive::Variable),
            ("Function::", Drive::Function),
            ("Alias::", Drive::Alias),
        ] {
            if let Some(rest) = strip_prefix_ignore_case(path, &format!("{provider}{name}")) {
                return Ok(Place { drive, rest: rest.to_owned() });
            }
        }
    }
    if let Some(colon) = path.find(':') {
        let name = &path[..colon];
        // One letter is a drive of Windows, which the session maps to a folder.
        if name.len() > 1 && name.chars().all(|c| c.is_alphanumeric() || c == '_') {
            path = path[colon + 1..].trim_start_matches(['/', '\\']);
            let drive = match name.to_ascii_lowercase().as_str() {
                "env" => Drive::Env,
                "variable" => Drive::Variable,
                "function" => Drive::Function,
                "alias" => Drive::Alias,
                _ => return Err(drive_not_found(name).into()),
            };
            return Ok(Place { drive, rest: path.to_owned() });
        }
    }
    Ok(Place { drive: Drive::File, rest: path.to_owned() })
}

fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    if head.eq_ignore_ascii_case(prefix) { Some(&text[prefix.len()..]) } else { None }
}

fn drive_not_found(name: &str) -> ErrorRecord {
    ErrorRecord::of(
        "System.Management.Automation.DriveNotFoundException",
        "DriveNotFound",
        Category::ObjectNotFound,
        format!("Cannot find drive. A drive with the name '{name}' does not exist."),
    )
    .on(Value::text(name))
}

/// Does the text hold wildcards that are not escaped?
pub fn is_pattern(written: &str) -> bool {
    pattern::has_wildcards(written)
}

/// The existing files and folders that a path means, wildcards expanded unless it is literal. Empty when a pattern
/// matches nothing; a plain path that does not exist is an error (`PathNotFound`). `hidden`: patterns match names that
/// start with a dot, too.
pub fn existing(written: &str, literal: bool, hidden: bool, shell: &mut dyn Shell) -> Result<Vec<PathBuf>> {
    if !literal && is_pattern(written) {
        return expand(written, hidden, shell);
    }
    let plain = if literal { written.to_owned() } else { pattern::unescape(written) };
    let path = shell.file_path(&plain)?;
    if std::fs::symlink_metadata(&path).is_ok() {
        return Ok(vec![path]);
    }
    let shown = if literal { written.to_owned() } else { path.display().to_string() };
    Err(record::path_not_found(&shown).into())
}

/// As [`existing`], for commands that open files themselves and report what fails.
pub fn files_to_read(written: &str, literal: bool, out: &mut dyn Out) -> Result<Vec<PathBuf>> {
    let place = place(written)?;
    if !literal && is_pattern(&place.rest) {
        let found = expand(&place.rest, false, out.shell())?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    let plain = if literal { place.rest } else { pattern::unescape(&place.rest) };
    Ok(vec![out.shell().file_path(&plain)?])
}

/// Expands the wildcards of a file path, name by name; results are in order of name.
fn expand(written: &str, hidden: bool, shell: &mut dyn Shell) -> Result<Vec<PathBuf>> {
    let written = written.replace('\\', "/");
    let parts: Vec<&str> = written.split('/').collect();
    let first = parts.iter().position(|p| is_pattern(p)).unwrap_or(parts.len());
    let head = parts[..first].join("/");
    let head = match (first, head.as_str()) {
        (0, _) => ".".to_owned(),
        (_, "") => "/".to_owned(),
        _ => pattern::unescape(&head),
    };
    let mut found = vec![shell.file_path(&head)?];
    for part in parts[first..].iter().filter(|p| !p.is_empty()) {
        if !is_pattern(part) {
            let part = pattern::unescape(part);
            found = found
                .into_iter()
                .map(|f| f.join(&part))
                .filter(|f| std::fs::symlink_metadata(f).is_ok())
                .collect();
            continue;
        }
        let wildcard = pattern::compile(part, true)?;
        let dotted = hidden || part.starts_with('.');
        let mut next = Vec::new();
        for folder in found {
            for name in names(&folder) {
                if wildcard.matches(&name) && (dotted || !name.starts_with('.')) {
                    next.push(folder.join(&name));
                }
            }
        }
        found = next;
    }
    Ok(found)
}

/// Names in a folder, sorted as the reference lists them; empty when it cannot be read.
pub fn names(folder: &Path) -> Vec<String> {
    let mut all: Vec<String> = match std::fs::read_dir(folder) {
        Ok(entries) => entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect(),
        Err(_) => Vec::new(),
    };
    all.sort_by(|a, b| order_names(a, b));
    all
}

/// By culture, case ignored.
pub fn order_names(a: &str, b: &str) -> std::cmp::Ordering {
    exsh_dotnet::culture::collate::order(a, b, true).then_with(|| a.cmp(b))
}

/// The last name of a path.
pub fn leaf(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}

/// Compiled `-Include` and `-Exclude`.
pub struct NameFilter {
    include: Vec<pattern::Wildcard>,
    exclude: Vec<pattern::Wildcard>,
    filter: Option<pattern::Wildcard>,
}

impl NameFilter {
    pub fn new(
        include: Option<Vec<Str>>,
        exclude: Option<Vec<Str>>,
        filter: Option<Str>,
    ) -> Result<NameFilter> {
        let compile = |list: Option<Vec<Str>>| -> Result<Vec<pattern::Wildcard>> {
            list.unwrap_or_default().iter().map(|p| pattern::compile(p, true)).collect()
        };
        Ok(NameFilter {
            include: compile(include)?,
            exclude: compile(exclude)?,
            filter: filter.filter(|f| !f.is_empty()).map(|f| pattern::compile(&f, true)).transpose()?,
        })
    }

    pub fn passes(&self, name: &str) -> bool {
        (self.include.is_empty() || self.include.iter().any(|w| w.matches(name)))
            && !self.exclude.iter().any(|w| w.matches(name))
            && self.filter.as_ref().is_none_or(|w| w.matches(name))
    }

    pub fn has_include(&self) -> bool {
        !self.include.is_empty()
    }
}

/// The paths of a command that has `-Path` and `-LiteralPath`, and which of the two they are.
pub fn written(path: Option<Vec<Str>>, literal: Option<Vec<Str>>) -> (Vec<Str>, bool) {
    match (path, literal) {
        (_, Some(l)) => (l, true),
        (Some(p), None) => (p, false),
        (None, None) => (Vec::new(), false),
    }
}
