//! Our own PFX writer, because the friendly name must stand on the certificate's bag: that is where Windows looks.

use super::{PfxParts, PfxProtection};
use crate::certificate::Certificate;
use crate::der::read::tag;
use crate::der::{oid, write};
use crate::error::CertError;
use crate::private_key::PrivateKey;
use aws_lc_rs::hmac;
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use cbc::cipher::{BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7};
use pkcs5::pbes2;
use pkcs12::kdf::{Pkcs12KeyType, derive_key};
use sha1::Sha1;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Rounds of the key derivation; Windows and OpenSSL write 2,000 and 2,048, all readers take more.
const ROUNDS: u32 = 10_000;

/// Writes a PFX in DER. The key must belong to the certificate.
pub fn write_pfx(parts: &PfxParts<'_>) -> Result<Vec<u8>, CertError> {
    if parts.key.is_some_and(|key| !key.matches(parts.certificate)) {
        return Err(CertError::KeyDoesNotMatch);
    }
    let cover = Cover { password: parts.password, protection: parts.protection };

    // With a key the certificate carries the identifier that links the two; without, nothing needs linking.
    let identifier = parts.key.map(|_| parts.certificate.thumbprint().0);
    let attributes = attributes(parts.friendly_name, identifier.as_ref());
    let mut bags = certificate_bag(parts.certificate, &attributes);
    for certificate in parts.chain.iter().filter(|certificate| *certificate != parts.certificate) {
        bags.extend(certificate_bag(certificate, &[]));
    }
    let mut safes = cover.encrypted_safe(&write::tlv(tag::SEQUENCE, &bags))?;
    if let Some(key) = parts.key {
        let bag = key_bag(key, &attributes, &cover)?;
        safes.extend(data(&write::tlv(tag::SEQUENCE, &bag)));
    }
    let authenticated = write::tlv(tag::SEQUENCE, &safes);
    let mac = cover.mac(&authenticated)?;
    Ok(write::sequence(&[&write::integer(3), &data(&authenticated), &mac]))
}

fn data(content: &[u8]) -> Vec<u8> {
    write::sequence(&[&write::oid(oid::PKCS7_DATA), &write::context(0, &write::octets(content))])
}

fn attributes(friendly_name: Option<&str>, identifier: Option<&[u8; 20]>) -> Vec<u8> {
    let attribute =
        |kind: &str, value: Vec<u8>| write::sequence(&[&write::oid(kind), &write::set_of(vec![value])]);
    let mut all = Vec::new();
    if let Some(name) = friendly_name.filter(|name| !name.is_empty()) {
        all.push(attribute(oid::FRIENDLY_NAME, write::bmp(name)));
    }
    if let Some(identifier) = identifier {
        all.push(attribute(oid::LOCAL_KEY_ID, write::octets(identifier)));
    }
    if all.is_empty() { Vec::new() } else { write::set_of(all) }
}

fn certificate_bag(certificate: &Certificate, attributes: &[u8]) -> Vec<u8> {
    let value = write::context(0, &write::octets(certificate.der()));
    let bag = write::sequence(&[&write::oid(oid::X509_CERTIFICATE), &value]);
    write::sequence(&[&write::oid(oid::CERTIFICATE_BAG), &write::context(0, &bag), attributes])
}

fn key_bag(key: &PrivateKey, attributes: &[u8], cover: &Cover<'_>) -> Result<Vec<u8>, CertError> {
    let (algorithm, encrypted) = cover.encrypt(key.pkcs8())?;
    let shrouded = write::sequence(&[&algorithm, &write::octets(&encrypted)]);
    Ok(write::sequence(&[&write::oid(oid::KEY_BAG_SHROUDED), &write::context(0, &shrouded), attributes]))
}

/// The password and what is done with it.
struct Cover<'a> {
    password: &'a str,
    protection: PfxProtection,
}

