//! Queries about the organization, its servers, their end points and Windows services.

use rusqlite::{Connection, OptionalExtension, Row};

use super::fault::Fault;
use crate::model::{
    Assignment, Endpoint, Organization, PendingRestart, Server, ServerId, ServiceStatus, StartupType,
    Thumbprint, Version, WindowsService,
};

pub(super) fn organization(connection: &Connection) -> Result<Option<Organization>, Fault> {
    Ok(connection
        .prepare_cached("SELECT name, domain FROM organization")?
        .query_row([], |row| Ok(Organization { name: row.get(0)?, domain: row.get(1)? }))
        .optional()?)
}

pub(super) fn insert_organization(connection: &Connection, organization: &Organization) -> Result<(), Fault> {
    connection.execute(
        "INSERT INTO organization (only_row, name, domain) VALUES (1, ?1, ?2)",
        (&organization.name, &organization.domain),
    )?;
    Ok(())
}

const SERVER: &str =
    "id, name, fqdn, product, admin_display_version, edition, roles, site, internal_transport,
    created_at, version";

fn server(row: &Row<'_>) -> rusqlite::Result<Server> {
    Ok(Server {
        id: row.get(0)?,
        name: row.get(1)?,
        fqdn: row.get(2)?,
        version_name: row.get(3)?,
        admin_display_version: row.get(4)?,
        edition: row.get(5)?,
        roles: row.get(6)?,
        site: row.get(7)?,
        internal_transport: row.get(8)?,
        created_at: row.get(9)?,
        version: row.get(10)?,
    })
}

pub(super) fn all(connection: &Connection) -> Result<Vec<Server>, Fault> {
    let mut statement = connection.prepare_cached(&format!("SELECT {SERVER} FROM server ORDER BY id"))?;
    let rows = statement.query_map([], server)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn by_id(connection: &Connection, id: ServerId) -> Result<Option<Server>, Fault> {
    Ok(connection
        .prepare_cached(&format!("SELECT {SERVER} FROM server WHERE id = ?1"))?
        .query_row([id], server)
        .optional()?)
}

/// A short name wins over another server's FQDN of the same spelling.
pub(super) fn by_name(connection: &Connection, name: &str) -> Result<Option<Server>, Fault> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {SERVER} FROM server WHERE name = ?1 OR fqdn = ?1"))?;
    let mut found = statement.query_map([name], server)?.collect::<Result<Vec<_>, _>>()?;
    let short = found.iter().position(|server| server.name.eq_ignore_ascii_case(name)).unwrap_or(0);
    Ok((!found.is_empty()).then(|| found.swap_remove(short)))
}

pub(super) fn unused_id(connection: &Connection) -> Result<ServerId, Fault> {
    Ok(connection.query_row("SELECT coalesce(max(id), 0) + 1 FROM server", [], |row| row.get(0))?)
}

pub(super) fn insert(connection: &Connection, server: &Server) -> Result<(), Fault> {
    connection.execute(
        &format!("INSERT INTO server ({SERVER}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 1)"),
        (
            server.id,
            &server.name,
            &server.fqdn,
            server.version_name,
            &server.admin_display_version,
            server.edition,
            &server.roles,
            &server.site,
            server.internal_transport,
            server.created_at,
        ),
    )?;
    Ok(())
}

pub(super) fn set_internal_transport(
    connection: &Connection,
    server: ServerId,
    certificate: &Thumbprint,
) -> Result<(), Fault> {
    connection
        .prepare_cached("UPDATE server SET internal_transport = ?2, version = version + 1 WHERE id = ?1")?
        .execute((server, certificate))?;
    Ok(())
}

fn assignment_row(server: ServerId, row: &Row<'_>) -> rusqlite::Result<Assignment> {
    Ok(Assignment {
        server,
        endpoint: row.get(0)?,
        assigned: row.get(1)?,
        in_use: row.get(2)?,
        version: row.get(3)?,
    })
}

pub(super) fn assignments(connection: &Connection, server: ServerId) -> Result<Vec<Assignment>, Fault> {
    let mut statement = connection
        .prepare_cached("SELECT endpoint, assigned, in_use, version FROM assignment WHERE server_id = ?1")?;
    let mut rows =
        statement.query_map([server], |row| assignment_row(server, row))?.collect::<Result<Vec<_>, _>>()?;
    rows.sort_by_key(|row| row.endpoint);
    Ok(rows)
}

