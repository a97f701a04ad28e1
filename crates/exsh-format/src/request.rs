//! What the operator asks of a format cmdlet: the shape, its options and the properties.
//!
//! [`PropertySpec::parse`] reads names, script blocks and hashtables with abbreviated keys, and says which key is wrong
//! in the reference's words and error ids. It does not look at the objects to be shown.

use exsh_core::types::Kind;
use exsh_core::value::View;
use exsh_core::view::Align;
use exsh_core::{Category, ErrorRecord, Exception, Flow, Result, Str, Value};

/// Everything a format cmdlet was told.
#[derive(Default)]
pub struct Request {
    pub shape: Shape,
    /// Nothing given: the view or the object decides.
    pub properties: Vec<PropertySpec>,
    pub group_by: Option<PropertySpec>,
    /// `-View`.
    pub view: Option<Str>,
    /// `-AutoSize`; nothing: the view decides.
    pub auto_size: Option<bool>,
    /// Errors of expressions follow the row.
    pub show_error: bool,
    /// Errors of expressions stand in the cell as `#ERR`.
    pub display_error: bool,
    /// Show strings and numbers by their properties too.
    pub force: bool,
    pub expand: Expand,
}

#[derive(Default)]
pub enum Shape {
    /// The view or the number of properties decides.
    #[default]
    Auto,
    Table(TableOptions),
    List(ListOptions),
    Wide(WideOptions),
    Custom(CustomOptions),
}

#[derive(Default, Clone)]
pub struct TableOptions {
    pub hide_headers: Option<bool>,
    pub wrap: Option<bool>,
    pub repeat_header: bool,
}

#[derive(Default, Clone)]
pub struct ListOptions;

#[derive(Default, Clone)]
pub struct WideOptions {
    /// Items in a row; nothing: the view decides.
    pub columns: Option<usize>,
}

#[derive(Clone)]
pub struct CustomOptions {
    /// How deep objects within objects are opened.
    pub depth: usize,
}

impl Default for CustomOptions {
    fn default() -> CustomOptions {
        CustomOptions { depth: 5 }
    }
}

/// `-Expand`: what becomes of a collection that arrives as one object.
#[derive(Default, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expand {
    /// Its items.
    #[default]
    EnumOnly,
    /// Itself.
    CoreOnly,
    /// First itself, then its items.
    Both,
}

impl Expand {
    pub fn parse(text: &str) -> Option<Expand> {
        [("EnumOnly", Expand::EnumOnly), ("CoreOnly", Expand::CoreOnly), ("Both", Expand::Both)]
            .into_iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(text))
            .map(|(_, e)| e)
    }
}

impl Request {
    pub fn auto() -> Request {
        Request::default()
    }
    pub fn shaped(shape: Shape) -> Request {
        Request { shape, ..Request::default() }
    }
}

/// One property to show.
#[derive(Clone)]
pub struct PropertySpec {
    pub what: What,
    pub label: Option<Str>,
    pub format: Option<Str>,
    /// Cells.
    pub width: Option<usize>,
    pub align: Option<Align>,
    pub depth: Option<usize>,
}

#[derive(Clone)]
pub enum What {
    /// A name, wildcards allowed.
    Name(Str),
    /// A script block, with the object as `$_`.
    Script(Value),
}

/// Which keys a hashtable may have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keys {
    Table,
    List,
    Wide,
    Custom,
    GroupBy,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Expression,
    FormatString,
    Width,
    Alignment,
    Label,
    Depth,
}

impl Keys {
    fn allowed(self) -> &'static [(&'static str, Key)] {
        use Key::*;
        match self {
            Keys::Table => &[
                ("expression", Expression),
                ("formatString", FormatString),
                ("width", Width),
                ("alignment", Alignment),
                ("label", Label),
                ("name", Label),
            ],
            Keys::List | Keys::GroupBy => &[
                ("expression", Expression),
                ("formatString", FormatString),
                ("label", Label),
                ("name", Label),
            ],
            Keys::Wide => &[("expression", Expression), ("formatString", FormatString)],
            Keys::Custom => &[("expression", Expression), ("depth", Depth)],
        }
    }
}

