//! Tables: which columns an object gets, its row, and how rows become lines.
//!
//! Widths are fixed once for a group and then only used: the columns' own, else what the rows seen so far need, the
//! last visible column cut to what is left and further ones dropped. Source of the arithmetic: TableWriter and
//! ColumnWidthManager of PowerShell (929903692e55); observed: `formatting/format-table`.

use crate::cell::{Cell, Context};
use crate::choose::{self, Association, is_property};
use crate::display::{ELLIPSIS, is_scalar};
use crate::packet::{Body, Cells, Column, Header, Layout, Row, Start};
use crate::read::{Outcome, Source};
use crate::request::{Request, Shape, TableOptions};
use crate::style::Style;
use crate::views::{ColumnDef, Expr, FormatData, RowDef, TableDef, entry_of};
use crate::width;
use exsh_core::view::Align;
use exsh_core::{Result, Shell, Str, Value};
use std::collections::HashMap;
use std::rc::Rc;

/// Most columns of a table for which nobody named properties.
const MOST_COLUMNS: usize = 10;

/// The column that remote objects may add to a view.
const ORIGIN: &str = "PSComputerName";

/// How the objects of one stream become rows.
pub(crate) struct TableLayout {
    columns: Vec<Column>,
    rows: Rows,
    options: TableOptions,
    hidden: bool,
}

enum Rows {
    Properties(Vec<Cell>),
    /// A view, and its cells by definition of the row.
    View {
        def: &'static TableDef,
        origin: bool,
        known: HashMap<usize, ViewCells>,
    },
}

type ViewCells = (Vec<Cell>, Option<Rc<[Option<Align>]>>);

impl TableLayout {
    pub fn of_object(
        shell: &mut dyn Shell,
        data: &FormatData,
        request: &Request,
        object: &Value,
        names: &[Str],
    ) -> Result<TableLayout> {
        let mut all: Vec<Association<'_>> = if request.properties.is_empty() {
            choose::of_object(shell, data, object, names)?
        } else {
            choose::named(shell, &request.properties, object, true)?
        };
        if request.properties.is_empty() && data.display_properties(names, object.type_info()).is_empty() {
            all.truncate(MOST_COLUMNS);
        }
        let mut columns = Vec::with_capacity(all.len());
        let mut cells = Vec::with_capacity(all.len());
        for mut a in all {
            let align = match a.spec.and_then(|s| s.align) {
                Some(align) => align,
                None => align_of(shell, &mut a.source, object)?,
            };
            let width = a.spec.and_then(|s| s.width).unwrap_or(0);
            columns.push(Column { label: a.label(), width, align, custom_label: false });
            cells.push(a.cell(true));
        }
        let options = options(request);
        let hidden = options.hide_headers.unwrap_or(false);
        Ok(TableLayout { columns, rows: Rows::Properties(cells), options, hidden })
    }

    /// `origin`: the object wants to show where it came from.
    pub fn of_view(def: &'static TableDef, request: &Request, object: &Value, origin: bool) -> TableLayout {
        let names = exsh_dotnet::types::names(object);
        let row = entry_of(def.rows, |r: &RowDef| r.types, &names);
        let columns = row.map_or(&[][..], |r| r.columns);
        let mut columns: Vec<Column> = columns
            .iter()
            .enumerate()
            .map(|(i, c)| {
                let head = def.headers.get(i);
                let label = head.and_then(|h| h.label);
                Column {
                    label: Str::from(label.unwrap_or_else(|| expression_text(c))),
                    width: head.map_or(0, |h| h.width as usize),
                    align: head.and_then(|h| h.align).or(c.align).unwrap_or(Align::Left),
                    custom_label: label.is_some_and(|l| !l.is_empty() && !is_property(object, l)),
                }
            })
            .collect();
        if origin {
            columns.push(Column { label: ORIGIN.into(), width: 0, align: Align::Left, custom_label: false });
        }
        let options = options(request);
        let hidden = options.hide_headers.unwrap_or(def.hide_headers);
        let rows = Rows::View { def, origin, known: HashMap::new() };
        TableLayout { columns, rows, options, hidden }
    }

    pub fn start(&mut self, auto_size: bool) -> Start {
        let columns = std::mem::take(&mut self.columns);
        let header = Header { columns, hidden: self.hidden, repeat: self.options.repeat_header };
        Start { layout: Layout::Table(header), auto_size }
    }

    pub fn entry(&mut self, cx: &mut Context<'_>, object: &Value, names: &[Str]) -> Result<Body> {
        let (cells, mut wrap, align) = match &mut self.rows {
            Rows::Properties(cells) => (cells, false, None),
            Rows::View { def, origin, known } => {
                let Some(row) = entry_of(def.rows, |r: &RowDef| r.types, names) else {
                    return Ok(Body::Row(Row::new(Cells::default(), false)));
                };
                let key = row as *const RowDef as usize;
                let (cells, align) = known.entry(key).or_insert_with(|| view_cells(row, *origin));
                (cells, row.wrap, align.clone())
            }
        };
        if let Some(asked) = self.options.wrap {
            wrap = asked;
        }
        let mut texts = Cells::with_capacity(cells.len());
        for cell in cells {
            texts.push_with(|out| cell.push(cx, out, object))?;
        }
        let mut row = Row::new(texts, wrap);
        row.align = align;
        Ok(Body::Row(row))
    }
}

