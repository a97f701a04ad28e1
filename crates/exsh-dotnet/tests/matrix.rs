//! Operators, casts and members over pairs of values, against what the reference gave (observed, PowerShell 7.6.9,
//! en-US, UTC). The golden file is a sample of the recorded matrix; EXSH_MATRIX names a larger one.

mod support;

use exsh_core::{Result, Value};
use exsh_dotnet::ops::compare::CompareOp;
use exsh_dotnet::ops::{self, arithmetic, bits, compare, pattern, regex};
use exsh_dotnet::{convert, member, text, types};
use std::collections::BTreeMap;
use support::{FakeShell, outcome, shell, value};

/// Splits `(A) op (B)` at the parenthesis that closes the first operand.
fn operands(line: &str) -> Option<(&str, &str, &str)> {
    let close = closing(line)?;
    let a = &line[1..close];
    let rest = line[close + 1..].strip_prefix(' ')?;
    let (op, b) = rest.split_once(' ')?;
    Some((a, op, b.strip_prefix('(')?.strip_suffix(')')?))
}

/// Index of the parenthesis that closes the one at the start.
fn closing(line: &str) -> Option<usize> {
    if !line.starts_with('(') {
        return None;
    }
    let (mut depth, mut quote) = (0, None);
    for (i, c) in line.char_indices() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '{') => depth += 1,
            (None, ')' | '}') => {
                depth -= 1;
                if depth == 0 {
                    return Some(i);
                }
            }
            _ => {}
        }
    }
    None
}

fn binary(sh: &mut FakeShell, a: &Value, op: &str, b: &Value) -> Option<Result<Value>> {
    let filter = |op, ic| (op, ic);
    let cmp = match op {
        "-eq" => Some(filter(CompareOp::Eq, true)),
        "-ne" => Some(filter(CompareOp::Ne, true)),
        "-gt" => Some(filter(CompareOp::Gt, true)),
        "-ge" => Some(filter(CompareOp::Ge, true)),
        "-lt" => Some(filter(CompareOp::Lt, true)),
        "-le" => Some(filter(CompareOp::Le, true)),
        "-ceq" => Some(filter(CompareOp::Eq, false)),
        "-clt" => Some(filter(CompareOp::Lt, false)),
        _ => None,
    };
    if let Some((op, ic)) = cmp {
        return Some(compare::compare(sh, op, ic, a, b));
    }
    Some(match op {
        "+" => arithmetic::add(sh, a.clone(), b),
        "-" => arithmetic::subtract(sh, a, b),
        "*" => arithmetic::multiply(sh, a, b),
        "/" => arithmetic::divide(sh, a, b),
        "%" => arithmetic::remainder(sh, a, b),
        "-band" => bits::and(sh, a, b),
        "-bor" => bits::or(sh, a, b),
        "-bxor" => bits::xor(sh, a, b),
        "-shl" => bits::shl(sh, a, b),
        "-shr" => bits::shr(sh, a, b),
        ".." => ops::range(sh, a, b),
        "-f" => ops::format(sh, a, b),
        "-join" => Ok(ops::join(sh, a, b)),
        "-split" => ops::split(sh, a, b, true),
        "-replace" => regex::replace_operator(sh, a, b, true),
        "-like" => pattern::like(a, b, true, false),
        "-notlike" => pattern::like(a, b, true, true),
        "-clike" => pattern::like(a, b, false, false),
        "-match" => regex::matches(a, b, true, false).map(|m| m.0),
        "-notmatch" => regex::matches(a, b, true, true).map(|m| m.0),
        "-cmatch" => regex::matches(a, b, false, false).map(|m| m.0),
        "-contains" => Ok(Value::bool(ops::contains(a, b, true))),
        "-notcontains" => Ok(Value::bool(!ops::contains(a, b, true))),
        "-in" => Ok(Value::bool(ops::in_(a, b, true))),
        "-notin" => Ok(Value::bool(!ops::in_(a, b, true))),
        "-and" => Ok(Value::bool(convert::to_bool(a) && convert::to_bool(b))),
        "-or" => Ok(Value::bool(convert::to_bool(a) || convert::to_bool(b))),
        "-xor" => Ok(Value::bool(convert::to_bool(a) != convert::to_bool(b))),
        _ => return None,
    })
}

