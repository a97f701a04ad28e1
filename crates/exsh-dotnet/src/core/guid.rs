//! `System.Guid`.

use crate::convert::parse;
use crate::core::reference::{REF, assign};
use crate::sig::*;
use crate::{culture, fail, text};
use exsh_core::types::MemberTable;
use exsh_core::{Scalar, Shell, Value};

fn guid(v: &Value) -> u128 {
    match v.base().as_scalar().map(|s| &**s) {
        Some(Scalar::Guid(g)) => *g,
        _ => 0,
    }
}

fn value(g: u128) -> Value {
    Value::scalar(Scalar::Guid(g))
}

/// A new random GUID (version 4).
pub fn random(shell: &mut dyn Shell) -> Value {
    let mut bytes = [0u8; 16];
    shell.host().random(&mut bytes);
    let g = u128::from_be_bytes(bytes);
    value(g & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62)
}

/// .NET's byte order: the first three groups are little-endian.
fn bytes(g: u128) -> [u8; 16] {
    let mut b = g.to_be_bytes();
    b[0..4].reverse();
    b[4..6].reverse();
    b[6..8].reverse();
    b
}

pub static MEMBERS: MemberTable = MemberTable {
    properties: &[],
    methods: methods! {
        CompareTo {
            (value: GUID) -> "int" = |_, this, a| Ok(Value::int(guid(this).cmp(&guid(arg(a, 0))) as i32));
        }
        ToByteArray { () -> "byte[]" = |_, this, _| Ok(Value::bytes(&bytes(guid(this)))); }
        ToString {
            () -> "string" = |_, this, _| Ok(Value::text(text::guid_text(guid(this))));
            (format: STR) -> "string" = |_, this, a| {
                match text::format(this, &str_at(a, 0), culture::invariant()) {
                    Ok(Some(s)) => Ok(Value::text(s)),
                    Ok(None) => Ok(Value::NULL),
                    Err(e) => Err(fail::format(e)),
                }
            };
        }
    },
    static_properties: properties! {
        Empty: "guid" = |_, _| Ok(value(0));
        AllBitsSet: "guid" = |_, _| Ok(value(u128::MAX));
    },
    static_methods: methods! {
        NewGuid { () -> "guid" = |shell, _, _| Ok(random(shell)); }
        Parse {
            (input: STR) -> "guid" = |_, _, a| parse::guid(&str_at(a, 0)).map(value).map_err(fail::format);
        }
        TryParse {
            (input: STR, result: REF) -> "bool" = |shell, _, a| {
                let g = parse::guid(&str_at(a, 0));
                let ok = g.is_ok();
                assign(shell, arg(a, 1), value(g.unwrap_or(0)))?;
                Ok(Value::bool(ok))
            };
        }
    },
    constructors: constructors! {
        "guid";
        (g: STR) = |_, _, a| parse::guid(&str_at(a, 0)).map(value).map_err(fail::format);
        (b: BYTES) = |_, _, a| match <[u8; 16]>::try_from(bytes_of(arg(a, 0))) {
            Ok(b) => Ok(value(u128::from_be_bytes(bytes(u128::from_be_bytes(b))))),
            Err(_) => Err(fail::argument("Byte array for Guid must be exactly 16 bytes long.", "b")),
        };
    },
};
