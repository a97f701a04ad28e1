//! `Select-Object`: picks objects from a sequence and properties from objects. `-First` and `-Index` end the pipeline
//! above as soon as they have what they need.

use crate::added_members::{Addition, attach};
use crate::ordering::{self, SimpleKey};
use crate::parameter::PsObject;
use crate::property::{self, Expression, Keys, PropertyArgument};
use crate::record::About;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::{Category, ErrorRecord, Flow, Result};
use exsh_core::name::same;
use exsh_core::object::{Custom, MemberKind, Shape, ShapeMember};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value, View};
use exsh_core::{Name, enumerate};
use exsh_dotnet::ops::pattern::{self, Wildcard};
use std::cmp::Ordering;
use std::collections::{HashSet, VecDeque};
use std::rc::Rc;

const IN_DEFAULT: u32 = 1;
const IN_SKIP_LAST: u32 = 1 << 1;
const IN_INDEX: u32 = 1 << 2;
const IN_SKIP_INDEX: u32 = 1 << 3;

const INPUT_OBJECT: Param<PsObject> = Param::new(0, "InputObject").from_pipeline();
const PROPERTY: Param<Vec<Value>> = Param::new(1, "Property").sets(IN_DEFAULT | IN_SKIP_LAST).position(0);
const EXCLUDE_PROPERTY: Param<Vec<Str>> = Param::new(2, "ExcludeProperty").sets(IN_DEFAULT | IN_SKIP_LAST);
const EXPAND_PROPERTY: Param<Str> = Param::new(3, "ExpandProperty").sets(IN_DEFAULT | IN_SKIP_LAST);
const UNIQUE: Param<Switch> = Param::new(4, "Unique");
const CASE_INSENSITIVE: Param<Switch> = Param::new(5, "CaseInsensitive");
const LAST: Param<i32> = Param::new(6, "Last").sets(IN_DEFAULT).validate(&[Validate::Range(0, 2147483647)]);
const FIRST: Param<i32> = Param::new(7, "First").sets(IN_DEFAULT).validate(&[Validate::Range(0, 2147483647)]);
const SKIP: Param<i32> =
    Param::new(8, "Skip").sets(IN_DEFAULT | IN_SKIP_LAST).validate(&[Validate::Range(0, 2147483647)]);
const SKIP_LAST: Param<i32> =
    Param::new(9, "SkipLast").sets(IN_SKIP_LAST).validate(&[Validate::Range(0, 2147483647)]);
const WAIT: Param<Switch> = Param::new(10, "Wait").sets(IN_DEFAULT | IN_INDEX);
const INDEX: Param<Vec<i32>> =
    Param::new(11, "Index").sets(IN_INDEX).validate(&[Validate::Range(0, 2147483647)]);
const SKIP_INDEX: Param<Vec<i32>> =
    Param::new(12, "SkipIndex").sets(IN_SKIP_INDEX).validate(&[Validate::Range(0, 2147483647)]);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Select-Object",
    &[
        INPUT_OBJECT.spec,
        PROPERTY.spec,
        EXCLUDE_PROPERTY.spec,
        EXPAND_PROPERTY.spec,
        UNIQUE.spec,
        CASE_INSENSITIVE.spec,
        LAST.spec,
        FIRST.spec,
        SKIP.spec,
        SKIP_LAST.spec,
        WAIT.spec,
        INDEX.spec,
        SKIP_INDEX.spec,
    ],
    include_str!("select_object.md"),
)
.sets(&["DefaultParameter", "SkipLastParameter", "IndexParameter", "SkipIndexParameter"], Some(0))
.class("Microsoft.PowerShell.Commands.SelectObjectCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(SelectObject {
        properties: Vec::new(),
        exclude: Vec::new(),
        expand: None,
        count: Count::default(),
        seen: None,
        plan: None,
        done: false,
    })
}

struct SelectObject {
    properties: Vec<PropertyArgument>,
    exclude: Vec<Wildcard>,
    expand: Option<PropertyArgument>,
    count: Count,
    seen: Option<Seen>,
    /// How the last object's shape was read; the next one usually has the same.
    plan: Option<Plan>,
    /// `-First` or `-Index` has all it wants and `-Wait` keeps the pipeline going.
    done: bool,
}

/// Which places of the sequence are wanted.
#[derive(Default)]
struct Count {
    first: Option<usize>,
    last: Option<usize>,
    skip: usize,
    skip_last: usize,
    index: Option<Vec<usize>>,
    skip_index: Option<HashSet<usize>>,
    position: usize,
    sent: usize,
    held: VecDeque<Value>,
}

