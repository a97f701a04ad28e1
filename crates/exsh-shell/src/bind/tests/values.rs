//! Conversion, validation and emptiness of one value.

use super::*;

fn refusal(p: ParamMeta, value: impl Into<Value>) -> String {
    let f = advanced(vec![p]);
    refused(call(&f, vec![v(value)])).record.exception.message.to_string()
}

#[test]
fn a_scripts_types_convert_as_a_cast_does() {
    // observed: functions/params "typed-params", "array-param-from-scalar", "scalar-param-from-array", "nullable-int-param"
    let f = simple(vec![int("n"), text("s")]);
    assert_eq!(values(&bound(call(&f, vec![v("5"), v(7)]))), ["Int32 5", "String 7"]);
    assert_eq!(values(&bound(call(&f, vec![n("s"), v(Value::NULL)]))), ["-", "String "]);
    let f = simple(vec![texts("a")]);
    assert_eq!(values(&bound(call(&f, vec![v("x")]))), ["String[](String x)"]);
    let f = simple(vec![text("s")]);
    assert_eq!(values(&bound(call(&f, vec![v(Value::array(vec![1.into(), 2.into()]))]))), ["String 1 2"]);
    // documented: about_Type_Conversion; an advanced function does not join
    let f = advanced(vec![text("s")]);
    fails(
        call(&f, vec![v(list(&["1", "2"]))]),
        "ParameterArgumentTransformationError",
        "Cannot process argument transformation on parameter 's'. Cannot convert value to type System.String.",
    );
    let f = simple(vec![ParamMeta::new("n", exsh_dotnet::types::nullable_of(&types::INT32))]);
    assert_eq!(values(&bound(call(&f, vec![v(Value::NULL)]))), ["null"]);
}

#[test]
fn what_a_scripts_type_refuses_is_a_transformation_error() {
    // observed: errors.jsonl "f a", "f yes"
    let f = simple(vec![int("x")]);
    let e = fails(
        call(&f, vec![v("a")]),
        "ParameterArgumentTransformationError",
        "Cannot process argument transformation on parameter 'x'. Cannot convert value \"a\" to type \"System.Int32\". \
         Error: \"The input string 'a' was not in a correct format.\"",
    );
    assert_eq!(category(&e), (Category::InvalidData, "ParameterBindingArgumentTransformationException"));
    assert!(e.record.target.is_null());
    assert_eq!(e.argument, Some(0));
    let inner = e.record.exception.inner.as_ref().expect("the attribute's own exception");
    assert_eq!(inner.short_type(), "ArgumentTransformationMetadataException");
    assert_eq!(
        refusal(ParamMeta::new("b", &types::BOOLEAN), "yes"),
        "Cannot process argument transformation on parameter 'b'. Cannot convert value \"System.String\" to type \
         \"System.Boolean\". Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0."
    );
}

#[test]
fn what_a_cmdlets_type_refuses_is_a_conversion_error() {
    // observed: errors.jsonl "Start-Sleep -Seconds abc", "Get-Process -Id 1,x"
    let get = cmdlet(vec![int("Year"), ParamMeta::new("Id", &types::INT_ARRAY)]);
    let e = fails(
        call(&get, vec![n("Year"), v("abc")]),
        "CannotConvertArgumentNoMessage",
        "Cannot bind parameter 'Year'. Cannot convert value \"abc\" to type \"System.Int32\". Error: \"The input string \
         'abc' was not in a correct format.\"",
    );
    assert_eq!(category(&e), (Category::InvalidArgument, "ParameterBindingException"));
    assert_eq!(e.argument, Some(1));
    fails(
        call(&get, vec![n("Id"), v(Value::array(vec![1.into(), "x".into()]))]),
        "CannotConvertArgumentNoMessage",
        "Cannot bind parameter 'Id'. Cannot convert value \"x\" to type \"System.Int32\". Error: \"The input string 'x' \
         was not in a correct format.\"",
    );
    // documented: a cmdlet's single-valued parameter takes no list
    fails(
        call(&get, vec![n("Year"), v(list(&["1", "2"]))]),
        "CannotConvertArgument",
        "Cannot convert 'System.Object[]' to the type 'System.Int32' required by parameter 'Year'. Specified method is \
         not supported.",
    );
    assert_eq!(values(&bound(call(&get, vec![n("Id"), v("7")]))), ["-", "Int32[](Int32 7)"]);
}

