//! One session from its beginning to its exit code: prompt, lines of standard input, a command, or a script.

use crate::args::{Source, Start};
use crate::{lines, paste, wiring};
use exsh_core::Shell;
use exsh_core::value::Value;
use exsh_shell::repl::{self, Repl};
use exsh_shell::{Completion, Session};
use std::io::{IsTerminal, Write};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};

pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The measure of the language.
pub const LANGUAGE: &str = "7.6.9";

/// Runs the session and gives the exit code.
pub fn run(start: &Start) -> i32 {
    let echo = start.source != Source::Lines;
    let mut wired = wiring::session(start.interactive, echo);
    let session = &mut wired.session;
    let code = match &start.source {
        Source::Prompt => Ending::Prompt,
        Source::Lines => Ending::Code(lines::run(session, &wired.input, &wired.interrupt)),
        Source::Command(text) => {
            if mentions_input(text) && !std::io::stdin().is_terminal() {
                give_input(session, &wired.input);
            }
            after(start, guarded(session, |s| s.run_text(text)), code_of_command)
        }
        Source::File { path, args } => {
            let args = args.clone();
            // A file that cannot be read says so when it is run.
            let uses_input = std::fs::read(path).is_ok_and(|b| mentions_input(&String::from_utf8_lossy(&b)));
            if uses_input && !std::io::stdin().is_terminal() {
                give_input(session, &wired.input);
            }
            after(start, guarded(session, |s| s.run_file(path, args)), code_of_file)
        }
    };
    let code = match code {
        Ending::Code(code) => code,
        Ending::Prompt => prompt(session, start),
    };
    session.flush();
    code
}

enum Ending {
    Code(i32),
    Prompt,
}

/// `-NoExit` goes on with the prompt, unless the script said `exit`.
fn after(start: &Start, completion: Option<Completion>, code: fn(Completion) -> i32) -> Ending {
    match completion {
        None => Ending::Code(i32::from(crate::INTERNAL_ERROR)),
        Some(Completion::Exit(code)) => Ending::Code(code),
        Some(_) if start.no_exit => Ending::Prompt,
        Some(completion) => Ending::Code(code(completion)),
    }
}

/// The last statement's success decides (recorded: exit/command-mode-*, hosting/host-command-codes).
pub fn code_of_command(completion: Completion) -> i32 {
    match completion {
        Completion::Done { ok: true, terminated: false, .. } => 0,
        Completion::Done { .. } | Completion::Interrupted => 1,
        Completion::Exit(code) => code,
    }
}

/// Only an error that ended the script counts (recorded: hosting/host-file-codes); Ctrl-C does not (interactive.md).
pub fn code_of_file(completion: Completion) -> i32 {
    match completion {
        Completion::Done { terminated, .. } => i32::from(terminated),
        Completion::Interrupted => 0,
        Completion::Exit(code) => code,
    }
}

/// Runs one command; a fault of exsh ends the command and not the session. Nothing when there was one.
pub fn guarded(session: &mut Session, run: impl FnOnce(&mut Session) -> Completion) -> Option<Completion> {
    let completion = catch_unwind(AssertUnwindSafe(|| run(session)));
    if completion.is_err() {
        session.flush();
    }
    completion.ok()
}

/// Tells where the fault was. Not what was at hand: the text may hold a secret.
pub fn note_panic(info: &PanicHookInfo<'_>) {
    let place = info.location().map_or_else(String::new, |l| format!(" at {}:{}", l.file(), l.line()));
    let _ = writeln!(
        std::io::stderr(),
        "exsh: internal error{place} (id InternalError). The command was stopped; please report it with the command."
    );
}

fn prompt(session: &mut Session, start: &Start) -> i32 {
    let banner = start.logo.then(|| format!("exsh {VERSION} (the language of PowerShell {LANGUAGE})"));
    let repl = Repl { history_file: wiring::history_file(), clean: paste::clean, banner };
    // The prompt keeps its state in the session, so that it can be entered again behind a fault.
    loop {
        let terminal = std::io::stdin().is_terminal();
        let run = |s: &mut Session| if terminal { repl::run(s, &repl) } else { repl::piped(s, &repl) };
        match catch_unwind(AssertUnwindSafe(|| run(session))) {
            Ok(code) => return code,
            Err(_) => session.flush(),
        }
    }
}

fn mentions_input(text: &str) -> bool {
    text.to_ascii_lowercase().contains("$input")
}

/// The lines of piped standard input as `$input`.
fn give_input(session: &mut Session, input: &wiring::SharedInput) {
    let mut items = Vec::new();
    while let Ok(line) = input.borrow_mut().line(&|| false) {
        items.push(Value::text(String::from_utf8_lossy(&line).into_owned()));
    }
    // A session that cannot take it has no `$input`, which is what the script then sees.
    let _ = session.engine.set_global("input", Value::array(items));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(ok: bool, terminated: bool) -> Completion {
        Completion::Done { ok, last_exit_code: Some(9), terminated }
    }

    /// Source: observed (hosting host-command-codes; exit command-mode-lastexitcode).
    #[test]
    fn a_commands_code_is_its_last_statements_success() {
        assert_eq!(code_of_command(done(true, false)), 0);
        assert_eq!(code_of_command(done(false, false)), 1);
        assert_eq!(code_of_command(done(false, true)), 1);
        assert_eq!(code_of_command(Completion::Exit(3)), 3);
        assert_eq!(code_of_command(Completion::Interrupted), 1);
    }

    /// Source: observed (hosting host-file-codes; exit error-nonterminating-last; interactive.md, Ctrl-C).
    #[test]
    fn a_files_code_is_one_only_when_an_error_ended_it() {
        assert_eq!(code_of_file(done(true, false)), 0);
        assert_eq!(code_of_file(done(false, false)), 0);
        assert_eq!(code_of_file(done(false, true)), 1);
        assert_eq!(code_of_file(Completion::Exit(255)), 255);
        assert_eq!(code_of_file(Completion::Interrupted), 0);
    }
}
