//! `System.Version`.

use crate::core::reference::{REF, assign};
use crate::fail;
use crate::sig::*;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Value};
use std::any::Any;
use std::cmp::Ordering;

/// Major, minor, build, revision; -1 where not given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Version(pub [i32; 4]);

pub static TYPE: TypeInfo = {
    let mut t = TypeInfo::class("System.Version", MemberTable::EMPTY).made_by(|v| match v.as_str() {
        Some(s) => Version::parse(s).map(Value::object),
        None => Err(String::new()),
    });
    t.interfaces = &["System.IComparable", "System.ICloneable"];
    t
};

impl Version {
    pub fn parse(text: &str) -> Result<Version, String> {
        let parts: Vec<&str> = text.split('.').collect();
        if !(2..=4).contains(&parts.len()) {
            return Err("Version string portion was too short or too long. (Parameter 'input')".into());
        }
        let mut v = [-1; 4];
        for (i, p) in parts.iter().enumerate() {
            let n: i64 = p.trim().parse().map_err(|_| crate::convert::parse::format_message(p))?;
            if n < 0 {
                return Err(
                    "Version's parameters must be greater than or equal to zero. (Parameter 'version')"
                        .into(),
                );
            }
            v[i] = i32::try_from(n)
                .map_err(|_| "Value was either too large or too small for an Int32.".to_string())?;
        }
        Ok(Version(v))
    }

    pub fn text(&self) -> String {
        let given: Vec<String> = self.0.iter().take_while(|&&n| n >= 0).map(i32::to_string).collect();
        given.join(".")
    }
}

impl Object for Version {
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
        other.as_any().downcast_ref::<Version>() == Some(self)
    }
    fn key_hash(&self) -> Option<u64> {
        Some(self.0.iter().fold(7, |h, &n| h * 31 + n as u64))
    }
    fn compare(&self, other: &Value) -> Option<Ordering> {
        other.downcast::<Version>().map(|o| self.cmp(o))
    }
}

fn part(v: &Value, i: usize) -> i32 {
    v.downcast::<Version>().map_or(-1, |v| v.0[i])
}

fn made(a: &[Value]) -> exsh_core::Result<Value> {
    let mut v = [-1; 4];
    for (i, slot) in v.iter_mut().enumerate().take(a.len()) {
        let n = int_at(a, i) as i32;
        if n < 0 {
            let name = ["major", "minor", "build", "revision"][i];
            return Err(fail::negative(name, n as i64));
        }
        *slot = n;
    }
    Ok(Value::object(Version(v)))
}

pub static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Major: "int" = |_, v| Ok(Value::int(part(v, 0)));
        Minor: "int" = |_, v| Ok(Value::int(part(v, 1)));
        Build: "int" = |_, v| Ok(Value::int(part(v, 2)));
        Revision: "int" = |_, v| Ok(Value::int(part(v, 3)));
        MajorRevision: "short" = |_, v| Ok(Value::int16((part(v, 3) >> 16) as i16));
        MinorRevision: "short" = |_, v| Ok(Value::int16(part(v, 3) as i16));
    },
    methods: methods! {
        CompareTo {
            (value: &TYPE) -> "int" = |_, v, a| {
                let o = v.downcast::<Version>().zip(arg(a, 0).downcast::<Version>()).map(|(x, y)| x.cmp(y));
                Ok(Value::int(o.map_or(1, |o| o as i32)))
            };
        }
        ToString {
            () -> "string" = |_, v, _| Ok(Value::text(v.downcast::<Version>().map_or(String::new(), Version::text)));
            (fieldCount: INT) -> "string" = |_, v, a| {
                let Some(version) = v.downcast::<Version>() else { return Ok(Value::NULL) };
                let given = version.0.iter().take_while(|&&n| n >= 0).count();
                let n = int_at(a, 0);
                if n < 0 || n as usize > given {
                    return Err(fail::argument(&format!("Argument must be between 0 and {given}."), "fieldCount"));
                }
                let parts: Vec<String> = version.0[..n as usize].iter().map(i32::to_string).collect();
                Ok(Value::text(parts.join(".")))
            };
        }
    },
    static_properties: &[],
    static_methods: methods! {
        Parse {
            (input: STR) -> "version" = |_, _, a| {
                Version::parse(&str_at(a, 0)).map(Value::object).map_err(|e| fail::thrown("System.ArgumentException", e))
            };
        }
        TryParse {
            (input: STR, result: REF) -> "bool" = |shell, _, a| {
                let v = Version::parse(&str_at(a, 0));
                let ok = v.is_ok();
                assign(shell, arg(a, 1), v.map_or(Value::NULL, Value::object))?;
                Ok(Value::bool(ok))
            };
        }
    },
    constructors: constructors! {
        "version";
        (version: STR) = |_, _, a| {
            Version::parse(&str_at(a, 0)).map(Value::object).map_err(|e| fail::thrown("System.ArgumentException", e))
        };
        (major: INT, minor: INT) = |_, _, a| made(a);
        (major: INT, minor: INT, build: INT) = |_, _, a| made(a);
        (major: INT, minor: INT, build: INT, revision: INT) = |_, _, a| made(a);
        () = |_, _, _| Ok(Value::object(Version([0, 0, -1, -1])));
    },
};
