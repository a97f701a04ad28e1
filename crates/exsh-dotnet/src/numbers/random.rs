//! `System.Random`: with a seed the reference's own subtractive generator, without one the host's randomness.

use crate::fail;
use crate::sig::*;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Shell, Value};
use std::any::Any;
use std::cell::RefCell;

/// Knuth's subtractive generator as .NET has it for seeded instances.
pub struct Seeded {
    table: [i32; 56],
    a: usize,
    b: usize,
}

impl Seeded {
    pub fn new(seed: i32) -> Seeded {
        const M: i32 = i32::MAX;
        let mut table = [0i32; 56];
        let mut mj = 161_803_398i32.wrapping_sub(if seed == i32::MIN { M } else { seed.abs() });
        table[55] = mj;
        let mut mk = 1i32;
        let mut ii = 0;
        for _ in 1..55 {
            ii += 21;
            if ii >= 55 {
                ii -= 55;
            }
            table[ii] = mk;
            mk = mj.wrapping_sub(mk);
            if mk < 0 {
                mk = mk.wrapping_add(M);
            }
            mj = table[ii];
        }
        for _ in 1..5 {
            for i in 1..56 {
                let mut n = i + 30;
                if n >= 55 {
                    n -= 55;
                }
                table[i] = table[i].wrapping_sub(table[1 + n]);
                if table[i] < 0 {
                    table[i] = table[i].wrapping_add(M);
                }
            }
        }
        Seeded { table, a: 0, b: 21 }
    }

    /// 0 to 2147483646.
    pub fn sample(&mut self) -> i32 {
        self.a = if self.a + 1 >= 56 { 1 } else { self.a + 1 };
        self.b = if self.b + 1 >= 56 { 1 } else { self.b + 1 };
        let mut r = self.table[self.a].wrapping_sub(self.table[self.b]);
        if r == i32::MAX {
            r -= 1;
        }
        if r < 0 {
            r = r.wrapping_add(i32::MAX);
        }
        self.table[self.a] = r;
        r
    }

    /// 0 up to 1.
    pub fn real(&mut self) -> f64 {
        self.sample() as f64 * (1.0 / i32::MAX as f64)
    }

    fn large(&mut self) -> f64 {
        let mut r = self.sample();
        if self.sample() % 2 == 0 {
            r = -r;
        }
        (r as f64 + (i32::MAX - 1) as f64) / (2.0 * i32::MAX as f64 - 1.0)
    }

    /// From `min` up to, without, `max`.
    pub fn between(&mut self, min: i32, max: i32) -> i32 {
        let range = max as i64 - min as i64;
        if range <= i32::MAX as i64 {
            (self.real() * range as f64) as i32 + min
        } else {
            ((self.large() * range as f64) as i64 + min as i64) as i32
        }
    }
}

/// A `System.Random`.
pub struct Random(RefCell<Option<Seeded>>);

pub static TYPE: TypeInfo = TypeInfo::class("System.Random", MEMBERS);

impl Object for Random {
    fn type_info(&self) -> TypeRef {
        &TYPE
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A 64-bit number from the host.
pub fn host_bits(shell: &mut dyn Shell) -> u64 {
    let mut b = [0u8; 8];
    shell.host().random(&mut b);
    u64::from_le_bytes(b)
}

/// 0 up to 1 from the host.
pub fn host_real(shell: &mut dyn Shell) -> f64 {
    (host_bits(shell) >> 11) as f64 / (1u64 << 53) as f64
}

fn real(shell: &mut dyn Shell, v: &Value) -> f64 {
    if let Some(r) = v.downcast::<Random>()
        && let Some(s) = r.0.borrow_mut().as_mut()
    {
        return s.real();
    }
    host_real(shell)
}

fn between(shell: &mut dyn Shell, v: &Value, min: i64, max: i64) -> Result<Value> {
    if min > max {
        return Err(fail::out_of_range("'minValue' cannot be greater than maxValue.", "minValue"));
    }
    if let Some(r) = v.downcast::<Random>()
        && let Some(s) = r.0.borrow_mut().as_mut()
    {
        return Ok(Value::int(s.between(min as i32, max as i32)));
    }
    let range = (max - min) as u64;
    Ok(Value::int(if range == 0 { min as i32 } else { (min + (host_bits(shell) % range) as i64) as i32 }))
}

const MEMBERS: MemberTable = MemberTable {
    properties: &[],
    methods: methods! {
        Next {
            () -> "int" = |shell, v, _| match v.downcast::<Random>().and_then(|r| r.0.borrow_mut().as_mut().map(Seeded::sample)) {
                Some(n) => Ok(Value::int(n)),
                None => between(shell, v, 0, i32::MAX as i64),
            };
            (maxValue: INT) -> "int" = |shell, v, a| {
                let max = int_at(a, 0);
                if max < 0 {
                    return Err(fail::negative("maxValue", max));
                }
                match v.downcast::<Random>().and_then(|r| r.0.borrow_mut().as_mut().map(Seeded::real)) {
                    Some(r) => Ok(Value::int((r * max as f64) as i32)),
                    None => between(shell, v, 0, max),
                }
            };
            (minValue: INT, maxValue: INT) -> "int" = |shell, v, a| between(shell, v, int_at(a, 0), int_at(a, 1));
        }
        NextBytes { (buffer: BYTES) -> "void" = |shell, v, a| {
            let Some(l) = arg(a, 0).base().as_list() else { return Err(fail::argument_null("buffer")) };
            for i in 0..l.len() {
                let b = match v.downcast::<Random>().and_then(|r| r.0.borrow_mut().as_mut().map(Seeded::sample)) {
                    Some(n) => n as u8,
                    None => host_bits(shell) as u8,
                };
                l.set(i, Value::byte(b));
            }
            Ok(Value::NOTHING)
        }; }
        NextDouble { () -> "double" = |shell, v, _| Ok(Value::double(real(shell, v))); }
        NextInt64 {
            () -> "long" = |shell, _, _| Ok(Value::long((host_bits(shell) >> 1) as i64));
            (maxValue: LONG) -> "long" = |shell, _, a| {
                let max = long_of(arg(a, 0)).max(1) as u64;
                Ok(Value::long((host_bits(shell) % max) as i64))
            };
        }
        NextSingle { () -> "float" = |shell, v, _| Ok(Value::single(real(shell, v) as f32)); }
        Shuffle { (values: ARRAY) -> "void" = |shell, v, a| {
            let Some(l) = arg(a, 0).base().as_list() else { return Err(fail::argument_null("values")) };
            let n = l.len();
            for i in 0..n.saturating_sub(1) {
                let j = between(shell, v, i as i64, n as i64)?.as_int().unwrap_or(0) as usize;
                l.modify().swap(i, j);
            }
            Ok(Value::NOTHING)
        }; }
    },
    static_properties: properties! {
        Shared: "System.Random" = |_, _| Ok(Value::object(Random(RefCell::new(None))));
    },
    static_methods: &[],
    constructors: constructors! {
        "System.Random";
        () = |_, _, _| Ok(Value::object(Random(RefCell::new(None))));
        (Seed: INT) = |_, _, a| Ok(Value::object(Random(RefCell::new(Some(Seeded::new(int_at(a, 0) as i32))))));
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_reference_sequence() {
        // .NET: `$r = [Random]::new(42)`; 1..3 | % { $r.Next() }.
        let mut s = Seeded::new(42);
        assert_eq!([s.sample(), s.sample(), s.sample()], [1_434_747_710, 302_596_119, 269_548_474]);
    }
}
