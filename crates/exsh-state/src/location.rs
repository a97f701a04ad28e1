//! Where the state lies: the XDG rules and `EXSH_STATE`, decided from values that are handed in.
//!
//! The process environment belongs to the program; this module only reads what it is given. No file is touched here.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};

use crate::error::StoreError;

/// The values of the environment that matter; an empty value counts as unset.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// `EXSH_STATE`: a path, or a URL.
    pub exsh_state: Option<OsString>,
    /// `EXSH_KEY_FILE`.
    pub exsh_key_file: Option<OsString>,
    /// `XDG_STATE_HOME`; a relative path is ignored, as the XDG rules ask.
    pub xdg_state_home: Option<OsString>,
    /// `HOME`.
    pub home: Option<OsString>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    File(StateFile),
    Url(SecretUrl),
}

/// A state in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateFile {
    pub path: PathBuf,
    pub key: KeyFile,
    /// True for the default place, whose folder is ours and must be 0700. A folder the operator chose may be
    /// readable by others (the files in it are not), but nobody else may write in it.
    pub own_folder: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFile {
    /// Made on first use: `state.key` beside `state.db`.
    Beside(PathBuf),
    /// Named by `EXSH_KEY_FILE`: the operator's, so it is never made by us.
    Named(PathBuf),
}

impl KeyFile {
    pub fn path(&self) -> &Path {
        match self {
            KeyFile::Beside(path) | KeyFile::Named(path) => path,
        }
    }
}

impl Location {
    /// `EXSH_STATE`, else `$XDG_STATE_HOME/exsh/state.db`, else `~/.local/state/exsh/state.db`.
    pub fn resolve(environment: &Environment) -> Result<Location, StoreError> {
        let named_key = set(&environment.exsh_key_file).map(PathBuf::from);
        if let Some(state) = set(&environment.exsh_state) {
            if let Some(url) = state.to_str().filter(|text| text.contains("://")) {
                return Ok(Location::Url(SecretUrl(url.to_owned())));
            }
            return Ok(Location::File(StateFile::new(PathBuf::from(state), named_key, false)));
        }
        let base = set(&environment.xdg_state_home).map(PathBuf::from).filter(|path| path.is_absolute());
        let base = match (base, set(&environment.home)) {
            (Some(base), _) => base,
            (None, Some(home)) => Path::new(home).join(".local/state"),
            (None, None) => {
                return Err(StoreError::BadLocation {
                    detail: "There is no place for the state: neither EXSH_STATE, XDG_STATE_HOME nor HOME is set. Set EXSH_STATE to a file."
                        .to_owned(),
                });
            }
        };
        Ok(Location::File(StateFile::new(base.join("exsh/state.db"), named_key, true)))
    }
}

impl StateFile {
    /// A state at a path the caller chose, its key beside it.
    pub fn at(path: impl Into<PathBuf>) -> StateFile {
        StateFile::new(path.into(), None, false)
    }

    fn new(path: PathBuf, named_key: Option<PathBuf>, own_folder: bool) -> StateFile {
        let key = match named_key {
            Some(path) => KeyFile::Named(path),
            None if path.extension() == Some(OsStr::new("key")) => {
                KeyFile::Beside(with_suffix(&path, ".key"))
            }
            None => KeyFile::Beside(path.with_extension("key")),
        };
        StateFile { path, key, own_folder }
    }

    /// `state.db.lock`: writers take turns on it.
    pub fn lock_path(&self) -> PathBuf {
        with_suffix(&self.path, ".lock")
    }
}

/// A URL that may hold a password; shown without it.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretUrl(String);

