//! `System.Net.WebUtility`: escapes of HTML and URLs.

use super::uri;
use crate::sig::*;
use exsh_core::Value;
use exsh_core::types::{MemberTable, TypeInfo};

pub static TYPE: TypeInfo = TypeInfo::class("System.Net.WebUtility", MEMBERS);

/// `&lt;` and the like.
pub fn html_encode(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{a0}'..='\u{ff}' => out.push_str(&format!("&#{};", c as u32)),
            c if c as u32 > 0xffff => out.push_str(&format!("&#{};", c as u32)),
            c => out.push(c),
        }
    }
    out
}

/// Named and numeric references as characters.
pub fn html_decode(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut rest = s;
    while let Some(i) = rest.find('&') {
        out.push_str(&rest[..i]);
        let after = &rest[i + 1..];
        let end = after.find(';').filter(|&e| e <= 10);
        let decoded = end.and_then(|e| {
            let name = &after[..e];
            let c = match name {
                "lt" => '<',
                "gt" => '>',
                "amp" => '&',
                "quot" => '"',
                "apos" => '\'',
                "nbsp" => '\u{a0}',
                "copy" => '©',
                "reg" => '®',
                "euro" => '€',
                "auml" => 'ä',
                "ouml" => 'ö',
                "uuml" => 'ü',
                "Auml" => 'Ä',
                "Ouml" => 'Ö',
                "Uuml" => 'Ü',
                "szlig" => 'ß',
                n => {
                    let digits = n.strip_prefix('#')?;
                    let code = match digits.strip_prefix(['x', 'X']) {
                        Some(h) => u32::from_str_radix(h, 16).ok()?,
                        None => digits.parse().ok()?,
                    };
                    char::from_u32(code)?
                }
            };
            Some((c, e))
        });
        match decoded {
            Some((c, e)) => {
                out.push(c);
                rest = &after[e + 1..];
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn url_encode(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for b in s.bytes() {
        match b {
            b' ' => out.push('+'),
            b if b.is_ascii_alphanumeric() || b"-_.!*()".contains(&b) => out.push(b as char),
            b => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

const MEMBERS: MemberTable = MemberTable {
    static_methods: methods! {
        HtmlDecode { (value: STR) -> "string" = |_, _, a| Ok(Value::text(html_decode(&str_at(a, 0)))); }
        HtmlEncode { (value: STR) -> "string" = |_, _, a| Ok(Value::text(html_encode(&str_at(a, 0)))); }
        UrlDecode { (encodedValue: STR) -> "string" = |_, _, a| Ok(Value::text(uri::unescape(&str_at(a, 0).replace('+', " ")))); }
        UrlEncode { (value: STR) -> "string" = |_, _, a| Ok(Value::text(url_encode(&str_at(a, 0)))); }
    },
    ..MemberTable::EMPTY
};
