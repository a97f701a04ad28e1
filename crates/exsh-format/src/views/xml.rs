//! Just enough XML for format files: elements, text, entities, CDATA, comments. Attributes are skipped.

/// An element with what stands in it.
pub struct Element {
    pub name: String,
    pub children: Vec<Element>,
    /// Its text, without that of its children.
    pub text: String,
}

/// What is wrong, and where: 1-based line and column.
#[derive(Debug)]
pub struct XmlError {
    pub message: String,
    pub line: usize,
    pub column: usize,
}

impl Element {
    /// The first child of that name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|c| c.name.eq_ignore_ascii_case(name))
    }
    /// All children of that name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |c| c.name.eq_ignore_ascii_case(name))
    }
    /// The child's text without blanks around it.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).map(|c| c.text.trim())
    }
}

/// The outermost element.
pub fn parse(source: &str) -> Result<Element, XmlError> {
    let mut r = Reader { source, at: 0 };
    let mut open: Vec<Element> = Vec::new();
    loop {
        let text_end = source[r.at..].find('<').map_or(source.len(), |i| r.at + i);
        if let Some(top) = open.last_mut() {
            unescape(&source[r.at..text_end], &mut top.text);
        }
        r.at = text_end;
        if r.at == source.len() {
            let names: Vec<&str> = open.iter().rev().map(|e| e.name.as_str()).collect();
            return Err(r.error(match names.is_empty() {
                true => "Root element is missing.".into(),
                false => format!(
                    "Unexpected end of file has occurred. The following elements are not closed: {}.",
                    names.join(", ")
                ),
            }));
        }
        let rest = &source[r.at..];
        if let Some(end) = skipped(rest, "<!--", "-->").or_else(|| skipped(rest, "<?", "?>")) {
            r.at += end;
        } else if rest.starts_with("<![CDATA[") {
            let end = rest.find("]]>").ok_or_else(|| r.error("The CDATA section is not closed.".into()))?;
            if let Some(top) = open.last_mut() {
                top.text.push_str(&rest[9..end]);
            }
            r.at += end + 3;
        } else if let Some(end) = skipped(rest, "<!", ">") {
            r.at += end;
        } else if rest.starts_with("</") {
            let end = rest.find('>').ok_or_else(|| r.error("An end tag is not closed.".into()))?;
            let name = rest[2..end].trim();
            let Some(done) = open.pop() else {
                return Err(r.error(format!("The end tag '{name}' has no start tag.")));
            };
            if done.name != name {
                let message =
                    format!("The '{}' start tag does not match the end tag of '{name}'.", done.name);
                return Err(r.error(message));
            }
            r.at += end + 1;
            match open.last_mut() {
                Some(parent) => parent.children.push(done),
                None => return Ok(done),
            }
        } else {
            let end = tag_end(rest).ok_or_else(|| r.error("A start tag is not closed.".into()))?;
            let inside = &rest[1..end];
            let closed = inside.ends_with('/');
            let name = inside.trim_end_matches('/').split_whitespace().next().unwrap_or("").to_owned();
            if name.is_empty() {
                return Err(r.error("Name cannot begin with the '>' character.".into()));
            }
            r.at += end + 1;
            let element = Element { name, children: Vec::new(), text: String::new() };
            match (closed, open.last_mut()) {
                (false, _) => open.push(element),
                (true, Some(parent)) => parent.children.push(element),
                (true, None) => return Ok(element),
            }
        }
    }
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn error(&self, message: String) -> XmlError {
        let before = &self.source[..self.at];
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        XmlError { message, line, column: before[start..].chars().count() + 1 }
    }
}

/// Length of what begins and ends so, if the text begins so.
fn skipped(text: &str, begin: &str, end: &str) -> Option<usize> {
    if !text.starts_with(begin) || begin == "<!" && text.starts_with("<![CDATA[") {
        return None;
    }
    Some(text.find(end).map_or(text.len(), |i| i + end.len()))
}

/// Where a start tag ends; `>` in a quoted attribute does not count.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (i, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(i),
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if c == q => quote = None,
            _ => {}
        }
    }
    None
}

fn unescape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(i) = rest.find('&') {
        out.push_str(&rest[..i]);
        rest = &rest[i..];
        let Some(end) = rest.find(';') else { break };
        let name = &rest[1..end];
        let number = name.strip_prefix("#x").map(|h| u32::from_str_radix(h, 16));
        let number = number.or_else(|| name.strip_prefix('#').map(str::parse));
        match name {
            "lt" => out.push('<'),
            "gt" => out.push('>'),
            "amp" => out.push('&'),
            "quot" => out.push('"'),
            "apos" => out.push('\''),
            _ => match number.and_then(Result::ok).and_then(char::from_u32) {
                Some(c) => out.push(c),
                None => out.push_str(&rest[..=end]),
            },
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
}
