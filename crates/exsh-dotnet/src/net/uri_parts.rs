//! A URI taken apart: what is scheme, host, port, path, query and fragment, in canonical form.

use super::escape;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Why a text is no absolute URI, in the reference's words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Invalid {
    Empty,
    /// No scheme: the text may still be a relative reference.
    Format,
    Host,
    Port,
}

impl Invalid {
    pub fn message(self) -> &'static str {
        match self {
            Invalid::Empty => "Invalid URI: The URI is empty.",
            Invalid::Format => "Invalid URI: The format of the URI could not be determined.",
            Invalid::Host => "Invalid URI: The hostname could not be parsed.",
            Invalid::Port => "Invalid URI: Invalid port specified.",
        }
    }
}

/// The numbers of `System.UriHostNameType`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HostKind {
    Unknown = 0,
    Basic = 1,
    Dns = 2,
    IPv4 = 3,
    IPv6 = 4,
}

/// An absolute URI.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parts {
    pub scheme: String,
    /// Has `//` behind the scheme.
    pub hierarchical: bool,
    pub user: String,
    /// Lower case; IPv6 in brackets.
    pub host: String,
    pub host_kind: HostKind,
    /// -1: none.
    pub port: i32,
    /// Escaped.
    pub path: String,
    /// With its `?`, or empty.
    pub query: String,
    /// With its `#`, or empty.
    pub fragment: String,
}

/// Default port of a scheme; -1 when it has none.
pub fn default_port(scheme: &str) -> i32 {
    match scheme {
        "http" | "ws" => 80,
        "https" | "wss" => 443,
        "ftp" => 21,
        "mailto" => 25,
        "gopher" => 70,
        "nntp" => 119,
        "telnet" => 23,
        "ldap" => 389,
        "net.tcp" => 808,
        _ => -1,
    }
}

/// Schemes whose host may not be empty.
fn needs_host(scheme: &str) -> bool {
    matches!(
        scheme,
        "http" | "https" | "ws" | "wss" | "ftp" | "gopher" | "nntp" | "telnet" | "net.tcp" | "net.pipe"
    )
}

/// Schemes that never have a host.
fn is_opaque(scheme: &str) -> bool {
    matches!(scheme, "news" | "urn" | "uuid" | "data" | "tel" | "javascript")
}

