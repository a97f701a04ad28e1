//! `-split`: by pattern, by simple text, by script block.

use super::regex::{self, Options};
use crate::convert;
use crate::core::enum_number;
use crate::{fail, text, types};
use exsh_core::types as t;
use exsh_core::{Category, ErrorRecord, Invoke, Result, Shell, Str, Value, View};

/// SplitOptions bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SplitOptions(pub i64);

impl SplitOptions {
    pub const SIMPLE: i64 = 1;
    pub const REGEX: i64 = 2;
    pub const CULTURE_INVARIANT: i64 = 4;
    pub const IGNORE_WHITE: i64 = 8;
    pub const MULTILINE: i64 = 16;
    pub const SINGLELINE: i64 = 32;
    pub const IGNORE_CASE: i64 = 64;
    pub const EXPLICIT_CAPTURE: i64 = 128;
    fn has(self, bit: i64) -> bool {
        self.0 & bit != 0
    }
}

/// `-split text`: at runs of white space.
pub fn split_unary(value: &Value) -> Value {
    let mut parts = Vec::new();
    for text in texts(value) {
        parts.extend(text.split_whitespace().map(Value::text));
    }
    Value::list_of(&t::STRING_ARRAY, parts)
}

fn texts(value: &Value) -> Vec<Str> {
    match super::compare::list_items(value) {
        Some(items) => items.iter().map(text::to_text).collect(),
        None => vec![text::to_text(value)],
    }
}

/// `left -split right`; `right` is a pattern or block, then a limit, then options.
pub fn split(shell: &mut dyn Shell, left: &Value, right: &Value, ignore_case: bool) -> Result<Value> {
    let arguments = match right.base().view() {
        View::List(l) => l.items().clone(),
        _ => vec![right.clone()],
    };
    if arguments.is_empty() {
        let name = types::of(right).map_or("", |t| t.name);
        return Err(ErrorRecord::runtime(
            "BadOperatorArgument",
            Category::InvalidOperation,
            format!("The argument to operator '-split' is not valid: {name}."),
        )
        .into());
    }
    let plain = |e: Box<exsh_core::Flow>| match e.record() {
        Some(r) => {
            ErrorRecord::new("RuntimeException", Category::InvalidOperation, r.exception.clone()).into()
        }
        None => e,
    };
    let limit = match arguments.get(1) {
        Some(v) => convert::cast(shell, v, &t::INT32).map_err(plain)?.as_int().unwrap_or(0),
        None => 0,
    };
    let options = match arguments.get(2) {
        Some(v) => {
            let ty = &types::enums::SPLIT_OPTIONS;
            SplitOptions(enum_number(&convert::cast(shell, v, ty)?))
        }
        None => SplitOptions(0),
    };
    if types::of(&arguments[0]).is_some_and(|ty| ty.is(&t::SCRIPT_BLOCK)) {
        return split_block(shell, left, &arguments[0], limit);
    }
    if options.has(SplitOptions::SIMPLE)
        && options.0 & !(SplitOptions::SIMPLE | SplitOptions::IGNORE_CASE) != 0
    {
        return Err(fail::engine(
            "ParseException",
            "InvalidSplitOptionCombination",
            Category::ParserError,
            "The combination of options with the -split operator is not valid.",
        ));
    }
    let pattern = text::to_text(&arguments[0]);
    let ignore_case =
        if options.0 == 0 { ignore_case } else { ignore_case || options.has(SplitOptions::IGNORE_CASE) };
    let source =
        if options.has(SplitOptions::SIMPLE) { regex::escape(&pattern) } else { pattern.to_string() };
    let mut flags = Options(0);
    for (bit, flag) in [
        (SplitOptions::IGNORE_WHITE, Options::IGNORE_WHITE),
        (SplitOptions::MULTILINE, Options::MULTILINE),
        (SplitOptions::SINGLELINE, Options::SINGLELINE),
        (SplitOptions::EXPLICIT_CAPTURE, Options::EXPLICIT_CAPTURE),
    ] {
        if options.has(bit) {
            flags.0 |= flag;
        }
    }
    if ignore_case {
        flags.0 |= Options::IGNORE_CASE;
    }
    let re = regex::get(&source, flags)?;
    let mut parts = Vec::new();
    for text in texts(left) {
        parts.extend(re.split(&text, limit)?.into_iter().map(Value::string));
    }
    Ok(Value::list_of(&t::STRING_ARRAY, parts))
}

/// `-split { … }`: each character (as `$_`) for which the block is true separates.
pub fn split_block(shell: &mut dyn Shell, left: &Value, block: &Value, limit: i32) -> Result<Value> {
    let mut parts = Vec::new();
    for text in texts(left) {
        let units = text.to_utf16();
        let mut pieces: Vec<Vec<u16>> = vec![Vec::new()];
        for (i, &u) in units.iter().enumerate() {
            let full = limit > 0 && pieces.len() as i32 >= limit;
            let how = Invoke {
                dollar_under: Some(Value::string(Str::from_utf16(&[u]))),
                args: vec![Value::string(text.clone()), Value::int(i as i32)],
                ..Invoke::default()
            };
            let separates = !full && {
                let result = exsh_core::enumerate::collapse(shell.call(block, how)?);
                convert::to_bool(&result)
            };
            if separates {
                pieces.push(Vec::new());
            } else if let Some(last) = pieces.last_mut() {
                last.push(u);
            }
        }
        parts.extend(pieces.iter().map(|p| Value::string(Str::from_utf16(p))));
    }
    Ok(Value::list_of(&t::STRING_ARRAY, parts))
}
