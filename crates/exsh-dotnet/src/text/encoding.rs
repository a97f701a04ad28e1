//! `System.Text.Encoding`: UTF-8, UTF-16, UTF-32, ASCII, Latin-1.

use crate::sig::*;
use crate::{fail, text};
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Str, Value};
use std::any::Any;

/// An encoding. Other code pages are refused by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Utf8,
    Utf16,
    Utf16BigEndian,
    Utf32,
    Ascii,
    Latin1,
}

pub struct Encoding {
    pub kind: Kind,
    /// Writes a mark at the start of a file.
    pub mark: bool,
}

pub static TYPE: TypeInfo = TypeInfo::class("System.Text.Encoding", MemberTable::EMPTY);
pub const ENCODING: TypeRef = &TYPE;
pub static UTF8: TypeInfo = TypeInfo::class(
    "System.Text.UTF8Encoding",
    MemberTable {
        constructors: constructors! {
            "System.Text.UTF8Encoding";
            () = |_, _, _| value(Kind::Utf8, false);
            (encoderShouldEmitUTF8Identifier: BOOL) = |_, _, a| value(Kind::Utf8, bool_at(a, 0));
            (encoderShouldEmitUTF8Identifier: BOOL, throwOnInvalidBytes: BOOL) = |_, _, a| value(Kind::Utf8, bool_at(a, 0));
        },
        ..MemberTable::EMPTY
    },
)
.based_on(&TYPE);
pub static UNICODE: TypeInfo = TypeInfo::class(
    "System.Text.UnicodeEncoding",
    MemberTable {
        constructors: constructors! {
            "System.Text.UnicodeEncoding";
            () = |_, _, _| value(Kind::Utf16, true);
            (bigEndian: BOOL, byteOrderMark: BOOL) = |_, _, a| {
                value(if bool_at(a, 0) { Kind::Utf16BigEndian } else { Kind::Utf16 }, bool_at(a, 1))
            };
        },
        ..MemberTable::EMPTY
    },
)
.based_on(&TYPE);
pub static UTF32: TypeInfo = TypeInfo::class("System.Text.UTF32Encoding", MemberTable::EMPTY).based_on(&TYPE);
pub static ASCII: TypeInfo = TypeInfo::class(
    "System.Text.ASCIIEncoding",
    MemberTable {
        constructors: constructors! { "System.Text.ASCIIEncoding"; () = |_, _, _| value(Kind::Ascii, false); },
        ..MemberTable::EMPTY
    },
)
.based_on(&TYPE);
pub static LATIN1: TypeInfo =
    TypeInfo::class("System.Text.Latin1Encoding", MemberTable::EMPTY).based_on(&TYPE);

impl Object for Encoding {
    fn type_info(&self) -> TypeRef {
        match self.kind {
            Kind::Utf8 => &UTF8,
            Kind::Utf16 | Kind::Utf16BigEndian => &UNICODE,
            Kind::Utf32 => &UTF32,
            Kind::Ascii => &ASCII,
            Kind::Latin1 => &LATIN1,
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn key_equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<Encoding>().is_some_and(|o| o.kind == self.kind && o.mark == self.mark)
    }
    fn key_hash(&self) -> Option<u64> {
        Some(self.kind as u64)
    }
}

fn value(kind: Kind, mark: bool) -> Result<Value> {
    Ok(Value::object(Encoding { kind, mark }))
}

/// The encoding in an argument, UTF-8 without a mark by default.
pub fn of(v: &Value) -> Encoding {
    v.downcast::<Encoding>().map_or(Encoding { kind: Kind::Utf8, mark: false }, |e| Encoding { ..*e })
}

impl Encoding {
    pub fn encode(&self, text: &Str) -> Vec<u8> {
        match self.kind {
            Kind::Utf8 => text.as_str().as_bytes().to_vec(),
            Kind::Utf16 => text.to_utf16().iter().flat_map(|u| u.to_le_bytes()).collect(),
            Kind::Utf16BigEndian => text.to_utf16().iter().flat_map(|u| u.to_be_bytes()).collect(),
            Kind::Utf32 => text.as_str().chars().flat_map(|c| (c as u32).to_le_bytes()).collect(),
            Kind::Ascii => text.to_utf16().iter().map(|&u| if u < 128 { u as u8 } else { b'?' }).collect(),
            Kind::Latin1 => text.to_utf16().iter().map(|&u| if u < 256 { u as u8 } else { b'?' }).collect(),
        }
    }

