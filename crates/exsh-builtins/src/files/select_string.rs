//! `Select-String`: finds text in strings and files. Matches are not emphasised in the display.

use crate::files::get_item::report;
use crate::files::match_info::{MatchContext, MatchInfo};
use crate::files::paths::{self, NameFilter};
use crate::parameter::PsObject;
use crate::search;
use crate::text_encoding::TextEncoding;
use crate::{io_failure, record};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::{Category, ErrorRecord, Flow, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value, View};
use exsh_dotnet::io::file_info;
use exsh_dotnet::ops::regex::Regex;
use exsh_dotnet::text;
use std::collections::VecDeque;
use std::rc::Rc;

const IN_FILE: u32 = 1;
const IN_OBJECT: u32 = 1 << 1;
const IN_OBJECT_RAW: u32 = 1 << 2;
const IN_FILE_RAW: u32 = 1 << 3;
const IN_LITERAL_FILE: u32 = 1 << 4;
const IN_LITERAL_FILE_RAW: u32 = 1 << 5;

const CULTURE: Param<Str> = Param::new(0, "Culture").validate(&[
    Validate::NotNull,
    Validate::Set(&["Ordinal", "Invariant", "Current", "", "de-DE", "en-US", "fr-FR", "ja-JP", "ru-RU"]),
]);
const INPUT_OBJECT: Param<PsObject> = Param::new(1, "InputObject")
    .sets(IN_OBJECT | IN_OBJECT_RAW)
    .mandatory()
    .from_pipeline()
    .allow_empty()
    .allow_null();
const PATTERN: Param<Vec<Str>> = Param::new(2, "Pattern").mandatory().position(0);
const PATH: Param<Vec<Str>> =
    Param::new(3, "Path").sets(IN_FILE | IN_FILE_RAW).mandatory().position(1).by_property_name().wildcards();
const LITERAL_PATH: Param<Vec<Str>> = Param::new(4, "LiteralPath")
    .sets(IN_LITERAL_FILE | IN_LITERAL_FILE_RAW)
    .aliases(&["PSPath", "LP"])
    .mandatory()
    .by_property_name();
const RAW: Param<Switch> =
    Param::new(5, "Raw").sets(IN_OBJECT_RAW | IN_FILE_RAW | IN_LITERAL_FILE_RAW).mandatory();
const SIMPLE_MATCH: Param<Switch> = Param::new(6, "SimpleMatch");
const CASE_SENSITIVE: Param<Switch> = Param::new(7, "CaseSensitive");
const QUIET: Param<Switch> = Param::new(8, "Quiet").sets(IN_FILE | IN_OBJECT | IN_LITERAL_FILE);
const LIST: Param<Switch> = Param::new(9, "List");
const NO_EMPHASIS: Param<Switch> = Param::new(10, "NoEmphasis");
const INCLUDE: Param<Vec<Str>> = Param::new(11, "Include").validate(&[Validate::NotNullOrEmpty]).wildcards();
const EXCLUDE: Param<Vec<Str>> = Param::new(12, "Exclude").validate(&[Validate::NotNullOrEmpty]).wildcards();
const NOT_MATCH: Param<Switch> = Param::new(13, "NotMatch");
const ALL_MATCHES: Param<Switch> = Param::new(14, "AllMatches");
const ENCODING: Param<TextEncoding> = Param::new(15, "Encoding").validate(&[Validate::NotNullOrEmpty]);
const CONTEXT: Param<Vec<i32>> = Param::new(16, "Context").validate(&[
    Validate::Count(1, 2),
    Validate::NotNullOrEmpty,
    Validate::Range(0, 2147483647),
]);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Select-String",
    &[
        CULTURE.spec,
        INPUT_OBJECT.spec,
        PATTERN.spec,
        PATH.spec,
        LITERAL_PATH.spec,
        RAW.spec,
        SIMPLE_MATCH.spec,
        CASE_SENSITIVE.spec,
        QUIET.spec,
        LIST.spec,
        NO_EMPHASIS.spec,
        INCLUDE.spec,
        EXCLUDE.spec,
        NOT_MATCH.spec,
        ALL_MATCHES.spec,
        ENCODING.spec,
        CONTEXT.spec,
    ],
    include_str!("select_string.md"),
)
.sets(&["File", "Object", "ObjectRaw", "FileRaw", "LiteralFile", "LiteralFileRaw"], Some(0))
.class("Microsoft.PowerShell.Commands.SelectStringCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.Boolean", "Microsoft.PowerShell.Commands.MatchInfo", "System.String"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(SelectString { search: None, found: false, line: 0, stream: Lines::default() })
}

struct SelectString {
    search: Option<Search>,
    /// For -Quiet: something was found.
    found: bool,
    /// Number of the last piped string.
    line: u64,
    stream: Lines,
}

/// What is looked for.
struct Search {
    patterns: Vec<Str>,
    /// One for each pattern, unless they are plain text.
    compiled: Vec<Rc<Regex>>,
    simple: bool,
    ignore_case: bool,
    not: bool,
    all: bool,
    raw: bool,
    quiet: bool,
    list: bool,
    before: usize,
    after: usize,
    context: bool,
}

