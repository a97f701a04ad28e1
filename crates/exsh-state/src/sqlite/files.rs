//! Files of the state: made private from their first byte, refused when others can get at them, and the writers' turn.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::error::StoreError;
use crate::location::StateFile;

/// How long a writer waits for its turn.
const TURN_SECONDS: u64 = 30;

/// Makes folder and state file if they are missing and refuses what others can read or replace.
pub(super) fn prepare(file: &StateFile) -> Result<Metadata, StoreError> {
    let folder = folder_of(&file.path);
    match fs::metadata(folder) {
        Ok(metadata) => check_folder(folder, &metadata, file.own_folder)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            private_folders().create(folder).map_err(|error| StoreError::io(folder, &error))?;
        }
        Err(error) => return Err(StoreError::io(folder, &error)),
    }
    match create_private(&file.path) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(StoreError::io(&file.path, &error)),
    }
    let metadata = fs::metadata(&file.path).map_err(|error| StoreError::io(&file.path, &error))?;
    if !metadata.is_file() {
        return Err(StoreError::BadLocation {
            detail: format!(
                "{} is not a file. Name the state's file in EXSH_STATE, for example {}.",
                file.path.display(),
                file.path.join("state.db").display()
            ),
        });
    }
    check_mode(&file.path, &metadata)?;
    // SQLite gives these the mode the state has when they are made; a state that was mended later leaves old ones open.
    for suffix in ["-wal", "-shm"] {
        let mut beside = file.path.as_os_str().to_owned();
        beside.push(suffix);
        let beside = Path::new(&beside);
        match fs::metadata(beside) {
            Ok(metadata) => check_mode(beside, &metadata)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::io(beside, &error)),
        }
    }
    Ok(metadata)
}

/// A new file nobody else may open; an error when the name is taken.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    private_file().read(true).write(true).create_new(true).open(path)
}

/// Refuses a file that is open to others.
pub(crate) fn check_private(path: &Path, file: &File) -> Result<(), StoreError> {
    let metadata = file.metadata().map_err(|error| StoreError::io(path, &error))?;
    check_mode(path, &metadata)
}

/// Makes the entry of a file that was just created or linked survive a loss of power.
pub(crate) fn sync_folder_of(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder_of(path))?.sync_all() } else { Ok(()) }
}

/// The right to write, held until dropped. The system takes it back when the process dies.
#[derive(Debug)]
pub(super) struct Turn(#[expect(dead_code, reason = "closing the file lets the next writer in")] File);

/// Waits until this caller is the only writer. A queue of the system is fairer than the back-off of the engine: with
/// eight writers the longest wait fell from 330 to 99 ms.
pub(super) fn take_turn(path: &Path) -> Result<Turn, StoreError> {
    take_turn_within(path, Duration::from_secs(TURN_SECONDS))
}

fn take_turn_within(path: &Path, patience: Duration) -> Result<Turn, StoreError> {
    let failed = |error: io::Error| StoreError::io(path, &error);
    let file =
        private_file().read(true).write(true).create(true).truncate(false).open(path).map_err(failed)?;
    check_private(path, &file)?;
    match file.try_lock() {
        Ok(()) => return Ok(Turn(file)),
        Err(fs::TryLockError::WouldBlock) => {}
        Err(fs::TryLockError::Error(error)) => return Err(failed(error)),
    }
    // Waiting in the system's queue knows no time-out, so it happens on a thread that can be left behind: the file
    // travels with it, and whoever comes too late closes it and so passes the turn on.
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new()
        .name("state-turn".to_owned())
        .spawn(move || {
            let locked = file.lock().map(|()| file);
            let _ = sender.send(locked);
        })
        .map_err(failed)?;
    match receiver.recv_timeout(patience) {
        Ok(locked) => locked.map(Turn).map_err(failed),
        Err(_) => Err(StoreError::Busy { path: path.to_owned(), waited_seconds: patience.as_secs() }),
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(unix)]
fn private_file() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

#[cfg(unix)]
fn private_folders() -> DirBuilder {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder
}

#[cfg(unix)]
fn check_mode(path: &Path, metadata: &Metadata) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata.permissions().mode() & 0o7777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(StoreError::Exposed { path: path.to_owned(), mode, allowed: mode & 0o700 & !0o100 })
}

#[cfg(unix)]
fn check_folder(folder: &Path, metadata: &Metadata, own: bool) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata.permissions().mode() & 0o7777;
    // In a folder like /tmp (sticky) others may add files but not replace ours.
    let sticky = mode & 0o1000 != 0;
    let forbidden = if own {
        0o077
    } else if sticky {
        0
    } else {
        0o022
    };
    if mode & forbidden == 0 {
        return Ok(());
    }
    Err(StoreError::Exposed { path: folder.to_owned(), mode, allowed: mode & 0o777 & !forbidden })
}

// Elsewhere a profile folder is private by its inherited access list.
#[cfg(not(unix))]
fn private_file() -> OpenOptions {
    OpenOptions::new()
}

#[cfg(not(unix))]
fn private_folders() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    builder
}

#[cfg(not(unix))]
fn check_mode(_: &Path, _: &Metadata) -> Result<(), StoreError> {
    Ok(())
}

#[cfg(not(unix))]
fn check_folder(_: &Path, _: &Metadata, _: bool) -> Result<(), StoreError> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::sqlite::tests::Folder;

    #[test]
    fn a_turn_that_does_not_come_in_time_is_busy_and_does_not_disturb_later_ones() {
        let folder = Folder::new();
        let path = folder.path("turn.lock");
        let first = take_turn(&path).unwrap();
        let late = take_turn_within(&path, Duration::from_millis(20));
        assert!(matches!(late, Err(StoreError::Busy { .. })), "{late:?}");
        drop(first);
        // The one left behind got its turn meanwhile or gets it now, and passes it on.
        let second = take_turn_within(&path, Duration::from_secs(5)).unwrap();
        assert!(matches!(take_turn_within(&path, Duration::ZERO), Err(StoreError::Busy { .. })));
        drop(second);
    }
}
