//! Objects to lines of separated values: the first object decides the columns, all others fill them.

use crate::data::csv::{self, Quoting};
use crate::property;
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::object::Shape;
use exsh_core::out::{Out, Shell};
use exsh_core::value::{Str, Value, View};
use exsh_core::{Name, name};
use exsh_dotnet::culture::{self, Culture};
use exsh_dotnet::{text, types as net};
use std::rc::Rc;

/// How lines are written.
pub struct Options {
    pub delimiter: char,
    pub quoting: Quoting,
    /// Columns of `-QuoteFields`; they decide the quoting once the columns are known.
    pub quote_fields: Option<Vec<Str>>,
    pub header: bool,
    pub type_line: bool,
}

/// Turns objects into lines.
pub struct CsvWriter {
    options: Options,
    columns: Option<Vec<(Str, Name)>>,
    culture: &'static Culture,
    /// Places of the columns in objects of the shape seen last.
    places: Option<(Rc<Shape>, Vec<Option<usize>>)>,
}

impl CsvWriter {
    pub fn new(options: Options, shell: &mut dyn Shell) -> CsvWriter {
        CsvWriter { options, columns: None, culture: culture::current(shell), places: None }
    }

    /// Columns that are settled before the first object (`-Append`).
    pub fn set_columns(&mut self, names: Vec<Str>) {
        let columns: Vec<(Str, Name)> = names.into_iter().map(|n| (n.clone(), Name::new(&n))).collect();
        if let Some(fields) = &self.options.quote_fields {
            let wanted =
                columns.iter().enumerate().filter(|(_, c)| fields.iter().any(|f| name::same(f, &c.0)));
            self.options.quoting = Quoting::Columns(wanted.map(|(i, _)| i).collect());
        }
        self.columns = Some(columns);
    }

    pub fn columns(&self) -> Option<Vec<Str>> {
        self.columns.as_ref().map(|c| c.iter().map(|c| c.0.clone()).collect())
    }

    /// Lines that come before the first row: the type and the names. Empty when they were written.
    pub fn start(&mut self, first: &Value) -> Vec<String> {
        if self.columns.is_some() {
            return Vec::new();
        }
        self.set_columns(property::property_names(first));
        let mut lines = Vec::new();
        if self.options.type_line {
            let name = net::names(first).first().cloned().unwrap_or_else(|| Str::from("System.Object"));
            let name = name.strip_prefix("CSV:").map(Str::from).unwrap_or(name);
            lines.push(format!("#TYPE {name}"));
        }
        if self.options.header {
            let mut line = String::new();
            for (i, (n, _)) in self.columns.iter().flatten().enumerate() {
                if i > 0 {
                    line.push(self.options.delimiter);
                }
                csv::push_field(&mut line, Some(n), i, &self.options.quoting, self.options.delimiter);
            }
            lines.push(line);
        }
        lines
    }

    /// One row, appended to `line`.
    pub fn row(&mut self, object: &Value, shell: &mut dyn Shell, line: &mut String) -> Result<()> {
        let columns = self.columns.as_deref().unwrap_or(&[]);
        if let Some(custom) = object.as_custom() {
            let members = custom.members();
            let shape = members.shape();
            if !matches!(&self.places, Some((s, _)) if Rc::ptr_eq(s, shape)) && shape.all_notes() {
                let places = columns.iter().map(|(_, n)| shape.index_of(*n)).collect();
                self.places = Some((shape.clone(), places));
            }
            if let Some((s, places)) = &self.places
                && Rc::ptr_eq(s, shape)
            {
                for (i, place) in places.iter().enumerate() {
                    if i > 0 {
                        line.push(self.options.delimiter);
                    }
                    if let Some(p) = place {
                        push_value(line, &members.values()[*p], i, &self.options, self.culture);
                    }
                }
                return Ok(());
            }
        }
        for (i, (_, n)) in columns.iter().enumerate() {
            if i > 0 {
                line.push(self.options.delimiter);
            }
            let value = property::get(shell, object, *n)?.unwrap_or(Value::NULL);
            push_value(line, &value, i, &self.options, self.culture);
        }
        Ok(())
    }
}

fn push_value(line: &mut String, value: &Value, column: usize, options: &Options, culture: &Culture) {
    match value.base().view() {
        View::Null | View::Nothing | View::Unset => {}
        View::Str(s) => csv::push_field(line, Some(s), column, &options.quoting, options.delimiter),
        View::List(l) => {
            csv::push_field(line, Some(l.ty().name), column, &options.quoting, options.delimiter)
        }
        _ => {
            let text = text::to_string_culture(value, culture);
            csv::push_field(line, Some(&text), column, &options.quoting, options.delimiter);
        }
    }
}

/// The separator that `-UseCulture` means.
pub fn culture_delimiter(out: &mut dyn Out) -> char {
    culture::current(out.shell()).list_separator.chars().next().unwrap_or(',')
}

/// `-UseQuotes` and `-QuoteFields` exclude each other.
pub fn check_quoting(both: bool) -> Result<()> {
    if !both {
        return Ok(());
    }
    Err(ErrorRecord::of(
        "System.InvalidOperationException",
        "CannotSpecifyQuoteFieldsAndUseQuotes",
        Category::InvalidData,
        "You must specify either the -UseQuotes or -QuoteFields parameters, but not both.",
    )
    .into())
}
