//! How the engine's own lines are drawn: messages of side streams, captions, choices of a question.

use exsh_core::host::Stream;
use exsh_core::out::HostMessage;
use exsh_format::style::Style;

const WHITE: &str = "\x1b[97m";
const YELLOW: &str = "\x1b[93m";
const NOTICE: &str = "\x1b[33;1m";
const RESET: &str = "\x1b[0m";

/// `WARNING: …` and the others, with the line's end.
pub fn message(style: &Style, label: &str, text: &str, stream: Stream) -> String {
    let _ = stream;
    if style.is_plain() { format!("{label}{text}\n") } else { format!("{NOTICE}{label}{text}{RESET}\n") }
}

/// The first line of a question.
pub fn caption(style: &Style, text: &str) -> String {
    if style.is_plain() { text.to_owned() } else { format!("{WHITE}{text}{RESET}") }
}

/// The line of choices: `[Y] Yes  [A] Yes to All  … [?] Help (default is "Y"): `.
pub fn choices(style: &Style, list: &[(&str, &str)], default: Option<usize>, width: usize) -> String {
    let mut line = String::new();
    let mut column = 0;
    for (i, (label, _)) in list.iter().enumerate() {
        let key =
            label.split_once('&').and_then(|(_, k)| k.chars().next()).unwrap_or('?').to_ascii_uppercase();
        let text = format!("[{key}] {}", label.replace('&', ""));
        let cells = text.chars().count() + 2;
        if column + cells > width {
            line.truncate(line.trim_end().len());
            line.push('\n');
            column = 0;
        }
        if style.is_plain() {
            line.push_str(&text);
        } else {
            let colour = if Some(i) == default { YELLOW } else { WHITE };
            line.push_str(&format!("{colour}{text}{RESET}"));
        }
        line.push_str("  ");
        column += cells;
    }
    line.push_str("[?] Help ");
    column += 9;
    if let Some(d) = default {
        let key = list[d].0.split_once('&').and_then(|(_, k)| k.chars().next()).unwrap_or('?');
        let tail = format!("(default is \"{key}\"):");
        // Where the tail does not fit, it stands on a line of its own and has no blank behind it.
        if column + tail.len() + 1 > width {
            line.truncate(line.trim_end().len());
            line.push('\n');
            line.push_str(&tail);
        } else {
            line.push_str(&tail);
            line.push(' ');
        }
    }
    line
}

/// SGR numbers of the sixteen console colours, by System.ConsoleColor.
const FOREGROUND: [u8; 16] = [30, 34, 32, 36, 31, 35, 33, 37, 90, 94, 92, 96, 91, 95, 93, 97];

/// What `Write-Host` writes, with its colours where colours are drawn.
pub fn host_message(style: &Style, m: &HostMessage) -> String {
    let end = if m.no_newline { "" } else { "\n" };
    if style.is_plain() || (m.foreground.is_none() && m.background.is_none()) {
        return format!("{}{end}", m.message);
    }
    let mut out = String::new();
    if let Some(c) = m.foreground.and_then(|c| FOREGROUND.get(c as usize)) {
        out.push_str(&format!("\x1b[{c}m"));
    }
    if let Some(c) = m.background.and_then(|c| FOREGROUND.get(c as usize)) {
        out.push_str(&format!("\x1b[{}m", c + 10));
    }
    out.push_str(&m.message);
    out.push_str(RESET);
    out.push_str(end);
    out
}
