//! A session without an engine: culture, location and host are there, whatever would run a script is refused.

use crate::host::FakeHost;
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::host::Host;
use exsh_core::name::Name;
use exsh_core::out::{BlockInfo, Invoke, Resolved, Shell, VariableInfo};
use exsh_core::value::{Str, Value};
use std::any::Any;
use std::path::PathBuf;
use std::rc::Rc;

#[derive(Default)]
pub struct FakeShell {
    pub host: FakeHost,
    /// Where relative paths start.
    pub folder: PathBuf,
}

fn no_engine<T>() -> Result<T> {
    let text = "The test shell runs no scripts.";
    Err(ErrorRecord::runtime("NoEngine", Category::NotImplemented, text).into())
}

impl Shell for FakeShell {
    fn host(&mut self) -> &mut dyn Host {
        &mut self.host
    }
    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
    fn invoke(&mut self, _: &Value, _: Invoke, _: &mut dyn FnMut(Value) -> Result<()>) -> Result<()> {
        no_engine()
    }
    fn run_text(&mut self, _: &str, _: bool, _: &mut dyn FnMut(Value) -> Result<()>) -> Result<()> {
        no_engine()
    }
    fn compile(&mut self, _: &str) -> Result<Value> {
        no_engine()
    }
    fn run_command(&mut self, _: &str, _: Invoke, _: &mut dyn FnMut(Value) -> Result<()>) -> Result<()> {
        no_engine()
    }
    fn variable(&mut self, _: Name, _: Option<usize>) -> Option<Value> {
        None
    }
    fn set_variable(&mut self, _: &str, _: Value, _: Option<usize>) -> Result<()> {
        no_engine()
    }
    fn set_global(&mut self, _: &str, _: Value) -> Result<()> {
        no_engine()
    }
    fn remove_variable(&mut self, _: Name, _: Option<usize>) -> Result<bool> {
        Ok(false)
    }
    fn variables(&mut self, _: Option<usize>) -> Vec<VariableInfo> {
        Vec::new()
    }
    fn set_variable_info(&mut self, _: VariableInfo, _: Option<usize>) -> Result<()> {
        no_engine()
    }
    fn resolve(&mut self, _: &str) -> Option<Resolved> {
        None
    }
    fn cmdlets(&mut self) -> Vec<Rc<exsh_core::cmdlet::Command>> {
        Vec::new()
    }
    fn functions(&self) -> Vec<(Str, Value)> {
        Vec::new()
    }
    fn set_function(&mut self, _: &str, _: Option<Value>) -> Result<()> {
        no_engine()
    }
    fn aliases(&self) -> Vec<(Str, Str)> {
        Vec::new()
    }
    fn set_alias(&mut self, _: &str, _: Option<&str>) -> Result<()> {
        no_engine()
    }
    fn location(&self) -> Str {
        Str::from(self.folder.to_string_lossy().as_ref())
    }
    fn set_location(&mut self, path: &str) -> Result<()> {
        self.folder = PathBuf::from(path);
        Ok(())
    }
    fn file_path(&mut self, text: &str) -> Result<PathBuf> {
        Ok(self.folder.join(text))
    }
    fn culture(&self) -> Str {
        Str::from("en-US")
    }
    fn set_culture(&mut self, _: &str) {}
    fn errors(&self) -> Vec<Value> {
        Vec::new()
    }
    fn clear_errors(&mut self) {}
    fn report(&mut self, record: ErrorRecord) -> Result<()> {
        Err(record.into())
    }
    fn extension(&mut self, _: std::any::TypeId) -> Option<Rc<dyn Any>> {
        None
    }
    fn set_extension(&mut self, _: Rc<dyn Any>) {}
    fn show(&mut self, _: Vec<Value>) -> Result<()> {
        no_engine()
    }
    fn block_info(&mut self, _: &Value) -> Option<BlockInfo> {
        None
    }
}
