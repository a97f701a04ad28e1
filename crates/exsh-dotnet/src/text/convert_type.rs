//! `System.Convert` and `System.BitConverter`.

use crate::convert::numeric::{self, overflow_message};
use crate::convert::parse::format_message;
use crate::core::culture_info::{FORMAT, provider};
use crate::number::parse::{self as digits, Failure, style};
use crate::sig::*;
use crate::types::enums;
use crate::{convert, culture, fail, text, types};
use exsh_core::types::{Kind, MemberTable, TypeInfo, TypeRef};
use exsh_core::{Result, Shell, Value, View};

pub static TYPE: TypeInfo = TypeInfo::class("System.Convert", MEMBERS);
pub static BIT_CONVERTER: TypeInfo = TypeInfo::class("System.BitConverter", BITS);

/// `Convert.ToX(value)`: .NET's own rules, culture of the session.
pub fn change(shell: &mut dyn Shell, v: &Value, ty: TypeRef) -> Result<Value> {
    let base = v.base();
    if types::of(base).is_some_and(|t| t.is(ty)) {
        return Ok(base.clone());
    }
    let c = culture::current(shell);
    match (base.view(), ty.kind) {
        (_, Kind::String) => return Ok(Value::string(text::to_string_culture(base, c))),
        (View::Null | View::Nothing | View::Unset, Kind::Boolean) => return Ok(Value::FALSE),
        (View::Null | View::Nothing | View::Unset, Kind::DateTime) => return Ok(Value::date_time(0)),
        (View::Null | View::Nothing | View::Unset, k) => {
            return Ok(match k {
                Kind::Double => Value::double(0.0),
                Kind::Single => Value::single(0.0),
                Kind::Decimal => Value::decimal(rust_decimal::Decimal::ZERO),
                k => numeric::of_integer(0, k).unwrap_or(Value::NULL),
            });
        }
        (View::Str(s), Kind::Boolean) => {
            return crate::member::call_static(shell, BOOL, "Parse", &[Value::string(s.clone())])
                .map_err(unwrap);
        }
        (View::Str(s), Kind::Char) => {
            return s
                .unit_at(0)
                .filter(|_| s.utf16_len() == 1)
                .map(Value::char)
                .ok_or_else(|| fail::format("String must be exactly one character long."));
        }
        (View::Str(s), Kind::DateTime) => {
            let today = convert::today(shell);
            return crate::time::parse::date_time(s, c, 0, today)
                .map(Value::date_time)
                .map_err(|e| fail::format(e.message(s)));
        }
        (View::Str(s), k) => return parse_number(s, k, c),
        (_, Kind::Boolean) if matches!(base.view(), View::Char(_)) => {
            return Err(fail::thrown(
                "System.InvalidCastException",
                "Invalid cast from 'Char' to 'Boolean'.",
            ));
        }
        (_, Kind::Boolean) => return Ok(Value::bool(convert::to_bool(base))),
        _ => {}
    }
    numeric::to_kind(base, ty.kind).map_err(|e| match e {
        numeric::Failure::Overflow => fail::overflow(overflow_message(ty.kind)),
        numeric::Failure::Invalid => {
            let from = types::of(base).map_or("", |t| t.name);
            let short = from.rsplit('.').next().unwrap_or(from);
            if types::of(base).is_some_and(|t| {
                types::is_number(t) || matches!(t.kind, Kind::DateTime | Kind::Boolean | Kind::Char)
            }) {
                fail::thrown(
                    "System.InvalidCastException",
                    format!("Invalid cast from '{short}' to '{}'.", ty.short_name()),
                )
            } else {
                fail::thrown(
                    "System.InvalidCastException",
                    format!("Unable to cast object of type '{from}' to type 'System.IConvertible'."),
                )
            }
        }
    })
}

/// The inner failure of a nested call.
fn unwrap(e: Box<exsh_core::Flow>) -> Box<exsh_core::Flow> {
    match e.record().and_then(|r| r.exception.inner.clone()) {
        Some(inner) => fail::thrown_with((*inner).clone()),
        None => e,
    }
}

