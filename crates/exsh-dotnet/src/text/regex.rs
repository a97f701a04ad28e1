//! `Regex`, `Match`, `Group`, `Capture` and their collections.

use crate::ops::regex::{self, MatchData, Options, Regex, byte_index};
use crate::sig::*;
use crate::types::enums;
use crate::{fail, types};
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Invoke, Object, Result, Shell, Str, Value};
use std::any::Any;
use std::rc::Rc;

/// A `[regex]`.
pub struct RegexObject(pub Rc<Regex>);

pub static TYPE: TypeInfo =
    TypeInfo::class("System.Text.RegularExpressions.Regex", MEMBERS).made_by(|v| match v.as_str() {
        Some(s) => Regex::new(s, Options(0))
            .map(|r| Value::object(RegexObject(Rc::new(r))))
            .map_err(|e| fail::message(&e)),
        None => Err(String::new()),
    });
const OPTIONS: TypeRef = &enums::REGEX_OPTIONS;

impl Object for RegexObject {
    fn type_info(&self) -> TypeRef {
        &TYPE
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.0.pattern().to_string())
    }
}

fn this(v: &Value) -> Result<Rc<Regex>> {
    v.downcast::<RegexObject>().map(|r| r.0.clone()).ok_or_else(|| fail::argument_null("this"))
}

/// A match, or a group of one.
pub struct MatchObject {
    data: Option<MatchData>,
    group: usize,
    ty: TypeRef,
}

pub static MATCH: TypeInfo =
    TypeInfo::class("System.Text.RegularExpressions.Match", MATCH_MEMBERS).based_on(&GROUP);
pub static GROUP: TypeInfo =
    TypeInfo::class("System.Text.RegularExpressions.Group", GROUP_MEMBERS).based_on(&CAPTURE);
pub static CAPTURE: TypeInfo = TypeInfo::class("System.Text.RegularExpressions.Capture", CAPTURE_MEMBERS);

pub fn match_value(data: MatchData) -> Value {
    Value::object(MatchObject { data: Some(data), group: 0, ty: &MATCH })
}

fn failed() -> Value {
    Value::object(MatchObject { data: None, group: 0, ty: &MATCH })
}

fn group_value(data: &Option<MatchData>, group: usize, ty: TypeRef) -> Value {
    Value::object(MatchObject { data: data.clone(), group, ty })
}

impl MatchObject {
    fn span(&self) -> Option<(usize, usize)> {
        self.data.as_ref()?.spans.0.get(self.group).copied().flatten()
    }

    fn text(&self) -> &str {
        self.data.as_ref().and_then(|d| d.group(self.group)).unwrap_or("")
    }

    /// `$match.Groups[1]` stands on the collection; a match itself is no list.
    pub fn index(&self, _shell: &mut dyn Shell, _key: &Value) -> Result<Value> {
        Err(fail::operation(
            "CannotIndex",
            format!("Unable to index into an object of type \"{}\".", self.ty.name),
        ))
    }
}

impl Object for MatchObject {
    fn type_info(&self) -> TypeRef {
        self.ty
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.text().to_string())
    }
}

/// Groups, matches or captures.
struct Collection {
    items: Vec<Value>,
    names: Vec<String>,
    ty: TypeRef,
}

static GROUPS: TypeInfo =
    TypeInfo::class("System.Text.RegularExpressions.GroupCollection", COLLECTION_MEMBERS);
static MATCHES: TypeInfo =
    TypeInfo::class("System.Text.RegularExpressions.MatchCollection", COLLECTION_MEMBERS);
static CAPTURES: TypeInfo =
    TypeInfo::class("System.Text.RegularExpressions.CaptureCollection", COLLECTION_MEMBERS);

