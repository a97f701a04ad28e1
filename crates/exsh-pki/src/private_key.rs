//! Private keys: read, generated, matched with certificates, and shown by nothing.
//!
//! A key is kept as PKCS#8, wiped when dropped. What it must be able to do beyond being stored (signing) is asked of
//! the crypto library only then, so that old or unusual keys can be kept and given out again.

use crate::certificate::Certificate;
use crate::der::oid;
use crate::der::read::{Reader, tag};
use crate::der::write;
use crate::error::CertError;
use crate::key::{self, Curve, KeyKind, KeySpec, PublicKey};
use crate::pem;
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{self, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use pkcs5::EncryptionScheme;
use std::fmt;
use zeroize::Zeroizing;

const WHAT: &str = "the private key";

/// A private key in PKCS#8, wiped on drop; its `Debug` shows the kind only.
#[derive(Clone)]
pub struct PrivateKey {
    pkcs8: Zeroizing<Vec<u8>>,
    spki: Vec<u8>,
    kind: KeyKind,
    bits: u32,
}

impl PrivateKey {
    /// Makes a fresh key. RSA of 4096 bits takes about half a second.
    pub fn generate(spec: KeySpec) -> Result<Self, CertError> {
        let failed = || CertError::KeyNotGenerated { wanted: spec.to_string() };
        match spec {
            KeySpec::Rsa(bits) => {
                use aws_lc_rs::rsa::KeySize;
                let size = match bits {
                    2048 => KeySize::Rsa2048,
                    3072 => KeySize::Rsa3072,
                    4096 => KeySize::Rsa4096,
                    8192 => KeySize::Rsa8192,
                    _ => return Err(failed()),
                };
                let pair = signature::RsaKeyPair::generate(size).map_err(|_| failed())?;
                Self::from_pkcs8(pair.as_der().map_err(|_| failed())?.as_ref())
            }
            KeySpec::EcdsaP256 | KeySpec::EcdsaP384 => {
                let algorithm = match spec {
                    KeySpec::EcdsaP256 => &signature::ECDSA_P256_SHA256_ASN1_SIGNING,
                    _ => &signature::ECDSA_P384_SHA384_ASN1_SIGNING,
                };
                let document =
                    EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new()).map_err(|_| failed())?;
                Self::from_pkcs8(document.as_ref())
            }
        }
    }

    /// Takes an unencrypted PKCS#8 structure.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, CertError> {
        let mut outer = Reader::new(der, WHAT);
        let whole = outer.expect(tag::SEQUENCE)?;
        let mut info = outer.inside(whole);
        info.expect(tag::INTEGER)?;
        let mut algorithm = info.enter(tag::SEQUENCE)?;
        let kind = oid::dotted(algorithm.expect(tag::OID)?.content).ok_or_else(|| algorithm.malformed())?;
        let curve = algorithm.optional(tag::OID)?.and_then(|tlv| oid::dotted(tlv.content));
        let key = info.expect(tag::OCTET_STRING)?;
        let spki = match kind.as_str() {
            oid::RSA_ENCRYPTION => rsa_public(key.content)?,
            oid::EC_PUBLIC_KEY => ec_public(whole.whole, key.content, curve)?,
            oid::ED25519 => {
                let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(whole.whole)
                    .map_err(|_| CertError::KeyRefused { what: "Ed25519" })?;
                key::ed25519_spki(pair.public_key().as_ref())
            }
            _ => return Err(CertError::NotSupported { what: format!("a private key of kind {kind}") }),
        };
        let public = PublicKey::read(&spki)?;
        let (kind, bits) = (public.kind, public.bits);
        Ok(Self { pkcs8: Zeroizing::new(whole.whole.to_vec()), spki, kind, bits })
    }

    /// Takes DER of PKCS#8 (encrypted or not), PKCS#1 or SEC1. `password` is asked for by the first only.
    pub fn from_der(der: &[u8], password: Option<&str>) -> Result<Self, CertError> {
        let mut outer = Reader::new(der, WHAT);
        let whole = outer.expect(tag::SEQUENCE)?;
        let mut inner = outer.inside(whole);
        if inner.peek() == Some(tag::SEQUENCE) {
            return Self::from_encrypted(inner, password);
        }
        inner.expect(tag::INTEGER)?;
        match inner.peek() {
            Some(tag::SEQUENCE) => Self::from_pkcs8(whole.whole),
            Some(tag::INTEGER) => {
                let pkcs8 = wrap(&write::algorithm_with_null(oid::RSA_ENCRYPTION), whole.whole);
                Self::from_pkcs8(&pkcs8)
            }
            Some(tag::OCTET_STRING) => {
                inner.next()?;
                let curve = inner.enter(0xA0)?.expect(tag::OID)?;
                let algorithm = write::sequence(&[&write::oid(oid::EC_PUBLIC_KEY), curve.whole]);
                Self::from_pkcs8(&wrap(&algorithm, whole.whole))
            }
            _ => Err(inner.malformed()),
        }
    }

    /// Takes the first private key of a PEM text.
    pub fn from_pem(text: &[u8], password: Option<&str>) -> Result<Self, CertError> {
        for block in pem::blocks(text)? {
            if block.label.ends_with("PRIVATE KEY") {
                if block.encrypted {
                    let what = "a private key encrypted in the old PEM way (Proc-Type)".to_string();
                    return Err(CertError::NotSupported { what });
                }
                return Self::from_der(&Zeroizing::new(block.der), password);
            }
        }
        Err(CertError::NotRecognized { expected: "a private key in PEM" })
    }

    /// PKCS#8 in DER. Keep it as short as possible and wipe copies.
    pub fn pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }

    /// SubjectPublicKeyInfo of the public half.
    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// Size in bits.
    pub fn bits(&self) -> u32 {
        self.bits
    }

    /// Whether this is the certificate's key.
    pub fn matches(&self, certificate: &Certificate) -> bool {
        self.is_of(certificate.spki())
    }

    /// Whether this is the key of the given SubjectPublicKeyInfo. Only the key bits count: encoders disagree about
    /// the parameters beside them.
    pub fn is_of(&self, spki: &[u8]) -> bool {
        match (PublicKey::read(&self.spki), PublicKey::read(spki)) {
            (Ok(own), Ok(other)) => own.kind == other.kind && own.key == other.key,
            _ => false,
        }
    }

    fn from_encrypted(mut inner: Reader<'_>, password: Option<&str>) -> Result<Self, CertError> {
        use pkcs5::der::Decode;
        let scheme = inner.expect(tag::SEQUENCE)?;
        let data = inner.expect(tag::OCTET_STRING)?;
        let unsupported =
            || CertError::NotSupported { what: "the encryption of this private key".to_string() };
        let scheme = EncryptionScheme::from_der(scheme.whole).map_err(|_| unsupported())?;
        if !affordable(&scheme) {
            return Err(unsupported());
        }
        let password = password.ok_or(CertError::WrongPassword)?;
        let plain = scheme.decrypt(password, data.content).map_err(|_| CertError::WrongPassword)?;
        Self::from_pkcs8(&Zeroizing::new(plain)).map_err(|_| CertError::WrongPassword)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({} {}, not shown)", self.kind, self.bits)
    }
}

