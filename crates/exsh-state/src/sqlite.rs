//! The SQLite backend: one file in WAL mode, one commit one fdatasync, writers in turns on a lock file.
//!
//! This file ties the `Store` verbs to the queries and owns the connection; how a file is opened, how errors are read
//! and each group of tables have a module of their own.

mod certificates;
mod change;
mod columns;
mod connectors;
mod fault;
pub(crate) mod files;
mod open;
mod sealing;
mod servers;
mod settings;
mod trail;

#[cfg(all(test, unix))]
mod tests;

use std::cell::OnceCell;
use std::ops::ControlFlow;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::StoreError;
use crate::location::StateFile;
use crate::model::{
    Assignment, AuditRow, CertificateRow, Connector, ConnectorKind, Endpoint, MailProtocol, MailSettings,
    Organization, PendingRestart, Server, ServerId, Services, Thumbprint, TrustEntry, TrustKind,
    UmCallRouterSettings, UmServiceSettings, WindowsService,
};
use crate::seal::{Sealer, SecretBytes};
use crate::store::{Change, NewCertificate, Store};
use fault::Fault;

/// A state in one SQLite file. Each process, and each thread, opens its own.
pub struct SqliteStore {
    connection: Connection,
    file: StateFile,
    read_only: bool,
    /// Loaded with the first private key that is sealed or opened; most commands need none.
    sealer: OnceCell<Sealer>,
}

impl SqliteStore {
    /// Opens a state, makes it when nothing is there, brings an older one up to date.
    pub fn open(file: &StateFile) -> Result<SqliteStore, StoreError> {
        let opened = open::open(file)?;
        Ok(SqliteStore {
            connection: opened.connection,
            file: file.clone(),
            read_only: opened.read_only,
            sealer: OnceCell::new(),
        })
    }

    fn read<T>(&self, query: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, StoreError> {
        query(&self.connection).map_err(|fault| fault.tell(&self.file.path))
    }

    /// Runs `work` as the only writer and commits; any error, or a panic, leaves the state as it was.
    fn write<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, StoreError> {
        if self.read_only {
            return Err(StoreError::ReadOnly { path: self.file.path.clone() });
        }
        let _turn = files::take_turn(&self.file.lock_path())?;
        self.read(|connection| {
            let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        })
    }
}

impl Store for SqliteStore {
    fn organization(&self) -> Result<Option<Organization>, StoreError> {
        self.read(servers::organization)
    }

    fn servers(&self) -> Result<Vec<Server>, StoreError> {
        self.read(servers::all)
    }

    fn server(&self, id: ServerId) -> Result<Option<Server>, StoreError> {
        self.read(|connection| servers::by_id(connection, id))
    }

    fn server_by_name(&self, name: &str) -> Result<Option<Server>, StoreError> {
        self.read(|connection| servers::by_name(connection, name))
    }

    fn unused_server_id(&self) -> Result<ServerId, StoreError> {
        self.read(servers::unused_id)
    }

    fn certificate(
        &self,
        server: ServerId,
        thumbprint: &Thumbprint,
    ) -> Result<Option<CertificateRow>, StoreError> {
        self.read(|connection| certificates::by_thumbprint(connection, server, thumbprint))
    }

