//! Drawn errors, to the character. Each case names the recording it was taken from.

mod common;

use common::FakeShell;
use exsh_core::error::{Context, Invocation, Position};
use exsh_core::{Category, ErrorRecord, Exception, Value};
use exsh_format::error_view::render;
use exsh_format::{ErrorView, Style};
use std::rc::Rc;

const FILE: &str = "/tmp/exo/N/s/case.ps1";

fn at(file: Option<&str>, source: &str, part: &str) -> Position {
    let start = source.rfind(part).unwrap_or_else(|| panic!("the part is there"));
    let from = source[..start].rfind('\n').map_or(0, |i| i + 1);
    Position {
        file: file.map(Into::into),
        source: source.into(),
        start: start as u32,
        end: (start + part.len()) as u32,
        line: source[..start].matches('\n').count() as u32 + 1,
        column: source[from..start].encode_utf16().count() as u32 + 1,
    }
}

fn with(record: ErrorRecord, inv: Invocation, change: impl FnOnce(&mut Context)) -> Rc<ErrorRecord> {
    let mut context = Context { invocation: Some(Rc::new(inv)), ..Context::default() };
    change(&mut context);
    *record.context.borrow_mut() = context;
    Rc::new(record)
}

fn expression(position: Position) -> Invocation {
    called("", "", position, false)
}

fn called(command: &str, name: &str, position: Position, is_cmdlet: bool) -> Invocation {
    Invocation {
        command: command.into(),
        invocation_name: name.into(),
        position: Some(position),
        pipeline_position: 1,
        pipeline_length: 1,
        is_cmdlet,
    }
}

fn drawn(record: &Rc<ErrorRecord>, view: ErrorView) -> String {
    render(&mut FakeShell::default(), record, view, &Style::plain(), 120)
}

#[test]
fn normal_view_names_the_command_and_the_place() {
    // observed: errors/runtime-normal path-get-content-normal
    let message = "Cannot find path '/tmp/exo/N/w/nosuch.txt' because it does not exist.";
    let record = ErrorRecord::of(
        "System.Management.Automation.ItemNotFoundException",
        "PathNotFound",
        Category::ObjectNotFound,
        message,
    )
    .on(Value::text("/tmp/exo/N/w/nosuch.txt"));
    let position = at(Some(FILE), "\nGet-Content nosuch.txt", "Get-Content nosuch.txt");
    let record = with(record, called("Get-Content", "Get-Content", position, true), |c| {
        c.command_id = Some("Microsoft.PowerShell.Commands.GetContentCommand".into());
    });
    assert_eq!(
        drawn(&record, ErrorView::Normal),
        "Get-Content : Cannot find path '/tmp/exo/N/w/nosuch.txt' because it does not exist.\n\
         At /tmp/exo/N/s/case.ps1:2 char:1\n\
         + Get-Content nosuch.txt\n\
         + ~~~~~~~~~~~~~~~~~~~~~~\n\
         + CategoryInfo          : ObjectNotFound: (/tmp/exo/N/w/nosuch.txt:String) [Get-Content], ItemNotFoundException\n\
         + FullyQualifiedErrorId : PathNotFound,Microsoft.PowerShell.Commands.GetContentCommand"
    );
    // observed: interactive/display color-error-views
    assert_eq!(
        drawn(&record, ErrorView::Category),
        "ObjectNotFound: (/tmp/exo/N/w/nosuch.txt:String) [Get-Content], ItemNotFoundException"
    );
}

#[test]
fn normal_view_of_an_engine_error_has_no_name() {
    // observed: errors/runtime-normal method-not-found-normal
    let message = "Method invocation failed because [System.String] does not contain a method named 'Nope'.";
    let record = ErrorRecord::runtime("MethodNotFound", Category::InvalidOperation, message);
    let record = with(record, expression(at(Some(FILE), "\n'a'.Nope()", "'a'.Nope()")), |_| {});
    assert_eq!(
        drawn(&record, ErrorView::Normal),
        format!(
            "{message}\nAt {FILE}:2 char:1\n+ 'a'.Nope()\n+ ~~~~~~~~~~\n\
             + CategoryInfo          : InvalidOperation: (:) [], RuntimeException\n+ FullyQualifiedErrorId : MethodNotFound"
        )
    );
}

