//! A session without an engine: script blocks are Rust functions, the clock stands still unless a test moves it.
#![allow(dead_code)]

use exsh_core::cmdlet::Command;
use exsh_core::host::{Host, NoAnswer, Stream};
use exsh_core::out::{BlockInfo, Invoke, Resolved, VariableInfo};
use exsh_core::types::{self, TypeRef};
use exsh_core::{Custom, ErrorRecord, Name, Object, Result, Shell, Str, Value};
use exsh_format::{DefaultWriter, Formatter, Packet, PropertySpec, Request, Shape, Style};
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::path::PathBuf;
use std::rc::Rc;

#[derive(Default)]
pub struct FakeShell {
    pub host: FakeHost,
    pub variables: HashMap<&'static str, Value>,
    pub culture: Option<&'static str>,
    pub commands: Vec<&'static str>,
    pub extensions: HashMap<TypeId, Rc<dyn Any>>,
}

#[derive(Default)]
pub struct FakeHost {
    /// 100 ns ticks.
    pub ticks: i64,
}

type Function = Box<dyn Fn(&Value) -> Result<Value>>;

/// A script block with a Rust inside.
pub struct Block {
    text: &'static str,
    run: Function,
}

impl Object for Block {
    fn type_info(&self) -> TypeRef {
        &types::SCRIPT_BLOCK
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.text.to_owned())
    }
}

pub fn block(text: &'static str, run: impl Fn(&Value) -> Result<Value> + 'static) -> Value {
    Value::object(Block { text, run: Box::new(run) })
}

pub fn note(object: &Value, name: &str) -> Value {
    object.as_custom().and_then(|c| c.note(Name::new(name))).unwrap_or(Value::NULL)
}

pub fn object<'a>(properties: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    Value::custom(Custom::of(properties))
}

/// What the end of a pipeline writes for these objects on a console of 120 cells.
pub fn shown(objects: Vec<Value>) -> String {
    shown_by(&mut FakeShell::default(), objects, 120, Style::plain(), true)
}

pub fn shown_by(
    shell: &mut FakeShell,
    objects: Vec<Value>,
    width: usize,
    style: Style,
    console: bool,
) -> String {
    let mut out = String::new();
    let mut sink = |line: &str| {
        out.push_str(line);
        out.push('\n');
        Ok(())
    };
    let mut writer = DefaultWriter::new(width, style, console);
    for o in objects {
        writer.push(shell, o, &mut sink).unwrap_or_else(|_| panic!("objects can be shown"));
    }
    writer.finish(shell, &mut sink).unwrap_or_else(|_| panic!("the stream can be closed"));
    out
}

/// What a format cmdlet's packets look like on a console of 120 cells.
pub fn formatted(shape: Shape, properties: Vec<PropertySpec>, objects: Vec<Value>) -> String {
    let mut shell = FakeShell::default();
    let request = Request { properties, ..Request::shaped(shape) };
    let packets = packets(&mut shell, request, objects);
    shown_by(&mut shell, packets, 120, Style::plain(), true)
}

pub fn packets(shell: &mut FakeShell, request: Request, objects: Vec<Value>) -> Vec<Value> {
    let mut all: Vec<Packet> = Vec::new();
    let mut formatter = Formatter::new(request);
    for o in objects {
        let done = formatter.push(shell, o, &mut |p| {
            all.push(p);
            Ok(())
        });
        done.unwrap_or_else(|_| panic!("objects can be formatted"));
    }
    let done = formatter.finish(shell, &mut |p| {
        all.push(p);
        Ok(())
    });
    done.unwrap_or_else(|_| panic!("the stream can be closed"));
    all.into_iter().map(Value::object).collect()
}

