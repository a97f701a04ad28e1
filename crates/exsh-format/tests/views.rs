//! Views: shipped ones, those of a type, those of format files. Each case names the recording it was taken from.

mod common;

use common::{FakeShell, object, packets, shown, shown_by};
use exsh_core::types::{MemberTable, Property};
use exsh_core::view::{Column, View};
use exsh_core::{Custom, Members, Object, Shape as NamesOf, Str, Table, TypeInfo, TypeRef, Value, types};
use exsh_format::views::load;
use exsh_format::{ListOptions, PropertySpec, Request, Shape, Style, TableOptions, format_data};
use std::any::Any;

fn hashtable<'a>(entries: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let t = Table::new(&types::HASHTABLE, exsh_core::value::KeyMode::IgnoreCase);
    for (k, v) in entries {
        t.set(Value::text(k), v);
    }
    Value::table(t)
}

/// A custom object with its own type name.
fn typed<'a>(name: &str, properties: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let (names, values): (Vec<_>, Vec<_>) = properties.into_iter().unzip();
    let mut members = Members::new(NamesOf::of_names(names), values);
    members.set_type_names(vec![Str::from(name), Str::from("System.Management.Automation.PSCustomObject")]);
    Value::custom(Custom::from_members(members))
}

fn with_views(source: &str) -> FakeShell {
    let mut shell = FakeShell::default();
    let views = load::load(source).unwrap_or_else(|e| panic!("{}", e.message));
    format_data(&mut shell).prepend(views);
    shell
}

fn drawn(shell: &mut FakeShell, objects: Vec<Value>) -> String {
    shown_by(shell, objects, 120, Style::plain(), true)
}

const ITEM_VIEW: &str = "<Configuration><ViewDefinitions><View><Name>V</Name><ViewSelectedBy><TypeName>Demo.Item</TypeName></ViewSelectedBy>
    <TableControl><TableHeaders><TableColumnHeader><Label>Viewed</Label></TableColumnHeader></TableHeaders><TableRowEntries><TableRowEntry>
    <TableColumnItems><TableColumnItem><PropertyName>A</PropertyName></TableColumnItem></TableColumnItems></TableRowEntry></TableRowEntries>
    </TableControl></View></ViewDefinitions></Configuration>";

#[test]
fn dictionaries_show_their_entries() {
    // observed: formatting/default-format hashtable-default, two-hashtables, hashtable-then-pso
    let head = "\nName                           Value\n----                           -----\n";
    let a = || hashtable([("a", 1.into())]);
    assert_eq!(
        shown(vec![a(), hashtable([("b", 2.into())])]),
        format!("{head}a                              1\nb                              2\n\n")
    );
    assert_eq!(
        shown(vec![hashtable([("k", "v".into())]), object([("A", 1.into())])]),
        format!("{head}k                              v\n\nA : 1\n\n\n")
    );
    // observed: formatting/format-list fl-hashtable, fl-nested-hashtable
    let mut shell = FakeShell::default();
    let all = packets(&mut shell, Request::shaped(Shape::List(ListOptions)), vec![a()]);
    assert_eq!(drawn(&mut shell, all), "\nName  : a\nValue : 1\n\n");
    assert_eq!(shown(vec![object([("H", hashtable([("k", "v".into())]))])]), "\nH\n-\n{[k, v]}\n\n");
}

#[test]
fn objects_outside_a_view_are_lists_between_its_rows() {
    // observed: formatting/format-data view-and-mixed-objects
    let mut shell = with_views(ITEM_VIEW);
    let item = |a: i32| typed("Demo.Item", [("A", a.into())]);
    let other = object([("A", 2.into()), ("B", 3.into())]);
    assert_eq!(
        drawn(&mut shell, vec![item(1), other, item(4)]),
        "\nViewed\n------\n1\n\nA : 2\nB : 3\n\n4\n\n"
    );
}

#[test]
fn a_list_or_named_properties_do_not_ask_a_table_view() {
    // observed: formatting/format-data view-then-format-list
    let mut shell = with_views(ITEM_VIEW);
    let item = || vec![typed("Demo.Item", [("A", 1.into()), ("B", 2.into())])];
    let list = packets(&mut shell, Request::shaped(Shape::List(ListOptions)), item());
    assert_eq!(drawn(&mut shell, list), "\nA : 1\nB : 2\n\n");
    let request = Request {
        properties: vec![PropertySpec::name("B")],
        ..Request::shaped(Shape::Table(TableOptions::default()))
    };
    let table = packets(&mut shell, request, item());
    assert_eq!(drawn(&mut shell, table), "\nB\n-\n2\n\n");
}

#[test]
fn columns_of_a_view_have_fixed_widths() {
    // observed: formatting/format-data table-view-certificate
    let mut shell = with_views(
        "<Configuration><ViewDefinitions><View><Name>ExCert</Name><ViewSelectedBy><TypeName>Demo.Certificate</TypeName></ViewSelectedBy>
        <TableControl><TableHeaders>
        <TableColumnHeader><Label>Thumbprint</Label><Width>40</Width></TableColumnHeader>
        <TableColumnHeader><Label>Services</Label><Width>10</Width></TableColumnHeader>
        <TableColumnHeader><Label>Subject</Label></TableColumnHeader>
        </TableHeaders><TableRowEntries><TableRowEntry><TableColumnItems>
        <TableColumnItem><PropertyName>Thumbprint</PropertyName></TableColumnItem>
        <TableColumnItem><PropertyName>ServicesStringForm</PropertyName></TableColumnItem>
        <TableColumnItem><PropertyName>Subject</PropertyName></TableColumnItem>
        </TableColumnItems></TableRowEntry></TableRowEntries></TableControl></View></ViewDefinitions></Configuration>",
    );
    let one = typed(
        "Demo.Certificate",
        [
            ("Thumbprint", "0A1B2C3D4E5F60718293A4B5C6D7E8F901234567".into()),
            ("ServicesStringForm", "...WS..".into()),
            ("Subject", "CN=EX01".into()),
        ],
    );
    assert_eq!(
        drawn(&mut shell, vec![one]),
        "\nThumbprint                               Services   Subject\n\
         ----------                               --------   -------\n\
         0A1B2C3D4E5F60718293A4B5C6D7E8F901234567 ...WS..    CN=EX01\n\n"
    );
}

