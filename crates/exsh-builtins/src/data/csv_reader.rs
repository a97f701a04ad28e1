//! Lines of separated values to objects: the header makes the shape that all of them share.

use crate::data::csv::Records;
use exsh_core::Name;
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::name::same;
use exsh_core::object::{Custom, MemberKind, Shape, ShapeMember};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use std::rc::Rc;

/// Makes objects of records; keeps the header between pieces of text.
pub struct CsvReader {
    delimiter: char,
    shape: Option<Rc<Shape>>,
    type_name: Option<Str>,
}

impl CsvReader {
    pub fn new(delimiter: char, header: Option<Vec<Str>>) -> Result<CsvReader> {
        let mut reader = CsvReader { delimiter, shape: None, type_name: None };
        if let Some(names) = header {
            reader.shape = Some(reader.make_shape(names)?);
        }
        Ok(reader)
    }

    /// Sends an object for each record of `text`.
    pub fn read(&mut self, text: &str, out: &mut dyn Out) -> Result<()> {
        let mut records = Records::new(text, self.delimiter);
        if self.shape.is_none() && !self.read_header(&mut records, out)? {
            return Ok(());
        }
        let shape = self.shape.clone().expect("the header was read");
        let count = shape.members().len();
        let mut fields = Vec::with_capacity(count);
        while records.next(&mut fields) {
            // A blank line is no record.
            if let [one] = fields.as_slice()
                && one.is_empty()
            {
                continue;
            }
            let mut values: Vec<Value> = fields.drain(..).take(count).map(Value::text).collect();
            values.resize(count, Value::NULL);
            out.emit(Value::custom(Custom::new(shape.clone(), values)))?;
        }
        Ok(())
    }

    /// Comments may come first; `#TYPE` names the type and `#Fields:` is a header of log files.
    fn read_header(&mut self, records: &mut Records<'_>, out: &mut dyn Out) -> Result<bool> {
        let mut first = true;
        while records.peek() == Some('#') {
            let line = records.line().unwrap_or("");
            if first && let Some(name) = line.strip_prefix("#TYPE ") {
                self.type_name = Some(Str::from(format!("CSV:{}", name.trim())));
            } else if let Some(names) = line.strip_prefix("#Fields: ") {
                let names = names.split(' ').map(Str::from).collect();
                self.shape = Some(self.make_shape(names)?);
                return Ok(true);
            }
            first = false;
        }
        let mut fields = Vec::new();
        loop {
            if !records.next(&mut fields) {
                return Ok(false);
            }
            if fields.len() > 1 || !fields[0].is_empty() {
                break;
            }
        }
        let mut unnamed = 0;
        let names = fields
            .drain(..)
            .map(|f| {
                if f.is_empty() {
                    unnamed += 1;
                    Str::from(format!("H{unnamed}"))
                } else {
                    Str::from(f)
                }
            })
            .collect();
        if unnamed > 0 {
            out.warn(
                "One or more headers were not specified. Default names starting with \"H\" have been used in place of \
                 any missing headers.",
            )?;
        }
        self.shape = Some(self.make_shape(names)?);
        Ok(true)
    }

    fn make_shape(&self, names: Vec<Str>) -> Result<Rc<Shape>> {
        for (i, n) in names.iter().enumerate() {
            if names[..i].iter().any(|m| same(m, n)) {
                return Err(ErrorRecord::of(
                    "System.Management.Automation.ExtendedTypeSystemException",
                    "AlreadyPresentPSMemberInfoInternalCollectionAdd",
                    Category::NotSpecified,
                    format!("The member \"{n}\" is already present."),
                )
                .into());
            }
        }
        let members = names
            .into_iter()
            .map(|n| ShapeMember { name: Name::new(&n), spelling: n, kind: MemberKind::Note })
            .collect();
        Ok(Shape::new(members, self.type_name.iter().cloned().collect()))
    }
}
