//! A session on a host that keeps what is written; there are no cmdlets in it.

#![allow(dead_code, reason = "each test file uses its part")]

use exsh_core::host::{Host, NoAnswer, Stream};
use exsh_shell::{Session, Settings};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What was written, in order, each text with its stream.
pub type Written = Rc<RefCell<Vec<(Stream, String)>>>;

struct Keeping(Written);

pub fn session() -> (Session, Written, Arc<AtomicBool>) {
    let written = Written::default();
    let interrupt = Arc::new(AtomicBool::new(false));
    let session = Session::new(Settings {
        host: Box::new(Keeping(written.clone())),
        interrupt: interrupt.clone(),
        interactive: false,
        windows_root: None,
        version: "0.0.0",
    });
    (session, written, interrupt)
}

/// Takes what a stream got so far.
pub fn take(written: &Written, stream: Stream) -> String {
    let mut all = written.borrow_mut();
    let text = all.iter().filter(|(s, _)| *s == stream).map(|(_, t)| t.as_str()).collect();
    all.retain(|(s, _)| *s != stream);
    text
}

impl Host for Keeping {
    fn write(&mut self, stream: Stream, text: &str) -> std::io::Result<()> {
        self.0.borrow_mut().push((stream, text.to_owned()));
        Ok(())
    }
    fn write_bytes(&mut self, _: &[u8]) -> std::io::Result<()> {
        Ok(())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
    fn width(&self) -> usize {
        120
    }
    fn is_terminal(&self) -> bool {
        false
    }
    fn is_interactive(&self) -> bool {
        false
    }
    fn colors(&self) -> bool {
        false
    }
    fn read_line(&mut self, _: &str) -> Result<String, NoAnswer> {
        Err(NoAnswer::EndOfInput)
    }
    fn read_secret(&mut self, _: &str) -> Result<String, NoAnswer> {
        Err(NoAnswer::EndOfInput)
    }
    fn now_ticks(&self) -> i64 {
        638_000_000_000_000_000
    }
    fn monotonic_ticks(&self) -> i64 {
        0
    }
    fn random(&mut self, buffer: &mut [u8]) {
        buffer.fill(7);
    }
    fn sleep(&mut self, _: i64) {}
    fn interrupted(&self) -> bool {
        false
    }
    fn clear_interrupt(&mut self) {}
    fn env(&self, _: &str) -> Option<String> {
        None
    }
    fn set_env(&mut self, _: &str, _: Option<&str>) {}
    fn env_all(&self) -> Vec<(String, String)> {
        Vec::new()
    }
    fn machine_name(&self) -> String {
        "ex01".to_owned()
    }
    fn user_name(&self) -> String {
        "tester".to_owned()
    }
    fn process_id(&self) -> u32 {
        1
    }
    fn home(&self) -> String {
        "/home/tester".to_owned()
    }
    fn start_directory(&self) -> String {
        "/".to_owned()
    }
    fn program(&self) -> String {
        "/usr/bin/exsh".to_owned()
    }
}
