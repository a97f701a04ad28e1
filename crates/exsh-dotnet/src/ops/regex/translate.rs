//! A .NET pattern in the syntax of the two engines, and .NET's complaints about a bad one.
//!
//! What neither engine knows (balancing groups, right-to-left) is refused in words.

use super::Options;

/// A pattern for both engines.
pub struct Translated {
    /// For the linear engine; `$` is `\z` there, right for texts that do not end with a line feed.
    pub linear: String,
    /// For the backtracking engine.
    pub fancy: String,
    /// Look-around, back references, atomic groups: only the second engine can do it.
    pub backtracks: bool,
    /// Has an anchor that also matches before a final line feed.
    pub end_anchor: bool,
    /// Engine group of each .NET group.
    pub order: Vec<usize>,
    /// Name of each .NET group.
    pub names: Vec<String>,
}

/// Options that groups inside the pattern may switch.
#[derive(Clone, Copy)]
struct Flags {
    explicit: bool,
    white: bool,
    multiline: bool,
}

struct Scanner<'a> {
    pattern: &'a str,
    chars: Vec<char>,
    at: usize,
    linear: String,
    fancy: String,
    backtracks: bool,
    end_anchor: bool,
    /// Names of engine groups in order of their opening; nothing for numbered ones.
    groups: Vec<Option<String>>,
    references: Vec<(usize, usize)>,
    named_references: Vec<(String, usize)>,
}

pub fn translate(pattern: &str, options: Options) -> Result<Translated, String> {
    if options.has(Options::RIGHT_TO_LEFT) {
        return Err("The option RightToLeft is not supported.".into());
    }
    let mut s = Scanner {
        pattern,
        chars: pattern.chars().collect(),
        at: 0,
        linear: String::with_capacity(pattern.len() + 8),
        fancy: String::with_capacity(pattern.len() + 8),
        backtracks: false,
        end_anchor: false,
        groups: Vec::new(),
        references: Vec::new(),
        named_references: Vec::new(),
    };
    let mut prefix = String::new();
    for (bit, letter) in [
        (Options::IGNORE_CASE, 'i'),
        (Options::MULTILINE, 'm'),
        (Options::SINGLELINE, 's'),
        (Options::IGNORE_WHITE, 'x'),
    ] {
        if options.has(bit) {
            prefix.push(letter);
        }
    }
    if !prefix.is_empty() {
        s.put(&format!("(?{prefix})"));
    }
    let flags = Flags {
        explicit: options.has(Options::EXPLICIT_CAPTURE),
        white: options.has(Options::IGNORE_WHITE),
        multiline: options.has(Options::MULTILINE),
    };
    s.sequence(flags, 0)?;
    if s.at < s.chars.len() {
        return Err(s.error(s.at + 1, "Too many )'s."));
    }
    s.finish()
}

