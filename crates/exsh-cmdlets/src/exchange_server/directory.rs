//! Names of objects in the directory: distinguished names and GUIDs.
//!
//! The state keeps no directory. Both are computed from what it does keep, so that they stay the same from run to run.

use exsh_core::value::{Scalar, Value};
use exsh_state::model::{Organization, Server};

/// `CN=EX01,CN=Servers,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),…,DC=contoso,DC=com`.
pub fn server_name(organization: &Organization, server: &Server) -> String {
    let domain: Vec<String> = organization.domain.split('.').map(|part| format!("DC={part}")).collect();
    format!(
        "CN={},CN=Servers,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,CN={},\
         CN=Microsoft Exchange,CN=Services,CN=Configuration,{}",
        server.name,
        organization.name,
        domain.join(",")
    )
}

/// An object below a server: `CN=1,CN=IMAP4,CN=Protocols,` and the server's name.
pub fn configuration_name(organization: &Organization, server: &Server, path: &str) -> String {
    format!("{path},{}", server_name(organization, server))
}

/// A GUID made from a distinguished name: two runs of FNV-1a with different beginnings, marked as a name-based one.
pub fn guid(distinguished_name: &str) -> Value {
    let fold = |seed: u64| {
        distinguished_name
            .bytes()
            .fold(seed, |h, b| (h ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x0000_0100_0000_01B3))
    };
    let high = fold(0xCBF2_9CE4_8422_2325);
    let low = fold(high.rotate_left(17) ^ 0x9E37_79B9_7F4A_7C15);
    let mut number = (u128::from(high) << 64) | u128::from(low);
    number = number & !(0xF << 76) | (5 << 76);
    number = number & !(0b11 << 62) | (0b10 << 62);
    Value::scalar(Scalar::Guid(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_depends_on_the_name_without_regard_to_case() {
        let text = |v: &Value| exsh_dotnet::text::to_text(v).as_str().to_owned();
        let one = text(&guid("CN=EX01,DC=contoso"));
        assert_eq!(one, text(&guid("cn=ex01,dc=CONTOSO")));
        assert_ne!(one, text(&guid("CN=EX02,DC=contoso")));
        assert_eq!(&one[14..15], "5");
        assert!(matches!(&one[19..20], "8" | "9" | "a" | "b"));
    }
}