impl Cover<'_> {
    fn encrypted_safe(&self, plain: &[u8]) -> Result<Vec<u8>, CertError> {
        let (algorithm, encrypted) = self.encrypt(plain)?;
        let content = write::sequence(&[
            &write::oid(oid::PKCS7_DATA),
            &algorithm,
            &write::context_primitive(0, &encrypted),
        ]);
        let message = write::sequence(&[&write::integer(0), &content]);
        Ok(write::sequence(&[&write::oid(oid::PKCS7_ENCRYPTED), &write::context(0, &message)]))
    }

    /// The AlgorithmIdentifier and the encrypted bytes.
    fn encrypt(&self, plain: &[u8]) -> Result<(Vec<u8>, Vec<u8>), CertError> {
        match self.protection {
            PfxProtection::Aes256Sha256 => self.encrypt_aes(plain),
            PfxProtection::TripleDesSha1 => self.encrypt_3des(plain),
        }
    }

    fn encrypt_aes(&self, plain: &[u8]) -> Result<(Vec<u8>, Vec<u8>), CertError> {
        let refused = |_| CertError::NotSupported { what: "AES-256 with PBKDF2".to_string() };
        let (salt, iv) = (random::<16>()?, random::<16>()?);
        let parameters =
            pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(ROUNDS, &salt, iv).map_err(refused)?;
        // PBES2 takes the password as UTF-8, while the MAC below takes it as UTF-16.
        let encrypted = parameters.encrypt(self.password, plain).map_err(refused)?;
        let derivation = write::sequence(&[
            &write::octets(&salt),
            &write::integer(ROUNDS.into()),
            &write::algorithm_with_null(oid::HMAC_SHA256),
        ]);
        let algorithm = write::sequence(&[
            &write::oid(oid::PBES2),
            &write::sequence(&[
                &write::sequence(&[&write::oid(oid::PBKDF2), &derivation]),
                &write::sequence(&[&write::oid(oid::AES256_CBC), &write::octets(&iv)]),
            ]),
        ]);
        Ok((algorithm, encrypted))
    }

    fn encrypt_3des(&self, plain: &[u8]) -> Result<(Vec<u8>, Vec<u8>), CertError> {
        let salt = random::<8>()?;
        let password = self.utf16();
        let derive = |purpose, length| {
            Zeroizing::new(derive_key::<Sha1>(&password, &salt, purpose, ROUNDS as i32, length))
        };
        let (key, iv) = (derive(Pkcs12KeyType::EncryptionKey, 24), derive(Pkcs12KeyType::Iv, 8));
        let cipher = cbc::Encryptor::<des::TdesEde3>::new_from_slices(&key, &iv)
            .map_err(|_| CertError::NotSupported { what: "3DES".to_string() })?;
        let encrypted = cipher.encrypt_padded_vec::<Pkcs7>(plain);
        let parameters = write::sequence(&[&write::octets(&salt), &write::integer(ROUNDS.into())]);
        Ok((write::sequence(&[&write::oid(oid::PBE_SHA1_3DES), &parameters]), encrypted))
    }

    fn mac(&self, content: &[u8]) -> Result<Vec<u8>, CertError> {
        let salt = random::<16>()?;
        let password = self.utf16();
        let rounds = ROUNDS as i32;
        let (hash, key, algorithm) = match self.protection {
            PfxProtection::Aes256Sha256 => {
                let key = derive_key::<Sha256>(&password, &salt, Pkcs12KeyType::Mac, rounds, 32);
                (oid::SHA256, Zeroizing::new(key), hmac::HMAC_SHA256)
            }
            PfxProtection::TripleDesSha1 => {
                let key = derive_key::<Sha1>(&password, &salt, Pkcs12KeyType::Mac, rounds, 20);
                (oid::SHA1, Zeroizing::new(key), hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY)
            }
        };
        let digest = hmac::sign(&hmac::Key::new(algorithm, &key), content);
        let info = write::sequence(&[&write::algorithm_with_null(hash), &write::octets(digest.as_ref())]);
        Ok(write::sequence(&[&info, &write::octets(&salt), &write::integer(ROUNDS.into())]))
    }

    /// UTF-16, big-endian, ended by a zero unit: what PKCS#12's own derivation hashes.
    fn utf16(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.password.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect())
    }
}

fn random<const N: usize>() -> Result<[u8; N], CertError> {
    let mut bytes = [0; N];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| CertError::KeyNotGenerated { wanted: "random number".to_string() })?;
    Ok(bytes)
}