/// How objects of one shape become new ones.
struct Plan {
    input: Rc<Shape>,
    columns: Vec<Source>,
    output: Rc<Shape>,
}

enum Source {
    Place(usize),
    Block(Value),
}

impl Cmdlet for SelectObject {
    fn begin(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        if let Some(list) = bound.get(&PROPERTY) {
            self.properties = property::parse(&list, Keys::Labelled)?;
        }
        if let Some(list) = bound.get(&EXCLUDE_PROPERTY) {
            self.exclude = list.iter().map(|p| pattern::compile(p, true)).collect::<Result<_>>()?;
            if self.properties.is_empty() && !bound.has(&EXPAND_PROPERTY) {
                self.properties = vec![PropertyArgument::of_name("*")?];
            }
        }
        if let Some(name) = bound.get(&EXPAND_PROPERTY) {
            self.expand = Some(PropertyArgument::of_name(&name)?);
        }
        let number = |p: &Param<i32>| bound.get(p).map(|n| n.max(0) as usize);
        let places =
            |p: &Param<Vec<i32>>| bound.get(p).map(|l| l.into_iter().filter_map(|i| usize::try_from(i).ok()));
        self.count = Count {
            first: number(&FIRST),
            last: number(&LAST),
            skip: number(&SKIP).unwrap_or(0),
            skip_last: number(&SKIP_LAST).unwrap_or(0),
            index: places(&INDEX).map(|l| {
                let mut all: Vec<usize> = l.collect();
                all.sort_unstable();
                all.dedup();
                all
            }),
            skip_index: places(&SKIP_INDEX).map(|l| l.collect()),
            ..Count::default()
        };
        if bound.on(&UNIQUE) {
            self.seen = Some(Seen::new(bound.on(&CASE_INSENSITIVE)));
        }
        Ok(())
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        if self.done || matches!(object.view(), View::Unset | View::Nothing) {
            return Ok(());
        }
        let full = self.pick(object.clone(), out)?;
        if !full {
            return Ok(());
        }
        if bound.on(&WAIT) {
            self.done = true;
            return Ok(());
        }
        self.finish(out)?;
        Err(Box::new(Flow::StopUpstream(0)))
    }

    fn end(&mut self, _bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let mut rest = std::mem::take(&mut self.count.held);
        if self.count.last.is_some() && self.count.first.is_none() {
            let keep = rest.len().saturating_sub(self.count.skip);
            rest.truncate(keep);
        }
        if self.count.last.is_some() {
            for v in rest {
                self.convert(v, out)?;
            }
        }
        self.finish(out)
    }
}

impl SelectObject {
    /// Takes one object of the sequence; true when no later one is wanted.
    fn pick(&mut self, object: Value, out: &mut dyn Out) -> Result<bool> {
        let c = &mut self.count;
        let at = c.position;
        c.position += 1;
        if let Some(wanted) = &c.index {
            let hit = wanted.binary_search(&at).is_ok();
            let last = wanted.last().is_none_or(|&l| at >= l);
            if hit {
                self.convert(object, out)?;
            }
            return Ok(last);
        }
        if let Some(unwanted) = &c.skip_index {
            if !unwanted.contains(&at) {
                self.convert(object, out)?;
            }
            return Ok(false);
        }
        // With -Last alone, -Skip counts from the end.
        if at < c.skip && (c.last.is_none() || c.first.is_some()) {
            return Ok(false);
        }
        if let Some(first) = c.first {
            if first == 0 && c.last.is_none() {
                return Ok(true);
            }
            if c.sent < first {
                c.sent += 1;
                let full = c.sent == first && c.last.is_none();
                self.convert(object, out)?;
                return Ok(full);
            }
        }
        if let Some(last) = c.last {
            c.held.push_back(object);
            if c.held.len() > last + if c.first.is_none() { c.skip } else { 0 } {
                c.held.pop_front();
            }
            return Ok(false);
        }
        if c.skip_last > 0 {
            c.held.push_back(object);
            if c.held.len() > c.skip_last
                && let Some(old) = c.held.pop_front()
            {
                self.convert(old, out)?;
            }
            return Ok(false);
        }
        self.convert(object, out)?;
        Ok(false)
    }

    /// What was kept for `-Unique` leaves at the end, as in the reference.
    fn finish(&mut self, out: &mut dyn Out) -> Result<()> {
        match self.seen.take() {
            Some(seen) => seen.kept.into_iter().filter(|v| !v.is_null()).try_for_each(|v| out.emit(v)),
            None => Ok(()),
        }
    }