/// The lines of one source, as far as contexts need them.
#[derive(Default)]
struct Lines {
    before: VecDeque<Str>,
    /// Matches that wait for the lines after them, with how many are missing.
    waiting: VecDeque<(Hit, usize)>,
    /// Lines that a display has shown already.
    shown: u64,
}

struct Hit {
    line: Str,
    number: u64,
    path: Option<Str>,
    pattern: Str,
    matches: Vec<Value>,
    pre: Vec<Str>,
    display_pre: Vec<Str>,
    post: Vec<Str>,
}

impl Cmdlet for SelectString {
    fn begin(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        let context: Vec<i32> = bound.get(&CONTEXT).unwrap_or_default();
        let before = context.first().map_or(0, |n| (*n).max(0) as usize);
        let patterns: Vec<Str> = bound.get(&PATTERN).unwrap_or_default();
        let (simple, ignore_case) = (bound.on(&SIMPLE_MATCH), !bound.on(&CASE_SENSITIVE));
        let compiled = if simple {
            Vec::new()
        } else {
            patterns.iter().map(|p| compile(p, ignore_case)).collect::<Result<_>>()?
        };
        self.search = Some(Search {
            patterns,
            compiled,
            simple,
            ignore_case,
            not: bound.on(&NOT_MATCH),
            all: bound.on(&ALL_MATCHES),
            raw: bound.on(&RAW),
            quiet: bound.on(&QUIET),
            list: bound.on(&LIST),
            before,
            after: context.get(1).map_or(before, |n| (*n).max(0) as usize),
            context: bound.has(&CONTEXT),
        });
        if bound.has(&CULTURE) && !bound.on(&SIMPLE_MATCH) {
            return Err(ErrorRecord::of(
                "System.InvalidOperationException",
                "CannotSpecifyCultureWithoutSimpleMatch",
                Category::InvalidData,
                "You must specify -Culture with -SimpleMatch.",
            )
            .into());
        }
        Ok(())
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        if self.found && bound.on(&QUIET) {
            return Ok(());
        }
        let Some(search) = self.search.take() else { return Ok(()) };
        let result = self.record(&search, bound, out);
        self.search = Some(search);
        result
    }

    fn end(&mut self, _bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let Some(search) = self.search.take() else { return Ok(()) };
        let mut stream = std::mem::take(&mut self.stream);
        stream.flush(&search, out)
    }
}

impl SelectString {
    fn record(&mut self, search: &Search, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        if object.is_unset() {
            let filter = NameFilter::new(bound.get(&INCLUDE), bound.get(&EXCLUDE), None)?;
            let (written, literal) = paths::written(bound.get(&PATH), bound.get(&LITERAL_PATH));
            for w in written {
                let place = paths::place(&w)?;
                match paths::existing(&place.rest, literal, false, out.shell()) {
                    Ok(found) => {
                        for path in found.iter().filter(|p| filter.passes(&paths::leaf(p))) {
                            self.file(path, search, bound, out)?;
                            if self.found && search.quiet {
                                return Ok(());
                            }
                        }
                    }
                    Err(flow) => report(flow, out)?,
                }
            }
            return Ok(());
        }
        if let Some(path) = file_info::path_of(object) {
            return if path.is_dir() { Ok(()) } else { self.file(&path, search, bound, out) };
        }
        if object.is_null() {
            return Ok(());
        }
        self.line += 1;
        let line = match object.base().view() {
            View::Str(s) => s.clone(),
            _ => text::to_text(object),
        };
        let mut stream = std::mem::take(&mut self.stream);
        let done = self.one_line(line, self.line, None, search, &mut stream, out);
        self.stream = stream;
        done.map(|_| ())
    }

