//! What can go wrong with certificates, keys and their files: one variant for each distinct remedy.
//!
//! Nothing in here ever holds a password, a key or a piece of one.

use crate::name::NameError;
use crate::thumbprint::ThumbprintError;
use std::fmt;

/// Why a certificate, key, request or file could not be read or made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertError {
    /// The input has no bytes (or nothing but white space).
    Empty,
    /// The input is larger than [`crate::INPUT_LIMIT`].
    TooLarge { bytes: usize },
    /// The bytes are none of PEM, DER, Base64, PKCS#7 (or whatever was asked for).
    NotRecognized { expected: &'static str },
    /// A readable container that holds no certificate at all.
    NoCertificate,
    /// The input ends before the structure does; `at` is the offset in bytes.
    Truncated { what: &'static str, at: usize },
    /// The structure is broken at the offset `at` (in bytes of the DER).
    Malformed { what: &'static str, at: usize },
    /// A character that Base64 does not have, at the offset `at` (in bytes of the text).
    BadBase64 { at: usize },
    /// The password does not open the PFX or the key.
    WrongPassword,
    /// A password with a character outside of the basic plane, which PKCS#12 readers treat differently.
    PasswordNotSupported,
    /// A scheme, version or algorithm that this program does not have.
    NotSupported { what: String },
    /// A key of this size or kind cannot be generated.
    KeyNotGenerated { wanted: String },
    /// The private key belongs to another certificate.
    KeyDoesNotMatch,
    /// The crypto library refused the key (too small, too large or damaged).
    KeyRefused { what: &'static str },
    /// A text that is no X.500 name.
    Name(NameError),
    /// A text that is no thumbprint.
    Thumbprint(ThumbprintError),
}

impl fmt::Display for CertError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the input is empty"),
            Self::TooLarge { bytes } => {
                write!(f, "the input has {bytes} bytes; at most {} are read", crate::INPUT_LIMIT)
            }
            Self::NotRecognized { expected } => write!(f, "the input is not {expected}"),
            Self::NoCertificate => f.write_str("the input holds no certificate"),
            Self::Truncated { what, at } => write!(f, "{what} ends too early, at byte {at}"),
            Self::Malformed { what, at } => write!(f, "{what} is damaged at byte {at}"),
            Self::BadBase64 { at } => write!(f, "the text is not Base64 at byte {at}"),
            Self::WrongPassword => f.write_str("the password is wrong"),
            Self::PasswordNotSupported => {
                f.write_str("the password holds a character outside of the Basic Multilingual Plane")
            }
            Self::NotSupported { what } => write!(f, "{what} is not supported"),
            Self::KeyNotGenerated { wanted } => write!(f, "a key of kind {wanted} cannot be generated"),
            Self::KeyDoesNotMatch => f.write_str("the private key does not belong to the certificate"),
            Self::KeyRefused { what } => {
                write!(f, "the {what} key is damaged or of a size that cannot be used")
            }
            Self::Name(error) => error.fmt(f),
            Self::Thumbprint(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CertError {}

impl From<NameError> for CertError {
    fn from(error: NameError) -> Self {
        Self::Name(error)
    }
}

impl From<ThumbprintError> for CertError {
    fn from(error: ThumbprintError) -> Self {
        Self::Thumbprint(error)
    }
}
