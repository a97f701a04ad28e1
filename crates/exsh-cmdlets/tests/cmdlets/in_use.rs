//! Which certificate a service uses now and which one after its next restart (PRODUCT rule 9).

use crate::lab::Lab;
use exsh_cmdlets::rules::in_use::{ServiceUse, rows};
use exsh_state::model::ServerVersion;
use exsh_state::{Change, ServiceAction};
use exsh_testkit::self_signed;

fn of(lab: &Lab, place: &str) -> ServiceUse {
    let all = rows(lab.store(), &lab.server(), lab.now).unwrap();
    all.into_iter().find(|row| row.place == place).unwrap()
}

fn subjects(row: &ServiceUse) -> [Option<String>; 2] {
    [&row.now, &row.after_restart].map(|used| used.as_ref().and_then(|used| used.subject.clone()))
}

fn control(lab: &Lab, name: &str, action: ServiceAction) {
    lab.apply(Change::ControlService { server: lab.server().id, name: name.to_owned(), action });
}

#[test]
fn a_change_is_in_use_after_the_restart_of_its_service() {
    let mut lab = Lab::new();
    let setup = || Some("CN=EX01".to_owned());
    let new = || Some("CN=mail.contoso.com".to_owned());
    let minted = self_signed("CN=mail.contoso.com", &["mail.contoso.com"], lab.now - 60, 365).unwrap();
    let thumbprint = lab.import(&minted);
    control(&lab, "MSExchangeIMAP4", ServiceAction::Start);
    assert_eq!(subjects(&of(&lab, "IMAP")), [setup(), setup()]);
    assert_eq!(subjects(&of(&lab, "POP")), [None, setup()]);
    lab.enable(&thumbprint, "IMAP,POP,IIS");
    for place in ["IMAP", "Default Web Site"] {
        let row = of(&lab, place);
        assert_eq!((subjects(&row), row.restart_needed()), ([setup(), new()], true), "{place}");
    }
    let pop = of(&lab, "POP");
    assert_eq!((subjects(&pop), pop.restart_needed()), ([None, new()], false));
    assert_eq!(subjects(&of(&lab, "Exchange Back End")), [setup(), setup()]);
    control(&lab, "MSExchangeIMAP4", ServiceAction::Restart);
    control(&lab, "W3SVC", ServiceAction::Restart);
    for place in ["IMAP", "Default Web Site"] {
        let row = of(&lab, place);
        assert_eq!((subjects(&row), row.restart_needed()), ([new(), new()], false), "{place}");
    }
}

#[test]
fn um_has_places_on_2016_only_and_smtp_has_two() {
    let places = |lab: &Lab| -> Vec<String> {
        rows(lab.store(), &lab.server(), lab.now).unwrap().into_iter().map(|row| row.place).collect()
    };
    let se = places(&Lab::new());
    assert_eq!(
        se,
        [
            "IMAP",
            "IMAP back end",
            "POP",
            "POP back end",
            "Default Web Site",
            "Exchange Back End",
            "internal transport",
            "EX01.contoso.com",
        ]
    );
    assert!(places(&Lab::of_version(ServerVersion::Exchange2016)).contains(&"UMCallRouter".to_owned()));
}

#[test]
fn smtp_presents_the_certificate_that_carries_the_servers_name() {
    let lab = Lab::new();
    let row = of(&lab, "EX01.contoso.com");
    assert_eq!(row.now.unwrap().subject.as_deref(), Some("CN=EX01"));
}
