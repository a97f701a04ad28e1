//! `Measure-Object`: counts objects, adds up numbers, finds the greatest and least, counts lines, words and characters.

use crate::parameter::{Expressions, PsObject};
use crate::property::{self, Expression, Keys, PropertyArgument};
use exsh_core::Name;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::object::Object;
use exsh_core::out::Out;
use exsh_core::types::{MemberTable, Property, TypeInfo, TypeRef};
use exsh_core::value::{Str, Value, View};
use exsh_dotnet::{convert, ops, text};
use std::any::Any;
use std::cmp::Ordering;

const IN_GENERIC_MEASURE: u32 = 1;
const IN_TEXT_MEASURE: u32 = 1 << 1;

const INPUT_OBJECT: Param<PsObject> = Param::new(0, "InputObject").from_pipeline();
const PROPERTY: Param<Expressions> =
    Param::new(1, "Property").position(0).validate(&[Validate::NotNullOrEmpty]);
const STANDARD_DEVIATION: Param<Switch> = Param::new(2, "StandardDeviation").sets(IN_GENERIC_MEASURE);
const SUM: Param<Switch> = Param::new(3, "Sum").sets(IN_GENERIC_MEASURE);
const ALL_STATS: Param<Switch> = Param::new(4, "AllStats").sets(IN_GENERIC_MEASURE);
const AVERAGE: Param<Switch> = Param::new(5, "Average").sets(IN_GENERIC_MEASURE);
const MAXIMUM: Param<Switch> = Param::new(6, "Maximum").sets(IN_GENERIC_MEASURE);
const MINIMUM: Param<Switch> = Param::new(7, "Minimum").sets(IN_GENERIC_MEASURE);
const LINE: Param<Switch> = Param::new(8, "Line").sets(IN_TEXT_MEASURE);
const WORD: Param<Switch> = Param::new(9, "Word").sets(IN_TEXT_MEASURE);
const CHARACTER: Param<Switch> = Param::new(10, "Character").sets(IN_TEXT_MEASURE);
const IGNORE_WHITE_SPACE: Param<Switch> = Param::new(11, "IgnoreWhiteSpace").sets(IN_TEXT_MEASURE);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Measure-Object",
    &[
        INPUT_OBJECT.spec,
        PROPERTY.spec,
        STANDARD_DEVIATION.spec,
        SUM.spec,
        ALL_STATS.spec,
        AVERAGE.spec,
        MAXIMUM.spec,
        MINIMUM.spec,
        LINE.spec,
        WORD.spec,
        CHARACTER.spec,
        IGNORE_WHITE_SPACE.spec,
    ],
    include_str!("measure_object.md"),
)
.sets(&["GenericMeasure", "TextMeasure"], Some(0))
.class("Microsoft.PowerShell.Commands.MeasureObjectCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&[
    "Microsoft.PowerShell.Commands.GenericMeasureInfo",
    "Microsoft.PowerShell.Commands.TextMeasureInfo",
    "Microsoft.PowerShell.Commands.GenericObjectMeasureInfo",
]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(MeasureObject {
        properties: None,
        wanted: Wanted::default(),
        figures: Vec::new(),
        non_numeric: false,
    })
}

struct MeasureObject {
    properties: Option<Vec<PropertyArgument>>,
    wanted: Wanted,
    figures: Vec<Figures>,
    non_numeric: bool,
}

#[derive(Default, Clone, Copy)]
struct Wanted {
    sum: bool,
    average: bool,
    deviation: bool,
    maximum: bool,
    minimum: bool,
    lines: bool,
    words: bool,
    characters: bool,
    ignore_white_space: bool,
    text: bool,
}

/// What was measured under one name.
#[derive(Default)]
struct Figures {
    name: Option<Str>,
    count: i32,
    sum: f64,
    sum_before: f64,
    variance: f64,
    maximum: Option<Value>,
    minimum: Option<Value>,
    lines: i32,
    words: i32,
    characters: i32,
}

impl Cmdlet for MeasureObject {
    fn begin(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        if let Some(Expressions(list)) = bound.get(&PROPERTY) {
            self.properties = Some(property::parse(&list, Keys::Plain)?);
        }
        let all = bound.on(&ALL_STATS);
        self.wanted = Wanted {
            sum: all || bound.on(&SUM),
            average: all || bound.on(&AVERAGE),
            deviation: all || bound.on(&STANDARD_DEVIATION),
            maximum: all || bound.on(&MAXIMUM),
            minimum: all || bound.on(&MINIMUM),
            lines: bound.on(&LINE),
            words: bound.on(&WORD),
            characters: bound.on(&CHARACTER),
            ignore_white_space: bound.on(&IGNORE_WHITE_SPACE),
            text: bound.set() == 1,
        };
        Ok(())
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        if object.is_null() {
            return Ok(());
        }
        let Some(properties) = self.properties.take() else { return self.add(None, object, out) };
        let mut done: Vec<Str> = Vec::new();
        for argument in &properties {
            if let Expression::Block(b) = &argument.expression {
                match property::evaluate(out.shell(), b, object) {
                    Ok(v) => self.add(Some(argument.shown_name()), &v, out)?,
                    Err(flow) if property::is_error(&flow) => {}
                    Err(flow) => return Err(flow),
                }
                continue;
            }
            for name in argument.names(object) {
                if done.contains(&name) {
                    continue;
                }
                done.push(name.clone());
                if let Some(v) = property::get(out.shell(), object, Name::new(&name))? {
                    self.add(Some(name), &v, out)?;
                }
            }
        }
        self.properties = Some(properties);
        Ok(())
    }

