//! Strings: shared and immutable for everybody but the engine's in-place append.
//!
//! What a script sees is UTF-16 units. The text is UTF-8 with an is-ASCII bit, so for ASCII length, index and
//! substring cost nothing extra. A string with lone surrogates keeps its exact WTF-8 bytes beside a readable form
//! in which each of them is U+FFFD, so that ordinary code can always borrow a `&str`.

use std::fmt;
use std::rc::Rc;

/// A shared string.
#[derive(Clone)]
pub struct Str(Rc<Cell>);

struct Cell {
    ascii: bool,
    text: String,
    /// Exact bytes when the text has lone surrogates.
    wtf8: Option<Box<[u8]>>,
}

impl Str {
    pub fn new(text: impl Into<String>) -> Str {
        let text = text.into();
        Str(Rc::new(Cell { ascii: text.is_ascii(), text, wtf8: None }))
    }

    /// From UTF-16 units, lone surrogates included.
    pub fn from_utf16(units: &[u16]) -> Str {
        if let Ok(text) = String::from_utf16(units) {
            return Str::new(text);
        }
        let mut wtf8 = Vec::with_capacity(units.len() * 3);
        for c in char::decode_utf16(units.iter().copied()) {
            match c {
                Ok(c) => wtf8.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                Err(e) => {
                    let u = e.unpaired_surrogate();
                    wtf8.extend_from_slice(&[
                        0xE0 | (u >> 12) as u8,
                        0x80 | ((u >> 6) & 0x3F) as u8,
                        0x80 | (u & 0x3F) as u8,
                    ]);
                }
            }
        }
        Str(Rc::new(Cell { ascii: false, text: String::from_utf16_lossy(units), wtf8: Some(wtf8.into()) }))
    }

    /// The text; a lone surrogate reads as U+FFFD.
    #[inline(always)]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    #[inline(always)]
    pub fn is_ascii(&self) -> bool {
        self.0.ascii
    }

    /// Exact WTF-8 bytes.
    pub fn wtf8(&self) -> &[u8] {
        self.0.wtf8.as_deref().unwrap_or(self.0.text.as_bytes())
    }

    /// Does the text hold lone surrogates?
    pub fn has_lone_surrogates(&self) -> bool {
        self.0.wtf8.is_some()
    }

    /// Length in UTF-16 units: .NET's `Length`.
    pub fn utf16_len(&self) -> usize {
        if self.0.ascii { self.0.text.len() } else { self.0.text.encode_utf16().count() }
    }

    /// All UTF-16 units.
    pub fn to_utf16(&self) -> Vec<u16> {
        match &self.0.wtf8 {
            None => self.0.text.encode_utf16().collect(),
            Some(bytes) => {
                let mut units = Vec::with_capacity(bytes.len());
                let mut rest: &[u8] = bytes;
                while let Some(&first) = rest.first() {
                    let n = match first {
                        0..0x80 => 1,
                        0x80..0xE0 => 2,
                        0xE0..0xF0 => 3,
                        _ => 4,
                    };
                    match std::str::from_utf8(&rest[..n]) {
                        Ok(s) => units.extend(s.encode_utf16()),
                        Err(_) => units.push(
                            ((rest[0] as u16 & 0x0F) << 12)
                                | ((rest[1] as u16 & 0x3F) << 6)
                                | (rest[2] as u16 & 0x3F),
                        ),
                    }
                    rest = &rest[n..];
                }
                units
            }
        }
    }

    /// The UTF-16 unit at `index`, if there is one.
    pub fn unit_at(&self, index: usize) -> Option<u16> {
        if self.0.ascii {
            return self.0.text.as_bytes().get(index).map(|&b| b as u16);
        }
        if self.0.wtf8.is_some() {
            return self.to_utf16().get(index).copied();
        }
        self.0.text.encode_utf16().nth(index)
    }

    /// `length` UTF-16 units from `start`; nothing if that is out of range.
    pub fn substring(&self, start: usize, length: usize) -> Option<Str> {
        let end = start.checked_add(length)?;
        if self.0.ascii {
            return self.0.text.get(start..end).map(Str::from);
        }
        let units = self.to_utf16();
        units.get(start..end).map(Str::from_utf16)
    }

    /// Appends in place when nobody else holds this string, else makes a new one. Linear in `more` in the first case.
    pub fn append(mut self, more: &Str) -> Str {
        if self.0.wtf8.is_some() || more.0.wtf8.is_some() {
            let mut units = self.to_utf16();
            units.extend(more.to_utf16());
            return Str::from_utf16(&units);
        }
        match Rc::get_mut(&mut self.0) {
            Some(cell) => {
                cell.text.push_str(&more.0.text);
                cell.ascii &= more.0.ascii;
                self
            }
            None => {
                let mut text = String::with_capacity(self.0.text.len() + more.0.text.len());
                text.push_str(&self.0.text);
                text.push_str(&more.0.text);
                Str(Rc::new(Cell { ascii: self.0.ascii && more.0.ascii, text, wtf8: None }))
            }
        }
    }
}

impl std::ops::Deref for Str {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl From<&str> for Str {
    fn from(s: &str) -> Str {
        Str::new(s)
    }
}
impl From<String> for Str {
    fn from(s: String) -> Str {
        Str::new(s)
    }
}
impl From<&String> for Str {
    fn from(s: &String) -> Str {
        Str::new(s.as_str())
    }
}
impl From<Box<str>> for Str {
    fn from(s: Box<str>) -> Str {
        Str::new(s)
    }
}
impl From<char> for Str {
    fn from(c: char) -> Str {
        Str::new(c)
    }
}
impl From<std::borrow::Cow<'_, str>> for Str {
    fn from(s: std::borrow::Cow<'_, str>) -> Str {
        Str::new(s)
    }
}

impl PartialEq for Str {
    fn eq(&self, other: &Str) -> bool {
        self.wtf8() == other.wtf8()
    }
}
impl Eq for Str {}

impl std::hash::Hash for Str {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.wtf8().hash(state);
    }
}

impl fmt::Display for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Length only: a string may be a secret.
impl fmt::Debug for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Str({} bytes)", self.0.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_units_survive_lone_surrogates() {
        let units = [0x41, 0xD83D, 0x42, 0xD83D, 0xDE00];
        let s = Str::from_utf16(&units);
        assert_eq!(s.to_utf16(), units);
        assert_eq!(s.utf16_len(), 5);
        assert_eq!(s.substring(3, 2).unwrap().as_str(), "😀");
        assert_eq!(s.as_str(), "A\u{FFFD}B😀");
    }

    #[test]
    fn append_keeps_other_holders_text() {
        let a = Str::from("ab");
        let b = a.clone().append(&Str::from("é"));
        assert_eq!((a.as_str(), b.as_str(), b.is_ascii()), ("ab", "abé", false));
    }
}
