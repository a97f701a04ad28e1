//! Wide layouts: one property of each object, several objects in a line.

use crate::cell::{Cell, Context};
use crate::choose;
use crate::display::name_source;
use crate::packet::{Body, Layout, Start};
use crate::read::{Sort, Source};
use crate::request::{Request, Shape};
use crate::views::{FormatData, WideEntry, entry_of};
use exsh_core::{Result, Str, Value};

/// How the objects of one stream become items.
pub(crate) struct WideLayout {
    entries: Option<&'static [WideEntry]>,
    /// Items in a row; 0: not said.
    columns: usize,
    last: Option<(Sort, Option<Cell>)>,
}

impl WideLayout {
    pub fn of_objects(request: &Request) -> WideLayout {
        WideLayout { entries: None, columns: asked(request).unwrap_or(0), last: None }
    }

    pub fn of_view(columns: usize, entries: &'static [WideEntry], request: &Request) -> WideLayout {
        WideLayout { entries: Some(entries), columns: asked(request).unwrap_or(columns), last: None }
    }

    pub fn start(&self, auto_size: bool) -> Start {
        Start { layout: Layout::Wide(if auto_size { 0 } else { self.columns }), auto_size }
    }

    pub fn entry(
        &mut self,
        cx: &mut Context<'_>,
        data: &FormatData,
        request: &Request,
        object: &Value,
        names: &[Str],
    ) -> Result<Body> {
        if !self.last.as_ref().is_some_and(|(sort, _)| sort.fits(object)) {
            let cell = self.cell(cx, data, request, object, names)?;
            self.last = Some((Sort::of(object), cell));
        }
        let mut text = String::new();
        if let Some((_, Some(cell))) = &mut self.last {
            cell.push(cx, &mut text, object)?;
        }
        Ok(Body::Wide(text))
    }

    fn cell(
        &self,
        cx: &mut Context<'_>,
        data: &FormatData,
        request: &Request,
        object: &Value,
        names: &[Str],
    ) -> Result<Option<Cell>> {
        if let Some(entries) = self.entries {
            let entry = entry_of(entries, |e: &WideEntry| e.types, names);
            return Ok(entry.map(|e| Cell::new(Source::of(&e.what), e.format.map(Str::from))));
        }
        if request.properties.is_empty() {
            if let Some(source) = name_source(object) {
                return Ok(Some(Cell::new(source, None)));
            }
            let all = choose::of_object(cx.shell, data, object, names)?;
            return Ok(all.into_iter().next().map(|a| a.cell(false)));
        }
        let all = choose::named(cx.shell, &request.properties, object, false)?;
        Ok(all.into_iter().next().map(|a| a.cell(false)))
    }
}

fn asked(request: &Request) -> Option<usize> {
    match &request.shape {
        Shape::Wide(o) => o.columns,
        _ => None,
    }
}

/// How many items of `longest` cells fit a line, a blank between them.
pub(crate) fn items_in_row(longest: usize, screen: usize) -> usize {
    if longest == 0 || longest >= screen {
        return 1;
    }
    let mut n = 1;
    while longest * (n + 1) + n < screen {
        n += 1;
    }
    n
}
