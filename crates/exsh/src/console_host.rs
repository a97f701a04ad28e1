//! The Host on a process: streams, questions, clock, environment.
//!
//! It decides when the output buffer reaches the terminal or the pipe. It knows no command and formats nothing.

use crate::input::Input;
use crate::system;
use exsh_core::host::{Host, NoAnswer, Stream};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Output is kept until it is this long, somebody reads, an error is written, or the session ends.
const BUFFER: usize = 64 * 1024;
/// Where nothing else is known.
const WIDTH: usize = 120;
const HEIGHT: usize = 50;
/// .NET ticks at 1970-01-01.
const UNIX_EPOCH_TICKS: i64 = 621_355_968_000_000_000;

pub struct ConsoleHost {
    input: Rc<RefCell<Input>>,
    buffer: Vec<u8>,
    /// Standard output's reader is gone.
    closed: bool,
    output_is_terminal: bool,
    interactive: bool,
    echo: bool,
    interrupt: Arc<AtomicBool>,
    started: Instant,
    /// The session's own environment: changing the process's is not safe beside other threads.
    environment: BTreeMap<String, String>,
    start_directory: String,
}

impl ConsoleHost {
    /// `interactive` is false with `-NonInteractive`. `echo`: an answer from a pipe is shown where it would have been typed.
    pub fn new(
        input: Rc<RefCell<Input>>,
        interrupt: Arc<AtomicBool>,
        interactive: bool,
        echo: bool,
    ) -> ConsoleHost {
        let text = |s: std::ffi::OsString| s.to_string_lossy().into_owned();
        let folder = std::env::current_dir().map(|p| text(p.into_os_string()));
        ConsoleHost {
            input,
            buffer: Vec::with_capacity(BUFFER),
            closed: false,
            output_is_terminal: io::stdout().is_terminal(),
            interactive,
            echo: echo && !io::stdin().is_terminal(),
            interrupt,
            started: Instant::now(),
            environment: std::env::vars_os().map(|(k, v)| (text(k), text(v))).collect(),
            start_directory: folder.unwrap_or_else(|_| "/".to_owned()),
        }
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.closed {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        if self.buffer.len() + bytes.len() > BUFFER {
            self.send()?;
            if bytes.len() > BUFFER {
                return self.noting(io::stdout().lock().write_all(bytes));
            }
        }
        self.buffer.extend_from_slice(bytes);
        if self.output_is_terminal && bytes.contains(&b'\n') {
            self.send()?;
        }
        Ok(())
    }

    fn send(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() || self.closed {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        let sent = out.write_all(&self.buffer).and_then(|()| out.flush());
        drop(out);
        self.buffer.clear();
        self.noting(sent)
    }

    fn noting(&mut self, result: io::Result<()>) -> io::Result<()> {
        self.closed |= result.is_err();
        result
    }

    fn question(&mut self, prompt: &str) -> Result<(), NoAnswer> {
        if !self.interactive {
            return Err(NoAnswer::NonInteractive);
        }
        self.put(prompt.as_bytes()).and_then(|()| self.send()).map_err(|_| NoAnswer::EndOfInput)
    }

    /// One line of standard input through its shared buffer, without its end.
    fn line(&mut self) -> Result<Vec<u8>, NoAnswer> {
        let interrupt = &self.interrupt;
        self.input.borrow_mut().line(&|| interrupt.load(Ordering::Relaxed))
    }
}

impl Host for ConsoleHost {
    fn write(&mut self, stream: Stream, text: &str) -> io::Result<()> {
        if stream != Stream::Error {
            return self.put(text.as_bytes());
        }
        // In the order in which things happened, also where both go to one place.
        let sent = self.send();
        let mut err = io::stderr().lock();
        let written = err.write_all(text.as_bytes()).and_then(|()| err.flush());
        sent.and(written)
    }

    fn write_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.put(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send()
    }

    fn width(&self) -> usize {
        let measured =
            if self.output_is_terminal { system::terminal_size(1).map(|(columns, _)| columns) } else { None };
        measured.or_else(|| self.number("COLUMNS")).unwrap_or(WIDTH)
    }

    fn height(&self) -> usize {
        let measured =
            if self.output_is_terminal { system::terminal_size(1).map(|(_, rows)| rows) } else { None };
        measured.filter(|rows| *rows > 0).or_else(|| self.number("LINES")).unwrap_or(HEIGHT)
    }

    fn is_terminal(&self) -> bool {
        self.output_is_terminal
    }

    fn is_interactive(&self) -> bool {
        self.interactive
    }

    /// The reference writes colours into files and pipes too; only NO_COLOR and a dumb terminal stop it.
    fn colors(&self) -> bool {
        !self.environment.contains_key("NO_COLOR") && self.environment.get("TERM").is_none_or(|t| t != "dumb")
    }

    fn read_line(&mut self, prompt: &str) -> Result<String, NoAnswer> {
        self.question(prompt)?;
        let line = self.line()?;
        let text = String::from_utf8_lossy(&line).into_owned();
        if self.echo {
            let _ = self.put(text.as_bytes()).and_then(|()| self.put(b"\n"));
        }
        Ok(text)
    }

    fn read_secret(&mut self, prompt: &str) -> Result<String, NoAnswer> {
        // What was read ahead stands in the buffer, and a terminal's mode no longer matters for it.
        let typed_ahead = !self.input.borrow().ahead().is_empty();
        // Before the question is shown: who answers at once, or pastes, would see the secret in the clear and lose it.
        let unseen = if typed_ahead { None } else { system::Unseen::begin() };
        self.question(prompt)?;
        match unseen {
            Some(unseen) => {
                let answer = self.keys();
                drop(unseen);
                let _ = self.put(b"\n").and_then(|()| self.send());
                answer
            }
            None => {
                let mut line = zeroize::Zeroizing::new(self.line()?);
                let _ = self.put(b"\n").and_then(|()| self.send());
                text_of(std::mem::take(&mut *line))
            }
        }
    }

    fn now_ticks(&self) -> i64 {
        let ticks = |d: Duration| i64::try_from(d.as_nanos() / 100).unwrap_or(i64::MAX);
        match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(after) => UNIX_EPOCH_TICKS.saturating_add(ticks(after)),
            Err(before) => UNIX_EPOCH_TICKS.saturating_sub(ticks(before.duration())),
        }
    }

    fn monotonic_ticks(&self) -> i64 {
        i64::try_from(self.started.elapsed().as_nanos() / 100).unwrap_or(i64::MAX)
    }

    fn random(&mut self, buffer: &mut [u8]) {
        system::random(buffer);
    }

    fn sleep(&mut self, ticks: i64) {
        // What was written so far is seen while the script waits.
        let _ = self.send();
        let nanoseconds = u64::try_from(ticks).unwrap_or(0).saturating_mul(100);
        let end = Instant::now().checked_add(Duration::from_nanos(nanoseconds));
        while !self.interrupted() {
            let left = match end {
                Some(end) => end.saturating_duration_since(Instant::now()),
                None => Duration::from_secs(1),
            };
            if left.is_zero() {
                return;
            }
            std::thread::sleep(left.min(Duration::from_millis(20)));
        }
    }

    fn interrupted(&self) -> bool {
        self.interrupt.load(Ordering::Relaxed)
    }

    fn clear_interrupt(&mut self) {
        self.interrupt.store(false, Ordering::Relaxed);
    }

    fn env(&self, name: &str) -> Option<String> {
        self.environment.get(name).cloned()
    }

    fn set_env(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => self.environment.insert(name.to_owned(), value.to_owned()),
            None => self.environment.remove(name),
        };
    }

