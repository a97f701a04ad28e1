//! The fused shapes against their generic twins: the same statements over cells of the global scope, over slots of a
//! frame, and with every name looked for (in a block that is called with `.`), must give the same values and errors.

mod common;

use exsh_core::Shell;
use exsh_dotnet::text::to_text;
use proptest::prelude::*;

/// What a run left: the texts and types of the two variables and of the output, and the errors.
fn outcome(code: &str) -> Vec<String> {
    let (mut session, _, _) = common::session();
    let m = &mut session.engine;
    let mut seen = Vec::new();
    let ended = m.run_text(code, false, &mut |v| {
        let ty = v.type_info().map_or("nothing", |t| t.name);
        seen.push(format!("{ty} {}", to_text(&v)));
        Ok(())
    });
    if let Err(flow) = ended {
        seen.push(format!("ended: {:?}", flow.record().map(|r| r.exception.message.to_string())));
    }
    seen.extend(m.errors().iter().map(to_text).map(|t| format!("error {t}")));
    seen
}

fn agree(code: &str) -> Result<(), TestCaseError> {
    let generic = outcome(&format!("& {{ . {{ {code} }} }}"));
    let slots = outcome(&format!("& {{ {code} }}"));
    let cells = outcome(code);
    prop_assert_eq!(&slots, &generic, "slots: {}", code);
    prop_assert_eq!(&cells, &generic, "cells: {}", code);
    Ok(())
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        (-9i32..10).prop_map(|n| n.to_string()),
        any::<i32>().prop_map(|n| n.to_string()),
        Just("2147483647".to_owned()),
        (-99i32..100).prop_map(|n| format!("{}.{}", n / 10, (n % 10).abs())),
        Just("1.5d".to_owned()),
        Just("9007199254740993L".to_owned()),
    ]
}

fn mixed() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => number(),
        1 => prop::sample::select(vec!["'a'", "'5'", "''", "$null", "$true", "@(1, 'b')", "@()", "[char]'x'"])
            .prop_map(str::to_owned),
    ]
}

/// One statement over `$x`, `$y` and `$a`; a text or list is only multiplied outside of loops, so that nothing explodes.
fn statement(numbers: bool) -> impl Strategy<Value = String> {
    let constant = if numbers { number().boxed() } else { mixed().boxed() };
    let small = prop::sample::select(vec!["+", "-"]);
    let any_op = prop::sample::select(vec!["+", "-", "*", "/", "%"]);
    let compare =
        prop::sample::select(vec!["-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-ceq", "-clt", "-cge"]);
    let step = prop::sample::select(vec!["$x++", "$x--", "++$y", "--$y", "$x = $y++", "$y = --$x"]);
    let pair = prop::sample::select(vec![("$x", "$y"), ("$y", "$x")]);
    prop_oneof![
        (pair.clone(), small.clone(), constant.clone())
            .prop_map(|((v, w), o, c)| format!("{v} = {w} {o} {c}")),
        (pair.clone(), any_op, -3i32..4).prop_map(|((v, w), o, c)| format!("{v} = {w} {o} {c}")),
        (pair.clone(), small.clone()).prop_map(|((v, w), o)| format!("{v} = {v} {o} {w}")),
        (pair.clone(), small.clone(), constant.clone()).prop_map(|((v, _), o, c)| format!("{v} {o}= {c}")),
        (pair.clone(), small.clone()).prop_map(|((v, w), o)| format!("{v} {o}= {w}")),
        step.prop_map(str::to_owned),
        (pair.clone(), compare.clone(), constant.clone())
            .prop_map(|((v, w), o, c)| format!("if ({v} {o} {c}) {{ {w} = {v} }} else {{ {v}++ }}")),
        (pair.clone(), compare).prop_map(|((v, w), o)| format!("{v} {o} {w}")),
        (pair.clone(), small.clone(), 0i32..5)
            .prop_map(|((v, _), o, n)| format!("for ($i = 0; $i -lt {n}; $i++) {{ {v} {o}= $i }}")),
        (pair.clone(), -2i32..3, 0i32..4)
            .prop_map(|((v, _), a, b)| format!("foreach ($i in {a}..{b}) {{ {v} += $i }}")),
        (pair, -1i32..5).prop_map(|((v, w), i)| format!("{v} = $a[{i}]; $a[1] = {w}; $a[{i}]")),
        Just("$i = 2; $x = $a[$i]".to_owned()),
    ]
}

fn program(numbers: bool) -> impl Strategy<Value = String> {
    let constant = if numbers { number().boxed() } else { mixed().boxed() };
    (constant.clone(), constant, prop::collection::vec(statement(numbers), 1..6)).prop_map(|(x, y, all)| {
        format!("$a = @(10, 'k', 2.5, 4); $x = {x}; $y = {y}; {}; $x; $y; $a", all.join("; "))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_agree(code in program(true)) {
        agree(&code)?;
    }

    #[test]
    fn mixed_values_agree(code in program(false)) {
        agree(&code)?;
    }
}
