//! `System.Globalization.CultureInfo` and what hangs on it, and `System.StringComparer`.

use crate::culture::{self, Culture};
use crate::fail;
use crate::sig::*;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Value};
use std::any::Any;

/// A culture, or a part of it under another type's name.
pub struct CultureInfo {
    pub culture: &'static Culture,
    part: TypeRef,
}

pub static TYPE: TypeInfo = {
    let mut t = TypeInfo::class("System.Globalization.CultureInfo", MEMBERS).made_by(|v| match v.as_str() {
        Some(s) => culture::get(s).map(value).ok_or_else(|| not_found(s)),
        None => Err(String::new()),
    });
    t.interfaces = &["System.IFormatProvider"];
    t
};
pub const CULTURE: TypeRef = &TYPE;

/// What methods take as a format provider.
pub static PROVIDER: TypeInfo =
    TypeInfo::basic("System.IFormatProvider", exsh_core::types::Kind::Other, None);
pub const FORMAT: TypeRef = &PROVIDER;

pub static NUMBER_FORMAT: TypeInfo = {
    let mut t = TypeInfo::class("System.Globalization.NumberFormatInfo", NUMBER_MEMBERS);
    t.interfaces = &["System.IFormatProvider"];
    t
};
pub static DATE_FORMAT: TypeInfo = {
    let mut t = TypeInfo::class("System.Globalization.DateTimeFormatInfo", DATE_MEMBERS);
    t.interfaces = &["System.IFormatProvider"];
    t
};
pub static TEXT_INFO: TypeInfo = TypeInfo::class("System.Globalization.TextInfo", TEXT_MEMBERS);
pub static COMPARE_INFO: TypeInfo = TypeInfo::class("System.Globalization.CompareInfo", MemberTable::EMPTY);

fn not_found(name: &str) -> String {
    format!("Culture is not supported. (Parameter 'name')\n{name} is an invalid culture identifier.")
}

pub fn value(culture: &'static Culture) -> Value {
    part(culture, &TYPE)
}

fn part(culture: &'static Culture, part: TypeRef) -> Value {
    Value::object(CultureInfo { culture, part })
}

/// The culture in an argument; nothing for null and other things.
pub fn of(v: &Value) -> Option<&'static Culture> {
    v.downcast::<CultureInfo>().map(|c| c.culture)
}

/// The culture a format provider asks for, else the session's.
pub fn provider(shell: &mut dyn exsh_core::Shell, a: &[Value], i: usize) -> &'static Culture {
    of(arg(a, i)).unwrap_or_else(|| culture::current(shell))
}

impl Object for CultureInfo {
    fn type_info(&self) -> TypeRef {
        self.part
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        self.part.is(&TYPE).then(|| self.culture.name.to_string())
    }
    fn key_equals(&self, other: &dyn Object) -> bool {
        other
            .as_any()
            .downcast_ref::<CultureInfo>()
            .is_some_and(|o| std::ptr::eq(o.culture, self.culture) && o.part.is(self.part))
    }
    fn key_hash(&self) -> Option<u64> {
        Some(self.culture.lcid as u64)
    }
}

fn c(v: &Value) -> &'static Culture {
    of(v).unwrap_or_else(|| culture::invariant())
}

fn texts(all: &[&str]) -> Value {
    strings(all.iter().copied())
}

pub const MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Parent: "cultureinfo" = |_, v| Ok(culture::get(c(v).parent).map_or(value(culture::invariant()), value));
        LCID: "int" = |_, v| Ok(Value::int(c(v).lcid));
        Name: "string" = |_, v| Ok(Value::text(c(v).name));
        IetfLanguageTag: "string" = |_, v| Ok(Value::text(c(v).name));
        DisplayName: "string" = |_, v| Ok(Value::text(c(v).display_name));
        NativeName: "string" = |_, v| Ok(Value::text(c(v).native_name));
        EnglishName: "string" = |_, v| Ok(Value::text(c(v).display_name));
        TwoLetterISOLanguageName: "string" = |_, v| Ok(Value::text(c(v).two_letter));
        ThreeLetterISOLanguageName: "string" = |_, v| Ok(Value::text(c(v).three_letter));
        TextInfo: "System.Globalization.TextInfo" = |_, v| Ok(part(c(v), &TEXT_INFO));
        CompareInfo: "System.Globalization.CompareInfo" = |_, v| Ok(part(c(v), &COMPARE_INFO));
        IsNeutralCulture: "bool" = |_, _| Ok(Value::FALSE);
        NumberFormat: "System.Globalization.NumberFormatInfo" = |_, v| Ok(part(c(v), &NUMBER_FORMAT));
        DateTimeFormat: "System.Globalization.DateTimeFormatInfo" = |_, v| Ok(part(c(v), &DATE_FORMAT));
        IsReadOnly: "bool" = |_, _| Ok(Value::TRUE);
    },
    methods: methods! {
        GetFormat { (formatType: crate::sig::TYPE) -> "System.Object" = |_, v, _| Ok(v.clone()); }
    },
    static_properties: properties! {
        CurrentCulture: "cultureinfo" = |shell, _| Ok(value(culture::current(shell))),
            set |shell, _, v| {
                shell.set_culture(c(&v).name);
                Ok(())
            };
        CurrentUICulture: "cultureinfo" = |shell, _| Ok(value(culture::current(shell)));
        InvariantCulture: "cultureinfo" = |_, _| Ok(value(culture::invariant()));
        InstalledUICulture: "cultureinfo" = |_, _| Ok(value(culture::get("en-US").unwrap_or(culture::invariant())));
    },
    static_methods: methods! {
        GetCultureInfo { (name: STR) -> "cultureinfo" = |_, _, a| find(a); }
        CreateSpecificCulture { (name: STR) -> "cultureinfo" = |_, _, a| find(a); }
    },
    constructors: constructors! { "cultureinfo"; (name: STR) = |_, _, a| find(a); },
};

