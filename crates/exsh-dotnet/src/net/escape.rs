//! Percent encoding.

use std::fmt::Write;

/// Characters that RFC 3986 leaves free everywhere.
pub fn is_unreserved(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~')
}

/// Characters with a meaning in a URI.
pub fn is_reserved(b: u8) -> bool {
    b":/?#[]@!$&'()*+,;=".contains(&b)
}

/// Writes each byte for which `keep` says no as `%XX`.
pub fn encode(text: &str, keep: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for &b in text.as_bytes() {
        if b.is_ascii() && keep(b) {
            out.push(b as char);
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    out
}

/// As [`encode`], but what is already written `%XX` stays.
pub fn encode_again(text: &str, keep: impl Fn(u8) -> bool) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    for (i, &b) in bytes.iter().enumerate() {
        let escaped = b == b'%' && hex_pair(bytes, i + 1).is_some();
        if escaped || b.is_ascii() && keep(b) {
            out.push(b as char);
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    out
}

/// Reads `%XX` back where the character is UTF-8 and `wanted` accepts it; everything else stays as it is written.
pub fn decode(text: &str, wanted: impl Fn(char) -> bool) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] != b'%' {
            let c = text[i..].chars().next().unwrap_or_default();
            out.push(c);
            i += c.len_utf8().max(1);
            continue;
        }
        let mut run = Vec::new();
        while bytes.get(i + run.len() * 3) == Some(&b'%')
            && let Some(b) = hex_pair(bytes, i + run.len() * 3 + 1)
        {
            run.push(b);
        }
        if run.is_empty() {
            out.push('%');
            i += 1;
            continue;
        }
        let mut at = 0;
        for chunk in run.utf8_chunks() {
            for c in chunk.valid().chars() {
                let n = c.len_utf8();
                if wanted(c) {
                    out.push(c);
                } else {
                    out.push_str(&text[i + at * 3..i + (at + n) * 3]);
                }
                at += n;
            }
            let n = chunk.invalid().len();
            out.push_str(&text[i + at * 3..i + (at + n) * 3]);
            at += n;
        }
        i += run.len() * 3;
    }
    out
}

fn hex_pair(bytes: &[u8], i: usize) -> Option<u8> {
    let digit = |b: u8| (b as char).to_digit(16);
    Some((digit(*bytes.get(i)?)? * 16 + digit(*bytes.get(i + 1)?)?) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: observed (`[uri]::EscapeDataString`, `[uri]::UnescapeDataString`).
    #[test]
    fn data_is_escaped_and_read_back() {
        assert_eq!(encode("a b&c/日", is_unreserved), "a%20b%26c%2F%E6%97%A5");
        assert_eq!(decode("a%20b%26", |_| true), "a b&");
        assert_eq!(decode("%E6%97%A5%FF%2", |_| true), "日%FF%2");
        assert_eq!(encode_again("a%20b c%", is_unreserved), "a%20b%20c%25");
    }
}
