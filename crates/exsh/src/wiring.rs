//! Puts the crates together: the one place that knows all of them. The state is opened by the first command that
//! needs it, not here.

use crate::console_host::ConsoleHost;
use crate::input::Input;
use crate::run::VERSION;
use crate::system;
use exsh_cmdlets::ExchangeContext;
use exsh_shell::{Session, Settings};
use exsh_state::{Environment, Location, StoreError};
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

pub type SharedInput = Rc<RefCell<Input>>;

/// A session and what the program keeps of it.
pub struct Wired {
    pub session: Session,
    pub input: SharedInput,
    pub interrupt: Arc<AtomicBool>,
}

/// A session on this process. `echo`: answers from a pipe are shown where they would have been typed.
pub fn session(interactive: bool, echo: bool) -> Wired {
    let interrupt = Arc::new(AtomicBool::new(false));
    system::on_interrupt(interrupt.clone());
    let input: SharedInput = Rc::new(RefCell::new(Input::new(system::StandardInput)));
    let host = ConsoleHost::new(input.clone(), interrupt.clone(), interactive, echo);
    let location = location();
    let mut session = Session::new(Settings {
        host: Box::new(host),
        interrupt: interrupt.clone(),
        interactive,
        windows_root: windows_root(&location),
        version: VERSION,
    });
    session.add_static_commands(exsh_builtins::commands());
    session.add_aliases(exsh_builtins::default_aliases());
    session.add_commands(exsh_cmdlets::commands(ExchangeContext::new(location)).into_iter().map(Rc::new));
    Wired { session, input, interrupt }
}

/// A console without a session, for our own verbs.
pub fn console() -> ConsoleHost {
    let input = Rc::new(RefCell::new(Input::new(system::StandardInput)));
    ConsoleHost::new(input, Arc::default(), false, false)
}

/// Where the state lies.
pub fn location() -> Result<Location, StoreError> {
    Location::resolve(&Environment {
        exsh_state: std::env::var_os("EXSH_STATE"),
        exsh_key_file: std::env::var_os("EXSH_KEY_FILE"),
        xdg_state_home: std::env::var_os("XDG_STATE_HOME"),
        home: std::env::var_os("HOME"),
    })
}

/// Where `C:\x` and `\\Server\Share\x` lie: `EXSH_FILES`, else `files` beside the state.
fn windows_root(location: &Result<Location, StoreError>) -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("EXSH_FILES").filter(|v| !v.is_empty()) {
        return Some(PathBuf::from(named));
    }
    match location {
        Ok(Location::File(file)) => Some(file.path.parent()?.join("files")),
        // A state elsewhere: the folder that a state of this machine would have.
        Ok(Location::Url(_)) => Some(own_folder()?.join("files")),
        Err(_) => None,
    }
}

/// The prompt's history, beside the default state whatever `EXSH_STATE` says: it belongs to the person.
pub fn history_file() -> Option<PathBuf> {
    Some(own_folder()?.join("history"))
}

fn own_folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    match set("XDG_STATE_HOME").filter(|p| p.is_absolute()) {
        Some(folder) => Some(folder.join("exsh")),
        None => Some(set("HOME")?.join(".local/state/exsh")),
    }
}
