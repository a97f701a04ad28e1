//! Variables that are computed when read, drives behind variables, and the engine's own objects.

use crate::bind::ActionPreference;
use crate::command::function::FunctionContext;
use crate::command::table::Found;
use crate::lower::plan::{Automatic, Source, Var};
use crate::run::engine::Engine;
use crate::run::frame::FrameKind;
use crate::run::shell_impl;
use crate::run::streams::Side;
use exsh_core::error::ErrorObject;
use exsh_core::host::Stream;
use exsh_core::types::{MemberTable, Property, TypeInfo};
use exsh_core::value::{KeyMode, Table};
use exsh_core::{
    Category, Custom, ErrorRecord, Exception, Flow, Name, Object, Result, Shell, Str, TypeRef, Value, View,
    types,
};
use exsh_dotnet::core::reference::Reference;
use exsh_dotnet::{convert, text};
use std::any::Any;
use std::rc::Rc;

impl Engine {
    pub fn automatic_variable(&mut self, a: Automatic, source: &Rc<Source>) -> Result<Value> {
        Ok(match a {
            Automatic::Status => Value::bool(self.ok),
            Automatic::PsScriptRoot => match source.file.as_deref().and_then(|f| f.rsplit_once('/')) {
                Some((folder, _)) => Value::text(folder),
                None => Value::text(""),
            },
            Automatic::PsCommandPath => Value::text(source.file.as_deref().unwrap_or("")),
            Automatic::StackTrace => Value::text(""),
            Automatic::PsBoundParameters => {
                let f = self.function_frame();
                let found = self.frames[f].extra.as_ref().and_then(|e| e.bound_parameters.clone());
                found.unwrap_or_else(|| {
                    let ty = exsh_dotnet::types::dictionary_of(&types::STRING, &types::OBJECT);
                    Value::table(Table::new(ty, KeyMode::IgnoreCase))
                })
            }
            Automatic::PsCmdlet => {
                let mut f = self.current;
                loop {
                    if let Some(c) = self.frames[f].extra.as_ref().and_then(|e| e.cmdlet.clone()) {
                        return Ok(Value::object(PsCmdletObject(c)));
                    }
                    if f == 0 {
                        return Ok(Value::NULL);
                    }
                    f = self.frames[f].parent;
                }
            }
            Automatic::MyInvocation => self.my_invocation(source),
        })
    }

    /// The frame of the running function or script; blocks that run in it are looked through.
    fn function_frame(&self) -> usize {
        self.current
    }

    fn my_invocation(&mut self, source: &Rc<Source>) -> Value {
        let f = self.current;
        let dotted = self.frames[f].extra.as_ref().and_then(|e| e.dotted.last().cloned());
        let is_script = match &dotted {
            Some(c) => !c.is_function && c.name.as_str() != "<ScriptBlock>",
            None => {
                matches!(self.frames[f].kind, FrameKind::Script | FrameKind::Global) && source.file.is_some()
            }
        };
        let call = dotted.or_else(|| self.frames[f].info.call.clone());
        let bound =
            self.frames[f].extra.as_ref().and_then(|e| e.bound_parameters.clone()).unwrap_or_else(|| {
                let ty = exsh_dotnet::types::dictionary_of(&types::STRING, &types::OBJECT);
                Value::table(Table::new(ty, KeyMode::IgnoreCase))
            });
        let (name, invoked, site) = match &call {
            Some(c) => (c.name.clone(), c.invoked.clone(), c.site.clone()),
            None => (Str::from(""), Str::from(""), None),
        };
        let path = source.file.as_deref().unwrap_or("").to_owned();
        let is_function = call.as_ref().is_some_and(|c| c.is_function);
        let name = match (is_script, is_function) {
            (true, _) => Str::from(crate::command::program::file_name(&path)),
            (_, true) => name,
            _ => Str::from(""),
        };
        let kind = match (is_script, is_function) {
            (true, _) => "ExternalScript",
            (_, true) => "Function",
            _ => "Script",
        };
        // The line as it stands in the source, its end included.
        let line = site.as_ref().map_or(String::new(), |p| {
            let line = p.line_text();
            let end = line.as_ptr() as usize - p.source.as_ptr() as usize + line.len();
            let more = p.source[end..].find('\n').map_or(p.source.len(), |i| end + i + 1);
            format!("{line}{}", &p.source[end..more])
        });
        let command = Custom::of([
            ("Name", Value::string(name.clone())),
            ("CommandType", Value::text(kind)),
            ("Path", Value::text(path.as_str())),
            ("Definition", Value::text(if is_script { path.as_str() } else { "" })),
            ("Source", Value::text(path.as_str())),
        ]);
        let unbound =
            if f == 0 { Value::array(Vec::new()) } else { self.automatic(crate::run::frame::ARGS).clone() };
        Value::custom(Custom::of([
            ("MyCommand", Value::custom(command)),
            ("BoundParameters", bound),
            ("UnboundArguments", if unbound.is_unset() { Value::array(Vec::new()) } else { unbound }),
            ("ScriptLineNumber", Value::int(site.as_ref().map_or(0, |p| p.line as i32))),
            ("OffsetInLine", Value::int(site.as_ref().map_or(0, |p| p.column as i32))),
            ("HistoryId", Value::long(1)),
            ("ScriptName", Value::text(site.as_ref().and_then(|p| p.file.as_deref()).unwrap_or(""))),
            ("Line", Value::text(line)),
            (
                "PositionMessage",
                Value::text(site.as_ref().map(exsh_format::error_view::position_message).unwrap_or_default()),
            ),
            ("PSScriptRoot", Value::text(path.rsplit_once('/').map_or("", |p| p.0))),
            ("PSCommandPath", Value::text(path.as_str())),
            ("InvocationName", Value::string(invoked)),
            ("PipelineLength", Value::int(1)),
            ("PipelinePosition", Value::int(1)),
            ("ExpectingInput", Value::FALSE),
            ("CommandOrigin", Value::text("Runspace")),
        ]))
    }

