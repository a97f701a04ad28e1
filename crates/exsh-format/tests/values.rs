//! .NET values in tables, lists and alone. Each case names the recording it was taken from.

mod common;

use common::{object, shown};
use exsh_core::{Scalar, Value};

const TICKS_A_SECOND: i64 = 10_000_000;
/// 2024-03-05 00:00:00, unspecified kind.
const MARCH_5: u64 = 638_451_936_000_000_000;

#[test]
fn fractions_have_the_cultures_digits_in_tables_only() {
    // observed: formatting/default-format double-column, numbers-only; formatting/format-list fl-numbers
    let row = |d: f64| object([("D", d.into())]);
    assert_eq!(
        shown(vec![row(1.0), row(2.25), row(1000000.5)]),
        "\n          D\n          -\n      1.000\n      2.250\n1000000.500\n\n"
    );
    assert_eq!(shown(vec![2.5.into(), (-3).into()]), "2.5\n-3\n");
    // observed: literals/numbers double-display, float-type
    assert_eq!(
        shown(vec![(1.0 / 3.0).into(), Value::single(16777216.0)]),
        "0.333333333333333\n1.677722E+07\n"
    );
    let five = |d: f64| {
        [
            ("A", Value::double(d)),
            ("B", 1e20.into()),
            ("C", f64::NAN.into()),
            ("D", 5.into()),
            ("E", (-5).into()),
        ]
    };
    assert_eq!(shown(vec![object(five(1.5))]), "\nA : 1.5\nB : 1E+20\nC : NaN\nD : 5\nE : -5\n\n");
}

#[test]
fn a_date_alone_is_long_and_in_a_cell_short() {
    // observed: formatting/default-format date-between-strings, date-column
    let date = || Value::date_time(MARCH_5);
    assert_eq!(
        shown(vec!["a".into(), date(), "b".into()]).replace('\u{202F}', " "),
        "a\n\nTuesday, March 5, 2024 12:00:00 AM\nb\n\n"
    );
    assert_eq!(
        shown(vec![object([("N", "a".into()), ("When", date())])]).replace('\u{202F}', " "),
        "\nN When\n- ----\na 3/5/2024 12:00:00 AM\n\n"
    );
}

#[test]
fn a_time_span_alone_is_a_list() {
    // observed: formatting/default-format timespan-two
    assert_eq!(
        shown(vec![Value::time_span(TICKS_A_SECOND)]),
        "\nDays              : 0\nHours             : 0\nMinutes           : 0\nSeconds           : 1\n\
         Milliseconds      : 0\nTicks             : 10000000\nTotalDays         : 1.15740740740741E-05\n\
         TotalHours        : 0.000277777777777778\nTotalMinutes      : 0.0166666666666667\nTotalSeconds      : 1\n\
         TotalMilliseconds : 1000\n\n"
    );
}

#[test]
fn a_guid_alone_is_a_table() {
    // observed: formatting/default-format guid-default
    let guid = Value::scalar(Scalar::Guid(0x12345678_1234_1234_1234_123456789abc));
    assert_eq!(shown(vec![guid]), "\nGuid\n----\n12345678-1234-1234-1234-123456789abc\n\n");
}

#[test]
fn collections_inside_collections_read_as_text() {
    // observed: formatting/format-list fl-array-of-arrays, formatting/default-format nested-object-column
    let pair = |a: i32, b: i32| Value::array(vec![a.into(), b.into()]);
    let o = object([("A", Value::array(vec![pair(1, 2), pair(3, 4)]))]);
    assert_eq!(shown(vec![o]), "\nA\n-\n{1 2, 3 4}\n\n");
    let o = object([("N", "a".into()), ("O", object([("X", 1.into()), ("Y", 2.into())]))]);
    assert_eq!(shown(vec![o]), "\nN O\n- -\na @{X=1; Y=2}\n\n");
}

#[test]
fn a_type_alone_is_a_table() {
    // observed: facts/pwsh/default-views.json System.RuntimeType
    let out = shown(vec![Value::type_value(&exsh_core::types::INT32)]);
    assert!(
        out.starts_with("\nIsPublic IsSerial Name                                     BaseType\n"),
        "{out}"
    );
    assert!(out.contains("Int32                                    System.ValueType\n"), "{out}");
}