#[test]
fn a_mandatory_parameter_refuses_emptiness() {
    // observed: errors.jsonl, the cases of f { param([Parameter(Mandatory)]…) }
    let says = |what: &str| format!("Cannot bind argument to parameter 'a' because it is {what}.");
    assert_eq!(refusal(any("a").mandatory(), Value::NULL), says("null"));
    assert_eq!(refusal(text("a").mandatory(), ""), says("an empty string"));
    assert_eq!(refusal(text("a").mandatory(), Value::NULL), says("an empty string"));
    assert_eq!(refusal(texts("a").mandatory(), list(&[])), says("an empty array"));
    assert_eq!(refusal(texts("a").mandatory(), list(&["a", ""])), says("an empty string"));
    let with_null = Value::array(vec!["a".into(), Value::NULL]);
    assert_eq!(refusal(texts("a").mandatory(), with_null), says("null"));
    assert_eq!(
        refusal(ParamMeta::new("a", &types::OBJECT_ARRAY).mandatory(), list(&[])),
        says("an empty array")
    );
    let e = refused(call(&advanced(vec![text("a").mandatory()]), vec![v("")]));
    assert_eq!(&*e.record.id, "ParameterArgumentValidationErrorEmptyStringNotAllowed");
    assert_eq!(category(&e), (Category::InvalidData, "ParameterBindingValidationException"));
    // A cmdlet's string has a null of its own: errors.jsonl "Invoke-Expression $null"
    let get = cmdlet(vec![text("Command").mandatory().at(0)]);
    assert_eq!(
        &*refused(call(&get, vec![v(Value::NULL)])).record.id,
        "ParameterArgumentValidationErrorNullNotAllowed"
    );
    // observed: functions/params "mandatory-allow-empty"; untyped parameters take an empty string
    let mut p = text("a").mandatory();
    p.allow_empty_string = true;
    assert_eq!(values(&bound(call(&advanced(vec![p]), vec![v("")]))), ["String "]);
    assert_eq!(values(&bound(call(&advanced(vec![any("a").mandatory()]), vec![v("")]))), ["String "]);
}

#[test]
fn validation_attributes_say_what_the_reference_says() {
    // observed: errors.jsonl, area validation
    let set = |values: &[&str], ignore_case, message: Option<&str>| Validation::Set {
        values: values.iter().map(|s| Str::from(*s)).collect(),
        ignore_case,
        error_message: message.map(Str::from),
    };
    let pattern = |message: Option<&str>, ignore_case| Validation::Pattern {
        pattern: "^a".into(),
        ignore_case,
        error_message: message.map(Str::from),
    };
    let range = || Validation::Range(1.into(), 5.into());
    let cases: Vec<(ParamMeta, Value, &str)> = vec![
        (
            any("p").must(set(&["a", "b"], true, None)),
            "c".into(),
            "The argument \"c\" does not belong to the set \"a,b\" specified by the ValidateSet attribute. Supply an \
             argument that is in the set and then try the command again.",
        ),
        (any("p").must(set(&["a", "b"], true, Some("{0} is not in {1}"))), "c".into(), "c is not in a,b"),
        (
            any("p").must(range()),
            6.into(),
            "The 6 argument is greater than the maximum allowed range of 5. Supply an argument that is less than or equal \
             to 5 and then try the command again.",
        ),
        (
            any("p").must(range()),
            0.into(),
            "The 0 argument is less than the minimum allowed range of 1. Supply an argument that is greater than or equal \
             to 1 and then try the command again.",
        ),
        (
            any("p").must(range()),
            "abc".into(),
            "The argument cannot be validated because its type \"String\" is not the same type (Int32) as the maximum and \
             minimum limits of the parameter. Make sure the argument is of type Int32 and then try the command again.",
        ),
        (
            any("p").must(Validation::Positive),
            0.into(),
            "The argument \"0\" cannot be validated because its value is not greater than zero.",
        ),
        (
            any("p").must(Validation::NonPositive),
            1.into(),
            "The argument \"1\" cannot be validated because its value is not less than or equal to zero.",
        ),
        (
            any("p").must(Validation::Count(2, 3)),
            1.into(),
            "The ValidateCount attribute cannot be applied to a non-array parameter. Either remove the attribute from the \
             parameter or make the parameter an array parameter.",
        ),
        (
            any("p").must(Validation::Count(2, 3)),
            list(&["1", "2", "3", "4"]),
            "The parameter requires at least 2 value(s) and no more than 3 value(s) - 4 value(s) were provided.",
        ),
        (
            any("p").must(Validation::Length(2, 3)),
            "a".into(),
            "The character length (1) of the argument is too short. Specify an argument with a length that is greater than \
             or equal to \"2\", and then try the command again.",
        ),
        (
            any("p").must(Validation::Length(2, 3)),
            "abcd".into(),
            "The character length of the 4 argument is too long. Shorten the character length of the argument so it is \
             fewer than or equal to \"3\" characters, and then try the command again.",
        ),
        (
            any("p").must(Validation::Length(2, 3)),
            5.into(),
            "The ValidateLength attribute cannot be applied to a parameter that is not a string or string[] parameter. Make \
             the parameter a string or string[] parameter.",
        ),
        (
            any("p").must(pattern(None, true)),
            "b".into(),
            "The argument \"b\" does not match the \"^a\" pattern. Supply an argument that matches \"^a\" and try the \
             command again.",
        ),
        (any("p").must(pattern(Some("{0} fails {1}"), true)), "b".into(), "b fails ^a"),
        (
            any("p").must(Validation::NotNull),
            Value::NULL,
            "The argument is null. Provide a valid value for the argument, and then try running the command again.",
        ),
        (
            any("p").must(Validation::NotNull),
            Value::array(vec![1.into(), Value::NULL]),
            "The argument has a null value, or an element of the argument collection contains a null value. Provide a \
             collection that does not contain any null values, and then try the command again.",
        ),
        (
            any("p").must(Validation::NotNullOrEmpty),
            "".into(),
            "The argument is null or empty. Provide an argument that is not null or empty, and then try the command again.",
        ),
        (
            any("p").must(Validation::NotNullOrEmpty),
            list(&["a", ""]),
            "The argument is null, empty, or an element of the argument collection contains a null value. Supply a \
             collection that does not contain any null values and then try the command again.",
        ),
        (
            any("p").must(Validation::NotNullOrWhiteSpace),
            "  ".into(),
            "The argument is null, empty, or consists of only white-space characters. Provide an argument that contains non \
             white-space characters, and then try the command again.",
        ),
    ];
    for (p, value, inner) in cases {
        assert_eq!(refusal(p, value), format!("Cannot validate argument on parameter 'p'. {inner}"));
    }
    // What fits, fits; case only where it was asked for.
    for (p, value) in [
        (texts("p").must(set(&["a", "b"], true, None)), list(&["A", "b"])),
        (int("p").must(range()), "5".into()),
        (any("p").must(pattern(None, true)), "Abc".into()),
        (any("p").must(Validation::Count(1, 2)), list(&["x"])),
    ] {
        bound(call(&advanced(vec![p]), vec![v(value)]));
    }
    assert!(refusal(any("p").must(set(&["a"], false, None)), "A").contains("does not belong"));
    assert!(refusal(any("p").must(pattern(None, false)), "A").contains("does not match"));
}

