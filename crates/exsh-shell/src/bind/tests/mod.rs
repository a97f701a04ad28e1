//! Specifications of the binder. `observed` expectations are recorded runs of the reference shell.

mod calls;
mod input;
mod sets;
mod values;

use super::*;
use exsh_core::error::{Category, Result as Outcome};
use exsh_core::host::Host;
use exsh_core::object::Object;
use exsh_core::out::{BlockInfo, Invoke, Resolved, Shell, VariableInfo};
use exsh_core::types;
use exsh_core::value::View;
use std::any::{Any, TypeId};
use std::rc::Rc;

/// A session that can do nothing but run [`Block`]s.
pub struct Bare;

/// A script block whose body is Rust.
pub struct Block(pub fn(&Value) -> Outcome<Vec<Value>>);

impl Object for Block {
    fn type_info(&self) -> TypeRef {
        &types::SCRIPT_BLOCK
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(" body ".to_owned())
    }
}

pub fn block(body: fn(&Value) -> Outcome<Vec<Value>>) -> Value {
    Value::object(Block(body))
}

/// A call as a test writes it: `-Name`, `-Name:` with its value behind, or a value.
pub enum Word {
    Name(&'static str),
    With(&'static str, Value),
    Of(Value),
    End,
}

pub fn n(name: &'static str) -> Word {
    Word::Name(name)
}
pub fn v(value: impl Into<Value>) -> Word {
    Word::Of(value.into())
}
pub fn with(name: &'static str, value: impl Into<Value>) -> Word {
    Word::With(name, value.into())
}

pub fn list(items: &[&str]) -> Value {
    Value::array(items.iter().map(|s| Value::text(*s)).collect())
}

/// Plans and binds; `bind` alone, without the look at mandatory parameters.
pub fn call_with(meta: &CommandMeta, words: Vec<Word>, expects_input: bool) -> Result<Binding, BindError> {
    let arguments: Vec<Argument> = words
        .into_iter()
        .map(|w| match w {
            Word::Name(s) => {
                Argument::Parameter { name: s.into(), attached: None, written: format!("-{s}").into() }
            }
            Word::With(s, v) => {
                Argument::Parameter { name: s.into(), attached: Some(v), written: format!("-{s}").into() }
            }
            Word::Of(v) => Argument::Value(v),
            Word::End => Argument::EndOfParameters,
        })
        .collect();
    let shape: Vec<ArgumentShape> = arguments
        .iter()
        .map(|a| match a {
            Argument::Value(_) => ArgumentShape::Value,
            Argument::Parameter { name, attached, .. } => {
                ArgumentShape::Parameter { name: name.clone(), attached: attached.is_some() }
            }
            Argument::EndOfParameters => ArgumentShape::EndOfParameters,
        })
        .collect();
    let plan = plan(meta, &shape)?;
    bind(&mut Bare, meta, &plan, arguments, expects_input)
}

pub fn call(meta: &CommandMeta, words: Vec<Word>) -> Result<Binding, BindError> {
    call_with(meta, words, false)
}

/// The whole call without input: what a mandatory parameter lacks is an error.
pub fn run(meta: &CommandMeta, words: Vec<Word>) -> Result<Binding, BindError> {
    let mut b = call(meta, words)?;
    let missing = missing_mandatory(meta, &mut b, false)?;
    if missing.is_empty() {
        Ok(b)
    } else {
        Err(BindError { record: Box::new(missing_mandatory_error(meta, &missing)), argument: None })
    }
}

/// The call up to the first record.
pub fn open(meta: &CommandMeta, words: Vec<Word>) -> Result<Binding, BindError> {
    let mut b = call_with(meta, words, true)?;
    let missing = missing_mandatory(meta, &mut b, true)?;
    if missing.is_empty() {
        Ok(b)
    } else {
        Err(BindError { record: Box::new(missing_mandatory_error(meta, &missing)), argument: None })
    }
}

/// A value for comparison: type and text; lists with their items.
pub fn shown(v: &Value) -> String {
    match v.view() {
        View::Unset => "-".to_owned(),
        View::Null | View::Nothing => "null".to_owned(),
        View::List(l) => {
            let items: Vec<String> = l.items().iter().map(shown).collect();
            format!("{}({})", l.ty().short_name(), items.join(","))
        }
        View::Object(o) if o.get().type_info().is(&types::SWITCH) => "SwitchParameter".to_owned(),
        View::Object(_) => v.type_info().map_or("", |t| t.short_name()).to_owned(),
        _ => format!(
            "{} {}",
            v.type_info().map_or("", |t| t.short_name()),
            exsh_dotnet::text::to_text(v).as_str()
        ),
    }
}

pub fn values(b: &Binding) -> Vec<String> {
    b.values.iter().map(shown).collect()
}

#[track_caller]
pub fn bound(result: Result<Binding, BindError>) -> Binding {
    match result {
        Ok(b) => b,
        Err(e) => panic!("not bound: {} {}", e.record.id, e.record.exception.message),
    }
}

#[track_caller]
pub fn refused(result: Result<Binding, BindError>) -> BindError {
    match result {
        Ok(b) => panic!("bound: {:?}", values(&b)),
        Err(e) => e,
    }
}

/// Id and message of an error.
#[track_caller]
pub fn fails(result: Result<Binding, BindError>, id: &str, message: &str) -> BindError {
    let e = refused(result);
    assert_eq!((&*e.record.id, &*e.record.exception.message), (id, message));
    e
}

/// A function with `[CmdletBinding()]`.
pub fn advanced(params: Vec<ParamMeta>) -> CommandMeta {
    let mut meta = CommandMeta::new("f", params);
    meta.advanced = true;
    meta.common = true;
    meta.finish()
}

pub fn simple(params: Vec<ParamMeta>) -> CommandMeta {
    CommandMeta::new("f", params).finish()
}

/// A compiled cmdlet.
pub fn cmdlet(params: Vec<ParamMeta>) -> CommandMeta {
    let mut meta = CommandMeta::new("Get-Thing", params);
    meta.advanced = true;
    meta.common = true;
    meta.script = false;
    meta.class = "Commands.GetThing".into();
    meta.finish()
}

/// The same in parameter sets.
pub fn with_sets(mut meta: CommandMeta, names: &[&str], default: Option<u8>) -> CommandMeta {
    meta.set_names = names.iter().map(|s| Str::from(*s)).collect();
    meta.default_set = default;
    meta.finish()
}

/// An untyped parameter.
pub fn any(name: &str) -> ParamMeta {
    ParamMeta::new(name, &types::OBJECT)
}
pub fn text(name: &str) -> ParamMeta {
    ParamMeta::new(name, &types::STRING)
}
pub fn texts(name: &str) -> ParamMeta {
    ParamMeta::new(name, &types::STRING_ARRAY)
}
pub fn int(name: &str) -> ParamMeta {
    ParamMeta::new(name, &types::INT32)
}
pub fn switch(name: &str) -> ParamMeta {
    ParamMeta::new(name, &types::SWITCH)
}

impl ParamMeta {
    pub fn in_sets(mut self, mask: u32) -> ParamMeta {
        self.sets = mask;
        self
    }
    pub fn mandatory(mut self) -> ParamMeta {
        self.mandatory = ALL_SETS;
        self
    }
    pub fn at(mut self, position: i32) -> ParamMeta {
        self.positions = vec![(ALL_SETS, position)];
        self
    }
    pub fn piped(mut self) -> ParamMeta {
        self.from_pipeline = ALL_SETS;
        self
    }
    pub fn by_name(mut self) -> ParamMeta {
        self.by_property_name = ALL_SETS;
        self
    }
    pub fn rest(mut self) -> ParamMeta {
        self.remaining = ALL_SETS;
        self
    }
    pub fn alias(mut self, name: &str) -> ParamMeta {
        self.aliases.push(name.into());
        self
    }
    pub fn must(mut self, validation: Validation) -> ParamMeta {
        self.validations.push(validation);
        self
    }
}

macro_rules! refuse {
    ($($name:ident($($arg:ty),*) -> $result:ty;)*) => {
        $( fn $name(&mut self, $(_: $arg),*) -> $result { panic!("the binder asked for {}", stringify!($name)) } )*
    };
}

impl Shell for Bare {
    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
    fn invoke(
        &mut self,
        block: &Value,
        how: Invoke,
        send: &mut dyn FnMut(Value) -> Outcome<()>,
    ) -> Outcome<()> {
        let body = block.downcast::<Block>().expect("tests run only their own blocks").0;
        body(&how.dollar_under.unwrap_or(Value::NULL))?.into_iter().try_for_each(send)
    }
    fn culture(&self) -> Str {
        "en-US".into()
    }
    fn cmdlets(&mut self) -> Vec<Rc<exsh_core::Command>> {
        Vec::new()
    }
    fn functions(&self) -> Vec<(Str, Value)> {
        Vec::new()
    }
    fn aliases(&self) -> Vec<(Str, Str)> {
        Vec::new()
    }
    fn location(&self) -> Str {
        "/".into()
    }
    fn errors(&self) -> Vec<Value> {
        Vec::new()
    }
    refuse! {
        host() -> &mut dyn Host;
        run_text(&str, bool, &mut dyn FnMut(Value) -> Outcome<()>) -> Outcome<()>;
        compile(&str) -> Outcome<Value>;
        run_command(&str, Invoke, &mut dyn FnMut(Value) -> Outcome<()>) -> Outcome<()>;
        variable(Name, Option<usize>) -> Option<Value>;
        set_variable(&str, Value, Option<usize>) -> Outcome<()>;
        set_global(&str, Value) -> Outcome<()>;
        remove_variable(Name, Option<usize>) -> Outcome<bool>;
        variables(Option<usize>) -> Vec<VariableInfo>;
        set_variable_info(VariableInfo, Option<usize>) -> Outcome<()>;
        resolve(&str) -> Option<Resolved>;
        set_function(&str, Option<Value>) -> Outcome<()>;
        set_alias(&str, Option<&str>) -> Outcome<()>;
        set_location(&str) -> Outcome<()>;
        file_path(&str) -> Outcome<std::path::PathBuf>;
        set_culture(&str) -> ();
        clear_errors() -> ();
        report(ErrorRecord) -> Outcome<()>;
        extension(TypeId) -> Option<Rc<dyn Any>>;
        set_extension(Rc<dyn Any>) -> ();
        show(Vec<Value>) -> Outcome<()>;
        block_info(&Value) -> Option<BlockInfo>;
    }
}

pub fn category(e: &BindError) -> (Category, &str) {
    (e.record.category, e.record.exception.short_type())
}