impl PropertySpec {
    pub fn name(name: impl Into<Str>) -> PropertySpec {
        PropertySpec::of(What::Name(name.into()))
    }

    fn of(what: What) -> PropertySpec {
        PropertySpec { what, label: None, format: None, width: None, align: None, depth: None }
    }

    /// Reads `-Property`: one value or a list of them. Errors have the ids DictionaryKeyUnknownType,
    /// DictionaryKeyIllegal, DictionaryKeyDuplicate, DictionaryKeyNonString, DictionaryKeyMissingValue,
    /// DictionaryKeyIllegalValue1 and 2, DictionaryKeyMandatoryEntry, ExpressionEmptyString1 and 2,
    /// AlignmentIllegalValue, WidthOutOfRange, FormatStringEmpty.
    pub fn parse(keys: Keys, value: &Value) -> Result<Vec<PropertySpec>> {
        match value.base().view() {
            View::Null | View::Nothing | View::Unset => Ok(Vec::new()),
            View::List(list) => list.items().iter().map(|v| PropertySpec::parse_one(keys, v)).collect(),
            _ => Ok(vec![PropertySpec::parse_one(keys, value)?]),
        }
    }

    /// Reads one of them, as `-GroupBy` has it.
    pub fn parse_one(keys: Keys, value: &Value) -> Result<PropertySpec> {
        let base = value.base();
        if let View::Table(table) = base.view() {
            return PropertySpec::parse_table(keys, table.entries());
        }
        match expression(base) {
            Some(What::Name(n)) if n.is_empty() => {
                Err(error("ExpressionEmptyString2", "An empty string value is not allowed.".into()))
            }
            Some(what) => Ok(PropertySpec::of(what)),
            None if base.is_null() => Err(error(
                "DictionaryKeyUnknownType",
                format!(
                    "The value of a parameter was null; one of the following types was expected: {TEXT_OR_BLOCK}."
                ),
            )),
            None => Err(error(
                "DictionaryKeyUnknownType",
                format!("Cannot convert {} to one of the following types {TEXT_OR_BLOCK}.", type_name(base)),
            )),
        }
    }

    fn parse_table(keys: Keys, entries: Vec<(Value, Value)>) -> Result<PropertySpec> {
        let mut spec = PropertySpec::of(What::Name(Str::from("")));
        let mut seen: Vec<Key> = Vec::new();
        for (k, v) in entries {
            let Some(written) = k.base().as_str() else {
                let short = k.type_info().map_or("Object", |t| t.short_name());
                return Err(error(
                    "DictionaryKeyNonString",
                    format!("The {short} key type is not valid. The key must be a string."),
                ));
            };
            let (name, key) = match_key(keys, written)?;
            if seen.contains(&key) {
                return Err(error(
                    "DictionaryKeyDuplicate",
                    format!("The duplicated key \"{written}\" conflicts with \"{name}\"."),
                ));
            }
            seen.push(key);
            spec.take(key, name, written, v.base())?;
        }
        if !seen.contains(&Key::Expression) {
            return Err(error(
                "DictionaryKeyMandatoryEntry",
                "A mandatory entry for expression is missing.".into(),
            ));
        }
        Ok(spec)
    }

