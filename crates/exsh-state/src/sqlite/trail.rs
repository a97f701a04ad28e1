//! Queries about the audit trail; rows are only ever added.

use rusqlite::Connection;

use super::fault::Fault;
use crate::model::{AuditEntry, AuditRow};

pub(super) fn append(connection: &Connection, entry: &AuditEntry) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO audit (at_unix_ms, who, cmdlet, server_id, object, what) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((entry.at_unix_ms, &entry.who, &entry.cmdlet, entry.server, &entry.object, &entry.what))?;
    Ok(())
}

pub(super) fn batch(connection: &Connection, after: u64, size: u32) -> Result<Vec<AuditRow>, Fault> {
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(
        "SELECT number, at_unix_ms, who, cmdlet, server_id, object, what FROM audit
         WHERE number > ?1 ORDER BY number LIMIT ?2",
    )?;
    let rows = statement.query_map((after, size), |row| {
        Ok(AuditRow {
            number: row.get::<_, i64>(0)?.unsigned_abs(),
            entry: AuditEntry {
                at_unix_ms: row.get(1)?,
                who: row.get(2)?,
                cmdlet: row.get(3)?,
                server: row.get(4)?,
                object: row.get(5)?,
                what: row.get(6)?,
            },
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
