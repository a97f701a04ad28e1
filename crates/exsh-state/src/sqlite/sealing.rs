//! Private keys between the key file and their table: sealed on the way in, opened on the way out.

use rusqlite::{Connection, OptionalExtension};

use super::SqliteStore;
use super::fault::Fault;
use crate::error::StoreError;
use crate::location::KeyFile;
use crate::model::{ServerId, Thumbprint};
use crate::seal::{Place, Sealer, SecretBytes};

impl SqliteStore {
    pub(super) fn open_private_key(
        &self,
        connection: &Connection,
        server: ServerId,
        thumbprint: &Thumbprint,
    ) -> Result<Option<SecretBytes>, Fault> {
        let sealed: Option<Vec<u8>> = connection
            .prepare_cached(
                "SELECT k.sealed FROM certificate c JOIN private_key k ON k.certificate_id = c.id
                 WHERE c.server_id = ?1 AND c.thumbprint = ?2",
            )?
            .query_row((server, thumbprint), |row| row.get(0))
            .optional()?;
        let Some(sealed) = sealed else { return Ok(None) };
        let sealer = match self.sealer.get() {
            Some(sealer) => sealer,
            None => {
                let check = check_text(connection)?.ok_or_else(|| {
                    Fault::Damaged("a sealed private key without its check text".to_owned())
                })?;
                let sealer = self.load_sealer(&check)?;
                self.sealer.get_or_init(|| sealer)
            }
        };
        let place = Place { server, thumbprint };
        sealer
            .open(&sealed, place)
            .map(Some)
            .map_err(|_| Fault::Damaged(format!("the private key of certificate {thumbprint} does not open")))
    }

    /// Must be called inside a write transaction: the first sealing of a state settles which key file is its own.
    pub(super) fn seal_private_key(
        &self,
        connection: &Connection,
        key: &SecretBytes,
        place: Place<'_>,
    ) -> Result<Vec<u8>, Fault> {
        let check = check_text(connection)?;
        let sealer = match (self.sealer.get(), &check) {
            (Some(sealer), _) => sealer,
            (None, Some(check)) => {
                let sealer = self.load_sealer(check)?;
                self.sealer.get_or_init(|| sealer)
            }
            (None, None) => {
                let sealer = self.first_sealer()?;
                self.sealer.get_or_init(|| sealer)
            }
        };
        if check.is_none() {
            connection
                .prepare_cached("INSERT INTO sealing (only_row, check_text) VALUES (1, ?1)")?
                .execute([sealer.check_text()])?;
        }
        Ok(sealer.seal(key.reveal(), place))
    }

    fn load_sealer(&self, check: &[u8]) -> Result<Sealer, StoreError> {
        let path = self.file.key.path();
        let sealer = Sealer::load(path)?.ok_or_else(|| StoreError::KeyMissing { path: path.to_owned() })?;
        if sealer.knows(check) { Ok(sealer) } else { Err(StoreError::KeyWrong { path: path.to_owned() }) }
    }

    /// Nothing is sealed yet, so any key will do; a new one is made only where the place is ours.
    fn first_sealer(&self) -> Result<Sealer, StoreError> {
        match &self.file.key {
            KeyFile::Beside(path) => match Sealer::load(path)? {
                Some(sealer) => Ok(sealer),
                None => Sealer::create(path),
            },
            KeyFile::Named(path) => {
                Sealer::load(path)?.ok_or_else(|| StoreError::KeyMissing { path: path.to_owned() })
            }
        }
    }
}

fn check_text(connection: &Connection) -> Result<Option<Vec<u8>>, Fault> {
    Ok(connection
        .prepare_cached("SELECT check_text FROM sealing")?
        .query_row([], |row| row.get(0))
        .optional()?)
}
