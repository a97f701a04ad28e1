//! Whether input is complete: the prompt asks for more exactly where the reference does
//! (observed: PowerShell 7.6.9 at its prompt, and the problems `Parser.ParseInput` reports).

use exsh_syntax::Completeness::{Complete, Incomplete, Wrong};
use exsh_syntax::ast::*;
use exsh_syntax::{Completeness, parse};

fn check(expected: Completeness, inputs: &[&str]) {
    for input in inputs {
        let parsed = parse(input);
        assert_eq!(parsed.completeness(), expected, "{input:?}: {:?}", parsed.problems);
    }
}

#[test]
fn more_input_is_wanted() {
    check(
        Incomplete,
        &[
            "{",
            "(",
            "$(",
            "@(",
            "@{",
            "'a",
            "\"a",
            "@'\na",
            "@\"\na",
            "<# a",
            "a |",
            "1,",
            "1 +",
            "$a =",
            "a &&",
            "a `",
            "try {}",
            "do {}",
            "if ($x)",
            "foreach ($x in $y)",
            "function f",
            "if (1) {\n",
            "\"$(",
            "\"a $(1",
            "@'\nabc\n  '@",
        ],
    );
}

#[test]
fn nothing_is_missing() {
    check(
        Complete,
        &[
            "",
            "if (1) {}",
            "1",
            "Get-Date",
            "a | b",
            "try {}\ncatch {}",
            "if (1) {}\nelse {}",
            "@'\na\n'@",
            "@\"\n$x\n\"@",
            "\u{201c}a\u{201d}",
            "'a\u{2019}",
            "@\u{2018}\na\n\u{2019}@",
            "5 \u{2013} 3",
            "a\n| b",
            "a # c\n  # d\n| b",
        ],
    );
}

#[test]
fn more_input_would_not_help() {
    check(
        Wrong,
        &[
            "1 2",
            "| Sort-Object",
            ")",
            "}",
            "if () { 1 }",
            "[PS] C:\\>Get-Date",
            "$x = 5 6",
            "a | | b",
            "1 +)",
            "@{a=1;a=2}",
        ],
    );
}

/// Source: observed (errors/parse-record golden).
#[test]
fn problems_carry_the_reference_s_ids() {
    for (input, id, message) in [
        ("(1 + 2", "MissingEndParenthesisInExpression", "Missing closing ')' in expression."),
        ("\"abc", "TerminatorExpectedAtEndOfString", "The string is missing the terminator: \"."),
        (
            "@'\nabc\n  '@",
            "WhitespaceBeforeHereStringFooter",
            "White space is not allowed before the string terminator.",
        ),
        ("1 +", "ExpectedValueExpression", "You must provide a value expression following the '+' operator."),
        ("1,2,", "MissingExpressionAfterToken", "Missing expression after ','."),
        ("-join", "MissingExpressionAfterOperator", "Missing expression after unary operator '-join'."),
        ("if $true { 1 }", "MissingOpenParenthesisInIfStatement", "Missing '(' after 'if' in if statement."),
    ] {
        let parsed = parse(input);
        let first = parsed.problems.first().expect("a problem");
        assert_eq!((first.id, first.message.as_str()), (id, message), "{input}");
    }
}