#[test]
fn a_script_may_validate() {
    // observed: errors.jsonl area validation; functions/params "validatescript-throw-message"
    let odd = || {
        block(|v| match v.as_int() {
            Some(n) => Ok(vec![Value::bool(n % 2 == 1)]),
            None => Err(ErrorRecord::runtime("inner", Category::OperationStopped, "inner").into()),
        })
    };
    bound(call(&advanced(vec![any("p").must(Validation::Script(odd(), None))]), vec![v(1)]));
    assert_eq!(
        refusal(any("p").must(Validation::Script(odd(), None)), 2),
        "Cannot validate argument on parameter 'p'. The \" body \" validation script for the argument with value \"2\" did \
         not return a result of True. Determine why the validation script failed, and then try the command again."
    );
    assert_eq!(
        refusal(any("p").must(Validation::Script(odd(), Some("{0} bad: {1}".into()))), 2),
        "Cannot validate argument on parameter 'p'. 2 bad:  body "
    );
    assert_eq!(
        refusal(any("p").must(Validation::Script(odd(), None)), "x"),
        "Cannot validate argument on parameter 'p'. inner"
    );
}

#[test]
fn attributes_are_asked_before_the_mandatory_check() {
    // observed: errors.jsonl "Start-Process ''"
    let f = advanced(vec![text("FilePath").mandatory().must(Validation::NotNullOrEmpty)]);
    assert_eq!(&*refused(call(&f, vec![v("")])).record.id, "ParameterArgumentValidationError");
}

#[test]
fn errors_carry_what_scripts_read() {
    let e = refused(call(&simple(vec![int("x")]), vec![v("a")]));
    let property = |name: &str| {
        let found = e.record.exception.properties.iter().find(|(n, _)| *n == name);
        shown(&found.expect("the property is there").1)
    };
    assert_eq!(property("ParameterName"), "String x");
    assert_eq!(property("ErrorId"), "String ParameterArgumentTransformationError");
    let types: Vec<_> =
        e.record.exception.properties.iter().filter_map(|(_, v)| v.as_type()).map(|t| t.name).collect();
    assert_eq!(types, ["System.Int32", "System.String"]);
}
