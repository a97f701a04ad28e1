//! `Measure-Command`: how long a script block takes.

use crate::parameter::PsObject;
use exsh_core::cmdlet::{Block, Bound, Cmdlet, CmdletDecl, Param};
use exsh_core::error::Result;
use exsh_core::out::{Invoke, Out};
use exsh_core::value::{Value, View};

const INPUT_OBJECT: Param<PsObject> = Param::new(0, "InputObject").from_pipeline();
const EXPRESSION: Param<Block> = Param::new(1, "Expression").mandatory().position(0);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Measure-Command",
    &[INPUT_OBJECT.spec, EXPRESSION.spec],
    include_str!("measure_command.md"),
)
.class("Microsoft.PowerShell.Commands.MeasureCommandCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.TimeSpan"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(MeasureCommand { ticks: 0 })
}

struct MeasureCommand {
    ticks: i64,
}

impl Cmdlet for MeasureCommand {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let Some(Block(block)) = bound.get(&EXPRESSION) else { return Ok(()) };
        let object = bound.raw(&INPUT_OBJECT);
        let dollar_under = match object.view() {
            View::Unset | View::Nothing => None,
            _ => Some(object.clone()),
        };
        let start = out.host().monotonic_ticks();
        let how = Invoke { dollar_under, same_scope: true, ..Invoke::default() };
        out.shell().invoke(&block, how, &mut |_| Ok(()))?;
        self.ticks += out.host().monotonic_ticks() - start;
        Ok(())
    }

    fn end(&mut self, _bound: &Bound, out: &mut dyn Out) -> Result<()> {
        out.emit(Value::time_span(self.ticks))
    }
}