    fn send(&mut self, value: Value, notes: usize, out: &mut dyn Out) -> Result<()> {
        match &mut self.seen {
            Some(seen) => seen.take(value, notes, out),
            None => out.emit(value),
        }
    }

    /// Makes of one object what is sent on.
    fn convert(&mut self, object: Value, out: &mut dyn Out) -> Result<()> {
        if self.expand.is_some() {
            return self.expand(object, out);
        }
        if self.properties.is_empty() {
            return self.send(object, 0, out);
        }
        if let Some(value) = self.by_plan(&object, out)? {
            let notes = self.plan.as_ref().map_or(0, |p| p.columns.len());
            return self.send(value, notes, out);
        }
        let columns = self.columns(&object, out, "AlreadyExistingUserSpecifiedPropertyNoExpand")?;
        let ty = object.type_info().map_or("System.Object", |t| t.name);
        let members = columns
            .iter()
            .map(|(name, _)| ShapeMember {
                name: Name::new(name),
                spelling: name.clone(),
                kind: MemberKind::Note,
            })
            .collect();
        let shape = Shape::new(members, vec![Str::from(format!("Selected.{ty}"))]);
        self.keep_plan(&object, &columns, &shape);
        let notes = columns.len();
        let values = columns.into_iter().map(|c| c.1).collect();
        self.send(Value::custom(Custom::new(shape, values)), notes, out)
    }

    /// Objects of a shape already seen: values are read by place.
    fn by_plan(&self, object: &Value, out: &mut dyn Out) -> Result<Option<Value>> {
        let (Some(plan), Some(custom)) = (&self.plan, object.as_custom()) else { return Ok(None) };
        if !Rc::ptr_eq(&plan.input, custom.members().shape()) {
            return Ok(None);
        }
        let mut values = Vec::with_capacity(plan.columns.len());
        for source in &plan.columns {
            values.push(match source {
                Source::Place(i) => custom.members().values()[*i].clone(),
                Source::Block(b) => calculated(b, object, out)?,
            });
        }
        Ok(Some(Value::custom(Custom::new(plan.output.clone(), values))))
    }

    fn keep_plan(&mut self, object: &Value, columns: &[(Str, Value)], output: &Rc<Shape>) {
        let Some(custom) = object.as_custom() else { return };
        let shape = custom.members().shape().clone();
        if !shape.all_notes() {
            return;
        }
        let mut sources = Vec::new();
        for argument in &self.properties {
            match &argument.expression {
                Expression::Block(b) => sources.push(Source::Block(b.clone())),
                _ => {
                    let names = argument.names(object);
                    if names.is_empty() {
                        return;
                    }
                    for n in names.iter().filter(|n| !self.exclude.iter().any(|w| w.matches(n))) {
                        match shape.index_of(Name::new(n)) {
                            Some(i) => sources.push(Source::Place(i)),
                            None => return,
                        }
                    }
                }
            }
        }
        // A different count means that a name came twice; such objects go the long way, which reports it.
        if sources.len() == columns.len() {
            self.plan = Some(Plan { input: shape, columns: sources, output: output.clone() });
        }
    }

    /// Names and values that `-Property` means for this object. A name that comes again is reported under `id`.
    fn columns(&self, object: &Value, out: &mut dyn Out, id: &'static str) -> Result<Vec<(Str, Value)>> {
        let mut columns: Vec<(Str, Value)> = Vec::new();
        for argument in &self.properties {
            let mut names = argument.names(object);
            if names.is_empty() && matches!(argument.expression, Expression::Name(..)) {
                names.push(argument.shown_name());
            }
            for name in names {
                if self.exclude.iter().any(|w| w.matches(&name)) {
                    continue;
                }
                let value = match &argument.expression {
                    Expression::Block(b) => calculated(b, object, out)?,
                    _ => match property::get(out.shell(), object, Name::new(&name)) {
                        Ok(v) => v.unwrap_or(Value::NULL),
                        Err(flow) if property::is_error(&flow) => Value::NULL,
                        Err(flow) => return Err(flow),
                    },
                };
                let label = match (&argument.label, &argument.expression) {
                    (Some(l), _) => l.clone(),
                    (None, _) => name,
                };
                if columns.iter().any(|(n, _)| same(n, &label)) {
                    out.error(
                        ErrorRecord::of(
                            "System.Management.Automation.PSArgumentException",
                            id,
                            Category::InvalidOperation,
                            format!(
                                "The property cannot be processed because the property \"{label}\" already exists."
                            ),
                        )
                        .about(object),
                    )?;
                    continue;
                }
                columns.push((label, value));
            }
        }
        Ok(columns)
    }

