//! The members of the number types, `System.Math`, `System.Random`, and big integers.

pub mod big;
pub mod decimal;
pub mod integer;
pub mod math;
pub mod random;
pub mod real;

use crate::core::culture_info::provider;
use crate::sig::*;
use crate::{culture, fail, text};
use exsh_core::{Result, Shell, Value};

/// `ToString(…)` of a number, in all its overloads: nothing, a format, a provider, or both.
pub(crate) fn to_string(shell: &mut dyn Shell, v: &Value, a: &[Value]) -> Result<Value> {
    let (format, culture) = match a {
        [] => (None, culture::current(shell)),
        [one] if crate::core::culture_info::of(one).is_some() => (None, provider(shell, a, 0)),
        [_] => (opt_str(a, 0), culture::current(shell)),
        _ => (opt_str(a, 0), provider(shell, a, 1)),
    };
    match text::format(v, format.as_deref().unwrap_or(""), culture) {
        Ok(Some(s)) => Ok(Value::text(s)),
        Ok(None) => Ok(Value::string(text::to_string_culture(v, culture))),
        Err(e) => Err(fail::format(e)),
    }
}
