//! Encodings of text files: which bytes a text becomes, and which text bytes are.

use exsh_core::types::{MemberTable, TypeInfo};
use exsh_core::value::{Value, View};
use exsh_dotnet::text::encoding;

/// An encoding that files are read and written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TextEncoding {
    Ascii,
    Latin1,
    Utf8,
    Utf8Bom,
    Utf16,
    Utf16BigEndian,
    Utf32,
    Utf32BigEndian,
}

/// What `-Encoding` accepts: names, code pages, encoding objects; kept as the canonical name.
pub static ENCODING_ARGUMENT: TypeInfo =
    TypeInfo::class("System.Text.Encoding", MemberTable::EMPTY).made_by(argument);

fn argument(value: &Value) -> Result<Value, String> {
    if let Some(e) = value.downcast::<encoding::Encoding>() {
        return Ok(Value::text(TextEncoding::of(e).name()));
    }
    let text = match value.base().view() {
        View::Int32(65001) => "utf8".to_string(),
        View::Int32(1200) => "unicode".into(),
        View::Int32(1201) => "bigendianunicode".into(),
        View::Int32(12000) => "utf32".into(),
        View::Int32(20127) => "ascii".into(),
        View::Int32(28591) => "latin1".into(),
        _ => exsh_dotnet::text::to_text(value).to_string(),
    };
    match TextEncoding::named(&text) {
        Some(e) => Ok(Value::text(e.name())),
        None => Err(format!(
            "'{text}' is not a supported encoding name. For information on defining a custom encoding, see the \
             documentation for the Encoding.RegisterProvider method. (Parameter 'name')"
        )),
    }
}

impl TextEncoding {
    /// The encoding of that name in any case.
    pub fn named(name: &str) -> Option<TextEncoding> {
        let short = name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase();
        Some(match short.as_str() {
            "ascii"
            | "us-ascii"
            | "asciiencoding"
            | "system.text.asciiencoding+asciiencodingsealed"
            | "asciiencoding+asciiencodingsealed" => TextEncoding::Ascii,
            "latin1" | "iso-8859-1" | "latin1encoding" | "latin1encoding+latin1encodingsealed" => {
                TextEncoding::Latin1
            }
            // The reference's default code page outside Windows is UTF-8, too.
            "utf8" | "utf-8" | "utf8nobom" | "default" | "oem" | "ansi" | "string" | "unknown"
            | "utf8encoding" => TextEncoding::Utf8,
            "utf8bom" | "utf8encoding+utf8encodingsealed" => TextEncoding::Utf8Bom,
            "unicode" | "utf-16" | "utf-16le" | "utf16" | "unicodeencoding" => TextEncoding::Utf16,
            "bigendianunicode" | "utf-16be" => TextEncoding::Utf16BigEndian,
            "utf32" | "utf-32" | "utf32encoding" => TextEncoding::Utf32,
            "bigendianutf32" | "utf-32be" => TextEncoding::Utf32BigEndian,
            _ => return None,
        })
    }

    fn of(e: &encoding::Encoding) -> TextEncoding {
        match e.kind {
            encoding::Kind::Utf8 if e.mark => TextEncoding::Utf8Bom,
            encoding::Kind::Utf8 => TextEncoding::Utf8,
            encoding::Kind::Utf16 => TextEncoding::Utf16,
            encoding::Kind::Utf16BigEndian => TextEncoding::Utf16BigEndian,
            encoding::Kind::Utf32 => TextEncoding::Utf32,
            encoding::Kind::Ascii => TextEncoding::Ascii,
            encoding::Kind::Latin1 => TextEncoding::Latin1,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            TextEncoding::Ascii => "ascii",
            TextEncoding::Latin1 => "latin1",
            TextEncoding::Utf8 => "utf8",
            TextEncoding::Utf8Bom => "utf8BOM",
            TextEncoding::Utf16 => "unicode",
            TextEncoding::Utf16BigEndian => "bigendianunicode",
            TextEncoding::Utf32 => "utf32",
            TextEncoding::Utf32BigEndian => "bigendianutf32",
        }
    }

    /// For [`crate::parameter`].
    pub fn from_value(value: &Value) -> Option<TextEncoding> {
        TextEncoding::named(value.base().as_str()?)
    }

