//! Certificate revocation lists: which serial numbers an issuer took back, and until when the list speaks.

use crate::certificate::Certificate;
use crate::der::read::{Reader, tag};
use crate::error::CertError;
use crate::name::Name;
use crate::verify::{self, Verdict};
use crate::{input, pem};
use std::collections::HashSet;
use std::fmt;
use x509_parser::parse_x509_crl;

/// A parsed list with its DER. Delta lists are not told apart: what they list is revoked.
#[derive(Clone)]
pub struct Crl {
    der: Vec<u8>,
    issuer: Name,
    this_update: i64,
    next_update: Option<i64>,
    /// Serial numbers without leading zeros.
    revoked: HashSet<Vec<u8>>,
    signature_oid: String,
    signature_parameters: Vec<u8>,
}

impl Crl {
    /// Reads a list in DER or PEM.
    pub fn read(bytes: &[u8]) -> Result<Self, CertError> {
        let text = input::as_bytes(bytes);
        if pem::has_block(&text) {
            let block = pem::blocks(&text)?.into_iter().find(|block| block.label == "X509 CRL");
            return Self::from_der(
                &block.ok_or(CertError::NotRecognized { expected: "a revocation list" })?.der,
            );
        }
        Self::from_der(&text)
    }

    pub fn from_der(der: &[u8]) -> Result<Self, CertError> {
        let (rest, list) =
            parse_x509_crl(der).map_err(|_| CertError::NotRecognized { expected: "a revocation list" })?;
        let plain = |serial: &[u8]| serial[serial.iter().take_while(|&&byte| byte == 0).count()..].to_vec();
        Ok(Self {
            der: der[..der.len() - rest.len()].to_vec(),
            issuer: Name::from_der(list.issuer().as_raw()),
            this_update: list.last_update().timestamp(),
            next_update: list.next_update().map(|time| time.timestamp()),
            revoked: list.iter_revoked_certificates().map(|entry| plain(entry.raw_serial())).collect(),
            signature_oid: list.signature_algorithm.algorithm.to_id_string(),
            signature_parameters: crate::certificate::parameters(&list.signature_algorithm),
        })
    }

    pub fn der(&self) -> &[u8] {
        &self.der
    }

    pub fn issuer(&self) -> &Name {
        &self.issuer
    }

    /// Unix seconds, UTC.
    pub fn this_update(&self) -> i64 {
        self.this_update
    }

    /// Unix seconds, UTC; `None` when the issuer promises no next list.
    pub fn next_update(&self) -> Option<i64> {
        self.next_update
    }

    pub fn is_in_force(&self, now: i64) -> bool {
        self.this_update <= now && self.next_update.is_none_or(|next| now < next)
    }

    pub fn lists(&self, certificate: &Certificate) -> bool {
        let serial = certificate.serial_bytes();
        let skip = serial.iter().take_while(|&&byte| byte == 0).count();
        self.issuer.der() == certificate.issuer().der() && self.revoked.contains(&serial[skip..])
    }

    pub(crate) fn signed_by(&self, issuer: &Certificate) -> bool {
        let parts = || -> Result<Verdict, CertError> {
            let mut outer = Reader::new(&self.der, "the revocation list").enter(tag::SEQUENCE)?;
            let signed = outer.expect(tag::SEQUENCE)?;
            outer.expect(tag::SEQUENCE)?;
            let signature = outer.expect(tag::BIT_STRING)?.content.get(1..).unwrap_or_default();
            let (algorithm, parameters) = (&self.signature_oid, &self.signature_parameters);
            Ok(verify::verify(issuer.spki(), algorithm, parameters, signed.whole, signature))
        };
        parts().is_ok_and(|verdict| verdict == Verdict::Good)
    }
}

impl fmt::Debug for Crl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Crl({:?}, {} revoked)", self.issuer.as_str(), self.revoked.len())
    }
}
