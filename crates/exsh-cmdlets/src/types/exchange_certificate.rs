//! The object that the certificate cmdlets return: a stored row, seen as Exchange's certificate type.
//!
//! What a list needs stands in the row's columns. The DER is parsed when a property asks for more, the chain is judged
//! when Status or RootCAType is read, each once. Properties, texts and the default views follow facts: output.md 1;
//! the order of `Format-List *` beyond the captured fields is remembered, not captured.

use super::parameters::distinguished_name;
use super::plain_object::{PlainObject, field};
use crate::rules::carried_services::{self, ServiceFacts};
use crate::rules::status::{Judge, Verdict};
use exsh_core::cmdlet::FromValue;
use exsh_core::error::Result;
use exsh_core::object::Object;
use exsh_core::out::Shell;
use exsh_core::types::{self, EnumInfo, MemberTable, Method, Overload, Property, TypeInfo, TypeRef};
use exsh_core::value::Value;
use exsh_core::view::{Align, Cell, Column, ListItem, View};
use exsh_dotnet::time;
use exsh_pki::Certificate;
use exsh_state::model::{CertificateRow, Server, Services};
use std::any::Any;
use std::cell::OnceCell;
use std::rc::Rc;

/// What the certificates of one listing share.
pub struct Origin {
    pub server: Server,
    pub facts: ServiceFacts,
    pub judge: Judge,
}

/// A certificate of one server, as it was when the cmdlet read it.
pub struct ExchangeCertificate {
    row: CertificateRow,
    origin: Rc<Origin>,
    services: Services,
    parsed: OnceCell<Option<Certificate>>,
    verdict: OnceCell<Verdict>,
}

impl ExchangeCertificate {
    pub fn new(row: CertificateRow, origin: Rc<Origin>) -> ExchangeCertificate {
        let services = origin.facts.services_of(&row);
        ExchangeCertificate { row, origin, services, parsed: OnceCell::new(), verdict: OnceCell::new() }
    }

    pub fn row(&self) -> &CertificateRow {
        &self.row
    }
    pub fn server(&self) -> &Server {
        &self.origin.server
    }
    pub fn services(&self) -> Services {
        self.services
    }
    pub fn verdict(&self) -> Verdict {
        *self.verdict.get_or_init(|| self.origin.judge.verdict(&self.row))
    }
    /// Nothing when the stored DER is none, which only damage can cause.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.parsed.get_or_init(|| Certificate::from_der(&self.row.der).ok()).as_ref()
    }
    pub fn identity(&self) -> String {
        format!("{}\\{}", self.origin.server.fqdn, self.row.thumbprint)
    }
}

impl Object for ExchangeCertificate {
    fn type_info(&self) -> TypeRef {
        &EXCHANGE_CERTIFICATE
    }
    fn as_any(&self) -> &dyn Any {
        self
    }

    /// The .NET certificate dump; captured with CRLF.
    fn to_text(&self) -> Option<String> {
        let date = |unix: i64| exsh_dotnet::text::to_text(&local_date_time(unix)).as_str().to_owned();
        let sections = [
            ("Subject", self.row.subject.clone()),
            ("Issuer", self.row.issuer.clone()),
            ("Serial Number", self.row.serial.clone()),
            ("Not Before", date(self.row.not_before)),
            ("Not After", date(self.row.not_after)),
            ("Thumbprint", self.row.thumbprint.to_string()),
        ];
        let all: Vec<String> =
            sections.iter().map(|(name, text)| format!("[{name}]\r\n  {text}\r\n")).collect();
        Some(all.join("\r\n"))
    }

    fn key_equals(&self, other: &dyn Object) -> bool {
        let other = other.as_any().downcast_ref::<ExchangeCertificate>();
        other.is_some_and(|other| other.row.thumbprint == self.row.thumbprint)
    }
    fn key_hash(&self) -> Option<u64> {
        self.row.thumbprint.0.first_chunk::<8>().map(|head| u64::from_le_bytes(*head))
    }
}

