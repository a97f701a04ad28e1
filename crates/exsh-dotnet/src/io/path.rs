//! `System.IO.Path`: paths as text. Only full paths and temporary files look at the session.

use super::failure::{self, Blame};
use super::text_at;
use crate::fail;
use crate::sig::*;
use exsh_core::types::{CHAR_ARRAY, MemberTable, TypeInfo};
use exsh_core::{Result, Shell, Value};
use std::path::{Component, Path, PathBuf};

pub static PATH: TypeInfo = TypeInfo::class("System.IO.Path", MEMBERS);

/// A path without `.`, `..` and doubled separators; a separator at the end stays away.
pub fn normalized(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for c in path.components() {
        match c {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            c => out.push(c),
        }
    }
    out
}

pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// With its dot; empty when there is none.
pub fn extension(path: &str) -> &str {
    let name = file_name(path);
    match name.rfind('.') {
        Some(i) if i + 1 < name.len() => &name[i..],
        _ => "",
    }
}

pub fn without_extension(path: &str) -> &str {
    let name = file_name(path);
    name.rfind('.').map_or(name, |i| &name[..i])
}

/// Nothing for the root and for an empty path.
pub fn directory_name(path: &str) -> Option<String> {
    if path.is_empty() || path.bytes().all(|b| b == b'/') {
        return None;
    }
    let head = match path.rfind('/') {
        None => return Some(String::new()),
        Some(i) => path[..i].trim_end_matches('/'),
    };
    if head.is_empty() {
        return Some("/".into());
    }
    // .NET writes repeated separators once.
    let mut out = String::with_capacity(head.len());
    for c in head.chars() {
        if c != '/' || !out.ends_with('/') {
            out.push(c);
        }
    }
    Some(out)
}

pub fn combine<S: AsRef<str>>(parts: impl IntoIterator<Item = S>) -> String {
    let mut out = String::new();
    for p in parts {
        let p = p.as_ref();
        if p.is_empty() {
            continue;
        }
        if p.starts_with('/') {
            out.clear();
        } else if !out.is_empty() && !out.ends_with('/') {
            out.push('/');
        }
        out.push_str(p);
    }
    out
}

/// As [`combine`], but a rooted part does not throw the parts before it away.
fn join<S: AsRef<str>>(parts: impl IntoIterator<Item = S>) -> String {
    let mut out = String::new();
    for p in parts {
        let p = p.as_ref();
        if !out.is_empty() && !p.is_empty() && !out.ends_with('/') && !p.starts_with('/') {
            out.push('/');
        }
        out.push_str(p);
    }
    out
}

fn change_extension(path: &str, extension: Option<&str>) -> String {
    let start = path.rfind('/').map_or(0, |i| i + 1);
    let stem = path[start..].rfind('.').map_or(path, |i| &path[..start + i]);
    match extension {
        None => stem.into(),
        Some(e) if e.starts_with('.') => format!("{stem}{e}"),
        Some(e) => format!("{stem}.{e}"),
    }
}

/// `path` as seen from `from`; both absolute.
fn relative(from: &Path, path: &Path) -> String {
    let a: Vec<Component<'_>> = from.components().collect();
    let b: Vec<Component<'_>> = path.components().collect();
    let common = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let mut out = PathBuf::new();
    for _ in common..a.len() {
        out.push("..");
    }
    out.extend(&b[common..]);
    if out.as_os_str().is_empty() { ".".into() } else { out.display().to_string() }
}

fn full(shell: &mut dyn Shell, text: &str) -> Result<String> {
    let mut out = normalized(&shell.file_path(text)?).display().to_string();
    if text.ends_with('/') && !out.ends_with('/') {
        out.push('/');
    }
    Ok(out)
}

/// `TMPDIR` or `/tmp/`, with a separator at the end.
pub fn temp_folder(shell: &mut dyn Shell) -> String {
    let mut folder = shell.host().env("TMPDIR").filter(|d| !d.is_empty()).unwrap_or_else(|| "/tmp/".into());
    if !folder.ends_with('/') {
        folder.push('/');
    }
    folder
}

/// Random lower-case letters and digits.
pub fn random_name(shell: &mut dyn Shell, length: usize) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz012345";
    let mut bytes = vec![0; length];
    shell.host().random(&mut bytes);
    bytes.iter().map(|b| LETTERS[usize::from(b & 31)] as char).collect()
}

