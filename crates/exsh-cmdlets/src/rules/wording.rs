//! Texts that are ours: nobody captured what the product says here (facts: messages.md, marked unconfirmed or
//! unknown). Captured texts stand with the cmdlet or rule that says them; nothing else may depend on these.

/// `Enable-ExchangeCertificate` for UM or UMCallRouter while the server's startup mode is TCP (M09).
pub fn startup_mode_is_tcp(service: &str, cmdlet: &str, server: &str) -> String {
    format!(
        "The certificate can't be assigned to {service}: UMStartupMode of server {server} is TCP. Run {cmdlet} {server} -UMStartupMode TLS (or Dual) first."
    )
}

/// UM on a server that has none.
pub fn no_unified_messaging(service: &str, server: &str, version: &str) -> String {
    format!(
        "The service {service} doesn't exist on server {server}: Exchange Server {version} has no Unified Messaging."
    )
}

pub fn federation_is_not_enabled() -> String {
    "The service Federation can't be assigned with this cmdlet; it belongs to the federation trust."
        .to_owned()
}

pub fn no_service_named() -> String {
    "None isn't a service a certificate can be assigned to. Name at least one of IMAP, POP, UM, IIS, SMTP, UMCallRouter."
        .to_owned()
}

/// Descriptions for `-WhatIf` and `-Confirm`: gerund sentences, as other Exchange cmdlets have them.
pub fn enabling(thumbprint: &str, services: &str, server: &str) -> String {
    format!(
        "Enabling the certificate with thumbprint {thumbprint} for services {services} on server {server}."
    )
}

pub fn creating(subject: &str, server: &str) -> String {
    format!("Creating a new self-signed certificate with subject '{subject}' on server {server}.")
}

pub fn requesting(subject: &str, server: &str) -> String {
    format!("Creating a new certificate request with subject '{subject}' on server {server}.")
}

pub fn importing(thumbprint: &str, server: &str) -> String {
    format!("Importing the certificate with thumbprint {thumbprint} to server {server}.")
}

pub fn exporting(thumbprint: &str, server: &str) -> String {
    format!("Exporting the certificate with thumbprint {thumbprint} from server {server}.")
}

pub fn key_size(found: i32) -> String {
    format!("{found} isn't a key size for a certificate. Use 2048 or 4096.")
}

/// 1024 is a documented value that the crypto library refuses to make.
pub fn key_size_1024() -> String {
    "RSA keys of 1024 bits can't be made: they are too weak for current clients. Use 2048 or 4096.".to_owned()
}

pub fn friendly_name_too_long(length: usize) -> String {
    format!("A friendly name has at most 63 characters; this one has {length}.")
}

pub fn illegal_domain(name: &str) -> String {
    format!(
        "'{name}' isn't a domain name a certificate can carry: labels have letters, digits and hyphens, and only a leading '*.' may stand for one."
    )
}

pub fn subject_key_identifier(text: &str) -> String {
    format!("'{text}' isn't a subject key identifier: an even number of hexadecimal digits is expected.")
}

pub fn needs_generate_request(parameter: &str) -> String {
    format!("The parameter {parameter} needs the switch GenerateRequest.")
}

pub fn password_needed() -> String {
    "A certificate leaves the server only behind a password. Name one with -Password.".to_owned()
}

pub fn not_a_thumbprint(typed: &str, why: &str) -> String {
    format!("'{typed}' isn't a thumbprint: {why}.")
}

/// Bytes that are neither a certificate nor a PFX; the captured text for both is the one about password and data.
pub fn empty_file_data() -> String {
    "The source data is empty: FileData holds no bytes.".to_owned()
}

pub fn file_problem(path: &str, why: &str) -> String {
    format!("The file '{path}' can't be used: {why}.")
}

pub fn default_changed_meanwhile() -> String {
    "The default SMTP certificate was changed by somebody else while the question stood; nothing was written. Run the command again."
        .to_owned()
}

pub fn cannot_issue(why: &str) -> String {
    format!("The certificate can't be made: {why}.")
}

pub fn instance_is_not_a_certificate() -> String {
    "The object given isn't a certificate of this organization's servers.".to_owned()
}

/// What to do next about a certificate that can't be assigned; the word is the one in the refusal.
pub fn advice_unusable(reason: &str) -> &'static str {
    match reason {
        "PrivateKeyMissing" => {
            "Import the certificate together with its private key (a PFX file), or the answer to a request that was made on this server."
        }
        "PendingRequest" => {
            "Send the request to the authority (Export-ExchangeCertificate shows it again) and import the answer."
        }
        "DateInvalid" => {
            "Renew it: Get-ExchangeCertificate -Thumbprint ... | New-ExchangeCertificate [-GenerateRequest]."
        }
        "Untrusted" => {
            "Import the certificates of its issuers, and make their root one that this machine trusts."
        }
        "Revoked" => "Its issuer has revoked it. Request a new one.",
        _ => "Request or make a new certificate.",
    }
}

pub const ADVICE_NOT_FOUND: &str =
    "Get-ExchangeCertificate lists the thumbprints of a server; -Server names another server.";
pub const ADVICE_UNREADABLE: &str = "Check the password. -Verbose tells what was found in the data.";
pub const ADVICE_NOT_EXPORTABLE: &str =
    "A key can be exported only when it was made or imported with -PrivateKeyExportable $true.";