    /// `$OFS`, what joins a list in a string.
    pub fn output_field_separator(&mut self) -> Str {
        match self.lookup(Name::new("OFS"), self.current) {
            Some(v) if !v.is_null() => text::to_text(&v),
            _ => Str::from(" "),
        }
    }

    /// `$env:NAME`, `$function:name`, `$variable:name`, `$alias:name`.
    pub fn read_drive(&mut self, drive: &str, name: &str) -> Result<Value> {
        Ok(match drive.to_ascii_lowercase().as_str() {
            "env" => self.host.env(name).map_or(Value::NULL, Value::text),
            "variable" => self.lookup(Name::new(name), self.current).unwrap_or(Value::NULL),
            "function" => match self.commands.function(Name::new(name)) {
                Some(f) => Value::object(crate::command::function::BlockObject(f.block.clone())),
                None => Value::NULL,
            },
            "alias" => match self.commands.alias(Name::new(name)) {
                Some((_, target)) => Value::string(target.clone()),
                None => Value::NULL,
            },
            letter if !self.is_file_drive(letter) => Value::NULL,
            _ => {
                let path = shell_impl::map_path(self, &format!("{drive}:{name}"));
                match std::fs::read_to_string(&path) {
                    Ok(t) => {
                        let lines: Vec<Value> = t.lines().map(Value::text).collect();
                        exsh_core::enumerate::collapse(lines)
                    }
                    Err(_) => Value::NULL,
                }
            }
        })
    }

    /// A drive of files: a letter, where Windows paths are mapped.
    fn is_file_drive(&self, drive: &str) -> bool {
        self.windows_root.is_some() && drive.len() == 1 && drive.as_bytes()[0].is_ascii_alphabetic()
    }

    pub fn write_drive(&mut self, drive: &str, name: &str, v: Value) -> Result<()> {
        match drive.to_ascii_lowercase().as_str() {
            "env" => {
                let s = text::to_text(&v);
                self.host.set_env(name, if v.is_null() || s.is_empty() { None } else { Some(&s) });
                Ok(())
            }
            "variable" => self.assign(Name::new(name), &Str::from(name), v),
            "function" => self.set_function(name, if v.is_null() { None } else { Some(v) }),
            "alias" => self.set_alias(name, Some(&text::to_text(&v))),
            letter if !self.is_file_drive(letter) => Err(ErrorRecord::of(
                "System.Management.Automation.DriveNotFoundException",
                "DriveNotFound",
                Category::ObjectNotFound,
                format!("Cannot find drive. A drive with the name '{drive}' does not exist."),
            )
            .on(Value::text(drive))
            .into()),
            _ => {
                let path = shell_impl::map_path(self, &format!("{drive}:{name}"));
                std::fs::write(&path, format!("{}\n", text::to_text(&v))).map_err(|e| {
                    ErrorRecord::of(
                        "System.IO.IOException",
                        "FileWriteFailure",
                        Category::WriteError,
                        e.to_string(),
                    )
                    .into()
                })
            }
        }
    }

