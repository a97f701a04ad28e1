//! The eight integer types.

use super::to_string;
use crate::convert::numeric::{self, overflow_message};
use crate::convert::parse::format_message;
use crate::core::culture_info::{FORMAT, of};
use crate::core::reference::{REF, assign};
use crate::number::parse::{Failure, integer, style};
use crate::sig::*;
use crate::types::enums;
use crate::{culture, fail};
use exsh_core::types::{Kind, MemberTable};
use exsh_core::{Result, Shell, Value};

fn parse(shell: &mut dyn Shell, a: &[Value], kind: Kind) -> Result<Value> {
    let s = str_at(a, 0);
    // `(text)`, `(text, styles)`, `(text, provider)`, `(text, styles, provider)`.
    let styles = a.get(1).and_then(|v| v.base().as_enum()).map_or(style::INTEGER, |e| e.number as u32);
    let c = a[1.min(a.len())..].iter().find_map(of).unwrap_or_else(|| culture::current(shell));
    let (bits, signed) = numeric::width(kind).unwrap_or((32, true));
    match integer(&s, styles, c, bits, signed) {
        Ok(i) => Ok(numeric::of_integer(i, kind).unwrap_or(Value::NULL)),
        Err(Failure::Format) => Err(fail::format(format_message(&s))),
        Err(Failure::Overflow) => Err(fail::overflow(overflow_message(kind))),
    }
}

fn try_parse(shell: &mut dyn Shell, a: &[Value], kind: Kind) -> Result<Value> {
    let place = a.len() - 1;
    let parsed = parse(shell, &a[..place], kind);
    let ok = parsed.is_ok();
    let zero = numeric::of_integer(0, kind).unwrap_or(Value::NULL);
    assign(shell, &a[place], parsed.unwrap_or(zero))?;
    Ok(Value::bool(ok))
}

fn compare(v: &Value, a: &[Value]) -> Result<Value> {
    let (x, y) = (numeric::integral(v.base()), numeric::integral(arg(a, 0).base()));
    Ok(Value::int(x.cmp(&y) as i32))
}

macro_rules! integer_table {
    ($name:ident, $kind:ident, $ty:ident, $text:literal, $code:literal) => {
        pub static $name: MemberTable = MemberTable {
            properties: &[],
            methods: methods! {
                CompareTo {
                    (value: $ty) -> "int" = |_, v, a| compare(v, a);
                    (value: OBJ) -> "int" = |_, v, a| match arg(a, 0).is_null() {
                        true => Ok(Value::int(1)),
                        false if arg(a, 0).base().kind() == Kind::$kind => compare(v, a),
                        false => Err(fail::thrown(
                            "System.ArgumentException",
                            concat!("Object must be of type ", stringify!($kind), "."),
                        )),
                    };
                }
                GetTypeCode { () -> "System.TypeCode" = |_, _, _| Ok(Value::enumeration(&enums::TYPE_CODE, $code)); }
                ToString {
                    () -> "string" = |shell, v, a| to_string(shell, v, a);
                    (format: STR) -> "string" = |shell, v, a| to_string(shell, v, a);
                    (provider: FORMAT) -> "string" = |shell, v, a| to_string(shell, v, a);
                    (format: STR, provider: FORMAT) -> "string" = |shell, v, a| to_string(shell, v, a);
                }
                ToBoolean { (provider: FORMAT) -> "bool" = |_, v, _| Ok(Value::bool(crate::convert::to_bool(v))); }
                ToInt32 { (provider: FORMAT) -> "int" = |shell, v, _| crate::text::convert_type::change(shell, v, INT); }
                ToInt64 { (provider: FORMAT) -> "long" = |shell, v, _| crate::text::convert_type::change(shell, v, LONG); }
                ToDouble { (provider: FORMAT) -> "double" = |shell, v, _| crate::text::convert_type::change(shell, v, DOUBLE); }
                ToDecimal { (provider: FORMAT) -> "decimal" = |shell, v, _| crate::text::convert_type::change(shell, v, DECIMAL); }
            },
            static_properties: properties! {
                MaxValue: $text = |_, _| Ok(limit(Kind::$kind, true));
                MinValue: $text = |_, _| Ok(limit(Kind::$kind, false));
            },
            static_methods: methods! {
                Abs { (value: $ty) -> $text = |_, _, a| super::math::abs_integer(arg(a, 0)); }
                Clamp { (value: $ty, min: $ty, max: $ty) -> $text = |_, _, a| super::math::clamp(a); }
                IsEvenInteger { (value: $ty) -> "bool" = |_, _, a| Ok(Value::bool(long_of(arg(a, 0)) % 2 == 0)); }
                IsOddInteger { (value: $ty) -> "bool" = |_, _, a| Ok(Value::bool(long_of(arg(a, 0)) % 2 != 0)); }
                Max { (x: $ty, y: $ty) -> $text = |_, _, a| super::math::larger(a, true); }
                Min { (x: $ty, y: $ty) -> $text = |_, _, a| super::math::larger(a, false); }
                Parse {
                    (s: STR) -> $text = |shell, _, a| parse(shell, a, Kind::$kind);
                    (s: STR, style: &enums::NUMBER_STYLES) -> $text = |shell, _, a| parse(shell, a, Kind::$kind);
                    (s: STR, provider: FORMAT) -> $text = |shell, _, a| parse(shell, a, Kind::$kind);
                    (s: STR, style: &enums::NUMBER_STYLES, provider: FORMAT) -> $text = |shell, _, a| parse(shell, a, Kind::$kind);
                }
                TryParse {
                    (s: STR, result: REF) -> "bool" = |shell, _, a| try_parse(shell, a, Kind::$kind);
                    (s: STR, provider: FORMAT, result: REF) -> "bool" = |shell, _, a| try_parse(shell, a, Kind::$kind);
                    (s: STR, style: &enums::NUMBER_STYLES, provider: FORMAT, result: REF) -> "bool" = |shell, _, a| try_parse(shell, a, Kind::$kind);
                }
            },
            constructors: &[],
        };
    };
}

fn limit(kind: Kind, top: bool) -> Value {
    let (bits, signed) = numeric::width(kind).unwrap_or((32, true));
    let max: i128 = if signed { (1 << (bits - 1)) - 1 } else { (1i128 << bits) - 1 };
    let n = match (top, signed) {
        (true, _) => max,
        (false, true) => -max - 1,
        (false, false) => 0,
    };
    numeric::of_integer(n, kind).unwrap_or(Value::NULL)
}

integer_table!(SBYTE_MEMBERS, SByte, SBYTE, "sbyte", 5);
integer_table!(BYTE_MEMBERS, Byte, BYTE, "byte", 6);
integer_table!(INT16_MEMBERS, Int16, SHORT, "short", 7);
integer_table!(UINT16_MEMBERS, UInt16, USHORT, "ushort", 8);
integer_table!(INT32_MEMBERS, Int32, INT, "int", 9);
integer_table!(UINT32_MEMBERS, UInt32, UINT, "uint", 10);
integer_table!(INT64_MEMBERS, Int64, LONG, "long", 11);
integer_table!(UINT64_MEMBERS, UInt64, ULONG, "ulong", 12);
