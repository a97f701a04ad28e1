//! Source text and places in it: spans, lines, columns, UTF-16 offsets.
//!
//! Offsets are bytes; what a script or the reference sees are UTF-16 units, and the conversion lives here only.
//! This module knows nothing of the language.

use std::cell::OnceCell;

/// A stretch of one source text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Span {
    pub start: u32,
    pub len: u32,
}

impl Span {
    pub fn new(start: u32, end: u32) -> Self {
        Span { start, len: end.saturating_sub(start) }
    }

    pub fn empty(at: u32) -> Self {
        Span { start: at, len: 0 }
    }

    pub fn end(self) -> u32 {
        self.start + self.len
    }

    /// From the start of this to the end of that.
    pub fn to(self, last: Span) -> Span {
        Span::new(self.start, last.end())
    }

    pub fn contains(self, inner: Span) -> bool {
        self.start <= inner.start && inner.end() <= self.end()
    }

    pub fn is_empty(self) -> bool {
        self.len == 0
    }
}

/// A place as people count it: both from 1, the column in UTF-16 units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub line: u32,
    pub column: u32,
}

/// One source text with its name.
#[derive(Debug)]
pub struct Source {
    /// The file's path, or nothing for typed text.
    pub file: Option<String>,
    text: String,
    lines: OnceCell<Vec<u32>>,
}

impl Source {
    pub fn new(text: impl Into<String>) -> Self {
        Source { file: None, text: text.into(), lines: OnceCell::new() }
    }

    pub fn of_file(file: impl Into<String>, text: impl Into<String>) -> Self {
        Source { file: Some(file.into()), ..Source::new(text) }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text a span covers; empty if the span is not one of this text.
    pub fn excerpt(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end() as usize).unwrap_or("")
    }

    /// Line and column of a byte offset.
    pub fn place(&self, offset: u32) -> Place {
        let offset = floor_boundary(&self.text, offset as usize);
        let lines = self.lines();
        let line = lines.partition_point(|&start| start as usize <= offset).max(1);
        let start = lines[line - 1] as usize;
        Place { line: line as u32, column: utf16_len(&self.text[start..offset]) + 1 }
    }

    /// The text of a line (counted from 1) without its end.
    pub fn line(&self, line: u32) -> &str {
        let lines = self.lines();
        let Some(&start) = (line as usize).checked_sub(1).and_then(|i| lines.get(i)) else { return "" };
        let end = lines.get(line as usize).map_or(self.text.len(), |&e| e as usize);
        self.text[start as usize..end].trim_end_matches(['\r', '\n'])
    }

    pub fn line_count(&self) -> u32 {
        self.lines().len() as u32
    }

    /// UTF-16 units before a byte offset.
    pub fn utf16_offset(&self, offset: u32) -> u32 {
        utf16_len(&self.text[..floor_boundary(&self.text, offset as usize)])
    }

    /// Byte offset of the character that holds a UTF-16 offset.
    pub fn byte_offset(&self, utf16: u32) -> u32 {
        let mut units = 0;
        for (at, c) in self.text.char_indices() {
            if units >= utf16 {
                return at as u32;
            }
            units += c.len_utf16() as u32;
        }
        self.text.len() as u32
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| line_starts(&self.text))
    }
}

/// A line ends with LF, CR or CR LF, as the reference counts.
fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for (i, &b) in bytes.iter().enumerate() {
        if b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n')) {
            starts.push(i as u32 + 1);
        }
    }
    starts
}

fn utf16_len(text: &str) -> u32 {
    if text.is_ascii() { text.len() as u32 } else { text.chars().map(|c| c.len_utf16() as u32).sum() }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Converts many rising byte offsets to UTF-16 offsets without starting over each time.
pub struct Utf16Map(Vec<(u32, u32)>);

impl Utf16Map {
    /// Notes every character that is not ASCII: its end in bytes, and how many units fewer than bytes came up to there.
    pub fn new(text: &str) -> Self {
        let mut marks = vec![];
        let mut surplus = 0;
        for (at, c) in text.char_indices() {
            if !c.is_ascii() {
                surplus += (c.len_utf8() - c.len_utf16()) as u32;
                marks.push(((at + c.len_utf8()) as u32, surplus));
            }
        }
        Utf16Map(marks)
    }

    pub fn offset(&self, byte: u32) -> u32 {
        match self.0.partition_point(|&(end, _)| end <= byte) {
            0 => byte,
            i => byte - self.0[i - 1].1,
        }
    }
}
