//! ByteQuantifiedSize and Unlimited: how sizes are read and shown.
//!
//! Text form `256 KB (262,144 bytes)` (captured on connectors): the largest unit that leaves at least one, four digits
//! that count; nothing is `0 B (0 bytes)` (inferred).

use exsh_core::cmdlet::FromValue;
use exsh_core::object::Object;
use exsh_core::types::{MemberTable, Method, Overload, Property, TypeInfo, TypeRef};
use exsh_core::value::{Value, View};
use exsh_state::model::Quota;
use std::any::Any;

/// A size parameter: bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size(pub u64);

/// A size parameter that may have no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnlimitedSize(pub Quota);

/// A size as a property's value: a plain one, or one whose type allows for no limit.
pub struct SizeObject {
    quota: Quota,
    ty: TypeRef,
}

const UNITS: [(&str, u32); 5] = [("TB", 40), ("GB", 30), ("MB", 20), ("KB", 10), ("B", 0)];

/// `10 MB (10,485,760 bytes)`.
pub fn show(bytes: u64) -> String {
    let (unit, shift) =
        UNITS.iter().copied().find(|(_, shift)| bytes >> shift > 0).unwrap_or(UNITS[UNITS.len() - 1]);
    let amount = bytes as f64 / (1u64 << shift) as f64;
    let places = match amount {
        a if a >= 999.5 => 0,
        a if a >= 99.95 => 1,
        a if a >= 9.995 => 2,
        _ => 3,
    };
    let number = format!("{amount:.places$}");
    let number =
        if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { &number };
    format!("{number} {unit} ({} bytes)", grouped(bytes))
}

/// Reads `10485760`, `10MB`, `10 MB`, `1.5GB` and what [`show`] writes; without a unit bytes are meant.
pub fn parse(text: &str) -> Option<u64> {
    let text = text.trim();
    let text = match text.split_once('(') {
        Some((head, tail)) if tail.ends_with("bytes)") => head.trim(),
        Some(_) => return None,
        None => text,
    };
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let number = number.replace(',', "");
    let shift = match unit.trim() {
        "" => 0,
        unit => UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit))?.1,
    };
    if let Ok(whole) = number.parse::<u64>() {
        return whole.checked_mul(1u64 << shift);
    }
    let amount = number.parse::<f64>().ok().filter(|a| a.is_finite() && *a >= 0.0)? * (1u64 << shift) as f64;
    (amount < u64::MAX as f64).then_some(amount as u64)
}

impl SizeObject {
    /// ByteQuantifiedSize.
    pub fn size(bytes: u64) -> Value {
        Value::object(SizeObject { quota: Quota::Bytes(bytes), ty: &BYTE_QUANTIFIED_SIZE })
    }

    /// Unlimited, with or without a limit.
    pub fn unlimited(quota: Quota) -> Value {
        Value::object(SizeObject { quota, ty: &UNLIMITED })
    }

    fn bytes(&self) -> Option<u64> {
        match self.quota {
            Quota::Unlimited => None,
            Quota::Bytes(bytes) => Some(bytes),
        }
    }
}

impl Object for SizeObject {
    fn type_info(&self) -> TypeRef {
        self.ty
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.bytes().map_or_else(|| "Unlimited".to_owned(), show))
    }
    fn key_equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<SizeObject>().is_some_and(|o| o.quota == self.quota)
    }
    fn key_hash(&self) -> Option<u64> {
        Some(self.bytes().unwrap_or(u64::MAX))
    }
    fn compare(&self, other: &Value) -> Option<std::cmp::Ordering> {
        let other = read(other).ok()?;
        let rank = |q: Quota| match q {
            Quota::Bytes(b) => u128::from(b),
            Quota::Unlimited => u128::MAX,
        };
        Some(rank(self.quota).cmp(&rank(other)))
    }
}

macro_rules! in_unit {
    ($name:literal, $shift:literal) => {
        Method {
            name: $name,
            overloads: &[Overload {
                parameters: &[],
                returns: "ulong",
                call: |_, this, _| {
                    let bytes = this.downcast::<SizeObject>().and_then(SizeObject::bytes);
                    Ok(bytes.map_or(Value::NULL, |b| Value::ulong(b >> $shift)))
                },
            }],
        }
    };
}