    fn env_all(&self) -> Vec<(String, String)> {
        self.environment.iter().map(|(k, v)| (k.clone(), v.clone())).collect()
    }

    fn machine_name(&self) -> String {
        system::machine_name().unwrap_or_else(|| "localhost".to_owned())
    }

    fn user_name(&self) -> String {
        let id = system::user_id();
        user_of(&std::fs::read_to_string("/etc/passwd").unwrap_or_default(), id)
            .or_else(|| self.env("USER").or_else(|| self.env("LOGNAME")))
            .unwrap_or_else(|| id.to_string())
    }

    fn process_id(&self) -> u32 {
        std::process::id()
    }

    fn home(&self) -> String {
        self.env("HOME").filter(|h| !h.is_empty()).unwrap_or_else(|| "/".to_owned())
    }

    fn start_directory(&self) -> String {
        self.start_directory.clone()
    }

    fn program(&self) -> String {
        let path = std::env::current_exe().map(|p| p.to_string_lossy().into_owned());
        path.unwrap_or_else(|_| "exsh".to_owned())
    }
}

impl ConsoleHost {
    fn number(&self, name: &str) -> Option<usize> {
        self.environment.get(name)?.trim().parse().ok().filter(|n| *n > 0)
    }

    /// Keys up to Enter, a star for each character.
    fn keys(&mut self) -> Result<String, NoAnswer> {
        // Never grown: a buffer that grows leaves copies of the secret behind.
        let mut secret = zeroize::Zeroizing::new(Vec::with_capacity(SECRET));
        loop {
            let key = match system::read_key() {
                Ok(Some(key)) => key,
                Ok(None) => return Err(NoAnswer::EndOfInput),
                Err(error) if error.kind() == io::ErrorKind::Interrupted && !self.interrupted() => continue,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                    return Err(NoAnswer::Interrupted);
                }
                Err(_) => return Err(NoAnswer::EndOfInput),
            };
            match edit(&mut secret, key) {
                Key::Enter => return text_of(std::mem::take(&mut *secret)),
                Key::End => return Err(NoAnswer::EndOfInput),
                Key::Shown => {
                    let _ = self.put(b"*").and_then(|()| self.send());
                }
                Key::Erased(count) => {
                    let _ = self.put("\u{8} \u{8}".repeat(count).as_bytes()).and_then(|()| self.send());
                }
                Key::Nothing => {}
            }
        }
    }
}

