//! `Out-String`: objects to the text that would be shown.

use crate::parameter::PsObject;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Value, View};
use exsh_format::{DefaultWriter, Style};

const IN_NO_NEW_LINE_FORMATTING: u32 = 1;
const IN_STREAM_FORMATTING: u32 = 1 << 1;

const STREAM: Param<Switch> = Param::new(0, "Stream").sets(IN_STREAM_FORMATTING);
const WIDTH: Param<i32> = Param::new(1, "Width").validate(&[Validate::Range(2, 2147483647)]);
const NO_NEWLINE: Param<Switch> = Param::new(2, "NoNewline").sets(IN_NO_NEW_LINE_FORMATTING);
const INPUT_OBJECT: Param<PsObject> = Param::new(3, "InputObject").from_pipeline();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Out-String",
    &[STREAM.spec, WIDTH.spec, NO_NEWLINE.spec, INPUT_OBJECT.spec],
    include_str!("out_string.md"),
)
.sets(&["NoNewLineFormatting", "StreamFormatting"], Some(0))
.class("Microsoft.PowerShell.Commands.OutStringCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.String"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(OutString { writer: None, text: String::new(), lines: Vec::new() })
}

struct OutString {
    writer: Option<DefaultWriter>,
    text: String,
    lines: Vec<String>,
}

impl Cmdlet for OutString {
    fn begin(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let width = bound.get(&WIDTH).map_or_else(|| out.host().width(), |w| w.max(1) as usize);
        self.writer = Some(DefaultWriter::new(width, Style::plain(), false));
        Ok(())
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        if matches!(object.view(), View::Unset | View::Nothing) {
            return Ok(());
        }
        let OutString { writer: Some(writer), lines, .. } = self else { return Ok(()) };
        writer.push(out.shell(), object.clone(), &mut |line| {
            lines.push(line.to_owned());
            Ok(())
        })?;
        self.pass_on(bound, out)
    }

    fn end(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let OutString { writer: Some(writer), lines, .. } = self else { return Ok(()) };
        writer.finish(out.shell(), &mut |line| {
            lines.push(line.to_owned());
            Ok(())
        })?;
        self.pass_on(bound, out)?;
        if bound.on(&STREAM) { Ok(()) } else { out.emit(Value::text(std::mem::take(&mut self.text))) }
    }
}

impl OutString {
    fn pass_on(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        for line in self.lines.drain(..) {
            if bound.on(&STREAM) {
                out.emit(Value::text(line))?;
            } else {
                self.text.push_str(&line);
                if !bound.on(&NO_NEWLINE) {
                    self.text.push('\n');
                }
            }
        }
        Ok(())
    }
}
