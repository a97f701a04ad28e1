//! Queries about certificates. Each look-up has its index; only `count` and `batch` know that there are many.

use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use super::columns::List;
use super::fault::Fault;
use crate::model::{CertificateRow, ServerId, Services, Thumbprint, Version};

const COLUMNS: &str = "c.id, c.server_id, c.thumbprint, c.version, c.services, c.pending_request, c.has_private_key,
    c.exportable, c.self_signed, c.root, c.not_before, c.not_after, c.created_at, c.key_bits, c.key_kind, c.serial,
    c.subject, c.issuer, c.friendly_name, c.domains, c.request_der, c.der";

fn row(row: &Row<'_>) -> rusqlite::Result<(i64, CertificateRow)> {
    let certificate = CertificateRow {
        server: row.get(1)?,
        thumbprint: row.get(2)?,
        version: row.get(3)?,
        services: row.get(4)?,
        pending_request: row.get(5)?,
        has_private_key: row.get(6)?,
        exportable: row.get(7)?,
        self_signed: row.get(8)?,
        root: row.get(9)?,
        not_before: row.get(10)?,
        not_after: row.get(11)?,
        created_at: row.get(12)?,
        key_bits: row.get(13)?,
        key_kind: row.get(14)?,
        serial: row.get(15)?,
        subject: row.get(16)?,
        issuer: row.get(17)?,
        friendly_name: row.get(18)?,
        domains: row.get::<_, List<String>>(19)?.0,
        request_der: row.get(20)?,
        der: row.get(21)?,
    };
    Ok((row.get(0)?, certificate))
}

/// Which rows a list asks for; the text after WHERE decides the index, and a test asks the engine which one it takes.
pub(super) mod conditions {
    pub const BY_THUMBPRINT: &str = "certificate c WHERE c.server_id = ?1 AND c.thumbprint = ?2";
    pub const BATCH: &str = "certificate c WHERE c.server_id = ?1 AND c.id > ?2 ORDER BY c.id LIMIT ?3";
    pub const WITH_DOMAIN: &str = "certificate_domain d CROSS JOIN certificate c ON c.id = d.certificate_id
        WHERE d.server_id = ?1 AND d.name = ?2 ORDER BY d.certificate_id";
    pub const WITH_SERVICE: &str = "certificate c INDEXED BY certificate_services
        WHERE c.server_id = ?1 AND c.services <> 0 AND c.services & ?2 <> 0 ORDER BY c.id";
    pub const NAMED: &str = "certificate c INDEXED BY certificate_subject
        WHERE c.server_id = ?1 AND c.subject = ?2 AND c.issuer = ?3 ORDER BY c.id";
    pub const PENDING: &str = "certificate c INDEXED BY certificate_pending
        WHERE c.server_id = ?1 AND c.pending_request = 1 ORDER BY c.id";
}

pub(super) fn select(condition: &str) -> String {
    format!("SELECT {COLUMNS} FROM {condition}")
}

