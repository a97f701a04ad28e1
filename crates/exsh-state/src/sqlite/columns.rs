//! How our types lie in columns: spellings as text, thumbprints as 20 bytes, versions and server numbers as integers.

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};

use crate::model::{
    ConnectorKind, Edition, Endpoint, RootKind, ServerId, ServerVersion, ServiceStatus, Services,
    StartupType, Thumbprint, TransportRole, TrustKind, Version,
};

macro_rules! text_column {
    ($($name:ident),+) => { $(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.as_str().into())
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let text = value.as_str()?;
                $name::parse(text).ok_or_else(|| unknown(stringify!($name), text))
            }
        }
    )+ };
}

text_column!(
    ConnectorKind,
    Edition,
    Endpoint,
    RootKind,
    ServerVersion,
    ServiceStatus,
    StartupType,
    TransportRole,
    TrustKind
);

impl ToSql for Thumbprint {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0)))
    }
}

impl FromSql for Thumbprint {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let bytes = value.as_blob()?;
        Thumbprint::from_bytes(bytes)
            .ok_or(FromSqlError::InvalidBlobSize { expected_size: 20, blob_size: bytes.len() })
    }
}

macro_rules! number_column {
    ($($name:ident($inner:ty)),+) => { $(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(i64::try_from(self.0).unwrap_or(i64::MAX).into())
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let number = value.as_i64()?;
                <$inner>::try_from(number).map($name).map_err(|_| FromSqlError::OutOfRange(number))
            }
        }
    )+ };
}

number_column!(ServerId(u32), Services(u32), Version(u64));

/// Lists lie in one column as a JSON array.
pub(super) struct List<T>(pub Vec<T>);

impl<T: serde::Serialize> ToSql for List<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&self.0)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        Ok(text.into())
    }
}

impl<T: serde::de::DeserializeOwned> FromSql for List<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(List).map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

fn unknown(kind: &str, text: &str) -> FromSqlError {
    FromSqlError::Other(format!("{text:?} is no {kind}").into())
}
