//! `$PSStyle`: the session's colours and whether they are wanted, as an object that scripts read and set.
//!
//! Decides which colours a writer gets. Whether a terminal can show them is the host's word.

use crate::style::{
    ATTRIBUTES, BACKGROUND, Colours, FILE_EXTENSIONS, FILE_INFO, FOREGROUND, FORMATTING, Named, PROGRESS,
    RESET, Rendering, Style,
};
use crate::width;
use exsh_core::types::{self, EnumInfo, MemberTable};
use exsh_core::value::KeyMode;
use exsh_core::{Category, ErrorRecord, Object, Result, Shell, Str, Table, TypeInfo, TypeRef, Value};
use exsh_dotnet::text;
use std::any::{Any, TypeId};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The session's settings.
pub struct PsStyle {
    rendering: Cell<Rendering>,
    formatting: RefCell<Vec<(&'static str, String)>>,
    file_info: RefCell<Vec<(&'static str, String)>>,
    extensions: Value,
    progress: RefCell<Vec<(&'static str, Value)>>,
}

impl PsStyle {
    pub fn new(rendering: Rendering) -> PsStyle {
        let own = |table: &'static [Named]| {
            RefCell::new(table.iter().map(|(n, v)| (*n, (*v).to_owned())).collect())
        };
        let extensions = Table::new(&types::HASHTABLE, KeyMode::IgnoreCase);
        for (name, value) in FILE_EXTENSIONS {
            extensions.set(Value::text(*name), Value::text(*value));
        }
        PsStyle {
            rendering: Cell::new(rendering),
            formatting: own(FORMATTING),
            file_info: own(FILE_INFO),
            extensions: Value::table(extensions),
            progress: RefCell::new(vec![
                ("Style", Value::text(PROGRESS)),
                ("MaxWidth", Value::int(120)),
                ("View", Value::text("Minimal")),
                ("UseOSCIndicator", Value::bool(false)),
            ]),
        }
    }

    pub fn rendering(&self) -> Rendering {
        self.rendering.get()
    }
    pub fn set_rendering(&self, rendering: Rendering) {
        self.rendering.set(rendering);
    }

    /// One of the names of [`FORMATTING`]; empty when there is none.
    pub fn formatting(&self, name: &str) -> String {
        value_of(&self.formatting.borrow(), name).unwrap_or_default()
    }

    fn colours(&self) -> Style {
        Style::with(Colours {
            accent: self.formatting("FormatAccent"),
            table_header: self.formatting("TableHeader"),
            custom_header: self.formatting("CustomTableHeaderLabel"),
            error: self.formatting("Error"),
            error_accent: self.formatting("ErrorAccent"),
            reset: RESET.into(),
        })
    }
}

/// What the host's lines are drawn with. `host_colors`: the host can show colours.
pub fn effective(settings: Option<&PsStyle>, host_colors: bool) -> Style {
    match settings {
        None if host_colors => Style::ansi(),
        None => Style::plain(),
        Some(s) => match s.rendering() {
            Rendering::PlainText => Style::plain(),
            Rendering::Host if !host_colors => Style::plain(),
            _ => s.colours(),
        },
    }
}

/// What strings and files are drawn with (`Out-String`, `Out-File`, `>`): colours only when they were asked for.
pub fn for_text(settings: Option<&PsStyle>) -> Style {
    match settings {
        Some(s) if s.rendering() == Rendering::Ansi => s.colours(),
        _ => Style::plain(),
    }
}

/// The session's settings; made on first use. `NO_COLOR` makes them plain.
pub fn ps_style(shell: &mut dyn Shell) -> Rc<PsStyle> {
    if let Some(found) = shell.extension(TypeId::of::<PsStyle>())
        && let Ok(style) = found.downcast::<PsStyle>()
    {
        return style;
    }
    let plain = shell.host().env("NO_COLOR").is_some_and(|v| !v.is_empty());
    let style = Rc::new(PsStyle::new(if plain { Rendering::PlainText } else { Rendering::Host }));
    shell.set_extension(style.clone() as Rc<dyn Any>);
    style
}

/// The value of `$PSStyle`.
pub fn ps_style_value(shell: &mut dyn Shell) -> Value {
    Value::object(Face { style: ps_style(shell), part: Part::Whole })
}

/// The session's settings, or a part of them, as scripts see it.
struct Face {
    style: Rc<PsStyle>,
    part: Part,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Formatting,
    Progress,
    FileInfo,
    Foreground,
    Background,
}

const PARTS: &[(&str, Part)] = &[
    ("Formatting", Part::Formatting),
    ("Progress", Part::Progress),
    ("FileInfo", Part::FileInfo),
    ("Foreground", Part::Foreground),
    ("Background", Part::Background),
];

macro_rules! faces {
    ($($id:ident $name:literal;)*) => { $(
        static $id: TypeInfo = TypeInfo::class(concat!("System.Management.Automation.PSStyle", $name), MemberTable::EMPTY);
    )* };
}
faces! {
    PS_STYLE "";
    FORMATTING_DATA "+FormattingData";
    PROGRESS_CONFIGURATION "+ProgressConfiguration";
    FILE_INFO_FORMATTING "+FileInfoFormatting";
    FOREGROUND_COLOR "+ForegroundColor";
    BACKGROUND_COLOR "+BackgroundColor";
}

/// `System.Management.Automation.OutputRendering`.
pub static OUTPUT_RENDERING: TypeInfo =
    TypeInfo::enumeration("System.Management.Automation.OutputRendering", &OUTPUT_RENDERINGS);
static OUTPUT_RENDERINGS: EnumInfo = EnumInfo {
    flags: false,
    members: &[("Host", 0), ("PlainText", 1), ("Ansi", 2)],
    underlying: &types::INT32,
};

impl Face {
    fn table(&self) -> &'static [Named] {
        match self.part {
            Part::Whole => ATTRIBUTES,
            Part::Foreground => FOREGROUND,
            Part::Background => BACKGROUND,
            Part::Formatting | Part::Progress | Part::FileInfo => &[],
        }
    }

    fn find(&self, name: &str) -> Option<Value> {
        let is = |n: &str| n.eq_ignore_ascii_case(name);
        match self.part {
            Part::Whole if is("OutputRendering") => {
                Some(Value::enumeration(&OUTPUT_RENDERING, self.style.rendering() as i64))
            }
            Part::Whole => {
                if let Some((_, part)) = PARTS.iter().find(|(n, _)| is(n)) {
                    return Some(Value::object(Face { style: self.style.clone(), part: *part }));
                }
                constant(ATTRIBUTES, name)
            }
            Part::Formatting => value_of(&self.style.formatting.borrow(), name).map(Value::text),
            Part::FileInfo if is("Extension") => Some(self.style.extensions.clone()),
            Part::FileInfo => value_of(&self.style.file_info.borrow(), name).map(Value::text),
            Part::Progress => {
                self.style.progress.borrow().iter().find(|(n, _)| is(n)).map(|(_, v)| v.clone())
            }
            Part::Foreground | Part::Background => constant(self.table(), name),
        }
    }
}

fn constant(table: &'static [Named], name: &str) -> Option<Value> {
    table.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| Value::text(*v))
}

