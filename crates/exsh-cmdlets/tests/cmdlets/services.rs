//! The service cmdlets and iisreset on a real state.

use crate::lab::{Lab, messages, property, text, thumbprint};
use exsh_core::value::Value;
use exsh_state::model::{Endpoint, ServerVersion};
use exsh_testkit::{Told, self_signed};

fn names(names: &[&str]) -> Value {
    Value::array(names.iter().map(|n| text(n)).collect())
}

fn shown(told: &Told, name: &str) -> Vec<String> {
    told.values.iter().map(|v| property(v, name)).collect()
}

fn status(lab: &mut Lab, name: &str) -> String {
    let told = lab.good("Get-Service", &[("Name", names(&[name]))]);
    shown(&told, "Status").remove(0)
}

/// Source: documented (IMAP and POP are stopped and manual on a fresh server).
#[test]
fn services_are_shown_by_name_and_wildcard() {
    let mut lab = Lab::new();
    let told = lab.good("Get-Service", &[]);
    assert_eq!(
        shown(&told, "Name"),
        [
            "MSExchangeFrontEndTransport",
            "MSExchangeIMAP4",
            "MSExchangeIMAP4BE",
            "MSExchangePOP3",
            "MSExchangePOP3BE",
            "MSExchangeTransport",
            "W3SVC"
        ]
    );
    let told = lab.good("Get-Service", &[("Name", names(&["msexchangepop*"]))]);
    assert_eq!(shown(&told, "Name"), ["MSExchangePOP3", "MSExchangePOP3BE"]);
    assert_eq!(shown(&told, "Status"), ["Stopped", "Stopped"]);
    assert_eq!(shown(&told, "StartType"), ["Manual", "Manual"]);
    let told = lab.good("Get-Service", &[("DisplayName", names(&["World Wide*"]))]);
    assert_eq!(shown(&told, "Name"), ["W3SVC"]);
    let told = lab.good("Get-Service", &[("Include", names(&["*IMAP4*"])), ("Exclude", names(&["*BE"]))]);
    assert_eq!(shown(&told, "Name"), ["MSExchangeIMAP4"]);
    let um = lab_2016(&mut |lab| shown(&lab.good("Get-Service", &[("Name", names(&["*UM*"]))]), "Name"));
    assert_eq!(um, ["MSExchangeUM", "MSExchangeUMCR"]);
}

fn lab_2016<T>(f: &mut dyn FnMut(&mut Lab) -> T) -> T {
    f(&mut Lab::of_version(ServerVersion::Exchange2016))
}

/// Source: the reference's resources (ServiceResources), ids as Windows has them.
#[test]
fn an_unknown_name_is_reported_and_the_others_are_done() {
    let mut lab = Lab::new();
    let told = lab.run("Start-Service", &[("Name", names(&["MSExchangeImap4Backend", "MSExchangeIMAP4"]))]);
    assert_eq!(messages(&told), ["Cannot find any service with service name 'MSExchangeImap4Backend'."]);
    assert_eq!(&*told.errors[0].id, "NoServiceFoundForGivenName");
    assert!(told.errors[0].recommended_action.as_deref().unwrap().contains("MSExchangeIMAP4BE"));
    assert_eq!(status(&mut lab, "MSExchangeIMAP4"), "Running");
    assert!(lab.run("Get-Service", &[("Name", names(&["nosuch*"]))]).errors.is_empty());
    let told = lab.run("Get-Service", &[("DisplayName", names(&["x"]))]);
    assert_eq!(&*told.errors[0].id, "NoServiceFoundForGivenDisplayName");
}

/// PRODUCT rule 9.
#[test]
fn a_restart_takes_the_assigned_certificate_into_use() {
    let mut lab = Lab::new();
    let setup = lab.setup_thumbprint();
    lab.good("Start-Service", &[("Name", names(&["MSExchangeIMAP4", "MSExchangeIMAP4BE"]))]);
    let minted = self_signed("CN=mail.contoso.com", &["mail.contoso.com"], lab.now - 60, 365).unwrap();
    let new = lab.import(&minted);
    lab.enable(&new, "IMAP");
    let in_use = |lab: &Lab| lab.store().assignment(lab.server().id, Endpoint::Imap).unwrap().in_use;
    assert_eq!(in_use(&lab), Some(thumbprint(&setup)));
    let told = lab.good("Restart-Service", &[("Name", names(&["MSExchangeIMAP4"]))]);
    assert_eq!(
        told.confirmations,
        [
            "Performing the operation \"Restart-Service\" on target \"Microsoft Exchange IMAP4 (MSExchangeIMAP4)\"."
        ]
    );
    assert_eq!(in_use(&lab), Some(thumbprint(&new)));
    assert_eq!(lab.store().pending_restarts(lab.server().id).unwrap().len(), 1);
    lab.good("Stop-Service", &[("Name", names(&["MSExchangeIMAP4"]))]);
    assert_eq!((status(&mut lab, "MSExchangeIMAP4").as_str(), in_use(&lab)), ("Stopped", None));
    lab.good("Restart-Service", &[("Name", names(&["MSExchangeIMAP4"]))]);
    assert_eq!(in_use(&lab), Some(thumbprint(&new)));
}

