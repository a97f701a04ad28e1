//! Separated values: records from text, and lines from values. Knows no objects.

use crate::parameter::QuoteKind;
use std::collections::HashSet;

/// When a field is quoted.
pub enum Quoting {
    Always,
    AsNeeded,
    Never,
    /// Only these columns.
    Columns(HashSet<usize>),
}

impl Quoting {
    pub fn of(kind: QuoteKind) -> Quoting {
        match kind.0 {
            0 => Quoting::Never,
            2 => Quoting::AsNeeded,
            _ => Quoting::Always,
        }
    }
}

/// Appends one field; nothing stands for null.
pub fn push_field(line: &mut String, field: Option<&str>, column: usize, quoting: &Quoting, delimiter: char) {
    let Some(field) = field else { return };
    let quoted = match quoting {
        Quoting::Always => true,
        Quoting::Never => false,
        Quoting::AsNeeded => field.contains([delimiter, '"', '\n', '\r']),
        Quoting::Columns(set) => set.contains(&column),
    };
    if !quoted {
        return line.push_str(field);
    }
    line.push('"');
    let mut rest = field;
    while let Some(i) = memchr::memchr(b'"', rest.as_bytes()) {
        line.push_str(&rest[..=i]);
        line.push('"');
        rest = &rest[i + 1..];
    }
    line.push_str(rest);
    line.push('"');
}

/// Reads the records of a text one after the other.
pub struct Records<'a> {
    text: &'a str,
    at: usize,
    delimiter: char,
}

impl<'a> Records<'a> {
    pub fn new(text: &'a str, delimiter: char) -> Records<'a> {
        Records { text, at: 0, delimiter }
    }

    pub fn at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Takes the rest of the current line as it is.
    pub fn line(&mut self) -> Option<&'a str> {
        if self.at_end() {
            return None;
        }
        let rest = &self.text[self.at..];
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        self.at += end;
        self.skip_line_end();
        Some(&rest[..end])
    }

    /// What the next line starts with, without taking it.
    pub fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// The next record's fields into `fields`; false at the end. An empty line gives one empty field.
    pub fn next(&mut self, fields: &mut Vec<String>) -> bool {
        fields.clear();
        if self.at_end() {
            return false;
        }
        let rest = &self.text[self.at..];
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let line = &rest[..end];
        // The common line has neither quotes nor blanks: fields are what stands between delimiters.
        if self.delimiter.is_ascii() && memchr::memchr3(b'"', b' ', b'\t', line.as_bytes()).is_none() {
            let mut from = 0;
            for i in memchr::memchr_iter(self.delimiter as u8, line.as_bytes()) {
                fields.push(line[from..i].to_owned());
                from = i + 1;
            }
            fields.push(line[from..].to_owned());
            self.at += end;
            self.skip_line_end();
            return true;
        }
        self.careful(fields);
        true
    }

    fn skip_line_end(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => 0,
        };
    }

    fn take(&mut self) -> Option<char> {
        let c = self.text[self.at..].chars().next()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// The reference's rules: blanks before a field are dropped; a field that starts with a quote ends at the next
    /// single quote; a blank inside an unquoted field makes the rest of it literal, trailing blanks dropped.
    fn careful(&mut self, fields: &mut Vec<String>) {
        let mut field = String::new();
        let mut quoted = false;
        loop {
            let Some(c) = self.take() else {
                fields.push(field);
                return;
            };
            if quoted {
                if c != '"' {
                    field.push(c);
                    continue;
                }
                if self.peek() == Some('"') {
                    field.push('"');
                    self.at += 1;
                    continue;
                }
                quoted = false;
                // Whatever follows the closing quote belongs to the field.
                let tail = self.until_delimiter();
                field.push_str(tail.trim_end_matches([' ', '\t']));
            } else if c == self.delimiter {
                fields.push(std::mem::take(&mut field));
                continue;
            } else if c == '\n' || c == '\r' {
                self.at -= 1;
                self.skip_line_end();
                fields.push(field);
                return;
            } else if c == '"' && field.is_empty() {
                quoted = true;
                continue;
            } else if c == ' ' || c == '\t' {
                if field.is_empty() {
                    continue;
                }
                field.push(c);
                let tail = self.until_delimiter();
                field.push_str(tail);
                field.truncate(field.trim_end_matches([' ', '\t']).len());
            } else {
                field.push(c);
                continue;
            }
            // A field has just ended with everything up to its delimiter.
            fields.push(std::mem::take(&mut field));
            match self.peek() {
                Some(d) if d == self.delimiter => self.at += d.len_utf8(),
                _ => {
                    self.skip_line_end();
                    return;
                }
            }
        }
    }

    fn until_delimiter(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let end = rest.find([self.delimiter, '\n', '\r']).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        let mut records = Records::new(text, ',');
        let mut all = Vec::new();
        let mut fields = Vec::new();
        while records.next(&mut fields) {
            all.push(fields.clone());
        }
        all
    }

    #[test]
    fn quotes_line_ends_and_blanks() {
        // observed: ConvertFrom-Csv of the reference
        assert_eq!(read("a,b\r\n1,2\n"), [["a", "b"], ["1", "2"]]);
        assert_eq!(read("\"x \"\"q\"\" y\",\"a,b\""), [["x \"q\" y", "a,b"]]);
        assert_eq!(read("\"two\nlines\",z"), [["two\nlines", "z"]]);
        assert_eq!(read("a, b c ,d"), [["a", "b c", "d"]]);
        assert_eq!(read(",,"), [["", "", ""]]);
        assert_eq!(read("あ,\"い\""), [["あ", "い"]]);
    }

    #[test]
    fn fields_are_quoted_by_rule() {
        let line = |q: &Quoting| {
            let mut s = String::new();
            for (i, f) in [Some("plain"), Some("a,b"), Some("q\"q"), Some(""), None].into_iter().enumerate() {
                if i > 0 {
                    s.push(',');
                }
                push_field(&mut s, f, i, q, ',');
            }
            s
        };
        // observed
        assert_eq!(line(&Quoting::AsNeeded), "plain,\"a,b\",\"q\"\"q\",,");
        assert_eq!(line(&Quoting::Always), "\"plain\",\"a,b\",\"q\"\"q\",\"\",");
        assert_eq!(line(&Quoting::Never), "plain,a,b,q\"q,,");
    }
}
