//! `System.Uri`: generic syntax, with the escapes .NET keeps and takes away.

use crate::core::reference::{REF, assign};
use crate::fail;
use crate::sig::*;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Value};
use std::any::Any;

/// An absolute or relative URI.
#[derive(Clone, PartialEq)]
pub struct Uri {
    original: String,
    parts: Option<Parts>,
}

#[derive(Clone, PartialEq)]
struct Parts {
    scheme: String,
    user: String,
    host: String,
    port: i32,
    path: String,
    query: String,
    fragment: String,
}

pub static TYPE: TypeInfo = TypeInfo::class("System.Uri", MemberTable::EMPTY).made_by(|v| match v.as_str() {
    Some(s) => Ok(Value::object(Uri::any(s))),
    None => Err(String::new()),
});

fn default_port(scheme: &str) -> i32 {
    match scheme {
        "http" | "ws" => 80,
        "https" | "wss" => 443,
        "ftp" => 21,
        "ldap" => 389,
        _ => -1,
    }
}

/// Escapes what a URI may not hold as it is; existing escapes stay.
fn escape_illegal(s: &str, keep: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        if c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c) || keep.contains(c) {
            out.push(c);
        } else {
            let mut b = [0; 4];
            for byte in c.encode_utf8(&mut b).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

/// Percent escapes as text.
pub fn unescape(s: &str) -> String {
    let bytes = s.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == b'%'
            && let Some(b) = s.get(i + 1..i + 3).and_then(|h| u8::from_str_radix(h, 16).ok())
        {
            out.push(b);
            i += 3;
        } else {
            out.push(bytes[i]);
            i += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Everything but unreserved characters.
pub fn escape_data(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for b in s.bytes() {
        if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
            out.push(b as char);
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    out
}

impl Uri {
    /// Absolute when it can be read so, else relative.
    pub fn any(text: &str) -> Uri {
        Uri { original: text.to_string(), parts: parse(text.trim()) }
    }

    pub fn absolute(text: &str) -> std::result::Result<Uri, &'static str> {
        let u = Uri::any(text);
        match u.parts {
            Some(_) => Ok(u),
            None if text.is_empty() => Err("Invalid URI: The URI is empty."),
            None => Err("Invalid URI: The format of the URI could not be determined."),
        }
    }

    fn absolute_uri(&self) -> Option<String> {
        let p = self.parts.as_ref()?;
        let slashes =
            if p.host.is_empty() && p.scheme != "file" && !p.path.starts_with('/') { ":" } else { "://" };
        Some(format!(
            "{}{slashes}{}{}{}{}",
            p.scheme,
            self.authority_with_user(),
            p.path,
            p.query,
            p.fragment
        ))
    }

    fn authority(&self) -> String {
        match &self.parts {
            Some(p) if p.port >= 0 && p.port != default_port(&p.scheme) => format!("{}:{}", p.host, p.port),
            Some(p) => p.host.clone(),
            None => String::new(),
        }
    }

    fn authority_with_user(&self) -> String {
        match &self.parts {
            Some(p) if !p.user.is_empty() => format!("{}@{}", p.user, self.authority()),
            _ => self.authority(),
        }
    }

    /// A text against this base.
    fn combine(&self, relative: &str) -> Uri {
        if parse(relative).is_some() {
            return Uri::any(relative);
        }
        let Some(p) = &self.parts else { return Uri::any(relative) };
        let head = format!("{}://{}", p.scheme, self.authority_with_user());
        let text = if relative.starts_with("//") {
            format!("{}:{relative}", p.scheme)
        } else if relative.starts_with('/') {
            format!("{head}{relative}")
        } else if relative.starts_with('?') {
            format!("{head}{}{relative}", p.path)
        } else {
            let folder = p.path.rfind('/').map_or("/", |i| &p.path[..=i]);
            format!("{head}{folder}{relative}")
        };
        Uri::any(&text)
    }

    fn text(&self) -> String {
        match (&self.parts, self.absolute_uri()) {
            (Some(_), Some(u)) => {
                // What needs no escape is shown without one.
                let mut out = String::new();
                let shown = unescape(&u);
                for c in shown.chars() {
                    if c.is_control() {
                        return u;
                    }
                    out.push(c);
                }
                if u.contains("%25") || u.contains("%23") || u.contains("%3F") || u.contains("%2F") {
                    u
                } else {
                    out
                }
            }
            _ => self.original.clone(),
        }
    }
}

fn parse(text: &str) -> Option<Parts> {
    if text.starts_with('/') && !text.starts_with("//") {
        // An absolute path of the system is a file URI.
        return Some(Parts {
            scheme: "file".into(),
            user: String::new(),
            host: String::new(),
            port: -1,
            path: escape_illegal(&text.replace('?', "%3F").replace('#', "%23"), ""),
            query: String::new(),
            fragment: String::new(),
        });
    }
    let (scheme, rest) = text.split_once(':')?;
    let good = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if !good {
        return None;
    }
    let scheme = scheme.to_ascii_lowercase();
    let (rest, fragment) = match rest.split_once('#') {
        Some((r, f)) => (r, format!("#{}", escape_illegal(f, ""))),
        None => (rest, String::new()),
    };
    let (rest, query) = match rest.split_once('?') {
        Some((r, q)) => (r, format!("?{}", escape_illegal(q, ""))),
        None => (rest, String::new()),
    };
    let hierarchical = matches!(scheme.as_str(), "http" | "https" | "ftp" | "ws" | "wss");
    match rest.strip_prefix("//") {
        Some(r) => {
            let (authority, path) = match r.find('/') {
                Some(i) => (&r[..i], &r[i..]),
                None => (r, ""),
            };
            let (user, host) = authority.rsplit_once('@').map_or(("", authority), |(u, h)| (u, h));
            let (host, port) = match host.rsplit_once(':') {
                Some((h, p))
                    if !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()) && !h.ends_with(':') =>
                {
                    (h, p.parse::<u16>().ok()? as i32)
                }
                Some((h, "")) => (h, default_port(&scheme)),
                _ => (host, default_port(&scheme)),
            };
            if host.is_empty() && hierarchical {
                return None;
            }
            let path = if path.is_empty() && (hierarchical || !host.is_empty()) { "/" } else { path };
            Some(Parts {
                user: user.to_string(),
                host: host.to_ascii_lowercase(),
                port,
                path: squash(&escape_illegal(path, "")),
                query,
                fragment,
                scheme,
            })
        }
        None if hierarchical => None,
        None if rest.is_empty() => None,
        None => Some(Parts {
            user: String::new(),
            host: String::new(),
            port: -1,
            path: escape_illegal(rest, ""),
            query,
            fragment,
            scheme,
        }),
    }
}

/// Takes dot segments out of a path.
fn squash(path: &str) -> String {
    if !path.contains("/.") {
        return path.to_string();
    }
    let mut out: Vec<&str> = Vec::new();
    let parts: Vec<&str> = path.split('/').collect();
    for (i, s) in parts.iter().enumerate() {
        match *s {
            "." | ".." => {
                if *s == ".." && out.len() > 1 {
                    out.pop();
                }
                if i == parts.len() - 1 {
                    out.push("");
                }
            }
            s => out.push(s),
        }
    }
    out.join("/")
}

impl Object for Uri {
    fn type_info(&self) -> TypeRef {
        &TYPE
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.text())
    }
    fn key_equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<Uri>().is_some_and(|o| match (self.absolute_uri(), o.absolute_uri()) {
            (Some(a), Some(b)) => a.split('#').next() == b.split('#').next(),
            _ => self.original == o.original,
        })
    }
    fn key_hash(&self) -> Option<u64> {
        Some(self.text().bytes().fold(7, |h: u64, b| h.wrapping_mul(31).wrapping_add(b as u64)))
    }
}

