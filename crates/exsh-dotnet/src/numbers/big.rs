//! `System.Numerics.BigInteger`: sign and magnitude in 32-bit words; small and plain, not fast.

use crate::convert::numeric;
use crate::culture::Culture;
use crate::fail;
use crate::number::{self, Num};
use crate::sig::*;
use exsh_core::types::{Kind, MemberTable, TypeInfo, TypeRef, VALUE_TYPE};
use exsh_core::{Object, Result, Value, View};
use std::any::Any;
use std::cmp::Ordering;

/// A big integer; zero is never negative, and the highest word is not zero.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Big {
    negative: bool,
    words: Vec<u32>,
}

pub static TYPE: TypeInfo = {
    let mut t = TypeInfo::basic("System.Numerics.BigInteger", Kind::BigInteger, Some(&VALUE_TYPE));
    t.interfaces = &["System.IComparable", "System.IFormattable"];
    t.from_value = Some(make);
    t
};

fn make(v: &Value) -> std::result::Result<Value, String> {
    match v.view() {
        View::Str(s) if s.is_empty() => Ok(value(Big::from_i128(0))),
        // A text goes through the number it reads as: past a decimal's digits that is a double.
        View::Str(s) if s.len() > 29 && s.bytes().all(|b| b.is_ascii_digit() || b == b'-') => {
            let d: f64 = s.parse().map_err(|_| "The value could not be parsed.")?;
            Ok(value(Big::from_f64(d)))
        }
        View::Str(s) => Big::parse(s).map(value).ok_or_else(|| "The value could not be parsed.".into()),
        View::Double(d) if d.is_nan() => Err("The value is not a number.".into()),
        View::Double(d) if d.is_infinite() => Err("BigInteger cannot represent infinity.".into()),
        View::Double(d) => Ok(value(Big::from_f64(d))),
        View::Single(s) => Ok(value(Big::from_f64(s as f64))),
        _ => match (numeric::to_decimal(v), numeric::integral(v)) {
            (_, Some(i)) => Ok(value(Big::from_i128(i))),
            (Ok(d), None) => Ok(value(Big::from_i128(d.trunc().mantissa()))),
            _ => Err(String::new()),
        },
    }
}

pub fn value(b: Big) -> Value {
    Value::object(b)
}

/// The big integer in a value.
pub fn of(v: &Value) -> Option<&Big> {
    match v.view() {
        View::Object(o) => o.downcast::<Big>(),
        _ => None,
    }
}

/// Any number as a big integer, cut to its whole part.
pub fn from_number(v: &Value) -> Big {
    let base = v.base();
    if let Some(b) = of(base) {
        return b.clone();
    }
    match base.view() {
        View::Double(d) => Big::from_f64(d),
        View::Single(s) => Big::from_f64(s as f64),
        _ => match numeric::integral(base) {
            Some(i) => Big::from_i128(i),
            None => numeric::to_decimal(base)
                .map_or_else(|_| Big::from_i128(0), |d| Big::from_i128(d.trunc().mantissa())),
        },
    }
}

impl Object for Big {
    fn type_info(&self) -> TypeRef {
        &TYPE
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.text())
    }
    fn key_equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<Big>() == Some(self)
    }
    fn key_hash(&self) -> Option<u64> {
        Some(self.words.iter().fold(self.negative as u64, |h, &w| h.wrapping_mul(31).wrapping_add(w as u64)))
    }
    fn compare(&self, other: &Value) -> Option<Ordering> {
        of(other).map(|o| self.cmp(o))
    }
}

impl PartialOrd for Big {
    fn partial_cmp(&self, other: &Big) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Big {
    fn cmp(&self, other: &Big) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => magnitude_order(&self.words, &other.words),
            (true, true) => magnitude_order(&other.words, &self.words),
        }
    }
}

