//! Which layout and which properties an object gets.
//!
//! The ladder: properties the operator named, a view asked for by name, the type's default view, the type's display
//! properties; else all properties, up to four as a table, more as a list.

use crate::cell::Cell;
use crate::custom::CustomLayout;
use crate::list::ListLayout;
use crate::read::{Outcome, Source, is_remoting_name};
use crate::request::{PropertySpec, Request, Shape, What};
use crate::table::TableLayout;
use crate::views::{FormatData, Kind, LayoutDef, ViewDef};
use crate::wide::WideLayout;
use exsh_core::{Category, ErrorRecord, Exception, Name, Result, Shell, Str, Value};
use exsh_dotnet::convert;
use exsh_dotnet::member;
use exsh_dotnet::ops::pattern;

/// Most properties that still make a table.
const TABLE_PROPERTIES: usize = 4;

/// The layout of a stream, made from its first object.
pub(crate) enum Layout {
    Table(TableLayout),
    List(ListLayout),
    Wide(WideLayout),
    Custom(CustomLayout),
}

/// A layout and the view it follows, if it follows one.
pub(crate) struct Chosen {
    pub layout: Layout,
    pub view: Option<&'static ViewDef>,
}

/// Chooses by the first object. Error id FormatViewNotFound when the view asked for does not exist.
pub(crate) fn choose(
    shell: &mut dyn Shell,
    data: &FormatData,
    request: &Request,
    object: &Value,
    names: &[Str],
) -> Result<Chosen> {
    let ty = object.type_info();
    let kind = match &request.shape {
        Shape::Auto => {
            if let Some(view) = data.find(names, ty, None, None) {
                return follow(shell, view, request, object);
            }
            let count = match data.display_properties(names, ty).len() {
                0 => member::properties(object).len(),
                n => n,
            };
            if count <= TABLE_PROPERTIES { Kind::Table } else { Kind::List }
        }
        Shape::Table(_) => Kind::Table,
        Shape::List(_) => Kind::List,
        Shape::Wide(_) => Kind::Wide,
        Shape::Custom(_) => Kind::Custom,
    };
    let given = !matches!(request.shape, Shape::Auto);
    if given && request.properties.is_empty() {
        if let Some(name) = &request.view {
            return match data.find(names, ty, Some(kind), Some(name)) {
                Some(view) => follow(shell, view, request, object),
                None => Err(unknown_view(data, name, kind, object, names).into()),
            };
        }
        if let Some(view) = data.find(names, ty, Some(kind), None) {
            return follow(shell, view, request, object);
        }
    }
    let layout = match kind {
        Kind::Table => Layout::Table(TableLayout::of_object(shell, data, request, object, names)?),
        Kind::List => Layout::List(ListLayout::of_objects()),
        Kind::Wide => Layout::Wide(WideLayout::of_objects(request)),
        Kind::Custom => Layout::Custom(CustomLayout::of_objects(request)),
    };
    Ok(Chosen { layout, view: None })
}

fn follow(
    shell: &mut dyn Shell,
    view: &'static ViewDef,
    request: &Request,
    object: &Value,
) -> Result<Chosen> {
    let layout = match &view.layout {
        LayoutDef::Table(def) => {
            let origin = shows_computer_name(shell, object)?;
            Layout::Table(TableLayout::of_view(def, request, object, origin))
        }
        LayoutDef::List(entries) => Layout::List(ListLayout::of_view(entries)),
        LayoutDef::Wide(columns, entries) => Layout::Wide(WideLayout::of_view(*columns, entries, request)),
        LayoutDef::Custom(entries) => Layout::Custom(CustomLayout::of_view(entries)),
    };
    Ok(Chosen { layout, view: Some(view) })
}

fn unknown_view(data: &FormatData, name: &str, kind: Kind, object: &Value, names: &[Str]) -> ErrorRecord {
    let type_name = object.type_info().map_or("System.Object", |t| t.name);
    let shape = kind.name();
    let known = data.names_of(names.first().map_or(type_name, |n| n.as_str()), kind);
    let message = if known.is_empty() {
        format!(
            "The view name {name} cannot be found. There are no existing {shape} views for {type_name} objects."
        )
    } else {
        let known = known.join(", ");
        format!(
            "The view name {name} cannot be found. Specify one of the following {shape} views and try again: {known}."
        )
    };
    let exception = Exception::new("System.Management.Automation.PipelineStoppedException", message);
    ErrorRecord::new("FormatViewNotFound", Category::ObjectNotFound, exception).on(Value::text(name))
}

