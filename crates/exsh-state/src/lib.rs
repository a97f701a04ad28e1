//! The shared state: what every server of the organization has, kept over restarts and shared by processes.
//!
//! It decides how rows are stored, how writers meet and how private keys rest. It refuses to know the shell's values,
//! X.509 and the console: callers bring parsed facts beside the DER and word their own messages from `StoreError`.

pub mod error;
pub mod location;
pub mod model;
pub mod seal;
mod sqlite;
pub mod store;

#[cfg(all(test, unix))]
mod contract;

pub use error::StoreError;
pub use location::{Environment, Location};
pub use seal::SecretBytes;
pub use sqlite::SqliteStore;
pub use store::{Change, NewCertificate, ServiceAction, Store};

/// Opens the state a location names and makes it when nothing is there yet (an empty state: no organization).
///
/// The time it takes does not depend on how much is stored.
pub fn open(location: &Location) -> Result<Box<dyn Store>, StoreError> {
    match location {
        Location::File(file) => Ok(Box::new(SqliteStore::open(file)?)),
        Location::Url(url) => Err(StoreError::UnsupportedUrl { url: url.to_string() }),
    }
}