    /// An error that a function reports through `$PSCmdlet` is the function's, at the place of its call.
    fn attribute(&self, record: &ErrorRecord, name: &Str) {
        let mut context = record.context.borrow_mut();
        if context.invocation.is_none() {
            let call = self.frames[self.current].info.call.as_ref();
            context.invocation = Some(Rc::new(exsh_core::Invocation {
                command: name.as_str().into(),
                invocation_name: call.map_or(name.as_str(), |c| c.invoked.as_str()).into(),
                position: call.and_then(|c| c.site.clone()),
                pipeline_position: 1,
                pipeline_length: 1,
                is_cmdlet: false,
            }));
        }
        if context.command_id.is_none() {
            context.command_id = Some(name.as_str().into());
        }
    }

    /// What `Write-Error` reports is the running function's or script's error, at the place of its call.
    pub fn attribute_to_caller(&self, record: &ErrorRecord) {
        let frame = &self.frames[self.current];
        let call = frame.info.call.as_ref();
        let file = call.and_then(|c| c.file.clone());
        let (name, invoked): (Rc<str>, Rc<str>) = match (frame.kind, call) {
            (FrameKind::Function, Some(c)) => (c.name.as_str().into(), c.invoked.as_str().into()),
            (FrameKind::Script | FrameKind::Global, Some(_)) => match file {
                Some(path) => (crate::command::program::file_name(&path).into(), path),
                None => ("".into(), "".into()),
            },
            _ => ("".into(), "".into()),
        };
        let mut context = record.context.borrow_mut();
        if context.command_id.is_none() && !name.is_empty() {
            context.command_id = Some(name.clone());
        }
        context.invocation = Some(Rc::new(exsh_core::Invocation {
            command: name,
            invocation_name: invoked,
            position: call.and_then(|c| c.site.clone()),
            pipeline_position: 1,
            pipeline_length: 1,
            is_cmdlet: false,
        }));
    }

    /// `[ref]$x`.
    pub fn reference(&mut self, var: &Var) -> Value {
        let frame = match var.place {
            crate::lower::plan::Place::Global(_) => 0,
            crate::lower::plan::Place::Slot(_) => self.current,
            crate::lower::plan::Place::Dynamic => self.holder(var.name, self.current).unwrap_or(self.current),
        };
        let (name, spelling, depth) = (var.name, var.spelling.clone(), self.frames.len());
        // Good while its frame is open.
        let open = move |m: &Engine| frame < m.frames.len() && (frame == 0 || depth <= m.frames.len() + 1);
        Value::object(Reference::to_variable(
            Box::new(move |shell| {
                let m = engine(shell)?;
                Ok(if open(m) { m.in_frame(name, frame).unwrap_or(Value::NULL) } else { Value::NULL })
            }),
            Box::new(move |shell, v| {
                let m = engine(shell)?;
                if open(m) { m.assign_in(frame, name, &spelling, v) } else { Ok(()) }
            }),
        ))
    }
}

fn engine(shell: &mut dyn Shell) -> Result<&mut Engine> {
    shell.as_any().downcast_mut::<Engine>().ok_or_else(|| {
        ErrorRecord::runtime(
            "EngineNeeded",
            Category::InvalidOperation,
            "This member works only inside of a session.",
        )
        .into()
    })
}

/// `$PSCmdlet`.
pub struct PsCmdletObject(pub Rc<FunctionContext>);

static PS_CMDLET: TypeInfo = TypeInfo::class(
    "System.Management.Automation.PSScriptCmdlet",
    MemberTable::of_properties(&[
        Property::new("ParameterSetName", "string", |_, this| {
            Ok(this.downcast::<PsCmdletObject>().map_or(Value::NULL, |c| Value::string(c.0.set_name.clone())))
        }),
        Property::new("MyInvocation", "System.Management.Automation.InvocationInfo", |shell, _| {
            let m = engine(shell)?;
            let source = Rc::new(Source { text: "".into(), file: m.script_file(), namespaces: Vec::new() });
            Ok(m.my_invocation(&source))
        }),
        Property::new("CommandRuntime", "System.Management.Automation.ICommandRuntime", |_, this| {
            Ok(this.clone())
        }),
    ]),
);

