//! `Write-Verbose`: writes a verbose message; preferences decide whether it is shown.

use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Str;

const MESSAGE: Param<Str> =
    Param::new(0, "Message").aliases(&["Msg"]).mandatory().position(0).from_pipeline().allow_empty();

/// The declaration.
pub static DECL: CmdletDecl =
    CmdletDecl::new("Write-Verbose", &[MESSAGE.spec], include_str!("write_verbose.md"))
        .class("Microsoft.PowerShell.Commands.WriteVerboseCommand")
        .module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(WriteVerbose)
}

struct WriteVerbose;

impl Cmdlet for WriteVerbose {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        match bound.get(&MESSAGE) {
            Some(m) => out.verbose(&m),
            None => Ok(()),
        }
    }
}
