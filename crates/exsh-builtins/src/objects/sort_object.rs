//! `Sort-Object`: collects all objects, then sorts them by themselves or by properties. It must hold everything back:
//! the first of the sorted sequence may be the last to arrive.

use crate::objects::sort_keys::{Entry, Sorter};
use crate::ordering;
use crate::parameter::PsObject;
use crate::property::{self, Keys};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use std::cmp::Ordering;

const IN_DEFAULT: u32 = 1;
const IN_TOP: u32 = 1 << 1;
const IN_BOTTOM: u32 = 1 << 2;

const STABLE: Param<Switch> = Param::new(0, "Stable").sets(IN_DEFAULT);
const DESCENDING: Param<Switch> = Param::new(1, "Descending");
const UNIQUE: Param<Switch> = Param::new(2, "Unique");
const TOP: Param<i32> =
    Param::new(3, "Top").sets(IN_TOP).mandatory().validate(&[Validate::Range(1, 2147483647)]);
const BOTTOM: Param<i32> =
    Param::new(4, "Bottom").sets(IN_BOTTOM).mandatory().validate(&[Validate::Range(1, 2147483647)]);
const INPUT_OBJECT: Param<PsObject> = Param::new(5, "InputObject").from_pipeline();
const PROPERTY: Param<Vec<Value>> = Param::new(6, "Property").position(0);
const CULTURE: Param<Str> = Param::new(7, "Culture");
const CASE_SENSITIVE: Param<Switch> = Param::new(8, "CaseSensitive");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Sort-Object",
    &[
        STABLE.spec,
        DESCENDING.spec,
        UNIQUE.spec,
        TOP.spec,
        BOTTOM.spec,
        INPUT_OBJECT.spec,
        PROPERTY.spec,
        CULTURE.spec,
        CASE_SENSITIVE.spec,
    ],
    include_str!("sort_object.md"),
)
.sets(&["Default", "Top", "Bottom"], Some(0))
.class("Microsoft.PowerShell.Commands.SortObjectCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(SortObject { objects: Vec::new() })
}

struct SortObject {
    objects: Vec<Value>,
}

impl Cmdlet for SortObject {
    fn process(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        if !object.is_null() {
            self.objects.push(object.clone());
        }
        Ok(())
    }

    fn end(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let arguments = match bound.get(&PROPERTY) {
            Some(list) => property::parse(&list, Keys::Ordered)?,
            None => Vec::new(),
        };
        let sorter = Sorter::new(arguments, bound.on(&DESCENDING), !bound.on(&CASE_SENSITIVE));
        let (mut entries, missing) = sorter.entries(std::mem::take(&mut self.objects), out)?;
        let (top, bottom) = (bound.get(&TOP), bound.get(&BOTTOM));
        if bound.on(&STABLE) || top.is_some() || bottom.is_some() {
            ordering::stable_sort(&mut entries, &mut |a, b| sorter.order(a, b, out))?;
        } else {
            ordering::introsort(&mut entries, &mut |a, b| sorter.order(a, b, out))?;
        }
        // Objects without any of the properties follow all others.
        entries.extend(missing);
        if bound.on(&UNIQUE) {
            entries = unique(entries, &sorter, out)?;
        }
        let count = entries.len();
        let range = match (top, bottom) {
            (Some(n), _) => 0..count.min(n.max(0) as usize),
            (_, Some(n)) => count - count.min(n.max(0) as usize)..count,
            _ => 0..count,
        };
        entries.drain(range).try_for_each(|e| out.emit(e.object))
    }
}

fn unique(entries: Vec<Entry>, sorter: &Sorter, out: &mut dyn Out) -> Result<Vec<Entry>> {
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    for e in entries {
        if let Some(last) = kept.last()
            && sorter.order(last, &e, out)? == Ordering::Equal
        {
            continue;
        }
        kept.push(e);
    }
    Ok(kept)
}
