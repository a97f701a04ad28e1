//! `-f`: composite format strings.

use crate::culture::{self, Culture};
use crate::{text, types};
use exsh_core::{Category, ErrorRecord, Result, Shell, Value, View};

/// Why a format string cannot be followed; the message is .NET's.
#[derive(Debug, PartialEq)]
pub struct FormatFailure(pub String);

/// `format -f arguments`.
pub fn format(shell: &mut dyn Shell, format: &Value, arguments: &Value) -> Result<Value> {
    let template = text::to_text(format);
    let culture = culture::current(shell);
    let items = match arguments.base().view() {
        // Only arrays of references are a list of arguments: `byte[]` and `List<T>` are one.
        View::List(l) if l.is_array() && l.element_type().is_none_or(|e| !types::is_value_type(e)) => {
            l.items().clone()
        }
        _ => vec![arguments.clone()],
    };
    match compose(&template, &items, culture) {
        Ok(text) => Ok(Value::text(text)),
        Err(FormatFailure(message)) => Err(ErrorRecord::runtime(
            "FormatError",
            Category::InvalidOperation,
            format!("Error formatting a string: {message}."),
        )
        .on(Value::string(template))
        .into()),
    }
}

fn incorrect(offset: usize, why: &str) -> FormatFailure {
    FormatFailure(format!(
        "Input string was not in a correct format. Failure to parse near offset {offset}. {why}"
    ))
}

/// `String.Format(culture, template, items)`.
pub fn compose(
    template: &str,
    items: &[Value],
    culture: &Culture,
) -> std::result::Result<String, FormatFailure> {
    const ENDS: &str = "Format item ends prematurely.";
    const DIGIT: &str = "Expected an ASCII digit.";
    let mut out = String::with_capacity(template.len() + 16);
    let bytes = template.as_bytes();
    // Offsets in messages count UTF-16 units.
    let offset = |i: usize| template.get(..i.min(template.len())).map_or(i, |s| s.encode_utf16().count());
    let mut i = 0;
    while i < bytes.len() {
        let Some(run) = memchr::memchr2(b'{', b'}', &bytes[i..]) else {
            out.push_str(&template[i..]);
            break;
        };
        out.push_str(&template[i..i + run]);
        i += run;
        let brace = bytes[i];
        if bytes.get(i + 1) == Some(&brace) {
            out.push(brace as char);
            i += 2;
            continue;
        }
        if brace == b'}' || i + 1 >= bytes.len() {
            return Err(incorrect(offset(i + 1), ENDS));
        }
        i += 1;
        let number = |i: &mut usize, limit: usize| -> std::result::Result<usize, FormatFailure> {
            if !bytes.get(*i).is_some_and(u8::is_ascii_digit) {
                return Err(if *i >= bytes.len() {
                    incorrect(offset(*i), ENDS)
                } else {
                    incorrect(offset(*i), DIGIT)
                });
            }
            let mut n = 0usize;
            while bytes.get(*i).is_some_and(u8::is_ascii_digit) && n < limit {
                n = n * 10 + (bytes[*i] - b'0') as usize;
                *i += 1;
            }
            Ok(n)
        };
        let skip = |i: &mut usize| {
            while bytes.get(*i) == Some(&b' ') {
                *i += 1;
            }
        };
        let index = number(&mut i, 1_000_000)?;
        skip(&mut i);
        let mut width = 0usize;
        let mut left_aligned = false;
        if bytes.get(i) == Some(&b',') {
            i += 1;
            skip(&mut i);
            if bytes.get(i) == Some(&b'-') {
                left_aligned = true;
                i += 1;
            }
            width = number(&mut i, 1_000_000)?;
            skip(&mut i);
        }
        let mut item_format = "";
        match bytes.get(i) {
            Some(b'}') => i += 1,
            Some(b':') => {
                i += 1;
                let from = i;
                match memchr::memchr2(b'{', b'}', &bytes[i..]) {
                    Some(n) if bytes[i + n] == b'}' => {
                        item_format = &template[from..from + n];
                        i += n + 1;
                    }
                    Some(n) => return Err(incorrect(offset(i + n), ENDS)),
                    None => return Err(incorrect(offset(bytes.len()), ENDS)),
                }
            }
            _ => return Err(incorrect(offset(i), ENDS)),
        }
        let Some(item) = items.get(index) else {
            return Err(FormatFailure(
                "Index (zero based) must be greater than or equal to zero and less than the size of the argument list."
                    .into(),
            ));
        };
        let shown = match text::format(item, item_format, culture).map_err(FormatFailure)? {
            Some(s) => s,
            None => text::to_string_culture(item, culture).to_string(),
        };
        let have = shown.encode_utf16().count();
        let pad = width.saturating_sub(have);
        if !left_aligned {
            out.extend(std::iter::repeat_n(' ', pad));
        }
        out.push_str(&shown);
        if left_aligned {
            out.extend(std::iter::repeat_n(' ', pad));
        }
    }
    Ok(out)
}