pub(super) fn assignment(
    connection: &Connection,
    server: ServerId,
    endpoint: Endpoint,
) -> Result<Assignment, Fault> {
    let found = connection
        .prepare_cached(
            "SELECT endpoint, assigned, in_use, version FROM assignment WHERE server_id = ?1 AND endpoint = ?2",
        )?
        .query_row((server, endpoint), |row| assignment_row(server, row))
        .optional()?;
    let never = Assignment { server, endpoint, assigned: None, in_use: None, version: Version(0) };
    Ok(found.unwrap_or(never))
}

pub(super) fn set_assigned(
    connection: &Connection,
    server: ServerId,
    endpoint: Endpoint,
    certificate: Option<Thumbprint>,
) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO assignment (server_id, endpoint, assigned, in_use, version) VALUES (?1, ?2, ?3, NULL, 1)
             ON CONFLICT (server_id, endpoint) DO UPDATE SET assigned = ?3, version = version + 1",
        )?
        .execute((server, endpoint, certificate))?;
    Ok(())
}

pub(super) fn set_in_use(
    connection: &Connection,
    server: ServerId,
    endpoint: Endpoint,
    certificate: Option<Thumbprint>,
) -> Result<(), Fault> {
    connection
        .prepare_cached("UPDATE assignment SET in_use = ?3 WHERE server_id = ?1 AND endpoint = ?2")?
        .execute((server, endpoint, certificate))?;
    Ok(())
}

pub(super) fn pending_restarts(
    connection: &Connection,
    server: ServerId,
) -> Result<Vec<PendingRestart>, Fault> {
    let services = windows_services(connection, server)?;
    let running = |name: &str| {
        services.iter().any(|service| {
            service.name.eq_ignore_ascii_case(name) && service.status == ServiceStatus::Running
        })
    };
    let mut pending = Vec::new();
    for row in assignments(connection, server)? {
        if row.assigned != row.in_use && running(row.endpoint.windows_service()) {
            pending.push(PendingRestart {
                server,
                endpoint: row.endpoint,
                in_use: row.in_use,
                assigned: row.assigned,
            });
        }
    }
    Ok(pending)
}

const WINDOWS_SERVICE: &str = "name, display_name, status, startup, version";

fn windows_service_row(server: ServerId, row: &Row<'_>) -> rusqlite::Result<WindowsService> {
    Ok(WindowsService {
        server,
        name: row.get(0)?,
        display_name: row.get(1)?,
        status: row.get(2)?,
        startup: row.get(3)?,
        version: row.get(4)?,
    })
}

pub(super) fn windows_services(
    connection: &Connection,
    server: ServerId,
) -> Result<Vec<WindowsService>, Fault> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {WINDOWS_SERVICE} FROM windows_service WHERE server_id = ?1 ORDER BY name"
    ))?;
    let rows = statement.query_map([server], |row| windows_service_row(server, row))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn windows_service(
    connection: &Connection,
    server: ServerId,
    name: &str,
) -> Result<Option<WindowsService>, Fault> {
    Ok(connection
        .prepare_cached(&format!(
            "SELECT {WINDOWS_SERVICE} FROM windows_service WHERE server_id = ?1 AND name = ?2"
        ))?
        .query_row((server, name), |row| windows_service_row(server, row))
        .optional()?)
}

pub(super) fn insert_windows_service(connection: &Connection, service: &WindowsService) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO windows_service (server_id, name, display_name, status, startup, version)
             VALUES (?1, ?2, ?3, ?4, ?5, 1)",
        )?
        .execute((service.server, &service.name, &service.display_name, service.status, service.startup))?;
    Ok(())
}

pub(super) fn set_status(
    connection: &Connection,
    server: ServerId,
    name: &str,
    status: ServiceStatus,
) -> Result<(), Fault> {
    connection
        .prepare_cached("UPDATE windows_service SET status = ?3 WHERE server_id = ?1 AND name = ?2")?
        .execute((server, name, status))?;
    Ok(())
}

pub(super) fn set_startup(
    connection: &Connection,
    server: ServerId,
    name: &str,
    startup: StartupType,
) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "UPDATE windows_service SET startup = ?3, version = version + 1 WHERE server_id = ?1 AND name = ?2",
        )?
        .execute((server, name, startup))?;
    Ok(())
}
