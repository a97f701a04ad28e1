//! `Out-Null`: throws its input away.

use crate::parameter::PsObject;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param};
use exsh_core::error::Result;
use exsh_core::out::Out;

const INPUT_OBJECT: Param<PsObject> = Param::new(0, "InputObject").from_pipeline();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new("Out-Null", &[INPUT_OBJECT.spec], include_str!("out_null.md"))
    .class("Microsoft.PowerShell.Commands.OutNullCommand")
    .module("Microsoft.PowerShell.Core");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(OutNull)
}

struct OutNull;

impl Cmdlet for OutNull {
    fn process(&mut self, _bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        Ok(())
    }
}
