//! `ConvertTo-SecureString`: plain text to a secure string. Encrypted text, with and without a key, is not taken yet.

use crate::parameter::Secret;
use crate::{record, refuse};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_dotnet::security::SecureString;

const IN_SECURE: u32 = 1;
const IN_PLAIN_TEXT: u32 = 1 << 1;
const IN_OPEN: u32 = 1 << 2;

const STRING: Param<Str> = Param::new(0, "String").mandatory().position(0).from_pipeline();
const AS_PLAIN_TEXT: Param<Switch> = Param::new(1, "AsPlainText").sets(IN_PLAIN_TEXT).position(1);
const FORCE: Param<Switch> = Param::new(2, "Force").sets(IN_PLAIN_TEXT).position(2);
const SECURE_KEY: Param<Secret> = Param::new(3, "SecureKey").sets(IN_SECURE).position(1);
const KEY: Param<Vec<u8>> = Param::new(4, "Key").sets(IN_OPEN);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "ConvertTo-SecureString",
    &[STRING.spec, AS_PLAIN_TEXT.spec, FORCE.spec, SECURE_KEY.spec, KEY.spec],
    include_str!("convert_to_secure_string.md"),
)
.sets(&["Secure", "PlainText", "Open"], Some(0))
.class("Microsoft.PowerShell.Commands.ConvertToSecureStringCommand")
.module("Microsoft.PowerShell.Security")
.outputs(&["System.Security.SecureString"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(ConvertToSecureString)
}

struct ConvertToSecureString;

impl Cmdlet for ConvertToSecureString {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        refuse::given(bound, "ConvertTo-SecureString", &[&SECURE_KEY.spec, &KEY.spec])?;
        let text: Str = bound.get(&STRING).unwrap_or_else(|| Str::from(""));
        if !bound.on(&AS_PLAIN_TEXT) {
            // Nothing that exsh made is such a text: there is no encryption of one's own account outside Windows.
            return out.error(record::argument(
                "ImportSecureString_InvalidArgument",
                format!("The parameter value \"{text}\" is not a valid encrypted string."),
            ));
        }
        out.emit(Value::object(SecureString::new(&text)))
    }
}
