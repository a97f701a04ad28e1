//! `Start-Sleep`: waits; Ctrl-C ends it.

use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Ticks, Validate};
use exsh_core::error::{Flow, Result};
use exsh_core::out::Out;

const IN_SECONDS: u32 = 1;
const IN_MILLISECONDS: u32 = 1 << 1;
const IN_FROM_TIME_SPAN: u32 = 1 << 2;

const SECONDS: Param<f64> = Param::new(0, "Seconds")
    .sets(IN_SECONDS)
    .mandatory()
    .position(0)
    .from_pipeline()
    .by_property_name()
    .validate(&[Validate::Range(0, 2147483)]);
const MILLISECONDS: Param<i32> = Param::new(1, "Milliseconds")
    .sets(IN_MILLISECONDS)
    .aliases(&["ms"])
    .mandatory()
    .by_property_name()
    .validate(&[Validate::Range(0, 2147483647)]);
const DURATION: Param<Ticks> = Param::new(2, "Duration")
    .sets(IN_FROM_TIME_SPAN)
    .aliases(&["ts"])
    .mandatory()
    .position(0)
    .from_pipeline()
    .by_property_name()
    .validate(&[Validate::Range(0, i64::MAX)]);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Start-Sleep",
    &[SECONDS.spec, MILLISECONDS.spec, DURATION.spec],
    include_str!("start_sleep.md"),
)
.sets(&["Seconds", "Milliseconds", "FromTimeSpan"], Some(0))
.class("Microsoft.PowerShell.Commands.StartSleepCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(StartSleep)
}

struct StartSleep;

impl Cmdlet for StartSleep {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let ticks = if let Some(s) = bound.get(&SECONDS) {
            (s * 1e7) as i64
        } else if let Some(ms) = bound.get(&MILLISECONDS) {
            ms as i64 * 10_000
        } else {
            bound.get(&DURATION).map_or(0, |Ticks(t)| t)
        };
        if ticks > 0 {
            out.host().sleep(ticks);
            // Nothing else looks before the next statement.
            if out.host().interrupted() {
                return Err(Flow::Interrupted.into());
            }
        }
        Ok(())
    }
}