fn options(request: &Request) -> TableOptions {
    match &request.shape {
        Shape::Table(o) => o.clone(),
        _ => TableOptions::default(),
    }
}

fn view_cells(row: &'static RowDef, origin: bool) -> ViewCells {
    let mut cells: Vec<Cell> =
        row.columns.iter().map(|c| Cell::new(Source::of(&c.what), c.format.map(Str::from))).collect();
    if origin {
        cells.push(Cell::new(Source::property(ORIGIN), None));
    }
    let own = row.columns.iter().any(|c| c.align.is_some());
    (cells, own.then(|| row.columns.iter().map(|c| c.align).collect()))
}

fn expression_text(column: &ColumnDef) -> &'static str {
    match &column.what {
        Expr::Property(name) => name,
        Expr::Script(text) => text,
        _ => "",
    }
}

/// Numbers, truth values, characters and enumerations stand on the right, judged by the first object.
fn align_of(shell: &mut dyn Shell, source: &mut Source, object: &Value) -> Result<Align> {
    Ok(match source.read(shell, object)? {
        Outcome::Value(v) if !v.is_null() && v.base().as_str().is_none() && is_scalar(&v) => Align::Right,
        _ => Align::Left,
    })
}

/// A table whose widths are fixed: turns rows into lines.
pub(crate) struct TableWriter {
    columns: Vec<Placed>,
    header: Vec<String>,
    /// Too narrow to show anything.
    disabled: bool,
    hidden: bool,
    line: String,
}

struct Placed {
    /// Cells; negative: dropped.
    width: isize,
    align: Align,
}

/// The narrowest screen that shows a table.
const NARROWEST: usize = 5;

impl TableWriter {
    /// `widths` by column, 0 where nothing is said.
    pub fn new(
        screen: usize,
        mut widths: Vec<isize>,
        aligns: impl Iterator<Item = Align>,
        hidden: bool,
    ) -> TableWriter {
        let mut disabled = screen < NARROWEST;
        if !disabled {
            fit(&mut widths, screen as isize);
            disabled = !widths.iter().any(|w| *w >= 1);
        }
        let columns = widths.into_iter().zip(aligns).map(|(width, align)| Placed { width, align }).collect();
        TableWriter { columns, header: Vec::new(), disabled, hidden, line: String::new() }
    }

    /// The header's lines, made at the first call. Gives back how many there were.
    pub fn write_header(
        &mut self,
        columns: &[Column],
        style: &Style,
        at_words: bool,
        sink: &mut dyn FnMut(&str) -> Result<()>,
    ) -> Result<usize> {
        if self.disabled || self.hidden {
            return Ok(0);
        }
        if self.header.is_empty() {
            let colours: Vec<&str> = columns
                .iter()
                .map(|c| {
                    let s = style.colours();
                    if c.custom_label { s.custom_header.as_str() } else { s.table_header.as_str() }
                })
                .collect();
            let labels = |i: usize| columns.get(i).map_or("", |c| c.label.as_str());
            let mut lines =
                self.wrapped(labels, &|i| self.columns[i].align, at_words, Some((&colours, style)));
            let dashes: Vec<String> = (0..self.columns.len())
                .map(|i| {
                    let room = self.columns[i].width.max(0) as usize;
                    let n = match width::cells(labels(i)) {
                        0 => room,
                        n => n.min(room),
                    };
                    "-".repeat(n)
                })
                .collect();
            let mut line = String::new();
            self.one_line(&mut line, |i| &dashes[i], |i| self.columns[i].align, Some(style));
            lines.push(line);
            self.header = lines;
        }
        for line in &self.header {
            sink(line)?;
        }
        Ok(self.header.len())
    }

    pub fn write_row(
        &mut self,
        row: &Row,
        style: &Style,
        at_words: bool,
        sink: &mut dyn FnMut(&str) -> Result<()>,
    ) -> Result<()> {
        if self.disabled {
            return Ok(());
        }
        let own = row.align.as_deref();
        let columns = &self.columns;
        let align = |i: usize| own.and_then(|a| a.get(i).copied().flatten()).unwrap_or(columns[i].align);
        if row.wrap {
            for line in self.wrapped(|i| row.cell(i), &align, at_words, None) {
                write_styled(&line, style, sink)?;
            }
            return Ok(());
        }
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        self.one_line(&mut line, |i| row.cell(i), align, None);
        let done = write_styled(&line, style, sink);
        self.line = line;
        done
    }

