//! X.500 names: from text to DER and back, in the form and order of .NET's X500DistinguishedName.
//!
//! Text lists the most specific part first (`CN=mail.contoso.com, O=Contoso, C=US`), DER the most general one. The
//! text rules follow X500NameEncoder.cs of dotnet/runtime (commit 08e2ed0d, the managed encoder that PowerShell
//! uses outside of Windows); which label belongs to which part follows its OID table, which is that of Windows.
//! Like there, a `+` in text makes no multi-valued part; such parts are shown with ` + ` when a certificate has one.

use crate::der::oid;
use crate::der::read::{Reader, tag};
use crate::der::write;
use std::fmt;

/// An X.500 name: its DER and its text.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Name {
    der: Vec<u8>,
    text: String,
}

/// Which string type values get in DER.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StringForm {
    /// PrintableString where the characters allow it, UTF8String otherwise (.NET; certificates made by Exchange).
    Printable,
    /// UTF8String except for the country (requests made by Exchange).
    Utf8,
}

/// Why a text is no X.500 name. `at` counts characters from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameError {
    /// A part without `=`, or a character where none may stand.
    Unexpected { at: usize },
    /// `label` is neither a known part (CN, O, …) nor an object identifier.
    UnknownPart { label: String, at: usize },
    /// A quote that never closes; `at` is where it opens.
    OpenQuote { at: usize },
    /// An e-mail address with a character outside of ASCII.
    NotAscii { at: usize },
}

impl Name {
    /// Reads operator's text, for example `CN=mail.contoso.com, O="Contoso, Ltd.", C=US`.
    pub fn parse(text: &str, form: StringForm) -> Result<Self, NameError> {
        let mut parts =
            split(text)?.into_iter().map(|part| part.encode(form)).collect::<Result<Vec<_>, _>>()?;
        parts.reverse();
        let der = write::tlv(tag::SEQUENCE, &parts.concat());
        Ok(Self::from_der(&der))
    }

    /// The name with the single part `CN=value`.
    pub fn common(value: &str, form: StringForm) -> Self {
        let part = Part { oid: oid::COMMON_NAME.to_string(), value: value.to_string(), at: 0 };
        let encoded = part.encode(form).unwrap_or_default();
        Self::from_der(&write::tlv(tag::SEQUENCE, &encoded))
    }

    /// Takes a DER name as it is. A broken one has an empty text, as in .NET.
    pub fn from_der(der: &[u8]) -> Self {
        Self { der: der.to_vec(), text: show(der).unwrap_or_default() }
    }

    /// The DER, for matching names of subjects and issuers.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// .NET's text: `CN=mail.contoso.com, O="Contoso, Ltd.", C=US`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn is_empty(&self) -> bool {
        self.der.len() <= 2
    }

    /// The most specific common name, without `CN=`.
    pub fn common_name(&self) -> Option<String> {
        let wanted = oid::COMMON_NAME;
        let parts = read_parts(&self.der)?;
        parts.into_iter().rev().flatten().find(|(part, _)| part == wanted).map(|(_, value)| value)
    }

    /// The same name with every value re-encoded in `form` (a renewal copies a certificate's subject into a request).
    pub fn with_form(&self, form: StringForm) -> Self {
        let Some(parts) = read_parts(&self.der) else { return self.clone() };
        let encode = |oid: String, value: String| Part { oid, value, at: 0 }.encode_pair(form);
        let sets = parts.into_iter().map(|set| {
            write::set_of(set.into_iter().filter_map(|(oid, value)| encode(oid, value).ok()).collect())
        });
        Self::from_der(&write::tlv(tag::SEQUENCE, &sets.collect::<Vec<_>>().concat()))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({:?})", self.text)
    }
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unexpected { at } => {
                write!(f, "the X.500 name is not of the form CN=name, O=organization: position {}", at + 1)
            }
            Self::UnknownPart { label, at } => {
                write!(
                    f,
                    "'{label}' at position {} of the X.500 name is not a known part such as CN, OU, O, L, S or C",
                    at + 1
                )
            }
            Self::OpenQuote { at } => {
                write!(f, "the quote at position {} of the X.500 name is never closed", at + 1)
            }
            Self::NotAscii { at } => {
                write!(f, "the e-mail address at position {} of the X.500 name is not ASCII", at + 1)
            }
        }
    }
}

impl std::error::Error for NameError {}

struct Part {
    oid: String,
    value: String,
    /// Where the value begins in the text.
    at: usize,
}

impl Part {
    /// SET { SEQUENCE { type, value } }
    fn encode(&self, form: StringForm) -> Result<Vec<u8>, NameError> {
        Ok(write::tlv(tag::SET, &self.encode_pair(form)?))
    }

