//! A session without an engine, the values of the recorded matrix, and the form in which results are written down.
#![allow(dead_code)]

use exsh_core::host::{Host, NoAnswer, Stream};
use exsh_core::out::{BlockInfo, Invoke, Resolved, Shell, VariableInfo};
use exsh_core::types::{self as t, Kind, SCRIPT_BLOCK};
use exsh_core::value::KeyMode;
use exsh_core::{Command, ErrorRecord, Flow, Name, Result, Str, Table, TypeInfo, Value, View};
use exsh_core::{Object, types::TypeRef};
use exsh_dotnet::{convert, culture, member, number, text, time, types};
use std::any::{Any, TypeId};
use std::path::PathBuf;
use std::rc::Rc;

/// A session that knows a culture and a clock; it runs no script.
pub struct FakeShell {
    pub culture: &'static str,
    pub host: FakeHost,
}

pub struct FakeHost;

pub fn shell(culture: &'static str) -> FakeShell {
    FakeShell { culture, host: FakeHost }
}

/// A script block that is only its text.
pub struct Block(pub String);

impl Object for Block {
    fn type_info(&self) -> TypeRef {
        &SCRIPT_BLOCK
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.0.clone())
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
        // The recordings were made in 2026.
        time::date(2026, 8, 20).expect("a date")
    }
    fn monotonic_ticks(&self) -> i64 {
        0
    }
    fn random(&mut self, buffer: &mut [u8]) {
        for (i, b) in buffer.iter_mut().enumerate() {
            *b = i as u8;
        }
    }
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
        "machine".into()
    }
    fn user_name(&self) -> String {
        "user".into()
    }
    fn process_id(&self) -> u32 {
        1
    }
    fn home(&self) -> String {
        "/home/user".into()
    }
    fn start_directory(&self) -> String {
        "/".into()
    }
    fn program(&self) -> String {
        "/usr/bin/exsh".into()
    }
}

type Send<'a> = &'a mut dyn FnMut(Value) -> Result<()>;

