//! Private keys at rest: AES-256-GCM under a random 32-byte key in a 0600 file.
//!
//! It decides the form of a sealed key and how the key file comes into being; it knows nothing of tables or rows.
//! The associated data ties a sealed key to its server and thumbprint, so that moving it to another row opens nothing.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use aws_lc_rs::rand;
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::model::{ServerId, Thumbprint};
use crate::sqlite::files;

/// Bytes that are wiped when dropped and that no `Debug` shows.
#[derive(Clone)]
pub struct SecretBytes(Zeroizing<Vec<u8>>);

impl SecretBytes {
    /// Takes the bytes over; no copy stays behind.
    pub fn new(bytes: Vec<u8>) -> SecretBytes {
        SecretBytes(Zeroizing::new(bytes))
    }

    /// The bytes themselves; whoever copies them wipes the copy.
    pub fn reveal(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SecretBytes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SecretBytes(***)")
    }
}

/// Which row a sealed private key belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub server: ServerId,
    pub thumbprint: &'a Thumbprint,
}

impl Place<'_> {
    fn associated_data(&self) -> [u8; 32] {
        let mut data = [0u8; 32];
        data[..8].copy_from_slice(b"exsh-key");
        data[8..12].copy_from_slice(&self.server.0.to_be_bytes());
        data[12..].copy_from_slice(&self.thumbprint.0);
        data
    }
}

/// Seals and opens. A sealed text is: format byte 1, nonce (12 bytes), ciphertext, tag (16 bytes).
pub(crate) struct Sealer(RandomizedNonceKey);

const FORMAT: u8 = 1;
const NONCE_LEN: usize = 12;
const TAG_LEN: usize = 16;
const KEY_LEN: usize = 32;
/// What a state seals first, to know its key file again.
const CHECK: &[u8] = b"exsh state key check";

/// The sealed text does not open: another key, another place, or changed bytes.
#[derive(Debug)]
pub(crate) struct DoesNotOpen;

impl Sealer {
    /// `Ok(None)` when there is no such file.
    pub fn load(path: &Path) -> Result<Option<Sealer>, StoreError> {
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::io(path, &error)),
        };
        files::check_private(path, &file)?;
        // One byte more than the longest form, to notice that there is more; the buffer never grows, so no copy is left.
        let mut text = Zeroizing::new([0u8; 2 * KEY_LEN + 3]);
        let mut length = 0;
        while length < text.len() {
            match file.read(&mut text[length..]) {
                Ok(0) => break,
                Ok(read) => length += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(StoreError::io(path, &error)),
            }
        }
        let malformed = || StoreError::KeyMalformed { path: path.to_owned() };
        let key = key_of(&text[..length]).ok_or_else(malformed)?;
        Ok(Some(Sealer::from_key(&key)))
    }

    /// Makes the key file, unless another process was faster; either way the one key that lies there is loaded.
    ///
    /// The file appears under its name complete, private and on disk: it is written aside and linked, and a link never
    /// replaces what is there.
    pub fn create(path: &Path) -> Result<Sealer, StoreError> {
        let failed = |error: io::Error| StoreError::io(path, &error);
        let mut key = Zeroizing::new([0u8; KEY_LEN]);
        let mut suffix = [0u8; 8];
        rand::fill(&mut *key).and(rand::fill(&mut suffix)).map_err(|_| StoreError::Io {
            path: path.to_owned(),
            detail: "the system gave no random bytes for a new key".to_owned(),
        })?;
        let mut hex = Zeroizing::new(String::with_capacity(2 * KEY_LEN + 1));
        for byte in key.iter() {
            hex.push(char::from(b"0123456789abcdef"[usize::from(byte >> 4)]));
            hex.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
        }
        hex.push('\n');
        let aside = path.with_extension(format!("key.{:016x}", u64::from_be_bytes(suffix)));
        let written = (|| {
            let mut file = files::create_private(&aside)?;
            file.write_all(hex.as_bytes())?;
            file.sync_all()?;
            match fs::hard_link(&aside, path) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
                _ => files::sync_folder_of(path),
            }
        })();
        let removed = fs::remove_file(&aside);
        written.and(removed).map_err(failed)?;
        // Read back what lies there: ours, or the one of whoever was faster.
        Sealer::load(path)?.ok_or_else(|| StoreError::KeyMissing { path: path.to_owned() })
    }

    pub fn seal(&self, secret: &[u8], place: Place<'_>) -> Vec<u8> {
        self.seal_with(secret, &place.associated_data())
    }

    pub fn open(&self, sealed: &[u8], place: Place<'_>) -> Result<SecretBytes, DoesNotOpen> {
        self.open_with(sealed, &place.associated_data()).map(SecretBytes)
    }

    /// A sealed text by which `knows` recognises this key later.
    pub fn check_text(&self) -> Vec<u8> {
        self.seal_with(CHECK, b"exsh-key-check")
    }

    pub fn knows(&self, check_text: &[u8]) -> bool {
        self.open_with(check_text, b"exsh-key-check").is_ok_and(|text| text.as_slice() == CHECK)
    }

    fn from_key(key: &[u8; KEY_LEN]) -> Sealer {
        Sealer(RandomizedNonceKey::new(&AES_256_GCM, key).expect("AES-256-GCM takes every key of 32 bytes"))
    }

    fn seal_with(&self, secret: &[u8], associated: &[u8]) -> Vec<u8> {
        // Room for everything at once: a buffer that grows leaves copies of the secret behind.
        let mut text = Zeroizing::new(Vec::with_capacity(secret.len()));
        text.extend_from_slice(secret);
        let mut tag = [0u8; TAG_LEN];
        let nonce = self
            .0
            .seal_in_place_separate_tag(Aad::from(associated), &mut text)
            .map(|(nonce, sealed_tag)| {
                tag.copy_from_slice(sealed_tag.as_ref());
                nonce
            })
            .expect("a key of a few kilobytes is within what AES-GCM seals");
        let mut sealed = Vec::with_capacity(1 + NONCE_LEN + text.len() + TAG_LEN);
        sealed.push(FORMAT);
        sealed.extend_from_slice(nonce.as_ref());
        sealed.extend_from_slice(&text);
        sealed.extend_from_slice(&tag);
        sealed
    }

    fn open_with(&self, sealed: &[u8], associated: &[u8]) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
        if sealed.len() < 1 + NONCE_LEN + TAG_LEN || sealed[0] != FORMAT {
            return Err(DoesNotOpen);
        }
        let (nonce, text) = sealed[1..].split_at(NONCE_LEN);
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| DoesNotOpen)?;
        let mut text = Zeroizing::new(text.to_vec());
        let length =
            self.0.open_in_place(nonce, Aad::from(associated), &mut text).map_err(|_| DoesNotOpen)?.len();
        text.truncate(length);
        Ok(text)
    }
}

