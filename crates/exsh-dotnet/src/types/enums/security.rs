//! The enumerations of certificates and their stores.

use exsh_core::types::{EnumInfo, INT32, TypeInfo};

pub static OPEN_FLAGS: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.OpenFlags",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("ReadOnly", 0),
            ("ReadWrite", 1),
            ("MaxAllowed", 2),
            ("OpenExistingOnly", 4),
            ("IncludeArchived", 8),
        ],
    },
);

pub static STORE_LOCATION: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.StoreLocation",
    &EnumInfo { flags: false, underlying: &INT32, members: &[("CurrentUser", 1), ("LocalMachine", 2)] },
);

pub static STORE_NAME: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.StoreName",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("AddressBook", 1),
            ("AuthRoot", 2),
            ("CertificateAuthority", 3),
            ("Disallowed", 4),
            ("My", 5),
            ("Root", 6),
            ("TrustedPeople", 7),
            ("TrustedPublisher", 8),
        ],
    },
);

pub static X500_DISTINGUISHED_NAME_FLAGS: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X500DistinguishedNameFlags",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("None", 0),
            ("Reversed", 1),
            ("UseSemicolons", 16),
            ("DoNotUsePlusSign", 32),
            ("DoNotUseQuotes", 64),
            ("UseCommas", 128),
            ("UseNewLines", 256),
            ("UseUTF8Encoding", 4096),
            ("UseT61Encoding", 8192),
            ("ForceUTF8Encoding", 16384),
        ],
    },
);

pub static X509_CHAIN_STATUS_FLAGS: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509ChainStatusFlags",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("NoError", 0),
            ("NotTimeValid", 1),
            ("NotTimeNested", 2),
            ("Revoked", 4),
            ("NotSignatureValid", 8),
            ("NotValidForUsage", 16),
            ("UntrustedRoot", 32),
            ("RevocationStatusUnknown", 64),
            ("Cyclic", 128),
            ("InvalidExtension", 256),
            ("InvalidPolicyConstraints", 512),
            ("InvalidBasicConstraints", 1024),
            ("InvalidNameConstraints", 2048),
            ("HasNotSupportedNameConstraint", 4096),
            ("HasNotDefinedNameConstraint", 8192),
            ("HasNotPermittedNameConstraint", 16384),
            ("HasExcludedNameConstraint", 32768),
            ("PartialChain", 65536),
            ("CtlNotTimeValid", 131072),
            ("CtlNotSignatureValid", 262144),
            ("CtlNotValidForUsage", 524288),
            ("HasWeakSignature", 1048576),
            ("OfflineRevocation", 16777216),
            ("NoIssuanceChainPolicy", 33554432),
            ("ExplicitDistrust", 67108864),
            ("HasNotSupportedCriticalExtension", 134217728),
        ],
    },
);

pub static X509_CONTENT_TYPE: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509ContentType",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("Unknown", 0),
            ("Cert", 1),
            ("SerializedCert", 2),
            ("Pfx", 3),
            ("Pkcs12", 3),
            ("SerializedStore", 4),
            ("Pkcs7", 5),
            ("Authenticode", 6),
        ],
    },
);

pub static X509_FIND_TYPE: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509FindType",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("FindByThumbprint", 0),
            ("FindBySubjectName", 1),
            ("FindBySubjectDistinguishedName", 2),
            ("FindByIssuerName", 3),
            ("FindByIssuerDistinguishedName", 4),
            ("FindBySerialNumber", 5),
            ("FindByTimeValid", 6),
            ("FindByTimeNotYetValid", 7),
            ("FindByTimeExpired", 8),
            ("FindByTemplateName", 9),
            ("FindByApplicationPolicy", 10),
            ("FindByCertificatePolicy", 11),
            ("FindByExtension", 12),
            ("FindByKeyUsage", 13),
            ("FindBySubjectKeyIdentifier", 14),
        ],
    },
);

pub static X509_KEY_STORAGE_FLAGS: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509KeyStorageFlags",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("DefaultKeySet", 0),
            ("UserKeySet", 1),
            ("MachineKeySet", 2),
            ("Exportable", 4),
            ("UserProtected", 8),
            ("PersistKeySet", 16),
            ("EphemeralKeySet", 32),
        ],
    },
);

pub static X509_KEY_USAGE_FLAGS: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509KeyUsageFlags",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("None", 0),
            ("EncipherOnly", 1),
            ("CrlSign", 2),
            ("KeyCertSign", 4),
            ("KeyAgreement", 8),
            ("DataEncipherment", 16),
            ("KeyEncipherment", 32),
            ("NonRepudiation", 64),
            ("DigitalSignature", 128),
            ("DecipherOnly", 32768),
        ],
    },
);

pub static X509_NAME_TYPE: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509NameType",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("SimpleName", 0),
            ("EmailName", 1),
            ("UpnName", 2),
            ("DnsName", 3),
            ("DnsFromAlternativeName", 4),
            ("UrlName", 5),
        ],
    },
);

pub static X509_REVOCATION_FLAG: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509RevocationFlag",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[("EndCertificateOnly", 0), ("EntireChain", 1), ("ExcludeRoot", 2)],
    },
);

pub static X509_REVOCATION_MODE: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509RevocationMode",
    &EnumInfo { flags: false, underlying: &INT32, members: &[("NoCheck", 0), ("Online", 1), ("Offline", 2)] },
);

pub static X509_VERIFICATION_FLAGS: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509VerificationFlags",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("NoFlag", 0),
            ("IgnoreNotTimeValid", 1),
            ("IgnoreCtlNotTimeValid", 2),
            ("IgnoreNotTimeNested", 4),
            ("IgnoreInvalidBasicConstraints", 8),
            ("AllowUnknownCertificateAuthority", 16),
            ("IgnoreWrongUsage", 32),
            ("IgnoreInvalidName", 64),
            ("IgnoreInvalidPolicy", 128),
            ("IgnoreEndRevocationUnknown", 256),
            ("IgnoreCtlSignerRevocationUnknown", 512),
            ("IgnoreCertificateAuthorityRevocationUnknown", 1024),
            ("IgnoreRootRevocationUnknown", 2048),
            ("AllFlags", 4095),
        ],
    },
);
