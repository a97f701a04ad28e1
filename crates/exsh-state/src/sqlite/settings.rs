//! Settings documents: JSON text beside a version.

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::fault::Fault;
use crate::model::{MailProtocol, MailSettings, ServerId, UmCallRouterSettings, UmServiceSettings, Version};

pub(super) const UM_SERVICE: &str = "UM";
pub(super) const UM_CALL_ROUTER: &str = "UMCallRouter";

pub(super) fn mail(
    connection: &Connection,
    server: ServerId,
    protocol: MailProtocol,
) -> Result<Option<MailSettings>, Fault> {
    let found: Option<(MailSettings, Version)> = load(connection, server, protocol.as_str())?;
    Ok(found.map(|(settings, version)| MailSettings { server, version, ..settings }))
}

pub(super) fn um_service(
    connection: &Connection,
    server: ServerId,
) -> Result<Option<UmServiceSettings>, Fault> {
    let found: Option<(UmServiceSettings, Version)> = load(connection, server, UM_SERVICE)?;
    Ok(found.map(|(settings, version)| UmServiceSettings { server, version, ..settings }))
}

pub(super) fn um_call_router(
    connection: &Connection,
    server: ServerId,
) -> Result<Option<UmCallRouterSettings>, Fault> {
    let found: Option<(UmCallRouterSettings, Version)> = load(connection, server, UM_CALL_ROUTER)?;
    Ok(found.map(|(settings, version)| UmCallRouterSettings { server, version, ..settings }))
}

fn load<T: DeserializeOwned>(
    connection: &Connection,
    server: ServerId,
    kind: &str,
) -> Result<Option<(T, Version)>, Fault> {
    stored(connection, server, kind)?
        .map(|(document, version)| match serde_json::from_str(&document) {
            Ok(settings) => Ok((settings, version)),
            Err(error) => Err(Fault::Damaged(format!("{kind} settings: {error}"))),
        })
        .transpose()
}

pub(super) fn stored(
    connection: &Connection,
    server: ServerId,
    kind: &str,
) -> Result<Option<(String, Version)>, Fault> {
    Ok(connection
        .prepare_cached("SELECT document, version FROM settings WHERE server_id = ?1 AND kind = ?2")?
        .query_row((server, kind), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Server and version stay out of the document; they are columns.
pub(super) fn document(settings: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(settings)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)).into())
}

pub(super) fn store(
    connection: &Connection,
    server: ServerId,
    kind: &str,
    document: &str,
) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO settings (server_id, kind, document, version) VALUES (?1, ?2, ?3, 1)
             ON CONFLICT (server_id, kind) DO UPDATE SET document = ?3, version = version + 1",
        )?
        .execute((server, kind, document))?;
    Ok(())
}
