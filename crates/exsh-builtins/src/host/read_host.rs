//! `Read-Host`: a line from the person at the console. The end of input gives an empty line.

use crate::host::asking::no_answer;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Value;
use exsh_dotnet::security::SecureString;
use exsh_dotnet::text;

const IN_AS_STRING: u32 = 1;
const IN_AS_SECURE_STRING: u32 = 1 << 1;

const PROMPT: Param<Value> = Param::new(0, "Prompt").position(0).remaining().allow_null();
const AS_SECURE_STRING: Param<Switch> = Param::new(1, "AsSecureString").sets(IN_AS_SECURE_STRING);
const MASK_INPUT: Param<Switch> = Param::new(2, "MaskInput").sets(IN_AS_STRING);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Read-Host",
    &[PROMPT.spec, AS_SECURE_STRING.spec, MASK_INPUT.spec],
    include_str!("read_host.md"),
)
.sets(&["AsString", "AsSecureString"], Some(0))
.class("Microsoft.PowerShell.Commands.ReadHostCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.String", "System.Security.SecureString"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(ReadHost)
}

struct ReadHost;

impl Cmdlet for ReadHost {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let prompt = match bound.get(&PROMPT) {
            Some(v) => format!("{}: ", text::to_text_with(&v, " ")),
            None => String::new(),
        };
        let secret = bound.on(&AS_SECURE_STRING) || bound.on(&MASK_INPUT);
        let answer = if secret { out.host().read_secret(&prompt) } else { out.host().read_line(&prompt) };
        let line = match answer {
            Ok(line) => line,
            Err(why) => match no_answer(why) {
                Some(flow) => return Err(flow),
                None => String::new(),
            },
        };
        if bound.on(&AS_SECURE_STRING) {
            return out.emit(Value::object(SecureString::from_plain(line)));
        }
        out.emit(Value::text(line))
    }
}
