//! The organization a fresh state gets: one server with what Exchange's setup leaves on it (facts: output.md 6).
//!
//! Certificates are really made. What an operator sees later is what setup would have made: services, connectors,
//! settings and default assignments. Nothing is asked here.

use crate::errors;
use crate::intake;
use crate::session::{audit_entry, unix_now};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::host::Host;
use exsh_pki::{CertError, Certificate, KeySpec, PrivateKey, SelfSigned, SignatureHash};
use exsh_state::model::{
    CertificateRow, Connector, ConnectorKind, Edition, Endpoint, MailProtocol, MailSettings, Organization,
    RootKind, Server, ServerId, ServerVersion, ServiceStatus, Services, StartupType, TransportRole,
    TrustKind, UmCallRouterSettings, UmServiceSettings, Version, WindowsService,
};
use exsh_state::{Change, NewCertificate, SecretBytes, ServiceAction, Store, StoreError};

const AUTH_SUBJECT: &str = "CN=Microsoft Exchange Server Auth Certificate";

/// The server to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Short name: at most 15 letters, digits and hyphens.
    pub server: String,
    /// DNS domain of the organization.
    pub domain: String,
    pub version: ServerVersion,
}

impl Plan {
    /// What the first use of an empty state makes: a server named after the machine, of the newest version.
    pub fn of_machine(host: &dyn Host) -> Plan {
        let machine = host.machine_name();
        let domain = machine.split_once('.').map(|(_, domain)| domain.trim_matches('.').to_owned());
        let domain = domain
            .filter(|d| exsh_pki::is_legal_domain(d))
            .or_else(|| host.env("USERDNSDOMAIN").filter(|d| exsh_pki::is_legal_domain(d)))
            .unwrap_or_else(|| "localdomain".to_owned());
        Plan {
            server: short_name(&machine),
            domain: domain.to_lowercase(),
            version: ServerVersion::ExchangeSe,
        }
    }

    /// `exsh init`: what was given, the machine's where nothing was.
    pub fn new(
        host: &dyn Host,
        version: Option<ServerVersion>,
        server: Option<&str>,
        domain: Option<&str>,
    ) -> std::result::Result<Plan, String> {
        let own = Plan::of_machine(host);
        let (server, in_name) = match server {
            Some(name) => match name.split_once('.') {
                Some((short, domain)) => (short.to_owned(), Some(domain.to_owned())),
                None => (name.to_owned(), None),
            },
            None => (own.server, None),
        };
        let domain = domain.map(str::to_owned).or(in_name).unwrap_or(own.domain);
        if server.len() > 15 || server.contains('.') || !exsh_pki::is_legal_domain(&server) {
            return Err(format!(
                "'{server}' isn't a server name: at most 15 letters, digits and hyphens are expected."
            ));
        }
        if !exsh_pki::is_legal_domain(&domain) {
            return Err(format!("'{domain}' isn't a domain name."));
        }
        Ok(Plan { server, domain, version: version.unwrap_or(own.version) })
    }

    fn fqdn(&self) -> String {
        format!("{}.{}", self.server, self.domain)
    }
}

/// The machine's name as a server's: first label, upper case, 15 characters, without what a name may not hold.
pub fn short_name(machine: &str) -> String {
    let first = machine.split('.').next().unwrap_or_default();
    let clean: String = first.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(15).collect();
    let clean = clean.trim_matches('-').to_uppercase();
    if clean.is_empty() { "EX01".to_owned() } else { clean }
}

/// Makes the organization of the machine when there is none. Two first uses at once end in one organization.
pub fn found_if_empty(store: &dyn Store, host: &mut dyn Host) -> Result<()> {
    if store.organization().map_err(errors::state)?.is_some() {
        return Ok(());
    }
    let plan = Plan::of_machine(host);
    match store.apply(changes(store, host, &plan)?) {
        Ok(()) => Ok(()),
        Err(StoreError::Conflict { .. }) if store.organization().map_err(errors::state)?.is_some() => Ok(()),
        Err(error) => Err(errors::state(error).into()),
    }
}

/// `exsh init`, and every further server: makes the organization when there is none, and the server in it.
pub fn init(store: &dyn Store, host: &mut dyn Host, plan: &Plan) -> Result<Server> {
    let changes = changes(store, host, plan)?;
    store.apply(changes).map_err(errors::state)?;
    let made = store.server_by_name(&plan.server).map_err(errors::state)?;
    made.ok_or_else(|| errors::state(StoreError::NotFound { what: format!("Server {}", plan.server) }).into())
}

