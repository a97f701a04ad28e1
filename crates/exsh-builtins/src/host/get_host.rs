//! `Get-Host`: the object in `$Host`.

use exsh_core::Name;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Value;

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new("Get-Host", &[], include_str!("get_host.md"))
    .class("Microsoft.PowerShell.Commands.GetHostCommand")
    .module("Microsoft.PowerShell.Utility")
    .outputs(&["System.Management.Automation.Host.PSHost"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetHost)
}

struct GetHost;

impl Cmdlet for GetHost {
    fn process(&mut self, _bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let host = out.shell().variable(Name::new("Host"), None).unwrap_or(Value::NULL);
        out.emit(host)
    }
}
