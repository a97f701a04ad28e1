//! Makes signatures. RSA in SHA-256 and all ECDSA by the crypto library; RSA with SHA-1, which a fresh Exchange
//! server's own certificates carry and the library makes no more, by PKCS#1 v1.5 arithmetic of our own.

use crate::der::oid;
use crate::der::read::{Reader, tag};
use crate::der::write;
use crate::error::CertError;
use crate::issue::SignatureHash;
use crate::key::{Curve, KeyKind};
use crate::private_key::PrivateKey;
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use aws_lc_rs::signature::{self, EcdsaKeyPair, Ed25519KeyPair, RsaKeyPair};
use num_bigint::BigUint;
use sha1::{Digest, Sha1};

/// The AlgorithmIdentifier in DER that a signature by `key` will carry.
pub(crate) fn algorithm(key: &PrivateKey, hash: SignatureHash) -> Result<Vec<u8>, CertError> {
    Ok(match (key.kind(), hash) {
        (KeyKind::Rsa, SignatureHash::Sha1) => write::algorithm_with_null(oid::SHA1_RSA),
        (KeyKind::Rsa, SignatureHash::Sha256) => write::algorithm_with_null(oid::SHA256_RSA),
        (KeyKind::Ecdsa(Curve::P256), _) => write::sequence(&[&write::oid(oid::SHA256_ECDSA)]),
        (KeyKind::Ecdsa(Curve::P384), _) => write::sequence(&[&write::oid(oid::SHA384_ECDSA)]),
        (KeyKind::Ecdsa(Curve::P521), _) => write::sequence(&[&write::oid(oid::SHA512_ECDSA)]),
        (KeyKind::Ed25519, _) => write::sequence(&[&write::oid(oid::ED25519)]),
        (kind, _) => {
            return Err(CertError::NotSupported { what: format!("signing with a key of kind {kind}") });
        }
    })
}

/// The signature that goes with [`algorithm`].
pub(crate) fn sign(key: &PrivateKey, hash: SignatureHash, message: &[u8]) -> Result<Vec<u8>, CertError> {
    let random = SystemRandom::new();
    match key.kind() {
        KeyKind::Rsa => match hash {
            SignatureHash::Sha1 => sign_sha1(key, message),
            SignatureHash::Sha256 => {
                let refused = || CertError::KeyRefused { what: "RSA" };
                let pair = RsaKeyPair::from_pkcs8(key.pkcs8()).map_err(|_| refused())?;
                let mut out = vec![0; pair.public_modulus_len()];
                pair.sign(&signature::RSA_PKCS1_SHA256, &random, message, &mut out).map_err(|_| refused())?;
                Ok(out)
            }
        },
        KeyKind::Ecdsa(curve) => {
            let refused = || CertError::KeyRefused { what: "ECDSA" };
            let algorithm = match curve {
                Curve::P256 => &signature::ECDSA_P256_SHA256_ASN1_SIGNING,
                Curve::P384 => &signature::ECDSA_P384_SHA384_ASN1_SIGNING,
                Curve::P521 => &signature::ECDSA_P521_SHA512_ASN1_SIGNING,
                Curve::Other => return Err(refused()),
            };
            let pair = EcdsaKeyPair::from_pkcs8(algorithm, key.pkcs8()).map_err(|_| refused())?;
            let signature = pair.sign(&random, message).map_err(|_| refused())?;
            Ok(signature.as_ref().to_vec())
        }
        KeyKind::Ed25519 => {
            let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(key.pkcs8())
                .map_err(|_| CertError::KeyRefused { what: "Ed25519" })?;
            Ok(pair.sign(message).as_ref().to_vec())
        }
        kind => Err(CertError::NotSupported { what: format!("signing with a key of kind {kind}") }),
    }
}

/// RSASSA-PKCS1-v1_5 with SHA-1 (RFC 8017 section 8.2.1). The base is blinded with a random factor, because the
/// arithmetic does not run in constant time. Happens only when such a certificate is made, never for a remote party.
fn sign_sha1(key: &PrivateKey, message: &[u8]) -> Result<Vec<u8>, CertError> {
    let refused = || CertError::KeyRefused { what: "RSA" };
    let (modulus, public, private) = rsa_numbers(key.pkcs8()).ok_or_else(refused)?;
    let length = modulus.to_bytes_be().len();
    let info =
        write::sequence(&[&write::algorithm_with_null(oid::SHA1), &write::octets(&Sha1::digest(message))]);
    let padding = length.checked_sub(info.len() + 3).filter(|&padding| padding >= 8).ok_or_else(refused)?;
    let mut encoded = vec![0, 1];
    encoded.resize(padding + 2, 0xFF);
    encoded.push(0);
    encoded.extend_from_slice(&info);
    let base = BigUint::from_bytes_be(&encoded);

    let mut random = vec![0; length];
    SystemRandom::new().fill(&mut random).map_err(|_| refused())?;
    let blind = BigUint::from_bytes_be(&random) % &modulus;
    let unblind = blind.modinv(&modulus).ok_or_else(refused)?;
    let blinded = base.clone() * blind.modpow(&public, &modulus) % &modulus;
    let signature = blinded.modpow(&private, &modulus) * unblind % &modulus;
    // A fault in the computation would give the key away; the check costs a millisecond.
    if signature.modpow(&public, &modulus) != base {
        return Err(refused());
    }
    let bytes = signature.to_bytes_be();
    let mut out = vec![0; length - bytes.len()];
    out.extend_from_slice(&bytes);
    Ok(out)
}

/// Modulus, public and private exponent.
fn rsa_numbers(pkcs8: &[u8]) -> Option<(BigUint, BigUint, BigUint)> {
    let mut info = Reader::new(pkcs8, "the private key").enter(tag::SEQUENCE).ok()?;
    info.expect(tag::INTEGER).ok()?;
    info.expect(tag::SEQUENCE).ok()?;
    let key = info.expect(tag::OCTET_STRING).ok()?;
    let mut numbers = info.inside(key).enter(tag::SEQUENCE).ok()?;
    numbers.expect(tag::INTEGER).ok()?;
    let mut number = || Some(BigUint::from_bytes_be(numbers.expect(tag::INTEGER).ok()?.content));
    let (modulus, public, private) = (number()?, number()?, number()?);
    (modulus.bits() >= 512 && modulus.bits() <= 16_384 && modulus.bit(0))
        .then_some((modulus, public, private))
}