    fn end(&mut self, _bound: &Bound, out: &mut dyn Out) -> Result<()> {
        if self.properties.is_none() && self.figures.is_empty() {
            self.figures.push(Figures::default());
        }
        for f in std::mem::take(&mut self.figures) {
            let result =
                if self.wanted.text { text_result(&f, self.wanted) } else { self.number_result(f, out)? };
            out.emit(Value::object(result))?;
        }
        Ok(())
    }
}

impl MeasureObject {
    fn add(&mut self, name: Option<Str>, value: &Value, out: &mut dyn Out) -> Result<()> {
        let w = self.wanted;
        let at = match self.figures.iter().position(|f| f.name == name) {
            Some(i) => i,
            None => {
                self.figures.push(Figures { name, ..Figures::default() });
                self.figures.len() - 1
            }
        };
        let f = &mut self.figures[at];
        f.count += 1;
        if w.text && (w.lines || w.words || w.characters) {
            count_text(f, &text::to_text(value), w);
        }
        if w.sum || w.average || w.deviation {
            let Some(n) = number(value, out)? else {
                self.non_numeric = true;
                return out.error(
                    ErrorRecord::of(
                        "System.Management.Automation.PSInvalidOperationException",
                        "NonNumericInputObject",
                        Category::InvalidType,
                        format!("Input object \"{}\" is not numeric.", text::to_text(value)),
                    )
                    .on(value.clone()),
                );
            };
            f.sum_before = f.sum;
            f.sum += n;
            if w.deviation && f.count > 1 {
                let count = f.count as f64;
                let average_before = f.sum_before / (count - 1.0);
                f.variance *= (count - 2.0) / (count - 1.0);
                f.variance += (n - average_before) * (n - average_before) / count;
            }
        }
        if w.minimum {
            let old = f.minimum.take();
            f.minimum = Some(better(value, old, Ordering::Less, out)?);
        }
        let f = &mut self.figures[at];
        if w.maximum {
            let old = f.maximum.take();
            f.maximum = Some(better(value, old, Ordering::Greater, out)?);
        }
        Ok(())
    }

    fn number_result(&self, f: Figures, out: &mut dyn Out) -> Result<MeasureInfo> {
        let w = self.wanted;
        let double = |on: bool, d: f64| if on && !self.non_numeric { Value::double(d) } else { Value::NULL };
        let mut as_number = |v: &Option<Value>| -> Result<Option<Value>> {
            Ok(match v {
                None => Some(Value::NULL),
                Some(v) => number(v, out)?.map(Value::double),
            })
        };
        let (maximum, minimum) = (as_number(&f.maximum)?, as_number(&f.minimum)?);
        let (ty, maximum, minimum): (TypeRef, Value, Value) = match (maximum, minimum) {
            (Some(a), Some(b)) => (&GENERIC, a, b),
            _ => (&GENERIC_OBJECT, f.maximum.unwrap_or(Value::NULL), f.minimum.unwrap_or(Value::NULL)),
        };
        Ok(MeasureInfo {
            ty,
            values: vec![
                Value::int(f.count),
                double(w.average && f.count > 0, f.sum / f.count as f64),
                double(w.sum, f.sum),
                maximum,
                minimum,
                double(w.deviation, f.variance.sqrt()),
                f.name.map_or(Value::NULL, Value::string),
            ],
        })
    }
}

fn text_result(f: &Figures, w: Wanted) -> MeasureInfo {
    let number = |on: bool, n: i32| if on { Value::int(n) } else { Value::NULL };
    MeasureInfo {
        ty: &TEXT,
        values: vec![
            number(w.lines, f.lines),
            number(w.words, f.words),
            number(w.characters, f.characters),
            f.name.clone().map_or(Value::NULL, Value::string),
        ],
    }
}

