//! Certificate requests (PKCS#10): made as Exchange makes them, read back, and matched with the authority's answer.
//!
//! The attributes are those of the published sample (facts: output.md section 2): OS version, client information,
//! CSP, requested extensions. The sample has no SAN; where a request needs one it stands behind the key
//! usage, as in the certificates that Exchange signs itself.

use crate::certificate::{Certificate, KeyUsage};
use crate::der::read::{Reader, tag};
use crate::der::{oid, write};
use crate::error::CertError;
use crate::input;
use crate::issue::{self, ExtensionSpec, SignatureHash};
use crate::key::{KeyKind, PublicKey};
use crate::name::{Name, StringForm};
use crate::pem;
use crate::private_key::PrivateKey;
use crate::san::{self, SanEntry};
use crate::sign;
use crate::verify::{self, Verdict};

const WHAT: &str = "the certificate request";
const CSP: &str = "Microsoft RSA SChannel Cryptographic Provider";

/// What a new request asks for.
#[derive(Debug, Clone)]
pub struct RequestTemplate {
    pub subject: Name,
    /// DNS names (or addresses) of the SAN, in order; empty for none.
    pub domains: Vec<String>,
    /// `None` takes SHA-1 of the public key.
    pub subject_key_id: Option<Vec<u8>>,
    pub hash: SignatureHash,
    /// Left out of the request when `None`.
    pub client: Option<EnrollmentClient>,
}

/// Who made the request, in Microsoft's attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrollmentClient {
    /// For example `10.0.20348.2`.
    pub os_version: String,
    /// FQDN of the machine.
    pub machine: String,
    /// For example `CONTOSO\EX01$`.
    pub account: String,
    /// For example `Microsoft.Exchange.ServiceHost.exe`.
    pub process: String,
}

/// A request with its DER.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateRequest {
    der: Vec<u8>,
    subject: Name,
    spki: Vec<u8>,
    san: Vec<SanEntry>,
}

impl RequestTemplate {
    /// A request for `subject` and `domains`, SHA-256, without client attributes.
    pub fn new(subject: Name, domains: Vec<String>) -> Self {
        Self { subject, domains, subject_key_id: None, hash: SignatureHash::Sha256, client: None }
    }

    /// Signs the request with the key it is for.
    pub fn make(&self, key: &PrivateKey) -> Result<CertificateRequest, CertError> {
        let algorithm = sign::algorithm(key, self.hash)?;
        let info = write::sequence(&[
            &write::integer(0),
            self.subject.with_form(StringForm::Utf8).der(),
            key.spki(),
            &write::context(0, &self.attributes(key)?),
        ]);
        let signature = sign::sign(key, self.hash, &info)?;
        CertificateRequest::from_der(&write::sequence(&[&info, &algorithm, &write::bits(&signature)]))
    }

    fn attributes(&self, key: &PrivateKey) -> Result<Vec<u8>, CertError> {
        let attribute =
            |kind: &str, value: Vec<u8>| write::sequence(&[&write::oid(kind), &write::set_of(vec![value])]);
        let transport = KeyUsage::DIGITAL_SIGNATURE.with(KeyUsage::KEY_ENCIPHERMENT);
        let mut extensions = vec![ExtensionSpec::KeyUsage { usage: transport, critical: true }];
        if !self.domains.is_empty() {
            extensions.push(ExtensionSpec::SubjectAltName(issue::alternative_names(&self.domains)));
        }
        extensions.push(ExtensionSpec::BasicConstraints { is_ca: false, path_length: None, critical: true });
        extensions.push(ExtensionSpec::SubjectKeyId(self.subject_key_id.clone()));
        let extensions = issue::write_extensions(&extensions, key.spki(), None)?;

        let mut all = Vec::new();
        if let Some(client) = &self.client {
            all.push(attribute(oid::OS_VERSION, write::ia5(&client.os_version)));
            // 5 is the client id of certificate enrolment by a COM client, as in the sample.
            let who = write::sequence(&[
                &write::integer(5),
                &write::utf8(&client.machine),
                &write::utf8(&client.account),
                &write::utf8(&client.process),
            ]);
            all.push(attribute(oid::REQUEST_CLIENT_INFO, who));
            if key.kind() == KeyKind::Rsa {
                let provider = write::sequence(&[&write::integer(1), &write::bmp(CSP), &write::bits(&[])]);
                all.push(attribute(oid::ENROLLMENT_CSP, provider));
            }
        }
        all.push(attribute(oid::EXTENSION_REQUEST, extensions));
        // Attributes are a SET OF: DER sorts them.
        all.sort();
        Ok(all.concat())
    }
}

