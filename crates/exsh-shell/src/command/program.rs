//! Programs of the system: found on the path, run with text lines in and out.

use crate::command::table::Found;
use crate::run::engine::Engine;
use crate::run::sink::Pipe;
use exsh_core::{Category, ErrorRecord, Exception, Result, Shell, Str, Value};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

/// The program that a name means.
pub fn find(m: &mut Engine, name: &str) -> Option<Found> {
    let runnable =
        |p: &std::path::Path| p.is_file() && p.metadata().is_ok_and(|d| d.permissions().mode() & 0o111 != 0);
    if name.contains('/') || name.starts_with('~') {
        let full = m.file_path(name).ok()?;
        return runnable(&full).then(|| Found::Program(Str::from(full.to_string_lossy())));
    }
    if name.is_empty() {
        return None;
    }
    let path = m.host.env("PATH")?;
    for folder in path.split(':').filter(|f| !f.is_empty()) {
        let full = std::path::Path::new(folder).join(name);
        if runnable(&full) {
            return Some(Found::Program(Str::from(full.to_string_lossy())));
        }
    }
    None
}

/// What a program's run is given.
pub struct Run<'a> {
    pub path: &'a str,
    pub args: Vec<String>,
    /// Lines for its standard input; nothing: it inherits ours.
    pub input: Option<Vec<String>>,
    /// Its output goes straight to the terminal.
    pub direct: bool,
    /// Its error output becomes records of the error stream.
    pub capture_errors: bool,
}

/// Runs a program and sends its output lines.
pub fn run(m: &mut Engine, run: Run<'_>, out: &mut dyn Pipe) -> Result<()> {
    let _ = m.host.flush();
    let mut command = Command::new(run.path);
    command.args(&run.args).current_dir(&m.location).env_clear().envs(m.host.env_all());
    command.stdin(if run.input.is_some() { Stdio::piped() } else { Stdio::inherit() });
    command.stdout(if run.direct { Stdio::inherit() } else { Stdio::piped() });
    command.stderr(if run.capture_errors { Stdio::piped() } else { Stdio::inherit() });
    let mut child = command.spawn().map_err(|e| {
        ErrorRecord::new(
            "NativeCommandFailed",
            Category::ResourceUnavailable,
            Exception::new(
                "System.Management.Automation.ApplicationFailedException",
                format!("Program '{}' failed to run: {e}", file_name(run.path)),
            ),
        )
    })?;
    // Input is written from a thread of its own, so that a full pipe on either side blocks nobody.
    let writer = run.input.zip(child.stdin.take()).map(|(lines, mut pipe)| {
        std::thread::spawn(move || {
            for l in lines {
                if pipe.write_all(l.as_bytes()).and_then(|()| pipe.write_all(b"\n")).is_err() {
                    return;
                }
            }
        })
    });
    let errors = child.stderr.take().map(|pipe| {
        std::thread::spawn(move || {
            BufReader::new(pipe).lines().map_while(std::result::Result::ok).collect::<Vec<_>>()
        })
    });
    let mut outcome = Ok(());
    if let Some(pipe) = child.stdout.take() {
        let mut reader = BufReader::new(pipe);
        let mut line = Vec::new();
        loop {
            line.clear();
            match reader.read_until(b'\n', &mut line) {
                Ok(0) | Err(_) => break,
                Ok(_) => {}
            }
            while line.last().is_some_and(|b| *b == b'\n' || *b == b'\r') {
                line.pop();
            }
            outcome = out.push(m, Value::text(String::from_utf8_lossy(&line)));
            if outcome.is_err() || m.check_interrupt().is_err() {
                let _ = child.kill();
                break;
            }
        }
    }
    let status = child.wait();
    if let Some(w) = writer {
        let _ = w.join();
    }
    if let Some(lines) = errors.and_then(|e| e.join().ok()) {
        for l in lines {
            let record = ErrorRecord::new(
                "NativeCommandError",
                Category::NotSpecified,
                Exception::new("System.Management.Automation.RemoteException", l.as_str()),
            )
            .on(Value::text(l.as_str()));
            let record = std::rc::Rc::new(record);
            m.remember(&record);
            m.show_error(&record)?;
        }
    }
    let code = match status {
        Ok(s) => {
            use std::os::unix::process::ExitStatusExt;
            s.code().unwrap_or_else(|| 128 + s.signal().unwrap_or(0))
        }
        Err(_) => -1,
    };
    let cell = m.cells.last_exit_code as usize;
    m.globals.values[cell] = Value::int(code);
    if code != 0 {
        m.failed = true;
    }
    outcome
}

pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
