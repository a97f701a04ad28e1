//! How JSON becomes values: objects that share shapes, or hashtables; dates in text; big numbers. Both readers, the
//! strict one and the lenient one, build through this.

use exsh_core::Name;
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::name::same;
use exsh_core::object::{Custom, MemberKind, Shape, ShapeMember};
use exsh_core::types;
use exsh_core::value::{KeyMode, Str, Table, Value};
use exsh_dotnet::time;
use std::collections::HashMap;
use std::rc::Rc;

/// What becomes of texts that look like ISO 8601 dates.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dates {
    Default,
    Local,
    Utc,
    Text,
}

/// Makes values; keeps the shapes of objects between them.
pub struct Builder {
    pub as_table: bool,
    pub dates: Dates,
    /// The shape that last started with this name: most objects of a document are alike.
    shapes: HashMap<Box<str>, Rc<Shape>>,
}

/// An object being read.
pub struct Members {
    guess: Option<Rc<Shape>>,
    /// How many names agreed with the guess; all of them as long as `names` is empty.
    names: Option<Names>,
    values: Vec<Value>,
}

struct Names {
    spelled: Vec<Str>,
    places: HashMap<Name, usize>,
}

impl Builder {
    pub fn new(as_table: bool, dates: Dates) -> Builder {
        Builder { as_table, dates, shapes: HashMap::new() }
    }

    pub fn start(&self) -> Members {
        Members { guess: None, names: None, values: Vec::new() }
    }

    /// Does the next name agree with what objects of this kind usually have?
    pub fn expects(&self, m: &Members, name: &str) -> bool {
        m.names.is_none()
            && match &m.guess {
                Some(g) => g.members().get(m.values.len()).is_some_and(|e| e.spelling.as_str() == name),
                None => false,
            }
    }

    /// Says that a member of this name follows. Error ids KeysWithDifferentCasingInJsonString, EmptyKeyInJsonString.
    pub fn name(&self, m: &mut Members, name: &str) -> Result<Slot> {
        if self.expects(m, name) {
            return Ok(Slot::Next);
        }
        if name.is_empty() {
            return Err(invalid(
                "EmptyKeyInJsonString",
                "The provided JSON includes a property whose name is an empty string, this is only supported using the \
                 -AsHashTable switch."
                    .into(),
            ));
        }
        if m.values.is_empty()
            && m.names.is_none()
            && let Some(shape) = self.shapes.get(name)
        {
            m.guess = Some(shape.clone());
            return Ok(Slot::Next);
        }
        let names = m.names.get_or_insert_with(|| {
            let known = m.guess.iter().flat_map(|g| g.members()).take(m.values.len());
            let spelled: Vec<Str> = known.map(|e| e.spelling.clone()).collect();
            let places = spelled.iter().enumerate().map(|(i, s)| (Name::new(s), i)).collect();
            Names { spelled, places }
        });
        let key = Name::new(name);
        if let Some(&at) = names.places.get(&key) {
            let old = &names.spelled[at];
            if old.as_str() == name {
                return Ok(Slot::Again(at));
            }
            debug_assert!(same(old, name));
            return Err(invalid(
                "KeysWithDifferentCasingInJsonString",
                format!(
                    "Cannot convert the JSON string because it contains keys with different casing. Please use the \
                     -AsHashTable switch instead. The key that was attempted to be added to the existing key '{old}' was \
                     '{name}'."
                ),
            ));
        }
        names.places.insert(key, names.spelled.len());
        names.spelled.push(Str::from(name));
        Ok(Slot::Next)
    }

    pub fn value(&self, m: &mut Members, slot: Slot, value: Value) {
        match slot {
            Slot::Next => m.values.push(value),
            Slot::Again(i) => m.values[i] = value,
        }
    }

