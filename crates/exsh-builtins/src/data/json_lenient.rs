//! Reads what the reference's JSON reader accepts beyond strict JSON: comments, trailing commas, single quotes, names
//! without quotes, NaN and Infinity, hexadecimal numbers; and words its errors.

use crate::data::json_builder::Builder;
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::value::Value;

/// The value of a whole text; nothing when there is only white space. `depth`: how deep containers may nest.
pub fn read(text: &str, builder: &mut Builder, depth: usize) -> Result<Option<Value>> {
    let mut r = Reader { chars: text.chars().collect(), at: 0, path: Vec::new(), limit: depth };
    r.skip()?;
    if r.peek().is_none() {
        return Ok(None);
    }
    let value = r.value(builder)?;
    r.skip()?;
    match r.peek() {
        None => Ok(Some(value)),
        Some(c) => {
            Err(r.fail(format!("Additional text encountered after finished reading JSON content: {c}.")))
        }
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    path: Vec<Step>,
    limit: usize,
}

enum Step {
    Name(String),
    Index(usize),
    /// Inside an object, before its first name.
    Open,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    /// White space and comments.
    fn skip(&mut self) -> Result<()> {
        loop {
            match (self.peek(), self.chars.get(self.at + 1)) {
                (Some(c), _) if c.is_whitespace() || c == '\u{FEFF}' => self.at += 1,
                (Some('/'), Some('/')) => {
                    while self.peek().is_some_and(|c| c != '\n') {
                        self.at += 1;
                    }
                }
                (Some('/'), Some('*')) => {
                    self.at += 2;
                    loop {
                        match (self.peek(), self.chars.get(self.at + 1)) {
                            (Some('*'), Some('/')) => break,
                            (Some(_), _) => self.at += 1,
                            (None, _) => {
                                return Err(self.fail("Unexpected end while parsing comment.".into()));
                            }
                        }
                    }
                    self.at += 2;
                }
                _ => return Ok(()),
            }
        }
    }

    fn value(&mut self, builder: &mut Builder) -> Result<Value> {
        self.skip()?;
        match self.peek() {
            None => Err(self.ended()),
            Some('{') => self.object(builder),
            Some('[') => self.array(builder),
            Some('"' | '\'') => {
                let s = self.quoted()?;
                Ok(builder.text(&s))
            }
            Some(c) if c.is_ascii_digit() || c == '-' || c == '.' || c == '+' => self.number(),
            Some(c) => self.word(c),
        }
    }

    fn object(&mut self, builder: &mut Builder) -> Result<Value> {
        self.enter()?;
        self.at += 1;
        self.path.push(Step::Open);
        let table = builder.as_table.then(|| builder.table());
        let mut members = builder.start();
        loop {
            self.skip()?;
            match self.peek() {
                None => return Err(self.ended()),
                Some('}') => break,
                _ => {}
            }
            let name = self.name()?;
            *self.path.last_mut().expect("pushed above") = Step::Name(name.clone());
            self.skip()?;
            match self.peek() {
                Some(':') => self.at += 1,
                Some(c) => {
                    return Err(self.fail(format!(
                        "Invalid character after parsing property name. Expected ':' but got: {c}."
                    )));
                }
                None => return Err(self.ended()),
            }
            let slot = match &table {
                Some(_) => None,
                None => Some(builder.name(&mut members, &name)?),
            };
            let value = self.value(builder)?;
            match (slot, &table) {
                (Some(slot), _) => builder.value(&mut members, slot, value),
                (None, Some(t)) => {
                    t.set(Value::text(name), value);
                }
                (None, None) => {}
            }
            self.skip()?;
            match self.peek() {
                Some(',') => self.at += 1,
                Some('}') => {}
                Some(c) => {
                    return Err(self.fail(format!(
                        "After parsing a value an unexpected character was encountered: {c}."
                    )));
                }
                None => return Err(self.ended()),
            }
        }
        self.at += 1;
        self.path.pop();
        Ok(match table {
            Some(t) => Value::table(t),
            None => builder.finish(members),
        })
    }

    fn array(&mut self, builder: &mut Builder) -> Result<Value> {
        self.enter()?;
        self.at += 1;
        self.path.push(Step::Index(0));
        let mut items = Vec::new();
        loop {
            self.skip()?;
            match self.peek() {
                None => return Err(self.ended()),
                Some(']') => break,
                // Nothing between two commas is an undefined value.
                Some(',') => {
                    self.at += 1;
                    items.push(Value::NULL);
                    continue;
                }
                _ => {}
            }
            *self.path.last_mut().expect("pushed above") = Step::Index(items.len());
            items.push(self.value(builder)?);
            self.skip()?;
            match self.peek() {
                Some(',') => self.at += 1,
                Some(']') => {}
                Some(c) => {
                    return Err(self.fail(format!(
                        "After parsing a value an unexpected character was encountered: {c}."
                    )));
                }
                None => return Err(self.ended()),
            }
        }
        self.at += 1;
        self.path.pop();
        Ok(Value::array(items))
    }

    fn enter(&mut self) -> Result<()> {
        if self.path.len() >= self.limit {
            // The bracket itself counts.
            self.at += 1;
            return Err(self.fail(format!("The reader's MaxDepth of {} has been exceeded.", self.limit)));
        }
        Ok(())
    }

    fn name(&mut self) -> Result<String> {
        match self.peek() {
            Some('"' | '\'') => self.quoted(),
            Some(c) if c.is_alphanumeric() || c == '_' || c == '$' => {
                let start = self.at;
                while self.peek().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
                    self.at += 1;
                }
                Ok(self.chars[start..self.at].iter().collect())
            }
            Some(c) => Err(self.fail(format!("Invalid property identifier character: {c}."))),
            None => Err(self.ended()),
        }
    }

    fn quoted(&mut self) -> Result<String> {
        let quote = self.peek().expect("the caller saw it");
        self.at += 1;
        let mut units: Vec<u16> = Vec::new();
        let mut buffer = [0; 2];
        loop {
            let Some(c) = self.peek() else {
                return Err(self.fail(format!("Unterminated string. Expected delimiter: {quote}.")));
            };
            self.at += 1;
            if c == quote {
                return Ok(String::from_utf16_lossy(&units));
            }
            if c != '\\' {
                units.extend_from_slice(c.encode_utf16(&mut buffer));
                continue;
            }
            let Some(e) = self.peek() else {
                return Err(self.fail(format!("Unterminated string. Expected delimiter: {quote}.")));
            };
            self.at += 1;
            units.push(match e {
                'b' => 8,
                't' => 9,
                'n' => 10,
                'f' => 12,
                'r' => 13,
                '\\' | '"' | '\'' | '/' => e as u16,
                'u' => {
                    let hex: String = self.chars.iter().skip(self.at).take(4).collect();
                    let Ok(n) = u16::from_str_radix(&hex, 16) else {
                        return Err(self.fail(format!("Invalid Unicode escape sequence: \\u{hex}.")));
                    };
                    self.at += 4;
                    n
                }
                other => return Err(self.fail(format!("Bad JSON escape sequence: \\{other}."))),
            });
        }
    }

    fn number(&mut self) -> Result<Value> {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.')) {
            self.at += 1;
        }
        let text: String = self.chars[start..self.at].iter().collect();
        if text == "-Infinity" {
            return Ok(Value::double(f64::NEG_INFINITY));
        }
        if let Some(hex) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))
            && let Ok(n) = i64::from_str_radix(hex, 16)
        {
            return Ok(Value::long(n));
        }
        if !text.contains(['.', 'e', 'E']) {
            if let Ok(n) = text.parse::<i64>() {
                return Ok(Value::long(n));
            }
            if text.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit()) && text.len() > 1 {
                return big(&text).map_or_else(
                    || Err(self.fail(format!("Input string '{text}' is not a valid number."))),
                    Ok,
                );
            }
        } else if let Ok(d) = text.parse::<f64>() {
            return Ok(Value::double(d));
        }
        Err(self.fail(format!("Input string '{text}' is not a valid number.")))
    }

    fn word(&mut self, first: char) -> Result<Value> {
        for (word, value) in [
            ("true", Value::TRUE),
            ("false", Value::FALSE),
            ("null", Value::NULL),
            ("undefined", Value::NULL),
            ("NaN", Value::double(f64::NAN)),
            ("Infinity", Value::double(f64::INFINITY)),
        ] {
            if self.chars[self.at..].iter().copied().take(word.len()).eq(word.chars()) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.fail(format!("Unexpected character encountered while parsing value: {first}.")))
    }

    /// The text is over too soon.
    fn ended(&self) -> Box<exsh_core::Flow> {
        match self.path.last() {
            Some(Step::Name(_)) => self.fail("Unexpected end when deserializing object.".into()),
            Some(Step::Index(_)) => self.fail("Unexpected end when deserializing array.".into()),
            _ => self.fail("Unexpected end when reading JSON.".into()),
        }
    }

    fn fail(&self, what: String) -> Box<exsh_core::Flow> {
        let mut path = String::new();
        for step in &self.path {
            match step {
                Step::Open => {}
                Step::Index(i) => path.push_str(&format!("[{i}]")),
                Step::Name(n) if n.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$') => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(n);
                }
                Step::Name(n) => path.push_str(&format!("['{n}']")),
            }
        }
        let before = &self.chars[..self.at.min(self.chars.len())];
        let line = before.iter().filter(|&&c| c == '\n').count() + usize::from(!before.is_empty());
        let position = before.iter().rev().take_while(|&&c| c != '\n').count();
        ErrorRecord::of(
            "System.ArgumentException",
            "System.ArgumentException",
            Category::NotSpecified,
            format!("Conversion from JSON failed with error: {what} Path '{path}', line {line}, position {position}."),
        )
        .into()
    }
}

