//! Records from the pipeline.

use super::*;
use exsh_core::object::Custom;

const NOT_BOUND: &str = "The input object cannot be bound to any parameters for the command either because the command does \
     not take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.";

fn object(properties: &[(&str, Value)]) -> Value {
    Value::custom(Custom::of(properties.iter().map(|(n, v)| (*n, v.clone()))))
}

fn feed(meta: &CommandMeta, b: &mut Binding, record: impl Into<Value>) -> Result<Vec<String>, BindError> {
    bind_record(&mut Bare, meta, b, &record.into())?;
    Ok(values(b))
}

#[track_caller]
fn fed(meta: &CommandMeta, b: &mut Binding, record: impl Into<Value>) -> Vec<String> {
    match feed(meta, b, record) {
        Ok(all) => all,
        Err(e) => panic!("not bound: {}", e.record.exception.message),
    }
}

#[track_caller]
fn unfed(meta: &CommandMeta, b: &mut Binding, record: impl Into<Value>) -> BindError {
    match feed(meta, b, record) {
        Ok(all) => panic!("bound: {all:?}"),
        Err(e) => e,
    }
}

#[test]
fn records_are_bound_one_after_the_other() {
    // observed: pipeline-functions "valuefrompipeline", "valuefrompipeline-bad-conversion"
    let f = advanced(vec![any("x").piped()]);
    let mut b = bound(open(&f, vec![]));
    assert_eq!(values(&b), ["-"]);
    for i in [1, 2, 3] {
        assert_eq!(fed(&f, &mut b, i), [format!("Int32 {i}")]);
    }
    assert_eq!(&b.order[..], [0]);
    let f = advanced(vec![int("x").piped()]);
    let mut b = bound(open(&f, vec![]));
    assert_eq!(fed(&f, &mut b, "1"), ["Int32 1"]);
    let e = unfed(&f, &mut b, "x");
    assert_eq!((&*e.record.id, &*e.record.exception.message), ("InputObjectNotBound", NOT_BOUND));
    assert_eq!(shown(&e.record.target), "String x");
    assert_eq!(fed(&f, &mut b, "3"), ["Int32 3"]);
}

#[test]
fn what_the_call_bound_takes_no_records() {
    // observed: pipeline-functions "process-with-param-from-pipeline-and-position", "pipeline-not-accepted"
    let f = advanced(vec![any("In").piped(), any("Suffix")]);
    let mut b = bound(open(&f, vec![n("Suffix"), v("!")]));
    assert_eq!(fed(&f, &mut b, "a"), ["String a", "String !"]);
    let mut b = bound(open(&f, vec![v("?")]));
    assert_eq!(&*unfed(&f, &mut b, "c").record.id, "InputObjectNotBound");
    let f = advanced(vec![any("a")]);
    let mut b = bound(open(&f, vec![]));
    assert_eq!(&*unfed(&f, &mut b, 5).record.id, "InputObjectNotBound");
}

#[test]
fn properties_feed_parameters_of_their_name_or_alias() {
    // documented: about_Functions_Advanced_Parameters, ValueFromPipelineByPropertyName
    let f = advanced(vec![text("Name").by_name(), int("Id").by_name().alias("Number")]);
    let mut b = bound(open(&f, vec![]));
    let record = object(&[("NUMBER", "7".into()), ("Name", "x".into())]);
    assert_eq!(fed(&f, &mut b, record), ["String x", "Int32 7"]);
    assert_eq!(b.touched().len(), 2);
    // What the next record does not bring is gone.
    assert_eq!(fed(&f, &mut b, object(&[("Name", "y".into())])), ["String y", "-"]);
    // observed: pipeline-functions "pipeline-mandatory-not-bound"
    let e = unfed(&f, &mut b, object(&[("Other", 1.into())]));
    assert_eq!(&*e.record.id, "InputObjectNotBound");
}