impl Shell for FakeShell {
    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
    fn host(&mut self) -> &mut dyn Host {
        &mut self.host
    }
    fn invoke(&mut self, _: &Value, _: Invoke, _: Send<'_>) -> Result<()> {
        Err(ErrorRecord::runtime("NoEngine", exsh_core::Category::NotImplemented, "no engine in this test")
            .into())
    }
    fn run_text(&mut self, _: &str, _: bool, _: Send<'_>) -> Result<()> {
        Ok(())
    }
    fn compile(&mut self, text: &str) -> Result<Value> {
        Ok(Value::object(Block(text.to_string())))
    }
    fn run_command(&mut self, _: &str, _: Invoke, _: Send<'_>) -> Result<()> {
        Ok(())
    }
    fn variable(&mut self, _: Name, _: Option<usize>) -> Option<Value> {
        None
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
    fn resolve(&mut self, _: &str) -> Option<Resolved> {
        None
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
        Str::from("/scratch")
    }
    fn set_location(&mut self, _: &str) -> Result<()> {
        Ok(())
    }
    fn file_path(&mut self, text: &str) -> Result<PathBuf> {
        Ok(PathBuf::from("/scratch").join(text))
    }
    fn culture(&self) -> Str {
        Str::from(self.culture)
    }
    fn set_culture(&mut self, _: &str) {}
    fn errors(&self) -> Vec<Value> {
        Vec::new()
    }
    fn clear_errors(&mut self) {}
    fn report(&mut self, _: ErrorRecord) -> Result<()> {
        Ok(())
    }
    fn extension(&mut self, _: TypeId) -> Option<Rc<dyn Any>> {
        None
    }
    fn set_extension(&mut self, _: Rc<dyn Any>) {}
    fn show(&mut self, _: Vec<Value>) -> Result<()> {
        Ok(())
    }
    fn block_info(&mut self, _: &Value) -> Option<BlockInfo> {
        None
    }
}

fn table(ty: &'static TypeInfo, entries: &[(&str, i32)]) -> Value {
    let table = Table::new(ty, KeyMode::IgnoreCase);
    for (k, v) in entries {
        table.set(Value::text(*k), Value::int(*v));
    }
    Value::table(table)
}

/// The value of one of the matrix's operands, or of a plain literal; nothing for anything else.
pub fn value(shell: &mut FakeShell, source: &str) -> Option<Value> {
    let s = source.trim();
    Some(match s {
        "$null" => Value::NULL,
        "$true" => Value::TRUE,
        "$false" => Value::FALSE,
        "@()" => Value::array(vec![]),
        "@(1)" => Value::array(vec![Value::int(1)]),
        "@(1,2,3)" => Value::array(vec![Value::int(1), Value::int(2), Value::int(3)]),
        "@('a','B')" => Value::array(vec![Value::text("a"), Value::text("B")]),
        "@($null)" => Value::array(vec![Value::NULL]),
        "@(1,@(2,3))" => Value::array(vec![Value::int(1), Value::array(vec![Value::int(2), Value::int(3)])]),
        "@{}" => table(&t::HASHTABLE, &[]),
        "@{a=1}" => table(&t::HASHTABLE, &[("a", 1)]),
        "[ordered]@{x=1;y=2}" => table(&t::ORDERED_DICTIONARY, &[("x", 1), ("y", 2)]),
        "[pscustomobject]@{p=1}" => Value::custom(exsh_core::Custom::of([("p", Value::int(1))])),
        "[byte[]]@(1,2)" => Value::bytes(&[1, 2]),
        "[System.Collections.Generic.List[int]]@(1,2)" => {
            Value::list_of(types::list_of(&t::INT32), vec![Value::int(1), Value::int(2)])
        }
        "[int]" => Value::type_value(&t::INT32),
        "\"a`tb\"" => Value::text("a\tb"),
        _ => {
            if let Some(inner) = s.strip_prefix('\'').and_then(|r| r.strip_suffix('\''))
                && !inner.replace("''", "").contains('\'')
            {
                return Some(Value::text(inner.replace("''", "'")));
            }
            if let Some(inner) = s.strip_prefix('"').and_then(|r| r.strip_suffix('"'))
                && !inner.contains(['"', '$', '`'])
            {
                return Some(Value::text(inner));
            }
            if let Some((ty, member)) = s.strip_prefix('[').and_then(|r| r.split_once("]::"))
                && member.chars().all(|c| c.is_alphanumeric())
            {
                let ty = types::find(ty)?;
                return member::get_static(shell, ty, member).ok().flatten();
            }
            if let Some((ty, rest)) = s.strip_prefix('[').and_then(|r| r.split_once(']'))
                && !rest.is_empty()
                && !rest.starts_with([']', '(', ':'])
            {
                let inner = value(shell, rest)?;
                return convert::cast(shell, &inner, types::find(ty)?).ok();
            }
            let (negative, body) = match s.strip_prefix('-') {
                Some(r) => (true, r),
                None => (false, s),
            };
            if !body.starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            convert::parse::literal(body, negative)?
        }
    })
}

fn escape(s: &str) -> String {
    s.replace('\\', "\\\\").replace('\r', "\\r").replace('\n', "\\n").replace('\t', "\\t")
}

/// The matrix's form of a result.
pub fn repr(v: &Value, depth: usize) -> String {
    if v.is_null() {
        return "null".into();
    }
    let base = v.base();
    let name = types::of(base).map_or_else(String::new, |t| t.name.to_string());
    let full = types::of(base).map_or_else(String::new, types::full_name);
    let plain = || escape(&text::to_string_culture(base, culture::get("en-US").expect("known")));
    match base.view() {
        View::Str(s) => format!("\"{}\"", escape(s)),
        View::Bool(b) => if b { "True" } else { "False" }.into(),
        View::Double(d) => format!("{full} {}", number::round_trip(d)),
        View::Single(_) => format!("{full} {}", text::to_string_culture(base, culture::invariant())),
        View::DateTime(d) => {
            format!("{full} {} {:?}", time::format::round_trip(d & !(3 << 62), None), time::kind(d))
        }
        // Repr calls ToString with two arguments, which a Char has not.
        View::Char(_) => "char".into(),
        _ if depth > 3 && !types::is_value_type(types::of(base).expect("not null")) => format!("{full} ..."),
        View::Table(t) => {
            let all: Vec<String> = t
                .entries()
                .iter()
                .map(|(k, v)| format!("{}={}", repr(k, depth + 1), repr(v, depth + 1)))
                .collect();
            format!("{full} {{{}}}", all.join("; "))
        }
        View::Custom(c) => {
            let m = c.members();
            let all: Vec<String> = m
                .shape()
                .members()
                .iter()
                .zip(m.values())
                .map(|(n, v)| format!("{}={}", n.spelling, repr(v, depth + 1)))
                .collect();
            format!("pscustomobject {{{}}}", all.join("; "))
        }
        View::List(l) => list(&full, &l.items(), depth),
        View::Object(o) => {
            if types::of(base).is_some_and(|t| t.is(&SCRIPT_BLOCK)) {
                return format!("{full} {{{}}}", plain());
            }
            match o.get().enumerate() {
                Some(items) => list(&full, &items, depth),
                None => format!("{full} {}", plain()),
            }
        }
        _ if types::of(base).is_some_and(types::is_number) => {
            format!("{full} {}", text::to_string_culture(base, culture::invariant()))
        }
        _ => {
            let _ = name;
            format!("{full} {}", plain())
        }
    }
}

fn list(full: &str, items: &[Value], depth: usize) -> String {
    let shown: Vec<String> = items.iter().take(20).map(|i| repr(i, depth + 1)).collect();
    let more = if items.len() > 20 { items.len().to_string() } else { String::new() };
    format!("{full} [{}]{more}", shown.join(", "))
}

/// The matrix's form of an outcome.
pub fn outcome(r: &Result<Value>) -> String {
    match r {
        Ok(v) if contains_char(v) => {
            "ERR MethodCountCouldNotFindBest | System.Management.Automation.MethodException | Cannot find an overload for \"ToString\" and the argument count: \"2\".".into()
        }
        Ok(v) => repr(v, 0),
        Err(e) => failure(e),
    }
}

/// Repr fails on a Char at any depth.
fn contains_char(v: &Value) -> bool {
    match v.base().view() {
        View::Char(_) => true,
        View::List(l) => l.items().iter().take(20).any(contains_char),
        _ => false,
    }
}

pub fn failure(e: &Flow) -> String {
    match e.record() {
        Some(r) => format!(
            "ERR {} | {} | {}",
            r.fully_qualified_id(),
            r.exception.type_name,
            escape(&r.exception.message)
        ),
        None => "no error".into(),
    }
}

pub fn is_kind(v: &Value, k: Kind) -> bool {
    v.kind() == k
}