fn magnitude_order(a: &[u32], b: &[u32]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

impl Big {
    fn new(negative: bool, mut words: Vec<u32>) -> Big {
        while words.last() == Some(&0) {
            words.pop();
        }
        Big { negative: negative && !words.is_empty(), words }
    }

    pub fn from_i128(i: i128) -> Big {
        let m = i.unsigned_abs();
        Big::new(i < 0, vec![m as u32, (m >> 32) as u32, (m >> 64) as u32, (m >> 96) as u32])
    }

    pub fn from_f64(d: f64) -> Big {
        let d = d.trunc();
        if !d.is_finite() || d == 0.0 {
            return Big::new(false, Vec::new());
        }
        let bits = d.abs().to_bits();
        let exponent = (bits >> 52) as i64 - 1075;
        let mantissa = (bits & ((1 << 52) - 1)) | 1 << 52;
        let m = Big::from_i128(mantissa as i128).shift(exponent);
        Big { negative: d < 0.0, ..m }
    }

    pub fn parse(text: &str) -> Option<Big> {
        let t = text.trim();
        if let Some(h) = t.strip_prefix("0x").or(t.strip_prefix("0X")) {
            let i = i128::from_str_radix(h, 16).ok()?;
            return Some(Big::from_i128(i));
        }
        let (negative, digits) = match t.strip_prefix('-') {
            Some(r) => (true, r),
            None => (false, t.strip_prefix('+').unwrap_or(t)),
        };
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            // A real number goes through a double.
            let d =
                number::parse::double(t, number::parse::style::FLOAT, crate::culture::invariant()).ok()?;
            return d.is_finite().then(|| Big::from_f64(d));
        }
        let mut words: Vec<u32> = Vec::new();
        for b in digits.bytes() {
            let mut carry = (b - b'0') as u64;
            for w in &mut words {
                let n = *w as u64 * 10 + carry;
                *w = n as u32;
                carry = n >> 32;
            }
            if carry > 0 {
                words.push(carry as u32);
            }
        }
        Some(Big::new(negative, words))
    }

    pub fn is_zero(&self) -> bool {
        self.words.is_empty()
    }

    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// Decimal digits without the sign.
    fn digits(&self) -> String {
        if self.words.is_empty() {
            return "0".into();
        }
        let mut words = self.words.clone();
        let mut parts = Vec::new();
        while !words.is_empty() {
            let mut rest = 0u64;
            for w in words.iter_mut().rev() {
                let n = rest << 32 | *w as u64;
                *w = (n / 1_000_000_000) as u32;
                rest = n % 1_000_000_000;
            }
            parts.push(rest);
            while words.last() == Some(&0) {
                words.pop();
            }
        }
        let mut out = parts.pop().unwrap_or(0).to_string();
        for p in parts.iter().rev() {
            out.push_str(&format!("{p:09}"));
        }
        out
    }

    pub fn text(&self) -> String {
        format!("{}{}", if self.negative { "-" } else { "" }, self.digits())
    }

    pub fn format(&self, format: &str, culture: &Culture) -> std::result::Result<String, String> {
        if let Some(rest) = format.strip_prefix(['X', 'x']) {
            return Ok(self.hex(format.starts_with('X'), rest.parse().unwrap_or(0)));
        }
        if format.starts_with(['G', 'g', 'R', 'r']) {
            return Ok(self.text());
        }
        let digits = self.digits();
        number::format(Num::Big(self.negative, &digits), format, culture)
            .map_err(|_| "Format specifier was invalid.".to_string())
    }

    /// Two's complement; a leading zero keeps a positive number positive.
    fn hex(&self, upper: bool, width: usize) -> String {
        let mut bytes = self.to_bytes();
        bytes.reverse();
        let mut s: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
        let trimmed = match self.negative {
            false => {
                let t = s.trim_start_matches('0');
                if t.starts_with(|c: char| c >= '8') || t.is_empty() {
                    format!("0{t}")
                } else {
                    t.to_string()
                }
            }
            true => {
                let t = s.trim_start_matches('f');
                if t.starts_with(|c: char| c >= '8') { t.to_string() } else { format!("f{t}") }
            }
        };
        s = trimmed;
        if s.len() < width {
            s.insert_str(0, &(if self.negative { "f" } else { "0" }).repeat(width - s.len()));
        }
        if upper { s.to_uppercase() } else { s }
    }

    /// Little-endian two's complement, as short as the sign allows.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes: Vec<u8> = self.words.iter().flat_map(|w| w.to_le_bytes()).collect();
        bytes.push(0);
        if self.negative {
            let mut carry = true;
            for b in &mut bytes {
                let (n, c) = (!*b).overflowing_add(carry as u8);
                *b = n;
                carry = c;
            }
        }
        let fill = if self.negative { 0xff } else { 0 };
        while bytes.len() > 1 && bytes[bytes.len() - 1] == fill && (bytes[bytes.len() - 2] ^ fill) & 0x80 == 0
        {
            bytes.pop();
        }
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Big {
        let negative = bytes.last().is_some_and(|b| b & 0x80 != 0);
        let fill = if negative { 0xff } else { 0 };
        let mut words: Vec<u32> = bytes
            .chunks(4)
            .map(|c| {
                let mut w = [fill; 4];
                w[..c.len()].copy_from_slice(c);
                u32::from_le_bytes(w)
            })
            .collect();
        if negative {
            let mut carry = true;
            for w in &mut words {
                let (n, c) = (!*w).overflowing_add(carry as u32);
                *w = n;
                carry = c;
            }
        }
        Big::new(negative, words)
    }

    /// Combines two's complements bit by bit.
    pub fn bits(&self, other: &Big, f: fn(u8, u8) -> u8) -> Big {
        let (a, b) = (self.to_bytes(), other.to_bytes());
        let fill = |x: &Big| if x.negative { 0xff } else { 0 };
        let n = a.len().max(b.len()) + 1;
        let all: Vec<u8> =
            (0..n).map(|i| f(*a.get(i).unwrap_or(&fill(self)), *b.get(i).unwrap_or(&fill(other)))).collect();
        Big::from_bytes(&all)
    }

    pub fn to_i128(&self) -> Option<i128> {
        if self.words.len() > 4 {
            return None;
        }
        let m = self.words.iter().rev().fold(0u128, |m, &w| m << 32 | w as u128);
        if self.negative {
            (m <= 1 << 127).then(|| (m as i128).wrapping_neg())
        } else {
            i128::try_from(m).ok()
        }
    }

    pub fn to_f64(&self) -> f64 {
        self.text().parse().unwrap_or(f64::INFINITY)
    }

    pub fn add(&self, other: &Big) -> Big {
        if self.negative == other.negative {
            return Big::new(self.negative, sum(&self.words, &other.words));
        }
        match magnitude_order(&self.words, &other.words) {
            Ordering::Less => Big::new(other.negative, difference(&other.words, &self.words)),
            _ => Big::new(self.negative, difference(&self.words, &other.words)),
        }
    }

    pub fn subtract(&self, other: &Big) -> Big {
        self.add(&other.negate())
    }

    pub fn negate(&self) -> Big {
        Big::new(!self.negative, self.words.clone())
    }

    pub fn multiply(&self, other: &Big) -> Big {
        let mut out = vec![0u32; self.words.len() + other.words.len()];
        for (i, &a) in self.words.iter().enumerate() {
            let mut carry = 0u64;
            for (j, &b) in other.words.iter().enumerate() {
                let n = a as u64 * b as u64 + out[i + j] as u64 + carry;
                out[i + j] = n as u32;
                carry = n >> 32;
            }
            out[i + other.words.len()] = carry as u32;
        }
        Big::new(self.negative != other.negative, out)
    }

    /// Quotient towards zero, and remainder with the sign of `self`. The divisor must not be zero.
    pub fn divide(&self, other: &Big) -> (Big, Big) {
        if magnitude_order(&self.words, &other.words) == Ordering::Less {
            return (Big::new(false, Vec::new()), self.clone());
        }
        let mut quotient = vec![0u32; self.words.len()];
        let mut rest = Big::new(false, Vec::new());
        let divisor = Big::new(false, other.words.clone());
        for bit in (0..self.words.len() * 32).rev() {
            rest = rest.shift(1);
            if self.words[bit / 32] >> (bit % 32) & 1 == 1 {
                rest = rest.add(&Big::from_i128(1));
            }
            if rest >= divisor {
                rest = rest.subtract(&divisor);
                quotient[bit / 32] |= 1 << (bit % 32);
            }
        }
        (Big::new(self.negative != other.negative, quotient), Big::new(self.negative, rest.words))
    }

    pub fn pow(&self, mut exponent: u32) -> Big {
        let mut base = self.clone();
        let mut out = Big::from_i128(1);
        while exponent > 0 {
            if exponent & 1 == 1 {
                out = out.multiply(&base);
            }
            base = base.multiply(&base);
            exponent >>= 1;
        }
        out
    }

    /// Left for positive counts; right rounds towards minus infinity.
    ///
    /// A shift that could not be held gives zero; callers test [`MAX_SHIFT`] first.
    pub fn shift(&self, by: i64) -> Big {
        if by >= 0 {
            if by > MAX_SHIFT {
                return Big::new(false, Vec::new());
            }
            let (whole, part) = (by as usize / 32, by as u32 % 32);
            let mut words = vec![0u32; whole];
            let mut carry = 0u64;
            for &w in &self.words {
                let n = (w as u64) << part | carry;
                words.push(n as u32);
                carry = n >> 32;
            }
            words.push(carry as u32);
            return Big::new(self.negative, words);
        }
        let by = by.unsigned_abs();
        let (whole, part) = (by as usize / 32, by as u32 % 32);
        if whole >= self.words.len() {
            return if self.negative { Big::from_i128(-1) } else { Big::new(false, Vec::new()) };
        }
        let lost = self.words[..whole].iter().any(|&w| w != 0)
            || (part > 0 && self.words[whole] << (32 - part) != 0);
        let words: Vec<u32> = (whole..self.words.len())
            .map(|i| {
                let low = self.words[i] >> part;
                let high = if part > 0 { self.words.get(i + 1).map_or(0, |w| w << (32 - part)) } else { 0 };
                low | high
            })
            .collect();
        let out = Big::new(self.negative, words);
        if self.negative && lost { out.subtract(&Big::from_i128(1)) } else { out }
    }
}

