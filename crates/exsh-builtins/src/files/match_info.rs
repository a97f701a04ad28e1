//! What Select-String found: `Microsoft.PowerShell.Commands.MatchInfo` and its context.

use exsh_core::error::Result;
use exsh_core::object::Object;
use exsh_core::out::Shell;
use exsh_core::types::{self, MemberTable, Method, Overload, Parameter, Property, TypeInfo, TypeRef};
use exsh_core::value::{Str, Value};
use exsh_dotnet::text;
use std::any::Any;
use std::rc::Rc;

/// One matching line.
pub struct MatchInfo {
    pub line: Str,
    pub number: u64,
    /// Nothing: the line came through the pipeline.
    pub path: Option<Str>,
    pub pattern: Str,
    pub ignore_case: bool,
    pub matches: Value,
    pub context: Option<Rc<MatchContext>>,
}

/// Lines around it.
pub struct MatchContext {
    pub pre: Vec<Str>,
    /// Those of them that no earlier match has shown.
    pub display_pre: Vec<Str>,
    pub post: Vec<Str>,
}

impl MatchInfo {
    fn shown_path(&self) -> Str {
        self.path.clone().unwrap_or_else(|| Str::from("InputStream"))
    }

    fn file_name(&self) -> &str {
        self.path.as_ref().map_or("InputStream", |p| p.rsplit('/').next().unwrap_or(p))
    }

    /// The path as seen from a folder, when it is below it.
    fn relative(&self, folder: &str) -> String {
        let Some(path) = &self.path else { return "InputStream".into() };
        let folder = folder.trim_end_matches('/');
        match path.strip_prefix(folder).and_then(|r| r.strip_prefix('/')) {
            Some(rest) if !folder.is_empty() => rest.to_owned(),
            _ => path.to_string(),
        }
    }

    fn display(&self, folder: Option<&str>) -> String {
        let path = match folder {
            Some(f) => self.relative(f),
            None => self.shown_path().to_string(),
        };
        let line = |text: &str, number: u64, prefix: &str| match self.path {
            Some(_) => format!("{prefix}{path}:{number}:{text}"),
            None => format!("{prefix}{text}"),
        };
        let Some(context) = &self.context else { return line(&self.line, self.number, "") };
        let mut lines = Vec::new();
        let first = self.number - context.display_pre.len() as u64;
        for (i, l) in context.display_pre.iter().enumerate() {
            lines.push(line(l, first + i as u64, "  "));
        }
        lines.push(line(&self.line, self.number, "> "));
        for (i, l) in context.post.iter().enumerate() {
            lines.push(line(l, self.number + 1 + i as u64, "  "));
        }
        lines.join("\n")
    }
}

fn read(value: &Value, f: impl FnOnce(&MatchInfo) -> Value) -> Result<Value> {
    Ok(value.downcast::<MatchInfo>().map_or(Value::NULL, f))
}

fn texts(lines: &[Str]) -> Value {
    Value::list_of(&types::STRING_ARRAY, lines.iter().cloned().map(Value::string).collect())
}

fn to_string(_: &mut dyn Shell, this: &Value, arguments: &[Value]) -> Result<Value> {
    read(this, |m| Value::text(m.display(arguments.first().map(text::to_text).as_deref())))
}

fn relative_path(_: &mut dyn Shell, this: &Value, arguments: &[Value]) -> Result<Value> {
    read(this, |m| Value::text(m.relative(&text::to_text(&arguments[0]))))
}

const DIRECTORY: &[Parameter] = &[Parameter::new("directory", &types::STRING)];

static MATCH_INFO: TypeInfo = TypeInfo::class(
    "Microsoft.PowerShell.Commands.MatchInfo",
    MemberTable {
        properties: &[
            Property::new("IgnoreCase", "bool", |_, v| read(v, |m| Value::bool(m.ignore_case))),
            Property::new("LineNumber", "ulong", |_, v| read(v, |m| Value::ulong(m.number))),
            Property::new("Line", "string", |_, v| read(v, |m| Value::string(m.line.clone()))),
            Property::new("Filename", "string", |_, v| read(v, |m| Value::text(m.file_name()))),
            Property::new("Path", "string", |_, v| read(v, |m| Value::string(m.shown_path()))),
            Property::new("Pattern", "string", |_, v| read(v, |m| Value::string(m.pattern.clone()))),
            Property::new("Context", "Microsoft.PowerShell.Commands.MatchInfoContext", |_, v| {
                read(v, |m| m.context.clone().map_or(Value::NULL, |c| Value::object(ContextObject(c))))
            }),
            Property::new("Matches", "System.Text.RegularExpressions.Match[]", |_, v| {
                read(v, |m| m.matches.clone())
            }),
        ],
        methods: &[
            Method {
                name: "ToString",
                overloads: &[
                    Overload { parameters: &[], returns: "string", call: to_string },
                    Overload { parameters: DIRECTORY, returns: "string", call: to_string },
                ],
            },
            Method {
                name: "ToEmphasizedString",
                overloads: &[Overload { parameters: DIRECTORY, returns: "string", call: to_string }],
            },
            Method {
                name: "RelativePath",
                overloads: &[Overload { parameters: DIRECTORY, returns: "string", call: relative_path }],
            },
        ],
        ..MemberTable::EMPTY
    },
);

impl Object for MatchInfo {
    fn type_info(&self) -> TypeRef {
        &MATCH_INFO
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.display(None))
    }
}

struct ContextObject(Rc<MatchContext>);

static CONTEXT: TypeInfo = TypeInfo::class(
    "Microsoft.PowerShell.Commands.MatchInfoContext",
    MemberTable::of_properties(&[
        Property::new("PreContext", "string[]", |_, v| Ok(lines(v, |c| &c.pre))),
        Property::new("PostContext", "string[]", |_, v| Ok(lines(v, |c| &c.post))),
        Property::new("DisplayPreContext", "string[]", |_, v| Ok(lines(v, |c| &c.display_pre))),
        Property::new("DisplayPostContext", "string[]", |_, v| Ok(lines(v, |c| &c.post))),
    ]),
);

fn lines(value: &Value, which: fn(&MatchContext) -> &Vec<Str>) -> Value {
    value.downcast::<ContextObject>().map_or(Value::NULL, |c| texts(which(&c.0)))
}

impl Object for ContextObject {
    fn type_info(&self) -> TypeRef {
        &CONTEXT
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}
