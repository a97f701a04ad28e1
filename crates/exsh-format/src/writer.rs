//! Packets to lines, and the writer that every `Out-` command is made of.
//!
//! Decides where lines end and which empty ones stand around tables and lists. Knows a width and a style, never a
//! terminal. Source of the state machine: OutCommandInner of PowerShell (929903692e55).

use crate::custom;
use crate::display::items_of;
use crate::error_view::{self, ErrorView};
use crate::formatter::Formatter;
use crate::list::ListWriter;
use crate::packet::{Body, Entry, Group, Header, Layout, Node, Packet, Start};
use crate::request::Request;
use crate::style::Style;
use crate::table::TableWriter;
use crate::wide::items_in_row;
use crate::width;
use exsh_core::enumerate;
use exsh_core::value::View;
use exsh_core::view::Align;
use exsh_core::{Category, ErrorRecord, Exception, Result, Shell, Value};
use std::fmt::Write;
use std::rc::Rc;

/// Where lines go, without their ends.
pub type Sink<'a> = &'a mut dyn FnMut(&str) -> Result<()>;

/// How long rows are collected before the widths of a table are fixed, in 100 ns ticks (observed: 300 ms).
const COLLECT: i64 = 3_000_000;

/// Turns packets into lines.
pub struct LineWriter {
    screen: usize,
    style: Style,
    at_words: bool,
    stage: Stage,
    /// Groups begun in this document.
    groups: usize,
    waiting: Option<Waiting>,
    table: Option<TableWriter>,
    /// Lines since the header, for `-RepeatHeader`.
    written: usize,
    page: usize,
    list: ListWriter,
    /// Items of an unfinished row, and how many make one.
    row: Vec<String>,
    row_items: usize,
    /// Plain text loses its colours too.
    strip_text: bool,
}

enum Stage {
    Outside,
    Document(Rc<Start>),
    Group(Rc<Start>),
}

/// A group whose widths are not fixed yet.
struct Waiting {
    group: Rc<Group>,
    entries: Vec<Rc<Entry>>,
    /// Ticks at its start; nothing: wait for its end.
    since: Option<i64>,
}

impl LineWriter {
    /// `width`: cells of a line.
    pub fn new(width: usize, style: Style) -> LineWriter {
        LineWriter {
            screen: width,
            style,
            at_words: true,
            stage: Stage::Outside,
            groups: 0,
            waiting: None,
            table: None,
            written: 0,
            page: usize::MAX,
            list: ListWriter::default(),
            row: Vec::new(),
            row_items: 1,
            strip_text: false,
        }
    }

    /// Takes one packet. Error id ConsoleLineOutputOutOfSequencePacket when it does not belong here.
    pub fn write(&mut self, shell: &mut dyn Shell, packet: Packet, sink: Sink<'_>) -> Result<()> {
        match packet {
            Packet::Entry(entry) => self.entry(shell, entry, sink),
            Packet::Start(start) => {
                // A document that was never closed ends here.
                self.flush(shell, sink)?;
                match &self.stage {
                    Stage::Outside => {}
                    Stage::Group(open) => {
                        let list = matches!(open.layout, Layout::List);
                        self.end_row(sink)?;
                        if !list {
                            sink("")?;
                        }
                    }
                    Stage::Document(_) => return Err(out_of_sequence("FormatStartData", Some(&start)).into()),
                }
                self.at_words = width::breaks_at_words(shell.culture().as_str());
                self.page = shell.host().height();
                self.stage = Stage::Document(start);
                self.groups = 0;
                sink("")
            }
            Packet::GroupStart(group) => {
                let Stage::Document(start) = &self.stage else {
                    return Err(out_of_sequence("GroupStartData", None).into());
                };
                let start = start.clone();
                let since = match &start.layout {
                    Layout::Table(_) | Layout::Wide(0) if start.auto_size => Some(None),
                    Layout::Table(h) if h.columns.first().is_some_and(|c| c.width == 0) => {
                        Some(Some(shell.host().monotonic_ticks()))
                    }
                    _ => None,
                };
                self.stage = Stage::Group(start.clone());
                match since {
                    Some(since) => {
                        self.waiting = Some(Waiting { group, entries: Vec::new(), since });
                        Ok(())
                    }
                    None => self.begin_group(&start, &group, &[], sink),
                }
            }
            Packet::GroupEnd => {
                let Stage::Group(start) = &self.stage else {
                    return Err(out_of_sequence("GroupEndData", None).into());
                };
                let start = start.clone();
                self.flush(shell, sink)?;
                self.end_row(sink)?;
                self.stage = Stage::Document(start);
                self.table = None;
                Ok(())
            }
            Packet::End => {
                let Stage::Document(start) = &self.stage else {
                    return Err(out_of_sequence("FormatEndData", None).into());
                };
                let list = matches!(start.layout, Layout::List);
                self.stage = Stage::Outside;
                // The last object of a list was already followed by an empty line.
                if list { Ok(()) } else { sink("") }
            }
        }
    }

