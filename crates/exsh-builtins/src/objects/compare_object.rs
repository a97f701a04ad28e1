//! `Compare-Object`: matches two sequences. Objects that found no partner yet wait; with `-SyncWindow` only so many
//! of them do. Plain keys find their partner by hash, so that long sequences in another order stay linear.

use crate::added_members::{Addition, attach};
use crate::objects::sort_keys::{Entry, Sorter};
use crate::ordering::{self, SimpleKey};
use crate::parameter::PsObjects;
use crate::property::{self, Keys};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::object::{Custom, MemberKind, Shape};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::rc::Rc;

const REFERENCE_OBJECT: Param<PsObjects> =
    Param::new(0, "ReferenceObject").mandatory().position(0).allow_empty();
const DIFFERENCE_OBJECT: Param<PsObjects> =
    Param::new(1, "DifferenceObject").mandatory().position(1).from_pipeline().allow_empty();
const SYNC_WINDOW: Param<i32> = Param::new(2, "SyncWindow").validate(&[Validate::Range(0, 2147483647)]);
const PROPERTY: Param<Vec<Value>> = Param::new(3, "Property");
const EXCLUDE_DIFFERENT: Param<Switch> = Param::new(4, "ExcludeDifferent");
const INCLUDE_EQUAL: Param<Switch> = Param::new(5, "IncludeEqual");
const PASS_THRU: Param<Switch> = Param::new(6, "PassThru");
const CULTURE: Param<Str> = Param::new(7, "Culture");
const CASE_SENSITIVE: Param<Switch> = Param::new(8, "CaseSensitive");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Compare-Object",
    &[
        REFERENCE_OBJECT.spec,
        DIFFERENCE_OBJECT.spec,
        SYNC_WINDOW.spec,
        PROPERTY.spec,
        EXCLUDE_DIFFERENT.spec,
        INCLUDE_EQUAL.spec,
        PASS_THRU.spec,
        CULTURE.spec,
        CASE_SENSITIVE.spec,
    ],
    include_str!("compare_object.md"),
)
.class("Microsoft.PowerShell.Commands.CompareObjectCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(CompareObject {
        sorter: None,
        references: Vec::new().into_iter(),
        window: usize::MAX,
        waiting_references: Waiting::default(),
        waiting_differences: Waiting::default(),
        shape: None,
    })
}

struct CompareObject {
    sorter: Option<Sorter>,
    references: std::vec::IntoIter<Entry>,
    window: usize,
    waiting_references: Waiting,
    waiting_differences: Waiting,
    shape: Option<Rc<Shape>>,
}

impl Cmdlet for CompareObject {
    fn begin(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let arguments = match bound.get(&PROPERTY) {
            Some(list) => property::parse(&list, Keys::Ordered)?,
            None => Vec::new(),
        };
        let sorter = Sorter::new(arguments, false, !bound.on(&CASE_SENSITIVE));
        if let Some(n) = bound.get(&SYNC_WINDOW) {
            self.window = n.max(0) as usize;
        }
        let mut entries = Vec::new();
        if let Some(PsObjects(list)) = bound.get(&REFERENCE_OBJECT) {
            for object in list {
                entries.push(sorter.entry(object, out)?);
            }
        }
        self.references = entries.into_iter();
        self.sorter = Some(sorter);
        Ok(())
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let Some(PsObjects(list)) = bound.get(&DIFFERENCE_OBJECT) else { return Ok(()) };
        for object in list {
            let entry = self.sorter().entry(object, out)?;
            self.step(Some(entry), bound, out)?;
        }
        Ok(())
    }

    fn end(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        while self.references.len() > 0 {
            self.step(None, bound, out)?;
        }
        while let Some(e) = self.waiting_differences.oldest() {
            self.different(e, "=>", bound, out)?;
        }
        while let Some(e) = self.waiting_references.oldest() {
            self.different(e, "<=", bound, out)?;
        }
        Ok(())
    }
}

impl CompareObject {
    fn sorter(&self) -> &Sorter {
        self.sorter.as_ref().expect("begin makes it")
    }

    /// Takes the next object of each side, where there is one.
    fn step(&mut self, difference: Option<Entry>, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let reference = self.references.next();
        let ignore_case = !bound.on(&CASE_SENSITIVE);
        if let (Some(r), Some(d)) = (&reference, &difference)
            && same(r, d, ignore_case, out)?
        {
            return self.equal(reference.expect("just seen"), bound, out);
        }
        let mut difference = difference;
        if let Some(d) = &difference
            && let Some(partner) = self.waiting_references.take(d, ignore_case, out)?
        {
            self.equal(partner, bound, out)?;
            difference = None;
        }
        let mut reference = reference;
        if let Some(r) = &reference
            && self.waiting_differences.take(r, ignore_case, out)?.is_some()
        {
            let r = reference.take().expect("just seen");
            self.equal(r, bound, out)?;
        }
        if let Some(d) = difference {
            if self.window == 0 {
                self.different(d, "=>", bound, out)?;
            } else {
                while self.waiting_differences.len() >= self.window {
                    let old = self.waiting_differences.oldest().expect("it is not empty");
                    self.different(old, "=>", bound, out)?;
                }
                self.waiting_differences.put(d, ignore_case);
            }
        }
        if let Some(r) = reference {
            if self.window == 0 {
                self.different(r, "<=", bound, out)?;
            } else {
                while self.waiting_references.len() >= self.window {
                    let old = self.waiting_references.oldest().expect("it is not empty");
                    self.different(old, "<=", bound, out)?;
                }
                self.waiting_references.put(r, ignore_case);
            }
        }
        Ok(())
    }