impl SecretUrl {
    /// The whole URL, for the driver that connects.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SecretUrl {
    /// `postgres://user:***@host/db`: the password, and every parameter's value behind `?`, are left out.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, rest) = self.0.split_once("://").unwrap_or(("", &self.0));
        let (rest, query) =
            rest.split_once(['?', '#']).map_or((rest, None), |(rest, query)| (rest, Some(query)));
        // An unescaped @ or / in a password must not end it early: the last @ before the query decides.
        let (user, host) = rest.rsplit_once('@').map_or((None, rest), |(user, host)| (Some(user), host));
        write!(out, "{scheme}://")?;
        match user.map(|user| user.split_once(':').map_or((user, false), |(name, _)| (name, true))) {
            Some((name, true)) => write!(out, "{name}:***@")?,
            Some((name, false)) => write!(out, "{name}@")?,
            None => {}
        }
        write!(out, "{host}")?;
        for (place, pair) in query.into_iter().flat_map(|query| query.split('&')).enumerate() {
            let name = pair.split('=').next().unwrap_or_default();
            write!(out, "{}{name}=***", if place == 0 { '?' } else { '&' })?;
        }
        Ok(())
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

fn set(value: &Option<OsString>) -> Option<&OsStr> {
    value.as_deref().filter(|value| !value.is_empty())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut text = path.as_os_str().to_owned();
    text.push(suffix);
    PathBuf::from(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(state: &str, key: &str, xdg: &str, home: &str) -> Result<Location, StoreError> {
        let value = |text: &str| Some(OsString::from(text));
        Location::resolve(&Environment {
            exsh_state: value(state),
            exsh_key_file: value(key),
            xdg_state_home: value(xdg),
            home: value(home),
        })
    }

    fn file(location: Location) -> StateFile {
        match location {
            Location::File(file) => file,
            Location::Url(url) => panic!("a file was expected, not {url}"),
        }
    }

    #[test]
    fn xdg_rules_decide_unless_exsh_state_is_set() {
        let check = |state, xdg, home, expected: &str| {
            assert_eq!(file(resolve(state, "", xdg, home).unwrap()).path, Path::new(expected));
        };
        check("", "", "/home/ann", "/home/ann/.local/state/exsh/state.db");
        check("", "/var/state", "/home/ann", "/var/state/exsh/state.db");
        check("", "relative/is/ignored", "/home/ann", "/home/ann/.local/state/exsh/state.db");
        check("lab.db", "/var/state", "/home/ann", "lab.db");
        assert!(matches!(resolve("", "", "", ""), Err(StoreError::BadLocation { .. })));
    }

    #[test]
    fn the_key_lies_beside_the_state_or_where_it_is_named() {
        let key = |state, key| file(resolve(state, key, "", "/h").unwrap()).key;
        assert_eq!(key("", ""), KeyFile::Beside("/h/.local/state/exsh/state.key".into()));
        assert_eq!(key("/x/lab.db", ""), KeyFile::Beside("/x/lab.key".into()));
        assert_eq!(key("/x/odd.key", ""), KeyFile::Beside("/x/odd.key.key".into()));
        assert_eq!(key("/x/lab.db", "/run/secrets/k"), KeyFile::Named("/run/secrets/k".into()));
    }

    #[test]
    fn a_url_shows_no_secret() {
        let check = |url: &str, expected: &str| {
            let Ok(Location::Url(url)) = resolve(url, "", "", "") else { panic!("{url} is a URL") };
            assert_eq!(format!("{url} {url:?}"), format!("{expected} {expected}"));
        };
        check("postgres://ann:s3cret@db/exsh", "postgres://ann:***@db/exsh");
        check("postgres://ann:s3@c/ret@db/exsh", "postgres://ann:***@db/exsh");
        check(
            "postgres://ann@db:5432/exsh?password=s3cret&sslmode=on",
            "postgres://ann@db:5432/exsh?password=***&sslmode=***",
        );
        check("postgresql://db/exsh", "postgresql://db/exsh");
    }

    #[test]
    fn a_url_is_refused_with_a_clear_error_and_without_its_secret() {
        let location = resolve("postgres://ann:s3cret@db/exsh", "", "", "").unwrap();
        let error = crate::open(&location).err().unwrap();
        assert_eq!(error, StoreError::UnsupportedUrl { url: "postgres://ann:***@db/exsh".to_owned() });
        assert!(error.to_string().contains("not yet supported in this build"), "{error}");
    }
}
