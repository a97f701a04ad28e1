//! `System.Net.WebUtility`: HTML and form encoding.

use super::escape;
use crate::sig::*;
use exsh_core::Value;
use exsh_core::types::{MemberTable, TypeInfo};
use std::fmt::Write;

pub static WEB_UTILITY: TypeInfo = TypeInfo::class("System.Net.WebUtility", MEMBERS);

/// Names of the characters 160 to 255, in order.
const LATIN1: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo",
    "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot",
    "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",
    "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute",
    "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash",
    "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN", "szlig", "agrave", "aacute", "acirc", "atilde",
    "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc",
    "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave",
    "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

/// Other names of HTML 4 that are in use.
const NAMED: &[(&str, char)] = &[
    ("quot", '"'),
    ("amp", '&'),
    ("apos", '\''),
    ("lt", '<'),
    ("gt", '>'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("fnof", 'ƒ'),
    ("circ", 'ˆ'),
    ("tilde", '˜'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("bull", '•'),
    ("hellip", '…'),
    ("permil", '‰'),
    ("prime", '′'),
    ("Prime", '″'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("euro", '€'),
    ("trade", '™'),
    ("larr", '←'),
    ("uarr", '↑'),
    ("rarr", '→'),
    ("darr", '↓'),
    ("harr", '↔'),
    ("minus", '−'),
    ("infin", '∞'),
    ("ne", '≠'),
    ("le", '≤'),
    ("ge", '≥'),
];

pub fn html_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '&' => out.push_str("&amp;"),
            // What the reference writes as numbers: Latin-1 and everything outside of the first plane.
            '\u{a0}'..='\u{ff}' | '\u{10000}'.. => {
                let _ = write!(out, "&#{};", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}

pub fn html_decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(i) = rest.find('&') {
        out.push_str(&rest[..i]);
        rest = &rest[i..];
        let end = rest[1..].find([';', '&']).map(|e| e + 1);
        match end.filter(|&e| rest.as_bytes()[e] == b';') {
            Some(e) => {
                match entity(&rest[1..e]) {
                    Some(c) => out.push(c),
                    None => out.push_str(&rest[..=e]),
                }
                rest = &rest[e + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let n = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(n).filter(|&c| c != '\0');
    }
    if let Some(i) = LATIN1.iter().position(|n| *n == name) {
        return char::from_u32(160 + i as u32);
    }
    NAMED.iter().find(|n| n.0 == name).map(|n| n.1)
}

pub fn url_encode(text: &str) -> String {
    let keep = |b: u8| b.is_ascii_alphanumeric() || b"-_.!*()".contains(&b) || b == b' ';
    escape::encode(text, keep).replace(' ', "+")
}

pub fn url_decode(text: &str) -> String {
    escape::decode(&text.replace('+', " "), |_| true)
}

/// Null stays null.
fn through(a: &[Value], f: fn(&str) -> String) -> exsh_core::Result<Value> {
    Ok(opt_str(a, 0).map_or(Value::NULL, |s| Value::text(f(&s))))
}

static MEMBERS: MemberTable = MemberTable {
    static_methods: methods! {
        HtmlDecode { (value: STR) -> "string" = |_, _, a| through(a, html_decode); }
        HtmlEncode { (value: STR) -> "string" = |_, _, a| through(a, html_encode); }
        UrlDecode { (encodedValue: STR) -> "string" = |_, _, a| through(a, url_decode); }
        UrlEncode { (value: STR) -> "string" = |_, _, a| through(a, url_encode); }
    },
    ..MemberTable::EMPTY
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_and_forms_are_encoded() {
        // Observed.
        assert_eq!(html_encode("<a&b>"), "&lt;a&amp;b&gt;");
        assert_eq!(html_decode("&lt;x&gt;&amp;"), "<x>&");
        assert_eq!(url_encode("a b/c"), "a+b%2Fc");
        // Documented.
        assert_eq!(html_decode("&eacute;&#233;&#xe9;&nope; & &"), "ééé&nope; & &");
        assert_eq!(url_decode("a+b%2Fc"), "a b/c");
        assert_eq!(entity("yuml"), Some('ÿ'));
    }
}