/// An integer beyond 64 bits: a decimal where it fits, else a double. (The reference has BigInteger here.)
fn big(text: &str) -> Option<Value> {
    match text.parse::<i128>() {
        Ok(n) if n.unsigned_abs() < 1 << 96 => rust_decimal_of(n),
        _ => text.parse::<f64>().ok().map(Value::double),
    }
}

fn rust_decimal_of(n: i128) -> Option<Value> {
    exsh_dotnet::number::parse::decimal_of(n < 0, &n.unsigned_abs().to_string(), 0).ok().map(Value::decimal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::json_builder::Dates;

    fn message(text: &str) -> String {
        let mut b = Builder::new(false, Dates::Default);
        match read(text, &mut b, 1024) {
            Err(f) => f.record().expect("an error").exception.message.to_string(),
            Ok(_) => "no error".into(),
        }
    }

    #[test]
    fn errors_are_worded_as_the_reference_words_them() {
        // observed
        let prefix = "Conversion from JSON failed with error: ";
        assert_eq!(
            message("{\"a\":"),
            format!("{prefix}Unexpected end when deserializing object. Path 'a', line 1, position 5.")
        );
        assert_eq!(
            message("{"),
            format!("{prefix}Unexpected end when reading JSON. Path '', line 1, position 1.")
        );
        assert_eq!(
            message("{\"a\":1} x"),
            format!(
                "{prefix}Additional text encountered after finished reading JSON content: x. Path '', line 1, position 8."
            )
        );
    }

    #[test]
    fn what_is_not_strict_is_read() {
        let mut b = Builder::new(false, Dates::Default);
        let v = read("{ 'a': 1, /* c */ b: [1,2,], }", &mut b, 1024).ok().flatten().expect("it is accepted");
        let c = v.as_custom().expect("an object").members();
        assert_eq!(c.values()[0].as_long(), Some(1));
        assert_eq!(c.values()[1].as_list().map(|l| l.len()), Some(2));
    }
}