fn find(a: &[Value]) -> exsh_core::Result<Value> {
    let name = str_at(a, 0);
    culture::get(&name)
        .map(value)
        .ok_or_else(|| fail::thrown("System.Globalization.CultureNotFoundException", not_found(&name)))
}

const NUMBER_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        NumberDecimalSeparator: "string" = |_, v| Ok(Value::text(c(v).number.decimal));
        NumberGroupSeparator: "string" = |_, v| Ok(Value::text(c(v).number.group));
        NumberDecimalDigits: "int" = |_, v| Ok(Value::int(c(v).number.digits as i32));
        CurrencySymbol: "string" = |_, v| Ok(Value::text(c(v).number.currency));
        CurrencyDecimalSeparator: "string" = |_, v| Ok(Value::text(c(v).number.currency_decimal));
        CurrencyGroupSeparator: "string" = |_, v| Ok(Value::text(c(v).number.currency_group));
        CurrencyDecimalDigits: "int" = |_, v| Ok(Value::int(c(v).number.currency_digits as i32));
        PercentSymbol: "string" = |_, v| Ok(Value::text(c(v).number.percent));
        PercentDecimalDigits: "int" = |_, v| Ok(Value::int(c(v).number.percent_digits as i32));
        NegativeSign: "string" = |_, v| Ok(Value::text(c(v).number.minus));
        PositiveSign: "string" = |_, v| Ok(Value::text(c(v).number.plus));
        NaNSymbol: "string" = |_, v| Ok(Value::text(c(v).number.nan));
        PositiveInfinitySymbol: "string" = |_, v| Ok(Value::text(c(v).number.infinity));
        NegativeInfinitySymbol: "string" = |_, v| Ok(Value::text(c(v).number.negative_infinity));
    },
    static_properties: properties! {
        CurrentInfo: "System.Globalization.NumberFormatInfo" = |shell, _| Ok(part(culture::current(shell), &NUMBER_FORMAT));
        InvariantInfo: "System.Globalization.NumberFormatInfo" = |_, _| Ok(part(culture::invariant(), &NUMBER_FORMAT));
    },
    ..MemberTable::EMPTY
};

const DATE_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        AMDesignator: "string" = |_, v| Ok(Value::text(c(v).date.am));
        PMDesignator: "string" = |_, v| Ok(Value::text(c(v).date.pm));
        DateSeparator: "string" = |_, v| Ok(Value::text(c(v).date.date_separator));
        TimeSeparator: "string" = |_, v| Ok(Value::text(c(v).date.time_separator));
        FirstDayOfWeek: "System.DayOfWeek" = |_, v| {
            Ok(Value::enumeration(&crate::types::enums::DAY_OF_WEEK, c(v).date.first_day as i64))
        };
        FullDateTimePattern: "string" = |_, v| Ok(Value::text(c(v).date.full));
        LongDatePattern: "string" = |_, v| Ok(Value::text(c(v).date.long_date));
        LongTimePattern: "string" = |_, v| Ok(Value::text(c(v).date.long_time));
        ShortDatePattern: "string" = |_, v| Ok(Value::text(c(v).date.short_date));
        ShortTimePattern: "string" = |_, v| Ok(Value::text(c(v).date.short_time));
        MonthDayPattern: "string" = |_, v| Ok(Value::text(c(v).date.month_day));
        YearMonthPattern: "string" = |_, v| Ok(Value::text(c(v).date.year_month));
        DayNames: "string[]" = |_, v| Ok(texts(&c(v).date.days));
        AbbreviatedDayNames: "string[]" = |_, v| Ok(texts(&c(v).date.short_days));
        MonthNames: "string[]" = |_, v| {
            let mut all = c(v).date.months.to_vec();
            all.push("");
            Ok(texts(&all))
        };
        AbbreviatedMonthNames: "string[]" = |_, v| {
            let mut all = c(v).date.short_months.to_vec();
            all.push("");
            Ok(texts(&all))
        };
    },
    methods: methods! {
        GetMonthName {
            (month: INT) -> "string" = |_, v, a| {
                let i = (int_at(a, 0) - 1).clamp(0, 11) as usize;
                Ok(Value::text(c(v).date.months[i]))
            };
        }
        GetAbbreviatedMonthName {
            (month: INT) -> "string" = |_, v, a| {
                let i = (int_at(a, 0) - 1).clamp(0, 11) as usize;
                Ok(Value::text(c(v).date.short_months[i]))
            };
        }
        GetDayName {
            (dayofweek: &crate::types::enums::DAY_OF_WEEK) -> "string" = |_, v, a| {
                Ok(Value::text(c(v).date.days[enum_at(a, 0).clamp(0, 6) as usize]))
            };
        }
    },
    static_properties: properties! {
        CurrentInfo: "System.Globalization.DateTimeFormatInfo" = |shell, _| Ok(part(culture::current(shell), &DATE_FORMAT));
        InvariantInfo: "System.Globalization.DateTimeFormatInfo" = |_, _| Ok(part(culture::invariant(), &DATE_FORMAT));
    },
    ..MemberTable::EMPTY
};

