//! Values as text: the language's own conversion (free of cultures) and .NET's `ToString` (by culture).

pub mod builder;
pub mod char_type;
pub mod convert_type;
pub mod encoding;
pub mod regex;
pub mod string;

use crate::culture::{Culture, invariant};
use crate::number::{self, Num};
use crate::{core, time, types};
use exsh_core::object::MemberKind;
use exsh_core::value::EnumValue;
use exsh_core::{Custom, Scalar, Str, Value, View};

/// `"$value"` and `[string]`: culture-free, lists joined by one blank.
pub fn to_text(value: &Value) -> Str {
    to_text_with(value, " ")
}

/// The same with the list separator `$OFS`.
pub fn to_text_with(value: &Value, separator: &str) -> Str {
    match value.view() {
        View::Str(s) => s.clone(),
        View::Int32(i) => Str::new(number::int_text(i as i64)),
        View::List(_) => Str::new(joined(value, separator)),
        View::Char(c) => Str::from_utf16(&[c]),
        View::Object(o) => match (o.get().to_text(), o.get().enumerate()) {
            (Some(text), _) => Str::new(text),
            (None, Some(_)) => Str::new(joined(value, separator)),
            (None, None) => Str::new(object_name(value)),
        },
        View::Wrapped(w) => to_text_with(&w.base, separator),
        _ => Str::new(one(value)),
    }
}

/// Appends the language's text of a value, without a copy for plain ones.
pub fn push_text(out: &mut String, value: &Value, separator: &str) {
    match value.view() {
        View::Str(s) => out.push_str(s),
        View::Int32(i) => number::push_int(out, i as i64),
        View::Int64(i) => number::push_int(out, i),
        _ => out.push_str(&to_text_with(value, separator)),
    }
}

fn joined(value: &Value, separator: &str) -> String {
    let mut out = String::new();
    for (i, item) in exsh_core::enumerate::items(value).iter().enumerate() {
        if i > 0 {
            out.push_str(separator);
        }
        match item.base().view() {
            // A list inside a list shows its type only.
            View::List(l) => out.push_str(l.ty().name),
            _ => push_text(&mut out, item, separator),
        }
    }
    out
}

/// The language's text of a value that is no list.
fn one(value: &Value) -> String {
    match value.view() {
        View::Unset | View::Nothing | View::Null => String::new(),
        View::Bool(b) => if b { "True" } else { "False" }.to_string(),
        View::Single(s) => number::language_single(s),
        View::Double(d) => number::language_double(d),
        View::DateTime(d) => time::format::language(d),
        View::Type(t) => types::display_name(t),
        View::Custom(c) => custom_text(c),
        View::List(l) => l.ty().name.to_string(),
        _ => to_string_culture(value, invariant()).to_string(),
    }
}

fn object_name(value: &Value) -> String {
    types::of(value).map_or_else(String::new, |t| t.name.to_string())
}

/// `@{a=1; b=2}`.
fn custom_text(c: &Custom) -> String {
    let members = c.members();
    let mut out = String::from("@{");
    let mut first = true;
    for (m, v) in members.shape().members().iter().zip(members.values()) {
        if m.kind == MemberKind::ScriptMethod {
            continue;
        }
        if !first {
            out.push_str("; ");
        }
        first = false;
        out.push_str(&m.spelling);
        out.push('=');
        match (m.kind, v.base().view()) {
            (MemberKind::Script, _) => out.push_str(&object_name(v)),
            (_, View::List(l)) => out.push_str(l.ty().name),
            // An ad-hoc object inside another one shows nothing.
            (_, View::Custom(_)) => {}
            _ => push_text(&mut out, v, " "),
        }
    }
    out.push('}');
    out
}

/// `value.ToString()` in a culture: what `-f` and displays use.
pub fn to_string_culture(value: &Value, culture: &Culture) -> Str {
    Str::new(match value.view() {
        View::Unset | View::Nothing | View::Null => String::new(),
        View::Bool(b) => if b { "True" } else { "False" }.to_string(),
        View::Char(c) => return Str::from_utf16(&[c]),
        View::Str(s) => return s.clone(),
        View::DateTime(d) => time::format::general(d, culture),
        View::TimeSpan(t) => time::span::constant(t),
        View::Type(t) => t.name.to_string(),
        View::List(l) => l.ty().name.to_string(),
        View::Table(t) => t.ty().name.to_string(),
        View::Custom(c) => custom_text(c),
        View::Object(o) => {
            if let Some(text) = core::culture_text(o, culture) {
                text
            } else {
                o.get().to_text().unwrap_or_else(|| object_name(value))
            }
        }
        View::Wrapped(w) => return to_string_culture(&w.base, culture),
        View::Scalar(s) => match &**s {
            Scalar::Guid(g) => guid_text(*g),
            Scalar::Enum(e) => enum_text(*e),
            Scalar::Decimal(d) => number::decimal_text(*d, culture),
        },
        _ => number_of(value).map_or_else(String::new, |n| number::plain(n, culture)),
    })
}

