//! The world outside: streams, prompts, clock, environment. Only the program implements it on the process.

/// Which stream a line belongs to; the host decides where it goes and how it is coloured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stream {
    Output,
    Error,
    Warning,
    Verbose,
    Debug,
    Information,
}

/// One choice of a question; the hot key follows `&` in the label.
pub struct Choice<'a> {
    pub label: &'a str,
    pub help: &'a str,
}

/// Why an answer could not be had.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoAnswer {
    /// `-NonInteractive`.
    NonInteractive,
    /// End of input.
    EndOfInput,
    /// Ctrl-C.
    Interrupted,
}

/// The world as a session sees it.
pub trait Host {
    /// Writes text (with its line ends) to a stream. Output may be buffered until [`Host::flush`].
    /// `Err` means that nobody reads any more (a closed pipe): the session then ends quietly.
    fn write(&mut self, stream: Stream, text: &str) -> std::io::Result<()>;
    /// Raw bytes to standard output, after what was written before.
    fn write_bytes(&mut self, bytes: &[u8]) -> std::io::Result<()>;
    fn flush(&mut self) -> std::io::Result<()>;

    /// Columns of the terminal, or of `COLUMNS` where output is none; 120 when nothing is known.
    fn width(&self) -> usize;
    fn height(&self) -> usize {
        50
    }
    /// Is standard output a terminal?
    fn is_terminal(&self) -> bool;
    fn is_interactive(&self) -> bool;
    /// May escape sequences be written?
    fn colors(&self) -> bool;

    /// One line of input, without its end; `prompt` was not yet shown.
    fn read_line(&mut self, prompt: &str) -> Result<String, NoAnswer>;
    /// One line that is not shown. The caller wipes it.
    fn read_secret(&mut self, prompt: &str) -> Result<String, NoAnswer>;

    /// 100 ns ticks since year 1, UTC.
    fn now_ticks(&self) -> i64;
    /// Ticks of a monotonic clock.
    fn monotonic_ticks(&self) -> i64;
    /// Fills the buffer from the system's source of randomness.
    fn random(&mut self, buffer: &mut [u8]);
    /// Blocks; returns early when interrupted.
    fn sleep(&mut self, ticks: i64);
    /// Was Ctrl-C pressed since the last [`Host::clear_interrupt`]? Asked at loop ends: cheap.
    fn interrupted(&self) -> bool;
    fn clear_interrupt(&mut self);

    fn env(&self, name: &str) -> Option<String>;
    fn set_env(&mut self, name: &str, value: Option<&str>);
    fn env_all(&self) -> Vec<(String, String)>;
    /// Name of the machine, of the user, number of the process.
    fn machine_name(&self) -> String;
    fn user_name(&self) -> String;
    fn process_id(&self) -> u32;
    fn home(&self) -> String;
    /// The working directory at start.
    fn start_directory(&self) -> String;
    /// Full path of the program itself.
    fn program(&self) -> String;
}
