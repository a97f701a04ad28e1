//! What kind of key it is and how large, read from the public half alone.

use crate::der::oid;
use crate::der::read::{Reader, tag};
use crate::der::write;
use crate::error::CertError;
use std::fmt;

/// A named elliptic curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Curve {
    P256,
    P384,
    P521,
    Other,
}

/// The algorithm a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    Rsa,
    Ecdsa(Curve),
    Ed25519,
    Dsa,
    Other,
}

/// A key that can be generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeySpec {
    /// Bits: 2048, 3072, 4096 or 8192. The crypto library makes no RSA-1024 key.
    Rsa(u32),
    EcdsaP256,
    EcdsaP384,
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rsa => "RSA",
            Self::Ecdsa(Curve::P256) => "ECDSA_P256",
            Self::Ecdsa(Curve::P384) => "ECDSA_P384",
            Self::Ecdsa(Curve::P521) => "ECDSA_P521",
            Self::Ecdsa(Curve::Other) => "ECDSA",
            Self::Ed25519 => "Ed25519",
            Self::Dsa => "DSA",
            Self::Other => "Other",
        })
    }
}

impl fmt::Display for KeySpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa(bits) => write!(f, "RSA {bits}"),
            Self::EcdsaP256 => f.write_str("ECDSA_P256"),
            Self::EcdsaP384 => f.write_str("ECDSA_P384"),
        }
    }
}

/// A SubjectPublicKeyInfo taken apart.
pub(crate) struct PublicKey<'a> {
    pub kind: KeyKind,
    pub bits: u32,
    /// The key bits themselves, without the BIT STRING header.
    pub key: &'a [u8],
}

impl<'a> PublicKey<'a> {
    pub fn read(spki: &'a [u8]) -> Result<Self, CertError> {
        let mut outer = Reader::new(spki, "the public key").enter(tag::SEQUENCE)?;
        let mut algorithm = outer.enter(tag::SEQUENCE)?;
        let kind = oid::dotted(algorithm.expect(tag::OID)?.content).ok_or_else(|| algorithm.malformed())?;
        let parameters = if algorithm.is_empty() { None } else { Some(algorithm.next()?) };
        let bit_string = outer.expect(tag::BIT_STRING)?;
        let key = bit_string.content.get(1..).ok_or_else(|| outer.malformed())?;
        let curve = parameters.filter(|tlv| tlv.tag == tag::OID).and_then(|tlv| oid::dotted(tlv.content));
        let (kind, bits) = match kind.as_str() {
            oid::RSA_ENCRYPTION | oid::RSA_PSS => (KeyKind::Rsa, rsa_bits(key)),
            oid::EC_PUBLIC_KEY => ec_kind(curve.as_deref(), key),
            oid::ED25519 => (KeyKind::Ed25519, 256),
            oid::DSA => (KeyKind::Dsa, dsa_bits(parameters.map_or(&[], |tlv| tlv.content))),
            _ => (KeyKind::Other, (key.len() * 8) as u32),
        };
        Ok(Self { kind, bits, key })
    }
}

/// SubjectPublicKeyInfo of an RSA key from modulus and exponent (contents of their INTEGERs).
pub(crate) fn rsa_spki(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let key = write::sequence(&[&write::unsigned(modulus), &write::unsigned(exponent)]);
    write::sequence(&[&write::algorithm_with_null(oid::RSA_ENCRYPTION), &write::bits(&key)])
}

/// SubjectPublicKeyInfo of a point on the curve named by `curve`.
pub(crate) fn ec_spki(curve: &str, point: &[u8]) -> Vec<u8> {
    let algorithm = write::sequence(&[&write::oid(oid::EC_PUBLIC_KEY), &write::oid(curve)]);
    write::sequence(&[&algorithm, &write::bits(point)])
}

pub(crate) fn ed25519_spki(key: &[u8]) -> Vec<u8> {
    write::sequence(&[&write::sequence(&[&write::oid(oid::ED25519)]), &write::bits(key)])
}

pub(crate) fn curve_of(dotted: &str) -> Curve {
    match dotted {
        oid::P256 => Curve::P256,
        oid::P384 => Curve::P384,
        oid::P521 => Curve::P521,
        _ => Curve::Other,
    }
}

/// Number of significant bits of a big-endian unsigned number.
pub(crate) fn bit_length(number: &[u8]) -> u32 {
    let skip = number.iter().take_while(|&&byte| byte == 0).count();
    match number.get(skip) {
        None => 0,
        Some(first) => ((number.len() - skip) * 8) as u32 - first.leading_zeros(),
    }
}

fn rsa_bits(key: &[u8]) -> u32 {
    let modulus =
        Reader::new(key, "the public key").enter(tag::SEQUENCE).and_then(|mut key| key.expect(tag::INTEGER));
    modulus.map_or(0, |tlv| bit_length(tlv.content))
}

fn dsa_bits(parameters: &[u8]) -> u32 {
    Reader::new(parameters, "the public key").expect(tag::INTEGER).map_or(0, |tlv| bit_length(tlv.content))
}

fn ec_kind(curve: Option<&str>, point: &[u8]) -> (KeyKind, u32) {
    let curve = curve.map_or(Curve::Other, curve_of);
    let bits = match curve {
        Curve::P256 => 256,
        Curve::P384 => 384,
        Curve::P521 => 521,
        Curve::Other => (point.len().saturating_sub(1) / 2 * 8) as u32,
    };
    (KeyKind::Ecdsa(curve), bits)
}
