//! `Get-Random`: random numbers, or objects picked at random.

use crate::random::generator::{self, Generator, Seeded};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::types::{self, Kind};
use exsh_core::value::{Value, View};
use exsh_dotnet::{convert, text};

const IN_RANDOM_NUMBER: u32 = 1;
const IN_RANDOM_LIST_ITEM: u32 = 1 << 1;
const IN_SHUFFLE: u32 = 1 << 2;

const SET_SEED: Param<i32> = Param::new(0, "SetSeed").validate(&[Validate::NotNull]);
const MAXIMUM: Param<Value> = Param::new(1, "Maximum").sets(IN_RANDOM_NUMBER).position(0);
const MINIMUM: Param<Value> = Param::new(2, "Minimum").sets(IN_RANDOM_NUMBER);
const INPUT_OBJECT: Param<Vec<Value>> = Param::new(3, "InputObject")
    .sets(IN_RANDOM_LIST_ITEM | IN_SHUFFLE)
    .mandatory()
    .position(0)
    .from_pipeline()
    .allow_null();
const COUNT: Param<i32> = Param::new(4, "Count")
    .sets(IN_RANDOM_NUMBER | IN_RANDOM_LIST_ITEM)
    .validate(&[Validate::Range(1, 2147483647)]);
const SHUFFLE: Param<Switch> = Param::new(5, "Shuffle").sets(IN_SHUFFLE).mandatory();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-Random",
    &[SET_SEED.spec, MAXIMUM.spec, MINIMUM.spec, INPUT_OBJECT.spec, COUNT.spec, SHUFFLE.spec],
    include_str!("get_random.md"),
)
.sets(&["RandomNumberParameterSet", "RandomListItemParameterSet", "ShuffleParameterSet"], Some(0))
.class("Microsoft.PowerShell.Commands.GetRandomCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.Int32", "System.Int64", "System.Double"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetRandom { items: Vec::new() })
}

struct GetRandom {
    items: Vec<Value>,
}

/// A bound of the range, in the widest type that holds both.
enum Bounds {
    Int(i32, i32),
    Long(i64, i64),
    Double(f64, f64),
}

impl Cmdlet for GetRandom {
    fn begin(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        if let Some(seed) = bound.get(&SET_SEED) {
            *generator::of_session(out.shell()).borrow_mut() = Generator::Seeded(Box::new(Seeded::new(seed)));
        }
        if bound.set() != 0 {
            return Ok(());
        }
        let bounds = bounds(bound, out)?;
        let g = generator::of_session(out.shell());
        let plain = !bound.has(&MINIMUM) && !bound.has(&MAXIMUM);
        for _ in 0..bound.get(&COUNT).unwrap_or(1) {
            let value = {
                let mut g = g.borrow_mut();
                match bounds {
                    Bounds::Int(..) if plain => Value::int(g.int(out.shell())),
                    Bounds::Int(a, b) => Value::int(
                        (a as i64 + g.below((b as i64 - a as i64) as u64, out.shell()) as i64) as i32,
                    ),
                    Bounds::Long(a, b) => {
                        Value::long(a.wrapping_add(g.below(b.wrapping_sub(a) as u64, out.shell()) as i64))
                    }
                    Bounds::Double(a, b) => Value::double(a + g.unit(out.shell()) * (b - a)),
                }
            };
            out.emit(value)?;
        }
        Ok(())
    }

    fn process(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        if bound.set() != 0 {
            self.items.extend(bound.get(&INPUT_OBJECT).unwrap_or_default());
        }
        Ok(())
    }

    fn end(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        if bound.set() == 0 {
            return Ok(());
        }
        let g = generator::of_session(out.shell());
        let mut items = std::mem::take(&mut self.items);
        let wanted =
            if bound.on(&SHUFFLE) { items.len() } else { bound.get(&COUNT).unwrap_or(1).max(0) as usize };
        let count = wanted.min(items.len());
        for i in 0..count {
            let j = i + g.borrow_mut().below((items.len() - i) as u64, out.shell()) as usize;
            items.swap(i, j);
        }
        items.truncate(count);
        items.into_iter().try_for_each(|v| out.emit(v))
    }
}

