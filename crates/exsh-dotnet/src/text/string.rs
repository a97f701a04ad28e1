//! `System.String`.

use super::to_text;
use crate::core::culture_info::FORMAT;
use crate::culture::collate;
use crate::ops::compose;
use crate::sig::*;
use crate::types::enums;
use crate::{culture, fail};
use exsh_core::name::{fold, same};
use exsh_core::types::{CHAR_ARRAY, MemberTable, Overload};
use exsh_core::{Result, Shell, Str, Value};

/// Upper case by .NET's invariant rules: one character for one.
pub fn upper(s: &str) -> String {
    if s.is_ascii() { s.to_ascii_uppercase() } else { s.chars().map(exsh_core::name::fold_char).collect() }
}

/// Lower case, one character for one.
pub fn lower(s: &str) -> String {
    if s.is_ascii() {
        return s.to_ascii_lowercase();
    }
    s.chars()
        .map(|c| {
            let mut l = c.to_lowercase();
            match (l.next(), l.next()) {
                (Some(x), None) => x,
                _ => c,
            }
        })
        .collect()
}

/// First letters upper, the rest lower; words in capitals stay.
pub fn title(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut word = String::new();
    let flush = |word: &mut String, out: &mut String| {
        if word.chars().all(|c| !c.is_lowercase()) && word.chars().count() > 1 {
            out.push_str(word);
        } else {
            let mut chars = word.chars();
            if let Some(f) = chars.next() {
                out.extend(f.to_uppercase());
                out.push_str(&lower(chars.as_str()));
            }
        }
        word.clear();
    };
    for c in s.chars() {
        if c.is_alphanumeric() || c == '\'' {
            word.push(c);
        } else {
            flush(&mut word, &mut out);
            out.push(c);
        }
    }
    flush(&mut word, &mut out);
    out
}

fn s(v: &Value) -> Str {
    str_of(v)
}

/// StringComparison: 0 to 3 are linguistic, 4 and 5 ordinal; odd ones ignore case.
fn compare_by(kind: i64, a: &str, b: &str) -> std::cmp::Ordering {
    match kind {
        4 => a.encode_utf16().cmp(b.encode_utf16()),
        5 => fold(a).encode_utf16().cmp(fold(b).encode_utf16()),
        k => collate::order(a, b, k % 2 == 1),
    }
}

fn equal_by(kind: i64, a: &str, b: &str) -> bool {
    match kind {
        4 => a == b,
        5 => same(a, b),
        k => collate::equal(a, b, k % 2 == 1),
    }
}

/// Ordinal search in UTF-16 units from a unit index; ignoring case by folding.
fn find(hay: &Str, needle: &str, from: usize, ignore_case: bool) -> Option<usize> {
    let start = crate::ops::regex::byte_index(hay, from);
    let (h, n);
    let (hay_text, needle) = if ignore_case {
        (h, n) = (fold(&hay.as_str()[start..]), fold(needle));
        (h.as_str(), n.as_str())
    } else {
        (&hay.as_str()[start..], needle)
    };
    let at = memchr::memmem::find(hay_text.as_bytes(), needle.as_bytes())?;
    Some(from + hay_text[..at].encode_utf16().count())
}

fn rfind(hay: &Str, needle: &str, ignore_case: bool, end: usize) -> Option<usize> {
    let stop = crate::ops::regex::byte_index(hay, end);
    let (h, n);
    let (text, needle) = if ignore_case {
        (h, n) = (fold(&hay.as_str()[..stop]), fold(needle));
        (h.as_str(), n.as_str())
    } else {
        (&hay.as_str()[..stop], needle)
    };
    text.rfind(needle).map(|at| text[..at].encode_utf16().count())
}

fn found(i: Option<usize>) -> Result<Value> {
    Ok(Value::int(i.map_or(-1, |i| i as i32)))
}

fn start_index(v: &Value, a: &[Value], i: usize) -> Result<usize> {
    let n = int_at(a, i);
    let length = s(v).utf16_len() as i64;
    if n < 0 || n > length {
        return Err(fail::out_of_range(
            "Index was out of range. Must be non-negative and less than or equal to the size of the collection.",
            "startIndex",
        ));
    }
    Ok(n as usize)
}

fn unit_text(a: &[Value], i: usize) -> Str {
    Str::from_utf16(&[char_at(a, i)])
}

fn index_of(v: &Value, needle: &str, a: &[Value], from: Option<usize>, kind: i64) -> Result<Value> {
    let from = match from {
        Some(i) => start_index(v, a, i)?,
        None => 0,
    };
    // The linguistic search of plain text finds what the ordinal one finds.
    found(find(&s(v), needle, from, kind % 2 == 1))
}

