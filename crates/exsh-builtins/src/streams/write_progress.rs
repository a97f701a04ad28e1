//! `Write-Progress`: shows how far a long command is. Nested bars, seconds remaining and the current operation are
//! taken and not shown: the host draws one line.

use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Str;

const ACTIVITY: Param<Str> = Param::new(0, "Activity").position(0);
const STATUS: Param<Str> = Param::new(1, "Status").position(1).validate(&[Validate::NotNullOrEmpty]);
const ID: Param<i32> = Param::new(2, "Id").position(2).validate(&[Validate::Range(0, 2147483647)]);
const PERCENT_COMPLETE: Param<i32> = Param::new(3, "PercentComplete").validate(&[Validate::Range(-1, 100)]);
const SECONDS_REMAINING: Param<i32> = Param::new(4, "SecondsRemaining");
const CURRENT_OPERATION: Param<Str> = Param::new(5, "CurrentOperation");
const PARENT_ID: Param<i32> = Param::new(6, "ParentId").validate(&[Validate::Range(-1, 2147483647)]);
const COMPLETED: Param<Switch> = Param::new(7, "Completed");
const SOURCE_ID: Param<i32> = Param::new(8, "SourceId");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Write-Progress",
    &[
        ACTIVITY.spec,
        STATUS.spec,
        ID.spec,
        PERCENT_COMPLETE.spec,
        SECONDS_REMAINING.spec,
        CURRENT_OPERATION.spec,
        PARENT_ID.spec,
        COMPLETED.spec,
        SOURCE_ID.spec,
    ],
    include_str!("write_progress.md"),
)
.class("Microsoft.PowerShell.Commands.WriteProgressCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(WriteProgress)
}

struct WriteProgress;

impl Cmdlet for WriteProgress {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let activity: Str = bound.get(&ACTIVITY).unwrap_or_else(|| Str::from(""));
        let status: Str = bound.get(&STATUS).unwrap_or_else(|| Str::from("Processing"));
        let percent = bound.get(&PERCENT_COMPLETE).unwrap_or(-1);
        out.progress(&activity, &status, percent, bound.on(&COMPLETED))
    }
}
