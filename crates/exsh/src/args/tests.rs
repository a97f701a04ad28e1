//! Command lines and what the program makes of them. Observed with pwsh 7.6.9 unless a test says otherwise.

use super::*;

fn read_with(args: &[&str], input_is_terminal: bool) -> Invocation {
    let args: Vec<String> = args.iter().map(|a| (*a).to_owned()).collect();
    let file_exists = |path: &str| path.ends_with(".ps1") && !path.contains("nosuch") || path == "script";
    parse(&args, &World { input_is_terminal, file_exists: &file_exists })
}

fn read(args: &[&str]) -> Invocation {
    read_with(args, false)
}

fn start(args: &[&str]) -> Start {
    match read(args) {
        Invocation::Run(start) => start,
        other => panic!("{args:?} starts a session, not {other:?}"),
    }
}

fn source(args: &[&str]) -> Source {
    start(args).source
}

fn message(invocation: Invocation) -> String {
    match invocation {
        Invocation::Usage { message, .. } => message,
        other => panic!("a usage error was expected, not {other:?}"),
    }
}

fn command(text: &str) -> Source {
    Source::Command(text.to_owned())
}

fn file(path: &str, args: &[&str]) -> Source {
    Source::File { path: path.to_owned(), args: args.iter().map(|a| (*a).to_owned()).collect() }
}

/// Source: observed (exit-codes child-host-*, hosting host-args-command-rest, host-plain-file).
#[test]
fn a_command_takes_the_rest_of_the_line() {
    assert_eq!(source(&["-Command", "1"]), command("1"));
    assert_eq!(source(&["-c", "Write-Output", "a", "b", "c d"]), command("Write-Output a b c d"));
    assert_eq!(source(&["-NoProfile", "-Command", "exit", "-File", "x"]), command("exit -File x"));
}

#[test]
fn a_file_takes_the_rest_as_its_arguments() {
    assert_eq!(
        source(&["-File", "s.ps1", "a", "b c", "-Command", "1"]),
        file("s.ps1", &["a", "b c", "-Command", "1"])
    );
    assert_eq!(source(&["s.ps1", "one", "two"]), file("s.ps1", &["one", "two"]));
    assert_eq!(source(&["-nop", "script"]), file("script", &[]));
    assert_eq!(source(&["-File", "-"]), Source::Prompt);
}

/// Source: documented (about_pwsh; abbreviations as the reference's own parser has them).
#[test]
fn switches_match_by_their_beginnings_in_any_case() {
    assert_eq!(source(&["-COMM", "1"]), command("1"));
    assert_eq!(source(&["/c", "1"]), command("1"));
    assert_eq!(source(&["--command", "1"]), command("1"));
    assert_eq!(source(&["\u{2013}c", "1"]), command("1"));
    assert!(!start(&["-noni", "-c", "1"]).interactive);
    assert!(start(&["-noni", "-i", "-c", "1"]).interactive);
    assert!(start(&["-noe", "-c", "1"]).no_exit);
    assert_eq!(start(&["-wd", "/", "-c", "1"]).working_directory.as_deref(), Some("/"));
    assert_eq!(start(&["-WorkingDirectory", "/tmp", "-c", "1"]).working_directory.as_deref(), Some("/tmp"));
    assert_eq!(source(&["-ep", "Bypass", "-c", "1"]), command("1"));
    assert_eq!(source(&["-InputFormat", "text", "-of", "Text", "-c", "1"]), command("1"));
    assert_eq!(source(&["-e", "MQArADEA"]), command("1+1"));
    assert_eq!(source(&["-ec", "MQArADEA", "-NoLogo"]), command("1+1"));
    assert_eq!(source(&["-EncodedCommand", "MQArADEA"]), command("1+1"));
}

#[test]
fn nothing_is_the_prompt() {
    assert_eq!(source(&[]), Source::Prompt);
    assert!(start(&[]).logo);
    assert!(!start(&["-nologo"]).logo);
    assert!(!start(&["-c", "1"]).logo);
    assert!(!start(&["-noe", "-c", "1"]).logo);
}

#[test]
fn version_and_help_end_the_reading() {
    assert_eq!(read(&["-Version", "-File", "nosuch"]), Invocation::Version);
    assert_eq!(read(&["-v"]), Invocation::Version);
    for help in ["-h", "-Help", "-?", "/?", "--help"] {
        assert_eq!(read(&[help]), Invocation::Help, "{help}");
    }
}

/// Source: observed (hosting host-ctrl-d-stdin).
#[test]
fn a_dash_reads_standard_input_unless_it_is_a_terminal() {
    assert_eq!(source(&["-Command", "-"]), Source::Lines);
    assert_eq!(
        message(read_with(&["-Command", "-"], true)),
        "'-' was specified as the argument to -Command but standard input has not been redirected for this process."
    );
    assert!(message(read(&["-Command", "-", "x"])).contains("no other arguments"));
}

/// Source: observed (hosting host-file-missing, host-bad-option; exit code 64).
#[test]
fn what_is_neither_switch_nor_file_is_a_usage_error() {
    for argument in ["nosuch.ps1", "-NoSuchOption"] {
        assert_eq!(
            read(&["-NoProfile", argument]),
            Invocation::Usage {
                message: format!(
                    "The argument '{argument}' is not recognized as the name of a script file. Check the spelling of the name, or if a path was included, verify that the path is correct and try again."
                ),
                with_usage: true,
            }
        );
    }
    assert!(message(read(&["-profile"])).contains("\n  -noprofile"));
    assert!(message(read(&["-Command"])).contains("A command must follow -Command"));
    assert!(message(read(&["-File"])).contains("requires a file path"));
    assert!(message(read(&["-e", "no base64!"])).contains("not properly encoded"));
    assert!(message(read(&["-e", "MQArADEA", "-c", "1"])).contains("already specified"));
    assert!(message(read(&["-sshs"])).contains("-SSHServerMode"));
    assert!(message(read(&["-of", "XML"])).contains("XML yet"));
    assert!(message(read(&["-of", "JSON"])).contains("is not a valid format"));
}

/// Source: ours.
#[test]
fn verbs_are_words_in_the_first_place() {
    assert_eq!(read(&["status"]), Invocation::Verb(Verb::Status { json: false }));
    assert_eq!(read(&["status", "--json"]), Invocation::Verb(Verb::Status { json: true }));
    assert_eq!(read(&["serve"]), Invocation::Verb(Verb::Serve));
    let text = |t: &str| Some(t.to_owned());
    assert_eq!(
        read(&["init", "--version", "2016", "--server=EX01", "--domain", "contoso.com"]),
        Invocation::Verb(Verb::Init {
            version: text("2016"),
            server: text("EX01"),
            domain: text("contoso.com")
        })
    );
    assert!(message(read(&["status", "now"])).contains("'now'"));
    assert!(message(read(&["init", "--server"])).contains("--server"));
    assert!(message(read(&["init", "EX01"])).contains("'EX01'"));
    // Only in the first place: elsewhere the word is a script's name.
    assert!(message(read(&["-NoProfile", "status"])).contains("'status'"));
}
