//! Host names: what is a legal one, what is a wildcard, and which certificate name covers which host.
//!
//! Comparison is ASCII case-blind and in the `xn--` form, which is what certificates carry: a Unicode label is lowered
//! and encoded (RFC 3492) first. The tables of IDNA (mappings, forbidden characters) are not applied.

use std::borrow::Cow;

/// Whether `pattern` (a certificate's name, perhaps `*.contoso.com`) covers `host`.
///
/// The star stands for exactly one whole leftmost label, as RFC 6125 section 6.4.3 advises; `*.contoso.com` covers
/// itself too, because connectors and settings may name the wildcard.
pub fn host_matches(pattern: &str, host: &str) -> bool {
    let (pattern, host) = (to_ascii(without_root(pattern.trim())), to_ascii(without_root(host.trim())));
    let (pattern, host) = (pattern.as_ref(), host.as_ref());
    if pattern.is_empty() || host.is_empty() {
        return false;
    }
    if pattern.eq_ignore_ascii_case(host) {
        return true;
    }
    let Some(parent) = pattern.strip_prefix("*.") else {
        return false;
    };
    host.split_once('.').is_some_and(|(label, rest)| {
        !label.is_empty() && label != "*" && parent.contains('.') && rest.eq_ignore_ascii_case(parent)
    })
}

/// Whether `name` begins with a star label.
pub fn is_wildcard(name: &str) -> bool {
    name.starts_with("*.")
}

/// Whether `name` is a legal host name of at least two labels, without a star.
pub fn is_fqdn(name: &str) -> bool {
    let name = without_root(name);
    name.contains('.') && labels_are_legal(name)
}

/// Whether `name` may stand among a certificate's domains: one or more legal labels, perhaps below a star.
pub fn is_legal_domain(name: &str) -> bool {
    labels_are_legal(name.strip_prefix("*.").unwrap_or(name))
}

/// The name with every label outside of ASCII in its `xn--` form.
pub(crate) fn to_ascii(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    let label =
        |label: &str| if label.is_ascii() { label.to_string() } else { format!("xn--{}", punycode(label)) };
    Cow::Owned(name.split('.').map(label).collect::<Vec<_>>().join("."))
}

/// RFC 3492 section 6.3.
fn punycode(label: &str) -> String {
    let input: Vec<u32> = label.to_lowercase().chars().map(u32::from).collect();
    let mut out: String = input.iter().filter(|&&c| c < 0x80).filter_map(|&c| char::from_u32(c)).collect();
    let basic = out.len() as u32;
    let mut handled = basic;
    if basic > 0 {
        out.push('-');
    }
    let (mut next, mut delta, mut bias) = (0x80u32, 0u32, 72u32);
    while (handled as usize) < input.len() {
        let Some(&least) = input.iter().filter(|&&c| c >= next).min() else { break };
        delta = delta.saturating_add((least - next).saturating_mul(handled + 1));
        next = least;
        for &c in &input {
            if c < next {
                delta = delta.saturating_add(1);
            }
            if c == next {
                let mut rest = delta;
                for step in (36..).step_by(36) {
                    let threshold = if step <= bias { 1 } else { (step - bias).min(26) };
                    if rest < threshold {
                        break;
                    }
                    out.push(punycode_digit(threshold + (rest - threshold) % (36 - threshold)));
                    rest = (rest - threshold) / (36 - threshold);
                }
                out.push(punycode_digit(rest));
                let mut scaled = if handled == basic { delta / 700 } else { delta / 2 };
                scaled += scaled / (handled + 1);
                bias = 0;
                while scaled > 455 {
                    scaled /= 35;
                    bias += 36;
                }
                bias += 36 * scaled / (scaled + 38);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.saturating_add(1);
        next += 1;
    }
    out
}

fn punycode_digit(value: u32) -> char {
    char::from(if value < 26 { b'a' + value as u8 } else { b'0' + (value - 26) as u8 })
}

fn without_root(name: &str) -> &str {
    name.strip_suffix('.').unwrap_or(name)
}

fn labels_are_legal(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 253
        && name.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '-' || (!c.is_ascii() && c.is_alphanumeric()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_covers_exactly_one_label() {
        // documented: RFC 6125 section 6.4.3.
        for (pattern, host, expected) in [
            ("mail.contoso.com", "MAIL.Contoso.COM", true),
            ("mail.contoso.com", "mail.contoso.com.", true),
            ("*.contoso.com", "mail.contoso.com", true),
            ("*.Contoso.com", "MAIL.contoso.com", true),
            ("*.contoso.com", "contoso.com", false),
            ("*.contoso.com", "a.mail.contoso.com", false),
            ("*.contoso.com", "*.contoso.com", true),
            ("*.com", "contoso.com", false),
            ("*", "mail", false),
            ("", "", false),
            ("mail.contoso.com", "mail.contoso.org", false),
            ("*.contoso.com", ".contoso.com", false),
            ("xn--mller-kva.de", "MÜLLER.de", true),
            ("*.xn--bcher-kva.example", "mail.bücher.example", true),
        ] {
            assert_eq!(host_matches(pattern, host), expected, "{pattern} {host}");
        }
    }

    #[test]
    fn names_are_told_apart() {
        assert!(is_fqdn("mail.contoso.com") && !is_fqdn("EX01") && !is_fqdn("*.contoso.com"));
        assert!(
            is_legal_domain("WMSvc-SHA2-EX01") && is_legal_domain("*.contoso.com") && is_legal_domain("EX01")
        );
        assert!(
            !is_legal_domain("Microsoft Exchange Server Auth Certificate") && !is_legal_domain("a_b.com")
        );
        assert!(!is_legal_domain("") && !is_legal_domain("a..b") && !is_legal_domain("-a.b"));
        assert!(is_wildcard("*.contoso.com") && !is_wildcard("mail.contoso.com"));
    }
}
