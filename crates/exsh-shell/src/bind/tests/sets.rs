//! Parameter sets and mandatory parameters of a call without input.

use super::*;

const A: u32 = 1;
const B: u32 = 2;

const AMBIGUOUS: &str = "Parameter set cannot be resolved using the specified named parameters. One or more parameters issued \
     cannot be used together or an insufficient number of parameters were provided.";

fn two(default: Option<u8>, x: ParamMeta, y: ParamMeta) -> CommandMeta {
    with_sets(advanced(vec![x.in_sets(A), y.in_sets(B), any("Z")]), &["A", "B"], default)
}

#[test]
fn names_choose_the_set() {
    // observed: functions/params "parameter-sets-basic", "parameter-in-two-sets"
    let f = two(Some(0), any("X"), any("Y"));
    for (words, set) in [
        (vec![n("X"), v(1)], 0),
        (vec![n("Y"), v(1)], 1),
        (vec![], 0),
        (vec![n("Z"), v(1)], 0),
        (vec![n("Z"), v(1), n("Y"), v(2)], 1),
    ] {
        assert_eq!(bound(run(&f, words)).set, Some(set));
    }
}

#[test]
fn sets_that_exclude_each_other_are_an_error() {
    // observed: functions/params "parameter-sets-conflict", "parameter-sets-ambiguous"
    let f = two(None, any("X"), any("Y"));
    let e = fails(run(&f, vec![n("X"), v(1), n("Y"), v(2)]), "AmbiguousParameterSet", AMBIGUOUS);
    assert_eq!((e.argument, category(&e).1), (None, "ParameterBindingException"));
    fails(run(&f, vec![]), "AmbiguousParameterSet", AMBIGUOUS);
}

#[test]
fn the_set_that_lacks_nothing_is_taken() {
    // observed: functions/params "parameter-sets-mandatory-resolves"; errors.jsonl, both mandatory
    let f = two(None, any("X").mandatory(), any("Y"));
    assert_eq!(bound(run(&f, vec![n("Z"), v(1)])).set, Some(1));
    let f = two(None, any("X").mandatory(), any("Y").mandatory());
    fails(run(&f, vec![]), "AmbiguousParameterSet", AMBIGUOUS);
}

#[test]
fn missing_mandatory_parameters_are_named_in_order() {
    // observed: functions/params "mandatory-missing-two"
    let f = advanced(vec![any("Name").mandatory(), any("Id").mandatory()]);
    let e = fails(
        run(&f, vec![]),
        "MissingMandatoryParameter",
        "Cannot process command because of one or more missing mandatory parameters: Name Id.",
    );
    assert_eq!(category(&e), (Category::InvalidArgument, "ParameterBindingException"));
    // Those of the default set alone, where it decides.
    let f = two(Some(1), any("X").mandatory(), any("Y").mandatory());
    assert_eq!(
        &*refused(run(&f, vec![])).record.exception.message,
        "Cannot process command because of one or more missing mandatory parameters: Y."
    );
}

#[test]
fn answers_are_bound_like_arguments() {
    let f = advanced(vec![int("n").mandatory(), any("b")]);
    let mut b = bound(call(&f, vec![n("b"), v(1)]));
    let missing = missing_mandatory(&f, &mut b, false).unwrap_or_default();
    assert_eq!(missing, [0]);
    let answer = |b: &mut Binding, text: &str| match supply(&mut Bare, &f, b, 0, text.into()) {
        Ok(()) => String::new(),
        Err(e) => e.record.id.to_string(),
    };
    assert_eq!(answer(&mut b, "x"), "ParameterArgumentTransformationError");
    assert_eq!(answer(&mut b, "7"), "");
    assert_eq!(values(&b), ["Int32 7", "Int32 1"]);
    assert_eq!(&b.order[..], [1, 0]);
}

#[test]
fn positions_belong_to_sets() {
    // observed: errors.jsonl "Get-Item . -LiteralPath ."
    let path = ParamMeta { positions: vec![(A, 0)], ..texts("Path") }.in_sets(A).mandatory();
    let literal = texts("LiteralPath").in_sets(B).mandatory();
    let get = with_sets(cmdlet(vec![path, literal]), &["Path", "LiteralPath"], Some(0));
    assert_eq!(values(&bound(run(&get, vec![v("a")]))), ["String[](String a)", "-"]);
    fails(
        run(&get, vec![v("."), n("LiteralPath"), v(".")]),
        "PositionalParameterNotFound",
        "A positional parameter cannot be found that accepts argument '.'.",
    );
}

