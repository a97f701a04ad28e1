//! How an error record is drawn: `NormalView`, `ConciseView`, `CategoryView`, `DetailedView`; and position messages.
//!
//! Decides the wording around a record, never the record. Lengths are UTF-16 units, as the reference counts them.
//! Source: the view of ErrorRecord and PositionUtilities in PowerShell (929903692e55); observed: `errors/*`,
//! facts/interactive.md "Errors, warnings, colours".

use crate::detail;
use crate::style::Style;
use crate::width::{self, RESET};
use exsh_core::error::{Category, ErrorRecord, Invocation, Position};
use exsh_core::value::View;
use exsh_core::{Name, Shell, Value};
pub use exsh_dotnet::core::position::position_message;
use exsh_dotnet::text;
use std::rc::Rc;

/// `$ErrorView`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorView {
    Normal,
    Concise,
    Category,
    Detailed,
}

impl ErrorView {
    pub fn parse(text: &str) -> Option<ErrorView> {
        [
            ("NormalView", ErrorView::Normal),
            ("ConciseView", ErrorView::Concise),
            ("CategoryView", ErrorView::Category),
            ("DetailedView", ErrorView::Detailed),
        ]
        .into_iter()
        .find(|(n, _)| n.eq_ignore_ascii_case(text))
        .map(|(_, v)| v)
    }

    /// What `$ErrorView` says now.
    pub fn of_session(shell: &mut dyn Shell) -> ErrorView {
        let Some(value) = shell.variable(Name::new("ErrorView"), None) else { return ErrorView::Concise };
        match ErrorView::parse(&text::to_text(&value)) {
            Some(view) => view,
            None if value.is_null() => ErrorView::Concise,
            // The view's script takes any other text for the normal one.
            None => ErrorView::Normal,
        }
    }
}

/// The drawn error, lines divided by line feeds, none at the end. `width`: cells of the screen.
pub fn render(
    shell: &mut dyn Shell,
    record: &Rc<ErrorRecord>,
    view: ErrorView,
    style: &Style,
    width: usize,
) -> String {
    let c = style.colours();
    let id = record.fully_qualified_id();
    let drawn = if id == "NativeCommandErrorMessage" || id == "NativeCommandError" {
        format!("{}{}{}", c.error, record.exception.message, c.reset)
    } else {
        match view {
            ErrorView::Normal => format!("{}{}{}", c.error, normal(record), c.reset),
            ErrorView::Category => format!("{}{}{}", c.error, category_info(record).text(), c.reset),
            ErrorView::Detailed => {
                let value = Value::from(record.clone());
                let text = detail::show(shell, &value, style).unwrap_or_default();
                format!("{}\n{text}\n{}", c.error, c.reset)
            }
            ErrorView::Concise => concise(shell, record, style, width),
        }
    };
    let drawn = drawn.replace('\r', "");
    match style.is_plain() {
        true => width::strip(&drawn).into_owned(),
        false => by_line(&drawn),
    }
}

/// Every line ends its colours and the next one takes them up again.
fn by_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut open = String::new();
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
            out.push_str(&open);
        }
        for p in width::pieces(line) {
            if p.escape {
                if p.text == RESET {
                    open.clear();
                } else {
                    open.push_str(p.text);
                }
            }
        }
        out.push_str(line);
        if !open.is_empty() {
            out.push_str(RESET);
        }
    }
    out
}

fn normal(record: &ErrorRecord) -> String {
    let context = record.context.borrow();
    let mut out = String::new();
    if let Some(inv) = context.invocation.as_deref()
        && let Some(name) = spoken_name(inv)
    {
        out.push_str(&name);
        out.push_str(" : ");
    }
    out.push_str(&record.message());
    if let Some(inv) = context.invocation.as_deref()
        && (!inv.command.is_empty() || record.category != Category::ParserError)
        && let Some(position) = &inv.position
    {
        out.push('\n');
        out.push_str(&position_message(position));
    }
    out.push_str("\n+ CategoryInfo          : ");
    drop(context);
    out.push_str(&category_info(record).text());
    out.push_str("\n+ FullyQualifiedErrorId : ");
    out.push_str(&record.fully_qualified_id());
    if let Some(origin) = &record.context.borrow().origin {
        out.push_str("\n+ PSComputerName        : ");
        out.push_str(origin);
    }
    out
}