fn parse_number(s: &str, kind: Kind, c: &culture::Culture) -> Result<Value> {
    let bad = |f: Failure| match f {
        Failure::Format => fail::format(format_message(s)),
        Failure::Overflow => fail::overflow(overflow_message(kind)),
    };
    match kind {
        Kind::Double => digits::double(s, style::FLOAT | style::THOUSANDS, c).map(Value::double).map_err(bad),
        Kind::Single => digits::single(s, style::FLOAT | style::THOUSANDS, c).map(Value::single).map_err(bad),
        Kind::Decimal => digits::decimal(s, style::NUMBER, c).map(Value::decimal).map_err(bad),
        _ => {
            let (bits, signed) = numeric::width(kind).unwrap_or((32, true));
            let i = digits::integer(s, style::INTEGER, c, bits, signed).map_err(bad)?;
            Ok(numeric::of_integer(i, kind).unwrap_or(Value::NULL))
        }
    }
}

/// A text in base 2, 8, 10 or 16.
fn from_base(a: &[Value], kind: Kind) -> Result<Value> {
    let s = str_at(a, 0);
    let base = int_at(a, 1);
    if !matches!(base, 2 | 8 | 10 | 16) {
        return Err(fail::thrown("System.ArgumentException", "Invalid Base."));
    }
    let (bits, signed) = numeric::width(kind).unwrap_or((32, true));
    if arg(a, 0).is_null() || s.is_empty() {
        return if arg(a, 0).is_null() {
            Ok(numeric::of_integer(0, kind).unwrap_or(Value::NULL))
        } else {
            Err(fail::out_of_range(
                "Index was out of range. Must be non-negative and less than the size of the collection.",
                "startIndex",
            ))
        };
    }
    let t = s.as_str();
    let (negative, t) = match t.strip_prefix('-') {
        Some(r) if base == 10 => (true, r),
        _ => (false, t),
    };
    let t = if base == 16 { t.strip_prefix("0x").or(t.strip_prefix("0X")).unwrap_or(t) } else { t };
    let good = t.chars().take_while(|c| c.is_digit(base as u32)).count();
    if good == 0 {
        return Err(fail::format("Could not find any recognizable digits."));
    }
    if good < t.chars().count() {
        return Err(fail::format("Additional non-parsable characters are at the end of the string."));
    }
    let too_large = || fail::overflow(overflow_message(kind));
    let n = i128::from_str_radix(t, base as u32).map_err(|_| too_large())?;
    let n = if negative { -n } else { n };
    // Other bases give bits: the top one is the sign.
    let n = if base != 10 && signed && n < 1 << bits && n >= 1 << (bits - 1) { n - (1 << bits) } else { n };
    numeric::of_integer(n, kind).ok_or_else(too_large)
}

fn to_base(v: &Value, base: i64) -> Result<Value> {
    let (bits, _) = numeric::width(v.base().kind()).unwrap_or((32, true));
    let n = numeric::integral(v.base()).unwrap_or(0);
    let mask = (1i128 << bits) - 1;
    Ok(Value::text(match base {
        2 => format!("{:b}", n & mask),
        8 => format!("{:o}", n & mask),
        10 => n.to_string(),
        16 => format!("{:x}", n & mask),
        _ => return Err(fail::thrown("System.ArgumentException", "Invalid Base.")),
    }))
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 text, in lines of 76 when asked.
pub fn to_base64(bytes: &[u8], lines: bool) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        if lines && out.len() % 78 == 76 {
            out.push_str("\r\n");
        }
        let n = (chunk[0] as u32) << 16
            | (*chunk.get(1).unwrap_or(&0) as u32) << 8
            | *chunk.get(2).unwrap_or(&0) as u32;
        for i in 0..4 {
            if i <= chunk.len() {
                out.push(ALPHABET[(n >> (18 - 6 * i)) as usize & 63] as char);
            } else {
                out.push('=');
            }
        }
    }
    out
}

/// Bytes of a Base64 text; white space is skipped.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut n, mut count, mut padding) = (0u32, 0, 0);
    for b in text.bytes() {
        let v = match b {
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                padding += 1;
                0
            }
            _ => return None,
        };
        if padding > 0 && b != b'=' {
            return None;
        }
        n = n << 6 | v as u32;
        count += 1;
        if count == 4 {
            out.extend_from_slice(&n.to_be_bytes()[1..]);
            (n, count) = (0, 0);
        }
    }
    if count != 0 || padding > 2 {
        return None;
    }
    out.truncate(out.len() - padding);
    Some(out)
}

