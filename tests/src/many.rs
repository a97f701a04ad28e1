//! A state with many certificates that can be assigned: one key, a serial number each.

use exsh_cmdlets::intake;
use exsh_cmdlets::organization::{Plan, init};
use exsh_pki::{KeySpec, Name, PrivateKey, SelfSigned, StringForm};
use exsh_state::Location;
use exsh_state::location::StateFile;
use exsh_state::model::{RootKind, ServerVersion};
use exsh_testkit::FakeHost;
use std::error::Error;
use std::path::Path;

/// Makes a state with `count` certificates on one server named after this machine; gives their thumbprints.
pub fn certificates_of_one_server(path: &Path, count: usize) -> Result<Vec<String>, Box<dyn Error>> {
    let folder = path.parent().ok_or("a state lies in a folder")?;
    std::os::unix::fs::DirBuilderExt::mode(std::fs::DirBuilder::new().recursive(true), 0o700)
        .create(folder)?;
    let store = exsh_state::open(&Location::File(StateFile::at(path)))?;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs() as i64;
    let mut host = FakeHost::default();
    let plan = Plan::new(&host, Some(ServerVersion::ExchangeSe), Some("EX01"), Some("contoso.com"))?;
    let server = init(&*store, &mut host, &plan).map_err(|_| "the state has a server already")?;
    let key = PrivateKey::generate(KeySpec::EcdsaP256)?;
    let mut thumbprints = Vec::with_capacity(count);
    let mut rows = Vec::with_capacity(count);
    for i in 0..count {
        let name = format!("mail{i}.contoso.com");
        let subject = Name::parse(&format!("CN={name}"), StringForm::Printable)?;
        let certificate = SelfSigned::new_exchange(subject, vec![name], now - 86_400).make(&key)?;
        thumbprints.push(certificate.thumbprint().to_string());
        let mut row = intake::row(server.id, &certificate, now);
        row.self_signed = true;
        row.root = RootKind::None;
        rows.push(intake::with_key(row, Some(&key)));
    }
    store.bulk_load(&mut rows.into_iter())?;
    Ok(thumbprints)
}