#[test]
fn what_if_leaves_the_service_alone() {
    let mut lab = Lab::new();
    lab.what_if = true;
    lab.good("Stop-Service", &[("Name", names(&["W3SVC"]))]);
    lab.good("Set-Service", &[("Name", text("W3SVC")), ("StartupType", text("Disabled"))]);
    assert_eq!(status(&mut lab, "W3SVC"), "Running");
}

#[test]
fn startup_type_and_status_are_set() {
    let mut lab = Lab::new();
    let told = lab.good(
        "Set-Service",
        &[
            ("Name", text("msexchangepop3")),
            ("StartupType", text("automatic")),
            ("Status", text("running")),
            ("PassThru", Value::TRUE),
        ],
    );
    assert_eq!(
        (shown(&told, "StartType"), shown(&told, "Status")),
        (vec!["Automatic".to_owned()], vec!["Running".to_owned()])
    );
    let told = lab.run("Set-Service", &[("Name", text("W3SVC")), ("DisplayName", text("x"))]);
    assert_eq!(&*told.errors[0].id, "CouldNotSetService");
    let told = lab.run("Set-Service", &[("Name", text("W3SVC")), ("Status", text("Paused"))]);
    assert_eq!(&*told.errors[0].id, "CouldNotSuspendServiceNotSupported");
    lab.good("Set-Service", &[("Name", text("MSExchangePOP3BE")), ("StartupType", text("Disabled"))]);
    let told = lab.run("Start-Service", &[("Name", names(&["MSExchangePOP3BE"]))]);
    assert_eq!(
        messages(&told),
        [
            "Service 'Microsoft Exchange POP3 Backend (MSExchangePOP3BE)' cannot be started due to the following error: Cannot start service 'MSExchangePOP3BE' on computer '.'."
        ]
    );
}

#[test]
fn objects_can_be_piped() {
    let mut lab = Lab::new();
    let service = lab.good("Get-Service", &[("Name", names(&["MSExchangePOP3"]))]).values.remove(0);
    let told = lab.good(
        "Start-Service",
        &[("InputObject", Value::array(vec![service.clone()])), ("PassThru", Value::TRUE)],
    );
    assert_eq!(shown(&told, "Status"), ["Running"]);
    // The object shows what it read until it is refreshed, as .NET's does.
    assert_eq!(property(&service, "Status"), "Stopped");
}

#[test]
fn iisreset_says_what_the_program_says() {
    let mut lab = Lab::new();
    let minted = self_signed("CN=mail.contoso.com", &["mail.contoso.com"], lab.now - 60, 365).unwrap();
    let new = lab.import(&minted);
    lab.enable(&new, "IIS");
    let lines =
        |told: &Told| told.values.iter().map(|v| v.as_str().unwrap().as_str().to_owned()).collect::<Vec<_>>();
    let told = lab.good("iisreset", &[("Arguments", names(&["/noforce"]))]);
    assert_eq!(
        lines(&told),
        [
            "",
            "Attempting stop...",
            "Internet services successfully stopped",
            "Attempting start...",
            "Internet services successfully restarted"
        ]
    );
    let site = lab.store().assignment(lab.server().id, Endpoint::DefaultWebSite).unwrap();
    assert_eq!(site.in_use, Some(thumbprint(&new)));
    lab.good("iisreset", &[("Arguments", names(&["/stop"]))]);
    assert_eq!(status(&mut lab, "W3SVC"), "Stopped");
    let told = lab.good("iisreset.exe", &[("Arguments", names(&["EX01", "/start"]))]);
    assert_eq!(lines(&told).last().unwrap(), "Internet services successfully started");
    assert!(messages(&lab.run("iisreset", &[("Arguments", names(&["/reboot"]))]))[0].contains("'/reboot'"));
    assert_eq!(lab.run("iisreset", &[("Arguments", names(&["EX09"]))]).errors.len(), 1);
}
