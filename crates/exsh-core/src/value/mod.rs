//! The 16-byte value: a one-byte tag and 64 bits.
//!
//! All `unsafe` code of the crate is here, behind constructors and the borrowed [`View`]. The layout is a struct and
//! not an enum because a struct of tag and bits moves in two registers and drops with one compare: the same
//! evaluator ran a loop at 14.5 ns with it and at 69 ns with an enum of counted variants.
//! A value carries no span and no metadata. It is session-local (`Rc`), hence not `Send`.
#![allow(unsafe_code)]

mod list;
mod scalar;
mod table;
mod text;

pub use list::List;
pub use scalar::{EnumValue, Scalar};
pub use table::{Key, KeyMode, Table, equal_keys, hash_value};
pub use text::Str;

use crate::object::{Custom, Members, Object};
use crate::types::{self, Kind, TypeRef};
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

/// What kind of thing the 64 bits are. Everything from `Str` on is a counted pointer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
#[repr(u8)]
pub enum Tag {
    /// A variable slot that was never assigned; never seen by a script.
    Unset,
    /// The result of a pipeline that emitted nothing (AutomationNull).
    Nothing,
    Null,
    Bool,
    /// One UTF-16 unit.
    Char,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    /// .NET's own 64 bits: kind in the upper two, 100 ns ticks since year 1 below.
    DateTime,
    /// 100 ns ticks.
    TimeSpan,
    /// A type as a value (`[int]`).
    Type,
    Str,
    /// Arrays and the list types.
    List,
    /// Hashtable, ordered dictionary, generic dictionary.
    Table,
    /// PSCustomObject.
    Custom,
    /// A Rust struct behind the `Object` trait.
    Object,
    /// Rare scalars: decimal, GUID, enum members.
    Scalar,
    /// A scalar that carries added members (`Add-Member` on a string).
    Wrapped,
}

/// A value of the language. See the module's header.
#[repr(C)]
pub struct Value {
    tag: Tag,
    bits: u64,
}

/// An object of a Rust type: the struct itself and members that a script added.
pub struct ObjectCell {
    object: Box<dyn Object>,
    extra: RefCell<Option<Box<Members>>>,
}

impl ObjectCell {
    pub fn get(&self) -> &dyn Object {
        &*self.object
    }
    pub fn downcast<T: 'static>(&self) -> Option<&T> {
        self.object.as_any().downcast_ref::<T>()
    }
    /// Members that a script added; the cell is where `Add-Member` puts them.
    pub fn extra(&self) -> &RefCell<Option<Box<Members>>> {
        &self.extra
    }
}

/// A scalar with added members.
pub struct Wrapped {
    pub base: Value,
    pub members: Members,
}