/// A DateTime in the session's zone, for unix seconds.
pub fn local_date_time(unix: i64) -> Value {
    let utc = unix
        .saturating_mul(time::TICKS_PER_SECOND)
        .saturating_add(time::UNIX_EPOCH)
        .clamp(0, time::MAX_TICKS);
    let local = (utc + time::zone::offset_of_utc(utc)).clamp(0, time::MAX_TICKS);
    Value::date_time(time::pack(local, time::Kind::Local))
}

// ---------------------------------------------------------------------------------------------------- enumerations

static ALLOWED_SERVICES_INFO: EnumInfo = EnumInfo {
    flags: true,
    members: &[
        ("None", 0),
        ("IMAP", 1),
        ("POP", 2),
        ("UM", 4),
        ("IIS", 8),
        ("SMTP", 16),
        ("Federation", 32),
        ("UMCallRouter", 64),
    ],
    underlying: &types::INT32,
};

/// Flags; the numbers are those of the state's [`Services`].
pub static ALLOWED_SERVICES: TypeInfo = TypeInfo::enumeration(
    "Microsoft.Exchange.Management.SystemConfigurationTasks.AllowedServices",
    &ALLOWED_SERVICES_INFO,
);

static CERTIFICATE_STATUS_INFO: EnumInfo = EnumInfo {
    flags: false,
    members: &[
        ("Unknown", 0),
        ("Valid", 1),
        ("Revoked", 2),
        ("DateInvalid", 3),
        ("Untrusted", 4),
        ("Invalid", 5),
        ("RevocationCheckFailure", 6),
        ("PendingRequest", 7),
    ],
    underlying: &types::INT32,
};

pub static CERTIFICATE_STATUS: TypeInfo = TypeInfo::enumeration(
    "Microsoft.Exchange.Management.SystemConfigurationTasks.CertificateStatus",
    &CERTIFICATE_STATUS_INFO,
);

static CERTIFICATE_AUTHORITY_TYPE_INFO: EnumInfo = EnumInfo {
    flags: false,
    members: &[
        ("None", 0),
        ("ThirdParty", 1),
        ("Enterprise", 2),
        ("Registry", 3),
        ("GroupPolicy", 4),
        ("Unknown", 5),
    ],
    underlying: &types::INT32,
};

pub static CERTIFICATE_AUTHORITY_TYPE: TypeInfo = TypeInfo::enumeration(
    "Microsoft.Exchange.Management.SystemConfigurationTasks.CertificateAuthorityType",
    &CERTIFICATE_AUTHORITY_TYPE_INFO,
);

/// `-Services`: the binder has made the flags, unknown names are refused there with the allowed ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllowedServices(pub Services);

impl FromValue for AllowedServices {
    const TYPE: TypeRef = &ALLOWED_SERVICES;
    fn from_value(value: &Value) -> Option<AllowedServices> {
        value.base().as_enum().map(|e| AllowedServices(Services(e.number as u32)))
    }
}

/// `-Instance`: a certificate object of ours.
#[derive(Clone)]
pub struct Instance(pub Value);

impl FromValue for Instance {
    const TYPE: TypeRef = &X509_CERTIFICATE2;
    fn from_value(value: &Value) -> Option<Instance> {
        (!value.is_null()).then(|| Instance(value.clone()))
    }
}

impl Instance {
    pub fn certificate(&self) -> Option<&ExchangeCertificate> {
        self.0.downcast::<ExchangeCertificate>()
    }
}

// --------------------------------------------------------------------------------------------------------- the type

pub static X509_CERTIFICATE: TypeInfo =
    TypeInfo::class("System.Security.Cryptography.X509Certificates.X509Certificate", MemberTable::EMPTY);
pub static X509_CERTIFICATE2: TypeInfo =
    TypeInfo::class("System.Security.Cryptography.X509Certificates.X509Certificate2", MemberTable::EMPTY)
        .based_on(&X509_CERTIFICATE);