impl Object for Collection {
    fn type_info(&self) -> TypeRef {
        self.ty
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn enumerate(&self) -> Option<Vec<Value>> {
        Some(self.items.clone())
    }
}

/// `$match.Groups['name']`.
pub fn index_collection(v: &Value, key: &Value) -> Option<Value> {
    let c = v.downcast::<Collection>()?;
    if let Some(s) = key.base().as_str() {
        let i = c.names.iter().position(|n| n == s.as_str());
        return Some(match i {
            Some(i) => c.items[i].clone(),
            None if c.ty.is(&GROUPS) => Value::object(MatchObject { data: None, group: 0, ty: &GROUP }),
            None => return None,
        });
    }
    let i = usize::try_from(long_of(key)).ok();
    match i.and_then(|i| c.items.get(i)) {
        Some(x) => Some(x.clone()),
        None if c.ty.is(&GROUPS) => Some(Value::object(MatchObject { data: None, group: 0, ty: &GROUP })),
        None => None,
    }
}

const COLLECTION_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Count: "int" = |_, v| Ok(Value::int(v.downcast::<Collection>().map_or(0, |c| c.items.len() as i32)));
        IsReadOnly: "bool" = |_, _| Ok(Value::TRUE);
        IsSynchronized: "bool" = |_, _| Ok(Value::FALSE);
        SyncRoot: "System.Object" = |_, v| Ok(v.clone());
        Keys: "System.Object" = |_, v| {
            Ok(strings(v.downcast::<Collection>().map_or_else(Vec::new, |c| c.names.clone())))
        };
        Values: "System.Object" = |_, v| Ok(Value::array(v.downcast::<Collection>().map_or_else(Vec::new, |c| c.items.clone())));
    },
    methods: methods! {
        ContainsKey { (key: STR) -> "bool" = |_, v, a| {
            let k = str_at(a, 0);
            Ok(Value::bool(v.downcast::<Collection>().is_some_and(|c| c.names.iter().any(|n| n == k.as_str()))))
        }; }
        GetEnumerator { () -> "System.Collections.IEnumerator" = |_, v, _| Ok(crate::collections::list::enumerator(v)); }
        Item { (groupnum: INT) -> "System.Object" = |_, v, a| Ok(index_collection(v, arg(a, 0)).unwrap_or(Value::NULL));
            (groupname: STR) -> "System.Object" = |_, v, a| Ok(index_collection(v, arg(a, 0)).unwrap_or(Value::NULL)); }
    },
    ..MemberTable::EMPTY
};

fn m(v: &Value) -> Result<&MatchObject> {
    v.downcast::<MatchObject>().ok_or_else(|| fail::argument_null("this"))
}

const CAPTURE_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Index: "int" = |_, v| {
            let m = m(v)?;
            let at = m.span().zip(m.data.as_ref()).map_or(0, |((a, _), d)| d.utf16_index(a));
            Ok(Value::int(at as i32))
        };
        Length: "int" = |_, v| Ok(Value::int(m(v)?.text().encode_utf16().count() as i32));
        Value: "string" = |_, v| Ok(Value::text(m(v)?.text()));
        ValueSpan: "System.Object" = |_, v| Ok(Value::text(m(v)?.text()));
    },
    methods: methods! {
        ToString { () -> "string" = |_, v, _| Ok(Value::text(m(v)?.text())); }
    },
    ..MemberTable::EMPTY
};

const GROUP_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Success: "bool" = |_, v| Ok(Value::bool(m(v)?.span().is_some()));
        Name: "string" = |_, v| {
            let m = m(v)?;
            Ok(Value::text(m.data.as_ref().map_or("0", |d| d.regex.group_names()[m.group].as_str())))
        };
        Captures: "System.Text.RegularExpressions.CaptureCollection" = |_, v| {
            let m = m(v)?;
            // The engines keep the last capture of a repeated group only.
            let items = match m.span() {
                Some(_) => vec![group_value(&m.data, m.group, &CAPTURE)],
                None => Vec::new(),
            };
            Ok(Value::object(Collection { items, names: Vec::new(), ty: &CAPTURES }))
        };
    },
    ..MemberTable::EMPTY
};

const MATCH_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Groups: "System.Text.RegularExpressions.GroupCollection" = |_, v| {
            let m = m(v)?;
            let names = m.data.as_ref().map_or_else(|| vec!["0".to_string()], |d| d.regex.group_names().to_vec());
            let items = (0..names.len()).map(|i| group_value(&m.data, i, if i == 0 { &MATCH } else { &GROUP })).collect();
            Ok(Value::object(Collection { items, names, ty: &GROUPS }))
        };
    },
    methods: methods! {
        NextMatch { () -> "System.Text.RegularExpressions.Match" = |_, v, _| {
            let Some(d) = &m(v)?.data else { return Ok(failed()) };
            let (a, b) = d.spans.0[0].unwrap_or_default();
            let from = if b > a { b } else { b + d.text.as_str()[b..].chars().next().map_or(1, char::len_utf8) };
            find(&d.regex, &d.text, from)
        }; }
        Result { (replacement: STR) -> "string" = |_, v, a| match &m(v)?.data {
            Some(d) => {
                Ok(Value::text(regex::result(&str_at(a, 0), d)))
            }
            None => Err(fail::not_supported("Result cannot be called on a failed Match.")),
        }; }
    },
    static_properties: properties! {
        Empty: "System.Text.RegularExpressions.Match" = |_, _| Ok(failed());
    },
    ..MemberTable::EMPTY
};

