//! Applies changes inside one write transaction: checks what was read, keeps references whole, writes what differs.
//!
//! It runs while nobody else writes, so what it looks up holds until the commit.

use std::collections::HashMap;

use rusqlite::Connection;

use super::certificates::{self, Stored};
use super::fault::Fault;
use super::{SqliteStore, connectors, servers, settings, trail};
use crate::error::StoreError;
use crate::model::{
    Connector, ConnectorKind, Endpoint, MailSettings, Server, ServerId, ServiceStatus, StartupType,
    Thumbprint, UmCallRouterSettings, UmServiceSettings, Version, WindowsService,
};
use crate::seal::Place;
use crate::store::{Change, NewCertificate, ServiceAction};

/// A row that carries a version. Names are folded, because they are looked up so.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum RowName {
    Server(ServerId),
    Certificate(ServerId, Thumbprint),
    Endpoint(ServerId, Endpoint),
    WindowsService(ServerId, String),
    Settings(ServerId, &'static str),
    Connector(ConnectorKind, Option<ServerId>, String),
}

pub(super) struct Step<'a> {
    connection: &'a Connection,
    store: &'a SqliteStore,
    /// The version each row had when this transaction began, for rows it has changed: later changes name that one.
    touched: HashMap<RowName, Version>,
}

