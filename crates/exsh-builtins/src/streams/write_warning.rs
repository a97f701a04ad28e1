//! `Write-Warning`: writes a warning message; preferences decide whether it is shown.

use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Str;

const MESSAGE: Param<Str> =
    Param::new(0, "Message").aliases(&["Msg"]).mandatory().position(0).from_pipeline().allow_empty();

/// The declaration.
pub static DECL: CmdletDecl =
    CmdletDecl::new("Write-Warning", &[MESSAGE.spec], include_str!("write_warning.md"))
        .class("Microsoft.PowerShell.Commands.WriteWarningCommand")
        .module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(WriteWarning)
}

struct WriteWarning;

impl Cmdlet for WriteWarning {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        match bound.get(&MESSAGE) {
            Some(m) => out.warn(&m),
            None => Ok(()),
        }
    }
}
