//! `-Command -`: commands from standard input, one line after the other. A block over several lines ends with an empty
//! line; what is still open at the end of the input does not run (recorded: hosting/host-stdin-*).

use crate::paste::{self, Line};
use crate::run::{code_of_command, guarded};
use crate::wiring::SharedInput;
use exsh_core::host::NoAnswer;
use exsh_shell::{Completion, Session};
use exsh_syntax::Completeness;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Runs everything and gives the exit code.
pub fn run(session: &mut Session, input: &SharedInput, interrupt: &Arc<AtomicBool>) -> i32 {
    let mut reader = Statements::default();
    let mut code = 0;
    loop {
        let interrupted = || interrupt.load(Ordering::Relaxed);
        let line = match input.borrow_mut().line(&interrupted) {
            Ok(line) => String::from_utf8_lossy(&line).into_owned(),
            Err(NoAnswer::Interrupted) => return 1,
            Err(_) => return code,
        };
        let ahead = |input: &SharedInput| {
            input.borrow().next_ahead().map(|l| String::from_utf8_lossy(l).into_owned())
        };
        let mut line = line;
        while reader.is_between()
            && let Some(next) = ahead(input)
            && paste::continues(&line, &next)
        {
            line = paste::joined(&line, &next);
            // It was there a moment ago.
            let _ = input.borrow_mut().line(&interrupted);
        }
        let check = |text: &str| session.check(text);
        let next = ahead(input);
        let Some(statement) = reader.take(&line, next.as_deref(), &check) else { continue };
        match guarded(session, |s| s.run_text(&statement)) {
            Some(Completion::Exit(code)) => return code,
            Some(completion) => code = code_of_command(completion),
            None => code = 1,
        }
    }
}

/// Lines on their way to a whole statement.
#[derive(Default)]
struct Statements {
    /// The block that is not closed yet.
    open: Option<String>,
    seen_prompt: bool,
}

impl Statements {
    fn is_between(&self) -> bool {
        self.open.is_none()
    }

    /// A text to run, once there is one. `next` is the line behind, if it is there already.
    fn take(
        &mut self,
        line: &str,
        next: Option<&str>,
        check: &dyn Fn(&str) -> Completeness,
    ) -> Option<String> {
        if let Some(block) = &mut self.open {
            if line.trim().is_empty() {
                return self.open.take();
            }
            block.push('\n');
            block.push_str(line);
            return None;
        }
        if paste::is_label(line, next) {
            return None;
        }
        let line = match paste::at_statement(line, self.seen_prompt) {
            Line::Drop => return None,
            Line::Prompted(line) => {
                self.seen_prompt = true;
                line
            }
            Line::Plain(line) => line,
        };
        let line = paste::mend_names(&line, &line);
        if check(&line) == Completeness::Incomplete {
            self.open = Some(line);
            return None;
        }
        (!line.trim().is_empty()).then_some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statements(text: &str) -> Vec<String> {
        let mut reader = Statements::default();
        let check = |text: &str| exsh_syntax::parse(text).completeness();
        let lines: Vec<&str> = text.lines().collect();
        let next = |i: usize| lines.get(i + 1).copied();
        lines.iter().enumerate().filter_map(|(i, line)| reader.take(line, next(i), &check)).collect()
    }

    /// Source: observed (hosting host-stdin-multiline, host-stdin-multiline-noblank).
    #[test]
    fn a_block_ends_with_an_empty_line() {
        assert_eq!(statements("1 + 1\n\"two\""), ["1 + 1", "\"two\""]);
        assert_eq!(
            statements("if ($true) {\n\"in\"\n}\n\n\"after\""),
            ["if ($true) {\n\"in\"\n}", "\"after\""]
        );
        assert_eq!(statements("if ($true) {\n\"in\"\n}\n\"after\""), [""; 0]);
    }

    /// Source: ours.
    #[test]
    fn prompts_and_words_around_are_cleaned() {
        assert_eq!(statements("[PS] C:\\>Get\u{2013}Date\nName : x\n'a'"), ["Get-Date", "'a'"]);
        assert_eq!(
            statements("証明書を表示します。\nPowerShell\nコピー\nGet-ExchangeCertificate"),
            ["Get-ExchangeCertificate"]
        );
    }
}
