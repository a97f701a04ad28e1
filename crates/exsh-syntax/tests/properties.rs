//! What holds for every text: nothing panics, tokens cover the text, spans nest, depth is bounded, time is linear.

use std::time::{Duration, Instant};

use exsh_syntax::source::Span;
use exsh_syntax::token::{Token, TokenKind};
use exsh_syntax::visit::NodeRef;
use exsh_syntax::{Completeness, parse, parse_with_tokens};
use proptest::prelude::*;

/// Runs where the deepest script a test makes finds enough stack (parse/mod.rs says how much that is).
fn with_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(work).expect("a thread");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

/// Pieces that make random scripts reach deep into the grammar.
static PIECES: [&str; 64] = [
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "$(",
    "@(",
    "@{",
    "\"",
    "'",
    "`",
    "$x",
    "${a b}",
    "$",
    "@x",
    "\n",
    "; ",
    " ",
    "|",
    "&",
    "&&",
    "||",
    ",",
    "=",
    "+=",
    "-",
    "--",
    "++",
    "-eq",
    "-f",
    "..",
    ".",
    "::",
    "?",
    ":",
    "??",
    "!",
    "#",
    "<#",
    "#>",
    "@\"\n",
    "\n\"@",
    "@'\n",
    "\n'@",
    "if ",
    "else ",
    "foreach ",
    "in ",
    "switch ",
    "function f ",
    "class A ",
    "enum E ",
    "param",
    "try ",
    "catch ",
    "trap ",
    "[int]",
    "1",
    "0x1F",
    "1kb",
    "é",
    "–",
    "“",
];

fn scripts() -> impl Strategy<Value = String> {
    proptest::collection::vec(0..PIECES.len(), 0..60)
        .prop_map(|picks| picks.into_iter().map(|i| PIECES[i]).collect())
}

/// Tokens do not overlap, rise, and leave out nothing but white space and what a backtick hides.
fn check_rejoin(text: &str, tokens: &[Token]) {
    let mut at = 0;
    for token in tokens.iter().filter(|t| t.kind != TokenKind::EndOfInput) {
        let (start, end) = (token.span.start as usize, token.span.end() as usize);
        assert!(
            start >= at && end <= text.len(),
            "{:?} at {start}..{end} after {at} in {text:?}",
            token.kind
        );
        let between = &text[at..start];
        assert!(
            between.chars().all(|c| c.is_whitespace() || c == '`'),
            "{between:?} is lost between tokens of {text:?}"
        );
        at = end;
    }
    assert!(
        text[at..].chars().all(|c| c.is_whitespace() || c == '`'),
        "{:?} is lost at the end of {text:?}",
        &text[at..]
    );
}

