//! Makes the states that the Exchange rows of the benchmark set ask for (tests/bench/README.md).
//!
//! Usage: bench_state STATE.db certificates COUNT | servers COUNT
//! Prints the variables that the rows read. Many certificates share one key, and from the 2000th on only their serial
//! numbers differ: the rows look certificates up and show them, none is judged by its signature again.
#![allow(clippy::print_stdout)] // Its output is what it is for.

use exsh_cmdlets::intake;
use exsh_cmdlets::organization::{Plan, init};
use exsh_pki::{Certificate, KeySpec, Name, PrivateKey, SelfSigned, StringForm};
use exsh_state::location::StateFile;
use exsh_state::model::{
    Edition, MailProtocol, MailSettings, RootKind, Server, ServerId, ServerVersion, Services, Version,
};
use exsh_state::{Change, Location, NewCertificate, Store};
use exsh_testkit::{FakeHost, NOW};
use std::error::Error;

/// Certificates that are really signed; the rest get another serial number.
const SIGNED: usize = 2000;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, kind, count] = arguments.as_slice() else {
        return Err("usage: bench_state STATE.db certificates COUNT | servers COUNT".into());
    };
    let count: usize = count.parse()?;
    let store = exsh_state::open(&Location::File(StateFile::at(path)))?;
    let mut host = FakeHost::default();
    let plan = Plan::new(&host, Some(ServerVersion::ExchangeSe), Some("EX01"), Some("contoso.com"))?;
    let local = init(&*store, &mut host, &plan).map_err(|_| "the state has a server EX01 already")?;
    match kind.as_str() {
        "certificates" => certificates(&*store, &local, count),
        "servers" => servers(&*store, count),
        other => Err(format!("{other} is neither certificates nor servers").into()),
    }
}

fn certificates(store: &dyn Store, server: &Server, count: usize) -> Result<(), Box<dyn Error>> {
    let key = PrivateKey::generate(KeySpec::Rsa(2048))?;
    let mut signed: Vec<Vec<u8>> = Vec::new();
    for i in 0..count.min(SIGNED) {
        signed.push(minted(&key, &format!("mail{i}.contoso.com"), i as u64)?.der().to_vec());
    }
    let mut rows = (0..count).map(|i| {
        let mut der = signed[i % signed.len()].clone();
        if i >= signed.len() {
            let serial = serial(i as u64 % SIGNED as u64);
            let at =
                der.windows(16).position(|window| window == serial).expect("the serial number is in the DER");
            der[at..at + 16].copy_from_slice(&self::serial(i as u64));
        }
        let certificate =
            Certificate::from_der(&der).expect("a certificate stays one with another serial number");
        let mut row = intake::row(server.id, &certificate, NOW);
        row.self_signed = true;
        row.root = RootKind::None;
        row.friendly_name = format!("Certificate {i}");
        row.services = Services::SMTP;
        intake::with_key(row, Some(&key))
    });
    let middle = count / 2;
    let mut chosen = None;
    let mut seen = 0;
    let mut watched = std::iter::from_fn(|| {
        let next: Option<NewCertificate> = rows.next();
        if seen == middle {
            chosen = next.as_ref().map(|new| (new.row.thumbprint, new.row.domains[0].clone()));
        }
        seen += 1;
        next
    });
    store.bulk_load(&mut watched)?;
    let (thumbprint, domain) = chosen.ok_or("no certificate was asked for")?;
    println!("BENCH_SERVER={}\nBENCH_THUMBPRINT={thumbprint}\nBENCH_DOMAIN={domain}", server.name);
    Ok(())
}

fn servers(store: &dyn Store, count: usize) -> Result<(), Box<dyn Error>> {
    let key = PrivateKey::generate(KeySpec::Rsa(2048))?;
    let certificate = minted(&key, "mail.contoso.com", 0)?;
    for first in (0..count).step_by(100) {
        let mut changes = Vec::new();
        for i in first..count.min(first + 100) {
            let server = server(ServerId(1000 + i as u32), &format!("SRV{:04}", i + 1));
            let mut row = intake::row(server.id, &certificate, NOW);
            row.root = RootKind::None;
            changes.push(Change::AddServer(server.clone()));
            for protocol in [MailProtocol::Imap, MailProtocol::Pop] {
                changes.push(Change::SetMailSettings(MailSettings::fresh(&server, protocol)));
            }
            changes.push(Change::AddCertificate(intake::with_key(row, Some(&key))));
        }
        store.apply(changes)?;
    }
    println!(
        "BENCH_SERVER=SRV0001\nBENCH_THUMBPRINT={}\nBENCH_DOMAIN=mail.contoso.com",
        certificate.thumbprint()
    );
    Ok(())
}

fn minted(key: &PrivateKey, name: &str, number: u64) -> Result<Certificate, Box<dyn Error>> {
    let domains = vec![name.to_owned(), format!("autodiscover.{name}"), format!("smtp.{name}")];
    let mut template =
        SelfSigned::new_exchange(Name::common(name, StringForm::Printable), domains, NOW - 86_400);
    template.serial = Some(serial(number).to_vec());
    Ok(template.make(key)?)
}

/// 16 bytes that stay 16 as a positive number and are found nowhere else in the DER.
fn serial(number: u64) -> [u8; 16] {
    let mut bytes = *b"Exsh-bch\0\0\0\0\0\0\0\0";
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    bytes
}

fn server(id: ServerId, name: &str) -> Server {
    Server {
        id,
        name: name.to_owned(),
        fqdn: format!("{name}.contoso.com"),
        version_name: ServerVersion::ExchangeSe,
        admin_display_version: ServerVersion::ExchangeSe.admin_display_version().to_owned(),
        edition: Edition::StandardEvaluation,
        roles: "Mailbox".to_owned(),
        site: "contoso.com/Configuration/Sites/Default-First-Site-Name".to_owned(),
        internal_transport: None,
        created_at: NOW,
        version: Version(0),
    }
}