impl Scanner<'_> {
    fn finish(self) -> Result<Translated, String> {
        // Numbered groups first, then named ones in order of their first appearance.
        let mut order = vec![0];
        let mut names = vec!["0".to_string()];
        for (i, g) in self.groups.iter().enumerate() {
            if g.is_none() {
                order.push(i + 1);
                names.push((names.len()).to_string());
            }
        }
        for (i, g) in self.groups.iter().enumerate() {
            if let Some(n) = g {
                order.push(i + 1);
                names.push(n.clone());
            }
        }
        for (number, at) in &self.references {
            if *number >= order.len() {
                return Err(self.error(*at, &format!("Reference to undefined group number {number}.")));
            }
        }
        for (name, at) in &self.named_references {
            if !names.contains(name) {
                return Err(self.error(*at, &format!("Reference to undefined group name '{name}'.")));
            }
        }
        let mut fancy = self.fancy;
        // Back references were written as `\u{1}number\u{2}` because the engine's numbers are known only now.
        while let Some(i) = fancy.find('\u{1}') {
            let Some(j) = fancy[i..].find('\u{2}') else { break };
            let number: usize = fancy[i + 1..i + j].parse().unwrap_or(0);
            let engine = order.get(number).copied().unwrap_or(0);
            fancy.replace_range(i..i + j + 1, &format!("(?:\\{engine})"));
        }
        Ok(Translated {
            linear: self.linear,
            fancy,
            backtracks: self.backtracks,
            end_anchor: self.end_anchor,
            order,
            names,
        })
    }

    fn error(&self, offset: usize, what: &str) -> String {
        let at: usize = self.chars[..offset.min(self.chars.len())].iter().map(|c| c.len_utf16()).sum();
        format!("Invalid pattern '{}' at offset {at}. {what}", self.pattern)
    }

    fn put(&mut self, s: &str) {
        self.linear.push_str(s);
        self.fancy.push_str(s);
    }

    fn put_char(&mut self, c: char) {
        self.linear.push(c);
        self.fancy.push(c);
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn follows(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(i, c)| self.chars.get(self.at + i) == Some(&c))
    }

    /// Up to a closing parenthesis or the end.
    fn sequence(&mut self, mut flags: Flags, depth: usize) -> Result<(), String> {
        if depth > 250 {
            return Err(self.error(self.at, "Too deeply nested."));
        }
        // May a quantifier follow?
        let mut quantifiable = false;
        while let Some(c) = self.peek() {
            match c {
                ')' => return Ok(()),
                '(' => {
                    if self.follows("(?#") {
                        while self.peek().is_some_and(|c| c != ')') {
                            self.at += 1;
                        }
                        if self.peek().is_none() {
                            return Err(self.error(self.at, "Unterminated (?#...) comment."));
                        }
                        self.at += 1;
                        continue;
                    }
                    if let Some(changed) = self.group(flags, depth)? {
                        flags = changed;
                        quantifiable = false;
                    } else {
                        quantifiable = true;
                    }
                }
                '[' => {
                    self.at += 1;
                    let class = self.class()?;
                    self.put(&class);
                    quantifiable = true;
                }
                '\\' => {
                    quantifiable = self.escape(flags)?;
                }
                '|' => {
                    self.at += 1;
                    self.put_char('|');
                    quantifiable = false;
                }
                '^' | '.' => {
                    self.at += 1;
                    self.put_char(c);
                    quantifiable = true;
                }
                '$' => {
                    self.at += 1;
                    if flags.multiline {
                        self.put_char('$');
                    } else {
                        self.linear.push_str("\\z");
                        self.fancy.push_str("(?=\\n?\\z)");
                        self.end_anchor = true;
                    }
                    quantifiable = true;
                }
                '*' | '+' | '?' => {
                    if !quantifiable {
                        return Err(self.error(self.at + 1, &format!("Quantifier '{c}' following nothing.")));
                    }
                    self.at += 1;
                    self.put_char(c);
                    self.lazy_mark(flags)?;
                    quantifiable = false;
                }
                '{' => match self.repeat_count() {
                    Some((text, length)) => {
                        if !quantifiable {
                            return Err(self.error(self.at + 1, "Quantifier '{' following nothing."));
                        }
                        self.check_count(&text)?;
                        self.at += length;
                        self.put(&text);
                        self.lazy_mark(flags)?;
                        quantifiable = false;
                    }
                    None => {
                        self.at += 1;
                        self.put("\\{");
                        quantifiable = true;
                    }
                },
                '}' => {
                    self.at += 1;
                    self.put("\\}");
                    quantifiable = true;
                }
                '#' if flags.white => {
                    while self.peek().is_some_and(|c| c != '\n') {
                        self.at += 1;
                    }
                }
                c if flags.white && c.is_whitespace() => self.at += 1,
                c => {
                    self.at += 1;
                    self.literal(c);
                    quantifiable = true;
                }
            }
        }
        Ok(())
    }

    /// A literal character, safe in every mode.
    fn literal(&mut self, c: char) {
        if c.is_ascii_punctuation() && c != '<' && c != '>' {
            self.put_char('\\');
            self.put_char(c);
        } else if c.is_whitespace() || c == '\u{1}' || c == '\u{2}' {
            self.put(&format!("\\x{{{:x}}}", c as u32));
        } else {
            self.put_char(c);
        }
    }

    /// `?` behind a quantifier; another quantifier there is an error.
    fn lazy_mark(&mut self, flags: Flags) -> Result<(), String> {
        let mut look = self.at;
        if flags.white {
            while self.chars.get(look).is_some_and(|c| c.is_whitespace()) {
                look += 1;
            }
        }
        if self.chars.get(look) == Some(&'?') {
            self.at = look + 1;
            self.put_char('?');
        }
        match self.peek() {
            Some(c @ ('*' | '+' | '?')) => Err(self.error(self.at + 1, &format!("Nested quantifier '{c}'."))),
            Some('{') if self.repeat_count().is_some() => {
                Err(self.error(self.at + 1, "Nested quantifier '{'."))
            }
            _ => Ok(()),
        }
    }

    /// `{2}`, `{2,}`, `{2,3}` here, and its length.
    fn repeat_count(&self) -> Option<(String, usize)> {
        let rest = &self.chars[self.at..];
        let end = rest.iter().position(|&c| c == '}')?;
        let inner: String = rest[1..end].iter().collect();
        let (a, b) = inner.split_once(',').unwrap_or((&inner, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        (!a.is_empty() && digits(a) && digits(b)).then(|| (format!("{{{inner}}}"), end + 1))
    }

    fn check_count(&self, text: &str) -> Result<(), String> {
        let inner = &text[1..text.len() - 1];
        if let Some((a, b)) = inner.split_once(',')
            && let (Ok(a), Ok(b)) = (a.parse::<u64>(), b.parse::<u64>())
            && a > b
        {
            return Err(self.error(self.at + text.chars().count(), "Illegal {x,y} with x > y."));
        }
        Ok(())
    }

    /// A group; gives flags back when it was `(?i)` and the like.
    fn group(&mut self, flags: Flags, depth: usize) -> Result<Option<Flags>, String> {
        self.at += 1;
        let mut inner = flags;
        if self.peek() != Some('?') {
            if flags.explicit {
                self.put("(?:");
            } else {
                self.groups.push(None);
                self.put_char('(');
            }
        } else {
            self.at += 1;
            match self.peek() {
                Some(':') => {
                    self.at += 1;
                    self.put("(?:");
                }
                Some('=' | '!' | '>') => {
                    let c = self.chars[self.at];
                    self.at += 1;
                    self.backtracks = true;
                    self.put(&format!("(?{c}"));
                }
                Some('<') if matches!(self.chars.get(self.at + 1), Some('=' | '!')) => {
                    let c = self.chars[self.at + 1];
                    self.at += 2;
                    self.backtracks = true;
                    self.put(&format!("(?<{c}"));
                }
                Some(quote @ ('<' | '\'')) => {
                    self.at += 1;
                    let end = if quote == '<' { '>' } else { '\'' };
                    let mut name = String::new();
                    while let Some(c) = self.peek().filter(|&c| c.is_alphanumeric() || c == '_') {
                        name.push(c);
                        self.at += 1;
                    }
                    if self.peek() == Some('-') {
                        return Err(self.error(self.at, "Balancing groups are not supported."));
                    }
                    if name.is_empty() || self.peek() != Some(end) {
                        return Err(self.error(
                            self.at,
                            "Invalid group name: Group names must begin with a word character.",
                        ));
                    }
                    self.at += 1;
                    // A second group of one name would need .NET's capture stack; the last one counts.
                    self.groups.push(Some(name));
                    self.put_char('(');
                }
                Some('(') => {
                    self.backtracks = true;
                    self.put("(?");
                    let Some(close) = self.chars[self.at..].iter().position(|&c| c == ')') else {
                        return Err(self.error(self.chars.len(), "Not enough )'s."));
                    };
                    let condition: String = self.chars[self.at + 1..self.at + close].iter().collect();
                    match condition.parse::<usize>() {
                        Ok(n) => {
                            self.references.push((n, self.at));
                            self.put(&format!("({n})"));
                        }
                        Err(_) => {
                            let engine = self.groups.iter().position(|g| g.as_deref() == Some(&condition));
                            match engine {
                                Some(i) => self.put(&format!("({})", i + 1)),
                                None => self.put(&format!("({condition})")),
                            }
                        }
                    }
                    self.at += close + 1;
                }
                _ => {
                    let mut on = true;
                    let (mut set, mut unset) = (String::new(), String::new());
                    loop {
                        match self.peek() {
                            Some('-') => on = false,
                            Some('+') => on = true,
                            Some('n') => inner.explicit = on,
                            Some(c @ ('i' | 'm' | 's' | 'x')) => {
                                match c {
                                    'm' => inner.multiline = on,
                                    'x' => inner.white = on,
                                    _ => {}
                                }
                                if on { set.push(c) } else { unset.push(c) }
                            }
                            Some(c @ (':' | ')')) => {
                                self.at += 1;
                                let off = if unset.is_empty() { String::new() } else { format!("-{unset}") };
                                let text = format!("(?{set}{off}{c}");
                                if c == ')' {
                                    if !(set.is_empty() && off.is_empty()) {
                                        self.put(&text);
                                    }
                                    return Ok(Some(inner));
                                }
                                self.put(&text);
                                break;
                            }
                            None => return Err(self.error(self.chars.len(), "Not enough )'s.")),
                            Some(_) => {
                                return Err(self.error(self.at + 1, "Unrecognized grouping construct."));
                            }
                        }
                        self.at += 1;
                    }
                }
            }
        }
        self.sequence(inner, depth + 1)?;
        if self.peek() != Some(')') {
            return Err(self.error(self.chars.len(), "Not enough )'s."));
        }
        self.at += 1;
        self.put_char(')');
        Ok(None)
    }

    /// An escape outside of a class; says whether a quantifier may follow.
    fn escape(&mut self, _flags: Flags) -> Result<bool, String> {
        self.at += 1;
        let Some(c) = self.peek() else {
            return Err(self.error(self.chars.len(), "Illegal \\ at end of pattern."));
        };
        match c {
            'A' | 'z' | 'b' | 'B' => {
                self.at += 1;
                self.put(&format!("\\{c}"));
            }
            'Z' => {
                self.at += 1;
                self.linear.push_str("\\z");
                self.fancy.push_str("(?=\\n?\\z)");
                self.end_anchor = true;
            }
            'G' => {
                self.at += 1;
                self.backtracks = true;
                self.put("\\G");
            }
            'k' => {
                let rest: String = self.chars[self.at + 1..].iter().collect();
                let close = match rest.chars().next() {
                    Some('<') => rest.find('>'),
                    Some('\'') => rest[1..].find('\'').map(|i| i + 1),
                    _ => None,
                };
                let Some(close) = close else {
                    return Err(self.error(self.at + 1, "Malformed \\k<...> named back reference."));
                };
                let name = rest[1..close].to_string();
                self.at += 1 + rest[..=close].chars().count();
                self.backtracks = true;
                match name.parse::<usize>() {
                    Ok(n) => self.back_reference(n),
                    Err(_) => {
                        let engine = self.groups.iter().position(|g| g.as_deref() == Some(&name));
                        self.named_references.push((name, self.at));
                        if let Some(i) = engine {
                            self.fancy.push_str(&format!("(?:\\{})", i + 1));
                        }
                    }
                }
            }
            '1'..='9' => {
                let mut n = 0usize;
                let from = self.at;
                while let Some(d) = self.peek().and_then(|c| c.to_digit(10)) {
                    n = n * 10 + d as usize;
                    self.at += 1;
                    if self.at - from >= 3 {
                        break;
                    }
                }
                self.backtracks = true;
                self.back_reference(n);
            }
            _ => {
                let one = self.single(false)?;
                self.put(&one);
            }
        }
        Ok(true)
    }

    fn back_reference(&mut self, n: usize) {
        self.references.push((n, self.at));
        self.fancy.push_str(&format!("\u{1}{n}\u{2}"));
    }

    /// An escape that stands for a character or class, at the character behind the backslash.
    fn single(&mut self, in_class: bool) -> Result<String, String> {
        let c = self.chars[self.at];
        let start = self.at;
        self.at += 1;
        let code = |n: u32| format!("\\x{{{n:x}}}");
        Ok(match c {
            'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'n' | 'r' | 't' | 'f' | 'v' => format!("\\{c}"),
            'a' => code(7),
            'e' => code(27),
            'b' if in_class => code(8),
            'p' | 'P' => {
                if self.peek() != Some('{') {
                    return Err(self.error(self.at, "Malformed \\p{X} character escape."));
                }
                let Some(end) = self.chars[self.at..].iter().position(|&c| c == '}') else {
                    return Err(self.error(self.at, "Incomplete \\p{X} character escape."));
                };
                let name: String = self.chars[self.at + 1..self.at + end].iter().collect();
                self.at += end + 1;
                match block(&name) {
                    Some((a, b)) => {
                        let not = if c == 'P' { "^" } else { "" };
                        format!("[{not}\\x{{{a:x}}}-\\x{{{b:x}}}]")
                    }
                    None if regex::Regex::new(&format!("\\p{{{name}}}")).is_ok() => {
                        format!("\\{c}{{{name}}}")
                    }
                    None => return Err(self.error(self.at, &format!("Unknown property '{name}'."))),
                }
            }
            'x' => code(self.hex(2)?),
            'u' => code(match self.hex(4)? {
                // Half of a pair: no text that we hold has it.
                0xD800..=0xDFFF => 0xFFFD,
                n => n,
            }),
            'c' => {
                let Some(k) = self.peek() else {
                    return Err(self.error(self.at, "Missing control character."));
                };
                self.at += 1;
                code(k.to_ascii_uppercase() as u32 & 0x1f)
            }
            '0'..='7' => {
                let mut n = c as u32 - '0' as u32;
                while let Some(d) = self.peek().and_then(|c| c.to_digit(8)) {
                    if self.at - start >= 3 {
                        break;
                    }
                    n = n * 8 + d;
                    self.at += 1;
                }
                code(n & 0xff)
            }
            c if c.is_ascii_alphanumeric() || c == '_' => {
                return Err(self.error(self.at, &format!("Unrecognized escape sequence \\{c}.")));
            }
            c if c.is_ascii_punctuation() && c != '<' && c != '>' => format!("\\{c}"),
            c => code(c as u32),
        })
    }

    fn hex(&mut self, count: usize) -> Result<u32, String> {
        let mut n = 0;
        for _ in 0..count {
            let Some(d) = self.peek().and_then(|c| c.to_digit(16)) else {
                return Err(self.error(self.at, "Insufficient or invalid hexadecimal digits."));
            };
            n = n * 16 + d;
            self.at += 1;
        }
        Ok(n)
    }

    /// A class, behind its opening bracket.
    fn class(&mut self) -> Result<String, String> {
        let mut out = String::from("[");
        if self.peek() == Some('^') {
            self.at += 1;
            out.push('^');
        }
        let mut first = true;
        let mut last: Option<char> = None;
        loop {
            let Some(c) = self.peek() else {
                return Err(self.error(self.chars.len(), "Unterminated [] set."));
            };
            match c {
                ']' if !first => {
                    self.at += 1;
                    out.push(']');
                    return Ok(out);
                }
                '-' if self.chars.get(self.at + 1) == Some(&'[') && !first => {
                    // `[a-z-[aeiou]]`: the rest is taken away.
                    self.at += 2;
                    let inner = self.class()?;
                    if self.peek() != Some(']') {
                        return Err(self
                            .error(self.at, "A subtraction must be the last element in a character class."));
                    }
                    self.at += 1;
                    let body = out.strip_prefix("[^").map(|b| format!("[^{b}]"));
                    return Ok(match body {
                        Some(negated) => format!("[{negated}--{inner}]"),
                        None => format!("{out}--{inner}]"),
                    });
                }
                '\\' => {
                    self.at += 1;
                    if self.peek().is_none() {
                        return Err(self.error(self.chars.len(), "Illegal \\ at end of pattern."));
                    }
                    let one = self.single(true)?;
                    out.push_str(&one);
                    last = None;
                }
                '-' => {
                    self.at += 1;
                    // Between two characters it is a range, elsewhere itself.
                    let next = self.peek();
                    let range = last.is_some() && next.is_some_and(|n| n != ']');
                    let escaped_start =
                        !first && last.is_none() && next.is_some_and(|n| n != ']') && ends_with_code(&out);
                    if range || escaped_start {
                        out.push('-');
                        if let (Some(a), Some(b)) = (last, next)
                            && b != '\\'
                            && a > b
                        {
                            return Err(
                                self.error(self.at + 1, &format!("[{a}-{b}] range in reverse order."))
                            );
                        }
                    } else {
                        out.push_str("\\-");
                    }
                    if range {
                        // The end of the range begins no other one.
                        if let Some(n) = next.filter(|&n| n != '\\') {
                            self.at += 1;
                            push_class_char(&mut out, n);
                        }
                    }
                    last = None;
                }
                c => {
                    self.at += 1;
                    push_class_char(&mut out, c);
                    last = Some(c);
                }
            }
            first = false;
        }
    }
}

/// Did an escape of one character end the class so far (so that it may begin a range)?
fn ends_with_code(out: &str) -> bool {
    out.ends_with('}') && out.rfind("\\x{").is_some_and(|i| !out[i + 3..out.len() - 1].contains('}'))
        || out.len() >= 2
            && out.as_bytes()[out.len() - 2] == b'\\'
            && !out.ends_with(['d', 'D', 'w', 'W', 's', 'S', '-'])
}

fn push_class_char(out: &mut String, c: char) {
    if c.is_ascii_punctuation() && c != '<' && c != '>' {
        out.push('\\');
        out.push(c);
    } else if c.is_whitespace() {
        out.push_str(&format!("\\x{{{:x}}}", c as u32));
    } else {
        out.push(c);
    }
}

/// .NET's names of Unicode blocks that scripts use.
fn block(name: &str) -> Option<(u32, u32)> {
    Some(match name {
        "IsBasicLatin" => (0, 0x7f),
        "IsLatin-1Supplement" => (0x80, 0xff),
        "IsLatinExtended-A" => (0x100, 0x17f),
        "IsLatinExtended-B" => (0x180, 0x24f),
        "IsGreek" | "IsGreekandCoptic" => (0x370, 0x3ff),
        "IsCyrillic" => (0x400, 0x4ff),
        "IsHebrew" => (0x590, 0x5ff),
        "IsArabic" => (0x600, 0x6ff),
        "IsThai" => (0xe00, 0xe7f),
        "IsGeneralPunctuation" => (0x2000, 0x206f),
        "IsHiragana" => (0x3040, 0x309f),
        "IsKatakana" => (0x30a0, 0x30ff),
        "IsCJKUnifiedIdeographs" => (0x4e00, 0x9fff),
        "IsHangulSyllables" => (0xac00, 0xd7af),
        _ => return None,
    })
}
