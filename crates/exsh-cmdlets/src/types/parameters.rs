//! Parameter types of Exchange's cmdlets: an operator's text becomes a valid value here, once, or is refused with the
//! reason. What a name refers to is looked up later, by the cmdlet.

use exsh_core::cmdlet::FromValue;
use exsh_core::object::Object;
use exsh_core::types::{self, Property, TypeInfo, TypeRef};
use exsh_core::value::{Str, Value, View};
use exsh_dotnet::text::to_text;
use exsh_state::model::Thumbprint;
use std::any::Any;

use super::exchange_certificate::ExchangeCertificate;

/// A thumbprint as it was typed: any case, blanks, and the invisible marks of the certificate dialog are forgiven.
/// `Server\Thumbprint` is taken too, because the first position may hold an identity.
pub struct TypedThumbprint {
    pub typed: String,
    pub read: Result<CertificateId, String>,
}

/// Which certificate: `Server\Thumbprint` or the thumbprint alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateId {
    /// Short name or FQDN as typed.
    pub server: Option<String>,
    pub thumbprint: Thumbprint,
}

impl CertificateId {
    /// The reason of a refusal names the character and its position.
    pub fn parse(text: &str) -> Result<CertificateId, String> {
        let (server, digits) = match text.rsplit_once('\\') {
            Some((server, digits)) => (Some(server.trim()).filter(|s| !s.is_empty()), digits),
            None => (None, text),
        };
        let before = text.chars().count() - digits.chars().count();
        let read = exsh_pki::Thumbprint::parse(digits).map_err(|error| match error {
            exsh_pki::ThumbprintError::NotHex { character, at } => {
                format!(
                    "'{}' at position {} is not a hexadecimal digit",
                    character.escape_default(),
                    before + at + 1
                )
            }
            exsh_pki::ThumbprintError::WrongLength { found, at } => {
                format!(
                    "it has {found} hexadecimal digits instead of 40 (it ends at position {})",
                    before + at
                )
            }
        })?;
        Ok(CertificateId { server: server.map(str::to_owned), thumbprint: Thumbprint(read.0) })
    }
}

impl FromValue for TypedThumbprint {
    const TYPE: TypeRef = &types::STRING;
    fn from_value(value: &Value) -> Option<TypedThumbprint> {
        let typed = value.base().as_str()?.as_str().to_owned();
        // An empty string is no thumbprint at all, as with -Thumbprint $null.
        if typed.trim().is_empty() {
            return None;
        }
        let read = CertificateId::parse(&typed);
        Some(TypedThumbprint { typed, read })
    }
}

pub static CERTIFICATE_ID: TypeInfo = TypeInfo::class(
    "Microsoft.Exchange.Configuration.Tasks.ExchangeCertificateIdParameter",
    types::MemberTable::EMPTY,
)
.made_by(certificate_id);

fn certificate_id(value: &Value) -> Result<Value, String> {
    let id = match value.downcast::<ExchangeCertificate>() {
        Some(certificate) => CertificateId {
            server: Some(certificate.server().fqdn.clone()),
            thumbprint: certificate.row().thumbprint,
        },
        None => CertificateId::parse(&to_text(value))?,
    };
    Ok(Value::object(Parsed { ty: &CERTIFICATE_ID, text: to_text(value).as_str().to_owned(), id: Some(id) }))
}

impl FromValue for CertificateId {
    const TYPE: TypeRef = &CERTIFICATE_ID;
    fn from_value(value: &Value) -> Option<CertificateId> {
        value.downcast::<Parsed>().and_then(|p| p.id.clone())
    }
}

pub static SERVER_ID: TypeInfo =
    TypeInfo::class("Microsoft.Exchange.Configuration.Tasks.ServerIdParameter", types::MemberTable::EMPTY)
        .made_by(|value| named(&SERVER_ID, value));

/// A server as it was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerName(pub String);

impl FromValue for ServerName {
    const TYPE: TypeRef = &SERVER_ID;
    fn from_value(value: &Value) -> Option<ServerName> {
        value.downcast::<Parsed>().map(|p| ServerName(p.text.clone()))
    }
}

pub static FQDN: TypeInfo = TypeInfo::class("Microsoft.Exchange.Data.Fqdn", types::MemberTable::EMPTY)
    .made_by(|value| named(&FQDN, value));

/// `-DomainController`: accepted and of no effect, because there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fqdn(pub String);

impl FromValue for Fqdn {
    const TYPE: TypeRef = &FQDN;
    fn from_value(value: &Value) -> Option<Fqdn> {
        value.downcast::<Parsed>().map(|p| Fqdn(p.text.clone()))
    }
}

