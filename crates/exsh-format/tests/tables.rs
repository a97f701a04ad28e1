//! Tables as the reference draws them. Each case names the recording it was taken from.

mod common;

use common::{FakeShell, block, formatted, note, object, packets, shown, shown_by};
use exsh_core::{Category, ErrorRecord, Str, Value};
use exsh_format::{
    CustomOptions, Expand, Keys, PropertySpec, Request, Shape, Style, TableOptions, WideOptions,
};

fn table() -> Shape {
    Shape::Table(TableOptions::default())
}

fn specs(value: Value) -> Vec<PropertySpec> {
    PropertySpec::parse(Keys::Table, &value).unwrap_or_else(|_| panic!("the properties can be read"))
}

fn hash<'a>(entries: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let t = exsh_core::Table::new(&exsh_core::types::HASHTABLE, exsh_core::value::KeyMode::IgnoreCase);
    for (k, v) in entries {
        t.set(Value::text(k), v);
    }
    Value::table(t)
}

fn texts(items: &[&str]) -> Value {
    Value::array(items.iter().map(|t| Value::text(*t)).collect())
}

#[test]
fn up_to_four_properties_make_a_table_and_more_a_list() {
    // observed: formatting/default-format pso-4-props, pso-5-props
    let four = object([("A", 1.into()), ("B", 2.into()), ("C", 3.into()), ("D", 4.into())]);
    assert_eq!(shown(vec![four]), "\nA B C D\n- - - -\n1 2 3 4\n\n");
    let five = object([("A", 1.into()), ("B", 2.into()), ("C", 3.into()), ("D", 4.into()), ("E", 5.into())]);
    assert_eq!(shown(vec![five]), "\nA : 1\nB : 2\nC : 3\nD : 4\nE : 5\n\n");
}

#[test]
fn numbers_stand_on_the_right_and_widths_fit_all_rows() {
    // observed: formatting/default-format pso-two-objects-same, null-first-then-number
    let rows =
        vec![object([("A", 1.into()), ("B", "x".into())]), object([("A", 22.into()), ("B", "yyyy".into())])];
    assert_eq!(shown(rows), "\n A B\n - -\n 1 x\n22 yyyy\n\n");
    let rows =
        vec![object([("V", Value::NULL), ("W", 1.into())]), object([("V", 500.into()), ("W", 2.into())])];
    assert_eq!(shown(rows), "\nV   W\n-   -\n    1\n500 2\n\n");
}

#[test]
fn objects_of_another_shape_are_rows_without_their_own_columns() {
    // observed: formatting/default-format pso-different-shapes, pso-large-then-small, pso-then-string
    let rows =
        vec![object([("A", 1.into()), ("B", "x".into())]), object([("C", 3.into()), ("D", "z".into())])];
    assert_eq!(shown(rows), "\nA B\n- -\n1 x\n  \n\n");
    assert_eq!(shown(vec![object([("A", 1.into())]), "text".into()]), "\nA\n-\n1\ntext\n\n");
}

#[test]
fn strings_and_numbers_are_lines() {
    // observed: formatting/default-format strings-only, numbers-only, pso-in-subexpression
    assert_eq!(shown(vec!["a".into(), "".into(), "d".into()]), "a\n\nd\n");
    assert_eq!(shown(vec![1.into(), 2.5.into()]), "1\n2.5\n");
    assert_eq!(shown(vec![1.into(), object([("A", 1.into())])]), "1\n\nA\n-\n1\n\n");
}

#[test]
fn long_cells_are_cut_and_columns_dropped() {
    // observed: formatting/default-format four-long-columns
    let o = object([
        ("A", "a".repeat(50).into()),
        ("B", "b".repeat(50).into()),
        ("C", "c".repeat(50).into()),
        ("D", "d".repeat(50).into()),
    ]);
    let expected = format!(
        "\n{:<50} {:<50} C\n{:<50} {:<50} {:<17}\n{} {} {}…\n\n",
        "A",
        "B",
        "-",
        "-",
        "-",
        "a".repeat(50),
        "b".repeat(50),
        "c".repeat(16)
    );
    assert_eq!(shown(vec![o]), expected);
}

#[test]
fn a_header_wider_than_its_column_is_wrapped() {
    // observed: formatting/format-table ft-out-string-10
    let mut shell = FakeShell::default();
    let o = object([("Name", "abcdef".into()), ("Value", "uvwxyz".into())]);
    let drawn = packets(&mut shell, Request::shaped(table()), vec![o]);
    let out = shown_by(&mut shell, drawn, 10, Style::plain(), false);
    assert_eq!(out, "\nName   Val\n       ue\n----   ---\nabcdef uv…\n\n");
}

