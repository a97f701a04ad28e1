//! An error with everything it knows, as `Get-Error` shows it.

use crate::error_view::{category_info, position_message};
use crate::style::Style;
use exsh_core::error::{ErrorRecord, Exception};
use exsh_dotnet::text;

/// Names and values of one level, written when the level is complete so that its labels line up.
struct Level {
    indent: usize,
    rows: Vec<(&'static str, String)>,
}

/// The text of `Get-Error`: exception with its inner ones, category, invocation, position.
pub fn error(record: &ErrorRecord, style: &Style) -> String {
    let info = category_info(record);
    let mut top = Level { indent: 0, rows: Vec::new() };
    top.put("Exception", exception(&record.exception, 4, style));
    if !record.target.is_null() {
        top.put("TargetObject", text::to_text(&record.target).to_string());
    }
    top.put("CategoryInfo", info.text());
    top.put("FullyQualifiedErrorId", record.fully_qualified_id());
    if let Some(details) = &*record.details.borrow() {
        top.put("ErrorDetails", details.to_string());
    }
    let context = record.context.borrow();
    if let Some(inv) = context.invocation.as_deref() {
        let mut level = Level { indent: 4, rows: Vec::new() };
        if !inv.command.is_empty() {
            level.put("MyCommand", inv.command.to_string());
        }
        if let Some(p) = &inv.position {
            level.put("ScriptLineNumber", p.line.to_string());
            level.put("OffsetInLine", p.column.to_string());
            if let Some(file) = &p.file {
                level.put("ScriptName", file.to_string());
            }
            level.put("Line", p.line_text().to_owned());
            level.put("Statement", p.text().to_owned());
            level.put("PositionMessage", position_message(p));
        }
        level.put("InvocationName", inv.invocation_name.to_string());
        level.put("CommandOrigin", "Internal".into());
        top.put("InvocationInfo", format!("\n{}", level.text(style)));
    }
    if let Some(stack) = &context.stack_trace {
        top.put("ScriptStackTrace", stack.to_string());
    }
    format!("\n{}", top.text(style))
}

fn exception(e: &Exception, indent: usize, style: &Style) -> String {
    let mut level = Level { indent, rows: Vec::new() };
    level.put("Type", e.type_name.to_string());
    for (name, value) in &e.properties {
        level.put(name, text::to_text(value).to_string());
    }
    level.put("Message", e.message.to_string());
    if let Some(inner) = &e.inner {
        level.put("InnerException", exception(inner, indent + 4, style));
    }
    format!("\n{}", level.text(style))
}

impl Level {
    fn put(&mut self, name: &'static str, value: String) {
        self.rows.push((name, value));
    }

    fn text(&self, style: &Style) -> String {
        let c = style.colours();
        let longest = self.rows.iter().map(|(n, _)| n.len()).max().unwrap_or(0);
        let margin = " ".repeat(self.indent);
        let mut out = String::new();
        for (name, value) in &self.rows {
            out.push_str(&format!("{margin}{}{name:longest$} :{} ", c.accent, c.reset));
            let nested = value.starts_with('\n');
            let below = if nested { String::new() } else { " ".repeat(self.indent + longest + 3) };
            for (i, line) in value.trim_end_matches('\n').split('\n').enumerate() {
                if i > 0 {
                    out.push('\n');
                    out.push_str(&below);
                }
                out.push_str(line);
            }
            out.push('\n');
        }
        out
    }
}