/// Longest secret that is typed, in bytes.
const SECRET: usize = 4096;

/// What one key did to the secret.
#[derive(Debug, PartialEq, Eq)]
enum Key {
    Enter,
    End,
    Shown,
    Erased(usize),
    Nothing,
}

fn edit(secret: &mut Vec<u8>, key: u8) -> Key {
    match key {
        b'\r' | b'\n' => Key::Enter,
        4 if secret.is_empty() => Key::End,
        8 | 127 => match pop(secret) {
            true => Key::Erased(1),
            false => Key::Nothing,
        },
        // Ctrl-U.
        21 => {
            let mut count = 0;
            while pop(secret) {
                count += 1;
            }
            Key::Erased(count)
        }
        0..32 => Key::Nothing,
        _ if secret.len() == SECRET => Key::Nothing,
        _ => {
            secret.push(key);
            // The following bytes of a character show nothing of their own.
            if key & 0b1100_0000 == 0b1000_0000 { Key::Nothing } else { Key::Shown }
        }
    }
}

/// Takes the last character; its bytes are overwritten before they leave.
fn pop(secret: &mut Vec<u8>) -> bool {
    let any = !secret.is_empty();
    while let Some(last) = secret.last_mut() {
        let byte = std::mem::replace(last, 0);
        secret.pop();
        if byte & 0b1100_0000 != 0b1000_0000 {
            break;
        }
    }
    any
}

fn text_of(bytes: Vec<u8>) -> Result<String, NoAnswer> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => {
            let bytes = zeroize::Zeroizing::new(error.into_bytes());
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        }
    }
}

/// The name of a user's number in a passwd file.
fn user_of(passwd: &str, id: u32) -> Option<String> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse::<u32>().ok()? == id).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(interrupt: Arc<AtomicBool>) -> ConsoleHost {
        ConsoleHost::new(Rc::new(RefCell::new(Input::new(io::empty()))), interrupt, true, false)
    }

    #[test]
    fn a_secret_is_edited_by_characters() {
        let mut secret = Vec::with_capacity(SECRET);
        let mut type_all = |keys: &[u8]| keys.iter().map(|k| edit(&mut secret, *k)).collect::<Vec<_>>();
        assert_eq!(type_all("aé".as_bytes()), [Key::Shown, Key::Shown, Key::Nothing]);
        assert_eq!(type_all(&[127]), [Key::Erased(1)]);
        assert_eq!(type_all(b"bc\x15"), [Key::Shown, Key::Shown, Key::Erased(3)]);
        assert_eq!(type_all(&[127, 4]), [Key::Nothing, Key::End]);
        assert_eq!(type_all(b"x\x04\r"), [Key::Shown, Key::Nothing, Key::Enter]);
        assert_eq!(secret, b"x");
    }

    #[test]
    fn a_long_secret_does_not_grow_its_buffer() {
        let mut secret = Vec::with_capacity(SECRET);
        let place = secret.as_ptr();
        for _ in 0..2 * SECRET {
            edit(&mut secret, b'a');
        }
        assert_eq!((secret.len(), secret.as_ptr()), (SECRET, place));
    }

    #[test]
    fn a_user_is_found_by_number() {
        let passwd = "root:x:0:0:root:/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\nbroken\n";
        assert_eq!(user_of(passwd, 1000).as_deref(), Some("ann"));
        assert_eq!(user_of(passwd, 0).as_deref(), Some("root"));
        assert_eq!(user_of(passwd, 7), None);
    }

    #[test]
    fn the_environment_is_the_sessions_own() {
        let mut host = host(Arc::default());
        host.set_env("EXSH_TEST_OF_HOST", Some("1"));
        assert_eq!(host.env("EXSH_TEST_OF_HOST").as_deref(), Some("1"));
        assert!(std::env::var_os("EXSH_TEST_OF_HOST").is_none());
        host.set_env("EXSH_TEST_OF_HOST", None);
        assert_eq!(host.env("EXSH_TEST_OF_HOST"), None);
    }

    #[test]
    fn colours_follow_no_color_and_dumb_terminals() {
        let mut host = host(Arc::default());
        host.set_env("NO_COLOR", None);
        host.set_env("TERM", Some("xterm"));
        assert!(host.colors());
        host.set_env("NO_COLOR", Some(""));
        assert!(!host.colors());
        host.set_env("NO_COLOR", None);
        host.set_env("TERM", Some("dumb"));
        assert!(!host.colors());
    }

    #[test]
    fn a_sleep_ends_with_ctrl_c() {
        let interrupt = Arc::new(AtomicBool::new(true));
        let mut host = host(interrupt);
        let before = Instant::now();
        host.sleep(60 * 10_000_000);
        assert!(before.elapsed() < Duration::from_secs(10));
        host.clear_interrupt();
        assert!(!host.interrupted());
    }
}
