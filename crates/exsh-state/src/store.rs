//! The door to the state: blocking verbs of the domain, object-safe, the same for every backend.
//!
//! Reading verbs see what is committed. Changing has one way: `apply` takes explicit changes and commits all of them
//! or none. One record of a pipeline is one `apply`, and its audit entry travels along. A change to a row names the
//! version that was read; when somebody else was faster the whole `apply` ends in `StoreError::Conflict` and nothing
//! is written. The caller then reads again, judges again (the rules may say something else now) and retries or reports.
//!
//! A change that would store what is stored already writes nothing and keeps the version. Changes apply in order and
//! one row may be changed several times in one `apply`: each change then names the version that was *read*, not the
//! ones between; for a row made in the same `apply` that is `Version(0)`.

use std::ops::ControlFlow;

use crate::error::StoreError;
use crate::model::{
    Assignment, AuditEntry, AuditRow, CertificateRow, Connector, ConnectorKind, Endpoint, MailProtocol,
    MailSettings, Organization, PendingRestart, Server, ServerId, Services, StartupType, Thumbprint,
    TrustEntry, TrustKind, UmCallRouterSettings, UmServiceSettings, Version, WindowsService,
};
use crate::seal::SecretBytes;

/// What is stored. A name is a server's short name or FQDN; names compare without regard to ASCII case.
pub trait Store: Send {
    /// `None` in an empty state.
    fn organization(&self) -> Result<Option<Organization>, StoreError>;

    /// All servers, in the order they were made.
    fn servers(&self) -> Result<Vec<Server>, StoreError>;
    fn server(&self, id: ServerId) -> Result<Option<Server>, StoreError>;
    fn server_by_name(&self, name: &str) -> Result<Option<Server>, StoreError>;
    /// A number no server has; another process may take it first, then `AddServer` is a conflict.
    fn unused_server_id(&self) -> Result<ServerId, StoreError>;

