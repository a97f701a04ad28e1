//! The thumbprint: SHA-1 over the whole DER, and how an operator's text becomes one.

use sha1::{Digest, Sha1};
use std::fmt;

/// SHA-1 of a certificate's DER, shown as 40 upper-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Thumbprint(pub [u8; 20]);

/// Why a text is no thumbprint. Positions count characters of the text as given, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThumbprintError {
    /// `found` hex digits instead of 40; `at` is where the text ends or the 41st digit stands.
    WrongLength { found: usize, at: usize },
    /// A character that is neither a hex digit nor one of the separators that are forgiven.
    NotHex { character: char, at: usize },
}

impl Thumbprint {
    /// The thumbprint of `der`.
    pub fn of(der: &[u8]) -> Self {
        Self(Sha1::digest(der).into())
    }

    /// Reads what operators paste: any case, blanks, colons and dashes between digits, and the invisible marks
    /// (U+200E and its like) that the certificate dialog of Windows puts in front.
    pub fn parse(text: &str) -> Result<Self, ThumbprintError> {
        let mut bytes = [0u8; 20];
        let mut found = 0;
        for (at, character) in text.chars().enumerate() {
            if is_forgiven(character) {
                continue;
            }
            let Some(digit) = character.to_digit(16) else {
                return Err(ThumbprintError::NotHex { character, at });
            };
            if found == 40 {
                let digits = text.chars().filter(char::is_ascii_hexdigit).count();
                return Err(ThumbprintError::WrongLength { found: digits, at });
            }
            bytes[found / 2] = bytes[found / 2] << 4 | digit as u8;
            found += 1;
        }
        if found == 40 {
            Ok(Self(bytes))
        } else {
            Err(ThumbprintError::WrongLength { found, at: text.chars().count() })
        }
    }
}

fn is_forgiven(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, ':' | '-' | '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

impl fmt::Display for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

impl fmt::Debug for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::str::FromStr for Thumbprint {
    type Err = ThumbprintError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for ThumbprintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongLength { found, .. } => {
                write!(f, "a thumbprint has 40 hexadecimal digits, this text has {found}")
            }
            Self::NotHex { character, at } => {
                write!(
                    f,
                    "'{}' at position {} is not a hexadecimal digit",
                    character.escape_default(),
                    at + 1
                )
            }
        }
    }
}

impl std::error::Error for ThumbprintError {}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "C3EDCF181EF4F9B53D01768ECA99564014BCA6E7";

    #[test]
    fn what_people_paste_is_accepted() {
        // ours: the forms of a certificate dialog, of openssl and of a mail.
        let spaced = "\u{200E}c3 ed cf 18 1e f4 f9 b5 3d 01 76 8e ca 99 56 40 14 bc a6 e7";
        let colons = "C3:ED:CF:18:1E:F4:F9:B5:3D:01:76:8E:CA:99:56:40:14:BC:A6:E7\u{FEFF}";
        for text in [PLAIN, spaced, colons, &PLAIN.to_lowercase(), &format!(" {PLAIN}\u{200B} ")] {
            assert_eq!(Thumbprint::parse(text).map(|t| t.to_string()), Ok(PLAIN.to_string()), "{text:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_position() {
        assert_eq!(Thumbprint::parse("C3ED"), Err(ThumbprintError::WrongLength { found: 4, at: 4 }));
        assert_eq!(Thumbprint::parse(""), Err(ThumbprintError::WrongLength { found: 0, at: 0 }));
        let long = format!("{PLAIN}00");
        assert_eq!(Thumbprint::parse(&long), Err(ThumbprintError::WrongLength { found: 42, at: 40 }));
        let bad = PLAIN.replacen("F", "G", 1);
        assert_eq!(Thumbprint::parse(&bad), Err(ThumbprintError::NotHex { character: 'G', at: 5 }));
        assert_eq!(
            Thumbprint::parse(&bad).unwrap_err().to_string(),
            "'G' at position 6 is not a hexadecimal digit"
        );
    }
}