fn units_any(v: &Value, set: &Value) -> (Vec<u16>, Vec<u16>) {
    let set = match set.base().as_list() {
        Some(l) => l.items().iter().filter_map(|c| c.base().as_char()).collect(),
        None => Vec::new(),
    };
    (s(v).to_utf16(), set)
}

fn trim_set(a: &[Value]) -> Vec<u16> {
    match arg(a, 0).base().view() {
        exsh_core::View::Char(c) => vec![c],
        exsh_core::View::List(l) => l.items().iter().filter_map(|c| c.base().as_char()).collect(),
        _ => Vec::new(),
    }
}

fn is_white(u: u16) -> bool {
    char::from_u32(u as u32).is_some_and(char::is_whitespace)
}

fn trimmed(v: &Value, a: &[Value], start: bool, end: bool) -> Result<Value> {
    let set = trim_set(a);
    let text = s(v);
    if set.is_empty() {
        let t = text.as_str();
        let t = if start { t.trim_start() } else { t };
        let t = if end { t.trim_end() } else { t };
        return Ok(if t.len() == text.as_str().len() { v.clone() } else { Value::text(t) });
    }
    let units = text.to_utf16();
    let inside = |u: &u16| set.contains(u);
    let from = if start { units.iter().position(|u| !inside(u)).unwrap_or(units.len()) } else { 0 };
    let to = if end { units.iter().rposition(|u| !inside(u)).map_or(from, |i| i + 1) } else { units.len() };
    Ok(Value::string(Str::from_utf16(&units[from..to.max(from)])))
}

fn substring(v: &Value, a: &[Value], length: Option<i64>) -> Result<Value> {
    let text = s(v);
    let n = text.utf16_len() as i64;
    let from = int_at(a, 0);
    if from < 0 {
        return Err(fail::negative("startIndex", from));
    }
    let length = match length {
        None if from > n => {
            return Err(fail::out_of_range(
                "startIndex cannot be larger than length of string.",
                "startIndex",
            ));
        }
        Some(_) if from > n => {
            return Err(fail::out_of_range(
                "startIndex cannot be larger than length of string.",
                "startIndex",
            ));
        }
        None => n - from,
        Some(l) if l < 0 => return Err(fail::out_of_range("Length cannot be less than zero.", "length")),
        Some(l) => l,
    };
    match text.substring(from as usize, length as usize) {
        Some(t) => Ok(Value::string(t)),
        None => {
            Err(fail::out_of_range("Index and length must refer to a location within the string.", "length"))
        }
    }
}

fn padded(v: &Value, a: &[Value], left: bool) -> Result<Value> {
    let text = s(v);
    let width = int_at(a, 0);
    if width < 0 {
        return Err(fail::negative("totalWidth", width));
    }
    let missing = (width as usize).saturating_sub(text.utf16_len());
    let fill = if a.len() > 1 { unit_text(a, 1) } else { Str::from(" ") };
    let fill = fill.as_str().repeat(missing);
    Ok(Value::text(if left {
        format!("{fill}{}", text.as_str())
    } else {
        format!("{}{fill}", text.as_str())
    }))
}