fn expression(text: &str) -> Expr {
    let parsed = parse(text);
    assert!(parsed.problems.is_empty(), "{text:?}: {:?}", parsed.problems);
    match parsed.tree.end.as_ref().and_then(|b| b.statements.first()) {
        Some(Stmt::Pipeline(p)) => match &p.elements[0] {
            PipelineElement::Expression(e) => e.expression.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn text_of(text: &str) -> String {
    match expression(text) {
        Expr::StringConstant(s) => s.value.to_string(),
        other => panic!("{other:?}"),
    }
}

/// Source: documented (about_Quoting_Rules, about_Special_Characters).
#[test]
fn strings_are_decoded() {
    assert_eq!(text_of("'a''b'"), "a'b");
    assert_eq!(text_of("\"a`tb`\"c\"\"d`u{1F600}`$x\""), "a\tb\"c\"d\u{1F600}$x");
    assert_eq!(text_of("@'\na\n'b'\n'@"), "a\n'b'");
    assert_eq!(text_of("@'\r\na\r\nb\r\n'@"), "a\r\nb");
    assert_eq!(text_of("@'\n'@"), "");
    assert_eq!(text_of("@'\n\n'@"), "");
    assert_eq!(text_of("@'   \na\n'@"), "a");
    assert_eq!(text_of("@'\n '@\n'@"), " '@");
}

/// Parts stand in order, neighbouring texts are one, and an escaped quote inside of `$( )` is a quote.
#[test]
fn expandable_strings_have_parts() {
    let parts = |text: &str| match expression(text) {
        Expr::ExpandableString(s) => s.parts,
        other => panic!("{other:?}"),
    };
    let shape = |text: &str| -> Vec<String> {
        parts(text)
            .iter()
            .map(|p| match p {
                StringPart::Text(t) => t.to_string(),
                StringPart::Expr(Expr::Variable(v)) => format!("<{}>", v.path.name()),
                StringPart::Expr(Expr::SubExpression(_)) => "<()>".to_owned(),
                StringPart::Expr(other) => panic!("{other:?}"),
            })
            .collect()
    };
    assert_eq!(shape("\"a $x.y ${b c}$(1)`$d\""), ["a ", "<x>", ".y ", "<b c>", "<()>", "$d"]);
    assert_eq!(shape("@\"\n$x\n$y\n\"@"), ["<x>", "\n", "<y>"]);
    let inner = match &parts("\"$('a' + \"\"b\"\")\"")[0] {
        StringPart::Expr(Expr::SubExpression(s)) => s.block.statements[0].span(),
        other => panic!("{other:?}"),
    };
    assert_eq!((inner.start, inner.end()), (3, 14), "spans are those of the source, with its doubled quotes");
}

/// Source: documented (about_Numeric_Literals).
#[test]
fn numbers_have_their_types() {
    let literal = |text: &str| match expression(text) {
        Expr::Constant(c) => c.value,
        other => panic!("{other:?}"),
    };
    assert_eq!(literal("1kb"), Literal::Int32(1024));
    assert_eq!(literal("0xFF"), Literal::Int32(255));
    assert_eq!(literal("0xFFFFFFFF"), Literal::Int32(-1));
    assert_eq!(literal("2147483648"), Literal::Int64(2_147_483_648));
    assert_eq!(literal("100uy"), Literal::Byte(100));
    assert_eq!(literal("1.50d"), Literal::Decimal("1.50".into()));
    assert_eq!(literal("1e3"), Literal::Double(1000.0));
    assert_eq!(literal("0b101"), Literal::Int32(5));
    assert_eq!(literal("18446744073709551616n"), Literal::BigInteger("18446744073709551616".into()));
    assert_eq!(
        literal("9999999999999999999999999999999999999999n"),
        Literal::BigInteger("9".repeat(40).into())
    );
    assert_eq!(
        literal("0x1000000000000000000000000000000000n"),
        Literal::BigInteger("5444517870735015415413993718908291383296".into())
    );
    assert_eq!(
        literal("9999999999999999999999999999999999999999nkb"),
        Literal::BigInteger("10239999999999999999999999999999999999998976".into())
    );
}

/// Source: documented (about_Requires).
#[test]
fn requirements_are_read() {
    let parsed = parse(
        "#requires -Version 7.2 -Modules a, @{ModuleName='b'; ModuleVersion='1.0'}\n#requires -RunAsAdministrator\n1",
    );
    assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
    let found = parsed.tree.requirements.expect("requirements");
    assert_eq!(found.version.as_deref(), Some("7.2"));
    assert!(found.elevated);
    let names: Vec<&str> = found.modules.iter().map(|m| &*m.name).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(found.modules[1].version.as_deref(), Some("1.0"));
}

/// Comments stay findable, for help blocks and for highlighting.
#[test]
fn comments_have_spans() {
    let text = "# a\n<#\n.SYNOPSIS\nx\n#>\nfunction f { <# b #> 1 }";
    let found: Vec<&str> =
        parse(text).comments.iter().map(|s| &text[s.start as usize..s.end() as usize]).collect();
    assert_eq!(found, ["# a", "<#\n.SYNOPSIS\nx\n#>", "<# b #>"]);
}
