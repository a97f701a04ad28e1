//! `exsh status`: each server and service, the certificate it uses now and after its next restart, the days left, and
//! what needs attention. A table for people, JSON for machines.
//!
//! The rows are the domain's (`exsh_cmdlets::rules::in_use`); here is only what is said about them.

use crate::console_host::ConsoleHost;
use crate::init::reason;
use crate::{complain, wiring};
use comfy_table::{ContentArrangement, Table, presets};
use exsh_cmdlets::ExchangeContext;
use exsh_cmdlets::errors;
use exsh_cmdlets::rules::in_use::{self, ServiceUse, Used};
use exsh_cmdlets::session::unix_now;
use exsh_core::error::Result;
use exsh_core::host::{Host, Stream};
use exsh_state::model::{Server, UmStartupMode};
use exsh_state::{Store, StoreError};
use serde::Serialize;

const DAY: i64 = 24 * 60 * 60;
/// A certificate with fewer days left needs attention.
const SOON_DAYS: i64 = 30;

/// Shows it and gives the exit code.
pub fn run(json: bool) -> i32 {
    let mut host = wiring::console();
    let shown = read(&mut host).map(|status| match json {
        true => as_json(&status),
        false => {
            let colours = host.is_terminal() && host.colors();
            as_table(&status, host.width(), colours)
        }
    });
    match shown {
        Ok(text) => {
            // A closed pipe is no failure.
            let _ = host.write(Stream::Output, &text).and_then(|()| host.flush());
            0
        }
        Err(flow) => {
            complain(&reason(&flow));
            1
        }
    }
}

