//! The place of reading: the text, an offset into it and the lexing mode. It is `Copy`, so that to try something is to keep
//! the old cursor. It is also nom's input, for the token level and small forms.

use std::str::{CharIndices, Chars};

/// What decides how the same characters are cut into tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Command,
    Expression,
    TypeName,
    /// Heads of classes and methods.
    Signature,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    offset: usize,
    pub mode: Mode,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str) -> Self {
        Cursor { text, offset: 0, mode: Mode::Command }
    }

    #[inline]
    pub fn text(&self) -> &'a str {
        self.text
    }

    pub fn rest(&self) -> &'a str {
        &self.text[self.offset..]
    }

    #[inline]
    pub fn offset(&self) -> u32 {
        self.offset as u32
    }

    /// Moves to an offset; beyond the end is the end.
    #[inline]
    pub fn seek(&mut self, offset: u32) {
        self.offset = (offset as usize).min(self.text.len());
    }

    #[inline]
    pub fn at_end(&self) -> bool {
        self.offset >= self.text.len()
    }

    /// The next character, NUL at the end.
    #[inline]
    pub fn peek(&self) -> char {
        match self.text.as_bytes().get(self.offset) {
            Some(&b) if b < 0x80 => b as char,
            Some(_) => self.rest().chars().next().unwrap_or('\0'),
            None => '\0',
        }
    }

    /// The character behind the next one, NUL at the end.
    pub fn peek_second(&self) -> char {
        let mut chars = self.rest().chars();
        chars.next();
        chars.next().unwrap_or('\0')
    }

    /// Takes one character, NUL at the end.
    #[inline]
    pub fn bump(&mut self) -> char {
        match self.text.as_bytes().get(self.offset) {
            Some(&b) if b < 0x80 => {
                self.offset += 1;
                b as char
            }
            Some(_) => {
                let c = self.peek();
                self.offset += c.len_utf8();
                c
            }
            None => '\0',
        }
    }

    pub fn eat(&mut self, wanted: char) -> bool {
        let found = !self.at_end() && self.peek() == wanted;
        if found {
            self.offset += wanted.len_utf8();
        }
        found
    }

    #[inline]
    pub fn skip_while(&mut self, mut test: impl FnMut(char) -> bool) {
        let bytes = self.text.as_bytes();
        while let Some(&b) = bytes.get(self.offset) {
            let c = if b < 0x80 { b as char } else { self.peek() };
            if !test(c) {
                return;
            }
            self.offset += c.len_utf8();
        }
    }

    fn with_rest(&self, start: usize) -> Self {
        Cursor { offset: self.offset + start, ..*self }
    }
}

impl<'a> nom::Input for Cursor<'a> {
    type Item = char;
    type Iter = Chars<'a>;
    type IterIndices = CharIndices<'a>;

    fn input_len(&self) -> usize {
        self.text.len() - self.offset
    }

    fn take(&self, count: usize) -> Self {
        Cursor { text: &self.text[..self.offset + count], ..*self }
    }

    fn take_from(&self, index: usize) -> Self {
        self.with_rest(index)
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.take_from(index), self.take(index))
    }

    fn position<P: Fn(char) -> bool>(&self, predicate: P) -> Option<usize> {
        self.rest().find(predicate)
    }

    fn iter_elements(&self) -> Chars<'a> {
        self.rest().chars()
    }

    fn iter_indices(&self) -> CharIndices<'a> {
        self.rest().char_indices()
    }

    fn slice_index(&self, count: usize) -> Result<usize, nom::Needed> {
        match self.rest().char_indices().map(|(i, _)| i).chain([self.rest().len()]).nth(count) {
            Some(index) => Ok(index),
            None => Err(nom::Needed::Unknown),
        }
    }
}
