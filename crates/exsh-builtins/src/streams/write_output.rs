//! `Write-Output`: sends objects to the next command.

use crate::parameter::PsObject;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::Out;

const INPUT_OBJECT: Param<PsObject> = Param::new(0, "InputObject")
    .mandatory()
    .position(0)
    .from_pipeline()
    .remaining()
    .allow_empty()
    .allow_null();
const NO_ENUMERATE: Param<Switch> = Param::new(1, "NoEnumerate");

/// The declaration.
pub static DECL: CmdletDecl =
    CmdletDecl::new("Write-Output", &[INPUT_OBJECT.spec, NO_ENUMERATE.spec], include_str!("write_output.md"))
        .class("Microsoft.PowerShell.Commands.WriteOutputCommand")
        .module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(WriteOutput)
}

struct WriteOutput;

impl Cmdlet for WriteOutput {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        if object.is_unset() {
            return Ok(());
        }
        if bound.on(&NO_ENUMERATE) { out.emit(object.clone()) } else { out.emit_each(object.clone()) }
    }
}
