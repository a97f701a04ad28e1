//! Script files (`.ps1`): finding, reading, and what runs in them.

use crate::command::function::ScriptBlock;
use crate::command::table::Found;
use crate::lower::plan::{BlockSource, Source};
use crate::run::engine::Engine;
use exsh_core::{Category, ErrorRecord, Exception, Position, Result, Shell, Str, Value};
use std::rc::Rc;

/// The script file that a name means: a path to it, or a file of that name on the path.
pub fn find(m: &mut Engine, name: &str) -> Option<Found> {
    let has_path = name.contains(['/', '\\']) || name.starts_with('~');
    let is_script = name.to_ascii_lowercase().ends_with(".ps1");
    if has_path {
        let candidates = if is_script { vec![name.to_owned()] } else { vec![format!("{name}.ps1")] };
        for c in candidates {
            if let Ok(full) = m.file_path(&c)
                && full.is_file()
            {
                return Some(Found::Script(Str::from(full.to_string_lossy())));
            }
        }
        return None;
    }
    let file = if is_script { name.to_owned() } else { format!("{name}.ps1") };
    let path = m.host.env("PATH")?;
    for folder in path.split(':').filter(|f| !f.is_empty()) {
        let full = std::path::Path::new(folder).join(&file);
        if full.is_file() {
            return Some(Found::Script(Str::from(full.to_string_lossy())));
        }
    }
    None
}

/// Reads a script's text: UTF-8 with or without mark, or UTF-16 with one.
pub fn read(path: &str) -> Result<String> {
    let bytes = std::fs::read(path).map_err(|e| {
        ErrorRecord::of(
            "System.IO.IOException",
            "FileOpenFailure",
            Category::OpenError,
            format!("The script file '{path}' cannot be read: {e}."),
        )
    })?;
    Ok(decode(&bytes))
}

fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        all => String::from_utf8_lossy(all).into_owned(),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|c| unit([c[0], c[1]])).collect();
    String::from_utf16_lossy(&units)
}

impl Engine {
    /// Parses text that a command was given; problems become one error record.
    pub fn parse(&mut self, text: &str, file: Option<&str>) -> Result<Rc<BlockSource>> {
        self.parse_text(text, file, false)
    }

    /// Parses an input line or a whole file.
    pub fn parse_top(&mut self, text: &str, file: Option<&str>) -> Result<Rc<BlockSource>> {
        self.parse_text(text, file, true)
    }

    fn parse_text(&mut self, text: &str, file: Option<&str>, top: bool) -> Result<Rc<BlockSource>> {
        let parsed = exsh_syntax::parse(text);
        let namespaces = parsed
            .tree
            .using
            .iter()
            .filter(|u| u.kind == exsh_syntax::ast::UsingKind::Namespace)
            .filter_map(|u| u.name.as_ref().map(|n| Str::from(&*n.value)))
            .collect();
        let source = Rc::new(Source { text: text.into(), file: file.map(Into::into), namespaces });
        let mut problems = parsed.problems;
        if problems.is_empty() {
            problems.extend(crate::command::catch_order::check(&parsed.tree, &source));
        }
        if !problems.is_empty() {
            let record = parse_error(&source, &problems);
            // Text that was handed to a command is wrong where the command stands; a file or an input line is wrong
            // where its problem is.
            if top {
                crate::run::errors::locate_record(&record, &source, problems[0].span);
            }
            return Err(record.into());
        }
        crate::command::enumeration::define_all(self, &parsed.tree, &source)?;
        Ok(Rc::new(BlockSource {
            ast: Rc::new(parsed.tree),
            parameters: None,
            source,
            name: None,
            filter: false,
        }))
    }

    /// The script block of a file, when what it requires is there.
    pub fn script_block(&mut self, path: &str) -> Result<Rc<ScriptBlock>> {
        let text = read(path)?;
        let source = self.parse_top(&text, Some(path))?;
        if let Some(needs) = &source.ast.requirements {
            check_requirements(needs, path)?;
        }
        Ok(Rc::new(ScriptBlock::new(source)))
    }
}

/// The language version that scripts may require.
const VERSION: [u32; 3] = [7, 6, 9];
/// Modules whose commands are here under their own names.
const MODULES: [&str; 6] = [
    "Microsoft.PowerShell.Core",
    "Microsoft.PowerShell.Utility",
    "Microsoft.PowerShell.Management",
    "Microsoft.PowerShell.Security",
    "Microsoft.PowerShell.Host",
    "Microsoft.Exchange.Management.PowerShell.SnapIn",
];

/// `#requires` lines of a script file.
fn check_requirements(needs: &exsh_syntax::ast::ScriptRequirements, path: &str) -> Result<()> {
    let name = crate::command::program::file_name(path);
    let refuse = |id: &'static str, text: String| -> Result<()> {
        Err(ErrorRecord::of(
            "System.Management.Automation.ScriptRequiresException",
            id,
            Category::ResourceUnavailable,
            text,
        )
        .on(Value::text(name))
        .into())
    };
    if let Some(version) = &needs.version {
        let wanted: Vec<u32> = version.split('.').map(|p| p.parse().unwrap_or(0)).collect();
        if wanted.as_slice() > &VERSION[..] {
            return refuse(
                "ScriptRequiresUnmatchedPSVersion",
                format!(
                    "The script '{name}' cannot be run because it contained a \"#requires\" statement for PowerShell {version}. The version of PowerShell that is required by the script does not match the currently running version of PowerShell 7.6.9."
                ),
            );
        }
    }
    let missing: Vec<&str> = needs
        .modules
        .iter()
        .map(|m| &*m.name)
        .filter(|m| !MODULES.iter().any(|known| known.eq_ignore_ascii_case(m)))
        .collect();
    if !missing.is_empty() {
        return refuse(
            "ScriptRequiresMissingModules",
            format!(
                "The script '{name}' cannot be run because the following modules that are specified by the \"#requires\" statements of the script are missing: {}.",
                missing.join(", ")
            ),
        );
    }
    Ok(())
}

/// How many problems the text names. A file that is no script at all has one for every few bytes.
const SHOWN_PROBLEMS: usize = 100;

/// ParseException as a record: the first problem gives the id, all of them the text.
pub fn parse_error(source: &Rc<Source>, problems: &[exsh_syntax::Problem]) -> ErrorRecord {
    let mut message = String::new();
    for p in &problems[..problems.len().min(SHOWN_PROBLEMS)] {
        if !message.is_empty() {
            message.push_str("\n\n");
        }
        let place: Position = source.position(p.span);
        message.push_str(&exsh_format::error_view::position_message(&place));
        message.push('\n');
        message.push_str(&p.message);
    }
    if problems.len() > SHOWN_PROBLEMS {
        message.push_str(&format!("\n\n({} more problems.)", problems.len() - SHOWN_PROBLEMS));
    }
    let first = &problems[0];
    let record = ErrorRecord::new(
        first.id,
        Category::ParserError,
        Exception::new("System.Management.Automation.ParseException", message.as_str())
            .with("FirstMessage", Value::text(&*first.message)),
    );
    {
        let mut c = record.context.borrow_mut();
        c.reason = Some("ParseException".into());
    }
    record
}
