//! How sorting, grouping, comparing and finding duplicates see values: the comparer of the reference's object
//! cmdlets. Two values that cannot be compared are compared as text; null is the least.

use exsh_core::Shell;
use exsh_core::error::Result;
use exsh_core::value::{Scalar, Value, View};
use exsh_dotnet::{ops, text};
use std::cmp::Ordering;

/// Compares two values; never fails, except that a stopped pipeline ends it.
pub fn compare(shell: &mut dyn Shell, a: &Value, b: &Value, ignore_case: bool) -> Result<Ordering> {
    let (a, b) = (a.base(), b.base());
    match (a.view(), b.view()) {
        (View::Int32(x), View::Int32(y)) => return Ok(x.cmp(&y)),
        (View::Custom(_), View::Custom(_)) => {
            // Their base object is one and the same for all of them.
            return Ok(Ordering::Equal);
        }
        _ => {}
    }
    match (a.is_null(), b.is_null()) {
        (true, true) => return Ok(Ordering::Equal),
        (true, false) => return Ok(against_null(b).reverse()),
        (false, true) => return Ok(against_null(a)),
        (false, false) => {}
    }
    match ops::compare::order(shell, a, b, ignore_case) {
        Ok(o) => Ok(o),
        Err(flow) if crate::property::is_error(&flow) => {
            let (x, y) = (Value::string(text::to_text(a)), Value::string(text::to_text(b)));
            ops::compare::order(shell, &x, &y, ignore_case)
        }
        Err(flow) => Err(flow),
    }
}

/// Anything is greater than null, except a negative number.
fn against_null(v: &Value) -> Ordering {
    let negative = match v.view() {
        View::SByte(n) => n < 0,
        View::Int16(n) => n < 0,
        View::Int32(n) => n < 0,
        View::Int64(n) => n < 0,
        View::Single(n) => n < 0.0,
        View::Double(n) => n < 0.0,
        View::Scalar(s) => matches!(&**s, Scalar::Decimal(d) if d.is_sign_negative() && !d.is_zero()),
        _ => false,
    };
    if negative { Ordering::Less } else { Ordering::Greater }
}

/// A value that can be looked up by hash: equal keys are equal values for [`compare`], and among values of one kind
/// the reverse holds, too.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum SimpleKey {
    Null,
    Bool(bool),
    Integer(u8, i64),
    Text(Box<str>),
}

impl SimpleKey {
    /// Text that is not ASCII has rules of culture and is left to [`compare`].
    pub fn of(value: &Value, ignore_case: bool) -> Option<SimpleKey> {
        Some(match value.base().view() {
            View::Null | View::Nothing | View::Unset => SimpleKey::Null,
            View::Bool(b) => SimpleKey::Bool(b),
            View::Int32(n) => SimpleKey::Integer(0, n as i64),
            View::Int64(n) => SimpleKey::Integer(1, n),
            View::Byte(n) => SimpleKey::Integer(2, n as i64),
            View::DateTime(n) => SimpleKey::Integer(3, (n << 2) as i64),
            View::TimeSpan(n) => SimpleKey::Integer(4, n),
            View::Str(s) if s.is_ascii() && !s.bytes().any(|b| b < b' ') => {
                SimpleKey::Text(if ignore_case { s.to_ascii_lowercase().into() } else { s.as_str().into() })
            }
            _ => return None,
        })
    }

    /// Keys of one kind are either equal or different; between kinds (`1` and `'1'`) only [`compare`] knows.
    pub fn kind(&self) -> u8 {
        match self {
            SimpleKey::Null => 0,
            SimpleKey::Bool(_) => 1,
            SimpleKey::Text(_) => 2,
            SimpleKey::Integer(k, _) => 3 + k,
        }
    }
}

/// Sorts as .NET's `List.Sort` does (introspective sort, not stable), so that equal objects come in the same order
/// as in the reference.
pub fn introsort<T>(items: &mut [T], less: &mut dyn FnMut(&T, &T) -> Result<Ordering>) -> Result<()> {
    if items.len() > 1 {
        let depth = 2 * (usize::BITS - items.len().leading_zeros()) as usize;
        intro(items, depth, less)?;
    }
    Ok(())
}

type Compare<'a, T> = &'a mut dyn FnMut(&T, &T) -> Result<Ordering>;