#[test]
fn columns_take_width_alignment_label_and_format() {
    // observed: formatting/format-table ft-calculated-width, ft-calculated-alignment-center, ft-calculated-no-name
    let a5 = hash([("n", "A".into()), ("e", "A".into()), ("Width", 5.into())]);
    let b = hash([("n", "B".into()), ("e", block("'x'", |_| Ok("x".into())))]);
    let o = object([("A", "abcdefghij".into())]);
    assert_eq!(
        formatted(table(), specs(Value::array(vec![a5, b])), vec![o]),
        "\nA     B\n-     -\nabcd… x\n\n"
    );
    let head = hash([("n", "Head".into()), ("e", "A".into()), ("w", 10.into()), ("a", "Center".into())]);
    let t = hash([("n", "T".into()), ("e", block("'t'", |_| Ok("t".into())))]);
    let o = object([("A", "ab".into())]);
    assert_eq!(
        formatted(table(), specs(Value::array(vec![head, t])), vec![o]),
        "\n   Head    T\n   ----    -\n    ab     t\n\n"
    );
    let twice = block(" $_.A * 2 ", |o| Ok((note(o, "A").as_int().unwrap_or(0) * 2).into()));
    let o = object([("A", 2.into())]);
    assert_eq!(formatted(table(), specs(twice), vec![o]), "\n $_.A * 2 \n----------\n         4\n\n");
}

#[test]
fn a_name_that_is_not_there_keeps_its_column() {
    // observed: formatting/format-table ft-missing-property, ft-only-missing
    let o = || vec![object([("A", 1.into())])];
    assert_eq!(formatted(table(), specs(texts(&["A", "Nope"])), o()), "\nA Nope\n- ----\n1 \n\n");
    assert_eq!(formatted(table(), specs("Nope".into()), o()), "\nNope\n----\n\n\n");
}

#[test]
fn groups_stand_under_their_headings() {
    // observed: formatting/format-table ft-groupby-property
    let row = |t: &'static str, v: i32| object([("T", t.into()), ("V", v.into())]);
    let mut shell = FakeShell::default();
    let request = Request {
        properties: specs("V".into()),
        group_by: Some(PropertySpec::name("t")),
        ..Request::shaped(table())
    };
    let drawn = packets(&mut shell, request, vec![row("a", 1), row("b", 3), row("a", 5)]);
    assert_eq!(
        shown_by(&mut shell, drawn, 120, Style::plain(), true),
        "\n   T: a\n\nV\n-\n1\n\n   T: b\n\nV\n-\n3\n\n   T: a\n\nV\n-\n5\n\n"
    );
}

#[test]
fn wrapping_breaks_cells_at_words() {
    // observed: formatting/format-table ft-wrap-long-word
    let o = object([("Name", "n".into()), ("Text", "z".repeat(250).into())]);
    let shape = Shape::Table(TableOptions { wrap: Some(true), ..TableOptions::default() });
    let line = "z".repeat(114);
    let expected = format!("\nName Text\n---- ----\nn    {line}\n     {line}\n     {}\n\n", "z".repeat(22));
    assert_eq!(formatted(shape, Vec::new(), vec![o]), expected);
}

#[test]
fn collections_stand_in_braces_up_to_the_limit() {
    // observed: formatting/format-table ft-arrays-over-limit, formatting/format-list fl-array-with-null
    let mut shell = FakeShell::default();
    shell.variables.insert("FormatEnumerationLimit", 3.into());
    let o = object([("N", "a".into()), ("L", Value::array((1..=9).map(Value::int).collect()))]);
    assert_eq!(shown_by(&mut shell, vec![o], 120, Style::plain(), true), "\nN L\n- -\na {1, 2, 3…}\n\n");
    let list = Value::array(vec![1.into(), Value::NULL, 3.into()]);
    assert_eq!(shown(vec![object([("A", list)])]), "\nA\n-\n{1, $null, 3}\n\n");
}

#[test]
fn two_tables_are_divided_by_their_own_empty_lines() {
    // observed: formatting/format-table ft-then-default-object
    let mut shell = FakeShell::default();
    let mut all = packets(&mut shell, Request::shaped(table()), vec![object([("A", 1.into())])]);
    all.push(object([("A", 2.into())]));
    assert_eq!(shown_by(&mut shell, all, 120, Style::plain(), true), "\nA\n-\n1\n\n\nA\n-\n2\n\n");
}

#[test]
fn wide_characters_take_two_cells() {
    // observed: formatting/unicode-width cjk-table, cjk-header-long
    let row = |n: &'static str, i: i32| object([("名前", n.into()), ("Id", i.into())]);
    assert_eq!(
        shown(vec![row("山田太郎", 1), row("鈴木", 20)]),
        "\n名前     Id\n----     --\n山田太郎  1\n鈴木     20\n\n"
    );
}