    fn for_each_certificate(
        &self,
        server: ServerId,
        visit: &mut dyn FnMut(CertificateRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        // The first batch is small because the first rows may be all that is asked for.
        let (mut after, mut size) = (0, 32);
        loop {
            let batch = self.read(|connection| certificates::batch(connection, server, after, size))?;
            let complete = batch.len() < size;
            for (id, row) in batch {
                after = id;
                if visit(row).is_break() {
                    return Ok(());
                }
            }
            if complete {
                return Ok(());
            }
            size = (size * 2).min(512);
        }
    }

    fn certificates_with_domain(
        &self,
        server: ServerId,
        domain: &str,
    ) -> Result<Vec<CertificateRow>, StoreError> {
        self.read(|connection| certificates::with_domain(connection, server, domain))
    }

    fn certificates_with_service(
        &self,
        server: ServerId,
        service: Services,
    ) -> Result<Vec<CertificateRow>, StoreError> {
        self.read(|connection| certificates::with_service(connection, server, service))
    }

    fn certificates_named(
        &self,
        server: ServerId,
        issuer: &str,
        subject: &str,
    ) -> Result<Vec<CertificateRow>, StoreError> {
        self.read(|connection| certificates::named(connection, server, issuer, subject))
    }

    fn pending_requests(&self, server: ServerId) -> Result<Vec<CertificateRow>, StoreError> {
        self.read(|connection| certificates::pending_requests(connection, server))
    }

    fn certificate_count(&self, server: ServerId) -> Result<u64, StoreError> {
        self.read(|connection| certificates::count(connection, server))
    }

    fn private_key(
        &self,
        server: ServerId,
        thumbprint: &Thumbprint,
    ) -> Result<Option<SecretBytes>, StoreError> {
        self.read(|connection| self.open_private_key(connection, server, thumbprint))
    }

    fn assignments(&self, server: ServerId) -> Result<Vec<Assignment>, StoreError> {
        self.read(|connection| servers::assignments(connection, server))
    }

    fn assignment(&self, server: ServerId, endpoint: Endpoint) -> Result<Assignment, StoreError> {
        self.read(|connection| servers::assignment(connection, server, endpoint))
    }

    fn pending_restarts(&self, server: ServerId) -> Result<Vec<PendingRestart>, StoreError> {
        self.read(|connection| servers::pending_restarts(connection, server))
    }

    fn windows_services(&self, server: ServerId) -> Result<Vec<WindowsService>, StoreError> {
        self.read(|connection| servers::windows_services(connection, server))
    }

    fn windows_service(&self, server: ServerId, name: &str) -> Result<Option<WindowsService>, StoreError> {
        self.read(|connection| servers::windows_service(connection, server, name))
    }

    fn mail_settings(
        &self,
        server: ServerId,
        protocol: MailProtocol,
    ) -> Result<Option<MailSettings>, StoreError> {
        self.read(|connection| settings::mail(connection, server, protocol))
    }

    fn um_service(&self, server: ServerId) -> Result<Option<UmServiceSettings>, StoreError> {
        self.read(|connection| settings::um_service(connection, server))
    }

    fn um_call_router(&self, server: ServerId) -> Result<Option<UmCallRouterSettings>, StoreError> {
        self.read(|connection| settings::um_call_router(connection, server))
    }

    fn connectors(&self, kind: ConnectorKind) -> Result<Vec<Connector>, StoreError> {
        self.read(|connection| connectors::all(connection, kind))
    }

    fn trust_entries(&self, server: ServerId, kind: TrustKind) -> Result<Vec<TrustEntry>, StoreError> {
        self.read(|connection| connectors::trust_entries(connection, server, kind))
    }

    fn for_each_audit_row(
        &self,
        after: u64,
        visit: &mut dyn FnMut(AuditRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut after = after;
        loop {
            let batch = self.read(|connection| trail::batch(connection, after, 256))?;
            if batch.is_empty() {
                return Ok(());
            }
            for row in batch {
                after = row.number;
                if visit(row).is_break() {
                    return Ok(());
                }
            }
        }
    }

    fn apply(&self, changes: Vec<Change>) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        self.write(|connection| {
            let mut step = change::Step::new(connection, self);
            changes.into_iter().try_for_each(|change| step.apply(change))
        })
    }

    fn bulk_load(&self, new: &mut dyn Iterator<Item = NewCertificate>) -> Result<u64, StoreError> {
        self.write(|connection| {
            let mut step = change::Step::new(connection, self);
            let mut loaded = 0;
            for certificate in new {
                step.apply(Change::AddCertificate(certificate))?;
                // Nothing later in this transaction asks which rows it touched, and the list would grow with them.
                step.forget_touched();
                loaded += 1;
            }
            Ok(loaded)
        })
    }
}