/// 32 raw bytes, or 64 hex digits with white space around them.
fn key_of(text: &[u8]) -> Option<Zeroizing<[u8; KEY_LEN]>> {
    let mut key = Zeroizing::new([0u8; KEY_LEN]);
    if text.len() == KEY_LEN {
        key.copy_from_slice(text);
        return Some(key);
    }
    let digits = text.trim_ascii();
    if digits.len() != 2 * KEY_LEN {
        return None;
    }
    for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
        let high = char::from(pair[0]).to_digit(16)?;
        let low = char::from(pair[1]).to_digit(16)?;
        *byte = (high * 16 + low) as u8;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINT: Thumbprint = Thumbprint([7; 20]);
    const HERE: Place<'static> = Place { server: ServerId(1), thumbprint: &PRINT };

    #[test]
    fn what_is_sealed_opens_in_its_place_only() {
        let sealer = Sealer::from_key(&[1; KEY_LEN]);
        let sealed = sealer.seal(b"PKCS#8", HERE);
        assert_eq!(sealer.open(&sealed, HERE).unwrap().reveal(), b"PKCS#8");
        assert!(sealer.open(&sealed, Place { server: ServerId(2), ..HERE }).is_err());
        assert!(sealer.open(&sealed, Place { thumbprint: &Thumbprint([8; 20]), ..HERE }).is_err());
        assert!(Sealer::from_key(&[2; KEY_LEN]).open(&sealed, HERE).is_err());
    }

    #[test]
    fn one_secret_sealed_twice_looks_different() {
        let sealer = Sealer::from_key(&[1; KEY_LEN]);
        assert_ne!(sealer.seal(b"PKCS#8", HERE), sealer.seal(b"PKCS#8", HERE));
    }

    #[test]
    fn every_changed_bit_and_every_cut_is_noticed() {
        let sealer = Sealer::from_key(&[1; KEY_LEN]);
        let sealed = sealer.seal(b"PKCS#8", HERE);
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(sealer.open(&changed, HERE).is_err(), "bit {bit}");
        }
        for length in 0..sealed.len() {
            assert!(sealer.open(&sealed[..length], HERE).is_err(), "length {length}");
        }
    }

    #[test]
    fn the_check_text_knows_its_key() {
        let sealer = Sealer::from_key(&[1; KEY_LEN]);
        assert!(sealer.knows(&sealer.check_text()));
        assert!(!Sealer::from_key(&[2; KEY_LEN]).knows(&sealer.check_text()));
    }

    #[test]
    fn a_key_file_holds_32_bytes_or_64_hex_digits() {
        assert_eq!(*key_of(&[9; 32]).unwrap(), [9; 32]);
        assert_eq!(*key_of("0a".repeat(32).as_bytes()).unwrap(), [10; 32]);
        assert_eq!(*key_of(format!("{}\r\n", "0A".repeat(32)).as_bytes()).unwrap(), [10; 32]);
        for bad in
            [&b""[..], &[9; 31], &[9; 33], &[9; 67], "0g".repeat(32).as_bytes(), "0a".repeat(33).as_bytes()]
        {
            assert!(key_of(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn secrets_show_nothing() {
        assert_eq!(format!("{:?}", SecretBytes::new(b"s3cret".to_vec())), "SecretBytes(***)");
    }
}
