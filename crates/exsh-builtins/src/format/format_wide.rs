//! `Format-Wide`: shows objects as one property each, in columns. The work is exsh-format's; this says what was asked for.

use crate::format::shaping::{self, Shaping};
use crate::parameter::PsObject;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_format::{Keys, Shape, WideOptions};

const PROPERTY: Param<Value> = Param::new(0, "Property").position(0);
const AUTO_SIZE: Param<Switch> = Param::new(1, "AutoSize");
const COLUMN: Param<i32> = Param::new(2, "Column").validate(&[Validate::Range(1, 2147483647)]);
const GROUP_BY: Param<Value> = Param::new(3, "GroupBy");
const VIEW: Param<Str> = Param::new(4, "View");
const SHOW_ERROR: Param<Switch> = Param::new(5, "ShowError");
const DISPLAY_ERROR: Param<Switch> = Param::new(6, "DisplayError");
const FORCE: Param<Switch> = Param::new(7, "Force");
const EXPAND: Param<Str> =
    Param::new(8, "Expand").validate(&[Validate::Set(&["CoreOnly", "EnumOnly", "Both"])]);
const INPUT_OBJECT: Param<PsObject> = Param::new(9, "InputObject").from_pipeline();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Format-Wide",
    &[
        PROPERTY.spec,
        AUTO_SIZE.spec,
        COLUMN.spec,
        GROUP_BY.spec,
        VIEW.spec,
        SHOW_ERROR.spec,
        DISPLAY_ERROR.spec,
        FORCE.spec,
        EXPAND.spec,
        INPUT_OBJECT.spec,
    ],
    include_str!("format_wide.md"),
)
.class("Microsoft.PowerShell.Commands.FormatWideCommand")
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
    Box::new(FormatWide { shaping: None })
}

struct FormatWide {
    shaping: Option<Shaping>,
}

impl Cmdlet for FormatWide {
    fn begin(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        if bound.on(&AUTO_SIZE) && bound.has(&COLUMN) {
            return Err(shaping::conflict("AutoSize", "Column").into());
        }
        let shape = Shape::Wide(WideOptions { columns: bound.get(&COLUMN).map(|c| c.max(1) as usize) });
        let options = shaping::Options {
            properties: bound.raw(&PROPERTY),
            group_by: bound.raw(&GROUP_BY),
            view: bound.get(&VIEW),
            expand: bound.get(&EXPAND),
            show_error: bound.on(&SHOW_ERROR),
            display_error: bound.on(&DISPLAY_ERROR),
            force: bound.on(&FORCE),
            auto_size: bound.has(&AUTO_SIZE).then(|| bound.on(&AUTO_SIZE)),
        };
        self.shaping = Some(Shaping::new(shape, Keys::Wide, options)?);
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