fn changes(store: &dyn Store, host: &mut dyn Host, plan: &Plan) -> Result<Vec<Change>> {
    let now = unix_now(host);
    if store.server_by_name(&plan.server).map_err(errors::state)?.is_some() {
        return Err(
            errors::state(StoreError::AlreadyExists { what: format!("Server {}", plan.server) }).into()
        );
    }
    let mut changes = Vec::new();
    let organization = store.organization().map_err(errors::state)?;
    let domain = match &organization {
        Some(organization) => organization.domain.clone(),
        None => {
            let name = "First Organization".to_owned();
            changes.push(Change::CreateOrganization(Organization { name, domain: plan.domain.clone() }));
            plan.domain.clone()
        }
    };
    let server = Server {
        id: store.unused_server_id().map_err(errors::state)?,
        name: plan.server.clone(),
        fqdn: plan.fqdn(),
        version_name: plan.version,
        admin_display_version: plan.version.admin_display_version().to_owned(),
        edition: Edition::StandardEvaluation,
        roles: "Mailbox".to_owned(),
        site: format!("{domain}/Configuration/Sites/Default-First-Site-Name"),
        internal_transport: None,
        created_at: now,
        version: Version(0),
    };
    let id = server.id;
    changes.push(Change::AddServer(server.clone()));
    let certificates = SetupCertificates::make(store, &server, now)?;
    changes.extend(certificates.trusted.iter().map(|certificate| {
        Change::AddTrustEntry(intake::trust_entry(id, TrustKind::Root, certificate, now))
    }));
    let setup = certificates.all[0].row.thumbprint;
    changes.extend(certificates.all.into_iter().map(Change::AddCertificate));
    changes.push(Change::SetInternalTransport { server: id, read: Version(0), certificate: setup });
    for protocol in [MailProtocol::Imap, MailProtocol::Pop] {
        changes.push(Change::SetMailSettings(MailSettings::fresh(&server, protocol)));
    }
    let has_um = plan.version == ServerVersion::Exchange2016;
    if has_um {
        changes.push(Change::SetUmService(UmServiceSettings::fresh(&server)));
        changes.push(Change::SetUmCallRouter(UmCallRouterSettings::fresh(&server)));
    }
    changes.extend(windows_services(id, has_um).into_iter().map(Change::AddWindowsService));
    for endpoint in [
        Endpoint::DefaultWebSite,
        Endpoint::ExchangeBackEnd,
        Endpoint::Imap,
        Endpoint::ImapBackEnd,
        Endpoint::Pop,
        Endpoint::PopBackEnd,
    ] {
        changes.push(Change::Assign { server: id, endpoint, read: Version(0), certificate: Some(setup) });
    }
    // The web server is running: its start takes the certificates into use.
    let name = Endpoint::DefaultWebSite.windows_service().to_owned();
    changes.push(Change::ControlService { server: id, name, action: ServiceAction::Restart });
    changes.extend(receive_connectors(&server).into_iter().map(Change::AddConnector));
    let what = format!("version {}, domain {domain}", plan.version);
    changes.push(audit_entry(host, "setup", Some(id), &server.name, &what));
    Ok(changes)
}

/// The three certificates of a fresh server, the "Microsoft Exchange" one first.
struct SetupCertificates {
    all: Vec<NewCertificate>,
    /// Those that setup puts among the trusted roots.
    trusted: Vec<Certificate>,
}

impl SetupCertificates {
    fn make(store: &dyn Store, server: &Server, now: i64) -> Result<SetupCertificates> {
        // Setup signed with SHA-1 in every capture of 2016 and 2019; no capture of SE exists, and nobody signs with
        // SHA-1 in 2025 any more.
        let hash = match server.version_name {
            ServerVersion::Exchange2016 | ServerVersion::Exchange2019 => SignatureHash::Sha1,
            ServerVersion::ExchangeSe => SignatureHash::Sha256,
        };
        let (exchange, exchange_new) = made(
            server.id,
            &SelfSigned::exchange_server(&server.name, &server.fqdn, now, hash),
            now,
            |row| {
                row.friendly_name = "Microsoft Exchange".to_owned();
                row.root = RootKind::Registry;
                row.services = Services::IMAP | Services::POP | Services::IIS | Services::SMTP;
            },
        )?;
        let auth = match existing_auth(store, server.id).map_err(errors::state)? {
            Some(shared) => shared,
            None => {
                made(server.id, &SelfSigned::exchange_auth(now, hash), now, |row| {
                    row.friendly_name = "Microsoft Exchange Server Auth Certificate".to_owned();
                    row.root = RootKind::None;
                    row.exportable = true;
                    row.services = Services::SMTP;
                })?
                .1
            }
        };
        let (management, management_new) =
            made(server.id, &SelfSigned::iis_management(&server.name, now), now, |row| {
                row.friendly_name = "WMSVC-SHA2".to_owned();
                row.root = RootKind::Registry;
                row.exportable = true;
            })?;
        Ok(SetupCertificates {
            all: vec![exchange_new, auth, management_new],
            trusted: vec![exchange, management],
        })
    }
}