    /// What a new file starts with.
    pub fn preamble(self) -> &'static [u8] {
        match self {
            TextEncoding::Utf8Bom => b"\xEF\xBB\xBF",
            TextEncoding::Utf16 => b"\xFF\xFE",
            TextEncoding::Utf16BigEndian => b"\xFE\xFF",
            TextEncoding::Utf32 => b"\xFF\xFE\0\0",
            TextEncoding::Utf32BigEndian => b"\0\0\xFE\xFF",
            _ => b"",
        }
    }

    /// The encoding that a byte order mark names, and the mark's length.
    pub fn detect(bytes: &[u8]) -> Option<(TextEncoding, usize)> {
        // UTF-32 before UTF-16: its mark starts with the other's.
        [
            TextEncoding::Utf32,
            TextEncoding::Utf32BigEndian,
            TextEncoding::Utf8Bom,
            TextEncoding::Utf16,
            TextEncoding::Utf16BigEndian,
        ]
        .into_iter()
        .find(|e| bytes.starts_with(e.preamble()))
        .map(|e| (e, e.preamble().len()))
    }

    /// The text as bytes, without a mark.
    pub fn encode(self, text: &str) -> Vec<u8> {
        match self {
            TextEncoding::Utf8 | TextEncoding::Utf8Bom => text.as_bytes().to_vec(),
            TextEncoding::Ascii => text.chars().map(|c| if c.is_ascii() { c as u8 } else { b'?' }).collect(),
            TextEncoding::Latin1 => text.chars().map(|c| u8::try_from(c as u32).unwrap_or(b'?')).collect(),
            TextEncoding::Utf16 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            TextEncoding::Utf16BigEndian => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            TextEncoding::Utf32 => text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect(),
            TextEncoding::Utf32BigEndian => text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect(),
        }
    }

    /// Bytes as text. A byte order mark wins over the asked-for encoding, as in .NET's StreamReader; what is no text
    /// reads as U+FFFD.
    pub fn decode(self, bytes: &[u8]) -> String {
        let (encoding, skip) = TextEncoding::detect(bytes).unwrap_or((self, 0));
        let bytes = &bytes[skip..];
        match encoding {
            TextEncoding::Utf8 | TextEncoding::Utf8Bom => String::from_utf8_lossy(bytes).into_owned(),
            TextEncoding::Ascii => {
                bytes.iter().map(|&b| if b < 128 { b as char } else { '\u{FFFD}' }).collect()
            }
            TextEncoding::Latin1 => bytes.iter().map(|&b| b as char).collect(),
            TextEncoding::Utf16 => utf16(bytes, u16::from_le_bytes),
            TextEncoding::Utf16BigEndian => utf16(bytes, u16::from_be_bytes),
            TextEncoding::Utf32 => utf32(bytes, u32::from_le_bytes),
            TextEncoding::Utf32BigEndian => utf32(bytes, u32::from_be_bytes),
        }
    }
}

fn utf16(bytes: &[u8], read: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> =
        bytes.chunks(2).map(|c| if c.len() == 2 { read([c[0], c[1]]) } else { 0xFFFD }).collect();
    String::from_utf16_lossy(&units)
}

fn utf32(bytes: &[u8], read: fn([u8; 4]) -> u32) -> String {
    bytes
        .chunks(4)
        .map(|c| match c {
            [a, b, c, d] => char::from_u32(read([*a, *b, *c, *d])).unwrap_or('\u{FFFD}'),
            _ => '\u{FFFD}',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_back_from_every_encoding_that_can_hold_it() {
        for e in [
            TextEncoding::Utf8,
            TextEncoding::Utf8Bom,
            TextEncoding::Utf16,
            TextEncoding::Utf16BigEndian,
            TextEncoding::Utf32,
            TextEncoding::Utf32BigEndian,
        ] {
            let bytes = [e.preamble(), &e.encode("aé日😀")].concat();
            assert_eq!(e.decode(&bytes), "aé日😀", "{}", e.name());
            assert_eq!(TextEncoding::named(e.name()), Some(e));
        }
        assert_eq!(TextEncoding::Latin1.decode(&TextEncoding::Latin1.encode("é日")), "é?");
        assert_eq!(TextEncoding::Ascii.encode("é"), b"?");
    }

    #[test]
    fn a_byte_order_mark_wins() {
        assert_eq!(TextEncoding::Utf8.decode(&[0xFF, 0xFE, 0x42, 0x30]), "あ");
        assert_eq!(TextEncoding::Latin1.decode(b"\xEF\xBB\xBFa"), "a");
    }
}