impl Object for PsCmdletObject {
    fn type_info(&self) -> TypeRef {
        &PS_CMDLET
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Methods of `$PSCmdlet`.
pub fn cmdlet_method(m: &mut Engine, c: &Rc<FunctionContext>, name: &str, args: &[Value]) -> Result<Value> {
    let arg = |i: usize| args.get(i).map(text::to_text).unwrap_or_else(|| Str::from(""));
    match name.to_ascii_lowercase().as_str() {
        "shouldprocess" => {
            let (description, warning, caption) = match args.len() {
                3.. => (arg(0), arg(1), arg(2)),
                2 => {
                    let d = format!("Performing the operation \"{}\" on target \"{}\".", arg(1), arg(0));
                    let w = format!("Are you sure you want to perform this action?\n{d}");
                    (Str::from(d), Str::from(w), Str::from("Confirm"))
                }
                _ => {
                    let d = format!("Performing the operation \"{}\" on target \"{}\".", c.meta.name, arg(0));
                    let w = format!("Are you sure you want to perform this action?\n{d}");
                    (Str::from(d), Str::from(w), Str::from("Confirm"))
                }
            };
            // Answers for all hold for the whole invocation: the frame's own context remembers them.
            let mut context = crate::pipeline::Context::new(m, c.cmdlet.common.clone(), &c.meta, true);
            context.decided = remembered(m, c);
            let ok = shell_impl::should_process(m, &mut context, &description, &warning, &caption)
                .map_err(|f| crate::command::function::invocation_failed(f, "ShouldProcess", args.len()))?;
            if context.decided.is_some() {
                remember(m, c, context.decided);
            }
            Ok(Value::bool(ok))
        }
        "shouldcontinue" => {
            let answer = shell_impl::question(m, &arg(1), &arg(0), args.len() > 2, true)
                .map_err(|f| crate::command::function::invocation_failed(f, "ShouldContinue", args.len()))?;
            Ok(Value::bool(matches!(answer, shell_impl::Answer::Yes | shell_impl::Answer::YesToAll)))
        }
        "throwterminatingerror" => {
            let record = match args.first().and_then(|v| v.downcast::<ErrorObject>()) {
                Some(e) => e.0.clone(),
                None => Rc::new(ErrorRecord::runtime("", Category::NotSpecified, arg(0).as_str())),
            };
            m.attribute(&record, &c.meta.name);
            Err(Box::new(Flow::Error(record)))
        }
        "writeerror" => {
            let record = match args.first().and_then(|v| v.downcast::<ErrorObject>()) {
                Some(e) => e.0.clone(),
                None => Rc::new(ErrorRecord::runtime("", Category::NotSpecified, arg(0).as_str())),
            };
            m.attribute(&record, &c.meta.name);
            c.cmdlet.note_error(&Value::from(record.clone()));
            m.report_error(record, c.cmdlet.common.error_action)?;
            Ok(Value::NOTHING)
        }
        "writeobject" => match args.first() {
            Some(v) => Ok(v.clone()),
            None => Ok(Value::NOTHING),
        },
        "writewarning" | "writeverbose" | "writedebug" => {
            let (side, preference) = match name.to_ascii_lowercase().as_str() {
                "writewarning" => (Side::Warning, "WarningPreference"),
                "writeverbose" => (Side::Verbose, "VerbosePreference"),
                _ => (Side::Debug, "DebugPreference"),
            };
            let action = m.preference(preference);
            let action = ActionPreference::parse(&action).unwrap_or(ActionPreference::Continue);
            shell_impl::side(m, side, &arg(0), action)?;
            Ok(Value::NOTHING)
        }
        "getvariablevalue" => Ok(m.lookup(Name::new(&arg(0)), m.current).unwrap_or(Value::NULL)),
        "stopping" => Ok(Value::FALSE),
        _ => exsh_dotnet::member::call(m, &Value::object(PsCmdletObject(c.clone())), name, args),
    }
}

const DECIDED: &str = "__exshDecided";

fn remembered(m: &mut Engine, _c: &Rc<FunctionContext>) -> Option<bool> {
    m.in_frame(Name::new(DECIDED), m.current)?.as_bool()
}

fn remember(m: &mut Engine, _c: &Rc<FunctionContext>, decided: Option<bool>) {
    if let Some(d) = decided {
        let f = m.current;
        m.put(f, Name::new(DECIDED), &Str::from(DECIDED), Value::bool(d));
    }
}

/// A command as a value that `&` can run.
pub struct CommandObject(pub Found);

static COMMAND_INFO: TypeInfo =
    TypeInfo::class("System.Management.Automation.CommandInfo", MemberTable::EMPTY);

impl Object for CommandObject {
    fn type_info(&self) -> TypeRef {
        &COMMAND_INFO
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A warning, verbose or debug record that was merged into the output.
pub fn side_record(kind: &'static str, message: &str) -> Value {
    Value::object(SideRecord { kind: side_type(kind), message: Str::from(message) })
}

/// A record of a side stream; shown as its message.
pub struct SideRecord {
    kind: TypeRef,
    pub message: Str,
}

const RECORD_MEMBERS: MemberTable =
    MemberTable::of_properties(&[Property::new("Message", "string", |_, this| {
        Ok(this.downcast::<SideRecord>().map_or(Value::NULL, |r| Value::string(r.message.clone())))
    })]);
static WARNING_RECORD: TypeInfo =
    TypeInfo::class("System.Management.Automation.WarningRecord", RECORD_MEMBERS);
static VERBOSE_RECORD: TypeInfo =
    TypeInfo::class("System.Management.Automation.VerboseRecord", RECORD_MEMBERS);
static DEBUG_RECORD: TypeInfo = TypeInfo::class("System.Management.Automation.DebugRecord", RECORD_MEMBERS);

fn side_type(kind: &str) -> TypeRef {
    match kind.rsplit('.').next() {
        Some("WarningRecord") => &WARNING_RECORD,
        Some("VerboseRecord") => &VERBOSE_RECORD,
        _ => &DEBUG_RECORD,
    }
}

impl SideRecord {
    /// What stands before the message, and the stream that it came from.
    pub fn label(&self) -> (&'static str, Stream) {
        match self.kind.short_name() {
            "WarningRecord" => ("WARNING: ", Stream::Warning),
            "VerboseRecord" => ("VERBOSE: ", Stream::Verbose),
            _ => ("DEBUG: ", Stream::Debug),
        }
    }
}

impl Object for SideRecord {
    fn type_info(&self) -> TypeRef {
        self.kind
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.message.to_string())
    }
}

/// An information record that was merged into the output.
pub fn information_record(m: &mut Engine, data: Value, tags: &[&str]) -> Value {
    let time = m.host.now_ticks();
    Value::object(InformationRecord {
        data,
        tags: tags.iter().map(|t| Value::text(*t)).collect(),
        time,
        source: m.script_file().map_or_else(|| Str::from("Write-Information"), |f| Str::from(&*f)),
    })
}

pub struct InformationRecord {
    data: Value,
    tags: Vec<Value>,
    time: i64,
    source: Str,
}

static INFORMATION_RECORD: TypeInfo = TypeInfo::class(
    "System.Management.Automation.InformationRecord",
    MemberTable::of_properties(&[
        Property::new("MessageData", "System.Object", |_, t| Ok(read(t, |r| r.data.clone()))),
        Property::new("Source", "string", |_, t| Ok(read(t, |r| Value::string(r.source.clone())))),
        Property::new("TimeGenerated", "datetime", |_, t| {
            Ok(read(t, |r| Value::date_time(r.time as u64 | 1 << 62)))
        }),
        Property::new("Tags", "System.Collections.Generic.List[string]", |_, t| {
            Ok(read(t, |r| Value::list_of(exsh_dotnet::types::list_of(&types::STRING), r.tags.clone())))
        }),
    ]),
);

fn read(v: &Value, f: impl Fn(&InformationRecord) -> Value) -> Value {
    v.downcast::<InformationRecord>().map_or(Value::NULL, f)
}

impl Object for InformationRecord {
    fn type_info(&self) -> TypeRef {
        &INFORMATION_RECORD
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(text::to_text(&self.data).to_string())
    }
}

/// Is the value true as a switch or preference?
pub fn truthy(v: &Value) -> bool {
    match v.view() {
        View::Null | View::Nothing | View::Unset => false,
        _ => convert::to_bool(v),
    }
}

/// An engine exception by type name.
pub fn engine_exception(type_name: &'static str, message: &str) -> Exception {
    Exception::new(type_name, message)
}
