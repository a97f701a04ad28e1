//! What travels between a format cmdlet and a writer: the start with its shape, groups, rows, the ends.
//!
//! A packet is an object like any other, so that `Format-Table` can emit it down the pipeline and any `Out-` cmdlet can
//! take it. Values are text already: a packet no longer knows the object it came from, except an error, which is drawn
//! only when the width is known.

use exsh_core::error::ErrorRecord;
use exsh_core::types::MemberTable;
use exsh_core::view::Align;
use exsh_core::{Object, Str, TypeInfo, TypeRef};
use std::any::Any;
use std::rc::Rc;

/// One step of a formatted stream. Cheap to clone.
#[derive(Clone)]
pub enum Packet {
    Start(Rc<Start>),
    GroupStart(Rc<Group>),
    Entry(Rc<Entry>),
    GroupEnd,
    End,
}

/// How everything up to the matching end is laid out.
pub struct Start {
    pub layout: Layout,
    /// Wait for the whole group before widths are fixed.
    pub auto_size: bool,
}

pub enum Layout {
    Table(Header),
    List,
    /// Items in a row; 0: not said.
    Wide(usize),
    Custom,
}

/// The head of a table.
pub struct Header {
    pub columns: Vec<Column>,
    pub hidden: bool,
    /// Write the header again on each new page.
    pub repeat: bool,
}

pub struct Column {
    pub label: Str,
    /// Cells; 0: not said.
    pub width: usize,
    pub align: Align,
    /// The label is no property's name, hence drawn in its own colour.
    pub custom_label: bool,
}

/// The heading of a group, if it has one.
#[derive(Default)]
pub struct Group {
    pub heading: Option<Node>,
}

pub struct Entry {
    pub body: Body,
    /// Not part of the surrounding group: written as it comes, in no column.
    pub out_of_band: bool,
}

pub enum Body {
    Row(Row),
    List(List),
    Wide(String),
    Custom(Vec<Node>),
    /// Plain text, written as it is.
    Text(Str),
    Error(Rc<ErrorRecord>),
}

/// The cells of a row, in one text.
pub struct Row {
    text: String,
    ends: Vec<u32>,
    /// A line may have several lines.
    pub wrap: bool,
    /// Alignment by cell where it differs from the header's.
    pub align: Option<Rc<[Option<Align>]>>,
}

/// Names and values of one object.
pub struct List {
    pub labels: Rc<Labels>,
    pub values: Cells,
}

/// Labels shared by all objects of one kind, so that a writer pads them once.
pub struct Labels(pub Vec<Str>);

/// Texts one after the other in one allocation.
#[derive(Default)]
pub struct Cells {
    text: String,
    ends: Vec<u32>,
}

/// A piece of a custom layout.
pub enum Node {
    Text(String),
    NewLine,
    Frame(Frame),
}

/// Indented contents; cells. `first` is added for the first line and may be negative.
pub struct Frame {
    pub left: usize,
    pub right: usize,
    pub first: isize,
    pub nodes: Vec<Node>,
}

impl Cells {
    pub fn with_capacity(count: usize) -> Cells {
        Cells { text: String::with_capacity(count * 12), ends: Vec::with_capacity(count) }
    }

    /// Lets `write` append one more cell.
    #[inline]
    pub fn push_with<T>(&mut self, write: impl FnOnce(&mut String) -> T) -> T {
        let result = write(&mut self.text);
        self.ends.push(self.text.len() as u32);
        result
    }

    /// The cell; empty beyond the last one.
    #[inline]
    pub fn get(&self, i: usize) -> &str {
        match self.ends.get(i) {
            Some(&end) => {
                let start = if i == 0 { 0 } else { self.ends[i - 1] as usize };
                &self.text[start..end as usize]
            }
            None => "",
        }
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

impl Row {
    pub fn new(cells: Cells, wrap: bool) -> Row {
        Row { text: cells.text, ends: cells.ends, wrap, align: None }
    }

    #[inline]
    pub fn cell(&self, i: usize) -> &str {
        match self.ends.get(i) {
            Some(&end) => {
                let start = if i == 0 { 0 } else { self.ends[i - 1] as usize };
                &self.text[start..end as usize]
            }
            None => "",
        }
    }
    pub fn len(&self) -> usize {
        self.ends.len()
    }
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

impl Packet {
    pub fn entry(body: Body) -> Packet {
        Packet::Entry(Rc::new(Entry { body, out_of_band: false }))
    }
    pub fn out_of_band(body: Body) -> Packet {
        Packet::Entry(Rc::new(Entry { body, out_of_band: true }))
    }
    pub fn text(text: impl Into<Str>) -> Packet {
        Packet::out_of_band(Body::Text(text.into()))
    }
}

macro_rules! packet_types {
    ($($id:ident $name:literal;)*) => { $(
        pub static $id: TypeInfo =
            TypeInfo::class(concat!("Microsoft.PowerShell.Commands.Internal.Format.", $name), MemberTable::EMPTY);
    )* };
}

packet_types! {
    FORMAT_START_DATA "FormatStartData";
    GROUP_START_DATA "GroupStartData";
    FORMAT_ENTRY_DATA "FormatEntryData";
    GROUP_END_DATA "GroupEndData";
    FORMAT_END_DATA "FormatEndData";
}

impl Object for Packet {
    fn type_info(&self) -> TypeRef {
        match self {
            Packet::Start(_) => &FORMAT_START_DATA,
            Packet::GroupStart(_) => &GROUP_START_DATA,
            Packet::Entry(_) => &FORMAT_ENTRY_DATA,
            Packet::GroupEnd => &GROUP_END_DATA,
            Packet::End => &FORMAT_END_DATA,
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}