    fn expand(&mut self, object: Value, out: &mut dyn Out) -> Result<()> {
        let argument = self.expand.as_ref().expect("convert asked");
        let name = argument.shown_name();
        let mut names = argument.names(&object);
        names.retain(|n| !self.exclude.iter().any(|w| w.matches(n)));
        let argument_error = |id: &'static str, message: String| {
            ErrorRecord::of(
                "System.Management.Automation.PSArgumentException",
                id,
                Category::InvalidArgument,
                message,
            )
            .about(&object)
        };
        if names.len() > 1 {
            return out.error(argument_error(
                "MutlipleExpandProperties",
                "Multiple properties cannot be expanded.".into(),
            ));
        }
        let value = match names.first() {
            Some(n) => property::get(out.shell(), &object, Name::new(n))?,
            None => match &argument.expression {
                Expression::Name(n, _) => property::get(out.shell(), &object, *n)?,
                _ => None,
            },
        };
        let Some(value) = value else {
            return out.error(argument_error(
                "ExpandPropertyNotFound",
                format!("Property \"{name}\" cannot be found."),
            ));
        };
        if value.is_null() {
            return Ok(());
        }
        let columns = self.columns(&object, out, "AlreadyExistingUserSpecifiedPropertyExpand")?;
        let items = if enumerate::is_enumerable(&value) { enumerate::items(&value) } else { vec![value] };
        for item in items.into_iter().filter(|i| !i.is_null()) {
            let item = if columns.is_empty() {
                item
            } else {
                let notes = columns
                    .iter()
                    .map(|(name, v)| Addition {
                        name: name.clone(),
                        kind: MemberKind::Note,
                        value: v.clone(),
                    })
                    .collect();
                attach(&item, notes)
            };
            self.send(item, columns.len(), out)?;
        }
        Ok(())
    }
}

/// A calculated property whose expression fails is null.
fn calculated(block: &Value, object: &Value, out: &mut dyn Out) -> Result<Value> {
    match property::evaluate(out.shell(), block, object) {
        Ok(v) => Ok(v),
        Err(flow) if property::is_error(&flow) => Ok(Value::NULL),
        Err(flow) => Err(flow),
    }
}

/// The different objects so far. Plain text and numbers are looked up by hash, all else is compared one by one.
struct Seen {
    ignore_case: bool,
    keys: HashSet<SimpleKey>,
    kind: Option<u8>,
    plain: bool,
    kept: Vec<Value>,
    notes: Vec<usize>,
}

impl Seen {
    fn new(ignore_case: bool) -> Seen {
        Seen {
            ignore_case,
            keys: HashSet::new(),
            kind: None,
            plain: true,
            kept: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn take(&mut self, value: Value, notes: usize, out: &mut dyn Out) -> Result<()> {
        if self.plain {
            match SimpleKey::of(&value, self.ignore_case) {
                Some(key) if notes == 0 && self.kind.is_none_or(|k| k == key.kind()) => {
                    self.kind = Some(key.kind());
                    if self.keys.insert(key) {
                        self.keep(value, notes);
                    }
                    return Ok(());
                }
                _ => self.plain = false,
            }
        }
        for i in 0..self.kept.len() {
            if self.notes[i] == notes && self.same(&self.kept[i].clone(), &value, notes, out)? {
                return Ok(());
            }
        }
        self.keep(value, notes);
        Ok(())
    }

    fn keep(&mut self, value: Value, notes: usize) {
        self.kept.push(value);
        self.notes.push(notes);
    }

    fn same(&self, kept: &Value, value: &Value, notes: usize, out: &mut dyn Out) -> Result<bool> {
        if ordering::compare(out.shell(), value, kept, self.ignore_case)? != Ordering::Equal {
            return Ok(false);
        }
        if notes == 0 {
            return Ok(true);
        }
        for name in net_names(value) {
            let name = Name::new(&name);
            let (a, b) = (property::get(out.shell(), kept, name)?, property::get(out.shell(), value, name)?);
            let (Some(a), Some(b)) = (a, b) else { return Ok(false) };
            if ordering::compare(out.shell(), &a, &b, self.ignore_case)? != Ordering::Equal {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Names of the properties that Select-Object put on an object.
fn net_names(value: &Value) -> Vec<Str> {
    match value.view() {
        View::Custom(c) => c.members().shape().members().iter().map(|m| m.spelling.clone()).collect(),
        View::Wrapped(w) => w.members.shape().members().iter().map(|m| m.spelling.clone()).collect(),
        _ => Vec::new(),
    }
}