/// Bits beyond which .NET gives up, too.
pub const MAX_SHIFT: i64 = 1 << 26;

fn sum(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut out = Vec::with_capacity(a.len().max(b.len()) + 1);
    let mut carry = 0u64;
    for i in 0..a.len().max(b.len()) {
        let n = *a.get(i).unwrap_or(&0) as u64 + *b.get(i).unwrap_or(&0) as u64 + carry;
        out.push(n as u32);
        carry = n >> 32;
    }
    out.push(carry as u32);
    out
}

/// `a - b` of magnitudes, `a` the larger.
fn difference(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut out = Vec::with_capacity(a.len());
    let mut borrow = 0i64;
    for (i, &digit) in a.iter().enumerate() {
        let mut n = digit as i64 - *b.get(i).unwrap_or(&0) as i64 - borrow;
        borrow = i64::from(n < 0);
        if n < 0 {
            n += 1 << 32;
        }
        out.push(n as u32);
    }
    out
}

fn b(a: &[Value], i: usize) -> Big {
    from_number(arg(a, i))
}

fn nonzero(x: Big) -> Result<Big> {
    if x.is_zero() {
        return Err(fail::thrown("System.DivideByZeroException", "Attempted to divide by zero."));
    }
    Ok(x)
}

const BIG: TypeRef = &TYPE;

