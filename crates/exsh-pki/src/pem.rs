//! PEM and Base64: finding blocks in any surrounding text, decoding with positions, and writing.

use crate::error::CertError;

/// One `-----BEGIN …-----` block.
pub(crate) struct Block {
    pub label: String,
    pub der: Vec<u8>,
    /// The block has the old `Proc-Type: 4,ENCRYPTED` header.
    pub encrypted: bool,
}

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";

/// All blocks of a text, in order; anything outside of blocks is passed over.
pub(crate) fn blocks(text: &[u8]) -> Result<Vec<Block>, CertError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(begin) = find(text, BEGIN, at) {
        let label_at = begin + BEGIN.len();
        let label_end = find(text, DASHES, label_at)
            .ok_or(CertError::Truncated { what: "the PEM block", at: text.len() })?;
        let label = String::from_utf8_lossy(&text[label_at..label_end]).trim().to_string();
        if label.len() > 64 || label.contains('\n') {
            at = label_at;
            continue;
        }
        let body_at = label_end + DASHES.len();
        let end =
            find(text, END, body_at).ok_or(CertError::Truncated { what: "the PEM block", at: text.len() })?;
        let (body_at, encrypted) = skip_headers(&text[..end], body_at);
        let der = decode_at(&text[body_at..end], body_at)?;
        found.push(Block { label, der, encrypted });
        at = end + END.len();
    }
    Ok(found)
}

/// Whether the text holds the begin of a block.
pub(crate) fn has_block(text: &[u8]) -> bool {
    find(text, BEGIN, 0).is_some()
}

/// `der` as a PEM block with lines of 64 characters, each ended by `newline`; the last line is ended too.
pub fn encode_pem(label: &str, der: &[u8], newline: &str) -> String {
    let base64 = encode_base64(der);
    let mut text = format!("-----BEGIN {label}-----{newline}");
    for line in base64.as_bytes().chunks(64) {
        text.extend(line.iter().map(|&byte| char::from(byte)));
        text.push_str(newline);
    }
    text.push_str(&format!("-----END {label}-----{newline}"));
    text
}

/// Base64 in one line.
pub fn encode_base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = u32::from(chunk[0]) << 16
            | u32::from(chunk.get(1).copied().unwrap_or(0)) << 8
            | u32::from(chunk.get(2).copied().unwrap_or(0));
        for index in 0..4 {
            let digit = ALPHABET[(group >> (18 - 6 * index) & 0x3F) as usize];
            text.push(if index <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

/// Base64 with white space anywhere; positions in the error count bytes of `text`.
pub fn decode_base64(text: &[u8]) -> Result<Vec<u8>, CertError> {
    decode_at(text, 0)
}

fn decode_at(text: &[u8], offset: usize) -> Result<Vec<u8>, CertError> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut group, mut digits, mut padding) = (0u32, 0, 0);
    for (at, &byte) in text.iter().enumerate() {
        let bad = CertError::BadBase64 { at: offset + at };
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' if digits >= 2 && digits + padding < 4 => {
                padding += 1;
                continue;
            }
            b' ' | b'\t' | b'\r' | b'\n' | 0x0B | 0x0C => continue,
            _ => return Err(bad),
        };
        if padding > 0 {
            return Err(bad);
        }
        group = group << 6 | u32::from(digit);
        digits += 1;
        if digits == 4 {
            out.extend_from_slice(&group.to_be_bytes()[1..]);
            (group, digits) = (0, 0);
        }
    }
    match (digits, padding) {
        (0, 0) => {}
        (2, 2) => out.push((group >> 4) as u8),
        (3, 1) => out.extend_from_slice(&[(group >> 10) as u8, (group >> 2) as u8]),
        _ => return Err(CertError::Truncated { what: "the Base64 text", at: offset + text.len() }),
    }
    Ok(out)
}

/// `Name: value` lines that old PEM puts before the Base64, up to an empty line.
fn skip_headers(text: &[u8], mut at: usize) -> (usize, bool) {
    let mut encrypted = false;
    loop {
        let start = at + text[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let end =
            text[start..].iter().position(|&byte| byte == b'\n').map_or(text.len(), |length| start + length);
        let line = &text[start..end];
        if !line.contains(&b':') {
            return (start, encrypted);
        }
        encrypted |= find(line, b"ENCRYPTED", 0).is_some();
        at = end;
    }
}

fn find(text: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    text.get(from..)?.windows(wanted.len()).position(|window| window == wanted).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_and_written() {
        // documented: RFC 4648 section 10.
        for (plain, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(encode_base64(plain.as_bytes()), text);
            assert_eq!(decode_base64(text.as_bytes()).as_deref(), Ok(plain.as_bytes()));
        }
        assert_eq!(decode_base64(b"Zm 9v\r\nYg = ="), Ok(b"foob".to_vec()));
        assert_eq!(decode_base64(b"Zm9*"), Err(CertError::BadBase64 { at: 3 }));
        assert_eq!(decode_base64(b"Zg==Zg=="), Err(CertError::BadBase64 { at: 4 }));
        assert!(matches!(decode_base64(b"Zm9vY"), Err(CertError::Truncated { .. })));
        assert!(
            decode_base64(b"=").is_err()
                && decode_base64(b"Zg=").is_err()
                && decode_base64(b"Zg===").is_err()
        );
    }

    #[test]
    fn blocks_are_found_in_any_text() {
        let text = b"Bag Attributes\n-----BEGIN A-----\nZm9v\n-----END A-----\nand\r\n-----BEGIN RSA PRIVATE KEY-----\r\nProc-Type: 4,ENCRYPTED\r\nDEK-Info: AES,00\r\n\r\nZg==\r\n-----END RSA PRIVATE KEY-----";
        let found = blocks(text).unwrap();
        assert_eq!(
            (found[0].label.as_str(), found[0].der.as_slice(), found[0].encrypted),
            ("A", &b"foo"[..], false)
        );
        assert_eq!(
            (found[1].label.as_str(), found[1].der.as_slice(), found[1].encrypted),
            ("RSA PRIVATE KEY", &b"f"[..], true)
        );
        assert!(matches!(blocks(b"-----BEGIN A-----\nZm9v"), Err(CertError::Truncated { .. })));
        assert_eq!(encode_pem("A", b"foo", "\n"), "-----BEGIN A-----\nZm9v\n-----END A-----\n");
    }
}
