//! Object identifiers that have a name here, and the names Windows shows for them.

pub(crate) const RSA_ENCRYPTION: &str = "1.2.840.113549.1.1.1";
pub(crate) const EC_PUBLIC_KEY: &str = "1.2.840.10045.2.1";
pub(crate) const ED25519: &str = "1.3.101.112";
pub(crate) const DSA: &str = "1.2.840.10040.4.1";
pub(crate) const P256: &str = "1.2.840.10045.3.1.7";
pub(crate) const P384: &str = "1.3.132.0.34";
pub(crate) const P521: &str = "1.3.132.0.35";

pub(crate) const SHA1_RSA: &str = "1.2.840.113549.1.1.5";
pub(crate) const SHA1_RSA_OIW: &str = "1.3.14.3.2.29";
pub(crate) const SHA256_RSA: &str = "1.2.840.113549.1.1.11";
pub(crate) const SHA384_RSA: &str = "1.2.840.113549.1.1.12";
pub(crate) const SHA512_RSA: &str = "1.2.840.113549.1.1.13";
pub(crate) const RSA_PSS: &str = "1.2.840.113549.1.1.10";
pub(crate) const SHA1_ECDSA: &str = "1.2.840.10045.4.1";
pub(crate) const SHA256_ECDSA: &str = "1.2.840.10045.4.3.2";
pub(crate) const SHA384_ECDSA: &str = "1.2.840.10045.4.3.3";
pub(crate) const SHA512_ECDSA: &str = "1.2.840.10045.4.3.4";

pub(crate) const SHA1: &str = "1.3.14.3.2.26";
pub(crate) const SHA256: &str = "2.16.840.1.101.3.4.2.1";
pub(crate) const SHA384: &str = "2.16.840.1.101.3.4.2.2";
pub(crate) const SHA512: &str = "2.16.840.1.101.3.4.2.3";

pub(crate) const COMMON_NAME: &str = "2.5.4.3";
pub(crate) const COUNTRY: &str = "2.5.4.6";
pub(crate) const EMAIL: &str = "1.2.840.113549.1.9.1";

pub(crate) const SUBJECT_KEY_ID: &str = "2.5.29.14";
pub(crate) const KEY_USAGE: &str = "2.5.29.15";
pub(crate) const SUBJECT_ALT_NAME: &str = "2.5.29.17";
pub(crate) const BASIC_CONSTRAINTS: &str = "2.5.29.19";
pub(crate) const AUTHORITY_KEY_ID: &str = "2.5.29.35";
pub(crate) const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
pub(crate) const USER_PRINCIPAL_NAME: &str = "1.3.6.1.4.1.311.20.2.3";

pub(crate) const PKCS7_DATA: &str = "1.2.840.113549.1.7.1";
pub(crate) const PKCS7_SIGNED: &str = "1.2.840.113549.1.7.2";
pub(crate) const PKCS7_ENCRYPTED: &str = "1.2.840.113549.1.7.6";
pub(crate) const FRIENDLY_NAME: &str = "1.2.840.113549.1.9.20";
pub(crate) const LOCAL_KEY_ID: &str = "1.2.840.113549.1.9.21";
pub(crate) const X509_CERTIFICATE: &str = "1.2.840.113549.1.9.22.1";
pub(crate) const EXTENSION_REQUEST: &str = "1.2.840.113549.1.9.14";
pub(crate) const KEY_BAG_SHROUDED: &str = "1.2.840.113549.1.12.10.1.2";
pub(crate) const CERTIFICATE_BAG: &str = "1.2.840.113549.1.12.10.1.3";
pub(crate) const PBE_SHA1_3DES: &str = "1.2.840.113549.1.12.1.3";
pub(crate) const PBES2: &str = "1.2.840.113549.1.5.13";
pub(crate) const PBKDF2: &str = "1.2.840.113549.1.5.12";
pub(crate) const HMAC_SHA256: &str = "1.2.840.113549.2.9";
pub(crate) const AES256_CBC: &str = "2.16.840.1.101.3.4.1.42";

