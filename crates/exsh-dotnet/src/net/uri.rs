//! `System.Uri`.

use super::escape;
use super::uri_parts::{HostKind, Invalid, Parts, host_kind, is_scheme};
use crate::core::reference::{REF, assign};
use crate::fail;
use crate::sig::*;
use exsh_core::types::{EnumInfo, INT32, MemberTable, TypeInfo, TypeRef};
use exsh_core::{Flow, Object, Result, Str, Value};
use std::any::Any;

pub static URI: TypeInfo = {
    let mut t = TypeInfo::class("System.Uri", MEMBERS).made_by(|v| match v.as_str() {
        Some(s) => {
            Uri::parse(s.clone(), Kind::Either).map(Value::object).map_err(|e| e.message().to_string())
        }
        None => Err(String::new()),
    });
    t.interfaces = &["System.IEquatable`1[System.Uri]", "System.IFormattable"];
    t
};

pub static URI_KIND: TypeInfo = TypeInfo::enumeration(
    "System.UriKind",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[("RelativeOrAbsolute", 0), ("Absolute", 1), ("Relative", 2)],
    },
);

pub static URI_PARTIAL: TypeInfo = TypeInfo::enumeration(
    "System.UriPartial",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[("Scheme", 0), ("Authority", 1), ("Path", 2), ("Query", 3)],
    },
);

pub static URI_HOST_NAME_TYPE: TypeInfo = TypeInfo::enumeration(
    "System.UriHostNameType",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[("Unknown", 0), ("Basic", 1), ("Dns", 2), ("IPv4", 3), ("IPv6", 4)],
    },
);

/// What the caller accepts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Either,
    Absolute,
    Relative,
}

impl Kind {
    fn of(number: i64) -> Kind {
        match number {
            1 => Kind::Absolute,
            2 => Kind::Relative,
            _ => Kind::Either,
        }
    }
}

/// An absolute URI or a relative reference.
pub struct Uri {
    original: Str,
    /// Nothing for a relative reference.
    parts: Option<Parts>,
}

impl Uri {
    /// An absolute URI or, where the text is none, a relative reference. The error is .NET's message.
    pub fn new(text: impl Into<Str>) -> std::result::Result<Uri, &'static str> {
        Uri::parse(text.into(), Kind::Either).map_err(Invalid::message)
    }

    fn parse(text: Str, kind: Kind) -> std::result::Result<Uri, Invalid> {
        let parts = match (Parts::parse(&text), kind) {
            (Ok(_), Kind::Relative) => return Err(Invalid::Format),
            (Ok(parts), _) => Some(parts),
            (Err(e), Kind::Absolute) => return Err(e),
            (Err(Invalid::Format | Invalid::Empty), _) => None,
            (Err(e), _) => return Err(e),
        };
        Ok(Uri { original: text, parts })
    }

    fn of_parts(parts: Parts) -> Uri {
        Uri { original: Str::new(parts.text()), parts: Some(parts) }
    }

    pub fn is_absolute(&self) -> bool {
        self.parts.is_some()
    }

    /// `AbsoluteUri`; the text itself when relative.
    pub fn absolute(&self) -> String {
        self.parts.as_ref().map_or_else(|| self.original.to_string(), Parts::text)
    }

    /// Lower-case host name, empty when there is none.
    pub fn host(&self) -> &str {
        self.parts.as_ref().map_or("", |p| &p.host)
    }

    /// What equality looks at: everything but user and fragment.
    fn key(&self) -> String {
        match &self.parts {
            Some(p) => format!("{}://{}{}{}", p.scheme, p.authority_text(), p.path, p.query),
            None => self.original.to_string(),
        }
    }

    fn shown(&self) -> String {
        match &self.parts {
            // Readable again, but for what would change the meaning.
            Some(p) => escape::decode(&p.text(), |c| !c.is_control() && !"%;/?:@&=+$,#[]\\!*'()".contains(c)),
            None => self.original.to_string(),
        }
    }
}