    /// A row of plain texts, for wide layouts.
    pub fn write_texts(
        &mut self,
        texts: &[String],
        style: &Style,
        sink: &mut dyn FnMut(&str) -> Result<()>,
    ) -> Result<()> {
        if self.disabled {
            return Ok(());
        }
        let mut line = String::new();
        self.one_line(
            &mut line,
            |i| texts.get(i).map_or("", |t| t.as_str()),
            |i| self.columns[i].align,
            None,
        );
        write_styled(&line, style, sink)
    }

    /// One line; the last column is not padded, even when it was dropped (so trailing blanks stay, as observed).
    fn one_line<'a>(
        &self,
        line: &mut String,
        cell: impl Fn(usize) -> &'a str,
        align: impl Fn(usize) -> Align,
        head: Option<&Style>,
    ) {
        let last = self.columns.len().saturating_sub(1);
        for (i, column) in self.columns.iter().enumerate() {
            if column.width <= 0 {
                continue;
            }
            if i > 0 {
                line.push(' ');
            }
            let from = line.len();
            if let Some(style) = head {
                line.push_str(&style.colours().table_header);
            }
            push_field(line, cell(i), column.width as usize, align(i), i != last);
            match head {
                Some(style) => line.push_str(&style.colours().reset),
                None => {
                    let field = &line[from..];
                    if field.as_bytes().contains(&0x1B) && !field.trim_end().ends_with(width::RESET) {
                        line.push_str(width::RESET);
                    }
                }
            }
        }
    }

    /// Several lines: each cell broken at its column's width.
    fn wrapped<'a>(
        &self,
        cell: impl Fn(usize) -> &'a str,
        align: &dyn Fn(usize) -> Align,
        at_words: bool,
        head: Option<(&[&str], &Style)>,
    ) -> Vec<String> {
        let shown: Vec<usize> = (0..self.columns.len()).filter(|&i| self.columns[i].width > 0).collect();
        let Some(&last) = shown.last() else { return Vec::new() };
        let mut fields: Vec<Vec<String>> = Vec::with_capacity(shown.len());
        for &i in &shown {
            let w = self.columns[i].width as usize;
            let mut lines = width::wrap(cell(i), w, w, at_words);
            let pads = i != last;
            if pads || matches!(align(i), Align::Right | Align::Center) {
                for line in &mut lines {
                    if width::cells(line) < w {
                        let mut padded = String::with_capacity(w);
                        push_field(&mut padded, line, w, align(i), pads);
                        *line = padded;
                    }
                }
            }
            fields.push(lines);
        }
        let height = fields.iter().map(Vec::len).max().unwrap_or(0);
        let mut lines = Vec::with_capacity(height);
        for r in 0..height {
            let end = fields.iter().rposition(|f| f.len() > r).unwrap_or(0);
            let mut line = String::new();
            for (n, field) in fields.iter().enumerate() {
                let separator = if n > 0 { " " } else { "" };
                let mut text = match field.get(r) {
                    Some(t) => format!("{separator}{t}"),
                    None if n > end => String::new(),
                    None if n + 1 == fields.len() => String::new(),
                    None => " ".repeat(self.columns[shown[n]].width as usize + separator.len()),
                };
                if n == end && height > 1 {
                    text.truncate(text.trim_end().len());
                }
                match head {
                    None => line.push_str(&text),
                    Some((colours, style)) => {
                        let colour = colours.get(shown[n]).copied().unwrap_or("");
                        if colour == style.colours().table_header {
                            line.push_str(colour);
                            line.push_str(&text);
                        } else {
                            // An own label's colour begins behind the separator.
                            let at = if text.is_empty() { 0 } else { separator.len() };
                            line.push_str(&text[..at]);
                            line.push_str(colour);
                            line.push_str(&text[at..]);
                        }
                        line.push_str(&style.colours().reset);
                    }
                }
            }
            lines.push(line);
        }
        lines
    }
}

/// Without colours, those that values bring are taken out.
pub(crate) fn write_styled(
    line: &str,
    style: &Style,
    sink: &mut dyn FnMut(&str) -> Result<()>,
) -> Result<()> {
    if style.is_plain() && line.as_bytes().contains(&0x1B) {
        return sink(&width::strip(line));
    }
    sink(line)
}