#[test]
fn only_an_objects_own_properties_count() {
    let f = advanced(vec![any("Count").by_name()]);
    let mut b = bound(open(&f, vec![]));
    assert_eq!(&*unfed(&f, &mut b, 5).record.id, "InputObjectNotBound");
    assert_eq!(fed(&f, &mut b, object(&[("Count", 3.into())])), ["Int32 3"]);
}

#[test]
fn four_passes_by_value_and_by_name_first_as_it_is() {
    // documented: about_Parameter_Binding; pitfall 34
    let f = advanced(vec![int("N").piped(), text("Name").by_name()]);
    let mut b = bound(open(&f, vec![]));
    assert_eq!(fed(&f, &mut b, object(&[("Name", "x".into())])), ["-", "String x"]);
    assert_eq!(fed(&f, &mut b, "5"), ["Int32 5", "-"]);
    // An exact fit by name is taken before a conversion by value of another set.
    let f = with_sets(
        cmdlet(vec![text("Text").piped().in_sets(1), any("Name").by_name().in_sets(2)]),
        &["A", "B"],
        None,
    );
    let mut b = bound(open(&f, vec![]));
    let record = object(&[("Name", "x".into())]);
    assert_eq!(fed(&f, &mut b, record), ["-", "String x"]);
    assert_eq!(b.set, Some(1));
    assert_eq!(fed(&f, &mut b, "plain"), ["String plain", "-"]);
    assert_eq!(b.set, Some(0));
}

#[test]
fn what_validation_refuses_is_an_error_of_the_record() {
    // observed: errors.jsonl area pipeline
    let f = advanced(vec![int("n").piped().must(Validation::Range(1.into(), 2.into()))]);
    let mut b = bound(open(&f, vec![]));
    assert_eq!(fed(&f, &mut b, 1), ["Int32 1"]);
    let e = unfed(&f, &mut b, 5);
    assert_eq!((&*e.record.id, category(&e).0), ("ParameterArgumentValidationError", Category::InvalidData));
    assert_eq!(shown(&e.record.target), "Int32 5");
    assert_eq!(fed(&f, &mut b, 2), ["Int32 2"]);
    let f = advanced(vec![text("s").piped().mandatory()]);
    let mut b = bound(open(&f, vec![]));
    for empty in [Value::NULL, "".into()] {
        let e = unfed(&f, &mut b, empty);
        assert_eq!(&*e.record.id, "ParameterArgumentValidationErrorEmptyStringNotAllowed");
    }
}

#[test]
fn mandatory_parameters_that_records_feed_are_not_asked_for() {
    // observed: errors.jsonl "'x' | f" with a fed and an unfed mandatory parameter
    let f = advanced(vec![any("a").mandatory().piped(), any("b").mandatory()]);
    fails(
        open(&f, vec![]),
        "MissingMandatoryParameter",
        "Cannot process command because of one or more missing mandatory parameters: b.",
    );
    let mut b = bound(open(&f, vec![n("b"), v(1)]));
    assert_eq!(fed(&f, &mut b, "x"), ["String x", "Int32 1"]);
    // observed: errors.jsonl "1 | Rename-Item"
    let rename =
        cmdlet(vec![text("Path").piped().mandatory().at(0), text("NewName").by_name().mandatory().at(1)]);
    let mut b = bound(open(&rename, vec![]));
    let e = unfed(&rename, &mut b, 1);
    assert_eq!(
        (&*e.record.id, &*e.record.exception.message),
        (
            "InputObjectMissingMandatory",
            "The input object cannot be bound because it did not contain the information required to bind all mandatory \
             parameters:  NewName"
        )
    );
    assert_eq!(shown(&e.record.target), "Int32 1");
}

