//! Standard input, read once for everybody: the prompt's questions and `-Command -` take their lines from one buffer.

use exsh_core::host::NoAnswer;
use std::io::{ErrorKind, Read};
use zeroize::Zeroize;

/// Bytes that were read and the source of more.
pub struct Input {
    source: Box<dyn Read>,
    buffer: Vec<u8>,
    /// What is not used yet.
    start: usize,
    end: usize,
}

const BUFFER: usize = 16 * 1024;

impl Input {
    pub fn new(source: impl Read + 'static) -> Input {
        Input { source: Box::new(source), buffer: vec![0; BUFFER], start: 0, end: 0 }
    }

    /// What is there without waiting.
    pub fn ahead(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// One line without its end; the last may lack one. `interrupted` is asked when a signal ended the waiting.
    pub fn line(&mut self, interrupted: &dyn Fn() -> bool) -> Result<Vec<u8>, NoAnswer> {
        let mut line = Vec::new();
        loop {
            let ahead = self.ahead();
            if ahead.is_empty() {
                match self.source.read(&mut self.buffer) {
                    Ok(0) if line.is_empty() => return Err(NoAnswer::EndOfInput),
                    Ok(0) => return Ok(line),
                    Ok(count) => (self.start, self.end) = (0, count),
                    Err(error) if error.kind() == ErrorKind::Interrupted => {
                        if interrupted() {
                            return Err(NoAnswer::Interrupted);
                        }
                    }
                    Err(_) => return Err(NoAnswer::EndOfInput),
                }
                continue;
            }
            let newline = ahead.iter().position(|b| *b == b'\n');
            line.extend_from_slice(&ahead[..newline.unwrap_or(ahead.len())]);
            let used = newline.map_or(ahead.len(), |at| at + 1);
            // The line may be an answer that nobody else should find here.
            self.buffer[self.start..self.start + used].zeroize();
            self.start += used;
            if newline.is_some() {
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(line);
            }
        }
    }

    /// The next line if it is there as a whole already.
    pub fn next_ahead(&self) -> Option<&[u8]> {
        let ahead = self.ahead();
        let end = ahead.iter().position(|b| *b == b'\n')?;
        Some(ahead[..end].strip_suffix(b"\r").unwrap_or(&ahead[..end]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let mut input = Input::new(std::io::Cursor::new(text.as_bytes().to_vec()));
        let mut all = Vec::new();
        while let Ok(line) = input.line(&|| false) {
            all.push(String::from_utf8(line).unwrap());
        }
        all
    }

    #[test]
    fn lines_come_without_their_ends() {
        assert_eq!(lines("a\r\nb\n\nlast"), ["a", "b", "", "last"]);
        assert_eq!(lines(""), [""; 0]);
        let long = "x".repeat(3 * BUFFER);
        assert_eq!(lines(&format!("{long}\ny\n")), [long.as_str(), "y"]);
    }

    #[test]
    fn a_used_line_is_wiped_and_the_next_is_seen() {
        let mut input = Input::new(std::io::Cursor::new(b"s3cret\nnext\nopen".to_vec()));
        input.line(&|| false).unwrap();
        assert_eq!(input.next_ahead(), Some(&b"next"[..]));
        assert!(!input.buffer.windows(6).any(|w| w == b"s3cret"));
        input.line(&|| false).unwrap();
        assert_eq!(input.next_ahead(), None);
        assert_eq!(input.ahead(), b"open");
    }
}
