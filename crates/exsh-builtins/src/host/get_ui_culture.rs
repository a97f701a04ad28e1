//! `Get-UICulture`: the culture of the messages, which is the session's.

use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_dotnet::core::culture_info;
use exsh_dotnet::culture;

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new("Get-UICulture", &[], include_str!("get_ui_culture.md"))
    .class("Microsoft.PowerShell.Commands.GetUICultureCommand")
    .module("Microsoft.PowerShell.Utility")
    .outputs(&["System.Globalization.CultureInfo"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetUiCulture)
}

struct GetUiCulture;

impl Cmdlet for GetUiCulture {
    fn process(&mut self, _bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let current = culture::current(out.shell());
        out.emit(culture_info::value(current))
    }
}