pub static EXCHANGE_CERTIFICATE: TypeInfo = TypeInfo::class(
    "Microsoft.Exchange.Management.SystemConfigurationTasks.ExchangeCertificate",
    MemberTable { properties: PROPERTIES, methods: METHODS, ..MemberTable::EMPTY },
)
.based_on(&X509_CERTIFICATE2)
// The list is a view too: one of the base type would otherwise be found first.
.with_views(&[View::table("ExchangeCertificate", TABLE), View::list("ExchangeCertificate", LIST_ITEMS)])
.with_default_properties(LIST);

/// Columns start at 0, 42 and 53 (captured); the subject takes the rest of the line.
const TABLE: &[Column] = &[
    Column::property("Thumbprint").width(41).align(Align::Left),
    Column {
        label: Some("Services"),
        width: 10,
        align: Align::Left,
        cell: Cell::Property("ServicesStringForm"),
    },
    Column::property("Subject").align(Align::Left),
];

/// The captured property set of Format-List, alphabetical.
const LIST: &[&str] = &[
    "AccessRules",
    "CertificateDomains",
    "HasPrivateKey",
    "IsSelfSigned",
    "Issuer",
    "NotAfter",
    "NotBefore",
    "PublicKeySize",
    "RootCAType",
    "SerialNumber",
    "Services",
    "Status",
    "Subject",
    "Thumbprint",
];

const LIST_ITEMS: &[ListItem] = &{
    let mut items = [const { ListItem { label: None, cell: Cell::Property("") } }; LIST.len()];
    let mut i = 0;
    while i < LIST.len() {
        items[i] = ListItem { label: None, cell: Cell::Property(LIST[i]) };
        i += 1;
    }
    items
};

