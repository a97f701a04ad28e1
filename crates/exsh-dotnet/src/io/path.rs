//! `System.IO.Path`: text about paths, as on Linux.

use crate::fail;
use crate::sig::*;
use exsh_core::types::{MemberTable, TypeInfo};
use exsh_core::{Result, Shell, Value};

pub static TYPE: TypeInfo = TypeInfo::class("System.IO.Path", MEMBERS);

/// Behind the last slash.
pub fn file_name(p: &str) -> &str {
    p.rsplit('/').next().unwrap_or(p)
}

/// With the dot; empty when there is none.
pub fn extension(p: &str) -> &str {
    let name = file_name(p);
    match name.rfind('.') {
        Some(i) if i + 1 < name.len() => &name[i..],
        _ => "",
    }
}

fn stem(p: &str) -> &str {
    let name = file_name(p);
    name.rfind('.').map_or(name, |i| &name[..i])
}

/// Before the last slash; nothing for a root or the empty path.
pub fn directory(p: &str) -> Option<&str> {
    if p.is_empty() || p.bytes().all(|b| b == b'/') {
        return None;
    }
    match p.rfind('/') {
        None => Some(""),
        Some(i) => {
            let head = p[..i].trim_end_matches('/');
            Some(if head.is_empty() { "/" } else { head })
        }
    }
}

fn combine(parts: &[String]) -> String {
    let mut out = String::new();
    for p in parts {
        if p.starts_with('/') {
            out = p.clone();
        } else if !p.is_empty() {
            if !out.is_empty() && !out.ends_with('/') {
                out.push('/');
            }
            out.push_str(p);
        }
    }
    out
}

fn join(parts: &[String]) -> String {
    let mut out = String::new();
    for p in parts.iter().filter(|p| !p.is_empty()) {
        if !out.is_empty() && !out.ends_with('/') && !p.starts_with('/') {
            out.push('/');
        }
        out.push_str(p);
    }
    out
}

fn texts(a: &[Value]) -> Vec<String> {
    match a {
        [one] => match one.base().as_list() {
            Some(l) => l.items().iter().map(|v| str_of(v).to_string()).collect(),
            None => vec![str_of(one).to_string()],
        },
        many => many.iter().map(|v| str_of(v).to_string()).collect(),
    }
}

/// Takes `.` and `..` and doubled slashes away.
pub fn normalize(p: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for s in p.split('/') {
        match s {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            s => parts.push(s),
        }
    }
    let mut out = format!("/{}", parts.join("/"));
    if p.ends_with('/') && out.len() > 1 {
        out.push('/');
    }
    out
}

fn full(shell: &mut dyn Shell, a: &[Value], base: Option<String>) -> Result<Value> {
    let p = str_at(a, 0);
    if p.is_empty() {
        return Err(if arg(a, 0).is_null() {
            fail::argument_null("path")
        } else {
            fail::argument("The value cannot be an empty string.", "path")
        });
    }
    let base = match base {
        Some(b) => b,
        None => shell.location().to_string(),
    };
    Ok(Value::text(normalize(&combine(&[base, p.to_string()]))))
}

fn relative(from: &str, to: &str) -> String {
    let a: Vec<&str> = from.split('/').filter(|s| !s.is_empty()).collect();
    let b: Vec<&str> = to.split('/').filter(|s| !s.is_empty()).collect();
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let mut parts = vec![".."; a.len() - same];
    parts.extend(&b[same..]);
    if parts.is_empty() { ".".into() } else { parts.join("/") }
}

const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz012345";

fn random_name(shell: &mut dyn Shell) -> String {
    let mut b = [0u8; 11];
    shell.host().random(&mut b);
    let s: String = b.iter().map(|&x| LETTERS[x as usize & 31] as char).collect();
    format!("{}.{}", &s[..8], &s[8..])
}

fn temp(shell: &mut dyn Shell) -> String {
    let t = shell.host().env("TMPDIR").filter(|t| !t.is_empty()).unwrap_or_else(|| "/tmp/".into());
    if t.ends_with('/') { t } else { format!("{t}/") }
}

fn root(p: &str) -> &str {
    if p.starts_with('/') { "/" } else { "" }
}