    /// Writes what was held back; for the end of a stream that was not closed properly.
    pub fn flush(&mut self, shell: &mut dyn Shell, sink: Sink<'_>) -> Result<()> {
        let Some(waiting) = self.waiting.take() else { return Ok(()) };
        let Stage::Group(start) = &self.stage else { return Ok(()) };
        let start = start.clone();
        self.begin_group(&start, &waiting.group, &waiting.entries, sink)?;
        for entry in &waiting.entries {
            self.write_entry(shell, entry, sink)?;
        }
        Ok(())
    }

    /// Is a document open?
    fn is_open(&self) -> bool {
        !matches!(self.stage, Stage::Outside)
    }

    fn entry(&mut self, shell: &mut dyn Shell, entry: Rc<Entry>, sink: Sink<'_>) -> Result<()> {
        if !entry.out_of_band && !matches!(self.stage, Stage::Group(_)) {
            return Err(out_of_sequence("FormatEntryData", None).into());
        }
        let Some(waiting) = &mut self.waiting else { return self.write_entry(shell, &entry, sink) };
        waiting.entries.push(entry);
        if let Some(since) = waiting.since
            && shell.host().monotonic_ticks() - since > COLLECT
        {
            self.flush(shell, sink)?;
        }
        Ok(())
    }

    fn begin_group(
        &mut self,
        start: &Start,
        group: &Group,
        seen: &[Rc<Entry>],
        sink: Sink<'_>,
    ) -> Result<()> {
        if self.groups > 0 {
            sink("")?;
        }
        self.groups += 1;
        if let Some(heading) = &group.heading {
            let nodes: &[Node] = match heading {
                Node::Frame(f) => &f.nodes,
                other => std::slice::from_ref(other),
            };
            custom::write(nodes, self.screen, &self.style, self.at_words, sink)?;
            sink("")?;
        }
        match &start.layout {
            Layout::Table(header) => self.begin_table(header, seen, start.auto_size, sink),
            Layout::Wide(columns) => {
                self.begin_wide(*columns, seen);
                Ok(())
            }
            Layout::List | Layout::Custom => Ok(()),
        }
    }

    fn begin_table(
        &mut self,
        header: &Header,
        seen: &[Rc<Entry>],
        fitted: bool,
        sink: Sink<'_>,
    ) -> Result<()> {
        self.table = None;
        if header.columns.is_empty() {
            return Ok(());
        }
        let collects = fitted || header.columns[0].width == 0;
        let mut widths: Vec<isize> = header.columns.iter().map(|c| c.width as isize).collect();
        if collects {
            for (w, c) in widths.iter_mut().zip(&header.columns) {
                *w = width::cells(&c.label) as isize;
            }
            for entry in seen {
                let Body::Row(row) = &entry.body else { continue };
                for (i, w) in widths.iter_mut().enumerate() {
                    let cells = width::cells(row.cell(i)) as isize;
                    *w = (*w).max(cells);
                }
            }
        }
        let mut table =
            TableWriter::new(self.screen, widths, header.columns.iter().map(|c| c.align), header.hidden);
        self.written = table.write_header(&header.columns, &self.style, self.at_words, sink)?;
        self.table = Some(table);
        Ok(())
    }

    fn begin_wide(&mut self, columns: usize, seen: &[Rc<Entry>]) {
        let longest = seen
            .iter()
            .filter_map(|e| match &e.body {
                Body::Wide(text) => Some(width::cells(text)),
                _ => None,
            })
            .max()
            .unwrap_or(0);
        self.row_items = match (longest, columns) {
            (0, 0) => 2,
            (0, n) => n,
            (longest, _) => items_in_row(longest, self.screen),
        };
        self.row.clear();
        let widths = vec![0; self.row_items];
        let aligns = std::iter::repeat_n(Align::Left, self.row_items);
        self.table = Some(TableWriter::new(self.screen, widths, aligns, true));
    }

    fn write_entry(&mut self, shell: &mut dyn Shell, entry: &Entry, sink: Sink<'_>) -> Result<()> {
        match &entry.body {
            Body::Row(row) => {
                let Stage::Group(start) = &self.stage else { return Ok(()) };
                let (Layout::Table(header), Some(table)) = (&start.layout, &mut self.table) else {
                    return Ok(());
                };
                // Two lines are left for an empty line and the pager.
                if header.repeat && self.written + 2 >= self.page {
                    sink("")?;
                    self.written = table.write_header(&header.columns, &self.style, self.at_words, sink)?;
                }
                table.write_row(row, &self.style, self.at_words, sink)?;
                self.written += 1;
                Ok(())
            }
            Body::List(list) => {
                if entry.out_of_band {
                    sink("")?;
                }
                self.list.write(list, self.screen, &self.style, self.at_words, sink)?;
                sink("")
            }
            Body::Wide(text) => {
                self.row.push(text.clone());
                if self.row.len() >= self.row_items { self.end_row(sink) } else { Ok(()) }
            }
            Body::Custom(nodes) => {
                // What stands aside is not broken at the screen's width.
                let screen = if entry.out_of_band { usize::MAX / 2 } else { self.screen };
                custom::write(nodes, screen, &self.style, self.at_words, sink)
            }
            Body::Text(text) => self.text(text, sink),
            Body::Error(record) => {
                let view = ErrorView::of_session(shell);
                // Errors fold at the host's width, wherever the lines go.
                let width = shell.host().width();
                let drawn = error_view::render(shell, record, view, &self.style, width);
                drawn.split('\n').try_for_each(sink)
            }
        }
    }

