//! The encoding beneath everything: reading tag-length-value, writing it, and the object identifiers by name.

pub(crate) mod ber;
pub(crate) mod oid;
pub(crate) mod read;
pub(crate) mod write;