/// The number in a value, for formatting; nothing for other kinds (chars and enums included).
pub fn number_of(value: &Value) -> Option<Num<'static>> {
    Some(match value.view() {
        View::SByte(n) => Num::Int(n as i128, 8),
        View::Byte(n) => Num::Int(n as i128, 8),
        View::Int16(n) => Num::Int(n as i128, 16),
        View::UInt16(n) => Num::Int(n as i128, 16),
        View::Int32(n) => Num::Int(n as i128, 32),
        View::UInt32(n) => Num::Int(n as i128, 32),
        View::Int64(n) => Num::Int(n as i128, 64),
        View::UInt64(n) => Num::Int(n as i128, 64),
        View::Single(n) => Num::Single(n),
        View::Double(n) => Num::Double(n),
        View::Scalar(s) => match &**s {
            Scalar::Decimal(d) => Num::Decimal(*d),
            _ => return None,
        },
        _ => return None,
    })
}

/// `value.ToString(format, culture)` of an IFormattable; nothing for a value that takes no format. The failure is the
/// FormatException's message.
pub fn format(value: &Value, format: &str, culture: &Culture) -> Result<Option<String>, String> {
    const BAD: &str = "Format specifier was invalid.";
    Ok(Some(match value.base().view() {
        View::DateTime(d) => time::format::date_time(d, format, culture).map_err(|e| e.message())?,
        View::TimeSpan(t) => time::span::format(t, format, culture).map_err(|e| e.message())?,
        View::Scalar(s) => match &**s {
            Scalar::Decimal(d) => {
                number::format(Num::Decimal(*d), format, culture).map_err(|_| BAD.to_string())?
            }
            Scalar::Guid(g) => guid_format(*g, format)?,
            Scalar::Enum(e) => enum_format(*e, format)?,
        },
        // An ad-hoc object hands the format on to its values.
        View::Custom(c) if !format.is_empty() => {
            let m = c.members();
            let mut out = String::from("@{");
            for (i, (n, v)) in m.shape().members().iter().zip(m.values()).enumerate() {
                if i > 0 {
                    out.push_str("; ");
                }
                out.push_str(&n.spelling);
                out.push('=');
                match self::format(v, format, culture)? {
                    Some(s) => out.push_str(&s),
                    None => push_text(&mut out, v, " "),
                }
            }
            out.push('}');
            out
        }
        View::Object(o) => match core::object_format(o, format, culture) {
            Some(r) => r?,
            None => return Ok(None),
        },
        _ => match number_of(value.base()) {
            Some(n) => number::format(n, format, culture).map_err(|_| BAD.to_string())?,
            None => return Ok(None),
        },
    }))
}

/// `6f9619ff-8b86-d011-b42d-00c04fc964ff`.
pub fn guid_text(g: u128) -> String {
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        (g >> 96) as u32,
        (g >> 80) as u16,
        (g >> 64) as u16,
        (g >> 48) as u16,
        g & 0xFFFF_FFFF_FFFF
    )
}

fn guid_format(g: u128, format: &str) -> Result<String, String> {
    Ok(match format {
        "" | "D" | "d" => guid_text(g),
        "N" | "n" => format!("{g:032x}"),
        "B" | "b" => format!("{{{}}}", guid_text(g)),
        "P" | "p" => format!("({})", guid_text(g)),
        "X" | "x" => {
            let b = (g as u64).to_be_bytes();
            let bytes: Vec<String> = b.iter().map(|b| format!("0x{b:02x}")).collect();
            format!(
                "{{0x{:08x},0x{:04x},0x{:04x},{{{}}}}}",
                (g >> 96) as u32,
                (g >> 80) as u16,
                (g >> 64) as u16,
                bytes.join(",")
            )
        }
        _ => {
            return Err(
                r#"Format string can be only "D", "d", "N", "n", "P", "p", "B", "b", "X" or "x"."#.into()
            );
        }
    })
}

/// An enum member's name, the names of its flags, or its number.
pub fn enum_text(e: EnumValue) -> String {
    let Some(info) = e.ty.enumeration else { return number::int_text(e.number) };
    if let Some((name, _)) = info.members.iter().find(|m| m.1 == e.number) {
        return name.to_string();
    }
    if info.flags
        && let Some(names) = flag_names(info.members, e.number)
    {
        return names;
    }
    number::int_text(e.number)
}

fn flag_names(members: &[(&'static str, i64)], number: i64) -> Option<String> {
    if number == 0 {
        return None;
    }
    let mut left = number;
    let mut sorted: Vec<_> = members.iter().filter(|m| m.1 != 0).collect();
    // The largest first, as .NET takes them off; shown in rising order.
    sorted.sort_by_key(|m| std::cmp::Reverse(m.1 as u64));
    let mut names = Vec::new();
    for (name, value) in sorted {
        if left & value == *value {
            left &= !value;
            names.push(*name);
        }
    }
    names.reverse();
    (left == 0).then(|| names.join(", "))
}

fn enum_format(e: EnumValue, format: &str) -> Result<String, String> {
    Ok(match format {
        "" | "G" | "g" => enum_text(e),
        "F" | "f" => {
            let members = e.ty.enumeration.map_or(&[][..], |i| i.members);
            match members.iter().find(|m| m.1 == e.number) {
                Some((name, _)) => name.to_string(),
                None => flag_names(members, e.number).unwrap_or_else(|| number::int_text(e.number)),
            }
        }
        "D" | "d" => number::int_text(e.number),
        "X" | "x" => {
            let byte = e.ty.enumeration.is_some_and(|i| i.underlying.kind == exsh_core::types::Kind::Byte);
            if byte { format!("{:02X}", e.number as u8) } else { format!("{:08X}", e.number as u32) }
        }
        _ => return Err(r#"Format string can be only "G", "g", "X", "x", "F", "f", "D" or "d"."#.into()),
    })
}