#[test]
fn records_decide_between_sets() {
    // documented: about_Parameter_Sets; sets Name and Input as in Get-Process
    let name = ParamMeta { positions: vec![(1, 0)], ..texts("Name") }.by_name().in_sets(1);
    let input = ParamMeta::new("InputObject", &types::SCRIPT_BLOCK).piped().mandatory().in_sets(2);
    let get = with_sets(cmdlet(vec![name, input]), &["Name", "InputObject"], Some(0));
    let mut b = bound(open(&get, vec![]));
    assert_eq!(fed(&get, &mut b, block(|_| Ok(Vec::new()))), ["-", "ScriptBlock"]);
    assert_eq!(b.set, Some(1));
    assert_eq!(fed(&get, &mut b, object(&[("Name", "x".into())])), ["String[](String x)", "-"]);
    assert_eq!(b.set, Some(0));
    assert_eq!(bound(run(&get, vec![])).set, Some(0));
}

#[test]
fn script_blocks_stand_for_values() {
    // documented: about_Script_Blocks, Using delay-bind script blocks with parameters
    let rename = cmdlet(vec![text("Path").piped().mandatory(), text("NewName").by_name().mandatory()]);
    let suffix = || {
        block(|v| match v.as_str().map(|s| s.as_str()) {
            Some("none") => Ok(Vec::new()),
            Some("bad") => Err(ErrorRecord::runtime("x", Category::NotSpecified, "no luck").into()),
            Some(s) => Ok(vec![Value::text(format!("{s}.bak"))]),
            None => Ok(vec![Value::NULL]),
        })
    };
    let mut b = bound(open(&rename, vec![n("NewName"), v(suffix())]));
    assert_eq!(fed(&rename, &mut b, "a"), ["String a", "String a.bak"]);
    assert_eq!(fed(&rename, &mut b, "b"), ["String b", "String b.bak"]);
    assert_eq!(&*unfed(&rename, &mut b, "none").record.id, "ScriptBlockArgumentNoOutput");
    assert_eq!(
        &*unfed(&rename, &mut b, "bad").record.exception.message,
        "The input to the script block for parameter 'NewName' failed. no luck"
    );
    assert_eq!(
        &*refused(call(&rename, vec![n("NewName"), v(suffix())])).record.id,
        "ScriptBlockArgumentNoInput"
    );
    // A parameter for script blocks takes the block itself.
    let f = advanced(vec![any("x").piped()]);
    assert_eq!(values(&bound(open(&f, vec![v(suffix())]))), ["ScriptBlock"]);
}

#[test]
fn the_next_record_after_a_bad_one_is_not_taken_for_granted() {
    let f = advanced(vec![any("x").piped(), any("y").by_name().mandatory()]);
    let mut b = bound(open(&f, vec![]));
    for _ in 0..2 {
        assert_eq!(&*unfed(&f, &mut b, 1).record.id, "InputObjectMissingMandatory");
    }
}

#[test]
fn a_cmdlet_reads_what_the_record_changed() {
    use exsh_core::cmdlet::{CmdletDecl, Param};
    const TEXT: Param<Str> = Param::new(0, "Text").sets(1).from_pipeline_in(1).mandatory_in(1);
    const ID: Param<i32> = Param::new(1, "Id").sets(2).from_pipeline_in(2).mandatory_in(2);
    const NOTE: Param<Str> = Param::new(2, "Note");
    static DECL: CmdletDecl =
        CmdletDecl::new("Get-Thing", &[TEXT.spec, ID.spec, NOTE.spec], "").sets(&["ByText", "ById"], None);
    let meta = CommandMeta::of_cmdlet(&DECL);
    let mut b = bound(open(&meta, vec![n("Note"), v("n")]));
    let mut read = to_bound(&meta, &DECL, &b);
    for (record, text, id, set) in
        [(Value::text("a"), Some("a"), None, "ByText"), (Value::int(4), None, Some(4), "ById")]
    {
        fed(&meta, &mut b, record);
        refresh(&b, &mut read);
        assert_eq!(read.get(&TEXT).as_ref().map(|s| s.as_str()), text);
        assert_eq!((read.get(&ID), read.set_name()), (id, set));
        assert_eq!(read.get(&NOTE), Some("n".into()));
    }
}