fn intro<T>(keys: &mut [T], mut depth: usize, cmp: Compare<'_, T>) -> Result<()> {
    let mut size = keys.len();
    while size > 1 {
        if size <= 16 {
            match size {
                2 => swap_if_greater(keys, 0, 1, cmp)?,
                3 => {
                    swap_if_greater(keys, 0, 1, cmp)?;
                    swap_if_greater(keys, 0, 2, cmp)?;
                    swap_if_greater(keys, 1, 2, cmp)?;
                }
                _ => insertion(&mut keys[..size], cmp)?,
            }
            return Ok(());
        }
        if depth == 0 {
            return heap(&mut keys[..size], cmp);
        }
        depth -= 1;
        let p = partition(&mut keys[..size], cmp)?;
        intro(&mut keys[p + 1..size], depth, cmp)?;
        size = p;
    }
    Ok(())
}

fn swap_if_greater<T>(keys: &mut [T], i: usize, j: usize, cmp: Compare<'_, T>) -> Result<()> {
    if cmp(&keys[i], &keys[j])? == Ordering::Greater {
        keys.swap(i, j);
    }
    Ok(())
}

fn partition<T>(keys: &mut [T], cmp: Compare<'_, T>) -> Result<usize> {
    let hi = keys.len() - 1;
    let middle = hi >> 1;
    swap_if_greater(keys, 0, middle, cmp)?;
    swap_if_greater(keys, 0, hi, cmp)?;
    swap_if_greater(keys, middle, hi, cmp)?;
    keys.swap(middle, hi - 1);
    let pivot = hi - 1;
    let (mut left, mut right) = (0, hi - 1);
    while left < right {
        loop {
            left += 1;
            if left >= pivot || cmp(&keys[left], &keys[pivot])? != Ordering::Less {
                break;
            }
        }
        loop {
            right -= 1;
            if right == 0 || cmp(&keys[pivot], &keys[right])? != Ordering::Less {
                break;
            }
        }
        if left >= right {
            break;
        }
        keys.swap(left, right);
    }
    if left != pivot {
        keys.swap(left, pivot);
    }
    Ok(left)
}

fn insertion<T>(keys: &mut [T], cmp: Compare<'_, T>) -> Result<()> {
    for i in 0..keys.len() - 1 {
        let mut j = i;
        while cmp(&keys[j + 1], &keys[j])? == Ordering::Less {
            keys.swap(j, j + 1);
            if j == 0 {
                break;
            }
            j -= 1;
        }
    }
    Ok(())
}

fn heap<T>(keys: &mut [T], cmp: Compare<'_, T>) -> Result<()> {
    let n = keys.len();
    for i in (1..=n >> 1).rev() {
        down(keys, i, n, cmp)?;
    }
    for i in (2..=n).rev() {
        keys.swap(0, i - 1);
        down(keys, 1, i - 1, cmp)?;
    }
    Ok(())
}

fn down<T>(keys: &mut [T], mut i: usize, n: usize, cmp: Compare<'_, T>) -> Result<()> {
    while i <= n >> 1 {
        let mut child = 2 * i;
        if child < n && cmp(&keys[child - 1], &keys[child])? == Ordering::Less {
            child += 1;
        }
        if cmp(&keys[i - 1], &keys[child - 1])? != Ordering::Less {
            break;
        }
        keys.swap(i - 1, child - 1);
        i = child;
    }
    Ok(())
}

/// A stable sort over a comparison that may fail; the first failure is given back.
pub fn stable_sort<T>(items: &mut [T], cmp: &mut dyn FnMut(&T, &T) -> Result<Ordering>) -> Result<()> {
    let mut failure = None;
    items.sort_by(|a, b| match &failure {
        Some(_) => Ordering::Equal,
        None => cmp(a, b).unwrap_or_else(|e| {
            failure = Some(e);
            Ordering::Equal
        }),
    });
    failure.map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(items: &[(&'static str, u32)]) -> Vec<u32> {
        let mut v = items.to_vec();
        introsort(&mut v, &mut |a, b| Ok(a.0.cmp(b.0))).ok().expect("nothing fails here");
        v.into_iter().map(|i| i.1).collect()
    }

    #[test]
    fn three_items_are_sorted_by_swaps_as_in_dotnet() {
        // observed: 'b','B','a' | Sort-Object gives a, B, b
        assert_eq!(sorted(&[("b", 1), ("b", 2), ("a", 3)]), [3, 2, 1]);
    }

    #[test]
    fn long_sequences_are_sorted() {
        let mut state = 12345u64;
        let mut v: Vec<u64> = (0..5000)
            .map(|_| {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                state >> 50
            })
            .collect();
        let mut expected = v.clone();
        expected.sort();
        introsort(&mut v, &mut |a, b| Ok(a.cmp(b))).ok().expect("nothing fails here");
        assert_eq!(v, expected);
        let mut reversed: Vec<u64> = (0..3000).rev().collect();
        introsort(&mut reversed, &mut |a, b| Ok(a.cmp(b))).ok().expect("nothing fails here");
        assert!(reversed.is_sorted());
    }
}