/// A hostile file must not keep us busy for minutes: the rounds that are accepted end at a million.
fn affordable(scheme: &EncryptionScheme) -> bool {
    scheme.pbes2().is_some_and(|parameters| match &parameters.kdf {
        pkcs5::pbes2::Kdf::Pbkdf2(kdf) => kdf.iteration_count <= 1_000_000,
        pkcs5::pbes2::Kdf::Scrypt(kdf) => {
            kdf.cost_parameter.saturating_mul(u64::from(kdf.block_size)) <= 1 << 20
                && kdf.parallelization <= 8
        }
        _ => false,
    })
}

/// PKCS#8 around an algorithm's own key structure.
fn wrap(algorithm: &[u8], key: &[u8]) -> Zeroizing<Vec<u8>> {
    let octets = Zeroizing::new(write::octets(key));
    Zeroizing::new(write::sequence(&[&write::integer(0), algorithm, &octets]))
}

fn rsa_public(key: &[u8]) -> Result<Vec<u8>, CertError> {
    let mut numbers = Reader::new(key, WHAT).enter(tag::SEQUENCE)?;
    numbers.expect(tag::INTEGER)?;
    let modulus = numbers.expect(tag::INTEGER)?;
    let exponent = numbers.expect(tag::INTEGER)?;
    Ok(key::rsa_spki(modulus.content, exponent.content))
}

fn ec_public(pkcs8: &[u8], key: &[u8], curve: Option<String>) -> Result<Vec<u8>, CertError> {
    let mut parts = Reader::new(key, WHAT).enter(tag::SEQUENCE)?;
    parts.expect(tag::INTEGER)?;
    parts.expect(tag::OCTET_STRING)?;
    let named = match parts.optional(0xA0)? {
        Some(tlv) => oid::dotted(parts.inside(tlv).expect(tag::OID)?.content),
        None => None,
    };
    let curve = curve.or(named).ok_or_else(|| parts.malformed())?;
    if let Some(tlv) = parts.optional(0xA1)? {
        let bits = parts.inside(tlv).expect(tag::BIT_STRING)?;
        return Ok(key::ec_spki(&curve, bits.content.get(1..).unwrap_or_default()));
    }
    // Without the public half in the file the crypto library computes it.
    let algorithm = match key::curve_of(&curve) {
        Curve::P256 => &signature::ECDSA_P256_SHA256_ASN1_SIGNING,
        Curve::P384 => &signature::ECDSA_P384_SHA384_ASN1_SIGNING,
        Curve::P521 => &signature::ECDSA_P521_SHA512_ASN1_SIGNING,
        Curve::Other => return Err(CertError::NotSupported { what: format!("the curve {curve}") }),
    };
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8)
        .or_else(|_| EcdsaKeyPair::from_private_key_der(algorithm, key))
        .map_err(|_| CertError::KeyRefused { what: "ECDSA" })?;
    Ok(key::ec_spki(&curve, pair.public_key().as_ref()))
}
