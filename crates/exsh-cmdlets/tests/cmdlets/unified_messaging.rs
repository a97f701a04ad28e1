//! Get-/Set-UMService and Get-/Set-UMCallRouterSettings: on 2016 servers only (PRODUCT rule 6).

use crate::lab::{Lab, messages, property, text};
use exsh_core::value::Value;
use exsh_state::model::ServerVersion;

#[test]
fn settings_are_shown_and_changed_on_2016() {
    let mut lab = Lab::of_version(ServerVersion::Exchange2016);
    let told = lab.good("Get-UMService", &[]);
    assert_eq!(property(&told.values[0], "UMStartupMode"), "TCP");
    assert_eq!(property(&told.values[0], "IrmLogMaxDirectorySize"), "250 MB (262,144,000 bytes)");
    assert_eq!(property(&told.values[0], "IrmLogMaxAge"), "30.00:00:00");
    let told = lab.good(
        "Set-UMService",
        &[
            ("Identity", text("EX01")),
            ("UMStartupMode", text("Dual")),
            ("DialPlans", text("Plan")),
            ("GrammarGenerationSchedule", text("Sun.2:00 AM-Sun.2:30 AM")),
            ("MaxCallsAllowed", Value::int(150)),
            ("SIPAccessService", text("northamerica.lyncpoolna.contoso.com:5061:")),
        ],
    );
    assert!(told.warnings[0].contains(
        "is restarted on server EX01. The Microsoft Exchange Unified Messaging service won't start"
    ));
    let service = lab.good("Get-UMService", &[("Identity", text("EX01"))]).values.remove(0);
    for (name, value) in [
        ("UMStartupMode", "Dual"),
        ("DialPlans", "Plan"),
        ("GrammarGenerationSchedule", "Sunday.02:00-Sunday.02:30"),
        ("MaxCallsAllowed", "150"),
        ("SIPAccessService", "northamerica.lyncpoolna.contoso.com:5061:"),
    ] {
        assert_eq!(property(&service, name), value, "{name}");
    }
    lab.good(
        "Set-UMCallRouterSettings",
        &[("UMStartupMode", text("TLS")), ("SipTlsListeningPort", Value::int(6061))],
    );
    let router = lab.good("Get-UMCallRouterSettings", &[]).values.remove(0);
    assert_eq!(property(&router, "UMStartupMode"), "TLS");
    assert_eq!(property(&router, "SipTlsListeningPort"), "6061");
    let again = lab.good("Set-UMCallRouterSettings", &[("UMStartupMode", text("TLS"))]);
    assert!(again.warnings[0].contains("no settings of 'EX01\\UMCallRouterSettings' have been modified"));
}

#[test]
fn values_that_do_not_fit_are_refused() {
    let mut lab = Lab::of_version(ServerVersion::Exchange2016);
    for (name, value, part) in [
        ("IrmLogMaxFileSize", text("300MB"), "can't be larger than IrmLogMaxDirectorySize"),
        ("IrmLogMaxAge", text("24855.03:14:08"), "from 00:00:00 to 24855.03:14:07"),
        ("MaxCallsAllowed", Value::int(-1), "isn't negative"),
    ] {
        let told = lab.run("Set-UMService", &[("Identity", text("EX01")), (name, value)]);
        assert!(messages(&told)[0].contains(part), "{name}: {:?}", messages(&told));
    }
    let told = lab.run("Set-UMCallRouterSettings", &[("SipTcpListeningPort", Value::int(5061))]);
    assert!(messages(&told)[0].contains("can't both be 5061"));
}

#[test]
fn other_versions_have_no_unified_messaging() {
    let mut lab = Lab::new();
    assert!(lab.good("Get-UMService", &[]).values.is_empty());
    for (cmdlet, parameter) in [
        ("Get-UMService", "Identity"),
        ("Set-UMService", "Identity"),
        ("Get-UMCallRouterSettings", "Server"),
        ("Set-UMCallRouterSettings", "Server"),
    ] {
        let told = lab.run(cmdlet, &[(parameter, text("EX01"))]);
        assert!(messages(&told)[0].contains("has no Unified Messaging"), "{cmdlet}: {:?}", messages(&told));
    }
}
