//! A help topic as data, read from a cmdlet's page or a function's comment.

/// What a topic says.
#[derive(Default, Debug, PartialEq)]
pub struct Topic {
    pub synopsis: String,
    /// Paragraphs.
    pub description: Vec<String>,
    pub parameters: Vec<(String, String)>,
    /// Each as written: the first line is the command.
    pub examples: Vec<String>,
    pub inputs: Option<String>,
    pub outputs: Option<String>,
    pub notes: Option<String>,
    pub links: Vec<String>,
    /// Read from a comment, where aliases are not shown.
    pub from_comment: bool,
}

impl Topic {
    pub fn parameter(&self, name: &str) -> &str {
        self.parameters.iter().find(|(n, _)| exsh_core::name::same(n, name)).map_or("", |(_, t)| t)
    }

    /// Reads a page: `# Name`, the synopsis, `## Description`, one `## -Parameter` for each, `## Examples` with fenced
    /// transcripts, `## Notes`, `## Links`.
    pub fn of_page(page: &str) -> Topic {
        let mut topic = Topic::default();
        let mut section = String::new();
        let mut text: Vec<&str> = Vec::new();
        for line in page.lines().chain(["## "]) {
            let Some(title) = heading(line) else {
                text.push(line);
                continue;
            };
            topic.take_section(&section, &text);
            section = title.to_owned();
            text.clear();
        }
        topic
    }

    fn take_section(&mut self, title: &str, lines: &[&str]) {
        let text = lines.join("\n").trim().to_owned();
        match title {
            "" => {}
            "Description" => self.description = paragraphs(&text),
            "Examples" => self.examples = transcripts(lines),
            "Inputs" => self.inputs = Some(text),
            "Outputs" => self.outputs = Some(text),
            "Notes" => self.notes = Some(text),
            "Links" => self.links = text.lines().map(|l| l.trim_start_matches("- ").to_owned()).collect(),
            _ => match title.strip_prefix('-') {
                Some(name) => self.parameters.push((name.to_owned(), text.replace('`', ""))),
                // The title of the page itself; what follows is the synopsis.
                None if self.synopsis.is_empty() => self.synopsis = text.replace('\n', " ").replace('`', ""),
                None => {}
            },
        }
    }

    /// Reads comment-based help; nothing when the comment has none of its keywords.
    pub fn of_comment(comment: &str) -> Option<Topic> {
        let body = comment.trim().trim_start_matches("<#").trim_end_matches("#>");
        let lines: Vec<&str> = body
            .lines()
            .map(|l| {
                let t = l.trim_start();
                t.strip_prefix('#').map_or(l, |rest| rest.strip_prefix(' ').unwrap_or(rest))
            })
            .collect();
        let indent = lines
            .iter()
            .filter(|l| !l.trim().is_empty())
            .map(|l| l.len() - l.trim_start().len())
            .min()
            .unwrap_or(0);
        let mut topic = Topic { from_comment: true, ..Topic::default() };
        let mut keyword: Option<(String, String)> = None;
        let mut text: Vec<&str> = Vec::new();
        let mut any = false;
        for line in lines.iter().map(|l| l.get(indent..).unwrap_or_else(|| l.trim_start())).chain([".END"]) {
            let Some((word, rest)) = directive(line) else {
                text.push(line);
                continue;
            };
            if let Some((word, rest)) = keyword.take() {
                any |= topic.take_directive(&word, &rest, &text);
            }
            keyword = Some((word, rest.to_owned()));
            text.clear();
        }
        any.then_some(topic)
    }

    fn take_directive(&mut self, word: &str, rest: &str, lines: &[&str]) -> bool {
        let text = lines.join("\n").trim_end().trim_start_matches('\n').to_owned();
        let flat = text.trim().to_owned();
        match word {
            "SYNOPSIS" => self.synopsis = flat,
            "DESCRIPTION" => self.description = paragraphs(&flat),
            "PARAMETER" => self.parameters.push((rest.to_owned(), flat)),
            "EXAMPLE" => self.examples.push(text),
            "INPUTS" => self.inputs = Some(flat),
            "OUTPUTS" => self.outputs = Some(flat),
            "NOTES" => self.notes = Some(flat),
            "LINK" => self.links.push(flat),
            _ => return false,
        }
        true
    }
}

fn heading(line: &str) -> Option<&str> {
    line.strip_prefix("## ").or_else(|| line.strip_prefix("# ")).map(str::trim)
}

/// `.KEYWORD rest` alone on its line.
fn directive(line: &str) -> Option<(String, &str)> {
    let rest = line.trim().strip_prefix('.')?;
    let (word, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let known = [
        "SYNOPSIS",
        "DESCRIPTION",
        "PARAMETER",
        "EXAMPLE",
        "INPUTS",
        "OUTPUTS",
        "NOTES",
        "LINK",
        "COMPONENT",
        "ROLE",
        "FUNCTIONALITY",
        "FORWARDHELPTARGETNAME",
        "FORWARDHELPCATEGORY",
        "REMOTEHELPRUNSPACE",
        "EXTERNALHELP",
        "END",
    ];
    let word = word.to_ascii_uppercase();
    known.contains(&word.as_str()).then(|| (word, rest.trim()))
}

fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n").map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect()
}

/// The fenced blocks, prompts in front of commands taken off.
fn transcripts(lines: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    let mut current: Option<Vec<String>> = None;
    for line in lines {
        match (&mut current, line.starts_with("```")) {
            (None, true) => current = Some(Vec::new()),
            (Some(_), true) => all.extend(current.take().map(|c| c.join("\n"))),
            (Some(c), false) => c.push(line.strip_prefix("PS> ").unwrap_or(line).to_owned()),
            (None, false) => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gives_its_parts() {
        let t = Topic::of_page(
            "# Get-X\n\nGets `x`.\n\n## Description\n\nOne.\n\nTwo.\n\n## -Name\n\nThe name.\n\n## Examples\n\n```powershell\nPS> Get-X\nx\n```\n",
        );
        assert_eq!(t.synopsis, "Gets x.");
        assert_eq!(t.description, ["One.", "Two."]);
        assert_eq!(t.parameter("name"), "The name.");
        assert_eq!(t.examples, ["Get-X\nx"]);
    }

    #[test]
    fn comments_of_both_kinds_are_read() {
        let block = Topic::of_comment(
            "<#\n    .SYNOPSIS\n    Does it.\n    .PARAMETER Id\n    The id.\n    .LINK\n    Set-X\n#>",
        );
        let t = block.expect("it has keywords");
        assert_eq!((t.synopsis.as_str(), t.parameter("Id"), t.links.len()), ("Does it.", "The id.", 1));
        let lines =
            Topic::of_comment("# .SYNOPSIS\n# Line comments.\n# .PARAMETER a\n# The a.").expect("keywords");
        assert_eq!((lines.synopsis.as_str(), lines.parameter("a")), ("Line comments.", "The a."));
        assert_eq!(Topic::of_comment("# just a remark"), None);
    }
}
