//! Checks one signature. Wider than a TLS library on purpose: a store also holds what TLS would refuse.

use crate::der::oid;
use crate::der::read::{Reader, tag};
use crate::key::{Curve, KeyKind, PublicKey};
use aws_lc_rs::signature::{self as s, RsaPssSaltLength, UnparsedPublicKey, VerificationAlgorithm};

/// What a signature check says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Good,
    Bad,
    /// The algorithm or the key size cannot be checked here.
    Unsupported,
}

/// Checks `signature` over `message` with the key of `spki`; `parameters` are the content of the algorithm's.
pub(crate) fn verify(
    spki: &[u8],
    algorithm: &str,
    parameters: &[u8],
    message: &[u8],
    signature: &[u8],
) -> Verdict {
    let Ok(public) = PublicKey::read(spki) else {
        return Verdict::Bad;
    };
    if public.kind == KeyKind::Rsa && !(1024..=8192).contains(&public.bits) {
        return Verdict::Unsupported;
    }
    let Some(kind) = expected_kind(algorithm) else {
        return Verdict::Unsupported;
    };
    if kind != std::mem::discriminant(&public.kind) {
        return Verdict::Bad;
    }
    let Some(algorithm) = choose(&public, algorithm, parameters) else {
        return Verdict::Unsupported;
    };
    match UnparsedPublicKey::new(algorithm, public.key).verify(message, signature) {
        Ok(()) => Verdict::Good,
        Err(_) => Verdict::Bad,
    }
}

fn expected_kind(algorithm: &str) -> Option<std::mem::Discriminant<KeyKind>> {
    let kind = match algorithm {
        oid::SHA1_RSA
        | oid::SHA1_RSA_OIW
        | oid::SHA256_RSA
        | oid::SHA384_RSA
        | oid::SHA512_RSA
        | oid::RSA_PSS => KeyKind::Rsa,
        oid::SHA1_ECDSA | oid::SHA256_ECDSA | oid::SHA384_ECDSA | oid::SHA512_ECDSA => {
            KeyKind::Ecdsa(Curve::P256)
        }
        oid::ED25519 => KeyKind::Ed25519,
        _ => return None,
    };
    Some(std::mem::discriminant(&kind))
}

fn choose(
    public: &PublicKey<'_>,
    algorithm: &str,
    parameters: &[u8],
) -> Option<&'static dyn VerificationAlgorithm> {
    Some(match (algorithm, public.kind) {
        (oid::SHA1_RSA | oid::SHA1_RSA_OIW, _) => &s::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        (oid::SHA256_RSA, _) => &s::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        (oid::SHA512_RSA, _) => &s::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
        (oid::SHA384_RSA, _) if public.bits >= 2048 => &s::RSA_PKCS1_2048_8192_SHA384,
        (oid::RSA_PSS, _) if public.bits >= 2048 => pss(public, parameters)?,
        (oid::SHA256_ECDSA, KeyKind::Ecdsa(Curve::P256)) => &s::ECDSA_P256_SHA256_ASN1,
        (oid::SHA384_ECDSA, KeyKind::Ecdsa(Curve::P256)) => &s::ECDSA_P256_SHA384_ASN1,
        (oid::SHA512_ECDSA, KeyKind::Ecdsa(Curve::P256)) => &s::ECDSA_P256_SHA512_ASN1,
        (oid::SHA1_ECDSA, KeyKind::Ecdsa(Curve::P256)) => &s::ECDSA_P256_SHA1_ASN1,
        (oid::SHA256_ECDSA, KeyKind::Ecdsa(Curve::P384)) => &s::ECDSA_P384_SHA256_ASN1,
        (oid::SHA384_ECDSA, KeyKind::Ecdsa(Curve::P384)) => &s::ECDSA_P384_SHA384_ASN1,
        (oid::SHA512_ECDSA, KeyKind::Ecdsa(Curve::P384)) => &s::ECDSA_P384_SHA512_ASN1,
        (oid::SHA256_ECDSA, KeyKind::Ecdsa(Curve::P521)) => &s::ECDSA_P521_SHA256_ASN1,
        (oid::SHA384_ECDSA, KeyKind::Ecdsa(Curve::P521)) => &s::ECDSA_P521_SHA384_ASN1,
        (oid::SHA512_ECDSA, KeyKind::Ecdsa(Curve::P521)) => &s::ECDSA_P521_SHA512_ASN1,
        (oid::SHA1_ECDSA, KeyKind::Ecdsa(Curve::P521)) => &s::ECDSA_P521_SHA1_ASN1,
        (oid::ED25519, _) => &s::ED25519,
        _ => return None,
    })
}

/// RSASSA-PSS-params (RFC 8017 appendix A.2.3): the hash in [0], the salt's length in [2]. The library checks salts as
/// long as the hash (Windows, everybody by now) and as long as the key allows (OpenSSL's default when signing).
fn pss(public: &PublicKey<'_>, parameters: &[u8]) -> Option<&'static dyn VerificationAlgorithm> {
    const LONG: RsaPssSaltLength = RsaPssSaltLength::Max;
    let mut reader = Reader::new(parameters, "the signature algorithm");
    let hash = reader.optional(0xA0).ok()??;
    let hash = oid::dotted(reader.inside(hash).enter(tag::SEQUENCE).ok()?.expect(tag::OID).ok()?.content)?;
    reader.optional(0xA1).ok()?;
    let salt = match reader.optional(0xA2).ok()? {
        Some(tlv) => reader
            .inside(tlv)
            .expect(tag::INTEGER)
            .ok()?
            .content
            .iter()
            .fold(0, |sum: u32, &byte| sum.saturating_mul(256).saturating_add(byte.into())),
        None => 20,
    };
    let length = match hash.as_str() {
        oid::SHA256 => 32,
        oid::SHA384 => 48,
        oid::SHA512 => 64,
        _ => return None,
    };
    let longest = (public.bits - 1).div_ceil(8).checked_sub(length + 2)?;
    Some(match (length, salt) {
        (32, 32) => &s::RSA_PSS_2048_8192_SHA256,
        (48, 48) => &s::RSA_PSS_2048_8192_SHA384,
        (64, 64) => &s::RSA_PSS_2048_8192_SHA512,
        (32, _) if salt == longest => &const { s::RSA_PSS_2048_8192_SHA256.with_pss_salt_length(LONG) },
        (48, _) if salt == longest => &const { s::RSA_PSS_2048_8192_SHA384.with_pss_salt_length(LONG) },
        (64, _) if salt == longest => &const { s::RSA_PSS_2048_8192_SHA512.with_pss_salt_length(LONG) },
        _ => return None,
    })
}
