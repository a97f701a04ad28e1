//! Turns BER with indefinite lengths and split strings, as some certification authorities still send it, into
//! definite lengths. It changes no value: signatures and MACs are over contents, and those stay.

use super::write::tlv;
use crate::error::CertError;

/// Deeper nesting than any real message has; hostile input stops here.
const DEPTH: usize = 32;

/// `data` with definite lengths only; bytes after the first element are dropped.
pub(crate) fn to_definite(data: &[u8], what: &'static str) -> Result<Vec<u8>, CertError> {
    let mut at = 0;
    Converter { data, what }.element(&mut at, 0)
}

struct Converter<'a> {
    data: &'a [u8],
    what: &'static str,
}

impl Converter<'_> {
    fn element(&self, at: &mut usize, depth: usize) -> Result<Vec<u8>, CertError> {
        let start = *at;
        if depth > DEPTH {
            return Err(CertError::Malformed { what: self.what, at: start });
        }
        let tag = self.byte(at)?;
        if tag & 0x1F == 0x1F {
            return Err(CertError::Malformed { what: self.what, at: start });
        }
        let end = self.length(at)?;
        if tag & 0x20 == 0 {
            let end = end.ok_or(CertError::Malformed { what: self.what, at: start })?;
            let content = &self.data[*at..end];
            *at = end;
            return Ok(tlv(tag, content));
        }
        let mut parts = Vec::new();
        loop {
            match end {
                Some(end) if *at == end => break,
                Some(end) if *at > end => return Err(CertError::Malformed { what: self.what, at: start }),
                None if self.data.get(*at..*at + 2) == Some(&[0, 0]) => {
                    *at += 2;
                    break;
                }
                _ => parts.push(self.element(at, depth + 1)?),
            }
        }
        // A string in pieces (constructed OCTET STRING) becomes one string again.
        if tag == 0x24 {
            let mut whole = Vec::new();
            for part in &parts {
                let mut reader = super::read::Reader::new(part, self.what);
                whole.extend_from_slice(reader.expect(super::read::tag::OCTET_STRING)?.content);
            }
            return Ok(tlv(super::read::tag::OCTET_STRING, &whole));
        }
        Ok(tlv(tag, &parts.concat()))
    }

    fn byte(&self, at: &mut usize) -> Result<u8, CertError> {
        let byte = *self.data.get(*at).ok_or(CertError::Truncated { what: self.what, at: *at })?;
        *at += 1;
        Ok(byte)
    }

    /// Where the content ends, or `None` for an indefinite length.
    fn length(&self, at: &mut usize) -> Result<Option<usize>, CertError> {
        let first = self.byte(at)?;
        let length = match first {
            0x80 => return Ok(None),
            0..0x80 => usize::from(first),
            _ if first & 0x7F > 4 => return Err(CertError::Malformed { what: self.what, at: *at }),
            _ => {
                let mut length = 0usize;
                for _ in 0..first & 0x7F {
                    length = length << 8 | usize::from(self.byte(at)?);
                }
                length
            }
        };
        let end = *at + length;
        if end > self.data.len() {
            return Err(CertError::Truncated { what: self.what, at: self.data.len() });
        }
        Ok(Some(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indefinite_lengths_and_split_strings_become_plain() {
        // documented: X.690 sections 8.1.3.6 and 8.7.3.
        let ber = [0x30, 0x80, 0x24, 0x80, 4, 1, 1, 4, 2, 2, 3, 0, 0, 2, 1, 5, 0, 0];
        assert_eq!(to_definite(&ber, "test"), Ok(vec![0x30, 8, 4, 3, 1, 2, 3, 2, 1, 5]));
        let endless = [0x30, 0x80].repeat(1_000);
        assert!(to_definite(&endless, "test").is_err());
    }
}
