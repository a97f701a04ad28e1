//! What is SQLite's own: files and their modes, damaged and foreign files, processes that meet or are killed.
//!
//! Source of all expectations: ours, except where a test says otherwise.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use proptest::prelude::*;
use rusqlite::{Connection, StatementStatus};

use super::certificates::{self, conditions};
use super::*;
use crate::contract::{self, EX01, EX02, add, audit, certificate, print, two_servers};
use crate::location::KeyFile;
use crate::model::Version;

/// A folder of one test, removed with everything in it.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Folder {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("exsh-state-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
        Folder(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn state(&self) -> StateFile {
        StateFile::at(self.path("state.db"))
    }

    fn open(&self) -> SqliteStore {
        SqliteStore::open(&self.state()).unwrap()
    }

    fn error(&self) -> StoreError {
        SqliteStore::open(&self.state()).err().expect("opening should fail")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn wide(number: u32) -> Thumbprint {
    let mut bytes = [0xBB; 20];
    bytes[16..].copy_from_slice(&number.to_be_bytes());
    Thumbprint(bytes)
}

#[test]
fn sqlite_passes_the_contract() {
    let folder = Folder::new();
    contract::story(&|| Box::new(folder.open()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_transactions_equal_a_plain_map(transactions in contract::transactions()) {
        let folder = Folder::new();
        let store = folder.open();
        // The map does not care about power cuts, and neither does this test.
        store.connection.execute_batch("PRAGMA synchronous = OFF").unwrap();
        contract::compare_with_plain_map(&store, &transactions);
    }
}

// Writers that meet.

#[test]
fn eight_processes_of_a_hundred_bindings_lose_none() {
    let folder = Folder::new();
    let store = folder.open();
    two_servers(&store);
    let imap = MailSettings::fresh(&contract::server(EX01), MailProtocol::Imap);
    store.apply(vec![Change::SetMailSettings(imap)]).unwrap();
    let all = 8 * 100;
    let mut rows = (0..all).map(|number| NewCertificate { row: certificate(EX01, wide(number)), key: None });
    store.bulk_load(&mut rows).unwrap();
    let path = folder.path("state.db");
    let writers: Vec<Child> = (0..8)
        .map(|writer| {
            child("child_enables_a_hundred", &path, &format!("export EXSH_STATE_WRITER={writer}; "))
        })
        .collect();
    for writer in writers {
        assert!(writer.wait_with_output().unwrap().status.success());
    }
    assert_eq!(store.certificates_with_service(EX01, Services::SMTP).unwrap().len(), all as usize);
    // One row that all eight read, add to and write: a single overwrite would show in the sum.
    let imap = store.mail_settings(EX01, MailProtocol::Imap).unwrap().unwrap();
    assert_eq!(imap.max_command_size_bytes, 10240 + all as i32);
    let mut trail = 0;
    store
        .for_each_audit_row(0, &mut |_| {
            trail += 1;
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(trail, all);
}

#[test]
#[ignore = "the child of eight_processes_of_a_hundred_bindings_lose_none"]
fn child_enables_a_hundred() {
    let Some(path) = std::env::var_os("EXSH_STATE_TEST") else { return };
    let writer: u32 = std::env::var("EXSH_STATE_WRITER").unwrap().parse().unwrap();
    let store = SqliteStore::open(&StateFile::at(path)).unwrap();
    for number in 0..100 {
        enable(&store, wide(writer * 100 + number));
    }
}

/// What a cmdlet does with a record: read, decide, apply, and again when somebody was faster.
fn enable(store: &SqliteStore, certificate: Thumbprint) {
    loop {
        let row = store.certificate(EX01, &certificate).unwrap().unwrap();
        let mut imap = store.mail_settings(EX01, MailProtocol::Imap).unwrap().unwrap();
        imap.max_command_size_bytes += 1;
        let changes = vec![
            Change::BindServices { server: EX01, certificate, read: row.version, add: Services::SMTP },
            Change::SetMailSettings(imap),
            Change::Audit(audit("enabled")),
        ];
        match store.apply(changes) {
            Ok(()) => return,
            Err(StoreError::Conflict { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn eight_first_uses_at_once_make_one_state_and_one_key() {
    let folder = Folder::new();
    thread::scope(|scope| {
        for writer in 1..=8u8 {
            let folder = &folder;
            scope.spawn(move || {
                let store = folder.open();
                match store.apply(vec![Change::AddServer(contract::server(EX01))]) {
                    Ok(()) | Err(StoreError::Conflict { .. }) => {}
                    Err(error) => panic!("{error}"),
                }
                store.apply(vec![add(certificate(EX01, print(writer)), Some(&[writer; 40]))]).unwrap();
            });
        }
    });
    let store = folder.open();
    for writer in 1..=8u8 {
        assert_eq!(store.private_key(EX01, &print(writer)).unwrap().unwrap().reveal(), [writer; 40]);
    }
}

#[test]
fn eight_makers_of_a_key_file_agree_on_one() {
    let folder = Folder::new();
    let path = folder.path("shared.key");
    let texts: Vec<_> = thread::scope(|scope| {
        let makers: Vec<_> =
            (0..8).map(|_| scope.spawn(|| Sealer::create(&path).unwrap().check_text())).collect();
        makers.into_iter().map(|maker| maker.join().unwrap()).collect()
    });
    let sealer = Sealer::load(&path).unwrap().unwrap();
    assert!(texts.iter().all(|text| sealer.knows(text)));
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1, "nothing is left aside");
}

#[test]
fn a_change_that_changes_nothing_writes_nothing() {
    let folder = Folder::new();
    let (store, watcher) = (folder.open(), folder.open());
    two_servers(&store);
    store.apply(vec![add(certificate(EX01, print(1)), None)]).unwrap();
    let seen =
        || watcher.connection.query_row("PRAGMA data_version", [], |row| row.get::<_, i64>(0)).unwrap();
    let bind = |read, add| {
        store.apply(vec![Change::BindServices {
            server: EX01,
            certificate: print(1),
            read: Version(read),
            add,
        }])
    };
    let before = seen();
    bind(1, Services::SMTP).unwrap();
    let after = seen();
    assert_ne!(before, after, "the watcher notices a write");
    bind(2, Services::SMTP).unwrap();
    assert_eq!(seen(), after);
}

// Files and their modes.

#[test]
fn every_file_is_private_from_its_first_byte_whatever_the_umask() {
    let folder = Folder::new();
    let state = folder.path("made/here/state.db");
    let shown =
        child("child_shows_the_modes_of_a_new_state", &state, "umask 000; ").wait_with_output().unwrap();
    // The harness may have begun a line of its own.
    let shown = String::from_utf8(shown.stdout).unwrap();
    let lines: Vec<&str> =
        shown.lines().filter_map(|line| line.find("mode ").map(|at| &line[at..])).collect();
    let expected = ["state.db", "state.db-shm", "state.db-wal", "state.db.lock", "state.key"];
    assert_eq!(lines, expected.map(|name| format!("mode 600 {name}")));
    assert_eq!(mode(&folder.path("made")), 0o700);
    assert_eq!(mode(&folder.path("made/here")), 0o700);
}

#[test]
#[ignore = "the child of every_file_is_private_from_its_first_byte_whatever_the_umask"]
fn child_shows_the_modes_of_a_new_state() {
    let Some(path) = std::env::var_os("EXSH_STATE_TEST") else { return };
    let store = SqliteStore::open(&StateFile::at(&path)).unwrap();
    two_servers(&store);
    store.apply(vec![add(certificate(EX01, print(1)), Some(b"key"))]).unwrap();
    let folder = Path::new(&path).parent().unwrap();
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    for name in names {
        say(&format!("mode {:o} {}", mode(&folder.join(&name)), name.display()));
    }
}

#[test]
fn what_others_can_get_at_is_refused_with_the_way_to_mend_it() {
    let folder = Folder::new();
    let store = folder.open();
    two_servers(&store);
    store.apply(vec![add(certificate(EX01, print(1)), Some(b"key"))]).unwrap();
    for (name, open, mended) in [
        ("state.db", 0o644, "600"),
        ("state.db", 0o660, "600"),
        ("state.db-wal", 0o604, "600"),
        ("state.db-shm", 0o640, "600"),
        ("", 0o770, "750"),
        ("", 0o707, "705"),
    ] {
        let path = if name.is_empty() { folder.0.clone() } else { folder.path(name) };
        let before = mode(&path);
        chmod(&path, open);
        let error = folder.error();
        assert_eq!(error.id(), "StateExposed", "{name} {open:o}");
        let way = format!("chmod {mended} '{}'", path.display());
        assert!(error.to_string().contains(&way), "{error}");
        chmod(&path, before);
        folder.open();
    }
    // A folder the operator chose may be readable; the default one is ours and may not.
    chmod(&folder.0, 0o755);
    folder.open();
    let ours = StateFile { own_folder: true, ..folder.state() };
    let error = SqliteStore::open(&ours).err().unwrap();
    assert!(error.to_string().contains("chmod 700 "), "{error}");
    // In a folder like /tmp nobody can replace what is not his.
    chmod(&folder.0, 0o1777);
    folder.open();
}

#[test]
fn a_read_only_state_can_be_read_but_not_changed() {
    let folder = Folder::new();
    two_servers(&folder.open());
    chmod(&folder.path("state.db"), 0o400);
    let store = folder.open();
    assert_eq!(store.servers().unwrap().len(), 2);
    let error = store.apply(vec![Change::Audit(audit("refused"))]).unwrap_err();
    assert_eq!(error.id(), "StateReadOnly");
    assert!(error.to_string().contains("chmod u+w"), "{error}");
}

#[test]
fn an_empty_read_only_file_is_told_as_such() {
    let folder = Folder::new();
    fs::write(folder.path("state.db"), b"").unwrap();
    chmod(&folder.path("state.db"), 0o400);
    assert_eq!(folder.error().id(), "StateReadOnly");
}

#[test]
fn a_folder_in_the_place_of_the_file_is_told_as_such() {
    let folder = Folder::new();
    fs::create_dir(folder.path("state.db")).unwrap();
    assert_eq!(folder.error().id(), "StateBadLocation");
}

#[test]
fn a_full_disk_leaves_the_state_as_it_was() {
    let folder = Folder::new();
    let store = folder.open();
    two_servers(&store);
    let pages: i64 = store.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    store.connection.execute_batch(&format!("PRAGMA max_page_count = {}", pages + 2)).unwrap();
    let large = CertificateRow { der: vec![7; 100_000], ..certificate(EX01, print(1)) };
    let error = store.apply(vec![Change::Audit(audit("lost")), add(large, None)]).unwrap_err();
    assert_eq!(error.id(), "StateDiskFull");
    assert_eq!(store.certificate_count(EX01).unwrap(), 0);
    store.apply(vec![Change::Audit(audit("small"))]).unwrap();
}

// Files that are not what they should be.

#[test]
fn other_files_are_not_ours() {
    let check = |make: &dyn Fn(&Path)| {
        let folder = Folder::new();
        let path = folder.path("state.db");
        make(&path);
        chmod(&path, 0o600);
        let before = fs::read(&path).unwrap();
        assert_eq!(folder.error().id(), "StateNotOurs");
        assert_eq!(fs::read(&path).unwrap(), before, "a foreign file stays as it is");
    };
    check(&|path| fs::write(path, "PS> Get-ExchangeCertificate\n".repeat(100)).unwrap());
    check(&|path| fs::write(path, noise(65_536)).unwrap());
    check(&|path| fs::write(path, noise(1)).unwrap());
    check(&|path| Connection::open(path).unwrap().execute_batch("CREATE TABLE mine (a)").unwrap());
    check(&|path| Connection::open(path).unwrap().execute_batch("PRAGMA application_id = 7").unwrap());
    check(&|path| Connection::open(path).unwrap().execute_batch("PRAGMA user_version = 1").unwrap());
}

#[test]
fn a_newer_state_is_left_alone() {
    let folder = Folder::new();
    drop(folder.open());
    Connection::open(folder.path("state.db")).unwrap().execute_batch("PRAGMA user_version = 999").unwrap();
    let error = folder.error();
    assert!(matches!(error, StoreError::Newer { found: 999, supported: 1, .. }), "{error:?}");
}

#[test]
fn an_empty_file_and_an_unfinished_one_become_a_state() {
    for made in ["", "PRAGMA journal_mode = WAL; CREATE TABLE t (a); DROP TABLE t;"] {
        let folder = Folder::new();
        let path = folder.path("state.db");
        Connection::open(&path).unwrap().execute_batch(made).unwrap();
        chmod(&path, 0o600);
        two_servers(&folder.open());
    }
}

#[test]
fn damage_anywhere_is_an_error_and_never_a_panic() {
    let folder = Folder::new();
    let store = folder.open();
    two_servers(&store);
    let mut rows = (0..200).map(|number| NewCertificate { row: certificate(EX01, wide(number)), key: None });
    store.bulk_load(&mut rows).unwrap();
    drop(store);
    let whole = fs::read(folder.path("state.db")).unwrap();
    let noise = noise(whole.len());
    let mut told = 0;
    for from in (100..whole.len()).step_by(4096 / 3) {
        let mut damaged = whole.clone();
        let end = whole.len().min(from + 2000);
        damaged[from..end].copy_from_slice(&noise[from..end]);
        told += u32::from(read_everything(&folder, &damaged).is_err());
        told += u32::from(read_everything(&folder, &whole[..from]).is_err());
    }
    assert!(told > 50, "only {told} damages were noticed");
    assert_eq!(read_everything(&folder, &whole), Ok(()));
    // Every page after the first is noise: the header is ours, so this is damage and not a foreign file.
    let mut damaged = whole.clone();
    damaged[4096..].copy_from_slice(&noise[4096..]);
    assert_eq!(read_everything(&folder, &damaged), Err("StateCorrupt"));
}

fn read_everything(folder: &Folder, content: &[u8]) -> Result<(), &'static str> {
    fs::write(folder.path("state.db"), content).unwrap();
    let id = |error: StoreError| error.id();
    let store = SqliteStore::open(&folder.state()).map_err(id)?;
    for server in store.servers().map_err(id)? {
        store.assignments(server.id).map_err(id)?;
        store.mail_settings(server.id, MailProtocol::Imap).map_err(id)?;
        store.certificates_with_domain(server.id, "mail.contoso.com").map_err(id)?;
        store.for_each_certificate(server.id, &mut |_| ControlFlow::Continue(())).map_err(id)?;
    }
    store.apply(vec![Change::Audit(audit("written to a damaged state"))]).map_err(id)
}

/// The same on every run.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    (0..length).map(|_| next()).collect()
}

// Private keys.

const SECRET: &[u8] = b"-these are the PKCS#8 bytes of a private key-";

fn sealed_state(folder: &Folder) {
    let store = folder.open();
    two_servers(&store);
    store.apply(vec![add(certificate(EX01, print(1)), Some(SECRET))]).unwrap();
}

#[test]
fn no_file_and_no_debug_text_shows_a_private_key() {
    let folder = Folder::new();
    let open = folder.open();
    sealed_state(&folder);
    assert_eq!(open.private_key(EX01, &print(1)).unwrap().unwrap().reveal(), SECRET);
    for entry in fs::read_dir(&folder.0).unwrap() {
        let entry = entry.unwrap();
        let bytes = fs::read(entry.path()).unwrap();
        let shown = bytes.windows(16).any(|window| window == &SECRET[..16]);
        assert!(!shown, "{} shows the key", entry.path().display());
    }
    let change = add(certificate(EX01, print(2)), Some(SECRET));
    let text = format!("{change:?} {:?}", open.private_key(EX01, &print(1)));
    assert!(
        text.contains("SecretBytes(***)") && !text.contains("PKCS#8") && !text.contains("116, 104, 101"),
        "{text}"
    );
}

#[test]
fn a_missing_or_wrong_key_file_is_told_apart_and_never_replaced() {
    let folder = Folder::new();
    sealed_state(&folder);
    let key = folder.path("state.key");
    let right = fs::read(&key).unwrap();
    let check = |expected: &str, hint: &str| {
        let store = folder.open();
        let reading = store.private_key(EX01, &print(1)).unwrap_err();
        let writing = store.apply(vec![add(certificate(EX01, print(2)), Some(SECRET))]).unwrap_err();
        assert_eq!((reading.id(), writing.id()), (expected, expected));
        assert!(reading.to_string().contains(hint), "{reading}");
        assert_eq!(store.certificate_count(EX01).unwrap(), 1, "what needs no key still works");
    };
    fs::remove_file(&key).unwrap();
    check("StateKeyMissing", "EXSH_KEY_FILE");
    assert!(!key.exists(), "a new key would hide that the old one is lost");
    Sealer::create(&key).unwrap();
    check("StateKeyWrong", "EXSH_KEY_FILE");
    fs::write(&key, "not a key").unwrap();
    check("StateKeyMalformed", "64 hex digits");
    fs::write(&key, &right).unwrap();
    chmod(&key, 0o640);
    check("StateExposed", "chmod 600");
    chmod(&key, 0o600);
    assert_eq!(folder.open().private_key(EX01, &print(1)).unwrap().unwrap().reveal(), SECRET);
}

#[test]
fn a_named_key_file_is_used_and_never_made() {
    let folder = Folder::new();
    let named = folder.path("from-a-secret-manager");
    let state = StateFile { key: KeyFile::Named(named.clone()), ..folder.state() };
    let store = SqliteStore::open(&state).unwrap();
    two_servers(&store);
    let change = add(certificate(EX01, print(1)), Some(SECRET));
    assert_eq!(store.apply(vec![change.clone()]).unwrap_err().id(), "StateKeyMissing");
    assert!(!named.exists());
    fs::write(&named, [42; 32]).unwrap();
    chmod(&named, 0o600);
    store.apply(vec![change]).unwrap();
    assert_eq!(store.private_key(EX01, &print(1)).unwrap().unwrap().reveal(), SECRET);
    assert!(!folder.path("state.key").exists());
}

#[test]
fn a_key_moved_to_another_row_does_not_open() {
    let folder = Folder::new();
    sealed_state(&folder);
    let store = folder.open();
    store.apply(vec![add(certificate(EX02, print(1)), Some(b"another key"))]).unwrap();
    let swap =
        "UPDATE private_key SET sealed = (SELECT sealed FROM private_key ORDER BY certificate_id LIMIT 1)";
    store.connection.execute_batch(swap).unwrap();
    assert!(store.private_key(EX01, &print(1)).is_ok());
    assert_eq!(store.private_key(EX02, &print(1)).unwrap_err().id(), "StateCorrupt");
}

// Nothing that touches one certificate grows with their number.

#[test]
fn every_look_up_has_its_index() {
    let folder = Folder::new();
    let store = folder.open();
    for (condition, index) in [
        (conditions::BY_THUMBPRINT, "(server_id=? AND thumbprint=?)"),
        (conditions::BATCH, "certificate_order (server_id=? AND rowid>?)"),
        (conditions::WITH_DOMAIN, "(server_id=? AND name=?)"),
        (conditions::WITH_SERVICE, "certificate_services (server_id=?)"),
        (conditions::NAMED, "certificate_subject (server_id=? AND subject=?)"),
        (conditions::PENDING, "certificate_pending (server_id=?)"),
    ] {
        let explain = format!("EXPLAIN QUERY PLAN {}", certificates::select(condition));
        let mut statement = store.connection.prepare(&explain).unwrap();
        let count = statement.parameter_count();
        let steps: Vec<String> = statement
            .query_map(rusqlite::params_from_iter(std::iter::repeat_n(1, count)), |row| row.get(3))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let plan = steps.join("; ");
        assert!(plan.contains(index), "{condition}: {plan}");
        assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{condition}: {plan}");
    }
}

#[test]
fn a_look_up_takes_the_same_steps_among_few_and_among_many() {
    let folder = Folder::new();
    let store = folder.open();
    two_servers(&store);
    let steps = || {
        let mut statement =
            store.connection.prepare(&certificates::select(conditions::BY_THUMBPRINT)).unwrap();
        assert!(statement.exists((EX01, wide(5))).unwrap());
        (statement.get_status(StatementStatus::VmStep), statement.get_status(StatementStatus::FullscanStep))
    };
    let load = |from: u32, to: u32| {
        let mut rows =
            (from..to).map(|number| NewCertificate { row: certificate(EX01, wide(number)), key: None });
        store.bulk_load(&mut rows).unwrap();
    };
    load(0, 10);
    let few = steps();
    load(10, 3000);
    assert_eq!(steps(), few);
    assert_eq!(few.1, 0);
}

// Killed at any moment.

#[test]
fn kill_9_leaves_before_or_after() {
    let folder = Folder::new();
    two_servers(&folder.open());
    for round in 0..6u64 {
        let mut child = child("child_commits_until_it_is_killed", &folder.path("state.db"), "");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let started = lines.by_ref().find(|line| line.contains("committed ")).expect("the child commits");
        thread::sleep(Duration::from_micros(3_000 + 7_919 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let last = lines.filter(|line| line.contains("committed ")).last().unwrap_or(started);
        let reported: u64 = last.rsplit(' ').next().unwrap().parse().unwrap();

        let store = folder.open();
        let (mut certificates, mut entries) = (0, 0);
        store
            .for_each_certificate(EX01, &mut |row| {
                assert_eq!(row.services, Services::SMTP, "added and bound in one transaction");
                assert!(store.private_key(EX01, &row.thumbprint).unwrap().is_some());
                certificates += 1;
                ControlFlow::Continue(())
            })
            .unwrap();
        store
            .for_each_audit_row(0, &mut |_| {
                entries += 1;
                ControlFlow::Continue(())
            })
            .unwrap();
        assert_eq!(certificates, entries, "a change and its audit entry");
        assert!(certificates >= reported, "{certificates} are there, {reported} were reported");
        let sound: String =
            store.connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
    }
}

#[test]
#[ignore = "the child of kill_9_leaves_before_or_after"]
fn child_commits_until_it_is_killed() {
    let Some(path) = std::env::var_os("EXSH_STATE_TEST") else { return };
    let store = SqliteStore::open(&StateFile::at(path)).unwrap();
    let first = u32::try_from(store.certificate_count(EX01).unwrap()).unwrap();
    for number in first..first + 100_000 {
        let thumbprint = wide(number);
        let bind = Change::BindServices {
            server: EX01,
            certificate: thumbprint,
            read: Version(0),
            add: Services::SMTP,
        };
        let add = add(certificate(EX01, thumbprint), Some(SECRET));
        store.apply(vec![add, bind, Change::Audit(audit("committed"))]).unwrap();
        say(&format!("committed {}", number + 1));
    }
}

/// Runs one ignored test of this binary as a process of its own.
fn child(test: &str, state: &Path, before: &str) -> Child {
    Command::new("sh")
        .args(["-c", &format!("{before}exec \"$0\" \"$@\"")])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", &format!("sqlite::tests::{test}"), "--ignored", "--nocapture", "--test-threads=1"])
        .env("EXSH_STATE_TEST", state)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// A line for the parent process, written past the test harness.
fn say(line: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
}
