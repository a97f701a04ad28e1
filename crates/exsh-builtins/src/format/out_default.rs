//! `Out-Default`: shows objects as the end of a pipeline does; `-Transcript` means nothing, there are no transcripts yet.

use crate::format::host_output::HostOutput;
use crate::parameter::PsObject;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::View;

const TRANSCRIPT: Param<Switch> = Param::new(0, "Transcript");
const INPUT_OBJECT: Param<PsObject> = Param::new(1, "InputObject").from_pipeline();

/// The declaration.
pub static DECL: CmdletDecl =
    CmdletDecl::new("Out-Default", &[TRANSCRIPT.spec, INPUT_OBJECT.spec], include_str!("out_default.md"))
        .class("Microsoft.PowerShell.Commands.OutDefaultCommand")
        .module("Microsoft.PowerShell.Core");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(OutDefault { output: None })
}

struct OutDefault {
    output: Option<HostOutput>,
}

impl Cmdlet for OutDefault {
    fn begin(&mut self, _bound: &Bound, out: &mut dyn Out) -> Result<()> {
        self.output = Some(HostOutput::new(out));
        Ok(())
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        match &mut self.output {
            Some(o) if !matches!(object.view(), View::Unset | View::Nothing) => o.write(object.clone(), out),
            _ => Ok(()),
        }
    }

    fn end(&mut self, _bound: &Bound, out: &mut dyn Out) -> Result<()> {
        match self.output.take() {
            Some(o) => o.finish(out),
            None => Ok(()),
        }
    }
}