const MEMBERS: MemberTable = MemberTable {
    static_properties: properties! {
        AltDirectorySeparatorChar: "char" = |_, _| Ok(Value::char(b'/' as u16));
        DirectorySeparatorChar: "char" = |_, _| Ok(Value::char(b'/' as u16));
        PathSeparator: "char" = |_, _| Ok(Value::char(b':' as u16));
        VolumeSeparatorChar: "char" = |_, _| Ok(Value::char(b'/' as u16));
        InvalidPathChars: "char[]" = |_, _| Ok(Value::list_of(CHARS, vec![Value::char(0)]));
    },
    static_methods: methods! {
        ChangeExtension { (path: STR, extension: STR) -> "string" = |_, _, a| {
            let p = str_at(a, 0);
            let e = str_at(a, 1);
            let stem = &p.as_str()[..p.len() - extension(&p).len()];
            let stem = stem.strip_suffix('.').filter(|_| extension(&p).is_empty()).unwrap_or(stem);
            Ok(Value::text(match e.as_str() {
                "" if arg(a, 1).is_null() => stem.to_string(),
                e if e.starts_with('.') => format!("{stem}{e}"),
                e => format!("{stem}.{e}"),
            }))
        }; }
        Combine {
            (path1: STR, path2: STR) -> "string" = |_, _, a| Ok(Value::text(combine(&texts(a))));
            (path1: STR, path2: STR, path3: STR) -> "string" = |_, _, a| Ok(Value::text(combine(&texts(a))));
            (path1: STR, path2: STR, path3: STR, path4: STR) -> "string" = |_, _, a| Ok(Value::text(combine(&texts(a))));
            (paths: STRS => rest) -> "string" = |_, _, a| Ok(Value::text(combine(&texts(a))));
        }
        EndsInDirectorySeparator { (path: STR) -> "bool" = |_, _, a| Ok(Value::bool(str_at(a, 0).ends_with('/'))); }
        Exists { (path: STR) -> "bool" = |shell, _, a| {
            let s = str_at(a, 0);
            Ok(Value::bool(!s.is_empty() && shell.file_path(&s).is_ok_and(|p| p.exists())))
        }; }
        GetDirectoryName { (path: STR) -> "string" = |_, _, a| Ok(directory(&str_at(a, 0)).map_or(Value::text(""), Value::text)); }
        GetExtension { (path: STR) -> "string" = |_, _, a| Ok(Value::text(extension(&str_at(a, 0)))); }
        GetFileName { (path: STR) -> "string" = |_, _, a| Ok(Value::text(file_name(&str_at(a, 0)))); }
        GetFileNameWithoutExtension { (path: STR) -> "string" = |_, _, a| Ok(Value::text(stem(&str_at(a, 0)))); }
        GetFullPath {
            (path: STR) -> "string" = |shell, _, a| full(shell, a, None);
            (path: STR, basePath: STR) -> "string" = |shell, _, a| full(shell, a, Some(str_at(a, 1).to_string()));
        }
        GetInvalidFileNameChars { () -> "char[]" = |_, _, _| Ok(Value::list_of(CHARS, vec![Value::char(0), Value::char(b'/' as u16)])); }
        GetInvalidPathChars { () -> "char[]" = |_, _, _| Ok(Value::list_of(CHARS, vec![Value::char(0)])); }
        GetPathRoot { (path: STR) -> "string" = |_, _, a| Ok(Value::text(root(&str_at(a, 0)))); }
        GetRandomFileName { () -> "string" = |shell, _, _| Ok(Value::text(random_name(shell))); }
        GetRelativePath { (relativeTo: STR, path: STR) -> "string" = |shell, _, a| {
            let here = shell.location().to_string();
            let from = normalize(&combine(&[here.clone(), str_at(a, 0).to_string()]));
            let to = normalize(&combine(&[here, str_at(a, 1).to_string()]));
            Ok(Value::text(relative(&from, &to)))
        }; }
        GetTempFileName { () -> "string" = |shell, _, _| {
            let name = random_name(shell).replace('.', "");
            let p = format!("{}tmp{}.tmp", temp(shell), &name[..6]);
            std::fs::write(&p, b"").map_err(|e| super::failure(&e, std::path::Path::new(&p), false))?;
            Ok(Value::text(p))
        }; }
        GetTempPath { () -> "string" = |shell, _, _| Ok(Value::text(temp(shell))); }
        HasExtension { (path: STR) -> "bool" = |_, _, a| Ok(Value::bool(!extension(&str_at(a, 0)).is_empty())); }
        IsPathFullyQualified { (path: STR) -> "bool" = |_, _, a| Ok(Value::bool(str_at(a, 0).starts_with('/'))); }
        IsPathRooted { (path: STR) -> "bool" = |_, _, a| Ok(Value::bool(str_at(a, 0).starts_with('/'))); }
        Join {
            (path1: STR, path2: STR) -> "string" = |_, _, a| Ok(Value::text(join(&texts(a))));
            (path1: STR, path2: STR, path3: STR) -> "string" = |_, _, a| Ok(Value::text(join(&texts(a))));
            (paths: STRS => rest) -> "string" = |_, _, a| Ok(Value::text(join(&texts(a))));
        }
        TrimEndingDirectorySeparator { (path: STR) -> "string" = |_, _, a| {
            let p = str_at(a, 0);
            Ok(Value::text(if p.len() > 1 { p.strip_suffix('/').unwrap_or(&p) } else { &p }))
        }; }
    },
    ..MemberTable::EMPTY
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_paths() {
        assert_eq!(file_name("/a/b.txt"), "b.txt");
        assert_eq!(extension("/a.b/c"), "");
        assert_eq!(extension("x.tar.gz"), ".gz");
        assert_eq!(stem("/a/b.txt"), "b");
        assert_eq!(directory("/a/b"), Some("/a"));
        assert_eq!(directory("/a"), Some("/"));
        assert_eq!(directory("a"), Some(""));
        assert_eq!(directory("/"), None);
        assert_eq!(normalize("/a/./b/../c//d"), "/a/c/d");
        assert_eq!(relative("/a/b", "/a/c/d"), "../c/d");
        assert_eq!(combine(&["a".into(), "/b".into(), "c".into()]), "/b/c");
    }
}