    pub fn decode(&self, bytes: &[u8]) -> Str {
        match self.kind {
            Kind::Utf8 => Str::new(String::from_utf8_lossy(bytes).into_owned()),
            Kind::Utf16 | Kind::Utf16BigEndian => {
                let big = self.kind == Kind::Utf16BigEndian;
                let units: Vec<u16> = bytes
                    .chunks(2)
                    .map(|c| match c {
                        [a, b] if big => u16::from_be_bytes([*a, *b]),
                        [a, b] => u16::from_le_bytes([*a, *b]),
                        _ => 0xFFFD,
                    })
                    .collect();
                Str::from_utf16(&units)
            }
            Kind::Utf32 => Str::new(
                bytes
                    .chunks(4)
                    .map(|c| match c {
                        [a, b, c, d] => {
                            char::from_u32(u32::from_le_bytes([*a, *b, *c, *d])).unwrap_or('\u{FFFD}')
                        }
                        _ => '\u{FFFD}',
                    })
                    .collect::<String>(),
            ),
            Kind::Ascii => {
                Str::new(bytes.iter().map(|&b| if b < 128 { b as char } else { '?' }).collect::<String>())
            }
            Kind::Latin1 => Str::new(bytes.iter().map(|&b| b as char).collect::<String>()),
        }
    }

    /// Bytes of the mark, when it writes one.
    pub fn preamble(&self) -> &'static [u8] {
        if !self.mark {
            return &[];
        }
        match self.kind {
            Kind::Utf8 => &[0xEF, 0xBB, 0xBF],
            Kind::Utf16 => &[0xFF, 0xFE],
            Kind::Utf16BigEndian => &[0xFE, 0xFF],
            Kind::Utf32 => &[0xFF, 0xFE, 0, 0],
            _ => &[],
        }
    }

    /// Text of a file: its mark decides, else this encoding.
    pub fn decode_file(&self, bytes: &[u8]) -> Str {
        let marks: [(&[u8], Kind); 4] = [
            (&[0xEF, 0xBB, 0xBF], Kind::Utf8),
            (&[0xFF, 0xFE, 0, 0], Kind::Utf32),
            (&[0xFF, 0xFE], Kind::Utf16),
            (&[0xFE, 0xFF], Kind::Utf16BigEndian),
        ];
        for (mark, kind) in marks {
            if let Some(rest) = bytes.strip_prefix(mark) {
                return Encoding { kind, mark: true }.decode(rest);
            }
        }
        self.decode(bytes)
    }

    fn names(&self) -> (&'static str, &'static str, i32) {
        match self.kind {
            Kind::Utf8 => ("utf-8", "Unicode (UTF-8)", 65001),
            Kind::Utf16 => ("utf-16", "Unicode", 1200),
            Kind::Utf16BigEndian => ("utf-16BE", "Unicode (Big-Endian)", 1201),
            Kind::Utf32 => ("utf-32", "Unicode (UTF-32)", 12000),
            Kind::Ascii => ("us-ascii", "US-ASCII", 20127),
            Kind::Latin1 => ("iso-8859-1", "Western European (ISO)", 28591),
        }
    }
}

/// The encoding of a name or code page.
pub fn find(name: &str) -> Option<Encoding> {
    let kind = match name.to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" | "unicode-1-1-utf-8" | "65001" | "0" => Kind::Utf8,
        "utf-16" | "utf-16le" | "unicode" | "ucs-2" | "1200" => Kind::Utf16,
        "utf-16be" | "unicodefffe" | "1201" => Kind::Utf16BigEndian,
        "utf-32" | "utf-32le" | "12000" => Kind::Utf32,
        "us-ascii" | "ascii" | "20127" => Kind::Ascii,
        "iso-8859-1" | "latin1" | "28591" => Kind::Latin1,
        _ => return None,
    };
    Some(Encoding { kind, mark: !matches!(kind, Kind::Ascii | Kind::Latin1) })
}

fn get(name: &str) -> Result<Value> {
    find(name).map(Value::object).ok_or_else(|| {
        fail::argument(
            &format!(
                "'{name}' is not a supported encoding name. For information on defining a custom encoding, see the \
                 documentation for the Encoding.RegisterProvider method."
            ),
            "name",
        )
    })
}

fn chars_or_text(v: &Value) -> Str {
    match v.base().as_list() {
        Some(l) => Str::from_utf16(&l.items().iter().filter_map(Value::as_char).collect::<Vec<_>>()),
        None => text::to_text(v),
    }
}

