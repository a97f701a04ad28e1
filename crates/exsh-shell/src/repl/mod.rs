//! The prompt: reading, continuation, history, completion. The only place that names rustyline.
//!
//! What a person sees follows the reference's prompt (`PS /folder> `, `>> ` while input is incomplete, `^C` for an
//! abandoned line). Bracketed paste is on, so that a pasted block is one input and never answers a question.

mod complete;
mod history;

use crate::session::{Completeness, Completion, Session};
use complete::Helper;
use exsh_core::Name;
use exsh_core::host::Stream;
use rustyline::error::ReadlineError;
use rustyline::history::{History as _, MemHistory};
use rustyline::{CompletionType, Config, Editor};
use std::path::PathBuf;
use std::sync::atomic::Ordering;

/// What the prompt is given by the program.
pub struct Repl {
    /// Where history is kept; nothing: only in memory.
    pub history_file: Option<PathBuf>,
    /// Mends what was pasted from a web page; must leave everything alone that runs as it is.
    pub clean: fn(&str) -> String,
    pub banner: Option<String>,
}

/// Runs the prompt until `exit` or the end of input. Gives the exit code.
pub fn run(session: &mut Session, repl: &Repl) -> i32 {
    if let Some(b) = &repl.banner {
        let _ = session.engine.host_write(Stream::Output, &format!("{b}\n"));
    }
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .bracketed_paste(true)
        .auto_add_history(false)
        .tab_stop(4)
        .build();
    let Ok(mut editor) = Editor::<Helper, MemHistory>::with_history(config, MemHistory::new()) else {
        return piped(session, repl);
    };
    for entry in history::load(repl.history_file.as_deref()) {
        let _ = editor.history_mut().add(&entry);
    }
    loop {
        session.flush();
        editor.set_helper(Some(Helper::of(&mut session.engine)));
        let prompt = prompt_text(session);
        let mut text = match editor.readline(&prompt) {
            Ok(t) => t,
            Err(ReadlineError::Interrupted) => {
                let _ = session.engine.host_write(Stream::Output, "^C\n");
                continue;
            }
            Err(_) => return 0,
        };
        let mut abandoned = false;
        while session.check(&(repl.clean)(&text)) == Completeness::Incomplete {
            match editor.readline(">> ") {
                Ok(more) => {
                    text.push('\n');
                    text.push_str(&more);
                }
                Err(ReadlineError::Interrupted) => {
                    let _ = session.engine.host_write(Stream::Output, "^C\n");
                    abandoned = true;
                    break;
                }
                Err(_) => return 0,
            }
        }
        if abandoned || text.trim().is_empty() {
            continue;
        }
        let text = text.trim_end();
        let clean = (repl.clean)(text);
        if history::may_keep(text) {
            let _ = editor.history_mut().add(text);
            history::append(repl.history_file.as_deref(), text);
        }
        session.engine.interrupt.store(false, Ordering::Relaxed);
        history::note(&mut session.engine, &clean);
        match session.run_text(&clean) {
            Completion::Exit(code) => return code,
            Completion::Interrupted => {
                let _ = session.engine.host_write(Stream::Output, "\n");
            }
            Completion::Done { .. } => {}
        }
    }
}

/// Lines from a pipe with nobody at the keyboard: prompt and line are shown as if typed, which is the host's doing. A
/// block over several lines ends with an empty line; what is open at the end of the input does not run.
pub fn piped(session: &mut Session, repl: &Repl) -> i32 {
    loop {
        let prompt = prompt_text(session);
        let Ok(mut text) = session.engine.host.read_line(&prompt) else { return 0 };
        if session.check(&(repl.clean)(&text)) == Completeness::Incomplete {
            loop {
                let Ok(more) = session.engine.host.read_line(">> ") else { return 0 };
                if more.trim().is_empty() {
                    break;
                }
                text.push('\n');
                text.push_str(&more);
            }
        }
        if text.trim().is_empty() {
            continue;
        }
        if let Completion::Exit(code) = session.run_text(&(repl.clean)(&text)) {
            return code;
        }
    }
}

/// The prompt: that of the session's `prompt` function, else the current folder.
fn prompt_text(session: &mut Session) -> String {
    let m = &mut session.engine;
    if m.commands.function(Name::new("prompt")).is_some() {
        let mut first = None;
        let result = exsh_core::Shell::run_command(m, "prompt", exsh_core::Invoke::default(), &mut |v| {
            if first.is_none() {
                first = Some(exsh_dotnet::text::to_text(&v).to_string());
            }
            Ok(())
        });
        return match (result, first) {
            (Ok(()), Some(t)) if !t.is_empty() => t,
            _ => "PS>".to_owned(),
        };
    }
    format!("PS {}> ", m.location)
}
