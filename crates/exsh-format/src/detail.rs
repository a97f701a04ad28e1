//! An error with everything it knows, as `Get-Error` and `DetailedView` show it: property by property, exceptions and
//! invocations opened, empty ones left out.
//!
//! Source: the view GetErrorInstance of PowerShell (929903692e55); observed: interactive/prompt get-error.

use crate::display::{ELLIPSIS, items_of};
use crate::psstyle::{effective, ps_style};
use crate::style::Style;
use exsh_core::error::{ErrorObject, ExceptionObject};
use exsh_core::types::Kind;
use exsh_core::value::View;
use exsh_core::{Flow, Name, Result, Shell, Str, Value};
use exsh_dotnet::{member, text};

/// Deepest nesting that is opened.
const DEEPEST: usize = 10;
const STEP: usize = 4;

/// The value that the view of `Get-Error` shows for an object.
pub(crate) fn of_session(shell: &mut dyn Shell, object: &Value) -> Result<Value> {
    let settings = ps_style(shell);
    let style = effective(Some(&settings), shell.host().colors());
    Ok(Value::text(show(shell, object, &style)?))
}

/// The text of an error or exception.
pub(crate) fn show(shell: &mut dyn Shell, object: &Value, style: &Style) -> Result<String> {
    let mut out = String::new();
    level(shell, object, 0, 1, style, &mut out)?;
    Ok(out)
}

fn level(
    shell: &mut dyn Shell,
    object: &Value,
    indent: usize,
    depth: usize,
    style: &Style,
    out: &mut String,
) -> Result<()> {
    let mut rows: Vec<(Str, Value)> = Vec::new();
    for name in member::properties(object) {
        if name.as_str() == "PSErrorIndex" {
            continue;
        }
        // A property that cannot be read is left out like an empty one.
        let value = match member::get(shell, object, Name::new(&name)) {
            Ok(Some(v)) => v,
            Ok(None) => continue,
            Err(flow) if matches!(*flow, Flow::Error(_)) => continue,
            Err(flow) => return Err(flow),
        };
        if !is_empty(&value) {
            rows.push((name, value));
        }
    }
    if let Some(e) = object.downcast::<ExceptionObject>()
        && !rows.iter().any(|(n, _)| n.as_str() == "Type")
    {
        rows.insert(0, ("Type".into(), Value::text(&*e.0.type_name)));
    }
    let longest = rows.iter().map(|(n, _)| n.utf16_len()).max().unwrap_or(0);
    let margin = " ".repeat(indent);
    let c = style.colours();
    for (i, (name, value)) in rows.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let pad = " ".repeat(longest - name.utf16_len());
        out.push_str(&format!("{margin}{}{name}{pad} : {}", c.accent, c.reset));
        if is_opened(value) {
            if depth >= DEEPEST {
                out.push(ELLIPSIS);
            } else {
                out.push('\n');
                level(shell, value, indent + STEP, depth + 1, style, out)?;
            }
        } else if name.as_str() == "StackTrace" {
            // Its lines are long, so they begin at the margin of the screen.
            out.push('\n');
            out.push_str(&text::to_text(value));
        } else if let View::Table(t) = value.base().view() {
            for (k, v) in t.entries() {
                let (k, v) = (text::to_text(&k), text::to_text(&v));
                let secret = k.eq_ignore_ascii_case("Authorization");
                let v = if secret { ELLIPSIS.to_string() } else { v.to_string() };
                out.push_str(&format!("\n{margin}    {}{k} : {}{v}", c.accent, c.reset));
            }
        } else if let Some(items) = items_of(value)
            && name.as_str() != "Data"
        {
            for item in &items {
                out.push_str(&format!("\n{margin}{}{}", " ".repeat(indent + STEP + 2), one_line(item)));
            }
        } else {
            push_text(out, name, value, indent + longest + 3, style);
        }
    }
    Ok(())
}

fn push_text(out: &mut String, name: &str, value: &Value, below: usize, style: &Style) {
    let error = &style.colours().error;
    let mut text = one_line(value);
    match name {
        "PositionMessage" => {
            if let Some(i) = text.find('~') {
                text.insert_str(i, error);
            }
        }
        "Message" => text.insert_str(0, error),
        _ => {}
    }
    let lines = text.split('\n').count();
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', below));
        }
        out.push_str(if lines > 1 { line.trim() } else { line });
    }
}

fn one_line(value: &Value) -> String {
    match value.base().view() {
        View::Type(t) => format!("[{}]", t.name),
        _ => text::to_text(value).to_string(),
    }
}

fn is_empty(value: &Value) -> bool {
    match value.base().view() {
        View::Null | View::Nothing | View::Unset => true,
        View::Str(s) => s.is_empty(),
        View::List(l) => l.is_empty(),
        View::Table(t) => t.is_empty(),
        _ => value.kind() == Kind::Null,
    }
}

fn is_opened(value: &Value) -> bool {
    value.downcast::<ExceptionObject>().is_some()
        || value.downcast::<ErrorObject>().is_some()
        || value.type_info().is_some_and(|t| t.name == "System.Management.Automation.InvocationInfo")
}