const PROPERTIES: &[Property] = &[
    Property::new(
        "AccessRules",
        "System.Collections.Generic.IList[System.Security.AccessControl.AccessRule]",
        |_, _| Ok(Value::NULL),
    ),
    Property::new("CertificateDomains", "System.Collections.Generic.IList[string]", |_, v| {
        read(v, |c| texts(&c.row.domains))
    }),
    Property::new("CertificateRequest", "string", |_, v| read(v, request_text)),
    Property::new("IISServices", "System.Collections.Generic.List[string]", |_, v| {
        read(v, |c| {
            let name = &c.origin.facts.server_name;
            let sites = c.origin.facts.sites_of(&c.row);
            texts(&sites.iter().map(|site| format!("IIS://{name}/W3SVC/{site}")).collect::<Vec<_>>())
        })
    }),
    // A request that waits shows False although its stand-in is signed by its own key (output.md 1.6).
    Property::new("IsSelfSigned", "bool", |_, v| {
        read(v, |c| Value::bool(c.row.self_signed && !c.row.pending_request))
    }),
    Property::new(
        "RootCAType",
        "Microsoft.Exchange.Management.SystemConfigurationTasks.CertificateAuthorityType",
        |_, v| read(v, |c| Value::enumeration(&CERTIFICATE_AUTHORITY_TYPE, c.verdict().root as i64)),
    ),
    Property::new(
        "Services",
        "Microsoft.Exchange.Management.SystemConfigurationTasks.AllowedServices",
        |_, v| read(v, |c| Value::enumeration(&ALLOWED_SERVICES, i64::from(c.services.0))),
    ),
    Property::new(
        "Status",
        "Microsoft.Exchange.Management.SystemConfigurationTasks.CertificateStatus",
        |_, v| read(v, |c| Value::enumeration(&CERTIFICATE_STATUS, c.verdict().status as i64)),
    ),
    Property::new("SubjectKeyIdentifier", "string", |_, v| {
        read(v, |c| match c.certificate().and_then(Certificate::subject_key_id) {
            Some(bytes) => Value::text(hex(bytes)),
            None => Value::NULL,
        })
    }),
    Property::new("PrivateKeyExportable", "bool", |_, v| {
        read(v, |c| Value::bool(c.row.exportable && c.row.has_private_key))
    }),
    Property::new("PublicKeySize", "int", |_, v| read(v, |c| Value::int(c.row.key_bits as i32))),
    Property::new("ServicesStringForm", "string", |_, v| {
        read(v, |c| Value::text(carried_services::mask(c.services)))
    }),
    Property::new("Identity", "string", |_, v| read(v, |c| Value::text(c.identity()))),
    Property::new(
        "EnhancedKeyUsageList",
        "System.Collections.Generic.List[Microsoft.PowerShell.Commands.EnhancedKeyUsageRepresentation]",
        |_, v| read(v, key_usages),
    ),
    Property::new(
        "DnsNameList",
        "System.Collections.Generic.List[Microsoft.PowerShell.Commands.DnsNameRepresentation]",
        |_, v| read(v, dns_names),
    ),
    Property::new("SendAsTrustedIssuer", "bool", |_, _| Ok(Value::FALSE)),
    Property::new("Archived", "bool", |_, _| Ok(Value::FALSE)),
    Property::new(
        "Extensions",
        "System.Security.Cryptography.X509Certificates.X509ExtensionCollection",
        |_, v| read(v, extensions),
    ),
    Property::new("FriendlyName", "string", |_, v| read(v, |c| Value::text(c.row.friendly_name.as_str()))),
    Property::new(
        "IssuerName",
        "System.Security.Cryptography.X509Certificates.X500DistinguishedName",
        |_, v| read(v, |c| c.certificate().map_or(Value::NULL, |x| distinguished_name(x.issuer()))),
    ),
    Property::new("NotAfter", "datetime", |_, v| read(v, |c| local_date_time(c.row.not_after))),
    Property::new("NotBefore", "datetime", |_, v| read(v, |c| local_date_time(c.row.not_before))),
    Property::new("HasPrivateKey", "bool", |_, v| read(v, |c| Value::bool(c.row.has_private_key))),
    // The key never leaves the state as an object.
    Property::new("PrivateKey", "System.Security.Cryptography.AsymmetricAlgorithm", |_, _| Ok(Value::NULL)),
    Property::new("PublicKey", "System.Security.Cryptography.X509Certificates.PublicKey", |_, v| {
        read(v, public_key)
    }),
    Property::new("RawData", "byte[]", |_, v| read(v, |c| Value::bytes(&c.row.der))),
    Property::new("SerialNumber", "string", |_, v| read(v, |c| Value::text(c.row.serial.as_str()))),
    Property::new(
        "SubjectName",
        "System.Security.Cryptography.X509Certificates.X500DistinguishedName",
        |_, v| read(v, |c| c.certificate().map_or(Value::NULL, |x| distinguished_name(x.subject()))),
    ),
    Property::new("SignatureAlgorithm", "System.Security.Cryptography.Oid", |_, v| {
        read(v, |c| {
            let facts = c.certificate().map(Certificate::facts);
            facts.map_or(Value::NULL, |f| oid(&f.signature_oid, &f.signature_name))
        })
    }),
    Property::new("Thumbprint", "string", |_, v| read(v, |c| Value::text(c.row.thumbprint.to_string()))),
    Property::new("Version", "int", |_, v| {
        read(v, |c| c.certificate().map_or(Value::NULL, |x| Value::int(x.facts().version as i32)))
    }),
    Property::new("Handle", "System.IntPtr", |_, _| Ok(Value::long(0))),
    Property::new("Issuer", "string", |_, v| read(v, |c| Value::text(c.row.issuer.as_str()))),
    Property::new("Subject", "string", |_, v| read(v, |c| Value::text(c.row.subject.as_str()))),
];