    fn take(&mut self, key: Key, name: &str, written: &str, v: &Value) -> Result<()> {
        if v.is_null() {
            return Err(error("DictionaryKeyMissingValue", format!("The {written} key has no value.")));
        }
        let wrong = |types: &str| {
            let (id, text) = if types.starts_with('{') {
                ("DictionaryKeyIllegalValue1", "types are")
            } else {
                ("DictionaryKeyIllegalValue2", "type is")
            };
            error(
                id,
                format!(
                    "The \"{written}\" key has a type, {}, that is not valid; expected {text} {types}.",
                    type_name(v)
                ),
            )
        };
        match key {
            Key::Expression => {
                self.what = expression(v).ok_or_else(|| wrong(TEXT_OR_BLOCK))?;
                if matches!(&self.what, What::Name(n) if n.is_empty()) {
                    return Err(error(
                        "ExpressionEmptyString1",
                        "The \"expression\" key cannot have an empty string value.".into(),
                    ));
                }
            }
            Key::Label => self.label = Some(text(v).ok_or_else(|| wrong("System.String"))?),
            Key::FormatString => {
                let format = text(v).ok_or_else(|| wrong("System.String"))?;
                if format.is_empty() {
                    return Err(error(
                        "FormatStringEmpty",
                        format!("Cannot have an empty formatting string for key \"{name}\"."),
                    ));
                }
                self.format = Some(format);
            }
            Key::Width => {
                let width = v.as_int().ok_or_else(|| wrong("System.Int32"))?;
                if width <= 0 {
                    return Err(error(
                        "WidthOutOfRange",
                        format!("The value \"{width}\" for key \"{name}\" should be greater than 0."),
                    ));
                }
                self.width = Some(width as usize);
            }
            Key::Depth => {
                let depth = v.as_int().ok_or_else(|| wrong("System.Int32"))?;
                self.depth = Some(depth.max(0) as usize);
            }
            Key::Alignment => {
                let written = text(v).ok_or_else(|| wrong("System.String"))?;
                let found = ALIGNMENTS.iter().find(|(n, _)| !written.is_empty() && begins(n, &written));
                let Some((_, align)) = found else {
                    return Err(error(
                        "AlignmentIllegalValue",
                        format!(
                            "The value \"{written}\" for key \"{name}\" is not valid; valid values are {{left, center, right}}."
                        ),
                    ));
                };
                self.align = Some(*align);
            }
        }
        Ok(())
    }
}

const ALIGNMENTS: &[(&str, Align)] =
    &[("left", Align::Left), ("center", Align::Center), ("right", Align::Right)];
const TEXT_OR_BLOCK: &str = "{System.String, System.Management.Automation.ScriptBlock}";

fn match_key(keys: Keys, written: &str) -> Result<(&'static str, Key)> {
    let mut found: Option<(&'static str, Key)> = None;
    for &(name, key) in keys.allowed() {
        if !begins(name, written) {
            continue;
        }
        match found {
            Some((first, k)) if k != key => {
                return Err(error(
                    "DictionaryKeyAmbiguous",
                    format!("The {written} key is ambiguous; {first} and {name} conflict."),
                ));
            }
            Some(_) => {}
            None => found = Some((name, key)),
        }
    }
    match found {
        // `name` is only another word for `label`, which is what messages call it.
        Some((_, Key::Label)) => Ok(("label", Key::Label)),
        Some(found) => Ok(found),
        None => Err(error("DictionaryKeyIllegal", format!("The {written} key is not valid."))),
    }
}

/// Is `written` the name or the beginning of it?
fn begins(name: &str, written: &str) -> bool {
    name.get(..written.len()).is_some_and(|head| head.eq_ignore_ascii_case(written))
}

fn expression(v: &Value) -> Option<What> {
    if v.kind() == Kind::ScriptBlock {
        return Some(What::Script(v.clone()));
    }
    text(v).map(What::Name)
}

fn text(v: &Value) -> Option<Str> {
    v.as_str().cloned()
}

fn type_name(v: &Value) -> &'static str {
    v.type_info().map_or("System.Object", |t| t.name)
}

fn error(id: &str, message: String) -> Box<Flow> {
    let exception = Exception::new("System.NotSupportedException", message);
    Flow::error(ErrorRecord::new(id, Category::InvalidArgument, exception))
}
