//! Cleans what was copied from a page, a terminal or an article before it runs: at the prompt and with `-Command -`.
//!
//! Every rule is about text that the language refuses or that names no command: what parses and runs stays as it is.
//! Typographic quotes and dashes and no-break blanks are the parser's matter; a script file is never cleaned.

use exsh_syntax::{Completeness, parse, token::flag, tokens};

/// What becomes of one line at the beginning of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A prompt's line, without the prompt.
    Prompted(String),
    Plain(String),
    /// Words of an article, output, a button's label.
    Drop,
}

/// The text that was meant. Line ends become line feeds where anything was changed.
pub fn clean(text: &str) -> String {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let lines: Vec<&str> = text.lines().collect();
    // A transcript shows the prompt again and again; what stands between is output.
    let transcript = lines.iter().filter(|l| strip_prompt(l).is_some()).count() > 1;
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    // The statement that is not whole yet, and whether it came behind a prompt.
    let mut open = String::new();
    let mut prompted = false;
    let mut seen_prompt = false;
    let mut rest = lines.iter().copied().peekable();
    while let Some(line) = rest.next() {
        if !open.is_empty() {
            let line = if prompted { strip_continuation(line) } else { line };
            open.push('\n');
            open.push_str(line);
            out.push(line.to_owned());
            if parse(&open).completeness() != Completeness::Incomplete {
                open.clear();
            }
            continue;
        }
        if is_label(line, rest.peek().copied()) {
            continue;
        }
        let mut line = match at_statement(line, seen_prompt) {
            Line::Drop => continue,
            Line::Prompted(line) => {
                (prompted, seen_prompt) = (true, true);
                line
            }
            Line::Plain(line) => {
                if transcript && seen_prompt && !line.trim().is_empty() {
                    continue;
                }
                prompted = false;
                line
            }
        };
        while let Some(next) = rest.peek()
            && continues(&line, next)
        {
            line = joined(&line, next);
            rest.next();
        }
        let line = mend_names(&line, text);
        if parse(&line).completeness() == Completeness::Incomplete {
            open = line.clone();
        }
        out.push(line);
    }
    let mut cleaned = out.join("\n");
    if text.ends_with('\n') && !cleaned.is_empty() {
        cleaned.push('\n');
    }
    // Untouched text keeps its own line ends.
    if cleaned.lines().eq(text.lines()) { text.to_owned() } else { cleaned }
}

/// Decides about one line at the beginning of a statement. `seen_prompt`: an earlier line had a prompt, so that what
/// looks like a list's line is output.
pub fn at_statement(line: &str, seen_prompt: bool) -> Line {
    if let Some(rest) = strip_prompt(line) {
        return Line::Prompted(rest.to_owned());
    }
    if seen_prompt && is_list_output(line) {
        return Line::Drop;
    }
    match article(line) {
        Some(Some(command)) => Line::Plain(command.to_owned()),
        Some(None) => Line::Drop,
        None => Line::Plain(line.to_owned()),
    }
}

/// Labels that a page puts above a listing: the language, then a button to copy it.
pub fn is_label(line: &str, next: Option<&str>) -> bool {
    const COPY: [&str; 2] = ["コピー", "Copy"];
    const LANGUAGES: [&str; 2] = ["PowerShell", "Azure PowerShell"];
    let line = line.trim();
    line == COPY[0]
        || LANGUAGES.contains(&line) && next.is_some_and(|n| COPY.contains(&n.trim()))
        || line == COPY[1] && next.is_some_and(|n| is_command(n.trim_start()))
}

/// Does `next` belong to the statement of `line`, broken by the width of a page? A line that begins with a parameter is
/// no statement, and a bare thumbprint is no command.
pub fn continues(line: &str, next: &str) -> bool {
    // As it stands: a backtick with a blank behind it continues nothing.
    if line.trim_start().starts_with('#') || parse(line).completeness() == Completeness::Incomplete {
        return false;
    }
    let line = line.trim_end();
    let next = next.trim();
    if line.is_empty() {
        return false;
    }
    let mut chars = next.chars();
    let parameter =
        chars.next().is_some_and(is_dash) && chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    let print = next.split_whitespace().next().unwrap_or("");
    let thumbprint = print.len() == 40 && print.bytes().all(|b| b.is_ascii_hexdigit());
    let open_parameter = line.split_whitespace().next_back().is_some_and(|word| {
        let mut chars = word.chars();
        chars.next().is_some_and(is_dash) && chars.next().is_some_and(|c| c.is_ascii_alphabetic())
    });
    parameter || thumbprint && open_parameter
}

/// Both lines as one. A backtick that lost its place at the end (a blank behind it) goes.
pub fn joined(line: &str, next: &str) -> String {
    let line = line.trim_end();
    let line = line.strip_suffix('`').map_or(line, str::trim_end);
    format!("{line} {}", next.trim_start())
}

/// Puts hyphens into command names that a word processor spelled with dashes, and takes invisible marks out of names.
/// `whole` is the text around: a function of that spelling keeps its name.
pub fn mend_names(line: &str, whole: &str) -> String {
    if line.is_ascii() {
        return line.to_owned();
    }
    let mut mended = line.to_owned();
    for token in tokens(line).iter().rev() {
        let span = token.span.start as usize..token.span.end() as usize;
        let Some(word) = line.get(span.clone()) else { continue };
        let name = if token.flags & flag::COMMAND_NAME != 0 {
            command_name(word)
        } else if word.starts_with(is_dash) {
            parameter_name(word)
        } else {
            None
        };
        if let Some(name) = name
            && !defines(whole, word)
        {
            mended.replace_range(span, &name);
        }
    }
    mended
}