    fn equal(&mut self, entry: Entry, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        if bound.on(&INCLUDE_EQUAL) || bound.on(&EXCLUDE_DIFFERENT) {
            self.send(entry, "==", bound, out)
        } else {
            Ok(())
        }
    }

    fn different(
        &mut self,
        entry: Entry,
        side: &'static str,
        bound: &Bound,
        out: &mut dyn Out,
    ) -> Result<()> {
        if bound.on(&EXCLUDE_DIFFERENT) { Ok(()) } else { self.send(entry, side, bound, out) }
    }

    fn send(&mut self, entry: Entry, side: &'static str, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        if bound.on(&PASS_THRU) {
            let note = Addition {
                name: Str::from("SideIndicator"),
                kind: MemberKind::Note,
                value: Value::text(side),
            };
            return out.emit(attach(&entry.object, vec![note]));
        }
        let shape = match &self.shape {
            Some(s) => s.clone(),
            None => {
                let arguments = self.sorter().arguments();
                let mut names: Vec<Str> = arguments.iter().map(|a| a.shown_name()).collect();
                if names.is_empty() {
                    names.push(Str::from("InputObject"));
                }
                names.push(Str::from("SideIndicator"));
                let shape = Shape::of_names(names.iter().map(|n| n.as_str()));
                self.shape = Some(shape.clone());
                shape
            }
        };
        let mut values = if self.sorter().arguments().is_empty() { vec![entry.object] } else { entry.keys };
        values.push(Value::text(side));
        out.emit(Value::custom(Custom::new(shape, values)))
    }
}

fn same(a: &Entry, b: &Entry, ignore_case: bool, out: &mut dyn Out) -> Result<bool> {
    for (x, y) in a.keys.iter().zip(&b.keys) {
        if ordering::compare(out.shell(), x, y, ignore_case)? != Ordering::Equal {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Objects without a partner, oldest first.
#[derive(Default)]
struct Waiting {
    entries: BTreeMap<u64, Entry>,
    next: u64,
    by_key: HashMap<Vec<SimpleKey>, VecDeque<u64>>,
    /// Kinds of the plain keys that wait; mixed kinds are compared one by one.
    kinds: Option<Vec<u8>>,
    mixed: bool,
}

impl Waiting {
    fn len(&self) -> usize {
        self.entries.len()
    }

    fn put(&mut self, entry: Entry, ignore_case: bool) {
        let n = self.next;
        self.next += 1;
        match key(&entry, ignore_case) {
            Some(k) => {
                let kinds: Vec<u8> = k.iter().map(SimpleKey::kind).collect();
                self.mixed |= self.kinds.as_ref().is_some_and(|known| *known != kinds);
                self.kinds = Some(kinds);
                self.by_key.entry(k).or_default().push_back(n);
            }
            None => self.mixed = true,
        }
        self.entries.insert(n, entry);
    }

    fn oldest(&mut self) -> Option<Entry> {
        // Stale numbers in `by_key` are passed over when they come up.
        self.entries.pop_first().map(|(_, e)| e)
    }

    /// Takes out the oldest entry equal to `other`.
    fn take(&mut self, other: &Entry, ignore_case: bool, out: &mut dyn Out) -> Result<Option<Entry>> {
        if let Some(k) = key(other, ignore_case)
            && !self.mixed
        {
            let same_kinds = self
                .kinds
                .as_ref()
                .is_none_or(|known| known.iter().copied().eq(k.iter().map(SimpleKey::kind)));
            if same_kinds {
                while let Some(n) = self.by_key.get_mut(&k).and_then(VecDeque::pop_front) {
                    if let Some(e) = self.entries.remove(&n) {
                        return Ok(Some(e));
                    }
                }
                return Ok(None);
            }
        }
        let mut found = None;
        for (n, e) in &self.entries {
            if same(e, other, ignore_case, out)? {
                found = Some(*n);
                break;
            }
        }
        Ok(found.and_then(|n| self.entries.remove(&n)))
    }
}

fn key(entry: &Entry, ignore_case: bool) -> Option<Vec<SimpleKey>> {
    entry.keys.iter().map(|k| SimpleKey::of(k, ignore_case)).collect()
}
