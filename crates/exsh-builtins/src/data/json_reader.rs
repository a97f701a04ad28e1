//! Reads strict JSON with serde, straight into values. What is not strict JSON is left to [`super::json_lenient`],
//! which also words the errors.

use crate::data::json_builder::{Builder, Slot};
use exsh_core::Flow;
use exsh_core::value::{Str, Value};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::cell::RefCell;
use std::fmt;

/// Why the strict reader gave up.
pub enum Trouble {
    /// Not strict JSON, or a number whose kind serde cannot tell: read again leniently.
    NotStrict,
    /// A rule of the builder was broken.
    Broken(Box<Flow>),
}

/// The value of a whole text.
pub fn read(text: &str, builder: &mut Builder) -> Result<Value, Trouble> {
    let broken = RefCell::new(None);
    let mut source = serde_json::Deserializer::from_str(text);
    let value = Seed { builder, broken: &broken }.deserialize(&mut source);
    match value {
        Ok(v) if source.end().is_ok() => Ok(v),
        _ => Err(broken.into_inner().map_or(Trouble::NotStrict, Trouble::Broken)),
    }
}

struct Seed<'a> {
    builder: &'a mut Builder,
    broken: &'a RefCell<Option<Box<Flow>>>,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Value, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::NULL)
    }
    fn visit_bool<E: Error>(self, b: bool) -> Result<Value, E> {
        Ok(Value::bool(b))
    }
    fn visit_i64<E: Error>(self, n: i64) -> Result<Value, E> {
        Ok(Value::long(n))
    }
    fn visit_u64<E: Error>(self, n: u64) -> Result<Value, E> {
        i64::try_from(n).map(Value::long).map_err(|_| E::custom("a big integer"))
    }
    fn visit_f64<E: Error>(self, d: f64) -> Result<Value, E> {
        // Integers that do not fit and a negative zero arrive here, too; only the text tells.
        if (d.fract() == 0.0 && d.abs() >= 9.0e15) || (d == 0.0 && d.is_sign_negative()) {
            return Err(E::custom("an integer or not"));
        }
        Ok(Value::double(d))
    }
    fn visit_str<E: Error>(self, s: &str) -> Result<Value, E> {
        Ok(self.builder.text(s))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let Seed { builder, broken } = self;
        let mut all = Vec::new();
        while let Some(v) = items.next_element_seed(Seed { builder, broken })? {
            all.push(v);
        }
        Ok(Value::array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let Seed { builder, broken } = self;
        if builder.as_table {
            let table = builder.table();
            while let Some(key) = map.next_key_seed(Text)? {
                let value = map.next_value_seed(Seed { builder, broken })?;
                table.set(Value::string(key), value);
            }
            return Ok(Value::table(table));
        }
        let mut members = builder.start();
        while let Some(slot) = map.next_key_seed(Key { builder, members: &mut members, broken })? {
            let value = map.next_value_seed(Seed { builder, broken })?;
            builder.value(&mut members, slot, value);
        }
        Ok(builder.finish(members))
    }
}

/// A name is compared where it lies; no copy is made when it is the expected one.
struct Key<'a> {
    builder: &'a Builder,
    members: &'a mut crate::data::json_builder::Members,
    broken: &'a RefCell<Option<Box<Flow>>>,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Slot;
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Slot, D::Error> {
        source.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Slot;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }
    fn visit_str<E: Error>(self, s: &str) -> Result<Slot, E> {
        self.builder.name(self.members, s).map_err(|flow| {
            *self.broken.borrow_mut() = Some(flow);
            E::custom("a broken rule")
        })
    }
}

struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Str;
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Str, D::Error> {
        source.deserialize_str(self)
    }
}

impl Visitor<'_> for Text {
    type Value = Str;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }
    fn visit_str<E: Error>(self, s: &str) -> Result<Str, E> {
        Ok(Str::from(s))
    }
}