/// `Get–Date` with any dash, or a name with invisible marks in it.
fn command_name(word: &str) -> Option<String> {
    let clear: String = word.chars().filter(|c| !is_invisible(*c)).collect();
    let mut parts = clear.split(|c| is_any_dash(c) && c != '-');
    let (verb, noun, more) = (parts.next()?, parts.next(), parts.next());
    let letters = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric());
    match noun {
        Some(noun) if more.is_none() && letters(verb) && letters(noun) => Some(format!("{verb}-{noun}")),
        _ if clear.len() < word.len() && clear.is_ascii() => Some(clear),
        _ => None,
    }
}

/// `-Services` with invisible marks in it.
fn parameter_name(word: &str) -> Option<String> {
    let clear: String = word.chars().filter(|c| !is_invisible(*c)).collect();
    let name = clear.strip_prefix(is_dash)?;
    (clear.len() < word.len() && name.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(clear.clone())
}

fn defines(whole: &str, name: &str) -> bool {
    whole.to_lowercase().split(['\n', ';', '{', '}']).any(|part| {
        let mut words = part.split_whitespace();
        matches!(words.next(), Some("function" | "filter"))
            && words.next().is_some_and(|n| n.split('(').next() == Some(&name.to_lowercase()))
    })
}

/// The line behind `[PS] C:\>`, `PS C:\Users\ann>`, `PS /home/ann>`, `PS>`, `[EX01]: PS C:\>`; nothing without a prompt.
pub fn strip_prompt(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = match line.strip_prefix('[').and_then(|l| l.split_once("]: ")) {
        Some((host, rest)) if rest.starts_with("PS ") && !host.contains(['[', ']', ' ']) => rest,
        _ => line,
    };
    let (rest, bare) = match line.strip_prefix("[PS]") {
        Some(rest) => (rest.trim_start(), true),
        None => (line.strip_prefix("PS")?, false),
    };
    let (path, command) = rest.split_once('>')?;
    let folder = path.strip_prefix(' ').unwrap_or(path);
    let known = |p: &str| {
        let drive = p.split_once(':').is_some_and(|(name, rest)| {
            !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_alphanumeric())
                && rest.starts_with(['\\', '/'])
        });
        drive || p.starts_with(['/', '~']) || p.starts_with("\\\\")
    };
    // A path without one of these; with one the line is a command that happens to begin with PS.
    let plain = !folder.contains(['|', ';', '"', '\'', '$', '(', ')', '{', '}', '<']);
    let fits = match folder {
        "" => bare || path.is_empty(),
        folder => known(folder) && (bare || path.len() > folder.len()),
    };
    (plain && fits).then(|| command.trim_start_matches('>').trim_start())
}

fn strip_continuation(line: &str) -> &str {
    let trimmed = line.trim_start();
    match trimmed.strip_prefix(">>") {
        Some(rest) => rest.strip_prefix(' ').unwrap_or(rest),
        None => line,
    }
}

/// `Services   : IMAP, POP`, and the line that draws a table's columns.
fn is_list_output(line: &str) -> bool {
    let drawn = line.contains('-') && line.bytes().all(|b| matches!(b, b'-' | b' '));
    let named = line.split_once(" : ").or_else(|| line.strip_suffix(" :").map(|l| (l, ""))).is_some_and(
        |(name, _)| {
            let name = name.trim_end();
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        },
    );
    drawn || named
}

/// Is the line a sentence of a Japanese article? Then what it leaves: nothing, or the command behind its colon.
fn article(line: &str) -> Option<Option<&str>> {
    let text = line.trim();
    let first = text.split_whitespace().next()?;
    const PRODUCTS: [&str; 8] = ["Exchange", "Microsoft", "Windows", "IMAP", "IMAP4", "POP", "POP3", "SMTP"];
    let japanese = first.chars().next().is_some_and(is_japanese)
        || PRODUCTS.contains(&first)
            && text.split_whitespace().nth(1).is_some_and(|w| w.chars().any(is_japanese));
    if !japanese {
        return None;
    }
    if let Some((_, behind)) = text.split_once(['：', ':'])
        && is_command(behind.trim_start())
    {
        return Some(Some(behind.trim_start()));
    }
    let outside = outside_quotes(text);
    (outside.contains(['。', '、']) || outside.ends_with(['：', ':'])).then_some(None)
}

/// Does the text begin as a cmdlet's name does: letters, hyphen, letters?
fn is_command(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or("");
    word.split_once('-').is_some_and(|(verb, noun)| {
        let letters = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric());
        letters(verb) && letters(noun) && verb.as_bytes()[0].is_ascii_alphabetic()
    })
}

fn outside_quotes(text: &str) -> String {
    let mut quote = None;
    text.chars()
        .filter(|c| {
            match (quote, c) {
                (None, '\'' | '"') => quote = Some(*c),
                (Some(q), c) if q == *c => quote = None,
                _ => return quote.is_none(),
            }
            false
        })
        .collect()
}

/// Dashes that the parser takes for a parameter's.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2013}' | '\u{2014}' | '\u{2015}')
}

/// Also those that only look like one.
fn is_any_dash(c: char) -> bool {
    is_dash(c) || matches!(c, '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}')
}

/// Zero-width blanks and joiners, direction marks, soft hyphen, byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF60}' | '※' | '●' | '■')
}

#[cfg(test)]
mod tests;
