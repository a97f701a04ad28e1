//! `Set-StrictMode`: keeps the version in the variable `__StrictMode` of the caller's scope (a text such as `3.0`, or
//! null when it is off). The engine reads that variable where strictness matters.

use crate::parameter::StrictVersion;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Value;

const IN_VERSION: u32 = 1;
const IN_OFF: u32 = 1 << 1;

const OFF: Param<Switch> = Param::new(0, "Off").sets(IN_OFF).mandatory();
const VERSION: Param<StrictVersion> = Param::new(1, "Version").sets(IN_VERSION).aliases(&["v"]).mandatory();

/// The declaration.
pub static DECL: CmdletDecl =
    CmdletDecl::new("Set-StrictMode", &[OFF.spec, VERSION.spec], include_str!("set_strict_mode.md"))
        .sets(&["Version", "Off"], Some(0))
        .class("Microsoft.PowerShell.Commands.SetStrictModeCommand")
        .module("Microsoft.PowerShell.Core");

/// The variable that holds the version.
pub const VARIABLE: &str = "__StrictMode";

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(SetStrictMode)
}

struct SetStrictMode;

impl Cmdlet for SetStrictMode {
    fn process(&mut self, _bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        Ok(())
    }

    fn end(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let version = match bound.get(&VERSION) {
            Some(StrictVersion(v)) if !bound.on(&OFF) => {
                if v.as_str() == "latest" {
                    Value::text("3.0")
                } else {
                    Value::string(v)
                }
            }
            _ => Value::NULL,
        };
        out.shell().set_variable(VARIABLE, version, Some(0))
    }
}