/// Evaluates a line of the matrix; nothing for forms that need an engine.
fn evaluate(sh: &mut FakeShell, line: &str) -> Option<(String, Result<Value>)> {
    if let Some((a, op, b)) = operands(line) {
        if matches!(op, "-as" | "-is") {
            return None;
        }
        let (x, y) = (value(sh, a)?, value(sh, b)?);
        return Some((op.to_string(), binary(sh, &x, op, &y)?));
    }
    if let Some(close) = closing(line) {
        let x = value(sh, &line[1..close])?;
        let rest = &line[close + 1..];
        if let Some(t) = rest.strip_prefix(" -as [").and_then(|r| r.strip_suffix(']')) {
            let t = types::find(t)?;
            return Some(("-as".into(), Ok(convert::try_cast(sh, &x, t).unwrap_or(Value::NULL))));
        }
        if let Some(t) = rest.strip_prefix(" -is [").and_then(|r| r.strip_suffix(']')) {
            return Some(("-is".into(), Ok(Value::bool(types::is_instance(&x, types::find(t)?)))));
        }
        if let Some(call) = rest.strip_prefix('.') {
            let mut current = x;
            let mut rest = call;
            loop {
                let end = rest.find(['(', '.']).unwrap_or(rest.len());
                let name = &rest[..end];
                if rest[end..].starts_with('(') {
                    let close = end + closing(&rest[end..])?;
                    let mut args = Vec::new();
                    let inner = &rest[end + 1..close];
                    if !inner.is_empty() {
                        for a in split_arguments(inner) {
                            args.push(value(sh, a)?);
                        }
                    }
                    match member::call(sh, &current, name, &args) {
                        Ok(v) => current = v,
                        e => return Some((format!(".{name}()"), e)),
                    }
                    rest = &rest[close + 1..];
                } else {
                    match member::get(sh, &current, exsh_core::Name::new(name)) {
                        Ok(v) => current = v.unwrap_or(Value::NULL),
                        Err(e) => return Some((format!(".{name}"), Err(e))),
                    }
                    rest = &rest[end..];
                }
                match rest.strip_prefix('.') {
                    Some(r) => rest = r,
                    None if rest.is_empty() => return Some((format!(".{name}"), Ok(current))),
                    None => return None,
                }
            }
        }
        if let Some(i) = rest.strip_prefix('[').and_then(|r| r.strip_suffix(']')) {
            let i = value(sh, i)?;
            return Some(("[]".into(), member::index_get(sh, &x, &[i])));
        }
        return None;
    }
    if let Some(rest) = line.strip_prefix('[') {
        if let Some((t, call)) = rest.split_once("]::")
            && call.ends_with(')')
        {
            let open = call.find('(')?;
            let mut args = Vec::new();
            for a in split_arguments(&call[open + 1..call.len() - 1]) {
                let a = a.strip_prefix('(').and_then(|a| a.strip_suffix(')')).unwrap_or(a);
                args.push(value(sh, a)?);
            }
            let t = types::find(t)?;
            return Some((
                format!("[]::{}", &call[..open]),
                member::call_static(sh, t, &call[..open], &args),
            ));
        }
        let (t, inner) = rest.strip_suffix(')')?.split_once("](")?;
        let x = value(sh, inner)?;
        if t == "pscustomobject" {
            return Some(("[pscustomobject]".into(), Ok(convert::to_custom_object(&x))));
        }
        return Some((format!("[{t}]"), convert::cast(sh, &x, types::find(t)?)));
    }
    if line.starts_with('\'')
        && let Some((f, a)) = line.split_once(" -f (")
    {
        let (f, a) = (value(sh, f)?, value(sh, a.strip_suffix(')')?)?);
        return Some(("-f".into(), ops::format(sh, &f, &a)));
    }
    if let Some(inner) = line.strip_prefix("\"$(").and_then(|r| r.strip_suffix(")\"")) {
        return Some(("\"$()\"".into(), Ok(Value::string(text::to_text(&value(sh, inner)?)))));
    }
    if let Some(inner) = line.strip_prefix("-(").and_then(|r| r.strip_suffix(')')) {
        let x = value(sh, inner)?;
        return Some(("-x".into(), arithmetic::negate(sh, &x)));
    }
    if let Some(inner) = line.strip_prefix("+(").and_then(|r| r.strip_suffix(')')) {
        let x = value(sh, inner)?;
        return Some(("+x".into(), arithmetic::unary_plus(sh, &x)));
    }
    if let Some(inner) = line.strip_prefix("-bnot (").and_then(|r| r.strip_suffix(')')) {
        let x = value(sh, inner)?;
        return Some(("-bnot".into(), bits::not(sh, &x)));
    }
    if let Some(rest) = line.strip_prefix("$x = ") {
        for (end, name) in [
            ("; $x++; ,$x", "++"),
            ("; $x--; ,$x", "--"),
            ("; $x += 1; ,$x", "+= 1"),
            ("; $x += 'z'; ,$x", "+= 'z'"),
        ] {
            if let Some(a) = rest.strip_suffix(end) {
                let x = value(sh, a)?;
                let r = match name {
                    "++" => arithmetic::increment(sh, &x),
                    "--" => arithmetic::decrement(sh, &x),
                    "+= 1" => arithmetic::add(sh, x, &Value::int(1)),
                    _ => arithmetic::add(sh, x, &Value::text("z")),
                };
                return Some((name.into(), r));
            }
        }
    }
    None
}