    fn encode_pair(&self, form: StringForm) -> Result<Vec<u8>, NameError> {
        let unknown = || NameError::UnknownPart { label: self.oid.clone(), at: self.at };
        let oid = write::oid_checked(&self.oid).ok_or_else(unknown)?;
        let bytes = self.value.as_bytes();
        let kind = if self.oid == oid::EMAIL {
            if !self.value.is_ascii() {
                return Err(NameError::NotAscii { at: self.at });
            }
            tag::IA5_STRING
        } else if bytes.iter().all(|&byte| is_printable(byte))
            && (form == StringForm::Printable || self.oid == oid::COUNTRY)
        {
            tag::PRINTABLE_STRING
        } else {
            tag::UTF8_STRING
        };
        Ok(write::sequence(&[&oid, &write::tlv(kind, bytes)]))
    }
}

/// The PrintableString alphabet.
fn is_printable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte)
}

/// Splits text into parts in the order they are written.
fn split(text: &str) -> Result<Vec<Part>, NameError> {
    let chars: Vec<char> = text.chars().collect();
    let mut parts = Vec::new();
    let mut at = 0;
    loop {
        at = skip_space(&chars, at);
        if at >= chars.len() {
            return Ok(parts);
        }
        let start = at;
        while chars.get(at).is_some_and(|&c| c != '=' && !c.is_whitespace() && !c.is_control()) {
            at += 1;
        }
        let label: String = chars[start..at].iter().collect();
        at = skip_space(&chars, at);
        if label.is_empty() || chars.get(at) != Some(&'=') {
            return Err(NameError::Unexpected { at });
        }
        let oid = part_oid(&label).ok_or(NameError::UnknownPart { label, at: start })?;
        at = skip_space(&chars, at + 1);
        let value_at = at;
        let value = if chars.get(at) == Some(&'"') {
            let (value, end) = quoted(&chars, at)?;
            at = skip_space(&chars, end);
            if chars.get(at).is_some_and(|c| !is_separator(*c)) {
                return Err(NameError::Unexpected { at });
            }
            value
        } else {
            while chars.get(at).is_some_and(|c| !is_separator(*c)) {
                at += 1;
            }
            chars[value_at.min(at)..at].iter().collect::<String>().trim_end().to_string()
        };
        parts.push(Part { oid, value, at: value_at });
        at += 1;
    }
}

/// The value whose opening quote stands at `at`, and the position after its closing one. `""` is one quote.
fn quoted(chars: &[char], at: usize) -> Result<(String, usize), NameError> {
    let mut value = String::new();
    let mut next = at + 1;
    loop {
        match (chars.get(next), chars.get(next + 1)) {
            (Some('"'), Some('"')) => {
                value.push('"');
                next += 2;
            }
            (Some('"'), _) => return Ok((value, next + 1)),
            (Some(&c), _) => {
                value.push(c);
                next += 1;
            }
            (None, _) => return Err(NameError::OpenQuote { at }),
        }
    }
}

fn skip_space(chars: &[char], mut at: usize) -> usize {
    while chars.get(at).is_some_and(|c| c.is_whitespace()) {
        at += 1;
    }
    at
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';')
}

fn part_oid(label: &str) -> Option<String> {
    if let Some(known) = oid::name_part_oid(label) {
        return Some(known.to_string());
    }
    let prefixed = label.len() > 4 && label.is_char_boundary(4) && label[..4].eq_ignore_ascii_case("OID.");
    let dotted = if prefixed { &label[4..] } else { label };
    write::oid_checked(dotted).map(|_| dotted.to_string())
}

/// Sets of (part, value) in the order of the DER.
fn read_parts(der: &[u8]) -> Option<Vec<Vec<(String, String)>>> {
    let mut sets = Reader::new(der, "the name").enter(tag::SEQUENCE).ok()?;
    let mut parts = Vec::new();
    while !sets.is_empty() {
        let mut pairs = sets.enter(tag::SET).ok()?;
        let mut set = Vec::new();
        while !pairs.is_empty() {
            let mut pair = pairs.enter(tag::SEQUENCE).ok()?;
            let kind = oid::dotted(pair.expect(tag::OID).ok()?.content)?;
            let value = pair.next().ok()?;
            set.push((kind, string_value(value.tag, value.content)));
        }
        parts.push(set);
    }
    Some(parts)
}

fn show(der: &[u8]) -> Option<String> {
    let mut parts = read_parts(der)?;
    parts.reverse();
    let pair = |(kind, value): &(String, String)| {
        let label = oid::name_part_label(kind).map_or_else(|| format!("OID.{kind}"), str::to_string);
        if needs_quotes(value) {
            format!("{label}=\"{}\"", value.replace('"', "\"\""))
        } else {
            format!("{label}={value}")
        }
    };
    let set = |set: &Vec<(String, String)>| set.iter().map(pair).collect::<Vec<_>>().join(" + ");
    Some(parts.iter().map(set).collect::<Vec<_>>().join(", "))
}