    fn end_row(&mut self, sink: Sink<'_>) -> Result<()> {
        if self.row.is_empty() {
            return Ok(());
        }
        let Some(table) = &mut self.table else { return Ok(()) };
        let done = table.write_texts(&self.row, &self.style, sink);
        self.row.clear();
        done
    }

    fn text(&self, text: &str, sink: Sink<'_>) -> Result<()> {
        if self.strip_text && self.style.is_plain() && text.as_bytes().contains(&0x1B) {
            return sink(&width::strip(text));
        }
        sink(text)
    }
}

fn out_of_sequence(what: &str, start: Option<&Start>) -> ErrorRecord {
    let command = match start.map(|s| &s.layout) {
        Some(Layout::Table(_)) => "format-table",
        Some(Layout::List) => "format-list",
        Some(Layout::Wide(_)) => "format-wide",
        Some(Layout::Custom) => "format-complex",
        None => "format-*",
    };
    let message = format!(
        "The object of type \"Microsoft.PowerShell.Commands.Internal.Format.{what}\" is not valid or not in the correct \
         sequence. This is likely caused by a user-specified \"{command}\" command which is conflicting with the default \
         formatting."
    );
    let exception = Exception::new("System.InvalidOperationException", message);
    ErrorRecord::new("ConsoleLineOutputOutOfSequencePacket", Category::InvalidData, exception)
}

/// What the end of a pipeline does with its objects: strings are lines, packets are drawn, errors are drawn, everything
/// else is formatted first. Keeps what stands between objects as the reference does.
pub struct DefaultWriter {
    lines: LineWriter,
    formatter: Formatter,
    packets: Vec<Packet>,
    number: String,
}

impl DefaultWriter {
    /// `width`: cells of the screen; a console's tables and lists leave its last column free (observed:
    /// facts/interactive.md, `exch-table`, `width-out-string`).
    pub fn new(width: usize, style: Style, for_console: bool) -> DefaultWriter {
        let screen = if for_console { width.saturating_sub(1) } else { width };
        let mut lines = LineWriter::new(screen, style);
        lines.strip_text = for_console;
        DefaultWriter {
            lines,
            formatter: Formatter::new(Request::auto()),
            packets: Vec::new(),
            number: String::new(),
        }
    }

    /// Takes one object; `sink` gets lines without their ends. Text that holds line feeds comes as one line.
    pub fn push(&mut self, shell: &mut dyn Shell, value: Value, sink: Sink<'_>) -> Result<()> {
        if let View::Str(text) = value.view()
            && self.lines.waiting.is_none()
        {
            return self.lines.text(text, sink);
        }
        if let View::Int32(n) = value.view()
            && n >= 0
            && self.lines.waiting.is_none()
        {
            self.number.clear();
            let _ = write!(self.number, "{n}");
            return sink(&self.number);
        }
        if let View::List(_) = value.base().view() {
            return enumerate::each(value, &mut |item| self.push_item(shell, &item, sink));
        }
        match items_of(&value) {
            Some(items) => items.iter().try_for_each(|item| self.push_item(shell, item, sink)),
            None if value.is_null() => Ok(()),
            None => self.push_item(shell, &value, sink),
        }
    }

    /// Closes what is open. The writer can be used again.
    pub fn finish(&mut self, shell: &mut dyn Shell, sink: Sink<'_>) -> Result<()> {
        let packets = &mut self.packets;
        self.formatter.finish(shell, &mut |p| {
            packets.push(p);
            Ok(())
        })?;
        self.drain(shell, sink)?;
        self.lines.flush(shell, sink)?;
        self.lines.end_row(sink)?;
        self.lines.stage = Stage::Outside;
        Ok(())
    }

    /// Is a table or list open, so that the next object may be a row of it?
    pub fn is_open(&self) -> bool {
        self.lines.is_open()
    }

    fn push_item(&mut self, shell: &mut dyn Shell, value: &Value, sink: Sink<'_>) -> Result<()> {
        if let Some(packet) = value.downcast::<Packet>() {
            if matches!(packet, Packet::Start(_)) {
                // A format cmdlet's document closes the one of the default formatting.
                self.finish(shell, sink)?;
            }
            return self.lines.write(shell, packet.clone(), sink);
        }
        let packets = &mut self.packets;
        self.formatter.push_one(shell, value, &mut |p| {
            packets.push(p);
            Ok(())
        })?;
        self.drain(shell, sink)
    }

    fn drain(&mut self, shell: &mut dyn Shell, sink: Sink<'_>) -> Result<()> {
        for packet in self.packets.drain(..) {
            self.lines.write(shell, packet, sink)?;
        }
        Ok(())
    }
}