impl<'a> Step<'a> {
    pub fn new(connection: &'a Connection, store: &'a SqliteStore) -> Step<'a> {
        Step { connection, store, touched: HashMap::new() }
    }

    pub fn forget_touched(&mut self) {
        self.touched.clear();
    }

    pub fn apply(&mut self, change: Change) -> Result<(), Fault> {
        match change {
            Change::CreateOrganization(organization) => {
                if servers::organization(self.connection)?.is_some() {
                    return Err(StoreError::Conflict { what: "The organization".to_owned() }.into());
                }
                servers::insert_organization(self.connection, &organization)
            }
            Change::AddServer(server) => self.add_server(&server),
            Change::SetInternalTransport { server, read, certificate } => {
                self.set_internal_transport(server, read, &certificate)
            }
            Change::AddCertificate(new) => self.add_certificate(&new),
            Change::SetFriendlyName { server, certificate, read, friendly_name } => {
                let stored = self.read_certificate(server, &certificate, read)?;
                if stored.friendly_name == friendly_name {
                    return Ok(());
                }
                certificates::set_friendly_name(self.connection, stored.id, &friendly_name)
            }
            Change::RemoveCertificate { server, certificate, read } => {
                self.remove_certificate(server, &certificate, read)
            }
            Change::BindServices { server, certificate, read, add } => {
                let stored = self.read_certificate(server, &certificate, read)?;
                if stored.services.contains(add) {
                    return Ok(());
                }
                certificates::set_services(self.connection, stored.id, stored.services | add)
            }
            Change::Assign { server, endpoint, read, certificate } => {
                self.assign(server, endpoint, read, certificate)
            }
            Change::AddWindowsService(service) => self.add_windows_service(&service),
            Change::ControlService { server, name, action } => self.control_service(server, &name, action),
            Change::SetStartupType { server, name, read, startup } => {
                self.set_startup_type(server, &name, read, startup)
            }
            Change::SetMailSettings(mail) => self.set_mail_settings(&mail),
            Change::SetUmService(um) => self.set_um_service(&um),
            Change::SetUmCallRouter(router) => self.set_um_call_router(&router),
            Change::AddConnector(connector) => self.add_connector(&connector),
            Change::SetConnector(connector) => self.set_connector(&connector),
            Change::RemoveConnector { kind, server, name, read } => {
                let row = RowName::Connector(kind, server, name.to_ascii_lowercase());
                let stored = connectors::one(self.connection, kind, server, &name)?;
                self.check_read(row, read, stored.map(|stored| stored.version))?;
                connectors::delete(self.connection, kind, server, &name)
            }
            Change::AddTrustEntry(entry) => connectors::insert_trust_entry(self.connection, &entry),
            Change::RemoveTrustEntry { server, kind, thumbprint } => {
                connectors::delete_trust_entry(self.connection, server, kind, &thumbprint)
            }
            Change::Audit(entry) => trail::append(self.connection, &entry),
        }
    }

    fn add_server(&mut self, server: &Server) -> Result<(), Fault> {
        let taken = server.id == ServerId(0)
            || servers::by_id(self.connection, server.id)?.is_some()
            || servers::by_name(self.connection, &server.name)?.is_some()
            || servers::by_name(self.connection, &server.fqdn)?.is_some();
        if taken {
            return Err(StoreError::Conflict { what: format!("Server {}", server.name) }.into());
        }
        if let Some(certificate) = &server.internal_transport {
            let what = self.describe(&RowName::Certificate(server.id, *certificate));
            return Err(StoreError::NotFound { what }.into());
        }
        servers::insert(self.connection, server)?;
        self.touched.insert(RowName::Server(server.id), Version(0));
        Ok(())
    }

    fn set_internal_transport(
        &mut self,
        server: ServerId,
        read: Version,
        certificate: &Thumbprint,
    ) -> Result<(), Fault> {
        let stored = servers::by_id(self.connection, server)?;
        let current = stored.as_ref().and_then(|stored| stored.internal_transport);
        self.check_read(RowName::Server(server), read, stored.map(|stored| stored.version))?;
        self.must_have(server, certificate)?;
        if current.as_ref() == Some(certificate) {
            return Ok(());
        }
        servers::set_internal_transport(self.connection, server, certificate)
    }

    fn add_certificate(&mut self, new: &NewCertificate) -> Result<(), Fault> {
        let (server, thumbprint) = (new.row.server, &new.row.thumbprint);
        if certificates::stored(self.connection, server, thumbprint)?.is_some() {
            let what = self.describe(&RowName::Certificate(server, *thumbprint));
            return Err(StoreError::AlreadyExists { what }.into());
        }
        self.must_have_server(server)?;
        let sealed = match &new.key {
            Some(key) => {
                Some(self.store.seal_private_key(self.connection, key, Place { server, thumbprint })?)
            }
            None => None,
        };
        certificates::insert(self.connection, &new.row, sealed.as_deref())?;
        // A certificate that was removed before in this transaction starts anew.
        self.touched.insert(RowName::Certificate(server, *thumbprint), Version(0));
        Ok(())
    }

    fn remove_certificate(
        &mut self,
        server: ServerId,
        certificate: &Thumbprint,
        read: Version,
    ) -> Result<(), Fault> {
        let stored = self.read_certificate(server, certificate, read)?;
        let owner = servers::by_id(self.connection, server)?;
        if let Some(owner) = owner.filter(|owner| owner.internal_transport.as_ref() == Some(certificate)) {
            let what = self.describe(&RowName::Certificate(server, *certificate));
            let by = format!("the internal transport certificate of server {}", owner.name);
            return Err(StoreError::InUse { what, by }.into());
        }
        for row in servers::assignments(self.connection, server)? {
            if row.assigned.as_ref() == Some(certificate) {
                self.touched.entry(RowName::Endpoint(server, row.endpoint)).or_insert(row.version);
                servers::set_assigned(self.connection, server, row.endpoint, None)?;
            }
        }
        certificates::delete(self.connection, server, stored.id)
    }

    fn assign(
        &mut self,
        server: ServerId,
        endpoint: Endpoint,
        read: Version,
        certificate: Option<Thumbprint>,
    ) -> Result<(), Fault> {
        let stored = servers::assignment(self.connection, server, endpoint)?;
        self.check_read(RowName::Endpoint(server, endpoint), read, Some(stored.version))?;
        self.must_have_server(server)?;
        if let Some(certificate) = &certificate {
            self.must_have(server, certificate)?;
        }
        if stored.assigned == certificate {
            return Ok(());
        }
        servers::set_assigned(self.connection, server, endpoint, certificate)
    }

    fn add_windows_service(&mut self, service: &WindowsService) -> Result<(), Fault> {
        self.must_have_server(service.server)?;
        let row = RowName::WindowsService(service.server, service.name.to_ascii_lowercase());
        if servers::windows_service(self.connection, service.server, &service.name)?.is_some() {
            return Err(StoreError::AlreadyExists { what: self.describe(&row) }.into());
        }
        servers::insert_windows_service(self.connection, service)?;
        self.touched.insert(row, Version(0));
        Ok(())
    }

    fn control_service(&mut self, server: ServerId, name: &str, action: ServiceAction) -> Result<(), Fault> {
        let Some(service) = servers::windows_service(self.connection, server, name)? else {
            let row = RowName::WindowsService(server, name.to_owned());
            return Err(StoreError::NotFound { what: self.describe(&row) }.into());
        };
        let status = match action {
            ServiceAction::Start if service.status == ServiceStatus::Running => return Ok(()),
            ServiceAction::Start | ServiceAction::Restart => ServiceStatus::Running,
            ServiceAction::Stop => ServiceStatus::Stopped,
        };
        if service.status != status {
            servers::set_status(self.connection, server, name, status)?;
        }
        for row in servers::assignments(self.connection, server)? {
            if !row.endpoint.windows_service().eq_ignore_ascii_case(name) {
                continue;
            }
            let in_use = if status == ServiceStatus::Running { row.assigned } else { None };
            if row.in_use != in_use {
                servers::set_in_use(self.connection, server, row.endpoint, in_use)?;
            }
        }
        Ok(())
    }

    fn set_startup_type(
        &mut self,
        server: ServerId,
        name: &str,
        read: Version,
        startup: StartupType,
    ) -> Result<(), Fault> {
        let stored = servers::windows_service(self.connection, server, name)?;
        let current = stored.as_ref().map(|stored| stored.startup);
        let row = RowName::WindowsService(server, name.to_ascii_lowercase());
        self.check_read(row, read, stored.map(|stored| stored.version))?;
        if current == Some(startup) {
            return Ok(());
        }
        servers::set_startup(self.connection, server, name, startup)
    }

    fn set_mail_settings(&mut self, mail: &MailSettings) -> Result<(), Fault> {
        self.set_document(mail.server, mail.protocol.as_str(), mail.version, settings::document(mail)?)
    }

    fn set_um_service(&mut self, um: &UmServiceSettings) -> Result<(), Fault> {
        self.set_document(um.server, settings::UM_SERVICE, um.version, settings::document(um)?)
    }

    fn set_um_call_router(&mut self, router: &UmCallRouterSettings) -> Result<(), Fault> {
        self.set_document(
            router.server,
            settings::UM_CALL_ROUTER,
            router.version,
            settings::document(router)?,
        )
    }

    fn set_document(
        &mut self,
        server: ServerId,
        kind: &'static str,
        read: Version,
        document: String,
    ) -> Result<(), Fault> {
        self.must_have_server(server)?;
        let (stored, version) = settings::stored(self.connection, server, kind)?.unwrap_or_default();
        self.check_read(RowName::Settings(server, kind), read, Some(version))?;
        if stored == document {
            return Ok(());
        }
        settings::store(self.connection, server, kind, &document)
    }

    fn add_connector(&mut self, connector: &Connector) -> Result<(), Fault> {
        let row = RowName::Connector(connector.kind, connector.server, connector.name.to_ascii_lowercase());
        if let Some(server) = connector.server {
            self.must_have_server(server)?;
        }
        if connectors::one(self.connection, connector.kind, connector.server, &connector.name)?.is_some() {
            return Err(StoreError::AlreadyExists { what: self.describe(&row) }.into());
        }
        connectors::store(self.connection, connector)?;
        self.touched.insert(row, Version(0));
        Ok(())
    }

    fn set_connector(&mut self, connector: &Connector) -> Result<(), Fault> {
        let row = RowName::Connector(connector.kind, connector.server, connector.name.to_ascii_lowercase());
        let stored = connectors::one(self.connection, connector.kind, connector.server, &connector.name)?;
        self.check_read(row, connector.version, stored.as_ref().map(|stored| stored.version))?;
        let same =
            stored.is_some_and(|stored| Connector { version: connector.version, ..stored } == *connector);
        if same { Ok(()) } else { connectors::store(self.connection, connector) }
    }

    /// The row that was read, if it is still the one that was read.
    fn read_certificate(
        &mut self,
        server: ServerId,
        certificate: &Thumbprint,
        read: Version,
    ) -> Result<Stored, Fault> {
        let row = RowName::Certificate(server, *certificate);
        let stored = certificates::stored(self.connection, server, certificate)?;
        self.check_read(row.clone(), read, stored.as_ref().map(|stored| stored.version))?;
        stored.ok_or_else(|| self.conflict(&row))
    }

    /// `current` is `None` when the row is gone, which is a lost race as well.
    fn check_read(&mut self, row: RowName, read: Version, current: Option<Version>) -> Result<(), Fault> {
        let Some(current) = current else { return Err(self.conflict(&row)) };
        let began = self.touched.get(&row).copied().unwrap_or(current);
        if began != read {
            return Err(self.conflict(&row));
        }
        self.touched.insert(row, began);
        Ok(())
    }

    /// What a change is about to refer to was there when it was read; if not, it was removed since.
    fn must_have(&self, server: ServerId, certificate: &Thumbprint) -> Result<(), Fault> {
        match certificates::stored(self.connection, server, certificate)? {
            Some(_) => Ok(()),
            None => Err(self.conflict(&RowName::Certificate(server, *certificate))),
        }
    }

    fn must_have_server(&self, server: ServerId) -> Result<(), Fault> {
        match servers::by_id(self.connection, server)? {
            Some(_) => Ok(()),
            None => Err(StoreError::NotFound { what: self.describe(&RowName::Server(server)) }.into()),
        }
    }

    fn conflict(&self, row: &RowName) -> Fault {
        StoreError::Conflict { what: self.describe(row) }.into()
    }

    /// For an error's text; a server that can't be named is called by its number.
    fn describe(&self, row: &RowName) -> String {
        let name = |id: ServerId| match servers::by_id(self.connection, id) {
            Ok(Some(server)) => format!("server {}", server.name),
            _ => format!("server number {}", id.0),
        };
        match row {
            RowName::Server(id) => name(*id).replacen("server", "Server", 1),
            RowName::Certificate(id, thumbprint) => format!("Certificate {thumbprint} of {}", name(*id)),
            RowName::Endpoint(id, endpoint) => format!("The certificate of {endpoint} on {}", name(*id)),
            RowName::WindowsService(id, service) => format!("Service {service} on {}", name(*id)),
            RowName::Settings(id, kind) => format!("The {kind} settings of {}", name(*id)),
            RowName::Connector(kind, Some(id), connector) => {
                format!("{kind} connector {connector} of {}", name(*id))
            }
            RowName::Connector(kind, None, connector) => format!("{kind} connector {connector}"),
        }
    }
}
