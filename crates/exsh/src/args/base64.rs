//! Base64 of UTF-16LE text, as `-EncodedCommand` has it. Blanks and line ends between digits are taken, padding is needed.

/// The text, or nothing when it is not Base64. A lone surrogate becomes U+FFFD.
pub fn utf16_text(encoded: &str) -> Option<String> {
    let bytes = decode(encoded)?;
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let mut text = String::from_utf16_lossy(&units);
    if bytes.len() % 2 == 1 {
        text.push('\u{FFFD}');
    }
    Some(text)
}

fn decode(encoded: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = encoded.bytes().filter(|b| !matches!(b, b' ' | b'\t' | b'\r' | b'\n')).collect();
    if !digits.len().is_multiple_of(4) {
        return None;
    }
    let padding = digits.iter().rev().take_while(|b| **b == b'=').count();
    if padding > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3);
    let mut quantum = 0u32;
    for (i, digit) in digits[..digits.len() - padding].iter().enumerate() {
        quantum = quantum << 6 | u32::from(value(*digit)?);
        if i % 4 == 3 {
            bytes.extend(&quantum.to_be_bytes()[1..]);
            quantum = 0;
        }
    }
    match padding {
        1 => bytes.extend(&(quantum << 6).to_be_bytes()[1..3]),
        2 => bytes.extend(&(quantum << 12).to_be_bytes()[1..2]),
        _ => {}
    }
    Some(bytes)
}

fn value(digit: u8) -> Option<u8> {
    Some(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_decoded() {
        let check = |text: &str, bytes: &[u8]| assert_eq!(decode(text).as_deref(), Some(bytes), "{text}");
        check("", b"");
        check("TQ==", b"M");
        check("TWE=", b"Ma");
        check("TWFu", b"Man");
        check("TW\nFu TWE=", b"ManMa");
        for bad in ["T", "TQ", "TQ=", "T===", "====", "TQ==TQ==", "T*==", "TWFu="] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_bytes_are_utf16() {
        assert_eq!(utf16_text("MQArADEA").as_deref(), Some("1+1"));
        assert_eq!(utf16_text("TQ==").as_deref(), Some("\u{FFFD}"));
    }
}
