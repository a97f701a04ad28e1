//! `ForEach-Object`: runs script blocks for each object, or reads a property or calls a method of it. `-Parallel` is
//! not there yet.

use crate::objects::member_kinds::is_method;
use crate::parameter::{Blocks, PsObject};
use crate::record::About;
use crate::{property, refuse};
use exsh_core::Name;
use exsh_core::cmdlet::{Block, Bound, Cmdlet, CmdletDecl, Impact, Param, Switch, Validate};
use exsh_core::error::{Category, ErrorRecord, Exception, Flow, Result};
use exsh_core::name::same;
use exsh_core::out::{Invoke, Out};
use exsh_core::value::{Str, Value, View};
use exsh_dotnet::ops::pattern;
use exsh_dotnet::{member, text};

const IN_SCRIPT_BLOCK: u32 = 1;
const IN_PROPERTY_AND_METHOD: u32 = 1 << 1;
const IN_PARALLEL: u32 = 1 << 2;

const INPUT_OBJECT: Param<PsObject> = Param::new(0, "InputObject").from_pipeline();
const BEGIN: Param<Block> = Param::new(1, "Begin").sets(IN_SCRIPT_BLOCK);
const PROCESS: Param<Blocks> =
    Param::new(2, "Process").sets(IN_SCRIPT_BLOCK).mandatory().position(0).allow_empty().allow_null();
const END: Param<Block> = Param::new(3, "End").sets(IN_SCRIPT_BLOCK);
const REMAINING_SCRIPTS: Param<Blocks> =
    Param::new(4, "RemainingScripts").sets(IN_SCRIPT_BLOCK).remaining().allow_empty().allow_null();
const MEMBER_NAME: Param<Str> = Param::new(5, "MemberName")
    .sets(IN_PROPERTY_AND_METHOD)
    .mandatory()
    .position(0)
    .validate(&[Validate::NotNullOrEmpty]);
const ARGUMENT_LIST: Param<Vec<Value>> =
    Param::new(6, "ArgumentList").sets(IN_PROPERTY_AND_METHOD).aliases(&["Args"]).remaining();
const PARALLEL: Param<Block> = Param::new(7, "Parallel").sets(IN_PARALLEL).mandatory();
const THROTTLE_LIMIT: Param<i32> =
    Param::new(8, "ThrottleLimit").sets(IN_PARALLEL).validate(&[Validate::Range(1, 2147483647)]);
const TIMEOUT_SECONDS: Param<i32> =
    Param::new(9, "TimeoutSeconds").sets(IN_PARALLEL).validate(&[Validate::Range(0, 2147483)]);
const AS_JOB: Param<Switch> = Param::new(10, "AsJob").sets(IN_PARALLEL);
const USE_NEW_RUNSPACE: Param<Switch> = Param::new(11, "UseNewRunspace").sets(IN_PARALLEL);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "ForEach-Object",
    &[
        INPUT_OBJECT.spec,
        BEGIN.spec,
        PROCESS.spec,
        END.spec,
        REMAINING_SCRIPTS.spec,
        MEMBER_NAME.spec,
        ARGUMENT_LIST.spec,
        PARALLEL.spec,
        THROTTLE_LIMIT.spec,
        TIMEOUT_SECONDS.spec,
        AS_JOB.spec,
        USE_NEW_RUNSPACE.spec,
    ],
    include_str!("for_each_object.md"),
)
.sets(&["ScriptBlockSet", "PropertyAndMethodSet", "ParallelParameterSet"], Some(0))
.should_process(Impact::Low)
.class("Microsoft.PowerShell.Commands.ForEachObjectCommand")
.module("Microsoft.PowerShell.Core");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(ForEachObject { process: Vec::new(), end: None })
}

struct ForEachObject {
    process: Vec<Value>,
    end: Option<Value>,
}