fn made(
    server: ServerId,
    template: &SelfSigned,
    now: i64,
    settle: impl FnOnce(&mut CertificateRow),
) -> Result<(Certificate, NewCertificate)> {
    let make = || -> std::result::Result<(Certificate, PrivateKey), CertError> {
        let key = PrivateKey::generate(KeySpec::Rsa(2048))?;
        Ok((template.make(&key)?, key))
    };
    let (certificate, key) = make().map_err(|error| {
        let text = format!("The certificates of a new server can't be made: {error}.");
        ErrorRecord::of(
            "System.InvalidOperationException",
            "SetupCertificate",
            Category::InvalidOperation,
            text,
        )
    })?;
    let mut row = intake::row(server, &certificate, now);
    settle(&mut row);
    Ok((certificate, intake::with_key(row, Some(&key))))
}

/// The Auth certificate is one for the whole organization: a further server gets the same, key included.
fn existing_auth(
    store: &dyn Store,
    server: ServerId,
) -> std::result::Result<Option<NewCertificate>, StoreError> {
    for other in store.servers()? {
        for row in store.certificates_named(other.id, AUTH_SUBJECT, AUTH_SUBJECT)? {
            if let Some(key) = store.private_key(other.id, &row.thumbprint)? {
                let row = CertificateRow { server, version: Version(0), ..row };
                return Ok(Some(NewCertificate { row, key: Some(SecretBytes::new(key.reveal().to_vec())) }));
            }
        }
    }
    Ok(None)
}

/// Documented: IMAP and POP are stopped and started by hand on a fresh server; the others run.
fn windows_services(server: ServerId, has_um: bool) -> Vec<WindowsService> {
    let mail = (ServiceStatus::Stopped, StartupType::Manual);
    let own = (ServiceStatus::Running, StartupType::Automatic);
    let mut list = vec![
        ("MSExchangeFrontEndTransport", "Microsoft Exchange Frontend Transport", own),
        ("MSExchangeIMAP4", "Microsoft Exchange IMAP4", mail),
        ("MSExchangeIMAP4BE", "Microsoft Exchange IMAP4 Backend", mail),
        ("MSExchangePOP3", "Microsoft Exchange POP3", mail),
        ("MSExchangePOP3BE", "Microsoft Exchange POP3 Backend", mail),
        ("MSExchangeTransport", "Microsoft Exchange Transport", own),
    ];
    if has_um {
        list.push(("MSExchangeUM", "Microsoft Exchange Unified Messaging", own));
        list.push(("MSExchangeUMCR", "Microsoft Exchange Unified Messaging Call Router", own));
    }
    list.push(("W3SVC", "World Wide Web Publishing Service", own));
    list.into_iter()
        .map(|(name, display_name, (status, startup))| WindowsService {
            server,
            name: name.to_owned(),
            display_name: display_name.to_owned(),
            status,
            startup,
            version: Version(0),
        })
        .collect()
}

/// Captured: output.md section 5.
fn receive_connectors(server: &Server) -> Vec<Connector> {
    use TransportRole::{FrontendTransport, HubTransport};
    let connectors = [
        ("Default", 2525, HubTransport),
        ("Client Proxy", 465, HubTransport),
        ("Default Frontend", 25, FrontendTransport),
        ("Outbound Proxy Frontend", 717, FrontendTransport),
        ("Client Frontend", 587, FrontendTransport),
    ];
    connectors
        .into_iter()
        .map(|(name, port, role)| Connector {
            kind: ConnectorKind::Receive,
            server: Some(server.id),
            name: format!("{name} {}", server.name),
            fqdn: Some(server.fqdn.clone()),
            tls_certificate_name: None,
            role,
            enabled: true,
            bindings: vec![format!("[::]:{port}"), format!("0.0.0.0:{port}")],
            address_spaces: Vec::new(),
            source_servers: Vec::new(),
            version: Version(0),
        })
        .collect()
}