const TEXT_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        CultureName: "string" = |_, v| Ok(Value::text(c(v).name));
        ListSeparator: "string" = |_, v| Ok(Value::text(c(v).list_separator));
    },
    methods: methods! {
        ToLower { (str: STR) -> "string" = |_, _, a| Ok(Value::text(crate::text::string::lower(&str_at(a, 0)))); }
        ToUpper { (str: STR) -> "string" = |_, _, a| Ok(Value::text(crate::text::string::upper(&str_at(a, 0)))); }
        ToTitleCase { (str: STR) -> "string" = |_, _, a| Ok(Value::text(crate::text::string::title(&str_at(a, 0)))); }
    },
    ..MemberTable::EMPTY
};

/// `System.StringComparer`: how a dictionary or set compares its texts.
pub struct StringComparer {
    pub ignore_case: bool,
    /// By code units and not by the culture.
    pub ordinal: bool,
}

pub static STRING_COMPARER: TypeInfo = {
    let mut t = TypeInfo::class("System.StringComparer", COMPARER_MEMBERS);
    t.interfaces = &["System.Collections.IEqualityComparer", "System.Collections.IComparer"];
    t
};

impl Object for StringComparer {
    fn type_info(&self) -> TypeRef {
        &STRING_COMPARER
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Does a comparer argument ask for case to be ignored?
pub fn ignores_case(v: &Value) -> Option<bool> {
    v.downcast::<StringComparer>().map(|c| c.ignore_case)
}

fn comparer(ignore_case: bool, ordinal: bool) -> exsh_core::Result<Value> {
    Ok(Value::object(StringComparer { ignore_case, ordinal }))
}

/// The difference of the first units that differ, or of the lengths.
pub(crate) fn ordinal(a: &str, b: &str, ignore_case: bool) -> i32 {
    let unit = |u: u16| match char::from_u32(u as u32) {
        Some(c) if ignore_case => c.to_uppercase().next().map_or(u as i32, |c| c as i32),
        _ => u as i32,
    };
    let (x, y): (Vec<u16>, Vec<u16>) = (a.encode_utf16().collect(), b.encode_utf16().collect());
    let first = x.iter().zip(&y).map(|(p, q)| unit(*p) - unit(*q)).find(|d| *d != 0);
    first.unwrap_or(x.len() as i32 - y.len() as i32)
}

const COMPARER_MEMBERS: MemberTable = MemberTable {
    methods: methods! {
        Compare {
            (x: OBJ, y: OBJ) -> "int" = |_, v, a| {
                let (x, y) = (str_at(a, 0), str_at(a, 1));
                let comparer = v.downcast::<StringComparer>();
                Ok(Value::int(match comparer {
                    Some(StringComparer { ordinal: true, ignore_case }) => ordinal(&x, &y, *ignore_case),
                    _ => culture::collate::order(&x, &y, ignores_case(v).unwrap_or(false)) as i32,
                }))
            };
        }
        Equals {
            (x: OBJ, y: OBJ) -> "bool" = |_, v, a| {
                let (x, y) = (str_at(a, 0), str_at(a, 1));
                Ok(Value::bool(match ignores_case(v) {
                    Some(true) => exsh_core::name::same(&x, &y),
                    _ => x == y,
                }))
            };
        }
    },
    static_properties: properties! {
        CurrentCulture: "System.StringComparer" = |_, _| comparer(false, false);
        CurrentCultureIgnoreCase: "System.StringComparer" = |_, _| comparer(true, false);
        InvariantCulture: "System.StringComparer" = |_, _| comparer(false, false);
        InvariantCultureIgnoreCase: "System.StringComparer" = |_, _| comparer(true, false);
        Ordinal: "System.StringComparer" = |_, _| comparer(false, true);
        OrdinalIgnoreCase: "System.StringComparer" = |_, _| comparer(true, true);
    },
    ..MemberTable::EMPTY
};
