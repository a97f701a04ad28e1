//! Certificates, keys, requests and PFX files, judged by OpenSSL (and by Java and Python where they are installed).

mod certificates;
mod inputs;
mod keys;
mod pfx;
mod requests;
mod status;
mod support;
