//! Checks one signature. Wider than a TLS library on purpose: a store also holds what TLS would refuse.

use crate::der::oid;
use crate::key::{Curve, KeyKind, PublicKey};
use aws_lc_rs::signature::{self as s, UnparsedPublicKey, VerificationAlgorithm};

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
        (oid::RSA_PSS, _) if public.bits >= 2048 => pss(parameters)?,
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

/// The hash of RSASSA-PSS stands first in its parameters; SHA-1, the default, is not checked by the library.
fn pss(parameters: &[u8]) -> Option<&'static dyn VerificationAlgorithm> {
    let names = |dotted: &str| {
        let wanted = crate::der::write::oid(dotted);
        parameters.windows(wanted.len()).any(|window| window == wanted)
    };
    if names("2.16.840.1.101.3.4.2.1") {
        Some(&s::RSA_PSS_2048_8192_SHA256)
    } else if names("2.16.840.1.101.3.4.2.2") {
        Some(&s::RSA_PSS_2048_8192_SHA384)
    } else if names("2.16.840.1.101.3.4.2.3") {
        Some(&s::RSA_PSS_2048_8192_SHA512)
    } else {
        None
    }
}
