//! `Tee-Object`: sends objects on and keeps a copy in a file, as they would be displayed, or in a variable.

use crate::format::file_output::{FileOutput, Mode};
use crate::parameter::PsObject;
use crate::text_encoding::TextEncoding;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value, View};
use exsh_core::{Name, enumerate};

const IN_FILE: u32 = 1;
const IN_LITERAL_FILE: u32 = 1 << 1;
const IN_VARIABLE: u32 = 1 << 2;

const INPUT_OBJECT: Param<PsObject> = Param::new(0, "InputObject").from_pipeline();
const FILE_PATH: Param<Str> =
    Param::new(1, "FilePath").sets(IN_FILE).aliases(&["Path"]).mandatory().position(0);
const LITERAL_PATH: Param<Str> =
    Param::new(2, "LiteralPath").sets(IN_LITERAL_FILE).aliases(&["PSPath", "LP"]).mandatory();
const APPEND: Param<Switch> = Param::new(3, "Append").sets(IN_FILE);
const ENCODING: Param<TextEncoding> =
    Param::new(4, "Encoding").sets(IN_FILE | IN_LITERAL_FILE).validate(&[Validate::NotNullOrEmpty]);
const VARIABLE: Param<Str> = Param::new(5, "Variable").sets(IN_VARIABLE).mandatory();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Tee-Object",
    &[INPUT_OBJECT.spec, FILE_PATH.spec, LITERAL_PATH.spec, APPEND.spec, ENCODING.spec, VARIABLE.spec],
    include_str!("tee_object.md"),
)
.sets(&["File", "LiteralFile", "Variable"], Some(0))
.class("Microsoft.PowerShell.Commands.TeeObjectCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(TeeObject { kept: Vec::new(), file: None })
}

struct TeeObject {
    kept: Vec<Value>,
    file: Option<FileOutput>,
}

impl Cmdlet for TeeObject {
    fn begin(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let path = bound.get(&FILE_PATH).or_else(|| bound.get(&LITERAL_PATH));
        if let Some(path) = path {
            let encoding = bound.get(&ENCODING).unwrap_or(TextEncoding::Utf8);
            self.file = Some(FileOutput::open(
                &path,
                encoding,
                Mode { append: bound.on(&APPEND), ..Mode::default() },
                out,
            )?);
        } else if bound.on(&APPEND)
            && let Some(name) = bound.get(&VARIABLE)
            && let Some(old) = out.shell().variable(Name::new(&name), None)
        {
            self.kept = if old.is_null() { Vec::new() } else { enumerate::items(&old) };
        }
        Ok(())
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        if matches!(object.view(), View::Unset | View::Nothing) {
            return Ok(());
        }
        match &mut self.file {
            Some(f) => f.write(object.clone(), out)?,
            None => self.kept.push(object.clone()),
        }
        out.emit(object.clone())
    }

    fn end(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        if let Some(f) = self.file.take() {
            return f.finish(out);
        }
        let Some(name) = bound.get(&VARIABLE) else { return Ok(()) };
        let value = enumerate::collapse(std::mem::take(&mut self.kept));
        out.shell().set_variable(&name, if value.is_null() { Value::NULL } else { value }, None)
    }
}
