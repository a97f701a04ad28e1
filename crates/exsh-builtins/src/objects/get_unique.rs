//! `Get-Unique`: drops an object that equals the one before it.

use crate::ordering;
use crate::parameter::PsObject;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Value, View};
use exsh_dotnet::{text, types as net};
use std::cmp::Ordering;

const IN_AS_STRING: u32 = 1;
const IN_UNIQUE_BY_TYPE: u32 = 1 << 1;

const INPUT_OBJECT: Param<PsObject> = Param::new(0, "InputObject").from_pipeline();
const AS_STRING: Param<Switch> = Param::new(1, "AsString").sets(IN_AS_STRING);
const ON_TYPE: Param<Switch> = Param::new(2, "OnType").sets(IN_UNIQUE_BY_TYPE);
const CASE_INSENSITIVE: Param<Switch> = Param::new(3, "CaseInsensitive");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-Unique",
    &[INPUT_OBJECT.spec, AS_STRING.spec, ON_TYPE.spec, CASE_INSENSITIVE.spec],
    include_str!("get_unique.md"),
)
.sets(&["AsString", "UniqueByType"], Some(0))
.class("Microsoft.PowerShell.Commands.GetUniqueCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetUnique { last: None })
}

struct GetUnique {
    last: Option<Value>,
}

impl Cmdlet for GetUnique {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        if matches!(object.view(), View::Unset | View::Nothing) {
            return Ok(());
        }
        let repeated = match &self.last {
            None => false,
            Some(last) if bound.on(&ON_TYPE) => net::names(last).first() == net::names(object).first(),
            Some(last) if bound.on(&AS_STRING) => {
                let (a, b) = (text::to_text(last), text::to_text(object));
                if bound.on(&CASE_INSENSITIVE) { exsh_core::name::same(&a, &b) } else { a == b }
            }
            Some(last) => {
                let ignore = bound.on(&CASE_INSENSITIVE);
                ordering::compare(out.shell(), last, object, ignore)? == Ordering::Equal
            }
        };
        if repeated {
            return Ok(());
        }
        self.last = Some(object.clone());
        out.emit(object.clone())
    }
}