macro_rules! to {
    ($($fn:ident $ty:expr, $kind:ident;)*) => { $(
        fn $fn(shell: &mut dyn Shell, _: &Value, a: &[Value]) -> Result<Value> {
            change(shell, arg(a, 0), $ty)
        }
    )* };
}
to! {
    to_boolean BOOL, Boolean; to_char CHAR, Char; to_sbyte SBYTE, SByte; to_byte BYTE, Byte; to_int16 SHORT, Int16;
    to_uint16 USHORT, UInt16; to_int32 INT, Int32; to_uint32 UINT, UInt32; to_int64 LONG, Int64; to_uint64 ULONG, UInt64;
    to_single FLOAT, Single; to_double DOUBLE, Double; to_decimal DECIMAL, Decimal; to_date DATE, DateTime;
}

fn base64_part(a: &[Value]) -> Result<Value> {
    let bytes = bytes_of(arg(a, 0));
    if arg(a, 0).is_null() {
        return Err(fail::argument_null("inArray"));
    }
    let (from, n) = (int_at(a, 1).max(0) as usize, int_at(a, 2).max(0) as usize);
    match bytes.get(from..from.saturating_add(n)) {
        Some(p) => Ok(Value::text(to_base64(p, false))),
        None => {
            Err(fail::out_of_range("Offset and length must refer to a position in the string.", "offset"))
        }
    }
}