const METHODS: &[Method] = &[
    Method {
        name: "GetCertHashString",
        overloads: &[no_arguments("string", |_, v, _| {
            read(v, |c| Value::text(c.row.thumbprint.to_string()))
        })],
    },
    Method {
        name: "GetSerialNumberString",
        overloads: &[no_arguments("string", |_, v, _| read(v, |c| Value::text(c.row.serial.as_str())))],
    },
    Method {
        name: "GetRawCertData",
        overloads: &[no_arguments("byte[]", |_, v, _| read(v, |c| Value::bytes(&c.row.der)))],
    },
    Method {
        name: "GetEffectiveDateString",
        overloads: &[no_arguments("string", |shell, v, _| Ok(date_string(shell, v, |row| row.not_before)))],
    },
    Method {
        name: "GetExpirationDateString",
        overloads: &[no_arguments("string", |shell, v, _| Ok(date_string(shell, v, |row| row.not_after)))],
    },
];

const fn no_arguments(returns: &'static str, call: types::Caller) -> Overload {
    Overload { parameters: &[], returns, call }
}

fn read(value: &Value, get: impl FnOnce(&ExchangeCertificate) -> Value) -> Result<Value> {
    Ok(value.downcast::<ExchangeCertificate>().map_or(Value::NULL, get))
}

fn date_string(shell: &mut dyn Shell, value: &Value, pick: fn(&CertificateRow) -> i64) -> Value {
    let culture = exsh_dotnet::culture::current(shell);
    let Some(certificate) = value.downcast::<ExchangeCertificate>() else { return Value::NULL };
    Value::string(exsh_dotnet::text::to_string_culture(&local_date_time(pick(&certificate.row)), culture))
}