fn split_arguments(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut quote, mut from) = (0, None, 0);
    for (i, c) in text.char_indices() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '{' | '[') => depth += 1,
            (None, ')' | '}' | ']') => depth -= 1,
            (None, ',') if depth == 0 => {
                parts.push(text[from..i].trim());
                from = i + 1;
            }
            _ => {}
        }
    }
    parts.push(text[from..].trim());
    parts
}

/// How many lines of the golden sample may differ. It only ever shrinks.
const ALLOWED: usize = 16;

#[test]
fn results_are_the_references() {
    let sample = include_str!("golden/matrix-sample.tsv");
    let larger =
        std::env::var("EXSH_MATRIX").ok().map(|p| std::fs::read_to_string(p).expect("the matrix file"));
    let lines = larger.as_deref().unwrap_or(sample);
    let only = std::env::var("EXSH_ONLY").unwrap_or_default();
    let mut sh = shell("en-US");
    let (mut done, mut failed) = (0, 0);
    let mut by_form: BTreeMap<String, (usize, usize, Vec<String>)> = BTreeMap::new();
    for line in lines.lines() {
        let Some((source, expected)) = line.split_once('\t') else { continue };
        let Some((form, result)) = evaluate(&mut sh, source) else { continue };
        let got = outcome(&result);
        done += 1;
        let entry = by_form.entry(form.clone()).or_default();
        entry.0 += 1;
        if got != expected {
            failed += 1;
            entry.1 += 1;
            if entry.2.len() < 4 || (!only.is_empty() && form == only) {
                entry.2.push(format!("   {source}\n      expected {expected}\n      got      {got}"));
            }
        }
    }
    let mut report = String::new();
    for (form, (n, bad, examples)) in &by_form {
        if *bad > 0 && (only.is_empty() || *form == only) {
            report.push_str(&format!("{form}: {bad} of {n}\n{}\n", examples.join("\n")));
        }
    }
    assert!(done > 1000, "the sample has too few lines that can be evaluated: {done}");
    assert!(failed <= ALLOWED, "{failed} of {done} differ:\n{report}");
    if larger.is_none() {
        assert_eq!(failed, ALLOWED, "fewer lines differ than allowed: lower ALLOWED");
    }
}