#[test]
fn what_fits_as_it_is_comes_before_what_needs_a_conversion() {
    // documented: about_Parameter_Binding, Bind positional parameters
    let number = ParamMeta { positions: vec![(A, 0)], ..int("Id") }.in_sets(A);
    let name = ParamMeta { positions: vec![(B, 0)], ..text("Name") }.in_sets(B);
    let get = with_sets(cmdlet(vec![number, name]), &["Id", "Name"], None);
    assert_eq!(values(&bound(run(&get, vec![v("7")]))), ["-", "String 7"]);
    assert_eq!(values(&bound(run(&get, vec![v(7)]))), ["Int32 7", "-"]);
    // The default set is asked first, but not with a conversion before the others without one.
    let get = with_sets(get, &["Id", "Name"], Some(0));
    let b = bound(run(&get, vec![v("7")]));
    assert_eq!((values(&b), b.set), (vec!["-".to_owned(), "String 7".to_owned()], Some(1)));
}

#[test]
fn null_is_no_string_as_it_is() {
    // observed: errors.jsonl "Write-Error $null"
    let message =
        ParamMeta { positions: vec![(A, 0)], allow_null: true, ..text("Message") }.in_sets(A).mandatory();
    let exception = ParamMeta { positions: vec![(B, 0)], ..ParamMeta::new("Exception", &types::HASHTABLE) };
    let write = with_sets(cmdlet(vec![message, exception.in_sets(B).mandatory()]), &["A", "B"], Some(0));
    fails(
        run(&write, vec![v(Value::NULL)]),
        "ParameterArgumentValidationErrorNullNotAllowed",
        "Cannot bind argument to parameter 'Exception' because it is null.",
    );
}

#[test]
fn input_decides_what_is_asked_for() {
    // observed: errors.jsonl "'x' | Add-Member a", "'x' | Where-Object -Not"
    let input = any("InputObject").piped().mandatory();
    let name = ParamMeta { positions: vec![(A, 0)], ..text("NotePropertyName") }.in_sets(A).mandatory();
    let value = ParamMeta { positions: vec![(A, 1)], ..any("NotePropertyValue") }.in_sets(A).mandatory();
    let members = ParamMeta { positions: vec![(B, 0)], ..ParamMeta::new("Members", &types::HASHTABLE) };
    let add = with_sets(
        cmdlet(vec![
            input,
            name,
            value,
            members.in_sets(B).mandatory(),
            text("TypeName").in_sets(4).mandatory(),
        ]),
        &["Single", "Multi", "Type"],
        Some(2),
    );
    let names = |result| match result {
        Ok(_) => String::new(),
        Err(BindError { record, .. }) => {
            record.exception.message.rsplit(": ").next().unwrap_or("").to_owned()
        }
    };
    assert_eq!(names(open(&add, vec![v("a")])), "NotePropertyValue.");
    assert_eq!(names(open(&add, vec![v("a"), v(1)])), "");
    // Nothing said: the default set is asked for what records do not bring.
    assert_eq!(names(open(&add, vec![])), "TypeName.");
}

#[test]
fn unresolved_sets_are_reported_before_surplus_values() {
    // observed: errors.jsonl "Where-Object a -eq b -ne c"
    let f = with_sets(
        cmdlet(vec![any("Property").at(0), switch("EQ").in_sets(A), switch("NE").in_sets(B)]),
        &["Equal", "NotEqual"],
        None,
    );
    fails(run(&f, vec![v("a"), n("EQ"), v("b"), n("NE"), v("c")]), "AmbiguousParameterSet", AMBIGUOUS);
}

#[test]
fn a_cmdlets_declaration_is_read() {
    use exsh_core::cmdlet::{CmdletDecl, Param, Switch, Validate};
    const NAME: Param<Vec<Str>> = Param::new(0, "Name").sets(1).position(0).mandatory_in(1).aliases(&["N"]);
    const ID: Param<i32> = Param::new(1, "Id").sets(2).mandatory_in(2).validate(&[Validate::Range(1, 9)]);
    const FORCE: Param<Switch> = Param::new(2, "Force");
    static DECL: CmdletDecl = CmdletDecl::new("Get-Thing", &[NAME.spec, ID.spec, FORCE.spec], "")
        .sets(&["ByName", "ById"], Some(0));
    let meta = CommandMeta::of_cmdlet(&DECL);
    let b = bound(run(&meta, vec![v("a"), n("Force")]));
    let bound_values = to_bound(&meta, &DECL, &b);
    assert_eq!(bound_values.get(&NAME), Some(vec!["a".into()]));
    assert!(bound_values.on(&FORCE) && !bound_values.has(&ID));
    assert_eq!((bound_values.set(), bound_values.set_name()), (0, "ByName"));
    let b = bound(run(&meta, vec![n("Id"), v("7")]));
    let bound_values = to_bound(&meta, &DECL, &b);
    assert_eq!((bound_values.get(&ID), bound_values.set_name()), (Some(7), "ById"));
    assert_eq!(&*refused(run(&meta, vec![n("Id"), v(10)])).record.id, "ParameterArgumentValidationError");
}
