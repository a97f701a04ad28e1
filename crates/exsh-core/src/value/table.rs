//! Hashtable, ordered dictionary, generic dictionary: one cell, insertion order kept, keys hashed where they lie.
//!
//! Case is folded while hashing, eight bytes at a time for ASCII, so no folded copy of a key is ever made.

use crate::name::fold_char;
use crate::object::Members;
use crate::types::TypeRef;
use crate::value::{Scalar, Value, View};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How text keys compare.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyMode {
    IgnoreCase,
    Exact,
}

/// A dictionary of values.
pub struct Table {
    ty: TypeRef,
    mode: KeyMode,
    map: RefCell<Map>,
    version: Cell<u32>,
    extra: RefCell<Option<Box<Members>>>,
}

/// A key to look up: text looks up without making a value.
pub enum Key<'a> {
    Text(&'a str),
    Value(&'a Value),
}

struct Entry {
    hash: u32,
    key: Value,
    value: Value,
}

#[derive(Default)]
struct Map {
    /// Insertion order; a removed entry leaves a hole until the next growth.
    entries: Vec<Option<Entry>>,
    live: usize,
    /// Open addressing, power of two; 0 is free, `u32::MAX` was removed, else entry number + 1.
    slots: Vec<u32>,
}

const REMOVED: u32 = u32::MAX;

impl Table {
    pub fn new(ty: TypeRef, mode: KeyMode) -> Table {
        Table { ty, mode, map: RefCell::default(), version: Cell::new(0), extra: RefCell::new(None) }
    }

    pub fn with_capacity(ty: TypeRef, mode: KeyMode, capacity: usize) -> Table {
        let t = Table::new(ty, mode);
        t.map.borrow_mut().entries.reserve(capacity);
        t
    }

    pub fn ty(&self) -> TypeRef {
        self.ty
    }
    pub fn mode(&self) -> KeyMode {
        self.mode
    }
    pub fn len(&self) -> usize {
        self.map.borrow().live
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    pub fn version(&self) -> u32 {
        self.version.get()
    }
    pub fn extra(&self) -> &RefCell<Option<Box<Members>>> {
        &self.extra
    }

    pub fn get(&self, key: &Value) -> Option<Value> {
        self.find(Key::Value(key))
    }

    pub fn get_text(&self, key: &str) -> Option<Value> {
        self.find(Key::Text(key))
    }

    pub fn find(&self, key: Key<'_>) -> Option<Value> {
        let map = self.map.borrow();
        let at = map.locate(self.mode, hash_key(self.mode, &key), &key)?;
        map.entries[at].as_ref().map(|e| e.value.clone())
    }

    pub fn contains(&self, key: &Value) -> bool {
        let map = self.map.borrow();
        let key = Key::Value(key);
        map.locate(self.mode, hash_key(self.mode, &key), &key).is_some()
    }

    /// Sets the value of `key`, keeping its place if it is there. Gives back what was there.
    pub fn set(&self, key: Value, value: Value) -> Option<Value> {
        self.version.set(self.version.get().wrapping_add(1));
        let hash = hash_key(self.mode, &Key::Value(&key));
        let mut map = self.map.borrow_mut();
        if let Some(at) = map.locate(self.mode, hash, &Key::Value(&key)) {
            return map.entries[at].as_mut().map(|e| std::mem::replace(&mut e.value, value));
        }
        map.push(Entry { hash, key, value });
        None
    }

    pub fn remove(&self, key: &Value) -> Option<Value> {
        self.version.set(self.version.get().wrapping_add(1));
        let key = Key::Value(key);
        let hash = hash_key(self.mode, &key);
        self.map.borrow_mut().remove(self.mode, hash, &key)
    }

    pub fn clear(&self) {
        self.version.set(self.version.get().wrapping_add(1));
        *self.map.borrow_mut() = Map::default();
    }

    /// The entry at a position in insertion order.
    pub fn at(&self, position: usize) -> Option<(Value, Value)> {
        let map = self.map.borrow();
        if map.live == map.entries.len() {
            return map.entries.get(position)?.as_ref().map(|e| (e.key.clone(), e.value.clone()));
        }
        map.entries.iter().flatten().nth(position).map(|e| (e.key.clone(), e.value.clone()))
    }

    /// Puts an entry at a position (ordered dictionaries only). Linear. The key must be new.
    pub fn insert_at(&self, position: usize, key: Value, value: Value) {
        let mut all = self.entries();
        all.insert(position.min(all.len()), (key, value));
        self.clear();
        for (k, v) in all {
            self.set(k, v);
        }
    }

    /// A copy of all entries in insertion order.
    pub fn entries(&self) -> Vec<(Value, Value)> {
        self.map.borrow().entries.iter().flatten().map(|e| (e.key.clone(), e.value.clone())).collect()
    }

    pub fn keys(&self) -> Vec<Value> {
        self.map.borrow().entries.iter().flatten().map(|e| e.key.clone()).collect()
    }

    pub fn values(&self) -> Vec<Value> {
        self.map.borrow().entries.iter().flatten().map(|e| e.value.clone()).collect()
    }
}

impl Map {
    fn locate(&self, mode: KeyMode, hash: u32, key: &Key<'_>) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut i = hash as usize & mask;
        loop {
            match self.slots[i] {
                0 => return None,
                REMOVED => {}
                n => {
                    let at = n as usize - 1;
                    if let Some(e) = &self.entries[at]
                        && e.hash == hash
                        && same_key(mode, &e.key, key)
                    {
                        return Some(at);
                    }
                }
            }
            i = (i + 1) & mask;
        }
    }

    fn push(&mut self, entry: Entry) {
        if (self.entries.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        self.place(entry.hash, self.entries.len());
        self.entries.push(Some(entry));
        self.live += 1;
    }

    fn place(&mut self, hash: u32, at: usize) {
        let mask = self.slots.len() - 1;
        let mut i = hash as usize & mask;
        while self.slots[i] != 0 && self.slots[i] != REMOVED {
            i = (i + 1) & mask;
        }
        self.slots[i] = at as u32 + 1;
    }

    fn grow(&mut self) {
        self.entries.retain(Option::is_some);
        let size = ((self.entries.len() + 1) * 2).next_power_of_two().max(8);
        self.slots = vec![0; size];
        for at in 0..self.entries.len() {
            if let Some(hash) = self.entries[at].as_ref().map(|e| e.hash) {
                self.place(hash, at);
            }
        }
    }

    fn remove(&mut self, mode: KeyMode, hash: u32, key: &Key<'_>) -> Option<Value> {
        let at = self.locate(mode, hash, key)?;
        let mask = self.slots.len() - 1;
        let mut i = hash as usize & mask;
        while self.slots[i] != at as u32 + 1 {
            i = (i + 1) & mask;
        }
        self.slots[i] = REMOVED;
        self.live -= 1;
        self.entries[at].take().map(|e| e.value)
    }
}

/// A hash of a value as a dictionary key: text by `mode`, numbers by type and value, other objects by identity
/// unless their type says otherwise.
pub fn hash_value(mode: KeyMode, value: &Value) -> u32 {
    hash_key(mode, &Key::Value(value))
}

/// Are the two equal as dictionary keys (.NET's Equals: an Int32 1 is not an Int64 1)?
pub fn equal_keys(mode: KeyMode, a: &Value, b: &Value) -> bool {
    same_key(mode, a, &Key::Value(b))
}

fn hash_key(mode: KeyMode, key: &Key<'_>) -> u32 {
    let v = match key {
        Key::Text(s) => return hash_text(mode, s),
        Key::Value(v) => v.base(),
    };
    match v.view() {
        View::Str(s) => hash_text(mode, s.as_str()),
        View::Bool(b) => mix(1, b as u64),
        View::Char(c) => mix(2, c as u64),
        View::SByte(n) => mix(3, n as u64),
        View::Byte(n) => mix(4, n as u64),
        View::Int16(n) => mix(5, n as u64),
        View::UInt16(n) => mix(6, n as u64),
        View::Int32(n) => mix(7, n as u64),
        View::UInt32(n) => mix(8, n as u64),
        View::Int64(n) => mix(9, n as u64),
        View::UInt64(n) => mix(10, n),
        View::Single(n) => mix(11, n.to_bits() as u64),
        View::Double(n) => mix(12, n.to_bits()),
        View::DateTime(n) => mix(13, n & 0x3FFF_FFFF_FFFF_FFFF),
        View::TimeSpan(n) => mix(14, n as u64),
        View::Type(t) => mix(15, t as *const _ as usize as u64),
        View::Scalar(s) => match &**s {
            Scalar::Decimal(d) => {
                let d = d.normalize();
                mix(16, d.mantissa() as u64 ^ ((d.mantissa() >> 64) as u64) ^ d.scale() as u64)
            }
            Scalar::Guid(g) => mix(17, *g as u64 ^ (*g >> 64) as u64),
            Scalar::Enum(e) => mix(18, e.number as u64),
        },
        View::List(l) => mix(19, Rc::as_ptr(l) as usize as u64),
        View::Table(t) => mix(20, Rc::as_ptr(t) as usize as u64),
        View::Custom(c) => mix(21, Rc::as_ptr(c) as usize as u64),
        View::Object(o) => mix(22, o.get().key_hash().unwrap_or(Rc::as_ptr(o) as usize as u64)),
        View::Unset | View::Nothing | View::Null => 0,
        View::Wrapped(_) => 0,
    }
}

fn same_key(mode: KeyMode, a: &Value, key: &Key<'_>) -> bool {
    let a = a.base();
    let b = match key {
        Key::Text(t) => return a.as_str().is_some_and(|s| same_text(mode, s.as_str(), t)),
        Key::Value(b) => b.base(),
    };
    if a.tag() != b.tag() {
        return false;
    }
    match (a.view(), b.view()) {
        (View::Str(x), View::Str(y)) => same_text(mode, x.as_str(), y.as_str()),
        (View::DateTime(x), View::DateTime(y)) => x << 2 == y << 2,
        (View::Double(x), View::Double(y)) => x == y || (x.is_nan() && y.is_nan()),
        (View::Scalar(x), View::Scalar(y)) => x == y,
        (View::Object(x), View::Object(y)) => Rc::ptr_eq(x, y) || x.get().key_equals(y.get()),
        _ => a.same_identity(b),
    }
}

fn same_text(mode: KeyMode, a: &str, b: &str) -> bool {
    match mode {
        KeyMode::Exact => a == b,
        KeyMode::IgnoreCase => crate::name::same(a, b),
    }
}

fn mix(seed: u64, bits: u64) -> u32 {
    let h = (bits ^ seed.rotate_left(56)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (h >> 32) as u32 ^ h as u32
}

/// Folds while hashing, so that no copy is made.
fn hash_text(mode: KeyMode, s: &str) -> u32 {
    const K: u64 = 0x517C_C1B7_2722_0A95;
    let mut h: u64 = 0;
    let bytes = s.as_bytes();
    if mode == KeyMode::Exact || bytes.is_ascii() {
        let fold = mode == KeyMode::IgnoreCase;
        let mut chunks = bytes.chunks_exact(8);
        for c in &mut chunks {
            let mut w = u64::from_le_bytes(c.try_into().expect("chunks of eight"));
            if fold {
                w = upper8(w);
            }
            h = (h.rotate_left(5) ^ w).wrapping_mul(K);
        }
        let mut tail = [0u8; 8];
        let rest = chunks.remainder();
        tail[..rest.len()].copy_from_slice(rest);
        let mut w = u64::from_le_bytes(tail);
        if fold {
            w = upper8(w);
        }
        h = (h.rotate_left(5) ^ w).wrapping_mul(K);
        h ^= bytes.len() as u64;
    } else {
        for c in s.chars() {
            h = (h.rotate_left(5) ^ fold_char(c) as u64).wrapping_mul(K);
        }
    }
    let h = h.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (h >> 32) as u32 ^ h as u32
}

/// Upper case of eight ASCII bytes at once.
fn upper8(w: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let low7 = w & (ONES * 0x7F);
    let above_a = low7 + ONES * (0x80 - b'a' as u64);
    let above_z = low7 + ONES * (0x80 - b'z' as u64 - 1);
    let is_lower = (above_a & !above_z & !w) & (ONES * 0x80);
    w ^ (is_lower >> 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::HASHTABLE;

    #[test]
    fn text_keys_ignore_case_and_order_is_kept() {
        let t = Table::new(&HASHTABLE, KeyMode::IgnoreCase);
        for i in 0..1000 {
            t.set(Value::text(format!("Key-Number-{i}")), Value::int(i));
        }
        assert_eq!(t.get_text("kEY-nUMBER-777").and_then(|v| v.as_int()), Some(777));
        for i in (0..1000).step_by(2) {
            t.remove(&Value::text(format!("KEY-NUMBER-{i}")));
        }
        assert_eq!(t.len(), 500);
        assert_eq!(t.at(0).unwrap().1.as_int(), Some(1));
        t.set(Value::text("key-number-0"), Value::int(-1));
        assert_eq!(t.keys().len(), 501);
    }

    #[test]
    fn numbers_of_other_types_are_other_keys() {
        let t = Table::new(&HASHTABLE, KeyMode::IgnoreCase);
        t.set(Value::int(1), Value::text("int"));
        assert!(t.get(&Value::long(1)).is_none());
        assert!(t.get(&Value::int(1)).is_some());
    }

    #[test]
    fn upper8_folds_only_letters() {
        let w = u64::from_le_bytes(*b"az{`AZ09");
        assert_eq!(&upper8(w).to_le_bytes(), b"AZ{`AZ09");
    }
}