impl CertificateRequest {
    /// Reads a request in DER.
    pub fn from_der(der: &[u8]) -> Result<Self, CertError> {
        let mut outer = Reader::new(der, WHAT);
        if outer.peek() != Some(tag::SEQUENCE) {
            return Err(CertError::NotRecognized { expected: "a certificate request" });
        }
        let whole = outer.expect(tag::SEQUENCE)?;
        let mut info = outer.inside(whole).enter(tag::SEQUENCE)?;
        info.expect(tag::INTEGER)?;
        let subject = Name::from_der(info.expect(tag::SEQUENCE)?.whole);
        let spki = info.expect(tag::SEQUENCE)?.whole.to_vec();
        PublicKey::read(&spki)?;
        let san = match info.optional(0xA0)? {
            Some(attributes) => requested_names(info.inside(attributes))?,
            None => Vec::new(),
        };
        Ok(Self { der: whole.whole.to_vec(), subject, spki, san })
    }

    /// Reads a request in PEM (with and without NEW), DER, or Base64 without armour, also as UTF-16.
    pub fn read(bytes: &[u8]) -> Result<Self, CertError> {
        let text = input::as_bytes(bytes);
        match input::sniff(&text) {
            input::InputKind::Empty => Err(CertError::Empty),
            input::InputKind::Pem => {
                let block = pem::blocks(&text)?
                    .into_iter()
                    .find(|block| block.label.ends_with("CERTIFICATE REQUEST"));
                Self::from_der(
                    &block.ok_or(CertError::NotRecognized { expected: "a certificate request" })?.der,
                )
            }
            input::InputKind::Base64 => Self::from_der(&pem::decode_base64(&text)?),
            _ => Self::from_der(&text),
        }
    }

    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Exchange's text form: `NEW CERTIFICATE REQUEST`, 64 columns, each line ended by `newline`.
    pub fn to_pem(&self, newline: &str) -> String {
        pem::encode_pem("NEW CERTIFICATE REQUEST", &self.der, newline)
    }

    pub fn subject(&self) -> &Name {
        &self.subject
    }

    /// SubjectPublicKeyInfo in DER.
    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    pub fn san(&self) -> &[SanEntry] {
        &self.san
    }

    /// Whether the request is signed by the key it asks for.
    pub fn is_genuine(&self) -> bool {
        self.check().is_ok_and(|verdict| verdict == Verdict::Good)
    }

    /// Whether `certificate` is an authority's answer to this request: it is for the same public key.
    pub fn is_answered_by(&self, certificate: &Certificate) -> bool {
        match (PublicKey::read(&self.spki), PublicKey::read(certificate.spki())) {
            (Ok(own), Ok(other)) => own.kind == other.kind && own.key == other.key,
            _ => false,
        }
    }

    fn check(&self) -> Result<Verdict, CertError> {
        let mut outer = Reader::new(&self.der, WHAT).enter(tag::SEQUENCE)?;
        let info = outer.expect(tag::SEQUENCE)?;
        let mut algorithm = outer.enter(tag::SEQUENCE)?;
        let kind = oid::dotted(algorithm.expect(tag::OID)?.content).ok_or_else(|| algorithm.malformed())?;
        let signature = outer.expect(tag::BIT_STRING)?.content.get(1..).unwrap_or_default();
        Ok(verify::verify(&self.spki, &kind, algorithm.rest(), info.whole, signature))
    }
}

fn requested_names(mut attributes: Reader<'_>) -> Result<Vec<SanEntry>, CertError> {
    while !attributes.is_empty() {
        let mut attribute = attributes.enter(tag::SEQUENCE)?;
        let kind = oid::dotted(attribute.expect(tag::OID)?.content);
        if kind.as_deref() != Some(oid::EXTENSION_REQUEST) {
            continue;
        }
        let mut extensions = attribute.enter(tag::SET)?.enter(tag::SEQUENCE)?;
        while !extensions.is_empty() {
            let mut extension = extensions.enter(tag::SEQUENCE)?;
            let kind = oid::dotted(extension.expect(tag::OID)?.content);
            extension.optional(tag::BOOLEAN)?;
            if kind.as_deref() == Some(oid::SUBJECT_ALT_NAME) {
                return Ok(san::read(extension.expect(tag::OCTET_STRING)?.content));
            }
        }
    }
    Ok(Vec::new())
}
