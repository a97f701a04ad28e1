//! A world that stands still: the clock shows what it was set to, prompts have no answer, nothing is written.

use exsh_core::host::{Host, NoAnswer, Stream};

const UNIX_EPOCH_TICKS: i64 = 621_355_968_000_000_000;

pub struct FakeHost {
    /// Unix seconds, UTC.
    pub now: i64,
    pub machine: String,
    pub environment: Vec<(String, String)>,
    /// Seed of the random bytes.
    pub random: u64,
}

impl Default for FakeHost {
    fn default() -> FakeHost {
        FakeHost {
            now: crate::NOW,
            machine: "ex01.contoso.com".to_owned(),
            environment: Vec::new(),
            random: 1,
        }
    }
}

impl Host for FakeHost {
    fn write(&mut self, _: Stream, _: &str) -> std::io::Result<()> {
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
        UNIX_EPOCH_TICKS + self.now * 10_000_000
    }
    fn monotonic_ticks(&self) -> i64 {
        0
    }
    /// The same bytes in every run.
    fn random(&mut self, buffer: &mut [u8]) {
        for byte in buffer {
            self.random =
                self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.random >> 56) as u8;
        }
    }
    fn sleep(&mut self, _: i64) {}
    fn interrupted(&self) -> bool {
        false
    }
    fn clear_interrupt(&mut self) {}
    fn env(&self, name: &str) -> Option<String> {
        self.environment.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone())
    }
    fn set_env(&mut self, name: &str, value: Option<&str>) {
        self.environment.retain(|(n, _)| n != name);
        self.environment.extend(value.map(|v| (name.to_owned(), v.to_owned())));
    }
    fn env_all(&self) -> Vec<(String, String)> {
        self.environment.clone()
    }
    fn machine_name(&self) -> String {
        self.machine.clone()
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
        "/home/tester".to_owned()
    }
    fn program(&self) -> String {
        "/usr/bin/exsh".to_owned()
    }
}
