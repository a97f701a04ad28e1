//! `iisreset`, the program that restarts IIS: `/restart` (the default), `/stop`, `/start`, `/status`, a computer's name.
//! `/noforce`, `/timeout:` and `/rebootonerror` are taken: nothing here needs force, time or a reboot.

use super::control;
use crate::errors;
use crate::exchange_certificate::shared::report;
use crate::session::ExchangeContext;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Command, Param};
use exsh_core::error::{Category, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_state::ServiceAction;
use exsh_state::model::ServiceStatus;
use std::rc::Rc;

const ARGUMENTS: Param<Vec<Str>> = Param::new(0, "Arguments").remaining();

pub static DECL: CmdletDecl = program("iisreset");
pub static DECL_EXE: CmdletDecl = program("iisreset.exe");

const fn program(name: &'static str) -> CmdletDecl {
    let decl = CmdletDecl::new(name, &[ARGUMENTS.spec], include_str!("iisreset.md"));
    CmdletDecl { common_parameters: false, ..decl }
}

pub fn commands(context: &Rc<ExchangeContext>) -> Vec<Command> {
    [&DECL, &DECL_EXE]
        .into_iter()
        .map(|decl| {
            let context = context.clone();
            Command::new(decl, move || IisReset { context: context.clone() })
        })
        .collect()
}

struct IisReset {
    context: Rc<ExchangeContext>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Task {
    Restart,
    Stop,
    Start,
    Status,
}

impl Cmdlet for IisReset {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let arguments = bound.get(&ARGUMENTS).unwrap_or_default();
        let texts: Vec<&str> = arguments.iter().map(Str::as_str).collect();
        let (task, computer) = match read(&texts) {
            Ok(read) => read,
            Err(text) => {
                let local = self.context.local_server(out.host())?;
                let record = errors::task(out.host(), &local, DECL.name, Category::InvalidArgument, &text);
                return out.error(record);
            }
        };
        let server = match self.context.server(out.host(), computer) {
            Ok(server) => server,
            Err(flow) => return report(out, flow),
        };
        let store = self.context.store(out.host())?;
        let Some(service) = store.windows_service(server.id, "W3SVC").map_err(errors::state)? else {
            let text = format!("Server {} has no World Wide Web Publishing Service.", server.name);
            let record = errors::task(out.host(), &server, DECL.name, Category::ObjectNotFound, &text);
            return out.error(record);
        };
        let say = |text: &str, out: &mut dyn Out| out.emit(Value::text(text));
        say("", out)?;
        match task {
            Task::Status => {
                let word = if service.status == ServiceStatus::Running { "Running" } else { "Stopped" };
                say(&format!("Status for {} ( {} ) : {word}", service.display_name, service.name), out)?;
            }
            Task::Stop => {
                say("Attempting stop...", out)?;
                control::run(&self.context, out.host(), &service, ServiceAction::Stop, DECL.name)?;
                say("Internet services successfully stopped", out)?;
            }
            Task::Start => {
                say("Attempting start...", out)?;
                control::run(&self.context, out.host(), &service, ServiceAction::Start, DECL.name)?;
                say("Internet services successfully started", out)?;
            }
            Task::Restart => {
                say("Attempting stop...", out)?;
                // One transaction: another process never sees IIS half-way.
                control::run(&self.context, out.host(), &service, ServiceAction::Restart, DECL.name)?;
                say("Internet services successfully stopped", out)?;
                say("Attempting start...", out)?;
                say("Internet services successfully restarted", out)?;
            }
        }
        // As after a program; a session that keeps no variables loses nothing else by it.
        let _ = out.shell().set_global("LASTEXITCODE", Value::int(0));
        Ok(())
    }
}

/// What is to be done, and on which computer.
fn read<'a>(arguments: &[&'a str]) -> std::result::Result<(Task, Option<&'a str>), String> {
    let mut task = Task::Restart;
    let mut computer = None;
    for argument in arguments {
        let Some(word) = argument.strip_prefix(['/', '-']) else {
            computer = Some(*argument);
            continue;
        };
        match word.to_ascii_lowercase().as_str() {
            "restart" => task = Task::Restart,
            "stop" => task = Task::Stop,
            "start" => task = Task::Start,
            "status" => task = Task::Status,
            "noforce" | "rebootonerror" => {}
            other if other.starts_with("timeout:") => {}
            _ => {
                return Err(format!(
                    "iisreset doesn't know '{argument}'. It takes /restart, /stop, /start, /status, /noforce, /timeout:seconds and a computer's name."
                ));
            }
        }
    }
    Ok((task, computer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read_as_the_program_reads_them() {
        assert_eq!(read(&[]), Ok((Task::Restart, None)));
        assert_eq!(read(&["/noforce"]), Ok((Task::Restart, None)));
        assert_eq!(read(&["EX02", "/STOP"]), Ok((Task::Stop, Some("EX02"))));
        assert_eq!(read(&["/start", "/timeout:20"]), Ok((Task::Start, None)));
        assert!(read(&["/reboot"]).is_err());
    }
}
