//! Random numbers: from the system, or the repeatable sequence that .NET's `Random` makes from a seed.

use exsh_core::out::Shell;
use std::any::TypeId;
use std::cell::RefCell;
use std::rc::Rc;

/// Where numbers come from.
pub enum Generator {
    System,
    Seeded(Box<Seeded>),
}

/// The session's generator; the system until a seed is set.
pub fn of_session(shell: &mut dyn Shell) -> Rc<RefCell<Generator>> {
    if let Some(found) = shell.extension(TypeId::of::<RefCell<Generator>>())
        && let Ok(g) = found.downcast::<RefCell<Generator>>()
    {
        return g;
    }
    let g = Rc::new(RefCell::new(Generator::System));
    shell.set_extension(g.clone());
    g
}

impl Generator {
    /// 0 to below 1.
    pub fn unit(&mut self, shell: &mut dyn Shell) -> f64 {
        match self {
            Generator::Seeded(s) => s.sample() as f64 * (1.0 / i32::MAX as f64),
            Generator::System => {
                let mut bytes = [0; 8];
                shell.host().random(&mut bytes);
                (u64::from_le_bytes(bytes) >> 11) as f64 / (1u64 << 53) as f64
            }
        }
    }

    /// 0 to below the greatest Int32.
    pub fn int(&mut self, shell: &mut dyn Shell) -> i32 {
        match self {
            Generator::Seeded(s) => s.sample(),
            Generator::System => self.below(i32::MAX as u64, shell) as i32,
        }
    }

    /// 0 to below `limit`; 0 when that is 0.
    pub fn below(&mut self, limit: u64, shell: &mut dyn Shell) -> u64 {
        if limit == 0 {
            return 0;
        }
        match self {
            Generator::Seeded(s) if limit <= i32::MAX as u64 => {
                (s.sample() as f64 * (1.0 / i32::MAX as f64) * limit as f64) as u64
            }
            Generator::Seeded(_) => {
                let unit = self.unit(shell);
                (unit * limit as f64) as u64
            }
            Generator::System => {
                // Numbers above the last whole multiple would come too often.
                let top = u64::MAX - u64::MAX % limit;
                loop {
                    let mut bytes = [0; 8];
                    shell.host().random(&mut bytes);
                    let n = u64::from_le_bytes(bytes);
                    if n < top {
                        return n % limit;
                    }
                }
            }
        }
    }
}

/// Knuth's subtractive generator, as .NET runs it for a given seed.
pub struct Seeded {
    state: [i32; 56],
    next: usize,
    next_p: usize,
}

impl Seeded {
    pub fn new(seed: i32) -> Seeded {
        let mut state = [0i32; 56];
        let mut mj = 161_803_398i32.wrapping_sub(seed.checked_abs().unwrap_or(i32::MAX));
        state[55] = mj;
        let mut mk = 1i32;
        let mut ii = 0;
        for _ in 1..55 {
            ii += 21;
            if ii >= 55 {
                ii -= 55;
            }
            state[ii] = mk;
            mk = mj.wrapping_sub(mk);
            if mk < 0 {
                mk = mk.wrapping_add(i32::MAX);
            }
            mj = state[ii];
        }
        for _ in 1..5 {
            for i in 1..56 {
                let mut n = i + 30;
                if n >= 55 {
                    n -= 55;
                }
                state[i] = state[i].wrapping_sub(state[1 + n]);
                if state[i] < 0 {
                    state[i] = state[i].wrapping_add(i32::MAX);
                }
            }
        }
        Seeded { state, next: 0, next_p: 21 }
    }

    fn sample(&mut self) -> i32 {
        self.next = if self.next + 1 >= 56 { 1 } else { self.next + 1 };
        self.next_p = if self.next_p + 1 >= 56 { 1 } else { self.next_p + 1 };
        let mut value = self.state[self.next].wrapping_sub(self.state[self.next_p]);
        if value == i32::MAX {
            value -= 1;
        }
        if value < 0 {
            value = value.wrapping_add(i32::MAX);
        }
        self.state[self.next] = value;
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_dotnets_sequence() {
        // documented: new Random(42).Next() of .NET gives 1434747710, 302596119, 269548474
        let mut s = Seeded::new(42);
        assert_eq!([s.sample(), s.sample(), s.sample()], [1_434_747_710, 302_596_119, 269_548_474]);
    }
}
