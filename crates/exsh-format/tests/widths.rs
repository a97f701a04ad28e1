//! No line is wider than the screen, whatever the objects are.

mod common;

use common::{FakeShell, object, packets, shown_by};
use exsh_core::Value;
use exsh_format::{ListOptions, Request, Shape, Style, TableOptions, WideOptions, width};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-z0-9 漢カ😀é\u{301}\n\t-]{0,60}").expect("a pattern")
}

fn value() -> impl Strategy<Value = ValueKind> {
    prop_oneof![
        text().prop_map(ValueKind::Text),
        any::<i32>().prop_map(ValueKind::Int),
        Just(ValueKind::Null)
    ]
}

#[derive(Clone, Debug)]
enum ValueKind {
    Text(String),
    Int(i32),
    Null,
}

impl ValueKind {
    fn value(&self) -> Value {
        match self {
            ValueKind::Text(t) => Value::text(t.as_str()),
            ValueKind::Int(i) => Value::int(*i),
            ValueKind::Null => Value::NULL,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn tables_lists_and_wide_rows_fit(
        rows in prop::collection::vec(prop::collection::vec(value(), 4), 1..6),
        screen in 6usize..60,
        shape in 0..4,
    ) {
        let mut shell = FakeShell::default();
        let names = ["A", "Longer name", "漢字", "D"];
        let objects = rows.iter().map(|r| object(names.iter().copied().zip(r.iter().map(ValueKind::value)))).collect();
        let shape = match shape {
            0 => Shape::Table(TableOptions::default()),
            1 => Shape::Table(TableOptions { wrap: Some(true), ..TableOptions::default() }),
            2 => Shape::List(ListOptions),
            _ => Shape::Wide(WideOptions { columns: Some(2) }),
        };
        let drawn = packets(&mut shell, Request::shaped(shape), objects);
        let out = shown_by(&mut shell, drawn, screen, Style::plain(), false);
        for line in out.lines() {
            // Line feeds inside a value were divided; tabs count one cell.
            prop_assert!(width::cells(line) <= screen, "{line:?} is wider than {screen}");
        }
    }

    #[test]
    fn wrapping_loses_nothing_but_blanks_and_line_ends(t in text(), w in 2usize..30) {
        for at_words in [true, false] {
            let joined: String = width::wrap(&t, w, w, at_words).concat();
            let dense = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(dense(&joined), dense(&t));
        }
    }
}
