//! `New-TimeSpan`: from its parts, or from one date to another.

use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, DateTimeBits, Param};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::Value;
use exsh_dotnet::time;

const IN_DATE: u32 = 1;
const IN_TIME: u32 = 1 << 1;

const START: Param<DateTimeBits> = Param::new(0, "Start")
    .sets(IN_DATE)
    .aliases(&["LastWriteTime"])
    .position(0)
    .from_pipeline()
    .by_property_name();
const END: Param<DateTimeBits> = Param::new(1, "End").sets(IN_DATE).position(1).by_property_name();
const DAYS: Param<i32> = Param::new(2, "Days").sets(IN_TIME);
const HOURS: Param<i32> = Param::new(3, "Hours").sets(IN_TIME);
const MINUTES: Param<i32> = Param::new(4, "Minutes").sets(IN_TIME);
const SECONDS: Param<i32> = Param::new(5, "Seconds").sets(IN_TIME);
const MILLISECONDS: Param<i32> = Param::new(6, "Milliseconds").sets(IN_TIME);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "New-TimeSpan",
    &[START.spec, END.spec, DAYS.spec, HOURS.spec, MINUTES.spec, SECONDS.spec, MILLISECONDS.spec],
    include_str!("new_time_span.md"),
)
.sets(&["Date", "Time"], Some(0))
.class("Microsoft.PowerShell.Commands.NewTimeSpanCommand")
.module("Microsoft.PowerShell.Utility")
.outputs(&["System.TimeSpan"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(NewTimeSpan)
}

struct NewTimeSpan;

impl Cmdlet for NewTimeSpan {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        if bound.set() == 1 {
            let part = |p: &Param<i32>, ms: i64| bound.get(p).map_or(0, |n| n as i64 * ms);
            let ms = part(&DAYS, 86_400_000)
                + part(&HOURS, 3_600_000)
                + part(&MINUTES, 60_000)
                + part(&SECONDS, 1000)
                + part(&MILLISECONDS, 1);
            return out.emit(Value::time_span(ms * 10_000));
        }
        let now = time::to_local(out.host().now_ticks().max(0) as u64 | 1 << 62);
        let ticks = |b: u64| (b & 0x3FFF_FFFF_FFFF_FFFF) as i64;
        let start = bound.get(&START).map_or(now, |DateTimeBits(b)| b);
        let end = bound.get(&END).map_or(now, |DateTimeBits(b)| b);
        out.emit(Value::time_span(ticks(end) - ticks(start)))
    }
}