/// The name in front of the message: a script's path, the name as the command was called, else its own.
fn spoken_name(inv: &Invocation) -> Option<String> {
    if inv.command.is_empty() {
        return (!inv.invocation_name.is_empty()).then(|| inv.invocation_name.to_string());
    }
    if is_script(inv) && inv.invocation_name.contains('/') {
        return Some(inv.invocation_name.to_string());
    }
    let name = match &*inv.invocation_name {
        "" | "&" | "." => &inv.command,
        _ => &inv.invocation_name,
    };
    Some(name.to_string())
}

fn is_script(inv: &Invocation) -> bool {
    !inv.is_cmdlet
        && inv.command.len() > 4
        && inv.command[inv.command.len() - 4..].eq_ignore_ascii_case(".ps1")
}

fn concise(shell: &mut dyn Shell, record: &ErrorRecord, style: &Style, width: usize) -> String {
    let c = style.colours();
    let context = record.context.borrow().clone();
    let inv = context.invocation.as_deref();
    let position = inv.and_then(|i| i.position.as_ref());
    let file = position.and_then(|p| p.file.as_deref());
    let parser = record.category == Category::ParserError;
    // Text that could not be parsed at all has no command; what `Invoke-Expression` was given belongs to the cmdlet.
    let parse_error = parser && inv.is_none_or(|i| i.command.is_empty());
    let framed = (parse_error || file.is_some() || position.is_some_and(|p| p.line > 1))
        && !file.is_some_and(|f| f.to_ascii_lowercase().ends_with(".psm1"));
    let mut frame = String::new();
    let mut prefix = String::new();
    if framed && let Some(p) = position {
        draw_frame(p, style, &mut frame, &mut prefix);
    }
    let mut message = prefix.clone();
    message.push_str(&concise_message(record, parser));
    if file.is_some() || parser {
        message = fold(&message, &prefix, width);
    }
    let reason = concise_reason(shell, record, &context, inv);
    let mut out = format!("{}{reason}: {frame}{}{message}{}", c.error, c.error, c.reset);
    if let Some(advice) = record.recommended_action.as_deref().filter(|a| !a.trim().is_empty()) {
        out.push_str(&format!("\n{}  Recommendation: {advice}{}", c.error, c.reset));
    }
    out
}

/// File and line, the source line with what is wrong in it, the underline.
fn draw_frame(p: &Position, style: &Style, frame: &mut String, prefix: &mut String) {
    let c = style.colours();
    match &p.file {
        Some(file) => frame.push_str(&format!("{}{file}:{}\n", c.reset, p.line)),
        None => frame.push('\n'),
    }
    let number = p.line.to_string();
    let wider = " ".repeat(number.len().saturating_sub(4));
    let margin = " ".repeat(4usize.saturating_sub(number.len()));
    frame.push_str(&format!("{}{wider}Line |\n", c.error_accent));
    let drawn = position_message(p);
    let first = drawn.split('\n').nth(1).unwrap_or("+");
    let line = first.strip_prefix('+').unwrap_or(first);
    let last = drawn.rsplit('\n').next().unwrap_or(first);
    let under = last.strip_prefix('+').unwrap_or(last);
    let at = units(under).iter().position(|u| *u == b'~' as u16).unwrap_or(0);
    let long = units(under.trim()).len();
    let mut source = units(line);
    if long < source.len() && at + long <= source.len() {
        source.splice(at + long..at + long, units(&c.reset));
        source.splice(at..at, units(&c.error_accent));
    }
    let source = String::from_utf16_lossy(&source);
    frame.push_str(&format!("{}{margin}{number} | {}{source}\n", c.error_accent, c.reset));
    *prefix = format!("{}{wider}     | {}", c.error_accent, c.error);
    if !under.is_empty() {
        frame.push_str(&format!("{prefix}{under}\n"));
    }
}