#[test]
fn colours_of_values_are_kept_or_taken_out() {
    // observed: formatting/unicode-width escape-sequence-in-cell; interactive/display color-table-default
    let o = || object([("N", "\x1B[31mred\x1B[0m".into()), ("B", 1.into())]);
    assert_eq!(shown(vec![o()]), "\nN   B\n-   -\nred 1\n\n");
    let out = shown_by(&mut FakeShell::default(), vec![o()], 120, Style::ansi(), true);
    let head = "\x1B[32;1m";
    let reset = "\x1B[0m";
    assert_eq!(
        out,
        format!(
            "\n{head}N  {reset}{head} B{reset}\n{head}-  {reset} {head}-{reset}\n\x1B[31mred\x1B[0m 1\n\n"
        )
    );
}

#[test]
fn what_comes_late_no_longer_changes_the_widths() {
    // documented (facts/interactive.md width-streaming-table): rows of the first 300 ms count
    let mut shell = FakeShell::default();
    let mut writer = exsh_format::DefaultWriter::new(120, Style::plain(), true);
    let mut out = Vec::new();
    let mut sink = |line: &str| {
        out.push(line.to_owned());
        Ok(())
    };
    for (i, text) in ["ab", "abc", "abcdef"].into_iter().enumerate() {
        shell.host.ticks = i as i64 * 4_000_000;
        let o = object([("T", text.into()), ("N", 1.into())]);
        writer.push(&mut shell, o, &mut sink).unwrap_or_else(|_| panic!("shown"));
    }
    writer.finish(&mut shell, &mut sink).unwrap_or_else(|_| panic!("closed"));
    assert_eq!(out, ["", "T   N", "-   -", "ab  1", "abc 1", "ab… 1", ""]);
}

#[test]
fn errors_of_expressions_stay_away_unless_asked_for() {
    // observed: formatting/format-table ft-displayerror, ft-showerror
    let throws = || {
        block(" throw 'calc' ", |_| {
            Err(ErrorRecord::runtime("calc", Category::OperationStopped, "calc").into())
        })
    };
    let spec = || specs(hash([("n", "X".into()), ("e", throws())]));
    let o = || vec![object([("A", 0.into())])];
    assert_eq!(formatted(table(), spec(), o()), "\nX\n-\n\n\n");
    let mut shell = FakeShell::default();
    let request = Request { properties: spec(), display_error: true, ..Request::shaped(table()) };
    let drawn = packets(&mut shell, request, o());
    assert_eq!(shown_by(&mut shell, drawn, 120, Style::plain(), true), "\nX\n-\n#ERR\n\n");
    shell.variables.insert("ErrorView", "NormalView".into());
    let request = Request { properties: spec(), show_error: true, ..Request::shaped(table()) };
    let drawn = packets(&mut shell, request, o());
    assert_eq!(
        shown_by(&mut shell, drawn, 120, Style::plain(), true),
        "\nX\n-\n\nFailed to evaluate expression \" throw 'calc' \".\n\
         + CategoryInfo          : InvalidArgument: (@{A=0}:PSObject) [], RuntimeException\n\
         + FullyQualifiedErrorId : PSPropertyExpressionError\n\n"
    );
}

#[test]
fn wrong_property_tables_say_which_key_is_wrong() {
    // observed: formatting/format-table ft-calculated-bad-alignment, ft-property-number
    let message = |v: Value| {
        let flow = PropertySpec::parse(Keys::Table, &v).err().unwrap_or_else(|| panic!("it is wrong"));
        let e = flow.record().unwrap_or_else(|| panic!("an error"));
        (e.id.to_string(), e.message().to_string())
    };
    let bad = hash([("n", "A".into()), ("e", "A".into()), ("Alignment", "Diagonal".into())]);
    assert_eq!(
        message(bad),
        (
            "AlignmentIllegalValue".to_owned(),
            "The value \"Diagonal\" for key \"alignment\" is not valid; valid values are {left, center, right}.".to_owned()
        )
    );
    assert_eq!(
        message(1.into()),
        (
            "DictionaryKeyUnknownType".to_owned(),
            "Cannot convert System.Int32 to one of the following types {System.String, System.Management.Automation.ScriptBlock}."
                .to_owned()
        )
    );
    // observed: errors/runtime-normal group-hashtable-key-normal (the same wording)
    assert_eq!(message(hash([("bad", 1.into())])).1, "The bad key is not valid.");
}