#[derive(Serialize)]
struct Status {
    servers: Vec<ServerStatus>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ServerStatus {
    name: String,
    fqdn: String,
    version: String,
    services: Vec<ServiceStatus>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ServiceStatus {
    service: String,
    place: String,
    windows_service: String,
    running: bool,
    in_use: Option<CertificateStatus>,
    after_restart: Option<CertificateStatus>,
    restart_needed: bool,
    /// Empty when all is well.
    attention: Vec<String>,
}

#[derive(Serialize, Clone, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
struct CertificateStatus {
    thumbprint: String,
    subject: Option<String>,
    /// Unix seconds, UTC.
    not_after: Option<i64>,
    /// Whole days; negative when it has expired.
    days_left: Option<i64>,
    status: String,
}

fn read(host: &mut ConsoleHost) -> Result<Status> {
    let context = ExchangeContext::new(wiring::location());
    let now = unix_now(host);
    let store = context.store(host)?;
    let mut servers = Vec::new();
    for server in store.servers().map_err(errors::state)? {
        let rows = in_use::rows(store, &server, now).map_err(errors::state)?;
        let modes = Modes::of(store, &server).map_err(errors::state)?;
        servers.push(ServerStatus {
            services: rows.iter().map(|row| service(row, now, needs_certificate(row, &modes))).collect(),
            name: server.name,
            fqdn: server.fqdn,
            version: server.version_name.as_str().to_owned(),
        });
    }
    Ok(Status { servers })
}

/// Whether UM listens in the clear only.
struct Modes {
    um_is_tcp: bool,
    router_is_tcp: bool,
}

impl Modes {
    fn of(store: &dyn Store, server: &Server) -> std::result::Result<Modes, StoreError> {
        let tcp = |mode: Option<UmStartupMode>| mode.is_none_or(|m| m == UmStartupMode::Tcp);
        Ok(Modes {
            um_is_tcp: tcp(store.um_service(server.id)?.map(|s| s.um_startup_mode)),
            router_is_tcp: tcp(store.um_call_router(server.id)?.map(|s| s.um_startup_mode)),
        })
    }
}

/// UM in TCP mode, its default, presents nothing and is well so.
fn needs_certificate(row: &ServiceUse, modes: &Modes) -> bool {
    match row.service {
        "UM" => !modes.um_is_tcp,
        "UMCallRouter" => !modes.router_is_tcp,
        _ => true,
    }
}

fn service(row: &ServiceUse, now: i64, needs_certificate: bool) -> ServiceStatus {
    let certificate = |used: &Option<Used>| used.as_ref().map(|used| of_used(used, now));
    let (in_use, after_restart) = (certificate(&row.now), certificate(&row.after_restart));
    ServiceStatus {
        service: row.service.to_owned(),
        place: row.place.clone(),
        windows_service: row.windows_service.to_owned(),
        running: row.running,
        attention: attention(row, in_use.as_ref(), after_restart.as_ref(), needs_certificate),
        restart_needed: row.restart_needed(),
        in_use,
        after_restart,
    }
}

fn of_used(used: &Used, now: i64) -> CertificateStatus {
    CertificateStatus {
        thumbprint: used.thumbprint.to_string(),
        subject: used.subject.clone(),
        not_after: used.not_after,
        days_left: used.not_after.map(|end| (end - now).div_euclid(DAY)),
        status: used.status.to_owned(),
    }
}

/// What an operator should do about a service, in the order of urgency.
fn attention(
    row: &ServiceUse,
    now: Option<&CertificateStatus>,
    after: Option<&CertificateStatus>,
    needs_certificate: bool,
) -> Vec<String> {
    let mut all = Vec::new();
    let mut say = |text: String| {
        if !all.contains(&text) {
            all.push(text);
        }
    };
    if needs_certificate && row.running && now.is_none() && after.is_none() {
        say("has no certificate".to_owned());
    }
    for (certificate, when) in [(now, ""), (after, " after the restart")] {
        let Some(certificate) = certificate else { continue };
        // The same certificate is complained about once.
        if !when.is_empty() && now == after {
            continue;
        }
        match (certificate.status.as_str(), certificate.days_left) {
            ("Removed", _) => say(format!("its certificate was removed{when}")),
            (_, Some(days)) if days < 0 => say(format!("certificate expired {} ago{when}", in_days(-days))),
            ("Valid", Some(days)) if days < SOON_DAYS => {
                say(format!("certificate expires in {}{when}", in_days(days)))
            }
            ("Valid", _) => {}
            (status, _) => say(format!("certificate is {status}{when}")),
        }
    }
    if row.restart_needed() {
        say(format!("restart {} to use the new certificate", row.windows_service));
    }
    all
}

fn in_days(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn as_json(status: &Status) -> String {
    let mut text = serde_json::to_string_pretty(status).expect("strings and numbers are always JSON");
    text.push('\n');
    text
}

fn as_table(status: &Status, width: usize, colours: bool) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table.set_header(["Server", "Service", "Place", "State", "In use", "After restart", "Days", "Attention"]);
    let mut notes = Vec::new();
    for server in &status.servers {
        for service in &server.services {
            let days = service.in_use.as_ref().or(service.after_restart.as_ref()).and_then(|c| c.days_left);
            table.add_row([
                server.name.clone(),
                service.service.clone(),
                service.place.clone(),
                if service.running { "running" } else { "stopped" }.to_owned(),
                short(service.in_use.as_ref()),
                match service.in_use.is_some() && service.in_use == service.after_restart {
                    true => "the same".to_owned(),
                    false => short(service.after_restart.as_ref()),
                },
                days.map_or_else(|| "-".to_owned(), |d| d.to_string()),
                if service.attention.is_empty() { "" } else { "!" }.to_owned(),
            ]);
            for text in &service.attention {
                notes.push(format!("{} {} ({}): {text}", server.name, service.service, service.place));
            }
        }
    }
    let mut text = table.to_string();
    text.push('\n');
    let (begin, end) = if colours { ("\u{1b}[33;1m", "\u{1b}[0m") } else { ("", "") };
    if notes.is_empty() {
        text.push_str("Nothing needs attention.\n");
    } else {
        text.push_str("Needs attention:\n");
        for note in notes {
            text.push_str(&format!("{begin}  {note}{end}\n"));
        }
    }
    text
}

/// `5113AE02 CN=mail.contoso.com`: enough of a thumbprint to tell two apart.
fn short(certificate: Option<&CertificateStatus>) -> String {
    let Some(certificate) = certificate else { return "-".to_owned() };
    let subject = certificate.subject.as_deref().unwrap_or("(removed)");
    let name = subject.split(", ").next().unwrap_or(subject);
    format!("{} {name}", certificate.thumbprint.get(..8).unwrap_or(&certificate.thumbprint))
}

#[cfg(test)]
mod tests {
    use super::*;
    use exsh_state::model::Thumbprint;

    const NOW: i64 = 1_800_000_000;

    fn used(print: u8, days: i64, status: &'static str) -> Option<Used> {
        Some(Used {
            thumbprint: Thumbprint([print; 20]),
            subject: Some("CN=mail.contoso.com, O=Contoso".to_owned()),
            not_after: Some(NOW + days * DAY + 1),
            status,
        })
    }

    fn row(running: bool, now: Option<Used>, after_restart: Option<Used>) -> ServiceUse {
        ServiceUse {
            server: "EX01".to_owned(),
            service: "IMAP",
            place: "IMAP".to_owned(),
            windows_service: "MSExchangeIMAP4",
            running,
            now,
            after_restart,
        }
    }

    fn told(running: bool, now: Option<Used>, after: Option<Used>) -> Vec<String> {
        service(&row(running, now, after), NOW, true).attention
    }

    /// Source: ours.
    #[test]
    fn what_needs_attention_is_said_once() {
        let good = || used(1, 400, "Valid");
        assert_eq!(told(true, good(), good()), [""; 0]);
        assert_eq!(told(false, None, good()), [""; 0]);
        assert_eq!(told(true, None, None), ["has no certificate"]);
        // UM in TCP mode.
        assert_eq!(service(&row(true, None, None), NOW, false).attention, [""; 0]);
        assert_eq!(told(true, used(1, 5, "Valid"), used(1, 5, "Valid")), ["certificate expires in 5 days"]);
        assert_eq!(
            told(true, used(1, -3, "DateInvalid"), used(1, -3, "DateInvalid")),
            ["certificate expired 3 days ago"]
        );
        assert_eq!(
            told(true, used(1, 400, "Untrusted"), used(1, 400, "Untrusted")),
            ["certificate is Untrusted"]
        );
        assert_eq!(
            told(true, used(1, 1, "Valid"), used(2, 400, "Valid")),
            ["certificate expires in 1 day", "restart MSExchangeIMAP4 to use the new certificate"]
        );
        assert_eq!(
            told(false, None, used(2, 2, "Valid")),
            ["certificate expires in 2 days after the restart"]
        );
    }

    #[test]
    fn the_table_fits_and_has_colours_only_when_asked() {
        let services = vec![service(&row(true, used(1, 1, "Valid"), used(2, 400, "Valid")), NOW, true)];
        let status = Status {
            servers: vec![ServerStatus {
                name: "EX01".to_owned(),
                fqdn: "ex01.contoso.com".to_owned(),
                version: "SE".to_owned(),
                services,
            }],
        };
        let plain = as_table(&status, 100, false);
        assert!(
            plain.lines().take_while(|l| !l.starts_with("Needs")).all(|l| l.chars().count() <= 100),
            "{plain}"
        );
        assert!(plain.contains("EX01 IMAP (IMAP): restart MSExchangeIMAP4"), "{plain}");
        assert!(!plain.contains('\u{1b}'));
        assert!(as_table(&status, 100, true).contains("\u{1b}[33;1m"));
        let json: serde_json::Value = serde_json::from_str(&as_json(&status)).unwrap();
        let first = &json["servers"][0]["services"][0];
        assert_eq!(first["inUse"]["daysLeft"], 1);
        assert_eq!(first["afterRestart"]["thumbprint"], "02".repeat(20));
        assert_eq!(first["restartNeeded"], true);
    }
}