pub fn is_scheme(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

fn keep(b: u8) -> bool {
    escape::is_unreserved(b) || escape::is_reserved(b)
}

impl Parts {
    pub fn parse(text: &str) -> Result<Parts, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::Empty);
        }
        if let Some(unc) = text.strip_prefix("\\\\") {
            let slashed = unc.replace('\\', "/");
            let (host, path) = slashed.split_at(slashed.find('/').unwrap_or(slashed.len()));
            return Parts::file(host, path);
        }
        if text.starts_with('/') {
            // A rooted path of this platform.
            return Parts::file("", text);
        }
        let bytes = text.as_bytes();
        if bytes[0].is_ascii_alphabetic()
            && bytes.get(1) == Some(&b':')
            && matches!(bytes.get(2), Some(b'\\' | b'/'))
        {
            return Parts::file("", &format!("/{}", text.replace('\\', "/")));
        }
        let (scheme, rest) = text.split_once(':').ok_or(Invalid::Format)?;
        if scheme.len() < 2 || !is_scheme(scheme) {
            return Err(Invalid::Format);
        }
        let scheme = scheme.to_ascii_lowercase();
        let (rest, fragment) = rest.split_at(rest.find('#').unwrap_or(rest.len()));
        let (rest, query) = match is_opaque(&scheme) && scheme != "urn" {
            true => (rest, ""),
            false => rest.split_at(rest.find('?').unwrap_or(rest.len())),
        };
        let mut parts = Parts {
            hierarchical: false,
            user: String::new(),
            host: String::new(),
            host_kind: HostKind::Unknown,
            port: -1,
            path: String::new(),
            query: escape::encode_again(query, keep),
            fragment: escape::encode_again(fragment, keep),
            scheme,
        };
        let web = needs_host(&parts.scheme) || parts.scheme == "file";
        let slashed = if web { rest.replace('\\', "/") } else { rest.to_string() };
        match slashed.strip_prefix("//") {
            Some(after) if !is_opaque(&parts.scheme) => {
                parts.hierarchical = true;
                let (authority, path) = after.split_at(after.find('/').unwrap_or(after.len()));
                parts.authority(authority)?;
                parts.path = escape::encode_again(&without_dots(path), keep);
                if parts.path.is_empty() && (!parts.host.is_empty() || web) {
                    parts.path = "/".into();
                }
            }
            _ if needs_host(&parts.scheme) => return Err(Invalid::Host),
            _ if parts.scheme == "mailto" => {
                let (user, host) = slashed.rsplit_once('@').unwrap_or((&slashed, ""));
                parts.user = escape::encode_again(user, keep);
                (parts.host, parts.host_kind) = (host.to_ascii_lowercase(), host_kind(host));
                parts.port = default_port("mailto");
            }
            _ => parts.path = escape::encode_again(&slashed, keep),
        }
        Ok(parts)
    }

    fn file(host: &str, path: &str) -> Result<Parts, Invalid> {
        Ok(Parts {
            scheme: "file".into(),
            hierarchical: true,
            user: String::new(),
            host: host.to_lowercase(),
            host_kind: if host.is_empty() { HostKind::Basic } else { host_kind(host) },
            port: -1,
            // In a path of the file system these are plain characters.
            path: escape::encode(&without_dots(path), |b| keep(b) && !matches!(b, b'?' | b'#')),
            query: String::new(),
            fragment: String::new(),
        })
    }

    fn authority(&mut self, text: &str) -> Result<(), Invalid> {
        let (user, place) = match text.rsplit_once('@') {
            Some((user, place)) => (user, place),
            None => ("", text),
        };
        self.user = escape::encode_again(user, keep);
        let (host, port) = match place.find(']') {
            Some(end) if place.starts_with('[') => (&place[..=end], &place[end + 1..]),
            _ => place.split_at(place.find(':').unwrap_or(place.len())),
        };
        self.port = match port.strip_prefix(':') {
            None if port.is_empty() => default_port(&self.scheme),
            None => return Err(Invalid::Port),
            Some("") => default_port(&self.scheme),
            Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => {
                i32::from(digits.parse::<u16>().map_err(|_| Invalid::Port)?)
            }
            Some(_) => return Err(Invalid::Port),
        };
        if host.is_empty() {
            if needs_host(&self.scheme) {
                return Err(Invalid::Host);
            }
            self.host_kind = HostKind::Basic;
            return Ok(());
        }
        self.host_kind = host_kind(host);
        if self.host_kind == HostKind::Unknown {
            return Err(Invalid::Host);
        }
        self.host = match self.host_kind {
            HostKind::IPv6 => {
                let inner = host.trim_matches(['[', ']']);
                let address = inner.split_once('%').map_or(inner, |i| i.0);
                address.parse::<Ipv6Addr>().map_or_else(|_| host.to_lowercase(), |a| format!("[{a}]"))
            }
            _ => host.to_lowercase(),
        };
        Ok(())
    }

    pub fn is_file(&self) -> bool {
        self.scheme == "file"
    }

    pub fn is_unc(&self) -> bool {
        self.is_file() && !self.host.is_empty()
    }

    pub fn is_default_port(&self) -> bool {
        self.port == default_port(&self.scheme)
    }

    pub fn is_loopback(&self) -> bool {
        let bare = self.host.trim_matches(['[', ']']);
        self.is_file() && self.host.is_empty()
            || matches!(bare, "localhost" | "loopback" | "::1")
            || bare.parse::<Ipv4Addr>().is_ok_and(|a| a.is_loopback())
    }

    /// Host and port, the port only when it is not the scheme's.
    pub fn authority_text(&self) -> String {
        match self.is_default_port() {
            true => self.host.clone(),
            false => format!("{}:{}", self.host, self.port),
        }
    }

    /// Scheme to authority.
    pub fn root(&self) -> String {
        let mut out = format!("{}:", self.scheme);
        if self.hierarchical {
            out.push_str("//");
        }
        if !self.user.is_empty() {
            out.push_str(&self.user);
            if !self.host.is_empty() {
                out.push('@');
            }
        }
        out.push_str(&self.authority_text());
        out
    }

    /// `AbsoluteUri`.
    pub fn text(&self) -> String {
        format!("{}{}{}{}", self.root(), self.path, self.query, self.fragment)
    }

    /// `C:/…` behind the root of a file URI.
    fn dos_path(&self) -> Option<&str> {
        let p = self.path.strip_prefix('/')?;
        let b = p.as_bytes();
        (self.is_file() && b.len() > 1 && b[0].is_ascii_alphabetic() && b[1] == b':').then_some(p)
    }

    /// `AbsolutePath`: a drive has no slash before it.
    pub fn absolute_path(&self) -> &str {
        self.dos_path().unwrap_or(&self.path)
    }

    /// `LocalPath`: as the file system writes it.
    pub fn local_path(&self) -> String {
        let plain = |p: &str| escape::decode(p, |_| true);
        if let Some(p) = self.dos_path() {
            return plain(p).replace('/', "\\");
        }
        match self.is_unc() {
            true => format!("\\\\{}{}", self.host, plain(&self.path)).replace('/', "\\"),
            false => plain(&self.path),
        }
    }

    /// Each piece of the path with its slash.
    pub fn segments(&self) -> Vec<String> {
        self.path.split_inclusive('/').map(str::to_string).collect()
    }

    /// A reference against this base: RFC 3986, section 5.2.
    pub fn join(&self, reference: &str) -> Result<Parts, Invalid> {
        if !reference.starts_with('/') {
            match Parts::parse(reference) {
                Ok(absolute) => return Ok(absolute),
                Err(Invalid::Format | Invalid::Empty) => {}
                Err(e) => return Err(e),
            }
        } else if reference.starts_with("//") {
            return Parts::parse(&format!("{}:{reference}", self.scheme));
        }
        let (rest, fragment) = reference.split_at(reference.find('#').unwrap_or(reference.len()));
        let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
        let path = path.replace('\\', "/");
        let mut joined = self.clone();
        joined.fragment = escape::encode_again(fragment, keep);
        if path.is_empty() {
            if !query.is_empty() {
                joined.query = escape::encode_again(query, keep);
            }
            return Ok(joined);
        }
        joined.query = escape::encode_again(query, keep);
        let merged = match path.starts_with('/') {
            true => path,
            false => format!("{}{path}", &self.path[..self.path.rfind('/').map_or(0, |i| i + 1)]),
        };
        joined.path = escape::encode_again(&without_dots(&merged), keep);
        Ok(joined)
    }
}