/// What a value is, borrowed for matching.
pub enum View<'a> {
    Unset,
    Nothing,
    Null,
    Bool(bool),
    Char(u16),
    SByte(i8),
    Byte(u8),
    Int16(i16),
    UInt16(u16),
    Int32(i32),
    UInt32(u32),
    Int64(i64),
    UInt64(u64),
    Single(f32),
    Double(f64),
    /// Raw .NET DateTime bits.
    DateTime(u64),
    /// Ticks.
    TimeSpan(i64),
    Type(TypeRef),
    Str(&'a Str),
    List(&'a Rc<List>),
    Table(&'a Rc<Table>),
    Custom(&'a Rc<Custom>),
    Object(&'a Rc<ObjectCell>),
    Scalar(&'a Rc<Scalar>),
    Wrapped(&'a Rc<Wrapped>),
}

macro_rules! plain {
    ($($ctor:ident $as:ident $tag:ident $ty:ty, |$v:ident| $to:expr, |$b:ident| $from:expr;)*) => {
        $(
            #[inline(always)]
            pub const fn $ctor($v: $ty) -> Value { Value { tag: Tag::$tag, bits: $to } }
            /// The payload, if this is exactly that kind.
            #[inline(always)]
            pub fn $as(&self) -> Option<$ty> { if matches!(self.tag, Tag::$tag) { let $b = self.bits; Some($from) } else { None } }
        )*
    };
}

macro_rules! counted {
    ($($ctor:ident $as:ident $tag:ident $ty:ty;)*) => {
        $(
            #[inline]
            pub fn $ctor(v: Rc<$ty>) -> Value {
                // SAFETY: an Rc of a sized type is one pointer; the value now owns its count.
                Value { tag: Tag::$tag, bits: unsafe { std::mem::transmute::<Rc<$ty>, usize>(v) } as u64 }
            }
            /// The shared cell, if this is exactly that kind.
            #[inline(always)]
            pub fn $as(&self) -> Option<&Rc<$ty>> {
                // SAFETY: bits of this tag are an Rc of this type.
                if matches!(self.tag, Tag::$tag) { Some(unsafe { self.as_rc::<$ty>() }) } else { None }
            }
        )*
    };
}

impl Value {
    pub const UNSET: Value = Value { tag: Tag::Unset, bits: 0 };
    pub const NOTHING: Value = Value { tag: Tag::Nothing, bits: 0 };
    pub const NULL: Value = Value { tag: Tag::Null, bits: 0 };
    pub const TRUE: Value = Value::bool(true);
    pub const FALSE: Value = Value::bool(false);

    plain! {
        bool as_bool Bool bool, |v| v as u64, |b| b != 0;
        char as_char Char u16, |v| v as u64, |b| b as u16;
        sbyte as_sbyte SByte i8, |v| v as u8 as u64, |b| b as u8 as i8;
        byte as_byte Byte u8, |v| v as u64, |b| b as u8;
        int16 as_int16 Int16 i16, |v| v as u16 as u64, |b| b as u16 as i16;
        uint16 as_uint16 UInt16 u16, |v| v as u64, |b| b as u16;
        int as_int Int32 i32, |v| v as u32 as u64, |b| b as u32 as i32;
        uint as_uint UInt32 u32, |v| v as u64, |b| b as u32;
        long as_long Int64 i64, |v| v as u64, |b| b as i64;
        ulong as_ulong UInt64 u64, |v| v, |b| b;
        single as_single Single f32, |v| v.to_bits() as u64, |b| f32::from_bits(b as u32);
        double as_double Double f64, |v| v.to_bits(), |b| f64::from_bits(b);
        date_time as_date_time DateTime u64, |v| v, |b| b;
        time_span as_time_span TimeSpan i64, |v| v as u64, |b| b as i64;
    }

    counted! {
        list_cell as_list List List;
        table_cell as_table Table Table;
        custom_cell as_custom Custom Custom;
        object_cell as_object Object ObjectCell;
        scalar_cell as_scalar Scalar Scalar;
        wrapped_cell as_wrapped Wrapped Wrapped;
    }

    #[inline]
    pub fn type_value(t: TypeRef) -> Value {
        Value { tag: Tag::Type, bits: t as *const _ as usize as u64 }
    }

    #[inline]
    pub fn as_type(&self) -> Option<TypeRef> {
        if self.tag == Tag::Type {
            // SAFETY: bits of this tag came from a `&'static TypeInfo`.
            Some(unsafe { &*(self.bits as usize as *const types::TypeInfo) })
        } else {
            None
        }
    }

    #[inline]
    pub fn string(s: Str) -> Value {
        // SAFETY: a Str is one pointer; the value now owns its count.
        Value { tag: Tag::Str, bits: unsafe { std::mem::transmute::<Str, usize>(s) } as u64 }
    }

    #[inline(always)]
    pub fn as_str(&self) -> Option<&Str> {
        if self.tag == Tag::Str {
            // SAFETY: bits of this tag are a Str.
            Some(unsafe { &*(&self.bits as *const u64 as *const Str) })
        } else {
            None
        }
    }

    /// A string value.
    pub fn text(s: impl Into<Str>) -> Value {
        Value::string(s.into())
    }

    /// A new `object[]`.
    pub fn array(items: Vec<Value>) -> Value {
        Value::list_cell(Rc::new(List::new(&types::OBJECT_ARRAY, items)))
    }

    /// A new list or array of the given type.
    pub fn list_of(ty: TypeRef, items: Vec<Value>) -> Value {
        Value::list_cell(Rc::new(List::new(ty, items)))
    }

    /// A new `byte[]`.
    pub fn bytes(bytes: &[u8]) -> Value {
        Value::list_of(&types::BYTE_ARRAY, bytes.iter().map(|&b| Value::byte(b)).collect())
    }

    pub fn table(t: Table) -> Value {
        Value::table_cell(Rc::new(t))
    }

    pub fn custom(c: Custom) -> Value {
        Value::custom_cell(Rc::new(c))
    }

    pub fn object(o: impl Object) -> Value {
        Value::object_cell(Rc::new(ObjectCell { object: Box::new(o), extra: RefCell::new(None) }))
    }

    pub fn scalar(s: Scalar) -> Value {
        Value::scalar_cell(Rc::new(s))
    }

    pub fn decimal(d: rust_decimal::Decimal) -> Value {
        Value::scalar(Scalar::Decimal(d))
    }

    pub fn enumeration(ty: TypeRef, number: i64) -> Value {
        Value::scalar(Scalar::Enum(EnumValue { ty, number }))
    }

    #[inline(always)]
    pub fn tag(&self) -> Tag {
        self.tag
    }

    #[inline]
    pub fn view(&self) -> View<'_> {
        // SAFETY: each arm reads the bits as what its tag's constructor wrote.
        unsafe {
            match self.tag {
                Tag::Unset => View::Unset,
                Tag::Nothing => View::Nothing,
                Tag::Null => View::Null,
                Tag::Bool => View::Bool(self.bits != 0),
                Tag::Char => View::Char(self.bits as u16),
                Tag::SByte => View::SByte(self.bits as u8 as i8),
                Tag::Byte => View::Byte(self.bits as u8),
                Tag::Int16 => View::Int16(self.bits as u16 as i16),
                Tag::UInt16 => View::UInt16(self.bits as u16),
                Tag::Int32 => View::Int32(self.bits as u32 as i32),
                Tag::UInt32 => View::UInt32(self.bits as u32),
                Tag::Int64 => View::Int64(self.bits as i64),
                Tag::UInt64 => View::UInt64(self.bits),
                Tag::Single => View::Single(f32::from_bits(self.bits as u32)),
                Tag::Double => View::Double(f64::from_bits(self.bits)),
                Tag::DateTime => View::DateTime(self.bits),
                Tag::TimeSpan => View::TimeSpan(self.bits as i64),
                Tag::Type => View::Type(&*(self.bits as usize as *const types::TypeInfo)),
                Tag::Str => View::Str(&*(&self.bits as *const u64 as *const Str)),
                Tag::List => View::List(self.as_rc()),
                Tag::Table => View::Table(self.as_rc()),
                Tag::Custom => View::Custom(self.as_rc()),
                Tag::Object => View::Object(self.as_rc()),
                Tag::Scalar => View::Scalar(self.as_rc()),
                Tag::Wrapped => View::Wrapped(self.as_rc()),
            }
        }
    }

    /// The value without added members: what operators and conversions look at.
    #[inline(always)]
    pub fn base(&self) -> &Value {
        match self.as_wrapped() {
            Some(w) => &w.base,
            None => self,
        }
    }

    /// `$null` and the empty pipeline's result compare as null.
    #[inline(always)]
    pub fn is_null(&self) -> bool {
        self.tag <= Tag::Null
    }

    #[inline(always)]
    pub fn is_unset(&self) -> bool {
        self.tag == Tag::Unset
    }

    /// The Rust object inside, if it is a `T`.
    pub fn downcast<T: 'static>(&self) -> Option<&T> {
        self.base().as_object().and_then(|o| o.downcast::<T>())
    }

    pub fn as_decimal(&self) -> Option<rust_decimal::Decimal> {
        match self.as_scalar().map(|s| &**s) {
            Some(Scalar::Decimal(d)) => Some(*d),
            _ => None,
        }
    }

    pub fn as_enum(&self) -> Option<EnumValue> {
        match self.as_scalar().map(|s| &**s) {
            Some(Scalar::Enum(e)) => Some(*e),
            _ => None,
        }
    }

    /// Takes the value out of a slot and leaves it unset, so that a string or list in it is counted once.
    #[inline(always)]
    pub fn take(&mut self) -> Value {
        std::mem::replace(self, Value::UNSET)
    }

    /// Are the two the same object (same cell), or equal plain values?
    pub fn same_identity(&self, other: &Value) -> bool {
        self.tag == other.tag && self.bits == other.bits
    }

    /// The .NET type of the value; null has none.
    pub fn type_info(&self) -> Option<TypeRef> {
        Some(match self.base().view() {
            View::Unset | View::Nothing | View::Null => return None,
            View::Bool(_) => &types::BOOLEAN,
            View::Char(_) => &types::CHAR,
            View::SByte(_) => &types::SBYTE,
            View::Byte(_) => &types::BYTE,
            View::Int16(_) => &types::INT16,
            View::UInt16(_) => &types::UINT16,
            View::Int32(_) => &types::INT32,
            View::UInt32(_) => &types::UINT32,
            View::Int64(_) => &types::INT64,
            View::UInt64(_) => &types::UINT64,
            View::Single(_) => &types::SINGLE,
            View::Double(_) => &types::DOUBLE,
            View::DateTime(_) => &types::DATE_TIME,
            View::TimeSpan(_) => &types::TIME_SPAN,
            View::Type(_) => &types::RUNTIME_TYPE,
            View::Str(_) => &types::STRING,
            View::List(l) => l.ty(),
            View::Table(t) => t.ty(),
            View::Custom(_) => &types::PS_CUSTOM_OBJECT,
            View::Object(o) => o.get().type_info(),
            View::Scalar(s) => s.type_info(),
            View::Wrapped(_) => unreachable!("base() looked through the wrapper"),
        })
    }

    /// Is this a list in the sense of the pipeline (arrays and list types)?
    pub fn kind(&self) -> Kind {
        self.type_info().map_or(Kind::Null, |t| t.kind)
    }

    /// # Safety
    /// The tag must be one whose constructor wrote an `Rc<T>`.
    #[inline(always)]
    unsafe fn as_rc<T>(&self) -> &Rc<T> {
        // SAFETY: the caller says that the bits are an Rc<T>, which is one pointer.
        unsafe { &*(&self.bits as *const u64 as *const Rc<T>) }
    }

    #[cold]
    #[inline(never)]
    fn release(&mut self) {
        // SAFETY: each arm drops the count that its constructor or clone took; `drop` runs once.
        unsafe {
            match self.tag {
                Tag::Str => std::ptr::drop_in_place(&mut self.bits as *mut u64 as *mut Str),
                Tag::List => self.drop_rc::<List>(),
                Tag::Table => self.drop_rc::<Table>(),
                Tag::Custom => self.drop_rc::<Custom>(),
                Tag::Object => self.drop_rc::<ObjectCell>(),
                Tag::Scalar => self.drop_rc::<Scalar>(),
                Tag::Wrapped => self.drop_rc::<Wrapped>(),
                _ => {}
            }
        }
    }

    /// # Safety
    /// As for [`Value::as_rc`]; the value must not be used afterwards.
    unsafe fn drop_rc<T>(&mut self) {
        // SAFETY: passed on to the caller.
        unsafe { std::ptr::drop_in_place(&mut self.bits as *mut u64 as *mut Rc<T>) }
    }

    #[inline(never)]
    fn retain(&self) {
        // SAFETY: each arm reads the bits as what its tag's constructor wrote; the forgotten clone is the new count.
        unsafe {
            match self.tag {
                Tag::Str => std::mem::forget((*(&self.bits as *const u64 as *const Str)).clone()),
                Tag::List => std::mem::forget(Rc::clone(self.as_rc::<List>())),
                Tag::Table => std::mem::forget(Rc::clone(self.as_rc::<Table>())),
                Tag::Custom => std::mem::forget(Rc::clone(self.as_rc::<Custom>())),
                Tag::Object => std::mem::forget(Rc::clone(self.as_rc::<ObjectCell>())),
                Tag::Scalar => std::mem::forget(Rc::clone(self.as_rc::<Scalar>())),
                Tag::Wrapped => std::mem::forget(Rc::clone(self.as_rc::<Wrapped>())),
                _ => {}
            }
        }
    }
}

impl Clone for Value {
    #[inline(always)]
    fn clone(&self) -> Value {
        if self.tag as u8 >= Tag::Str as u8 {
            self.retain();
        }
        Value { tag: self.tag, bits: self.bits }
    }
}

impl Drop for Value {
    #[inline(always)]
    fn drop(&mut self) {
        if self.tag as u8 >= Tag::Str as u8 {
            self.release();
        }
    }
}

impl Default for Value {
    fn default() -> Value {
        Value::NULL
    }
}

/// Shows kinds and identities, never the text of a string: values may be secrets.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.view() {
            View::Int32(i) => write!(f, "{i}"),
            View::Int64(i) => write!(f, "{i}L"),
            View::Double(d) => write!(f, "{d:?}"),
            View::Bool(b) => write!(f, "{b}"),
            View::Str(s) => write!(f, "Str({} bytes)", s.as_str().len()),
            View::List(l) => write!(f, "List({})", l.len()),
            _ => write!(f, "{:?}", self.tag),
        }
    }
}

impl From<i32> for Value {
    fn from(v: i32) -> Value {
        Value::int(v)
    }
}
impl From<i64> for Value {
    fn from(v: i64) -> Value {
        Value::long(v)
    }
}
impl From<f64> for Value {
    fn from(v: f64) -> Value {
        Value::double(v)
    }
}
impl From<bool> for Value {
    fn from(v: bool) -> Value {
        Value::bool(v)
    }
}
impl From<&str> for Value {
    fn from(v: &str) -> Value {
        Value::text(v)
    }
}
impl From<String> for Value {
    fn from(v: String) -> Value {
        Value::text(v)
    }
}
impl From<Str> for Value {
    fn from(v: Str) -> Value {
        Value::string(v)
    }
}

const _: () = assert!(size_of::<Value>() == 16);
const _: () = assert!(size_of::<Str>() == 8 && size_of::<usize>() == 8);
const _: () = assert!(size_of::<Result<Value, Box<u8>>>() == 16);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_values_are_released_exactly_once() {
        let cell = Rc::new(List::new(&types::OBJECT_ARRAY, vec![Value::text("a")]));
        let v = Value::list_cell(cell.clone());
        let w = v.clone();
        assert_eq!(Rc::strong_count(&cell), 3);
        drop(v);
        drop(w);
        assert_eq!(Rc::strong_count(&cell), 1);
    }

    #[test]
    fn payloads_come_back_as_they_went_in() {
        assert_eq!(Value::int(-5).as_int(), Some(-5));
        assert_eq!(Value::sbyte(-5).as_sbyte(), Some(-5));
        assert_eq!(Value::double(-0.5).as_double(), Some(-0.5));
        assert_eq!(Value::single(1.5).as_single(), Some(1.5));
        assert_eq!(Value::long(i64::MIN).as_long(), Some(i64::MIN));
        assert_eq!(Value::ulong(u64::MAX).as_ulong(), Some(u64::MAX));
        assert!(Value::int(1).as_long().is_none());
        assert_eq!(Value::text("x").as_str().unwrap().as_str(), "x");
        assert!(Value::type_value(&types::INT32).as_type().unwrap().is(&types::INT32));
    }
}
