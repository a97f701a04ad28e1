//! `New-Guid`: a random GUID, the empty one, or one from text.

use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::{Scalar, Str, Value};
use exsh_dotnet::convert;

const IN_EMPTY: u32 = 1 << 1;
const IN_INPUT_OBJECT: u32 = 1 << 2;

const EMPTY: Param<Switch> = Param::new(0, "Empty").sets(IN_EMPTY);
const INPUT_OBJECT: Param<Str> =
    Param::new(1, "InputObject").sets(IN_INPUT_OBJECT).position(0).from_pipeline();

/// The declaration.
pub static DECL: CmdletDecl =
    CmdletDecl::new("New-Guid", &[EMPTY.spec, INPUT_OBJECT.spec], include_str!("new_guid.md"))
        .sets(&["Default", "Empty", "InputObject"], Some(0))
        .class("Microsoft.PowerShell.Commands.NewGuidCommand")
        .module("Microsoft.PowerShell.Utility")
        .outputs(&["System.Guid"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(NewGuid)
}

struct NewGuid;

impl Cmdlet for NewGuid {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        if bound.on(&EMPTY) {
            return out.emit(Value::scalar(Scalar::Guid(0)));
        }
        let text: Option<Str> = bound.get(&INPUT_OBJECT);
        if let Some(text) = text {
            return match convert::parse::guid(&text) {
                Ok(g) => out.emit(Value::scalar(Scalar::Guid(g))),
                Err(message) => out.error(ErrorRecord::of(
                    "System.FormatException",
                    "StringNotRecognizedAsGuid",
                    Category::InvalidArgument,
                    message,
                )),
            };
        }
        let mut bytes = [0u8; 16];
        out.host().random(&mut bytes);
        // Version 4, variant 1 of RFC 9562.
        bytes[6] = bytes[6] & 0x0F | 0x40;
        bytes[8] = bytes[8] & 0x3F | 0x80;
        out.emit(Value::scalar(Scalar::Guid(u128::from_be_bytes(bytes))))
    }
}
