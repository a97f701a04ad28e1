//! The text of a value in a cell or list: culture's numbers and dates, collections in braces, limits.
//!
//! Decides how a value reads, not how wide it may be. Source: PSObjectHelper of PowerShell (929903692e55) for the order
//! of the rules, `formatting/*` for what they give.

use crate::read::{Outcome, Source, is_remoting_name};
use exsh_core::types::Kind;
use exsh_core::value::View;
use exsh_core::{Category, ErrorRecord, Flow, Name, Result, Scalar, Shell, Str, Value};
use exsh_dotnet::culture::{self, Culture};
use exsh_dotnet::{collections, member, ops, text};
use std::fmt::Write;

/// Ends what was cut, and stands for what follows in a collection.
pub const ELLIPSIS: char = '…';

/// How values read in this session.
#[derive(Clone, Copy)]
pub struct Display {
    culture: &'static Culture,
    /// `$FormatEnumerationLimit`; negative: no limit.
    limit: i32,
}

impl Display {
    pub fn new(shell: &mut dyn Shell) -> Display {
        let limit = shell.variable(Name::new("FormatEnumerationLimit"), None);
        let limit = limit.and_then(|v| v.base().as_int()).unwrap_or(4);
        let culture = culture::current(shell);
        Display { culture, limit }
    }

    pub fn limit(&self) -> i32 {
        self.limit
    }

    /// The text of one object: its `ToString()` in the session's culture.
    pub fn object_text(&self, shell: &mut dyn Shell, value: &Value) -> Result<Str> {
        if let View::Custom(c) = value.view() {
            let own = c.members().get(Name::new("ToString")).is_some();
            if own {
                let result = member::call(shell, value, "ToString", &[])?;
                return Ok(text::to_string_culture(&result, self.culture));
            }
        }
        match value.base().view() {
            View::List(_) => return Ok(text::to_text(value)),
            // Fifteen digits, as the reference displays them (observed: literals/numbers double-display).
            View::Double(_) => return self.formatted(shell, value, "G15"),
            View::Single(_) => return self.formatted(shell, value, "G7"),
            _ => {}
        }
        Ok(text::to_string_culture(value, self.culture))
    }

    /// Appends the text of a value as a cell shows it. Numbers with a fraction have the culture's digits in a table.
    #[inline]
    pub fn push(&self, shell: &mut dyn Shell, out: &mut String, value: &Value, in_table: bool) -> Result<()> {
        match value.view() {
            View::Str(s) => out.push_str(s.as_str()),
            View::Null | View::Nothing | View::Unset => {}
            View::Int32(n) if n >= 0 => {
                let _ = write!(out, "{n}");
            }
            View::Bool(b) => out.push_str(if b { "True" } else { "False" }),
            _ => self.push_other(shell, out, value, in_table)?,
        }
        Ok(())
    }

    fn push_other(
        &self,
        shell: &mut dyn Shell,
        out: &mut String,
        value: &Value,
        in_table: bool,
    ) -> Result<()> {
        if let Some(items) = items_of(value) {
            out.push('{');
            for (i, item) in items.iter().enumerate() {
                if self.limit >= 0 && i == self.limit as usize {
                    out.push(ELLIPSIS);
                    break;
                }
                if i > 0 {
                    out.push_str(", ");
                }
                let text = self.name_of(shell, item)?;
                out.push_str(text.as_str());
            }
            out.push('}');
            return Ok(());
        }
        let fraction = match value.base().view() {
            View::Double(_) | View::Single(_) => true,
            View::Scalar(s) => matches!(&**s, Scalar::Decimal(_)),
            _ => false,
        };
        if in_table && fraction {
            out.push_str(self.formatted(shell, value, "F")?.as_str());
            return Ok(());
        }
        out.push_str(self.object_text(shell, value)?.as_str());
        Ok(())
    }