fn count_text(f: &mut Figures, s: &Str, w: Wanted) {
    if w.words {
        f.words += s.split_whitespace().count() as i32;
    }
    if w.lines && !s.is_empty() {
        f.lines += s.matches('\n').count() as i32 + i32::from(!s.ends_with('\n'));
    }
    if w.characters {
        f.characters += if w.ignore_white_space {
            s.chars().filter(|c| !c.is_whitespace()).map(|c| c.len_utf16() as i32).sum()
        } else {
            s.utf16_len() as i32
        };
    }
}

/// The value as a double, where the language can make one of it.
fn number(value: &Value, out: &mut dyn Out) -> Result<Option<f64>> {
    Ok(match value.base().view() {
        View::Int32(n) => Some(n as f64),
        View::Int64(n) => Some(n as f64),
        View::Double(n) => Some(n),
        View::Null | View::Nothing | View::Unset => Some(0.0),
        _ => match convert::to_double(out.shell(), value) {
            Ok(n) => Some(n),
            Err(flow) if property::is_error(&flow) => None,
            Err(flow) => return Err(flow),
        },
    })
}

/// The one of the two that is less or greater; numbers and text that reads as numbers compare as numbers.
fn better(value: &Value, old: Option<Value>, wanted: Ordering, out: &mut dyn Out) -> Result<Value> {
    let Some(old) = old else { return Ok(value.clone()) };
    if let (Some(a), Some(b)) = (value.as_int(), old.as_int()) {
        return Ok(if a.cmp(&b) == wanted { value.clone() } else { old });
    }
    let order = match (number(value, out)?, number(&old, out)?) {
        (Some(a), Some(b)) => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
        _ => match ops::compare::order(out.shell(), value, &old, true) {
            Ok(o) => o,
            Err(flow) if property::is_error(&flow) => {
                let (a, b) = (Value::string(text::to_text(value)), Value::string(text::to_text(&old)));
                ops::compare::order(out.shell(), &a, &b, true)?
            }
            Err(flow) => return Err(flow),
        },
    };
    Ok(if order == wanted { value.clone() } else { old })
}

/// The result: values in the order of the type's properties.
struct MeasureInfo {
    ty: TypeRef,
    values: Vec<Value>,
}

fn at(value: &Value, i: usize) -> Value {
    value.downcast::<MeasureInfo>().and_then(|m| m.values.get(i).cloned()).unwrap_or(Value::NULL)
}

static MEASURE: TypeInfo = TypeInfo::class("Microsoft.PowerShell.Commands.MeasureInfo", MemberTable::EMPTY);
static GENERIC: TypeInfo = TypeInfo::class(
    "Microsoft.PowerShell.Commands.GenericMeasureInfo",
    MemberTable::of_properties(&[
        Property::new("Count", "int", |_, v| Ok(at(v, 0))),
        Property::new("Average", "System.Nullable[double]", |_, v| Ok(at(v, 1))),
        Property::new("Sum", "System.Nullable[double]", |_, v| Ok(at(v, 2))),
        Property::new("Maximum", "System.Nullable[double]", |_, v| Ok(at(v, 3))),
        Property::new("Minimum", "System.Nullable[double]", |_, v| Ok(at(v, 4))),
        Property::new("StandardDeviation", "System.Nullable[double]", |_, v| Ok(at(v, 5))),
        Property::new("Property", "string", |_, v| Ok(at(v, 6))),
    ]),
)
.based_on(&MEASURE);
static GENERIC_OBJECT: TypeInfo = TypeInfo::class(
    "Microsoft.PowerShell.Commands.GenericObjectMeasureInfo",
    MemberTable::of_properties(&[
        Property::new("Count", "int", |_, v| Ok(at(v, 0))),
        Property::new("Average", "System.Nullable[double]", |_, v| Ok(at(v, 1))),
        Property::new("Sum", "System.Nullable[double]", |_, v| Ok(at(v, 2))),
        Property::new("Maximum", "System.Object", |_, v| Ok(at(v, 3))),
        Property::new("Minimum", "System.Object", |_, v| Ok(at(v, 4))),
        Property::new("StandardDeviation", "System.Nullable[double]", |_, v| Ok(at(v, 5))),
        Property::new("Property", "string", |_, v| Ok(at(v, 6))),
    ]),
)
.based_on(&MEASURE);
static TEXT: TypeInfo = TypeInfo::class(
    "Microsoft.PowerShell.Commands.TextMeasureInfo",
    MemberTable::of_properties(&[
        Property::new("Lines", "System.Nullable[int]", |_, v| Ok(at(v, 0))),
        Property::new("Words", "System.Nullable[int]", |_, v| Ok(at(v, 1))),
        Property::new("Characters", "System.Nullable[int]", |_, v| Ok(at(v, 2))),
        Property::new("Property", "string", |_, v| Ok(at(v, 3))),
    ]),
)
.based_on(&MEASURE);

impl Object for MeasureInfo {
    fn type_info(&self) -> TypeRef {
        self.ty
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}