fn named(ty: TypeRef, value: &Value) -> Result<Value, String> {
    let text = to_text(value);
    let text = text.as_str().trim();
    if text.is_empty() {
        return Err("The value is empty.".to_owned());
    }
    Ok(Value::object(Parsed { ty, text: text.to_owned(), id: None }))
}

/// `-DomainName` and its like: one or many texts, also in one string between commas. Null and empty are no text.
pub static MULTI_VALUED: TypeInfo =
    TypeInfo::class("Microsoft.Exchange.Data.MultiValuedProperty", types::MemberTable::EMPTY).made_by(texts);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts(pub Vec<String>);

fn texts(value: &Value) -> Result<Value, String> {
    let mut all = Vec::new();
    for item in exsh_core::enumerate::items(value) {
        if !item.is_null() {
            let text = to_text(&item);
            let parts = text.as_str().split(',').map(str::trim).filter(|t| !t.is_empty());
            all.extend(parts.map(|t| Value::text(Str::from(t))));
        }
    }
    Ok(Value::list_of(&types::STRING_ARRAY, all))
}

impl FromValue for Texts {
    const TYPE: TypeRef = &MULTI_VALUED;
    fn from_value(value: &Value) -> Option<Texts> {
        match value.base().view() {
            View::List(list) => {
                Some(Texts(list.items().iter().map(|v| to_text(v).as_str().to_owned()).collect()))
            }
            _ if value.is_null() => Some(Texts(Vec::new())),
            _ => Some(Texts(vec![to_text(value).as_str().to_owned()])),
        }
    }
}

pub static SUBJECT_NAME: TypeInfo = TypeInfo::class(
    "System.Security.Cryptography.X509Certificates.X500DistinguishedName",
    types::MemberTable::of_properties(&[
        Property::new("Name", "string", |_, v| {
            Ok(name_of(v).map_or(Value::NULL, |n| Value::text(n.as_str())))
        }),
        Property::new("RawData", "byte[]", |_, v| {
            Ok(name_of(v).map_or(Value::NULL, |n| Value::bytes(n.der())))
        }),
    ]),
)
.made_by(subject_name);

/// A certificate's own subject or issuer as an object.
pub fn distinguished_name(name: &exsh_pki::Name) -> Value {
    Value::object(ParsedName(name.clone()))
}

fn name_of(value: &Value) -> Option<&exsh_pki::Name> {
    value.downcast::<ParsedName>().map(|parsed| &parsed.0)
}

/// An X.500 name, parsed. Unquoted `C=US,CN=mail.contoso.com` arrives as a list and is put together again.
#[derive(Clone)]
pub struct SubjectName(pub exsh_pki::Name);

fn subject_name(value: &Value) -> Result<Value, String> {
    let parts: Vec<String> =
        exsh_core::enumerate::items(value).iter().map(|v| to_text(v).as_str().to_owned()).collect();
    let text = parts.join(",");
    let name =
        exsh_pki::Name::parse(&text, exsh_pki::StringForm::Printable).map_err(|error| error.to_string())?;
    Ok(Value::object(ParsedName(name)))
}

impl FromValue for SubjectName {
    const TYPE: TypeRef = &SUBJECT_NAME;
    fn from_value(value: &Value) -> Option<SubjectName> {
        name_of(value).map(|name| SubjectName(name.clone()))
    }
}

struct ParsedName(exsh_pki::Name);

/// Its text is the type's name, as in .NET.
impl Object for ParsedName {
    fn type_info(&self) -> TypeRef {
        &SUBJECT_NAME
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A parameter's text with what was read from it.
struct Parsed {
    ty: TypeRef,
    text: String,
    id: Option<CertificateId>,
}

impl Object for Parsed {
    fn type_info(&self) -> TypeRef {
        self.ty
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.text.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "C3EDCF181EF4F9B53D01768ECA99564014BCA6E7";

    #[test]
    fn what_operators_paste_is_a_certificate_id() {
        let id = CertificateId::parse(&format!("\u{200E}{}", HEX.to_lowercase())).unwrap();
        assert_eq!((id.server, id.thumbprint.to_string()), (None, HEX.to_owned()));
        let id = CertificateId::parse(&format!("ex01.contoso.com\\{HEX}")).unwrap();
        assert_eq!(id.server.as_deref(), Some("ex01.contoso.com"));
        assert_eq!(CertificateId::parse(&format!("\\{HEX}")).unwrap().server, None);
    }

    #[test]
    fn a_refusal_names_the_position_in_the_text_as_typed() {
        assert_eq!(
            CertificateId::parse("EX01\\C3EZ").unwrap_err(),
            "'Z' at position 9 is not a hexadecimal digit"
        );
        assert!(
            CertificateId::parse("C3ED")
                .unwrap_err()
                .starts_with("it has 4 hexadecimal digits instead of 40")
        );
    }
}