#[test]
fn display_properties_decide_without_a_view() {
    // observed: formatting/format-data default-display-property-set, default-display-missing-property
    let mut shell = FakeShell::default();
    format_data(&mut shell).set_display_properties("Demo.Server", &["Name".into(), "Ghost".into()]);
    let o = typed("Demo.Server", [("Name", "EX01".into()), ("Role", "Mailbox".into()), ("X", 1.into())]);
    assert_eq!(drawn(&mut shell, vec![o]), "\nName Ghost\n---- -----\nEX01 \n\n");
}

struct Server {
    name: &'static str,
}

static SERVER: TypeInfo = TypeInfo::class(
    "Demo.MailServer",
    MemberTable::of_properties(&[
        Property::new("Name", "string", |_, v| Ok(v.downcast::<Server>().map_or("", |s| s.name).into())),
        Property::new("Cores", "int", |_, _| Ok(8.into())),
    ]),
)
.with_views(&[View::table(
    "server",
    &[Column::property("Name").width(8), Column::computed("Twice", |_| Value::int(16))],
)]);

impl Object for Server {
    fn type_info(&self) -> TypeRef {
        &SERVER
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[test]
fn a_type_of_ours_brings_its_view() {
    // ours: TypeInfo::with_views
    let all = vec![Value::object(Server { name: "EX01" }), Value::object(Server { name: "EX02" })];
    assert_eq!(shown(all), "\nName     Twice\n----     -----\nEX01     16\nEX02     16\n\n");
    let mut shell = FakeShell::default();
    let list = packets(
        &mut shell,
        Request::shaped(Shape::List(ListOptions)),
        vec![Value::object(Server { name: "EX01" })],
    );
    assert_eq!(drawn(&mut shell, list), "\nName  : EX01\nCores : 8\n\n");
}

#[test]
fn conditions_leave_items_of_a_list_out() {
    // observed: formatting/format-data list-view-selection-condition (there with a script, here with a property)
    let mut shell = with_views(
        "<Configuration><ViewDefinitions><View><Name>L</Name><ViewSelectedBy><TypeName>Demo.Item</TypeName></ViewSelectedBy>
        <ListControl><ListEntries><ListEntry><ListItems>
        <ListItem><PropertyName>Name</PropertyName></ListItem>
        <ListItem><ItemSelectionCondition><PropertyName>Wanted</PropertyName></ItemSelectionCondition><PropertyName>Extra</PropertyName></ListItem>
        </ListItems></ListEntry></ListEntries></ListControl></View></ViewDefinitions></Configuration>",
    );
    let item = |n: &'static str, wanted: bool| {
        typed("Demo.Item", [("Name", n.into()), ("Extra", "e".into()), ("Wanted", wanted.into())])
    };
    assert_eq!(
        drawn(&mut shell, vec![item("n", false), item("m", true)]),
        "\nName : n\n\nName  : m\nExtra : e\n\n"
    );
}

#[test]
fn other_languages_break_lines_anywhere() {
    // documented: the reference breaks at words in six languages only
    let mut shell = FakeShell { culture: Some("ja-JP"), ..FakeShell::default() };
    let request = Request::shaped(Shape::List(ListOptions));
    let all = packets(&mut shell, request, vec![object([("A", "the quick brown fox".into())])]);
    assert_eq!(shown_by(&mut shell, all, 14, Style::plain(), false), "\nA : the quick \n    brown fox\n\n");
    let request = Request::shaped(Shape::List(ListOptions));
    let all = packets(&mut shell, request, vec![object([("A", "the quickest fox".into())])]);
    assert_eq!(shown_by(&mut shell, all, 14, Style::plain(), false), "\nA : the quicke\n    st fox\n\n");
}

#[test]
fn the_session_can_change_its_colours() {
    // observed: interactive/display color-psstyle-set
    let mut shell = FakeShell::default();
    let value = exsh_format::style::ps_style_value(&mut shell);
    let part = value.as_object().and_then(|o| o.get().dynamic_property("formatting")).and_then(|r| r.ok());
    let part = part.unwrap_or_else(|| panic!("there is such a part"));
    let cell = part.as_object().unwrap_or_else(|| panic!("an object"));
    let set = cell.get().set_dynamic_property("TableHeader", &Value::text("\x1B[96m"));
    assert_eq!(set.ok(), Some(true));
    assert!(cell.get().set_dynamic_property("TableHeader", &Value::text("red")).is_err());
    let settings = exsh_format::style::ps_style(&mut shell);
    let style = exsh_format::style::effective(Some(&settings), true);
    assert_eq!(style.colours().table_header, "\x1B[96m");
    settings.set_rendering(exsh_format::Rendering::PlainText);
    assert!(exsh_format::style::effective(Some(&settings), true).is_plain());
}