fn check_nesting(text: &str, node: NodeRef, around: Span) {
    let span = node.span();
    // A base call that was not written and an empty block have no place.
    if span == Span::default() {
        return;
    }
    assert!(span.end() as usize <= text.len() + 2, "{span:?} lies outside of {text:?}");
    assert!(around.contains(span), "{node:?} sticks out of {around:?} in {text:?}");
    node.children(&mut |child| {
        // Attributes stand before the `param` they belong to; the reference's block begins at the keyword.
        // A base call stands before the body whose first statement it is.
        let outside = matches!(
            (node, child),
            (NodeRef::ParamBlock(_), NodeRef::Attribute(_))
                | (NodeRef::NamedBlock(_), NodeRef::Statement(exsh_syntax::ast::Stmt::Expression(_)))
        );
        check_nesting(text, child, if outside { Span::new(0, text.len() as u32) } else { span });
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_text_never_panics(text in ".{0,200}") {
        let (parsed, _) = parse_with_tokens(&text);
        let _ = parsed.completeness();
    }

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse_with_tokens(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn random_scripts_never_panic_and_dump(text in scripts()) {
        let (parsed, tokens) = parse_with_tokens(&text);
        exsh_syntax::dump::tree(&text, &parsed.tree);
        exsh_syntax::dump::tokens(&text, &tokens);
    }

    #[test]
    fn tokens_of_sound_scripts_rejoin(text in scripts()) {
        let (parsed, tokens) = parse_with_tokens(&text);
        if parsed.problems.is_empty() {
            check_rejoin(&text, &tokens);
            let whole = Span::new(0, text.len() as u32);
            check_nesting(&text, NodeRef::ScriptBlock(&parsed.tree), whole);
        }
    }
}

/// Source: ours; the inputs are the reference's (observed).
#[test]
fn tokens_rejoin_and_spans_nest_in_the_recorded_inputs() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/parser.jsonl");
    for line in std::fs::read_to_string(path).expect("the recording").lines() {
        let case: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = case["input"].as_str().expect("an input");
        let (parsed, tokens) = parse_with_tokens(text);
        if parsed.problems.is_empty() {
            check_rejoin(text, &tokens);
            check_nesting(text, NodeRef::ScriptBlock(&parsed.tree), Span::new(0, text.len() as u32));
        }
    }
}

/// Source: the id is the reference's (documented: ParserStrings.ScriptTooComplicated), the limit is ours.
#[test]
fn depth_is_bounded() {
    with_stack(|| {
        let too_deep = |text: &str| {
            let parsed = parse(text);
            assert!(
                parsed.problems.iter().any(|p| p.id == "ScriptTooComplicated"),
                "{} is not too deep",
                &text[..20]
            );
            assert_ne!(parsed.completeness(), Completeness::Complete);
        };
        for open in [
            "(", "{", "$(", "@(", "@{a=", "[a(", "\"$(", "!", "if(1){", "$a=", "[x({", "a(", "[a[", "& {",
            "-not ", "$a ? ", "${",
        ] {
            let parsed = parse(&open.repeat(100_000));
            assert!(!parsed.problems.is_empty(), "{open}");
        }
        too_deep(&"(".repeat(100_000));
        too_deep(&"{".repeat(100_000));
        too_deep(&("(".repeat(100_000) + "1" + &")".repeat(100_000)));
        too_deep(&"1+".repeat(100_000));
        too_deep(&("$a".to_owned() + &".b".repeat(100_000)));
        too_deep(&("$a".to_owned() + &"[0]".repeat(100_000)));
        too_deep(&("[int]".repeat(100_000) + "1"));
        too_deep(&("a && ".repeat(100_000) + "a"));
        assert!(
            parse(&("(".repeat(700) + "1" + &")".repeat(700))).problems.is_empty(),
            "700 levels are fine"
        );
        assert!(
            parse(&("& {".repeat(700) + "1" + &"}".repeat(700))).problems.is_empty(),
            "700 blocks are fine"
        );
        assert!(parse(&("1+".repeat(4000) + "1")).problems.is_empty(), "a sum of 4001 numbers is fine");
        assert!(parse(&("1,".repeat(100_000) + "1")).problems.is_empty(), "a list is not deep");
    });
}

/// Work must not grow with the square of the text. The bounds are wide: a debug build on a busy machine keeps them.
#[test]
fn time_is_linear() {
    with_stack(|| {
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        let mut random = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        let bytes: Vec<u8> = (0..256 << 10).map(|_| random() as u8).collect();
        let noise = String::from_utf8_lossy(&bytes).into_owned();
        let mixed: String = (0..60_000).map(|_| PIECES[(random() % 64) as usize]).collect();
        let texts = [
            noise,
            mixed,
            "[x({ ".repeat(3000),
            "{ [x(1)] ".repeat(3000),
            "trap [x({ ".repeat(3000),
            "\"$( ".repeat(20_000),
            "else ".repeat(50_000),
            "# comment\n".repeat(20_000) + "(",
            "$x.y[a]".repeat(20_000),
            "'".repeat(100_001),
            "1 2 ".repeat(30_000),
            "if (".repeat(20_000),
            "a | ".repeat(30_000),
            "\u{2019}".repeat(60_000),
        ];
        for text in texts {
            let start = Instant::now();
            parse(&text);
            let took = start.elapsed();
            assert!(
                took < Duration::from_secs(5),
                "{took:?} for {} bytes of {:?}",
                text.len(),
                text.chars().take(20).collect::<String>()
            );
        }
    });
}