fn temp_file(shell: &mut dyn Shell) -> Result<Value> {
    let folder = temp_folder(shell);
    for _ in 0..100 {
        let path = PathBuf::from(format!("{folder}tmp{}.tmp", random_name(shell, 6)));
        match std::fs::OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(_) => return Ok(Value::text(path.display().to_string())),
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(failure::of(&e, &path, Blame::NewFile)),
        }
    }
    Err(failure::io(format!("No free name was found in '{folder}'.")))
}

/// Null stays null.
fn through(a: &[Value], f: fn(&str) -> &str) -> Result<Value> {
    Ok(opt_str(a, 0).map_or(Value::NULL, |s| Value::text(f(&s))))
}

fn texts(a: &[Value]) -> Vec<exsh_core::Str> {
    (0..a.len()).map(|i| str_at(a, i)).collect()
}

/// The items of a `string[]`.
fn items(a: &[Value]) -> Vec<exsh_core::Str> {
    match arg(a, 0).base().as_list() {
        Some(l) => l.items().iter().map(str_of).collect(),
        None => Vec::new(),
    }
}

fn invalid_chars() -> Value {
    Value::list_of(&CHAR_ARRAY, vec![Value::char(0)])
}

static MEMBERS: MemberTable = MemberTable {
    static_properties: properties! {
        AltDirectorySeparatorChar: "char" = |_, _| Ok(Value::char(u16::from(b'/')));
        DirectorySeparatorChar: "char" = |_, _| Ok(Value::char(u16::from(b'/')));
        InvalidPathChars: "char[]" = |_, _| Ok(invalid_chars());
        PathSeparator: "char" = |_, _| Ok(Value::char(u16::from(b':')));
        VolumeSeparatorChar: "char" = |_, _| Ok(Value::char(u16::from(b'/')));
    },
    static_methods: methods! {
        ChangeExtension {
            (path: STR, extension: STR) -> "string" = |_, _, a| {
                let Some(path) = opt_str(a, 0) else { return Ok(Value::NULL) };
                Ok(Value::text(change_extension(&path, opt_str(a, 1).as_deref())))
            };
        }
        Combine {
            (path1: STR, path2: STR) -> "string" = |_, _, a| Ok(Value::text(combine(texts(a).iter().map(|s| &**s))));
            (path1: STR, path2: STR, path3: STR) -> "string" = |_, _, a| {
                Ok(Value::text(combine(texts(a).iter().map(|s| &**s))))
            };
            (path1: STR, path2: STR, path3: STR, path4: STR) -> "string" = |_, _, a| {
                Ok(Value::text(combine(texts(a).iter().map(|s| &**s))))
            };
            (paths: STRS => rest) -> "string" = |_, _, a| Ok(Value::text(combine(items(a).iter().map(|s| &**s))));
        }
        EndsInDirectorySeparator { (path: STR) -> "bool" = |_, _, a| Ok(Value::bool(str_at(a, 0).ends_with('/'))); }
        Exists {
            (path: STR) -> "bool" = |shell, _, a| {
                let text = str_at(a, 0);
                Ok(Value::bool(!text.is_empty() && super::resolve(shell, &text)?.symlink_metadata().is_ok()))
            };
        }
        GetDirectoryName {
            (path: STR) -> "string" = |_, _, a| Ok(directory_name(&str_at(a, 0)).map_or(Value::NULL, Value::text));
        }
        GetExtension { (path: STR) -> "string" = |_, _, a| through(a, extension); }
        GetFileName { (path: STR) -> "string" = |_, _, a| through(a, file_name); }
        GetFileNameWithoutExtension { (path: STR) -> "string" = |_, _, a| through(a, without_extension); }
        GetFullPath {
            (path: STR) -> "string" = |shell, _, a| {
                let text = text_at(a, 0, "path")?;
                Ok(Value::text(full(shell, &text)?))
            };
            (path: STR, basePath: STR) -> "string" = |shell, _, a| {
                let (text, base) = (str_at(a, 0), str_at(a, 1));
                if !base.starts_with('/') {
                    return Err(fail::argument("Basepath argument is not fully qualified.", "basePath"));
                }
                Ok(Value::text(full(shell, &combine([&*base, &*text]))?))
            };
        }
        GetInvalidFileNameChars {
            () -> "char[]" = |_, _, _| Ok(Value::list_of(&CHAR_ARRAY, vec![Value::char(0), Value::char(u16::from(b'/'))]));
        }
        GetInvalidPathChars { () -> "char[]" = |_, _, _| Ok(invalid_chars()); }
        GetPathRoot {
            (path: STR) -> "string" = |_, _, a| {
                let text = str_at(a, 0);
                Ok(match text.is_empty() {
                    true => Value::NULL,
                    false => Value::text(if text.starts_with('/') { "/" } else { "" }),
                })
            };
        }
        GetRandomFileName {
            () -> "string" = |shell, _, _| {
                let name = random_name(shell, 11);
                Ok(Value::text(format!("{}.{}", &name[..8], &name[8..])))
            };
        }
        GetRelativePath {
            (relativeTo: STR, path: STR) -> "string" = |shell, _, a| {
                let from = super::path_at(shell, a, 0, "relativeTo")?;
                let to = super::path_at(shell, a, 1, "path")?;
                Ok(Value::text(relative(&from, &to)))
            };
        }
        GetTempFileName { () -> "string" = |shell, _, _| temp_file(shell); }
        GetTempPath { () -> "string" = |shell, _, _| Ok(Value::text(temp_folder(shell))); }
        HasExtension { (path: STR) -> "bool" = |_, _, a| Ok(Value::bool(!extension(&str_at(a, 0)).is_empty())); }
        IsPathFullyQualified { (path: STR) -> "bool" = |_, _, a| Ok(Value::bool(str_at(a, 0).starts_with('/'))); }
        IsPathRooted { (path: STR) -> "bool" = |_, _, a| Ok(Value::bool(str_at(a, 0).starts_with('/'))); }
        Join {
            (path1: STR, path2: STR) -> "string" = |_, _, a| Ok(Value::text(join(texts(a).iter().map(|s| &**s))));
            (path1: STR, path2: STR, path3: STR) -> "string" = |_, _, a| {
                Ok(Value::text(join(texts(a).iter().map(|s| &**s))))
            };
            (path1: STR, path2: STR, path3: STR, path4: STR) -> "string" = |_, _, a| {
                Ok(Value::text(join(texts(a).iter().map(|s| &**s))))
            };
            (paths: STRS => rest) -> "string" = |_, _, a| Ok(Value::text(join(items(a).iter().map(|s| &**s))));
        }
        TrimEndingDirectorySeparator {
            (path: STR) -> "string" = |_, _, a| {
                let text = str_at(a, 0);
                Ok(match text.strip_suffix('/') {
                    Some(head) if !head.is_empty() => Value::text(head),
                    _ => Value::string(text),
                })
            };
        }
    },
    ..MemberTable::EMPTY
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_apart_and_put_together() {
        // Observed.
        assert_eq!(file_name("a/b/c.txt"), "c.txt");
        assert_eq!(without_extension("a/b/c.tar.gz"), "c.tar");
        assert_eq!(extension("c.tar.gz"), ".gz");
        assert_eq!(directory_name("a/b/c.txt").as_deref(), Some("a/b"));
        assert_eq!(change_extension("a.txt", Some("bak")), "a.bak");
        assert_eq!(combine(["a", "b", "c"]), "a/b/c");
        assert_eq!(extension("abc"), "");
        // Documented.
        assert_eq!(combine(["a", "/b", "", "c"]), "/b/c");
        assert_eq!(join(["a", "/b"]), "a/b");
        assert_eq!(directory_name("/"), None);
        assert_eq!(directory_name("/a").as_deref(), Some("/"));
        assert_eq!(directory_name("a").as_deref(), Some(""));
        assert_eq!(change_extension("a.d/b", None), "a.d/b");
        assert_eq!(extension("a."), "");
        assert_eq!(relative(Path::new("/a/b"), Path::new("/a/c/d")), "../c/d");
        assert_eq!(relative(Path::new("/a"), Path::new("/a")), ".");
        assert_eq!(normalized(Path::new("/a/./b/../c/")), Path::new("/a/c"));
    }
}