const MEMBERS: MemberTable = MemberTable {
    properties: &[],
    methods: &[],
    static_properties: properties! {
        DBNull: "System.DBNull" = |_, _| Ok(Value::NULL);
    },
    static_methods: methods! {
        ChangeType {
            (value: OBJ, conversionType: crate::sig::TYPE) -> "System.Object" = |shell, _, a| {
                let Some(t) = arg(a, 1).base().as_type() else { return Err(fail::argument_null("conversionType")) };
                change(shell, arg(a, 0), t)
            };
            (value: OBJ, conversionType: crate::sig::TYPE, provider: FORMAT) -> "System.Object" = |shell, _, a| {
                let Some(t) = arg(a, 1).base().as_type() else { return Err(fail::argument_null("conversionType")) };
                change(shell, arg(a, 0), t)
            };
        }
        FromBase64String { (s: STR) -> "byte[]" = |_, _, a| match from_base64(&str_at(a, 0)) {
            Some(b) => Ok(Value::bytes(&b)),
            None => Err(fail::format("The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.")),
        }; }
        FromHexString { (s: STR) -> "byte[]" = |_, _, a| {
            let s = str_at(a, 0);
            let t = s.as_str();
            if !t.len().is_multiple_of(2) {
                return Err(fail::format("The input is not a valid hex string as its length is not a multiple of 2."));
            }
            let bytes: Option<Vec<u8>> = (0..t.len()).step_by(2).map(|i| t.get(i..i + 2).and_then(|h| u8::from_str_radix(h, 16).ok())).collect();
            bytes.map(|b| Value::bytes(&b)).ok_or_else(|| fail::format("The input is not a valid hex string as it contains a non-hex character."))
        }; }
        GetTypeCode { (value: OBJ) -> "System.TypeCode" = |shell, _, a| {
            let t = types::of(arg(a, 0)).map_or(Value::NULL, Value::type_value);
            crate::member::call_static(shell, TYPE_OF_TYPE, "GetTypeCode", &[t])
        }; }
        IsDBNull { (value: OBJ) -> "bool" = |_, _, _| Ok(Value::FALSE); }
        ToBase64String {
            (inArray: BYTES) -> "string" = |_, _, a| match arg(a, 0).is_null() {
                true => Err(fail::argument_null("inArray")),
                false => Ok(Value::text(to_base64(&bytes_of(arg(a, 0)), false))),
            };
            (inArray: BYTES, options: &enums::BASE64_FORMATTING_OPTIONS) -> "string" = |_, _, a| {
                Ok(Value::text(to_base64(&bytes_of(arg(a, 0)), enum_at(a, 1) == 1)))
            };
            (inArray: BYTES, offset: INT, length: INT) -> "string" = |_, _, a| base64_part(a);
        }
        ToBoolean { (value: OBJ) -> "bool" = to_boolean; (value: OBJ, provider: FORMAT) -> "bool" = to_boolean; }
        ToByte { (value: OBJ) -> "byte" = to_byte; (value: STR, fromBase: INT) -> "byte" = |_, _, a| from_base(a, Kind::Byte); }
        ToChar { (value: OBJ) -> "char" = to_char; }
        ToDateTime { (value: OBJ) -> "datetime" = to_date; (value: OBJ, provider: FORMAT) -> "datetime" = |shell, _, a| {
            let c = provider(shell, a, 1);
            match arg(a, 0).base().as_str() {
                Some(s) => {
                    let today = convert::today(shell);
                    crate::time::parse::date_time(s, c, 0, today).map(Value::date_time).map_err(|e| fail::format(e.message(s)))
                }
                None => change(shell, arg(a, 0), DATE),
            }
        }; }
        ToDecimal { (value: OBJ) -> "decimal" = to_decimal; (value: OBJ, provider: FORMAT) -> "decimal" = |shell, _, a| with_provider(shell, a, Kind::Decimal, DECIMAL); }
        ToDouble { (value: OBJ) -> "double" = to_double; (value: OBJ, provider: FORMAT) -> "double" = |shell, _, a| with_provider(shell, a, Kind::Double, DOUBLE); }
        ToHexString { (inArray: BYTES) -> "string" = |_, _, a| {
            Ok(Value::text(bytes_of(arg(a, 0)).iter().map(|b| format!("{b:02X}")).collect::<String>()))
        }; }
        ToHexStringLower { (inArray: BYTES) -> "string" = |_, _, a| {
            Ok(Value::text(bytes_of(arg(a, 0)).iter().map(|b| format!("{b:02x}")).collect::<String>()))
        }; }
        ToInt16 { (value: OBJ) -> "short" = to_int16; (value: STR, fromBase: INT) -> "short" = |_, _, a| from_base(a, Kind::Int16); }
        ToInt32 { (value: OBJ) -> "int" = to_int32; (value: STR, fromBase: INT) -> "int" = |_, _, a| from_base(a, Kind::Int32); }
        ToInt64 { (value: OBJ) -> "long" = to_int64; (value: STR, fromBase: INT) -> "long" = |_, _, a| from_base(a, Kind::Int64); }
        ToSByte { (value: OBJ) -> "sbyte" = to_sbyte; (value: STR, fromBase: INT) -> "sbyte" = |_, _, a| from_base(a, Kind::SByte); }
        ToSingle { (value: OBJ) -> "float" = to_single; (value: OBJ, provider: FORMAT) -> "float" = |shell, _, a| with_provider(shell, a, Kind::Single, FLOAT); }
        ToString {
            (value: OBJ) -> "string" = |shell, _, a| change(shell, arg(a, 0), STR);
            (value: BYTE, toBase: INT) -> "string" = |_, _, a| to_base(arg(a, 0), int_at(a, 1));
            (value: SHORT, toBase: INT) -> "string" = |_, _, a| to_base(arg(a, 0), int_at(a, 1));
            (value: INT, toBase: INT) -> "string" = |_, _, a| to_base(arg(a, 0), int_at(a, 1));
            (value: LONG, toBase: INT) -> "string" = |_, _, a| to_base(arg(a, 0), int_at(a, 1));
            (value: OBJ, provider: FORMAT) -> "string" = |shell, _, a| {
                let c = provider(shell, a, 1);
                Ok(Value::string(text::to_string_culture(arg(a, 0), c)))
            };
        }
        ToUInt16 { (value: OBJ) -> "ushort" = to_uint16; (value: STR, fromBase: INT) -> "ushort" = |_, _, a| from_base(a, Kind::UInt16); }
        ToUInt32 { (value: OBJ) -> "uint" = to_uint32; (value: STR, fromBase: INT) -> "uint" = |_, _, a| from_base(a, Kind::UInt32); }
        ToUInt64 { (value: OBJ) -> "ulong" = to_uint64; (value: STR, fromBase: INT) -> "ulong" = |_, _, a| from_base(a, Kind::UInt64); }
    },
    constructors: &[],
};

const TYPE_OF_TYPE: TypeRef = &exsh_core::types::RUNTIME_TYPE;

fn with_provider(shell: &mut dyn Shell, a: &[Value], kind: Kind, ty: TypeRef) -> Result<Value> {
    let c = provider(shell, a, 1);
    match arg(a, 0).base().as_str() {
        Some(s) => parse_number(s, kind, c),
        None => change(shell, arg(a, 0), ty),
    }
}

fn slice<const N: usize>(a: &[Value]) -> Result<[u8; N]> {
    let bytes = bytes_of(arg(a, 0));
    let from = int_at(a, 1).max(0) as usize;
    bytes.get(from..from.saturating_add(N)).and_then(|s| s.try_into().ok()).ok_or_else(|| {
        fail::argument("Destination array is not long enough to copy all the items in the collection. Check array index and length.", "value")
    })
}

fn hex_pairs(bytes: &[u8]) -> Value {
    Value::text(bytes.iter().map(|b| format!("{b:02X}")).collect::<Vec<_>>().join("-"))
}