    /// Appends a value as its format string says: a composite one (`{0:N2}`) or a plain one (`N2`).
    pub fn push_formatted(
        &self,
        shell: &mut dyn Shell,
        out: &mut String,
        value: &Value,
        format: &str,
    ) -> Result<()> {
        out.push_str(self.formatted(shell, value, format)?.as_str());
        Ok(())
    }

    fn formatted(&self, shell: &mut dyn Shell, value: &Value, format: &str) -> Result<Str> {
        if format.contains("{0") || format.contains('}') {
            let text = ops::compose(format, std::slice::from_ref(value), self.culture);
            return text.map(Str::from).map_err(|e| bad_format(e.0));
        }
        match text::format(value, format, self.culture) {
            Ok(Some(s)) => Ok(s.into()),
            Ok(None) => self.object_text(shell, value),
            Err(message) => Err(bad_format(message)),
        }
    }

    /// The text of one item of a collection.
    fn name_of(&self, shell: &mut dyn Shell, item: &Value) -> Result<Str> {
        if item.is_null() {
            return Ok(Str::from("$null"));
        }
        let says_its_name = match item.base().view() {
            View::List(_) | View::Table(_) => false,
            View::Object(o) => o.get().to_text().is_some(),
            _ => true,
        };
        if !says_its_name
            && let Some(mut source) = name_source(item)
            && let Outcome::Value(v) = source.read(shell, item)?
        {
            return self.object_text(shell, &v);
        }
        self.object_text(shell, item)
    }
}

fn bad_format(message: String) -> Box<Flow> {
    ErrorRecord::of("System.FormatException", "FormatException", Category::InvalidArgument, message).into()
}

/// The items of a collection, dictionaries included; nothing for everything else.
pub fn items_of(value: &Value) -> Option<Vec<Value>> {
    match value.base().view() {
        View::List(l) => Some(l.items().clone()),
        View::Table(t) => Some(collections::table::entries(t)),
        View::Object(o) => o.get().enumerate(),
        _ => None,
    }
}

/// The property that names an object: `name`, `id`, `key` or one that ends so.
pub fn name_source(object: &Value) -> Option<Source> {
    let names: Vec<Str> = match object.base().view() {
        View::Table(t) => t.keys().iter().filter_map(|k| k.base().as_str().cloned()).collect(),
        _ => member::properties(object),
    };
    let names: Vec<Str> = names.into_iter().filter(|n| !is_remoting_name(n)).collect();
    let ends = |n: &Str, end: &str| {
        n.len() >= end.len() && n.get(n.len() - end.len()..).is_some_and(|t| t.eq_ignore_ascii_case(end))
    };
    let whole = |n: &Str, name: &str| n.eq_ignore_ascii_case(name);
    let found = ["name", "id", "key"]
        .iter()
        .find_map(|p| names.iter().find(|n| whole(n, p)))
        .or_else(|| ["key", "name", "id"].iter().find_map(|p| names.iter().find(|n| ends(n, p))))?;
    Some(Source::property(found.clone()))
}

/// Types that are written as plain lines and stand right-aligned in tables.
pub fn is_scalar(value: &Value) -> bool {
    match value.base().view() {
        View::Str(_)
        | View::Bool(_)
        | View::Char(_)
        | View::SByte(_)
        | View::Byte(_)
        | View::Int16(_)
        | View::UInt16(_)
        | View::Int32(_)
        | View::UInt32(_)
        | View::Int64(_)
        | View::UInt64(_)
        | View::Single(_)
        | View::Double(_) => true,
        View::Scalar(s) => !matches!(&**s, Scalar::Guid(_)),
        View::Object(o) => {
            let t = o.get().type_info();
            t.kind == Kind::BigInteger
                || t.base.is_some_and(|b| b.is(&exsh_core::types::ENUM))
                || matches!(
                    t.name,
                    "System.Security.SecureString" | "System.IntPtr" | "System.Numerics.BigInteger"
                )
        }
        _ => false,
    }
}
