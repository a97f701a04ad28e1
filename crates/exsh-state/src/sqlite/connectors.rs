//! Queries about connectors and the trust stores. Server number 0 stands for the whole organization.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::columns::List;
use super::fault::Fault;
use crate::model::{Connector, ConnectorKind, ServerId, Thumbprint, TrustEntry, TrustKind};

const EVERYWHERE: ServerId = ServerId(0);

fn place(server: Option<ServerId>) -> ServerId {
    server.unwrap_or(EVERYWHERE)
}

fn server_of(place: ServerId) -> Option<ServerId> {
    (place != EVERYWHERE).then_some(place)
}

const CONNECTOR: &str =
    "kind, server_id, name, fqdn, tls_certificate_name, role, enabled, bindings, address_spaces,
    source_servers, version";

fn connector(row: &Row<'_>) -> rusqlite::Result<Connector> {
    Ok(Connector {
        kind: row.get(0)?,
        server: server_of(row.get(1)?),
        name: row.get(2)?,
        fqdn: row.get(3)?,
        tls_certificate_name: row.get(4)?,
        role: row.get(5)?,
        enabled: row.get(6)?,
        bindings: row.get::<_, List<String>>(7)?.0,
        address_spaces: row.get::<_, List<String>>(8)?.0,
        source_servers: row.get::<_, List<u32>>(9)?.0.into_iter().map(ServerId).collect(),
        version: row.get(10)?,
    })
}

pub(super) fn all(connection: &Connection, kind: ConnectorKind) -> Result<Vec<Connector>, Fault> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {CONNECTOR} FROM connector WHERE kind = ?1 ORDER BY server_id, name"
    ))?;
    let rows = statement.query_map([kind], connector)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn one(
    connection: &Connection,
    kind: ConnectorKind,
    server: Option<ServerId>,
    name: &str,
) -> Result<Option<Connector>, Fault> {
    Ok(connection
        .prepare_cached(&format!(
            "SELECT {CONNECTOR} FROM connector WHERE kind = ?1 AND server_id = ?2 AND name = ?3"
        ))?
        .query_row(params![kind, place(server), name], connector)
        .optional()?)
}

/// Inserts, or replaces the one of the same kind, server and name and counts its version on.
pub(super) fn store(connection: &Connection, connector: &Connector) -> Result<(), Fault> {
    let source_servers = List(connector.source_servers.iter().map(|server| server.0).collect());
    connection
        .prepare_cached(&format!(
            "INSERT INTO connector ({CONNECTOR}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 1)
             ON CONFLICT (kind, server_id, name) DO UPDATE SET name = ?3, fqdn = ?4, tls_certificate_name = ?5,
                role = ?6, enabled = ?7, bindings = ?8, address_spaces = ?9, source_servers = ?10,
                version = version + 1"
        ))?
        .execute(params![
            connector.kind,
            place(connector.server),
            connector.name,
            connector.fqdn,
            connector.tls_certificate_name,
            connector.role,
            connector.enabled,
            List(connector.bindings.clone()),
            List(connector.address_spaces.clone()),
            source_servers,
        ])?;
    Ok(())
}

pub(super) fn delete(
    connection: &Connection,
    kind: ConnectorKind,
    server: Option<ServerId>,
    name: &str,
) -> Result<(), Fault> {
    connection
        .prepare_cached("DELETE FROM connector WHERE kind = ?1 AND server_id = ?2 AND name = ?3")?
        .execute(params![kind, place(server), name])?;
    Ok(())
}

pub(super) fn trust_entries(
    connection: &Connection,
    server: ServerId,
    kind: TrustKind,
) -> Result<Vec<TrustEntry>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT server_id, kind, thumbprint, der, subject, added_at FROM trust_entry
         WHERE kind = ?1 AND server_id IN (0, ?2) ORDER BY server_id, thumbprint",
    )?;
    let rows = statement.query_map(params![kind, server], |row| {
        Ok(TrustEntry {
            server: server_of(row.get(0)?),
            kind: row.get(1)?,
            thumbprint: row.get(2)?,
            der: row.get(3)?,
            subject: row.get(4)?,
            added_at: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn insert_trust_entry(connection: &Connection, entry: &TrustEntry) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO trust_entry (kind, server_id, thumbprint, subject, added_at, der)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            entry.kind,
            place(entry.server),
            entry.thumbprint,
            entry.subject,
            entry.added_at,
            entry.der,
        ])?;
    Ok(())
}

pub(super) fn delete_trust_entry(
    connection: &Connection,
    server: Option<ServerId>,
    kind: TrustKind,
    thumbprint: &Thumbprint,
) -> Result<(), Fault> {
    connection
        .prepare_cached("DELETE FROM trust_entry WHERE kind = ?1 AND server_id = ?2 AND thumbprint = ?3")?
        .execute(params![kind, place(server), thumbprint])?;
    Ok(())
}