fn find(r: &Rc<Regex>, text: &Str, from: usize) -> Result<Value> {
    Ok(match r.find_at(text, from)? {
        Some(spans) => match_value(MatchData { regex: r.clone(), text: text.clone(), spans }),
        None => failed(),
    })
}

fn find_all(r: &Rc<Regex>, text: &Str, from: usize) -> Result<Value> {
    let items = r
        .find_all(text, from)?
        .into_iter()
        .map(|spans| match_value(MatchData { regex: r.clone(), text: text.clone(), spans }))
        .collect();
    Ok(Value::object(Collection { items, names: Vec::new(), ty: &MATCHES }))
}

fn replace(shell: &mut dyn Shell, r: &Rc<Regex>, text: &Str, with: &Value, count: i32) -> Result<Value> {
    if types::of(with).is_some_and(|t| t.is(BLOCK)) {
        let out = r.replace_with(text, count, 0, &mut |m, out| {
            let value = match_value(m.clone());
            let how = Invoke { dollar_under: Some(value.clone()), args: vec![value], ..Invoke::default() };
            let result = exsh_core::enumerate::collapse(shell.call(with, how)?);
            super::push_text(out, &result, " ");
            Ok(())
        })?;
        return Ok(Value::string(out));
    }
    Ok(Value::string(r.replace(text, &super::to_text(with), count)?))
}

/// A static method's pattern and options.
fn static_regex(a: &[Value], pattern: usize, options: Option<usize>) -> Result<Rc<Regex>> {
    let o = options.map_or(0, |i| enum_at(a, i));
    regex::get(&str_at(a, pattern), Options(o))
}

fn new(pattern: &str, options: i64) -> Result<Value> {
    Ok(Value::object(RegexObject(Rc::new(Regex::new(pattern, Options(options))?))))
}

fn parts(all: Vec<Str>) -> Result<Value> {
    Ok(strings(all))
}