    pub fn finish(&mut self, m: Members) -> Value {
        if m.names.is_none()
            && let Some(g) = &m.guess
        {
            if g.members().len() == m.values.len() {
                return Value::custom(Custom::new(g.clone(), m.values));
            }
            // Fewer names than usual.
            let spelled: Vec<Str> =
                g.members()[..m.values.len()].iter().map(|e| e.spelling.clone()).collect();
            return self.of(spelled, m.values);
        }
        self.of(m.names.map(|n| n.spelled).unwrap_or_default(), m.values)
    }

    fn of(&mut self, spelled: Vec<Str>, values: Vec<Value>) -> Value {
        let first: Option<Box<str>> = spelled.first().map(|s| s.as_str().into());
        let members = spelled
            .into_iter()
            .map(|s| ShapeMember { name: Name::new(&s), spelling: s, kind: MemberKind::Note })
            .collect();
        let shape = Shape::new(members, Vec::new());
        if let Some(first) = first {
            self.shapes.insert(first, shape.clone());
        }
        Value::custom(Custom::new(shape, values))
    }

    /// For `-AsHashtable`: keys keep their case and order.
    pub fn table(&self) -> Table {
        Table::new(&types::HASHTABLE, KeyMode::Exact)
    }

    pub fn text(&self, text: &str) -> Value {
        match self.date(text) {
            Some(v) => v,
            None => Value::text(text),
        }
    }

    fn date(&self, text: &str) -> Option<Value> {
        if self.dates == Dates::Text || text.len() < 19 || text.as_bytes().get(10) != Some(&b'T') {
            return None;
        }
        let bits = iso_date(text)?;
        Some(Value::date_time(match self.dates {
            Dates::Local => time::to_local(bits),
            Dates::Utc => time::to_utc(bits),
            _ => bits,
        }))
    }
}

/// Where the value of a name goes.
#[derive(Clone, Copy)]
pub enum Slot {
    Next,
    /// The name came before; the last value wins.
    Again(usize),
}

const UTC: u64 = 1 << 62;
const TICKS_PER_SECOND: i64 = 10_000_000;

/// `2024-03-05T14:07:09[.fraction][Z|±hh:mm]` as DateTime bits: Utc with `Z`, local time with an offset, else
/// unspecified.
fn iso_date(text: &str) -> Option<u64> {
    let b = text.as_bytes();
    let digits = |from: usize, to: usize| -> Option<i64> {
        let part = b.get(from..to)?;
        if part.iter().all(u8::is_ascii_digit) { std::str::from_utf8(part).ok()?.parse().ok() } else { None }
    };
    if b[4] != b'-' || b[7] != b'-' || b[13] != b':' || b[16] != b':' {
        return None;
    }
    let (hour, minute, second) = (digits(11, 13)?, digits(14, 16)?, digits(17, 19)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let day = time::date(digits(0, 4)? as i32, digits(5, 7)? as u32, digits(8, 10)? as u32)?;
    let mut ticks = day + ((hour * 60 + minute) * 60 + second) * TICKS_PER_SECOND;
    let mut at = 19;
    if b.get(at) == Some(&b'.') {
        at += 1;
        let start = at;
        let mut unit = TICKS_PER_SECOND / 10;
        while let Some(d) = b.get(at).filter(|d| d.is_ascii_digit()) {
            ticks += (d - b'0') as i64 * unit;
            unit /= 10;
            at += 1;
        }
        if at == start {
            return None;
        }
    }
    match &b[at..] {
        b"" => Some(ticks as u64),
        b"Z" => Some(ticks as u64 | UTC),
        [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
            let offset = (digits(at + 1, at + 3)? * 60 + digits(at + 4, at + 6)?) * 60 * TICKS_PER_SECOND;
            let utc = if *sign == b'+' { ticks - offset } else { ticks + offset };
            if utc < 0 { None } else { Some(time::to_local(utc as u64 | UTC)) }
        }
        _ => None,
    }
}

fn invalid(id: &'static str, message: String) -> Box<exsh_core::Flow> {
    ErrorRecord::of("System.InvalidOperationException", id, Category::InvalidOperation, message).into()
}