fn texts(all: &[String]) -> Value {
    Value::list_of(&types::STRING_ARRAY, all.iter().map(|text| Value::text(text.as_str())).collect())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

fn request_text(certificate: &ExchangeCertificate) -> Value {
    let request = certificate.row.request_der.as_deref().filter(|_| certificate.row.pending_request);
    request
        .map_or(Value::NULL, |der| Value::text(exsh_pki::encode_pem("NEW CERTIFICATE REQUEST", der, "\r\n")))
}

// ------------------------------------------------------------------------------------------- the parts it hands out

static OID: TypeInfo = TypeInfo::class(
    "System.Security.Cryptography.Oid",
    MemberTable::of_properties(&[
        Property::new("Value", "string", field::<0>),
        Property::new("FriendlyName", "string", field::<1>),
    ]),
);

static EXTENSION: TypeInfo = TypeInfo::class(
    "System.Security.Cryptography.X509Certificates.X509Extension",
    MemberTable::of_properties(&[
        Property::new("Critical", "bool", field::<0>),
        Property::new("Oid", "System.Security.Cryptography.Oid", field::<1>),
        Property::new("RawData", "byte[]", field::<2>),
    ]),
);

static KEY_USAGE: TypeInfo = TypeInfo::class(
    "Microsoft.PowerShell.Commands.EnhancedKeyUsageRepresentation",
    MemberTable::of_properties(&[
        Property::new("FriendlyName", "string", field::<0>),
        Property::new("ObjectId", "string", field::<1>),
    ]),
);

static DNS_NAME: TypeInfo = TypeInfo::class(
    "Microsoft.PowerShell.Commands.DnsNameRepresentation",
    MemberTable::of_properties(&[
        Property::new("Punycode", "string", field::<0>),
        Property::new("Unicode", "string", field::<1>),
    ]),
);

static PUBLIC_KEY: TypeInfo = TypeInfo::class(
    "System.Security.Cryptography.X509Certificates.PublicKey",
    MemberTable::of_properties(&[
        Property::new("Key", "System.Security.Cryptography.AsymmetricAlgorithm", field::<0>),
        Property::new("Oid", "System.Security.Cryptography.Oid", field::<1>),
    ]),
);

static KEY: TypeInfo = TypeInfo::class(
    "System.Security.Cryptography.AsymmetricAlgorithm",
    MemberTable::of_properties(&[
        Property::new("KeySize", "int", field::<0>),
        Property::new("KeyExchangeAlgorithm", "string", field::<1>),
    ]),
);

fn oid(dotted: &str, friendly: &str) -> Value {
    let name = if friendly.is_empty() || friendly == dotted { Value::NULL } else { Value::text(friendly) };
    PlainObject::value(&OID, None, vec![Value::text(dotted), name])
}

fn extensions(certificate: &ExchangeCertificate) -> Value {
    let all = certificate.certificate().map(Certificate::extensions).unwrap_or_default();
    let object = |e: &exsh_pki::Extension| {
        let values = vec![Value::bool(e.critical), oid(&e.oid, oid_name(&e.oid)), Value::bytes(&e.der)];
        PlainObject::value(&EXTENSION, None, values)
    };
    Value::array(all.iter().map(object).collect())
}

fn key_usages(certificate: &ExchangeCertificate) -> Value {
    let all = certificate.certificate().and_then(Certificate::extended_key_usage).unwrap_or_default();
    let object = |dotted: &String| {
        let name = oid_name(dotted);
        let text = if name.is_empty() { dotted.clone() } else { format!("{name} ({dotted})") };
        PlainObject::value(&KEY_USAGE, Some(text), vec![Value::text(name), Value::text(dotted.as_str())])
    };
    Value::array(all.iter().map(object).collect())
}

fn dns_names(certificate: &ExchangeCertificate) -> Value {
    let object = |name: &String| {
        let text = Value::text(name.as_str());
        PlainObject::value(&DNS_NAME, Some(name.clone()), vec![text.clone(), text])
    };
    Value::array(certificate.row.domains.iter().map(object).collect())
}

fn public_key(certificate: &ExchangeCertificate) -> Value {
    let kind = certificate.row.key_kind.as_str();
    let exchange = if kind == "RSA" { Value::text("RSA") } else { Value::NULL };
    let key = PlainObject::value(&KEY, None, vec![Value::int(certificate.row.key_bits as i32), exchange]);
    let (dotted, name) = match kind {
        "RSA" => ("1.2.840.113549.1.1.1", "RSA"),
        "DSA" => ("1.2.840.10040.4.1", "DSA"),
        "Ed25519" => ("1.3.101.112", "Ed25519"),
        _ => ("1.2.840.10045.2.1", "ECC"),
    };
    PlainObject::value(&PUBLIC_KEY, None, vec![key, oid(dotted, name)])
}

/// Windows' names of the identifiers that stand in server certificates.
fn oid_name(dotted: &str) -> &'static str {
    match dotted {
        "2.5.29.14" => "Subject Key Identifier",
        "2.5.29.15" => "Key Usage",
        "2.5.29.17" => "Subject Alternative Name",
        "2.5.29.19" => "Basic Constraints",
        "2.5.29.31" => "CRL Distribution Points",
        "2.5.29.32" => "Certificate Policies",
        "2.5.29.35" => "Authority Key Identifier",
        "2.5.29.37" => "Enhanced Key Usage",
        "1.3.6.1.5.5.7.1.1" => "Authority Information Access",
        "1.3.6.1.4.1.11129.2.4.2" => "SCT List",
        "1.3.6.1.5.5.7.3.1" => "Server Authentication",
        "1.3.6.1.5.5.7.3.2" => "Client Authentication",
        "1.3.6.1.5.5.7.3.3" => "Code Signing",
        "1.3.6.1.5.5.7.3.4" => "Secure Email",
        _ => "",
    }
}

// ------------------------------------------------------------------------------------------------------ binary data

/// What Export- and New- return with -BinaryEncoded.
pub static BINARY_FILE_DATA: TypeInfo = TypeInfo::class(
    "Microsoft.Exchange.Management.SystemConfigurationTasks.BinaryFileDataObject",
    MemberTable::of_properties(&[
        Property::new("FileData", "byte[]", field::<0>),
        Property::new("Identity", "Microsoft.Exchange.Data.ObjectId", field::<1>),
        Property::new("IsValid", "bool", field::<2>),
        Property::new("ObjectState", "string", field::<3>),
    ]),
);

pub fn binary_file_data(bytes: &[u8]) -> Value {
    PlainObject::value(
        &BINARY_FILE_DATA,
        None,
        vec![Value::bytes(bytes), Value::NULL, Value::TRUE, Value::text("New")],
    )
}
