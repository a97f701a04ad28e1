//! `..`.

use crate::convert::{numeric, parse};
use crate::number::parse::{Failure, integer, style};
use crate::{culture, fail, types};
use exsh_core::types::Kind;
use exsh_core::{Result, Shell, Value, View};

/// `from..to`, up or down; two single characters give characters.
pub fn range(shell: &mut dyn Shell, from: &Value, to: &Value) -> Result<Value> {
    if let (Some(a), Some(b)) = (character(from), character(to))
        && from.base().tag() == to.base().tag()
    {
        let digits = |c: u16| (b'0' as u16..=b'9' as u16).contains(&c);
        let text = from.base().as_str().is_some();
        if !(text && digits(a) && digits(b)) {
            let all: Vec<Value> = if a <= b {
                (a..=b).map(Value::char).collect()
            } else {
                (b..=a).rev().map(Value::char).collect()
            };
            return Ok(Value::array(all));
        }
    }
    let a = bound(shell, from)?;
    let b = bound(shell, to)?;
    let all: Vec<Value> =
        if a <= b { (a..=b).map(Value::int).collect() } else { (b..=a).rev().map(Value::int).collect() };
    Ok(Value::array(all))
}

fn character(v: &Value) -> Option<u16> {
    match v.base().view() {
        View::Char(c) => Some(c),
        View::Str(s) if s.utf16_len() == 1 => s.unit_at(0),
        _ => None,
    }
}

/// An end of the range as .NET's `Convert.ToInt32` reads it.
pub fn bound(shell: &mut dyn Shell, v: &Value) -> Result<i32> {
    if let Some(i) = v.as_int() {
        return Ok(i);
    }
    let base = v.base();
    let too_large = || fail::overflow(numeric::overflow_message(Kind::Int32));
    match base.view() {
        View::Null | View::Nothing | View::Unset => Ok(0),
        View::Str(s) => match integer(s, style::INTEGER, culture::current(shell), 32, true) {
            Ok(i) => Ok(i as i32),
            Err(Failure::Overflow) => Err(too_large()),
            Err(Failure::Format) => Err(fail::format(parse::format_message(s))),
        },
        View::DateTime(_) => {
            Err(fail::thrown("System.InvalidCastException", "Invalid cast from 'DateTime' to 'Int32'."))
        }
        _ if crate::numbers::big::of(base).is_none() => match numeric::to_kind(base, Kind::Int32) {
            Ok(v) => Ok(v.as_int().unwrap_or(0)),
            Err(numeric::Failure::Overflow) => Err(too_large()),
            Err(numeric::Failure::Invalid) => Err(not_convertible(base)),
        },
        _ => Err(not_convertible(base)),
    }
}

fn not_convertible(base: &Value) -> Box<exsh_core::Flow> {
    let name = match base.view() {
        View::Custom(_) => "System.Management.Automation.PSObject",
        _ => types::of(base).map_or("", |t| t.name),
    };
    fail::thrown(
        "System.InvalidCastException",
        format!("Unable to cast object of type '{name}' to type 'System.IConvertible'."),
    )
}