pub(crate) const OS_VERSION: &str = "1.3.6.1.4.1.311.13.2.3";
pub(crate) const ENROLLMENT_CSP: &str = "1.3.6.1.4.1.311.13.2.2";
pub(crate) const REQUEST_CLIENT_INFO: &str = "1.3.6.1.4.1.311.21.20";

/// Name parts and the label .NET shows for each (its OID table); several labels may lead to one part on input.
const NAME_PARTS: [(&str, &str); 22] = [
    (COUNTRY, "C"),
    (COMMON_NAME, "CN"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("2.5.4.13", "Description"),
    ("2.5.4.46", "dnQualifier"),
    (EMAIL, "E"),
    ("2.5.4.42", "G"),
    ("2.5.4.43", "I"),
    ("2.5.4.7", "L"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.20", "Phone"),
    ("2.5.4.18", "POBox"),
    ("2.5.4.17", "PostalCode"),
    ("2.5.4.8", "S"),
    ("2.5.4.5", "SERIALNUMBER"),
    ("2.5.4.4", "SN"),
    ("2.5.4.9", "STREET"),
    ("2.5.4.12", "T"),
    ("2.5.4.24", "X21Address"),
    ("2.5.4.8", "ST"),
    (EMAIL, "Email"),
];

/// Signature algorithms and the name Windows shows.
const SIGNATURES: [(&str, &str); 15] = [
    (SHA1_RSA, "sha1RSA"),
    (SHA1_RSA_OIW, "sha1RSA"),
    (SHA256_RSA, "sha256RSA"),
    (SHA384_RSA, "sha384RSA"),
    (SHA512_RSA, "sha512RSA"),
    (RSA_PSS, "RSASSA-PSS"),
    (SHA1_ECDSA, "sha1ECDSA"),
    (SHA256_ECDSA, "sha256ECDSA"),
    (SHA384_ECDSA, "sha384ECDSA"),
    (SHA512_ECDSA, "sha512ECDSA"),
    ("1.2.840.113549.1.1.4", "md5RSA"),
    ("1.2.840.113549.1.1.2", "md2RSA"),
    ("1.2.840.10040.4.3", "sha1DSA"),
    ("1.2.840.10045.4.3", "specifiedECDSA"),
    (ED25519, "Ed25519"),
];

/// The label of a name part, or `None` for one shown as `OID.x.y`.
pub(crate) fn name_part_label(oid: &str) -> Option<&'static str> {
    NAME_PARTS.iter().find(|(known, _)| *known == oid).map(|(_, label)| *label)
}

/// The name part that an operator means by `label`, in any case.
pub(crate) fn name_part_oid(label: &str) -> Option<&'static str> {
    NAME_PARTS.iter().find(|(_, known)| known.eq_ignore_ascii_case(label)).map(|(oid, _)| *oid)
}

/// What Windows calls a signature algorithm; the dotted text itself where it has no name.
pub(crate) fn signature_name(oid: &str) -> &str {
    SIGNATURES.iter().find(|(known, _)| *known == oid).map_or(oid, |(_, name)| name)
}

/// Dotted text of an OID's content bytes.
pub(crate) fn dotted(content: &[u8]) -> Option<String> {
    let mut text = String::new();
    let mut value = 0u64;
    let mut first = true;
    for (index, &byte) in content.iter().enumerate() {
        value = value.checked_mul(128)?.checked_add(u64::from(byte & 0x7F))?;
        if byte & 0x80 != 0 {
            if index + 1 == content.len() {
                return None;
            }
            continue;
        }
        if first {
            let top = (value / 40).min(2);
            text = format!("{top}.{}", value - top * 40);
            first = false;
        } else {
            text.push_str(&format!(".{value}"));
        }
        value = 0;
    }
    (!first).then_some(text)
}
