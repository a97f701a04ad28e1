//! Addresses: URIs, IP addresses, mail addresses.

pub mod ip;
pub mod mail;
pub mod uri;
pub mod web;
