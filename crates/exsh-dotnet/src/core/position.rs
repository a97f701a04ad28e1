//! Places in scripts as text: the line that holds the fault, with a row of tildes under it.

use exsh_core::Position;

/// Most units of a source line in a position message.
const LINE_LENGTH: usize = 69;

/// `At {file}:{line} char:{column}`, the source line and its underline. Long lines are cut around the fault.
pub fn position_message(p: &Position) -> String {
    let file = p.file.as_deref().unwrap_or("line");
    let drawn = underlined(p);
    format!("At {file}:{} char:{}\n+ {drawn}", p.line, p.column)
}

/// The source line and its underline.
pub fn underlined(p: &Position) -> String {
    let mut line = units(p.line_text().trim_end());
    if line.is_empty() {
        return String::new();
    }
    let at = (p.column as usize).saturating_sub(1);
    // A place may lie one beyond the end of the text.
    let beyond = at.saturating_sub(p.line_text().encode_utf16().count());
    let mut before = at.min(line.len());
    let text = units(p.text());
    let one_line = !text.contains(&(b'\n' as u16));
    let mut long = match one_line && before + text.len() <= line.len() {
        true => text.len(),
        false => line.len() - before,
    };
    if line.contains(&(b'\t' as u16)) {
        let a = untabbed(&line[..before]);
        let b = untabbed(&line[before..before + long]);
        let c = untabbed(&line[before + long..]);
        before = a.len();
        long = b.len();
        line = [a, b, c].concat();
    }
    let (mut dots_before, mut dots_after) = (false, false);
    if line.len() > LINE_LENGTH {
        let total_suffix = line.len() - long - before;
        let mut prefix = before.min(12);
        let suffix = total_suffix.min(8);
        let candidate = prefix + long + suffix;
        if candidate >= LINE_LENGTH {
            if prefix + long >= LINE_LENGTH {
                long = LINE_LENGTH - prefix;
            }
            dots_after = true;
        } else {
            prefix += (before - prefix).min(LINE_LENGTH - candidate);
            let candidate = prefix + long + suffix;
            let suffix = suffix + total_suffix.min(LINE_LENGTH - candidate);
            dots_after = suffix < total_suffix;
        }
        dots_before = prefix < before;
        let start = (before - prefix).min(line.len() - LINE_LENGTH);
        line = line[start..start + LINE_LENGTH].to_vec();
        before = before.min(prefix);
        long = long.min(LINE_LENGTH - before);
    }
    let mut out = String::new();
    if dots_before {
        out.push_str("… ");
    }
    out.push_str(&String::from_utf16_lossy(&line));
    if dots_after {
        out.push_str(" …");
    }
    out.push_str("\n+ ");
    out.extend(std::iter::repeat_n(' ', before + beyond + if dots_before { 2 } else { 0 }));
    out.extend(std::iter::repeat_n('~', long.max(1)));
    out
}

fn untabbed(text: &[u16]) -> Vec<u16> {
    text.iter()
        .flat_map(|&u| std::iter::repeat_n(if u == 9 { 32 } else { u }, if u == 9 { 4 } else { 1 }))
        .collect()
}

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}
