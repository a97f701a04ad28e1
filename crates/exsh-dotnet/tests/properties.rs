//! Round trips and agreement with simple models.

mod support;

use exsh_core::types::{HASHTABLE, Kind};
use exsh_core::value::KeyMode;
use exsh_core::{Str, Table, Value};
use exsh_dotnet::convert::{self, parse};
use exsh_dotnet::number::{self, Num};
use exsh_dotnet::ops::arithmetic;
use exsh_dotnet::ops::pattern::Wildcard;
use exsh_dotnet::{culture, text, time};
use proptest::prelude::*;
use support::shell;

/// What a wildcard means, one character at a time.
fn model(pattern: &[char], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('*', rest)) => (0..=text.len()).any(|i| model(rest, &text[i..])),
        Some(('?', rest)) => !text.is_empty() && model(rest, &text[1..]),
        Some((c, rest)) => text.first() == Some(c) && model(rest, &text[1..]),
    }
}

proptest! {
    #[test]
    fn doubles_come_back_from_their_text(d in any::<f64>().prop_filter("a number", |d| !d.is_nan())) {
        let t = number::round_trip(d);
        let back = parse::number(&t, Kind::Double).expect("reads back").as_double().expect("a double");
        prop_assert_eq!(back.to_bits(), d.to_bits(), "{}", t);
    }

    #[test]
    fn integers_come_back_from_their_text(i in any::<i64>()) {
        let t = text::to_text(&Value::long(i));
        prop_assert_eq!(parse::number(&t, Kind::Int64).ok().and_then(|v| v.as_long()), Some(i));
        prop_assert_eq!(t.to_string(), i.to_string());
        // Grouping is only ever separators.
        let grouped = number::format(Num::Int(i as i128, 64), "N0", culture::invariant()).expect("a format");
        prop_assert_eq!(grouped.replace(',', ""), i.to_string());
    }

    #[test]
    fn moments_come_back_from_their_text(ticks in 0..time::MAX_TICKS) {
        let t = time::format::round_trip(ticks as u64, None);
        prop_assert_eq!(time::parse::date_time(&t, culture::invariant(), 0, 0), Ok(ticks as u64), "{}", t);
    }

    #[test]
    fn spans_come_back_from_their_text(ticks in any::<i64>()) {
        prop_assert_eq!(time::span::parse(&time::span::constant(ticks)), Ok(ticks));
    }

    #[test]
    fn decimals_come_back_from_their_text(m in -(1i128 << 95)..(1i128 << 95), scale in 0u32..=28) {
        let d = rust_decimal::Decimal::from_i128_with_scale(m, scale);
        let t = number::decimal_text(d, culture::invariant());
        let back = parse::number(&t, Kind::Decimal).expect("reads back").as_decimal().expect("a decimal");
        prop_assert_eq!(back, d);
        prop_assert!(d.is_zero() || back.scale() == d.scale());
    }

    #[test]
    fn wildcards_agree_with_their_model(pattern in "[ab?*]{0,8}", text in "[ab]{0,10}") {
        let p: Vec<char> = pattern.chars().collect();
        let t: Vec<char> = text.chars().collect();
        let w = Wildcard::new(&pattern, false).expect("a pattern");
        prop_assert_eq!(w.matches(&text), model(&p, &t), "{} {}", pattern, text);
    }

    #[test]
    fn no_text_makes_a_parser_panic(s in "\\PC{0,24}") {
        let mut sh = shell("en-US");
        for ty in ["int", "decimal", "double", "datetime", "timespan", "guid", "version", "uri", "regex", "ipaddress",
            "mailaddress", "bigint", "datetimeoffset", "System.DayOfWeek", "type"] {
            let ty = exsh_dotnet::types::find(ty).expect("a type");
            let _ = convert::cast(&mut sh, &Value::text(s.as_str()), ty);
        }
        let _ = exsh_dotnet::ops::compose(&s, &[Value::int(1)], culture::invariant());
        let _ = Wildcard::new(&s, true).map(|w| w.matches(&s));
        let _ = number::format(Num::Double(1234.5), &s, culture::invariant());
        let _ = time::format::date_time(0, &s, culture::invariant());
        let _ = exsh_dotnet::types::find(&s);
    }

    #[test]
    fn sums_agree_with_wide_arithmetic(a in any::<i32>(), b in any::<i32>()) {
        let mut sh = shell("en-US");
        let sum = arithmetic::add(&mut sh, Value::int(a), &Value::int(b)).ok().expect("numbers add");
        let wide = a as i64 + b as i64;
        match i32::try_from(wide) {
            Ok(i) => prop_assert_eq!(sum.as_int(), Some(i)),
            Err(_) => prop_assert_eq!(sum.as_double(), Some(wide as f64)),
        }
    }

    #[test]
    fn a_table_is_a_map(ops in prop::collection::vec((0u8..3, 0i32..20, any::<i32>()), 0..80)) {
        let table = Table::new(&HASHTABLE, KeyMode::IgnoreCase);
        let mut map = std::collections::BTreeMap::new();
        for (op, k, v) in ops {
            let key = if k % 2 == 0 { format!("KEY{k}") } else { format!("key{k}") };
            match op {
                0 => {
                    table.set(Value::text(key.as_str()), Value::int(v));
                    map.insert(k, v);
                }
                1 => {
                    let removed = table.remove(&Value::text(key.to_lowercase())).and_then(|v| v.as_int());
                    prop_assert_eq!(removed, map.remove(&k));
                }
                _ => prop_assert_eq!(table.get_text(&key.to_lowercase()).and_then(|v| v.as_int()), map.get(&k).copied()),
            }
            prop_assert_eq!(table.len(), map.len());
        }
    }

    #[test]
    fn utf16_units_survive(units in prop::collection::vec(any::<u16>(), 0..20)) {
        let s = Str::from_utf16(&units);
        prop_assert_eq!(s.to_utf16(), units);
    }
}
