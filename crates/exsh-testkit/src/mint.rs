//! Certificates for tests: self-signed ones and those of an authority. Keys are elliptic, because they cost nothing.

use exsh_pki::{
    CertError, Certificate, CertificateTemplate, ExtensionSpec, KeySpec, KeyUsage, Name, PrivateKey,
    SanEntry, SelfSigned, SignatureHash, StringForm,
};

const DAY: i64 = 86_400;

/// A certificate with its key.
pub struct Minted {
    pub certificate: Certificate,
    pub key: PrivateKey,
}

/// A self-signed certificate; `not_before` is unix seconds.
pub fn self_signed(subject: &str, domains: &[&str], not_before: i64, days: i64) -> Result<Minted, CertError> {
    let key = PrivateKey::generate(KeySpec::EcdsaP256)?;
    let subject = Name::parse(subject, StringForm::Printable)?;
    let names = domains.iter().map(|d| (*d).to_owned()).collect();
    let mut template = SelfSigned::new_exchange(subject, names, not_before);
    template.not_after = not_before + days * DAY;
    Ok(Minted { certificate: template.make(&key)?, key })
}

/// A certification authority.
pub struct Authority(pub Minted);

impl Authority {
    /// A root of ten years around [`crate::NOW`].
    pub fn root(name: &str) -> Result<Authority, CertError> {
        let key = PrivateKey::generate(KeySpec::EcdsaP256)?;
        let certificate = authority_template(name).self_signed(&key)?;
        Ok(Authority(Minted { certificate, key }))
    }

    /// An authority below this one.
    pub fn issuing(&self, name: &str) -> Result<Authority, CertError> {
        let key = PrivateKey::generate(KeySpec::EcdsaP256)?;
        let issuer = &self.0;
        let certificate = authority_template(name).issued_by(key.spki(), &issuer.certificate, &issuer.key)?;
        Ok(Authority(Minted { certificate, key }))
    }

    /// A server's certificate for names, with a new key.
    pub fn server(&self, subject: &str, domains: &[&str], days: i64) -> Result<Minted, CertError> {
        let key = PrivateKey::generate(KeySpec::EcdsaP256)?;
        let certificate = self.sign(key.spki(), subject, domains, days)?;
        Ok(Minted { certificate, key })
    }

    /// A certificate for somebody else's public key, such as a request's.
    pub fn sign(
        &self,
        spki: &[u8],
        subject: &str,
        domains: &[&str],
        days: i64,
    ) -> Result<Certificate, CertError> {
        let names = domains.iter().map(|d| SanEntry::Dns((*d).to_owned())).collect();
        let start = crate::NOW - DAY;
        let template = CertificateTemplate {
            subject: Name::parse(subject, StringForm::Printable)?,
            not_before: start,
            not_after: start + days * DAY,
            hash: SignatureHash::Sha256,
            serial: None,
            extensions: vec![
                ExtensionSpec::AuthorityKeyId,
                ExtensionSpec::SubjectAltName(names),
                ExtensionSpec::BasicConstraints { is_ca: false, path_length: None, critical: true },
            ],
        };
        template.issued_by(spki, &self.0.certificate, &self.0.key)
    }
}

fn authority_template(name: &str) -> CertificateTemplate {
    let usage = KeyUsage::KEY_CERT_SIGN.with(KeyUsage::CRL_SIGN);
    CertificateTemplate {
        subject: Name::common(name, StringForm::Printable),
        not_before: crate::NOW - 1_825 * DAY,
        not_after: crate::NOW + 1_825 * DAY,
        hash: SignatureHash::Sha256,
        serial: None,
        extensions: vec![
            ExtensionSpec::BasicConstraints { is_ca: true, path_length: None, critical: true },
            ExtensionSpec::KeyUsage { usage, critical: true },
            ExtensionSpec::SubjectKeyId(None),
        ],
    }
}