    fn certificate(
        &self,
        server: ServerId,
        thumbprint: &Thumbprint,
    ) -> Result<Option<CertificateRow>, StoreError>;
    /// Every certificate of a server, pending requests included, in the order they came in.
    ///
    /// Read in batches: memory does not grow with their number, the visitor may call this store, and certificates
    /// that come in meanwhile may be seen.
    fn for_each_certificate(
        &self,
        server: ServerId,
        visit: &mut dyn FnMut(CertificateRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;
    /// Certificates that list exactly this domain; whoever wants the wildcard asks for `*.contoso.com` as well.
    fn certificates_with_domain(
        &self,
        server: ServerId,
        domain: &str,
    ) -> Result<Vec<CertificateRow>, StoreError>;
    /// Certificates with at least one flag stored.
    fn certificates_with_service(
        &self,
        server: ServerId,
        service: Services,
    ) -> Result<Vec<CertificateRow>, StoreError>;
    /// By subject and issuer in .NET's form, without regard to ASCII case: what `<I>…<S>…` names.
    fn certificates_named(
        &self,
        server: ServerId,
        issuer: &str,
        subject: &str,
    ) -> Result<Vec<CertificateRow>, StoreError>;
    fn pending_requests(&self, server: ServerId) -> Result<Vec<CertificateRow>, StoreError>;
    /// Grows with their number; nothing that touches one certificate should ask.
    fn certificate_count(&self, server: ServerId) -> Result<u64, StoreError>;
    /// The PKCS#8 bytes, opened; `None` when the row or its key is not there.
    fn private_key(
        &self,
        server: ServerId,
        thumbprint: &Thumbprint,
    ) -> Result<Option<SecretBytes>, StoreError>;

    /// One row for each end point that has ever been assigned.
    fn assignments(&self, server: ServerId) -> Result<Vec<Assignment>, StoreError>;
    /// An end point that was never assigned is a row with nothing in it and `Version(0)`.
    fn assignment(&self, server: ServerId, endpoint: Endpoint) -> Result<Assignment, StoreError>;
    /// Running services whose certificate in use is not the assigned one.
    fn pending_restarts(&self, server: ServerId) -> Result<Vec<PendingRestart>, StoreError>;

    fn windows_services(&self, server: ServerId) -> Result<Vec<WindowsService>, StoreError>;
    fn windows_service(&self, server: ServerId, name: &str) -> Result<Option<WindowsService>, StoreError>;

    fn mail_settings(
        &self,
        server: ServerId,
        protocol: MailProtocol,
    ) -> Result<Option<MailSettings>, StoreError>;
    fn um_service(&self, server: ServerId) -> Result<Option<UmServiceSettings>, StoreError>;
    fn um_call_router(&self, server: ServerId) -> Result<Option<UmCallRouterSettings>, StoreError>;

    fn connectors(&self, kind: ConnectorKind) -> Result<Vec<Connector>, StoreError>;
    /// The entries of a server and those of the whole organization.
    fn trust_entries(&self, server: ServerId, kind: TrustKind) -> Result<Vec<TrustEntry>, StoreError>;

    /// Audit rows after a number (0: from the beginning), oldest first; read in batches as certificates are.
    fn for_each_audit_row(
        &self,
        after: u64,
        visit: &mut dyn FnMut(AuditRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;

    /// Commits all changes or none; once it returns `Ok` they survive a loss of power.
    fn apply(&self, changes: Vec<Change>) -> Result<(), StoreError>;

    /// Adds many certificates in one transaction; returns how many. All or none, and the writers' lock is held
    /// throughout, so this is for loading a state, not for a command.
    fn bulk_load(&self, certificates: &mut dyn Iterator<Item = NewCertificate>) -> Result<u64, StoreError>;
}

/// A certificate on its way in. The store decides `has_private_key` (by `key`) and `version` of the row.
#[derive(Clone, Debug)]
pub struct NewCertificate {
    pub row: CertificateRow,
    /// PKCS#8; sealed before it reaches the file.
    pub key: Option<SecretBytes>,
}

/// What Start-, Stop- and Restart-Service do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceAction {
    /// Its end points take the assigned certificate into use. A running service stays as it is.
    Start,
    /// Its end points present nothing any more.
    Stop,
    /// Stop and start; a stopped service is started.
    Restart,
}

/// One step of a transaction. `read` is the version the caller saw.
#[derive(Clone, Debug)]
pub enum Change {
    /// `Conflict` when there is one already (two first uses at once).
    CreateOrganization(Organization),
    /// `Conflict` when id, name or FQDN is taken. `version` is not looked at; `internal_transport` is set later, when
    /// the certificate is there.
    AddServer(Server),
    /// `certificate` must be in the store of this server.
    SetInternalTransport {
        server: ServerId,
        read: Version,
        certificate: Thumbprint,
    },

    /// `AlreadyExists` when the server has this thumbprint.
    AddCertificate(NewCertificate),
    SetFriendlyName {
        server: ServerId,
        certificate: Thumbprint,
        read: Version,
        friendly_name: String,
    },
    /// Takes row and key. End points assigned to it are left without; what they use now they use until a restart.
    /// `InUse` while it is the internal transport certificate.
    RemoveCertificate {
        server: ServerId,
        certificate: Thumbprint,
        read: Version,
    },
    /// Adds flags to the certificate's; none can be taken away.
    BindServices {
        server: ServerId,
        certificate: Thumbprint,
        read: Version,
        add: Services,
    },
    /// What an end point presents after its next restart. `read` is the version of the `Assignment`.
    Assign {
        server: ServerId,
        endpoint: Endpoint,
        read: Version,
        certificate: Option<Thumbprint>,
    },

    /// `AlreadyExists` when the server has a service of this name.
    AddWindowsService(WindowsService),
    /// Needs no version: the last command wins, as with a real service. `NotFound` when there is no such service.
    ControlService {
        server: ServerId,
        name: String,
        action: ServiceAction,
    },
    SetStartupType {
        server: ServerId,
        name: String,
        read: Version,
        startup: StartupType,
    },

    /// The version that was read is in the settings; `Version(0)` for the first ones.
    SetMailSettings(MailSettings),
    SetUmService(UmServiceSettings),
    SetUmCallRouter(UmCallRouterSettings),

    /// `AlreadyExists` when the name is taken. `version` is not looked at.
    AddConnector(Connector),
    /// Replaces the connector of this kind, server and name; `version` is the one read.
    SetConnector(Connector),
    RemoveConnector {
        kind: ConnectorKind,
        server: Option<ServerId>,
        name: String,
        read: Version,
    },

    /// Nothing happens when the entry is there already.
    AddTrustEntry(TrustEntry),
    /// Nothing happens when it is gone already.
    RemoveTrustEntry {
        server: Option<ServerId>,
        kind: TrustKind,
        thumbprint: Thumbprint,
    },

    Audit(AuditEntry),
}
