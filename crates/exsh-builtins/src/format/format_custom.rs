//! `Format-Custom`: shows objects as nested text. The work is exsh-format's; this says what was asked for.

use crate::format::shaping::{self, Shaping};
use crate::parameter::PsObject;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_format::{CustomOptions, Keys, Shape};

const PROPERTY: Param<Vec<Value>> = Param::new(0, "Property").position(0);
const DEPTH: Param<i32> = Param::new(1, "Depth").validate(&[Validate::Range(1, 2147483647)]);
const GROUP_BY: Param<Value> = Param::new(2, "GroupBy");
const VIEW: Param<Str> = Param::new(3, "View");
const SHOW_ERROR: Param<Switch> = Param::new(4, "ShowError");
const DISPLAY_ERROR: Param<Switch> = Param::new(5, "DisplayError");
const FORCE: Param<Switch> = Param::new(6, "Force");
const EXPAND: Param<Str> =
    Param::new(7, "Expand").validate(&[Validate::Set(&["CoreOnly", "EnumOnly", "Both"])]);
const INPUT_OBJECT: Param<PsObject> = Param::new(8, "InputObject").from_pipeline();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Format-Custom",
    &[
        PROPERTY.spec,
        DEPTH.spec,
        GROUP_BY.spec,
        VIEW.spec,
        SHOW_ERROR.spec,
        DISPLAY_ERROR.spec,
        FORCE.spec,
        EXPAND.spec,
        INPUT_OBJECT.spec,
    ],
    include_str!("format_custom.md"),
)
.class("Microsoft.PowerShell.Commands.FormatCustomCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&[
    "Microsoft.PowerShell.Commands.Internal.Format.FormatStartData",
    "Microsoft.PowerShell.Commands.Internal.Format.FormatEntryData",
    "Microsoft.PowerShell.Commands.Internal.Format.FormatEndData",
    "Microsoft.PowerShell.Commands.Internal.Format.GroupStartData",
    "Microsoft.PowerShell.Commands.Internal.Format.GroupEndData",
]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(FormatCustom { shaping: None })
}

struct FormatCustom {
    shaping: Option<Shaping>,
}

impl Cmdlet for FormatCustom {
    fn begin(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        let shape = Shape::Custom(match bound.get(&DEPTH) {
            Some(d) => CustomOptions { depth: d.max(0) as usize },
            None => CustomOptions::default(),
        });
        let options = shaping::Options {
            properties: bound.raw(&PROPERTY),
            group_by: bound.raw(&GROUP_BY),
            view: bound.get(&VIEW),
            expand: bound.get(&EXPAND),
            show_error: bound.on(&SHOW_ERROR),
            display_error: bound.on(&DISPLAY_ERROR),
            force: bound.on(&FORCE),
            auto_size: None,
        };
        self.shaping = Some(Shaping::new(shape, Keys::Custom, options)?);
        Ok(())
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        match &mut self.shaping {
            Some(s) => s.take(bound.raw(&INPUT_OBJECT), out),
            None => Ok(()),
        }
    }

    fn end(&mut self, _bound: &Bound, out: &mut dyn Out) -> Result<()> {
        match &mut self.shaping {
            Some(s) => s.finish(out),
            None => Ok(()),
        }
    }
}