fn list(
    connection: &Connection,
    condition: &str,
    parameters: &[&dyn ToSql],
) -> Result<Vec<(i64, CertificateRow)>, Fault> {
    let mut statement = connection.prepare_cached(&select(condition))?;
    let rows = statement.query_map(parameters, row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn rows(
    connection: &Connection,
    condition: &str,
    parameters: &[&dyn ToSql],
) -> Result<Vec<CertificateRow>, Fault> {
    Ok(list(connection, condition, parameters)?.into_iter().map(|(_, row)| row).collect())
}

pub(super) fn by_thumbprint(
    connection: &Connection,
    server: ServerId,
    thumbprint: &Thumbprint,
) -> Result<Option<CertificateRow>, Fault> {
    Ok(connection
        .prepare_cached(&select(conditions::BY_THUMBPRINT))?
        .query_row((server, thumbprint), row)
        .optional()?
        .map(|(_, row)| row))
}

pub(super) fn batch(
    connection: &Connection,
    server: ServerId,
    after: i64,
    size: usize,
) -> Result<Vec<(i64, CertificateRow)>, Fault> {
    list(connection, conditions::BATCH, params![server, after, size as i64])
}

pub(super) fn with_domain(
    connection: &Connection,
    server: ServerId,
    domain: &str,
) -> Result<Vec<CertificateRow>, Fault> {
    rows(connection, conditions::WITH_DOMAIN, params![server, domain])
}

pub(super) fn with_service(
    connection: &Connection,
    server: ServerId,
    service: Services,
) -> Result<Vec<CertificateRow>, Fault> {
    rows(connection, conditions::WITH_SERVICE, params![server, service])
}

pub(super) fn named(
    connection: &Connection,
    server: ServerId,
    issuer: &str,
    subject: &str,
) -> Result<Vec<CertificateRow>, Fault> {
    rows(connection, conditions::NAMED, params![server, subject, issuer])
}

pub(super) fn pending_requests(
    connection: &Connection,
    server: ServerId,
) -> Result<Vec<CertificateRow>, Fault> {
    rows(connection, conditions::PENDING, params![server])
}

pub(super) fn count(connection: &Connection, server: ServerId) -> Result<u64, Fault> {
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM certificate WHERE server_id = ?1")?
        .query_row([server], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// What a change must know of a row; the DER stays where it is.
pub(super) struct Stored {
    pub id: i64,
    pub version: Version,
    pub services: Services,
    pub friendly_name: String,
}

pub(super) fn stored(
    connection: &Connection,
    server: ServerId,
    thumbprint: &Thumbprint,
) -> Result<Option<Stored>, Fault> {
    Ok(connection
        .prepare_cached(
            "SELECT id, version, services, friendly_name FROM certificate WHERE server_id = ?1 AND thumbprint = ?2",
        )?
        .query_row((server, thumbprint), |row| {
            Ok(Stored { id: row.get(0)?, version: row.get(1)?, services: row.get(2)?, friendly_name: row.get(3)? })
        })
        .optional()?)
}

/// `sealed` is the private key as it may lie in the file.
pub(super) fn insert(
    connection: &Connection,
    row: &CertificateRow,
    sealed: Option<&[u8]>,
) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO certificate (server_id, thumbprint, version, services, pending_request, has_private_key,
                exportable, self_signed, root, not_before, not_after, created_at, key_bits, key_kind, serial, subject,
                issuer, friendly_name, domains, request_der, der)
             VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
        )?
        .execute(params![
            row.server,
            row.thumbprint,
            row.services,
            row.pending_request,
            sealed.is_some(),
            row.exportable,
            row.self_signed,
            row.root,
            row.not_before,
            row.not_after,
            row.created_at,
            row.key_bits,
            row.key_kind,
            row.serial,
            row.subject,
            row.issuer,
            row.friendly_name,
            List(row.domains.clone()),
            row.request_der,
            row.der,
        ])?;
    let id = connection.last_insert_rowid();
    if let Some(sealed) = sealed {
        connection
            .prepare_cached("INSERT INTO private_key (certificate_id, sealed) VALUES (?1, ?2)")?
            .execute((id, sealed))?;
    }
    // A domain that is listed twice, or in two casings, is found once.
    let mut add = connection.prepare_cached(
        "INSERT OR IGNORE INTO certificate_domain (server_id, name, certificate_id) VALUES (?1, ?2, ?3)",
    )?;
    for domain in &row.domains {
        add.execute((row.server, domain, id))?;
    }
    Ok(())
}

pub(super) fn delete(connection: &Connection, server: ServerId, id: i64) -> Result<(), Fault> {
    let domains: List<String> = connection
        .prepare_cached("SELECT domains FROM certificate WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?;
    let mut remove = connection.prepare_cached(
        "DELETE FROM certificate_domain WHERE server_id = ?1 AND name = ?2 AND certificate_id = ?3",
    )?;
    for domain in &domains.0 {
        remove.execute((server, domain, id))?;
    }
    connection.prepare_cached("DELETE FROM certificate WHERE id = ?1")?.execute([id])?;
    Ok(())
}

pub(super) fn set_services(connection: &Connection, id: i64, services: Services) -> Result<(), Fault> {
    connection
        .prepare_cached("UPDATE certificate SET services = ?2, version = version + 1 WHERE id = ?1")?
        .execute((id, services))?;
    Ok(())
}

pub(super) fn set_friendly_name(connection: &Connection, id: i64, friendly_name: &str) -> Result<(), Fault> {
    connection
        .prepare_cached("UPDATE certificate SET friendly_name = ?2, version = version + 1 WHERE id = ?1")?
        .execute((id, friendly_name))?;
    Ok(())
}
