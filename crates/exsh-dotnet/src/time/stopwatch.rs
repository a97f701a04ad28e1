//! `System.Diagnostics.Stopwatch`, over the host's monotonic clock.

use super::{TICKS_PER_MILLISECOND, TICKS_PER_SECOND};
use crate::fail;
use crate::sig::*;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Shell, Value};
use std::any::Any;
use std::cell::Cell;

/// Ticks measured before, and when it was started if it runs.
pub struct Stopwatch {
    before: Cell<i64>,
    started: Cell<Option<i64>>,
}

pub static TYPE: TypeInfo = TypeInfo::class("System.Diagnostics.Stopwatch", MEMBERS);

impl Object for Stopwatch {
    fn type_info(&self) -> TypeRef {
        &TYPE
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn this(v: &Value) -> Result<&Stopwatch> {
    v.downcast::<Stopwatch>().ok_or_else(|| fail::argument_null("this"))
}

fn elapsed(shell: &mut dyn Shell, v: &Value) -> Result<i64> {
    let s = this(v)?;
    Ok(s.before.get() + s.started.get().map_or(0, |at| shell.host().monotonic_ticks() - at))
}

fn new(started: Option<i64>) -> Value {
    Value::object(Stopwatch { before: Cell::new(0), started: Cell::new(started) })
}

const MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        IsRunning: "bool" = |_, v| Ok(Value::bool(this(v)?.started.get().is_some()));
        Elapsed: "timespan" = |shell, v| Ok(Value::time_span(elapsed(shell, v)?));
        ElapsedMilliseconds: "long" = |shell, v| Ok(Value::long(elapsed(shell, v)? / TICKS_PER_MILLISECOND));
        ElapsedTicks: "long" = |shell, v| Ok(Value::long(elapsed(shell, v)? * 100));
    },
    methods: methods! {
        Reset { () -> "void" = |_, v, _| {
            let s = this(v)?;
            s.before.set(0);
            s.started.set(None);
            Ok(Value::NOTHING)
        }; }
        Restart { () -> "void" = |shell, v, _| {
            let s = this(v)?;
            s.before.set(0);
            s.started.set(Some(shell.host().monotonic_ticks()));
            Ok(Value::NOTHING)
        }; }
        Start { () -> "void" = |shell, v, _| {
            let s = this(v)?;
            if s.started.get().is_none() {
                s.started.set(Some(shell.host().monotonic_ticks()));
            }
            Ok(Value::NOTHING)
        }; }
        Stop { () -> "void" = |shell, v, _| {
            let n = elapsed(shell, v)?;
            let s = this(v)?;
            s.before.set(n);
            s.started.set(None);
            Ok(Value::NOTHING)
        }; }
        ToString { () -> "string" = |shell, v, _| Ok(Value::text(super::span::constant(elapsed(shell, v)?))); }
    },
    static_properties: properties! {
        Frequency: "long" = |_, _| Ok(Value::long(1_000_000_000));
        IsHighResolution: "bool" = |_, _| Ok(Value::TRUE);
    },
    static_methods: methods! {
        GetTimestamp { () -> "long" = |shell, _, _| Ok(Value::long(shell.host().monotonic_ticks() * 100)); }
        GetElapsedTime { (startingTimestamp: LONG) -> "timespan" = |shell, _, a| {
            Ok(Value::time_span(shell.host().monotonic_ticks() - long_of(arg(a, 0)) / 100))
        }; }
        StartNew { () -> "System.Diagnostics.Stopwatch" = |shell, _, _| Ok(new(Some(shell.host().monotonic_ticks()))); }
    },
    constructors: constructors! { "System.Diagnostics.Stopwatch"; () = |_, _, _| Ok(new(None)); },
};

const _: () = assert!(TICKS_PER_SECOND == 10_000_000);