fn u(v: &Value) -> Result<&Uri> {
    v.downcast::<Uri>().ok_or_else(|| fail::argument_null("this"))
}

fn p(v: &Value) -> Result<&Parts> {
    u(v)?
        .parts
        .as_ref()
        .ok_or_else(|| fail::invalid_operation("This operation is not supported for a relative URI."))
}

fn bad(message: &str) -> Box<exsh_core::Flow> {
    fail::thrown("System.UriFormatException", message)
}

fn make(a: &[Value], kind: i64) -> Result<Value> {
    let s = str_at(a, 0);
    match kind {
        0 => Ok(Value::object(Uri::any(&s))),
        2 => Ok(Value::object(Uri { original: s.to_string(), parts: None })),
        _ => Uri::absolute(&s).map(Value::object).map_err(bad),
    }
}

/// UriKind.
pub static KIND: TypeInfo = TypeInfo::enumeration(
    "System.UriKind",
    &exsh_core::types::EnumInfo {
        flags: false,
        members: &[("RelativeOrAbsolute", 0), ("Absolute", 1), ("Relative", 2)],
        underlying: &exsh_core::types::INT32,
    },
);

pub static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        AbsolutePath: "string" = |_, v| Ok(Value::text(p(v)?.path.as_str()));
        AbsoluteUri: "string" = |_, v| {
            p(v)?;
            Ok(Value::text(u(v)?.absolute_uri().unwrap_or_default()))
        };
        LocalPath: "string" = |_, v| Ok(Value::text(unescape(&p(v)?.path)));
        Authority: "string" = |_, v| {
            p(v)?;
            Ok(Value::text(u(v)?.authority()))
        };
        HostNameType: "System.Object" = |_, v| {
            let h = p(v)?.host.clone();
            Ok(Value::text(if h.parse::<std::net::Ipv4Addr>().is_ok() { "IPv4" } else if h.starts_with('[') { "IPv6" } else { "Dns" }))
        };
        IsDefaultPort: "bool" = |_, v| {
            let p = p(v)?;
            Ok(Value::bool(p.port == default_port(&p.scheme)))
        };
        IsFile: "bool" = |_, v| Ok(Value::bool(p(v)?.scheme == "file"));
        IsLoopback: "bool" = |_, v| Ok(Value::bool(matches!(p(v)?.host.as_str(), "localhost" | "127.0.0.1" | "[::1]")));
        PathAndQuery: "string" = |_, v| {
            let p = p(v)?;
            Ok(Value::text(format!("{}{}", p.path, p.query)))
        };
        Segments: "string[]" = |_, v| {
            let path = &p(v)?.path;
            let mut all = Vec::new();
            let mut from = 0;
            for (i, c) in path.char_indices() {
                if c == '/' {
                    all.push(&path[from..=i]);
                    from = i + 1;
                }
            }
            if from < path.len() {
                all.push(&path[from..]);
            }
            Ok(strings(all))
        };
        IsUnc: "bool" = |_, v| {
            let p = p(v)?;
            Ok(Value::bool(p.scheme == "file" && !p.host.is_empty()))
        };
        Host: "string" = |_, v| Ok(Value::text(p(v)?.host.as_str()));
        Port: "int" = |_, v| Ok(Value::int(p(v)?.port));
        Query: "string" = |_, v| Ok(Value::text(p(v)?.query.as_str()));
        Fragment: "string" = |_, v| Ok(Value::text(p(v)?.fragment.as_str()));
        Scheme: "string" = |_, v| Ok(Value::text(p(v)?.scheme.as_str()));
        OriginalString: "string" = |_, v| Ok(Value::text(u(v)?.original.as_str()));
        DnsSafeHost: "string" = |_, v| Ok(Value::text(p(v)?.host.trim_matches(['[', ']'])));
        IdnHost: "string" = |_, v| Ok(Value::text(p(v)?.host.trim_matches(['[', ']'])));
        IsAbsoluteUri: "bool" = |_, v| Ok(Value::bool(u(v)?.parts.is_some()));
        UserEscaped: "bool" = |_, _| Ok(Value::FALSE);
        UserInfo: "string" = |_, v| Ok(Value::text(p(v)?.user.as_str()));
    },
    methods: methods! {
        GetLeftPart { (part: OBJ) -> "string" = |_, v, a| {
            let p = p(v)?;
            let head = format!("{}://", p.scheme);
            let authority = u(v)?.authority_with_user();
            Ok(Value::text(match crate::text::to_text(arg(a, 0)).as_str() {
                "Scheme" | "0" => head,
                "Authority" | "1" => format!("{head}{authority}"),
                "Path" | "2" => format!("{head}{authority}{}", p.path),
                _ => format!("{head}{authority}{}{}", p.path, p.query),
            }))
        }; }
        IsBaseOf { (uri: &TYPE) -> "bool" = |_, v, a| {
            let (x, y) = (u(v)?.absolute_uri().unwrap_or_default(), u(arg(a, 0))?.absolute_uri().unwrap_or_default());
            let folder = x.rfind('/').map_or(x.as_str(), |i| &x[..=i]);
            Ok(Value::bool(y.starts_with(folder)))
        }; }
        MakeRelativeUri { (uri: &TYPE) -> "uri" = |_, v, a| {
            let (x, y) = (u(v)?.absolute_uri().unwrap_or_default(), u(arg(a, 0))?.absolute_uri().unwrap_or_default());
            let folder = x.rfind('/').map_or(x.as_str(), |i| &x[..=i]);
            Ok(Value::object(Uri { original: y.strip_prefix(folder).unwrap_or(&y).to_string(), parts: None }))
        }; }
        ToString { () -> "string" = |_, v, _| Ok(Value::text(u(v)?.text())); }
    },
    static_properties: properties! {
        SchemeDelimiter: "string" = |_, _| Ok(Value::text("://"));
        UriSchemeFile: "string" = |_, _| Ok(Value::text("file"));
        UriSchemeHttp: "string" = |_, _| Ok(Value::text("http"));
        UriSchemeHttps: "string" = |_, _| Ok(Value::text("https"));
    },
    static_methods: methods! {
        CheckHostName { (name: STR) -> "System.Object" = |_, _, a| {
            let s = str_at(a, 0);
            Ok(Value::text(if s.parse::<std::net::Ipv4Addr>().is_ok() { "IPv4" } else if s.parse::<std::net::Ipv6Addr>().is_ok() { "IPv6" } else if s.is_empty() || s.contains(' ') { "Unknown" } else { "Dns" }))
        }; }
        EscapeDataString { (stringToEscape: STR) -> "string" = |_, _, a| Ok(Value::text(escape_data(&str_at(a, 0)))); }
        EscapeUriString { (stringToEscape: STR) -> "string" = |_, _, a| Ok(Value::text(escape_illegal(&str_at(a, 0), ""))); }
        IsWellFormedUriString { (uriString: STR, uriKind: &KIND) -> "bool" = |_, _, a| {
            let s = str_at(a, 0);
            let absolute = parse(&s).is_some() && !s.starts_with('/');
            let clean = escape_illegal(&s, "") == s.as_str();
            Ok(Value::bool(clean && match enum_at(a, 1) {
                1 => absolute,
                2 => !absolute,
                _ => true,
            }))
        }; }
        TryCreate { (uriString: STR, uriKind: &KIND, result: REF) -> "bool" = |shell, _, a| {
            let made = make(a, enum_at(a, 1));
            let ok = made.is_ok() && !(enum_at(a, 1) == 2 && parse(&str_at(a, 0)).is_some());
            assign(shell, arg(a, 2), if ok { made? } else { Value::NULL })?;
            Ok(Value::bool(ok))
        }; }
        UnescapeDataString { (stringToUnescape: STR) -> "string" = |_, _, a| Ok(Value::text(unescape(&str_at(a, 0)))); }
    },
    constructors: constructors! {
        "uri";
        (uriString: STR) = |_, _, a| make(a, 1);
        (uriString: STR, uriKind: &KIND) = |_, _, a| make(a, enum_at(a, 1));
        (baseUri: &TYPE, relativeUri: STR) = |_, _, a| Ok(Value::object(u(arg(a, 0))?.combine(&str_at(a, 1))));
        (baseUri: &TYPE, relativeUri: &TYPE) = |_, _, a| {
            let r = u(arg(a, 1))?.original.clone();
            Ok(Value::object(u(arg(a, 0))?.combine(&r)))
        };
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_are_read_and_shown() {
        // Observed.
        assert_eq!(Uri::any("https://contoso.com/a b").text(), "https://contoso.com/a b");
        assert_eq!(Uri::any("http://a/b").text(), "http://a/b");
        assert_eq!(Uri::any("abc").text(), "abc");
        let u = Uri::any("HTTPS://User@Mail.Contoso.com:8443/owa/../ecp/?q=1#x");
        assert_eq!(u.absolute_uri().as_deref(), Some("https://User@mail.contoso.com:8443/ecp/?q=1#x"));
        assert_eq!(u.authority(), "mail.contoso.com:8443");
        assert_eq!(Uri::any("http://a/b/c").combine("d").text(), "http://a/b/d");
        assert!(Uri::absolute("::").is_err());
        assert_eq!(escape_data("a b/ü"), "a%20b%2F%C3%BC");
        assert_eq!(unescape("a%20b"), "a b");
    }
}