impl Shell for FakeShell {
    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
    fn host(&mut self) -> &mut dyn Host {
        &mut self.host
    }
    fn invoke(
        &mut self,
        block: &Value,
        how: Invoke,
        send: &mut dyn FnMut(Value) -> Result<()>,
    ) -> Result<()> {
        let block = block.downcast::<Block>().expect("only blocks of these tests run");
        let value = (block.run)(&how.dollar_under.unwrap_or(Value::NULL))?;
        exsh_core::enumerate::each(value, send)
    }
    fn run_text(&mut self, _: &str, _: bool, _: &mut dyn FnMut(Value) -> Result<()>) -> Result<()> {
        unreachable!("no engine here")
    }
    fn compile(&mut self, _: &str) -> Result<Value> {
        unreachable!("no engine here")
    }
    fn run_command(&mut self, _: &str, _: Invoke, _: &mut dyn FnMut(Value) -> Result<()>) -> Result<()> {
        unreachable!("no engine here")
    }
    fn variable(&mut self, name: Name, _: Option<usize>) -> Option<Value> {
        self.variables.iter().find(|(n, _)| Name::new(n) == name).map(|(_, v)| v.clone())
    }
    fn set_variable(&mut self, _: &str, _: Value, _: Option<usize>) -> Result<()> {
        Ok(())
    }
    fn set_global(&mut self, _: &str, _: Value) -> Result<()> {
        Ok(())
    }
    fn remove_variable(&mut self, _: Name, _: Option<usize>) -> Result<bool> {
        Ok(false)
    }
    fn variables(&mut self, _: Option<usize>) -> Vec<VariableInfo> {
        Vec::new()
    }
    fn set_variable_info(&mut self, _: VariableInfo, _: Option<usize>) -> Result<()> {
        Ok(())
    }
    fn resolve(&mut self, name: &str) -> Option<Resolved> {
        let known = self.commands.iter().any(|c| c.eq_ignore_ascii_case(name));
        known.then(|| Resolved::Function { name: name.into(), block: Value::NULL, filter: false })
    }
    fn cmdlets(&mut self) -> Vec<Rc<Command>> {
        Vec::new()
    }
    fn functions(&self) -> Vec<(Str, Value)> {
        Vec::new()
    }
    fn set_function(&mut self, _: &str, _: Option<Value>) -> Result<()> {
        Ok(())
    }
    fn aliases(&self) -> Vec<(Str, Str)> {
        Vec::new()
    }
    fn set_alias(&mut self, _: &str, _: Option<&str>) -> Result<()> {
        Ok(())
    }
    fn location(&self) -> Str {
        "/".into()
    }
    fn set_location(&mut self, _: &str) -> Result<()> {
        Ok(())
    }
    fn file_path(&mut self, text: &str) -> Result<PathBuf> {
        Ok(text.into())
    }
    fn culture(&self) -> Str {
        self.culture.unwrap_or("en-US").into()
    }
    fn set_culture(&mut self, _: &str) {}
    fn errors(&self) -> Vec<Value> {
        Vec::new()
    }
    fn clear_errors(&mut self) {}
    fn report(&mut self, _: ErrorRecord) -> Result<()> {
        Ok(())
    }
    fn extension(&mut self, key: TypeId) -> Option<Rc<dyn Any>> {
        self.extensions.get(&key).cloned()
    }
    fn set_extension(&mut self, value: Rc<dyn Any>) {
        self.extensions.insert((*value).type_id(), value);
    }
    fn show(&mut self, _: Vec<Value>) -> Result<()> {
        Ok(())
    }
    fn block_info(&mut self, _: &Value) -> Option<BlockInfo> {
        None
    }
}

impl Host for FakeHost {
    fn write(&mut self, _: Stream, _: &str) -> std::io::Result<()> {
        Ok(())
    }
    fn write_bytes(&mut self, _: &[u8]) -> std::io::Result<()> {
        Ok(())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
    fn width(&self) -> usize {
        120
    }
    fn is_terminal(&self) -> bool {
        false
    }
    fn is_interactive(&self) -> bool {
        false
    }
    fn colors(&self) -> bool {
        false
    }
    fn read_line(&mut self, _: &str) -> std::result::Result<String, NoAnswer> {
        Err(NoAnswer::NonInteractive)
    }
    fn read_secret(&mut self, _: &str) -> std::result::Result<String, NoAnswer> {
        Err(NoAnswer::NonInteractive)
    }
    fn now_ticks(&self) -> i64 {
        self.ticks
    }
    fn monotonic_ticks(&self) -> i64 {
        self.ticks
    }
    fn random(&mut self, _: &mut [u8]) {}
    fn sleep(&mut self, _: i64) {}
    fn interrupted(&self) -> bool {
        false
    }
    fn clear_interrupt(&mut self) {}
    fn env(&self, _: &str) -> Option<String> {
        None
    }
    fn set_env(&mut self, _: &str, _: Option<&str>) {}
    fn env_all(&self) -> Vec<(String, String)> {
        Vec::new()
    }
    fn machine_name(&self) -> String {
        "EX01".into()
    }
    fn user_name(&self) -> String {
        "operator".into()
    }
    fn process_id(&self) -> u32 {
        1
    }
    fn home(&self) -> String {
        "/home".into()
    }
    fn start_directory(&self) -> String {
        "/".into()
    }
    fn program(&self) -> String {
        "/exsh".into()
    }
}
