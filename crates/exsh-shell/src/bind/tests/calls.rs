//! Names, positions, and what is left over.

use super::*;

#[test]
fn names_may_be_cut_short_while_they_fit_one_parameter() {
    // observed: functions/params "prefix-matching", "param-alias", "prefix-ambiguous-simple"
    let f = simple(vec![any("Alpha"), any("Beta")]);
    assert_eq!(values(&bound(call(&f, vec![n("Al"), v(1), n("b"), v(2)]))), ["Int32 1", "Int32 2"]);
    let f = simple(vec![any("ComputerName").alias("cn").alias("host")]);
    for name in ["cn", "HOST", "ho", "Comp"] {
        assert_eq!(values(&bound(call(&f, vec![n(name), v("a")]))), ["String a"]);
    }
    let f = simple(vec![any("Name"), any("Nation")]);
    let e = fails(
        call(&f, vec![n("N"), v(1)]),
        "AmbiguousParameter",
        "Parameter cannot be processed because the parameter name 'N' is ambiguous. Possible matches include: -Name \
         -Nation.",
    );
    assert_eq!(e.argument, Some(0));
    assert_eq!(category(&e), (Category::InvalidArgument, "ParameterBindingException"));
    assert_eq!(e.record.fully_qualified_id(), "AmbiguousParameter,f");
}

#[test]
fn a_whole_name_wins_over_longer_ones_and_an_own_parameter_over_common_ones() {
    // documented: about_Parameters; the preference is that of the reference's name resolution
    let f = advanced(vec![any("Name"), any("NameLike"), any("ErrorText")]);
    assert_eq!(values(&bound(call(&f, vec![n("name"), v(1), n("err"), v(2)]))), ["Int32 1", "-", "Int32 2"]);
    let f = advanced(vec![any("Name")]);
    assert_eq!(&*refused(call(&f, vec![n("err"), v(2)])).record.id, "AmbiguousParameter");
}

#[test]
fn a_parameter_takes_one_value_once() {
    // observed: errors.jsonl "f -a 1 -z 2"
    let f = advanced(vec![any("a").alias("z")]);
    let e = fails(
        call(&f, vec![n("a"), v(1), n("z"), v(2)]),
        "ParameterAlreadyBound",
        "Cannot bind parameter because parameter 'a' is specified more than once. To provide multiple values to \
         parameters that can accept multiple values, use the array syntax. For example, \"-parameter \
         value1,value2,value3\".",
    );
    assert_eq!(e.argument, Some(2));
    assert_eq!(
        &*refused(call(&f, vec![n("ea"), v(1), n("ErrorAction"), v(2)])).record.id,
        "ParameterAlreadyBound"
    );
}

#[test]
fn a_name_needs_its_value() {
    // observed: errors.jsonl "Get-Item -Path", "Get-ChildItem -Fo:1 -Fil"
    let get = cmdlet(vec![texts("Path").at(0), text("Filter")]);
    let e = fails(
        call(&get, vec![n("Path")]),
        "MissingArgument",
        "Missing an argument for parameter 'Path'. Specify a parameter of type 'System.String[]' and try again.",
    );
    assert_eq!(e.record.fully_qualified_id(), "MissingArgument,Commands.GetThing");
    assert_eq!(&*refused(call(&get, vec![n("Path"), n("Filter"), v("x")])).record.id, "MissingArgument");
    assert_eq!(&*refused(call(&get, vec![n("Path"), with("Filter", "x")])).record.id, "MissingArgument");
    // ours: what looks like a name that nobody has is text, and so is anything behind `--`
    assert_eq!(values(&bound(call(&get, vec![n("Filter"), n("x")]))), ["-", "String -x"]);
    assert_eq!(values(&bound(call(&get, vec![n("Filter"), Word::End, n("Path")]))), ["-", "String -Path"]);
}

#[test]
fn switches_take_only_attached_values() {
    // observed: functions/params "switch-default-true"; pitfall 33
    let get = cmdlet(vec![switch("Force"), text("Path").at(0)]);
    assert_eq!(values(&bound(call(&get, vec![n("Force"), v("a")]))), ["Boolean True", "String a"]);
    assert_eq!(values(&bound(call(&get, vec![with("Force", false)]))), ["Boolean False", "-"]);
    assert_eq!(values(&bound(call(&get, vec![with("Force", 2)]))), ["Boolean True", "-"]);
    assert_eq!(values(&bound(call(&get, vec![with("Force", Value::NULL)]))), ["Boolean False", "-"]);
    // observed: errors.jsonl "Get-Item . -Force:'x'"
    let e = fails(
        call(&get, vec![with("Force", "x")]),
        "CannotConvertArgument",
        "Cannot convert 'System.String' to the type 'System.Management.Automation.SwitchParameter' required by parameter \
         'Force'. ",
    );
    assert_eq!(category(&e), (Category::InvalidArgument, "ParameterBindingException"));
    // A script sees a SwitchParameter.
    let f = simple(vec![switch("On"), any("a")]);
    assert_eq!(values(&bound(call(&f, vec![n("On"), v(1)]))), ["SwitchParameter", "Int32 1"]);
    assert_eq!(
        &*refused(call(&f, vec![with("On", "maybe")])).record.exception.message,
        "Cannot process argument transformation on parameter 'On'. Cannot convert value \"System.String\" to type \
         \"System.Management.Automation.SwitchParameter\". Boolean parameters accept only Boolean values and numbers, \
         such as $True, $False, 1 or 0."
    );
}