    fn file(
        &mut self,
        path: &std::path::Path,
        search: &Search,
        bound: &Bound,
        out: &mut dyn Out,
    ) -> Result<()> {
        if path.is_dir() {
            return out.error(
                record::argument(
                    "ProcessingFile",
                    format!("The file {} cannot be read: it is a directory.", path.display()),
                )
                .on(Value::text(path.display().to_string())),
            );
        }
        let bytes = match std::fs::read(path) {
            Ok(b) => b,
            Err(e) => {
                let record = ErrorRecord::new(
                    "ProcessingFile",
                    Category::NotSpecified,
                    io_failure::exception(&e, path),
                );
                return out.error(record.on(Value::text(path.display().to_string())));
            }
        };
        let encoding = bound.get(&ENCODING).unwrap_or(TextEncoding::Utf8);
        let whole = encoding.decode(&bytes);
        drop(bytes);
        let shown = Str::from(path.display().to_string());
        let mut stream = Lines::default();
        let mut number = 0;
        let mut rest = whole.as_str();
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest.as_bytes());
            let line = &rest[..end.unwrap_or(rest.len())];
            rest = &rest[end.map_or(rest.len(), |i| i + 1)..];
            number += 1;
            let line = line.strip_suffix('\r').unwrap_or(line);
            // Without contexts most lines are looked at and dropped; they need no copy.
            if !search.context && !search.hits(line)? {
                continue;
            }
            let hit = self.one_line(Str::from(line), number, Some(&shown), search, &mut stream, out)?;
            if hit && (search.list || (search.quiet && self.found)) {
                break;
            }
        }
        stream.flush(search, out)
    }

    /// True when the line is a hit.
    fn one_line(
        &mut self,
        line: Str,
        number: u64,
        path: Option<&Str>,
        search: &Search,
        stream: &mut Lines,
        out: &mut dyn Out,
    ) -> Result<bool> {
        stream.after(&line, search, out)?;
        let hit = search.find(&line)?;
        if let Some((pattern, matches)) = hit {
            if search.quiet {
                if !self.found {
                    self.found = true;
                    out.emit(Value::TRUE)?;
                }
                return Ok(true);
            }
            if search.raw {
                out.emit(Value::string(line.clone()))?;
            } else {
                let pre: Vec<Str> = stream.before.iter().cloned().collect();
                let fresh = (number - 1).saturating_sub(stream.shown) as usize;
                let display_pre = pre[pre.len().saturating_sub(fresh)..].to_vec();
                stream.shown = number + search.after as u64;
                let hit = Hit {
                    line: line.clone(),
                    number,
                    path: path.cloned(),
                    pattern,
                    matches,
                    pre,
                    display_pre,
                    post: Vec::new(),
                };
                if search.after == 0 {
                    stream.send(hit, search, out)?;
                } else {
                    stream.waiting.push_back((hit, search.after));
                }
            }
            stream.remember(line, search);
            return Ok(true);
        }
        stream.remember(line, search);
        Ok(false)
    }
}

impl Lines {
    fn remember(&mut self, line: Str, search: &Search) {
        if search.before == 0 {
            return;
        }
        self.before.push_back(line);
        if self.before.len() > search.before {
            self.before.pop_front();
        }
    }

    /// A line that follows waiting matches.
    fn after(&mut self, line: &Str, search: &Search, out: &mut dyn Out) -> Result<()> {
        for (hit, missing) in &mut self.waiting {
            hit.post.push(line.clone());
            *missing -= 1;
        }
        while self.waiting.front().is_some_and(|w| w.1 == 0) {
            let (hit, _) = self.waiting.pop_front().expect("it was seen");
            self.send(hit, search, out)?;
        }
        Ok(())
    }

    fn flush(&mut self, search: &Search, out: &mut dyn Out) -> Result<()> {
        while let Some((hit, _)) = self.waiting.pop_front() {
            self.send(hit, search, out)?;
        }
        Ok(())
    }

    fn send(&self, hit: Hit, search: &Search, out: &mut dyn Out) -> Result<()> {
        let context = search
            .context
            .then(|| Rc::new(MatchContext { pre: hit.pre, display_pre: hit.display_pre, post: hit.post }));
        out.emit(Value::object(MatchInfo {
            line: hit.line,
            number: hit.number,
            path: hit.path,
            pattern: hit.pattern,
            ignore_case: search.ignore_case,
            matches: Value::array(hit.matches),
            context,
        }))
    }
}

impl Search {
    /// Is the line a hit? Says no more than that.
    fn hits(&self, line: &str) -> Result<bool> {
        for i in 0..self.patterns.len() {
            if self.matches(line, i)? {
                return Ok(!self.not);
            }
        }
        Ok(self.not)
    }

    fn matches(&self, line: &str, i: usize) -> Result<bool> {
        if self.simple {
            let pattern = self.patterns[i].as_str();
            return Ok(if self.ignore_case {
                exsh_core::name::fold(line).contains(&exsh_core::name::fold(pattern))
            } else {
                line.contains(pattern)
            });
        }
        self.compiled[i].is_match(line)
    }

    /// The pattern that matches and its matches.
    fn find(&self, line: &Str) -> Result<Option<(Str, Vec<Value>)>> {
        for (i, p) in self.patterns.iter().enumerate() {
            if self.matches(line, i)? {
                if self.not {
                    return Ok(None);
                }
                let matches = if self.simple {
                    Vec::new()
                } else {
                    search::matches(&self.compiled[i], line, self.all)?
                };
                return Ok(Some((p.clone(), matches)));
            }
        }
        Ok(if self.not {
            Some((self.patterns.first().cloned().unwrap_or_else(|| Str::from("")), Vec::new()))
        } else {
            None
        })
    }
}

fn compile(pattern: &str, ignore_case: bool) -> Result<Rc<Regex>> {
    match search::regex(pattern, ignore_case) {
        Ok(r) => Ok(r),
        Err(flow) => match &*flow {
            Flow::Error(r) => {
                let why = r.exception.inner.as_ref().map_or(&r.exception.message, |i| &i.message);
                Err(ErrorRecord::of(
                    "System.ArgumentException",
                    "InvalidRegex",
                    Category::InvalidArgument,
                    format!("The string {pattern} is not a valid regular expression: {why}"),
                )
                .into())
            }
            _ => Err(flow),
        },
    }
}