fn concise_message(record: &ErrorRecord, parser: bool) -> String {
    if let Some(details) = &*record.details.borrow() {
        return details.to_string();
    }
    let message = &*record.exception.message;
    // A parser's message brings its own position in front of the words.
    if parser && let Some((_, rest)) = message.split_once("~\n") {
        return rest.split("\n\n").next().unwrap_or(rest).to_owned();
    }
    message.to_owned()
}

/// Breaks the message at blanks so that it stays beside the frame's bar.
fn fold(message: &str, prefix: &str, width: usize) -> String {
    let message = units(&message.replace(['\n', '\t'], " "));
    let prefix = units(prefix);
    let shown = units(&width::strip(&String::from_utf16_lossy(&prefix))).len();
    let hidden = prefix.len() - shown;
    if width == 0 || message.len() - hidden.min(message.len()) <= width {
        return String::from_utf16_lossy(&message);
    }
    let head = head_at_blank(&message, width + hidden);
    let mut out = head.to_vec();
    let mut rest = trimmed(&message[head.len()..]).to_vec();
    out.push(b'\n' as u16);
    while rest.len() + shown > width {
        let mut line = prefix.clone();
        line.extend_from_slice(&rest);
        let head = head_at_blank(&line, width + hidden);
        if head.len() <= prefix.len() {
            break;
        }
        out.extend_from_slice(head);
        out.push(b'\n' as u16);
        rest = trimmed(&rest[head.len() - prefix.len()..]).to_vec();
    }
    out.extend_from_slice(&prefix);
    out.extend_from_slice(trimmed(&rest));
    String::from_utf16_lossy(&out)
}

/// The text up to the last blank among the first `n` units.
fn head_at_blank(text: &[u16], n: usize) -> &[u16] {
    if text.len() <= n {
        return text;
    }
    let head = &text[..n];
    match head.iter().rposition(|u| is_blank(*u)) {
        Some(i) => &head[..i],
        None => head,
    }
}

fn trimmed(text: &[u16]) -> &[u16] {
    let Some(from) = text.iter().position(|u| !is_blank(*u)) else { return &[] };
    let to = text.iter().rposition(|u| !is_blank(*u)).map_or(from, |i| i + 1);
    &text[from..to]
}

fn is_blank(unit: u16) -> bool {
    char::from_u32(unit as u32).is_some_and(char::is_whitespace)
}

/// Who failed: the command if there is one of that name, else what it was doing, else the category.
fn concise_reason(
    shell: &mut dyn Shell,
    record: &ErrorRecord,
    context: &exsh_core::error::Context,
    inv: Option<&Invocation>,
) -> String {
    if context.thrown && &*record.exception.type_name == "System.Management.Automation.RuntimeException" {
        return "Exception".into();
    }
    let command = inv.map_or("", |i| &*i.command);
    if !command.is_empty() {
        let known = inv.is_some_and(|i| i.is_cmdlet)
            || !inv.is_some_and(is_script) && shell.resolve(command).is_some();
        if known {
            return command.into();
        }
    }
    let info = category_info(record);
    if !info.activity.is_empty() {
        return info.activity;
    }
    if !command.is_empty() {
        return command.into();
    }
    if let Some(i) = inv
        && !i.invocation_name.is_empty()
    {
        return i.invocation_name.to_string();
    }
    if record.category != Category::NotSpecified {
        return record.category.name().into();
    }
    if info.reason.is_empty() { "Error".into() } else { info.reason }
}

/// The parts of an error's category, as `$_.CategoryInfo` has them.
pub struct CategoryInfo {
    pub category: Category,
    pub activity: String,
    pub reason: String,
    pub target_name: String,
    pub target_type: String,
}