#[test]
fn positions_are_the_order_of_declaration_unless_written() {
    // observed: functions/params "explicit-positions", "explicit-position-excludes-others"
    let f = advanced(vec![any("a").at(1), any("b").at(0), any("c")]);
    assert_eq!(values(&bound(call(&f, vec![v("x"), v("y")]))), ["String y", "String x", "-"]);
    let f = advanced(vec![any("a").at(0), any("c")]);
    let e = fails(
        call(&f, vec![v("x"), v("y")]),
        "PositionalParameterNotFound",
        "A positional parameter cannot be found that accepts argument 'y'.",
    );
    assert_eq!(e.argument, None);
    // observed: errors.jsonl "PositionalBinding=$false"
    let mut f = CommandMeta::new("f", vec![any("a")]);
    f.advanced = true;
    f.positional_binding = false;
    assert_eq!(&*refused(call(&f.finish(), vec![v(1)])).record.id, "PositionalParameterNotFound");
    // documented: about_Functions, Switch parameters; a bound parameter leaves its place to nobody
    let f = advanced(vec![any("a"), switch("s"), any("b")]);
    assert_eq!(values(&bound(call(&f, vec![v(1), v(2)]))), ["Int32 1", "-", "Int32 2"]);
    assert_eq!(values(&bound(call(&f, vec![v(1), n("a"), v(2)]))), ["Int32 2", "-", "Int32 1"]);
}

#[test]
fn two_parameters_at_one_place_are_an_error() {
    // documented: the reference's own test of two parameters with the same position
    let f = advanced(vec![int("a").at(0), int("b").at(0)]);
    assert_eq!(&*refused(call(&f, vec![v(1)])).record.id, "AmbiguousPositionalParameterNoName");
}

#[test]
fn unknown_names_are_errors_after_everything_else_was_bound() {
    // observed: errors.jsonl "f -b 1", "Where-Object a -Nope b"
    let f = advanced(vec![int("a")]);
    let e = fails(
        call(&f, vec![n("b"), v(1)]),
        "NamedParameterNotFound",
        "A parameter cannot be found that matches parameter name 'b'.",
    );
    assert_eq!((e.argument, category(&e).0), (Some(0), Category::InvalidArgument));
    assert_eq!(&*refused(call(&f, vec![n("b"), v("x")])).record.id, "ParameterArgumentTransformationError");
    // The first one left over is named.
    assert_eq!(&*refused(call(&f, vec![v(1), v(2), n("b")])).record.id, "PositionalParameterNotFound");
}

#[test]
fn simple_functions_keep_what_they_do_not_know() {
    // observed: functions/params "extra-args-simple"; pitfall 32
    let f = simple(vec![any("a")]);
    let b = bound(call(&f, vec![v(1), v(2), v(3)]));
    assert_eq!(b.rest.iter().map(shown).collect::<Vec<_>>(), ["Int32 2", "Int32 3"]);
    let f = simple(vec![any("Name").alias("Key"), any("Path")]);
    let b = bound(call(&f, vec![with("Name", "Hello"), with("Blah", "World")]));
    assert_eq!(values(&b), ["String Hello", "-"]);
    assert_eq!(b.rest.iter().map(shown).collect::<Vec<_>>(), ["String -Blah:", "String World"]);
    // ours: a value behind an unknown name is a value like any other
    let b = bound(call(&f, vec![n("Verbose"), v(5)]));
    assert_eq!(values(&b), ["Int32 5", "-"]);
    assert_eq!(b.rest.iter().map(shown).collect::<Vec<_>>(), ["String -Verbose"]);
}

#[test]
fn one_parameter_takes_the_rest() {
    // observed: functions/params "value-from-remaining-array", pipeline-functions "outvariable"
    let f = advanced(vec![texts("rest").rest()]);
    assert_eq!(
        values(&bound(call(&f, vec![v(list(&["a", "b"])), v("c")]))),
        ["String[](String a b,String c)"]
    );
    assert_eq!(
        values(&bound(call(&f, vec![v("a"), v("b"), v("c")]))),
        ["String[](String a,String b,String c)"]
    );
    // The reference unpacks a single list.
    assert_eq!(values(&bound(call(&f, vec![v(list(&["a", "b"]))]))), ["String[](String a,String b)"]);
    let f = advanced(vec![any("first"), any("rest").rest()]);
    let b = bound(call(&f, vec![v(1), v(2), n("x")]));
    assert_eq!(values(&b), ["Int32 1", "List`1(Int32 2,String -x)"]);
    // observed: errors.jsonl "f 1 x"
    let f = advanced(vec![ParamMeta::new("r", &types::INT_ARRAY).rest()]);
    let e = refused(call(&f, vec![v(1), v("x")]));
    assert_eq!(&*e.record.id, "ParameterArgumentTransformationError");
    assert!(e.record.exception.message.contains("The input string 'x' was not in a correct format."));
    assert_eq!(e.argument, None);
}