impl Object for Uri {
    fn type_info(&self) -> TypeRef {
        &URI
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.shown())
    }
    fn key_equals(&self, other: &dyn Object) -> bool {
        other
            .as_any()
            .downcast_ref::<Uri>()
            .is_some_and(|o| o.is_absolute() == self.is_absolute() && o.key() == self.key())
    }
    fn key_hash(&self) -> Option<u64> {
        Some(self.key().bytes().fold(7, |h: u64, b| h.wrapping_mul(31).wrapping_add(u64::from(b))))
    }
}

fn uri(v: &Value) -> Result<&Uri> {
    v.downcast::<Uri>().ok_or_else(|| fail::argument_null("uri"))
}

fn parts(v: &Value) -> Result<&Parts> {
    match &uri(v)?.parts {
        Some(p) => Ok(p),
        None => Err(fail::invalid_operation("This operation is not supported for a relative URI.")),
    }
}

fn invalid(e: Invalid) -> Box<Flow> {
    fail::thrown("System.UriFormatException", e.message())
}

fn made(text: Str, kind: Kind) -> Result<Value> {
    Uri::parse(text, kind).map(Value::object).map_err(invalid)
}

fn joined(base: &Value, reference: &str) -> Result<Value> {
    let base = match &uri(base)?.parts {
        Some(p) => p,
        None => {
            return Err(fail::thrown(
                "System.ArgumentOutOfRangeException",
                "This operation is not supported for a relative URI. (Parameter 'baseUri')",
            ));
        }
    };
    base.join(reference).map(|p| Value::object(Uri::of_parts(p))).map_err(invalid)
}

fn host_type(kind: HostKind) -> Value {
    Value::enumeration(&URI_HOST_NAME_TYPE, kind as i64)
}

fn is_well_formed(text: &str, kind: Kind) -> bool {
    let clean = |t: &str| {
        let b = t.as_bytes();
        t.is_ascii()
            && !t.contains(['\\', ' ', '<', '>', '"', '{', '}', '|', '^', '`'])
            && b.iter().enumerate().all(|(i, &c)| {
                c != b'%' || b.get(i + 1..i + 3).is_some_and(|h| h.iter().all(u8::is_ascii_hexdigit))
            })
    };
    match Uri::parse(Str::from(text), kind) {
        // A bare path is an address for this machine, not a URI that is well written.
        Ok(u) => clean(text) && (u.parts.is_none() || text.contains(':')),
        Err(_) => false,
    }
}

/// The way from one URI to another on the same server.
fn relative(from: &Parts, to: &Parts) -> Option<String> {
    if from.scheme != to.scheme || from.authority_text() != to.authority_text() {
        return None;
    }
    let a: Vec<&str> = from.path.split('/').collect();
    let b: Vec<&str> = to.path.split('/').collect();
    let folders = a.len().min(b.len()) - 1;
    let common = (0..folders).take_while(|&i| a[i] == b[i]).count();
    let mut path = "../".repeat(a.len() - 1 - common);
    path.push_str(&b[common..].join("/"));
    if from.path == to.path {
        path = String::new();
    } else if path.is_empty() {
        path = "./".into();
    }
    Some(format!("{path}{}{}", to.query, to.fragment))
}

