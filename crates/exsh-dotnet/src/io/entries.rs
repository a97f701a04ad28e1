//! Entries of a folder by .NET's search patterns.

use super::failure::{self, Blame};
use exsh_core::Result;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};

/// Which entries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    Files,
    Folders,
    Both,
}

/// One entry that was found.
pub struct Entry {
    /// Full path.
    pub path: PathBuf,
    /// Relative to the folder that was searched.
    pub relative: PathBuf,
    pub is_folder: bool,
}

/// Entries of a folder in order of name, those of folders beneath it behind them. A link is what it leads to, but
/// nobody walks through it.
pub fn find(folder: &Path, pattern: &str, wanted: Wanted, recurse: bool) -> Result<Vec<Entry>> {
    // A pattern may name a folder to start from.
    let (below, pattern) = pattern.rsplit_once('/').unwrap_or(("", pattern));
    let mut found = Vec::new();
    let mut waiting = VecDeque::from([PathBuf::from(below)]);
    while let Some(relative) = waiting.pop_front() {
        let here = folder.join(&relative);
        let failed = |e: std::io::Error| failure::of(&e, &here, Blame::Folder);
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&here).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let Ok(kind) = entry.file_type() else { continue };
            names.push((entry.file_name(), kind));
        }
        names.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, kind) in names {
            let path = here.join(&name);
            let is_folder = if kind.is_symlink() { path.is_dir() } else { kind.is_dir() };
            let inside = relative.join(&name);
            if recurse && kind.is_dir() {
                waiting.push_back(inside.clone());
            }
            let fits = match wanted {
                Wanted::Files => !is_folder,
                Wanted::Folders => is_folder,
                Wanted::Both => true,
            };
            if fits && matches(pattern, &name.to_string_lossy()) {
                found.push(Entry { path, relative: inside, is_folder });
            }
        }
    }
    Ok(found)
}

/// `*` and `?`; case counts on this platform. `*.*` and an empty pattern fit every name.
pub fn matches(pattern: &str, name: &str) -> bool {
    if matches!(pattern, "" | "." | "*" | "*.*") {
        return true;
    }
    let p: Vec<char> = pattern.chars().collect();
    let n: Vec<char> = name.chars().collect();
    let (mut i, mut j) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while j < n.len() {
        match p.get(i) {
            Some('*') => {
                star = Some((i, j));
                i += 1;
            }
            Some(&c) if c == '?' || c == n[j] => {
                i += 1;
                j += 1;
            }
            _ => match star {
                Some((s, at)) => {
                    star = Some((s, at + 1));
                    i = s + 1;
                    j = at + 1;
                }
                None => return false,
            },
        }
    }
    p[i..].iter().all(|&c| c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: documented (Directory.GetFiles, search patterns).
    #[test]
    fn patterns_fit_names() {
        for (pattern, name, fits) in [
            ("*.txt", "a.txt", true),
            ("*.txt", "a.TXT", false),
            ("*.*", "noextension", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("*a*b", "xaybzb", true),
            ("*a*b", "xaybz", false),
        ] {
            assert_eq!(matches(pattern, name), fits, "{pattern} {name}");
        }
    }
}