pub const MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Options: "System.Text.RegularExpressions.RegexOptions" = |_, v| Ok(Value::enumeration(OPTIONS, this(v)?.options().0));
        RightToLeft: "bool" = |_, _| Ok(Value::FALSE);
        MatchTimeout: "timespan" = |_, _| Ok(Value::time_span(-10_000));
    },
    methods: methods! {
        GetGroupNames { () -> "string[]" = |_, v, _| Ok(strings(this(v)?.group_names().to_vec())); }
        GetGroupNumbers { () -> "int[]" = |_, v, _| {
            let n = this(v)?.group_names().len() as i32;
            Ok(Value::list_of(&exsh_core::types::INT_ARRAY, (0..n).map(Value::int).collect()))
        }; }
        GroupNameFromNumber { (i: INT) -> "string" = |_, v, a| {
            let r = this(v)?;
            Ok(Value::text(r.group_names().get(int_at(a, 0).max(0) as usize).map_or("", String::as_str)))
        }; }
        GroupNumberFromName { (name: STR) -> "int" = |_, v, a| {
            Ok(Value::int(this(v)?.group_number(&str_at(a, 0)).map_or(-1, |i| i as i32)))
        }; }
        IsMatch {
            (input: STR) -> "bool" = |_, v, a| Ok(Value::bool(this(v)?.is_match(&str_at(a, 0))?));
            (input: STR, startat: INT) -> "bool" = |_, v, a| {
                let s = str_at(a, 0);
                Ok(Value::bool(this(v)?.find_at(&s, byte_index(&s, int_at(a, 1).max(0) as usize))?.is_some()))
            };
        }
        Match {
            (input: STR) -> "System.Text.RegularExpressions.Match" = |_, v, a| find(&this(v)?, &str_at(a, 0), 0);
            (input: STR, startat: INT) -> "System.Text.RegularExpressions.Match" = |_, v, a| {
                let s = str_at(a, 0);
                find(&this(v)?, &s, byte_index(&s, int_at(a, 1).max(0) as usize))
            };
        }
        Matches {
            (input: STR) -> "System.Text.RegularExpressions.MatchCollection" = |_, v, a| find_all(&this(v)?, &str_at(a, 0), 0);
            (input: STR, startat: INT) -> "System.Text.RegularExpressions.MatchCollection" = |_, v, a| {
                let s = str_at(a, 0);
                find_all(&this(v)?, &s, byte_index(&s, int_at(a, 1).max(0) as usize))
            };
        }
        Replace {
            (input: STR, replacement: STR) -> "string" = |shell, v, a| replace(shell, &this(v)?, &str_at(a, 0), arg(a, 1), -1);
            (input: STR, evaluator: BLOCK) -> "string" = |shell, v, a| replace(shell, &this(v)?, &str_at(a, 0), arg(a, 1), -1);
            (input: STR, replacement: STR, count: INT) -> "string" = |shell, v, a| {
                replace(shell, &this(v)?, &str_at(a, 0), arg(a, 1), int_at(a, 2) as i32)
            };
            (input: STR, evaluator: BLOCK, count: INT) -> "string" = |shell, v, a| {
                replace(shell, &this(v)?, &str_at(a, 0), arg(a, 1), int_at(a, 2) as i32)
            };
        }
        Split {
            (input: STR) -> "string[]" = |_, v, a| parts(this(v)?.split(&str_at(a, 0), 0)?);
            (input: STR, count: INT) -> "string[]" = |_, v, a| parts(this(v)?.split(&str_at(a, 0), int_at(a, 1) as i32)?);
        }
        ToString { () -> "string" = |_, v, _| Ok(Value::string(this(v)?.pattern().clone())); }
    },
    static_properties: &[],
    static_methods: methods! {
        Escape { (str: STR) -> "string" = |_, _, a| Ok(Value::text(regex::escape(&str_at(a, 0)))); }
        IsMatch {
            (input: STR, pattern: STR) -> "bool" = |_, _, a| Ok(Value::bool(static_regex(a, 1, None)?.is_match(&str_at(a, 0))?));
            (input: STR, pattern: STR, options: OPTIONS) -> "bool" = |_, _, a| {
                Ok(Value::bool(static_regex(a, 1, Some(2))?.is_match(&str_at(a, 0))?))
            };
        }
        Match {
            (input: STR, pattern: STR) -> "System.Text.RegularExpressions.Match" = |_, _, a| find(&static_regex(a, 1, None)?, &str_at(a, 0), 0);
            (input: STR, pattern: STR, options: OPTIONS) -> "System.Text.RegularExpressions.Match" = |_, _, a| {
                find(&static_regex(a, 1, Some(2))?, &str_at(a, 0), 0)
            };
        }
        Matches {
            (input: STR, pattern: STR) -> "System.Text.RegularExpressions.MatchCollection" = |_, _, a| find_all(&static_regex(a, 1, None)?, &str_at(a, 0), 0);
            (input: STR, pattern: STR, options: OPTIONS) -> "System.Text.RegularExpressions.MatchCollection" = |_, _, a| {
                find_all(&static_regex(a, 1, Some(2))?, &str_at(a, 0), 0)
            };
        }
        Replace {
            (input: STR, pattern: STR, replacement: STR) -> "string" = |shell, _, a| {
                replace(shell, &static_regex(a, 1, None)?, &str_at(a, 0), arg(a, 2), -1)
            };
            (input: STR, pattern: STR, evaluator: BLOCK) -> "string" = |shell, _, a| {
                replace(shell, &static_regex(a, 1, None)?, &str_at(a, 0), arg(a, 2), -1)
            };
            (input: STR, pattern: STR, replacement: STR, options: OPTIONS) -> "string" = |shell, _, a| {
                replace(shell, &static_regex(a, 1, Some(3))?, &str_at(a, 0), arg(a, 2), -1)
            };
            (input: STR, pattern: STR, evaluator: BLOCK, options: OPTIONS) -> "string" = |shell, _, a| {
                replace(shell, &static_regex(a, 1, Some(3))?, &str_at(a, 0), arg(a, 2), -1)
            };
        }
        Split {
            (input: STR, pattern: STR) -> "string[]" = |_, _, a| parts(static_regex(a, 1, None)?.split(&str_at(a, 0), 0)?);
            (input: STR, pattern: STR, options: OPTIONS) -> "string[]" = |_, _, a| {
                parts(static_regex(a, 1, Some(2))?.split(&str_at(a, 0), 0)?)
            };
        }
        Unescape { (str: STR) -> "string" = |_, _, a| {
            let s = str_at(a, 0);
            let mut out = String::new();
            let mut chars = s.as_str().chars();
            while let Some(c) = chars.next() {
                match (c, c == '\\') {
                    (_, true) => match chars.next() {
                        Some('n') => out.push('\n'),
                        Some('r') => out.push('\r'),
                        Some('t') => out.push('\t'),
                        Some('f') => out.push('\u{c}'),
                        Some(c) => out.push(c),
                        None => {}
                    },
                    _ => out.push(c),
                }
            }
            Ok(Value::text(out))
        }; }
    },
    constructors: constructors! {
        "regex";
        (pattern: STR) = |_, _, a| new(&str_at(a, 0), 0);
        (pattern: STR, options: OPTIONS) = |_, _, a| new(&str_at(a, 0), enum_at(a, 1));
        (pattern: STR, options: OPTIONS, matchTimeout: SPAN) = |_, _, a| new(&str_at(a, 0), enum_at(a, 1));
    },
};
