//! The certificate cmdlets against a real state: declarations, rules, messages. One binary, because linking is what
//! costs here.

mod declarations;
mod enable;
mod exchange_server;
mod export_import;
mod get;
mod in_use;
mod lab;
mod mail_settings;
mod new;
mod openssl;
mod organization;
mod remove;
mod services;
mod settings_declarations;
mod unified_messaging;