#[test]
fn lists_wrap_and_indent() {
    // observed: formatting/format-list fl-exact-width-value, fl-multiline-trailing-newline, fl-two-shapes
    let list = || Shape::List(exsh_format::ListOptions);
    let o = object([("A", "x".repeat(117).into())]);
    assert_eq!(formatted(list(), Vec::new(), vec![o]), format!("\nA : {}\n    xx\n\n", "x".repeat(115)));
    let o = object([("Text", "line1\n".into()), ("B", 1.into())]);
    assert_eq!(formatted(list(), Vec::new(), vec![o]), "\nText : line1\n       \nB    : 1\n\n");
    let two = vec![object([("A", 1.into())]), object([("B", 2.into()), ("C", 3.into())])];
    assert_eq!(formatted(list(), Vec::new(), two), "\nA : 1\n\nB : 2\nC : 3\n\n");
}

#[test]
fn lists_drop_names_that_are_not_there() {
    // observed: formatting/format-list fl-wildcard, fl-only-missing, fl-case-of-label
    let list = || Shape::List(exsh_format::ListOptions);
    let spec = |t: &str| PropertySpec::parse(Keys::List, &t.into()).unwrap_or_else(|_| panic!("a name"));
    let o = || vec![object([("NameA", 1.into()), ("NameB", 2.into()), ("Other", 3.into())])];
    assert_eq!(formatted(list(), spec("name*"), o()), "\nNameA : 1\nNameB : 2\n\n");
    assert_eq!(formatted(list(), spec("Nope"), o()), "\n\n");
    assert_eq!(formatted(list(), spec("other"), o()), "\nOther : 3\n\n");
}

#[test]
fn list_labels_are_coloured_with_their_colon() {
    // observed: interactive/display color-list-default
    let mut shell = FakeShell::default();
    let request = Request::shaped(Shape::List(exsh_format::ListOptions));
    let drawn = packets(&mut shell, request, vec![object([("A", 1.into())])]);
    let out = shown_by(&mut shell, drawn, 120, Style::ansi(), true);
    assert_eq!(out, "\n\x1B[32;1mA : \x1B[0m1\n\n");
}

#[test]
fn wide_rows_share_the_line() {
    // observed: formatting/wide-custom fw-column-3, fw-autosize
    let o = |i: i32| object([("Name", format!("n{i}").into())]);
    let three = Shape::Wide(WideOptions { columns: Some(3) });
    let out = formatted(three, Vec::new(), (1..=4).map(o).collect());
    let expected = format!("\n{:<39} {:<39} n3\n{:<39} {:<39} \n\n", "n1", "n2", "n4", "");
    assert_eq!(out, expected);
}

#[test]
fn custom_layouts_open_objects() {
    // observed: formatting/wide-custom fc-nested
    let o = object([("A", object([("B", 1.into())]))]);
    assert_eq!(
        formatted(Shape::Custom(CustomOptions::default()), Vec::new(), vec![o]),
        "\nclass PSCustomObject\n{\n  A = \n    class PSCustomObject\n    {\n      B = 1\n    }\n}\n\n\n"
    );
}

#[test]
fn packets_are_objects_of_the_references_types() {
    // observed: formatting/wide-custom format-object-to-select
    let mut shell = FakeShell::default();
    let all = packets(&mut shell, Request::shaped(table()), vec![object([("A", 1.into())])]);
    let names: Vec<Str> = all.iter().map(|p| p.type_info().map_or("", |t| t.short_name()).into()).collect();
    assert_eq!(
        names.iter().map(|n| n.as_str()).collect::<Vec<_>>(),
        ["FormatStartData", "GroupStartData", "FormatEntryData", "GroupEndData", "FormatEndData"]
    );
}

#[test]
fn a_view_that_is_not_there_is_an_error() {
    // observed: formatting/format-list fl-view-bad
    let mut shell = FakeShell::default();
    let request =
        Request { view: Some("Nope".into()), ..Request::shaped(Shape::List(exsh_format::ListOptions)) };
    let mut formatter = exsh_format::Formatter::new(request);
    let Err(flow) = formatter.push(&mut shell, object([("A", 1.into())]), &mut |_| Ok(())) else {
        panic!("there is no such view")
    };
    let record = flow.record().unwrap_or_else(|| panic!("an error"));
    assert_eq!(&*record.id, "FormatViewNotFound");
    assert_eq!(
        &*record.message(),
        "The view name Nope cannot be found. There are no existing List views for System.Management.Automation.PSCustomObject objects."
    );
}

#[test]
fn collections_can_be_shown_themselves() {
    // documented: Format-List, parameter -Expand
    assert_eq!(Expand::parse("coreonly"), Some(Expand::CoreOnly));
    assert_eq!(Expand::parse("nope"), None);
}
