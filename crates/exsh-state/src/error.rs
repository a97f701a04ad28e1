//! What can go wrong with the state, one variant for each thing an operator would do about it.

use std::fmt;
use std::path::{Path, PathBuf};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Somebody changed `what` after it was read; nothing was written. Read again and decide again.
    Conflict {
        what: String,
    },
    /// The thing a change is about does not exist.
    NotFound {
        what: String,
    },
    AlreadyExists {
        what: String,
    },
    /// `what` can't go while `by` needs it.
    InUse {
        what: String,
        by: String,
    },
    /// A file is there, but it is no state of exsh.
    NotOurs {
        path: PathBuf,
    },
    /// Written by a newer exsh.
    Newer {
        path: PathBuf,
        found: u32,
        supported: u32,
    },
    ReadOnly {
        path: PathBuf,
    },
    DiskFull {
        path: PathBuf,
    },
    /// Others may read or replace it.
    Exposed {
        path: PathBuf,
        mode: u32,
        allowed: u32,
    },
    /// Other writers did not let go in time.
    Busy {
        path: PathBuf,
        waited_seconds: u64,
    },
    Corrupt {
        path: PathBuf,
        detail: String,
    },
    Io {
        path: PathBuf,
        detail: String,
    },
    /// Sealed private keys exist, their key file does not.
    KeyMissing {
        path: PathBuf,
    },
    /// The key file is another one than the keys were sealed with.
    KeyWrong {
        path: PathBuf,
    },
    /// The key file holds no key.
    KeyMalformed {
        path: PathBuf,
    },
    /// A value stored with this state can't be used: no home folder, a folder where a file is meant.
    BadLocation {
        detail: String,
    },
    /// A URL this build has no backend for; secrets are left out.
    UnsupportedUrl {
        url: String,
    },
}

impl StoreError {
    /// Stable name for error ids: `StateConflict` …
    pub fn id(&self) -> &'static str {
        match self {
            StoreError::Conflict { .. } => "StateConflict",
            StoreError::NotFound { .. } => "StateNotFound",
            StoreError::AlreadyExists { .. } => "StateAlreadyExists",
            StoreError::InUse { .. } => "StateInUse",
            StoreError::NotOurs { .. } => "StateNotOurs",
            StoreError::Newer { .. } => "StateNewer",
            StoreError::ReadOnly { .. } => "StateReadOnly",
            StoreError::DiskFull { .. } => "StateDiskFull",
            StoreError::Exposed { .. } => "StateExposed",
            StoreError::Busy { .. } => "StateBusy",
            StoreError::Corrupt { .. } => "StateCorrupt",
            StoreError::Io { .. } => "StateIo",
            StoreError::KeyMissing { .. } => "StateKeyMissing",
            StoreError::KeyWrong { .. } => "StateKeyWrong",
            StoreError::KeyMalformed { .. } => "StateKeyMalformed",
            StoreError::BadLocation { .. } => "StateBadLocation",
            StoreError::UnsupportedUrl { .. } => "StateUnsupportedUrl",
        }
    }

    pub(crate) fn io(path: &Path, error: &std::io::Error) -> StoreError {
        let path = path.to_owned();
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                StoreError::DiskFull { path }
            }
            std::io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly { path },
            _ => StoreError::Io { path, detail: error.to_string() },
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Conflict { what } => {
                write!(
                    out,
                    "{what} was changed by somebody else in the meantime; nothing was written. Run the command again."
                )
            }
            StoreError::NotFound { what } => write!(out, "{what} does not exist."),
            StoreError::AlreadyExists { what } => write!(out, "{what} already exists."),
            StoreError::InUse { what, by } => write!(out, "{what} can't be removed: it is {by}."),
            StoreError::NotOurs { path } => write!(
                out,
                "{} is not an exsh state. Name another file in EXSH_STATE, or move this one away.",
                path.display()
            ),
            StoreError::Newer { path, found, supported } => write!(
                out,
                "{} was written by a newer exsh (format {found}, this one knows up to {supported}). Update exsh.",
                path.display()
            ),
            StoreError::ReadOnly { path } => write!(
                out,
                "{} is read-only; nothing was written. Make file and folder writable (chmod u+w), or copy the state elsewhere and name it in EXSH_STATE.",
                path.display()
            ),
            StoreError::DiskFull { path } => write!(
                out,
                "No space is left for {}; nothing was written. Free some space and run the command again.",
                path.display()
            ),
            StoreError::Exposed { path, mode, allowed } => write!(
                out,
                "{} is open to others (mode {mode:04o}); it guards private keys. Run: chmod {allowed:o} '{}'",
                path.display(),
                path.display()
            ),
            StoreError::Busy { path, waited_seconds } => write!(
                out,
                "{} was kept busy by another process for {waited_seconds} seconds; nothing was written. Run the command again.",
                path.display()
            ),
            StoreError::Corrupt { path, detail } => write!(
                out,
                "{} is damaged ({detail}). Keep a copy of it and restore the last good one.",
                path.display()
            ),
            StoreError::Io { path, detail } => write!(out, "{}: {detail}", path.display()),
            StoreError::KeyMissing { path } => write!(
                out,
                "The key file {} is missing; the private keys of this state can't be opened without it. Restore it from a backup, or name its place in EXSH_KEY_FILE.",
                path.display()
            ),
            StoreError::KeyWrong { path } => write!(
                out,
                "{} is not the key file this state was sealed with. Restore the right one, or name its place in EXSH_KEY_FILE.",
                path.display()
            ),
            StoreError::KeyMalformed { path } => write!(
                out,
                "{} holds no key: 32 bytes, or 64 hex digits, are expected. Restore it from a backup, or name the right file in EXSH_KEY_FILE.",
                path.display()
            ),
            StoreError::BadLocation { detail } => write!(out, "{detail}"),
            StoreError::UnsupportedUrl { url } => write!(
                out,
                "The state {url} is not yet supported in this build. Name a file in EXSH_STATE, or unset it.",
            ),
        }
    }
}

impl std::error::Error for StoreError {}
