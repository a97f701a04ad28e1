//! What the four format cmdlets share: their common parameters become a request, objects become packets.

use crate::record;
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value, View};
use exsh_format::{Expand, Formatter, Keys, Packet, PropertySpec, Request, Shape};

/// The common parameters.
pub struct Options<'a> {
    pub properties: &'a Value,
    pub group_by: &'a Value,
    pub view: Option<Str>,
    pub expand: Option<Str>,
    pub show_error: bool,
    pub display_error: bool,
    pub force: bool,
    pub auto_size: Option<bool>,
}

/// One format cmdlet at work.
pub struct Shaping {
    formatter: Formatter,
    packets: Vec<Packet>,
}

impl Shaping {
    /// Errors of the properties are exsh-format's; `FormatCannotSpecifyViewAndProperty` is ours.
    pub fn new(shape: Shape, keys: Keys, options: Options<'_>) -> Result<Shaping> {
        let properties = PropertySpec::parse(keys, options.properties)?;
        if options.view.is_some() && !properties.is_empty() {
            return Err(ErrorRecord::of(
                "System.IO.InvalidDataException",
                "FormatCannotSpecifyViewAndProperty",
                Category::InvalidData,
                "The -Property and -View parameters cannot be used together.",
            )
            .into());
        }
        let group_by = match options.group_by.base().view() {
            View::Null | View::Nothing | View::Unset => None,
            _ => Some(PropertySpec::parse_one(Keys::GroupBy, options.group_by)?),
        };
        let expand = match &options.expand {
            None => Expand::default(),
            Some(text) => Expand::parse(text).ok_or_else(|| {
                record::argument(
                    "ExpandIllegalValue",
                    format!("The value \"{text}\" of Expand is not valid."),
                )
            })?,
        };
        let request = Request {
            shape,
            properties,
            group_by,
            view: options.view,
            auto_size: options.auto_size,
            show_error: options.show_error,
            display_error: options.display_error,
            force: options.force,
            expand,
        };
        Ok(Shaping { formatter: Formatter::new(request), packets: Vec::new() })
    }

    pub fn take(&mut self, object: &Value, out: &mut dyn Out) -> Result<()> {
        if object.is_null() {
            return Ok(());
        }
        let Shaping { formatter, packets } = self;
        formatter.push(out.shell(), object.clone(), &mut |p| {
            packets.push(p);
            Ok(())
        })?;
        self.send(out)
    }

    pub fn finish(&mut self, out: &mut dyn Out) -> Result<()> {
        let Shaping { formatter, packets } = self;
        formatter.finish(out.shell(), &mut |p| {
            packets.push(p);
            Ok(())
        })?;
        self.send(out)
    }

    fn send(&mut self, out: &mut dyn Out) -> Result<()> {
        self.packets.drain(..).try_for_each(|p| out.emit(Value::object(p)))
    }
}

/// Two switches that exclude each other.
pub fn conflict(a: &str, b: &str) -> ErrorRecord {
    ErrorRecord::of(
        "System.InvalidOperationException",
        "FormatCannotSpecifyAutosizeAndColumns",
        Category::InvalidArgument,
        format!("The -{a} and -{b} parameters cannot be used together."),
    )
}