#[test]
fn common_parameters_are_bound_apart() {
    // documented: about_CommonParameters
    let mut f = CommandMeta::new("f", vec![any("a")]);
    f.advanced = true;
    f.common = true;
    f.should_process = true;
    let f = f.finish();
    let b = bound(call(
        &f,
        vec![
            v(1),
            n("vb"),
            n("ea"),
            v("stop"),
            n("ErrorVariable"),
            v("+e"),
            n("ov"),
            v("o"),
            n("wi"),
            with("Confirm", false),
            n("OutBuffer"),
            v(3),
        ],
    ));
    assert_eq!(values(&b), ["Int32 1"]);
    let c = &b.common;
    assert_eq!((c.verbose, c.debug, c.what_if, c.confirm), (Some(true), None, Some(true), Some(false)));
    assert_eq!(c.error_action, Some(ActionPreference::Stop));
    assert_eq!(c.error_variable, Some(("e".into(), true)));
    assert_eq!(c.out_variable, Some(("o".into(), false)));
    assert_eq!(c.out_buffer, Some(3));
    // Without SupportsShouldProcess there is no -WhatIf.
    assert_eq!(&*refused(call(&advanced(vec![]), vec![n("WhatIf")])).record.id, "NamedParameterNotFound");
}

#[test]
fn common_parameters_refuse_what_the_reference_refuses() {
    // observed: errors.jsonl, the cases of Get-Item . -ErrorAction …
    let f = advanced(vec![]);
    fails(
        call(&f, vec![n("ErrorAction"), v("bogus")]),
        "CannotConvertArgumentNoMessage",
        "Cannot bind parameter 'ErrorAction'. Cannot convert value \"bogus\" to type \
         \"System.Management.Automation.ActionPreference\". Error: \"Unable to match the identifier name bogus to a valid \
         enumerator name. Specify one of the following enumerator names and try again:\nSilentlyContinue, Stop, \
         Continue, Inquire, Ignore, Suspend, Break\"",
    );
    let e = refused(call(&f, vec![n("ErrorAction"), v("Suspend")]));
    assert_eq!((&*e.record.id, e.record.category), ("ParameterBindingFailed", Category::WriteError));
    fails(
        call(&f, vec![n("ErrorAction"), v(Value::NULL)]),
        "ParameterBindingFailed",
        "Cannot bind parameter 'ErrorAction' to the target. Exception setting \"ErrorAction\": \"Cannot convert null to \
         type \"System.Management.Automation.ActionPreference\" due to enumeration values that are not valid. Specify one \
         of the following enumeration values and try again. The possible enumeration values are \
         \"SilentlyContinue,Stop,Continue,Inquire,Ignore,Suspend,Break\".\"",
    );
    let e = refused(call(&f, vec![n("OutBuffer"), v(-1)]));
    assert_eq!(&*e.record.id, "ParameterArgumentValidationError");
    fails(
        call(&f, vec![n("OutVariable"), v("")]),
        "ParameterArgumentValidationError",
        "Cannot validate argument on parameter 'OutVariable'. Cannot process argument because the value of argument \
         \"path\" is not valid. Change the value of the \"path\" argument and run the operation again.",
    );
}

#[test]
fn action_preferences_are_read_from_names_and_numbers() {
    for (given, expected) in [
        (Value::text("silentlycontinue"), Some(ActionPreference::SilentlyContinue)),
        (Value::int(1), Some(ActionPreference::Stop)),
        (Value::text("4"), Some(ActionPreference::Ignore)),
        (Value::int(7), None),
        (Value::text("st"), None),
        (Value::NULL, None),
    ] {
        assert_eq!(ActionPreference::parse(&given), expected, "{given:?}");
    }
}

#[test]
fn the_order_of_binding_is_kept() {
    let names: Vec<String> = (0..20).map(|i| format!("p{}", (b'a' + i) as char)).collect();
    let f = advanced(names.iter().map(|s| any(s)).collect());
    let mut words = vec![n("pc"), v(0)];
    words.extend((0..19).map(v));
    let b = bound(call(&f, words));
    let expected: Vec<u16> = [2, 0, 1].into_iter().chain(3..20).collect();
    assert_eq!(&b.order[..], &expected[..]);
}
