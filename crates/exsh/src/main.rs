//! exsh: an Exchange Management Shell that runs anywhere.
//!
//! The program reads its arguments, opens the console and wires the crates together. It has no behaviour of its own.

mod args;
mod console_host;
mod init;
mod input;
mod lines;
mod paste;
mod run;
mod status;
mod system;
mod wiring;

use args::{Invocation, Verb, World};
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Stack of the engine's thread: scripts recurse, and each call of a script is several of ours.
const STACK: usize = 256 << 20;

/// Exit code of a wrong command line.
const USAGE_ERROR: u8 = 64;
/// Exit code of a fault of exsh itself.
const INTERNAL_ERROR: u8 = 70;

fn main() -> ExitCode {
    system::forbid_core_dumps();
    std::panic::set_hook(Box::new(run::note_panic));
    let args: Vec<String> = std::env::args_os().skip(1).map(|a| a.to_string_lossy().into_owned()).collect();
    let world = World {
        input_is_terminal: io::stdin().is_terminal(),
        file_exists: &|path| std::path::Path::new(path).is_file(),
    };
    match args::parse(&args, &world) {
        Invocation::Version => {
            say(&format!("exsh {} (the language of PowerShell {})\n", run::VERSION, run::LANGUAGE))
        }
        Invocation::Help | Invocation::Verb(Verb::Help) => say(&format!("\n{}{}", args::USAGE, args::HELP)),
        Invocation::Usage { message, with_usage } => {
            complain(&message);
            if with_usage {
                say(&format!("\n{}", args::USAGE));
            }
            ExitCode::from(USAGE_ERROR)
        }
        Invocation::Verb(verb @ (Verb::Serve | Verb::Agent)) => {
            let name = if verb == Verb::Serve { "serve" } else { "agent" };
            complain(&format!(
                "exsh {name} is not there yet: this version has no remoting, no web page and no agent."
            ));
            ExitCode::FAILURE
        }
        Invocation::Verb(Verb::Status { json }) => on_engine_thread(move || status::run(json)),
        Invocation::Verb(Verb::Init { version, server, domain }) => {
            on_engine_thread(move || init::run(version.as_deref(), server.as_deref(), domain.as_deref()))
        }
        Invocation::Run(start) => {
            if let Some(folder) = &start.working_directory
                && let Err(error) = std::env::set_current_dir(folder)
            {
                complain(&format!("The folder '{folder}' can't be entered: {error}."));
            }
            on_engine_thread(move || run::run(&start))
        }
    }
}

/// Runs the engine where it has room, and ends the process without taking everything apart.
fn on_engine_thread(work: impl FnOnce() -> i32 + Send + 'static) -> ExitCode {
    let engine = std::thread::Builder::new().name("engine".to_owned()).stack_size(STACK).spawn(work);
    system::leave_interrupts_to_others();
    let code = match engine.map(|thread| thread.join()) {
        Ok(Ok(code)) => code,
        Ok(Err(_)) => i32::from(INTERNAL_ERROR),
        Err(error) => {
            complain(&format!("exsh can't start: {error}."));
            i32::from(INTERNAL_ERROR)
        }
    };
    // As exit(2) takes it: the lowest eight bits.
    ExitCode::from((code & 0xFF) as u8)
}

fn say(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    // Nobody reads any more: that is no failure.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    ExitCode::SUCCESS
}

/// A line on the error stream, in the error colour where the reference colours it.
fn complain(message: &str) {
    let plain =
        std::env::var_os("NO_COLOR").is_some() || std::env::var_os("TERM").is_some_and(|t| t == "dumb");
    let mut err = io::stderr().lock();
    let _ = match plain {
        true => writeln!(err, "{message}"),
        false => writeln!(err, "\u{1b}[31;1m{message}\u{1b}[0m"),
    };
}
