//! `Out-File`: writes objects to a file as they would be shown.

use crate::format::file_output::{FileOutput, Mode};
use crate::parameter::PsObject;
use crate::text_encoding::TextEncoding;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, View};

const IN_BY_PATH: u32 = 1;
const IN_BY_LITERAL_PATH: u32 = 1 << 1;

const FILE_PATH: Param<Str> =
    Param::new(0, "FilePath").sets(IN_BY_PATH).aliases(&["Path"]).mandatory().position(0);
const LITERAL_PATH: Param<Str> = Param::new(1, "LiteralPath")
    .sets(IN_BY_LITERAL_PATH)
    .aliases(&["PSPath", "LP"])
    .mandatory()
    .by_property_name();
const ENCODING: Param<TextEncoding> =
    Param::new(2, "Encoding").position(1).validate(&[Validate::NotNullOrEmpty]);
const APPEND: Param<Switch> = Param::new(3, "Append");
const FORCE: Param<Switch> = Param::new(4, "Force");
const NO_CLOBBER: Param<Switch> = Param::new(5, "NoClobber").aliases(&["NoOverwrite"]);
const WIDTH: Param<i32> = Param::new(6, "Width").validate(&[Validate::Range(2, 2147483647)]);
const NO_NEWLINE: Param<Switch> = Param::new(7, "NoNewline");
const INPUT_OBJECT: Param<PsObject> = Param::new(8, "InputObject").from_pipeline();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Out-File",
    &[
        FILE_PATH.spec,
        LITERAL_PATH.spec,
        ENCODING.spec,
        APPEND.spec,
        FORCE.spec,
        NO_CLOBBER.spec,
        WIDTH.spec,
        NO_NEWLINE.spec,
        INPUT_OBJECT.spec,
    ],
    include_str!("out_file.md"),
)
.sets(&["ByPath", "ByLiteralPath"], Some(0))
.should_process(Impact::Medium)
.class("Microsoft.PowerShell.Commands.OutFileCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(OutFile { file: None })
}

struct OutFile {
    file: Option<FileOutput>,
}

impl Cmdlet for OutFile {
    fn begin(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let path: Str = match bound.get(&FILE_PATH).or_else(|| bound.get(&LITERAL_PATH)) {
            Some(p) => p,
            None => return Ok(()),
        };
        let shown = out.shell().file_path(&path)?.display().to_string();
        if !out.confirm(&shown, "Output to File")? {
            return Ok(());
        }
        let mode = Mode {
            append: bound.on(&APPEND),
            no_clobber: bound.on(&NO_CLOBBER),
            no_newline: bound.on(&NO_NEWLINE),
            width: bound.get(&WIDTH).map(|w| w.max(1) as usize),
        };
        let encoding = bound.get(&ENCODING).unwrap_or(TextEncoding::Utf8);
        self.file = Some(FileOutput::open(&path, encoding, mode, out)?);
        Ok(())
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        match &mut self.file {
            Some(f) if !matches!(object.view(), View::Unset | View::Nothing) => f.write(object.clone(), out),
            _ => Ok(()),
        }
    }

    fn end(&mut self, _bound: &Bound, out: &mut dyn Out) -> Result<()> {
        match self.file.take() {
            Some(f) => f.finish(out),
            None => Ok(()),
        }
    }
}