/// A property to show: what to read, its name for the operator, and what he said about it.
pub(crate) struct Association<'a> {
    pub source: Source,
    pub name: Str,
    pub spec: Option<&'a PropertySpec>,
}

impl Association<'_> {
    /// The label: the operator's or the property's name.
    pub fn label(&self) -> Str {
        self.spec.and_then(|s| s.label.clone()).unwrap_or_else(|| self.name.clone())
    }

    pub fn cell(self, in_table: bool) -> Cell {
        let format = self.spec.and_then(|s| s.format.clone());
        let in_table = in_table && format.is_none();
        Cell { source: self.source, format, in_table }
    }
}

/// The properties that the operator named, found in the object. A table keeps a column for a name that is not there.
pub(crate) fn named<'a>(
    shell: &mut dyn Shell,
    specs: &'a [PropertySpec],
    object: &Value,
    keep_missing: bool,
) -> Result<Vec<Association<'a>>> {
    let mut found = Vec::with_capacity(specs.len());
    let mut all: Option<Vec<Str>> = None;
    for spec in specs {
        let spec_of = Some(spec);
        match &spec.what {
            What::Script(block) => {
                let source = Source::Script(block.clone());
                let name = source.text();
                found.push(Association { source, name, spec: spec_of });
            }
            What::Name(name) => {
                let all = all.get_or_insert_with(|| member::properties(object));
                if pattern::has_wildcards(name) {
                    let wildcard = pattern::compile(name, true)?;
                    for matched in all.iter().filter(|n| wildcard.matches(n)) {
                        found.push(of_name(matched.clone(), spec_of));
                    }
                } else if let Some(spelled) = all.iter().find(|n| n.eq_ignore_ascii_case(name)) {
                    found.push(of_name(spelled.clone(), spec_of));
                } else if keep_missing || is_there(shell, object, name)? {
                    found.push(of_name(name.clone(), spec_of));
                }
            }
        }
    }
    Ok(found)
}

/// The properties of an object when nobody named any: its type's display properties, else all.
pub(crate) fn of_object(
    shell: &mut dyn Shell,
    data: &FormatData,
    object: &Value,
    names: &[Str],
) -> Result<Vec<Association<'static>>> {
    let mut chosen = data.display_properties(names, object.type_info());
    let set = !chosen.is_empty();
    if !set {
        chosen = member::properties(object);
    }
    if chosen.iter().any(|n| n.eq_ignore_ascii_case("PSShowComputerName")) || set {
        let shows = shows_computer_name(shell, object)?;
        chosen.retain(|n| {
            !n.eq_ignore_ascii_case("PSShowComputerName")
                && (shows || !n.eq_ignore_ascii_case("PSComputerName"))
        });
        if set && shows {
            chosen.push("PSComputerName".into());
        }
    }
    Ok(chosen.into_iter().map(|n| of_name(n, None)).collect())
}

fn of_name(name: Str, spec: Option<&PropertySpec>) -> Association<'_> {
    Association { source: Source::property(name.clone()), name, spec }
}

/// A member that no list of properties has, such as a key of a dictionary.
fn is_there(shell: &mut dyn Shell, object: &Value, name: &str) -> Result<bool> {
    Ok(!matches!(Source::property(name).read(shell, object)?, Outcome::Missing))
}

/// Does a remote object want to show where it came from?
pub(crate) fn shows_computer_name(shell: &mut dyn Shell, object: &Value) -> Result<bool> {
    let mut shown = Source::property("PSShowComputerName");
    match shown.read(shell, object)? {
        Outcome::Value(v) => Ok(convert::to_bool(&v)),
        _ => Ok(false),
    }
}

/// Does an object have properties other than those a remote session adds?
pub(crate) fn has_properties(object: &Value) -> bool {
    member::properties(object).iter().any(|n| !is_remoting_name(n))
}

/// Is a label the name of one of the object's properties?
pub(crate) fn is_property(object: &Value, label: &str) -> bool {
    let name = Name::new(label);
    member::properties(object).iter().any(|n| Name::new(n) == name)
}