/// Splits at any of the separators; `options` 1 drops empty parts, 2 trims them.
fn split(v: &Value, separators: &[String], count: Option<i64>, options: i64) -> Result<Value> {
    let text = s(v);
    if let Some(c) = count
        && c < 0
    {
        return Err(fail::negative("count", c));
    }
    let limit = count.map_or(usize::MAX, |c| c as usize);
    let (drop_empty, trim) = (options & 1 != 0, options & 2 != 0);
    let mut parts: Vec<String> = Vec::new();
    if limit == 0 {
        return Ok(strings(parts));
    }
    let t = text.as_str();
    let keep = |parts: &mut Vec<String>, p: &str| {
        let p = if trim { p.trim() } else { p };
        if !(drop_empty && p.is_empty()) {
            parts.push(p.to_string());
        }
    };
    let mut from = 0;
    let mut i = 0;
    while i < t.len() && parts.len() + 1 < limit {
        let rest = &t[i..];
        let length = if separators.is_empty() {
            rest.chars().next().filter(|c| c.is_whitespace()).map(char::len_utf8)
        } else {
            separators
                .iter()
                .filter(|s| !s.is_empty() && rest.starts_with(s.as_str()))
                .map(String::len)
                .next()
        };
        match length {
            Some(n) => {
                keep(&mut parts, &t[from..i]);
                i += n;
                from = i;
            }
            None => i += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    // With empty parts dropped, separators before the last part go too.
    if drop_empty && parts.len() + 1 >= limit {
        while let Some(n) = separators
            .iter()
            .filter(|s| !s.is_empty() && t[from..].starts_with(s.as_str()))
            .map(String::len)
            .next()
        {
            from += n;
        }
    }
    keep(&mut parts, &t[from..]);
    Ok(strings(parts))
}

fn separators(v: &Value) -> Vec<String> {
    match v.base().view() {
        exsh_core::View::List(l) => l.items().iter().map(|x| to_text(x).to_string()).collect(),
        exsh_core::View::Null => Vec::new(),
        exsh_core::View::Str(s) if s.is_empty() => vec![String::new()],
        _ => vec![to_text(v).to_string()],
    }
}

fn one_separator(v: &Value) -> Vec<String> {
    match v.base().as_str() {
        // An empty separator separates nothing: the whole string is one part.
        Some(s) if s.is_empty() => vec!["\u{0}\u{0}none".to_string()],
        _ => separators(v),
    }
}

fn format(culture: &culture::Culture, template: &Value, items: &[Value]) -> Result<Value> {
    compose(&s(template), items, culture).map(Value::text).map_err(|e| fail::format(e.0))
}

fn concat(items: &[Value]) -> Result<Value> {
    let mut out = String::new();
    for i in items {
        super::push_text(&mut out, i, " ");
    }
    Ok(Value::text(out))
}

fn join(shell: &mut dyn Shell, separator: &str, items: &[Value]) -> Result<Value> {
    let culture = culture::current(shell);
    let mut out = String::new();
    for (i, v) in items.iter().enumerate() {
        if i > 0 {
            out.push_str(separator);
        }
        out.push_str(&super::to_string_culture(v, culture));
    }
    Ok(Value::text(out))
}

fn list(v: &Value) -> Vec<Value> {
    exsh_core::enumerate::items(v)
}

fn replace(v: &Value, old: &str, new: &str, ignore_case: bool) -> Result<Value> {
    if old.is_empty() {
        return Err(fail::argument("The value cannot be an empty string.", "oldValue"));
    }
    let text = s(v);
    if !ignore_case {
        if memchr::memmem::find(text.as_str().as_bytes(), old.as_bytes()).is_none() {
            return Ok(v.clone());
        }
        return Ok(Value::text(text.as_str().replace(old, new)));
    }
    let re = crate::ops::regex::get(
        &crate::ops::regex::escape(old),
        crate::ops::regex::Options(crate::ops::regex::Options::IGNORE_CASE),
    )?;
    let out = re.replace_with(&text, -1, 0, &mut |_, out| {
        out.push_str(new);
        Ok(())
    })?;
    Ok(Value::string(out))
}

fn edge(v: &Value, what: &str, kind: i64, start: bool) -> Result<Value> {
    let text = s(v);
    let t = text.as_str();
    let hit = match kind % 2 == 1 {
        false => {
            if start {
                t.starts_with(what)
            } else {
                t.ends_with(what)
            }
        }
        true => {
            let (t, w) = (fold(t), fold(what));
            if start { t.starts_with(&w) } else { t.ends_with(&w) }
        }
    };
    Ok(Value::bool(hit))
}

fn compare(a: &[Value], kind: i64) -> Result<Value> {
    Ok(Value::int(compare_by(kind, &str_at(a, 0), &str_at(a, 1)) as i32))
}

fn units_of(v: &Value, from: usize, length: usize) -> Result<Value> {
    let units = s(v).to_utf16();
    match units.get(from..from.saturating_add(length)) {
        Some(part) => Ok(Value::list_of(&CHAR_ARRAY, part.iter().map(|&u| Value::char(u)).collect())),
        None if from > units.len() => Err(fail::too_large("startIndex", from as i64, units.len() as i64)),
        None => Err(fail::out_of_range(
            "Index was out of range. Must be non-negative and less than or equal to the size of the collection.",
            "length",
        )),
    }
}

const CONSTRUCTORS: &[Overload] = constructors! {
    "string";
    (value: CHARS) = |_, _, a| {
        let units: Vec<u16> = trim_set(a);
        Ok(Value::string(Str::from_utf16(&units)))
    };
    (c: CHAR, count: INT) = |_, _, a| {
        let n = int_at(a, 1);
        if n < 0 {
            return Err(fail::negative("count", n));
        }
        Ok(Value::text(unit_text(a, 0).as_str().repeat(n as usize)))
    };
    (value: CHARS, startIndex: INT, length: INT) = |_, _, a| {
        let units: Vec<u16> = trim_set(a);
        let (from, n) = (int_at(a, 1).max(0) as usize, int_at(a, 2).max(0) as usize);
        match units.get(from..from.saturating_add(n)) {
            Some(part) => Ok(Value::string(Str::from_utf16(part))),
            None => Err(fail::out_of_range("Index was out of range. Must be non-negative and less than or equal to the size of the collection.", "startIndex")),
        }
    };
};

pub static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Length: "int" = |_, v| Ok(Value::int(v.base().as_str().map_or(0, |s| s.utf16_len() as i32)));
    },
    methods: methods! {
        Chars { (index: INT) -> "char" = |_, v, a| {
            let i = usize::try_from(int_at(a, 0)).ok();
            i.and_then(|i| s(v).unit_at(i)).map(Value::char).ok_or_else(|| {
                fail::thrown("System.IndexOutOfRangeException", "Index was outside the bounds of the array.")
            })
        }; }
        Clone { () -> "System.Object" = |_, v, _| Ok(v.clone()); }
        CompareTo {
            (strB: STR) -> "int" = |_, v, a| Ok(Value::int(collate::order(&s(v), &str_at(a, 0), false) as i32));
            (value: OBJ) -> "int" = |_, v, a| match arg(a, 0).is_null() {
                true => Ok(Value::int(1)),
                false => Err(match arg(a, 0).base().as_str() {
                    Some(b) => return Ok(Value::int(collate::order(&s(v), b, false) as i32)),
                    None => fail::thrown("System.ArgumentException", "Object must be of type String."),
                }),
            };
        }
        Contains {
            (value: STR) -> "bool" = |_, v, a| Ok(Value::bool(s(v).as_str().contains(str_at(a, 0).as_str())));
            (value: STR, comparisonType: &enums::STRING_COMPARISON) -> "bool" = |_, v, a| {
                Ok(Value::bool(find(&s(v), &str_at(a, 0), 0, enum_at(a, 1) % 2 == 1).is_some()))
            };
            (value: CHAR) -> "bool" = |_, v, a| Ok(Value::bool(s(v).as_str().contains(unit_text(a, 0).as_str())));
            (value: CHAR, comparisonType: &enums::STRING_COMPARISON) -> "bool" = |_, v, a| {
                Ok(Value::bool(find(&s(v), &unit_text(a, 0), 0, enum_at(a, 1) % 2 == 1).is_some()))
            };
        }
        CopyTo { (sourceIndex: INT, destination: CHARS, destinationIndex: INT, count: INT) -> "void" = |_, v, a| {
            let units = s(v).to_utf16();
            let (from, to, n) = (int_at(a, 0) as usize, int_at(a, 2) as usize, int_at(a, 3) as usize);
            let Some(l) = arg(a, 1).base().as_list() else { return Err(fail::argument_null("destination")) };
            for i in 0..n {
                let Some(&u) = units.get(from + i) else { return Err(fail::index_range()) };
                if !l.set(to + i, Value::char(u)) {
                    return Err(fail::index_range());
                }
            }
            Ok(Value::NOTHING)
        }; }
        EndsWith {
            (value: STR) -> "bool" = |_, v, a| edge(v, &str_at(a, 0), 0, false);
            (value: STR, comparisonType: &enums::STRING_COMPARISON) -> "bool" = |_, v, a| edge(v, &str_at(a, 0), enum_at(a, 1), false);
            (value: STR, ignoreCase: BOOL, culture: FORMAT) -> "bool" = |_, v, a| edge(v, &str_at(a, 0), bool_at(a, 1) as i64, false);
            (value: CHAR) -> "bool" = |_, v, a| edge(v, &unit_text(a, 0), 0, false);
        }
        Equals {
            (obj: OBJ) -> "bool" = |_, v, a| Ok(Value::bool(arg(a, 0).base().as_str().is_some_and(|b| *b == s(v))));
            (value: STR) -> "bool" = |_, v, a| Ok(Value::bool(!arg(a, 0).is_null() && str_at(a, 0) == s(v)));
            (value: STR, comparisonType: &enums::STRING_COMPARISON) -> "bool" = |_, v, a| {
                Ok(Value::bool(equal_by(enum_at(a, 1), &s(v), &str_at(a, 0))))
            };
        }
        GetEnumerator { () -> "System.CharEnumerator" = |_, v, _| {
            Ok(crate::collections::list::enumerator_of(s(v).to_utf16().into_iter().map(Value::char).collect()))
        }; }
        GetTypeCode { () -> "System.TypeCode" = |_, _, _| Ok(Value::enumeration(&enums::TYPE_CODE, 18)); }
        IndexOf {
            (value: STR) -> "int" = |_, v, a| index_of(v, &str_at(a, 0), a, None, 0);
            (value: STR, startIndex: INT) -> "int" = |_, v, a| index_of(v, &str_at(a, 0), a, Some(1), 0);
            (value: STR, startIndex: INT, count: INT) -> "int" = |_, v, a| {
                let from = start_index(v, a, 1)?;
                let n = find(&s(v), &str_at(a, 0), from, false);
                let end = from as i64 + int_at(a, 2) - str_at(a, 0).utf16_len() as i64;
                found(n.filter(|&i| i as i64 <= end))
            };
            (value: STR, comparisonType: &enums::STRING_COMPARISON) -> "int" = |_, v, a| index_of(v, &str_at(a, 0), a, None, enum_at(a, 1));
            (value: STR, startIndex: INT, comparisonType: &enums::STRING_COMPARISON) -> "int" = |_, v, a| index_of(v, &str_at(a, 0), a, Some(1), enum_at(a, 2));
            (value: CHAR) -> "int" = |_, v, a| index_of(v, &unit_text(a, 0), a, None, 0);
            (value: CHAR, startIndex: INT) -> "int" = |_, v, a| index_of(v, &unit_text(a, 0), a, Some(1), 0);
            (value: CHAR, comparisonType: &enums::STRING_COMPARISON) -> "int" = |_, v, a| index_of(v, &unit_text(a, 0), a, None, enum_at(a, 1));
        }
        IndexOfAny {
            (anyOf: CHARS) -> "int" = |_, v, a| {
                let (units, set) = units_any(v, arg(a, 0));
                found(units.iter().position(|u| set.contains(u)))
            };
            (anyOf: CHARS, startIndex: INT) -> "int" = |_, v, a| {
                let from = start_index(v, a, 1)?;
                let (units, set) = units_any(v, arg(a, 0));
                found(units[from..].iter().position(|u| set.contains(u)).map(|i| i + from))
            };
        }
        Insert { (startIndex: INT, value: STR) -> "string" = |_, v, a| {
            let mut units = s(v).to_utf16();
            let at = int_at(a, 0);
            if at < 0 {
                return Err(fail::negative("startIndex", at));
            }
            if at as usize > units.len() {
                return Err(fail::too_large("startIndex", at, units.len() as i64));
            }
            units.splice(at as usize..at as usize, str_at(a, 1).to_utf16());
            Ok(Value::string(Str::from_utf16(&units)))
        }; }
        IsNormalized { () -> "bool" = |_, _, _| Ok(Value::TRUE); }
        LastIndexOf {
            (value: STR) -> "int" = |_, v, a| found(rfind(&s(v), &str_at(a, 0), false, usize::MAX));
            (value: STR, startIndex: INT) -> "int" = |_, v, a| found(rfind(&s(v), &str_at(a, 0), false, int_at(a, 1).max(0) as usize + 1));
            (value: STR, comparisonType: &enums::STRING_COMPARISON) -> "int" = |_, v, a| found(rfind(&s(v), &str_at(a, 0), enum_at(a, 1) % 2 == 1, usize::MAX));
            (value: CHAR) -> "int" = |_, v, a| found(rfind(&s(v), &unit_text(a, 0), false, usize::MAX));
            (value: CHAR, startIndex: INT) -> "int" = |_, v, a| found(rfind(&s(v), &unit_text(a, 0), false, int_at(a, 1).max(0) as usize + 1));
        }
        LastIndexOfAny { (anyOf: CHARS) -> "int" = |_, v, a| {
            let (units, set) = units_any(v, arg(a, 0));
            found(units.iter().rposition(|u| set.contains(u)))
        }; }
        Normalize { () -> "string" = |_, v, _| Ok(v.clone());
            (normalizationForm: &enums::NORMALIZATION_FORM) -> "string" = |_, v, _| match s(v).is_ascii() {
                true => Ok(v.clone()),
                false => Err(fail::not_supported("Normalization of text outside ASCII is not supported.")),
            }; }
        PadLeft { (totalWidth: INT) -> "string" = |_, v, a| padded(v, a, true);
            (totalWidth: INT, paddingChar: CHAR) -> "string" = |_, v, a| padded(v, a, true); }
        PadRight { (totalWidth: INT) -> "string" = |_, v, a| padded(v, a, false);
            (totalWidth: INT, paddingChar: CHAR) -> "string" = |_, v, a| padded(v, a, false); }
        Remove {
            (startIndex: INT, count: INT) -> "string" = |_, v, a| {
                let mut units = s(v).to_utf16();
                let (at, n) = (int_at(a, 0), int_at(a, 1));
                if at < 0 {
                    return Err(fail::out_of_range("StartIndex cannot be less than zero.", "startIndex"));
                }
                if n < 0 {
                    return Err(fail::negative("count", n));
                }
                if (at + n) as usize > units.len() {
                    return Err(fail::out_of_range("Index and count must refer to a location within the string.", "count"));
                }
                units.drain(at as usize..(at + n) as usize);
                Ok(Value::string(Str::from_utf16(&units)))
            };
            (startIndex: INT) -> "string" = |_, v, a| {
                let at = int_at(a, 0);
                if at < 0 {
                    return Err(fail::out_of_range("StartIndex cannot be less than zero.", "startIndex"));
                }
                match s(v).substring(0, at as usize) {
                    Some(t) => Ok(Value::string(t)),
                    None => Err(fail::out_of_range("startIndex must be less than length of string.", "startIndex")),
                }
            };
        }
        Replace {
            (oldValue: STR, newValue: STR) -> "string" = |_, v, a| replace(v, &str_at(a, 0), &str_at(a, 1), false);
            (oldChar: CHAR, newChar: CHAR) -> "string" = |_, v, a| replace(v, &unit_text(a, 0), &unit_text(a, 1), false);
            (oldValue: STR, newValue: STR, comparisonType: &enums::STRING_COMPARISON) -> "string" = |_, v, a| {
                replace(v, &str_at(a, 0), &str_at(a, 1), enum_at(a, 2) % 2 == 1)
            };
            (oldValue: STR, newValue: STR, ignoreCase: BOOL, culture: FORMAT) -> "string" = |_, v, a| {
                replace(v, &str_at(a, 0), &str_at(a, 1), bool_at(a, 2))
            };
        }
        ReplaceLineEndings {
            () -> "string" = |_, v, _| Ok(Value::text(line_ends(&s(v), "\n")));
            (replacementText: STR) -> "string" = |_, v, a| Ok(Value::text(line_ends(&s(v), &str_at(a, 0))));
        }
        Split {
            (separator: CHARS => rest) -> "string[]" = |_, v, a| split(v, &separators(arg(a, 0)), None, 0);
            (separator: CHAR, options: &enums::STRING_SPLIT_OPTIONS => optional) -> "string[]" = |_, v, a| split(v, &separators(arg(a, 0)), None, enum_at(a, 1));
            (separator: STR, options: &enums::STRING_SPLIT_OPTIONS => optional) -> "string[]" = |_, v, a| split(v, &one_separator(arg(a, 0)), None, enum_at(a, 1));
            (separator: CHAR, count: INT, options: &enums::STRING_SPLIT_OPTIONS => optional) -> "string[]" = |_, v, a| split(v, &separators(arg(a, 0)), Some(int_at(a, 1)), enum_at(a, 2));
            (separator: STR, count: INT, options: &enums::STRING_SPLIT_OPTIONS => optional) -> "string[]" = |_, v, a| split(v, &one_separator(arg(a, 0)), Some(int_at(a, 1)), enum_at(a, 2));
            (separator: CHARS, count: INT) -> "string[]" = |_, v, a| split(v, &separators(arg(a, 0)), Some(int_at(a, 1)), 0);
            (separator: CHARS, options: &enums::STRING_SPLIT_OPTIONS) -> "string[]" = |_, v, a| split(v, &separators(arg(a, 0)), None, enum_at(a, 1));
            (separator: CHARS, count: INT, options: &enums::STRING_SPLIT_OPTIONS) -> "string[]" = |_, v, a| split(v, &separators(arg(a, 0)), Some(int_at(a, 1)), enum_at(a, 2));
            (separator: STRS, options: &enums::STRING_SPLIT_OPTIONS) -> "string[]" = |_, v, a| split(v, &separators(arg(a, 0)), None, enum_at(a, 1));
            (separator: STRS, count: INT, options: &enums::STRING_SPLIT_OPTIONS) -> "string[]" = |_, v, a| split(v, &separators(arg(a, 0)), Some(int_at(a, 1)), enum_at(a, 2));
        }
        StartsWith {
            (value: STR) -> "bool" = |_, v, a| edge(v, &str_at(a, 0), 0, true);
            (value: STR, comparisonType: &enums::STRING_COMPARISON) -> "bool" = |_, v, a| edge(v, &str_at(a, 0), enum_at(a, 1), true);
            (value: STR, ignoreCase: BOOL, culture: FORMAT) -> "bool" = |_, v, a| edge(v, &str_at(a, 0), bool_at(a, 1) as i64, true);
            (value: CHAR) -> "bool" = |_, v, a| edge(v, &unit_text(a, 0), 0, true);
        }
        Substring {
            (startIndex: INT) -> "string" = |_, v, a| substring(v, a, None);
            (startIndex: INT, length: INT) -> "string" = |_, v, a| substring(v, a, Some(int_at(a, 1)));
        }
        ToBoolean { (provider: FORMAT) -> "bool" = |shell, v, _| crate::member::call_static(shell, BOOL, "Parse", std::slice::from_ref(v)); }
        ToInt32 { (provider: FORMAT) -> "int" = |shell, v, _| to_number(shell, v, INT); }
        ToInt64 { (provider: FORMAT) -> "long" = |shell, v, _| to_number(shell, v, LONG); }
        ToDouble { (provider: FORMAT) -> "double" = |shell, v, _| to_number(shell, v, DOUBLE); }
        ToDecimal { (provider: FORMAT) -> "decimal" = |shell, v, _| to_number(shell, v, DECIMAL); }
        ToDateTime { (provider: FORMAT) -> "datetime" = |shell, v, _| to_number(shell, v, DATE); }
        ToCharArray {
            () -> "char[]" = |_, v, _| units_of(v, 0, s(v).utf16_len());
            (startIndex: INT, length: INT) -> "char[]" = |_, v, a| {
                let from = int_at(a, 0);
                let n = s(v).utf16_len() as i64;
                if from > n {
                    return Err(fail::too_large("startIndex", from, n));
                }
                units_of(v, from.max(0) as usize, int_at(a, 1).max(0) as usize)
            };
        }
        ToLower { () -> "string" = |_, v, _| Ok(Value::text(lower(&s(v))));
            (culture: &crate::core::culture_info::TYPE) -> "string" = |_, v, _| Ok(Value::text(lower(&s(v)))); }
        ToLowerInvariant { () -> "string" = |_, v, _| Ok(Value::text(lower(&s(v)))); }
        ToString { () -> "string" = |_, v, _| Ok(v.clone());
            (provider: FORMAT) -> "string" = |_, v, _| Ok(v.clone()); }
        ToUpper { () -> "string" = |_, v, _| Ok(Value::text(upper(&s(v))));
            (culture: &crate::core::culture_info::TYPE) -> "string" = |_, v, _| Ok(Value::text(upper(&s(v)))); }
        ToUpperInvariant { () -> "string" = |_, v, _| Ok(Value::text(upper(&s(v)))); }
        Trim { () -> "string" = |_, v, a| trimmed(v, a, true, true);
            (trimChar: CHAR) -> "string" = |_, v, a| trimmed(v, a, true, true);
            (trimChars: CHARS => rest) -> "string" = |_, v, a| trimmed(v, a, true, true); }
        TrimEnd { () -> "string" = |_, v, a| trimmed(v, a, false, true);
            (trimChar: CHAR) -> "string" = |_, v, a| trimmed(v, a, false, true);
            (trimChars: CHARS => rest) -> "string" = |_, v, a| trimmed(v, a, false, true); }
        TrimStart { () -> "string" = |_, v, a| trimmed(v, a, true, false);
            (trimChar: CHAR) -> "string" = |_, v, a| trimmed(v, a, true, false);
            (trimChars: CHARS => rest) -> "string" = |_, v, a| trimmed(v, a, true, false); }
    },
    static_properties: properties! {
        Empty: "string" = |_, _| Ok(Value::text(""));
    },
    static_methods: methods! {
        Compare {
            (strA: STR, strB: STR) -> "int" = |_, _, a| compare(a, 0);
            (strA: STR, strB: STR, ignoreCase: BOOL) -> "int" = |_, _, a| compare(a, bool_at(a, 2) as i64);
            (strA: STR, strB: STR, comparisonType: &enums::STRING_COMPARISON) -> "int" = |_, _, a| compare(a, enum_at(a, 2));
            (strA: STR, strB: STR, ignoreCase: BOOL, culture: FORMAT) -> "int" = |_, _, a| compare(a, bool_at(a, 2) as i64);
            (strA: STR, strB: STR, culture: FORMAT, options: &enums::COMPARE_OPTIONS) -> "int" = |_, _, a| compare(a, enum_at(a, 3) & 1);
        }
        CompareOrdinal { (strA: STR, strB: STR) -> "int" = |_, _, a| {
            let (x, y) = (str_at(a, 0).to_utf16(), str_at(a, 1).to_utf16());
            let d = x.iter().zip(&y).find(|(p, q)| p != q).map(|(p, q)| *p as i32 - *q as i32);
            Ok(Value::int(d.unwrap_or(x.len() as i32 - y.len() as i32)))
        }; }
        Concat {
            (arg0: OBJ) -> "string" = |_, _, a| match arg(a, 0).base().as_list() {
                Some(l) => concat(&l.items().clone()),
                None => concat(a),
            };
            (str0: STR, str1: STR) -> "string" = |_, _, a| concat(a);
            (str0: STR, str1: STR, str2: STR) -> "string" = |_, _, a| concat(a);
            (str0: STR, str1: STR, str2: STR, str3: STR) -> "string" = |_, _, a| concat(a);
            (args: OBJS => rest) -> "string" = |_, _, a| concat(&list(arg(a, 0)));
        }
        Copy { (str: STR) -> "string" = |_, _, a| Ok(arg(a, 0).clone()); }
        Equals {
            (a: STR, b: STR) -> "bool" = |_, _, a| Ok(Value::bool(str_at(a, 0) == str_at(a, 1)));
            (a: STR, b: STR, comparisonType: &enums::STRING_COMPARISON) -> "bool" = |_, _, a| {
                Ok(Value::bool(equal_by(enum_at(a, 2), &str_at(a, 0), &str_at(a, 1))))
            };
            (objA: OBJ, objB: OBJ) -> "bool" = |_, _, a| Ok(Value::bool(crate::core::object::same(arg(a, 0), arg(a, 1))));
        }
        Format {
            (format: STR, arg0: OBJ) -> "string" = |shell, _, a| {
                let c = culture::current(shell);
                match arg(a, 1).base().as_list() {
                    Some(l) if l.ty().is(&exsh_core::types::OBJECT_ARRAY) => format(c, arg(a, 0), &l.items().clone()),
                    _ if arg(a, 1).is_null() => Err(fail::argument_null("args")),
                    _ => format(c, arg(a, 0), &a[1..]),
                }
            };
            (provider: FORMAT, format: STR, args: OBJS => rest) -> "string" = |shell, _, a| {
                let c = crate::core::culture_info::provider(shell, a, 0);
                format(c, arg(a, 1), &list(arg(a, 2)))
            };
            (format: STR, args: OBJS => rest) -> "string" = |shell, _, a| {
                let c = culture::current(shell);
                format(c, arg(a, 0), &list(arg(a, 1)))
            };
        }
        IsInterned { (str: STR) -> "string" = |_, _, a| Ok(arg(a, 0).clone()); }
        Intern { (str: STR) -> "string" = |_, _, a| Ok(arg(a, 0).clone()); }
        IsNullOrEmpty { (value: STR) -> "bool" = |_, _, a| Ok(Value::bool(str_at(a, 0).is_empty())); }
        IsNullOrWhiteSpace { (value: STR) -> "bool" = |_, _, a| {
            Ok(Value::bool(str_at(a, 0).to_utf16().into_iter().all(is_white)))
        }; }
        Join {
            (separator: STR, values: OBJS => rest) -> "string" = |shell, _, a| join(shell, &str_at(a, 0), &list(arg(a, 1)));
            (separator: CHAR, values: OBJS => rest) -> "string" = |shell, _, a| join(shell, &unit_text(a, 0), &list(arg(a, 1)));
            (separator: STR, values: OBJ) -> "string" = |shell, _, a| join(shell, &str_at(a, 0), &list(arg(a, 1)));
            (separator: STR, value: STRS, startIndex: INT, count: INT) -> "string" = |shell, _, a| {
                let all = list(arg(a, 1));
                let (from, n) = (int_at(a, 2).max(0) as usize, int_at(a, 3).max(0) as usize);
                match all.get(from..from.saturating_add(n)) {
                    Some(part) => join(shell, &str_at(a, 0), part),
                    None => Err(fail::out_of_range("Index and count must refer to a location within the buffer.", "startIndex")),
                }
            };
        }
    },
    constructors: CONSTRUCTORS,
};

/// .NET's IConvertible on text.
fn to_number(shell: &mut dyn Shell, v: &Value, ty: exsh_core::TypeRef) -> Result<Value> {
    super::convert_type::change(shell, v, ty)
}

fn line_ends(text: &str, with: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() == Some(&'\n') {
                    chars.next();
                }
                out.push_str(with);
            }
            '\n' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push_str(with),
            c => out.push(c),
        }
    }
    out
}