const BITS: MemberTable = MemberTable {
    static_properties: properties! {
        IsLittleEndian: "bool" = |_, _| Ok(Value::TRUE);
    },
    static_methods: methods! {
        DoubleToInt64Bits { (value: DOUBLE) -> "long" = |_, _, a| Ok(Value::long(double_at(a, 0).to_bits() as i64)); }
        GetBytes {
            (value: BOOL) -> "byte[]" = |_, _, a| Ok(Value::bytes(&[bool_at(a, 0) as u8]));
            (value: CHAR) -> "byte[]" = |_, _, a| Ok(Value::bytes(&char_at(a, 0).to_le_bytes()));
            (value: SHORT) -> "byte[]" = |_, _, a| Ok(Value::bytes(&(long_of(arg(a, 0)) as i16).to_le_bytes()));
            (value: INT) -> "byte[]" = |_, _, a| Ok(Value::bytes(&(int_at(a, 0) as i32).to_le_bytes()));
            (value: LONG) -> "byte[]" = |_, _, a| Ok(Value::bytes(&long_of(arg(a, 0)).to_le_bytes()));
            (value: USHORT) -> "byte[]" = |_, _, a| Ok(Value::bytes(&(long_of(arg(a, 0)) as u16).to_le_bytes()));
            (value: UINT) -> "byte[]" = |_, _, a| Ok(Value::bytes(&(long_of(arg(a, 0)) as u32).to_le_bytes()));
            (value: ULONG) -> "byte[]" = |_, _, a| Ok(Value::bytes(&(long_of(arg(a, 0)) as u64).to_le_bytes()));
            (value: FLOAT) -> "byte[]" = |_, _, a| Ok(Value::bytes(&(double_at(a, 0) as f32).to_le_bytes()));
            (value: DOUBLE) -> "byte[]" = |_, _, a| Ok(Value::bytes(&double_at(a, 0).to_le_bytes()));
        }
        Int64BitsToDouble { (value: LONG) -> "double" = |_, _, a| Ok(Value::double(f64::from_bits(long_of(arg(a, 0)) as u64))); }
        ToBoolean { (value: BYTES, startIndex: INT) -> "bool" = |_, _, a| Ok(Value::bool(slice::<1>(a)?[0] != 0)); }
        ToDouble { (value: BYTES, startIndex: INT) -> "double" = |_, _, a| Ok(Value::double(f64::from_le_bytes(slice(a)?))); }
        ToInt16 { (value: BYTES, startIndex: INT) -> "short" = |_, _, a| Ok(Value::int16(i16::from_le_bytes(slice(a)?))); }
        ToInt32 { (value: BYTES, startIndex: INT) -> "int" = |_, _, a| Ok(Value::int(i32::from_le_bytes(slice(a)?))); }
        ToInt64 { (value: BYTES, startIndex: INT) -> "long" = |_, _, a| Ok(Value::long(i64::from_le_bytes(slice(a)?))); }
        ToSingle { (value: BYTES, startIndex: INT) -> "float" = |_, _, a| Ok(Value::single(f32::from_le_bytes(slice(a)?))); }
        ToString {
            (value: BYTES) -> "string" = |_, _, a| Ok(hex_pairs(&bytes_of(arg(a, 0))));
            (value: BYTES, startIndex: INT) -> "string" = |_, _, a| {
                let b = bytes_of(arg(a, 0));
                Ok(hex_pairs(b.get(int_at(a, 1).max(0) as usize..).unwrap_or(&[])))
            };
            (value: BYTES, startIndex: INT, length: INT) -> "string" = |_, _, a| {
                let b = bytes_of(arg(a, 0));
                let from = int_at(a, 1).max(0) as usize;
                Ok(hex_pairs(b.get(from..from.saturating_add(int_at(a, 2).max(0) as usize)).unwrap_or(&[])))
            };
        }
        ToUInt16 { (value: BYTES, startIndex: INT) -> "ushort" = |_, _, a| Ok(Value::uint16(u16::from_le_bytes(slice(a)?))); }
        ToUInt32 { (value: BYTES, startIndex: INT) -> "uint" = |_, _, a| Ok(Value::uint(u32::from_le_bytes(slice(a)?))); }
        ToUInt64 { (value: BYTES, startIndex: INT) -> "ulong" = |_, _, a| Ok(Value::ulong(u64::from_le_bytes(slice(a)?))); }
    },
    ..MemberTable::EMPTY
};
