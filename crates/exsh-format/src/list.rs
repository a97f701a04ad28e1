//! Lists: one line a property, the labels padded to the longest, values wrapped and indented.

use crate::cell::{Cell, Context};
use crate::choose::{self, Association};
use crate::packet::{self, Body, Cells, Labels};
use crate::read::{Outcome, Sort, Source};
use crate::request::Request;
use crate::style::Style;
use crate::table::write_styled;
use crate::views::{FormatData, ItemDef, ListEntry, entry_of};
use crate::width;
use exsh_core::{Result, Str, Value};
use exsh_dotnet::convert;
use std::rc::Rc;

/// How the objects of one stream become lists.
pub(crate) struct ListLayout {
    entries: Option<&'static [ListEntry]>,
    /// What the last object needed; used again for the next one of the same sort.
    last: Option<Prepared>,
}

struct Prepared {
    sort: Sort,
    cells: Vec<Item>,
    labels: Rc<Labels>,
}

struct Item {
    cell: Cell,
    label: Str,
    condition: Option<Source>,
}

impl ListLayout {
    pub fn of_objects() -> ListLayout {
        ListLayout { entries: None, last: None }
    }

    pub fn of_view(entries: &'static [ListEntry]) -> ListLayout {
        ListLayout { entries: Some(entries), last: None }
    }

    pub fn entry(
        &mut self,
        cx: &mut Context<'_>,
        data: &FormatData,
        request: &Request,
        object: &Value,
        names: &[Str],
    ) -> Result<Body> {
        if !self.last.as_ref().is_some_and(|p| p.sort.fits(object)) {
            let items = match self.entries {
                Some(entries) => view_items(cx, entries, object, names)?,
                None if request.properties.is_empty() => {
                    items(choose::of_object(cx.shell, data, object, names)?)
                }
                None => items(choose::named(cx.shell, &request.properties, object, false)?),
            };
            let labels = Rc::new(Labels(items.iter().map(|i| i.label.clone()).collect()));
            self.last = Some(Prepared { sort: Sort::of(object), cells: items, labels });
        }
        let Some(prepared) = &mut self.last else { return Ok(Body::Custom(Vec::new())) };
        let mut values = Cells::with_capacity(prepared.cells.len());
        let mut shown: Option<Vec<Str>> = None;
        for (i, item) in prepared.cells.iter_mut().enumerate() {
            if let Some(condition) = &mut item.condition {
                let wanted = match condition.read(cx.shell, object)? {
                    Outcome::Value(v) => convert::to_bool(&v),
                    _ => false,
                };
                let shown = shown.get_or_insert_with(|| prepared.labels.0[..i].to_vec());
                if !wanted {
                    continue;
                }
                shown.push(item.label.clone());
            } else if let Some(shown) = &mut shown {
                shown.push(item.label.clone());
            }
            values.push_with(|out| item.cell.push(cx, out, object))?;
        }
        let labels = match shown {
            Some(names) => Rc::new(Labels(names)),
            None => prepared.labels.clone(),
        };
        Ok(Body::List(packet::List { labels, values }))
    }
}

fn items(associations: Vec<Association<'_>>) -> Vec<Item> {
    associations
        .into_iter()
        .map(|a| Item { label: a.label(), cell: a.cell(false), condition: None })
        .collect()
}

fn view_items(
    cx: &mut Context<'_>,
    entries: &'static [ListEntry],
    object: &Value,
    names: &[Str],
) -> Result<Vec<Item>> {
    let Some(entry) = entry_of(entries, |e: &ListEntry| e.types, names) else { return Ok(Vec::new()) };
    let mut items: Vec<Item> = entry.items.iter().map(|d| view_item(d, object)).collect();
    if choose::shows_computer_name(cx.shell, object)? {
        let name = "PSComputerName";
        items.push(Item {
            label: name.into(),
            cell: Cell::new(Source::property(name), None),
            condition: None,
        });
    }
    Ok(items)
}

fn view_item(def: &ItemDef, object: &Value) -> Item {
    let source = Source::of(&def.what);
    let label = match def.label {
        Some(label) => label.into(),
        None => {
            let text = source.text();
            let spelled =
                exsh_dotnet::member::properties(object).into_iter().find(|n| n.eq_ignore_ascii_case(&text));
            spelled.unwrap_or(text)
        }
    };
    let condition = def.condition.as_ref().map(Source::of);
    Item { label, cell: Cell::new(source, def.format.map(Str::from)), condition }
}

/// Writes lists; pads the labels of one kind of object once.
#[derive(Default)]
pub(crate) struct ListWriter {
    labels: Option<Rc<Labels>>,
    screen: usize,
    prefixes: Vec<String>,
    /// Cells of a prefix.
    indent: usize,
    padding: String,
    line: String,
}

const SEPARATOR: &str = " : ";

impl ListWriter {
    pub fn write(
        &mut self,
        list: &packet::List,
        screen: usize,
        style: &Style,
        at_words: bool,
        sink: &mut dyn FnMut(&str) -> Result<()>,
    ) -> Result<()> {
        // One cell for the label, one for the value.
        if list.labels.0.is_empty() || screen < SEPARATOR.len() + 2 {
            return Ok(());
        }
        let known =
            self.labels.as_ref().is_some_and(|l| Rc::ptr_eq(l, &list.labels)) && self.screen == screen;
        if !known {
            self.prepare(&list.labels, screen, style);
        }
        let room = screen - self.indent;
        for i in 0..self.prefixes.len() {
            let value = list.values.get(i);
            let mut line = std::mem::take(&mut self.line);
            line.clear();
            line.push_str(&self.prefixes[i]);
            let one = value.len() <= room
                && width::is_simple(value)
                && !value.bytes().any(|b| b < b' ' && b != b'\t');
            if one {
                line.push_str(value);
                let done = sink(&line);
                self.line = line;
                done?;
                continue;
            }
            for (n, part) in width::wrap(value, room, room, at_words).iter().enumerate() {
                if n > 0 {
                    line.clear();
                    line.push_str(&self.padding);
                }
                line.push_str(part);
                write_styled(&line, style, sink)?;
            }
            self.line = line;
        }
        Ok(())
    }

    fn prepare(&mut self, labels: &Rc<Labels>, screen: usize, style: &Style) {
        let most = screen - SEPARATOR.len() - 1;
        let longest = labels.0.iter().map(|l| width::cells(l)).max().unwrap_or(0).min(most);
        let colours = style.colours();
        self.prefixes = labels
            .0
            .iter()
            .map(|label| {
                let cells = width::cells(label);
                let mut prefix = colours.accent.clone();
                if cells > longest {
                    width::push_head(&mut prefix, label, longest, "");
                } else {
                    prefix.push_str(label);
                    prefix.extend(std::iter::repeat_n(' ', longest - cells));
                }
                prefix.push_str(SEPARATOR);
                prefix.push_str(&colours.reset);
                prefix
            })
            .collect();
        self.indent = longest + SEPARATOR.len();
        self.padding = " ".repeat(self.indent);
        self.labels = Some(labels.clone());
        self.screen = screen;
    }
}
