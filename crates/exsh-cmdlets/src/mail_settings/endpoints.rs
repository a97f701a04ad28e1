//! The two list forms of mail settings: `host:port:TLS` and `address:port`.
//!
//! Each is parsed once, at the border, into its normal spelling; what is stored is valid.

use std::net::{Ipv4Addr, Ipv6Addr};

/// ProtocolConnectionSettings: `mail.contoso.com:993:SSL`, `:TLS`, or nothing behind the second colon for neither.
pub fn connection(text: &str) -> Result<String, String> {
    let wrong = |why: &str| {
        Err(format!(
            "The connection setting \"{text}\" isn't valid: {why} The form is HostName:Port:[TLS | SSL], such as mail.contoso.com:993:SSL."
        ))
    };
    let mut parts = text.trim().split(':');
    let (Some(host), Some(port)) = (parts.next(), parts.next()) else {
        return wrong("the port is missing.");
    };
    let kind = parts.next().unwrap_or("");
    if parts.next().is_some() {
        return wrong("there are more than three parts.");
    }
    if !is_host(host) {
        return wrong("the host name isn't a legal one.");
    }
    let Some(port) = port_of(port) else { return wrong("the port must be a number from 1 to 65535.") };
    let kind = match kind.trim() {
        "" => "",
        k if k.eq_ignore_ascii_case("TLS") => "TLS",
        k if k.eq_ignore_ascii_case("SSL") => "SSL",
        _ => return wrong("the encryption must be TLS, SSL or nothing."),
    };
    Ok(format!("{host}:{port}:{kind}"))
}

/// IPBinding: `0.0.0.0:993`, `[::]:993`.
pub fn binding(text: &str) -> Result<String, String> {
    let wrong = |why: &str| {
        Err(format!(
            "The binding \"{text}\" isn't valid: {why} The form is IPv4Address:Port or [IPv6Address]:Port, such as 0.0.0.0:993 or [::]:993."
        ))
    };
    let trimmed = text.trim();
    let Some((address, port)) = trimmed.rsplit_once(':') else { return wrong("the port is missing.") };
    let Some(port) = port_of(port) else { return wrong("the port must be a number from 1 to 65535.") };
    if let Some(inner) = address.strip_prefix('[').and_then(|a| a.strip_suffix(']')) {
        return match inner.parse::<Ipv6Addr>() {
            Ok(ip) => Ok(format!("[{ip}]:{port}")),
            Err(_) => wrong("the address in brackets isn't an IPv6 address."),
        };
    }
    match address.parse::<Ipv4Addr>() {
        Ok(ip) => Ok(format!("{ip}:{port}")),
        Err(_) if address.contains(':') => wrong("an IPv6 address stands in brackets."),
        Err(_) => wrong("the address isn't an IP address."),
    }
}

/// Is this the name of a host: labels of letters, digits and hyphens?
pub fn is_host(name: &str) -> bool {
    let label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    name.len() <= 255 && name.split('.').all(label)
}

fn port_of(text: &str) -> Option<u16> {
    text.trim().parse::<u16>().ok().filter(|port| *port != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: documented (value syntax of -InternalConnectionSettings).
    #[test]
    fn connection_settings_have_a_host_a_port_and_maybe_an_encryption() {
        let good = |text: &str, normal: &str| assert_eq!(connection(text).as_deref(), Ok(normal));
        good("mail.contoso.com:993:SSL", "mail.contoso.com:993:SSL");
        good("mail.contoso.com:143:tls", "mail.contoso.com:143:TLS");
        good("mail.contoso.com:143:", "mail.contoso.com:143:");
        good(" mail.contoso.com:143 ", "mail.contoso.com:143:");
        for bad in [
            "",
            "mail.contoso.com",
            "mail.contoso.com:0:SSL",
            "mail.contoso.com:65536:SSL",
            "mail.contoso.com:993:STARTTLS",
            "mail.contoso.com:993:SSL:x",
            ":993:SSL",
            "ma il:993:SSL",
            "*.contoso.com:993:SSL",
        ] {
            assert!(connection(bad).is_err(), "{bad}");
        }
    }

    /// Source: documented (value syntax of -SSLBindings).
    #[test]
    fn bindings_have_an_address_and_a_port() {
        let good = |text: &str, normal: &str| assert_eq!(binding(text).as_deref(), Ok(normal));
        good("0.0.0.0:993", "0.0.0.0:993");
        good("[::]:993", "[::]:993");
        good("[FE80::1]:993", "[fe80::1]:993");
        for bad in [
            "",
            "993",
            "0.0.0.0",
            "0.0.0.256:993",
            "::993",
            "::1:993",
            "[0.0.0.0]:993",
            "mail:993",
            "0.0.0.0:x",
        ] {
            assert!(binding(bad).is_err(), "{bad}");
        }
    }
}
