//! `ConvertFrom-SecureString`: the plain text of a secure string, only with `-AsPlainText`. Encryption is not there yet.

use crate::parameter::Secret;
use crate::refuse;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::Value;
use exsh_dotnet::security::SecureString;

const IN_SECURE: u32 = 1;
const IN_AS_PLAIN_TEXT: u32 = 1 << 1;
const IN_OPEN: u32 = 1 << 2;

const SECURE_STRING: Param<Secret> = Param::new(0, "SecureString").mandatory().position(0).from_pipeline();
const AS_PLAIN_TEXT: Param<Switch> = Param::new(1, "AsPlainText").sets(IN_AS_PLAIN_TEXT);
const SECURE_KEY: Param<Secret> = Param::new(2, "SecureKey").sets(IN_SECURE).position(1);
const KEY: Param<Vec<u8>> = Param::new(3, "Key").sets(IN_OPEN);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "ConvertFrom-SecureString",
    &[SECURE_STRING.spec, AS_PLAIN_TEXT.spec, SECURE_KEY.spec, KEY.spec],
    include_str!("convert_from_secure_string.md"),
)
.sets(&["Secure", "AsPlainText", "Open"], Some(0))
.class("Microsoft.PowerShell.Commands.ConvertFromSecureStringCommand")
.module("Microsoft.PowerShell.Security")
.outputs(&["System.String"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(ConvertFromSecureString)
}

struct ConvertFromSecureString;

impl Cmdlet for ConvertFromSecureString {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        refuse::given(bound, "ConvertFrom-SecureString", &[&SECURE_KEY.spec, &KEY.spec])?;
        if !bound.on(&AS_PLAIN_TEXT) {
            return Err(ErrorRecord::of(
                "System.NotImplementedException",
                "EncryptionNotImplemented",
                Category::NotImplemented,
                "Turning a secure string into encrypted text is not there yet in exsh.",
            )
            .advice("With -AsPlainText the plain text is given.")
            .into());
        }
        let Some(Secret(v)) = bound.get(&SECURE_STRING) else { return Ok(()) };
        let Some(s) = v.downcast::<SecureString>() else { return Ok(()) };
        let plain = s.expose(|text| Value::text(text));
        out.emit(plain)
    }
}
