//! `Invoke-Expression`: runs text in the current scope.

use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Str;

const COMMAND: Param<Str> = Param::new(0, "Command").mandatory().position(0).from_pipeline();

/// The declaration.
pub static DECL: CmdletDecl =
    CmdletDecl::new("Invoke-Expression", &[COMMAND.spec], include_str!("invoke_expression.md"))
        .class("Microsoft.PowerShell.Commands.InvokeExpressionCommand")
        .module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(InvokeExpression)
}

struct InvokeExpression;

impl Cmdlet for InvokeExpression {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let text: Option<Str> = bound.get(&COMMAND);
        match text {
            Some(t) => out.invoke_text(&t, false),
            None => Ok(()),
        }
    }
}
