//! Table and list views as plain data, standing beside the type they show.

use crate::value::Value;

/// How objects of a type are shown.
pub struct View {
    /// Name for `-View`.
    pub name: &'static str,
    pub layout: Layout,
    /// A property or computed value whose change starts a new group, with its label.
    pub group_by: Option<(Cell, Option<&'static str>)>,
}

pub enum Layout {
    Table(&'static [Column]),
    List(&'static [ListItem]),
    Wide(Cell),
}

/// A column of a table.
pub struct Column {
    /// Nothing: the property's name.
    pub label: Option<&'static str>,
    /// Cells of the terminal; 0: as wide as needed.
    pub width: u16,
    pub align: Align,
    pub cell: Cell,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Align {
    /// Left for text, right for numbers.
    Auto,
    Left,
    Center,
    Right,
}

pub struct ListItem {
    pub label: Option<&'static str>,
    pub cell: Cell,
}

/// Where a shown value comes from.
#[derive(Clone, Copy)]
pub enum Cell {
    Property(&'static str),
    Compute(fn(&Value) -> Value),
}

impl Column {
    pub const fn property(name: &'static str) -> Column {
        Column { label: None, width: 0, align: Align::Auto, cell: Cell::Property(name) }
    }
    pub const fn computed(label: &'static str, f: fn(&Value) -> Value) -> Column {
        Column { label: Some(label), width: 0, align: Align::Auto, cell: Cell::Compute(f) }
    }
    pub const fn width(mut self, cells: u16) -> Column {
        self.width = cells;
        self
    }
    pub const fn label(mut self, label: &'static str) -> Column {
        self.label = Some(label);
        self
    }
    pub const fn align(mut self, align: Align) -> Column {
        self.align = align;
        self
    }
}

impl View {
    pub const fn table(name: &'static str, columns: &'static [Column]) -> View {
        View { name, layout: Layout::Table(columns), group_by: None }
    }
    pub const fn list(name: &'static str, items: &'static [ListItem]) -> View {
        View { name, layout: Layout::List(items), group_by: None }
    }
}