/// What the record says about itself, with what it was given in place of its own.
pub fn category_info(record: &ErrorRecord) -> CategoryInfo {
    let context = record.context.borrow();
    let given = |text: &Option<Rc<str>>| text.as_deref().filter(|t| !t.is_empty()).map(str::to_owned);
    let activity = given(&context.activity)
        .or_else(|| context.invocation.as_ref().map(|i| i.command.to_string()))
        .unwrap_or_default();
    CategoryInfo {
        category: record.category,
        activity,
        reason: given(&context.reason).unwrap_or_else(|| record.exception.short_type().to_owned()),
        target_name: given(&context.target_name).unwrap_or_else(|| target_text(&record.target)),
        target_type: given(&context.target_type).unwrap_or_else(|| target_type(&record.target)),
    }
}

impl CategoryInfo {
    /// `{Category}: ({target}:{type}) [{activity}], {reason}`; long parts lose their middle.
    pub fn text(&self) -> String {
        format!(
            "{}: ({}:{}) [{}], {}",
            self.category.name(),
            shorten(&self.target_name),
            shorten(&self.target_type),
            shorten(&self.activity),
            self.reason
        )
    }
}

fn target_text(target: &Value) -> String {
    if target.is_null() { String::new() } else { text::to_text(target).to_string() }
}

fn target_type(target: &Value) -> String {
    match target.view() {
        View::Custom(_) => "PSObject".into(),
        _ => target.type_info().map_or_else(String::new, |t| t.short_name().to_owned()),
    }
}

/// Longest part of a category's text, and what is kept on either side of a longer one; UTF-16 units.
const LONGEST: usize = 40;
const HALF: usize = 19;

fn shorten(text: &str) -> String {
    let u = units(text);
    if u.len() <= LONGEST {
        return text.to_owned();
    }
    format!("{}…{}", String::from_utf16_lossy(&u[..HALF]), String::from_utf16_lossy(&u[u.len() - HALF..]))
}

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: &str, part: &str, line: u32) -> Position {
        let start = source.find(part).unwrap();
        let from = source[..start].rfind('\n').map_or(0, |i| i + 1);
        Position {
            file: Some("/tmp/s/case.ps1".into()),
            source: source.into(),
            start: start as u32,
            end: (start + part.len()) as u32,
            line,
            column: source[from..start].encode_utf16().count() as u32 + 1,
        }
    }

    // observed: errors/runtime-normal error-tab-indented-normal
    #[test]
    fn tabs_become_four_blanks() {
        let p = at("\t\t[int]'abc'", "[int]'abc'", 3);
        assert_eq!(
            position_message(&p),
            "At /tmp/s/case.ps1:3 char:3\n+         [int]'abc'\n+         ~~~~~~~~~~"
        );
    }

    // observed: errors/runtime-normal error-long-line-normal
    #[test]
    fn long_lines_are_cut_behind() {
        let source = "$resultOfTheVeryLongComputation = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'.Length + [int]'this is not a number' + 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'.Length";
        let p = at(source, source, 2);
        assert_eq!(
            position_message(&p),
            "At /tmp/s/case.ps1:2 char:1\n+ $resultOfTheVeryLongComputation = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa …\n+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~"
        );
    }

    // observed: formatting/format-table ft-calculated-bad-alignment
    #[test]
    fn long_lines_are_cut_in_front() {
        let part = "Format-Table @{n='A';e='A';Alignment='Diagonal'}";
        let source = format!("[pscustomobject]@{{A=3}} | {part}");
        let p = at(&source, part, 2);
        assert_eq!(
            position_message(&p),
            "At /tmp/s/case.ps1:2 char:26\n+ … ustomobject]@{A=3} | Format-Table @{n='A';e='A';Alignment='Diagonal'}\n+                        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~"
        );
    }

    #[test]
    fn long_parts_of_a_category_lose_their_middle() {
        assert_eq!(shorten(&"a".repeat(40)), "a".repeat(40));
        assert_eq!(
            shorten(&format!("{}X{}", "a".repeat(20), "b".repeat(20))),
            format!("{}…{}", "a".repeat(19), "b".repeat(19))
        );
    }
}