/// What kind of host a text is. Unknown: none at all.
pub fn host_kind(host: &str) -> HostKind {
    let bare = host.strip_prefix('[').and_then(|h| h.strip_suffix(']'));
    let address = |h: &str| h.split_once('%').map_or(h, |i| i.0).parse::<Ipv6Addr>().is_ok();
    if bare.is_some_and(address) || address(host) {
        return HostKind::IPv6;
    }
    if host.parse::<Ipv4Addr>().is_ok() {
        return HostKind::IPv4;
    }
    let label = |l: &str| {
        !l.is_empty()
            && l.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
            && l.starts_with(|c: char| c.is_alphanumeric() || c == '_')
            && !l.ends_with('-')
    };
    match host.strip_suffix('.').unwrap_or(host).split('.').all(label) {
        true => HostKind::Dns,
        false => HostKind::Unknown,
    }
}

/// Takes `.` and `..` out of a rooted path.
fn without_dots(path: &str) -> String {
    if !path.starts_with('/') || !path.contains("/.") {
        return path.to_string();
    }
    let mut out: Vec<&str> = Vec::new();
    let pieces: Vec<&str> = path[1..].split('/').collect();
    for (i, p) in pieces.iter().enumerate() {
        let last = i + 1 == pieces.len();
        match *p {
            "." => {}
            ".." => {
                out.pop();
            }
            p => {
                out.push(p);
                continue;
            }
        }
        if last {
            out.push("");
        }
    }
    format!("/{}", out.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Parts {
        Parts::parse(text).expect("a URI")
    }

    #[test]
    fn a_uri_is_taken_apart() {
        // Observed.
        let u = parts("https://example.com:8443/path/page?q=1#top");
        assert_eq!((u.scheme.as_str(), u.host.as_str(), u.port), ("https", "example.com", 8443));
        assert_eq!((u.path.as_str(), u.query.as_str(), u.fragment.as_str()), ("/path/page", "?q=1", "#top"));
        // Documented: canonical form.
        assert_eq!(parts("HTTP://User@EXAMPLE.com/a/./b/../c d").text(), "http://User@example.com/a/c%20d");
        assert_eq!(parts("https://example.com").text(), "https://example.com/");
        assert_eq!(parts("/etc/a b").text(), "file:///etc/a%20b");
        assert_eq!(parts("/etc/a b").local_path(), "/etc/a b");
        assert_eq!(parts(r"\\srv\share\x").local_path(), r"\\srv\share\x");
        assert_eq!(parts("mailto:a@b.example").text(), "mailto:a@b.example");
        assert_eq!(parts("urn:x:y").path, "x:y");
    }

    #[test]
    fn bad_uris_say_what_is_wrong() {
        assert_eq!(Parts::parse("::"), Err(Invalid::Format));
        assert_eq!(Parts::parse("a/b"), Err(Invalid::Format));
        assert_eq!(Parts::parse("http://"), Err(Invalid::Host));
        assert_eq!(Parts::parse("http://h:99999/"), Err(Invalid::Port));
        assert_eq!(Parts::parse(""), Err(Invalid::Empty));
    }

    /// Source: RFC 3986, section 5.4.
    #[test]
    fn references_are_resolved() {
        let base = parts("http://a/b/c/d?q");
        for (r, want) in [
            ("g", "http://a/b/c/g"),
            ("./g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("?y", "http://a/b/c/d?y"),
            ("../g", "http://a/b/g"),
            ("../../../g", "http://a/g"),
            ("//g", "http://g/"),
            ("g#s", "http://a/b/c/g#s"),
            ("https://x/", "https://x/"),
        ] {
            assert_eq!(base.join(r).map(|p| p.text()), Ok(want.to_string()), "{r}");
        }
    }
}
