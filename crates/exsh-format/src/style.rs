//! Colours: the values behind `$PSStyle` as data, and the [`Style`] that a writer draws with.
//!
//! Decides which escape sequence stands for what. Refuses to know where the lines go: whether colours are wanted is
//! the caller's choice (`OutputRendering`, the host).

use std::rc::Rc;

/// `$PSStyle.OutputRendering`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rendering {
    /// Colours for the host, none for files and strings.
    Host,
    PlainText,
    Ansi,
}

/// What a writer draws with. Cheap to clone.
#[derive(Clone)]
pub struct Style(Rc<Colours>);

/// Escape sequences by use; all empty without colours.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Colours {
    /// Labels of lists.
    pub accent: String,
    pub table_header: String,
    /// Labels of a view that are no property's name.
    pub custom_header: String,
    pub error: String,
    pub error_accent: String,
    pub reset: String,
}

impl Style {
    /// No escape sequences at all; those that values bring are removed from tables and lists.
    pub fn plain() -> Style {
        Style(Rc::new(Colours::default()))
    }

    /// The reference's default colours.
    pub fn ansi() -> Style {
        Style::with(Colours {
            accent: value(FORMATTING, "FormatAccent").into(),
            table_header: value(FORMATTING, "TableHeader").into(),
            custom_header: value(FORMATTING, "CustomTableHeaderLabel").into(),
            error: value(FORMATTING, "Error").into(),
            error_accent: value(FORMATTING, "ErrorAccent").into(),
            reset: RESET.into(),
        })
    }

    /// The operator's own colours (`$PSStyle.Formatting.TableHeader = …`).
    pub fn with(colours: Colours) -> Style {
        Style(Rc::new(colours))
    }

    pub fn colours(&self) -> &Colours {
        &self.0
    }

    pub fn is_plain(&self) -> bool {
        self.0.reset.is_empty()
    }
}

/// A name of `$PSStyle` and its value.
pub type Named = (&'static str, &'static str);

/// The value of a name in one of the tables below; empty when there is none.
pub fn value(table: &'static [Named], name: &str) -> &'static str {
    table.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map_or("", |(_, v)| v)
}

pub use crate::psstyle::{PsStyle, effective, for_text, ps_style, ps_style_value};
pub use crate::width::RESET;

/// `$PSStyle`'s own text attributes (observed: facts/pwsh/variables.json).
pub static ATTRIBUTES: &[Named] = &[
    ("Reset", "\x1B[0m"),
    ("BlinkOff", "\x1B[25m"),
    ("Blink", "\x1B[5m"),
    ("BoldOff", "\x1B[22m"),
    ("Bold", "\x1B[1m"),
    ("DimOff", "\x1B[22m"),
    ("Dim", "\x1B[2m"),
    ("Hidden", "\x1B[8m"),
    ("HiddenOff", "\x1B[28m"),
    ("Reverse", "\x1B[7m"),
    ("ReverseOff", "\x1B[27m"),
    ("ItalicOff", "\x1B[23m"),
    ("Italic", "\x1B[3m"),
    ("UnderlineOff", "\x1B[24m"),
    ("Underline", "\x1B[4m"),
    ("StrikethroughOff", "\x1B[29m"),
    ("Strikethrough", "\x1B[9m"),
];

/// `$PSStyle.Formatting`.
pub static FORMATTING: &[Named] = &[
    ("FormatAccent", "\x1B[32;1m"),
    ("TableHeader", "\x1B[32;1m"),
    ("CustomTableHeaderLabel", "\x1B[32;1;3m"),
    ("ErrorAccent", "\x1B[36;1m"),
    ("Error", "\x1B[31;1m"),
    ("Warning", "\x1B[33;1m"),
    ("Verbose", "\x1B[33;1m"),
    ("Debug", "\x1B[33;1m"),
    ("FeedbackName", "\x1B[33m"),
    ("FeedbackText", "\x1B[96m"),
    ("FeedbackAction", "\x1B[97m"),
];

/// `$PSStyle.Foreground`.
pub static FOREGROUND: &[Named] = &[
    ("Black", "\x1B[30m"),
    ("Red", "\x1B[31m"),
    ("Green", "\x1B[32m"),
    ("Yellow", "\x1B[33m"),
    ("Blue", "\x1B[34m"),
    ("Magenta", "\x1B[35m"),
    ("Cyan", "\x1B[36m"),
    ("White", "\x1B[37m"),
    ("BrightBlack", "\x1B[90m"),
    ("BrightRed", "\x1B[91m"),
    ("BrightGreen", "\x1B[92m"),
    ("BrightYellow", "\x1B[93m"),
    ("BrightBlue", "\x1B[94m"),
    ("BrightMagenta", "\x1B[95m"),
    ("BrightCyan", "\x1B[96m"),
    ("BrightWhite", "\x1B[97m"),
];

/// `$PSStyle.Background`.
pub static BACKGROUND: &[Named] = &[
    ("Black", "\x1B[40m"),
    ("Red", "\x1B[41m"),
    ("Green", "\x1B[42m"),
    ("Yellow", "\x1B[43m"),
    ("Blue", "\x1B[44m"),
    ("Magenta", "\x1B[45m"),
    ("Cyan", "\x1B[46m"),
    ("White", "\x1B[47m"),
    ("BrightBlack", "\x1B[100m"),
    ("BrightRed", "\x1B[101m"),
    ("BrightGreen", "\x1B[102m"),
    ("BrightYellow", "\x1B[103m"),
    ("BrightBlue", "\x1B[104m"),
    ("BrightMagenta", "\x1B[105m"),
    ("BrightCyan", "\x1B[106m"),
    ("BrightWhite", "\x1B[107m"),
];

/// `$PSStyle.FileInfo`, and below it the file extensions.
pub static FILE_INFO: &[Named] =
    &[("Directory", "\x1B[44;1m"), ("SymbolicLink", "\x1B[36;1m"), ("Executable", "\x1B[32;1m")];

pub static FILE_EXTENSIONS: &[Named] = &[
    (".7z", "\x1B[31;1m"),
    (".cab", "\x1B[31;1m"),
    (".gz", "\x1B[31;1m"),
    (".nupkg", "\x1B[31;1m"),
    (".ps1", "\x1B[33;1m"),
    (".ps1xml", "\x1B[33;1m"),
    (".psd1", "\x1B[33;1m"),
    (".psm1", "\x1B[33;1m"),
    (".tar", "\x1B[31;1m"),
    (".tgz", "\x1B[31;1m"),
    (".zip", "\x1B[31;1m"),
];

/// `$PSStyle.Progress.Style`.
pub const PROGRESS: &str = "\x1B[33;1m";
