//! Values to JSON text, as the reference's ConvertTo-Json writes it: two blanks a level, numbers that keep a decimal
//! point, whatever is nested too deep as its text.

use crate::property;
use exsh_core::error::Result;
use exsh_core::out::Shell;
use exsh_core::value::{Scalar, Str, Value, View};
use exsh_core::{Name, enumerate};
use exsh_dotnet::culture;
use exsh_dotnet::number::{self, Num};
use exsh_dotnet::{text, time};

/// How text is written.
pub struct Options {
    pub depth: usize,
    pub compress: bool,
    pub enums_as_text: bool,
    pub escape: Escape,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    Default,
    NonAscii,
    Html,
}

/// Writes values.
pub struct JsonWriter<'a> {
    options: &'a Options,
    out: String,
    level: usize,
    /// Something was nested deeper than allowed.
    pub truncated: bool,
}

impl<'a> JsonWriter<'a> {
    pub fn new(options: &'a Options) -> JsonWriter<'a> {
        JsonWriter { options, out: String::new(), level: 0, truncated: false }
    }

    pub fn into_text(self) -> String {
        self.out
    }

    /// A value at a depth: 0 for the outermost.
    pub fn value(&mut self, value: &Value, depth: usize, shell: &mut dyn Shell) -> Result<()> {
        let base = value.base();
        match base.view() {
            View::Null | View::Nothing | View::Unset => self.out.push_str("null"),
            View::Bool(b) => self.out.push_str(if b { "true" } else { "false" }),
            View::SByte(n) => number::push_int(&mut self.out, n as i64),
            View::Byte(n) => number::push_int(&mut self.out, n as i64),
            View::Int16(n) => number::push_int(&mut self.out, n as i64),
            View::UInt16(n) => number::push_int(&mut self.out, n as i64),
            View::Int32(n) => number::push_int(&mut self.out, n as i64),
            View::UInt32(n) => number::push_int(&mut self.out, n as i64),
            View::Int64(n) => number::push_int(&mut self.out, n),
            View::UInt64(n) => number::push_u64(&mut self.out, n),
            View::Single(f) => self.float(f.is_finite(), number::plain(Num::Single(f), culture::invariant())),
            View::Double(d) => self.float(d.is_finite(), number::plain(Num::Double(d), culture::invariant())),
            View::Char(_) | View::Str(_) => self.text(&text::to_text(base)),
            View::DateTime(bits) => self.date(bits),
            View::Scalar(s) => match &**s {
                Scalar::Decimal(d) => self.float(true, number::decimal_text(*d, culture::invariant())),
                Scalar::Guid(_) => self.text(&text::to_text(base)),
                Scalar::Enum(_) if self.options.enums_as_text => self.text(&text::to_text(base)),
                Scalar::Enum(e) => number::push_int(&mut self.out, e.number),
            },
            View::Object(_) if base.type_info().is_some_and(|t| t.name == "System.Uri") => {
                self.text(&text::to_text(base))
            }
            _ if depth > self.options.depth => {
                self.truncated = true;
                self.text(&text::to_text(value));
            }
            View::List(_) => self.list(enumerate::items(base), depth, shell)?,
            View::Table(t) => {
                let entries = t.entries();
                self.open('{');
                for (i, (k, v)) in entries.iter().enumerate() {
                    self.key(i, &text::to_text(k));
                    self.value(v, depth + 1, shell)?;
                }
                self.close('}', entries.is_empty());
            }
            View::Object(o) => match o.get().enumerate() {
                Some(items) => self.list(items, depth, shell)?,
                None => self.properties(value, depth, shell)?,
            },
            _ => self.properties(value, depth, shell)?,
        }
        Ok(())
    }

    /// An array of these.
    pub fn list(&mut self, items: Vec<Value>, depth: usize, shell: &mut dyn Shell) -> Result<()> {
        self.open('[');
        for (i, v) in items.iter().enumerate() {
            if i > 0 {
                self.out.push(',');
            }
            self.line();
            self.value(v, depth + 1, shell)?;
        }
        self.close(']', items.is_empty());
        Ok(())
    }

    fn properties(&mut self, value: &Value, depth: usize, shell: &mut dyn Shell) -> Result<()> {
        let names: Vec<Str> = match value.view() {
            View::Custom(c) => c.members().shape().members().iter().map(|m| m.spelling.clone()).collect(),
            _ => property::property_names(value),
        };
        self.open('{');
        let mut written = 0;
        for name in &names {
            let v = match property::get(shell, value, Name::new(name)) {
                Ok(Some(v)) => v,
                Ok(None) => continue,
                // A property that cannot be read is null, as in the reference.
                Err(flow) if property::is_error(&flow) => Value::NULL,
                Err(flow) => return Err(flow),
            };
            self.key(written, name);
            self.value(&v, depth + 1, shell)?;
            written += 1;
        }
        self.close('}', written == 0);
        Ok(())
    }

    fn open(&mut self, bracket: char) {
        self.out.push(bracket);
        self.level += 1;
    }

    fn close(&mut self, bracket: char, empty: bool) {
        self.level -= 1;
        if !empty {
            self.line();
        }
        self.out.push(bracket);
    }

    fn line(&mut self) {
        if self.options.compress {
            return;
        }
        self.out.push('\n');
        for _ in 0..self.level {
            self.out.push_str("  ");
        }
    }

    fn key(&mut self, index: usize, name: &str) {
        if index > 0 {
            self.out.push(',');
        }
        self.line();
        self.text(name);
        self.out.push_str(if self.options.compress { ":" } else { ": " });
    }

    /// A number always shows that it is no integer; NaN and infinities are text.
    fn float(&mut self, finite: bool, text: String) {
        if !finite {
            let text = match text.as_str() {
                "∞" => "Infinity",
                "-∞" => "-Infinity",
                other => other,
            };
            self.out.push('"');
            self.out.push_str(text);
            self.out.push('"');
            return;
        }
        self.out.push_str(&text);
        if !text.contains(['.', 'E', 'e']) {
            self.out.push_str(".0");
        }
    }

    /// `2024-03-05T14:07:09.123Z`; local times with their offset.
    fn date(&mut self, bits: u64) {
        let ticks = (bits & 0x3FFF_FFFF_FFFF_FFFF) as i64;
        let p = time::parts(ticks);
        self.out.push_str(&format!(
            "\"{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            p.year, p.month, p.day, p.hour, p.minute, p.second
        ));
        let fraction = ticks % 10_000_000;
        if fraction > 0 {
            let digits = format!("{fraction:07}");
            self.out.push('.');
            self.out.push_str(digits.trim_end_matches('0'));
        }
        match bits >> 62 {
            0 => {}
            1 => self.out.push('Z'),
            _ => {
                let minutes = time::shown_offset(bits) / 600_000_000;
                let sign = if minutes < 0 { '-' } else { '+' };
                self.out.push_str(&format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60));
            }
        }
        self.out.push('"');
    }

    fn text(&mut self, text: &str) {
        self.out.push('"');
        let escape = self.options.escape;
        let plain = |b: u8| b >= b' ' && b != b'"' && b != b'\\';
        if escape == Escape::Default && text.bytes().all(|b| plain(b) && b.is_ascii()) {
            self.out.push_str(text);
            self.out.push('"');
            return;
        }
        for c in text.chars() {
            match c {
                '"' if escape == Escape::Html => self.unit(c as u16),
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\u{8}' => self.out.push_str("\\b"),
                '\t' => self.out.push_str("\\t"),
                '\n' => self.out.push_str("\\n"),
                '\u{C}' => self.out.push_str("\\f"),
                '\r' => self.out.push_str("\\r"),
                '\0'..='\u{1F}' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.unit(c as u16),
                '<' | '>' | '&' | '\'' if escape == Escape::Html => self.unit(c as u16),
                c if escape == Escape::NonAscii && !c.is_ascii() => {
                    for &u in c.encode_utf16(&mut [0; 2]).iter() {
                        self.unit(u);
                    }
                }
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    fn unit(&mut self, unit: u16) {
        self.out.push_str(&format!("\\u{unit:04x}"));
    }
}