pub static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        IsEven: "bool" = |_, v| Ok(Value::bool(from_number(v).words.first().is_none_or(|w| w % 2 == 0)));
        IsOne: "bool" = |_, v| Ok(Value::bool(from_number(v) == Big::from_i128(1)));
        IsPowerOfTwo: "bool" = |_, v| {
            let x = from_number(v);
            Ok(Value::bool(!x.negative && x.words.iter().map(|w| w.count_ones()).sum::<u32>() == 1))
        };
        IsZero: "bool" = |_, v| Ok(Value::bool(from_number(v).is_zero()));
        Sign: "int" = |_, v| Ok(Value::int(from_number(v).cmp(&Big::from_i128(0)) as i32));
    },
    methods: methods! {
        CompareTo { (other: BIG) -> "int" = |_, v, a| Ok(Value::int(from_number(v).cmp(&b(a, 0)) as i32)); }
        ToByteArray { () -> "byte[]" = |_, v, _| Ok(Value::bytes(&from_number(v).to_bytes())); }
        ToString {
            () -> "string" = |_, v, _| Ok(Value::text(from_number(v).text()));
            (format: STR) -> "string" = |shell, v, a| super::to_string(shell, v, a);
            (provider: crate::core::culture_info::FORMAT) -> "string" = |shell, v, a| super::to_string(shell, v, a);
            (format: STR, provider: crate::core::culture_info::FORMAT) -> "string" = |shell, v, a| super::to_string(shell, v, a);
        }
    },
    static_properties: properties! {
        MinusOne: "bigint" = |_, _| Ok(value(Big::from_i128(-1)));
        One: "bigint" = |_, _| Ok(value(Big::from_i128(1)));
        Zero: "bigint" = |_, _| Ok(value(Big::from_i128(0)));
    },
    static_methods: methods! {
        Abs { (value: BIG) -> "bigint" = |_, _, a| Ok(value(Big::new(false, b(a, 0).words))); }
        Add { (left: BIG, right: BIG) -> "bigint" = |_, _, a| Ok(value(b(a, 0).add(&b(a, 1)))); }
        Compare { (left: BIG, right: BIG) -> "int" = |_, _, a| Ok(Value::int(b(a, 0).cmp(&b(a, 1)) as i32)); }
        Divide { (dividend: BIG, divisor: BIG) -> "bigint" = |_, _, a| Ok(value(b(a, 0).divide(&nonzero(b(a, 1))?).0)); }
        GreatestCommonDivisor { (left: BIG, right: BIG) -> "bigint" = |_, _, a| {
            let (mut x, mut y) = (Big::new(false, b(a, 0).words), Big::new(false, b(a, 1).words));
            while !y.is_zero() {
                (x, y) = (y.clone(), x.divide(&y).1);
            }
            Ok(value(x))
        }; }
        Log10 { (value: BIG) -> "double" = |_, _, a| Ok(Value::double(b(a, 0).to_f64().log10())); }
        Max { (left: BIG, right: BIG) -> "bigint" = |_, _, a| Ok(value(b(a, 0).max(b(a, 1)))); }
        Min { (left: BIG, right: BIG) -> "bigint" = |_, _, a| Ok(value(b(a, 0).min(b(a, 1)))); }
        ModPow { (value: BIG, exponent: BIG, modulus: BIG) -> "bigint" = |_, _, a| {
            let m = nonzero(b(a, 2))?;
            let (mut base, mut e) = (b(a, 0).divide(&m).1, b(a, 1));
            let mut out = Big::from_i128(1);
            while !e.is_zero() {
                if e.words[0] & 1 == 1 {
                    out = out.multiply(&base).divide(&m).1;
                }
                base = base.multiply(&base).divide(&m).1;
                e = e.shift(-1);
            }
            Ok(value(out))
        }; }
        Multiply { (left: BIG, right: BIG) -> "bigint" = |_, _, a| Ok(value(b(a, 0).multiply(&b(a, 1)))); }
        Negate { (value: BIG) -> "bigint" = |_, _, a| Ok(value(b(a, 0).negate())); }
        Parse { (value: STR) -> "bigint" = |_, _, a| {
            let s = str_at(a, 0);
            Big::parse(&s).map(value).ok_or_else(|| fail::format("The value could not be parsed."))
        }; }
        Pow { (value: BIG, exponent: INT) -> "bigint" = |_, _, a| match u32::try_from(int_at(a, 1)) {
            Ok(e) => Ok(value(b(a, 0).pow(e))),
            Err(_) => Err(fail::negative("exponent", int_at(a, 1))),
        }; }
        Remainder { (dividend: BIG, divisor: BIG) -> "bigint" = |_, _, a| Ok(value(b(a, 0).divide(&nonzero(b(a, 1))?).1)); }
        Subtract { (left: BIG, right: BIG) -> "bigint" = |_, _, a| Ok(value(b(a, 0).subtract(&b(a, 1)))); }
        TryParse { (value: STR, result: crate::core::reference::REF) -> "bool" = |shell, _, a| {
            let p = Big::parse(&str_at(a, 0));
            let ok = p.is_some();
            crate::core::reference::assign(shell, arg(a, 1), value(p.unwrap_or_else(|| Big::from_i128(0))))?;
            Ok(Value::bool(ok))
        }; }
    },
    constructors: constructors! {
        "bigint";
        (value: BYTES) = |_, _, a| Ok(value(Big::from_bytes(&bytes_of(arg(a, 0)))));
        (value: LONG) = |_, _, a| Ok(value(b(a, 0)));
        (value: ULONG) = |_, _, a| Ok(value(b(a, 0)));
        (value: DOUBLE) = |_, _, a| Ok(value(b(a, 0)));
        (value: DECIMAL) = |_, _, a| Ok(value(b(a, 0)));
        () = |_, _, _| Ok(value(Big::from_i128(0)));
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_agrees_with_small_numbers() {
        for a in [-1_000_000_007i128, -5, 0, 3, 4_294_967_296, 1 << 90] {
            for b in [-4_294_967_297i128, -2, 1, 7, 1 << 40] {
                let (x, y) = (Big::from_i128(a), Big::from_i128(b));
                assert_eq!(x.add(&y).to_i128(), Some(a + b));
                assert_eq!(x.subtract(&y).to_i128(), Some(a - b));
                assert_eq!(x.divide(&y).0.to_i128(), Some(a / b), "{a} / {b}");
                assert_eq!(x.divide(&y).1.to_i128(), Some(a % b));
                assert_eq!(x.cmp(&y), a.cmp(&b));
                assert_eq!(Big::parse(&x.text()), Some(x.clone()));
                assert_eq!(Big::from_bytes(&x.to_bytes()), x);
            }
            assert_eq!(Big::from_i128(a).shift(-3).to_i128(), Some(a >> 3));
        }
        // Observed.
        assert_eq!(Big::from_i128(2).pow(100).text(), "1267650600228229401496703205376");
        assert_eq!(Big::from_i128(255).hex(true, 0), "0FF");
        assert_eq!(Big::from_f64(1e20).text(), "100000000000000000000");
    }
}