/// Appends a text padded or cut to `w` cells.
#[inline]
fn push_field(out: &mut String, text: &str, w: usize, align: Align, pad: bool) {
    if text.len() <= w && width::is_simple(text) && !text.bytes().any(|b| b == b'\n' || b == b'\r') {
        let gap = w - text.len();
        match align {
            Align::Right => {
                blanks(out, gap);
                out.push_str(text);
            }
            Align::Center => {
                blanks(out, gap / 2);
                out.push_str(text);
                if pad {
                    blanks(out, gap - gap / 2);
                }
            }
            _ => {
                out.push_str(text);
                if pad {
                    blanks(out, gap);
                }
            }
        }
        return;
    }
    push_field_slowly(out, text, w, align, pad);
}

fn push_field_slowly(out: &mut String, text: &str, w: usize, align: Align, pad: bool) {
    let first;
    let text = match text.find(['\n', '\r']) {
        Some(end) => {
            first = format!("{}{ELLIPSIS}", &text[..end]);
            &first
        }
        None => text,
    };
    let cells = width::cells(text);
    if cells <= w {
        let gap = w - cells;
        match align {
            Align::Right => {
                blanks(out, gap);
                out.push_str(text);
            }
            Align::Center => {
                blanks(out, gap / 2);
                out.push_str(text);
                if pad {
                    blanks(out, gap - gap / 2);
                }
            }
            _ => {
                out.push_str(text);
                if pad {
                    blanks(out, gap);
                }
            }
        }
        return;
    }
    let mut cut = String::with_capacity(w + 3);
    // One cell is for the ellipsis, where there is more than that.
    match (align, w > 1) {
        (Align::Right, true) => width::push_tail(&mut cut, text, w - 1, "…"),
        (Align::Right, false) => width::push_tail(&mut cut, text, w, ""),
        (_, true) => width::push_head(&mut cut, text, w - 1, "…"),
        (_, false) => width::push_head(&mut cut, text, w, ""),
    }
    // A wide character that did not fit leaves one cell.
    let short = width::cells(&cut) < w;
    if short && align == Align::Right {
        out.push(' ');
    }
    out.push_str(&cut);
    if short && align != Align::Right && pad {
        out.push(' ');
    }
}

fn blanks(out: &mut String, n: usize) {
    const SOME: &str = "                                                                                ";
    let mut left = n;
    while left > 0 {
        let now = left.min(SOME.len());
        out.push_str(&SOME[..now]);
        left -= now;
    }
}

/// Gives columns without a width what is left, and cuts or drops from the end what does not fit.
fn fit(widths: &mut [isize], screen: isize) {
    if widths.iter().any(|w| *w <= 0) {
        let open: Vec<usize> = (0..widths.len()).filter(|&i| widths[i] <= 0).collect();
        for &i in &open {
            widths[i] = 1;
        }
        let mut left = screen - total(widths);
        if left >= 0 {
            while left > 0 {
                for &i in &open {
                    if left == 0 {
                        break;
                    }
                    widths[i] += 1;
                    left -= 1;
                }
            }
            return;
        }
    }
    loop {
        let over = total(widths) - screen;
        if over <= 0 {
            return;
        }
        let Some(last) = widths.iter().rposition(|w| *w > 0) else { return };
        let cut = widths[last] - over;
        widths[last] = if cut < 1 { -1 } else { cut };
    }
}

fn total(widths: &[isize]) -> isize {
    let shown = widths.iter().filter(|w| **w > 0);
    shown.clone().sum::<isize>() + shown.count() as isize - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_cut_from_the_end() {
        let mut w = [50, 50, 50, 50];
        fit(&mut w, 119);
        // observed: formatting/default-format four-long-columns
        assert_eq!(w, [50, 50, 17, -1]);
        let mut w = [5, 0];
        fit(&mut w, 20);
        assert_eq!(w, [5, 14]);
        let mut w = [0, 0];
        fit(&mut w, 119);
        // observed: formatting/wide-custom fw-basic
        assert_eq!(w, [59, 59]);
    }

    #[test]
    fn fields_are_padded_and_cut() {
        let field = |text: &str, w, align, pad| {
            let mut out = String::new();
            push_field(&mut out, text, w, align, pad);
            out
        };
        // observed: formatting/format-table and formatting/unicode-width
        assert_eq!(field("123456789", 5, Align::Right, true), "…6789");
        assert_eq!(field("abcdefghij", 5, Align::Left, true), "abcd…");
        assert_eq!(field("one\r\ntwo", 8, Align::Left, true), "one…    ");
        assert_eq!(field("日本語テキスト", 7, Align::Left, true), "日本語…");
        assert_eq!(field("日本語テキスト", 6, Align::Left, true), "日本… ");
        assert_eq!(field("Head", 10, Align::Center, true), "   Head   ");
        assert_eq!(field("x", 4, Align::Left, false), "x");
    }
}
