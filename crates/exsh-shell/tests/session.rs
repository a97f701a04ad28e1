//! The session as its hosts use it, where no recorded case tells. Source of the expectations: ours, unless a line says
//! otherwise.

mod common;

use common::{session, take};
use exsh_core::Shell;
use exsh_core::host::Stream;
use exsh_shell::Completion;
use exsh_shell::session::Completeness;
use std::sync::atomic::Ordering;

fn done(c: Completion) -> (bool, bool) {
    match c {
        Completion::Done { ok, terminated, .. } => (ok, terminated),
        other => panic!("{other:?}"),
    }
}

#[test]
fn variables_functions_and_status_outlive_a_line() {
    let (mut s, out, _) = session();
    assert_eq!(done(s.run_text("$n = 20; function twice($v) { $v * 2 }")), (true, false));
    assert_eq!(done(s.run_text("$n += 1; twice $n")), (true, false));
    assert_eq!(take(&out, Stream::Output), "42\n");
}

#[test]
fn an_error_ends_the_line_and_not_the_session() {
    let (mut s, out, _) = session();
    assert_eq!(done(s.run_text("throw 'no'; 'never'")), (false, true));
    assert!(take(&out, Stream::Error).contains("no"));
    assert_eq!(done(s.run_text("1/0; 'goes on'")), (true, false));
    assert_eq!(take(&out, Stream::Output), "goes on\n");
    assert_eq!(s.engine.errors().len(), 2, "both are remembered");
}

#[test]
fn exit_tells_its_code_from_any_depth() {
    let (mut s, _, _) = session();
    assert_eq!(s.run_text("function f { & { exit 7 } } f; 'never'"), Completion::Exit(7));
}

#[test]
fn text_is_whole_open_or_wrong() {
    let (s, _, _) = session();
    assert_eq!(s.check("1 + 1"), Completeness::Complete);
    assert_eq!(s.check("if ($true) {"), Completeness::Incomplete);
    assert_eq!(s.check("1 + )"), Completeness::Wrong);
}

#[test]
fn an_interrupt_stops_a_loop_and_the_next_line_runs() {
    let (mut s, out, interrupt) = session();
    interrupt.store(true, Ordering::Relaxed);
    assert_eq!(s.run_text("try { while ($true) { } } catch { 'caught' }"), Completion::Interrupted);
    assert_eq!(done(s.run_text("'alive'")), (true, false));
    assert_eq!(take(&out, Stream::Output), "alive\n", "no catch block saw the interrupt");
}

#[test]
fn a_function_ends_with_the_scope_that_defined_it() {
    let (mut s, out, _) = session();
    s.run_text("function f { 'outer' } function g { function f { 'inner' } f } g; f");
    assert_eq!(take(&out, Stream::Output), "inner\nouter\n");
    s.run_text("& { function global:h { 'kept' } }; h");
    assert_eq!(take(&out, Stream::Output), "kept\n");
}

#[test]
fn a_closed_scope_gives_its_functions_back_after_an_error() {
    let (mut s, out, _) = session();
    s.run_text(
        "function f { 'outer' } function g { function f { 'inner' } throw 'x' } try { g } catch { } f",
    );
    assert_eq!(take(&out, Stream::Output), "outer\n");
}

#[test]
fn a_reference_writes_the_variable_of_its_scope() {
    let (mut s, out, _) = session();
    s.run_text(
        "function up([ref]$r) { $r.Value += 1 } function f { $n = 4; up ([ref]$n); $n } $n = 1; f; $n",
    );
    assert_eq!(take(&out, Stream::Output), "5\n1\n");
}

#[test]
fn deep_recursion_is_an_error_of_its_own() {
    let run = || {
        let (mut s, out, _) = session();
        s.run_text("function f($n) { f ($n + 1) } try { f 0 } catch { $_.FullyQualifiedErrorId } 'alive'");
        assert_eq!(take(&out, Stream::Output), "CallDepthOverflow\nalive\n");
    };
    // As the program does, on a stack that holds the deepest call.
    let deep = std::thread::Builder::new().stack_size(1 << 30).spawn(run).expect("a thread starts");
    deep.join().expect("the session lives on");
}

#[test]
fn an_enumeration_is_known_before_its_line_and_after_it() {
    let (mut s, out, _) = session();
    s.run_text("[Light]::Green; enum Light { Red; Green = 5; Blue }");
    s.run_text("[int][Light]::Blue; [Light]'red'");
    assert_eq!(take(&out, Stream::Output), "Green\n6\nRed\n");
}