impl Cmdlet for ForEachObject {
    fn begin(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        refuse::given(
            bound,
            "ForEach-Object",
            &[
                &PARALLEL.spec,
                &THROTTLE_LIMIT.spec,
                &TIMEOUT_SECONDS.spec,
                &AS_JOB.spec,
                &USE_NEW_RUNSPACE.spec,
            ],
        )?;
        if bound.has(&MEMBER_NAME) {
            return Ok(());
        }
        // The reference's rule: all blocks in a row; with more than one the first is the begin block, with more than
        // two (and no -End) the last is the end block.
        let mut scripts: Vec<Value> = Vec::new();
        if let Some(Block(b)) = bound.get(&BEGIN) {
            scripts.push(b);
        }
        scripts.extend(bound.get(&PROCESS).map(|b| b.0).unwrap_or_default());
        scripts.extend(bound.get(&REMAINING_SCRIPTS).map(|b| b.0).unwrap_or_default());
        self.end = bound.get(&END).map(|b| b.0);
        if self.end.is_none() && scripts.len() > 2 {
            self.end = scripts.pop();
        }
        let begin = if scripts.len() > 1 { Some(scripts.remove(0)) } else { None };
        self.process = scripts;
        match begin {
            Some(b) => run(&b, None, out),
            None => Ok(()),
        }
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        if let Some(name) = bound.get(&MEMBER_NAME) {
            if object.is_null() {
                return Ok(());
            }
            return use_member(object, &name, bound.get(&ARGUMENT_LIST), out);
        }
        if matches!(object.view(), View::Nothing) {
            return Ok(());
        }
        let object = if object.is_unset() { &Value::NULL } else { object };
        for block in &self.process {
            run(block, Some(object), out)?;
        }
        Ok(())
    }

    fn end(&mut self, _bound: &Bound, out: &mut dyn Out) -> Result<()> {
        match self.end.take() {
            Some(b) => run(&b, None, out),
            None => Ok(()),
        }
    }
}

fn run(block: &Value, object: Option<&Value>, out: &mut dyn Out) -> Result<()> {
    if block.is_null() {
        return Ok(());
    }
    out.invoke(block, Invoke { dollar_under: object.cloned(), same_scope: true, ..Invoke::default() })
}

fn use_member(object: &Value, name: &Str, arguments: Option<Vec<Value>>, out: &mut dyn Out) -> Result<()> {
    let target = || format!("InputObject: {}", text::to_text(object));
    if let Some(arguments) = arguments {
        let Some(method) = method_named(object, name) else {
            return out.error(error(
                "MethodNotFound",
                format!("Input name \"{name}\" cannot be resolved to a method."),
                object,
            ));
        };
        let list: Vec<Str> = arguments.iter().map(text::to_text).collect();
        let list: Vec<&str> = list.iter().map(|s| s.as_str()).collect();
        let action = format!("Invoke the method '{method}' with arguments: {}", list.join(", "));
        if out.confirm(&target(), &action)? {
            return call(object, &method, &arguments, out);
        }
        return Ok(());
    }
    let resolved = if name.contains(['*', '?', '[']) {
        let pattern = pattern::compile(name, true)?;
        let mut names: Vec<Str> =
            property::property_names(object).into_iter().filter(|n| pattern.matches(n)).collect();
        names.extend(
            member::list(object)
                .iter()
                .filter(|m| is_method(m.kind) && pattern.matches(&m.name))
                .map(|m| m.name.clone()),
        );
        match names.len() {
            0 => return out.emit(Value::NULL),
            1 => names.remove(0),
            _ => {
                let all: Vec<&str> = names.iter().map(|n| n.as_str()).collect();
                let message = format!(
                    "Input name \"{name}\" is ambiguous. It can be resolved to multiple matched members. Possible \
                     matches include: {}.",
                    all.join(" ")
                );
                return out.error(error("AmbiguousPropertyOrMethodName", message, object));
            }
        }
    } else {
        name.clone()
    };
    if let Some(value) = property::get(out.shell(), object, Name::new(&resolved))? {
        if out.confirm(&target(), &format!("Retrieve the value for property '{resolved}'"))? {
            return out.emit_each(value);
        }
        return Ok(());
    }
    match method_named(object, &resolved) {
        Some(method) => {
            if out.confirm(&target(), &format!("Invoke the method '{method}'"))? {
                call(object, &method, &[], out)?;
            }
            Ok(())
        }
        None => out.emit(Value::NULL),
    }
}

fn call(object: &Value, method: &str, arguments: &[Value], out: &mut dyn Out) -> Result<()> {
    match member::call(out.shell(), object, method, arguments) {
        Ok(v) => out.emit_each(v),
        Err(flow) => match &*flow {
            Flow::Error(r) => {
                let record = ErrorRecord::new(
                    "MethodInvocationError",
                    Category::InvalidOperation,
                    Exception::clone(&r.exception),
                );
                out.error(record.about(object))
            }
            _ => Err(flow),
        },
    }
}

fn method_named(object: &Value, name: &str) -> Option<Str> {
    member::list(object).iter().find(|m| is_method(m.kind) && same(&m.name, name)).map(|m| m.name.clone())
}

fn error(id: &'static str, message: String, object: &Value) -> ErrorRecord {
    ErrorRecord::of(
        "System.Management.Automation.PSArgumentException",
        id,
        Category::InvalidArgument,
        message,
    )
    .about(object)
}
