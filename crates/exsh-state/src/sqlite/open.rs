//! From a path to a connection: is it ours, is it new, is it of our age. Nothing here looks at how much is stored.

use std::fs::Metadata;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::fault::{BUSY_SECONDS, Fault};
use super::files;
use crate::error::StoreError;
use crate::location::StateFile;

/// Marks a SQLite file as a state of exsh: `exsh` in ASCII.
const APPLICATION_ID: i32 = 0x6578_7368;

/// Migration N brings format N-1 to N; the number is the file's `user_version`. Only ever appended to.
const MIGRATIONS: &[&str] = &[include_str!("migrations/001-first.sql")];

pub(super) struct Opened {
    pub connection: Connection,
    pub read_only: bool,
}

pub(super) fn open(file: &StateFile) -> Result<Opened, StoreError> {
    let metadata = files::prepare(file)?;
    open_prepared(file, &metadata).map_err(|fault| fault.tell(&file.path))
}

fn open_prepared(file: &StateFile, metadata: &Metadata) -> Result<Opened, Fault> {
    // SQLite takes a file shorter than its smallest page for an empty one and would write over it.
    if (1..512).contains(&metadata.len()) {
        return Err(StoreError::NotOurs { path: file.path.clone() }.into());
    }
    // The mode decides, not whether this user could write all the same: root would.
    let read_only = metadata.permissions().readonly();
    let access = if read_only { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
    let connection = Connection::open_with_flags(&file.path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // Before the first statement: pragmas and the first look at the schema take locks too.
    connection.busy_timeout(Duration::from_secs(BUSY_SECONDS))?;
    connection.set_prepared_statement_cache_capacity(64);
    connection
        .execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;")?;

    let supported = MIGRATIONS.len();
    let format = format_of(&connection, file)?;
    if format < supported {
        if read_only {
            return Err(StoreError::ReadOnly { path: file.path.clone() }.into());
        }
        migrate(&connection, file)?;
    } else if format > supported {
        return Err(newer(file, format).into());
    }
    Ok(Opened { connection, read_only })
}

/// The file's `user_version`; 0 for an empty file. A file with other content than ours is refused.
fn format_of(connection: &Connection, file: &StateFile) -> Result<usize, Fault> {
    // One snapshot for all three looks: between two of them another process could make an empty file ours.
    let connection = Transaction::new_unchecked(connection, TransactionBehavior::Deferred)?;
    let number = |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, i32>(0));
    let format = match (number("PRAGMA application_id")?, number("PRAGMA user_version")?) {
        (APPLICATION_ID, format) => usize::try_from(format).ok(),
        (0, 0) => {
            let empty =
                connection
                    .query_row("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))?;
            if empty { Some(0) } else { None }
        }
        _ => None,
    };
    format.ok_or_else(|| StoreError::NotOurs { path: file.path.clone() }.into())
}

fn migrate(connection: &Connection, file: &StateFile) -> Result<(), Fault> {
    let _turn = files::take_turn(&file.lock_path())?;
    // Another process may have done it while this one waited for its turn.
    let format = format_of(connection, file)?;
    if format > MIGRATIONS.len() {
        return Err(newer(file, format).into());
    }
    if format == 0 {
        // Kept in the file; can't be part of a transaction. A crash after it leaves an empty file, which is fine.
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    }
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    for migration in &MIGRATIONS[format..] {
        transaction.execute_batch(migration)?;
    }
    transaction.execute_batch(&format!(
        "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {};",
        MIGRATIONS.len()
    ))?;
    transaction.commit()?;
    Ok(())
}

fn newer(file: &StateFile, found: usize) -> StoreError {
    let number = |format: usize| u32::try_from(format).unwrap_or(u32::MAX);
    StoreError::Newer { path: file.path.clone(), found: number(found), supported: number(MIGRATIONS.len()) }
}
