//! A state in a folder of its own, gone with the test.

use exsh_state::Location;
use exsh_state::location::StateFile;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

pub struct TemporaryState {
    folder: PathBuf,
}

impl TemporaryState {
    /// An empty folder that only its owner can read.
    pub fn new() -> std::io::Result<TemporaryState> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("exsh-test-{}-{number}", std::process::id()));
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o700);
        }
        builder.create(&folder)?;
        Ok(TemporaryState { folder })
    }

    /// A copy of another state, which nobody has open.
    pub fn copy_of(folder: &Path) -> std::io::Result<TemporaryState> {
        let copy = TemporaryState::new()?;
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            // Copying keeps the mode: the state refuses files that others can read.
            std::fs::copy(entry.path(), copy.folder.join(entry.file_name()))?;
        }
        Ok(copy)
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn location(&self) -> Location {
        Location::File(StateFile::at(self.folder.join("state.db")))
    }
}

impl Drop for TemporaryState {
    fn drop(&mut self) {
        // Nobody is there to be told; the folder lies among temporary files.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