fn value_of(table: &[(&'static str, String)], name: &str) -> Option<String> {
    table.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.clone())
}

impl Object for Face {
    fn type_info(&self) -> TypeRef {
        match self.part {
            Part::Whole => &PS_STYLE,
            Part::Formatting => &FORMATTING_DATA,
            Part::Progress => &PROGRESS_CONFIGURATION,
            Part::FileInfo => &FILE_INFO_FORMATTING,
            Part::Foreground => &FOREGROUND_COLOR,
            Part::Background => &BACKGROUND_COLOR,
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn dynamic_property(&self, name: &str) -> Option<Result<Value>> {
        self.find(name).map(Ok)
    }

    fn dynamic_names(&self) -> Vec<Str> {
        let constants = self.table().iter().map(|(n, _)| Str::from(*n));
        match self.part {
            Part::Whole => {
                let parts = PARTS.iter().map(|(n, _)| Str::from(*n));
                std::iter::once(Str::from("OutputRendering")).chain(constants).chain(parts).collect()
            }
            Part::Formatting => self.style.formatting.borrow().iter().map(|(n, _)| Str::from(*n)).collect(),
            Part::Progress => self.style.progress.borrow().iter().map(|(n, _)| Str::from(*n)).collect(),
            Part::FileInfo => {
                let own = self.style.file_info.borrow();
                own.iter()
                    .map(|(n, _)| Str::from(*n))
                    .chain(std::iter::once(Str::from("Extension")))
                    .collect()
            }
            Part::Foreground | Part::Background => constants.collect(),
        }
    }

    fn set_dynamic_property(&self, name: &str, value: &Value) -> Result<bool> {
        let written = text::to_text(value);
        if self.part == Part::Whole {
            if !name.eq_ignore_ascii_case("OutputRendering") {
                return Ok(false);
            }
            let all =
                [("Host", Rendering::Host), ("PlainText", Rendering::PlainText), ("Ansi", Rendering::Ansi)];
            let number = value.base().as_int().and_then(|n| usize::try_from(n).ok());
            let found = all
                .iter()
                .find(|(n, _)| n.eq_ignore_ascii_case(&written))
                .or_else(|| number.and_then(|n| all.get(n)));
            let Some((_, rendering)) = found else {
                return Err(refused(
                    name,
                    &format!(
                        "Cannot convert value \"{written}\" to type \"{}\". Error: \"Unable to match the identifier name \
                         {written} to a valid enumerator name. Specify one of the following enumerator names and try \
                         again:\nHost, PlainText, Ansi\"",
                        OUTPUT_RENDERING.name
                    ),
                )
                .into());
            };
            self.style.set_rendering(*rendering);
            return Ok(true);
        }
        if self.part == Part::Progress {
            let mut progress = self.style.progress.borrow_mut();
            let found = progress.iter_mut().find(|(n, _)| n.eq_ignore_ascii_case(name));
            return Ok(found.map(|(_, v)| *v = value.clone()).is_some());
        }
        let table = match self.part {
            Part::Formatting => &self.style.formatting,
            Part::FileInfo => &self.style.file_info,
            _ => return Ok(false),
        };
        let mut table = table.borrow_mut();
        let Some((_, old)) = table.iter_mut().find(|(n, _)| n.eq_ignore_ascii_case(name)) else {
            return Ok(false);
        };
        if !width::strip(&written).is_empty() {
            return Err(refused(
                name,
                &format!("The specified string contains printable content when it should only contain ANSI escape sequences: {written}"),
            )
            .into());
        }
        *old = written.to_string();
        Ok(true)
    }
}

fn refused(name: &str, why: &str) -> ErrorRecord {
    ErrorRecord::of(
        "System.Management.Automation.SetValueInvocationException",
        "ExceptionWhenSetting",
        Category::NotSpecified,
        format!("Exception setting \"{name}\": \"{why}\""),
    )
}