#[test]
fn concise_view_frames_the_line_of_a_script() {
    // observed: errors/runtime-concise property-set-missing-concise
    let message = "Exception setting \"B\": \"The property 'B' cannot be found on this object. Verify that the property exists and can be set.\"";
    let exception = Exception::new("System.Management.Automation.SetValueInvocationException", message);
    let record = ErrorRecord::new("ExceptionWhenSetting", Category::NotSpecified, exception);
    let source = "\n\n$o = [pscustomobject]@{A=1}; $o.B = 2";
    let record = with(record, expression(at(Some(FILE), source, "$o.B = 2")), |_| {});
    assert_eq!(
        drawn(&record, ErrorView::Concise),
        "SetValueInvocationException: /tmp/exo/N/s/case.ps1:3\n\
         Line |\n\
         \x20  3 |  $o = [pscustomobject]@{A=1}; $o.B = 2\n\
         \x20    |                               ~~~~~~~~\n\
         \x20    | Exception setting \"B\": \"The property 'B' cannot be found on this object. Verify that the property exists and can\n\
         \x20    | be set.\""
    );
}

#[test]
fn concise_view_folds_long_messages_line_by_line() {
    // observed: errors/runtime-concise parameter-enum-cmdlet-concise
    let names = "NotSpecified, OpenError, CloseError, DeviceError, DeadlockDetected, InvalidArgument, InvalidData, \
                 InvalidOperation, InvalidResult, InvalidType, MetadataError, NotImplemented, NotInstalled, ObjectNotFound, \
                 OperationStopped, OperationTimeout, SyntaxError, ParserError, PermissionDenied, ResourceBusy, ResourceExists, \
                 ResourceUnavailable, ReadError, WriteError, FromStdErr, SecurityError, ProtocolError, ConnectionError, \
                 AuthenticationError, LimitsExceeded, QuotaExceeded, NotEnabled";
    let message = format!(
        "Cannot bind parameter 'Category'. Cannot convert value \"Nope\" to type \"System.Management.Automation.ErrorCategory\". \
         Error: \"Unable to match the identifier name Nope to a valid enumerator name. Specify one of the following enumerator \
         names and try again: {names}\""
    );
    let record = ErrorRecord::of(
        "System.Management.Automation.ParameterBindingException",
        "CannotConvertArgumentNoMessage",
        Category::InvalidArgument,
        message,
    );
    let source = "\n\nWrite-Error x -Category Nope";
    let record =
        with(record, called("Write-Error", "Write-Error", at(Some(FILE), source, "Nope"), true), |_| {});
    assert_eq!(
        drawn(&record, ErrorView::Concise),
        "Write-Error: /tmp/exo/N/s/case.ps1:3\n\
         Line |\n\
         \x20  3 |  Write-Error x -Category Nope\n\
         \x20    |                          ~~~~\n\
         \x20    | Cannot bind parameter 'Category'. Cannot convert value \"Nope\" to type\n\
         \x20    | \"System.Management.Automation.ErrorCategory\". Error: \"Unable to match the identifier name Nope to a valid\n\
         \x20    | enumerator name. Specify one of the following enumerator names and try again: NotSpecified, OpenError,\n\
         \x20    | CloseError, DeviceError, DeadlockDetected, InvalidArgument, InvalidData, InvalidOperation, InvalidResult,\n\
         \x20    | InvalidType, MetadataError, NotImplemented, NotInstalled, ObjectNotFound, OperationStopped, OperationTimeout,\n\
         \x20    | SyntaxError, ParserError, PermissionDenied, ResourceBusy, ResourceExists, ResourceUnavailable, ReadError,\n\
         \x20    | WriteError, FromStdErr, SecurityError, ProtocolError, ConnectionError, AuthenticationError, LimitsExceeded,\n\
         \x20    | QuotaExceeded, NotEnabled\""
    );
}

#[test]
fn concise_view_at_the_prompt_is_one_line() {
    // observed: interactive/display color-error-kinds
    let record =
        ErrorRecord::runtime("RuntimeException", Category::NotSpecified, "Attempted to divide by zero.");
    let record = with(record, expression(at(None, "1 / 0", "1 / 0")), |_| {});
    assert_eq!(drawn(&record, ErrorView::Concise), "RuntimeException: Attempted to divide by zero.");
    let record = ErrorRecord::runtime("thrown", Category::OperationStopped, "thrown");
    let record = with(record, expression(at(None, "throw 'thrown'", "throw 'thrown'")), |c| c.thrown = true);
    assert_eq!(drawn(&record, ErrorView::Concise), "Exception: thrown");
}