static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        AbsolutePath: "string" = |_, v| Ok(Value::text(parts(v)?.absolute_path()));
        AbsoluteUri: "string" = |_, v| Ok(Value::text(parts(v)?.text()));
        LocalPath: "string" = |_, v| Ok(Value::text(parts(v)?.local_path()));
        Authority: "string" = |_, v| Ok(Value::text(parts(v)?.authority_text()));
        HostNameType: "System.UriHostNameType" = |_, v| Ok(host_type(parts(v)?.host_kind));
        IsDefaultPort: "bool" = |_, v| Ok(Value::bool(parts(v)?.is_default_port()));
        IsFile: "bool" = |_, v| Ok(Value::bool(parts(v)?.is_file()));
        IsLoopback: "bool" = |_, v| Ok(Value::bool(parts(v)?.is_loopback()));
        PathAndQuery: "string" = |_, v| parts(v).map(|p| Value::text(format!("{}{}", p.absolute_path(), p.query)));
        Segments: "string[]" = |_, v| Ok(strings(parts(v)?.segments()));
        IsUnc: "bool" = |_, v| Ok(Value::bool(parts(v)?.is_unc()));
        Host: "string" = |_, v| Ok(Value::text(parts(v)?.host.as_str()));
        Port: "int" = |_, v| Ok(Value::int(parts(v)?.port));
        Query: "string" = |_, v| Ok(Value::text(parts(v)?.query.as_str()));
        Fragment: "string" = |_, v| Ok(Value::text(parts(v)?.fragment.as_str()));
        Scheme: "string" = |_, v| Ok(Value::text(parts(v)?.scheme.as_str()));
        OriginalString: "string" = |_, v| Ok(Value::string(uri(v)?.original.clone()));
        DnsSafeHost: "string" = |_, v| Ok(Value::text(parts(v)?.host.trim_matches(['[', ']'])));
        IdnHost: "string" = |_, v| {
            let host = parts(v)?.host.trim_matches(['[', ']']);
            match host.is_ascii() {
                true => Ok(Value::text(host)),
                false => Err(fail::not_supported("Host names outside of ASCII cannot be written as IDN here.")),
            }
        };
        IsAbsoluteUri: "bool" = |_, v| Ok(Value::bool(uri(v)?.is_absolute()));
        UserEscaped: "bool" = |_, _| Ok(Value::FALSE);
        UserInfo: "string" = |_, v| Ok(Value::text(parts(v)?.user.as_str()));
    },
    methods: methods! {
        GetLeftPart {
            (part: &URI_PARTIAL) -> "string" = |_, v, a| {
                let p = parts(v)?;
                Ok(Value::text(match enum_at(a, 0) {
                    0 => format!("{}:{}", p.scheme, if p.hierarchical { "//" } else { "" }),
                    1 => if p.hierarchical { p.root() } else { String::new() },
                    2 => format!("{}{}", p.root(), p.path),
                    _ => format!("{}{}{}", p.root(), p.path, p.query),
                }))
            };
        }
        IsBaseOf {
            (uri: &URI) -> "bool" = |_, v, a| {
                let base = parts(v)?;
                let Some(other) = &uri(arg(a, 0))?.parts else { return Ok(Value::TRUE) };
                let folder = &base.path[..base.path.rfind('/').map_or(0, |i| i + 1)];
                Ok(Value::bool(
                    base.scheme == other.scheme
                        && base.authority_text() == other.authority_text()
                        && other.path.starts_with(folder),
                ))
            };
        }
        IsWellFormedOriginalString {
            () -> "bool" = |_, v, _| Ok(Value::bool(is_well_formed(&uri(v)?.original, Kind::Either)));
        }
        MakeRelativeUri {
            (uri: &URI) -> "uri" = |_, v, a| {
                let from = parts(v)?;
                match &uri(arg(a, 0))?.parts {
                    Some(to) => match relative(from, to) {
                        Some(text) => Ok(Value::object(Uri { original: Str::new(text), parts: None })),
                        None => Ok(arg(a, 0).clone()),
                    },
                    None => Ok(arg(a, 0).clone()),
                }
            };
        }
    },
    static_properties: properties! {
        SchemeDelimiter: "string" = |_, _| Ok(Value::text("://"));
        UriSchemeFile: "string" = |_, _| Ok(Value::text("file"));
        UriSchemeFtp: "string" = |_, _| Ok(Value::text("ftp"));
        UriSchemeFtps: "string" = |_, _| Ok(Value::text("ftps"));
        UriSchemeGopher: "string" = |_, _| Ok(Value::text("gopher"));
        UriSchemeHttp: "string" = |_, _| Ok(Value::text("http"));
        UriSchemeHttps: "string" = |_, _| Ok(Value::text("https"));
        UriSchemeMailto: "string" = |_, _| Ok(Value::text("mailto"));
        UriSchemeNetPipe: "string" = |_, _| Ok(Value::text("net.pipe"));
        UriSchemeNetTcp: "string" = |_, _| Ok(Value::text("net.tcp"));
        UriSchemeNews: "string" = |_, _| Ok(Value::text("news"));
        UriSchemeNntp: "string" = |_, _| Ok(Value::text("nntp"));
        UriSchemeSftp: "string" = |_, _| Ok(Value::text("sftp"));
        UriSchemeSsh: "string" = |_, _| Ok(Value::text("ssh"));
        UriSchemeTelnet: "string" = |_, _| Ok(Value::text("telnet"));
        UriSchemeWs: "string" = |_, _| Ok(Value::text("ws"));
        UriSchemeWss: "string" = |_, _| Ok(Value::text("wss"));
    },
    static_methods: methods! {
        CheckHostName { (name: STR) -> "System.UriHostNameType" = |_, _, a| Ok(host_type(host_kind(&str_at(a, 0)))); }
        CheckSchemeName { (schemeName: STR) -> "bool" = |_, _, a| Ok(Value::bool(is_scheme(&str_at(a, 0)))); }
        EscapeDataString {
            (stringToEscape: STR) -> "string" = |_, _, a| {
                Ok(Value::text(escape::encode(&str_at(a, 0), escape::is_unreserved)))
            };
        }
        EscapeUriString {
            (stringToEscape: STR) -> "string" = |_, _, a| {
                let keep = |b| escape::is_unreserved(b) || escape::is_reserved(b);
                Ok(Value::text(escape::encode(&str_at(a, 0), keep)))
            };
        }
        HexEscape {
            (character: CHAR) -> "string" = |_, _, a| match char_at(a, 0) {
                c @ 0..=255 => Ok(Value::text(format!("%{c:02X}"))),
                _ => Err(fail::out_of_range("Specified argument was out of the range of valid values.", "character")),
            };
        }
        IsHexDigit {
            (character: CHAR) -> "bool" = |_, _, a| {
                Ok(Value::bool(char::from_u32(u32::from(char_at(a, 0))).is_some_and(|c| c.is_ascii_hexdigit())))
            };
        }
        IsWellFormedUriString {
            (uriString: STR, uriKind: &URI_KIND) -> "bool" = |_, _, a| {
                Ok(Value::bool(is_well_formed(&str_at(a, 0), Kind::of(enum_at(a, 1)))))
            };
        }
        TryCreate {
            (uriString: STR, uriKind: &URI_KIND, result: REF) -> "bool" = |shell, _, a| {
                let made = match opt_str(a, 0) {
                    Some(text) => Uri::parse(text, Kind::of(enum_at(a, 1))).ok(),
                    None => None,
                };
                let ok = made.is_some();
                assign(shell, arg(a, 2), made.map_or(Value::NULL, Value::object))?;
                Ok(Value::bool(ok))
            };
            (baseUri: &URI, relativeUri: STR, result: REF) -> "bool" = |shell, _, a| {
                let made = joined(arg(a, 0), &str_at(a, 1)).ok();
                let ok = made.is_some();
                assign(shell, arg(a, 2), made.unwrap_or(Value::NULL))?;
                Ok(Value::bool(ok))
            };
        }
        UnescapeDataString {
            (stringToUnescape: STR) -> "string" = |_, _, a| Ok(Value::text(escape::decode(&str_at(a, 0), |_| true)));
        }
    },
    constructors: constructors! {
        "uri";
        (uriString: STR) = |_, _, a| made(str_at(a, 0), Kind::Absolute);
        (uriString: STR, uriKind: &URI_KIND) = |_, _, a| made(str_at(a, 0), Kind::of(enum_at(a, 1)));
        (baseUri: &URI, relativeUri: STR) = |_, _, a| joined(arg(a, 0), &str_at(a, 1));
        (baseUri: &URI, relativeUri: &URI) = |_, _, a| {
            let reference = uri(arg(a, 1))?;
            joined(arg(a, 0), &reference.original)
        };
    },
};
