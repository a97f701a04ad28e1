//! Get-ExchangeServer.

use crate::lab::{Lab, messages, property, text};
use exsh_cmdlets::organization::{Plan, init};
use exsh_core::view::{Cell, Layout};
use exsh_state::model::ServerVersion;

/// Source: captured values and order (output.md section 4).
#[test]
fn a_server_is_shown_as_captured() {
    let mut lab = Lab::of_version(ServerVersion::Exchange2019);
    let server = lab.good("Get-ExchangeServer", &[("Identity", text("ex01"))]).values.remove(0);
    for (name, value) in [
        ("Name", "EX01"),
        ("Fqdn", "EX01.contoso.com"),
        ("AdminDisplayVersion", "Version 15.2 (Build 986.5)"),
        ("Edition", "StandardEvaluation"),
        ("ServerRole", "Mailbox"),
        ("Site", "contoso.com/Configuration/Sites/Default-First-Site-Name"),
        ("IsUnifiedMessagingServer", "False"),
        ("IsMailboxServer", "True"),
        ("IsEdgeServer", "False"),
        ("ExchangeVersion", "0.1 (8.0.535.0)"),
    ] {
        assert_eq!(property(&server, name), value, "{name}");
    }
    let Layout::Table(columns) = &server.type_info().unwrap().views[0].layout else {
        panic!("a table comes first")
    };
    let names: Vec<&str> = columns
        .iter()
        .map(|c| match c.cell {
            Cell::Property(name) => name,
            Cell::Compute(_) => "",
        })
        .collect();
    assert_eq!(names, ["Name", "Site", "ServerRole", "Edition", "AdminDisplayVersion"]);
}

#[test]
fn servers_are_found_by_name_and_domain() {
    let mut lab = Lab::new();
    let mut host = lab.host();
    let plan =
        Plan::new(&host, Some(ServerVersion::Exchange2016), Some("EX02"), Some("eu.contoso.com")).unwrap();
    assert!(init(lab.store(), &mut host, &plan).is_ok());
    let names =
        |told: exsh_testkit::Told| told.values.iter().map(|v| property(v, "Name")).collect::<Vec<_>>();
    assert_eq!(names(lab.good("Get-ExchangeServer", &[])), ["EX01", "EX02"]);
    assert_eq!(names(lab.good("Get-ExchangeServer", &[("Domain", text("eu.contoso.com"))])), ["EX02"]);
    assert_eq!(
        names(lab.good("Get-ExchangeServer", &[("Identity", text("CN=EX02,CN=Servers,CN=x"))])),
        ["EX02"]
    );
    let um = lab.good("Get-UMService", &[]);
    assert_eq!(names(um), ["EX02"]);
    let told = lab.run("Get-ExchangeServer", &[("Identity", text("EX09"))]);
    assert!(
        messages(&told)[0]
            .starts_with("The operation couldn't be performed because object 'EX09' couldn't be found")
    );
}
