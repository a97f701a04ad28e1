//! `-f` and `ToString` with format strings, against what the reference gave (observed, invariant and en-US culture).

mod support;

use exsh_core::Value;
use exsh_dotnet::{convert, member, ops, types};
use support::{FakeShell, failure, shell, value};

/// One recorded case: expression, result in both cultures, error text. Hand-read: the file is one JSON object a line.
struct Case {
    expression: String,
    invariant: Option<String>,
    english: Option<String>,
    error: Option<String>,
}

/// The string value of a key in a flat JSON object.
fn field(line: &str, key: &str) -> Option<String> {
    let start = line.find(&format!("\"{key}\":\""))? + key.len() + 4;
    let mut out = String::new();
    let mut chars = line[start..].chars();
    loop {
        match chars.next()? {
            '"' => return Some(out),
            '\\' => match chars.next()? {
                'n' => out.push('\n'),
                't' => out.push('\t'),
                'r' => out.push('\r'),
                'u' => {
                    let hex: String = chars.by_ref().take(4).collect();
                    out.push(char::from_u32(u32::from_str_radix(&hex, 16).ok()?)?);
                }
                c => out.push(c),
            },
            c => out.push(c),
        }
    }
}

/// Splits at the top-level commas.
fn parts(text: &str) -> Vec<&str> {
    let (mut all, mut from, mut depth, mut quoted) = (Vec::new(), 0, 0, false);
    for (i, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                all.push(&text[from..i]);
                from = i + 1;
            }
            _ => {}
        }
    }
    all.push(&text[from..]);
    all
}

/// A value that the expression names, with the few forms that the file uses.
fn operand(sh: &mut FakeShell, text: &str) -> Option<Value> {
    let t = text.trim();
    if let Some(v) = value(sh, t) {
        return Some(v);
    }
    match t {
        "(1/3)" => return Some(Value::double(1.0 / 3.0)),
        "(0.1+0.2)" => return Some(Value::double(0.1 + 0.2)),
        "@()" => return Some(Value::array(vec![])),
        _ => {}
    }
    if let Some(inner) = t.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        if parts(inner).len() == 1 {
            return operand(sh, inner);
        }
        return None;
    }
    if let Some((ty, call)) = t.strip_prefix('[').and_then(|r| r.split_once("]::"))
        && let Some((name, arguments)) = call.strip_suffix(')').and_then(|c| c.split_once('('))
    {
        let ty = types::find(ty)?;
        let mut ready = Vec::new();
        if !arguments.is_empty() {
            for a in parts(arguments) {
                ready.push(operand(sh, a)?);
            }
        }
        return member::call_static(sh, ty, name, &ready).ok();
    }
    if let Some((ty, rest)) = t.strip_prefix('[').and_then(|r| r.split_once(']'))
        && !rest.is_empty()
        && !rest.starts_with(':')
    {
        let inner = operand(sh, rest)?;
        return convert::cast(sh, &inner, types::find(ty)?).ok();
    }
    None
}

fn evaluate(sh: &mut FakeShell, e: &str) -> Option<Result<String, String>> {
    let show = |r: exsh_core::Result<Value>| match r {
        Ok(v) => Ok(exsh_dotnet::text::to_text(&v).to_string()),
        Err(e) => Err(failure(&e)),
    };
    if let Some((format, arguments)) = e.split_once(" -f ") {
        let f = operand(sh, format)?;
        let list: Vec<Value> = {
            let mut all = Vec::new();
            for a in parts(arguments) {
                all.push(operand(sh, a)?);
            }
            all
        };
        let right = if list.len() == 1 { list.into_iter().next()? } else { Value::array(list) };
        return Some(show(ops::format(sh, &f, &right)));
    }
    if e.starts_with('(') && e.ends_with(')') && e.contains(".ToString(") {
        let (receiver, arguments) = e.strip_suffix(')')?.rsplit_once(".ToString(")?;
        let receiver = operand(sh, receiver)?;
        let mut ready = Vec::new();
        if !arguments.is_empty() {
            for a in parts(arguments) {
                ready.push(operand(sh, a)?);
            }
        }
        return Some(show(member::call(sh, &receiver, "ToString", &ready)));
    }
    if let Some(inner) = e.strip_prefix("[string]") {
        let v = operand(sh, inner)?;
        return Some(Ok(exsh_dotnet::text::to_text(&v).to_string()));
    }
    None
}

#[test]
fn formats_are_the_references() {
    let cases: Vec<Case> = include_str!("golden/format-strings.jsonl")
        .lines()
        .filter_map(|l| {
            Some(Case {
                expression: field(l, "expr")?,
                invariant: field(l, "invariant"),
                english: field(l, "enUS"),
                error: field(l, "error"),
            })
        })
        .collect();
    assert!(cases.len() > 500, "the golden file is read whole");
    let (mut done, mut failed) = (0, Vec::new());
    for (culture, english) in [("", false), ("en-US", true)] {
        let mut sh = shell(culture);
        for c in &cases {
            let Some(got) = evaluate(&mut sh, &c.expression) else { continue };
            done += 1;
            let expected = if english { &c.english } else { &c.invariant };
            let same = match (&got, expected, &c.error) {
                (Ok(g), Some(e), _) => g == e,
                (Err(g), None, Some(e)) => g.contains(e.as_str()),
                _ => false,
            };
            if !same {
                failed.push(format!(
                    "{} ({culture:?})\n   expected {:?}\n   got      {got:?}",
                    c.expression,
                    expected.as_ref().or(c.error.as_ref())
                ));
            }
        }
    }
    assert!(done > 900, "too few cases can be evaluated: {done}");
    assert!(failed.is_empty(), "{} of {done} differ:\n{}", failed.len(), failed.join("\n"));
}
