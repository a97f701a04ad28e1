//! Reads the driver's errors: nothing but `StoreError` leaves this backend.

use std::path::Path;

use rusqlite::{Error, ErrorCode};

use crate::error::StoreError;

/// How long a statement waits for a lock that is not ours to queue for (a checkpoint, a recovery, a foreign reader).
pub(super) const BUSY_SECONDS: u64 = 10;

/// What a query of this backend ends in, before it is told which file it was about.
#[derive(Debug)]
pub(super) enum Fault {
    Driver(Error),
    Store(StoreError),
    /// The file holds what we never write.
    Damaged(String),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        Fault::Driver(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        Fault::Store(error)
    }
}

impl Fault {
    pub fn tell(self, path: &Path) -> StoreError {
        let path = path.to_owned();
        match self {
            Fault::Store(error) => error,
            Fault::Damaged(detail) => StoreError::Corrupt { path, detail },
            Fault::Driver(Error::SqliteFailure(failure, message)) => {
                let detail = message.unwrap_or_else(|| failure.to_string());
                match failure.code {
                    ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
                        StoreError::Busy { path, waited_seconds: BUSY_SECONDS }
                    }
                    ErrorCode::ReadOnly => StoreError::ReadOnly { path },
                    ErrorCode::DiskFull => StoreError::DiskFull { path },
                    ErrorCode::NotADatabase => StoreError::NotOurs { path },
                    ErrorCode::DatabaseCorrupt => StoreError::Corrupt { path, detail },
                    // A table or column of ours that is not there: the numbers in the header say it must be.
                    ErrorCode::Unknown if detail.starts_with("no such ") => {
                        StoreError::Corrupt { path, detail }
                    }
                    _ => StoreError::Io { path, detail },
                }
            }
            // Our queries fit our tables, so a value of the wrong type, length or spelling came in another way.
            Fault::Driver(
                error @ (Error::FromSqlConversionFailure(..)
                | Error::IntegralValueOutOfRange(..)
                | Error::Utf8Error(..)
                | Error::InvalidColumnType(..)),
            ) => StoreError::Corrupt { path, detail: error.to_string() },
            Fault::Driver(error) => StoreError::Io { path, detail: error.to_string() },
        }
    }
}
