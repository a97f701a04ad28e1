//! Where the built program is.

use std::path::PathBuf;

/// The program beside the running test: `cargo build` puts it two folders up from `deps`.
pub fn exsh() -> PathBuf {
    if let Some(path) = std::env::var_os("EXSH_PROGRAM") {
        return PathBuf::from(path);
    }
    let test = std::env::current_exe().expect("a test knows its own path");
    let folder = test.parent().and_then(|deps| deps.parent()).expect("tests run from target/<profile>/deps");
    let program = folder.join("exsh");
    assert!(
        program.is_file(),
        "{} is not built: run `cargo build` first, as scripts/dev/check does",
        program.display()
    );
    program
}

/// The folder of this package.
pub fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
