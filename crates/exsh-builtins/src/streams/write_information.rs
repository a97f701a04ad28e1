//! `Write-Information`: writes to the information stream.

use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};

const MESSAGE_DATA: Param<Value> = Param::new(0, "MessageData")
    .aliases(&["Msg", "Message"])
    .mandatory()
    .position(0)
    .from_pipeline()
    .allow_null();
const TAGS: Param<Vec<Str>> = Param::new(1, "Tags").position(1);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Write-Information",
    &[MESSAGE_DATA.spec, TAGS.spec],
    include_str!("write_information.md"),
)
.class("Microsoft.PowerShell.Commands.WriteInformationCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(WriteInformation)
}

struct WriteInformation;

impl Cmdlet for WriteInformation {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let data: Value = bound.get(&MESSAGE_DATA).unwrap_or(Value::NULL);
        let tags: Vec<Str> = bound.get(&TAGS).unwrap_or_default();
        let tags: Vec<&str> = tags.iter().map(|t| t.as_str()).collect();
        out.information(data, &tags)
    }
}