fn needs_quotes(value: &str) -> bool {
    let blank = |c: char| c == ' ' || ('\t'..='\r').contains(&c);
    value.is_empty()
        || value.starts_with(blank)
        || value.ends_with(blank)
        || value.contains([',', '+', '=', '"', '\n', '<', '>', '#', ';'])
}

/// Text of any of the string types a name may hold. T61 is read as UTF-8 and else as Latin-1, which is what it holds
/// in practice; bytes that fit no type become Latin-1 rather than hide the whole name.
pub(crate) fn string_value(kind: u8, content: &[u8]) -> String {
    match kind {
        tag::BMP_STRING => {
            let units: Vec<u16> =
                content.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        tag::UNIVERSAL_STRING => content
            .chunks_exact(4)
            .map(|quad| u32::from_be_bytes([quad[0], quad[1], quad[2], quad[3]]))
            .map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
        _ => match std::str::from_utf8(content) {
            Ok(text) => text.to_string(),
            Err(_) => content.iter().map(|&byte| char::from(byte)).collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(text: &str) -> String {
        Name::parse(text, StringForm::Printable)
            .map_or_else(|error| error.to_string(), |name| name.to_string())
    }

    #[test]
    fn text_is_read_and_shown_as_in_net() {
        // documented: X500NameEncoder.cs; the shown form is the parsed text again, normalised.
        for (text, shown) in [
            (
                "CN=mail.contoso.com, O=\"Contoso, Ltd.\", C=US",
                "CN=mail.contoso.com, O=\"Contoso, Ltd.\", C=US",
            ),
            ("cn=a;o=b", "CN=a, O=b"),
            ("  CN = a b  , OU=", "CN=a b, OU=\"\""),
            ("ST=NRW", "S=NRW"),
            ("E=admin@contoso.com", "E=admin@contoso.com"),
            ("O=\"say \"\"hi\"\"\"", "O=\"say \"\"hi\"\"\""),
            ("OID.2.5.4.15=Private Organization", "OID.2.5.4.15=Private Organization"),
            ("2.5.4.3=x", "CN=x"),
            ("CN=a + OU=b", "CN=\"a + OU=b\""),
            ("CN=Müller, L=Köln", "CN=Müller, L=Köln"),
            ("CN=a,", "CN=a"),
            ("", ""),
            ("CN=*.contoso.com", "CN=*.contoso.com"),
            ("CN=\" outer \"", "CN=\" outer \""),
        ] {
            assert_eq!(round(text), shown, "{text}");
        }
    }

    #[test]
    fn the_last_written_part_comes_first_in_der() {
        let name = Name::parse("CN=a, C=US", StringForm::Printable).unwrap();
        let expected = [
            0x30, 0x19, 0x31, 0x0B, 0x30, 0x09, 6, 3, 0x55, 4, 6, 0x13, 2, b'U', b'S', 0x31, 0x0A, 0x30,
            0x08, 6, 3, 0x55, 4, 3, 0x13, 1, b'a',
        ];
        assert_eq!(name.der(), expected);
        assert_eq!(name.common_name().as_deref(), Some("a"));
        let request = Name::parse("CN=a, C=US", StringForm::Utf8).unwrap();
        assert_eq!((request.der()[11], request.der()[24]), (0x13, 0x0C));
        assert_eq!(request.with_form(StringForm::Printable).der(), expected);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_position() {
        let error = |text| Name::parse(text, StringForm::Printable).unwrap_err();
        assert_eq!(error("mail.contoso.com"), NameError::Unexpected { at: 16 });
        assert_eq!(error("CN=a, XX=b"), NameError::UnknownPart { label: "XX".into(), at: 6 });
        assert_eq!(error("CN=\"a"), NameError::OpenQuote { at: 3 });
        assert_eq!(error("CN=\"a\" b"), NameError::Unexpected { at: 7 });
        assert_eq!(error("CN=a,,O=b"), NameError::UnknownPart { label: ",O".into(), at: 5 });
        assert_eq!(error("E=ü@x.de"), NameError::NotAscii { at: 2 });
        assert_eq!(error("=a"), NameError::Unexpected { at: 0 });
    }

    #[test]
    fn old_string_types_are_read() {
        assert_eq!(string_value(tag::BMP_STRING, &[0, b'A', 0, 0xE4]), "Aä");
        assert_eq!(string_value(0x14, &[b'K', 0xF6, b'l', b'n']), "Köln");
        assert_eq!(string_value(tag::UNIVERSAL_STRING, &[0, 0, 0, b'A']), "A");
    }
}