const SIZE_MEMBERS: MemberTable = MemberTable {
    methods: &[
        in_unit!("ToBytes", 0),
        in_unit!("ToKB", 10),
        in_unit!("ToMB", 20),
        in_unit!("ToGB", 30),
        in_unit!("ToTB", 40),
    ],
    ..MemberTable::EMPTY
};

pub static BYTE_QUANTIFIED_SIZE: TypeInfo =
    TypeInfo::class("Microsoft.Exchange.Data.ByteQuantifiedSize", SIZE_MEMBERS).made_by(make_size);

const UNLIMITED_MEMBERS: MemberTable = MemberTable::of_properties(&[
    Property::new("IsUnlimited", "bool", |_, this| {
        Ok(Value::bool(this.downcast::<SizeObject>().is_some_and(|s| s.quota == Quota::Unlimited)))
    }),
    Property::new("Value", "ByteQuantifiedSize", |_, this| {
        let bytes = this.downcast::<SizeObject>().and_then(SizeObject::bytes);
        Ok(bytes.map_or(Value::NULL, SizeObject::size))
    }),
]);

pub static UNLIMITED: TypeInfo =
    TypeInfo::class("Microsoft.Exchange.Data.Unlimited", UNLIMITED_MEMBERS).made_by(make_unlimited);

impl FromValue for Size {
    const TYPE: TypeRef = &BYTE_QUANTIFIED_SIZE;
    fn from_value(value: &Value) -> Option<Size> {
        value.downcast::<SizeObject>().and_then(SizeObject::bytes).map(Size)
    }
}

impl FromValue for UnlimitedSize {
    const TYPE: TypeRef = &UNLIMITED;
    fn from_value(value: &Value) -> Option<UnlimitedSize> {
        value.downcast::<SizeObject>().map(|s| UnlimitedSize(s.quota))
    }
}

fn make_size(value: &Value) -> Result<Value, String> {
    match read(value)? {
        Quota::Unlimited => {
            Err("\"Unlimited\" isn't a size. Give a number of bytes, or one with KB, MB, GB or TB."
                .to_owned())
        }
        Quota::Bytes(bytes) => Ok(SizeObject::size(bytes)),
    }
}

fn make_unlimited(value: &Value) -> Result<Value, String> {
    Ok(SizeObject::unlimited(read(value)?))
}

fn read(value: &Value) -> Result<Quota, String> {
    if let Some(size) = value.downcast::<SizeObject>() {
        return Ok(size.quota);
    }
    // A number of PowerShell (`10MB` without quotes is one) is bytes.
    if let View::Double(d) = value.base().view() {
        return match d >= 0.0 && d < u64::MAX as f64 {
            true => Ok(Quota::Bytes(d as u64)),
            false => Err(format!("{d} isn't a number of bytes.")),
        };
    }
    let text = exsh_dotnet::text::to_text(value);
    if text.as_str().trim().eq_ignore_ascii_case("unlimited") {
        return Ok(Quota::Unlimited);
    }
    parse(text.as_str()).map(Quota::Bytes).ok_or_else(|| {
        format!("The value \"{text}\" isn't a size. Give a number of bytes, or one with B, KB, MB, GB or TB, such as 10MB.")
    })
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: captured connectors (36 MB, 256 KB); the others follow the same rule.
    #[test]
    fn sizes_show_their_largest_unit_and_all_bytes() {
        assert_eq!(show(36 << 20), "36 MB (37,748,736 bytes)");
        assert_eq!(show(256 << 10), "256 KB (262,144 bytes)");
        assert_eq!(show(0), "0 B (0 bytes)");
        assert_eq!(show(1023), "1023 B (1,023 bytes)");
        assert_eq!(show(1_610_612_736), "1.5 GB (1,610,612,736 bytes)");
        assert_eq!(show(2000), "1.953 KB (2,000 bytes)");
    }

    #[test]
    fn sizes_are_read_with_and_without_units() {
        for (text, bytes) in [
            ("0", 0),
            ("10485760", 10 << 20),
            ("10MB", 10 << 20),
            ("10 mb", 10 << 20),
            ("1.5GB", 1_610_612_736),
            ("256 KB (262,144 bytes)", 256 << 10),
            ("12 B", 12),
        ] {
            assert_eq!(parse(text), Some(bytes), "{text}");
        }
        for bad in ["", "MB", "-1", "1 XB", "1.2.3", "99999999TB", "1 (2)"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
