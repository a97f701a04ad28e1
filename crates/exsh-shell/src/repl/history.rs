//! History: in memory for the arrows, in a file of the operator's own, without lines that hold secrets.

use crate::run::engine::Engine;
use std::any::TypeId;
use std::cell::RefCell;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::rc::Rc;

/// Lines of the session, for `Get-History`.
#[derive(Default)]
pub struct SessionHistory(pub RefCell<Vec<String>>);

const KEPT: usize = 4096;

/// May the line be written down? Words that go with secrets keep it out, as in the reference.
pub fn may_keep(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    !["password", "asplaintext", "token", "apikey", "secret", "passphrase", "credential"]
        .iter()
        .any(|w| lower.contains(w))
}

/// Entries of the file, oldest first. A line that ends in a backtick goes on in the next one.
pub fn load(file: Option<&Path>) -> Vec<String> {
    let Some(text) = file.and_then(|f| std::fs::read_to_string(f).ok()) else { return Vec::new() };
    let mut all: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let (part, more) = match line.strip_suffix('`') {
            Some(p) => (p, true),
            None => (line, false),
        };
        match all.last_mut() {
            Some(last) if open => {
                last.push('\n');
                last.push_str(part);
            }
            _ => all.push(part.to_owned()),
        }
        open = more;
    }
    let skip = all.len().saturating_sub(KEPT);
    all.split_off(skip)
}

/// Adds one entry; the file is the operator's alone (0600).
pub fn append(file: Option<&Path>, text: &str) {
    let Some(file) = file else { return };
    if let Some(folder) = file.parent() {
        use std::os::unix::fs::DirBuilderExt;
        let _ = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    }
    let Ok(mut f) = std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(file) else {
        return;
    };
    let _ = writeln!(f, "{}", text.replace('\n', "`\n"));
}

/// Notes a line for `Get-History`.
pub fn note(m: &mut Engine, line: &str) {
    let key = TypeId::of::<SessionHistory>();
    let history = match m.extensions.get(&key).cloned().and_then(|h| h.downcast::<SessionHistory>().ok()) {
        Some(h) => h,
        None => {
            let h = Rc::new(SessionHistory::default());
            m.extensions.insert(key, h.clone());
            h
        }
    };
    history.0.borrow_mut().push(line.to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_stay_out_of_the_file() {
        assert!(!may_keep("ConvertTo-SecureString 'x' -AsPlainText -Force"));
        assert!(!may_keep("$Password = 'x'"));
        assert!(may_keep("Get-ExchangeCertificate"));
    }

    #[test]
    fn several_lines_come_back_as_one_entry() {
        let folder = std::env::temp_dir().join(format!("exsh-history-{}", std::process::id()));
        let file = folder.join("history.txt");
        append(Some(&file), "if ($true) {\n'x'\n}");
        append(Some(&file), "1");
        assert_eq!(load(Some(&file)), ["if ($true) {\n'x'\n}", "1"]);
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
        let _ = std::fs::remove_dir_all(folder);
    }
}