#[test]
fn concise_view_at_the_prompt_frames_what_stands_further_down() {
    // observed: interactive/prompt throw-in-multi-line
    let record = ErrorRecord::runtime("inner", Category::OperationStopped, "inner");
    let source = "function f {\nthrow 'inner'\n}";
    let record = with(record, expression(at(None, source, "throw 'inner'")), |c| c.thrown = true);
    assert_eq!(
        drawn(&record, ErrorView::Concise),
        "Exception: \nLine |\n   2 |  throw 'inner'\n     |  ~~~~~~~~~~~~~\n     | inner"
    );
}

#[test]
fn concise_view_names_functions_that_exist_and_says_what_scripts_did() {
    // observed: errors/runtime-concise write-error-in-function-concise, write-error-concise
    let record = |message: &str| {
        ErrorRecord::of(
            "Microsoft.PowerShell.Commands.WriteErrorException",
            "Microsoft.PowerShell.Commands.WriteErrorException",
            Category::NotSpecified,
            message,
        )
    };
    let mut shell = FakeShell { commands: vec!["Invoke-Thing"], ..FakeShell::default() };
    let inv =
        called("Invoke-Thing", "Invoke-Thing", at(Some(FILE), "\n\n\nInvoke-Thing", "Invoke-Thing"), false);
    let inside = with(record("inside"), inv, |c| c.activity = Some("Write-Error".into()));
    assert_eq!(
        render(&mut shell, &inside, ErrorView::Concise, &Style::plain(), 120),
        "Invoke-Thing: /tmp/exo/N/s/case.ps1:4\nLine |\n   4 |  Invoke-Thing\n     |  ~~~~~~~~~~~~\n     | inside"
    );
    let mut inv = called("case.ps1", FILE, at(None, "x", "x"), false);
    inv.position = None;
    let outside = with(record("custom error"), inv, |c| {
        c.activity = Some("Write-Error".into());
        c.command_id = Some("case.ps1".into());
    });
    assert_eq!(
        render(&mut shell, &outside, ErrorView::Concise, &Style::plain(), 120),
        "Write-Error: custom error"
    );
    // observed: errors/runtime-normal write-error-normal
    assert_eq!(
        render(&mut shell, &outside, ErrorView::Normal, &Style::plain(), 120),
        "/tmp/exo/N/s/case.ps1 : custom error\n\
         + CategoryInfo          : NotSpecified: (:) [Write-Error], WriteErrorException\n\
         + FullyQualifiedErrorId : Microsoft.PowerShell.Commands.WriteErrorException,case.ps1"
    );
}

#[test]
fn colours_mark_the_frame_the_fault_and_the_message() {
    // observed: interactive/display color-error-script
    let record = ErrorRecord::runtime("deep", Category::OperationStopped, "deep");
    let source = "\n\nfunction inner { throw 'deep' }";
    let record =
        with(record, expression(at(Some("/tmp/bad.ps1"), source, "throw 'deep'")), |c| c.thrown = true);
    let out = render(&mut FakeShell::default(), &record, ErrorView::Concise, &Style::ansi(), 120);
    let plain = exsh_format::width::strip(&out).into_owned();
    assert_eq!(
        plain,
        "Exception: /tmp/bad.ps1:3\nLine |\n   3 |  function inner { throw 'deep' }\n     |                   ~~~~~~~~~~~~\n     | deep"
    );
    assert!(out.contains("\x1B[36;1mthrow 'deep'\x1B[0m }"));
    assert!(out.starts_with("\x1B[31;1mException: \x1B[0m/tmp/bad.ps1:3"));
    assert!(
        out.split('\n')
            .all(|l| !l.contains('\x1B') || l.ends_with("\x1B[0m") || l.ends_with(":3") || l.ends_with('}'))
    );
}

#[test]
fn records_from_afar_say_where_they_come_from() {
    // observed: interactive/exchange exch-error-remote-cmdlet
    let record =
        ErrorRecord::of("System.InvalidOperationException", "71D7F7B0", Category::NotSpecified, "not found");
    let record =
        with(record, called("Send-Error", "Send-Error", at(None, "Send-Error", "Send-Error"), false), |c| {
            c.origin = Some("ex01.contoso.com".into());
        });
    assert!(drawn(&record, ErrorView::Normal).ends_with("\n+ PSComputerName        : ex01.contoso.com"));
}
