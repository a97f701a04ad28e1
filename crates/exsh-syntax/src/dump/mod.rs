//! A stable JSON form of trees, tokens and problems: node names, properties and UTF-16 extents as the reference has them,
//! with what is false, null or empty left out. For golden files and for people; nothing reads it back.

mod json;
mod nodes;

use crate::Problem;
use crate::ast::{Literal, ScriptBlock};
use crate::source::{Span, Utf16Map};
use crate::token::{Token, TokenValue, flag_names};
use json::Json;

/// The tree as JSON.
pub fn tree(text: &str, tree: &ScriptBlock) -> String {
    let mut dump = Dump { map: Utf16Map::new(text), json: Json::default() };
    dump.script_block(tree);
    dump.json.finish()
}

/// Problems as a JSON array.
pub fn problems(text: &str, problems: &[Problem]) -> String {
    let mut dump = Dump { map: Utf16Map::new(text), json: Json::default() };
    dump.json.open('[');
    for problem in problems {
        dump.json.open('{');
        dump.json.field_text("id", problem.id);
        dump.json.field_text("message", &problem.message);
        dump.extent(problem.span);
        dump.json.key("incomplete");
        dump.json.raw(if problem.incomplete { "true" } else { "false" });
        dump.json.close('}');
    }
    dump.json.close(']');
    dump.json.finish()
}

/// Tokens as a JSON array.
pub fn tokens(text: &str, tokens: &[Token]) -> String {
    let mut dump = Dump { map: Utf16Map::new(text), json: Json::default() };
    dump.json.open('[');
    for token in tokens {
        dump.token(text, token);
    }
    dump.json.close(']');
    dump.json.finish()
}

struct Dump {
    map: Utf16Map,
    json: Json,
}

impl Dump {
    fn extent(&mut self, span: Span) {
        self.json.key("x");
        let (start, end) = (self.map.offset(span.start), self.map.offset(span.end()));
        self.json.raw(&format!("[{start},{end}]"));
    }

    fn token(&mut self, text: &str, token: &Token) {
        let written = text.get(token.span.start as usize..token.span.end() as usize).unwrap_or("");
        self.json.open('{');
        self.json.field_text("k", token.kind.name());
        self.json.field_text("f", &flag_names(token.flags));
        self.json.field_text("s", written);
        self.extent(token.span);
        self.json.field_true("error", token.has_error());
        match &token.value {
            TokenValue::Number(Some(value)) => {
                self.json.field_text("value", &literal_text(value));
                self.json.field_text("type", literal_type(value));
            }
            TokenValue::Parameter { name, used_colon } => {
                self.json.field_text("parameter", name);
                self.json.field_true("usedColon", *used_colon);
            }
            TokenValue::Variable(path) => self.json.field_text("variable", path.name()),
            TokenValue::Label(label) => self.json.field_text("label", label),
            TokenValue::FileRedirection { from, append } => {
                self.json.field_text("from", nodes::stream(*from));
                self.json.field_true("append", *append);
            }
            TokenValue::MergingRedirection { from, to } => {
                self.json.field_text("from", nodes::stream(*from));
                self.json.field_text("to", nodes::stream(*to));
            }
            TokenValue::InputRedirection => self.json.field_true("input", true),
            TokenValue::Text(value) if **value != *written => self.json.field_text("value", value),
            TokenValue::Expandable(content) => {
                if *content.value != *written {
                    self.json.field_text("value", &content.value);
                }
                if !content.nested.is_empty() {
                    self.json.key("nested");
                    self.json.open('[');
                    for token in &content.nested {
                        self.token(text, token);
                    }
                    self.json.close(']');
                }
            }
            _ => {}
        }
        self.json.close('}');
    }
}

pub(super) fn literal_type(value: &Literal) -> &'static str {
    match value {
        Literal::Null => "",
        Literal::Bool(_) => "System.Boolean",
        Literal::SByte(_) => "System.SByte",
        Literal::Byte(_) => "System.Byte",
        Literal::Int16(_) => "System.Int16",
        Literal::UInt16(_) => "System.UInt16",
        Literal::Int32(_) => "System.Int32",
        Literal::UInt32(_) => "System.UInt32",
        Literal::Int64(_) => "System.Int64",
        Literal::UInt64(_) => "System.UInt64",
        Literal::Decimal(_) => "System.Decimal",
        Literal::Double(_) => "System.Double",
        Literal::BigInteger(_) => "System.Numerics.BigInteger",
    }
}

pub(crate) fn literal_text(value: &Literal) -> String {
    match value {
        Literal::Null => String::new(),
        Literal::Bool(v) => if *v { "True" } else { "False" }.to_owned(),
        Literal::SByte(v) => v.to_string(),
        Literal::Byte(v) => v.to_string(),
        Literal::Int16(v) => v.to_string(),
        Literal::UInt16(v) => v.to_string(),
        Literal::Int32(v) => v.to_string(),
        Literal::UInt32(v) => v.to_string(),
        Literal::Int64(v) => v.to_string(),
        Literal::UInt64(v) => v.to_string(),
        Literal::Decimal(v) | Literal::BigInteger(v) => v.to_string(),
        Literal::Double(v) => double_text(*v),
    }
}

/// A double as the reference turns it into text: 15 digits, with an exponent from 1E+15 on and below 0.0001.
fn double_text(value: f64) -> String {
    if !value.is_finite() {
        return if value.is_nan() {
            "NaN"
        } else if value > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned();
    }
    let scientific = format!("{value:.14e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    if value != 0.0 && !(-5..15).contains(&exponent) {
        return format!("{mantissa}E{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs());
    }
    let places = usize::try_from(14 - exponent).unwrap_or(0);
    let plain = format!("{value:.places$}");
    if plain.contains('.') { plain.trim_end_matches('0').trim_end_matches('.').to_owned() } else { plain }
}