fn part(a: &[Value]) -> Result<Vec<u8>> {
    if arg(a, 0).is_null() {
        return Err(fail::argument_null("bytes"));
    }
    let bytes = bytes_of(arg(a, 0));
    if a.len() < 3 {
        return Ok(bytes);
    }
    let (from, n) = (int_at(a, 1).max(0) as usize, int_at(a, 2).max(0) as usize);
    bytes.get(from..from.saturating_add(n)).map(<[u8]>::to_vec).ok_or_else(|| {
        fail::out_of_range("Index and count must refer to a location within the buffer.", "bytes")
    })
}

pub static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Preamble: "System.Object" = |_, v| Ok(Value::bytes(of(v).preamble()));
        BodyName: "string" = |_, v| Ok(Value::text(of(v).names().0));
        EncodingName: "string" = |_, v| Ok(Value::text(of(v).names().1));
        HeaderName: "string" = |_, v| Ok(Value::text(of(v).names().0));
        WebName: "string" = |_, v| Ok(Value::text(of(v).names().0));
        IsSingleByte: "bool" = |_, v| Ok(Value::bool(matches!(of(v).kind, Kind::Ascii | Kind::Latin1)));
        CodePage: "int" = |_, v| Ok(Value::int(of(v).names().2));
    },
    methods: methods! {
        GetByteCount { (s: STR) -> "int" = |_, v, a| Ok(Value::int(of(v).encode(&str_at(a, 0)).len() as i32));
            (chars: CHARS) -> "int" = |_, v, a| Ok(Value::int(of(v).encode(&chars_or_text(arg(a, 0))).len() as i32)); }
        GetBytes { (s: STR) -> "byte[]" = |_, v, a| Ok(Value::bytes(&of(v).encode(&str_at(a, 0))));
            (chars: CHARS) -> "byte[]" = |_, v, a| Ok(Value::bytes(&of(v).encode(&chars_or_text(arg(a, 0))))); }
        GetCharCount { (bytes: BYTES) -> "int" = |_, v, a| Ok(Value::int(of(v).decode(&part(a)?).utf16_len() as i32)); }
        GetChars { (bytes: BYTES) -> "char[]" = |_, v, a| {
            let units = of(v).decode(&part(a)?).to_utf16();
            Ok(Value::list_of(CHARS, units.into_iter().map(Value::char).collect()))
        }; }
        GetPreamble { () -> "byte[]" = |_, v, _| Ok(Value::bytes(of(v).preamble())); }
        GetString { (bytes: BYTES) -> "string" = |_, v, a| Ok(Value::string(of(v).decode(&part(a)?)));
            (bytes: BYTES, index: INT, count: INT) -> "string" = |_, v, a| Ok(Value::string(of(v).decode(&part(a)?))); }
    },
    static_properties: properties! {
        ASCII: "System.Text.Encoding" = |_, _| value(Kind::Ascii, false);
        BigEndianUnicode: "System.Text.Encoding" = |_, _| value(Kind::Utf16BigEndian, true);
        Default: "System.Text.Encoding" = |_, _| value(Kind::Utf8, false);
        Latin1: "System.Text.Encoding" = |_, _| value(Kind::Latin1, false);
        Unicode: "System.Text.Encoding" = |_, _| value(Kind::Utf16, true);
        UTF32: "System.Text.Encoding" = |_, _| value(Kind::Utf32, true);
        UTF8: "System.Text.Encoding" = |_, _| value(Kind::Utf8, true);
    },
    static_methods: methods! {
        Convert { (srcEncoding: ENCODING, dstEncoding: ENCODING, bytes: BYTES) -> "byte[]" = |_, _, a| {
            let text = of(arg(a, 0)).decode(&bytes_of(arg(a, 2)));
            Ok(Value::bytes(&of(arg(a, 1)).encode(&text)))
        }; }
        GetEncoding { (name: STR) -> "System.Text.Encoding" = |_, _, a| get(&str_at(a, 0));
            (codepage: INT) -> "System.Text.Encoding" = |_, _, a| {
                let n = int_at(a, 0);
                find(&n.to_string()).map(Value::object).ok_or_else(|| fail::not_supported(format!("No data is available for encoding {n}. For information on defining a custom encoding, see the documentation for the Encoding.RegisterProvider method.")))
            }; }
    },
    constructors: &[],
};