fn bounds(bound: &Bound, out: &mut dyn Out) -> Result<Bounds> {
    let low = number(bound.get(&MINIMUM), out)?;
    let high = number(bound.get(&MAXIMUM), out)?;
    let is_double = |v: &Option<Value>| v.as_ref().is_some_and(|v| v.kind() == Kind::Double);
    let is_long = |v: &Option<Value>| v.as_ref().is_some_and(|v| v.kind() == Kind::Int64);
    let refuse = |a: String, b: String| {
        ErrorRecord::of(
            "System.ArgumentException",
            "MinGreaterThanOrEqualMax",
            Category::InvalidArgument,
            format!("The Minimum value ({a}) cannot be greater than or equal to the Maximum value ({b})."),
        )
    };
    if is_double(&low) || is_double(&high) {
        let get = |v: &Option<Value>, or: f64| v.as_ref().and_then(as_f64).unwrap_or(or);
        let (a, b) = (get(&low, 0.0), get(&high, f64::MAX));
        if a >= b {
            return Err(refuse(a.to_string(), b.to_string()).into());
        }
        return Ok(Bounds::Double(a, b));
    }
    if is_long(&low) || is_long(&high) {
        let get = |v: &Option<Value>, or: i64| v.as_ref().and_then(as_i64).unwrap_or(or);
        let (a, b) = (get(&low, 0), get(&high, i64::MAX));
        if a >= b {
            return Err(refuse(a.to_string(), b.to_string()).into());
        }
        return Ok(Bounds::Long(a, b));
    }
    let get = |v: &Option<Value>, or: i32| v.as_ref().and_then(|v| v.as_int()).unwrap_or(or);
    let (a, b) = (get(&low, 0), get(&high, i32::MAX));
    if a >= b {
        return Err(refuse(a.to_string(), b.to_string()).into());
    }
    Ok(Bounds::Int(a, b))
}

/// An Int32, Int64 or Double of what was given; text is read as a number.
fn number(value: Option<Value>, out: &mut dyn Out) -> Result<Option<Value>> {
    let Some(value) = value.filter(|v| !v.is_null()) else { return Ok(None) };
    let base = value.base().clone();
    Ok(Some(match base.view() {
        View::Int32(_) | View::Int64(_) | View::Double(_) => base,
        View::Single(f) => Value::double(f as f64),
        View::Str(s) if s.contains(['.', 'e', 'E']) && !s.starts_with("0x") => {
            Value::double(convert::to_double(out.shell(), &base)?)
        }
        View::Str(_) => match convert::try_cast(out.shell(), &base, &types::INT32) {
            Some(v) => v,
            None => match convert::try_cast(out.shell(), &base, &types::INT64) {
                Some(v) => v,
                None => {
                    let s = text::to_text(&base);
                    return Err(ErrorRecord::of(
                        "System.Management.Automation.PSInvalidCastException",
                        "InvalidCastFromStringToInteger",
                        Category::InvalidArgument,
                        format!(
                            "Cannot convert value \"{s}\" to type \"System.Int32\". Error: \"The input string '{s}' was not \
                             in a correct format.\""
                        ),
                    )
                    .into());
                }
            },
        },
        _ => match convert::try_cast(out.shell(), &base, &types::INT32) {
            Some(v) => v,
            None => Value::double(convert::to_double(out.shell(), &base)?),
        },
    }))
}

fn as_f64(v: &Value) -> Option<f64> {
    v.as_double().or_else(|| as_i64(v).map(|n| n as f64))
}

fn as_i64(v: &Value) -> Option<i64> {
    v.as_long().or_else(|| v.as_int().map(i64::from))
}
