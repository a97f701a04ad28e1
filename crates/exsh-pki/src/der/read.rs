//! A reader of definite-length DER that keeps offsets for error messages and never allocates.

use crate::error::CertError;

/// Tags by the name the standards give them.
pub(crate) mod tag {
    pub const BOOLEAN: u8 = 0x01;
    pub const INTEGER: u8 = 0x02;
    pub const BIT_STRING: u8 = 0x03;
    pub const OCTET_STRING: u8 = 0x04;
    pub const NULL: u8 = 0x05;
    pub const OID: u8 = 0x06;
    pub const UTF8_STRING: u8 = 0x0C;
    pub const PRINTABLE_STRING: u8 = 0x13;
    pub const IA5_STRING: u8 = 0x16;
    pub const UTC_TIME: u8 = 0x17;
    pub const GENERALIZED_TIME: u8 = 0x18;
    pub const UNIVERSAL_STRING: u8 = 0x1C;
    pub const BMP_STRING: u8 = 0x1E;
    pub const SEQUENCE: u8 = 0x30;
    pub const SET: u8 = 0x31;
}

/// One element: its tag, its content, and the whole with header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tlv<'a> {
    pub tag: u8,
    pub content: &'a [u8],
    pub whole: &'a [u8],
    /// Offset of the content in the outermost input.
    pub at: usize,
}

/// Walks the elements of one level.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    at: usize,
    what: &'static str,
}

impl<'a> Reader<'a> {
    /// `what` names the structure in errors, for example "the PKCS#7 message".
    pub fn new(data: &'a [u8], what: &'static str) -> Self {
        Self { rest: data, at: 0, what }
    }

    /// A reader over the content of `tlv`.
    pub fn inside(&self, tlv: Tlv<'a>) -> Self {
        Self { rest: tlv.content, at: tlv.at, what: self.what }
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    pub fn next(&mut self) -> Result<Tlv<'a>, CertError> {
        let (header, length) = self.header()?;
        let end = header + length;
        let tlv = Tlv {
            tag: self.rest[0],
            content: &self.rest[header..end],
            whole: &self.rest[..end],
            at: self.at + header,
        };
        self.rest = &self.rest[end..];
        self.at += end;
        Ok(tlv)
    }

    /// The next element, which must have `tag`.
    pub fn expect(&mut self, tag: u8) -> Result<Tlv<'a>, CertError> {
        match self.peek() {
            Some(found) if found == tag => self.next(),
            Some(_) => Err(self.malformed()),
            None => Err(CertError::Truncated { what: self.what, at: self.at }),
        }
    }

    /// The content of the next element as a reader of its own.
    pub fn enter(&mut self, tag: u8) -> Result<Reader<'a>, CertError> {
        let tlv = self.expect(tag)?;
        Ok(self.inside(tlv))
    }

    pub fn optional(&mut self, tag: u8) -> Result<Option<Tlv<'a>>, CertError> {
        if self.peek() == Some(tag) { self.next().map(Some) } else { Ok(None) }
    }

    pub fn malformed(&self) -> CertError {
        CertError::Malformed { what: self.what, at: self.at }
    }

    /// Header length and content length, both inside of `rest`.
    fn header(&self) -> Result<(usize, usize), CertError> {
        let truncated = || CertError::Truncated { what: self.what, at: self.at + self.rest.len() };
        let (&first, &tag) =
            (self.rest.get(1).ok_or_else(truncated)?, self.rest.first().ok_or_else(truncated)?);
        if tag & 0x1F == 0x1F {
            return Err(self.malformed());
        }
        let (header, length) = if first < 0x80 {
            (2, usize::from(first))
        } else {
            let count = usize::from(first & 0x7F);
            if count == 0 || count > 4 {
                return Err(self.malformed());
            }
            let bytes = self.rest.get(2..2 + count).ok_or_else(truncated)?;
            (2 + count, bytes.iter().fold(0usize, |sum, &byte| sum << 8 | usize::from(byte)))
        };
        if self.rest.len() - header < length { Err(truncated()) } else { Ok((header, length)) }
    }
}
